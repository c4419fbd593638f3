#include "core/json_text.h"
#include "gateway/render/examples.h"
#include "gateway/render/names.h"
#include "gateway/render/openapi.h"
#include "gateway/render/registry_document.h"
#include "gateway/render/sample_operations.h"
#include "gateway/render/schema_validator.h"
#include "gateway/render/typescript.h"
#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <unistd.h>

namespace kindling::gateway {

namespace {

using testing::HasSubstr;

template <class F> void each_value(json::value const& v, F&& f) {
    f(v);
    if (auto const* a = v.if_array()) for (auto const& e : *a) each_value(e, f);
    if (auto const* o = v.if_object()) for (auto const& m : *o) each_value(m.value(), f);
}

TEST(Names, OneOperationOnEverySurface) {
    EXPECT_EQ(http_path("labels.print_one"), "/v1/labels/print_one");
    EXPECT_EQ(tool_name("labels.print_one"), "labels_print_one");
    EXPECT_EQ(title_of("labels.print_one"), "Labels: print one");
    EXPECT_EQ(modules_of(sample::registry()), (std::vector<std::string_view>{"catalogue", "forecast", "labels", "orders"}));
}

TEST(Names, TypesOfOneNameStayApartAndDefaultsMakeASecondForm) {
    auto const registry = sample::registry();
    Components const components(registry);
    EXPECT_EQ(components.name(type_of<sample::Product>(), Side::response), "Product");
    EXPECT_EQ(components.name(type_of<sample::other::Product>(), Side::response), "LabelsProduct");
    EXPECT_EQ(components.name(type_of<sample::other::Product>(), Side::request), "LabelsProduct");
    EXPECT_EQ(components.name(type_of<sample::Line>(), Side::response), "Line");
    EXPECT_EQ(components.name(type_of<sample::Line>(), Side::request), "LineInput");
    EXPECT_EQ(components.name(type_of<sample::Colour>(), Side::request), "Colour");
    std::set<std::string> names;
    for (auto const& p : components.parts()) EXPECT_TRUE(names.insert(p.name).second) << p.name;
}

TEST(Examples, TheStrictReaderAcceptsEveryExample) {
    for (auto const& op : sample::registry().all()) {
        auto const request = example_request(op.input());
        EXPECT_EQ(describe(SchemaValidator(json_schema(op.input(), Side::request)).check(request)), "") << op.name;
        EXPECT_TRUE(sample::execute(sample::registry(), op.name, request).has_value()) << op.name << to_text(request);
    }
}

TEST(RegistryDocument, HasWhatTheConsoleReads) {
    auto const document = registry_document(sample::registry());
    auto const& operations = document.at("operations").as_array();
    ASSERT_EQ(operations.size(), 5u);
    SchemaValidator const contract(json::parse(R"({"type":"object","required":["name","scenario","summary","effect","permission","reasons","long","input","input_zh","output"],"properties":{
        "name":{"type":"string"},"scenario":{"type":"string"},"summary":{"type":"object","required":["en","zh"]},"effect":{"enum":["read","propose","act"]},"permission":{"type":"string"},
        "reasons":{"type":"array","items":{"type":"string"}},"long":{"type":"boolean"},"input":{"type":"object"},"input_zh":{"type":"object"},"output":{"type":"object"}}})"));
    for (auto const& op : operations) EXPECT_EQ(describe(contract.check(op)), "");
    auto const& place = operations.back().as_object();
    EXPECT_EQ(place.at("name"), "orders.place");
    EXPECT_EQ(place.at("input_zh").at("properties").at("gift").at("description"), "是否为礼物。");
    EXPECT_EQ(place.at("reasons"), json::array({"out_of_stock", "customer_not_found"}));
}

class Openapi : public testing::Test {
protected:
    Registry registry = sample::registry();
    json::object document = openapi_document(registry, {.version = "1.2.3"});
};

TEST_F(Openapi, EveryReferenceLeadsSomewhere) {
    SchemaValidator const whole(document);
    int seen = 0;
    each_value(document, [&](json::value const& v) {
        if (!v.is_object() || !v.get_object().contains("$ref")) return;
        ++seen;
        EXPECT_TRUE(whole.has(v.at("$ref").as_string())) << to_text(v);
    });
    EXPECT_GT(seen, 50);
}

// The parts of the OpenAPI 3.1 schema that this document uses: spec.openapis.org/oas/3.1/schema.
TEST_F(Openapi, HasTheShapeOfTheStandard) {
    SchemaValidator const standard(json::parse(R"({"type":"object","required":["openapi","info","paths","components"],"additionalProperties":false,
      "properties":{"openapi":{"pattern":"^3\\.1\\.\\d+$"},"info":{"required":["title","version"],"properties":{"license":{"required":["name"]}}},"servers":{"type":"array","items":{"required":["url"]}},
        "security":{"$ref":"#/$defs/security"},"tags":{"type":"array","items":{"required":["name"]}},"x-common-reasons":{},
        "paths":{"type":"object","patternProperties":{"^/":{"additionalProperties":false,"properties":{"post":{"$ref":"#/$defs/operation"}}}},"additionalProperties":false},
        "components":{"additionalProperties":false,"properties":{"schemas":{"additionalProperties":{"type":"object"},"propertyNames":{"pattern":"^[a-zA-Z0-9._-]+$"}},"parameters":{"additionalProperties":{"$ref":"#/$defs/parameter"}},
          "headers":{},"responses":{"additionalProperties":{"$ref":"#/$defs/response"}},"securitySchemes":{"additionalProperties":{"required":["type"]}}}}},
      "$defs":{"security":{"type":"array","items":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}}}},
        "parameter":{"anyOf":[{"required":["$ref"]},{"required":["name","in","schema"],"properties":{"in":{"enum":["query","header","path","cookie"]}}}]},
        "response":{"anyOf":[{"required":["$ref"]},{"required":["description"],"additionalProperties":false,"properties":{"description":{"type":"string"},"content":{"$ref":"#/$defs/content"},"headers":{"type":"object"}}}]},
        "content":{"type":"object","additionalProperties":{"required":["schema"],"additionalProperties":false,"properties":{"schema":{"type":"object"},"example":{}}}},
        "operation":{"required":["operationId","responses","requestBody"],"additionalProperties":false,"patternProperties":{"^x-":{}},"properties":{"operationId":{"type":"string"},"tags":{"type":"array","items":{"type":"string"}},
          "summary":{"type":"string","minLength":1},"description":{"type":"string"},"parameters":{"type":"array","items":{"$ref":"#/$defs/parameter"},"uniqueItems":true},"security":{"$ref":"#/$defs/security"},
          "requestBody":{"required":["content"],"properties":{"content":{"$ref":"#/$defs/content"},"required":{"type":"boolean"}}},
          "responses":{"minProperties":1,"patternProperties":{"^[1-5][0-9][0-9]$":{"$ref":"#/$defs/response"}},"additionalProperties":false}}}}})"));
    EXPECT_EQ(describe(standard.check(document)), "");
}

