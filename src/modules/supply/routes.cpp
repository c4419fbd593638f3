#include "modules/supply/routes.h"
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <unordered_map>

namespace kindling::supply_module {

std::vector<SupplyRoute> supply_routes(ShopStock const& stock, SupplySettings const& settings, std::vector<ReturningRoute>& returning) {
    auto const n = stock.places.size();
    std::unordered_map<std::string, std::size_t> number;
    for (std::size_t p = 0; p < n; ++p) number.emplace(stock.places[p].place_id, p);
    std::vector<std::pair<double, double>> rank(n);  // delivered by suppliers, on hand
    for (auto const& s : stock.stored) {
        for (auto const& c : s.came) rank[s.place].first += c.units;
        rank[s.place].second += s.on_hand;
    }
    std::vector<SupplyRoute> all;
    std::vector<std::vector<char>> reaches(n, std::vector<char>(n));
    for (auto const& r : settings.routes)
        if (auto const from = number.find(r.from_place_id), to = number.find(r.to_place_id); from != number.end() && to != number.end() && !reaches[from->second][to->second]) all.push_back({from->second, to->second, static_cast<int>(r.days)}), reaches[from->second][to->second] = 1;
    for (std::size_t k = 0; k < n; ++k) for (std::size_t i = 0; i < n; ++i) for (std::size_t j = 0; j < n; ++j) if (reaches[i][k] && reaches[k][j]) reaches[i][j] = 1;
    // Within a circle the order of the places is one for all routes, so what is left has none.
    std::erase_if(all, [&](SupplyRoute const& r) {
        bool const back = reaches[r.to][r.from] && (rank[r.from] != rank[r.to] ? rank[r.from] < rank[r.to] : r.from > r.to);
        if (back) returning.push_back({stock.places[r.from].place_id, stock.places[r.to].place_id});
        return back;
    });
    return all;
}

std::vector<FieldError> check_routes(std::span<StockRoute const> routes) {
    std::vector<FieldError> out;
    std::map<std::string, std::vector<std::string>> after;  // of routes without fault
    for (std::size_t i = 0; i < routes.size(); ++i) {
        auto const& [from, to] = std::tie(routes[i].from_place_id, routes[i].to_place_id);
        auto const at = fmt::format("/routes/{}/to_place_id", i);
        if (from == to) { out.push_back({at, "same_place", "must be another place"}); continue; }
        auto& next = after[from];
        if (std::ranges::find(next, to) != next.end()) { out.push_back({at, "duplicate", fmt::format("{} to {} is in the list already", from, to)}); continue; }
        // The way from `to` on, breadth first; `from` on it closes a circle.
        std::map<std::string, std::string> before{{to, ""}};
        std::vector<std::string> reached{to};
        for (std::size_t k = 0; k < reached.size(); ++k)
            if (auto const found = after.find(reached[k]); found != after.end())
                for (auto const& p : found->second) if (before.emplace(p, reached[k]).second) reached.push_back(p);
        if (!before.contains(from)) { next.push_back(to); continue; }
        std::string circle = from;
        for (auto p = before[from]; !p.empty(); p = before[p]) circle = p + " → " + circle;
        out.push_back({at, "circle", fmt::format("{} → {}: supply would run in a circle; it flows one way, and the cost of a route counts for moves both ways", from, circle)});
    }
    return out;
}

}  // namespace kindling::supply_module
