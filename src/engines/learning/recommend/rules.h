// engines/learning/recommend/rules.h -- the shop's own wishes, applied to a ranked list: stock, margin, freshness, variety, caps, pins.
//
// A pure function over at most a few hundred offers. Everything is in the unit of the score, log-odds: a weight says how much a wish may
// move an item (0.7: as if it were twice as likely to be taken), so no wish can hide what the person clearly wants unless it is told to.
//   value = score + margin_weight * margin_share + fresh_weight * 2^(-age / fresh_half_life) - shown_weight * ln(1 + shown)
// Variety is maximal marginal relevance (Carbonell & Goldstein 1998): greedily the best of value - variety * (likeness to the most alike
// already placed). Pinned items come first, in the order given, when they may be shown at all. Deterministic; O(count x offers).
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "engines/learning/recommend/history.h"

namespace kindling::recommend {

struct Offer {
    Item item = 0;
    float score = 0;            // log-odds, from Model::recommend
    std::int64_t stock = 0;     // units that can be sold now
    float margin_share = 0;     // (price - cost) / price, -1..1; 0 where unknown
    float age_days = 1e6f;      // since it was first offered
    std::uint32_t shown = 0;    // to this person lately, and not taken
    std::uint32_t group = 0;    // brand, category: what group_limit counts; 0: none
};

struct Rules {
    std::size_t count = 10;
    bool in_stock_only = true;
    float margin_weight = 0;
    float fresh_weight = 0, fresh_half_life_days = 14;
    float shown_weight = 0;
    std::uint32_t shown_limit = 0;  // more often than this is not shown again; 0: no limit
    std::size_t group_limit = 0;    // at most so many of a group; 0: no limit
    float variety = 0;              // what an item loses that is the very same as one above it
    std::vector<Item> pinned = {}, banned = {};
};

enum class Moved : std::uint8_t { by_score, pinned, by_margin, by_freshness, by_variety };
enum class Left : std::uint8_t { banned, out_of_stock, shown_enough, group_full, below };

struct Placed {
    Item item = 0;
    float value = 0;       // at the moment it was chosen
    Moved moved = Moved::by_score;  // the wish that helped it up the most, when it stands above its place by score
    friend bool operator==(const Placed&, const Placed&) = default;
};
struct Ranking {
    std::vector<Placed> placed;
    std::vector<std::pair<Item, Left>> left;  // every offer that is not placed, and why
};

// What an offer counts for before variety: the formula above.
float value_of(const Offer&, const Rules&);

// likeness(a, b) in 0..1, asked only when variety > 0. Offers whose score or margin is not a number are left "below".
Ranking apply_rules(std::span<const Offer>, const Rules&, const std::function<float(Item, Item)>& likeness = {});

}  // namespace kindling::recommend
