// shop/simulator/simulate.cpp -- the day loop: arrivals, replenishment, demand, baskets, stock, and what follows from an order.
#include "core/random.h"
#include "shop/simulator/calendar.h"
#include "shop/simulator/demand.h"
#include "shop/simulator/speech.h"
#include "shop/simulator/vocabulary.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace kindling::shop::simulator {
namespace {

constexpr Milliseconds hour = 3'600'000;
constexpr int warehouses = 4;

struct Unit { int product, variant, quantity; };
struct DueAgain { Day due; int customer; };

class Simulation {
public:
    Simulation(World const& world, Sink& sink) : world_(world), secret_(*world.secret), sink_(sink), model_(world), random_(Random(world.options.seed).stream("time line")) { prepare(); }

    TimeLineTruth run(Progress const& progress) {
        auto const days = world_.options.last_day - world_.first_day + 1;
        for (Day day = world_.first_day; day <= world_.options.last_day && !progress.stopped(); ++day) {
            today_ = DayBatch{.day = day};
            session_ = static_cast<std::int64_t>(day - world_.first_day + 1) * 1'000'000;
            if (day == world_.first_day) opening_stock();
            arrivals(day);
            replenish(day);
            trade(day);
            browse(day);
            follow_up(day);
            auto const by_time = [](auto const& a, auto const& b) { return a.at_ms < b.at_ms; };
            std::stable_sort(today_.events.begin(), today_.events.end(), by_time);
            std::stable_sort(today_.stock_moves.begin(), today_.stock_moves.end(), by_time);
            today_.spend = model_.spend(day);
            sink_.day(std::move(today_));
            progress(day - world_.first_day + 1, days, "simulating trade");
        }
        truth_.base_scale = model_.base_scale();
        truth_.channel_lift = model_.channel_lift();
        return std::move(truth_);
    }

private:
    std::size_t later(Day day) const { return static_cast<std::size_t>(day - world_.first_day); }
    int& stock(int place, int variant) { return stock_[static_cast<std::size_t>(place) * world_.variants.size() + static_cast<std::size_t>(variant)]; }
    int& on_order(int place, int variant) { return on_order_[static_cast<std::size_t>(place) * world_.variants.size() + static_cast<std::size_t>(variant)]; }
    Product const& product(int i) const { return world_.products[static_cast<std::size_t>(i)]; }
    Customer const& customer(int i) const { return world_.customers[static_cast<std::size_t>(i)]; }
    Milliseconds clock(Day day) {
        auto const minute = hour_of_[random_.below(hour_of_.size())] * 60 + static_cast<int>(random_.below(60));
        return start_of(day, shop_zone) + minute * 60'000 + static_cast<Milliseconds>(random_.below(60'000));
    }

    void prepare() {
        for (int h = 0; h < 24; ++h) hour_of_.insert(hour_of_.end(), static_cast<std::size_t>(std::lround(hour_share(h) * 1000)), h);
        auto const days = static_cast<std::size_t>(world_.options.last_day - world_.first_day + 1);
        arriving_.resize(days), reviews_.resize(days), returns_.resize(days), restock_.resize(days), talks_.resize(days);
        stock_.resize(world_.variants.size() * warehouses), on_order_.resize(stock_.size());
        int top = -1;
        std::vector<int> department(world_.categories.size());
        for (std::size_t c = 0; c < world_.categories.size(); ++c) department[c] = world_.categories[c].parent < 0 ? ++top : top;
        recent_.resize(world_.products.size()), due_.resize(world_.products.size());
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

    // What a buyer orders up to: lead time, a week until the next look, and some days of safety.
    int target(int p, int variant, int place_count, double cover_days) const {
        auto const share = static_cast<double>(secret_.variant_share[static_cast<std::size_t>(variant)]);
        auto const mean = recent_[static_cast<std::size_t>(p)] * share / place_count * cover_days;
        return static_cast<int>(std::ceil(mean + 1.1 * std::sqrt(mean) + 0.4));
    }
    double cover_days(int p) const { return world_.suppliers[static_cast<std::size_t>(product(p).supplier)].lead_time_days + 7 + 8.0; }
    bool sold(int p, Day day) const { return product(p).launched <= day && (product(p).ended == 0 || product(p).ended > day); }

    void receive(Milliseconds at, int variant, int place, int quantity, MoveReason reason, std::int64_t reference) {
        if (quantity == 0) return;
        stock(place, variant) += quantity;
        today_.stock_moves.push_back({at, variant, place, quantity, reason, reference});
    }

    void opening_stock() {
        auto const at = start_of(world_.first_day, shop_zone);
        for (std::size_t p = 0; p < world_.products.size(); ++p)
            if (auto const i = static_cast<int>(p); sold(i, world_.first_day))
                for (int v = product(i).first_variant; v < product(i).first_variant + product(i).variant_count; ++v)
                    for (int place : places_[p]) receive(at, v, place, target(i, v, static_cast<int>(places_[p].size()), cover_days(i)), MoveReason::opening, 0);
    }

    void arrivals(Day day) {
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

    void replenish(Day day) {
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

    int find_customer(int p, Day day) {
        auto& due = due_[static_cast<std::size_t>(p)];
        if (!due.empty() && due.front().due <= day && random_.chance(0.75)) {
            auto const who = due.front().customer;
            due.erase(due.begin());
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
    bool alive(int who, Day day) const {
        auto const gone = secret_.customers[static_cast<std::size_t>(who)].churned;
        return customer(who).joined <= day && (gone == 0 || day < gone);
    }

    // The place that ships `quantity` of a variant to a city: the nearest that has it, or -1.
    int source(int variant, int quantity, int city) {
        int best = -1;
        for (int place : places_[static_cast<std::size_t>(world_.variants[static_cast<std::size_t>(variant)].product)])
            if (stock(place, variant) >= quantity && (best < 0 || distance_[static_cast<std::size_t>(city)][static_cast<std::size_t>(place)] < distance_[static_cast<std::size_t>(city)][static_cast<std::size_t>(best)])) best = place;
        return best;
    }

    void trade(Day day) {
        std::vector<Unit> units;
        auto const media = model_.media_factor(day);
        for (std::size_t p = 0; p < world_.products.size(); ++p) {
            auto const i = static_cast<int>(p);
            auto const base = model_.baseline(i, day);
            if (base <= 0) continue;
            auto wanted = static_cast<int>(random_.poisson(base * media * model_.price_factor(i, model_.cut(i, day).percent)));
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
        for (auto& r : recent_) r *= 1 - 1.0 / 21;
        for (auto const& order : today_.orders)
            for (auto const& line : order.lines) recent_[static_cast<std::size_t>(world_.variants[static_cast<std::size_t>(line.variant)].product)] += line.quantity / 21.0;
    }

    void note(int variant, int units, int lost, int substituted) { demand_of_day_.push_back({variant, 0, units, lost, substituted}); }

    void checkout(Day day, int who, std::vector<Unit> const& basket) {
        auto const city = customer(who).city;
        Order order;
        order.customer = who, order.at_ms = clock(day), order.session = ++session_;
        std::int64_t goods = 0;
        Milliseconds seen = order.at_ms - (6 + static_cast<Milliseconds>(random_.below(18))) * 60'000;
        auto const direct = random_.chance(0.55);
        auto const channel = static_cast<Channel>(random_.below(channel_count));
        auto const emit = [&](EventKind kind, int p, std::string query = {}, int results = 0) {
            today_.events.push_back({std::max(seen, start_of(day, shop_zone)), kind, order.session, who, p, std::move(query), results, channel, direct});
            seen = std::min(order.at_ms - 1000, seen + 15'000 + static_cast<Milliseconds>(random_.below(70'000)));
        };
        for (auto const& unit : basket) {
            if (random_.chance(0.35)) emit(EventKind::search, -1, search_query(world_, product(unit.product), customer(who).language, random_), 12 + static_cast<int>(random_.below(60)));
            emit(EventKind::view, unit.product);
            auto variant = unit.variant;
            auto place = source(variant, unit.quantity, city);
            auto bought = unit.product;
            if (place < 0) {
                bought = -1;
                if (random_.chance(0.35)) {
                    auto const& group = group_[secret_.products[static_cast<std::size_t>(unit.product)].substitution_group];
                    for (int attempt = 0; attempt < 6 && bought < 0; ++attempt) {
                        auto const other = random_.one_of(group);
                        if (other == unit.product || !sold(other, day)) continue;
                        auto const v = product(other).first_variant + static_cast<int>(random_.below(static_cast<std::uint64_t>(product(other).variant_count)));
                        if (auto const at = source(v, unit.quantity, city); at >= 0) bought = other, variant = v, place = at;
                    }
                }
                note(unit.variant, unit.quantity, bought < 0 ? unit.quantity : 0, bought < 0 ? 0 : unit.quantity);
                if (bought < 0) continue;
                emit(EventKind::view, bought);
            } else note(variant, unit.quantity, 0, 0);
            emit(EventKind::cart, bought);
            stock(place, variant) -= unit.quantity;
            auto const cut = model_.cut(bought, day);
            auto const list = world_.variants[static_cast<std::size_t>(variant)].price_minor;
            auto const paid = (list * (100 - cut.percent) + 50) / 100;
            auto const known = std::find_if(order.lines.begin(), order.lines.end(), [&](auto const& l) { return l.variant == variant && l.place == place; });
            if (known != order.lines.end()) known->quantity += unit.quantity;
            else order.lines.push_back({variant, unit.quantity, list, paid, place, cut.promotion});
            goods += paid * unit.quantity;
        }
        if (order.lines.empty()) return;
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
        for (auto const& line : order.lines) today_.events.push_back({order.at_ms, EventKind::purchase, order.session, who, world_.variants[static_cast<std::size_t>(line.variant)].product, {}, 0, channel, direct});
        today_.orders.push_back(std::move(order));
    }

    // Returns, reviews, repeat needs and questions that this order will bring, each on its own day.
    void plan_aftermath(Day day, Order const& order) {
        auto const last = world_.options.last_day;
        for (auto const& line : order.lines) {
            auto const p = world_.variants[static_cast<std::size_t>(line.variant)].product;
            auto const& truth = secret_.products[static_cast<std::size_t>(p)];
            auto const& d = departments()[static_cast<std::size_t>(department_[static_cast<std::size_t>(p)])];
            if (d.repurchase_days > 0 && random_.chance(0.5)) {
                auto const due = day + static_cast<Day>(std::max(10.0, random_.normal(d.repurchase_days, d.repurchase_days * 0.2)));
                auto& list = due_[static_cast<std::size_t>(p)];
                list.insert(std::upper_bound(list.begin(), list.end(), due, [](Day a, auto const& b) { return a < b.due; }), {due, order.customer});
            }
            if (order.delivered_at_ms == 0) continue;
            auto const arrived = day_of(order.delivered_at_ms, shop_zone);
            auto const chance = d.return_share * (1.7 - 0.9 * truth.quality) * (d.return_share > 0.1 ? 1.6 - 0.75 * truth.true_to_size : 1);
            if (random_.chance(std::min(0.6, chance))) {
                double const weights[] = {d.return_share > 0.1 ? 2.2 * (1.4 - truth.true_to_size) : 0.2, 1.6 * (1 - truth.quality), 0.8, 0.15, 0.3};
                Return back{order.number, line.variant, line.quantity > 1 && random_.chance(0.4) ? 1 : line.quantity, line.place, 0, static_cast<ReturnReason>(random_.pick(weights)), {}, 0};
                back.refund_minor = line.unit_price_minor * back.quantity;
                auto const language = customer(order.customer).language;
                (language == Locale::zh ? back.comment.zh : back.comment.en) = return_comment(back.reason, language, random_);
                auto const when = arrived + static_cast<Day>(random_.between(1, 9));
                back.at_ms = start_of(when, shop_zone) + random_.between(9, 20) * hour;
                if (when <= last) {
                    if (when + 2 <= last && back.reason != ReturnReason::damaged && back.reason != ReturnReason::poor_quality) restock_[later(when + 2)].push_back(back);
                    if (random_.chance(0.3)) talks_[later(when)].push_back({Topic::refund, order, line.variant});
                    returns_[later(when)].push_back(std::move(back));
                }
            }
            if (random_.chance(0.17)) {
                auto const mood = truth.quality * 4.6 + 0.9 + random_.normal(0, 0.75) - (order.delivered_at_ms - order.at_ms > 6 * milliseconds_per_day ? 0.4 : 0);
                auto const when = arrived + static_cast<Day>(random_.between(1, 16));
                if (when <= last) reviews_[later(when)].push_back({order.number, order.customer, p, line.variant, static_cast<int>(std::clamp(std::lround(mood), 1l, 5l)), start_of(when, shop_zone) + random_.between(8, 22) * hour + static_cast<Milliseconds>(random_.below(hour)), customer(order.customer).language, {}});
            }
            if (truth.quality < 0.6 && random_.chance(0.02)) talk_later(arrived + static_cast<Day>(random_.between(0, 6)), Topic::complaint, order, line.variant);
        }
        auto const slow = order.delivered_at_ms == 0 || order.delivered_at_ms - order.at_ms > 4 * milliseconds_per_day;
        if (random_.chance(slow ? 0.12 : 0.02)) talk_later(day + static_cast<Day>(random_.between(1, 3)), Topic::where_is_order, order, order.lines[0].variant);
        if (random_.chance(0.012)) talk_later(day + static_cast<Day>(random_.between(0, 5)), Topic::invoice, order, order.lines[0].variant);
    }
    void talk_later(Day day, Topic topic, Order const& order, int variant) { if (day <= world_.options.last_day) talks_[later(day)].push_back({topic, order, variant}); }

    void browse(Day day) {
        // Visits that buy nothing; fewer than in life, where they are twenty times the orders, to keep the import short.
        auto const visits = random_.poisson(1.3 * static_cast<double>(today_.orders.size()) + 4);
        for (std::int64_t i = 0; i < visits; ++i) {
            auto const at = clock(day);
            auto const session = ++session_;
            int who = -1;
            if (random_.chance(0.45)) { who = static_cast<int>(random_.below(world_.customers.size())); if (!alive(who, day)) who = -1; }
            auto const language = who >= 0 ? customer(who).language : random_.chance(0.1) ? Locale::en : Locale::zh;
            auto const direct = random_.chance(0.35);
            auto const channel = static_cast<Channel>(random_.below(channel_count));
            auto p = static_cast<int>(random_.below(world_.products.size()));
            for (int attempt = 0; attempt < 6 && (!sold(p, day) || random_.uniform() > secret_.products[static_cast<std::size_t>(p)].popularity / 3); ++attempt) p = static_cast<int>(random_.below(world_.products.size()));
            auto when = at;
            auto const emit = [&](EventKind kind, int item, std::string query = {}, int results = 0) { today_.events.push_back({when, kind, session, who, item, std::move(query), results, channel, direct}), when += 8'000 + static_cast<Milliseconds>(random_.below(60'000)); };
            if (random_.chance(0.4)) emit(EventKind::search, -1, search_query(world_, product(p), language, random_), 8 + static_cast<int>(random_.below(70))), emit(EventKind::click, p);
            for (auto looks = random_.below(3); sold(p, day); --looks) {
                emit(EventKind::view, p);
                if (looks == 0) break;
                auto const& group = group_[secret_.products[static_cast<std::size_t>(p)].substitution_group];
                p = random_.one_of(group);
            }
            if (sold(p, day) && random_.chance(0.08)) emit(EventKind::cart, p);
            if (random_.chance(0.02)) talk(day, {random_.chance(0.35) && departments()[static_cast<std::size_t>(department_[static_cast<std::size_t>(p)])].return_share > 0.1 ? Topic::size_advice : Topic::guide, language, &product(p), &world_.variants[static_cast<std::size_t>(product(p).first_variant)], nullptr, nullptr, when}, who, session);
        }
        for (auto const& need : secret_.unmet_needs)
            for (auto n = random_.poisson(need.requests_per_month / 30.4 * world_.options.scale); n > 0; --n) {
                auto const language = random_.chance(0.12) ? Locale::en : Locale::zh;
                auto const session = ++session_;
                auto const at = clock(day);
                auto who = random_.chance(0.4) ? static_cast<int>(random_.below(world_.customers.size())) : -1;
                if (who >= 0 && !alive(who, day)) who = -1;
                today_.events.push_back({at, EventKind::search, session, who, -1, language == Locale::zh ? need.query.zh : need.query.en, 0, Channel::search_ads, true});
                if (random_.chance(0.05)) {
                    auto const& p = product(static_cast<int>(random_.below(world_.products.size())));
                    talk(day, {Topic::unmet_need, language, &p, &world_.variants[static_cast<std::size_t>(p.first_variant)], nullptr, &need, at + 40'000}, who, session);
                }
            }
    }

    void talk(Day, TalkAbout const& about, int who, std::int64_t session) {
        auto conversation = converse(world_, about, random_);
        conversation.number = ++conversation_number_, conversation.customer = who, conversation.order = about.order != nullptr ? about.order->number : 0;
        if (session != 0) today_.events.push_back({about.at_ms, EventKind::dialogue, session, who, -1, conversation.messages[0].text, 0, Channel::search_ads, true});
        today_.conversations.push_back(std::move(conversation));
    }

    void follow_up(Day day) {
        for (auto& review : reviews_[later(day)]) {
            UnmetNeed const* wish = nullptr;
            if (random_.chance(0.05))
                for (auto const& need : secret_.unmet_needs) if (need.category == product(review.product).category) wish = &need;
            review.text = review_text(world_, product(review.product), review.language, review.stars, wish, random_);
            today_.reviews.push_back(std::move(review));
        }
        today_.returns = std::move(returns_[later(day)]);
        for (auto const& [topic, order, variant] : talks_[later(day)]) {
            auto const& p = product(world_.variants[static_cast<std::size_t>(variant)].product);
            talk(day, {topic, customer(order.customer).language, &p, &world_.variants[static_cast<std::size_t>(variant)], &order, nullptr, clock(day)}, order.customer, 0);
        }
        auto const by_time = [](auto const& a, auto const& b) { return a.at_ms < b.at_ms; };
        std::stable_sort(today_.reviews.begin(), today_.reviews.end(), by_time);
        std::stable_sort(today_.returns.begin(), today_.returns.end(), by_time);
        // Free what belongs to the past: memory stays bounded by a month of open matters.
        reviews_[later(day)] = {}, talks_[later(day)] = {}, arriving_[later(day)] = {}, restock_[later(day)] = {};
    }

    struct Arrival { int variant, place, quantity, ordered; std::int64_t number; };
    struct Talk { Topic topic; Order order; int variant; };
    World const& world_;
    Secret const& secret_;
    Sink& sink_;
    DemandModel model_;
    Random random_;
    TimeLineTruth truth_;
    DayBatch today_;
    std::vector<int> hour_of_, stock_, on_order_, department_;
    std::vector<std::vector<int>> places_;                     // by product: warehouses that keep it
    std::map<int, std::vector<int>> group_;                    // substitution group -> products
    std::vector<std::vector<double>> cumulative_, distance_;   // [department][customer]; [city][warehouse] km
    std::vector<double> recent_;                               // units a day that the buyers believe in, by product
    std::vector<std::vector<DueAgain>> due_;                   // by product, sorted by day
    std::vector<std::vector<Arrival>> arriving_;               // by day, as the four below
    std::vector<std::vector<Review>> reviews_;
    std::vector<std::vector<Return>> returns_, restock_;
    std::vector<std::vector<Talk>> talks_;
    std::vector<TrueDemand> demand_of_day_;
    std::int64_t order_number_ = 0, purchase_number_ = 0, conversation_number_ = 0, session_ = 0;
};

}  // namespace

TimeLineTruth simulate(World const& world, Sink& sink, Progress const& progress) { return Simulation(world, sink).run(progress); }

}  // namespace kindling::shop::simulator
