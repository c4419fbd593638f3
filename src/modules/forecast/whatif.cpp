// forecast.whatif: what another price would do, by the elasticities that module assortment learned (each drawn to its category's) and has kept with its plan.
//
// Units times (1 + change)^elasticity, product by product; the ends come from the deviations of the elasticities, taken as one: goods of a category were learned together, so
// their errors do not cancel. What buyers bring forward from later days, and what neighbours lose, is not in it.
#include "modules/forecast/paths.h"
#include "modules/forecast/planner.h"
#include "modules/forecast/understand.h"
#include "shop/catalogue/operations.h"
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>
#include <unordered_map>

namespace kindling::forecast {

namespace {

struct Learned { double elasticity = 0, deviation = 0, price = 0, margin = 0; };

// By the operation, as anybody may ask it; its module's files are its own.
Result<std::unordered_map<std::string, Learned>> elasticities(Context& context) {
    std::unordered_map<std::string, Learned> out;
    auto const* op = context.services.registry ? context.services.registry->find("assortment.plan") : nullptr;
    auto const none = [] { return fail(Errc::failed_precondition, "not_planned", "Elasticities are not learned yet: assortment.propose learns them (with most_decisions 0 it proposes nothing)."); };
    if (!op) return none();
    for (std::string token;;) {
        json::value answer;
        TRY(op->run(context, json::object{{"page_size", 500}, {"page_token", token}}, answer));
        auto const& page = answer.as_object();
        if (!page.at("planned").as_bool()) return none();
        for (auto const& item : page.at("items").as_array()) {
            auto const& o = item.as_object();
            out[std::string(o.at("product_id").as_string())] = {o.at("elasticity").to_number<double>(), o.at("elasticity_deviation").to_number<double>(), o.at("price_minor").to_number<double>(), o.at("margin").to_number<double>()};
        }
        token = std::string(page.at("next_page_token").as_string());
        if (token.empty()) return out;
    }
}

}  // namespace

Result<WhatIfAnswer> what_if(Context& context, WhatIfPrice const& in) {
    auto& tx = context.tx();
    auto const now = TRY(load_current(tx));
    auto const& kept = now.kept;
    if (in.level == Level::total) return fail(Errc::invalid_argument, "invalid_request", "Ask by category, product or variant.", {{"/level", "out_of_range", "expected category, product or variant"}});
    auto const members = members_of(kept, in.level, in.id);
    if (members.empty()) return fail(Errc::not_found, "not_in_forecast", fmt::format("Nothing of this {} was forecast; forecast.list names what was.", name(in.level)), {{"/id", "not_in_forecast", "is not in the newest forecast"}});
    auto const first = TRY(day_field(in.first_day, "/first_day")), last = TRY(day_field(in.last_day, "/last_day"));
    auto const end = kept.origin + static_cast<Day>(kept.horizon) - 1;
    if (first < kept.origin || first > end) return fail(Errc::invalid_argument, "invalid_request", "The days are not forecast.", {{"/first_day", "out_of_range", fmt::format("must be from {} to {}", format_date(kept.origin), format_date(end))}});
    if (last < first || last > end) return fail(Errc::invalid_argument, "invalid_request", "The days are not forecast.", {{"/last_day", "out_of_range", fmt::format("must be from first_day to {}", format_date(end))}});
    auto const learned = TRY(elasticities(context));
    WhatIfAnswer out{.currency = TRY(shop::shop_currency(tx)), .beyond_seen = std::abs(in.price_change_percent) > 30};
    auto const ratio = 1 + in.price_change_percent / 100;
    std::map<std::string, double> units;
    for (auto const g : members) for (auto d = first; d <= last; ++d) units[kept.goods[g].product_id] += static_cast<double>(now.means.row(g)[static_cast<std::size_t>(d - kept.origin)]);
    double weight = 0, revenue = 0, revenue_then = 0, profit = 0, profit_then = 0;
    constexpr double tenth = 1.2815515655446004;
    for (auto const& [product, n] : units) {
        auto const found = learned.find(product);
        if (found == learned.end()) continue;  // newer than the plan
        auto const& l = found->second;
        auto const at = [&](double e) { return n * std::pow(ratio, std::min(0.0, e)); };
        auto const then = at(l.elasticity), a = at(l.elasticity - tenth * l.deviation), b = at(l.elasticity + tenth * l.deviation);
        ++out.products, out.units += n, out.units_then += then, out.units_low += std::min(a, b), out.units_high += std::max(a, b);
        out.elasticity += n * l.elasticity, out.elasticity_deviation += n * l.deviation, weight += n;
        auto const cost = l.price * (1 - l.margin);
        revenue += n * l.price, revenue_then += then * l.price * ratio, profit += n * (l.price - cost), profit_then += then * (l.price * ratio - cost);
    }
    if (out.products == 0) return fail(Errc::failed_precondition, "elasticity_not_known", "The plan that elasticities were learned with holds none of these products; assortment.propose learns anew.");
    if (weight > 0) out.elasticity /= weight, out.elasticity_deviation /= weight;
    out.revenue_minor = std::llround(revenue), out.revenue_then_minor = std::llround(revenue_then), out.profit_minor = std::llround(profit), out.profit_then_minor = std::llround(profit_then);
    return out;
}

}  // namespace kindling::forecast
