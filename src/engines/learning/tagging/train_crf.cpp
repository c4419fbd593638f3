// engines/learning/tagging/train_crf.cpp -- fitting: members in turn, each by AdaGrad over shuffled sequences, then averaged.
//
// The average of a member's weights over all its steps is kept as w - u / steps with u += step * change, so that a step only touches the
// rows that it saw.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/parallel.h"
#include "core/random.h"
#include "engines/learning/tagging/crf.h"
#include "engines/learning/tagging/lattice.h"

namespace kindling::tagging {

namespace {

struct Prepared {
    std::vector<std::uint32_t> rows, ends;  // as Rows, but positions among the kept features
    std::span<const Label> labels;
};

struct Member {
    std::vector<float> weights, transition;
};

Result<void> check(std::span<const Example> examples, const Crf::Shape& shape) {
    auto const L = shape.labels;
    if (L < 2 || L > most_labels || shape.follows.size() != L * L || shape.starts.size() != L || shape.stops.size() != L) return fail(Errc::invalid_argument, "labels_invalid", "A tagger knows 2 to 64 labels, each with what may follow it.");
    if (std::ranges::all_of(examples, [](const Example& e) { return e.labels.empty(); })) return fail(Errc::invalid_argument, "no_examples", "There is nothing to learn from.");
    for (auto const& e : examples) {
        bool good = e.labels.size() == e.rows.size() && std::ranges::all_of(e.labels, [&](Label y) { return y < L; });
        if (good && !e.labels.empty()) good = shape.starts[e.labels.front()] && shape.stops[e.labels.back()];
        for (std::size_t t = 1; good && t < e.labels.size(); ++t) good = shape.follows[e.labels[t - 1] * L + e.labels[t]];
        if (!good) return fail(Errc::invalid_argument, "labels_invalid", "An example's labels do not fit its positions, or may not follow each other.");
    }
    return {};
}

}  // namespace

class CrfTrainer {
public:
    CrfTrainer(std::span<const Example> examples, const Crf::Shape& shape, const CrfTraining& plan, const Progress& progress) : shape_(shape), plan_(plan), progress_(progress), L_(shape.labels) {
        std::vector<std::uint32_t> all;
        for (auto const& e : examples) all.insert(all.end(), e.rows.features.begin(), e.rows.features.end());
        std::ranges::sort(all);
        for (std::size_t i = 0; i < all.size();) {
            auto const same = static_cast<std::size_t>(std::upper_bound(all.begin() + static_cast<std::ptrdiff_t>(i), all.end(), all[i]) - all.begin());
            if (same - i >= plan.least_count) keys_.push_back(all[i]);
            i = same;
        }
        for (auto const& e : examples) {
            if (e.labels.empty()) continue;
            Prepared p{{}, {}, e.labels};
            for (std::size_t t = 0; t < e.rows.size(); ++t) {
                for (auto const key : e.rows.at(t))
                    if (auto const found = std::ranges::lower_bound(keys_, key); found != keys_.end() && *found == key) p.rows.push_back(static_cast<std::uint32_t>(found - keys_.begin()));
                p.ends.push_back(static_cast<std::uint32_t>(p.rows.size()));
            }
            examples_.push_back(std::move(p));
        }
    }

