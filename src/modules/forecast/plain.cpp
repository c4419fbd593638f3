#include "modules/forecast/plain.h"
#include <algorithm>

namespace kindling::forecast {

namespace {

constexpr std::size_t two_years = 2 * 364;

}  // namespace

Means last_week_again(Ground const& ground, std::size_t origin, std::size_t horizon) {
    Means out{horizon, std::vector<float>(ground.structure.bottom * horizon)};
    for (std::size_t g = 0; g < ground.structure.bottom; ++g)
        if (ground.active(g, origin) && origin >= 7) for (std::size_t h = 0; h < horizon; ++h) out.row(g)[h] = ground.demand[g][origin - 7 + h % 7];
    return out;
}

void close_days(Ground const& ground, Means& means, std::size_t origin) {
    auto const never = never_sold(ground.sums[0], origin);
    if (std::ranges::none_of(never, [](bool b) { return b; })) return;
    for (std::size_t g = 0; g < ground.structure.bottom; ++g) {
        auto const row = means.row(g);
        float all = 0, open = 0;
        for (std::size_t h = 0; h < means.horizon; ++h) {
            all += row[h];
            if (never[(origin + h) % 7]) row[h] = 0;
            open += row[h];
        }
        if (open > 0) for (auto& v : row) v *= all / open;
    }
}

std::uint16_t notes_of(History const& h, GoodHistory const& from, bool part_of_year, bool few_by_place) {
    std::uint16_t notes = 0;
    auto const note = [&](Note n) { notes = static_cast<std::uint16_t>(notes | static_cast<std::uint16_t>(n)); };
    auto const seen = from.begun < 0 ? 0 : h.days() - static_cast<std::size_t>(from.begun);
    if (from.sold.empty()) note(Note::no_history);
    else if (seen < 56) note(Note::short_history);
    for (auto const& [_, to] : from.empty) if (to + 28 > static_cast<std::int32_t>(h.days())) { note(Note::empty_shelf); break; }
    if (from.total() < 0.1 * static_cast<double>(seen)) note(Note::rare);
    if (!from.on_sale) note(Note::not_on_sale);
    if (!from.lifted.empty() && !from.cut_stays) note(Note::promotions_out);  // what stays is part of what planned ones are measured from
    if (h.days() < two_years) note(Note::one_season);
    if (!h.closed.empty() && static_cast<std::size_t>(h.closed.back()) + 364 >= h.days()) note(Note::closed_days);
    if (part_of_year) note(Note::part_of_year);
    if (few_by_place) note(Note::few_by_place);
    if (auto const most = greatest_day(from); std::ranges::any_of(from.sold, [&](DayUnits const& d) { return static_cast<float>(d.units) > most; })) note(Note::spikes);
    return notes;
}

}  // namespace kindling::forecast
