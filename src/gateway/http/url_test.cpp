#include "gateway/http/url.h"
#include <gtest/gtest.h>

namespace kindling::gateway {

TEST(PercentDecode, ReadsEscapesAndRefusesBrokenOnes) {
    EXPECT_EQ(percent_decode("%E7%81%AB%20a+b").value(), "火 a+b");
    EXPECT_EQ(percent_decode("a+b", Plus::space).value(), "a b");
    EXPECT_EQ(percent_decode("").value(), "");
    for (auto const text : {"%", "%4", "%zz", "a%2", "%00", "%0"}) EXPECT_EQ(percent_decode(text).error().reason, "malformed_escape") << text;
    for (auto const text : {"%FF", "%E7%81", "%C0%80", "%ED%A0%80"}) EXPECT_EQ(percent_decode(text).error().reason, "not_utf8") << text;
}

TEST(PercentEncode, GivesBackWhatItTook) {
    std::string all;
    for (int c = 1; c < 128; ++c) all += static_cast<char>(c);
    all += "火种";
    EXPECT_EQ(percent_decode(percent_encode(all)).value(), all);
    EXPECT_EQ(percent_encode("a/b?c&d=e f"), "a%2Fb%3Fc%26d%3De%20f");
}

TEST(ParsePairs, KeepsOrderDuplicatesAndEmptyValues) {
    auto const pairs = parse_query("a=1&b=%E7%81%AB&a=2&flag&=x&c=1=2&&").value();
    EXPECT_EQ(pairs, (Pairs{{"a", "1"}, {"b", "火"}, {"a", "2"}, {"flag", ""}, {"", "x"}, {"c", "1=2"}}));
    EXPECT_EQ(find(pairs, "a"), "1");
    EXPECT_FALSE(find(pairs, "z"));
    EXPECT_TRUE(parse_query("").value().empty());
}

TEST(ParsePairs, NamesTheBrokenPair) {
    auto const error = parse_form("a=1&b=%zz").error();
    EXPECT_EQ(error.reason, "malformed_escape");
    ASSERT_EQ(error.fields.size(), 1u);
    EXPECT_EQ(error.fields[0].path, "/1");
    EXPECT_EQ(parse_pairs("a=1&b=%zz&c=2", MalformedPair::skip).value().size(), 2u);
}

TEST(ParsePairs, StopsAtItsLimit) {
    std::string at, above;
    for (std::size_t i = 0; i < max_pairs; ++i) at += "a=1&";
    above = at + "a=1";
    EXPECT_EQ(parse_form(at).value().size(), max_pairs);
    EXPECT_EQ(parse_form(above).error().reason, "too_many_fields");
}

TEST(ParseTarget, SplitsAndDecodes) {
    auto const t = parse_target("/a%20b/%E7%81%AB?x=1?y").value();
    EXPECT_EQ(t.path, "/a b/火");
    EXPECT_EQ(t.query_text, "x=1?y");
    EXPECT_EQ(parse_target("http://shop.example:80/a?b").value().authority, "shop.example:80");
    EXPECT_EQ(parse_target("HTTP://shop.example").value().path, "/");
    EXPECT_EQ(parse_target("http://shop.example?a=1").value().query_text, "a=1");
    EXPECT_EQ(parse_target("/a..b/...").value().path, "/a..b/...");
}

TEST(ParseTarget, RefusesWhatTwoReadersCouldReadDifferently) {
    for (auto const text : {"", "a", "*", "/../etc/passwd", "/a/../b", "/a/..", "/.", "/%2e%2e/a", "/a%2Fb", "/a%2fb", "/a\\b", "/a%5Cb", "/%00", "/%0a", "/a%", "/%ff", "/\xff", "/a#b",
                            "ftp://x/", "http:///x", "http://user@host/", "javascript://x/"})
        EXPECT_FALSE(parse_target(text)) << text;
}

TEST(HasToken, ReadsCommaLists) {
    EXPECT_TRUE(has_token("keep-alive, Upgrade", "upgrade"));
    EXPECT_FALSE(has_token("keep-alive, Upgraded", "upgrade"));
    EXPECT_FALSE(has_token("", "upgrade"));
}

TEST(QualityOf, ReadsWeightsAndStars) {
    EXPECT_EQ(quality_of("gzip, br", "gzip"), 1);
    EXPECT_EQ(quality_of("br;q=1.0, gzip;q=0.5", "gzip"), 0.5);
    EXPECT_EQ(quality_of("gzip;q=0", "gzip"), 0);
    EXPECT_EQ(quality_of("*;q=0.1", "gzip"), 0.1);
    EXPECT_EQ(quality_of("*, gzip;q=0", "gzip"), 0);
    EXPECT_EQ(quality_of("", "gzip"), 0);
    EXPECT_EQ(quality_of("gzip;q=nonsense", "gzip"), 0);
    EXPECT_EQ(quality_of("gzip;q=9", "gzip"), 0);
}

}  // namespace kindling::gateway
