// core/json_codec.h -- strict JSON in, JSON out and JSON Schema, for any described struct.
#pragma once
#include "core/result.h"
#include "core/type.h"
#include <boost/json/fwd.hpp>

namespace kindling {

// Reads `in` into the T at `out`, which must be a freshly made T{}. Fails with invalid_request and *every* bad field by JSON
// Pointer: wrong types, unknown fields, missing fields, ranges, lengths. Pure; any thread.
Result<void> read_json(json::value const& in, Type const&, void* out);

template <class T> Result<T> read_json(json::value const& in) {
    T out{};
    TRY(read_json(in, type_of<T>(), &out));
    return out;
}

// By reference, so that <boost/json/fwd.hpp> is enough for callers. An absent optional is left out, never null.
void write_json(Type const&, void const* in, json::value& out);

template <class T> json::value write_json(T const& in) {
    json::value out;
    write_json(type_of<T>(), &in, out);
    return out;
}

// A member with a default may be left out of a request but is always present in a response.
enum class Side { request, response };

// JSON Schema 2020-12, the subset that OpenAPI 3.1 and MCP both read; descriptions in `locale`.
json::object json_schema(Type const&, Side, Locale = Locale::en);

// Checks a written value against what json_schema(type, Side::response) promises; the first breach as a sentence, or empty.
// Used by tests and by the server's own self-check, where a full validator would be too slow.
std::string schema_breach(json::value const&, Type const&);

}  // namespace kindling
