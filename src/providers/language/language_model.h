// providers/language/language_model.h -- a language model as the rest of the house sees it: messages and tools in, words and calls out.
//
// The model is a guest. It may be absent, slow, wrong, talked into something by a shopper or a product text, and it costs money;
// so every call has a deadline, every failure is an Error that callers answer with the built-in behaviour, and nothing a model
// says is a fact until a verifier has read it. Wrappers share this interface and stack: redaction, cache, budget, endpoint.
#pragma once
#include "core/result.h"
#include "providers/http_client/client.h"
#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::providers {

namespace json = boost::json;

enum class Speaker { system, user, assistant, tool };

// A call that the model wants made. `arguments` is JSON as the model wrote it: perhaps not JSON at all, so the caller parses.
struct ToolCall {
    std::string id, name, arguments;
};

struct Message {
    Speaker speaker = Speaker::user;
    std::string text = {};
    std::vector<ToolCall> tool_calls = {};  // of the assistant
    std::string tool_call_id = {};          // of a tool: which call this answers
};

struct Tool {
    std::string name;  // [A-Za-z0-9_-]{1,64}
    std::string description;
    json::object parameters;  // JSON Schema of the arguments
};

struct ChatRequest {
    std::vector<Message> messages;
    std::vector<Tool> tools = {};
    std::int64_t most_tokens = 800;  // of the answer
    double temperature = 0.2;        // [0, 2]
};

struct ChatOptions {
    std::chrono::milliseconds deadline{30'000};  // for everything: waiting, retries, the whole answer
    std::stop_token stop = {};
    // The answer's words as they come; Flow::stop ends the answer there, successfully. Called on the calling thread.
    std::function<Flow(std::string_view)> on_text = {};
};

// Prices in minor units for a million tokens, so that tokens × price is a whole number of millionths of a minor unit.
struct Prices {
    std::int64_t prompt_minor_per_million = 0, answer_minor_per_million = 0;
};

struct Usage {
    std::int64_t prompt_tokens = 0, answer_tokens = 0;
    std::int64_t cost_millionths = 0;  // millionths of a minor unit; 0 without prices
    enum class Source { reported, estimated } source = Source::reported;
};

struct ChatAnswer {
    std::string text;
    std::vector<ToolCall> tool_calls;
    enum class Finish { complete, length, tools, filtered, stopped } finish = Finish::complete;
    Usage usage;
    std::string model;  // as the endpoint names it
    int attempts = 1;
};

// Reasons of every implementation (code unavailable unless said otherwise):
//   model_not_configured, model_key_refused, model_not_found, model_request_refused (failed_precondition), model_rate_limited,
//   model_unavailable, model_timeout, model_answer_cut, model_answer_malformed, model_paused, model_budget_spent, cancelled.
class LanguageModel {
public:
    virtual ~LanguageModel() = default;
    // Blocking; any thread, also at once.
    virtual Result<ChatAnswer> chat(ChatRequest const&, ChatOptions const& = {}) = 0;
};

// An upper guess where an endpoint does not count: a token for three bytes (a Han character is three bytes and about one token,
// English has about four bytes a token) and eight for each message's frame.
std::int64_t estimate_tokens(ChatRequest const&);
std::int64_t estimate_tokens(std::string_view text);
// Saturates instead of overflowing; negative counts and prices are taken as 0.
std::int64_t cost_millionths(Usage const&, Prices const&);

}  // namespace kindling::providers
