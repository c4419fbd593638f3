// modules/selection/push.cpp -- goods that the shop puts forward: selection.push, unpush, list_pushed.
//
// At most 200, kept as one row of settings ("selection.pushed", JSON), so that an answer reads them with one look-up. What is over is left out
// when it is read and removed with the next change.
#include "core/json_text.h"
#include "modules/selection/api.h"
#include "shop/catalogue/api.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::selection {

namespace {

constexpr std::string_view setting = "selection.pushed";
constexpr std::size_t most_pushed = 200;

struct Push {
    std::string product_id;
    std::int64_t days = 28;
    static constexpr Field fields[] = {field("product_id", "Which product.", "哪个商品。").longest(128), field("days", "For how many days.", "主推天数。").defaulted().range(1, 365)};
};
BOOST_DESCRIBE_STRUCT(Push, (), (product_id, days))

struct Unpush {
    std::string product_id;
    static constexpr Field fields[] = {field("product_id", "Which product.", "哪个商品。").longest(128)};
};
BOOST_DESCRIBE_STRUCT(Unpush, (), (product_id))

Result<void> save(Context& context, PushedList const& list) {
    auto& tx = context.tx();
    TRY(tx.execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (?,?,?,?) ON CONFLICT (shop_id, name) DO UPDATE SET value = excluded.value, updated_at_ms = excluded.updated_at_ms", tx.shop_id(), setting, to_text(write_json(list)), context.now));
    tx.changed("setting", setting);
    return {};
}

Result<PushedList> push(Context& context, Push const& in) {
    std::string const ids[] = {in.product_id};
    if (TRY(shop::load_products(context.tx(), ids)).empty()) return fail(Errc::not_found, "product_not_found", fmt::format("There is no product \"{}\".", in.product_id), {{"/product_id", "product_not_found", "is not a product of this shop"}});
    PushedList list{TRY(load_pushed(context.tx(), context.now))};
    std::erase_if(list.pushed, [&](Pushed const& p) { return p.product_id == in.product_id; });
    if (list.pushed.size() >= most_pushed) return fail(Errc::failed_precondition, "too_many_pushed", fmt::format("At most {} goods can be pushed at once: take one back first.", most_pushed));
    list.pushed.push_back({in.product_id, context.now + in.days * milliseconds_per_day});
    std::ranges::sort(list.pushed, {}, &Pushed::product_id);
    TRY(save(context, list));
    return list;
}

Result<PushedList> unpush(Context& context, Unpush const& in) {
    PushedList list{TRY(load_pushed(context.tx(), context.now))};
    if (!std::erase_if(list.pushed, [&](Pushed const& p) { return p.product_id == in.product_id; })) return fail(Errc::not_found, "not_pushed", fmt::format("The product \"{}\" is not pushed.", in.product_id), {{"/product_id", "not_pushed", "is not pushed now"}});
    TRY(save(context, list));
    return list;
}

Result<PushedList> list_pushed(Context& context, Nothing const&) { return PushedList{TRY(load_pushed(context.tx(), context.now))}; }

}  // namespace

Result<std::vector<Pushed>> load_pushed(shop::Transaction& tx, Milliseconds now) {
    std::string text;
    shop::Value const values[] = {tx.shop_id(), setting};
    TRY(tx.run("SELECT value FROM settings WHERE shop_id = ? AND name = ?", values, [&](shop::Row const& row) -> Result<void> { text = row.text(0); return {}; }));
    if (text.empty()) return std::vector<Pushed>();
    auto list = TRY(read_json<PushedList>(TRY(parse_json(text))));
    std::erase_if(list.pushed, [&](Pushed const& p) { return p.until_ms <= now; });
    return std::move(list.pushed);
}

std::vector<Operation> push_operations() {
    return {
        operation({.name = "selection.push", .scenario = "6", .summary = {"Put a product forward in recommendations for some days.", "在若干天内于推荐位主推一个商品。"}, .effect = Effect::act, .permission = "selection.write", .reasons = {"product_not_found", "too_many_pushed"}}, &push),
        operation({.name = "selection.unpush", .scenario = "6", .summary = {"No longer put a product forward.", "取消主推一个商品。"}, .effect = Effect::act, .permission = "selection.write", .reasons = {"not_pushed"}}, &unpush),
        operation({.name = "selection.list_pushed", .scenario = "6", .summary = {"What is put forward now, and until when.", "当前主推的商品及截止时间。"}, .permission = "selection.read"}, &list_pushed),
    };
}

}  // namespace kindling::selection
