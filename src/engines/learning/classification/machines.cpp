#include "engines/learning/classification/machines.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/parallel.h"
#include "core/random.h"

namespace kindling::classification {

namespace {

constexpr std::size_t most_passes = 60;
constexpr float settled = 0.1f;   // largest violation at which a machine is done

// Algorithm 1 of Hsieh et al. for the squared hinge, with an always-one feature as the offset. weight: one for each feature, then the offset.
void descend(std::span<const Vector> vectors, const std::uint8_t* positive, std::span<const float> squares, const MachinePlan& plan, Random random, const Progress& progress, std::vector<float>& weight) {
    auto const n = vectors.size();
    auto const offset = weight.size() - 1;
    std::size_t yes = 0;
    for (std::size_t i = 0; i < n; ++i) yes += positive[i];
    auto const share = [&](std::size_t count) { return count ? std::pow(static_cast<float>(n) / (2 * static_cast<float>(count)), plan.balance) : 1.f; };
    float const diagonal[2] = {1 / (2 * plan.cost * share(n - yes)), 1 / (2 * plan.cost * share(yes))};
    std::vector<float> alpha(n, 0);
    std::vector<std::uint32_t> order(n);
    std::iota(order.begin(), order.end(), 0u);
    auto active = n;  // shrinking: examples far on their right side rest until the others are settled
    float before = INFINITY;
    for (std::size_t pass = 0; pass < most_passes && !progress.stopped(); ++pass) {
        for (auto i = active; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
        float worst = 0;
        for (std::size_t k = 0; k < active; ++k) {
            auto const i = order[k];
            auto const& v = vectors[i];
            auto const y = positive[i] ? 1.f : -1.f;
            auto z = weight[offset];
            for (std::size_t j = 0; j < v.index.size(); ++j) z += weight[v.index[j]] * v.value[j];
            auto const d = diagonal[positive[i]];
            auto const gradient = y * z - 1 + d * alpha[i];
            if (alpha[i] == 0 && gradient > before) {
                std::swap(order[k--], order[--active]);
                continue;
            }
            auto const projected = alpha[i] == 0 ? std::min(gradient, 0.f) : gradient;
            worst = std::max(worst, std::abs(projected));
            if (std::abs(projected) < 1e-9f) continue;
            auto const old = alpha[i];
            alpha[i] = std::max(old - gradient / (squares[i] + d), 0.f);
            auto const step = (alpha[i] - old) * y;
            for (std::size_t j = 0; j < v.index.size(); ++j) weight[v.index[j]] += step * v.value[j];
            weight[offset] += step;
        }
        before = worst > 0 ? worst : INFINITY;
        if (worst > settled) continue;
        if (active == n) break;
        active = n, before = INFINITY;
    }
}

}  // namespace

Vocabulary Vocabulary::of(std::span<const Bag* const> bags, std::uint32_t least_documents) {
    std::vector<std::uint32_t> all, one;
    for (auto const* const bag : bags) {
        one.clear();
        for (auto const& e : bag->entries) one.push_back(e.hash);
        std::ranges::sort(one);
        all.insert(all.end(), one.begin(), std::ranges::unique(one).begin());
    }
    std::ranges::sort(all);
    Vocabulary made;
    for (std::size_t i = 0; i < all.size();) {
        auto to = i;
        while (to < all.size() && all[to] == all[i]) ++to;
        if (to - i >= least_documents) made.keys_.push_back(all[i]), made.idf_.push_back(std::log((1 + static_cast<float>(bags.size())) / (1 + static_cast<float>(to - i))) + 1);
        i = to;
    }
    return made;
}

void Vocabulary::vector(const Bag& bag, Vector& out) const {
    std::vector<std::pair<std::uint32_t, float>> sum, block;
    std::uint32_t from = 0;
    for (auto const& b : bag.blocks) {
        block.clear();
        for (; from < b.end; ++from)
            if (auto const found = std::ranges::lower_bound(keys_, bag.entries[from].hash); found != keys_.end() && *found == bag.entries[from].hash)
                block.emplace_back(static_cast<std::uint32_t>(found - keys_.begin()), bag.entries[from].count);
        std::ranges::sort(block);
        auto const first = sum.size();
        for (std::size_t i = 0; i < block.size();) {
            float count = 0;
            auto const feature = block[i].first;
            for (; i < block.size() && block[i].first == feature; ++i) count += block[i].second;
            sum.emplace_back(feature, (1 + std::log(std::max(count, 1e-3f))) * idf_[feature]);
        }
        float squares = 0;
        for (auto i = first; i < sum.size(); ++i) squares += sum[i].second * sum[i].second;
        for (auto i = first; i < sum.size() && squares > 0; ++i) sum[i].second *= b.weight / std::sqrt(squares);
    }
    std::ranges::sort(sum);
    out.index.clear(), out.value.clear();
    for (auto const& [feature, value] : sum)
        if (!out.index.empty() && out.index.back() == feature) out.value.back() += value;
        else out.index.push_back(feature), out.value.push_back(value);
}

void Vocabulary::write(model_file::Writer& w) const { w.list<std::uint32_t>(keys_), w.list<float>(idf_); }

Vocabulary Vocabulary::read(model_file::Reader& r) {
    Vocabulary made{};
    made.keys_ = r.list<std::uint32_t>(), made.idf_ = r.list<float>();
    r.need(made.keys_.size() == made.idf_.size());
    for (std::size_t i = 1; i < made.keys_.size(); ++i) r.need(made.keys_[i - 1] < made.keys_[i]);
    for (auto const v : made.idf_) r.need(v > 0 && v < 100);
    return r.good() ? made : Vocabulary{};
}

Machines Machines::fit(std::span<const Vector> vectors, std::span<const std::uint8_t> positive, std::size_t classes, std::size_t features, const MachinePlan& plan, const Progress& progress) {
    std::vector<float> squares;
    for (auto const& v : vectors) squares.push_back(1 + std::inner_product(v.value.begin(), v.value.end(), v.value.begin(), 0.f));
    Machines made;
    made.weight_.resize(features * classes), made.offset_.resize(classes);
    parallel_for(classes, [&](std::size_t c) {
        std::vector<float> weight(features + 1);
        descend(vectors, positive.data() + c * vectors.size(), squares, plan, Random(plan.seed).stream("machine", c), progress, weight);
        for (std::size_t f = 0; f < features; ++f) made.weight_[f * classes + c] = weight[f];
        made.offset_[c] = weight[features];
    }, plan.threads);
    if (progress.stopped()) return {};
    return made;
}

void Machines::scores(const Vector& v, std::vector<float>& out) const {
    out = offset_;
    auto const C = offset_.size();
    for (std::size_t j = 0; j < v.index.size(); ++j)
        for (std::size_t c = 0; c < C; ++c) out[c] += v.value[j] * weight_[v.index[j] * C + c];
}

void Machines::write(model_file::Writer& w) const { w.list<float>(offset_), w.list<float>(weight_); }

Machines Machines::read(model_file::Reader& r, std::size_t features) {
    Machines made;
    made.offset_ = r.list<float>(), made.weight_ = r.list<float>();
    r.need(!made.offset_.empty() && made.weight_.size() == made.offset_.size() * features);
    for (auto const v : made.weight_) r.need(std::abs(v) < 1e9f);
    for (auto const v : made.offset_) r.need(std::abs(v) < 1e9f);
    return r.good() ? made : Machines{};
}

}  // namespace kindling::classification
