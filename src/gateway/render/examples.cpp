#include "gateway/render/examples.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include "gateway/render/names.h"
#include <boost/json.hpp>
#include <cmath>

namespace kindling::gateway {

namespace {

struct Example { std::string_view ending, text; };
constexpr Example texts[] = {
    {"currency", "CNY"}, {"sku", "A1"}, {"email", "li@example.com"}, {"phone", "+8613800000000"}, {"locale", "zh"}, {"language", "zh"}, {"query", "red dress"}, {"text", "Do you have it in red?"},
    {"message", "Do you have it in red?"}, {"url", "https://example.com/a.jpg"}, {"name", "example"}, {"title", "Example"}, {"country", "CN"}, {"day", "2026-11-23"}, {"date", "2026-11-23"}, {"customer_id", "cus_1"},
    {"product_id", "p1"}, {"order_id", "ord_1"}, {"job_id", "job_1"}, {"category_id", "c1"}, {"_id", "id_1"}, {"password", "a long pass phrase"}, {"asset", "sha256-0"},
};

json::value text_for(Field const* field) {
    std::string_view text = "example";
    if (field)
        for (auto const& e : texts)
            if (field->name.ends_with(e.ending)) { text = e.text; break; }
    return json::value(field && field->max_length ? utf8_prefix(text, field->max_length) : text);
}

double bounded(double wanted, Field const* field) { return field ? std::min(std::max(wanted, field->min), field->max) : wanted; }

json::value example(Type const& type, Field const* field) {
    switch (type.kind) {
    case Kind::boolean: return true;
    case Kind::string: return text_for(field);
    case Kind::enumeration: return type.names.empty() ? json::value("") : json::value(type.names.front());
    case Kind::any: return json::object{{"note", "any JSON value"}};
    case Kind::optional: return example(type.element(), field);
    case Kind::integer: {
        auto const wanted = !field ? 1.0 : field->name.ends_with("_at_ms") ? 1'764'000'000'000.0 : field->name.ends_with("_minor") ? 12'900.0 : 1.0;
        return static_cast<std::int64_t>(std::ceil(bounded(wanted, field)));
    }
    case Kind::number: return bounded(1.5, field);
    case Kind::list: return json::array{example(type.element(), type.element().kind == Kind::string ? field : nullptr)};
    case Kind::object: break;
    }
    json::object out;
    for (auto const& m : type.members)
        if (!m.field->has_default && m.type().kind != Kind::optional) out[m.field->name] = example(m.type(), m.field);
    return out;
}

}  // namespace

json::value example_request(Type const& type) { return example(type, nullptr); }

std::string shell_quoted(std::string_view text) {
    auto const plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::string_view("-_./:@+,").find(c) != std::string_view::npos; };
    if (!text.empty() && std::ranges::all_of(text, plain)) return std::string(text);
    std::string out = "'";
    for (char c : text) c == '\'' ? out += "'\\''" : out += c;
    return out + "'";
}

std::string example_command(Operation const& op, std::string_view program) {
    std::string out = std::string(program) + " " + std::string(module_of(op.name)) + " " + std::string(verb_of(op.name));
    auto const request = example_request(op.input());
    for (auto const& [key, value] : request.as_object()) {
        out += " --" + std::string(key);
        if (value.is_bool()) continue;  // an example's truth is yes
        out += " " + shell_quoted(value.is_string() ? std::string(value.get_string()) : to_text(value));
    }
    return out;
}

}  // namespace kindling::gateway
