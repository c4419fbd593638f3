#include "modules/forecast/weather_desk.h"
#include "core/utf8.h"
#include "shop/imports/source.h"
#include "shop/imports/values.h"
#include "shop/people/time_zones.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <set>

namespace kindling::forecast {

namespace {

enum Column : std::size_t { date, mean, low, high, rain, where, columns };
// Normal names (imports::normal_name) that mean the column, once a unit at their end is taken off.
constexpr std::array<std::string_view, columns> names{
    " date day time 日期 时间 ",
    " temperature temperaturec temp tempc tavg tmean temperaturemean temperature2mmean meantemperature averagetemperature 气温 温度 平均气温 日平均气温 平均温度 ",
    " temperaturemin temperature2mmin mintemperature tmin low lowtemperature 最低气温 最低温度 ",
    " temperaturemax temperature2mmax maxtemperature tmax high hightemperature 最高气温 最高温度 ",
    " precipitation precipitationsum rain rainfall rainsum prcp prec precip 降水 降水量 降雨量 雨量 ",
    " place placeid location city station stationname site 地点 地点编号 城市 站点 ",
};
constexpr std::string_view units_known[] = {"°c", "℃", "celsius", "mm", "毫米", "摄氏度"}, units_strange[] = {"°f", "℉", "fahrenheit", "inch", "inches", "kelvin", "华氏度", "英寸"};
constexpr std::int64_t most_rows = 200'000;
constexpr std::size_t most_shown = 100, longest_place = 64, most_places = 500;
constexpr std::size_t most_ahead = 16;  // days that weather services foretell
constexpr Day most_gap = 2;             // days missing among them
constexpr Day farthest = 400;           // beyond today: no weather is known there

struct Named { std::size_t column = columns; std::string strange_unit; };
Named column_of(std::string_view name) {
    auto normal = shop::imports::normal_name(name);
    Named out;
    auto const take_off = [&](std::string_view unit) { if (normal.size() <= unit.size() || !normal.ends_with(unit)) return false; normal.resize(normal.size() - unit.size()); return true; };
    for (auto const unit : units_strange) if (take_off(unit)) out.strange_unit = unit;
    for (auto const unit : units_known) take_off(unit);
    auto const wanted = ' ' + normal + ' ';
    if (wanted.size() > 2) for (std::size_t c = 0; c < columns && out.column == columns; ++c) if (names[c].find(wanted) != std::string_view::npos) out.column = c;
    return out;
}

// Whether what stands behind a day says its midnight, the way daily data are written: nothing, T00:00, " 00:00:00+08:00".
enum class Clock { none, other, malformed };
Clock clock_of(std::string_view behind) {
    if (behind.empty()) return Clock::none;
    if (behind[0] != 'T' && behind[0] != ' ') return Clock::malformed;
    behind.remove_prefix(1);
    if (behind.empty() || behind[0] < '0' || behind[0] > '9') return Clock::malformed;
    auto const time = behind.substr(0, behind.find_first_not_of("0123456789:."));
    auto const zone = behind.substr(time.size());
    bool const midnight = time.find_first_not_of("0:.") == std::string_view::npos && (zone.empty() || zone[0] == 'Z' || zone[0] == '+' || zone[0] == '-');
    return midnight ? Clock::none : Clock::other;
}

struct Row { std::string place; Day day = 0; double temperature = 0; std::optional<double> precipitation; };

class Taking {
public:
    explicit Taking(Context& context, Day today) : context_(context), today_(today) {}
    void refuse(std::int64_t line, std::string_view column, std::string reason, std::string message) {
        ++out_.refused;
        if (out_.refused_lines.size() < most_shown) out_.refused_lines.push_back({line, std::string(column), std::move(reason), std::move(message)});
    }
    // Whether the day is one. A time of day in it is an error: hours were sent, of which one would pass for its day.
    Result<std::optional<Day>> day(std::int64_t line, std::string_view column, std::string_view text, std::string_view pointer) {
        auto const day = parse_date(text.substr(0, 10));
        auto const clock = clock_of(text.substr(std::min<std::size_t>(10, text.size())));
        if (!day || clock == Clock::malformed) { refuse(line, column, "malformed_date", "expected a day such as 2026-01-31"); return std::optional<Day>(); }
        if (clock == Clock::other) return fail(Errc::invalid_argument, "not_daily", fmt::format("Line {} has a time of day ({}); weather is taken in by day: give one row a day with the day's mean temperature, and nothing was taken in.", line, utf8_prefix(text, 40)), {{std::string(pointer), "not_daily", "needs one row a day"}});
        if (*day > today_ + farthest || *day < day_from_civil(1900, 1, 1)) { refuse(line, column, "out_of_range", fmt::format("must be from 1900-01-01 to {}", format_date(today_ + farthest))); return std::optional<Day>(); }
        return std::optional<Day>(*day);
    }
    void add(Row row) { rows_.push_back(std::move(row)); }
    TakenWeather& report() { return out_; }

