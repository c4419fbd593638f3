// Values that words speak for and do not name: foreseen from titles, descriptions and clicks, told, lifted, and never a limit.
#include "modules/dialogue/foreseen.h"
#include "modules/dialogue/search_report.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::HasSubstr, testing::IsEmpty, testing::Not;

// Jackets: those spoken of for the night are reflective and by Lynx, those for the office wool and by Otter; each title says "jacket".
class Foreseeing : public testing::Test {
protected:
    Foreseeing() {
        source_.categories = {{"jackets", "", "Jackets", "外套"}, {"cups", "", "Cups", "杯子"}};
        source_.kinds = {{"finish", "Finish", "面料工艺", "", true}, {"warmth", "Season", "季节", "", true}};
        for (int i = 0; i < 8; ++i) {
            add("n" + std::to_string(i), "jackets", "Trail jacket", "越野外套", "For running at night.", "夜跑穿", i == 7 ? "Plain" : "Reflective", i == 7 ? "素面" : "反光", "Lynx", "猞猁");
            add("o" + std::to_string(i), "jackets", "Town jacket", "通勤外套", "For the office.", "上班穿", "Wool", "羊毛", "Otter", "水獭");
            for (int k = 0; k < 4; ++k) add("c" + std::to_string(4 * i + k), "cups", "Cup M" + std::to_string(300 + i % 2), "杯子", "For tea.", "喝茶用", "Glazed", "上釉", i % 2 ? "Heron" : "Lynx", i % 2 ? "苍鹭" : "猞猁");
        }
        open_shop();
    }
    void add(std::string id, std::string category, std::string en, std::string zh, std::string description, std::string description_zh, std::string value, std::string value_zh, std::string brand, std::string brand_zh) {
        auto p = test::product(std::move(id), std::move(category), std::move(en), std::move(zh), 10000, {test::text("finish", std::move(value), std::move(value_zh))});
        p.description_en = std::move(description), p.description_zh = std::move(description_zh), p.brand = std::move(brand), p.brand_zh = std::move(brand_zh);
        source_.products.push_back(std::move(p));
    }
    void open_shop() {
        auto const view = CatalogueView::build(source_);
        index_ = std::move(*ProductIndex::open({}));
        ASSERT_TRUE(index_->rebuild(*view));
        auto const categories = std::make_shared<CategoryModel>();
        categories->rebuild(*view, *index_, {});
        values_ = std::make_shared<ValueModel>();
        values_->rebuild(*view, *index_, {});
        live_ = {.view = view, .lexicon = Lexicon::build(view->shared_words()), .index = index_, .categories = categories, .values = values_};
    }
    SearchAnswer search(std::string query, Locale locale = Locale::en) const {
        auto out = search_catalogue(live_, {.query = std::move(query)}, locale);
        EXPECT_TRUE(out);
        return out ? std::move(*out) : SearchAnswer{};
    }
    static std::string value(SearchAnswer const& a, std::string_view attribute) {
        for (auto const& f : a.foreseen)
            if (f.attribute == attribute) return f.value;
        return {};
    }
    CatalogueView::Source source_;
    std::shared_ptr<ProductIndex> index_;
    std::shared_ptr<ValueModel> values_;
    Live live_;
};

TEST_F(Foreseeing, WordsThatNameNoValueSpeakForOneInBothLanguages) {
    auto const night = search("jacket for running at night");
    EXPECT_EQ(value(night, "finish"), "Reflective");
    ASSERT_FALSE(night.foreseen.empty());
    EXPECT_GT(night.foreseen.front().probability, 0.5);
    EXPECT_TRUE(night.foreseen.front().word == "running" || night.foreseen.front().word == "night") << night.foreseen.front().word;
    EXPECT_EQ(value(search("夜跑 外套", Locale::zh), "finish"), "Reflective");
    EXPECT_THAT(search("jacket").foreseen, IsEmpty()) << "of jackets as many are one thing as another";
    auto const foreseen = foresee(live_, "m301", Reading{});
    auto const brand = std::ranges::find(foreseen, -1, &PredictedValue::attribute);
    ASSERT_NE(brand, foreseen.end()) << "the name of a model speaks for its brand";
    EXPECT_EQ(live_.view->words().brands[static_cast<std::size_t>(brand->value)].label.en, "Heron");
    EXPECT_THAT(search("m301").foreseen, IsEmpty()) << "what holds all that was found narrows nothing";
}

