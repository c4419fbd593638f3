// A reader taught with a shop's own marked reviews: words that no list knows, held against the list, used by the digest, forgotten again.
#include "modules/reviews/learned.h"
#include "shop/activity/api.h"
#include "shop/catalogue/api.h"
#include "shop/shop_for_test.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kindling::reviews {
namespace {

using testing::ElementsAre;

struct Said { std::string noun, verdict, about; bool praise; };

// Jargon of headphones: the word list has none of it.
std::vector<Said> jargon() {
    std::vector<Said> out;
    for (auto const* noun : {"声场", "三频", "解析", "乐器分离"})
        for (auto const* verdict : {"绵密铺开", "化开如烟", "层层递进"}) out.push_back({noun, verdict, "sound", true});
    for (auto const* noun : {"声场", "三频", "齿音"})
        for (auto const* verdict : {"糊成一团", "发干刺耳朵", "像罐头"}) out.push_back({noun, verdict, "sound", false});
    for (auto const* noun : {"耳罩", "头梁", "夹力"})
        for (auto const* verdict : {"如云朵", "几乎无感"}) out.push_back({noun, verdict, "comfort", true});
    return out;
}

json::object marked(std::size_t i) {
    auto const all = jargon();
    auto const &a = all[i % all.size()], &b = all[(i * 7 + 3) % all.size()];
    auto const one = [](Said const& s) { return json::object{{"aspect", s.noun}, {"opinion", s.verdict}, {"about", s.about}, {"praise", s.praise}}; };
    json::array opinions{one(a)};
    auto text = fmt::format("第{}副，{}{}", i, a.noun, a.verdict);
    if (b.noun != a.noun && b.verdict != a.verdict) text += fmt::format("，{}{}", b.noun, b.verdict), opinions.push_back(one(b));
    return {{"text", text + "。"}, {"opinions", opinions}};
}

class TeachTest : public testing::Test {
protected:
    Result<json::value> run(std::string_view name, json::object const& request) {
        auto all = operations();
        for (auto const& part : {shop::catalogue_operations(), shop::activity_operations()}) all.insert(all.end(), part.begin(), part.end());
        return shop_.run(all, name, request, 1'700'000'000'000 + ++calls_, Locale::zh);
    }

