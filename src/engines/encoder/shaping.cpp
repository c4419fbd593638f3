// engines/encoder/shaping.cpp -- operators that change what shape numbers lie in, or make shapes.
#include "engines/encoder/operators.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::encoder {

namespace {

Tensor numbers(std::vector<std::int64_t> const& values) {
    auto out = make_integers({static_cast<std::int64_t>(values.size())}, values.size());
    std::ranges::copy(values, out.integers.get());
    return out;
}

Result<Tensors> same(Call const& call) { return one(*TRY(call.any(0))); }

Result<Tensors> constant(Call const& call) {
    auto const& a = call.node.attributes;
    if (auto const f = a.find("value"); f != a.end() && f->second.tensor) return one(*f->second.tensor);
    if (auto const f = a.find("value_int"); f != a.end()) return one(reshaped(numbers({f->second.integer}), {}));
    if (auto const f = a.find("value_ints"); f != a.end()) return one(numbers(f->second.integers));
    auto const reals = [](std::vector<float> const& values, Shape shape) {
        auto out = make_reals(std::move(shape), values.size());
        std::ranges::copy(values, out.reals.get());
        return one(std::move(out));
    };
    if (auto const f = a.find("value_float"); f != a.end()) return reals({f->second.real}, {});
    if (auto const f = a.find("value_floats"); f != a.end()) return reals(f->second.reals, {static_cast<std::int64_t>(f->second.reals.size())});
    return call.wrong("it has no value of numbers");
}

Result<Tensors> shape(Call const& call) {
    auto const& in = TRY(call.any(0))->shape;
    auto const rank = static_cast<std::int64_t>(in.size());
    auto const within = [&](std::int64_t at) { return std::clamp<std::int64_t>(at < 0 ? at + rank : at, 0, rank); };
    auto const from = within(call.node.integer("start", 0)), to = std::max(from, within(call.node.integer("end", rank)));
    return one(numbers({in.begin() + from, in.begin() + to}));
}

Result<Tensors> size(Call const& call) { return one(reshaped(numbers({static_cast<std::int64_t>(TRY(call.any(0))->size)}), {})); }

Result<Tensors> reshape(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const wanted = TRY(call.list("shape", 1));
    if (!wanted) return call.wrong("no shape is said");
    Shape to;
    std::size_t known = 1;
    std::optional<std::size_t> open;
    for (std::size_t i = 0; i < wanted->size(); ++i) {
        auto axis = (*wanted)[i];
        if (axis == 0 && call.node.integer("allowzero", 0) == 0) {
            if (i >= in->shape.size()) return call.wrong("the shape takes over an axis that is not there");
            axis = in->shape[i];
        }
        if (axis == -1 && !open) open = i, axis = 1;
        to.push_back(axis);
    }
    known = TRY(count_of(to, call.limit));
    if (open) to[*open] = known == 0 ? 0 : static_cast<std::int64_t>(in->size / known);
    if (TRY(count_of(to, call.limit)) != in->size) return call.wrong(fmt::format("it cannot take the shape {}", text_of(*wanted)));
    return one(reshaped(*in, std::move(to)));
}

Result<Tensors> flatten(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const axis = call.node.integer("axis", 1);
    auto const at = axis == static_cast<std::int64_t>(in->shape.size()) ? in->shape.size() : TRY(axis_of(call, axis, in->shape.size()));
    auto const first = TRY(count_of(Shape(in->shape.begin(), in->shape.begin() + static_cast<std::ptrdiff_t>(at))));
    auto const second = TRY(count_of(Shape(in->shape.begin() + static_cast<std::ptrdiff_t>(at), in->shape.end())));
    return one(reshaped(*in, {static_cast<std::int64_t>(first), static_cast<std::int64_t>(second)}));
}

Result<Tensors> unsqueeze(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const axes = TRY(call.list("axes", 1));
    if (!axes) return call.wrong("no axes are said");
    auto const rank = in->shape.size() + axes->size();
    if (rank > 16) return call.wrong("there are too many axes");
    std::vector<bool> fresh(rank, false);
    for (auto const a : *axes) fresh[TRY(axis_of(call, a, rank))] = true;
    Shape to;
    std::size_t next = 0;
    for (std::size_t i = 0; i < rank; ++i) {
        if (!fresh[i] && next >= in->shape.size()) return call.wrong("an axis is said twice");
        to.push_back(fresh[i] ? 1 : in->shape[next++]);
    }
    if (next != in->shape.size()) return call.wrong("an axis is said twice");
    return one(reshaped(*in, std::move(to)));
}

Result<Tensors> squeeze(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const axes = TRY(call.list("axes", 1));
    std::vector<bool> gone(in->shape.size(), false);
    if (axes)
        for (auto const a : *axes) gone[TRY(axis_of(call, a, in->shape.size()))] = true;
    else
        for (std::size_t i = 0; i < in->shape.size(); ++i) gone[i] = in->shape[i] == 1;
    Shape to;
    for (std::size_t i = 0; i < in->shape.size(); ++i)
        if (!gone[i]) to.push_back(in->shape[i]);
        else if (in->shape[i] != 1) return call.wrong("an axis to be dropped is longer than 1");
    return one(reshaped(*in, std::move(to)));
}

Result<Tensors> transpose(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const rank = in->shape.size();
    std::vector<std::size_t> order(rank);
    for (std::size_t i = 0; i < rank; ++i) order[i] = rank - 1 - i;
    if (auto const given = TRY(call.list("perm", 99))) {
        if (given->size() != rank) return call.wrong("perm names other axes than there are");
        std::vector<bool> seen(rank, false);
        for (std::size_t i = 0; i < rank; ++i) {
            order[i] = TRY(axis_of(call, (*given)[i], rank));
            if (seen[order[i]]) return call.wrong("perm names an axis twice");
            seen[order[i]] = true;
        }
    }
    auto const steps = strides_as(in->shape, in->shape);
    Shape to(rank);
    std::vector<std::size_t> from(rank);
    for (std::size_t i = 0; i < rank; ++i) to[i] = in->shape[order[i]], from[i] = steps[order[i]];
    auto out = in->real() ? make_reals(to, in->size) : make_integers(to, in->size);
    auto const n = rank == 0 ? 1 : static_cast<std::size_t>(to.back()), step = rank == 0 ? 0 : from.back();
    auto const move = [&]<class T>(T const* source, T* target) {
        each_row(to, from, from, [&](std::size_t at, std::size_t) {
            if (step == 1) std::copy_n(source + at, n, target);
            else for (std::size_t i = 0; i < n; ++i) target[i] = source[at + i * step];
            target += n;
        });
    };
    in->real() ? move(in->reals.get(), out.reals.get()) : move(in->integers.get(), out.integers.get());
    return one(std::move(out));
}

Result<Tensors> expand(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const wanted = TRY(call.integers(1))->whole();
    auto const shape = TRY(broadcast(call, in->shape, Shape(wanted.begin(), wanted.end())));
    auto const count = TRY(count_of(shape, call.limit));
    auto out = in->real() ? make_reals(shape, count) : make_integers(shape, count);
    auto const steps = strides_as(in->shape, shape);
    auto const n = shape.empty() ? 1 : static_cast<std::size_t>(shape.back()), step = shape.empty() ? 0 : steps.back();
    auto const copy = [&]<class T>(T const* source, T* target) {
        each_row(shape, steps, steps, [&](std::size_t at, std::size_t) {
            for (std::size_t i = 0; i < n; ++i) target[i] = source[at + i * step];
            target += n;
        });
    };
    in->real() ? copy(in->reals.get(), out.reals.get()) : copy(in->integers.get(), out.integers.get());
    return one(std::move(out));
}

Result<Tensors> constant_of_shape(Call const& call) {
    auto const wanted = TRY(call.integers(0))->whole();
    Shape const shape(wanted.begin(), wanted.end());
    auto const count = TRY(count_of(shape, call.limit));
    auto const value = call.node.attributes.find("value");
    auto const* given = value == call.node.attributes.end() || !value->second.tensor ? nullptr : &*value->second.tensor;
    if (given && given->size != 1) return call.wrong("its value is not one number");
    auto out = given && !given->real() ? make_integers(shape, count) : make_reals(shape, count);
    if (out.real()) std::fill_n(out.reals.get(), count, given ? given->reals[0] : 0.0f);
    else std::fill_n(out.integers.get(), count, given->integers[0]);
    return one(std::move(out));
}

Result<Tensors> range(Call const& call) {
    for (std::size_t i = 0; i < 3; ++i)
        if (TRY(call.any(i))->size != 1 || call.inputs[i]->real()) return call.wrong("it counts from, to and by one whole number each");
    auto const from = call.inputs[0]->integers[0], to = call.inputs[1]->integers[0], by = call.inputs[2]->integers[0];
    if (by == 0) return call.wrong("it counts by 0");
    auto const whole = [](std::int64_t v) { return static_cast<std::uint64_t>(v); };  // differences do not fit the other kind
    auto const distance = by > 0 ? (to > from ? whole(to) - whole(from) : 0) : (from > to ? whole(from) - whole(to) : 0);
    auto const step = by > 0 ? whole(by) : 0 - whole(by);
    auto const count = distance / step + (distance % step != 0);
    if (count > call.limit) return call.wrong("it counts too far");
    std::vector<std::int64_t> out;
    for (std::uint64_t i = 0; i < count; ++i) out.push_back(static_cast<std::int64_t>(whole(from) + i * whole(by)));
    return one(numbers(out));
}

}  // namespace

void add_shaping(OperatorTable& t) {
    t["Identity"] = same, t["Dropout"] = same, t["Constant"] = constant, t["Shape"] = shape, t["Size"] = size, t["Reshape"] = reshape, t["Flatten"] = flatten;
    t["Unsqueeze"] = unsqueeze, t["Squeeze"] = squeeze, t["Transpose"] = transpose, t["Expand"] = expand, t["ConstantOfShape"] = constant_of_shape, t["Range"] = range;
}

}  // namespace kindling::encoder
