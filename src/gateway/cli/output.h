// gateway/cli/output.h -- an answer as people read it: lists as tables, objects as "key: value", money and times in words.
//
// A number under a name that ends in _minor is money when the object or one around it names its currency; one under a name that
// ends in _at_ms is an instant, shown in UTC. Texts are data: control characters are shown, never sent.
#pragma once
#include "core/result.h"
#include "core/text.h"
#include <boost/json/value.hpp>
#include <string>

namespace kindling::gateway {

namespace json = boost::json;

struct OutputOptions {
    Locale locale = Locale::en;
    std::size_t columns = 100;  // longer lines of tables are cut
};

std::string answer_text(json::value const&, OutputOptions const& = {});

// One sentence, then a line for every bad field, named as the flag that it came from.
std::string error_text(Error const&, Locale = Locale::en);
// {"error": {code, reason, message, fields}}: as over HTTP, less the request id.
json::value error_document(Error const&);

// 0 is success; 1 internal, 2 invalid_argument, 3 permission_denied, 4 not_found, 5 conflict, 6 failed_precondition, 7 unavailable.
int exit_code(Errc);

}  // namespace kindling::gateway
