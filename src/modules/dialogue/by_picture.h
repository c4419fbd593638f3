// modules/dialogue/by_picture.h -- what looks like the shopper's photo, on a snapshot (modules/pictures finds it).
//
// A photo restricts and orders; limits, filters and words stay what they are. Words that say more than limits lift what has them.
#pragma once
#include "modules/dialogue/select.h"
#include "modules/pictures/api.h"

namespace kindling::dialogue {

struct AlikeGoods {
    TextScores likeness;                                                        // by product, -1..1, none below pictures::Module::least_likeness
    std::unordered_map<std::size_t, std::vector<pictures::Aspect>> in;
    double best = 0;
    static constexpr double sure = 0.6;                                         // below it, nothing looks much like the photo
};

AlikeGoods alike_goods(CatalogueView const&, std::span<pictures::Alike const>);
// Likeness, lifted by a quarter of how well the words fit.
TextScores with_words(AlikeGoods const&, TextScores const& words);
// "looks like your photo in shape and colour"; of a product that is alike in no single respect: "looks like your photo".
std::string why_alike(AlikeGoods const&, std::size_t product, Locale);

inline constexpr std::string_view words_constraint = "words";                   // what is looked for in texts, as a chip that can be taken back
inline constexpr std::string_view picture_constraint = "picture";               // its constraint_id, to take it back
Constraint picture_in_force();

}  // namespace kindling::dialogue
