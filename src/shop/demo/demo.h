// shop/demo/demo.h -- the demo shop: the simulator's world and two years of trade, put in through the operations that users call.
#pragma once
#include "core/progress.h"
#include "shop/context.h"
#include "shop/simulator/world.h"
#include <functional>

namespace kindling::shop {

struct DemoMade {
    std::int64_t products = 0, customers = 0, orders = 0, order_lines = 0, events = 0, reviews = 0, conversations = 0;
};

// Which of the simulated visits do without the guide from a day on, by their session ids; asked once, when the shop is there (the app begins an experiment).
struct DemoHoldOut {
    Day from = 0;
    std::function<bool(std::string_view session_id)> without;
};
using BeginHoldOut = std::function<Result<DemoHoldOut>(Transaction&)>;

// Fills shop 1 of an empty store; conflict shop_not_empty otherwise. Deterministic but for ids made on the way. The truth behind
// it is written to folder/truth, which nothing but proofs reads. Cancelled, it leaves what was committed; make it again elsewhere.
Result<DemoMade> make_demo(Services&, simulator::Options, Progress const&, BeginHoldOut const& = {});

}  // namespace kindling::shop
