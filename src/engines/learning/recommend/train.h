// engines/learning/recommend/train.h -- from histories to a model, every parameter chosen on what was held back from the counting.
//
// 1. Some of what happened is held back: the last step of each history, or the newest histories whole. The rest is counted.
// 2. Knobs (decays, powers, half-life) are chosen one after the other, from short lists, by how well their signal alone ranks the
//    answers of a sample of the questions that were held back.
// 3. The blend is fitted to those questions (ranker.h).
// 4. With `refit`, what was held back is counted too, and the blend kept.
// Deterministic for a seed and any number of threads. Time is roughly linear in events; Beauty (200,000 events) takes seconds.
#pragma once
#include "engines/learning/recommend/ranker.h"

namespace kindling::recommend {

enum class HoldBack {
    last_step,         // of every history of two steps or more: for purchases of customers who come again
    newest_histories,  // those that end in the last `newest_share` of the days: for views of visitors
};

struct Plan {
    HoldBack hold_back = HoldBack::last_step;
    double newest_share = 0.17;
    bool repeats = true;   // may what is in the history be recommended again?
    bool refit = true;
    std::size_t knob_questions = 700;
    std::size_t examples = 4000;  // questions that the blend is fitted to
    RankerOptions ranker = {};
    TableOptions tables = {};
    bool factors = true, linear = true;  // false: without this signal, to see what it is worth
    std::uint64_t seed = 1;
    unsigned threads = 2;
};

struct Parts {
    Tables tables;
    Solved solved;
    Knobs knobs;
    Ranker ranker;
    bool fitted = false;         // false: too few questions, Ranker::plain()
    std::size_t questions = 0, examples = 0;
};

struct Split {
    std::vector<History> counted;
    std::vector<Question> questions;
    bool timed = false;              // days are known
    std::vector<std::uint32_t> who;  // of each question: the number of its history among the counted, or Scratch::no_history
};
Split hold_back(std::span<const History>, const Plan&);

// Steps 1 to 3 (what is held back stays uncounted). Errors of Tables::build; "cancelled".
Result<Parts> train(const Split&, Goods, const Plan&, const Progress& = {});

struct Choice {
    Knobs knobs;
    double pairs_quality = 0;  // mean over questions: 1 / log2(1 + rank) of the answers by `base` alone
};
Choice choose_knobs(const Tables&, const Split&, const Plan&);
// Fits the linear model and the factors to what was counted, by the knob of each that ranks the answers best.
Result<Solved> choose_solved(const Tables&, const Knobs&, const Split&, const Plan&, const Progress& = {});
// Both anew, from other histories, by the knobs that were chosen.
Result<void> refit(Solved&, std::span<const History>, std::uint32_t items, const Progress& = {});
std::vector<RankerExample> make_examples(const Tables&, const Solved&, const Knobs&, const Split&, const Plan&, const Progress& = {});

}  // namespace kindling::recommend
