// guide_shop.h -- the generated demo shop as the guide sees it, with a basket, an order and one written rule of its own.
#pragma once
#include "modules/dialogue/guide.h"
#include "shop/simulator/world.h"

namespace kindling::bench {

dialogue::CatalogueView::Source demo_shop(shop::simulator::World const&);

struct DemoBasket final : dialogue::Basket {
    std::vector<Line> held;
    Result<void> add(std::string& basket_id, std::string const& sku, std::int64_t quantity) override;
    Result<void> remove(std::string const& basket_id, std::string const& sku) override;
    Result<std::vector<Line>> lines(std::string const&) override { return held; }
};

// One order, 20261101, of lin@example.com, phone ending in 1234, on its way.
struct DemoOrders final : dialogue::Orders {
    Result<Found> find(std::string const& order_number, std::string const& contact) override;
    Result<std::vector<dialogue::OrderView>> mine() override { return std::vector<dialogue::OrderView>(); }
};

struct DemoKnowledge final : dialogue::Knowledge {
    std::optional<std::string> policy(std::string const& topic, Locale) override;
};

}  // namespace kindling::bench
