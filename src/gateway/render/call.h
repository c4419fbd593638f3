// gateway/render/call.h -- how a surface (command line, agent interface) asks for an operation to be carried out.
//
// The surfaces know no module, store or caller: the application gives them one function that does the rest (permission,
// transaction, idempotency, audit).
#pragma once
#include "core/operation.h"
#include "core/progress.h"
#include <functional>
#include <string>

namespace kindling::gateway {

enum class CallMode { real, dry_run };  // a dry run does everything and is rolled back

struct CallOptions {
    std::string idempotency_key = {};  // empty: none
    std::string shop = {};             // empty: the caller's own, else the first
    CallMode mode = CallMode::real;
    Locale locale = Locale::en;
    Progress progress = {};            // long operations report here and stop when asked
};

// Runs the operation of that name; the request is unchecked text from outside. May be called from any thread.
using Execute = std::function<Result<json::value>(std::string_view operation, json::value request, CallOptions const&)>;

}  // namespace kindling::gateway
