// Forests by dynamic programming; other networks by sequential tree-reweighted message passing.
#include "engines/inventory/placement.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engines/inventory/placement_model.h"

namespace kindling::inventory {

namespace {

using placement::Edge;
using placement::Model;
constexpr double never = std::numeric_limits<double>::infinity();

bool is_forest(const Model& m) {
    std::vector<std::uint32_t> parent(m.size.size());
    std::iota(parent.begin(), parent.end(), 0);
    auto const find = [&](std::uint32_t u) { while (parent[u] != u) u = parent[u] = parent[parent[u]]; return u; };
    for (auto const& e : m.edges) {
        auto const a = find(e.first), b = find(e.second);
        if (a == b) return false;
        parent[a] = b;
    }
    return true;
}

double edge_cost(const Model& m, const Edge& e, std::size_t first, std::size_t second) {
    auto const inbound = static_cast<int>(e.own ? first : second) + m.low[e.own ? e.first : e.second], service = static_cast<int>(e.own ? second : first);
    if (!e.own) return inbound >= service ? 0 : never;
    return inbound + m.network->stages[e.stage].time >= service ? m.cost(e.stage, inbound, service) : never;
}

std::size_t least(std::span<const double> v) { return static_cast<std::size_t>(std::ranges::min_element(v) - v.begin()); }

void take(std::vector<double>& sum, const std::vector<double>& message) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += message[i];
}

// Values of all unknowns -> service times. A stage that would wait longer than its suppliers take waits less instead; that costs nothing.
std::vector<int> services(const Model& m, const std::vector<std::size_t>& value) {
    std::vector<int> out(m.order.size());
    for (auto const j : m.order) {
        auto wait = m.low[m.inbound[j]];
        for (auto const e : m.before[m.inbound[j]]) wait = std::max(wait, out[m.order[m.edges[e].first / 2]]);
        out[j] = std::min(static_cast<int>(value[m.service[j]]), wait + m.network->stages[j].time);
    }
    return out;
}

// Leaves to roots, then back: exact on a forest.
std::vector<int> solve_forest(const Model& m, double& cost) {
    auto const n = m.size.size();
    std::vector<std::vector<double>> sum(n);
    for (std::size_t u = 0; u < n; ++u) sum[u].assign(static_cast<std::size_t>(m.size[u]), 0);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> walk;  // unknown, edge to its parent
    std::vector<char> seen(n, 0);
    constexpr auto none = std::numeric_limits<std::uint32_t>::max();
    for (std::uint32_t r = 0; r < n; ++r) {
        if (seen[r]) continue;
        seen[r] = 1;
        auto const begin = walk.size();
        walk.emplace_back(r, none);
        for (auto i = begin; i < walk.size(); ++i)
            for (auto const* list : {&m.before[walk[i].first], &m.after[walk[i].first]})
                for (auto const e : *list) {
                    auto const v = m.edges[e].first == walk[i].first ? m.edges[e].second : m.edges[e].first;
                    if (!seen[v]) seen[v] = 1, walk.emplace_back(v, e);
                }
    }
    std::vector<double> message;
    for (auto i = walk.size(); i-- > 0;) {
        auto const [u, e] = walk[i];
        if (e == none) continue;
        auto const forward = m.edges[e].first == u;
        m.minimise(m.edges[e], forward, sum[u], message);
        take(sum[forward ? m.edges[e].second : m.edges[e].first], message);
    }
    std::vector<std::size_t> value(n, 0);
    cost = 0;
    for (auto const& [u, e] : walk) {
        if (e == none) {
            value[u] = least(sum[u]), cost += sum[u][value[u]];
            continue;
        }
        auto const forward = m.edges[e].first == u;
        double best = never;
        for (std::size_t x = 0; x < sum[u].size(); ++x) {
            auto const c = sum[u][x] + (forward ? edge_cost(m, m.edges[e], x, value[m.edges[e].second]) : edge_cost(m, m.edges[e], value[m.edges[e].first], x));
            if (c < best) best = c, value[u] = x;
        }
    }
    return services(m, value);
}

// One pass over all unknowns; backward ones return the lower bound.
double pass(Model& m, bool forward) {
    std::vector<double> sum, less, message;
    double bound = 0;
    auto const n = m.size.size();
    for (std::size_t i = 0; i < n; ++i) {
        auto const u = forward ? i : n - 1 - i;
        sum.assign(static_cast<std::size_t>(m.size[u]), 0);
        for (auto const e : m.before[u]) take(sum, m.edges[e].to_second);
        for (auto const e : m.after[u]) take(sum, m.edges[e].to_first);
        auto const rest = *std::ranges::min_element(sum);
        for (auto& v : sum) v -= rest;
        bound += rest;
        auto const share = 1.0 / static_cast<double>(std::max<std::size_t>({m.before[u].size(), m.after[u].size(), 1}));
        for (auto const id : forward ? m.after[u] : m.before[u]) {
            auto& e = m.edges[id];
            auto const& back = forward ? e.to_first : e.to_second;
            less.resize(sum.size());
            for (std::size_t x = 0; x < sum.size(); ++x) less[x] = share * sum[x] - back[x];
            m.minimise(e, forward, less, message);
            auto const floor = *std::ranges::min_element(message);
            for (auto& v : message) v -= floor;
            bound += floor;
            (forward ? e.to_second : e.to_first).swap(message);
        }
    }
    return bound;
}

// Stages one after the other: each waits for its slowest supplier, and serves as its own cost and its customers' messages like best. Always a plan.
std::vector<int> read_plan(const Model& m) {
    std::vector<std::size_t> value(m.size.size(), 0);
    std::vector<double> sum;
    for (auto const j : m.order) {
        auto const in = m.inbound[j], out = m.service[j];
        auto wait = m.low[in];
        for (auto const e : m.before[in]) wait = std::max(wait, static_cast<int>(value[m.edges[e].first]));
        value[in] = static_cast<std::size_t>(wait - m.low[in]);
        sum.assign(static_cast<std::size_t>(m.size[out]), 0);
        for (auto const e : m.after[out]) take(sum, m.edges[e].to_first);
        for (std::size_t x = 0; x < sum.size(); ++x) sum[x] += edge_cost(m, m.edges[m.before[out][0]], value[in], x);
        value[out] = least(sum);
    }
    return services(m, value);
}

}  // namespace

