#include "modules/dialogue/words_held.h"
#include "core/utf8.h"
#include "engines/text/analysis/synonyms.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/lexicon.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <bit>

namespace kindling::dialogue {

namespace {

constexpr std::size_t longest_facts = 6000, first_of_a_text = 400, most_words = 10, most_claimed = 3000, most_nearby = 300, looked_through = 8, few = 40;

// A word with its other endings: paint, paints, painting, painted; dry, dries; hike, hiking.
void add_endings(std::vector<std::u32string>& out, std::u32string const& word) {
    auto const add = [&](std::u32string form) {
        if (!form.empty() && std::ranges::find(out, form) == out.end()) out.push_back(std::move(form));
    };
    add(word);
    if (word.size() < 3 || word.find(U' ') != word.npos || word.find_first_of(U"0123456789") != word.npos) return;
    std::vector<std::u32string> stems{word};
    auto const cut = [&](std::u32string_view tail, std::u32string_view by = {}) {
        if (word.size() >= tail.size() + 3 && word.ends_with(tail)) stems.push_back(word.substr(0, word.size() - tail.size()) + std::u32string(by));
    };
    cut(U"s"), cut(U"es"), cut(U"ies", U"y"), cut(U"'s"), cut(U"ing"), cut(U"ing", U"e"), cut(U"ed"), cut(U"ed", U"e");
    for (auto const& stem : stems) {
        for (std::u32string_view tail : {U"", U"s", U"es", U"'s", U"ing", U"ed", U"er", U"ers", U"y"}) add(stem + std::u32string(tail));
        if (stem.back() == U'y') add(stem.substr(0, stem.size() - 1) + U"ies");
        if (stem.back() == U'e') add(stem.substr(0, stem.size() - 1) + U"ing"), add(stem + U"d");
    }
}

}  // namespace

WordsHeld::WordsHeld(CatalogueView const& view, std::string_view words) : view_(view) {
    auto const text = surface_of(words);
    if (std::ranges::any_of(text, is_han)) return;   // of words that are cut by a dictionary the index knows better
    std::vector<std::u32string> all;
    for (std::size_t i = 0; i < text.size() && all.size() < most_words;) {
        if (text[i] == U' ' || text[i] == U',') { ++i; continue; }
        auto const end = std::min(text.find_first_of(U" ,", i), text.size());
        all.push_back(text.substr(i, end - i)), i = end;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        Word word{.said = to_utf8(all[i])};
        add_endings(word.forms, all[i]);
        for (auto const& way : spellings(all[i])) add_endings(word.forms, way);
        for (auto const& other : everyday_goods().alternatives(word.said)) add_endings(word.forms, surface_of(other));
        // "Drumsticks" of "drum sticks", and the other way round.
        for (auto const k : {i, i + 1})
            if (k > 0 && k < all.size()) add_endings(word.forms, all[k - 1] + all[k]);
        for (std::size_t k = 3; k + 3 <= all[i].size(); ++k)
            if (auto const front = all[i].substr(0, k), back = all[i].substr(k); is_english_word(front) && (is_english_word(back) || is_english_word(back.substr(0, back.size() - 1)))) add_endings(word.forms, front + U" " + back);
        word.in_titles = title_words(word.forms);
        words_.push_back(std::move(word));
    }
}

std::uint32_t WordsHeld::holding(std::string_view text, std::size_t most, std::uint32_t asked) const {
    auto const surface = surface_of(utf8_prefix(text, most));
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < words_.size(); ++i)
        if ((asked >> i & 1) != 0 && std::ranges::any_of(words_[i].forms, [&](std::u32string const& form) { return cues::has_word(surface, form); })) out |= 1u << i;
    return out;
}

// Titles first, which most goods need alone; then all that the data says, put together once for all words.
std::uint32_t WordsHeld::named_words(std::size_t product) const {
    auto const [at, fresh] = named_.try_emplace(product, 0);
    if (!fresh) return at->second;
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < words_.size(); ++i)
        if (titled(view_, product, words_[i].in_titles)) out |= 1u << i;
    if (out != every_word()) {
        auto const& entry = view_[product];
        auto const& data = entry.data;
        std::string facts = data.brand + " " + data.brand_zh;
        for (int c = entry.category, depth = 0; c >= 0 && depth < 16; c = view_.words().categories[static_cast<std::size_t>(c)].parent_index, ++depth) facts += " " + view_.words().categories[static_cast<std::size_t>(c)].label.en;
        for (auto const& a : data.attributes) facts += " " + a.text_en;
        for (auto const& variant : data.variants) {
            facts += " " + variant.title_en;
            for (auto const& a : variant.attributes) facts += " " + a.text_en;
        }
        out |= holding(facts, longest_facts, every_word() & ~out);
    }
    return at->second = out;
}

std::uint32_t WordsHeld::described_words(std::size_t product) const {
    auto const left = every_word() & ~named_words(product);
    return left == 0 ? 0 : holding(view_[product].data.description_en, first_of_a_text, left);
}

WordsHeld::Where WordsHeld::where(std::size_t product, std::size_t at) const {
    if ((named_words(product) >> at & 1) != 0) return Where::named;
    return (described_words(product) >> at & 1) != 0 ? Where::described : Where::nowhere;
}

bool WordsHeld::named(std::size_t product) const { return named_words(product) == every_word(); }

// One word may be a matter of the description; of a name of several words half of them may not.
bool WordsHeld::fits(std::size_t product) const {
    auto const described = described_words(product);
    if ((named_words(product) | described) != every_word()) return false;
    auto const count = static_cast<std::size_t>(std::popcount(described));
    return words_.size() <= 2 ? count <= 1 : 2 * count < words_.size();
}

