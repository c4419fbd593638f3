#include "gateway/http/request.h"
#include "gateway/http/cookie.h"
#include "gateway/http/url.h"
#include <algorithm>

namespace kindling::gateway {

namespace {
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get: return "GET";
        case Method::head: return "HEAD";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::patch: return "PATCH";
        case Method::delete_: return "DELETE";
        case Method::options: return "OPTIONS";
        case Method::other: break;
    }
    return "OTHER";
}

void Headers::add(std::string_view name, std::string_view value) {
    if (entries_.empty()) entries_.reserve(16), text_.reserve(512);
    Entry e{};
    e.name_at = static_cast<std::uint32_t>(text_.size()), e.name_size = static_cast<std::uint32_t>(name.size());
    text_ += name;
    e.value_at = static_cast<std::uint32_t>(text_.size()), e.value_size = static_cast<std::uint32_t>(value.size());
    text_ += value;
    entries_.push_back(e);
}

std::pair<std::string_view, std::string_view> Headers::operator[](std::size_t i) const {
    std::string_view const text = text_;
    auto const& e = entries_[i];
    return {text.substr(e.name_at, e.name_size), text.substr(e.value_at, e.value_size)};
}

std::size_t Headers::find(std::string_view name) const {
    std::string_view const text = text_;
    for (std::size_t i = 0; i < entries_.size(); ++i)
        if (entries_[i].name_size == name.size() && equal_ignoring_case(text.substr(entries_[i].name_at, name.size()), name)) return i;
    return entries_.size();
}

std::string_view Headers::get(std::string_view name) const {
    auto const i = find(name);
    return i < size() ? (*this)[i].second : std::string_view();
}

std::size_t Headers::count(std::string_view name) const {
    std::size_t n = 0;
    for (std::size_t i = 0; i < size(); ++i) n += equal_ignoring_case((*this)[i].first, name);
    return n;
}

std::optional<std::string_view> find(Pairs const& pairs, std::string_view name) {
    auto const i = std::ranges::find(pairs, name, [](auto const& p) -> std::string_view { return p.first; });
    return i == pairs.end() ? std::nullopt : std::optional<std::string_view>(i->second);
}

Pairs Request::query() const { return parse_pairs(query_text, MalformedPair::skip).value(); }

std::string_view Request::parameter(std::string_view name) const { return find(parameters, name).value_or(""); }

std::string Request::cookie(std::string_view name) const {
    for (std::size_t i = 0; i < headers.size(); ++i)
        if (auto const [field, value] = headers[i]; equal_ignoring_case(field, "cookie"))
            for (auto& [key, text] : parse_cookies(value))
                if (key == name) return std::move(text);
    return {};
}

bool Request::is_websocket_upgrade() const {
    return method == Method::get && version == 11 && has_token(headers.get("upgrade"), "websocket") && has_token(headers.get("connection"), "upgrade");
}

}  // namespace kindling::gateway
