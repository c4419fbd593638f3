#include "engines/encoder/operators.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::encoder {

std::unexpected<Error> Call::wrong(std::string_view what) const {
    std::string shapes;
    for (auto const* t : inputs) shapes += (shapes.empty() ? "" : ", ") + (t ? text_of(t->shape) + (t->real() ? "" : " whole numbers") : std::string("nothing"));
    return wrong_shape(fmt::format("{}: {}; it is given {}.", node.label(), what, shapes.empty() ? "nothing" : shapes));
}

Result<Tensor const*> Call::any(std::size_t i) const {
    if (auto const* t = optional(i)) return t;
    return wrong(fmt::format("input {} is missing", i + 1));
}
Result<Tensor const*> Call::reals(std::size_t i) const {
    auto const* t = TRY(any(i));
    return t->real() ? Result<Tensor const*>(t) : wrong(fmt::format("input {} must be real numbers", i + 1));
}
Result<Tensor const*> Call::integers(std::size_t i) const {
    auto const* t = TRY(any(i));
    return !t->real() ? Result<Tensor const*>(t) : wrong(fmt::format("input {} must be whole numbers", i + 1));
}

Result<std::optional<std::vector<std::int64_t>>> Call::list(std::string_view attribute, std::size_t input) const {
    if (optional(input)) {
        auto const values = TRY(integers(input))->whole();
        return std::vector<std::int64_t>(values.begin(), values.end());
    }
    if (auto const found = node.attributes.find(attribute); found != node.attributes.end()) return found->second.integers;
    return std::nullopt;
}

Result<std::size_t> axis_of(Call const& call, std::int64_t axis, std::size_t rank) {
    auto const all = static_cast<std::int64_t>(rank);
    if (axis < -all || axis >= all) return call.wrong(fmt::format("there is no axis {}", axis));
    return static_cast<std::size_t>(axis < 0 ? axis + all : axis);
}

Result<Shape> broadcast(Call const& call, Shape const& a, Shape const& b) {
    Shape out(std::max(a.size(), b.size()), 1);
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto const x = i < a.size() ? a[a.size() - 1 - i] : 1, y = i < b.size() ? b[b.size() - 1 - i] : 1;
        if (x != y && x != 1 && y != 1) return call.wrong("the shapes do not fit each other");
        out[out.size() - 1 - i] = x == 1 ? y : x;
    }
    return out;
}

std::vector<std::size_t> strides_as(Shape const& from, Shape const& to) {
    std::vector<std::size_t> out(to.size(), 0);
    std::size_t step = 1;
    for (std::size_t i = 0; i < from.size(); ++i) {
        auto const axis = from[from.size() - 1 - i];
        if (axis != 1) out[to.size() - 1 - i] = step;
        step *= static_cast<std::size_t>(axis);
    }
    return out;
}

Operator find_operator(std::string_view name) {
    static OperatorTable const all = [] {
        OperatorTable out;
        add_elementwise(out), add_shaping(out), add_picking(out), add_reducing(out), add_products(out);
        return out;
    }();
    auto const found = all.find(name);
    return found == all.end() ? nullptr : found->second;
}

}  // namespace kindling::encoder
