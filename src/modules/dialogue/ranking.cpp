// modules/dialogue/ranking.cpp -- see ranking.h.
#include "modules/dialogue/ranking.h"
#include "core/json_codec.h"
#include "core/json_text.h"
#include "engines/learning/model_file/model_file.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace kindling::dialogue {

namespace {

constexpr std::string_view kind = "KRNK0002";
constexpr double least_known = 0.5, least_near = 0.35;

using Fields = std::array<std::vector<std::string>, ranking::field_count>;

Fields fields_of(ProductIndex const& index, CatalogueView const& view, std::size_t product) {
    auto const document = index.document(view, product);
    static constexpr std::size_t longest[] = {64, 64, 200, 200};
    Fields out;
    for (std::size_t f = 0; f < out.size(); ++f) out[f] = index.words(document.texts[f], longest[f]);
    return out;
}

}  // namespace

double standing_score(std::size_t place) { return 10.0 / (10.0 + static_cast<double>(place)); }

vector::Bag bag_of(ProductIndex const& index, CatalogueView const& view, std::size_t product) {
    static constexpr float weights[] = {1, 0.6f, 0.4f, 0.2f};
    vector::Bag out;
    auto const fields = fields_of(index, view, product);
    for (std::size_t f = 0; f < fields.size(); ++f)
        for (std::size_t i = 0; i < std::min<std::size_t>(fields[f].size(), 80); ++i) out.push_back({fields[f][i], weights[f]});
    return out;
}

std::string LearnedRanking::write() const {
    model_file::Writer out;
    out.text(to_text(write_json(report)));
    out.text(space->write());
    out.put(fusion.share), out.put(fusion.floor);
    out.text(trees ? trees->write() : std::string());
    out.put(static_cast<std::uint32_t>(clicked.size()));
    for (auto const& c : clicked) out.text(c.query), out.text(c.category_id), out.put(c.clicks);
    return model_file::seal(kind, out.body);
}

Result<LearnedRanking> LearnedRanking::read(std::string_view file) {
    model_file::Reader in(TRY(model_file::open(kind, file)));
    constexpr std::size_t any = std::size_t(1) << 32;
    auto const report = in.text(any), space = in.text(any);
    LearnedRanking out;
    out.fusion.share = in.get<double>(), out.fusion.floor = in.get<double>();
    auto const trees = in.text(any);
    for (auto left = in.length(16); left > 0 && in.good(); --left) {
        auto query = in.text(4000), category = in.text(4000);
        auto const clicks = in.get<double>();
        out.clicked.push_back({std::move(query), std::move(category), clicks});
    }
    in.need(out.fusion.floor < 1);
    if (!in.at_end()) return fail(Errc::invalid_argument, "model_invalid", "The learned order is damaged; train it again.");
    out.report = TRY(read_json<RankingReport>(TRY(parse_json(report))));
    out.space = TRY(vector::Space::read(space));
    if (!trees.empty()) {
        out.trees = TRY(ranking::LambdaTrees::read(trees));
        if (out.trees->features() != ranking::feature_names().size()) return fail(Errc::invalid_argument, "model_invalid", "The learned order is of another version; train it again.");
    }
    return out;
}

Result<std::shared_ptr<Ranking>> Ranking::make(std::shared_ptr<LearnedRanking const> learned, CatalogueView const& view, std::shared_ptr<ProductIndex const> index) {
    auto out = std::make_shared<Ranking>();
    out->scan_ = TRY(vector::Scan::open({.dimensions = learned->space->dimensions(), .space = learned->space->fingerprint()}));
    out->learned_ = std::move(learned), out->index_ = std::move(index);
    for (std::size_t p = 0; p < view.size(); ++p) out->put(view, p);
    return out;
}

void Ranking::put(CatalogueView const& view, std::size_t product) {
    auto const& id = view[product].data.product_id;
    match_.put(id, fields_of(*index_, view, product));
    // An id too long for a row has no vector; its words still count.
    (void)scan_->put(id, learned_->space->embed(bag_of(*index_, view, product), id));
}

void Ranking::apply(CatalogueView const& view, std::span<std::string const> changed, std::span<std::string const> gone) {
    std::unique_lock const lock(changing_);
    for (auto const& id : changed)
        if (auto const p = view.find(id)) put(view, *p);
        else match_.erase(id), scan_->erase(id);
    for (auto const& id : gone) match_.erase(id), scan_->erase(id);
}

std::vector<float> Ranking::embed(std::string_view query, std::vector<std::string>* words, double* known) const {
    auto cut = index_->words(query, 32);
    vector::Bag bag;
    for (auto const& w : cut) bag.push_back({w, 1});
    if (known) *known = learned_->space->known(bag);
    if (words) *words = std::move(cut);
    return learned_->space->embed(bag);
}

