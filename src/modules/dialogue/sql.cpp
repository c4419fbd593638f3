// modules/dialogue/sql.cpp -- see sql.h.
//
// Conversations: the turns are appended through shop/activity (bodies sealed); what the guide remembers is JSON, sealed as well
// and written in hex, because shoppers put addresses and order numbers into a chat. A conversation's id is a secret; beside it,
// one of a signed-in customer is continued by that customer only.
#include "modules/dialogue/sql.h"
#include "core/hex.h"
#include "core/id.h"
#include "core/json_text.h"
#include "core/money.h"
#include "modules/reviews/api.h"
#include "shop/activity/api.h"
#include "shop/checkout/api.h"
#include "shop/orders/api.h"
#include "shop/orders/refunds.h"
#include "shop/orders/returns.h"
#include "shop/people/people.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace kindling::dialogue::sql {

using shop::Row, shop::Transaction, shop::Value;

Result<CatalogueView::Source> load_catalogue(Transaction& tx, Milliseconds now) {
    CatalogueView::Source out;
    out.categories = TRY(shop::load_categories(tx));
    out.kinds = TRY(shop::load_attribute_kinds(tx));
    TRY(shop::each_product(tx, [&](std::span<shop::Product const> batch) -> Result<void> {
        out.products.insert(out.products.end(), batch.begin(), batch.end());
        return {};
    }));
    Value const one[] = {tx.shop_id()};
    TRY(tx.run("SELECT currency FROM shops WHERE shop_id = ?", one, [&](Row const& row) -> Result<void> { out.currency = row.text(0); return {}; }));
    TRY(tx.run("SELECT product_id, AVG(1.0 * rating), COUNT(*) FROM reviews WHERE shop_id = ? AND status = 'published' GROUP BY product_id", one, [&](Row const& row) -> Result<void> {
        auto& s = out.standing[std::string(row.text(0))];
        s.rating = std::round(row.number(1) * 10) / 10, s.reviews = row.integer(2);
        return {};
    }));
    // How often each was bought in the last 90 days of trade, which of imported orders may be long ago. By purchases, not by units: one dealer's thousand is one.
    auto const latest = TRY(tx.integer("SELECT COALESCE(MAX(placed_at_ms), 0) FROM orders WHERE shop_id = ? AND placed_at_ms <= ?", tx.shop_id(), now));
    auto const counts_from = TRY(counted_since(tx, now));
    Value const counted[] = {tx.shop_id(), counts_from};
    auto const popular_from = latest - 90 * milliseconds_per_day;
    // Both in one reading of the orders. The id with nothing behind it keeps a store from walking the lines by their product instead, with a look at an order for each: 13 times as long.
    Value const both[] = {popular_from, counts_from, tx.shop_id(), std::min(popular_from, counts_from)};
    TRY(tx.run("SELECT l.product_id || '', SUM(CASE WHEN o.placed_at_ms >= ? THEN 1 ELSE 0 END), SUM(CASE WHEN o.placed_at_ms >= ? THEN l.quantity ELSE 0 END) FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id WHERE o.shop_id = ? AND o.placed_at_ms >= ? AND o.status <> 'cancelled' AND l.quantity > 0 GROUP BY l.product_id || ''", both, [&](Row const& row) -> Result<void> {
        auto& s = out.standing[std::string(row.text(0))];
        s.popularity = static_cast<double>(row.integer(1)), s.sold = row.integer(2);
        return {};
    }));
    TRY(tx.run("SELECT l.product_id, SUM(r.quantity) FROM orders o JOIN returns r ON r.shop_id = o.shop_id AND r.order_id = o.order_id JOIN order_lines l ON l.shop_id = r.shop_id AND l.order_id = r.order_id AND l.line = r.line WHERE o.shop_id = ? AND o.placed_at_ms >= ? AND o.status <> 'cancelled' AND l.quantity > 0 GROUP BY l.product_id", counted, [&](Row const& row) -> Result<void> {
        out.standing[std::string(row.text(0))].returned = row.integer(1);
        return {};
    }));
    TRY(tx.run("SELECT product_id, created_at_ms FROM products WHERE shop_id = ?", one, [&](Row const& row) -> Result<void> {
        out.standing[std::string(row.text(0))].created_at_ms = row.integer(1);
        return {};
    }));
    // A list of lists of words that mean the same: [["KFC","肯德基"], …]. Anything else in the setting is ignored.
    TRY(tx.run("SELECT value FROM settings WHERE shop_id = ? AND name = 'synonyms'", one, [&](Row const& row) -> Result<void> {
        auto const parsed = parse_json(row.text(0));
        if (!parsed || !parsed->is_array()) return {};
        for (auto const& group : parsed->as_array()) {
            if (!group.is_array()) continue;
            auto& words = out.synonyms.emplace_back();
            for (auto const& word : group.as_array())
                if (word.is_string() && words.size() < 50) words.emplace_back(word.as_string().c_str());
        }
        return {};
    }));
    if (auto rows = shop::parse_occasions(TRY(shop::read_setting(tx, "guide_occasions")))) out.occasions = std::move(*rows);
    return out;
}

