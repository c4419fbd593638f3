// modules/dialogue/ranking_desk.h -- the operations with which a shop sees, teaches, judges and switches the order of its search results.
//
// Kept: judgements and the order in use in the store; what was learned in the data folder (models/ranking-<shop>), made again at any time, and the vectors that it
// makes of the catalogue (models/own-<shop>-<space>, kept_vectors.h).
#pragma once
#include "modules/dialogue/api.h"
#include "modules/dialogue/category_guard.h"
#include "modules/dialogue/ranking_learn.h"

namespace kindling::dialogue {

struct RankingState {
    ResultOrder order = ResultOrder::words;
    RankingReport report;
    bool hybrid_with_encoder = false, learned_with_encoder = false;
    CategoryBoost category_boost;
    static constexpr Field fields[] = {field("order", "The order in use.", "当前使用的排序。"), field("report", "What was learned and how the orders compare.", "学习结果与各排序的比较。"), field("hybrid_with_encoder", "Whether the hybrid order looks at the plugged encoder: its figures with it then count.", "混合排序是否使用接入的编码器；若是，则以接入后的指标为准。"), field("learned_with_encoder", "The same of the learned order.", "学习排序是否使用接入的编码器。"), field("category_boost", "Whether goods of likely categories are lifted, and what that does to the judged searches.", "是否提升可能类目的商品，以及对已评判搜索的影响。")};
};
BOOST_DESCRIBE_STRUCT(RankingState, (), (order, report, hybrid_with_encoder, learned_with_encoder, category_boost))

struct SwitchRanking {
    ResultOrder order = ResultOrder::words;
    static constexpr Field fields[] = {field("order", "words, hybrid or learned.", "words 文字、hybrid 混合或 learned 学习排序。")};
};
BOOST_DESCRIBE_STRUCT(SwitchRanking, (), (order))

struct JudgedProduct {
    std::string product_id;
    std::optional<std::int64_t> grade;
    static constexpr Field fields[] = {field("product_id", "Product.", "商品。").longest(128), field("grade", "0 does not fit, 1 partly, 2 fits, 3 exactly; left out: the judgement is taken back.", "0 不符、1 部分相符、2 相符、3 完全相符；不填则撤销该评判。").range(0, 3)};
};
BOOST_DESCRIBE_STRUCT(JudgedProduct, (), (product_id, grade))

struct JudgeResults {
    std::string query;
    std::vector<JudgedProduct> products;
    static constexpr Field fields[] = {field("query", "What is searched for.", "搜索词。").longest(1000), field("products", "What fits how well.", "各商品的相符程度。").longest(1000)};
};
BOOST_DESCRIBE_STRUCT(JudgeResults, (), (query, products))

struct Judgements {
    std::string query;
    static constexpr Field fields[] = {field("query", "Only of this search; empty: of all.", "仅此搜索词；留空为全部。").defaulted().longest(1000)};
};
BOOST_DESCRIBE_STRUCT(Judgements, (), (query))

struct Judgement {
    std::string query, product_id;
    std::int64_t grade = 0, judged_at_ms = 0;
    static constexpr Field fields[] = {field("query", "What is searched for.", "搜索词。"), field("product_id", "Product.", "商品。"), field("grade", "0 to 3.", "0 至 3。"), field("judged_at_ms", "When.", "时间。")};
};
BOOST_DESCRIBE_STRUCT(Judgement, (), (query, product_id, grade, judged_at_ms))

struct JudgementList {
    std::vector<Judgement> judgements;
    static constexpr Field fields[] = {field("judgements", "By query and product, at most 5,000.", "按搜索词与商品排列，最多 5000 条。")};
};
BOOST_DESCRIBE_STRUCT(JudgementList, (), (judgements))

class RankingDesk {
public:
    explicit RankingDesk(Module& module, shop::Services& services) : module_(module), services_(services), encoders_(services) {}
    std::vector<Operation> operations();
    // What is in use for the shop now: nothing for the words alone, or when the file is gone.
    struct InUse {
        ResultOrder order = ResultOrder::words;
        std::shared_ptr<LearnedRanking const> learned;
        std::shared_ptr<TextEncoding const> encoding;   // null: none, or not the one that was learned with
    };
    Result<InUse> in_use(shop::Transaction&);
    // Where the vectors of what was learned are kept: the same object while somebody has it. Null, for vectors in memory, when there is no folder or another process holds the file.
    std::shared_ptr<KeptVectors> vectors(std::int64_t shop_id, LearnedRanking const&);

private:
    Result<RankingState> state(Context&, Nothing const&);
    Result<RankingState> train(Context&, Nothing const&);
    Result<vector::Filled> send_texts(Context&, Live const&, Behaviour const&, TextEncoding const&);
    Result<RankingState> switch_order(Context&, SwitchRanking const&);
    Result<JudgementList> judge(Context&, JudgeResults const&);
    Result<JudgementList> judgements(Context&, Judgements const&);
    std::filesystem::path file(std::int64_t shop_id) const { return services_.folder / "models" / ("ranking-" + std::to_string(shop_id)); }
    Result<std::shared_ptr<LearnedRanking const>> learned(std::int64_t shop_id);

    Module& module_;
    shop::Services& services_;
    EncoderPort encoders_;
    std::mutex mutex_;
    struct Kept {
        std::filesystem::file_time_type written;
        std::shared_ptr<LearnedRanking const> learned;
        std::uint64_t space = 0;                      // of the vectors
        std::weak_ptr<KeptVectors> vectors = {};
    };
    std::map<std::int64_t, Kept> kept_;
};

}  // namespace kindling::dialogue
