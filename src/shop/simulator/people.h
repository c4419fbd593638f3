// shop/simulator/people.h -- cities, customers, suppliers and places.
#pragma once
#include "core/random.h"
#include "shop/simulator/truth.h"
#include "shop/simulator/world.h"

namespace kindling::shop::simulator {

std::vector<City> cities();
std::vector<Place> places();

// Two suppliers for each top category, at cities that make such things.
void add_suppliers(World&, Secret&, Random);
// People with addresses, consents and the latent preferences that later decide what they buy.
void add_customers(World&, Secret&, Random);

}  // namespace kindling::shop::simulator
