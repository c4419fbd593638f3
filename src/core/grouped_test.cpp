#include "core/grouped.h"
#include <gmock/gmock.h>
#include <limits>

namespace kindling {
namespace {

TEST(Grouped, SetsThousandsApartOnBothSidesOfZero) {
    for (auto const& [n, text] : {std::pair<std::int64_t, std::string>(0, "0"), {999, "999"}, {1000, "1,000"}, {1234567, "1,234,567"}, {-1, "-1"}, {-999, "-999"}, {-1000, "-1,000"}, {-161242, "-161,242"}, {std::numeric_limits<std::int64_t>::min(), "-9,223,372,036,854,775,808"}})
        EXPECT_EQ(grouped(n), text);
}

}  // namespace
}  // namespace kindling
