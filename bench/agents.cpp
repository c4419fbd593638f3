// `agents`: a platform that the owner registered asks a real `kindling serve` over loopback for products, by REST, with queries of one to
// three words and every third with a price filter. So each passes parsing, the register, the negotiation, the limit, the search, the reading of ten
// products with variants and stock, and the writing of their JSON. One request in flight; the time is the client's. With 5,000 products and with 24,000.
#include "agents.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>

#include "shop_server.h"

namespace kindling::bench {

namespace {

constexpr int products = 5000, many_products = 24'000;
constexpr std::string_view colours[] = {"red", "blue", "green", "black", "white", "yellow", "grey", "brown"}, things[] = {"mug", "lamp", "chair", "dress", "bag", "kettle", "shelf", "jacket", "bottle", "clock"}, stuffs[] = {"steel", "oak", "linen", "glass", "cotton", "stone", "leather", "wool"};

// The length of one whole answer at the front of what was read; 0 when there is more to come.
std::size_t whole(std::string_view held) {
    auto const head = held.find("\r\n\r\n");
    if (head == held.npos) return 0;
    std::size_t length = 0;
    for (std::string_view name : {"Content-Length: ", "content-length: "})
        if (auto const at = held.substr(0, head).find(name); at != held.npos) std::from_chars(held.data() + at + name.size(), held.data() + head, length);
    return held.size() >= head + 4 + length ? head + 4 + length : 0;
}

[[noreturn]] void stop(std::string what) { give_up(Error{Errc::internal, "bench_cannot_run", std::move(what)}); }

}  // namespace

void run_agents(BenchContext& context) {
    ScratchFolder const folder;
    ShopServer const server(folder.path(), "");
    LoopbackClient owner(server.port(), server.key("owner"));
    auto const stock = [&](int from) {
        std::string list;
        for (int i = from; i < from + 250; ++i) {
            auto const colour = colours[i % 8], thing = things[i / 8 % 10], stuff = stuffs[i / 80 % 8];
            list += fmt::format(R"({}{{"product_id":"p{}","title_en":"{} {} {} {}","description_en":"A {} of {} in {}, number {}.","brand":"Brand {}","variants":[{{"sku":"S{}-1","title_en":"Small","price_minor":{},"stock":{}}},{{"sku":"S{}-2","title_en":"Large","price_minor":{},"stock":9}}],"attributes":[{{"name":"colour","text_en":"{}"}},{{"name":"material","text_en":"{}"}}]}})",
                                i == from ? "" : ",", i, colour, stuff, thing, i, thing, stuff, colour, i, i % 40, i, 500 + i * 7 % 20'000, i % 5, i, 900 + i * 7 % 20'000, colour, stuff);
        }
        if (auto const saved = owner.call("catalog.save_products", fmt::format(R"({{"products":[{}]}})", list)); saved.status != 200) stop("the shop cannot be stocked: " + saved.body);
    };
    for (int from = 0; from < products; from += 250) stock(from);
    std::string const profile = R"({"ucp":{"version":"2026-04-08","services":{},"payment_handlers":{},"capabilities":{"dev.ucp.shopping.catalog.search":[{"version":"2026-04-08"}]}}})";
    if (auto const saved = owner.call("agents.save", fmt::format(R"({{"name":"Bench","profile_url":"https://bench.example/p","profile":{},"calls_per_minute":1000000}})", profile)); saved.status != 200) stop("the agent cannot be registered: " + saved.body);
    auto const key = server.key("agent");
    LoopbackClient agent(server.port(), "");
    int found = 0;
    auto const ask = [&](int i) {
        auto const query = i % 4 == 0 ? std::string(things[i % 10]) : i % 4 == 1 ? fmt::format("{} {}", colours[i % 8], things[i / 3 % 10]) : i % 4 == 2 ? fmt::format("{} {} {}", colours[i % 8], stuffs[i / 5 % 8], things[i / 7 % 10]) : fmt::format("{} {}", stuffs[i % 8], things[i % 10]);
        auto const body = i % 3 == 0 ? fmt::format(R"({{"query":"{}","filters":{{"price":{{"max":{}}}}},"context":{{"currency":"CNY"}}}})", query, 2000 + i % 9000) : fmt::format(R"({{"query":"{}"}})", query);
        auto const start = std::chrono::steady_clock::now();
        if (!agent.send(fmt::format("POST /ucp/v1/catalog/search HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nAuthorization: Bearer {}\r\nUCP-Agent: profile=\"https://bench.example/p\"\r\nContent-Length: {}\r\n\r\n{}", server.port(), key, body.size(), body))) stop("the connection broke");
        auto const answer = agent.receive(&whole);
        auto const seconds = seconds_since(start);
        if (!answer || !answer->starts_with("HTTP/1.1 200") || answer->find("\"status\":\"success\"") == std::string::npos) stop("no products came: " + answer.value_or("").substr(0, 800));
        found += answer->find("\"products\":[{") != std::string::npos;  // words and price together may fit nothing
        return seconds * 1000;
    };
    auto const* const wish = std::getenv("KINDLING_AGENT_SEARCHES");
    int const searches = std::max(100, wish ? std::atoi(wish) : 1000);
    auto const measure = [&](std::string const& name) {
        for (int i = 0; i < 50; ++i) ask(i);  // the index is opened, pages are read
        std::vector<double> times;
        found = 0;
        for (int i = 0; i < searches; ++i) times.push_back(ask(i));
        if (found * 10 < searches * 8) stop(fmt::format("only {} of {} searches found anything", found, searches));
        context.report(name + "_p50", percentile(times, 0.5), "ms");
        context.report(name + "_p99", percentile(times, 0.99), "ms", Reference{"goal: at most", 10});
    };
    measure("search_catalog");
    for (int from = products; from < many_products; from += 250) stock(from);
    measure("search_catalog_24k");
}

}  // namespace kindling::bench
