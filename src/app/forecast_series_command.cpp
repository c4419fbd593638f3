#include "app/forecast_series_command.h"
#include "core/json_text.h"
#include "core/parallel.h"
#include "engines/series/temporal.h"
#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <istream>
#include <ostream>
#include <unordered_set>

namespace kindling::app {

namespace {

constexpr std::size_t lines_at_once = 512, longest_line = std::size_t(64) << 20;

std::unexpected<Error> refuse(std::string reason, std::string message, std::string field = "") {
    std::vector<FieldError> fields;
    if (!field.empty()) fields.push_back({std::move(field), reason, message});
    return fail(Errc::invalid_argument, std::move(reason), std::move(message), std::move(fields));
}

// Fields as CSV has them: in quotes a comma is a letter and "" one quote. Blanks around a field are none of it.
Result<std::vector<std::string>> split(std::string_view text) {
    auto const blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        while (at < text.size() && blank(text[at])) ++at;
        std::string part;
        if (at < text.size() && text[at] == '"') {
            bool closed = false;
            for (++at; at < text.size() && !closed; ++at) {
                if (text[at] != '"') part += text[at];
                else if (at + 1 < text.size() && text[at + 1] == '"') part += text[at++];
                else closed = true;
            }
            while (at < text.size() && blank(text[at])) ++at;
            if (!closed || (at < text.size() && text[at] != ',')) return refuse("malformed_quotes", fmt::format("Field {} begins with a quote and does not end with one; a quote within is written twice.", out.size() + 1));
        } else {
            auto const end = std::min(text.find(',', at), text.size());
            part = text.substr(at, end - at), at = end;
            while (!part.empty() && blank(part.back())) part.pop_back();
        }
        out.push_back(std::move(part));
        ++at;
    }
    return out;
}

// As spreadsheets, R and pandas write it, with or without quotes.
bool is_header(std::string_view line) {
    auto const fields = split(line);
    return fields && fields->size() > 1 && fields->at(0) == "id" && fields->at(1) == "period";
}

Result<series::Frequency> frequency_of(std::string_view text) {
    using enum series::Frequency;
    static constexpr std::pair<std::string_view, series::Frequency> names[] = {{"", unknown}, {"yearly", yearly}, {"quarterly", quarterly}, {"monthly", monthly}, {"weekly", weekly}, {"daily", daily}, {"hourly", hourly}};
    for (auto const& [name, value] : names)
        if (name == text) return value;
    return refuse("unknown_frequency", fmt::format("\"{}\" is no frequency; there are yearly, quarterly, monthly, weekly, daily and hourly, or nothing.", gateway::printable(text)));
}

Result<std::size_t> whole_number(std::string_view field, std::string_view text, std::size_t most) {
    std::size_t n = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    auto const whole = end == text.data() + text.size();
    if (whole && (error == std::errc::result_out_of_range || (error == std::errc() && n > most))) return refuse(field == "horizon" ? "horizon_out_of_range" : "out_of_range", fmt::format("{} is {}; it is at most {}.", field, gateway::printable(text), most), "/" + std::string(field));
    if (error != std::errc() || !whole) return refuse("not_a_number", fmt::format("{} is \"{}\"; it takes a whole number of at most {}.", field, gateway::printable(text), most));
    return n;
}

// Infinite values are left to the engine, which names their place.
Result<double> value_of(std::string_view text, std::size_t place) {
    if (text.empty() || text == "NA" || text == "NaN" || text == "null") return NAN;
    double v = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
    if (error != std::errc() || end != text.data() + text.size()) return refuse("not_a_number", fmt::format("Value {} is \"{}\"; values are numbers, and nothing where one is missing.", place, gateway::printable(text)));
    return v;
}

struct Question {
    std::string id;
    std::vector<double> values;
    series::Frequency frequency = series::Frequency::unknown;
    std::size_t period = 0, horizon = 0;
};

Result<void> read_row(std::string_view line, Question& q) {
    auto const fields = TRY(split(line));
    q.id = fields[0];
    if (fields.size() < 5) return refuse("too_few_fields", "A row is id,period,frequency,horizon and at least one value.");
    if (!fields[1].empty()) q.period = TRY(whole_number("period", fields[1], series::longest_series));
    if (!fields[2].empty()) q.frequency = TRY(frequency_of(fields[2]));
    if (!fields[3].empty()) q.horizon = TRY(whole_number("horizon", fields[3], series::longest_horizon));
    for (std::size_t i = 4; i < fields.size(); ++i) q.values.push_back(TRY(value_of(fields[i], i - 3)));
    return {};
}

Result<void> read_object(std::string_view line, Question& q) {
    auto const parsed = TRY(parse_json(line));
    auto const* const object = parsed.if_object();
    if (object == nullptr) return refuse("malformed_json", "The line is no object.");
    if (auto const* id = object->if_contains("id")) q.id = id->is_string() ? std::string(id->get_string()) : to_text(*id);
    for (auto const& [key, value] : *object) {
        if (key == "id") continue;
        if (key == "values" && value.is_array()) {
            for (auto const& v : value.get_array()) {
                if (!v.is_null() && !v.is_number()) return refuse("not_a_number", fmt::format("Value {} is no number; values are numbers, and null where one is missing.", q.values.size() + 1));
                q.values.push_back(v.is_null() ? NAN : v.to_number<double>());
            }
        } else if (key == "frequency" && value.is_string()) q.frequency = TRY(frequency_of(value.get_string()));
        else if (key == "period" || key == "horizon") (key == "period" ? q.period : q.horizon) = TRY(whole_number(key, to_text(value), key == "period" ? series::longest_series : series::longest_horizon));
        else return refuse("unknown_field", fmt::format("\"{}\" is no field of a series, or not of its kind; there are id, values (a list), frequency (a text), period and horizon.", gateway::printable(key)));
    }
    return {};
}

struct Settings {
    Question open;  // what a line does not say
    series::Options options;
    bool temporal = false;
    series::Domain domain = series::Domain::non_negative;
};

Result<Settings> read_settings(gateway::CommandCall const& call) {
    Settings out;
    out.open.horizon = static_cast<std::size_t>(call.number("horizon"));
    out.open.frequency = TRY(frequency_of(call.text("frequency")));
    out.temporal = call.has("temporal");
    if (call.has("negative")) out.domain = series::Domain::real;
    out.options.levels.clear();
    if (call.text("levels") != "none")
        for (auto const& part : TRY(split(call.text("levels")))) {
            auto const level = value_of(part, out.options.levels.size() + 1);
            if (!level || !std::isfinite(*level)) return refuse("not_a_number", fmt::format("Level {} is \"{}\"; levels are numbers between 0 and 1 such as 0.1,0.5,0.9, or none for the mean alone.", out.options.levels.size() + 1, gateway::printable(part)), "/levels");
            out.options.levels.push_back(*level);
        }
    if (call.has("methods"))
        for (auto const& part : TRY(split(call.text("methods")))) {
            auto method = series::Method::naive;
            while (series::name(method) != part && method != series::Method::rate) method = static_cast<series::Method>(static_cast<int>(method) + 1);
            if (series::name(method) != part) return refuse("unknown_value", fmt::format("There is no method \"{}\"; some are ets, theta, dynamic_theta, ces, arima, seasonal_naive, tsb and rate.", gateway::printable(part)));
            out.options.methods.push_back(method);
        }
    return out;
}

json::array numbers(std::span<const double> values) {
    json::array out;
    for (double const v : values) out.emplace_back(std::round(v * 1e6) / 1e6 == 0 ? 0.0 : std::abs(v) < 1e9 ? std::round(v * 1e6) / 1e6 : v);
    return out;
}

struct Answered {
    std::string text;
    bool refused = false;
};

Result<series::Forecast> forecast_of(const Question& q, const Settings& settings) {
    series::Series const asked{.values = q.values, .frequency = q.frequency, .period = q.period, .domain = settings.domain};
    if (!settings.temporal) return series::forecast(asked, q.horizon, settings.options);
    return std::move(TRY(series::forecast_temporal(asked, q.horizon, settings.options)).forecast);
}

struct Asked {
    std::size_t number = 0;  // of the line
    Question question;
    Result<void> read = {};
};

// `seen` gets the ids of all lines that were read; lines without one are not told apart.
Asked read(std::string_view line, std::size_t number, const Settings& settings, std::unordered_set<std::string>& seen) {
    Asked out{.number = number, .question = settings.open};
    auto& q = out.question;
    out.read = line.starts_with('{') ? read_object(line, q) : read_row(line, q);
    if (out.read && !q.id.empty() && !seen.insert(q.id).second)
        out.read = refuse("duplicate_id", fmt::format("The id \"{}\" was given by an earlier line; every series takes an id of its own, or none.", gateway::printable(q.id)), "/id");
    return out;
}

Answered answer(Asked const& asked, const Settings& settings) {
    auto const& [number, q, read] = asked;
    auto const f = read ? forecast_of(q, settings) : Result<series::Forecast>(std::unexpected(read.error()));
    json::object out{{"id", gateway::printable(q.id)}};
    if (!f) {
        out["line"] = number, out["error"] = json::object{{"reason", f.error().reason}, {"message", f.error().message}};
        if (!f.error().fields.empty()) out["error"].as_object()["field"] = f.error().fields[0].path;
        return {to_text(out), true};
    }
    out["mean"] = numbers(f->point);
    json::array quantiles;
    for (auto const& row : f->quantiles) quantiles.push_back(numbers(row));
    out["levels"] = json::array(f->levels.begin(), f->levels.end()), out["quantiles"] = std::move(quantiles), out["pattern"] = series::name(f->pattern);
    json::array flags;
    static constexpr std::string_view names[] = {"gaps_filled", "spikes_replaced", "constant", "no_demand", "short_history", "limited", "member_dropped", "beyond_history", "uncalibrated", "ends_early", "level_moved", "interrupted", "closed_positions", "negative_as_zero"};
    for (std::size_t i = 0; i < std::size(names); ++i)
        if (f->flags.has(static_cast<series::Flag>(1 << i))) flags.emplace_back(names[i]);
    out["flags"] = std::move(flags);
    return {to_text(out), false};
}

}  // namespace

