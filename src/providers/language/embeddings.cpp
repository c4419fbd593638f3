#include "providers/language/embeddings.h"
#include "core/base64.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>

namespace kindling::providers {

namespace {

constexpr std::size_t most_dimensions = 16'384;

std::unexpected<Error> malformed(std::string why) { return fail(Errc::unavailable, "model_answer_malformed", std::move(why)); }

std::optional<double> number_of(json::value const& v) {
    if (auto const d = v.if_double()) return *d;
    if (auto const i = v.if_int64()) return static_cast<double>(*i);
    return {};
}

}  // namespace

Embeddings::Embeddings(EmbeddingOptions options) : options_(std::move(options)), endpoint_(options_.endpoint), dimension_(options_.dimension) {}

Result<void> Embeddings::read(std::string_view body, std::span<std::vector<float>> out, std::int64_t& tokens) {
    auto const parsed = parse_json(body);
    auto const answer = parsed ? parsed->if_object() : nullptr;
    auto const list = answer && answer->contains("data") ? answer->at("data").if_array() : nullptr;
    if (!list) return malformed("The embedding server's answer has no data.");
    if (list->size() != out.size()) return malformed(fmt::format("The embedding server answered {} vectors for {} texts or pictures.", list->size(), out.size()));
    for (std::size_t i = 0; i < list->size(); ++i) {
        auto const item = (*list)[i].if_object();
        auto const vector = item && item->contains("embedding") ? item->at("embedding").if_array() : nullptr;
        if (!vector || vector->empty() || vector->size() > most_dimensions) return malformed(fmt::format("data/{}/embedding is not a list of numbers.", i));
        auto const index = item->contains("index") && item->at("index").is_int64() ? item->at("index").get_int64() : static_cast<std::int64_t>(i);
        if (index < 0 || static_cast<std::size_t>(index) >= out.size() || !out[static_cast<std::size_t>(index)].empty()) return malformed(fmt::format("data/{}/index is out of range or comes twice.", i));
        std::size_t expected = 0;
        if (!dimension_.compare_exchange_strong(expected, vector->size()) && expected != vector->size())
            return fail(Errc::failed_precondition, "wrong_dimension", fmt::format("The embedding server answers {} dimensions where {} are used; another model must be embedded anew.", vector->size(), expected));
        auto& to = out[static_cast<std::size_t>(index)];
        double square = 0;
        for (auto const& v : *vector) {
            auto const n = number_of(v);
            if (!n || !std::isfinite(static_cast<float>(*n))) return malformed(fmt::format("data/{}/embedding holds something that is no number.", i));
            to.push_back(static_cast<float>(*n)), square += *n * *n;
        }
        if (options_.length == EmbeddingOptions::Length::unit) {
            if (!(square > 0)) return malformed(fmt::format("data/{}/embedding has no length.", i));
            auto const scale = static_cast<float>(1 / std::sqrt(square));
            for (auto& x : to) x *= scale;
        }
    }
    if (answer->contains("usage") && answer->at("usage").is_object())
        if (auto const n = answer->at("usage").get_object().if_contains("prompt_tokens"); n && n->is_int64() && n->get_int64() > 0) tokens += std::min<std::int64_t>(n->get_int64(), 1'000'000'000);
    return {};
}

Result<Embedded> Embeddings::send(std::size_t count, ChatOptions const& options, std::function<std::size_t(std::size_t, json::array&)> const& next) {
    if (options_.endpoint.url.empty() || options_.model.empty()) return fail(Errc::failed_precondition, "model_not_configured", fmt::format("No embedding model is set; see {}_url and {}_name.", options_.endpoint.settings, options_.endpoint.settings));
    auto const end = std::chrono::steady_clock::now() + options.deadline;
    Embedded out;
    out.vectors.resize(count);
    for (std::size_t begin = 0; begin < count;) {
        json::array input;
        auto const n = next(begin, input);
        auto const body = to_text(json::object{{"model", options_.model}, {"input", std::move(input)}, {"encoding_format", "float"}});
        std::span const part(out.vectors.data() + begin, n);
        TRY(endpoint_.attempt({std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()), options.stop}, [&](int, std::chrono::milliseconds left) -> std::expected<void, Failure> {
            auto const response = endpoint_.post({.path = "/embeddings", .body = body, .left = left, .stop = options.stop});
            if (!response) return std::unexpected(response.error());
            if (auto const done = read(response->body, part, out.tokens); !done) return std::unexpected(Failure{.error = done.error()});
            return {};
        }));
        begin += n;
    }
    return out;
}

Result<Embedded> Embeddings::embed(std::span<std::string const> texts, ChatOptions const& options) {
    return send(texts.size(), options, [&](std::size_t begin, json::array& input) {
        std::size_t bytes = 0, n = 0;
        for (; begin + n < texts.size() && n < std::max<std::size_t>(options_.texts_per_request, 1); ++n) {
            auto const whole = repair_utf8(texts[begin + n]);
            auto const text = utf8_prefix(whole, options_.bytes_per_text);
            if (n > 0 && bytes + text.size() > options_.bytes_per_request) break;
            bytes += text.size();
            input.push_back(json::string(text.empty() ? " " : text));
        }
        return n;
    });
}

Result<Embedded> Embeddings::embed_pictures(std::span<std::string const> jpegs, ChatOptions const& options) {
    return send(jpegs.size(), options, [&](std::size_t begin, json::array& input) {
        std::size_t bytes = 0, n = 0;
        for (; begin + n < jpegs.size() && n < std::max<std::size_t>(options_.pictures_per_request, 1); ++n) {
            if (n > 0 && bytes + jpegs[begin + n].size() > options_.picture_bytes_per_request) break;
            bytes += jpegs[begin + n].size();
            input.push_back(json::object{{"image", "data:image/jpeg;base64," + to_base64(jpegs[begin + n])}});
        }
        return n;
    });
}

}  // namespace kindling::providers
