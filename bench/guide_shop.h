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
    Result<void> set(std::string const&, std::string const& sku, std::int64_t quantity) override {
        for (auto& line : held)
            if (line.sku == sku) line.quantity = quantity;
        return {};
    }
    Result<std::vector<Line>> lines(std::string const&) override { return held; }
};

// Two orders of lin@example.com, phone ending in 1234: 20261101, one cup, on its way; and ord_01m8deykj399m119smbzcn61eh, delivered, a mug of this shop that
// comes in several colours. What is in them can be asked back; a request is numbered after what it is: req_return, req_exchange_same, req_exchange_other.
struct DemoOrders final : dialogue::Orders {
    explicit DemoOrders(dialogue::CatalogueView const& shop);
    dialogue::OrderView first, second, unsent;
    Result<Found> find(std::string const& order_number, std::string const& contact) override;
    Result<dialogue::OrderView> again(std::string const& id) override { return id == second.order_id ? second : id == unsent.order_id ? unsent : first; }
    Result<void> cancel(std::string const&) override { return {}; }
    Result<std::string> request(Errand const& errand) override { return std::string(errand.kind != "exchange" ? "req_return" : errand.wanted_sku == second.lines[0].sku ? "req_exchange_same" : "req_exchange_other"); }
    Result<std::vector<dialogue::OrderView>> mine() override { return std::vector<dialogue::OrderView>(); }
};

struct DemoKnowledge final : dialogue::Knowledge {
    std::optional<std::string> policy(std::string const& topic, Locale) override;
};

struct DemoWatches final : dialogue::Watches {
    std::vector<Watch> held;
    Result<void> add(Watch const& watch) override { held.push_back(watch), held.back().watch_id = std::to_string(held.size()); return {}; }
    Result<std::vector<Watch>> waiting() override { return held; }
    Result<void> told(std::string const& id) override { std::erase_if(held, [&](Watch const& w) { return w.watch_id == id; }); return {}; }
    Result<std::int64_t> stop(std::string const& id) override { return static_cast<std::int64_t>(std::erase_if(held, [&](Watch const& w) { return id.empty() || w.watch_id == id; })); }
};

// Prices rose a fifth a hundred days ago, fell to four fifths fifty days ago, and are as they are since twenty days; 40 sold in 36 orders, 5 back: 3 for size, 2 for quality; of
// one variant 8 sold.
struct DemoRecords final : dialogue::Records {
    explicit DemoRecords(dialogue::CatalogueView const& shop) : view(shop) {}
    dialogue::CatalogueView const& view;
    Result<std::vector<dialogue::PricePoint>> prices(std::string const& sku) override;
    Result<Sizes> sizes(std::string const&) override { return Sizes{40, 3}; }
    Result<Returned> returned(std::string const&, std::span<std::string const> skus) override { return skus.empty() ? Returned{36, 40, 5, {{"size", 3}, {"quality", 2}}} : Returned{8, 8, 1, {{"size", 1}}}; }
    Result<std::vector<shop::SizeRow>> size_charts() override { return shop::parse_size_charts("dresses M: height 158-166, weight 48-57\ndresses L: height 163-172, weight 55-65"); }
};
inline constexpr Milliseconds demo_now = 1'764'000'000'000;

}  // namespace kindling::bench
