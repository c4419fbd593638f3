#include "modules/forecast/compute.h"
#include "core/parallel.h"
#include "modules/forecast/backtest_scores.h"
#include "modules/forecast/boosted.h"
#include "modules/forecast/follow.h"
#include "modules/forecast/plain.h"
#include "modules/forecast/shares.h"
#include "modules/forecast/weather_chance.h"
#include <algorithm>
#include <cmath>
#include <optional>

namespace kindling::forecast {

namespace {

// Of what is missed without the weather: where chance does not explain its effects it is followed unless that misses far more (three origins know it no better than to a tenth), or, where hardly any weather is known ahead, no less;
// and never where all days together are missed by more than a little beside the likeliest model without, for then no forecast would be trusted to it.
constexpr double no_worse = 1.1, better = 0.98, a_little_worse = 1.02;
constexpr std::size_t least_ahead = 7;
constexpr std::size_t ages[] = {28, 56, 91}, least_before = 56;
constexpr double most_worse = 0.01;  // than bottom-up, at a level of an origin

class Maker {
public:
    Maker(History const& h, SignalLog const* log, std::size_t horizon, Progress const& progress, unsigned threads) : ground_(h), log_(log), horizon_(horizon), progress_(progress), threads_(threads) {}

    Result<Computed> make() {
        auto const days = ground_.history.days();
        for (auto const age : ages)
            if (days >= age + least_before) { tests_.push_back({.origin = days - age, .days = std::min(age, horizon_), .models = {}}); }
        std::vector<Base> bases;
        for (std::size_t i = 0; i <= tests_.size(); ++i) {
            auto const origin = i < tests_.size() ? tests_[i].origin : days;
            auto const from = static_cast<std::int64_t>(5 + 60 * i / (tests_.size() + 1)), span = static_cast<std::int64_t>(60 / (tests_.size() + 1));
            Progress const part{.stop = progress_.stop, .report = [&, from, span](std::int64_t done, std::int64_t total, std::string_view what) { progress_(from + span * done / std::max<std::int64_t>(1, total), 100, what); }};
            bases.push_back(TRY(forecast_nodes(ground_, origin, horizon_, part, threads_)));
        }
        TRY(step(66, "making forecasts add up"));
        TRY(choose(bases));
        for (std::size_t i = 0; i < bases.size(); ++i) {
            TRY(step(70 + static_cast<std::int64_t>(i) * 4, "making forecasts add up"));
            auto means = TRY(bottom(bases[i], i < tests_.size() ? tests_[i].origin : days));
            auto& to = i < tests_.size() ? tests_[i].models : out_.kept.models;
            to[Model::seasonal_naive] = last_week_again(ground_, i < tests_.size() ? tests_[i].origin : days, horizon_);
            close_days(ground_, means, i < tests_.size() ? tests_[i].origin : days);
            to[Model::smoothing] = std::move(means);
        }
        share();
        TRY(step(86, "looking at the year before"));
        yearly();
        calendar(bases);
        TRY(boosted());
        out_.findings.likely = likely();
        listen();
        TRY(step(88, "measuring how far earlier forecasts missed"));
        describe(bases.back());
        return std::move(out_);
    }

private:
    Result<void> step(std::int64_t done, std::string_view what) {
        if (progress_.stopped()) return fail(Errc::unavailable, "cancelled", "The forecast was cancelled; the one before it stays.");
        progress_(done, 100, what);
        return {};
    }

    Result<void> choose(std::vector<Base> const& bases) {
        auto const& s = ground_.structure;
        std::vector<series::BackTest> tests;
        for (std::size_t i = 0; i < tests_.size(); ++i) {
            auto const steps = std::min<std::size_t>(tests_[i].days, 28);
            series::BackTest t{series::Table(s.nodes(), steps), bases[i].errors, series::Table(s.nodes(), steps), bases[i].scale};
            for (std::size_t node = 0; node < s.nodes(); ++node)
                for (std::size_t h = 0; h < steps; ++h) {
                    t.base.at(node, h) = bases[i].mean.at(node, h);
                    t.actual.at(node, h) = node < s.sums.size() ? ground_.sums[node][tests_[i].origin + h] : static_cast<double>(ground_.demand[node - s.sums.size()][tests_[i].origin + h]);
                }
            tests.push_back(std::move(t));
        }
        if (!tests.empty()) chosen_ = TRY(series::choose_reconciliation(s, tests, most_worse));
        else if (ground_.history.days() >= 4) chosen_ = {.method = series::Reconcile::variance, .share = 1, .gain = {}};
        out_.findings.reconciliation = series::name(chosen_.method), out_.findings.share = chosen_.share, out_.findings.gain = chosen_.gain, out_.findings.origins = static_cast<std::int64_t>(tests_.size());
        return {};
    }

