#include "modules/supply/now.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::supply_module {

Result<Now> read_now(Context& context) {
    auto tx = TRY(context.services.store->read(context.shop_id));
    auto stock = TRY(read_stock(*tx, context.now, context.progress));
    auto settings = filled(TRY(read_settings(*tx)), stock.currency);
    return Now{std::move(stock), std::move(settings)};
}

Result<GoodNow> read_good_now(Context& context, std::string const& sku) {
    GoodNow out{.now = TRY(read_now(context)), .ahead = {}, .levels = {}, .rows = {}};
    auto const& stock = out.now.stock;
    auto const good = std::ranges::find(stock.goods, sku, &Good::sku);
    if (good == stock.goods.end()) return fail(Errc::not_found, "sku_not_found", fmt::format("There is no SKU {}.", sku), {{"/sku", "sku_not_found", "catalog.list_products shows them"}});
    for (std::size_t i = 0; i < stock.stored.size(); ++i)
        if (static_cast<std::ptrdiff_t>(stock.stored[i].good) == good - stock.goods.begin()) out.rows.push_back(i);
    if (out.rows.empty()) return out;
    out.ahead = TRY(demand_ahead(stock, stock.today, 60, context.threads(), context.progress));
    out.levels = TRY(make_levels(stock, out.ahead, out.now.settings, {.origin = stock.today, .rule = LevelRule::moments, .threads = context.threads(), .rows = out.rows}, context.progress));
    std::erase_if(out.rows, [&](std::size_t i) { return out.levels.of[i].daily <= 0; });
    return out;
}

}  // namespace kindling::supply_module
