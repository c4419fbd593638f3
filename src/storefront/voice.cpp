// POST /guide/voice: a recording becomes the text that the panel asks with. POST /guide/say: a sentence of an answer read aloud. See modules/speech.
#include "core/json_text.h"
#include "storefront/guide_turn.h"
#include "storefront/pages.h"
#include "storefront/words.h"
#include <boost/json.hpp>

namespace kindling::storefront {

namespace {

struct Sentence {
    std::string text, locale;
    static constexpr Field fields[] = {field("text").longest(600), field("locale").defaulted().longest(8)};
};
BOOST_DESCRIBE_STRUCT(Sentence, (), (text, locale))

std::unexpected<Error> in_words_of(Visit const& visit, Error const& error) { return std::unexpected(Error{error.code, error.reason, explain(visit, error.reason, error.message), {}}); }

Visit in_language(Visit const& visit, std::string const& locale) {
    auto own = visit;
    if (!locale.empty()) own.locale = locale_of(locale);
    return own;
}

Response answered(Visit const& visit, Result<json::object> made) {
    if (!made) return gateway::error_response(made.error(), visit.request.request_id);
    auto response = Response::json(200, json::value(std::move(*made)));
    for (auto const& header : visit.set_headers) response.headers.push_back(header);
    return response;
}

}  // namespace

Result<json::object> text_of_voice(Site& site, Visit const& visit, std::string data) {
    auto const heard = site.call(visit, "speech.transcribe", {{"data", std::move(data)}, {"locale", name_of(visit.locale)}});
    if (!heard) return in_words_of(visit, heard.error());
    return json::object{{"text", heard->at("text")}};
}

Result<json::object> voice_of_text(Site& site, Visit const& visit, std::string text) {
    auto const said = site.call(visit, "speech.say", {{"text", std::move(text)}, {"locale", name_of(visit.locale)}});
    if (!said) return in_words_of(visit, said.error());
    return json::object{{"data", said->at("data")}, {"media_type", said->at("media_type")}};
}

Result<Response> guide_voice(Site& site, Visit const& visit) {
    auto brought = TRY(read_json<Brought>(TRY(parse_json(visit.request.body))));
    return answered(visit, text_of_voice(site, in_language(visit, brought.locale), std::move(brought.data)));
}

Result<Response> guide_say(Site& site, Visit const& visit) {
    auto sentence = TRY(read_json<Sentence>(TRY(parse_json(visit.request.body))));
    return answered(visit, voice_of_text(site, in_language(visit, sentence.locale), std::move(sentence.text)));
}

}  // namespace kindling::storefront
