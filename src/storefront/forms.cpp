#include "storefront/forms.h"
#include "gateway/http/security.h"
#include "shop/vault/vault.h"
#include "storefront/words.h"
#include <fmt/format.h>

namespace kindling::storefront {

Html box_html(Visit const& visit, Box const& box, std::string_view value, std::span<FieldError const> errors, std::string_view path) {
    auto const error = std::ranges::find(errors, path, &FieldError::path);
    Html h;
    h.add("<p class=\"field\"><label for=\"{}\">{}{}</label><input id=\"{}\" name=\"{}\" type=\"{}\" autocomplete=\"{}\" value=\"{}\"{}{}{}{}>", box.name, visit.say(box.label), box.need == Box::Need::yes ? html("<span class=\"need\"> {}</span>", visit.say({"required", "必填"})) : Html(), box.name, box.name, box.type, box.autocomplete, box.type == "password" ? std::string_view() : value,
          Mark(" required", box.need == Box::Need::yes), Mark(" maxlength=\"200\""), Mark(" autocapitalize=\"none\" spellcheck=\"false\"", box.autocomplete == "username" || box.autocomplete == "off"), Mark(" aria-invalid=\"true\"", error != errors.end()));
    if (error != errors.end()) h.add("<span class=\"wrong\" role=\"alert\">{}</span>", explain(visit, error->reason, error->message));
    return h.add("</p>");
}

std::span<Box const> contact_boxes() {
    static constexpr Box boxes[] = {
        {"name", "text", "name", {"Full name", "收件人姓名"}, Box::Need::yes}, {"email", "email", "email", {"E-mail", "邮箱"}, Box::Need::no}, {"phone", "tel", "tel", {"Phone", "手机号码"}, Box::Need::no},
        {"address", "text", "street-address", {"Street and number", "详细地址"}, Box::Need::yes}, {"city", "text", "address-level2", {"City", "城市"}, Box::Need::no}, {"region", "text", "address-level1", {"Province or state", "省 / 州"}, Box::Need::no},
        {"postcode", "text", "postal-code", {"Postcode", "邮编"}, Box::Need::no}, {"country", "text", "country", {"Country", "国家 / 地区"}, Box::Need::no}};
    return boxes;
}

gateway::Pairs form_of(shop::Contact const& c) {
    return {{"name", c.name}, {"email", c.email}, {"phone", c.phone}, {"address", c.address}, {"city", c.city}, {"region", c.region}, {"postcode", c.postcode}, {"country", c.country}};
}

std::string mark_of(Site& site, Visit const& visit, std::string_view what) { return site.executor().services().vault->lookup(visit.call.shop_id, "approval", fmt::format("{} {}", what, visit.call.caller.session_id)); }

bool pressed_here(Site& site, Visit const& visit, std::string_view what) {
    return !visit.call.caller.session_id.empty() && gateway::same_origin(visit.request) && shop::same_secret(visit.field("mark"), mark_of(site, visit, what));
}

}  // namespace kindling::storefront
