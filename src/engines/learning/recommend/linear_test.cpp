#include "engines/learning/recommend/linear.h"

#include <gtest/gtest.h>

#include "core/random.h"

namespace kindling::recommend {
namespace {

std::vector<History> drawn(std::uint64_t seed, std::size_t people, Item items) {
    Random random(seed);
    std::vector<History> out(people);
    for (auto& h : out)
        for (std::uint32_t step = 0; step < 6; ++step) h.push_back({static_cast<Item>(random.below(items) * random.below(items) / items), step});
    return out;
}

using Rows = std::vector<std::vector<double>>;

// The closed form, its inverse by Gauss and Jordan in double.
Rows closed_form(std::span<const History> histories, Item items, double stiffness) {
    Rows a(items, std::vector<double>(2 * items));  // X'X + stiffness I, and beside it I
    for (auto const& h : histories)
        for (auto const i : distinct(h, 100))
            for (auto const j : distinct(h, 100)) a[i][j] += 1;
    for (Item i = 0; i < items; ++i) a[i][i] += stiffness, a[i][items + i] = 1;
    for (Item k = 0; k < items; ++k) {
        auto const pivot = a[k][k];
        for (auto& x : a[k]) x /= pivot;
        for (Item i = 0; i < items; ++i)
            if (auto const by = a[i][k]; i != k)
                for (std::size_t c = 0; c < a[i].size(); ++c) a[i][c] -= by * a[k][c];
    }
    Rows b(items, std::vector<double>(items));
    for (Item i = 0; i < items; ++i)
        for (Item j = 0; j < items; ++j)
            if (i != j) b[i][j] = -a[i][items + j] / a[j][items + j];
    return b;
}

TEST(Linear, IsTheClosedForm) {
    constexpr Item items = 150;  // more than two blocks of the inverse
    auto const histories = drawn(1, 700, items);
    auto const model = *Linear::fit(histories, items, {.stiffness = 20, .row_limit = items});
    auto const b = closed_form(histories, items, 20);
    std::vector<int> takers(items);
    for (auto const& h : histories)
        for (auto const item : distinct(h, 100)) ++takers[item];
    for (Item i = 0; i < items; ++i) {
        std::vector<float> row(items);
        for (auto const& [j, weight] : model.row(i)) row[j] = weight;
        EXPECT_EQ(row[i], 0) << "nothing speaks for itself";
        // What one person took is left out, which moves the others by next to nothing.
        for (Item j = 0; j < items; ++j)
            if (takers[i] > 1 && takers[j] > 1) { EXPECT_NEAR(row[j], b[i][j], 2e-3) << i << " for " << j; }
    }
}

TEST(Linear, ExplainsAwayWhatOnlyGoesWithAThird) {
    // 0 and 1 are each taken with 2 and, given 2, by chance; 3 and 4 go together whatever else.
    Random random(5);
    std::vector<History> histories(4000);
    for (auto& h : histories) {
        bool const hub = random.chance(0.5), pair = random.chance(0.3);
        std::vector<Item> taken;
        if (hub) taken.push_back(2);
        for (Item i = 0; i < 2; ++i)
            if (random.chance(hub ? 0.6 : 0.05)) taken.push_back(i);
        if (pair) taken.insert(taken.end(), {3, 4});
        h = sequence(taken);
    }
    auto const model = *Linear::fit(histories, 5, {.stiffness = 1});
    auto const says = [&](Item i, Item j) {
        for (auto const& [item, weight] : model.row(i))
            if (item == j) return weight;
        return 0.0f;
    };
    EXPECT_GT(says(2, 0), 0.4f);
    EXPECT_LT(std::abs(says(1, 0)), 0.15f) << "though a third of all who took 1 took 0 as well";
    EXPECT_GT(says(3, 4), 0.9f);
}

TEST(Linear, KeepsTheBestKnownAndTheStrongest) {
    auto const histories = drawn(2, 500, 60);
    auto const model = *Linear::fit(histories, 60, {.most_items = 20, .stiffness = 20, .row_limit = 5});
    std::vector<int> takers(60);
    for (auto const& h : histories)
        for (auto const item : distinct(h, 100)) ++takers[item];
    auto ordered = takers;
    std::ranges::sort(ordered, std::greater<>());
    int known = 0;
    for (Item i = 0; i < 60; ++i) {
        auto const row = model.row(i);
        EXPECT_LE(row.size(), 5u);
        if (row.empty()) continue;
        ++known;
        EXPECT_GE(takers[i], ordered[19]);
        EXPECT_TRUE(std::ranges::is_sorted(row, {}, &Weighted::item));
    }
    EXPECT_EQ(known, 20);
    EXPECT_TRUE(model.row(1000).empty());
    auto const alone = *Linear::fit(histories, 60, {.most_items = 20, .stiffness = 20, .row_limit = 5, .threads = 1});
    for (Item i = 0; i < 60; ++i) EXPECT_TRUE(std::ranges::equal(alone.row(i), model.row(i)));
    EXPECT_EQ(Linear::fit({}, 3, {})->row(2).size(), 0u);
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(Linear::fit(histories, 60, {}, {.stop = source.get_token()}).error().reason, "cancelled");
}

}  // namespace
}  // namespace kindling::recommend
