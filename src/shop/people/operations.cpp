#include "core/id.h"
#include "shop/customers/api.h"
#include "shop/people/people.h"
#include "shop/people/scopes.h"
#include "shop/vault/vault.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct User {
    std::string user_id, email, name, role;
    bool disabled = false;
    std::int64_t created_at_ms = 0;
    static constexpr Field fields[] = {field("user_id", "User.", "用户编号。"), field("email", "E-mail they sign in with.", "登录邮箱。"), field("name", "Name.", "姓名。"), field("role", "owner, operator or analyst.", "owner 店主、operator 运营、analyst 分析。"), field("disabled", "Cannot sign in.", "已停用。"), field("created_at_ms", "Since.", "创建时间。")};
};
BOOST_DESCRIBE_STRUCT(User, (), (user_id, email, name, role, disabled, created_at_ms))

struct UserList {
    std::vector<User> users;
    static constexpr Field fields[] = {field("users", "Who may sign in.", "可登录的用户。")};
};
BOOST_DESCRIBE_STRUCT(UserList, (), (users))

struct AddUser {
    std::string email, name, role = "operator", password;
    static constexpr Field fields[] = {field("email", "E-mail they sign in with.", "登录邮箱。").longest(254), field("name", "Name.", "姓名。").defaulted().longest(200), field("role", "owner, operator or analyst.", "owner 店主、operator 运营、analyst 分析。").defaulted().longest(16), field("password", "First password, at least 10 characters; to be changed by them.", "初始密码，至少 10 个字符，由本人修改。").longest(200).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(AddUser, (), (email, name, role, password))

struct UpdateUser {
    std::string user_id;
    std::optional<std::string> role, name, password;
    std::optional<bool> disabled;
    static constexpr Field fields[] = {field("user_id", "Who.", "哪位用户。").longest(64), field("role", "New role.", "新角色。").longest(16), field("name", "New name.", "新姓名。").longest(200), field("password", "New password.", "新密码。").longest(200).kept_secret(), field("disabled", "Whether sign-in is barred.", "是否停用。")};
};
BOOST_DESCRIBE_STRUCT(UpdateUser, (), (user_id, role, name, password, disabled))

struct Key {
    std::string key_id, name, role, scopes;
    std::int64_t rate_per_minute = 0, created_at_ms = 0;
    std::optional<std::int64_t> revoked_at_ms;
    static constexpr Field fields[] = {field("key_id", "Key.", "密钥编号。"), field("name", "What it is for.", "用途。"), field("role", "Role it acts as.", "角色。"), field("scopes", "Permissions it is narrowed to, separated by spaces (one within a supplier's id as %20); empty: all of its role.", "限定的权限，以空格分隔（供应商编号中的空格写作 %20）；留空为角色全部权限。"), field("rate_per_minute", "Calls a minute; 0: the server's limit.", "每分钟调用上限；0 为服务器默认。"), field("created_at_ms", "Since.", "创建时间。"), field("revoked_at_ms", "Ended.", "吊销时间。")};
};
BOOST_DESCRIBE_STRUCT(Key, (), (key_id, name, role, scopes, rate_per_minute, created_at_ms, revoked_at_ms))

struct KeyList {
    std::vector<Key> keys;
    static constexpr Field fields[] = {field("keys", "API keys, newest first.", "API 密钥，最新在前。")};
};
BOOST_DESCRIBE_STRUCT(KeyList, (), (keys))

struct CreateKey {
    std::string name, role;
    std::vector<std::string> scopes;
    std::int64_t rate_per_minute = 0;
    static constexpr Field fields[] = {field("name", "What it is for.", "用途。").longest(200), field("role", "owner, operator, analyst or agent (a shopper's agent: public operations only); empty: the least role that has the scopes, analyst without any.", "owner、operator、analyst 或 agent（购物者的代理，仅公开操作）；空为具备所限权限的最低角色，未限定时为 analyst。").defaulted().longest(16), field("scopes", "Narrow it to these permissions: orders.read, catalog.*; a supplier's key: forecast.supplied and forecast.supplier.ID.", "限定权限，如 orders.read、catalog.*；供应商密钥为 forecast.supplied 与 forecast.supplier.编号。").defaulted().longest(50), field("rate_per_minute", "Calls a minute; 0: the server's limit.", "每分钟调用上限；0 为服务器默认。").defaulted().range(0, 1e9)};
};
BOOST_DESCRIBE_STRUCT(CreateKey, (), (name, role, scopes, rate_per_minute))

struct CreatedKey {
    std::string key_id, secret, role;
    static constexpr Field fields[] = {field("key_id", "Key.", "密钥编号。"), field("secret", "The key itself; shown only now.", "密钥本身；仅此一次可见。"), field("role", "Role it acts as.", "角色。")};
};
BOOST_DESCRIBE_STRUCT(CreatedKey, (), (key_id, secret, role))

struct RevokeKey {
    std::string key_id;
    static constexpr Field fields[] = {field("key_id", "Which key.", "哪个密钥。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(RevokeKey, (), (key_id))

Result<void> check_role(std::string_view role, bool agent_allowed) {
    if (role == "owner" || role == "operator" || role == "analyst" || (agent_allowed && role == "agent")) return {};
    return fail(Errc::invalid_argument, "invalid_request", "There is no such role.", {{"/role", "unknown_value", "expected owner, operator, analyst or agent"}});
}

// Nobody hands out more than they hold: neither a user's role nor a key's, and a narrowed key least of all.
Result<void> check_grant(Context const& context, std::span<std::string const> permissions) {
    for (auto const& p : permissions)
        if (!context.caller.may(p)) return fail(Errc::permission_denied, "not_permitted", fmt::format("You cannot give or change what goes beyond your own rights: {}.", p));
    return {};
}

Result<UserList> list_users(Context& context, Nothing const&) {
    return UserList{TRY((context.tx().select<User>("SELECT u.user_id, u.email, u.name, m.role, u.disabled, u.created_at_ms FROM users u JOIN memberships m ON m.user_id = u.user_id WHERE m.shop_id = ? ORDER BY u.email", context.tx().shop_id())))};
}

Result<User> find_user(Transaction& tx, std::string_view id) {
    auto user = TRY((tx.find<User>("SELECT u.user_id, u.email, u.name, m.role, u.disabled, u.created_at_ms FROM users u JOIN memberships m ON m.user_id = u.user_id WHERE m.shop_id = ? AND u.user_id = ?", tx.shop_id(), id)));
    if (!user) return fail(Errc::not_found, "user_not_found", "There is no such user in this shop.", {{"/user_id", "user_not_found", "is not a user of this shop"}});
    return std::move(*user);
}

Result<User> add_user(Context& context, AddUser const& in) {
    auto& tx = context.tx();
    TRY(check_role(in.role, false));
    TRY(check_grant(context, permissions_of(in.role)));
    if (in.email.find('@') == std::string::npos) return fail(Errc::invalid_argument, "invalid_request", "The e-mail is not valid.", {{"/email", "malformed_email", "is not an e-mail address"}});
    if (in.password.size() < 10) return fail(Errc::invalid_argument, "invalid_request", "The password is too short.", {{"/password", "too_short", "must have at least 10 characters"}});
    if (TRY(tx.integer("SELECT COUNT(*) FROM users WHERE email = ?", normal_email(in.email)))) return fail(Errc::conflict, "email_taken", "Somebody signs in with this e-mail already.", {{"/email", "email_taken", "belongs to another user"}});
    auto const id = new_id("usr");
    TRY(tx.execute("INSERT INTO users (user_id, email, name, password_hash, created_at_ms) VALUES (?,?,?,?,?)", id, normal_email(in.email), in.name, hash_password(in.password), context.now));
    TRY(tx.execute("INSERT INTO memberships (shop_id, user_id, role) VALUES (?,?,?)", tx.shop_id(), id, in.role));
    return find_user(tx, id);
}

Result<User> update_user(Context& context, UpdateUser const& in) {
    auto& tx = context.tx();
    auto const user = TRY(find_user(tx, in.user_id));
    TRY(check_grant(context, permissions_of(user.role)));
    if (in.role) TRY(check_role(*in.role, false)), TRY(check_grant(context, permissions_of(*in.role)));
    // A password opens every shop that its owner belongs to, so it is not for the owner of one of them to set.
    bool const elsewhere = TRY(tx.integer("SELECT COUNT(*) FROM memberships WHERE user_id = ? AND shop_id <> ?", in.user_id, tx.shop_id())) > 0;
    if (elsewhere && (in.name || in.password || in.disabled) && in.user_id != context.caller.id && context.shop_id != 1)
        return fail(Errc::permission_denied, "not_permitted", "This person also belongs to another shop: here only their role can be changed. Their name, password and sign-in are theirs and the first shop's.");
    bool const demoted = (in.role && *in.role != "owner") || in.disabled.value_or(false);
    if (user.role == "owner" && demoted && TRY(tx.integer("SELECT COUNT(*) FROM memberships m JOIN users u ON u.user_id = m.user_id WHERE m.shop_id = ? AND m.role = 'owner' AND u.disabled = 0", tx.shop_id())) <= 1)
        return fail(Errc::failed_precondition, "last_owner", "This is the last owner; make another one first.");
    if (in.role) TRY(tx.execute("UPDATE memberships SET role = ? WHERE shop_id = ? AND user_id = ?", *in.role, tx.shop_id(), in.user_id));
    if (in.name) TRY(tx.execute("UPDATE users SET name = ? WHERE user_id = ?", *in.name, in.user_id));
    if (in.password) {
        if (in.password->size() < 10) return fail(Errc::invalid_argument, "invalid_request", "The password is too short.", {{"/password", "too_short", "must have at least 10 characters"}});
        TRY(tx.execute("UPDATE users SET password_hash = ? WHERE user_id = ?", hash_password(*in.password), in.user_id));
    }
    if (in.disabled) TRY(tx.execute("UPDATE users SET disabled = ? WHERE user_id = ?", *in.disabled, in.user_id));
    if (in.password || in.disabled || in.role) TRY(tx.execute("DELETE FROM sessions WHERE user_id = ?", in.user_id)), tx.changed("session");
    return find_user(tx, in.user_id);
}

Result<KeyList> list_keys(Context& context, Nothing const&) {
    return KeyList{TRY((context.tx().select<Key>("SELECT key_id, name, role, scopes, rate_per_minute, created_at_ms, revoked_at_ms FROM api_keys WHERE shop_id = ? ORDER BY created_at_ms DESC, key_id DESC", context.tx().shop_id())))};
}

// The least role that has all of these.
std::string least_role(std::span<std::string const> scopes) {
    for (std::string const role : {"analyst", "operator"})
        if (Caller const as_role{.permissions = permissions_of(role)}; std::ranges::all_of(scopes, [&](auto const& s) { return as_role.may(s); })) return role;
    return "owner";
}

Result<CreatedKey> create_key(Context& context, CreateKey const& in) {
    auto& tx = context.tx();
    auto const role = in.role.empty() ? least_role(in.scopes) : in.role;
    TRY(check_role(role, true));
    for (std::size_t i = 0; i < in.scopes.size(); ++i) {
        Caller const as_role{.permissions = permissions_of(role)};
        if (!is_one_scope(in.scopes[i])) return fail(Errc::invalid_argument, "invalid_request", "A scope is one permission.", {{fmt::format("/scopes/{}", i), "malformed", "must be one permission, without spaces but in what a third part names"}});
        if (!as_role.may(in.scopes[i])) return fail(Errc::invalid_argument, "invalid_request", "A scope goes beyond the role.", {{fmt::format("/scopes/{}", i), "beyond_role", fmt::format("is not a permission of the role {}; without a role, the least that has it is taken", role)}});
    }
    // A supplier's key for nobody would be handed out and see nothing.
    constexpr std::string_view of_supplier = "forecast.supplier.";
    for (std::size_t i = 0; i < in.scopes.size(); ++i)
        if (auto const& scope = in.scopes[i]; scope.starts_with(of_supplier) && scope.size() > of_supplier.size() && scope != "forecast.supplier.*" && TRY(tx.integer("SELECT COUNT(*) FROM suppliers WHERE shop_id = ? AND supplier_id = ?", tx.shop_id(), scope.substr(of_supplier.size()))) == 0)
            return fail(Errc::not_found, "supplier_not_found", fmt::format("There is no supplier {}.", scope.substr(of_supplier.size())), {{fmt::format("/scopes/{}", i), "supplier_not_found", "names no supplier of this shop"}});
    TRY(check_grant(context, in.scopes.empty() ? permissions_of(role) : in.scopes));
    auto const id = new_id("key"), secret = "kdl_" + new_secret();
    TRY(tx.execute("INSERT INTO api_keys (key_id, shop_id, name, token_hash, role, scopes, rate_per_minute, created_by, created_at_ms) VALUES (?,?,?,?,?,?,?,?,?)", id, tx.shop_id(), in.name, token_hash(secret), role, kept_scopes(in.scopes), in.rate_per_minute, context.caller.id, context.now));
    return CreatedKey{id, secret, role};
}

Result<Nothing> revoke_key(Context& context, RevokeKey const& in) {
    auto& tx = context.tx();
    if (!TRY(tx.execute("UPDATE api_keys SET revoked_at_ms = ? WHERE shop_id = ? AND key_id = ? AND revoked_at_ms IS NULL", context.now, tx.shop_id(), in.key_id)))
        return fail(Errc::not_found, "key_not_found", "There is no such key in use.", {{"/key_id", "key_not_found", "is not a key in use"}});
    tx.changed("key", in.key_id);
    return Nothing{};
}

}  // namespace

std::vector<Operation> people_operations() {
    return {
        operation({.name = "users.list", .scenario = "0", .summary = {"Who may sign in to the console.", "可登录控制台的用户。"}, .permission = "users.read"}, &list_users),
        operation({.name = "users.add", .scenario = "0", .summary = {"Let somebody sign in with a role.", "新增用户并指定角色。"}, .effect = Effect::act, .permission = "users.write", .reasons = {"email_taken", "user_not_found"}}, &add_user),
        operation({.name = "users.update", .scenario = "0", .summary = {"Change a user's role, name or password, or bar them.", "修改用户角色、姓名、密码，或停用。"}, .effect = Effect::act, .permission = "users.write", .reasons = {"user_not_found", "last_owner"}}, &update_user),
        operation({.name = "keys.list", .scenario = "0", .summary = {"API keys of this shop.", "本店的 API 密钥。"}, .permission = "keys.read"}, &list_keys),
        operation({.name = "keys.create", .scenario = "0", .summary = {"Make an API key; its secret is shown once.", "新建 API 密钥；密钥仅显示一次。"}, .effect = Effect::act, .permission = "keys.write", .reasons = {"supplier_not_found"}}, &create_key),
        operation({.name = "keys.revoke", .scenario = "0", .summary = {"End an API key at once.", "立即吊销 API 密钥。"}, .effect = Effect::act, .permission = "keys.write", .reasons = {"key_not_found"}}, &revoke_key),
    };
}

}  // namespace kindling::shop
