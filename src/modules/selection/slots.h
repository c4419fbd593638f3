// modules/selection/slots.h -- one place of a row left to chance, its odds kept: what other wishes of the owner would have been worth there, before anybody switches.
//
// A row is ordered greedily, so its own log can only say how the order that ran did. Where the owner allows it (explore_share), one place of some rows, never the first, is filled by
// drawing from a pool: what the order would put there and the nine next best that the rules let through. Half of the chance is spread evenly over the pool, half goes by
// the value (softmax), so nothing has less than half of 1 / 10 and no weight above 20. Kept are the odds of what was drawn, the pool as the rules see it (score, margin,
// age, times shown) and whether the visitor took it (a click, view or basket within half an hour).
// selection.estimate asks of each such place what other weights would have put there, and estimates what would have been taken: the doubly robust estimate of
// engines/experiment/off_policy.h over these places, with its interval, beside that of the order that ran. It speaks of such places in rows, not of a whole row.
//
// Where a row rests on views, the goods of the pool and what the row rested on are kept beside the place, so that a model that is learned later can be asked what it would have put there
// (switch.h): at most the ten newest goods of the visit's views, clicks and additions to a basket and ten in view on a page. No basket and no order is read for it.
//
// Until half an hour is over a place is held in memory with its visit, and lost by a restart or when its customer asks to be forgotten; what is kept names no visit and no person. At most 20,000 are
// held. What is kept goes after 180 days, or when visits lose their session if that is sooner (shop/people/retention.h).
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

struct SlotEstimate {
    std::int64_t places = 0;
    double taken = 0;
    SlotValue as_ordered, proposed;
    static constexpr Field fields[] = {field("places", "Places that were left to chance and are kept.", "随机填充且已记录的位置数。"), field("taken", "Share of them that was taken as it was filled.", "其中实际被点选的比例。"), field("as_ordered", "What the order that ran would have had there.", "按当时排序填充的估计值。"), field("proposed", "What the order with these weights would have had there.", "按所给权重排序填充的估计值。")};
};
BOOST_DESCRIBE_STRUCT(SlotEstimate, (), (places, taken, as_ordered, proposed))

struct PoolRow {
    float score = 0, margin_share = 0, age_days = 1e6f;
    std::uint32_t shown = 0;
    recommend::Item item = 0;  // of the offer; not kept
};

// What a model of visits was asked for the row, and the goods of the pool, in its order.
struct Asked {
    Placement placement = Placement::home;      // whose blend spoke: a return visit may come to the home page
    std::vector<std::string> seen, in_view;     // the newest of the visit, oldest first; what is looked at
    std::vector<std::string> goods;
    static constexpr std::size_t most = 10;     // of seen, of in_view
};

// A place that was left to chance. pool[0]: what the order would have put there.
struct Slot {
    Milliseconds at = 0;
    Placement placement = Placement::home;
    std::int64_t place = 1;             // from 1
    std::vector<PoolRow> pool;
    std::size_t chosen = 0;
    double propensity = 1;
    double reward = 0;
    std::optional<Asked> asked;         // of rows that rest on views
};

// Leaves one place of `ranking` to chance and says so, or nothing. `offers` by their item; `random` in [0, 1) each: whether, which place, which of the pool.
struct Draw { double whether = 0, place = 0, choice = 0; };
std::optional<Slot> leave_to_chance(recommend::Ranking& ranking, std::span<recommend::Offer const> offers, recommend::Rules const&, double share, Draw const&);

// What is kept of a place as text, and back. Without `asked` what the row rested on is passed over, and so it is absent from what was written before there was any.
std::string text_of(Slot const&);
Result<void> read_text(std::string_view, Slot& out, bool asked);
// The newest `most` of those kept since, the newest first; telling: only those that say what their row rested on, with that; else all, without.
Result<std::vector<Slot>> load_slots(shop::Transaction&, Milliseconds since, bool telling, std::int64_t most);

// What two orders would have had: before[i], after[i]: which of its pool they would have put into place i. Pure.
struct Compared {
    double taken = 0;
    SlotValue before, after;
};
Compared compare_orders(std::span<Slot const>, std::span<std::size_t const> before, std::span<std::size_t const> after);
// Pure. `rules`: only the four weights count.
SlotEstimate estimate_slots(std::span<Slot const>, recommend::Rules const& rules);

// Keeps a place whose half hour is over, with what became of it.
Result<void> write_slot(shop::Transaction&, Slot const&);

// Held until it is known whether they were taken. Thread-safe.
class HeldSlots {
public:
    static constexpr Milliseconds taken_within = 30 * 60'000;
    void hold(Slot slot, std::string session_id, std::string customer_id, std::string product_id);
    void forget(std::string_view customer_id);
    // Writes those whose half hour is over. How many were written.
    Result<std::int64_t> write_due(shop::Store&, std::int64_t shop_id, Milliseconds now);

private:
    struct Held { Slot slot; std::string session_id, customer_id, product_id; };
    std::mutex mutex_;
    std::vector<Held> held_;
};

std::vector<Operation> slot_operations();

}  // namespace kindling::selection
