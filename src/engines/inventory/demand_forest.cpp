#include "engines/inventory/demand_forest.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/random.h"
#include "engines/inventory/checks.h"

namespace kindling::inventory {

namespace {

constexpr std::size_t most_bins = 48;

// Demand of one period that is expected: between the slow and the fast mean.
float expected_of(const DemandTrack::Features& f) { return 0.5F * (f[3] + f[4]); }

}  // namespace

void DemandTrack::see(double demand) {
    ++periods_;
    auto const weight = [&](double w) { return std::max(w, 1.0 / periods_); };
    bool const some = demand > 0;
    share_ += weight(o_.slow) * (some - share_), share_fast_ += weight(o_.fast) * (some - share_fast_);
    mean_ += weight(o_.slow) * (demand - mean_), mean_fast_ += weight(o_.fast) * (demand - mean_fast_), square_ += weight(o_.slow) * (demand * demand - square_);
    mean_slowest_ += weight(o_.slow / 4) * (demand - mean_slowest_), sum_ += demand, most_ = std::max(most_, demand);
    since_ = some ? 0 : since_ + 1;
    if (some) size_ += std::max(0.1, 1.0 / ++demands_) * (demand - size_), last_ = demand;
    if (window_.size() < o_.window) window_.push_back(demand);
    else window_sum_ -= std::exchange(window_[(periods_ - 1) % o_.window], demand);
    window_sum_ += demand;
}

DemandTrack::Features DemandTrack::features() const {
    double most = 0, second = 0;
    for (auto const v : window_)
        if (v > most) second = std::exchange(most, v);
        else second = std::max(second, v);
    auto const mean = window_.empty() ? 0 : window_sum_ / static_cast<double>(window_.size());
    std::array<double, feature_count> const all = {share_, share_fast_, size_, mean_, mean_fast_, static_cast<double>(since_), last_, std::sqrt(square_), most, mean,
                                                   most_, sum_ / std::max(1U, periods_), static_cast<double>(periods_), static_cast<double>(demands_), second, mean_slowest_};
    Features out;
    std::ranges::transform(all, out.begin(), [](double v) { return static_cast<float>(v); });
    return out;
}

double LeadDemand::level(double quantile) const { return protection.empty() ? 0 : static_cast<double>(protection[std::min(protection.size() - 1, static_cast<std::size_t>(quantile * static_cast<double>(protection.size())))]); }

double LeadDemand::missed(double position) const {
    auto const short_of = [&](const std::vector<float>& all) {
        double sum = 0;
        for (auto i = all.size(); i-- > 0 && static_cast<double>(all[i]) > position;) sum += static_cast<double>(all[i]) - position;
        return sum;
    };
    return protection.empty() ? 0 : std::max(0.0, short_of(protection) - short_of(lead)) / static_cast<double>(protection.size());
}

double LeadDemand::last_period() const {
    auto const sum = [](const std::vector<float>& all) { return std::accumulate(all.begin(), all.end(), 0.0); };
    return protection.empty() ? 0 : std::max(0.0, sum(protection) - sum(lead)) / static_cast<double>(protection.size());
}

// Pairs in bins of each feature, so that a split costs one pass.
class DemandForest::Grower {
public:
    Grower(const std::vector<Pair>& pairs, const ForestOptions& o) : pairs_(pairs), o_(o), target_(pairs.size()) {
        for (std::size_t i = 0; i < pairs.size(); ++i) target_[i] = std::min(pairs[i].protection / (expected_of(pairs[i].features) + 0.01F), 20.0F);
        auto const step = std::max<std::size_t>(1, pairs.size() / 20'000);
        for (std::size_t f = 0; f < DemandTrack::feature_count; ++f) {
            std::vector<float> values;
            for (std::size_t i = 0; i < pairs.size(); i += step) values.push_back(pairs[i].features[f]);
            std::ranges::sort(values);
            for (std::size_t b = 1; b < most_bins; ++b) cuts_[f].push_back(values[values.size() * b / most_bins]);
            cuts_[f].erase(std::unique(cuts_[f].begin(), cuts_[f].end()), cuts_[f].end());
            bins_[f].resize(pairs.size());
            for (std::size_t i = 0; i < pairs.size(); ++i) bins_[f][i] = static_cast<std::uint8_t>(std::ranges::upper_bound(cuts_[f], pairs[i].features[f]) - cuts_[f].begin());
        }
    }

    std::vector<Node> grow(std::uint64_t tree, std::size_t goods, std::vector<Kept>& kept) {
        auto random = Random(o_.seed).stream("forest", tree);
        std::vector<std::uint8_t> in(goods);
        for (auto& g : in) g = random.chance(o_.share_of_goods);
        std::vector<std::uint32_t> rows;
        for (std::uint32_t i = 0; i < pairs_.size(); ++i)
            if (in[pairs_[i].good]) rows.push_back(i);
        std::vector<Node> nodes{{.feature = -1, .left = 0, .right = static_cast<std::uint32_t>(rows.size())}};
        for (std::size_t n = 0; n < nodes.size(); ++n) {
            auto const from = nodes[n].left, to = nodes[n].right;
            auto const [feature, bin] = split(std::span(rows).subspan(from, to - from), random);
            if (feature < 0) continue;
            auto const f = static_cast<std::size_t>(feature);
            auto const middle = static_cast<std::uint32_t>(std::partition(rows.begin() + from, rows.begin() + to, [&](std::uint32_t i) { return bins_[f][i] <= bin; }) - rows.begin());
            auto const left = static_cast<std::uint32_t>(nodes.size());
            nodes[n] = {.feature = feature, .below = cuts_[f][bin], .left = left, .right = left + 1};
            nodes.push_back({.feature = -1, .left = from, .right = middle}), nodes.push_back({.feature = -1, .left = middle, .right = to});
        }
        for (auto& node : nodes) {
            if (node.feature >= 0) continue;
            auto const begin = static_cast<std::uint32_t>(kept.size()), size = node.right - node.left;
            for (std::size_t k = 0; k < std::min<std::size_t>(size, o_.kept_of_leaf); ++k) {  // drawn without repeats
                std::swap(rows[node.left + k], rows[node.left + k + random.below(size - k)]);
                auto const& p = pairs_[rows[node.left + k]];
                kept.push_back({p.lead, p.protection, expected_of(p.features)});
            }
            node.left = begin, node.right = static_cast<std::uint32_t>(kept.size());
        }
        return nodes;
    }

private:
    // Where the sum of squares falls most; feature -1: nowhere.
    std::pair<std::int32_t, std::size_t> split(std::span<const std::uint32_t> rows, Random& random) const {
        std::pair<std::int32_t, std::size_t> best{-1, 0};
        auto const least = static_cast<double>(o_.least_leaf), all = static_cast<double>(rows.size());
        if (all < 2 * least) return best;
        std::array<std::size_t, DemandTrack::feature_count> order;
        std::iota(order.begin(), order.end(), std::size_t{0});
        double sum = 0, most = 1e-9;
        for (auto const i : rows) sum += static_cast<double>(target_[i]);
        for (std::size_t k = 0; k < std::min(o_.features_tried, order.size()); ++k) {
            std::swap(order[k], order[k + random.below(order.size() - k)]);
            auto const f = order[k];
            std::array<double, most_bins> sums{}, counts{};
            for (auto const i : rows) sums[bins_[f][i]] += static_cast<double>(target_[i]), counts[bins_[f][i]] += 1;
            double left = 0, n = 0;
            for (std::size_t b = 0; b < cuts_[f].size(); ++b) {
                left += sums[b], n += counts[b];
                if (n < least || all - n < least) continue;
                auto const right = sum - left, gain = left * left / n + right * right / (all - n) - sum * sum / all;
                if (gain > most) most = gain, best = {static_cast<std::int32_t>(f), b};
            }
        }
        return best;
    }

    const std::vector<Pair>& pairs_;
    const ForestOptions& o_;
    std::vector<float> target_;
    std::array<std::vector<float>, DemandTrack::feature_count> cuts_;
    std::array<std::vector<std::uint8_t>, DemandTrack::feature_count> bins_;
};

Result<DemandForest> DemandForest::learn(std::span<const std::vector<double>> histories, const ForestOptions& o) {
    Checks checks;
    checks.require(o.lead >= 1 && o.lead <= 10'000, "lead", o.lead, "from 1 to 10,000 periods").require(o.stride >= 1, "stride", o.stride, "at least 1").require(o.trees >= 1 && o.trees <= 1000, "trees", o.trees, "from 1 to 1,000");
    checks.require(o.least_leaf >= 1, "least_leaf", static_cast<double>(o.least_leaf), "at least 1").require(o.kept_of_leaf >= 1, "kept_of_leaf", static_cast<double>(o.kept_of_leaf), "at least 1");
    checks.require(o.features_tried >= 1, "features_tried", static_cast<double>(o.features_tried), "at least 1").require(o.most_pairs >= 200, "most_pairs", static_cast<double>(o.most_pairs), "at least 200").share("share_of_goods", o.share_of_goods);
    checks.require(o.track.slow > 0 && o.track.slow <= 1, "track/slow", o.track.slow, "above 0 and at most 1").require(o.track.fast > 0 && o.track.fast <= 1, "track/fast", o.track.fast, "above 0 and at most 1");
    checks.require(o.track.window >= 1, "track/window", static_cast<double>(o.track.window), "at least 1");
    checks.histories(histories);
    TRY(checks.result());
    auto const lead = static_cast<std::size_t>(o.lead), stride = static_cast<std::size_t>(o.stride);
    auto random = Random(o.seed).stream("pairs", 0);
    std::vector<Pair> pairs;
    std::size_t seen = 0;
    for (std::size_t i = 0; i < histories.size(); ++i) {
        auto const& h = histories[i];
        auto const begun = static_cast<std::size_t>(std::ranges::find_if(h, [](double v) { return !std::isnan(v); }) - h.begin());
        DemandTrack track(o.track);
        for (auto t = begun; t + lead < h.size(); ++t) {
            if (track.periods() >= o.track.least_known && (h.size() - t) % stride == 0) {
                auto const sum = std::accumulate(h.begin() + static_cast<std::ptrdiff_t>(t), h.begin() + static_cast<std::ptrdiff_t>(t + lead), 0.0);
                Pair const pair{track.features(), static_cast<float>(sum), static_cast<float>(sum + h[t + lead]), static_cast<std::uint32_t>(i)};
                // Too many: each keeps the same chance (reservoir sampling, Vitter 1985).
                if (pairs.size() < o.most_pairs) pairs.push_back(pair);
                else if (auto const at = random.below(seen + 1); at < o.most_pairs) pairs[at] = pair;
                ++seen;
            }
            track.see(h[t]);
        }
    }
    if (pairs.size() < 200) return fail(Errc::failed_precondition, "history_too_short", "Levels are learned from at least 200 moments with a full protection time after; there are fewer.");
    DemandForest out;
    out.pair_count_ = pairs.size();
    Grower grower(pairs, o);
    for (int t = 0; t < o.trees; ++t) out.trees_.push_back(grower.grow(static_cast<std::uint64_t>(t), histories.size(), out.kept_));
    return out;
}

void DemandForest::ask(const DemandTrack::Features& f, LeadDemand& out) const {
    out.lead.clear(), out.protection.clear();
    auto const expected = expected_of(f);
    for (auto const& tree : trees_) {
        auto const* node = tree.data();
        while (node->feature >= 0) node = tree.data() + (f[static_cast<std::size_t>(node->feature)] < node->below ? node->left : node->right);
        for (auto k = node->left; k < node->right; ++k) {
            auto const& p = kept_[k];
            auto const scale = p.expected > 0 ? std::clamp(expected / p.expected, 0.5F, 2.0F) : 1.0F;
            out.lead.push_back(std::round(p.lead * scale)), out.protection.push_back(std::round(p.protection * scale));
        }
    }
    std::ranges::sort(out.lead), std::ranges::sort(out.protection);
}

}  // namespace kindling::inventory
