// Any bytes as a picture, as its EXIF, as a kept look and as a learned projection.
#include "core/fuzz_seeds.h"
#include "engines/learning/model_file/model_file.h"
#include "engines/media/alike/formats.h"
#include "engines/media/alike/look.h"
#include "engines/media/alike/projection.h"

using namespace kindling::media;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    std::string_view const bytes(reinterpret_cast<const char*>(data), size);
    if (auto const picture = read_picture(bytes, 96)) (void)unpack(pack(look_at(*picture)));
    (void)formats::exif_orientation(bytes);
    (void)unpack(bytes);
    if (auto const projection = Projection::read(kindling::model_file::seal("KPIC0001", bytes))) (void)projection->project(std::vector<float>(projection->inputs(), 1));
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0\x90wS\xDE\0\0\0\014IDAT\x08\xD7"
    "c\xF8\xCF\xC0\0\0\3\1\1\0\x18\xDD\x8D\xB0\0\0\0\0IEND\xAE" "B`\x82"sv,
    "\xFF\xD8\xFF\xE0\0\20JFIF\0\1\1\0\0\1\0\1\0\0\xFF\xC0\0\013\10\0\10\0\10\1\1\21\0\xFF\xD9"sv,
    "RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0\x30\1\0\x9D\1\x2A\1\0\1\0\2\0\x34\x25\xA4\0\3p\0\xFE\xFB\xFD\x50\0"sv,
    "Exif\0\0II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0"sv,
    "KD1"sv,
    "\1\0\0\0\0\0\200\77\1\0\0\0\0\0\200\77"sv)
