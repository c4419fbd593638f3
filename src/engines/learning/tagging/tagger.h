// engines/learning/tagging/tagger.h -- a trained tagger of characters: text in, typed spans out, one file.
//
// The field (crf.h), its character features (features.h) with or without a dictionary, and the names of the types. A model that was trained
// with a dictionary wants one to work with, the same or nearly: read() and load() say so. Deterministic; immutable; any thread, each with
// its own Scratch.
#pragma once
#include <memory>
#include <string>

#include "engines/learning/tagging/features.h"
#include "engines/learning/tagging/spans.h"

namespace kindling::tagging {

struct MarkedText {
    std::u32string text;
    std::vector<Span> spans;  // in characters
};

class Tagger {
public:
    struct Scratch {
        Rows rows;
        std::vector<Label> labels;
        std::vector<float> marginals;
        Crf::Scratch crf;
    };

    // invalid_argument "types_invalid" (none, or more than most_types), "no_examples", "labels_invalid"; conflict "cancelled".
    static Result<Tagger> train(std::span<const MarkedText>, std::vector<std::string> types, const CrfTraining&, std::shared_ptr<const text::Dictionary> = nullptr, const Progress& = {});

    // In order; positions are those of `text`. Texts of more than 4,096 characters are read in pieces of that length.
    std::vector<Span> tag(std::u32string_view text, Scratch&) const;
    // The same with how sure each span is: the smallest probability of its labels, 0..1.
    std::vector<Span> tag(std::u32string_view text, std::vector<float>& sure, Scratch&) const;

    const std::vector<std::string>& types() const { return types_; }
    const Crf& field() const { return crf_; }

    // read: invalid_argument "model_invalid", failed_precondition "dictionary_missing".
    std::string write() const;
    static Result<Tagger> read(std::string_view file, std::shared_ptr<const text::Dictionary> = nullptr);

private:
    std::vector<std::string> types_;
    std::shared_ptr<const text::Dictionary> dictionary_;
    Crf crf_;
};

}  // namespace kindling::tagging
