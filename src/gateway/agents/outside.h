// gateway/agents/outside.h -- requests that agent protocols make themselves (profiles of platforms, order messages, feeds), as the
// application gives them: the gateway has no network of its own.
#pragma once
#include "core/result.h"
#include "gateway/http/request.h"
#include <functional>

namespace kindling::gateway {

struct OutsideAnswer {
    int status = 0;
    std::string body;
};

// `owner`: an address that the owner wrote down, which may be on this machine. `anybody`: one that a stranger named; only the public
// internet is reached, so that nobody can make this server knock at its neighbours' doors. Redirects are never followed.
enum class NamedBy { owner, anybody };

// Blocks for some seconds at most; any thread. Fails with the reasons of the client behind it, all unavailable or refused.
using SendOutside = std::function<Result<OutsideAnswer>(std::string const& method, std::string const& url, Pairs const& headers, std::string const& body, NamedBy)>;

}  // namespace kindling::gateway
