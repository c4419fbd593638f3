#include "engines/vector/train.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/random.h"
#include "engines/vector/cooccurrence.h"

namespace kindling::vector {

namespace {

// A bag as rows of the table and what each adds.
using Rows = std::vector<std::pair<std::uint32_t, float>>;

struct Example {
    std::uint32_t query = 0, item = 0;  // numbers of Rows
    float weight = 1;
};

// Views that the compiler's -O2 would not make vector code of by itself.
using Numbers = Eigen::Map<Eigen::ArrayXf>;
Numbers numbers(std::span<float> v) { return {v.data(), static_cast<Eigen::Index>(v.size())}; }
Eigen::Map<const Eigen::ArrayXf> numbers(std::span<const float> v) { return {v.data(), static_cast<Eigen::Index>(v.size())}; }

double dot(std::span<const float> a, std::span<const float> b) { return (numbers(a) * numbers(b)).sum(); }

}  // namespace

class Trainer {
public:
    Trainer(std::span<const ItemText> items, std::span<const Answered> answered, std::span<const Together> together, const TrainOptions& options) : items_(items), answered_(answered), together_(together), options_(options), space_(new Space()) {}

    Result<std::shared_ptr<const Space>> run() {
        options_.start ? go_on() : count();
        if (space_->names_.size() < 2) return fail(Errc::invalid_argument, "nothing_to_learn", "Fewer than two words occur often enough to learn vectors from.");
        if (!options_.start) from_texts();
        if (!options_.stop.stop_requested()) from_behaviour();
        if (options_.stop.stop_requested()) return fail(Errc::failed_precondition, "cancelled", "Learning was stopped.");
        space_->finish();
        return std::shared_ptr<const Space>(space_);
    }

private:
    void count() {
        ByText<std::pair<std::uint64_t, std::uint64_t>> seen;  // times, first seen
        std::uint64_t order = 0;
        auto const note = [&](const Bag& bag) {
            for (auto const& w : bag) {
                if (w.word.empty() || w.word.size() > 512 || w.word.front() == '\x1f') continue;
                auto const [place, fresh] = seen.try_emplace(w.word, 0, order);
                ++place->second.first, ++order;
            }
        };
        for (auto const& item : items_) note(item.words);
        for (auto const& a : answered_) note(a.query);
        std::vector<std::pair<const std::string*, std::pair<std::uint64_t, std::uint64_t>>> words;
        for (auto const& [word, n] : seen)
            if (n.first >= options_.fewest) words.emplace_back(&word, n);
        std::ranges::sort(words, [](auto const& a, auto const& b) { return a.second.first != b.second.first ? a.second.first > b.second.first : a.second.second < b.second.second; });
        if (words.size() > options_.most_words) words.resize(options_.most_words);
        double const all = static_cast<double>(std::max<std::uint64_t>(order, 1));
        space_->dimensions_ = options_.dimensions;
        for (auto const& [word, n] : words) {
            space_->index_.emplace(*word, static_cast<std::uint32_t>(space_->names_.size()));
            space_->names_.push_back(*word);
            space_->weights_.push_back(static_cast<float>(options_.frequency / (options_.frequency + static_cast<double>(n.first) / all)));
        }
    }

    void go_on() {
        *space_ = *options_.start;
        options_.dimensions = space_->dimensions_;
        ByText<std::uint64_t> seen;
        std::vector<std::string> order;
        for (auto const& a : answered_)
            for (auto const& w : a.query)
                if (!w.word.empty() && w.word.size() <= 512 && w.word.front() != '\x1f' && !space_->index_.contains(w.word) && ++seen[w.word] == options_.fewest) order.push_back(w.word);
        for (auto const& word : order) space_->index_.emplace(word, static_cast<std::uint32_t>(space_->names_.size())), space_->names_.push_back(word), space_->weights_.push_back(1);
        space_->vectors_.resize(space_->names_.size() * options_.dimensions, 0);
    }

    void note(const Bag& bag, float least, std::vector<Occurrence>& out) const {
        for (auto const& w : bag)
            if (auto const found = space_->index_.find(w.word); found != space_->index_.end() && w.weight >= least) out.push_back({found->second, w.weight});
    }

