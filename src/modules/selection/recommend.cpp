// modules/selection/recommend.cpp -- one answer: who asks, which model, the engine's ranking, the shop's rules, best sellers to fill up.
//
// On a product's page and for a visit that has looked at something the model of visits speaks; in the basket, after a purchase and in
// letters the model of purchases, each place by its own weights where it has some. What is not on sale or not in stock is never shown. About 50 products are read for a row of 12.
#include "core/random.h"
#include "modules/selection/live.h"
#include "modules/selection/shelf_row.h"
#include "engines/learning/recommend/rules.h"
#include <algorithm>
#include <cmath>
#include <set>

namespace kindling::selection {

namespace {

constexpr Milliseconds best_sellers_for = 10 * 60'000;
constexpr Milliseconds new_for = 60 * milliseconds_per_day;
constexpr std::size_t most_best_sellers = 200;
constexpr float push_bonus = 0.7f;  // log-odds: twice as likely

struct Candidate {
    std::string product_id, because;
    ReasonKind kind = ReasonKind::popular;
    std::optional<double> score;
    bool pushed = false;
};

ReasonKind kind_of(recommend::Group group, Basis basis) {
    bool const bought = basis == Basis::purchases;
    switch (group) {
        case recommend::Group::popular: return ReasonKind::popular;
        case recommend::Group::alike: return ReasonKind::alike;
        case recommend::Group::follows: return bought ? ReasonKind::bought_with : ReasonKind::viewed_after;
        case recommend::Group::neighbours: return bought ? ReasonKind::bought_by_people_alike : ReasonKind::viewed_by_people_alike;
        case recommend::Group::again: return ReasonKind::again;
    }
    return ReasonKind::popular;
}

// A blend is named after its place.
Blend blend_of(recommend::Model const& model, Placement p) {
    auto const place = model.blend_of(engine_placement(p));
    if (!place) return model.parts().fitted ? Blend::shared : Blend::plain;
    return static_cast<Blend>(static_cast<int>(Blend::home) + static_cast<int>(*place));
}

// What this customer bought, from the orders themselves: what was forgotten there is not known here.
Result<recommend::History> bought_by(shop::Transaction& tx, std::string const& customer_id, Shelf const& shelf) {
    recommend::History out;
    if (customer_id.empty()) return out;
    std::string order;
    shop::Value const values[] = {tx.shop_id(), customer_id};
    TRY(tx.run("SELECT o.order_id, l.product_id FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id WHERE o.shop_id = ? AND o.customer_id = ? AND o.status <> 'cancelled' ORDER BY o.placed_at_ms, o.order_id, l.line", values, [&](shop::Row const& row) -> Result<void> {
        auto const item = shelf.find(row.text(1));
        if (!item) return {};
        auto const step = out.empty() ? 0u : out.back().step + (order == row.text(0) ? 0u : 1u);
        order = row.text(0);
        out.push_back({*item, step, 0});
        return {};
    }));
    return out;
}

struct Visitor {
    std::string customer_id, session_id;
};
Result<Visitor> visitor_of(Context const& context, Recommend const& in) {
    auto const& caller = context.caller;
    bool const own = (in.customer_id.empty() || in.customer_id == caller.customer_id) && (in.session_id.empty() || in.session_id == caller.session_id);
    if (!own && !caller.is_staff()) return fail(Errc::permission_denied, "customer_not_yours", "Only staff may ask for another person; leave out customer_id and session_id.", {{in.customer_id.empty() ? "/session_id" : "/customer_id", "customer_not_yours", "is not the one who asks"}});
    return Visitor{in.customer_id.empty() ? caller.customer_id : in.customer_id, in.session_id.empty() ? caller.session_id : in.session_id};
}

// The learned ranking, or nothing when no model that is in use can say anything.
Result<std::vector<Candidate>> ranked(Learned const& learned, shop::Transaction& tx, Recommend const& in, Visitor const& visitor, std::size_t count, Milliseconds now, Recommendations& said, std::optional<Asked>& asked) {
    std::vector<Candidate> out;
    auto const& shelf = learned.shelf;
    std::vector<recommend::Item> view;
    for (auto const& id : in.product_ids)
        if (auto const item = shelf.find(id)) view.push_back(*item);
    auto const bought = TRY(bought_by(tx, visitor.customer_id, shelf));
    auto const session = learned.visits.number(visitor.session_id);
    bool const looked = learned.visits.model && session;
    bool const by_purchases = in.placement == Placement::basket || in.placement == Placement::after_purchase || in.placement == Placement::email || ((in.placement == Placement::return_visit || (in.placement == Placement::home && !looked)) && !bought.empty());
    auto const* part = by_purchases ? &learned.purchases : &learned.visits;
    if (!part->speaks()) part = by_purchases ? &learned.visits : &learned.purchases;
    if (!part->speaks()) return out;
    auto const basis = part->report.basis;
    recommend::History history = basis == Basis::purchases ? bought : looked ? part->model->tables().history(*session) : recommend::History();
    if (history.empty() && view.empty()) return out;  // nothing is known of this person: what sells is as good, and says so
    // The home page of who has a history of visits asks as the moment that it is (within a visit as beside a product), by the time since the last step.
    auto const place = in.placement == Placement::home && basis == Basis::visits && !history.empty() ? placement_of(recommend::place_after(history_day(now) - static_cast<double>(history.back().day), recommend::HoldBack::newest_histories)) : in.placement;
    said.basis = basis, said.blend = blend_of(*part->model, place);
    // Where the basket or what was bought is in view nothing is kept of it beside a place that is left to chance; nor is what a visitor made up.
    if (basis == Basis::visits && !by_purchases) {
        asked.emplace().placement = place;
        for (auto const& e : std::span(history).last(std::min(history.size(), Asked::most)))
            if (e.item < shelf.ids.size()) asked->seen.push_back(shelf.ids[e.item]);
        for (auto const item : std::span(view).first(std::min(view.size(), Asked::most))) asked->in_view.push_back(shelf.ids[item]);
    }
    thread_local recommend::Asking asking;
    auto const self = (basis == Basis::purchases ? part->number(visitor.customer_id) : session).value_or(recommend::Scratch::no_history);
    for (auto const& r : part->model->recommend({.placement = engine_placement(place), .history = history, .self = self, .view = view, .count = count}, asking)) {
        if (r.item >= shelf.ids.size()) continue;
        auto kind = kind_of(r.reason.group, basis);
        std::string because = r.reason.because && *r.reason.because < shelf.ids.size() ? shelf.ids[*r.reason.because] : std::string();
        if ((kind == ReasonKind::alike || kind == ReasonKind::viewed_after || kind == ReasonKind::bought_with) && because.empty()) kind = ReasonKind::popular;
        out.push_back({shelf.ids[r.item], std::move(because), kind, r.score});
    }
    return out;
}

}  // namespace

Result<std::shared_ptr<std::vector<Seller> const>> Module::Shop::sellers(shop::Transaction& tx, std::string const& category_id, Milliseconds now) {
    std::lock_guard const lock(best_sellers_mutex);
    auto& kept = best_sellers[category_id];
    if (kept.at == 0 || now - kept.at > best_sellers_for) kept = {now, std::make_shared<std::vector<Seller> const>(TRY(selection::best_sellers(tx, category_id, now, most_best_sellers)))};
    return kept.sellers;
}

Result<Recommendations> Module::recommend(Context& context, Recommend const& in) {
    auto const visitor = TRY(visitor_of(context, in));
    auto const locale = in.locale.empty() ? context.locale : locale_of(in.locale);
    auto const count = static_cast<std::size_t>(in.count);
    auto& tx = context.tx();
    auto& shop = of(context.shop_id);
    Recommendations out;
    auto const wishes = TRY(rules_for(tx, in.placement, visitor.session_id, context.now));
    std::vector<Candidate> candidates;
    std::optional<Asked> asked;  // of rows that rest on views
    // A model that cannot be caught up (the database is busy) still answers from what it knows.
    if (auto const caught = catch_up(shop); !caught) context.note("what was seen since could not be read: " + caught.error().message);
    {
        std::shared_lock const lock(shop.mutex);
        if (shop.learned && !wishes.best_sellers_only) candidates = TRY(ranked(*shop.learned, tx, in, visitor, std::max<std::size_t>(40, count * 3), context.now, out, asked));
    }
    std::set<std::string> taken(in.product_ids.begin(), in.product_ids.end());
    std::erase_if(candidates, [&](Candidate const& c) { return !taken.insert(c.product_id).second; });
    auto const pushed = TRY(load_pushed(tx, context.now));
    for (auto& c : candidates) c.pushed = std::ranges::any_of(pushed, [&](Pushed const& p) { return p.product_id == c.product_id; });
    // Best sellers fill what is left: of the category that is asked for, or of the product that is looked at.
    auto category = in.category_id;
    if (category.empty() && in.placement == Placement::product && in.product_ids.size() == 1)
        if (auto const seen = TRY(shop::load_products(tx, in.product_ids)); !seen.empty()) category = seen[0].category_id;
    // What is of the same kind as something in the basket stands in its place and not beside it, unless buyers take both.
    std::set<std::string, std::less<>> held;
    if (in.placement == Placement::basket)
        for (auto const& p : TRY(shop::load_products(tx, in.product_ids)))
            if (!p.category_id.empty()) held.insert(p.category_id);
    std::set<std::string, std::less<>> const in_view(in.product_ids.begin(), in.product_ids.end());
    auto const learned = candidates.size();
    // A quarter of a row at most is there only because it is pushed; with more to push, they take turns by the hour.
    auto const turn = pushed.empty() ? 0 : static_cast<std::size_t>(context.now / 3'600'000) % pushed.size();
    for (std::size_t k = 0, added = 0; k < pushed.size() && added < std::max<std::size_t>(1, count / 4); ++k)
        if (auto const& id = pushed[(turn + k) % pushed.size()].product_id; taken.insert(id).second) candidates.push_back({.product_id = id, .because = {}, .kind = ReasonKind::pushed, .score = {}, .pushed = true}), ++added;
    // Where the owner limits a category, only so many of it count, and some spare ones are taken for those sold out: others come to fill the row.
    auto const most_of_one = wishes.most_of_category;
    bool const limited = most_of_one > 0;
    std::map<std::string, std::int64_t, std::less<>> of_category;
    auto may_stand = candidates.size() - learned;
    auto const sellers = TRY(shop.sellers(tx, category, context.now));
    for (auto const& seller : *sellers) {
        if (may_stand >= count + 12 + count / 4) break;
        auto const nth = ++of_category[seller.category_id];
        if ((limited && nth > most_of_one + 8) || (held.contains(seller.category_id) && nth > static_cast<std::int64_t>(count)) || !taken.insert(seller.product_id).second) continue;
        may_stand += (!limited || nth <= most_of_one) && !held.contains(seller.category_id);
        candidates.push_back({.product_id = seller.product_id, .because = {}, .kind = seller.units > 0 ? ReasonKind::popular : seller.liked ? ReasonKind::liked : ReasonKind::on_shelf, .score = {}});
    }
    std::vector<std::string> ids;
    for (auto const& c : candidates) ids.push_back(c.product_id);
    for (auto const& c : candidates)
        if (!c.because.empty()) ids.push_back(c.because);
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    std::map<std::string, shop::Product, std::less<>> products;
    for (auto& p : TRY(shop::load_products(tx, ids))) {
        auto id = p.product_id;
        products.emplace(std::move(id), std::move(p));
    }
    std::set<std::string> within;
    if (!in.category_id.empty()) {
        auto const of_category_asked = TRY(shop.sellers(tx, in.category_id, context.now));
        for (auto const& seller : *of_category_asked) within.insert(seller.product_id);
    }
    // The rules of the row: nothing that cannot be bought, and not a wall of one category where the whole shop may show itself.
    std::vector<recommend::Offer> offers, substitutes;
    std::map<std::string, std::uint32_t> groups;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        auto const p = products.find(candidates[i].product_id);
        if (p == products.end() || p->second.status != shop::ProductStatus::active || std::ranges::none_of(p->second.variants, [](shop::Variant const& v) { return v.price_minor > 0; })) continue;
        if (!within.empty() && !within.contains(p->first)) continue;
        // Where a category speaks (a product's page, a list), what is pushed from elsewhere keeps still.
        if (candidates[i].kind == ReasonKind::pushed && !category.empty() && p->second.category_id != category && !within.contains(p->first)) continue;
        if (std::ranges::find(wishes.never, p->first) != wishes.never.end()) continue;
        auto const group = groups.emplace(p->second.category_id, static_cast<std::uint32_t>(groups.size() + 1)).first->second;
        // Best sellers come after everything that was learned for this person.
        auto const often = wishes.shown_weight > 0 || wishes.shown_limit > 0 ? shop.shown.count(visitor.session_id, p->first, context.now) : 0;
        if (wishes.shown_limit > 0 && often >= wishes.shown_limit) continue;
        // By the logarithm of their rank, as sales fall with it: so the owner's weights mean the same among them.
        auto const sells = -1e3f - std::log1p(static_cast<float>(i));
        bool const bought_with = candidates[i].kind == ReasonKind::bought_with && in_view.contains(candidates[i].because);
        (held.contains(p->second.category_id) && !bought_with ? substitutes : offers).push_back({.item = static_cast<recommend::Item>(i), .score = (candidates[i].score ? static_cast<float>(*candidates[i].score) : sells) + (candidates[i].pushed ? push_bonus : 0), .stock = units_of(p->second), .margin_share = margin_of(p->second),
                          .age_days = p->second.created_at_ms ? static_cast<float>(std::max<Milliseconds>(0, context.now - *p->second.created_at_ms)) / milliseconds_per_day : 1e6f, .shown = often, .group = group});
    }
    if (offers.empty()) offers = std::move(substitutes);  // a shop of one kind of goods
    bool const mixed = in.category_id.empty() && (in.placement == Placement::home || in.placement == Placement::email || in.placement == Placement::return_visit);
    recommend::Rules const rules{.count = count, .margin_weight = static_cast<float>(wishes.margin_weight), .fresh_weight = static_cast<float>(wishes.fresh_weight), .fresh_half_life_days = static_cast<float>(wishes.fresh_half_life_days), .shown_weight = static_cast<float>(wishes.shown_weight),
                                 .group_limit = wishes.most_of_category > 0 ? static_cast<std::size_t>(wishes.most_of_category) : mixed ? std::max<std::size_t>(2, count / 4) : 0};
    auto ranking = recommend::apply_rules(offers, rules);
    if (mixed && wishes.most_of_category <= 0 && ranking.placed.size() < count) {
        // Variety is a wish and no reason for a short row.
        auto whole = rules;
        whole.group_limit = 0;
        for (auto const& placed : recommend::apply_rules(offers, whole).placed)
            if (ranking.placed.size() < count && std::ranges::none_of(ranking.placed, [&](auto const& p) { return p.item == placed.item; })) ranking.placed.push_back(placed);
    }
    if (wishes.explore_share > 0 && !context.dry() && !visitor.session_id.empty() && !context.caller.is_staff()) {
        auto random = Random(static_cast<std::uint64_t>(context.now)).stream(visitor.session_id, static_cast<std::uint64_t>(in.placement));
        if (auto slot = leave_to_chance(ranking, offers, rules, wishes.explore_share, {random.uniform(), random.uniform(), random.uniform()})) {
            slot->at = context.now, slot->placement = in.placement;
            if (learned > 0 && asked) {
                for (auto const& row : slot->pool) asked->goods.push_back(candidates[row.item].product_id);
                slot->asked = std::move(asked);
            }
            auto const& product = candidates[ranking.placed[static_cast<std::size_t>(slot->place - 1)].item].product_id;
            shop.slots.hold(std::move(*slot), visitor.session_id, visitor.customer_id, product);
        }
    }
    std::vector<std::string> shown;
    for (auto const& placed : ranking.placed) shown.push_back(candidates[placed.item].product_id);
    auto const said = TRY(opinions(tx, shown));
    for (auto const& placed : ranking.placed) {
        auto const& c = candidates[placed.item];
        auto const opinion = said.find(c.product_id);
        auto kind = c.kind;
        if (auto const made = products.at(c.product_id).created_at_ms; kind == ReasonKind::on_shelf && made && context.now - *made < new_for) kind = ReasonKind::fresh;
        auto row = row_of(products.at(c.product_id), opinion == said.end() ? Opinion{} : opinion->second, locale);
        auto const because = products.find(c.because);
        row.reason_kind = kind, row.score = c.score;
        if (because != products.end()) row.because_product_id = c.because;
        row.reason = sentence(kind, because == products.end() ? "" : row_of(because->second, {}, locale).title, locale);
        out.items.push_back(std::move(row));
    }
    if (!context.dry() && (wishes.shown_weight > 0 || wishes.shown_limit > 0)) shop.shown.note(visitor.session_id, shown, context.now);
    if (learned == 0) out.basis = Basis::popularity, out.blend = Blend::none;
    return out;
}

}  // namespace kindling::selection
