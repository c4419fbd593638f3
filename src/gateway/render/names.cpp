#include "gateway/render/names.h"
#include <boost/json.hpp>
#include <cctype>

namespace kindling::gateway {

namespace {

// Taken by the documents themselves or by the languages they are written in.
constexpr std::string_view reserved[] = {"Operations", "OperationName", "JsonValue", "Failure", "FieldFailure", "Accepted", "Effect", "Array", "Record", "Object", "String", "Number", "Boolean", "Date", "Error", "Map", "Set", "Promise", "Symbol", "Function"};

std::string capitalised(std::string_view words) {
    std::string out;
    bool start = true;
    for (char c : words) {
        if (c == '_') { start = true; continue; }
        out += start ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        start = false;
    }
    return out;
}

std::string replaced(std::string_view text, char from, char to) {
    std::string out(text);
    std::ranges::replace(out, from, to);
    return out;
}

}  // namespace

std::string_view module_of(std::string_view operation) { return operation.substr(0, operation.find('.')); }
std::string_view verb_of(std::string_view operation) { return operation.substr(operation.find('.') + 1); }
std::string http_path(std::string_view operation) { return "/v1/" + replaced(operation, '.', '/'); }
std::string tool_name(std::string_view operation) { return replaced(operation, '.', '_'); }

std::string title_of(std::string_view operation) {
    auto title = replaced(module_of(operation), '_', ' ') + ": " + replaced(verb_of(operation), '_', ' ');
    title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
    return title;
}

std::string_view name_of(Effect effect) { return effect == Effect::read ? "read" : effect == Effect::propose ? "propose" : "act"; }

std::vector<std::string_view> modules_of(Registry const& registry) {
    std::vector<std::string_view> modules;
    for (auto const& op : registry.all())
        if (modules.empty() || modules.back() != module_of(op.name)) modules.push_back(module_of(op.name));
    // "a.x" < "a_b.x" < "ab.x" by bytes keeps a module together except around '.', so be sure.
    std::ranges::sort(modules);
    modules.erase(std::unique(modules.begin(), modules.end()), modules.end());
    return modules;
}

Components::Components(Registry const& registry) {
    for (auto const& op : registry.all()) {
        // Responses first: a type that both sides use alike keeps its plain name.
        add(op.output(), Side::response, module_of(op.name));
        add(op.input(), Side::request, module_of(op.name));
    }
}

std::string const& Components::name(Type const& type, Side side) const { return names_.at({&type, type.kind == Kind::enumeration ? Side::response : side}); }

void Components::add(Type const& type, Side side, std::string_view module) {
    switch (type.kind) {
    case Kind::optional:
    case Kind::list: return add(type.element(), side, module);
    case Kind::enumeration: side = Side::response; break;  // the same words on both sides
    case Kind::object: break;
    default: return;
    }
    if (names_.contains({&type, side})) return;
    std::string name;
    auto const other = names_.find({&type, side == Side::request ? Side::response : Side::request});
    if (other != names_.end() && json_schema(type, Side::request) == json_schema(type, Side::response)) name = other->second;
    else {
        std::string wanted(type.name);
        // Only a struct with something that may be left out reads differently as a request; it is named so even before the response form is met.
        if (side == Side::request && json_schema(type, Side::request) != json_schema(type, Side::response) && !wanted.ends_with("Input") && !wanted.ends_with("Request")) wanted += "Input";
        name = unique(wanted, module);
        parts_.push_back({&type, side, name});
    }
    names_[{&type, side}] = name;
    for (auto const& m : type.members) add(m.type(), side, module);
}

std::string Components::unique(std::string name, std::string_view module) const {
    auto const taken = [&](std::string_view candidate) {
        return std::ranges::find(reserved, candidate) != std::end(reserved) || std::ranges::any_of(parts_, [&](auto const& p) { return p.name == candidate; });
    };
    if (!taken(name)) return name;
    auto const qualified = capitalised(module) + name;
    auto candidate = qualified;
    for (int n = 2; taken(candidate); ++n) candidate = qualified + std::to_string(n);
    return candidate;
}

}  // namespace kindling::gateway
