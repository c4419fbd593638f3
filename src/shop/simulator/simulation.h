// shop/simulator/simulation.h -- the state of the running time-line; its steps are in simulate.cpp, trade.cpp, aftermath.cpp, traffic.cpp and
// visits.cpp.
#pragma once
#include "core/random.h"
#include "shop/simulator/demand.h"
#include "shop/simulator/speech.h"
#include <deque>
#include <map>

namespace kindling::shop::simulator {

constexpr Milliseconds hour = 3'600'000;
constexpr int warehouses = 4;  // the first places of World::places

struct Unit { int product, variant, quantity; };
struct DueAgain { Day due; int customer; };
struct LeftBasket { Day day; int customer; };

// A visit being written down: what the person does next comes some seconds later, never after `until`.
struct Visit {
    std::int64_t session = 0;
    int source = direct_source, customer = -1;
    Locale language = Locale::zh;
    Milliseconds now = 0, until = 0;
};
// What a person wanted and what they put into the basket instead, or -1.
struct Step { int wanted, bought; };

class Simulation {
public:
    Simulation(World const& world, Sink& sink) : world_(world), secret_(*world.secret), sink_(sink), model_(world), random_(Random(world.options.seed).stream("time line")), visiting_(Random(world.options.seed).stream("visits")), guiding_(Random(world.options.seed).stream("guide")) { prepare(); }

    TimeLineTruth run(Progress const& progress);

private:
    std::size_t later(Day day) const { return static_cast<std::size_t>(day - world_.first_day); }
    int& stock(int place, int variant) { return stock_[static_cast<std::size_t>(place) * world_.variants.size() + static_cast<std::size_t>(variant)]; }
    int& on_order(int place, int variant) { return on_order_[static_cast<std::size_t>(place) * world_.variants.size() + static_cast<std::size_t>(variant)]; }
    Product const& product(int i) const { return world_.products[static_cast<std::size_t>(i)]; }
    Customer const& customer(int i) const { return world_.customers[static_cast<std::size_t>(i)]; }
    Milliseconds clock(Day day, Random&);
    bool logged(Day day) const { return day > world_.options.last_day - world_.options.log_days; }

    void prepare();

    // What a buyer orders up to: lead time, a week until the next look, and some days of safety.
    int target(int p, int variant, int place_count, double cover_days) const;
    double cover_days(int p) const { return world_.suppliers[static_cast<std::size_t>(product(p).supplier)].lead_time_days + 7 + 8.0; }
    bool sold(int p, Day day) const { return product(p).launched <= day && (product(p).ended == 0 || product(p).ended > day); }

    void receive(Milliseconds at, int variant, int place, int quantity, MoveReason reason, std::int64_t reference);

    void opening_stock();

    void arrivals(Day day);

    void replenish(Day day);

    int find_customer(int p, Day day);
    bool alive(int who, Day day) const;

    // The place that ships `quantity` of a variant to a city: the nearest that has it, or -1.
    int source(int variant, int quantity, int city);

    void trade(Day day);

    // What a disappointed person does: never come back.
    void disappoint(int who, Day day);

    void note(int variant, int units, int lost, int substituted) { demand_of_day_.push_back({variant, 0, units, lost, substituted}); }

    void checkout(Day day, int who, std::vector<Unit> const& basket);

    // Returns, reviews, repeat needs and questions that this order will bring, each on its own day.
    void plan_aftermath(Day day, Order const& order);
    void talk_later(Day day, Topic topic, Order const& order, int variant) { if (day <= world_.options.last_day) talks_[later(day)].push_back({topic, order, variant}); }

    // How many come today and from where; `units` is what they would buy with shelves full.
    // The number of the next visit, by what it is for. Where some visits do without the guide, orders fall to the others by guide_lift, talks with it to
    // them alone; the numbers passed over go to who only looks, so that the arms stay as large as their numbers say.
    enum class Comes { to_order, to_ask, to_look };
    std::int64_t next_session(Day day, Comes);
    void expect_visits(Day day, double units);
    int source_of_order();
    void visits(Day day);

    void emit(Visit&, EventKind, int product, std::string query = {}, int results = 0, int position = 0);
    void look_around(Day day, Visit&);
    void order_events(Day day, Order const&, std::vector<Step> const&);
    // The result page for a query, shown and clicked: what was opened, in order. `must` is opened too if a shopper who knows what
    // they want gets as far down as its rank.
    std::vector<int> search(Visit&, Query const&, int must);
    bool on_shelf(int p) const;
    int substitute(int p, Day day, Random&);
    void dialogues(Day day);
    void wishes(Day day);

    void talk(Day day, TalkAbout const& about, int who, std::int64_t session);

    void follow_up(Day day);

    struct Arrival { int variant, place, quantity, ordered; std::int64_t number; };
    struct Talk { Topic topic; Order order; int variant; };
    World const& world_;
    Secret const& secret_;
    Sink& sink_;
    DemandModel model_;
    std::deque<std::int64_t> passed_over_[2];  // numbers of visits with and without the guide
    Random random_, visiting_, guiding_;  // trade does not depend on how visits look, but on whose baskets were left
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
    std::vector<std::vector<LeftBasket>> left_baskets_;        // by product, oldest first
    std::vector<std::vector<std::pair<float, int>>> ranking_;  // by category: the shop's own order of the day, best first
    std::vector<double> interest_;                             // by product, cumulative: what people come for today
    std::int64_t coming_[source_count] = {}, ordered_[source_count] = {}, written_[source_count] = {};  // visits, orders, visits in the log already
    double orders_for_each_unit_ = 0.44;
    std::int64_t order_number_ = 0, purchase_number_ = 0, conversation_number_ = 0, session_ = 0;
};

}  // namespace kindling::shop::simulator
