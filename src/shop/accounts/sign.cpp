// Opening an account, signing in and out.
#include "core/id.h"
#include "shop/accounts/store.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

constexpr Milliseconds quarter_hour = 15 * 60'000;

}  // namespace

Result<std::string> Accounts::count_attempt(Context const& context, std::string_view what, std::string const& subject, int most) {
    auto key = fmt::format("{} {} {}", what, context.shop_id, subject);
    if (!attempts_.take(key, {most, quarter_hour}, context.now)) return fail(Errc::unavailable, "rate_limited", "Too many attempts; wait a quarter of an hour.");
    return key;
}

Result<Nothing> Accounts::sign_up(Context& context, SignUp const& in) {
    auto& tx = context.tx();
    auto const login = TRY(accounts::read_login(in.login, "/login"));
    TRY(accounts::check_new_password(in.password, in.login, "/password"));
    // Each one that is opened counts, right or not: nobody opens them by the thousand.
    TRY(count_attempt(context, "sign_up", login.value, 5));
    // Hashed in any case, so that a login that is taken is not told by a faster answer.
    auto const hash = hash_password(in.password);
    if (TRY(accounts::find_by_login(context, login))) return Nothing{};
    Customer customer{.customer_id = new_id("cus"), .name = in.name, .locale = in.locale};
    (login.kind == "email" ? customer.email : customer.phone) = login.value;
    auto const id = customer.customer_id;
    TRY(save_customers(context, {{std::move(customer)}}));
    auto const sealed = context.services.vault->seal(tx.shop_id(), "login", login.value);
    TRY(tx.execute("INSERT INTO accounts (shop_id, customer_id, login_kind, login_lookup, login_sealed, password_hash, created_at_ms, password_changed_at_ms) VALUES (?,?,?,?,?,?,?,?)", tx.shop_id(), id, login.kind, accounts::lookup_of(context, login), Bytes{sealed}, hash, context.now, context.now));
    return Nothing{};
}

Result<AccountSession> Accounts::sign_in(Context& context, AccountSignIn const& in) {
    auto const login = accounts::read_login(in.login, "/login");
    // What nobody could have signed up with is a wrong login like any other.
    auto const key = TRY(count_attempt(context, "sign_in", login ? login->value : "", 10));
    auto const account = login ? TRY(accounts::find_by_login(context, *login)) : std::nullopt;
    // Verifying against a dummy keeps the answer as slow for a login that does not exist.
    static std::string const dummy = hash_password("not a password of anybody");
    if (!verify_password(in.password, account ? account->password_hash : dummy) || !account) return fail(Errc::permission_denied, "wrong_credentials", "E-mail, phone number or password is wrong.");
    attempts_.give_back(key);
    return accounts::open_session(context, account->customer_id);
}

Result<Nothing> Accounts::sign_out(Context& context, AccountSignOut const& in) {
    auto& tx = context.tx();
    // A session that ended already is signed out: the answer is the same.
    auto const session = TRY(find_customer_session(tx, in.session_token, context.now));
    if (in.everywhere && session && session->shop_id == tx.shop_id()) TRY(accounts::end_sessions(context, session->caller.customer_id));
    TRY(tx.execute("DELETE FROM customer_sessions WHERE token_hash = ?", token_hash(in.session_token)));
    tx.changed("session");
    return Nothing{};
}

