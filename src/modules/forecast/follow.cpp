#include "modules/forecast/follow.h"
#include <algorithm>

namespace kindling::forecast {

std::vector<DayMoves> Origins::learn(With with) const {
    bool const weather = with == With::weather;
    std::vector<DayMoves> out;
    for (std::size_t i = 0; i < bases.size(); ++i) {
        auto const origin = i < tests.size() ? tests[i].origin : ground.history.days();
        DayMoves p;
        // Each is learned without the other: the weather of feasts, then feasts without that weather, then the weather without feasts.
        if (weather) p.weather = learn_weather(ground, {}, origin, horizon);
        p.calendar = learn_calendar(ground, origin, horizon, p.weather ? p.weather->moves : Moves{});
        if (weather) p.weather = learn_weather(ground, p.calendar.moves, origin, horizon);
        bool const drawn = with != With::holidays;
        if (drawn) p.calendar.any = true;
        if (p.weather)
            for (std::size_t row = 0; row < p.calendar.moves.size(); ++row) for (std::size_t t = 0; t < p.calendar.moves[row].size(); ++t) p.calendar.moves[row][t] += p.weather->moves[row][t];
        auto const& smoothing = i < tests.size() ? tests[i].models.at(Model::smoothing) : now;
        p.shift = calendar_shift(ground, bases[i], p.calendar, origin, horizon, drawn ? &smoothing : nullptr), p.season = year_before(ground, without_holidays(ground, p.calendar, origin), origin, horizon);
        out.push_back(std::move(p));
    }
    return out;
}

Means Origins::moved_by(std::size_t test, DayMoves const& l, Powers p) const {
    return moved(test < tests.size() ? tests[test].models.at(Model::smoothing) : now, nearest, added_moves(l.shift, p.shift, l.season, p.season), 1);
}

double Origins::missed_by(std::vector<DayMoves> const& learned, Powers powers, std::size_t most_days) const {
    double out = 0;
    for (std::size_t i = 0; i < tests.size(); ++i) out += missed(ground, {.origin = tests[i].origin, .days = std::min(tests[i].days, most_days), .models = {}}, moved_by(i, learned[i], powers));
    return out;
}

std::optional<Origins::Best> Origins::best(std::vector<DayMoves> const& learned) const {
    if (!learned.back().calendar.any) return {};
    bool const seasons = std::ranges::all_of(learned, [](DayMoves const& l) { return !l.season.empty(); });
    // Effects are drawn to nothing when they are learned; origins without a feast cannot tell how far to follow one. So half of them only where that is better by more than a little.
    constexpr double a_little = 0.98;
    std::optional<Best> out;
    for (double const a : {1.0, 0.5})
        for (double const b : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            if (b > 0 && !seasons) break;
            Powers const p{.shift = a, .season = b};
            auto const loss = missed_by(learned, p, horizon);
            if (!out || loss < (a < out->powers.shift ? a_little * out->missed : out->missed)) out = Best{p, loss};
        }
    return out;
}

}  // namespace kindling::forecast
