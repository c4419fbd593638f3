// modules/market/api.h -- what other shops list, beside what this shop sells: market.import, market.match, market.list, market.signals,
// market.judge, market.watch, market.duplicates.
//
// Items come from a file of the owner (a platform's list, a price watcher's export): nothing is fetched. Which item is which product is
// proposed by engines/learning/matching, with a probability and reasons; people confirm or reject, and what they said is learned from
// once there is enough of it. A second file of the same source updates prices and ranks and keeps what they were.
// Thread-safe; the Services must outlive the Module.
#pragma once
#include "core/operation.h"
#include "engines/learning/matching/record.h"
#include "shop/context.h"
#include <mutex>

namespace kindling::market {

struct ImportItems {
    std::string file_id, source, currency;
    static constexpr Field fields[] = {
        field("file_id", "Upload to read: CSV, TSV or JSON Lines with a title column; price, url, rank, brand, description, code, stock and item_id are read where they are there.", "要读取的上传文件（CSV、TSV 或 JSON Lines），须有标题列；价格、链接、排名、品牌、描述、型号、库存与编号列有则读取。").longest(64),
        field("source", "Whose items these are, such as a rival's name; a later file of the same source updates them.", "来源名称（如竞品店铺名）；同一来源的后续文件会更新原有条目。").longest(100),
        field("currency", "ISO 4217 code of the prices; empty: the shop's.", "价格的货币代码；留空则为店铺货币。").defaulted().longest(3),
    };
};
BOOST_DESCRIBE_STRUCT(ImportItems, (), (file_id, source, currency))

struct RefusedLine {
    std::int64_t line = 0;
    std::string column, reason, message;
    static constexpr Field fields[] = {field("line", "Line of the file.", "文件中的行号。"), field("column", "Column that cannot be read.", "无法读取的列。"), field("reason", "Why, for programs.", "原因（供程序使用）。"), field("message", "Why and what to do.", "原因与建议。")};
};
BOOST_DESCRIBE_STRUCT(RefusedLine, (), (line, column, reason, message))

struct ImportedItems {
    std::int64_t read = 0, created = 0, updated = 0, unchanged = 0, refused = 0;
    std::vector<RefusedLine> refused_lines;
    static constexpr Field fields[] = {
        field("read", "Rows read.", "读取的行数。"), field("created", "Items that are new.", "新增条目数。"), field("updated", "Items with another price, rank or text than before.", "价格、排名或文字有变化的条目数。"),
        field("unchanged", "Items seen again as they were.", "无变化的条目数。"), field("refused", "Rows that cannot be read.", "无法读取的行数。"), field("refused_lines", "The first 100 of them.", "其中前 100 行。"),
    };
};
BOOST_DESCRIBE_STRUCT(ImportedItems, (), (read, created, updated, unchanged, refused, refused_lines))

// What moved since people were last told of it, and what became of it.
struct Watched {
    std::int64_t undercut = 0, sold_out = 0, climbing = 0, proposed = 0, held_back = 0, withdrawn = 0;
    static constexpr Field fields[] = {
        field("undercut", "Own products that another shop newly sells for less by the set share.", "被其他店铺新近以低于设定比例的价格出售的自有商品数。"), field("sold_out", "Own products in stock that another shop newly has none of.", "本店有货而其他店铺新近缺货的商品数。"),
        field("climbing", "Items of other shops whose rank is newly half of what it was, or better.", "排名数字新近减半以上的条目数。"), field("proposed", "Decisions proposed of these.", "由此提出的决策数。"),
        field("held_back", "Not told yet because the week's number is used up.", "因本周条数已满而暂未提示的数量。"), field("withdrawn", "Earlier proposals taken back because they are no longer so.", "因情况已变而撤回的提案数。"),
    };
};
BOOST_DESCRIBE_STRUCT(Watched, (), (undercut, sold_out, climbing, proposed, held_back, withdrawn))

// labels: from pairs that people confirmed and rejected; listings: from the listings themselves, retold; rules: too few listings to learn.
enum class Basis { labels, listings, rules };
BOOST_DESCRIBE_ENUM(Basis, labels, listings, rules)

struct Match {
    std::string source;
    double floor = 0.5;
    static constexpr Field fields[] = {
        field("source", "Only items of this source; empty: of all.", "仅此来源的条目；留空则全部。").defaulted().longest(100),
        field("floor", "Least probability of a proposal, 0..1.", "提议的最低概率，0 到 1。").defaulted().range(0.05, 1),
    };
};
BOOST_DESCRIBE_STRUCT(Match, (), (source, floor))

struct Matched {
    std::int64_t items = 0, products = 0, compared = 0, proposed = 0, confirmed = 0;
    Basis basis = Basis::listings;
    Watched watched;
    static constexpr Field fields[] = {
        field("items", "Items looked at.", "参与匹配的条目数。"), field("products", "Own products they were held against.", "参与匹配的自有商品数。"), field("compared", "Pairs that were compared.", "比较过的配对数。"),
        field("proposed", "Items with a proposed product.", "得到匹配提议的条目数。"), field("confirmed", "Items whose product was confirmed before.", "此前已确认的条目数。"), field("basis", "What the judgement was learned from.", "判断依据的学习来源。"), field("watched", "What moved on the market, told as market.watch tells it.", "市场变动，同 market.watch。"),
    };
};
BOOST_DESCRIBE_STRUCT(Matched, (), (items, products, compared, proposed, confirmed, basis, watched))

enum class ReasonKind { same_code, codes_differ, title_alike, brand_same, numbers_differ, price_close, price_far, no_rival, rival_near, said_by_people };
BOOST_DESCRIBE_ENUM(ReasonKind, same_code, codes_differ, title_alike, brand_same, numbers_differ, price_close, price_far, no_rival, rival_near, said_by_people)

struct MatchReason {
    ReasonKind kind = ReasonKind::title_alike;
    std::string text;
    static constexpr Field fields[] = {field("kind", "What speaks for or against it, for programs.", "支持或反对的依据（供程序使用）。"), field("text", "The same as a sentence.", "依据说明，一句话。")};
};
BOOST_DESCRIBE_STRUCT(MatchReason, (), (kind, text))

enum class MatchState { proposed, confirmed, rejected };
BOOST_DESCRIBE_ENUM(MatchState, proposed, confirmed, rejected)

struct ItemMatch {
    std::string product_id, product_title;
    MatchState state = MatchState::proposed;
    double probability = 0;
    std::vector<MatchReason> reasons;
    std::optional<std::int64_t> own_price_minor;
    std::optional<double> price_difference_percent;
    static constexpr Field fields[] = {
        field("product_id", "Own product.", "自有商品编号。"), field("product_title", "Its title.", "商品标题。"), field("state", "proposed by the server, confirmed or rejected by people.", "proposed 系统提议、confirmed 人工确认、rejected 人工否定。"),
        field("probability", "How likely they are the same item, 0..1.", "为同一商品的概率，0 到 1。"), field("reasons", "What speaks for and against it.", "支持与反对的依据。"), field("own_price_minor", "Own lowest price, minor units.", "自有最低价，最小货币单位。"),
        field("price_difference_percent", "Their price less the own, in percent of the own; absent without both or in another currency.", "对方价格减自有价格，占自有价格的百分比；缺价格或货币不同则为空。"),
    };
};
BOOST_DESCRIBE_STRUCT(ItemMatch, (), (product_id, product_title, state, probability, reasons, own_price_minor, price_difference_percent))

enum class Which { all, matched, unmatched, proposed, confirmed };
BOOST_DESCRIBE_ENUM(Which, all, matched, unmatched, proposed, confirmed)

struct ListItems {
    std::string source, product_id, query;
    Which which = Which::all;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {
        field("source", "Only this source.", "仅此来源。").defaulted().longest(100), field("product_id", "Only items matched with this product.", "仅与此商品匹配的条目。").defaulted().longest(128), field("query", "Part of a title or brand.", "标题或品牌的一部分。").defaulted().longest(200),
        field("which", "all, matched, unmatched, proposed (to be looked at) or confirmed.", "all 全部、matched 已匹配、unmatched 未匹配、proposed 待确认、confirmed 已确认。").defaulted(),
        field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before; empty for the first.", "上一页的 next_page_token；首页为空。").defaulted().longest(2000),
    };
};
BOOST_DESCRIBE_STRUCT(ListItems, (), (source, product_id, query, which, page_size, page_token))

struct MarketItem {
    std::string source, item_id, title, brand, url, currency;
    std::optional<std::int64_t> price_minor, rank, previous_price_minor, price_changed_at_ms, previous_rank;
    std::int64_t first_seen_at_ms = 0, seen_at_ms = 0;
    std::optional<bool> in_stock;
    std::optional<std::int64_t> stock_changed_at_ms;
    std::optional<ItemMatch> match;
    static constexpr Field fields[] = {
        field("source", "Whose item it is.", "来源。"), field("item_id", "Its identifier there.", "来源处的编号。"), field("title", "Title.", "标题。"), field("brand", "Brand.", "品牌。"), field("url", "Its page; a link to somebody else's site.", "商品页链接（外部网站）。"), field("currency", "ISO 4217 code of its price.", "价格货币代码。"),
        field("price_minor", "Price, minor units.", "价格，最小货币单位。"), field("rank", "Place in the source's list of best sellers, 1 is the best.", "来源处的销量排名，1 为最佳。"), field("previous_price_minor", "Price before it last changed.", "上次变价前的价格。"), field("price_changed_at_ms", "When a file first told the present price.", "现价首次出现的时间。"),
        field("previous_rank", "Rank before the last change.", "上次变化前的排名。"), field("first_seen_at_ms", "When it was first told.", "首次出现时间。"), field("seen_at_ms", "When it was last told.", "最近出现时间。"), field("in_stock", "Whether they have it; absent when their file does not say.", "对方是否有货；文件未说明则为空。"), field("stock_changed_at_ms", "When that was first told otherwise than before.", "有货状态首次变化的时间。"), field("match", "The likeliest own product, if one is likely enough.", "最可能对应的自有商品（如有）。"),
    };
};
BOOST_DESCRIBE_STRUCT(MarketItem, (), (source, item_id, title, brand, url, currency, price_minor, rank, previous_price_minor, price_changed_at_ms, previous_rank, first_seen_at_ms, seen_at_ms, in_stock, stock_changed_at_ms, match))

struct ItemPage {
    std::vector<MarketItem> items;
    std::string next_page_token;
    static constexpr Field fields[] = {field("items", "Items by source and identifier.", "按来源与编号排序的条目。"), field("next_page_token", "For the next page; empty at the end.", "下一页标记；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(ItemPage, (), (items, next_page_token))

struct Verdict {
    std::string source, item_id, product_id;
    bool same = true;
    static constexpr Field fields[] = {field("source", "Source of the item.", "条目来源。").longest(100), field("item_id", "Item.", "条目编号。").longest(512), field("product_id", "Own product.", "自有商品编号。").longest(128), field("same", "Whether they are the same item.", "是否为同一商品。")};
};
BOOST_DESCRIBE_STRUCT(Verdict, (), (source, item_id, product_id, same))

struct Judge {
    std::vector<Verdict> verdicts;
    static constexpr Field fields[] = {field("verdicts", "What people say of pairs.", "人工判断结果。").longest(500)};
};
BOOST_DESCRIBE_STRUCT(Judge, (), (verdicts))

struct Judged {
    std::int64_t confirmed = 0, rejected = 0;
    static constexpr Field fields[] = {field("confirmed", "Pairs confirmed.", "已确认的配对数。"), field("rejected", "Pairs rejected.", "已否定的配对数。")};
};
BOOST_DESCRIBE_STRUCT(Judged, (), (confirmed, rejected))

struct AskSignals {
    std::string source;
    double least_percent = 5;
    std::int64_t count = 20;
    static constexpr Field fields[] = {
        field("source", "Only this source.", "仅此来源。").defaulted().longest(100), field("least_percent", "How much cheaper an item must be to be told, in percent of the own price.", "低于自有价格多少百分比才提示。").defaulted().range(0, 100), field("count", "Rows of each kind at most.", "每类最多条数。").defaulted().range(1, 200),
    };
};
BOOST_DESCRIBE_STRUCT(AskSignals, (), (source, least_percent, count))

struct Signals {
    std::vector<MarketItem> cheaper_elsewhere, not_listed_here, price_moved, sold_out_elsewhere, climbing;
    static constexpr Field fields[] = {
        field("cheaper_elsewhere", "Matched items that cost less than the own product, the largest difference first.", "比自有商品便宜的匹配条目，差距最大在前。"),
        field("not_listed_here", "Ranked items without an own product, the best rank first: what sells elsewhere and is not sold here.", "有排名但本店未售的条目，排名最佳在前。"),
        field("price_moved", "Matched items whose price changed, the latest first.", "价格有变动的匹配条目，最近在前。"),
        field("sold_out_elsewhere", "Matched items that the other shop has none of, the latest first.", "对方缺货的匹配条目，最近在前。"),
        field("climbing", "Items whose rank is half of what it was before its last change, or better, the best first.", "排名数字较上次变化前减半以上的条目，排名最佳在前。"),
    };
};
BOOST_DESCRIBE_STRUCT(Signals, (), (cheaper_elsewhere, not_listed_here, price_moved, sold_out_elsewhere, climbing))

struct FindDuplicates {
    double floor = 0.5;
    std::int64_t count = 50;
    static constexpr Field fields[] = {field("floor", "Least probability, 0..1.", "最低概率，0 到 1。").defaulted().range(0.05, 1), field("count", "Pairs at most.", "最多返回的配对数。").defaulted().range(1, 500)};
};
BOOST_DESCRIBE_STRUCT(FindDuplicates, (), (floor, count))

struct Duplicate {
    std::string product_id, title, other_product_id, other_title;
    double probability = 0;
    std::vector<MatchReason> reasons;
    static constexpr Field fields[] = {
        field("product_id", "One product.", "商品。"), field("title", "Its title.", "标题。"), field("other_product_id", "The other.", "另一商品。"), field("other_title", "Its title.", "另一标题。"),
        field("probability", "How likely they are the same item, 0..1.", "为同一商品的概率，0 到 1。"), field("reasons", "What speaks for and against it.", "支持与反对的依据。"),
    };
};
BOOST_DESCRIBE_STRUCT(Duplicate, (), (product_id, title, other_product_id, other_title, probability, reasons))

struct Duplicates {
    std::vector<Duplicate> pairs;
    std::int64_t products = 0, compared = 0;
    Basis basis = Basis::listings;
    static constexpr Field fields[] = {field("pairs", "The likeliest first.", "可能性最高在前。"), field("products", "Products looked at.", "参与比较的商品数。"), field("compared", "Pairs that were compared.", "比较过的配对数。"), field("basis", "What the judgement was learned from.", "判断依据的学习来源。")};
};
BOOST_DESCRIBE_STRUCT(Duplicates, (), (pairs, products, compared, basis))

class Module {
public:
    explicit Module(shop::Services& services) : services_(services) {}
    std::vector<Operation> operations();

private:
    Result<Matched> match(Context&, Match const&);
    Result<Watched> watch(Context&, Nothing const&);
    Result<Duplicates> duplicates(Context&, FindDuplicates const&);
    Result<matching::Analyse> analyse();

    shop::Services& services_;
    std::mutex mutex_;
    std::shared_ptr<const text::Analyzer> analyzer_;  // made when first needed
};

}  // namespace kindling::market
