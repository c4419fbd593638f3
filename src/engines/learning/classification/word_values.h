// engines/learning/classification/word_values.h -- which values the words of a short text speak for, though it names none: "for running at night" for
// reflective, a model's name for its brand.
//
// A document (a product) has words and values, each value of a group (an attribute, the brand). In a group P(v | w) is the share of the documents with the
// word that have the value, drawn towards the share of all documents of the group (smoothing m): (n(w, v) + m p(v)) / (n(w) + m). The words of a text are
// pooled as odds over p(v), P(v) ~ p(v) prod (P(v | w) / p(v))^s, because words of one text say the same thing twice; s is found as the temperature of
// word_classes.h is, on one to four neighbouring words of documents, each judged without the document that it came from. A value that has been seen with none
// of the words keeps m / (n(w) + m) of each, the same for all of them: so only values seen with a word are looked at, and the rest is one sum.
//
// How sure is told as right: for many groups the pool stays surer than it is right, most of all where values go with no words at all. So what is left over is
// fitted on the same made texts, hit ~ logistic(shift + slope logit P), once over all groups and from there for each (Platt scaling, drawn towards all groups,
// and all groups towards a little less than P, by as many texts as there are: a small shop is not sure). A text speaks in a group only where it has no name of the right value.
//
// Many groups over the same words are what word_classes.h is not made for: it counts every class for every text.
// Sources: Zhai & Lafferty 2004 (smoothing); Genest & Zidek 1986 (logarithmic pooling); Platt 1999 (scaling). Deterministic. Threads: put, erase and calibrate by one writer and not
// beside readers. Cost: a text costs the values seen with its words; a document its words times its values.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/by_text.h"

namespace kindling::classification {

class WordValues {
public:
    struct Value { std::uint32_t group = 0, value = 0; };
    // `words` in order, each counts once. A document of several values of a group counts for each of them by its part. Replaces a document of the same id.
    void put(std::string_view id, std::span<std::string const> words, std::span<Value const> values, float weight = 1);
    void erase(std::string_view id);
    // The words of a value's own name: who says them is not guessed at, so nothing is calibrated on them.
    void call(Value, std::span<std::string const> words);
    bool holds(std::string_view id) const { return documents_.contains(id); }

    struct Likely {
        Value of;
        double probability = 0, usual = 0;   // given the words; among all documents of the group
        std::size_t word = 0;                // which of `words` speaks for it most
    };
    // The likeliest value of each group that a known word speaks in, best first. A word may have alternatives (what means the same): the most frequent one counts.
    std::vector<Likely> predict(std::span<std::vector<std::string> const> words) const;

    // Chooses s, and how much of P is believed, on made texts of at most `most` documents, and returns their mean log loss. Below 20 documents s stays, and P is believed as little as without any text.
    double calibrate(std::size_t most = 1000, std::uint64_t seed = 1);
    // In two steps, of which only the second changes anything: beside readers.
    struct Trust { double shift = 0, slope = 1; };   // of log odds
    struct Calibration { double s = 0, loss = 0; Trust all; std::vector<Trust> groups; };   // by group
    Calibration calibrated(std::size_t most = 1000, std::uint64_t seed = 1) const;
    void use(Calibration c) { s_ = c.s, trust_ = c.all, trusts_ = std::move(c.groups); }

private:
    struct Count { std::uint32_t key; float weight; };   // sorted by key
    struct Word { std::vector<Count> values, groups; float all = 0; };
    struct Document { float weight; std::vector<std::uint32_t> words, values; };   // words in order of the text
    struct Touched { std::uint32_t value; double evidence; std::size_t word; double most; };
    std::uint32_t number(std::string_view word);
    std::uint32_t value_number(Value);
    bool names(std::uint32_t word, std::uint32_t value) const;
    bool names_one(std::uint32_t word, Document const&, std::uint32_t group) const;
    void count(Document const&, float sign);
    // Each touched value of each touched group with its probability at s. `without`: a document that is left out of the counts.
    std::vector<Likely> posterior(std::span<std::pair<std::uint32_t, std::size_t> const> words, double s, Document const* without) const;

    ByText<std::uint32_t> numbers_;
    std::vector<Word> words_;
    struct Known { Value of; double weight = 0; };
    std::vector<Known> values_;
    std::vector<std::vector<std::uint32_t>> numbers_of_;   // by group, by value: its number + 1
    std::vector<double> groups_;                           // weight of the documents that have one
    double s_ = 0.7;
    Trust trust_;                                          // of a group that is not in trusts_
    std::vector<Trust> trusts_;
    std::vector<std::vector<std::uint32_t>> called_;       // by number of a value: the words of its name, sorted
    ByText<Document> documents_;
};

}  // namespace kindling::classification
