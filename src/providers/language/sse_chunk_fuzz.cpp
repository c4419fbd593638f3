// A chat answer from a stranger, cut into pieces anywhere: no crash, limits hold, and the cuts do not change the answer.
#include "core/fuzz_seeds.h"
#include "providers/language/answer_reader.h"
#include <cstdlib>

using namespace kindling::providers;

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    if (size < 1) return 0;
    std::size_t const step = data[0] % 17 + 1;
    std::string_view const body(reinterpret_cast<char const*>(data) + 1, size - 1);
    AnswerLimits const limits{.text_bytes = 4096, .argument_bytes = 1024, .tool_calls = 8};
    std::string streamed;
    AnswerReader cut([&](std::string_view text) { streamed += text; return Flow::go_on; }, limits), whole({}, limits);
    for (std::size_t i = 0; i < body.size(); i += step)
        if (cut.feed(body.substr(i, step)) == Flow::stop) break;
    whole.feed(body);
    auto const a = cut.finish(), b = whole.finish();
    if (a.has_value() != b.has_value()) std::abort();
    if (!a) return 0;
    if (a->text != b->text || a->text != streamed || a->text.size() > limits.text_bytes) std::abort();
    if (a->tool_calls.size() > limits.tool_calls || a->tool_calls.size() != b->tool_calls.size()) std::abort();
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\5" R"~(: hello

data: {"choices":[{"delta":{"role":"assistant","content":"晚上"}}]}

data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2}}

data: [DONE]

)~"sv,
    "\7" R"~(data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"catalog-list","arguments":"{\"q\""}}]}}]}

data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}

data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}

)~"sv,
    "\1" R"~({"id":"1","choices":[{"index":0,"finish_reason":"length","message":{"role":"assistant","content":"all at once"}}],"usage":{"total_tokens":20}})~"sv,
    "\3" R"~({"error":{"message":"no","type":"invalid_request_error","code":429}})~"sv)
