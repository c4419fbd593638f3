// app/demo_supply.h -- what the demo shop has agreed with its suppliers and set for its stock, so that packs, price steps, shelf lives, a reorder point and a route are seen.
//
// The simulator makes suppliers, lead times and least order values; terms and settings belong to module supply, which lies above it, so they are saved here by the shop's own operations
// (supply.save_terms, supply.save_settings) once the past is made. The simulated buyers did not know of them.
#pragma once
#include "app/app.h"

namespace kindling::app {

// Nothing is saved for suppliers and places that the shop does not have (a demo of few products).
Result<void> agree_demo_terms(App&);

}  // namespace kindling::app
