// gateway/render/names.h -- how one operation is called on every surface, and which component each struct becomes.
//
// "catalogue.product" is POST /v1/catalogue/product, the words `catalogue product`, the tool catalogue_product and the
// TypeScript key 'catalogue.product'. Nested structs become named components once, so that 100 operations that return a
// Product share one description of it.
#pragma once
#include "core/operation.h"
#include <map>
#include <string>
#include <vector>

namespace kindling::gateway {

std::string_view module_of(std::string_view operation);  // "catalogue"
std::string_view verb_of(std::string_view operation);    // "product"
std::string http_path(std::string_view operation);       // "/v1/catalogue/product"
std::string tool_name(std::string_view operation);       // "catalogue_product": some MCP clients allow only [A-Za-z0-9_-]
std::string title_of(std::string_view operation);        // "Catalogue: product"
std::string_view name_of(Effect);                        // read, propose, act
std::vector<std::string_view> modules_of(Registry const&);  // sorted, each once

// A struct or enum under a name that is unique in the whole document. Types are told apart by the address of their table, so
// two structs of one unqualified name get two components: the second is qualified by the module that uses it first.
class Components {
public:
    struct Part {
        Type const* type;
        Side side;
        std::string name;
    };

    explicit Components(Registry const&);

    // In the order of first use; enumerations included. A struct whose request form differs from its response form (because of
    // defaults) stands twice, the request's under Name + "Input".
    std::vector<Part> const& parts() const { return parts_; }
    std::string const& name(Type const&, Side) const;

private:
    void add(Type const&, Side, std::string_view module);
    std::string unique(std::string name, std::string_view module) const;

    std::vector<Part> parts_;
    std::map<std::pair<Type const*, Side>, std::string> names_;
};

}  // namespace kindling::gateway
