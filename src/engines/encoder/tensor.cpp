#include "engines/encoder/tensor.h"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kindling::encoder {

std::string text_of(Shape const& shape) { return fmt::format("[{}]", fmt::join(shape, ", ")); }

Result<std::size_t> count_of(Shape const& shape, std::size_t limit) {
    std::size_t count = 1;
    for (auto const axis : shape) {
        if (axis < 0) return wrong_shape(fmt::format("A shape {} has a negative axis.", text_of(shape)));
        if (static_cast<std::uint64_t>(axis) > limit / std::max<std::size_t>(count, 1)) return wrong_shape(fmt::format("A shape {} holds more than {} numbers.", text_of(shape), limit));
        count *= static_cast<std::size_t>(axis);
    }
    return count;
}

Tensor make_reals(Shape shape, std::size_t size) { return {.shape = std::move(shape), .reals = std::make_shared_for_overwrite<float[]>(size), .integers = {}, .size = size}; }
Tensor make_integers(Shape shape, std::size_t size) { return {.shape = std::move(shape), .reals = {}, .integers = std::make_shared_for_overwrite<std::int64_t[]>(size), .size = size}; }

Tensor reshaped(Tensor t, Shape shape) {
    t.shape = std::move(shape);
    return t;
}

}  // namespace kindling::encoder
