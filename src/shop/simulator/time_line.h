// shop/simulator/time_line.h -- two years of trade, day by day, in bounded memory.
//
// Demand comes first: each product wants Poisson(rate) units on each day, rate = base × season × life cycle × trend × calendar
// × price^elasticity × (1 + media lift). Units look for people (who like the category and the brand's tier, and who are due to
// buy again), people make baskets, baskets meet stock: what is missing is lost or goes to a product of the same group. Reviews,
// returns, conversations and purchase orders follow from that. Traffic comes beside it: clicks on advertisements and visits of their
// own, which bounce, search, look, fill baskets and leave; the days that the event log covers carry every visit. Everything of one day is handed to the sink at once.
#pragma once
#include "core/progress.h"
#include "shop/simulator/truth.h"

namespace kindling::shop::simulator {

// visit: a first page that is no product or list; list: a category's page; impression: a result that was on the screen, logged in
// one visit of three.
enum class EventKind { visit, list, search, impression, click, view, cart, dialogue, purchase };
struct Event {
    Milliseconds at_ms = 0;
    EventKind kind = EventKind::view;
    std::int64_t session = 0;
    int customer = -1;       // -1: not signed in
    int product = -1;        // visit, list, search, dialogue: -1
    std::string query;       // search, impression, click, dialogue: what was typed; list: key of the category
    int results = 0;         // search: how many products were found
    int position = 0;        // impression, click: rank on the page, from 1
    int source = direct_source;  // where the visit came from
};

struct OrderLine {
    int variant = 0, quantity = 0;
    std::int64_t list_price_minor = 0, unit_price_minor = 0;  // before and after the price cut
    int place = 0;           // the warehouse that ships it
    int promotion = -1;      // index into World::promotions
};
enum class OrderStatus { paid, shipped, delivered };  // as it stands at the end of the last day
struct Order {
    std::int64_t number = 0; // 1, 2, 3 ... in order of time
    int customer = 0;
    Milliseconds at_ms = 0, shipped_at_ms = 0, delivered_at_ms = 0;  // 0: not yet
    std::int64_t session = 0;
    int source = direct_source;  // of that visit
    OrderStatus status = OrderStatus::paid;
    std::string payment_method, carrier, tracking;
    std::int64_t shipping_minor = 0, total_minor = 0;  // total = lines + shipping = what was paid
    std::vector<OrderLine> lines;
};

enum class ReturnReason { wrong_size, poor_quality, changed_mind, damaged, not_as_described };
struct Return {
    std::int64_t order = 0;
    int variant = 0, quantity = 0, place = 0;
    Milliseconds at_ms = 0;
    ReturnReason reason = ReturnReason::changed_mind;
    Bilingual comment;       // in the customer's language only; the other is empty
    std::int64_t refund_minor = 0;
};

struct Review {
    std::int64_t order = 0;
    int customer = 0, product = 0, variant = 0, stars = 5;
    Milliseconds at_ms = 0;
    Locale language = Locale::zh;
    std::string text;
};

enum class MoveReason { opening, sale, purchase, returned, written_off };
struct StockMove {
    Milliseconds at_ms = 0;
    int variant = 0, place = 0, quantity = 0;  // signed
    MoveReason reason = MoveReason::sale;
    std::int64_t reference = 0;  // order or purchase order number
};

struct PurchaseLine {
    int variant = 0, ordered = 0, received = 0;  // received is as at the end of the last day
    std::int64_t cost_minor = 0;
};
struct PurchaseOrder {
    std::int64_t number = 0;
    int supplier = 0, place = 0;
    Day ordered = 0, promised = 0, received = 0;  // received 0: still on its way
    std::vector<PurchaseLine> lines;
};

struct MediaSpend {
    Channel channel = Channel::douyin;
    int campaign = -1;
    std::int64_t spend_minor = 0, impressions = 0, clicks = 0;
};

struct Message {
    Milliseconds at_ms = 0;
    bool from_customer = true;
    std::string text;
};
enum class Topic { where_is_order, size_advice, refund, invoice, complaint, guide, unmet_need };
struct Conversation {
    std::int64_t number = 0, order = 0 /* 0: none */;
    int customer = 0;
    Topic topic = Topic::guide;
    Locale language = Locale::zh;
    bool solved = true;
    int satisfaction = 0;    // 1..5, 0: not given
    std::vector<Message> messages;
};

struct DayBatch {
    Day day = 0;
    std::vector<Order> orders;
    std::vector<Event> events;               // in order of time
    std::vector<StockMove> stock_moves;      // in order of time
    std::vector<Review> reviews;
    std::vector<Return> returns;
    std::vector<PurchaseOrder> purchase_orders;  // placed on this day
    std::vector<MediaSpend> spend;
    std::vector<Conversation> conversations;
};

class Sink {
public:
    virtual ~Sink() = default;
    // Called once for each day, in order; the batch is the sink's to keep or drop.
    virtual void day(DayBatch&&) = 0;
};

// Deterministic. Stops early, with what happened so far, when `progress` says so.
TimeLineTruth simulate(World const&, Sink&, Progress const& = {});

// 24 hours of China Standard Time start here.
constexpr Milliseconds shop_zone = 8 * 3'600'000;

}  // namespace kindling::shop::simulator
