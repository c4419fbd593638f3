// modules/dialogue/select.cpp -- the pass over the variants, the order of picks, the smallest relaxation. See select.h.
#include "modules/dialogue/relax.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace kindling::dialogue {
bool anything_fits(CatalogueView const& view, std::span<Constraint const> constraints) {
    std::vector<Condition> conditions;
    for (auto const& c : constraints.first(std::min<std::size_t>(constraints.size(), 63)))
        if (!c.soft) conditions.push_back(resolve(c, view.words()));
    for (std::size_t p = 0; p < view.size(); ++p)
        for (std::size_t v = 0; v < view[p].variants.size(); ++v)
            if (std::ranges::all_of(conditions, [&](Condition const& condition) { return holds(view, p, v, condition); })) return true;
    return false;
}

Selection select(CatalogueView const& view, std::span<Constraint const> constraints, SelectOptions const& options) {
    auto const count = std::min<std::size_t>(constraints.size(), 63);
    std::vector<Condition> conditions;
    std::vector<PartedCondition> parts;
    bool preferences = false;
    for (std::size_t c = 0; c < count; ++c) {
        conditions.push_back(resolve(constraints[c], view.words()));
        preferences = preferences || conditions.back().soft;
        parts.push_back(conditions.back().soft ? PartedCondition{} : parted(conditions.back()));
    }
    auto const liked = [&](std::size_t p, std::size_t v) {
        double sum = 0;
        for (auto const& condition : conditions)
            if (condition.soft) sum += liking(view, p, v, condition);
        return sum;
    };
    auto const by_sales = 0.4 / std::log1p(std::max(1.0, view.most_popular()));
    std::vector<Pick> full, relaxed;
    std::vector<std::uint64_t> given_up;   // of each relaxed pick, as a mask: of a large catalogue nearly all miss something, and few are kept
    auto const consider = [&](std::size_t p, double const* relevance) {
        std::size_t chosen = 0;
        std::uint64_t chosen_miss = ~0ull;
        double chosen_cost = infinity, chosen_liking = 0;
        // What all variants share is tested once.
        std::uint64_t shared_miss = 0;
        double shared_cost = 0;
        for (std::size_t c = 0; c < count; ++c)
            if (parts[c].of_product)
                if (auto const off = violation(view, p, 0, *parts[c].of_product); off > 0) shared_miss |= 1ull << c, shared_cost += weight_of(constraints[c]) * (0.15 + 0.85 * off);
        if (shared_miss != 0 && !full.empty()) return;   // nothing that misses is kept any more
        auto const& entry = view[p];
        for (std::size_t v = 0; v < entry.variants.size(); ++v) {
            auto miss = shared_miss;
            auto cost = shared_cost;
            for (std::size_t c = 0; c < count; ++c)
                if (!parts[c].of_variant || (shared_miss >> c & 1)) continue;
                else if (auto const off = violation(view, p, v, *parts[c].of_variant); off > 0) miss |= 1ull << c, cost += weight_of(constraints[c]) * (0.15 + 0.85 * off);
            double const likes = preferences && miss == 0 ? liked(p, v) : 0;
            auto const better = [&] {
                if (cost != chosen_cost) return cost < chosen_cost;
                if (preferences && (entry.variants[v].stock > 0) == (entry.variants[chosen].stock > 0) && likes != chosen_liking) return likes > chosen_liking;
                auto const& now = entry.variants[v];
                auto const& best = entry.variants[chosen];
                if ((now.stock > 0) != (best.stock > 0)) return now.stock > 0;
                return now.price_minor < best.price_minor;
            };
            if (better()) chosen = v, chosen_miss = miss, chosen_cost = cost, chosen_liking = likes;
        }
        if (chosen_cost == infinity) return;
        Pick pick{.product = p, .variant = chosen, .liking = chosen_liking};
        auto const& s = entry.standing;
        // Bayesian mean with five reviews of 4.2 as the prior; popularity on a log scale; goods that cannot be sent go last.
        auto const rating = cautious_rating(s);
        pick.score = 0.5 * (rating - 3) / 2 + (s.popularity == 0 ? 0 : by_sales * std::log1p(s.popularity)) - (entry.variants[chosen].stock > 0 ? 0 : 2);
        if (relevance) pick.score += 2 * *relevance, pick.words = *relevance;
        for (std::size_t c = 0; c < count; ++c) {
            auto const& condition = conditions[c];
            if (std::isnan(condition.target) || condition.target <= 0 || condition.soft) continue;
            double value = 0;
            if (condition.kind == ConstraintKind::price) value = static_cast<double>(entry.variants[chosen].price_minor);
            else if (auto const* v = view.value_of(p, chosen, condition.attribute); v) value = v->number;
            pick.score -= 2 * std::min(1.0, std::abs(value - condition.target) / condition.target);
        }
        if (chosen_miss == 0) full.push_back(std::move(pick));
        else if (full.empty()) {
            pick.off = chosen_cost;
            relaxed.push_back(std::move(pick)), given_up.push_back(chosen_miss);
        }
    };
    auto const relevance = [&](std::size_t p) -> double const* {
        if (!options.text) return nullptr;
        auto const found = options.text->find(p);
        return found == options.text->end() ? nullptr : &found->second;
    };
    // What the words name first: when any of it fits, nothing else is kept.
    bool const only = options.text && options.use == SelectOptions::Text::only;
    bool const restricts = only || (options.text && options.use == SelectOptions::Text::restricts);
    if (restricts)
        for (auto const& [p, score] : *options.text) consider(p, &score);
    if ((full.empty() && !only) || !restricts)
        for (std::size_t p = 0; p < view.size(); ++p)
            if (auto const* score = relevance(p); !restricts || !score) consider(p, score);
    auto const by_order = [&](Pick const& a, Pick const& b) {
        auto const& x = view[a.product];
        auto const& y = view[b.product];
        auto const price = [&](Pick const& k) { return view[k.product].variants[k.variant].price_minor; };
        auto const in_stock = [&](Pick const& k) { return view[k.product].variants[k.variant].stock > 0; };
        if (only && options.order == Order::relevance && a.words != b.words) return a.words > b.words;
        if ((options.order != Order::relevance || preferences) && in_stock(a) != in_stock(b)) return in_stock(a);
        switch (options.order) {
            case Order::price_up: if (price(a) != price(b)) return price(a) < price(b); break;
            case Order::price_down: if (price(a) != price(b)) return price(a) > price(b); break;
            case Order::newest: if (x.standing.created_at_ms != y.standing.created_at_ms) return x.standing.created_at_ms > y.standing.created_at_ms; break;
            case Order::popular: if (x.standing.popularity != y.standing.popularity) return x.standing.popularity > y.standing.popularity; break;
            case Order::rating: if (x.standing.rating != y.standing.rating) return x.standing.rating > y.standing.rating; break;
            case Order::relevance: break;
        }
        if (std::abs(a.liking - b.liking) > 1e-9) return a.liking > b.liking;
        if (a.score != b.score) return a.score > b.score;
        return a.product < b.product;
    };
    Selection out;
    if (!full.empty()) {
        // By their numbers: a pick is large, and of a large catalogue there are many.
        std::vector<std::uint32_t> order(full.size());
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin(), order.end(), [&](std::uint32_t i, std::uint32_t j) { return by_order(full[i], full[j]); });
        out.full.reserve(full.size());
        for (auto const i : order) out.full.push_back(std::move(full[i]));
        return out;
    }
    // The cheapest relaxation, then others that give up the same constraints, the nearest first.
    auto const nearer = [&](std::size_t i, std::size_t j) { return relaxed[i].off != relaxed[j].off ? relaxed[i].off < relaxed[j].off : by_order(relaxed[i], relaxed[j]); };
    std::vector<std::size_t> near(relaxed.size());
    std::iota(near.begin(), near.end(), std::size_t{0});
    if (near.empty()) return out;
    auto const dropped = given_up[*std::min_element(near.begin(), near.end(), nearer)];
    std::erase_if(near, [&](std::size_t i) { return (given_up[i] & ~dropped) != 0; });
    auto const kept = near.begin() + static_cast<std::ptrdiff_t>(std::min(near.size(), options.relaxed_limit));
    std::partial_sort(near.begin(), kept, near.end(), nearer);
    auto const constraints_in = [count](std::uint64_t mask) {
        std::vector<std::size_t> which;
        for (std::size_t c = 0; c < count; ++c)
            if (mask >> c & 1) which.push_back(c);
        return which;
    };
    out.dropped = constraints_in(dropped);
    for (auto i = near.begin(); i != kept; ++i) out.relaxed.push_back(std::move(relaxed[*i])), out.relaxed.back().missed = constraints_in(given_up[*i]);
    return out;
}

}  // namespace kindling::dialogue
