// engines/learning/recommend/history.h -- what a recommender learns from and is asked about.
//
// A history is what one person (or one visit) did, oldest first. Goods that were taken together share a step: a basket is one step of
// many events, a click is a step of one. So sequences of purchases, sessions of clicks and series of baskets are one kind of data.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace kindling::recommend {

using Item = std::uint32_t;       // 0 .. items-1, numbered by the caller; numbers carry no meaning and never break a tie
using Attribute = std::uint32_t;  // 0 .. attributes-1: a category, a brand, a colour ...

struct Event {
    Item item = 0;
    std::uint32_t step = 0;  // never falls within a history; equal for goods taken together
    float day = 0;           // days since any origin shared by all histories; all 0 where time is unknown
    friend bool operator==(const Event&, const Event&) = default;
};
using History = std::vector<Event>;

struct Goods {
    std::uint32_t items = 0;
    std::vector<std::vector<Attribute>> attributes = {};  // of each item, or empty when there are none
};

// The order among equals: the same everywhere, and not the order of the numbers (numbers often follow the order of appearance).
inline std::uint32_t scramble(Item item) {
    item = (item ^ item >> 16) * 0x7FEB352Du;
    item = (item ^ item >> 15) * 0x846CA68Bu;
    return item ^ item >> 16;
}

// An item and how much of it counts.
struct Weighted {
    Item item = 0;
    float weight = 0;
    friend bool operator==(const Weighted&, const Weighted&) = default;
};

// A moment whose outcome is known: what was done, and what was taken next.
struct Question {
    History history;
    std::vector<Item> answers;  // distinct
    float day = 0;              // of the answers
};

// The different items of the newest `most` events of a history, by number.
inline std::vector<Item> distinct(std::span<const Event> history, std::size_t most = 500) {
    std::vector<Item> out;
    for (auto const& e : history.last(std::min(history.size(), most))) out.push_back(e.item);
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

// Events of one item each, steps 0, 1, 2 ...
inline History sequence(std::span<const Item> items) {
    History out;
    for (auto const item : items) out.push_back({item, static_cast<std::uint32_t>(out.size())});
    return out;
}

}  // namespace kindling::recommend
