#include "modules/dialogue/called_so.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/rescue.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/title_search.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::uint32_t least_called = 3;   // goods that are called so, before a word counts as the name of a thing
constexpr std::size_t most_words = 4, most_looked_at = 300;   // titles that have a name, before it is taken to be what something is called

std::vector<std::string> split(std::string_view words) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < words.size();) {
        auto const end = std::min(words.find(' ', i), words.size());
        if (end > i) out.emplace_back(words.substr(i, end - i));
        i = end + 1;
    }
    return out;
}

std::string joined(std::span<std::string const> words) {
    std::string out;
    for (auto const& w : words) out += (out.empty() ? "" : " ") + w;
    return out;
}

// The end of the words that everybody uses as one name.
std::string everyday_name(std::span<std::string const> words) {
    for (std::size_t i = 0; i < words.size(); ++i)
        if (auto name = joined(words.subspan(i)); !everyday_goods().alternatives(name).empty()) return name;
    return {};
}

bool latin(std::string_view word) { return std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || c == '\''; }); }

// A name in titles of its language: true where it, or a synonym, says what a thing is; `spoken`: titles have it at all; `purpose`: right behind a "for".
struct InTitles { bool called = false, spoken = false, purpose = false; };
InTitles in_titles(CatalogueView const& view, std::string const& name) {
    InTitles out;
    std::size_t looked = 0;
    std::vector<std::u32string> ways;
    auto const add = [&](std::string const& way) {
        auto const s = surface_of(way);
        if (s.size() < 2) return;
        ways.push_back(s);
        if (cues::letter(s.back())) ways.push_back(s.back() == U's' ? s.substr(0, s.size() - 1) : s + U"s");
    };
    add(name);
    for (auto const& other : everyday_goods().alternatives(name)) add(other);
    for (auto const& way : ways)
        any_title(view, way, [&](std::size_t p) {
            bool const han = is_han(way.front());
            if (!(han ? view[p].title.find(way) != std::u32string::npos : cues::has_word(view[p].title, way))) return false;
            out.spoken = true;
            out.purpose = out.purpose || view[p].title.find(U"for " + way) != std::u32string::npos;
            out.called = out.called || han || ++looked > most_looked_at || cues::has_word(name_in_title(view[p].data.title_en), way);
            return out.called;
        });
    return out;
}

// Said only behind what the thing is for.
bool behind_the_name(std::u32string_view query, std::u32string_view word) {
    auto const use = cues::find(query, U"for to at during while when because");
    auto const at = cues::find_word(query, word);
    return use && use->begin > 0 && at && at->begin > use->begin;
}

}  // namespace

std::u32string name_in_title(std::string_view title) {
    auto const text = surface_of(title);   // a dash is a blank there, a comma stays
    static constexpr std::u32string_view comes_with[] = {U"with", U"include", U"includes", U"including", U"included", U"featuring"}, is_for[] = {U"for", U"fits", U"compatible"};
    std::u32string out;
    int depth = 0;
    bool skipping = false;
    for (std::size_t i = 0; i < text.size();) {
        auto const c = text[i];
        if (c == U'(' || c == U'[' || c == U'（' || c == U'【') ++depth;
        if ((c == U')' || c == U']' || c == U'）' || c == U'】') && depth > 0) { --depth, ++i; continue; }
        if (depth > 0) { ++i; continue; }
        if (!cues::letter(c)) {
            if (c == U',' || c == U'|' || c == U';' || c == U':') skipping = false;
            if (!skipping) out += c;
            ++i;
            continue;
        }
        auto j = i;
        while (j < text.size() && (cues::letter(text[j]) || text[j] == U'\'')) ++j;
        auto const word = std::u32string_view(text).substr(i, j - i);
        i = j;
        bool const slashed = word == U"w" && i < text.size() && text[i] == U'/';   // "w/", and no watts
        if (!out.empty() && (slashed || std::ranges::find(comes_with, word) != std::end(comes_with))) break;
        if (!out.empty() && std::ranges::find(is_for, word) != std::end(is_for)) skipping = true;
        if (!skipping) out += word;
    }
    return out;
}

std::string before_its_use(std::string_view words, std::string_view query) {
    auto all = split(words);
    if (auto const at = std::ranges::find(all, "for"); at != all.end() && at != all.begin()) all.erase(at, all.end());
    std::erase_if(all, [said = surface_of(query)](std::string const& word) { return behind_the_name(said, surface_of(word)); });
    return all.empty() ? std::string(words) : joined(all);
}

