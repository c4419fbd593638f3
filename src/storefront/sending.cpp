#include "storefront/sending.h"
#include "shop/checkout/countries.h"
#include "storefront/promotions.h"
#include "storefront/words.h"
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

using shop::ShippingOption;

std::string fee_words(Visit const& visit, std::int64_t fee) { return fee == 0 ? std::string(visit.say({"Free", "免运费"})) : visit.money(fee); }

std::vector<std::string> codes_in(std::string_view countries) {
    std::vector<std::string> out;
    while (!countries.empty()) {
        auto const comma = std::min(countries.find(','), countries.size());
        if (comma > 0) out.emplace_back(countries.substr(0, comma));
        countries.remove_prefix(std::min(countries.size(), comma + 1));
    }
    return out;
}

// "2 to 5 days · to China, Japan".
std::string about(Visit const& visit, ShippingOption const& o) {
    bool const zh = visit.locale == Locale::zh;
    std::string out;
    auto const from = o.days_from.value_or(o.days_to.value_or(0)), to = o.days_to.value_or(from);
    if (o.days_to && from < to) out = zh ? fmt::format("{} 至 {} 天", from, to) : fmt::format("{} to {} days", from, to);
    else if (o.days_to && to == 0) out = visit.say({"today", "当天送达"});
    else if (o.days_to) out = zh ? fmt::format("{} 天", to) : fmt::format("{} day{}", to, to == 1 ? "" : "s");
    auto countries = std::string_view(o.countries);
    if (countries.empty()) return out;
    bool const but = countries.starts_with('!');
    if (but) countries.remove_prefix(1);
    auto const codes = codes_in(countries);
    std::string names;
    constexpr std::size_t most = 4;
    for (std::size_t i = 0; i < std::min(codes.size(), most); ++i) names += (i == 0 ? "" : zh ? "、" : ", ") + shop::country_name(codes[i], visit.locale);
    if (codes.size() > most) names += zh ? fmt::format(" 等 {} 个国家或地区", codes.size()) : fmt::format(" and {} more", codes.size() - most);
    return out + (out.empty() ? "" : " · ") + fmt::format(fmt::runtime(but ? (zh ? "除{}外均可送达" : "everywhere but {}") : (zh ? "可送达{}" : "to {}")), names);
}

bool restricted(std::span<ShippingOption const> ways) { return std::ranges::any_of(ways, [](ShippingOption const& o) { return !o.countries.empty(); }); }

std::int64_t number(std::string_view text) {
    std::int64_t out = -1;
    auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), out);
    return wrong == std::errc() && end == text.data() + text.size() && out >= 0 && out < 1'000'000'000'000'000 ? out : -1;
}

}  // namespace

std::int64_t Sums::fee_left(std::int64_t fee) const {
    if (shipping_discount_minor == 0) return fee;
    return shipping_discount_minor == shipping_minor ? 0 : std::max<std::int64_t>(0, fee - shipping_discount_minor);
}

Html ways_html(Visit const& visit, std::span<ShippingOption const> ways, std::string_view chosen, Sums const& sums, std::span<FieldError const> errors) {
    Html h;
    h.add("<input type=\"hidden\" name=\"subtotal\" value=\"{}\">", sums.goods_minor - sums.goods_discount_minor);
    if (ways.size() == 1 && ways.front().countries.empty()) return h.add("<input type=\"hidden\" name=\"shipping\" value=\"{}\"><input type=\"hidden\" name=\"fee-{}\" value=\"{}\">", ways.front().option_id, ways.front().option_id, sums.fee_left(ways.front().fee_minor));
    if (ways.empty()) return h;
    h.add("<fieldset class=\"panel pay\" data-ways><legend>{}</legend>", visit.say({"How it is sent", "配送方式"}));
    auto const error = std::ranges::find(errors, "/shipping_option", &FieldError::path);
    if (error != errors.end()) h.add("<p class=\"wrong\" role=\"alert\">{}</p>", explain(visit, error->reason, error->message));
    for (auto const& o : ways) {
        auto const off = o.fee_minor - sums.fee_left(o.fee_minor);
        auto const told = about(visit, o);
        h.add("<label class=\"choice\" data-countries=\"{}\"><input type=\"radio\" name=\"shipping\" value=\"{}\"{} data-fee=\"{}\" data-off=\"{}\" data-total=\"{}\"><span><b dir=\"auto\">{}</b><small>{}{}</small></span></label><input type=\"hidden\" name=\"fee-{}\" value=\"{}\">", o.countries, o.option_id, Mark(" checked", o.option_id == chosen),
              fee_words(visit, o.fee_minor), off > 0 ? "−" + visit.money(off) : std::string(), visit.money(sums.total(o.fee_minor)), in(visit.locale, o.title_en, o.title_zh), fee_words(visit, o.fee_minor), told.empty() ? std::string() : " · " + told, o.option_id, sums.fee_left(o.fee_minor));
    }
    return h.add("<p class=\"wrong\" data-nowhere role=\"alert\" hidden>{}</p></fieldset>", visit.say({"The shop does not send to this country.", "店铺不配送到该国家或地区。"}));
}

