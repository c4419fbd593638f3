// A shop in a folder of its own, for the tests of imports.
#pragma once
#include "shop/imports/api.h"
#include "shop/vault/vault.h"
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

namespace kindling::shop::imports {

class ImportTest : public testing::Test {
protected:
    ImportTest() {
        auto const* const info = testing::UnitTest::GetInstance()->current_test_info();
        folder = std::filesystem::temp_directory_path() / ("kindling-imports-" + std::to_string(::getpid()) + "-" + info->name());
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder / "uploads" / "1");
        services.folder = folder;
        services.vault = std::move(*Vault::open(folder / "secret.key"));
        services.store = std::move(*Store::open({.address = (folder / "kindling.db").string(), .durability = StoreOptions::Durability::normal}));
        auto tx = std::move(*services.store->write(1));
        EXPECT_TRUE(tx->execute("INSERT INTO shops (shop_id, name, name_zh, currency, locale, time_zone, created_at_ms) VALUES (1,'My shop','我的店铺','USD','en','Etc/UTC',0)"));
        EXPECT_TRUE(tx->execute("INSERT INTO places (shop_id, place_id, kind, name_en, name_zh) VALUES (1,'main','warehouse','Main','主仓')"));
        EXPECT_TRUE(tx->commit());
    }
    ~ImportTest() override {
        services.store.reset();
        std::filesystem::remove_all(folder);
    }

    std::string write(std::string const& name, std::string_view text) {
        auto const path = (folder / name).string();
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }
    Context context(Context::Mode mode = Context::Mode::real) {
        return {.services = services, .shop_id = 1, .caller = {.kind = Caller::Kind::system, .id = "system", .role = "system", .permissions = {"*"}}, .now = 1'800'000'000'000, .request_id = "test", .effect = Effect::act, .mode = mode};
    }
    Result<ImportReport> try_run(RunImport const& in, Context::Mode mode = Context::Mode::real) {
        auto c = context(mode);
        return run_import(c, in);
    }
    ImportReport run(RunImport const& in, Context::Mode mode = Context::Mode::real) {
        auto r = try_run(in, mode);
        if (!r) ADD_FAILURE() << r.error().reason << ": " << r.error().message << (r.error().fields.empty() ? "" : " " + r.error().fields[0].path + " " + r.error().fields[0].message);
        EXPECT_TRUE(!r || r->accepted + r->unchanged + r->skipped + r->refused == r->read) << "every row has exactly one outcome";
        return r.value_or(ImportReport{});
    }
    std::string run_fails(RunImport const& in) {
        auto const r = try_run(in);
        return r ? "no error" : r.error().reason;
    }
    ImportReport run_text(std::string const& name, std::string_view text, RunImport in = {}) {
        in.path = write(name, text);
        return run(in);
    }
    std::int64_t count(std::string const& sql) {
        auto tx = std::move(*services.store->read(1));
        return tx->integer(sql).value_or(-1);
    }
    std::string text(std::string const& sql) {
        auto tx = std::move(*services.store->read(1));
        std::string out;
        auto const r = tx->run(sql, {}, [&](Row const& row) -> Result<void> {
            if (!out.empty()) out += '\n';
            for (int c = 0; c < row.columns(); ++c) out += (c ? "|" : "") + (row.is_null(c) ? std::string("-") : std::string(row.text(c)));
            return {};
        });
        if (!r) ADD_FAILURE() << r.error().message;
        return out;
    }
    // What a re-import must not change: everything but the records of imports themselves.
    std::string everything() {
        std::string out;
        for (auto t : {"shops", "categories", "products", "variants", "attributes", "media", "price_history", "customer_identities", "consents", "orders", "order_lines", "payments", "reviews", "stock", "stock_moves"}) out += std::string(t) + "\n" + text(std::string("SELECT * FROM ") + t) + "\n";
        return out + text("SELECT customer_id, country, city, created_at_ms FROM customers");
    }

    std::filesystem::path folder;
    Services services;
};

inline std::vector<std::string> reasons_of(ImportReport const& r) {
    std::vector<std::string> out;
    for (auto const& l : r.refused_lines) out.push_back(std::to_string(l.line) + " " + l.reason);
    return out;
}

}  // namespace kindling::shop::imports
