#include "engines/learning/recommend/model.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/random.h"

namespace kindling::recommend {
namespace {

constexpr Item items = 40;

// Who took i takes i + 1 next, eight times of ten; ten goods to a category.
std::vector<History> chains(std::uint64_t seed, std::size_t n = 600) {
    Random random(seed);
    std::vector<History> out(n);
    for (auto& h : out) {
        auto item = static_cast<Item>(random.below(items));
        for (std::uint32_t step = 0; step < 6; ++step) {
            h.push_back({item, step, static_cast<float>(random.below(100))});
            item = random.chance(0.8) ? (item + 1) % items : static_cast<Item>(random.below(items));
        }
        std::ranges::sort(h, {}, &Event::day);
        auto const first = h[0].day;
        for (std::uint32_t step = 0; step < 6; ++step) h[step].step = step, h[step].day = first;
    }
    return out;
}
std::vector<History> ordered_chains(std::uint64_t seed, std::size_t n = 600) {
    Random random(seed);
    std::vector<History> out(n);
    for (auto& h : out) {
        auto item = static_cast<Item>(random.below(items));
        for (std::uint32_t step = 0; step < 6; ++step) h.push_back({item, step}), item = random.chance(0.8) ? (item + 1) % items : static_cast<Item>(random.below(items));
    }
    return out;
}
Goods goods() {
    Goods g{items};
    for (Item i = 0; i < items; ++i) g.attributes.push_back({i / 10});
    return g;
}
std::vector<Item> names(const std::vector<Recommendation>& list) {
    std::vector<Item> out;
    for (auto const& r : list) out.push_back(r.item);
    return out;
}

bool has(const std::vector<Recommendation>& list, Item item) { return std::ranges::find(list, item, &Recommendation::item) != list.end(); }

class ModelTest : public testing::Test {
protected:
    static const Model& trained() {
        static auto const model = *Model::create(ordered_chains(1), goods(), {.repeats = false});
        return model;
    }
    Asking asking;
};

TEST_F(ModelTest, LearnsWhatFollows) {
    auto const& model = trained();
    EXPECT_TRUE(model.parts().fitted);
    int right = 0;
    for (Item i = 0; i < items; ++i) {
        auto const history = sequence(std::vector<Item>{(i + 20) % items, i});
        auto const list = model.recommend({.history = history}, asking);
        ASSERT_EQ(list.size(), 10u);
        right += list[0].item == (i + 1) % items;
        EXPECT_FALSE(has(list, i)) << "what is in the history is not recommended again";
        if (list[0].item == (i + 1) % items && list[0].reason.group == Group::follows) { EXPECT_EQ(list[0].reason.because, i); }
        EXPECT_TRUE(std::ranges::is_sorted(list, std::greater<>(), &Recommendation::score));
    }
    EXPECT_GE(right, 38);
}

TEST_F(ModelTest, PlacesWhatIsInView) {
    auto const history = sequence(std::vector<Item>{30, 31});
    auto const list = trained().recommend({.placement = Placement::product, .history = history, .view = std::vector<Item>{7}}, asking);
    EXPECT_EQ(list[0].item, 8u) << "what is looked at counts more than what was";
    EXPECT_FALSE(has(list, 7));
    auto const none = trained().recommend({.history = history, .allowed = [](Item) { return false; }}, asking);
    EXPECT_TRUE(none.empty());
    auto const even = trained().recommend({.history = history, .count = 5, .allowed = [](Item i) { return i % 2 == 0; }}, asking);
    EXPECT_EQ(even.size(), 5u);
    for (auto const& r : even) EXPECT_EQ(r.item % 2, 0u);
    auto const unknown = trained().recommend({.history = sequence(std::vector<Item>{30, 31, 9999}), .self = 1u << 30, .view = std::vector<Item>{12345}}, asking);
    EXPECT_EQ(names(unknown), names(trained().recommend({.history = history}, asking))) << "unknown items are passed over";
}

TEST_F(ModelTest, ServesNewcomers) {
    auto const stranger = trained().recommend({}, asking);
    EXPECT_EQ(stranger.size(), 10u);
    for (auto const& r : stranger) EXPECT_EQ(r.reason.group, Group::popular);
    auto model = *Model::read(trained().write());
    auto const fresh = model.add_item({2});
    EXPECT_EQ(fresh, items);
    auto const wishes = std::vector<Preference>{{2, 20}};
    auto const list = model.recommend({.preferences = wishes, .count = 50}, asking);
    EXPECT_TRUE(has(list, fresh)) << "a new item is found through its attribute";
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(list[static_cast<std::size_t>(i)].item == fresh || list[static_cast<std::size_t>(i)].item / 10 == 2) << "what is wished for comes first";
        EXPECT_EQ(list[static_cast<std::size_t>(i)].reason.attribute, 2u);
    }
    auto const near = model.recommend({.history = sequence(std::vector<Item>{22}), .count = 50}, asking);
    EXPECT_TRUE(has(near, fresh)) << "and through what is like it";
}

// The event of a moment ago is in this request; no training in between.
TEST_F(ModelTest, LearnsTheNextEventAtOnce) {
    auto model = *Model::read(trained().write());
    auto const number = model.open_history();
    ASSERT_TRUE(model.observe(number, std::vector<Item>{5}, 0));
    auto const ask = [&] { return model.recommend({.history = model.tables().history(number), .self = number}, asking)[0].item; };
    EXPECT_EQ(ask(), 6u);
    ASSERT_TRUE(model.observe(number, std::vector<Item>{17}, 0));
    EXPECT_EQ(ask(), 18u);
    auto const fresh = model.add_item({});
    for (int n = 0; n < 200; ++n) {  // a new habit: after 17 comes the new item
        auto const other = model.open_history();
        ASSERT_TRUE(model.observe(other, std::vector<Item>{17}, 0));
        ASSERT_TRUE(model.observe(other, std::vector<Item>{fresh}, 0));
    }
    EXPECT_EQ(ask(), fresh);
}

TEST_F(ModelTest, FindsTheMissingGoodOfABasket) {
    // Goods come in pairs (2k, 2k+1); baskets hold two pairs.
    Random random(3);
    std::vector<History> histories(800);
    for (auto& h : histories)
        for (std::uint32_t step = 0; step < 3; ++step)
            for (int pair = 0; pair < 2; ++pair) {
                auto const first = static_cast<Item>(2 * random.below(items / 2));
                h.push_back({first, step}), h.push_back({first + 1, step});
            }
    auto const model = *Model::create(histories, {items}, {});
    int right = 0;
    for (Item i = 0; i < items; ++i) {
        auto const list = model.recommend({.placement = Placement::basket, .view = std::vector<Item>{i}}, asking);
        right += list[0].item == (i ^ 1u);
    }
    EXPECT_EQ(right, static_cast<int>(items));
    EXPECT_NE(model.ranker(Placement::basket).weight, model.ranker(Placement::home).weight) << "a blend of its own";
}

// Views of visitors who come back days later: within a visit one thing leads to the next, a new visit begins with what is popular.
TEST_F(ModelTest, GivesEachPlaceABlendOfItsOwnWhereTheDataStandForIt) {
    Random random(9);
    std::vector<History> histories(500);
    for (std::size_t u = 0; u < histories.size(); ++u) {
        auto& h = histories[u];
        float day = static_cast<float>(u) / 10;
        for (std::uint32_t visit = 0; visit < 3; ++visit, day += 3) {
            auto item = static_cast<Item>(random.chance(0.8) ? random.below(4) * 10 : random.below(items));
            for (int k = 0; k < 3; ++k) h.push_back({item, static_cast<std::uint32_t>(h.size()), day + static_cast<float>(k) * 0.001f}), item = random.chance(0.9) ? (item + 1) % items : static_cast<Item>(random.below(items));
        }
    }
    Plan const plan{.hold_back = HoldBack::newest_histories, .newest_share = 0.5, .repeats = true};
    auto const model = *Model::create(histories, goods(), plan);
    EXPECT_EQ(model.blend_of(Placement::product), Placement::product);
    EXPECT_EQ(model.blend_of(Placement::home), Placement::home);
    EXPECT_EQ(model.blend_of(Placement::return_visit), Placement::home) << "the same questions: its own would foretell no better";
    EXPECT_EQ(model.blend_of(Placement::basket), std::nullopt) << "views are no baskets";
    EXPECT_EQ(model.blend_of(Placement::email), std::nullopt);
    auto const history = sequence(std::vector<Item>{20, 21, 22});
    EXPECT_EQ(model.recommend({.placement = Placement::product, .history = history}, asking)[0].item, 23u);
    auto const first = model.recommend({.placement = Placement::return_visit, .history = history}, asking)[0].item;
    EXPECT_EQ(first % 10, 0u) << "a visit begins with one of the four that visits begin with";
    EXPECT_EQ(Model::read(model.write())->blend_of(Placement::home), Placement::home);
    // The same without days: nothing tells a first step from a next one.
    for (auto& h : histories)
        for (auto& e : h) e.day = 0;
    EXPECT_EQ(Model::create(histories, goods(), plan)->blend_of(Placement::home), std::nullopt);
}

TEST(QuestionsOf, StandForPlacesByTheTimeThatPassed) {
    Split const split{.counted = {}, .questions = {{{{1, 0, 10}}, {2}, 10.01f}, {{{1, 0, 10}}, {2, 3}, 10.5f}, {{{1, 0, 10}}, {3}, 13}, {{{1, 0, 10}}, {4}, 30}}, .timed = true, .who = {0, 1, 2, 3}};
    auto const who = [&](Placement p, HoldBack of) { return questions_of(split, p, of).who; };
    using Numbers = std::vector<std::uint32_t>;
    EXPECT_EQ(who(Placement::product, HoldBack::newest_histories), (Numbers{0}));
    EXPECT_EQ(who(Placement::home, HoldBack::newest_histories), (Numbers{1, 2, 3}));
    EXPECT_EQ(who(Placement::return_visit, HoldBack::newest_histories), (Numbers{2, 3}));
    EXPECT_EQ(who(Placement::email, HoldBack::newest_histories), Numbers());
    EXPECT_EQ(who(Placement::after_purchase, HoldBack::last_step), (Numbers{0, 1, 2}));
    EXPECT_EQ(who(Placement::email, HoldBack::last_step), (Numbers{3}));
    EXPECT_EQ(who(Placement::return_visit, HoldBack::last_step), (Numbers{2, 3}));
    EXPECT_EQ(who(Placement::basket, HoldBack::last_step), (Numbers{1}));
    EXPECT_EQ(questions_of(split, Placement::basket, HoldBack::last_step).questions[0].history.size(), 2u);
    auto const met = [&](HoldBack of, bool timed) {
        std::vector<Placement> out;
        for (auto const& q : split.questions) out.push_back(place_of(q, of, timed));
        return out;
    };
    using P = Placement;
    EXPECT_EQ(met(HoldBack::newest_histories, true), (std::vector{P::product, P::home, P::return_visit, P::return_visit}));
    EXPECT_EQ(met(HoldBack::newest_histories, false), (std::vector{P::product, P::product, P::product, P::product}));
    EXPECT_EQ(met(HoldBack::last_step, true), (std::vector{P::after_purchase, P::after_purchase, P::after_purchase, P::email}));
    EXPECT_EQ(place_after(29.0 / 1440, HoldBack::newest_histories), P::product);
    EXPECT_EQ(place_after(1, HoldBack::newest_histories), P::return_visit);
    EXPECT_EQ(place_after(7, HoldBack::last_step), P::after_purchase);
}

TEST_F(ModelTest, IsTheSameForASeed) {
    auto const one = Model::create(ordered_chains(2), goods(), {.threads = 1})->write();
    EXPECT_EQ(Model::create(ordered_chains(2), goods(), {.threads = 2})->write(), one);
    EXPECT_EQ(Model::create(chains(2), goods(), {.hold_back = HoldBack::newest_histories, .threads = 1})->write(), Model::create(chains(2), goods(), {.hold_back = HoldBack::newest_histories, .threads = 3})->write());
}

TEST_F(ModelTest, SmallShopsGetThePlainBlend) {
    auto const model = *Model::create(ordered_chains(1, 5), goods(), {});
    EXPECT_FALSE(model.parts().fitted);
    EXPECT_EQ(model.recommend({.history = sequence(std::vector<Item>{3})}, asking).size(), 10u);
    auto const empty = *Model::create({}, {}, {});
    EXPECT_TRUE(empty.recommend({}, asking).empty());
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(Model::create(ordered_chains(1), goods(), {}, {.stop = source.get_token()}).error().reason, "cancelled");
}

TEST_F(ModelTest, GoesToAFileAndBack) {
    auto const bytes = trained().write();
    auto const again = Model::read(bytes);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->write(), bytes);
    for (Item i = 0; i < items; ++i) {
        auto const history = sequence(std::vector<Item>{i, (i + 3) % items});
        auto const a = trained().recommend({.history = history}, asking), b = again->recommend({.history = history}, asking);
        ASSERT_EQ(names(a), names(b));
        for (std::size_t k = 0; k < a.size(); ++k) EXPECT_EQ(a[k].score, b[k].score);
    }
    for (std::size_t n = 0; n < bytes.size(); n += 997) EXPECT_EQ(Model::read(std::string_view(bytes).substr(0, n)).error().reason, "model_invalid");
    for (std::size_t n = 0; n < bytes.size(); n += 1009) {
        auto damaged = bytes;
        damaged[n] ^= 0x40;
        EXPECT_FALSE(Model::read(damaged));
    }
    EXPECT_FALSE(Model::read(bytes + "x"));
    auto const path = (std::filesystem::path(testing::TempDir()) / "kindling_recommend_model").string();
    ASSERT_TRUE(trained().save(path));
    EXPECT_EQ(Model::load(path)->write(), bytes);
    EXPECT_EQ(Model::load("/nowhere/model").error().reason, "model_not_found");
    EXPECT_EQ(trained().save("/nowhere/model").error().reason, "model_not_written");
    std::filesystem::remove(path);
}

TEST(HoldBackTest, TakesTheLastStepOrTheNewestVisits) {
    std::vector<History> const histories = {{{1, 0, 1}, {2, 1, 2}, {3, 1, 2}, {1, 1, 2}}, {{5, 0, 90}}, {{6, 0, 99}, {7, 1, 99}, {6, 2, 100}}};
    auto const last = hold_back(histories, {.repeats = false});
    ASSERT_EQ(last.questions.size(), 1u) << "the repeat in the third is no answer, and one step is nothing to ask from";
    EXPECT_EQ(last.questions[0].answers, (std::vector<Item>{2, 3}));
    EXPECT_EQ(last.questions[0].history, (History{{1, 0, 1}}));
    EXPECT_EQ(last.who[0], 0u);
    EXPECT_EQ(last.counted[2].size(), 2u);
    auto const newest = hold_back(histories, {.hold_back = HoldBack::newest_histories, .newest_share = 0.05});
    ASSERT_EQ(newest.counted.size(), 2u);
    ASSERT_EQ(newest.questions.size(), 2u);
    EXPECT_EQ(newest.questions[1].history.size(), 2u);
    EXPECT_EQ(newest.questions[1].answers, std::vector<Item>{6});
}

}  // namespace
}  // namespace kindling::recommend
