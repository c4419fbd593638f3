// What shoppers see and change of themselves: details, addresses, an order that joins, their data, and leaving.
#include "core/id.h"
#include "core/json_text.h"
#include "shop/accounts/store.h"
#include "shop/vault/vault.h"

namespace kindling::shop {

namespace {

constexpr std::int64_t most_addresses = 20;
constexpr Milliseconds under_way_for = 90 * milliseconds_per_day;

Result<Account> read_account(Context& context, std::string const& customer_id) {
    auto& tx = context.tx();
    auto const account = TRY(accounts::find_by_customer(context, customer_id));
    if (!account) return fail(Errc::not_found, "account_not_found", "This customer has no account.", {{"/customer_id", "account_not_found", "has no account"}});
    auto customer = TRY(read_customer(context, customer_id));
    Account out{.customer_id = customer_id, .login_kind = account->login_kind, .login = TRY(context.services.vault->open(tx.shop_id(), "login", account->login_sealed)), .name = std::move(customer.name), .email = std::move(customer.email), .phone = std::move(customer.phone), .locale = std::move(customer.locale),
                .created_at_ms = account->created_at_ms, .password_changed_at_ms = account->password_changed_at_ms, .sessions = 0, .addresses = {}, .consents = std::move(customer.consents)};
    out.sessions = TRY(tx.integer("SELECT COUNT(*) FROM customer_sessions WHERE shop_id = ? AND customer_id = ? AND expires_at_ms > ?", tx.shop_id(), customer_id, context.now));
    Value const values[] = {tx.shop_id(), customer_id};
    TRY(tx.run("SELECT address_id, contact_sealed, preferred FROM customer_addresses WHERE shop_id = ? AND customer_id = ? ORDER BY preferred DESC, created_at_ms DESC, address_id DESC", values, [&](Row const& row) -> Result<void> {
        out.addresses.push_back({std::string(row.text(0)), TRY(read_json<Contact>(TRY(parse_json(TRY(context.services.vault->open(tx.shop_id(), "contact", row.text(1))))))), row.integer(2) != 0});
        return {};
    }));
    return out;
}

std::unexpected<Error> address_not_found() { return fail(Errc::not_found, "address_not_found", "There is no such address in this account.", {{"/address_id", "address_not_found", "is not an address of this account"}}); }

}  // namespace

Result<Account> Accounts::get(Context& context, GetAccount const& in) {
    if (context.caller.may("customers.read")) return read_account(context, in.customer_id.empty() ? TRY(accounts::own_customer(context)) : in.customer_id);
    auto const own = TRY(accounts::own_customer(context));
    if (!in.customer_id.empty() && in.customer_id != own) return fail(Errc::permission_denied, "not_permitted", "You may only see your own account.");
    return read_account(context, own);
}

Result<Account> Accounts::update(Context& context, UpdateAccount const& in) {
    auto const id = TRY(accounts::own_customer(context));
    if (in.email && !in.email->empty()) {
        auto const email = accounts::read_login(*in.email, "/email");
        if (!email || email->kind != "email") return fail(Errc::invalid_argument, "invalid_request", "The e-mail is not valid.", {{"/email", "malformed_email", "is not an e-mail address"}});
    }
    auto customer = TRY(read_customer(context, id));
    if (in.name) customer.name = *in.name;
    if (in.email) customer.email = *in.email;
    if (in.phone) customer.phone = *in.phone;
    if (in.locale) customer.locale = *in.locale;
    customer.consents.clear();  // they stay as they are
    TRY(save_customers(context, {{std::move(customer)}}));
    return read_account(context, id);
}

Result<Account> Accounts::save_address(Context& context, Address const& in) {
    auto& tx = context.tx();
    auto const id = TRY(accounts::own_customer(context));
    std::vector<FieldError> errors;
    if (in.contact.name.empty()) errors.push_back({"/contact/name", "required", "is required"});
    if (in.contact.address.empty()) errors.push_back({"/contact/address", "required", "is required"});
    if (!in.contact.email.empty() && in.contact.email.find('@') == std::string::npos) errors.push_back({"/contact/email", "malformed_email", "is not an e-mail address"});
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "Some details are missing.", std::move(errors));
    auto const count = TRY(tx.integer("SELECT COUNT(*) FROM customer_addresses WHERE shop_id = ? AND customer_id = ?", tx.shop_id(), id));
    auto const sealed = context.services.vault->seal(tx.shop_id(), "contact", to_text(write_json(in.contact)));
    bool const preferred = in.preferred || count == 0;
    if (preferred) TRY(tx.execute("UPDATE customer_addresses SET preferred = 0 WHERE shop_id = ? AND customer_id = ?", tx.shop_id(), id));
    if (in.address_id.empty()) {
        if (count >= most_addresses) return fail(Errc::failed_precondition, "too_many_addresses", "An account keeps at most 20 addresses; remove one first.");
        TRY(tx.execute("INSERT INTO customer_addresses (shop_id, customer_id, address_id, contact_sealed, preferred, created_at_ms) VALUES (?,?,?,?,?,?)", tx.shop_id(), id, new_id("adr"), Bytes{sealed}, preferred, context.now));
    } else if (!TRY(tx.execute("UPDATE customer_addresses SET contact_sealed = ?, preferred = CASE WHEN ? = 1 THEN 1 ELSE preferred END WHERE shop_id = ? AND customer_id = ? AND address_id = ?", Bytes{sealed}, preferred, tx.shop_id(), id, in.address_id))) {
        return address_not_found();
    }
    return read_account(context, id);
}

