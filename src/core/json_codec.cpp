#include "core/json_codec.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include <boost/json.hpp>
#include <algorithm>
#include <cmath>
#include <cstring>

namespace kindling {

namespace {

// A bound that is a whole number should read as one.
json::value number(double n) {
    auto const whole = static_cast<std::int64_t>(n);
    return static_cast<double>(whole) == n ? json::value(whole) : json::value(n);
}

class JsonReader {
public:
    std::vector<FieldError> errors;

    void read(json::value const& v, Type const& t, void* out) {
        switch (t.kind) {
        case Kind::boolean:
            if (auto const* b = v.if_bool()) return void(*static_cast<bool*>(out) = *b);
            return fail("wrong_type", "expected true or false");
        case Kind::string: return read_string(v, out);
        case Kind::integer: {  // to_number refuses 1.5 and 2^70, and takes 5.0
            boost::system::error_code failed;
            if (auto n = v.to_number<std::int64_t>(failed); !failed) return void(*static_cast<std::int64_t*>(out) = n);
            return fail("wrong_type", "expected a whole number");
        }
        case Kind::number: {
            boost::system::error_code failed;
            if (auto n = v.to_number<double>(failed); !failed && std::isfinite(n)) return void(*static_cast<double*>(out) = n);
            return fail("wrong_type", "expected a number");
        }
        case Kind::enumeration: {
            auto const* s = v.if_string();
            auto const i = s ? std::ranges::find(t.names, std::string_view(*s)) : t.names.end();
            if (i != t.names.end()) return void(std::memcpy(out, &t.values[static_cast<std::size_t>(i - t.names.begin())], sizeof(int)));
            return fail("unknown_value", "expected one of " + to_text(json::value_from(t.names)));
        }
        case Kind::optional: return v.is_null() ? void() : read(v, t.element(), t.append(out));
        case Kind::list:
            if (auto const* a = v.if_array()) {
                for (std::size_t i = 0; i < a->size() && errors.size() < most_errors; ++i)
                    at(std::to_string(i), [&] { read((*a)[i], t.element(), t.append(out)); });
                return;
            }
            return fail("wrong_type", "expected a list");
        case Kind::object:
            if (auto const* o = v.if_object()) return read_members(*o, t, out);
            return fail("wrong_type", "expected an object");
        case Kind::any: return void(*static_cast<json::value*>(out) = v);
        }
    }

private:
    // A list of 100,000 broken lines needs no 100,000 sentences.
    static constexpr std::size_t most_errors = 200;

    void read_string(json::value const& v, void* out) {
        auto const* s = v.if_string();
        if (!s) return fail("wrong_type", "expected a string");
        if (!is_utf8(*s)) return fail("not_utf8", "is not valid UTF-8");
        if (s->find('\0') != json::string::npos) return fail("control_character", "must not contain a NUL character");
        *static_cast<std::string*>(out) = std::string(*s);
    }

    void read_members(json::object const& o, Type const& t, void* out) {
        for (auto const& m : t.members)
            at(m.field->name, [&] {
                auto const* v = o.if_contains(m.field->name);
                auto const optional = m.type().kind == Kind::optional;
                if (!v) return m.field->has_default || optional ? void() : fail("required", "is required");
                auto* const member = static_cast<char*>(out) + m.offset;
                // A list's default is replaced by what was sent, not added to.
                if (m.type().kind == Kind::list && m.field->has_default && m.type().size(member) > 0)
                    return fail("internal", "a list cannot have a default that is not empty");
                read(*v, m.type(), member);
                if (v->is_number()) check_range(v->to_number<double>(), *m.field);
                check_length(*v, *m.field);
            });
        for (auto const& [key, v] : o)
            if (std::ranges::none_of(t.members, [&](auto const& m) { return m.field->name == std::string_view(key); }))
                at(key, [&] { fail("unknown_field", "is not a field of this request"); });
    }

    void check_range(double n, Field const& f) {
        if (n >= f.min && n <= f.max) return;
        if (!std::isfinite(f.max)) return fail("out_of_range", "must be at least " + to_text(number(f.min)));
        if (!std::isfinite(f.min)) return fail("out_of_range", "must be at most " + to_text(number(f.max)));
        fail("out_of_range", "must be between " + to_text(number(f.min)) + " and " + to_text(number(f.max)));
    }

    void check_length(json::value const& v, Field const& f) {
        if (f.max_length == 0) return;
        if (v.is_string() && v.get_string().size() > f.max_length) fail("too_long", "must not be longer than " + std::to_string(f.max_length) + " bytes");
        if (v.is_array() && v.get_array().size() > f.max_length) fail("too_many", "must not have more than " + std::to_string(f.max_length) + " entries");
    }

    template <class F> void at(std::string_view key, F&& f) {
        auto const depth = path_.size();
        path_ += '/';
        for (char c : key) c == '~' ? path_ += "~0" : c == '/' ? path_ += "~1" : path_ += c;  // RFC 6901
        f();
        path_.resize(depth);
    }

    void fail(std::string reason, std::string message) {
        if (errors.size() < most_errors) errors.push_back({path_, std::move(reason), std::move(message)});
    }

