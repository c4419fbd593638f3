// modules/market/market_test_support.h -- a shop with the module in it, asked as the server asks. For tests only.
#pragma once
#include "modules/market/rows.h"
#include "shop/vault/vault.h"
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>

namespace kindling::market::test {

inline constexpr Milliseconds now = 1'700'000'000'000;
inline constexpr std::string_view file_id = "fil_AAAABBBB";

class MarketTest : public testing::Test {
protected:
    MarketTest() {
        folder = std::filesystem::temp_directory_path() / fmt::format("kindling-market-{}-{}", ::getpid(), testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder / "uploads" / "1");
        services.folder = folder;
        services.vault = std::move(*shop::Vault::open(folder / "secret.key"));
        services.store = std::move(*shop::Store::open({.address = (folder / "kindling.db").string(), .durability = shop::StoreOptions::Durability::normal}));
        auto tx = std::move(*services.store->write(1));
        EXPECT_TRUE(tx->execute("INSERT INTO shops (shop_id, name, name_zh, currency, locale, time_zone, created_at_ms) VALUES (1,'Shop','店','CNY','zh','Asia/Shanghai',0)"));
        EXPECT_TRUE(tx->commit());
        for (auto& op : module.operations()) operations.emplace(op.name, std::move(op));
    }
    ~MarketTest() override {
        services.store.reset();
        std::filesystem::remove_all(folder);
    }
    void sell(std::string const& id, std::string const& en, std::string const& zh, std::int64_t price_minor, std::string const& barcode = "") {
        auto tx = std::move(*services.store->write(1));
        ASSERT_TRUE(tx->execute("INSERT INTO products (shop_id, product_id, title_en, title_zh, created_at_ms, updated_at_ms) VALUES (1,?,?,?,0,0)", id, en, zh));
        ASSERT_TRUE(tx->execute("INSERT INTO variants (shop_id, sku, product_id, barcode, price_minor, currency) VALUES (1,?,?,?,?,'CNY')", "sku-" + id, id, barcode, price_minor));
        ASSERT_TRUE(tx->commit());
    }
    // Runs an operation as the server does: a transaction of its own unless it is long.
    template <class Out> Result<Out> call(std::string_view name, json::value const& request, Locale locale = Locale::en, Context::Mode mode = Context::Mode::real) {
        auto const& op = operations.at(name);
        Context context{.services = services, .shop_id = 1, .caller = {.kind = Caller::Kind::user, .id = "usr", .role = "owner", .permissions = {"*"}}, .locale = locale, .now = now + ++calls, .effect = op.effect, .mode = mode};
        std::unique_ptr<shop::Transaction> tx;
        if (op.length == Length::short_) tx = std::move(*services.store->write(1)), context.open = tx.get();
        json::value answer;
        TRY(op.run(context, request, answer));
        if (tx && mode == Context::Mode::real) TRY(tx->commit());
        Out out{};
        TRY(read_json(answer, type_of<Out>(), &out));
        return out;
    }
    ImportedItems import(std::string_view text, std::string_view source = "rival") {
        std::ofstream(folder / "uploads" / "1" / file_id, std::ios::binary) << text;
        auto const done = call<ImportedItems>("market.import", {{"file_id", file_id}, {"source", source}});
        if (!done) ADD_FAILURE() << done.error().reason << ": " << done.error().message;
        return done.value_or(ImportedItems{});
    }
    std::map<std::string, MarketItem> items(json::object request = {}) {
        request["page_size"] = 500;
        std::map<std::string, MarketItem> out;
        auto const page = call<ItemPage>("market.list", request);
        EXPECT_TRUE(page);
        for (auto const& i : page->items) out.emplace(i.item_id, i);
        return out;
    }

    std::filesystem::path folder;
    shop::Services services;
    Module module{services};
    std::map<std::string_view, Operation> operations;
    int calls = 0;
};

}  // namespace kindling::market::test
