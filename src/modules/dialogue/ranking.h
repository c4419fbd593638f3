// modules/dialogue/ranking.h -- the learned order of search results: what was learned, and how a search uses it.
//
// Three orders: `words` (what the text index and the limits say), `hybrid` (likeness in meaning joins, engines/learning/ranking/fusion.h) and `learned`
// (LambdaMART over what candidates look like). An order other than words is used only when, on queries that it had not learned from, it was at least as good, over all
// and over those that people judged (the guard), and only within the first 200 results; which products match, totals and facets stay those of the words. When words find nothing at all, the
// nearest in meaning that keep every limit are shown, and said to be that.
//
// Likeness in meaning is that of the shop's own vectors (engines/vector/space.h). An encoder that the owner plugs in (encoder_port.h) joins it: the likeness is then the
// mean of both, the encoder's cosines read between what two texts that have nothing to do with each other have (0) and 1. With it fusion and trees are fitted anew,
// and held to the words likewise; an order looks at the encoder where that is no worse than without. A query whose vector is not there in time, and a product
// whose text was not sent yet, have the own likeness alone.
//
// The own vectors stand in a file (kept_vectors.h), each with a mark of the text that it was made from: what the file holds of a product's text is not made again.
//
// Threads: any. One Ranking holds the vectors of one catalogue and follows its changes (follow, apply: one writer); readers wait for a change, not for each other.
#pragma once
#include "engines/learning/ranking/features.h"
#include "engines/learning/ranking/fusion.h"
#include "engines/learning/ranking/lambda_trees.h"
#include "engines/vector/scan.h"
#include "engines/vector/space.h"
#include "modules/dialogue/category_model.h"
#include "modules/dialogue/encoder_port.h"
#include "modules/dialogue/kept_vectors.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/value_model.h"
#include <filesystem>
#include <shared_mutex>

