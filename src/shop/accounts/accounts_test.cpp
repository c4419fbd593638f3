// Accounts as they stand in the store and as time passes: what is sealed, what ends by itself, what an import may not attach.
#include "shop/accounts/api.h"
#include "shop/imports/imports_test_support.h"
#include "shop/vault/vault.h"
#include <gtest/gtest.h>

namespace kindling::shop {
namespace {

constexpr Milliseconds start = 1'700'000'000'000, day = milliseconds_per_day;

class AccountsTest : public imports::ImportTest {
protected:
    // One operation in a transaction of its own, as the executor gives it; `customer_id`: of whoever is signed in.
    template <class In, class Out> Result<Out> call(Result<Out> (Accounts::*operation)(Context&, In const&), In const& in, std::string const& customer_id = "") {
        auto tx = must_write();
        Context context{.services = services, .open = tx.get(), .shop_id = 1, .caller = {.kind = Caller::Kind::shopper, .id = "test", .role = "shopper", .customer_id = customer_id}, .now = now};
        auto out = (accounts.*operation)(context, in);
        if (out) { EXPECT_TRUE(tx->commit()); }
        return out;
    }
    std::unique_ptr<Transaction> must_write() { return std::move(*services.store->write(1)); }
    AccountSession signed_up(std::string const& login, std::string const& password) {
        EXPECT_TRUE(call(&Accounts::sign_up, SignUp{.login = login, .password = password, .name = "Ann", .locale = "en"}));
        auto session = call(&Accounts::sign_in, AccountSignIn{login, password});
        EXPECT_TRUE(session);
        return session.value_or(AccountSession{});
    }
    bool open(std::string const& token) {
        auto tx = std::move(*services.store->read(0));
        auto const found = find_customer_session(*tx, token, now);
        EXPECT_TRUE(found);
        return found && found->has_value();
    }

