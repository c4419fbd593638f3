// How long people wait between purchases of a category, told by those who came back and those who have not yet; what habit tells beside it.
#include "core/random.h"
#include "modules/forecast/gaps.h"
#include <gmock/gmock.h>

namespace kindling::forecast {
namespace {

TEST(Gaps, CountsThoseWhoWaitedAndThoseWhoStillWait) {
    Purchases all;
    all.of["a"][1] = {100, 130, 160};       // twice after 30 days
    all.of["b"][1] = {100, 180};            // once after 80
    all.of["c"][1] = {150};                 // still waiting
    all.of["d"][2] = {10};
    auto const g = gaps_of(all, 1, 200);
    EXPECT_EQ(g.closed, (std::vector<std::int32_t>{30, 30, 80}));
    EXPECT_EQ(g.open, (std::vector<std::int32_t>{20, 40, 50}));
    EXPECT_NEAR(g.mean(), 140.0 / 3, 1e-12);
    // Three of the closed spells lasted longer than 25 days, two ended within ten more; of the open ones two lasted so long, two also to day 35.
    EXPECT_NEAR(g.chance(25, 10, 0), 2.0 / (3 + 0.5 * (2 + 2) + 4), 1e-12);
    EXPECT_NEAR(g.chance(1000, 10, 0.25), 0.25, 1e-12) << "nobody tells: the usual";
    EXPECT_NEAR(g.hazard(29), 0, 1e-12);
    EXPECT_NEAR(g.hazard(30), 1.0 / 5 + 1.0 / 4, 1e-12) << "of five and of four that lasted 30 days one each ended";
    EXPECT_NEAR(g.hazard(500), 1.0 / 5 + 1.0 / 4 + 1, 1e-12);
    // Whoever came back twice where others would have come 1.15 times is likelier to come again than one who has waited as long and never did.
    std::map<std::int32_t, Gaps> const gaps{{1, g}};
    auto const chance_of = [&](std::vector<Day> days) { return chances(gaps, {{1, std::move(days)}}, 185, 28, 0).at(0).second; };
    EXPECT_GT(chance_of({100, 130, 160}), chance_of({160}));
    EXPECT_GT(chance_of({160}), chance_of({60, 160})) << "one return after 100 days is slow here";
    EXPECT_EQ(gaps_of(all, 2, 200).closed.size(), 0u);
    EXPECT_EQ(gaps_of(all, 1, 120).closed.size(), 0u) << "what comes later is not seen";
}

TEST(Gaps, HabitWeighsWhereItTellsMoreThanWaiting) {
    Random random(11);
    Purchases steady, clockwork;
    for (int p = 0; p < 300; ++p)
        for (std::int32_t c = 1; c <= 4; ++c) {
            // At random moments, of some categories ten times as often as of others: how long ago says nothing.
            auto const often = random.chance(0.25) ? 0.05 : 0.005;
            auto& days = steady.of[std::to_string(p)][c];
            for (Day d = 0; d < 400; ++d) if (random.chance(often)) days.push_back(d);
            if (days.empty()) steady.of[std::to_string(p)].erase(c);
            // Of every category each eightieth day: only how long ago tells which is next, and habit, the same for all, just softens it.
            auto& on = clockwork.of[std::to_string(p)][c];
            for (auto d = static_cast<Day>(random.below(80)); d < 400; d += 80) on.push_back(d);
        }
    EXPECT_EQ(habit_of(steady, 400, 14), 0.9);
    EXPECT_LT(habit_of(clockwork, 400, 14), 0.9);
}

}  // namespace
}  // namespace kindling::forecast
