#include "modules/dialogue/rescue.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/facets.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/title_search.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

// Of a longer word with the same beginning, any mending is likelier than another thing: "foldng".
constexpr std::size_t surely_mistyped = 6;

bool in_vocabulary(Lexicon const& lexicon, std::string_view word) {
    auto const surface = surface_of(word);
    for (auto const& m : lexicon.scan(surface))
        if (m.begin == 0 && m.end == surface.size() && !m.meanings.empty()) return true;
    return false;
}

bool names_kind_or_brand(Lexicon const& lexicon, std::string_view word) {
    auto const surface = surface_of(word);
    return std::ranges::any_of(lexicon.scan(surface), [&](Match const& m) { return m.begin == 0 && m.end == surface.size() && std::ranges::any_of(m.meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::category || x.kind == Meaning::Kind::brand; }); });
}

bool arrives(Live const& live, ProductIndex::NamesGoods const& names, std::string const& from, std::string const& to) {
    if (is_unit(from)) return false;
    // A word of the language is meant, unless goods are called so: "boats" where boots are sold, and no tee for a cat tree.
    if (is_english_word(to_utf32(from))) return from.size() > 4 && names_kind_or_brand(*live.lexicon, to);
    if (in_vocabulary(*live.lexicon, to) || (names && names(to))) return true;
    return from.size() >= surely_mistyped && !to.empty() && from.front() == to.front();
}

