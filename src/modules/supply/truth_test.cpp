// The whole way on a shop of which the truth is known: the simulator's. The plan learns from what the shop saw (sales, cut short by empty shelves) and is
// played on what was truly asked for in days that it did not see.
#include "modules/supply/compute.h"
#include "modules/supply/replay.h"
#include "shop/demo/demo.h"
#include "shop/simulator/time_line.h"
#include "shop/vault/vault.h"
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

namespace sim = shop::simulator;

struct Ignore final : sim::Sink {
    void day(sim::DayBatch&&) override {}
};

class Truth : public testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = std::filesystem::temp_directory_path() / fmt::format("kindling-supply-{}", ::getpid());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        options_ = {.products = 222, .customers = 2500, .months = 15, .scale = 0.35, .log_days = 1};
        shop::Services services;
        services.folder = folder_;
        services.vault = std::move(*shop::Vault::open(folder_ / "secret.key"));
        services.store = std::move(*shop::Store::open({.address = (folder_ / "kindling.db").string(), .durability = shop::StoreOptions::Durability::normal}));
        auto const made = shop::make_demo(services, options_, {});
        ASSERT_TRUE(made) << made.error().message;
        auto tx = services.store->read(1).value();
        auto stock = read_stock(*tx, start_of(options_.last_day + 1, sim::shop_zone), {});
        ASSERT_TRUE(stock) << stock.error().message;
        stock_ = new ShopStock(std::move(*stock));
    }
    static void TearDownTestSuite() {
        delete stock_;
        stock_ = nullptr;
        std::filesystem::remove_all(folder_);
    }
    static inline std::filesystem::path folder_;
    static inline sim::Options options_;
    static inline ShopStock* stock_ = nullptr;
};

TEST_F(Truth, FactsAreTheShops) {
    EXPECT_EQ(stock_->today, options_.last_day + 1);
    double sold = 0;
    std::size_t unknown = 0, days = 0;
    for (auto const& s : stock_->stored)
        for (auto const v : s.sold) std::isnan(v) ? ++unknown : (sold += static_cast<double>(v), ++days);
    EXPECT_GT(sold, 5000);
    EXPECT_GT(unknown, 0u);
    EXPECT_LT(unknown, days / 2);
    auto const world = sim::generate_catalogue(options_);
    double relative = 0;
    int suppliers = 0;
    for (auto const& s : stock_->suppliers) {
        auto const at = std::ranges::find(world.suppliers, s.supplier_id, &sim::Supplier::key);
        ASSERT_NE(at, world.suppliers.end());
        auto const& truth = world.secret->suppliers[static_cast<std::size_t>(at - world.suppliers.begin())];
        auto const l = lead_time(s, SupplySettings{}, stock_->today, usual_relative_deviation(stock_->suppliers, stock_->today));
        if (l.observed < 20) continue;
        ++suppliers, relative += std::abs(l.mean / truth.lead_time_mean_days - 1);
        EXPECT_EQ(l.order_weekdays.size(), 1u) << s.supplier_id;
    }
    ASSERT_GT(suppliers, 5);
    EXPECT_LT(relative / suppliers, 0.10) << "mean error of the mean lead time";
}

TEST_F(Truth, ThePlanKeepsItsPromiseOnWhatWasTrulyAskedFor) {
    auto const world = sim::generate_catalogue(options_);
    Ignore ignore;
    auto const truth = sim::simulate(world, ignore);
    // True demand by SKU and day; goods at one place only, as the truth does not say where it would have been served.
    std::map<std::string, std::vector<double>> wanted;
    for (auto const& d : truth.demand) {
        auto& days = wanted[world.variants[static_cast<std::size_t>(d.variant)].sku];
        days.resize(stock_->days);
        if (auto const t = d.day - stock_->first; t >= 0 && t < static_cast<Day>(stock_->days)) days[static_cast<std::size_t>(t)] += d.units;
    }
    auto one = *stock_;
    std::map<std::size_t, int> places;
    for (auto const& s : one.stored) ++places[s.good];
    std::erase_if(one.stored, [&](Stored const& s) { return places[s.good] > 1; });
    for (auto& s : one.suppliers) s.minimum_order_minor = 0;  // agreed for all goods of a supplier, of which most are left out here
    auto settings = filled(SupplySettings{}, "CNY");
    ReplayOptions options{.from = one.today - 112, .until = one.today, .relearn_days = 28, .truth = [&](std::size_t i, Day day) {
        auto const at = wanted.find(one.goods[one.stored[i].good].sku);
        return at == wanted.end() ? 0.0 : at->second[static_cast<std::size_t>(day - one.first)];
    }};
    options.rules = {LevelRule::moments, LevelRule::pooled, LevelRule::forest};
    auto const r = replay(one, settings, options, {});
    ASSERT_TRUE(r) << r.error().message;
    std::printf("%zu goods, promised %.3f; naive %.3f at stock %.0f, cost %.0f; shop %.3f at %.0f, %.0f\n", r->goods, r->promised, r->naive.fill_rate(), r->naive.stock_minor / 100, r->naive.cost_minor() / 100, r->actual->fill_rate(), r->actual->stock_minor / 100, r->actual->cost_minor() / 100);
    for (std::size_t k = 0; k < options.rules.size(); ++k) {
        auto const& plan = r->plans[k];
        std::printf("%s: %.3f at stock %.0f, cost %.0f\n", k == 0 ? "by moments" : k == 1 ? "pooled" : "forest", plan.fill_rate(), plan.stock_minor / 100, plan.cost_minor() / 100);
        EXPECT_GT(plan.fill_rate(), r->promised - 0.04);
        EXPECT_LT(plan.cost_minor(), r->naive.cost_minor());
        EXPECT_LT(plan.cost_minor(), r->actual->cost_minor());
    }
}

}  // namespace
}  // namespace kindling::supply_module
