// engines/learning/ranking/fit_lambda.cpp -- pulls, histograms, trees. See lambda_trees.h.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/random.h"
#include "engines/learning/ranking/gain.h"
#include "engines/learning/ranking/lambda_trees.h"

namespace kindling::ranking {

namespace {

constexpr int most_bins = 255;  // the last one is for what is missing

struct Sums {
    double pull = 0, curve = 0;
    std::uint32_t rows = 0;
    Sums operator-(const Sums& other) const { return {pull - other.pull, curve - other.curve, rows - other.rows}; }
    void operator+=(const Sums& other) { pull += other.pull, curve += other.curve, rows += other.rows; }
};

}  // namespace

class LambdaFitter {
public:
    LambdaFitter(const RankingData& data, const LambdaOptions& options) : data_(data), options_(options), n_(data.row_count()), f_(data.features) {}

    Result<LambdaTrees> run() {
        if (!divide()) return fail(Errc::invalid_argument, "nothing_to_learn", "No query has results of different grades.");
        cut();
        model_.features_ = f_, model_.gains_.assign(f_, 0);
        scores_.assign(n_, 0), pulls_.assign(n_, 0), curves_.assign(n_, 0);
        Random random(options_.seed);
        double best = held_back_gain();
        std::size_t best_trees = 0, best_nodes = 0;
        auto best_gains = model_.gains_;
        for (int t = 0; t < options_.trees; ++t) {
            if (options_.stop.stop_requested()) return fail(Errc::failed_precondition, "cancelled", "Learning was stopped.");
            std::vector<std::uint32_t> rows;
            for (auto const q : training_)
                if (random.chance(options_.query_share)) pull(q, rows);
            if (rows.empty()) continue;
            if (!grow(std::move(rows), random)) break;
            for (std::size_t r = 0; r < n_; ++r) scores_[r] += leaf(model_.roots_.back(), r);
            auto const gain = held_back_gain();
            if (held_.empty() || gain > best + 1e-7) best = gain, best_trees = model_.roots_.size(), best_nodes = model_.nodes_.size(), best_gains = model_.gains_;
            else if (model_.roots_.size() - best_trees >= static_cast<std::size_t>(options_.patience)) break;
        }
        model_.roots_.resize(best_trees), model_.nodes_.resize(best_nodes), model_.gains_ = best_gains;
        auto const all = std::accumulate(model_.gains_.begin(), model_.gains_.end(), 0.0);
        for (auto& g : model_.gains_) g = all > 0 ? g / all : 0;
        return std::move(model_);
    }

private:
    std::pair<std::size_t, std::size_t> rows_of(std::uint32_t q) const { return {data_.queries[q], q + 1 < data_.queries.size() ? data_.queries[q + 1] : n_}; }

    bool divide() {
        std::vector<std::uint32_t> useful;
        for (std::uint32_t q = 0; q < data_.queries.size(); ++q) {
            auto const [from, to] = rows_of(q);
            for (auto r = from + 1; r < to; ++r)
                if (data_.grades[r] != data_.grades[from]) { useful.push_back(q); break; }
        }
        Random random(options_.seed ^ 0xA11);
        for (auto i = useful.size(); i > 1; --i) std::swap(useful[i - 1], useful[random.below(i)]);
        auto const keep = useful.size() < 20 ? 0 : static_cast<std::size_t>(static_cast<double>(useful.size()) * options_.held_back);
        held_.assign(useful.begin(), useful.begin() + static_cast<std::ptrdiff_t>(keep)), training_.assign(useful.begin() + static_cast<std::ptrdiff_t>(keep), useful.end());
        std::ranges::sort(training_), std::ranges::sort(held_);
        return !training_.empty();
    }

    // Quantiles of each feature; rows become bins.
    void cut() {
        bins_.assign(n_ * f_, 0), edges_.assign(f_, {});
        std::vector<float> values;
        for (std::size_t f = 0; f < f_; ++f) {
            values.clear();
            for (std::size_t r = 0; r < n_; ++r)
                if (auto const x = data_.rows[r * f_ + f]; !std::isnan(x)) values.push_back(x);
            std::ranges::sort(values);
            auto& edges = edges_[f];
            auto const most = static_cast<std::size_t>(most_bins - 1);
            for (std::size_t i = 1; i < most && !values.empty(); ++i)
                if (auto const x = values[i * (values.size() - 1) / most]; x < values.back() && (edges.empty() || x > edges.back())) edges.push_back(x);
            for (std::size_t r = 0; r < n_; ++r) {
                auto const x = data_.rows[r * f_ + f];
                bins_[r * f_ + f] = std::isnan(x) ? static_cast<std::uint8_t>(most_bins) : static_cast<std::uint8_t>(std::ranges::lower_bound(edges, x) - edges.begin());
            }
        }
    }

