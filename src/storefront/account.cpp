// The account's first page: one's orders, and an order that joins them. Guests find the sign-in and the look-up of one order here.
#include "storefront/account.h"
#include "core/json_text.h"
#include "core/time.h"
#include "gateway/http/url.h"
#include "shop/vault/vault.h"
#include "storefront/pages.h"
#include "storefront/words.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

constexpr struct { AccountPart part; std::string_view path; Text name; } parts[] = {
    {AccountPart::orders, "/account", {"Orders", "我的订单"}}, {AccountPart::details, "/account/details", {"Details and addresses", "资料与地址"}}, {AccountPart::password, "/account/password", {"Password", "密码"}}, {AccountPart::privacy, "/account/privacy", {"Privacy", "隐私"}}};

constexpr std::pair<std::string_view, Text> notices[] = {
    {"welcome", {"Your account is open. Welcome.", "账户已开通，欢迎光临。"}}, {"saved", {"Saved.", "已保存。"}}, {"removed", {"Removed.", "已删除。"}}, {"forgotten", {"Forgotten.", "已忘记。"}},
    {"password", {"Your password is changed. All other devices are signed out.", "密码已修改，其他设备均已退出登录。"}}, {"attached", {"The order is now in your account.", "该订单已归入您的账户。"}}};

Html history(Visit const& visit, shop::OrderPage const& found) {
    Html h;
    h.add("<ul class=\"history\">");
    for (auto const& order : found.orders) {
        std::string items;
        for (auto const& l : order.lines) items += fmt::format("{}{}{}", items.empty() ? std::string_view() : visit.say({", ", "、"}), l.title.empty() ? l.sku : l.title, l.quantity == 1 ? std::string() : fmt::format(" × {}", l.quantity));
        h.add("<li class=\"panel\"><p class=\"number\"><a href=\"{}\"><b>{}</b></a><span class=\"sum\">{}</span></p><p class=\"soft\">{} · <b class=\"state\">{}</b></p><p class=\"items\" dir=\"auto\">{}</p></li>", visit.link("/order/" + gateway::percent_encode(order.order_id)), order.order_id, visit.money(order.total_minor), format_date(day_of(order.placed_at_ms)), order_status_name(visit, name(order.status)), items);
    }
    return h.add("</ul>");
}

Result<Response> orders_with(Site& site, Visit const& visit, Error const* problem) {
    json::object request{{"expand", json::array{"lines"}}, {"page_size", 20}};
    auto const query = visit.request.query();
    if (auto const after = gateway::find(query, "after")) request["page_token"] = *after;
    auto const found = TRY(read_json<shop::OrderPage>(TRY(site.call(visit, "orders.list_orders", request))));
    Html main;
    if (found.orders.empty()) main.add("<div class=\"empty\"><p>{}</p><p><a class=\"button\" href=\"{}\">{}</a></p></div>", visit.say({"There are no orders in your account yet.", "账户里还没有订单。"}), visit.link("/"), visit.say({"Look around", "去逛逛"}));
    else main.add(history(visit, found));
    if (!found.next_page_token.empty()) main.add("<p class=\"next\"><a class=\"button quiet\" href=\"{}\">{}</a></p>", visit.link("/account?after=" + gateway::percent_encode(found.next_page_token)), visit.say({"Earlier orders", "更早的订单"}));
    static constexpr Box number{"order", "text", "off", {"Order number", "订单号"}}, proof{"proof", "text", "off", {"E-mail, phone or order code", "邮箱、手机号或查询码"}};
    main.add("<details class=\"panel\"{}><summary>{}</summary><p class=\"hint\">{}</p>", Mark(" open", problem != nullptr), visit.say({"Add an order placed without signing in", "添加未登录时下的订单"}), visit.say({"Orders join your account one by one: by their number, with the e-mail or phone they were placed with, or the code you received.", "订单需逐个归入账户：凭订单号，加上下单时的邮箱、手机号或查询码。"}));
    main.add("<form action=\"{}\" method=\"post\">{}{}{}{}<button class=\"button\">{}</button></form></details>", visit.link("/account/attach"), csrf_field(visit), problem_box(visit, problem), box_html(visit, number, visit.field("order"), {}, ""), box_html(visit, proof, "", {}, ""), visit.say({"Add to my account", "归入我的账户"}));
    return account_frame(visit, AccountPart::orders, main, problem);
}

}  // namespace

Html csrf_field(Visit const& visit) { return html("<input type=\"hidden\" name=\"csrf\" value=\"{}\">", visit.csrf); }

