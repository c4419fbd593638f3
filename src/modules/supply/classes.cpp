#include "modules/supply/classes.h"
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace kindling::supply_module {

namespace {

constexpr std::size_t class_days = 180;

}  // namespace

Classes classify(ShopStock const& stock, std::size_t end) {
    auto const n = stock.stored.size();
    Classes c{std::vector<char>(n, 'C'), std::vector<char>(n, 'Z')};
    std::vector<double> revenue(n);
    auto const from = end > class_days ? end - class_days : 0;
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) {
        auto const& s = stock.stored[i];
        double week = 0, sum = 0, squares = 0, weeks = 0;
        std::size_t known = 0;
        for (auto t = std::max(from, s.begun); t < end; ++t) {
            auto const v = s.sold[t];
            if (std::isnan(v)) continue;
            revenue[i] += static_cast<double>(v) * stock.goods[s.good].price, week += static_cast<double>(v);
            if (++known % 7 == 0) sum += week, squares += week * week, ++weeks, week = 0;
        }
        total += revenue[i];
        if (weeks < 4 || sum <= 0) continue;
        auto const mean = sum / weeks, cv = std::sqrt(std::max(0.0, squares / weeks - mean * mean)) / mean;
        c.xyz[i] = cv < 0.5 ? 'X' : cv < 1 ? 'Y' : 'Z';
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return revenue[i]; });
    double sum = 0;
    for (auto const i : order) {
        c.abc[i] = sum < 0.8 * total ? 'A' : sum < 0.95 * total ? 'B' : 'C';
        if (revenue[i] <= 0) c.abc[i] = 'C';
        sum += revenue[i];
    }
    return c;
}

Promised promise(SupplySettings const& s, std::string_view supplier_id, char abc, char xyz) {
    Promised out;
    auto const of_class = std::ranges::find_if(s.targets, [&](ServiceTarget const& t) { return (t.abc.empty() || t.abc[0] == abc) && (t.xyz.empty() || t.xyz[0] == xyz); });
    if (of_class != s.targets.end()) out = {of_class->fill_rate, of_class->service};
    auto const rule = std::ranges::find(s.suppliers, supplier_id, &SupplierRule::supplier_id);
    if (rule != s.suppliers.end()) out = {rule->target.value_or(out.share), rule->service.value_or(out.service)};
    return out;
}

}  // namespace kindling::supply_module
