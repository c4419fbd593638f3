#include "series.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <map>

namespace kindling::bench {

namespace {

std::vector<std::string_view> split(std::string_view line) {
    std::vector<std::string_view> out;
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    for (std::size_t at = 0;;) {
        auto const comma = line.find(',', at);
        auto field = line.substr(at, comma == std::string_view::npos ? comma : comma - at);
        if (field.size() >= 2 && field.front() == '"' && field.back() == '"') field = field.substr(1, field.size() - 2);
        out.push_back(field);
        if (comma == std::string_view::npos) return out;
        at = comma + 1;
    }
}

double number(std::string_view field, const std::string& path, std::size_t line) {
    if (field.empty() || field == "NA" || field == "NaN" || field == "nan") return NAN;
    double value = 0;
    if (auto const [end, error] = std::from_chars(field.data(), field.data() + field.size(), value); error != std::errc{} || end != field.data() + field.size())
        give_up({Errc::invalid_argument, "not_a_number", fmt::format("{}:{}: \"{}\" is not a number.", path, line, field)});
    return value;
}

series::Frequency frequency(std::string_view text, const std::string& path, std::size_t line) {
    static const std::map<std::string_view, series::Frequency> names = {{"", series::Frequency::unknown}, {"unknown", series::Frequency::unknown}, {"other", series::Frequency::unknown}, {"yearly", series::Frequency::yearly}, {"quarterly", series::Frequency::quarterly}, {"monthly", series::Frequency::monthly}, {"weekly", series::Frequency::weekly}, {"daily", series::Frequency::daily}, {"hourly", series::Frequency::hourly}};
    auto const found = names.find(text);
    if (found == names.end()) give_up({Errc::invalid_argument, "unknown_frequency", fmt::format("{}:{}: \"{}\" is no frequency; give yearly, quarterly, monthly, weekly, daily, hourly or nothing.", path, line, text)});
    return found->second;
}

// The usual distance of neighbouring dates: a day, a week, a month, a quarter, a year.
series::Frequency frequency_of_dates(const std::vector<std::pair<std::string, double>>& rows) {
    std::vector<double> days;
    long before = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        int year = 0, month = 0, day = 0;
        if (std::sscanf(rows[i].first.c_str(), "%d-%d-%d", &year, &month, &day) != 3 || month < 1 || month > 12 || day < 1 || day > 31) return series::Frequency::unknown;
        long const date = std::chrono::sys_days(std::chrono::year(year) / month / day).time_since_epoch().count();
        if (i > 0) days.push_back(static_cast<double>(date - before));
        before = date;
    }
    double const usual = percentile(days, 0.5);
    return usual == 1 ? series::Frequency::daily : usual == 7 ? series::Frequency::weekly : usual >= 28 && usual <= 31 ? series::Frequency::monthly : usual >= 89 && usual <= 92 ? series::Frequency::quarterly : usual >= 365 && usual <= 366 ? series::Frequency::yearly : series::Frequency::unknown;
}

void hold_back(TestSeries& s, std::size_t horizon) {
    if (s.train.size() <= horizon) { s.train.clear(); return; }
    s.test.assign(s.train.end() - static_cast<std::ptrdiff_t>(horizon), s.train.end());
    s.train.resize(s.train.size() - horizon);
}

}  // namespace

std::string_view name_of(series::Frequency f) {
    static constexpr std::string_view names[] = {"unknown", "yearly", "quarterly", "monthly", "weekly", "daily", "hourly"};
    return names[static_cast<std::size_t>(f)];
}

std::size_t mase_lag(const TestSeries& s) {
    static constexpr std::size_t lags[] = {1, 1, 4, 12, 1, 1, 24};
    return s.period > 0 ? s.period : lags[static_cast<std::size_t>(s.frequency)];
}

double processor_seconds() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

double symmetric_error(double y, double f) {
    double const sum = std::abs(y) + std::abs(f);
    return sum > 0 ? 200 * std::abs(y - f) / sum : 0;
}

