#include "modules/assortment/stock_shares.h"
#include <algorithm>

namespace kindling::assortment_module {

void set_stock_shares(std::vector<SetFacts>& sets, std::map<std::string, Delivered> const& delivered) {
    std::map<std::string, std::pair<double, double>> of_supplier;
    std::pair<double, double> all{9, 10};
    if (sets.empty()) return;
    auto const days = sets[0].data.periods, from = half_year_ago(days);
    auto const share = [&](SetFacts const& set, std::size_t i) {
        std::pair<double, double> out;
        auto const& d = set.data;
        bool begun = false;
        for (auto t = from; t < days; ++t) {
            begun = begun || d.available[t * d.items + i] > 0;
            if (begun && (set.goods[i].on_sale || d.available[t * d.items + i] > 0)) out.first += static_cast<double>(d.available[t * d.items + i]), ++out.second;
        }
        return out;
    };
    for (auto const& set : sets)
        for (std::size_t i = 0; i < set.goods.size(); ++i) {
            if (!set.goods[i].on_sale) continue;
            auto const [had, of] = share(set, i);
            all.first += had, all.second += of, of_supplier[set.goods[i].supplier_id].first += had, of_supplier[set.goods[i].supplier_id].second += of;
        }
    double came = 0, due = 0;
    for (auto const& [id, d] : delivered) came += d.came, due += static_cast<double>(d.orders);
    for (auto& set : sets)
        for (std::size_t i = 0; i < set.goods.size(); ++i) {
            auto const& s = of_supplier[set.goods[i].supplier_id];
            auto const usual = (s.first + 30 * all.first / all.second) / (s.second + 30);
            auto const [had, of] = share(set, i);
            // A supplier that delivers worse than the others will keep a good in stock that much less than goods usually are.
            auto const orders = static_cast<double>(set.goods[i].deliveries), days_worth = came > 0 ? 60 * orders / (orders + 5) : 0;
            auto const as_delivered = days_worth > 0 ? std::min(1.0, all.first / all.second * *set.goods[i].delivered / (came / due)) : 0;
            set.goods[i].in_stock = set.goods[i].economics.supply = std::clamp((had + 21 * usual + days_worth * as_delivered) / (of + 21 + days_worth), 0.02, 1.0);
            set.goods[i].in_stock_now = static_cast<double>(set.data.available[(days - 1) * set.data.items + i]);
        }
}

}  // namespace kindling::assortment_module
