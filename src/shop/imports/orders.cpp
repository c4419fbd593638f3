// Rows of orders: one row is one line of an order. Lines of an order usually follow one another, but need not.
//
// Orders gather in a window of some thousand lines and are written together. An order that comes back after its window was written is
// told apart by a hash of its number: made by this import, and the lines are appended; known before, and the rows are unchanged.
#include "core/by_text.h"
#include "core/money.h"
#include "core/utf8.h"
#include "shop/customers/api.h"
#include "shop/imports/goods.h"
#include "shop/orders/api.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>
#include <unordered_set>

namespace kindling::shop::imports {

namespace {

constexpr std::size_t window_lines = 16'384, window_orders = 4'000;

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

// "17850.0", as tables of floating-point numbers write it.
std::string_view without_fraction(std::string_view id) { return id.ends_with(".0") ? id.substr(0, id.size() - 2) : id; }

std::optional<OrderStatus> status_of(std::string_view cell) {
    struct Word { std::string_view word; OrderStatus status; };
    static constexpr Word words[] = {
        {"placed", OrderStatus::placed}, {"pending", OrderStatus::placed}, {"created", OrderStatus::placed}, {"new", OrderStatus::placed}, {"on-hold", OrderStatus::placed}, {"unpaid", OrderStatus::placed}, {"authorized", OrderStatus::placed}, {"待付款", OrderStatus::placed},
        {"paid", OrderStatus::paid}, {"processing", OrderStatus::paid}, {"approved", OrderStatus::paid}, {"invoiced", OrderStatus::paid}, {"partially-paid", OrderStatus::paid}, {"partially-refunded", OrderStatus::paid}, {"待发货", OrderStatus::paid}, {"已付款", OrderStatus::paid},
        {"shipped", OrderStatus::shipped}, {"fulfilled", OrderStatus::shipped}, {"partial", OrderStatus::shipped}, {"in-transit", OrderStatus::shipped}, {"已发货", OrderStatus::shipped}, {"卖家已发货", OrderStatus::shipped}, {"待收货", OrderStatus::shipped},
        {"delivered", OrderStatus::delivered}, {"completed", OrderStatus::delivered}, {"complete", OrderStatus::delivered}, {"已完成", OrderStatus::delivered}, {"交易成功", OrderStatus::delivered}, {"已签收", OrderStatus::delivered},
        {"cancelled", OrderStatus::cancelled}, {"canceled", OrderStatus::cancelled}, {"unavailable", OrderStatus::cancelled}, {"failed", OrderStatus::cancelled}, {"voided", OrderStatus::cancelled}, {"expired", OrderStatus::cancelled}, {"已取消", OrderStatus::cancelled}, {"交易关闭", OrderStatus::cancelled},
        {"returned", OrderStatus::returned}, {"refunded", OrderStatus::returned}, {"已退款", OrderStatus::returned}, {"已退货", OrderStatus::returned}};
    auto const key = slug(cell);
    for (auto const& w : words)
        if (w.word == key) return w.status;
    return std::nullopt;
}

class Orders final : public Sink {
public:
    explicit Orders(Work& w) : w_(w), goods_(w.style), retail_(w.style == Style::online_retail), makes_goods_(w.style == Style::online_retail || w.style == Style::plain) {}

    Result<void> row() override {
        auto& c = w_.cells;
        auto const id = c.need(F::order_id, 128);
        OrderLine line;
        bool has_line = w_.style != Style::olist;
        if (has_line) {
            if (retail_ && left_out(id)) return {};
            has_line = read_line(line, retail_ && id.starts_with('C'));
        }
        auto at = open_.find(id);
        bool const first = at == open_.end() && !id.empty();
        Order header;
        if (first && !c.refused()) {
            bool const later = ours_.contains(hash_of(id));
            if (!later || c.has(F::placed_at)) read_header(header);  // Shopify fills the header of an order's first row alone
        }
        if (c.refused()) {
            w_.outcome.refuse(w_.line(), c.take());
            if (!id.empty()) broken_.insert(hash_of(id));
            return {};
        }
        if (first) {
            if (orders_.size() >= window_orders || lines_ >= window_lines) TRY(flush());
            header.order_id = id;
            if (!header.customer_id.empty() || header.contact) TRY(settle_customer(header));
            at = open_.emplace(id, orders_.size()).first;
            orders_.push_back(std::move(header));
            at_line_.emplace_back();
        }
        auto& order = orders_[at->second];
        at_line_[at->second].push_back(w_.line());
        if (has_line) {
            if (makes_goods_) goods_.see(line.sku, line.title, line.unit_price_minor, order.placed_at_ms, line.quantity > 0);
            order.lines.push_back(std::move(line));
        }
        ++lines_;
        return {};
    }

