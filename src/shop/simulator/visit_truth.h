// shop/simulator/visit_truth.h -- draws how this shop's visitors behave; see VisitTruth.
#pragma once
#include "core/random.h"
#include "shop/simulator/truth.h"

namespace kindling::shop::simulator {

// Fills Secret::visits and each product's appeal, from its popularity among its kind.
void draw_visit_truth(World const&, Secret&, Random);

}  // namespace kindling::shop::simulator
