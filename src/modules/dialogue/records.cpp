// modules/dialogue/records.cpp -- what the shop's records say: prices over time, and how sizes turned out.
//
// A lowest price is stated only for a span that the records cover whole, and nothing is foretold. A shoe size from the length of a foot follows
// the Chinese size table (GB/T 3293.1: twice the length in cm, less ten; within half a size of the European one, 1.5 x (cm + 1.5)); from a body's
// measures a size is told by the shop's own table (shop/catalogue/size_chart.h); other sizes with how many came back for it and what buyers say of it, never guessed.
#include "core/money.h"
#include "core/time.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/relax.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

PriceHistory price_history(std::string sku, std::string currency, std::int64_t price_minor, std::vector<PricePoint> points, Milliseconds now) {
    PriceHistory out{.sku = std::move(sku), .currency = std::move(currency), .price_minor = price_minor};
    std::erase_if(points, [&](PricePoint const& p) { return p.from_ms > now; });
    if (!points.empty()) out.known_since_ms = points.front().from_ms;
    auto const lowest = [&](std::int64_t days) -> std::optional<std::int64_t> {
        auto const begin = now - days * milliseconds_per_day;
        if (points.empty() || points.front().from_ms > begin) return {};
        auto low = price_minor;
        for (std::size_t i = 0; i < points.size(); ++i) {
            auto const until = i + 1 < points.size() ? points[i + 1].from_ms : now + 1;
            if (until > begin) low = std::min(low, points[i].price_minor);
        }
        return low;
    };
    out.lowest_30_days_minor = lowest(30), out.lowest_90_days_minor = lowest(90);
    out.points = std::move(points);
    return out;
}

void TurnMaker::tell_price_history() {
    auto& s = state();
    out_.topic = "price_history";
    std::vector<Target> about;
    if (reading_.ordinals.empty() && (reading_.points || reading_.other)) about = described();  // "was it cheaper?" points at none
    if (about.empty()) about = targets(1);
    or_in_focus(about);
    if (about.empty() && !s.shown.empty())
        if (auto const t = target_of_sku(s.shown.front())) about.push_back(*t);
    if (about.empty()) { remember(s, reading_, view_); find(); return; }
    auto const target = about.front();
    auto const& entry = view_[target.product];
    auto const& sku = entry.data.variants[target.variant].sku;
    auto const price = entry.variants[target.variant].price_minor;
    s.focus = entry.data.product_id;
    auto const records = ports_.records ? ports_.records->prices(sku) : Result<std::vector<PricePoint>>(std::vector<PricePoint>());
    auto history = price_history(sku, view_.currency(), price, records ? *records : std::vector<PricePoint>(), input_.now);
    auto const money = [&](std::string_view slot, std::int64_t minor) { return echo(slot, format_money(minor, view_.currency(), locale_)); };
    Spoken spoken;
    spoken.say(Phrase::history_now, locale_, s.turn, {title_slot(target.product), {"price", format_money(price, view_.currency(), locale_), FactKind::price, entry.data.product_id, sku}});
    auto const span = [&](std::int64_t days, std::optional<std::int64_t> low) {
        if (!low) return;
        if (*low >= price) spoken.say(Phrase::history_is_lowest, locale_, s.turn, {echo("days", std::to_string(days))});
        else spoken.say(Phrase::history_lowest, locale_, s.turn, {echo("days", std::to_string(days)), money("low", *low)});
    };
    span(30, history.lowest_30_days_minor), span(90, history.lowest_90_days_minor);
    if (!history.known_since_ms) spoken.say(Phrase::history_none, locale_, s.turn);
    else if (!history.lowest_90_days_minor) spoken.say(Phrase::history_short, locale_, s.turn, {echo("date", format_date(day_of(*history.known_since_ms)))});
    spoken.say(Phrase::history_future, locale_, s.turn);
    auto chips = locale_ == Locale::zh ? std::vector<Chip>{{"降价时提醒我", "降价时提醒我"}} : std::vector<Chip>{{"Tell me when it falls", "tell me when the price of it drops"}};
    if (history.points.size() > 60) history.points.erase(history.points.begin(), history.points.end() - 60);
    send({.kind = BlockKind::prices, .text = std::move(spoken.text), .facts = std::move(spoken.facts), .chips = std::move(chips), .prices = std::move(history)});
}

