// simulated_order.cpp -- searches of a simulated shop as orders are learned from; see learned_order.h.
//
// A visitor opens the result in place k with chance examination(k) x appeal x (1, or `mismatch` where it is not what was asked for): shop/simulator/truth.h. So the true grade of
// a product for a query is known whatever was shown: appeal x fit, 3 for the best candidate. Learned from is what the log has: of one visit in three, what was shown in which place
// and what was opened, with the visits of buyers, who open what they came for. The shop's own search (words) gives the candidates.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/stable_hash.h"
#include "core/utf8.h"
#include "engines/learning/ranking/examination.h"
#include "engines/vector/train.h"
#include "guide_shop.h"
#include "learned_order.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/lexicon.h"
#include "shop/simulator/speech.h"
#include "shop/simulator/truth.h"

namespace kindling::bench {

namespace {

namespace simulator = shop::simulator;

constexpr std::size_t parts = 3, most_queries = 1'500, most_tested = 200, most_judged = 300, candidates = 100, judged_candidates = 30;

struct Log final : simulator::Sink {
    explicit Log(Day from) : sold_from(from) {}
    void day(simulator::DayBatch&& batch) override {
        std::map<std::int64_t, std::set<std::pair<std::string, int>>> clicked;
        for (auto const& e : batch.events)
            if (e.kind == simulator::EventKind::click && e.session % 3 == 0) clicked[e.session].emplace(surface(e.query), e.product);
        for (auto const& e : batch.events)
            if (e.kind == simulator::EventKind::impression) {
                auto& cell = cells[surface(e.query)][{e.product, e.position}];
                ++cell.first, cell.second += clicked[e.session].contains({surface(e.query), e.product});
            }
        if (batch.day < sold_from) return;
        for (auto const& order : batch.orders)
            for (auto const& line : order.lines) sold[line.variant] += line.quantity;
    }
    static std::string surface(std::string const& text) { return to_utf8(dialogue::surface_of(text)); }
    Day sold_from;
    std::map<std::string, std::map<std::pair<int, int>, std::pair<double, double>>> cells;  // query -> (product, place) -> shown, clicked
    std::map<int, double> sold;                                                             // by variant
};

class Simulated {
public:
    explicit Simulated(std::uint64_t seed) : seed_(seed) {
        simulator::Options const options{.seed = seed, .products = 1000, .customers = 10'000, .months = 4};
        world_ = simulator::generate_catalogue(options);
        Log log(options.last_day - 60);
        simulator::simulate(world_, log);
        auto source = demo_shop(world_);
        for (auto& [id, standing] : source.standing) standing.popularity = 0;
        for (auto const& [variant, units] : log.sold) source.standing[product_of(variant).key].popularity += units;
        auto const view = dialogue::CatalogueView::build(std::move(source));
        std::shared_ptr<dialogue::ProductIndex> index = need(dialogue::ProductIndex::open({}));
        need(index->rebuild(*view));
        live_ = {.view = view, .lexicon = dialogue::Lexicon::build(view->shared_words()), .index = index};
        std::vector<vector::ItemText> items;
        for (std::size_t p = 0; p < view->size(); ++p) items.push_back({(*view)[p].data.product_id, dialogue::bag_of(*index, *view, p)});
        eyes_ = need(dialogue::Ranking::make(std::make_shared<dialogue::LearnedRanking const>(dialogue::LearnedRanking{.space = need(vector::train(items, {}, {}, {.dimensions = 64})), .own = {}, .joined = {}, .report = {}}), *view, index));
        for (std::size_t p = 0; p < world_.products.size(); ++p) number_[world_.products[p].key] = p;
        ask(log);
    }

    double examination_error() const { return examination_error_; }
    void each(const std::function<void(LearnedFrom, const OrderFold&)>& f) const {
        for (std::size_t part = 0; part < parts; ++part) {
            OrderFold fold;
            std::size_t tested = 0;
            for (auto const& q : queries_)
                if (q.part == part && ++tested <= most_tested) add(fold.testing, q, q.found, [&](std::size_t i) { return q.truth[i]; }, 1), fold.judged.emplace_back(q.truth.begin(), q.truth.end());
            for (auto const from : {LearnedFrom::clicks, LearnedFrom::clicks_as_they_are, LearnedFrom::judgements}) {
                fold.training = {};
                std::size_t judged = 0;
                for (auto const& q : queries_) {
                    if (q.part == part) continue;
                    if (from == LearnedFrom::judgements) {
                        if (++judged > most_judged) break;
                        add(fold.training, q, std::span(q.found).first(std::min(judged_candidates, q.found.size())), [&](std::size_t i) { return std::round(q.truth[i]); }, 1);
                    } else add(fold.training, q, q.shown, [&](std::size_t i) { return (from == LearnedFrom::clicks ? q.attraction : q.rate)[i]; }, q.weight);
                }
                f(from, fold);
            }
        }
    }

private:
    struct Asked {
        std::string text;
        std::size_t part = 0;
        double weight = 1;
        std::vector<std::size_t> found;          // by the words, best first
        std::vector<float> truth;                // of found: 0..3
        std::vector<std::size_t> shown;
        std::vector<float> attraction, rate;     // of shown: 0..3; the place accounted for, and not
        std::map<std::size_t, std::size_t> place;
    };

    simulator::Product const& product_of(int variant) const { return world_.products[static_cast<std::size_t>(world_.variants[static_cast<std::size_t>(variant)].product)]; }

    // What each text asks for; one that two kinds of goods are asked by is left out.
    std::map<std::string, simulator::Query> meanings() const {
        std::map<std::string, simulator::Query> out;
        std::set<std::string> two;
        Random random(seed_ ^ 0x5EA);
        for (auto const& p : world_.products)
            for (int draw = 0; draw < 80; ++draw) {
                auto query = simulator::search_query(world_, p, draw % 2 ? Locale::zh : Locale::en, random);
                auto const text = Log::surface(query.text);
                auto const [known, fresh] = out.emplace(text, query);
                if (!fresh && (known->second.category != query.category || known->second.asks != query.asks)) two.insert(text);
            }
        for (auto const& text : two) out.erase(text);
        return out;
    }

    void ask(Log const& log) {
        auto const meaning = meanings();
        std::vector<std::pair<double, std::string>> most;
        for (auto const& [text, cells] : log.cells) {
            double shown = 0;
            for (auto const& [at, cell] : cells) shown += cell.first;
            if (meaning.contains(text)) most.emplace_back(-shown, text);
        }
        std::ranges::sort(most);
        if (most.size() > most_queries) most.resize(most_queries);
        std::vector<ranking::Shown> cells;
        std::map<std::pair<std::string, int>, std::uint32_t> pairs;
        for (std::uint32_t q = 0; q < most.size(); ++q)
            for (auto const& [at, cell] : log.cells.at(most[q].second)) cells.push_back({.pair = pairs.try_emplace({most[q].second, at.first}, static_cast<std::uint32_t>(pairs.size())).first->second, .query = q, .place = static_cast<std::uint32_t>(at.second), .shown = cell.first, .clicked = cell.second});
        auto const corrected = ranking::estimate_clicks(cells), plain = ranking::estimate_clicks(cells, 1);
        for (int k = 0; k < simulator::shown_results; ++k) examination_error_ += std::abs(corrected.examination[static_cast<std::size_t>(k)] - world_.secret->visits.examination[k]) / simulator::shown_results;
        for (auto const& [times, text] : most) {
            Asked q{.text = text, .part = (stable_hash(text) ^ (stable_hash(text) >> 31)) % parts};
            std::vector<std::pair<std::size_t, std::size_t>> found;
            for (auto const& [id, place] : dialogue::places_in_search(live_, text, candidates))
                if (auto const p = live_.view->find(id); p && place < candidates) found.emplace_back(place, *p);
            std::ranges::sort(found);
            for (auto const& [place, p] : found) q.found.push_back(p), q.truth.push_back(truth(meaning.at(text), p)), q.place[p] = place;
            std::map<int, double> shown;
            for (auto const& [at, cell] : log.cells.at(text)) shown[at.first] += cell.first;
            double all = 0;
            for (auto const& [product, times_shown] : shown)
                if (auto const p = live_.view->find(world_.products[static_cast<std::size_t>(product)].key)) {
                    auto const pair = pairs.at({text, product});
                    q.shown.push_back(*p), q.attraction.push_back(static_cast<float>(corrected.attraction[pair])), q.rate.push_back(static_cast<float>(plain.attraction[pair])), all += times_shown;
                }
            if (q.found.size() < 2 || q.shown.size() < 2) continue;
            q.weight = std::sqrt(all / static_cast<double>(q.shown.size()));
            for (auto* const grades : {&q.truth, &q.attraction, &q.rate})
                if (auto const best = std::ranges::max(*grades); best > 0) for (auto& g : *grades) g *= 3 / best;
            queries_.push_back(std::move(q));
        }
    }

    float truth(simulator::Query const& query, std::size_t p) const {
        auto const number = number_.at((*live_.view)[p].data.product_id);
        auto const& product = world_.products[number];
        if (product.category != query.category) return 0;
        return static_cast<float>(world_.secret->products[number].appeal * (simulator::answers(world_, query, product) ? 1 : world_.secret->visits.mismatch));
    }

    template <class Grade> void add(ranking::RankingData& to, Asked const& q, std::span<const std::size_t> products, Grade grade, double weight) const {
        std::vector<double> standing;
        for (auto const p : products) standing.push_back(q.place.contains(p) ? dialogue::standing_score(q.place.at(p)) : 0);
        auto const rows = eyes_->features(eyes_->pool(*live_.view, q.text, products, standing, dialogue::Ranking::Likeness::own));
        to.features = ranking::feature_names().size();
        to.queries.push_back(static_cast<std::uint32_t>(to.grades.size())), to.weights.push_back(static_cast<float>(weight));
        to.rows.insert(to.rows.end(), rows.begin(), rows.end());
        for (std::size_t i = 0; i < products.size(); ++i) to.grades.push_back(static_cast<float>(grade(i)));
    }

    std::uint64_t seed_;
    simulator::World world_;
    dialogue::Live live_;
    std::shared_ptr<dialogue::Ranking> eyes_;
    std::map<std::string, std::size_t, std::less<>> number_;
    std::vector<Asked> queries_;
    double examination_error_ = 0;
};

}  // namespace

double each_simulated_fold(std::uint64_t seed, const std::function<void(LearnedFrom, const OrderFold&)>& f) {
    Simulated const shop(seed);
    shop.each(f);
    return shop.examination_error();
}

}  // namespace kindling::bench
