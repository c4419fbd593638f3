#include "gateway/render/typescript.h"
#include "core/errc_name.h"
#include "core/json_text.h"
#include "gateway/render/names.h"
#include <boost/json.hpp>
#include <cmath>

namespace kindling::gateway {

namespace {

std::string quoted(std::string_view text) { return to_text(json::value(text)); }

std::string literals(Type const& type) {
    std::string out;
    for (auto n : type.names) out += (out.empty() ? "" : " | ") + quoted(n);
    return out.empty() ? "never" : out;
}

std::string type_text(Type const& type, Side side, Components const& components) {
    switch (type.kind) {
    case Kind::boolean: return "boolean";
    case Kind::integer:
    case Kind::number: return "number";
    case Kind::string: return "string";
    case Kind::any: return "JsonValue";
    case Kind::optional: return type_text(type.element(), side, components);
    case Kind::list: return type_text(type.element(), side, components) + "[]";
    case Kind::enumeration:
    case Kind::object: return components.name(type, side);
    }
    return "never";
}

// What a comment may not hold: its own end.
std::string comment(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '*' && i + 1 < text.size() && text[i + 1] == '/') out += "*\\";
        else out += text[i] == '\n' ? ' ' : text[i];
    }
    return out;
}

std::string bounds(Field const& f) {
    std::string out;
    if (std::isfinite(f.min)) out += " @minimum " + to_text(json::value(f.min));
    if (std::isfinite(f.max)) out += " @maximum " + to_text(json::value(f.max));
    return out;
}

std::string member(Type const& object, Type::Member const& m, Side side, Components const& components) {
    auto const with_default = side == Side::request && m.field->has_default;
    std::string out = "  /** " + comment(m.field->en) + bounds(*m.field);
    if (with_default) {
        json::value fallback;
        write_json(m.type(), static_cast<char const*>(object.defaults) + m.offset, fallback);
        out += " @default " + comment(to_text(fallback));
    }
    out += " */\n  " + std::string(m.field->name) + (with_default || m.type().kind == Kind::optional ? "?: " : ": ");
    return out + type_text(m.type(), side, components) + ";\n";
}

std::string declaration(Components::Part const& part, Components const& components) {
    if (part.type->kind == Kind::enumeration) return "export type " + part.name + " = " + literals(*part.type) + ";\n\n";
    if (part.type->members.empty()) return "export type " + part.name + " = { [key in string]: never };\n\n";
    std::string out = "export interface " + part.name + " {\n";
    for (auto const& m : part.type->members) out += member(*part.type, m, part.side, components);
    return out + "}\n\n";
}

constexpr std::string_view head = R"(// Generated from the operation registry; do not edit.
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** One wrong field of a request. */
export interface FieldFailure {
  /** JSON Pointer (RFC 6901) into the request. */
  path: string;
  /** Stable identifier: branch on it or translate it. */
  reason: string;
  /** For a person, in the language of the request. */
  message: string;
}

/** The body of every answer whose status is 400 or above. */
export interface Failure {
  error: {
    code: ErrorCode;
    reason: string;
    message: string;
    fields: FieldFailure[];
  };
  request_id: string;
}

/** The answer (202) to a long operation that was asked for with `Prefer: respond-async`. */
export interface Accepted {
  job_id: string;
}

export type Effect = "read" | "propose" | "act";

)";

}  // namespace

std::string typescript_module(Registry const& registry) {
    Components const components(registry);
    std::string out(head);
    std::string codes;
    for (auto const name : errc_names) codes += (codes.empty() ? "" : " | ") + quoted(name);
    out += "export type ErrorCode = " + codes + ";\n\n";
    for (auto const& part : components.parts()) out += declaration(part, components);
    out += "/** Every operation: POST /v1/<module>/<verb> with the request as JSON. */\nexport interface Operations {\n";
    for (auto const& op : registry.all())
        out += "  /** " + comment(op.summary.en) + " */\n  " + quoted(op.name) + ": { request: " + components.name(op.input(), Side::request) + "; response: " + components.name(op.output(), Side::response) + " };\n";
    out += "}\n\nexport type OperationName = keyof Operations;\n\n/** What a caller must know before it calls. */\n";
    out += "export const operations: { readonly [N in OperationName]: { readonly effect: Effect; readonly long: boolean; readonly permission: string } } = {\n";
    for (auto const& op : registry.all())
        out += "  " + quoted(op.name) + ": { effect: \"" + std::string(name_of(op.effect)) + "\", long: " + (op.length == Length::long_ ? "true" : "false") + ", permission: " + quoted(op.permission) + " },\n";
    return out + "};\n";
}

}  // namespace kindling::gateway
