// modules/dialogue/ranking_learn.cpp -- see ranking_learn.h.
#include "modules/dialogue/ranking_learn.h"
#include "core/stable_hash.h"
#include "engines/vector/train.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace kindling::dialogue {

namespace {

constexpr std::size_t parts = 3, most_queries = 3000, most_results = 300, most_clicked = 5000;

std::size_t part_of(std::string_view query) {
    auto const h = stable_hash(query);
    return static_cast<std::size_t>((h ^ (h >> 31)) % parts);
}

struct Graded {
    std::string query;
    std::vector<std::size_t> products;   // indexes into the view
    std::vector<float> grades;
    double weight = 1;
    std::size_t part = 0;
    std::vector<double> standing;        // by place in what the search shows today; 0: not shown
};

class Learner {
public:
    Learner(Live const& live, Behaviour const& behaviour, Progress const& progress) : live_(live), view_(*live.view), behaviour_(behaviour), progress_(progress) {}

    Result<LearnedRanking> run(Milliseconds now) {
        LearnedRanking out;
        out.report = {.trained = true, .trained_at_ms = now, .products = static_cast<std::int64_t>(view_.size()), .judged_by_people = static_cast<std::int64_t>(behaviour_.judged.size())};
        grade(out.report);
        texts();
        auto const base = vector::train(items_, {}, {}, {.dimensions = 64, .stop = progress_.stop});
        if (!base) return fail(Errc::failed_precondition, base.error().reason, base.error().message);
        TRY(today());
        std::vector<ranking::JudgedQuery> pools(graded_.size());
        std::vector<std::vector<float>> rows(graded_.size());
        for (std::size_t part = 0; part < parts; ++part) {
            auto const learned = std::make_shared<LearnedRanking const>(LearnedRanking{.space = TRY(refine(*base, part)), .fusion = {}, .trees = {}, .report = {}});
            auto const eyes = TRY(Ranking::make(learned, view_, live_.index));
            for (std::size_t q = 0; q < graded_.size(); ++q)
                if (graded_[q].part == part) look(*eyes, graded_[q], pools[q], rows[q]);
        }
        TRY(compare(pools, rows, out));
        categories(out);
        out.space = TRY(refine(*base, parts));
        out.report.words = static_cast<std::int64_t>(out.space->words());
        return out;
    }

private:
    void grade(RankingReport& report) {
        std::map<std::string, std::map<std::string, std::pair<double, double>>> seen;   // query -> product -> shown, attraction
        std::vector<ranking::Shown> cells;
        std::map<std::string, std::uint32_t> queries;
        std::map<std::pair<std::string, std::string>, std::uint32_t> pairs;
        for (auto const& s : behaviour_.shown) {
            auto const query = queries.try_emplace(s.query, static_cast<std::uint32_t>(queries.size())).first->second;
            auto const pair = pairs.try_emplace({s.query, s.product_id}, static_cast<std::uint32_t>(pairs.size())).first->second;
            cells.push_back({.pair = pair, .query = query, .place = static_cast<std::uint32_t>(std::clamp<std::int64_t>(s.place, 1, 1000)), .shown = s.shown, .clicked = s.clicked});
            seen[s.query][s.product_id].first += s.shown;
            report.searches_shown += static_cast<std::int64_t>(s.shown), report.clicks += static_cast<std::int64_t>(s.clicked);
        }
        auto const clicks = ranking::estimate_clicks(cells);
        report.moved = clicks.moved;
        for (std::size_t k = 0; k < std::min<std::size_t>(clicks.examination.size(), 24); ++k) report.places.push_back({static_cast<std::int64_t>(k + 1), clicks.examination[k]});
        for (auto const& [pair, number] : pairs) seen[pair.first][pair.second].second = clicks.attraction[number];
        for (auto const& [query, products] : seen) {
            if (behaviour_.judged.contains(query)) continue;
            double best = 0, shown = 0;
            for (auto const& [id, s] : products) best = std::max(best, s.second), shown += s.first;
            Graded g{.query = query, .products = {}, .grades = {}, .weight = std::sqrt(shown / static_cast<double>(products.size())), .standing = {}};
            for (auto const& [id, s] : products)
                if (auto const p = view_.find(id); p && best > 0) g.products.push_back(*p), g.grades.push_back(static_cast<float>(3 * s.second / best));
            keep(std::move(g));
        }
        std::ranges::stable_sort(graded_, [](auto const& a, auto const& b) { return a.weight > b.weight; });
        if (graded_.size() > most_queries) graded_.resize(most_queries);
        for (auto const& [query, products] : behaviour_.judged) {
            Graded g{.query = query, .products = {}, .grades = {}, .weight = 4, .standing = {}};  // a judge weighs like sixteen views of every result
            for (auto const& [id, grade] : products)
                if (auto const p = view_.find(id)) g.products.push_back(*p), g.grades.push_back(static_cast<float>(grade));
            keep(std::move(g));
        }
    }
    void keep(Graded g) {
        if (g.products.size() < 2 || std::ranges::min(g.grades) == std::ranges::max(g.grades)) return;
        g.part = part_of(g.query);
        graded_.push_back(std::move(g));
    }

