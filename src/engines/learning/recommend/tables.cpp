#include "engines/learning/recommend/tables.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/parallel.h"

namespace kindling::recommend {

namespace {

constexpr double step_tau_recent = 2, step_tau_latest = 0.01;  // the latter: the last step alone
constexpr float most_growth = 60;                              // exponent of a weight: an event far newer than build() saw stays finite

}  // namespace

float Tables::recency(const Event& event, std::uint32_t last_step, double tau_days, double tau_steps) const {
    auto const age = timed_ ? (newest_day_ - static_cast<double>(event.day)) / tau_days : static_cast<double>(last_step - event.step) / tau_steps;
    return std::exp(std::min(static_cast<float>(-age), most_growth));
}

// Counts the events from `first` on, which are one step, with each other and with everything before them.
void Tables::count_step(const History& h, std::size_t first) {
    auto const size = static_cast<float>(h.size() - first);
    auto const share = 1.0f / std::sqrt(size);
    float fading = 1;
    if (options_.half_life_days > 0 && timed_) fading = std::exp(std::min(static_cast<float>((static_cast<double>(h[first].day) - newest_day_) * std::log(2.0) / options_.half_life_days), most_growth));
    for (auto at = first; at < h.size(); ++at) {
        auto const item = h[at].item;
        for (auto other = first; other < h.size(); ++other)
            if (other != at && h[other].item != item) pairs_.add(item, {.item = h[other].item, .together = share * fading});
        // The events before it, the newest first.
        for (std::size_t p = first, seen = 0; p-- > 0 && seen < options_.window_events; ++seen) {
            auto const distance = h[at].step - h[p].step;
            if (distance > options_.window_steps) break;
            auto const weight = share * fading / std::sqrt(static_cast<float>(distance));
            pairs_.add(h[p].item, {.item = item, .next = distance == 1 ? share * fading : 0, .forward = weight});
            pairs_.add(item, {.item = h[p].item, .backward = weight});
        }
    }
}

Result<Tables> Tables::build(std::span<const History> histories, Goods goods, TableOptions options, const Progress& progress) {
    auto const bad = [](std::string reason, std::string message) { return fail(Errc::invalid_argument, std::move(reason), std::move(message)); };
    if (goods.items > most_items) return bad("item_out_of_range", fmt::format("At most {} items can be recommended.", most_items));
    if (!goods.attributes.empty() && goods.attributes.size() != goods.items) return bad("attribute_out_of_range", fmt::format("There are {} items but {} rows of attributes.", goods.items, goods.attributes.size()));
    for (auto& row : goods.attributes) {
        for (auto const a : row)
            if (a >= most_attributes) return bad("attribute_out_of_range", fmt::format("Attribute {} is above {}.", a, most_attributes - 1));
        std::ranges::sort(row);
        row.erase(std::ranges::unique(row).begin(), row.end());
    }
    Tables t;
    t.options_ = options;
    t.goods_ = std::move(goods);
    auto const n = t.goods_.items;
    t.pairs_ = Pairs(n);
    t.takers_.resize(n), t.count_.assign(n, 0), t.recent_.assign(n, 0), t.latest_.assign(n, 0);
    float first_day = 0, last_day = 0;
    bool any = false;
    for (std::size_t u = 0; u < histories.size(); ++u)
        for (std::size_t k = 0; k < histories[u].size(); ++k) {
            auto const& e = histories[u][k];
            if (e.item >= n) return bad("item_out_of_range", fmt::format("History {}, event {}: item {}, but there are {} items.", u, k, e.item, n));
            if (!std::isfinite(e.day)) return bad("day_not_finite", fmt::format("History {}, event {}: the day is not a number.", u, k));
            if (e.step >= most_steps) return bad("step_out_of_range", fmt::format("History {}, event {}: step {} is above {}.", u, k, e.step, most_steps - 1));
            if (k > 0 && e.step < histories[u][k - 1].step) return bad("steps_not_ascending", fmt::format("History {}, event {}: its step is before that of the event before it.", u, k));
            first_day = any ? std::min(first_day, e.day) : e.day, last_day = any ? std::max(last_day, e.day) : e.day, any = true;
        }
    t.newest_day_ = last_day, t.span_days_ = static_cast<double>(last_day) - static_cast<double>(first_day), t.timed_ = t.span_days_ > 1e-6;
    if (!t.timed_) t.span_days_ = 0;
    // The newest last, so that a limited look at an item's takers sees the newest.
    std::vector<std::uint32_t> order(histories.size());
    std::iota(order.begin(), order.end(), 0u);
    if (t.timed_) std::ranges::stable_sort(order, {}, [&](std::uint32_t u) { return histories[u].empty() ? first_day : histories[u].back().day; });
    t.histories_.assign(histories.begin(), histories.end());
    for (std::size_t done = 0; auto const u : order) {
        if (++done % 4096 == 0) {
            if (progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "Counting was stopped.");
            progress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(order.size()), "counting");
        }
        auto const& all = histories[u];
        History h;
        h.reserve(all.size());
        for (std::size_t at = 0; at < all.size();) {
            auto const first = at;
            while (at < all.size() && all[at].step == all[first].step) h.push_back(all[at++]);
            t.count_step(h, first);
        }
        for (auto const& e : all) {
            t.count_[e.item] += 1;
            t.recent_[e.item] += t.recency(e, all.back().step, t.span_days_ / 12, step_tau_recent);
            t.latest_[e.item] += t.recency(e, all.back().step, t.span_days_ / 60, step_tau_latest);
            if (auto& takers = t.takers_[e.item]; takers.empty() || takers.back() != u) takers.push_back(u);
        }
    }
    t.pairs_.settle_all();
    t.pairs_.prune(options.row_limit);
    t.derive_popular();
    t.derive_attributes();
    return t;
}