    shop::test::ShopOnDisk shop_{"teach"};
    std::int64_t calls_ = 0;
};

TEST_F(TeachTest, AShopsOwnWordsAreReadOnceTheyWereTaught) {
    ASSERT_TRUE(run("catalog.save_products", {{"products", json::array{json::object{{"product_id", "h"}, {"title_zh", "耳机"}, {"variants", json::array{json::object{{"sku", "H"}, {"price_minor", 1}}}}}}}}));
    ASSERT_TRUE(run("reviews.save", {{"reviews", json::array{json::object{{"review_id", "r1"}, {"product_id", "h"}, {"rating", 5}, {"body", "乐器分离化开如烟，戴上头梁几乎无感。"}, {"language", "zh"}, {"created_at_ms", 1}}, json::object{{"review_id", "r2"}, {"product_id", "h"}, {"rating", 4}, {"body", "Great sound."}, {"language", "en"}, {"created_at_ms", 2}}}}}));
    auto const aspects = [&] {
        std::vector<std::string> out;
        auto const digest = run("reviews.digest", {{"product_id", "h"}});
        for (auto const& a : digest->at("aspects").as_array()) out.push_back(fmt::format("{} {}", std::string_view(a.at("aspect").as_string()), a.at("count").as_int64()));
        return out;
    };
    EXPECT_THAT(aspects(), ElementsAre("sound 1")) << "the list knows the English one";
    json::array few, many;
    for (std::size_t i = 0; i < 20; ++i) few.push_back(marked(i));
    for (std::size_t i = 0; i < 400; ++i) many.push_back(marked(i));
    EXPECT_EQ(run("reviews.teach", {{"reviews", few}}).error().reason, "nothing_to_learn");
    auto const wrong = run("reviews.teach", {{"reviews", json::array{json::object{{"text", "好"}, {"opinions", json::array{json::object{{"aspect", "无"}, {"opinion", "好"}, {"about", "colour"}, {"praise", true}}}}}}}});
    ASSERT_FALSE(wrong);
    std::vector<std::string> places;
    for (auto const& f : wrong.error().fields) places.push_back(f.path);
    EXPECT_THAT(places, testing::UnorderedElementsAre("/reviews/0/opinions/0/aspect", "/reviews/0/opinions/0/about"));
    EXPECT_EQ(run("reviews.reader", {})->at("in_use"), false);
    auto const state = run("reviews.teach", {{"reviews", many}});
    ASSERT_TRUE(state) << state.error().message;
    EXPECT_TRUE(state->at("in_use").as_bool() && state->at("chinese").as_bool());
    EXPECT_GT(state->at("held_out").as_int64(), 40);
    EXPECT_GT(state->at("f1_learned").as_double(), 0.9);
    EXPECT_LT(state->at("f1_lexicon").as_double(), 0.5);
    EXPECT_EQ(run("reviews.reader", {})->at("in_use"), true);
    EXPECT_EQ(run("reviews.digest", {{"product_id", "h"}})->at("basis"), "learned");
    EXPECT_THAT(aspects(), ElementsAre("sound 2", "comfort 1")) << "the English one by the list as before";
    ASSERT_TRUE(run("reviews.forget_reader", {}));
    EXPECT_THAT(aspects(), ElementsAre("sound 1"));
    // A file that is damaged is as good as none.
    std::filesystem::create_directories(shop_.folder / "models");
    std::filesystem::remove(reader_file(shop_.folder, 1));
    { auto* const file = std::fopen(reader_file(shop_.folder, 1).c_str(), "w"); std::fputs("KREV0001 nothing", file), std::fclose(file); }
    EXPECT_EQ(run("reviews.digest", {{"product_id", "h"}})->at("basis"), "lexicon");
}

// Marks of which those learned from are the wrong way round and those held out are right: what is learned is worse than the word list, and is not used.
TEST_F(TeachTest, AReaderThatIsWorseThanTheWordListIsRefused) {
    ASSERT_TRUE(run("catalog.save_products", {{"products", json::array{json::object{{"product_id", "h"}, {"title_zh", "耳机"}, {"variants", json::array{json::object{{"sku", "H"}, {"price_minor", 1}}}}}}}}));
    ASSERT_TRUE(run("reviews.save", {{"reviews", json::array{json::object{{"review_id", "r1"}, {"product_id", "h"}, {"rating", 5}, {"body", "音质很好，物流很慢。"}, {"language", "zh"}, {"created_at_ms", 1}}}}}));
    auto const basis_and_praise = [&] {
        auto const digest = run("reviews.digest", {{"product_id", "h"}});
        std::string out(digest->at("basis").as_string());
        for (auto const& a : digest->at("aspects").as_array()) out += fmt::format(" {} {}", std::string_view(a.at("aspect").as_string()), a.at("praise").as_int64());
        return out;
    };
    auto const before = basis_and_praise();
    ASSERT_TRUE(before.starts_with("lexicon")) << before;
    auto const marks = [](bool upside_down) {
        json::array out;
        for (std::size_t i = 0; i < 400; ++i) {
            bool const good = i % 2 == 0;
            auto const text = fmt::format("第{}副，音质{}，物流{}。", i, good ? "很好" : "很差", good ? "很慢" : "很快");
            bool const praise = good != (upside_down && !held_out(text));
            out.push_back(json::object{{"text", text}, {"opinions", json::array{json::object{{"aspect", "音质"}, {"opinion", good ? "很好" : "很差"}, {"about", "sound"}, {"praise", praise}}, json::object{{"aspect", "物流"}, {"opinion", good ? "很慢" : "很快"}, {"about", "delivery"}, {"praise", !praise}}}}});
        }
        return out;
    };
    auto const refused = run("reviews.teach", {{"reviews", marks(true)}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "below_lexicon");
    EXPECT_EQ(run("reviews.reader", {})->at("in_use"), false);
    EXPECT_EQ(basis_and_praise(), before);
    // The same marks the right way round are no worse than the list, and are taken.
    ASSERT_TRUE(run("reviews.teach", {{"reviews", marks(false)}}));
    EXPECT_EQ(run("reviews.reader", {})->at("in_use"), true);
    // A later reader that is worse does not drive out the one in use.
    EXPECT_EQ(run("reviews.teach", {{"reviews", marks(true)}}).error().reason, "below_lexicon");
    EXPECT_EQ(run("reviews.reader", {})->at("in_use"), true);
}

}  // namespace
}  // namespace kindling::reviews
