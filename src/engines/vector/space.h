// engines/vector/space.h -- words and items as vectors in which near means alike in use; texts are weighted sums of their words.
//
// A text's vector is the sum of its words' vectors, each weighted by a / (a + p(word)) (smooth inverse frequency, Arora et al. 2017), made one
// long. An item may have a token of its own beside its words, which behaviour fills (train.h). A word that was never seen borrows from the known
// words that are spelled most alike (Dice coefficient of letter pairs and triples, word ends marked, so that "sneekers" is near "sneakers"; for
// Han its characters): no table of hashed pieces, the known words' own letters are the index.
//
// Shapes: words x dimensions floats. Cost: embedding a known word is one row; an unknown one O(words that share a triple).
// Threads: a Space never changes after it was made; any thread. Deterministic.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/by_text.h"
#include "core/result.h"

namespace kindling::vector {

struct WeightedWord {
    std::string word;
    float weight = 1;
};
using Bag = std::vector<WeightedWord>;  // in reading order

class Space {
public:
    std::uint32_t dimensions() const { return dimensions_; }
    std::size_t words() const { return names_.size(); }
    // Of the whole content: vectors made with another space must not be compared with it.
    std::uint64_t fingerprint() const { return fingerprint_; }

    // One long, or all zeros when no word is known or like a known one. `item`: its own token joins; empty: none.
    std::vector<float> embed(const Bag&, std::string_view item = {}) const;
    // Share of the bag's weight that is known as it is spelled, 0..1: how far an embedding can be trusted.
    double known(const Bag&) const;
    // The nearest words, best first: for people who ask what was learned.
    struct Alike {
        std::string word;
        float cosine = 0;
    };
    std::vector<Alike> alike(std::string_view word, std::size_t limit) const;

    std::string write() const;
    // invalid_argument "model_invalid".
    static Result<std::shared_ptr<const Space>> read(std::string_view file);

private:
    friend class Trainer;
    Space() = default;
    void finish();  // look-up tables and the fingerprint
    std::span<const float> row(std::size_t word) const { return std::span(vectors_).subspan(word * dimensions_, dimensions_); }
    bool spelled_alike(std::string_view word, std::span<float> out) const;

    std::uint32_t dimensions_ = 0;
    std::uint64_t fingerprint_ = 0;
    std::vector<std::string> names_;      // words; items as "\x1f" and their id
    std::vector<float> weights_, vectors_;
    ByText<std::uint32_t> index_;
    ByText<std::vector<std::uint32_t>> pieces_;  // of letters -> words that have it
    std::vector<std::uint16_t> piece_counts_;    // by word
};

// The token that stands for an item itself.
std::string item_token(std::string_view id);

}  // namespace kindling::vector
