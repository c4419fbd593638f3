// shop/context.h -- what an operation is given beside its request: who asks, which shop, the open transaction, the services.
#pragma once
#include "core/operation.h"
#include "core/progress.h"
#include "core/time.h"
#include "shop/services.h"
#include "shop/store/store.h"

namespace kindling {

// Who is asking. Permissions are patterns: "orders.read", "orders.*", "*.read", "*"; "public" is granted to everybody.
struct Caller {
    enum class Kind { anonymous, shopper, user, key, system } kind = Kind::anonymous;
    std::string id;           // "usr_…", "key_…", "session:…"; stands in audit entries
    std::string role;         // owner, operator, analyst, shopper, agent, system, background
    std::string customer_id;  // of a shopper who signed in
    std::string session_id;   // of a shopper: basket and conversation belong to it
    std::vector<std::string> permissions;

    // The role of who asks for work that nobody waits for: what every night does (shop/nightly), a look at new pictures.
    static constexpr std::string_view background = "background";
    bool in_background() const { return kind == Kind::system && role == background; }
    bool may(std::string_view permission) const;
    bool is_staff() const { return kind == Kind::user || kind == Kind::key || kind == Kind::system; }
};

struct Context {
    shop::Services& services;             // store, vault, folders; all shared and thread-safe
    shop::Transaction* open = nullptr;    // the operation's own transaction; a long operation has none and opens its own
    std::int64_t shop_id = 1;
    Caller caller = {};
    Locale locale = Locale::en;
    Milliseconds now = 0;                 // one instant for the whole operation
    std::string request_id = {};
    Effect effect = Effect::read;
    // A dry run does everything and is rolled back; effects outside the store (files, mail, payment) must ask first.
    enum class Mode { real, dry_run } mode = Mode::real;
    Progress progress = {};
    std::function<void(std::string_view)> log = {};  // a line for the job's log; may be empty
    // A part of the answer, told before the whole stands, to whoever follows along (an event stream); empty: nobody does. Never waits for
    // a reader, so it may be called inside a transaction, on the operation's thread. A part must be true by itself; the answer repeats it.
    std::function<void(std::string_view name, json::value const& data)> tell = {};
    // Of long operations, outside of a transaction: runs a read operation as the shopper that the caller is, or would be without a key.
    // What a language model may look at goes through here. Empty where no executor stands behind the context.
    std::function<Result<json::value>(std::string_view operation, json::value const& request, std::stop_token)> look = {};

    shop::Transaction& tx() { return *open; }
    bool dry() const { return mode == Mode::dry_run; }
    // How many threads its work may take: all, but for one that answers requests where nobody waits for the work.
    unsigned threads() const;
    void note(std::string_view line) const { if (log) log(line); }
};

}  // namespace kindling
