// modules/selection/learned.h -- what one shop has learned: a model of visits, a model of purchases, and how well each did.
//
// Both share one numbering of products. Before a model is used it is measured as if it were the past: the newest visits, or the last order
// of each customer, are held back from it altogether, and it must beat the best sellers on what they did next. Then it learns from everything.
// Cost: the demo shop's visits and orders take seconds on one core; catching up takes microseconds a step.
#pragma once
#include "modules/selection/api.h"
#include "modules/selection/source.h"
#include <filesystem>

namespace kindling::selection {

// Visits and customers are kept as 64-bit hashes: who they are is not written into a file of models. 0 is nobody.
using Person = std::uint64_t;
Person person(std::string_view session_or_customer);

// The engine's places are the module's, in one order.
static_assert(static_cast<int>(Placement::email) == static_cast<int>(recommend::Placement::email) && recommend::placements == 6);
inline recommend::Placement engine_placement(Placement p) { return static_cast<recommend::Placement>(p); }
inline Placement placement_of(recommend::Placement p) { return static_cast<Placement>(p); }

struct Part {
    std::optional<recommend::Model> model;
    std::unordered_map<Person, std::uint32_t> numbers;  // to its history in the model; of visits only those of the newest 30 days
    std::optional<std::uint32_t> number(std::string_view session_or_customer) const;
    std::int64_t last_seq = 0;       // caught up to here
    ModelReport report;
    bool speaks() const { return model && report.in_use; }  // whether there is a model that answers
};

struct Learned {
    Shelf shelf;
    Part visits{.report = {.basis = Basis::visits}}, purchases{.report = {.basis = Basis::purchases}};
    Milliseconds trained_at = 0;
    std::int64_t caught_up = 0;      // steps taken in since then
};

// Reads in a transaction of its own and learns without one, on so many threads, which change nothing in the result.
// Errors: the store's; failed_precondition "cancelled".
Result<Learned> learn(shop::Store&, std::int64_t shop_id, Milliseconds now, unsigned threads, Progress const&);
// Of visits alone, as they were when event `until_seq` was the newest, unmeasured: what a shop of then would have shown (replay.h).
Result<Learned> learn_past_visits(shop::Store&, std::int64_t shop_id, std::int64_t until_seq, unsigned threads, Progress const&);
// Takes in what was committed since, at most `most` rows of each kind. True: there may be more.
Result<bool> catch_up(Learned&, shop::Transaction&, std::int64_t most = 20'000);

// One file of a shop. not_found "model_not_found"; invalid_argument "model_invalid"; unavailable "model_not_written".
Result<void> save(Learned const&, std::filesystem::path const&);
Result<Learned> load(std::filesystem::path const&);

}  // namespace kindling::selection
