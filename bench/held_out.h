// held_out.h -- which products a bench keeps from learning, by a hash of their number; and words as the linear peers of such benches take them.
#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "engines/learning/classification/classifier.h"

namespace kindling::bench {

inline std::uint64_t hash_of(std::size_t number) {
    std::uint64_t h = (number + 1) * 0x9E3779B97F4A7C15ull;
    h = (h ^ (h >> 29)) * 0xBF58476D1CE4E5B9ull;
    return h ^ (h >> 32);
}

inline classification::Bag bag_of(std::span<std::string const> words) {
    std::string text;
    for (auto const& w : words) text += w + " ";
    classification::Bag bag;
    classification::add_words(text, 1, 1, bag);
    bag.close(1);
    return bag;
}

}  // namespace kindling::bench
