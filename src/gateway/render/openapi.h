// gateway/render/openapi.h -- the OpenAPI 3.1.1 document of all operations.
//
// One POST path per operation; nested structs are components; the machinery's own headers, errors, security and asynchronous
// answers are described once and referred to. OpenAPI 3.1 schemas are JSON Schema 2020-12, so json_schema() is used as it is.
// Beyond the standard: x-summary-zh, x-reasons, x-effect, x-permission, x-scenario. Source: spec.openapis.org/oas/v3.1.1.
#pragma once
#include "core/operation.h"
#include <boost/json/object.hpp>
#include <string>

namespace kindling::gateway {

struct OpenapiOptions {
    std::string version = "0.0.0";  // of the program
    std::string server_url = "/";   // where the paths start
    Locale locale = Locale::en;     // of the descriptions
};

// Pure; the same registry gives the same text.
json::object openapi_document(Registry const&, OpenapiOptions const& = {});

}  // namespace kindling::gateway
