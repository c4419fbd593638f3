// shop/promotions/api.h -- coupons and thresholds: who gets what taken off, until when, how often; and what that comes to for a basket.
//
// A promotion without codes counts by itself, one with codes only when a shopper enters one of them (letters, digits, - and _; upper and lower case
// alike). How amounts are computed and which choice of promotions is the best legal one stands in pricing.h. First orders, groups of customers
// and limits per customer need an account: a guest is told so. Times are the shop's own: "2026-11-11" or "2026-11-11T20:00" in its time zone.
//
// A use is counted in the transaction that places the order, the shop's one writer, so of two buyers who want the last use one gets it and the other is
// told (promotion_used_up); cancelling an order gives its uses back. What was taken off lies on the order's lines (discount_minor), so that a return
// refunds exactly what was paid for the units that come back, whatever order they come back in.
#pragma once
#include "shop/catalogue/api.h"
#include "shop/context.h"
#include "shop/promotions/pricing.h"

namespace kindling::shop::promotions {

BOOST_DESCRIBE_ENUM(PromotionKind, amount_off, percent_off, buy_get, set_price, free_shipping)

// Which goods: any of these lists names the product; all lists empty: everything. Categories count with those below them.
struct Goods {
    std::vector<std::string> product_ids, category_ids, brands, except_product_ids;
    static constexpr Field fields[] = {field("product_ids", "Products.", "商品。").defaulted().longest(500), field("category_ids", "Categories, with those below them.", "类目（含下级）。").defaulted().longest(100), field("brands", "Brands, by the name in either language.", "品牌（任一语言名称）。").defaulted().longest(100), field("except_product_ids", "Products that never count.", "排除的商品。").defaulted().longest(500)};
    bool everything() const { return product_ids.empty() && category_ids.empty() && brands.empty() && except_product_ids.empty(); }
};
BOOST_DESCRIBE_STRUCT(Goods, (), (product_ids, category_ids, brands, except_product_ids))

struct SetPart {
    Goods goods;
    std::int64_t units = 1;
    static constexpr Field fields[] = {field("goods", "Which goods this part is made of.", "该部分的商品范围。"), field("units", "How many of them.", "件数。").defaulted().range(1, 100)};
};
BOOST_DESCRIBE_STRUCT(SetPart, (), (goods, units))

struct Promotion {
    std::string promotion_id, title_en, title_zh;
    PromotionKind kind = PromotionKind::amount_off;
    Goods goods;
    std::int64_t threshold_minor = 0, minimum_units = 0, off_minor = 0, percent_off_hundredths = 0, most_off_minor = 0;
    bool repeats = false;
    std::int64_t most_times = 0, buy_units = 0, get_units = 0;
    std::optional<Goods> reward;
    std::vector<SetPart> parts;
    std::int64_t price_minor = 0;
    std::vector<std::string> codes;
    std::int64_t most_uses = 0, most_uses_per_code = 0, most_uses_per_customer = 0;
    bool first_order = false;
    std::vector<std::string> customer_groups;
    std::string starts, ends;
    std::vector<std::int64_t> weekdays;
    std::int64_t priority = 100;
    std::string group;
    bool alone = false, advertised = true;
    static constexpr Field fields[] = {
        field("promotion_id", "The shop's identifier of it; empty: a new one.", "优惠编号；留空自动生成。").defaulted().longest(64), field("title_en", "What shoppers read, in English; at least one of the two is needed.", "英文名称；中英文至少填一个。").defaulted().longest(200), field("title_zh", "What shoppers read, in Chinese.", "中文名称。").defaulted().longest(200),
        field("kind", "amount_off, percent_off, buy_get, set_price or free_shipping.", "amount_off 减金额（满减）、percent_off 打折、buy_get 买赠、set_price 组合价、free_shipping 包邮。"), field("goods", "Which goods count; left out: everything.", "适用商品；不填为全场。").defaulted(),
        field("threshold_minor", "Only from goods of this worth, minor units, after promotions before it; free_shipping and buy_get: 0 for none.", "门槛金额（最小货币单位，按之前优惠后的金额计）；0 为无门槛。").defaulted().range(0, 1e15), field("minimum_units", "Only from this many units.", "门槛件数。").defaulted().range(0, 1e6),
        field("off_minor", "amount_off: what is taken off, minor units.", "amount_off：减多少，最小货币单位。").defaulted().range(0, 1e15), field("percent_off_hundredths", "percent_off and buy_get: hundredths of a percent taken off; 1550 is 15.5 %, 10000 all of it. Rounded half up, once.", "percent_off 与 buy_get：优惠百分比的百分之一；1550 为 15.5%，10000 为全免。四舍五入一次。").defaulted().range(0, 10'000),
        field("most_off_minor", "At most this is taken off; 0: no limit.", "最高优惠；0 为不限。").defaulted().range(0, 1e15), field("repeats", "Counts for every threshold, or every so many units, instead of once.", "每满均减（而非仅一次）。").defaulted(), field("most_times", "When it repeats: at most so often; 0: no limit.", "最多重复次数；0 为不限。").defaulted().range(0, 1e6),
        field("buy_units", "buy_get: units to buy.", "buy_get：购买件数。").defaulted().range(0, 1000), field("get_units", "buy_get: units that are reduced, the cheapest.", "buy_get：优惠件数（取最低价）。").defaulted().range(0, 1000), field("reward", "buy_get: goods that are reduced; left out: the same goods.", "buy_get：优惠的商品；不填为同一范围。"),
        field("parts", "set_price: what a set is made of.", "set_price：组合的组成。").defaulted().longest(10), field("price_minor", "set_price: what one set costs.", "set_price：每组价格。").defaulted().range(0, 1e15),
        field("codes", "Codes that make it count; empty: it counts by itself.", "优惠码；留空则自动生效。").defaulted().longest(1000), field("most_uses", "Orders it may count for in all; 0: no limit.", "总可用次数；0 为不限。").defaulted().range(0, 1e12), field("most_uses_per_code", "Orders each code may count for; 0: no limit.", "每个优惠码可用次数；0 为不限。").defaulted().range(0, 1e12), field("most_uses_per_customer", "Orders of one customer it may count for; 0: no limit. Needs an account.", "每位顾客可用次数；0 为不限。需登录。").defaulted().range(0, 1e9),
        field("first_order", "Only for a customer's first order. Needs an account.", "仅限首单，需登录。").defaulted(), field("customer_groups", "Only for customers of one of these groups. Needs an account.", "仅限这些顾客群，需登录。").defaulted().longest(50), field("starts", "First day or moment in the shop's time zone; empty: now.", "开始（店铺时区的日期或时刻）；留空为立即。").defaulted().longest(32), field("ends", "Last day (counted whole) or the moment it ends; empty: never.", "结束日期（含当日）或时刻；留空为长期。").defaulted().longest(32),
        field("weekdays", "Only on these days of the week, 1 Monday to 7 Sunday; empty: every day.", "仅限星期几，1 周一至 7 周日；留空为每天。").defaulted().longest(7), field("priority", "Order of calculation, ascending.", "计算顺序，升序。").defaulted().range(1, 10'000), field("group", "At most one promotion of a group counts; empty: none.", "互斥组：同组至多生效一个；留空为无。").defaulted().longest(64), field("alone", "Goes with no other promotion.", "不与其他优惠同用。").defaulted(),
        field("advertised", "Shown on product pages and told by the guide, with its code.", "在商品页展示，并由导购告知（含优惠码）。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(Promotion, (), (promotion_id, title_en, title_zh, kind, goods, threshold_minor, minimum_units, off_minor, percent_off_hundredths, most_off_minor, repeats, most_times, buy_units, get_units, reward, parts, price_minor, codes, most_uses, most_uses_per_code, most_uses_per_customer, first_order, customer_groups, starts, ends, weekdays, priority, group, alone, advertised))

enum class PromotionState { planned, running, ended, stopped, used_up };
BOOST_DESCRIBE_ENUM(PromotionState, planned, running, ended, stopped, used_up)

struct Discount {
    std::string promotion_id, code, title_en, title_zh;
    PromotionKind kind = PromotionKind::amount_off;
    std::int64_t priority = 100, amount_minor = 0;
    std::vector<std::int64_t> line_minor;
    static constexpr Field fields[] = {field("promotion_id", "Promotion.", "优惠编号。"), field("code", "The code that made it count; empty: it counts by itself.", "生效的优惠码；自动优惠为空。"), field("title_en", "Name in English.", "英文名称。"), field("title_zh", "Name in Chinese.", "中文名称。"), field("kind", "What it does; free_shipping comes off the fee, all others off the goods.", "类型；free_shipping 减运费，其余减商品金额。"), field("priority", "Order of calculation.", "计算顺序。"), field("amount_minor", "Taken off, minor units.", "优惠金额，最小货币单位。"), field("line_minor", "Taken off each line, in the order of the lines.", "各行分摊的优惠，按行顺序。")};
};
BOOST_DESCRIBE_STRUCT(Discount, (), (promotion_id, code, title_en, title_zh, kind, priority, amount_minor, line_minor))

enum class CodeState { applied, unknown, expired, used_up, sign_in_needed, not_for_you, not_met, not_combined };
BOOST_DESCRIBE_ENUM(CodeState, applied, unknown, expired, used_up, sign_in_needed, not_for_you, not_met, not_combined)

struct CodeTold {
    std::string code;
    CodeState state = CodeState::applied;
    std::string message_en, message_zh;
    static constexpr Field fields[] = {field("code", "As entered, in capitals.", "输入的优惠码（大写）。"), field("state", "applied, or why not: unknown, expired, used_up, sign_in_needed, not_for_you, not_met (its goods or threshold), not_combined (another choice takes off more).", "applied 已生效；未生效原因：unknown 不存在、expired 不在有效期、used_up 已用完、sign_in_needed 需登录、not_for_you 不符合资格、not_met 未满足条件、not_combined 其他组合更优惠。"), field("message_en", "For a person, in English.", "英文说明。"), field("message_zh", "For a person, in Chinese.", "中文说明。")};
};
BOOST_DESCRIBE_STRUCT(CodeTold, (), (code, state, message_en, message_zh))

struct MoreToSave {
    std::string promotion_id, title_en, title_zh;
    std::int64_t missing_minor = 0, missing_units = 0, gain_minor = 0;
    static constexpr Field fields[] = {field("promotion_id", "Promotion.", "优惠编号。"), field("title_en", "Name in English.", "英文名称。"), field("title_zh", "Name in Chinese.", "中文名称。"), field("missing_minor", "Goods worth this much more reach it; 0 when units are missing.", "再买多少金额可达到；缺件数时为 0。"), field("missing_units", "So many more units reach it; 0 when worth is missing.", "再买几件可达到；缺金额时为 0。"), field("gain_minor", "What would then come off in addition; 0: depends on the units.", "届时可多优惠的金额；0 表示取决于所选商品。")};
};
BOOST_DESCRIBE_STRUCT(MoreToSave, (), (promotion_id, title_en, title_zh, missing_minor, missing_units, gain_minor))

struct BasketQuote {
    std::int64_t subtotal_minor = 0, discount_minor = 0, shipping_minor = 0, shipping_discount_minor = 0, total_minor = 0;
    std::string currency;
    std::vector<std::int64_t> line_discount_minor;
    std::vector<Discount> discounts;
    std::vector<CodeTold> codes;
    std::vector<MoreToSave> more;
    bool best_proven = true;
    static constexpr Field fields[] = {field("subtotal_minor", "Goods at full price, minor units.", "商品原价合计，最小货币单位。"), field("discount_minor", "Taken off the goods.", "商品优惠。"), field("shipping_minor", "Shipping before anything is taken off.", "优惠前运费。"), field("shipping_discount_minor", "Taken off the shipping.", "运费优惠。"), field("total_minor", "To pay.", "应付总额。"), field("currency", "ISO 4217 code.", "货币代码。"), field("line_discount_minor", "Taken off each line, in the order of the lines.", "各行优惠。"),
                                       field("discounts", "What was taken off, in the order of calculation.", "已生效的优惠，按计算顺序。"), field("codes", "What became of each code entered.", "各优惠码的结果。"), field("more", "What is missing to more, the nearest first.", "离更多优惠还差多少，最近的在前。"), field("best_proven", "No legal choice of these promotions takes off more; false only for extraordinarily many at once.", "已证明没有更优的合法组合；仅在同时优惠极多时为 false。")};
};
BOOST_DESCRIBE_STRUCT(BasketQuote, (), (subtotal_minor, discount_minor, shipping_minor, shipping_discount_minor, total_minor, currency, line_discount_minor, discounts, codes, more, best_proven))

// A line of goods to be priced; `product` is what the catalogue says of it.
struct Wanted {
    std::string sku, product_id, category_id, brand, brand_zh;
    std::int64_t quantity = 1, unit_price_minor = 0;
};
Wanted wanted(Product const&, Variant const&, std::int64_t quantity, std::int64_t unit_price_minor);

struct Ask {
    std::vector<Wanted> lines;
    std::vector<std::string> codes;      // normalised (normal_codes)
    std::string customer_id;             // "": not known
    std::int64_t shipping_minor = 0;
    Milliseconds at = 0;
    bool with_more = false;              // fill in `more`
    std::vector<Promotion> drafts = {};  // counted as if they ran; one of a known id stands for it
};
// What the promotions running at `at` come to. Fails with amount_overflow for goods worth 2^62 and more.
Result<BasketQuote> quote(Transaction&, Ask const&);

// Capitals, each once, in order; a code that cannot be one is kept as it is told (unknown). At most 10.
std::vector<std::string> normal_codes(std::span<std::string const>);
std::string joined_codes(std::span<std::string const>);
std::vector<std::string> split_codes(std::string_view);

// Counts the uses of a placed order's discounts. Fails with promotion_used_up when one has no use left, naming its code.
Result<void> count_uses(Context&, std::string const& order_id, std::string const& customer_id, std::span<Discount const>);
// Gives back the uses of an order that was cancelled.
Result<void> give_back_uses(Context&, std::string const& order_id);
// Whether each of them could still be counted now (limits alone; whether it runs is not asked): a checkout keeps what it promised.
Result<bool> uses_left(Transaction&, std::string const& customer_id, std::span<Discount const>);

// What comes off one unit bought alone on each of `days` days of the shop from `first_day` on (at noon), as a share of today's price: the best legal choice among
// promotions that count by themselves for everybody. `with`: a promotion that counts too, with or without code, as if everybody used it; `without`: one that does not.
struct OffQuestion {
    std::vector<std::string_view> skus;
    Day first_day = 0;
    std::size_t days = 0;
    std::string with = {}, without = {};
};
struct OffByDay {
    std::vector<std::vector<float>> share;   // of each SKU, by day; empty: nothing comes off
    std::vector<std::string> promotion_ids;  // that take something off
};
// not_found "promotion_not_found" for `with`.
Result<OffByDay> off_by_day(Transaction&, OffQuestion const&);

// What shoppers may know of: running, advertised; with the goods it is for. At most 50, by priority.
Result<std::vector<Promotion>> advertised(Transaction&, Milliseconds at);
// Whether a product counts for these goods (categories looked up in the tree).
Result<bool> counts_for(Transaction&, Goods const&, Product const&);

std::vector<Operation> operations();

}  // namespace kindling::shop::promotions
