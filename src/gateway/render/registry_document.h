// gateway/render/registry_document.h -- all operations as one JSON document: what the console builds its forms from.
#pragma once
#include "core/operation.h"
#include <boost/json/object.hpp>

namespace kindling::gateway {

// {operations: [{name, module, verb, scenario, summary: {en, zh}, effect, permission, reasons, long, input, input_zh, output, output_zh,
// example}]}: `input` and `output` are JSON Schemas with English descriptions, `input_zh` the same in Chinese.
json::object registry_document(Registry const&);
json::object registry_entry(Operation const&);

}  // namespace kindling::gateway
