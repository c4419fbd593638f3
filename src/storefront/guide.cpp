// POST /guide/ask: one turn with the shopping guide, as server-sent events while it is made. POST /guide/basket: keep its basket.
// POST /guide/news: what people of the shop have said in the talk since. POST /guide/nudge: what the guide would say unasked on a page, and what became of it.
//
// The head leaves before the turn begins, so a basket that the turn makes cannot be in it. `basket` names it as soon as it is committed, and
// the page asks /guide/basket, from our own pages only, to put it into the cookie that no script can read.
//
//   event: understood  limits in force, before anything is looked for      event: block  {at, block}: part `at` of the answer, verified
//   event: words       {at, text, anew}: a model's words, verified         event: again  what follows takes the place of all so far
//   event: basket      {basket_id}: to be kept                             event: done   conversation, limits, units in the basket
//   event: error       what went wrong, for the shopper                    event: end    the server cannot go on (busy, stopping)
//
// A shopper who leaves cancels what a model is still writing. A price in a card is written in the page's way, and product addresses get
// the page's language.
#include "core/json_text.h"
#include "core/utf8.h"
#include "gateway/front/operation_events.h"
#include "gateway/http/url.h"
#include "storefront/guide_turn.h"
#include "storefront/listing.h"
#include "storefront/pages.h"
#include "storefront/static_files.h"
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
            auto const picture = safe_url(card.at("picture").as_string());
            card["picture"] = picture.starts_with('/') ? visit.base + std::string(picture) : std::string(picture);
            card.erase("highlight");  // holds markup; the panel writes text only
        }
    if (auto* points = o.if_contains("points"); points && !points->as_array().empty()) {
        o["choice_script"] = static_url("choice.js");
        for (auto& p : o.at("points").as_array()) p.as_object()["url"] = visit.link("/p/" + gateway::percent_encode(p.at("product_id").as_string()));
    }
    // Another site's page cannot set our cookie: the way to the checkout names the basket.
    if (auto* basket = o.if_contains("basket")) {
        auto& b = basket->as_object();
        b["url"] = visit.base.empty() ? visit.link("/basket") : visit.base + "/checkout?basket=" + gateway::percent_encode(b.at("basket_id").as_string());
    }
}

json::array understood_of(Visit const& visit, json::value const& list) {
    json::array out;
    for (auto const& u : list.as_array())
        out.push_back(json::object{{"id", u.at("constraint_id")}, {"label", in(visit.locale, std::string(u.at("label_en").as_string()), std::string(u.at("label_zh").as_string()))}});
    return out;
}

class Telling {
public:
    Telling(Site& site, Visit const& visit, gateway::OperationEvents& events) : site_(site), visit_(visit), events_(events) {}

    // A part of dialogue.ask (modules/dialogue/telling.h) as the panel wants it.
    void part(std::string_view name, json::value const& data) {
        if (name == "understood") events_.tell(name, json::object{{"understood", understood_of(visit_, data.at("understood"))}});
        else if (name == "block") {
            auto block = data.at("block");
            localise(visit_, block);
            events_.tell(name, json::object{{"at", data.at("at")}, {"block", std::move(block)}});
        } else if (name == "kept") {
            if (auto const& id = data.at("basket_id").as_string(); !id.empty() && visit_.basket_id != id) events_.tell("basket", json::object{{"basket_id", id}});
        } else events_.tell(name, data);
    }

    void done(json::value const& answer) {
        json::object done{{"conversation_id", answer.at("conversation_id")}, {"understood", understood_of(visit_, answer.at("understood"))}, {"needs_person", answer.at("needs_person")}};
        if (auto const basket_id = std::string(answer.at("basket_id").as_string()); !basket_id.empty())
            if (auto const basket = site_.call(visit_, "basket.get", {{"basket_id", basket_id}})) done["units"] = basket->at("units");
        events_.tell("done", done);
    }

    // A conversation that has ended or is somebody else's: the panel starts a new one.
    void failed(Error const& error) {
        events_.tell("error", json::object{{"reason", error.reason}, {"message", error.code == Errc::internal ? std::string(visit_.say({"Something went wrong on our side. Please try again.", "我们这边出了点问题，请再试一次。"})) : explain(visit_, error)}});
    }

private:
    Site& site_;
    Visit const& visit_;
    gateway::OperationEvents& events_;
};

struct Keep {
    std::string basket_id;
    static constexpr Field fields[] = {field("basket_id").longest(64)};
};
BOOST_DESCRIBE_STRUCT(Keep, (), (basket_id))

struct Page {
    std::string locale;
    static constexpr Field fields[] = {field("locale").defaulted().longest(8)};
};
BOOST_DESCRIBE_STRUCT(Page, (), (locale))

struct Answered {
    std::string nudge_id, outcome;
    static constexpr Field fields[] = {field("nudge_id").longest(64), field("outcome").longest(16)};
};
BOOST_DESCRIBE_STRUCT(Answered, (), (nudge_id, outcome))

}  // namespace

