#include "shop/context.h"
#include "core/parallel.h"
#include "shop/vault/vault.h"

namespace kindling {

bool Caller::may(std::string_view permission) const {
    if (permission == "public") return true;
    return std::ranges::any_of(permissions, [&](std::string const& held) {
        return held == "*" || held == permission || (held.ends_with(".*") && permission.starts_with(std::string_view(held).substr(0, held.size() - 1))) ||
               (held.starts_with("*.") && permission.ends_with(std::string_view(held).substr(1)));
    });
}

unsigned Context::threads() const { return caller.in_background() ? std::max(1u, default_threads() - 1) : default_threads(); }

namespace shop {

Services::Services() = default;
Services::~Services() = default;

}  // namespace shop
}  // namespace kindling
