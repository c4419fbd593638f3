// shop/simulator/simulate.cpp -- the day loop, and the stock: opening, arrivals, weekly replenishment.
#include "shop/simulator/simulation.h"
#include "shop/simulator/calendar.h"
#include "shop/simulator/vocabulary.h"
#include <algorithm>
#include <cmath>

namespace kindling::shop::simulator {

TimeLineTruth Simulation::run(Progress const& progress) {
    auto const days = world_.options.last_day - world_.first_day + 1;
    for (Day day = world_.first_day; day <= world_.options.last_day && !progress.stopped(); ++day) {
        today_ = DayBatch{.day = day};
        session_ = static_cast<std::int64_t>(day - world_.first_day + 1) * 1'000'000;
        for (auto& numbers : passed_over_) numbers.clear();
        if (day == world_.first_day) opening_stock();
        arrivals(day);
        replenish(day);
        trade(day);
        visits(day);
        follow_up(day);
        auto const by_time = [](auto const& a, auto const& b) { return a.at_ms < b.at_ms; };
        std::stable_sort(today_.events.begin(), today_.events.end(), by_time);
        std::stable_sort(today_.stock_moves.begin(), today_.stock_moves.end(), by_time);
        today_.spend = model_.spend(day);
        sink_.day(std::move(today_));
        progress(day - world_.first_day + 1, days, "simulating trade");
    }
    truth_.base_scale = model_.base_scale();
    for (std::size_t c = 0; c < truth_.left.size(); ++c) if (truth_.left[c] > world_.options.last_day) truth_.left[c] = 0;
    truth_.channel_lift = model_.channel_lift();
    return std::move(truth_);
}

Milliseconds Simulation::clock(Day day, Random& random) {
    auto const minute = hour_of_[random.below(hour_of_.size())] * 60 + static_cast<int>(random.below(60));
    return start_of(day, shop_zone) + minute * 60'000 + static_cast<Milliseconds>(random.below(60'000));
}

void Simulation::prepare() {
    for (int h = 0; h < 24; ++h) hour_of_.insert(hour_of_.end(), static_cast<std::size_t>(std::lround(hour_share(h) * 1000)), h);
    auto const days = static_cast<std::size_t>(world_.options.last_day - world_.first_day + 1);
    arriving_.resize(days), reviews_.resize(days), returns_.resize(days), restock_.resize(days), talks_.resize(days);
    stock_.resize(world_.variants.size() * warehouses), on_order_.resize(stock_.size());
    int top = -1;
    std::vector<int> department(world_.categories.size());
    for (std::size_t c = 0; c < world_.categories.size(); ++c) department[c] = world_.categories[c].parent < 0 ? ++top : top;
    recent_.resize(world_.products.size()), due_.resize(world_.products.size()), left_baskets_.resize(world_.products.size()), ranking_.resize(world_.categories.size());
    truth_.requests.resize(secret_.unmet_needs.size()), truth_.disappointed.resize(world_.customers.size());
    for (auto const& c : secret_.customers) truth_.left.push_back(c.churned);
    std::vector<std::pair<double, int>> by_demand;
    for (std::size_t p = 0; p < world_.products.size(); ++p) {
        department_.push_back(department[static_cast<std::size_t>(world_.products[p].category)]);
        auto& members = group_[secret_.products[p].substitution_group];
        members.push_back(static_cast<int>(p));
        by_demand.push_back({secret_.products[p].popularity, static_cast<int>(p)});
    }
    // The best fifth lies in two warehouses, everything else in one.
    std::sort(by_demand.rbegin(), by_demand.rend());
    places_.resize(world_.products.size());
    for (std::size_t i = 0; i < by_demand.size(); ++i) {
        auto const p = static_cast<std::size_t>(by_demand[i].second);
        static constexpr double weight[] = {4, 3, 2, 2};
        auto const home = static_cast<int>(random_.pick(weight));
        places_[p] = {home};
        if (i < by_demand.size() / 5) places_[p].push_back((home + 1) % warehouses);
    }
    for (std::size_t d = 0; d < departments().size(); ++d) {
        auto& sums = cumulative_.emplace_back();
        double sum = 0;
        for (auto const& c : secret_.customers) sums.push_back(sum += static_cast<double>(c.activity) * static_cast<double>(c.preference[d]));
    }
    for (auto const& city : world_.cities) {
        std::vector<double> distance;
        for (int w = 0; w < warehouses; ++w) {
            auto const& place = world_.places[static_cast<std::size_t>(w)];
            distance.push_back(std::hypot((place.latitude - city.latitude) * 111.0, (place.longitude - city.longitude) * 95.0));
        }
        distance_.push_back(distance);
    }
    for (std::size_t p = 0; p < world_.products.size(); ++p) {
        // What the buyers believed before the first day: about right.
        double mean = 0;
        for (Day day = world_.first_day; day < std::min(world_.first_day + 28, world_.options.last_day + 1); ++day) mean += model_.baseline(static_cast<int>(p), day) / 28;
        recent_[p] = mean * std::exp(random_.normal(0, 0.35));
    }
}