Result<std::unordered_map<std::string, std::int64_t>> load_stock(Transaction& tx) {
    std::unordered_map<std::string, std::int64_t> out;
    Value const one[] = {tx.shop_id()};
    TRY(tx.run("SELECT sku, SUM(on_hand - reserved) FROM stock WHERE shop_id = ? GROUP BY sku", one, [&](Row const& row) -> Result<void> { out.emplace(row.text(0), row.integer(1)); return {}; }));
    return out;
}

namespace {

class StoredBasket final : public Basket {
public:
    explicit StoredBasket(Context& context) : context_(context) {}
    Result<void> add(std::string& basket_id, std::string const& sku, std::int64_t quantity) override {
        auto const answer = TRY(call("basket.add", basket_id, sku, quantity));
        if (auto const* id = answer.as_object().if_contains("basket_id"); id && id->is_string()) basket_id = id->as_string().c_str();
        return {};
    }
    Result<void> remove(std::string const& basket_id, std::string const& sku) override {
        for (auto const& line : TRY(lines(basket_id)))
            if (sku.empty() || line.sku == sku) TRY(call("basket.set", basket_id, line.sku, 0));
        return {};
    }
    Result<void> set(std::string const& basket_id, std::string const& sku, std::int64_t quantity) override {
        TRY(call("basket.set", basket_id, sku, quantity));
        return {};
    }
    Result<std::vector<Line>> lines(std::string const& basket_id) override {
        std::vector<Line> out;
        auto& tx = context_.tx();
        Value const values[] = {tx.shop_id(), basket_id};
        TRY(tx.run("SELECT l.sku, l.quantity FROM baskets b JOIN basket_lines l ON l.shop_id = b.shop_id AND l.basket_id = b.basket_id WHERE b.shop_id = ? AND b.basket_id = ? AND b.status = 'open' ORDER BY l.added_at_ms, l.sku", values, [&](Row const& row) -> Result<void> { out.push_back({std::string(row.text(0)), row.integer(1)}); return {}; }));
        return out;
    }

private:
    // A refusal (sold out) must leave nothing behind in the turn's transaction.
    Result<json::value> call(std::string_view name, std::string const& basket_id, std::string const& sku, std::int64_t quantity) {
        auto const* operation = context_.services.registry ? context_.services.registry->find(name) : nullptr;
        if (!operation) return fail(Errc::unavailable, "no_basket", "This server has no baskets.");
        TRY(context_.tx().savepoint());
        json::value answer;
        auto const done = operation->run(context_, json::object{{"basket_id", basket_id}, {"sku", sku}, {"quantity", quantity}}, answer);
        if (!done) {
            TRY(context_.tx().rollback_to_savepoint());
            return std::unexpected(done.error());
        }
        TRY(context_.tx().release_savepoint());
        return answer;
    }
    Context& context_;
};

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}
std::string upper(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}
std::string digits(std::string_view text) {
    std::string out;
    for (char c : text)
        if (c >= '0' && c <= '9') out += c;
    return out;
}

