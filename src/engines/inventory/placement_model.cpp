// Building the model, its two kinds of edges, and the local improvement of plans.
#include "engines/inventory/placement_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "engines/inventory/checks.h"

namespace kindling::inventory {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();
constexpr int longest = 10'000;

Result<std::vector<std::uint32_t>> topological(const Network& n) {
    std::vector<std::size_t> waits(n.stages.size(), 0);
    std::vector<std::vector<std::uint32_t>> next(n.stages.size());
    for (auto const& a : n.arcs) next[a.from].push_back(a.to), ++waits[a.to];
    std::vector<std::uint32_t> order;
    for (std::uint32_t j = 0; j < n.stages.size(); ++j)
        if (waits[j] == 0) order.push_back(j);
    for (std::size_t i = 0; i < order.size(); ++i)
        for (auto const k : next[order[i]])
            if (--waits[k] == 0) order.push_back(k);
    if (order.size() == n.stages.size()) return order;
    for (std::uint32_t j = 0; j < n.stages.size(); ++j)
        if (waits[j] > 0) return fail(Errc::invalid_argument, "cyclic_network", fmt::format("Stage {} comes, through others, before itself; the arcs must not form a circle.", j));
    return order;
}

Result<void> check(const Network& n) {
    Checks checks;
    checks.require(!n.stages.empty(), "stages", 0, "at least one stage");
    auto const periods = [&](const char* what, std::size_t j, int v, int low) { checks.require(v >= low && v <= longest, fmt::format("stages/{}/{}", j, what), v, fmt::format("from {} to 10,000 periods", low)); };
    for (std::size_t j = 0; j < n.stages.size(); ++j) {
        auto const& s = n.stages[j];
        periods("time", j, s.time, 0), periods("inbound_at_least", j, s.inbound_at_least, 0), periods("service_at_most", j, s.service_at_most, -1);
        checks.at_least_zero(fmt::format("stages/{}/holding", j), s.holding).at_least_zero(fmt::format("stages/{}/bound", j), s.bound);
    }
    for (std::size_t a = 0; a < n.arcs.size(); ++a) {
        checks.require(n.arcs[a].from < n.stages.size(), fmt::format("arcs/{}/from", a), n.arcs[a].from, "the number of a stage");
        checks.require(n.arcs[a].to < n.stages.size(), fmt::format("arcs/{}/to", a), n.arcs[a].to, "the number of a stage");
        checks.positive(fmt::format("arcs/{}/units", a), n.arcs[a].units);
    }
    return checks.result();
}

}  // namespace

Result<std::vector<double>> bounds(const Network& n, std::span<const double> own) {
    TRY(check(n));
    Checks checks;
    checks.require(own.size() == n.stages.size(), "own_bound", static_cast<double>(own.size()), "one for each stage");
    for (std::size_t j = 0; j < own.size(); ++j) checks.at_least_zero(fmt::format("own_bound/{}", j), own[j]);
    TRY(checks.result());
    auto order = TRY(topological(n));
    std::vector<std::vector<const Arc*>> next(n.stages.size());
    for (auto const& a : n.arcs) next[a.from].push_back(&a);
    // Units of each stage in one unit of a customer's: by customer, from the customer back. Sums squares, never correlations.
    std::vector<double> squares(n.stages.size(), 0), units(n.stages.size());
    std::vector<std::size_t> place(n.stages.size());
    for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    for (std::uint32_t customer = 0; customer < n.stages.size(); ++customer) {
        if (own[customer] == 0) continue;
        std::ranges::fill(units, 0);
        units[customer] = 1;
        for (auto i = place[customer] + 1; i-- > 0;) {
            auto const j = order[i];
            if (j != customer)
                for (auto const* a : next[j]) units[j] += a->units * units[a->to];
            squares[j] += units[j] * units[j] * own[customer] * own[customer];
        }
    }
    for (auto& s : squares) s = std::sqrt(s);
    return squares;
}

