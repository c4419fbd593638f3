// storefront/guide_turn.h -- one turn with the guide, for our own pages (guide.cpp) and for other sites' (embed.cpp).
#pragma once
#include "core/type.h"
#include "storefront/site.h"

namespace kindling::storefront {

struct Turn {
    std::string locale, text, conversation_id, product_id, picture_id;
    std::vector<std::string> remove;
    static constexpr Field fields[] = {field("locale").longest(8), field("text").defaulted().longest(6000), field("conversation_id").defaulted().longest(128), field("product_id").defaulted().longest(128), field("picture_id").defaulted().longest(64), field("remove").defaulted().longest(40)};
};
BOOST_DESCRIBE_STRUCT(Turn, (), (locale, text, conversation_id, product_id, picture_id, remove))

struct Hear {
    std::string conversation_id;
    std::int64_t after_ms = 0;
    static constexpr Field fields[] = {field("conversation_id").longest(128), field("after_ms").defaulted()};
};
BOOST_DESCRIBE_STRUCT(Hear, (), (conversation_id, after_ms))

// A photo or a sound, base64.
struct Brought {
    std::string data, locale;
    static constexpr Field fields[] = {field("data").longest(1'400'000), field("locale").defaulted().longest(8)};
};
BOOST_DESCRIBE_STRUCT(Brought, (), (data, locale))

// The answer as server-sent events while it is made. `visit` refers to `request`, and both live as long as the stream.
Response events_of_turn(Site&, std::shared_ptr<Request const> request, std::shared_ptr<Visit> visit, Turn);
// The whole answer at once: dialogue.ask's, with links and prices as the page wants them.
Result<json::object> answer_of_turn(Site&, Visit const&, Turn const&);
// {"picture_id"}: of a photo to be sent with the next turn, base64.
Result<json::object> photo_of_turn(Site&, Visit const&, std::string data);
// {"text"}: what was said in a sound, base64.
Result<json::object> text_of_voice(Site&, Visit const&, std::string data);
// {"data", "media_type"}: a sentence read aloud, base64; data is empty where there is nothing to say.
Result<json::object> voice_of_text(Site&, Visit const&, std::string text);
// {"status", "said"}
Result<json::object> news_of(Site&, Visit const&, Hear const&);

}  // namespace kindling::storefront
