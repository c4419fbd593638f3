// conversations.reply, conversations.set_status: see replies.h.
#include "shop/activity/replies.h"

namespace kindling::shop {

namespace {

struct Reply {
    std::string conversation_id, text;
    static constexpr Field fields[] = {field("conversation_id", "Which conversation.", "哪个对话。").longest(128), field("text", "What the shop says; plain text.", "店铺的回复，纯文本。").longest(4000)};
};
BOOST_DESCRIBE_STRUCT(Reply, (), (conversation_id, text))

struct SetStatus {
    std::string conversation_id;
    ConversationStatus status = ConversationStatus::open;
    static constexpr Field fields[] = {field("conversation_id", "Which conversation.", "哪个对话。").longest(128), field("status", "open: the guide answers; with_person: a person does; handed_over: waits for one; resolved: done.", "open 导购应答；with_person 人工应答；handed_over 等待人工；resolved 已解决。")};
};
BOOST_DESCRIBE_STRUCT(SetStatus, (), (conversation_id, status))

std::unexpected<Error> not_found() { return fail(Errc::not_found, "conversation_not_found", "There is no such conversation.", {{"/conversation_id", "conversation_not_found", "is not a conversation of this shop"}}); }

Result<Nothing> reply(Context& context, Reply const& in) {
    if (in.text.find_first_not_of(" \t\r\n") == std::string::npos) return fail(Errc::invalid_argument, "invalid_request", "There is nothing to say.", {{"/text", "required", "must not be blank"}});
    TRY(say_in_conversation(context, in.conversation_id, in.text, "with_person"));
    return Nothing{};
}

Result<Nothing> set_status(Context& context, SetStatus const& in) {
    auto& tx = context.tx();
    if (!TRY(tx.execute("UPDATE conversations SET status = ?, updated_at_ms = ? WHERE shop_id = ? AND conversation_id = ?", name(in.status), context.now, tx.shop_id(), in.conversation_id))) return not_found();
    tx.changed("conversation", in.conversation_id);
    return Nothing{};
}

}  // namespace

Result<void> say_in_conversation(Context& context, std::string const& conversation_id, std::string const& body, std::string const& status) {
    auto& tx = context.tx();
    auto header = TRY((tx.find<Conversation>("SELECT conversation_id, kind, customer_id, channel, locale, topic, status, started_at_ms, updated_at_ms FROM conversations WHERE shop_id = ? AND conversation_id = ?", tx.shop_id(), conversation_id)));
    if (!header) return not_found();
    header->updated_at_ms = context.now;
    if (!status.empty()) header->status = status;
    Message const said{.role = "agent", .body = body, .at_ms = context.now};
    return append_messages(context, *header, std::span(&said, 1));
}

std::vector<Operation> reply_operations() {
    return {
        operation({.name = "conversations.reply", .scenario = "26", .summary = {"Answer a shopper in their conversation; the guide is quiet until it is given back.", "人工回复顾客；交还之前导购不再应答。"}, .effect = Effect::act, .permission = "conversations.write", .reasons = {"conversation_not_found"}}, &reply),
        operation({.name = "conversations.set_status", .scenario = "26", .summary = {"Take a conversation over, give it back to the guide, or close it.", "接手对话、交还导购或结束对话。"}, .effect = Effect::act, .permission = "conversations.write", .reasons = {"conversation_not_found"}}, &set_status),
    };
}

}  // namespace kindling::shop