    Result<Means> bottom(Base const& base, std::size_t origin) {
        auto const& s = ground_.structure;
        auto const all = TRY(series::reconcile(s, base.mean, base.errors, chosen_));
        Means out{horizon_, std::vector<float>(s.bottom * horizon_)};
        for (std::size_t g = 0; g < s.bottom; ++g)
            if (ground_.active(g, origin)) for (std::size_t h = 0; h < horizon_; ++h) out.row(g)[h] = static_cast<float>(all.at(s.sums.size() + g, h));
        return out;
    }

    // Variants by their share of their product, as far as that missed less at the earlier origins.
    void share() {
        if (tests_.empty()) return;
        std::vector<std::vector<double>> rates;
        for (std::size_t i = 0; i <= tests_.size(); ++i) rates.push_back(share_rates(ground_, i < tests_.size() ? tests_[i].origin : ground_.history.days()));
        auto& followed = out_.findings.share_power;
        double least = 0;
        for (double const power : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            double loss = 0;
            for (std::size_t i = 0; i < tests_.size(); ++i) loss += weeks_missed(ground_, tests_[i], shared(ground_, tests_[i].models[Model::smoothing], rates[i], power));
            if (power == 0 || loss < least) least = loss, followed = power;
        }
        if (followed == 0) return;
        for (std::size_t i = 0; i < tests_.size(); ++i) tests_[i].models[Model::smoothing] = shared(ground_, tests_[i].models[Model::smoothing], rates[i], followed);
        out_.kept.models[Model::smoothing] = shared(ground_, out_.kept.models[Model::smoothing], rates.back(), followed);
    }

    void yearly() {
        nearest_ = nearest_sums(ground_);
        auto const days = ground_.history.days();
        double least = 0, best = 0;
        std::vector<Moves> logs;
        bool known = !tests_.empty();
        for (auto const& t : tests_) logs.push_back(year_before(ground_, ground_.sums, t.origin, horizon_)), known = known && !logs.back().empty();
        for (double const power : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            if (!known && power > 0) break;
            double loss = 0;
            for (std::size_t i = 0; i < tests_.size(); ++i) loss += missed(ground_, tests_[i], moved(tests_[i].models[Model::smoothing], nearest_, logs[i], power));
            if (power == 0 || loss < least) least = loss, best = power;
        }
        out_.findings.yearly_power = best, least_ = least, likely_ = best > 0 ? Model::yearly : Model::smoothing;
        for (std::size_t i = 0; i < tests_.size(); ++i) tests_[i].models[Model::yearly] = moved(tests_[i].models[Model::smoothing], nearest_, logs[i], best);
        out_.kept.models[Model::yearly] = moved(out_.kept.models[Model::smoothing], nearest_, year_before(ground_, ground_.sums, days, horizon_), best);
        if (best > 0)
            if (auto const held = cuts_of_year(ground_, days, horizon_); !held.empty()) out_.kept.year_held = by_category(held, 0, best);
    }

    // The sums that rows of what is kept stand for: of goods without a category, which move as the shop, then of each category.
    std::vector<std::size_t> rows_of_categories(std::size_t sums) const {
        std::map<std::string, std::size_t> number;
        for (std::size_t i = 1; i < sums; ++i) number[ground_.nodes[ground_.sum_nodes[i]].id] = i;
        std::vector<std::size_t> out{0};
        for (auto const& c : ground_.history.categories) { auto const found = number.find(c.category_id); out.push_back(found == number.end() ? 0 : found->second); }
        return out;
    }
    // Moves of the days ahead as they are kept.
    std::vector<std::vector<float>> by_category(Moves const& moves, std::size_t from, double power) const {
        std::vector<std::vector<float>> out;
        for (auto const i : rows_of_categories(moves.size())) {
            auto& row = out.emplace_back(horizon_);
            for (std::size_t h = 0; h < horizon_; ++h) row[h] = static_cast<float>(power * moves[i][from + h]);
        }
        return out;
    }

