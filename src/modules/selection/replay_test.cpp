// A simulated past gives the estimates before a switch something to rest on, and nothing that came after is known to the order that it logs.
#include "modules/selection/replay.h"
#include "modules/selection/shop_for_test.h"

namespace kindling::selection {
namespace {

class ReplayTest : public ShopTest {
protected:
    std::vector<Slot> kept() {
        auto const tx = std::move(*services.store->read(1));
        return *load_slots(*tx, 0, true, 100'000);
    }
};

TEST_F(ReplayTest, ThePastIsPlayedOnceWithTheOddsOfEachPlace) {
    visits(1'500);
    auto const written = replay_visits(*services.store, 1, {.newest_share = 0.4, .most_places = 400}, {});
    ASSERT_TRUE(written) << written.error().message;
    EXPECT_GT(*written, 250);
    EXPECT_LE(*written, 400);
    auto const slots = kept();
    ASSERT_EQ(static_cast<std::int64_t>(slots.size()), *written);
    double taken = 0;
    for (auto const& s : slots) {
        EXPECT_GE(s.place, 2) << "the first place is never left to chance";
        EXPECT_GE(s.propensity, 0.5 / static_cast<double>(s.pool.size()) - 1e-9);
        ASSERT_TRUE(s.asked);
        EXPECT_EQ(s.asked->in_view.size(), 1u);
        EXPECT_EQ(std::ranges::count(s.asked->goods, s.asked->in_view[0]), 0) << "a row never shows what is in view";
        EXPECT_EQ(std::ranges::count(s.asked->goods, "p07"), 0) << "sold out";
        taken += s.reward;
    }
    EXPECT_GT((*services.store->read(1))->integer("SELECT MAX(at_ms) FROM recommendation_slots WHERE shop_id = 1").value(), now - 600 * 60'000 / 10) << "evenly over the time: the newest tenth of the visits, too";
    EXPECT_GT(taken, 0);
    EXPECT_LT(taken, static_cast<double>(slots.size()) / 2);
    EXPECT_EQ(*replay_visits(*services.store, 1, {}, {}), 0) << "places that are there are not added to";
}

// Visits of the old habit, then of another: the order that is logged must be that of the old, though all of it lies in the store.
TEST_F(ReplayTest, TheOrderKnowsNothingOfWhatIsPlayed) {
    visits(600);
    {
        auto tx = std::move(*services.store->write(1));
        for (int v = 0; v < 600; ++v)
            for (int step = 0, p = v % products; step < 3; ++step, p = (p + 1) % products) view(*tx, fmt::format("new{}", v), p, now + v * 60'000 + step * 1'000);
        ASSERT_TRUE(tx->commit());
    }
    auto const past = learn_past_visits(*services.store, 1, 2'400, 1, {});
    ASSERT_TRUE(past);
    EXPECT_EQ(past->visits.report.events, learn(*services.store, 1, now, 1, {})->visits.report.events - 1'800);
    // Half of the events: those of the new habit and some of the old.
    ASSERT_GT(*replay_visits(*services.store, 1, {.newest_share = 0.42, .most_places = 500}, {}), 300);
    std::int64_t of_the_new = 0, all = 0;
    for (auto const& s : kept()) {
        auto const next = id((std::atoi(s.asked->in_view[0].c_str() + 1) + 1) % products);
        ++all, of_the_new += s.asked->goods[0] == next;
    }
    EXPECT_LT(of_the_new, all / 4) << "what the new visitors look at next is not what the order wanted";
}

// The gate, walked: a past, the estimate of other weights, then a newer model held against the one in use on these places.
TEST_F(ReplayTest, BeforeASwitchBothAreEstimated) {
    visits(3'000);
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    EXPECT_FALSE(call(module, "selection.status", {}, staff())->as_object().contains("switch_estimate"));
    ASSERT_GT(*replay_visits(*services.store, 1, {.newest_share = 0.5, .most_places = 1'500}, {}), 1'000);
    auto const estimate = call(module, "selection.estimate", {{"placement", "product"}, {"margin_weight", 3}}, staff());
    ASSERT_TRUE(estimate) << estimate.error().message;
    EXPECT_TRUE(estimate->at("as_ordered").at("readable").as_bool()) << estimate->at("as_ordered").at("effective");
    EXPECT_GT(estimate->at("as_ordered").at("value").as_double(), estimate->at("taken").as_double()) << "the order is better than chance";
    {
        auto tx = std::move(*services.store->write(1));
        run(*tx, fmt::format("UPDATE recommendation_slots SET at_ms = {}", now_ms()));  // learning goes by the clock, and these visits are of 2023
        ASSERT_TRUE(tx->commit());
    }
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    auto const status = *call(module, "selection.status", {}, staff());
    auto const& held = status.at("switch_estimate");
    EXPECT_GT(held.at("places").as_int64(), 1'000);
    EXPECT_TRUE(held.at("in_use").at("readable").as_bool());
    EXPECT_TRUE(held.at("newer").at("readable").as_bool());
    EXPECT_FALSE(status.at("kept_older").as_bool());
    EXPECT_NEAR(held.at("in_use").at("value").as_double(), held.at("newer").at("value").as_double(), 0.05) << "both were learned from the same visits";
}

}  // namespace
}  // namespace kindling::selection
