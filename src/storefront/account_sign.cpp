// Signing in, up and out, and a new password by the shop's one-time code.
//
// Nothing here tells whether somebody has an account: a wrong password and an unknown e-mail read the same. Opening an account with
// an e-mail that is taken ends like a wrong password does; more cannot be hidden without a mail to confirm it.
#include "gateway/http/url.h"
#include "storefront/account.h"
#include "storefront/pages.h"
#include "storefront/words.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

constexpr Box login_box{"login", "text", "username", {"E-mail or phone number", "邮箱或手机号"}}, password_box{"password", "password", "current-password", {"Password", "密码"}}, new_password_box{"new_password", "password", "new-password", {"New password, at least 10 characters", "新密码，至少 10 个字符"}},
    first_password_box{"password", "password", "new-password", {"Password, at least 10 characters", "密码，至少 10 个字符"}}, name_box{"name", "text", "name", {"Name", "姓名"}, Box::Need::no}, code_box{"code", "text", "off", {"One-time code from the shop", "店铺提供的一次性重置码"}};

Html next_field(Visit const& visit) { return next_page(visit) == "/account" ? Html() : html("<input type=\"hidden\" name=\"next\" value=\"checkout\">"); }

Response narrow_page(Visit const& visit, Meta meta, Html const& form, Error const* problem) {
    meta.index = Meta::Index::no, meta.status = problem ? gateway::status_of(*problem) == 429 ? 429 : 422 : 200;
    return page(visit, meta, html("<div class=\"wrap narrow slim\"><h1>{}</h1>{}</div>", meta.title, form));
}

// With fresh credentials: the session's cookie, the guest's basket joined to one's own, and on to where one came from.
Result<Response> enter(Site& site, Visit const& visit, std::string_view done) {
    auto const session = TRY(site.call(visit, "accounts.sign_in", {{"login", visit.field("login")}, {"password", visit.field("password")}}));
    // A session that this browser still held is over.
    if (auto const before = visit.request.cookie(gateway::account_cookie); !before.empty() && before.size() <= 100) (void)site.call(visit, "accounts.sign_out", {{"session_token", before}});
    auto own = visit;
    own.call.caller.customer_id = session.at("customer_id").as_string(), own.call.caller.id = "customer:" + own.call.caller.customer_id;
    if (!visit.basket_id.empty()) (void)site.call(own, "basket.merge", {{"basket_id", visit.basket_id}});
    if (done == "welcome" && visit.field("news") == "1") (void)site.call(own, "customers.set_consent", {{"customer_id", own.call.caller.customer_id}, {"consent", json::object{{"purpose", "email_marketing"}, {"granted", true}, {"source", "sign_up"}}}});
    visit.keep_basket("");
    visit.keep_session(std::string(session.at("session_token").as_string()), (session.at("expires_at_ms").as_int64() - now_ms()) / 1000);
    auto const next = next_page(visit);
    return see_other(visit, visit.link(fmt::format("{}{}", next, done.empty() || next != "/account" ? std::string() : fmt::format("?done={}", done))));
}

Response sign_up_with(Visit const& visit, Error const* problem) {
    std::span<FieldError const> const errors = problem ? std::span(problem->fields) : std::span<FieldError const>();
    Html form;
    form.add("<form class=\"panel\" action=\"{}\" method=\"post\">", visit.link("/account/sign-up"));
    // Signing in failed right after opening: the login is somebody's, who has another password.
    if (problem && problem->reason == "wrong_credentials") form.add("<p class=\"wrong box\" role=\"alert\">{}</p>", visit.say({"An account could not be opened with these details. If you have one already, sign in or ask for a new password.", "无法用这些信息开通账户。如果您已有账户，请直接登录或重置密码。"}));
    else form.add(problem_box(visit, problem));
    form.add(next_field(visit)).add(box_html(visit, login_box, visit.field("login"), errors, "/login")).add(box_html(visit, first_password_box, "", errors, "/password")).add(box_html(visit, name_box, visit.field("name"), errors, "/name"));
    form.add("<label class=\"check\"><input type=\"checkbox\" name=\"news\" value=\"1\"{}>{}</label><button class=\"button wide\">{}</button><p class=\"soft small\">{}</p></form>", Mark(" checked", visit.field("news") == "1"), visit.say({"Send me news and offers by e-mail", "接收新品与优惠邮件"}), visit.say({"Open an account", "注册"}),
             visit.say({"Your details are stored encrypted. You can download or delete them at any time. Buying needs no account.", "您的信息加密保存，可随时下载或删除。购物无需注册。"}));
    form.add("<p>{} <a href=\"{}\">{}</a></p>", visit.say({"You have an account?", "已有账户？"}), visit.link("/account/sign-in"), visit.say({"Sign in", "登录"}));
    return narrow_page(visit, {.title = std::string(visit.say({"Open an account", "注册账户"})), .path = "/account/sign-up"}, form, problem);
}

Response sign_in_with(Visit const& visit, Error const* problem) {
    return narrow_page(visit, {.title = std::string(visit.say({"Sign in", "登录"})), .path = "/account/sign-in"}, html("<div class=\"panel\">{}</div>", sign_in_form(visit, problem ? explain(visit, problem->reason, problem->message) : std::string())), problem);
}

enum class Reset { asked, done };