    // Holidays, and the weather where it is more than chance: taken out of sums, put in ahead, with the year before.
    void calendar(std::vector<Base> const& bases) {
        weather_known();
        if (tests_.empty()) return;
        Origins const origins{ground_, tests_, bases, out_.kept.models.at(Model::smoothing), nearest_, horizon_};
        auto learned = origins.learn(Origins::With::holidays);
        auto chosen = origins.best(learned);
        bool likely = chosen && chosen->missed < 0.98 * least_;
        if (auto followed = weather(origins, learned.back().calendar.moves, chosen ? std::min(least_, chosen->missed) : least_)) chosen = followed->first, learned = std::move(followed->second), likely = true;
        if (!chosen) return;
        if (likely) likely_ = Model::calendar;
        parts_ = std::move(learned);
        auto const& now = parts_.back();
        auto const& powers = chosen->powers;
        auto& f = out_.findings;
        f.holiday_power = powers.shift, f.season_power = powers.season, f.holidays = now.calendar.told;
        for (std::size_t i = 0; i < tests_.size(); ++i) tests_[i].models[Model::calendar] = origins.moved_by(i, parts_[i], powers);
        out_.kept.models[Model::calendar] = origins.moved_by(tests_.size(), now, powers);
        keep_moves(now, f.holiday_power, f.season_power);
    }

    // With the weather, by the powers that are best without it until that is decided: nothing else may differ when they are held against each other. Goods are drawn to their categories in both, for last week's heat is in what they forecast themselves. Nothing where it is not followed.
    std::optional<std::pair<Origins::Best, std::vector<DayMoves>>> weather(Origins const& origins, Moves const& holidays, double least) {
        auto& found = out_.findings.weather;
        if (!found.without.empty()) return {};
        auto const chance = weather_chance(ground_, holidays, ground_.history.days(), threads_);
        found.chance = chance.value_or(1), found.without = chance ? "by_chance" : "too_short";
        if (found.chance > most_weather_chance) return {};
        auto const left_out = origins.learn(Origins::With::weather_left_out);
        auto const best = *origins.best(left_out);
        auto with = origins.learn(Origins::With::weather);
        // Days whose weather is known ahead; where hardly any is, four weeks, for what the weather did to the weeks before an origin stands in the way of the weeks after it. Beyond them an origin's weather is chance.
        bool const foretold = found.ahead >= least_ahead;
        auto const days = foretold ? found.ahead : 28;
        auto const before = origins.missed_by(left_out, best.powers, days), after = origins.missed_by(with, best.powers, days);
        found.loss_share = before > 0 ? after / before : 1;
        found.without = "no_better";
        if (found.loss_share > (foretold ? no_worse : better)) return {};
        // The year before without its weather may be followed further than the year before as it was.
        auto const followed = *origins.best(with);
        if (followed.missed > a_little_worse * least) return {};
        found.without.clear();
        return std::pair{followed, std::move(with)};
    }

    void weather_known() {
        auto& found = out_.findings.weather;
        if (ground_.history.weather.temperature.empty()) return;
        found.without = "too_short";
        auto const earliest = tests_.empty() ? ground_.history.days() : tests_.back().origin;
        auto const now = learn_weather(ground_, {}, ground_.history.days(), horizon_);
        if (!now || tests_.empty() || earliest < least_weathered_sales || !climate_of(ground_.history.weather, ground_.history.first, earliest, horizon_)) return;
        found.without.clear(), found.known = now->climate.known, found.ahead = now->climate.known_ahead, found.hot = now->climate.hot, found.cold = now->climate.cold;
        if (!now->effects.empty()) found.shop = now->effects[0];
    }

