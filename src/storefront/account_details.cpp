// Name and contact, the address book, and the password.
#include "gateway/http/url.h"
#include "storefront/account.h"
#include "storefront/pages.h"
#include "storefront/words.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

constexpr Box name_box{"name", "text", "name", {"Name", "姓名"}, Box::Need::no}, email_box{"email", "email", "email", {"E-mail for contact", "联系邮箱"}, Box::Need::no}, phone_box{"phone", "tel", "tel", {"Phone for contact", "联系电话"}, Box::Need::no};

std::span<FieldError const> errors_of(Error const* problem) { return problem ? std::span(problem->fields) : std::span<FieldError const>(); }

// The whole book, with the form for one address: a new one, or the one that ?edit= names.
Html addresses(Visit const& visit, shop::Account const& account, Error const* problem) {
    auto const query = visit.request.query();
    std::string const wished(problem ? visit.field("address_id") : gateway::find(query, "edit").value_or(""));
    auto const edited = std::ranges::find(account.addresses, wished, &shop::Address::address_id);
    bool const known = edited != account.addresses.end();
    Html h;
    h.add("<section class=\"panel\"><h2>{}</h2>", visit.say({"Addresses", "收货地址"}));
    if (!account.addresses.empty()) h.add("<ul class=\"book\">");
    for (auto const& a : account.addresses) {
        auto const& c = a.contact;
        h.add("<li><address dir=\"auto\"><b>{}</b> {}<br>{}<br>{} {} {} {}</address>", c.name, c.phone, c.address, c.postcode, c.city, c.region, c.country);
        if (a.preferred) h.add("<p class=\"chip on\">{}</p>", visit.say({"Filled in at the checkout", "结算时默认"}));
        h.add("<div class=\"edit\"><a class=\"quiet linked\" href=\"{}\">{}<span class=\"hide\"> {}</span></a><form action=\"{}\" method=\"post\" data-sure=\"{}\">{}<input type=\"hidden\" name=\"address_id\" value=\"{}\"><button class=\"text\">{}<span class=\"hide\"> {}</span></button></form></div></li>", visit.link(fmt::format("/account/details?edit={}#address-form", gateway::percent_encode(a.address_id))), visit.say({"Edit", "修改"}), c.name, visit.link("/account/address/remove"), visit.say({"Remove this address?", "确定删除该地址？"}), csrf_field(visit), a.address_id, visit.say({"Remove", "删除"}), c.name);
    }
    if (!account.addresses.empty()) h.add("</ul>");
    h.add("<form id=\"address-form\" action=\"{}\" method=\"post\" novalidate><h3>{}</h3>{}{}<input type=\"hidden\" name=\"address_id\" value=\"{}\"><div class=\"boxes\">", visit.link("/account/address"), known ? visit.say({"Change this address", "修改地址"}) : visit.say({"A new address", "新增地址"}), csrf_field(visit), problem_box(visit, problem), known ? edited->address_id : std::string());
    auto const values = problem ? visit.form : known ? form_of(edited->contact) : gateway::Pairs();
    for (auto box : contact_boxes()) {
        if (box.name == "email") continue;  // of the person, not of the place
        auto const value = gateway::find(values, box.name).value_or("");
        // The page's upper form has boxes of these names too; ids must differ.
        static constexpr std::pair<std::string_view, std::string_view> renamed[] = {{"name", "receiver"}, {"phone", "receiver_phone"}};
        auto const path = fmt::format("/contact/{}", box.name);
        auto shown = box;
        for (auto const& [from, to] : renamed)
            if (box.name == from) shown.name = to;
        h.add(box_html(visit, shown, problem ? visit.field(shown.name) : value, errors_of(problem), path));
    }
    return h.add("</div><label class=\"check\"><input type=\"checkbox\" name=\"preferred\" value=\"1\"{}>{}</label><button class=\"button\">{}</button></form></section>", Mark(" checked", problem ? visit.field("preferred") == "1" : known && edited->preferred), visit.say({"Fill it in at the checkout", "结算时默认填写"}), visit.say({"Save the address", "保存地址"}));
}

enum class Form { details, address };

