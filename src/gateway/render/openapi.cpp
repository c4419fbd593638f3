#include "gateway/render/openapi.h"
#include "core/errc_name.h"
#include "gateway/render/examples.h"
#include "gateway/render/names.h"
#include <boost/json.hpp>

namespace kindling::gateway {

namespace {

json::object reference(std::string_view kind, std::string_view name) { return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}}; }

// Puts references where json_schema() wrote a nested struct out in full. The rules of a member (description, default, bounds)
// stay beside the reference, which 2020-12 allows, so that they are written in one place only: json_schema().
json::object with_references(json::object schema, Type const& type, Side side, Components const& components) {
    switch (type.kind) {
    case Kind::optional: return with_references(std::move(schema), type.element(), side, components);
    case Kind::list: schema["items"] = with_references(std::move(schema.at("items").as_object()), type.element(), side, components); return schema;
    case Kind::enumeration: schema.erase("enum"), schema.erase("type"); break;
    case Kind::object: schema.erase("type"), schema.erase("properties"), schema.erase("required"), schema.erase("additionalProperties"); break;
    default: return schema;
    }
    json::object out = reference("schemas", components.name(type, side));
    for (auto& [key, value] : schema) out[key] = std::move(value);
    return out;
}

json::object component(Components::Part const& part, Components const& components, Locale locale) {
    auto schema = json_schema(*part.type, part.side, locale);
    for (auto const& m : part.type->members) {
        auto& property = schema.at("properties").at(m.field->name).as_object();
        property = with_references(std::move(property), m.type(), part.side, components);
    }
    return schema;
}

json::object content(json::object schema) { return {{"application/json", {{"schema", std::move(schema)}}}}; }

json::object parameters() {
    auto const header = [](std::string_view name, std::string_view description, json::object schema) {
        return json::object{{"name", name}, {"in", "header"}, {"required", false}, {"description", description}, {"schema", std::move(schema)}};
    };
    return {
        {"IdempotencyKey", header("Idempotency-Key", "A key of your own, the same on every retry of one change; the first answer is replayed for 24 hours.", {{"type", "string"}, {"minLength", 1}, {"maxLength", 255}})},
        {"DryRun", header("X-Dry-Run", "`true`: do everything, answer, and roll it back.", {{"type", "string"}, {"enum", {"true", "false"}}})},
        {"Shop", header("X-Kindling-Shop", "The shop that is meant, when the caller has several.", {{"type", "string"}, {"maxLength", 128}})},
        {"RequestId", header("X-Request-Id", "Echoed in the answer and written to the log; made by the server when absent.", {{"type", "string"}, {"maxLength", 128}})},
        {"Language", header("Accept-Language", "Language of messages: `en` or `zh`.", {{"type", "string"}})},
        {"Prefer", header("Prefer", "`respond-async`: answer 202 with a job at once (RFC 7240).", {{"type", "string"}})},
    };
}

json::object error_schema() {
    json::object const text{{"type", "string"}};
    json::object const field{{"type", "object"},
                             {"properties", {{"path", {{"type", "string"}, {"description", "JSON Pointer (RFC 6901) into the request: `/lines/0/quantity`."}}},
                                             {"reason", {{"type", "string"}, {"description", "Stable identifier, safe to branch on or to translate."}}},
                                             {"message", {{"type", "string"}, {"description", "For a person; wording may change."}}}}},
                             {"required", {"path", "reason", "message"}},
                             {"additionalProperties", false}};
    json::object const error{{"type", "object"},
                             {"properties", {{"code", {{"type", "string"}, {"enum", json::array(errc_names.begin(), errc_names.end())}}},
                                             {"reason", text}, {"message", text}, {"fields", {{"type", "array"}, {"items", field}}}}},
                             {"required", {"code", "reason", "message", "fields"}},
                             {"additionalProperties", false}};
    return {{"type", "object"},
            {"properties", {{"error", error}, {"request_id", {{"type", "string"}, {"description", "Name it when you ask for help."}}}}},
            {"required", {"error", "request_id"}},
            {"additionalProperties", false}};
}

struct FailureKind { std::string_view status, name, description; };
constexpr FailureKind failures[] = {
    {"400", "InvalidArgument", "The request is wrong; `fields` names every bad field."},
    {"401", "NotSignedIn", "No key, a wrong key, or the session has ended."},
    {"403", "NotPermitted", "The caller may not do this, or the page that asks is of another site."},
    {"404", "NotFound", "What the request names does not exist."},
    {"409", "Conflict", "It changed meanwhile, or the idempotency key was used for something else."},
    {"422", "FailedPrecondition", "The request is right but the shop is not in a state for it."},
    {"429", "TooManyRequests", "The caller's rate is used up; `Retry-After` says when to come back."},
    {"503", "Unavailable", "Something the shop depends on is away; `Retry-After` says when to try again."},
    {"500", "Internal", "Our mistake; the log has the request_id."},
};

json::object responses() {
    json::object out;
    for (auto const& f : failures) {
        json::object response{{"description", f.description}, {"content", content(reference("schemas", "Failure"))}, {"headers", {{"X-Request-Id", reference("headers", "RequestId")}}}};
        if (f.status == "429" || f.status == "503") response["headers"].as_object()["Retry-After"] = reference("headers", "RetryAfter");
        out[f.name] = std::move(response);
    }
    out["Accepted"] = {{"description", "The work goes on as a job; `jobs.get` and the job's event stream tell how far it is."}, {"content", content(reference("schemas", "Accepted"))}};
    return out;
}

