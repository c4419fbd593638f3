// gateway/mcp/protocol_schemas.h -- for tests: the protocol's own JSON Schemas, from the folder that KINDLING_DATA names.
#pragma once
#include "core/json_text.h"
#include "gateway/render/schema_validator.h"
#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <sstream>

namespace kindling::gateway {

class ProtocolSchemas {
public:
    static bool present() { return of("2025-11-25") != nullptr; }

    // A test failure when `message` is not a `definition` of that version; nothing is checked without the schemas.
    static void expect(json::value const& message, std::string_view version, std::string const& definition) {
        auto const* schema = of(version);
        if (!schema) return;
        EXPECT_EQ(describe(schema->check(message, reference(version, definition))), "") << version << " " << definition << "\n" << to_text(message);
        ++checked();
    }
    static bool fits(json::value const& message, std::string_view version, std::string const& definition) { return of(version)->check(message, reference(version, definition)).empty(); }
    static int& checked() { static int n = 0; return n; }

private:
    static std::string reference(std::string_view version, std::string const& definition) { return (version == "2025-06-18" ? "#/definitions/" : "#/$defs/") + definition; }
    static SchemaValidator const* of(std::string_view version) {
        static std::map<std::string, std::unique_ptr<SchemaValidator>, std::less<>> schemas;
        if (auto const i = schemas.find(version); i != schemas.end()) return i->second.get();
        auto& slot = schemas[std::string(version)];
        auto const* folder = std::getenv("KINDLING_DATA");
        if (!folder) return nullptr;
        std::ifstream file(std::string(folder) + "/protocols/mcp/schema/" + std::string(version) + "/schema.json");
        std::ostringstream text;
        text << file.rdbuf();
        if (file) slot = std::make_unique<SchemaValidator>(json::parse(text.str()));
        return slot.get();
    }
};

}  // namespace kindling::gateway
