// stock-exact: published optima of stock models, reproduced.
//
// Data: the named instances of stockpyl (inventory_stockpyl/stockpyl_instances.json.gz), reference_optima.csv and zheng_federgruen_1991.csv.
// Every number of the two tables is one reference. Those of serial systems were published from a coarse grid with nearest positions (100 positions
// and 10 demands in its tests, 1,000 and 100 in its introduction, and tails treated as the release of that time did); they are reproduced on that grid, and what the grid costs is reported beside
// (`grid_error_percent`: the published cost of example 6.1 against the answer on a fine grid). Zheng & Federgruen print three decimals: ours, rounded, must be theirs.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <map>
#include <sstream>

#include "engines/inventory/continuous_review.h"
#include "engines/inventory/lot_size.h"
#include "engines/inventory/periodic_review.h"
#include "engines/inventory/placement.h"
#include "engines/inventory/serial.h"
#include "recommend.h"
#include "stock.h"

namespace kindling::bench {

namespace {

using namespace inventory;
namespace json = boost::json;

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> out{""};
    for (char const c : text)
        if (c == at) out.emplace_back();
        else if (c != '\r') out.back() += c;
    return out;
}

std::vector<std::vector<std::string>> rows(const std::string& path) {
    std::vector<std::vector<std::string>> out;
    std::istringstream in(read_file(path));
    std::string line;
    for (std::getline(in, line); std::getline(in, line);)
        if (!line.empty()) out.push_back(split(line, ','));
    return out;
}

double number(const std::string& text) {
    double v = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), v).ec != std::errc()) give_up({Errc::invalid_argument, "bad_reference", fmt::format("\"{}\" is not a number.", text)});
    return v;
}

struct Instances {
    std::map<std::string, json::object> named;
    double get(const std::string& name, std::string_view field) const { return named.at(name).at(field).to_number<double>(); }
};

Instances load(const std::string& path) {
    Instances out;
    auto const file = json::parse(read_file(path));
    for (auto const& i : file.as_object().at("instances").as_array()) 
        if (auto const* const data = i.as_object().at("data").if_object()) out.named[std::string(i.as_object().at("name").as_string())] = *data;
    return out;
}

struct Chain {
    std::vector<SerialStage> stages;
    double stockout = 0;
    Demand demand = need(Demand::poisson(0));
};

Chain chain(const Instances& all, const std::string& name) {
    std::map<std::int64_t, json::object> nodes;
    for (auto const& n : all.named.at(name).at("_nodes").as_array()) nodes[n.as_object().at("_index").to_number<std::int64_t>()] = n.as_object();
    Chain c;
    for (auto const& [index, n] : nodes) c.stages.push_back({n.at("echelon_holding_cost").to_number<double>(), n.at("shipment_lead_time").to_number<double>()});
    auto const& last = nodes.begin()->second;
    c.stockout = last.at("stockout_cost").to_number<double>();
    auto const& d = last.at("demand_source").as_object();
    auto const mean = d.at("mean").to_number<double>();
    c.demand = need(d.at("type").as_string() == "P" ? Demand::poisson(mean) : Demand::normal(mean, d.at("standard_deviation").to_number<double>()));
    return c;
}

// Guaranteed service; also the place of each of the instance's stage numbers.
std::pair<Network, std::map<std::int64_t, std::size_t>> tree(const Instances& all, const std::string& name) {
    Network n;
    std::map<std::int64_t, std::size_t> place;
    std::vector<double> own;
    auto const& nodes = all.named.at(name).at("_nodes").as_array();
    for (auto const& node : nodes) place.emplace(node.as_object().at("_index").to_number<std::int64_t>(), place.size());
    for (auto const& item : nodes) {
        auto const& node = item.as_object();
        auto const or_else = [](const json::value& v, double otherwise) { return v.is_null() ? otherwise : v.to_number<double>(); };
        Stage s{.time = static_cast<int>(or_else(node.at("processing_time"), 0)), .holding = or_else(node.at("local_holding_cost"), 0)};
        s.inbound_at_least = static_cast<int>(or_else(node.at("external_inbound_cst"), 0)), s.service_at_most = static_cast<int>(or_else(node.at("external_outbound_cst"), -1));
        n.stages.push_back(s), own.push_back(or_else(node.at("demand_bound_constant"), 0) * or_else(node.at("demand_source").as_object().at("standard_deviation"), 0));
        for (auto const& next : node.at("_successor_indices").as_array()) n.arcs.push_back({static_cast<std::uint32_t>(place.at(node.at("_index").to_number<std::int64_t>())), static_cast<std::uint32_t>(place.at(next.to_number<std::int64_t>()))});
    }
    auto const all_bounds = need(bounds(n, own));
    for (std::size_t j = 0; j < n.stages.size(); ++j) n.stages[j].bound = all_bounds[j];
    return {std::move(n), std::move(place)};
}

SerialGrid published(std::size_t positions, std::size_t demands) {
    auto const four = 1 - normal_cdf(4);
    return {positions, demands, true, Tails::at_ends, four, four, 1 - normal_cdf(8)};
}

