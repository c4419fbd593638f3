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
    return bought(tokens, [&] { return embeddings_.embed(hidden, options); });
}

Result<std::vector<std::vector<float>>> ServedEncoder::encode_pictures(std::span<std::string const> jpegs, ChatOptions const& options) {
    return bought(static_cast<std::int64_t>(jpegs.size()) * tokens_of_a_picture, [&] { return embeddings_.embed_pictures(jpegs, options); });
}

Result<std::vector<std::vector<float>>> ServedEncoder::bought(std::int64_t estimate, std::function<Result<Embedded>()> const& ask) {
    Prices const prices{.prompt_minor_per_million = options_.price_minor_per_million};
    auto const charge = [&](std::int64_t used) { return Charge{used, cost_millionths(Usage{.prompt_tokens = used}, prices)}; };
    auto out = TRY(within_budget(*budget_, {.cost_minor_per_day = options_.budget_minor_per_day, .settings = options_.embedding.endpoint.settings}, options_.today(), charge(estimate), charge(estimate),
                                 ask, [&](Embedded const& answer) { return charge(answer.tokens > 0 ? answer.tokens : estimate); }));
    return std::move(out.vectors);
}

}  // namespace kindling::providers
