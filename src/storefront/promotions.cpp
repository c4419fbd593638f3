#include "storefront/promotions.h"
#include <fmt/format.h>

namespace kindling::storefront {

using shop::promotions::CodeState, shop::promotions::PromotionKind;

Html discounts_html(Visit const& visit, std::span<shop::promotions::Discount const> discounts, PromotionKind kind) {
    Html h;
    for (auto const& d : discounts)
        if ((d.kind == PromotionKind::free_shipping) == (kind == PromotionKind::free_shipping)) h.add("<div class=\"off\"><dt dir=\"auto\">{}{}</dt><dd>−{}</dd></div>", in(visit.locale, d.title_en, d.title_zh), d.code.empty() ? Html() : html(" <span class=\"code\">{}</span>", d.code), visit.money(d.amount_minor));
    return h;
}

Html codes_html(Visit const& visit, std::span<shop::promotions::CodeTold const> codes) {
    Html h;
    h.add("<form class=\"codes\" action=\"{}\" method=\"post\"><label for=\"code\">{}</label><span class=\"enter\"><input id=\"code\" name=\"code\" maxlength=\"64\" autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\"><button class=\"quiet\">{}</button></span></form>", visit.link("/basket/codes"), visit.say({"Promotion code", "优惠码"}), visit.say({"Apply", "使用"}));
    if (codes.empty()) return h;
    h.add("<ul class=\"entered\">");
    for (auto const& c : codes)
        h.add("<li><form action=\"{}\" method=\"post\"><span class=\"code\">{}</span> <span class=\"{}\">{}</span> <input type=\"hidden\" name=\"remove\" value=\"{}\"><button class=\"text\">{}<span class=\"hide\"> {}</span></button></form></li>", visit.link("/basket/codes"), c.code, c.state == CodeState::applied ? "soft" : "wrong", visit.say({c.message_en, c.message_zh}), c.code, visit.say({"Remove", "删除"}), c.code);
    return h.add("</ul>");
}

std::string more_words(Visit const& visit, shop::promotions::MoreToSave const& m) {
    auto const title = in(visit.locale, m.title_en, m.title_zh);
    bool const zh = visit.locale == Locale::zh;
    if (m.missing_units > 0) return zh ? fmt::format("再买 {} 件，即可享受“{}”。", m.missing_units, title) : fmt::format("Add {} more for “{}”.", m.missing_units, title);
    return zh ? fmt::format("再买 {} 可再省 {}（{}）。", visit.money(m.missing_minor), visit.money(m.gain_minor), title) : fmt::format("Add {} more to save {} ({}).", visit.money(m.missing_minor), visit.money(m.gain_minor), title);
}

Html offers_html(Site& site, Visit const& visit, std::string const& product_id) {
    auto const answer = site.call(visit, "promotions.offers", {{"product_id", product_id}});
    if (!answer) return {};
    Html list;
    int shown = 0;
    for (auto const& p : answer->at("promotions").as_array()) {
        if (++shown > 4) break;
        auto const& codes = p.at("codes").as_array();
        list.add("<li><span dir=\"auto\">{}</span>{}</li>", in(visit.locale, std::string(p.at("title_en").as_string()), std::string(p.at("title_zh").as_string())), codes.empty() ? Html() : html(" <span class=\"code\">{}</span>", codes[0].as_string()));
    }
    if (shown == 0) return {};
    return html("<ul class=\"offers\" aria-label=\"{}\">{}</ul>", visit.say({"Promotions", "优惠"}), list);
}

}  // namespace kindling::storefront
