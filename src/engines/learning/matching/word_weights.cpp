#include "engines/learning/matching/word_weights.h"

#include <cmath>
#include <numeric>

#include "core/random.h"
#include "engines/learning/matching/boosted_trees.h"

namespace kindling::matching {

namespace {

constexpr int epochs = 12;
constexpr float rate = 0.1f, decay = 2e-3f;

// (word, where) of a pair's titles, where 0 both, 1 left alone, 2 right alone.
void differences(const Pool& pool, Pair pair, Alignment& al, std::vector<std::pair<WordId, std::uint8_t>>& out) {
    auto const &a = pool.left()[pair.left], &b = pool.right()[pair.right];
    align(pool, a, b, al);
    out.clear();
    for (std::size_t i = 0; i < a.title.size(); ++i) out.emplace_back(a.title[i], al.left[i] >= 0.7f ? 0 : 1);
    for (std::size_t j = 0; j < b.title.size(); ++j)
        if (al.right[j] < 0.7f) out.emplace_back(b.title[j], 2);
}

}  // namespace

WordWeights::Beside WordWeights::beside(const PairFeatures& x) {
    Beside out{};
    out[0] = 1;
    for (std::size_t k = 0; k < beside_.size(); ++k) out[k + 1] = std::isnan(x[beside_[k]]) ? 0 : std::min(x[beside_[k]], 3.0f);
    return out;
}

WordWeights WordWeights::fit(const Pool& pool, std::span<const Pair> pairs, std::span<const PairFeatures> features, std::span<const float> truth, std::uint64_t seed) {
    struct Row {
        std::vector<std::pair<WordId, std::uint8_t>> words;
        Beside beside;
    };
    std::vector<Row> rows(pairs.size());
    Alignment scratch;
    std::vector<std::uint32_t> seen(pool.words());
    for (std::size_t r = 0; r < pairs.size(); ++r) {
        differences(pool, pairs[r], scratch, rows[r].words);
        rows[r].beside = beside(features[r]);
        for (auto const& [word, where] : rows[r].words) ++seen[word];
    }
    for (auto& row : rows) std::erase_if(row.words, [&](auto const& w) { return seen[w.first] < 3; });
    struct Cell {
        std::array<float, 3> weight{}, square{1e-2f, 1e-2f, 1e-2f};
    };
    std::vector<Cell> cells(pool.words());
    Beside w{}, square{};
    square.fill(1e-2f);
    std::vector<std::uint32_t> order(rows.size());
    std::iota(order.begin(), order.end(), 0u);
    Random random(seed);
    for (int epoch = 0; epoch < epochs; ++epoch) {
        random.shuffle(order);
        for (auto const r : order) {
            auto const& row = rows[r];
            float sum = 0;
            for (std::size_t k = 0; k < w.size(); ++k) sum += w[k] * row.beside[k];
            for (auto const& [word, where] : row.words) sum += cells[word].weight[where];
            auto const error = static_cast<float>(probability(static_cast<double>(sum))) - truth[r];
            auto const step = [&](float& weight, float& squares, float gradient) {
                squares += gradient * gradient;
                weight -= rate * gradient / std::sqrt(squares);
            };
            for (std::size_t k = 0; k < w.size(); ++k) step(w[k], square[k], error * row.beside[k]);
            for (auto const& [word, where] : row.words) step(cells[word].weight[where], cells[word].square[where], error + decay * cells[word].weight[where]);
        }
    }
    WordWeights made;
    made.weight_ = w;
    for (WordId id = 0; id < cells.size(); ++id)
        if (seen[id] >= 3) made.words_.emplace(pool.word(id).text, cells[id].weight);
    return made;
}

float WordWeights::log_odds(const Pool& pool, Pair pair, const PairFeatures& x, Alignment& scratch, std::vector<Share>* shares) const {
    thread_local std::vector<std::pair<WordId, std::uint8_t>> words;
    differences(pool, pair, scratch, words);
    auto const b = beside(x);
    float sum = 0;
    for (std::size_t k = 0; k < b.size(); ++k) sum += weight_[k] * b[k];
    for (auto const& [word, where] : words) {
        auto const at = words_.find(pool.word(word).text);
        if (at == words_.end()) continue;
        sum += at->second[where];
        if (shares) shares->push_back({at->first, where, at->second[where]});
    }
    return sum;
}

}  // namespace kindling::matching