    void from_texts() {
        std::vector<std::vector<Occurrence>> texts;
        for (auto const& item : items_) note(item.words, 0, texts.emplace_back());
        for (auto const& a : answered_) {
            if (a.item >= items_.size()) continue;
            auto& text = texts.emplace_back();
            note(a.query, 0, text);
            auto const own = text.size();
            note(items_[a.item].words, 1, text);
            if (text.size() > own + options_.window) text.resize(own + options_.window);
        }
        auto const matrix = positive_information(texts, space_->names_.size(), options_.window, options_.stop);
        auto const k = static_cast<std::size_t>(options_.dimensions);
        space_->vectors_.assign(space_->names_.size() * k, 0);
        if (options_.stop.stop_requested()) return;
        auto const found = leading_eigenvectors(matrix, k, options_.seed);
        auto const width = found.values.size();
        for (std::size_t w = 0; w < space_->names_.size(); ++w) {
            auto* const row = space_->vectors_.data() + w * k;
            double square = 0;
            for (std::size_t c = 0; c < width; ++c) row[c] = static_cast<float>(found.vectors[w * width + c] * std::sqrt(std::abs(found.values[c]))), square += static_cast<double>(row[c]) * row[c];
            // Directions say what a word means, lengths mostly how often it was counted; the weight says that better.
            if (square > 1e-18) for (std::size_t c = 0; c < k; ++c) row[c] = static_cast<float>(row[c] / std::sqrt(square));
        }
    }

    Rows rows_of(const Bag& bag) const {
        Rows out;
        for (auto const& w : bag)
            if (auto const found = space_->index_.find(w.word); found != space_->index_.end()) out.emplace_back(found->second, w.weight * space_->weights_[found->second]);
        return out;
    }

    // Items that behaviour speaks of get a token of their own, at first nothing.
    void from_behaviour() {
        std::vector<char> spoken(items_.size(), 0);
        for (auto const& a : answered_) if (a.item < items_.size()) spoken[a.item] = 1;
        for (auto const& t : together_) if (t.one < items_.size() && t.other < items_.size()) spoken[t.one] = spoken[t.other] = 1;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            bags_.push_back(rows_of(items_[i].words));
            if (!spoken[i] || items_[i].id.size() > 500) continue;
            if (auto const known = space_->index_.find(item_token(items_[i].id)); known != space_->index_.end()) {
                bags_.back().emplace_back(known->second, 1.0f);
                continue;
            }
            bags_.back().emplace_back(static_cast<std::uint32_t>(space_->names_.size()), 1.0f);
            space_->index_.emplace(item_token(items_[i].id), static_cast<std::uint32_t>(space_->names_.size()));
            space_->names_.push_back(item_token(items_[i].id)), space_->weights_.push_back(1);
        }
        space_->vectors_.resize(space_->names_.size() * options_.dimensions, 0);
        for (auto const& a : answered_) {
            if (a.item >= items_.size() || !(a.weight > 0)) continue;
            auto rows = rows_of(a.query);
            if (rows.empty()) continue;
            examples_.push_back({static_cast<std::uint32_t>(bags_.size()), a.item, a.weight});
            bags_.push_back(std::move(rows));
        }
        for (auto const& t : together_) {
            if (t.one >= items_.size() || t.other >= items_.size() || t.one == t.other || !(t.weight > 0)) continue;
            examples_.push_back({t.one, t.other, t.weight});
            examples_.push_back({t.other, t.one, t.weight});
        }
        if (examples_.size() < 2) return;
        before_ = space_->vectors_;
        squares_.assign(space_->vectors_.size(), 1e-8f);
        Random random(options_.seed ^ 0x5EED);
        std::vector<double> sums;
        double sum = 0;
        for (auto const& e : examples_) sums.push_back(sum += e.weight);
        auto const n = std::min(options_.most_examples, examples_.size());
        std::vector<std::uint32_t> order(n);
        for (int epoch = 0; epoch < options_.epochs && !options_.stop.stop_requested(); ++epoch) {
            for (auto& o : order) o = static_cast<std::uint32_t>(std::min<std::size_t>(static_cast<std::size_t>(std::ranges::upper_bound(sums, random.uniform() * sum) - sums.begin()), sums.size() - 1));
            for (std::size_t from = 0; from < n && !options_.stop.stop_requested(); from += options_.batch) step(std::span(order).subspan(from, std::min(options_.batch, n - from)), random);
        }
        // Half way back (Wortsman et al. 2022): what behaviour never spoke of was only ever a wrong answer, and would be pushed away from everything.
        for (std::size_t i = 0; i < before_.size(); ++i) space_->vectors_[i] = (space_->vectors_[i] + before_[i]) / 2;
    }

