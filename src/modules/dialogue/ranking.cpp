// modules/dialogue/ranking.cpp -- see ranking.h.
#include "modules/dialogue/ranking.h"
#include "core/json_codec.h"
#include "core/json_text.h"
#include "core/stable_hash.h"
#include "engines/learning/model_file/model_file.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace kindling::dialogue {

namespace {

constexpr std::string_view kind = "KRNK0003";
constexpr double least_known = 0.5, least_near = 0.35;

using Fields = std::array<std::vector<std::string>, ranking::field_count>;

Fields fields_of(ProductIndex const& index, text::Document const& document) {
    static constexpr std::size_t longest[] = {64, 64, 200, 200};
    Fields out;
    for (std::size_t f = 0; f < out.size(); ++f) out[f] = index.words(document.texts[f], longest[f]);
    return out;
}

vector::Bag bag_of(Fields const& fields) {
    static constexpr float weights[] = {1, 0.6f, 0.4f, 0.2f};
    vector::Bag out;
    for (std::size_t f = 0; f < fields.size(); ++f)
        for (std::size_t i = 0; i < std::min<std::size_t>(fields[f].size(), 80); ++i) out.push_back({fields[f][i], weights[f]});
    return out;
}

}  // namespace

double standing_score(std::size_t place) { return 10.0 / (10.0 + static_cast<double>(place)); }

vector::Bag bag_of(ProductIndex const& index, CatalogueView const& view, std::size_t product) { return bag_of(fields_of(index, index.document(view, product))); }

OrderFigures const& figures_of(RankingReport const& report, ResultOrder order, bool present) {
    auto const& own = order == ResultOrder::hybrid ? report.hybrid : report.learned;
    auto const& joined = order == ResultOrder::hybrid ? report.encoder.hybrid : report.encoder.learned;
    return present && joined.allowed && (!own.allowed || joined.ndcg >= own.ndcg) ? joined : own;
}

namespace {

void write_fitted(model_file::Writer& out, FittedOrder const& fitted) {
    out.put(fitted.fusion.share), out.put(fitted.fusion.floor);
    out.text(fitted.trees ? fitted.trees->write() : std::string());
}

Result<FittedOrder> read_fitted(model_file::Reader& in) {
    FittedOrder out;
    out.fusion.share = in.get<double>(), out.fusion.floor = in.get<double>();
    in.need(out.fusion.floor < 1);
    auto const trees = in.text(std::size_t(1) << 32);
    if (trees.empty()) return out;
    out.trees = TRY(ranking::LambdaTrees::read(trees));
    if (out.trees->features() != ranking::feature_names().size()) return fail(Errc::invalid_argument, "model_invalid", "The learned order is of another version; train it again.");
    return out;
}

}  // namespace

std::string LearnedRanking::write() const {
    model_file::Writer out;
    out.text(to_text(write_json(report)));
    out.text(space->write());
    write_fitted(out, own);
    out.put(static_cast<std::uint8_t>(joined ? 1 : 0));
    if (joined) out.put(joined->encoder), out.put(joined->unrelated), out.put(joined->near), write_fitted(out, joined->fitted);
    out.put(static_cast<std::uint32_t>(clicked.size()));
    for (auto const& c : clicked) out.text(c.query), out.text(c.category_id), out.put(c.clicks);
    out.put(static_cast<std::uint32_t>(chosen.size()));
    for (auto const& c : chosen) out.text(c.query), out.text(c.product_id), out.put(c.clicks);
    return model_file::seal(kind, out.body);
}

