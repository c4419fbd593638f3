// modules/reviews/api.h -- reviews.digest: what the buyers of one product say, by aspect, with their own words.
//
// Read from the published reviews on each call (the newest 1,000), by the lexicon and rules of engines/learning/opinion, or by a reader that
// the shop has taught (learned.h); a review counts from the moment it is saved. Quotes are stretches of the bodies as they were written. Any thread, each with its Context.
#pragma once
#include "core/operation.h"
#include "shop/context.h"

namespace kindling::reviews {

struct DigestReviews {
    std::string product_id, locale;
    std::int64_t quotes = 1;
    static constexpr Field fields[] = {
        field("product_id", "Whose reviews.", "哪个商品的评价。").longest(128), field("locale", "Language of the labels and, where there are any, of the quotes: zh or en; empty: the caller's.", "标签语言，引文也优先用该语言：zh 或 en；留空随调用者。").defaulted().longest(16),
        field("quotes", "Most quotes of praise, and of blame, for an aspect.", "每个维度最多引用的好评条数与差评条数。").defaulted().range(0, 3)};
};
BOOST_DESCRIBE_STRUCT(DigestReviews, (), (product_id, locale, quotes))

// lexicon: a word list and rules, nothing trained. learned: a reader that the shop taught (learned.h), for reviews of its language.
enum class Basis { lexicon, learned };
BOOST_DESCRIBE_ENUM(Basis, lexicon, learned)

struct ReviewQuote {
    std::string review_id, text;
    bool praise = true;
    std::int64_t rating = 0, created_at_ms = 0;
    static constexpr Field fields[] = {field("review_id", "Review it stands in.", "所在评价。"), field("text", "A stretch of that review's text, exactly as written; data, never markup.", "评价原文的一段，一字未改；仅为数据，不是标记。"), field("praise", "Whether it praises.", "是否为好评。"), field("rating", "Stars that the review gave.", "该评价的星级。"), field("created_at_ms", "When it was written.", "评价时间。")};
};
BOOST_DESCRIBE_STRUCT(ReviewQuote, (), (review_id, text, praise, rating, created_at_ms))

struct AspectLine {
    std::string aspect, label;
    std::int64_t count = 0, praise = 0, blame = 0, both = 0;
    double praise_share = 0;
    std::vector<ReviewQuote> quotes;
    static constexpr Field fields[] = {
        field("aspect", "Identifier: quality, look, size, comfort, use, effect, sound, battery, smell, taste, noise, price, delivery, packaging, service, description or overall.", "维度标识：quality 质量、look 外观、size 尺寸、comfort 舒适、use 易用、effect 效果、sound 音质、battery 续航、smell 气味、taste 口味、noise 噪音、price 价格、delivery 物流、packaging 包装、service 服务、description 与描述相符、overall 总体。"),
        field("label", "Its name in the answer's language.", "维度名称（按回答语言）。"), field("count", "Reviews that judge it.", "评到这一维度的评价数。"), field("praise", "Of these, reviews that only praise it.", "其中只有好评的评价数。"), field("blame", "Reviews that only blame it.", "只有差评的评价数。"), field("both", "Reviews that do both.", "好差兼有的评价数。"),
        field("praise_share", "Share of praise, 0..1; a review of both counts half.", "好评占比，0..1；好差兼有的计一半。"), field("quotes", "The most typical of the larger side first.", "引文，占多数的一方在前。")};
};
BOOST_DESCRIBE_STRUCT(AspectLine, (), (aspect, label, count, praise, blame, both, praise_share, quotes))

struct ReviewDigest {
    std::int64_t reviews = 0, reviews_read = 0, reviews_with_remarks = 0;
    std::optional<double> rating;
    Basis basis = Basis::lexicon;
    std::vector<AspectLine> aspects;
    static constexpr Field fields[] = {
        field("reviews", "Published reviews of the product.", "该商品的已发布评价数。"), field("reviews_read", "Of these, read here: the newest 1,000 at most.", "其中本次读取的条数，至多最新 1000 条。"), field("reviews_with_remarks", "Of these, reviews in whose words a judgement was found.", "其中文字里读出评价的条数。"), field("rating", "Mean of the stars, 1 to 5; absent without reviews.", "星级均分，1 到 5；无评价时为空。"),
        field("basis", "lexicon: read by a word list and rules, nothing was trained; learned: by a reader taught with reviews.teach.", "lexicon：按词表与规则读出，未经训练；learned：由 reviews.teach 训练的模型读出。"), field("aspects", "The most spoken of first, overall last.", "谈得多的在前，总体在最后。")};
};
BOOST_DESCRIBE_STRUCT(ReviewDigest, (), (reviews, reviews_read, reviews_with_remarks, rating, basis, aspects))

// not_found "product_not_found".
Result<ReviewDigest> digest_reviews(Context&, DigestReviews const&);

std::vector<Operation> operations();

}  // namespace kindling::reviews
