// The crash proof. One cycle: start the real server, ask again for everything of the last cycle by its keys (the same key must
// give the same order), let four clients order, fill baskets, record batches and move stock, kill the server with SIGKILL at a
// random moment, open what is left and hold it to what was acknowledged (crash_check.cpp). On PostgreSQL now and then one of its
// processes is killed too, or the whole server; Kindling must then recover by itself before it is killed in turn.
#include "crash.h"

#include <fmt/format.h>

#include <cstdlib>
#include <thread>

#include "crash_check.h"
#include "private_postgres.h"

namespace kindling::bench {

namespace {

constexpr int clients = 4;

std::string setting(char const* name, char const* otherwise) {
    auto const* const value = std::getenv(name);
    return value && *value ? value : otherwise;
}

void stock_the_shop(ShopServer const& server, std::string const& key) {
    std::string products;
    for (int i = 0; i < crash_skus; ++i) products += fmt::format(R"({}{{"product_id":"p{}","title_en":"Thing {}","variants":[{{"sku":"{}","price_minor":{},"stock":100000000}}]}})", i ? "," : "", i, i, crash_sku(i), crash_price_minor);
    LoopbackClient client(server.port(), key);
    auto const answer = client.call("catalog.save_products", fmt::format(R"({{"products":[{}]}})", products));
    if (answer.status != 200) give_up(Error{Errc::internal, "bench_cannot_run", "the shop cannot be stocked: " + answer.body});
}

// Asks for the same once more, with the same keys: what was acknowledged must come back, what was not is done now, once.
Findings replay(std::uint16_t port, std::string const& key, AskedUnderLoad& asked) {
    Findings found;
    LoopbackClient client(port, key);
    for (auto& p : asked.orders) {
        HttpAnswer answer;
        for (int i = 0; i < 400 && (answer = client.call("orders.place", p.body, p.key)).status != 200; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
        auto const order = order_id_of(answer);
        if (order.empty() || (!p.order_id.empty() && order != p.order_id)) ++found.lost, fmt::print(stderr, "replay of {}: {} instead of {}: {} {}\n", p.key, order, p.order_id, answer.status, answer.body);
        p.order_id = order;
    }
    return found;
}

Findings check(std::string const& address, std::string const& folder, AskedUnderLoad const& asked) {
    auto opened = shop::Store::open({.address = address, .readers = 1});
    // A PostgreSQL that was killed repairs itself first; a SQLite file has to open at once.
    for (int i = 0; i < 300 && !opened && address.starts_with("postgres"); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        opened = shop::Store::open({.address = address, .readers = 1});
    }
    auto const store = need(std::move(opened));
    auto const tx = need(store->read(1));
    auto found = check_asked(*tx, *need(shop::Vault::open(std::filesystem::path(folder) / "data" / "secret.key")), asked);
    found.add(check_rules(*tx));
    return found;
}

void crash_on(BenchContext& context, std::string const& kind, int cycles, PrivatePostgres* postgres) {
    ScratchFolder const folder;
    auto const address = postgres ? postgres->address() : folder.path() + "/data/kindling.db", store = postgres ? address : std::string();
    Random random(20'260'722);
    Findings found;
    AskedUnderLoad last;
    std::string key;
    std::int64_t acknowledged = 0, unanswered = 0;
    double worst_start = 0;
    auto const begun = std::chrono::steady_clock::now();
    for (int cycle = 0; cycle < cycles; ++cycle) {
        auto const starting = std::chrono::steady_clock::now();
        ShopServer server(folder.path(), store);
        worst_start = std::max(worst_start, seconds_since(starting));
        if (cycle == 0) key = server.key("owner"), stock_the_shop(server, key);
        found.add(replay(server.port(), key, last));
        AskedUnderLoad asked;
        std::mutex mutex;
        std::atomic<bool> enough = false;
        std::vector<std::jthread> threads;
        for (int c = 0; c < clients; ++c)
            threads.emplace_back([&, own = Random(random.bits()), name = fmt::format("c{}-{}", cycle, c)] {
                auto mine = ask_until_broken(server.port(), key, name, own, enough);
                std::lock_guard lock(mutex);
                asked.add(std::move(mine));
            });
        std::this_thread::sleep_for(std::chrono::milliseconds(random.between(40, 400) * (postgres ? 3 : 1)));
        if (postgres && cycle % 5 == 2) {
            if (cycle % 10 == 2) postgres->kill_one_connection();
            else postgres->kill_server(), postgres->start();
            // Kindling itself lives on: what it says now must be as true as before.
            std::this_thread::sleep_for(std::chrono::milliseconds(random.between(200, 600)));
        }
        server.kill_now();
        enough = true;
        threads.clear();
        for (auto const& o : asked.orders) ++(o.order_id.empty() ? unanswered : acknowledged);
        for (auto const* list : {&asked.batches, &asked.transfers})
            for (auto const& a : *list) ++(a.acknowledged ? acknowledged : unanswered);
        found.add(check(address, folder.path(), asked));
        last = std::move(asked);
        if ((cycle + 1) % 10 == 0) fmt::print(stderr, "crash: {} {}/{} cycles, {} acknowledged, {} unanswered\n", kind, cycle + 1, cycles, acknowledged, unanswered);
    }
    {
        ShopServer const server(folder.path(), store);
        found.add(replay(server.port(), key, last));
    }
    found.add(check(address, folder.path(), last));
    auto const report = [&](std::string_view metric, double value, std::string_view unit) { context.report(fmt::format("{}/{}", metric, kind), value, unit); };
    report("cycles", cycles, "cycles");
    report("acknowledged", static_cast<double>(acknowledged), "requests");
    report("unanswered", static_cast<double>(unanswered), "requests");
    context.report(fmt::format("lost/{}", kind), static_cast<double>(found.lost), "requests", Reference{"goal", 0});
    context.report(fmt::format("half_applied/{}", kind), static_cast<double>(found.half), "findings", Reference{"goal", 0});
    context.report(fmt::format("applied_twice/{}", kind), static_cast<double>(found.twice), "findings", Reference{"goal", 0});
    report("slowest_start_s", worst_start, "s");
    report("seconds", seconds_since(begun), "s");
}

}  // namespace

void run_crash(BenchContext& context) {
    int const cycles = std::max(1, std::atoi(setting("KINDLING_CRASH_CYCLES", "200").c_str()));
    auto const stores = setting("KINDLING_CRASH_STORES", "sqlite postgres");
    if (stores.find("sqlite") != stores.npos) crash_on(context, "sqlite", cycles, nullptr);
    if (stores.find("postgres") == stores.npos) return;
    if (auto const postgres = PrivatePostgres::make()) crash_on(context, "postgres", cycles, postgres.get());
    else fmt::print(stderr, "crash: postgres skipped, PostgreSQL 15 is not installed\n");
}

}  // namespace kindling::bench
