#include "engines/learning/matching/matcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/parallel.h"
#include "core/random.h"

namespace kindling::matching {

namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t first_columns = pair_features + rival_features + 1, last_columns = first_columns + 1 + rival_features;

// The rows of some pairs one after the other.
std::vector<float> pick(std::span<const float> rows, std::size_t columns, std::span<const std::size_t> places) {
    std::vector<float> out;
    out.reserve(places.size() * columns);
    for (auto const p : places) out.insert(out.end(), rows.begin() + static_cast<std::ptrdiff_t>(p * columns), rows.begin() + static_cast<std::ptrdiff_t>((p + 1) * columns));
    return out;
}

}  // namespace

std::size_t Field::place_of(Pair pair) const { return static_cast<std::size_t>(std::ranges::lower_bound(pairs, pair) - pairs.begin()); }

Field make_field(const Pool& pool, std::span<const Pair> asked, BlockOptions options) {
    Field field;
    field.pairs = candidates(pool, options);
    field.pairs.insert(field.pairs.end(), asked.begin(), asked.end());
    std::ranges::sort(field.pairs);
    field.pairs.erase(std::unique(field.pairs.begin(), field.pairs.end()), field.pairs.end());
    field.features.resize(field.pairs.size());
    std::vector<float> plain(field.pairs.size());
    parallel_for((field.pairs.size() + 255) / 256, [&](std::size_t block) {
        Alignment scratch;
        for (auto p = block * 256; p < std::min(field.pairs.size(), (block + 1) * 256); ++p) field.features[p] = compare(pool, field.pairs[p], scratch), plain[p] = plain_score(field.features[p]);
    });
    field.plain_rivals = rivals(pool, field.pairs, plain);
    return field;
}

std::size_t Matcher::fold_of(Pair pair) const {
    auto const at = std::ranges::lower_bound(folds_, pair, {}, [](auto const& f) { return f.first; });
    return at != folds_.end() && at->first == pair ? at->second : words_.size();
}

std::vector<std::uint8_t> Matcher::folds_of(const Field& field, Listings listings) const {
    std::vector<std::uint8_t> out(field.pairs.size(), static_cast<std::uint8_t>(words_.size()));
    for (std::size_t p = 0; p < out.size() && listings == Listings::learned_from; ++p) out[p] = static_cast<std::uint8_t>(fold_of(field.pairs[p]));
    return out;
}

std::vector<float> Matcher::first_rows(const Pool& pool, const Field& field, std::span<const std::uint8_t> folds) const {
    std::vector<float> rows(field.pairs.size() * first_columns, unknown);
    Alignment scratch;
    for (std::size_t p = 0; p < field.pairs.size(); ++p) {
        auto* const row = rows.data() + p * first_columns;
        std::ranges::copy(field.features[p], row);
        if (use_rivals_) std::ranges::copy(field.plain_rivals[p], row + pair_features);
        float words = 0;
        if (folds[p] < words_.size()) words = words_[folds[p]].log_odds(pool, field.pairs[p], field.features[p], scratch);
        else
            for (auto const& w : words_) words += w.log_odds(pool, field.pairs[p], field.features[p], scratch) / static_cast<float>(words_.size());
        row[pair_features + rival_features] = words;
    }
    return rows;
}

std::vector<float> Matcher::last_rows(const Pool& pool, const Field& field, std::span<const std::uint8_t> folds, std::span<const float> first) const {
    auto const n = field.pairs.size(), count = words_.size();
    // seen_by[k][p]: of pair p by models without fold k and without its own; [count]: by models without its own, all of them for others.
    std::vector<std::vector<float>> seen_by(count + 1, std::vector<float>(n));
    bool const labelled = std::ranges::any_of(folds, [&](auto f) { return f < count; });
    parallel_for((n + 255) / 256, [&](std::size_t block) {
        for (auto p = block * 256; p < std::min(n, (block + 1) * 256); ++p) {
            auto const row = first.subspan(p * first_columns, first_columns);
            double sum = 0;
            for (std::size_t k = 0; k < count; ++k) {
                auto const odds = without(folds[p] < count ? folds[p] : k, k).log_odds(row);
                seen_by[k][p] = static_cast<float>(probability(odds));
                if (folds[p] == k) sum = odds;
                else if (folds[p] == count) sum += odds / static_cast<double>(count);
            }
            seen_by[count][p] = static_cast<float>(probability(sum));
        }
    });
    std::vector<float> rows(n * last_columns, unknown);
    for (std::size_t k = labelled ? 0 : count; k <= count; ++k) {
        auto const among = use_rivals_ ? rivals(pool, field.pairs, seen_by[k]) : std::vector<std::array<float, rival_features>>();
        for (std::size_t p = 0; p < n; ++p) {
            if (folds[p] != k) continue;
            auto* const row = rows.data() + p * last_columns;
            std::ranges::copy(first.subspan(p * first_columns, first_columns), row);
            row[first_columns] = seen_by[k][p];
            if (use_rivals_) std::ranges::copy(among[p], row + first_columns + 1);
        }
    }
    return rows;
}

