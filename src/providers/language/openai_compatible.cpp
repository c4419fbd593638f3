#include "providers/language/openai_compatible.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include "providers/language/answer_reader.h"
#include <boost/json.hpp>

namespace kindling::providers {

namespace {

constexpr std::string_view speakers[] = {"system", "user", "assistant", "tool"};
enum Disliked : unsigned { usage_in_stream = 1, stream = 2, max_tokens = 4, temperature = 8, tools = 16 };

std::string text_of(std::string_view text) { return is_utf8(text) ? std::string(text) : repair_utf8(text); }  // shop data may be broken, JSON may not

json::object message_body(Message const& m) {
    json::object out{{"role", speakers[static_cast<int>(m.speaker)]}};
    if (m.text.empty() && !m.tool_calls.empty()) out["content"] = nullptr;
    else out["content"] = text_of(m.text);
    if (m.speaker == Speaker::tool) out["tool_call_id"] = m.tool_call_id;
    if (!m.tool_calls.empty()) {
        json::array calls;
        for (auto const& c : m.tool_calls) calls.push_back(json::object{{"id", c.id}, {"type", "function"}, {"function", json::object{{"name", c.name}, {"arguments", text_of(c.arguments)}}}});
        out["tool_calls"] = std::move(calls);
    }
    return out;
}

// What this server's refusal tells us to leave out, or 0.
unsigned disliked_by(std::string_view refusal, unsigned already) {
    auto const names = [&](std::string_view member, unsigned bit) { return !(already & bit) && refusal.find(member) != refusal.npos; };
    if (names("stream_options", usage_in_stream)) return usage_in_stream;
    if (names("max_completion_tokens", max_tokens)) return max_tokens;
    if (names("temperature", temperature)) return temperature;
    if (names("tool", tools)) return tools;  // before "stream", which some servers name beside it
    if (names("stream", stream)) return stream;
    return 0;
}

std::string body_without(json::object body, unsigned disliked) {
    if (disliked & (usage_in_stream | stream)) body.erase("stream_options");
    if (disliked & stream) body.erase("stream");
    if (disliked & temperature) body.erase("temperature");
    if (disliked & tools) body.erase("tools");
    if (disliked & max_tokens) {
        body["max_completion_tokens"] = body.at("max_tokens");
        body.erase("max_tokens");
    }
    return to_text(body);
}

}  // namespace

json::object chat_body(ChatRequest const& request, std::string_view model) {
    json::array messages;
    for (auto const& m : request.messages) messages.push_back(message_body(m));
    json::object body{{"model", model}, {"messages", std::move(messages)}, {"max_tokens", request.most_tokens}, {"temperature", request.temperature}, {"stream", true}, {"stream_options", json::object{{"include_usage", true}}}};
    if (!request.tools.empty()) {
        json::array tools;
        for (auto const& t : request.tools) tools.push_back(json::object{{"type", "function"}, {"function", json::object{{"name", t.name}, {"description", t.description}, {"parameters", t.parameters}}}});
        body["tools"] = std::move(tools);
    }
    return body;
}

OpenAiCompatible::OpenAiCompatible(OpenAiOptions options) : options_(std::move(options)), endpoint_(options_.endpoint) {}

Result<ChatAnswer> OpenAiCompatible::chat(ChatRequest const& request, ChatOptions const& options) {
    if (options_.endpoint.url.empty() || options_.model.empty()) return fail(Errc::failed_precondition, "model_not_configured", "No language model is set; see language_model_url and language_model_name.");
    auto const body = chat_body(request, options_.model);
    ChatAnswer answer;
    auto const once = [&](int number, std::chrono::milliseconds left) -> std::expected<void, Failure> {
        auto const end = std::chrono::steady_clock::now() + left;
        for (;;) {
            auto const disliked = disliked_.load();
            AnswerReader reader(options.on_text);
            auto const response = endpoint_.post({.path = "/chat/completions", .body = body_without(body, disliked), .left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()), .stop = options.stop,
                                                  .on_body = [&](std::string_view bytes) { return reader.feed(bytes); }, .tokens_seen = [&] { return reader.tokens_seen(); }});
            if (!response) {
                auto f = response.error();
                if (f.status == 400 || f.status == 422)
                    if (auto const more = disliked_by(f.body, disliked)) {
                        disliked_ |= more;
                        continue;  // at most five times, once for each member
                    }
                if (reader.begun()) {
                    f.repeat = Repeat::no;
                    if (f.error.reason == "model_unavailable") f.error.reason = "model_answer_cut", f.error.message = "The model's answer broke off.";
                }
                return std::unexpected(std::move(f));
            }
            auto read = reader.finish();
            if (!read) return std::unexpected(Failure{.error = std::move(read).error(), .repeat = reader.begun() ? Repeat::no : Repeat::yes});
            answer = std::move(*read);
            answer.attempts = number;
            return {};
        }
    };
    TRY(endpoint_.attempt({options.deadline, options.stop}, once));
    if (answer.usage.source == Usage::Source::estimated) answer.usage.prompt_tokens = estimate_tokens(request);
    answer.usage.cost_millionths = cost_millionths(answer.usage, options_.prices);
    return answer;
}

}  // namespace kindling::providers
