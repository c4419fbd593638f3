// shop/analysis/taken_back.h -- order lines that were never wanted: those that the same buyer had credited whole within a week (a mistake, or a change of mind).
//
// Feed lines in the order of their orders; a credit takes back the newest line of the same buyer, good and quantity that is not taken back yet. Lines of nobody known are never taken back.
#pragma once
#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/time.h"

namespace kindling::shop::analysis {

class TakenBack {
public:
    // A line of so many units (> 0); `at`: where the caller counted it.
    void sold(std::string_view buyer, std::size_t good, std::int64_t units, Day day, std::size_t at) {
        if (!buyer.empty()) open_[key(buyer, good, units)].push_back({day, at});
    }
    // A credit of so many units (> 0): where the line is that it takes back, if that was sold within the last week.
    std::optional<std::size_t> credited(std::string_view buyer, std::size_t good, std::int64_t units, Day day) {
        auto const found = buyer.empty() ? open_.end() : open_.find(key(buyer, good, units));
        if (found == open_.end() || found->second.empty()) return {};
        auto const line = found->second.back();
        found->second.pop_back();
        if (day - line.day > 7) return {};
        return line.at;
    }

private:
    struct Line { Day day; std::size_t at; };
    static std::string key(std::string_view buyer, std::size_t good, std::int64_t units) { return fmt::format("{} {} {}", buyer, good, units); }
    std::unordered_map<std::string, std::vector<Line>> open_;
};

}  // namespace kindling::shop::analysis
