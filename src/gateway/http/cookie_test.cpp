#include "gateway/http/cookie.h"
#include <gtest/gtest.h>

namespace kindling::gateway {

TEST(ParseCookies, ReadsPairsAndSkipsTheRest) {
    EXPECT_EQ(parse_cookies("a=1; b=\"two\";c = 3 ; junk; =x; d="), (Pairs{{"a", "1"}, {"b", "two"}, {"c", "3"}, {"d", ""}}));
    EXPECT_TRUE(parse_cookies("").empty());
    std::string many;
    for (int i = 0; i < 200; ++i) many += "a=1;";
    EXPECT_EQ(parse_cookies(many).size(), 100u);
}

TEST(CookieText, CarriesEveryAttribute) {
    EXPECT_EQ(to_text({.name = "session", .value = "abc"}).value(), "session=abc; Path=/; SameSite=Lax; HttpOnly");
    EXPECT_EQ(to_text({.name = "s", .value = "", .max_age_s = 0, .same_site = SameSite::strict, .secure = SecureOnly::yes}).value(), "s=; Path=/; Max-Age=0; SameSite=Strict; Secure; HttpOnly");
    EXPECT_EQ(to_text({.name = "s", .value = "x", .secure = SecureOnly::yes, .script = ScriptAccess::allowed}).value(), "s=x; Path=/; SameSite=Lax; Secure");
}

TEST(CookieText, RefusesWhatWouldBreakOut) {
    EXPECT_FALSE(to_text({.name = "", .value = "a"}));
    EXPECT_FALSE(to_text({.name = "a b", .value = "a"}));
    EXPECT_FALSE(to_text({.name = "a", .value = "b; Domain=evil"}));
    EXPECT_FALSE(to_text({.name = "a", .value = "b\r\nX: y"}));
    EXPECT_FALSE(to_text({.name = "a", .value = "b", .path = "/;x"}));
    EXPECT_FALSE(to_text({.name = "a", .value = "b", .same_site = SameSite::none}));
}

}  // namespace kindling::gateway
