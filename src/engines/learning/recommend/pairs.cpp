#include "engines/learning/recommend/pairs.h"

#include <algorithm>

namespace kindling::recommend {

namespace {
constexpr std::size_t least_tail = 32;
}

void Pairs::add(Item from, const Pair& pair) {
    auto& row = rows_[from];
    row.pairs.push_back(pair);
    if (row.pairs.size() - row.settled >= std::max(least_tail, row.settled)) settle(from);
}

void Pairs::settle(Item from) {
    auto& [pairs, settled] = rows_[from];
    if (settled == pairs.size()) return;
    auto const middle = pairs.begin() + static_cast<std::ptrdiff_t>(settled);
    // Stable, so that equal items are summed in the order they came: the same events give the same bits.
    std::stable_sort(middle, pairs.end(), [](auto const& a, auto const& b) { return a.item < b.item; });
    std::inplace_merge(pairs.begin(), middle, pairs.end(), [](auto const& a, auto const& b) { return a.item < b.item; });
    std::size_t out = 0;
    for (std::size_t i = 1; i < pairs.size(); ++i) {
        if (pairs[i].item != pairs[out].item) {
            pairs[++out] = pairs[i];
            continue;
        }
        pairs[out].next += pairs[i].next, pairs[out].forward += pairs[i].forward;
        pairs[out].backward += pairs[i].backward, pairs[out].together += pairs[i].together;
    }
    pairs.resize(out + 1);
    settled = pairs.size();
}

void Pairs::settle_all() {
    for (Item i = 0; i < rows_.size(); ++i) {
        settle(i);
        rows_[i].pairs.shrink_to_fit();
    }
}

void Pairs::prune(std::size_t limit) {
    auto const strength = [](const Pair& p) { return p.forward + p.backward + p.together; };
    for (auto& [pairs, settled] : rows_) {
        if (pairs.size() <= limit) continue;
        std::ranges::nth_element(pairs, pairs.begin() + static_cast<std::ptrdiff_t>(limit), [&](auto const& a, auto const& b) {
            return strength(a) != strength(b) ? strength(a) > strength(b) : scramble(a.item) < scramble(b.item);
        });
        pairs.resize(limit);
        std::ranges::sort(pairs, {}, &Pair::item);
        pairs.shrink_to_fit();
        settled = limit;
    }
}

void Pairs::set_row(Item from, std::vector<Pair> pairs) {
    rows_[from].settled = pairs.size();
    rows_[from].pairs = std::move(pairs);
}

}  // namespace kindling::recommend
