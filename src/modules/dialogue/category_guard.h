// modules/dialogue/category_guard.h -- goods of likely categories stand higher in a search (category_model.h) only while that is not worse for what people judged.
//
// For every query whose results were judged with different grades, NDCG@10 of the judged products in what the search shows, with the lift and without it, is kept
// beside the judgements: anew for a query when somebody judges it, for all of them when the order of results is learned. The lift is in use as long as the mean with
// it is not below the mean without it; without any judged query it is, for then nothing speaks against it. The likely categories are offered as filters either way.
//
// Cost of one query: at most six pages of results.
#pragma once
#include "modules/dialogue/api.h"

namespace kindling::dialogue {

struct CategoryBoost {
    std::int64_t judged_queries = 0;
    double ndcg_with = 0, ndcg_without = 0;
    bool in_use = true;
    static constexpr Field fields[] = {
        field("judged_queries", "Searches judged with different grades.", "评判等级有差异的搜索词数。"), field("ndcg_with", "Their mean NDCG@10 with goods of likely categories lifted, 0..1.", "提升可能类目的商品时，其平均 NDCG@10，0..1。"),
        field("ndcg_without", "The same without.", "不提升时的平均 NDCG@10。"), field("in_use", "Whether they are lifted: not when that is worse for what was judged.", "是否提升；若对已评判的搜索变差则不提升。")};
};
BOOST_DESCRIBE_STRUCT(CategoryBoost, (), (judged_queries, ndcg_with, ndcg_without, in_use))

struct JudgedGain { double with_boost = 0, without_boost = 0; };

// `grades`: by product, 0 to 3. Nothing when fewer than two of them are on sale, or all have one grade.
std::optional<JudgedGain> judged_gain(Live const&, std::string const& query, std::map<std::string, double> const& grades);

Result<CategoryBoost> category_boost(shop::Transaction&);
// Of one query; nothing: it says no more. Tells of a change ("category_boost") when the lift comes into use or goes.
Result<void> keep_gain(shop::Transaction&, std::string const& query, std::optional<JudgedGain> const&);
// Of all of them.
Result<void> keep_gains(shop::Transaction&, std::map<std::string, JudgedGain> const&);

}  // namespace kindling::dialogue
