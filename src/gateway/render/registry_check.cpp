#include "gateway/render/registry_check.h"
#include "core/json_text.h"
#include "gateway/render/examples.h"
#include "gateway/render/names.h"
#include "gateway/render/schema_validator.h"
#include <boost/json.hpp>

namespace kindling::gateway {

namespace {

bool is_identifier(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Type const& plain(Type const& type) { return type.kind == Kind::optional ? plain(type.element()) : type; }
bool has(Type const& type, std::string_view field) { return std::ranges::any_of(type.members, [&](auto const& m) { return m.field->name == field; }); }

class Check {
public:
    explicit Check(Operation const& op, std::vector<std::string>& problems) : op_(op), problems_(problems) {}

    void run() {
        if (!is_identifier(module_of(op_.name)) || !is_identifier(verb_of(op_.name))) problem("its name must be of lower-case letters, digits and _");
        if (op_.name.size() > 64) problem("its name is longer than the 64 bytes that agents allow");
        sentence(op_.summary.en, '.'), sentence(op_.summary.zh, 0);
        for (auto r : op_.reasons) {
            if (!is_identifier(r)) problem("the reason " + std::string(r) + " is not of lower-case letters, digits and _");
            if (std::ranges::find(common_reasons(), r) != common_reasons().end()) problem("the reason " + std::string(r) + " is common to all operations");
        }
        fields(op_.input(), Side::request, ""), fields(op_.output(), Side::response, "");
        paging();
        auto const breaches = SchemaValidator(json_schema(op_.input(), Side::request)).check(example_request(op_.input()));
        if (!breaches.empty()) problem("its example does not fit its schema: " + describe(breaches));
    }

private:
    void problem(std::string text) { problems_.push_back(std::string(op_.name) + ": " + std::move(text)); }

    void sentence(std::string_view text, char stop) {
        auto const ends = stop ? text.ends_with(stop) : text.ends_with("。") || text.ends_with("？") || text.ends_with("！");
        if (!ends) problem("the sentence \"" + std::string(text) + "\" does not end in a full stop");
    }

    void fields(Type const& object, Side side, std::string const& prefix) {
        for (auto const& m : object.members) {
            auto const name = prefix + std::string(m.field->name);
            auto const& f = *m.field;
            auto const& type = plain(m.type());
            if (!is_identifier(f.name)) problem("the field " + name + " is not of lower-case letters, digits and _");
            if (f.en.empty() || f.zh.empty()) problem("the field " + name + " lacks its note in English or Chinese");
            if (f.min > f.max) problem("the bounds of " + name + " hold nothing");
            if (side == Side::response && f.secret) problem("the secret " + name + " is in an answer");
            if ((f.name.ends_with("_minor") || f.name.ends_with("_at_ms")) && type.kind != Kind::integer && type.kind != Kind::list) problem("the field " + name + " must be a whole number");
            if (side == Side::request && f.has_default) fallback(object, m, name);
            auto const& item = type.kind == Kind::list ? plain(type.element()) : type;
            if (item.kind == Kind::object) fields(item, side, name + (type.kind == Kind::list ? "[]." : "."));
        }
    }

    void fallback(Type const& object, Type::Member const& m, std::string const& name) {
        json::value value;
        write_json(m.type(), static_cast<char const*>(object.defaults) + m.offset, value);
        if (value.is_number() && (value.to_number<double>() < m.field->min || value.to_number<double>() > m.field->max)) problem("the default of " + name + ", " + to_text(value) + ", is outside its bounds");
        if (value.is_array() && !value.get_array().empty()) problem("the list " + name + " has a default that is not empty");
    }

    void paging() {
        auto const size = has(op_.input(), "page_size"), token = has(op_.input(), "page_token"), next = has(op_.output(), "next_page_token");
        if (size != token || token != next) problem("page_size, page_token and next_page_token belong together");
    }

    Operation const& op_;
    std::vector<std::string>& problems_;
};

}  // namespace

std::vector<std::string> registry_problems(Registry const& registry) {
    std::vector<std::string> problems;
    std::map<std::string, std::string_view> tools;
    for (auto const& op : registry.all()) {
        Check(op, problems).run();
        auto const [other, fresh] = tools.emplace(tool_name(op.name), op.name);
        if (!fresh) problems.push_back(std::string(op.name) + ": is the same tool as " + std::string(other->second));
    }
    return problems;
}

}  // namespace kindling::gateway
