// What one promotion takes off what is left of the lines; see pricing.h for the rules.
#include "shop/promotions/pricing.h"
#include <algorithm>
#include <numeric>

namespace kindling::shop::promotions {

namespace {

__extension__ using Wide = __int128;

std::int64_t scaled(std::int64_t amount, std::int64_t by, std::int64_t of) { return static_cast<std::int64_t>(static_cast<Wide>(amount) * by / of); }
std::int64_t rounded(std::int64_t amount, std::int64_t percent) { return static_cast<std::int64_t>((static_cast<Wide>(amount) * percent + percent_whole / 2) / percent_whole); }

// Splits `amount` in proportion to `weights` (amount <= their sum): whole parts first, then one each by largest remainder. No part exceeds its weight.
void spread(std::int64_t amount, std::span<std::int64_t const> weights, std::vector<std::int64_t>& out) {
    out.assign(weights.size(), 0);
    auto const sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    if (amount <= 0 || sum <= 0) return;
    std::vector<std::pair<std::int64_t, std::size_t>> rest;
    std::int64_t given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        auto const product = static_cast<Wide>(amount) * weights[i];
        out[i] = static_cast<std::int64_t>(product / sum), given += out[i];
        if (auto const remainder = static_cast<std::int64_t>(product % sum); remainder > 0) rest.emplace_back(-remainder, i);
    }
    std::ranges::sort(rest);
    for (std::size_t r = 0; given < amount; ++r) ++out[rest[r].second], ++given;
}

// Lines by the worth of one unit of what is left, `dearest` first or last; ties by place.
std::vector<std::size_t> by_unit_worth(std::span<PricedLine const> lines, std::span<std::int64_t const> left, std::vector<char> const& in, bool dearest) {
    std::vector<std::size_t> order;
    for (std::size_t l = 0; l < lines.size(); ++l)
        if (in[l] && lines[l].quantity > 0) order.push_back(l);
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        auto const x = static_cast<Wide>(left[a]) * lines[b].quantity, y = static_cast<Wide>(left[b]) * lines[a].quantity;
        return x != y ? (dearest ? x > y : x < y) : a < b;
    });
    return order;
}

// The worth of `units` units taken in this order, added to `taken` by line.
std::int64_t gather(std::span<PricedLine const> lines, std::span<std::int64_t const> left, std::span<std::size_t const> order, std::int64_t units, std::vector<std::int64_t>& taken) {
    std::int64_t sum = 0;
    for (auto l : order) {
        if (units <= 0) break;
        auto const k = std::min(units, lines[l].quantity);
        auto const worth = scaled(left[l], k, lines[l].quantity);
        taken[l] += worth, sum += worth, units -= k;
    }
    return sum;
}

std::int64_t limited(std::int64_t times, Rule const& r) {
    if (!r.repeats) times = std::min<std::int64_t>(times, 1);
    return r.most_times > 0 ? std::min(times, r.most_times) : times;
}

}  // namespace

Applied take(Rule const& r, std::size_t place, std::span<PricedLine const> lines, std::span<std::int64_t const> left, std::int64_t shipping_minor) {
    Applied out{.rule = place, .amount_minor = 0, .on_lines = std::vector<std::int64_t>(lines.size(), 0), .times = 0};
    std::int64_t worth = 0, units = 0, whole = 0;
    for (std::size_t l = 0; l < lines.size(); ++l)
        if (r.scope[l]) worth += left[l], units += lines[l].quantity, whole += lines[l].amount();
    auto const capped = [&](std::int64_t amount) { return r.most_off_minor > 0 ? std::min(amount, r.most_off_minor) : amount; };
    std::vector<std::int64_t> weights(lines.size(), 0);
    switch (r.kind) {
        case PromotionKind::free_shipping:
            if (units == 0 || whole < r.threshold_minor || units < r.minimum_units) return out;
            out.amount_minor = capped(shipping_minor), out.times = 1;
            return out;
        case PromotionKind::amount_off:
        case PromotionKind::percent_off:
            if (worth <= 0 || worth < r.threshold_minor || units < r.minimum_units) return out;
            out.times = 1;
            if (r.kind == PromotionKind::percent_off) out.amount_minor = capped(rounded(worth, r.percent));
            else {
                if (r.repeats) out.times = limited(r.threshold_minor > 0 ? worth / r.threshold_minor : r.minimum_units > 0 ? units / r.minimum_units : 1, r);
                // Never more than there is, however often the threshold is met.
                out.amount_minor = r.off_minor > 0 && out.times > worth / r.off_minor ? worth : std::min(worth, out.times * r.off_minor);
                out.amount_minor = capped(out.amount_minor);
            }
            for (std::size_t l = 0; l < lines.size(); ++l) weights[l] = r.scope[l] ? left[l] : 0;
            break;
        case PromotionKind::buy_get: {
            auto const rewarded = std::ranges::any_of(r.reward, [](char c) { return c != 0; });
            if (worth < r.threshold_minor || r.buy <= 0 || r.get <= 0) return out;
            out.times = limited(rewarded ? units / r.buy : units / (r.buy + r.get), r);
            if (out.times <= 0) return out;
            std::int64_t taken = 0;
            if (rewarded) {
                std::vector<char> reward(lines.size(), 0);
                for (std::size_t l = 0; l < lines.size(); ++l) reward[l] = r.reward[l] && !r.scope[l];
                taken = gather(lines, left, by_unit_worth(lines, left, reward, false), out.times * r.get, weights);
            } else taken = gather(lines, left, by_unit_worth(lines, left, r.scope, false), out.times * r.get, weights);
            out.amount_minor = capped(rounded(taken, r.percent));
            break;
        }
        case PromotionKind::set_price: {
            std::vector<std::vector<std::size_t>> orders;
            std::int64_t most = std::numeric_limits<std::int64_t>::max();
            for (std::size_t c = 0; c < r.part_units.size(); ++c) {
                std::vector<char> in(lines.size(), 0);
                std::int64_t here = 0;
                for (std::size_t l = 0; l < lines.size(); ++l)
                    if (r.part[l] == static_cast<int>(c)) in[l] = 1, here += lines[l].quantity;
                orders.push_back(by_unit_worth(lines, left, in, true));
                most = std::min(most, here / r.part_units[c]);
            }
            if (r.part_units.empty()) return out;
            most = limited(most, r);
            for (std::int64_t times = 1; times <= most; ++times) {
                std::vector<std::int64_t> taken(lines.size(), 0);
                std::int64_t sum = 0;
                for (std::size_t c = 0; c < orders.size(); ++c) sum += gather(lines, left, orders[c], times * r.part_units[c], taken);
                auto const off = capped(sum - times * r.price_minor);
                // Each further set is worth no more than the one before, for units come dearest first; floors may hide one minor unit a line.
                if (off + static_cast<std::int64_t>(lines.size()) < out.amount_minor) break;
                if (off > out.amount_minor) out.amount_minor = off, out.times = times, weights = std::move(taken);
            }
            if (out.amount_minor <= 0) return out;
            break;
        }
    }
    spread(out.amount_minor, weights, out.on_lines);
    return out;
}

}  // namespace kindling::shop::promotions