std::uint32_t Tables::open() {
    histories_.emplace_back();
    return static_cast<std::uint32_t>(histories_.size() - 1);
}

Item Tables::add_item(std::vector<Attribute> attributes) {
    auto const item = static_cast<Item>(count_.size());
    pairs_.grow(item + 1);
    takers_.emplace_back(), count_.push_back(0), recent_.push_back(0), latest_.push_back(0), length_.push_back(0), alike_.emplace_back();
    goods_.items = item + 1;
    std::erase_if(attributes, [](Attribute a) { return a >= most_attributes; });
    std::ranges::sort(attributes);
    attributes.erase(std::ranges::unique(attributes).begin(), attributes.end());
    if (goods_.attributes.empty() && !attributes.empty()) goods_.attributes.resize(item);
    if (goods_.attributes.empty()) return item;
    goods_.attributes.push_back(std::move(attributes));
    // Rarities move a little with each item; they are taken as they were, and a new attribute counts as that of one item.
    float sum = 0;
    for (auto const a : goods_.attributes[item]) {
        if (a >= rarity_.size()) rarity_.resize(a + 1, std::log(static_cast<float>(item + 1))), with_attribute_.resize(a + 1), popular_with_.resize(a + 1);
        with_attribute_[a].push_back(item);
        sum += rarity_[a] * rarity_[a];
        auto& shelf = popular_with_[a];
        if (shelf.size() >= popular_with_limit) shelf.pop_back();
        shelf.push_back(item);  // so that it can be found at all
    }
    length_[item] = std::sqrt(sum);
    std::vector<float> scratch(count_.size());
    std::vector<Item> touched;
    find_alike(item, scratch, touched);
    // The nearest of the old ones can now lead to it.
    for (auto const& [other, likeness] : alike_[item]) {
        auto& row = alike_[other];
        row.insert(std::ranges::upper_bound(row, -likeness, {}, [](const Alike& a) { return -a.likeness; }), {item, likeness});
        if (row.size() > alike_limit) row.pop_back();
    }
    return item;
}

Result<void> Tables::observe(std::uint32_t number, std::span<const Item> items, double day) {
    if (number >= histories_.size()) return fail(Errc::invalid_argument, "history_unknown", fmt::format("There is no history {}.", number));
    if (!std::isfinite(day)) return fail(Errc::invalid_argument, "day_not_finite", "The day is not a number.");
    for (auto const item : items)
        if (item >= this->items()) return fail(Errc::invalid_argument, "item_out_of_range", fmt::format("There is no item {}; add it first.", item));
    if (items.empty()) return {};
    auto& h = histories_[number];
    auto const step = h.empty() ? 0 : h.back().step + 1;
    if (!timed_ && !h.empty())  // everything in it is now a step older
        for (auto const& e : h) {
            recent_[e.item] += recency(e, step, 0, step_tau_recent) - recency(e, h.back().step, 0, step_tau_recent);
            latest_[e.item] += recency(e, step, 0, step_tau_latest) - recency(e, h.back().step, 0, step_tau_latest);
        }
    auto const first = h.size();
    for (auto const item : items) h.push_back({item, step, static_cast<float>(day)});
    count_step(h, first);
    for (auto at = first; at < h.size(); ++at) {
        auto const& e = h[at];
        count_[e.item] += 1;
        recent_[e.item] += recency(e, step, span_days_ / 12, step_tau_recent);
        latest_[e.item] += recency(e, step, span_days_ / 60, step_tau_latest);
        if (auto& takers = takers_[e.item]; std::ranges::find(takers, number) == takers.end()) takers.push_back(number);
    }
    std::vector<Item> rows;
    for (auto at = first; at < h.size(); ++at) rows.push_back(h[at].item);
    for (std::size_t p = first, seen = 0; p-- > 0 && seen < options_.window_events && step - h[p].step <= options_.window_steps; ++seen) rows.push_back(h[p].item);
    for (auto const item : rows) pairs_.settle(item);
    derive_popular();
    return {};
}

}  // namespace kindling::recommend
