#include "modules/dialogue/search_intent.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/settle.h"
#include "modules/dialogue/title_search.h"

namespace kindling::dialogue {

namespace {

SearchIntent of(Intent intent) {
    switch (intent) {
        case Intent::compare: return SearchIntent::compare;
        case Intent::order_status: case Intent::return_goods: case Intent::exchange_goods: case Intent::cancel_order: case Intent::ask_policy: case Intent::person: case Intent::help: case Intent::show_basket: case Intent::remove_from_basket: case Intent::checkout:
        case Intent::remember_me: case Intent::recall_me: case Intent::forget_me: case Intent::list_watches: case Intent::stop_watching: return SearchIntent::support;
        case Intent::greet: case Intent::thanks: case Intent::bye: case Intent::abuse: case Intent::out_of_scope: return SearchIntent::chat;
        default: return SearchIntent::buy;
    }
}

}  // namespace

SearchIntent search_intent(CatalogueView const& view, Reading const& reading, std::string_view query) {
    auto const wanted = of(reading.intent);
    if (wanted == SearchIntent::buy || wanted == SearchIntent::compare) return wanted;
    auto const said = surface_of(query);
    if (said.empty() || names_kind(reading)) return SearchIntent::buy;
    return any_title(view, said, [&](std::size_t p) { return cues::has_word(view[p].title, said); }) ? SearchIntent::buy : wanted;
}

}  // namespace kindling::dialogue