Result<Matcher> Matcher::train(const Pool& pool, const Field& field, std::span<const Label> labels, TrainOptions options) {
    auto const matches = static_cast<std::size_t>(std::ranges::count(labels, true, &Label::same));
    if (matches < least_matches || labels.size() - matches < least_matches)
        return fail(Errc::failed_precondition, "too_few_labels", fmt::format("Learning takes {} pairs that are the same and {} that are not; there are {} and {}.", least_matches, least_matches, matches, labels.size() - matches));
    Matcher made;
    made.use_rivals_ = options.use_rivals;
    auto const count = options.folds;
    // Folds with as many matches each; a pair that was labelled twice is in one of them.
    std::vector<std::size_t> order(labels.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    Random(options.seed).shuffle(order);
    std::ranges::stable_sort(order, {}, [&](auto i) { return labels[i].same; });
    for (std::size_t k = 0; k < order.size(); ++k) made.folds_.emplace_back(labels[order[k]].pair, static_cast<std::uint8_t>(k % count));
    std::ranges::stable_sort(made.folds_, {}, [](auto const& f) { return f.first; });
    made.folds_.erase(std::unique(made.folds_.begin(), made.folds_.end(), [](auto const& a, auto const& b) { return a.first == b.first; }), made.folds_.end());
    made.words_.resize(count);
    std::vector<std::size_t> fold(labels.size()), places(labels.size());
    std::vector<float> truth(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) fold[i] = made.fold_of(labels[i].pair), places[i] = field.place_of(labels[i].pair), truth[i] = labels[i].same ? 1.0f : 0.0f;

    parallel_for(count, [&](std::size_t k) {
        std::vector<Pair> pairs;
        std::vector<PairFeatures> features;
        std::vector<float> t;
        for (std::size_t i = 0; i < labels.size(); ++i)
            if (fold[i] != k) pairs.push_back(labels[i].pair), features.push_back(field.features[places[i]]), t.push_back(truth[i]);
        made.words_[k] = WordWeights::fit(pool, pairs, features, t, options.seed);
    }, options.trees.threads);
    auto const fit_without = [&](std::span<const float> rows, std::size_t columns, std::size_t j, std::size_t k) {
        std::vector<std::size_t> at;
        std::vector<float> t;
        for (std::size_t i = 0; i < labels.size(); ++i)
            if (fold[i] != j && fold[i] != k) at.push_back(places[i]), t.push_back(truth[i]);
        auto tree_options = options.trees;
        tree_options.seed = (options.seed * 100 + j) * 100 + k;
        return BoostedTrees::fit(pick(rows, columns, at), columns, t, {}, tree_options);
    };
    auto const folds = made.folds_of(field, Listings::learned_from);
    auto const first = made.first_rows(pool, field, folds);
    made.first_.resize(count * count);
    for (std::size_t j = 0; j < count; ++j)
        for (std::size_t k = j; k < count; ++k)
            if (j == k || options.use_rivals) made.first_[j * count + k] = fit_without(first, first_columns, j, k);
    auto const last = made.last_rows(pool, field, folds, first);
    made.held_back_.resize(labels.size());
    for (std::size_t k = 0; k < count; ++k) {
        auto const judge = fit_without(last, last_columns, k, k);
        for (std::size_t i = 0; i < labels.size(); ++i)
            if (fold[i] == k) made.held_back_[i] = static_cast<float>(probability(judge.log_odds(std::span<const float>(last).subspan(places[i] * last_columns, last_columns))));
    }
    made.last_ = fit_without(last, last_columns, count, count);
    return made;
}

std::vector<float> Matcher::judge(const Pool& pool, const Field& field, Listings listings) const {
    auto const folds = folds_of(field, listings);
    auto const last = last_rows(pool, field, folds, first_rows(pool, field, folds));
    std::vector<float> out(field.pairs.size());
    for (std::size_t p = 0; p < out.size(); ++p) out[p] = static_cast<float>(probability(last_.log_odds(std::span<const float>(last).subspan(p * last_columns, last_columns))));
    return out;
}

}  // namespace kindling::matching
