// modules/forecast/shares.h -- what each variant takes of its product: its days as a share of the product's, by what it sold over a long time.
//
// A size or a colour sells a few units a month: what it sold lately is mostly chance, and a forecast that follows it misses its next month by more than one that stays with the share of its product that it had for
// long. A variant's rate is (u + 1) / (e + 1 / product's rate): units u and days e, weighed by exp(-age / 240 days), drawn to the product's as if one unit more had been seen. How far shares are followed is
// found at the earlier origins; sums of products and above stay what they were. Variants younger than eight weeks stay with what launches do (base.h). O(goods x days).
#pragma once
#include "modules/forecast/spread.h"

namespace kindling::forecast {

// Units a day of each good, to be shared by; 0: not shared (young, not sold, or alone).
std::vector<double> share_rates(Ground const&, std::size_t origin);
// power 0: as they are; 1: the days of a product's variants, added, by these rates.
Means shared(Ground const&, Means const&, std::span<double const> rates, double power);
// Squared misses of the variants' weeks, added.
double weeks_missed(Ground const&, BackTest const&, Means const&);

}  // namespace kindling::forecast
