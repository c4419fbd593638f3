#include "core/utf8.h"
#include "shop/simulator/compose.h"
#include "shop/simulator/knowledge.h"
#include "shop/simulator/truth.h"
#include <gmock/gmock.h>
#include <set>

namespace kindling::shop::simulator {
namespace {

World const& shop() {
    static World const world = generate_catalogue({.customers = 2000});
    return world;
}

TEST(Catalogue, HasTheSizeThatWasAskedFor) {
    EXPECT_EQ(shop().products.size(), 2000u);
    EXPECT_EQ(shop().customers.size(), 2000u);
    EXPECT_EQ(std::count_if(shop().categories.begin(), shop().categories.end(), [](auto const& c) { return c.parent < 0; }), 12);
    EXPECT_EQ(shop().options.last_day - shop().first_day + 1, 730);
    EXPECT_EQ(generate_catalogue({.products = 1, .customers = 0}).products.size(), 37u);
}

TEST(Catalogue, EveryTextIsThereInBothLanguages) {
    std::set<std::string> titles, skus, codes;
    for (auto const& p : shop().products) {
        for (auto const& t : {p.title, p.description}) {
            EXPECT_TRUE(is_utf8(t.zh) && is_utf8(t.en));
            EXPECT_FALSE(t.zh.empty() || t.en.empty());
            EXPECT_EQ((t.zh + t.en).find_first_of("{}"), std::string::npos) << t.en;
            EXPECT_EQ(t.en.find("  "), std::string::npos) << t.en;
        }
        EXPECT_TRUE(titles.insert(p.title.zh).second) << p.title.zh;
        EXPECT_TRUE(titles.insert(p.title.en).second) << p.title.en;
        auto const words = 1 + std::count(p.description.en.begin(), p.description.en.end(), ' ');
        EXPECT_GE(words, 60) << p.description.en;
        EXPECT_LE(words, 165) << p.description.en;
        EXPECT_GE(count_code_points(p.description.zh), 60u) << p.description.zh;
        EXPECT_GE(p.selling_points.size(), 3u);
    }
    for (auto const& v : shop().variants) {
        EXPECT_TRUE(skus.insert(v.sku).second) << v.sku;
        EXPECT_TRUE(codes.insert(v.ean13).second) << v.ean13;
        ASSERT_EQ(v.ean13.size(), 13u);
        EXPECT_EQ(v.ean13, ean13_from(v.ean13.substr(0, 12)));
        EXPECT_EQ(v.ean13[0], '2');
        EXPECT_GT(v.cost_minor, 0);
        EXPECT_LT(v.cost_minor, v.price_minor);
        EXPECT_TRUE(v.compare_at_minor == 0 || v.compare_at_minor >= v.price_minor);
        EXPECT_GT(v.weight_g, 0);
    }
}

TEST(Catalogue, CheckDigitMatchesThePublishedExample) { EXPECT_EQ(ean13_from("400638133393"), "4006381333931"); }

TEST(Catalogue, DescriptionsStateTheNumbersOfTheAttributes) {
    for (auto const& p : shop().products)
        for (auto const& a : p.attributes) {
            if (a.kind != AttributeKind::number) continue;
            EXPECT_NE(p.description.zh.find(a.value.zh), std::string::npos) << p.key << a.key;
            EXPECT_NE(p.description.en.find(a.value.en), std::string::npos) << p.key << a.key;
            auto const shown = std::stod(a.value.en), ratio = a.number / shown;
            EXPECT_TRUE(ratio == 1 || std::abs(ratio - 10) < 1e-9 || std::abs(ratio - 1000) < 1e-9) << a.key << ' ' << a.number << ' ' << a.value.en;
        }
}

TEST(Catalogue, NoTableRunsOutOfValuesThatFitTogether) {
    Random random(7);
    for (auto const& d : departments())
        for (auto const& f : d.families) {
            EXPECT_FALSE(f.titles.empty() || f.points.size() < 8 || f.choices.size() < 3) << f.key;
            for (int i = 0; i < 300; ++i) {
                auto const words = compose(d, f, d.brands[0], random);
                std::set<std::string> values;
                for (auto const& a : words.attributes) values.insert(a.value.en);
                for (auto const& choice : f.choices)
                    for (auto const& value : choice.values) {
                        if (!values.contains(readable(value.en)) || value.excludes.empty()) continue;
                        for (auto const& other : values) EXPECT_EQ((" " + std::string(value.excludes) + " ").find(" " + other + " "), std::string::npos) << f.key << ' ' << value.en << ' ' << other;
                    }
            }
        }
}

TEST(Catalogue, EveryFamilyCanBePraisedAndBlamed) {
    for (auto const& d : departments()) {
        std::set<std::string_view> keys;
        for (auto const& f : d.families) keys.insert(f.key);
        for (auto const& f : d.families) {
            int good = 0, bad = 0;
            auto const fits = [&](Remark const& r) {
                auto rest = std::string(r.only);
                for (std::size_t at = 0, end; at < rest.size(); at = end + 1) {
                    end = std::min(rest.find(' ', at), rest.size());
                    EXPECT_TRUE(keys.contains(std::string_view(rest).substr(at, end - at))) << rest;
                }
                return r.only.empty() || (" " + rest + " ").find(" " + std::string(f.key) + " ") != std::string::npos;
            };
            for (auto const& a : d.aspects) {
                for (auto const& r : a.good) good += fits(r);
                for (auto const& r : a.bad) bad += fits(r);
            }
            EXPECT_GE(good, 3) << f.key;
            EXPECT_GE(bad, 2) << f.key;
        }
    }
}

TEST(ServiceKnowledge, AnswersInBothLanguages) {
    std::set<std::string> keys;
    for (auto const& a : service_knowledge().answers) {
        EXPECT_TRUE(keys.insert(a.key).second) << a.key;
        for (auto const& t : {a.topic, a.question, a.answer}) EXPECT_TRUE(is_utf8(t.zh) && !t.zh.empty() && !t.en.empty()) << a.key;
    }
    EXPECT_GE(keys.size(), 20u);
}

TEST(Catalogue, IsAFunctionOfItsSeed) {
    auto const text = [](std::uint64_t seed) {
        auto const w = generate_catalogue({.seed = seed, .products = 100, .customers = 50});
        std::string all;
        for (auto const& p : w.products) all += p.title.zh + p.description.en + std::to_string(w.variants[static_cast<std::size_t>(p.first_variant)].price_minor);
        for (auto const& c : w.customers) all += c.name + c.address_line;
        return all;
    };
    EXPECT_EQ(text(1), text(1));
    EXPECT_NE(text(1), text(2));
}

}  // namespace
}  // namespace kindling::shop::simulator
