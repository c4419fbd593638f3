// forecast.supplied and forecast.export_supplied: what a supplier's goods will be asked for, read by the supplier itself.
//
// A supplier's key holds two scopes: forecast.supplied, which admits it to these two operations, and forecast.supplier.ID, which says whose goods it may ask for. A file that such a key
// had written can be fetched by that key alone (and by staff who may export). Cost: reading the newest forecast, then what is asked for.
#include "modules/forecast/paths.h"
#include "modules/forecast/planner.h"
#include "shop/page.h"
#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace kindling::forecast {

namespace {

struct Chosen {
    Current now;
    std::vector<std::uint32_t> goods;  // of the supplier, that were asked for; ascending
    std::vector<Window> windows;
    std::optional<std::size_t> place;  // of Kept::places; none: all together
};

template <class In> Result<Chosen> choose(shop::Transaction& tx, Caller const& caller, In const& in) {
    // The others are none of its business, and look as if they were not there.
    if (!caller.may("forecast.supplier." + in.supplier_id)) return fail(Errc::permission_denied, "not_permitted", fmt::format("This key may not read the forecast of {}; it needs the scope forecast.supplier.{}.", in.supplier_id, in.supplier_id));
    if (TRY(tx.integer("SELECT COUNT(*) FROM suppliers WHERE shop_id = ? AND supplier_id = ?", tx.shop_id(), in.supplier_id)) == 0) return fail(Errc::not_found, "supplier_not_found", "There is no such supplier.", {{"/supplier_id", "supplier_not_found", "is not a supplier of this shop"}});
    Chosen out{.now = TRY(load_current(tx)), .goods = {}, .windows = {}, .place = {}};
    auto const& kept = out.now.kept;

    std::set<std::string> supplied;
    shop::Value const values[] = {tx.shop_id(), in.supplier_id, tx.shop_id(), in.supplier_id};
    TRY(tx.run("SELECT sku FROM supplies WHERE shop_id = ? AND supplier_id = ? UNION SELECT l.sku FROM purchase_order_lines l JOIN purchase_orders o ON o.shop_id = l.shop_id AND o.purchase_order_id = l.purchase_order_id WHERE l.shop_id = ? AND o.supplier_id = ?", values, [&](shop::Row const& row) -> Result<void> { supplied.emplace(row.text(0)); return {}; }));
    std::vector<std::uint32_t> own;
    for (std::uint32_t g = 0; g < kept.goods.size(); ++g) if (kept.goods[g].on_sale() && supplied.contains(kept.goods[g].sku)) own.push_back(g);

    std::vector<FieldError> wrong;
    std::set<std::uint32_t> asked;
    for (std::size_t i = 0; i < in.goods.size(); ++i) {
        bool known = false;
        for (auto const g : own) if (kept.goods[g].sku == in.goods[i] || kept.goods[g].product_id == in.goods[i]) asked.insert(g), known = true;
        if (!known) wrong.push_back({fmt::format("/goods/{}", i), "not_supplied", "is no SKU or product on sale that comes from this supplier"});
    }
    out.goods = in.goods.empty() ? std::move(own) : std::vector(asked.begin(), asked.end());

    if (!in.place_id.empty()) {
        auto const place = std::ranges::find(kept.places, in.place_id);
        if (place == kept.places.end()) wrong.push_back({"/place_id", "place_not_known", "is not among the places of the forecast"});
        else out.place = static_cast<std::size_t>(place - kept.places.begin());
    }

    auto const end = kept.origin + static_cast<Day>(kept.horizon);
    auto first = kept.origin, last = end - 1;
    if (!in.first_day.empty()) first = TRY(day_field(in.first_day, "/first_day"));
    if (!in.last_day.empty()) last = TRY(day_field(in.last_day, "/last_day"));
    auto const span = fmt::format("the forecast is from {} to {}", format_date(kept.origin), format_date(end - 1));
    if (first >= end) wrong.push_back({"/first_day", "out_of_range", span});
    if (last < kept.origin) wrong.push_back({"/last_day", "out_of_range", span});
    else if (last < first && first < end) wrong.push_back({"/last_day", "out_of_range", "is before the first day"});
    if (!wrong.empty()) return fail(Errc::invalid_argument, "invalid_request", "This is not in the forecast of this supplier.", std::move(wrong));
    first = std::max(first, kept.origin);
    out.windows = windows_of(kept, in.step, static_cast<std::size_t>(first - kept.origin), static_cast<std::size_t>(std::min(last + 1, end) - kept.origin));
    return out;
}

}  // namespace

Result<Supplied> supplied(Context& context, AskSupplied const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(shop::read_page_token("forecast_supplied", in.page_token, 1));
    auto const chosen = TRY(choose(tx, context.caller, in));
    auto const& now = chosen.now;
    auto const names = TRY(NodeFilter::make(tx, Level::variant, {}, {}, now.kept));
    auto const day = [&](std::size_t h) { return format_date(now.kept.origin + static_cast<Day>(h)); };
    Supplied out{.first_day = day(chosen.windows.front().from), .last_day = day(chosen.windows.back().to - 1), .made_at_ms = now.run.made_at_ms, .total = static_cast<std::int64_t>(chosen.goods.size()), .places = now.kept.places, .goods = {}, .next_page_token = {}};
    auto const first = keys.empty() ? 0 : std::clamp<std::int64_t>(std::atoll(keys[0].c_str()), 0, out.total), last = std::min(out.total, first + in.page_size);
    for (auto i = first; i < last; ++i) {
        auto const g = chosen.goods[static_cast<std::size_t>(i)];
        auto const& kept = now.kept.goods[g];
        auto const t = names.names(kept.sku);
        SuppliedGood good{.sku = kept.sku, .product_id = kept.product_id, .title_en = t.en, .title_zh = t.zh, .ahead = {}};
        std::uint32_t const one[] = {g};
        auto const path = path_of(now.means, one, Parts(now.kept, one, chosen.place));
        Width const all(now, Level::variant, good.sku, one), width = chosen.place ? all.at_a_place() : all;
        for (auto const& w : chosen.windows) {
            auto const mean = sum_of(path, w);
            auto const q = count_quantiles(mean, width.at(w.from, w.to), width.asked(w.from, w.to));
            good.ahead.push_back({format_date(w.day), day(w.from), day(w.to - 1), static_cast<std::int64_t>(w.to - w.from), mean, q[1], q[5]});
        }
        out.goods.push_back(std::move(good));
    }
    if (last < out.total) {
        std::string const next[] = {std::to_string(last)};
        out.next_page_token = shop::page_token("forecast_supplied", next);
    }
    return out;
}

Result<shop::imports::WrittenExport> export_supplied(Context& context, ExportSupplied const& in) {
    auto const chosen = TRY([&]() -> Result<Chosen> {
        auto tx = TRY(context.services.store->read(context.shop_id));
        return choose(*tx, context.caller, in);
    }());
    ExportRows what{.nodes = {}, .windows = chosen.windows, .together = !chosen.place, .places = {}, .reader = context.caller.id};
    if (chosen.place) what.places.push_back(*chosen.place);
    for (auto const g : chosen.goods) what.nodes.push_back({Level::variant, chosen.now.kept.goods[g].sku, {g}});
    return write_rows(context, chosen.now, what, in.format);
}

}  // namespace kindling::forecast
