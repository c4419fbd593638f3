// engines/text/analysis/constraint.cpp -- from numbers to limits: what stands before and after each, read outwards from it.
#include <algorithm>
#include <cmath>

#include "core/utf8.h"
#include "engines/text/analysis/constraint_words.h"
#include "engines/text/analysis/quantity_scan.h"

namespace kindling::text {

namespace {

using Text = std::u32string_view;

constexpr double infinity = std::numeric_limits<double>::infinity();

std::size_t skip_spaces_back(Text text, std::size_t at, std::size_t floor) {
    while (at > floor && text[at - 1] == ' ') --at;
    return at;
}

std::size_t skip_spaces(Text text, std::size_t at) {
    while (at < text.size() && text[at] == ' ') ++at;
    return at;
}

// What was said before the number. `begin` moves left over it.
struct Before {
    Bound bound = Bound::none;
    bool negated = false;
    Aspect aspect = Aspect::none;
    std::size_t begin = 0;
};

Before read_before(Text text, std::size_t begin, std::size_t floor) {
    Before out;
    out.begin = begin;
    auto at = begin;
    for (int step = 0; step < 6; ++step) {
        at = skip_spaces_back(text, at, floor);
        bool found = false;
        auto const fits = [&](Text word) { return at >= floor + word.size() && ends_with_word(text, at, word); };
        if (out.aspect == Aspect::none)
            for (auto const& word : aspects_before())
                if (fits(word.text)) {
                    out.aspect = word.aspect, at -= word.text.size(), out.begin = at, found = true;
                    break;
                }
        if (found) continue;
        if (out.bound == Bound::none || out.bound == Bound::about)
            for (auto const& word : bounds_before())
                if (out.aspect == Aspect::none && fits(word.text)) {
                    // 不超过 and 不到 are both here: the longest word wins, then a negation may stand before it.
                    out.bound = word.bound, at -= word.text.size(), out.begin = at, found = true;
                    break;
                }
        if (found) continue;
        if (!out.negated && out.aspect == Aspect::none)
            for (auto const word : negations())
                if (fits(word)) {
                    constexpr Text other_words = U"特分区级性个送";  // 特别, 分别, 个别
                    if (word == U"别" && at >= 2 && other_words.find(text[at - 2]) != Text::npos) continue;
                    out.negated = true, at -= word.size(), out.begin = at, found = true;
                    break;
                }
        if (found) continue;
        for (auto const word : fillers())
            if (fits(word)) {
                at -= word.size(), found = true;
                break;
            }
        if (!found) break;
    }
    return out;
}

struct After {
    Bound bound = Bound::none;
    Aspect aspect = Aspect::none;
    std::size_t end = 0;
};

// `known`: the aspect said before, which leaves words behind for the next number: 宽80cm高1米.
After read_after(Text text, std::size_t end, std::size_t ceiling, Aspect known) {
    After out;
    out.end = end;
    out.aspect = known;
    auto at = end;
    for (int step = 0; step < 4; ++step) {
        bool found = false;
        auto const apart = skip_spaces(text, at);
        auto const fits = [&](Text word) { return apart + word.size() <= ceiling && starts_with_word(text, apart, word); };
        auto const take = [&](Text word) { at = apart + word.size(), out.end = at, found = true; };
        if (out.bound == Bound::none)
            for (auto const& word : bounds_after())
                if (fits(word.text)) {
                    if (word.text == U"起" && apart + 1 < text.size() && (text[apart + 1] == U'泡' || text[apart + 1] == U'球' || text[apart + 1] == U'毛')) continue;
                    if (word.text == U"内" && apart + 1 < text.size() && is_han(text[apart + 1]) && text[apart + 1] != U'的') continue;  // 内衣
                    out.bound = word.bound, take(word.text);
                    break;
                }
        if (!found && out.aspect == Aspect::none)
            for (auto const& word : aspects_after())
                if (fits(word.text)) {
                    auto const next = apart + word.text.size();
                    if (next < text.size() && word.not_before.find(text[next]) != Text::npos) continue;
                    out.aspect = word.aspect, take(word.text);
                    break;
                }
        if (!found)
            for (Text const skipped : {U"之间", U"间"})
                if (fits(skipped)) { take(skipped); break; }
        if (!found) break;
    }
    return out;
}

// How many characters after the first number the words begin that make the second its tolerance; npos: they are not there.
// A few words may stand before them: "85厘米宽的桌子，误差不超过1厘米", "85 cm wide, plus or minus 1 cm".
std::size_t tolerance_at(Text between) {
    constexpr std::size_t farthest = 16;
    auto end = between.size();
    while (end > 0 && between[end - 1] == ' ') --end;
    for (auto const word : tolerances())
        if (ends_with_word(between, end, word)) {
            auto const begin = end - word.size();
            bool const symbol = word == U"±" || word == U"上下";
            return begin <= (symbol ? 1 : farthest) ? begin : Text::npos;
        }
    return Text::npos;
}

// 超过5公斤就不要了: the limit is what is not wanted.
bool refused_after(Text text, std::size_t end) {
    for (Text const words : {U"就不要", U"的不要", U"不要", U"就不考虑", U"的就不要", U"就算了", U"的就算了", U"不考虑", U"就不行", U"不行", U"的不行", U"is too much", U"is too big", U"is too heavy", U"is too long"})
        if (text.substr(skip_spaces(text, end), words.size()) == words) return true;
    return false;
}

bool is_body(Aspect aspect) { return aspect == Aspect::waist || aspect == Aspect::chest || aspect == Aspect::hip || aspect == Aspect::shoulder || aspect == Aspect::body_height; }

// 3.5寸硬盘 is no storage of 3.5 inches: the word after it is something else.
bool measures(Aspect aspect, Dimension dimension) {
    switch (aspect) {
        case Aspect::none: return true;
        case Aspect::weight: case Aspect::body_weight: return dimension == Dimension::mass;
        case Aspect::capacity: return dimension == Dimension::volume || dimension == Dimension::charge || dimension == Dimension::data || dimension == Dimension::mass || dimension == Dimension::energy;
        case Aspect::price: return dimension == Dimension::money;
        case Aspect::battery: return dimension == Dimension::charge || dimension == Dimension::time || dimension == Dimension::energy;
        case Aspect::power: return dimension == Dimension::power;
        case Aspect::memory: case Aspect::storage: return dimension == Dimension::data;
        case Aspect::warranty: return dimension == Dimension::time;
        default: return dimension == Dimension::length;
    }
}

// A bare number takes what its aspect implies: 预算500 is money, 身高175 is centimetres.
void imply(Constraint& c, double written) {
    if (c.dimension != Dimension::number) return;
    if (c.aspect == Aspect::price) c.dimension = Dimension::money;
    if (is_body(c.aspect) && written >= 30 && written <= 250) {
        c.dimension = Dimension::length, c.unit = Unit::centimetre;
        c.min *= 10, c.max *= 10, c.tolerance *= 10;
        if (c.target) *c.target *= 10;
    }
}

void apply(Constraint& c, Bound bound, double low, double high) {
    switch (bound) {
        case Bound::at_most: c.max = high; break;
        case Bound::below: c.max = low, c.max_exclusive = true; break;
        case Bound::at_least: c.min = low; break;
        case Bound::above: c.min = high, c.min_exclusive = true; break;
        case Bound::about: {
            auto const middle = (low + high) / 2;
            c.target = middle, c.approximate = true;
            c.tolerance = std::abs(middle) * approximation + (high - low) / 2;
            c.min = middle - c.tolerance, c.max = middle + c.tolerance;
            break;
        }
        case Bound::exactly:
        case Bound::none:
            c.min = low, c.max = high;
            if (low == high) c.target = low;
            break;
    }
}

Bound turned(Bound bound) {
    switch (bound) {
        case Bound::above: return Bound::at_most;
        case Bound::below: return Bound::at_least;
        case Bound::at_least: return Bound::below;
        case Bound::at_most: return Bound::above;
        default: return bound;
    }
}

class Finder {
public:
    explicit Finder(std::string_view original) : scan_(scan_quantities(original)), text_(scan_.text()) {}

