// Pictures are drawn and packed here, so what must come out is known; files that lie about themselves are refused.
#include <gmock/gmock.h>
#include <png.h>
#include <webp/encode.h>

#include <cmath>
#include <cstring>
#include <functional>

#include "core/random.h"
#include "engines/media/alike/descriptor.h"
#include "engines/media/alike/drawing.h"
#include "engines/media/alike/formats.h"
#include "engines/media/alike/nearness.h"
#include "engines/media/alike/projection.h"
#include "engines/media/alike/ways.h"

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

std::string webp_bytes(const Picture& p) {
    std::uint8_t* bytes = nullptr;
    auto const size = WebPEncodeRGB(p.pixels.data(), p.width, p.height, p.width * 3, 90, &bytes);
    std::string out(reinterpret_cast<char*>(bytes), size);
    WebPFree(bytes);
    return out;
}

// The orientation as a camera writes it, in one order of bytes or the other, put behind the first two bytes of a JPEG.
std::string held_so(std::string jpeg, int orientation, bool little) {
    using namespace std::literals;
    std::string const number(1, static_cast<char>(orientation));
    auto const tiff = little ? "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s + number + "\0\0\0\0\0\0\0"s : "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + number + "\0\0\0\0\0\0"s;
    auto const body = "Exif\0\0"s + tiff;
    return jpeg.insert(2, "\xFF\xE1\0"s + static_cast<char>(body.size() + 2) + body);
}

double cosine(std::span<const float> a, std::span<const float> b) {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) ab += static_cast<double>(a[i]) * b[i], aa += static_cast<double>(a[i]) * a[i], bb += static_cast<double>(b[i]) * b[i];
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

