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
Result<std::vector<double>> drawn(Demand const& day, double days, Random& random) {
    std::vector<double> out(draws);
    if (days <= 0) return out;
    auto const d = TRY(day.over(days));
    if (!d.whole()) for (auto& v : out) v = d.quantile(std::clamp(random.uniform(), 1e-9, 1 - 1e-9));
    else {
        inventory::WholeSampler const sampler(TRY(inventory::whole_probabilities(d)));
        for (auto& v : out) v = sampler.draw(random);
    }
    return out;
}

struct Kept {
    std::vector<double> levels, on_hand;  // of each stage, the selling one first; echelon levels in whole units
    double owed = 0, fill_rate = 0;
    double stockout = 0;                  // what a unit owed costs for it
};

// The cheapest levels that keep the promise. A unit owed first costs so much that a place by itself would have a unit on the shelf for `target` of the time; that serves less than `target` of the units
// (a unit is not served by a shelf that just ran empty, nor the second of two by the last), so its price is raised until they are served.
class Chain {
public:
    static Result<Chain> create(std::vector<inventory::SerialStage> stages, Demand const& day, double target) {
        Chain out(std::move(stages), day, target);
        Random random(1);
        for (auto const& s : out.stages_) out.over_.push_back(TRY(drawn(day, s.lead_time, random)));
        out.day_drawn_ = TRY(drawn(day, 1, random));
        return out;
    }

    Result<Kept> keep(double stockout) const {
        auto high = TRY(at(stockout));
        if (high.fill_rate >= target_) return high;
        auto low = stockout;
        while (high.fill_rate < target_ && high.stockout < stockout * dearest) low = high.stockout, high = TRY(at(2 * low));
        while (high.stockout > low * 1.02) {
            auto middle = TRY(at(std::sqrt(low * high.stockout)));
            if (middle.fill_rate < target_) low = middle.stockout;
            else high = std::move(middle);
        }
        return high;
    }

private:
    static constexpr double dearest = 1e9;
    Chain(std::vector<inventory::SerialStage> stages, Demand const& day, double target) : stages_(std::move(stages)), day_(day), target_(target) {}

    // Echelon positions at equal times, each stage a lead time after the one above it: what is ordered is min(its level, what the stage above has).
    Result<Kept> at(double stockout) const {
        Kept out{.levels = TRY(inventory::serial_exact(stages_, stockout, day_)).echelon_base_stock, .on_hand = std::vector<double>(stages_.size()), .owed = 0, .fill_rate = 1, .stockout = stockout};
        for (auto& l : out.levels) l = std::ceil(l - 1e-9);
        double served = 0, asked = 0;
        for (std::size_t n = 0; n < draws; ++n) {
            auto position = out.levels.back();
            for (auto j = stages_.size(); j-- > 0;) {
                auto const here = position - over_[j][n];  // this stage and all after it, less owed
                if (j > 0) out.on_hand[j] += std::max(0.0, here - out.levels[j - 1]) / draws, position = std::min(out.levels[j - 1], here);
                else out.on_hand[0] += std::max(0.0, here) / draws, out.owed += std::max(0.0, -here) / draws, served += std::min(day_drawn_[n], std::max(0.0, here)), asked += day_drawn_[n];
            }
        }
        if (asked > 0) out.fill_rate = served / asked;
        return out;
    }

    std::vector<inventory::SerialStage> stages_;
    Demand day_;
    double target_;
    std::vector<std::vector<double>> over_;
    std::vector<double> day_drawn_;
};

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
    double const outside = std::max(1.0, std::round(lead.mean + static_cast<double>(lead.review_days))), target = std::clamp(level.fill_target, 0.01, 0.9999);
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
    auto const kept = TRY(TRY(Chain::create(stages, day, target)).keep(stockout));
    auto const bounds = TRY(inventory::serial_newsvendor_bounds(stages, kept.stockout, day));
    // The place by itself: one shelf for the whole way.
    auto const alone = TRY(TRY(Chain::create({{holding, days}}, day, target)).keep(stockout));

    ChainLevels out{.currency = stock.currency, .sku = in.sku, .place_id = stock.places[stock.stored[*row].place].place_id, .daily_mean = rounded(mean), .target = level.fill_target, .fill_rate = rounded(kept.fill_rate), .owed = rounded(kept.owed), .alone_minor = std::llround(alone.on_hand[0] * level.cost), .alone_level = std::llround(alone.levels[0]), .exact = exact, .stages = {}, .returning = std::move(returning)};
    double held = 0;
    for (auto j = stages.size(); j-- > 0;) {
        held += kept.on_hand[j];
        auto const below = j > 0 ? kept.levels[j - 1] : 0;
        out.stages.push_back({stock.places[links[j].place].place_id, std::llround(stages[j].lead_time), std::llround(kept.levels[j]), std::llround(bounds.lower[j]), std::llround(bounds.upper[j]), std::llround(kept.levels[j] - below), rounded(kept.on_hand[j])});
    }
    out.stock_minor = std::llround(held * level.cost);
    return out;
}

}  // namespace

std::vector<Operation> chain_operations() {
    return {operation({.name = "supply.chain_levels", .scenario = "8", .summary = {"How much of a good to keep at each place of a chain from its supplier to where it sells, when each may wait for the one before it.", "允许逐级等待时，某商品在自供应商至销售地点的链路上各处应保有多少。"}, .permission = "supply.read", .reasons = {"nothing_sold", "no_goods", "sku_not_found", "place_not_found", "not_a_chain", "demand_too_wide"}, .length = Length::long_}, &chain_levels)};
}

}  // namespace kindling::supply_module