    // What each result of the query is pulled by, given the scores so far.
    void pull(std::uint32_t q, std::vector<std::uint32_t>& rows) {
        auto const [from, to] = rows_of(q);
        auto const count = to - from;
        std::vector<std::uint32_t> order(count);
        std::iota(order.begin(), order.end(), static_cast<std::uint32_t>(from));
        std::ranges::stable_sort(order, [&](auto a, auto b) { return scores_[a] > scores_[b]; });
        std::vector<double> ideal;
        for (auto r = from; r < to; ++r) ideal.push_back(data_.grades[r]), pulls_[r] = curves_[r] = 0;
        std::ranges::sort(ideal, std::greater<>());
        double best = 0;
        for (std::size_t i = 0; i < std::min(options_.depth, ideal.size()); ++i) best += (std::exp2(ideal[i]) - 1) / std::log2(static_cast<double>(i) + 2);
        if (best <= 0) return;
        auto const weight = data_.weights.empty() ? 1.0 : static_cast<double>(data_.weights[q]);
        auto const discount = [&](std::size_t place) { return place < options_.depth ? 1 / std::log2(static_cast<double>(place) + 2) : 0.0; };
        // One of the two must stand within the depth, or changing places changes nothing.
        for (std::size_t i = 0; i < std::min(options_.depth, count); ++i)
            for (std::size_t j = i + 1; j < count; ++j) {
                auto const a = order[i], b = order[j];
                if (data_.grades[a] == data_.grades[b]) continue;
                auto const high = data_.grades[a] > data_.grades[b] ? a : b, low = high == a ? b : a;
                auto const change = (std::exp2(data_.grades[high]) - std::exp2(data_.grades[low])) * (discount(i) - discount(j)) / best * weight;
                auto const doubt = 1 / (1 + std::exp(scores_[high] - scores_[low]));
                pulls_[high] += change * doubt, pulls_[low] -= change * doubt;
                curves_[high] += change * doubt * (1 - doubt), curves_[low] += change * doubt * (1 - doubt);
            }
        for (auto r = from; r < to; ++r) rows.push_back(static_cast<std::uint32_t>(r));
    }

    struct Split {
        double gain = 0;
        std::size_t feature = 0;
        int bin = 0;
        bool missing_first = true;
    };
    struct Leaf {
        std::vector<std::uint32_t> rows;
        std::vector<Sums> histogram;
        Sums all;
        Split best;
        std::uint32_t node = 0;
    };

    double worth(const Sums& s) const { return s.pull * s.pull / (s.curve + options_.pull); }
    float value(const Sums& s) const { return static_cast<float>(options_.rate * s.pull / (s.curve + options_.pull)); }

    void fill(Leaf& leaf) const {
        leaf.histogram.assign(drawn_.size() * (most_bins + 1), {});
        for (auto const r : leaf.rows)
            for (std::size_t k = 0; k < drawn_.size(); ++k) {
                auto& s = leaf.histogram[k * (most_bins + 1) + bins_[r * f_ + drawn_[k]]];
                s.pull += pulls_[r], s.curve += curves_[r], ++s.rows;
            }
    }
    void total(Leaf& leaf) const {
        leaf.all = {};
        for (int b = 0; b <= most_bins; ++b) leaf.all += leaf.histogram[static_cast<std::size_t>(b)];
    }

    void find(Leaf& leaf) const {
        leaf.best = {};
        for (std::size_t k = 0; k < drawn_.size(); ++k) {
            auto const* const h = &leaf.histogram[k * (most_bins + 1)];
            auto const missing = h[most_bins];
            Sums left;
            for (int b = 0; b + 1 <= static_cast<int>(edges_[drawn_[k]].size()); ++b) {
                left += h[b];
                for (bool const first : {true, false}) {
                    auto one = left;
                    if (first) one += missing;
                    auto const other = leaf.all - one;
                    if (one.rows < options_.fewest || other.rows < options_.fewest) continue;
                    auto const gain = worth(one) + worth(other) - worth(leaf.all);
                    if (gain > leaf.best.gain + 1e-12) leaf.best = {gain, k, b, first};
                    if (missing.rows == 0) break;
                }
            }
        }
    }

