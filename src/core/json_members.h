// core/json_members.h -- members of a JSON object as protocols read them: missing and of another kind are the same.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace kindling {

inline boost::json::object const* object_in(boost::json::object const& o, std::string_view name) {
    auto const* v = o.if_contains(name);
    return v ? v->if_object() : nullptr;
}
inline std::string text_in(boost::json::object const& o, std::string_view name) {
    auto const* v = o.if_contains(name);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

}  // namespace kindling
