#include "modules/experiments/subjects.h"
#include "core/by_text.h"
#include "core/json_text.h"
#include "engines/experiment/always_valid.h"
#include "engines/experiment/bandit.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <tuple>
#include <boost/unordered/unordered_flat_map.hpp>

namespace kindling::experiments {

namespace {

constexpr std::string_view columns = "experiment_id, spec, salt, state, started_at_ms, stopped_at_ms, outcome";
constexpr double bandit_floor = .05;

Result<Running> running(shop::Row const& row) {
    Running out{.experiment = TRY(read_json<Experiment>(TRY(parse_json(row.text(1))))), .salt = std::string(row.text(2)), .state = row.text(3) == "running" ? ExperimentState::running : ExperimentState::stopped, .started_at_ms = row.integer(4), .outcome = std::string(row.text(6))};
    out.experiment.experiment_id = row.text(0);
    if (!row.is_null(5)) out.stopped_at_ms = row.integer(5);
    return out;
}

Result<void> add_weights(shop::Transaction& tx, Running& out) {
    Weights first{.from = 0};
    for (auto const& arm : out.experiment.arms) first.shares.push_back(arm.share);
    out.weights.push_back(std::move(first));
    if (out.experiment.kind != ExperimentKind::bandit) return {};
    shop::Value const values[] = {tx.shop_id(), out.experiment.experiment_id};
    TRY(tx.run("SELECT from_ms, weights FROM experiment_weights WHERE shop_id = ? AND experiment_id = ? ORDER BY from_ms", values, [&](shop::Row const& row) -> Result<void> {
        auto shares = TRY(read_json<std::vector<double>>(TRY(parse_json(row.text(1)))));
        if (shares.size() == out.experiment.arms.size()) out.weights.push_back({row.integer(0), std::move(shares)});
        return {};
    }));
    return {};
}

std::string_view kinds_of(Exposure e) {
    switch (e) {
        case Exposure::search: return "search";
        case Exposure::impression: return "impression";
        case Exposure::view: return "view";
        case Exposure::visit: break;
    }
    return "";
}

}  // namespace

std::vector<double> const& Running::shares_at(Milliseconds at) const {
    auto const after = std::ranges::upper_bound(weights, at, {}, &Weights::from);
    return after == weights.begin() ? weights.front().shares : std::prev(after)->shares;
}

std::size_t Running::arm_at(std::string_view session, Milliseconds at) const { return experiment::arm_of(salt, session, shares_at(at)); }

std::unexpected<Error> experiment_not_found(std::string_view id) { return fail(Errc::not_found, "experiment_not_found", fmt::format("There is no experiment \"{}\".", id.substr(0, 64)), {{"/experiment_id", "experiment_not_found", "is not an experiment"}}); }

Result<Running> find_experiment(shop::Transaction& tx, std::string_view id) {
    std::optional<Running> out;
    shop::Value const values[] = {tx.shop_id(), id};
    TRY(tx.run(fmt::format("SELECT {} FROM experiments WHERE shop_id = ? AND experiment_id = ?", columns), values, [&](shop::Row const& row) -> Result<void> { out = TRY(running(row)); return {}; }));
    if (!out) return experiment_not_found(id);
    TRY(add_weights(tx, *out));
    return std::move(*out);
}

Result<std::vector<Running>> all_experiments(shop::Transaction& tx) {
    std::vector<Running> out;
    shop::Value const values[] = {tx.shop_id()};
    TRY(tx.run(fmt::format("SELECT {} FROM experiments WHERE shop_id = ? ORDER BY started_at_ms DESC, experiment_id", columns), values, [&](shop::Row const& row) -> Result<void> { out.push_back(TRY(running(row))); return {}; }));
    for (auto& r : out) TRY(add_weights(tx, r));
    return out;
}

Result<std::vector<Subject>> subjects_of(shop::Transaction& tx, Running const& r, Milliseconds now) {
    auto const until = std::min<Milliseconds>(now, r.stopped_at_ms.value_or(now));
    // Grouped here: a hash of the visits is cheaper than the sorting of all their events by which the database groups.
    boost::unordered_flat_map<std::string, Subject, TextHash, std::equal_to<>> found;
    auto const kind = kinds_of(r.experiment.exposure);
    {
        std::string where = "shop_id = ? AND at_ms >= ? AND at_ms <= ? AND session_id <> ''";
        std::vector<shop::Value> values{tx.shop_id(), r.started_at_ms, until};
        if (!kind.empty()) where += " AND kind = ?", values.emplace_back(kind);
        if (!r.experiment.query.empty() && (r.experiment.exposure == Exposure::search || r.experiment.exposure == Exposure::impression)) where += " AND LOWER(query) = LOWER(?)", values.emplace_back(r.experiment.query);
        TRY(tx.run(fmt::format("SELECT session_id, at_ms, CASE kind WHEN 'view' THEN 0 WHEN 'search' THEN 1 WHEN 'impression' THEN 2 ELSE 3 END FROM events WHERE {}", where), values, [&](shop::Row const& row) -> Result<void> {
            auto const session = row.text(0);
            auto const at = row.integer(1);
            auto const entry = static_cast<std::int32_t>(row.integer(2));
            if (auto const s = found.find(session); s != found.end()) s->second.first = std::min(s->second.first, at), s->second.entry = std::min(s->second.entry, entry);
            else found.emplace(std::string(session), Subject{.session = {}, .first = at, .entry = entry});
            return {};
        }));
    }
    if (r.experiment.metric == Metric::revenue || r.experiment.metric == Metric::margin) {
        shop::Value const values[] = {tx.shop_id(), r.started_at_ms, until};
        TRY(tx.run("SELECT o.session_id, o.placed_at_ms, o.total_minor, (SELECT SUM(l.quantity * (l.unit_price_minor - COALESCE(l.cost_minor, 0)) - l.discount_minor) FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.order_id) FROM orders o WHERE o.shop_id = ? AND o.placed_at_ms >= ? AND o.placed_at_ms <= ? AND o.session_id <> '' AND o.status <> 'cancelled'", values, [&](shop::Row const& row) -> Result<void> {
            auto const s = found.find(row.text(0));
            if (s != found.end() && row.integer(1) >= s->second.first) s->second.value += static_cast<double>(r.experiment.metric == Metric::revenue ? row.integer(2) : row.is_null(3) ? 0 : row.integer(3));
            return {};
        }));
    } else {
        auto const wanted = r.experiment.metric == Metric::conversion ? "purchase" : r.experiment.metric == Metric::basket ? "cart" : "click";
        shop::Value const values[] = {tx.shop_id(), r.started_at_ms, until, wanted};
        TRY(tx.run("SELECT session_id, MAX(at_ms) FROM events WHERE shop_id = ? AND at_ms >= ? AND at_ms <= ? AND kind = ? AND session_id <> '' GROUP BY session_id", values, [&](shop::Row const& row) -> Result<void> {
            auto const s = found.find(row.text(0));
            if (s != found.end() && row.integer(1) >= s->second.first) s->second.value = 1;
            return {};
        }));
    }
    std::vector<Subject> out;
    out.reserve(found.size());
    for (auto& [session, s] : found) {
        auto const& shares = r.shares_at(s.first);
        double sum = 0;
        for (auto share : shares) sum += share;
        s.arm = r.arm_at(session, s.first), s.propensity = shares[s.arm] / sum, s.session = session;
        out.push_back(std::move(s));
    }
    std::ranges::sort(out, {}, [](Subject const& s) { return std::tie(s.first, s.session); });
    return out;
}

Result<bool> adapt(shop::Transaction& tx, Running const& r, Milliseconds now) {
    if (r.experiment.kind != ExperimentKind::bandit || r.state != ExperimentState::running) return false;
    std::vector<experiment::Arm> arms(r.experiment.arms.size());
    for (auto const& s : TRY(subjects_of(tx, r, now))) ++arms[s.arm].shown, arms[s.arm].successes += s.value > 0;
    Random random(static_cast<std::uint64_t>(now) ^ std::hash<std::string>{}(r.salt));
    auto const shares = experiment::thompson_shares(arms, std::min(bandit_floor, .5 / static_cast<double>(arms.size())), random);
    TRY(tx.execute("INSERT INTO experiment_weights (shop_id, experiment_id, from_ms, weights) VALUES (?,?,?,?) ON CONFLICT (shop_id, experiment_id, from_ms) DO UPDATE SET weights = excluded.weights", tx.shop_id(), r.experiment.experiment_id, now, to_text(write_json(shares))));
    return true;
}

Result<std::string> arm_of_visitor(shop::Transaction& tx, std::string_view experiment_id, std::string_view session_id, Milliseconds now) {
    if (experiment_id.empty() || session_id.empty()) return std::string();
    auto const found = find_experiment(tx, experiment_id);
    if (!found) return found.error().code == Errc::not_found ? Result<std::string>(std::string()) : std::unexpected(found.error());
    if (found->state != ExperimentState::running || now < found->started_at_ms) return std::string();
    return found->experiment.arms[found->arm_at(session_id, now)].arm_id;
}

Result<std::optional<Running>> running_hold_out(shop::Transaction& tx, HeldOut what) {
    std::optional<Running> out;
    shop::Value const values[] = {tx.shop_id()};
    TRY(tx.run(fmt::format("SELECT {} FROM experiments WHERE shop_id = ? AND state = 'running' ORDER BY started_at_ms, experiment_id", columns), values, [&](shop::Row const& row) -> Result<void> {
        auto one = TRY(running(row));
        if (!out && one.experiment.holds_out == what) out = std::move(one);
        return {};
    }));
    if (out) TRY(add_weights(tx, *out));
    return out;
}

bool is_without(Running const& r, std::string_view session_id, Milliseconds now) { return !session_id.empty() && now >= r.started_at_ms && r.arm_at(session_id, now) == 0; }

Result<bool> does_without(shop::Transaction& tx, HeldOut what, std::string_view session_id, Milliseconds now) {
    auto const found = TRY(running_hold_out(tx, what));
    return found && is_without(*found, session_id, now);
}

Result<bool> has_arm(shop::Transaction& tx, std::string_view experiment_id, std::string_view arm_id) {
    auto const found = find_experiment(tx, experiment_id);
    if (!found) return found.error().code == Errc::not_found ? Result<bool>(false) : std::unexpected(found.error());
    return std::ranges::find(found->experiment.arms, arm_id, &ExperimentArm::arm_id) != found->experiment.arms.end();
}

}  // namespace kindling::experiments