class StoredOrders final : public Orders {
public:
    StoredOrders(Context& context, shop::Attempts& guesses, std::string conversation_id) : context_(context), guesses_(guesses), conversation_id_(std::move(conversation_id)) {}
    Result<Found> find(std::string const& number, std::string const& contact) override {
        // A request names its order; whoever asked for it in this talk proved the order then.
        auto order_number = number;
        bool asked_here = false;
        if (auto const id = lower(number.substr(0, 3)) + "_" + upper(number.size() > 4 ? number.substr(4) : ""); id.starts_with("req_")) {
            auto& tx = context_.tx();
            Value const values[] = {tx.shop_id(), id};
            TRY(tx.run("SELECT order_id, conversation_id FROM return_requests WHERE shop_id = ? AND request_id = ?", values, [&](Row const& row) -> Result<void> { order_number = row.text(0), asked_here = !conversation_id_.empty() && row.text(1) == conversation_id_; return {}; }));
        }
        // What people type is lower case by now; ids are upper case behind a prefix.
        auto const underscore = order_number.find('_');
        std::string const spellings[] = {order_number, upper(order_number), underscore == order_number.npos ? "ord_" + upper(order_number) : lower(order_number.substr(0, underscore)) + upper(order_number.substr(underscore))};
        for (auto const& id : spellings) {
            auto& tx = context_.tx();
            std::string customer, sealed;
            bool exists = false;
            Value const values[] = {tx.shop_id(), id};
            TRY(tx.run("SELECT customer_id, contact_sealed FROM orders WHERE shop_id = ? AND order_id = ?", values, [&](Row const& row) -> Result<void> { exists = true, customer = row.text(0), sealed = row.is_null(1) ? "" : row.text(1); return {}; }));
            if (!exists) continue;
            bool granted = asked_here || (!context_.caller.customer_id.empty() && customer == context_.caller.customer_id);
            if (!granted && !contact.empty()) {
                auto const key = std::to_string(tx.shop_id()) + " " + id;
                if (!guesses_.take(key, most_wrong_proofs, context_.now)) break;
                granted = TRY(proves(customer, sealed, contact));
                if (granted) guesses_.give_back(key);
            }
            if (granted) return Found{Access::granted, TRY(read(id))};
            break;
        }
        return Found{contact.empty() ? Access::need_proof : Access::unknown_order, {}};
    }
    Result<std::vector<OrderView>> mine() override {
        std::vector<OrderView> out;
        if (context_.caller.customer_id.empty()) return out;
        auto& tx = context_.tx();
        std::vector<std::string> ids;
        Value const values[] = {tx.shop_id(), context_.caller.customer_id};
        TRY(tx.run("SELECT order_id FROM orders WHERE shop_id = ? AND customer_id = ? ORDER BY placed_at_ms DESC LIMIT 5", values, [&](Row const& row) -> Result<void> { ids.emplace_back(row.text(0)); return {}; }));
        for (auto const& id : ids) out.push_back(TRY(read(id)));
        return out;
    }
    Result<OrderView> again(std::string const& order_id) override { return read(order_id); }
    Result<std::string> request(Errand const& errand) override {
        return guarded([&]() -> Result<std::string> { return shop::request_return(context_, {.order_id = errand.order_id, .line = errand.line, .quantity = errand.quantity, .kind = errand.kind == "exchange" ? shop::RequestKind::exchange : shop::RequestKind::return_goods, .reason = errand.reason, .wanted_sku = errand.wanted_sku}, conversation_id_); });
    }
    Result<void> cancel(std::string const& order_id) override {
        return guarded([&]() -> Result<void> { return shop::cancel_proven_order(context_, order_id); });
    }

private:
    // A refusal must leave nothing behind in the turn's transaction.
    template <class F> auto guarded(F&& f) -> decltype(f()) {
        TRY(context_.tx().savepoint());
        auto done = f();
        if (done) TRY(context_.tx().release_savepoint());
        else TRY(context_.tx().rollback_to_savepoint());
        return done;
    }
    Result<bool> proves(std::string const& customer, std::string const& sealed, std::string const& contact) {
        std::string email, phone;
        if (!sealed.empty()) {
            auto const stored = TRY(read_json<shop::Contact>(TRY(parse_json(TRY(context_.services.vault->open(context_.shop_id, "contact", sealed))))));
            email = stored.email, phone = stored.phone;
        }
        auto const matches = [&](std::string const& mail, std::string const& telephone) {
            if (contact.find('@') != contact.npos) return !mail.empty() && shop::same_secret(lower(mail), lower(contact));
            auto const known = digits(telephone), given = digits(contact);
            if (known.size() < 7) return false;
            return (given.size() == 4 && known.ends_with(given)) || (given.size() >= 7 && shop::same_secret(known, given));
        };
        if (matches(email, phone)) return true;
        if (customer.empty()) return false;
        std::string stored_mail, stored_phone;
        auto& tx = context_.tx();
        Value const values[] = {tx.shop_id(), customer};
        TRY(tx.run("SELECT email_sealed, phone_sealed FROM customers WHERE shop_id = ? AND customer_id = ? AND forgotten_at_ms IS NULL", values, [&](Row const& row) -> Result<void> {
            if (!row.is_null(0) && !row.text(0).empty()) stored_mail = context_.services.vault->open(context_.shop_id, "email", row.text(0)).value_or("");
            if (!row.is_null(1) && !row.text(1).empty()) stored_phone = context_.services.vault->open(context_.shop_id, "phone", row.text(1)).value_or("");
            return {};
        }));
        return matches(stored_mail, stored_phone);
    }
    Result<OrderView> read(std::string const& id) {
        OrderView out{.order_id = id};
        auto& tx = context_.tx();
        Value const values[] = {tx.shop_id(), id};
        TRY(tx.run(fmt::format("SELECT {}, placed_at_ms, tracking, promised_day, delivered_at_ms FROM orders WHERE shop_id = ? AND order_id = ?", shop::order_status_told), values, [&](Row const& row) -> Result<void> {
            out.status = row.text(0), out.placed = format_date(day_of(row.integer(1))), out.tracking = row.text(2);
            if (!row.is_null(3)) out.promised = format_date(static_cast<Day>(row.integer(3)));
            if (!row.is_null(4)) out.delivered = format_date(day_of(row.integer(4)));
            return {};
        }));
        TRY(tx.run("SELECT title FROM order_lines WHERE shop_id = ? AND order_id = ? ORDER BY line", values, [&](Row const& row) -> Result<void> { out.items.emplace_back(row.text(0)); return {}; }));
        TRY(tx.run("SELECT l.line, l.sku, l.product_id, l.title, l.quantity, (SELECT COALESCE(SUM(r.quantity), 0) FROM returns r WHERE r.shop_id = l.shop_id AND r.order_id = l.order_id AND r.line = l.line) + "
                   "(SELECT COALESCE(SUM(q.quantity), 0) FROM return_requests q WHERE q.shop_id = l.shop_id AND q.order_id = l.order_id AND q.line = l.line AND q.status = 'requested') FROM order_lines l WHERE l.shop_id = ? AND l.order_id = ? ORDER BY l.line", values, [&](Row const& row) -> Result<void> {
            out.lines.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), row.integer(4), row.integer(5)});
            return {};
        }));
        for (auto const& r : TRY(shop::refunds_of(tx, id)).refunds) out.refunds.push_back({std::string(name(r.state)), r.currency, format_date(day_of(r.settled_at_ms.value_or(r.booked_at_ms))), r.amount_minor});
        TRY(tx.run("SELECT q.request_id, q.kind, COALESCE(l.title, ''), q.status, q.answer FROM return_requests q LEFT JOIN order_lines l ON l.shop_id = q.shop_id AND l.order_id = q.order_id AND l.line = q.line WHERE q.shop_id = ? AND q.order_id = ? ORDER BY q.created_at_ms, q.request_id", values, [&](Row const& row) -> Result<void> {
            out.requests.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))});
            return {};
        }));
        return out;
    }
    static constexpr shop::Attempts::Rule most_wrong_proofs{10, 3'600'000};
    Context& context_;
    shop::Attempts& guesses_;
    std::string conversation_id_;
};

