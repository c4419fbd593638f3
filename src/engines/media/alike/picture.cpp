#include "engines/media/alike/picture.h"

#include <jpeglib.h>
#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <memory>

namespace kindling::media {

namespace {

std::unexpected<Error> damaged() { return fail(Errc::invalid_argument, "picture_damaged", "The picture is damaged or of a kind that is not read here."); }

bool too_large(std::int64_t width, std::int64_t height) { return width < 1 || height < 1 || width > longest_side || height > longest_side || width * height > most_pixels; }

std::unexpected<Error> refused() { return fail(Errc::invalid_argument, "picture_too_large", "The picture has more than 32 million pixels, or a side above 20,000."); }

struct Trouble {
    jpeg_error_mgr manager;
    std::jmp_buf back;
};

enum class Read { fine, large, broken };

// libjpeg leaves by longjmp on an error, so everything that it may leave behind is made by the caller.
Read read_jpeg(std::string_view bytes, int side, jpeg_decompress_struct& jpeg, Trouble& trouble, Picture& out) {
    if (setjmp(trouble.back)) return Read::broken;
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<unsigned long>(bytes.size()));
    if (jpeg_read_header(&jpeg, TRUE) != JPEG_HEADER_OK) return Read::broken;
    if (too_large(jpeg.image_width, jpeg.image_height)) return Read::large;
    jpeg.out_color_space = JCS_RGB;
    jpeg.scale_num = 1, jpeg.scale_denom = 1;
    while (jpeg.scale_denom < 8 && static_cast<int>(std::max(jpeg.image_width, jpeg.image_height) / (jpeg.scale_denom * 2)) >= side) jpeg.scale_denom *= 2;
    jpeg_start_decompress(&jpeg);
    out.width = static_cast<int>(jpeg.output_width), out.height = static_cast<int>(jpeg.output_height);
    out.pixels.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 3);
    while (jpeg.output_scanline < jpeg.output_height) {
        auto* row = out.pixels.data() + static_cast<std::size_t>(jpeg.output_scanline) * static_cast<std::size_t>(out.width) * 3;
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_decompress(&jpeg);
    return Read::fine;
}

Result<Picture> jpeg_of(std::string_view bytes, int side) {
    auto jpeg = std::make_unique<jpeg_decompress_struct>();
    auto trouble = std::make_unique<Trouble>();
    jpeg->err = jpeg_std_error(&trouble->manager);
    trouble->manager.error_exit = [](j_common_ptr info) { std::longjmp(reinterpret_cast<Trouble*>(info->err)->back, 1); };
    trouble->manager.output_message = [](j_common_ptr) {};
    // A progressive file of many scans costs time for every one; nobody needs a hundred.
    trouble->manager.emit_message = [](j_common_ptr info, int level) { if (level < 0 && ++info->err->num_warnings > 100) info->err->error_exit(info); };
    jpeg_create_decompress(jpeg.get());
    Picture out;
    auto const done = read_jpeg(bytes, side, *jpeg, *trouble, out);
    jpeg_destroy_decompress(jpeg.get());
    if (done == Read::large) return refused();
    if (done == Read::broken) return damaged();
    return out;
}

Result<Picture> png_of(std::string_view bytes) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size())) return damaged();
    if (too_large(image.width, image.height)) {
        png_image_free(&image);
        return refused();
    }
    image.format = PNG_FORMAT_RGB;
    Picture out{static_cast<int>(image.width), static_cast<int>(image.height), std::vector<std::uint8_t>(PNG_IMAGE_SIZE(image))};
    png_color const white{255, 255, 255};
    bool const fine = png_image_finish_read(&image, &white, out.pixels.data(), 0, nullptr) != 0;
    png_image_free(&image);
    if (!fine) return damaged();
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
            for (int c = 0; c < 3; ++c) out.pixels[(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3 + static_cast<std::size_t>(c)] = static_cast<std::uint8_t>((sum[c] + n / 2) / n);
        }
    }
    return out;
}

Result<Picture> read_picture(std::string_view bytes, int side) {
    using namespace std::literals;
    auto picture = bytes.starts_with("\xFF\xD8\xFF"sv) ? jpeg_of(bytes, side) : bytes.starts_with("\x89PNG\r\n\x1A\n"sv) ? png_of(bytes) : Result<Picture>(fail(Errc::invalid_argument, "picture_unknown", "The file is neither a JPEG nor a PNG picture."));
    if (!picture) return picture;
    auto const longest = std::max(picture->width, picture->height);
    if (longest <= side) return picture;
    auto const scaled = [&](int length) { return std::max(1, static_cast<int>(static_cast<std::int64_t>(length) * side / longest)); };
    return resized(*picture, scaled(picture->width), scaled(picture->height));
}

}  // namespace kindling::media
