// shop/jobs/jobs.h -- long work that outlives a request: a row in the store, claimed by any worker process.
//
// A worker claims one queued job at a time, writes progress at most five times a second and a heartbeat every two seconds. A job
// whose worker fell silent for 20 s is queued again (at most three times), so work survives a killed process; operations that run
// as jobs are therefore written to be repeatable: they commit everything at the end or in steps that notice what is done.
#pragma once
#include "shop/context.h"
#include <condition_variable>
#include <mutex>
#include <thread>

namespace kindling::shop {

enum class JobState { queued, running, done, failed, cancelled };
BOOST_DESCRIBE_ENUM(JobState, queued, running, done, failed, cancelled)

struct Job {
    std::string job_id, operation;
    JobState state = JobState::queued;
    std::int64_t done = 0, total = 0;
    std::string doing, caller;
    std::int64_t created_at_ms = 0;
    std::optional<std::int64_t> started_at_ms, ended_at_ms;
    json::value result, error;
    static constexpr Field fields[] = {
        field("job_id", "Job.", "任务编号。"), field("operation", "What it runs.", "执行的操作。"), field("state", "Where it stands.", "状态。"), field("done", "Units done.", "已完成数。"), field("total", "Units in all; 0: unknown.", "总数；0 为未知。"),
        field("doing", "What it is at.", "正在做什么。"), field("caller", "Who started it.", "发起人。"), field("created_at_ms", "Asked for.", "创建时间。"), field("started_at_ms", "Begun.", "开始时间。"), field("ended_at_ms", "Ended.", "结束时间。"),
        field("result", "The operation's answer, once done.", "完成后的结果。"), field("error", "Why it failed.", "失败原因。")};
};
BOOST_DESCRIBE_STRUCT(Job, (), (job_id, operation, state, done, total, doing, caller, created_at_ms, started_at_ms, ended_at_ms, result, error))

// Queues one; the caller's identity and permissions go with it. `tx` is the caller's transaction.
Result<std::string> queue_job(Transaction& tx, std::string_view operation, json::value const& request, Caller const&, Milliseconds now);
Result<Job> read_job(Transaction& tx, std::string const& job_id);

// Runs queued jobs on its own threads until destroyed: on `threads` of them what somebody asked for, and on one more what nobody waits for
// (Caller::background), so that no one stands in line behind a night. `run` carries out an operation with the given context parts and is supplied
// by the gateway, so that jobs pass through the same checks as requests.
class JobRunner {
public:
    using Run = std::function<Result<json::value>(std::string_view operation, json::value const& request, std::int64_t shop_id, Caller const&, Progress const&, std::function<void(std::string_view)> log)>;
    JobRunner(Store&, Run, int threads = 1);
    ~JobRunner();  // asks running jobs to stop, queues them again, and waits
    void wake();   // something was queued

private:
    enum class Lane { asked, background };
    void work(std::stop_token, Lane);
    bool run_one(std::stop_token, Lane);

    Store& store_;
    Run run_;
    std::string worker_;
    std::mutex mutex_;
    std::condition_variable_any woken_;
    std::uint64_t queued_ = 0;  // how often it was woken
    std::size_t listener_ = 0;
    std::vector<std::jthread> threads_;
};

std::vector<Operation> job_operations();

}  // namespace kindling::shop
