// modules/dialogue/trade_off.cpp -- see trade_off.h.
#include "modules/dialogue/trade_off.h"
#include "core/money.h"
#include "modules/dialogue/relax.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_wishes = 4, most_named = 5;

std::int64_t price_of(CatalogueView const& view, Pick const& pick) { return view[pick.product].variants[pick.variant].price_minor; }

// What a constraint weighs goods by, if anything: kinds of goods, prices and photos choose them, and are no axis of their own.
std::optional<Weighed> wish(Constraint const& c, Vocabulary const& words) {
    if (c.kind == ConstraintKind::category || c.kind == ConstraintKind::price || c.kind == ConstraintKind::picture || c.kind == ConstraintKind::stock || c.kind == ConstraintKind::rating) return {};
    Weighed out{.kind = TradeOffKind::wish, .sense = TradeOffSense::meets, .asked = c, .condition = resolve(c, words)};
    if (c.kind != ConstraintKind::number || out.condition.attribute < 0 || c.polarity == Polarity::avoid) return out;
    bool const least = std::isfinite(out.condition.low), most = std::isfinite(out.condition.high);
    if (!std::isnan(out.condition.target)) out.kind = TradeOffKind::amount, out.sense = TradeOffSense::nearest;
    else if (least != most) out.kind = TradeOffKind::amount, out.sense = least ? TradeOffSense::more : TradeOffSense::less;
    return out;
}

// Places from 1, the worst that is known; equal amounts share one; 0: not known.
std::vector<int> places(std::vector<double> const& values) {
    std::vector<double> sorted;
    for (double v : values)
        if (!std::isnan(v)) sorted.push_back(v);
    std::ranges::sort(sorted);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    std::vector<int> out;
    for (double v : values) out.push_back(std::isnan(v) ? 0 : static_cast<int>(std::ranges::lower_bound(sorted, v) - sorted.begin()) + 1);
    return out;
}

// Where each amount lies between the worst and the best of all; prices and sales by their ratio.
std::vector<double> worths(std::vector<double> values, TradeOffKind kind) {
    for (double& v : values) {
        if (kind == TradeOffKind::price) v = -std::log(std::max(1.0, -v));
        if (kind == TradeOffKind::sales) v = std::log1p(v);
    }
    double low = infinity, high = -infinity;
    for (double v : values)
        if (!std::isnan(v)) low = std::min(low, v), high = std::max(high, v);
    for (double& v : values) v = std::isnan(v) ? 0 : high > low ? (v - low) / (high - low) : 1;
    return values;
}

}  // namespace

double Weighed::of(CatalogueView const& view, Pick const& pick) const {
    auto const& entry = view[pick.product];
    switch (kind) {
        case TradeOffKind::price: return -static_cast<double>(price_of(view, pick));
        case TradeOffKind::rating: return cautious_rating(entry.standing);
        case TradeOffKind::sales: return entry.standing.popularity;
        case TradeOffKind::wish: return condition.soft ? liking(view, pick.product, pick.variant, condition) : holds(view, pick.product, pick.variant, condition) ? 1 : 0;
        case TradeOffKind::returns: {
            double const weight = enough_sold, share = (static_cast<double>(entry.standing.returned) + weight * usual) / (static_cast<double>(entry.standing.sold) + weight);
            return -std::round(100 * share);   // what is less than a percent apart is alike
        }
        case TradeOffKind::amount: break;
    }
    auto const* v = view.value_of(pick.product, pick.variant, condition.attribute);
    if (!v) return std::numeric_limits<double>::quiet_NaN();
    return sense == TradeOffSense::less ? -v->number : sense == TradeOffSense::more ? v->number : -std::abs(v->number - condition.target);
}

TradeOffAxis Weighed::described(CatalogueView const& view, Locale locale) const {
    auto const zh = locale == Locale::zh;
    TradeOffAxis out{.kind = kind, .sense = sense};
    if (kind == TradeOffKind::price) out.label = zh ? "价格" : "Price";
    else if (kind == TradeOffKind::rating) out.label = zh ? "评分" : "Rating";
    else if (kind == TradeOffKind::sales) out.label = zh ? "销量" : "Sales";
    else if (kind == TradeOffKind::returns) out.label = zh ? "退回" : "Sent back";
    else if (kind == TradeOffKind::wish) out.label = asked.label(locale);
    else {
        out.attribute = asked.attribute;
        // "Weight ≤ 300 g" names its attribute; "ideally light" does not.
        auto const& name = view.words().attributes[static_cast<std::size_t>(condition.attribute)].label.in(locale);
        out.label = asked.soft ? zh ? fmt::format("{}（{}）", name, asked.label(locale)) : fmt::format("{} ({})", name, asked.label(locale)) : asked.label(locale);
        if (sense == TradeOffSense::nearest) out.target = condition.target;
    }
    return out;
}

