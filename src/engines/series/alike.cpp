#include "engines/series/alike.h"

#include <algorithm>
#include <cmath>

namespace kindling::series {

namespace {

constexpr std::size_t enough = 1200, fewest = 400;

}  // namespace

AlikeDemand::Place AlikeDemand::place(std::span<const double> history, double mean) {
    double sum = 0, sales = 0, recent = 0;
    for (double const v : history) sum += v, sales += v > 0;
    auto const newest = history.last(std::min(history.size(), std::max<std::size_t>(4, history.size() / 4)));
    for (double const v : newest) recent += v / static_cast<double>(newest.size());
    // What is added keeps a mean of a sale in fifty steps and none at all near each other.
    return {std::log(mean + 0.05), std::log((sales > 0 ? sum / sales : 0) + 0.5), std::log(recent + 0.05)};
}

void AlikeDemand::add(std::size_t good, std::span<const double> history, double mean, std::span<const double> after) {
    lessons_.push_back({place(history, mean), good, sold_.size(), after.size()});
    sold_.insert(sold_.end(), after.begin(), after.end());
    largest_mean_ = std::max(largest_mean_, mean);
}

void AlikeDemand::finish() {
    double const n = std::max(1.0, static_cast<double>(lessons_.size()));
    for (std::size_t i = 0; i < scale_.size(); ++i) {
        double sum = 0, squares = 0;
        for (auto const& l : lessons_) sum += l.place[i], squares += l.place[i] * l.place[i];
        scale_[i] = std::sqrt(std::max(squares / n - sum / n * (sum / n), 1e-6));
    }
}

std::vector<double> AlikeDemand::near(std::span<const double> history, double mean, std::size_t except) const {
    if (sold_.size() < fewest || !(mean <= largest_mean_)) return {};
    auto const at = place(history, mean);
    std::vector<std::pair<double, const Lesson*>> found;
    found.reserve(lessons_.size());
    for (auto const& l : lessons_) {
        if (l.good == except) continue;
        double distance = 0;
        for (std::size_t i = 0; i < at.size(); ++i) distance += (at[i] - l.place[i]) * (at[i] - l.place[i]) / (scale_[i] * scale_[i]);
        found.emplace_back(distance, &l);
    }
    // Lessons hold about as many values each; equally near ones are taken in the order they were taught.
    std::size_t const wanted = std::min(enough, sold_.size() / 4), taken = std::min(found.size(), std::max<std::size_t>(1, wanted * lessons_.size() / sold_.size()));
    std::ranges::nth_element(found, found.begin() + static_cast<std::ptrdiff_t>(taken) - 1);
    std::vector<double> out;
    for (auto const& [distance, lesson] : std::span(found).first(taken)) {
        auto const sold = std::span(sold_).subspan(lesson->first, lesson->count);
        out.insert(out.end(), sold.begin(), sold.end());
    }
    std::ranges::sort(out);
    return out;
}

}  // namespace kindling::series
