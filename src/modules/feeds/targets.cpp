// feeds.products and the targets; and the declarations.
#include "modules/feeds/product.h"
#include "modules/feeds/push.h"
#include "core/id.h"
#include "shop/page.h"
#include "shop/vault/vault.h"

namespace kindling::feeds {

namespace {

using shop::Row, shop::Transaction, shop::Value;

std::string purpose_of(std::string_view target_id) { return "feed_target:" + std::string(target_id); }

// As the register of agents has it: the internet by TLS, or this very machine.
bool may_be_reached(std::string_view url) {
    if (url.find_first_of(" \r\n\t\"\\<>?#@") != url.npos) return false;
    if (url.starts_with("https://")) return url.size() > 8;
    for (std::string_view here : {"http://127.0.0.1", "http://localhost", "http://[::1]"})
        if (url.starts_with(here)) return url.size() == here.size() || url[here.size()] == ':' || url[here.size()] == '/';
    return false;
}

constexpr std::string_view columns = "target_id, name, url, shop_url, locale, country, feed_id, note, key_sealed, pushed_at_ms, (SELECT COUNT(*) FROM feed_products p WHERE p.shop_id = feed_targets.shop_id AND p.target_id = feed_targets.target_id AND p.digest <> '') AS products";

Target target(Row const& row) {
    return {.target_id = std::string(row.text(0)), .name = std::string(row.text(1)), .url = std::string(row.text(2)), .shop_url = std::string(row.text(3)), .locale = std::string(row.text(4)), .country = std::string(row.text(5)), .feed_id = std::string(row.text(6)), .note = std::string(row.text(7)), .has_key = !row.is_null(8), .products = row.integer(10), .pushed_at_ms = row.integer(9)};
}

}  // namespace

Result<StoredTarget> target_of(shop::Services const& services, Transaction& tx, std::string const& target_id) {
    std::optional<StoredTarget> found;
    Value const values[] = {tx.shop_id(), target_id};
    TRY(tx.run("SELECT " + std::string(columns) + " FROM feed_targets WHERE shop_id = ? AND target_id = ?", values, [&](Row const& row) -> Result<void> {
        found.emplace(StoredTarget{target(row), {}});
        if (!row.is_null(8)) found->key = TRY(services.vault->open(tx.shop_id(), purpose_of(target_id), row.text(8)));
        return {};
    }));
    if (!found) return fail(Errc::not_found, "target_not_found", "There is no such target.", {{"/target_id", "target_not_found", "is not one of feeds.list_targets"}});
    return std::move(*found);
}

Result<ProductsPage> products(Context& context, AskProducts const& in) {
    if (!is_shop_url(in.shop_url)) return fail(Errc::invalid_argument, "invalid_request", "The request has 1 wrong field.", {{"/shop_url", "malformed_address", "must be an address without a path, such as https://shop.example"}});
    auto& tx = context.tx();
    auto const keys = TRY(shop::read_page_token("feed", in.page_token, 1));
    std::string own_locale;
    Value const of_shop[] = {tx.shop_id()};
    TRY(tx.run("SELECT locale FROM shops WHERE shop_id = ?", of_shop, [&](Row const& row) -> Result<void> { own_locale = row.text(0); return {}; }));
    auto const writer = TRY(Writer::read(tx, in.shop_url, locale_of(in.locale.empty() ? own_locale : in.locale)));
    std::vector<std::string> ids;
    std::string const after = keys.empty() ? "" : keys[0];
    Value const values[] = {tx.shop_id(), after, in.page_size + 1};
    TRY(tx.run("SELECT product_id FROM products WHERE shop_id = ? AND status = 'active' AND product_id > ? ORDER BY product_id LIMIT ?", values, [&](Row const& row) -> Result<void> { ids.emplace_back(row.text(0)); return {}; }));
    ProductsPage page;
    if (ids.size() > static_cast<std::size_t>(in.page_size)) {
        ids.pop_back();
        page.next_page_token = shop::page_token("feed", std::span(&ids.back(), 1));
    }
    for (auto const& p : TRY(shop::load_products(tx, ids)))
        if (!p.variants.empty()) page.products.push_back(writer.write(p));
    return page;
}

Result<TargetName> save_target(Context& context, SaveTarget const& in) {
    auto& tx = context.tx();
    std::vector<FieldError> errors;
    if (in.name.empty()) errors.push_back({"/name", "required", "must not be empty"});
    if (!may_be_reached(in.url)) errors.push_back({"/url", "malformed_address", "must begin with https://, or http:// on this machine, and hold no query"});
    if (!is_shop_url(in.shop_url)) errors.push_back({"/shop_url", "malformed_address", "must be an address without a path, such as https://shop.example"});
    if (in.locale != "en" && in.locale != "zh") errors.push_back({"/locale", "unknown_value", "expected en or zh"});
    if (!in.country.empty() && (in.country.size() != 2 || !std::ranges::all_of(in.country, [](char c) { return c >= 'A' && c <= 'Z'; }))) errors.push_back({"/country", "unknown_value", "must be two capitals, such as US"});
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The target was not saved.", std::move(errors));
    auto url = in.url;
    while (url.ends_with('/')) url.pop_back();
    auto const id = in.target_id.empty() ? new_id("fdt") : in.target_id;
    if (in.target_id.empty())
        TRY(tx.execute("INSERT INTO feed_targets (shop_id, target_id, name, url, shop_url, locale, country, created_at_ms) VALUES (?,?,?,?,?,?,?,?)", tx.shop_id(), id, in.name, url, in.shop_url, in.locale, in.country, context.now));
    else {
        auto const before = TRY(target_of(context.services, tx, id));
        // Another place or market is another feed: nothing of this shop is there yet.
        if (before.url != url || before.country != in.country) {
            TRY(tx.execute("UPDATE feed_targets SET feed_id = '', pushed_at_ms = 0 WHERE shop_id = ? AND target_id = ?", tx.shop_id(), id));
            TRY(tx.execute("DELETE FROM feed_products WHERE shop_id = ? AND target_id = ?", tx.shop_id(), id));
        }
        TRY(tx.execute("UPDATE feed_targets SET name = ?, url = ?, shop_url = ?, locale = ?, country = ?, note = '' WHERE shop_id = ? AND target_id = ?", in.name, url, in.shop_url, in.locale, in.country, tx.shop_id(), id));
    }
    if (in.key) {
        auto const sealed = in.key->empty() ? std::string() : context.services.vault->seal(tx.shop_id(), purpose_of(id), *in.key);
        TRY(tx.execute("UPDATE feed_targets SET key_sealed = ? WHERE shop_id = ? AND target_id = ?", sealed.empty() ? Value() : Value(shop::Bytes{sealed}), tx.shop_id(), id));
    }
    return TargetName{id};
}

Result<Targets> list_targets(Context& context, Nothing const&) {
    Targets out;
    Value const values[] = {context.tx().shop_id()};
    TRY(context.tx().run("SELECT " + std::string(columns) + " FROM feed_targets WHERE shop_id = ? ORDER BY name, target_id", values, [&](Row const& row) -> Result<void> { out.targets.push_back(target(row)); return {}; }));
    return out;
}

Result<Nothing> remove_target(Context& context, TargetName const& in) {
    auto& tx = context.tx();
    TRY(target_of(context.services, tx, in.target_id));
    TRY(tx.execute("DELETE FROM feed_products WHERE shop_id = ? AND target_id = ?", tx.shop_id(), in.target_id));
    TRY(tx.execute("DELETE FROM feed_targets WHERE shop_id = ? AND target_id = ?", tx.shop_id(), in.target_id));
    return Nothing{};
}

std::vector<Operation> operations() {
    return {
        operation({.name = "feeds.products", .scenario = "25", .summary = {"The products as agents take them in (ACP product feed), page by page.", "以智能体可接收的格式（ACP 商品供稿）分页列出商品。"}, .permission = "public"}, &products),
        operation({.name = "feeds.save_target", .scenario = "25", .summary = {"Keep where a product feed is pushed to.", "保存商品供稿的推送目标。"}, .effect = Effect::act, .permission = "feeds.write", .reasons = {"target_not_found"}}, &save_target),
        operation({.name = "feeds.list_targets", .scenario = "25", .summary = {"Where product feeds are pushed to, and how it went.", "商品供稿的推送目标与推送情况。"}, .permission = "feeds.read"}, &list_targets),
        operation({.name = "feeds.remove_target", .scenario = "25", .summary = {"Forget a target; what it holds stays there.", "删除推送目标；对方已有的数据不受影响。"}, .effect = Effect::act, .permission = "feeds.write", .reasons = {"target_not_found"}}, &remove_target),
        operation({.name = "feeds.push", .scenario = "25", .summary = {"Push what is new, changed or no longer sold to a target.", "把新增、变化与停售的商品推送到目标。"}, .effect = Effect::act, .permission = "feeds.write", .reasons = {"target_not_found", "target_refused", "target_unreachable"}, .length = Length::long_}, &push),
    };
}

}  // namespace kindling::feeds
