// What the guide remembers of a shopper and what it waits for on their behalf: seen here item by item, and forgotten item by item or all at once.
#include "gateway/http/url.h"
#include "storefront/account.h"
#include "storefront/pages.h"
#include "storefront/words.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

// A button that acts on one item; its name is read out, so that each says what it takes away.
Html item_form(Visit const& visit, std::string_view path, std::string_view field, std::string_view value, Text button, std::string_view what) {
    return html("<form action=\"{}\" method=\"post\">{}<input type=\"hidden\" name=\"{}\" value=\"{}\"><button class=\"quiet\">{}<span class=\"hide\"> {}</span></button></form>", visit.link(path), csrf_field(visit), field, value, visit.say(button), what);
}

Html wishes_of(Visit const& visit, json::value const& memory) {
    Html h;
    h.add("<h3>{}</h3>", visit.say({"What I like, avoid and wear", "偏好、忌避与尺码"}));
    auto const& wishes = memory.at("wishes").as_array();
    if (!memory.at("allowed").as_bool()) return h.add("<p class=\"hint\">{}</p>", visit.say({"Nothing: you have not agreed that the guide may remember. It asks before it keeps anything, or tick it above.", "没有：您尚未允许导购记住需求。导购在记住之前会先询问，也可在上方勾选。"}));
    if (wishes.empty()) return h.add("<p class=\"hint\">{}</p>", visit.say({"Nothing yet. Tell the guide, for instance: remember that I wear size 38.", "还没有。可以告诉导购，例如：记住我穿38码。"}));
    h.add("<ul class=\"kept\">");
    for (auto const& w : wishes) {
        std::string const label(in(visit.locale, std::string(w.at("label_en").as_string()), std::string(w.at("label_zh").as_string())));
        h.add("<li><span dir=\"auto\">{}</span>{}</li>", label, item_form(visit, "/account/privacy/forget", "wish", w.at("constraint_id").as_string(), {"Forget", "忘记"}, label));
    }
    h.add("</ul><form action=\"{}\" method=\"post\" data-sure=\"{}\">{}<input type=\"hidden\" name=\"all\" value=\"1\"><button class=\"quiet\">{}</button></form>", visit.link("/account/privacy/forget"), visit.say({"Forget all of it? The guide will ask again before it remembers anything.", "确定全部忘记？之后导购在记住任何内容前会重新询问。"}), csrf_field(visit), visit.say({"Forget all of this", "全部忘记"}));
    return h;
}

Html watches_of(Visit const& visit, json::array const& watches) {
    Html h;
    h.add("<h3>{}</h3>", visit.say({"What the guide waits for", "正在等待的提醒"}));
    if (watches.empty()) return h.add("<p class=\"hint\">{}</p>", visit.say({"Nothing. Ask the guide to tell you when a price falls or something is back in stock.", "没有。可以让导购在降价或到货时提醒您。"}));
    h.add("<ul class=\"kept\">");
    for (auto const& w : watches) {
        std::string title(in(visit.locale, std::string(w.at("title_en").as_string()), std::string(w.at("title_zh").as_string())));
        auto const product = w.at("product_id").as_string();
        if (title.empty()) title = w.at("sku").as_string();
        auto const what = w.at("kind").as_string() == "price" ? fmt::format("{} {}", visit.say({"until it costs at most", "降到不高于"}), visit.money(w.at("target_minor").to_number<std::int64_t>())) : std::string(visit.say({"until it is in stock", "到货时提醒"}));
        h.add("<li><span>");
        if (product.empty()) h.add("<span dir=\"auto\">{}</span>", title);
        else h.add("<a href=\"{}\" dir=\"auto\">{}</a>", visit.link("/p/" + gateway::percent_encode(product)), title);
        h.add("<br><span class=\"soft\">{}</span></span>{}</li>", product.empty() ? visit.say({"no longer sold", "已下架"}) : std::string_view(what), item_form(visit, "/account/privacy/forget", "watch", w.at("watch_id").as_string(), {"Stop", "取消"}, title));
    }
    return h.add("</ul>");
}

}  // namespace

Html remembered(Site& site, Visit const& visit) {
    Html h;
    h.add("<section class=\"panel\" id=\"remembered\"><h2>{}</h2>", visit.say({"What is remembered of me", "店铺记住了我什么"}));
    auto const memory = site.call(visit, "dialogue.memory", {});
    auto const watches = site.call(visit, "dialogue.watches", {});
    if (!memory || !watches) return h.add("<p class=\"wrong box\" role=\"alert\">{}</p></section>", visit.say({"This cannot be read right now; please look again later.", "暂时无法读取，请稍后再看。"}));
    return h.add("{}{}</section>", wishes_of(visit, *memory), watches_of(visit, watches->at("watches").as_array()));
}

Result<Response> forget_remembered(Site& site, Visit const& visit) {
    if (auto response = refused(visit)) return std::move(*response);
    auto const forgotten = !visit.field("watch").empty() ? site.call(visit, "dialogue.stop_watch", {{"watch_id", visit.field("watch")}})
                           : visit.field("all") == "1" || !visit.field("wish").empty() ? site.call(visit, "dialogue.forget_memory", {{"constraint_id", visit.field("all") == "1" ? std::string_view() : std::string_view(visit.field("wish"))}})
                                                                                    : Result<json::value>(fail(Errc::invalid_argument, "invalid_request", "Nothing was named.", {{"/wish", "required", "is needed"}}));
    // What another tab has forgotten already is forgotten.
    if (!forgotten && forgotten.error().code != Errc::not_found) return std::unexpected(forgotten.error());
    return see_other(visit, visit.link("/account/privacy?done=forgotten#remembered"));
}

}  // namespace kindling::storefront
