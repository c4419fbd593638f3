// What a shopper agreed to, all that the shop keeps about them as a file, and leaving.
#include "core/json_text.h"
#include "storefront/account.h"
#include "storefront/pages.h"
#include "storefront/words.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

constexpr struct { std::string_view purpose; Text name; } purposes[] = {
    {"email_marketing", {"News and offers by e-mail", "新品与优惠邮件"}}, {"sms_marketing", {"News and offers by text message", "新品与优惠短信"}}, {"phone_marketing", {"Offers by phone call", "优惠电话通知"}},
    {"personalisation", {"Suggestions from what I looked at and bought", "根据浏览与购买记录推荐商品"}}, {"memory", {"The guide may remember what I told it (unticked, it forgets it)", "允许导购记住我说过的需求（取消即忘记）"}}};

bool granted(shop::Account const& account, std::string_view purpose) {
    return std::ranges::any_of(account.consents, [&](shop::Consent const& c) { return c.purpose == purpose && c.granted; });
}

Response close_with(Visit const& visit, Error const* problem) {
    static constexpr Box password{"password", "password", "current-password", {"Your password, to be sure", "请输入密码确认"}};
    Html const box = problem && problem->reason == "wrong_credentials" ? html("<p class=\"wrong box\" role=\"alert\">{}</p>", visit.say({"The password is wrong.", "密码不正确。"})) : problem_box(visit, problem);
    Html main;
    main.add("<div class=\"panel short\"><h2>{}</h2><p><b>{}</b></p><p>{}</p><p><b>{}</b></p><p>{}</p>", visit.say({"Delete my account", "注销账户"}), visit.say({"What is removed", "将被清除"}), visit.say({"Your sign-in on all devices, name, e-mail, phone, addresses, basket, consents, conversations with the guide, and your name under reviews. This cannot be undone.", "所有设备的登录、姓名、邮箱、手机号、地址、购物车、授权、与导购的对话，以及评价署名。此操作不可撤销。"}),
             visit.say({"What stays", "依法保留"}), visit.say({"Your orders, as numbers without your name or address: what was bought, when and for how much. The law on book-keeping and taxes asks the shop to keep these.", "您的订单，仅保留不含姓名与地址的数字：购买内容、时间与金额。会计与税务法规要求店铺保存这些记录。"}));
    main.add("<form action=\"{}\" method=\"post\" data-leave>{}{}{}<button class=\"button grave\">{}</button> <a class=\"between\" href=\"{}\">{}</a></form></div>", visit.link("/account/close"), csrf_field(visit), box, box_html(visit, password, "", {}, ""), visit.say({"Delete my account for good", "永久注销账户"}), visit.link("/account/privacy"), visit.say({"Keep it", "暂不注销"}));
    return account_frame(visit, AccountPart::privacy, main, problem);
}

}  // namespace

Result<Response> privacy_page(Site& site, Visit const& visit) {
    if (!visit.signed_in()) return see_other(visit, visit.link("/account/sign-in"));
    auto const account = TRY(own_account(site, visit));
    Html main;
    main.add("<form class=\"panel\" action=\"{}\" method=\"post\"><h2>{}</h2><p class=\"hint\">{}</p>{}", visit.link("/account/privacy"), visit.say({"What I agree to", "我的授权"}), visit.say({"Nothing is ticked unless you ticked it. You can change your mind at any time; messages about your orders come in any case.", "未勾选即未授权，可随时更改；订单相关通知不受影响。"}), csrf_field(visit));
    for (auto const& p : purposes) main.add("<label class=\"check\"><input type=\"checkbox\" name=\"{}\" value=\"1\"{}>{}</label>", p.purpose, Mark(" checked", granted(account, p.purpose)), visit.say(p.name));
    main.add("<button class=\"button\">{}</button></form>", visit.say({"Save", "保存"}));
    main.add("{}", remembered(site, visit));
    main.add("<section class=\"panel\"><h2>{}</h2><p>{}</p><form action=\"{}\" method=\"post\">{}<button class=\"quiet\">{}</button></form></section>", visit.say({"My data", "我的数据"}), visit.say({"Everything the shop keeps about you, as one file (JSON): details, addresses, orders, reviews, conversations, what you agreed to.", "店铺保存的您的全部数据，一个文件（JSON）：资料、地址、订单、评价、对话与授权。"}), visit.link("/account/export"), csrf_field(visit), visit.say({"Download my data", "下载我的数据"}));
    main.add("<section class=\"panel\"><h2>{}</h2><p>{}</p><p><a class=\"quiet linked\" href=\"{}\">{}</a></p></section>", visit.say({"Leave", "注销"}), visit.say({"Delete the account and everything personal. The next page says what must be kept.", "注销账户并清除全部个人信息，下一页说明依法须保留的内容。"}), visit.link("/account/close"), visit.say({"Delete my account", "注销账户"}));
    return account_frame(visit, AccountPart::privacy, main);
}

