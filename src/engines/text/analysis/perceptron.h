// engines/text/analysis/perceptron.h -- Chinese word segmentation that has learned: an averaged perceptron over characters.
//
// Each character is the beginning, middle or end of a word, or a word (B M E S). Scores of the character windows c-2..c+2, their
// bigrams, character kinds, the longest dictionary words that begin at, end at and cover the character, and what the dictionary
// alone would say (segment.h) are added; Viterbi finds the best legal sequence. The dictionary features are what carries the model
// to text unlike its training text. A user word is always cut out, longest first from the left.
//
// Sources: Collins 2002 (averaged perceptron); features after Zhang, Zhou et al. 2018, "Neural networks incorporating
// dictionaries", section 3. Changed: features are hashed into a fixed table of small integers, so the model is one array.
//
// Model file, little-endian: "KSEG1\0\0\0", u32 log2(rows), i16 transition[4][4], then rows x 4 int8 (B, M, E, S).
// Immutable; any thread, each with its own Scratch. Linear in the text.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "engines/text/analysis/segment.h"

namespace kindling::text {

// Rows of one character's features; the same for training and use.
class SegmentFeatures {
public:
    static constexpr std::size_t per_character = 21;
    using Row = std::array<std::uint32_t, per_character>;

    // `text` as for Dictionary::cut(). Rows are below 2^log_rows.
    void compute(std::u32string_view text, Dictionary const&, std::uint32_t log_rows);
    std::vector<Row> rows;
    std::vector<std::uint8_t> forced;  // 0, or 1 + the label a user word demands

private:
    std::vector<std::uint8_t> begin_, end_, middle_, plain_;
    std::vector<std::uint32_t> ends_;
    Dictionary::Scratch scratch_;
};

class Perceptron {
public:
    enum Label : std::uint8_t { begin, middle, end, single };

    struct Scratch {
        SegmentFeatures features;
        std::vector<std::array<std::int32_t, 4>> score;
        std::vector<std::array<std::uint8_t, 4>> from;
    };

    // not_found "model_not_found"; invalid_argument "model_invalid".
    static Result<std::shared_ptr<const Perceptron>> load(std::string const& path);
    static Result<std::shared_ptr<const Perceptron>> parse(std::string_view bytes);
    std::string save() const;

    // As Dictionary::cut().
    void cut(std::u32string_view text, Dictionary const&, std::vector<std::uint32_t>& ends, Scratch&) const;
    std::size_t bytes() const { return weights_.size() * sizeof(weights_[0]); }

private:
    friend class PerceptronTrainer;  // train_perceptron.cpp
    std::uint32_t log_rows_ = 0;
    std::array<std::array<std::int16_t, 4>, 4> transition_{};  // [from][to]
    std::vector<std::array<std::int8_t, 4>> weights_;
};

struct PerceptronTraining {
    std::uint32_t log_rows = 18;
    int epochs = 10;
    std::uint64_t seed = 1;
};

// `sentences`: words of normalised Han, letters and digits, one block of text each. Deterministic for a seed.
std::shared_ptr<const Perceptron> train_perceptron(std::span<const std::vector<std::u32string>> sentences, Dictionary const&, PerceptronTraining);

}  // namespace kindling::text
