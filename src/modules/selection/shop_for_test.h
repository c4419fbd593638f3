// modules/selection/shop_for_test.h -- a shop of 60 products in 6 families where what follows what is known: after item i of a family people look at i + 1, and tea is bought with its own cup.
//
// Stock of 20 each, none of p07. Events and orders are written as rows, at times before `now`; a test asks the module through its operations.
#pragma once
#include "core/random.h"
#include "modules/selection/learned.h"
#include "modules/selection/slots.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kindling::selection {

inline constexpr Milliseconds now = 1'700'000'000'000;
inline constexpr int products = 60, families = 6;

class ShopTest : public testing::Test {
protected:
    ShopTest() {
        folder = std::filesystem::temp_directory_path() / fmt::format("kindling-selection-{}-{}", ::getpid(), testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        services.folder = folder;
        services.vault = std::move(*shop::Vault::open(folder / "secret.key"));
        services.store = std::move(*shop::Store::open({.address = (folder / "kindling.db").string(), .durability = shop::StoreOptions::Durability::normal}));
        auto tx = std::move(*services.store->write(1));
        run(*tx, "INSERT INTO shops (shop_id, name, name_zh, currency, locale, time_zone, created_at_ms) VALUES (1,'Shop','店','USD','en','Etc/UTC',0)");
        for (int f = 0; f < families; ++f) run(*tx, fmt::format("INSERT INTO categories (shop_id, category_id, name_en, name_zh) VALUES (1,'f{0}','Family {0}','系列 {0}')", f));
        for (int p = 0; p < products; ++p) {
            run(*tx, fmt::format("INSERT INTO products (shop_id, product_id, category_id, title_en, title_zh, created_at_ms, updated_at_ms) VALUES (1,'{0}','f{1}','Thing {0}','物品 {0}',0,0)", id(p), p % families));
            run(*tx, fmt::format("INSERT INTO variants (shop_id, sku, product_id, price_minor, currency) VALUES (1,'s{0}','{0}',1000,'USD')", id(p)));
            run(*tx, fmt::format("INSERT INTO stock (shop_id, sku, place_id, on_hand, updated_at_ms) VALUES (1,'s{0}','main',{1},0)", id(p), p == 7 ? 0 : 20));
        }
        EXPECT_TRUE(tx->commit());
    }
    ~ShopTest() override {
        services.store.reset();
        std::filesystem::remove_all(folder);
    }
    static std::string id(int p) { return fmt::format("p{:02}", p); }
    static void run(shop::Transaction& tx, std::string const& sql) {
        auto const done = tx.execute(sql);
        ASSERT_TRUE(done) << done.error().message << "\n" << sql;
    }
    // After p a visitor looks at p + next (as it stands: the next of its family), nine times out of ten.
    void visits(int count, int next = families) {
        auto tx = std::move(*services.store->write(1));
        Random random(1);
        for (int v = 0; v < count; ++v) {
            int p = static_cast<int>(random.below(products));
            for (int step = 0; step < 4; ++step) {
                view(*tx, fmt::format("v{}", v), p, now - (count - v) * 60'000 + step);
                p = random.chance(0.9) ? (p + next) % products : static_cast<int>(random.below(products));
            }
        }
        ASSERT_TRUE(tx->commit());
    }
    void view(shop::Transaction& tx, std::string const& session, int p, Milliseconds at) {
        run(tx, fmt::format("INSERT INTO events (shop_id, seq, at_ms, kind, session_id, product_id) VALUES (1,{},{},'view','{}','{}')", ++seq, at, session, id(p)));
        tx.changed("event");
    }
    // Customer c buys p and p + 1 together, then three days later p + 2.
    void purchases(int customers) {
        auto tx = std::move(*services.store->write(1));
        Random random(2);
        for (int c = 0; c < customers; ++c) {
            int const p = static_cast<int>(random.below(products - 3));
            order(*tx, fmt::format("c{}", c), {p, p + 1}, now - 90'000'000);
            order(*tx, fmt::format("c{}", c), {p + 2}, now - 80'000'000);
        }
        ASSERT_TRUE(tx->commit());
    }
    void order(shop::Transaction& tx, std::string const& customer, std::vector<int> const& goods, Milliseconds at) {
        auto const order_id = fmt::format("o{:06}", ++orders);
        run(tx, fmt::format("INSERT INTO orders (shop_id, order_id, customer_id, placed_at_ms, status, currency, subtotal_minor, total_minor) VALUES (1,'{}','{}',{},'paid','USD',0,0)", order_id, customer, at));
        for (std::size_t l = 0; l < goods.size(); ++l) run(tx, fmt::format("INSERT INTO order_lines (shop_id, order_id, line, seq, sku, product_id, quantity, unit_price_minor) VALUES (1,'{}',{},{},'s{}','{}',1,1000)", order_id, l, ++lines, id(goods[l]), id(goods[l])));
        tx.changed("order");
    }

    Result<json::value> call(Module& module, std::string_view name, json::object const& request, Caller caller = {.kind = Caller::Kind::shopper, .id = "session:me", .role = "shopper", .session_id = "me"}, Context::Mode mode = Context::Mode::real) {
        auto const operations = module.operations();
        auto const op = std::ranges::find(operations, name, &Operation::name);
        auto tx = std::move(*services.store->read(1));
        Context context{.services = services, .open = tx.get(), .shop_id = 1, .caller = std::move(caller), .now = now, .mode = mode};
        json::value answer;
        TRY(op->run(context, request, answer));
        return answer;
    }
    std::vector<std::string> ids(Module& module, json::object const& request) {
        std::vector<std::string> out;
        auto const answer = call(module, "selection.recommend", request);
        EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
        if (answer)
            for (auto const& item : answer->at("items").as_array()) out.emplace_back(item.at("product_id").as_string());
        return out;
    }
    static Caller staff() { return {.kind = Caller::Kind::system, .id = "system", .role = "system", .permissions = {"*"}}; }

    shop::Services services;
    std::filesystem::path folder;
    int seq = 0, orders = 0, lines = 0;
};

}  // namespace kindling::selection
