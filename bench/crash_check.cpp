#include "crash_check.h"

#include <fmt/format.h>

#include "core/json_text.h"
#include "gateway/execute/kept_answer.h"

namespace kindling::bench {

namespace {

using shop::Row, shop::Transaction, shop::Value;

template <class... A> void each_row(Transaction& tx, std::string_view sql, std::function<void(Row const&)> const& use, A const&... args) {
    Value const values[] = {Value(args)..., Value()};
    need(tx.run(sql, std::span(values, sizeof...(A)), [&](Row const& row) -> Result<void> { use(row); return {}; }));
}

// The part before the counter: keys of one client in one cycle share it.
std::string family(std::string const& key) { return key.substr(0, key.find('-') + 1); }

}  // namespace

void Findings::add(Findings const& other) { lost += other.lost, half += other.half, twice += other.twice; }

Findings check_asked(Transaction& tx, shop::Vault const& vault, AskedUnderLoad const& asked) {
    Findings found;
    if (asked.orders.empty()) return found;
    auto const like = family(asked.orders.front().key) + "%";
    std::map<std::string, std::string> kept;  // key -> order
    each_row(tx, "SELECT key, response FROM idempotency WHERE shop_id = 1 AND key LIKE ? AND operation = 'orders.place'", [&](Row const& row) { kept[std::string(row.text(0))] = order_id_of({200, to_text(need(gateway::open_answer(vault, 1, row.text(1))))}); }, like);
    std::map<std::string, std::map<std::string, std::int64_t>> lines;
    each_row(tx, "SELECT l.order_id, l.sku, l.quantity FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id WHERE l.shop_id = 1 AND o.source = 'shop'", [&](Row const& row) { lines[std::string(row.text(0))][std::string(row.text(1))] += row.integer(2); });
    std::map<std::string, int> times;
    for (auto const& [key, order] : kept) ++times[order];
    for (auto const& p : asked.orders) {
        auto const row = kept.find(p.key);
        if (row == kept.end()) {
            if (p.order_id.empty()) continue;  // never acknowledged, wholly absent
            ++found.lost, fmt::print(stderr, "lost: {} was acknowledged as {}\n", p.key, p.order_id);
        } else if (!p.order_id.empty() && row->second != p.order_id) {
            ++found.twice, fmt::print(stderr, "twice: {} is {} and was acknowledged as {}\n", p.key, row->second, p.order_id);
        } else if (lines[row->second] != p.lines) {
            ++(p.order_id.empty() ? found.half : found.lost), fmt::print(stderr, "{}: the lines of {} are not those that were asked for\n", p.key, row->second);
        } else if (times[row->second] != 1) {
            ++found.twice, fmt::print(stderr, "twice: {} has {} keys\n", row->second, times[row->second]);
        }
    }
    auto const all_or_none = [&](std::vector<Acknowledged> const& list, std::string_view sql, std::int64_t whole) {
        std::map<std::string, std::int64_t> there;
        each_row(tx, sql, [&](Row const& row) { there[std::string(row.text(0))] = row.integer(1); }, like);
        for (auto const& a : list) {
            auto const n = there[a.name];
            if (n == whole || (n == 0 && !a.acknowledged)) continue;
            ++(n == 0 ? found.lost : n > whole ? found.twice : found.half);
            fmt::print(stderr, "{}: {} of {} are there\n", a.name, n, whole);
        }
    };
    all_or_none(asked.batches, "SELECT channel, COUNT(*) FROM orders WHERE shop_id = 1 AND source = 'bulk' AND channel LIKE ? GROUP BY channel", batch_orders);
    all_or_none(asked.transfers, "SELECT reference, COUNT(*) FROM stock_moves WHERE shop_id = 1 AND kind = 'moved' AND reference LIKE ? GROUP BY reference", 2);
    return found;
}

Findings check_rules(Transaction& tx) {
    static constexpr std::pair<std::string_view, std::string_view> rules[] = {
        {"orders without lines", "SELECT COUNT(*) FROM orders o WHERE o.shop_id = 1 AND NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.order_id)"},
        {"lines without an order", "SELECT COUNT(*) FROM order_lines l WHERE l.shop_id = 1 AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.shop_id = l.shop_id AND o.order_id = l.order_id)"},
        {"subtotals that are not the sum of the lines", "SELECT COUNT(*) FROM orders o JOIN (SELECT order_id, SUM(quantity * unit_price_minor - discount_minor) AS n FROM order_lines WHERE shop_id = 1 GROUP BY order_id) l ON l.order_id = o.order_id WHERE o.shop_id = 1 AND o.subtotal_minor <> l.n"},
        {"orders without exactly one payment of their total", "SELECT COUNT(*) FROM orders o WHERE o.shop_id = 1 AND o.source = 'shop' AND (SELECT COUNT(*) FROM payments p WHERE p.shop_id = o.shop_id AND p.order_id = o.order_id AND p.amount_minor = o.total_minor) <> 1"},
        {"payments without an order", "SELECT COUNT(*) FROM payments p WHERE p.shop_id = 1 AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.shop_id = p.shop_id AND o.order_id = p.order_id)"},
        {"stock that is not the sum of its moves", "SELECT COUNT(*) FROM stock s JOIN (SELECT sku, place_id, SUM(quantity) AS n FROM stock_moves WHERE shop_id = 1 GROUP BY sku, place_id) m ON m.sku = s.sku AND m.place_id = s.place_id WHERE s.shop_id = 1 AND s.on_hand <> m.n"},
        {"orders whose units did not leave the stock", "SELECT COUNT(*) FROM orders o JOIN (SELECT order_id, SUM(quantity) AS n FROM order_lines WHERE shop_id = 1 GROUP BY order_id) l ON l.order_id = o.order_id LEFT JOIN (SELECT reference, SUM(quantity) AS n FROM stock_moves WHERE shop_id = 1 AND kind = 'sold' GROUP BY reference) m ON m.reference = o.order_id WHERE o.shop_id = 1 AND o.source = 'shop' AND COALESCE(m.n, 0) + l.n <> 0"},
        {"baskets ordered as an order that is not there", "SELECT COUNT(*) FROM baskets b WHERE b.shop_id = 1 AND b.status = 'ordered' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.shop_id = b.shop_id AND o.order_id = b.order_id)"},
        {"counters beside their table", "SELECT COUNT(*) FROM counters c WHERE c.shop_id = 1 AND ((c.name = 'order_lines' AND c.value <> (SELECT MAX(seq) FROM order_lines WHERE shop_id = 1)) OR (c.name = 'stock_moves' AND c.value <> (SELECT MAX(seq) FROM stock_moves WHERE shop_id = 1)) OR (c.name = 'audit' AND c.value <> (SELECT MAX(seq) FROM audit WHERE shop_id = 1)))"},
        {"bulk orders without all their lines", "SELECT COUNT(*) FROM (SELECT o.order_id FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id WHERE o.shop_id = 1 AND o.source = 'bulk' GROUP BY o.order_id HAVING COUNT(*) <> 3) x"},
        {"orders placed without their key", "SELECT (SELECT COUNT(*) FROM orders WHERE shop_id = 1 AND source = 'shop') - (SELECT COUNT(*) FROM idempotency WHERE shop_id = 1 AND operation = 'orders.place')"},
        {"operations without their audit entry", "SELECT (SELECT COUNT(*) FROM idempotency WHERE shop_id = 1) - (SELECT COUNT(*) FROM audit WHERE shop_id = 1 AND operation IN ('orders.place', 'stock.record_moves'))"},
    };
    static_assert(batch_lines == 3);
    Findings found;
    for (auto const& [what, sql] : rules)
        if (auto const n = need(tx.integer(sql)); n != 0) found.half += std::abs(n), fmt::print(stderr, "{}: {}\n", what, n);
    return found;
}

}  // namespace kindling::bench
