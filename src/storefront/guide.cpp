// POST /guide/ask: one turn with the shopping guide, its blocks as server-sent events.
//
// The whole turn takes milliseconds, so it is made first and then sent: the cookie of a basket that it made can go in the head.
//
//   event: block   one verified block of the answer          event: done   conversation, limits understood, units in the basket
//   event: error   what went wrong, for the shopper
//
// A price in a card is written in the page's way, and product addresses get the page's language.
#include "core/json_text.h"
#include "core/utf8.h"
#include "gateway/http/url.h"
#include "storefront/listing.h"
#include "storefront/pages.h"
#include "storefront/words.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

void localise(Visit const& visit, json::value& block) {
    auto& o = block.as_object();
    o.erase("facts");
    if (auto* cards = o.if_contains("cards"))
        for (auto& c : cards->as_array()) {
            auto& card = c.as_object();
            card["url"] = visit.link("/p/" + gateway::percent_encode(card.at("product_id").as_string()));
            card["picture"] = safe_url(card.at("picture").as_string());
            card.erase("highlight");  // holds markup; the panel writes text only
        }
    if (auto* basket = o.if_contains("basket")) (*basket).as_object()["url"] = visit.link("/basket");
}

struct Turn {
    std::string locale, text, conversation_id, product_id;
    std::vector<std::string> remove;
    static constexpr Field fields[] = {field("locale").longest(8), field("text").defaulted().longest(6000), field("conversation_id").defaulted().longest(128), field("product_id").defaulted().longest(128), field("remove").defaulted().longest(40)};
};
BOOST_DESCRIBE_STRUCT(Turn, (), (locale, text, conversation_id, product_id, remove))

json::object done_of(Site& site, Visit const& visit, json::value const& answer) {
    json::array understood;
    for (auto const& u : answer.at("understood").as_array())
        understood.push_back(json::object{{"id", u.at("constraint_id")}, {"label", in(visit.locale, std::string(u.at("label_en").as_string()), std::string(u.at("label_zh").as_string()))}});
    json::object done{{"conversation_id", answer.at("conversation_id")}, {"understood", understood}, {"needs_person", answer.at("needs_person")}};
    auto const basket_id = std::string(answer.at("basket_id").as_string());
    if (!basket_id.empty())
        if (auto const basket = site.call(visit, "basket.get", {{"basket_id", basket_id}})) done["units"] = basket->at("units");
    return done;
}

}  // namespace

Result<Response> ask_guide(Site& site, Visit const& visit) {
    auto const turn = TRY(read_json<Turn>(TRY(parse_json(visit.request.body))));
    auto own = visit;
    own.locale = locale_of(turn.locale), own.call.locale = own.locale;
    auto const stream = [&](std::string text) {
        Response response{.content_type = "text/event-stream", .headers = visit.set_headers, .body = std::move(text)};
        response.headers.emplace_back("Cache-Control", "no-store");
        return response;
    };
    auto const event = [](std::string_view name, json::value const& data) { return gateway::to_text(gateway::Event{.data = kindling::to_text(data), .name = std::string(name)}); };
    if (!site.has("dialogue.ask")) return stream(event("error", json::object{{"message", own.say({"The guide is starting. Please try again in a moment, or use the search.", "导购正在启动，请稍后再试，或先使用搜索。"})}}));
    json::array remove;
    for (auto const& id : turn.remove) remove.push_back(json::string(id));
    json::object const request{{"conversation_id", turn.conversation_id}, {"text", turn.text}, {"locale", name_of(own.locale)}, {"basket_id", visit.basket_id}, {"product_id", turn.product_id}, {"remove", remove}};
    if (!turn.text.empty()) site.note(visit, "dialogue", {.product_id = turn.product_id, .query = turn.text});
    std::string text;
    auto const emit = [&](json::value block) { localise(own, block), text += event("block", block); };
    auto const answer = site.call(own, "dialogue.ask", request);
    if (!answer) {
        // A conversation that has ended or is somebody else's: the panel starts a new one.
        text += event("error", json::object{{"reason", answer.error().reason}, {"message", answer.error().code == Errc::internal ? std::string(own.say({"Something went wrong on our side. Please try again.", "我们这边出了点问题，请再试一次。"})) : explain(own, answer.error().reason, answer.error().message)}});
        return stream(std::move(text));
    }
    for (auto const& block : answer->at("messages").as_array()) emit(block);
    text += event("done", done_of(site, own, *answer));
    if (auto const basket_id = std::string(answer->at("basket_id").as_string()); !basket_id.empty() && basket_id != visit.basket_id) visit.keep_basket(basket_id);
    return stream(std::move(text));
}

}  // namespace kindling::storefront
