#include <webp/decode.h>

#include <algorithm>

#include "engines/media/alike/formats.h"

namespace kindling::media::formats {

Result<Picture> webp_of(std::string_view bytes, int side) {
    auto const* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config) || WebPGetFeatures(data, bytes.size(), &config.input) != VP8_STATUS_OK || config.input.has_animation) return damaged();
    auto const width = config.input.width, height = config.input.height, longest = std::max(width, height);
    if (too_large(width, height, most_pixels)) return refused(most_pixels);
    Picture out{width, height, {}};
    if (longest > side) out.width = std::max(1, static_cast<int>(static_cast<std::int64_t>(width) * side / longest)), out.height = std::max(1, static_cast<int>(static_cast<std::int64_t>(height) * side / longest));
    std::vector<std::uint8_t> rgba(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 4);
    config.options.use_scaling = longest > side, config.options.scaled_width = out.width, config.options.scaled_height = out.height;
    config.output.colorspace = MODE_rgbA;  // multiplied by how opaque it is: the rest is white
    config.output.is_external_memory = 1;
    config.output.u.RGBA = {rgba.data(), out.width * 4, rgba.size()};
    auto const status = WebPDecode(data, bytes.size(), &config);
    WebPFreeDecBuffer(&config.output);
    if (status != VP8_STATUS_OK) return damaged();
    out.pixels.reserve(rgba.size() / 4 * 3);
    for (std::size_t i = 0; i < rgba.size(); i += 4)
        for (std::size_t c = 0; c < 3; ++c) out.pixels.push_back(static_cast<std::uint8_t>(std::min(255, rgba[i + c] + 255 - rgba[i + 3])));
    return out;
}

}  // namespace kindling::media::formats
