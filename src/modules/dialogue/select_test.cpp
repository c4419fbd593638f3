#include "modules/dialogue/select.h"
#include "core/random.h"
#include "modules/dialogue/test_shop.h"
#include <bit>
#include <cmath>
#include <functional>
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Demo;

// A random shop of one category with three text attributes and a number.
CatalogueView::Source random_shop(Random& draw, int products) {
    CatalogueView::Source s;
    s.categories = {{"c", "", "Things", "东西"}};
    char const* const values[] = {"alpha", "beta", "gamma"};
    for (int i = 0; i < products; ++i) {
        auto p = test::product("p" + std::to_string(i), "c", "Thing", "东西", draw.between(10, 60) * 100, {}, {{"Black", "黑色"}, {"White", "白色"}});
        for (auto name : {"one", "two", "three"}) p.attributes.push_back(test::text(name, std::string(name) + " " + values[draw.below(3)], ""));
        p.attributes.push_back(test::number("length", static_cast<double>(draw.between(50, 150)), "cm"));
        s.products.push_back(std::move(p));
    }
    return s;
}
std::vector<Constraint> random_wishes(Random& draw) {
    char const* const values[] = {"alpha", "beta", "gamma"};
    std::vector<Constraint> out;
    for (auto name : {"one", "two", "three"})
        if (draw.chance(0.7)) {
            auto const value = std::string(name) + " " + values[draw.below(3)];
            out.push_back({.kind = ConstraintKind::value, .polarity = draw.chance(0.3) ? Polarity::avoid : Polarity::want, .values = {{name, value, ""}}, .attribute = name});
        }
    if (draw.chance(0.7)) out.push_back({.kind = ConstraintKind::price, .max = static_cast<double>(draw.between(8, 40) * 100)});
    auto const length = static_cast<double>(draw.between(40, 160)) * 10;
    if (draw.chance(0.7)) out.push_back({.kind = ConstraintKind::number, .attribute = "length", .min = length - 10, .max = length + 10, .target = length});
    return out;
}

TEST(Select, FullPicksAreExactlyThoseThatMeetEverything) {
    Random draw(7);
    for (int round = 0; round < 200; ++round) {
        auto const view = CatalogueView::build(random_shop(draw, 30));
        auto const wishes = random_wishes(draw);
        auto const found = select(*view, wishes, {});
        std::size_t expected = 0;
        for (std::size_t p = 0; p < view->size(); ++p) {
            bool any = false;
            for (std::size_t v = 0; v < (*view)[p].variants.size(); ++v) {
                bool all = true;
                for (auto const& w : wishes) all = all && holds(*view, p, v, resolve(w, view->words()));
                any = any || all;
            }
            expected += any;
        }
        EXPECT_EQ(found.full.size(), expected);
        EXPECT_EQ(found.full.empty(), expected == 0);
        EXPECT_EQ(found.fitting.size(), expected);
        EXPECT_EQ(anything_fits(*view, wishes), expected > 0);
        // Asked for a few, they are the same few; what fits stays what it is.
        for (auto const order : {Order::relevance, Order::price_up}) {
            auto const all = select(*view, wishes, {.order = order}), few = select(*view, wishes, {.order = order, .relaxed_limit = 0, .most = 3});
            ASSERT_EQ(few.full.size(), std::min<std::size_t>(3, expected));
            for (std::size_t i = 0; i < few.full.size(); ++i) EXPECT_EQ(std::pair(few.full[i].product, few.full[i].variant), std::pair(all.full[i].product, all.full[i].variant));
            EXPECT_THAT(few.fitting, testing::UnorderedElementsAreArray(all.fitting));
        }
        if (expected == 0) { EXPECT_FALSE(found.relaxed.empty()); }
    }
}

// The oracle walks the lattice: every subset of constraints, smallest first. What select() drops must be droppable with success and
// minimal: putting any one of them back must leave nothing.
TEST(Select, TheRelaxationIsMinimalInTheLattice) {
    Random draw(11);
    int relaxed = 0;
    for (int round = 0; round < 300; ++round) {
        auto const view = CatalogueView::build(random_shop(draw, 12));
        auto const wishes = random_wishes(draw);
        auto const found = select(*view, wishes, {});
        if (!found.full.empty()) continue;
        ++relaxed;
        auto const possible = [&](std::uint32_t kept) {
            for (std::size_t p = 0; p < view->size(); ++p)
                for (std::size_t v = 0; v < (*view)[p].variants.size(); ++v) {
                    bool all = true;
                    for (std::size_t c = 0; c < wishes.size(); ++c)
                        if (kept >> c & 1) all = all && holds(*view, p, v, resolve(wishes[c], view->words()));
                    if (all) return true;
                }
            return false;
        };
        std::uint32_t dropped = 0;
        for (auto c : found.dropped) dropped |= 1u << c;
        auto const everything = (1u << wishes.size()) - 1;
        EXPECT_TRUE(possible(everything & ~dropped));
        for (auto c : found.dropped) EXPECT_FALSE(possible((everything & ~dropped) | 1u << c) && found.dropped.size() == 1) << "dropped in vain";
        for (auto const& pick : found.relaxed) EXPECT_FALSE(pick.missed.empty());
    }
    EXPECT_GT(relaxed, 20);
}