    void texts() {
        for (std::size_t p = 0; p < view_.size(); ++p) items_.push_back({view_[p].data.product_id, bag_of(*live_.index, view_, p)});
    }

    // Places in what the search shows now, with no learned order in it.
    Result<void> today() {
        Live words = live_;
        words.ranking.reset();
        for (auto& g : graded_) {
            if (progress_.stopped()) return fail(Errc::failed_precondition, "cancelled", "Learning was stopped.");
            auto const places = places_in_search(words, g.query, most_results);
            for (auto const p : g.products) {
                auto const at = places.find(view_[p].data.product_id);
                g.standing.push_back(at == places.end() ? 0 : standing_score(at->second));
            }
        }
        return {};
    }

    // `without`: the part that is left out; `parts`: none.
    Result<std::shared_ptr<vector::Space const>> refine(std::shared_ptr<vector::Space const> const& base, std::size_t without) const {
        std::vector<vector::Answered> answered;
        auto const add = [&](std::string const& query, std::string const& product, double weight) {
            auto const p = view_.find(product);
            if (!p || !(weight > 0) || part_of(query) == without) return;
            vector::Answered a{.query = {}, .item = static_cast<std::uint32_t>(*p), .weight = static_cast<float>(weight)};
            for (auto& word : live_.index->words(query, 32)) a.query.push_back({std::move(word), 1});
            if (!a.query.empty()) answered.push_back(std::move(a));
        };
        for (auto const& [pair, clicks] : behaviour_.clicked) add(pair.first, pair.second, std::sqrt(clicks));
        for (auto const& [query, products] : behaviour_.judged)
            for (auto const& [id, grade] : products) add(query, id, std::exp2(grade) - 1);
        std::vector<vector::Together> together;
        for (auto const& [pair, times] : behaviour_.together) {
            auto const a = view_.find(pair.first), b = view_.find(pair.second);
            if (a && b && times >= 2) together.push_back({static_cast<std::uint32_t>(*a), static_cast<std::uint32_t>(*b), static_cast<float>(std::log1p(times))});
        }
        auto refined = vector::train(items_, answered, together, {.epochs = 4, .most_examples = 12'000, .start = base, .stop = progress_.stop});
        if (!refined) return fail(Errc::failed_precondition, refined.error().reason, refined.error().message);
        return std::move(*refined);
    }

    void look(Ranking const& eyes, Graded const& g, ranking::JudgedQuery& pool, std::vector<float>& rows) const {
        auto const items = eyes.pool(view_, g.query, g.products, g.standing);
        rows = eyes.features(g.query, items);
        pool.weight = g.weight;
        for (std::size_t i = 0; i < items.size(); ++i) pool.candidates.push_back({items[i].text, items[i].cosine, g.grades[i]});
    }

    static ranking::RankingData data_of(std::span<ranking::JudgedQuery const> pools, std::span<std::vector<float> const> rows, std::vector<std::size_t> const& chosen) {
        ranking::RankingData data{.features = ranking::feature_names().size()};
        for (auto const q : chosen) {
            data.queries.push_back(static_cast<std::uint32_t>(data.grades.size())), data.weights.push_back(static_cast<float>(pools[q].weight));
            data.rows.insert(data.rows.end(), rows[q].begin(), rows[q].end());
            for (auto const& c : pools[q].candidates) data.grades.push_back(c.grade);
        }
        return data;
    }

    Result<void> compare(std::span<ranking::JudgedQuery const> pools, std::span<std::vector<float> const> rows, LearnedRanking& out) const {
        auto const width = ranking::feature_names().size();
        std::vector<double> words(pools.size(), -1), hybrid(pools.size(), -1), learned(pools.size(), -1), weights;
        for (auto const& p : pools) weights.push_back(p.weight);
        ranking::LambdaOptions const options{.trees = 200, .stop = progress_.stop};
        std::vector<std::size_t> all;
        for (std::size_t part = 0; part <= parts; ++part) {
            std::vector<std::size_t> training, testing;
            std::vector<ranking::JudgedQuery> judged;
            for (std::size_t q = 0; q < pools.size(); ++q) {
                if (graded_[q].part == part) testing.push_back(q);
                else training.push_back(q), judged.push_back(pools[q]);
            }
            auto const fusion = ranking::fit_fusion(judged);
            auto trees = ranking::LambdaTrees::fit(data_of(pools, rows, training), options);
            if (!trees && trees.error().reason == "cancelled") return std::unexpected(trees.error());
            for (auto const q : testing) {
                std::vector<double> standing, fused, scores;
                for (std::size_t i = 0; i < pools[q].candidates.size(); ++i) {
                    auto const& c = pools[q].candidates[i];
                    standing.push_back(c.text), fused.push_back(ranking::fused(fusion, c.text, c.cosine));
                    scores.push_back(trees ? trees->score(std::span(rows[q]).subspan(i * width, width)) : c.text);
                }
                words[q] = ranking::gain_of(pools[q], standing), hybrid[q] = ranking::gain_of(pools[q], fused), learned[q] = ranking::gain_of(pools[q], scores);
            }
            if (part < parts) continue;
            // No part was left out: this is what goes into use.
            out.fusion = fusion;
            if (trees) out.trees = std::move(*trees);
        }
        auto const figures = [&](std::vector<double> const& other) {
            auto const guard = ranking::hold(words, other, weights, fewest_queries, 7);
            out.report.held_out_queries = static_cast<std::int64_t>(guard.queries);
            return OrderFigures{.ndcg_words = guard.words, .ndcg = guard.other, .difference_low = guard.difference_low, .allowed = guard.allowed};
        };
        out.report.hybrid = figures(hybrid), out.report.learned = figures(learned);
        out.report.vector_share = out.fusion.share;
        if (!out.trees) {
            out.report.learned.allowed = false;
            return {};
        }
        out.report.trees = static_cast<std::int64_t>(out.trees->trees());
        for (std::size_t f = 0; f < width; ++f)
            if (auto const share = out.trees->gains()[f]; share >= 0.005) out.report.features.push_back({std::string(ranking::feature_names()[f].name), std::string(ranking::feature_names()[f].en), std::string(ranking::feature_names()[f].zh), share});
        std::ranges::stable_sort(out.report.features, [](auto const& a, auto const& b) { return a.share > b.share; });
        return {};
    }

    // What category people chose for which query, and how often it was foreseen for queries that were not learned from.
    void categories(LearnedRanking& out) const {
        std::map<std::string, std::map<std::string, double>> chosen;
        for (auto const& [pair, clicks] : behaviour_.clicked)
            if (auto const p = view_.find(pair.second); p && view_[*p].category >= 0) chosen[pair.first][view_[*p].data.category_id] += clicks;
        for (auto const& [query, by_category] : chosen)
            for (auto const& [category, clicks] : by_category) out.clicked.push_back({query, category, clicks});
        std::ranges::stable_sort(out.clicked, [](auto const& a, auto const& b) { return a.clicks > b.clicks; });
        if (out.clicked.size() > most_clicked) out.clicked.resize(most_clicked);
        CategoryModel model;
        auto const right = [&](std::size_t part) {
            std::int64_t n = 0;
            for (auto const& [query, by_category] : chosen) {
                if (part < parts && part_of(query) != part) continue;
                auto const best = std::ranges::max_element(by_category, {}, &std::pair<std::string const, double>::second)->first;
                auto const likely = model.predict(view_, *live_.index, query, 1);
                n += !likely.empty() && view_.words().categories[static_cast<std::size_t>(likely.front().category)].id == best;
            }
            return static_cast<double>(n);
        };
        if (chosen.empty()) return;
        model.rebuild(view_, *live_.index, {});
        auto const all = static_cast<double>(chosen.size());
        out.report.category_queries = static_cast<std::int64_t>(chosen.size()), out.report.category_right_by_texts = right(parts) / all;
        for (std::size_t part = 0; part < parts; ++part) {
            auto others = out.clicked;
            std::erase_if(others, [&](ClickedCategory const& c) { return part_of(c.query) == part; });
            model.rebuild(view_, *live_.index, others);
            out.report.category_right += right(part) / all;
        }
    }

    Live const& live_;
    CatalogueView const& view_;
    Behaviour const& behaviour_;
    Progress const& progress_;
    std::vector<Graded> graded_;
    std::vector<vector::ItemText> items_;
};

}  // namespace

Result<LearnedRanking> learn_ranking(Live const& live, Behaviour const& behaviour, Milliseconds now, Progress const& progress) { return Learner(live, behaviour, progress).run(now); }

}  // namespace kindling::dialogue