Result<LearnedRanking> LearnedRanking::read(std::string_view file) {
    model_file::Reader in(TRY(model_file::open(kind, file)));
    constexpr std::size_t any = std::size_t(1) << 32;
    auto const report = in.text(any), space = in.text(any);
    LearnedRanking out;
    out.own = TRY(read_fitted(in));
    if (in.get<std::uint8_t>() != 0) {
        auto& joined = out.joined.emplace();
        joined.encoder = in.get<std::uint64_t>(), joined.unrelated = in.get<double>(), joined.near = in.get<double>();
        in.need(joined.unrelated < 1);
        joined.fitted = TRY(read_fitted(in));
    }
    for (auto left = in.length(16); left > 0 && in.good(); --left) {
        auto query = in.text(4000), category = in.text(4000);
        auto const clicks = in.get<double>();
        out.clicked.push_back({std::move(query), std::move(category), clicks});
    }
    // A file of before ends here.
    for (auto left = in.at_end() ? 0 : in.length(16); left > 0 && in.good(); --left) {
        auto query = in.text(4000), product = in.text(4000);
        auto const clicks = in.get<double>();
        out.chosen.push_back({std::move(query), std::move(product), clicks});
    }
    if (!in.at_end()) return fail(Errc::invalid_argument, "model_invalid", "The learned order is damaged; train it again.");
    out.report = TRY(read_json<RankingReport>(TRY(parse_json(report))));
    out.space = TRY(vector::Space::read(space));
    return out;
}

std::uint64_t Ranking::space_of(LearnedRanking const& learned) {
    constexpr std::string_view cut = "1";  // another one when texts are cut or weighed otherwise: fields_of, bag_of, the analyser
    return stable_hash(cut, learned.space->fingerprint());
}

Result<std::shared_ptr<Ranking>> Ranking::make(std::shared_ptr<LearnedRanking const> learned, CatalogueView const& view, std::shared_ptr<ProductIndex const> index, std::shared_ptr<TextEncoding const> encoding, std::shared_ptr<KeptVectors> kept) {
    auto out = std::make_shared<Ranking>();
    if (kept) out->scan_ = std::shared_ptr<vector::Scan>(kept, &kept->scan());
    else out->scan_ = TRY(vector::Scan::open({.dimensions = learned->space->dimensions(), .space = space_of(*learned)}));
    if (encoding && encoding->texts && learned->joined && learned->joined->encoder == encoding->settings.fingerprint()) out->encoding_ = std::move(encoding);
    out->kept_ = std::move(kept), out->learned_ = std::move(learned), out->index_ = std::move(index);
    out->follow(view);
    return out;
}

bool Ranking::put(CatalogueView const& view, std::size_t product) {
    auto const& id = view[product].data.product_id;
    auto const document = index_->document(view, product);
    auto const mark = ProductIndex::mark(document);
    bool const held = scan_->mark_of(id) == mark;
    if (held && match_.holds(id)) return false;
    auto const fields = fields_of(*index_, document);
    match_.put(id, fields);
    // An id too long for a row has no vector; its words still count.
    auto const put = !held && scan_->put(id, learned_->space->embed(bag_of(fields), id), mark);
    if (!encoding_) return put;
    auto key = text_key(encoding_->product_text(*index_, view, product));
    if (auto const before = keys_.find(id); before != keys_.end()) {
        if (before->second == key) return put;
        std::erase(products_of_[before->second], id), keys_.erase(before);
    }
    if (!encoding_->texts->vector_of(key)) return put;  // its text is new: until the next learning the own vectors speak for it
    products_of_[key].push_back(id), keys_.emplace(id, std::move(key));
    return put;
}

void Ranking::leave(std::string const& id) {
    match_.erase(id), scan_->erase(id);
    if (auto const key = keys_.find(id); key != keys_.end()) std::erase(products_of_[key->second], id), keys_.erase(key);
}

void Ranking::follow(CatalogueView const& view) {
    // Only this thread writes, so what is not to be changed is found without keeping anybody waiting.
    std::vector<std::string> changed, gone;
    for (std::size_t p = 0; p < view.size(); ++p)
        if (auto const& id = view[p].data.product_id; !match_.holds(id) || scan_->mark_of(id) != ProductIndex::mark(index_->document(view, p))) changed.push_back(id);
    for (auto& id : scan_->ids())
        if (!view.find(id)) gone.push_back(std::move(id));
    auto const rows = change(view, changed, gone);
    if (kept_) kept_->changed(rows, 1);
}

