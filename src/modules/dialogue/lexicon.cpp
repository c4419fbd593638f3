// modules/dialogue/lexicon.cpp -- building and scanning the catalogue's own words. See lexicon.h.
#include "modules/dialogue/lexicon.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "engines/text/analysis/pinyin.h"
#include "engines/text/analysis/synonyms.h"
#include <algorithm>
#include <unordered_set>

namespace kindling::dialogue {
namespace {

bool is_word(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || (c >= 0xC0 && c < 0x250); }
bool is_letter(char32_t c) { return is_word(c) && !(c >= U'0' && c <= U'9'); }

std::u32string singular(std::u32string_view word) {
    auto const ends = [&](std::u32string_view tail) { return word.size() > tail.size() + 2 && word.ends_with(tail); };
    if (ends(U"sses") || ends(U"xes") || ends(U"shes") || ends(U"ches")) return std::u32string(word.substr(0, word.size() - 2));
    if (ends(U"ies")) return std::u32string(word.substr(0, word.size() - 3)) + U"y";
    if (ends(U"s") && !ends(U"ss") && !ends(U"us")) return std::u32string(word.substr(0, word.size() - 1));
    return std::u32string(word);
}

std::vector<std::u32string> split(std::string_view list) {
    std::vector<std::u32string> out;
    for (std::size_t i = 0; i < list.size();) {
        auto const end = std::min(list.find(' ', i), list.size());
        auto word = surface_of(list.substr(i, end - i));
        for (auto& c : word)
            if (c == U'_') c = U' ';
        if (!word.empty()) out.push_back(std::move(word));
        i = end + 1;
    }
    return out;
}

bool holds(std::u32string_view text, std::u32string_view stem) {
    for (auto at = text.find(stem); at != text.npos; at = text.find(stem, at + 1)) {
        auto const after = at + stem.size();
        if (is_letter(stem.front()) && at > 0 && is_letter(text[at - 1])) continue;
        if (is_letter(stem.back()) && after < text.size() && is_letter(text[after]) && !(text[after] == U's' && (after + 1 == text.size() || !is_letter(text[after + 1])))) continue;
        return true;
    }
    return false;
}

// The last noun of an English name says what it is: a desk lamp is no desk, but "Bags and Luggage" are bags.
bool heads(std::u32string_view label, std::u32string_view stem) {
    for (std::size_t i = 0; i <= label.size();) {
        auto const end = std::min(label.find(U" and ", i), label.size());
        auto part = std::u32string(label.substr(i, end - i));
        if (auto const one = singular(part); one.ends_with(stem) || part.ends_with(stem)) {
            auto const& with = part.ends_with(stem) ? part : one;
            if (with.size() == stem.size() || !is_letter(with[with.size() - stem.size() - 1])) return true;
        }
        i = end + 5;
    }
    return false;
}

}  // namespace

std::u32string surface_of(std::string_view text) {
    text::Normalised out;
    text::normalise(text, out);
    for (auto& c : out.text)
        if (c == U'-' || c == U'\u2010' || c == U'\u2011' || c == U'·') c = U' ';
        else if (c == U'\u2019' || c == U'\u2018') c = U'\'';
    return std::move(out.text);
}

void Lexicon::add(std::u32string surface, Meaning meaning) {
    while (!surface.empty() && surface.back() == U' ') surface.pop_back();
    while (!surface.empty() && surface.front() == U' ') surface.erase(surface.begin());
    if (surface.empty() || surface.size() > 40) return;
    // A bare number is a size only with its word ("38码"), which the quantities know; alone it would swallow every amount.
    if (std::all_of(surface.begin(), surface.end(), [](char32_t c) { return (c >= U'0' && c <= U'9') || c == U'.' || c == U' '; })) return;
    auto& list = meanings_[surface];
    if (std::find(list.begin(), list.end(), meaning) == list.end()) list.push_back(meaning);
    auto& longest = longest_[surface.front()];
    longest = std::max(longest, surface.size());
}

void Lexicon::add_text(std::string const& text, Meaning meaning) {
    auto surface = surface_of(text);
    if (surface.empty()) return;
    auto const blank = surface.rfind(U' ');
    auto const head = blank == surface.npos ? std::u32string() : surface.substr(0, blank + 1);
    if (auto const one = head + singular(surface.substr(head.size())); one != surface) add(one, meaning);
    add(std::move(surface), meaning);
}

// Of the name of a sort ("休闲椅" of the attribute 类型) only its end says what it is: 休闲 is no chair.
void Lexicon::add_parts(Label const& label, Meaning meaning, bool of_a_sort) {
    static std::unordered_set<std::u32string> const dull{U"and", U"the", U"for", U"with", U"eu", U"size", U"free", U"non", U"of", U"in", U"to", U"type", U"style", U"shaped", U"based", U"level", U"one", U"two", U"three", U"four", U"five", U"six", U"seven", U"eight", U"nine", U"ten", U"off", U"out", U"up"};
    meaning.strength = Meaning::Strength::part;
    auto const en = surface_of(label.en);
    for (std::size_t i = 0; i < en.size();) {
        while (i < en.size() && !is_letter(en[i])) ++i;
        auto j = i;
        while (j < en.size() && is_letter(en[j])) ++j;
        auto word = en.substr(i, j - i);
        if (word.size() >= 3 && word.size() < en.size() && !dull.contains(word) && !is_common_word(word)) add(std::move(word), meaning);
        i = j + 1;
    }
    auto const zh = surface_of(label.zh);
    if (zh.size() >= 3 && zh.size() <= 8 && std::all_of(zh.begin(), zh.end(), is_han))
        for (std::size_t n = 2; n < zh.size(); ++n) {
            if (!of_a_sort) add(zh.substr(0, n), meaning);
            add(zh.substr(zh.size() - n), meaning);
        }
}

void Lexicon::add_concepts() {
    auto const& words = *vocabulary_;
    for (auto const& row : category_concepts()) {
        auto const stems = split(row.found);
        std::vector<int> hits;
        for (std::size_t c = 0; c < words.categories.size(); ++c) {
            auto const en = surface_of(words.categories[c].label.en), zh = surface_of(words.categories[c].label.zh);
            bool hit = false, barred = false;
            for (auto const& stem : stems) {
                if (stem.front() == U'!') barred = barred || holds(en, stem.substr(1)) || holds(zh, stem.substr(1));
                else hit = hit || heads(en, stem) || holds(zh, stem);
            }
            if (hit && !barred) hits.push_back(static_cast<int>(c));
        }
        for (int c : hits) {
            // The ancestor says it all.
            bool covered = false;
            for (int other : hits) covered = covered || (other != c && words.within(c, other));
            if (covered) continue;
            for (auto const& said : split(row.said)) add(said, {Meaning::Kind::category, c, -1, Meaning::Strength::concept_});
        }
    }
    for (auto const& row : value_concepts()) {
        auto const stems = split(row.found);
        auto const said = split(row.said);
        bool found = false;
        for (std::size_t a = 0; a < words.attributes.size(); ++a)
            for (std::size_t v = 0; v < words.attributes[a].values.size(); ++v) {
                auto const en = surface_of(words.attributes[a].values[v].en), zh = surface_of(words.attributes[a].values[v].zh);
                bool hit = false, barred = false;
                for (auto const& stem : stems) {
                    if (stem.front() == U'!') barred = barred || holds(en, stem.substr(1)) || holds(zh, stem.substr(1));
                    else hit = hit || holds(en, stem) || holds(zh, stem);
                }
                if (!hit || barred) continue;
                found = true;
                for (auto const& s : said) {
                    bool const hint = s.front() == U'~';
                    add(hint ? s.substr(1) : s, {Meaning::Kind::value, static_cast<int>(a), static_cast<int>(v), Meaning::Strength::concept_, hint ? Meaning::Force::hint : Meaning::Force::wish});
                }
            }
        // A property that nothing here has must still be understood, or a wish for silk would be answered with cotton in silence.
        if (!found)
            for (auto const& s : said)
                if (s.front() != U'~' && !look_up(s)) add(s, {Meaning::Kind::value, -1, -1, Meaning::Strength::concept_});
    }
    // The shop's own synonyms: whatever one word of a group means, the others mean too.
    for (auto const& group : words.synonyms) {
        std::vector<Meaning> all;
        for (auto const& word : group)
            if (auto const* found = look_up(surface_of(word))) all.insert(all.end(), found->begin(), found->end());
        for (auto const& word : group)
            for (auto const& meaning : all) add(surface_of(word), meaning);
    }
}

PropertyWords const* property_words(std::u32string_view surface) {
    static auto const rows = [] {
        std::unordered_map<std::u32string, PropertyWords> out;
        for (auto const& row : value_concepts()) {
            PropertyWords all;
            // What is found in values ("wine" for a red) would say too much of a title ("wine glass"), and one Han character stands in too many words.
            for (auto& word : split(row.said))
                if (word.front() != U'~' && word.size() >= 2) all.words.push_back(std::move(word));
            for (auto const& stem : split(row.found))
                if (stem.front() == U'!') all.bars.push_back(stem.substr(1));
            for (auto const& word : split(row.said)) {
                auto& mine = out[word];
                mine.words.insert(mine.words.end(), all.words.begin(), all.words.end()), mine.bars.insert(mine.bars.end(), all.bars.begin(), all.bars.end());
            }
        }
        return out;
    }();
    auto const found = rows.find(std::u32string(surface));
    return found == rows.end() ? nullptr : &found->second;
}

// A category that is named in one language is meant by the same word of the other (engines/text/analysis/synonyms.h).
void Lexicon::add_synonyms() {
    auto const& words = *vocabulary_;
    auto const groups = text::commerce_synonyms();
    std::unordered_map<std::u32string, std::vector<std::size_t>> groups_of;
    for (std::size_t g = 0; g < groups.size(); ++g)
        for (auto const& word : groups[g]) groups_of[surface_of(word)].push_back(g);
    for (std::size_t c = 0; c < words.categories.size(); ++c)
        for (auto const* name : {&words.categories[c].label.en, &words.categories[c].label.zh}) {
            auto const surface = surface_of(*name);
            for (auto const& key : {surface, singular(surface)})
                if (auto const found = groups_of.find(key); found != groups_of.end())
                    for (auto const g : found->second)
                        for (auto const& word : groups[g])
                            if (auto const s = surface_of(word); !look_up(s)) add_text(word, {Meaning::Kind::category, static_cast<int>(c), -1, Meaning::Strength::concept_});
        }
    for (auto const& [word, list] : groups_of) {
        if (word.size() < 2 || word.size() > 8 || !std::all_of(word.begin(), word.end(), is_han) || look_up(word)) continue;
        silent_.insert(word);
        auto& longest = longest_[word.front()];
        longest = std::max(longest, word.size());
    }
}

std::shared_ptr<Lexicon const> Lexicon::build(std::shared_ptr<Vocabulary const> vocabulary) {
    (void)is_english_word(U"word"), (void)is_chinese_word(U"词语");   // the word lists are read here, and not in the first turn that asks for them
    auto out = std::make_shared<Lexicon>();
    out->vocabulary_ = std::move(vocabulary);
    auto const& words = *out->vocabulary_;
    using K = Meaning::Kind;
    for (std::size_t c = 0; c < words.categories.size(); ++c)
        for (auto const* name : {&words.categories[c].label.en, &words.categories[c].label.zh}) out->add_text(*name, {K::category, static_cast<int>(c)});
    for (std::size_t b = 0; b < words.brands.size(); ++b)
        for (auto const* name : {&words.brands[b].label.en, &words.brands[b].label.zh})
            if (auto const s = surface_of(*name); s.size() >= 2) out->add_text(*name, {K::brand, static_cast<int>(b)});
    for (std::size_t a = 0; a < words.attributes.size(); ++a) {
        auto const& info = words.attributes[a];
        for (auto const* name : {&info.label.en, &info.label.zh}) out->add_text(*name, {K::attribute, static_cast<int>(a)});
        for (std::size_t v = 0; v < info.values.size(); ++v) {
            Meaning const meaning{K::value, static_cast<int>(a), static_cast<int>(v)};
            out->add_text(info.values[v].en, meaning), out->add_text(info.values[v].zh, meaning);
            if (info.values.size() <= 400) out->add_parts(info.values[v], meaning, info.label.zh.find("类型") != std::string::npos || info.label.en == "Kind" || info.label.en == "Type");
        }
    }
    out->add_concepts();
    out->add_synonyms();
    for (auto const& [surface, meanings] : out->meanings_) {
        if (surface.size() >= 4 && std::all_of(surface.begin(), surface.end(), is_letter)) out->latin_.push_back(surface);
        if (meanings.front().strength == Meaning::Strength::part || surface.size() < 2 || !std::all_of(surface.begin(), surface.end(), is_han)) continue;
        auto const kind = [](Meaning const& m) { return m.kind == K::category; };
        auto const [at, fresh] = out->by_pinyin_.try_emplace(text::pinyin(to_utf8(surface)), surface);
        auto const* known = out->look_up(at->second);
        // Of those that sound alike a kind of goods, then the one that sorts first: the same whatever order the table has.
        if (!fresh && std::pair(!std::any_of(meanings.begin(), meanings.end(), kind), surface) < std::pair(!std::any_of(known->begin(), known->end(), kind), at->second)) at->second = surface;
    }
    std::sort(out->latin_.begin(), out->latin_.end());
    return out;
}

std::vector<Meaning> const* Lexicon::look_up(std::u32string_view surface) const {
    auto const found = meanings_.find(surface);
    return found == meanings_.end() ? nullptr : &found->second;
}

bool Lexicon::names(std::u32string_view surface) const {
    auto const* found = look_up(surface);
    return found ? found->front().strength != Meaning::Strength::part : silent_.contains(std::u32string(surface));
}

std::vector<Match> Lexicon::scan(std::u32string_view t) const {
    std::vector<Match> out;
    auto const strongest = [](std::vector<Meaning> list) {
        auto best = Meaning::Strength::part;
        for (auto const& m : list) best = std::min(best, m.strength);
        // A concept adds to an exact value ("red" and burgundy); parts only speak when nothing better does.
        if (best != Meaning::Strength::part) std::erase_if(list, [](Meaning const& m) { return m.strength == Meaning::Strength::part; });
        // The name of a category is that category, whatever else it reminds of.
        if (std::any_of(list.begin(), list.end(), [](Meaning const& m) { return m.kind == Meaning::Kind::category && m.strength == Meaning::Strength::exact; }))
            std::erase_if(list, [](Meaning const& m) { return m.kind == Meaning::Kind::category && m.strength != Meaning::Strength::exact; });
        return list;
    };
    // What covers most of the text wins, then fewer and longer words: 无香|精华 and not 无香精|华. best[i] is for the text from i on.
    struct Choice { double worth = 0; std::size_t length = 0; std::vector<Meaning> const* meanings = nullptr; std::u32string surface; std::u32string mended; };
    std::vector<Choice> best(t.size() + 1);
    for (std::size_t i = t.size(); i-- > 0;) {
        best[i].worth = best[i + 1].worth;
        if (i > 0 && is_word(t[i]) && (is_word(t[i - 1]) || t[i - 1] == U'\'')) continue;
        auto const consider = [&](std::size_t length, std::vector<Meaning> const* found, std::u32string surface, std::u32string mended) {
            // A weak part of a name counts less than the same characters said outright.
            auto const weak = std::all_of(found->begin(), found->end(), [](Meaning const& m) { return m.strength == Meaning::Strength::part; });
            auto const worth = best[i + length].worth + static_cast<double>(length) * (weak ? 0.7 : 1) - 0.5;
            // Of equals the one that begins first: 真皮|的 and not 真|皮的.
            if (worth > best[i].worth || (worth == best[i].worth && best[i].length == 0)) best[i] = {worth, length, found, std::move(surface), std::move(mended)};
        };
        bool known = false;
        if (auto const longest = longest_.find(t[i]); longest != longest_.end())
            for (auto n = std::min(longest->second + 2, t.size() - i); n > 0; --n) {
                if (i + n < t.size() && is_word(t[i + n - 1]) && is_word(t[i + n])) continue;
                auto const piece = t.substr(i, n);
                auto const* found = look_up(piece);
                std::u32string surface(piece);
                if (!found && is_letter(piece.back())) {
                    auto const blank = piece.rfind(U' ');
                    auto const head = blank == piece.npos ? 0 : blank + 1;
                    auto one = std::u32string(piece.substr(0, head)) + singular(piece.substr(head));
                    if (one != piece && (found = look_up(one))) surface = std::move(one);
                }
                static std::vector<Meaning> const nothing;
                if (found) known = true, consider(n, found, std::move(surface), {});
                else if (silent_.contains(surface)) consider(n, &nothing, std::move(surface), {});
            }
        if (!known && is_letter(t[i])) {
            auto j = i;
            while (j < t.size() && is_letter(t[j])) ++j;
            if (j == t.size() || !is_word(t[j])) {
                std::size_t parted = 0;
                if (auto const* whole = read_parted_pinyin(t, i, parted); whole) consider(parted - i, look_up(*whole), *whole, std::u32string(t.substr(i, parted - i)));
                else if (auto const* read = read_pinyin(t.substr(i, j - i)); read) consider(j - i, look_up(*read), *read, std::u32string(t.substr(i, j - i)));
                else if (auto mended = mend(t.substr(i, j - i)); mended) consider(j - i, look_up(*mended), *mended, std::u32string(t.substr(i, j - i)));
            }
        }
    }
    for (std::size_t i = 0; i < t.size();) {
        auto& choice = best[i];
        if (!choice.meanings || choice.length == 0) { ++i; continue; }
        if (!choice.meanings->empty()) out.push_back({i, i + choice.length, strongest(*choice.meanings), std::move(choice.surface), std::move(choice.mended)});
        i += choice.length;
    }
    return out;
}

std::vector<Lexicon::Name> Lexicon::names() const {
    std::vector<Name> out;
    for (auto const& [surface, meanings] : meanings_)
        if (meanings.front().strength != Meaning::Strength::part) out.push_back({surface, meanings.front().kind});
    std::ranges::sort(out, {}, &Name::surface);
    return out;
}

}  // namespace kindling::dialogue