    std::string path_;
};

json::value to_json(Type const& t, void const* p) {
    switch (t.kind) {
    case Kind::boolean: return *static_cast<bool const*>(p);
    case Kind::integer: return *static_cast<std::int64_t const*>(p);
    case Kind::number: return *static_cast<double const*>(p);
    case Kind::string: return json::string(*static_cast<std::string const*>(p));
    case Kind::any: return *static_cast<json::value const*>(p);
    case Kind::enumeration: {
        int value;
        std::memcpy(&value, p, sizeof value);
        auto const i = std::ranges::find(t.values, value);
        return i == t.values.end() ? json::value(value) : json::value(t.names[static_cast<std::size_t>(i - t.values.begin())]);
    }
    case Kind::optional: return t.size(p) ? to_json(t.element(), t.item(p, 0)) : json::value();
    case Kind::list: {
        json::array a;
        auto const n = t.size(p);
        a.reserve(n);
        for (std::size_t i = 0; i < n; ++i) a.push_back(to_json(t.element(), t.item(p, i)));
        return a;
    }
    case Kind::object: {
        json::object o;
        o.reserve(t.members.size());
        for (auto const& m : t.members) {
            auto const* member = static_cast<char const*>(p) + m.offset;
            if (m.type().kind == Kind::optional && m.type().size(member) == 0) continue;
            o.emplace(m.field->name, to_json(m.type(), member));
        }
        return o;
    }
    }
    return {};
}

}  // namespace

Result<void> read_json(json::value const& v, Type const& t, void* out) {
    JsonReader reader;
    reader.read(v, t, out);
    if (reader.errors.empty()) return {};
    return kindling::fail(Errc::invalid_argument, "invalid_request", "The request has invalid fields.", std::move(reader.errors));
}

void write_json(Type const& t, void const* p, json::value& out) { out = to_json(t, p); }

// An optional member is simply not `required`: null is accepted on input but kept out of the schema, because models then send it.
json::object json_schema(Type const& t, Side side, Locale locale) {
    switch (t.kind) {
    case Kind::boolean: return {{"type", "boolean"}};
    case Kind::integer: return {{"type", "integer"}};
    case Kind::number: return {{"type", "number"}};
    case Kind::string: return {{"type", "string"}};
    case Kind::any: return {};
    case Kind::enumeration: return {{"type", "string"}, {"enum", json::value_from(t.names)}};
    case Kind::optional: return json_schema(t.element(), side, locale);
    case Kind::list: return {{"type", "array"}, {"items", json_schema(t.element(), side, locale)}};
    case Kind::object: break;
    }
    json::object properties;
    json::array required;
    for (auto const& m : t.members) {
        auto p = json_schema(m.type(), side, locale);
        auto const kind = m.type().kind == Kind::optional ? m.type().element().kind : m.type().kind;
        p["description"] = m.field->doc().in(locale);
        if (std::isfinite(m.field->min)) p["minimum"] = number(m.field->min);
        if (std::isfinite(m.field->max)) p["maximum"] = number(m.field->max);
        // maxLength counts characters where the reader counts bytes: the schema may admit what the reader refuses, never the reverse.
        if (side == Side::request && m.field->max_length) p[kind == Kind::list ? "maxItems" : "maxLength"] = m.field->max_length;
        if (m.field->secret) p["writeOnly"] = true;
        if (side == Side::request && m.field->has_default) p["default"] = to_json(m.type(), static_cast<char const*>(t.defaults) + m.offset);
        if (m.type().kind != Kind::optional && (side == Side::response || !m.field->has_default)) required.emplace_back(m.field->name);
        properties[m.field->name] = std::move(p);
    }
    return {{"type", "object"}, {"properties", properties}, {"required", required}, {"additionalProperties", false}};
}

std::string schema_breach(json::value const& v, Type const& t) {
    switch (t.kind) {
    case Kind::boolean: return v.is_bool() ? "" : "expected a boolean";
    case Kind::integer: return v.is_int64() || v.is_uint64() ? "" : "expected an integer";
    case Kind::number: return v.is_number() && std::isfinite(v.to_number<double>()) ? "" : "expected a finite number";
    case Kind::string: return v.is_string() && is_utf8(v.get_string()) ? "" : "expected a UTF-8 string";
    case Kind::any: return "";
    case Kind::enumeration: return v.is_string() && std::ranges::find(t.names, std::string_view(v.get_string())) != t.names.end() ? "" : "not a declared value";
    case Kind::optional: return schema_breach(v, t.element());
    case Kind::list:
        if (!v.is_array()) return "expected a list";
        for (std::size_t i = 0; i < v.get_array().size(); ++i)
            if (auto b = schema_breach(v.get_array()[i], t.element()); !b.empty()) return "/" + std::to_string(i) + (b[0] == '/' ? "" : " ") + b;
        return "";
    case Kind::object: break;
    }
    if (!v.is_object()) return "expected an object";
    for (auto const& m : t.members) {
        auto const* member = v.get_object().if_contains(m.field->name);
        if (!member) {
            if (m.type().kind == Kind::optional) continue;
            return "/" + std::string(m.field->name) + " is missing";
        }
        auto b = schema_breach(*member, m.type());
        if (b.empty() && member->is_number()) {
            auto const n = member->to_number<double>();
            if (n < m.field->min || n > m.field->max) b = "out of its declared range";
        }
        if (!b.empty()) return "/" + std::string(m.field->name) + (b[0] == '/' ? "" : " ") + b;
    }
    return "";
}

}  // namespace kindling
