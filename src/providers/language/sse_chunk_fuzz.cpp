// A chat answer from a stranger, cut into pieces anywhere: no crash, limits hold, and the cuts do not change the answer.
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
