#include "gateway/execute/usage_meter.h"
#include <filesystem>
#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>

namespace kindling::gateway {
namespace {

TEST(UsageMeter, CountsEachShopByItselfAndKeepsWhatTheStoreRefused) {
    auto const folder = std::filesystem::temp_directory_path() / ("kindling-usage-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    {
        auto const store = std::move(*shop::Store::open({.address = (folder / "kindling.db").string(), .busy_timeout_ms = 1}));
        std::vector<Operation> operations(2);
        operations[0].name = "a.read", operations[1].name = "a.write";
        UsageMeter meter(operations.size());
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] { for (int i = 0; i < 500; ++i) meter.count(1 + i % 2, 1, i % 5 ? UsageMeter::Outcome::ok : UsageMeter::Outcome::failed, 3); });
        threads.clear();
        meter.count(2, 0, UsageMeter::Outcome::ok, 7);
        auto const sum = [&](std::int64_t shop, std::string const& what) { return *(*store->read(shop))->integer("SELECT COALESCE(SUM(" + what + "), 0) FROM meter WHERE shop_id = ?", shop); };
        {
            auto const busy = store->write(1);
            meter.flush(*store, operations, 86'400'000 * 20'000LL);
        }
        EXPECT_EQ(sum(1, "calls"), 0);
        for (int again = 0; again < 2; ++again) meter.flush(*store, operations, 86'400'000 * 20'000LL);
        EXPECT_EQ(sum(1, "calls"), 1000);
        EXPECT_EQ(sum(2, "calls"), 1001);
        EXPECT_EQ(sum(1, "failures"), 200);
        EXPECT_EQ(sum(2, "microseconds"), 3007);
        EXPECT_EQ(sum(2, "day") / 2, 20'000);
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace kindling::gateway
