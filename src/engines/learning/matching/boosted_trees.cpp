#include "engines/learning/matching/boosted_trees.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/parallel.h"
#include "core/random.h"

namespace kindling::matching {

namespace {
constexpr std::size_t bins = 48;  // and one for what is missing
}

class TreeFitter {
public:
    TreeFitter(std::span<const float> rows, std::size_t features, std::span<const float> truth, std::span<const float> weight, const TreeOptions& options)
        : features_(features), n_(truth.size()), truth_(truth), weight_(weight), options_(options), cuts_(features), binned_(n_ * features) {
        std::vector<float> values;
        for (std::size_t f = 0; f < features; ++f) {
            values.clear();
            for (std::size_t r = 0; r < n_; ++r)
                if (auto const v = rows[r * features + f]; !std::isnan(v)) values.push_back(v);
            std::ranges::sort(values);
            auto& cuts = cuts_[f];
            for (std::size_t b = 1; b < bins && !values.empty(); ++b) {
                auto const at = b * values.size() / bins;
                if (at + 1 > values.size() || at == 0 || values[at - 1] == values[at]) {  // many equal values: cut behind them
                    auto const next = std::upper_bound(values.begin(), values.end(), values[std::min(at, values.size() - 1)]);
                    if (next == values.end()) continue;
                    auto const v = *(next - 1);
                    if (cuts.empty() || cuts.back() < v) cuts.push_back(v);
                } else if (cuts.empty() || cuts.back() < values[at - 1]) cuts.push_back(values[at - 1]);
            }
            for (std::size_t r = 0; r < n_; ++r) {
                auto const v = rows[r * features + f];
                binned_[r * features + f] = std::isnan(v) ? static_cast<std::uint8_t>(bins) : static_cast<std::uint8_t>(std::ranges::lower_bound(cuts, v) - cuts.begin());
            }
        }
    }

    double prior() const {
        double sum = 0, total = 0;
        for (std::size_t r = 0; r < n_; ++r) sum += weight_of(r) * static_cast<double>(truth_[r]), total += weight_of(r);
        auto const p = std::clamp(sum / std::max(total, 1e-9), 1e-4, 1 - 1e-4);
        return std::log(p / (1 - p));
    }

    BoostedTrees::Ensemble fit(double prior, Random random, std::vector<double>& gains) {
        BoostedTrees::Ensemble out;
        std::vector<double> score(n_, prior);
        std::vector<float> g(n_), h(n_);
        std::vector<std::uint32_t> place(n_);
        std::vector<std::uint8_t> drawn(n_);
        std::vector<std::uint16_t> all(features_);
        std::iota(all.begin(), all.end(), std::uint16_t{0});
        for (int tree = 0; tree < options_.trees; ++tree) {
            for (std::size_t r = 0; r < n_; ++r) {
                auto const p = probability(score[r]);
                g[r] = static_cast<float>((p - static_cast<double>(truth_[r])) * weight_of(r));
                h[r] = static_cast<float>(std::max(p * (1 - p), 1e-6) * weight_of(r));
                drawn[r] = random.chance(options_.row_share) ? 1 : 0;
            }
            random.shuffle(all);
            std::vector<std::uint16_t> some(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(1, static_cast<std::size_t>(options_.feature_share * static_cast<double>(features_)))));
            grow(out, g, h, drawn, some, place, gains);
            for (std::size_t r = 0; r < n_; ++r) score[r] += static_cast<double>(out.nodes[place[r]].threshold);
        }
        return out;
    }

private:
    struct Sum {
        double g = 0, h = 0;
        void add(const Sum& o) { g += o.g, h += o.h; }
    };
    struct Split {
        double gain = 0;
        std::size_t feature = 0, bin = 0;
        bool missing_next = true;
    };
    double weight_of(std::size_t r) const { return weight_.empty() ? 1.0 : static_cast<double>(weight_[r]); }
    double worth(const Sum& s) const { return s.g * s.g / (s.h + options_.pull); }

