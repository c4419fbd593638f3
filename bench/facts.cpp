#include "facts.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "core/random.h"
#include "shop/analysis/keeper.h"
#include "shop/context.h"
#include "shop/facts/appender.h"
#include "shop/facts/query.h"
#include "shop/orders/api.h"
#include "shop/vault/vault.h"

namespace kindling::bench {

namespace {

using Clock = std::chrono::steady_clock;

struct Folder {
    std::filesystem::path path;
    Folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "kindling_bench_XXXXXX").string();
        path = ::mkdtemp(pattern.data());
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

void grouping(BenchContext& bench) {
    using namespace shop::facts;
    using enum ColumnType;
    constexpr std::int64_t rows = 5'000'000;
    Folder const folder;
    Schema const schema{{"day", day}, {"order_id", integer}, {"customer", integer}, {"sku", integer}, {"quantity", integer}, {"unit_price_minor", integer}, {"discount_minor", integer}, {"cost_minor", integer}, {"region", text}, {"status", text}, {"channel", text}, {"category", text}};
    std::vector<std::string> regions, categories;
    for (int i = 0; i < 34; ++i) regions.push_back(fmt::format("region {}", i));
    for (int i = 0; i < 12; ++i) categories.push_back(fmt::format("category {}", i));
    std::vector<std::string> const statuses{"placed", "paid", "shipped", "delivered", "cancelled"}, channels{"web", "app", "store"};
    {
        auto const appender = need(Appender::open(folder.path, schema));
        Random random(1);
        auto const start = Clock::now();
        for (std::int64_t i = 0; i < rows; ++i) {
            appender->integer(0, 19'000 + i * 730 / rows), appender->integer(1, i / 3), appender->integer(2, static_cast<std::int64_t>(random.below(200'000))), appender->integer(3, static_cast<std::int64_t>(random.below(5'000)));
            appender->integer(4, random.between(1, 9)), appender->integer(5, random.between(100, 99'900)), appender->integer(6, random.between(0, 50)), appender->integer(7, random.between(50, 50'000));
            appender->text(8, regions[random.below(regions.size())]), appender->text(9, statuses[random.below(statuses.size())]), appender->text(10, channels[random.below(channels.size())]), appender->text(11, categories[random.below(categories.size())]);
            appender->end_row();
        }
        need(appender->commit("1"));
        bench.report("append_rows_per_second", static_cast<double>(rows) / seconds_since(start), "rows/s");
    }
    auto const table = need(Table::open(folder.path));
    auto const best = [&](std::vector<Measure> const& measures) {
        double seconds = 1e9;
        for (int run = 0; run < 7; ++run) {
            auto const start = Clock::now();
            auto const result = need(Query(table).group_by({"region", "status"}).measure(measures).run());
            seconds = std::min(seconds, seconds_since(start));
            if (result.rows != 34 * 5) give_up({.message = "the groups are not as they should be"});
        }
        return seconds;
    };
    bench.report("grouped_seconds", best({count()}), "s", Reference{"goal", 0.05});
    bench.report("grouped_seconds/three_measures", best({count(), sum("quantity"), sum_product("quantity", "unit_price_minor")}), "s", Reference{"goal", 0.05});
}

void lag(BenchContext& bench) {
    Folder const folder;
    shop::Services services;
    services.folder = folder.path;
    services.vault = need(shop::Vault::open(folder.path / "secret.key"));
    services.store = need(shop::Store::open({.address = (folder.path / "kindling.db").string()}));
    {
        auto const tx = need(services.store->write(1));
        need(tx->execute("INSERT INTO shops (shop_id, name, currency, locale, time_zone, created_at_ms) VALUES (1,'bench','CNY','zh','Asia/Shanghai',0)"));
        need(tx->commit());
    }
    Random random(2);
    std::int64_t order = 0;
    auto const commit = [&](int lines) {
        shop::RecordOrders record;
        for (int i = 0; i < lines; i += 2) {
            shop::Order o{.order_id = fmt::format("o{}", order++), .customer_id = fmt::format("c{}", random.below(20'000)), .placed_at_ms = 1'700'000'000'000 + order * 60'000, .status = shop::OrderStatus::paid, .channel = "web", .country = "CN"};
            for (int k = 0; k < 2; ++k) o.lines.push_back({fmt::format("s{}", random.below(2'000)), "p", "", random.between(1, 5), random.between(100, 9'900), 0});
            record.orders.push_back(std::move(o));
        }
        auto const tx = need(services.store->write(1));
        Context context{.services = services, .open = tx.get(), .caller = {.kind = Caller::Kind::system, .permissions = {"*"}}, .now = now_ms()};
        need(shop::record_orders(context, record));
        need(tx->commit());
    };
    for (int i = 0; i < 10; ++i) commit(10'000);
    shop::FactsKeeper keeper(services);
    keeper.start();
    need(keeper.catch_up(1));
    std::vector<double> lags;
    for (int i = 0; i < 10; ++i) {
        auto const before = keeper.of(1).commits();
        commit(10'000);
        auto const start = Clock::now();
        // Nothing of ours pushes the thread; the derived table is the last to be written.
        for (std::int64_t behind = 1; behind > 0;) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            behind = keeper.of(1).commits() == before;
            if (!behind)
                for (auto const& s : need(keeper.of(1).status())) behind += s.behind;
        }
        lags.push_back(seconds_since(start) * 1000);
    }
    bench.report("lag_ms/median", percentile(lags, 0.5), "ms");
    bench.report("lag_ms", *std::ranges::max_element(lags), "ms", Reference{"goal", 1000});
}

}  // namespace

void run_facts(BenchContext& bench) {
    grouping(bench);
    lag(bench);
}

}  // namespace kindling::bench