Html sums_html(Visit const& visit, Sums const& sums, std::int64_t fee) {
    using shop::promotions::PromotionKind;
    Html h;
    h.add("<dl class=\"sums\"><div><dt>{}</dt><dd>{}</dd></div>{}", visit.say({"Items", "商品金额"}), visit.money(sums.goods_minor), discounts_html(visit, sums.discounts, PromotionKind::amount_off));
    h.add("<div><dt>{}</dt><dd data-shipping>{}</dd></div>", visit.say({"Shipping", "运费"}), fee_words(visit, fee));
    // Of several that free the shipping each takes what it took: what is told of them together is what is left.
    auto off = fee - sums.fee_left(fee);
    for (auto const& d : sums.discounts)
        if (d.kind == PromotionKind::free_shipping) h.add("<div class=\"off\"><dt dir=\"auto\">{}{}</dt><dd data-shipping-off>−{}</dd></div>", in(visit.locale, d.title_en, d.title_zh), d.code.empty() ? Html() : html(" <span class=\"code\">{}</span>", d.code), visit.money(std::exchange(off, 0)));
    return h.add("<div class=\"total\"><dt>{}</dt><dd data-total>{}</dd></div></dl>", visit.say({"Total", "合计"}), visit.money(sums.total(fee)));
}

Html country_html(Visit const& visit, std::span<ShippingOption const> ways, std::string_view value, std::span<FieldError const> errors) {
    auto const boxes = contact_boxes();
    auto const& box = *std::ranges::find(boxes, "country", &Box::name);
    if (!restricted(ways)) return box_html(visit, box, value, errors, "/contact/country");
    auto const error = std::ranges::find(errors, "/contact/country", &FieldError::path);
    auto const known = shop::country_code(value);
    bool const anywhere = std::ranges::any_of(ways, [](ShippingOption const& o) { return o.countries.empty(); });
    Html h;
    h.add("<p class=\"field\"><label for=\"country\">{}<span class=\"need\"> {}</span></label><select id=\"country\" name=\"country\" autocomplete=\"country\" required{}><option value=\"\"></option>", visit.say(box.label), visit.say({"required", "必填"}), Mark(" aria-invalid=\"true\"", error != errors.end()));
    for (auto const& code : shop::country_codes(visit.locale))
        if (anywhere || std::ranges::any_of(ways, [&](ShippingOption const& o) { return shop::goes_to(o.countries, code); })) h.add("<option value=\"{}\"{}>{}</option>", code, Mark(" selected", code == known), shop::country_name(code, visit.locale));
    h.add("</select>");
    if (error != errors.end()) h.add("<span class=\"wrong\" role=\"alert\">{}</span>", explain(visit, error->reason, error->message));
    return h.add("</p>");
}

ShippingOption const* way_to_begin_with(std::span<ShippingOption const> ways, std::string_view chosen, std::string_view country) {
    auto const goes = [&](ShippingOption const& o) { return shop::goes_to(o.countries, country); };
    auto found = std::ranges::find_if(ways, [&](ShippingOption const& o) { return o.option_id == chosen && (country.empty() || goes(o)); });
    if (found == ways.end()) found = std::ranges::find_if(ways, goes);
    if (found == ways.end()) found = ways.begin();
    return found == ways.end() ? nullptr : &*found;
}

std::int64_t total_said(Visit const& visit, std::string_view option_id) {
    auto const goods = number(visit.field("subtotal")), fee = number(visit.field("fee-" + std::string(option_id)));
    return goods < 0 || fee < 0 ? 0 : goods + fee;
}

}  // namespace kindling::storefront