void Ranking::apply(CatalogueView const& view, std::span<std::string const> changed, std::span<std::string const> gone) {
    auto const rows = change(view, changed, gone);
    if (kept_) kept_->changed(rows);
}

std::size_t Ranking::change(CatalogueView const& view, std::span<std::string const> changed, std::span<std::string const> gone) {
    std::unique_lock const lock(changing_);
    std::size_t rows = gone.size();
    for (auto const& id : changed)
        if (auto const p = view.find(id)) rows += put(view, *p);
        else leave(id), ++rows;
    for (auto const& id : gone) leave(id);
    return rows;
}

Ranking::Pool Ranking::pool(CatalogueView const& view, std::string_view query, std::span<std::size_t const> products, std::span<double const> standing_scores, Likeness likeness) const {
    Pool out{.items = {}, .words = index_->words(query, 32)};
    vector::Bag bag;
    for (auto const& w : out.words) bag.push_back({w, 1});
    out.known = learned_->space->known(bag);
    std::vector<std::string_view> ids;
    for (auto const p : products) ids.push_back(view[p].data.product_id);
    auto cosines = scan_->similarities(learned_->space->embed(bag), ids);
    if (auto const encoded = likeness == Likeness::joined && encoding_ ? encoding_->query(query) : std::nullopt) {
        out.joined = true;
        std::shared_lock const lock(changing_);
        std::vector<std::string_view> keys;
        for (auto const id : ids)
            if (auto const key = keys_.find(id); key != keys_.end()) keys.push_back(key->second);
            else keys.emplace_back();
        auto const theirs = encoding_->texts->similarities(*encoded, keys);
        for (std::size_t i = 0; i < ids.size(); ++i)
            if (!keys[i].empty()) cosines[i] = (cosines[i] + learned_->joined->read(theirs[i])) / 2;
    }
    for (std::size_t i = 0; i < products.size(); ++i) {
        auto const& entry = view[products[i]];
        auto const rated = entry.standing.reviews > 0;
        out.items.push_back({.id = ids[i], .text = static_cast<float>(standing_scores[i]), .cosine = cosines[i], .sales = static_cast<float>(entry.standing.popularity), .rating = rated ? static_cast<float>(entry.standing.rating) : std::numeric_limits<float>::quiet_NaN(), .reviews = static_cast<float>(entry.standing.reviews), .price = static_cast<float>(entry.price_from), .category = entry.category});
    }
    return out;
}

std::vector<float> Ranking::features(Pool const& pool) const {
    std::shared_lock const lock(changing_);
    return ranking::pool_features(match_, pool.words, pool.known, pool.items);
}

