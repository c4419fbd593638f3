#include "modules/dialogue/goods_found.h"
#include "core/utf8.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/called_so.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/rescue.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/settle.h"
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace kindling::dialogue {

namespace {

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

class Finder {
public:
    Finder(Live const& live, Search const& in, Reading const& reading, bool code) : live_(live), in_(in), reading_(reading), code_(code), names_(names_goods(live)) {}

    Result<GoodsFound> run(std::string_view amounts) {
        out_.words = words_to_look_for(in_, reading_, code_) + std::string(amounts);
        // The number of a model that nothing bears: the rest is looked for.
        auto const of_no_model = code_ ? std::vector<std::string>() : codes_of_nothing(live_, in_.query, out_.words);
        for (auto const& each : of_no_model) out_.words = without_pieces(out_.words, each);
        if (live_.index && !out_.words.empty()) looked_up_ = TRY(look_up(live_, out_.words, names_));
        // Whom it is for decides among the goods, and is none.
        named_ = without_receiver(out_.words, in_.query, reading_), core_ = before_its_use(named_, in_.query);
        std::erase_if(looked_up_.unheard, [core = surface_of(core_)](std::string const& word) { return !cues::has_word(core, surface_of(word)); });
        out_.missing = reading_.not_sold;
        // Beside goods that are named, a strange word is a brand or a quality that they have not.
        if (!code_ && !names_kind(reading_)) {
            TRY(see_what_is_missing());
            TRY(keep_to_what_is_missing());
        }
        out_.missing.insert(out_.missing.end(), of_no_model.begin(), of_no_model.end());
        TRY(let_amounts_lift());
        out_.found = std::move(looked_up_.found);
        return std::move(out_);
    }

private:
    Result<void> see_what_is_missing() {
        auto& found = looked_up_.found;
        auto const& words = out_.words;
        if (auto thing = no_such_thing(live_, words, in_.query); !thing.empty() && std::ranges::find(out_.missing, thing) == out_.missing.end()) out_.missing.push_back(std::move(thing));
        // A name of which the goods here have only the last word, or which titles have for what comes with a thing.
        // Of a word that was mended or left out nobody can say that titles do not have it.
        if (!live_.index || !out_.missing.empty() || !looked_up_.unheard.empty() || !in_.ignore.empty()) return {};
        ProductIndex::Found alone;
        if (core_ != words && (!found.corrections.empty() || found.guessed > 0)) alone = TRY(live_.index->search(*live_.view, core_, ProductIndex::every, names_));
        auto const& of_name = alone.products.empty() ? found : alone;
        if (!of_name.corrections.empty() || of_name.guessed > 0) return {};
        auto so = TRY(called_so(live_, core_, in_.query, of_name, names_));
        if (!so.missing.empty()) out_.missing.push_back(std::move(so.missing));
        if (!so.given_up.empty()) out_.given_up = std::move(so.given_up), found.products = std::move(so.things), found.with_all.clear(), found.whole = true, found.some_words = false;
        return {};
    }

    // What else was said decides nothing among goods that are not here.
    Result<void> keep_to_what_is_missing() {
        auto& found = looked_up_.found;
        if (out_.missing.empty() && looked_up_.unheard.empty()) return {};
        if (out_.missing.empty()) {
            out_.missing = looked_up_.unheard;
            // Of a cat tree, where something is for cats: what comes nearest.
            if (names_ && std::ranges::any_of(live_.index->words(without_pieces(out_.words, out_.missing.front()), 4), [&](std::string const& word) { return word.find_first_not_of("0123456789.") != word.npos && names_(word); })) out_.beside = std::move(found.products);
            found = {};
            return {};
        }
        // Only what speaks of the goods that are not here, and not what shares a character or a word with their name.
        auto const& view = *live_.view;
        auto speaking = speaks_of(view, out_.missing, found.products);
        // Of a bamboo sofa only what speaks of sofas, where the other words led elsewhere.
        if (live_.index && speaking.products.empty())
            if (auto again = TRY(live_.index->search(view, out_.missing.front(), ProductIndex::every, names_)); !again.products.empty()) {
                auto beside_it = std::move(speaking.beside);
                found = std::move(again), speaking = speaks_of(view, out_.missing, found.products);
                if (speaking.products.empty() && speaking.beside.empty()) speaking.beside = std::move(beside_it);
            }
        out_.beside = std::move(speaking.beside);
        std::unordered_set<std::size_t> spoken_of;
        for (auto const& [p, score] : speaking.products) spoken_of.insert(p);
        std::erase_if(found.with_all, [&](std::size_t p) { return !spoken_of.contains(p); });
        found.products = std::move(speaking.products);
        return {};
    }

    // Nothing has all of it, or a receiver was among it: goods are named by the rest, and an amount lifts those that have it.
    Result<void> let_amounts_lift() {
        auto& found = looked_up_.found;
        bool const receiver_aside = named_ != out_.words && out_.missing.empty() && out_.given_up.empty();
        if (!live_.index || code_ || (found.whole && !receiver_aside) || !looked_up_.unheard.empty()) return {};
        auto const naming = without_amounts(named_);
        if (naming == out_.words) return {};
        auto rest = TRY(live_.index->search(*live_.view, naming, ProductIndex::every, names_));
        if (!rest.whole) return {};
        std::unordered_map<std::size_t, double> const with_amount(found.products.begin(), found.products.end());
        for (auto& [p, score] : rest.products)
            if (auto const also = with_amount.find(p); also != with_amount.end()) score += told_share * also->second;
        std::ranges::stable_sort(rest.products, std::greater{}, &std::pair<std::size_t, double>::second);
        found = std::move(rest);
        return {};
    }

    Live const& live_;
    Search const& in_;
    Reading const& reading_;
    bool const code_;
    ProductIndex::NamesGoods const names_;
    LookedUp looked_up_;
    std::string named_, core_;   // the words without whom it is for; and without what it is used for
    GoodsFound out_;
};

}  // namespace

Result<GoodsFound> find_goods(Live const& live, Search const& in, Reading const& reading, std::string_view amounts, bool code) { return Finder(live, in, reading, code).run(amounts); }

}  // namespace kindling::dialogue
