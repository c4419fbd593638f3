// Rows of customers, reviews, payments and category names: one row, one thing.
#include "core/id.h"
#include "core/utf8.h"
#include "shop/activity/api.h"
#include "shop/catalogue/operations.h"
#include "shop/customers/api.h"
#include "shop/imports/outcome.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>

namespace kindling::shop::imports {

namespace {

// A row whose key was seen: counted as known when it says the same, refused when it contradicts. True: go on.
bool fresh_key(Work& w, SeenKeys& seen, F f, std::string_view key) {
    std::int64_t first = 0;
    auto const verdict = seen.see(key, content_of(w.cells.row()), w.line(), first);
    if (verdict == SeenKeys::Verdict::same) ++w.outcome.unchanged;
    if (verdict == SeenKeys::Verdict::contradicts) {
        w.cells.refuse(f, "duplicate_key", fmt::format("stands in line {} with other content", first));
        w.outcome.refuse(w.line(), w.cells.take());
    }
    return verdict == SeenKeys::Verdict::fresh;
}

Result<void> settle(Work& w, Result<Saved> const& saved, std::int64_t& counter) {
    if (!saved) {
        auto why = refusal_of(saved.error());
        if (!why) return std::unexpected(saved.error());
        w.outcome.refuse(w.line(), std::move(*why));
        return {};
    }
    ++(saved->created + saved->updated ? w.outcome.accepted : w.outcome.unchanged);
    counter += saved->created + saved->updated;
    return {};
}

class Customers final : public Sink {
public:
    explicit Customers(Work& w) : w_(w) {}
    Result<void> row() override {
        auto& c = w_.cells;
        auto& tx = w_.context.tx();
        auto const id = c.need(F::customer_id, 128), person = c.text(F::person_id, 128);
        Customer customer{.customer_id = std::string(person.empty() ? id : person), .name = std::string(c.text(F::customer_name, 200))};
        if (customer.name.empty()) customer.name = trimmed(fmt::format("{} {}", c.text(F::first_name, 100), c.text(F::last_name, 99)));
        customer.email = c.text(F::email, 254), customer.phone = c.text(F::phone, 40), customer.country = c.text(F::country, 64), customer.region = c.text(F::region, 100), customer.city = c.text(F::city, 100), customer.locale = c.text(F::language, 16);
        customer.created_at_ms = c.time(F::created_at);
        if (!customer.email.empty() && (customer.email.find('@') == customer.email.npos || customer.email.find(' ') != customer.email.npos)) c.refuse(F::email, "malformed_email", "is not an e-mail address");
        auto const agrees = read_flag(c.raw(F::accepts_email));
        if (!agrees && c.has(F::accepts_email)) c.refuse(F::accepts_email, "malformed_flag", "is neither yes nor no");
        if (c.refused()) return w_.outcome.refuse(w_.line(), c.take()), Result<void>();
        if (!fresh_key(w_, seen_, F::customer_id, id)) return {};
        enum { unknown, known, forgotten } state = unknown;
        Value const values[] = {tx.shop_id(), customer.customer_id};
        TRY(tx.run("SELECT CASE WHEN forgotten_at_ms IS NULL THEN 1 ELSE 0 END FROM customers WHERE shop_id = ? AND customer_id = ?", values, [&](Row const& row) -> Result<void> { state = row.integer(0) ? known : forgotten; return {}; }));
        if (state == forgotten) return w_.outcome.skip(w_.line(), "forgotten", "this person asked to be forgotten and is not brought back", id), Result<void>();
        if (!person.empty()) {
            auto const added = TRY(tx.execute("INSERT INTO customer_identities (shop_id, kind, lookup, customer_id) VALUES (?,'imported_id',?,?) ON CONFLICT (shop_id, kind, lookup) DO NOTHING", tx.shop_id(), id, customer.customer_id));
            if (added && state == known) TRY(w_.journal.made(Thing::identity, id));
            if (state == known) return ++(added ? w_.outcome.accepted : w_.outcome.unchanged), Result<void>();
        }
        if (agrees && state == unknown) customer.consents.push_back({"email_marketing", *agrees, customer.created_at_ms, "import"});
        auto before = state == known ? TRY(w_.journal.now(Thing::customer, customer.customer_id)) : std::optional<std::string>();
        auto const key = customer.customer_id;
        auto const saved = save_customers(w_.context, {{std::move(customer)}});
        if (saved && saved->created + saved->updated) TRY(w_.journal.changed(Thing::customer, key, before ? std::move(*before) : std::string()));
        return settle(w_, saved, w_.outcome.created.customers);
    }
    Result<void> finish() override { return {}; }

private:
    Work& w_;
    SeenKeys seen_;
};

class Reviews final : public Sink {
public:
    explicit Reviews(Work& w) : w_(w) {}
    Result<void> row() override {
        auto& c = w_.cells;
        auto& tx = w_.context.tx();
        Review r{.review_id = std::string(c.text(F::review_id, 120)), .product_id = std::string(c.text(F::product_id, 128)), .customer_id = std::string(c.text(F::customer_id, 128))};
        auto const rating = c.whole(F::rating);
        if (!rating) c.refuse(F::rating, "required", "must not be empty");
        else if (*rating < 1 || *rating > 5) c.refuse(F::rating, "out_of_range", "must be 1 to 5 stars");
        r.rating = rating.value_or(1), r.title = plain_text(c.text(F::title, 300)), r.author = c.text(F::author, 100), r.language = c.text(F::language, 16), r.created_at_ms = c.time(F::created_at);
        r.body = plain_text(c.text(F::body, 10'000));
        auto const order = c.text(F::order_id, 128);
        if (c.refused()) return w_.outcome.refuse(w_.line(), c.take()), Result<void>();
        // An order's review may be repeated for each of its orders in some exports; both ids name it then.
        if (r.review_id.empty()) r.review_id = fmt::format("imp-{:016x}", content_of(c.row()));
        else if (!order.empty()) r.review_id = std::string(utf8_prefix(fmt::format("{}-{}", r.review_id, order), 128));
        if (!fresh_key(w_, seen_, F::review_id, r.review_id)) return {};
        if (r.language.empty()) r.language = has_han(r.body) || has_han(r.title) ? "zh" : w_.style == Style::olist ? "pt" : "en";
        if (r.product_id.empty()) {
            Value const values[] = {tx.shop_id(), order};
            TRY(tx.run("SELECT l.product_id, o.customer_id FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id WHERE l.shop_id = ? AND l.order_id = ? ORDER BY l.line LIMIT 1", values, [&](Row const& row) -> Result<void> {
                r.product_id = row.text(0);
                if (r.customer_id.empty()) r.customer_id = row.text(1);
                return {};
            }));
            if (r.product_id.empty() && w_.style == Style::olist) return w_.outcome.skip(w_.line(), "order_without_items", "the order has no items, so there is no product to review", order), Result<void>();
        }
        if (r.product_id.empty() || TRY(tx.integer("SELECT COUNT(*) FROM products WHERE shop_id = ? AND product_id = ?", tx.shop_id(), r.product_id)) == 0) {
            c.refuse(c.has(F::product_id) ? F::product_id : F::order_id, "product_not_found", "names no product of this shop; import products first");
            return w_.outcome.refuse(w_.line(), c.take()), Result<void>();
        }
        auto const key = r.review_id;
        auto const saved = save_reviews(w_.context, {{std::move(r)}});
        if (saved && saved->created) TRY(w_.journal.made(Thing::review, key));
        return settle(w_, saved, w_.outcome.created.reviews);
    }
    Result<void> finish() override { return {}; }

private:
    Work& w_;
    SeenKeys seen_;
};

class Payments final : public Sink {
public:
    explicit Payments(Work& w) : w_(w) {}
    Result<void> row() override {
        auto& c = w_.cells;
        auto& tx = w_.context.tx();
        auto const order = c.need(F::order_id, 110);
        auto const number = c.whole(F::item_number), amount = c.amount(F::amount);
        if (!number) c.refuse(F::item_number, "required", "must not be empty");
        if (!amount) c.refuse(F::amount, "required", "must not be empty");
        else if (*amount < 0) c.refuse(F::amount, "negative_price", "must not be below zero");
        auto const kind = c.text(F::payment, 64);
        if (c.refused()) return w_.outcome.refuse(w_.line(), c.take()), Result<void>();
        auto const id = fmt::format("{}-{}", order, *number);
        if (!fresh_key(w_, seen_, F::order_id, id)) return {};
        std::optional<std::int64_t> at;
        Value const values[] = {tx.shop_id(), order};
        TRY(tx.run("SELECT placed_at_ms FROM orders WHERE shop_id = ? AND order_id = ?", values, [&](Row const& row) -> Result<void> { at = row.integer(0); return {}; }));
        if (!at) {
            c.refuse(F::order_id, "order_not_found", "names no order of this shop; import orders first");
            return w_.outcome.refuse(w_.line(), c.take()), Result<void>();
        }
        auto const made = TRY(tx.execute("INSERT INTO payments (shop_id, payment_id, order_id, provider, amount_minor, currency, status, at_ms) VALUES (?,?,?,?,?,?,'succeeded',?) ON CONFLICT (shop_id, payment_id) DO NOTHING", tx.shop_id(), id, order, kind, *amount, w_.currency, *at));
        if (made) TRY(w_.journal.made(Thing::payment, id));
        ++(made ? w_.outcome.accepted : w_.outcome.unchanged);
        w_.outcome.created.payments += made;
        return {};
    }
    Result<void> finish() override { return {}; }

private:
    Work& w_;
    SeenKeys seen_;
};

class CategoryNames final : public Sink {
public:
    explicit CategoryNames(Work& w) : w_(w) {}
    Result<void> row() override {
        auto& c = w_.cells;
        auto& tx = w_.context.tx();
        auto const from = c.need(F::category, 200);
        std::string title(c.need(F::title, 200));
        auto const id = slug(from);
        if (!c.refused() && id.empty()) c.refuse(F::category, "required", "has no letter or digit");
        if (c.refused()) return w_.outcome.refuse(w_.line(), c.take()), Result<void>();
        if (!fresh_key(w_, seen_, F::category, id)) return {};
        std::ranges::replace(title, '_', ' ');
        if (title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 32);
        auto const position = TRY(tx.integer("SELECT COUNT(*) FROM categories WHERE shop_id = ?", tx.shop_id()));
        auto before = TRY(w_.journal.now(Thing::category, id));
        auto const made = TRY(tx.execute("INSERT INTO categories (shop_id, category_id, name_en, position) VALUES (?,?,?,?) ON CONFLICT (shop_id, category_id) DO UPDATE SET name_en = excluded.name_en WHERE categories.name_en <> excluded.name_en", tx.shop_id(), id, title, position));
        ++(made ? w_.outcome.accepted : w_.outcome.unchanged);
        if (made) TRY(w_.journal.changed(Thing::category, id, before ? std::move(*before) : std::string()));
        w_.outcome.created.categories += made;
        tx.changed("category");
        return {};
    }
    Result<void> finish() override { return {}; }

private:
    Work& w_;
    SeenKeys seen_;
};

}  // namespace

std::unique_ptr<Sink> customer_sink(Work& work) { return std::make_unique<Customers>(work); }
std::unique_ptr<Sink> review_sink(Work& work) { return std::make_unique<Reviews>(work); }
std::unique_ptr<Sink> payment_sink(Work& work) { return std::make_unique<Payments>(work); }
std::unique_ptr<Sink> category_sink(Work& work) { return std::make_unique<CategoryNames>(work); }

}  // namespace kindling::shop::imports
