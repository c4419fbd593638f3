// engines/learning/recommend/model.h -- a trained recommender: asks, explains, learns the next event, goes to one file and back.
//
// Placements differ in what is in view. home: the history alone. product: what is looked at; basket: what is in it; after_purchase: what
// was just bought; return_visit and email: the history alone, after days. What is in view is taken as the newest step of the history and
// is itself never recommended. Each placement gets a blend of its own where at least `least_questions` of what was held back stand for it
// (placements.h) and it foretells those that it was not fitted to better than the nearest blend does; else it takes the nearest.
//
// People without a history get what is popular of late, and what is popular among what they prefer; goods without events are reached
// through their attributes (add_item). An event is in the next request: observe().
// Deterministic. Any number of threads may ask, each with its own Asking; observe(), open_history(), add_item() and fit_placement() want
// the model alone.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engines/learning/recommend/placements.h"

namespace kindling::recommend {

struct Request {
    Placement placement = Placement::home;
    std::span<const Event> history = {};             // oldest first
    std::uint32_t self = Scratch::no_history;        // the number of this history in the model, when it is there
    std::span<const Item> view = {};                 // looked at, in the basket, just bought
    std::span<const Preference> preferences = {};    // stated wishes
    std::size_t count = 10;
    std::function<bool(Item)> allowed = {};          // in stock, in this shop ...; empty: all
};

struct Reason {
    Group group = Group::popular;
    std::optional<Item> because = {};          // the item of the history or view that leads here most (follows, neighbours, alike)
    std::optional<Attribute> attribute = {};   // the attribute that is shared, the rarest wins (alike)
    float share = 0;                           // of what lifts it above a usual candidate, 0..1
};

struct Recommendation {
    Item item = 0;
    float score = 0;  // log-odds up to a constant of the request: a difference of 0.7 is twice as likely
    Reason reason = {};
};

// Working space of one thread.
struct Asking {
    Scratch scratch;
    Candidates candidates;
};

class Model {
public:
    // Errors of train().
    static Result<Model> create(std::span<const History>, Goods, const Plan&, const Progress& = {});

    // The best first; items unknown to the model are passed over. Fewer than `count` when there are no more candidates.
    std::vector<Recommendation> recommend(const Request&, Asking&) const;

    std::uint32_t open_history() { return parts_.tables.open(); }
    Result<void> observe(std::uint32_t history, std::span<const Item> items, double day) { return parts_.tables.observe(history, items, day); }
    Item add_item(std::vector<Attribute> attributes) { return parts_.tables.add_item(std::move(attributes)); }
    // Questions whose history ends with the step that was in view. failed_precondition "too_few_questions", "blend_no_better" (than the
    // nearest, on every fifth example, which it was not fitted to); "cancelled".
    Result<void> fit_placement(Placement, const Split&, const Plan&, const Progress& = {});

    const Tables& tables() const { return parts_.tables; }
    const Parts& parts() const { return parts_; }
    // Whose blend speaks for this place: its own, or the nearest that was fitted; none: the one that all questions share (Parts::fitted).
    std::optional<Placement> blend_of(Placement) const;
    const Ranker& ranker(Placement p) const { auto const own = blend_of(p); return own ? *own_[static_cast<std::size_t>(*own)] : parts_.ranker; }
    bool repeats() const { return repeats_; }

    static constexpr std::size_t least_questions = 200;

    // file.cpp: everything, little-endian, with a checksum. read: invalid_argument "model_invalid"; not_found "model_not_found".
    std::string write() const;
    static Result<Model> read(std::string_view bytes);
    static Result<Model> load(const std::string& path);
    Result<void> save(const std::string& path) const;  // by a new file and a rename; unavailable "model_not_written"

private:
    friend class ModelFile;
    Reason explain(const Features&, const Ranker&, Item, std::span<const Event> history, std::span<const Preference>) const;

    Parts parts_;
    bool repeats_ = true;
    std::array<std::optional<Ranker>, placements> own_;
};

}  // namespace kindling::recommend
