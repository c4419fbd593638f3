// Codes as shoppers write them, and the count of uses: taken in the transaction that places an order, given back when it is cancelled.
#include "shop/promotions/rows.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop::promotions {

std::vector<std::string> normal_codes(std::span<std::string const> codes) {
    std::vector<std::string> out;
    for (auto const& code : codes) {
        std::string normal;
        for (char c : code)
            if (c >= 'a' && c <= 'z') normal += static_cast<char>(c - 'a' + 'A');
            else if (c != ' ' && c != '\t' && c != ',') normal += c;  // a comma parts codes where they are kept
        if (normal.size() > 64) normal.resize(0);
        if (!normal.empty() && std::ranges::find(out, normal) == out.end() && out.size() < 10) out.push_back(std::move(normal));
    }
    return out;
}

std::string joined_codes(std::span<std::string const> codes) { return fmt::format("{}", fmt::join(codes, ",")); }

std::vector<std::string> split_codes(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        auto const comma = std::min(text.find(','), text.size());
        if (comma > 0) out.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return out;
}

namespace {

std::unexpected<Error> used_up(Discount const& d) {
    return fail(Errc::failed_precondition, "promotion_used_up", d.code.empty() ? fmt::format("\"{}\" is used up by now.", d.title_en.empty() ? d.title_zh : d.title_en) : fmt::format("The code {} is used up by now.", d.code), {{"/codes", "promotion_used_up", d.code.empty() ? d.promotion_id : d.code}});
}

Result<bool> customer_has_use(Transaction& tx, Promotion const& p, std::string const& customer) {
    if (p.most_uses_per_customer <= 0) return true;
    return !customer.empty() && TRY(tx.integer("SELECT COUNT(*) FROM promotion_uses WHERE shop_id = ? AND customer_id = ? AND promotion_id = ? AND given_back = 0", tx.shop_id(), customer, p.promotion_id)) < p.most_uses_per_customer;
}

}  // namespace

Result<bool> uses_left(Transaction& tx, std::string const& customer_id, std::span<Discount const> discounts) {
    for (auto const& d : discounts) {
        std::optional<Kept> k;
        if (d.code.empty()) k = TRY(find_promotion(tx, d.promotion_id));
        else if (auto found = TRY(promotions_of_codes(tx, std::span(&d.code, 1))); !found.empty()) k = std::move(found.front());
        if (!k || k->promotion.promotion_id != d.promotion_id || k->used_up() || !TRY(customer_has_use(tx, k->promotion, customer_id))) return false;
        if (k->promotion.first_order && TRY(tx.integer("SELECT COUNT(*) FROM orders WHERE shop_id = ? AND customer_id = ? AND status <> 'cancelled'", tx.shop_id(), customer_id)) > 0) return false;
    }
    return true;
}

Result<void> count_uses(Context& context, std::string const& order_id, std::string const& customer_id, std::span<Discount const> discounts) {
    auto& tx = context.tx();
    auto const shop = tx.shop_id();
    for (auto const& d : discounts) {
        auto const k = TRY(find_promotion(tx, d.promotion_id));
        if (!k || !TRY(customer_has_use(tx, k->promotion, customer_id))) return used_up(d);
        if (TRY(tx.execute("UPDATE promotions SET uses = uses + 1 WHERE shop_id = ? AND promotion_id = ? AND (most_uses = 0 OR uses < most_uses)", shop, d.promotion_id)) == 0) return used_up(d);
        auto const most = k->promotion.most_uses_per_code;
        if (!d.code.empty() && TRY(tx.execute("UPDATE promotion_codes SET uses = uses + 1 WHERE shop_id = ? AND code = ? AND (? = 0 OR uses < ?)", shop, d.code, most, most)) == 0) return used_up(d);
        TRY(tx.execute("INSERT INTO promotion_uses (shop_id, order_id, promotion_id, code, customer_id, amount_minor, at_ms) VALUES (?,?,?,?,?,?,?)", shop, order_id, d.promotion_id, d.code, customer_id, d.amount_minor, context.now));
    }
    return {};
}

Result<void> give_back_uses(Context& context, std::string const& order_id) {
    auto& tx = context.tx();
    std::vector<std::pair<std::string, std::string>> uses;
    Value const values[] = {tx.shop_id(), order_id};
    TRY(tx.run("SELECT promotion_id, code FROM promotion_uses WHERE shop_id = ? AND order_id = ? AND given_back = 0", values, [&](Row const& row) -> Result<void> { uses.emplace_back(row.text(0), row.text(1)); return {}; }));
    for (auto const& [promotion, code] : uses) {
        TRY(tx.execute("UPDATE promotions SET uses = uses - 1 WHERE shop_id = ? AND promotion_id = ? AND uses > 0", tx.shop_id(), promotion));
        if (!code.empty()) TRY(tx.execute("UPDATE promotion_codes SET uses = uses - 1 WHERE shop_id = ? AND code = ? AND uses > 0", tx.shop_id(), code));
    }
    TRY(tx.execute("UPDATE promotion_uses SET given_back = 1 WHERE shop_id = ? AND order_id = ?", tx.shop_id(), order_id));
    return {};
}

}  // namespace kindling::shop::promotions
