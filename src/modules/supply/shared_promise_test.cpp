#include "modules/supply/shared_promise.h"
#include <cmath>
#include <gtest/gtest.h>

namespace kindling::supply_module {

namespace {

using inventory::Demand;

struct Shelf {
    Demand lead, protection;
    double holding, days = 7;
    double asked() const { return protection.mean() - lead.mean(); }
    double serves(double level) const { return 1 - (protection.loss(level) - lead.loss(level)) / asked(); }
    double on_hand(double level) const { return level - (lead.mean() + protection.mean()) / 2 + (lead.loss(level) + protection.loss(level)) / 2; }
    // The least whole level that serves so much, and what it keeps.
    double level(double fill) const { double s = 0; while (serves(s) < fill - 1e-9) ++s; return s; }
    SharingGood good() const { return {.lead = &lead, .protection = &protection, .holding = holding, .days = days}; }
};

// Demand of `rate` a day for two weeks, and for a review (a week) more; variance = mean + dispersion x mean^2. `holding` is of a review.
Shelf shelf(double rate, double dispersion, double holding, double days = 7) {
    auto const over = [&](double n) { return Demand::counts(rate * n, rate * n + dispersion * rate * n * rate * n).value(); };
    return {over(14), over(14 + days), holding, days};
}

std::vector<double> aims_of(std::vector<Shelf> const& shelves, double target) {
    std::vector<SharingGood> goods;
    for (auto const& s : shelves) goods.push_back(s.good());
    return shared_aims(goods, target);
}

double served_by_day(std::vector<Shelf> const& shelves, std::vector<double> const& aims) {
    double asked = 0, out = 0;
    for (std::size_t i = 0; i < shelves.size(); ++i) asked += shelves[i].asked() / shelves[i].days, out += aims[i] * shelves[i].asked() / shelves[i].days;
    return out / asked;
}

TEST(SharedPromise, KeepsItTogetherWithLessThanEachForItself) {
    std::vector<Shelf> const shelves = {shelf(3, 0.02, 1), shelf(3, 0.8, 1), shelf(0.4, 0.1, 8), shelf(5, 0.3, 0.2)};
    for (double const target : {0.85, 0.95, 0.99}) {
        auto const aims = aims_of(shelves, target);
        EXPECT_NEAR(served_by_day(shelves, aims), target, 1e-4);
        double together = 0, each = 0;
        for (std::size_t i = 0; i < shelves.size(); ++i) together += shelves[i].holding * shelves[i].on_hand(shelves[i].level(aims[i])), each += shelves[i].holding * shelves[i].on_hand(shelves[i].level(target));
        EXPECT_LT(together, 0.98 * each) << target;
        EXPECT_GT(aims[0], aims[1]) << "who is easily foreseen serves more";
        EXPECT_GT(aims[3], aims[2]) << "and who is cheap";
    }
}

TEST(SharedPromise, IsNearTheCheapestLevelsThereAre) {
    std::vector<Shelf> const shelves = {shelf(0.5, 0.1, 1), shelf(0.8, 0.9, 2)};
    constexpr double target = 0.9;
    auto const all = shelves[0].asked() + shelves[1].asked();
    double least = 1e9;
    for (double a = 0; a < 80; ++a)
        for (double b = 0; b < 160; ++b)
            if (shelves[0].serves(a) * shelves[0].asked() + shelves[1].serves(b) * shelves[1].asked() >= target * all) least = std::min(least, shelves[0].on_hand(a) * shelves[0].holding + shelves[1].on_hand(b) * shelves[1].holding);
    auto const aims = aims_of(shelves, target);
    double cost = 0;
    for (std::size_t i = 0; i < 2; ++i) cost += shelves[i].on_hand(shelves[i].level(aims[i])) * shelves[i].holding;
    EXPECT_LT(cost, 1.1 * least) << "levels are whole, and units of unlike worth";
}

TEST(SharedPromise, OthersMakeUpForWhatMayNotLieThere) {
    std::vector<Shelf> const shelves = {shelf(2, 0.2, 1), shelf(2, 0.2, 1), shelf(2, 0.2, 1)};
    auto goods = std::vector{shelves[0].good(), shelves[1].good(), shelves[2].good()};
    auto const alone = shared_aims(std::span(goods).first(1), 0.95);
    EXPECT_NEAR(alone[0], 0.95, 1e-4) << "one good alone keeps it for itself";
    goods[1].most = 66, goods[2].worth = 8;
    auto const capped = shelves[1].serves(66), not_worth = shelves[2].serves(shelves[2].protection.quantile(1 - 1.0 / 8)), target = (capped + not_worth + 0.98) / 3;
    auto const aims = shared_aims(goods, target);
    EXPECT_NEAR(aims[1], capped, 1e-9);
    EXPECT_NEAR(aims[2], not_worth, 0.01) << "a unit more would cost more than it is worth";
    EXPECT_NEAR(aims[0], 0.98, 0.01) << "who may, makes up for both";
    EXPECT_NEAR(served_by_day(shelves, aims), target, 1e-4);
    // What cannot be kept is kept as well as can be.
    auto const most = shared_aims(goods, 0.99);
    EXPECT_GT(most[0], 0.995);
    EXPECT_EQ(most[1], aims[1]);
    EXPECT_LT(served_by_day(shelves, most), 0.99);
}

// Ten a day each, one looked at daily and one weekly: half of the units of a day are of either, and a unit costs a day as much to keep.
TEST(SharedPromise, CountsUnitsByTheDayWhereReviewsAreUnequal) {
    std::vector<Shelf> const shelves = {shelf(10, 0.3, 1, 1), shelf(10, 0.3, 7, 7)};
    auto const aims = aims_of(shelves, 0.97);
    EXPECT_GT(std::abs(aims[0] - aims[1]), 1e-3) << "otherwise it is no matter how they are weighed";
    EXPECT_NEAR((aims[0] + aims[1]) / 2, 0.97, 1e-4);
    // Two like goods serve alike, whoever is beside them.
    std::vector<Shelf> const three = {shelf(2, 0.3, 7), shelf(2, 0.3, 7), shelf(20, 0.3, 28, 28)};
    auto const of_three = aims_of(three, 0.95);
    EXPECT_EQ(of_three[0], of_three[1]);
    EXPECT_NEAR(served_by_day(three, of_three), 0.95, 1e-4);
}

TEST(SharedPromise, NothingAskedForPromisesWhatWasPromised) {
    auto const nothing = Demand::counts(0, 0).value();
    std::vector<SharingGood> const goods = {{.lead = &nothing, .protection = &nothing, .holding = 1}};
    EXPECT_EQ(shared_aims(goods, 0.9), std::vector{0.9});
    EXPECT_TRUE(shared_aims({}, 0.9).empty());
}

}  // namespace

}  // namespace kindling::supply_module
