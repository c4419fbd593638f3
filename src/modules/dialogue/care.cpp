// modules/dialogue/care.cpp -- see care.h.
#include "modules/dialogue/care.h"
#include "modules/dialogue/sql.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>

namespace kindling::dialogue {

using shop::Row, shop::Value;

Result<std::vector<WatchLine>> Care::waiting(Context& context, std::string const& conversation_id) {
    auto const now = TRY(module_.live(context.shop_id, context.now));
    auto const port = sql::watches(context, conversation_id);
    std::vector<WatchLine> out;
    for (auto const& w : TRY(port->waiting())) {
        bool const price = w.kind == Watches::Kind::price;
        WatchLine line{.watch_id = w.watch_id, .sku = w.sku, .kind = price ? "price" : "stock", .target_minor = price ? w.target_minor : 0};
        if (auto const found = now.view->find_sku(w.sku)) {
            auto const& entry = (*now.view)[found->first];
            auto const& variant = entry.variants[found->second];
            line.product_id = entry.data.product_id, line.title_en = entry.data.title_en, line.title_zh = entry.data.title_zh, line.price_minor = variant.price_minor;
            line.came = variant.stock > 0 && (!price || variant.price_minor <= w.target_minor);
        }
        out.push_back(std::move(line));
    }
    return out;
}

Result<News> Care::news(Context& context, NewsOf const& in) {
    News out;
    auto const stored = TRY(sql::conversations(context)->load(in.conversation_id));
    if (!stored) return out;
    auto& tx = context.tx();
    Value const which[] = {tx.shop_id(), in.conversation_id};
    TRY(tx.run("SELECT status FROM conversations WHERE shop_id = ? AND conversation_id = ?", which, [&](Row const& row) -> Result<void> { out.status = row.text(0); return {}; }));
    Value const values[] = {tx.shop_id(), in.conversation_id, in.after_ms};
    TRY(tx.run("SELECT body_sealed, at_ms FROM messages WHERE shop_id = ? AND conversation_id = ? AND role = 'agent' AND at_ms > ? ORDER BY position LIMIT 200", values, [&](Row const& row) -> Result<void> {
        out.said.push_back({TRY(context.services.vault->open(tx.shop_id(), "message", row.text(0))), row.integer(1)});
        return {};
    }));
    out.watches = TRY(waiting(context, in.conversation_id));
    return out;
}

namespace {
std::unexpected<Error> sign_in_first() { return fail(Errc::permission_denied, "not_signed_in", "Sign in to your account first."); }
}  // namespace

Result<Memory> Care::memory(Context& context, Nothing const&) {
    auto const port = sql::preferences(context);
    if (!port->signed_in()) return sign_in_first();
    return Memory{TRY(port->allowed()), TRY(port->read())};
}

Result<Nothing> Care::forget(Context& context, Forget const& in) {
    auto const port = sql::preferences(context);
    if (!port->signed_in()) return sign_in_first();
    if (in.constraint_id.empty()) {
        TRY(port->forget());
        return Nothing{};
    }
    auto wishes = TRY(port->read());
    if (std::erase_if(wishes, [&](Constraint const& c) { return c.constraint_id == in.constraint_id; }) == 0) return fail(Errc::not_found, "wish_not_found", "The guide does not remember this.", {{"/constraint_id", "wish_not_found", "is not remembered of you"}});
    TRY(port->write(wishes));
    return Nothing{};
}

Result<WatchList> Care::watches(Context& context, WatchesOf const& in) { return WatchList{TRY(waiting(context, in.conversation_id))}; }

Result<Nothing> Care::stop(Context& context, StopWatch const& in) {
    if (TRY(sql::watches(context, in.conversation_id)->stop(in.watch_id)) == 0 || in.watch_id.empty()) return fail(Errc::not_found, "watch_not_found", "There is no such alert, or it is over.", {{"/watch_id", "watch_not_found", "is not an alert of yours"}});
    return Nothing{};
}

Result<PriceHistory> Care::history(Context& context, HistoryOf const& in) {
    auto const now = TRY(module_.live(context.shop_id, context.now));
    auto const found = now.view->find_sku(in.sku);
    if (!found) return fail(Errc::not_found, "sku_not_found", fmt::format("There is no SKU \"{}\" on sale.", in.sku), {{"/sku", "sku_not_found", "is not on sale"}});
    return price_history(in.sku, now.view->currency(), (*now.view)[found->first].variants[found->second].price_minor, TRY(sql::price_points(context.tx(), in.sku)), context.now);
}

std::vector<Operation> Care::operations() {
    return {
        operation({.name = "dialogue.news", .scenario = "25", .summary = {"What people of the shop have said in a conversation, and what is waited for in it.", "对话中店员的回复与正在等待的提醒。"}, .permission = "public", .reasons = {"cannot_open_sealed"}}, *this, &Care::news),
        operation({.name = "dialogue.memory", .scenario = "25", .summary = {"What the guide remembers about whoever is signed in.", "导购记住的本人偏好。"}, .permission = "public", .reasons = {"cannot_open_sealed"}}, *this, &Care::memory),
        operation({.name = "dialogue.forget_memory", .scenario = "25", .summary = {"Delete one thing that the guide remembers about oneself, or all of it with the consent.", "删除导购记住的某一项本人偏好，或全部删除并撤回同意。"}, .effect = Effect::act, .permission = "public", .reasons = {"cannot_open_sealed", "wish_not_found"}}, *this, &Care::forget),
        operation({.name = "dialogue.watches", .scenario = "6", .summary = {"Prices and stock that a shopper waits for.", "顾客等待的降价与到货提醒。"}, .permission = "public"}, *this, &Care::watches),
        operation({.name = "dialogue.stop_watch", .scenario = "6", .summary = {"Stop waiting for a price or for stock.", "取消一条降价或到货提醒。"}, .effect = Effect::act, .permission = "public", .reasons = {"watch_not_found"}}, *this, &Care::stop),
        operation({.name = "dialogue.price_history", .scenario = "25", .summary = {"What a SKU has cost; a lowest is stated only for a span that the records cover whole.", "某 SKU 的价格历史；仅在记录完整覆盖时给出最低价。"}, .permission = "public", .reasons = {"sku_not_found"}}, *this, &Care::history),
    };
}

}  // namespace kindling::dialogue
