#include "shop/checkout/countries.h"
#include "shop/checkout/api.h"
#include <algorithm>
#include <gmock/gmock.h>

namespace kindling::shop {
namespace {

TEST(Countries, ByCodeAndByName) {
    for (auto const* said : {"CN", "cn", " China ", "CHN", "中国", "中国大陆", "P.R. China"}) EXPECT_EQ(country_code(said), "CN") << said;
    for (auto const* said : {"us", "USA", "U.S.A.", "United States", "美国", "america"}) EXPECT_EQ(country_code(said), "US") << said;
    for (auto const* said : {"UK", "gb", "United Kingdom", "England", "英国"}) EXPECT_EQ(country_code(said), "GB") << said;
    for (auto const* said : {"Hong Kong", "香港", "中国香港", "HKG"}) EXPECT_EQ(country_code(said), "HK") << said;
    for (auto const* said : {"", " ", "Atlantis", "C", "CN,US", "<b>", "\xff\xfe"}) EXPECT_EQ(country_code(said), "") << said;
    EXPECT_EQ(country_code(std::string(100'000, 'x')), "");
}

TEST(Countries, EveryNameLeadsToItsCode) {
    for (auto const locale : {Locale::en, Locale::zh}) {
        auto const codes = country_codes(locale);
        EXPECT_GT(codes.size(), 200U);
        for (auto const& code : codes) {
            EXPECT_EQ(country_code(country_name(code, locale)), code) << country_name(code, locale);
            EXPECT_EQ(country_code(code), code);
        }
    }
    auto const codes = country_codes(Locale::en);
    EXPECT_LT(std::ranges::find(codes, "DE"), std::ranges::find(codes, "JP"));   // by name: Germany, Japan
}

TEST(Countries, WaysGoToThem) {
    EXPECT_TRUE(goes_to("", "anywhere"));
    EXPECT_TRUE(goes_to("CN,US", "China"));
    EXPECT_FALSE(goes_to("CN,US", "Germany"));
    EXPECT_FALSE(goes_to("CN,US", ""));
    EXPECT_TRUE(goes_to("!CN,US", "德国"));
    EXPECT_FALSE(goes_to("!CN,US", "美国"));
    EXPECT_TRUE(goes_to("!CN,US", ""));
    EXPECT_FALSE(goes_to("CN", "Atlantis"));
}

}  // namespace
}  // namespace kindling::shop
