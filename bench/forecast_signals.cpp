// forecast-signals: what the signals of the entry tell of the weeks ahead (modules/forecast/signals.h), by rolling origins on simulated shops.
//
// Three shops of different seasons are made as the demo shop is, with half a year of visits. From each of eight days, a week apart, the shop is forecast from what was known before it; then the categories of the model that is
// likeliest are moved by each signal alone, whether its back-test then says that it helps or not, and by the one that the module itself would follow (chosen; often none). Held against what was wanted: units of a
// category in the next seven days, and in each of the next three weeks. wape = sum |miss| / sum wanted over categories, weeks, origins, shops; gain = 1 - squared misses with / without.
// In these shops people search, look and buy in one visit: what leads is only that a category's week resembles the one before. `lead`: the same shops, but whoever bought had searched
// and asked the guide a week before, all else alike: what a signal is worth that does lead. told_gain: what the module's back-test said of a signal, mean over the days.
#include "forecast_signals.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>

#include "bench_shop.h"
#include "modules/forecast/compute.h"
#include "shop/simulator/time_line.h"

namespace kindling::bench {

namespace {

constexpr Day ahead = 21, week = 7;
constexpr int origins = 8;

struct Missed {
    double wanted = 0, miss = 0, squares = 0;
    void see(double f, double a) { wanted += a, miss += std::abs(f - a), squares += (f - a) * (f - a); }
};
struct Scored { Missed next, three; };
struct Told { double gain = 0, times = 0, used = 0; };

// A day from which a shop is forecast: what was known, and what the likeliest model said of it.
struct Origin { forecast::History history; forecast::Means means; };
struct Forecasts { forecast::History all; std::vector<Origin> origins; };

Forecasts forecasts_of(BenchShop const& shop, Day last) {
    auto const now = start_of(last + 1, shop::simulator::shop_zone);
    auto tx = need(shop.store().read(1));
    Forecasts out{need(forecast::read_history(*tx, now, {}, {})), {}};
    for (int k = 0; k < origins; ++k) {
        auto history = need(forecast::read_history(*tx, now, last + 1 - ahead - k * week, {}));
        auto made = need(forecast::compute(history, nullptr, 28, {}, 2));
        out.origins.push_back({std::move(history), std::move(made.kept.models.at(made.findings.likely))});
    }
    return out;
}

class Scores {
public:
    void see_shop(BenchShop const& shop, Forecasts const& forecasts) {
        auto tx = need(shop.store().read(1));
        forecast::Ground const truth(forecasts.all);
        for (auto const& [history, means] : forecasts.origins) {
            auto const log = need(forecast::read_signals(*tx, history));
            if (!log) continue;
            forecast::Ground const ground(history);
            auto help = forecast::try_signals(ground, *log);
            ++times_;
            see("without", truth, forecasts.all, history, means, {});
            see("chosen", truth, forecasts.all, history, means, forecast::signal_moves(ground, *log, help));
            for (auto& h : help) {
                auto& told = told_[h.signal];
                told.gain += h.gain, ++told.times, told.used += h.used;
                h.used = true;
                see(name(h.signal), truth, forecasts.all, history, means, forecast::signal_moves(ground, *log, {&h, 1}));
            }
        }
    }
    void report(BenchContext& context, std::string const& set) const {
        auto const& without = scored_.at("without");
        for (auto const& [with, s] : scored_) {
            bool const itself = with == "without";
            auto const beside = [&](Missed const& m) { return itself ? std::optional<Reference>() : Reference{"without", m.miss / m.wanted}; };
            context.report(fmt::format("wape_week/{}/{}", set, with), s.next.miss / s.next.wanted, "share", beside(without.next));
            context.report(fmt::format("wape_three_weeks/{}/{}", set, with), s.three.miss / s.three.wanted, "share", beside(without.three));
            if (!itself) context.report(fmt::format("gain/{}/{}", set, with), 1 - s.next.squares / without.next.squares, "share");
        }
        for (auto const& [signal, t] : told_) {
            context.report(fmt::format("told_gain/{}/{}", set, name(signal)), t.gain / t.times, "share");
            context.report(fmt::format("used/{}/{}", set, name(signal)), t.used / times_, "share");
        }
        context.report(fmt::format("origins/{}", set), times_, "count");
    }

private:
    void see(std::string_view with, forecast::Ground const& truth, forecast::History const& all, forecast::History const& history, forecast::Means const& means, std::vector<double> const& moves) {
        auto const categories = history.categories.size();
        std::vector<std::array<double, 3>> f(categories), a(categories);
        auto const offset = static_cast<std::size_t>(history.end - all.first);
        for (std::size_t g = 0; g < history.goods.size(); ++g)
            if (auto const c = history.goods[g].category; c >= 0)
                for (std::size_t h = 0; h < static_cast<std::size_t>(ahead); ++h) f[static_cast<std::size_t>(c)][h / 7] += static_cast<double>(means.row(g)[h]) * (moves.empty() ? 1 : std::exp(moves[static_cast<std::size_t>(c)] * forecast::signal_share(h)));
        std::map<std::string_view, std::size_t> number;
        for (std::size_t c = 0; c < categories; ++c) number[history.categories[c].category_id] = c;
        for (std::size_t g = 0; g < all.goods.size(); ++g)
            if (auto const own = all.goods[g].category; own >= 0)
                if (auto const c = number.find(all.categories[static_cast<std::size_t>(own)].category_id); c != number.end())
                    for (std::size_t h = 0; h < static_cast<std::size_t>(ahead); ++h) a[c->second][h / 7] += static_cast<double>(truth.demand[g][offset + h]);
        auto& to = scored_[std::string(with)];
        for (std::size_t c = 0; c < categories; ++c) {
            to.next.see(f[c][0], a[c][0]);
            for (std::size_t w = 0; w < 3; ++w) to.three.see(f[c][w], a[c][w]);
        }
    }

    std::map<std::string, Scored> scored_;
    std::map<forecast::Signal, Told> told_;
    double times_ = 0;
};

}  // namespace

void run_forecast_signals(BenchContext& context) {
    Scores as_made, lead;
    std::uint64_t seed = 1;
    for (auto const last : {day_from_civil(2026, 5, 24), day_from_civil(2026, 9, 6), day_from_civil(2026, 10, 25)}) {
        auto const shop = BenchShop::demo({.seed = seed++, .products = 400, .customers = 4000, .months = 16, .last_day = last, .scale = 0.6, .log_days = 190}, last + 1);
        auto const forecasts = forecasts_of(shop, last);
        as_made.see_shop(shop, forecasts);
        {
            auto tx = need(shop.store().write(1));
            need(tx->execute("UPDATE events SET at_ms = at_ms - ? WHERE shop_id = 1 AND kind IN ('search', 'impression', 'dialogue')", week * milliseconds_per_day));
            need(tx->commit());
        }
        lead.see_shop(shop, forecasts);
    }
    as_made.report(context, "as_made"), lead.report(context, "lead");
}

}  // namespace kindling::bench