void TurnMaker::help_with_size() {
    auto& s = state();
    out_.topic = "size";
    Spoken spoken;
    remember_body(s, reading_);
    std::string wanted;
    if (reading_.foot_mm > 0) {
        wanted = plain_number(std::round(reading_.foot_mm / 10 * 2 - 10));
        spoken.say(Phrase::size_from_foot, locale_, s.turn, {echo("foot", plain_number(reading_.foot_mm / 10) + " cm"), echo("size", wanted)});
    }
    std::vector<Target> about;
    if (reading_.ordinals.empty()) about = described();
    if (about.empty()) about = targets(1);
    or_in_focus(about);
    if (about.empty() && s.shown.size() == 1)
        if (auto const t = target_of_sku(s.shown.front())) about.push_back(*t);
    // "And what size of T-shirt?" after sneakers: not of what is being looked at.
    if (auto const named = categories_in_force({.constraints = reading_.constraints}, view_.words()); !named.empty() && !about.empty() && std::ranges::none_of(named, [&](int c) { return view_.words().within(view_[about.front().product].category, c); })) about.clear();
    if (wanted.empty() && (!reading_.body.empty() || (!s.body.empty() && !about.empty()))) {
        auto category = about.empty() ? -1 : view_[about.front().product].category;
        if (auto const named = categories_in_force({.constraints = reading_.constraints}, view_.words()); category < 0 && named.size() == 1) category = named.front();
        if (auto const in_force = categories_in_force(s, view_.words()); category < 0 && in_force.size() == 1) category = in_force.front();
        wanted = size_of_body(category, about.empty(), spoken);
    }
    if (about.empty()) {
        text(std::move(spoken));
        if (!reading_.body.empty() || reading_.foot_mm > 0) reading_.free_text.clear();  // "weight" is of the person
        if (wanted.empty() && reading_.body.empty()) say(Phrase::size_unknown), remember(s, reading_, view_);
        else if (wanted.empty()) remember(s, reading_, view_);
        else {
            // A size that is known now is a wish for what follows.
            auto const sized = understand(locale_ == Locale::zh ? wanted + "码" : "size " + wanted, view_, lexicon_, situation());
            auto reading = reading_;
            reading.constraints.insert(reading.constraints.end(), sized.constraints.begin(), sized.constraints.end());
            std::erase_if(reading.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::number; });
            remember(s, reading, view_);
        }
        find();
        return;
    }
    auto const product = about.front().product;
    auto const& entry = view_[product];
    s.focus = entry.data.product_id;
    // The sizes that can be bought: read from the variants' attribute that is called so.
    for (std::size_t a = 0; a < view_.words().attributes.size(); ++a) {
        if (!is_size(static_cast<int>(a))) continue;
        std::vector<std::string> sizes;
        for (std::size_t v = 0; v < entry.variants.size(); ++v)
            if (auto const* value = view_.value_of(product, v, static_cast<int>(a)); value && entry.variants[v].stock > 0)
                if (auto const label = view_.value_text(*value, locale_); std::find(sizes.begin(), sizes.end(), label) == sizes.end()) sizes.push_back(label);
        if (sizes.empty()) continue;
        std::string list;
        for (auto const& size : sizes) list += (list.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + size;
        if (!wanted.empty() && std::none_of(sizes.begin(), sizes.end(), [&](std::string const& size) { return size == wanted || size.ends_with(" " + wanted) || size.starts_with(wanted + "码"); })) spoken.say(Phrase::size_no_such, locale_, s.turn, {title_slot(product), echo("size", wanted)});
        spoken.say(Phrase::size_available, locale_, s.turn, {title_slot(product), echo("value", list)});
        break;
    }
    auto const sizes = ports_.records ? ports_.records->sizes(entry.data.product_id) : Result<Records::Sizes>(Records::Sizes{});
    if (sizes && sizes->sold >= 10) spoken.say(Phrase::size_returns, locale_, s.turn, {echo("sold", std::to_string(sizes->sold)), echo("back", std::to_string(sizes->returned_for_size))});
    else spoken.say(Phrase::size_few, locale_, s.turn);
    told_of_size(product, spoken);
    if (wanted.empty() && s.body.empty()) spoken.say(Phrase::size_unknown, locale_, s.turn);
    text(std::move(spoken));
    auto const shown = s.shown;
    send({.kind = BlockKind::cards, .cards = {make_card(view_, {product, about.front().variant}, locale_, {.constraints = s.constraints})}});
    if (!shown.empty()) s.shown = shown;
}

