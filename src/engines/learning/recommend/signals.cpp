#include "engines/learning/recommend/signals.h"

#include <algorithm>
#include <cmath>

namespace kindling::recommend {

namespace {

// The newest part of a history that is looked at, newest first: f(event, steps before the newest, events in its step).
template <class F> void newest_first(std::span<const Event> history, F&& f) {
    if (history.empty()) return;
    auto const newest = history.back().step;
    std::size_t seen = 0;
    for (auto end = history.size(); end > 0;) {
        auto begin = end;
        while (begin > 0 && history[begin - 1].step == history[end - 1].step) --begin;
        auto const distance = newest - history[end - 1].step;
        if (distance > Scratch::steps_limit) return;
        for (auto at = end; at-- > begin;) {
            if (seen++ >= Scratch::events_limit) return;
            f(history[at], distance, end - begin);
        }
        end = begin;
    }
}

}  // namespace

void Powers::set(float exponent) {
    if (exponent == exponent_ && !table_.empty()) return;
    exponent_ = exponent;
    table_.resize(4096);
    for (std::size_t i = 1; i < table_.size(); ++i) table_[i] = std::pow(static_cast<float>(i), exponent);
    table_[0] = 1;  // an item that was never taken is divided by nothing
}

void Scratch::begin(const Tables& tables, const Knobs& knobs, std::span<const Event> history) {
    for (auto const item : touched_) signals_[item] = {}, marked_[item] = 0;
    for (auto const item : hopped_) hops_[item] = 0;
    touched_.clear(), hopped_.clear();
    if (signals_.size() < tables.items()) signals_.resize(tables.items()), marked_.resize(tables.items()), hops_.resize(tables.items());
    if (likeness_.size() < tables.histories()) likeness_.resize(tables.histories());
    if (decay_.empty() || knobs != knobs_) {
        knobs_ = knobs;
        source_.set(knobs.source), target_.set(knobs.target), neighbour_source_.set(knobs.neighbour_source);
        decay_.clear(), neighbour_decay_.clear(), near_fading_.clear();
        for (std::size_t d = 0; d <= steps_limit; ++d) {
            auto const x = static_cast<float>(d);
            decay_.push_back(std::pow(knobs.decay, x)), neighbour_decay_.push_back(std::pow(knobs.neighbour_decay, x)), near_fading_.push_back(std::exp(-x / 2));
        }
    }
    if (history.empty()) return;
    auto const newest = history.back().step;
    for (auto const& e : history) {
        auto& s = touch(e.item);
        s.seen = true;
        s.times = static_cast<std::uint16_t>(std::min(s.times + 1, 65535));
        s.distance = static_cast<std::uint16_t>(std::min(newest - e.step, 65535u));
        s.faded += std::pow(0.9f, static_cast<float>(newest - e.step));
    }
}

void Scratch::gather_pairs(const Tables& tables, std::span<const Event> history) {
    newest_first(history, [&](const Event& e, std::uint32_t distance, std::size_t together) {
        auto const count = tables.count(e.item);
        if (count <= 0) return;
        auto const all = 1 / (source_(count) * std::sqrt(static_cast<float>(together)));
        auto const faded = all * decay_[distance];
        for (auto const& pair : tables.pairs().row(e.item)) {
            auto& s = touch(pair.item);
            s.forward += faded * pair.forward, s.backward += faded * pair.backward, s.together += faded * pair.together;
            s.forward_all += all * pair.forward, s.backward_all += all * pair.backward;
            if (distance == 0) s.last += all * pair.next;
            if (distance == 1) s.second += all * pair.next;
        }
    });
    for (auto const item : touched_)
        if (auto& s = signals_[item]; s.forward + s.backward + s.together > 0)
            s.base = (s.forward + 0.5f * s.backward + s.together) / target_(tables.count(item));
}

// Each item once, by its newest event.
void Scratch::ask_of(const Tables& tables, std::span<const Event> history) {
    query_.clear();
    newest_first(history, [&](const Event& e, std::uint32_t distance, std::size_t) {
        if (tables.count(e.item) > 0 && std::ranges::find(query_, e.item, &Weighted::item) == query_.end()) query_.push_back({e.item, neighbour_decay_[distance]});
    });
}

// Factors are asked when it is known of which items: complete().
void Scratch::gather_solved(const Solved& solved) {
    solved.factors.fold_in(query_, person_);
    for (auto const& [item, weight] : query_)
        for (auto const& [other, says] : solved.linear.row(item)) touch(other).linear += weight * says;
}

void Scratch::gather_neighbours(const Tables& tables, const Knobs& knobs, std::uint32_t self) {
    alike_.clear(), best_.clear();
    for (auto const& [item, weight] : query_) {
        auto const takers = tables.takers(item);
        auto const value = weight / neighbour_source_(tables.count(item));
        for (auto const u : takers.last(std::min(takers.size(), takers_limit))) {
            if (u == self) continue;
            if (likeness_[u] == 0) alike_.push_back(u);
            likeness_[u] += value;
        }
    }
    for (auto const u : alike_) {
        auto const likeness = likeness_[u] / std::sqrt(static_cast<float>(tables.history(u).size()));
        best_.emplace_back(knobs.neighbour_power == 1 ? likeness : knobs.neighbour_power == 2 ? likeness * likeness : std::pow(likeness, knobs.neighbour_power), u);
        likeness_[u] = 0;
    }
    // Among equally alike histories the newer number: sessions come in the order of time.
    auto const keep = std::min(neighbours, best_.size());
    std::ranges::partial_sort(best_, best_.begin() + static_cast<std::ptrdiff_t>(keep), std::greater<>());
    best_.resize(keep);
    for (auto const& [likeness, u] : best_) {
        auto const& h = tables.history(u);
        // Where the shared item that matters most stands.
        float most = 0;
        std::uint32_t at = 0;
        for (auto const& e : h)
            for (auto const& [item, weight] : query_)
                if (item == e.item && weight >= most) most = weight, at = e.step;
        for (std::size_t k = 0; k < h.size(); ++k) {
            auto& s = touch(h[k].item);
            auto const steps = static_cast<float>(h[k].step) - static_cast<float>(at);
            if (steps != 0) s.after += likeness * near_fading_[std::min(static_cast<std::size_t>(std::abs(steps)), steps_limit)] * (steps > 0 ? 1.0f : 0.3f);
            bool repeated = false;
            for (std::size_t before = k > 20 ? k - 20 : 0; before < k && !repeated; ++before) repeated = h[before].item == h[k].item;
            if (!repeated) s.near += likeness * most;
        }
    }
}

void Scratch::gather_hops(const Tables& tables) {
    best_.clear();
    for (auto const item : touched_)
        if (signals_[item].base > 0) best_.emplace_back(signals_[item].base, item);
    auto const keep = std::min(seeds, best_.size());
    std::ranges::partial_sort(best_, best_.begin() + static_cast<std::ptrdiff_t>(keep), [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : scramble(a.second) < scramble(b.second); });
    best_.resize(keep);
    for (auto const& [base, seed] : best_) {
        auto const value = base / source_(tables.count(seed));
        for (auto const& pair : tables.pairs().row(seed)) {
            auto& hop = hops_[pair.item];
            if (hop == 0) hopped_.push_back(pair.item);
            hop += value * (pair.forward + 0.5f * pair.backward + pair.together);
        }
    }
    for (auto const item : touched_) signals_[item].hop = hop(tables, item);
    best_.clear();
    for (auto const item : hopped_)
        if (!marked_[item]) best_.emplace_back(hop(tables, item), item);
    auto const more = std::min(hop_limit, best_.size());
    std::ranges::nth_element(best_, best_.begin() + static_cast<std::ptrdiff_t>(more), [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : scramble(a.second) < scramble(b.second); });
    for (std::size_t i = 0; i < more; ++i) touch(best_[i].second).hop = best_[i].first;
}

void Scratch::gather(const Tables& tables, const Solved& solved, const Knobs& knobs, std::span<const Event> history, std::uint32_t self) {
    begin(tables, knobs, history);
    gather_pairs(tables, history);
    ask_of(tables, history);
    gather_neighbours(tables, knobs, self);
    gather_solved(solved);
    gather_hops(tables);
}

void Scratch::pairs_only(const Tables& tables, const Knobs& knobs, std::span<const Event> history) {
    begin(tables, knobs, history);
    gather_pairs(tables, history);
}

void Scratch::neighbours_only(const Tables& tables, const Knobs& knobs, std::span<const Event> history, std::uint32_t self) {
    begin(tables, knobs, history);
    ask_of(tables, history);
    gather_neighbours(tables, knobs, self);
}

void Scratch::solved_only(const Tables& tables, const Solved& solved, const Knobs& knobs, std::span<const Event> history) {
    begin(tables, knobs, history);
    ask_of(tables, history);
    gather_solved(solved);
}

}  // namespace kindling::recommend