// What the summary, which tools show beside it, does not say.
std::string description(Operation const& op, Locale locale) {
    auto const zh = locale == Locale::zh;
    std::string out = zh ? "影响：`" : "Effect: `";
    out += name_of(op.effect);
    out += zh ? "`。权限：`" : "`. Permission: `";
    out += op.permission;
    out += zh ? "`。" : "`.";
    if (!op.reasons.empty()) {
        out += zh ? "\n\n可能的失败原因：" : "\n\nCan fail with: ";
        for (bool first = true; auto r : op.reasons) out += std::string(std::exchange(first, false) ? "`" : ", `") + std::string(r) + "`";
        out += zh ? "。" : ".";
    }
    return out;
}

json::object path(Operation const& op, Components const& components, Locale locale) {
    json::array used{reference("parameters", "Shop"), reference("parameters", "RequestId"), reference("parameters", "Language")};
    if (op.effect != Effect::read) used.push_back(reference("parameters", "IdempotencyKey")), used.push_back(reference("parameters", "DryRun"));
    if (op.length == Length::long_) used.push_back(reference("parameters", "Prefer"));
    json::object answers{{"200", {{"description", "Done."}, {"headers", {{"X-Request-Id", reference("headers", "RequestId")}}}, {"content", content(reference("schemas", components.name(op.output(), Side::response)))}}}};
    if (op.length == Length::long_) {
        answers["202"] = reference("responses", "Accepted");
        answers["200"].as_object()["content"].as_object()["text/event-stream"] = {{"schema", {{"type", "string"}, {"description", "With `Accept: text/event-stream`: `progress` {done, total, doing} and the operation's own parts as they come, then `done` with the answer or `error` with the failure."}}}};
    }
    for (auto const& f : failures) answers[f.status] = reference("responses", f.name);
    auto body = content(reference("schemas", components.name(op.input(), Side::request)));
    body["application/json"].as_object()["example"] = example_request(op.input());
    json::array reasons;
    for (auto r : op.reasons) reasons.emplace_back(r);
    json::object call{{"operationId", op.name},
                      {"tags", {module_of(op.name)}},
                      {"summary", op.summary.in(locale)},
                      {"x-summary-zh", op.summary.zh},
                      {"description", description(op, locale)},
                      {"parameters", std::move(used)},
                      {"requestBody", {{"required", true}, {"content", std::move(body)}}},
                      {"responses", std::move(answers)},
                      {"x-effect", name_of(op.effect)},
                      {"x-permission", op.permission},
                      {"x-scenario", op.scenario},
                      {"x-reasons", std::move(reasons)},
                      {"x-long", op.length == Length::long_}};
    if (op.permission == "public") call["security"] = {json::object{}, {{"key", json::array{}}}, {{"session", json::array{}}, {"csrf", json::array{}}}};
    return {{"post", std::move(call)}};
}

}  // namespace

json::object openapi_document(Registry const& registry, OpenapiOptions const& options) {
    Components const components(registry);
    json::object schemas{{"Failure", error_schema()},
                         {"Accepted", {{"type", "object"}, {"properties", {{"job_id", {{"type", "string"}}}}}, {"required", {"job_id"}}, {"additionalProperties", false}}}};
    for (auto const& part : components.parts()) schemas[part.name] = component(part, components, options.locale);
    json::object paths;
    for (auto const& op : registry.all()) paths[http_path(op.name)] = path(op, components, options.locale);
    json::array tags;
    for (auto module : modules_of(registry)) tags.emplace_back(json::object{{"name", module}});
    json::array common;
    for (auto r : common_reasons()) common.emplace_back(r);
    json::object const request_id{{"description", "The request's identifier, as in the log."}, {"schema", {{"type", "string"}}}};
    json::object const retry_after{{"description", "Seconds to wait."}, {"schema", {{"type", "integer"}, {"minimum", 0}}}};
    json::object const security_schemes{{"key", {{"type", "http"}, {"scheme", "bearer"}, {"description", "An API key of the shop: `Authorization: Bearer <key>`."}}},
                                        {"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "kindling_session"}, {"description", "A signed-in browser."}}},
                                        {"csrf", {{"type", "apiKey"}, {"in", "header"}, {"name", "X-CSRF-Token"}, {"description", "With the session cookie: the token that sign-in gave."}}}};
    return {{"openapi", "3.1.1"},
            {"info", {{"title", "Kindling"}, {"version", options.version}, {"description", "Every ability of the shop as one call each. A request is one JSON object; unknown fields are refused; a failure names every bad field."}, {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
            {"servers", {{{"url", options.server_url}}}},
            {"security", {{{"key", json::array{}}}, {{"session", json::array{}}, {"csrf", json::array{}}}}},
            {"tags", std::move(tags)},
            {"x-common-reasons", std::move(common)},
            {"paths", std::move(paths)},
            {"components", {{"schemas", std::move(schemas)}, {"parameters", parameters()}, {"headers", {{"RequestId", request_id}, {"RetryAfter", retry_after}}}, {"responses", responses()}, {"securitySchemes", security_schemes}}}};
}

}  // namespace kindling::gateway
