// market.import, market.list, market.judge: items as they are stored.
#include "modules/market/rows.h"
#include "shop/catalogue/operations.h"
#include "shop/page.h"
#include <cctype>
#include <fmt/format.h>

namespace kindling::market {

namespace {

using shop::Value;

struct ListedRow : ItemRow {
    std::optional<std::string> product_id, state, reasons, title_en, title_zh;
    std::optional<double> probability;
    std::optional<std::int64_t> own_price_minor;
    static constexpr Field fields[] = {{"source"}, {"item_id"}, {"title"}, {"brand"}, {"description"}, {"code"}, {"url"}, {"currency"}, {"price_minor"}, {"sales_rank"}, {"previous_price_minor"}, {"price_changed_at_ms"}, {"previous_rank"}, {"first_seen_at_ms"}, {"seen_at_ms"}, {"in_stock"}, {"stock_changed_at_ms"},
                                       {"product_id"}, {"state"}, {"reasons"}, {"title_en"}, {"title_zh"}, {"probability"}, {"own_price_minor"}};
};
BOOST_DESCRIBE_STRUCT(ListedRow, (ItemRow), (product_id, state, reasons, title_en, title_zh, probability, own_price_minor))

// An item with its likeliest product that people did not reject.
std::string listed_sql(std::string_view where, std::string_view order) {
    std::string columns;
    for (std::size_t at = 0; at < item_columns.size();) {
        auto const end = std::min(item_columns.find(", ", at), item_columns.size());
        columns += fmt::format("{}i.{} AS {}", columns.empty() ? "" : ", ", item_columns.substr(at, end - at), item_columns.substr(at, end - at));
        at = end + 2;
    }
    return fmt::format("SELECT {}, m.product_id AS product_id, m.state AS state, m.reasons AS reasons, p.title_en AS title_en, p.title_zh AS title_zh, m.probability AS probability, "
                       "(SELECT MIN(v.price_minor) FROM variants v WHERE v.shop_id = m.shop_id AND v.product_id = m.product_id) AS own_price_minor "
                       "FROM market_items i LEFT JOIN market_matches m ON m.shop_id = i.shop_id AND m.source = i.source AND m.item_id = i.item_id AND m.state <> 'rejected' "
                       "LEFT JOIN products p ON p.shop_id = m.shop_id AND p.product_id = m.product_id WHERE i.shop_id = ?{} ORDER BY {} LIMIT ?", columns, where, order);
}

MarketItem shown(ListedRow const& r, std::string const& currency, Locale locale) {
    MarketItem out{.source = r.source, .item_id = r.item_id, .title = r.title, .brand = r.brand, .url = r.url, .currency = r.currency, .price_minor = r.price_minor, .rank = r.sales_rank, .previous_price_minor = r.previous_price_minor, .price_changed_at_ms = r.price_changed_at_ms,
                   .previous_rank = r.previous_rank, .first_seen_at_ms = r.first_seen_at_ms, .seen_at_ms = r.seen_at_ms};
    if (r.in_stock) out.in_stock = *r.in_stock != 0, out.stock_changed_at_ms = r.stock_changed_at_ms;
    if (!r.product_id) return out;
    auto const zh = r.title_zh.value_or(""), en = r.title_en.value_or("");
    ItemMatch match{.product_id = *r.product_id, .product_title = (locale == Locale::zh ? !zh.empty() : en.empty()) ? zh : en, .state = r.state == "confirmed" ? MatchState::confirmed : MatchState::proposed, .probability = r.probability.value_or(0), .own_price_minor = r.own_price_minor};
    match.reasons = told(r.reasons.value_or(""), match.state, locale);
    if (r.price_minor && r.own_price_minor && *r.own_price_minor > 0 && r.currency == currency) match.price_difference_percent = 100.0 * static_cast<double>(*r.price_minor - *r.own_price_minor) / static_cast<double>(*r.own_price_minor);
    out.match = std::move(match);
    return out;
}

std::string like(std::string_view text) {
    std::string out = "%";
    for (char const c : text) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out + '%';
}

}  // namespace

Result<ImportedItems> import_items(Context& context, ImportItems const& in) {
    auto& tx = context.tx();
    auto const currency = in.currency.empty() ? TRY(shop::shop_currency(tx)) : in.currency;
    if (currency.size() != 3 || !std::ranges::all_of(currency, [](char c) { return c >= 'A' && c <= 'Z'; })) return fail(Errc::invalid_argument, "unknown_currency", "Give the currency as three capitals, such as CNY.", {{"/currency", "unknown_currency", "is no ISO 4217 code"}});
    if (in.source.empty()) return fail(Errc::invalid_argument, "source_missing", "Say whose items these are.", {{"/source", "source_missing", "must not be empty"}});
    auto read = TRY(read_items(context, in, currency));
    auto& report = read.report;
    std::map<std::string, ItemRow> known;
    for (auto& row : TRY((tx.select<ItemRow>(fmt::format("SELECT {} FROM market_items WHERE shop_id = ? AND source = ?", item_columns), tx.shop_id(), in.source)))) known.emplace(row.item_id, std::move(row));
    std::vector<ItemRow const*> written;
    for (auto& item : read.items) {
        item.first_seen_at_ms = item.seen_at_ms = context.now;
        if (auto const before = known.find(item.item_id); before != known.end()) {
            auto const& b = before->second;
            item.first_seen_at_ms = b.first_seen_at_ms;
            if (!item.in_stock) item.in_stock = b.in_stock;  // silence says neither
            item.previous_price_minor = b.previous_price_minor, item.price_changed_at_ms = b.price_changed_at_ms, item.previous_rank = b.previous_rank;
            if (b.price_minor && item.price_minor && b.currency == item.currency && b.price_minor != item.price_minor) item.previous_price_minor = b.price_minor, item.price_changed_at_ms = context.now;
            if (b.sales_rank && item.sales_rank != b.sales_rank) item.previous_rank = b.sales_rank;
            item.stock_changed_at_ms = b.in_stock && item.in_stock && b.in_stock != item.in_stock ? std::optional(context.now) : b.stock_changed_at_ms;
            bool const same = b.title == item.title && b.brand == item.brand && b.description == item.description && b.code == item.code && b.url == item.url && b.currency == item.currency && b.price_minor == item.price_minor && b.sales_rank == item.sales_rank && b.in_stock == item.in_stock;
            ++(same ? report.unchanged : report.updated);
        } else ++report.created;
        written.push_back(&item);
    }
    TRY(tx.run_many(fmt::format("INSERT INTO market_items (shop_id, {}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, source, item_id) DO UPDATE SET title = excluded.title, brand = excluded.brand, description = excluded.description, code = excluded.code, url = excluded.url, "
                                "currency = excluded.currency, price_minor = excluded.price_minor, sales_rank = excluded.sales_rank, previous_price_minor = excluded.previous_price_minor, price_changed_at_ms = excluded.price_changed_at_ms, previous_rank = excluded.previous_rank, seen_at_ms = excluded.seen_at_ms, in_stock = excluded.in_stock, stock_changed_at_ms = excluded.stock_changed_at_ms", item_columns),
                    written.size(), [&](std::size_t i, std::vector<Value>& values) {
                        auto const& r = *written[i];
                        values = {tx.shop_id(), r.source, r.item_id, r.title, r.brand, r.description, r.code, r.url, r.currency, Value(r.price_minor), Value(r.sales_rank), Value(r.previous_price_minor), Value(r.price_changed_at_ms), Value(r.previous_rank), r.first_seen_at_ms, r.seen_at_ms, Value(r.in_stock), Value(r.stock_changed_at_ms)};
                    }));
    tx.changed("market_item");
    return report;
}

Result<ItemPage> list_items(Context& context, ListItems const& in) {
    auto& tx = context.tx();
    auto const currency = TRY(shop::shop_currency(tx));
    auto const keys = TRY(shop::read_page_token("market_items", in.page_token, 2));
    std::string where;
    auto const pattern = like(in.query);  // values borrow their text
    std::vector<Value> values{tx.shop_id()};
    auto const also = [&](std::string_view condition, auto const&... v) { where += " AND ", where += condition, (values.emplace_back(v), ...); };
    if (!in.source.empty()) also("i.source = ?", in.source);
    if (!in.product_id.empty()) also("m.product_id = ?", in.product_id);
    if (!in.query.empty()) also("(LOWER(i.title) LIKE ? ESCAPE '\\' OR LOWER(i.brand) LIKE ? ESCAPE '\\')", pattern, pattern);
    if (in.which == Which::matched) also("m.product_id IS NOT NULL");
    if (in.which == Which::unmatched) also("m.product_id IS NULL");
    if (in.which == Which::proposed) also("m.state = 'proposed'");
    if (in.which == Which::confirmed) also("m.state = 'confirmed'");
    if (!keys.empty()) also("(i.source, i.item_id) > (?, ?)", keys[0], keys[1]);
    values.emplace_back(in.page_size + 1);
    auto const rows = TRY(tx.select_with<ListedRow>(listed_sql(where, "i.source, i.item_id"), values));
    ItemPage page;
    for (auto const& row : rows) {
        if (static_cast<std::int64_t>(page.items.size()) == in.page_size) {
            std::string const last[] = {page.items.back().source, page.items.back().item_id};
            page.next_page_token = shop::page_token("market_items", last);
            break;
        }
        page.items.push_back(shown(row, currency, context.locale));
    }
    return page;
}

Result<Judged> judge(Context& context, Judge const& in) {
    auto& tx = context.tx();
    Judged out;
    for (std::size_t i = 0; i < in.verdicts.size(); ++i) {
        auto const& v = in.verdicts[i];
        auto const path = fmt::format("/verdicts/{}", i);
        if (TRY(tx.integer("SELECT COUNT(*) FROM market_items WHERE shop_id = ? AND source = ? AND item_id = ?", tx.shop_id(), v.source, v.item_id)) == 0)
            return fail(Errc::not_found, "item_not_found", "There is no such item of this source; list the items again.", {{path + "/item_id", "item_not_found", "is not an item of this source"}});
        if (TRY(tx.integer("SELECT COUNT(*) FROM products WHERE shop_id = ? AND product_id = ?", tx.shop_id(), v.product_id)) == 0)
            return fail(Errc::not_found, "product_not_found", "There is no such product.", {{path + "/product_id", "product_not_found", "is not a product of this shop"}});
        // One item is one product: what was proposed or confirmed for it before gives way.
        if (v.same) TRY(tx.execute("DELETE FROM market_matches WHERE shop_id = ? AND source = ? AND item_id = ? AND state <> 'rejected'", tx.shop_id(), v.source, v.item_id));
        TRY(tx.execute("INSERT INTO market_matches (shop_id, source, item_id, product_id, state, probability, reasons, judged_at_ms) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, source, item_id, product_id) DO UPDATE SET state = excluded.state, probability = excluded.probability, judged_at_ms = excluded.judged_at_ms",
                       tx.shop_id(), v.source, v.item_id, v.product_id, v.same ? "confirmed" : "rejected", v.same ? 1.0 : 0.0, "", context.now));
        ++(v.same ? out.confirmed : out.rejected);
    }
    tx.changed("market_match");
    return out;
}

Result<Signals> signals(Context& context, AskSignals const& in) {
    auto& tx = context.tx();
    auto const currency = TRY(shop::shop_currency(tx));
    auto const ask = [&](std::string where, std::string_view order, std::int64_t most) -> Result<std::vector<ListedRow>> {
        std::vector<Value> values{tx.shop_id()};
        if (!in.source.empty()) where += " AND i.source = ?", values.emplace_back(in.source);
        values.emplace_back(most);
        return tx.select_with<ListedRow>(listed_sql(where, order), values);
    };
    Signals out;
    for (auto const& row : TRY(ask(" AND m.product_id IS NOT NULL AND i.price_minor IS NOT NULL", "i.source, i.item_id", most_rows))) {
        auto item = shown(row, currency, context.locale);
        if (item.match->price_difference_percent && *item.match->price_difference_percent <= -in.least_percent && *item.match->price_difference_percent < 0) out.cheaper_elsewhere.push_back(std::move(item));
    }
    std::ranges::stable_sort(out.cheaper_elsewhere, {}, [](MarketItem const& i) { return *i.match->price_difference_percent; });
    if (static_cast<std::int64_t>(out.cheaper_elsewhere.size()) > in.count) out.cheaper_elsewhere.resize(static_cast<std::size_t>(in.count));
    for (auto const& row : TRY(ask(" AND m.product_id IS NULL AND i.sales_rank IS NOT NULL", "i.sales_rank, i.source, i.item_id", in.count))) out.not_listed_here.push_back(shown(row, currency, context.locale));
    for (auto const& row : TRY(ask(" AND m.product_id IS NOT NULL AND i.in_stock = 0", "i.stock_changed_at_ms DESC, i.source, i.item_id", in.count))) out.sold_out_elsewhere.push_back(shown(row, currency, context.locale));
    for (auto const& row : TRY(ask(" AND i.previous_rank >= 2 * i.sales_rank", "i.sales_rank, i.source, i.item_id", in.count))) out.climbing.push_back(shown(row, currency, context.locale));
    for (auto const& row : TRY(ask(" AND m.product_id IS NOT NULL AND i.price_changed_at_ms IS NOT NULL", "i.price_changed_at_ms DESC, i.source, i.item_id", in.count))) out.price_moved.push_back(shown(row, currency, context.locale));
    return out;
}

Result<std::vector<MarketItem>> watched_items(Context& context) {
    auto& tx = context.tx();
    auto const currency = TRY(shop::shop_currency(tx));
    std::vector<MarketItem> out;
    Value const values[] = {tx.shop_id(), sure_enough, still_sure, most_rows};
    for (auto const& row : TRY(tx.select_with<ListedRow>(listed_sql(" AND (m.state = 'confirmed' OR m.probability >= ? OR (m.probability >= ? AND EXISTS (SELECT 1 FROM market_told t WHERE t.shop_id = i.shop_id AND t.source = i.source AND t.item_id = i.item_id)) OR (m.product_id IS NULL AND i.sales_rank IS NOT NULL))", "i.source, i.item_id"), values))) out.push_back(shown(row, currency, context.locale));
    return out;
}

}  // namespace kindling::market
