#include "gateway/execute/executor.h"
#include "core/json_text.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <fstream>

namespace kindling::gateway {

namespace {

constexpr Milliseconds replay_for = 24 * 3'600'000;

// What the audit entry says of a request: its top-level scalars, with secrets and long texts left out.
std::string summary_of(Operation const& op, json::value const& request) {
    json::object out;
    if (auto const* o = request.if_object())
        for (auto const& m : op.input().members) {
            auto const* v = m.field->secret ? nullptr : o->if_contains(m.field->name);
            if (!v) continue;
            if (auto const* s = v->if_string()) { if (s->size() <= 120) out[m.field->name] = *s; }
            else if (auto const* a = v->if_array()) out[m.field->name] = fmt::format("[{}]", a->size());
            else if (!v->is_object()) out[m.field->name] = *v;
        }
    return to_text(out);
}

}  // namespace

Executor::Executor(shop::Services& services, Registry const& registry, Metrics& metrics, ExecutorOptions options)
    : services_(services), registry_(registry), options_(std::move(options)), meters_(registry.all().size()) {
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
        return fail(Errc::permission_denied, "not_permitted", fmt::format("Your role ({}) does not include {}; ask an owner.", call.caller.role, op->permission));
    }
    return op;
}

Result<json::value> Executor::call(std::string_view name, json::value const& request, Call const& call) {
    auto const* const op = TRY(admit(name, call));
    auto const begun = std::chrono::steady_clock::now();
    Result<json::value> result;
    try {
        result = run(*op, request, call);
    } catch (std::exception const& e) {
        spdlog::error("request={} operation={} threw: {}", call.request_id, op->name, e.what());
        result = fail(Errc::internal, "internal", "Something went wrong on our side; the request id finds it in the log.");
    }
    if (!result && result.error().code == Errc::internal) {
        spdlog::error("request={} operation={} internal: {}: {}", call.request_id, op->name, result.error().reason, result.error().message);
        if (result.error().reason == "internal") result.error().message = "Something went wrong on our side; the request id finds it in the log.";
    }
    observe(*op, result, std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count());
    return result;
}

Result<json::value> Executor::run(Operation const& op, json::value const& request, Call const& call) {
    Context context{.services = services_, .shop_id = call.shop_id, .caller = call.caller, .locale = call.locale, .now = now_ms(), .request_id = call.request_id,
                    .effect = op.effect, .mode = call.mode, .progress = call.progress, .log = call.log};
    json::value response;
    if (op.length == Length::long_) {  // opens its own transactions, so that others are not held up
        TRY(op.run(context, request, response));
        return response;
    }
    bool const writes = op.effect != Effect::read;
    auto tx = TRY(writes ? services_.store->write(call.shop_id) : services_.store->read(call.shop_id));
    context.open = tx.get();

    std::string hash;
    bool const once = writes && !call.idempotency_key.empty() && !context.dry();
    if (once) {
        hash = shop::token_hash(to_text(request));
        std::optional<Result<json::value>> replay;
        shop::Value const values[] = {call.shop_id, call.caller.id, call.idempotency_key, context.now - replay_for};
        TRY(tx->run("SELECT operation, request_hash, response FROM idempotency WHERE shop_id = ? AND caller = ? AND key = ? AND at_ms > ?", values, [&](shop::Row const& row) -> Result<void> {
            if (row.text(0) != op.name || row.text(1) != hash) replay = fail(Errc::conflict, "idempotency_key_reused", "This Idempotency-Key was used for a different request; use a new one.");
            else replay = parse_json(row.text(2));
            return {};
        }));
        if (replay) return *replay;
    }
    TRY(op.run(context, request, response));
    if (context.dry()) {
        tx->rollback();
        return response;
    }
    if (writes) {
        if (once)
            TRY(tx->execute("INSERT INTO idempotency (shop_id, caller, key, operation, request_hash, response, at_ms) VALUES (?,?,?,?,?,?,?) ON CONFLICT (shop_id, caller, key) DO UPDATE SET operation = excluded.operation, request_hash = excluded.request_hash, response = excluded.response, at_ms = excluded.at_ms",
                            call.shop_id, call.caller.id, call.idempotency_key, op.name, hash, to_text(response), context.now));
        // Shoppers' acts are records by themselves (orders, conversations, events); the audit is about those who run the shop.
        if (call.caller.is_staff())
            TRY(tx->execute("INSERT INTO audit (shop_id, seq, at_ms, request_id, caller, operation, effect, outcome, summary) VALUES (?,?,?,?,?,?,?,'ok',?)", call.shop_id, TRY(tx->next_sequence("audit")), context.now, call.request_id, call.caller.id, op.name,
                            op.effect == Effect::act ? "act" : "propose", summary_of(op, request)));
        TRY(tx->commit());
    }
    return response;
}

Result<std::string> Executor::queue(std::string_view name, json::value const& request, Call const& call) {
    auto const* const op = TRY(admit(name, call));
    if (call.mode == Context::Mode::dry_run) return fail(Errc::invalid_argument, "invalid_request", "A dry run answers at once; leave out Prefer: respond-async.");
    // The shape is checked now, by a reader that writes into nowhere, so that a typing error is told at once and not by a failed job.
    TRY(op->check(request));
    auto tx = TRY(services_.store->write(call.shop_id));
    auto id = TRY(shop::queue_job(*tx, name, request, call.caller, now_ms()));
    TRY(tx->commit());
    return id;
}

void Executor::observe(Operation const& op, Result<json::value> const& result, std::int64_t microseconds) {
    auto& meter = meters_[static_cast<std::size_t>(&op - registry_.all().data())];
    meter.calls.fetch_add(1, std::memory_order_relaxed);
    meter.microseconds.fetch_add(microseconds, std::memory_order_relaxed);
    (result ? meter.ok : meter.failed)->add();
    meter.seconds->observe(static_cast<double>(microseconds) * 1e-6);
    if (!result) meter.failures.fetch_add(1, std::memory_order_relaxed);
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

double Executor::mean_microseconds(Operation const& op) const {
    auto const& meter = meters_[static_cast<std::size_t>(&op - registry_.all().data())];
    auto const n = meter.ok->value();
    return n < 20 ? 1e9 : meter.seconds->sum() * 1e6 / static_cast<double>(n + meter.failed->value());
}

void Executor::flush_meter() {
    auto const day = day_of(now_ms());
    auto tx = services_.store ? services_.store->write(0) : Result<std::unique_ptr<shop::Transaction>>(fail(Errc::unavailable, "store_unavailable", ""));
    if (!tx) return;
    auto const all = registry_.all();
    for (std::size_t i = 0; i < meters_.size(); ++i) {
        auto const calls = meters_[i].calls.exchange(0), failures = meters_[i].failures.exchange(0), microseconds = meters_[i].microseconds.exchange(0);
        if (calls == 0) continue;
        (void)(*tx)->execute("INSERT INTO meter (shop_id, operation, day, calls, failures, microseconds) VALUES (0,?,?,?,?,?) ON CONFLICT (shop_id, operation, day) DO UPDATE SET calls = meter.calls + excluded.calls, failures = meter.failures + excluded.failures, microseconds = meter.microseconds + excluded.microseconds",
                             all[i].name, day, calls, failures, microseconds);
    }
    (void)(*tx)->commit();
}

}  // namespace kindling::gateway