std::string without(std::string_view words, std::span<std::string const> gone) {
    std::string out;
    for (std::size_t i = 0; i < words.size();) {
        auto const end = std::min(words.find(' ', i), words.size());
        auto const word = words.substr(i, end - i);
        i = end + 1;
        if (word.empty() || std::ranges::any_of(gone, [&](std::string const& g) { return surface_of(word) == surface_of(g); })) continue;
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

}  // namespace

Result<LookedUp> look_up(Live const& live, std::string_view words, ProductIndex::NamesGoods const& names) {
    LookedUp out;
    out.found = TRY(live.index->search(*live.view, words, ProductIndex::every, names));
    std::vector<std::string> refused;
    for (auto const& [from, to] : out.found.corrections) {
        bool const known = in_vocabulary(*live.lexicon, from);
        // One that has a way to arrive keeps it, whichever others stand beside it.
        if (!known && std::ranges::any_of(out.found.corrections, [&](auto const& c) { return c.first == from && arrives(live, names, from, c.second); })) continue;
        if (std::ranges::find(refused, from) != refused.end()) continue;
        refused.push_back(from);
        if (!known && !is_unit(from)) out.unheard.push_back(from);
    }
    if (refused.empty()) return out;
    auto const rest = without(words, refused);
    out.found = rest.empty() ? ProductIndex::Found{} : TRY(live.index->search(*live.view, rest, ProductIndex::every, names));
    return out;
}

std::string without_receiver(std::string_view words, std::string_view query, Reading const& reading) {
    auto const who = surface_of(reading.recipient), said = surface_of(query);
    auto const at = who.empty() || is_han(who.front()) ? std::nullopt : cues::find_word(said, who);
    if (!at || !cues::has(std::u32string_view(said).substr(0, at->begin), U"for")) return std::string(words);
    std::vector<std::string> gone;
    for (std::size_t i = 0; i < who.size();) {
        auto const end = std::min(who.find(U' ', i), who.size());
        gone.push_back(to_utf8(who.substr(i, end - i))), i = end + 1;
    }
    auto rest = without(words, gone);
    return rest.find_first_not_of(' ') == rest.npos ? std::string(words) : rest;
}

std::string no_such_thing(Live const& live, std::string_view words, std::string_view query) {
    if (!live.categories || !live.index) return {};
    auto const said = surface_of(query);
    bool const for_another = cues::has(said, U"for with on in of to like");
    auto const is = [&](std::string const& name) { return !machines().alternatives(name).empty() && live.categories->never_the_thing(*live.index, name); };
    auto const plain = without_amounts(words);
    if (auto const name = live.categories->naming_words(*live.index, plain); is(name)) return machines().alternatives(plain).empty() ? name : plain;   // a vacuum cleaner, and not a vacuum
    for (auto blank = plain.find(' '); blank != plain.npos && !for_another; blank = plain.find(' ', blank + 1))
        if (auto const name = plain.substr(blank + 1); said.ends_with(surface_of(name)) && is(name)) return name;
    return {};
}

std::vector<std::u32string> ways_to_say(Constraint const& c) {
    std::vector<std::u32string> out;
    auto const add = [&](std::u32string const& word) {
        if (word.size() < 2 || word.find_first_not_of(U"0123456789. ") == word.npos) return;
        for (auto& each : spellings(word))
            if (each.size() > 1 && std::ranges::find(out, each) == out.end()) out.push_back(std::move(each));
    };
    auto const said = surface_of(c.said);
    for (std::size_t i = 0; i <= said.size();) {
        auto const end = std::min(said.find(U'/', i), said.size());
        add(said.substr(i, end - i)), i = end + 1;
    }
    for (auto const& v : c.values) add(surface_of(v.en)), add(surface_of(v.zh));
    return out;
}

SpokenOf speaks_of(CatalogueView const& view, std::span<std::string const> names, std::span<std::pair<std::size_t, double> const> found) {
    auto const& goods = everyday_goods();
    SpokenOf out;
    std::vector<std::u32string> whole, parts;
    auto const in_han = [](std::u32string_view title) { return std::ranges::any_of(title, is_han); };
    std::size_t han = 0, looked_at = 0;
    for (std::size_t p = 0; p < view.size(); p += std::max<std::size_t>(1, view.size() / 300), ++looked_at) han += in_han(view[p].title);
    for (auto const& name : names) {
        // In the other language only where no title is in this one, and then by its longer names: a vacuum flask is no vacuum cleaner.
        auto const called = surface_of(name);
        bool const said_in_han = in_han(called), spoken = said_in_han ? han * 2 > looked_at : true;
        std::vector<std::u32string> others{called};
        bool const longer = !spoken && std::ranges::any_of(goods.alternatives(name), [](std::string const& each) { return each.find(' ') != each.npos; });
        for (auto const& each : goods.alternatives(name))
            if (auto s = surface_of(each); !s.empty() && !(s.size() < called.size() && cues::has_word(called, s)) && (in_han(s) == said_in_han || (!spoken && (!longer || s.find(U' ') != s.npos)))) others.push_back(std::move(s));
        for (auto const& each : others) {
            whole.push_back(each);
            if (cues::letter(each.back())) whole.push_back(each.back() == U's' ? each.substr(0, each.size() - 1) : each + U"s");
        }
        auto const words = surface_of(name);
        for (std::size_t i = 0; i < words.size() && words.find(U' ') != words.npos;) {
            auto const end = std::min(words.find(U' ', i), words.size());
            if (auto const part = words.substr(i, end - i); part.size() > 2)
                for (auto& way : spellings(part)) parts.push_back(std::move(way));
            i = end + 1;
        }
    }
    auto const of_the_whole = title_words(whole), of_a_part = title_words(parts);
    for (auto const& one : found)
        if (titled(view, one.first, of_the_whole)) out.products.push_back(one);
        else if (titled(view, one.first, of_a_part)) out.beside.push_back(one);
    return out;
}

std::vector<Constraint> not_to_be_had(CatalogueView const& view, std::span<Constraint const> kept, std::span<Constraint const> said, std::span<std::uint32_t const> shown) {
    std::vector<Constraint> out;
    std::vector<Condition> conditions;
    for (auto const& c : kept) conditions.push_back(resolve(c, view.words()));
    // One variant has to meet all of it: a boot in 38 and one for men are no boot for men.
    auto const met = [&](Condition const& also) {
        return std::ranges::any_of(shown, [&](std::uint32_t p) {
            for (std::size_t v = 0; v < view[p].variants.size(); ++v)
                if (holds(view, p, v, also) && misses(view, p, v, conditions) == 0) return true;
            return false;
        });
    };
    for (auto const& c : said) {
        bool const decides = c.polarity == Polarity::want && !c.soft && c.kind != ConstraintKind::category;
        if (!decides || std::ranges::find(kept, c.constraint_id, &Constraint::constraint_id) != kept.end()) continue;
        if (met(resolve(c, view.words()))) continue;
        // Where no field speaks of it, a title does: "canvas boots".
        if (auto const ways = title_words(ways_to_say(c)); std::ranges::any_of(shown, [&](std::uint32_t p) { return titled(view, p, ways); })) continue;
        out.push_back(c);
    }
    return out;
}

void rescue(Live const& live, std::span<Constraint const> wanted, TextScores const& text, Locale locale, std::int64_t most, SearchAnswer& out) {
    if (wanted.empty()) return;
    auto const& view = *live.view;
    // Goods that the words alone name: the limits give, and first those on what they cost.
    auto const of_goods = [](Constraint const& c) { return c.polarity == Polarity::want && (c.kind == ConstraintKind::category || c.kind == ConstraintKind::number); };
    if (!text.empty() && std::ranges::none_of(wanted, of_goods)) {
        // Of what has the words, and not of what has one of them.
        auto of_them = text;
        erase_if(of_them, [](auto const& one) { return one.second < named_share; });
        bool const too_dear = std::ranges::any_of(wanted, [](Constraint const& c) { return c.kind == ConstraintKind::price && c.max; });
        auto const priced = [](Constraint const& c) { return c.kind == ConstraintKind::price || c.kind == ConstraintKind::rating; };
        auto const wished = [](Constraint const& c) { return c.polarity == Polarity::want; };
        for (bool (*gives)(Constraint const&) : {+priced, +wished}) {
            std::vector<Constraint> kept;
            out.given_up.clear();
            for (auto const& c : wanted) (gives(c) ? out.given_up : kept).push_back(c);
            auto const found = select(view, kept, {.order = too_dear ? Order::price_up : Order::relevance, .text = &of_them, .use = SelectOptions::Text::only, .relaxed_limit = 0, .most = static_cast<std::size_t>(most)});
            for (auto const& pick : found.full) out.nearest.push_back(make_card(view, pick, locale, {.constraints = wanted}));
            if (!out.nearest.empty()) return;
        }
        out.given_up.clear();
    }
    auto const found = select(view, wanted, {.text = &text, .relaxed_limit = static_cast<std::size_t>(most), .most = static_cast<std::size_t>(most)});
    for (auto const i : found.dropped) out.given_up.push_back(wanted[i]);
    for (auto const& pick : found.full.empty() ? found.relaxed : found.full) out.nearest.push_back(make_card(view, pick, locale, {.constraints = wanted}));
}

}  // namespace kindling::dialogue
