// What the guide knows of promotions (the shop's own computation, on the shopper's basket) and of the owner's rules of lists.
#include "modules/dialogue/nudge.h"
#include "modules/dialogue/sql.h"
#include "shop/catalogue/api.h"
#include "shop/checkout/api.h"
#include "shop/orders/api.h"
#include "shop/orders/quoted.h"
#include "shop/people/people.h"
#include "shop/promotions/api.h"
#include <algorithm>

namespace kindling::dialogue::sql {

namespace {

namespace shop_promotions = shop::promotions;

class StoredPromotions final : public Promotions {
public:
    explicit StoredPromotions(Context& context) : context_(context) {}

    Result<Told> running(std::string const& basket_id) override {
        Told out;
        for (auto& p : TRY(shop_promotions::advertised(context_.tx(), context_.now))) {
            // What is for some people alone is told to them by their basket, not to everybody.
            if (p.customer_groups.empty()) out.offers.push_back({{p.title_en, p.title_zh}, p.codes.empty() ? "" : p.codes.front()});
        }
        out.most_offers = TRY(shop::read_number_setting(context_.tx(), "guide_offers_per_talk"));
        auto const policy = TRY(UnaskedPolicy::read(context_));
        if (!policy.may_speak(context_.now)) out.most_offers = 0;
        auto ask = TRY(ask_of(basket_id));
        if (ask.lines.empty()) {
            // Of an empty basket the lowest threshold that counts by itself and for everything is what is missing.
            for (auto const& p : TRY(shop_promotions::advertised(context_.tx(), context_.now)))
                if (p.customer_groups.empty() && p.codes.empty() && !p.first_order && p.kind == shop_promotions::PromotionKind::amount_off && p.goods.everything() && p.minimum_units == 0 && p.threshold_minor > 0) out.more.push_back({p.promotion_id, {p.title_en, p.title_zh}, p.threshold_minor, 0, p.off_minor});
            std::ranges::stable_sort(out.more, {}, [](auto const& m) { return m.missing_minor; });
            return out;
        }
        ask.with_more = true;
        auto const quote = TRY(shop_promotions::quote(context_.tx(), ask));
        out.discount_minor = quote.discount_minor, out.goods_total_minor = quote.subtotal_minor - quote.discount_minor;
        for (auto const& m : quote.more) out.more.push_back({m.promotion_id, {m.title_en, m.title_zh}, m.missing_minor, m.missing_units, m.gain_minor, policy.was_said("basket_near", m.promotion_id)});
        return out;
    }

    Result<void> said_unasked(std::string const& promotion_id) override {
        TRY(UnaskedPolicy::note(context_, "basket_near", promotion_id, "in_talk"));
        return {};
    }

    Result<std::optional<Priced>> price(std::span<Basket::Line const> lines, std::span<std::string const> codes) override {
        auto& tx = context_.tx();
        shop_promotions::Ask ask{.lines = {}, .codes = shop_promotions::normal_codes(codes), .customer_id = context_.caller.customer_id, .at = context_.now};
        std::int64_t goods = 0;
        for (auto const& line : lines) {
            auto const found = TRY(shop::find_variant(tx, line.sku));
            if (!found) return std::optional<Priced>();
            ask.lines.push_back(shop_promotions::wanted(found->first, found->second, line.quantity, found->second.price_minor));
            goods += line.quantity * found->second.price_minor;
        }
        ask.shipping_minor = TRY(shop::usual_shipping(tx, goods));
        // Whether it is their first order is not known of somebody who has not signed in: priced as if it were, and said to be so.
        bool first_order_only = false;
        if (ask.customer_id.empty() && !ask.codes.empty())
            for (auto const& p : TRY(shop_promotions::advertised(tx, context_.now)))
                if (p.first_order && p.customer_groups.empty() && std::ranges::any_of(shop_promotions::normal_codes(p.codes), [&](std::string const& code) { return std::ranges::find(ask.codes, code) != ask.codes.end(); })) ask.drafts.push_back(p), first_order_only = true;
        auto const quote = TRY(shop_promotions::quote(tx, ask));
        auto out = priced(quote);
        out.first_order_only = first_order_only;
        if (!quote.codes.empty()) out.code_told = Label{quote.codes.front().message_en, quote.codes.front().message_zh};
        return std::optional(std::move(out));
    }