TEST(Picture, ComesOutAsItWentIn) {
    Random random(1);
    auto const p = drawn(300, 200, 0xE0E0E0, 0xB02020, true, random);
    for (auto const& bytes : {png_bytes(p), jpeg_bytes(p), webp_bytes(p)}) {
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
    EXPECT_EQ(read_picture("RIFFE", 100).error().reason, "picture_unknown");  // found by picture_fuzz
    EXPECT_EQ(read_picture("GIF89a", 100).error().reason, "picture_unknown");
    for (auto const& bytes : {png_bytes(p), jpeg_bytes(p), webp_bytes(p)})
        for (std::size_t const cut : {std::size_t{12}, std::size_t{20}, bytes.size() / 3, bytes.size() * 2 / 3}) {
            auto const read = read_picture(std::string_view(bytes).substr(0, cut), 100);
            ASSERT_FALSE(read) << cut << " of " << bytes.size();
            EXPECT_EQ(read.error().reason, "picture_damaged");
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

TEST(Picture, StandsAsTheCameraWasHeld) {
    Picture p{48, 32, std::vector<std::uint8_t>(48 * 32 * 3, 255)};
    for (int y = 0; y < 16; ++y)
        for (int x = 0; x < 16; ++x) p.at(x, y)[1] = p.at(x, y)[2] = 0;  // red in the corner where row 0 and column 0 meet
    // Where that corner is seen (EXIF: "the 0th row is at the visual ...").
    struct { int orientation; bool right, bottom, lies; } const expected[] = {{1, false, false, false}, {2, true, false, false}, {3, true, true, false}, {4, false, true, false}, {5, false, false, true}, {6, true, false, true}, {7, true, true, true}, {8, false, true, true}};
    for (auto const& e : expected)
        for (bool const little : {false, true}) {
            auto const read = read_picture(held_so(jpeg_bytes(p), e.orientation, little), 100);
            ASSERT_TRUE(read) << e.orientation << ": " << read.error().message;
            EXPECT_EQ(read->width, e.lies ? 32 : 48) << e.orientation;
            EXPECT_LT(read->at(e.right ? read->width - 6 : 5, e.bottom ? read->height - 6 : 5)[1], 80) << e.orientation;
            EXPECT_GT(read->at(e.right ? 5 : read->width - 6, e.bottom ? 5 : read->height - 6)[1], 200) << e.orientation;
        }
    EXPECT_EQ(formats::exif_orientation("Exif"), 1);
    EXPECT_EQ(formats::exif_orientation(std::string("Exif\0\0II*\0\xFF\xFF\xFF\xFF", 14)), 1);
    EXPECT_EQ(read_picture(held_so(jpeg_bytes(p), 9, true), 100)->width, 48);
}

TEST(Picture, DrawsAnSvgWhereThatIsPossible) {
    constexpr std::string_view drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 80 40' width='80' height='40'><rect x='20' width='40' height='40' fill='#b02020'/><image href='file:///etc/hostname' width='9' height='9'/></svg>";
    auto const drawn = draw_svg(drawing, 100);
    if (!can_draw()) {
        EXPECT_EQ(drawn.error().reason, "drawing_unavailable");
        GTEST_SKIP() << "librsvg is not here";
    }
    ASSERT_TRUE(drawn) << drawn.error().message;
    EXPECT_EQ(drawn->width, 100);
    EXPECT_EQ(drawn->height, 50);
    EXPECT_NEAR(drawn->at(50, 25)[0], 0xB0, 2);
    EXPECT_EQ(drawn->at(95, 25)[2], 255);
    EXPECT_EQ(draw_svg("<svg xmlns='http://www.w3.org/2000/svg'><rect", 100).error().reason, "picture_damaged");
    EXPECT_EQ(draw_svg("", 100).error().reason, "picture_damaged");
    EXPECT_EQ(draw_svg(std::string(5 << 20, ' '), 100).error().reason, "picture_too_large");
}

TEST(Look, IsKeptInAByteANumber) {
    Random random(5);
    auto const look = look_at(drawn(200, 150, 0xF0F0F0, 0x208040, true, random)), other = look_at(drawn(200, 150, 0xF0F0F0, 0x2030B0, false, random));
    auto const again = unpack(pack(look));
    ASSERT_TRUE(again);
    EXPECT_GT(cosine(again->joined(), look.joined()), 0.995);
    EXPECT_NEAR(likeness(look, other).all, cosine(look.joined(), other.joined()), 1e-4);
    EXPECT_NEAR(likeness(*again, other).colour, likeness(look, other).colour, 0.01);
    EXPECT_LT(pack(look).size(), 5400u);
    EXPECT_FALSE(unpack("KD1"));
    EXPECT_FALSE(unpack(std::string(pack(look).size(), 'x')));
}

TEST(Look, StaysWhenTheRoomAroundTheThingIsCut) {
    Random random(6);
    auto const p = drawn(240, 240, 0xE8E8E8, 0xB02020, true, random);
    Picture near{180, 180, {}};
    for (int y = 0; y < 180; ++y) near.pixels.insert(near.pixels.end(), p.at(60, y + 60), p.at(60, y + 60) + 180 * 3);
    auto const whole = describe(p), cut = describe(near), thing = describe(focused(p)), thing_of_cut = describe(focused(near));
    EXPECT_LT(focused(p).width, 200);
    EXPECT_GT(cosine(thing.shape, thing_of_cut.shape), cosine(whole.shape, cut.shape) + 0.1);
    Picture const plain{90, 60, std::vector<std::uint8_t>(90 * 60 * 3, 200)};
    EXPECT_EQ(focused(plain).width, 90);  // nothing stands out
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
    projected.reserve(pictures.size());
    for (auto const& p : pictures) projected.push_back(learned->project(p));
    EXPECT_GE(right(projected), 19);
    auto const again = Projection::read(learned->write());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->project(pictures[0]), projected[0]);
    EXPECT_EQ(Projection::learn(std::span(pictures).first(3), std::span(kinds).first(3), {}).error().reason, "too_few_pictures");
    EXPECT_TRUE(Projection::learn(std::span(pictures).first(20), std::vector<int>(20, -1), {}));
    EXPECT_EQ(Projection::read("KPIC0001nonsense").error().reason, "model_invalid");
}

TEST(Nearness, ToldByShapeAndTextureWhereColoursDiffer) {
    Likeness const same{.colour = 1, .shape = 1, .texture = 1, .all = 1}, other_colour{.colour = 0.1f, .shape = 0.98f, .texture = 0.96f, .all = 0.68f}, far{.colour = 0.3f, .shape = 0.2f, .texture = 0.2f, .all = 0.23f};
    EXPECT_DOUBLE_EQ(nearness(same), 1);
    EXPECT_NEAR(nearness(other_colour), 0.95, 1e-6) << "in another colour it is nearly as near";
    EXPECT_LT(nearness(other_colour), nearness(same));
    EXPECT_NEAR(nearness(far), 0.23, 1e-6);
    EXPECT_EQ(ordered_by_nearness(0), 10u);
    EXPECT_EQ(ordered_by_nearness(4653), 93u);
    EXPECT_EQ(ordered_by_nearness(1'000'000), 400u);
    EXPECT_NEAR(kinship(0.5, far), 0.365, 1e-6);
    ShownOrder order(0);
    for (int i = 0; i < 9; ++i) EXPECT_DOUBLE_EQ(order.next(0.9, same), 1);
    EXPECT_NEAR(order.next(0.9, other_colour), 0.95, 1e-6) << "the tenth, and the last that is ordered by nearness";
    EXPECT_NEAR(order.next(1, same), 0.95, 1e-6) << "never before those that were";
    EXPECT_NEAR(order.next(0.5, far), 0.365, 1e-6);
    EXPECT_NEAR(order.next(1, same), 0.95, 1e-6) << "what came between counts for nothing";
}


// Twelve products of three kinds, three pictures each, all drawn alike: the own descriptors cannot tell the kinds, a model that can is taken; one that knows nothing is not.
class Ways : public testing::Test {
protected:
    std::vector<Look> looks;
    std::vector<Judged> judged;
    void SetUp() override {
        Random random(7);
        for (int i = 0; i < 36; ++i) looks.push_back(look_at(drawn(64, 64, 0xF0F0F0, 0x3060C0, true, random)));
        for (int i = 0; i < 36; ++i) judged.push_back({&looks[static_cast<std::size_t>(i)], {}, i / 12, static_cast<std::uint64_t>(i / 3)});
    }
    void model(std::function<std::vector<float>(int)> const& of) {
        for (int i = 0; i < 36; ++i) judged[static_cast<std::size_t>(i)].model = of(i);
    }
};

TEST_F(Ways, TakeTheModelThatKnowsTheKinds) {
    model([](int i) { std::vector<float> v(3, 0.0f); v[static_cast<std::size_t>(i / 12)] = 1; return v; });
    auto const ways = compare_ways(judged);
    ASSERT_TRUE(ways);
    EXPECT_NEAR(ways->model, 1, 1e-9);
    EXPECT_LT(ways->own, 0.9);
    EXPECT_EQ(ways->best, Way::model);
    EXPECT_EQ(ways->kinds, 3);
    EXPECT_NEAR(ways->usual, 0, 1e-6) << "kinds have nothing in common in its eyes";
    EXPECT_NEAR(ways->likeness(1), 1, 1e-9);
    EXPECT_NEAR(ways->likeness(ways->usual), 0.5, 1e-9);
}

TEST_F(Ways, LeaveAModelThatConfusesThem) {
    // Kinds that anybody tells by their colour; neighbours in its eyes are never of one kind.
    Random random(9);
    for (std::size_t i = 0; i < looks.size(); ++i) looks[i] = look_at(drawn(64, 64, 0xF0F0F0, i < 12 ? 0x3060C0u : i < 24 ? 0xC03030u : 0x30A040u, true, random));
    model([](int i) { std::vector<float> v(12, 0.0f); v[static_cast<std::size_t>(i % 12)] = 1; return v; });
    for (std::size_t i = 0; i < judged.size(); ++i) judged[i].product = i;
    auto const ways = compare_ways(judged);
    ASSERT_TRUE(ways);
    EXPECT_GT(ways->own, 0.8);
    EXPECT_LT(ways->model, 0.5);
    EXPECT_NE(ways->best, Way::model);
    EXPECT_GE(ways->best == Way::both ? ways->both : ways->own, ways->own) << "never below the own way";
}

TEST_F(Ways, SayWhenThereIsTooLittleToJudgeBy) {
    model([](int) { return std::vector<float>{1}; });
    EXPECT_EQ(compare_ways(std::span(judged).first(20)).error().reason, "too_few_pictures");
    for (auto& j : judged) j.kind = 1;
    EXPECT_EQ(compare_ways(judged).error().reason, "too_few_pictures");
}

}  // namespace
}  // namespace kindling::media
