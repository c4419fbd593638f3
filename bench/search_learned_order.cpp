// search-learned-order: who learns an order of results better, our LambdaMART (engines/learning/ranking/lambda_trees.h) or XGBoost 1.7, on the same rows, parts and held-back queries.
//
// Learned from, and judged on queries that were not: clicks of simulated shops, their place accounted for (`clicks`) and not (`clicks_as_they_are`), and judged lists of them
// (`judgements`), held to the truth over the shop's first 100 candidates; titles of one shop as queries for listings of another (product-matching: a listing is the same item
// or it is not; the whole catalogue of each set, words and vectors give the candidates); every set in the layout of WANDS or ESCI in DIR. ndcg@10 is the mean over seeds
// (three: simulated shops, or cuts of a judged set into parts) of the mean over held-out queries, ndcg@10_spread the standard deviation between seeds; ndcg@10_over_words and
// ..._over_ours are differences of the same seeds; examination_error: how far the examination of a place lies from the truth. training_cpu_s: of one part, one thread, early stopping included. ms_of_100: scoring 100 candidates, one thread.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engines/learning/ranking/gain.h"
#include "learned_order.h"
#include "product_pairs.h"
#include "recommend.h"
#include "search.h"
#include "xgboost_ranker.h"

namespace kindling::bench {

namespace {

constexpr std::uint64_t seeds = 3;

struct Figures {
    std::vector<double> ndcg;                                         // by seed
    double sum = 0, queries = 0, cpu = 0, ms = 0, bytes = 0, trees = 0, fits = 0;
    void close() { ndcg.push_back(queries > 0 ? sum / queries : 0), sum = queries = 0; }
};
struct Spread { double mean = 0, deviation = 0; };
Spread spread(std::span<const double> values) {
    Spread out;
    auto const n = static_cast<double>(values.size());
    for (auto const v : values) out.mean += v / n;
    for (auto const v : values) out.deviation += (v - out.mean) * (v - out.mean) / std::max(1.0, n - 1);
    out.deviation = std::sqrt(out.deviation);
    return out;
}

class Comparison {
public:
    void see(const OrderFold& fold, std::uint64_t seed) {
        ranking::LambdaOptions const like{.trees = 200, .seed = seed};
        judge(figures_["words"], fold, [&](std::span<const float> rows) { return first_feature(rows, fold.testing.features); });
        auto used = process_seconds();
        auto const own = ranking::LambdaTrees::fit(fold.training, like);
        auto& ours = figures_["ours"];
        if (own) {
            ours.cpu += process_seconds() - used, ours.trees += static_cast<double>(own->trees()), ours.bytes += static_cast<double>(own->write().size()), ++ours.fits;
            judge(ours, fold, [&](std::span<const float> rows) {
                std::vector<float> out;
                for (std::size_t r = 0; r < rows.size(); r += fold.testing.features) out.push_back(static_cast<float>(own->score(rows.subspan(r, fold.testing.features))));
                return out;
            });
        }
        using Xgb = XgboostRanker;
        for (auto const& [name, options] : {std::pair{"xgboost_ndcg", Xgb::Options{.like = like}}, std::pair{"xgboost_ndcg_defaults", Xgb::Options{.shape = Xgb::Options::Shape::defaults, .like = like}}, std::pair{"xgboost_pairwise", Xgb::Options{.objective = Xgb::Objective::pairwise, .like = like}}}) {
            used = process_seconds();
            auto const model = Xgb::fit(fold.training, options);
            auto& f = figures_[name];
            f.cpu += process_seconds() - used, f.trees += static_cast<double>(model.trees()), f.bytes += static_cast<double>(model.bytes()), ++f.fits;
            judge(f, fold, [&](std::span<const float> rows) { return model.scores(rows); });
        }
    }
    void next_seed() {
        for (auto& [name, f] : figures_) f.close();
    }
    void report(BenchContext& context, std::string const& set) const {
        auto const over = [&](Figures const& f, std::string const& other) {
            std::vector<double> differences;
            for (std::size_t s = 0; s < f.ndcg.size(); ++s) differences.push_back(f.ndcg[s] - figures_.at(other).ndcg[s]);
            return spread(differences);
        };
        for (auto const& [name, f] : figures_) {
            auto const say = [&](std::string_view metric, double value, std::string_view unit) { context.report(fmt::format("{}_{}/{}", metric, name, set), value, unit); };
            auto const [mean, deviation] = spread(f.ndcg);
            say("ndcg@10", mean, "share"), say("ndcg@10_spread", deviation, "share");
            if (name == "words") continue;
            say("ndcg@10_over_words", over(f, "words").mean, "share");
            if (name != "ours") say("ndcg@10_over_ours", over(f, "ours").mean, "share"), say("ndcg@10_over_ours_spread", over(f, "ours").deviation, "share");
            say("training_cpu_s", f.cpu / f.fits, "s"), say("ms_of_100", f.ms / f.fits, "ms"), say("model_bytes", f.bytes / f.fits, "bytes"), say("trees", f.trees / f.fits, "trees");
        }
    }

private:
    static std::vector<float> first_feature(std::span<const float> rows, std::size_t features) {
        std::vector<float> out;
        for (std::size_t r = 0; r < rows.size(); r += features) out.push_back(rows[r]);
        return out;
    }
    template <class Score> static void judge(Figures& f, const OrderFold& fold, Score score) {
        auto const& data = fold.testing;
        auto const all = score(std::span(data.rows));
        for (std::size_t q = 0; q < data.queries.size(); ++q) {
            auto const from = data.queries[q], to = q + 1 < data.queries.size() ? data.queries[q + 1] : static_cast<std::uint32_t>(data.row_count());
            std::vector<std::uint32_t> order(to - from);
            std::iota(order.begin(), order.end(), from);
            std::ranges::stable_sort(order, [&](auto a, auto b) { return all[a] > all[b]; });
            std::vector<double> grades;
            for (auto const r : order) grades.push_back(data.grades[r]);
            if (auto const gain = ranking::textbook_gain(grades, fold.judged[q], 10)) f.sum += *gain, ++f.queries;
        }
        // Time: as a search asks, one query's candidates at once.
        auto const rows = std::min<std::size_t>(100, data.row_count());
        constexpr int times = 50;
        std::vector<double> took;
        for (int t = 0; t < times; ++t) {
            auto const from = (static_cast<std::size_t>(t) * 97) % (data.row_count() - rows + 1);
            auto const start = thread_milliseconds();
            (void)score(std::span(data.rows).subspan(from * data.features, rows * data.features));
            took.push_back(thread_milliseconds() - start);
        }
        f.ms += percentile(took, 0.5);
    }
    std::map<std::string, Figures> figures_;
};

// Titles of the left shop as queries; the right shop's listings as catalogue. A listing that any split calls the same item fits (2), what is called another does not (0).
JudgedSet as_judged(const ProductPairs& pairs) {
    JudgedSet out{.layout = JudgedSet::Layout::wands, .name = pairs.name, .best_grade = 2, .products = {}, .queries = {}};
    auto const nothing = std::numeric_limits<float>::quiet_NaN();
    for (std::size_t r = 0; r < pairs.right.size(); ++r) {
        JudgedProduct p{.id = std::to_string(r), .title = {}, .kind = {}, .facts = {}, .description = {}, .category = {}, .rating = nothing, .reviews = nothing};
        for (auto const& [name, value] : product_fields(pairs.right[r]))
            (name == "title" || name == "name" ? p.title : name == "description" ? p.description : name == "manufacturer" || name == "brand" ? p.kind : p.facts) += value + " ";
        out.products.push_back(std::move(p));
    }
    std::map<std::string, std::size_t> number;
    for (auto const& pair : pairs.pairs) {
        std::string title;
        for (auto const& [name, value] : product_fields(pairs.left[pair.left]))
            if (name == "title" || name == "name") title = value;
        auto const [at, fresh] = number.try_emplace(title, out.queries.size());
        if (fresh) out.queries.push_back({.id = std::to_string(at->second), .text = title, .grades = {}});
        auto& grade = out.queries[at->second].grades[pair.right];
        grade = std::max(grade, pair.same ? 2 : 0);
    }
    std::erase_if(out.queries, [](auto const& q) { return std::ranges::none_of(q.grades, [](auto const& g) { return g.second > 0; }); });
    return out;
}

}  // namespace

void run_search_learned_order(BenchContext& context) {
    std::map<LearnedFrom, Comparison> simulated;
    double missed = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        missed += each_simulated_fold(seed, [&](LearnedFrom from, OrderFold const& fold) { simulated[from].see(fold, seed); }) / seeds;
        for (auto& [from, comparison] : simulated) comparison.next_seed();
    }
    context.report("examination_error/clicks", missed, "share");
    for (auto const& [from, comparison] : simulated) comparison.report(context, from == LearnedFrom::clicks ? "clicks" : from == LearnedFrom::clicks_as_they_are ? "clicks_as_they_are" : "judgements");
    std::vector<JudgedSet> sets;
    if (auto const folder = context.find("product-matching"))
        for (auto const& pairs : load_product_pairs(*folder)) sets.push_back(as_judged(pairs));
    if (auto const folder = context.find("."))
        for (auto& set : load_judged_sets(*folder)) sets.push_back(std::move(set));
    for (auto const& set : sets) {
        Comparison comparison;
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            each_order_fold(set, context, seed, [&](OrderFold const& fold) { comparison.see(fold, seed); });
            comparison.next_seed();
        }
        comparison.report(context, set.name);
    }
}

}  // namespace kindling::bench
