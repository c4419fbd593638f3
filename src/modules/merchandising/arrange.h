// modules/merchandising/arrange.h -- a ranked list after the owner's rules: hidden goods out, pinned ones on top, boosted ones up, buried ones down. Pure.
//
// A strength s moves a product as if its place in the list were place / s: with 2 the tenth stands by the fifth, with 0.5 by the twentieth. Several rules
// multiply. Pins stand first, in their order; of a product that is pinned and hidden, hidden wins. Ties keep the order they had, so equal strengths
// change nothing. O(n log n); deterministic.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace kindling::merchandising {

struct Ranked {
    std::size_t item = 0;      // the caller's own number
    double strength = 1;       // > 0
    int pin = -1;              // place among the pinned, from 0; -1: not pinned
    bool hidden = false;
};

// In: in the order of rank. Out: the items that are left, in their new order.
std::vector<std::size_t> arrange(std::span<Ranked const>);

}  // namespace kindling::merchandising
