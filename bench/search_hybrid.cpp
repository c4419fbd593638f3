// search-hybrid: words, vectors, both together and a learned order, on a set that judges have graded (judged_set.h says which layouts).
//
// Every method sees the same catalogue: the shop's own index (BM25F, title 1, kind 0.7, facts 0.5, description 0.2), vectors learned from the products' texts
// alone, vectors refined by judgements, both fused, and LambdaMART over the pool (200 by words, 100 by vectors). Nothing is learned from a query that is
// measured: where the set has a split it is kept; else queries are cut into five parts by a hash of their id and each part is answered by what the other four
// taught. What the trees learn from is refined on the other half of the training queries, so that they do not take remembered answers for likeness.
//
// ndcg@10: gain 2^grade - 1, discount 1 / log2(rank + 1), ideal of the judged list. ndcg_fixed@10: discount 1 / rank, ideal = the best grade at all ten places
// (the definition of the public WANDS and ESCI experiments of softwaredoug). best@10: share of the first ten that have the best grade. ESCI also: ndcg_judged,
// the judged list in another order, gains 1, 0.1, 0.01, 0, no cut (task 1 of the set). What was not judged counts as grade 0.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "core/parallel.h"
#include "core/stable_hash.h"
#include "engines/learning/ranking/features.h"
#include "engines/learning/ranking/fusion.h"
#include "engines/learning/ranking/gain.h"
#include "engines/learning/ranking/lambda_trees.h"
#include "engines/text/analysis/analyzer.h"
#include "engines/vector/scan.h"
#include "engines/vector/train.h"
#include "judged_set.h"
#include "learned_order.h"
#include "recommend.h"
#include "search.h"

namespace kindling::bench {

namespace {

constexpr std::size_t by_words = 200, by_vectors = 100, most_texts = 200'000, most_training = 4'000;

std::uint64_t hash_of(std::string_view text) {
    auto const h = stable_hash(text);
    return h ^ (h >> 29);
}

class Experiment {
public:
    Experiment(const JudgedSet& set, BenchContext& context) : set_(set), context_(context), analyzer_(need(text::Analyzer::create({}))) {}

    void run() {
        begin();
        bool const split = std::ranges::any_of(set_.queries, [](auto const& q) { return q.part == Part::test; }) && std::ranges::any_of(set_.queries, [](auto const& q) { return q.part == Part::train; });
        std::size_t const folds = split ? 1 : 5;
        for (std::size_t fold = 0; fold < folds; ++fold) {
            std::vector<std::uint32_t> training, testing;
            for (std::uint32_t q = 0; q < set_.queries.size(); ++q) {
                bool const test = split ? set_.queries[q].part == Part::test : hash_of(set_.queries[q].id) % folds == fold;
                (test ? testing : training).push_back(q);
            }
            if (training.size() > most_training) {
                std::ranges::sort(training, {}, [&](auto q) { return hash_of(set_.queries[q].id); });
                training.resize(most_training);
            }
            if (!testing.empty()) measure(training, testing);
        }
        report(split);
    }

    void each_fold(std::uint64_t seed, const std::function<void(const OrderFold&)>& f) {
        begin();
        constexpr std::size_t parts = 3;
        for (std::size_t part = 0; part < parts; ++part) {
            std::vector<std::uint32_t> training, testing;
            for (std::uint32_t q = 0; q < set_.queries.size(); ++q) (hash_of(fmt::format("{}/{}", set_.queries[q].id, seed)) % parts == part ? testing : training).push_back(q);
            auto const taught = teach(training);
            OrderFold fold{.training = taught.data, .testing = {}, .judged = {}};
            std::vector<Pool> pools;
            for (auto const q : testing) pools.push_back(pool(q, *taught.space, *taught.scan, false)), fold.judged.push_back(pools.back().all_grades);
            fold.testing = data_of(pools);
            f(fold);
        }
    }

private:
    void begin() {
        auto used = process_seconds();
        build();
        index_cpu_ = process_seconds() - used, used = process_seconds();
        base_ = need(vector::train(items_, {}, {}, {.dimensions = 96}));
        text_cpu_ = process_seconds() - used;
        base_scan_ = scan_of(*base_);
    }