// The schema that stands in the document promises exactly what json_schema() does: examples and answers fit both.
TEST_F(Openapi, ExamplesAndAnswersFitTheSchemasOfTheDocument) {
    SchemaValidator const whole(document);
    for (auto const& op : registry.all()) {
        auto const& call = document.at("paths").at(http_path(op.name)).at("post");
        auto const& body = call.at("requestBody").at("content").at("application/json");
        EXPECT_EQ(describe(whole.check(body.at("example"), body.at("schema").at("$ref").as_string())), "") << op.name;
        auto const answer = sample::execute(registry, op.name, body.at("example"));
        ASSERT_TRUE(answer.has_value()) << op.name;
        EXPECT_EQ(describe(whole.check(*answer, call.at("responses").at("200").at("content").at("application/json").at("schema").at("$ref").as_string())), "") << op.name;
    }
    auto const wrong = json::parse(R"({"customer_id":"c","lines":[{"sku":"A1","quantity":0}],"colour":"green"})");
    EXPECT_EQ(whole.check(wrong, "#/components/schemas/PlaceOrderInput").size(), 2u);
}

TEST_F(Openapi, SaysWhatAnOperationIs) {
    auto const& place = document.at("paths").at("/v1/orders/place").at("post");
    EXPECT_EQ(place.at("x-summary-zh"), "下单。");
    EXPECT_EQ(place.at("x-reasons"), json::array({"out_of_stock", "customer_not_found"}));
    EXPECT_THAT(std::string(place.at("description").as_string()), HasSubstr("`out_of_stock`"));
    EXPECT_THAT(to_text(place.at("parameters")), HasSubstr("IdempotencyKey"));
    EXPECT_FALSE(place.at("responses").as_object().contains("202"));
    auto const& forecast = document.at("paths").at("/v1/forecast/demand").at("post");
    EXPECT_TRUE(forecast.at("responses").as_object().contains("202"));
    EXPECT_FALSE(forecast.as_object().contains("security"));
    EXPECT_EQ(document.at("info").at("version"), "1.2.3");
    auto const search = to_text(document.at("paths").at("/v1/catalogue/search").at("post").at("parameters"));
    EXPECT_EQ(search.find("DryRun"), std::string::npos);
}

