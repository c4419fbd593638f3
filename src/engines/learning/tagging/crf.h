// engines/learning/tagging/crf.h -- a linear-chain conditional random field over hashed features.
//
//   p(y | x) = exp( sum_t [ sum_f W[f(x, t)][y_t] + T[y_{t-1}][y_t] ] ) / Z(x)
//
// Trained by stochastic gradient (one sequence a step, AdaGrad), which reaches in ten passes what batch methods need a hundred for. What
// keeps it from learning by heart: features are dropped at random in training, weights are averaged over all steps, and several members
// with different orders and drops are averaged once more; since all share the features, the average is again one field. A missed label can
// be made to cost more than a false one (softmax margin), because the "outside" label outnumbers what is looked for.
//
// Sources: Lafferty, McCallum & Pereira 2001 (the field); Bottou 2010 and Duchi, Hazan & Singer 2011 (steps); Wager, Wang & Liang 2013
// (dropping features is a regulariser); Gimpel & Smith 2010 (softmax margin).
// Shapes: L labels, F features, n positions of k features: decoding costs n (k L + L^2). Weights are kept as 16-bit integers.
// Deterministic for a seed, whatever the number of threads. Immutable after training; any thread, each with its own Scratch.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/progress.h"
#include "core/result.h"
#include "engines/learning/model_file/model_file.h"

namespace kindling::tagging {

using Label = std::uint8_t;
inline constexpr std::size_t most_labels = 64;

// The features of a sequence, position after position, as hashes of what was seen there.
struct Rows {
    std::vector<std::uint32_t> features, ends;
    std::size_t size() const { return ends.size(); }
    std::span<const std::uint32_t> at(std::size_t i) const { return {features.data() + (i ? ends[i - 1] : 0), features.data() + ends[i]}; }
    void close() { ends.push_back(static_cast<std::uint32_t>(features.size())); }
    void clear() { features.clear(), ends.clear(); }
};

struct Example {
    Rows rows;
    std::vector<Label> labels;  // one for each position
};

struct CrfTraining {
    std::size_t epochs = 8, members = 2;
    float rate = 0.25f;        // AdaGrad's step
    float drop = 0.3f;         // share of features left out of a step
    float l2 = 1e-6f;
    float miss_cost = 0, false_cost = 0;  // added to a wrong label's score in training where label 0 is wrong, where it is right
    std::uint32_t least_count = 1;        // features seen less often are left out
    std::uint64_t seed = 1;
    unsigned threads = 1;
};

class Crf {
public:
    struct Scratch {
        std::vector<float> score, forward, backward;
        std::vector<Label> from;
    };

    // labels: 2..64; follows[a * labels + b]: may b come after a; starts, stops: may a sequence begin, end so.
    struct Shape {
        std::size_t labels = 0;
        std::vector<std::uint8_t> follows, starts, stops;
    };

    // invalid_argument "no_examples", "labels_invalid" (their number, another length than the rows, a sequence that the shape forbids);
    // conflict "cancelled".
    static Result<Crf> train(std::span<const Example>, Shape, const CrfTraining&, const Progress& = {});

    // The likeliest labels; none for no rows.
    void decode(const Rows&, std::vector<Label>&, Scratch&) const;
    // p(y_t = y | x) at [t * labels + y].
    void marginals(const Rows&, std::vector<float>&, Scratch&) const;

    std::size_t labels() const { return shape_.labels; }
    std::size_t features() const { return keys_.size(); }
    const Shape& shape() const { return shape_; }

    void write(model_file::Writer&) const;
    static Crf read(model_file::Reader&);  // check good() afterwards

private:
    friend class CrfTrainer;
    void emissions(const Rows&, std::vector<float>&) const;
    void index();
    std::uint32_t find(std::uint32_t key) const;

    Shape shape_;
    std::vector<std::uint32_t> keys_;      // ascending
    std::vector<std::int16_t> weights_;    // [key][label]
    std::vector<float> transition_;        // [from][to]; what the shape forbids is `never`
    float scale_ = 1;                      // weight = scale * integer
    std::vector<std::uint32_t> slots_;     // open addressing: position in keys_ + 1
    unsigned shift_ = 0;
};

}  // namespace kindling::tagging
