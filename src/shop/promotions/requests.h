// shop/promotions/requests.h -- internal: requests and answers of the promotions' operations.
#pragma once
#include "shop/answers.h"
#include "shop/orders/api.h"
#include "shop/promotions/api.h"

namespace kindling::shop::promotions {

struct SavePromotion {
    Promotion promotion;
    static constexpr Field fields[] = {field("promotion", "The promotion, whole; one of a known promotion_id is replaced and keeps its uses.", "完整的优惠；编号已存在则替换并保留已用次数。")};
};
BOOST_DESCRIBE_STRUCT(SavePromotion, (), (promotion))

struct SavedPromotion {
    std::string promotion_id;
    PromotionState state = PromotionState::running;
    static constexpr Field fields[] = {field("promotion_id", "Promotion.", "优惠编号。"), field("state", "Where it stands now.", "当前状态。")};
};
BOOST_DESCRIBE_STRUCT(SavedPromotion, (), (promotion_id, state))

struct PromotionId {
    std::string promotion_id;
    static constexpr Field fields[] = {field("promotion_id", "Which promotion.", "哪个优惠。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(PromotionId, (), (promotion_id))

struct ListPromotions {
    std::optional<PromotionState> state;
    static constexpr Field fields[] = {field("state", "Only in this state.", "仅此状态。")};
};
BOOST_DESCRIBE_STRUCT(ListPromotions, (), (state))

struct PromotionRow {
    Promotion promotion;
    PromotionState state = PromotionState::running;
    std::int64_t uses = 0, codes = 0, starts_at_ms = 0;
    std::optional<std::int64_t> ends_at_ms;
    static constexpr Field fields[] = {field("promotion", "The promotion; at most its first 100 codes.", "优惠内容；最多列出前 100 个码。"), field("state", "planned, running, ended, stopped or used_up.", "planned 未开始、running 进行中、ended 已结束、stopped 已停止、used_up 已用完。"), field("uses", "Orders it counted for; cancelled ones are given back.", "已使用的订单数；取消的订单已退回。"), field("codes", "How many codes it has.", "优惠码数量。"), field("starts_at_ms", "From when, milliseconds since 1970 UTC.", "开始时间（UTC 毫秒）。"), field("ends_at_ms", "Until when; absent: never ends.", "结束时间；缺省为长期。")};
};
BOOST_DESCRIBE_STRUCT(PromotionRow, (), (promotion, state, uses, codes, starts_at_ms, ends_at_ms))

struct PromotionList {
    std::vector<PromotionRow> promotions;
    static constexpr Field fields[] = {field("promotions", "Newest first.", "最新在前。")};
};
BOOST_DESCRIBE_STRUCT(PromotionList, (), (promotions))

struct AskQuote {
    std::string basket_id;
    std::vector<WantedLine> lines;
    std::vector<std::string> codes;
    std::string customer_id;
    std::vector<Promotion> drafts;
    std::optional<std::int64_t> at_ms;
    static constexpr Field fields[] = {field("basket_id", "Basket to price, with its codes; left out when lines are given.", "要计算的购物车（含其优惠码）；直接给出明细时留空。").defaulted().longest(64), field("lines", "What would be bought, when there is no basket.", "没有购物车时的购买明细。").defaulted().longest(200), field("codes", "Codes to try besides.", "要试用的优惠码。").defaulted().longest(10), field("customer_id", "For whom; staff only, a shopper's own account counts by itself.", "为哪位顾客计算；仅员工可填，顾客登录后自动生效。").defaulted().longest(128), field("drafts", "Promotions to count as if they ran, for everybody; staff only.", "视为已对所有人生效的优惠草案；仅员工可用。").defaulted().longest(20), field("at_ms", "At another moment; staff only.", "按另一时刻计算；仅员工可用。").range(0, 1e15)};
};
BOOST_DESCRIBE_STRUCT(AskQuote, (), (basket_id, lines, codes, customer_id, drafts, at_ms))

struct AskOffers {
    std::string product_id;
    static constexpr Field fields[] = {field("product_id", "Only those that this product counts for; empty: all.", "仅适用于此商品的优惠；留空为全部。").defaulted().longest(128)};
};
BOOST_DESCRIBE_STRUCT(AskOffers, (), (product_id))

struct PromotionOffers {
    std::vector<Promotion> promotions;
    static constexpr Field fields[] = {field("promotions", "What runs now and may be told, in order of calculation.", "当前进行中且可公开的优惠，按计算顺序。")};
};
BOOST_DESCRIBE_STRUCT(PromotionOffers, (), (promotions))

struct AskReport {
    std::optional<std::int64_t> from_ms, to_ms;
    static constexpr Field fields[] = {field("from_ms", "Orders placed at or after, milliseconds.", "不早于（毫秒）。"), field("to_ms", "Placed before.", "早于（毫秒）。")};
};
BOOST_DESCRIBE_STRUCT(AskReport, (), (from_ms, to_ms))

struct PromotionReportRow {
    std::string promotion_id, title_en, title_zh;
    std::int64_t orders = 0, customers = 0, discount_minor = 0, revenue_minor = 0;
    std::optional<std::int64_t> margin_minor;
    static constexpr Field fields[] = {field("promotion_id", "Promotion.", "优惠编号。"), field("title_en", "Name in English.", "英文名称。"), field("title_zh", "Name in Chinese.", "中文名称。"), field("orders", "Orders it counted for.", "使用的订单数。"), field("customers", "Known customers among them.", "其中的已知顾客数。"), field("discount_minor", "Taken off by it, minor units.", "优惠总额，最小货币单位。"), field("revenue_minor", "What was paid for these orders.", "这些订单的实付额。"), field("margin_minor", "Goods' revenue less cost; absent when a cost is not known.", "商品收入减成本；成本未知时缺省。")};
};
BOOST_DESCRIBE_STRUCT(PromotionReportRow, (), (promotion_id, title_en, title_zh, orders, customers, discount_minor, revenue_minor, margin_minor))

struct PromotionReport {
    std::vector<PromotionReportRow> promotions;
    std::string currency;
    static constexpr Field fields[] = {field("promotions", "By what they took off. What would have been bought without them is not known from this: run an experiment.", "按优惠总额排列。此表不能说明没有优惠时会怎样，请用实验衡量。"), field("currency", "ISO 4217 code.", "货币代码。")};
};
BOOST_DESCRIBE_STRUCT(PromotionReport, (), (promotions, currency))

struct CustomerGroup {
    std::string group_id, name_en, name_zh;
    std::vector<std::string> customer_ids;
    std::int64_t customers = 0;
    static constexpr Field fields[] = {field("group_id", "The shop's identifier of the group.", "顾客群编号。").longest(64), field("name_en", "Name in English.", "英文名称。").defaulted().longest(200), field("name_zh", "Name in Chinese.", "中文名称。").defaulted().longest(200), field("customer_ids", "Who belongs to it from now on; not filled in lists.", "此后的全部成员；列表中不返回。").defaulted().longest(10'000), field("customers", "How many belong to it; counted by the server.", "成员数，由服务器统计。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(CustomerGroup, (), (group_id, name_en, name_zh, customer_ids, customers))

struct CustomerGroups {
    std::vector<CustomerGroup> groups;
    static constexpr Field fields[] = {field("groups", "By id.", "按编号排列。")};
};
BOOST_DESCRIBE_STRUCT(CustomerGroups, (), (groups))

Result<SavedPromotion> save_promotion(Context&, SavePromotion const&);
// Every wrong field of a promotion, by JSON Pointer beginning with `at`.
std::vector<FieldError> wrong_fields(Promotion const&, std::string const& at);
Result<PromotionReport> report(Context&, AskReport const&);
Result<Saved> save_group(Context&, CustomerGroup const&);
Result<CustomerGroups> list_groups(Context&, Nothing const&);

}  // namespace kindling::shop::promotions
