// engines/text/analysis/analyzer.h -- text in, search terms out, for Chinese, English and the mixture shops write.
//
// The chain: normalise (NFKC, width, case, traditional -> simplified; normalise.h) -> cut into runs of Han, Latin and digits
// -> Han runs by the dictionary segmenter (segment.h), Latin runs whole, in parts and stemmed (stem.h).
//
// What comes out, ascending by position:
//   index mode  words; words inside long words (jieba's search mode); every single Han character with weight
//               `character_weight`, so that the one-character query 花 finds 鲜花; for Latin words the folded form and, at the
//               same position, its stem; model numbers whole without their hyphens and in parts ("wh-1000xm4": wh1000xm4, wh,
//               1000xm4, 1000, xm, 4); neighbours that may be written as one ("iphone 15" also as iphone15); a number with a
//               Chinese unit also the Latin way (500毫升: 500ml); "2.0" also 2, in both modes.
//   query mode  the words alone: no characters unless the word is one character, no words inside words. Tokens at one position
//               are alternatives. A position whose tokens all weigh less than 1 is optional help (the parts of a model number).
// A term that both modes produce is spelled the same, so exact look-up is enough. Positions grow by one per word, so phrases
// and proximity can be counted in words. Without a dictionary, Han runs become overlapping pairs, each a word.
//
// Cost: linear in the text. Threads: analyze() may be called from any thread at any time, also while set_user_words() runs;
// it sees the dictionary before or after, never between.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace kindling::text {

enum class Mode { index, query };

struct Token {
    std::string term;             // normalised; never empty; at most max_term_bytes
    std::uint32_t begin = 0;      // byte offsets in the original text, both between code points
    std::uint32_t end = 0;
    std::uint32_t position = 0;   // 0-based word count
    float weight = 1;             // 1 for words; less for parts and single characters
};

// A word of the merchant's own: brand, series, product name. Without a frequency it is cut out as one word wherever that
// beats its parts (jieba's suggest_freq).
struct UserWord {
    std::string text;
    std::uint32_t frequency = 0;  // 0: chosen so that the word wins against its own parts
};

class Dictionary;
class Perceptron;

class Analyzer {
public:
    static constexpr std::size_t max_term_bytes = 192;
    static constexpr float character_weight = 0.3f;
    static constexpr float part_weight = 0.6f;

    struct Options {
        std::string dictionary_path;  // jieba's dict.txt; empty: no dictionary, Han text becomes overlapping pairs
        // Of a learned segmenter (perceptron.h), which then cuts in the dictionary's place; needs the dictionary. Empty is
        // the better choice for product titles (README), a model for running text like its training text.
        std::string model_path = {};
    };

    // not_found "dictionary_not_found", "model_not_found"; invalid_argument "dictionary_invalid" with the line, "model_invalid".
    static Result<std::shared_ptr<Analyzer>> create(Options);

    std::vector<Token> analyze(std::string_view, Mode) const;
    // The same into `out`, whose strings and capacity are used again.
    void analyze(std::string_view, Mode, std::vector<Token>& out) const;

    // The words in use now; null without a dictionary. A snapshot: it stays as it is.
    std::shared_ptr<const Dictionary> dictionary() const;

    // Replaces the merchant's words. Texts indexed before keep their old terms until they are indexed again.
    void set_user_words(std::vector<UserWord>);

private:
    Analyzer() = default;

    std::shared_ptr<const Dictionary> base_;     // none: pairs of characters
    std::shared_ptr<const Perceptron> model_;    // may be none
    mutable std::mutex mutex_;                   // held for the copy of a pointer, never for work
    std::shared_ptr<const Dictionary> current_;  // base_ plus the user's words; replaced whole
};

}  // namespace kindling::text
