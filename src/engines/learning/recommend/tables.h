// engines/learning/recommend/tables.h -- everything that is counted: pairs, popularity, who took what, what is alike.
//
// Counting is all the "training" of the base signals, so an event is in the next request: observe() adds one step of one history and
// leaves the tables as if it had been there from the beginning (tables_test.cpp holds the two against each other). Only the limit on
// the length of a row, applied by build(), makes a difference.
//
// Recency. Where days are known an event weighs exp(-age / tau), age from the newest event that build() saw; where they are not, age
// is counted in steps from the end of its history.
// Memory: 20 bytes a pair, at most `row_limit` pairs an item; 12 bytes an event; 4 bytes an event for the lists of histories.
// Any number of readers, or one writer.
#pragma once
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/progress.h"
#include "core/result.h"
#include "engines/learning/recommend/history.h"
#include "engines/learning/recommend/pairs.h"

namespace kindling::recommend {

struct TableOptions {
    std::uint32_t window_steps = 30;   // pairs farther apart than this do not count
    std::uint32_t window_events = 120; // of one event, with the events after it
    std::uint32_t row_limit = 400;     // pairs kept of each item
    double half_life_days = 0;         // of a pair; 0: old and new weigh the same
};

struct Alike {
    Item item = 0;
    float likeness = 0;  // cosine of inverse-frequency weighted attributes, 0..1
};

class Tables {
public:
    // invalid_argument: "item_out_of_range", "attribute_out_of_range", "steps_not_ascending", "step_out_of_range", "day_not_finite". failed_precondition "cancelled".
    static Result<Tables> build(std::span<const History>, Goods, TableOptions, const Progress& = {});

    std::uint32_t items() const { return static_cast<std::uint32_t>(count_.size()); }
    std::uint32_t histories() const { return static_cast<std::uint32_t>(histories_.size()); }
    const Pairs& pairs() const { return pairs_; }
    const History& history(std::uint32_t number) const { return histories_[number]; }
    std::span<const std::uint32_t> takers(Item item) const { return takers_[item]; }  // numbers of histories, the newest last
    float count(Item item) const { return count_[item]; }         // events
    float recent(Item item) const { return recent_[item]; }       // events, weighed by recency: tau a twelfth of all days, or two steps
    float latest(Item item) const { return latest_[item]; }       // tau a sixtieth of all days, or only the last step
    std::span<const Attribute> attributes(Item item) const { return goods_.attributes.empty() ? std::span<const Attribute>() : goods_.attributes[item]; }
    std::size_t attribute_count() const { return rarity_.size(); }
    float rarity(Attribute attribute) const { return attribute < rarity_.size() ? rarity_[attribute] : 0.0f; }  // ln(items / items with it)
    float length(Item item) const { return length_[item]; }       // Euclidean, of the rarities of its attributes; 0 without
    float likeness(Item, Item) const;                             // cosine, 0..1
    std::span<const Alike> alike(Item item) const { return alike_[item]; }  // the nearest by attributes, most alike first
    std::span<const Item> popular() const { return popular_; }    // most popular of late, first; up to popular_limit
    std::span<const Item> popular_with(Attribute a) const { return a < popular_with_.size() ? std::span<const Item>(popular_with_[a]) : std::span<const Item>(); }
    double newest_day() const { return newest_day_; }  // that build() saw
    double span_days() const { return span_days_; }    // from the oldest to that; 0 where days are unknown
    const TableOptions& options() const { return options_; }
    const Goods& goods() const { return goods_; }

    // A new, empty history.
    std::uint32_t open();
    // One more step of a history; items may be new (they have no attributes then). invalid_argument: "history_unknown", "day_not_finite", "item_out_of_range".
    Result<void> observe(std::uint32_t history, std::span<const Item> items, double day);
    // A new item: its number.
    Item add_item(std::vector<Attribute> attributes);

    static constexpr std::size_t popular_limit = 100, alike_limit = 20, popular_with_limit = 30;
    static constexpr Item most_items = 1u << 24;
    static constexpr Attribute most_attributes = 1u << 20;
    static constexpr std::uint32_t most_steps = 1u << 30;

private:
    friend class ModelFile;
    void count_step(const History& history, std::size_t first);
    void derive_attributes();
    void find_alike(Item, std::vector<float>& scratch, std::vector<Item>& touched);
    void derive_popular();
    float recency(const Event&, std::uint32_t last_step, double tau_days, double tau_steps) const;

    TableOptions options_;
    Goods goods_;
    Pairs pairs_;
    std::vector<History> histories_;
    std::vector<std::vector<std::uint32_t>> takers_;
    std::vector<float> count_, recent_, latest_;
    bool timed_ = false;
    double newest_day_ = 0, span_days_ = 0;
    // Derived from the goods and the counts; not in the file.
    std::vector<float> rarity_, length_;
    std::vector<std::vector<Item>> with_attribute_;
    std::vector<std::vector<Alike>> alike_;
    std::vector<Item> popular_;
    std::vector<std::vector<Item>> popular_with_;
};

}  // namespace kindling::recommend
