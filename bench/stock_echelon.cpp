// stock-echelon: safety stock in the 38 real supply chains of Willems (2008), 8 to 2,025 stages, with a proven gap.
//
// Data: willems2008/willems_2008.tar.xz, one CSV a chain (rows that are arcs, then rows that are stages); needs the xz program. How it is read:
// stage times are means where they are random, rounded up to whole days, promised service times rounded down; a stage holds at what its goods
// have cost so far (its own cost and that of all it takes, one each); a customer's bound is the normal quantile of its service level times its
// deviation, and bounds add in squares up the chain. None of the 38 is a tree: `tree_*` are a spanning forest of each, solved exactly.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <numeric>
#include <sstream>

#include "engines/inventory/demand.h"
#include "engines/inventory/placement.h"
#include "recommend.h"
#include "stock.h"

namespace kindling::bench {

namespace {

using namespace inventory;

// Name -> contents of the regular files of a .tar.xz.
std::map<std::string, std::string> unpack(const std::string& path) {
    std::string quoted = "'";
    for (char const c : path) quoted += c == '\'' ? "'\\''" : std::string(1, c);
    std::unique_ptr<FILE, int (*)(FILE*)> const pipe(popen(("xz -dc -- " + quoted + "'").c_str(), "r"), pclose);
    std::string tar, buffer(1 << 16, '\0');
    for (std::size_t n; pipe && (n = fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) tar.append(buffer, 0, n);
    std::map<std::string, std::string> out;
    for (std::size_t at = 0; at + 512 <= tar.size() && tar[at] != '\0';) {
        auto const name = std::string(tar.c_str() + at).substr(0, 100);
        auto const size = std::strtoull(tar.substr(at + 124, 12).c_str(), nullptr, 8);
        if (tar[at + 156] == '0') out[name] = tar.substr(at + 512, size);
        at += 512 + (size + 511) / 512 * 512;
    }
    if (out.empty()) give_up({Errc::failed_precondition, "not_unpacked", path + " could not be unpacked; is xz installed?"});
    return out;
}

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> out{""};
    for (char const c : line)
        if (c == ',') out.emplace_back();
        else if (c != '\r') out.back() += c;
    return out;
}

Network read_chain(const std::string& name, const std::string& text) {
    std::istringstream in(text);
    std::string line;
    std::getline(in, line), std::getline(in, line);
    std::map<std::string, std::size_t> column;
    auto const head = cells(line);
    for (std::size_t i = 0; i < head.size(); ++i) column[head[i].substr(head[i].rfind('/') + 1)] = i;
    for (auto const* needed : {"@from", "@to", "@stageName", "@stageCost", "@stageTime", "@serviceLevel", "@stDevDemand", "@maxServiceTime"})
        if (!column.contains(needed)) give_up({Errc::invalid_argument, "bad_chain", fmt::format("{} has no column {}.", name, needed)});
    Network n;
    Numbers names;
    std::vector<std::pair<std::string, std::string>> arcs;
    std::vector<double> own, cost;
    while (std::getline(in, line)) {
        auto row = cells(line);
        row.resize(head.size());
        auto const number = [&](const char* what) { return std::strtod(row[column[what]].c_str(), nullptr); };
        if (!row[column["@from"]].empty()) arcs.emplace_back(row[column["@from"]], row[column["@to"]]);
        if (row[column["@stageName"]].empty()) continue;
        if (names.of(row[column["@stageName"]]) != n.stages.size()) give_up({Errc::invalid_argument, "bad_chain", name + ": a stage is there twice."});
        Stage s{.time = static_cast<int>(std::ceil(number("@stageTime") - 1e-9))};
        auto const level = number("@serviceLevel");
        own.push_back(level > 0.5 && level < 1 ? normal_quantile(level) * number("@stDevDemand") : 0), cost.push_back(number("@stageCost"));
        if (!row[column["@maxServiceTime"]].empty()) s.service_at_most = static_cast<int>(number("@maxServiceTime"));
        n.stages.push_back(s);
    }
    auto const known = names.size();
    for (auto const& [from, to] : arcs) n.arcs.push_back({names.of(from), names.of(to)});
    if (names.size() != known) give_up({Errc::invalid_argument, "bad_chain", name + ": an arc names a stage that is not there."});
    auto const all = need(bounds(n, own));
    // Cost so far, suppliers first: repeated until nothing changes, at most as often as the chain is deep.
    for (std::size_t j = 0; j < n.stages.size(); ++j) n.stages[j].bound = all[j], n.stages[j].holding = cost[j];
    for (bool changed = true; changed;) {
        changed = false;
        auto sum = cost;
        for (auto const& a : n.arcs) sum[a.to] += n.stages[a.from].holding;
        for (std::size_t j = 0; j < sum.size(); ++j) changed = changed || std::abs(sum[j] - n.stages[j].holding) > 1e-9 * (1 + sum[j]), n.stages[j].holding = sum[j];
    }
    return n;
}

Network spanning_forest(const Network& n) {
    Network out{n.stages, {}};
    std::vector<std::uint32_t> parent(n.stages.size());
    std::iota(parent.begin(), parent.end(), 0);
    auto const find = [&](std::uint32_t u) { while (parent[u] != u) u = parent[u] = parent[parent[u]]; return u; };
    for (auto const& a : n.arcs)
        if (find(a.from) != find(a.to)) parent[find(a.from)] = find(a.to), out.arcs.push_back(a);
    return out;
}

}  // namespace

void run_stock_echelon(BenchContext& context) {
    auto const path = context.find("willems2008/willems_2008.tar.xz");
    if (!path) return;
    double stages = 0, arcs = 0, worst = 0, sum_gap = 0, all = 0, largest_tree = 0, trees = 0, chains = 0, forests = 0, below = 0;
    for (auto const& [name, text] : unpack(*path)) {
        if (!name.ends_with(".csv") || name.contains("/._")) continue;
        auto const network = read_chain(name, text);
        ++chains, stages += static_cast<double>(network.stages.size()), arcs += static_cast<double>(network.arcs.size());
        auto start = thread_milliseconds();
        auto const tree = need(place_safety_stock(spanning_forest(network)));
        auto const tree_ms = thread_milliseconds() - start;
        if (!tree.forest) give_up({Errc::internal, "not_a_forest", name});
        trees += tree_ms, largest_tree = std::max(largest_tree, tree_ms);
        start = thread_milliseconds();
        auto const p = need(place_safety_stock(network, {.gap = 0.005, .passes = 400}));
        auto const seconds = (thread_milliseconds() - start) / 1000;
        auto const again = placement_cost(network, p.service);  // the plan, priced by itself
        if (!(std::abs(again - p.cost) <= 1e-9 * (1 + p.cost)) || tree.cost > p.cost * (1 + 1e-9)) give_up({Errc::internal, "bad_plan", fmt::format("{}: {} against {}, tree {}", name, p.cost, again, tree.cost)});
        all += seconds, forests += p.forest, worst = std::max(worst, 100 * p.gap()), sum_gap += 100 * p.gap(), below += p.gap() <= 0.01;
        fmt::print(stderr, "{} {} stages, {} arcs: cost {:.6g}, gap {:.3f} %, {} passes, {:.2f} s; tree {:.0f} ms\n", name, network.stages.size(), network.arcs.size(), p.cost, 100 * p.gap(), p.passes, seconds, tree_ms);
    }
    context.report("chains", chains, "count");
    context.report("stages", stages, "count");
    context.report("arcs", arcs, "count");
    context.report("chains_that_are_trees", forests, "count");
    context.report("tree_ms_max", largest_tree, "ms", Reference{"goal", 1000});
    context.report("trees_ms", trees, "ms");
    context.report("all_s", all, "s", Reference{"goal", 60});
    context.report("gap_percent", worst, "%", Reference{"goal", 1});
    context.report("gap_percent_mean", sum_gap / chains, "%");
    context.report("chains_within_1_percent", below, "count", Reference{"all", chains});
}

}  // namespace kindling::bench
