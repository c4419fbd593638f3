// modules/dialogue/search.cpp -- search with exact totals.
//
// Words go two ways: what the catalogue's own vocabulary knows (a category, a colour, "under 200", "85 cm") becomes constraints
// that are shown and can be ignored; the rest, and the whole query where nothing was known, goes to the text index. If the known
// words together fit nothing, only limits, refusals and the kind of goods stay hard and the words are left to the index, which is asked for the needs of
// a sentence and not for what holds it together (Reading::needs). Filters, totals and facets (facets.h)
// are counted on the snapshot, so no count depends on the page or on the limit. Cost: O(variants x (conditions + facets)).
#include "modules/dialogue/api.h"
#include "modules/dialogue/by_picture.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/facets.h"
#include "modules/dialogue/foreseen.h"
#include "modules/dialogue/goods_found.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/rescue.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/search_filters.h"
#include "modules/dialogue/settle.h"
#include "modules/dialogue/spelling.h"
#include "modules/dialogue/stock_first.h"
#include "modules/dialogue/titled.h"
#include "modules/dialogue/wishes.h"
#include "shop/page.h"
#include <algorithm>
#include <bit>
#include <unordered_map>

namespace kindling::dialogue {
namespace {

// The order that is in use, over the first results; and why, of the page that is asked for.
void reorder(Live const& live, Search const& in, std::string_view words, std::vector<Pick>& picks, SearchAnswer& out) {
    if (live.order == ResultOrder::words && !in.explain) return;
    std::vector<std::size_t> products;
    for (auto const& pick : picks) products.push_back(pick.product);
    auto const ordered = live.ranking->order(*live.view, live.order, words, products, in.explain ? picks.size() : 0, in.explain ? &out.why : nullptr);
    std::vector<Pick> sorted;
    for (auto const place : ordered.places) sorted.push_back(std::move(picks[place]));
    picks = std::move(sorted), out.order = ordered.order;
}

// The owner's rules on what was found. A pinned product that was not found joins only when it meets every condition of the shopper.
void rearrange(CatalogueView const& view, Prepared const& prepared, merchandising::Arrangement const& rules, bool by_rank, Selection& found, SearchAnswer& out) {
    auto& picks = found.full;
    std::vector<Condition> conditions;
    for (auto const& c : prepared.constraints) conditions.push_back(resolve(c, view.words()));
    for (auto const& id : rules.pins()) {
        auto const p = view.find(id);
        if (!by_rank || !p || std::any_of(picks.begin(), picks.end(), [&](Pick const& pick) { return pick.product == *p; })) continue;
        for (std::size_t v = 0; v < view[*p].variants.size(); ++v)
            if (misses(view, *p, v, conditions) == 0) {
                picks.push_back({.product = *p, .variant = v, .missed = {}});
                break;
            }
    }
    std::vector<merchandising::Arrangement::Good> goods;
    for (auto const& pick : picks) {
        auto const& data = view[pick.product].data;
        goods.push_back({data.product_id, data.brand, data.brand_zh, data.category_id});
    }
    std::vector<Pick> arranged;
    for (auto i : rules.order(goods, by_rank)) arranged.push_back(picks[i]);
    picks = std::move(arranged);
    found.fitting.clear();   // without what is hidden
    for (auto const& pick : picks) found.fitting.push_back(static_cast<std::uint32_t>(pick.product));
    if (auto const& b = rules.banner()) out.banner_en = b->en, out.banner_zh = b->zh, out.banner_link = b->link;
    out.redirect = rules.redirect();
}

// Where the page begins, by its token.
Result<std::size_t> first_of_page(Search const& in) {
    auto const keys = TRY(shop::read_page_token("dialogue.search", in.page_token, 1));
    if (keys.empty()) return 0;
    for (char c : keys[0])
        if (c < '0' || c > '9' || keys[0].size() > 9) return fail(Errc::invalid_argument, "malformed_page_token", "The page token is not one of this search.", {{"/page_token", "malformed_page_token", "use next_page_token of the page before"}});
    return static_cast<std::size_t>(std::stoull(keys[0]));
}

class CatalogueSearch {
public:
    CatalogueSearch(Live const& live, Search const& in, std::vector<std::size_t> titled, Locale locale, merchandising::Arrangement const* rules, AlikeGoods const* alike)
        : live_(live), view_(*live.view), in_(in), locale_(locale), rules_(rules && !rules->empty() ? rules : nullptr), alike_(alike), titled_(std::move(titled)) {}