    Result<void> finish() override {
        TRY(flush());
        TRY(take_back_broken());
        if (makes_goods_) TRY(goods_.save(w_));
        return {};
    }

private:
    // Stock adjustments that the list keeps among the sales; rows that cannot be read are left to be refused.
    bool left_out(std::string_view id) {
        auto& c = w_.cells;
        auto const quantity = read_whole(c.raw(F::quantity));
        auto const price = read_amount(c.raw(F::unit_price), c.reading());
        if (!quantity || !price) return false;
        std::string_view const cell = c.raw(F::quantity);
        if (*quantity == 0) w_.outcome.skip(w_.line(), "no_units", "a line of no units moves nothing", cell);
        else if (*price < 0) w_.outcome.skip(w_.line(), "negative_price", "a price below zero is a correction of accounts, no sale", c.raw(F::unit_price));
        else if (*quantity < 0 && !id.starts_with('C')) w_.outcome.skip(w_.line(), "stock_adjustment", "units taken away outside a credit note: lost, damaged or counted anew", cell);
        else if (*quantity > 0 && *price == 0 && c.raw(F::customer_id).empty()) w_.outcome.skip(w_.line(), "stock_adjustment", "units of no price and no customer: found or counted anew, not sold", cell);
        else return false;
        return true;
    }

    bool read_line(OrderLine& line, bool credit) {
        auto& c = w_.cells;
        line.sku = c.text(F::sku, 128), line.title = c.text(F::title, 1000), line.product_id = c.text(F::product_id, 128);
        if (line.sku.empty()) line.sku = !line.product_id.empty() ? line.product_id : std::string(utf8_prefix(slug(line.title), 128));
        if (line.sku.empty()) c.refuse(c.columns().has(F::sku) ? F::sku : F::title, "required", "must not be empty");
        auto const quantity = c.whole(F::quantity);
        auto const price = c.amount(F::unit_price), discount = c.amount(F::line_discount);
        if (!quantity) c.refuse(F::quantity, "required", "must not be empty");
        else if (*quantity > 10'000'000 || *quantity < -10'000'000) c.refuse(F::quantity, "out_of_range", "is more than a line can have");
        else if (credit ? *quantity >= 0 : *quantity < 1) c.refuse(F::quantity, "out_of_range", credit ? "must be below zero on a credit note" : "must be at least 1");
        if (!price) c.refuse(F::unit_price, "required", "must not be empty");
        else if (*price < 0) c.refuse(F::unit_price, "negative_price", "must not be below zero");
        if (discount && *discount < 0) c.refuse(F::line_discount, "negative_price", "must not be below zero");
        line.quantity = quantity.value_or(0), line.unit_price_minor = price.value_or(0), line.discount_minor = discount.value_or(0);
        if (line.product_id.empty() && w_.style == Style::shopify && !c.refused()) line.product_id = product_of(line.sku);
        return true;
    }

