// modules/dialogue/sql_care.cpp -- the store behind what the guide keeps for a shopper and what the shop's records say. See sql.h and ports.h.
//
// Remembered wishes are sealed whole under the shop's key and belong to one customer; without the consent "memory" nothing is read. A guest's
// watch belongs to the conversation, whose id only its shopper knows.
#include "core/id.h"
#include "core/json_text.h"
#include "modules/dialogue/sql.h"
#include "shop/vault/vault.h"
#include <algorithm>
#include <boost/json/array.hpp>

namespace kindling::dialogue::sql {

using shop::Row, shop::Value;

namespace {

class StoredPreferences final : public Preferences {
public:
    explicit StoredPreferences(Context& context) : context_(context) {}
    bool signed_in() const override { return !context_.caller.customer_id.empty(); }
    Result<bool> allowed() override {
        if (!signed_in()) return false;
        auto& tx = context_.tx();
        return TRY(tx.integer("SELECT COUNT(*) FROM consents WHERE shop_id = ? AND customer_id = ? AND purpose = 'memory' AND granted = 1", tx.shop_id(), context_.caller.customer_id)) > 0;
    }
    Result<void> allow() override { return consent(1); }
    Result<std::vector<Constraint>> read() override {
        std::vector<Constraint> out;
        if (!TRY(allowed())) return out;
        auto& tx = context_.tx();
        std::string sealed;
        Value const values[] = {tx.shop_id(), context_.caller.customer_id};
        TRY(tx.run("SELECT wishes_sealed FROM guide_memory WHERE shop_id = ? AND customer_id = ?", values, [&](Row const& row) -> Result<void> { sealed = row.text(0); return {}; }));
        if (sealed.empty()) return out;
        return read_json<std::vector<Constraint>>(TRY(parse_json(TRY(context_.services.vault->open(context_.shop_id, "guide_memory", sealed)))));
    }
    Result<void> write(std::vector<Constraint> const& wishes) override {
        if (!TRY(allowed())) return fail(Errc::permission_denied, "no_consent", "The shopper has not agreed to be remembered.");
        auto& tx = context_.tx();
        auto const sealed = context_.services.vault->seal(context_.shop_id, "guide_memory", to_text(write_json(wishes)));
        TRY(tx.execute("INSERT INTO guide_memory (shop_id, customer_id, wishes_sealed, updated_at_ms) VALUES (?,?,?,?) ON CONFLICT (shop_id, customer_id) DO UPDATE SET wishes_sealed = excluded.wishes_sealed, updated_at_ms = excluded.updated_at_ms", tx.shop_id(), context_.caller.customer_id, shop::Bytes{sealed}, context_.now));
        return {};
    }
    Result<void> forget() override {
        if (!signed_in()) return {};
        auto& tx = context_.tx();
        TRY(tx.execute("DELETE FROM guide_memory WHERE shop_id = ? AND customer_id = ?", tx.shop_id(), context_.caller.customer_id));
        return consent(0);
    }

private:
    Result<void> consent(std::int64_t granted) {
        auto& tx = context_.tx();
        TRY(tx.execute("INSERT INTO consents (shop_id, customer_id, purpose, granted, at_ms, source) VALUES (?,?,'memory',?,?,'guide') ON CONFLICT (shop_id, customer_id, purpose) DO UPDATE SET granted = excluded.granted, at_ms = excluded.at_ms, source = excluded.source", tx.shop_id(), context_.caller.customer_id, granted, context_.now));
        tx.changed("customer", context_.caller.customer_id);
        return {};
    }
    Context& context_;
};

class StoredWatches final : public Watches {
public:
    StoredWatches(Context& context, std::string conversation_id) : context_(context), conversation_id_(std::move(conversation_id)) {}
    Result<void> add(Watch const& watch) override {
        auto& tx = context_.tx();
        auto const most = TRY(waiting());
        if (most.size() >= 50) return fail(Errc::failed_precondition, "too_many_watches", "There are 50 alerts already; stop one first.");
        for (auto const& w : most)
            if (w.sku == watch.sku && w.kind == watch.kind) TRY(stop(w.watch_id));  // the newer wish counts
        auto const& customer = context_.caller.customer_id;
        TRY(tx.execute("INSERT INTO guide_watches (shop_id, watch_id, customer_id, conversation_id, sku, kind, target_minor, created_at_ms) VALUES (?,?,?,?,?,?,?,?)", tx.shop_id(), new_id("wat"), customer, customer.empty() ? conversation_id_ : "", watch.sku, watch.kind == Kind::price ? "price" : "stock", watch.target_minor, context_.now));
        return {};
    }
    Result<std::vector<Watch>> waiting() override {
        std::vector<Watch> out;
        if (owner().second.empty()) return out;
        auto& tx = context_.tx();
        auto const [column, id] = owner();
        Value const values[] = {tx.shop_id(), id};
        TRY(tx.run(std::string("SELECT watch_id, sku, kind, target_minor FROM guide_watches WHERE shop_id = ? AND ") + column + " = ? AND status = 'waiting' ORDER BY created_at_ms, watch_id", values, [&](Row const& row) -> Result<void> {
            out.push_back({std::string(row.text(0)), std::string(row.text(1)), row.text(2) == "stock" ? Kind::stock : Kind::price, row.integer(3)});
            return {};
        }));
        return out;
    }
    Result<void> told(std::string const& watch_id) override {
        auto& tx = context_.tx();
        TRY(tx.execute("UPDATE guide_watches SET status = 'told', told_at_ms = ? WHERE shop_id = ? AND watch_id = ?", context_.now, tx.shop_id(), watch_id));
        return {};
    }
    Result<std::int64_t> stop(std::string const& watch_id) override {
        if (owner().second.empty()) return 0;
        auto& tx = context_.tx();
        auto const [column, id] = owner();
        if (watch_id.empty()) return tx.execute(std::string("UPDATE guide_watches SET status = 'stopped' WHERE shop_id = ? AND status = 'waiting' AND ") + column + " = ?", tx.shop_id(), id);
        return tx.execute(std::string("UPDATE guide_watches SET status = 'stopped' WHERE shop_id = ? AND status = 'waiting' AND ") + column + " = ? AND watch_id = ?", tx.shop_id(), id, watch_id);
    }

private:
    std::pair<char const*, std::string> owner() const { return context_.caller.customer_id.empty() ? std::pair("conversation_id", conversation_id_) : std::pair("customer_id", context_.caller.customer_id); }
    Context& context_;
    std::string conversation_id_;
};

class StoredRecords final : public Records {
public:
    explicit StoredRecords(Context& context) : context_(context) {}
    Result<std::vector<PricePoint>> prices(std::string const& sku) override { return price_points(context_.tx(), sku); }
    Result<Sizes> sizes(std::string const& product_id) override {
        auto& tx = context_.tx();
        Sizes out;
        out.sold = TRY(tx.integer("SELECT COALESCE(SUM(l.quantity), 0) FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id WHERE l.shop_id = ? AND l.product_id = ? AND l.quantity > 0 AND o.status <> 'cancelled'", tx.shop_id(), product_id));
        out.returned_for_size = TRY(tx.integer("SELECT COALESCE(SUM(r.quantity), 0) FROM returns r JOIN order_lines l ON l.shop_id = r.shop_id AND l.order_id = r.order_id AND l.line = r.line WHERE r.shop_id = ? AND l.product_id = ? AND r.reason = 'size'", tx.shop_id(), product_id));
        return out;
    }
    Result<Returned> returned(std::string const& product_id, std::span<std::string const> skus) override {
        auto& tx = context_.tx();
        Returned out;
        std::vector<Value> values{tx.shop_id(), product_id, TRY(counted_since(tx, context_.now))};
        // The plus keeps a store from beginning with all orders since then: it begins with the lines of the product.
        std::string of = " WHERE l.shop_id = ? AND l.product_id = ? AND l.quantity > 0 AND o.status <> 'cancelled' AND +o.placed_at_ms >= ?";
        for (std::size_t i = 0; i < skus.size(); ++i) of += i == 0 ? " AND l.sku IN (?" : ",?", values.emplace_back(skus[i]);
        if (!skus.empty()) of += ")";
        TRY(tx.run("SELECT COALESCE(SUM(l.quantity), 0), COUNT(DISTINCT l.order_id) FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id" + of, values, [&](Row const& row) -> Result<void> {
            out.sold = row.integer(0), out.orders = row.integer(1);
            return {};
        }));
        TRY(tx.run("SELECT r.reason, SUM(r.quantity) FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id JOIN returns r ON r.shop_id = l.shop_id AND r.order_id = l.order_id AND r.line = l.line" + of + " GROUP BY r.reason ORDER BY r.reason", values, [&](Row const& row) -> Result<void> {
            out.returned += row.integer(1), out.reasons.emplace_back(std::string(row.text(0)), row.integer(1));
            return {};
        }));
        std::ranges::stable_sort(out.reasons, std::greater{}, &std::pair<std::string, std::int64_t>::second);
        return out;
    }
    Result<std::vector<shop::SizeRow>> size_charts() override {
        std::string text;
        Value const one[] = {context_.tx().shop_id()};
        TRY(context_.tx().run("SELECT value FROM settings WHERE shop_id = ? AND name = 'size_charts'", one, [&](Row const& row) -> Result<void> { text = row.text(0); return {}; }));
        return shop::parse_size_charts(text);
    }

private:
    Context& context_;
};

}  // namespace

Result<Milliseconds> counted_since(shop::Transaction& tx, Milliseconds now) {
    return TRY(tx.integer("SELECT COALESCE(MAX(placed_at_ms), 0) FROM orders WHERE shop_id = ? AND placed_at_ms <= ?", tx.shop_id(), now)) - 730 * milliseconds_per_day;
}

Result<std::vector<PricePoint>> price_points(shop::Transaction& tx, std::string const& sku) {
    std::vector<PricePoint> out;
    Value const values[] = {tx.shop_id(), sku};
    TRY(tx.run("SELECT from_ms, price_minor FROM price_history WHERE shop_id = ? AND sku = ? ORDER BY from_ms", values, [&](Row const& row) -> Result<void> { out.push_back({row.integer(0), row.integer(1)}); return {}; }));
    return out;
}

Result<void> keep_turn(Context& context, KeptTurn const& kept) {
    auto& tx = context.tx();
    auto const sealed = context.services.vault->seal(context.shop_id, "guide_trace", to_text(write_json(kept.trace)));
    auto const turn = TRY(tx.integer("SELECT COALESCE(MAX(turn) + 1, 0) FROM guide_turns WHERE shop_id = ? AND conversation_id = ?", tx.shop_id(), kept.conversation_id));
    TRY(tx.execute("INSERT INTO guide_turns (shop_id, conversation_id, turn, at_ms, topic, locale, candidates, shown, relaxed, asked, withheld, needs_person, added, microseconds, basket_id, trace_sealed, offered, offered_true) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), kept.conversation_id, turn, context.now, kept.topic,
                   name_of(kept.locale), kept.trace.candidates, static_cast<std::int64_t>(kept.trace.shown.size()), kept.trace.relaxed ? 1 : 0, kept.trace.question.empty() ? 0 : 1, kept.withheld, kept.needs_person ? 1 : 0, kept.added ? 1 : 0, kept.microseconds, kept.basket_id, shop::Bytes{sealed}, kept.offered, kept.offered_true));
    return {};
}

std::unique_ptr<Preferences> preferences(Context& context) { return std::make_unique<StoredPreferences>(context); }
std::unique_ptr<Watches> watches(Context& context, std::string conversation_id) { return std::make_unique<StoredWatches>(context, std::move(conversation_id)); }
std::unique_ptr<Records> records(Context& context) { return std::make_unique<StoredRecords>(context); }

}  // namespace kindling::dialogue::sql
