#include "shop/catalogue/size_chart.h"
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>

namespace kindling::shop {

namespace {

constexpr std::size_t most_lines = 2'000;
constexpr std::pair<std::string_view, BodyMeasure> names[] = {{"height", BodyMeasure::height}, {"weight", BodyMeasure::weight}, {"chest", BodyMeasure::chest}, {"waist", BodyMeasure::waist}, {"hip", BodyMeasure::hip}, {"foot", BodyMeasure::foot},
                                                              {"身高", BodyMeasure::height}, {"体重", BodyMeasure::weight}, {"胸围", BodyMeasure::chest}, {"腰围", BodyMeasure::waist}, {"臀围", BodyMeasure::hip}, {"脚长", BodyMeasure::foot}};

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t' || s.front() == '\r')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
    return s;
}

std::optional<double> number(std::string_view s) {
    s = trimmed(s);
    double value = 0;
    auto const [end, problem] = std::from_chars(s.data(), s.data() + s.size(), value);
    return problem == std::errc() && end == s.data() + s.size() && value > 0 && value < 1000 ? std::optional(value) : std::nullopt;
}

std::unexpected<Error> wrong(std::size_t line, std::string_view what) { return fail(Errc::invalid_argument, "size_chart_invalid", fmt::format("Line {} of the size table: {}, such as: dresses M: height 160-165, weight 50-56", line, what)); }

}  // namespace

Result<std::vector<SizeRow>> parse_size_charts(std::string_view text) {
    std::vector<SizeRow> out;
    std::size_t line = 0;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto const whole = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++line;
        if (whole.empty() || whole.front() == '#') continue;
        if (line > most_lines) return wrong(line, "there are more than 2,000 lines");
        auto const colon = whole.find(':');
        if (colon == whole.npos) return wrong(line, "write category and size, a colon, then the measures");
        auto const head = trimmed(whole.substr(0, colon));
        auto const blank = head.find(' ');
        if (blank == head.npos) return wrong(line, "the size is missing");
        SizeRow row{std::string(head.substr(0, blank)), std::string(trimmed(head.substr(blank))), {}};
        auto rest = whole.substr(colon + 1);
        while (!rest.empty()) {
            auto const comma = std::min(rest.find(','), rest.size());
            auto const part = trimmed(rest.substr(0, comma));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
            if (part.empty()) continue;
            auto const known = std::ranges::find_if(names, [&](auto const& n) { return part.starts_with(n.first); });
            if (known == std::end(names)) return wrong(line, "a measure is height, weight, chest, waist, hip or foot");
            auto const range = trimmed(part.substr(known->first.size()));
            auto const dash = range.find('-');
            auto const from = number(range.substr(0, dash)), to = dash == range.npos ? from : number(range.substr(dash + 1));
            if (!from || !to || *from > *to) return wrong(line, "a range is two numbers in cm or kg, the smaller first");
            row.made_for[known->second] = {*from, *to};
        }
        if (row.made_for.empty()) return wrong(line, "there is no measure");
        out.push_back(std::move(row));
    }
    return out;
}

BodySize size_for(std::vector<SizeRow> const& table, std::map<BodyMeasure, double> const& body) {
    BodySize out;
    auto const within = [](SizeRow const& row, BodyMeasure m, double value) {
        auto const range = row.made_for.find(m);
        return range != row.made_for.end() && value >= range->second.from && value <= range->second.to;
    };
    std::vector<std::pair<BodyMeasure, double>> known;
    for (auto const& [m, value] : body)
        if (std::ranges::any_of(table, [&, m = m](SizeRow const& row) { return row.made_for.contains(m); })) known.emplace_back(m, value);
    for (auto const& row : table)
        if (!known.empty() && out.size.empty() && std::ranges::all_of(known, [&](auto const& k) { return within(row, k.first, k.second); })) out.size = row.size;
    for (auto const& [m, value] : known) {
        auto const row = std::ranges::find_if(table, [&, m = m, value = value](SizeRow const& r) { return within(r, m, value); });
        if (row == table.end()) out.beyond.push_back(m);
        else out.by_measure.emplace_back(m, row->size);
    }
    return out;
}

}  // namespace kindling::shop