    // What people are shown of the model calendar: the factors of holidays and of the time of the year, of goods without a category and of each category.
    void keep_moves(DayMoves const& now, double of_shift, double of_season) {
        auto& k = out_.kept;
        auto const origin = ground_.history.days();
        auto const& [calendar, weather, shift, season] = now;
        auto holidays = calendar.moves;
        for (std::size_t row = 0; weather && row < holidays.size(); ++row) for (std::size_t t = 0; t < holidays[row].size(); ++t) holidays[row][t] -= weather->moves[row][t];
        k.holiday_moves = by_category(holidays, origin, of_shift);
        if (weather) {
            k.weather_moves = by_category(weather->moves, origin, of_shift);
            auto& w = k.weather;
            w.hot = static_cast<float>(weather->climate.hot), w.cold = static_cast<float>(weather->climate.cold);
            for (std::size_t h = 0; h < horizon_; ++h) w.temperature.push_back(static_cast<float>(weather->climate.temperature[origin + h]));
            for (auto const i : rows_of_categories(weather->effects.size())) {
                auto& row = w.effects.emplace_back();
                for (std::size_t e = 0; e < row.size(); ++e) row[e] = static_cast<float>(of_shift * weather->effects[i][e]);
            }
        }
        if (!calendar.held.empty()) k.held_moves = by_category(calendar.held, origin, of_shift);
        if (season.empty()) k.season_moves.assign(k.holiday_moves.size(), std::vector<float>(horizon_));
        else k.season_moves = by_category(season, 0, of_season);
        auto const first = ground_.history.end;
        for (auto const h : calendar.told)
            for (auto year = static_cast<int>(civil_from_day(first).year()); year <= static_cast<int>(civil_from_day(first + static_cast<Day>(horizon_)).year()); ++year)
                if (auto const day = series::day_of(h, year); day && *day >= first && *day < first + static_cast<Day>(horizon_))
                    if (auto const move = k.holiday_moves[0][static_cast<std::size_t>(*day - first)]; std::abs(move) > 0.02F) k.holidays.push_back({static_cast<std::uint8_t>(h), *day, std::exp(move)});
        std::ranges::sort(k.holidays, {}, &HolidayAhead::day);
    }

    // The likeliest so far, moved towards what one boosted model of all categories says; how far, by the same origins.
    Result<void> boosted() {
        auto& f = out_.findings;
        f.boosted_without = "too_short";
        if (tests_.empty() || tests_.back().origin < least_boosted_days) return {};
        // An origin to a thread: the library's own threads wait for each other at every level of every tree.
        std::vector<Moves> moves(tests_.size() + 1);
        std::vector<std::optional<Error>> failed(moves.size());
        parallel_for(moves.size(), [&](std::size_t i) {
            auto const& models = i < tests_.size() ? tests_[i].models : out_.kept.models;
            auto const origin = i < tests_.size() ? tests_[i].origin : ground_.history.days();
            auto sums = boosted_sums(ground_, parts_.empty() ? ground_.sums : without_holidays(ground_, parts_[i].calendar, origin), origin, horizon_, {.stop = progress_.stop, .report = {}});
            if (!sums) { failed[i] = sums.error(); return; }
            for (std::size_t row = 0; row < sums->size() && !parts_.empty(); ++row)
                for (std::size_t h = 0; h < horizon_; ++h) (*sums)[row][h] *= static_cast<float>(std::exp(f.holiday_power * parts_[i].calendar.moves[row][origin + h]));
            moves[i] = boosted_moves(ground_, models.at(likely_), *sums);
        }, threads_);
        for (auto& error : failed)
            if (error && error->code == Errc::unavailable) return std::unexpected(std::move(*error));
            else if (error) { f.boosted_without = error->reason; return {}; }
        double least = 0, none = 0;
        for (double const power : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            double loss = 0;
            for (std::size_t i = 0; i < tests_.size(); ++i) loss += missed(ground_, tests_[i], moved(tests_[i].models[likely_], nearest_, moves[i], power));
            if (power == 0) none = least = loss;
            else if (loss < least) least = loss, f.boosted_power = power;
        }
        f.boosted_without = f.boosted_power > 0 ? "" : "no_better";
        if (f.boosted_power == 0) return {};
        for (std::size_t i = 0; i < tests_.size(); ++i) tests_[i].models[Model::boosted] = moved(tests_[i].models[likely_], nearest_, moves[i], f.boosted_power);
        auto& k = out_.kept;
        k.models[Model::boosted] = moved(k.models[likely_], nearest_, moves.back(), f.boosted_power), k.boosted_on = likely_;
        if (least < 0.98 * none) likely_ = Model::boosted;
        return {};
    }

    // The model that stands on what visitors did lately; beside the one that is likeliest to be trusted, so that only the signal tells them apart.
    void listen() {
        if (!log_) return;
        out_.findings.signals = try_signals(ground_, *log_);
        auto const moves = signal_moves(ground_, *log_, out_.findings.signals);
        if (std::ranges::all_of(moves, [](double m) { return m == 0; })) return;
        auto means = out_.kept.models.at(likely());
        for (std::size_t g = 0; g < ground_.history.goods.size(); ++g) {
            auto const c = ground_.history.goods[g].category;
            if (c < 0 || moves[static_cast<std::size_t>(c)] == 0) continue;
            auto const row = means.row(g);
            for (std::size_t h = 0; h < std::min<std::size_t>(21, horizon_); ++h) row[h] *= static_cast<float>(std::exp(moves[static_cast<std::size_t>(c)] * signal_share(h)));
        }
        out_.kept.models[Model::signals] = std::move(means), out_.kept.signals_on = likely();
    }
    Model likely() const { return likely_; }

