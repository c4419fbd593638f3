// gateway/agents/addresses.h -- what a protocol's face says at an address, or with a method, that the protocol does not have.
//
// A face answers everything below its own prefix: a wrong address must not reach the storefront, whose page of HTML no agent reads.
#pragma once
#include "gateway/http/router.h"
#include <span>

namespace kindling::gateway::agents {

// Whether a path is of a pattern such as "/carts/{id}/cancel".
inline bool is_of(std::string_view pattern, std::string_view path) {
    auto const next = [](std::string_view& rest) {
        rest.remove_prefix(1);
        auto const end = std::min(rest.find('/'), rest.size());
        auto const segment = rest.substr(0, end);
        rest.remove_prefix(end);
        return segment;
    };
    while (!pattern.empty() && !path.empty()) {
        auto const wanted = next(pattern), here = next(path);
        if (wanted.starts_with('{') ? here.empty() : wanted != here) return false;
    }
    return pattern.empty() && path.empty();
}

// Answers what no route of `methods` (each with `verb` and `path`, below `prefix`) takes: 404, or 405 with the methods that the address has.
// `refused(status, code, content)` writes it in the protocol's words.
template <class Known, class Refused> void answer_the_rest(Router& router, std::string_view prefix, std::span<Known const> methods, Refused refused) {
    auto const answer = [prefix = std::string(prefix), methods, refused](Request const& request) {
        std::string allowed;
        if (request.path.starts_with(prefix))
            for (auto const& m : methods)
                if (is_of(m.path, std::string_view(request.path).substr(prefix.size()))) allowed += (allowed.empty() ? "" : ", ") + std::string(name_of(m.verb));
        if (allowed.empty()) return refused(request, 404, "not_found", std::string("There is nothing at this address."));
        auto response = refused(request, 405, "method_not_allowed", "This address takes " + allowed + ".");
        response.headers.emplace_back("Allow", allowed);
        return response;
    };
    auto const top = std::string(prefix.substr(0, prefix.find('/', 1)));
    for (auto const verb : {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) router.add(verb, top, answer), router.add(verb, top + "/*", answer);
}

}  // namespace kindling::gateway::agents
