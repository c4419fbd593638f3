// providers/language/agent_loop.h -- a model plans with the shop's own operations as its tools: plan, call, observe, until it answers.
//
// Yao et al. 2023, "ReAct" (arXiv:2210.03629). The model never acts by itself: it names an operation, the loop checks that this
// operation was offered, that its effect is allowed and that the request has its declared shape, and the caller's `execute` runs
// it with the caller's own permissions. What comes back goes to the model as data, bounded. Bad calls are told to the model as
// errors, so that it can correct itself; every limit ends the loop in an orderly way; each step is recorded for "why this answer".
#pragma once
#include "core/operation.h"
#include "providers/language/language_model.h"

namespace kindling::providers {

struct AgentLimits {
    int rounds = 6;                // answers of the model, the last one without tools
    int tool_calls = 12;           // in all
    std::chrono::milliseconds per_call{5'000}, total{60'000};
    std::size_t result_bytes = 8'000;  // of one tool result, as the model sees it
    std::int64_t most_tokens = 800;    // of one answer
    Effect most_effect = Effect::read; // operations beyond it are not offered and not run
};

struct AgentStep {
    std::string operation;
    json::value request;
    std::string outcome;  // "ok" or the Error's reason
    std::string result;   // what the model was shown
    std::int64_t took_ms = 0;
};

struct AgentRun {
    std::string text;  // the model's answer; not yet verified
    enum class Ending { answered, rounds_spent, calls_spent, out_of_time } ending = Ending::answered;
    ChatAnswer::Finish finish = ChatAnswer::Finish::complete;  // of the last round
    std::vector<AgentStep> steps;
    Usage usage;  // of all rounds
    int rounds = 0;
};

// Runs an operation with the caller's permissions. The stop token asks it to end when its time is over.
using Execute = std::function<Result<json::value>(std::string_view operation, json::value const& request, std::stop_token)>;

struct AgentWorld {
    std::vector<Operation const*> tools;  // a subset of the registry, fitting to the errand: a dozen at most helps the model choose
    Execute execute;
    Locale locale = Locale::en;
    std::stop_token stop = {};
    // Words of the last round only cannot be known beforehand, so all rounds' words are given.
    std::function<Flow(std::string_view)> on_text = {};
    std::function<void(AgentStep const&)> on_step = {};
};

// `messages`: system first, which should hold data_rule(locale). Fails as the model fails, before any answer could be given.
Result<AgentRun> run_agent(LanguageModel&, AgentWorld const&, std::vector<Message> messages, AgentLimits const& = {});

// "catalogue.product" -> "catalogue_product", as MCP names it too.
std::string tool_name_of(std::string_view operation);
Tool tool_of(Operation const&, Locale);

}  // namespace kindling::providers
