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
constexpr std::size_t most_shown = 100, longest_place = 64;
constexpr std::size_t most_ahead = 16;  // days that weather services foretell
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

struct Row { std::string place; Day day = 0; double temperature = 0; std::optional<double> precipitation; };

class Taking {
public:
    explicit Taking(Context& context, Day today) : context_(context), today_(today) {}
    void refuse(std::int64_t line, std::string_view column, std::string reason, std::string message) {
        ++out_.refused;
        if (out_.refused_lines.size() < most_shown) out_.refused_lines.push_back({line, std::string(column), std::move(reason), std::move(message)});
    }
    // Whether the day is one.
    std::optional<Day> day(std::int64_t line, std::string_view column, std::string_view text) {
        auto const day = parse_date(text.substr(0, 10));
        if (!day || (text.size() > 10 && text[10] != 'T' && text[10] != ' ')) { refuse(line, column, "malformed_date", "expected a day such as 2026-01-31"); return {}; }
        if (*day > today_ + farthest || *day < day_from_civil(1900, 1, 1)) { refuse(line, column, "out_of_range", fmt::format("must be from 1900-01-01 to {}", format_date(today_ + farthest))); return {}; }
        return *day;
    }
    void add(Row row) { rows_.push_back(std::move(row)); }
    TakenWeather& report() { return out_; }

    Result<TakenWeather> keep() {
        auto& tx = context_.tx();
        std::map<std::pair<std::string, Day>, Row const*> last;
        for (auto const& r : rows_) last[{r.place, r.day}] = &r;
        std::map<std::pair<std::string, Day>, std::pair<double, double>> known;
        auto const unknown = std::nan("");
        shop::Value const shop_value[] = {tx.shop_id()};
        TRY(tx.run("SELECT place, day, temperature, precipitation FROM weather WHERE shop_id = ?", shop_value, [&](shop::Row const& row) -> Result<void> { known.emplace(std::pair(std::string(row.text(0)), static_cast<Day>(row.integer(1))), std::pair(row.number(2), row.is_null(3) ? unknown : row.number(3))); return {}; }));
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
        if (auto const day = taking.day(static_cast<std::int64_t>(i) + 1, "day", d.day)) taking.add({d.place, *day, d.temperature, d.precipitation});
    }
    return taking.keep();
}

Result<TakenWeather> import_weather(Context& context, ImportWeather const& in) {
    auto const source = TRY(shop::imports::find_source(context, in.file_id, {}, shop::imports::TextEncoding::detect));
    auto const table = TRY(shop::files::open_table(source.path, source.options));
    std::array<int, columns> at;
    at.fill(-1);
    for (std::size_t i = 0; i < table->columns().size(); ++i) {
        auto const named = column_of(table->columns()[i]);
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
        if (!t && (!coldest || !hottest)) { taking.refuse(row.line, name(at[mean] >= 0 ? mean : low), "required", "every day needs a temperature"); continue; }
        day.temperature = t ? *t : (*coldest + *hottest) / 2;
        if (auto const when = taking.day(row.line, name(date), cell(date))) day.day = *when, taking.add(std::move(day));
    }
    return taking.keep();
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

Result<DailyWeather> read_weather(shop::Transaction& tx, History const& h, Day today) {
    struct Of { std::map<Day, std::pair<double, double>> days; double mean = 0, weight = 0; };
    std::map<std::string, Of> places;
    auto const unknown = std::numeric_limits<double>::quiet_NaN();
    shop::Value const shop_value[] = {tx.shop_id()};
    TRY(tx.run("SELECT place, day, temperature, precipitation FROM weather WHERE shop_id = ?", shop_value, [&](shop::Row const& row) -> Result<void> { places[std::string(row.text(0))].days.emplace(static_cast<Day>(row.integer(1)), std::pair(row.number(2), row.is_null(3) ? unknown : row.number(3))); return {}; }));
    DailyWeather out;
    if (places.empty()) return out;
    // Places of the shop count by what left them; of any other names all count alike.
    double all = 0, mean = 0;
    for (auto& [name, p] : places) {
        if (auto const place = std::ranges::find(h.places, name); place != h.places.end()) for (auto const& g : h.goods) if (auto const at = static_cast<std::size_t>(place - h.places.begin()); at < g.by_place.size()) p.weight += static_cast<double>(g.by_place[at]);
        for (auto const& [_, v] : p.days) p.mean += v.first / static_cast<double>(p.days.size());
    }
    if (std::ranges::any_of(places, [](auto const& p) { return p.second.weight <= 0; })) for (auto& [_, p] : places) p.weight = 1;
    for (auto const& [_, p] : places) all += p.weight, mean += p.weight * p.mean;
    auto first = std::numeric_limits<Day>::max(), last = std::numeric_limits<Day>::min();
    for (auto const& [_, p] : places) first = std::min(first, p.days.begin()->first), last = std::max(last, p.days.rbegin()->first);
    out.first = first;
    for (auto day = first; day <= last; ++day) {
        double t = 0, weight = 0, mm = 0, rain_weight = 0;
        for (auto const& [_, p] : places) {
            auto const known = p.days.find(day);
            if (known == p.days.end()) continue;
            t += p.weight * (known->second.first - p.mean), weight += p.weight;  // beside its own mean: a warm place that is missing makes no cold day
            if (!std::isnan(known->second.second)) mm += p.weight * known->second.second, rain_weight += p.weight;
        }
        out.temperature.push_back(weight > 0 ? static_cast<float>(t / weight + mean / all) : std::numeric_limits<float>::quiet_NaN());
        out.rain.push_back(rain_weight > 0 ? static_cast<float>(mm / rain_weight) : std::numeric_limits<float>::quiet_NaN());
    }
    for (auto day = today; out.ahead < most_ahead && day >= first && day <= last && !std::isnan(out.temperature[static_cast<std::size_t>(day - first)]); ++day) ++out.ahead;
    return out;
}

}  // namespace kindling::forecast
