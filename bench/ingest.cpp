// ingest: order lines a second from a file into SQLite, by the operation that users call: unpacking, decoding, mapping, checking, grouping,
// products and customers made from the lines, one transaction, durable on the disk when it answers.
//
// The real year of UCI Online Retail where the data holds it, else made-up lines of the same layout.
#include "ingest.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "shop/imports/api.h"
#include "shop/vault/vault.h"

namespace kindling::bench {

namespace {

double processor_seconds() {
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    auto const seconds = [](timeval const& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
    return seconds(use.ru_utime) + seconds(use.ru_stime);
}

// 300,000 lines of 15,000 orders; the same every time.
std::string write_lines(std::filesystem::path const& folder) {
    auto const path = folder / "lines.csv";
    std::ofstream out(path);
    out << "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    std::uint64_t state = 1;
    auto const below = [&](std::uint64_t n) { return (state = state * 6364136223846793005ull + 1442695040888963407ull, state >> 33) % n; };
    for (int line = 0; line < 300'000; ++line) {
        auto const order = line / 20, sku = static_cast<int>(below(4000));
        out << fmt::format("{},{},WOODEN THING NUMBER {},{},2011-{:02}-{:02} 10:{:02}:00,{}.{:02},{}.0,United Kingdom\n", 600'000 + order, 10'000 + sku, sku, 1 + below(12), 1 + order / 1300, 1 + order % 28, order % 60, 1 + below(9), below(100), 12'000 + order % 3000);
    }
    return path.string();
}

}  // namespace

void run_ingest(BenchContext& context) {
    namespace imports = shop::imports;
    auto const folder = std::filesystem::temp_directory_path() / fmt::format("kindling-ingest-{}", ::getpid());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto const real = context.find("online-retail-uci/online_retail.csv.gz");
    auto const path = real ? *real : write_lines(folder);
    std::string const set = real ? "online-retail" : "generated";

    shop::Services services;
    services.folder = folder;
    services.vault = need(shop::Vault::open(folder / "secret.key"));
    services.store = need(shop::Store::open({.address = (folder / "kindling.db").string()}));
    {
        auto const tx = need(services.store->write(1));
        need(tx->execute("INSERT INTO shops (shop_id, name, name_zh, currency, locale, time_zone, created_at_ms) VALUES (1,'My shop','','GBP','en','Etc/UTC',0)"));
        need(tx->commit());
    }
    auto const run = [&] {
        Context asked{.services = services, .shop_id = 1, .caller = {.kind = Caller::Kind::system, .id = "bench", .role = "system", .permissions = {"*"}}, .now = 1'700'000'000'000, .request_id = "bench", .effect = Effect::act};
        return need(imports::run_import(asked, {.path = path, .preset = "online-retail"}));
    };
    auto const start = std::chrono::steady_clock::now();
    auto const used = processor_seconds();
    auto const report = run();
    auto const seconds = seconds_since(start), processor = processor_seconds() - used;
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    auto const lines = static_cast<double>(report.created.order_lines);
    context.report("lines_per_second/" + set, lines / seconds, "lines/s", Reference{"goal", 45'000});
    context.report("lines_per_processor_second/" + set, lines / processor, "lines/s");
    context.report("seconds/" + set, seconds, "s", real ? std::optional(Reference{"goal", 12}) : std::nullopt);
    context.report("resident_mb/" + set, static_cast<double>(use.ru_maxrss) / 1024, "MB");
    auto const again = std::chrono::steady_clock::now();
    auto const second = run();
    context.report("again_seconds/" + set, seconds_since(again), "s");
    context.report("changed_again/" + set, static_cast<double>(second.accepted), "lines");
    services.store.reset();
    std::filesystem::remove_all(folder);
}

}  // namespace kindling::bench