    void describe(Base const& base) {
        auto& k = out_.kept;
        auto const& h = ground_.history;
        auto const sums = ground_.structure.sums.size();
        k.origin = h.end, k.horizon = horizon_, k.categories = h.categories, k.places = h.places;
        Model const told[] = {Model::smoothing, Model::yearly, Model::calendar, Model::boosted};
        for (auto const model : told) if (k.models.contains(model)) k.spreads[model] = learn_spread(ground_, tests_, model);
        auto const f = learn_factors(ground_, tests_, likely(), k.spreads[likely()]);  // beside what fits the origins: they are factors within it
        for (auto const model : told) {
            if (!k.models.contains(model)) continue;
            auto const by = widening(ground_, tests_, model);
            widen(k.spreads[model], by);
            if (model == likely()) out_.findings.widened = by;
        }
        if (k.models.contains(Model::signals)) k.spreads[Model::signals] = k.spreads[likely()];
        out_.findings.adapted = adapt_levels(ground_, tests_, likely(), k.spreads[likely()], f);
        if (std::ranges::any_of(out_.findings.adapted, &Adapted::used)) for (std::size_t l = 0; l < level_count; ++l) k.asked[likely()][l] = out_.findings.adapted[l].asked;
        if (k.models.contains(Model::signals) && k.asked.contains(likely())) k.asked[Model::signals] = k.asked[likely()];
        auto places = learn_places(ground_, tests_, likely(), k.models.at(likely()), k.spreads.at(likely()), horizon_, threads_);
        k.place_factors = std::move(places.split.factors), k.place_width = places.width;
        if (places.followed == 0) k.place_factors.clear();
        std::vector<bool> part_of_year;
        for (std::size_t i = 0; i < sums; ++i) part_of_year.push_back(sells_in_part_of_year(ground_.sums[i]));
        for (std::size_t g = 0; g < h.goods.size(); ++g) {
            auto const& from = h.goods[g];
            auto const scale = base.scale[sums + g];
            auto const notes = notes_of(h, from, part_of_year[nearest_[g]], !places.thin.empty() && places.thin[g]);
            k.goods.push_back({.sku = from.sku, .product_id = from.product_id, .category = from.category, .notes = notes, .scale = scale > 2e-3 ? static_cast<float>(scale) : 0, .factor = f[ground_.nodes.size() + g], .shares = places.split.shares.empty() ? std::vector<float>() : std::move(places.split.shares[g])});
        }
        std::vector<double> scale(ground_.nodes.size());
        for (std::size_t i = 0; i < sums; ++i) scale[ground_.sum_nodes[i]] = base.scale[i];
        for (std::size_t i = 0; i < ground_.nodes.size(); ++i) {
            if (scale[i] == 0 && ground_.nodes[i].members.size() == 1) scale[i] = base.scale[sums + ground_.nodes[i].members[0]];
            k.nodes[{ground_.nodes[i].level, ground_.nodes[i].id}] = {scale[i] > 2e-3 ? static_cast<float>(scale[i]) : 0, f[i]};
        }
        for (auto& v : scale) if (v <= 2e-3) v = 0;
        out_.scores = backtest_scores(ground_, tests_, k, scale, f, threads_);
        places.split = {};
        out_.places = std::move(places);
    }

    Ground ground_;
    SignalLog const* log_;
    std::size_t horizon_;
    Progress const& progress_;
    unsigned threads_;
    std::vector<BackTest> tests_;
    series::Chosen chosen_;
    std::vector<std::size_t> nearest_;
    std::vector<DayMoves> parts_;      // of the tests, then of today; none where neither holidays nor weather told anything
    Model likely_ = Model::smoothing;  // missed least at the earlier origins
    double least_ = 0;                 // by how much; of smoothing and yearly
    Computed out_;
};

}  // namespace

Result<Computed> compute(History const& history, SignalLog const* log, std::size_t horizon, Progress const& progress, unsigned threads) { return Maker(history, log, horizon, progress, threads).make(); }

}  // namespace kindling::forecast
