// shop/overview/overview.h -- the console's first look: key figures of a period beside the one before, and the chain's state.
#pragma once
#include "core/operation.h"

namespace kindling::shop {

std::vector<Operation> overview_operations();
std::vector<Operation> storefront_operations();

}  // namespace kindling::shop
