// engines/media/alike/jpeg_for_test.h -- packs a picture as JPEG, for tests and benches that need a file as a phone would send it. The engine itself only reads.
#pragma once
#include "engines/media/alike/picture.h"
#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>
#include <string>

namespace kindling::media {

inline std::string jpeg_bytes(const Picture& p, int quality = 92) {
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