std::vector<Operation> Accounts::operations() {
    return {
        operation({.name = "accounts.sign_up", .scenario = "29", .summary = {"Open a shopper's account; the answer is the same when the login is taken, so sign in next to see.", "注册购物者账户；登录名已被使用时返回相同，请随后登录确认。"}, .effect = Effect::act, .permission = "public", .reasons = {"customer_forgotten", "cannot_open_sealed"}}, *this, &Accounts::sign_up),
        operation({.name = "accounts.sign_in", .scenario = "29", .summary = {"Sign a shopper in; the session opens their own orders, basket and details and nothing else.", "购物者登录；会话仅可访问本人的订单、购物车与资料。"}, .effect = Effect::act, .permission = "public", .reasons = {"wrong_credentials"}}, *this, &Accounts::sign_in),
        operation({.name = "accounts.sign_out", .scenario = "29", .summary = {"End a shopper's session, or all of their sessions.", "结束购物者的会话，或其全部会话。"}, .effect = Effect::act, .permission = "public"}, *this, &Accounts::sign_out),
        operation({.name = "accounts.change_password", .scenario = "29", .summary = {"Change one's own password; every session ends and a new one begins.", "修改本人密码；所有会话结束并开始新会话。"}, .effect = Effect::act, .permission = "public", .reasons = {"wrong_credentials"}}, *this, &Accounts::change_password),
        operation({.name = "accounts.create_reset_code", .scenario = "29", .summary = {"Make a one-time code with which a customer sets a new password, after making sure who they are; shown once.", "核实身份后为顾客生成一次性重置码以设置新密码；仅显示一次。"}, .effect = Effect::act, .permission = "customers.write", .reasons = {"account_not_found"}}, *this, &Accounts::create_reset_code),
        operation({.name = "accounts.reset_password", .scenario = "29", .summary = {"Set a new password with a one-time code from the shop; every session ends.", "凭店铺给出的一次性重置码设置新密码；所有会话结束。"}, .effect = Effect::act, .permission = "public", .reasons = {"wrong_reset_code"}}, *this, &Accounts::reset_password),
        operation({.name = "accounts.get", .scenario = "29", .summary = {"An account with its details, addresses and consents; a shopper sees only their own.", "账户资料、地址与授权；购物者只能看到本人的。"}, .permission = "public", .reasons = {"account_not_found", "customer_not_found", "cannot_open_sealed"}}, *this, &Accounts::get),
        operation({.name = "accounts.update", .scenario = "29", .summary = {"Change one's own name, contact or language.", "修改本人姓名、联系方式或语言。"}, .effect = Effect::act, .permission = "public", .reasons = {"account_not_found", "customer_not_found", "customer_forgotten", "cannot_open_sealed"}}, *this, &Accounts::update),
        operation({.name = "accounts.save_address", .scenario = "29", .summary = {"Keep an address of one's own, or change one.", "保存或修改本人的地址。"}, .effect = Effect::act, .permission = "public", .reasons = {"account_not_found", "address_not_found", "too_many_addresses", "customer_not_found", "cannot_open_sealed"}}, *this, &Accounts::save_address),
        operation({.name = "accounts.remove_address", .scenario = "29", .summary = {"Remove an address of one's own.", "删除本人的地址。"}, .effect = Effect::act, .permission = "public", .reasons = {"account_not_found", "address_not_found", "customer_not_found", "cannot_open_sealed"}}, *this, &Accounts::remove_address),
        operation({.name = "accounts.attach_order", .scenario = "29", .summary = {"Bring an order that was placed without signing in into one's own account, by its number and proof.", "凭订单号与凭证将未登录时的订单归入本人账户。"}, .effect = Effect::act, .permission = "public", .reasons = {"order_not_found", "cannot_open_sealed"}}, *this, &Accounts::attach_order),
        operation({.name = "accounts.export_data", .scenario = "29", .summary = {"Everything the shop keeps about oneself.", "店铺保存的本人全部数据。"}, .permission = "public", .reasons = {"customer_not_found", "cannot_open_sealed"}}, *this, &Accounts::export_data),
        operation({.name = "accounts.close", .scenario = "29", .summary = {"Close one's own account and be forgotten; orders stay as numbers, as the law on book-keeping asks.", "注销本人账户并清除个人信息；依法保留不含个人信息的订单数字。"}, .effect = Effect::act, .permission = "public", .reasons = {"wrong_credentials", "orders_under_way", "customer_not_found", "cannot_open_sealed"}}, *this, &Accounts::close),
    };
}

}  // namespace kindling::shop
