// core/json_text.h -- JSON text in and out.
//
// Parsing is strict (RFC 8259, no comments, depth at most 32, UTF-8 checked, duplicate keys refused) because the text comes
// from strangers. Writing prints numbers as people do: Boost.JSON 1.81 prints the double 1.5 as 1.5E0.
#pragma once
#include "core/result.h"
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace kindling {

namespace json = boost::json;

// Fails with malformed_json, saying line and column.
Result<json::value> parse_json(std::string_view text);

std::string to_text(json::value const&);
void append_text(json::value const&, std::string& out);
// Two-space indented, keys in their order: for generated files that people read and compare. Lists and objects that fit a line of `line` bytes stay on one.
std::string to_pretty_text(json::value const&, std::size_t line = 0);

}  // namespace kindling
