// basket.*: what a shopper means to buy. Anyone may make one; its id is the secret that opens it, so it is long and random.
#include "core/id.h"
#include "core/money.h"
#include "shop/catalogue/operations.h"
#include "shop/checkout/api.h"
#include "shop/orders/quoted.h"
#include <fmt/format.h>
#include <map>

namespace kindling::shop {

namespace {

struct BasketLine {
    std::string sku, product_id, title_en, title_zh, variant_en, variant_zh;
    std::int64_t quantity = 0, unit_price_minor = 0, line_minor = 0;
    std::optional<std::int64_t> stock;
    std::string picture_url;
    std::optional<std::int64_t> quoted_minor;
    static constexpr Field fields[] = {
        field("sku", "SKU.", "SKU。"), field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"),
        field("variant_en", "Variant in English.", "英文规格。"), field("variant_zh", "Variant in Chinese.", "中文规格。"), field("quantity", "Units.", "数量。"), field("unit_price_minor", "Price of one now.", "当前单价。"),
        field("line_minor", "Price of all.", "本行金额。"), field("stock", "Units that can be sold now; absent when not kept.", "当前可售数量；未管理库存时缺省。"), field("picture_url", "Picture.", "图片。"), field("quoted_minor", "Price of one when it was put in by basket.replace.", "由 basket.replace 放入时的单价。")};
};
BOOST_DESCRIBE_STRUCT(BasketLine, (), (sku, product_id, title_en, title_zh, variant_en, variant_zh, quantity, unit_price_minor, line_minor, stock, picture_url, quoted_minor))

struct BasketProblem {
    std::string code, path, message;
    static constexpr Field fields[] = {field("code", "not_for_sale, out_of_stock or quantity_adjusted.", "not_for_sale、out_of_stock 或 quantity_adjusted。"), field("path", "JSON Pointer into the request.", "指向请求的 JSON Pointer。"), field("message", "For a person.", "说明。")};
};
BOOST_DESCRIBE_STRUCT(BasketProblem, (), (code, path, message))

struct Basket {
    std::string basket_id, status, currency;
    std::vector<BasketLine> lines;
    std::int64_t units = 0, subtotal_minor = 0;
    std::vector<BasketProblem> problems;
    promotions::BasketQuote quote;
    std::vector<ShippingOption> shipping_options = {};
    static constexpr Field fields[] = {field("basket_id", "Secret by which the basket is found.", "购物车凭证。"), field("status", "open, ordered, merged or cancelled; empty: there is none of this id.", "open 使用中、ordered 已下单、merged 已合并、cancelled 已取消；留空表示不存在。"), field("currency", "ISO 4217 code.", "货币代码。"), field("lines", "What is in it.", "商品明细。"), field("units", "Units in all.", "总件数。"), field("subtotal_minor", "Sum, minor units.", "合计，最小货币单位。"), field("problems", "What was asked for and could not be put in as asked (basket.replace).", "未能按要求放入的内容（basket.replace）。"),
                                       field("quote", "What it comes to: promotions, codes, shipping, total; amounts by line are in the order of the lines.", "应付额：优惠、优惠码、运费与总额；分行金额与商品行顺序一致。"),
                                       field("shipping_options", "The ways of sending it and what each costs before promotions; the quote counts the first that goes everywhere.", "可选配送方式及优惠前运费；应付额按首个可送达各地的方式计算。")};
};
BOOST_DESCRIBE_STRUCT(Basket, (), (basket_id, status, currency, lines, units, subtotal_minor, problems, quote, shipping_options))

struct ReplaceBasket {
    std::string basket_id;
    std::vector<WantedLine> lines;
    std::optional<std::vector<std::string>> codes;
    std::string reference;
    static constexpr Field fields[] = {field("basket_id", "Which basket; empty: a new one.", "哪个购物车；留空则新建。").defaulted().longest(64), field("lines", "All that it holds from now on.", "此后的全部内容。").longest(200), field("codes", "All codes entered from now on; left out: they stay.", "此后的全部优惠码；不填则保持不变。"), field("reference", "The caller's own mark of the request; tells two requests with one Idempotency-Key apart.", "调用者自己的请求标记，用于区分同一幂等键的不同请求。").defaulted().longest(128)};
};
BOOST_DESCRIBE_STRUCT(ReplaceBasket, (), (basket_id, lines, codes, reference))

struct SetCodes {
    std::string basket_id;
    std::vector<std::string> codes;
    static constexpr Field fields[] = {field("basket_id", "Which basket.", "哪个购物车。").longest(64), field("codes", "All codes entered from now on; empty: none.", "此后的全部优惠码；留空则清除。").longest(10)};
};
BOOST_DESCRIBE_STRUCT(SetCodes, (), (basket_id, codes))

struct BasketChange {
    std::string basket_id, sku;
    std::int64_t quantity = 1;
    static constexpr Field fields[] = {field("basket_id", "Which basket; empty: a new one.", "哪个购物车；留空则新建。").defaulted().longest(64), field("sku", "Which SKU.", "哪个 SKU。").longest(128), field("quantity", "Units; 0 takes it out (basket.set).", "数量；basket.set 时 0 为移除。").defaulted().range(0, 9999)};
};
BOOST_DESCRIBE_STRUCT(BasketChange, (), (basket_id, sku, quantity))

struct GetBasket {
    std::string basket_id;
    static constexpr Field fields[] = {field("basket_id", "Which basket.", "哪个购物车。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(GetBasket, (), (basket_id))

Result<Basket> read_basket(Context& context, std::string const& basket_id) {
    auto& tx = context.tx();
    Basket basket{.basket_id = basket_id, .currency = TRY(shop_currency(tx))};
    struct Kept { std::string sku; std::int64_t quantity; std::optional<std::int64_t> quoted_minor; };
    std::vector<Kept> lines;
    std::vector<promotions::Wanted> wanted;
    Value const values[] = {tx.shop_id(), basket_id};
    TRY(tx.run("SELECT status FROM baskets WHERE shop_id = ? AND basket_id = ?", values, [&](Row const& row) -> Result<void> { basket.status = row.text(0); return {}; }));
    TRY(tx.run("SELECT sku, quantity, quoted_minor FROM basket_lines WHERE shop_id = ? AND basket_id = ? ORDER BY added_at_ms, sku", values, [&](Row const& row) -> Result<void> {
        lines.push_back({std::string(row.text(0)), row.integer(1), row.is_null(2) ? std::optional<std::int64_t>() : row.integer(2)});
        return {};
    }));
    for (auto const& l : lines) {
        auto const found = TRY(find_variant(tx, l.sku));
        if (!found) continue;  // taken off sale since: it cannot be ordered, so it is not shown
        auto const& [p, v] = *found;
        BasketLine line{l.sku, p.product_id, p.title_en, p.title_zh, v.title_en, v.title_zh, l.quantity, v.price_minor, TRY(checked_multiply(l.quantity, v.price_minor)), v.stock, p.pictures.empty() ? "" : p.pictures[0].url, l.quoted_minor};
        basket.units += l.quantity;
        wanted.push_back(promotions::wanted(p, v, l.quantity, v.price_minor));
        basket.subtotal_minor = TRY(checked_add(basket.subtotal_minor, line.line_minor));
        basket.lines.push_back(std::move(line));
    }
    promotions::Ask ask{.lines = std::move(wanted), .codes = TRY(basket_codes(tx, basket_id)), .customer_id = context.caller.customer_id, .at = context.now, .with_more = true};
    if (!basket.lines.empty()) ask.shipping_minor = TRY(usual_shipping(tx, basket.subtotal_minor)), basket.shipping_options = TRY(ways_of_sending(tx, basket.subtotal_minor));
    basket.quote = TRY(promotions::quote(tx, ask));
    return basket;
}

Result<void> keep_codes(Context& context, std::string const& basket_id, std::span<std::string const> codes) {
    TRY(context.tx().execute("UPDATE baskets SET codes = ? WHERE shop_id = ? AND basket_id = ?", promotions::joined_codes(promotions::normal_codes(codes)), context.tx().shop_id(), basket_id));
    return {};
}

// The open basket of whoever is signed in, the same on all their devices; "" when there is none.
Result<std::string> own_basket(Context& context) {
    std::string id;
    if (context.caller.customer_id.empty()) return id;
    Value const values[] = {context.tx().shop_id(), context.caller.customer_id};
    TRY(context.tx().run("SELECT basket_id FROM baskets WHERE shop_id = ? AND customer_id = ? AND status = 'open' ORDER BY updated_at_ms DESC, basket_id DESC LIMIT 1", values, [&](Row const& row) -> Result<void> { id = row.text(0); return {}; }));
    return id;
}

Result<std::string> open_basket(Context& context, std::string const& basket_id) {
    auto& tx = context.tx();
    if (basket_id.empty()) {
        if (auto own = TRY(own_basket(context)); !own.empty()) return open_basket(context, own);
        auto const id = "bas_" + new_secret(18);
        TRY(tx.execute("INSERT INTO baskets (shop_id, basket_id, customer_id, currency, updated_at_ms) VALUES (?,?,?,?,?)", tx.shop_id(), id, context.caller.customer_id, TRY(shop_currency(tx)), context.now));
        return id;
    }
    if (!TRY(tx.execute("UPDATE baskets SET updated_at_ms = ? WHERE shop_id = ? AND basket_id = ? AND status = 'open'", context.now, tx.shop_id(), basket_id)))
        return fail(Errc::not_found, "basket_not_found", "This basket does not exist or was ordered already; start a new one.", {{"/basket_id", "basket_not_found", "is not an open basket"}});
    return basket_id;
}

Result<Basket> change(Context& context, BasketChange const& in, std::string_view on_conflict) {
    auto& tx = context.tx();
    auto const found = TRY(find_variant(tx, in.sku));
    if (found && found->second.price_minor <= 0 && in.quantity > 0) return fail(Errc::failed_precondition, "not_for_sale", fmt::format("{} has no price yet and cannot be bought.", in.sku), {{"/sku", "not_for_sale", "has no price"}});
    if (!found || found->first.status != ProductStatus::active) return fail(Errc::not_found, "sku_not_found", fmt::format("There is no SKU \"{}\" on sale.", in.sku), {{"/sku", "sku_not_found", "is not on sale"}});
    auto const id = TRY(open_basket(context, in.basket_id));
    TRY(tx.execute(fmt::format("INSERT INTO basket_lines (shop_id, basket_id, sku, quantity, added_at_ms) VALUES (?,?,?,?,?) ON CONFLICT (shop_id, basket_id, sku) DO UPDATE SET quantity = {}", on_conflict), tx.shop_id(), id, in.sku, in.quantity, context.now));
    TRY(tx.execute("DELETE FROM basket_lines WHERE shop_id = ? AND basket_id = ? AND quantity <= 0", tx.shop_id(), id));
    auto const now = TRY(tx.integer("SELECT quantity FROM basket_lines WHERE shop_id = ? AND basket_id = ? AND sku = ?", tx.shop_id(), id, in.sku));
    auto const stock = found->second.stock;
    if (stock && now > *stock)
        return fail(Errc::failed_precondition, "out_of_stock", *stock <= 0 ? "This is sold out." : fmt::format("Only {} are left.", *stock), {{"/quantity", "out_of_stock", fmt::format("at most {}", std::max<std::int64_t>(0, *stock))}});
    if (now > 9999) return fail(Errc::invalid_argument, "invalid_request", "That is more than one order may hold.", {{"/quantity", "out_of_range", "must be between 1 and 9999 in all"}});
    return read_basket(context, id);
}

// What cannot be had is left out or lessened, and said: an agent mends its list from one answer.
Result<Basket> replace(Context& context, ReplaceBasket const& in) {
    auto& tx = context.tx();
    struct Taken { std::int64_t quantity, price_minor; };
    std::vector<std::pair<std::string, Taken>> taken;
    std::vector<BasketProblem> problems;
    for (std::size_t i = 0; i < in.lines.size(); ++i) {
        auto const& l = in.lines[i];
        auto const at = fmt::format("/lines/{}", i);
        auto const found = TRY(find_variant(tx, l.sku));
        if (!found || found->first.status != ProductStatus::active || found->second.price_minor <= 0) {
            problems.push_back({"not_for_sale", at, fmt::format("{} is not for sale.", l.sku)});
            continue;
        }
        auto same = std::ranges::find(taken, l.sku, &std::pair<std::string, Taken>::first);
        auto const wanted = l.quantity + (same == taken.end() ? 0 : same->second.quantity);
        auto const most = std::min<std::int64_t>(9999, found->second.stock.value_or(9999));
        if (most <= 0) {
            problems.push_back({"out_of_stock", at, fmt::format("{} is sold out.", l.sku)});
            continue;
        }
        if (wanted > most) problems.push_back({"quantity_adjusted", at + "/quantity", fmt::format("Only {} of {} can be had; {} were asked for.", most, l.sku, wanted)});
        if (same == taken.end()) taken.emplace_back(l.sku, Taken{std::min(wanted, most), found->second.price_minor});
        else same->second.quantity = std::min(wanted, most);
    }
    if (taken.empty() && !in.lines.empty()) {
        std::vector<FieldError> fields;
        for (auto const& p : problems) fields.push_back({p.path, p.code, p.message});
        auto const sold_out = std::ranges::any_of(problems, [](auto const& p) { return p.code == "out_of_stock"; });
        return fail(Errc::failed_precondition, sold_out ? "out_of_stock" : "not_for_sale", sold_out ? "All of this is sold out." : "None of this is for sale.", std::move(fields));
    }
    auto const id = TRY(open_basket(context, in.basket_id));
    std::map<std::string, std::int64_t, std::less<>> quoted;
    Value const values[] = {tx.shop_id(), id};
    TRY(tx.run("SELECT sku, quoted_minor FROM basket_lines WHERE shop_id = ? AND basket_id = ? AND quoted_minor IS NOT NULL", values, [&](Row const& row) -> Result<void> { quoted.emplace(row.text(0), row.integer(1)); return {}; }));
    TRY(tx.execute("DELETE FROM basket_lines WHERE shop_id = ? AND basket_id = ?", tx.shop_id(), id));
    std::int64_t place = 0;  // lines keep their order
    for (auto const& [sku, t] : taken) {
        auto const i = quoted.find(sku);
        TRY(tx.execute("INSERT INTO basket_lines (shop_id, basket_id, sku, quantity, added_at_ms, quoted_minor) VALUES (?,?,?,?,?,?)", tx.shop_id(), id, sku, t.quantity, context.now + place++, i == quoted.end() ? t.price_minor : i->second));
    }
    if (in.codes) TRY(keep_codes(context, id, *in.codes));
    auto basket = TRY(read_basket(context, id));
    basket.problems = std::move(problems);
    return basket;
}

Result<Basket> cancel(Context& context, GetBasket const& in) {
    auto const id = TRY(open_basket(context, in.basket_id.empty() ? "-" : in.basket_id));
    TRY(context.tx().execute("UPDATE baskets SET status = 'cancelled' WHERE shop_id = ? AND basket_id = ?", context.tx().shop_id(), id));
    return read_basket(context, id);
}

Result<Basket> set_codes(Context& context, SetCodes const& in) {
    TRY(keep_basket_codes(context, in.basket_id, in.codes));
    return read_basket(context, in.basket_id);
}

Result<Basket> add(Context& context, BasketChange const& in) { return change(context, in, "basket_lines.quantity + excluded.quantity"); }
Result<Basket> set(Context& context, BasketChange const& in) { return change(context, in, "excluded.quantity"); }
Result<Basket> get(Context& context, GetBasket const& in) { return read_basket(context, in.basket_id); }

Result<Basket> mine(Context& context, Nothing const&) {
    if (context.caller.customer_id.empty()) return fail(Errc::permission_denied, "not_signed_in", "Sign in to your account first.");
    return read_basket(context, TRY(own_basket(context)));
}

// Of each SKU the larger quantity counts: whoever put it into both meant it once. Another customer's basket is left alone.
Result<Basket> merge(Context& context, GetBasket const& in) {
    auto& tx = context.tx();
    auto const& customer = context.caller.customer_id;
    if (customer.empty()) return fail(Errc::permission_denied, "not_signed_in", "Sign in to your account first.");
    auto own = TRY(own_basket(context));
    auto const usable = TRY(tx.integer("SELECT COUNT(*) FROM baskets WHERE shop_id = ? AND basket_id = ? AND status = 'open' AND (customer_id = '' OR customer_id = ?)", tx.shop_id(), in.basket_id, customer)) > 0;
    if (usable && own.empty()) {
        TRY(tx.execute("UPDATE baskets SET customer_id = ?, updated_at_ms = ? WHERE shop_id = ? AND basket_id = ?", customer, context.now, tx.shop_id(), in.basket_id));
        own = in.basket_id;
    } else if (usable && own != in.basket_id) {
        TRY(tx.execute("INSERT INTO basket_lines (shop_id, basket_id, sku, quantity, added_at_ms) SELECT shop_id, ?, sku, quantity, added_at_ms FROM basket_lines WHERE shop_id = ? AND basket_id = ? "
                       "ON CONFLICT (shop_id, basket_id, sku) DO UPDATE SET quantity = CASE WHEN excluded.quantity > basket_lines.quantity THEN excluded.quantity ELSE basket_lines.quantity END", own, tx.shop_id(), in.basket_id));
        TRY(tx.execute("DELETE FROM basket_lines WHERE shop_id = ? AND basket_id = ?", tx.shop_id(), in.basket_id));
        auto codes = TRY(basket_codes(tx, own));
        for (auto& code : TRY(basket_codes(tx, in.basket_id))) codes.push_back(std::move(code));
        TRY(keep_codes(context, own, codes));
        TRY(tx.execute("UPDATE baskets SET status = 'merged', updated_at_ms = ? WHERE shop_id = ? AND basket_id = ?", context.now, tx.shop_id(), in.basket_id));
        TRY(tx.execute("UPDATE baskets SET updated_at_ms = ? WHERE shop_id = ? AND basket_id = ?", context.now, tx.shop_id(), own));
    }
    return read_basket(context, own);
}

}  // namespace

Result<void> keep_basket_codes(Context& context, std::string const& basket_id, std::span<std::string const> codes) { return keep_codes(context, TRY(open_basket(context, basket_id.empty() ? "-" : basket_id)), codes); }

Result<std::vector<std::string>> basket_codes(Transaction& tx, std::string_view basket_id) {
    std::vector<std::string> codes;
    Value const values[] = {tx.shop_id(), basket_id};
    TRY(tx.run("SELECT codes FROM baskets WHERE shop_id = ? AND basket_id = ? AND status = 'open'", values, [&](Row const& row) -> Result<void> { codes = promotions::split_codes(row.text(0)); return {}; }));
    return codes;
}

std::vector<Operation> basket_operations() {
    return {
        operation({.name = "basket.add", .scenario = "25", .summary = {"Put units of a SKU into a basket; makes the basket if there is none.", "把商品加入购物车；没有则新建。"}, .effect = Effect::act, .permission = "public", .reasons = {"sku_not_found", "basket_not_found", "out_of_stock"}}, &add),
        operation({.name = "basket.set", .scenario = "25", .summary = {"Set how many units of a SKU are in a basket; 0 takes it out.", "设置购物车中某商品的数量；0 为移除。"}, .effect = Effect::act, .permission = "public", .reasons = {"sku_not_found", "basket_not_found", "out_of_stock"}}, &set),
        operation({.name = "basket.replace", .scenario = "25", .summary = {"Set all that a basket holds at once; what cannot be had is left out or lessened, and said.", "一次设置购物车的全部内容；无法满足的会略去或减少并说明。"}, .effect = Effect::act, .permission = "public", .reasons = {"not_for_sale", "basket_not_found", "out_of_stock"}}, &replace),
        operation({.name = "basket.set_codes", .scenario = "23", .summary = {"Enter codes of promotions for a basket, instead of those entered before; the answer says what became of each.", "为购物车填写优惠码（替换之前的），并说明每个码的结果。"}, .effect = Effect::act, .permission = "public", .reasons = {"basket_not_found"}}, &set_codes),
        operation({.name = "basket.cancel", .scenario = "25", .summary = {"Give up a basket; it cannot be ordered any more.", "放弃购物车，此后不能下单。"}, .effect = Effect::act, .permission = "public", .reasons = {"basket_not_found"}}, &cancel),
        operation({.name = "basket.get", .scenario = "25", .summary = {"What is in a basket, at today's prices.", "购物车内容与当前价格。"}, .permission = "public"}, &get),
        operation({.name = "basket.mine", .scenario = "25", .summary = {"The basket of whoever is signed in, the same on all their devices; empty when there is none.", "登录顾客的购物车，各设备一致；没有则为空。"}, .permission = "public"}, &mine),
        operation({.name = "basket.merge", .scenario = "25", .summary = {"Put what a guest's basket holds into one's own after signing in.", "登录后将游客购物车并入本人购物车。"}, .effect = Effect::act, .permission = "public"}, &merge),
    };
}

}  // namespace kindling::shop