    using Fields = std::array<std::vector<std::string>, ranking::field_count>;

    std::vector<std::string> words_of(std::string_view text, text::Mode mode, std::size_t most) const {
        std::vector<std::string> out;
        std::uint32_t place = UINT32_MAX;
        for (auto& token : analyzer_->analyze(text, mode)) {
            // Of one place the last spelling: the stem.
            if (token.position == place && !out.empty()) out.back() = std::move(token.term);
            else out.push_back(std::move(token.term));
            place = token.position;
            if (out.size() >= most) break;
        }
        return out;
    }
    vector::Bag bag_of(const JudgedProduct& p) const {
        vector::Bag bag;
        for (auto const& [text, weight, most] : {std::tuple(&p.title, 1.0f, std::size_t{40}), std::tuple(&p.kind, 0.6f, std::size_t{30}), std::tuple(&p.facts, 0.3f, std::size_t{60}), std::tuple(&p.description, 0.2f, std::size_t{80})})
            for (auto& word : words_of(*text, text::Mode::query, most)) bag.push_back({std::move(word), weight});
        return bag;
    }

    void build() {
        text::Schema const schema{.texts = {{"title", 1}, {"kind", 0.7f}, {"facts", 0.5f}, {"description", 0.2f}}};
        index_ = need(text::Index::open({.schema = schema, .language = english()}));
        std::vector<text::Document> batch;
        ByText<std::int32_t> categories;
        for (std::size_t p = 0; p < set_.products.size(); ++p) {
            auto const& product = set_.products[p];
            batch.push_back({.id = std::to_string(p), .texts = {product.title, product.kind, product.facts, product.description}});
            if (batch.size() == 5000 || p + 1 == set_.products.size()) need(index_->upsert(batch)), batch.clear();
            Fields fields{words_of(product.title, text::Mode::query, 64), words_of(product.kind, text::Mode::query, 64), words_of(product.facts, text::Mode::query, 200), words_of(product.description, text::Mode::query, 200)};
            match_.put(std::to_string(p), fields);
            categories_.push_back(product.category.empty() ? -1 : categories.try_emplace(product.category, static_cast<std::int32_t>(categories.size())).first->second);
        }
        need(index_->commit());
        snapshot_.emplace(index_->snapshot());
        // Texts to learn words from: judged products first, because large sets hold more than words need.
        std::vector<char> judged(set_.products.size(), 0);
        for (auto const& q : set_.queries)
            for (auto const& [p, grade] : q.grades) judged[p] = 1;
        item_of_.assign(set_.products.size(), UINT32_MAX);
        for (int round = 0; round < 2; ++round)
            for (std::size_t p = 0; p < set_.products.size() && items_.size() < most_texts; ++p)
                if ((judged[p] != 0) == (round == 0)) item_of_[p] = static_cast<std::uint32_t>(items_.size()), items_.push_back({std::to_string(p), bag_of(set_.products[p])});
    }

    std::unique_ptr<vector::Scan> scan_of(const vector::Space& space) const {
        auto scan = need(vector::Scan::open({.dimensions = space.dimensions()}));
        std::vector<std::vector<float>> vectors(set_.products.size());
        parallel_for(set_.products.size(), [&](std::size_t p) { vectors[p] = space.embed(item_of_[p] != UINT32_MAX ? items_[item_of_[p]].words : bag_of(set_.products[p]), std::to_string(p)); });
        for (std::size_t p = 0; p < set_.products.size(); ++p) need(scan->put(std::to_string(p), vectors[p]));
        return scan;
    }

