// modules/dialogue/ranking_learn.cpp -- see ranking_learn.h.
#include "modules/dialogue/ranking_learn.h"
#include "core/random.h"
#include "core/stable_hash.h"
#include "engines/vector/train.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace kindling::dialogue {

namespace {

constexpr std::size_t parts = 3, most_queries = 3000, most_results = 300, most_clicked = 5000;

struct Graded {
    std::string query;
    std::vector<std::size_t> products;   // indexes into the view
    std::vector<float> grades;
    double shown = 0, weight = 1;
    bool judged = false;                 // by people
    std::size_t part = 0;
    std::vector<double> standing;        // by place in what the search shows today; 0: not shown
};

class Learner {
public:
    Learner(Live const& live, Behaviour const& behaviour, Progress const& progress, TextEncoding const* encoding) : live_(live), view_(*live.view), behaviour_(behaviour), progress_(progress) {
        if (!encoding || !encoding->texts) return;
        auto held = std::make_shared<TextEncoding>(*encoding);
        held->queries.reset();
        encoding_ = std::move(held);
    }

    Result<LearnedRanking> run(Milliseconds now) {
        LearnedRanking out;
        out.report = {.trained = true, .trained_at_ms = now, .products = static_cast<std::int64_t>(view_.size()), .judged_by_people = static_cast<std::int64_t>(behaviour_.judged.size())};
        grade(out.report);
        texts();
        auto const base = vector::train(items_, {}, {}, {.dimensions = 64, .stop = progress_.stop});
        if (!base) return fail(Errc::failed_precondition, base.error().reason, base.error().message);
        TRY(today());
        if (encoding_) out.joined = TRY(scale());
        auto const ways = out.joined ? 2u : 1u;
        std::vector<Seen> seen(ways);
        for (auto& s : seen) s.pools.resize(graded_.size()), s.rows.resize(graded_.size());
        for (std::size_t part = 0; part < parts; ++part) {
            auto const learned = std::make_shared<LearnedRanking const>(LearnedRanking{.space = TRY(refine(*base, part)), .own = {}, .joined = out.joined, .report = {}});
            auto const eyes = TRY(Ranking::make(learned, view_, live_.index, encoding_));
            for (std::size_t q = 0; q < graded_.size(); ++q)
                for (std::size_t way = 0; way < ways && graded_[q].part == part; ++way) look(*eyes, graded_[q], way == 0 ? Ranking::Likeness::own : Ranking::Likeness::joined, seen[way].pools[q], seen[way].rows[q]);
        }
        auto own = TRY(compare(seen[0]));
        out.own = std::move(own.fitted);
        out.report.hybrid = own.hybrid, out.report.learned = own.learned, out.report.held_out_queries = own.queries;
        out.report.vector_share = out.own.fusion.share;
        if (out.joined) {
            auto with = TRY(compare(seen[1]));
            out.joined->fitted = std::move(with.fitted);
            out.report.encoder = {.name = encoding_->settings.name, .dimensions = encoding_->texts->dimensions(), .texts = static_cast<std::int64_t>(encoding_->texts->size()), .hybrid = with.hybrid, .learned = with.learned};
        }
        auto const& better = out.joined && out.joined->fitted.trees && &figures_of(out.report, ResultOrder::learned, true) != &out.report.learned ? out.joined->fitted : out.own;
        if (better.trees) tell(*better.trees, out.report);
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
        for (auto const& [query, products] : behaviour_.judged) {
            Graded g{.query = query, .products = {}, .grades = {}, .weight = 4, .judged = true, .standing = {}};  // a judge weighs like sixteen views of every result
            for (auto const& [id, grade] : products)
                if (auto const p = view_.find(id)) g.products.push_back(*p), g.grades.push_back(static_cast<float>(grade));
            keep(std::move(g));
        }
        std::set<std::string, std::less<>> judged;  // few judgements that tell nothing apart do not take the clicks' place
        for (auto const& g : graded_) judged.insert(g.query);
        auto const by_people = static_cast<std::ptrdiff_t>(graded_.size());
        for (auto const& [query, products] : seen) {
            if (judged.contains(query)) continue;
            Graded g{.query = query, .products = {}, .grades = {}, .standing = {}};
            for (auto const& [id, s] : products)
                if (auto const p = view_.find(id)) g.products.push_back(*p), g.grades.push_back(static_cast<float>(s.second)), g.shown += s.first;
            if (g.products.empty()) continue;
            auto const best = std::ranges::max(g.grades);
            for (auto& grade : g.grades) grade = best > 0 ? 3 * grade / best : 0;
            g.weight = std::sqrt(g.shown / static_cast<double>(g.products.size()));
            keep(std::move(g));
        }
        std::stable_sort(graded_.begin() + by_people, graded_.end(), [](auto const& a, auto const& b) { return a.shown > b.shown; });
        graded_.resize(std::min(graded_.size(), static_cast<std::size_t>(by_people) + most_queries));
    }
    void keep(Graded g) {
        if (g.products.size() < 2 || std::ranges::min(g.grades) == std::ranges::max(g.grades)) return;
        g.part = part_of(g.query);
        graded_.push_back(std::move(g));
    }