Ranking::Ordered Ranking::order(CatalogueView const& view, ResultOrder wanted, std::string_view query, std::span<std::size_t const> products, std::size_t explained, std::vector<WhyRank>* why) const {
    auto const n = std::min(products.size(), reordered);
    std::vector<double> standing, scores;
    for (std::size_t i = 0; i < n; ++i) standing.push_back(standing_score(i));
    auto const& report = learned_->report;
    auto const with_encoder = wanted != ResultOrder::words && encoding_ && &figures_of(report, wanted, true) != &figures_of(report, wanted, false);
    auto const seen = pool(view, query, products.first(n), standing, with_encoder ? Likeness::joined : Likeness::own);
    // Without the encoder's vector of the query: as if it were not there.
    if (with_encoder && !seen.joined && !figures_of(report, wanted, false).allowed) wanted = ResultOrder::words;
    auto const& fitted = seen.joined ? learned_->joined->fitted : learned_->own;
    if (wanted == ResultOrder::learned && !fitted.trees) wanted = ResultOrder::words;
    auto const& items = seen.items;
    Ordered out{.places = std::vector<std::size_t>(products.size()), .order = wanted};
    auto& order = out.places;
    std::iota(order.begin(), order.end(), 0);
    std::vector<float> rows;
    auto const width = ranking::feature_names().size();
    if (wanted == ResultOrder::learned) rows = features(seen);
    auto const row = [&](std::size_t i) { return std::span(rows).subspan(i * width, width); };
    for (std::size_t i = 0; i < n; ++i) scores.push_back(wanted == ResultOrder::learned ? fitted.trees->score(row(i)) : wanted == ResultOrder::hybrid ? ranking::fused(fitted.fusion, standing[i], items[i].cosine) : standing[i]);
    std::stable_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(n), [&](auto a, auto b) { return scores[a] > scores[b]; });
    for (std::size_t place = 0; why && place < std::min(explained, order.size()); ++place) {
        auto const i = order[place];
        auto& w = why->emplace_back(WhyRank{.product_id = view[products[i]].data.product_id, .place = static_cast<std::int64_t>(place + 1), .place_by_words = static_cast<std::int64_t>(i + 1), .score = i < n ? scores[i] : 0});
        if (i >= n) continue;
        if (wanted == ResultOrder::learned) {
            auto const parts = fitted.trees->explain(row(i)).parts;
            for (std::size_t f = 0; f < width; ++f)
                if (auto const& name = ranking::feature_names()[f]; parts[f] != 0) w.reasons.push_back({std::string(name.name), std::string(name.en), std::string(name.zh), std::isnan(row(i)[f]) ? std::nullopt : std::optional(ranking::as_said(name, row(i)[f])), parts[f]});
        } else {
            w.reasons.push_back({"text_place", "place by words", "文字排名", static_cast<double>(i + 1), standing[i]});
            if (wanted == ResultOrder::hybrid) w.reasons.push_back({"meaning", "likeness in meaning", "语义相近度", static_cast<double>(items[i].cosine), scores[i] - standing[i]});
        }
        std::ranges::stable_sort(w.reasons, [](auto const& a, auto const& b) { return std::abs(a.part) > std::abs(b.part); });
        if (w.reasons.size() > 8) {  // the rest as one, so that they still add up
            RankReason rest{.name = "rest", .label_en = "everything else", .label_zh = "其他", .value = {}};
            for (auto i2 = std::size_t{7}; i2 < w.reasons.size(); ++i2) rest.part += w.reasons[i2].part;
            w.reasons.resize(7), w.reasons.push_back(std::move(rest));
        }
    }
    return out;
}

std::vector<std::pair<std::size_t, double>> Ranking::near(CatalogueView const& view, std::string_view query, std::size_t limit) const {
    std::vector<std::pair<std::size_t, double>> out;
    if (auto const encoded = encoding_ ? encoding_->query(query) : std::nullopt) {
        std::shared_lock const lock(changing_);
        // Words that mean nothing are somewhat like everything: what is near stands out among what any product has of them. A hash map's first entries are as good as drawn.
        std::vector<std::string_view> sample;
        for (auto const& [id, key] : keys_)
            if (sample.push_back(key); sample.size() == 255) break;
        auto usual = encoding_->texts->similarities(*encoded, sample);
        std::ranges::sort(usual);
        auto const& joined = *learned_->joined;
        auto const floor = usual.empty() ? 0.0f : std::max(0.0f, joined.read(usual[usual.size() / 2]));
        auto const goods = [&](std::string_view key) { auto const found = products_of_.find(key); return found != products_of_.end() && !found->second.empty(); };
        for (auto const& near : encoding_->texts->nearest(*encoded, limit, goods)) {
            auto const likeness = (joined.read(near.score) - floor) / std::max(1e-3f, 1 - floor);
            if (likeness < joined.near) break;
            for (auto const& id : products_of_.find(near.id)->second)
                if (auto const p = view.find(id); p && out.size() < limit) out.emplace_back(*p, likeness);
        }
        if (!out.empty()) return out;
    }
    vector::Bag bag;
    for (auto& w : index_->words(query, 32)) bag.push_back({std::move(w), 1});
    if (learned_->space->known(bag) < least_known) return out;
    for (auto const& near : scan_->nearest(learned_->space->embed(bag), limit, [&](std::string_view id) { return view.find(id).has_value(); }))
        if (near.score >= least_near) out.emplace_back(*view.find(near.id), near.score);
    return out;
}

}  // namespace kindling::dialogue
