// gateway/execute/executor.h -- the one path by which HTTP, CLI, MCP, jobs and pages reach an operation.
//
// In this order: look-up, permission, rate limit, one transaction (read or write by the declared effect), idempotency, the
// operation itself, self-check of its answer, audit entry, commit. A module never does any of these.
#pragma once
#include "gateway/execute/once.h"
#include "gateway/execute/rate_limit.h"
#include "gateway/execute/usage_meter.h"
#include "gateway/http/metrics.h"
#include "shop/accounts/attempts.h"
#include "shop/context.h"
#include "shop/jobs/jobs.h"
#include <atomic>
#include <set>

namespace kindling::gateway {

struct Call {
    std::int64_t shop_id = 1;
    Caller caller = {};
    std::string address = {};  // of the client, where one is known: to limit guesses; never stored
    Locale locale = Locale::en;
    std::string request_id = {};
    std::string idempotency_key = {};
    Context::Mode mode = Context::Mode::real;
    Progress progress = {};
    std::function<void(std::string_view)> log = {};
    std::function<void(std::string_view name, json::value const& data)> tell = {};  // as Context::tell
};

struct ExecutorOptions {
    std::int64_t calls_per_minute = 6000;         // per caller, unless its key says otherwise
    std::int64_t anonymous_calls_per_minute = 1200;  // per address
    // Compares each answer with the schema it promises and notes every operation and reason seen: for tests.
    enum class SelfCheck { off, on } self_check = SelfCheck::off;
    std::string coverage_file = {};
};

// Thread-safe. Lives as long as the server; holds references to services and registry.
class Executor {
public:
    Executor(shop::Services&, Registry const&, Metrics&, ExecutorOptions = {});
    ~Executor();

    // Runs an operation now and gives its answer. Errors are the operation's or one of common_reasons().
    Result<json::value> call(std::string_view operation, json::value const& request, Call const&);
    // Whether `call` would get as far as the operation itself: name, permission, shape of the request.
    Result<void> check(std::string_view operation, json::value const& request, Call const&);
    // Queues an operation as a job, after checking permission and the request's shape; gives the job's id.
    Result<std::string> queue(std::string_view operation, json::value const& request, Call const&);

    Registry const& registry() const { return registry_; }
    shop::Services& services() { return services_; }
    RateLimiter& limiter() { return limiter_; }
    // How long the operation usually takes of late; 1e9 while it was called less than 20 times. A call that took long counts as
    // one millisecond: a thread that lost its core for a while says nothing of the operation, one call in ten that is slow does.
    double usual_microseconds(Operation const&) const;
    // Adds what was counted since the last time to the meter table; called once a minute and at the end.
    void flush_meter();

private:
    Result<Operation const*> admit(std::string_view operation, Call const&);
    Result<json::value> run(Operation const&, json::value const& request, Call const&);
    Result<json::value> run_long(Operation const&, json::value const& request, Context&, Once const&);
    Result<void> write_audit(shop::Transaction&, Operation const&, json::value const& request, Context const&);
    // Whoever is not staff and sends a secret (a password, a code, a token) may be guessing: wrong ones are limited by address.
    Result<json::value> run_guarded(Operation const&, json::value const& request, Call const&);
    Result<json::value> look(Call const&, std::string_view operation, json::value const& request, std::stop_token);
    void observe(Operation const&, std::int64_t shop_id, Result<json::value> const&, std::int64_t microseconds);

    struct Meter {
        Counter *ok = nullptr, *failed = nullptr;
        Histogram* seconds = nullptr;
        std::atomic<float> usual_us{0};  // moving mean; a lost update among threads does not matter
    };
    shop::Services& services_;
    Registry const& registry_;
    ExecutorOptions options_;
    RateLimiter limiter_;
    RunningKeys running_;
    shop::Attempts guesses_;
    std::vector<Meter> meters_;
    UsageMeter usage_;
    std::mutex coverage_mutex_;
    std::set<std::string> covered_;
};

}  // namespace kindling::gateway
