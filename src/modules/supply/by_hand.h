// modules/supply/by_hand.h -- levels that people set: of one good at one place, with a reason and a last day; followed by the plan, scored afterwards, ended at will.
//
// Either levels (order at, order up to), or another promise, whose levels the plan computes, or how the good is ordered (OrderPolicy), with what of it is to be kept:
//   order_up_to     order_up_to, or what keeps the promise       min_max         reorder_level and order_up_to, or neither
//   fixed_quantity  reorder_level and order_quantity, or what costs least        reorder_point   the same, on any day
//   season          nothing: the best orders until last_day (seasons.h)
// While it counts, every plan writes down the levels that were followed and
// those that it would have followed itself; both are then played against what was asked for, from the same stock of the first morning:
//   every order day of the supplier the position is filled up by the levels of the newest plan before it; an order comes after the usual lead time;
//   of a day with an empty shelf what was asked for is unknown: the mean of the known days before the stretch. What is missing is lost.
// Costs are those of the plan: keeping, ordering a line, margin of what was missing. What is left at the end costs nothing more and is worth nothing less.
// Days are days since 1970 in the shop's time zone; units are units of the SKU; money is minor units.
#pragma once
#include <map>

#include "modules/supply/levels.h"

namespace kindling::supply_module {

struct SetLevel {
    std::string sku, place_id;
    OrderPolicy policy = OrderPolicy::by_cost;
    std::optional<std::int64_t> reorder_level, order_up_to, order_quantity;
    std::optional<double> fill_rate;
    std::optional<ServiceKind> service;
    std::int64_t last_day = 0;
    std::string reason;
    static constexpr Field fields[] = {
        field("sku", "SKU.", "SKU。").longest(128), field("place_id", "Place.", "地点。").longest(64),
        field("policy", "How it is ordered: order_up_to, min_max, fixed_quantity (on order days), reorder_point (a fixed quantity on any day, of suppliers without order days), season (until last_day, after which what is left has lost value); by_cost: as the plan finds best. supply.policies compares them.", "订货方式：order_up_to、min_max、fixed_quantity（下单日按固定批量）、reorder_point（任意日按固定批量，限无固定下单日的供应商）、season（至 last_day 为止，此后余货贬值）；by_cost 由方案选择。supply.policies 可比较。").defaulted(),
        field("order_quantity", "Order so many at a time, in whole packs; left out: what costs least. With fixed_quantity and reorder_point.", "每次订货数量（整箱）；不填取成本最低者。用于 fixed_quantity 与 reorder_point。").range(1, 1e6),
        field("reorder_level", "Order at or below this many on hand and on order; left out: the plan's own distance below order_up_to.", "现货加在途不高于此数则订货；不填则与补足目标保持方案原有的差距。").range(0, 1e6), field("order_up_to", "Order up to this many, 0: order none; left out: the plan's own distance above reorder_level.", "订货补足到此数，0 为不订；不填则与订货点保持方案原有的差距。").range(0, 1e6),
        field("fill_rate", "Instead of levels: the share that is promised, of what `service` says.", "不直接设订货点，而是改为承诺此占比，含义由 service 决定。").range(0.5, 0.999), field("service", "What is promised: fill_rate, the share of the units asked for that the shelf serves; cycle_service, the share of order cycles in which nothing is missing; left out: as of its class or supplier.", "承诺的种类：fill_rate 由现货满足的需求占比；cycle_service 订货周期内不缺货的占比；不填按其分类或供应商。"), field("last_day", "Last day on which it counts, days since 1970.", "生效的最后一日（自 1970 年起的天数）。").range(0, 1e6), field("reason", "Why: for whoever looks at it later.", "理由：供日后查看。").longest(500)};
};
BOOST_DESCRIBE_STRUCT(SetLevel, (), (sku, place_id, policy, order_quantity, reorder_level, order_up_to, fill_rate, service, last_day, reason))

// The same demand by both levels. helped_minor = cost by the plan's levels less cost by those set by hand.
struct LevelScore {
    std::int64_t from_day = 0, until_day = 0;
    double asked = 0, served = 0, served_by_plan = 0, stock = 0, stock_by_plan = 0;
    std::int64_t cost_minor = 0, plan_cost_minor = 0, helped_minor = 0;
    bool final = false;
    static constexpr Field fields[] = {field("from_day", "First day that was played.", "首日。"), field("until_day", "Day after the last.", "截止日（不含）。"), field("asked", "Units asked for.", "需求件数。"), field("served", "Of these, served by the levels set by hand.", "其中按人工水平满足的件数。"), field("served_by_plan", "Served by the plan's own levels.", "按方案水平满足的件数。"), field("stock", "Units on the shelf, mean, by hand.", "按人工水平的平均库存件数。"), field("stock_by_plan", "The same by the plan.", "按方案的平均库存件数。"), field("cost_minor", "Keeping, ordering and missed margin, by hand.", "按人工水平的持有、订货与缺货毛利成本。"), field("plan_cost_minor", "The same by the plan.", "按方案的成本。"), field("helped_minor", "What it saved; below 0: it cost more.", "节省金额；为负则更贵。"), field("final", "Whether its days are over.", "是否已到期。")};
};
BOOST_DESCRIBE_STRUCT(LevelScore, (), (from_day, until_day, asked, served, served_by_plan, stock, stock_by_plan, cost_minor, plan_cost_minor, helped_minor, final))

enum class HandState { counts, over, ended };
BOOST_DESCRIBE_ENUM(HandState, counts, over, ended)

struct LevelByHand {
    std::string level_id, sku, place_id, title_en, title_zh;
    OrderPolicy policy = OrderPolicy::by_cost;
    std::optional<std::int64_t> reorder_level, order_up_to, order_quantity;
    std::optional<double> fill_rate;
    std::optional<ServiceKind> service;
    std::int64_t first_day = 0, last_day = 0;
    std::string reason;
    std::int64_t made_at_ms = 0;
    std::string made_by, made_by_name;
    HandState state = HandState::counts;
    std::optional<std::int64_t> ended_day;
    std::optional<std::int64_t> followed_reorder_level, followed_order_up_to, plan_reorder_level, plan_order_up_to;
    std::optional<LevelScore> score;
    static constexpr Field fields[] = {
        field("level_id", "Which.", "编号。"), field("sku", "SKU.", "SKU。"), field("place_id", "Place.", "地点。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("policy", "How it is ordered, as set.", "设定的订货方式。"), field("order_quantity", "How many at a time, as set.", "设定的每次订货数量。"), field("reorder_level", "Order at, as set.", "设定的订货点。"), field("order_up_to", "Order up to, as set.", "设定的补足目标。"), field("fill_rate", "Share that is promised, as set.", "设定的承诺占比。"), field("service", "What is promised, as set.", "设定的承诺种类。"), field("first_day", "From this day on.", "起始日。"), field("last_day", "Last day on which it counts.", "最后一日。"), field("reason", "Why.", "理由。"), field("made_at_ms", "When it was set.", "设定时间。"), field("made_by", "Who set it.", "设定人。"), field("made_by_name", "Their name; empty: a key.", "其姓名；密钥则为空。"),
        field("state", "counts, over (its days are over) or ended (taken back, or another was set).", "counts 生效中、over 已到期、ended 已撤销或被新设定取代。"), field("ended_day", "Day on which it was ended.", "被终止之日。"), field("followed_reorder_level", "What the newest plan under it followed; absent: no plan was made since.", "其下最近方案所用的订货点；无则尚未有方案。"), field("followed_order_up_to", "The same, order up to.", "补足目标同上。"), field("plan_reorder_level", "What that plan would have followed by itself.", "该方案自身的订货点。"), field("plan_order_up_to", "The same, order up to.", "自身的补足目标。"), field("score", "What it came to so far, once a plan was made on a later day.", "至今的效果；之后某日制定方案时计算。")};
};
BOOST_DESCRIBE_STRUCT(LevelByHand, (), (level_id, sku, place_id, title_en, title_zh, policy, order_quantity, reorder_level, order_up_to, fill_rate, service, first_day, last_day, reason, made_at_ms, made_by, made_by_name, state, ended_day, followed_reorder_level, followed_order_up_to, plan_reorder_level, plan_order_up_to, score))

struct EndLevel {
    std::string level_id;
    static constexpr Field fields[] = {field("level_id", "Which.", "编号。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(EndLevel, (), (level_id))

struct AskLevels {
    std::string sku, place_id;
    static constexpr Field fields[] = {field("sku", "Only of this SKU.", "仅此 SKU。").defaulted().longest(128), field("place_id", "Only at this place.", "仅此地点。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(AskLevels, (), (sku, place_id))

struct LevelsByHand {
    std::vector<LevelByHand> levels;
    std::int64_t scored = 0, helped = 0, helped_minor = 0;
    std::string currency;
    static constexpr Field fields[] = {field("levels", "Newest first, the newest 500.", "最新在前，至多 500 条。"), field("scored", "Of all, those that were scored.", "已评估数。"), field("helped", "Of these, those that cost less than the plan's own levels.", "其中优于方案者。"), field("helped_minor", "What all of them saved; below 0: they cost more.", "合计节省；为负则更贵。"), field("currency", "ISO 4217 code.", "货币代码。")};
};
BOOST_DESCRIBE_STRUCT(LevelsByHand, (), (levels, scored, helped, helped_minor, currency))

// Levels of the plans of a good while one set by hand counted, oldest first.
struct FollowedLevels {
    std::int64_t day = 0, reorder_level = 0, order_up_to = 0, plan_reorder_level = 0, plan_order_up_to = 0;
    std::int64_t quantity = 0, plan_quantity = 0;  // so many at a time; 0: up to the level
    bool every_day = false;                        // and not only on order days
    static constexpr Field fields[] = {field("day"), field("reorder_level"), field("order_up_to"), field("plan_reorder_level"), field("plan_order_up_to"), field("quantity").defaulted(), field("plan_quantity").defaulted(), field("every_day").defaulted()};
};
BOOST_DESCRIBE_STRUCT(FollowedLevels, (), (day, reorder_level, order_up_to, plan_reorder_level, plan_order_up_to, quantity, plan_quantity, every_day))

// Those that count on stock.today, by row of ShopStock::stored.
Result<std::map<std::size_t, HandLevel>> hand_levels(shop::Transaction&, ShopStock const& stock);
// All that counted on a day of [from, until), with the days on which they did.
Result<std::vector<HandSpan>> hand_spans(shop::Transaction&, ShopStock const& stock, Day from, Day until);
// After a plan, within context.open: writes down what it followed, and scores what counts or has come to its end since.
Result<void> keep_followed(Context&, ShopStock const&, Levels const&);
// `followed` not empty; days from its first on, until `until` (<= stock.today, exclusive). Nothing of a good that is not counted or a stretch of no days.
std::optional<LevelScore> score_level(ShopStock const&, std::size_t stored, Level const&, LeadTime const&, std::span<FollowedLevels const> followed, Day until);

std::vector<Operation> hand_operations();

}  // namespace kindling::supply_module
