// Pictures are drawn and packed here, so what must come out is known; files that lie about themselves are refused.
#include <gmock/gmock.h>
#include <jpeglib.h>
#include <png.h>

#include <cmath>
#include <cstring>

#include "core/random.h"
#include "engines/media/alike/descriptor.h"
#include "engines/media/alike/projection.h"

namespace kindling::media {
namespace {

Picture drawn(int width, int height, std::uint32_t behind, std::uint32_t thing, bool round, Random& random) {
    Picture p{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height * 3))};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            auto const u = std::abs(x - width / 2) / (width * 0.3), v = std::abs(y - height / 2) / (height * 0.3);
            bool const inside = round ? u * u + v * v < 1 : u < 0.55 && v < 1.2;
            auto const colour = inside ? thing : behind;
            for (int c = 0; c < 3; ++c) p.pixels[static_cast<std::size_t>((y * width + x) * 3 + c)] = static_cast<std::uint8_t>(std::clamp<int>(static_cast<int>(colour >> (16 - 8 * c) & 255) + static_cast<int>(random.normal(0, 4)), 0, 255));
        }
    return p;
}

std::string png_bytes(const Picture& p) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION, image.width = static_cast<png_uint_32>(p.width), image.height = static_cast<png_uint_32>(p.height), image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    png_image_write_to_memory(&image, nullptr, &size, 0, p.pixels.data(), 0, nullptr);
    std::string out(size, '\0');
    png_image_write_to_memory(&image, out.data(), &size, 0, p.pixels.data(), 0, nullptr);
    return out;
}

std::string jpeg_bytes(const Picture& p) {
    jpeg_compress_struct jpeg;
    jpeg_error_mgr errors;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = static_cast<JDIMENSION>(p.width), jpeg.image_height = static_cast<JDIMENSION>(p.height), jpeg.input_components = 3, jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 92, TRUE);
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

double cosine(std::span<const float> a, std::span<const float> b) {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) ab += static_cast<double>(a[i]) * b[i], aa += static_cast<double>(a[i]) * a[i], bb += static_cast<double>(b[i]) * b[i];
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

TEST(Picture, ComesOutAsItWentIn) {
    Random random(1);
    auto const p = drawn(300, 200, 0xE0E0E0, 0xB02020, true, random);
    for (auto const& bytes : {png_bytes(p), jpeg_bytes(p)}) {
        auto const small = read_picture(bytes, 100);
        ASSERT_TRUE(small) << small.error().message;
        EXPECT_EQ(small->width, 100);
        EXPECT_NEAR(small->height, 66, 1);
        EXPECT_NEAR(small->at(50, 33)[0], 0xB0, 8);
        EXPECT_NEAR(small->at(2, 2)[1], 0xE0, 8);
    }
    EXPECT_EQ(read_picture(png_bytes(p), 1000)->width, 300);  // never enlarged
}

TEST(Picture, RefusesWhatLiesOrIsBroken) {
    Random random(2);
    auto const p = drawn(64, 64, 0xFFFFFF, 0x2020B0, false, random);
    EXPECT_EQ(read_picture("", 100).error().reason, "picture_unknown");
    EXPECT_EQ(read_picture("<svg xmlns='http://www.w3.org/2000/svg'/>", 100).error().reason, "picture_unknown");
    EXPECT_EQ(read_picture("GIF89a", 100).error().reason, "picture_unknown");
    for (auto const& bytes : {png_bytes(p), jpeg_bytes(p)})
        for (std::size_t const cut : {std::size_t{10}, std::size_t{20}, bytes.size() / 3}) {
            auto const read = read_picture(std::string_view(bytes).substr(0, cut), 100);
            // libjpeg fills what is missing of a picture whose header is whole; it must still end well.
            EXPECT_TRUE(read || read.error().reason == "picture_damaged");
        }
    // A few bytes that claim a picture of 60,000 x 60,000.
    auto bomb = png_bytes(p);
    for (std::size_t const at : {std::size_t{16}, std::size_t{20}}) bomb[at] = 0, bomb[at + 1] = 0, bomb[at + 2] = static_cast<char>(0xEA), bomb[at + 3] = 0x60;
    auto const refused = read_picture(bomb, 100);
    ASSERT_FALSE(refused);
    auto jpeg = jpeg_bytes(p);
    auto const frame = jpeg.find("\xFF\xC0", 0, 2);
    ASSERT_NE(frame, jpeg.npos);
    for (std::size_t const at : {frame + 5, frame + 7}) jpeg[at] = static_cast<char>(0xEA), jpeg[at + 1] = 0x60;
    EXPECT_EQ(read_picture(jpeg, 100).error().reason, "picture_too_large");
}

TEST(Descriptor, TellsColoursAndShapesApartWhateverLiesBehind) {
    Random random(3);
    auto const of = [&](std::uint32_t behind, std::uint32_t thing, bool round) { return describe(drawn(160, 200, behind, thing, round, random)); };
    auto const red_disc = of(0xF0F0F0, 0xB02020, true), red_disc_on_wood = of(0xC8B090, 0xB02020, true), blue_disc = of(0xF0F0F0, 0x2030B0, true), red_bar = of(0xF0F0F0, 0xB02020, false);
    EXPECT_GT(cosine(red_disc.colour, red_disc_on_wood.colour), 0.8);
    EXPECT_GT(cosine(red_disc.colour, red_disc_on_wood.colour), cosine(red_disc.colour, blue_disc.colour) + 0.3);
    EXPECT_GT(cosine(red_disc.shape, blue_disc.shape), cosine(red_disc.shape, red_bar.shape) + 0.1);
    for (auto const* block : {&red_disc.colour, &red_disc.shape, &red_disc.texture}) EXPECT_NEAR(cosine(*block, *block), 1, 1e-6);
}

TEST(Projection, LearnsThatShapeCountsWhereKindsDifferByShape) {
    Random random(4);
    std::vector<std::vector<float>> pictures;
    std::vector<int> kinds;
    std::uint32_t const colours[] = {0xB02020, 0x2030B0, 0x208040, 0xC0A020, 0x602080};
    for (int i = 0; i < 60; ++i) pictures.push_back(describe(drawn(120, 150, 0xF0F0F0 - static_cast<std::uint32_t>(random.below(40)) * 0x10101, random.one_of(std::span<const std::uint32_t>(colours)), i % 2 == 0, random)).joined()), kinds.push_back(i % 2);
    auto const right = [&](auto const& vectors) {
        int n = 0;
        for (std::size_t i = 40; i < 60; ++i) {
            std::size_t best = 0;
            for (std::size_t j = 1; j < 40; ++j)
                if (cosine(vectors[i], vectors[j]) > cosine(vectors[i], vectors[best])) best = j;
            n += kinds[best] == kinds[i];
        }
        return n;
    };
    auto const learned = Projection::learn(std::span(pictures).first(40), std::span(kinds).first(40), {});
    ASSERT_TRUE(learned) << learned.error().message;
    std::vector<std::vector<float>> projected;
    for (auto const& p : pictures) projected.push_back(learned->project(p));
    EXPECT_GE(right(projected), 19);
    auto const again = Projection::read(learned->write());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->project(pictures[0]), projected[0]);
    EXPECT_EQ(Projection::learn(std::span(pictures).first(3), std::span(kinds).first(3), {}).error().reason, "too_few_pictures");
    EXPECT_TRUE(Projection::learn(std::span(pictures).first(20), std::vector<int>(20, -1), {}));
    EXPECT_EQ(Projection::read("KPIC0001nonsense").error().reason, "model_invalid");
}

}  // namespace
}  // namespace kindling::media