class StoredKnowledge final : public Knowledge {
public:
    explicit StoredKnowledge(Context& context) : context_(context) {}
    std::optional<std::string> policy(std::string const& topic, Locale locale) override {
        for (auto const tongue : {locale, locale == Locale::zh ? Locale::en : Locale::zh}) {
            std::optional<std::string> out;
            auto& tx = context_.tx();
            auto const setting = "policy_" + topic + "_" + std::string(name_of(tongue));
            Value const values[] = {tx.shop_id(), setting};
            auto const read = tx.run("SELECT value FROM settings WHERE shop_id = ? AND name = ?", values, [&](Row const& row) -> Result<void> { out = std::string(row.text(0)); return {}; });
            if (read && out && !out->empty()) return out;
        }
        return {};
    }
    std::string shipping_cost(Locale locale) override {
        auto const terms = shop::shipping_terms(context_.tx());
        std::string currency;
        Value const values[] = {context_.tx().shop_id()};
        auto const read = context_.tx().run("SELECT currency FROM shops WHERE shop_id = ?", values, [&](Row const& row) -> Result<void> { currency = row.text(0); return {}; });
        if (!terms || !read || currency.empty()) return {};
        auto const money = [&](std::int64_t minor) { return format_money(minor, currency, locale); };
        bool const zh = locale == Locale::zh;
        if (terms->fee_minor == 0) return zh ? "每笔订单都包邮。" : "Shipping is free on every order.";
        if (terms->free_from_minor > 0) return fmt::format(fmt::runtime(zh ? "每笔订单运费{}，满{}免运费。" : "Shipping costs {} an order and is free from {}."), money(terms->fee_minor), money(terms->free_from_minor));
        return fmt::format(fmt::runtime(zh ? "每笔订单运费{}。" : "Shipping costs {} an order."), money(terms->fee_minor));
    }
    std::optional<std::int64_t> shipping_of(std::int64_t goods_minor) override {
        auto const fee = shop::usual_shipping(context_.tx(), goods_minor);
        return fee ? std::optional(*fee) : std::nullopt;
    }

private:
    Context& context_;
};

