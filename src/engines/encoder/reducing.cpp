// engines/encoder/reducing.cpp -- operators over the numbers of an axis: sums, means, softmax, layer normalisation.
#include "engines/encoder/kernels.h"
#include "engines/encoder/operators.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace kindling::encoder {

namespace {

enum class Kind { sum, mean, most, square, length };

template <Kind kind> Result<Tensors> reduce(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const axes = TRY(call.list("axes", 1));
    std::vector<bool> gone(in->shape.size(), !axes || axes->empty());
    if (axes && axes->empty() && call.node.integer("noop_with_empty_axes", 0)) return one(*in);
    if (axes)
        for (auto const a : *axes) gone[TRY(axis_of(call, a, in->shape.size()))] = true;
    Shape kept = in->shape, shape;
    std::size_t among = 1;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (gone[i]) among *= static_cast<std::size_t>(kept[i]), kept[i] = 1;
        if (!gone[i] || call.node.integer("keepdims", 1)) shape.push_back(kept[i]);
    }
    if (kind == Kind::most && among == 0) return call.wrong("nothing has no largest");
    auto const size = TRY(count_of(shape, call.limit));
    auto const to = strides_as(kept, in->shape);  // where each number goes; 0 along an axis that is summed
    auto const n = in->shape.empty() ? 1 : static_cast<std::size_t>(in->shape.back()), step = in->shape.empty() ? 0 : to.back();
    if (!in->real()) {
        if (kind != Kind::sum && kind != Kind::most) return call.wrong("whole numbers are only summed here");
        auto out = make_integers(shape, size);
        std::fill_n(out.integers.get(), size, kind == Kind::most ? std::numeric_limits<std::int64_t>::min() : 0);
        auto const* from = in->integers.get();
        each_row(in->shape, to, to, [&](std::size_t at, std::size_t) {
            for (std::size_t i = 0; i < n; ++i, ++from)
                if (auto& o = out.integers[at + i * step]; kind == Kind::most) o = std::max(o, *from);
                else o = static_cast<std::int64_t>(static_cast<std::uint64_t>(o) + static_cast<std::uint64_t>(*from));
        });
        return one(std::move(out));
    }
    auto out = make_reals(shape, size);
    auto* const o = out.reals.get();
    std::fill_n(o, size, kind == Kind::most ? -std::numeric_limits<float>::infinity() : 0.0f);
    auto const* from = in->reals.get();
    auto const value = [](float v) { return kind == Kind::square || kind == Kind::length ? v * v : v; };
    each_row(in->shape, to, to, [&](std::size_t at, std::size_t) {
        if (kind == Kind::most) for (std::size_t i = 0; i < n; ++i) o[at + i * step] = std::max(o[at + i * step], from[i]);
        else if (step == 0) {
            double sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += value(from[i]);
            o[at] += static_cast<float>(sum);
        } else for (std::size_t i = 0; i < n; ++i) o[at + i * step] += value(from[i]);
        from += n;
    });
    for (std::size_t i = 0; i < size; ++i)
        if (kind == Kind::mean) o[i] /= static_cast<float>(among);
        else if (kind == Kind::length) o[i] = std::sqrt(o[i]);
    return one(std::move(out));
}

Result<Tensors> soft_max(Call const& call) {
    auto const* in = TRY(call.reals(0));
    if (in->shape.empty()) return call.wrong("there is no axis");
    // Until opset 12 all axes from the one said count as one; the last alone is the same in both, and what encoders have.
    auto const at = TRY(axis_of(call, call.node.integer("axis", call.version < 13 ? 1 : -1), in->shape.size()));
    std::size_t columns = 1;
    for (auto i = at; i < in->shape.size(); ++i) columns *= static_cast<std::size_t>(in->shape[i]);
    if (call.version >= 13 && at + 1 != in->shape.size()) return call.wrong("softmax is over the last axis here");
    auto out = make_reals(in->shape, in->size);
    if (columns > 0) softmax(in->reals.get(), out.reals.get(), in->size / columns, columns);
    return one(std::move(out));
}

Result<Tensors> layer_normalisation(Call const& call) {
    auto const *in = TRY(call.reals(0)), *scale = TRY(call.reals(1)), *shift = call.optional(2);
    if (shift) TRY(call.reals(2));
    auto const at = TRY(axis_of(call, call.node.integer("axis", -1), in->shape.size()));
    std::size_t columns = 1;
    for (auto i = at; i < in->shape.size(); ++i) columns *= static_cast<std::size_t>(in->shape[i]);
    if (columns == 0 || scale->size != columns || (shift && shift->size != columns)) return call.wrong("scale and shift do not fit the axis");
    auto out = make_reals(in->shape, in->size);
    normalise(in->reals.get(), scale->reals.get(), shift ? shift->reals.get() : nullptr, out.reals.get(), in->size / columns, columns, call.node.real("epsilon", 1e-5f));
    return one(std::move(out));
}

Result<Tensors> cumulative_sum(Call const& call) {
    auto const* in = TRY(call.integers(0));
    auto const* axis = TRY(call.integers(1));
    if (axis->size != 1 || call.node.integer("exclusive", 0) || call.node.integer("reverse", 0)) return call.wrong("only plain sums along one axis are known here");
    auto const at = TRY(axis_of(call, axis->integers[0], in->shape.size()));
    std::size_t after = 1;
    for (auto i = at + 1; i < in->shape.size(); ++i) after *= static_cast<std::size_t>(in->shape[i]);
    auto const length = static_cast<std::size_t>(in->shape[at]);
    auto out = make_integers(in->shape, in->size);
    for (std::size_t i = 0; i < in->size; ++i) out.integers[i] = static_cast<std::int64_t>(static_cast<std::uint64_t>(in->integers[i]) + (i / after % length == 0 ? 0 : static_cast<std::uint64_t>(out.integers[i - after])));
    return one(std::move(out));
}

}  // namespace

void add_reducing(OperatorTable& t) {
    t["ReduceSum"] = reduce<Kind::sum>, t["ReduceMean"] = reduce<Kind::mean>, t["ReduceMax"] = reduce<Kind::most>, t["ReduceSumSquare"] = reduce<Kind::square>, t["ReduceL2"] = reduce<Kind::length>;
    t["Softmax"] = soft_max, t["LayerNormalization"] = layer_normalisation, t["CumSum"] = cumulative_sum;
}

}  // namespace kindling::encoder
