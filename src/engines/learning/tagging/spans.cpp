#include "engines/learning/tagging/spans.h"

namespace kindling::tagging {

namespace {
enum Place : std::size_t { begin, inside, end, alone };
constexpr std::size_t type_of(std::size_t label) { return (label - 1) / 4; }
constexpr std::size_t place_of(std::size_t label) { return (label - 1) % 4; }
constexpr bool opens(std::size_t label) { return label != 0 && (place_of(label) == begin || place_of(label) == inside); }   // what follows belongs to it
constexpr bool goes_on(std::size_t label) { return label != 0 && (place_of(label) == inside || place_of(label) == end); }  // belongs to what came before
}  // namespace

Crf::Shape bioes_shape(std::size_t types) {
    auto const L = 1 + 4 * types;
    Crf::Shape shape{L, std::vector<std::uint8_t>(L * L), std::vector<std::uint8_t>(L), std::vector<std::uint8_t>(L)};
    for (std::size_t a = 0; a < L; ++a) {
        shape.starts[a] = !goes_on(a), shape.stops[a] = !opens(a);
        for (std::size_t b = 0; b < L; ++b) shape.follows[a * L + b] = opens(a) ? goes_on(b) && type_of(a) == type_of(b) : !goes_on(b);
    }
    return shape;
}

std::vector<Label> to_labels(std::span<const Span> spans, std::size_t length, std::size_t types) {
    std::vector<Label> out(length, 0);
    for (auto const& s : spans) {
        if (s.begin >= s.end || s.end > length || s.type >= types) continue;
        auto const from = out.begin() + s.begin, to = out.begin() + s.end;
        if (std::any_of(from, to, [](Label y) { return y != 0; })) continue;
        auto const first = static_cast<Label>(1 + 4 * s.type);
        if (s.end - s.begin == 1) {
            *from = static_cast<Label>(first + alone);
            continue;
        }
        std::fill(from, to, static_cast<Label>(first + inside));
        *from = static_cast<Label>(first + begin), *(to - 1) = static_cast<Label>(first + end);
    }
    return out;
}

std::vector<Span> to_spans(std::span<const Label> labels) {
    std::vector<Span> out;
    constexpr auto closed = UINT32_MAX;
    std::uint32_t from = closed;
    for (std::uint32_t t = 0; t < labels.size(); ++t) {
        auto const y = labels[t];
        if (from != closed && (!goes_on(y) || type_of(y) != type_of(labels[t - 1]))) from = closed;
        if (y == 0) continue;
        auto const type = static_cast<std::uint8_t>(type_of(y));
        if (place_of(y) == alone) out.push_back({t, t + 1, type});
        else if (place_of(y) == begin) from = t;
        else if (place_of(y) == end && from != closed) out.push_back({from, t + 1, type}), from = closed;
    }
    return out;
}

}  // namespace kindling::tagging
