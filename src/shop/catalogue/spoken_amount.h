// shop/catalogue/spoken_amount.h -- the amount that people would say for about so much: 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten.
#pragma once
#include <cmath>
#include <cstdint>

namespace kindling::shop {

// Minor units in and out; the nearest step, of two the lower; 0 of what is not above 0.
inline std::int64_t spoken_amount(double minor) {
    if (!(minor > 0)) return 0;
    auto const scale = std::pow(10, std::floor(std::log10(minor)));
    double best = scale;
    for (double step : {1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0})
        if (std::abs(step * scale - minor) < std::abs(best - minor)) best = step * scale;
    return std::llround(best);
}

}  // namespace kindling::shop
