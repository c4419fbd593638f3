// modules/dialogue/search.cpp -- search with exact totals.
//
// Words go two ways: what the catalogue's own vocabulary knows (a category, a colour, "under 200", "85 cm") becomes constraints
// that are shown and can be ignored; the rest, and the whole query where nothing was known, goes to the text index. If the known
// words together fit nothing, only limits, refusals and the kind of goods stay hard and the words are left to the index, which is asked for the needs of
// a sentence and not for what holds it together (Reading::needs). Filters, totals and facets (facets.h)
// are counted on the snapshot, so no count depends on the page or on the limit. Cost: O(variants x (conditions + facets)).
#include "core/utf8.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/by_picture.h"
#include "modules/dialogue/called_so.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/facets.h"
#include "modules/dialogue/foreseen.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/rescue.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/search_filters.h"
#include "modules/dialogue/spelling.h"
#include "modules/dialogue/wishes.h"
#include "shop/page.h"
#include <algorithm>

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

bool is_wish(Constraint const& c) { return c.polarity == Polarity::want && (c.kind == ConstraintKind::category || c.kind == ConstraintKind::value || c.kind == ConstraintKind::brand); }
bool is_kind(Constraint const& c) { return c.polarity == Polarity::want && c.kind == ConstraintKind::category; }
bool is_limit(Constraint const& c) { return c.polarity == Polarity::avoid || c.kind == ConstraintKind::price || c.kind == ConstraintKind::number || c.kind == ConstraintKind::rating; }

