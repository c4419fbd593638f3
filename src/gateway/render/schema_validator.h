// gateway/render/schema_validator.h -- does a JSON value keep a JSON Schema (2020-12) or draft-07 promise?
//
// The subset that OpenAPI 3.1, MCP's own schemas and json_schema() use: $ref within the document, $defs, type (also a list of
// types), const, enum, allOf / anyOf / oneOf / not, properties, required, additionalProperties, patternProperties, items,
// prefixItems, lengths, counts, bounds, pattern, uniqueItems. `format` is an annotation, as in 2020-12.
// A keyword that it does not know is a breach, never silently passed: a check that skips is worse than none.
// Source: JSON Schema Core and Validation, draft 2020-12. Cost: O(schema × instance) without alternatives; each anyOf multiplies.
// Meant for tests and start-up self-checks with schemas of our own or of standards, not for schemas from strangers: `pattern` is
// std::regex, which is exponential on hostile input.
#pragma once
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::gateway {

namespace json = boost::json;

struct SchemaBreach {
    std::string path;     // JSON Pointer into the instance; "" is the whole of it
    std::string message;  // what was promised
};

// Immutable once made; any thread.
class SchemaValidator {
public:
    explicit SchemaValidator(json::value document) : document_(std::move(document)) {}

    // Checks against the whole document ("#") or a part of it ("#/$defs/CallToolRequest"). At most 50 breaches; empty: it fits.
    std::vector<SchemaBreach> check(json::value const& instance, std::string_view reference = "#") const;

    // Is the reference there at all?
    bool has(std::string_view reference) const;
    json::value const& document() const { return document_; }

private:
    json::value document_;
};

// "/tools/0/name must be a string; /x is not allowed", or "" for none: for test messages.
std::string describe(std::vector<SchemaBreach> const&);

}  // namespace kindling::gateway
