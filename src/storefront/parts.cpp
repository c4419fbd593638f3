// The small parts that pages repeat: cards, prices, stars, breadcrumbs, paragraphs.
#include "gateway/http/url.h"
#include "storefront/page.h"
#include <boost/json.hpp>
#include <cctype>
#include <fmt/format.h>

namespace kindling::storefront {

Html price_tag(Visit const& visit, std::int64_t minor, std::int64_t to_minor, std::int64_t compare_at_minor) {
    Html h;
    if (to_minor > minor) h.add("<span class=\"price\"><span class=\"now\">{}</span> <span class=\"from\">{}</span></span>", visit.money(minor), visit.say({"and up", "起"}));
    else h.add("<span class=\"price\"><span class=\"now\">{}</span></span>", visit.money(minor));
    if (compare_at_minor > minor) h.add(" <s class=\"was\"><span class=\"hide\">{}</span>{}</s>", visit.say({"before: ", "原价："}), visit.money(compare_at_minor));
    return h;
}

Html stars(Visit const& visit, double rating, std::int64_t reviews) {
    if (reviews <= 0) return {};
    auto const shown = fmt::format("{:.1f}", rating);
    auto const whole = static_cast<int>(rating * 2 + 0.5);  // half stars
    Html h;
    h.add("<span class=\"rating\"><span class=\"stars s{}\" aria-hidden=\"true\"></span><span class=\"hide\">{}</span>{} <span class=\"n\">({})</span></span>", std::clamp(whole, 2, 10), visit.say({"Rating ", "评分 "}), shown, reviews);
    return h;
}

Html no_picture(std::string_view title) {
    std::string initials;
    auto const plain = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    for (int i = 0; i < 2 && !title.empty(); ++i) {
        while (!title.empty() && plain(title[0]) && !std::isalnum(static_cast<unsigned char>(title[0]))) title.remove_prefix(1);  // "(NEW) lamp"
        // Cut between characters, so that one of several bytes stays whole.
        std::size_t end = title.empty() ? 0 : 1;
        while (end < title.size() && (static_cast<unsigned char>(title[end]) & 0xC0) == 0x80) ++end;
        initials += title.substr(0, end);
        // The next word, or the next character of a script without blanks.
        if (bool const latin = end == 1; title.remove_prefix(end), latin)
            while (!title.empty() && plain(title[0]) && title[0] != ' ' && title[0] != '-') title.remove_prefix(1);
    }
    return html("<span class=\"letter\" aria-hidden=\"true\"><b>{}</b></span>", initials);
}

Html product_card(Visit const& visit, Card const& card, int position) {
    Html h;
    h.add("<article class=\"card\"><a class=\"cover\" href=\"{}\">", visit.link(fmt::format("/p/{}?from={}", gateway::percent_encode(card.product_id), position)));
    h.add("<span class=\"pic\">");
    if (auto const url = safe_url(card.picture); !url.empty()) h.add("<img src=\"{}\" alt=\"\" width=\"400\" height=\"400\" loading=\"lazy\" decoding=\"async\">", url);
    else h.add(no_picture(card.title));
    if (card.stock == Card::Stock::out) h.add("<span class=\"badge out\">{}</span>", visit.say({"Sold out", "售罄"}));
    else if (card.compare_at_minor > card.price_minor && card.price_minor > 0) h.add("<span class=\"badge\">−{}%</span>", (card.compare_at_minor - card.price_minor) * 100 / card.compare_at_minor);
    h.add("</span>");
    if (!card.brand.empty()) h.add("<span class=\"by\">{}</span>", card.brand);
    h.add("<span class=\"name\" dir=\"auto\">{}</span></a>", card.title);
    h.add("<p class=\"line\">{}</p>", price_tag(visit, card.price_minor, card.price_to_minor, card.compare_at_minor));
    h.add(stars(visit, card.rating, card.reviews));
    if (!card.reason.empty()) h.add("<p class=\"because\" dir=\"auto\">{}</p>", card.reason);
    if (card.stock == Card::Stock::low) h.add("<p class=\"low\">{}</p>", visit.say({"Only a few left", "库存不多"}));
    return h.add("</article>");
}

Html product_grid(Visit const& visit, std::span<Card const> cards, int first_position) {
    Html h;
    h.add("<div class=\"grid\">");
    for (auto const& card : cards) h.add(product_card(visit, card, first_position++));
    return h.add("</div>");
}

Html breadcrumbs(Visit const& visit, std::span<Crumb const> crumbs) {
    Html h;
    h.add("<nav class=\"crumbs\" aria-label=\"{}\"><ol><li><a href=\"{}\">{}</a></li>", visit.say({"You are here", "当前位置"}), visit.link("/"), visit.say({"Home", "首页"}));
    for (std::size_t i = 0; i < crumbs.size(); ++i) {
        if (i + 1 < crumbs.size()) h.add("<li><a href=\"{}\">{}</a></li>", visit.link(crumbs[i].path), crumbs[i].name);
        else h.add("<li aria-current=\"page\">{}</li>", crumbs[i].name);
    }
    return h.add("</ol></nav>");
}

json::object breadcrumbs_json_ld(Visit const& visit, std::span<Crumb const> crumbs) {
    auto const origin = origin_of(visit.request);
    json::array items;
    items.push_back(json::object{{"@type", "ListItem"}, {"position", 1}, {"name", visit.say({"Home", "首页"})}, {"item", origin + visit.link("/")}});
    for (auto const& c : crumbs) items.push_back(json::object{{"@type", "ListItem"}, {"position", items.size() + 1}, {"name", c.name}, {"item", origin + visit.link(c.path)}});
    return {{"@context", "https://schema.org"}, {"@type", "BreadcrumbList"}, {"itemListElement", std::move(items)}};
}

Html prose(std::string_view text) {
    Html h;
    enum class In { nothing, paragraph, list } state = In::nothing;
    auto const close = [&] {
        if (state == In::paragraph) h.add("</p>");
        if (state == In::list) h.add("</ul>");
        state = In::nothing;
    };
    while (!text.empty()) {
        auto const end = text.find('\n');
        auto line = gateway::trim(text.substr(0, end));
        text = end == text.npos ? std::string_view() : text.substr(end + 1);
        while (line.ends_with('\r')) line.remove_suffix(1);
        // "## About it", as imported descriptions have it: the words alone, a paragraph by themselves.
        auto const hashes = std::min(line.find_first_not_of('#'), line.size());
        bool const heading = hashes >= 1 && hashes <= 6 && (hashes == line.size() || line[hashes] == ' ');
        if (heading) {
            line = gateway::trim(line.substr(hashes));
            if (auto const end_of = line.find_last_not_of('#'); end_of != line.npos && end_of + 1 < line.size() && line[end_of] == ' ') line = gateway::trim(line.substr(0, end_of));
            close();
            if (!line.empty()) h.add("<p>{}</p>", line);
            continue;
        }
        std::string_view point;
        for (std::string_view sign : {"·", "•", "- ", "* "})
            if (line.starts_with(sign)) point = gateway::trim(line.substr(sign.size()));
        if (line.empty()) close();
        else if (!point.empty()) {
            if (state != In::list) close(), h.add("<ul>"), state = In::list;
            h.add("<li>{}</li>", point);
        } else {
            bool const opens = state != In::paragraph;
            if (opens) close(), h.add("<p>"), state = In::paragraph;
            else h.add("<br>");
            // A question that opens a paragraph is its heading: policies are written as questions with answers.
            if (opens && (line.ends_with('?') || line.ends_with("？"))) h.add("<b>{}</b>", line);
            else h.add("{}", line);
        }
    }
    close();
    return h;
}

Html field_error(Visit const&, std::span<FieldError const> errors, std::string_view path) {
    Html h;
    for (auto const& e : errors)
        if (e.path == path) h.add("<p class=\"wrong\" role=\"alert\">{}</p>", e.message);
    return h;
}

}  // namespace kindling::storefront
