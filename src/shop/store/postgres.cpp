#include "shop/store/store.h"

namespace kindling::shop {

Result<std::unique_ptr<Store>> detail::open_postgres(StoreOptions) {
    return fail(Errc::unavailable, "store_unavailable", "This build has no PostgreSQL driver.");
}

}  // namespace kindling::shop
