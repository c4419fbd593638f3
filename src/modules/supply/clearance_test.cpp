// Which elasticity a clearance goes by: one that prices of the product itself told, otherwise the owner's assumption.
#include "modules/supply/clearance.h"
#include <gtest/gtest.h>

namespace kindling::supply_module {
namespace {

TEST(Clearance, GoesByWhatPricesOfTheProductTold) {
    SupplySettings settings;
    settings.assumed_elasticity = -1.5;
    forecast::Elasticities known;
    known["moved"] = {.elasticity = -2.6, .deviation = 0.1, .spread = 0.2};
    known["stayed"] = {.elasticity = -2, .deviation = 0.2, .spread = 0.2};
    known["hardly"] = {.elasticity = -2.02, .deviation = 0.185, .spread = 0.2};
    known["narrow"] = {.elasticity = -2.1, .deviation = 0.12, .spread = 0.12};  // others moved and stray little; it did not
    known["older"] = {.elasticity = -2.6, .deviation = 0.1};                    // a plan that did not keep the spread
    auto const moved = elasticity_of("moved", known, settings);
    EXPECT_TRUE(moved.learned);
    EXPECT_EQ(moved.value, -2.6);
    EXPECT_NEAR(moved.low, -2.6 - 0.1645, 1e-9);
    EXPECT_NEAR(moved.high, -2.6 + 0.1645, 1e-9);
    for (auto const* id : {"stayed", "hardly", "narrow", "older", "nowhere"}) {
        auto const e = elasticity_of(id, known, settings);
        EXPECT_FALSE(e.learned) << id;
        EXPECT_EQ(e.value, -1.5) << id;
        EXPECT_EQ(e.low, -2.25) << id;
        EXPECT_EQ(e.high, -0.75) << id;
    }
}

}  // namespace
}  // namespace kindling::supply_module
