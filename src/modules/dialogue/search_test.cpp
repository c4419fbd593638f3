#include <filesystem>
#include "modules/dialogue/api.h"
#include "modules/dialogue/completions.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>
#include <unistd.h>

namespace kindling::dialogue {
namespace {

using testing::ElementsAre, testing::IsEmpty, testing::Not, testing::UnorderedElementsAre;

struct Searching : testing::Test {
    test::Demo demo;
    std::shared_ptr<ProductIndex> index;
    void SetUp() override {
        auto opened = ProductIndex::open({});
        ASSERT_TRUE(opened);
        index = std::move(*opened);
        ASSERT_TRUE(index->rebuild(*demo.view));
    }
    Live live() const { return {demo.view, demo.lexicon, index}; }
    SearchAnswer search(Search const& in) const {
        auto out = search_catalogue(live(), in, Locale::zh);
        EXPECT_TRUE(out) << (out ? "" : out.error().message);
        return out ? std::move(*out) : SearchAnswer{};
    }
    static std::vector<std::string> ids(SearchAnswer const& a) {
        std::vector<std::string> out;
        for (auto const& c : a.cards) out.push_back(c.product_id);
        return out;
    }
    static std::int64_t count(SearchAnswer const& a, std::string_view facet, std::string_view value) {
        for (auto const& f : a.facets)
            if (f.name == facet)
                for (auto const& v : f.values)
                    if (v.value == value) return v.count;
        return 0;
    }
};

TEST_F(Searching, UnderstandsLimitsInTheWords) {
    auto const a = search({.query = "亚麻连衣裙 200以内"});
    EXPECT_THAT(ids(a), ElementsAre("d1"));
    EXPECT_EQ(a.understood.size(), 3u);
    Search again{.query = "亚麻连衣裙 200以内"};
    for (auto const& c : a.understood)
        if (c.kind == ConstraintKind::price) again.ignore = {c.constraint_id};
    EXPECT_THAT(ids(search(again)), UnorderedElementsAre("d1", "d3"));
}
TEST_F(Searching, WhereLimitsLeaveNothingTheNearestIsShownWithWhatItMisses) {
    auto const labels = [](SearchAnswer const& a) {
        std::vector<std::string> out;
        for (auto const& c : a.given_up) out.push_back(c.label_en);
        return out;
    };
    auto const cheap = search({.query = "canvas boots under 20"});
    EXPECT_EQ(cheap.total, 0);
    ASSERT_FALSE(cheap.nearest.empty());
    EXPECT_EQ(cheap.nearest.front().product_id, "b2") << "the canvas boots, though they cost more";
    ASSERT_EQ(cheap.given_up.size(), 1u);
    EXPECT_EQ(cheap.given_up.front().kind, ConstraintKind::price);
    EXPECT_THAT(cheap.corrections, IsEmpty());
    // No boots are red: the kind is kept, and what was left out is said.
    auto const red = search({.query = "red boots under 500"});
    EXPECT_GT(red.total, 0);
    ASSERT_EQ(red.given_up.size(), 1u) << testing::PrintToString(labels(red));
    EXPECT_EQ(red.given_up.front().kind, ConstraintKind::value);
    EXPECT_THAT(search({.query = "canvas boots"}).given_up, IsEmpty());
    EXPECT_THAT(search({.query = "canvas boots"}).nearest, IsEmpty());
}
TEST_F(Searching, WhatNoCardMeetsIsNamed) {
    for (auto const* query : {"turquoise boots", "boots size 60", "purple boots", "靴子 60码", "红色靴子 60码", "silk boots"}) {
        auto const a = search({.query = query});
        EXPECT_GT(a.total, 0) << query;
        EXPECT_THAT(a.given_up, Not(IsEmpty())) << query;
    }
    EXPECT_EQ(search({.query = "red boots size 60"}).given_up.size(), 2u) << "each of them is named";
    EXPECT_EQ(search({.query = "purple boots"}).given_up.front().said, "purple") << "in the shopper's words";
}
// Of another currency, of what nothing here is measured by, against each other: an amount that limits nothing is named, and the rest is answered as without it.
TEST_F(Searching, AnAmountThatLimitsNothingIsNamed) {
    struct Case { char const *query, *named, *rest; };
    for (auto const& [query, named, rest] : {Case{"canvas boots over $5000", "over $5000", "canvas boots"}, {"canvas boots under 30 euros", "under 30 euros", "canvas boots"}, {"帆布短靴 5000美元以上", "5000美元以上", "帆布短靴"}, 
                                             {"500 litre dress", "500 litre", "dress"}, {"dress of at least 500 watts", "at least 500 watts", nullptr}, {"亚麻连衣裙 至少500升", "至少500升", "亚麻连衣裙"}, {"canvas boots with more than 6 zippers", "more than 6", nullptr}, {"帆布短靴 至少88键", "至少88键", nullptr}}) {
        auto const a = search({.query = query});
        EXPECT_GT(a.total, 0) << query;
        EXPECT_TRUE(std::ranges::any_of(a.given_up, [&](Constraint const& c) { return c.said == named && c.label_en == named && c.label_zh == named; })) << query << " " << testing::PrintToString(a.given_up.empty() ? "" : a.given_up.front().said);
        if (rest) {
            EXPECT_THAT(ids(a), testing::UnorderedElementsAreArray(ids(search({.query = rest})))) << query;
        }
    }
    auto const contradicts = search({.query = "boots over 500 and under 200"});
    EXPECT_GT(contradicts.total, 0);
    EXPECT_EQ(contradicts.given_up.size(), 1u);
    for (auto const* query : {"boots over 300", "boots over 5000", "boots at least 20 inch", "靴子 5000以上"}) {
        auto const a = search({.query = query});
        bool const met = std::string_view(query) == "boots over 300";
        EXPECT_EQ(a.given_up.empty(), met) << query;
        EXPECT_FALSE((met ? a.cards : a.nearest).empty()) << query;
    }
    // What is counted, or of a person, or an age, is no amount of the goods.
    for (auto const* query : {"2 dresses", "boots for a 5 year old", "第二双靴子", "boots 2026", "boots rated over 4"})
        EXPECT_TRUE(std::ranges::none_of(search({.query = query}).given_up, [](Constraint const& c) { return c.kind == ConstraintKind::number; })) << query;
}
TEST_F(Searching, AnEnglishWordIsNotMendedIntoAShorterOne) {
    if (!std::filesystem::exists("/usr/share/dict/american-english-small")) GTEST_SKIP() << "without a list of words none is known to be right";
    auto const a = search({.query = "a bout"});
    EXPECT_THAT(a.corrections, IsEmpty());
    EXPECT_EQ(search({.query = "drss"}).corrections.size(), 1u) << "what is no word is";
}
TEST_F(Searching, TheNumberOfNoModelIsSaidToBeMissing) {
    auto const alone = search({.query = "kg-9999"});
    EXPECT_THAT(alone.missing, ElementsAre("kg-9999"));
    EXPECT_EQ(alone.total, 0);
    auto const beside = search({.query = "canvas boots QX7731"});
    EXPECT_THAT(beside.missing, ElementsAre("QX7731"));
    EXPECT_THAT(ids(beside), ElementsAre("b2"));
    for (auto const* query : {"boots 2026", "boots 1000", "boots under 2599", "500ml boots", "d2-White"}) EXPECT_THAT(search({.query = query}).missing, IsEmpty()) << query;
}
TEST_F(Searching, AWordOfNoGoodsIsSaidToBeMissingAndNotMended) {
    EXPECT_EQ(search({.query = "boats"}).corrections.empty() ? "" : search({.query = "boats"}).corrections.front().to, "boots") << "a name of goods is arrived at";
    for (auto const* query : {"xphone", "xphone 15"}) EXPECT_THAT(search({.query = query}).corrections, IsEmpty()) << query;
}
TEST_F(Searching, WhatARefusalHasBehindItIsRefusedAndNotWhatStandsBefore) {
    for (auto const* query : {"连衣裙不要羊毛", "连衣裙不喜欢红色", "连衣裙不考虑黑色"}) {
        auto const a = search({.query = query});
        EXPECT_TRUE(std::ranges::any_of(a.understood, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; }) || a.total < static_cast<std::int64_t>(demo.view->size())) << query;
        EXPECT_TRUE(std::ranges::none_of(a.understood, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::avoid; })) << query;
    }
}
TEST_F(Searching, ASentenceIsItsNeeds) {
    EXPECT_THAT(ids(search({.query = "我想给自己买一条亚麻的裙子，不要太贵"})), testing::IsSupersetOf({"d1", "d3"}));
    EXPECT_THAT(ids(search({.query = "can you show me some canvas boots please"})), ElementsAre("b2"));
    EXPECT_THAT(ids(search({.query = "penny loafers under 400"})), ElementsAre("l2", "l1")) << "the one with all the words, then its kind";
    // No boots are that cheap: neither "under" nor the number is a word to look for.
    EXPECT_EQ(search({.query = "canvas boots under 20"}).total, 0);
    // Nothing of this kind is of that colour: the kind stays.
    auto const red = search({.query = "red boots under 500"});
    EXPECT_THAT(ids(red), UnorderedElementsAre("b1", "b2"));
}
TEST_F(Searching, PinyinIsRead) {
    auto const a = search({.query = "lianyiqun"});
    EXPECT_THAT(ids(a), UnorderedElementsAre("d1", "d2", "d3", "d4"));
    ASSERT_EQ(a.corrections.size(), 1u);
    EXPECT_EQ(a.corrections[0].to, "连衣裙");
}
TEST_F(Searching, PinyinInPiecesIsRead) {
    for (auto const* query : {"lian yi qun", "lianyi qun", "LIAN YI QUN"}) {
        auto const a = search({.query = query});
        EXPECT_THAT(ids(a), UnorderedElementsAre("d1", "d2", "d3", "d4")) << query;
        ASSERT_EQ(a.corrections.size(), 1u) << query;
        EXPECT_EQ(a.corrections[0].to, "连衣裙");
    }
}
TEST(PinyinInPieces, EnglishWordsAreNone) {
    if (!std::filesystem::exists("/usr/share/dict/american-english-small")) GTEST_SKIP() << "without a list of words nothing is known to be English";
    auto source = test::source();
    source.categories.push_back({"gates", "", "Gatehouses", "龙门"}), source.categories.push_back({"plates", "", "Dining ware", "餐盘"});
    auto const view = CatalogueView::build(std::move(source));
    auto const lexicon = Lexicon::build(view->shared_words());
    auto const kinds = [&](std::string_view said) {
        std::vector<std::string> out;
        for (auto const& c : understand(said, *view, *lexicon, {}).constraints)
            if (c.kind == ConstraintKind::category)
                for (auto const& v : c.values) out.push_back(v.attribute);
        return out;
    };
    EXPECT_THAT(kinds("longmen"), ElementsAre("gates"));
    EXPECT_THAT(kinds("canpan"), ElementsAre("plates"));
    for (auto const* said : {"long men", "can pan"}) EXPECT_THAT(kinds(said), IsEmpty()) << said;
}

