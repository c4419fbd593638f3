// forecast.run and forecast.status: learn, forecast, keep; score what was kept before; let a better model take over.
#include "core/id.h"
#include "core/json_text.h"
#include "modules/forecast/cuts.h"
#include "modules/forecast/place_scores.h"
#include "modules/forecast/questions.h"
#include "modules/forecast/weather_desk.h"
#include "shop/people/people.h"
#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <ctime>
#include <fmt/format.h>
#include <unordered_map>

namespace kindling::forecast {

namespace {

double cpu_seconds() {
    timespec t{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

// Figures for people: a handful of digits, so that they read the same wherever they come back from.
double rounded(double v) { return std::round(v * 1e4) / 1e4; }

ForecastRun told(RunRow const& r) {
    ForecastRun out{.run_id = r.run_id, .first_day = format_date(static_cast<Day>(r.origin_day)), .made_by = r.made_by, .made_at_ms = r.made_at_ms, .horizon_days = r.horizon_days, .goods = r.goods, .looked_back = r.looked_back, .champion = model_of(r.champion).value_or(Model::smoothing), .cpu_seconds = r.seconds, .units_ahead_28 = {}, .findings = {}};
    if (auto const v = parse_json(r.findings)) if (auto f = read_json<RunFindings>(*v)) out.findings = std::move(*f);
    return out;
}

WeatherHelp told(WeatherFound const& w) {
    auto const as_share = [](double log) { return rounded(std::expm1(log)); };
    return {.without = w.without, .chance = rounded(w.chance), .loss_share = rounded(w.loss_share), .degree = as_share(w.shop[0]), .hot_degree = as_share(w.shop[1]), .cold_degree = as_share(w.shop[2]), .rain_10 = as_share(w.shop[3] * std::log1p(10)), .hot_from = rounded(w.hot), .cold_from = rounded(w.cold), .days_known = static_cast<std::int64_t>(w.known), .days_ahead = static_cast<std::int64_t>(w.ahead)};
}

// A challenger takes over when its loss is 2 % less over all levels and nowhere 2 % more, in the back-tests and in what was kept, if anything was. One that cannot be tried on
// the past (signals: visits are not logged for so long) is judged by what was kept alone, of a week of forecasts at least.
void choose_champion(ChoiceRow& choice, RunFindings& findings, Scores const& tested, Scores const& kept, std::int64_t runs, Milliseconds now) {
    auto const champion = model_of(choice.champion).value_or(Model::smoothing);
    std::optional<Model> best;
    double least = 0;
    for (auto const m : learned_models) {
        auto loss = relative_loss(tested, m, champion);
        if (loss == 0 && runs >= 7) loss = relative_loss(kept, m, champion);
        if (m == champion || loss == 0) continue;
        if (!best || loss < least) best = m, least = loss;
    }
    if (!best) { findings.champion_reason = "no other model could be compared"; return; }
    findings.challenger = name(*best), findings.challenger_loss = rounded(least);
    auto const& ground = relative_loss(tested, *best, champion) > 0 ? tested : kept;
    auto const worst = worst_relative_loss(ground, *best, champion), in_earnest = relative_loss(kept, *best, champion);
    bool const better = least < 0.98 && worst < 1.02 && (in_earnest == 0 || in_earnest < 1);
    if (better && choice.automatic) {
        findings.champion_reason = fmt::format("{} took over from {}: {:.1f} % less loss", name(*best), name(champion), 100 * (1 - least));
        choice = {.champion = std::string(name(*best)), .previous = std::string(name(champion)), .automatic = true, .reason = findings.champion_reason, .changed_at_ms = now, .changed_by = "forecast.run"};
        findings.challenger = name(champion), findings.challenger_loss = rounded(1 / least), findings.took_over = true;  // the other is now the one before
    } else findings.champion_reason = better ? fmt::format("{} would be better by {:.1f} %, but models change only by hand", name(*best), 100 * (1 - least)) : fmt::format("{} is not better by enough: {:+.1f} % loss, {:+.1f} % at its worst level", name(*best), 100 * (least - 1), 100 * (worst - 1));
}

// What came of the forecasts that are kept, since they were scored last. Reading and scoring them takes seconds, so it is done before anybody is kept from writing.
struct Scored {
    RunRow run;  // as it was when it was scored
    std::int64_t until = 0;
    Scores scores;
    PlaceScores places;
};
Result<std::vector<Scored>> score_kept(shop::Transaction& tx, History const& history, Progress const& progress) {
    std::vector<Scored> out;
    for (auto& r : TRY(load_runs(tx))) {
        auto const until = std::min<std::int64_t>(history.end, r.origin_day + r.horizon_days), from = std::max(r.scored_until, r.origin_day);
        if (from >= until || from < history.first || progress.stopped()) continue;
        auto kept = load_kept(tx, r.run_id);
        if (!kept) continue;  // damaged: it will be forgotten with time
        apply_promotions(TRY(promotions_ahead(tx, *kept)), *kept);  // as planners read it
        Scored s{.run = {}, .until = until, .scores = score_run(*kept, history, static_cast<Day>(from), static_cast<Day>(until)), .places = {}};
        if (auto const model = model_of(r.champion)) s.places = score_places(*kept, *model, history, static_cast<Day>(from), static_cast<Day>(until));
        s.run = std::move(r), out.push_back(std::move(s));
    }
    return out;
}
Result<void> keep_scores(shop::Transaction& tx, std::span<Scored const> scored) {
    for (auto const& s : scored) {
        auto const& r = s.run;
        // Forgotten meanwhile, or scored by another run: its sums must not be added twice.
        if (TRY(tx.integer("SELECT COUNT(*) FROM forecast_runs WHERE shop_id = ? AND run_id = ? AND scored_until = ?", tx.shop_id(), r.run_id, r.scored_until)) == 0) continue;
        TRY(save_scores(tx, r.run_id, r.looked_back ? "looked_back" : "kept", s.scores));
        TRY(save_place_scores(tx, r.run_id, r.looked_back ? "looked_back" : "kept", s.places));
        TRY(tx.execute("UPDATE forecast_runs SET scored_until = ? WHERE shop_id = ? AND run_id = ?", s.until, tx.shop_id(), r.run_id));
    }
    return {};
}

// The price that is usual, from what the forecast before held and the price of now.
Result<void> carry_prices(shop::Transaction& tx, Kept& made) {
    auto const runs = TRY(load_runs(tx));
    auto const last = std::ranges::find_if(runs, [&](RunRow const& r) { return !r.looked_back && r.origin_day <= made.origin; });
    if (last == runs.end()) return {};
    auto const kept = load_kept(tx, last->run_id);
    if (!kept) return {};
    std::unordered_map<std::string_view, float> usual;
    for (auto const& g : kept->goods) usual.emplace(g.sku, g.price);
    for (auto& g : made.goods)
        if (auto const found = usual.find(g.sku); found != usual.end()) g.price = static_cast<float>(usual_price(static_cast<double>(found->second), static_cast<double>(g.price), made.origin - kept->origin));
    return {};
}

}  // namespace

Result<Day> day_field(std::string_view text, std::string_view pointer) {
    auto const day = parse_date(text);
    if (!day) return fail(Errc::invalid_argument, "invalid_request", "A day is not one.", {{std::string(pointer), "malformed_date", "expected a day such as 2026-01-31"}});
    return *day;
}

Scores score_run(Kept const& kept, History const& history, Day from, Day until) {
    Scores out;
    std::unordered_map<std::string_view, std::size_t> number;
    for (std::size_t g = 0; g < history.goods.size(); ++g) number.emplace(history.goods[g].sku, g);
    auto const first = static_cast<std::size_t>(std::max(from, kept.origin) - kept.origin), last = std::min(kept.horizon, static_cast<std::size_t>(std::max(until, kept.origin) - kept.origin));
    if (first >= last) return out;
    auto const before = first / span_days * span_days, n = last - before;  // spans that end in these days may have begun before
    // What came, by good of the kept forecast; days with an empty shelf are estimates and left out for the variant itself.
    std::vector<std::vector<float>> came(kept.goods.size(), std::vector<float>(n));
    std::vector<std::vector<char>> hidden(kept.goods.size());
    for (std::size_t g = 0; g < kept.goods.size(); ++g) {
        auto const found = number.find(kept.goods[g].sku);
        if (found == number.end()) continue;
        auto const& good = history.goods[found->second];
        auto const all = demand_of(good, history.days(), history.closed);
        auto const offset = static_cast<std::int64_t>(kept.origin - history.first) + static_cast<std::int64_t>(before);
        for (std::size_t h = 0; h < n; ++h) if (auto const t = offset + static_cast<std::int64_t>(h); t >= 0 && t < static_cast<std::int64_t>(all.size())) came[g][h] = all[static_cast<std::size_t>(t)];
        for (auto const& [a, b] : good.empty)
            for (std::int64_t t = std::max<std::int64_t>(a, offset); t < std::min<std::int64_t>(b, offset + static_cast<std::int64_t>(n)); ++t) { hidden[g].resize(n); hidden[g][static_cast<std::size_t>(t - offset)] = 1; }
    }
    auto const nodes = nodes_of(kept);
    for (auto const& [model, means] : kept.models) {
        auto const spread = kept.spreads.find(model);
        auto const see = [&](Level level, double scale, double factor, double rate, double feast, std::size_t h, double f, double a) {
            std::array<double, quantile_levels.size()> same;
            same.fill(f);
            auto& to = out[{model, level, band_of(h)}];
            if (spread == kept.spreads.end()) to.add(f, a, scale, same);
            else to.add(f, a, scale, count_quantiles(f, static_cast<double>(spread->second[static_cast<std::size_t>(level)][class_of(rate)].days[band_of(h)]) * factor + feast_dispersion(feast), kept.asked_of(model, level)));
        };
        std::vector<double> f(n), a(n);
        auto const spans = [&](Level level) {
            for (auto from = before; from + span_days <= last; from += span_days)
                if (from + span_days > first) out[{model, level, band_of(from + span_days - 1)}].add_span(std::span(f).subspan(from - before, span_days), std::span(a).subspan(from - before, span_days));
        };
        auto const rate_of = [&](auto const& members) { double sum = 0; for (auto const g : members) for (auto const v : means.row(g)) sum += static_cast<double>(v); return sum / static_cast<double>(kept.horizon); };
        for (auto const& node : nodes) {
            auto const extra = kept.nodes.find({node.level, node.id});
            auto const rate = rate_of(node.members);
            auto const feasts = kept.feasts_of(model, node.level, node.id);
            std::ranges::fill(f, 0), std::ranges::fill(a, 0);
            for (auto const g : node.members) for (std::size_t h = 0; h < n; ++h) f[h] += static_cast<double>(means.row(g)[before + h]), a[h] += static_cast<double>(came[g][h]);
            for (auto h = first - before; h < n; ++h) see(node.level, extra == kept.nodes.end() ? 0 : static_cast<double>(extra->second.scale), extra == kept.nodes.end() ? 1 : static_cast<double>(extra->second.factor), rate, feasts.empty() ? 0 : static_cast<double>(feasts[before + h]), before + h, f[h], a[h]);
            spans(node.level);
        }
        for (std::size_t g = 0; g < kept.goods.size(); ++g) {
            auto const& good = kept.goods[g];
            if (!good.on_sale()) continue;
            std::array<std::size_t, 1> const one{g};
            auto const rate = rate_of(one);
            for (std::size_t h = 0; h < n; ++h) f[h] = static_cast<double>(means.row(g)[before + h]), a[h] = static_cast<double>(came[g][h]);
            for (auto h = first - before; h < n; ++h)
                if (hidden[g].empty() || !hidden[g][h]) see(Level::variant, static_cast<double>(good.scale), static_cast<double>(good.factor), rate, 0, before + h, f[h], a[h]);
            if (hidden[g].empty()) spans(Level::variant);
        }
    }
    return out;
}

Result<ForecastRun> run_forecast(Context& context, RunForecast const& in) {
    auto& services = context.services;
    auto const& progress = context.progress;
    auto const begun = cpu_seconds();
    std::optional<Day> until;
    if (!in.until.empty()) until = TRY(day_field(in.until, "/until"));
    History history, newest;
    std::optional<SignalLog> log;
    Elasticities learned;
    std::size_t cuts = 0;
    {
        auto tx = TRY(services.store->read(context.shop_id));
        // Before seconds of reading: a day ahead is a slip of the pen.
        if (auto const end = TRY(history_end(*tx, context.now)); until && *until > end) return fail(Errc::invalid_argument, "invalid_request", fmt::format("The history ends before {}.", format_date(end)), {{"/until", "out_of_range", fmt::format("must not be after {}", format_date(end))}});
        newest = TRY(read_history(*tx, context.now, {}, progress));
        history = until ? TRY(read_history(*tx, context.now, until, progress)) : newest;
        log = TRY(read_signals(*tx, history));
        history.weather = TRY(read_weather(*tx, history, newest.end));
        auto inside = context;
        inside.open = tx.get();
        if (auto known = elasticities(inside)) learned = std::move(*known);
        else if (known.error().reason != "not_planned") return std::unexpected(known.error());
        auto const due = TRY(Due::read(*tx, learned, history, static_cast<std::size_t>(in.horizon_days)));
        TRY(take_out_promotions(*tx, learned, due, history));
        cuts = TRY(take_out_cuts(*tx, learned, due, history));
    }
    context.note(fmt::format("{} goods, {} days of history until {}", history.goods.size(), history.days(), format_date(history.end)));
    if (cuts > 0) context.note(fmt::format("{} cuts of price without a promotion taken out of what is learned from", cuts));
    auto made = TRY(compute(history, log ? &*log : nullptr, static_cast<std::size_t>(in.horizon_days), progress, context.threads()));
    progress(92, 100, "keeping the forecast");
    RunRow row{.run_id = new_id("fcr"), .origin_day = history.end, .horizon_days = in.horizon_days, .made_at_ms = context.now, .made_by = context.caller.id, .looked_back = until && *until < newest.end, .champion = {}, .goods = static_cast<std::int64_t>(history.goods.size()), .seconds = 0, .findings = {}, .scored_until = history.end};
    made.kept.run_id = row.run_id;
    for (std::size_t g = 0; g < made.kept.goods.size(); ++g) made.kept.goods[g].price = static_cast<float>(history.goods[g].price_minor);
    for (auto& g : made.kept.goods) if (auto const found = learned.find(g.product_id); found != learned.end()) g.elasticity = static_cast<float>(found->second.elasticity);
    RunFindings findings{.history_days = static_cast<std::int64_t>(history.days()), .origins = made.findings.origins, .reconciliation = made.findings.reconciliation, .share = made.findings.share, .levels = {}, .share_power = made.findings.share_power, .yearly_power = made.findings.yearly_power, .holiday_power = made.findings.holiday_power, .season_power = made.findings.season_power, .boosted_power = made.findings.boosted_power, .boosted_without = made.findings.boosted_without, .holidays = {}, .adapted = {}, .signals = made.findings.signals, .places = {}, .weather = told(made.findings.weather), .challenger = {}, .champion_reason = {}, .challenger_loss = 0};
    for (auto& s : findings.signals) s.gain = rounded(s.gain), s.weight = rounded(s.weight);
    for (auto const h : made.findings.holidays) findings.holidays.emplace_back(series::name(h));
    for (std::size_t l = 0; l < level_count; ++l) findings.adapted.push_back({static_cast<Level>(l), rounded(made.findings.adapted[l].loss_share), made.findings.adapted[l].used, rounded(made.findings.widened[l])});
    for (std::size_t l = 0; l < made.findings.gain.size() && l < level_count; ++l) findings.levels.push_back({static_cast<Level>(l), rounded(made.findings.gain[l])});
    findings.places_follow = made.places.followed, findings.places_gain = rounded(made.places.gain);
    auto const wape = [](Sums const& s) { return s.sold > 0 ? rounded(s.miss / s.sold) : 0; };
    for (auto const& f : made.places.found) findings.places.push_back({made.kept.places[f.place], wape(f.own), wape(f.by_share), wape(f.last_week)});
    Plans plans;
    auto const score = [&]() -> Result<std::vector<Scored>> {
        auto tx = TRY(services.store->read(context.shop_id));
        return score_kept(*tx, newest, progress);
    };
    auto const scored = TRY(score());
    {
        auto tx = TRY(services.store->write(context.shop_id));
        if (!row.looked_back) TRY(carry_prices(*tx, made.kept));
        plans = TRY(plans_ahead(*tx, made.kept));
        if (progress.stopped()) return fail(Errc::unavailable, "cancelled", "The forecast was cancelled; the one before it stays.");
        TRY(keep_scores(*tx, scored));
        auto choice = TRY(load_choice(*tx));
        if (!row.looked_back) {
            auto const before = choice.champion;
            choose_champion(choice, findings, made.scores, TRY(load_scores(*tx, "kept", "")), TRY(tx->integer("SELECT COUNT(DISTINCT run_id) FROM forecast_scores WHERE shop_id = ? AND kind = 'kept' AND model = 'signals'", tx->shop_id())), context.now);
            if (choice.champion != before) TRY(save_choice(*tx, choice));
        }
        // A model that this history does not hold (holidays none of which it saw, visits that tell nothing today) is replaced for this run alone; the choice stays.
        row.champion = choice.champion;
        if (!made.kept.models.contains(model_of(choice.champion).value_or(Model::smoothing))) {
            row.champion = name(Model::smoothing);
            findings.champion_reason += fmt::format("{}{} could not be made from these days: smoothing stands in for it", findings.champion_reason.empty() ? "" : "; ", choice.champion);
        }
        row.findings = to_text(write_json(findings)), row.seconds = std::round((cpu_seconds() - begun) * 100) / 100;
        TRY(save_run(*tx, row, made.kept));
        TRY(save_scores(*tx, row.run_id, "backtest", made.scores));
        TRY(save_place_scores(*tx, row.run_id, "backtest", scores_of(made.places, model_of(row.champion).value_or(Model::smoothing), made.kept.places)));
        if (!row.looked_back) {
            TRY(save_history(*tx, newest));
            TRY(forget_old_runs(*tx, newest.end));
        }
        tx->changed("forecast", row.run_id);
        if (!context.dry()) TRY(tx->commit());
    }
    // What this one looks back at has come already.
    if (row.looked_back && !context.dry()) {
        auto const own = TRY(score());
        auto tx = TRY(services.store->write(context.shop_id));
        TRY(keep_scores(*tx, own));
        tx->changed("forecast", row.run_id);
        TRY(tx->commit());
    }
    auto out = told(row);
    auto const champion = model_of(row.champion).value_or(Model::smoothing);
    auto means = made.kept.models.at(champion);  // smoothing is always made
    apply(plans, made.kept, champion, means);
    double units = 0;
    for (std::size_t g = 0; g < made.kept.goods.size(); ++g) for (std::size_t h = 0; h < 28; ++h) units += static_cast<double>(means.row(g)[h]);
    out.units_ahead_28 = std::round(units * 10) / 10;
    context.note(fmt::format("made in {:.1f} s of processor time; {}", row.seconds, findings.champion_reason));
    return out;
}

Result<ForecastStatus> status(Context& context, Nothing const&) {
    auto& tx = context.tx();
    ForecastStatus out;
    for (auto const& r : TRY(load_runs(tx))) out.runs.push_back(told(r));
    if (!out.runs.empty()) out.forecast = true, out.newest = out.runs.front();
    auto const choice = TRY(load_choice(tx));
    out.champion = model_of(choice.champion).value_or(Model::smoothing), out.previous_champion = choice.previous, out.champion_reason = choice.reason, out.champion_by = choice.changed_by, out.automatic = choice.automatic;
    auto const hour = TRY(shop::read_setting(tx, "forecast_hour"));
    out.hour = 24;
    std::from_chars(hour.data(), hour.data() + hour.size(), out.hour);
    shop::Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT job_id FROM jobs WHERE shop_id = ? AND operation = 'forecast.run' AND (state = 'queued' OR state = 'running') ORDER BY CASE WHEN state = 'running' THEN 0 ELSE 1 END, created_at_ms LIMIT 1", values, [&](shop::Row const& row) -> Result<void> { out.job_id = row.text(0); return {}; }));
    return out;
}

}  // namespace kindling::forecast
