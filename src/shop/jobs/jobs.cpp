#include "shop/jobs/jobs.h"
#include "core/id.h"
#include "core/json_text.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::shop {

namespace {

constexpr Milliseconds silence_before_requeue = 20'000, progress_every = 200;
constexpr std::chrono::seconds heartbeat_every{2};
constexpr std::int64_t most_attempts = 3;

json::object caller_to_json(Caller const& c) {
    json::array permissions;
    for (auto const& p : c.permissions) permissions.emplace_back(p);
    return {{"kind", static_cast<int>(c.kind)}, {"id", c.id}, {"role", c.role}, {"permissions", permissions}};
}

Result<Caller> caller_from_json(std::string_view text) {
    auto const v = TRY(parse_json(text));
    auto const& o = v.as_object();
    Caller c{.kind = static_cast<Caller::Kind>(o.at("kind").to_number<int>()), .id = std::string(o.at("id").as_string()), .role = std::string(o.at("role").as_string())};
    for (auto const& p : o.at("permissions").as_array()) c.permissions.emplace_back(p.as_string());
    return c;
}

struct Claimed {
    std::int64_t shop_id = 0, attempts = 0;
    std::string job_id, operation, request, caller;
    static constexpr Field fields[] = {field("shop_id"), field("attempts"), field("job_id"), field("operation"), field("request"), field("caller")};
};
BOOST_DESCRIBE_STRUCT(Claimed, (), (shop_id, attempts, job_id, operation, request, caller))

json::value error_to_json(Error const& e) {
    json::array fields;
    for (auto const& f : e.fields) fields.push_back({{"path", f.path}, {"reason", f.reason}, {"message", f.message}});
    return {{"reason", e.reason}, {"message", e.message}, {"fields", fields}};
}

// What one running job writes to its row: thinned progress, log lines, and the cancel flag read back with the heartbeat.
class Reporter {
public:
    Reporter(Store& store, Claimed const& job, std::string const& worker, std::stop_source& stop) : store_(store), job_(job), worker_(worker), stop_(stop), thread_([this](std::stop_token t) { beat(t); }) {}

    void report(std::int64_t done, std::int64_t total, std::string_view doing) {
        std::lock_guard lock(mutex_);
        done_ = done, total_ = total;
        doing_.assign(doing);
        dirty_ = true;
    }
    void log(std::string_view line) {
        std::lock_guard lock(mutex_);
        lines_.emplace_back(now_ms(), std::string(line.substr(0, 2000)));
    }
    bool cancelled() const { return cancelled_; }
    // Another worker has the job: this one was silent for too long (or their clocks differ) and must not write to it any more.
    bool lost() const { return lost_; }
    // Writes what is left; called once after the operation ended.
    void finish() {
        thread_.request_stop();
        thread_.join();
        flush();
    }

private:
    void beat(std::stop_token token) {
        std::mutex sleep;
        std::condition_variable_any wake;
        while (!token.stop_requested()) {
            std::unique_lock lock(sleep);
            wake.wait_for(lock, token, std::chrono::milliseconds(progress_every), [] { return false; });
            flush();
        }
    }
    void flush() {
        std::vector<std::pair<Milliseconds, std::string>> lines;
        std::int64_t done, total;
        std::string doing;
        auto const now = now_ms();
        auto const tick = std::chrono::steady_clock::now();  // clocks of the wall jump
        if (lost_) return;
        {
            std::lock_guard lock(mutex_);
            if (!dirty_ && lines_.empty() && tick - last_beat_ < heartbeat_every) return;
            lines.swap(lines_);
            done = done_, total = total_, doing = doing_, dirty_ = false;
        }
        auto tx = store_.write(job_.shop_id);
        if (!tx) return;  // the store is busy: the next beat tells
        auto const mine = (*tx)->execute("UPDATE jobs SET done = ?, total = ?, doing = ?, heartbeat_at_ms = ? WHERE shop_id = ? AND job_id = ? AND state = 'running' AND worker = ? AND attempts = ?", done, total, doing, now, job_.shop_id, job_.job_id, worker_, job_.attempts);
        if (mine && *mine == 0) {
            lost_ = true;
            stop_.request_stop();
            return;
        }
        for (auto const& [at, line] : lines) (void)(*tx)->execute("INSERT INTO job_log (shop_id, job_id, position, at_ms, line) VALUES (?,?,?,?,?)", job_.shop_id, job_.job_id, position_++, at, line);
        auto const cancel = (*tx)->integer("SELECT cancel FROM jobs WHERE shop_id = ? AND job_id = ?", job_.shop_id, job_.job_id);
        (*tx)->changed("job", job_.job_id);
        if ((*tx)->commit()) last_beat_ = tick;
        if (cancel && *cancel) cancelled_ = true, stop_.request_stop();
    }

    Store& store_;
    Claimed const& job_;
    std::string const& worker_;
    std::stop_source& stop_;
    std::mutex mutex_;
    std::int64_t done_ = 0, total_ = 0, position_ = now_ms();  // attempts after the first must not collide
    std::string doing_;
    bool dirty_ = true;
    std::atomic<bool> cancelled_ = false, lost_ = false;
    std::chrono::steady_clock::time_point last_beat_{};
    std::vector<std::pair<Milliseconds, std::string>> lines_;
    std::jthread thread_;
};

}  // namespace

