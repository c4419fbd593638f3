#include "core/json_text.h"
#include "shop/jobs/jobs.h"
#include "shop/page.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct ListJobs {
    std::optional<JobState> state;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("state", "Only in this state.", "仅此状态。"), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListJobs, (), (state, page_size, page_token))

struct JobPage {
    std::vector<Job> jobs;
    std::string next_page_token;
    static constexpr Field fields[] = {field("jobs", "Newest first.", "最新在前。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(JobPage, (), (jobs, next_page_token))

struct GetJob {
    std::string job_id;
    static constexpr Field fields[] = {field("job_id", "Which job.", "哪个任务。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(GetJob, (), (job_id))

struct LogLine {
    std::int64_t at_ms = 0;
    std::string line;
    static constexpr Field fields[] = {field("at_ms", "When.", "时间。"), field("line", "What.", "内容。")};
};
BOOST_DESCRIBE_STRUCT(LogLine, (), (at_ms, line))

struct JobAnswer {
    Job job;
    std::vector<LogLine> log;
    static constexpr Field fields[] = {field("job", "The job.", "任务。"), field("log", "Its last 500 lines.", "最近 500 行日志。")};
};
BOOST_DESCRIBE_STRUCT(JobAnswer, (), (job, log))

constexpr std::string_view columns = "job_id, operation, state, done, total, doing, caller, created_at_ms, started_at_ms, ended_at_ms, result, error";

Job job_from(Row const& row) {
    Job j{.job_id = std::string(row.text(0)), .operation = std::string(row.text(1))};
    for (auto s : {JobState::queued, JobState::running, JobState::done, JobState::failed, JobState::cancelled})
        if (name(s) == row.text(2)) j.state = s;
    j.done = row.integer(3), j.total = row.integer(4), j.doing = row.text(5);
    if (auto const caller = parse_json(row.text(6)); caller && caller->is_object())
        if (auto const* id = caller->get_object().if_contains("id"); id && id->is_string()) j.caller = std::string(id->get_string());
    j.created_at_ms = row.integer(7);
    if (!row.is_null(8)) j.started_at_ms = row.integer(8);
    if (!row.is_null(9)) j.ended_at_ms = row.integer(9);
    if (auto v = parse_json(row.text(10))) j.result = std::move(*v);
    if (auto v = parse_json(row.text(11))) j.error = std::move(*v);
    return j;
}

Result<JobPage> list_jobs(Context& context, ListJobs const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("jobs", in.page_token, 2));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (in.state) where += " AND state = ?", values.emplace_back(name(*in.state));
    if (!keys.empty()) where += " AND (created_at_ms, job_id) < (?, ?)", values.emplace_back(static_cast<std::int64_t>(std::atoll(keys[0].c_str()))), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    JobPage page;
    TRY(tx.run(fmt::format("SELECT {} FROM jobs WHERE {} ORDER BY created_at_ms DESC, job_id DESC LIMIT ?", columns, where), values, [&](Row const& row) -> Result<void> { page.jobs.push_back(job_from(row)); return {}; }));
    if (page.jobs.size() > static_cast<std::size_t>(in.page_size)) {
        page.jobs.pop_back();
        std::string const last[] = {std::to_string(page.jobs.back().created_at_ms), page.jobs.back().job_id};
        page.next_page_token = page_token("jobs", last);
    }
    return page;
}

Result<JobAnswer> get_job(Context& context, GetJob const& in) {
    auto& tx = context.tx();
    JobAnswer answer{TRY(read_job(tx, in.job_id)), {}};
    answer.log = TRY((tx.select<LogLine>("SELECT at_ms, line FROM (SELECT position, at_ms, line FROM job_log WHERE shop_id = ? AND job_id = ? ORDER BY position DESC LIMIT 500) newest ORDER BY position", tx.shop_id(), in.job_id)));
    return answer;
}

Result<Job> cancel_job(Context& context, GetJob const& in) {
    auto& tx = context.tx();
    auto const job = TRY(read_job(tx, in.job_id));
    if (job.state != JobState::queued && job.state != JobState::running) return fail(Errc::failed_precondition, "job_ended", fmt::format("The job is {} already.", name(job.state)));
    TRY(tx.execute("UPDATE jobs SET cancel = 1, state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END, ended_at_ms = CASE WHEN state = 'queued' THEN ? ELSE ended_at_ms END WHERE shop_id = ? AND job_id = ?", context.now, tx.shop_id(), in.job_id));
    tx.changed("job", in.job_id);
    return read_job(tx, in.job_id);
}

}  // namespace

Result<Job> read_job(Transaction& tx, std::string const& job_id) {
    std::optional<Job> job;
    Value const values[] = {tx.shop_id(), job_id};
    TRY(tx.run(fmt::format("SELECT {} FROM jobs WHERE shop_id = ? AND job_id = ?", columns), values, [&](Row const& row) -> Result<void> { job = job_from(row); return {}; }));
    if (!job) return fail(Errc::not_found, "job_not_found", "There is no such job.", {{"/job_id", "job_not_found", "is not a job of this shop"}});
    return std::move(*job);
}

std::vector<Operation> job_operations() {
    return {
        operation({.name = "jobs.list", .scenario = "0", .summary = {"Long work, newest first, with how far each is.", "长任务列表与进度，最新在前。"}, .permission = "jobs.read"}, &list_jobs),
        operation({.name = "jobs.get", .scenario = "0", .summary = {"One job with its log, result or error.", "一个任务的日志、结果或错误。"}, .permission = "jobs.read", .reasons = {"job_not_found"}}, &get_job),
        operation({.name = "jobs.cancel", .scenario = "0", .summary = {"Stop a job; what it had not finished is not kept.", "停止任务；未完成的部分不保留。"}, .effect = Effect::act, .permission = "jobs.write", .reasons = {"job_not_found", "job_ended"}}, &cancel_job),
    };
}

}  // namespace kindling::shop
