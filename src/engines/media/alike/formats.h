// engines/media/alike/formats.h -- the single formats behind read_picture. Internal to the part.
#pragma once
#include <fmt/format.h>

#include "engines/media/alike/picture.h"

namespace kindling::media::formats {

inline std::unexpected<Error> damaged() { return fail(Errc::invalid_argument, "picture_damaged", "The picture is damaged, ends early or is of a kind that is not read here (CMYK, moving)."); }
inline std::unexpected<Error> refused(std::int64_t most) { return fail(Errc::invalid_argument, "picture_too_large", fmt::format("The picture has more than {} million pixels, or a side above {}.", most / 1'000'000, longest_side)); }
inline bool too_large(std::int64_t width, std::int64_t height, std::int64_t most) { return width < 1 || height < 1 || width > longest_side || height > longest_side || width * height > most; }

// At a half, quarter or eighth, still at least `side` long where it is now; `orientation` as its EXIF says, untouched without.
Result<Picture> jpeg_of(std::string_view bytes, int side, int& orientation);
// Orientation (tag 0x0112) of an APP1 marker's content; 1 when there is none or it is broken.
int exif_orientation(std::string_view app1);
// Scaled to `side` while it is unpacked.
Result<Picture> webp_of(std::string_view bytes, int side);

}  // namespace kindling::media::formats
