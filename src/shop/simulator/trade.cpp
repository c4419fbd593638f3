// shop/simulator/trade.cpp -- demand finds people, people fill baskets, baskets meet stock.
#include "shop/simulator/simulation.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace kindling::shop::simulator {

int Simulation::find_customer(int p, Day day) {
    auto& due = due_[static_cast<std::size_t>(p)];
    if (!due.empty() && due.front().due <= day && random_.chance(0.75)) {
        auto const who = due.front().customer;
        due.erase(due.begin());
        if (alive(who, day)) return who;
    }
    auto& baskets = left_baskets_[static_cast<std::size_t>(p)];
    while (!baskets.empty() && baskets.front().day < day - 14) baskets.erase(baskets.begin());
    if (!baskets.empty() && random_.chance(secret_.visits.return_to_basket)) {
        auto const who = baskets.back().customer;
        baskets.pop_back();
        if (alive(who, day)) return who;
    }
    auto const& sums = cumulative_[static_cast<std::size_t>(department_[static_cast<std::size_t>(p)])];
    auto const tier = world_.brands[static_cast<std::size_t>(product(p).brand)].tier;
    int who = 0;
    for (int attempt = 0; attempt < 40; ++attempt) {
        who = static_cast<int>(std::lower_bound(sums.begin(), sums.end(), random_.uniform() * sums.back()) - sums.begin());
        who = std::min(who, static_cast<int>(sums.size()) - 1);
        auto const away = std::abs(secret_.customers[static_cast<std::size_t>(who)].price_tier - tier);
        if (alive(who, day) && random_.chance(away == 0 ? 1 : away == 1 ? 0.45 : 0.12)) return who;
    }
    return who < 0 || !alive(who, day) ? -1 : who;
}

bool Simulation::alive(int who, Day day) const {
    auto const gone = truth_.left[static_cast<std::size_t>(who)];
    return customer(who).joined <= day && (gone == 0 || day < gone);
}

int Simulation::source(int variant, int quantity, int city) {
    int best = -1;
    for (int place : places_[static_cast<std::size_t>(world_.variants[static_cast<std::size_t>(variant)].product)])
        if (stock(place, variant) >= quantity && (best < 0 || distance_[static_cast<std::size_t>(city)][static_cast<std::size_t>(place)] < distance_[static_cast<std::size_t>(city)][static_cast<std::size_t>(best)])) best = place;
    return best;
}

