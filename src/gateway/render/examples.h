// gateway/render/examples.h -- a request that reads like a real one, made from the request's own table.
//
// Only what must be given is filled in, so that an example shows the shortest call that works in form. Values follow the field's name
// (`sku`, `currency`, `_at_ms`, `_minor`) and always keep its bounds: the strict reader accepts every example.
#pragma once
#include "core/operation.h"
#include <boost/json/value.hpp>
#include <string>

namespace kindling::gateway {

json::value example_request(Type const&);

// The same as a command: `kindling orders place --customer_id cus_1 --lines '[{"sku":"A1"}]'`, quoted for a POSIX shell.
std::string example_command(Operation const&, std::string_view program = "kindling");
// In single quotes when a shell would read anything into it.
std::string shell_quoted(std::string_view);

}  // namespace kindling::gateway
