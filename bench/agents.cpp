// `agents`: a platform that the owner registered asks a real `kindling serve` over loopback for products, by REST, with queries of one to
// three words and every third with a price filter. So each passes parsing, the register, the negotiation, the limit, the search, the reading of ten
// products with variants and stock, and the writing of their JSON. One request in flight; the time is the client's, and beside it the processor time
// that the server used for a search (the mean), which other programs do not change.
// Two shops: 5,000 generated products with attributes, and many: amazon-products-24k (titles and descriptions of some 24,500 products; asked for with words of its
// titles, metrics _amazon_24k, and with wishes that name no goods, _wishes_amazon_24k), or where that is not there 24,000 generated ones (_24k).
#include "agents.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cstdlib>

#include "core/json_codec.h"
#include "core/json_text.h"
#include "shop_server.h"
#include "text_rich_shop.h"

namespace kindling::bench {

namespace {

constexpr std::size_t few_products = 5000, many_products = 24'000, saved_at_once = 250;
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

class AgentShop {
public:
    AgentShop() : server_(folder_.path(), ""), owner_(server_.port(), server_.key("owner")), agent_(server_.port(), "") {
        std::string const profile = R"({"ucp":{"version":"2026-04-08","services":{},"payment_handlers":{},"capabilities":{"dev.ucp.shopping.catalog.search":[{"version":"2026-04-08"}]}}})";
        manage("agents.save", fmt::format(R"({{"name":"Bench","profile_url":"https://bench.example/p","profile":{},"calls_per_minute":1000000}})", profile));
        key_ = server_.key("agent");
    }
    void manage(std::string_view operation, std::string const& body) {
        if (auto const saved = owner_.call(operation, body); saved.status != 200) stop(fmt::format("{} fails: {}", operation, saved.body.substr(0, 800)));
    }
    // `query_of(i)`: what is asked the i-th time.
    void measure(BenchContext& context, std::string const& name, std::string (*query_of)(std::size_t i, void const*), void const* from) {
        auto const* const wish = std::getenv("KINDLING_AGENT_SEARCHES");
        auto const searches = static_cast<std::size_t>(std::max(100, wish ? std::atoi(wish) : 1000));
        for (std::size_t i = 0; i < 50; ++i) ask(query_of(i, from), i);  // the index is opened, pages are read
        std::vector<double> times;
        found_ = 0;
        auto const used = server_.processor_seconds();
        for (std::size_t i = 0; i < searches; ++i) times.push_back(ask(query_of(i, from), i));
        auto const spent = server_.processor_seconds() - used;
        if (found_ * 10 < searches * 8) stop(fmt::format("only {} of {} searches found anything", found_, searches));
        context.report("search_catalog_p50_ms/" + name, percentile(times, 0.5), "ms");
        context.report("search_catalog_p99_ms/" + name, percentile(times, 0.99), "ms", Reference{"goal: at most", 10});
        context.report("search_catalog_processor_mean_ms/" + name, spent * 1000 / static_cast<double>(searches), "ms");
    }

private:
    double ask(std::string const& query, std::size_t i) {
        json::object request{{"query", query}};
        if (i % 3 == 0) request["filters"] = json::object{{"price", json::object{{"max", 2000 + i % 9000}}}}, request["context"] = json::object{{"currency", "CNY"}};
        auto const body = to_text(json::value(std::move(request)));
        auto const start = std::chrono::steady_clock::now();
        if (!agent_.send(fmt::format("POST /ucp/v1/catalog/search HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nAuthorization: Bearer {}\r\nUCP-Agent: profile=\"https://bench.example/p\"\r\nContent-Length: {}\r\n\r\n{}", server_.port(), key_, body.size(), body))) stop("the connection broke");
        auto const answer = agent_.receive(&whole);
        auto const seconds = seconds_since(start);
        if (!answer || !answer->starts_with("HTTP/1.1 200") || answer->find("\"status\":\"success\"") == std::string::npos) stop("no products came: " + answer.value_or("").substr(0, 800));
        found_ += answer->find("\"products\":[{") != std::string::npos;  // words and price together may fit nothing
        return seconds * 1000;
    }

    ScratchFolder const folder_;
    ShopServer const server_;
    LoopbackClient owner_, agent_;
    std::string key_;
    std::size_t found_ = 0;
};

void stock_generated(AgentShop& shop, std::size_t from, std::size_t to) {
    for (; from < to; from += saved_at_once) {
        std::string list;
        for (auto i = from; i < from + saved_at_once; ++i) {
            auto const colour = colours[i % 8], thing = things[i / 8 % 10], stuff = stuffs[i / 80 % 8];
            list += fmt::format(R"({}{{"product_id":"p{}","title_en":"{} {} {} {}","description_en":"A {} of {} in {}, number {}.","brand":"Brand {}","variants":[{{"sku":"S{}-1","title_en":"Small","price_minor":{},"stock":{}}},{{"sku":"S{}-2","title_en":"Large","price_minor":{},"stock":9}}],"attributes":[{{"name":"colour","text_en":"{}"}},{{"name":"material","text_en":"{}"}}]}})",
                                i == from ? "" : ",", i, colour, stuff, thing, i, thing, stuff, colour, i, i % 40, i, 500 + i * 7 % 20'000, i % 5, i, 900 + i * 7 % 20'000, colour, stuff);
        }
        shop.manage("catalog.save_products", fmt::format(R"({{"products":[{}]}})", list));
    }
}

std::string generated_query(std::size_t i, void const*) {
    return i % 4 == 0 ? std::string(things[i % 10]) : i % 4 == 1 ? fmt::format("{} {}", colours[i % 8], things[i / 3 % 10]) : i % 4 == 2 ? fmt::format("{} {} {}", colours[i % 8], stuffs[i / 5 % 8], things[i / 7 % 10]) : fmt::format("{} {}", stuffs[i % 8], things[i % 10]);
}

// One to three words that stand together in a title: "guitar", "wooden train", "Nylon Guitar Strings".
std::string title_query(std::size_t i, void const* from) {
    auto const& products = *static_cast<std::vector<shop::Product> const*>(from);
    std::vector<std::string> words;
    auto const& title = products[i * 7919 % products.size()].title_en;
    for (std::size_t at = 0; at < title.size();) {
        auto const begin = at;
        while (at < title.size() && ((title[at] | 32) >= 'a' && (title[at] | 32) <= 'z')) ++at;
        if (at - begin >= 3) words.push_back(title.substr(begin, at - begin));
        at = std::max(at, begin + 1);
    }
    if (words.empty()) return "guitar";
    auto const most = std::min(words.size(), 1 + i % 3), first = i / 3 * 31 % (words.size() - most + 1);
    std::string out = words[first];
    for (std::size_t w = first + 1; w < first + most; ++w) out += " " + words[w];
    return out;
}

// Sentences of a person, a present, an occasion or a trouble, in both languages: met as the guide meets them (dialogue/wishes.h).
std::string wish_query(std::size_t i, void const*) {
    static constexpr std::string_view wishes[] = {
        "a gift for my dad who drinks tea", "想给喝茶的爸爸买礼物", "what can I get my brother who just started playing guitar", "给三岁男孩的礼物", "my daughter turns five next week and she adores horses", "朋友乔迁，送什么礼物好", "something for my grandma, her hands are always cold",
        "我爸爱下象棋", "present for a 7 year old boy who loves dinosaurs", "送给喜欢画画的小女孩", "my back hurts after sitting at the desk all day", "游泳的时候想听歌", "gift for a new mom", "儿子上小学一年级了，送什么", "for a kid who likes building things", "教师节送老师什么"};
    return std::string(wishes[i % std::size(wishes)]);
}

}  // namespace

void run_agents(BenchContext& context) {
    {
        AgentShop shop;
        stock_generated(shop, 0, few_products);
        shop.measure(context, "generated-5k", &generated_query, nullptr);
    }
    AgentShop shop;
    auto real = text_rich_shop(context);
    std::erase_if(real.products, [](shop::Product const& p) { return p.title_en.find_first_not_of(" \t") == std::string::npos || p.title_en.size() > 500; });  // what a shop would refuse
    if (real.products.empty()) {
        stock_generated(shop, 0, many_products);
        shop.measure(context, "generated-24k", &generated_query, nullptr);
        return;
    }
    json::array categories;
    for (auto const& c : real.categories) categories.push_back(write_json(c));
    shop.manage("catalog.save_categories", to_text(json::value(json::object{{"categories", std::move(categories)}})));
    for (std::size_t from = 0; from < real.products.size(); from += saved_at_once) {
        json::array list;
        for (auto i = from; i < std::min(real.products.size(), from + saved_at_once); ++i) list.push_back(write_json(real.products[i]));
        shop.manage("catalog.save_products", to_text(json::value(json::object{{"products", std::move(list)}})));
    }
    shop.measure(context, "amazon-24k", &title_query, &real.products);
    shop.measure(context, "amazon-24k-wishes", &wish_query, nullptr);
}

}  // namespace kindling::bench