    Result<SearchAnswer> run(Spelling const& spelling) {
        for (auto const& [from, to] : spelling.corrections) out_.corrections.push_back({from, to});
        prepared_.constraints = TRY(explicit_filters(view_, in_));
        fixed_ = prepared_.constraints.size(), wanted_ = prepared_.constraints;
        options_.order = static_cast<Order>(in_.sort);
        auto reading = in_.query.empty() ? Reading{} : understand(in_.query, view_, *live_.lexicon, {.locale = locale_});
        if (!titled_.empty()) keep_what_the_titled_have(reading);
        unheld_ = reading.unheld;
        if (!in_.query.empty()) out_.intent = search_intent(view_, reading, in_.query);
        if (auto const wish = alike_ || !in_.ignore.empty() || !titled_.empty() ? std::nullopt : meet_wish(live_, reading, in_.query, prepared_.constraints, locale_)) take_wish(*wish, reading);
        else if (!in_.query.empty()) TRY(take_words(reading, spelling));
        // A photo says what kind of thing it is: words lift, they do not restrict.
        if (alike_) prepared_.text = with_words(*alike_, prepared_.text), prepared_.by_text = true, options_.text = &prepared_.text;
        if (prepared_.by_text) options_.use = SelectOptions::Text::only;
        from_ = TRY(first_of_page(in_));
        choose();
        show_page();
        tell_given_up();
        if (out_.total == 0 && from_ == 0 && !alike_ && !is_wish_) show_nearest();
        return std::move(out_);
    }

private:
    void take_up(Reading const& reading) {
        out_.understood.assign(prepared_.constraints.begin() + static_cast<std::ptrdiff_t>(fixed_), prepared_.constraints.end());
        options_.text = &prepared_.text;
        if (reading.order && in_.sort == SearchSort::relevance) options_.order = *reading.order;
    }

    // A whole title is no wish with limits: what was read from it counts as far as the goods with that title have it, and numbers and refusals not at all.
    void keep_what_the_titled_have(Reading& reading) {
        std::erase_if(reading.constraints, [&](Constraint const& c) {
            return c.soft || c.polarity == Polarity::avoid || c.kind == ConstraintKind::price || c.kind == ConstraintKind::number || c.kind == ConstraintKind::rating || c.kind == ConstraintKind::stock || c.kind == ConstraintKind::sale;
        });
        for (auto const p : titled_) {
            std::vector<Condition> conditions;
            for (auto const& c : reading.constraints) conditions.push_back(resolve(c, view_.words()));
            auto missed = ~0ull;   // of the variant that has most
            for (std::size_t v = 0; v < view_[p].variants.size(); ++v)
                if (auto const now = misses(view_, p, v, conditions); std::popcount(now) < std::popcount(missed)) missed = now;
            std::size_t at = 0;
            std::erase_if(reading.constraints, [&](Constraint const&) { return (missed >> at++ & 1) != 0; });
        }
        reading.unheld.clear(), reading.order.reset(), reading.intent = Intent::find;
    }

    // A wish that names no goods: the guide's choice, in its order.
    void take_wish(Wish const& wish, Reading const& reading) {
        is_wish_ = true;
        for (auto const& pick : wish.picks) prepared_.text.emplace(pick.product, 1 / (1 + static_cast<double>(prepared_.text.size())));
        std::ranges::copy_if(wish.constraints, std::back_inserter(prepared_.constraints), [&](Constraint const& c) { return std::ranges::find(wanted_, c.constraint_id, &Constraint::constraint_id) == wanted_.end(); });
        if (!wish.unanswered.empty()) out_.unanswered.push_back(wish.unanswered);
        prepared_.by_text = true, take_up(reading);
    }

