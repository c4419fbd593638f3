// engines/learning/opinion/extractor.h -- opinions of a review, learned from marked ones: aspect, opinion, category, polarity.
//
// Three steps, each measured by itself (kindling-bench review-opinion): a field marks the stretches that name an aspect ("香味") and those that
// judge ("淡淡的"); an aspect joins the nearest opinion of its clause that is still free, and an opinion without one stands alone; two linear classifiers say what it is about
// and which way it points, from the two stretches, what stands around them and the whole review, each as a block of its own.
//
// Sources: the task of Zhijiang Cup 2019 (aspect term, opinion term, category, polarity); Pontiki et al. 2014 (SemEval-2014 task 4).
// Positions are characters of the text as given. Deterministic for a seed; immutable; any thread, each with its own Scratch.
#pragma once
#include "engines/learning/classification/classifier.h"
#include "engines/learning/tagging/tagger.h"

namespace kindling::opinion {

// Characters [begin, end); empty: there is none.
struct Stretch {
    std::uint32_t begin = 0, end = 0;
    bool empty() const { return begin >= end; }
    bool operator==(const Stretch&) const = default;
};

struct Quadruple {
    Stretch aspect, opinion;
    std::uint32_t category = 0, polarity = 0;  // positions in the lists of names
};

struct MarkedReview {
    std::u32string text;
    std::vector<Quadruple> opinions;
};

struct ExtractorPlan {
    tagging::CrfTraining tagging = {.epochs = 10, .members = 3, .rate = 0.1f, .drop = 0.5f, .miss_cost = 0.5f};
    float category_cost = 1, polarity_cost = 1;
    std::uint64_t seed = 1;
    unsigned threads = 1;
};

enum Type : std::uint8_t { aspect, opinion };

// The stretches of a review without what they mean; each stretch once.
std::vector<tagging::Span> spans_of(const MarkedReview&);

class Extractor {
public:
    // invalid_argument "no_documents", "no_examples", "labels_invalid" (a category or polarity that has no name); conflict "cancelled".
    static Result<Extractor> train(std::span<const MarkedReview>, std::vector<std::string> categories, std::vector<std::string> polarities, const ExtractorPlan&, std::shared_ptr<const text::Dictionary> = nullptr, const Progress& = {});

    std::vector<Quadruple> read(std::u32string_view text, tagging::Tagger::Scratch&) const;
    // Of stretches that are known. One value for each name, summing to 1.
    std::vector<float> category(std::u32string_view text, Stretch aspect, Stretch opinion) const;
    std::vector<float> polarity(std::u32string_view text, Stretch aspect, Stretch opinion) const;

    const tagging::Tagger& tagger() const { return tagger_; }
    const std::vector<std::string>& categories() const { return category_.classes(); }
    const std::vector<std::string>& polarities() const { return polarity_.classes(); }

    // read: invalid_argument "model_invalid", failed_precondition "dictionary_missing".
    std::string write() const;
    static Result<Extractor> read_file(std::string_view file, std::shared_ptr<const text::Dictionary> = nullptr);

private:
    tagging::Tagger tagger_;
    classification::Classifier category_, polarity_;
};

}  // namespace kindling::opinion
