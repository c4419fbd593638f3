// engines/encoder/picking.cpp -- operators that take parts of a tensor or put tensors together.
#include "engines/encoder/operators.h"
#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace kindling::encoder {

namespace {

// A tensor around one axis: `before` blocks of `axis` rows of `after` numbers.
struct Around { std::size_t before = 1, axis = 1, after = 1; };
Around around(Shape const& shape, std::size_t at) {
    Around out;
    for (std::size_t i = 0; i < shape.size(); ++i) (i < at ? out.before : i == at ? out.axis : out.after) *= static_cast<std::size_t>(shape[i]);
    return out;
}

// The same for numbers of both kinds: `move` is called with the two arrays and copies from one to the other.
template <class Move> void of_kind(Tensor const& from, Tensor& to, Move&& move) { from.real() ? move(from.reals.get(), to.reals.get()) : move(from.integers.get(), to.integers.get()); }

Tensor like(Tensor const& t, Shape shape, std::size_t size) { return t.real() ? make_reals(std::move(shape), size) : make_integers(std::move(shape), size); }

std::unexpected<Error> outside(Call const& call, std::int64_t row, std::size_t rows) { return call.wrong(fmt::format("row {} is asked for and there are {}", row, rows)); }

Result<Tensors> gather(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const* rows = TRY(call.integers(1));
    auto const at = TRY(axis_of(call, call.node.integer("axis", 0), in->shape.size()));
    auto const part = around(in->shape, at);
    Shape shape(in->shape.begin(), in->shape.begin() + static_cast<std::ptrdiff_t>(at));
    shape.insert(shape.end(), rows->shape.begin(), rows->shape.end());
    shape.insert(shape.end(), in->shape.begin() + static_cast<std::ptrdiff_t>(at) + 1, in->shape.end());
    auto out = like(*in, shape, TRY(count_of(shape, call.limit)));
    for (auto const row : rows->whole())
        if (row < -static_cast<std::int64_t>(part.axis) || row >= static_cast<std::int64_t>(part.axis)) return outside(call, row, part.axis);
    of_kind(*in, out, [&](auto const* from, auto* to) {
        for (std::size_t b = 0; b < part.before; ++b)
            for (auto const row : rows->whole())
                to = std::copy_n(from + (b * part.axis + static_cast<std::size_t>(row < 0 ? row + static_cast<std::int64_t>(part.axis) : row)) * part.after, part.after, to);
    });
    return one(std::move(out));
}

// One number of each row: output[i, j] = input[i, rows[i, j]] along the axis, for tensors that agree elsewhere.
Result<Tensors> gather_elements(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const* rows = TRY(call.integers(1));
    auto const at = TRY(axis_of(call, call.node.integer("axis", 0), in->shape.size()));
    auto other = rows->shape;
    if (other.size() == in->shape.size()) other[at] = in->shape[at];
    if (other != in->shape) return call.wrong("the two must agree but for the axis");
    auto const part = around(in->shape, at), picked = around(rows->shape, at);
    auto out = like(*in, rows->shape, rows->size);
    for (std::size_t i = 0; i < rows->size; ++i) {
        auto const row = rows->integers[i] < 0 ? rows->integers[i] + static_cast<std::int64_t>(part.axis) : rows->integers[i];
        if (row < 0 || row >= static_cast<std::int64_t>(part.axis)) return outside(call, row, part.axis);
        auto const before = i / (picked.axis * picked.after), after = i % picked.after;
        of_kind(*in, out, [&](auto const* from, auto* to) { to[i] = from[(before * part.axis + static_cast<std::size_t>(row)) * part.after + after]; });
    }
    return one(std::move(out));
}

// Places of several axes at once: rows [..., k] name the first k axes (after batch_dims that both share).
Result<Tensors> gather_nd(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const* rows = TRY(call.integers(1));
    auto const shared = call.node.integer("batch_dims", 0);
    if (shared < 0 || rows->shape.empty() || static_cast<std::size_t>(shared) >= rows->shape.size()) return call.wrong("batch_dims does not fit");
    auto const batch = static_cast<std::size_t>(shared);
    auto const k = static_cast<std::size_t>(rows->shape.back());
    if (k == 0 || batch + k > in->shape.size() || !std::equal(in->shape.begin(), in->shape.begin() + shared, rows->shape.begin())) return call.wrong("the places do not fit");
    Shape shape(rows->shape.begin(), rows->shape.end() - 1);
    shape.insert(shape.end(), in->shape.begin() + static_cast<std::ptrdiff_t>(batch + k), in->shape.end());
    auto out = like(*in, shape, TRY(count_of(shape, call.limit)));
    auto const steps = strides_as(in->shape, in->shape);
    auto const part = TRY(count_of(Shape(in->shape.begin() + static_cast<std::ptrdiff_t>(batch + k), in->shape.end())));
    auto const whole = TRY(count_of(Shape(in->shape.begin() + shared, in->shape.end())));
    auto const each = TRY(count_of(Shape(rows->shape.begin() + shared, rows->shape.end() - 1)));
    for (std::size_t i = 0; i < rows->size / k; ++i) {
        auto from = each == 0 ? 0 : i / each * whole;
        for (std::size_t d = 0; d < k; ++d) {
            auto const axis = in->shape[batch + d];
            auto const row = rows->integers[i * k + d] < 0 ? rows->integers[i * k + d] + axis : rows->integers[i * k + d];
            if (row < 0 || row >= axis) return outside(call, row, static_cast<std::size_t>(axis));
            from += static_cast<std::size_t>(row) * (axis == 1 ? 0 : steps[batch + d]);
        }
        of_kind(*in, out, [&](auto const* source, auto* to) { std::copy_n(source + from, part, to + i * part); });
    }
    return one(std::move(out));
}

Result<Tensors> concat(Call const& call) {
    auto const* first = TRY(call.any(0));
    auto const at = TRY(axis_of(call, call.node.integer("axis", 0), first->shape.size()));
    auto shape = first->shape;
    shape[at] = 0;
    for (std::size_t i = 0; i < call.inputs.size(); ++i) {
        auto const* t = TRY(call.any(i));
        auto other = t->shape;
        if (other.size() != shape.size() || t->real() != first->real()) return call.wrong("they cannot be put together");
        shape[at] += other[at], other[at] = shape[at];
        if (other != shape) return call.wrong("they differ in another axis than the one they are joined along");
    }
    auto out = like(*first, shape, TRY(count_of(shape, call.limit)));
    auto const whole = around(shape, at);
    std::size_t done = 0;
    for (auto const* t : call.inputs) {
        auto const part = around(t->shape, at);
        of_kind(*t, out, [&](auto const* from, auto* to) {
            for (std::size_t b = 0; b < part.before; ++b) std::copy_n(from + b * part.axis * part.after, part.axis * part.after, to + (b * whole.axis + done) * whole.after);
        });
        done += part.axis;
    }
    return one(std::move(out));
}

// `count` rows of an axis, from `from` on by `by`.
Tensor rows_of(Tensor const& in, std::size_t at, std::int64_t from, std::int64_t by, std::size_t count) {
    auto shape = in.shape;
    shape[at] = static_cast<std::int64_t>(count);
    auto const part = around(in.shape, at);
    auto out = like(in, std::move(shape), part.before * count * part.after);
    of_kind(in, out, [&](auto const* source, auto* to) {
        for (std::size_t b = 0; b < part.before; ++b)
            for (std::size_t i = 0; i < count; ++i) to = std::copy_n(source + (b * part.axis + static_cast<std::size_t>(from + by * static_cast<std::int64_t>(i))) * part.after, part.after, to);
    });
    return out;
}

Result<Tensors> slice(Call const& call) {
    Tensor out = *TRY(call.any(0));
    auto const starts = TRY(call.list("starts", 1)), ends = TRY(call.list("ends", 2)), axes = TRY(call.list("axes", 3)), steps = TRY(call.list("steps", 4));
    if (!starts || !ends || starts->size() != ends->size() || (axes && axes->size() != starts->size()) || (steps && steps->size() != starts->size())) return call.wrong("starts, ends, axes and steps do not fit each other");
    for (std::size_t i = 0; i < starts->size(); ++i) {
        auto const at = TRY(axis_of(call, axes ? (*axes)[i] : static_cast<std::int64_t>(i), out.shape.size()));
        auto const length = out.shape[at], by = steps ? (*steps)[i] : 1;
        if (by == 0 || by < -length - 1) return call.wrong("a step does not fit");
        auto const place = [&](std::int64_t v) { return std::clamp<std::int64_t>(v < 0 ? std::max(v, -length - 1) + length : v, by > 0 ? 0 : -1, by > 0 ? length : length - 1); };
        auto const from = place((*starts)[i]), to = place((*ends)[i]);
        auto const stride = std::min(by > 0 ? by : -by, std::max<std::int64_t>(length, 1));
        auto const distance = by > 0 ? to - from : from - to;
        out = rows_of(out, at, from, by > 0 ? stride : -stride, distance > 0 ? static_cast<std::size_t>((distance + stride - 1) / stride) : 0);
    }
    return one(std::move(out));
}

Result<Tensors> split(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const at = TRY(axis_of(call, call.node.integer("axis", 0), in->shape.size()));
    auto sizes = TRY(call.list("split", 1));
    auto const parts = static_cast<std::int64_t>(call.node.outputs.size());
    if (!sizes) {
        auto const each = (in->shape[at] + parts - 1) / parts;
        sizes.emplace();
        for (std::int64_t i = 0; i < parts; ++i) sizes->push_back(std::clamp<std::int64_t>(in->shape[at] - i * each, 0, each));
    }
    Tensors out;
    std::int64_t from = 0;
    for (auto const n : *sizes) {
        if (n < 0 || n > in->shape[at] - from) return call.wrong("the parts do not add up to the axis");
        out.push_back(rows_of(*in, at, from, 1, static_cast<std::size_t>(n)));
        from += n;
    }
    return from == in->shape[at] ? Result<Tensors>(std::move(out)) : call.wrong("the parts do not add up to the axis");
}

Result<Tensors> tile(Call const& call) {
    Tensors out = one(*TRY(call.any(0)));
    auto const times = TRY(call.integers(1))->whole();
    if (times.size() != out.front().shape.size()) return call.wrong("it repeats other axes than there are");
    for (std::size_t at = 0; at < times.size(); ++at) {
        auto shape = out.front().shape;
        if (times[at] < 0 || times[at] > static_cast<std::int64_t>(call.limit) || shape[at] > static_cast<std::int64_t>(call.limit)) return call.wrong("it cannot be repeated so often");
        shape[at] *= times[at];
        auto next = like(out.front(), shape, TRY(count_of(shape, call.limit)));
        auto const part = around(out.front().shape, at);
        of_kind(out.front(), next, [&](auto const* from, auto* to) {
            for (std::size_t b = 0; b < part.before; ++b)
                for (std::int64_t i = 0; i < times[at]; ++i) to = std::copy_n(from + b * part.axis * part.after, part.axis * part.after, to);
        });
        out = one(std::move(next));
    }
    return out;
}

}  // namespace

void add_picking(OperatorTable& t) {
    t["Gather"] = gather, t["GatherElements"] = gather_elements, t["GatherND"] = gather_nd, t["Concat"] = concat, t["Slice"] = slice, t["Split"] = split, t["Tile"] = tile;
}

}  // namespace kindling::encoder
