#include "modules/supply/by_hand.h"
#include "core/id.h"
#include "core/json_codec.h"
#include "core/json_text.h"
#include "modules/supply/sql.h"
#include "shop/catalogue/operations.h"
#include <algorithm>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <cmath>
#include <fmt/format.h>

namespace kindling::supply_module {

namespace {

using shop::Row, shop::Transaction, shop::Value;

constexpr std::int64_t longest_days = 366, least_bound = 1000, most_by_hand = 1'000'000;

struct Kept {
    LevelByHand told;
    std::vector<FollowedLevels> followed;
    bool counts(std::int64_t today) const { return !told.ended_day && today <= told.last_day; }
};

Result<std::vector<Kept>> read_levels(Transaction& tx, std::string const& more, std::vector<Value> values, std::int64_t today) {
    values.insert(values.begin(), Value(tx.shop_id()));
    std::vector<Kept> out;
    TRY(tx.run("SELECT h.level_id, h.sku, h.place_id, h.reorder_level, h.order_up_to, h.fill_rate, h.first_day, h.last_day, h.reason, h.made_at_ms, h.made_by, h.ended_day, h.followed, h.score, COALESCE(p.title_en, ''), COALESCE(p.title_zh, ''), COALESCE(u.name, k.name, ''), h.policy, h.order_quantity, h.service FROM supply_levels_by_hand h LEFT JOIN users u ON u.user_id = h.made_by LEFT JOIN api_keys k ON k.shop_id = h.shop_id AND k.key_id = h.made_by LEFT JOIN variants v ON v.shop_id = h.shop_id AND v.sku = h.sku LEFT JOIN products p ON p.shop_id = v.shop_id AND p.product_id = v.product_id WHERE h.shop_id = ?" + more, values, [&](Row const& row) -> Result<void> {
        auto& k = out.emplace_back();
        auto& l = k.told;
        l.level_id = row.text(0), l.sku = row.text(1), l.place_id = row.text(2), l.first_day = row.integer(6), l.last_day = row.integer(7), l.reason = row.text(8), l.made_at_ms = row.integer(9), l.made_by = row.text(10), l.title_en = row.text(14), l.title_zh = row.text(15), l.made_by_name = row.text(16);
        if (!row.is_null(3)) l.reorder_level = row.integer(3);
        if (!row.is_null(4)) l.order_up_to = row.integer(4);
        if (!row.is_null(5)) l.fill_rate = row.number(5);
        if (!row.is_null(11)) l.ended_day = row.integer(11);
        if (!boost::describe::enum_from_string(std::string(row.text(17)).c_str(), l.policy)) return fail(Errc::internal, "bad_policy", "A level set by hand names no policy.");
        if (!row.is_null(18)) l.order_quantity = row.integer(18);
        if (!row.is_null(19)) {
            if (!boost::describe::enum_from_string(std::string(row.text(19)).c_str(), l.service.emplace())) return fail(Errc::internal, "bad_service", "A level set by hand names no kind of promise.");
        }
        if (!row.text(12).empty()) k.followed = TRY(read_json<std::vector<FollowedLevels>>(TRY(parse_json(row.text(12)))));
        if (!row.text(13).empty()) l.score = TRY(read_json<LevelScore>(TRY(parse_json(row.text(13)))));
        l.state = l.ended_day ? HandState::ended : k.counts(today) ? HandState::counts : HandState::over;
        if (!k.followed.empty()) {
            auto const& f = k.followed.back();
            l.followed_reorder_level = f.reorder_level, l.followed_order_up_to = f.order_up_to, l.plan_reorder_level = f.plan_reorder_level, l.plan_order_up_to = f.plan_order_up_to;
        }
        return {};
    }));
    return out;
}

// The plan's own day: of a shop whose records ended, the day after their end.
Result<std::int64_t> plan_day(Transaction& tx) {
    auto const outline = TRY(kept_outline(tx));
    return outline ? outline->today : 0;
}

Result<LevelByHand> one(Transaction& tx, std::string const& id, std::int64_t today) {
    auto found = TRY(read_levels(tx, " AND h.level_id = ?", {id}, today));
    if (found.empty()) return fail(Errc::not_found, "level_not_found", "There is no such level set by hand.", {{"/level_id", "level_not_found", "is not a level that was set in this shop"}});
    return std::move(found[0].told);
}

Result<void> end(Context& context, std::string const& id, std::int64_t today) {
    auto& tx = context.tx();
    TRY(tx.execute("UPDATE supply_levels_by_hand SET ended_at_ms = ?, ended_day = ?, ended_by = ? WHERE shop_id = ? AND level_id = ?", context.now, today, context.caller.id, tx.shop_id(), id));
    tx.changed("supply_level", id);
    return {};
}

// What of a policy and its numbers does not go together.
Result<std::vector<FieldError>> wrong_with(Transaction& tx, SetLevel const& in, std::vector<StockItem> const& items) {
    std::vector<FieldError> errors;
    auto const levels = in.reorder_level || in.order_up_to;
    auto const none = [&](bool given, char const* field, char const* why) { if (given) errors.push_back({field, "not_with_policy", why}); };
    if (in.policy != OrderPolicy::fixed_quantity && in.policy != OrderPolicy::reorder_point) none(in.order_quantity.has_value(), "/order_quantity", "goes with fixed_quantity and reorder_point only");
    if (in.fill_rate && (levels || in.policy == OrderPolicy::season)) errors.push_back({"/fill_rate", "not_with_levels", in.policy == OrderPolicy::season ? "a season weighs what is missing against what is left, and promises nothing" : "cannot be promised beside levels: they decide what is served"});
    if (in.service && (levels || in.policy == OrderPolicy::season)) errors.push_back({"/service", "not_with_levels", "says what a promise is of: levels decide what is served, and a season promises nothing"});
    switch (in.policy) {
    case OrderPolicy::by_cost:
        if (!levels && !in.fill_rate && !in.service) errors.push_back({"/order_up_to", "required", "set levels, a fill_rate, a service or a policy"});
        break;
    case OrderPolicy::order_up_to:
        none(in.reorder_level.has_value(), "/reorder_level", "order_up_to orders on every order day");
        if (in.order_up_to && *in.order_up_to < 1) errors.push_back({"/order_up_to", "out_of_range", "must be at least 1"});
        break;
    case OrderPolicy::min_max:
        if (in.reorder_level.has_value() != in.order_up_to.has_value()) errors.push_back({in.reorder_level ? "/order_up_to" : "/reorder_level", "required", "min_max takes both levels or neither"});
        break;
    case OrderPolicy::fixed_quantity:
    case OrderPolicy::reorder_point: none(in.order_up_to.has_value(), "/order_up_to", "a fixed quantity is ordered; set order_quantity"); break;
    case OrderPolicy::season: none(in.reorder_level.has_value(), "/reorder_level", "the season's own change from week to week"), none(in.order_up_to.has_value(), "/order_up_to", "the season's own change from week to week"); break;
    }
    if (in.policy == OrderPolicy::reorder_point && errors.empty()) {
        auto const outline = TRY(kept_outline(tx));
        auto const at = std::ranges::find(items, in.place_id, &StockItem::place_id);
        auto const supplier = std::ranges::find(outline->suppliers, at->supplier_id, &SupplierLead::supplier_id);
        if (supplier != outline->suppliers.end() && !supplier->order_weekdays.empty()) errors.push_back({"/policy", "order_days", fmt::format("{} is ordered from on certain days of the week; fixed_quantity keeps to them", supplier->name)});
    }
    return errors;
}

Result<LevelByHand> set(Context& context, SetLevel const& in) {
    auto& tx = context.tx();
    auto const today = TRY(plan_day(tx));
    auto const items = TRY(kept_items_of(tx, in.sku));
    if (items.empty()) return fail(Errc::not_found, "not_in_plan", fmt::format("The plan of stock does not have {}: supply.plan makes one.", in.sku), {{"/sku", "not_in_plan", "is not in the plan of stock"}});
    if (std::ranges::find(items, in.place_id, &StockItem::place_id) == items.end()) return fail(Errc::not_found, "not_in_plan", fmt::format("The plan of stock does not have {} at {}.", in.sku, in.place_id), {{"/place_id", "not_in_plan", "does not have it in the plan"}});
    auto errors = TRY(wrong_with(tx, in, items));
    if (in.reorder_level && in.order_up_to && *in.order_up_to <= *in.reorder_level) errors.push_back({"/order_up_to", "out_of_range", "must be above reorder_level"});
    // A slip of the finger is no level: at most two years of sales, ten times what the plan keeps, or a thousand.
    auto const& item = *std::ranges::find(items, in.place_id, &StockItem::place_id);
    auto const most = std::min(most_by_hand, std::max<std::int64_t>({least_bound, std::llround(730 * item.daily_mean), 10 * item.order_up_to}));
    for (auto const& [field, value] : {std::pair("/reorder_level", in.reorder_level), std::pair("/order_up_to", in.order_up_to), std::pair("/order_quantity", in.order_quantity)})
        if (value && *value > most) errors.push_back({std::string(field), "out_of_range", fmt::format("must be at most {}: that is two years of its sales, ten times what the plan keeps, or {}", most, least_bound)});
    if (in.last_day < today || in.last_day > today + longest_days) errors.push_back({"/last_day", "out_of_range", fmt::format("must be from {} to {} ({} to {})", today, today + longest_days, format_date(static_cast<Day>(today)), format_date(static_cast<Day>(today + longest_days)))});
    if (in.reason.find_first_not_of(" \t\n") == std::string::npos) errors.push_back({"/reason", "required", "say why, for whoever looks at it later"});
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "These levels cannot be set.", std::move(errors));
    for (auto const& before : TRY(read_levels(tx, " AND h.sku = ? AND h.place_id = ? AND h.ended_day IS NULL", {in.sku, in.place_id}, today)))
        if (before.counts(today)) TRY(end(context, before.told.level_id, today));
    auto const id = new_id("slv");
    TRY(tx.execute("INSERT INTO supply_levels_by_hand (shop_id, level_id, sku, place_id, reorder_level, order_up_to, fill_rate, first_day, last_day, reason, made_at_ms, made_by, policy, order_quantity, service) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), id, in.sku, in.place_id, in.reorder_level, in.order_up_to, in.fill_rate, today, in.last_day, in.reason, context.now, context.caller.id, boost::describe::enum_to_string(in.policy, ""), in.order_quantity, in.service ? std::optional<std::string>(boost::describe::enum_to_string(*in.service, "")) : std::nullopt));
    tx.changed("supply_level", id);
    return one(tx, id, today);
}

Result<LevelByHand> end_level(Context& context, EndLevel const& in) {
    auto& tx = context.tx();
    auto const today = TRY(plan_day(tx));
    auto const found = TRY(one(tx, in.level_id, today));
    if (found.state != HandState::counts) return fail(Errc::failed_precondition, "level_over", "This level does not count any more.", {{"/level_id", "level_over", found.state == HandState::over ? "its days are over" : "was ended already"}});
    TRY(end(context, in.level_id, today));
    return one(tx, in.level_id, today);
}

Result<LevelsByHand> list_levels(Context& context, AskLevels const& in) {
    auto& tx = context.tx();
    LevelsByHand out;
    out.currency = TRY(shop::shop_currency(tx));
    std::string where;
    std::vector<Value> values;
    if (!in.sku.empty()) where += " AND h.sku = ?", values.emplace_back(in.sku);
    if (!in.place_id.empty()) where += " AND h.place_id = ?", values.emplace_back(in.place_id);
    for (auto& k : TRY(read_levels(tx, where + " ORDER BY h.made_at_ms DESC, h.level_id DESC LIMIT 500", std::move(values), TRY(plan_day(tx))))) {
        if (auto const& s = k.told.score) ++out.scored, out.helped += s->helped_minor > 0, out.helped_minor += s->helped_minor;
        out.levels.push_back(std::move(k.told));
    }
    return out;
}

}  // namespace

Result<std::vector<HandSpan>> hand_spans(Transaction& tx, ShopStock const& stock, Day from, Day until) {
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> row;
    for (std::size_t i = 0; i < stock.stored.size(); ++i) row.emplace(std::pair(std::string_view(stock.goods[stock.stored[i].good].sku), std::string_view(stock.places[stock.stored[i].place].place_id)), i);
    std::vector<HandSpan> out;
    for (auto const& k : TRY(read_levels(tx, " AND h.first_day < ? AND COALESCE(h.ended_day, h.last_day + 1) > ? ORDER BY h.made_at_ms, h.level_id", {static_cast<std::int64_t>(until), static_cast<std::int64_t>(from)}, stock.today))) {
        auto const& t = k.told;
        auto const at = row.find({t.sku, t.place_id});
        if (at != row.end()) out.push_back({at->second, static_cast<Day>(t.first_day), static_cast<Day>(t.ended_day.value_or(t.last_day + 1)), {.level_id = t.level_id, .reorder_level = t.reorder_level, .order_up_to = t.order_up_to, .fill_rate = t.fill_rate, .quantity = t.order_quantity, .last_day = static_cast<Day>(t.last_day), .policy = t.policy, .service = t.service}});
    }
    return out;
}

Result<std::map<std::size_t, HandLevel>> hand_levels(Transaction& tx, ShopStock const& stock) {
    std::map<std::size_t, HandLevel> out;
    for (auto& span : TRY(hand_spans(tx, stock, stock.today, stock.today + 1))) out.insert_or_assign(span.stored, std::move(span.level));
    return out;
}

Result<void> keep_followed(Context& context, ShopStock const& stock, Levels const& levels) {
    auto& tx = context.tx();
    for (auto& k : TRY(read_levels(tx, "", {}, stock.today))) {
        auto const stored = std::ranges::find_if(stock.stored, [&](Stored const& s) { return stock.goods[s.good].sku == k.told.sku && stock.places[s.place].place_id == k.told.place_id; });
        if (stored == stock.stored.end() || (k.told.score && k.told.score->final)) continue;
        auto const i = static_cast<std::size_t>(stored - stock.stored.begin());
        auto const& l = levels.of[i];
        if (k.counts(stock.today) && l.own) {
            std::erase_if(k.followed, [&](FollowedLevels const& f) { return f.day >= stock.today; });  // a second plan of this day, or of a shop whose newest orders were taken out
            auto const at_a_time = [](inventory::ReviewPolicy const& p) { return p.kind == inventory::ReviewKind::lots ? std::llround(p.quantity) : 0LL; };
            k.followed.push_back({stock.today, std::llround(l.policy.reorder_level), std::llround(l.policy.order_up_to), std::llround(l.own->reorder_level), std::llround(l.own->order_up_to), at_a_time(l.policy), at_a_time(*l.own), l.every_day});
        }
        auto const last = k.told.ended_day ? *k.told.ended_day : k.told.last_day + 1;
        auto score = k.followed.empty() ? std::nullopt : score_level(stock, i, l, levels.lead(*stored), k.followed, static_cast<Day>(std::min<std::int64_t>(stock.today, last)));
        if (score) score->final = stock.today >= last;
        TRY(tx.execute("UPDATE supply_levels_by_hand SET followed = ?, score = ? WHERE shop_id = ? AND level_id = ?", k.followed.empty() ? std::string() : to_text(write_json(k.followed)), score ? to_text(write_json(*score)) : std::string(), tx.shop_id(), k.told.level_id));
    }
    return {};
}

std::vector<Operation> hand_operations() {
    return {
        operation({.name = "supply.set_level", .scenario = "8", .summary = {"Set by hand when and how much of a good a place orders, or its promise, with a reason and a last day; the next plan follows it, and it is scored against the plan's own levels.", "人工设定某地点某商品的订货点与补足目标或承诺，注明理由与截止日；下一次方案遵循，并与方案自身水平比较效果。"}, .effect = Effect::act, .permission = "supply.write", .reasons = {"not_in_plan"}}, &set),
        operation({.name = "supply.end_level", .scenario = "8", .summary = {"Take back levels that were set by hand: the next plan follows its own again.", "撤销人工设定的订货水平，下一次方案恢复自身水平。"}, .effect = Effect::act, .permission = "supply.write", .reasons = {"level_not_found", "level_over"}}, &end_level),
        operation({.name = "supply.list_levels", .scenario = "8", .summary = {"Levels that people set, beside what the plan would have followed, and whether they helped.", "人工设定的订货水平、方案自身的水平及其效果。"}, .permission = "supply.read"}, &list_levels),
    };
}

}  // namespace kindling::supply_module