    Result<void> take_words(Reading& reading, Spelling const& spelling) {
        std::erase_if(reading.constraints, [&](Constraint const& c) { return std::find(in_.ignore.begin(), in_.ignore.end(), c.constraint_id) != in_.ignore.end(); });
        auto const amounts = take_out_unheld(reading);
        auto sku = view_.find_sku(in_.query);
        // The number of a product, as its page says it.
        if (!sku)
            if (auto const product = view_.find(in_.query)) sku.emplace(*product, std::size_t{0});
        code_ = sku.has_value();
        wanted_.insert(wanted_.end(), reading.constraints.begin(), reading.constraints.end());
        auto goods = TRY(find_goods(live_, in_, reading, amounts, code_ || !titled_.empty()));
        auto const& found = goods.found;
        words_ = std::move(goods.words), out_.missing = std::move(goods.missing), beside_ = std::move(goods.beside), terms_ = found.terms;
        if (!goods.given_up.empty()) {
            auto& name = unheld_.emplace_back(Constraint{.values = {{"", goods.given_up, goods.given_up}}, .said = goods.given_up});
            write_labels(name, view_.words(), view_.currency());
        }
        tell_corrections(reading, found);
        score(reading, found);
        // A limit that titles tell, and that nothing found keeps, decides nothing.
        std::erase_if(reading.constraints, [&](Constraint const& c) {
            if (!c.attribute.starts_with(of_a_title)) return false;
            auto const condition = resolve(c, view_.words());
            return std::ranges::none_of(found.products, [&](auto const& one) { return holds(view_, one.first, 0, condition); });
        });
        if (!code_) settle(view_, reading, found, prepared_);
        // Of a leather wardrobe, where wardrobes are not sold, leather alone is no answer.
        no_goods_ = !out_.missing.empty() && !names_kind(reading);
        prepared_.by_text = prepared_.by_text || no_goods_;
        keep_corrections_that_count(reading, spelling);
        if (found.some_words) with_all_ = found.with_all;
        if (sku) prepared_.text[sku->first] = 1000, prepared_.by_text = true;
        for (auto const p : titled_) prepared_.text[p] = 1000;
        take_up(reading);
        // An order by price is for what was asked for, not for whatever shares one of the words.
        if (prepared_.by_text && found.some_words && options_.order != Order::relevance) {
            std::unordered_set<std::size_t> const with_all(found.with_all.begin(), found.with_all.end());
            double most = 0;
            for (auto const& [p, score] : prepared_.text) most = std::max(most, score);
            erase_if(prepared_.text, [&](auto const& one) { return found.whole ? !with_all.contains(one.first) : one.second < 0.5 * most; });
        }
        return {};
    }

    // An amount that nothing here is measured by cannot be a limit; with its words, which are given back, it still decides among the goods.
    std::string take_out_unheld(Reading& reading) {
        std::string amounts;
        std::erase_if(reading.constraints, [&](Constraint const& c) {
            if (c.kind != ConstraintKind::number || view_.words().attribute_ids.contains(c.attribute) || c.attribute.starts_with(of_a_title)) return false;
            amounts += " " + cues::needs(surface_of(c.said), {cues::Span{}});
            unheld_.push_back(c);
            return true;
        });
        return amounts;
    }

    void tell_corrections(Reading const& reading, ProductIndex::Found const& found) {
        for (auto const& [from, to] : reading.corrections) out_.corrections.push_back({from, to});
        if (!reading.corrections.empty()) return;
        for (auto const& [from, to] : found.corrections)
            if (std::ranges::find(out_.corrections, from, &Correction::from) == out_.corrections.end()) out_.corrections.push_back({from, to});  // the likeliest
    }
    void keep_corrections_that_count(Reading const& reading, Spelling const& spelling) {
        // Of goods that are not here no word is something else: no rocket of a tennis racket.
        std::erase_if(out_.corrections, [&](Correction const& c) { return std::ranges::any_of(out_.missing, [&](std::string const& name) { return surface_of(name) == surface_of(c.from) || cues::has_word(surface_of(name), surface_of(c.from)); }); });
        // What the index mended matters only where its words chose.
        if (!prepared_.by_text && reading.corrections.empty()) std::erase_if(out_.corrections, [&](Correction const& c) { return std::ranges::none_of(spelling.corrections, [&](auto const& told) { return told.second == c.to; }); });
    }