    std::vector<Constraint> run() {
        for (std::size_t k = 0; k < scan_.items.size();) read(k);
        merge();
        return std::move(out_);
    }

private:
    void read(std::size_t& k) {
        auto const& items = scan_.items;
        auto const& first = items[k];
        auto const floor = k > 0 ? std::max<std::size_t>(items[k - 1].end, taken_) : taken_;
        auto last = k;
        if (first.range_with_next) ++last;
        auto const& end = items[last];
        Constraint c;
        c.unit = end.unit, c.dimension = info(end.unit).dimension, c.axis = first.axis;
        auto low = to_canonical(first.low, first.unit), high = to_canonical(end.high, end.unit);
        if (low > high) std::swap(low, high);
        k = last + 1;

        bool const joined = last > static_cast<std::size_t>(&first - items.data());
        std::optional<double> tolerance;
        auto ceiling = k < items.size() ? items[k].begin : text_.size();
        std::size_t tolerance_end = 0;
        if (!joined && k < items.size())
            if (auto const at = tolerance_at(text_.substr(end.end, items[k].begin - end.end)); at != Text::npos) {
                auto const& t = items[k];
                if (c.unit == Unit::none && t.unit != Unit::none && t.unit != Unit::percent && at <= 1) {
                    c.unit = t.unit, c.dimension = info(t.unit).dimension;
                    low = to_canonical(first.low, t.unit), high = to_canonical(first.high, t.unit);
                }
                auto const unit = t.unit == Unit::none ? c.unit : t.unit;
                if (t.unit == Unit::percent) tolerance = std::abs(low) * t.high / 100;
                else if (info(unit).dimension == c.dimension) tolerance = unit == Unit::fahrenheit ? t.high / 1.8 : std::abs(t.high) * info(unit).factor;
                if (tolerance) ceiling = end.end + at, tolerance_end = t.end, ++k;
            }

        auto const before = read_before(text_, first.begin, floor);
        auto after = read_after(text_, end.end, ceiling, before.aspect);
        if (tolerance) after.end = read_after(text_, tolerance_end, k < items.size() ? items[k].begin : text_.size(), Aspect::price).end;
        c.aspect = after.aspect;
        if (c.dimension != Dimension::number && !measures(c.aspect, c.dimension)) c.aspect = Aspect::none;
        auto bound = after.bound != Bound::none && (after.bound != Bound::about || before.bound == Bound::none) ? after.bound : before.bound;
        if (joined) bound = Bound::none;  // "from 80 to 90", "100到200左右": the ends are the limits
        bool const said_limit = bound != Bound::none;
        if (before.negated != refused_after(text_, after.end)) {
            if (said_limit && bound != Bound::about && bound != Bound::exactly) bound = turned(bound);
            else c.negated = true;
        }
        if (bound == Bound::none && c.aspect == Aspect::price && low == high && !tolerance && budget(before.begin)) bound = Bound::at_most;
        if (tolerance) {
            c.target = low, c.tolerance = *tolerance, c.min = low - *tolerance, c.max = low + *tolerance;
        } else {
            apply(c, bound, low, high);
        }
        c.begin = scan_.normal.begin[before.begin], c.end = scan_.normal.end[after.end - 1];
        imply(c, first.low);
        bool const bare = c.dimension == Dimension::number;
        bool const hyphen = joined && text_.substr(first.end, end.begin - first.end).find(U'-') != Text::npos;
        bool const measured = before.aspect != Aspect::none && low >= 2;  // 宽120: of what unit is for the caller to know
        if (bare && !said_limit && !tolerance && !measured && (!joined || hyphen)) return;
        if (bare && bound == Bound::exactly) return;
        if (c.dimension == Dimension::count && !said_limit && low == high && low <= to_canonical(1, c.unit) && !c.negated) return;
        taken_ = after.end;
        pending_.push_back({before.begin, after.end});
        out_.push_back(c);
    }

