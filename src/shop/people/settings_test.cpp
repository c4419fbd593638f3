// Settings as they stand in the store: a secret is sealed there, shown nowhere, and opened only for its own shop.
#include "core/json_text.h"
#include "shop/people/people.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

namespace kindling::shop {
namespace {

constexpr std::string_view key = "language_model_key";

class SettingsTest : public testing::Test {
protected:
    SettingsTest() {
        folder_ = std::filesystem::temp_directory_path() / ("kindling-settings-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        services_.store = std::move(*Store::open({.address = (folder_ / "kindling.db").string()}));
        services_.vault = std::move(*Vault::open(folder_ / "secret.key"));
        tx_ = std::move(*services_.store->write(1));
    }
    ~SettingsTest() override {
        tx_.reset();
        services_.store.reset();
        std::filesystem::remove_all(folder_);
    }
    Result<json::value> update(std::string_view name, std::string_view value) {
        Context context{.services = services_, .open = tx_.get(), .now = 1};
        json::value answer;
        for (auto const& o : administration_operations())
            if (o.name == "settings.update") TRY(o.run(context, json::object{{"changes", json::array{json::object{{"name", name}, {"value", value}}}}}, answer));
        return answer;
    }
    std::string in_store(std::string_view name) {
        std::string out;
        Value const values[] = {name};
        EXPECT_TRUE(tx_->run("SELECT value FROM settings WHERE shop_id = 1 AND name = ?", values, [&](Row const& row) -> Result<void> { out = row.text(0); return {}; }));
        return out;
    }

    std::filesystem::path folder_;
    Services services_;
    std::unique_ptr<Transaction> tx_;
};

TEST_F(SettingsTest, SecretIsSealedInTheStoreAndOpenedOnlyOnRequest) {
    auto const answer = update(key, "sk-Very-Secret-42");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(to_text(*answer).find("Very-Secret"), std::string::npos);
    EXPECT_NE(to_text(*answer).find(R"("name":"language_model_key","value":"set")"), std::string::npos);
    auto const kept = in_store(key);
    EXPECT_GT(kept.size(), 40u);
    EXPECT_EQ(kept.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_EQ(read_secret_setting(services_, *tx_, key).value(), "sk-Very-Secret-42");
    EXPECT_EQ(read_setting(*tx_, key).error().reason, "secret_setting");
}

TEST_F(SettingsTest, NumbersAreReadAsNumbers) {
    EXPECT_EQ(*read_number_setting(*tx_, "speech_budget_minor_per_day", 7), 0) << "its declared default";
    EXPECT_EQ(*read_number_setting(*tx_, "embedding_model_price_minor_per_million", 7), 7) << "empty";
    ASSERT_TRUE(update("embedding_model_price_minor_per_million", "250"));
    EXPECT_EQ(*read_number_setting(*tx_, "embedding_model_price_minor_per_million", 7), 250);
    ASSERT_TRUE(update("policy_shipping_en", "5 days"));
    EXPECT_EQ(*read_number_setting(*tx_, "policy_shipping_en", 7), 7) << "no number";
    EXPECT_EQ(read_number_setting(*tx_, key, 7).error().reason, "secret_setting");
}

TEST_F(SettingsTest, SameSecretIsSealedAnewEachTime) {
    ASSERT_TRUE(update(key, "one"));
    auto const first = in_store(key);
    ASSERT_TRUE(update(key, "one"));
    EXPECT_NE(in_store(key), first);
    EXPECT_EQ(read_secret_setting(services_, *tx_, key).value(), "one");
}

TEST_F(SettingsTest, EmptyValueForgetsTheSecret) {
    EXPECT_EQ(read_secret_setting(services_, *tx_, key).value(), "");
    ASSERT_TRUE(update(key, "one"));
    ASSERT_TRUE(update(key, ""));
    EXPECT_EQ(in_store(key), "");
    EXPECT_EQ(read_secret_setting(services_, *tx_, key).value(), "");
}

TEST_F(SettingsTest, DamagedPlainAndForeignValuesAreRefused) {
    ASSERT_TRUE(update(key, "one"));
    auto const sealed = in_store(key);
    auto const put = [&](std::string const& value, std::int64_t shop) { ASSERT_TRUE(tx_->execute("UPDATE settings SET value = ?, shop_id = ? WHERE name = ?", value, shop, key)); };
    auto broken = sealed;
    broken.back() = broken.back() == '0' ? '1' : '0';
    for (auto const& bad : {broken, std::string("sk-plain"), std::string("abc"), std::string("00")}) {
        put(bad, 1);
        EXPECT_EQ(read_secret_setting(services_, *tx_, key).error().reason, "cannot_open_sealed") << bad;
    }
    put(sealed, 1);
    EXPECT_EQ(read_secret_setting(services_, *tx_, key).value(), "one");
}

TEST_F(SettingsTest, AnotherShopCannotOpenACopiedSecret) {
    ASSERT_TRUE(update(key, "one"));
    ASSERT_TRUE(tx_->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) SELECT 2, name, value, 1 FROM settings WHERE shop_id = 1"));
    ASSERT_TRUE(tx_->commit());
    EXPECT_EQ(read_secret_setting(services_, **services_.store->read(1), key).value(), "one");
    EXPECT_EQ(read_secret_setting(services_, **services_.store->read(2), key).error().reason, "cannot_open_sealed");
}

TEST_F(SettingsTest, OtherSettingsStayAsTheyWere) {
    ASSERT_TRUE(update("language_model_url", "http://127.0.0.1:11434/v1"));
    EXPECT_EQ(in_store("language_model_url"), "http://127.0.0.1:11434/v1");
    EXPECT_EQ(read_setting(*tx_, "language_model_url").value(), "http://127.0.0.1:11434/v1");
    EXPECT_EQ(read_setting(*tx_, "retention_days_events").value(), "730");
    EXPECT_EQ(update("no_such_setting", "1").error().fields.at(0).path, "/changes/0/name");
    EXPECT_TRUE(update("embed_origins", "https://www.example.com http://localhost:3000"));
    for (auto const* wrong : {"www.example.com", "https://www.example.com/page", "https://", "https://a.example 'unsafe'", "https://a.example;script-src"})
        EXPECT_EQ(update("embed_origins", wrong).error().fields.at(0).reason, "wrong_format") << wrong;
    EXPECT_EQ(in_store("embed_origins"), "https://www.example.com http://localhost:3000");
    EXPECT_EQ(update("shipping_fee_minor", "x1").error().fields.at(0).reason, "wrong_type");
}

}  // namespace
}  // namespace kindling::shop