    // What each of the goods is worth for these words, the best 1: by the index, the likely category, what the thing is called, foreseen values, and whom it is for.
    void score(Reading const& reading, ProductIndex::Found const& found) {
        auto& text = prepared_.text;
        auto const best = found.products.empty() ? 1.0 : std::max(1e-9, found.products.front().second);
        text.reserve(found.products.size());
        for (auto const& [p, score] : found.products) text.emplace(p, score / best);
        auto const is_category = [](Constraint const& c) { return c.kind == ConstraintKind::category; };
        if (live_.categories && !code_ && std::ranges::none_of(prepared_.constraints, is_category) && std::ranges::none_of(reading.constraints, is_category)) {
            prepared_.likely = live_.categories->predict(view_, *live_.index, words_);
            if (live_.category_boost) lift_by_category(found);
        }
        foreseen_ = code_ ? std::vector<PredictedValue>() : foresee(live_, in_.query, reading);
        if (live_.category_boost) lift_foreseen(view_, foreseen_, found.products, text);
        // "A water gun for adults": what its title calls a child's stands lower.
        if (cues::for_grown_ups(surface_of(in_.query)))
            for (auto& [p, score] : text)
                if (cues::titled_for_children(view_[p].title)) score *= belongs_factor;
    }
    void lift_by_category(ProductIndex::Found const& found) {
        std::vector<double> factors;   // by category + 1
        for (int c = -1; c < static_cast<int>(view_.words().categories.size()); ++c) factors.push_back(category_factor(view_.words(), c, prepared_.likely));
        for (auto& [p, score] : prepared_.text) score *= factors[static_cast<std::size_t>(view_.brief(p).category + 1)];
        // And the piano before its cover.
        auto const& categories = *live_.categories;
        auto const otherwise = categories.named_otherwise(view_, *live_.index, categories.naming_words(*live_.index, words_), std::span(found.products).first(std::min<std::size_t>(found.products.size(), 1000)));
        double itself = 0;
        for (auto const& [p, score] : prepared_.text)
            if (!otherwise.contains(p)) itself = std::max(itself, score);
        for (auto const p : otherwise) prepared_.text[p] *= itself > 0 ? belongs_factor * itself : 1;
    }

    // What fits, in its order: what is beyond the page and beyond what is put in order is counted and not sorted, unless rules or reasons speak of all.
    void choose() {
        options_.relaxed_limit = 0;
        if (!rules_ && !in_.explain) options_.most = std::max(Ranking::reordered, from_ + static_cast<std::size_t>(in_.page_size));
        selected_ = select(view_, prepared_.constraints, options_);
        if (!alike_ && !is_wish_ && live_.ranking && !in_.query.empty() && options_.order == Order::relevance && !code_) {
            if (selected_.full.empty() && prepared_.by_text) {
                // Nothing has the words: the nearest in meaning, with every limit kept.
                by_words_ = std::exchange(prepared_.text, {});
                for (auto const& [p, cosine] : live_.ranking->near(view_, words_, 60)) prepared_.text.emplace(p, cosine);
                selected_ = select(view_, prepared_.constraints, options_);
                out_.near_in_meaning = !selected_.full.empty();
            } else {
                reorder(live_, in_, words_, selected_.full, out_);
            }
        }
        if (options_.order == Order::relevance && !alike_ && !is_wish_ && !code_ && !in_.query.empty()) stock_first(view_, prepared_, with_all_, titled_, selected_.full), explain_in_order();
        out_.facets = count_facets(view_, prepared_, in_, selected_.fitting);
        if (rules_) rearrange(view_, prepared_, *rules_, !alike_ && (options_.order == Order::relevance || options_.order == Order::popular), selected_, out_);
        out_.total = static_cast<std::int64_t>(selected_.fitting.size());
        for (auto const& likely : prepared_.likely) {
            auto const& c = view_.words().categories[static_cast<std::size_t>(likely.category)];
            auto const products = std::ranges::count_if(selected_.fitting, [&](std::uint32_t p) { return view_.words().within(view_.brief(p).category, likely.category); });
            // One that holds everything, or nothing, narrows nothing.
            if (products > 0 && products < out_.total) out_.likely_categories.push_back({c.id, c.label.en, c.label.zh, likely.probability, products});
        }
        if (!selected_.fitting.empty()) out_.foreseen = told_of(view_, foreseen_, selected_.fitting);   // of what is shown, and of nothing else
    }

