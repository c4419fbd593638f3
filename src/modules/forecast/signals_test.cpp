// A signal that foretells is found and followed; one that is chance is left alone.
#include "core/random.h"
#include "modules/forecast/signals.h"
#include <cmath>
#include <gmock/gmock.h>

namespace kindling::forecast {
namespace {

// Twelve categories with one good each whose weekly pace wanders; views of a week follow the pace of the next, searches are chance.
struct Made { History history; SignalLog log; };
Made make(bool foretells) {
    Random random(11);
    constexpr std::size_t days = 119, categories = 12;
    Made m{{.first = 20000, .end = 20000 + static_cast<Day>(days), .categories = {}, .places = {}, .goods = {}}, {.first = 14, .counts = {}}};
    for (auto& s : m.log.counts) s.assign(categories, std::vector<float>(days));
    for (std::size_t c = 0; c < categories; ++c) {
        m.history.categories.push_back({"c" + std::to_string(c), -1});
        GoodHistory g{.sku = "s" + std::to_string(10 + c), .product_id = "p" + std::to_string(c), .category = static_cast<std::int32_t>(c), .on_sale = true, .begun = 0, .sold = {}, .empty = {}, .by_place = {}, .attributes = {}};
        double pace[18];
        for (auto& p : pace) p = 20 * std::exp(0.3 * (2 * random.uniform() - 1));
        for (std::size_t t = 0; t < days; ++t) {
            auto const week = t / 7;
            g.sold.push_back({static_cast<std::int32_t>(t), static_cast<std::int32_t>(std::lround(pace[week]))});
            m.log.counts[0][c][t] = static_cast<float>(10 * (foretells ? pace[week + 1] : 20 * std::exp(0.3 * (2 * random.uniform() - 1))));
            m.log.counts[2][c][t] = static_cast<float>(100 + random.below(60));
        }
        m.history.goods.push_back(std::move(g));
    }
    return m;
}

TEST(Signals, OneThatForetellsIsFoundAndFollowed) {
    auto const m = make(true);
    Ground const ground(m.history);
    auto const help = try_signals(ground, m.log);
    ASSERT_EQ(help.size(), 2u) << "what nobody did is no signal";
    EXPECT_GT(help[0].gain, 0.5);
    EXPECT_LT(help[1].gain, 0.1);
    auto const moves = signal_moves(ground, m.log, help);
    // The views of the last week against those of the last four, and the shop's total left alone.
    double both = 0, total = 0;
    for (std::size_t c = 0; c < moves.size(); ++c) {
        double last = 0, month = 0, units = 0;
        for (std::size_t t = 91; t < 119; ++t) month += static_cast<double>(m.log.counts[0][c][t]), units += static_cast<double>(ground.demand[c][t]), last += t >= 112 ? static_cast<double>(m.log.counts[0][c][t]) : 0;
        both += moves[c] * std::log(last / month * 4), total += units * moves[c];
    }
    EXPECT_GT(both, 0);
    EXPECT_NEAR(total, 0, 1e-6);
}

TEST(Signals, ChanceIsLeftAlone) {
    auto const m = make(false);
    Ground const ground(m.history);
    auto const help = try_signals(ground, m.log);
    for (auto const& h : help) EXPECT_LT(h.gain, 0.1) << name(h.signal);
    EXPECT_EQ(signal_share(0), 1);
    EXPECT_EQ(signal_share(14), 0.5);
    EXPECT_EQ(signal_share(30), 0);
}

}  // namespace
}  // namespace kindling::forecast
