// text_rich_shop.h -- amazon-products-24k as a shop: titles, descriptions, prices, three categories; no attributes, no trade.
#pragma once
#include "bench.h"
#include "modules/dialogue/catalogue_view.h"

namespace kindling::bench {

// Without products when the data is not there.
dialogue::CatalogueView::Source text_rich_shop(BenchContext const&);

}  // namespace kindling::bench