    // Level by level; `place` becomes the leaf of every row, drawn or not.
    void grow(BoostedTrees::Ensemble& out, const std::vector<float>& g, const std::vector<float>& h, const std::vector<std::uint8_t>& drawn, const std::vector<std::uint16_t>& some, std::vector<std::uint32_t>& place, std::vector<double>& gains) {
        auto const root = static_cast<std::uint32_t>(out.nodes.size());
        out.roots.push_back(root);
        out.nodes.emplace_back();
        std::ranges::fill(place, root);
        std::uint32_t first = root, end = root + 1;  // the nodes of this level
        constexpr auto width = bins + 1;
        std::vector<Sum> sums, histogram;
        for (int level = 0; first < end; ++level) {
            auto const nodes = end - first;
            sums.assign(nodes, {});
            histogram.assign(std::size_t{nodes} * some.size() * width, {});
            bool const last = level == options_.depth;
            for (std::size_t r = 0; r < n_; ++r) {
                if (place[r] < first || drawn[r] == 0) continue;
                auto const node = place[r] - first;
                auto const gr = static_cast<double>(g[r]), hr = static_cast<double>(h[r]);
                sums[node].g += gr, sums[node].h += hr;
                if (last) continue;
                auto* const to = histogram.data() + node * some.size() * width;
                auto const* const row = binned_.data() + r * features_;
                for (std::size_t k = 0; k < some.size(); ++k) {
                    auto& cell = to[k * width + row[some[k]]];
                    cell.g += gr, cell.h += hr;
                }
            }
            auto const next_first = static_cast<std::uint32_t>(out.nodes.size());
            std::vector<Split> splits(nodes);
            for (std::uint32_t node = 0; node < nodes; ++node) {
                if (!last) splits[node] = best_split(histogram.data() + node * some.size() * width, some, sums[node]);
                auto& made = out.nodes[first + node];
                if (splits[node].gain <= 1e-6) {
                    made.threshold = static_cast<float>(-options_.rate * sums[node].g / (sums[node].h + options_.pull));
                    continue;
                }
                auto const& s = splits[node];
                gains[s.feature] += s.gain;
                made.feature = static_cast<std::int16_t>(s.feature), made.threshold = s.bin < cuts_[s.feature].size() ? cuts_[s.feature][s.bin] : std::numeric_limits<float>::infinity();
                made.missing_next = s.missing_next, made.next = static_cast<std::uint32_t>(out.nodes.size());
                out.nodes.resize(out.nodes.size() + 2);
            }
            for (std::size_t r = 0; r < n_; ++r) {
                if (place[r] < first) continue;
                auto const& node = out.nodes[place[r]];
                if (node.feature < 0) continue;
                auto const bin = binned_[r * features_ + static_cast<std::size_t>(node.feature)];
                bool const next = bin == bins ? node.missing_next : bin <= splits[place[r] - first].bin;
                place[r] = node.next + (next ? 0 : 1);
            }
            first = next_first, end = static_cast<std::uint32_t>(out.nodes.size());
        }
    }

    Split best_split(const Sum* histogram, const std::vector<std::uint16_t>& some, const Sum& all) const {
        Split best;
        auto const without = worth(all);
        for (std::size_t k = 0; k < some.size(); ++k) {
            auto const* const cells = histogram + k * (bins + 1);
            auto const& missing = cells[bins];
            Sum next;
            // The last bin as a cut parts what is there from what is missing.
            for (std::size_t b = 0; b <= cuts_[some[k]].size() && b < bins; ++b) {
                next.add(cells[b]);
                for (bool const missing_next : {true, false}) {
                    auto a = next;
                    if (missing_next) a.add(missing);
                    Sum const other{all.g - a.g, all.h - a.h};
                    if (a.h < options_.least_weight || other.h < options_.least_weight) continue;
                    auto const gain = worth(a) + worth(other) - without;
                    if (gain > best.gain) best = {gain, some[k], b, missing_next};
                    if (missing.h == 0) break;
                }
            }
        }
        return best;
    }

    std::size_t features_, n_;
    std::span<const float> truth_, weight_;
    const TreeOptions& options_;
    std::vector<std::vector<float>> cuts_;
    std::vector<std::uint8_t> binned_;
};

BoostedTrees BoostedTrees::fit(std::span<const float> rows, std::size_t features, std::span<const float> truth, std::span<const float> weight, TreeOptions options) {
    BoostedTrees made;
    TreeFitter fitter(rows, features, truth, weight, options);
    made.prior_ = fitter.prior();
    auto const bags = static_cast<std::size_t>(std::max(1, options.bags));
    made.bags_.resize(bags);
    std::vector<std::vector<double>> gains(bags, std::vector<double>(features));
    Random const random(options.seed);
    parallel_for(bags, [&](std::size_t b) { made.bags_[b] = fitter.fit(made.prior_, random.stream("bag", b), gains[b]); }, options.threads);
    made.gains_.assign(features, 0);
    double total = 0;
    for (auto const& bag : gains)
        for (std::size_t f = 0; f < features; ++f) made.gains_[f] += bag[f], total += bag[f];
    for (auto& g : made.gains_) g /= std::max(total, 1e-9);
    return made;
}

double BoostedTrees::log_odds(std::span<const float> row) const {
    double sum = 0;
    for (auto const& bag : bags_)
        for (auto const root : bag.roots) {
            auto const* node = &bag.nodes[root];
            while (node->feature >= 0) {
                auto const v = row[static_cast<std::size_t>(node->feature)];
                bool const next = std::isnan(v) ? node->missing_next : v <= node->threshold;
                node = &bag.nodes[node->next + (next ? 0u : 1u)];
            }
            sum += static_cast<double>(node->threshold);
        }
    return bags_.empty() ? 0 : prior_ + sum / static_cast<double>(bags_.size());
}

}  // namespace kindling::matching