    Result<TakenWeather> keep(std::string_view pointer) {
        auto& tx = context_.tx();
        std::map<std::pair<std::string, Day>, Row const*> last;
        for (auto const& r : rows_) last[{r.place, r.day}] = &r;
        std::map<std::pair<std::string, Day>, std::pair<double, double>> known;
        auto const unknown = std::nan("");
        // Of each place only the days between its first and last row: a call of one row reads one.
        std::map<std::string_view, std::pair<Day, Day>> spans;
        for (auto const& [key, _] : last) spans.try_emplace(key.first, key.second, key.second).first->second.second = key.second;
        for (auto const& [place, span] : spans) {
            shop::Value const values[] = {tx.shop_id(), place, static_cast<std::int64_t>(span.first), static_cast<std::int64_t>(span.second)};
            TRY(tx.run("SELECT day, temperature, precipitation FROM weather WHERE shop_id = ? AND place = ? AND day BETWEEN ? AND ?", values, [&](shop::Row const& row) -> Result<void> { known.emplace(std::pair(std::string(place), static_cast<Day>(row.integer(0))), std::pair(row.number(1), row.is_null(2) ? unknown : row.number(2))); return {}; }));
        }
        TRY(bound_places(tx, spans, pointer));
        std::vector<Row const*> written;
        for (auto const& [key, row] : last) {
            auto const before = known.find(key);
            auto const same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
            if (before == known.end()) ++out_.created;
            else if (!same(before->second.first, row->temperature) || !same(before->second.second, row->precipitation.value_or(unknown))) ++out_.updated;
            written.push_back(row);  // the same again: what was foretold came so
        }
        out_.unchanged = out_.read - out_.refused - out_.created - out_.updated;
        TRY(tx.run_many("INSERT INTO weather (shop_id, place, day, temperature, precipitation, taken_at_ms) VALUES (?,?,?,?,?,?) ON CONFLICT (shop_id, place, day) DO UPDATE SET temperature = excluded.temperature, precipitation = excluded.precipitation, taken_at_ms = excluded.taken_at_ms", written.size(), [&](std::size_t i, std::vector<shop::Value>& values) {
            auto const& r = *written[i];
            values = {tx.shop_id(), r.place, static_cast<std::int64_t>(r.day), r.temperature, shop::Value(r.precipitation), context_.now};
        }));
        tx.changed("weather");
        return std::move(out_);
    }

private:
    static Result<void> bound_places(shop::Transaction& tx, std::map<std::string_view, std::pair<Day, Day>> const& coming, std::string_view pointer) {
        std::set<std::string, std::less<>> places;
        for (auto const& [place, _] : coming) places.emplace(place);
        shop::Value const shop_value[] = {tx.shop_id()};
        TRY(tx.run("SELECT DISTINCT place FROM weather WHERE shop_id = ?", shop_value, [&](shop::Row const& row) -> Result<void> { places.emplace(row.text(0)); return {}; }));
        if (places.size() > most_places) return fail(Errc::invalid_argument, "too_many_places", fmt::format("With these there would be weather of {} places; at most {} are kept. Give the places that goods are sold from, or forget others (forecast.forget_weather).", places.size(), most_places), {{std::string(pointer), "too_many_places", "has too many places"}});
        return {};
    }

