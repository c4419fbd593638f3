// The whole way on a shop of which the truth is known: the simulator's. What the plan changes is paid by its law of demand.
#include "modules/assortment/api.h"
#include "modules/assortment/model.h"
#include "shop/demo/demo.h"
#include "shop/simulator/demand.h"
#include "shop/vault/vault.h"
#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <map>
#include <numeric>

namespace kindling::assortment_module {
namespace {

namespace sim = shop::simulator;

double correlation(std::vector<double> const& a, std::vector<double> const& b) {
    auto const n = static_cast<double>(a.size()), ma = std::reduce(a.begin(), a.end()) / n, mb = std::reduce(b.begin(), b.end()) / n;
    double both = 0, one = 0, two = 0;
    for (std::size_t i = 0; i < a.size(); ++i) both += (a[i] - ma) * (b[i] - mb), one += (a[i] - ma) * (a[i] - ma), two += (b[i] - mb) * (b[i] - mb);
    return both / std::sqrt(one * two + 1e-12);
}

// Profit a day by the simulator's law: everybody comes for one good; of those who miss it a share takes another of its group.
double true_profit(sim::World const& world, std::vector<double> const& demand, std::map<std::string, PlanItem> const& items, bool planned) {
    struct Group { double offered = 0, earned = 0, missed = 0; };
    std::map<int, Group> groups;
    for (std::size_t p = 0; p < world.products.size(); ++p) {
        auto const& item = items.at(world.products[p].key);
        auto const& truth = world.secret->products[p];
        bool const there = planned ? item.action != Action::drop && item.action != Action::leave : item.action != Action::list && item.action != Action::leave;
        auto& g = groups[truth.substitution_group];
        if (!there) { g.missed += demand[p]; continue; }
        auto const price = static_cast<double>(planned ? item.planned_price_minor : item.price_minor), cost = static_cast<double>(item.price_minor) * (1 - item.margin);
        auto const units = demand[p] * std::pow(price / static_cast<double>(item.price_minor), truth.elasticity);
        g.offered += units, g.earned += units * ((1 - item.returned) * (price - cost) - item.returned * 0.2 * cost);
    }
    double sum = 0;
    for (auto const& [_, g] : groups) sum += g.earned + (g.offered > 0 ? world.secret->visits.substitution * g.missed * g.earned / g.offered : 0);
    return sum;
}

TEST(Assortment, ThePlanOfTheDemoShopEarnsInTruth) {
    auto const folder = std::filesystem::temp_directory_path() / fmt::format("kindling-assortment-{}", ::getpid());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    sim::Options const options{.products = 222, .customers = 2500, .months = 13, .scale = 0.35};
    {
        shop::Services services;
        services.folder = folder;
        services.vault = std::move(*shop::Vault::open(folder / "secret.key"));
        services.store = std::move(*shop::Store::open({.address = (folder / "kindling.db").string(), .durability = shop::StoreOptions::Durability::normal}));
        auto const made = shop::make_demo(services, options, {});
        ASSERT_TRUE(made) << made.error().message;

        Context context{.services = services, .caller = {.kind = Caller::Kind::user, .id = "usr_1", .role = "owner", .permissions = {"*"}}, .now = start_of(options.last_day + 1), .effect = Effect::propose};
        auto const operations = assortment_operations();
        auto const propose = std::ranges::find(operations, "assortment.propose", &Operation::name);
        json::value answer;
        auto const done = propose->run(context, json::object{{"most_decisions", 20}}, answer);
        ASSERT_TRUE(done) << done.error().message;
        auto const kept = load(file_of(services, 1)).value();
        ASSERT_TRUE(kept);
        auto const& outline = *kept->plan.outline;

        auto world = sim::generate_catalogue(options);
        sim::DemandModel const as_made(world);
        for (auto& p : world.products) p.ended = 0;  // what would be asked for if it were sold
        sim::DemandModel const all(world);
        std::vector<double> demand(world.products.size());
        for (std::size_t p = 0; p < demand.size(); ++p)
            for (Day day = options.last_day - 27; day <= options.last_day; ++day) demand[p] += all.baseline(static_cast<int>(p), day) / all.base_scale() * as_made.base_scale() / 28;
        std::map<std::string, PlanItem> items;
        for (auto const& item : kept->plan.items) items.emplace(item.product_id, item);
        ASSERT_EQ(items.size(), world.products.size());

        std::map<std::string, std::size_t> number;
        for (std::size_t p = 0; p < world.products.size(); ++p) number.emplace(world.products[p].key, p);
        double score = 0, sets = 0, elasticity = 0, substitution = 0, weight = 0;
        for (auto const& set : kept->sets) {
            std::vector<double> learned, truth;
            for (auto const& g : set.goods) {
                if (g.units_seen < 20) continue;
                learned.push_back(g.attraction.mean), truth.push_back(std::log(demand[number.at(g.product_id)] + 1e-9));
                elasticity += g.elasticity.mean - world.secret->products[number.at(g.product_id)].elasticity, ++weight;
            }
            if (learned.size() > 3) score += correlation(learned, truth), ++sets;
        }
        double units = 0;
        for (auto const& set : kept->plan.sets) substitution += set.substitution_share * set.arrivals * set.conversion, units += set.arrivals * set.conversion;
        auto const before = true_profit(world, demand, items, false), after = true_profit(world, demand, items, true);
        std::printf("score against log demand %.3f; elasticity off by %.3f; substitution %.3f (true at most %.2f); true profit %+.1f %%, expected %+.1f %%; list %ld drop %ld push %ld price %ld keep %ld leave %ld\n", score / sets, elasticity / weight, substitution / units, world.secret->visits.substitution, 100 * (after / before - 1),
                    100 * static_cast<double>(outline.gain.expected_minor) / static_cast<double>(outline.profit_now_minor), outline.counts.list, outline.counts.drop, outline.counts.push, outline.counts.price, outline.counts.keep, outline.counts.leave);
        auto still = kept->asked;
        still.most_price_change_percent = 0, still.push_places = 0;  // the simulator knows nothing of pushes
        auto const goods_plan = compute(*kept, still, {}).value();
        auto goods_only = items;
        for (auto const& item : goods_plan.items) goods_only[item.product_id] = item;
        auto const by_goods = true_profit(world, demand, goods_only, true);
        std::printf("without new prices and pushes: true profit %+.1f %%, expected %+.1f %%\n", 100 * (by_goods / before - 1), 100 * static_cast<double>(goods_plan.outline.gain.expected_minor) / static_cast<double>(outline.profit_now_minor));
        EXPECT_GT(by_goods, before);
        EXPECT_GT(score / sets, 0.7);
        EXPECT_LT(std::abs(elasticity / weight), 0.5);
        EXPECT_LT(substitution / units, 0.6);
        EXPECT_GT(after, before);
        EXPECT_GT(outline.decisions, 0);
        for (auto const& l : outline.limits) EXPECT_LE(l.used, l.most * (1 + 1e-6) + 1) << l.name;
        for (auto const& item : kept->plan.items) {
            EXPECT_FALSE(item.reason_en.empty() || item.reason_zh.empty());
            EXPECT_EQ(schema_breach(write_json(item), type_of<PlanItem>()), "");
        }
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace kindling::assortment_module
