#include "engines/learning/recommend/signals.h"

#include <gtest/gtest.h>

#include <map>

#include "core/random.h"
#include "engines/learning/recommend/ranker.h"

namespace kindling::recommend {
namespace {

// The definitions at the top of signals.h, item by item.
TEST(Signals, AgreeWithTheirDefinitions) {
    Random random(7);
    std::vector<History> histories(80);
    for (auto& h : histories)
        for (std::uint32_t step = 0; step < 4; ++step)
            for (auto k = 1 + random.below(2); k-- > 0;) h.push_back({static_cast<Item>(random.below(15)), step});
    auto const t = *Tables::build(histories, {15}, {});
    Solved const solved{*Factors::fit(histories, 15, {.dims = 4}), *Linear::fit(histories, 15, {.stiffness = 5})};
    Knobs const knobs{.decay = 0.7f, .source = 0.4f, .target = 0.2f, .neighbour_decay = 0.9f, .neighbour_source = 0.3f, .neighbour_power = 2};
    Scratch scratch;
    scratch.gather(t, solved, knobs, histories[0], 0);
    scratch.gather(t, solved, knobs, histories[5], 5);  // nothing of the first call is left
    auto const& h = histories[5];
    auto const newest = h.back().step;
    std::map<Item, Signals> expected;
    for (auto const& e : h) {
        auto const n = static_cast<float>(std::ranges::count(h, e.step, &Event::step));
        auto const d = static_cast<float>(newest - e.step);
        for (auto const& p : t.pairs().row(e.item)) {
            auto const all = 1 / std::sqrt(n) / std::pow(t.count(e.item), knobs.source), faded = all * std::pow(knobs.decay, d);
            auto& s = expected[p.item];
            s.forward += faded * p.forward, s.backward += faded * p.backward, s.together += faded * p.together, s.forward_all += all * p.forward, s.backward_all += all * p.backward;
            s.last += d == 0 ? all * p.next : 0, s.second += d == 1 ? all * p.next : 0;
        }
    }
    for (auto& [item, s] : expected) s.base = (s.forward + s.backward / 2 + s.together) / std::pow(t.count(item), knobs.target);
    std::map<Item, float> query;  // the newest event of each item
    for (auto const& e : h) query[e.item] = std::pow(knobs.neighbour_decay, static_cast<float>(newest - e.step));
    for (std::uint32_t u = 0; u < histories.size(); ++u) {
        if (u == 5) continue;
        std::set<Item> items;
        for (auto const& e : histories[u]) items.insert(e.item);
        float likeness = 0, most = 0;
        for (auto const item : items)
            if (query.contains(item)) likeness += query[item] / std::pow(t.count(item), knobs.neighbour_source), most = std::max(most, query[item]);
        likeness /= std::sqrt(static_cast<float>(histories[u].size()));
        for (auto const item : items) expected[item].near += likeness * likeness * most;
    }
    for (Item seed = 0; seed < 15; ++seed)
        if (auto const base = expected[seed].base; base > 0)
            for (auto const& p : t.pairs().row(seed)) expected[p.item].hop += base / std::pow(t.count(seed), knobs.source) * (p.forward + p.backward / 2 + p.together) / std::pow(t.count(p.item), knobs.target);
    std::vector<Weighted> asked;
    for (auto const& [item, weight] : query) {
        asked.push_back({item, weight});
        for (auto const& [other, says] : solved.linear.row(item)) expected[other].linear += weight * says;
    }
    Factors::Person person;
    solved.factors.fold_in(asked, person);
    for (auto const& [item, s] : expected) EXPECT_NEAR(scratch.complete(t, solved, item).factor, solved.factors.score(person, item), 1e-5f);
    for (auto const& [item, s] : expected) {
        auto const& got = scratch.signal(item);
        EXPECT_NEAR(got.forward, s.forward, 1e-3f);
        EXPECT_NEAR(got.backward, s.backward, 1e-3f);
        EXPECT_NEAR(got.together, s.together, 1e-3f);
        EXPECT_NEAR(got.forward_all, s.forward_all, 1e-3f);
        EXPECT_NEAR(got.last, s.last, 1e-3f);
        EXPECT_NEAR(got.linear, s.linear, 1e-5f);
        EXPECT_NEAR(got.second, s.second, 1e-3f);
        EXPECT_NEAR(got.base, s.base, 1e-3f);
        EXPECT_NEAR(got.near, s.near, 1e-3f * (1 + s.near));
        EXPECT_NEAR(got.hop, s.hop, 1e-3f * (1 + s.hop));
    }
    EXPECT_EQ(scratch.touched().size(), expected.size());
}

TEST(Signals, KnowWhatTheHistoryHolds) {
    auto const t = *Tables::build({}, {4}, {});
    Scratch scratch;
    scratch.gather(t, {}, {}, History{{1, 0}, {2, 1}, {1, 3}});
    EXPECT_EQ(scratch.signal(1).times, 2);
    EXPECT_EQ(scratch.signal(1).distance, 0);
    EXPECT_FLOAT_EQ(scratch.signal(1).faded, 1 + 0.9f * 0.9f * 0.9f);
    EXPECT_EQ(scratch.signal(2).distance, 2);
    EXPECT_FALSE(scratch.signal(3).seen);
    scratch.gather(t, {}, {}, {});
    EXPECT_TRUE(scratch.touched().empty());
    EXPECT_FALSE(scratch.signal(1).seen);
}

// Choices drawn by known weights are explained by those weights.
TEST(Ranker, FindsTheWeightsThatChose) {
    Random random(8);
    Features truth{};
    truth[0] = 1.5f, truth[3] = -1, truth[7] = 0.5f;
    std::vector<RankerExample> examples(4000);
    for (auto& e : examples) {
        std::vector<double> odds;
        for (int c = 0; c < 12; ++c) {
            Features x{};
            for (std::size_t k = 0; k < 9; ++k) x[k] = static_cast<float>(random.normal(k == 1 ? 100 : 0, k == 7 ? 2 : 1));
            x[9] = 4;  // always the same
            double s = 0;
            for (std::size_t k = 0; k < feature_count; ++k) s += static_cast<double>(truth[k] * x[k]);
            e.features.push_back(x), odds.push_back(std::exp(s));
        }
        e.answers = {static_cast<std::uint32_t>(random.pick(odds))};
    }
    auto const fitted = *fit_ranker(examples, {});
    for (std::size_t k = 0; k < 9; ++k) EXPECT_NEAR(fitted.weight[k], truth[k], 0.12f) << feature_names[k].name;
    EXPECT_EQ(fitted.weight[9], 0) << "says nothing";
    EXPECT_EQ(fitted.weight[20], 0);
    EXPECT_NEAR(fitted.mean[1], 100, 0.1f);
    EXPECT_EQ(fit_ranker(examples, {})->weight, fitted.weight) << "the same seed, the same weights";
    EXPECT_EQ(fit_ranker(std::span(examples).first(10), {}).error().reason, "too_few_questions");
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(fit_ranker(examples, {}, {.stop = source.get_token()}).error().reason, "cancelled");
}

}  // namespace
}  // namespace kindling::recommend