    // "linen dress" and "dress linen" are one search: what is learned from one must not be measured on the other.
    std::size_t part_of(std::string const& query) const {
        auto const [known, fresh] = parts_.try_emplace(query, 0);
        if (!fresh) return known->second;
        auto words = live_.index->words(query, 32);
        std::ranges::sort(words);
        auto h = stable_hash_start;
        for (auto const& word : words) h = stable_hash_of_part(word, h);
        return known->second = static_cast<std::size_t>((h ^ (h >> 31)) % parts);
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

    // How the encoder's cosines read: by pairs of a query and a product that were drawn without regard to each other; of two products where few queries are known.
    Result<JoinedOrder> scale() const {
        std::vector<std::vector<float>> queries;
        for (auto const& g : graded_)
            if (auto v = encoding_->query(g.query)) queries.push_back(std::move(*v));
        std::vector<std::string> keys;
        for (std::size_t p = 0; p < view_.size(); ++p) keys.push_back(text_key(encoding_->product_text(*live_.index, view_, p)));
        Random random(11);
        std::vector<double> cosines;
        for (int i = 0; i < 4000; ++i) {
            auto const& key = keys[random.below(keys.size())];
            auto const from = queries.size() >= fewest_queries ? std::optional(queries[random.below(queries.size())]) : encoding_->texts->vector_of(keys[random.below(keys.size())]);
            if (auto const cosine = from ? encoding_->texts->similarity(*from, key) : std::nullopt; cosine && *cosine < 0.9999f) cosines.push_back(*cosine);
        }
        JoinedOrder out{.encoder = encoding_->settings.fingerprint(), .fitted = {}};
        if (cosines.size() < 100) return out.unrelated = 0, out.near = 0.5, out;
        std::ranges::sort(cosines);
        out.unrelated = std::min(0.99, cosines[cosines.size() / 2]);
        out.near = std::clamp<double>(out.read(static_cast<float>(cosines[cosines.size() * 99 / 100])), 0.05, 0.9);
        return out;
    }

    void look(Ranking const& eyes, Graded const& g, Ranking::Likeness likeness, ranking::JudgedQuery& pool, std::vector<float>& rows) const {
        auto const seen = eyes.pool(view_, g.query, g.products, g.standing, likeness);
        rows = eyes.features(seen);
        pool.weight = g.weight;
        for (std::size_t i = 0; i < seen.items.size(); ++i) pool.candidates.push_back({seen.items[i].text, seen.items[i].cosine, g.grades[i]});
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

    struct Seen {
        std::vector<ranking::JudgedQuery> pools;
        std::vector<std::vector<float>> rows;
    };
    struct Compared {
        FittedOrder fitted;
        OrderFigures hybrid, learned;
        std::int64_t queries = 0;
    };

    Result<Compared> compare(Seen const& seen) const {
        auto const& [pools, rows] = seen;
        auto const width = ranking::feature_names().size();
        std::vector<double> words(pools.size(), -1), hybrid(pools.size(), -1), learned(pools.size(), -1), weights;
        for (auto const& p : pools) weights.push_back(p.weight);
        ranking::LambdaOptions const options{.trees = 200, .stop = progress_.stop};
        Compared out;
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
            out.fitted.fusion = fusion;
            if (trees) out.fitted.trees = std::move(*trees);
        }
        auto words_judged = words;
        for (std::size_t q = 0; q < pools.size(); ++q)
            if (!graded_[q].judged) words_judged[q] = -1;
        auto const figures = [&](std::vector<double> const& other) {
            // What people judged is not outvoted by what many clicked.
            auto const guard = ranking::hold(words, other, weights, fewest_queries, 7), judged = ranking::hold(words_judged, other, weights, 1, 7);
            out.queries = static_cast<std::int64_t>(guard.queries);
            return OrderFigures{.ndcg_words = guard.words, .ndcg = guard.other, .difference_low = guard.difference_low, .judged_queries = static_cast<std::int64_t>(judged.queries), .judged_ndcg_words = judged.words, .judged_ndcg = judged.other, .allowed = guard.allowed && (judged.queries == 0 || judged.allowed)};
        };
        out.hybrid = figures(hybrid), out.learned = figures(learned);
        if (!out.fitted.trees) out.learned.allowed = false;
        return out;
    }

    static void tell(ranking::LambdaTrees const& trees, RankingReport& report) {
        report.trees = static_cast<std::int64_t>(trees.trees());
        auto const names = ranking::feature_names();
        for (std::size_t f = 0; f < names.size(); ++f)
            if (auto const share = trees.gains()[f]; share >= 0.005) report.features.push_back({std::string(names[f].name), std::string(names[f].en), std::string(names[f].zh), share});
        std::ranges::stable_sort(report.features, [](auto const& a, auto const& b) { return a.share > b.share; });
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
        for (auto const& [pair, clicks] : behaviour_.clicked)
            if (view_.find(pair.second)) out.chosen.push_back({pair.first, pair.second, clicks});
        std::ranges::stable_sort(out.chosen, std::greater{}, &ClickedProduct::clicks);
        if (out.chosen.size() > most_clicked) out.chosen.resize(most_clicked);
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
    std::shared_ptr<TextEncoding const> encoding_;
    std::vector<Graded> graded_;
    std::vector<vector::ItemText> items_;
    mutable std::map<std::string, std::size_t> parts_;  // of queries
};

}  // namespace

std::vector<std::string> queries_to_learn(Behaviour const& behaviour) {
    std::map<std::string, double> shown;
    for (auto const& s : behaviour.shown) shown[s.query] += s.shown;
    std::vector<std::pair<double, std::string>> most;
    for (auto& [query, times] : shown)
        if (!behaviour.judged.contains(query)) most.emplace_back(-times, query);
    std::ranges::sort(most);
    if (most.size() > most_queries) most.resize(most_queries);
    std::vector<std::string> out;
    for (auto const& [query, grades] : behaviour.judged) out.push_back(query);
    for (auto& [times, query] : most) out.push_back(std::move(query));
    return out;
}

Result<LearnedRanking> learn_ranking(Live const& live, Behaviour const& behaviour, Milliseconds now, Progress const& progress, TextEncoding const* encoding) { return Learner(live, behaviour, progress, encoding).run(now); }

}  // namespace kindling::dialogue
