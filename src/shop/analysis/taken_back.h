// shop/analysis/taken_back.h -- order lines that were never wanted: those that the same buyer had credited whole within a week (a mistake, or a change of mind), and those that
// bill again what was credited to the same buyer earlier that day (another price: the goods were asked for when they were billed first).
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
    // A line of so many units (> 0); `at`: where the caller counts it. Whether it was asked for: false where it bills again.
    bool sold(std::string_view buyer, std::size_t good, std::int64_t units, Day day, std::size_t at) {
        if (buyer.empty()) return true;
        auto const of = key(buyer, good, units);
        if (auto const found = credited_.find(of); found != credited_.end()) {
            bool const again = found->second == day;
            credited_.erase(found);
            if (again) return false;
        }
        open_[of].push_back({day, at});
        return true;
    }
    // A credit of so many units (> 0): where the line is that it takes back, if that was sold within the last week.
    std::optional<std::size_t> credited(std::string_view buyer, std::size_t good, std::int64_t units, Day day) {
        if (buyer.empty()) return {};
        auto const of = key(buyer, good, units);
        auto const found = open_.find(of);
        if (found == open_.end() || found->second.empty()) return {};
        auto const line = found->second.back();
        found->second.pop_back();
        if (day - line.day <= 7) return line.at;
        credited_[of] = day;
        return {};
    }

private:
    struct Line { Day day; std::size_t at; };
    static std::string key(std::string_view buyer, std::size_t good, std::int64_t units) { return fmt::format("{} {} {}", buyer, good, units); }
    std::unordered_map<std::string, std::vector<Line>> open_;
    std::unordered_map<std::string, Day> credited_;  // longer than a week after they were sold
};

}  // namespace kindling::shop::analysis
