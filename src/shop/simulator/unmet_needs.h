// shop/simulator/unmet_needs.h -- wishes that the catalogue cannot fulfil: they show up in searches, dialogues and reviews.
#pragma once
#include "shop/simulator/truth.h"

namespace kindling::shop::simulator {

std::vector<UnmetNeed> unmet_needs(World const&);

}  // namespace kindling::shop::simulator
