// What is asked for until an order comes: the forecast's distribution for each time that a supplier takes, mixed as it was seen to take it.
#include "engines/inventory/service.h"
#include "modules/supply/lead_demand.h"
#include <cmath>
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

DemandAhead steady(float a_day, float dispersion) {
    DemandAhead a;
    for (int d = 1; d <= 120; ++d) {
        auto const sum = a_day * static_cast<float>(d);
        a.mean.push_back(a_day), a.total_variance.push_back(sum + dispersion * sum * sum);
    }
    return a;
}

LeadTime takes(std::vector<double> weights) {
    LeadTime l{.weights = std::move(weights)};
    for (std::size_t d = 0; d < l.weights.size(); ++d) l.mean += static_cast<double>(d) * l.weights[d];
    return l;
}

TEST(LeadDemand, IsTheForecastForEachLeadTime) {
    auto const a = steady(2, 0.1F);
    std::vector<double> weights(31);
    weights[3] = 0.5, weights[10] = 0.3, weights[30] = 0.2;
    auto const d = lead_demand(a, takes(weights), 7).value();
    for (double x = 0; x < 200; x += 7) {
        double missed = 0;
        for (auto const days : {std::size_t{3}, std::size_t{10}, std::size_t{30}}) missed += weights[days] * inventory::Demand::counts(a.sum(static_cast<double>(days) + 7), a.variance(static_cast<double>(days) + 7)).value().loss(x);
        EXPECT_NEAR(d.loss(x), missed, 0.02) << x;
    }
    EXPECT_NEAR(d.mean(), 2 * (0.5 * 10 + 0.3 * 17 + 0.2 * 37), 1e-3);
    // A lead time that is certain leaves the forecast as it is.
    std::vector<double> certain(8);
    certain[7] = 1;
    auto const plain = lead_demand(a, takes(certain), 0).value();
    EXPECT_EQ(plain.family(), inventory::Family::negative_binomial);
    EXPECT_NEAR(plain.mean(), 14, 1e-4);
}

// A week mostly, five weeks at times: two moments know no two humps. The level for 97 % lies with the long ones.
TEST(LeadDemand, KeepsTheHumpsOfASupplierThatIsLateAtTimes) {
    auto const a = steady(4, 0.005F);
    std::vector<double> weights(36);
    weights[7] = 0.9, weights[35] = 0.1;
    auto const lead = takes(weights);
    auto const mixed = lead_demand(a, lead, 0).value();
    auto const by_moments = inventory::Demand::counts(mixed.mean(), mixed.deviation() * mixed.deviation()).value();
    EXPECT_LT(mixed.quantile(0.85), 40) << "one of nine weeks";
    EXPECT_GT(mixed.quantile(0.97), 120) << "one of the late ones";
    EXPECT_LT(by_moments.quantile(0.97), mixed.quantile(0.97));
    EXPECT_GT(by_moments.quantile(0.85), mixed.quantile(0.85));
}

// Thousands of units and seventy lead times: a dozen groups of these say the same.
TEST(LeadDemand, AWideOneIsMixedOutOfADozen) {
    auto const a = steady(300, 0.02F);
    std::vector<double> weights(80);
    for (std::size_t d = 10; d < 80; ++d) weights[d] = d < 20 ? 0.08 : d < 60 ? 0.001 : 0.008;
    auto const lead = takes(weights);
    auto const d = lead_demand(a, lead, 7).value();
    double mean = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) mean += weights[k] * a.sum(static_cast<double>(k) + 7);
    EXPECT_NEAR(d.mean(), mean, 1e-3 * mean);
    for (double const x : {3000.0, 6000.0, 9000.0, 15'000.0, 22'000.0, 28'000.0}) {
        double missed = 0;
        for (std::size_t k = 0; k < weights.size(); ++k)
            if (weights[k] > 0) missed += weights[k] * inventory::Demand::counts(a.sum(static_cast<double>(k) + 7), a.variance(static_cast<double>(k) + 7)).value().loss(x);
        EXPECT_NEAR(d.loss(x), missed, 2e-3 * mean) << x;
    }
}

TEST(LeadDemand, ThreeLeadTimesStandForAll) {
    std::vector<double> weights(20);
    for (std::size_t d = 5; d < 20; ++d) weights[d] = 1.0 / 15;
    auto const lead = takes(weights);
    auto const points = lead_points(lead);
    ASSERT_EQ(points.size(), 3U);
    EXPECT_EQ(points[0].days, 7);
    EXPECT_EQ(points[1].days, 12);
    EXPECT_EQ(points[2].days, 17);
    double sum = 0, mean = 0;
    for (auto const& p : points) sum += p.weight, mean += p.weight * p.days;
    EXPECT_NEAR(sum, 1, 1e-9);
    EXPECT_NEAR(mean, lead.mean, 0.5);
    std::vector<double> certain(8);
    certain[7] = 1;
    EXPECT_EQ(lead_points(takes(certain)).size(), 1U);
    EXPECT_EQ(lead_points(takes(certain)).front().days, 7);
}

}  // namespace
}  // namespace kindling::supply_module
