// storefront/embed.h -- the guide on other sites of the shop (a script, a web component, a frame), and for programs such as WeChat mini programs.
//
//   GET  /embed/kindling.js   the script: <script src="https://SHOP/embed/kindling.js" async></script> (web/embed.js)
//   GET  /embed/guide         a page that is nothing but the guide, for a frame; ?language=en|zh&theme=light|dark|auto&product=ID
//   POST /embed/visit         {"visitor"}: begins a visit; answers {"guide"}: false for whoever an experiment shows no guide (experiments.held_out)
//   POST /embed/ask           one turn: server-sent events, or with `Accept: application/json` the whole answer
//   POST /embed/basket        {"visitor","basket_id","sku","quantity"}: adds; answers {"basket_id","units"}
//   POST /embed/news          what people of the shop have said since
//
// No cookie is read or set: the page says who the visitor is ("vis_" and 24 letters, digits, - or _) and which basket is theirs; whoever knows them may use
// them. A browser's page must come from the shop itself or from a site of the setting embed_origins; programs send no Origin. Texts are answers
// for people, prices are written out, addresses are whole.
#pragma once
#include "gateway/http/router.h"
#include "storefront/site.h"

namespace kindling::storefront {

void add_embed_routes(gateway::Router&, Site&);

}  // namespace kindling::storefront
