#include "core/json_text.h"
#include "core/sample_for_test.h"
#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace kindling {
namespace {

std::vector<std::string> problems(std::string_view text) {
    auto const r = read_json<Sample>(*parse_json(text));
    std::vector<std::string> out;
    if (!r) for (auto const& f : r.error().fields) out.push_back(f.path + " " + f.reason);
    return out;
}

TEST(JsonReader, ReadsEveryKind) {
    auto const s = read_json<Sample>(*parse_json(R"({"name":"茶杯","size":"large","weight":1.5,"gift":true,"note":"hi","lines":[{"sku":"A","quantity":9},{"sku":"B"}],"data":{"a":[1]}})"));
    ASSERT_TRUE(s);
    EXPECT_EQ(s->name, "茶杯");
    EXPECT_EQ(s->size, Size::large);
    EXPECT_EQ(s->weight, 1.5);
    EXPECT_TRUE(s->gift);
    EXPECT_EQ(s->note, "hi");
    ASSERT_EQ(s->lines.size(), 2u);
    EXPECT_EQ(s->lines[1].quantity, 1);
    EXPECT_EQ(to_text(s->data), R"({"a":[1]})");
}

TEST(JsonReader, NamesEveryBadFieldAtOnce) {
    EXPECT_THAT(problems(R"({"size":"huge","weight":-1,"gift":1,"note":5,"lines":[{"sku":"123456789"},{"quantity":0},{"sku":"A","quantity":1.5},7],"colour":"red"})"),
                testing::UnorderedElementsAre("/name required", "/size unknown_value", "/weight out_of_range", "/gift wrong_type", "/note wrong_type", "/lines/0/sku too_long", "/lines/1/sku required", "/lines/1/quantity out_of_range",
                                              "/lines/2/quantity wrong_type", "/lines/3 wrong_type", "/lines too_many", "/colour unknown_field"));
}

TEST(JsonReader, BoundsAreInclusive) {
    EXPECT_THAT(problems(R"({"name":"x","lines":[{"sku":"12345678","quantity":1}]})"), testing::IsEmpty());   // at both bounds
    EXPECT_THAT(problems(R"({"name":"x","lines":[{"sku":"A","quantity":10}]})"), testing::ElementsAre("/lines/0/quantity out_of_range"));  // one above
}

TEST(JsonReader, WholeNumbersMayBeWrittenWithAPoint) {
    EXPECT_THAT(problems(R"({"name":"x","lines":[{"sku":"A","quantity":5.0}]})"), testing::IsEmpty());
    EXPECT_THAT(problems(R"({"name":"x","lines":[{"sku":"A","quantity":1e300}]})"), testing::ElementsAre("/lines/0/quantity wrong_type", "/lines/0/quantity out_of_range"));
}

TEST(JsonReader, AnAbsentOptionalIsLeftOutNotNull) {
    auto const s = read_json<Sample>(*parse_json(R"({"name":"x","note":null})"));
    ASSERT_TRUE(s);
    EXPECT_FALSE(write_json(*s).as_object().contains("note"));
}

TEST(JsonReader, EscapesKeysInPointers) { EXPECT_THAT(problems(R"({"name":"x","a/b~c":1})"), testing::ElementsAre("/a~1b~0c unknown_field")); }

TEST(JsonReader, RefusesWhatIsNoObject) {
    for (auto text : {"[]", "1", "null", "\"x\""}) EXPECT_THAT(problems(text), testing::ElementsAre(" wrong_type")) << text;
}

TEST(JsonReader, RefusesNulCharacters) { EXPECT_THAT(problems("{\"name\":\"a\\u0000b\"}"), testing::ElementsAre("/name control_character")); }

TEST(JsonSchema, SaysWhatTheReaderDoes) {
    auto const s = json_schema(type_of<Sample>(), Side::request, Locale::zh);
    EXPECT_EQ(s.at("required"), json::array({"name"}));
    EXPECT_EQ(s.at("additionalProperties"), false);
    EXPECT_EQ(s.at("properties").at("size").at("default"), "small");
    EXPECT_EQ(s.at("properties").at("weight").at("minimum"), 0);
    EXPECT_EQ(s.at("properties").at("name").at("description"), "名称。");
    // An answer always holds what has a default.
    EXPECT_TRUE(json_schema(type_of<Sample>(), Side::response).at("required").as_array().size() > 1);
}

TEST(JsonSchema, FindsBreaches) {
    Sample const s{.name = "x", .lines = {{"A", 3}}};
    auto v = write_json(s);
    EXPECT_EQ(schema_breach(v, type_of<Sample>()), "");
    v.as_object()["weight"] = "heavy";
    EXPECT_EQ(schema_breach(v, type_of<Sample>()), "/weight expected a finite number");
    v = write_json(s);
    v.as_object()["lines"].as_array()[0].as_object()["quantity"] = 10;
    EXPECT_EQ(schema_breach(v, type_of<Sample>()), "/lines/0/quantity out of its declared range");
    v = write_json(s);
    v.as_object().erase("gift");
    EXPECT_EQ(schema_breach(v, type_of<Sample>()), "/gift is missing");
}

TEST(JsonText, PrintsNumbersAsPeopleDo) {
    EXPECT_EQ(to_text(json::value{{"a", 1.5}, {"b", 1.0}, {"c", -7}, {"d", 1e21}, {"e", 18446744073709551615ull}}), R"({"a":1.5,"b":1,"c":-7,"d":1e+21,"e":18446744073709551615})");
    EXPECT_EQ(to_text(json::value("a\"\\\n\x01\x7f<é")), "\"a\\\"\\\\\\n\\u0001\\u007f<é\"");
}

TEST(JsonText, RefusesWhatIsAmbiguousOrDeep) {
    auto const reason = [](std::string_view text) { auto r = parse_json(text); return r ? "" : r.error().reason; };
    EXPECT_EQ(reason(R"({"a":1,"a":2})"), "duplicate_key");
    EXPECT_EQ(reason(R"({"a":{"b":1,"b":1}})"), "duplicate_key");
    EXPECT_EQ(reason(R"({"a":"x:y","b":":"})"), "");  // colons in texts are no members
    EXPECT_EQ(reason("{\"a\":1,}"), "malformed_json");
    EXPECT_EQ(reason("{} {}"), "malformed_json");
    EXPECT_EQ(reason(""), "malformed_json");
    EXPECT_EQ(reason("\"\xff\""), "not_utf8");
    EXPECT_EQ(reason(std::string(40, '[') + std::string(40, ']')), "malformed_json");
    EXPECT_EQ(reason(std::string(30, '[') + std::string(30, ']')), "");
}

TEST(JsonText, SaysWhereItStopped) { EXPECT_THAT(parse_json("{\n  \"a\": tru }").error().message, testing::HasSubstr("line 2")); }

}  // namespace
}  // namespace kindling