std::string Weighed::text(CatalogueView const& view, Pick const& pick, Locale locale) const {
    auto const zh = locale == Locale::zh;
    auto const& entry = view[pick.product];
    if (kind == TradeOffKind::price) return format_money(price_of(view, pick), view.currency(), locale);
    if (kind == TradeOffKind::rating) return entry.standing.reviews > 0 ? plain_number(entry.standing.rating) : std::string();
    if (kind == TradeOffKind::sales) return {};
    if (kind == TradeOffKind::returns) return returned_text(entry.standing, locale);
    if (kind == TradeOffKind::amount) {
        auto const* v = view.value_of(pick.product, pick.variant, condition.attribute);
        return v ? view.value_text(*v, locale) : std::string();
    }
    bool const met = holds(view, pick.product, pick.variant, condition);
    if (by_title(condition)) return met ? zh ? "标题提到" : "in its title" : zh ? "标题未提" : "not in its title";
    // What it has of it reads better than that it has it.
    std::string has;
    if (condition.polarity == Polarity::want)
        for (auto const& pair : condition.pairs)
            if (auto const* v = view.value_of(pick.product, pick.variant, pair.first); v && v->value == pair.second)
                if (auto const value = view.value_text(*v, locale); has.find(value) == has.npos) has += (has.empty() ? "" : zh ? "、" : ", ") + value;
    return !has.empty() ? has : met ? zh ? "是" : "yes" : zh ? "否" : "no";
}

std::string returned_text(Standing const& s, Locale locale) {
    if (s.sold < enough_sold) return {};
    return locale == Locale::zh ? fmt::format("{}件退{}件", s.sold, s.returned) : fmt::format("{} of {}", s.returned, s.sold);
}

namespace {

// The share that comes back of all of them, where it is not the same for each: Pearson's test of homogeneity, two deviations of its statistic above the expected.
std::optional<double> shares_that_differ(CatalogueView const& view, std::span<Pick const> picks) {
    double sold = 0, returned = 0, freedom = -1, statistic = 0;
    auto const each = [&](auto&& take) {
        for (auto const& pick : picks)
            if (auto const& s = view[pick.product].standing; s.sold >= enough_sold) take(static_cast<double>(s.sold), static_cast<double>(s.returned));
    };
    each([&](double n, double back) { sold += n, returned += back, ++freedom; });
    double const share = sold > 0 ? returned / sold : 0;
    if (freedom < 1 || share <= 0 || share >= 1) return {};
    each([&](double n, double back) { statistic += (back - n * share) * (back - n * share) / (n * share * (1 - share)); });
    if (statistic <= freedom + 2 * std::sqrt(2 * freedom)) return {};
    return share;
}

}  // namespace

std::vector<Weighed> weighed_by(CatalogueView const& view, std::span<Constraint const> asked, std::span<Pick const> picks) {
    auto const differ = [&](Weighed const& axis) {
        if (picks.empty()) return false;
        auto const same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
        auto const first = axis.of(view, picks.front());
        return std::ranges::any_of(picks, [&](Pick const& pick) { return !same(axis.of(view, pick), first); });
    };
    std::vector<Weighed> out{{}};
    for (auto const& c : asked) {
        auto one = wish(c, view.words());
        if (!one || out.size() > most_wishes || !differ(*one)) continue;
        // "Under 300 g, ideally light" is one thing.
        if (one->kind == TradeOffKind::amount && std::ranges::any_of(out, [&](Weighed const& w) { return w.kind == one->kind && w.sense == one->sense && w.condition.attribute == one->condition.attribute; })) continue;
        out.push_back(std::move(*one));
    }
    bool const any_wish = out.size() > 1;
    if (Weighed rating{.kind = TradeOffKind::rating, .sense = TradeOffSense::more}; differ(rating)) out.push_back(std::move(rating));
    if (auto const usual = shares_that_differ(view, picks))
        if (Weighed returns{.kind = TradeOffKind::returns, .sense = TradeOffSense::less, .usual = *usual}; differ(returns)) out.push_back(std::move(returns));
    if (Weighed sales{.kind = TradeOffKind::sales, .sense = TradeOffSense::more}; !any_wish && differ(sales)) out.push_back(std::move(sales));
    return out;
}

