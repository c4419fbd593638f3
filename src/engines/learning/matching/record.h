// engines/learning/matching/record.h -- what is known of one listing, and two lists of them read for comparing.
//
// A listing is read into words (any language: the caller's analyser cuts it), model numbers ("KX-TG9343T" and "kxtg 9343t" are one),
// numbers ("2.0" is "2", "ii" is "2"), three-letter pieces of its title, and its price. How telling a word is is counted over both
// lists: idf = ln((N + 1) / (df + 1/2)), where a listing counts once.
// Pure; linear in the text. Constant after construction: any thread.
#pragma once
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engines/text/analysis/analyzer.h"

namespace kindling::matching {

struct Record {
    std::string title, description = {}, brand = {};
    std::vector<std::string> codes = {};              // SKU, GTIN, model numbers, where the source has a field for them
    std::optional<std::int64_t> price_minor = {};     // compared only within one currency
    std::string currency = {};
};

using Analyse = std::function<void(std::string_view, text::Mode, std::vector<text::Token>&)>;

struct Word {
    std::string text;      // as the analyser spells it, stemmed
    float idf = 0;
    bool digits = false, letters = false;
    double number = std::numeric_limits<double>::quiet_NaN();  // when the word is a number or means one
};
using WordId = std::uint32_t;

// One listing, read. Lists called sorted are ascending and without repetition.
struct Item {
    std::vector<WordId> title;                        // in order, each once
    std::vector<WordId> everything, beside;           // sorted: title, brand, codes and description; description alone
    std::vector<WordId> brand;                        // sorted
    std::vector<std::string> codes;                   // of title and fields, lower case, letters and digits alone
    std::vector<std::string> more_codes;              // of the description
    std::string compact, compact_everything;          // title; title, codes and description: letters and digits alone
    std::vector<std::pair<std::uint32_t, float>> pieces;  // sorted by hash: three-letter pieces of the title and their weight; unit length
    std::optional<std::int64_t> price_minor;
    std::string currency;
    float weight = 0;                                 // sum of idf over the title
};

class Pool {
public:
    // Two lists that may share listings, or one list and nothing: pairs are then within it (see one_list()).
    Pool(std::span<const Record> left, std::span<const Record> right, const Analyse&);

    bool one_list() const { return right_.empty(); }
    std::span<const Item> left() const { return left_; }
    std::span<const Item> right() const { return one_list() ? std::span<const Item>(left_) : right_; }
    const Word& word(WordId id) const { return words_[id]; }
    std::size_t words() const { return words_.size(); }
    std::size_t items() const { return left_.size() + right_.size(); }

private:
    WordId intern(const std::string&);
    Item read(const Record&, const Analyse&);
    void weigh();

    std::unordered_map<std::string, WordId> ids_;
    std::vector<Word> words_;
    std::vector<Item> left_, right_;
};

// Letters and digits of a text, folded; other bytes dropped.
std::string compact(std::string_view);

}  // namespace kindling::matching