std::vector<ranking::PoolItem> Ranking::pool(CatalogueView const& view, std::string_view query, std::span<std::size_t const> products, std::span<double const> standing_scores) const {
    auto const v = embed(query, nullptr, nullptr);
    std::vector<std::string_view> ids;
    for (auto const p : products) ids.push_back(view[p].data.product_id);
    auto const cosines = scan_->similarities(v, ids);
    std::vector<ranking::PoolItem> out;
    for (std::size_t i = 0; i < products.size(); ++i) {
        auto const& entry = view[products[i]];
        auto const rated = entry.standing.reviews > 0;
        out.push_back({.id = ids[i], .text = static_cast<float>(standing_scores[i]), .cosine = cosines[i], .sales = static_cast<float>(entry.standing.popularity), .rating = rated ? static_cast<float>(entry.standing.rating) : std::numeric_limits<float>::quiet_NaN(), .reviews = static_cast<float>(entry.standing.reviews), .price = static_cast<float>(entry.price_from), .category = entry.category});
    }
    return out;
}

std::vector<float> Ranking::features(std::string_view query, std::span<ranking::PoolItem const> pool) const {
    std::vector<std::string> words;
    double known = 0;
    (void)embed(query, &words, &known);
    std::shared_lock const lock(changing_);
    return ranking::pool_features(match_, words, known, pool);
}

std::vector<std::size_t> Ranking::order(CatalogueView const& view, ResultOrder wanted, std::string_view query, std::span<std::size_t const> products, std::size_t explained, std::vector<WhyRank>* why) const {
    auto const n = std::min(products.size(), reordered);
    std::vector<std::size_t> order(products.size());
    std::iota(order.begin(), order.end(), 0);
    if (wanted == ResultOrder::learned && !learned_->trees) wanted = ResultOrder::words;
    std::vector<double> standing, scores;
    for (std::size_t i = 0; i < n; ++i) standing.push_back(standing_score(i));
    auto const items = pool(view, query, products.first(n), standing);
    std::vector<float> rows;
    auto const width = ranking::feature_names().size();
    if (wanted == ResultOrder::learned) rows = features(query, items);
    auto const row = [&](std::size_t i) { return std::span(rows).subspan(i * width, width); };
    for (std::size_t i = 0; i < n; ++i) scores.push_back(wanted == ResultOrder::learned ? learned_->trees->score(row(i)) : wanted == ResultOrder::hybrid ? ranking::fused(learned_->fusion, standing[i], items[i].cosine) : standing[i]);
    std::stable_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(n), [&](auto a, auto b) { return scores[a] > scores[b]; });
    for (std::size_t place = 0; why && place < std::min(explained, order.size()); ++place) {
        auto const i = order[place];
        auto& w = why->emplace_back(WhyRank{.product_id = view[products[i]].data.product_id, .place = static_cast<std::int64_t>(place + 1), .place_by_words = static_cast<std::int64_t>(i + 1), .score = i < n ? scores[i] : 0});
        if (i >= n) continue;
        if (wanted == ResultOrder::learned) {
            auto const parts = learned_->trees->explain(row(i)).parts;
            for (std::size_t f = 0; f < width; ++f)
                if (auto const& name = ranking::feature_names()[f]; parts[f] != 0) w.reasons.push_back({std::string(name.name), std::string(name.en), std::string(name.zh), std::isnan(row(i)[f]) ? 0 : row(i)[f], parts[f]});
        } else {
            w.reasons.push_back({"text_place", "place by words", "文字排名", static_cast<double>(i + 1), standing[i]});
            if (wanted == ResultOrder::hybrid) w.reasons.push_back({"meaning", "likeness in meaning", "语义相近度", items[i].cosine, scores[i] - standing[i]});
        }
        std::ranges::stable_sort(w.reasons, [](auto const& a, auto const& b) { return std::abs(a.part) > std::abs(b.part); });
        if (w.reasons.size() > 8) {  // the rest as one, so that they still add up
            RankReason rest{.name = "rest", .label_en = "everything else", .label_zh = "其他"};
            for (auto i2 = std::size_t{7}; i2 < w.reasons.size(); ++i2) rest.part += w.reasons[i2].part;
            w.reasons.resize(7), w.reasons.push_back(std::move(rest));
        }
    }
    return order;
}

std::vector<std::pair<std::size_t, double>> Ranking::near(CatalogueView const& view, std::string_view query, std::size_t limit) const {
    double known = 0;
    auto const v = embed(query, nullptr, &known);
    std::vector<std::pair<std::size_t, double>> out;
    if (known < least_known) return out;
    for (auto const& near : scan_->nearest(v, limit, [&](std::string_view id) { return view.find(id).has_value(); }))
        if (near.score >= least_near) out.emplace_back(*view.find(near.id), near.score);
    return out;
}

}  // namespace kindling::dialogue
