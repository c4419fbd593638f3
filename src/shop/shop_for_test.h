// shop/shop_for_test.h -- a shop in a folder of its own, with store, vault and one warehouse; gone with the object. For tests only.
#pragma once
#include "core/id.h"
#include "core/operation.h"
#include "shop/context.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <filesystem>
#include <gtest/gtest.h>

namespace kindling::shop::test {

class ShopOnDisk {
public:
    explicit ShopOnDisk(std::string const& name) : folder(std::filesystem::temp_directory_path() / ("kindling-" + name + "-" + new_id("t"))) {
        std::filesystem::create_directories(folder);
        services.folder = folder;
        services.store = std::move(*Store::open({.address = (folder / "kindling.db").string()}));
        services.vault = std::move(*Vault::open(folder / "secret.key"));
        auto tx = std::move(*services.store->write(1));
        EXPECT_TRUE(tx->execute("INSERT INTO shops (shop_id, name, currency, locale, time_zone, created_at_ms) VALUES (1, 'a', 'CNY', 'zh', 'UTC', 0)"));
        EXPECT_TRUE(tx->execute("INSERT INTO places (shop_id, place_id, kind) VALUES (1, 'main', 'warehouse')"));
        EXPECT_TRUE(tx->commit());
    }
    ~ShopOnDisk() {
        services.store.reset();
        std::filesystem::remove_all(folder);
    }
    ShopOnDisk(ShopOnDisk const&) = delete;
    ShopOnDisk& operator=(ShopOnDisk const&) = delete;

    // As a caller who may do everything; a short operation in a transaction of its own, which is kept when it went well.
    Result<json::value> run(std::span<Operation const> operations, std::string_view name, json::object const& request, Milliseconds now, Locale locale = Locale::en) {
        auto const operation = std::ranges::find(operations, name, &Operation::name);
        if (operation == operations.end()) return fail(Errc::not_found, "unknown_operation", std::string(name));
        Context context{.services = services, .caller = {.kind = Caller::Kind::system, .id = "t", .permissions = {"*"}}, .locale = locale, .now = now};
        std::unique_ptr<Transaction> tx;
        if (operation->length == Length::short_) tx = std::move(*services.store->write(1)), context.open = tx.get();
        json::value answer;
        TRY(operation->run(context, request, answer));
        if (tx) TRY(tx->commit());
        return answer;
    }

    std::filesystem::path folder;
    Services services;
};

}  // namespace kindling::shop::test
