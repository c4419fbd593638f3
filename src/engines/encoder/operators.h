// engines/encoder/operators.h -- ONNX's operators, those that encoders of the BERT family are exported to, as functions from tensors to tensors.
//
// A graph is computed node by node as it is written, so no export's naming or style has to be known: what torch.onnx and optimum write from opset 11 on, with and
// without layer normalisation as one node, with 8-bit weights or halves. What a node means depends on the opset where ONNX changed it.
// Source: ONNX operator specifications (onnx 1.12 to 1.17, Operators.md).
#pragma once
#include "engines/encoder/model_file.h"

namespace kindling::encoder {

using Tensors = std::vector<Tensor>;

struct Call {
    Node const& node;
    std::int64_t version = 17;            // opset
    std::vector<Tensor const*> inputs = {};    // null: left out
    std::size_t limit = most_numbers;     // of numbers in a tensor

    Tensor const* optional(std::size_t i) const { return i < inputs.size() ? inputs[i] : nullptr; }
    // Fail with encoder_shape_wrong where it is missing or of the other kind.
    Result<Tensor const*> any(std::size_t i) const;
    Result<Tensor const*> reals(std::size_t i) const;
    Result<Tensor const*> integers(std::size_t i) const;
    // A list that is an attribute in older opsets and an input in newer ones; nothing where it is left out.
    Result<std::optional<std::vector<std::int64_t>>> list(std::string_view attribute, std::size_t input) const;
    std::unexpected<Error> wrong(std::string_view what) const;  // with the shapes of the inputs
};

using Operator = Result<Tensors> (*)(Call const&);
using OperatorTable = std::map<std::string_view, Operator>;

// Null where it is not known.
Operator find_operator(std::string_view name);
void add_elementwise(OperatorTable&);  // elementwise.cpp
void add_shaping(OperatorTable&);      // shaping.cpp
void add_picking(OperatorTable&);      // picking.cpp
void add_reducing(OperatorTable&);     // reducing.cpp
void add_products(OperatorTable&);     // products.cpp

// -1 is the last axis. Fails with encoder_shape_wrong.
Result<std::size_t> axis_of(Call const&, std::int64_t axis, std::size_t rank);
// The shape that both are stretched to (numpy's rule). Fails with encoder_shape_wrong.
Result<Shape> broadcast(Call const&, Shape const&, Shape const&);
// Steps through a tensor of `from` so that it looks like `to`; 0 where it is stretched.
std::vector<std::size_t> strides_as(Shape const& from, Shape const& to);
// Row by row through `shape`: the places, of two tensors with these strides, at which the last axis begins.
template <class Row> void each_row(Shape const& shape, std::vector<std::size_t> const& one, std::vector<std::size_t> const& other, Row&& row) {
    auto const outer = shape.empty() ? 0 : shape.size() - 1;
    for (auto const axis : shape) if (axis == 0) return;
    std::vector<std::int64_t> at(outer, 0);
    for (std::size_t a = 0, b = 0;;) {
        row(a, b);
        auto axis = outer;
        while (axis > 0) {
            --axis;
            a += one[axis], b += other[axis];
            if (++at[axis] < shape[axis]) break;
            a -= one[axis] * static_cast<std::size_t>(shape[axis]), b -= other[axis] * static_cast<std::size_t>(shape[axis]), at[axis] = 0;
            if (axis == 0) return;
        }
        if (outer == 0) return;
    }
}

inline Tensors one(Tensor t) {
    Tensors out;
    out.push_back(std::move(t));
    return out;
}

}  // namespace kindling::encoder