    Result<std::optional<Entered>> enter(std::string const& basket_id, std::string const& code, bool keep) override {
        auto& tx = context_.tx();
        auto ask = TRY(ask_of(basket_id));
        auto const wanted = shop_promotions::normal_codes(std::span(&code, 1));
        if (wanted.empty()) return std::optional<Entered>();
        ask.codes.push_back(wanted.front());
        ask.codes = shop_promotions::normal_codes(ask.codes);
        std::int64_t goods = 0;
        for (auto const& l : ask.lines) goods += l.quantity * l.unit_price_minor;
        if (!ask.lines.empty()) ask.shipping_minor = TRY(shop::usual_shipping(tx, goods));
        auto const quote = TRY(shop_promotions::quote(tx, ask));
        auto const told = std::ranges::find(quote.codes, wanted.front(), &shop_promotions::CodeTold::code);
        if (told == quote.codes.end()) return std::optional<Entered>();
        using enum shop_promotions::CodeState;
        bool const may_count = told->state == applied || told->state == sign_in_needed || told->state == not_met || told->state == not_combined;
        if (keep && may_count && !ask.lines.empty()) TRY(shop::keep_basket_codes(context_, basket_id, ask.codes));
        return std::optional(Entered{told->state == applied, told->state != unknown, {told->message_en, told->message_zh}, priced(quote)});
    }

    Result<std::vector<AddOn>> add_ons(std::string const& basket_id, std::string const& promotion_id, std::span<std::string const> skus) override {
        std::vector<AddOn> out;
        auto& tx = context_.tx();
        auto const ask = TRY(ask_of(basket_id));
        auto const now = TRY(shop_promotions::quote(tx, ask));
        auto const all = TRY(shop_promotions::advertised(tx, context_.now));
        auto const promotion = std::ranges::find(all, promotion_id, &shop_promotions::Promotion::promotion_id);
        // What this one takes off: a dress that another promotion reduces does not reach the threshold by that.
        auto const of_it = [&](shop_promotions::BasketQuote const& quote) {
            std::int64_t sum = 0;
            for (auto const& d : quote.discounts)
                if (d.promotion_id == promotion_id) sum += d.amount_minor;
            return sum;
        };
        for (auto const& sku : skus) {
            if (out.size() >= 12) break;  // enough to choose among; each costs a computation
            if (std::ranges::any_of(ask.lines, [&](auto const& l) { return l.sku == sku; })) continue;
            auto const found = TRY(shop::find_variant(tx, sku));
            if (!found || (promotion != all.end() && promotion->kind != shop_promotions::PromotionKind::set_price && !TRY(shop_promotions::counts_for(tx, promotion->goods, found->first)))) continue;
            auto with = ask;
            with.lines.push_back(shop_promotions::wanted(found->first, found->second, 1, found->second.price_minor));
            auto const then = TRY(shop_promotions::quote(tx, with));
            if (of_it(then) > of_it(now)) out.push_back({sku, then.subtotal_minor - then.discount_minor});
        }
        std::ranges::stable_sort(out, {}, &AddOn::goods_total_minor);
        return out;
    }

private:
    static Priced priced(shop_promotions::BasketQuote const& q) { return {q.subtotal_minor, q.discount_minor, q.shipping_minor - q.shipping_discount_minor, q.total_minor}; }
    Result<shop_promotions::Ask> ask_of(std::string const& basket_id) {
        auto& tx = context_.tx();
        shop_promotions::Ask ask{.lines = {}, .codes = {}, .customer_id = context_.caller.customer_id, .at = context_.now};
        if (basket_id.empty()) return ask;
        shop::Value const values[] = {tx.shop_id(), basket_id};
        TRY(tx.run("SELECT codes FROM baskets WHERE shop_id = ? AND basket_id = ? AND status = 'open'", values, [&](shop::Row const& row) -> Result<void> { ask.codes = shop_promotions::split_codes(row.text(0)); return {}; }));
        for (auto const& l : TRY((tx.select<shop::WantedLine>("SELECT l.sku, l.quantity FROM basket_lines l JOIN baskets b ON b.shop_id = l.shop_id AND b.basket_id = l.basket_id WHERE l.shop_id = ? AND l.basket_id = ? AND b.status = 'open' ORDER BY l.added_at_ms, l.sku", tx.shop_id(), basket_id))))
            if (auto const found = TRY(shop::find_variant(tx, l.sku))) ask.lines.push_back(shop_promotions::wanted(found->first, found->second, l.quantity, found->second.price_minor));
        return ask;
    }
    Context& context_;
};

class StoredMerchandising final : public Merchandising {
public:
    explicit StoredMerchandising(Context& context) : context_(context) {}
    Result<merchandising::Arrangement> rules(std::string const& category_id, std::vector<std::string> said) override {
        return merchandising::arrangement(context_.tx(), {.place = merchandising::Place::guide, .query = {}, .category_id = category_id, .session_id = context_.caller.session_id, .now = context_.now, .said = std::move(said)});
    }

private:
    Context& context_;
};

}  // namespace

std::unique_ptr<Promotions> promotions(Context& context) { return std::make_unique<StoredPromotions>(context); }
std::unique_ptr<Merchandising> merchandising_rules(Context& context) { return std::make_unique<StoredMerchandising>(context); }

}  // namespace kindling::dialogue::sql
