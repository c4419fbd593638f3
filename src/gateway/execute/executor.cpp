#include "gateway/execute/executor.h"
#include "core/json_text.h"
#include "shop/people/people.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <fstream>

namespace kindling::gateway {

namespace {

// What the audit entry says of a request: its top-level scalars, with secrets left out. So is every text that may be longer than an
// identifier: prose may be anybody's (a shopper's words to the guide), and the audit outlives whoever asks to be forgotten.
bool is_short(Type::Member const& m) {
    constexpr std::size_t longest_identifier = 128;
    auto const& type = m.type().kind == Kind::optional ? m.type().element() : m.type();
    return type.kind == Kind::enumeration || (m.field->max_length > 0 && m.field->max_length <= longest_identifier);
}
std::string summary_of(Operation const& op, json::value const& request) {
    json::object out;
    if (auto const* o = request.if_object())
        for (auto const& m : op.input().members) {
            auto const* v = m.field->secret ? nullptr : o->if_contains(m.field->name);
            if (!v) continue;
            if (auto const* s = v->if_string()) { if (is_short(m)) out[m.field->name] = *s; }
            else if (auto const* a = v->if_array()) out[m.field->name] = fmt::format("[{}]", a->size());
            else if (!v->is_object()) out[m.field->name] = *v;
        }
    return to_text(out);
}

bool brings_a_secret(Operation const& op, json::value const& request) {
    auto const* o = request.if_object();
    if (!o) return false;
    return std::ranges::any_of(op.input().members, [&](auto const& m) {
        auto const* v = m.field->secret ? o->if_contains(m.field->name) : nullptr;
        return v && v->is_string() && !v->get_string().empty();
    });
}

// In a quarter of an hour, for each operation: so many wrong secrets from one address, which many people may share, and so many in all.
constexpr shop::Attempts::Rule most_wrong{30, 15 * 60'000}, most_in_all{300, 15 * 60'000};

}  // namespace

Executor::Executor(shop::Services& services, Registry const& registry, Metrics& metrics, ExecutorOptions options)
    : services_(services), registry_(registry), options_(std::move(options)), meters_(registry.all().size()), usage_(registry.all().size()) {
    for (std::size_t i = 0; i < meters_.size(); ++i) {
        auto const name = registry.all()[i].name;
        meters_[i].ok = &metrics.counter("kindling_operations_total", "Operations by outcome.", {{"operation", name}, {"outcome", "ok"}});
        meters_[i].failed = &metrics.counter("kindling_operations_total", "Operations by outcome.", {{"operation", name}, {"outcome", "error"}});
        meters_[i].seconds = &metrics.histogram("kindling_operation_seconds", "Time inside an operation.", {{"operation", name}});
    }
}

Executor::~Executor() {
    flush_meter();
    if (options_.coverage_file.empty()) return;
    std::ofstream out(options_.coverage_file, std::ios::app);
    for (auto const& line : covered_) out << line << '\n';
}

Result<Operation const*> Executor::admit(std::string_view name, Call const& call) {
    auto const* op = registry_.find(name);
    if (!op) return fail(Errc::not_found, "unknown_operation", fmt::format("There is no operation \"{}\"; GET /v1/registry lists them.", name.substr(0, 100)));
    if (!call.caller.may(op->permission)) {
        if (call.caller.kind == Caller::Kind::anonymous || call.caller.kind == Caller::Kind::shopper)
            return fail(Errc::permission_denied, "not_signed_in", fmt::format("{} is for staff: sign in, or send an API key.", name));
        // What the role would allow, it is the key's scopes that leave out.
        if (Caller const as_role{.permissions = shop::permissions_of(call.caller.role)}; call.caller.kind == Caller::Kind::key && as_role.may(op->permission)) return fail(Errc::permission_denied, "not_permitted", fmt::format("This key's scopes do not include {}; make a key that has it, or ask an owner.", op->permission));
        return fail(Errc::permission_denied, "not_permitted", fmt::format("Your role ({}) does not include {}; ask an owner.", call.caller.role, op->permission));
    }
    if (call.idempotency_key.size() > Once::longest_key) return fail(Errc::invalid_argument, "invalid_request", fmt::format("An Idempotency-Key has at most {} bytes.", Once::longest_key));
    return op;
}

Result<json::value> Executor::call(std::string_view name, json::value const& request, Call const& call) {
    auto const* const op = TRY(admit(name, call));
    auto const begun = std::chrono::steady_clock::now();
    Result<json::value> result;
    try {
        result = run_guarded(*op, request, call);
    } catch (std::exception const& e) {
        spdlog::error("request={} operation={} threw: {}", call.request_id, op->name, e.what());
        result = fail(Errc::internal, "internal", "Something went wrong on our side; the request id finds it in the log.");
    }
    if (!result && result.error().code == Errc::internal) {
        spdlog::error("request={} operation={} internal: {}: {}", call.request_id, op->name, result.error().reason, result.error().message);
        if (result.error().reason == "internal") result.error().message = "Something went wrong on our side; the request id finds it in the log.";
    }
    // Where the database is, and what is wrong with it, is for those who run it.
    if (!result && result.error().reason == "store_unavailable" && !call.caller.is_staff()) {
        spdlog::error("request={} operation={} {}", call.request_id, op->name, result.error().message);
        result.error().message = "The shop cannot reach its data just now; nothing was changed. Try again in a moment.";
    }
    observe(*op, call.shop_id, result, std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count());
    return result;
}

Result<json::value> Executor::run_guarded(Operation const& op, json::value const& request, Call const& call) {
    if (call.caller.is_staff() || call.address.empty() || !brings_a_secret(op, request)) return run(op, request, call);
    auto const wrong = fmt::format("wrong {} {} {}", op.name, call.shop_id, call.address), all = fmt::format("all {} {} {}", op.name, call.shop_id, call.address);
    std::unexpected<Error> const limited = fail(Errc::unavailable, "rate_limited", "Too many attempts; wait a quarter of an hour.");
    if (!guesses_.take(all, most_in_all, now_ms()) || !guesses_.take(wrong, most_wrong, now_ms())) return limited;
    auto result = run(op, request, call);
    // Only a refusal may have been a guess; a typing error or a failure of ours was none.
    if (result || (result.error().code != Errc::permission_denied && result.error().code != Errc::not_found)) guesses_.give_back(wrong);
    return result;
}

Result<json::value> Executor::run(Operation const& op, json::value const& request, Call const& call) {
    Context context{.services = services_, .shop_id = call.shop_id, .caller = call.caller, .locale = call.locale, .now = now_ms(), .request_id = call.request_id,
                    .effect = op.effect, .mode = call.mode, .progress = call.progress, .log = call.log, .tell = call.tell};
    if (op.length == Length::long_) context.look = [this, &call](std::string_view name, json::value const& asked, std::stop_token stop) { return look(call, name, asked, std::move(stop)); };
    bool const writes = op.effect != Effect::read;
    Once const once(services_, call.shop_id, call.caller.id, writes && !context.dry() ? call.idempotency_key : "", op.name, request);
    if (op.length == Length::long_) return run_long(op, request, context, once);
    json::value response;
    auto tx = TRY(writes ? services_.store->write(call.shop_id) : services_.store->read(call.shop_id));
    context.open = tx.get();
    if (once.wanted())
        if (auto earlier = TRY(once.recall(*tx, context.now))) return std::move(*earlier);
    TRY(op.run(context, request, response));
    if (context.dry()) {
        tx->rollback();
        return response;
    }
    if (writes) {
        if (once.wanted()) TRY(once.keep(*tx, response, context.now));
        TRY(write_audit(*tx, op, request, context));
        TRY(tx->commit());
    }
    return response;
}

// A long operation opens its own transactions, so that others are not held up.
Result<json::value> Executor::run_long(Operation const& op, json::value const& request, Context& context, Once const& once) {
    json::value response;
    bool const acts = op.effect != Effect::read && !context.dry();
    if (!once.wanted()) {
        TRY(op.run(context, request, response));
        if (!acts || !context.caller.is_staff()) return response;
    } else {
        if (!running_.take(once.name())) return fail(Errc::conflict, "idempotency_in_progress", "A request with this Idempotency-Key is still being carried out; ask again when it is done.");
        struct Held {
            RunningKeys& keys;
            RunningKeys::Name name;
            ~Held() { keys.give_back(name); }
        } const held{running_, once.name()};
        {
            auto const tx = TRY(services_.store->read(context.shop_id));
            if (auto earlier = TRY(once.recall(*tx, context.now))) return std::move(*earlier);
        }
        TRY(op.run(context, request, response));
    }
    // What was done stays done and is answered so, even when the disk is full by now and neither note can be made.
    auto const noted = [&]() -> Result<void> {
        auto const tx = TRY(services_.store->write(context.shop_id));
        if (once.wanted()) TRY(once.keep(*tx, response, context.now));
        TRY(write_audit(*tx, op, request, context));
        return tx->commit();
    }();
    if (!noted) spdlog::error("request={} operation={} was done, but its audit entry and answer were not kept: {}", context.request_id, op.name, noted.error().message);
    return response;
}

// Shoppers' acts are records by themselves (orders, conversations, events); the audit is about those who run the shop.
Result<void> Executor::write_audit(shop::Transaction& tx, Operation const& op, json::value const& request, Context const& context) {
    if (!context.caller.is_staff()) return {};
    // An import writes its own entry in the transaction that imported.
    if (op.length == Length::long_ && TRY(tx.integer("SELECT COUNT(*) FROM audit WHERE shop_id = ? AND operation = ? AND request_id = ? AND caller = ? AND at_ms = ?", context.shop_id, op.name, context.request_id, context.caller.id, context.now)) > 0) return {};
    TRY(tx.execute("INSERT INTO audit (shop_id, seq, at_ms, request_id, caller, operation, effect, outcome, summary) VALUES (?,?,?,?,?,?,?,'ok',?)", context.shop_id, TRY(tx.next_sequence("audit")), context.now, context.request_id, context.caller.id, op.name,
                   op.effect == Effect::act ? "act" : "propose", summary_of(op, request)));
    return {};
}

Result<json::value> Executor::look(Call const& call, std::string_view name, json::value const& request, std::stop_token stop) {
    auto const* op = registry_.find(name);
    if (op && op->effect != Effect::read) return fail(Errc::permission_denied, "not_permitted", fmt::format("{} changes something; only reading is possible here.", name));
    Call own{.shop_id = call.shop_id, .caller = call.caller, .address = call.address, .locale = call.locale, .request_id = call.request_id, .progress = {.stop = std::move(stop)}};
    // Staff try the guide too; what only they may see must not reach a model through that.
    if (own.caller.is_staff()) own.caller = {.kind = Caller::Kind::shopper, .id = call.caller.id, .role = "shopper", .customer_id = {}, .session_id = call.caller.session_id, .permissions = {}};
    return this->call(name, request, own);
}

Result<void> Executor::check(std::string_view name, json::value const& request, Call const& call) {
    auto const* const op = TRY(admit(name, call));
    return op->check(request);
}

Result<std::string> Executor::queue(std::string_view name, json::value const& request, Call const& call) {
    auto const* const op = TRY(admit(name, call));
    if (call.mode == Context::Mode::dry_run) return fail(Errc::invalid_argument, "invalid_request", "A dry run answers at once; leave out Prefer: respond-async.");
    // The shape is checked now, by a reader that writes into nowhere, so that a typing error is told at once and not by a failed job.
    TRY(op->check(request));
    auto const now = now_ms();
    Once const once(services_, call.shop_id, call.caller.id, call.idempotency_key, fmt::format("job:{}", name), request);
    auto tx = TRY(services_.store->write(call.shop_id));
    if (once.wanted())
        if (auto const earlier = TRY(once.recall(*tx, now))) return std::string(earlier->at("job_id").as_string());
    auto id = TRY(shop::queue_job(*tx, name, request, call.caller, now));
    if (once.wanted()) TRY(once.keep(*tx, json::object{{"job_id", id}}, now));
    TRY(tx->commit());
    return id;
}

void Executor::observe(Operation const& op, std::int64_t shop_id, Result<json::value> const& result, std::int64_t microseconds) {
    auto const place = static_cast<std::size_t>(&op - registry_.all().data());
    auto& meter = meters_[place];
    usage_.count(shop_id, place, result ? UsageMeter::Outcome::ok : UsageMeter::Outcome::failed, microseconds);
    (result ? meter.ok : meter.failed)->add();
    meter.seconds->observe(static_cast<double>(microseconds) * 1e-6);
    auto const before = meter.usual_us.load(std::memory_order_relaxed), now = static_cast<float>(std::min<std::int64_t>(microseconds, 1000));
    meter.usual_us.store(before == 0 ? now : before + (now - before) / 64, std::memory_order_relaxed);
    if (options_.self_check == ExecutorOptions::SelfCheck::off) return;
    std::string breach;
    if (result) breach = schema_breach(*result, op.output());
    auto const known = [&](std::string_view reason) {
        auto const common = common_reasons();
        return std::ranges::find(op.reasons, reason) != op.reasons.end() || std::ranges::find(common, reason) != common.end();
    };
    std::lock_guard lock(coverage_mutex_);
    covered_.insert(fmt::format("called {}", op.name));
    if (!breach.empty()) covered_.insert(fmt::format("breach {} {}", op.name, breach));
    if (!result) {
        covered_.insert(fmt::format("reason {} {}", op.name, result.error().reason));
        if (!known(result.error().reason)) covered_.insert(fmt::format("undeclared {} {}", op.name, result.error().reason));
    }
}

double Executor::usual_microseconds(Operation const& op) const {
    auto const& meter = meters_[static_cast<std::size_t>(&op - registry_.all().data())];
    return meter.ok->value() < 20 ? 1e9 : static_cast<double>(meter.usual_us.load(std::memory_order_relaxed));
}

void Executor::flush_meter() {
    if (services_.store) usage_.flush(*services_.store, registry_.all(), now_ms());
}

}  // namespace kindling::gateway
