#include "shop/analysis/reader.h"
#include "core/money.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop::analysis {

namespace {

constexpr std::int64_t window = 50'000;

constexpr std::string_view sale_columns =
    "SELECT o.order_id, l.line, o.placed_at_ms, o.customer_id, l.sku, l.product_id, COALESCE(p.category_id, ''), l.quantity, l.unit_price_minor, l.discount_minor, l.cost_minor, o.currency, o.channel, o.country, o.status "
    "FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id LEFT JOIN products p ON p.shop_id = l.shop_id AND p.product_id = l.product_id ";
constexpr std::string_view return_columns =
    "SELECT o.order_id, l.line, r.created_at_ms, o.customer_id, l.sku, l.product_id, COALESCE(p.category_id, ''), r.quantity, l.unit_price_minor, r.refund_minor, l.cost_minor, o.currency, o.channel, o.country, o.status "
    "FROM returns r JOIN order_lines l ON l.shop_id = r.shop_id AND l.order_id = r.order_id AND l.line = r.line JOIN orders o ON o.shop_id = r.shop_id AND o.order_id = r.order_id "
    "LEFT JOIN products p ON p.shop_id = l.shop_id AND p.product_id = l.product_id ";

enum class Source { sales, returns };

Result<void> add_line(facts::Appender& to, Row const& row, Source source, Reader const& reader, TouchedDays& touched) {
    using enum order_lines::Column;
    auto const day_of_row = reader.days.day(row.integer(2));
    auto const customer_id = row.text(3);
    auto const units = source == Source::sales ? row.integer(7) : -row.integer(7);
    auto const full = TRY(checked_multiply(units, row.integer(8)));
    // A return's discount is what makes quantity x price - discount the money that went back.
    auto const money = source == Source::sales ? TRY(checked_add(full, -row.integer(9))) : -row.integer(9);
    touched.lines.insert(day_of_row);
    ++touched.rows;
    to.text(order_id, row.text(0)), to.integer(line, row.integer(1)), to.integer(day, day_of_row), to.integer(at_ms, row.integer(2));
    to.text(customer, !customer_id.empty() && reader.forgotten.contains(std::string(customer_id)) ? std::string_view() : customer_id);
    to.text(sku, row.text(4)), to.text(product, row.text(5)), to.text(category, row.text(6));
    to.integer(quantity, units), to.integer(unit_price_minor, row.integer(8)), to.integer(discount_minor, full - money), to.integer(amount_minor, money);
    to.integer(cost_minor, row.is_null(10) ? 0 : row.integer(10)), to.integer(cost_known, !row.is_null(10));
    to.text(currency, row.text(11)), to.text(channel, row.text(12)), to.text(country, row.text(13)), to.text(status, row.text(14));
    to.text(kind, source == Source::returns ? "return" : units < 0 ? "credit" : "sale");
    to.end_row();
    return {};
}

// on_row for each row of `sql` (… seq > ? AND seq <= ? …), window by window.
Result<void> in_windows(Reader const& reader, std::string const& sql, SequenceRange range, std::string_view what, Transaction::OnRow const& on_row) {
    for (auto from = range.after; from < range.until; from += window) {
        if (reader.progress.stopped()) return fail(Errc::unavailable, "cancelled", "Reading the facts was cancelled; what was there before stays.");
        auto const to = std::min(from + window, range.until);
        Value const values[] = {reader.tx.shop_id(), from, to};
        TRY(reader.tx.run(sql, values, on_row));
        reader.progress(to - range.after, range.until - range.after, what);
    }
    return {};
}

}  // namespace

Result<void> Reader::order_lines(facts::Appender& to, SequenceRange lines, SequenceRange returns, TouchedDays& touched) const {
    TRY(in_windows(*this, fmt::format("{}WHERE l.shop_id = ? AND l.seq > ? AND l.seq <= ? ORDER BY l.seq", sale_columns), lines, "order lines", [&](Row const& row) { return add_line(to, row, Source::sales, *this, touched); }));
    return in_windows(*this, fmt::format("{}WHERE r.shop_id = ? AND r.seq > ? AND r.seq <= ? ORDER BY r.seq", return_columns), returns, "returns", [&](Row const& row) { return add_line(to, row, Source::returns, *this, touched); });
}

Result<void> Reader::lines_of_orders(facts::Appender& to, std::span<std::string const> orders, SequenceRange lines, SequenceRange returns, TouchedDays& touched) const {
    auto const sale_sql = fmt::format("{}WHERE l.shop_id = ? AND l.order_id = ? AND l.seq <= ? ORDER BY l.seq", sale_columns);
    auto const return_sql = fmt::format("{}WHERE r.shop_id = ? AND r.order_id = ? AND r.seq <= ? ORDER BY r.seq", return_columns);
    for (auto const& id : orders) {
        Value const sale_values[] = {tx.shop_id(), id, lines.until}, return_values[] = {tx.shop_id(), id, returns.until};
        TRY(tx.run(sale_sql, sale_values, [&](Row const& row) { return add_line(to, row, Source::sales, *this, touched); }));
        TRY(tx.run(return_sql, return_values, [&](Row const& row) { return add_line(to, row, Source::returns, *this, touched); }));
    }
    return {};
}

Result<void> Reader::events(facts::Appender& to, SequenceRange range, TouchedDays& touched) const {
    return in_windows(*this, "SELECT at_ms, kind, session_id, customer_id, product_id, query, results, position, channel FROM events WHERE shop_id = ? AND seq > ? AND seq <= ? ORDER BY seq", range, "events", [&](Row const& row) -> Result<void> {
        using enum events::Column;
        auto const customer_id = row.text(3);
        bool const gone = !customer_id.empty() && forgotten.contains(std::string(customer_id));
        auto const personal = [&](std::string_view text) { return gone ? std::string_view() : text; };
        to.integer(day, days.day(row.integer(0))), to.integer(at_ms, row.integer(0)), to.text(kind, row.text(1)), to.text(session, personal(row.text(2))), to.text(customer, personal(customer_id)), to.text(product, row.text(4));
        to.text(query, personal(row.text(5))), to.integer(results, row.is_null(6) ? -1 : row.integer(6)), to.integer(position, row.is_null(7) ? -1 : row.integer(7)), to.text(channel, row.text(8));
        to.end_row();
        ++touched.rows;
        return {};
    });
}

Result<void> Reader::stock_moves(facts::Appender& to, SequenceRange range, TouchedDays& touched) const {
    return in_windows(*this, "SELECT at_ms, sku, place_id, quantity, kind, reference FROM stock_moves WHERE shop_id = ? AND seq > ? AND seq <= ? ORDER BY seq", range, "stock moves", [&](Row const& row) -> Result<void> {
        using enum stock_moves::Column;
        auto const on = days.day(row.integer(0));
        touched.moves_since = std::min(touched.moves_since.value_or(on), on);
        to.integer(day, on), to.integer(at_ms, row.integer(0)), to.text(sku, row.text(1)), to.text(place, row.text(2)), to.integer(quantity, row.integer(3)), to.text(kind, row.text(4)), to.text(reference, row.text(5));
        to.end_row();
        ++touched.rows;
        return {};
    });
}

}  // namespace kindling::shop::analysis
