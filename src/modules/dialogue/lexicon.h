// modules/dialogue/lexicon.h -- the words of this catalogue and what they mean in it.
//
// Built from the catalogue itself: category names, brands, attribute labels and every text value in both languages; parts of
// long values ("羊毛" of 羊毛混纺) as weaker meanings; and a table of everyday words (concepts.cpp) that attach themselves to
// whatever values or categories of this shop they fit, so that "皮的" finds 头层牛皮 and "red" finds burgundy. A word that fits
// nothing in this shop has no meaning here: nothing is assumed that the catalogue cannot support.
//
// scan() takes the longest known word at each place; an unknown Latin word of five letters or more is read as pinyin ("lianyiqun", "lian yi qun") or tried with one
// typing mistake (two from eight letters on), and Han characters that are no word are read as what they sound like (卫依: 卫衣). Built once per vocabulary, about 5 ms; scanning costs O(characters x longest word).
#pragma once
#include "modules/dialogue/catalogue_view.h"
#include <functional>
#include <unordered_set>

namespace kindling::dialogue {

struct Meaning {
    enum class Kind { category, brand, value, attribute, attribute_word } kind;  // attribute_word: names the attribute only loosely
    int id = -1;        // category, brand or attribute
    int value = -1;     // of the attribute
    enum class Strength { exact, concept_, part } strength = Strength::exact;
    enum class Force { wish, hint } force = Force::wish;  // hint: counts only where this kind of goods has the attribute
    auto operator<=>(Meaning const&) const = default;
};

struct Match {
    std::size_t begin = 0, end = 0;          // characters of the normalised text
    std::vector<Meaning> meanings;           // of the strongest kind found
    std::u32string surface;                  // the lexicon's spelling
    std::u32string corrected_from = {};      // as typed, when a typing mistake was mended
};

class Lexicon {
public:
    static std::shared_ptr<Lexicon const> build(std::shared_ptr<Vocabulary const>);
    Vocabulary const& vocabulary() const { return *vocabulary_; }

    // `normalised` with '-' read as a blank. Not overlapping, in order.
    std::vector<Match> scan(std::u32string_view normalised) const;
    // Reads Han characters that are no word as what they sound like, in place and of the same length; what became of what. Goods that are not sold
    // here are read so, too, to be said to be missing by their right name. `found`: what scan() finds in it.
    std::vector<std::pair<std::u32string, std::u32string>> mend_homophones(std::u32string& normalised, std::span<Match const> found) const;
    // What is read so here in Chinese, or is called so among everyday goods, sold here or not; null: nothing.
    std::u32string const* read_as(std::string_view pinyin) const;
    // Every name and everyday word that is known whole, with the kind of its first meaning.
    struct Name { std::u32string surface; Meaning::Kind kind; };
    std::vector<Name> names() const;
    // Whether this is a name or an everyday word known whole, or one of everyday goods that mean nothing here.
    bool names(std::u32string_view surface) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::u32string_view s) const { return std::hash<std::u32string_view>{}(s); }
    };
    void add(std::u32string surface, Meaning);
    void add_text(std::string const& text, Meaning);
    void add_parts(Label const&, Meaning, bool of_a_sort);
    void add_concepts();
    void add_synonyms();
    std::vector<Meaning> const* look_up(std::u32string_view) const;
    std::u32string const* read_pinyin(std::u32string_view word) const;
    std::u32string const* read_parted_pinyin(std::u32string_view text, std::size_t begin, std::size_t& end) const;
    std::u32string const* read_homophone(std::u32string_view text, std::size_t begin, std::size_t length) const;
    std::optional<std::u32string> mend(std::u32string_view word) const;

    std::shared_ptr<Vocabulary const> vocabulary_;
    std::unordered_map<std::u32string, std::vector<Meaning>, Hash, std::equal_to<>> meanings_;
    std::unordered_map<char32_t, std::size_t> longest_;   // by first character
    // Words of everyday goods that mean nothing here: the 木 of 积木 is no wood, and the 玩具 of 毛绒玩具 not any toy.
    std::unordered_set<std::u32string> silent_;
    std::vector<std::u32string> latin_;                   // single Latin words, for mending
    std::unordered_map<std::string, std::u32string> by_pinyin_;   // full pinyin of what is known in Chinese; kinds of goods before the rest
};

// normalise() and '-' -> ' ', which keeps every offset.
std::u32string surface_of(std::string_view text);
bool is_chinese_word(std::u32string_view han);   // of two to four characters, in the system's word list, if there is one; without a list everything is: nothing is then taken for another
bool is_listed_chinese_word(std::u32string_view han);   // the same, and nothing without a list
bool is_english_word(std::u32string_view latin_word);  // in the system's word list, if there is one: "cooking" is no misspelt "cooling"
bool is_common_word(std::u32string_view latin_word);  // "under", "want", …: never taken for a misspelt catalogue word

// One row of concepts.cpp: what people say, and what to look for in names and values. Blank-separated; '_' stands for a blank.
// In `said` '~' marks a hint.
struct Concept { std::string_view said, found; };
std::span<Concept const> category_concepts();
std::span<Concept const> value_concepts();
// What else people say for a property ("红色", "red"), and what its words may be a part of without meaning it (粉红). Null: no row of the table says it.
struct PropertyWords { std::vector<std::u32string> words, bars; };
PropertyWords const* property_words(std::u32string_view surface);

}  // namespace kindling::dialogue
