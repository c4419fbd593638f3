// modules/dialogue/test_shop.h -- a shop small enough to check by eye. For tests only.
#pragma once
#include "modules/dialogue/guide.h"
#include <gmock/gmock.h>

namespace kindling::dialogue::test {

inline shop::Product product(std::string id, std::string category, std::string en, std::string zh, std::int64_t price, std::vector<shop::Attribute> attributes, std::vector<std::pair<std::string, std::string>> colours = {{"Black", "黑色"}}, std::int64_t stock = 10) {
    shop::Product p{.product_id = id, .title_en = std::move(en), .title_zh = std::move(zh), .category_id = std::move(category), .brand = "Aurora", .brand_zh = "极光"};
    p.description_en = "Easy to care for. The lining is machine washable.", p.description_zh = "容易打理。内衬可机洗。";
    p.attributes = std::move(attributes);
    for (auto const& [c_en, c_zh] : colours) {
        shop::Variant v{.sku = id + "-" + c_en, .title_en = c_en, .title_zh = c_zh, .price_minor = price, .stock = stock};
        v.attributes = {{"colour", c_en, c_zh}};
        p.variants.push_back(std::move(v));
    }
    return p;
}
inline shop::Attribute number(std::string name, double value, std::string unit) { return {std::move(name), "", "", value, std::move(unit)}; }
inline shop::Attribute text(std::string name, std::string en, std::string zh) { return {std::move(name), std::move(en), std::move(zh)}; }

inline CatalogueView::Source source() {
    CatalogueView::Source s;
    s.categories = {{"dresses", "", "Dresses", "连衣裙"}, {"shoes", "", "Shoes", "鞋靴"}, {"boots", "shoes", "ankle boots", "短靴"}, {"loafers", "shoes", "loafers", "乐福鞋"}};
    s.kinds = {{"length", "Length", "裙长", "cm", true}, {"material", "Material", "材质", "", true}, {"colour", "Colour", "颜色", "", true}, {"heel", "Heel height", "跟高", "cm", true}};
    s.products = {
        product("d1", "dresses", "Linen dress", "亚麻连衣裙", 19900, {text("material", "linen", "亚麻"), number("length", 85, "cm")}, {{"Black", "黑色"}, {"Red", "红色"}}),
        product("d2", "dresses", "Cotton dress", "纯棉连衣裙", 15900, {text("material", "cotton", "纯棉"), number("length", 870, "mm")}, {{"White", "白色"}}),
        product("d3", "dresses", "Long linen dress", "亚麻长裙", 29900, {text("material", "linen", "亚麻"), number("length", 110, "cm")}, {{"Burgundy", "酒红"}}),
        product("d4", "dresses", "Wool dress", "羊毛混纺连衣裙", 39900, {text("material", "wool blend", "羊毛混纺"), number("length", 120, "cm")}, {{"Navy", "藏青"}, {"Black", "黑色"}}),
        product("b1", "boots", "Leather boots", "头层牛皮短靴", 49900, {text("material", "cowhide leather", "头层牛皮"), number("heel", 5, "cm")}, {{"Brown", "棕色"}}),
        product("b2", "boots", "Canvas boots", "帆布短靴", 25900, {text("material", "canvas", "帆布"), number("heel", 3, "cm")}, {{"Black", "黑色"}}),
        product("l1", "loafers", "Suede loafers", "麂皮乐福鞋", 35900, {text("material", "suede", "麂皮"), number("heel", 2, "cm")}, {{"Brown", "棕色"}}, 0),
        product("l2", "loafers", "Penny loafers", "便士乐福鞋", 32900, {text("material", "sheepskin", "羊皮"), number("heel", 2.5, "cm")}, {{"Black", "黑色"}}),
    };
    s.standing["d1"] = {4.6, 20, 80, 3};
    s.standing["d2"] = {4.1, 8, 30, 2};
    s.standing["b1"] = {4.8, 12, 60, 1};
    return s;
}
// The requests that save it, in their order.
inline std::array<std::pair<std::string_view, json::object>, 2> saves() {
    json::array products, categories;
    auto const all = source();
    for (auto const& p : all.products) products.push_back(write_json(p));
    for (auto const& c : all.categories) categories.push_back(write_json(c));
    return {{{"catalog.save_categories", {{"categories", categories}}}, {"catalog.save_products", {{"products", products}}}}};
}

// Each of some: of nothing anything is true.
template <class Matcher> auto some_and_each(Matcher const& matcher) { return testing::AllOf(testing::Not(testing::IsEmpty()), testing::Each(matcher)); }

struct Demo {
    Demo() = default;
    explicit Demo(CatalogueView::Source other) : view(CatalogueView::build(std::move(other))) {}   // of other goods
    std::shared_ptr<CatalogueView const> view = CatalogueView::build(source());
    std::shared_ptr<Lexicon const> lexicon = Lexicon::build(view->shared_words());
    Reading read(std::string_view text, Situation const& situation = {}) const { return understand(text, *view, *lexicon, situation); }
    std::size_t at(std::string_view id) const { return *view->find(id); }
};

struct TestBasket final : Basket {
    std::vector<Line> held;
    Result<void> add(std::string& id, std::string const& sku, std::int64_t quantity) override { id = "b"; held.push_back({sku, quantity}); return {}; }
    Result<void> remove(std::string const&, std::string const& sku) override { std::erase_if(held, [&](Line const& l) { return sku.empty() || l.sku == sku; }); return {}; }
    Result<void> set(std::string const&, std::string const& sku, std::int64_t quantity) override {
        for (auto& line : held)
            if (line.sku == sku) line.quantity = quantity;
        return {};
    }
    Result<std::vector<Line>> lines(std::string const&) override { return held; }
};
struct TestOrders final : Orders {
    Result<Found> find(std::string const& number, std::string const& contact) override {
        if (number == "88001" && contact == "4321") return Found{Access::granted, {.order_id = "88001", .status = "shipped"}};
        return Found{contact.empty() ? Access::need_proof : Access::unknown_order, {}};
    }
    Result<std::vector<OrderView>> mine() override { return std::vector<OrderView>(); }
};

// A good of a title alone, in stock.
inline shop::Product titled_good(std::string id, std::string category, std::string en, std::int64_t price_minor = 1500) {
    shop::Product p{.product_id = id, .title_en = std::move(en), .category_id = std::move(category)};
    p.variants = {{.sku = id, .price_minor = price_minor, .stock = 5}};
    return p;
}

// What the turn ends by asking; empty: nothing.
inline std::string asks(Turn const& turn) {
    for (auto const& b : turn.blocks)
        if (b.kind == BlockKind::question) return b.asks;
    return {};
}

// A conversation over the demo: say() takes a turn and keeps the state.
struct Talk : Demo {
    using Demo::Demo;
    GuideState state;
    TestBasket basket;
    TestOrders orders;
    std::string basket_id;
    Turn say(std::string text, std::vector<std::string> remove = {}) {
        auto turn = take_turn(view, *lexicon, {}, {.basket = &basket, .orders = &orders}, state, {.text = std::move(text), .basket_id = basket_id, .remove = std::move(remove)}, {});
        state = turn.state, basket_id = turn.basket_id;
        return turn;
    }
    static std::vector<std::string> shown(Turn const& turn) {
        std::vector<std::string> out;
        for (auto const& block : turn.blocks)
            if (block.kind == BlockKind::cards)
                for (auto const& card : block.cards) out.push_back(card.product_id + (card.misses.empty() ? "" : "*"));
        return out;
    }
    static bool has(Turn const& turn, BlockKind kind) {
        for (auto const& block : turn.blocks)
            if (block.kind == kind) return true;
        return false;
    }
    static std::string text(Turn const& turn) {
        std::string out;
        for (auto const& block : turn.blocks) out += block.text + "\n";
        return out;
    }
};

}  // namespace kindling::dialogue::test
