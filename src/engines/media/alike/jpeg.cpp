#include <cstdio>

#include <jpeglib.h>
#include <jerror.h>

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <memory>

#include "engines/media/alike/formats.h"

namespace kindling::media::formats {

namespace {

struct Trouble {
    jpeg_error_mgr manager;
    std::jmp_buf back;
};

enum class Read { fine, large, broken };

// libjpeg leaves by longjmp on an error, so everything that it may leave behind is made by the caller.
Read read(std::string_view bytes, int side, jpeg_decompress_struct& jpeg, Trouble& trouble, Picture& out, int& orientation) {
    if (setjmp(trouble.back)) return Read::broken;
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<unsigned long>(bytes.size()));
    jpeg_save_markers(&jpeg, JPEG_APP0 + 1, 0xFFFF);
    if (jpeg_read_header(&jpeg, TRUE) != JPEG_HEADER_OK) return Read::broken;
    if (too_large(jpeg.image_width, jpeg.image_height, most_jpeg_pixels)) return Read::large;
    for (auto const* marker = jpeg.marker_list; marker; marker = marker->next)
        if (auto const found = exif_orientation({reinterpret_cast<const char*>(marker->data), marker->data_length}); found != 1) {
            orientation = found;
            break;
        }
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

}  // namespace

int exif_orientation(std::string_view app1) {
    using namespace std::literals;
    if (!app1.starts_with("Exif\0\0"sv)) return 1;
    auto const tiff = app1.substr(6);
    if (tiff.size() < 8 || (!tiff.starts_with("II*\0"sv) && !tiff.starts_with("MM\0*"sv))) return 1;
    bool const little = tiff[0] == 'I';
    auto const number = [&](std::size_t at, std::size_t bytes) {
        std::size_t out = 0;
        for (std::size_t i = 0; i < bytes; ++i) out |= static_cast<std::size_t>(static_cast<unsigned char>(tiff[at + i])) << 8 * (little ? i : bytes - 1 - i);
        return out;
    };
    auto const directory = number(4, 4);
    if (directory > tiff.size() || tiff.size() - directory < 2) return 1;
    auto const entries = number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        auto const at = directory + 2 + 12 * i;
        if (at + 12 > tiff.size()) return 1;
        if (number(at, 2) != 0x0112) continue;
        auto const value = number(at + 8, 2);
        return number(at + 2, 2) == 3 && value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

Result<Picture> jpeg_of(std::string_view bytes, int side, int& orientation) {
    auto jpeg = std::make_unique<jpeg_decompress_struct>();
    auto trouble = std::make_unique<Trouble>();
    jpeg->err = jpeg_std_error(&trouble->manager);
    trouble->manager.error_exit = [](j_common_ptr info) { std::longjmp(reinterpret_cast<Trouble*>(info->err)->back, 1); };
    trouble->manager.output_message = [](j_common_ptr) {};
    // A progressive file of many scans costs time for every one; nobody needs a hundred. What ends before its end would be filled up with grey.
    trouble->manager.emit_message = [](j_common_ptr info, int level) {
        if (level < 0 && (++info->err->num_warnings > 100 || info->err->msg_code == JWRN_JPEG_EOF)) info->err->error_exit(info);
    };
    jpeg_create_decompress(jpeg.get());
    jpeg->mem->max_memory_to_use = 128L << 20;  // the scans of a progressive file are held together
    Picture out;
    auto const done = read(bytes, side, *jpeg, *trouble, out, orientation);
    jpeg_destroy_decompress(jpeg.get());
    if (done == Read::large) return refused(most_jpeg_pixels);
    if (done == Read::broken) return damaged();
    return out;
}

}  // namespace kindling::media::formats

namespace kindling::media {

std::string jpeg_bytes(const Picture& p, int quality) {
    jpeg_compress_struct jpeg;
    jpeg_error_mgr errors;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = static_cast<JDIMENSION>(p.width), jpeg.image_height = static_cast<JDIMENSION>(p.height), jpeg.input_components = 3, jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        auto* row = const_cast<JSAMPLE*>(p.at(0, static_cast<int>(jpeg.next_scanline)));
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    std::string out(reinterpret_cast<char*>(bytes), size);
    jpeg_destroy_compress(&jpeg);
    std::free(bytes);
    return out;
}

}  // namespace kindling::media
