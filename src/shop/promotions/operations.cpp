// promotions.*: what the owner sets, what shoppers may ask; see api.h.
#include "shop/catalogue/operations.h"
#include "shop/checkout/api.h"
#include "shop/orders/quoted.h"
#include "shop/promotions/requests.h"
#include "shop/promotions/rows.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop::promotions {

namespace {

std::unexpected<Error> promotion_not_found(std::string const& id) { return fail(Errc::not_found, "promotion_not_found", fmt::format("There is no promotion \"{}\".", id), {{"/promotion_id", "promotion_not_found", "is not a promotion"}}); }

Result<PromotionList> list(Context& context, ListPromotions const& in) {
    auto& tx = context.tx();
    PromotionList out;
    for (auto& k : TRY(all_promotions(tx))) {
        auto const state = k.state(context.now);
        if (in.state && *in.state != state) continue;
        PromotionRow row{.promotion = std::move(k.promotion), .state = state, .uses = k.uses, .codes = 0, .starts_at_ms = k.starts_at_ms, .ends_at_ms = k.ends_at_ms};
        row.codes = TRY(tx.integer("SELECT COUNT(*) FROM promotion_codes WHERE shop_id = ? AND promotion_id = ?", tx.shop_id(), row.promotion.promotion_id));
        Value const values[] = {tx.shop_id(), row.promotion.promotion_id};
        if (row.codes > 0) TRY(tx.run("SELECT code FROM promotion_codes WHERE shop_id = ? AND promotion_id = ? ORDER BY code LIMIT 100", values, [&](Row const& r) -> Result<void> { row.promotion.codes.emplace_back(r.text(0)); return {}; }));
        out.promotions.push_back(std::move(row));
    }
    return out;
}

Result<SavedPromotion> stop(Context& context, PromotionId const& in) {
    auto& tx = context.tx();
    if (!TRY(find_promotion(tx, in.promotion_id))) return promotion_not_found(in.promotion_id);
    TRY(tx.execute("UPDATE promotions SET stopped_at_ms = COALESCE(stopped_at_ms, ?), updated_at_ms = ? WHERE shop_id = ? AND promotion_id = ?", context.now, context.now, tx.shop_id(), in.promotion_id));
    tx.changed("promotion", in.promotion_id);
    return SavedPromotion{in.promotion_id, PromotionState::stopped};
}

Result<BasketQuote> ask_quote(Context& context, AskQuote const& in) {
    auto& tx = context.tx();
    auto const staff = context.caller.may("promotions.read");
    if (!staff && (!in.drafts.empty() || !in.customer_id.empty() || in.at_ms)) return fail(Errc::permission_denied, "not_permitted", "Drafts, other people and other moments are for staff.");
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < in.drafts.size(); ++i)
        for (auto& e : wrong_fields(in.drafts[i], fmt::format("/drafts/{}", i))) errors.push_back(std::move(e));
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "A draft is not complete.", std::move(errors));
    Ask ask{.lines = {}, .codes = normal_codes(in.codes), .customer_id = in.customer_id.empty() ? context.caller.customer_id : in.customer_id, .at = in.at_ms.value_or(context.now), .with_more = true, .drafts = in.drafts};
    auto wanted_lines = in.lines;
    if (!in.basket_id.empty()) {
        if (!wanted_lines.empty()) return fail(Errc::invalid_argument, "invalid_request", "Give a basket or lines, not both.", {{"/lines", "not_with_basket", "must be left out when basket_id is given"}});
        wanted_lines = TRY((tx.select<WantedLine>("SELECT l.sku, l.quantity FROM basket_lines l JOIN baskets b ON b.shop_id = l.shop_id AND b.basket_id = l.basket_id WHERE l.shop_id = ? AND l.basket_id = ? AND b.status = 'open' ORDER BY l.added_at_ms, l.sku", tx.shop_id(), in.basket_id)));
        auto codes = TRY(basket_codes(tx, in.basket_id));
        codes.insert(codes.end(), ask.codes.begin(), ask.codes.end());
        ask.codes = normal_codes(codes);
    }
    std::int64_t subtotal = 0;
    for (std::size_t i = 0; i < wanted_lines.size(); ++i) {
        auto const found = TRY(find_variant(tx, wanted_lines[i].sku));
        if (!found || found->first.status != ProductStatus::active) {
            if (!in.basket_id.empty()) continue;  // taken off sale since: it cannot be ordered
            return fail(Errc::not_found, "sku_not_found", fmt::format("There is no SKU \"{}\" on sale.", wanted_lines[i].sku), {{fmt::format("/lines/{}/sku", i), "sku_not_found", "is not on sale"}});
        }
        ask.lines.push_back(wanted(found->first, found->second, wanted_lines[i].quantity, found->second.price_minor));
        subtotal += wanted_lines[i].quantity * found->second.price_minor;
    }
    if (!ask.lines.empty()) ask.shipping_minor = TRY(usual_shipping(tx, subtotal));
    return quote(tx, ask);
}

