#include "providers/language/language_model.h"
#include "core/json_text.h"
#include "core/money.h"
#include <algorithm>
#include <limits>

namespace kindling::providers {

std::int64_t estimate_tokens(std::string_view text) { return static_cast<std::int64_t>((text.size() + 2) / 3); }

std::int64_t estimate_tokens(ChatRequest const& request) {
    std::int64_t tokens = 0;
    for (auto const& m : request.messages) {
        tokens += 8 + estimate_tokens(m.text);
        for (auto const& call : m.tool_calls) tokens += 8 + estimate_tokens(call.name) + estimate_tokens(call.arguments);
    }
    for (auto const& tool : request.tools) tokens += 8 + estimate_tokens(tool.description) + estimate_tokens(to_text(tool.parameters));
    return tokens;
}

std::int64_t cost_millionths(Usage const& usage, Prices const& prices) {
    static constexpr auto most = std::numeric_limits<std::int64_t>::max();
    auto const part = [](std::int64_t tokens, std::int64_t price) { return checked_multiply(std::max<std::int64_t>(tokens, 0), std::max<std::int64_t>(price, 0)).value_or(most); };
    return checked_add(part(usage.prompt_tokens, prices.prompt_minor_per_million), part(usage.answer_tokens, prices.answer_minor_per_million)).value_or(most);
}

}  // namespace kindling::providers
