// providers/language/answer_reader.h -- the body of a chat answer, streamed or whole, put together again.
//
// A streamed answer is server-sent events, each a JSON chunk with a `delta`; words are appended, tool calls are assembled by
// their index (or, where a server leaves it out, by a new id), the last chunk may carry only the usage, and "[DONE]" ends it. A
// server that does not stream sends one JSON object with a `message`: the first byte that is not blank tells which it is.
// Reasoning is left out: the `reasoning_content` member, and a leading <think>…</think> of models served without a template.
// Source: OpenAI API reference, "Chat completions" and "Streaming"; behaviour of Ollama, vLLM, llama.cpp and LM Studio servers.
#pragma once
#include "providers/http_client/event_reader.h"
#include "providers/language/language_model.h"

namespace kindling::providers {

struct AnswerLimits {
    std::size_t text_bytes = 256 * 1024, argument_bytes = 64 * 1024, tool_calls = 64;
};

// One answer, one thread.
class AnswerReader {
public:
    explicit AnswerReader(std::function<Flow(std::string_view)> on_text = {}, AnswerLimits = {});
    AnswerReader(AnswerReader const&) = delete;
    AnswerReader& operator=(AnswerReader const&) = delete;

    // Flow::stop: the answer is at its end, or its reader wants no more, or it is broken (see failure()).
    Flow feed(std::string_view bytes);
    // Anything at all of the answer has come, so that asking again would pay and speak twice.
    bool begun() const { return begun_; }
    std::size_t tokens_seen() const { return pieces_; }  // chunks that moved the answer on: words, calls, reasoning
    // After the body's end: the answer, or model_answer_cut, model_answer_malformed, or what the server said went wrong.
    Result<ChatAnswer> finish();

private:
    enum class Shape { unknown, events, whole };
    Result<void> event(std::string_view data);
    Result<void> choice(json::object const& delta_or_message);
    Result<void> call(json::object const&);
    Result<void> words(std::string_view);
    Result<void> emit(std::string_view);
    Result<void> usage_of(json::object const&);

    std::function<Flow(std::string_view)> on_text_;
    AnswerLimits limits_;
    EventReader events_;
    Shape shape_ = Shape::unknown;
    std::string whole_, held_;  // a whole answer; the start of a text that may be <think>
    enum class Thinking { perhaps, yes, no } thinking_ = Thinking::perhaps;
    ChatAnswer answer_;
    std::vector<std::int64_t> call_indexes_;  // of answer_.tool_calls; -1 where the server gave none
    std::size_t pieces_ = 0;
    bool begun_ = false, done_ = false, stopped_ = false, finished_ = false, counted_ = false;
    Result<void> failure_;
};

// What a server says in {"error": {"message": …}} or {"error": "…"}, shortened and on one line; "" when it says nothing.
std::string error_text(std::string_view body);

}  // namespace kindling::providers
