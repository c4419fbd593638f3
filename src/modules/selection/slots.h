// modules/selection/slots.h -- one place of a row left to chance, its odds kept: what other wishes of the owner would have been worth there, before anybody switches.
//
// A row is ordered greedily, so its own log can only say how the order that ran did. Where the owner allows it (explore_share), one place of some rows, never the first, is filled by
// drawing from a pool: what the order would put there and the nine next best that the rules let through. Half of the chance is spread evenly over the pool, half goes by
// the value (softmax), so nothing has less than half of 1 / 10 and no weight above 20. Kept are the odds of what was drawn, the pool as the rules see it (score, margin,
// age, times shown) and whether the visitor took it (a click, view or basket within half an hour).
// selection.estimate asks of each such place what other weights would have put there, and estimates what would have been taken: the doubly robust estimate of
// engines/experiment/off_policy.h over these places, with its interval, beside that of the order that ran. It speaks of such places in rows, not of a whole row.
//
// Until half an hour is over a place is held in memory with its visit, and lost by a restart; what is kept names no visit and no person. At most 20,000 are held.
#pragma once
#include "engines/learning/recommend/rules.h"
#include "modules/selection/api.h"
#include <mutex>

namespace kindling::selection {

struct Estimate {
    std::optional<Placement> placement;
    double margin_weight = 0, fresh_weight = 0, fresh_half_life_days = 14, shown_weight = 0;
    std::int64_t days = 90;
    static constexpr Field fields[] = {
        field("placement", "Only places of these rows; left out: of all.", "仅此位置的推荐位；不填为全部。"), field("margin_weight", "As in selection.save_rules.", "同 selection.save_rules。").defaulted().range(-5, 5), field("fresh_weight", "As there.", "同上。").defaulted().range(-5, 5), field("fresh_half_life_days", "As there.", "同上。").defaulted().range(0.1, 3650), field("shown_weight", "As there.", "同上。").defaulted().range(0, 5),
        field("days", "How far to look back.", "回看天数。").defaulted().range(1, 180)};
};
BOOST_DESCRIBE_STRUCT(Estimate, (), (placement, margin_weight, fresh_weight, fresh_half_life_days, shown_weight, days))

struct SlotValue {
    double value = 0, low = 0, high = 0, snips = 0, effective = 0;
    bool readable = false;
    static constexpr Field fields[] = {
        field("value", "Share of such places whose goods would be taken, doubly robust, 0..1.", "此类位置的商品被点选的比例（双重稳健估计），0..1。"), field("low", "95 % interval from.", "95% 区间下限。"), field("high", "To.", "95% 区间上限。"), field("snips", "The same by self-normalised weights.", "自归一化加权估计。"), field("effective", "How many kept places speak of it.", "有效样本数。"),
        field("readable", "Whether these are enough (100) for the interval to mean what it says.", "有效样本是否足够（100）。")};
};
BOOST_DESCRIBE_STRUCT(SlotValue, (), (value, low, high, snips, effective, readable))

struct SlotEstimate {
    std::int64_t places = 0;
    double taken = 0;
    SlotValue as_ordered, proposed;
    static constexpr Field fields[] = {field("places", "Places that were left to chance and are kept.", "随机填充且已记录的位置数。"), field("taken", "Share of them that was taken as it was filled.", "其中实际被点选的比例。"), field("as_ordered", "What the order that ran would have had there.", "按当时排序填充的估计值。"), field("proposed", "What the order with these weights would have had there.", "按所给权重排序填充的估计值。")};
};
BOOST_DESCRIBE_STRUCT(SlotEstimate, (), (places, taken, as_ordered, proposed))

struct PoolRow { float score = 0, margin_share = 0, age_days = 1e6f; std::uint32_t shown = 0; };

// A place that was left to chance. pool[0]: what the order would have put there.
struct Slot {
    Milliseconds at = 0;
    Placement placement = Placement::home;
    std::int64_t place = 1;             // from 1
    std::vector<PoolRow> pool;
    std::size_t chosen = 0;
    double propensity = 1;
    double reward = 0;
};

// Leaves one place of `ranking` to chance and says so, or nothing. `offers` by their item; `random` in [0, 1) each: whether, which place, which of the pool.
struct Draw { double whether = 0, place = 0, choice = 0; };
std::optional<Slot> leave_to_chance(recommend::Ranking& ranking, std::span<recommend::Offer const> offers, recommend::Rules const&, double share, Draw const&);

// Pure. `rules`: only the four weights count.
SlotEstimate estimate_slots(std::span<Slot const>, recommend::Rules const& rules);

// Held until it is known whether they were taken. Thread-safe.
class HeldSlots {
public:
    static constexpr Milliseconds taken_within = 30 * 60'000, kept_for = 180LL * 86'400'000;
    void hold(Slot slot, std::string session_id, std::string product_id);
    // Writes those whose half hour is over, and forgets what is older than 180 days. How many were written.
    Result<std::int64_t> write_due(shop::Store&, std::int64_t shop_id, Milliseconds now);

private:
    struct Held { Slot slot; std::string session_id, product_id; };
    std::mutex mutex_;
    std::vector<Held> held_;
};

std::vector<Operation> slot_operations();

}  // namespace kindling::selection
