// supply.chain_levels: stock along a chain of places by stochastic service (chain.h).
#include "modules/supply/chain.h"
#include "core/random.h"
#include "engines/inventory/serial.h"
#include "engines/inventory/simulate.h"
#include "modules/supply/now.h"
#include "modules/supply/routes.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>

namespace kindling::supply_module {

namespace {

using inventory::Demand;

constexpr int draws = 20'000;
constexpr double whole_up_to = 2'000;  // units over all lead times; above it levels are counted in steps

double rounded(double v) { return std::round(v * 1000) / 1000; }

std::unexpected<Error> not_a_chain(std::string const& sku, std::string const& why) { return fail(Errc::failed_precondition, "not_a_chain", fmt::format("{} is not supplied along one chain of places: {}.", sku, why), {{"/sku", "not_a_chain", "needs routes to the place that sells it, each place fed by one and feeding one; routes are set in supply.save_settings"}}); }

// Places from the selling one up to the one that suppliers deliver to, with the days into each.
struct Link { std::size_t place = 0; int days = 0; };
Result<std::vector<Link>> chain_of(ShopStock const& stock, std::vector<SupplyRoute> const& routes, std::size_t selling, std::vector<std::size_t> const& sells, std::string const& sku) {
    std::vector<Link> out{{selling, 0}};
    auto const name = [&](std::size_t p) { return stock.places[p].place_id; };
    while (true) {
        auto& last = out.back();
        auto const into = [&](SupplyRoute const& r) { return r.to == last.place; };
        auto const found = std::ranges::find_if(routes, into);
        if (found == routes.end()) break;
        if (std::ranges::count_if(routes, into) > 1) return not_a_chain(sku, fmt::format("several places feed {}", name(last.place)));
        last.days = found->days;
        out.push_back({found->from, 0});
        for (auto const& r : routes)
            if (r.from == found->from && r.to != found->to && std::ranges::find(sells, r.to) != sells.end()) return not_a_chain(sku, fmt::format("{} feeds {} too (supply.warehouse_levels)", name(r.from), name(r.to)));
        if (std::ranges::find(sells, found->from) != sells.end()) return not_a_chain(sku, fmt::format("{} sells it itself (supply.warehouse_levels)", name(found->from)));
    }
    if (out.size() == 1) return not_a_chain(sku, fmt::format("no route leads to {}", name(selling)));
    return out;
}

// Units asked for in so many days, drawn.
Result<std::function<double(Random&)>> sampler(Demand const& day, double days) {
    if (days <= 0) return std::function<double(Random&)>([](Random&) { return 0.0; });
    auto const d = TRY(day.over(days));
    if (!d.whole()) return std::function<double(Random&)>([d](Random& r) { return d.quantile(std::clamp(r.uniform(), 1e-9, 1 - 1e-9)); });
    inventory::WholeSampler const s(TRY(inventory::whole_probabilities(d)));
    return std::function<double(Random&)>([s](Random& r) { return s.draw(r); });
}

Result<ChainLevels> chain_levels(Context& context, AskChain const& in) {
    auto const [now, ahead, levels, rows] = TRY(read_good_now(context, in.sku));
    auto const& [stock, settings] = now;
    std::optional<std::size_t> row;
    std::vector<std::size_t> sells;
    for (auto const i : rows) {
        auto const place = stock.stored[i].place;
        sells.push_back(place);
        if (in.place_id.empty() ? !row || levels.of[i].daily > levels.of[*row].daily : stock.places[place].place_id == in.place_id) row = i;
    }
    if (!row) return fail(Errc::not_found, "place_not_found", fmt::format("{} does not sell at {}.", in.sku, in.place_id.empty() ? "any place" : in.place_id), {{"/place_id", "place_not_found", "does not sell it"}});
    std::vector<ReturningRoute> returning;
    auto const links = TRY(chain_of(stock, supply_routes(stock, settings, returning), stock.stored[*row].place, sells, in.sku));

    auto const& level = levels.of[*row];
    auto const& lead = levels.lead(stock.stored[*row]);
    double const outside = std::max(1.0, std::round(lead.mean + static_cast<double>(lead.review_days))), target = std::clamp(level.target, 0.01, 0.9999);
    auto const mean = ahead[*row].sum(28) / 28, variance = std::max(mean, ahead[*row].variance(28) / 28);
    // Local holding falls by a hundredth at each step up; the echelon's is the difference to the next.
    double const holding = std::max(1e-9, level.holding_per_day), stockout = holding * target / (1 - target);
    std::vector<inventory::SerialStage> stages;
    double days = 0;
    for (std::size_t j = 0; j < links.size(); ++j) {
        auto const own = holding / std::pow(1.01, static_cast<double>(j));
        stages.push_back({j + 1 < links.size() ? own - own / 1.01 : own, j + 1 < links.size() ? static_cast<double>(links[j].days) : outside});
        days += stages.back().lead_time;
    }
    bool const exact = mean * days + 6 * std::sqrt(variance * days) <= whole_up_to;
    auto const day = exact ? TRY(Demand::counts(mean, variance)) : TRY(Demand::gamma(mean, std::sqrt(variance)));
    auto const best = TRY(inventory::serial_exact(stages, stockout, day));
    auto const bounds = TRY(inventory::serial_newsvendor_bounds(stages, stockout, day));

    ChainLevels out{.currency = stock.currency, .sku = in.sku, .place_id = stock.places[stock.stored[*row].place].place_id, .daily_mean = rounded(mean), .target = level.target, .exact = exact, .stages = {}};
    // Echelon positions at equal times, each stage a lead time after the one above it: what is ordered is min(its level, what the stage above has).
    std::vector<std::function<double(Random&)>> over;
    for (auto const& s : stages) over.push_back(TRY(sampler(day, s.lead_time)));
    auto const one_day = TRY(sampler(day, 1));
    Random random(1);
    std::vector<double> on_hand(stages.size());
    double owed = 0, served = 0, asked = 0;
    for (int n = 0; n < draws; ++n) {
        auto position = best.echelon_base_stock.back();
        for (auto j = stages.size(); j-- > 0;) {
            auto const here = position - over[j](random);  // this stage and all after it, less owed
            if (j > 0) on_hand[j] += std::max(0.0, here - best.echelon_base_stock[j - 1]) / draws, position = std::min(best.echelon_base_stock[j - 1], here);
            else {
                auto const d = one_day(random);
                on_hand[0] += std::max(0.0, here) / draws, owed += std::max(0.0, -here) / draws, served += std::min(d, std::max(0.0, here)), asked += d;
            }
        }
    }
    out.owed = rounded(owed), out.fill_rate = asked > 0 ? rounded(served / asked) : 1;
    double held = 0;
    for (auto j = stages.size(); j-- > 0;) {
        held += on_hand[j];
        auto const below = j > 0 ? best.echelon_base_stock[j - 1] : 0;
        out.stages.push_back({stock.places[links[j].place].place_id, std::llround(stages[j].lead_time), std::llround(best.echelon_base_stock[j]), std::llround(bounds.lower[j]), std::llround(bounds.upper[j]), std::llround(best.echelon_base_stock[j] - below), rounded(on_hand[j])});
    }
    auto const whole_way = TRY(day.over(days));
    auto const alone = whole_way.quantile(stockout / (stockout + holding));
    out.alone_level = std::llround(alone), out.alone_minor = std::llround((alone - whole_way.mean() + whole_way.loss(alone)) * level.cost), out.stock_minor = std::llround(held * level.cost);
    return out;
}

}  // namespace

std::vector<Operation> chain_operations() {
    return {operation({.name = "supply.chain_levels", .scenario = "8", .summary = {"How much of a good to keep at each place of a chain from its supplier to where it sells, when each may wait for the one before it.", "允许逐级等待时，某商品在自供应商至销售地点的链路上各处应保有多少。"}, .permission = "supply.read", .reasons = {"nothing_sold", "no_goods", "sku_not_found", "place_not_found", "not_a_chain", "demand_too_wide"}, .length = Length::long_}, &chain_levels)};
}

}  // namespace kindling::supply_module
