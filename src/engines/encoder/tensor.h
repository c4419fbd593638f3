// engines/encoder/tensor.h -- what flows through a model: real numbers or whole ones, in rows.
//
// Values are shared and never changed once made, so that reshaping costs nothing. ONNX's narrower types are widened: every kind of float is `reals`; int32, bool and
// small integers are `integers` (bool: 0 or 1). Large tables of 8-bit weights are `reals` too, which hold them exactly in half the room.
#pragma once
#include "core/result.h"
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace kindling::encoder {

using Shape = std::vector<std::int64_t>;

struct Tensor {
    Shape shape;
    std::shared_ptr<float[]> reals;            // one of the two
    std::shared_ptr<std::int64_t[]> integers;
    std::size_t size = 0;                      // product of shape

    bool real() const { return reals != nullptr; }
    std::span<float const> floats() const { return {reals.get(), reals ? size : 0}; }
    std::span<std::int64_t const> whole() const { return {integers.get(), integers ? size : 0}; }
};

// Nothing is larger than this many numbers (1 GB of floats): a file of a few bytes may ask for any.
constexpr std::size_t most_numbers = std::size_t{1} << 28;

// Fails with encoder_shape_wrong where an axis is negative or the product is above `limit`.
Result<std::size_t> count_of(Shape const&, std::size_t limit = most_numbers);
Tensor make_reals(Shape, std::size_t size);      // not initialised; `size` is count_of(shape)
Tensor make_integers(Shape, std::size_t size);
Tensor reshaped(Tensor, Shape);                  // the same numbers
std::string text_of(Shape const&);               // [2, 16, 384]

inline std::unexpected<Error> wrong_shape(std::string message) { return fail(Errc::failed_precondition, "encoder_shape_wrong", std::move(message)); }

}  // namespace kindling::encoder
