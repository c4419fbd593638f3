// The guide speaks unasked only when something is true and of use, seldom, never twice of the same, and keeps still once it was waved away.
#include "core/json_text.h"
#include "modules/dialogue/nudge.h"
#include "modules/dialogue/test_shop.h"
#include "shop/catalogue/api.h"
#include "shop/customers/api.h"
#include "shop/orders/api.h"
#include "shop/promotions/api.h"
#include "shop/shop_for_test.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::HasSubstr;

constexpr Milliseconds minute = 60'000, hour = 60 * minute, day = 24 * hour;

class NudgeTest : public testing::Test {
protected:
    NudgeTest() {
        auto all = module_.operations();
        for (auto const& part : {shop::catalogue_operations(), shop::basket_operations(), shop::order_operations(), shop::promotions::operations(), shop::customer_operations()}) all.insert(all.end(), part.begin(), part.end());
        registry_ = Registry(std::move(all));
        services_.registry = &registry_;
        for (auto const& [operation, request] : test::saves()) staff(operation, request);
        staff("promotions.save", {{"promotion", json::object{{"promotion_id", "each"}, {"title_en", "30 off every 300"}, {"title_zh", "每满300减30"}, {"kind", "amount_off"}, {"threshold_minor", 30'000}, {"off_minor", 3'000}}}});
    }
    json::value call(std::string_view name, json::object const& request, Caller caller) {
        auto const& op = *registry_.find(name);
        Context context{.services = services_, .caller = std::move(caller), .locale = locale, .now = now};
        std::unique_ptr<shop::Transaction> tx;
        if (op.length == Length::short_) tx = std::move(*services_.store->write(1)), context.open = tx.get();
        json::value answer;
        auto const done = op.run(context, request, answer);
        EXPECT_TRUE(done) << name << ": " << (done ? "" : done.error().message);
        if (tx && done) { EXPECT_TRUE(tx->commit()); }
        return answer;
    }
    json::value staff(std::string_view name, json::object const& request) { return call(name, request, {.kind = Caller::Kind::system, .id = "t", .permissions = {"*"}}); }
    Caller shopper() const { return {.kind = Caller::Kind::shopper, .id = "s", .customer_id = customer, .session_id = session}; }
    json::value ask(json::object request = {}) { return call("dialogue.nudge", request, shopper()); }
    std::string kind(json::object const& request = {}) { return std::string(ask(request).at("kind").as_string()); }
    // A basket of 259, near the threshold of 300.
    json::object near() {
        auto const made = call("basket.add", {{"sku", "b2-Black"}, {"quantity", 1}}, shopper());
        return {{"basket_id", made.at("basket_id")}};
    }
    void run(std::string const& sql) {
        auto tx = std::move(*services_.store->write(1));
        auto const done = tx->execute(sql);
        ASSERT_TRUE(done) << done.error().message;
        tx->changed("setting");
        ASSERT_TRUE(tx->commit());
    }
    void set(std::string const& name, int value) { run(fmt::format("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1,'{}','{}',0) ON CONFLICT (shop_id, name) DO UPDATE SET value = excluded.value", name, value)); }
    void order(std::string const& id, std::string const& status, int promised_in_days) { run(fmt::format("INSERT INTO orders (shop_id, order_id, customer_id, placed_at_ms, status, currency, subtotal_minor, total_minor, promised_day) VALUES (1,'{}','{}',{},'{}','CNY',1,1,{})", id, customer, now - 9 * day, status, day_of(now) + promised_in_days)); }

    shop::test::ShopOnDisk shop_{"nudge"};
    shop::Services& services_ = shop_.services;
    Module module_{services_};
    Registry registry_;
    Milliseconds now = 1'700'000'000'000;
    Locale locale = Locale::en;
    std::string session = "visit", customer;
};

TEST_F(NudgeTest, WhoHasNothingToBeToldHearsNothing) {
    EXPECT_EQ(kind(), "none");
    auto const basket = near();
    session = "";
    EXPECT_EQ(kind(basket), "none") << "nobody in particular: nothing could be counted";
}

TEST_F(NudgeTest, ABasketNearAThresholdIsToldOnceWithTheShopsSum) {
    auto const basket = near();
    auto const said = ask(basket);
    EXPECT_EQ(said.at("kind").as_string(), "basket_near");
    EXPECT_THAT(std::string(said.at("text").as_string()), HasSubstr("30 off every 300"));
    // What it tells to ask is understood by the guide.
    auto const turn = call("dialogue.ask", {{"text", said.at("say")}, {"basket_id", basket.at("basket_id")}}, shopper());
    EXPECT_EQ(turn.at("topic").as_string(), "promotions");
    for (auto const later : {minute, hour, 7 * hour, 2 * day, 29 * day}) {
        now = 1'700'000'000'000 + later;
        EXPECT_EQ(kind(basket), "none") << later;
    }
    now = 1'700'000'000'000 + 31 * day;
    EXPECT_EQ(kind(basket), "basket_near") << "a month later it may be said again";
}

