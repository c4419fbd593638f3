#include "engines/learning/recommend/placements.h"

namespace kindling::recommend {

namespace {

constexpr float half_hour = 0.5f / 24, day = 1, week = 7;

// "Given the other goods of a basket, which one is missing?", from the baskets that were held back.
Split basket_questions(const Split& split) {
    Split out;
    for (std::size_t q = 0; q < split.questions.size(); ++q) {
        auto const& question = split.questions[q];
        if (question.answers.size() < 2) continue;
        auto const missing = scramble(static_cast<Item>(q)) % question.answers.size();
        Question made{question.history, {question.answers[missing]}, question.day};
        auto const step = made.history.empty() ? 0u : made.history.back().step + 1;
        auto const before = made.history.empty() ? 0.0f : made.history.back().day;
        for (std::size_t a = 0; a < question.answers.size(); ++a)
            if (a != missing) made.history.push_back({question.answers[a], step, before});
        out.questions.push_back(std::move(made));
        out.who.push_back(split.who[q]);
    }
    return out;
}

bool stands_for(Placement placement, float since, HoldBack of) {
    if (of == HoldBack::newest_histories) {
        if (placement == Placement::product) return since < half_hour;
        if (placement == Placement::home) return since >= half_hour;
    } else {
        if (placement == Placement::after_purchase) return since <= week;
        if (placement == Placement::email) return since > week;
    }
    return placement == Placement::return_visit && since >= day;
}

}  // namespace

Placement place_of(const Question& question, HoldBack of, bool timed) {
    if (timed && !question.history.empty())
        for (auto const p : {Placement::product, Placement::return_visit, Placement::home, Placement::after_purchase, Placement::email})
            if ((of == HoldBack::newest_histories || p != Placement::return_visit) && stands_for(p, question.day - question.history.back().day, of)) return p;
    return of == HoldBack::newest_histories ? Placement::product : Placement::after_purchase;
}

Split questions_of(const Split& split, Placement placement, HoldBack of) {
    if (placement == Placement::basket) return of == HoldBack::last_step ? basket_questions(split) : Split();
    Split out;
    if (!split.timed) return out;
    for (std::size_t q = 0; q < split.questions.size(); ++q)
        if (auto const& question = split.questions[q]; !question.history.empty() && stands_for(placement, question.day - question.history.back().day, of))
            out.questions.push_back(question), out.who.push_back(split.who[q]);
    out.timed = true;
    return out;
}

}  // namespace kindling::recommend