double placement_cost(const Network& n, std::span<const int> service) {
    auto const model = placement::build(n);
    std::vector<int> inbound;
    auto const cost = model ? placement::evaluate(*model, service, inbound) : never;
    return cost == never ? std::numeric_limits<double>::quiet_NaN() : cost;
}

namespace placement {

Result<Model> build(const Network& n) {
    TRY(check(n));
    Model m;
    m.network = &n, m.order = TRY(topological(n));
    auto const count = static_cast<std::uint32_t>(n.stages.size());
    std::set<std::pair<std::uint32_t, std::uint32_t>> arcs;
    for (auto const& a : n.arcs) arcs.emplace(a.from, a.to);
    std::vector<int> wait(count), serve(count);  // the most that can be
    std::vector<std::vector<std::uint32_t>> suppliers(count);
    for (auto const& [from, to] : arcs) suppliers[to].push_back(from);
    m.inbound.resize(count), m.service.resize(count), m.root.resize(count), m.size.resize(2 * count), m.low.resize(2 * count, 0), m.before.resize(2 * count), m.after.resize(2 * count);
    std::uint32_t next = 0;
    for (auto const j : m.order) {
        auto const& s = n.stages[j];
        wait[j] = s.inbound_at_least;
        for (auto const i : suppliers[j]) wait[j] = std::max(wait[j], serve[i]);
        serve[j] = s.service_at_most < 0 ? wait[j] + s.time : std::min(s.service_at_most, wait[j] + s.time);
        if (wait[j] + s.time > longest) return fail(Errc::invalid_argument, "network_too_wide", fmt::format("Stage {} may have to wait {} periods; at most 10,000 are planned for. Count in longer periods.", j, wait[j] + s.time));
        m.inbound[j] = next++, m.service[j] = next++;
        m.low[m.inbound[j]] = s.inbound_at_least, m.size[m.inbound[j]] = wait[j] - s.inbound_at_least + 1, m.size[m.service[j]] = serve[j] + 1;
        for (int t = 0; t <= wait[j] + s.time; ++t) m.root[j].push_back(s.holding * s.bound * std::sqrt(static_cast<double>(t)));
    }
    auto const add = [&](std::uint32_t first, std::uint32_t second, std::uint32_t stage, bool own) {
        auto const e = static_cast<std::uint32_t>(m.edges.size());
        m.edges.push_back({first, second, stage, own, std::vector<double>(static_cast<std::size_t>(m.size[first]), 0), std::vector<double>(static_cast<std::size_t>(m.size[second]), 0)});
        m.after[first].push_back(e), m.before[second].push_back(e);
    };
    for (auto const j : m.order) {
        for (auto const i : suppliers[j]) add(m.service[i], m.inbound[j], j, false);
        add(m.inbound[j], m.service[j], j, true);
    }
    return m;
}

void Model::minimise(const Edge& e, bool forward, std::span<const double> from, std::vector<double>& out) const {
    auto const to = forward ? e.second : e.first;
    out.assign(static_cast<std::size_t>(size[to]), never);
    if (!e.own) {  // service (from 0 on) <= inbound (from its low on)
        auto const shift = static_cast<std::size_t>(low[e.second]);
        double best = never;
        if (forward) {
            std::size_t s = 0;
            for (std::size_t i = 0; i < out.size(); ++i) {
                for (; s < from.size() && s <= i + shift; ++s) best = std::min(best, from[s]);
                out[i] = best;
            }
        } else {
            std::size_t i = from.size();
            for (std::size_t s = out.size(); s-- > 0;) {
                for (; i > 0 && i - 1 + shift >= s; --i) best = std::min(best, from[i - 1]);
                out[s] = best;
            }
        }
        return;
    }
    auto const inbounds = static_cast<std::size_t>(size[e.first]), services = static_cast<std::size_t>(size[e.second]);
    auto const* const table = root[e.stage].data();
    auto const reach = static_cast<std::size_t>(low[e.first] + network->stages[e.stage].time);  // net time at the lowest inbound and service 0
    for (std::size_t s = 0; s < services; ++s) {
        auto const begin = s > reach ? s - reach : 0;
        auto const* const cost = table + (reach + begin - s);
        if (forward) {
            double best = never;
            for (std::size_t i = begin; i < inbounds; ++i) {
                auto const v = from[i] + cost[i - begin];
                best = v < best ? v : best;
            }
            out[s] = best;
        } else {
            auto const base = from[s];
            for (std::size_t i = begin; i < inbounds; ++i) {
                auto const v = base + cost[i - begin];
                out[i] = v < out[i] ? v : out[i];
            }
        }
    }
}

namespace {

int waits_for(const Model& m, std::uint32_t j, std::span<const int> service) {
    auto wait = m.network->stages[j].inbound_at_least;
    for (auto const e : m.before[m.inbound[j]]) wait = std::max(wait, service[m.order[m.edges[e].first / 2]]);
    return wait;
}

double stage_cost(const Model& m, std::uint32_t j, std::span<const int> service) {
    auto const wait = waits_for(m, j, service);
    return wait + m.network->stages[j].time < service[j] ? never : m.cost(j, wait, service[j]);
}

}  // namespace

double evaluate(const Model& m, std::span<const int> service, std::vector<int>& inbound) {
    inbound.assign(service.size(), 0);
    double sum = 0;
    for (auto const j : m.order) {
        if (service[j] < 0 || service[j] >= m.size[m.service[j]]) return never;
        inbound[j] = waits_for(m, j, service), sum += stage_cost(m, j, service);
    }
    return sum;
}

double improve(const Model& m, std::vector<int>& service) {
    auto const count = service.size();
    std::vector<double> now(count);
    for (std::uint32_t j = 0; j < count; ++j) now[j] = stage_cost(m, j, service);
    std::vector<std::uint32_t> touched;
    std::vector<char> seen(count, 0);
    std::vector<std::pair<std::uint32_t, int>> old;
    auto const touch = [&](std::uint32_t j) { if (!seen[j]) seen[j] = 1, touched.push_back(j); };
    // Sets service times, and keeps them when that is cheaper.
    auto const attempt = [&](std::span<const std::pair<std::uint32_t, int>> changes) {
        touched.clear(), old.clear();
        for (auto const& [j, s] : changes) {
            old.emplace_back(j, service[j]), service[j] = s, touch(j);
            for (auto const e : m.after[m.service[j]]) touch(m.edges[e].stage);
        }
        double gain = 0;
        for (auto const j : touched) gain += now[j] - stage_cost(m, j, service), seen[j] = 0;
        if (gain > 1e-9) {
            for (auto const j : touched) now[j] = stage_cost(m, j, service);
            return true;
        }
        for (auto const& [j, s] : old) service[j] = s;
        return false;
    };
    std::vector<std::pair<std::uint32_t, int>> changes;
    for (bool better = true; better;) {
        better = false;
        for (auto const j : m.order) {
            for (int s = 0; s < m.size[m.service[j]]; ++s)
                if (s != service[j]) better = attempt(std::vector<std::pair<std::uint32_t, int>>{{j, s}}) || better;
            // All suppliers no slower than t; or all that can, as slow as t.
            auto const& arcs = m.before[m.inbound[j]];
            if (arcs.size() < 2) continue;
            for (int t = 0; t < m.size[m.inbound[j]] + m.low[m.inbound[j]]; ++t)
                for (bool const slower : {false, true}) {
                    changes.clear();
                    for (auto const e : arcs) {
                        auto const i = m.order[m.edges[e].first / 2];
                        auto const to = slower ? std::max(service[i], std::min({t, m.size[m.service[i]] - 1, waits_for(m, i, service) + m.network->stages[i].time})) : std::min(service[i], t);
                        if (to != service[i]) changes.emplace_back(i, to);
                    }
                    if (!changes.empty()) better = attempt(changes) || better;
                }
        }
    }
    double sum = 0;
    for (double const v : now) sum += v;
    return sum;
}

}  // namespace placement

}  // namespace kindling::inventory