TEST_F(NudgeTest, AnOrderPastItsDayIsToldToItsOwnerAlone) {
    customer = "cus_1";
    order("ord_sent_away_long_ago", "shipped", -40), order("ord_delivered_in_time__", "delivered", -3), order("ord_promised_for_today_", "shipped", 0);
    EXPECT_EQ(kind(), "none");
    order("ord_late_by_three_days_", "shipped", -3);
    customer = "";
    EXPECT_EQ(kind(), "none");
    customer = "cus_2";
    EXPECT_EQ(kind(), "none");
    customer = "cus_1";
    auto const said = ask(near());
    EXPECT_EQ(said.at("kind").as_string(), "delivery_late") << "which weighs more than a discount";
    EXPECT_THAT(std::string(said.at("say").as_string()), HasSubstr("ord_late_by_three_days_"));
    EXPECT_THAT(std::string(said.at("text").as_string()), HasSubstr(format_date(day_of(now) - 3)));
}

TEST_F(NudgeTest, WhatWasWaitedForIsToldOnReturn) {
    customer = "cus_1";
    constexpr std::int64_t price = 19'900;
    run(fmt::format("INSERT INTO guide_watches (shop_id, watch_id, customer_id, conversation_id, sku, kind, target_minor, created_at_ms) VALUES (1,'w1','cus_1','','d1-Red','price',{},0)", price - 1'000));
    EXPECT_EQ(kind(), "none") << "it costs what it cost";
    staff("catalog.set_price", {{"sku", "d1-Red"}, {"price_minor", price - 2'000}});
    session = "another day", now += day;
    auto const said = ask();
    EXPECT_EQ(said.at("kind").as_string(), "watch_came");
    EXPECT_THAT(to_text(call("dialogue.ask", {{"text", said.at("say")}}, shopper())), HasSubstr("d1-Red"));
}

TEST_F(NudgeTest, SeldomWhateverThereIsToSay) {
    customer = "cus_1";
    order("ord_late_a_____________", "shipped", -2), order("ord_late_b_____________", "shipped", -3), order("ord_late_c_____________", "shipped", -4);
    auto const basket = near();
    std::vector<Milliseconds> said;
    auto const start = now;
    for (; now < start + day; now += 5 * minute)
        if (kind(basket) != "none") said.push_back(now - start);
    ASSERT_EQ(said.size(), 2u) << "two a day, though three are late and a discount is near";
    EXPECT_GE(said[1] - said[0], 30 * minute);
    // The same person without the account's visit, or in another visit, is counted as one.
    session = "second visit";
    now = start + 2 * hour;
    EXPECT_EQ(kind(basket), "none");
    session = "visit", customer = "";
    now = start + 45 * minute;
    EXPECT_EQ(kind(basket), "none") << "who signs out is not somebody new";
    customer = "cus_1";
    set("guide_nudges_per_day", 0);
    now = start + 5 * day;
    EXPECT_EQ(kind(basket), "none") << "0: never";
}

TEST_F(NudgeTest, WavedAwayItKeepsStillForDays) {
    auto const basket = near();
    auto const said = ask(basket);
    auto const id = said.at("nudge_id");
    session = "somebody else";
    {
        auto tx = std::move(*services_.store->write(1));
        Context context{.services = services_, .open = tx.get(), .caller = shopper(), .now = now};
        json::value answer;
        auto const refused = registry_.find("dialogue.answer_nudge")->run(context, json::object{{"nudge_id", id}, {"outcome", "dismissed"}}, answer);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().reason, "nudge_not_found");
    }
    session = "visit";
    call("dialogue.answer_nudge", {{"nudge_id", id}, {"outcome", "dismissed"}}, shopper());
    customer = "cus_1";
    order("ord_late_by_three_days_", "shipped", -3);
    auto const start = now;
    for (now = start + hour; now < start + 7 * day; now += 6 * hour) ASSERT_EQ(kind(), "none") << (now - start) / hour;
    // In a talk, too: the promotion that it may mention unasked is under the same policy.
    now = start + 2 * day;
    auto const offered = [&] {
        auto const first = call("dialogue.ask", {{"text", "canvas boots please"}}, shopper());
        return to_text(call("dialogue.ask", {{"text", "add the first one"}, {"conversation_id", first.at("conversation_id")}}, shopper())).find("comes off") != std::string::npos;
    };
    EXPECT_FALSE(offered());
    now = start + 7 * day + hour;
    EXPECT_EQ(kind(), "delivery_late");
    session = "fresh", customer = "";
    EXPECT_TRUE(offered()) << "to whom nothing was said";
    EXPECT_EQ(kind(basket), "none") << "what was said in the talk counts";
}

TEST_F(NudgeTest, WavedAwayBeforeSigningOutIsWavedAwayAfter) {
    customer = "cus_1";
    order("ord_late_by_three_days_", "shipped", -3);
    auto const id = ask().at("nudge_id");
    customer = "";
    call("dialogue.answer_nudge", {{"nudge_id", id}, {"outcome", "dismissed"}}, shopper());
    now += day;
    EXPECT_EQ(kind(near()), "none") << "the visit waved it away";
    customer = "cus_1", session = "at home";
    order("ord_late_too___________", "shipped", -2);
    EXPECT_EQ(kind(), "none") << "and so did the customer";
}

TEST_F(NudgeTest, DaysOfRestAreAtMostWhatIsRemembered) {
    constexpr Milliseconds at = 1'700'000'000'000;
    for (auto const rest : {std::int64_t{31}, std::int64_t{999'999'999'999}, std::numeric_limits<std::int64_t>::max()}) {
        UnaskedPolicy const policy({{"basket_near", "p", "dismissed", at}}, 2, rest);
        EXPECT_FALSE(policy.may_speak(at + 29 * day)) << rest;
        EXPECT_TRUE(policy.may_speak(at + 30 * day)) << rest;
    }
    UnaskedPolicy const week({{"basket_near", "p", "dismissed", at}}, 2, 7);
    EXPECT_FALSE(week.may_speak(at + 6 * day));
    EXPECT_TRUE(week.may_speak(at + 7 * day));
}

TEST_F(NudgeTest, AnOrderThatCameBackWholeIsNotLate) {
    customer = "cus_1";
    order("ord_came_back__________", "shipped", -3);
    run("UPDATE orders SET came_back = 'all'");
    EXPECT_EQ(kind(), "none");
    run("UPDATE orders SET came_back = 'partly'");
    EXPECT_EQ(kind(), "delivery_late");
}

TEST_F(NudgeTest, WhatWasSaidToAPersonIsExportedAndForgottenWithThem) {
    staff("customers.save_customers", {{"customers", json::array{json::object{{"customer_id", "cus_1"}, {"name", "A"}}, json::object{{"customer_id", "cus_2"}, {"name", "B"}}}}});
    for (auto const* who : {"cus_2", "cus_1"}) {
        customer = who, session = fmt::format("visit of {}", who);
        order(fmt::format("ord_late_of_{}__________", who), "shipped", -3);
        EXPECT_EQ(kind(), "delivery_late");
    }
    auto const kept = [&] { return (*services_.store->read(1))->integer("SELECT COUNT(*) FROM guide_nudges WHERE subject LIKE 'ord_late_of_cus_1%'").value(); };
    EXPECT_EQ(kept(), 2) << "of the customer and of the visit";
    auto const exported = staff("customers.export_person", {{"customer_id", "cus_1"}});
    auto const& said = exported.at("data").at("guide_nudges").as_array();
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].at("subject").as_string(), "ord_late_of_cus_1__________");
    staff("customers.forget_person", {{"customer_id", "cus_1"}});
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ((*services_.store->read(1))->integer("SELECT COUNT(*) FROM guide_nudges").value(), 2) << "of others nothing goes";
}

TEST_F(NudgeTest, EachTriggerHasItsSwitch) {
    customer = "cus_1";
    order("ord_late_by_three_days_", "shipped", -3);
    run("INSERT INTO guide_watches (shop_id, watch_id, customer_id, conversation_id, sku, kind, target_minor, created_at_ms) VALUES (1,'w1','cus_1','','d1-Red','price',99999999,0)");
    auto const page = near();
    for (auto const& [setting, told] : {std::pair("guide_nudge_delivery", "delivery_late"), std::pair("guide_nudge_watches", "watch_came"), std::pair("guide_nudge_thresholds", "basket_near")}) {
        EXPECT_EQ(kind(page), told);
        run("DELETE FROM guide_nudges");
        set(setting, 0);
    }
    EXPECT_EQ(kind(page), "none");
}

TEST_F(NudgeTest, WhatIsKeptNamesNobody) {
    customer = "cus_1";
    order("ord_late_by_three_days_", "shipped", -3);
    EXPECT_EQ(kind(), "delivery_late");
    std::string all;
    auto tx = std::move(*services_.store->read(1));
    ASSERT_TRUE(tx->run("SELECT who FROM guide_nudges", {}, [&](shop::Row const& row) -> Result<void> { all += std::string(row.text(0)); return {}; }));
    EXPECT_FALSE(all.empty());
    EXPECT_EQ(all.find("cus_1"), std::string::npos);
    EXPECT_EQ(all.find("visit"), std::string::npos);
}

}  // namespace
}  // namespace kindling::dialogue