TEST_F(Foreseeing, WhatHasTheValueStandsHigherAndNothingIsLeftOut) {
    auto const night = search("jacket for running at night");
    auto const place = [&](std::string_view id) { return std::ranges::find(night.cards, id, &Card::product_id) - night.cards.begin(); };
    EXPECT_GE(night.total, 8);
    ASSERT_LT(place("n7"), static_cast<std::ptrdiff_t>(night.cards.size())) << "the plain one is there";
    EXPECT_GT(place("n7"), place("n6"));
    EXPECT_GT(place("n7"), place("n0"));
    EXPECT_THAT(testing::PrintToString(night.cards.front().why), HasSubstr("which “running” often means"));
    auto other = live_;
    other.category_boost = false;
    auto const without = search_catalogue(other, {.query = "jacket for running at night"}, Locale::en);
    ASSERT_TRUE(without);
    EXPECT_EQ(without->total, night.total);
    EXPECT_FALSE(without->foreseen.empty()) << "what the guard forbids is the lift alone";
}

TEST_F(Foreseeing, WhatTheNamedGoodsNeverHaveIsNotForeseen) {
    EXPECT_EQ(value(search("cup for running at night"), "finish"), "");
    EXPECT_EQ(value(search("夜跑 杯子", Locale::zh), "finish"), "");
    EXPECT_EQ(value(search("jacket for running at night"), "finish"), "Reflective");
}

TEST_F(Foreseeing, WhatIsNamedIsNotGuessedAt) {
    EXPECT_EQ(value(search("wool jacket for running at night"), "finish"), "");
    EXPECT_EQ(value(search("otter jacket for running at night"), "brand"), "");
    EXPECT_THAT(search("").foreseen, IsEmpty());
}

TEST_F(Foreseeing, ClicksTeachAndChangesAreFollowed) {
    EXPECT_EQ(value(search("zzglow jacket"), "finish"), "");
    std::vector<ClickedProduct> clicked;
    for (auto const* id : {"n0", "n1", "n2", "gone"}) clicked.push_back({"zzglow", id, 25});
    values_->rebuild(*live_.view, *index_, clicked);
    auto const foreseen = values_->predict(*live_.view, *index_, nullptr, "zzglow");
    ASSERT_FALSE(foreseen.empty());
    EXPECT_EQ(live_.view->words().attributes[static_cast<std::size_t>(foreseen.front().attribute < 0 ? foreseen.back().attribute : foreseen.front().attribute)].name, "finish");
    values_->rebuild(*live_.view, *index_, {});
    EXPECT_THAT(values_->predict(*live_.view, *index_, nullptr, "zzglow"), IsEmpty());
    // Goods that are gone take their words along.
    std::vector<std::string> gone;
    for (int i = 0; i < 8; ++i) gone.push_back("n" + std::to_string(i));
    auto const view = live_.view->with({}, gone);
    values_->apply(*view, *index_, {}, gone);
    EXPECT_THAT(values_->predict(*view, *index_, nullptr, "night"), IsEmpty());
}

TEST_F(Foreseeing, TheReportTellsWhatAQueryIsTakenToMean) {
    SearchReport report;
    report.most_searched = {{.query = "jacket for running at night"}};
    report.nothing_found = {{.query = "jacket for running at night"}, {.query = "wool jacket"}};
    foresee_queries(live_, report);
    EXPECT_TRUE(std::ranges::any_of(report.most_searched.front().foreseen, [](ForeseenValue const& v) { return v.value == "Reflective"; }));
    EXPECT_EQ(report.nothing_found.front().foreseen.size(), report.most_searched.front().foreseen.size());
    EXPECT_THAT(report.nothing_found.back().foreseen, IsEmpty());
}

}  // namespace
}  // namespace kindling::dialogue