// The size that the shop's own table says for the measures that were told in this talk; empty: none, and why is said.
std::string TurnMaker::size_of_body(int category, bool of_nothing_shown, Spoken& spoken) {
    auto const zh = locale_ == Locale::zh;
    std::map<shop::BodyMeasure, double> body;
    for (auto const& m : state().body) body[m.what] = m.value;
    auto const name = [&](shop::BodyMeasure m) -> std::string {
        static constexpr Text names[] = {{"height", "身高"}, {"weight", "体重"}, {"chest", "胸围"}, {"waist", "腰围"}, {"hips", "臀围"}, {"foot", "脚长"}};
        return std::string(names[static_cast<std::size_t>(m)].in(locale_));
    };
    auto const said = [&](shop::BodyMeasure m) {
        auto const unit = m == shop::BodyMeasure::weight ? "kg" : "cm";
        return zh ? name(m) + plain_number(body.at(m)) + unit : name(m) + " " + plain_number(body.at(m)) + " " + unit;
    };
    auto const charts = ports_.records ? ports_.records->size_charts() : Result<std::vector<shop::SizeRow>>(std::vector<shop::SizeRow>());
    std::vector<shop::SizeRow> table;
    for (int c = category; c >= 0 && table.empty() && charts; c = view_.words().categories[static_cast<std::size_t>(c)].parent_index)
        for (auto const& row : *charts)
            if (row.category_id == view_.words().categories[static_cast<std::size_t>(c)].id) table.push_back(row);
    auto const join = [&](std::string& list, std::string const& one) { list += (list.empty() ? "" : zh ? "、" : ", ") + one; };
    std::string measures;
    for (auto const& [m, value] : body) join(measures, said(m));
    // No kind was named: what each table of the shop says.
    bool const kind_named = std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category; });
    if (category < 0 && of_nothing_shown && !kind_named && charts) {
        std::map<int, std::vector<shop::SizeRow>> by_kind;
        for (auto const& row : *charts)
            if (auto const c = view_.words().category_ids.find(row.category_id); c != view_.words().category_ids.end()) by_kind[c->second].push_back(row);
        std::string of_kinds;
        for (auto const& [c, rows] : by_kind)
            if (auto const size = shop::size_for(rows, body).size; !size.empty()) join(of_kinds, view_.words().categories[static_cast<std::size_t>(c)].label.in(locale_) + " " + size);
        if (!of_kinds.empty()) return spoken.say(Phrase::size_by_kind, locale_, state().turn, {echo("body", measures), echo("size", of_kinds)}), std::string();
    }
    if (table.empty()) return spoken.say(Phrase::size_no_chart, locale_, state().turn), std::string();
    auto const found = shop::size_for(table, body);
    std::string beyond, each;
    for (auto const m : found.beyond) join(beyond, said(m));
    for (auto const& [m, size] : found.by_measure) join(each, zh ? "按" + name(m) + "是" + size : size + " by " + name(m));
    if (!found.size.empty()) spoken.say(Phrase::size_from_body, locale_, state().turn, {echo("body", measures), echo("size", found.size)});
    else if (!each.empty() && found.by_measure.size() + found.beyond.size() > 1) spoken.say(Phrase::size_by_each, locale_, state().turn, {echo("size", each)});
    if (!beyond.empty()) spoken.say(Phrase::size_beyond, locale_, state().turn, {echo("body", beyond)});
    if (found.size.empty() && each.empty() && beyond.empty()) spoken.say(Phrase::size_no_chart, locale_, state().turn);
    return found.size;
}

namespace {

// "A bit heavy" is judged with the size of a thing by those who count, and answers no question of one.
bool speaks_of_size(std::u32string_view quote) {
    return cues::has(quote, U"大 小 码 号 长 短 宽 窄 紧 松 高 矮 厚 薄 合身 合脚 合适 正好 刚好 尺寸 放得下 放不下 装得下 装不下 size sizes sized small smaller large larger big bigger tight loose long longer short shorter narrow wide fit fits fitted fitting length room roomy");
}

}  // namespace

// What buyers say of its size, in their own words: at most two, blame before praise, for "runs small" is what one needs to know.
void TurnMaker::told_of_size(std::size_t product, Spoken& spoken) {
    if (!ports_.reviews) return;
    auto const& id = view_[product].data.product_id;
    auto const heard = ports_.reviews->of(id, locale_);
    if (!heard) return;
    std::size_t told = 0;
    for (auto const& aspect : heard->aspects) {
        if (aspect.aspect != "size") continue;
        for (bool const praise : {false, true})
            for (auto const& s : aspect.said)
                if (s.praise == praise && told < 2 && speaks_of_size(surface_of(s.text))) ++told, out_.grounds.reviews.push_back({id, s.body}), spoken.say(Phrase::size_said, locale_, state().turn, {{"quote", s.text, FactKind::review, id}});
    }
}

}  // namespace kindling::dialogue
