// shop/activity/api.h -- what people do and say: events, reviews, conversations.
#pragma once
#include "shop/answers.h"
#include "shop/context.h"

namespace kindling::shop {

struct Event {
    std::string kind;
    std::optional<std::int64_t> at_ms;
    std::string session_id, customer_id, product_id, query, channel;
    std::optional<std::int64_t> results, position;
    static constexpr Field fields[] = {
        field("kind", "visit, list, search, impression (a result that was shown), click, view, cart, dialogue, purchase or another word.", "visit 到访、list 类目列表、search 搜索、impression 结果曝光、click 点击、view 浏览、cart 加购、dialogue 对话、purchase 购买等。").longest(32), field("at_ms", "When; left out: now.", "时间；不填为现在。"),
        field("session_id", "Visit it belongs to.", "所属会话。").defaulted().longest(128), field("customer_id", "Customer, if known.", "顾客（如已知）。").defaulted().longest(128), field("product_id", "Product, if any.", "相关商品。").defaulted().longest(128),
        field("query", "What was searched or asked; the category of a list.", "搜索词或提问；列表页则为类目。").defaulted().longest(1000), field("channel", "web, guide, agent, app …, or where the visit came from.", "web、guide、agent、app 等，或访问来源。").defaulted().longest(32),
        field("results", "How many results a search had.", "搜索结果数。").range(0, 1e12), field("position", "Rank of what was shown or clicked, from 1.", "曝光或点击的位置，从 1 起。").range(1, 1e6)};
};
BOOST_DESCRIBE_STRUCT(Event, (), (kind, at_ms, session_id, customer_id, product_id, query, channel, results, position))

struct RecordEvents {
    std::vector<Event> events;
    static constexpr Field fields[] = {field("events", "Events in the order they happened.", "按发生顺序的事件。").longest(50000)};
};
BOOST_DESCRIBE_STRUCT(RecordEvents, (), (events))

struct Review {
    std::string review_id, product_id, customer_id;
    std::int64_t rating = 5;
    std::string title, body, language, author;
    std::optional<std::int64_t> created_at_ms;
    static constexpr Field fields[] = {
        field("review_id", "Identifier; empty: a new one.", "评价编号；留空自动生成。").defaulted().longest(128), field("product_id", "Product.", "商品。").longest(128), field("customer_id", "Who wrote it, if known.", "作者（如已知）。").defaulted().longest(128),
        field("rating", "Stars.", "星级。").range(1, 5), field("title", "Title.", "标题。").defaulted().longest(300), field("body", "Text.", "正文。").defaulted().longest(10000), field("language", "zh or en.", "zh 或 en。").defaulted().longest(16),
        field("author", "Name shown with it.", "展示的署名。").defaulted().longest(100), field("created_at_ms", "When; left out: now.", "时间；不填为现在。")};
};
BOOST_DESCRIBE_STRUCT(Review, (), (review_id, product_id, customer_id, rating, title, body, language, author, created_at_ms))

struct SaveReviews {
    std::vector<Review> reviews;
    static constexpr Field fields[] = {field("reviews", "Reviews to keep.", "要保存的评价。").longest(20000)};
};
BOOST_DESCRIBE_STRUCT(SaveReviews, (), (reviews))

struct Message {
    std::string role, body;
    json::value data;
    std::int64_t at_ms = 0;
    static constexpr Field fields[] = {field("role", "shopper, guide, agent or system.", "shopper 顾客、guide 导购、agent 客服、system 系统。").longest(32), field("body", "What was said; sealed at rest.", "内容；加密存储。").longest(20000), field("data", "Cards and other parts, as they were shown.", "展示的卡片等结构化内容。").defaulted(), field("at_ms", "When.", "时间。")};
};
BOOST_DESCRIBE_STRUCT(Message, (), (role, body, data, at_ms))

struct Conversation {
    std::string conversation_id, kind = "guide", customer_id, channel, locale, topic, status = "open";
    std::int64_t started_at_ms = 0, updated_at_ms = 0;
    std::vector<Message> messages;
    static constexpr Field fields[] = {
        field("conversation_id", "Identifier; empty: a new one.", "对话编号；留空自动生成。").defaulted().longest(128), field("kind", "guide or service.", "guide 导购或 service 客服。").defaulted().longest(32), field("customer_id", "Customer, if known.", "顾客（如已知）。").defaulted().longest(128),
        field("channel", "Where it took place.", "渠道。").defaulted().longest(32), field("locale", "zh or en.", "zh 或 en。").defaulted().longest(16), field("topic", "What it is about.", "主题。").defaulted().longest(100), field("status", "open, resolved or handed_over.", "open 进行中、resolved 已解决、handed_over 转人工。").defaulted().longest(32),
        field("started_at_ms", "First message.", "开始时间。").defaulted(), field("updated_at_ms", "Last message.", "最近消息时间。").defaulted(), field("messages", "In order.", "按顺序的消息。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(Conversation, (), (conversation_id, kind, customer_id, channel, locale, topic, status, started_at_ms, updated_at_ms, messages))

struct RecordConversations {
    std::vector<Conversation> conversations;
    static constexpr Field fields[] = {field("conversations", "Conversations that took place; those already known stay as they are.", "已发生的对话；已存在的保持不变。").longest(5000)};
};
BOOST_DESCRIBE_STRUCT(RecordConversations, (), (conversations))

Result<Saved> record_events(Context&, RecordEvents const&);
Result<Saved> save_reviews(Context&, SaveReviews const&);
Result<Saved> record_conversations(Context&, RecordConversations const&);
// Appends to a conversation that exists, or makes it; the body is sealed.
Result<void> append_messages(Context&, Conversation const& header, std::span<Message const>);

std::vector<Operation> activity_operations();

}  // namespace kindling::shop
