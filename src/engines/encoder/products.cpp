// engines/encoder/products.cpp -- products of matrices, of reals and of 8-bit numbers with their scales.
//
// Quantised models (optimum, onnxruntime.quantization, "dynamic") hold weights as whole numbers of 8 bits and round each layer's input to 8 bits as well. Here the same
// rounded values are multiplied as floats: the sums are those of whole numbers up to float's rounding.
#include "engines/encoder/kernels.h"
#include "engines/encoder/operators.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace kindling::encoder {

namespace {

// numpy's matmul: the last two axes are matrices, those before are stretched to fit.
Result<Tensor> product(Call const& call, Tensor const& a, Tensor const& b, float const* bias = nullptr) {
    if (a.shape.empty() || b.shape.size() < 2) return call.wrong("these are no matrices");
    auto const rank_a = a.shape.size(), rank_b = b.shape.size();
    auto const inner = a.shape.back(), columns = b.shape.back();
    auto const rows = rank_a > 1 ? a.shape[rank_a - 2] : 1;
    if (b.shape[rank_b - 2] != inner) return call.wrong("the inner sizes differ");
    auto const batch = TRY(broadcast(call, Shape(a.shape.begin(), a.shape.end() - std::min<std::ptrdiff_t>(2, static_cast<std::ptrdiff_t>(rank_a))), Shape(b.shape.begin(), b.shape.end() - 2)));
    auto shape = batch;
    if (rank_a > 1) shape.push_back(rows);
    shape.push_back(columns);
    auto out = make_reals(shape, TRY(count_of(shape, call.limit)));
    auto const m = static_cast<std::size_t>(rows), n = static_cast<std::size_t>(columns), k = static_cast<std::size_t>(inner);
    if (rank_b == 2) {  // one matrix of weights: all rows of `a` at once
        multiply(a.reals.get(), b.reals.get(), out.reals.get(), n == 0 ? 0 : out.size / n, n, k, bias);
        return out;
    }
    auto walk = batch;
    walk.push_back(1);
    auto const steps = [&](Shape const& from, std::size_t matrix) {
        auto out_of = strides_as(Shape(from.begin(), from.end() - std::min<std::ptrdiff_t>(2, static_cast<std::ptrdiff_t>(from.size()))), batch);
        for (auto& s : out_of) s *= matrix;
        out_of.push_back(0);
        return out_of;
    };
    auto* to = out.reals.get();
    each_row(walk, steps(a.shape, m * k), steps(b.shape, k * n), [&](std::size_t at_a, std::size_t at_b) {
        multiply(a.reals.get() + at_a, b.reals.get() + at_b, to, m, n, k);
        to += m * n;
    });
    return out;
}

Result<Tensors> matrix_product(Call const& call) { return one(TRY(product(call, *TRY(call.reals(0)), *TRY(call.reals(1))))); }

// A product and the bias that is added to it, found together in a graph (program.cpp).
Result<Tensors> linear(Call const& call) {
    auto const *a = TRY(call.reals(0)), *b = TRY(call.reals(1)), *bias = TRY(call.reals(2));
    if (b->shape.size() != 2 || bias->size != static_cast<std::size_t>(b->shape[1])) return call.wrong("the bias does not fit");
    return one(TRY(product(call, *a, *b, bias->reals.get())));
}

Tensor turned(Tensor const& t) {
    auto const rows = static_cast<std::size_t>(t.shape[0]), columns = static_cast<std::size_t>(t.shape[1]);
    auto out = make_reals({t.shape[1], t.shape[0]}, t.size);
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c) out.reals[c * rows + r] = t.reals[r * columns + c];
    return out;
}

Result<Tensors> general_product(Call const& call) {
    Tensor a = *TRY(call.reals(0)), b = *TRY(call.reals(1));
    if (a.shape.size() != 2 || b.shape.size() != 2) return call.wrong("these are no matrices");
    if (call.node.integer("transA", 0)) a = turned(a);
    if (call.node.integer("transB", 0)) b = turned(b);
    auto out = TRY(product(call, a, b));
    auto const alpha = call.node.real("alpha", 1), beta = call.node.real("beta", 1);
    if (alpha != 1) for (std::size_t i = 0; i < out.size; ++i) out.reals[i] *= alpha;
    if (!call.optional(2)) return one(std::move(out));
    auto const* c = TRY(call.reals(2));
    if (TRY(broadcast(call, c->shape, out.shape)) != out.shape) return call.wrong("the bias does not fit");
    auto const steps = strides_as(c->shape, out.shape);
    auto* to = out.reals.get();
    each_row(out.shape, steps, steps, [&](std::size_t at, std::size_t) {
        for (std::size_t i = 0; i < static_cast<std::size_t>(out.shape[1]); ++i) *to++ += beta * c->reals[at + i * steps[1]];
    });
    return one(std::move(out));
}

