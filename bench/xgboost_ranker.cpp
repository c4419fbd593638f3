// xgboost_ranker.cpp -- see xgboost_ranker.h.
#include "xgboost_ranker.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/random.h"
#include "engines/learning/ranking/fusion.h"

namespace kindling::bench {

namespace {

void checked(int status) {
    if (status != 0) give_up({.message = fmt::format("XGBoost: {}", XGBGetLastError())});
}

struct Queries {
    ranking::RankingData data;
    std::vector<ranking::JudgedQuery> judged;
    std::shared_ptr<void> matrix;
};

Queries part_of(const ranking::RankingData& all, std::span<const std::uint32_t> chosen, XgboostRanker::Objective objective) {
    Queries out{.data = {.features = all.features}, .judged = {}, .matrix = {}};
    std::vector<unsigned> sizes;
    std::vector<float> weights, labels;
    for (auto const q : chosen) {
        auto const from = all.queries[q], to = q + 1 < all.queries.size() ? all.queries[q + 1] : static_cast<std::uint32_t>(all.row_count());
        out.data.queries.push_back(static_cast<std::uint32_t>(out.data.grades.size()));
        out.data.rows.insert(out.data.rows.end(), all.rows.begin() + static_cast<std::ptrdiff_t>(from * all.features), all.rows.begin() + static_cast<std::ptrdiff_t>(to * all.features));
        out.data.grades.insert(out.data.grades.end(), all.grades.begin() + from, all.grades.begin() + to);
        weights.push_back(all.weights.empty() ? 1 : all.weights[q]), sizes.push_back(to - from);
        auto& judged = out.judged.emplace_back();
        judged.weight = weights.back();
        for (auto r = from; r < to; ++r) judged.candidates.push_back({.grade = all.grades[r]});
    }
    for (auto const g : out.data.grades) labels.push_back(objective == XgboostRanker::Objective::ndcg ? std::round(g) : g);
    DMatrixHandle handle = nullptr;
    checked(XGDMatrixCreateFromMat(out.data.rows.data(), labels.size(), all.features, NAN, &handle));
    out.matrix = std::shared_ptr<void>(handle, [](void* h) { XGDMatrixFree(h); });
    checked(XGDMatrixSetFloatInfo(handle, "label", labels.data(), labels.size()));
    checked(XGDMatrixSetUIntInfo(handle, "group", sizes.data(), sizes.size()));
    checked(XGDMatrixSetFloatInfo(handle, "weight", weights.data(), weights.size()));
    return out;
}

double mean_gain(const Queries& part, std::span<const float> scores) {
    double sum = 0, weights = 0;
    std::vector<double> own;
    for (std::size_t q = 0; q < part.judged.size(); ++q) {
        auto const& judged = part.judged[q];
        own.assign(scores.begin() + part.data.queries[q], scores.begin() + part.data.queries[q] + static_cast<std::ptrdiff_t>(judged.candidates.size()));
        if (auto const gain = ranking::gain_of(judged, own); gain >= 0) sum += gain * judged.weight, weights += judged.weight;
    }
    return weights > 0 ? sum / weights : 0;
}

}  // namespace

XgboostRanker XgboostRanker::fit(const ranking::RankingData& all, const Options& options) {
    auto const& like = options.like;
    std::vector<std::uint32_t> queries(all.queries.size());
    std::iota(queries.begin(), queries.end(), 0u);
    Random random(like.seed ^ 0xA11);
    for (auto i = queries.size(); i > 1; --i) std::swap(queries[i - 1], queries[random.below(i)]);
    auto const held_back = queries.size() < 20 ? 0 : static_cast<std::size_t>(static_cast<double>(queries.size()) * like.held_back);
    std::ranges::sort(queries.begin(), queries.begin() + static_cast<std::ptrdiff_t>(held_back)), std::ranges::sort(queries.begin() + static_cast<std::ptrdiff_t>(held_back), queries.end());
    auto const held = part_of(all, std::span(queries).first(held_back), options.objective), training = part_of(all, std::span(queries).subspan(held_back), options.objective);

    XgboostRanker out;
    out.features_ = all.features;
    DMatrixHandle const known[] = {training.matrix.get(), held.matrix.get()};
    BoosterHandle handle = nullptr;
    checked(XGBoosterCreate(known, 2, &handle));
    out.handle_ = std::shared_ptr<void>(handle, [](void* h) { XGBoosterFree(h); });
    auto const set = [&](const char* key, std::string const& value) { checked(XGBoosterSetParam(handle, key, value.c_str())); };
    set("objective", options.objective == Objective::ndcg ? "rank:ndcg" : "rank:pairwise");
    set("nthread", "1"), set("verbosity", "0"), set("seed", std::to_string(like.seed)), set("tree_method", "hist");
    if (options.shape == Options::Shape::ours) {
        set("grow_policy", "lossguide"), set("max_depth", "0"), set("max_leaves", std::to_string(like.leaves)), set("max_bin", "255");
        set("eta", std::to_string(like.rate)), set("subsample", std::to_string(like.query_share)), set("colsample_bytree", std::to_string(like.feature_share)), set("lambda", std::to_string(like.pull));
        set("min_child_weight", "0.1"), set("num_pairsample", "8");  // of every row, pairs drawn a round: one, its default, learns slower
    }
    double best = held.judged.empty() ? 0 : mean_gain(held, std::vector<float>(held.data.grades.size(), 0));
    for (int round = 0; round < like.trees; ++round) {
        checked(XGBoosterUpdateOneIter(handle, round, training.matrix.get()));
        if (held.judged.empty()) { out.trees_ = static_cast<std::size_t>(round) + 1; continue; }
        bst_ulong const* shape = nullptr;
        bst_ulong dimensions = 0;
        float const* values = nullptr;
        checked(XGBoosterPredictFromDMatrix(handle, held.matrix.get(), R"({"type":1,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false})", &shape, &dimensions, &values));
        auto const gain = mean_gain(held, std::span(values, held.data.grades.size()));
        if (gain > best + 1e-7) best = gain, out.trees_ = static_cast<std::size_t>(round) + 1;
        else if (round + 1 - static_cast<int>(out.trees_) >= like.patience) break;
    }
    BoosterHandle kept = nullptr;
    checked(XGBoosterSlice(handle, 0, static_cast<int>(std::max<std::size_t>(1, out.trees_)), 1, &kept));
    out.handle_ = std::shared_ptr<void>(kept, [](void* h) { XGBoosterFree(h); });
    checked(XGBoosterSetParam(kept, "nthread", "1"));
    return out;
}

std::vector<float> XgboostRanker::scores(std::span<const float> rows) const {
    if (trees_ == 0) return std::vector<float>(rows.size() / features_, 0);  // no tree was better than none
    auto const values = fmt::format(R"({{"data":[{},true],"shape":[{},{}],"typestr":"<f4","version":3}})", reinterpret_cast<std::uintptr_t>(rows.data()), rows.size() / features_, features_);
    bst_ulong const* shape = nullptr;
    bst_ulong dimensions = 0;
    float const* out = nullptr;
    checked(XGBoosterPredictFromDense(handle_.get(), values.c_str(), R"({"type":1,"training":false,"iteration_begin":0,"iteration_end":0,"missing":NaN,"strict_shape":false,"cache_id":0})", nullptr, &shape, &dimensions, &out));
    return std::vector<float>(out, out + rows.size() / features_);
}

std::size_t XgboostRanker::bytes() const {
    bst_ulong length = 0;
    char const* file = nullptr;
    checked(XGBoosterSaveModelToBuffer(handle_.get(), R"({"format":"ubj"})", &length, &file));
    return length;
}

}  // namespace kindling::bench
