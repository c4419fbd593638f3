// storefront/static_files.h -- style, scripts and icon of the pages, inside the binary.
//
// Each is served under a name that holds its content's hash, so that browsers keep it for ever and never see an old one.
#pragma once
#include "gateway/http/response.h"

namespace kindling::storefront {

// "/static/store.1f2e3d4c.css". Throws std::logic_error for a file that is not there: a bug of ours.
std::string const& static_url(std::string_view name);
std::string_view static_text(std::string_view name);  // the same file's bytes; throws alike
gateway::Response static_file(gateway::Request const&);

}  // namespace kindling::storefront
