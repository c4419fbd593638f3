// modules/feeds/push.h -- the use cases behind the operations.
#pragma once
#include "modules/feeds/api.h"

namespace kindling::feeds {

struct StoredTarget : Target {
    std::string key;  // opened
};

Result<StoredTarget> target_of(shop::Services const&, shop::Transaction&, std::string const& target_id);

Result<ProductsPage> products(Context&, AskProducts const&);
Result<TargetName> save_target(Context&, SaveTarget const&);
Result<Targets> list_targets(Context&, Nothing const&);
Result<Nothing> remove_target(Context&, TargetName const&);
Result<Pushed> push(Context&, Push const&);

}  // namespace kindling::feeds