    std::span<float> part(std::vector<float>& all, std::size_t i) const { return std::span(all).subspan(i * options_.dimensions, options_.dimensions); }
    std::span<const float> part(const std::vector<float>& all, std::size_t i) const { return std::span(all).subspan(i * options_.dimensions, options_.dimensions); }

    // A text's vector, made one long; its length before.
    float gather(const Rows& rows, std::span<float> out) const {
        auto sum = numbers(out);
        sum = 0;
        for (auto const& [row, weight] : rows) sum += weight * numbers(part(std::as_const(space_->vectors_), row));
        auto const length = static_cast<float>(std::sqrt(std::max(1e-12, dot(out, out))));
        sum /= length;
        return length;
    }

    void spread(const Rows& rows, std::span<const float> unit, float length, std::span<float> gradient) {
        // Through the division by the length: what points along the vector changes nothing.
        auto const along = static_cast<float>(dot(unit, gradient));
        auto pull = numbers(gradient);
        pull = (pull - along * numbers(unit)) / length;
        Eigen::ArrayXf g(pull.size());
        for (auto const& [row, weight] : rows) {
            auto v = numbers(part(space_->vectors_, row)), squares = numbers(part(squares_, row));
            g = weight * pull + static_cast<float>(options_.anchor) * (v - numbers(part(before_, row)));
            squares += g.square();
            v -= static_cast<float>(options_.rate) * g / squares.sqrt();
        }
    }

    void step(std::span<const std::uint32_t> batch, Random& random) {
        auto const k = static_cast<std::size_t>(options_.dimensions), n = batch.size();
        // Wrong answers: what others in the batch were answered with, which is often what is popular, and as many items drawn evenly.
        std::vector<std::uint32_t> answered;
        for (auto const b : batch) answered.push_back(examples_[b].item);
        for (std::size_t i = 0; i < n; ++i) answered.push_back(static_cast<std::uint32_t>(random.below(items_.size())));
        auto const m = answered.size();
        std::vector<float> queries(n * k), answers(m * k), query_lengths(n), answer_lengths(m), pull_query(n * k, 0), pull_answer(m * k, 0);
        for (std::size_t i = 0; i < n; ++i) query_lengths[i] = gather(bags_[examples_[batch[i]].query], part(queries, i));
        for (std::size_t j = 0; j < m; ++j) answer_lengths[j] = gather(bags_[answered[j]], part(answers, j));
        std::vector<double> chances(m);
        for (std::size_t i = 0; i < n; ++i) {
            double most = -1e300, total = 0;
            for (std::size_t j = 0; j < m; ++j) {
                // The same item elsewhere in the batch is no wrong answer.
                bool const same = j != i && answered[j] == answered[i];
                chances[j] = same ? -1e300 : dot(part(queries, i), part(answers, j)) / options_.temperature;
                most = std::max(most, chances[j]);
            }
            for (auto& c : chances) c = std::exp(c - most), total += c;
            for (std::size_t j = 0; j < m; ++j) {
                auto const g = static_cast<float>((chances[j] / total - (i == j ? 1 : 0)) / options_.temperature);
                if (std::abs(g) < 1e-5f) continue;
                numbers(part(pull_query, i)) += g * numbers(part(answers, j)), numbers(part(pull_answer, j)) += g * numbers(part(queries, i));
            }
        }
        for (std::size_t i = 0; i < n; ++i) spread(bags_[examples_[batch[i]].query], part(queries, i), query_lengths[i], part(pull_query, i));
        for (std::size_t j = 0; j < m; ++j) spread(bags_[answered[j]], part(answers, j), answer_lengths[j], part(pull_answer, j));
    }

    std::span<const ItemText> items_;
    std::span<const Answered> answered_;
    std::span<const Together> together_;
    TrainOptions options_;
    std::shared_ptr<Space> space_;
    std::vector<Rows> bags_;  // items first, then queries
    std::vector<Example> examples_;
    std::vector<float> before_, squares_;
};

Result<std::shared_ptr<const Space>> train(std::span<const ItemText> items, std::span<const Answered> answered, std::span<const Together> together, const TrainOptions& options) {
    if (options.dimensions < 2 || options.dimensions > 1024 || options.batch < 2) return fail(Errc::invalid_argument, "nothing_to_learn", "Vectors have 2 to 1,024 components and batches two examples at least.");
    return Trainer(items, answered, together, options).run();
}

}  // namespace kindling::vector
