// engines/learning/recommend/signals.h -- what the tables say about every item that a history leads to.
//
// For a history h whose newest step is S, an event of item i, D steps before S, in a step of n events, weighs z = 1/sqrt(n) and fades as
// decay^D. Of the row of i (pairs.h), divided by count(i)^source:
//   forward, backward, together   faded sums          after every event of h: what came later, earlier, with it
//   forward_all, backward_all     the same, not faded
//   last, second                  next-step pairs of the newest step, of the one before it
//   near                          histories like this one: the `neighbours` most alike give their likeness to each of their items
//   after                         the same, more for items near and after what is shared (as STAN)
//   hop                           pairs of the `seeds` best by base: two steps away in the graph of pairs
//   linear                        what the goods of h, faded as in the likeness of histories, say for it by the linear model (linear.h)
//   factor                        how near it is to the person that these goods, so faded, make by the factors (factors.h)
// base = (forward + backward/2 + together) / count(j)^target picks candidates and seeds; the blend (ranker.h) weighs everything.
//
// Sources: Sarwar et al. 2001 and Davidson et al. 2010 (item to item); Jannach & Ludewig 2017 (VS-kNN) and Garg et al. 2019 (STAN);
// Cooper et al. 2014 (random walks P3); Hu et al. 2020 (TIFU-KNN: histories as faded sums).
// Cost: events x row length + shared histories; bounded by the limits below. One thread per Scratch.
#pragma once
#include <cmath>
#include <vector>

#include "engines/learning/recommend/factors.h"
#include "engines/learning/recommend/linear.h"
#include "engines/learning/recommend/tables.h"

namespace kindling::recommend {

// Chosen on questions with known answers by train.h; each from a short list.
struct Knobs {
    float decay = 0.6f;             // of an event, a step
    float source = 0.5f;            // power of count(i) that a row of i is divided by
    float target = 0.3f;            // power of count(j) that base is divided by
    float neighbour_decay = 0.8f;   // of an event, a step, in the likeness of histories
    float neighbour_source = 0.5f;  // power of count(i) that a shared item is divided by
    float neighbour_power = 1;      // of the likeness
    friend bool operator==(const Knobs&, const Knobs&) = default;
};

// What is solved for rather than counted; either may be empty.
struct Solved {
    Factors factors;
    Linear linear;
};

struct Signals {
    float forward = 0, backward = 0, together = 0, forward_all = 0, backward_all = 0, last = 0, second = 0;
    float near = 0, after = 0, hop = 0, base = 0, linear = 0, factor = 0;
    // Of the history itself.
    float faded = 0;              // sum of 0.9^D
    std::uint16_t times = 0;      // events of this item
    std::uint16_t distance = 0;   // steps since the latest, from 0
    bool seen = false;
};

// x^p for whole x, looked up: the powers of counts are half the work otherwise.
class Powers {
public:
    void set(float exponent);
    float operator()(float count) const { return count < static_cast<float>(table_.size()) ? table_[static_cast<std::size_t>(count)] : std::pow(count, exponent_); }

private:
    float exponent_ = 0;
    std::vector<float> table_;
};

class Scratch {
public:
    // Fills signal() for every item in touched() (all that one step leads to, and the `hop_limit` best of those that only two steps do); `self` is the number of the history that is asked about, which is no neighbour of itself.
    void gather(const Tables&, const Solved&, const Knobs&, std::span<const Event> history, std::uint32_t self = no_history);
    const Signals& signal(Item item) const { return signals_[item]; }
    // The same for an item that nothing else led to: two steps away, or near by the factors, it may be after all.
    const Signals& complete(const Tables& tables, const Solved& solved, Item item) {
        auto& s = touch(item);
        s.hop = hop(tables, item), s.factor = factor(solved, item);
        return s;
    }
    float factor(const Solved& solved, Item item) const { return solved.factors.score(person_, item); }
    float hop(const Tables& tables, Item item) const { return hops_[item] > 0 ? hops_[item] / target_(tables.count(item)) : 0.0f; }
    std::span<const Item> touched() const { return touched_; }
    // For parts only, when knobs are chosen.
    void pairs_only(const Tables&, const Knobs&, std::span<const Event> history);
    void neighbours_only(const Tables&, const Knobs&, std::span<const Event> history, std::uint32_t self);
    void solved_only(const Tables&, const Solved&, const Knobs&, std::span<const Event> history);
    Signals& touch(Item item) {
        auto& s = signals_[item];
        if (!marked_[item]) marked_[item] = 1, touched_.push_back(item);
        return s;
    }

    static constexpr std::uint32_t no_history = ~0u;
    static constexpr std::size_t events_limit = 40, steps_limit = 30, takers_limit = 500, neighbours = 200, seeds = 24, hop_limit = 60;

private:
    void begin(const Tables&, const Knobs&, std::span<const Event> history);
    void gather_pairs(const Tables&, std::span<const Event> history);
    void ask_of(const Tables&, std::span<const Event> history);
    void gather_neighbours(const Tables&, const Knobs&, std::uint32_t self);
    void gather_solved(const Solved&);
    void gather_hops(const Tables&);

    std::vector<Signals> signals_;
    std::vector<char> marked_;
    std::vector<Item> touched_;
    Knobs knobs_;                  // that the powers are set for
    Powers source_, target_, neighbour_source_;
    std::vector<float> decay_, neighbour_decay_, near_fading_;
    std::vector<float> hops_;      // of each item; most are far, so they are kept apart from the wide rows of signals_
    std::vector<Item> hopped_;
    std::vector<float> likeness_;  // of each history, zero between calls
    std::vector<std::uint32_t> alike_;
    std::vector<std::pair<float, std::uint32_t>> best_;
    std::vector<Weighted> query_;  // each item of the history once, faded
    Factors::Person person_;
};

}  // namespace kindling::recommend
