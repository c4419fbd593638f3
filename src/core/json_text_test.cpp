#include "core/json_text.h"
#include "core/random.h"
#include <bit>
#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace kindling {
namespace {

// What was written comes back as the same number, whatever stands around it.
TEST(JsonText, DoublesComeBackExactly) {
    Random random(11);
    for (int i = 0; i < 20'000; ++i) {
        auto const bits = random.bits();
        auto const x = std::bit_cast<double>(bits);
        if (!std::isfinite(x)) continue;
        json::value const v = json::object{{"a \"1.5\" \\ -2", json::array{1, x, "3.25"}}, {"b", -x}, {"n", static_cast<std::int64_t>(bits >> 12)}};
        auto const text = to_text(v);
        auto const back = parse_json(text);
        ASSERT_TRUE(back) << text;
        ASSERT_EQ(to_text(*back), text);
        // A whole number is written without a point and comes back as an integer, or too large for one as a double.
        if (auto const* read = back->at("a \"1.5\" \\ -2").at(1).if_double()) {
            ASSERT_EQ(*read, x) << text;
        }
    }
    EXPECT_EQ(to_text(*parse_json(R"([0.1, 1e23, -0.0, 9007199254740993, 2.2250738585072014e-308, 5e-324, 1E+2])")), "[0.1,1e+23,-0,9007199254740993,2.2250738585072014e-308,5e-324,100]");
}

TEST(JsonText, WhatFitsALineStaysOnOneWhereThatIsAsked) {
    auto const v = *parse_json(R"({"short":[1,2],"long":["aaaaaaaaaaaaaaaaaaaa","bbbbbbbbbbbbbbbbbbbb"]})");
    EXPECT_EQ(to_pretty_text(v, 40), "{\n  \"short\": [1,2],\n  \"long\": [\n    \"aaaaaaaaaaaaaaaaaaaa\",\n    \"bbbbbbbbbbbbbbbbbbbb\"\n  ]\n}\n");
    EXPECT_EQ(to_pretty_text(v, 100), to_text(v) + "\n");
    EXPECT_EQ(to_pretty_text(*parse_json("[[1]]")), "[\n  [\n    1\n  ]\n]\n");
}

}  // namespace
}  // namespace kindling