// What the instance's numbers are, in the order in which the table writes them.
std::vector<double> solve(const Instances& all, const std::string& name, const std::string& quantity) {
    auto const in = [&](std::string_view field) { return all.get(name, field); };
    if (name.starts_with("newsvendor")) {
        auto const best = need(newsvendor({2, 18}, need(Demand::normal(120, 10))));
        return {quantity == "cost" ? best.cost : best.level};
    }
    if (name == "example_3_9") {
        std::vector<LotPeriod> periods;
        for (auto const& d : all.named.at(name).at("demand").as_array()) periods.push_back({d.to_number<double>(), in("fixed_cost"), 0, in("holding_cost")});
        return {need(lot_sizes(periods)).cost};
    }
    if (name == "example_4_7" || name == "problem_4_31") {
        auto const d = need(Demand::poisson(in("demand_mean")));
        auto const best = need(min_max_exact({in("fixed_cost"), in("holding_cost"), in("stockout_cost")}, d, d));
        return {best.reorder_level, best.order_up_to, best.cost};
    }
    if (name == "example_4_8" || name == "problem_4_32") {
        auto const best = need(min_max_power_approximation({in("fixed_cost"), in("holding_cost"), in("stockout_cost")}, in("demand_mean"), in("demand_sd"), 0));
        return {best.reorder_level, best.order_up_to};
    }
    if (name == "example_5_1") {  // the table's point, from the tests it was taken from
        auto const lead = need(need(Demand::normal(in("demand_mean"), in("demand_sd"))).over(in("lead_time")));
        return {need(reorder_cost({in("fixed_cost"), in("holding_cost"), in("stockout_cost"), in("demand_mean")}, lead, 126.8, 328.5))};
    }
    if (name == "example_6_5") {  // service times of stages 1, 3, 2, 4, then the cost
        auto const [network, at] = tree(all, name);
        auto const best = need(place_safety_stock(network));
        return {double(best.service[at.at(1)]), double(best.service[at.at(3)]), double(best.service[at.at(2)]), double(best.service[at.at(4)]), best.cost};
    }
    Chain c;
    auto grid = published(100, 10);
    if (name.starts_with("3-node")) {
        c.stages = {{4, 1}, {3, 1}, {1, 2}};
        c.stockout = 40, c.demand = need(Demand::normal(10, 2)), grid = published(1000, 100);
        auto const all_leads = need(c.demand.over(4));  // the release of that time began its positions at the least minus the mean demand, and dropped tails
        grid.tails = Tails::dropped;
        grid.lowest = all_leads.quantile(grid.sum_lower_tail) - all_leads.mean();
    } else if (name.starts_with("example_6_1") || name.starts_with("problem_6_")) {
        c = chain(all, name);
    } else {
        return {};
    }
    auto const best = need(serial_exact(c.stages, c.stockout, c.demand, grid));
    if (quantity == "cost") return {best.cost};
    auto levels = best.echelon_base_stock;
    if (quantity.starts_with("S5")) std::ranges::reverse(levels);
    return levels;
}

}  // namespace

void run_stock_exact(BenchContext& context) {
    auto const instances = context.find("inventory_stockpyl/stockpyl_instances.json.gz"), optima = context.find("inventory_stockpyl/reference_optima.csv"), zheng = context.find("inventory_stockpyl/zheng_federgruen_1991.csv");
    if (!instances || !optima || !zheng) return;
    auto const all = load(*instances);
    double worst = 0;
    std::size_t references = 0, matched = 0, unsolved = 0;
    auto const compare = [&](const std::string& what, double ours, double theirs) {
        auto const error = std::abs(ours - theirs) / std::max(1e-12, std::abs(theirs));
        ++references, matched += error <= 1e-5, worst = std::max(worst, error);
        if (error > 1e-5) fmt::print(stderr, "{}: {:.10g}, published {:.10g}\n", what, ours, theirs);
    };
    for (auto const& row : rows(*optima)) {
        auto theirs = split(row.at(3), '|');
        if (theirs[0].starts_with('{')) {  // {a;b;c} d
            auto const end = theirs[0].find('}');
            auto const last = theirs[0].substr(end + 2);
            theirs = split(theirs[0].substr(1, end - 1), ';'), theirs.push_back(last);
        }
        auto const ours = solve(all, row[0], row[2]);
        if (ours.size() != theirs.size()) {
            unsolved += theirs.size(), references += theirs.size();
            continue;
        }
        for (std::size_t i = 0; i < ours.size(); ++i) compare(fmt::format("{} {} {}", row[0], row[2], i), ours[i], number(theirs[i]));
    }
    auto const cases = rows(*zheng);
    std::vector<double> times;
    double rounding = 0;
    for (int repeat = 0; repeat < 5; ++repeat) {
        auto const start = thread_milliseconds();
        for (auto const& row : cases) {
            auto const d = need(Demand::poisson(number(row.at(3))));
            auto const best = need(min_max_exact({number(row[2]), number(row[0]), number(row[1])}, d, d));
            if (repeat > 0) continue;
            compare("s of mean " + row[3], best.reorder_level, number(row.at(4)));
            compare("S of mean " + row[3], best.order_up_to, number(row.at(5)));
            auto const off = std::abs(best.cost - number(row.at(6)));
            ++references, matched += off <= 0.0005, rounding = std::max(rounding, off);
        }
        times.push_back(thread_milliseconds() - start);
    }
    context.report("references", static_cast<double>(references), "count");
    context.report("matched", static_cast<double>(matched), "count", Reference{"all", static_cast<double>(references)});
    context.report("not_solved", static_cast<double>(unsolved), "count", Reference{"goal", 0});
    context.report("max_relative_error", worst, "ratio", Reference{"goal", 1e-5});
    context.report("zheng_federgruen_max_error", rounding, "cost", Reference{"half of the last printed digit", 0.0005});
    context.report("zheng_federgruen_ms", percentile(times, 0.5), "ms", Reference{"goal", 50});
    auto const c = chain(all, "example_6_1");
    auto const fine = need(serial_exact(c.stages, c.stockout, c.demand)), coarse = need(serial_exact(c.stages, c.stockout, c.demand, published(100, 10)));
    context.report("example_6_1_cost_on_a_fine_grid", fine.cost, "cost", Reference{"published, coarse grid", 47.77466134840843});
    context.report("grid_error_percent", 100 * (coarse.cost / fine.cost - 1), "%");
}

}  // namespace kindling::bench
