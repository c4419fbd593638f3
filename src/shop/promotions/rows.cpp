#include "shop/promotions/rows.h"
#include "core/json_text.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::shop::promotions {

namespace {

constexpr std::string_view columns = "p.rule, p.automatic, p.starts_at_ms, p.ends_at_ms, p.stopped_at_ms, p.uses";

Result<Kept> kept(Row const& row) {
    Kept out{.promotion = TRY(read_json<Promotion>(TRY(parse_json(row.text(0))))), .starts_at_ms = row.integer(2), .uses = row.integer(5)};
    out.automatic = row.integer(1) != 0;
    if (!row.is_null(3)) out.ends_at_ms = row.integer(3);
    if (!row.is_null(4)) out.stopped_at_ms = row.integer(4);
    return out;
}

Result<std::vector<Kept>> select(Transaction& tx, std::string const& where, std::vector<Value> const& values) {
    std::vector<Kept> out;
    TRY(tx.run(fmt::format("SELECT {} FROM promotions p WHERE p.shop_id = ? {}", columns, where), values, [&](Row const& row) -> Result<void> { out.push_back(TRY(kept(row))); return {}; }));
    return out;
}

}  // namespace

PromotionState Kept::state(Milliseconds at) const {
    if (stopped_at_ms) return PromotionState::stopped;
    if (ends_at_ms && at >= *ends_at_ms) return PromotionState::ended;
    if (promotion.most_uses > 0 && uses >= promotion.most_uses) return PromotionState::used_up;
    return at < starts_at_ms ? PromotionState::planned : PromotionState::running;
}

Result<std::optional<Kept>> find_promotion(Transaction& tx, std::string_view id) {
    auto found = TRY(select(tx, "AND p.promotion_id = ?", {tx.shop_id(), id}));
    if (found.empty()) return std::optional<Kept>();
    return std::optional(std::move(found.front()));
}

Result<std::vector<Kept>> automatic_promotions(Transaction& tx, Milliseconds at) {
    return select(tx, "AND p.automatic = 1 AND p.stopped_at_ms IS NULL AND p.starts_at_ms <= ? AND (p.ends_at_ms IS NULL OR p.ends_at_ms > ?) ORDER BY p.promotion_id", {tx.shop_id(), at, at});
}

Result<std::vector<Kept>> promotions_of_codes(Transaction& tx, std::span<std::string const> codes) {
    std::vector<Kept> out;
    for (auto const& code : codes) {
        Value const values[] = {tx.shop_id(), code};
        TRY(tx.run(fmt::format("SELECT {}, c.uses FROM promotion_codes c JOIN promotions p ON p.shop_id = c.shop_id AND p.promotion_id = c.promotion_id WHERE c.shop_id = ? AND c.code = ?", columns), values, [&](Row const& row) -> Result<void> {
            auto one = TRY(kept(row));
            one.code = code, one.code_uses = row.integer(6);
            out.push_back(std::move(one));
            return {};
        }));
    }
    return out;
}

Result<std::vector<Kept>> all_promotions(Transaction& tx) { return select(tx, "ORDER BY p.created_at_ms DESC, p.promotion_id", {tx.shop_id()}); }

Result<Tree> Tree::of(Transaction& tx) {
    Tree tree;
    Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT category_id, parent_id FROM categories WHERE shop_id = ? ORDER BY category_id", values, [&](Row const& row) -> Result<void> { tree.parent_.emplace_back(row.text(0), row.text(1)); return {}; }));
    std::ranges::sort(tree.parent_);  // in bytes, whatever the database's collation
    return tree;
}

bool Tree::within(std::string_view category, std::string_view above) const {
    for (int depth = 0; depth < 32 && !category.empty(); ++depth) {
        if (category == above) return true;
        auto const i = std::ranges::lower_bound(parent_, category, {}, [](auto const& p) { return std::string_view(p.first); });
        if (i == parent_.end() || i->first != category) return false;
        category = i->second;
    }
    return false;
}

bool counts(Goods const& goods, Wanted const& line, Tree const& tree) {
    auto const names = [](std::vector<std::string> const& list, std::string const& one) { return !one.empty() && std::ranges::find(list, one) != list.end(); };
    if (names(goods.except_product_ids, line.product_id)) return false;
    if (goods.product_ids.empty() && goods.category_ids.empty() && goods.brands.empty()) return true;
    return names(goods.product_ids, line.product_id) || names(goods.brands, line.brand) || names(goods.brands, line.brand_zh) || std::ranges::any_of(goods.category_ids, [&](auto const& c) { return tree.within(line.category_id, c); });
}

}  // namespace kindling::shop::promotions
