// modules/dialogue/bundle.cpp -- joining slots along their Pareto fronts. See bundle.h.
#include "modules/dialogue/bundle.h"
#include <algorithm>

namespace kindling::dialogue {
namespace {

struct Point {
    std::int64_t price = 0, worth = 0;
    std::size_t before = 0, candidate = 0;   // in the front of the slots before; in this slot
};

// Cheapest first; what costs no less and is worth no more than one before it goes.
void keep_front(std::vector<Point>& points) {
    std::stable_sort(points.begin(), points.end(), [](Point const& a, Point const& b) { return a.price != b.price ? a.price < b.price : a.worth > b.worth; });
    std::size_t kept = 0;
    for (auto const& p : points)
        if (kept == 0 || p.worth > points[kept - 1].worth) points[kept++] = p;
    points.resize(kept);
}

std::optional<BundleChoice> solve(std::span<std::vector<BundleCandidate> const> slots, std::optional<std::int64_t> limit) {
    if (slots.empty()) return {};
    constexpr std::int64_t most = INT64_MAX / 64;
    // What the slots still to come cost at least: a partial set that leaves less than that cannot be finished.
    std::vector<std::int64_t> rest(slots.size() + 1, 0);
    for (std::size_t s = slots.size(); s-- > 0;) {
        if (slots[s].empty()) return {};
        auto const cheapest = std::min_element(slots[s].begin(), slots[s].end(), [](auto const& a, auto const& b) { return a.price_minor < b.price_minor; })->price_minor;
        if (cheapest > most - rest[s + 1]) return {};
        rest[s] = rest[s + 1] + cheapest;
    }
    bool const within = !limit || rest[0] <= *limit;
    auto const ceiling = !limit ? most : within ? *limit : rest[0];
    std::vector<std::vector<Point>> fronts{{Point{}}};
    for (std::size_t s = 0; s < slots.size(); ++s) {
        std::vector<Point> own;
        for (std::size_t c = 0; c < slots[s].size(); ++c) own.push_back({slots[s][c].price_minor, slots[s][c].worth, 0, c});
        keep_front(own);
        std::vector<Point> joined;
        for (std::size_t b = 0; b < fronts.back().size(); ++b)
            for (auto const& p : own) {
                if (p.price > ceiling - rest[s + 1] - fronts.back()[b].price) break;  // own is sorted by price
                joined.push_back({fronts.back()[b].price + p.price, fronts.back()[b].worth + p.worth, b, p.candidate});
            }
        keep_front(joined);
        if (joined.empty()) return {};
        fronts.push_back(std::move(joined));
    }
    BundleChoice out{.chosen = std::vector<std::size_t>(slots.size()), .price_minor = fronts.back().back().price, .worth = fronts.back().back().worth, .within = within};
    auto at = fronts.back().size() - 1;
    for (std::size_t s = slots.size(); s-- > 0;) {
        auto const& p = fronts[s + 1][at];
        out.chosen[s] = p.candidate, at = p.before;
    }
    return out;
}

bool better(BundleChoice const& a, BundleChoice const& b) {
    if (a.within != b.within) return a.within;
    if (!a.within && a.price_minor != b.price_minor) return a.price_minor < b.price_minor;
    return a.worth != b.worth ? a.worth > b.worth : a.price_minor < b.price_minor;
}

// The slots that hold one thing, the first two of them.
std::optional<std::pair<std::size_t, std::size_t>> twins(std::span<std::vector<BundleCandidate> const> slots, BundleChoice const& set) {
    auto const good = [&](std::size_t s) { return slots[s][set.chosen[s]].good; };
    for (std::size_t a = 0; a < slots.size(); ++a)
        for (auto b = a + 1; b < slots.size(); ++b)
            if (good(a) != SIZE_MAX && good(a) == good(b)) return std::pair(a, b);
    return {};
}

// The best set of different things; `left`: how often a set may still be solved.
std::optional<BundleChoice> apart(std::span<std::vector<BundleCandidate> const> slots, std::optional<std::int64_t> limit, std::size_t& left) {
    if (left == 0) return {};
    --left;
    auto set = solve(slots, limit);
    auto const pair = set ? twins(slots, *set) : std::nullopt;
    if (!pair) return set;
    std::optional<BundleChoice> best;
    auto const good = slots[pair->first][set->chosen[pair->first]].good;
    for (auto const s : {pair->second, pair->first}) {
        std::vector<std::vector<BundleCandidate>> others(slots.begin(), slots.end());
        others[s].clear();
        std::vector<std::size_t> places;   // of what is left, in the slot as it was
        for (std::size_t c = 0; c < slots[s].size(); ++c)
            if (slots[s][c].good != good) others[s].push_back(slots[s][c]), places.push_back(c);
        auto found = apart(others, limit, left);
        if (!found) continue;
        found->chosen[s] = places[found->chosen[s]];
        if (!best || better(*found, *best)) best = std::move(found);
    }
    return best;
}

}  // namespace

std::optional<BundleChoice> best_bundle(std::span<std::vector<BundleCandidate> const> slots, std::optional<std::int64_t> limit) {
    auto left = std::size_t{64};
    auto set = apart(slots, limit, left);
    return set ? set : solve(slots, limit);   // the only kettle here, twice
}

}  // namespace kindling::dialogue