    bool grow(std::vector<std::uint32_t> rows, Random& random) {
        drawn_.clear();
        for (std::size_t f = 0; f < f_; ++f)
            if (random.chance(options_.feature_share)) drawn_.push_back(f);
        if (drawn_.empty()) drawn_.push_back(random.below(f_));
        std::vector<Leaf> leaves(1);
        leaves[0].rows = std::move(rows), leaves[0].node = static_cast<std::uint32_t>(model_.nodes_.size());
        fill(leaves[0]), total(leaves[0]), find(leaves[0]);
        if (leaves[0].best.gain <= 0) return false;
        model_.roots_.push_back(leaves[0].node);
        model_.nodes_.push_back({.value = value(leaves[0].all)});
        while (leaves.size() < static_cast<std::size_t>(options_.leaves)) {
            auto const at = static_cast<std::size_t>(std::ranges::max_element(leaves, {}, [](const Leaf& l) { return l.best.gain; }) - leaves.begin());
            if (leaves[at].best.gain <= 0) break;
            divide_leaf(leaves, at);
        }
        return true;
    }

    void divide_leaf(std::vector<Leaf>& leaves, std::size_t at) {
        auto parent = std::move(leaves[at]);
        auto const split = parent.best;
        auto const feature = drawn_[split.feature];
        Leaf one, other;
        for (auto const r : parent.rows) {
            auto const bin = bins_[r * f_ + feature];
            (bin == most_bins ? split.missing_first : bin <= split.bin) ? one.rows.push_back(r) : other.rows.push_back(r);
        }
        // The smaller side is counted, the larger is what is left.
        auto& small = one.rows.size() <= other.rows.size() ? one : other;
        auto& large = &small == &one ? other : one;
        fill(small);
        large.histogram = std::move(parent.histogram);
        for (std::size_t i = 0; i < large.histogram.size(); ++i) large.histogram[i] = large.histogram[i] - small.histogram[i];
        for (auto* const l : {&one, &other}) total(*l), find(*l);
        auto const next = static_cast<std::uint32_t>(model_.nodes_.size());
        auto& node = model_.nodes_[parent.node];
        node.feature = static_cast<std::int32_t>(feature), node.threshold = edges_[feature][static_cast<std::size_t>(split.bin)], node.next = next, node.missing_next = split.missing_first ? 1 : 0;
        model_.gains_[feature] += split.gain;
        one.node = next, other.node = next + 1;
        model_.nodes_.push_back({.value = value(one.all)}), model_.nodes_.push_back({.value = value(other.all)});
        leaves[at] = std::move(one), leaves.push_back(std::move(other));
    }

    double leaf(std::uint32_t root, std::size_t row) const {
        std::span<const float> const values(data_.rows.data() + row * f_, f_);
        auto const* n = &model_.nodes_[root];
        while (n->feature >= 0) n = &model_.step(*n, values);
        return n->value;
    }

    double held_back_gain() const {
        double sum = 0, weights = 0;
        std::vector<std::uint32_t> order;
        std::vector<double> grades, judged;
        for (auto const q : held_) {
            auto const [from, to] = rows_of(q);
            order.resize(to - from), grades.clear();
            std::iota(order.begin(), order.end(), static_cast<std::uint32_t>(from));
            std::ranges::stable_sort(order, [&](auto a, auto b) { return scores_[a] > scores_[b]; });
            for (auto const r : order) grades.push_back(data_.grades[r]);
            judged = grades;
            auto const weight = data_.weights.empty() ? 1.0 : static_cast<double>(data_.weights[q]);
            if (auto const gain = textbook_gain(grades, judged, options_.depth)) sum += *gain * weight, weights += weight;
        }
        return weights > 0 ? sum / weights : 0;
    }

    const RankingData& data_;
    const LambdaOptions& options_;
    std::size_t n_, f_;
    LambdaTrees model_;
    std::vector<std::uint32_t> training_, held_;
    std::vector<std::uint8_t> bins_;
    std::vector<std::vector<float>> edges_;
    std::vector<double> scores_;
    std::vector<double> pulls_, curves_;
    std::vector<std::size_t> drawn_;
};

Result<LambdaTrees> LambdaTrees::fit(const RankingData& data, const LambdaOptions& options) {
    if (data.features == 0 || data.rows.size() != data.features * data.row_count() || data.queries.empty() || data.queries.front() != 0 || !std::ranges::is_sorted(data.queries) || data.queries.back() > data.row_count() || (!data.weights.empty() && data.weights.size() != data.queries.size())) return fail(Errc::invalid_argument, "nothing_to_learn", "The rows, grades and queries do not fit each other.");
    return LambdaFitter(data, options).run();
}

}  // namespace kindling::ranking