    std::shared_ptr<const vector::Space> refined(std::span<const std::uint32_t> queries) const {
        std::vector<vector::Answered> answered;
        for (auto const q : queries) {
            vector::Bag bag;
            for (auto& word : words_of(set_.queries[q].text, text::Mode::query, 32)) bag.push_back({std::move(word), 1});
            std::vector<vector::Answered> own;
            for (auto const& [p, grade] : set_.queries[q].grades)
                if (grade > 0 && item_of_[p] != UINT32_MAX) own.push_back({bag, item_of_[p], static_cast<float>(std::exp2(grade) - 1)});
            float sum = 0;
            for (auto const& a : own) sum += a.weight;
            for (auto& a : own) a.weight /= std::sqrt(sum), answered.push_back(std::move(a));  // a query with many answers says more, but not as much more
        }
        return need(vector::train(items_, answered, {}, {.epochs = 4, .most_examples = 30'000, .start = base_}));
    }

    struct Pool {
        std::vector<std::uint32_t> products;
        std::vector<std::string> ids;
        std::vector<ranking::PoolItem> items;
        std::vector<float> rows;
        ranking::JudgedQuery judged;
        std::vector<double> all_grades;
    };
    // `only_judged`: the judged list instead of what words and vectors find.
    Pool pool(std::uint32_t q, const vector::Space& space, const vector::Scan& scan, bool only_judged) const {
        auto const& query = set_.queries[q];
        Pool out;
        auto const words = words_of(query.text, text::Mode::query, 32);
        vector::Bag bag;
        for (auto const& w : words) bag.push_back({w, 1});
        auto const v = space.embed(bag);
        std::map<std::uint32_t, float> text;
        text::Query const asked{.text = query.text.substr(0, 1000), .limit = by_words};
        if (only_judged) {
            for (auto const& [p, grade] : query.grades) {
                auto const why = snapshot_->explain(asked, std::to_string(p));
                text[p] = why ? static_cast<float>(why->score) : 0;
            }
        } else {
            if (auto const answer = snapshot_->search(asked))
                for (auto const& hit : answer->hits) text[static_cast<std::uint32_t>(std::stoul(hit.id))] = static_cast<float>(hit.score);
            for (auto const& near : scan.nearest(v, by_vectors)) text.try_emplace(static_cast<std::uint32_t>(std::stoul(near.id)), 0.0f);
        }
        for (auto const& [p, score] : text) out.products.push_back(p), out.ids.push_back(std::to_string(p));
        std::vector<std::string_view> const ids(out.ids.begin(), out.ids.end());
        auto const cosines = scan.similarities(v, ids);
        auto const none = std::numeric_limits<float>::quiet_NaN();
        for (std::size_t i = 0; i < ids.size(); ++i) {
            auto const p = out.products[i];
            auto const found = query.grades.find(p);
            out.items.push_back({.id = ids[i], .text = text[p], .cosine = cosines[i], .sales = none, .rating = set_.products[p].rating, .reviews = set_.products[p].reviews, .price = none, .category = categories_[p]});
            out.judged.candidates.push_back({text[p], cosines[i], found == query.grades.end() ? 0.0f : static_cast<float>(found->second)});
        }
        for (auto const& [p, grade] : query.grades) out.all_grades.push_back(grade);
        out.rows = ranking::pool_features(match_, words, space.known(bag), out.items);
        return out;
    }

    static ranking::RankingData data_of(std::span<const Pool> pools) {
        ranking::RankingData data{.features = ranking::feature_names().size()};
        for (auto const& p : pools) {
            data.queries.push_back(static_cast<std::uint32_t>(data.grades.size()));
            data.rows.insert(data.rows.end(), p.rows.begin(), p.rows.end());
            for (auto const& c : p.judged.candidates) data.grades.push_back(c.grade);
        }
        return data;
    }

    // What the queries teach: vectors, and pools to learn an order from.
    struct Taught {
        std::shared_ptr<const vector::Space> space;
        std::unique_ptr<vector::Scan> scan;
        std::vector<ranking::JudgedQuery> judged;
        ranking::RankingData data;
    };
    Taught teach(std::vector<std::uint32_t> const& training) const {
        std::vector<std::uint32_t> halves[2];
        for (auto const q : training) halves[hash_of(set_.queries[q].id) / 7 % 2].push_back(q);
        Taught out{.space = refined(training), .scan = nullptr, .judged = {}, .data = {}};
        out.scan = scan_of(*out.space);
        std::vector<Pool> pools;
        for (int h = 0; h < 2; ++h) {
            auto const other = refined(halves[1 - h]);
            auto const other_scan = scan_of(*other);
            auto const first = pools.size();
            pools.resize(first + halves[h].size());
            parallel_for(halves[h].size(), [&](std::size_t i) { pools[first + i] = pool(halves[h][i], *other, *other_scan, false); });
        }
        for (auto const& p : pools) out.judged.push_back(p.judged);
        out.data = data_of(pools);
        return out;
    }

    void measure(std::vector<std::uint32_t> const& training, std::vector<std::uint32_t> const& testing) {
        auto const used = process_seconds();
        auto const [space, scan, judged, data] = teach(training);
        auto const fusion = ranking::fit_fusion(judged);
        auto const trees = ranking::LambdaTrees::fit(data, {});
        train_cpu_ += process_seconds() - used, shares_ += fusion.share, ++folds_, trees_ += trees ? trees->trees() : 0;
        for (auto const q : testing) {
            auto const with_base = pool(q, *base_, *base_scan_, false);
            auto const start = process_seconds();
            auto const p = pool(q, *space, *scan, false);
            auto const learned = scores(p, fusion, trees ? &*trees : nullptr);
            query_cpu_ += process_seconds() - start;
            note("vectors_of_texts", with_base, column(with_base, false));
            for (auto const& [method, s] : learned) note(method, p, s);
            if (set_.layout == JudgedSet::Layout::esci) {
                auto const list = pool(q, *space, *scan, true);
                for (auto const& [method, s] : scores(list, fusion, trees ? &*trees : nullptr)) note_judged(method, list, s);
            }
            ++measured_;
        }
    }

    static std::vector<double> column(const Pool& p, bool text) {
        std::vector<double> out;
        for (auto const& c : p.judged.candidates) out.push_back(text ? c.text : c.cosine);
        return out;
    }
    static std::vector<std::pair<std::string, std::vector<double>>> scores(const Pool& p, const ranking::FusionWeights& fusion, const ranking::LambdaTrees* trees) {
        std::vector<std::pair<std::string, std::vector<double>>> out{{"words", column(p, true)}, {"vectors", column(p, false)}, {"hybrid", {}}};
        auto const top = out[0].second.empty() ? 0 : std::ranges::max(out[0].second);
        for (auto const& c : p.judged.candidates) out[2].second.push_back(ranking::fused(fusion, top > 0 ? c.text / top : 0, c.cosine));
        if (!trees) return out;
        auto const n = ranking::feature_names().size();
        out.push_back({"learned", {}});
        for (std::size_t i = 0; i < p.items.size(); ++i) out[3].second.push_back(trees->score(std::span(p.rows).subspan(i * n, n)));
        return out;
    }
    static std::vector<double> grades_in_order(const Pool& p, const std::vector<double>& s) {
        std::vector<std::uint32_t> order(s.size());
        std::iota(order.begin(), order.end(), 0);
        // Ties by a hash of the product: no order of the files may help.
        std::ranges::sort(order, [&](auto a, auto b) { return s[a] != s[b] ? s[a] > s[b] : hash_of(p.ids[a]) < hash_of(p.ids[b]); });
        std::vector<double> out;
        for (auto const i : order) out.push_back(p.judged.candidates[i].grade);
        return out;
    }
    void note(const std::string& method, const Pool& p, const std::vector<double>& s) {
        auto const grades = grades_in_order(p, s);
        auto& sum = sums_[method];
        sum.textbook += ranking::textbook_gain(grades, p.all_grades, 10).value_or(0);
        sum.fixed += ranking::fixed_ideal_gain(grades, set_.best_grade, 10);
        for (std::size_t i = 0; i < std::min<std::size_t>(10, grades.size()); ++i) sum.best += grades[i] == set_.best_grade ? 0.1 : 0;
    }
    void note_judged(const std::string& method, const Pool& p, const std::vector<double>& s) {
        auto gains = [](std::vector<double> grades) {
            for (auto& g : grades) g = g == 3 ? 1 : g == 2 ? 0.1 : g == 1 ? 0.01 : 0;
            return grades;
        };
        sums_[method].judged += ranking::plain_gain(gains(grades_in_order(p, s)), gains(p.all_grades), 0).value_or(0);
    }

    void report(bool split) const {
        auto const n = static_cast<double>(std::max<std::size_t>(1, measured_));
        auto const say = [&](std::string const& metric, double value, std::string_view unit, std::optional<Reference> beside = {}) { context_.report(metric + "/" + set_.name, value, unit, beside); };
        say("products", static_cast<double>(set_.products.size()), "products");
        say(split ? "queries_measured_of_test_split" : "queries_measured_in_five_parts", n, "queries");
        auto const& words = sums_.at("words");
        for (auto const& [method, sum] : sums_) {
            auto const beside = [&](double value) { return method == "words" ? std::nullopt : std::optional(Reference{"words (BM25F)", value / n}); };
            say("ndcg@10_" + method, sum.textbook / n, "share", beside(words.textbook));
            say("ndcg_fixed@10_" + method, sum.fixed / n, "share", beside(words.fixed));
            say("best@10_" + method, sum.best / n, "share", beside(words.best));
            if (set_.layout == JudgedSet::Layout::esci && method != "vectors_of_texts") say("ndcg_judged_" + method, sum.judged / n, "share", beside(words.judged));
        }
        auto const folds = static_cast<double>(std::max<std::size_t>(1, folds_));
        say("share_of_vectors_in_hybrid", shares_ / folds, "weight");
        say("trees", static_cast<double>(trees_) / folds, "trees");
        say("index_cpu_s", index_cpu_, "s"), say("vectors_of_texts_cpu_s", text_cpu_, "s"), say("training_cpu_s", train_cpu_ / folds, "s"), say("query_cpu_ms", query_cpu_ * 1000 / n, "ms");
    }

    struct Sums {
        double textbook = 0, fixed = 0, best = 0, judged = 0;
    };
    const JudgedSet& set_;
    BenchContext& context_;
    std::shared_ptr<text::Analyzer> analyzer_;
    std::unique_ptr<text::Index> index_;
    std::optional<text::Snapshot> snapshot_;
    ranking::FieldMatch match_;
    std::vector<std::int32_t> categories_;
    std::vector<vector::ItemText> items_;
    std::vector<std::uint32_t> item_of_;  // by product; large sets hold more products than texts to learn from
    std::shared_ptr<const vector::Space> base_;
    std::unique_ptr<vector::Scan> base_scan_;
    std::map<std::string, Sums> sums_;
    std::size_t measured_ = 0, folds_ = 0, trees_ = 0;
    double shares_ = 0, index_cpu_ = 0, text_cpu_ = 0, train_cpu_ = 0, query_cpu_ = 0;
};

}  // namespace

void each_order_fold(const JudgedSet& set, BenchContext& context, std::uint64_t seed, const std::function<void(const OrderFold&)>& f) { Experiment(set, context).each_fold(seed, f); }

void run_search_hybrid(BenchContext& context) {
    auto const folder = context.find(".");
    if (!folder) return;
    auto const sets = load_judged_sets(*folder);
    if (sets.empty()) return fmt::print(stderr, "search-hybrid: skipped, no folder under --data has product.csv, query.csv and label.csv (WANDS) or files of examples and products (ESCI)\n");
    for (auto const& set : sets) Experiment(set, context).run();
}

}  // namespace kindling::bench
