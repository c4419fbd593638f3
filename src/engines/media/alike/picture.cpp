#include "engines/media/alike/picture.h"

#include <png.h>

#include <algorithm>
#include <utility>

#include "engines/media/alike/formats.h"

namespace kindling::media {

namespace {

Result<Picture> png_of(std::string_view bytes) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size())) return formats::damaged();
    if (formats::too_large(image.width, image.height, most_pixels)) {
        png_image_free(&image);
        return formats::refused(most_pixels);
    }
    image.format = PNG_FORMAT_RGB;
    Picture out{static_cast<int>(image.width), static_cast<int>(image.height), std::vector<std::uint8_t>(PNG_IMAGE_SIZE(image))};
    png_color const white{255, 255, 255};
    bool const fine = png_image_finish_read(&image, &white, out.pixels.data(), 0, nullptr) != 0;
    png_image_free(&image);
    if (!fine) return formats::damaged();
    return out;
}

}  // namespace

Picture resized(const Picture& from, int width, int height) {
    Picture out{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3)};
    for (int y = 0; y < height; ++y) {
        auto const y0 = static_cast<int>(static_cast<std::int64_t>(y) * from.height / height), y1 = std::max(y0 + 1, static_cast<int>(static_cast<std::int64_t>(y + 1) * from.height / height));
        for (int x = 0; x < width; ++x) {
            auto const x0 = static_cast<int>(static_cast<std::int64_t>(x) * from.width / width), x1 = std::max(x0 + 1, static_cast<int>(static_cast<std::int64_t>(x + 1) * from.width / width));
            std::int64_t sum[3] = {};
            for (int v = y0; v < y1; ++v)
                for (int u = x0; u < x1; ++u)
                    for (int c = 0; c < 3; ++c) sum[c] += from.at(u, v)[c];
            auto const n = static_cast<std::int64_t>(y1 - y0) * (x1 - x0);
            for (int c = 0; c < 3; ++c) out.at(x, y)[c] = static_cast<std::uint8_t>((sum[c] + n / 2) / n);
        }
    }
    return out;
}

Picture upright(Picture from, int orientation) {
    if (orientation < 2 || orientation > 8) return from;
    bool const lies = orientation >= 5;
    Picture out{lies ? from.height : from.width, lies ? from.width : from.height, std::vector<std::uint8_t>(from.pixels.size())};
    for (int y = 0; y < from.height; ++y)
        for (int x = 0; x < from.width; ++x) {
            auto const right = from.width - 1 - x, bottom = from.height - 1 - y;
            std::pair<int, int> const to[] = {{right, y}, {right, bottom}, {x, bottom}, {y, x}, {bottom, x}, {bottom, right}, {y, right}};
            auto const [u, v] = to[orientation - 2];
            std::copy_n(from.at(x, y), 3, out.at(u, v));
        }
    return out;
}

Result<Picture> read_picture(std::string_view bytes, int side) {
    using namespace std::literals;
    int orientation = 1;
    auto picture = bytes.starts_with("\xFF\xD8\xFF"sv)                                     ? formats::jpeg_of(bytes, side, orientation)
                   : bytes.starts_with("\x89PNG\r\n\x1A\n"sv)                              ? png_of(bytes)
                   : bytes.starts_with("RIFF"sv) && bytes.size() > 8 && bytes.substr(8).starts_with("WEBP"sv) ? formats::webp_of(bytes, side)
                                                                                            : Result<Picture>(fail(Errc::invalid_argument, "picture_unknown", "The file is no JPEG, PNG or WebP picture."));
    if (!picture) return picture;
    auto const longest = std::max(picture->width, picture->height);
    auto const scaled = [&](int length) { return std::max(1, static_cast<int>(static_cast<std::int64_t>(length) * side / longest)); };
    if (longest > side) picture = resized(*picture, scaled(picture->width), scaled(picture->height));
    return upright(std::move(*picture), orientation);
}

}  // namespace kindling::media
