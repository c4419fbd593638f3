#include "engines/learning/recommend/tables.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/random.h"

namespace kindling::recommend {
namespace {

std::vector<History> random_histories(Random& random, std::size_t n, Item items, bool timed) {
    std::vector<History> out(n);
    for (auto& h : out) {
        auto day = static_cast<float>(random.below(30));
        for (std::uint32_t step = 0, steps = static_cast<std::uint32_t>(1 + random.below(6)); step < steps; ++step, day += timed ? 1.5f : 0)
            for (auto k = 1 + random.below(3); k-- > 0;) h.push_back({static_cast<Item>(random.below(items)), step, timed ? day : 0});
    }
    return out;
}

// Every pair of events, by the definitions in pairs.h.
std::map<std::pair<Item, Item>, Pair> counted_by_hand(std::span<const History> histories) {
    std::map<std::pair<Item, Item>, Pair> out;
    for (auto const& h : histories)
        for (std::size_t a = 0; a < h.size(); ++a)
            for (std::size_t b = 0; b < h.size(); ++b) {
                auto const size = static_cast<float>(std::ranges::count(h, std::max(h[a].step, h[b].step), &Event::step));
                auto& cell = out[{h[a].item, h[b].item}];
                auto const distance = static_cast<float>(h[b].step) - static_cast<float>(h[a].step);
                if (distance > 0) cell.forward += 1 / std::sqrt(distance * size), cell.next += distance == 1 ? 1 / std::sqrt(size) : 0;
                if (distance < 0) cell.backward += 1 / std::sqrt(-distance * size);
                if (distance == 0 && a != b && h[a].item != h[b].item) cell.together += 1 / std::sqrt(size);
            }
    std::erase_if(out, [](auto const& e) { return e.second.forward + e.second.backward + e.second.together == 0; });
    return out;
}

TEST(Tables, CountsATinyCaseAsByHand) {
    // Bread, then milk and eggs together, then bread.
    std::vector<History> const histories = {{{0, 0}, {1, 1}, {2, 1}, {0, 2}}};
    auto const t = *Tables::build(histories, {3}, {});
    auto const half = std::sqrt(0.5f);
    auto const bread = t.pairs().row(0);
    ASSERT_EQ(bread.size(), 3u);
    EXPECT_EQ(bread[0].item, 0u);
    EXPECT_FLOAT_EQ(bread[0].forward, half) << "bread two steps later: 1/sqrt(2)";
    EXPECT_FLOAT_EQ(bread[0].backward, half);
    EXPECT_FLOAT_EQ(bread[1].next, half) << "one of two in its step";
    EXPECT_FLOAT_EQ(bread[1].backward, 1) << "milk before the second bread, a step of one";
    EXPECT_FLOAT_EQ(t.pairs().row(1)[1].together, half);
    EXPECT_EQ(t.count(0), 2);
    EXPECT_FLOAT_EQ(t.recent(0), 1 + std::exp(-1.0f));
    EXPECT_NEAR(t.latest(1), 0, 1e-6);
    EXPECT_EQ(std::vector(t.takers(0).begin(), t.takers(0).end()), std::vector{0u});
}

TEST(Tables, AgreesWithCountingEveryPair) {
    Random random(4);
    auto const histories = random_histories(random, 300, 12, false);
    auto const t = *Tables::build(histories, {12}, {});
    auto const expected = counted_by_hand(histories);
    std::size_t cells = 0;
    for (Item i = 0; i < 12; ++i)
        for (auto const& p : t.pairs().row(i)) {
            ++cells;
            auto const e = expected.find({i, p.item});
            ASSERT_NE(e, expected.end());
            EXPECT_NEAR(p.forward, e->second.forward, 1e-3f);
            EXPECT_NEAR(p.backward, e->second.backward, 1e-3f);
            EXPECT_NEAR(p.next, e->second.next, 1e-3f);
            EXPECT_NEAR(p.together, e->second.together, 1e-3f);
        }
    EXPECT_EQ(cells, expected.size());
}

// An event that is observed counts as if it had been there from the beginning.
TEST(Tables, ObservesAsIfBuilt) {
    for (bool const timed : {false, true}) {
        Random random(5);
        auto histories = random_histories(random, 60, 20, timed);
        histories.push_back({{3, 0, 0}, {4, 1, timed ? 40.0f : 0.0f}});  // the first and the last day, so that both are seen by both
        auto const whole = *Tables::build(histories, {20}, {.half_life_days = 10});
        auto part = histories;
        std::vector<History> rest(part.size());
        for (std::size_t u = 0; u + 1 < part.size(); ++u)
            while (part[u].size() > 1 && part[u].back().step > 0) rest[u].insert(rest[u].begin(), part[u].back()), part[u].pop_back();
        auto t = *Tables::build(part, {20}, {.half_life_days = 10});
        for (std::uint32_t u = 0; u < rest.size(); ++u)
            for (std::size_t at = 0; at < rest[u].size();) {
                auto const step = rest[u][at].step;
                auto const day = rest[u][at].day;
                std::vector<Item> items;
                for (; at < rest[u].size() && rest[u][at].step == step; ++at) items.push_back(rest[u][at].item);
                ASSERT_TRUE(t.observe(u, items, static_cast<double>(day)));
            }
        for (Item i = 0; i < 20; ++i) {
            ASSERT_EQ(t.pairs().row(i).size(), whole.pairs().row(i).size());
            for (std::size_t k = 0; k < t.pairs().row(i).size(); ++k) {
                EXPECT_EQ(t.pairs().row(i)[k].item, whole.pairs().row(i)[k].item);
                EXPECT_NEAR(t.pairs().row(i)[k].forward, whole.pairs().row(i)[k].forward, 1e-3f);
                EXPECT_NEAR(t.pairs().row(i)[k].together, whole.pairs().row(i)[k].together, 1e-3f);
            }
            EXPECT_EQ(t.count(i), whole.count(i));
            EXPECT_NEAR(t.recent(i), whole.recent(i), 1e-3f) << timed;
            EXPECT_NEAR(t.latest(i), whole.latest(i), 1e-3f) << timed;
            EXPECT_EQ(std::set(t.takers(i).begin(), t.takers(i).end()), std::set(whole.takers(i).begin(), whole.takers(i).end()));
        }
    }
}

TEST(Tables, KeepsTheStrongestPairsOfARow) {
    std::vector<History> histories;
    for (Item j = 1; j <= 10; ++j)
        for (Item n = 0; n < j; ++n) histories.push_back(sequence(std::vector<Item>{0, j}));
    auto const t = *Tables::build(histories, {11}, {.row_limit = 3});
    auto const row = t.pairs().row(0);
    ASSERT_EQ(row.size(), 3u);
    EXPECT_EQ(row[0].item, 8u);
    EXPECT_EQ(row[2].item, 10u);
}

TEST(Tables, FindsWhatIsAlike) {
    Random random(6);
    Goods goods{60};
    goods.attributes.resize(60);
    for (auto& row : goods.attributes)
        for (auto k = random.below(5); k-- > 0;) row.push_back(static_cast<Attribute>(random.below(30)));
    auto const t = *Tables::build({}, goods, {});
    std::map<Attribute, float> with;
    for (auto const& row : goods.attributes)
        for (auto const a : std::set(row.begin(), row.end())) with[a] += 1;
    auto const cosine = [&](Item x, Item y) {
        float shared = 0, a = 0, b = 0;
        std::set const left(goods.attributes[x].begin(), goods.attributes[x].end()), right(goods.attributes[y].begin(), goods.attributes[y].end());
        for (auto const k : left) a += std::pow(std::log(60 / with[k]), 2.0f), shared += right.contains(k) ? std::pow(std::log(60 / with[k]), 2.0f) : 0;
        for (auto const k : right) b += std::pow(std::log(60 / with[k]), 2.0f);
        return a * b > 0 ? shared / std::sqrt(a * b) : 0;
    };
    for (Item i = 0; i < 60; ++i) {
        std::vector<float> all;
        for (Item j = 0; j < 60; ++j) {
            EXPECT_NEAR(t.likeness(i, j), cosine(i, j), 1e-4f);
            if (j != i && cosine(i, j) > 0) all.push_back(cosine(i, j));
        }
        std::ranges::sort(all, std::greater<>());
        ASSERT_EQ(t.alike(i).size(), std::min(all.size(), Tables::alike_limit));
        for (std::size_t k = 0; k < t.alike(i).size(); ++k) EXPECT_NEAR(t.alike(i)[k].likeness, all[k], 1e-4f);
    }
}

TEST(Tables, RefusesWhatDoesNotFit) {
    auto const reason = [](std::vector<History> histories, Goods goods) { return Tables::build(histories, std::move(goods), {}).error().reason; };
    EXPECT_EQ(reason({{{3, 0}}}, {3}), "item_out_of_range");
    EXPECT_EQ(reason({{{0, 2}, {1, 1}}}, {3}), "steps_not_ascending");
    EXPECT_EQ(reason({{{0, 1u << 31}}}, {3}), "step_out_of_range");
    EXPECT_EQ(reason({{{0, 0, NAN}}}, {3}), "day_not_finite");
    EXPECT_EQ(reason({}, {2, {{1}}}), "attribute_out_of_range");
    EXPECT_EQ(reason({}, {1, {{~0u}}}), "attribute_out_of_range");
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(Tables::build(std::vector<History>(5000), {1}, {}, {.stop = source.get_token()}).error().reason, "cancelled");
    auto t = *Tables::build({}, {2}, {});
    EXPECT_EQ(t.observe(0, std::vector<Item>{0}, 0).error().reason, "history_unknown");
    auto const number = t.open();
    EXPECT_EQ(t.observe(number, std::vector<Item>{2}, 0).error().reason, "item_out_of_range");
    EXPECT_EQ(t.observe(number, std::vector<Item>{1}, INFINITY).error().reason, "day_not_finite");
    EXPECT_TRUE(t.observe(number, {}, 0)) << "nothing happened";
    EXPECT_EQ(t.count(1), 0);
}

}  // namespace
}  // namespace kindling::recommend
