#include "gateway/render/schema_validator.h"
#include "core/json_text.h"
#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace kindling::gateway {

namespace {

std::string breaches(std::string_view schema, std::string_view instance, std::string_view reference = "#") {
    return describe(SchemaValidator(json::parse(schema)).check(json::parse(instance), reference));
}

struct Case { char const *schema, *fits, *breaks; };

// One row per keyword: an instance at its edge and one just beyond it.
class Keyword : public testing::TestWithParam<Case> {};
TEST_P(Keyword, AcceptsItsEdgeAndRefusesBeyond) {
    auto const& c = GetParam();
    EXPECT_EQ(breaches(c.schema, c.fits), "") << c.schema;
    EXPECT_NE(breaches(c.schema, c.breaks), "") << c.schema;
    EXPECT_EQ(breaches(c.schema, c.breaks).find("not understood"), std::string::npos) << c.schema;
}
INSTANTIATE_TEST_SUITE_P(Schema, Keyword, testing::Values(
    Case{R"({"type":"string"})", R"("a")", "1"}, Case{R"({"type":"integer"})", "5.0", "5.5"}, Case{R"({"type":"number"})", "5.5", "true"},
    Case{R"({"type":["string","null"]})", "null", "1"}, Case{R"({"type":"boolean"})", "false", "0"}, Case{R"({"type":"array"})", "[]", "{}"},
    Case{R"({"type":"object"})", "{}", "[]"}, Case{R"({"const":1})", "1.0", "2"}, Case{R"({"const":{"a":[1]}})", R"({"a":[1.0]})", R"({"a":[1,1]})"},
    Case{R"({"enum":["a",2]})", "2", R"("2")"}, Case{R"({"minimum":3})", "3", "2"}, Case{R"({"maximum":3})", "3", "4"},
    Case{R"({"exclusiveMinimum":3})", "3.1", "3"}, Case{R"({"exclusiveMaximum":3})", "2.9", "3"}, Case{R"({"multipleOf":0.1})", "0.3", "0.35"},
    Case{R"({"minLength":2})", R"("火种")", R"("火")"}, Case{R"({"maxLength":2})", R"("火种")", R"("火种火")"}, Case{R"({"pattern":"^a+$"})", R"("aa")", R"("ab")"},
    Case{R"({"minItems":1})", "[1]", "[]"}, Case{R"({"maxItems":1})", "[1]", "[1,2]"}, Case{R"({"uniqueItems":true})", "[1,2]", "[1,1.0]"},
    Case{R"({"items":{"type":"integer"}})", "[1,2]", R"([1,"2"])"}, Case{R"({"prefixItems":[{"type":"string"}],"items":{"type":"integer"}})", R"(["a",1])", R"(["a","b"])"},
    Case{R"({"required":["a"]})", R"({"a":1})", "{}"}, Case{R"({"properties":{"a":{"type":"string"}}})", R"({"b":1})", R"({"a":1})"},
    Case{R"({"properties":{"a":{}},"additionalProperties":false})", R"({"a":1})", R"({"b":1})"}, Case{R"({"additionalProperties":{"type":"integer"}})", R"({"b":1})", R"({"b":"x"})"},
    Case{R"({"patternProperties":{"^x":{"type":"integer"}},"additionalProperties":false})", R"({"x1":1})", R"({"x1":"a"})"}, Case{R"({"propertyNames":{"maxLength":2}})", R"({"ab":1})", R"({"abc":1})"},
    Case{R"({"minProperties":1})", R"({"a":1})", "{}"}, Case{R"({"maxProperties":1})", R"({"a":1})", R"({"a":1,"b":2})"},
    Case{R"({"allOf":[{"minimum":1},{"maximum":2}]})", "2", "3"}, Case{R"({"anyOf":[{"type":"string"},{"type":"integer"}]})", "1", "1.5"},
    Case{R"({"oneOf":[{"minimum":1},{"minimum":5}]})", "2", "6"}, Case{R"({"not":{"type":"string"}})", "1", R"("a")"},
    Case{R"({"$ref":"#/$defs/A","$defs":{"A":{"type":"string"}}})", R"("a")", "1"} ), [](auto const& i) { return "row" + std::to_string(i.index); });

TEST(Schema, BooleanSchemasAllowAllAndNothing) {
    EXPECT_EQ(breaches("true", "1"), "");
    EXPECT_NE(breaches("false", "1"), "");
}

TEST(Schema, EveryBreachIsNamedByPointer) {
    auto const found = SchemaValidator(json::parse(R"({"properties":{"a/b":{"items":{"type":"string"}}},"required":["c"]})")).check(json::parse(R"({"a/b":["x",1]})"));
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].path, "/a~1b/1");
    EXPECT_EQ(found[1].path, "");
}

TEST(Schema, RecursiveDefinitionsEndWithTheInstance) {
    auto const schema = R"({"$ref":"#/$defs/Tree","$defs":{"Tree":{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#/$defs/Tree"}}}}}})";
    EXPECT_EQ(breaches(schema, R"({"children":[{"children":[]}]})"), "");
    EXPECT_NE(breaches(schema, R"({"children":[{"children":[1]}]})"), "");
}

TEST(Schema, AReferenceToItselfIsABreachAndNotAnEndlessLoop) { EXPECT_NE(breaches(R"({"$ref":"#"})", "1").find("without end"), std::string::npos); }

TEST(Schema, WhatItCannotJudgeIsABreach) {
    EXPECT_NE(breaches(R"({"if":{"type":"string"}})", "1").find("not understood"), std::string::npos);
    EXPECT_NE(breaches(R"({"$ref":"https://example.com/schema"})", "1").find("not there"), std::string::npos);
    EXPECT_NE(breaches(R"({"type":5})", "1").find("cannot be used"), std::string::npos);
    EXPECT_NE(breaches(R"({})", "1", "#/$defs/None").find("has no"), std::string::npos);
}

TEST(Schema, ALongListOfBreachesIsCut) {
    json::array many(1000, json::value(1));
    EXPECT_EQ(SchemaValidator(json::parse(R"({"items":{"type":"string"}})")).check(many).size(), 50u);
}

}  // namespace

}  // namespace kindling::gateway