Result<int> run_forecast_series_command(gateway::CommandCall const& call, gateway::Streams const& streams, std::stop_token stop) {
    auto const settings = TRY(read_settings(call));
    auto const threads = call.number("threads");
    if (threads < 1 || threads > 256) return refuse("out_of_range", fmt::format("--threads is {}; it is 1 to 256.", threads), "/threads");
    std::vector<Asked> asked;
    std::vector<Answered> answers;
    std::unordered_set<std::string> seen;
    std::size_t number = 0, refused = 0, read_in_all = 0;
    for (bool more = true; more && !stop.stop_requested();) {
        asked.clear();
        std::string line;
        while (asked.size() < lines_at_once && (more = static_cast<bool>(std::getline(streams.in, line)))) {
            ++number;
            if (line.size() > longest_line) return refuse("line_too_long", fmt::format("Line {} has {} bytes; a series takes at most {}.", number, line.size(), longest_line));
            if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);  // the mark of UTF-8 that spreadsheets write
            if (line.find_first_not_of(" \t\r") == std::string::npos || (number == 1 && is_header(line))) continue;
            asked.push_back(read(line, number, settings, seen));
        }
        read_in_all += asked.size();
        answers.assign(asked.size(), {});
        parallel_for(asked.size(), [&](std::size_t i) { answers[i] = answer(asked[i], settings); }, static_cast<unsigned>(threads));
        for (std::size_t i = 0; i < asked.size(); ++i) {
            streams.out << answers[i].text << '\n';
            if (!answers[i].refused) continue;
            ++refused;
            if (!call.has("keep_good")) {
                streams.out.flush();
                streams.err << fmt::format("Line {} was refused, and the run ended there; --keep-good goes on.\n", asked[i].number);
                return 2;
            }
        }
        if (!streams.out) return fail(Errc::unavailable, "disk_full", "The forecasts could not be written to standard output.");
    }
    streams.out.flush();
    if (read_in_all == 0) return refuse("no_series", "There was no series to forecast: each line of standard input is id,period,frequency,horizon,values.");
    if (refused > 0) streams.err << fmt::format("{} of {} lines were refused; each says why.\n", refused, number);
    return refused > 0 ? 2 : 0;
}

}  // namespace kindling::app
