// engines/media/alike/picture.h -- a picture from bytes that nobody vouches for.
//
// JPEG, PNG and WebP (one frame), told apart by content and not by name. The size is read from the header before anything is unpacked: a decompression bomb or a
// side above 20,000 is refused; a JPEG is unpacked at a half, quarter or eighth at once, and its scans together hold 128 MB at most. A picture that ends before its
// end is refused. How the camera was held (EXIF orientation) is honoured; what else a picture carries beside its pixels (place, camera, names) is never looked at.
// Transparent pixels become white. Cost: one pass over the pixels; memory at most 4 bytes a pixel.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace kindling::media {

struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> pixels;   // RGB, row by row
    const std::uint8_t* at(int x, int y) const { return pixels.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3; }
    std::uint8_t* at(int x, int y) { return pixels.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3; }
};

inline constexpr std::int64_t most_pixels = 32'000'000;       // of a PNG or WebP, which are unpacked whole
inline constexpr std::int64_t most_jpeg_pixels = 64'000'000;
inline constexpr int longest_side = 20'000;

// At most `side` pixels on the long side (box filter). invalid_argument "picture_unknown" (no JPEG, PNG or WebP), "picture_too_large", "picture_damaged".
Result<Picture> read_picture(std::string_view bytes, int side);
// By averaging; enlarges by repeating.
Picture resized(const Picture&, int width, int height);
// A JPEG file with nothing in it but the pixels, for whoever wants one; quality 1..100.
std::string jpeg_bytes(const Picture&, int quality = 92);
// As a camera held so meant it: 1 upright .. 8 (EXIF 2.3, table 6); anything else changes nothing.
Picture upright(Picture, int orientation);

}  // namespace kindling::media
