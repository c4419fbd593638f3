// shop/people/scopes.h -- the scopes of an API key in one column: separated by spaces; a space within one (a supplier's id may hold it: forecast.supplier.My Works) is kept as %20, a percent sign as %25.
#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::shop {

// A permission is two words; only what a third part names may hold spaces. "orders.read catalog.read" is two scopes in one, and none.
inline bool is_one_scope(std::string_view scope) {
    auto const space = scope.find(' '), second = scope.find('.', std::min(scope.find('.'), scope.size() - 1) + 1);
    return !scope.empty() && scope.front() != ' ' && scope.back() != ' ' && (space == std::string_view::npos || (second != std::string_view::npos && second + 1 < space));
}

inline std::string kept_scopes(std::span<std::string const> scopes) {
    std::string out;
    for (auto const& scope : scopes) {
        if (!out.empty()) out += ' ';
        for (auto const c : scope) c == ' ' ? out += "%20" : c == '%' ? out += "%25" : out += c;
    }
    return out;
}

inline std::vector<std::string> read_scopes(std::string_view kept) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < kept.size();) {
        auto const end = std::min(kept.find(' ', at), kept.size());
        auto& scope = out.emplace_back();
        for (; at < end; ++at) {
            auto const code = kept.substr(at, 3);
            auto const coded = code == "%20" || code == "%25";
            scope += code == "%20" ? ' ' : kept[at];
            if (coded) at += 2;
        }
        ++at;
    }
    return out;
}

}  // namespace kindling::shop
