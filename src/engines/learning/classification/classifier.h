// engines/learning/classification/classifier.h -- a linear text classifier: one machine per class, calibrated, one label or several.
//
// Counts become (1 + ln count) x idf, each block scaled to its weight. For every class a support vector machine with squared hinge loss is
// fitted by dual coordinate descent; its signed distance z becomes a probability: for one label softmax(z / temperature), for several
// sigmoid(a z + b) per class. Temperature, a, b and the thresholds that give each class its best F1 come from predictions of documents that the
// fitted machine had not seen (folds that keep a group -- a dialogue, an author -- together), never from the training scores themselves.
//
// Sources: Hsieh, Chang, Lin, Keerthi & Sundararajan 2008, "A dual coordinate descent method for large-scale linear SVM", algorithm 1 with
// random order; Platt 1999 with the targets of Lin, Lin & Weng 2007; Guo et al. 2017 (temperature).
// Cost: a document of k features against c classes costs k c. Deterministic for a seed, whatever the threads. Immutable; any thread.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/progress.h"
#include "core/result.h"
#include "engines/learning/classification/bag.h"
#include "engines/learning/classification/machines.h"

namespace kindling::classification {

struct Document {
    Bag bag;
    std::vector<std::uint32_t> labels;  // exactly one, or any number, as the plan says
    std::uint32_t group = 0;            // documents of one group are never on both sides of a fold
};

enum class Labels : std::uint8_t { one, several };

struct Plan {
    Labels labels = Labels::one;
    float cost = 1;          // C of the machines
    float balance = 0;       // 0: all examples weigh alike, 1: positives and negatives of a class weigh alike in sum
    std::size_t folds = 4;   // for calibration
    std::uint32_t least_documents = 1;  // features of fewer documents are left out
    std::uint64_t seed = 1;
    unsigned threads = 1;
};

class Classifier {
public:
    // invalid_argument "no_documents", "labels_invalid" (a label out of range, not exactly one where one is asked, fewer than two classes);
    // conflict "cancelled".
    static Result<Classifier> train(std::span<const Document>, std::vector<std::string> classes, const Plan&, const Progress& = {});

    // One value for each class, 0..1; for one label they sum to 1.
    std::vector<float> probabilities(const Bag&) const;
    // One label: the likeliest. Several: those above their thresholds, likeliest first, perhaps none.
    std::vector<std::uint32_t> labels(const Bag&) const;

    const std::vector<std::string>& classes() const { return classes_; }
    std::span<const float> thresholds() const { return threshold_; }
    // Expected calibration error (ten bins of equal width) on the held-back folds.
    double calibration_error() const { return calibration_error_; }

    std::string write() const;
    static Result<Classifier> read(std::string_view file);  // invalid_argument "model_invalid"

private:
    std::vector<float> calibrated(std::span<const float> scores) const;
    void calibrate(std::span<const std::vector<float>> scores, std::span<const Document>);

    std::vector<std::string> classes_;
    Labels mode_ = Labels::one;
    Vocabulary vocabulary_;
    Machines machines_;
    std::vector<float> slope_, offset_, threshold_;  // per class; for one label slope_[0] is 1 / temperature
    float calibration_error_ = 0;
};

}  // namespace kindling::classification