    // The reasons stand as the results do.
    void explain_in_order() {
        if (out_.why.empty()) return;
        std::unordered_map<std::string_view, std::int64_t> places;
        for (auto const& pick : selected_.full) places.emplace(view_[pick.product].data.product_id, static_cast<std::int64_t>(places.size()) + 1);
        for (auto& why : out_.why) why.place = places[why.product_id];
        std::ranges::sort(out_.why, {}, &WhyRank::place);
    }

    void show_page() {
        auto const& picks = selected_.full;
        CardContext const context{.constraints = prepared_.constraints};
        auto const first = std::min(from_, picks.size());
        auto i = first;
        for (; i < picks.size() && out_.cards.size() < static_cast<std::size_t>(in_.page_size); ++i) {
            auto& card = out_.cards.emplace_back(make_card(view_, picks[i], locale_, context));
            if (alike_) {
                if (auto why = why_alike(*alike_, picks[i].product, locale_); !why.empty()) card.why.insert(card.why.begin(), std::move(why));
                if (auto const found = alike_->likeness.find(picks[i].product); found != alike_->likeness.end()) out_.alike.push_back({card.product_id, found->second, alike_->in.at(picks[i].product)});
            }
            if (!out_.foreseen.empty())
                if (auto why = why_foreseen(view_, picks[i].product, foreseen_, locale_); !why.empty()) card.why.push_back(std::move(why));
            if (!live_.index || terms_.empty()) continue;
            card.highlight = live_.index->highlight(card.title, terms_);
            auto const& data = view_[picks[i].product].data;
            if (card.highlight.empty()) card.highlight = live_.index->highlight(Label{data.description_en, data.description_zh}.in(locale_), terms_);
        }
        // Of the page only.
        if (!out_.why.empty()) out_.why.erase(out_.why.begin() + static_cast<std::ptrdiff_t>(i), out_.why.end()), out_.why.erase(out_.why.begin(), out_.why.begin() + static_cast<std::ptrdiff_t>(first));
        if (i < selected_.fitting.size()) {
            std::string const next[] = {std::to_string(i)};
            out_.next_page_token = shop::page_token("dialogue.search", next);
        }
    }

    // Of what was said, what nothing on the list has. A wish that was met by the guide's choice has its limits kept; what limits nothing is told there, too.
    void tell_given_up() {
        auto said = std::vector(wanted_.begin() + static_cast<std::ptrdiff_t>(fixed_), wanted_.end());
        said.insert(said.end(), unheld_.begin(), unheld_.end());
        if (out_.total == 0 || alike_ || code_ || said.empty()) return;
        // Where words chose, of what has them and not of what shares one.
        auto shown = selected_.fitting;
        if (prepared_.by_text) std::erase_if(shown, [&](std::uint32_t p) { auto const score = prepared_.text.find(p); return score == prepared_.text.end() || score->second < named_share; });
        out_.given_up = not_to_be_had(view_, prepared_.constraints, said, shown);
        // Suede is named once, with the boots that it was said of.
        std::erase_if(out_.given_up, [all = out_.given_up](Constraint const& c) { return std::ranges::any_of(all, [&](Constraint const& other) { return other.said.size() > c.said.size() && !c.said.empty() && cues::has_word(surface_of(other.said), surface_of(c.said)); }); });
        std::erase_if(out_.given_up, [&](Constraint const& c) {
            auto const same = [&](std::string const& name) { return surface_of(name) == surface_of(c.said); };
            return std::ranges::any_of(out_.missing, same) || std::ranges::any_of(out_.corrections, same, &Correction::from);   // a word that was mended is told so
        });
    }

