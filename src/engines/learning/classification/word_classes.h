// engines/learning/classification/word_classes.h -- which class the words of a short text speak for: a multinomial model that learns document by document.
//
// A query has two or three words, so what counts is how clearly each of them belongs to a class: of the products that are called "guitar" nearly all are
// instruments, of those that are called "red" as many are one thing as another. P(w | c) is the share of the documents of c that have w, drawn towards
// the share of all of them (Dirichlet smoothing); a text's score is the prior plus the sum over its words, and the posterior is tempered, because words
// of one text say the same thing twice. The temperature is found on what shoppers type: one to four neighbouring words of documents, each judged
// without the document it came from. Documents come and go one by one, and weigh what they are told to: a click of a query is a document of its words.
//
// Beside it stands how readily a word names goods: the share of the documents having a word anywhere that have it in their name. "Guitar" does, "scratchy" not.
//
// Sources: Zhai & Lafferty 2004 (Dirichlet smoothing); Rennie et al. 2003 and Guo et al. 2017 (overconfidence, temperature).
// Deterministic. Threads: put, erase and calibrate by one writer and not beside readers. Cost: a text costs words x classes; a document its words.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/by_text.h"

namespace kindling::classification {

class WordClasses {
public:
    // `name`: words of the name, in order; `rest`: words that stand elsewhere, which only tell which words name goods. Replaces a document of the same id.
    void put(std::string_view id, std::uint32_t class_, std::span<std::string const> name, std::span<std::string const> rest, float weight = 1);
    void erase(std::string_view id);
    std::size_t size() const { return documents_.size(); }
    bool holds(std::string_view id) const { return documents_.contains(id); }

    struct Likely { std::uint32_t class_ = 0; double probability = 0; };
    // Best first, summing to 1; empty when none of the words was ever in a name. A word may have alternatives (what means the same): the most
    // frequent known one counts.
    std::vector<Likely> predict(std::span<std::vector<std::string> const> words) const;
    // 0..1; 0 for a word that no document has.
    double naming(std::string_view word) const;
    // In how many names a word stands, by weight.
    double named(std::string_view word) const;

    // Chooses the temperature on made queries of documents (at most `most`), and returns their mean log loss. Nothing changes below 20 documents.
    double calibrate(std::size_t most = 2000, std::uint64_t seed = 1);
    double sharpness() const { return sharpness_; }

private:
    struct Word { std::vector<std::pair<std::uint32_t, float>> classes; float in_names = 0, anywhere = 0; };
    struct Document { std::uint32_t class_; float weight; std::vector<std::uint32_t> name, rest; };
    std::uint32_t number(std::string_view word);
    void count(Document const&, float sign);
    // `without`: a document that is left out of the counts.
    std::vector<double> scores(std::span<std::uint32_t const> words, Document const* without) const;

    ByText<std::uint32_t> numbers_;
    std::vector<Word> words_;
    std::vector<double> class_weight_;
    double total_ = 0, sharpness_ = 0.7;
    ByText<Document> documents_;
};

}  // namespace kindling::classification
