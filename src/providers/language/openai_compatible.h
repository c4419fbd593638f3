// providers/language/openai_compatible.h -- any server that speaks OpenAI's chat completions: a cloud's, Ollama, vLLM, llama.cpp.
//
// Asks for a stream with usage at its end. Servers differ in what they understand, so when one refuses a request and names the
// member it dislikes (stream_options, stream, max_tokens, temperature, tools), the request is asked again without it, and this object
// remembers. A server that answers whole although a stream was asked for is understood as well.
#pragma once
#include "providers/language/endpoint.h"
#include "providers/language/language_model.h"
#include <atomic>

namespace kindling::providers {

struct OpenAiOptions {
    EndpointOptions endpoint;
    std::string model;
    Prices prices = {};
};

class OpenAiCompatible final : public LanguageModel {
public:
    explicit OpenAiCompatible(OpenAiOptions);
    Result<ChatAnswer> chat(ChatRequest const&, ChatOptions const& = {}) override;

private:
    OpenAiOptions options_;
    Endpoint endpoint_;
    std::atomic<unsigned> disliked_{0};  // members that this server refused
};

// The JSON body of a request, as asked of a server that understands everything; also what a cache may use as its key.
json::object chat_body(ChatRequest const&, std::string_view model);

}  // namespace kindling::providers
