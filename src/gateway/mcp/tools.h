// gateway/mcp/tools.h -- operations as MCP tools: their descriptions, the sets they are chosen by, and what a call answers.
#pragma once
#include "core/operation.h"
#include <boost/json/object.hpp>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace kindling::gateway {

// The tools of a registry, described once in both languages. Immutable; any thread.
class Tools {
public:
    struct Tool {
        Operation const* operation;
        std::string name;              // "catalogue_product"
        json::object en, zh;           // the Tool object of the protocol
        json::object const& in(Locale locale) const { return locale == Locale::zh ? zh : en; }
    };

    // Fails to start (std::logic_error, a bug of ours) when two operations would be one tool: a.b_c and a_b.c.
    explicit Tools(Registry const&);
    std::vector<Tool> const& all() const { return tools_; }  // sorted by operation name: the same order for every caller
    Tool const* find(std::string_view name) const;

private:
    std::vector<Tool> tools_;
    std::map<std::string, std::size_t, std::less<>> by_name_;
};

// "dialogue,orders_place": modules and single tools, so that a model sees 15 tools and not 300. Empty: everything.
class ToolSet {
public:
    // Names that are neither a module nor a tool are kept for unknown().
    // `others`: names and sets of tools that are no operations.
    ToolSet(std::string_view list, Tools const&, std::span<std::pair<std::string, std::string> const> others = {});
    bool has(Tools::Tool const&) const;
    bool has_other(std::string_view name, std::string_view set) const;
    std::vector<std::string> const& unknown() const { return unknown_; }

private:
    std::vector<std::string> names_, unknown_;
};

// CallToolResult without the parts that only newer protocols have. Success carries the answer twice, as MCP asks: structured, and
// as text for models. A failure carries a sentence and every bad field as text, and the same structured under
// `_meta["kindling/error"]`: structuredContent is promised to fit outputSchema, and clients that check it would throw.
json::object success_result(json::value const& answer);
json::object failure_result(Error const&);

}  // namespace kindling::gateway
