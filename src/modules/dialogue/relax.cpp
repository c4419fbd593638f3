// modules/dialogue/relax.cpp -- see relax.h.
#include "modules/dialogue/relax.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

namespace kindling::dialogue {

double weight_of(Constraint const& c) {
    if (c.kind == ConstraintKind::category) return 50;
    if (c.polarity == Polarity::avoid) return 12;
    switch (c.kind) {
        case ConstraintKind::price: return 6;
        case ConstraintKind::number: return 4;
        case ConstraintKind::brand: return 3;
        case ConstraintKind::value: {
            // What it is for says nearly what it is: shoes for hiking are nearer to "for hiking in winter" than a dress for winter.
            static constexpr std::string_view purposes[] = {"use", "usage", "scene", "purpose", "activity", "occasion"};
            return c.attribute == "colour" || c.attribute == "color" ? 2.5 : std::ranges::find(purposes, c.attribute) != std::end(purposes) ? 3.5 : 3;
        }
        case ConstraintKind::stock: return 2;
        default: return 1.5;
    }
}

PartedCondition parted(Condition c) {
    if (c.kind == ConstraintKind::category || c.kind == ConstraintKind::brand || c.kind == ConstraintKind::rating) return {std::move(c), {}};
    if (by_title(c)) return {std::move(c), {}};
    if (c.kind != ConstraintKind::value || c.polarity != Polarity::avoid || c.words.empty()) return {{}, std::move(c)};
    auto title = c;
    title.pairs.clear(), c.words.clear();
    if (c.pairs.empty()) return {std::move(title), {}};
    return {std::move(title), std::move(c)};
}

std::vector<Relaxation> relaxations(CatalogueView const& view, std::span<Constraint const> constraints, std::size_t most) {
    auto const count = std::min<std::size_t>(constraints.size(), 63);
    std::vector<PartedCondition> conditions;
    std::uint64_t never = 0;
    for (std::size_t c = 0; c < count; ++c) {
        conditions.push_back(constraints[c].soft ? PartedCondition{} : parted(resolve(constraints[c], view.words())));
        if (constraints[c].kind == ConstraintKind::category) never |= 1ull << c;
    }
    std::set<std::uint64_t> masks;
    std::vector<std::vector<std::pair<std::uint64_t, std::int64_t>>> of_product;   // masks that occur, with the cheapest price of each
    for (std::size_t p = 0; p < view.size(); ++p) {
        std::vector<std::pair<std::uint64_t, std::int64_t>> own;
        std::uint64_t shared = 0;
        for (std::size_t c = 0; c < count && !(shared & never); ++c)
            if (conditions[c].of_product && !holds(view, p, 0, *conditions[c].of_product)) shared |= 1ull << c;
        if (shared & never) continue;
        for (std::size_t v = 0; v < view[p].variants.size(); ++v) {
            auto miss = shared;
            for (std::size_t c = 0; c < count; ++c)
                if (conditions[c].of_variant && !holds(view, p, v, *conditions[c].of_variant)) miss |= 1ull << c;
            auto const known = std::find_if(own.begin(), own.end(), [&](auto const& o) { return o.first == miss; });
            if (known == own.end()) own.emplace_back(miss, view[p].variants[v].price_minor);
            else known->second = std::min(known->second, view[p].variants[v].price_minor);
            masks.insert(miss);
        }
        if (!own.empty()) of_product.push_back(std::move(own));
    }
    if (masks.contains(0)) return {};
    std::vector<std::uint64_t> by_size(masks.begin(), masks.end()), minimal;
    std::stable_sort(by_size.begin(), by_size.end(), [](std::uint64_t a, std::uint64_t b) { return std::popcount(a) < std::popcount(b); });
    for (auto const mask : by_size)
        if (std::none_of(minimal.begin(), minimal.end(), [&](std::uint64_t m) { return (m & mask) == m; })) minimal.push_back(mask);
    std::vector<Relaxation> out;
    for (auto const mask : minimal) {
        Relaxation r;
        for (std::size_t c = 0; c < count; ++c)
            if (mask >> c & 1) r.dropped.push_back(c), r.weight += weight_of(constraints[c]);
        for (auto const& own : of_product) {
            std::optional<std::int64_t> price;
            for (auto const& [miss, minor] : own)
                if ((miss & ~mask) == 0) price = price ? std::min(*price, minor) : minor;
            if (!price) continue;
            r.cheapest_minor = r.products == 0 ? *price : std::min(r.cheapest_minor, *price);
            ++r.products;
        }
        out.push_back(std::move(r));
    }
    std::stable_sort(out.begin(), out.end(), [](Relaxation const& a, Relaxation const& b) { return a.dropped.size() != b.dropped.size() ? a.dropped.size() < b.dropped.size() : a.weight < b.weight; });
    if (out.size() > most) out.resize(most);
    return out;
}

}  // namespace kindling::dialogue