Html problem_box(Visit const& visit, Error const* problem) {
    if (!problem) return {};
    return html("<p class=\"wrong box\" role=\"alert\">{}</p>", explain(visit, problem->reason, problem->message));
}

std::optional<Response> refused(Visit const& visit) {
    if (!visit.signed_in()) return see_other(visit, visit.link("/account/sign-in"));
    if (!shop::same_secret(visit.field("csrf"), visit.csrf)) return error_page(visit, {Errc::permission_denied, "cross_site_request", explain(visit, "cross_site_request", "")});
    return {};
}

Result<shop::Account> own_account(Site& site, Visit const& visit) { return read_json<shop::Account>(TRY(site.call(visit, "accounts.get", {}))); }

Response account_frame(Visit const& visit, AccountPart part, Html const& main, Error const* problem) {
    auto const here = std::ranges::find(parts, part, [](auto const& p) { return p.part; });
    Meta meta{.title = std::string(visit.say(here->name)), .path = std::string(here->path), .index = Meta::Index::no, .status = problem ? gateway::status_of(*problem) : 200};
    if (meta.status == 403 || meta.status == 400 || meta.status == 404) meta.status = 422;  // the form, not the page, was refused
    Html tabs;
    for (auto const& p : parts) tabs.add("<li><a href=\"{}\"{}>{}</a></li>", visit.link(p.path), Mark(" aria-current=\"page\"", p.part == part), visit.say(p.name));
    Html said;
    auto const query = visit.request.query();
    if (auto const done = gateway::find(query, "done"); done && !problem)
        for (auto const& [name, text] : notices)
            if (name == *done) said.add("<p class=\"good box\" role=\"status\">{}</p>", visit.say(text));
    Html whole;
    whole.add("<div class=\"wrap narrow\"><div class=\"accounthead\"><h1>{}</h1><form action=\"{}\" method=\"post\" data-leave>{}<button class=\"quiet\">{}</button></form></div><nav class=\"tabs\" aria-label=\"{}\"><ul>{}</ul></nav>{}{}</div>", meta.title, visit.link("/account/sign-out"), csrf_field(visit), visit.say({"Sign out", "退出登录"}), visit.say({"My account", "我的账户"}), tabs, said, main);
    return page(visit, meta, whole);
}

Response guest_account(Visit const& visit, std::string_view order_problem, std::string_view sign_in_problem) {
    Meta meta{.title = std::string(visit.say({"Your account and orders", "账户与订单"})), .path = "/account", .index = Meta::Index::no, .status = order_problem.empty() && sign_in_problem.empty() ? 200 : 422};
    Html main;
    main.add("<div class=\"wrap narrow\"><h1>{}</h1><div class=\"twin\"><section class=\"panel\"><h2>{}</h2>{}</section>", meta.title, visit.say({"Sign in", "登录"}), sign_in_form(visit, sign_in_problem));
    main.add("<section class=\"panel\"><h2>{}</h2><p class=\"hint\">{}</p>", visit.say({"Find one order", "查询订单"}), visit.say({"No account is needed. Your order number, with the e-mail or phone you gave or the code you received, shows where it is.", "无需注册。凭订单号，加上下单时的邮箱、手机号或查询码即可查看。"}));
    if (!order_problem.empty()) main.add("<p class=\"wrong box\" role=\"alert\">{}</p>", order_problem);
    main.add("<form action=\"{}\" method=\"post\"><p class=\"field\"><label for=\"order\">{}</label><input id=\"order\" name=\"order\" required maxlength=\"128\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" value=\"{}\"></p>", visit.link("/account"), visit.say({"Order number", "订单号"}), visit.field("order"));
    main.add("<p class=\"field\"><label for=\"proof\">{}</label><input id=\"proof\" name=\"proof\" required maxlength=\"254\" autocomplete=\"email\" autocapitalize=\"none\" spellcheck=\"false\"></p><button class=\"button wide\">{}</button></form></section></div></div>", visit.say({"E-mail, phone or order code", "邮箱、手机号或查询码"}), visit.say({"Show my order", "查看订单"}));
    return page(visit, meta, main);
}

Result<Response> account_page(Site& site, Visit const& visit) { return visit.signed_in() ? orders_with(site, visit, nullptr) : guest_account(visit, {}, {}); }

Result<Response> attach_order(Site& site, Visit const& visit) {
    if (auto response = refused(visit)) return std::move(*response);
    auto const answer = site.call(visit, "accounts.attach_order", {{"order_id", visit.field("order")}, {"proof", visit.field("proof")}});
    return answer ? Result<Response>(see_other(visit, visit.link("/account?done=attached"))) : orders_with(site, visit, &answer.error());
}

}  // namespace kindling::storefront
