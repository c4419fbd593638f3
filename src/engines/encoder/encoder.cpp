#include "engines/encoder/encoder.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace kindling::encoder {

namespace {

constexpr std::size_t most_together = 32, most_pieces_together = 4'096;

// The output that holds vectors: one that the graph has pooled by name, else one for each word piece, else whatever has rank 2.
Graph::Output const* choose_output(Graph const& graph) {
    auto const by = [&](auto&& wanted) {
        auto const found = std::ranges::find_if(graph.outputs, wanted);
        return found == graph.outputs.end() ? nullptr : &*found;
    };
    if (auto const* o = by([](auto const& o) { return o.name == "sentence_embedding"; })) return o;
    if (auto const* o = by([](auto const& o) { return !o.rank || *o.rank == 3; })) return o;
    return by([](auto const& o) { return o.rank == 2; });
}

}  // namespace

Result<std::unique_ptr<Encoder>> Encoder::open(std::filesystem::path const& folder) {
    auto parts = TRY(read_parts(folder));
    auto made = make(std::move(parts));
    if (!made) made.error().message.insert(0, folder.string() + "/");
    return made;
}

Result<std::unique_ptr<Encoder>> Encoder::make(EncoderParts parts, std::size_t limit) {
    auto const in_model = [](Error error) { return error.message = "model.onnx: " + error.message, std::unexpected(std::move(error)); };
    auto const* const output = choose_output(parts.graph);
    if (!output) return in_model({Errc::failed_precondition, "encoder_shape_wrong", "None of its outputs has rank 3 (vectors of word pieces) or 2 (of texts)."});
    auto out = std::unique_ptr<Encoder>(new Encoder);
    auto const pooled = output->name == "sentence_embedding" || output->rank == 2;
    auto program = Program::make(std::move(parts.graph), std::string(output->name), limit);
    if (!program) return in_model(program.error());
    out->program_ = std::move(*program), out->words_ = std::move(parts.words), out->longest_ = parts.longest;
    out->pooling_ = pooled ? Pooling::none : parts.pooling;
    // One text as long as can be, with the last piece of the vocabulary in it.
    std::vector<std::vector<std::int64_t>> const trial{std::vector<std::int64_t>(out->longest_, static_cast<std::int64_t>(out->words_.size()) - 1)};
    std::vector<std::vector<float>> made(1);
    std::size_t const which[] = {0};
    if (auto const computed = out->compute(trial, which, made, {}); !computed) {
        auto error = computed.error();
        error.message = fmt::format("A text of {} word pieces with the vocabulary's last, {}, cannot be computed. {}", out->longest_, trial[0][0], error.message);
        return in_model(std::move(error));
    }
    out->dimensions_ = made.front().size();
    return out;
}

Result<void> Encoder::compute(std::span<std::vector<std::int64_t> const> numbers, std::span<std::size_t const> which, std::vector<std::vector<float>>& out, Limits const& limits) const {
    std::size_t longest = 0;
    for (auto const i : which) longest = std::max(longest, numbers[i].size());
    Shape const shape{static_cast<std::int64_t>(which.size()), static_cast<std::int64_t>(longest)};
    auto const size = which.size() * longest;
    auto ids = make_integers(shape, size), mask = make_integers(shape, size), kinds = make_integers(shape, size), places = make_integers(shape, size);
    std::fill_n(kinds.integers.get(), size, 0);
    for (std::size_t row = 0, at = 0; row < which.size(); ++row)
        for (std::size_t i = 0; i < longest; ++i, ++at) {
            auto const& text = numbers[which[row]];
            ids.integers[at] = i < text.size() ? text[i] : words_.padding();
            mask.integers[at] = i < text.size();
            places.integers[at] = static_cast<std::int64_t>(i);
        }
    // By what exports call them; a graph without such names has BERT's order.
    std::map<std::string, Tensor, std::less<>> inputs;
    auto const& names = program_.inputs();
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto const has = [&](std::string_view part) { return names[i].find(part) != std::string::npos; };
        auto const known = has("mask") ? &mask : has("type") || has("segment") ? &kinds : has("position") ? &places : has("input_ids") || i == 0 ? &ids : i == 1 ? &mask : &kinds;
        inputs.emplace(names[i], *known);
    }
    auto const made = TRY(program_.run(inputs, limits));
    auto const rank = pooling_ == Pooling::none ? 2u : 3u;
    if (!made.real() || made.shape.size() != rank || made.shape[0] != shape[0] || (rank == 3 && made.shape[1] != shape[1]) || made.shape.back() == 0)
        return wrong_shape(fmt::format("The output is {} where {} is wanted.", text_of(made.shape), rank == 2 ? fmt::format("[{}, any]", shape[0]) : fmt::format("[{}, {}, any]", shape[0], shape[1])));
    auto const width = static_cast<std::size_t>(made.shape.back());
    for (std::size_t row = 0; row < which.size(); ++row) {
        auto const length = pooling_ == Pooling::mean || pooling_ == Pooling::most ? numbers[which[row]].size() : 1;
        auto const* from = made.reals.get() + row * width * (rank == 3 ? longest : 1);
        std::vector<float> vector(from, from + width);
        for (std::size_t i = 1; i < length; ++i)
            for (std::size_t d = 0; d < width; ++d)
                if (auto const v = from[i * width + d]; pooling_ == Pooling::mean) vector[d] += v;
                else vector[d] = std::max(vector[d], v);
        double square = 0;
        for (auto const v : vector) square += static_cast<double>(v) * v;
        if (!(square > 0) || !std::isfinite(square)) return wrong_shape("The vector of a text has no length: its numbers are zero or not finite.");
        for (auto& v : vector) v = static_cast<float>(v / std::sqrt(square));
        out[which[row]] = std::move(vector);
    }
    return {};
}

Result<std::vector<std::vector<float>>> Encoder::encode(std::span<std::string const> texts, Limits const& limits) const {
    std::vector<std::vector<std::int64_t>> numbers;
    for (auto const& text : texts) numbers.push_back(words_.numbers(text, longest_));
    std::vector<std::size_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return numbers[i].size(); });
    std::vector<std::vector<float>> out(texts.size());
    for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
        while (to < order.size() && to - from < most_together && (to == from || (to - from + 1) * numbers[order[to]].size() <= most_pieces_together)) ++to;
        TRY(compute(numbers, std::span(order).subspan(from, to - from), out, limits));
    }
    return out;
}

}  // namespace kindling::encoder
