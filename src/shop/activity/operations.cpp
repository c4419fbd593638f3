#include "shop/activity/replies.h"
#include "core/id.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include "shop/page.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>
#include <map>

namespace kindling::shop {

namespace {

struct ListReviews {
    std::string product_id;
    std::int64_t page_size = 20;
    std::string page_token;
    static constexpr Field fields[] = {field("product_id", "Whose reviews.", "哪个商品的评价。").longest(128), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 200), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListReviews, (), (product_id, page_size, page_token))

struct ReviewPage {
    std::vector<Review> reviews;
    std::string next_page_token;
    static constexpr Field fields[] = {field("reviews", "Newest first.", "最新在前。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(ReviewPage, (), (reviews, next_page_token))

struct ListConversations {
    std::string kind;
    std::optional<ConversationStatus> status;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("kind", "guide or service; empty: both.", "guide 或 service；留空为全部。").defaulted().longest(32), field("status", "Only in this state.", "仅此状态。"), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListConversations, (), (kind, status, page_size, page_token))

struct ConversationLine {
    std::string conversation_id, kind, customer_id, channel, locale, topic, status;
    std::int64_t started_at_ms = 0, updated_at_ms = 0;
    std::string preview, customer_name;
    static constexpr Field fields[] = {
        field("conversation_id", "Conversation.", "对话编号。"), field("kind", "guide or service.", "guide 导购或 service 客服。"), field("customer_id", "Customer, if known.", "顾客（如已知）。"), field("channel", "Where it takes place.", "渠道。"), field("locale", "zh or en.", "zh 或 en。"), field("topic", "What it is about.", "主题。"), field("status", "open, resolved or handed_over.", "open 进行中、resolved 已解决、handed_over 转人工。"),
        field("started_at_ms", "First message.", "开始时间。"), field("updated_at_ms", "Last message.", "最近消息时间。"), field("preview", "Beginning of the first message, at most 80 characters.", "首条消息的开头，至多 80 个字符。"), field("customer_name", "Name of the customer, for those who may see customers.", "顾客姓名（有权限者可见）。")};
};
BOOST_DESCRIBE_STRUCT(ConversationLine, (), (conversation_id, kind, customer_id, channel, locale, topic, status, started_at_ms, updated_at_ms, preview, customer_name))

struct ConversationPage {
    std::vector<ConversationLine> conversations;
    std::string next_page_token;
    static constexpr Field fields[] = {field("conversations", "Latest first, with the beginning of the first message.", "最近在前，含首条消息的开头。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(ConversationPage, (), (conversations, next_page_token))

struct GetConversation {
    std::string conversation_id;
    static constexpr Field fields[] = {field("conversation_id", "Which conversation.", "哪个对话。").longest(128)};
};
BOOST_DESCRIBE_STRUCT(GetConversation, (), (conversation_id))

constexpr std::string_view header_columns = "conversation_id, kind, customer_id, channel, locale, topic, status, started_at_ms, updated_at_ms";

Result<ReviewPage> list_reviews(Context& context, ListReviews const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("reviews", in.page_token, 2));
    std::string where = "shop_id = ? AND product_id = ? AND status = 'published'";
    std::vector<Value> values{tx.shop_id(), in.product_id};
    if (!keys.empty()) where += " AND (created_at_ms, review_id) < (?, ?)", values.emplace_back(static_cast<std::int64_t>(std::atoll(keys[0].c_str()))), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    // The writer's customer id is for staff: a public page must not link reviews of one person.
    auto const columns = context.caller.may("customers.read") ? "review_id, product_id, customer_id, rating, title, body, language, author, created_at_ms" : "review_id, product_id, rating, title, body, language, author, created_at_ms";
    ReviewPage page{TRY(tx.select_with<Review>(fmt::format("SELECT {} FROM reviews WHERE {} ORDER BY created_at_ms DESC, review_id DESC LIMIT ?", columns, where), values)), {}};
    if (page.reviews.size() > static_cast<std::size_t>(in.page_size)) {
        page.reviews.pop_back();
        std::string const last[] = {std::to_string(page.reviews.back().created_at_ms.value_or(0)), page.reviews.back().review_id};
        page.next_page_token = page_token("reviews", last);
    }
    return page;
}

// At most 80 characters on one line; an ellipsis stands for what was cut.
std::string preview_of(std::string_view body) {
    constexpr std::size_t longest = 80;
    std::u32string out;
    for (auto c : to_utf32(body)) {
        bool const blank = c <= U' ' || c == 0x7f;
        if (blank && (out.empty() || out.back() == U' ')) continue;
        if (out.size() == longest) { out.back() = U'…'; break; }
        out += blank ? U' ' : c;
    }
    if (!out.empty() && out.back() == U' ') out.pop_back();
    return to_utf8(out);
}

Result<void> add_previews(Context& context, std::vector<ConversationLine>& lines) {
    if (lines.empty()) return {};
    auto& tx = context.tx();
    std::string marks;
    std::vector<Value> values{tx.shop_id()};
    std::map<std::string, ConversationLine*, std::less<>> by_id;
    for (auto& line : lines) {
        marks += marks.empty() ? "?" : ",?";
        values.emplace_back(line.conversation_id);
        by_id.emplace(line.conversation_id, &line);
    }
    TRY(tx.run(fmt::format("SELECT conversation_id, body_sealed FROM messages WHERE shop_id = ? AND position = 0 AND conversation_id IN ({})", marks), values, [&](Row const& row) -> Result<void> {
        if (auto const i = by_id.find(row.text(0)); i != by_id.end()) i->second->preview = preview_of(TRY(context.services.vault->open(tx.shop_id(), "message", row.text(1))));
        return {};
    }));
    return {};
}

Result<void> add_customer_names(Context& context, std::vector<ConversationLine>& lines) {
    if (!context.caller.may("customers.read")) return {};
    auto& tx = context.tx();
    std::map<std::string, std::string, std::less<>> names;
    for (auto const& line : lines)
        if (!line.customer_id.empty()) names[line.customer_id];
    if (names.empty()) return {};
    std::string marks;
    std::vector<Value> values{tx.shop_id()};
    for (auto const& [id, name] : names) marks += marks.empty() ? "?" : ",?", values.emplace_back(id);
    TRY(tx.run(fmt::format("SELECT customer_id, name_sealed FROM customers WHERE shop_id = ? AND name_sealed IS NOT NULL AND customer_id IN ({})", marks), values, [&](Row const& row) -> Result<void> {
        names[std::string(row.text(0))] = TRY(context.services.vault->open(tx.shop_id(), "name", row.text(1)));
        return {};
    }));
    for (auto& line : lines)
        if (!line.customer_id.empty()) line.customer_name = names[line.customer_id];
    return {};
}

Result<ConversationPage> list_conversations(Context& context, ListConversations const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("conversations", in.page_token, 2));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (!in.kind.empty()) where += " AND kind = ?", values.emplace_back(in.kind);
    if (in.status) where += " AND status = ?", values.emplace_back(name(*in.status));
    if (!keys.empty()) where += " AND (updated_at_ms, conversation_id) < (?, ?)", values.emplace_back(static_cast<std::int64_t>(std::atoll(keys[0].c_str()))), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    ConversationPage page{TRY(tx.select_with<ConversationLine>(fmt::format("SELECT {} FROM conversations WHERE {} ORDER BY updated_at_ms DESC, conversation_id DESC LIMIT ?", header_columns, where), values)), {}};
    if (page.conversations.size() > static_cast<std::size_t>(in.page_size)) {
        page.conversations.pop_back();
        std::string const last[] = {std::to_string(page.conversations.back().updated_at_ms), page.conversations.back().conversation_id};
        page.next_page_token = page_token("conversations", last);
    }
    TRY(add_previews(context, page.conversations));
    TRY(add_customer_names(context, page.conversations));
    return page;
}

Result<Conversation> get_conversation(Context& context, GetConversation const& in) {
    auto& tx = context.tx();
    auto c = TRY((tx.find<Conversation>(fmt::format("SELECT {} FROM conversations WHERE shop_id = ? AND conversation_id = ?", header_columns), tx.shop_id(), in.conversation_id)));
    if (!c) return fail(Errc::not_found, "conversation_not_found", "There is no such conversation.", {{"/conversation_id", "conversation_not_found", "is not a conversation of this shop"}});
    Value const values[] = {tx.shop_id(), in.conversation_id};
    TRY(tx.run("SELECT role, body_sealed, data, at_ms FROM messages WHERE shop_id = ? AND conversation_id = ? ORDER BY position", values, [&](Row const& row) -> Result<void> {
        Message m{std::string(row.text(0)), TRY(context.services.vault->open(tx.shop_id(), "message", row.text(1))), nullptr, row.integer(3)};
        if (!row.text(2).empty()) m.data = TRY(parse_json(row.text(2)));
        c->messages.push_back(std::move(m));
        return {};
    }));
    return std::move(*c);
}

}  // namespace

Result<Saved> record_events(Context& context, RecordEvents const& in) {
    auto& tx = context.tx();
    if (in.events.empty()) return Saved{};
    bool const staff = context.caller.may("events.write");
    if (!staff && in.events.size() > 50) return fail(Errc::invalid_argument, "invalid_request", "A visitor may record at most 50 events at once.", {{"/events", "too_many", "must not have more than 50 entries"}});
    auto const first = TRY(tx.next_sequence("events", static_cast<std::int64_t>(in.events.size())));
    TRY(tx.run_many("INSERT INTO events (shop_id, seq, at_ms, kind, session_id, customer_id, product_id, query, results, position, channel) VALUES (?,?,?,?,?,?,?,?,?,?,?)", in.events.size(), [&](std::size_t i, std::vector<Value>& values) {
        auto const& e = in.events[i];
        // A visitor's browser may only speak for itself, and only of now.
        values = {tx.shop_id(), first + static_cast<std::int64_t>(i), staff ? e.at_ms.value_or(context.now) : context.now, e.kind, staff ? e.session_id : context.caller.session_id, staff ? e.customer_id : context.caller.customer_id, e.product_id, e.query, e.results, e.position, e.channel};
    }));
    tx.changed("event");
    return Saved{.created = static_cast<std::int64_t>(in.events.size())};
}

Result<Saved> save_reviews(Context& context, SaveReviews const& in) {
    auto& tx = context.tx();
    Saved saved;
    std::vector<std::string> ids;
    for (auto const& r : in.reviews) ids.push_back(r.review_id.empty() ? new_id("rev") : r.review_id);
    auto const changed = TRY(tx.run_many("INSERT INTO reviews (shop_id, review_id, product_id, customer_id, rating, title, body, language, author, created_at_ms) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, review_id) DO NOTHING", in.reviews.size(), [&](std::size_t i, std::vector<Value>& values) {
        auto const& r = in.reviews[i];
        values = {tx.shop_id(), ids[i], r.product_id, r.customer_id, r.rating, r.title, r.body, r.language, r.author, r.created_at_ms.value_or(context.now)};
    }));
    saved.created = changed, saved.unchanged = static_cast<std::int64_t>(in.reviews.size()) - changed;
    tx.changed("review");
    return saved;
}

Result<void> append_messages(Context& context, Conversation const& c, std::span<Message const> messages) {
    auto& tx = context.tx();
    TRY(tx.execute("INSERT INTO conversations (shop_id, conversation_id, kind, customer_id, channel, locale, topic, status, started_at_ms, updated_at_ms) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, conversation_id) DO UPDATE SET updated_at_ms = excluded.updated_at_ms, status = excluded.status, topic = excluded.topic",
                   tx.shop_id(), c.conversation_id, c.kind, c.customer_id, c.channel, c.locale, c.topic, c.status, c.started_at_ms, c.updated_at_ms));
    auto const at = TRY(tx.integer("SELECT COALESCE(MAX(position) + 1, 0) FROM messages WHERE shop_id = ? AND conversation_id = ?", tx.shop_id(), c.conversation_id));
    std::string sealed, data;
    TRY(tx.run_many("INSERT INTO messages (shop_id, conversation_id, position, role, body_sealed, data, at_ms) VALUES (?,?,?,?,?,?,?)", messages.size(), [&](std::size_t i, std::vector<Value>& values) {
        auto const& m = messages[i];
        sealed = context.services.vault->seal(tx.shop_id(), "message", m.body);
        data = m.data.is_null() ? "" : to_text(m.data);
        values = {tx.shop_id(), c.conversation_id, at + static_cast<std::int64_t>(i), m.role, Bytes{sealed}, data, m.at_ms ? m.at_ms : context.now};
    }));
    tx.changed("conversation", c.conversation_id);
    return {};
}

Result<Saved> record_conversations(Context& context, RecordConversations const& in) {
    auto& tx = context.tx();
    Saved saved;
    for (auto c : in.conversations) {
        if (c.conversation_id.empty()) c.conversation_id = new_id("con");
        if (TRY(tx.integer("SELECT COUNT(*) FROM conversations WHERE shop_id = ? AND conversation_id = ?", tx.shop_id(), c.conversation_id))) { ++saved.unchanged; continue; }
        if (!c.started_at_ms) c.started_at_ms = c.messages.empty() ? context.now : c.messages.front().at_ms;
        if (!c.updated_at_ms) c.updated_at_ms = c.messages.empty() ? c.started_at_ms : c.messages.back().at_ms;
        TRY(append_messages(context, c, c.messages));
        ++saved.created;
    }
    return saved;
}

std::vector<Operation> activity_operations() {
    auto more = reply_operations();
    std::vector<Operation> all{
        operation({.name = "events.record", .scenario = "0", .summary = {"Record what visitors look at, search, click and put into baskets.", "登记访客的浏览、搜索、点击与加购。"}, .effect = Effect::act, .permission = "public"}, &record_events),
        operation({.name = "reviews.save", .scenario = "0", .summary = {"Keep reviews; those already known stay as they are.", "保存评价；已存在的保持不变。"}, .effect = Effect::act, .permission = "reviews.write"}, &save_reviews),
        operation({.name = "reviews.list", .scenario = "25", .summary = {"Published reviews of a product, newest first.", "商品的已发布评价，最新在前。"}, .permission = "public"}, &list_reviews),
        operation({.name = "conversations.record", .scenario = "26", .summary = {"Keep conversations that took place elsewhere.", "保存在别处发生的对话。"}, .effect = Effect::act, .permission = "conversations.write"}, &record_conversations),
        operation({.name = "conversations.list", .scenario = "26", .summary = {"Conversations, latest first.", "对话列表，最近在前。"}, .permission = "conversations.read", .reasons = {"cannot_open_sealed"}}, &list_conversations),
        operation({.name = "conversations.get", .scenario = "26", .summary = {"One conversation with all that was said and shown.", "一次对话的全部内容。"}, .permission = "conversations.read", .reasons = {"conversation_not_found", "cannot_open_sealed"}}, &get_conversation),
    };
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return all;
}

}  // namespace kindling::shop
