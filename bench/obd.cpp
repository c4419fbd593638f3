// obd: off-policy estimates. Open Bandit data (Saito et al., NeurIPS Datasets 2021): two policies ran side by side in a shop, uniformly random and Thompson
// sampling ("bts"), each logging item, position, propensity and click. What one was worth is estimated from the other's log and compared with what it
// earned: relative_error = |estimate - earned| / earned. Files POLICY_CAMPAIGN.csv.gz (or .csv) in DIR/obd, columns by name.
//
// A random policy's probabilities are known (one in the number of items); Thompson's, which move with time, are taken as how often it showed each item at
// each position, from its own log without its clicks. Rewards are predicted from cells (item, position), three-fold. What a policy "earned" rests on 46 to 69
// clicks per 10,000 rows: its own standard error is printed beside it (earned_relative_error), and no estimate can be told to be better than that.
//
// generated: logs of 10,000 moments over 10 actions and 3 places whose truth is known; the mean over 100 seeds.
#include "obd.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "core/random.h"
#include "engines/experiment/off_policy.h"

namespace kindling::bench {

namespace {

using experiment::CellModel, experiment::LoggedAction, experiment::Moment;

constexpr int folds = 3;

struct Log {
    std::vector<LoggedAction> rows;
    std::vector<double> propensity;
    std::int32_t items = 0, positions = 0;
    double earned() const {
        double sum = 0;
        for (auto const& r : rows) sum += r.reward;
        return sum / static_cast<double>(rows.size());
    }
};

std::vector<std::string_view> cells_of(std::string_view line) {
    std::vector<std::string_view> out;
    for (;;) {
        auto const comma = line.find(',');
        out.push_back(line.substr(0, comma));
        if (comma == line.npos) return out;
        line.remove_prefix(comma + 1);
    }
}

Log load(std::string const& path) {
    auto const text = read_file(path);
    std::string_view rest = text;
    auto const line = [&] {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto out = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (out.ends_with('\r')) out.remove_suffix(1);
        return out;
    };
    auto const names = cells_of(line());
    auto const column = [&](std::initializer_list<std::string_view> wanted) {
        for (auto name : wanted)
            if (auto const i = std::ranges::find(names, name); i != names.end()) return static_cast<std::size_t>(i - names.begin());
        give_up({Errc::invalid_argument, "bad_log", fmt::format("{} has no column {}.", path, *wanted.begin())});
    };
    auto const item = column({"item_id"}), position = column({"position"}), click = column({"click"}), propensity = column({"propensity_score", "action_prob"});
    Log log;
    for (std::size_t number = 2; !rest.empty(); ++number) {
        auto const l = line();
        if (l.empty()) continue;
        auto const cells = cells_of(l);
        LoggedAction row;
        double p = 0, reward = 0;
        std::int32_t place = 0;
        auto const read = [&](std::size_t c, auto& value) { return c < cells.size() && std::from_chars(cells[c].data(), cells[c].data() + cells[c].size(), value).ec == std::errc(); };
        if (!read(item, row.action) || !read(position, place) || !read(click, reward) || !read(propensity, p) || p <= 0 || row.action < 0 || place < 1 || row.action > 100'000 || place > 100) give_up({Errc::invalid_argument, "bad_log", fmt::format("{}, line {}: item, position, click or propensity cannot be read.", path, number)});
        row.place = place - 1, row.reward = reward;
        log.items = std::max(log.items, row.action + 1), log.positions = std::max(log.positions, place);
        log.rows.push_back(row), log.propensity.push_back(p);
    }
    if (log.rows.empty()) give_up({Errc::invalid_argument, "bad_log", path + " has no rows."});
    return log;
}

// How often a policy shows each item at each position.
std::vector<double> shares_of(Log const& log, std::int32_t items, std::int32_t positions) {
    std::vector<double> n(static_cast<std::size_t>(items) * static_cast<std::size_t>(positions), 0), at(static_cast<std::size_t>(positions), 0);
    for (auto const& r : log.rows) ++n[static_cast<std::size_t>(r.action) * at.size() + static_cast<std::size_t>(r.place)], ++at[static_cast<std::size_t>(r.place)];
    for (std::size_t i = 0; i < n.size(); ++i) n[i] = at[i % at.size()] > 0 ? n[i] / at[i % at.size()] : 0;
    return n;
}

experiment::OffPolicy estimate(Log const& log, std::vector<double> const& target, std::int32_t items, std::int32_t positions) {
    CellModel const model(log.rows, items, positions, folds);
    std::vector<Moment> moments;
    for (std::size_t i = 0; i < log.rows.size(); ++i) {
        auto const& r = log.rows[i];
        auto const fold = CellModel::fold_of(i, folds);
        auto const share = [&](std::int32_t a) { return target[static_cast<std::size_t>(a) * static_cast<std::size_t>(positions) + static_cast<std::size_t>(r.place)]; };
        Moment m{.propensity = log.propensity[i], .target = share(r.action), .reward = r.reward, .predicted = model.at(r.action, r.place, fold)};
        for (std::int32_t a = 0; a < items; ++a) m.expected += share(a) * model.at(a, r.place, fold);
        moments.push_back(m);
    }
    return experiment::evaluate(moments);
}

void generated(BenchContext& context) {
    constexpr int actions = 10, places = 3, moments = 10'000, seeds = 100;
    double ips = 0, snips = 0, dr = 0, shrunk = 0, inside = 0;
    for (int seed = 0; seed < seeds; ++seed) {
        Random random(7000 + static_cast<std::uint64_t>(seed));
        Log log{.rows = {}, .propensity = {}, .items = actions, .positions = places};
        std::vector<double> rate, logged, wanted;
        for (int i = 0; i < actions * places; ++i) rate.push_back(random.uniform(.01, .2));
        for (int a = 0; a < actions; ++a) logged.push_back(random.exponential(1) + .05), wanted.push_back(random.exponential(1));
        for (auto* p : {&logged, &wanted})
            for (auto const sum = std::accumulate(p->begin(), p->end(), 0.0); auto& x : *p) x /= sum;
        std::vector<double> target;
        double truth = 0;
        for (std::size_t a = 0; a < actions; ++a)
            for (std::size_t p = 0; p < places; ++p) target.push_back(wanted[a]), truth += wanted[a] * rate[a * places + p] / places;
        for (int i = 0; i < moments; ++i) {
            auto const a = random.pick(logged), p = static_cast<std::size_t>(random.below(places));
            log.rows.push_back({static_cast<std::int32_t>(a), static_cast<std::int32_t>(p), random.chance(rate[a * places + p]) ? 1.0 : 0.0}), log.propensity.push_back(logged[a]);
        }
        auto const e = estimate(log, target, actions, places);
        ips += std::abs(e.ips.value - truth) / truth / seeds, snips += std::abs(e.snips.value - truth) / truth / seeds, dr += std::abs(e.dr.value - truth) / truth / seeds, shrunk += std::abs(e.dr_shrunk.value - truth) / truth / seeds;
        inside += (std::abs(e.dr.value - truth) <= 1.96 * e.dr.standard_error) / static_cast<double>(seeds);
    }
    context.report("relative_error_ips/generated", ips, "share");
    context.report("relative_error_snips/generated", snips, "share");
    context.report("relative_error_dr/generated", dr, "share");
    context.report("relative_error_dr_shrunk/generated", shrunk, "share");
    context.report("interval_coverage_dr/generated", inside, "share", Reference{"nominal", .95});
}

}  // namespace

void run_obd(BenchContext& context) {
    generated(context);
    auto const folder = context.find("obd");
    if (!folder) return;
    auto const path = [&](std::string const& policy, std::string const& campaign) {
        for (auto const* ending : {".csv.gz", ".csv"})
            if (auto const p = fmt::format("{}/{}_{}{}", *folder, policy, campaign, ending); std::filesystem::exists(p)) return p;
        return std::string();
    };
    // Importance weighting's relative error measured on these very files by its textbook form in Python.
    struct Known { std::string_view campaign; double ips, snips; };
    constexpr Known known[] = {{"men", .346, .307}, {"women", .617, .484}};
    for (std::string const campaign : {"all", "men", "women"}) {
        if (path("random", campaign).empty() || path("bts", campaign).empty()) continue;
        auto const random = load(path("random", campaign)), bts = load(path("bts", campaign));
        auto const items = std::max(random.items, bts.items), positions = std::max(random.positions, bts.positions);
        std::vector<double> const uniform(static_cast<std::size_t>(items) * static_cast<std::size_t>(positions), 1.0 / items);
        for (bool const to_random : {true, false}) {
            auto const& log = to_random ? bts : random;
            auto const earned = (to_random ? random : bts).earned();
            auto const e = estimate(log, to_random ? uniform : shares_of(bts, items, positions), items, positions);
            auto const set = fmt::format("{}/{}", campaign, to_random ? "bts_to_random" : "random_to_bts");
            auto const error = [&](experiment::Estimate const& x) { return std::abs(x.value - earned) / earned; };
            auto const* const reference = to_random ? std::ranges::find(known, campaign, &Known::campaign) : std::end(known);
            auto const by = [&](double Known::* field) { return reference == std::end(known) ? std::optional<Reference>() : Reference{"textbook estimator on the same files", (*reference).*field}; };
            context.report("relative_error_ips/" + set, error(e.ips), "share", by(&Known::ips));
            context.report("relative_error_snips/" + set, error(e.snips), "share", by(&Known::snips));
            context.report("relative_error_clipped/" + set, error(e.clipped), "share");
            context.report("relative_error_dr/" + set, error(e.dr), "share");
            context.report("relative_error_dr_shrunk/" + set, error(e.dr_shrunk), "share");
            context.report("relative_error_model/" + set, error(e.model), "share");
            context.report("effective_moments/" + set, e.effective, "count");
            context.report("largest_weight/" + set, e.largest_weight, "ratio");
            context.report("readable/" + set, e.readable ? 1 : 0, "flag");
            auto const n = static_cast<double>((to_random ? random : bts).rows.size());
            context.report("earned_relative_error/" + set, std::sqrt(earned * (1 - earned) / n) / earned, "share");
        }
    }
}

}  // namespace kindling::bench
