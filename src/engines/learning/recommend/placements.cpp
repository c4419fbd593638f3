#include "engines/learning/recommend/placements.h"

namespace kindling::recommend {

namespace {

constexpr double half_hour = 0.5 / 24, day = 1, week = 7;

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

double days_before(const Question& question) { return static_cast<double>(question.day - question.history.back().day); }

bool stands_for(Placement placement, double days, HoldBack of) {
    if (placement == Placement::return_visit) return days >= day;
    auto const place = place_after(days, of);
    return placement == place || (placement == Placement::home && place == Placement::return_visit);  // whoever comes back begins at home
}

}  // namespace

Placement place_after(double days, HoldBack of) {
    if (of == HoldBack::last_step) return days <= week ? Placement::after_purchase : Placement::email;
    return days < half_hour ? Placement::product : days < day ? Placement::home : Placement::return_visit;
}

Placement place_of(const Question& question, HoldBack of, bool timed) {
    return place_after(timed && !question.history.empty() ? days_before(question) : 0, of);
}

Split questions_of(const Split& split, Placement placement, HoldBack of) {
    if (placement == Placement::basket) return of == HoldBack::last_step ? basket_questions(split) : Split();
    Split out;
    if (!split.timed) return out;
    for (std::size_t q = 0; q < split.questions.size(); ++q)
        if (auto const& question = split.questions[q]; !question.history.empty() && stands_for(placement, days_before(question), of))
            out.questions.push_back(question), out.who.push_back(split.who[q]);
    out.timed = true;
    return out;
}

}  // namespace kindling::recommend
