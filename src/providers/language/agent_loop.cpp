#include "providers/language/agent_loop.h"
#include "core/json_text.h"
#include "providers/language/data_for_model.h"
#include <algorithm>
#include <boost/json.hpp>
#include <condition_variable>
#include <fmt/format.h>
#include <mutex>
#include <thread>

namespace kindling::providers {

namespace {

using namespace std::chrono;

// Asks `execute` to end when its time is over or the caller has gone. It cannot be killed, so the loop's own limits are looked at again after it.
template <class Run> auto with_time_limit(milliseconds limit, std::stop_token outer, Run const& run) {
    std::stop_source stop;
    std::stop_callback const forward(std::move(outer), [&] { stop.request_stop(); });
    std::jthread const clock([&](std::stop_token finished) {
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        never.wait_for(lock, finished, limit, [] { return false; });
        if (!finished.stop_requested()) stop.request_stop();
    });
    return run(stop.get_token());
}

json::value for_model(Error const& error) {
    json::object out{{"error", error.reason}, {"message", error.message}};
    if (!error.fields.empty()) {
        json::array fields;
        for (auto const& f : error.fields) fields.push_back(json::object{{"path", f.path}, {"reason", f.reason}, {"message", f.message}});
        out["fields"] = std::move(fields);
    }
    return out;
}

class Loop {
public:
    Loop(LanguageModel& model, AgentWorld const& world, std::vector<Message> messages, AgentLimits const& limits)
        : model_(model), world_(world), limits_(limits), messages_(std::move(messages)), end_(steady_clock::now() + limits.total) {
        for (auto const* o : world_.tools)
            if (o->effect <= limits_.most_effect) tools_.push_back(tool_of(*o, world_.locale));
    }

    Result<AgentRun> run() {
        while (run_.rounds < std::max(limits_.rounds, 1)) {
            ++run_.rounds;
            bool const last = run_.rounds == std::max(limits_.rounds, 1) || calls_ >= limits_.tool_calls;
            if (run_.rounds > 1 && left().count() <= 0) return ended(AgentRun::Ending::out_of_time);
            auto answer = model_.chat({.messages = messages_, .tools = last ? std::vector<Tool>{} : tools_, .most_tokens = limits_.most_tokens}, {.deadline = left(), .stop = world_.stop, .on_text = world_.on_text});
            if (!answer) {
                if (left().count() <= 0 && run_.rounds > 1 && !world_.stop.stop_requested()) return ended(AgentRun::Ending::out_of_time);
                return std::unexpected(std::move(answer).error());
            }
            count(answer->usage);
            run_.text = answer->text, run_.finish = answer->finish;
            // What stands in a round without tools is not run, even when the model insists.
            if (last && !answer->tool_calls.empty()) return ended(calls_ >= limits_.tool_calls ? AgentRun::Ending::calls_spent : AgentRun::Ending::rounds_spent);
            if (answer->tool_calls.empty()) return ended(AgentRun::Ending::answered);
            for (std::size_t i = 0; i < answer->tool_calls.size(); ++i)
                if (answer->tool_calls[i].id.empty()) answer->tool_calls[i].id = fmt::format("call_{}_{}", run_.rounds, i);
            messages_.push_back({.speaker = Speaker::assistant, .text = answer->text, .tool_calls = answer->tool_calls});
            for (auto const& call : answer->tool_calls) {
                if (world_.stop.stop_requested()) return fail(Errc::unavailable, "cancelled", "The answer was not waited for.");
                // Every call must be answered, also those that are not run.
                messages_.push_back({.speaker = Speaker::tool, .text = observe(call), .tool_call_id = call.id});
            }
        }
        return ended(AgentRun::Ending::rounds_spent);
    }

private:
    milliseconds left() const { return duration_cast<milliseconds>(end_ - steady_clock::now()); }
    Result<AgentRun> ended(AgentRun::Ending how) {
        run_.ending = how;
        return std::move(run_);
    }
    void count(Usage const& u) {
        run_.usage.prompt_tokens += u.prompt_tokens, run_.usage.answer_tokens += u.answer_tokens, run_.usage.cost_millionths += u.cost_millionths;
        if (u.source == Usage::Source::estimated) run_.usage.source = u.source;
    }
    Operation const* offered(std::string_view tool) const {
        for (auto const* o : world_.tools)
            if (o->effect <= limits_.most_effect && tool_name_of(o->name) == tool) return o;
        return nullptr;
    }

    std::string observe(ToolCall const& call) {
        AgentStep step{.operation = call.name};
        auto const began = steady_clock::now();
        auto const result = perform(call, step);
        step.took_ms = duration_cast<milliseconds>(steady_clock::now() - began).count();
        step.outcome = result ? "ok" : result.error().reason;
        step.result = as_data("result", to_text(result ? *result : for_model(result.error())), limits_.result_bytes);
        auto shown = step.result;
        run_.steps.push_back(std::move(step));
        if (world_.on_step) world_.on_step(run_.steps.back());
        return shown;
    }

    Result<json::value> perform(ToolCall const& call, AgentStep& step) {
        auto const* operation = offered(call.name);
        if (!operation) return fail(Errc::not_found, "no_such_tool", "There is no such tool; use one of those offered.");
        step.operation = operation->name;
        auto request = parse_json(call.arguments.empty() ? "{}" : std::string_view(call.arguments));
        if (!request) return fail(Errc::invalid_argument, "malformed_json", "The arguments are not JSON: " + request.error().message);
        step.request = *request;
        TRY(operation->check(*request));
        if (calls_ >= limits_.tool_calls) return fail(Errc::failed_precondition, "calls_spent", "No more calls are allowed; answer with what is known.");
        // Small models like to repeat themselves; the same question has the same answer within one run.
        if (operation->effect == Effect::read)
            for (auto const& [name, asked, known] : known_)
                if (name == operation->name && asked == *request) return known;
        if (left().count() <= 0) return fail(Errc::unavailable, "deadline_exceeded", "The time is over; answer with what is known.");
        ++calls_;
        auto result = with_time_limit(std::min(limits_.per_call, left()), world_.stop, [&](std::stop_token stop) { return world_.execute(operation->name, *request, std::move(stop)); });
        if (result && operation->effect == Effect::read) known_.push_back({operation->name, std::move(*request), *result});
        return result;
    }

    struct Known { std::string_view operation; json::value request, result; };
    LanguageModel& model_;
    AgentWorld const& world_;
    AgentLimits limits_;
    std::vector<Message> messages_;
    std::vector<Tool> tools_;
    std::vector<Known> known_;
    steady_clock::time_point end_;
    int calls_ = 0;
    AgentRun run_;
};

}  // namespace

std::string tool_name_of(std::string_view operation) {
    std::string out(operation);
    std::ranges::replace(out, '.', '_');
    return out;
}

Tool tool_of(Operation const& operation, Locale locale) {
    return {.name = tool_name_of(operation.name), .description = std::string(operation.summary.in(locale)), .parameters = json_schema(operation.input(), Side::request, locale)};
}

Result<AgentRun> run_agent(LanguageModel& model, AgentWorld const& world, std::vector<Message> messages, AgentLimits const& limits) {
    return Loop(model, world, std::move(messages), limits).run();
}

}  // namespace kindling::providers