// A shop that says for whom its clothes are made.
struct SearchingForAPresent : Searching {
    void fill(std::size_t more_for_women) {
        auto source = test::source();
        source.kinds.push_back({"gender", "Gender", "性别", "", true});
        auto const made_for = [](shop::Product& p, bool women) { p.attributes.push_back(women ? test::text("gender", "women", "女") : test::text("gender", "men", "男")); };
        for (auto& p : source.products) made_for(p, p.category_id == "dresses");
        for (std::size_t i = 0; i < more_for_women; ++i) {
            auto& p = source.products.emplace_back(test::product("w" + std::to_string(i), "dresses", "Silk dress " + std::to_string(i), "真丝连衣裙" + std::to_string(i), 30000, {}));
            made_for(p, true), source.standing[p.product_id] = {4.9, 90, 900, 9};
        }
        demo.view = CatalogueView::build(std::move(source)), demo.lexicon = Lexicon::build(demo.view->shared_words());
        ASSERT_TRUE(index->rebuild(*demo.view));
    }
    static std::vector<std::string> labels(SearchAnswer const& a) {
        std::vector<std::string> out;
        for (auto const& c : a.understood) out.push_back(c.label_en);
        return out;
    }
};
TEST_F(SearchingForAPresent, WhatItMayCostAndWhomItIsForHold) {
    fill(0);
    auto const his = search({.query = "a gift for my dad under 400"});
    EXPECT_THAT(labels(his), ElementsAre("men", testing::HasSubstr("400.00")));
    EXPECT_THAT(ids(his), UnorderedElementsAre("b2", "l2"));
    EXPECT_THAT(ids(search({.query = "a gift for my mother under 400"})), UnorderedElementsAre("d1", "d2", "d3", "d4"));
    auto const strings = search({.query = "a gift for my mother who plays the guitar"});
    EXPECT_THAT(strings.unanswered, ElementsAre("the guitar"));
    EXPECT_THAT(ids(strings), testing::IsSubsetOf({"d1", "d2", "d3", "d4"}));
}
TEST_F(SearchingForAPresent, WhereTheBestLikedAreAllForAnotherItLooksFurther) {
    fill(600);
    EXPECT_THAT(ids(search({.query = "a gift for my dad"})), Not(IsEmpty()));
    EXPECT_THAT(ids(search({.query = "a gift for my dad"})), testing::IsSubsetOf({"b1", "b2", "l2"}));
}
TEST_F(Searching, WhatSoundsLikeAWordHereAndIsNoneIsReadAsIt) {
    if (!std::filesystem::exists("/usr/lib/python3/dist-packages/jieba/dict.txt")) GTEST_SKIP() << "without a list of words none is taken for another";
    for (auto const* query : {"连衣群", "连依裙", "亚麻连衣群"}) {
        auto const a = search({.query = query});
        ASSERT_EQ(a.corrections.size(), 1u) << query;
        EXPECT_EQ(a.corrections[0].to, "连衣裙") << query;
        EXPECT_THAT(ids(a), testing::IsSubsetOf({"d1", "d2", "d3", "d4"})) << query;
    }
    auto const not_here = search({.query = "卫依"});
    ASSERT_EQ(not_here.corrections.size(), 1u) << "goods that are not sold here, by their right name";
    EXPECT_EQ(not_here.corrections[0].to, "卫衣");
    EXPECT_THAT(not_here.missing, ElementsAre("卫衣"));
    for (auto const* query : {"连衣裙", "上一个", "大意", "泡泡机", "圣诞装饰", "吉他弦", "二胡"}) EXPECT_THAT(search({.query = query}).corrections, IsEmpty()) << query;
}
TEST_F(Searching, WhatHasNoPriceIsNotOnSale) {
    auto changed = (*demo.view)[demo.at("d2")].data;
    for (auto& v : changed.variants) v.price_minor = 0;
    EXPECT_FALSE(demo.view->with({changed}, {})->find("d2"));
}
TEST_F(Searching, FindsBySkuAndByDescriptionWords) {
    EXPECT_EQ(ids(search({.query = "d2-White"})).front(), "d2");
    EXPECT_EQ(search({.query = "机洗"}).total, 8);
    EXPECT_EQ(search({.query = "zzzzqqq"}).total, 0);
}
TEST_F(Searching, EverythingWithoutWords) { EXPECT_EQ(search({}).total, 8); }
TEST_F(Searching, AFacetIgnoresItsOwnFilterAndNoOther) {
    auto const a = search({.category_id = "dresses", .filters = {{.name = "colour", .values = {"Black"}}}});
    EXPECT_THAT(ids(a), UnorderedElementsAre("d1", "d4"));
    EXPECT_EQ(count(a, "colour", "Black"), 2);
    EXPECT_EQ(count(a, "colour", "Red"), 1);       // though Black is ticked
    EXPECT_EQ(count(a, "material", "linen"), 1);   // d3 has no black variant
    EXPECT_EQ(count(a, "category", "shoes"), 2);   // b2 and l2 in black, were the category not chosen
}
TEST_F(Searching, CountsDoNotDependOnThePage) {
    auto const one = search({.page_size = 1}), all = search({.page_size = 100});
    EXPECT_EQ(one.total, all.total);
    EXPECT_EQ(write_json(one.facets.front()), write_json(all.facets.front()));
    EXPECT_TRUE(search({.query = "dress", .facets = {"none"}}).facets.empty());
    std::vector<std::string> seen;
    Search paging{.sort = SearchSort::price_up, .page_size = 3};
    do {
        auto const page = search(paging);
        for (auto const& id : ids(page)) seen.push_back(id);
        paging.page_token = page.next_page_token;
    } while (!paging.page_token.empty());
    EXPECT_EQ(seen.size(), 8u);
    EXPECT_THAT(seen, testing::WhenSorted(ElementsAre("b1", "b2", "d1", "d2", "d3", "d4", "l1", "l2")));
}
TEST_F(Searching, NumbersAreInTheUnitOfTheFacet) {
    auto const a = search({.filters = {{.name = "length", .min = 85, .max = 87}}});
    EXPECT_THAT(ids(a), UnorderedElementsAre("d1", "d2"));
    for (auto const& f : search({.category_id = "dresses", .facets = {"length", "price"}}).facets) {
        bool const length = f.name == "length";
        EXPECT_NEAR(*f.min, length ? 85 : 15900, 1e-6);
        EXPECT_NEAR(*f.max, length ? 120 : 39900, 1e-6);
    }
}
TEST_F(Searching, BadFiltersAreNamed) {
    auto const out = search_catalogue(live(), {.category_id = "nope", .filters = {{.name = "nope"}}}, Locale::en);
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().fields.size(), 2u);
    EXPECT_FALSE(search_catalogue(live(), {.page_token = "rubbish"}, Locale::en));
}
TEST_F(Searching, HighlightsEscaped) {
    auto const a = search({.query = "linen", .locale = "en"});
    ASSERT_FALSE(a.cards.empty());
    EXPECT_NE(index->highlight("Linen dress", std::vector<std::string>{"linen"}).find("<mark>Linen</mark> dress"), std::string::npos);
    EXPECT_EQ(index->highlight("<b>linen</b>", std::vector<std::string>{"linen"}), "&lt;b&gt;<mark>linen</mark>&lt;/b&gt;");
    EXPECT_EQ(index->highlight("cotton", std::vector<std::string>{"linen"}), "");
}
TEST_F(Searching, Suggests) {
    auto with = live();
    with.completions = std::make_shared<Completions const>(*demo.view, *demo.lexicon);
    for (std::string typed : {"连衣", "lianyiq", "lyq"}) EXPECT_THAT(suggest_from(with, {.text = typed}, Locale::zh).completions, testing::Contains("连衣裙")) << typed;
    EXPECT_THAT(suggest_from(with, {.text = "linen dr"}, Locale::en).completions, testing::Contains("linen dress"));
    EXPECT_THAT(suggest_from(with, {.text = "canvas dr"}, Locale::en).completions, Not(testing::Contains("canvas dress")));  // nobody has it
    EXPECT_THAT(suggest_from(live(), {.text = "亚麻连衣裙"}, Locale::zh).categories, Not(IsEmpty()));
    EXPECT_THAT(suggest_from(live(), {.text = ""}, Locale::zh).products, IsEmpty());
}
TEST_F(Searching, AChangeIsSeen) {
    auto changed = (*demo.view)[demo.at("d2")].data;
    changed.title_zh = "月光裙", changed.title_en = "Moonlight gown";
    auto const next = demo.view->with({changed}, {});
    std::string const ids_changed[] = {"d2"};
    ASSERT_TRUE(index->apply(*next, ids_changed, {}));
    auto const found = search_catalogue({next, demo.lexicon, index}, {.query = "moonlight"}, Locale::en);
    ASSERT_TRUE(found);
    EXPECT_THAT(ids(*found), ElementsAre("d2"));
}
TEST(ProductIndexFile, ReopensAndSurvivesDamage) {
    auto const folder = std::filesystem::temp_directory_path() / ("kindling-dialogue-index-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    test::Demo demo;
    {
        auto index = ProductIndex::open({.folder = folder});
        ASSERT_TRUE(index);
        ASSERT_TRUE((*index)->rebuild(*demo.view));
    }
    {
        auto index = ProductIndex::open({.folder = folder});
        ASSERT_TRUE(index);
        EXPECT_FALSE((*index)->scores(*demo.view, "linen").empty());
    }
    for (auto const& file : std::filesystem::directory_iterator(folder)) std::filesystem::resize_file(file.path(), std::filesystem::file_size(file.path()) / 2);
    auto index = ProductIndex::open({.folder = folder});
    ASSERT_TRUE(index);
    ASSERT_TRUE((*index)->rebuild(*demo.view));
    EXPECT_FALSE((*index)->scores(*demo.view, "linen").empty());
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace kindling::dialogue
