// providers/language/text_encoder.h -- whatever turns texts (or pictures) into vectors that are near where they mean (show) alike, and the stack before a server that does.
//
// A server's embeddings are bought: `ServedEncoder` hides personal data of texts (redaction.h), holds the worst case against the day's budget (budget.h) and settles it at
// the tokens that the server counted, or an estimate where it counts none.
#pragma once
#include "core/time.h"
#include "providers/language/budget.h"
#include "providers/language/embeddings.h"

namespace kindling::providers {

class TextEncoder {
public:
    virtual ~TextEncoder() = default;
    // One vector of unit length for each text, in order, all of one dimension; all or an error: the LanguageModel's reasons, and wrong_dimension.
    // Blocking; any thread, also at once.
    virtual Result<std::vector<std::vector<float>>> encode(std::span<std::string const> texts, ChatOptions const& = {}) = 0;
};

class ServedEncoder final : public TextEncoder {
public:
    struct Options {
        EmbeddingOptions embedding;
        std::int64_t budget_minor_per_day = 0;      // 0: no limit
        std::int64_t price_minor_per_million = 0;   // of tokens
        std::function<Day()> today;
    };
    ServedEncoder(std::shared_ptr<Budget> budget, Options options) : budget_(std::move(budget)), options_(std::move(options)), embeddings_(options_.embedding) {}
    Result<std::vector<std::vector<float>>> encode(std::span<std::string const> texts, ChatOptions const& = {}) override;
    // Of JPEG files; the same reasons. Held against the budget as `tokens_of_a_picture` each until the server counts.
    Result<std::vector<std::vector<float>>> encode_pictures(std::span<std::string const> jpegs, ChatOptions const& = {});
    static constexpr std::int64_t tokens_of_a_picture = 4'000;   // what a model that counts tiles of 512 pixels takes for one

private:
    Result<std::vector<std::vector<float>>> bought(std::int64_t estimate, std::function<Result<Embedded>()> const& ask);
    std::shared_ptr<Budget> budget_;
    Options options_;
    Embeddings embeddings_;
};

}  // namespace kindling::providers
