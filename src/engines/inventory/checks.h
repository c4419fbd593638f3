// engines/inventory/checks.h -- inputs are looked at once, together: every bad field is named, with its value and its range.
#pragma once
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/result.h"

namespace kindling::inventory {

// Amounts above this have lost whole units in a double's arithmetic; nobody stocks them.
inline constexpr double largest = 1e15;

class Checks {
public:
    Checks& number(std::string_view field, double v) { return require(std::isfinite(v) && std::abs(v) <= largest, field, v, "a finite number"); }
    Checks& at_least_zero(std::string_view field, double v) { return require(v >= 0 && v <= largest, field, v, "at least 0 and at most 1e15"); }
    Checks& positive(std::string_view field, double v) { return require(v > 0 && v <= largest, field, v, "above 0 and at most 1e15"); }
    Checks& share(std::string_view field, double v) { return require(v > 0 && v < 1, field, v, "above 0 and below 1"); }
    Checks& require(bool good, std::string_view field, double v, std::string_view range) {
        if (!good) fields_.push_back({fmt::format("/{}", field), "out_of_range", fmt::format("{} is {}; it must be {}.", field, v, range)});
        return *this;
    }
    // Sales of many goods, period by period; not a number stands before a good was there.
    Checks& histories(std::span<const std::vector<double>> all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            bool begun = false;
            for (std::size_t t = 0; t < all[i].size(); ++t) {
                auto const v = all[i][t];
                begun = begun || !std::isnan(v);
                if (begun && !(v >= 0 && v <= largest)) at_least_zero(fmt::format("histories/{}/{}", i, t), v);
            }
        }
        return *this;
    }
    Result<void> result() const {
        if (fields_.empty()) return {};
        return fail(Errc::invalid_argument, "inventory_input", fields_[0].message, fields_);
    }

private:
    std::vector<FieldError> fields_;
};

}  // namespace kindling::inventory
