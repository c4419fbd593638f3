#include "modules/selection/slots.h"
#include "core/id.h"
#include "core/json_text.h"
#include "engines/experiment/off_policy.h"
#include "shop/store/store.h"
#include <algorithm>
#include <boost/describe/enum_from_string.hpp>
#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>

namespace kindling::selection {

namespace {

constexpr std::size_t pool_size = 10, most_held = 20'000;
constexpr double evenly = 0.5;
constexpr std::int32_t places_apart = 12;

recommend::Offer offer_of(PoolRow const& row) { return {.score = row.score, .margin_share = row.margin_share, .age_days = row.age_days, .shown = row.shown}; }

// A share: where hardly anything was taken, the spread of what was seen says nothing of how unsure that is (nothing of 300 is no proof of nothing), so the
// interval is at least Wilson's (1927) of so many places as count.
SlotValue read(std::vector<experiment::Moment> const& moments) {
    constexpr double z = 1.96;
    auto const e = experiment::evaluate(moments);
    auto const p = std::clamp(e.dr.value, 0.0, 1.0), n = std::max(1.0, e.effective);
    auto const middle = (p + z * z / (2 * n)) / (1 + z * z / n), reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    return {.value = p, .low = std::clamp(std::min(e.dr.value - z * e.dr.standard_error, middle - reach), 0.0, p), .high = std::clamp(std::max(e.dr.value + z * e.dr.standard_error, middle + reach), p, 1.0), .snips = e.snips.value, .effective = e.effective, .readable = e.readable};
}

}  // namespace

std::optional<Slot> leave_to_chance(recommend::Ranking& ranking, std::span<recommend::Offer const> offers, recommend::Rules const& rules, double share, Draw const& draw) {
    if (!(draw.whether < share) || ranking.placed.size() < 2) return {};
    auto const at = 1 + std::min(static_cast<std::size_t>(draw.place * static_cast<double>(ranking.placed.size() - 1)), ranking.placed.size() - 2);
    auto const of = [&](recommend::Item item) { return std::ranges::find(offers, item, &recommend::Offer::item); };
    auto const own = of(ranking.placed[at].item);
    if (own == offers.end()) return {};
    // A place for the group must be left, counted without what stands here.
    auto const fits = [&](recommend::Offer const& o) {
        if (rules.group_limit == 0 || o.group == 0) return true;
        std::size_t others = 0;
        for (std::size_t i = 0; i < ranking.placed.size(); ++i)
            if (auto const p = of(ranking.placed[i].item); i != at && p != offers.end()) others += p->group == o.group;
        return others < rules.group_limit;
    };
    std::vector<std::pair<float, recommend::Offer const*>> next;
    for (auto const& [item, why] : ranking.left)
        if (why == recommend::Left::below || why == recommend::Left::group_full)
            if (auto const o = of(item); o != offers.end() && std::isfinite(o->score) && fits(*o)) next.emplace_back(recommend::value_of(*o, rules), &*o);
    std::ranges::stable_sort(next, std::greater<>(), &std::pair<float, recommend::Offer const*>::first);
    std::vector<recommend::Offer const*> pool{&*own};
    for (std::size_t i = 0; i < next.size() && pool.size() < pool_size; ++i) pool.push_back(next[i].second);
    if (pool.size() < 2) return {};
    std::vector<double> odds;
    double most = -1e300, sum = 0;
    for (auto const* o : pool) most = std::max(most, static_cast<double>(recommend::value_of(*o, rules)));
    for (auto const* o : pool) odds.push_back(std::exp(recommend::value_of(*o, rules) - most)), sum += odds.back();
    for (auto& p : odds) p = evenly / static_cast<double>(pool.size()) + (1 - evenly) * p / sum;
    Slot out{.place = static_cast<std::int64_t>(at) + 1};
    auto left = draw.choice;
    while (out.chosen + 1 < pool.size() && left >= odds[out.chosen]) left -= odds[out.chosen++];
    out.propensity = odds[out.chosen];
    for (auto const* o : pool) out.pool.push_back({.score = o->score, .margin_share = o->margin_share, .age_days = o->age_days, .shown = o->shown, .item = o->item});
    ranking.placed[at].item = pool[out.chosen]->item, ranking.placed[at].value = recommend::value_of(*pool[out.chosen], rules);
    return out;
}

Compared compare_orders(std::span<Slot const> slots, std::span<std::size_t const> before, std::span<std::size_t const> after) {
    constexpr int folds = 3;
    Compared out;
    if (slots.empty()) return out;
    // What is taken depends on where it stands and how good the model thought it: its rank by score within the pool.
    auto const rank = [](Slot const& s, std::size_t of) { return static_cast<std::int32_t>(std::ranges::count_if(s.pool, [&](PoolRow const& r) { return r.score > s.pool[of].score; })); };
    auto const place = [](Slot const& s) { return std::min<std::int32_t>(static_cast<std::int32_t>(s.place), places_apart) - 1; };
    std::vector<experiment::LoggedAction> log;
    for (auto const& s : slots) log.push_back({rank(s, s.chosen), place(s), s.reward}), out.taken += s.reward / static_cast<double>(slots.size());
    experiment::CellModel const model(log, static_cast<std::int32_t>(pool_size), places_apart, folds);
    auto const value = [&](std::span<std::size_t const> targets) {
        std::vector<experiment::Moment> moments;
        for (std::size_t i = 0; i < slots.size(); ++i) {
            auto const& s = slots[i];
            auto const fold = experiment::CellModel::fold_of(i, folds);
            moments.push_back({.propensity = s.propensity, .target = s.chosen == targets[i] ? 1.0 : 0.0, .reward = s.reward, .predicted = model.at(rank(s, s.chosen), place(s), fold), .expected = model.at(rank(s, targets[i]), place(s), fold)});
        }
        return read(moments);
    };
    out.before = value(before), out.after = value(after);
    return out;
}

SlotEstimate estimate_slots(std::span<Slot const> slots, recommend::Rules const& rules) {
    std::vector<std::size_t> const as_ordered(slots.size(), 0);
    std::vector<std::size_t> proposed;
    for (auto const& s : slots) {
        std::size_t best = 0;
        for (std::size_t k = 1; k < s.pool.size(); ++k)
            if (recommend::value_of(offer_of(s.pool[k]), rules) > recommend::value_of(offer_of(s.pool[best]), rules)) best = k;
        proposed.push_back(best);
    }
    auto const found = compare_orders(slots, as_ordered, proposed);
    return {.places = static_cast<std::int64_t>(slots.size()), .taken = found.taken, .as_ordered = found.before, .proposed = found.after};
}

// [[score, margin share, age in days, times shown] ...]; of a row that rests on views {"pool": that, "placement": ..., "goods": [product ...], "seen": [...], "in_view": [...]}.
std::string text_of(Slot const& slot) {
    json::array pool;
    for (auto const& r : slot.pool) pool.push_back(json::array{r.score, r.margin_share, r.age_days, r.shown});
    if (!slot.asked) return to_text(pool);
    auto const list = [](std::vector<std::string> const& ids) { return json::array(ids.begin(), ids.end()); };
    auto const& asked = *slot.asked;
    return to_text(json::object{{"pool", std::move(pool)}, {"placement", name(asked.placement)}, {"goods", list(asked.goods)}, {"seen", list(asked.seen)}, {"in_view", list(asked.in_view)}});
}

Result<void> read_text(std::string_view text, Slot& out, bool asked) {
    auto const stored = TRY(parse_json(text));
    auto const* object = stored.if_object();
    auto const list = [&](std::string_view key) -> json::array const* {
        auto const* found = object ? object->if_contains(key) : nullptr;
        return found ? found->if_array() : nullptr;
    };
    if (auto const* rows = object ? list("pool") : stored.if_array())
        for (auto const& r : *rows)
            if (auto const* v = r.if_array(); v && v->size() == 4 && std::ranges::all_of(*v, [](auto const& x) { return x.is_number(); }))
                out.pool.push_back({.score = (*v)[0].to_number<float>(), .margin_share = (*v)[1].to_number<float>(), .age_days = (*v)[2].to_number<float>(), .shown = (*v)[3].to_number<std::uint32_t>()});
    if (!object || !asked) return {};
    auto& to = out.asked.emplace();
    for (auto const& [key, ids] : {std::pair{"goods", &to.goods}, std::pair{"seen", &to.seen}, std::pair{"in_view", &to.in_view}})
        if (auto const* found = list(key))
            for (auto const& id : *found)
                if (id.is_string()) ids->emplace_back(id.get_string());
    auto const* placement = object->if_contains("placement");
    if (to.goods.size() != out.pool.size() || !placement || !placement->is_string() || !boost::describe::enum_from_string(std::string(placement->get_string()).c_str(), to.placement)) out.asked.reset();
    return {};
}

Result<std::vector<Slot>> load_slots(shop::Transaction& tx, Milliseconds since, bool telling, std::int64_t most) {
    std::vector<Slot> slots;
    shop::Value const values[] = {tx.shop_id(), since, most};
    TRY(tx.run(fmt::format("SELECT placement, place, chosen, propensity, reward, pool FROM recommendation_slots WHERE shop_id = ? AND at_ms >= ?{} ORDER BY at_ms DESC, slot_id LIMIT ?", telling ? " AND pool LIKE '{%'" : ""), values, [&](shop::Row const& row) -> Result<void> {
        Slot s{.place = row.integer(1), .chosen = static_cast<std::size_t>(row.integer(2)), .propensity = row.number(3), .reward = row.number(4)};
        boost::describe::enum_from_string(std::string(row.text(0)).c_str(), s.placement);
        TRY(read_text(row.text(5), s, telling));
        if (s.chosen < s.pool.size() && s.pool.size() <= pool_size && s.place > 0 && s.propensity > 0 && s.asked.has_value() == telling) slots.push_back(std::move(s));
        return {};
    }));
    return slots;
}

Result<void> write_slot(shop::Transaction& tx, Slot const& slot) {
    TRY(tx.execute("INSERT INTO recommendation_slots (shop_id, slot_id, at_ms, placement, place, chosen, propensity, reward, pool) VALUES (?,?,?,?,?,?,?,?,?)", tx.shop_id(), new_id("slt"), slot.at, name(slot.placement), slot.place, static_cast<std::int64_t>(slot.chosen), slot.propensity, slot.reward, text_of(slot)));
    return {};
}

void HeldSlots::hold(Slot slot, std::string session_id, std::string customer_id, std::string product_id) {
    std::lock_guard const lock(mutex_);
    if (held_.size() < most_held) held_.push_back({std::move(slot), std::move(session_id), std::move(customer_id), std::move(product_id)});
}

void HeldSlots::forget(std::string_view customer_id) {
    if (customer_id.empty()) return;
    std::lock_guard const lock(mutex_);
    std::erase_if(held_, [&](Held const& h) { return h.customer_id == customer_id; });
}

Result<std::int64_t> HeldSlots::write_due(shop::Store& store, std::int64_t shop_id, Milliseconds now) {
    std::vector<Held> due;
    {
        std::lock_guard const lock(mutex_);
        auto const rest = std::stable_partition(held_.begin(), held_.end(), [&](Held const& h) { return now - h.slot.at <= taken_within; });
        due.assign(std::make_move_iterator(rest), std::make_move_iterator(held_.end()));
        held_.erase(rest, held_.end());
    }
    if (due.empty()) return 0;
    auto const written = [&]() -> Result<std::int64_t> {
        auto const tx = TRY(store.write(shop_id));
        for (auto& h : due) {
            h.slot.reward = TRY(tx->integer("SELECT COUNT(*) FROM events WHERE shop_id = ? AND session_id = ? AND product_id = ? AND at_ms >= ? AND at_ms <= ? AND kind IN ('click', 'view', 'cart')", shop_id, h.session_id, h.product_id, h.slot.at, h.slot.at + taken_within)) > 0 ? 1 : 0;
            TRY(write_slot(*tx, h.slot));
        }
        TRY(tx->commit());
        return static_cast<std::int64_t>(due.size());
    }();
    if (!written) {  // the next minute tries again
        std::lock_guard const lock(mutex_);
        held_.insert(held_.begin(), std::make_move_iterator(due.begin()), std::make_move_iterator(due.end()));
    }
    return written;
}

namespace {

Result<SlotEstimate> estimate(Context& context, Estimate const& in) {
    auto slots = TRY(load_slots(context.tx(), context.now - in.days * milliseconds_per_day, false, 200'000));
    if (in.placement) std::erase_if(slots, [&](Slot const& s) { return s.placement != *in.placement; });
    return estimate_slots(slots, {.margin_weight = static_cast<float>(in.margin_weight), .fresh_weight = static_cast<float>(in.fresh_weight), .fresh_half_life_days = static_cast<float>(in.fresh_half_life_days), .shown_weight = static_cast<float>(in.shown_weight)});
}

}  // namespace

std::vector<Operation> slot_operations() {
    return {operation({.name = "selection.estimate", .scenario = "6", .summary = {"What other weights of margin, newness and frequency would have been worth in rows, from places that were left to chance, before a switch.", "切换前，依据随机填充的位置，估计改变毛利、新品、曝光权重后推荐位的价值。"}, .permission = "selection.read"}, &estimate)};
}

}  // namespace kindling::selection