    Context& context_;
    Day today_;
    TakenWeather out_;
    std::vector<Row> rows_;
};

Result<Day> today_of(Context& context) { return TRY(shop::WallClock::of(context.tx())).day(context.now); }

}  // namespace

Result<TakenWeather> record_weather(Context& context, RecordWeather const& in) {
    Taking taking(context, TRY(today_of(context)));
    for (std::size_t i = 0; i < in.days.size(); ++i) {
        auto const& d = in.days[i];
        ++taking.report().read;
        if (auto const day = TRY(taking.day(static_cast<std::int64_t>(i) + 1, "day", d.day, fmt::format("/days/{}/day", i)))) taking.add({d.place, *day, d.temperature, d.precipitation});
    }
    return taking.keep("/days");
}

Result<TakenWeather> import_weather(Context& context, ImportWeather const& in) {
    auto const source = TRY(shop::imports::find_source(context, in.file_id, {}, shop::imports::TextEncoding::detect));
    auto const table = TRY(shop::files::open_table(source.path, source.options));
    std::array<int, columns> at;
    at.fill(-1);
    std::vector<int> dates;  // columns that may be the date: beside one that is, "day" may count days of the month
    for (std::size_t i = 0; i < table->columns().size(); ++i) {
        auto const named = column_of(table->columns()[i]);
        if (named.column == date && named.strange_unit.empty()) dates.push_back(static_cast<int>(i));
        if (named.column == columns || at[named.column] >= 0) continue;
        if (!named.strange_unit.empty()) return fail(Errc::invalid_argument, "unit_not_known", fmt::format("Column {} is not in °C or mm; give temperatures in °C and precipitation in mm.", table->columns()[i]), {{"/file_id", "unit_not_known", "needs °C and mm"}});
        at[named.column] = static_cast<int>(i);
    }
    if (at[date] < 0) return fail(Errc::invalid_argument, "date_column_missing", "The file has no column named date or 日期; name one so.", {{"/file_id", "date_column_missing", "needs a date column"}});
    if (at[mean] < 0 && (at[low] < 0 || at[high] < 0)) return fail(Errc::invalid_argument, "temperature_column_missing", "The file has no column named temperature or 气温, nor temperature_min and temperature_max; name one so.", {{"/file_id", "temperature_column_missing", "needs a temperature column"}});
    Taking taking(context, TRY(today_of(context)));
    for (shop::files::Row row; TRY(table->next(row));) {
        if (++taking.report().read > most_rows) return fail(Errc::invalid_argument, "too_many_rows", fmt::format("The file has more than {} rows; import it in parts.", most_rows), {{"/file_id", "too_many_rows", "too long"}});
        auto const cell = [&](Column c) { return at[c] >= 0 && static_cast<std::size_t>(at[c]) < row.cells.size() ? shop::imports::trimmed(row.cells[static_cast<std::size_t>(at[c])]) : std::string_view(); };
        auto const name = [&](Column c) { return at[c] >= 0 ? std::string_view(table->columns()[static_cast<std::size_t>(at[c])]) : std::string_view(); };
        if (row.problem != shop::files::RowProblem::none) { taking.refuse(row.line, {}, std::string(shop::files::name_of(row.problem)), row.message); continue; }
        // The first column of which a cell is a day.
        for (std::size_t k = 0; dates.size() > 1 && k < dates.size(); ++k)
            if (at[date] = dates[k]; parse_date(cell(date).substr(0, 10))) dates.clear();
        Row day{.place = std::string(cell(where).empty() ? std::string_view(in.place) : cell(where))};
        bool fine = true;
        auto const number = [&](Column c, double least, double most) -> std::optional<double> {
            if (!fine || cell(c).empty()) return {};
            auto const v = shop::imports::read_number(cell(c));
            if (v && *v >= least && *v <= most) return *v;
            fine = false;
            if (!v) taking.refuse(row.line, name(c), v.error().reason, v.error().message);
            else taking.refuse(row.line, name(c), "out_of_range", fmt::format("must be from {} to {}", least, most));
            return {};
        };
        if (day.place.size() > longest_place) { taking.refuse(row.line, name(where), "too_long", fmt::format("has more than {} bytes", longest_place)); continue; }
        auto const t = number(mean, -90, 60), coldest = number(low, -90, 60), hottest = number(high, -90, 60);
        day.precipitation = number(rain, 0, 2000);
        if (!fine) continue;
        // Columns that were swapped, or a slip: nobody knows which of the two is wrong.
        if (coldest && hottest && *coldest > *hottest) { taking.refuse(row.line, name(low), "out_of_order", fmt::format("must not be above {} ({})", name(high), *hottest)); continue; }
        if (!t && (!coldest || !hottest)) { taking.refuse(row.line, name(at[mean] >= 0 ? mean : low), "required", "every day needs a temperature"); continue; }
        day.temperature = t ? *t : (*coldest + *hottest) / 2;
        if (auto const when = TRY(taking.day(row.line, name(date), cell(date), "/file_id"))) day.day = *when, taking.add(std::move(day));
    }
    return taking.keep("/file_id");
}

Result<WeatherKnown> weather_known(Context& context, Nothing const&) {
    auto& tx = context.tx();
    auto days = TRY(shop::WallClock::of(tx));
    std::map<std::string, WeatherPlace> places;
    shop::Value const shop_value[] = {tx.shop_id()};
    TRY(tx.run("SELECT place, day, taken_at_ms FROM weather WHERE shop_id = ? ORDER BY day", shop_value, [&](shop::Row const& row) -> Result<void> {
        auto& p = places[std::string(row.text(0))];
        auto const day = static_cast<Day>(row.integer(1));
        if (p.days++ == 0) p.place = row.text(0), p.first_day = format_date(day);
        p.last_day = format_date(day), p.foretold += days.day(row.integer(2)) <= day;
        return {};
    }));
    WeatherKnown out;
    for (auto& [_, p] : places) out.places.push_back(std::move(p));
    return out;
}

Result<ForgottenWeather> forget_weather(Context& context, ForgetWeather const& in) {
    auto& tx = context.tx();
    ForgottenWeather const out{TRY(tx.integer("SELECT COUNT(*) FROM weather WHERE shop_id = ? AND place = ?", tx.shop_id(), in.place))};
    TRY(tx.execute("DELETE FROM weather WHERE shop_id = ? AND place = ?", tx.shop_id(), in.place));
    tx.changed("weather");
    return out;
}

namespace {

struct Place {
    std::map<Day, std::pair<double, double>> days;  // °C, mm
    double weight = 0, beside = 0;                  // beside: °C above the others on the days that they share
    double beyond = 0, shared = 0;                  // of one turn: what it has beyond its days, and their number
};
using Places = std::map<std::string, Place>;

// Places of the shop count by what left them (one that sold nothing hardly, but where it alone is known), other names as their mean.
void weigh(Places& places, History const& h) {
    std::vector<Place*> strange;
    double all = 0, sold = 0;
    for (auto& [name, p] : places) {
        auto const at = static_cast<std::size_t>(std::ranges::find(h.places, name) - h.places.begin());
        if (at == h.places.size()) { strange.push_back(&p); continue; }
        for (auto const& g : h.goods) if (at < g.by_place.size()) p.weight += static_cast<double>(g.by_place[at]);
        if (p.weight > 0) all += p.weight, ++sold;
    }
    auto const usual = sold > 0 ? all / sold : 1;
    for (auto* p : strange) p->weight = usual;
    for (auto& [_, p] : places) p.weight = std::max(p.weight, 1e-6 * usual);
}

// Of each day the places that know it.
struct Known { Place* place; double degrees, mm; };
using ByDay = std::map<Day, std::vector<Known>>;
ByDay by_day(Places& places) {
    ByDay out;
    for (auto& [_, p] : places) for (auto const& [day, value] : p.days) out[day].push_back({&p, value.first, value.second});
    return out;
}

// Places that no shared day ties to those with most days are left out: how much warmer they are is not known, and each would be a step in the shop's weather.
void leave_loose(Places& places) {
    std::map<Place*, Place*> leader;
    for (auto& [_, p] : places) leader[&p] = &p;
    auto const find = [&](Place* p) { while (leader[p] != p) p = leader[p] = leader[leader[p]]; return p; };
    for (auto const& [_, there] : by_day(places)) for (auto const& k : there) leader[find(k.place)] = find(there.front().place);
    std::map<Place*, std::size_t> days;
    for (auto& [_, p] : places) days[find(&p)] += p.days.size();
    Place* most = nullptr;
    for (auto& [_, p] : places) if (auto* const own = find(&p); !most || days[own] > days[most]) most = own;
    for (auto at = places.begin(); at != places.end();) at = find(&at->second) == most ? std::next(at) : places.erase(at);
}

// How much warmer each place is, by least squares over the days that places share: a day's temperature at a place is the day's and the place's, added. In turns, until nothing moves.
void hold_beside(Places& places, ByDay const& days) {
    for (int turn = 0; turn < 200; ++turn) {
        for (auto& [_, p] : places) p.beyond = p.shared = 0;
        for (auto const& [_, there] : days) {
            if (there.size() < 2) continue;
            double t = 0, weight = 0;
            for (auto const& k : there) t += k.place->weight * (k.degrees - k.place->beside), weight += k.place->weight;
            for (auto const& k : there) k.place->beyond += k.degrees - k.place->beside - t / weight, ++k.place->shared;
        }
        double moved = 0;
        for (auto& [_, p] : places)
            if (p.shared > 0) p.beside += p.beyond / p.shared, moved = std::max(moved, std::abs(p.beyond / p.shared));
        if (moved < 1e-4) break;
    }
}

}  // namespace

Result<DailyWeather> read_weather(shop::Transaction& tx, History const& h, Day today) {
    Places places;
    auto const unknown = std::numeric_limits<double>::quiet_NaN();
    shop::Value const shop_value[] = {tx.shop_id()};
    TRY(tx.run("SELECT place, day, temperature, precipitation FROM weather WHERE shop_id = ?", shop_value, [&](shop::Row const& row) -> Result<void> { places[std::string(row.text(0))].days.emplace(static_cast<Day>(row.integer(1)), std::pair(row.number(2), row.is_null(3) ? unknown : row.number(3))); return {}; }));
    DailyWeather out;
    if (places.empty()) return out;
    weigh(places, h), leave_loose(places);
    auto const days = by_day(places);
    hold_beside(places, days);
    double all = 0, beside = 0;
    for (auto const& [_, p] : places) all += p.weight, beside += p.weight * p.beside;
    auto const last = days.rbegin()->first;
    out.first = days.begin()->first;
    auto const none = std::numeric_limits<float>::quiet_NaN();
    for (auto day = out.first; day <= last; ++day) {
        double t = 0, weight = 0, mm = 0, rain_weight = 0;
        if (auto const there = days.find(day); there != days.end())
            for (auto const& k : there->second) {
                t += k.place->weight * (k.degrees - k.place->beside), weight += k.place->weight;  // a warm place that is missing makes no cold day
                if (!std::isnan(k.mm)) mm += k.place->weight * k.mm, rain_weight += k.place->weight;
            }
        out.temperature.push_back(weight > 0 ? static_cast<float>(t / weight + beside / all) : none);
        out.rain.push_back(rain_weight > 0 ? static_cast<float>(mm / rain_weight) : none);
    }
    // A day or two that are missing, today's above all, hide nothing of what is foretold behind them.
    for (auto day = std::max(today, out.first), before = today - 1; day <= last && day < today + static_cast<Day>(most_ahead) && day - before <= most_gap + 1; ++day)
        if (!std::isnan(out.temperature[static_cast<std::size_t>(day - out.first)])) before = day, out.ahead = static_cast<std::size_t>(day - today) + 1;
    return out;
}

}  // namespace kindling::forecast
