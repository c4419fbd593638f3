// modules/dialogue/search_intent.h -- what somebody wants who types into the search box: goods, a comparison, help with an order or a rule of the shop, or a talk.
//
// Read as the guide reads it (understand.h). What names a kind of goods, or stands as it was typed in a title here ("thank you notes"), wants goods, whatever else its words mean.
//
// Pure; any thread. Cost: for words that want no goods, the titles that may hold them.
#pragma once
#include "modules/dialogue/understand.h"

namespace kindling::dialogue {

enum class SearchIntent { buy, compare, support, chat };
BOOST_DESCRIBE_ENUM(SearchIntent, buy, compare, support, chat)

SearchIntent search_intent(CatalogueView const&, Reading const&, std::string_view query);

}  // namespace kindling::dialogue