// What the index is asked for. A code, a phrase in quotes, a word with a minus and whatever speaks to nobody are looked for as they were typed.
std::string words_to_look_for(Search const& in, Reading const& reading, bool code) {
    auto const has_mark = [&](std::string_view mark) { return in.query.find(mark) != std::string::npos; };   // whole characters: a byte of a quotation mark is in many a Han one
    if (code || reading.needs.empty() || !in.ignore.empty() || has_mark("\"") || has_mark("\u201C") || has_mark("\u201D") || in.query.starts_with('-') || in.query.find(" -") != std::string::npos) return in.query;
    auto const letters = [](std::u32string_view text) {
        std::u32string out;
        for (auto const c : text)
            if (is_han(c) || c > 0x7F || (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9')) out += c;
        return out;
    };
    return letters(surface_of(in.query)) == letters(to_utf32(reading.needs)) ? in.query : reading.needs;
}

// The words without those that a code is made of: "kg" and "9999" of "kg-9999".
std::string without_pieces(std::string_view words, std::string_view code) {
    auto const pieces = surface_of(code);
    std::u32string out;
    auto const all = surface_of(words);
    for (std::size_t i = 0; i < all.size();) {
        auto const end = std::min(all.find(U' ', i), all.size());
        if (auto const word = all.substr(i, end - i); !word.empty() && !cues::has_word(pieces, word)) out += (out.empty() ? U"" : U" ") + word;
        i = end + 1;
    }
    return to_utf8(out);
}

// Which of what was read stays hard. Goods that have all the words go before goods of the kind that is named, and those before whatever has some of the words.
void settle(CatalogueView const& view, Reading const& reading, ProductIndex::Found const& found, Prepared& out) {
    auto const fixed = out.constraints.size();
    bool const names_goods = std::ranges::any_of(reading.constraints, is_wish);
    auto const keep = [&](auto const& which) {
        out.constraints.resize(fixed);
        std::ranges::copy_if(reading.constraints, std::back_inserter(out.constraints), which);
    };
    auto const fits = [&](auto const& which) { return keep(which), anything_fits(view, out.constraints); };
    auto const fits_with_all = [&](auto const& which, TextScores const& with_all) { return keep(which), !with_all.empty() && !select(view, out.constraints, {.text = &with_all, .use = SelectOptions::Text::only, .relaxed_limit = 0, .most = 0}).fitting.empty(); };
    auto const all = [](Constraint const&) { return true; };
    auto const kinds = [](Constraint const& c) { return is_limit(c) || is_kind(c); };
    if (names_goods && reading.free_text.empty() && fits(all)) return;
    out.by_text = true;
    if (std::ranges::any_of(reading.constraints, is_kind)) {
        TextScores few;
        for (auto const p : found.with_all) few.emplace(p, 1);
        auto const& with_all = found.some_words ? few : out.text;
        // Of another kind only what is called so: "chair cushions" are, and a cardigan whose text speaks of chairs is no red chair.
        auto const of_that_name = [&] {
            std::vector<std::u32string> called;
            for (auto const& c : reading.constraints)
                if (is_kind(c))
                    for (auto& way : ways_to_say(c)) called.push_back(std::move(way));
            auto const names = title_words(called);
            auto out = with_all;
            erase_if(out, [&](auto const& one) { return !titled(view, one.first, names); });
            return out;
        };
        if (fits_with_all(kinds, with_all) || fits_with_all(is_limit, of_that_name())) return;
        if (fits(all) || fits(kinds)) { out.by_text = false; return; }
    }
    out.constraints.resize(fixed);
    std::ranges::copy_if(reading.constraints, std::back_inserter(out.constraints), is_limit);
    if (reading.free_text.empty() && !names_goods && out.constraints.size() > fixed) out.by_text = false;  // "under 200" alone
}

// Where the page begins, by its token.
Result<std::size_t> first_of_page(Search const& in) {
    auto const keys = TRY(shop::read_page_token("dialogue.search", in.page_token, 1));
    if (keys.empty()) return 0;
    for (char c : keys[0])
        if (c < '0' || c > '9' || keys[0].size() > 9) return fail(Errc::invalid_argument, "malformed_page_token", "The page token is not one of this search.", {{"/page_token", "malformed_page_token", "use next_page_token of the page before"}});
    return static_cast<std::size_t>(std::stoull(keys[0]));
}

}  // namespace

Result<SearchAnswer> search_catalogue(Live const& live, Search const& asked, Locale locale, merchandising::Arrangement const* rules, AlikeGoods const* alike) {
    auto const& view = *live.view;
    SearchAnswer out;
    auto spelling = mend_spelling(live, asked.query);
    std::optional<Search> mended;
    for (auto const& [from, to] : spelling.corrections) out.corrections.push_back({from, to});
    if (!spelling.text.empty()) mended = asked, mended->query = std::move(spelling.text);
    auto const& in = mended ? *mended : asked;
    Prepared prepared;
    prepared.constraints = TRY(explicit_filters(view, in));
    auto const fixed = prepared.constraints.size();
    SelectOptions options{.order = static_cast<Order>(in.sort)};
    std::vector<std::string> terms;
    std::string words;
    bool code = false;   // the query is a SKU
    TextScores by_words;     // what the words found, where the limits left nothing of it
    bool no_goods = false;   // what was asked for is not sold here, and nothing else was
    std::vector<PredictedValue> foreseen;
    std::vector<std::pair<std::size_t, double>> beside;   // where goods are not here: what has only some of the words of their name
    std::vector<Constraint> wanted = prepared.constraints;   // and all that was read from the words, whatever is made of it below
    std::vector<Constraint> unheld;   // amounts that were said and limit nothing here
    auto reading = in.query.empty() ? Reading{} : understand(in.query, view, *live.lexicon, {.locale = locale});
    auto const wish = alike || !in.ignore.empty() ? std::nullopt : meet_wish(live, reading, in.query, prepared.constraints, locale);
    unheld = reading.unheld;
    auto const take_up = [&] {
        out.understood.assign(prepared.constraints.begin() + static_cast<std::ptrdiff_t>(fixed), prepared.constraints.end());
        options.text = &prepared.text;
        if (reading.order && in.sort == SearchSort::relevance) options.order = *reading.order;
    };
    if (wish) {
        for (auto const& pick : wish->picks) prepared.text.emplace(pick.product, 1 / (1 + static_cast<double>(prepared.text.size())));
        std::ranges::copy_if(wish->constraints, std::back_inserter(prepared.constraints), [&](Constraint const& c) { return std::ranges::find(wanted, c.constraint_id, &Constraint::constraint_id) == wanted.end(); });
        if (!wish->unanswered.empty()) out.unanswered.push_back(wish->unanswered);
        prepared.by_text = true, take_up();
    } else if (!in.query.empty()) {
        std::erase_if(reading.constraints, [&](Constraint const& c) { return std::find(in.ignore.begin(), in.ignore.end(), c.constraint_id) != in.ignore.end(); });
        // An amount that nothing here is measured by cannot be a limit; with its words it still decides among the goods.
        std::string amounts;
        std::erase_if(reading.constraints, [&](Constraint const& c) {
            if (c.kind != ConstraintKind::number || view.words().attribute_ids.contains(c.attribute) || c.attribute.starts_with(of_a_title)) return false;
            amounts += " " + cues::needs(surface_of(c.said), {cues::Span{}});
            unheld.push_back(c);
            return true;
        });
        auto const sku = view.find_sku(in.query);
        code = sku.has_value();
        words = words_to_look_for(in, reading, code) + amounts;
        // The number of a model that nothing bears: the rest is looked for.
        auto const of_no_model = code ? std::vector<std::string>() : codes_of_nothing(live, in.query, words);
        for (auto const& each : of_no_model) words = without_pieces(words, each);
        auto const names = names_goods(live);
        wanted.insert(wanted.end(), reading.constraints.begin(), reading.constraints.end());
        auto looked_up = live.index && !words.empty() ? TRY(look_up(live, words, names)) : LookedUp{};
        auto& found = looked_up.found;
        out.missing = reading.not_sold;
        // Beside goods that are named, a strange word is a brand or a quality that they have not.
        if (!code && std::ranges::none_of(reading.constraints, is_kind)) {
            if (auto const thing = no_such_thing(live, words, in.query); !thing.empty() && std::ranges::find(out.missing, thing) == out.missing.end()) out.missing.push_back(thing);
            // A name of which the goods here have only the last word, or which titles have for what comes with a thing.
            // Of a word that was mended or left out nobody can say that titles do not have it.
            if (live.index && out.missing.empty() && looked_up.unheard.empty() && found.corrections.empty() && found.guessed == 0 && in.ignore.empty()) {
                auto so = TRY(called_so(live, words, in.query, found, names));
                if (!so.missing.empty()) out.missing.push_back(std::move(so.missing));
                if (!so.given_up.empty()) {
                    auto& name = unheld.emplace_back(Constraint{.values = {{"", so.given_up, so.given_up}}, .said = so.given_up});
                    write_labels(name, view.words(), view.currency());
                    found.products = std::move(so.things), found.with_all.clear(), found.whole = true, found.some_words = false;
                }
            }
            // What else was said decides among goods that are not here.
            if (out.missing.empty() && !looked_up.unheard.empty()) {
                out.missing = looked_up.unheard;
                // Of a cat tree, where something is for cats: what comes nearest.
                if (names && std::ranges::any_of(live.index->words(without_pieces(words, out.missing.front()), 4), [&](std::string const& word) { return word.find_first_not_of("0123456789.") != word.npos && names(word); })) beside = std::move(found.products);
                found = {};
            }
            // Only what speaks of the goods that are not here, and not what shares a character or a word with their name.
            else if (!out.missing.empty()) {
                auto speaking = speaks_of(view, out.missing, found.products);
                // Of a bamboo sofa only what speaks of sofas, where the other words led elsewhere.
                if (live.index && speaking.products.empty())
                    if (auto again = TRY(live.index->search(view, out.missing.front(), ProductIndex::every, names)); !again.products.empty()) {
                        auto beside_it = std::move(speaking.beside);
                        found = std::move(again), speaking = speaks_of(view, out.missing, found.products);
                        if (speaking.products.empty() && speaking.beside.empty()) speaking.beside = std::move(beside_it);
                    }
                beside = std::move(speaking.beside);
                std::unordered_set<std::size_t> spoken_of;
                for (auto const& [p, score] : speaking.products) spoken_of.insert(p);
                std::erase_if(found.with_all, [&](std::size_t p) { return !spoken_of.contains(p); });
                found.products = std::move(speaking.products);
            }
        }
        out.missing.insert(out.missing.end(), of_no_model.begin(), of_no_model.end());
        // Nothing has all of it: goods are named by the rest, and an amount lifts those that have it.
        if (auto const naming = without_amounts(words); live.index && !code && !found.whole && naming != words && looked_up.unheard.empty())
            if (auto rest = TRY(live.index->search(view, naming, ProductIndex::every, names)); rest.whole) {
                std::unordered_map<std::size_t, double> const with_amount(found.products.begin(), found.products.end());
                for (auto& [p, score] : rest.products)
                    if (auto const also = with_amount.find(p); also != with_amount.end()) score += told_share * also->second;
                std::ranges::stable_sort(rest.products, std::greater{}, &std::pair<std::size_t, double>::second);
                found = std::move(rest);
            }
        for (auto const& [from, to] : reading.corrections) out.corrections.push_back({from, to});
        if (reading.corrections.empty())
            for (auto const& [from, to] : found.corrections)
                if (std::ranges::find(out.corrections, from, &Correction::from) == out.corrections.end()) out.corrections.push_back({from, to});  // the likeliest
        terms = found.terms;
        auto const best = found.products.empty() ? 1.0 : std::max(1e-9, found.products.front().second);
        prepared.text.reserve(found.products.size());
        for (auto const& [p, score] : found.products) prepared.text.emplace(p, score / best);
        auto const is_category = [](Constraint const& c) { return c.kind == ConstraintKind::category; };
        if (live.categories && !code && std::ranges::none_of(prepared.constraints, is_category) && std::ranges::none_of(reading.constraints, is_category)) {
            prepared.likely = live.categories->predict(view, *live.index, words);
            if (live.category_boost) {
                std::vector<double> factors;   // by category + 1
                for (int c = -1; c < static_cast<int>(view.words().categories.size()); ++c) factors.push_back(category_factor(view.words(), c, prepared.likely));
                for (auto& [p, score] : prepared.text) score *= factors[static_cast<std::size_t>(view.brief(p).category + 1)];
            }
            if (live.category_boost) {  // and the piano before its cover, under the same guard
                auto const otherwise = live.categories->named_otherwise(view, *live.index, live.categories->naming_words(*live.index, words), std::span(found.products).first(std::min<std::size_t>(found.products.size(), 1000)));
                double itself = 0;
                for (auto const& [p, score] : prepared.text)
                    if (!otherwise.contains(p)) itself = std::max(itself, score);
                for (auto const p : otherwise) prepared.text[p] *= itself > 0 ? belongs_factor * itself : 1;
            }
        }
        foreseen = code ? std::vector<PredictedValue>() : foresee(live, in.query, reading);
        if (live.category_boost) lift_foreseen(view, foreseen, found.products, prepared.text);
        // "A water gun for adults": what its title calls a child's stands lower.
        if (cues::for_grown_ups(surface_of(in.query)))
            for (auto& [p, score] : prepared.text)
                if (cues::titled_for_children(view[p].title)) score *= belongs_factor;
        // A limit that titles tell, and that nothing found keeps, decides nothing.
        std::erase_if(reading.constraints, [&](Constraint const& c) {
            if (!c.attribute.starts_with(of_a_title)) return false;
            auto const condition = resolve(c, view.words());
            return std::ranges::none_of(found.products, [&](auto const& one) { return holds(view, one.first, 0, condition); });
        });
        if (!code) settle(view, reading, found, prepared);
        // Of a leather wardrobe, where wardrobes are not sold, leather alone is no answer.
        no_goods = !out.missing.empty() && std::ranges::none_of(reading.constraints, is_kind);
        prepared.by_text = prepared.by_text || no_goods;
        // Of goods that are not here no word is something else: no rocket of a tennis racket.
        std::erase_if(out.corrections, [&](Correction const& c) { return std::ranges::any_of(out.missing, [&](std::string const& name) { return surface_of(name) == surface_of(c.from) || cues::has_word(surface_of(name), surface_of(c.from)); }); });
        // What the index mended matters only where its words chose.
        if (!prepared.by_text && reading.corrections.empty()) std::erase_if(out.corrections, [&](Correction const& c) { return std::ranges::none_of(spelling.corrections, [&](auto const& told) { return told.second == c.to; }); });
        if (sku) prepared.text[sku->first] = 1000, prepared.by_text = true;
        take_up();
        // An order by price is for what was asked for, not for whatever shares one of the words.
        if (prepared.by_text && found.some_words && options.order != Order::relevance) {
            std::unordered_set<std::size_t> const with_all(found.with_all.begin(), found.with_all.end());
            double most = 0;
            for (auto const& [p, score] : prepared.text) most = std::max(most, score);
            erase_if(prepared.text, [&](auto const& one) { return found.whole ? !with_all.contains(one.first) : one.second < 0.5 * most; });
        }
    }
    // A photo says what kind of thing it is: words lift, they do not restrict.
    if (alike) prepared.text = with_words(*alike, prepared.text), prepared.by_text = true, options.text = &prepared.text;
    if (prepared.by_text) options.use = SelectOptions::Text::only;
    // What is beyond the page and beyond what is put in order is counted and not sorted, unless rules or reasons speak of all.
    auto const from = TRY(first_of_page(in));
    bool const ruled = rules && !rules->empty();
    options.relaxed_limit = 0;
    if (!ruled && !in.explain) options.most = std::max(Ranking::reordered, from + static_cast<std::size_t>(in.page_size));
    auto selected = select(view, prepared.constraints, options);
    auto& picks = selected.full;
    bool const ranked = !alike && !wish && live.ranking && !in.query.empty() && options.order == Order::relevance && !code;
    if (ranked && picks.empty() && prepared.by_text) {
        // Nothing has the words: the nearest in meaning, with every limit kept.
        by_words = std::exchange(prepared.text, {});
        for (auto const& [p, cosine] : live.ranking->near(view, words, 60)) prepared.text.emplace(p, cosine);
        selected = select(view, prepared.constraints, options);
        out.near_in_meaning = !picks.empty();
    } else if (ranked) {
        reorder(live, in, words, picks, out);
    }
    out.facets = count_facets(view, prepared, in, selected.fitting);
    if (ruled) rearrange(view, prepared, *rules, !alike && (options.order == Order::relevance || options.order == Order::popular), selected, out);
    out.total = static_cast<std::int64_t>(selected.fitting.size());
    for (auto const& likely : prepared.likely) {
        auto const& c = view.words().categories[static_cast<std::size_t>(likely.category)];
        auto const products = std::ranges::count_if(selected.fitting, [&](std::uint32_t p) { return view.words().within(view.brief(p).category, likely.category); });
        // One that holds everything, or nothing, narrows nothing.
        if (products > 0 && products < out.total) out.likely_categories.push_back({c.id, c.label.en, c.label.zh, likely.probability, products});
    }
    out.foreseen = told_of(view, foreseen, selected.fitting);
    CardContext context{.constraints = prepared.constraints};
    auto i = std::min(from, picks.size());
    for (; i < picks.size() && out.cards.size() < static_cast<std::size_t>(in.page_size); ++i) {
        auto& card = out.cards.emplace_back(make_card(view, picks[i], locale, context));
        if (alike) {
            if (auto why = why_alike(*alike, picks[i].product, locale); !why.empty()) card.why.insert(card.why.begin(), std::move(why));
            if (auto const found = alike->likeness.find(picks[i].product); found != alike->likeness.end()) out.alike.push_back({card.product_id, found->second, alike->in.at(picks[i].product)});
        }
        if (!out.foreseen.empty())
            if (auto why = why_foreseen(view, picks[i].product, foreseen, locale); !why.empty()) card.why.push_back(std::move(why));
        if (!live.index || terms.empty()) continue;
        card.highlight = live.index->highlight(card.title, terms);
        auto const& data = view[picks[i].product].data;
        if (card.highlight.empty()) card.highlight = live.index->highlight(Label{data.description_en, data.description_zh}.in(locale), terms);
    }
    // Of the page only.
    if (!out.why.empty()) out.why.erase(out.why.begin() + static_cast<std::ptrdiff_t>(i), out.why.end()), out.why.erase(out.why.begin(), out.why.begin() + static_cast<std::ptrdiff_t>(std::min(from, picks.size())));
    // A wish that was met by the guide's choice has its limits kept; what limits nothing is told there, too.
    auto said = std::vector(wanted.begin() + static_cast<std::ptrdiff_t>(fixed), wanted.end());
    said.insert(said.end(), unheld.begin(), unheld.end());
    if (out.total > 0 && !alike && !code && !said.empty()) {
        // Where words chose, of what has them and not of what shares one.
        auto shown = selected.fitting;
        if (prepared.by_text) std::erase_if(shown, [&](std::uint32_t p) { auto const score = prepared.text.find(p); return score == prepared.text.end() || score->second < named_share; });
        out.given_up = not_to_be_had(view, prepared.constraints, said, shown);
        // Suede is named once, with the boots that it was said of.
        std::erase_if(out.given_up, [all = out.given_up](Constraint const& c) { return std::ranges::any_of(all, [&](Constraint const& other) { return other.said.size() > c.said.size() && !c.said.empty() && cues::has_word(surface_of(other.said), surface_of(c.said)); }); });
        std::erase_if(out.given_up, [&](Constraint const& c) {
            auto const same = [&](std::string const& name) { return surface_of(name) == surface_of(c.said); };
            return std::ranges::any_of(out.missing, same) || std::ranges::any_of(out.corrections, same, &Correction::from);   // a word that was mended is told so
        });
    }
    if (out.total == 0 && from == 0 && !alike && !wish) {
        auto const most = std::min<std::int64_t>(in.page_size, 12);
        auto const show = [&](std::span<Constraint const> kept, SelectOptions const& by, CardContext const& about) {
            for (auto const& pick : select(view, kept, by).full) out.nearest.push_back(make_card(view, pick, locale, about));
        };
        TextScores const near(beside.begin(), beside.end());
        auto const& spoken_of = by_words.empty() ? prepared.text : by_words;
        if (!near.empty()) show(prepared.constraints, {.text = &near, .use = SelectOptions::Text::only, .relaxed_limit = 0, .most = static_cast<std::size_t>(most)}, context);
        else if (!no_goods && (in.query.empty() || wanted.size() > fixed || !spoken_of.empty())) rescue(live, wanted, spoken_of, locale, most, out);
        if (!out.nearest.empty()) out.nearest_by = out.given_up.empty() ? NearestBy::words : NearestBy::limits;
        else if (!in.query.empty()) {
            // Nothing that was said is known here, or sold: what is well liked, within the filters.
            auto const liked = [&](Card const& card) { auto const& s = view[*view.find(card.product_id)].standing; return s.popularity > 0 || s.reviews > 0; };
            show(std::span(wanted).first(fixed), {.order = Order::popular, .relaxed_limit = 0, .most = static_cast<std::size_t>(most)}, {});
            std::erase_if(out.nearest, [&](Card const& card) { return !liked(card); });   // where nobody bought or rated anything, nothing is
            if (!out.nearest.empty()) out.nearest_by = NearestBy::popular;
        }
        std::vector<std::uint32_t> shown;
        for (auto const& card : out.nearest) shown.push_back(static_cast<std::uint32_t>(*view.find(card.product_id)));
        if (!shown.empty())
            for (auto& c : not_to_be_had(view, {}, unheld, shown)) out.given_up.push_back(std::move(c));
    }
    if (i < selected.fitting.size()) {
        std::string const next[] = {std::to_string(i)};
        out.next_page_token = shop::page_token("dialogue.search", next);
    }
    return out;
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
