// shop/accounts/api.h -- shoppers who sign in: an account is a customer with a login (e-mail or phone), a password and sessions.
//
// Nobody proves that an e-mail or phone is theirs: there is no mail provider. So an account begins with nothing: it is always a new
// customer, and earlier orders join it one by one, by number and proof. Answers do not tell who has an account; guesses of
// passwords, codes and proofs are limited by login here (attempts.h) and by address by the executor. A session opens what belongs to its customer and
// nothing else: it holds no permission, and it is kept, found and named apart from the sessions of staff.
#pragma once
#include "shop/accounts/attempts.h"
#include "shop/customers/api.h"
#include "shop/orders/api.h"

namespace kindling::shop {

struct SignUp {
    std::string login, password, name, locale;
    static constexpr Field fields[] = {
        field("login", "E-mail or phone number to sign in with.", "用于登录的邮箱或手机号。").longest(254).kept_secret(), field("password", "At least 10 characters.", "密码，至少 10 个字符。").longest(200).kept_secret(),
        field("name", "Name.", "姓名。").defaulted().longest(200), field("locale", "Language: zh or en.", "语言：zh 或 en。").defaulted().longest(16)};
};
BOOST_DESCRIBE_STRUCT(SignUp, (), (login, password, name, locale))

struct AccountSignIn {
    std::string login, password;
    static constexpr Field fields[] = {field("login", "E-mail or phone number of the account.", "账户的邮箱或手机号。").longest(254).kept_secret(), field("password", "Password.", "密码。").longest(200).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(AccountSignIn, (), (login, password))

struct AccountSession {
    std::string session_token, csrf, customer_id;
    std::int64_t expires_at_ms = 0;
    static constexpr Field fields[] = {
        field("session_token", "Send it as Authorization: Bearer; shown only now.", "以 Authorization: Bearer 发送；仅此一次可见。"), field("csrf", "What forms of this session must bring.", "该会话表单须携带的校验值。"),
        field("customer_id", "The customer who signed in.", "登录的顾客。"), field("expires_at_ms", "When the session ends by itself.", "会话到期时间。")};
};
BOOST_DESCRIBE_STRUCT(AccountSession, (), (session_token, csrf, customer_id, expires_at_ms))

struct AccountSignOut {
    std::string session_token;
    bool everywhere = false;
    static constexpr Field fields[] = {field("session_token", "The session to end.", "要结束的会话。").longest(100).kept_secret(), field("everywhere", "End all sessions of its customer.", "结束该顾客的全部会话。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(AccountSignOut, (), (session_token, everywhere))

struct ChangePassword {
    std::string password, new_password;
    static constexpr Field fields[] = {field("password", "Password until now.", "原密码。").longest(200).kept_secret(), field("new_password", "At least 10 characters.", "新密码，至少 10 个字符。").longest(200).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (password, new_password))

struct WhichAccount {
    std::string customer_id, login;
    static constexpr Field fields[] = {field("customer_id", "The customer; left out when the login is given.", "顾客编号；给出登录名时留空。").defaulted().longest(128), field("login", "E-mail or phone number they sign in with.", "其登录邮箱或手机号。").defaulted().longest(254).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(WhichAccount, (), (customer_id, login))

struct ResetCode {
    std::string customer_id, code;
    std::int64_t expires_at_ms = 0;
    static constexpr Field fields[] = {field("customer_id", "Customer.", "顾客编号。"), field("code", "One-time code to tell the customer; shown only now.", "一次性重置码，告知顾客；仅此一次可见。"), field("expires_at_ms", "Until when it works.", "有效期至。")};
};
BOOST_DESCRIBE_STRUCT(ResetCode, (), (customer_id, code, expires_at_ms))

struct ResetPassword {
    std::string login, code, new_password;
    static constexpr Field fields[] = {field("login", "E-mail or phone number of the account.", "账户的邮箱或手机号。").longest(254).kept_secret(), field("code", "One-time code from the shop.", "店铺给出的一次性重置码。").longest(40).kept_secret(), field("new_password", "At least 10 characters.", "新密码，至少 10 个字符。").longest(200).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (login, code, new_password))

struct Address {
    std::string address_id;
    Contact contact;
    bool preferred = false;
    static constexpr Field fields[] = {field("address_id", "Address; empty: a new one.", "地址编号；留空为新建。").defaulted().longest(64), field("contact", "Who receives and where; sealed at rest.", "收件信息；加密存储。"), field("preferred", "Filled in at the checkout.", "结算时默认填写。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(Address, (), (address_id, contact, preferred))

struct GetAccount {
    std::string customer_id;
    static constexpr Field fields[] = {field("customer_id", "Whose; a shopper leaves it empty for their own.", "哪位顾客；购物者留空表示本人。").defaulted().longest(128)};
};
BOOST_DESCRIBE_STRUCT(GetAccount, (), (customer_id))

struct Account {
    std::string customer_id, login_kind, login, name, email, phone, locale;
    std::int64_t created_at_ms = 0, password_changed_at_ms = 0, sessions = 0;
    std::vector<Address> addresses;
    std::vector<Consent> consents;
    static constexpr Field fields[] = {
        field("customer_id", "Customer.", "顾客编号。"), field("login_kind", "email or phone.", "email 邮箱或 phone 手机号。"), field("login", "What they sign in with.", "登录名。"), field("name", "Name.", "姓名。"), field("email", "E-mail for contact.", "联系邮箱。"), field("phone", "Phone for contact.", "联系电话。"), field("locale", "Language: zh or en.", "语言：zh 或 en。"),
        field("created_at_ms", "When the account was opened.", "注册时间。"), field("password_changed_at_ms", "When the password was last set.", "密码最近设置时间。"), field("sessions", "Devices signed in now.", "当前登录的设备数。"),
        field("addresses", "Addresses, the preferred one first.", "地址，默认地址在前。"), field("consents", "What the person agreed to.", "授权同意情况。")};
};
BOOST_DESCRIBE_STRUCT(Account, (), (customer_id, login_kind, login, name, email, phone, locale, created_at_ms, password_changed_at_ms, sessions, addresses, consents))

struct UpdateAccount {
    std::optional<std::string> name, email, phone, locale;
    static constexpr Field fields[] = {field("name", "New name.", "新姓名。").longest(200), field("email", "New e-mail for contact; the login stays.", "新的联系邮箱；登录名不变。").longest(254), field("phone", "New phone for contact; the login stays.", "新的联系电话；登录名不变。").longest(40), field("locale", "Language: zh or en.", "语言：zh 或 en。").longest(16)};
};
BOOST_DESCRIBE_STRUCT(UpdateAccount, (), (name, email, phone, locale))

struct RemoveAddress {
    std::string address_id;
    static constexpr Field fields[] = {field("address_id", "Which address.", "哪个地址。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(RemoveAddress, (), (address_id))

struct AttachOrder {
    std::string order_id, proof;
    static constexpr Field fields[] = {field("order_id", "Order number.", "订单号。").longest(128), field("proof", "The code its buyer got, or the whole e-mail or phone it was placed with.", "下单时获得的查询码，或下单所用的完整邮箱或手机号。").longest(254).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(AttachOrder, (), (order_id, proof))

struct CloseAccount {
    std::string password;
    static constexpr Field fields[] = {field("password", "Password, to be sure.", "密码，用于确认。").longest(200).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(CloseAccount, (), (password))

// A customer who signed in. Never staff: `caller` holds no permission.
struct SignedInCustomer {
    Caller caller;
    std::string csrf;
    std::int64_t shop_id = 1;
};
// How a session's token begins, so that it cannot be taken for an API key.
constexpr std::string_view customer_token_prefix = "kds_";
Result<std::optional<SignedInCustomer>> find_customer_session(Transaction&, std::string_view token, Milliseconds now);

// The operations, and what they share: the count of guesses. Thread-safe; lives as long as the registry.
class Accounts {
public:
    std::vector<Operation> operations();

    Result<Nothing> sign_up(Context&, SignUp const&);
    Result<AccountSession> sign_in(Context&, AccountSignIn const&);
    Result<Nothing> sign_out(Context&, AccountSignOut const&);
    Result<AccountSession> change_password(Context&, ChangePassword const&);
    Result<ResetCode> create_reset_code(Context&, WhichAccount const&);
    Result<Nothing> reset_password(Context&, ResetPassword const&);
    Result<Account> get(Context&, GetAccount const&);
    Result<Account> update(Context&, UpdateAccount const&);
    Result<Account> save_address(Context&, Address const&);
    Result<Account> remove_address(Context&, RemoveAddress const&);
    Result<Order> attach_order(Context&, AttachOrder const&);
    Result<PersonExport> export_data(Context&, Nothing const&);
    Result<Forgotten> close(Context&, CloseAccount const&);

private:
    // Fails with rate_limited when this was tried of this subject too often; gives the key that a right answer gives back.
    Result<std::string> count_attempt(Context const&, std::string_view what, std::string const& subject, int most);
    Result<void> check_own_password(Context&, std::string_view password);
    Attempts attempts_;
};

}  // namespace kindling::shop