    // Nothing fits: what comes near by its words, or with fewer limits, or else what is well liked.
    void show_nearest() {
        auto const most = std::min<std::int64_t>(in_.page_size, 12);
        auto const show = [&](std::span<Constraint const> kept, SelectOptions const& by, CardContext const& about) {
            for (auto const& pick : select(view_, kept, by).full) out_.nearest.push_back(make_card(view_, pick, locale_, about));
        };
        TextScores const near(beside_.begin(), beside_.end());
        auto const& spoken_of = by_words_.empty() ? prepared_.text : by_words_;
        if (!near.empty()) show(prepared_.constraints, {.text = &near, .use = SelectOptions::Text::only, .relaxed_limit = 0, .most = static_cast<std::size_t>(most)}, {.constraints = prepared_.constraints});
        else if (!no_goods_ && (in_.query.empty() || wanted_.size() > fixed_ || !spoken_of.empty())) rescue(live_, wanted_, spoken_of, locale_, most, out_);
        if (!out_.nearest.empty()) out_.nearest_by = out_.given_up.empty() ? NearestBy::words : NearestBy::limits;
        else if (!in_.query.empty()) {
            // Nothing that was said is known here, or sold: what is well liked, within the filters.
            auto const liked = [&](Card const& card) { auto const& s = view_[*view_.find(card.product_id)].standing; return s.popularity > 0 || s.reviews > 0; };
            show(std::span(wanted_).first(fixed_), {.order = Order::popular, .relaxed_limit = 0, .most = static_cast<std::size_t>(most)}, {});
            std::erase_if(out_.nearest, [&](Card const& card) { return !liked(card); });   // where nobody bought or rated anything, nothing is
            if (!out_.nearest.empty()) out_.nearest_by = NearestBy::popular;
        }
        std::vector<std::uint32_t> shown;
        for (auto const& card : out_.nearest) shown.push_back(static_cast<std::uint32_t>(*view_.find(card.product_id)));
        if (!shown.empty())
            for (auto& c : not_to_be_had(view_, {}, unheld_, shown)) out_.given_up.push_back(std::move(c));
    }

    Live const& live_;
    CatalogueView const& view_;
    Search const& in_;
    Locale const locale_;
    merchandising::Arrangement const* const rules_;
    AlikeGoods const* const alike_;
    std::vector<std::size_t> const titled_;  // the query is their title
    std::vector<std::size_t> with_all_;      // has every word, where others count
    SearchAnswer out_;
    Prepared prepared_;
    SelectOptions options_;
    Selection selected_;
    std::size_t fixed_ = 0, from_ = 0;       // constraints of the filters; the first of the page
    bool is_wish_ = false, code_ = false;    // met as the guide meets it; the query is a SKU
    bool no_goods_ = false;                  // what was asked for is not sold here, and nothing else was
    std::string words_;                      // that were looked for
    std::vector<std::string> terms_;
    TextScores by_words_;                    // what the words found, where the limits left nothing of it
    std::vector<PredictedValue> foreseen_;
    std::vector<std::pair<std::size_t, double>> beside_;   // where goods are not here: what has only some of the words of their name
    std::vector<Constraint> wanted_;         // the filters, and all that was read from the words, whatever was made of it
    std::vector<Constraint> unheld_;         // amounts that were said and limit nothing here
};

}  // namespace

Result<SearchAnswer> search_catalogue(Live const& live, Search const& asked, Locale locale, merchandising::Arrangement const* rules, AlikeGoods const* alike) {
    auto titled = alike || !asked.ignore.empty() ? std::vector<std::size_t>() : titled_so(*live.view, asked.query);
    auto spelling = titled.empty() ? mend_spelling(live, asked.query) : Spelling{};   // a title is spelled as its shop spells it
    std::optional<Search> mended;
    if (!spelling.text.empty()) mended = asked, mended->query = spelling.text;
    return CatalogueSearch(live, mended ? *mended : asked, std::move(titled), locale, rules, alike).run(spelling);
}

std::map<std::string, std::size_t, std::less<>> places_in_search(Live const& live, std::string const& query, std::size_t most) {
    std::map<std::string, std::size_t, std::less<>> out;
    Search ask{.query = query, .facets = {"price"}, .page_size = 100};
    while (out.size() < most) {
        auto const found = search_catalogue(live, ask, Locale::en);
        if (!found) break;
        for (auto const& card : found->cards) out.try_emplace(card.product_id, out.size());
        if (found->next_page_token.empty()) break;
        ask.page_token = found->next_page_token;
    }
    return out;
}

}  // namespace kindling::dialogue
