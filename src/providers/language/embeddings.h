// providers/language/embeddings.h -- texts into vectors, by an OpenAI-compatible server's POST {base}/embeddings.
//
// Texts go in batches; the answer's items are put in order by their `index`. All vectors of one model have one dimension: the first
// answer (or the caller) sets it, and anything else is an error, because a vector of another model in an index is silent nonsense.
#pragma once
#include "providers/language/endpoint.h"
#include "providers/language/language_model.h"
#include <atomic>
#include <span>

namespace kindling::providers {

struct EmbeddingOptions {
    EndpointOptions endpoint;
    std::string model;
    std::size_t dimension = 0;      // 0: as the first answer says
    std::size_t texts_per_request = 64, bytes_per_request = 200'000, bytes_per_text = 8'000;  // longer texts are cut
    enum class Length { as_answered, unit } length = Length::unit;  // unit: divided by its Euclidean norm, so that a dot product is a cosine
};

struct Embedded {
    std::vector<std::vector<float>> vectors;  // one for each text, in order
    std::int64_t tokens = 0;
};

class Embeddings {
public:
    explicit Embeddings(EmbeddingOptions);
    // All or an error: the LanguageModel's reasons, and wrong_dimension. An empty text is sent as a blank. Any thread.
    Result<Embedded> embed(std::span<std::string const> texts, ChatOptions const& = {});
    std::size_t dimension() const { return dimension_; }

private:
    Result<void> read(std::string_view body, std::span<std::vector<float>> out, std::int64_t& tokens);
    EmbeddingOptions options_;
    Endpoint endpoint_;
    std::atomic<std::size_t> dimension_;
};

}  // namespace kindling::providers