namespace {

json::object question_of(Visit const& visit, Turn const& turn) {
    json::array remove;
    for (auto const& id : turn.remove) remove.push_back(json::string(id));
    return {{"conversation_id", turn.conversation_id}, {"text", turn.text}, {"locale", name_of(visit.locale)}, {"basket_id", visit.basket_id}, {"product_id", turn.product_id}, {"picture_id", turn.picture_id}, {"remove", std::move(remove)}};
}

}  // namespace

Response events_of_turn(Site& site, std::shared_ptr<Request const> request, std::shared_ptr<Visit> visit, Turn turn) {
    if (!turn.text.empty()) site.note(*visit, "dialogue", {.product_id = turn.product_id, .query = turn.text});
    return Response::events([&site, request = std::move(request), visit = std::move(visit), turn = std::move(turn)](gateway::EventStream stream) {
        gateway::OperationEvents events(std::move(stream));
        Telling telling(site, *visit, events);
        if (!site.has("dialogue.ask")) events.tell("error", json::object{{"message", visit->say({"The guide is starting. Please try again in a moment, or use the search.", "导购正在启动，请稍后再试，或先使用搜索。"})}});
        else {
            visit->call.progress.stop = events.stream().stop();
            visit->call.tell = [&](std::string_view name, json::value const& data) { telling.part(name, data); };
            auto const answer = site.call(*visit, "dialogue.ask", question_of(*visit, turn));
            visit->call.tell = {};
            answer ? telling.done(*answer) : telling.failed(answer.error());
        }
        events.end();
    });
}

Result<json::object> answer_of_turn(Site& site, Visit const& visit, Turn const& turn) {
    if (!turn.text.empty()) site.note(visit, "dialogue", {.product_id = turn.product_id, .query = turn.text});
    auto answer = TRY(site.call(visit, "dialogue.ask", question_of(visit, turn)));
    auto& o = answer.as_object();
    for (auto& block : o.at("messages").as_array()) localise(visit, block);
    o["understood"] = understood_of(visit, o.at("understood"));
    return std::move(o);
}

Result<Response> ask_guide(Site& site, Visit const& visit) {
    auto turn = TRY(read_json<Turn>(TRY(parse_json(visit.request.body))));
    auto request = std::make_shared<Request const>(visit.request);
    auto own = std::make_shared<Visit>(Visit{.request = *request, .locale = locale_of(turn.locale), .call = visit.call, .shop = visit.shop, .basket_id = visit.basket_id, .units = visit.units, .form = {}});
    own->call.locale = own->locale;
    auto response = events_of_turn(site, std::move(request), std::move(own), std::move(turn));
    for (auto const& header : visit.set_headers) response.headers.push_back(header);
    return response;
}

Result<json::object> news_of(Site& site, Visit const& visit, Hear const& asked) {
    auto const news = TRY(site.call(visit, "dialogue.news", {{"conversation_id", asked.conversation_id}, {"after_ms", asked.after_ms}}));
    return json::object{{"status", news.at("status")}, {"said", news.at("said")}};
}

Result<Response> hear_news(Site& site, Visit const& visit) {
    return Response::json(200, json::value(TRY(news_of(site, visit, TRY(read_json<Hear>(TRY(parse_json(visit.request.body))))))));
}

Result<Response> nudge(Site& site, Visit const& visit) {
    auto const page = TRY(read_json<Page>(TRY(parse_json(visit.request.body))));
    json::value answer(json::object{{"kind", "none"}});
    if (visit.guide && site.has("dialogue.nudge")) {
        auto call = visit.call;
        call.locale = locale_of(page.locale);
        answer = TRY(site.executor().call("dialogue.nudge", json::object{{"basket_id", visit.basket_id}}, call));
    }
    return Response::json(200, answer);
}

Result<Response> answer_nudge(Site& site, Visit const& visit) {
    auto const said = TRY(read_json<Answered>(TRY(parse_json(visit.request.body))));
    return Response::json(200, TRY(site.call(visit, "dialogue.answer_nudge", {{"nudge_id", said.nudge_id}, {"outcome", said.outcome}})));
}

Result<Response> keep_guides_basket(Site& site, Visit const& visit) {
    auto const keep = TRY(read_json<Keep>(TRY(parse_json(visit.request.body))));
    // Whoever knows its id may use a basket; one that is not there, and so holds nothing, is not kept.
    auto const basket = TRY(site.call(visit, "basket.get", {{"basket_id", keep.basket_id}}));
    if (basket.at("units").as_int64() > 0) visit.keep_basket(keep.basket_id);
    auto response = Response::json(200, json::value(json::object{{"units", basket.at("units")}}));
    for (auto const& header : visit.set_headers) response.headers.push_back(header);
    return response;
}

}  // namespace kindling::storefront