class StoredReviews final : public Reviews {
public:
    explicit StoredReviews(Context& context) : context_(context) {}
    Result<Heard> of(std::string const& product_id, Locale locale) override {
        auto const digest = TRY(reviews::digest_reviews(context_, {.product_id = product_id, .locale = std::string(name_of(locale))}));
        Heard out{.reviews = digest.reviews, .rating = std::round(digest.rating.value_or(0) * 10) / 10, .aspects = {}};
        auto& tx = context_.tx();
        for (auto const& line : digest.aspects) {
            Aspect aspect{.aspect = line.aspect, .label = line.label, .count = line.count, .praise = line.praise, .said = {}};
            for (auto const& q : line.quotes) {
                // Read again, so that the verifier holds the quote against the review itself.
                Value const values[] = {tx.shop_id(), product_id, q.review_id};
                TRY(tx.run("SELECT body FROM reviews WHERE shop_id = ? AND product_id = ? AND review_id = ? AND status = 'published'", values, [&](Row const& row) -> Result<void> {
                    aspect.said.push_back({q.text, std::string(row.text(0)), q.praise});
                    return {};
                }));
            }
            out.aspects.push_back(std::move(aspect));
        }
        return out;
    }

private:
    Context& context_;
};

class StoredConversations final : public ConversationStore {
public:
    explicit StoredConversations(Context& context) : context_(context) {}
    Result<std::optional<Stored>> load(std::string const& conversation_id) override {
        std::optional<Stored> out;
        if (conversation_id.empty()) return out;
        auto& tx = context_.tx();
        Value const values[] = {tx.shop_id(), conversation_id};
        TRY(tx.run("SELECT state, basket_id, customer_id, status FROM conversations WHERE shop_id = ? AND conversation_id = ? AND kind = 'guide'", values, [&](Row const& row) -> Result<void> {
            std::string const owner(row.text(2));
            if (!owner.empty() && owner != context_.caller.customer_id) return {};
            out = Stored{std::string(row.text(0)), std::string(row.text(1)), row.text(3) == "with_person"};
            return {};
        }));
        if (out && !out->state.empty()) out->state = context_.services.vault->open(context_.shop_id, "guide_state", from_hex(out->state).value_or("")).value_or("");
        return out;
    }
    Result<void> save(Turn const& turn) override {
        shop::Conversation header{.conversation_id = turn.conversation_id, .kind = "guide", .customer_id = context_.caller.customer_id, .channel = "guide", .locale = std::string(name_of(turn.locale)), .topic = turn.topic, .status = TRY(status_after(turn)), .started_at_ms = context_.now, .updated_at_ms = context_.now};
        std::vector<shop::Message> said;
        said.push_back({.role = "shopper", .body = turn.shopper_text, .at_ms = context_.now});
        if (!turn.guide_text.empty()) said.push_back({.role = "guide", .body = turn.guide_text, .data = turn.data, .at_ms = context_.now});
        TRY(shop::append_messages(context_, header, said));
        auto& tx = context_.tx();
        auto const sealed = to_hex(context_.services.vault->seal(context_.shop_id, "guide_state", turn.state));
        TRY(tx.execute("UPDATE conversations SET state = ?, basket_id = ?, topic = ?, locale = ? WHERE shop_id = ? AND conversation_id = ?", sealed, turn.basket_id, turn.topic, name_of(turn.locale), tx.shop_id(), turn.conversation_id));
        // Begun as a guest, gone on with signed in: from now on it may hold what is theirs, so it is theirs alone.
        if (!context_.caller.customer_id.empty()) TRY(tx.execute("UPDATE conversations SET customer_id = ? WHERE shop_id = ? AND conversation_id = ? AND customer_id = ''", context_.caller.customer_id, tx.shop_id(), turn.conversation_id));
        return {};
    }