Result<PromotionOffers> offers(Context& context, AskOffers const& in) {
    auto& tx = context.tx();
    auto all = TRY(advertised(tx, context.now));
    if (in.product_id.empty() || all.empty()) return PromotionOffers{std::move(all)};
    auto const products = TRY(load_products(tx, std::span(&in.product_id, 1)));
    if (products.empty()) return PromotionOffers{};
    auto const& product = products.front();
    auto const line = wanted(product, product.variants.empty() ? Variant{} : product.variants.front(), 1, 0);
    auto const tree = TRY(Tree::of(tx));
    std::erase_if(all, [&](Promotion const& p) {
        if (p.kind == PromotionKind::set_price) return std::ranges::none_of(p.parts, [&](SetPart const& part) { return counts(part.goods, line, tree); });
        return !counts(p.goods, line, tree) && !(p.reward && counts(*p.reward, line, tree));
    });
    return PromotionOffers{std::move(all)};
}

}  // namespace

std::vector<Operation> operations() {
    return {
        operation({.name = "promotions.save", .scenario = "23", .summary = {"Make or replace a promotion: money or a percentage off, thresholds, buy and get, set prices, free shipping; by itself or by codes.", "新建或替换优惠：满减、折扣、买赠、组合价、包邮；自动生效或凭优惠码。"}, .effect = Effect::act, .permission = "promotions.write"}, &save_promotion),
        operation({.name = "promotions.list", .scenario = "23", .summary = {"Promotions with their state and how often they were used.", "优惠列表、状态与使用次数。"}, .permission = "promotions.read"}, &list),
        operation({.name = "promotions.stop", .scenario = "23", .summary = {"Stop a promotion; what was promised in open checkouts stays promised. Saving it again starts it.", "停止优惠；未过期结账已承诺的优惠仍有效。再次保存即恢复。"}, .effect = Effect::act, .permission = "promotions.write", .reasons = {"promotion_not_found"}}, &stop),
        operation({.name = "promotions.quote", .scenario = "23", .summary = {"What a basket comes to with the best legal choice of promotions, why a code does not count, and what is missing to more.", "按最优合法组合计算购物车应付额，说明优惠码未生效的原因，以及离更多优惠还差多少。"}, .permission = "public", .reasons = {"sku_not_found"}}, &ask_quote),
        operation({.name = "promotions.offers", .scenario = "23", .summary = {"Promotions that run now and may be told to shoppers, of a product or of the whole shop.", "当前可告知购物者的优惠（某商品或全店）。"}, .permission = "public"}, &offers),
        operation({.name = "promotions.report", .scenario = "23", .summary = {"What promotions took off, and what was paid for the orders they counted for.", "各优惠的让利额与相关订单实付额。"}, .permission = "promotions.read"}, &report),
        operation({.name = "customers.save_group", .scenario = "23", .summary = {"Name a group of customers, for promotions that are for them alone.", "设置顾客群，用于专属优惠。"}, .effect = Effect::act, .permission = "customers.write"}, &save_group),
        operation({.name = "customers.list_groups", .scenario = "23", .summary = {"Groups of customers and how many belong to each.", "顾客群及其人数。"}, .permission = "customers.read"}, &list_groups),
    };
}

}  // namespace kindling::shop::promotions