    Accounts accounts;
    Milliseconds now = start;
};

TEST_F(AccountsTest, StoreHoldsNeitherLoginNorTokenNorPassword) {
    auto const session = signed_up("ann@example.com", "correct horse");
    std::ifstream file(folder / "kindling.db", std::ios::binary), log(folder / "kindling.db-wal", std::ios::binary);
    std::string const stored = std::string(std::istreambuf_iterator<char>(file), {}) + std::string(std::istreambuf_iterator<char>(log), {});
    ASSERT_GT(stored.size(), 1000u);
    for (auto const& secret : {std::string("ann@example.com"), session.session_token, std::string("correct horse")}) EXPECT_EQ(stored.find(secret), std::string::npos) << secret;
    EXPECT_NE(stored.find("$argon2id$"), std::string::npos);
}

TEST_F(AccountsTest, SessionIsAShopperWithoutAnyPermissionAndEndsAfterThirtyDays) {
    auto const session = signed_up("ann@example.com", "correct horse");
    auto tx = std::move(*services.store->read(0));
    auto const found = find_customer_session(*tx, session.session_token, now);
    ASSERT_TRUE(found && *found);
    auto const& caller = (*found)->caller;
    EXPECT_EQ(caller.kind, Caller::Kind::shopper);
    EXPECT_FALSE(caller.is_staff());
    EXPECT_TRUE(caller.permissions.empty());
    EXPECT_EQ(caller.customer_id, session.customer_id);
    EXPECT_TRUE(caller.may("public"));
    for (auto const* permission : {"orders.read", "customers.read", "customers.write", "*"}) EXPECT_FALSE(caller.may(permission)) << permission;
    tx.reset();
    now += 30 * day - 1;
    EXPECT_TRUE(open(session.session_token));
    now += 2;
    EXPECT_FALSE(open(session.session_token));
    EXPECT_FALSE(open("kds_guess"));
    EXPECT_FALSE(open(""));
}

TEST_F(AccountsTest, ResetCodeEndsAfterADayAndForgivesHowPeopleCopyIt) {
    auto const session = signed_up("ann@example.com", "correct horse");
    auto const made = call(&Accounts::create_reset_code, WhichAccount{.customer_id = session.customer_id, .login = ""});
    ASSERT_TRUE(made);
    ASSERT_EQ(made->code.size(), 11u);
    EXPECT_EQ(made->expires_at_ms, now + day);
    EXPECT_EQ(text("SELECT COUNT(*) FROM accounts WHERE reset_lookup LIKE '%" + made->code.substr(0, 5) + "%'"), "0") << "kept as a keyed hash";
    now += day + 1;
    EXPECT_EQ(call(&Accounts::reset_password, ResetPassword{"ann@example.com", made->code, "another horse"}).error().reason, "wrong_reset_code");
    auto const second = call(&Accounts::create_reset_code, WhichAccount{.customer_id = "", .login = "ANN@example.com"});
    ASSERT_TRUE(second);
    std::string typed = " ";
    for (char c : second->code) typed += c == '-' ? ' ' : c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    EXPECT_TRUE(call(&Accounts::reset_password, ResetPassword{"ann@example.com", typed, "another horse"}));
    EXPECT_FALSE(open(session.session_token)) << "every device is signed out";
    EXPECT_EQ(call(&Accounts::sign_in, AccountSignIn{"ann@example.com", "correct horse"}).error().reason, "wrong_credentials");
    EXPECT_TRUE(call(&Accounts::sign_in, AccountSignIn{"ann@example.com", "another horse"}));
}

TEST_F(AccountsTest, GuessesWaitAQuarterOfAnHourAndRightOnesAreFree) {
    signed_up("ann@example.com", "correct horse");
    auto const guess = [&](std::string const& login) { return call(&Accounts::sign_in, AccountSignIn{login, "wrong wrong wrong"}).error().reason; };
    for (auto const* login : {"ann@example.com", "nobody@example.com"}) {
        for (int i = 0; i < 10; ++i) EXPECT_EQ(guess(login), "wrong_credentials");
        EXPECT_EQ(guess(login), "rate_limited");
    }
    EXPECT_EQ(call(&Accounts::sign_in, AccountSignIn{"ann@example.com", "correct horse"}).error().reason, "rate_limited");
    now += 15 * 60'000;
    for (int i = 0; i < 40; ++i) EXPECT_TRUE(call(&Accounts::sign_in, AccountSignIn{"ann@example.com", "correct horse"}));
}

TEST_F(AccountsTest, ImportedOrdersDoNotJoinAnAccountByItsEmail) {
    auto const session = signed_up("ann@example.com", "correct horse");
    run_text("o.csv", "order_id,placed_at,sku,quantity,unit_price,title,email\no1,2024-01-01 08:00:00,s1,2,10.50,Lamp,ann@example.com\no2,2024-01-02 08:00:00,s1,1,10.50,Lamp,ann@example.com\n");
    EXPECT_EQ(count("SELECT COUNT(*) FROM orders"), 2);
    EXPECT_EQ(count("SELECT COUNT(*) FROM orders WHERE customer_id = '" + session.customer_id + "'"), 0);
    EXPECT_EQ(count("SELECT COUNT(DISTINCT customer_id) FROM orders WHERE customer_id LIKE 'email-%'"), 1) << "they still belong together";
}

TEST_F(AccountsTest, ForgettingLeavesNothingToSignInWith) {
    auto const session = signed_up("ann@example.com", "correct horse");
    EXPECT_TRUE(call(&Accounts::save_address, Address{"", {.name = "Ann", .email = "", .phone = "", .address = "1 Road", .city = "", .region = "", .postcode = "", .country = ""}, false}, session.customer_id));
    EXPECT_TRUE(call(&Accounts::close, CloseAccount{"correct horse"}, session.customer_id));
    for (auto const* table : {"accounts", "customer_sessions", "customer_addresses", "consents"}) EXPECT_EQ(count(std::string("SELECT COUNT(*) FROM ") + table), 0) << table;
    EXPECT_EQ(count("SELECT COUNT(*) FROM customers WHERE email_lookup IS NOT NULL OR name_sealed IS NOT NULL"), 0);
    EXPECT_FALSE(open(session.session_token));
}

TEST_F(AccountsTest, BookHoldsTwentyAddressesAndOneIsPreferred) {
    auto const session = signed_up("+86 138-0000-1111", "correct horse");
    auto const save = [&](std::string const& where, bool preferred) { return call(&Accounts::save_address, Address{"", {.name = "Ann", .email = "", .phone = "", .address = where, .city = "", .region = "", .postcode = "", .country = ""}, preferred}, session.customer_id); };
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(save(std::to_string(i), i % 3 == 0));
    EXPECT_EQ(save("one more", false).error().reason, "too_many_addresses");
    EXPECT_EQ(count("SELECT SUM(preferred) FROM customer_addresses"), 1);
    auto const account = call(&Accounts::get, GetAccount{}, session.customer_id);
    ASSERT_TRUE(account);
    EXPECT_EQ(account->addresses.front().contact.address, "18");
    EXPECT_EQ(account->phone, "+8613800001111");
}

}  // namespace
}  // namespace kindling::shop
