#include "engines/learning/ranking/gain.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace kindling::ranking {

namespace {

double discounted(std::span<const double> gains, std::size_t k) {
    double sum = 0;
    for (std::size_t i = 0; i < gains.size() && (k == 0 || i < k); ++i) sum += gains[i] / std::log2(static_cast<double>(i) + 2);
    return sum;
}

std::vector<double> exponential(std::span<const double> grades) {
    std::vector<double> out;
    for (auto const g : grades) out.push_back(std::exp2(g) - 1);
    return out;
}

}  // namespace

std::optional<double> plain_gain(std::span<const double> gains, std::span<const double> judged, std::size_t k) {
    std::vector<double> ideal(judged.begin(), judged.end());
    std::ranges::sort(ideal, std::greater<>());
    auto const best = discounted(ideal, k);
    if (best <= 0) return std::nullopt;
    return discounted(gains, k) / best;
}

std::optional<double> textbook_gain(std::span<const double> grades, std::span<const double> judged, std::size_t k) { return plain_gain(exponential(grades), exponential(judged), k); }

double fixed_ideal_gain(std::span<const double> grades, double ideal_grade, std::size_t k) {
    double sum = 0, ideal = 0;
    for (std::size_t i = 0; i < k; ++i) {
        ideal += (std::exp2(ideal_grade) - 1) / static_cast<double>(i + 1);
        if (i < grades.size()) sum += (std::exp2(grades[i]) - 1) / static_cast<double>(i + 1);
    }
    return ideal > 0 ? sum / ideal : 0;
}

}  // namespace kindling::ranking
