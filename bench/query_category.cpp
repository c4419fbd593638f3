// query-category: which category a query means, on products that were not learned from.
//
// amazon-products-24k, three categories (toys 12,000, musical instruments 12,000, e-books 576). A fifth of the products, by a hash of their number, is
// held out; the model (engines/learning/classification/word_classes.h) is made of the others' titles. Asked for are the whole title, its first three
// words, and two neighbouring words at a place drawn by the same hash: what a shopper may type. A query without a known word counts as wrong.
// Beside it: the largest class, and a TF-IDF linear SVM over the same words (engines/learning/classification/classifier.h, C = 1), trained on the same.
// calibration_error: |sure - right| over ten bins of certainty, two-word queries. The temperature is chosen on the training part alone.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>

#include "engines/learning/classification/word_classes.h"
#include "held_out.h"
#include "modules/dialogue/product_index.h"
#include "search.h"
#include "text_rich_shop.h"

namespace kindling::bench {

namespace {

struct Listing { std::vector<std::string> words; std::uint32_t category; std::uint64_t hash; };

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

void run_query_category(BenchContext& context) {
    auto const source = text_rich_shop(context);
    if (source.products.empty()) return;
    auto const index = need(dialogue::ProductIndex::open({}));
    std::vector<Listing> training, held;
    for (std::size_t i = 0; i < source.products.size(); ++i) {
        auto const& p = source.products[i];
        auto const at = std::ranges::find(source.categories, p.category_id, &shop::Category::category_id);
        Listing listing{index->words(p.title_en, 40), static_cast<std::uint32_t>(at - source.categories.begin()), hash_of(i)};
        if (at == source.categories.end() || listing.words.empty()) continue;
        (listing.hash % 5 == 0 ? held : training).push_back(std::move(listing));
    }
    auto start = processor_seconds();
    classification::WordClasses model;
    for (std::size_t i = 0; i < training.size(); ++i) model.put(std::to_string(i), training[i].category, training[i].words, {});
    model.calibrate();
    context.report("learning_seconds", processor_seconds() - start, "s");
    std::vector<classification::Document> documents;
    for (std::size_t i = 0; i < training.size(); ++i) documents.push_back({bag_of(training[i].words), {training[i].category}, static_cast<std::uint32_t>(i)});
    start = processor_seconds();
    auto const machine = need(classification::Classifier::train(documents, {"toys", "instruments", "books"}, {}));
    context.report("learning_seconds_svm", processor_seconds() - start, "s");
    context.report("held_out_products", static_cast<double>(held.size()), "products");
    std::vector<std::size_t> sizes(3);
    for (auto const& h : held) ++sizes[h.category];
    context.report("largest_category_share", static_cast<double>(std::ranges::max(sizes)) / static_cast<double>(held.size()), "share");
    struct Kind { char const* name; std::size_t words; bool anywhere; };
    for (auto const& kind : {Kind{"title", 1000, false}, Kind{"first_three_words", 3, false}, Kind{"two_words", 2, true}}) {
        double right = 0, right_svm = 0;
        std::vector<double> sure(10), sure_right(10), bins(10), times;
        for (auto const& h : held) {
            auto const n = std::min(kind.words, h.words.size());
            auto const from = kind.anywhere ? (h.hash >> 8) % (h.words.size() - n + 1) : 0;
            auto const query = std::span(h.words).subspan(from, n);
            std::vector<std::vector<std::string>> alternatives;
            for (auto const& w : query) alternatives.push_back({w});
            start = processor_seconds();
            auto const likely = model.predict(alternatives);
            times.push_back((processor_seconds() - start) * 1e6);
            bool const hit = !likely.empty() && likely[0].class_ == h.category;
            right += hit;
            auto const labels = machine.labels(bag_of(query));
            right_svm += !labels.empty() && labels[0] == h.category;
            if (likely.empty()) continue;
            auto const bin = std::min<std::size_t>(9, static_cast<std::size_t>(likely[0].probability * 10));
            sure[bin] += likely[0].probability, sure_right[bin] += hit, ++bins[bin];
        }
        auto const n = static_cast<double>(held.size());
        context.report(fmt::format("accuracy/{}", kind.name), right / n, "share");
        context.report(fmt::format("accuracy_svm/{}", kind.name), right_svm / n, "share");
        if (!kind.anywhere) continue;
        double error = 0, all = 0;
        for (std::size_t b = 0; b < 10; ++b) error += std::abs(sure[b] - sure_right[b]), all += bins[b];
        context.report("calibration_error/two_words", error / std::max(1.0, all), "share");
        context.report("p99_us", percentile(times, 0.99), "us");
    }
}

}  // namespace kindling::bench
