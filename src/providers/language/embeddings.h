// providers/language/embeddings.h -- texts or pictures into vectors, by an OpenAI-compatible server's POST {base}/embeddings.
//
// Texts are sent as {"model", "input": ["a text", …], "encoding_format": "float"}. For pictures OpenAI has no form; the one that servers of models for both
// agree on (Jina's API, and vLLM's and Infinity's after it) is an object for each: "input": [{"image": "data:image/jpeg;base64,…"}, …]. The answer is the same.
// They go in batches; the answer's items are put in order by their `index`. All vectors of one model have one dimension: the first
// answer (or the caller) sets it, and anything else is an error, because a vector of another model in an index is silent nonsense.
#pragma once
#include "providers/language/endpoint.h"
#include "providers/language/language_model.h"
#include <atomic>
#include <boost/json/array.hpp>
#include <span>

namespace kindling::providers {

struct EmbeddingOptions {
    EndpointOptions endpoint;
    std::string model;
    std::size_t dimension = 0;      // 0: as the first answer says
    std::size_t texts_per_request = 64, bytes_per_request = 200'000, bytes_per_text = 8'000;  // longer texts are cut
    std::size_t pictures_per_request = 8, picture_bytes_per_request = 2'000'000;
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
    // The same of JPEG files.
    Result<Embedded> embed_pictures(std::span<std::string const> jpegs, ChatOptions const& = {});
    std::size_t dimension() const { return dimension_; }

private:
    // One request for as many as `next` puts into it, until it puts none. next(begin, input): from the begin-th on, how many.
    Result<Embedded> send(std::size_t count, ChatOptions const&, std::function<std::size_t(std::size_t begin, boost::json::array& input)> const& next);
    Result<void> read(std::string_view body, std::span<std::vector<float>> out, std::int64_t& tokens);
    EmbeddingOptions options_;
    Endpoint endpoint_;
    std::atomic<std::size_t> dimension_;
};

}  // namespace kindling::providers
