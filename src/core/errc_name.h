// core/errc_name.h -- what an error's code is called outside: in HTTP answers, at the command line, by agents, in OpenAPI and TypeScript.
//
// The names are part of the API. One table in the order of the enumeration, so a code without a name does not compile.
#pragma once
#include "core/result.h"
#include <array>
#include <string_view>

namespace kindling {

inline constexpr std::array<std::string_view, static_cast<std::size_t>(Errc::internal) + 1> errc_names{
    "invalid_argument", "permission_denied", "not_found", "conflict", "failed_precondition", "unavailable", "internal"};
static_assert(!errc_names.back().empty());

constexpr std::string_view name_of(Errc code) { return errc_names[static_cast<std::size_t>(code)]; }

}  // namespace kindling
