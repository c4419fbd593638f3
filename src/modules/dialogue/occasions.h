// modules/dialogue/occasions.h -- occasions and pastimes that shoppers speak of instead of goods ("a beach wedding", 面试, "he fishes"), as a table of data.
//
// A row says with which everyday words it is spoken of, which kinds of things go with it, best first, and which qualities suit it. All of it is looked up in
// the shop's own words (lexicon.h): kinds that this shop does not have and qualities that its goods do not name mean nothing here. The built-in rows are followed by
// the owner's (shop/catalogue/occasion_rows.h), which count where both know the words. Pure; any thread.
#pragma once
#include "shop/catalogue/occasion_rows.h"
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::dialogue {

struct Occasion {
    std::vector<std::u32string> said, kinds, qualities;   // normalised
    std::vector<std::vector<std::u32string>> together;    // words that speak of it when all of them are said, in any order: feet and cold
    bool worn = false;   // what to wear for it is half of the question
    bool own = false;    // the owner's
};

struct OccasionSaid { Occasion const* occasion = nullptr; std::size_t begin = 0, end = 0; };

class Occasions {
public:
    explicit Occasions(std::span<shop::OccasionRow const> own = {});
    std::span<Occasion const> all() const { return rows_; }
    // The one that is spoken of; of several the one with the longest words. `text`: normalised. Lives as long as this.
    std::optional<OccasionSaid> in(std::u32string_view text) const;

private:
    std::vector<Occasion> rows_;
};
std::shared_ptr<Occasions const> built_in_occasions();   // made once

}  // namespace kindling::dialogue