    std::string product_of(std::string const& sku) {
        if (auto const i = products_.find(sku); i != products_.end()) return i->second;
        std::string id;
        auto& tx = w_.context.tx();
        Value const values[] = {tx.shop_id(), sku};
        (void)tx.run("SELECT product_id FROM variants WHERE shop_id = ? AND sku = ?", values, [&](Row const& row) -> Result<void> { id = row.text(0); return {}; });
        if (products_.size() < 100'000) products_.emplace(sku, id);
        return id;
    }

    void read_header(Order& o) {
        auto& c = w_.cells;
        auto const placed = c.time(F::placed_at);
        if (!placed) c.refuse(F::placed_at, "required", "must not be empty");
        // A slip in a year would be the newest or the oldest day of the shop for everything that learns. A day of slack: where the file is from it may be tomorrow already.
        else if (*placed > w_.context.now + milliseconds_per_day) c.refuse(F::placed_at, "in_the_future", fmt::format("is after today ({}): it cannot have been placed yet", format_date(day_of(w_.context.now))));
        else if (*placed < 0) c.refuse(F::placed_at, "out_of_range", "is before 1970");
        o.placed_at_ms = placed.value_or(0);
        o.customer_id = retail_ ? without_fraction(c.text(F::customer_id, 128)) : c.text(F::customer_id, 128);
        o.country = c.text(F::country, 64), o.channel = c.text(F::channel, 32);
        o.shipping_minor = c.amount(F::shipping).value_or(0), o.discount_minor = c.amount(F::discount).value_or(0), o.total_minor = c.amount(F::total).value_or(0);
        o.shipped_at_ms = c.time(F::shipped_at), o.delivered_at_ms = c.time(F::delivered_at);
        if (auto const promised = c.day(F::promised_at)) o.promised_day = *promised;
        if (auto const currency = c.raw(F::currency); !currency.empty() && currency != w_.currency) c.refuse(F::currency, "currency_differs", fmt::format("the shop keeps its books in {}", w_.currency));
        o.status = retail_ ? c.raw(F::order_id).starts_with('C') ? OrderStatus::returned : OrderStatus::delivered : OrderStatus::paid;
        if (c.has(F::status)) {
            if (auto const s = status_of(c.raw(F::status))) o.status = *s;
            else c.refuse(F::status, "unknown_status", "is no state of an order that is known");
        }
        if (c.has(F::payment_status)) {
            if (auto const s = status_of(c.raw(F::payment_status))) o.status = *s;
            else c.refuse(F::payment_status, "unknown_status", "is no state of a payment that is known");
            if (o.status == OrderStatus::paid && slug(c.raw(F::fulfilment)) == "fulfilled") o.status = OrderStatus::shipped;
        }
        if (c.time(F::cancelled_at)) o.status = OrderStatus::cancelled;
        Contact contact{.name = std::string(c.text(F::customer_name, 200)), .email = std::string(c.text(F::email, 254)), .phone = std::string(c.text(F::phone, 40)), .address = std::string(c.text(F::address, 500)), .city = std::string(c.text(F::city, 100)),
                        .region = std::string(c.text(F::region, 100)), .postcode = std::string(c.text(F::postcode, 20)), .country = o.country};
        if (contact.postcode.starts_with('\'')) contact.postcode.erase(0, 1);
        if (!contact.name.empty() || !contact.email.empty() || !contact.phone.empty() || !contact.address.empty()) o.contact = std::move(contact);
    }

    // The customer of an order exists afterwards; one who is known stays as they are.
    Result<void> settle_customer(Order& o) {
        auto& tx = w_.context.tx();
        if (o.customer_id.empty() && o.contact && !o.contact->email.empty()) {
            auto const lookup = w_.context.services.vault->lookup(tx.shop_id(), "email", normal_email(o.contact->email));
            Value const values[] = {tx.shop_id(), lookup};
            // Never to an account: whoever opened it typed that e-mail and proved nothing.
            TRY(tx.run("SELECT customer_id FROM customers c WHERE shop_id = ? AND email_lookup = ? AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.shop_id = c.shop_id AND a.customer_id = c.customer_id) ORDER BY customer_id LIMIT 1", values, [&](Row const& row) -> Result<void> { o.customer_id = row.text(0); return {}; }));
            if (o.customer_id.empty()) o.customer_id = "email-" + lookup.substr(0, 24);
        }
        if (o.customer_id.empty() || customers_.contains(hash_of(o.customer_id))) return {};
        if (w_.style == Style::olist) {
            Value const values[] = {tx.shop_id(), o.customer_id};
            TRY(tx.run("SELECT customer_id FROM customer_identities WHERE shop_id = ? AND kind = 'imported_id' AND lookup = ?", values, [&](Row const& row) -> Result<void> { o.customer_id = row.text(0); return {}; }));
        }
        if (TRY(tx.integer("SELECT COUNT(*) FROM customers WHERE shop_id = ? AND customer_id = ?", tx.shop_id(), o.customer_id)) == 0) {
            Customer customer{.customer_id = o.customer_id, .country = o.country, .created_at_ms = o.placed_at_ms};
            if (o.contact) customer.name = o.contact->name, customer.email = o.contact->email, customer.phone = o.contact->phone, customer.city = o.contact->city, customer.region = o.contact->region;
            w_.outcome.created.customers += TRY(save_customers(w_.context, {{std::move(customer)}})).created;
            TRY(w_.journal.made(Thing::customer, o.customer_id));
        }
        if (w_.style != Style::olist) customers_.insert(hash_of(o.customer_id));
        return {};
    }

    Result<std::unordered_set<std::string>> known_orders() {
        auto& tx = w_.context.tx();
        std::unordered_set<std::string> known;
        constexpr std::size_t batch = 200;
        for (std::size_t i = 0; i < orders_.size(); i += batch) {
            auto const n = std::min(batch, orders_.size() - i);
            std::string sql = "SELECT order_id FROM orders WHERE shop_id = ? AND order_id IN (?";
            std::vector<Value> values{tx.shop_id(), orders_[i].order_id};
            // Repeated marks keep the statement's text the same for every full batch, so it is prepared once.
            for (std::size_t k = 1; k < batch; ++k) sql += ",?", values.emplace_back(orders_[i + std::min(k, n - 1)].order_id);
            TRY(tx.run(sql + ")", values, [&](Row const& row) -> Result<void> { known.emplace(row.text(0)); return {}; }));
        }
        return known;
    }

    Result<void> flush() {
        if (orders_.empty()) return {};
        auto const known = TRY(known_orders());
        RecordOrders fresh{.source = w_.preset ? std::string(w_.preset->name) : "import"};
        std::vector<Order> more;
        std::int64_t rows = 0;
        for (std::size_t i = 0; i < orders_.size(); ++i) {
            auto& o = orders_[i];
            auto const hash = hash_of(o.order_id);
            auto const n = static_cast<std::int64_t>(at_line_[i].size());
            if (broken_.contains(hash)) {
                for (auto line : at_line_[i]) w_.outcome.refuse(line, {"order_incomplete", "another line of the same order was refused", "", o.order_id});
            } else if (!known.contains(o.order_id)) {
                std::int64_t sum = 0;
                bool counted = true;
                for (auto const& l : o.lines) counted = counted && !__builtin_mul_overflow(l.quantity, l.unit_price_minor, &sum) && sum < 1'000'000'000'000'000'000 / 20'000 && sum > -1'000'000'000'000'000'000 / 20'000;
                if (!counted) {
                    for (auto line : at_line_[i]) w_.outcome.refuse(line, {"amount_overflow", "a line adds up to more than can be counted", "", o.order_id});
                    broken_.insert(hash);
                    continue;
                }
                ours_.emplace(hash, n);
                w_.outcome.created.order_lines += static_cast<std::int64_t>(o.lines.size());
                rows += n;
                fresh.orders.push_back(std::move(o));
            } else if (auto const mine = ours_.find(hash); mine != ours_.end()) {
                mine->second += n, rows += n;
                w_.outcome.created.order_lines += static_cast<std::int64_t>(o.lines.size());
                o.shipping_minor = 0;
                more.push_back(std::move(o));
            } else w_.outcome.unchanged += n;
        }
        if (!fresh.orders.empty()) w_.outcome.created.orders += TRY(record_orders(w_.context, fresh)).created;
        for (auto const& o : fresh.orders) TRY(w_.journal.made(Thing::order, o.order_id));
        if (!more.empty()) TRY(append_order_lines(w_.context, more));
        w_.outcome.accepted += rows;
        orders_.clear(), open_.clear(), at_line_.clear();
        lines_ = 0;
        return {};
    }

    // Orders that were written before one of their lines turned out to be bad: an order is kept whole or not at all.
    Result<void> take_back_broken() {
        auto& tx = w_.context.tx();
        std::vector<std::uint64_t> hashes;
        for (auto h : broken_)
            if (ours_.contains(h)) hashes.push_back(h);
        if (hashes.empty() || w_.on_refused == OnRefused::write_nothing) return {};
        std::vector<std::string> ids;
        Value const values[] = {tx.shop_id(), w_.preset ? w_.preset->name : std::string_view("import")};
        TRY(tx.run("SELECT order_id FROM orders WHERE shop_id = ? AND source = ?", values, [&](Row const& row) -> Result<void> {
            if (std::ranges::find(hashes, hash_of(row.text(0))) != hashes.end()) ids.emplace_back(row.text(0));
            return {};
        }));
        for (auto const& id : ids) {
            auto const rows = ours_[hash_of(id)];
            auto const lines = TRY(tx.execute("DELETE FROM order_lines WHERE shop_id = ? AND order_id = ?", tx.shop_id(), id));
            TRY(tx.execute("DELETE FROM orders WHERE shop_id = ? AND order_id = ?", tx.shop_id(), id));
            TRY(w_.journal.drop(Thing::order, id));
            w_.outcome.accepted -= rows, w_.outcome.refused += rows - 1, w_.outcome.reasons["order_incomplete"] += rows - 1;
            w_.outcome.refuse(0, {"order_incomplete", fmt::format("{} earlier rows of order {} were taken back, because a later one was refused", rows, id), "", id});
            w_.outcome.created.orders -= 1, w_.outcome.created.order_lines -= lines;
        }
        return {};
    }

    Work& w_;
    Goods goods_;
    bool retail_, makes_goods_;
    std::vector<Order> orders_;
    std::vector<std::vector<std::int64_t>> at_line_;  // of each open order's rows
    ByText<std::size_t> open_;
    std::size_t lines_ = 0;
    std::unordered_map<std::uint64_t, std::int64_t> ours_;  // orders made by this import, with their rows
    std::unordered_set<std::uint64_t> broken_, customers_;
    std::unordered_map<std::string, std::string> products_;
};

// Items of orders that are known: numbered from 1 in their order, so that what is there already is left alone.
class Items final : public Sink {
public:
    explicit Items(Work& w) : w_(w) {}
    Result<void> row() override {
        auto& c = w_.cells;
        auto& tx = w_.context.tx();
        std::string const id(c.need(F::order_id, 128));
        OrderLine line{.sku = std::string(c.need(F::product_id, 128)), .quantity = c.whole(F::quantity).value_or(1)};
        line.product_id = line.sku;
        auto const number = c.whole(F::item_number), price = c.amount(F::unit_price), shipping = c.amount(F::shipping);
        if (!number || *number < 1 || *number > 100'000) c.refuse(F::item_number, number ? "out_of_range" : "required", "must be a number from 1");
        if (!price) c.refuse(F::unit_price, "required", "must not be empty");
        else if (*price < 0) c.refuse(F::unit_price, "negative_price", "must not be below zero");
        if (shipping && *shipping < 0) c.refuse(F::shipping, "negative_price", "must not be below zero");
        if (line.quantity < 1 || line.quantity > 10'000'000) c.refuse(F::quantity, "out_of_range", "must be at least 1");
        if (c.refused()) return w_.outcome.refuse(w_.line(), c.take()), Result<void>();
        line.unit_price_minor = *price;
        std::optional<std::int64_t> lines;
        Value const values[] = {tx.shop_id(), id};
        TRY(tx.run("SELECT (SELECT COUNT(*) FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.order_id) FROM orders o WHERE o.shop_id = ? AND o.order_id = ?", values, [&](Row const& row) -> Result<void> { lines = row.integer(0); return {}; }));
        auto const refuse = [&](F f, std::string reason, std::string message) { c.refuse(f, std::move(reason), std::move(message)), w_.outcome.refuse(w_.line(), c.take()); };
        if (!lines) return refuse(F::order_id, "order_not_found", "names no order of this shop; import orders first"), Result<void>();
        if (*number <= *lines) {
            auto const same = TRY(tx.integer("SELECT COUNT(*) FROM order_lines WHERE shop_id = ? AND order_id = ? AND line = ? AND sku = ? AND unit_price_minor = ?", tx.shop_id(), id, *number - 1, line.sku, *price));
            if (same) return ++w_.outcome.unchanged, Result<void>();
            return refuse(F::item_number, "duplicate_key", fmt::format("the order has an item {} with other content", *number)), Result<void>();
        }
        if (*number != *lines + 1) return refuse(F::item_number, "out_of_order", fmt::format("item {} of the order has not come yet", *lines + 1)), Result<void>();
        std::string title;
        Value const sku[] = {tx.shop_id(), line.sku};
        TRY(tx.run("SELECT title_en FROM products WHERE shop_id = ? AND product_id = ?", sku, [&](Row const& row) -> Result<void> { title = row.text(0); return {}; }));
        line.title = title;
        Order order{.order_id = id, .shipping_minor = shipping.value_or(0), .lines = {line}};
        TRY(w_.journal.appending(id));
        TRY(append_order_lines(w_.context, std::span(&order, 1)));
        // A catalogue without prices learns them from what was paid.
        if (TRY(tx.integer("SELECT COUNT(*) FROM variants WHERE shop_id = ? AND sku = ? AND price_minor = 0", tx.shop_id(), line.sku)) && *price > 0) {
            auto before = TRY(w_.journal.now(Thing::variant, line.sku));
            TRY(tx.execute("UPDATE variants SET price_minor = ? WHERE shop_id = ? AND sku = ?", *price, tx.shop_id(), line.sku));
            TRY(w_.journal.changed(Thing::variant, line.sku, std::move(*before)));
            tx.changed("product", line.sku);
        }
        ++w_.outcome.accepted, ++w_.outcome.created.order_lines;
        return {};
    }
    Result<void> finish() override { return {}; }

private:
    Work& w_;
};

}  // namespace

std::unique_ptr<Sink> order_sink(Work& work) { return std::make_unique<Orders>(work); }
std::unique_ptr<Sink> item_sink(Work& work) { return std::make_unique<Items>(work); }

}  // namespace kindling::shop::imports
