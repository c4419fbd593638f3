// stock-shop: what the stock plan of a shop would have been worth, by the operations that planners use (supply.plan, supply.simulate).
//
// The last 84 days of the demo shop and of UCI Online Retail (before Christmas; its costs are taken as 60 % of prices, lead times as 14 days, stock is unknown) are played again: by the
// plan, learned only from the days before, by each rule for goods that seldom sell (plan_pooled, plan_forest); by ordering what was sold; and, where stock is known, as it was. All get the same demand and
// lead times; demand of days with an empty shelf is drawn. cost = keeping, ordering and margin of what was missing. Whole units of the shop's currency. _before: the 84 days before those.
#include <fmt/format.h>

#include "bench_shop.h"
#include "series.h"
#include "stock_shop.h"

namespace kindling::bench {

namespace {

void tell(BenchContext& context, std::string const& set, std::string_view currency, boost::json::value const& past) {
    auto const promised = past.at("promised").to_number<double>();
    for (auto const& value : past.at("rules").as_array()) {
        auto const& rule = value.as_object();
        std::string name(rule.at("rule").as_string());
        if (name == "plan") name = fmt::format("plan_{}", std::string_view(past.at("level_rule").as_string()));
        auto const at = fmt::format("{}/{}", set, name);
        auto const money = [&](std::string_view key) { return rule.at(key).to_number<double>() / 100; };
        context.report("fill_rate/" + at, rule.at("fill_rate").to_number<double>(), "share", Reference{"promised", promised});
        if (auto const planned = rule.if_contains("planned_fill_rate"); planned && planned->is_number()) context.report("planned_fill_rate/" + at, planned->to_number<double>(), "share");
        context.report("stock/" + at, money("stock_minor"), currency);
        context.report("holding/" + at, money("holding_minor"), currency);
        context.report("ordering/" + at, money("ordering_minor"), currency);
        context.report("missed/" + at, money("missed_minor"), currency);
        context.report("cost/" + at, money("cost_minor"), currency);
    }
}

void run_shop(BenchContext& context, std::string const& set, std::string_view currency, BenchShop const& shop) {
    auto const timed = [&](std::string const& what, std::string_view operation, boost::json::object const& request) {
        auto const before = processor_seconds();
        auto const answer = shop.ask(operation, request);
        context.report(fmt::format("{}/{}_cpu_s", set, what), processor_seconds() - before, "s");
        return answer;
    };
    auto const plan = timed("plan", "supply.plan", {});
    context.report(set + "/goods_at_places", plan.at("items").to_number<double>(), "count");
    auto const today = plan.at("today").to_number<std::int64_t>();
    boost::json::array const rules{"pooled", "forest"};
    tell(context, set + "_before", currency, shop.ask("supply.simulate", {{"days", 84}, {"until_day", today - 84}, {"also_by", rules}}));
    timed("simulate", "supply.simulate", {{"days", 84}});
    auto const past = timed("simulate_both_rules", "supply.simulate", {{"days", 84}, {"also_by", rules}});
    context.report(set + "/played_goods", past.at("goods").to_number<double>(), "count");
    context.report(set + "/drawn_share", past.at("drawn_share").to_number<double>(), "share");
    tell(context, set, currency, past);
}

}  // namespace

void run_stock_shop(BenchContext& context) {
    run_shop(context, "demo", "CNY", BenchShop::demo());
    if (auto const shop = BenchShop::online_retail(context)) run_shop(context, "online-retail", "GBP", *shop);
}

}  // namespace kindling::bench
