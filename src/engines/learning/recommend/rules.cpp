#include "engines/learning/recommend/rules.h"

#include <algorithm>
#include <cmath>

namespace kindling::recommend {

namespace {

float margin_of(const Offer& o, const Rules& rules) { return rules.margin_weight * std::clamp(o.margin_share, -1.0f, 1.0f); }
float freshness_of(const Offer& o, const Rules& rules) { return rules.fresh_weight * std::exp2(-std::max(o.age_days, 0.0f) / std::max(rules.fresh_half_life_days, 1e-3f)); }

}  // namespace

float value_of(const Offer& o, const Rules& rules) { return o.score + margin_of(o, rules) + freshness_of(o, rules) - rules.shown_weight * std::log1p(static_cast<float>(o.shown)); }

Ranking apply_rules(std::span<const Offer> offers, const Rules& rules, const std::function<float(Item, Item)>& likeness) {
    struct Row {
        const Offer* offer;
        float value, margin, fresh, alike = 0;
        std::size_t by_score = 0;
        bool taken = false;
    };
    Ranking out;
    std::vector<Row> rows;
    auto const has = [](const std::vector<Item>& list, Item item) { return std::ranges::find(list, item) != list.end(); };
    for (auto const& o : offers) {
        if (has(rules.banned, o.item)) out.left.emplace_back(o.item, Left::banned);
        else if (rules.in_stock_only && o.stock <= 0) out.left.emplace_back(o.item, Left::out_of_stock);
        else if (rules.shown_limit > 0 && o.shown > rules.shown_limit) out.left.emplace_back(o.item, Left::shown_enough);
        else if (!std::isfinite(o.score) || !std::isfinite(o.margin_share) || std::isnan(o.age_days)) out.left.emplace_back(o.item, Left::below);
        else {
            rows.push_back({&o, value_of(o, rules), margin_of(o, rules), freshness_of(o, rules)});
        }
    }
    std::ranges::stable_sort(rows, [](const Row& a, const Row& b) { return a.offer->score != b.offer->score ? a.offer->score > b.offer->score : scramble(a.offer->item) < scramble(b.offer->item); });
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].by_score = i;

    std::vector<std::pair<std::uint32_t, std::size_t>> groups;
    auto const in_group = [&](std::uint32_t group) -> std::size_t& {
        auto const at = std::ranges::find(groups, group, &std::pair<std::uint32_t, std::size_t>::first);
        return at != groups.end() ? at->second : groups.emplace_back(group, 0).second;
    };
    auto const full = [&](const Row& row) { return rules.group_limit > 0 && row.offer->group != 0 && in_group(row.offer->group) >= rules.group_limit; };
    auto const place = [&](Row& row, float value, Moved moved) {
        row.taken = true;
        if (row.offer->group != 0) ++in_group(row.offer->group);
        out.placed.push_back({row.offer->item, value, moved});
        if (rules.variety > 0 && likeness)
            for (auto& other : rows)
                if (!other.taken) other.alike = std::max(other.alike, std::clamp(likeness(row.offer->item, other.offer->item), 0.0f, 1.0f));
    };
    for (auto const item : rules.pinned) {
        if (out.placed.size() >= rules.count) break;
        auto const row = std::ranges::find_if(rows, [&](const Row& r) { return r.offer->item == item && !r.taken; });
        if (row != rows.end() && !full(*row)) place(*row, row->value, Moved::pinned);
    }
    while (out.placed.size() < rules.count) {
        Row* best = nullptr;
        float most = 0;
        for (auto& row : rows) {
            if (row.taken || full(row)) continue;
            if (auto const value = row.value - rules.variety * row.alike; best == nullptr || value > most) best = &row, most = value;
        }
        if (best == nullptr) break;
        auto moved = Moved::by_score;
        if (best->by_score > out.placed.size()) moved = best->margin <= 0 && best->fresh <= 0 ? Moved::by_variety : best->margin >= best->fresh ? Moved::by_margin : Moved::by_freshness;
        place(*best, most, moved);
    }
    for (auto const& row : rows)
        if (!row.taken) out.left.emplace_back(row.offer->item, full(row) ? Left::group_full : Left::below);
    return out;
}

}  // namespace kindling::recommend
