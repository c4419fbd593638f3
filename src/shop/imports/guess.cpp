#include "shop/imports/guess.h"
#include "shop/imports/values.h"
#include <fmt/format.h>

namespace kindling::shop::imports {

namespace {

bool lists(std::string_view list, std::string_view word) {
    for (std::size_t at = list.find(word); at != list.npos && !word.empty(); at = list.find(word, at + 1)) {
        auto const end = at + word.size();
        if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
    }
    return false;
}

bool fits(Shape shape, std::string_view cell) {
    switch (shape) {
    case Shape::text: return true;
    case Shape::amount: return read_amount(cell, {.fraction = Reading::Fraction::round}).has_value() || read_amount(cell, {.decimal = DecimalSign::comma, .fraction = Reading::Fraction::round}).has_value();
    case Shape::whole: return read_whole(cell).has_value();
    case Shape::number: return read_number(cell).has_value() || read_number(cell, DecimalSign::comma).has_value();
    case Shape::time: {
        auto const t = parse_time(cell, DateOrder::month_first);
        return t.has_value() || t.error().reason == "no_such_date" || parse_time(cell).has_value();
    }
    case Shape::flag: return read_flag(cell).has_value();
    }
    return false;
}

std::string_view said(Shape shape) {
    switch (shape) {
    case Shape::text: return "texts";
    case Shape::amount: return "amounts";
    case Shape::whole: return "whole numbers";
    case Shape::number: return "numbers";
    case Shape::time: return "times";
    case Shape::flag: return "yes or no";
    }
    return "";
}

Guess claim(TargetField const& f, std::string_view normal, std::vector<std::string> const& samples) {
    Guess g{&f};
    std::string own;
    for (char c : f.name)
        if (c != '_') own += c;
    if (normal == own) g.confidence = 0.95, g.why = "its name is the field's";
    else if (lists(f.synonyms, normal)) g.confidence = 0.9, g.why = "its name is usual for it";
    else if (own.size() >= 4 && normal.size() > own.size() && (normal.ends_with(own) || normal.starts_with(own))) g.confidence = 0.55, g.why = "its name contains the field's";
    else return {};
    std::size_t filled = 0, good = 0;
    for (auto const& s : samples)
        if (!s.empty()) ++filled, good += fits(f.shape, s);
    if (f.shape == Shape::text || filled == 0) return g;
    auto const share = static_cast<double>(good) / static_cast<double>(filled);
    if (share >= 0.9) g.confidence = std::min(1.0, g.confidence + 0.05), g.why += fmt::format(", and its values are {}", said(f.shape));
    else g.confidence *= share >= 0.5 ? 0.6 + 0.4 * share : 0.5 * share, g.why += fmt::format(", but {} of {} values are no {}", filled - good, filled, said(f.shape));
    return g;
}

}  // namespace

std::vector<Guess> guess_columns(Rows rows, std::span<std::string const> columns, Samples const& samples) {
    struct Claim { double confidence; std::size_t column; Guess guess; };
    std::vector<Claim> claims;
    static std::vector<std::string> const none;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto const normal = normal_name(columns[i]);
        if (normal.empty()) continue;
        for (auto const& f : target_fields(rows))
            if (auto g = claim(f, normal, i < samples.size() ? samples[i] : none); g.confidence >= 0.3) claims.push_back({g.confidence, i, std::move(g)});
    }
    std::ranges::stable_sort(claims, [](auto const& a, auto const& b) { return a.confidence > b.confidence; });
    std::vector<Guess> out(columns.size());
    std::array<bool, fields_in_all> taken{};
    for (auto& c : claims) {
        auto& used = taken[static_cast<std::size_t>(c.guess.field->id)];
        if (used || out[c.column].field) continue;
        used = true;
        out[c.column] = std::move(c.guess);
    }
    return out;
}

KindGuess guess_kind(std::span<std::string const> columns, Samples const& samples) {
    double best = -1, second = -1;
    KindGuess out;
    for (auto rows : {Rows::products, Rows::orders, Rows::customers, Rows::reviews}) {
        auto const guesses = guess_columns(rows, columns, samples);
        Columns mapped;
        double sum = 0;
        for (std::size_t i = 0; i < guesses.size(); ++i)
            if (guesses[i].field) mapped.at[static_cast<std::size_t>(guesses[i].field->id)] = static_cast<int>(i), sum += guesses[i].confidence;
        auto const missing = missing_fields(rows, Style::plain, mapped).size();
        auto const score = (missing ? 0 : 100) + sum - 2 * static_cast<double>(missing) + (rows == Rows::orders && mapped.has(F::order_id) ? 1 : 0);
        if (score > best) second = best, best = score, out.rows = rows;
        else second = std::max(second, score);
    }
    out.sure = best >= 100 && best - second > 0.5 ? KindGuess::Sure::yes : KindGuess::Sure::no;
    return out;
}

void DateWatch::see(std::string_view cell) {
    int part[2] = {0, 0};
    std::size_t i = 0;
    for (int p = 0; p < 2; ++p) {
        auto const begin = i;
        for (; i < cell.size() && i - begin < 4 && cell[i] >= '0' && cell[i] <= '9'; ++i) part[p] = part[p] * 10 + (cell[i] - '0');
        if (i == begin || i - begin > 2 || i >= cell.size() || (cell[i] != '/' && cell[i] != '-' && cell[i] != '.')) return;
        ++i;
    }
    ++seen_;
    if (part[0] > 12 && part[1] <= 12) ++day_;
    if (part[1] > 12 && part[0] <= 12) ++month_;
}

DatesSeen DateWatch::verdict() const {
    if (!seen_) return DatesSeen::none;
    if (day_ && month_) return DatesSeen::contradictory;
    return day_ ? DatesSeen::day_first : month_ ? DatesSeen::month_first : DatesSeen::both_possible;
}

}  // namespace kindling::shop::imports