Result<CalledSo> called_so(Live const& live, std::string_view words, std::string_view query, ProductIndex::Found const& found, ProductIndex::NamesGoods const& names) {
    CalledSo out;
    if (!live.categories || !live.index) return out;
    auto const& view = *live.view;
    auto const all = split(without_amounts(before_its_use(words, query)));
    if (all.empty()) return out;
    // A word alone, of no table, that names goods and stands only behind a "with" is missing as an everyday name is.
    auto const alone = all.size() == 1 && latin(all.front()) && all.front().size() > 3 && is_english_word(surface_of(all.front())) && live.categories->names_goods(*live.index, all.front()) ? all.front() : std::string();
    auto name = everyday_name(all);
    if (name.empty()) name = alone;
    if (!name.empty()) {
        if (auto const here = in_titles(view, name); here.spoken && !here.called && !(name == alone && here.purpose)) out.missing = joined(all);
        if (name.find(' ') != name.npos || !out.missing.empty()) return out;   // one name as a whole
    }
    static constexpr std::string_view no_name[] = {"with", "on", "in", "of", "to", "by", "from", "and", "or", "without", "like", "under", "over", "set", "sets", "kit", "kits", "pack", "packs", "gift", "gifts", "toy", "toys", "accessories", "parts"};
    if (all.size() < 2 || all.size() > most_words || !std::ranges::all_of(all, latin) || std::ranges::any_of(all, [&](std::string const& w) { return std::ranges::find(no_name, w) != std::end(no_name); })) return out;
    auto const compound = joined(all);
    auto const& model = *live.categories;
    auto const& index = *live.index;
    auto const as_said = surface_of(compound);
    if (!cues::has_word(surface_of(query), as_said)) return out;
    if (any_title(view, as_said, [&](std::size_t p) { return cues::has_word(view[p].title, as_said) && cues::has_word(name_in_title(view[p].data.title_en), as_said); })) return out;   // no case "with … rain cover"
    if (model.called(index, all.back()) < least_called) {
        // "Coffee grinder": no title has the thing itself. Of "ukulele portable" the first word is.
        std::vector<std::u32string> ways;
        for (auto& way : spellings(surface_of(all.back()))) ways.push_back(std::move(way));
        bool const reversed = std::ranges::any_of(std::span(all).first(all.size() - 1), [&](std::string const& w) { return model.called(index, w) >= least_called; });
        bool const spoken = std::ranges::any_of(ways, [&](std::u32string const& way) { return any_title(view, way, [&](std::size_t p) { return cues::has_word(view[p].title, way); }); });
        if (!reversed && !spoken && is_english_word(surface_of(all.back()))) out.missing = compound;
        return out;
    }
    std::vector<std::pair<std::size_t, double>> with_all;
    if (found.some_words)
        for (auto const p : found.with_all) with_all.emplace_back(p, 1);
    else if (found.whole) with_all = found.products;
    for (auto const& word : all)
        if (!model.called_by(view, index, word, with_all).empty()) return out;
    auto const head = TRY(index.search(view, all.back(), ProductIndex::every, names));
    std::unordered_set<std::size_t> called;
    for (auto const p : model.called_by(view, index, all.back(), head.products)) called.insert(p);
    std::unordered_map<std::size_t, double> const told(found.products.begin(), found.products.end());
    auto const best = head.products.empty() ? 1.0 : std::max(1e-9, head.products.front().second), top = found.products.empty() ? 1.0 : std::max(1e-9, found.products.front().second);
    std::vector<std::u32string> ways{surface_of(all.back())};
    ways.push_back(ways.front().back() == U's' ? ways.front().substr(0, ways.front().size() - 1) : ways.front() + U"s");
    std::size_t looked = 0;
    for (auto const& [p, score] : head.products) {
        // What has the word in its name ("fire chief helmet, firefighter cap") comes behind what is called by it.
        bool const is = called.contains(p), named = is || (++looked <= most_looked_at && std::ranges::any_of(ways, [&](std::u32string const& way) { return cues::has_word(view[p].title, way) && cues::has_word(name_in_title(view[p].data.title_en), way); }));
        if (!named) continue;
        auto const also = told.find(p);   // what has some of the words before it comes first
        out.things.emplace_back(p, (score / best + (also == told.end() ? 0 : also->second / top)) * (is ? 1 : belongs_factor));
    }
    if (called.size() < least_called) return out.things.clear(), out;
    std::ranges::stable_sort(out.things, std::greater{}, &std::pair<std::size_t, double>::second);
    out.given_up = compound;
    return out;
}

}  // namespace kindling::dialogue