Result<std::string> queue_job(Transaction& tx, std::string_view operation, json::value const& request, Caller const& caller, Milliseconds now) {
    auto const id = new_id("job");
    TRY(tx.execute("INSERT INTO jobs (shop_id, job_id, operation, request, caller, state, created_at_ms) VALUES (?,?,?,?,?,'queued',?)", tx.shop_id(), id, operation, to_text(request), to_text(caller_to_json(caller)), now));
    tx.changed("job", id);
    return id;
}

JobRunner::JobRunner(Store& store, Run run, int threads) : store_(store), run_(std::move(run)), worker_(new_id("wrk")) {
    listener_ = store_.listen([this](std::span<Change const> changes) {
        for (auto const& c : changes)
            if (c.kind == "job") return wake();
    });
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this](std::stop_token stop) { work(stop, Lane::asked); });
    threads_.emplace_back([this](std::stop_token stop) { work(stop, Lane::background); });
}

JobRunner::~JobRunner() {
    store_.forget(listener_);
    for (auto& t : threads_) t.request_stop();
    threads_.clear();
}

void JobRunner::wake() {
    {
        std::lock_guard lock(mutex_);
        ++queued_;
    }
    woken_.notify_all();
}

void JobRunner::work(std::stop_token stop, Lane lane) {
    while (!stop.stop_requested()) {
        auto const seen = [&] { std::lock_guard const lock(mutex_); return queued_; }();
        if (run_one(stop, lane)) continue;
        std::unique_lock lock(mutex_);
        // Also looks by itself now and then: another process may have queued a job, or died with one.
        woken_.wait_for(lock, stop, std::chrono::seconds(2), [&] { return queued_ != seen; });
    }
}

bool JobRunner::run_one(std::stop_token stop, Lane lane) {
    auto const ready = fmt::format("(state = 'queued' OR (state = 'running' AND heartbeat_at_ms < ?)) AND caller {} '%\"role\":\"{}\"%'", lane == Lane::background ? "LIKE" : "NOT LIKE", Caller::background);
    std::optional<Claimed> job;
    {
        auto tx = store_.read(0);
        auto const now = now_ms();
        if (!tx || (*tx)->integer("SELECT COUNT(*) FROM jobs WHERE " + ready, now - silence_before_requeue).value_or(0) == 0) return false;
    }
    {
        auto tx = store_.write(0);
        if (!tx) return false;
        auto const now = now_ms();
        auto claimed = (*tx)->find<Claimed>("UPDATE jobs SET state = 'running', worker = ?, attempts = attempts + 1, started_at_ms = COALESCE(started_at_ms, ?), heartbeat_at_ms = ? WHERE (shop_id, job_id) IN "
                                            "(SELECT shop_id, job_id FROM jobs WHERE " + ready + " ORDER BY created_at_ms LIMIT 1) RETURNING shop_id, attempts, job_id, operation, request, caller",
                                            worker_, now, now, now - silence_before_requeue);
        if (!claimed || !*claimed || !(*tx)->commit()) return false;
        job = std::move(*claimed);
    }
    std::stop_source source;
    std::stop_callback const outer(stop, [&] { source.request_stop(); });
    Reporter reporter(store_, *job, worker_, source);
    Result<json::value> result = fail(Errc::internal, "job_gave_up", fmt::format("The job was begun {} times and each time its worker died.", job->attempts - 1));
    if (job->attempts <= most_attempts) {
        auto const caller = caller_from_json(job->caller);
        auto const request = parse_json(job->request);
        Progress const progress{source.get_token(), [&](std::int64_t done, std::int64_t total, std::string_view doing) { reporter.report(done, total, doing); }};
        if (caller && request) result = run_(job->operation, *request, job->shop_id, *caller, progress, [&](std::string_view line) { reporter.log(line); });
    }
    reporter.finish();
    if (reporter.lost()) return true;

    // The process is ending and nobody cancelled: back into the queue, for the next one.
    bool const again = !result && stop.stop_requested() && !reporter.cancelled();
    auto const state = again ? "queued" : result ? "done" : reporter.cancelled() ? "cancelled" : "failed";
    for (int attempt = 0; attempt < 5; ++attempt) {
        auto tx = store_.write(job->shop_id);
        if (!tx) continue;
        (void)(*tx)->execute("UPDATE jobs SET state = ?, done = CASE WHEN ? = 1 THEN total ELSE done END, result = ?, error = ?, ended_at_ms = ?, attempts = attempts - ?, cancel = 0 WHERE shop_id = ? AND job_id = ? AND worker = ? AND attempts = ?", state, result ? 1 : 0, result ? to_text(*result) : "", result || again ? "" : to_text(error_to_json(result.error())),
                             again ? Value() : Value(now_ms()), again ? 1 : 0, job->shop_id, job->job_id, worker_, job->attempts);
        (*tx)->changed("job", job->job_id);
        if ((*tx)->commit()) break;
    }
    return true;
}

}  // namespace kindling::shop