Result<Response> details_with(Site& site, Visit const& visit, Form form, Error const* problem) {
    auto const account = TRY(own_account(site, visit));
    auto const* own = form == Form::details ? problem : nullptr;
    auto const value = [&](std::string_view name, std::string const& kept) { return own ? std::string(visit.field(name)) : kept; };
    Html main;
    main.add("<form class=\"panel\" action=\"{}\" method=\"post\" novalidate><h2>{}</h2>{}{}<p class=\"soft\">{} <b dir=\"auto\">{}</b></p><div class=\"boxes\">", visit.link("/account/details"), visit.say({"Details", "基本资料"}), csrf_field(visit), problem_box(visit, own), visit.say({"You sign in with", "登录名"}), account.login);
    main.add(box_html(visit, name_box, value("name", account.name), errors_of(own), "/name")).add(box_html(visit, email_box, value("email", account.email), errors_of(own), "/email")).add(box_html(visit, phone_box, value("phone", account.phone), errors_of(own), "/phone"));
    main.add("</div><button class=\"button\">{}</button></form>{}", visit.say({"Save", "保存"}), addresses(visit, account, form == Form::address ? problem : nullptr));
    return account_frame(visit, AccountPart::details, main, problem);
}

Response password_with(Visit const& visit, Error const* problem) {
    static constexpr Box now{"password", "password", "current-password", {"Password until now", "原密码"}}, wished{"new_password", "password", "new-password", {"New password, at least 10 characters", "新密码，至少 10 个字符"}};
    // The general words speak of an e-mail too; here only the password can be wrong.
    Html const box = problem && problem->reason == "wrong_credentials" ? html("<p class=\"wrong box\" role=\"alert\">{}</p>", visit.say({"The password until now is wrong.", "原密码不正确。"})) : problem_box(visit, problem);
    auto errors = problem ? problem->fields : std::vector<FieldError>();
    std::erase_if(errors, [](FieldError const& e) { return e.reason == "wrong_credentials"; });
    return account_frame(visit, AccountPart::password, html("<form class=\"panel short\" action=\"{}\" method=\"post\">{}{}{}{}<button class=\"button\">{}</button><p class=\"soft small\">{}</p></form>", visit.link("/account/password"), csrf_field(visit), box, box_html(visit, now, "", errors, "/password"), box_html(visit, wished, "", errors, "/new_password"), visit.say({"Change the password", "修改密码"}), visit.say({"All other devices are signed out.", "修改后其他设备将退出登录。"})), problem);
}

}  // namespace

Result<Response> details_page(Site& site, Visit const& visit) {
    if (!visit.signed_in()) return see_other(visit, visit.link("/account/sign-in"));
    return details_with(site, visit, Form::details, nullptr);
}

Result<Response> save_details(Site& site, Visit const& visit) {
    if (auto response = refused(visit)) return std::move(*response);
    auto const answer = site.call(visit, "accounts.update", {{"name", visit.field("name")}, {"email", visit.field("email")}, {"phone", visit.field("phone")}, {"locale", name_of(visit.locale)}});
    return answer ? Result<Response>(see_other(visit, visit.link("/account/details?done=saved"))) : details_with(site, visit, Form::details, &answer.error());
}

Result<Response> save_address(Site& site, Visit const& visit) {
    if (auto response = refused(visit)) return std::move(*response);
    json::object contact;
    for (auto const& box : contact_boxes())
        if (box.name != "email") contact[box.name] = visit.field(box.name == "name" ? "receiver" : box.name == "phone" ? "receiver_phone" : box.name);
    auto const answer = site.call(visit, "accounts.save_address", {{"address_id", visit.field("address_id")}, {"contact", contact}, {"preferred", visit.field("preferred") == "1"}});
    return answer ? Result<Response>(see_other(visit, visit.link("/account/details?done=saved"))) : details_with(site, visit, Form::address, &answer.error());
}

Result<Response> remove_address(Site& site, Visit const& visit) {
    if (auto response = refused(visit)) return std::move(*response);
    auto const answer = site.call(visit, "accounts.remove_address", {{"address_id", visit.field("address_id")}});
    if (!answer && answer.error().reason != "address_not_found") return std::unexpected(answer.error());
    return see_other(visit, visit.link("/account/details?done=removed"));
}

Result<Response> password_page(Site&, Visit const& visit) {
    if (!visit.signed_in()) return see_other(visit, visit.link("/account/sign-in"));
    return password_with(visit, nullptr);
}

Result<Response> change_password(Site& site, Visit const& visit) {
    if (auto response = refused(visit)) return std::move(*response);
    auto const session = site.call(visit, "accounts.change_password", {{"password", visit.field("password")}, {"new_password", visit.field("new_password")}});
    if (!session) return session.error().code == Errc::internal ? Result<Response>(std::unexpected(session.error())) : password_with(visit, &session.error());
    visit.keep_session(std::string(session->at("session_token").as_string()), (session->at("expires_at_ms").as_int64() - now_ms()) / 1000);
    return see_other(visit, visit.link("/account/password?done=password"));
}

}  // namespace kindling::storefront