void Simulation::trade(Day day) {
    std::vector<Unit> units;
    auto const media = model_.media_factor(day);
    double expected = 0;
    interest_.clear();
    for (std::size_t p = 0; p < world_.products.size(); ++p) {
        auto const i = static_cast<int>(p);
        auto const base = model_.baseline(i, day);
        // Half of what a price cut does brings people here, the other half makes them order.
        auto const factor = base <= 0 ? 0 : model_.price_factor(i, model_.cut(i, day).percent);
        expected += base * media * std::sqrt(factor);
        interest_.push_back(expected);
        if (base <= 0) continue;
        auto wanted = static_cast<int>(random_.poisson(base * media * factor));
        auto const& item = product(i);
        while (wanted > 0) {
            auto x = random_.uniform();
            int v = item.first_variant;
            for (; v + 1 < item.first_variant + item.variant_count; ++v)
                if ((x -= static_cast<double>(secret_.variant_share[static_cast<std::size_t>(v)])) < 0) break;
            auto const quantity = wanted >= 2 && random_.chance(0.2) ? 2 : 1;
            units.push_back({i, v, quantity}), wanted -= quantity;
        }
    }
    random_.shuffle(units);
    expect_visits(day, expected);
    demand_of_day_.clear();
    std::vector<char> used(units.size());
    for (std::size_t first = 0; first < units.size(); ++first) {
        if (used[first]) continue;
        used[first] = 1;
        auto const who = find_customer(units[first].product, day);
        if (who < 0) { note(units[first].variant, units[first].quantity, units[first].quantity, 0); continue; }
        std::vector<Unit> basket{units[first]};
        int extra = 0;
        while (extra < 6 && random_.chance(0.56)) ++extra;
        auto const& taste = secret_.customers[static_cast<std::size_t>(who)].preference;
        for (std::size_t next = first + 1; next < units.size() && next < first + 160 && extra > 0; ++next) {
            if (used[next]) continue;
            auto const same = department_[static_cast<std::size_t>(units[next].product)] == department_[static_cast<std::size_t>(units[first].product)];
            auto const like = static_cast<double>(taste[department_[static_cast<std::size_t>(units[next].product)]]);
            if (!random_.chance(std::min(1.0, like * 1.6 + (same ? 0.08 : 0)))) continue;
            used[next] = 1, --extra, basket.push_back(units[next]);
        }
        checkout(day, who, basket);
    }
    std::sort(today_.orders.begin(), today_.orders.end(), [](auto const& a, auto const& b) { return a.at_ms < b.at_ms; });
    for (auto& order : today_.orders) {
        order.number = ++order_number_;
        order.tracking = order.shipped_at_ms == 0 ? "" : fmt::format("KD{:010}", 7'000'000'000 + order.number * 37);
        for (auto const& line : order.lines) today_.stock_moves.push_back({order.at_ms, line.variant, line.place, -line.quantity, MoveReason::sale, order.number});
        plan_aftermath(day, order);
    }
    std::sort(demand_of_day_.begin(), demand_of_day_.end(), [](auto const& a, auto const& b) { return a.variant < b.variant; });
    for (auto const& d : demand_of_day_) {
        if (!truth_.demand.empty() && truth_.demand.back().variant == d.variant && truth_.demand.back().day == day) {
            auto& sum = truth_.demand.back();
            sum.units += d.units, sum.lost += d.lost, sum.substituted += d.substituted;
        } else truth_.demand.push_back({d.variant, day, d.units, d.lost, d.substituted});
    }
    auto const sold = std::accumulate(demand_of_day_.begin(), demand_of_day_.end(), 0, [](int sum, auto const& d) { return sum + d.units; });
    if (sold > 0) orders_for_each_unit_ += (static_cast<double>(today_.orders.size()) / sold - orders_for_each_unit_) / 28;
    for (auto& r : recent_) r *= 1 - 1.0 / 21;
    for (auto const& order : today_.orders)
        for (auto const& line : order.lines) recent_[static_cast<std::size_t>(world_.variants[static_cast<std::size_t>(line.variant)].product)] += line.quantity / 21.0;
}

void Simulation::checkout(Day day, int who, std::vector<Unit> const& basket) {
    auto const city = customer(who).city;
    Order order;
    order.customer = who, order.at_ms = clock(day, random_), order.session = next_session(day, Comes::to_order), order.source = source_of_order();
    std::int64_t goods = 0;
    std::vector<Step> steps;
    for (auto const& unit : basket) {
        auto variant = unit.variant;
        auto place = source(variant, unit.quantity, city);
        auto bought = unit.product;
        if (place < 0) {
            bought = -1;
            if (random_.chance(secret_.visits.substitution))
                for (int attempt = 0; attempt < 6 && bought < 0; ++attempt) {
                    auto const other = substitute(unit.product, day, random_);
                    if (other < 0) continue;
                    auto const v = product(other).first_variant + static_cast<int>(random_.below(static_cast<std::uint64_t>(product(other).variant_count)));
                    if (auto const at = source(v, unit.quantity, city); at >= 0) bought = other, variant = v, place = at;
                }
            note(unit.variant, unit.quantity, bought < 0 ? unit.quantity : 0, bought < 0 ? 0 : unit.quantity);
            steps.push_back({unit.product, bought});
            if (bought < 0) continue;
            truth_.substitutions[{unit.variant, variant}] += unit.quantity;
        } else steps.push_back({unit.product, bought}), note(variant, unit.quantity, 0, 0);
        stock(place, variant) -= unit.quantity;
        auto const cut = model_.cut(bought, day);
        auto const list = world_.variants[static_cast<std::size_t>(variant)].price_minor;
        auto const paid = (list * (100 - cut.percent) + 50) / 100;
        auto const known = std::find_if(order.lines.begin(), order.lines.end(), [&](auto const& l) { return l.variant == variant && l.place == place; });
        if (known != order.lines.end()) known->quantity += unit.quantity;
        else order.lines.push_back({variant, unit.quantity, list, paid, place, cut.promotion});
        goods += paid * unit.quantity;
    }
    ++written_[order.source];
    if (order.lines.empty()) {  // a visit that found only empty shelves
        if (logged(day)) order_events(day, order, steps);
        return;
    }
    ++ordered_[order.source];
    auto const abroad = world_.cities[static_cast<std::size_t>(city)].country != "CN";
    order.shipping_minor = abroad ? 4800 : goods >= 9900 ? 0 : 800;
    order.total_minor = goods + order.shipping_minor;
    static constexpr char const* methods[] = {"alipay", "wechat_pay", "unionpay", "card"};
    order.payment_method = abroad ? "card" : methods[random_.below(3)];
    static constexpr char const* carriers[] = {"顺丰速运", "中通快递", "京东物流", "圆通速递"};
    order.carrier = abroad ? "DHL" : carriers[random_.below(4)];
    auto const end = start_of(world_.options.last_day + 1, shop_zone);
    auto const shipped = order.at_ms + static_cast<Milliseconds>(random_.uniform(5, 34) * hour);
    auto const distance = distance_[static_cast<std::size_t>(city)][static_cast<std::size_t>(order.lines[0].place)];
    auto const delivered = shipped + static_cast<Milliseconds>((abroad ? random_.uniform(6, 13) : 0.6 + distance / 750 + random_.gamma(1.2, 0.5)) * 24 * hour);
    if (shipped < end) order.shipped_at_ms = shipped, order.status = OrderStatus::shipped;
    if (delivered < end) order.delivered_at_ms = delivered, order.status = OrderStatus::delivered;
    if (logged(day)) order_events(day, order, steps);
    today_.orders.push_back(std::move(order));
}

}  // namespace kindling::shop::simulator
