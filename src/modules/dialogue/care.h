// modules/dialogue/care.h -- operations beside the talk: news of it, what is remembered, what is waited for, what something has cost.
#pragma once
#include "modules/dialogue/api.h"

namespace kindling::dialogue {

struct NewsOf {
    std::string conversation_id;
    std::int64_t after_ms = 0;
    static constexpr Field fields[] = {field("conversation_id", "Secret of the conversation.", "对话凭证。").longest(128), field("after_ms", "Only what was said after, milliseconds since 1970 UTC.", "仅此时间之后的内容（UTC 毫秒）。").defaulted().range(0, 1e15)};
};
BOOST_DESCRIBE_STRUCT(NewsOf, (), (conversation_id, after_ms))

struct SaidByPerson {
    std::string text;
    std::int64_t at_ms = 0;
    static constexpr Field fields[] = {field("text", "What somebody of the shop said.", "店员所说。"), field("at_ms", "When.", "时间。")};
};
BOOST_DESCRIBE_STRUCT(SaidByPerson, (), (text, at_ms))

struct WatchLine {
    std::string watch_id, sku, product_id, title_en, title_zh, kind;
    std::int64_t target_minor = 0, price_minor = 0;
    bool came = false;
    static constexpr Field fields[] = {field("watch_id", "Alert.", "提醒编号。"), field("sku", "SKU.", "SKU。"), field("product_id", "Product; empty when it is no longer sold.", "商品；已下架则为空。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("kind", "price or stock.", "price 降价或 stock 到货。"), field("target_minor", "Price waited for, minor units; 0 for stock.", "期望价格，最小货币单位；到货提醒为 0。"), field("price_minor", "Price now.", "当前价格。"), field("came", "Whether it has come true.", "是否已满足。")};
};
BOOST_DESCRIBE_STRUCT(WatchLine, (), (watch_id, sku, product_id, title_en, title_zh, kind, target_minor, price_minor, came))

struct News {
    std::string status;
    std::vector<SaidByPerson> said;
    std::vector<WatchLine> watches;
    static constexpr Field fields[] = {field("status", "open, with_person, handed_over or resolved; empty: no such conversation.", "open、with_person、handed_over 或 resolved；对话不存在则为空。"), field("said", "By people of the shop, oldest first.", "店员的回复，最早在前。"), field("watches", "What is waited for in it; what has come is told by the guide in the next turn.", "正在等待的提醒；已满足的由导购在下一轮告知。")};
};
BOOST_DESCRIBE_STRUCT(News, (), (status, said, watches))

struct Memory {
    bool allowed = false;
    std::vector<Constraint> wishes;
    static constexpr Field fields[] = {field("allowed", "Whether its owner has agreed to be remembered.", "本人是否同意被记住。"), field("wishes", "What is remembered.", "记住的偏好。")};
};
BOOST_DESCRIBE_STRUCT(Memory, (), (allowed, wishes))

struct Forget {
    std::string constraint_id;
    static constexpr Field fields[] = {field("constraint_id", "Only this wish, and the consent stays; empty: all of them, and the consent is taken back.", "仅忘记此项并保留授权；留空则全部忘记并撤回授权。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(Forget, (), (constraint_id))

struct WatchesOf {
    std::string conversation_id;
    static constexpr Field fields[] = {field("conversation_id", "Of a guest: the conversation; whoever is signed in leaves it empty.", "游客为对话凭证；已登录留空。").defaulted().longest(128)};
};
BOOST_DESCRIBE_STRUCT(WatchesOf, (), (conversation_id))

struct WatchList {
    std::vector<WatchLine> watches;
    static constexpr Field fields[] = {field("watches", "What is waited for, oldest first.", "正在等待的提醒，最早在前。")};
};
BOOST_DESCRIBE_STRUCT(WatchList, (), (watches))

struct StopWatch {
    std::string conversation_id, watch_id;
    static constexpr Field fields[] = {field("conversation_id", "Of a guest: the conversation.", "游客为对话凭证。").defaulted().longest(128), field("watch_id", "Which alert.", "提醒编号。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(StopWatch, (), (conversation_id, watch_id))

struct HistoryOf {
    std::string sku;
    static constexpr Field fields[] = {field("sku", "Which SKU.", "SKU。").longest(128)};
};
BOOST_DESCRIBE_STRUCT(HistoryOf, (), (sku))

class Care {
public:
    explicit Care(Module& module) : module_(module) {}
    Result<News> news(Context&, NewsOf const&);
    Result<Memory> memory(Context&, Nothing const&);
    Result<Nothing> forget(Context&, Forget const&);
    Result<WatchList> watches(Context&, WatchesOf const&);
    Result<Nothing> stop(Context&, StopWatch const&);
    Result<PriceHistory> history(Context&, HistoryOf const&);
    std::vector<Operation> operations();

private:
    Result<std::vector<WatchLine>> waiting(Context&, std::string const& conversation_id);
    Module& module_;
};

}  // namespace kindling::dialogue
