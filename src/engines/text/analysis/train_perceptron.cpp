// engines/text/analysis/train_perceptron.cpp -- the averaged perceptron's training (perceptron.h).
//
// Sentence by sentence: decode with the weights of now, and where the answer is wrong move the features of the right labels up and
// of the wrong ones down by one. The weights kept are the mean over all steps (Collins 2002), by the usual bookkeeping: `sum`
// holds step x change, and the mean is weight - sum / steps. Then everything is scaled so that the greatest weight is 127.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/random.h"
#include "engines/text/analysis/perceptron.h"

namespace kindling::text {

namespace {

struct Sentence {
    std::vector<SegmentFeatures::Row> rows;
    std::vector<std::uint8_t> gold;
};

using Weights = std::vector<std::array<float, 4>>;
using Transitions = std::array<std::array<float, 4>, 4>;

bool follows(std::size_t a, std::size_t b) {
    bool const inside = a == Perceptron::begin || a == Perceptron::middle;
    return inside == (b == Perceptron::middle || b == Perceptron::end);
}

void decode(Sentence const& s, Weights const& weights, Transitions const& transition, std::vector<std::uint8_t>& out) {
    constexpr float never = -1e30f;
    auto const n = s.rows.size();
    std::vector<std::array<float, 4>> score(n);
    std::vector<std::array<std::uint8_t, 4>> from(n);
    for (std::size_t i = 0; i < n; ++i) {
        std::array<float, 4> emit{};
        for (auto const row : s.rows[i])
            for (std::size_t l = 0; l < 4; ++l) emit[l] += weights[row][l];
        for (std::size_t to = 0; to < 4; ++to) {
            auto best = never;
            if (i == 0) best = to == Perceptron::begin || to == Perceptron::single ? 0 : never;
            else
                for (std::size_t f = 0; f < 4; ++f)
                    if (follows(f, to) && score[i - 1][f] + transition[f][to] > best) best = score[i - 1][f] + transition[f][to], from[i][to] = static_cast<std::uint8_t>(f);
            score[i][to] = best + emit[to];
        }
    }
    out.resize(n);
    std::uint8_t label = score[n - 1][Perceptron::end] > score[n - 1][Perceptron::single] ? Perceptron::end : Perceptron::single;
    for (std::size_t i = n; i-- > 0; label = from[i][label]) out[i] = label;
}

}  // namespace

class PerceptronTrainer {
public:
    PerceptronTrainer(std::span<const std::vector<std::u32string>> texts, Dictionary const& dictionary, PerceptronTraining options)
        : options_(options), weights_(std::size_t{1} << options.log_rows), sums_(weights_.size()) {
        SegmentFeatures features;
        for (auto const& words : texts) {
            Sentence s;
            std::u32string text;
            for (auto const& word : words) {
                for (std::size_t i = 0; i < word.size(); ++i)
                    s.gold.push_back(word.size() == 1 ? Perceptron::single : i == 0 ? Perceptron::begin : i + 1 == word.size() ? Perceptron::end : Perceptron::middle);
                text += word;
            }
            if (text.empty()) continue;
            features.compute(text, dictionary, options.log_rows);
            s.rows = features.rows;
            sentences_.push_back(std::move(s));
        }
    }

    std::shared_ptr<const Perceptron> run() {
        Random random(options_.seed);
        std::vector<std::size_t> order(sentences_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::vector<std::uint8_t> answer;
        for (int epoch = 0; epoch < options_.epochs; ++epoch) {
            random.shuffle(order);
            for (auto const index : order) {
                ++step_;
                auto const& s = sentences_[index];
                decode(s, weights_, transition_, answer);
                if (answer != s.gold) learn(s, answer);
            }
        }
        return mean();
    }

private:
    void learn(Sentence const& s, std::vector<std::uint8_t> const& answer) {
        auto const now = static_cast<float>(step_);
        for (std::size_t i = 0; i < s.gold.size(); ++i) {
            if (i > 0 && (answer[i] != s.gold[i] || answer[i - 1] != s.gold[i - 1])) {
                transition_[s.gold[i - 1]][s.gold[i]] += 1, transition_sum_[s.gold[i - 1]][s.gold[i]] += now;
                transition_[answer[i - 1]][answer[i]] -= 1, transition_sum_[answer[i - 1]][answer[i]] -= now;
            }
            if (answer[i] == s.gold[i]) continue;
            for (auto const row : s.rows[i]) {
                weights_[row][s.gold[i]] += 1, sums_[row][s.gold[i]] += now;
                weights_[row][answer[i]] -= 1, sums_[row][answer[i]] -= now;
            }
        }
    }

    std::shared_ptr<const Perceptron> mean() {
        auto const steps = static_cast<float>(std::max<std::uint64_t>(step_, 1));
        float greatest = 1e-6f;
        for (std::size_t r = 0; r < weights_.size(); ++r)
            for (std::size_t l = 0; l < 4; ++l) {
                weights_[r][l] -= sums_[r][l] / steps;
                greatest = std::max(greatest, std::abs(weights_[r][l]));
            }
        auto made = std::make_shared<Perceptron>();
        made->log_rows_ = options_.log_rows;
        auto const scale = 127 / greatest;
        made->weights_.resize(weights_.size());
        for (std::size_t r = 0; r < weights_.size(); ++r)
            for (std::size_t l = 0; l < 4; ++l) made->weights_[r][l] = static_cast<std::int8_t>(std::lround(weights_[r][l] * scale));
        for (std::size_t a = 0; a < 4; ++a)
            for (std::size_t b = 0; b < 4; ++b)
                made->transition_[a][b] = static_cast<std::int16_t>(std::clamp<long>(std::lround((transition_[a][b] - transition_sum_[a][b] / steps) * scale), -30000, 30000));
        return made;
    }

    PerceptronTraining options_;
    std::vector<Sentence> sentences_;
    Weights weights_, sums_;
    Transitions transition_{}, transition_sum_{};
    std::uint64_t step_ = 0;
};

std::shared_ptr<const Perceptron> train_perceptron(std::span<const std::vector<std::u32string>> sentences, Dictionary const& dictionary, PerceptronTraining options) {
    options.log_rows = std::clamp(options.log_rows, 8u, 24u);
    return PerceptronTrainer(sentences, dictionary, options).run();
}

}  // namespace kindling::text