    Result<Crf> run() {
        std::vector<std::optional<Member>> members(std::max<std::size_t>(1, plan_.members));
        parallel_for(members.size(), [&](std::size_t m) { members[m] = fit(m); }, plan_.threads);
        if (std::ranges::any_of(members, [](auto const& m) { return !m; })) return fail(Errc::conflict, "cancelled", "The training was cancelled.");
        Crf made;
        made.shape_ = shape_, made.keys_ = keys_;
        auto const share = 1 / static_cast<float>(members.size());
        std::vector<float> weights(keys_.size() * L_);
        made.transition_.assign(L_ * L_, 0);
        for (auto const& m : members) {
            for (std::size_t i = 0; i < weights.size(); ++i) weights[i] += share * m->weights[i];
            for (std::size_t i = 0; i < L_ * L_; ++i) made.transition_[i] = shape_.follows[i] ? made.transition_[i] + share * m->transition[i] : never;
        }
        float top = 1e-3f;
        for (auto const w : weights) top = std::max(top, std::abs(w));
        made.scale_ = top / 32'000;
        // Rows that round to nothing beside the others are not kept.
        std::size_t kept = 0;
        for (std::size_t row = 0; row < keys_.size(); ++row) {
            if (std::all_of(&weights[row * L_], &weights[row * L_] + L_, [&](float w) { return std::abs(w) < 0.004f; })) continue;
            made.keys_[kept++] = keys_[row];
            for (std::size_t y = 0; y < L_; ++y) made.weights_.push_back(static_cast<std::int16_t>(std::lround(weights[row * L_ + y] / made.scale_)));
        }
        made.keys_.resize(kept);
        made.index();
        return made;
    }

private:
    std::optional<Member> fit(std::size_t member) const {
        auto random = Random(plan_.seed).stream("crf", member);
        std::vector<float> w(keys_.size() * L_), g(w.size(), 1e-2f), u(w.size());
        std::vector<float> tw(L_ * L_), tg(L_ * L_, 1e-2f), tu(L_ * L_);
        for (std::size_t i = 0; i < tw.size(); ++i) tw[i] = shape_.follows[i] ? 0 : never;
        Lattice lattice(shape_, tw);
        std::vector<std::size_t> order(examples_.size());
        std::iota(order.begin(), order.end(), 0);
        std::vector<std::uint32_t> rows, ends;
        std::vector<float> score, pair_work, pairs(L_ * L_);
        float marginal[most_labels];
        std::pair<std::size_t, float> unsettled[most_labels];
        float step = 0;
        auto const change = [&](float& weight, float& squares, float& average, float gradient) {
            gradient -= plan_.l2 * weight * static_cast<float>(examples_.size());
            squares += gradient * gradient;
            auto const delta = plan_.rate * gradient / std::sqrt(squares);
            weight += delta, average += step * delta;
        };
        auto const keep = 1 - std::clamp(plan_.drop, 0.f, 0.9f);
        for (std::size_t epoch = 0; epoch < plan_.epochs; ++epoch) {
            if (progress_.stopped()) return std::nullopt;
            if (member == 0) progress_(static_cast<std::int64_t>(epoch), static_cast<std::int64_t>(plan_.epochs), "fitting the tagger");
            random.shuffle(order);
            for (auto const index : order) {
                auto const& e = examples_[index];
                auto const n = e.labels.size();
                rows.clear(), ends.clear();
                for (std::size_t t = 0, i = 0; t < n; ++t) {
                    for (; i < e.ends[t]; ++i)
                        if (keep >= 1 || static_cast<float>(random.bits() >> 40) < keep * 0x1p24f) rows.push_back(e.rows[i]);
                    ends.push_back(static_cast<std::uint32_t>(rows.size()));
                }
                score.assign(n * L_, 0);
                for (std::size_t t = 0, i = 0; t < n; ++t) {
                    auto* const s = &score[t * L_];
                    for (; i < ends[t]; ++i)
                        for (std::size_t y = 0; y < L_; ++y) s[y] += w[rows[i] * L_ + y];
                    for (std::size_t y = 0; y < L_; ++y) {
                        s[y] /= keep;
                        if (y != e.labels[t]) s[y] += e.labels[t] == 0 ? plan_.false_cost : plan_.miss_cost;
                    }
                }
                lattice.set(tw);
                lattice.run(score, n);
                ++step;
                std::ranges::fill(pairs, 0.f);
                for (std::size_t t = 0, i = 0; t < n; ++t) {
                    lattice.marginal(t, {marginal, L_});
                    // After the first passes most labels of most positions are settled; their steps would be too small to matter.
                    std::size_t open = 0;
                    for (std::size_t y = 0; y < L_; ++y)
                        if (auto const gradient = (y == e.labels[t] ? 1.f : 0.f) - marginal[y]; std::abs(gradient) > 1e-3f) unsettled[open++] = {y, gradient};
                    for (; i < ends[t]; ++i)
                        for (std::size_t k = 0; k < open; ++k) {
                            auto const at = rows[i] * L_ + unsettled[k].first;
                            change(w[at], g[at], u[at], unsettled[k].second);
                        }
                    if (t == 0) continue;
                    lattice.pairs(t, pair_work, pairs);
                    pairs[e.labels[t - 1] * L_ + e.labels[t]] -= 1;
                }
                for (std::size_t i = 0; i < tw.size(); ++i)
                    if (shape_.follows[i] && pairs[i] != 0) change(tw[i], tg[i], tu[i], -pairs[i]);
            }
        }
        for (std::size_t i = 0; i < w.size(); ++i) w[i] -= u[i] / (step + 1);
        for (std::size_t i = 0; i < tw.size(); ++i) tw[i] -= tu[i] / (step + 1);
        return Member{std::move(w), std::move(tw)};
    }

    const Crf::Shape& shape_;
    const CrfTraining& plan_;
    const Progress& progress_;
    std::size_t L_;
    std::vector<std::uint32_t> keys_;
    std::vector<Prepared> examples_;
};

Result<Crf> Crf::train(std::span<const Example> examples, Shape shape, const CrfTraining& plan, const Progress& progress) {
    TRY(check(examples, shape));
    return CrfTrainer(examples, shape, plan, progress).run();
}

}  // namespace kindling::tagging
