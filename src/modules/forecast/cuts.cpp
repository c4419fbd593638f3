#include "modules/forecast/cuts.h"
#include "shop/people/time_zones.h"
#include <algorithm>
#include <map>
#include <unordered_map>

namespace kindling::forecast {

namespace {

constexpr double clearly_below = 0.93, back_again = 0.96, dearer = 1.04;
constexpr std::int32_t longest = 42;
constexpr std::size_t least_lines = 3, least_days = 2, first_days = 9;

struct Paid {
    std::int32_t day;
    double price;  // of a unit, minor units
};

double at(std::vector<double>& values, double share) {
    auto const k = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, k);
    return *k;
}

// Days of one product, of all its variants' lines beside what each variant usually costs.
std::vector<PaidDay> days_of(std::span<std::vector<Paid> const* const> variants) {
    std::map<std::int32_t, std::vector<double>> days;
    for (auto const* lines : variants) {
        std::vector<double> prices;
        for (auto const& l : *lines) prices.push_back(l.price);
        auto const usual = prices.empty() ? 0 : at(prices, 0.75);
        if (usual > 0) for (auto const& l : *lines) days[l.day].push_back(l.price / usual);
    }
    std::vector<PaidDay> out;
    for (auto& [day, prices] : days) {
        auto const lines = prices.size();
        out.push_back({day, at(prices, 0.5), lines});
    }
    return out;
}

}  // namespace

std::vector<Cut> find_cuts(std::span<PaidDay const> days) {
    std::vector<Cut> out;
    if (days.empty()) return out;
    std::vector<double> first;
    for (auto const& d : days.first(std::min(days.size(), first_days))) first.push_back(d.price);
    auto usual = at(first, 0.75);
    for (std::size_t i = 0; i < days.size();) {
        if (days[i].price >= clearly_below * usual) {
            // A dearer day is the new price when the day after it is as dear.
            if (days[i].price > dearer * usual && i + 1 < days.size() && days[i + 1].price > dearer * usual) usual = std::min(days[i].price, days[i + 1].price);
            else if (days[i].price <= dearer * usual) usual = days[i].price;  // follows small steps
            ++i;
            continue;
        }
        std::size_t end = i, lines = 0;
        double paid = 0;
        while (end < days.size() && days[end].price < back_again * usual && days[end].day - days[i].day < longest) paid += days[end].price * static_cast<double>(days[end].lines), lines += days[end].lines, ++end;
        if (end == days.size()) break;  // still low
        if (days[end].price < back_again * usual) {  // too long for a cut
            std::vector<double> stretch;
            for (auto k = i; k < end; ++k) stretch.push_back(days[k].price);
            usual = at(stretch, 0.5);
        } else if (end - i >= least_days && lines >= least_lines)
            out.push_back({days[i].day, days[end - 1].day + 1, 1 - paid / static_cast<double>(lines) / usual});
        i = end;
    }
    return out;
}

Result<std::size_t> take_out_cuts(shop::Transaction& tx, Elasticities const& learned, Due const& due, History& history) {
    std::unordered_map<std::string_view, std::size_t> number;
    std::map<std::string_view, std::vector<std::size_t>> products;
    for (std::size_t g = 0; g < history.goods.size(); ++g)
        if (auto const found = learned.find(history.goods[g].product_id); found != learned.end() && found->second.elasticity < 0 && !history.goods[g].sold.empty()) number.emplace(history.goods[g].sku, g), products[history.goods[g].product_id].push_back(g);
    if (number.empty()) return 0;
    auto local = TRY(shop::WallClock::of(tx));
    std::vector<std::vector<Paid>> paid(history.goods.size());
    shop::Value const period[] = {tx.shop_id(), start_of(history.first - 1), start_of(history.end + 1)};
    TRY(tx.run("SELECT l.sku, o.placed_at_ms, l.unit_price_minor * l.quantity - l.discount_minor, l.quantity FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id WHERE o.shop_id = ? AND o.placed_at_ms >= ? AND o.placed_at_ms < ? AND o.status <> 'cancelled' AND l.quantity > 0 AND l.unit_price_minor > 0 ORDER BY o.placed_at_ms", period, [&](shop::Row const& row) -> Result<void> {
        auto const found = number.find(row.text(0));
        auto const day = local.day(row.integer(1)) - history.first;
        if (found != number.end() && day >= 0 && day < static_cast<Day>(history.days())) paid[found->second].push_back({day, row.number(2) / row.number(3)});
        return {};
    }));
    std::size_t cuts = 0;
    for (auto const& [product, goods] : products) {
        std::vector<std::vector<Paid> const*> lines;
        for (auto const g : goods) lines.push_back(&paid[g]);
        for (auto const& cut : find_cuts(days_of(lines))) {
            auto const factor = static_cast<float>(price_factor(cut.off, 0, learned.at(std::string(product)).elasticity));
            bool taken = false;
            for (auto const g : goods) {
                auto& lifted = history.goods[g].lifted;
                auto& stays = history.goods[g].stays;
                std::vector<std::pair<std::int32_t, float>> more, left;
                for (auto t = cut.from; t < cut.to; ++t) {
                    auto const known = [&](auto const& days) { return std::ranges::find(days, t, &std::pair<std::int32_t, float>::first) != days.end(); };
                    if (known(lifted) || known(stays)) continue;  // as a promotion
                    (due.takes_out(g, t, static_cast<double>(factor), Due::Known::order_lines) ? more : left).emplace_back(t, factor);
                }
                stays.insert(stays.end(), left.begin(), left.end());
                taken = taken || !more.empty();
                lifted.insert(lifted.end(), more.begin(), more.end());
            }
            cuts += taken;
        }
    }
    return cuts;
}

}  // namespace kindling::forecast