TradeOff trade_offs(CatalogueView const& view, std::span<Pick const> all, std::span<Constraint const> asked) {
    std::vector<std::size_t> index;   // of those that can be bought now
    std::vector<Pick> picks;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (view[all[i].product].variants[all[i].variant].stock > 0) index.push_back(i), picks.push_back(all[i]);
    TradeOff out{.axes = weighed_by(view, asked, picks)};
    if (picks.empty()) return out;
    auto const axes = out.axes.size();
    std::vector<std::vector<int>> place(axes);
    std::vector<std::vector<double>> worth(axes);
    for (std::size_t a = 0; a < axes; ++a) {
        std::vector<double> values;
        for (auto const& pick : picks) values.push_back(out.axes[a].of(view, pick));
        place[a] = places(values), worth[a] = worths(std::move(values), out.axes[a].kind);
    }
    auto const sum = [&](std::size_t i) { std::int64_t s = 0; for (auto const& of : place) s += of[i]; return s; };
    auto const beats = [&](std::size_t by, std::size_t i) {
        bool better = false;
        for (auto const& of : place) {
            if (of[by] < of[i]) return false;
            better = better || of[by] > of[i];
        }
        return better;
    };
    std::vector<std::size_t> order(picks.size()), front, rest;
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{}, sum);
    for (auto const i : order) (std::ranges::any_of(front, [&](std::size_t f) { return beats(f, i); }) ? rest : front).push_back(i);
    std::ranges::sort(rest);   // as the goods were ordered before
    out.front = front.size();
    auto const better_in = [&](std::size_t by, std::size_t i) {
        std::vector<std::size_t> in;
        for (std::size_t a = 0; a < axes; ++a)
            if (place[a][by] > place[a][i]) in.push_back(a);
        return in;
    };
    for (auto const i : rest) {
        TradeOff::Beaten most;
        for (std::size_t f = 0; f < front.size(); ++f)
            if (beats(front[f], i))
                if (auto in = better_in(front[f], i); in.size() > most.in.size()) most = {f, std::move(in)};
        out.beaten.push_back(std::move(most));
    }
    // By name: the best on each axis (of equals the one that is better elsewhere), and the nearest to the point that is best in everything.
    auto const shortfall = [&](std::size_t i) {
        double sum_of = 0;
        for (std::size_t a = 0; a < axes; ++a) sum_of += (out.axes[a].kind == TradeOffKind::sales ? 0.5 : 1) * (1 - worth[a][i]) * (1 - worth[a][i]);
        return sum_of;
    };
    auto const name = [&](std::size_t at) -> TradeOff::Named* {
        auto const found = std::ranges::find(out.named, at, &TradeOff::Named::at);
        if (found != out.named.end()) return &*found;
        return out.named.size() < most_named ? &out.named.emplace_back(TradeOff::Named{.at = at}) : nullptr;
    };
    auto const name_best = [&](std::size_t a) {
        auto const best = std::ranges::max_element(front, [&](std::size_t x, std::size_t y) { return place[a][x] != place[a][y] ? place[a][x] < place[a][y] : shortfall(x) > shortfall(y); });
        if (out.axes[a].kind == TradeOffKind::sales && out.axes[a].of(view, picks[*best]) <= 0) return;
        if (auto* named = name(static_cast<std::size_t>(best - front.begin()))) named->best_in.push_back(a);
    };
    auto const of_buyers = [&](std::size_t a) { return out.axes[a].kind == TradeOffKind::rating || out.axes[a].kind == TradeOffKind::sales || out.axes[a].kind == TradeOffKind::returns; };
    for (std::size_t a = 0; a < axes; ++a)
        if (!of_buyers(a)) name_best(a);
    if (auto* named = name(static_cast<std::size_t>(std::ranges::min_element(front, {}, shortfall) - front.begin()))) named->balanced = true;
    for (std::size_t a = 0; a < axes; ++a)
        if (of_buyers(a)) name_best(a);
    std::ranges::stable_sort(out.named, {}, [&](TradeOff::Named const& n) { return price_of(view, picks[front[n.at]]); });
    front.insert(front.end(), rest.begin(), rest.end());
    for (auto const i : front) {
        out.picks.push_back(index[i]);
        auto& of_pick = out.worth.emplace_back();
        for (auto const& of : worth) of_pick.push_back(of[i]);
    }
    return out;
}

}  // namespace kindling::dialogue
