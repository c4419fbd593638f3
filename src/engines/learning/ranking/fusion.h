// engines/learning/ranking/fusion.h -- words and vectors in one order, and whether that may be used at all.
//
// The fused score is text / best text + share x max(0, cosine - floor) / (1 - floor): a sum of normalised scores (Bruch et al. 2023 find it better than
// reciprocal ranks as soon as there is anything to fit it to, and it needs little). The share is fitted on judged queries.
//
// The guard: the shop's judged queries are cut into folds; each fold is ordered with what the others fitted. Another order is `allowed` only when its mean NDCG@10
// over all held-out queries is not below that of the words alone. Otherwise the words alone stay.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace kindling::ranking {

struct Candidate {
    float text = 0;       // score of the text index, 0: the words do not find it
    float cosine = 0;     // of query and product
    float grade = 0;
};
struct JudgedQuery {
    std::vector<Candidate> candidates;
    double weight = 1;
};

struct FusionWeights {
    double share = 0, floor = 0.2;
};
double fused(const FusionWeights&, double text_share, double cosine);  // text_share: text / best text

// The share with the best mean NDCG@10 over the queries; 0 when none is better than the words.
FusionWeights fit_fusion(std::span<const JudgedQuery>);

// NDCG@10 of each query when its candidates are ordered by `scores`, one per candidate; ties keep the order given. Nothing judged: -1.
double gain_of(const JudgedQuery&, std::span<const double> scores);

struct Guard {
    double words = 0, other = 0;     // mean NDCG@10 over held-out queries
    double difference_low = 0;       // 5 % point of the mean difference, bootstrap over queries
    std::size_t queries = 0;
    bool allowed = false;
};
// `words` and `other`: per query; weights: per query. Queries with -1 are left out. Fewer than `fewest`: not allowed.
Guard hold(std::span<const double> words, std::span<const double> other, std::span<const double> weights, std::size_t fewest, std::uint64_t seed);

}  // namespace kindling::ranking
