#include "gateway/agents/addresses.h"

namespace kindling::gateway::agents {

void answer_the_rest(Router& router, std::string const& prefix, RefusedAddress refused) {
    auto const known = std::make_shared<Router>();
    for (auto const& route : router.routes())
        if (route.pattern.starts_with(prefix + "/")) known->add(route.method, route.pattern, {});
    auto const answer = [known = std::shared_ptr<Router const>(known), refused = std::move(refused)](Request const& request) {
        auto const allowed = known->match(request.method, request.path).allowed;
        if (allowed.empty()) return refused(request, 404, "not_found", "There is nothing at this address.");
        auto response = refused(request, 405, "method_not_allowed", "This address takes " + allowed + ".");
        response.headers.emplace_back("Allow", allowed);
        return response;
    };
    for (auto const verb : {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) router.add(verb, prefix, answer), router.add(verb, prefix + "/*", answer);
}

}  // namespace kindling::gateway::agents