Result<Account> Accounts::remove_address(Context& context, RemoveAddress const& in) {
    auto& tx = context.tx();
    auto const id = TRY(accounts::own_customer(context));
    if (!TRY(tx.execute("DELETE FROM customer_addresses WHERE shop_id = ? AND customer_id = ? AND address_id = ?", tx.shop_id(), id, in.address_id))) return address_not_found();
    return read_account(context, id);
}

// An order joins an account by its number and proof, never because of an e-mail that somebody typed. One that belongs to another
// account cannot be taken, whatever is known of it; one that does not exist, or not with this proof, reads the same.
Result<Order> Accounts::attach_order(Context& context, AttachOrder const& in) {
    auto& tx = context.tx();
    auto const id = TRY(accounts::own_customer(context));
    auto const key = TRY(count_attempt(context, "order", in.order_id, 10));
    bool exists = false;
    std::string owner, sealed, access;
    Value const values[] = {tx.shop_id(), in.order_id};
    TRY(tx.run("SELECT customer_id, contact_sealed, access_lookup FROM orders WHERE shop_id = ? AND order_id = ?", values, [&](Row const& row) -> Result<void> {
        exists = true, owner = row.text(0), access = row.text(2);
        if (!row.is_null(1)) sealed = row.text(1);
        return {};
    }));
    bool proven = !access.empty() && same_secret(access, context.services.vault->lookup(tx.shop_id(), "order_access", in.proof));
    if (!proven && !sealed.empty()) {
        auto const contact = TRY(read_json<Contact>(TRY(parse_json(TRY(context.services.vault->open(tx.shop_id(), "contact", sealed))))));
        if (in.proof.find('@') != std::string::npos) proven = !contact.email.empty() && same_secret(normal_email(in.proof), normal_email(contact.email));
        else proven = normal_phone(in.proof).size() >= 7 && same_secret(normal_phone(in.proof), normal_phone(contact.phone));
    }
    bool const taken = !owner.empty() && owner != id && TRY(accounts::find_by_customer(context, owner));
    if (owner != id && (!exists || !proven || taken))
        return fail(Errc::not_found, "order_not_found", "There is no order with this number and proof that could join your account.", {{"/order_id", "order_not_found", "does not fit the proof, or belongs to an account already"}});
    attempts_.give_back(key);
    if (owner != id) {
        TRY(tx.execute("UPDATE orders SET customer_id = ? WHERE shop_id = ? AND order_id = ?", id, tx.shop_id(), in.order_id));
        tx.changed("order", in.order_id);
    }
    return get_order(context, {.order_id = in.order_id, .access_token = ""});
}

Result<PersonExport> Accounts::export_data(Context& context, Nothing const&) { return export_person(context, {TRY(accounts::own_customer(context))}); }

Result<Forgotten> Accounts::close(Context& context, CloseAccount const& in) {
    auto const id = TRY(accounts::own_customer(context));
    TRY(check_own_password(context, in.password));
    // Forgetting takes the address away, so what was ordered must have left. Old orders that nobody moved on hold nobody up.
    auto& tx = context.tx();
    if (TRY(tx.integer("SELECT COUNT(*) FROM orders WHERE shop_id = ? AND customer_id = ? AND status IN ('placed', 'paid') AND placed_at_ms > ?", tx.shop_id(), id, context.now - under_way_for)) > 0)
        return fail(Errc::failed_precondition, "orders_under_way", "An order has not left yet and needs its address; cancel it or wait until it is sent.");
    return forget_person(context, {id});
}

}  // namespace kindling::shop