double smape(std::span<const double> y, std::span<const double> f) {
    double sum = 0, count = 0;
    for (std::size_t h = 0; h < y.size(); ++h)
        if (!std::isnan(y[h])) sum += symmetric_error(y[h], f[h]), count += 1;
    return count > 0 ? sum / count : 0;
}

double naive_error(std::span<const double> train, std::size_t lag) {
    double sum = 0, count = 0;
    for (std::size_t t = lag; t < train.size(); ++t)
        if (!std::isnan(train[t]) && !std::isnan(train[t - lag])) sum += std::abs(train[t] - train[t - lag]), count += 1;
    return count > 0 ? sum / count : 0;
}

void Accuracy::add(const TestSeries& s, std::span<const double> point) {
    smape_sum += smape(s.test, point), ++series;
    double absolute = 0, count = 0;
    for (std::size_t h = 0; h < s.test.size(); ++h) {
        if (std::isnan(s.test[h])) continue;
        double const e = symmetric_error(s.test[h], point[h]);
        point_sum += e, ++points;
        if (h == 0) first_sum += e;
        absolute += std::abs(s.test[h] - point[h]), count += 1;
    }
    if (double const scale = naive_error(s.train, mase_lag(s)); scale > 0 && count > 0) mase_sum += absolute / count / scale, ++scaled;
}

std::vector<std::string> split_csv(std::string_view line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (char const c : line) {
        if (c == '"') quoted = !quoted;
        else if (c == ',' && !quoted) fields.emplace_back();
        else if (c != '\r') fields.back() += c;
    }
    return fields;
}

std::vector<TestSeries> read_series_file(const std::string& path) {
    auto const text = read_file(path);
    std::vector<TestSeries> out;
    std::map<std::string, std::vector<std::pair<std::string, double>>, std::less<>> rows;
    std::vector<std::string_view> header;
    std::size_t number_of_line = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        auto const fields = split(std::string_view(text).substr(at, end - at));
        at = end + 1, ++number_of_line;
        if (fields.size() == 1 && fields[0].empty()) continue;
        if (header.empty()) {
            header = fields;
            bool const wide = header.size() >= 4 && header[0] == "id" && header[1] == "period" && header[2] == "frequency" && header[3] == "horizon", tall = header.size() >= 3 && header[0] == "id" && header[1] == "date" && header[2] == "value";
            if (!wide && !tall) give_up({Errc::invalid_argument, "unknown_shape", fmt::format("{}:1: the header is neither id,period,frequency,horizon,values... nor id,date,value[,regressor...].", path)});
            continue;
        }
        if (fields.size() < 3) give_up({Errc::invalid_argument, "too_few_fields", fmt::format("{}:{}: {} fields; see the header.", path, number_of_line, fields.size())});
        if (header[1] == "date") { rows[std::string(fields[0])].emplace_back(fields[1], number(fields[2], path, number_of_line)); continue; }
        if (fields.size() < 5) continue;
        TestSeries s{.id = std::string(fields[0]), .group = std::string(fields[2]), .frequency = frequency(fields[2], path, number_of_line), .period = static_cast<std::size_t>(std::max(0.0, number(fields[1], path, number_of_line)))};
        std::size_t last = fields.size();
        while (last > 4 && fields[last - 1].empty()) --last;
        for (std::size_t i = 4; i < last; ++i) s.train.push_back(number(fields[i], path, number_of_line));
        hold_back(s, static_cast<std::size_t>(number(fields[3], path, number_of_line)));
        if (!s.train.empty()) out.push_back(std::move(s));
    }
    std::size_t horizon = 28;
    if (std::filesystem::exists(path + ".horizon")) horizon = static_cast<std::size_t>(number(split(read_file(path + ".horizon"))[0], path + ".horizon", 1));
    for (auto& [id, values] : rows) {
        std::ranges::stable_sort(values, {}, [](auto const& row) -> const std::string& { return row.first; });
        TestSeries s{.id = id, .frequency = frequency_of_dates(values)};
        s.group = name_of(s.frequency);
        for (auto const& [date, value] : values) s.train.push_back(value);
        hold_back(s, horizon);
        if (!s.train.empty()) out.push_back(std::move(s));
    }
    return out;
}

}  // namespace kindling::bench
