#include "modules/forecast/due.h"
#include "modules/forecast/calendar.h"
#include "shop/promotions/api.h"
#include <algorithm>
#include <cmath>

namespace kindling::forecast {

namespace {

constexpr double about_as_deep = 0.5, moved_by_a_feast = 0.05;
constexpr std::int32_t year = 364, year_later = 21, years = 3;

}  // namespace

Result<Due> Due::read(shop::Transaction& tx, Elasticities const& learned, History const& history, std::size_t horizon) {
    Due out;
    out.days = static_cast<std::int32_t>(history.days());
    if (learned.empty()) return out;
    shop::promotions::OffQuestion question{.skus = {}, .first_day = history.end - static_cast<Day>(days_before), .days = days_before + horizon};
    for (auto const& g : history.goods) question.skus.push_back(g.sku);
    auto const off = TRY(shop::promotions::off_by_day(tx, question));
    out.ahead.resize(history.goods.size());
    for (std::size_t g = 0; g < out.ahead.size(); ++g) {
        auto const found = learned.find(history.goods[g].product_id);
        if (found == learned.end() || off.share[g].empty()) continue;
        auto const lift = [&](std::size_t t) { return std::log(price_factor(static_cast<double>(off.share[g][t]), 0, found->second.elasticity)); };
        for (std::size_t t = 0; t < days_before; ++t) out.ahead[g].before += lift(t) / static_cast<double>(days_before);
        for (std::size_t h = 0; h < horizon; ++h) out.ahead[g].lift.push_back(static_cast<float>(lift(days_before + h)));
    }
    Ground const ground(history);
    auto const calendar = learn_calendar(ground, history.days(), 0);
    if (!calendar.any) return out;
    for (auto const& moves : calendar.moves) {
        auto& days = out.feast.emplace_back();
        for (auto const move : moves) days.push_back(std::abs(move) > moved_by_a_feast);
    }
    out.row = nearest_sums(ground);
    return out;
}

bool Due::takes_out(std::size_t good, std::int32_t day, double lift, Known known) const {
    bool const at_feast = !row.empty() && feast[row[good]][static_cast<std::size_t>(day)];
    if (known == Known::promotion && !at_feast) return true;
    if (good >= ahead.size() || !(lift > 1)) return false;
    auto const& planned = ahead[good];
    auto const least = about_as_deep * std::log(lift) + (known == Known::order_lines ? planned.before : 0);
    auto const put_back = [&](std::int32_t from, std::int32_t to) {  // counted from the first day ahead
        for (auto h = std::max(0, from); h < std::min(to, static_cast<std::int32_t>(planned.lift.size())); ++h) if (static_cast<double>(planned.lift[static_cast<std::size_t>(h)]) >= least) return true;
        return false;
    };
    if (!at_feast) return put_back(0, static_cast<std::int32_t>(planned.lift.size()));
    for (std::int32_t y = 1; y <= years; ++y) {
        auto const again = day + y * year - days;
        if (put_back(again - year_later, again + year_later + 1)) return true;
    }
    return false;
}

}  // namespace kindling::forecast
