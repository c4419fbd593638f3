// engines/media/alike/nearness.h -- in which order pictures that may be meant are shown: what was learned says which kind, the numbers as they are say which thing.
//
// The learned vectors (projection.h) know goods of a kind, and blur what tells one thing from another of its kind; the numbers as they are (look.h) know the thing, and
// little of kinds. So the learned choose the likeliest fiftieth of the catalogue's pictures, and among these the nearest by their numbers come first; the others follow
// by half of each, which also says what may be meant at all. Colours change with the light and between variants: what is alike in shape and texture alone counts nearly as much as what is alike in all.
//
// Pure. The constants were chosen on drawings of the demo shop that were cut or recoloured (README); a share between 1/60 and 1/25 finds the same.
#pragma once
#include <algorithm>

#include "engines/media/alike/look.h"

namespace kindling::media {

inline constexpr double colour_blind = 0.02;

// By the numbers as they are, whatever the colours.
inline double nearness(const Likeness& l) { return std::max(static_cast<double>(l.all), 0.5 * (static_cast<double>(l.shape) + static_cast<double>(l.texture)) - colour_blind); }

// Whether it may be meant at all: half of what was learned (the cosine of the projected vectors), half of the numbers as they are.
inline double kinship(double learned, const Likeness& plain) { return 0.5 * learned + 0.5 * static_cast<double>(plain.all); }

// How many of the likeliest pictures are ordered by nearness.
inline std::size_t ordered_by_nearness(std::size_t pictures) { return std::clamp<std::size_t>(pictures / 50, 10, 400); }

// By what candidates are shown, asked of each, the likeliest by what was learned first.
class ShownOrder {
public:
    explicit ShownOrder(std::size_t pictures) : near_(ordered_by_nearness(pictures)) {}
    double next(double learned, const Likeness& plain) {
        if (seen_++ >= near_) return std::min(lowest_, kinship(learned, plain));  // never before those ordered by nearness
        auto const out = nearness(plain);
        lowest_ = std::min(lowest_, out);
        return out;
    }
    double lowest() const { return lowest_; }  // of those ordered by nearness

private:
    std::size_t near_, seen_ = 0;
    double lowest_ = 1;
};

}  // namespace kindling::media