std::vector<std::string> WordsHeld::nowhere(std::span<std::size_t const> products, std::span<int const> categories) const {
    std::vector<std::string> out;
    auto const within = [&](std::size_t p) { return categories.empty() || std::ranges::any_of(categories, [&](int c) { return view_.words().within(view_[p].category, c); }); };
    std::uint32_t here = 0;
    for (auto const p : products) here |= named_words(p) | described_words(p);
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if ((here >> i & 1) != 0) continue;
        // A brand or a value that other goods have is known here, too.
        auto const is_a_name = [&](std::u32string const& form) {
            auto const name = to_utf8(form);
            return view_.words().brand_ids.contains(name) || std::ranges::any_of(view_.words().attributes, [&](AttributeInfo const& info) { return info.value_ids.contains(name); });
        };
        if (std::ranges::any_of(words_[i].forms, is_a_name)) continue;
        if (std::ranges::any_of(words_[i].forms, [&](std::u32string const& form) { return any_title(view_, form, [&](std::size_t p) { return within(p) && cues::has_word(view_[p].title, form); }); })) continue;
        out.push_back(words_[i].said);
    }
    return out;
}

// Of the words in force those that goods can be called by: no amounts, no place where they are used beside their kind, and no age that was read into them.
std::string TurnMaker::words_to_hold() const {
    auto const& s = state();
    auto const plain = without_amounts(s.free_text);
    auto const t = surface_of(text_);
    bool const kind_known = !categories_in_force(s, view_.words()).empty();
    std::string out;
    for (std::size_t i = 0; i < plain.size();) {
        auto const end = std::min(plain.find(' ', i), plain.size());
        auto const word = plain.substr(i, end - i);
        i = end + 1;
        auto const called = surface_of(word);
        if (called.empty() || (kind_known && cues::only_circumstances(called)) || (cues::has(called, U"preschool toddler") && !cues::has(t, U"preschool preschooler toddler toddlers"))) continue;
        out += (out.empty() ? "" : " ") + word;
    }
    return out;
}

// Where the index found a few that seem to have all the words, and none bears them out, what has one of them comes nearer than a text that mentions all.
void TurnMaker::widen_unborne(Retrieved& found) const {
    if (found.near_in_meaning || found.by_code || found.scores.empty() || found.scores.size() > few) return;
    // Beside a kind that is known words only rank; where nothing has them that is said.
    if (!categories_in_force(state(), view_.words()).empty() && !wants_books()) return;
    WordsHeld const held(view_, words_to_hold());
    if (held.size() < 2 || std::ranges::any_of(found.scores, [&](auto const& one) { return held.fits(one.first); })) return;
    boost::unordered_flat_map<std::size_t, std::size_t> had;
    for (std::size_t i = 0; i < held.size(); ++i) {
        auto const one = scorer_(held[i]);
        if (one.near_in_meaning) continue;
        for (auto const& [p, score] : one.scores) found.scores[p] += score / static_cast<double>(held.size()), ++had[p];
    }
    // Of "a crystal harmonica holder" no crystal bowl comes near.
    erase_if(found.scores, [&](auto const& one) { return 2 * had[one.first] < held.size(); });
    if (found.scores.empty()) return;
    double best = 0;
    for (auto const& [p, score] : found.scores) best = std::max(best, score);
    for (auto& [p, score] : found.scores) score /= best;
    found.some_words = true, found.whole = found.more = false, found.with_all.clear(), found.otherwise.clear();
}

// What the index says to have all the words is said to fit only where its name or data bears them out; what is called by all of them and was not counted is.
void TurnMaker::hold_to_words(Selection& out, bool by_rank) {
    missing_words_.clear();
    if (near_in_meaning_ || by_code_ || out.full.empty()) return;
    auto const amounts = without_amounts(state().free_text) != state().free_text;
    if (with_all_ > most_claimed) return;
    WordsHeld const held(view_, words_to_hold());
    if (held.empty()) return;
    auto const first = out.full.begin();
    auto const claimed = first + static_cast<std::ptrdiff_t>(std::min(with_all_, out.full.size()));
    auto const called = [&](Pick const& pick) { return held.named(pick.product); };
    auto named = std::stable_partition(first, claimed, called);
    auto const whole = static_cast<std::size_t>(named - first);
    if (whole >= options_.picks) {
        with_all_ = whole;
        if (!widen_ && by_rank) out.full.resize(with_all_);
        some_words_ = some_words_ || with_all_ < out.full.size();
        return;
    }
    auto mentioned = claimed;   // where those end that the index found to have all words
    if (auto const last = first + static_cast<std::ptrdiff_t>(std::min(out.full.size(), most_nearby)); !amounts && by_rank && claimed < last) {
        // Others that were found are called so, too.
        auto const further = std::stable_partition(named, last, called);
        mentioned += further - named, named = further;
    }
    auto const fit = std::stable_partition(named, mentioned, [&](Pick const& pick) { return held.fits(pick.product); });
    with_all_ = static_cast<std::size_t>(fit - first);
    if (with_all_ < out.full.size()) some_words_ = true;
    if (with_all_ > 0) return;
    std::vector<std::size_t> nearest;
    for (auto const& pick : std::span(out.full).first(std::min(out.full.size(), looked_through))) nearest.push_back(pick.product);
    missing_words_ = held.nowhere(nearest, categories_in_force(state(), view_.words()));
}

}  // namespace kindling::dialogue