TEST(Select, NamesTheNearestNumber) {
    Demo demo;
    std::vector<Constraint> const wishes{{.kind = ConstraintKind::category, .values = {{"dresses", "", ""}}}, {.kind = ConstraintKind::number, .attribute = "length", .min = 895, .max = 905, .target = 900}};
    auto const found = select(*demo.view, wishes, {});
    ASSERT_FALSE(found.relaxed.empty());
    EXPECT_THAT(found.dropped, testing::ElementsAre(1));
    EXPECT_EQ((*demo.view)[found.relaxed.front().product].data.product_id, "d2");  // 87 cm
}
TEST(Select, OutOfStockGoesLast) {
    Demo demo;
    std::vector<Constraint> const wishes{{.kind = ConstraintKind::category, .values = {{"loafers", "", ""}}}};
    for (auto order : {Order::relevance, Order::price_up, Order::price_down}) EXPECT_EQ((*demo.view)[select(*demo.view, wishes, {.order = order}).full.back().product].data.product_id, "l1");
}
TEST(Select, AnUnknownAttributeIsNeverMet) {
    Demo demo;
    std::vector<Constraint> const wishes{{.kind = ConstraintKind::number, .attribute = "voltage", .min = 1}};
    auto const found = select(*demo.view, wishes, {});
    EXPECT_TRUE(found.full.empty());
    EXPECT_EQ(found.relaxed.front().missed.size(), 1u);
}
TEST(Question, AsksWhatSplitsMostAndNotWhatIsKnown) {
    Random draw(3);
    auto const view = CatalogueView::build(random_shop(draw, 60));
    auto const all = select(*view, {}, {}).full;
    auto const first = best_question(*view, all, {}, {});
    ASSERT_TRUE(first);
    std::vector<std::string> const asked{first->about};
    auto const second = best_question(*view, all, asked, {});
    ASSERT_TRUE(second);
    EXPECT_NE(second->about, first->about);
    EXPECT_FALSE(best_question(*view, std::span(all).first(4), {}, {}));  // few enough to look at
}

// The pass over the view's own order against a sort of everything: ratings and sales differ, goods and single variants are sold out, a price leaves out the variant
// that is usually shown, and words lift some or restrict.
TEST(Select, TheOrderOfTheViewIsThatOfScores) {
    Random draw(29);
    for (int round = 0; round < 200; ++round) {
        auto source = random_shop(draw, 60);
        for (auto& p : source.products) {
            if (draw.chance(0.7)) source.standing[p.product_id] = {3 + 0.5 * static_cast<double>(draw.below(5)), static_cast<std::int64_t>(draw.below(3)), static_cast<double>(draw.below(4)), 0};
            for (auto& v : p.variants) v.stock = draw.chance(0.7) ? 5 : 0, v.price_minor = draw.between(10, 60) * 100;
        }
        auto const view = CatalogueView::build(std::move(source));
        std::vector<Constraint> wishes;
        if (draw.chance(0.6)) wishes.push_back({.kind = ConstraintKind::price, .max = static_cast<double>(draw.between(15, 50) * 100)});
        TextScores text;
        for (std::size_t p = 0; p < view->size(); ++p)
            if (draw.chance(0.2)) text[p] = 0.25 * static_cast<double>(draw.below(4));
        SelectOptions options{.text = draw.chance(0.6) ? &text : nullptr, .use = draw.chance(0.5) ? SelectOptions::Text::ranks : SelectOptions::Text::restricts, .relaxed_limit = 0};
        auto const all = select(*view, wishes, options);
        EXPECT_EQ(all.fitting.size(), all.full.size());
        std::vector<Pick> expected;
        for (std::size_t p = 0; p < view->size(); ++p) {
            auto const pick = std::ranges::find(all.full, p, &Pick::product);
            if (pick == all.full.end()) continue;
            expected.push_back(*pick);
            auto const& s = (*view)[p].standing;
            auto const by_sales = s.popularity == 0 ? 0 : 0.4 * std::log1p(s.popularity) / std::log1p(std::max(1.0, view->most_popular()));
            auto const words = options.text && text.contains(p) ? text[p] : 0.0;
            EXPECT_NEAR(pick->score, 0.5 * (cautious_rating(s) - 3) / 2 + by_sales - ((*view)[p].variants[pick->variant].stock > 0 ? 0 : 2) + 2 * words, 1e-9);
        }
        std::ranges::stable_sort(expected, std::greater{}, &Pick::score);
        for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(all.full[i].product, expected[i].product) << "at " << i << " of round " << round;
        // A few of it, with the rest counted or left.
        options.most = 1 + draw.below(8);
        for (bool const count : {true, false}) {
            options.all = count;
            auto const few = select(*view, wishes, options);
            ASSERT_EQ(few.full.size(), std::min(options.most, expected.size()));
            for (std::size_t i = 0; i < few.full.size(); ++i) EXPECT_EQ(few.full[i].product, expected[i].product);
            EXPECT_EQ(few.fitting.size(), count ? expected.size() : few.full.size());
        }
    }
}

TEST(Select, BestRatedWeighsHowManyRated) {
    Random draw(9);
    auto source = random_shop(draw, 4);
    source.standing["p0"] = {5.0, 1, 0, 0};    // one buyer's five
    source.standing["p1"] = {4.8, 50, 0, 0};
    source.standing["p2"] = {3.9, 200, 0, 0};  // below what nobody rated would be taken for
    auto const view = CatalogueView::build(std::move(source));
    std::vector<std::string> order;
    for (auto const& pick : select(*view, {}, {.order = Order::rating}).full) order.push_back((*view)[pick.product].data.product_id);
    EXPECT_EQ(order, (std::vector<std::string>{"p1", "p0", "p2", "p3"})) << "unrated goods come last";
}

}  // namespace
}  // namespace kindling::dialogue
