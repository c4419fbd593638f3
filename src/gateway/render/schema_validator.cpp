#include "gateway/render/schema_validator.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include <boost/json.hpp>
#include <cmath>
#include <regex>

namespace kindling::gateway {

namespace {

constexpr std::size_t most_breaches = 50;
constexpr int most_depth = 200;  // a $ref that leads to itself without reading the instance ends here

std::string escaped(std::string_view key) {
    std::string out;
    for (char c : key) c == '~' ? out += "~0" : c == '/' ? out += "~1" : out += c;
    return out;
}

json::value const* find_reference(json::value const& document, std::string_view reference) {
    if (!reference.starts_with('#')) return nullptr;  // never fetched: a schema that needs the network is refused
    boost::system::error_code failed;
    auto const* found = document.find_pointer(reference.substr(1), failed);
    return failed ? nullptr : found;
}

// JSON Schema compares numbers by value: 1, 1.0 and 1u are equal.
bool equal(json::value const& a, json::value const& b) {
    if (a.is_number() && b.is_number()) {
        if (!a.is_double() && !b.is_double()) return a == b;
        return a.to_number<double>() == b.to_number<double>();
    }
    if (a.is_array() && b.is_array()) {
        auto const &x = a.get_array(), &y = b.get_array();
        return x.size() == y.size() && std::equal(x.begin(), x.end(), y.begin(), equal);
    }
    if (a.is_object() && b.is_object()) {
        auto const &x = a.get_object(), &y = b.get_object();
        return x.size() == y.size() && std::ranges::all_of(x, [&](auto const& m) { auto const* other = y.if_contains(m.key()); return other && equal(m.value(), *other); });
    }
    return a == b;
}

bool has_type(json::value const& v, std::string_view type) {
    if (type == "object") return v.is_object();
    if (type == "array") return v.is_array();
    if (type == "string") return v.is_string();
    if (type == "boolean") return v.is_bool();
    if (type == "null") return v.is_null();
    if (type == "number") return v.is_number();
    if (type == "integer") return v.is_int64() || v.is_uint64() || (v.is_double() && std::trunc(v.get_double()) == v.get_double());
    return false;
}

class Check {
public:
    explicit Check(json::value const& document) : document_(document) {}
    std::vector<SchemaBreach> breaches;

    void value(json::value const& v, json::value const& schema, int depth = 0) {
        if (breaches.size() >= most_breaches) return;
        if (depth > most_depth) return breach("the schema refers to itself without end");
        if (auto const* b = schema.if_bool()) return *b ? void() : breach("is not allowed");
        auto const* s = schema.if_object();
        if (!s) return breach("the schema here is neither an object nor a boolean");
        for (auto const& [keyword, word] : *s) assertion(v, keyword, word, *s, depth);
    }

private:
    void breach(std::string message) {
        if (breaches.size() < most_breaches) breaches.push_back({path_, std::move(message)});
    }

    template <class F> void at(std::string_view key, F&& f) {
        auto const size = path_.size();
        path_ += '/' + escaped(key);
        f();
        path_.resize(size);
    }

    std::vector<SchemaBreach> trial(json::value const& v, json::value const& schema, int depth) {
        Check other(document_);
        other.path_ = path_;
        other.value(v, schema, depth);
        return std::move(other.breaches);
    }

