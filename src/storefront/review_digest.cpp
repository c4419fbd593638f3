#include "storefront/review_digest.h"
#include "core/utf8.h"
#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

constexpr std::size_t most_aspects = 6;
constexpr std::int64_t least_count = 2;  // one voice is no summary; it stands below in full

std::string text(json::object const& o, std::string_view name) {
    auto const* const v = o.if_contains(name);
    return v && v->is_string() ? std::string(v->as_string()) : std::string();
}
std::int64_t whole(json::object const& o, std::string_view name) {
    auto const* const v = o.if_contains(name);
    return v && v->is_int64() ? v->as_int64() : 0;
}

bool in_chinese(std::string_view s) {
    for (std::size_t at = 0; at < s.size();)
        if (is_han(next_code_point(s, at))) return true;
    return false;
}

Html quote(Visit const& visit, json::object const& q) {
    auto const words = text(q, "text");
    auto const* const praise = q.if_contains("praise");
    bool const good = praise && praise->is_bool() && praise->as_bool();
    return html("<blockquote class=\"{}\" lang=\"{}\"><span class=\"hide\">{}</span><q dir=\"auto\">{}</q></blockquote>", good ? "good" : "bad", in_chinese(words) ? "zh" : "en", good ? visit.say({"Praise: ", "好评："}) : visit.say({"Criticism: ", "差评："}), words);
}

}  // namespace

Html review_digest_html(Visit const& visit, json::value const& digest) {
    if (!digest.is_object()) return {};
    auto const* const aspects = digest.as_object().if_contains("aspects");
    if (!aspects || !aspects->is_array()) return {};
    Html items;
    std::size_t shown = 0;
    for (auto const& one : aspects->as_array()) {
        if (!one.is_object() || shown == most_aspects) continue;
        auto const& a = one.as_object();
        auto const count = whole(a, "count");
        if (count < least_count || text(a, "aspect") == "overall") continue;
        auto const* const share = a.if_contains("praise_share");
        auto const percent = static_cast<std::int64_t>(std::lround(100 * (share && share->is_number() ? share->to_number<double>() : 0)));
        auto const said = fmt::format("{}{}%{}{}{}", visit.say({"", "好评 "}), percent, visit.say({" positive · ", " · "}), count, visit.say({" reviews", " 条评价"}));
        items.add("<li><h4>{}</h4><meter min=\"0\" max=\"100\" value=\"{}\" aria-label=\"{}\">{}</meter><p class=\"share\">{}</p>", text(a, "label"), percent, fmt::format("{}: {}", text(a, "label"), said), said, said);
        if (auto const* const quotes = a.if_contains("quotes"); quotes && quotes->is_array())
            for (auto const& q : quotes->as_array())
                if (q.is_object()) items.add(quote(visit, q.as_object()));
        items.add("</li>");
        ++shown;
    }
    if (shown == 0) return {};
    return html("<div class=\"digest\"><h3>{}</h3><ul>{}</ul><p class=\"small\">{}</p></div>", visit.say({"What they speak of", "大家在说什么"}), items, visit.say({"Counted from the words of the reviews by a word list, without a trained model. Quotes are exactly as written.", "按词表从评价文字中统计，未使用训练模型；引文为原话，未作改动。"}));
}

}  // namespace kindling::storefront
