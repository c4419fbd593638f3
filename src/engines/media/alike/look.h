// engines/media/alike/look.h -- all that is kept of a picture to find what looks alike: it as a whole and its thing by itself, described.
//
// A whole picture is known again by everything in it; the thing alone stays when a photo is cut or stands back further. Both views together find a picture that was
// cut where one alone does not (README). Learned vectors (projection.h) of the joined numbers find candidates; among those, the numbers as they are tell one thing from
// another of its kind; nearness.h weighs the two.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engines/media/alike/descriptor.h"

namespace kindling::media {

struct Look {
    Descriptor whole, thing;
    std::vector<float> joined() const;  // of length 1
};

Look look_at(const Picture&);  // about 7 ms

// For keeping: a byte a number, 5.3 KB. Rounding moves a cosine by less than 0.005. Nothing of another version or length is unpacked.
std::string pack(const Look&);
std::optional<Look> unpack(std::string_view);

// Cosines, mean of the two views; `all` of the joined numbers.
struct Likeness {
    float colour = 0, shape = 0, texture = 0, all = 0;
};
Likeness likeness(const Look&, const Look&);

}  // namespace kindling::media
