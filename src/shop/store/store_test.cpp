// One suite for every store: the same transactions must mean the same on each.
#include "shop/store/store.h"
#include <filesystem>
#include <gtest/gtest.h>

namespace kindling::shop {
namespace {

std::unique_ptr<Store> fresh() {
    auto const path = std::filesystem::temp_directory_path() / ("kindling-store-" + std::to_string(::getpid()) + ".db");
    for (auto tail : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + tail);
    return std::move(*Store::open({.address = path.string()}));
}

TEST(Store, RunsOneStatementForManyRows) {
    auto const store = fresh();
    auto tx = std::move(*store->write(1));
    std::vector<std::string> const ids{"a", "b", "c"};
    std::optional<std::int64_t> const none;
    auto const changed = tx->run_many("INSERT INTO variants (shop_id, sku, product_id, price_minor, compare_at_minor, currency) VALUES (?,?,?,?,?,'CNY') ON CONFLICT (shop_id, sku) DO UPDATE SET price_minor = excluded.price_minor", ids.size(), [&](std::size_t i, std::vector<Value>& values) {
        values = {tx->shop_id(), ids[i], "p", i, none};
    });
    ASSERT_TRUE(changed.has_value()) << changed.error().message;
    EXPECT_EQ(*changed, 3);
    EXPECT_EQ(*tx->integer("SELECT COUNT(*) FROM variants WHERE shop_id = 1 AND compare_at_minor IS NULL"), 3);
}

}  // namespace
}  // namespace kindling::shop
