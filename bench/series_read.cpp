// Lines into series; see series_read.h for the shapes.
#include "series_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <unordered_map>

namespace kindling::bench {

namespace {

struct Place {
    const std::string& path;
    std::size_t line = 0;
    std::unexpected<Error> bad(std::string reason, const std::string& what) const { return fail(Errc::invalid_argument, std::move(reason), fmt::format("{}:{}: {}", path, line, what)); }
};

Result<double> number(std::string_view text, const Place& place) {
    if (text.empty() || text == "NA" || text == "NaN" || text == "nan" || text == "null") return NAN;
    double value = 0;
    auto const [end, error] = std::from_chars(text.data() + (text[0] == '+'), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range || (error == std::errc{} && end == text.data() + text.size() && !(std::abs(value) <= 1e15))) return place.bad("number_out_of_range", fmt::format("{} is beyond 1e15.", text));
    if (error != std::errc{} || end != text.data() + text.size()) return place.bad("not_a_number", fmt::format("\"{}\" is not a number; leave the field empty when the value is missing.", text));
    return value;
}

// A whole number of low .. high.
Result<std::size_t> whole(std::string_view text, std::size_t low, std::size_t high, std::string_view what, const Place& place) {
    double const v = TRY(number(text, place));
    if (!(v >= static_cast<double>(low) && v <= static_cast<double>(high)) || v != std::floor(v)) return place.bad(fmt::format("{}_out_of_range", what), fmt::format("The {} is \"{}\"; give a whole number of {} to {}.", what, text, low, high));
    return static_cast<std::size_t>(v);
}

Result<series::Frequency> frequency(std::string_view text, const Place& place) {
    using enum series::Frequency;
    static const std::map<std::string_view, series::Frequency> names = {{"", unknown}, {"unknown", unknown}, {"other", unknown}, {"yearly", yearly}, {"annual", yearly}, {"y", yearly}, {"a", yearly}, {"quarterly", quarterly}, {"q", quarterly}, {"monthly", monthly}, {"m", monthly}, {"weekly", weekly}, {"w", weekly}, {"daily", daily}, {"d", daily}, {"hourly", hourly}, {"h", hourly}};
    std::string lower(text);
    for (auto& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    auto const found = names.find(lower);
    if (found == names.end()) return place.bad("unknown_frequency", fmt::format("\"{}\" is no frequency; give yearly, quarterly, monthly, weekly, daily, hourly or nothing.", text));
    return found->second;
}

// Day and instant of a date as written.
struct When { Day day = 0; Milliseconds at = 0; };
Result<When> when(const std::string& text, const Place& place) {
    std::string whole = text;
    if (text.size() == 4) whole += "-01-01";
    else if (text.size() == 7 && text[5] == 'Q' && text[6] >= '1' && text[6] <= '4') whole = fmt::format("{}-{:02}-01", text.substr(0, 4), 3 * (text[6] - '1') + 1);
    else if (text.size() == 7) whole += "-01";
    auto const day = parse_date(std::string_view(whole).substr(0, 10));
    auto const at = parse_time(whole);
    if (!day || !at) return place.bad("not_a_date", fmt::format("\"{}\" is not a date that exists; give 2024-03-31, 2024-03, 2024-Q1, 2024 or 2024-03-31T14:00:00+02:00.", text));
    return When{*day, *at};
}

void hold_back(TestSeries&& s, std::size_t horizon, std::size_t line, SeriesFile& out) {
    auto const known = s.train.size() > horizon ? s.train.size() - horizon : 0;
    if (known == 0) return out.notes.push_back(fmt::format("{}: \"{}\" has {} values, not more than its horizon of {}: left out", line, s.id, s.train.size(), horizon));
    s.test.assign(s.train.begin() + static_cast<std::ptrdiff_t>(known), s.train.end());
    s.train.resize(known);
    auto const is_there = [](double v) { return !std::isnan(v); };
    if (std::ranges::none_of(s.train, is_there) || std::ranges::none_of(s.test, is_there)) return out.notes.push_back(fmt::format("{}: \"{}\" has no value {} its last {}: left out", line, s.id, std::ranges::none_of(s.train, is_there) ? "before" : "among", horizon));
    for (auto const* values : {&s.train, &s.test})
        for (double const v : *values) out.missing += std::isnan(v);
    out.series.push_back(std::move(s));
}

Result<void> read_row_a_series(const std::vector<std::string>& fields, const Place& place, std::unordered_map<std::string, std::size_t>& seen, SeriesFile& out) {
    if (fields.size() < 6) return place.bad("too_few_fields", fmt::format("{} fields; there are id, period, frequency, horizon and at least two values.", fields.size()));
    if (auto const [first, fresh] = seen.try_emplace(fields[0], place.line); !fresh) return place.bad("repeated_id", fmt::format("The series \"{}\" is already in line {}.", fields[0], first->second));
    TestSeries s{.id = fields[0], .group = fields[2], .frequency = TRY(frequency(fields[2], place)), .period = fields[1].empty() ? 0 : TRY(whole(fields[1], 0, 10'000, "period", place))};
    auto const horizon = TRY(whole(fields[3], 1, series::longest_horizon, "horizon", place));
    std::size_t last = fields.size();
    while (last > 4 && fields[last - 1].empty()) --last;
    for (std::size_t i = 4; i < last; ++i) s.train.push_back(TRY(number(fields[i], place)));
    s.group = name_of(s.frequency);
    hold_back(std::move(s), horizon, place.line, out);
    return {};
}

struct Value {
    When when;
    double value = 0;
    std::size_t line = 0, row = 0;
    long step = 0;
};

// The step of a date under a frequency; steps of neighbours differ by 1.
long step_of(const When& w, series::Frequency f, Day monday) {
    auto const civil = civil_from_day(w.day);
    long const month = 12L * static_cast<int>(civil.year()) + static_cast<unsigned>(civil.month()) - 1;
    switch (f) {
        case series::Frequency::yearly: return month / 12;
        case series::Frequency::quarterly: return month / 3;
        case series::Frequency::monthly: return month;
        case series::Frequency::weekly: return (w.day - monday) / 7;
        case series::Frequency::hourly: return static_cast<long>(w.at / 3'600'000);
        default: return w.day;
    }
}

// What most neighbours of all series are apart.
Result<series::Frequency> usual_frequency(const std::map<std::string, std::vector<Value>>& series, const Place& place) {
    std::map<long, std::size_t> days;
    for (auto const& [id, values] : series)
        for (std::size_t i = 1; i < values.size(); ++i) ++days[values[i].when.day - values[i - 1].when.day];
    if (days.empty()) return place.bad("too_few_rows", "No series has two rows: nothing tells how far apart steps are.");
    long const usual = std::ranges::max_element(days, {}, [](auto const& d) { return d.second; })->first;
    using enum series::Frequency;
    auto const within = [usual](long low, long high) { return usual >= low && usual <= high; };
    if (usual == 0) return hourly;
    if (usual == 1) return daily;
    if (usual == 7) return weekly;
    if (within(28, 31)) return monthly;
    if (within(89, 92)) return quarterly;
    if (within(365, 366)) return yearly;
    return place.bad("unknown_frequency", fmt::format("Most neighbouring dates are {} days apart; hours, days, weeks, months, quarters and years are known.", usual));
}

// Words of a column become numbers in the order of the alphabet; TRUE and FALSE 1 and 0.
std::vector<std::vector<float>> columns_of(const std::vector<std::vector<std::string>>& texts, const Place& place) {
    std::vector<std::vector<float>> out(texts.size());
    for (std::size_t c = 0; c < texts.size(); ++c) {
        bool numbers = true;
        std::map<std::string_view, float> words;
        for (auto const& text : texts[c]) numbers = numbers && number(text, place).has_value(), words[text] = 0;
        float next = 0;
        for (auto& [word, code] : words) code = word == "TRUE" || word == "True" || word == "true" ? 1 : word == "FALSE" || word == "False" || word == "false" ? 0 : next++;
        for (auto const& text : texts[c]) out[c].push_back(numbers ? static_cast<float>(*number(text, place)) : text.empty() || text == "NA" ? NAN : words[text]);
    }
    return out;
}

Result<void> lay_out(std::map<std::string, std::vector<Value>>& all, const std::vector<std::vector<float>>& columns, Place place, SeriesFile& out) {
    Day first = std::numeric_limits<Day>::max();
    for (auto& [id, values] : all) {
        std::ranges::stable_sort(values, {}, [](const Value& v) { return v.when.at; });
        for (auto const& v : values) first = std::min(first, v.when.day);
        // Before steps are told: the same moment twice is no step of nothing.
        for (std::size_t i = 1; i < values.size(); ++i)
            if (values[i].when.at == values[i - 1].when.at) {
                place.line = values[i].line;
                return place.bad("repeated_date", fmt::format("\"{}\" already has a value of {}{} in line {}.", id, format_date(values[i].when.day), values[i].when.at == start_of(values[i].when.day) ? "" : " at this time", values[i - 1].line));
            }
    }
    auto const f = TRY(usual_frequency(all, place));
    Day const monday = first - static_cast<Day>(weekday_of(first) - 1);
    out.first_day = f == series::Frequency::weekly ? monday : first;
    long const origin = step_of({first, start_of(first)}, f, monday);
    for (auto& [id, values] : all) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            auto& v = values[i];
            v.step = step_of(v.when, f, monday), place.line = v.line;
            if (f == series::Frequency::hourly && v.when.at % 3'600'000 != 0) return place.bad("date_between_steps", "The file counts hours, and this is not a full hour.");
            if (f == series::Frequency::weekly && (v.when.day - values[0].when.day) % 7 != 0) return place.bad("date_between_steps", fmt::format("{} is not whole weeks after {}, the first of \"{}\".", format_date(v.when.day), format_date(values[0].when.day), id));
            if (i > 0 && v.step == values[i - 1].step) return place.bad("repeated_date", fmt::format("\"{}\" already has a value of this {} in line {}.", id, f == series::Frequency::hourly ? "hour" : f == series::Frequency::daily ? "day" : f == series::Frequency::weekly ? "week" : "month, quarter or year", values[i - 1].line));
        }
        auto const length = static_cast<std::size_t>(values.back().step - values.front().step) + 1;
        if (length > series::longest_series) { place.line = values.back().line; return place.bad("series_too_long", fmt::format("\"{}\" spans {} steps; at most {} are possible.", id, length, series::longest_series)); }
        TestSeries s{.id = id, .group = std::string(name_of(f)), .frequency = f, .start = static_cast<std::size_t>(values.front().step - origin)};
        s.train.assign(length, NAN), s.regressors.assign(columns.size(), std::vector<float>(length, NAN));
        for (auto const& v : values) {
            auto const t = static_cast<std::size_t>(v.step - values.front().step);
            s.train[t] = v.value;
            for (std::size_t c = 0; c < columns.size(); ++c) s.regressors[c][t] = columns[c][v.row];
        }
        hold_back(std::move(s), out.horizon, values.back().line, out);
    }
    return {};
}

}  // namespace

Result<SeriesFile> read_series_file(const std::string& path, std::optional<std::size_t> horizon) {
    auto const text = read_file(path);
    Place place{.path = path};
    if (text.empty()) return place.bad("unreadable", "The file is empty or cannot be read.");
    SeriesFile out{.horizon = 0};
    std::vector<std::string> header;
    std::map<std::string, std::vector<Value>> long_rows;
    std::vector<std::vector<std::string>> words;
    std::unordered_map<std::string, std::size_t> seen;
    std::size_t rows = 0;
    bool one_value = false;
    for (std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        auto fields = split_csv(std::string_view(text).substr(at, end - at));
        at = end + 1, ++place.line;
        for (auto& field : fields) {
            while (!field.empty() && field.back() == ' ') field.pop_back();
            field.erase(0, std::min(field.find_first_not_of(' '), field.size()));
        }
        if (fields.size() == 1 && fields[0].empty()) continue;
        if (header.empty()) {
            header = fields;
            auto const is = [&](std::size_t i, std::string_view name) { return header.size() > i && header[i] == name; };
            one_value = is(0, "id") && is(1, "date") && is(2, "value");
            if (!one_value && !(is(0, "id") && is(1, "period") && is(2, "frequency") && is(3, "horizon"))) return place.bad("unknown_shape", "The header is neither id,period,frequency,horizon,values... nor id,date,value[,regressor...].");
            if (one_value) out.regressors.assign(header.begin() + 3, header.end()), words.resize(out.regressors.size());
            continue;
        }
        if (!one_value) { TRY(read_row_a_series(fields, place, seen, out)); continue; }
        if (fields.size() != header.size()) return place.bad("too_few_fields", fmt::format("{} fields; the header has {}.", fields.size(), header.size()));
        if (fields[0].empty()) return place.bad("no_id", "The id is empty.");
        long_rows[fields[0]].push_back({.when = TRY(when(fields[1], place)), .value = TRY(number(fields[2], place)), .line = place.line, .row = rows++});
        for (std::size_t c = 0; c < words.size(); ++c) words[c].push_back(std::move(fields[c + 3]));
    }
    if (!one_value) return out;
    out.horizon = horizon.value_or(28);
    if (!horizon && std::filesystem::exists(path + ".horizon")) {
        auto const beside = path + ".horizon";
        auto said = read_file(beside);
        while (!said.empty() && (said.back() == '\n' || said.back() == '\r' || said.back() == ' ')) said.pop_back();
        out.horizon = TRY(whole(said, 1, series::longest_horizon, "horizon", Place{.path = beside, .line = 1}));
    }
    if (!long_rows.empty()) TRY(lay_out(long_rows, columns_of(words, place), place, out));
    return out;
}

}  // namespace kindling::bench