    bool budget(std::size_t at) const {
        for (Text const word : {U"预算", U"budget", U"spend", U"pay"})
            if (text_.substr(at, word.size()) == word) return true;
        return false;
    }

    // "200以上500以下", "over 100 but under 200": two halves of one interval.
    void merge() {
        std::vector<Constraint> merged;
        std::size_t last_end = 0;
        for (std::size_t i = 0; i < out_.size(); ++i) {
            auto const& c = out_[i];
            if (!merged.empty() && pending_[i].first >= last_end && pending_[i].first - last_end <= 6) {
                auto& m = merged.back();
                bool const alike = m.dimension == c.dimension && (c.aspect == Aspect::none || c.aspect == m.aspect) && !m.negated && !c.negated && !m.target && !c.target;
                bool const halves = (std::isinf(m.max) && std::isinf(c.min)) || (std::isinf(m.min) && std::isinf(c.max));
                auto const low = std::isinf(m.min) ? c.min : m.min, high = std::isinf(m.max) ? c.max : m.max;
                if (alike && halves && low < high && std::isfinite(low) && std::isfinite(high)) {
                    m.min_exclusive = std::isinf(m.min) ? c.min_exclusive : m.min_exclusive;
                    m.max_exclusive = std::isinf(m.max) ? c.max_exclusive : m.max_exclusive;
                    m.min = low, m.max = high, m.end = c.end;
                    last_end = pending_[i].second;
                    continue;
                }
            }
            merged.push_back(c);
            last_end = pending_[i].second;
        }
        out_ = std::move(merged);
    }

    Scan scan_;
    Text text_;
    std::size_t taken_ = 0;
    std::vector<Constraint> out_;
    std::vector<std::pair<std::size_t, std::size_t>> pending_;  // spans of out_ in characters
};

}  // namespace

bool Constraint::allows(double value) const {
    auto const slack = 1e-9 * std::max(1.0, std::abs(value));
    bool const low = min == -infinity || (min_exclusive ? value > min + slack : value >= min - slack);
    bool const high = max == infinity || (max_exclusive ? value < max - slack : value <= max + slack);
    return (low && high) != negated;
}

std::vector<Constraint> find_constraints(std::string_view text) { return Finder(text).run(); }

}  // namespace kindling::text
