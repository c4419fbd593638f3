// Sums of goods that were shown: several of one, several of them, by measure, and what sending an amount costs.
#include "core/money.h"
#include "modules/dialogue/sums_said.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::HasSubstr, testing::IsEmpty, testing::Not;

struct Till final : Promotions {
    Result<Told> running(std::string const&) override { return Told{.offers = {{{"Welcome", "首单"}, "HELLO"}}}; }
    Result<std::vector<AddOn>> add_ons(std::string const&, std::string const&, std::span<std::string const>) override { return std::vector<AddOn>(); }
    std::int64_t goods_of(std::string const& sku) const {
        for (auto const& p : test::source().products)
            for (auto const& v : p.variants)
                if (v.sku == sku) return v.price_minor;
        return 4900;
    }
    Result<std::optional<Priced>> price(std::span<Basket::Line const> lines, std::span<std::string const> codes) override {
        Priced out;
        for (auto const& l : lines) out.goods_minor += l.quantity * goods_of(l.sku);
        out.discount_minor = codes.empty() ? 0 : 2000;
        out.shipping_minor = out.goods_minor >= 9900 ? 0 : 800;
        out.total_minor = out.goods_minor - out.discount_minor + *out.shipping_minor;
        return std::optional(out);
    }
};
struct Rules final : Knowledge {
    std::optional<std::string> policy(std::string const& topic, Locale) override { return topic == "shipping" ? std::optional<std::string>("Shipping: free from 99, else 8.\n\nFrom where? From here.\n\nWhen? Soon.") : std::nullopt; }
    std::optional<std::int64_t> shipping_of(std::int64_t goods) override { return goods >= 9900 ? 0 : 800; }
};
struct Buyer : test::Demo {
    using Demo::Demo;
    GuideState state;
    test::TestBasket basket;
    Till till;
    Rules rules;
    std::string basket_id;
    std::string say(std::string text) {
        auto turn = take_turn(view, *lexicon, {}, {.basket = &basket, .knowledge = &rules, .promotions = &till}, state, {.text = std::move(text), .basket_id = basket_id}, {});
        state = turn.state, basket_id = turn.basket_id;
        EXPECT_THAT(turn.withheld, IsEmpty());
        std::string out;
        for (auto const& b : turn.blocks) out += b.text + "\n";
        return out;
    }
};

std::int64_t view_price(std::shared_ptr<CatalogueView const> const& view, std::string const& sku) {
    auto const found = view->find_sku(sku);
    return found ? (*view)[found->first].variants[found->second].price_minor : 0;
}

TEST(SumsShown, SoManyOfWhatIsPointedAt) {
    Buyer buyer;
    buyer.say("dresses");
    auto const first = view_price(buyer.view, buyer.state.shown[0]);
    EXPECT_THAT(buyer.say("how much for 3 of the first one in total"), HasSubstr(format_money(3 * first, "CNY", Locale::en)));
    EXPECT_THAT(buyer.say("how much for the first two together"), HasSubstr(format_money(first + view_price(buyer.view, buyer.state.shown[1]), "CNY", Locale::en)));
    EXPECT_THAT(buyer.say("前两个一起买多少钱"), HasSubstr(format_money(first + view_price(buyer.view, buyer.state.shown[1]), "CNY", Locale::zh)));
    EXPECT_THAT(buyer.say("how much are 6 of the second one"), HasSubstr(format_money(6 * view_price(buyer.view, buyer.state.shown[1]), "CNY", Locale::en)));
    // Of which is not said: of each.
    auto const each = buyer.say("20件一共多少钱");
    for (auto const& sku : buyer.state.shown) EXPECT_THAT(each, HasSubstr(format_money(20 * view_price(buyer.view, sku), "CNY", Locale::zh)));
    EXPECT_THAT(buyer.say("how much for both together"), HasSubstr("tell me which goods"));
}

TEST(SumsShown, WithACodeAndShipping) {
    Buyer buyer;
    buyer.say("linen dress under 250");
    auto const said = buyer.say("what do I pay in total with the new customer code?");
    EXPECT_THAT(said, HasSubstr("HELLO"));
    EXPECT_THAT(said, HasSubstr("CN¥179.00"));
    EXPECT_THAT(said, HasSubstr("Shipping is free"));
}

