// forecast.total: one number with its band for any goods and days that somebody has to decide about at once: a container, a campaign, a shelf.
#include "modules/forecast/total.h"
#include "modules/forecast/planner.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <unordered_set>

namespace kindling::forecast {

namespace {

struct Piece {
    Level level = Level::product;
    std::string id;
    std::vector<std::uint32_t> members;
};

// What was asked for, in the order it was; the fields that are nothing of this forecast.
std::vector<Piece> pieces_of(Kept const& kept, AskTotal const& in, std::vector<FieldError>& wrong) {
    std::vector<Piece> out;
    auto const add = [&](Level level, std::string_view field, std::vector<std::string> const& ids, std::string_view what) {
        for (std::size_t i = 0; i < ids.size(); ++i) {
            Piece p{level, ids[i], members_of(kept, level, ids[i])};
            if (p.members.empty()) wrong.push_back({fmt::format("/{}/{}", field, i), "not_in_forecast", fmt::format("is {} of which anything is forecast; forecast.list names them", what)});
            else out.push_back(std::move(p));
        }
    };
    add(Level::category, "category_ids", in.category_ids, "no category");
    add(Level::product, "product_ids", in.product_ids, "no product");
    add(Level::variant, "skus", in.skus, "no SKU");
    return out;
}

struct Law {
    double dispersion = 0;
    Asked asked = quantile_levels;
};

double rounded(double chance) { return std::round(chance * 1e6) / 1e6; }

struct AskedDays { std::size_t from = 0, to = 0; };

Result<AskedDays> asked_days(Kept const& kept, AskTotal const& in, std::vector<FieldError>& wrong) {
    auto const end = kept.origin + static_cast<Day>(kept.horizon);
    constexpr Day four_weeks = 28;
    auto const first = in.first_day.empty() ? kept.origin : TRY(day_field(in.first_day, "/first_day"));
    auto const last = in.last_day.empty() ? std::min(end, first + four_weeks) - 1 : TRY(day_field(in.last_day, "/last_day"));
    auto const span = fmt::format("the forecast is from {} to {}", format_date(kept.origin), format_date(end - 1));
    if (first < kept.origin || first >= end) wrong.push_back({"/first_day", "out_of_range", span});
    else if (last >= end) wrong.push_back({"/last_day", "out_of_range", span});
    else if (last < first) wrong.push_back({"/last_day", "out_of_range", "is before the first day"});
    return AskedDays{static_cast<std::size_t>(std::max<Day>(0, first - kept.origin)), static_cast<std::size_t>(std::max<Day>(0, last + 1 - kept.origin))};
}

// Units sold of these goods in the days [from, to); none where the history does not hold them all.
std::optional<double> sold_in(History const& h, std::unordered_set<std::string_view> const& skus, Day from, Day to) {
    if (from < h.first || to > h.end) return {};
    double out = 0;
    for (auto const& g : h.goods)
        if (skus.contains(g.sku)) for (auto const& d : g.sold) if (h.first + d.day >= from && h.first + d.day < to) out += d.units;
    return out;
}

}  // namespace

Result<ForecastTotal> total(Context& context, AskTotal const& in) {
    auto& tx = context.tx();
    auto const now = TRY(load_current(tx, in.run_id));
    auto const& kept = now.kept;
    std::vector<FieldError> wrong;
    auto const pieces = pieces_of(kept, in, wrong);
    auto const days = TRY(asked_days(kept, in, wrong));
    std::optional<std::size_t> place;
    if (!in.place_id.empty()) {
        auto const found = std::ranges::find(kept.places, in.place_id);
        if (found == kept.places.end()) wrong.push_back({"/place_id", "place_not_known", kept.places.empty() ? "sales are not known by place" : fmt::format("is not among the places of the forecast: {}", fmt::join(kept.places, ", "))});
        else place = static_cast<std::size_t>(found - kept.places.begin());
    }
    if (!wrong.empty()) return fail(Errc::invalid_argument, "invalid_request", "This is not in the forecast; each field says what is.", std::move(wrong));

    std::vector<std::uint32_t> chosen;
    if (pieces.empty()) chosen = members_of(kept, Level::total, "");
    else {
        std::set<std::uint32_t> once;
        for (auto const& p : pieces) once.insert(p.members.begin(), p.members.end());
        chosen.assign(once.begin(), once.end());
    }
    auto const shares_of = [&](std::span<std::uint32_t const> goods) { return Parts(kept, goods, place); };
    Window const window{kept.origin, days.from, days.to};
    // Between nodes as its parts have it in common; what is one node answers as that node's own page, whatever else was chosen within it.
    std::optional<Together> together;
    auto const law_of = [&](Level level, std::string_view id, std::span<std::uint32_t const> members) {
        Width const all(now, level, id, members), width = place ? all.at_a_place() : all;
        return Law{width.at(days.from, days.to), width.asked(days.from, days.to)};
    };
    auto const shares = shares_of(chosen);
    auto const whole = std::ranges::find(pieces, chosen.size(), [](Piece const& p) { return p.members.size(); });
    auto const law = [&] {
        if (pieces.empty()) return law_of(Level::total, "", chosen);
        if (whole != pieces.end()) return law_of(whole->level, whole->id, chosen);
        together.emplace(now, days.from, days.to);
        auto const parts = shares.whole(now.means, chosen);
        // What a place sends of a choice is no better known than what it sends of a category.
        return Law{together->dispersion(chosen, parts) * (place ? static_cast<double>(kept.place_width[static_cast<std::size_t>(Level::category)]) : 1), together->asked(chosen, parts)};
    }();
    ForecastTotal out{.run_id = kept.run_id, .first_day = format_date(kept.origin + static_cast<Day>(days.from)), .last_day = format_date(kept.origin + static_cast<Day>(days.to) - 1), .model = now.champion, .days = static_cast<std::int64_t>(days.to - days.from), .variants = static_cast<std::int64_t>(chosen.size()),
              .mean = sum_of(path_of(now.means, chosen, shares), window), .without_edits = sum_of(path_of(now.unedited, chosen, shares), window), .chance = in.chance, .units = in.units, .enough = {}, .sold_before = {}, .came = {}, .levels = {quantile_levels.begin(), quantile_levels.end()}, .quantiles = {}, .parts = {}, .notes = {}, .places = kept.places};
    out.quantiles = count_quantiles(out.mean, law.dispersion, law.asked);
    out.low = out.quantiles[1], out.middle = out.quantiles[3], out.high = out.quantiles[5];
    double const asked[] = {asked_for(law.asked, in.chance)};
    out.needed = count_quantiles(out.mean, law.dispersion, asked)[0];
    if (in.units) out.enough = rounded(share_below(law.asked, count_distribution(out.mean, law.dispersion, static_cast<double>(*in.units))));

    if (auto const history = TRY(load_history(tx)); history && !place) {
        std::unordered_set<std::string_view> skus;
        for (auto const g : chosen) skus.insert(kept.goods[g].sku);
        out.sold_before = sold_in(*history, skus, kept.origin - static_cast<Day>(out.days), kept.origin);
        out.came = sold_in(*history, skus, kept.origin + static_cast<Day>(days.from), kept.origin + static_cast<Day>(days.to));
    }
    std::map<Level, NodeFilter> names;
    for (auto const& p : pieces) {
        if (!names.contains(p.level)) names.emplace(p.level, TRY(NodeFilter::make(tx, p.level, {}, {}, kept)));
        auto const named = names.at(p.level).names(p.id);
        auto const own = shares_of(p.members);
        TotalPart part{.level = p.level, .id = p.id, .title_en = named.en, .title_zh = named.zh, .variants = static_cast<std::int64_t>(p.members.size()), .mean = sum_of(path_of(now.means, p.members, own), window)};
        auto const of_part = law_of(p.level, p.id, p.members);
        auto const q = count_quantiles(part.mean, of_part.dispersion, of_part.asked);
        part.low = q[1], part.high = q[5];
        out.parts.push_back(std::move(part));
    }
    std::vector<std::uint16_t> notes;
    for (auto const g : chosen) notes.push_back(kept.goods[g].notes);
    out.notes = note_texts(whole != pieces.end() ? whole->level : Level::category, notes);
    if (std::ranges::any_of(chosen, [&](auto g) { return std::ranges::binary_search(now.plans.unlearned, g); })) out.notes.emplace_back("promotion_not_learned");
    return out;
}

}  // namespace kindling::forecast