Result<Response> save_consents(Site& site, Visit const& visit) {
    if (auto response = refused(visit)) return std::move(*response);
    auto const account = TRY(own_account(site, visit));
    // Only what changed is said anew: the date of a consent is when it was given.
    for (auto const& p : purposes)
        if (bool const wish = visit.field(p.purpose) == "1"; wish == granted(account, p.purpose)) continue;
        else if (p.purpose == "memory" && !wish) TRY(site.call(visit, "dialogue.forget_memory", {}));   // what may not be remembered is not kept either
        else
            TRY(site.call(visit, "customers.set_consent", {{"customer_id", account.customer_id}, {"consent", json::object{{"purpose", p.purpose}, {"granted", wish}, {"source", "account_page"}}}}));
    return see_other(visit, visit.link("/account/privacy?done=saved"));
}

Result<Response> export_data(Site& site, Visit const& visit) {
    if (auto response = refused(visit)) return std::move(*response);
    auto const answer = TRY(site.call(visit, "accounts.export_data", {}));
    Response response{.content_type = "application/json", .headers = visit.set_headers, .body = to_text(answer.at("data"))};
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"my-data.json\"");
    response.headers.emplace_back("Cache-Control", "private, no-store");
    return response;
}

Result<Response> close_page(Site&, Visit const& visit) {
    if (!visit.signed_in()) return see_other(visit, visit.link("/account/sign-in"));
    return close_with(visit, nullptr);
}

Result<Response> close_account(Site& site, Visit const& visit) {
    if (auto response = refused(visit)) return std::move(*response);
    auto const answer = site.call(visit, "accounts.close", {{"password", visit.field("password")}});
    if (!answer) return answer.error().code == Errc::internal ? Result<Response>(std::unexpected(answer.error())) : close_with(visit, &answer.error());
    visit.keep_session("", 0), visit.keep_basket("");
    auto guest = visit;
    guest.call.caller.customer_id.clear(), guest.basket_id.clear(), guest.csrf.clear(), guest.units = 0;
    auto const kept = answer->at("orders_kept").as_int64();
    Meta const meta{.title = std::string(visit.say({"Your account is deleted", "账户已注销"})), .path = "/account", .index = Meta::Index::no};
    return page(guest, meta, html("<div class=\"wrap notice\"><h1>{}</h1><p>{}</p><p><a class=\"button\" href=\"{}\">{}</a></p></div>", meta.title, kept == 0 ? std::string(visit.say({"Nothing about you is left.", "您的信息已全部清除。"})) : visit.locale == Locale::zh ? fmt::format("您的个人信息已全部清除；依法保留 {} 个不含个人信息的订单。", kept) : fmt::format("Everything personal is gone. Kept as the law asks, without your name: {}.", kept == 1 ? std::string("1 order") : fmt::format("{} orders", kept)), visit.link("/"), visit.say({"To the home page", "返回首页"})));
}

}  // namespace kindling::storefront