Tensor as_reals(Tensor const& t) {
    if (t.real()) return t;
    auto out = make_reals(t.shape, t.size);
    for (std::size_t i = 0; i < t.size; ++i) out.reals[i] = static_cast<float>(t.integers[i]);
    return out;
}

// value - zero point, the zero point being one number or one for each column (`axis` of the value).
Result<Tensor> shifted(Call const& call, Tensor const& value, Tensor const* zero, std::size_t axis) {
    auto in = as_reals(value);
    if (!zero) return in;
    auto const z = as_reals(*zero);
    if (z.size != 1 && (axis >= in.shape.size() || z.size != static_cast<std::size_t>(in.shape[axis]))) return call.wrong("the zero point does not fit");
    if (z.size == 1 && z.reals[0] == 0) return in;
    std::size_t after = 1;
    for (auto i = axis + 1; i < in.shape.size(); ++i) after *= static_cast<std::size_t>(in.shape[i]);
    auto out = make_reals(in.shape, in.size);
    for (std::size_t i = 0; i < in.size; ++i) out.reals[i] = in.reals[i] - z.reals[z.size == 1 ? 0 : i / after % z.size];
    return out;
}

Result<Tensors> integer_product(Call const& call) {
    auto const a = TRY(shifted(call, *TRY(call.any(0)), call.optional(2), 0));
    auto const& weights = *TRY(call.any(1));
    auto const b = TRY(shifted(call, weights, call.optional(3), weights.shape.empty() ? 0 : weights.shape.size() - 1));
    return one(TRY(product(call, a, b)));
}

Result<Tensors> dequantise(Call const& call) {
    auto const& value = *TRY(call.any(0));
    auto const* scale = TRY(call.reals(1));
    auto const axis = value.shape.empty() || scale->size == 1 ? 0 : TRY(axis_of(call, call.node.integer("axis", 1), value.shape.size()));
    auto const in = TRY(shifted(call, value, call.optional(2), axis));
    if (scale->size == 0 || (scale->size != 1 && (in.shape.empty() || scale->size != static_cast<std::size_t>(in.shape[axis])))) return call.wrong("the scale does not fit");
    std::size_t after = 1;
    for (auto i = axis + 1; i < in.shape.size(); ++i) after *= static_cast<std::size_t>(in.shape[i]);
    auto out = make_reals(in.shape, in.size);
    for (std::size_t i = 0; i < in.size; ++i) out.reals[i] = in.reals[i] * scale->reals[scale->size == 1 ? 0 : i / after % scale->size];
    return one(std::move(out));
}

// To 0 … 255 by the least and the most of this tensor, zero among them.
Result<Tensors> dynamic_quantise(Call const& call) {
    auto const* in = TRY(call.reals(0));
    float least = 0, most = 0;
    for (auto const v : in->floats()) least = std::min(least, v), most = std::max(most, v);
    auto const scale = most > least ? (most - least) / 255.0f : 1.0f;
    auto const zero = std::clamp(std::nearbyint(-least / scale), 0.0f, 255.0f);
    Tensors out;
    out.push_back(make_reals(in->shape, in->size)), out.push_back(make_reals({}, 1)), out.push_back(make_reals({}, 1));
    for (std::size_t i = 0; i < in->size; ++i) out[0].reals[i] = std::clamp(std::nearbyint(in->reals[i] / scale) + zero, 0.0f, 255.0f);
    out[1].reals[0] = scale, out[2].reals[0] = zero;
    return out;
}

}  // namespace

void add_products(OperatorTable& t) {
    t["MatMul"] = matrix_product, t["Gemm"] = general_product, t["kindling.Linear"] = linear;
    t["MatMulInteger"] = integer_product, t["DequantizeLinear"] = dequantise, t["DynamicQuantizeLinear"] = dynamic_quantise;
}

}  // namespace kindling::encoder