    void assertion(json::value const& v, std::string_view keyword, json::value const& word, json::object const& schema, int depth) {
        static constexpr std::string_view annotations[] = {
            "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "format", "deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType"};
        if (std::ranges::find(annotations, keyword) != std::end(annotations) || keyword.starts_with("x-")) return;
        if (keyword == "$ref") {
            auto const* target = word.is_string() ? find_reference(document_, word.get_string()) : nullptr;
            return target ? value(v, *target, depth + 1) : breach("the schema refers to " + to_text(word) + ", which is not there");
        }
        if (keyword == "type") return type(v, word);
        if (keyword == "const") return equal(v, word) ? void() : breach("must be " + to_text(word));
        if (keyword == "enum") {
            auto const& values = word.as_array();
            return std::ranges::any_of(values, [&](auto const& e) { return equal(v, e); }) ? void() : breach("must be one of " + to_text(word));
        }
        if (keyword == "allOf") {
            for (auto const& part : word.as_array()) value(v, part, depth + 1);
            return;
        }
        if (keyword == "anyOf" || keyword == "oneOf") return alternatives(v, word.as_array(), keyword == "oneOf", depth);
        if (keyword == "not") return trial(v, word, depth + 1).empty() ? breach("must not match " + to_text(word)) : void();
        if (object_keyword(v, keyword, word, schema, depth) || array_keyword(v, keyword, word, schema, depth) || scalar_keyword(v, keyword, word)) return;
        breach("the schema's keyword " + std::string(keyword) + " is not understood");
    }

    void type(json::value const& v, json::value const& word) {
        auto const fits = word.is_array() ? std::ranges::any_of(word.get_array(), [&](auto const& t) { return has_type(v, t.as_string()); }) : has_type(v, word.as_string());
        if (!fits) breach("must be of type " + to_text(word));
    }

    void alternatives(json::value const& v, json::array const& schemas, bool exactly_one, int depth) {
        std::size_t fitting = 0;
        std::vector<SchemaBreach> nearest;
        for (auto const& s : schemas) {
            auto found = trial(v, s, depth + 1);
            if (found.empty() && !exactly_one) return;
            fitting += found.empty();
            // The alternative that was followed deepest into the instance is the one that was probably meant.
            if (!found.empty() && (nearest.empty() || found[0].path.size() > nearest[0].path.size())) nearest = std::move(found);
        }
        if (exactly_one && fitting == 1) return;
        if (fitting > 1) return breach("matches " + std::to_string(fitting) + " alternatives where one was promised");
        breach("matches none of " + std::to_string(schemas.size()) + " alternatives" + (nearest.empty() ? "" : "; nearest: " + nearest[0].path + " " + nearest[0].message));
    }

    bool object_keyword(json::value const& v, std::string_view keyword, json::value const& word, json::object const& schema, int depth) {
        auto const* o = v.if_object();
        if (keyword == "properties") {
            if (!o) return true;
            for (auto const& [key, part] : word.as_object())
                if (auto const* member = o->if_contains(key)) at(key, [&] { value(*member, part, depth + 1); });
            return true;
        }
        if (keyword == "required") {
            if (!o) return true;
            for (auto const& key : word.as_array())
                if (!o->contains(key.as_string())) breach("must have " + to_text(key));
            return true;
        }
        if (keyword == "patternProperties") {
            if (!o) return true;
            for (auto const& [pattern, part] : word.as_object())
                for (auto const& [key, member] : *o)
                    if (matches(key, pattern)) at(key, [&] { value(member, part, depth + 1); });
            return true;
        }
        if (keyword == "additionalProperties") {
            if (!o) return true;
            for (auto const& [key, member] : *o)
                if (!is_named(key, schema)) at(key, [&] { value(member, word, depth + 1); });
            return true;
        }
        if (keyword == "propertyNames") {
            if (!o) return true;
            for (auto const& m : *o) at(m.key(), [&] { value(json::value(m.key()), word, depth + 1); });
            return true;
        }
        if (keyword == "minProperties") return o && o->size() < word.to_number<std::size_t>() ? breach("has too few members"), true : true;
        if (keyword == "maxProperties") return o && o->size() > word.to_number<std::size_t>() ? breach("has too many members"), true : true;
        return false;
    }

    static bool matches(std::string_view text, std::string_view pattern) {
        return std::regex_search(text.begin(), text.end(), std::regex(pattern.begin(), pattern.end(), std::regex::ECMAScript));
    }

    static bool is_named(std::string_view key, json::object const& schema) {
        auto const* properties = schema.if_contains("properties");
        if (properties && properties->as_object().contains(key)) return true;
        auto const* patterns = schema.if_contains("patternProperties");
        return patterns && std::ranges::any_of(patterns->as_object(), [&](auto const& p) { return matches(key, p.key()); });
    }

    bool array_keyword(json::value const& v, std::string_view keyword, json::value const& word, json::object const& schema, int depth) {
        auto const* a = v.if_array();
        if (keyword == "items") {
            auto const* prefix = schema.if_contains("prefixItems");
            for (std::size_t i = prefix ? prefix->as_array().size() : 0; a && i < a->size(); ++i) at(std::to_string(i), [&] { value((*a)[i], word, depth + 1); });
            return true;
        }
        if (keyword == "prefixItems") {
            auto const& parts = word.as_array();
            for (std::size_t i = 0; a && i < std::min(a->size(), parts.size()); ++i) at(std::to_string(i), [&] { value((*a)[i], parts[i], depth + 1); });
            return true;
        }
        if (keyword == "minItems") return a && a->size() < word.to_number<std::size_t>() ? breach("has fewer than " + to_text(word) + " items"), true : true;
        if (keyword == "maxItems") return a && a->size() > word.to_number<std::size_t>() ? breach("has more than " + to_text(word) + " items"), true : true;
        if (keyword == "uniqueItems") {
            for (std::size_t i = 0; a && word.as_bool() && i < a->size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    if (equal((*a)[i], (*a)[j])) return breach("has an item twice"), true;
            return true;
        }
        return false;
    }

    bool scalar_keyword(json::value const& v, std::string_view keyword, json::value const& word) {
        auto const* s = v.if_string();
        auto const complain_if = [&](bool wrong, std::string_view what) { return wrong ? breach(std::string(what) + " " + to_text(word)), true : true; };
        if (keyword == "minLength") return complain_if(s && count_code_points(*s) < word.to_number<std::size_t>(), "must not be shorter than");
        if (keyword == "maxLength") return complain_if(s && count_code_points(*s) > word.to_number<std::size_t>(), "must not be longer than");
        if (keyword == "pattern") return complain_if(s && !matches(*s, word.as_string()), "must match");
        auto const n = v.is_number() ? v.to_number<double>() : 0.0;
        if (keyword == "minimum") return complain_if(v.is_number() && n < word.to_number<double>(), "must be at least");
        if (keyword == "maximum") return complain_if(v.is_number() && n > word.to_number<double>(), "must be at most");
        if (keyword == "exclusiveMinimum") return complain_if(v.is_number() && n <= word.to_number<double>(), "must be above");
        if (keyword == "exclusiveMaximum") return complain_if(v.is_number() && n >= word.to_number<double>(), "must be below");
        if (keyword == "multipleOf") return complain_if(v.is_number() && std::abs(std::remainder(n, word.to_number<double>())) > 1e-9, "must be a multiple of");
        return false;
    }

    json::value const& document_;
    std::string path_;
};

}  // namespace

std::vector<SchemaBreach> SchemaValidator::check(json::value const& instance, std::string_view reference) const {
    auto const* schema = find_reference(document_, reference);
    if (!schema) return {{"", "the schema has no " + std::string(reference)}};
    Check check(document_);
    try {
        check.value(instance, *schema);
    } catch (std::exception const& e) {  // a schema that is itself malformed: a keyword of the wrong type, a broken pattern
        check.breaches.push_back({"", std::string("the schema cannot be used: ") + e.what()});
    }
    return std::move(check.breaches);
}

bool SchemaValidator::has(std::string_view reference) const { return find_reference(document_, reference) != nullptr; }

std::string describe(std::vector<SchemaBreach> const& breaches) {
    std::string out;
    for (auto const& b : breaches) out += (out.empty() ? "" : "; ") + (b.path.empty() ? "the value" : b.path) + " " + b.message;
    return out;
}

}  // namespace kindling::gateway