TEST(SumsShown, ShippingOfAnAmountThatIsNamed) {
    Buyer buyer;
    EXPECT_THAT(buyer.say("is 219 the final price or do i pay shipping too"), testing::AllOf(HasSubstr("CN¥219.00 is all you pay"), Not(HasSubstr("From where"))));
    EXPECT_THAT(buyer.say("50块的话要付运费吗"), HasSubstr("¥58.00"));
    EXPECT_THAT(buyer.say("how much is shipping to 10115 Berlin"), Not(HasSubstr("all you pay")));
    EXPECT_THAT(buyer.say("what does shipping cost"), Not(HasSubstr("all you pay")));
}

TEST(SumsSaid, MeasuresAndConsumption) {
    for (auto const& [said, amount] : {std::pair("多少钱一斤啊这个", 500.0), {"一斤多少钱", 500.0}, {"每公斤多少钱", 1000.0}, {"how much is it per kg?", 1000.0}, {"which is better value per 100 ml", 100.0}, {"合多少钱100克？每100克多少", 100.0}, {"50ml的和30ml的哪个划算", 100.0}, {"how much a kilo?", 1000.0}}) {
        auto const asked = asks_price_per(surface_of(said));
        ASSERT_TRUE(asked) << said;
        EXPECT_EQ(asked->amount, amount) << said;
    }
    for (auto const* said : {"多少钱", "哪个划算", "how much is the 500 ml one?", "is it 1 kg?", "100块一个"}) EXPECT_FALSE(asks_price_per(surface_of(said))) << said;
    auto const month = consumption("how much would a month cost me, she eats about 60g a day");
    ASSERT_TRUE(month);
    EXPECT_EQ(month->a_day, 60);
    EXPECT_EQ(month->days, 30);
    EXPECT_TRUE(consumption("一天吃100克，一袋能吃多久"));
    EXPECT_FALSE(consumption("a 60 g bag for a day trip"));
    EXPECT_EQ(units_asked("20个一共多少钱"), 20);
    EXPECT_EQ(units_asked("how much would 20 of these cost in total"), 20);
    EXPECT_FALSE(units_asked("how much is the 20 inch one"));
    for (auto const* said : {"how much for both together?", "20个一共多少钱", "what do I pay in total", "全部加起来多少钱", "what would the first two cost me in total"}) EXPECT_TRUE(asks_total(surface_of(said))) << said;
    for (auto const* said : {"how much is it", "多少钱", "all black dresses"}) EXPECT_FALSE(asks_total(surface_of(said))) << said;
}

TEST(PricePer, ByWhatTheDataSaysIsInIt) {
    CatalogueView::Source source;
    source.categories = {{"food", "", "Cat food", "猫粮"}};
    source.kinds = {{"weight", "Net weight", "净含量", "kg", true}};
    source.products = {test::product("f1", "food", "Tuna food for cats", "金枪鱼猫粮", 4900, {test::number("weight", 1.5, "kg")}), test::product("f2", "food", "Duck food for cats", "鸭肉猫粮", 9900, {test::number("weight", 5, "kg")}), test::product("f3", "food", "Beef food for cats", "牛肉猫粮", 6900, {})};
    Buyer buyer(std::move(source));
    buyer.say("cat food");
    ASSERT_EQ(buyer.state.shown.size(), 3u);
    auto const per = buyer.say("how much is it per kg?");
    EXPECT_THAT(per, testing::AllOf(HasSubstr("CN¥32.67"), HasSubstr("CN¥19.80"), HasSubstr("cheapest of these is \u201cDuck food for cats\u201d"), HasSubstr("\u201cBeef food for cats\u201d does not say how much is in it")));
    auto const month = buyer.say("how much would a month cost, she eats about 60g a day");
    EXPECT_THAT(month, testing::AllOf(HasSubstr("1.8 kg"), HasSubstr("CN¥58.80"), HasSubstr("CN¥35.64"), HasSubstr("25 days")));
}

}  // namespace
}  // namespace kindling::dialogue