Result<Placement> place_safety_stock(const Network& network, const PlacementOptions& options) {
    auto m = TRY(placement::build(network));
    Placement out;
    out.forest = is_forest(m), out.cost = never;
    auto const offer = [&](std::vector<int> service) {
        std::vector<int> inbound;
        auto const cost = placement::evaluate(m, service, inbound);
        if (cost < out.cost) out.cost = cost, out.service = std::move(service), out.inbound = std::move(inbound);
    };
    if (out.forest) {
        offer(solve_forest(m, out.lower_bound));
        out.lower_bound = std::min(out.lower_bound, out.cost), out.passes = 1;
    } else {
        double polished = never;  // of the last plan that was improved: plans that are no better are left alone
        for (out.passes = 1; out.passes <= std::max(1, options.passes); ++out.passes) {
            pass(m, true);
            out.lower_bound = std::max(out.lower_bound, pass(m, false));
            if (out.passes < 10 || out.passes % 10 == 0) {
                auto plan = read_plan(m);
                std::vector<int> inbound;
                if (auto const raw = placement::evaluate(m, plan, inbound); raw < polished || out.passes % 100 == 0) polished = std::min(polished, raw), placement::improve(m, plan);
                offer(std::move(plan));
                // Rounding: the bound is a sum of many differences.
                if (out.cost - out.lower_bound <= std::max(options.gap, 1e-9) * out.cost) break;
            }
            if (options.stop && options.stop()) break;
        }
        out.lower_bound = std::min(out.lower_bound, out.cost), out.passes = std::min(out.passes, std::max(1, options.passes));
    }
    for (std::size_t j = 0; j < network.stages.size(); ++j) out.safety_stock.push_back(network.stages[j].bound * std::sqrt(static_cast<double>(out.inbound[j] + network.stages[j].time - out.service[j])));
    return out;
}

}  // namespace kindling::inventory