namespace kindling::dialogue {

enum class ResultOrder { words, hybrid, learned };
BOOST_DESCRIBE_ENUM(ResultOrder, words, hybrid, learned)

struct OrderFigures {
    double ndcg_words = 0, ndcg = 0, difference_low = 0;
    std::int64_t judged_queries = 0;
    double judged_ndcg_words = 0, judged_ndcg = 0;
    bool allowed = false;
    static constexpr Field fields[] = {
        field("ndcg_words", "NDCG@10 of the words' order over the held-out queries, 0..1.", "文字排序在留出搜索词上的 NDCG@10，0..1。"), field("ndcg", "NDCG@10 of this order over the same.", "该排序的 NDCG@10。"),
        field("difference_low", "5 % point of the mean difference (bootstrap over queries).", "平均差值的 5% 分位（按搜索词自助抽样）。"), 
        field("judged_queries", "Queries among them that people judged.", "其中由人工评判的搜索词数。").defaulted(), field("judged_ndcg_words", "NDCG@10 of the words' order over those alone.", "文字排序在人工评判搜索词上的 NDCG@10。").defaulted(), field("judged_ndcg", "NDCG@10 of this order over those alone.", "该排序在人工评判搜索词上的 NDCG@10。").defaulted(),
        field("allowed", "Whether it may be used: on enough queries, not below the words over all, nor over those that people judged.", "是否允许使用：搜索词足够，且在全部及人工评判的搜索词上都不低于文字排序。")};
};
BOOST_DESCRIBE_STRUCT(OrderFigures, (), (ndcg_words, ndcg, difference_low, judged_queries, judged_ndcg_words, judged_ndcg, allowed))

struct PlaceSeen {
    std::int64_t place = 1;
    double examined = 0;
    static constexpr Field fields[] = {field("place", "Place in the results, from 1.", "结果位置，从 1 起。"), field("examined", "Chance that it is looked at, relative to the first, 0..1.", "被看到的概率（相对第一位），0..1。")};
};
BOOST_DESCRIBE_STRUCT(PlaceSeen, (), (place, examined))

struct FeatureGain {
    std::string name, label_en, label_zh;
    double share = 0;
    static constexpr Field fields[] = {field("name", "What is looked at.", "特征。"), field("label_en", "In English.", "英文。"), field("label_zh", "In Chinese.", "中文。"), field("share", "Share of what the trees gained, 0..1.", "占树模型收益的比例，0..1。")};
};
BOOST_DESCRIBE_STRUCT(FeatureGain, (), (name, label_en, label_zh, share))

struct EncoderReport {
    std::string name, problem;
    std::int64_t dimensions = 0, texts = 0, sent = 0;
    OrderFigures hybrid, learned;
    static constexpr Field fields[] = {
        field("name", "Its model; empty: none was plugged in.", "模型名称；留空表示未接入。").defaulted(), field("problem", "Why not all texts could be sent; empty: they were.", "未能发送全部文本的原因；留空表示已全部发送。").defaulted(), field("dimensions", "Components of its vectors.", "向量维数。").defaulted(), field("texts", "Texts that have a vector.", "已有向量的文本数。").defaulted(),
        field("sent", "Texts sent for it when this was learned; what was sent before is kept.", "本次训练发送的文本数；已发送过的会保留。").defaulted(), field("hybrid", "The hybrid order with it, beside the words.", "接入后的混合排序与文字排序的比较。").defaulted(), field("learned", "The learned order with it, beside the words.", "接入后的学习排序与文字排序的比较。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(EncoderReport, (), (name, problem, dimensions, texts, sent, hybrid, learned))

struct RankingReport {
    bool trained = false;
    std::int64_t trained_at_ms = 0, products = 0, words = 0, searches_shown = 0, clicks = 0, judged_by_people = 0, held_out_queries = 0, trees = 0;
    double vector_share = 0, moved = 0;
    std::int64_t category_queries = 0;
    double category_right_by_texts = 0, category_right = 0;
    OrderFigures hybrid, learned;
    EncoderReport encoder;
    std::vector<PlaceSeen> places;
    std::vector<FeatureGain> features;
    static constexpr Field fields[] = {
        field("trained", "Whether anything was learned yet.", "是否已训练。").defaulted(), field("trained_at_ms", "When.", "训练时间。").defaulted(), field("products", "Products it knows.", "涉及商品数。").defaulted(), field("words", "Words with a vector.", "有向量的词数。").defaulted(),
        field("searches_shown", "Results shown that it learned from.", "用于学习的结果曝光数。").defaulted(), field("clicks", "Clicks among them.", "其中点击数。").defaulted(), field("judged_by_people", "Queries that people judged.", "人工评判的搜索词数。").defaulted(), field("held_out_queries", "Queries that the orders were compared on, none learned from when it was.", "用于比较的留出搜索词数。").defaulted(),
        field("trees", "Trees of the learned order.", "树的数量。").defaulted(), field("vector_share", "Weight of meaning beside the words in the hybrid order.", "混合排序中语义的权重。").defaulted(), field("moved", "Share of results that were shown in more than one place: what the estimate of places stands on.", "曾出现在多个位置的结果占比（位置估计的依据）。").defaulted(),
        field("category_queries", "Clicked queries whose likely category was held against the category of the goods chosen; none learned from when it was.", "用于检验类目预测的留出搜索词数。").defaulted(), field("category_right_by_texts", "Share whose likeliest category was the chosen one, by the catalogue's texts alone, 0..1.", "仅凭商品文字时类目预测正确的占比，0..1。").defaulted(), field("category_right", "The same with what was learned from the other queries' clicks.", "加上其他搜索词点击后的正确占比，0..1。").defaulted(),
        field("hybrid", "The hybrid order beside the words.", "混合排序与文字排序的比较。").defaulted(), field("learned", "The learned order beside the words.", "学习排序与文字排序的比较。").defaulted(), field("encoder", "The plugged text encoder and what it adds.", "接入的文本编码器及其作用。").defaulted(), field("places", "How much each place is looked at.", "各位置被看到的程度。").defaulted(), field("features", "What the trees look at most.", "树模型最看重的特征。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(RankingReport, (), (trained, trained_at_ms, products, words, searches_shown, clicks, judged_by_people, held_out_queries, trees, vector_share, moved, category_queries, category_right_by_texts, category_right, hybrid, learned, encoder, places, features))

// What orders results by likeness and words: fitted for one way of seeing likeness.
struct FittedOrder {
    ranking::FusionWeights fusion;
    std::optional<ranking::LambdaTrees> trees;
};

// The same with a plugged encoder, and how its cosines read: what texts that have nothing to do with each other have (the median), and what hardly any such pair has.
struct JoinedOrder {
    std::uint64_t encoder = 0;   // EncoderSettings::fingerprint
    double unrelated = 0, near = 1;
    FittedOrder fitted;
    float read(float cosine) const { return static_cast<float>((cosine - unrelated) / (1 - unrelated)); }
};

// What was learned, as one file.
struct LearnedRanking {
    std::shared_ptr<vector::Space const> space;
    FittedOrder own;
    std::optional<JoinedOrder> joined;
    RankingReport report;
    std::vector<ClickedCategory> clicked = {};  // which categories were chosen for which queries
    std::vector<ClickedProduct> chosen = {};    // and which goods, the most chosen of them

    std::string write() const;
    static Result<LearnedRanking> read(std::string_view file);  // invalid_argument "model_invalid"
};

// The figures that an order stands on: those with the encoder when it is `present` and the order is no worse with it.
OrderFigures const& figures_of(RankingReport const&, ResultOrder, bool present);

struct RankReason {
    std::string name, label_en, label_zh;
    std::optional<double> value;
    double part = 0;
    static constexpr Field fields[] = {field("name", "What was looked at.", "特征。"), field("label_en", "In English.", "英文。"), field("label_zh", "In Chinese.", "中文。"), field("value", "What it was for this product, as people count: a place from 1, units, a price as a share of the middle one's. Left out: not known.", "该商品的取值，按常用说法：位置从 1 起，数量为件数，价格为相对中位数的倍数；不填表示未知。"), field("part", "What it added to the score.", "对得分的贡献。")};
};
BOOST_DESCRIBE_STRUCT(RankReason, (), (name, label_en, label_zh, value, part))

struct WhyRank {
    std::string product_id;
    std::int64_t place = 0, place_by_words = 0;
    double score = 0;
    std::vector<RankReason> reasons;
    static constexpr Field fields[] = {field("product_id", "Product.", "商品。"), field("place", "Its place, from 1.", "位置，从 1 起。"), field("place_by_words", "Its place by the words alone.", "仅按文字时的位置。"), field("score", "Its score in the order in use.", "在当前排序中的得分。"), field("reasons", "What made the score, most first; they add up to it, less what all share.", "得分来源，由大到小；其和为得分减去公共部分。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(WhyRank, (), (product_id, place, place_by_words, score, reasons))

class Ranking {
public:
    static constexpr std::size_t reordered = 200;  // results beyond keep the words' order
    // `index` cuts words; it must hold the catalogue before the view is added. `encoding`: null, or that of `learned`. `kept`: vectors of `learned`, null: in memory.
    static Result<std::shared_ptr<Ranking>> make(std::shared_ptr<LearnedRanking const>, CatalogueView const&, std::shared_ptr<ProductIndex const>, std::shared_ptr<TextEncoding const> encoding = {}, std::shared_ptr<KeptVectors> kept = {});
    // Which vectors of the catalogue a file may hold: those of one space, of texts that were cut in one way.
    static std::uint64_t space_of(LearnedRanking const&);
    // Whatever of the catalogue is not as it was.
    void follow(CatalogueView const&);
    void apply(CatalogueView const&, std::span<std::string const> changed, std::span<std::string const> gone);

    struct Ordered {
        std::vector<std::size_t> places;            // in `products`
        ResultOrder order = ResultOrder::words;     // what was used: the words where the encoder's part was missing and nothing else is allowed
    };
    // New order of the first 200 of `products` (indexes into the view, in the order of the words). `why`: reasons of the first `explained`.
    Ordered order(CatalogueView const&, ResultOrder, std::string_view query, std::span<std::size_t const> products, std::size_t explained = 0, std::vector<WhyRank>* why = nullptr) const;
    // Products near in meaning, best first with their likeness; none when the query's words are mostly unknown, and no encoder knows better.
    std::vector<std::pair<std::size_t, double>> near(CatalogueView const&, std::string_view query, std::size_t limit) const;

    // What the ranker sees of products for a query. `standing_scores`: by place in the words' order, 0 for what is not in it.
    enum class Likeness { own, joined };
    struct Pool {
        std::vector<ranking::PoolItem> items;
        std::vector<std::string> words;  // of the query
        double known = 0;                // share of them that the own vectors know
        bool joined = false;             // false: the encoder has no vector of this query
    };
    Pool pool(CatalogueView const&, std::string_view query, std::span<std::size_t const> products, std::span<double const> standing_scores, Likeness) const;
    std::vector<float> features(Pool const&) const;
    LearnedRanking const& learned() const { return *learned_; }
    std::shared_ptr<TextEncoding const> const& encoding() const { return encoding_; }

private:
    std::size_t change(CatalogueView const&, std::span<std::string const> changed, std::span<std::string const> gone);  // rows of the own vectors
    bool put(CatalogueView const&, std::size_t product);   // false: its vector stands already
    void leave(std::string const& product_id);
    std::shared_ptr<LearnedRanking const> learned_;
    std::shared_ptr<ProductIndex const> index_;
    std::shared_ptr<KeptVectors> kept_;                 // null: in memory
    std::shared_ptr<vector::Scan> scan_;
    std::shared_ptr<TextEncoding const> encoding_;      // with texts, and the one that was learned with; else null
    ranking::FieldMatch match_;
    ByText<std::string> keys_;                          // product -> key of its text, when the encoder has it
    ByText<std::vector<std::string>> products_of_;      // key -> products
    mutable std::shared_mutex changing_;                // the last three
};

// What the words' order says of a place (0: the first): as the ranker is given it.
double standing_score(std::size_t place);
// A product's texts as vectors see them, and its fields as the ranker sees them.
vector::Bag bag_of(ProductIndex const&, CatalogueView const&, std::size_t product);

}  // namespace kindling::dialogue