TEST_F(Openapi, AFailureFitsItsSchema) {
    EXPECT_EQ(describe(SchemaValidator(document).check(json::parse(R"({"error":{"code":"not_found","reason":"a","message":"b","fields":[{"path":"/a","reason":"c","message":"d"}]},"request_id":"r"})"), "#/components/schemas/Failure")), "");
}

TEST(Typescript, NamesEveryOperationAndType) {
    auto const text = typescript_module(sample::registry());
    EXPECT_THAT(text, HasSubstr(R"("orders.place": { request: PlaceOrderInput; response: Placed };)"));
    EXPECT_THAT(text, HasSubstr("export type Colour = \"red\" | \"blue\";"));
    EXPECT_THAT(text, HasSubstr("  lines: LineInput[];"));
    EXPECT_THAT(text, HasSubstr("  colour?: Colour;"));
    EXPECT_THAT(text, HasSubstr("@default \"blue\""));
    EXPECT_EQ(text.find("such as */"), std::string::npos) << "a description must not end its comment";
}

std::string compiler() {
    if (auto const* path = std::getenv("KINDLING_TSC")) return path;
    for (auto folder = std::filesystem::current_path(); folder != folder.root_path(); folder = folder.parent_path())
        for (auto web : {"web/console/node_modules/typescript/lib/tsc.js", "node_modules/typescript/lib/tsc.js"})
            if (std::filesystem::exists(folder / web)) return (folder / web).string();
    return "";
}

int run(std::string const& command) { return std::system((command + " > /dev/null 2>&1").c_str()); }

TEST(Typescript, TheStrictCompilerAcceptsItAndRefusesWrongUse) {
    auto const tsc = compiler();
    if (tsc.empty() || run("node --version") != 0) GTEST_SKIP() << "needs node and TypeScript: run `npm ci` in web/console, or set KINDLING_TSC to tsc.js";
    auto const folder = std::filesystem::temp_directory_path() / ("kindling-typescript-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "operations.ts") << typescript_module(sample::registry());
    // Wrong uses stand under @ts-expect-error, which is itself an error where the use is accepted.
    std::ofstream(folder / "use.ts") << R"(import type { Operations, OperationName } from './operations';
declare function call<N extends OperationName>(name: N, request: Operations[N]['request']): Promise<Operations[N]['response']>;
const total: Promise<number> = call('orders.place', { customer_id: 'c', lines: [{ sku: 'A1' }], extra: { a: [1, null] } }).then((placed) => placed.total_minor);
void total;
void call('forecast.demand', {});
// @ts-expect-error a required field is missing
void call('orders.place', { customer_id: 'c' });
// @ts-expect-error it takes nothing
void call('forecast.demand', { a: 1 });
// @ts-expect-error not a colour
void call('orders.place', { customer_id: 'c', lines: [], colour: 'green' });
// @ts-expect-error no such operation
void call('orders.nonsense', {});
)";
    EXPECT_EQ(run("node " + tsc + " --strict --noEmit --target es2022 --module es2022 --moduleResolution bundler " + (folder / "use.ts").string()), 0);
    std::filesystem::remove_all(folder);
}

}  // namespace

}  // namespace kindling::gateway
