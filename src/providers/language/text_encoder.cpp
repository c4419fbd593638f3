#include "providers/language/text_encoder.h"
#include "providers/language/redaction.h"

namespace kindling::providers {

Result<std::vector<std::vector<float>>> ServedEncoder::encode(std::span<std::string const> texts, ChatOptions const& options) {
    std::vector<std::string> hidden;
    std::int64_t tokens = 0;
    for (auto const& text : texts) {
        Redactor redactor;
        redactor.avoid(text);
        hidden.push_back(redactor.hide(text));
        tokens += estimate_tokens(hidden.back());
    }
    Prices const prices{.prompt_minor_per_million = options_.price_minor_per_million};
    auto const cost = [&](std::int64_t used) { return cost_millionths(Usage{.prompt_tokens = used}, prices); };
    auto const held = budget_->hold({.cost_minor_per_day = options_.budget_minor_per_day}, {options_.today(), tokens, cost(tokens)});
    if (!held && held.error().reason == "model_budget_spent") return fail(Errc::unavailable, "model_budget_spent", fmt::format("The encoder's budget of this day is spent; see {}_budget_minor_per_day.", options_.embedding.endpoint.settings));
    if (!held) return std::unexpected(held.error());
    auto out = embeddings_.embed(hidden, options);
    // What was sent and not answered in time was read all the same; refusals and connections that failed cost nothing.
    bool const read = out || out.error().reason == "model_timeout" || out.error().reason == "model_answer_malformed" || out.error().reason == "cancelled";
    auto const used = !read ? 0 : out && out->tokens > 0 ? out->tokens : tokens;
    budget_->settle(*held, used, cost(used));
    if (!out) return std::unexpected(out.error());
    return std::move(out->vectors);
}

}  // namespace kindling::providers
