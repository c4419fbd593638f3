#include "engines/learning/recommend/ranker.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/random.h"

namespace kindling::recommend {

Ranker Ranker::plain() {
    Ranker r;
    auto const set = [&](std::string_view name, float weight) {
        for (std::size_t k = 0; k < feature_count; ++k)
            if (feature_names[k].name == name) r.weight[k] = weight;
    };
    set("base", 0.4f), set("near", 0.4f), set("hop", 0.2f), set("recent", 0.2f), set("alike_history", 1), set("preferred", 1), set("seen_near", -0.2f), set("seen", 1), set("faded", 0.3f);
    return r;
}

double log_likelihood(std::span<const RankerExample> examples, const Ranker& ranker) {
    double sum = 0;
    std::vector<double> scores;
    for (auto const& e : examples) {
        scores.clear();
        for (auto const& x : e.features) scores.push_back(static_cast<double>(ranker.score(x)));
        auto const most = std::ranges::max(scores);
        double total = 0, mine = 0;
        for (auto const s : scores) total += std::exp(s - most);
        for (auto const a : e.answers) mine += scores[a] - most;
        sum += mine / static_cast<double>(e.answers.size()) - std::log(total);
    }
    return sum / static_cast<double>(std::max<std::size_t>(examples.size(), 1));
}

Result<Ranker> fit_ranker(std::span<const RankerExample> examples, RankerOptions options, const Progress& progress) {
    if (examples.size() < least_examples) return fail(Errc::failed_precondition, "too_few_questions", fmt::format("The blend needs at least {} questions whose answer is among the candidates; there are {}.", least_examples, examples.size()));
    constexpr auto n = feature_count;
    using Sums = std::array<double, n>;
    Sums mean{}, deviation{};
    double rows = 0;
    for (auto const& e : examples)
        for (auto const& x : e.features) {
            rows += 1;
            for (std::size_t k = 0; k < n; ++k) mean[k] += static_cast<double>(x[k]);
        }
    for (auto& m : mean) m /= rows;
    for (auto const& e : examples)
        for (auto const& x : e.features)
            for (std::size_t k = 0; k < n; ++k) deviation[k] += (static_cast<double>(x[k]) - mean[k]) * (static_cast<double>(x[k]) - mean[k]);
    std::array<float, n> scale{}, centre{};
    for (std::size_t k = 0; k < n; ++k) {
        deviation[k] = std::sqrt(deviation[k] / rows);
        scale[k] = deviation[k] > 1e-6 ? static_cast<float>(1 / deviation[k]) : 0.0f;  // a feature that never changes says nothing
        centre[k] = static_cast<float>(mean[k]);
    }

    std::array<float, n> w{};
    std::array<float, n> squares{};
    squares.fill(1e-3f);
    std::vector<std::uint32_t> order(examples.size());
    std::iota(order.begin(), order.end(), 0u);
    Random random(options.seed);
    std::vector<std::array<float, n>> z;
    std::vector<float> p;
    std::array<double, n> sum{};  // of the weights in the second half: their mean is steadier than the last
    double taken = 0;
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
        if (progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "Fitting was stopped.");
        progress(epoch, options.epochs, "fitting the blend");
        random.shuffle(order);
        for (auto const i : order) {
            auto const& e = examples[i];
            z.resize(e.features.size()), p.resize(e.features.size());
            float most = -1e30f;
            for (std::size_t c = 0; c < e.features.size(); ++c) {
                float s = 0;
                for (std::size_t k = 0; k < n; ++k) z[c][k] = (e.features[c][k] - centre[k]) * scale[k], s += w[k] * z[c][k];
                p[c] = s, most = std::max(most, s);
            }
            float total = 0;
            for (auto& x : p) total += x = std::exp(x - most);
            std::array<float, n> gradient{};
            for (std::size_t c = 0; c < e.features.size(); ++c)
                for (std::size_t k = 0; k < n; ++k) gradient[k] -= p[c] / total * z[c][k];
            for (auto const a : e.answers)
                for (std::size_t k = 0; k < n; ++k) gradient[k] += z[a][k] / static_cast<float>(e.answers.size());
            for (std::size_t k = 0; k < n; ++k) {
                gradient[k] -= static_cast<float>(options.decay) * w[k];
                squares[k] += gradient[k] * gradient[k];
                w[k] += static_cast<float>(options.rate) * gradient[k] / std::sqrt(squares[k]);
            }
            if (epoch * 2 >= options.epochs) {
                taken += 1;
                for (std::size_t k = 0; k < n; ++k) sum[k] += static_cast<double>(w[k]);
            }
        }
    }
    Ranker r;
    for (std::size_t k = 0; k < n; ++k) r.weight[k] = static_cast<float>(sum[k] / std::max(taken, 1.0)) * scale[k], r.mean[k] = centre[k];
    // Wishes that nobody stated in training are taken at their word: a Preference's weight is in log-odds.
    if (constexpr std::size_t preferred = 5; scale[preferred] == 0) {
        static_assert(feature_names[preferred].name == "preferred");
        r.weight[preferred] = 1;
    }
    return r;
}

}  // namespace kindling::recommend