int Simulation::target(int p, int variant, int place_count, double cover_days) const {
    auto const share = static_cast<double>(secret_.variant_share[static_cast<std::size_t>(variant)]);
    auto const mean = recent_[static_cast<std::size_t>(p)] * share / place_count * cover_days;
    return static_cast<int>(std::ceil(mean + 1.1 * std::sqrt(mean) + 0.4));
}

void Simulation::receive(Milliseconds at, int variant, int place, int quantity, MoveReason reason, std::int64_t reference) {
    if (quantity == 0) return;
    stock(place, variant) += quantity;
    today_.stock_moves.push_back({at, variant, place, quantity, reason, reference});
}

void Simulation::opening_stock() {
    auto const at = start_of(world_.first_day, shop_zone);
    for (std::size_t p = 0; p < world_.products.size(); ++p)
        if (auto const i = static_cast<int>(p); sold(i, world_.first_day))
            for (int v = product(i).first_variant; v < product(i).first_variant + product(i).variant_count; ++v)
                for (int place : places_[p]) receive(at, v, place, target(i, v, static_cast<int>(places_[p].size()), cover_days(i)), MoveReason::opening, 0);
}

void Simulation::arrivals(Day day) {
    auto const at = start_of(day, shop_zone);  // the night shift books before trade begins
    for (auto const& [variant, place, quantity, ordered, number] : arriving_[later(day)]) {
        receive(at, variant, place, quantity, MoveReason::purchase, number);
        on_order(place, variant) -= ordered;
    }
    for (auto const& r : restock_[later(day)]) receive(at + 1, r.variant, r.place, r.quantity, MoveReason::returned, r.order);
    if (civil_from_day(day).day() == std::chrono::day(28)) {  // a monthly count finds a little breakage
        for (int i = 0; i < 12; ++i) {
            auto const v = static_cast<int>(random_.below(world_.variants.size()));
            auto const place = places_[static_cast<std::size_t>(world_.variants[static_cast<std::size_t>(v)].product)][0];
            if (stock(place, v) > 3) receive(at + 2, v, place, -1, MoveReason::written_off, 0);
        }
    }
}

void Simulation::replenish(Day day) {
    for (std::size_t s = 0; s < world_.suppliers.size(); ++s) {
        if (static_cast<int>(s % 7) + 1 != static_cast<int>(weekday_of(day))) continue;
        std::vector<PurchaseOrder> orders(warehouses);
        for (std::size_t p = 0; p < world_.products.size(); ++p) {
            auto const i = static_cast<int>(p);
            auto const& item = product(i);
            auto const ahead = item.launched > day && item.launched - day <= 35;
            if (item.supplier != static_cast<int>(s) || (!ahead && !sold(i, day)) || (item.ended != 0 && item.ended - day < 30)) continue;
            if (ahead) recent_[p] = model_.baseline(i, std::min(item.launched + 28, world_.options.last_day)) * 0.8;
            for (int v = item.first_variant; v < item.first_variant + item.variant_count; ++v)
                for (int place : places_[p]) {
                    auto const up_to = target(i, v, static_cast<int>(places_[p].size()), cover_days(i));
                    auto const position = stock(place, v) + on_order(place, v);
                    if (position * 10 > up_to * 6) continue;
                    auto const quantity = up_to - position + (up_to > 6 ? up_to / 3 : 1);
                    orders[static_cast<std::size_t>(place)].lines.push_back({v, quantity, 0, world_.variants[static_cast<std::size_t>(v)].cost_minor});
                }
        }
        for (int place = 0; place < warehouses; ++place) {
            auto& order = orders[static_cast<std::size_t>(place)];
            if (order.lines.empty()) continue;
            auto const& truth = secret_.suppliers[s];
            auto const shape = std::pow(truth.lead_time_mean_days / truth.lead_time_deviation_days, 2);
            auto const lead = std::max(2, static_cast<int>(std::lround(random_.gamma(shape, truth.lead_time_mean_days / shape))));
            order.number = ++purchase_number_, order.supplier = static_cast<int>(s), order.place = place, order.ordered = day;
            order.promised = day + world_.suppliers[s].lead_time_days;
            if (day + lead <= world_.options.last_day) order.received = day + lead;
            for (auto& line : order.lines) {
                on_order(place, line.variant) += line.ordered;
                if (order.received == 0) continue;
                auto const full = random_.chance(0.9);
                line.received = full ? line.ordered : static_cast<int>(std::lround(line.ordered * std::max(0.0, 1 - (1 - truth.fill_rate) * 10 * random_.uniform())));
                arriving_[later(order.received)].push_back({line.variant, place, line.received, line.ordered, order.number});
            }
            today_.purchase_orders.push_back(std::move(order));
        }
    }
}

TimeLineTruth simulate(World const& world, Sink& sink, Progress const& progress) { return Simulation(world, sink).run(progress); }

}  // namespace kindling::shop::simulator