    Result<bool> amend(Turn const& turn, std::string const& state_before) override {
        auto const kept = TRY(load(turn.conversation_id));
        if (!kept || kept->state != state_before) return false;
        auto& tx = context_.tx();
        auto const state = to_hex(context_.services.vault->seal(context_.shop_id, "guide_state", turn.state));
        TRY(tx.execute("UPDATE conversations SET state = ? WHERE shop_id = ? AND conversation_id = ?", state, tx.shop_id(), turn.conversation_id));
        auto const last = TRY(tx.integer("SELECT COALESCE(MAX(position), -1) FROM messages WHERE shop_id = ? AND conversation_id = ? AND role = 'guide'", tx.shop_id(), turn.conversation_id));
        auto const body = context_.services.vault->seal(context_.shop_id, "message", turn.guide_text);
        TRY(tx.execute("UPDATE messages SET body_sealed = ? WHERE shop_id = ? AND conversation_id = ? AND position = ?", shop::Bytes{body}, tx.shop_id(), turn.conversation_id, last));
        tx.changed("conversation", turn.conversation_id);
        return true;
    }

private:
    // Whoever waits for a person goes on waiting, and a person who answers goes on answering, until it is given back.
    Result<std::string> status_after(Turn const& turn) {
        if (turn.person == Turn::Person::given_back) return std::string("open");
        if (turn.needs_person) return std::string("handed_over");
        std::string status = "open";
        auto& tx = context_.tx();
        Value const values[] = {tx.shop_id(), turn.conversation_id};
        TRY(tx.run("SELECT status FROM conversations WHERE shop_id = ? AND conversation_id = ?", values, [&](Row const& row) -> Result<void> { if (row.text(0) != "resolved") status = row.text(0); return {}; }));
        return status;
    }
    Context& context_;
};

}  // namespace

std::unique_ptr<Basket> basket(Context& context) { return std::make_unique<StoredBasket>(context); }
std::unique_ptr<Orders> orders(Context& context, shop::Attempts& guesses, std::string conversation_id) { return std::make_unique<StoredOrders>(context, guesses, std::move(conversation_id)); }
std::unique_ptr<Knowledge> knowledge(Context& context) { return std::make_unique<StoredKnowledge>(context); }
std::unique_ptr<Reviews> reviews(Context& context) { return std::make_unique<StoredReviews>(context); }
std::unique_ptr<ConversationStore> conversations(Context& context) { return std::make_unique<StoredConversations>(context); }

}  // namespace kindling::dialogue::sql
