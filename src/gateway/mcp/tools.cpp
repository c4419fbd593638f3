#include "gateway/mcp/tools.h"
#include "core/errc_name.h"
#include "core/json_text.h"
#include "gateway/render/names.h"
#include <boost/json.hpp>
#include <stdexcept>

namespace kindling::gateway {

namespace {

json::object describe(Operation const& op, Locale locale) {
    auto const title = title_of(op.name);
    // Hints, not promises. An act may change or remove; only a key makes its repetition harmless, so it is not called idempotent.
    json::object annotations{{"title", title}, {"readOnlyHint", op.effect == Effect::read}, {"destructiveHint", op.effect == Effect::act}, {"idempotentHint", op.effect == Effect::read}, {"openWorldHint", false}};
    return {{"name", tool_name(op.name)},
            {"title", title},
            {"description", op.summary.in(locale)},
            {"inputSchema", json_schema(op.input(), Side::request, locale)},
            {"outputSchema", json_schema(op.output(), Side::response, locale)},
            {"annotations", std::move(annotations)}};
}

json::array text_content(std::string_view text) { return {json::object{{"type", "text"}, {"text", text}}}; }

}  // namespace

Tools::Tools(Registry const& registry) {
    for (auto const& op : registry.all()) {
        auto name = tool_name(op.name);
        if (!by_name_.emplace(name, tools_.size()).second) throw std::logic_error("two operations would be the tool " + name);
        tools_.push_back({&op, std::move(name), describe(op, Locale::en), describe(op, Locale::zh)});
    }
}

Tools::Tool const* Tools::find(std::string_view name) const {
    auto const i = by_name_.find(name);
    return i == by_name_.end() ? nullptr : &tools_[i->second];
}

ToolSet::ToolSet(std::string_view list, Tools const& tools, std::span<std::pair<std::string, std::string> const> others) {
    while (!list.empty()) {
        auto const comma = list.find(',');
        auto name = list.substr(0, comma);
        list = comma == list.npos ? "" : list.substr(comma + 1);
        while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
        while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
        if (name.empty()) continue;
        bool const known = std::ranges::any_of(tools.all(), [&](auto const& t) { return t.name == name || module_of(t.operation->name) == name; }) || std::ranges::any_of(others, [&](auto const& o) { return o.first == name || o.second == name; });
        (known ? names_ : unknown_).emplace_back(name);
    }
}

bool ToolSet::has(Tools::Tool const& tool) const {
    if (names_.empty()) return unknown_.empty();  // a set of nothing but mistakes is not everything
    return std::ranges::any_of(names_, [&](auto const& n) { return n == tool.name || n == module_of(tool.operation->name); });
}

bool ToolSet::has_other(std::string_view name, std::string_view set) const {
    if (names_.empty()) return unknown_.empty();
    return std::ranges::any_of(names_, [&](auto const& n) { return n == name || n == set; });
}

json::object success_result(json::value const& answer) { return {{"content", text_content(to_text(answer))}, {"structuredContent", answer}, {"isError", false}}; }

json::object failure_result(Error const& e) {
    // What went wrong inside is for the log, not for a stranger's model.
    auto const internal = e.code == Errc::internal;
    std::string text = internal ? "The shop could not answer: an internal error. Try again later." : e.message;
    json::array fields;
    if (!internal) {
        if (!e.reason.empty()) text += " (" + e.reason + ")";
        for (auto const& f : e.fields) {
            text += "\n- " + (f.path.empty() ? "the request" : f.path) + ": " + f.message;
            fields.push_back(json::object{{"path", f.path}, {"reason", f.reason}, {"message", f.message}});
        }
    }
    json::object error{{"code", name_of(e.code)}, {"reason", internal ? "internal" : e.reason}, {"message", internal ? text : e.message}, {"fields", std::move(fields)}};
    return {{"content", text_content(text)}, {"isError", true}, {"_meta", {{"kindling/error", std::move(error)}}}};
}

}  // namespace kindling::gateway