Response reset_with(Visit const& visit, Error const* problem, Reset state = Reset::asked) {
    Meta const meta{.title = std::string(visit.say({"New password", "重置密码"})), .path = "/account/reset"};
    if (state == Reset::done) return narrow_page(visit, meta, html("<p class=\"good box\" role=\"status\">{}</p><p><a class=\"button\" href=\"{}\">{}</a></p>", visit.say({"Your new password is set, and every device is signed out.", "新密码已设置，所有设备均已退出登录。"}), visit.link("/account/sign-in"), visit.say({"Sign in", "登录"})), nullptr);
    std::span<FieldError const> const errors = problem ? std::span(problem->fields) : std::span<FieldError const>();
    Html form;
    form.add("<div class=\"panel\"><h2>{}</h2><p>{}</p><ol class=\"howto\"><li>{}</li><li>{}</li><li>{}</li></ol>", visit.say({"This shop cannot send you a link", "本店暂时无法发送重置链接"}), visit.say({"No mail service is connected to it, so a person helps you instead:", "本店尚未接入邮件服务，请通过人工重置："}),
             visit.say({"Contact the shop as you usually do, and say that you forgot your password.", "用您平时的方式联系店铺，说明忘记了密码。"}), visit.say({"They make sure that it is you, for example by an order you placed, and give you a one-time code that works for a day.", "店员核实身份（例如核对订单）后，会给您一个一天内有效的一次性重置码。"}), visit.say({"Enter it below with a new password.", "在下方填写重置码和新密码。"}));
    if (std::ranges::find(visit.shop->policies, "account", &Policy::topic) != visit.shop->policies.end()) form.add("<p><a href=\"{}\">{}</a></p>", visit.link("/policy/account"), visit.say({"What the shop says about accounts", "店铺的账户说明"}));
    form.add("</div><form class=\"panel\" action=\"{}\" method=\"post\"><h2>{}</h2>{}{}{}{}<button class=\"button wide\">{}</button></form>", visit.link("/account/reset"), visit.say({"I have a code", "我已有重置码"}), problem_box(visit, problem), box_html(visit, login_box, visit.field("login"), errors, "/login"), box_html(visit, code_box, "", errors, "/code"), box_html(visit, new_password_box, "", errors, "/new_password"), visit.say({"Set the new password", "设置新密码"}));
    return narrow_page(visit, meta, form, problem);
}

}  // namespace

std::string_view next_page(Visit const& visit) {
    auto const query = visit.request.query();
    auto const wish = gateway::find(query, "next").value_or(visit.field("next"));
    return wish == "checkout" ? "/checkout" : "/account";
}

Html sign_in_form(Visit const& visit, std::string_view problem) {
    Html form;
    form.add("<form action=\"{}\" method=\"post\">", visit.link("/account/sign-in"));
    if (!problem.empty()) form.add("<p class=\"wrong box\" role=\"alert\">{}</p>", problem);
    form.add("{}{}{}<button class=\"button wide\">{}</button></form>", next_field(visit), box_html(visit, login_box, visit.field("login"), {}, ""), box_html(visit, password_box, "", {}, ""), visit.say({"Sign in", "登录"}));
    return form.add("<p class=\"between\"><a href=\"{}\">{}</a><a href=\"{}\">{}</a></p>", visit.link(next_page(visit) == "/checkout" ? "/account/sign-up?next=checkout" : "/account/sign-up"), visit.say({"Open an account", "注册账户"}), visit.link("/account/reset"), visit.say({"Forgot the password?", "忘记密码？"}));
}

Result<Response> sign_in_page(Site&, Visit const& visit) {
    if (visit.signed_in()) return see_other(visit, visit.link(next_page(visit)));
    return sign_in_with(visit, nullptr);
}

Result<Response> sign_in(Site& site, Visit const& visit) {
    auto response = enter(site, visit, "");
    if (!response && response.error().code != Errc::internal) return sign_in_with(visit, &response.error());
    return response;
}

Result<Response> sign_up_page(Site&, Visit const& visit) {
    if (visit.signed_in()) return see_other(visit, visit.link(next_page(visit)));
    return sign_up_with(visit, nullptr);
}

Result<Response> sign_up(Site& site, Visit const& visit) {
    auto const opened = site.call(visit, "accounts.sign_up", {{"login", visit.field("login")}, {"password", visit.field("password")}, {"name", visit.field("name")}, {"locale", name_of(visit.locale)}});
    if (!opened) return opened.error().code == Errc::internal ? Result<Response>(std::unexpected(opened.error())) : sign_up_with(visit, &opened.error());
    auto response = enter(site, visit, "welcome");
    if (!response && response.error().code != Errc::internal) return sign_up_with(visit, &response.error());
    return response;
}

Result<Response> sign_out(Site& site, Visit const& visit) {
    if (auto response = refused(visit)) return std::move(*response);
    TRY(site.call(visit, "accounts.sign_out", {{"session_token", visit.request.cookie(gateway::account_cookie)}}));
    visit.keep_session("", 0), visit.keep_basket("");
    return see_other(visit, visit.link("/account"));
}

Result<Response> reset_page(Site&, Visit const& visit) { return reset_with(visit, nullptr); }

Result<Response> reset_password(Site& site, Visit const& visit) {
    auto const answer = site.call(visit, "accounts.reset_password", {{"login", visit.field("login")}, {"code", visit.field("code")}, {"new_password", visit.field("new_password")}});
    if (!answer) return answer.error().code == Errc::internal ? Result<Response>(std::unexpected(answer.error())) : reset_with(visit, &answer.error());
    return reset_with(visit, nullptr, Reset::done);
}

}  // namespace kindling::storefront
