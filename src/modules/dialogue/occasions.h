// modules/dialogue/occasions.h -- occasions and pastimes that shoppers speak of instead of goods ("a beach wedding", 面试, "he fishes"), as a table of data.
//
// A row says with which everyday words it is spoken of, which kinds of things go with it, best first, and which qualities suit it. All of it is looked up in
// the shop's own words (lexicon.h): kinds that this shop does not have and qualities that its goods do not name mean nothing here. Pure; any thread.
#pragma once
#include <optional>
#include <span>
#include <string_view>

namespace kindling::dialogue {

// Blank-separated; '_' stands for a blank, as in concepts.cpp.
struct Occasion {
    std::u32string_view said, kinds, qualities;
    bool worn = false;   // what to wear for it is half of the question
};
std::span<Occasion const> occasions();

struct OccasionSaid { Occasion const* occasion = nullptr; std::size_t begin = 0, end = 0; };
// The one that is spoken of; of several the one with the longest words. `text`: normalised.
std::optional<OccasionSaid> occasion_in(std::u32string_view text);

}  // namespace kindling::dialogue
