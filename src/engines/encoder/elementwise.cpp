// engines/encoder/elementwise.cpp -- operators that treat every number alone, one or two tensors at a time.
#include "engines/encoder/kernels.h"
#include "engines/encoder/operators.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace kindling::encoder {

namespace {

// Axes that lie together in both are walked as one, so that the inner loop is as long as can be.
template <class In, class Out, class F> void combine(In const* a, Shape const& of_a, In const* b, Shape const& of_b, Out* out, Shape const& shape, F&& f) {
    auto const sa = strides_as(of_a, shape), sb = strides_as(of_b, shape);
    Shape merged;
    std::vector<std::size_t> ma, mb;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == 1) continue;
        auto const axis = static_cast<std::size_t>(shape[i]);
        if (!merged.empty() && ma.back() == sa[i] * axis && mb.back() == sb[i] * axis) merged.back() *= shape[i], ma.back() = sa[i], mb.back() = sb[i];
        else merged.push_back(shape[i]), ma.push_back(sa[i]), mb.push_back(sb[i]);
    }
    if (merged.empty()) merged.push_back(1), ma.push_back(0), mb.push_back(0);
    auto const n = static_cast<std::size_t>(merged.back()), da = ma.back(), db = mb.back();
    each_row(merged, ma, mb, [&](std::size_t pa, std::size_t pb) {
        auto const *x = a + pa, *y = b + pb;
        if (da == 1 && db == 1) for (std::size_t i = 0; i < n; ++i) out[i] = f(x[i], y[i]);
        else if (da == 1 && db == 0) { auto const c = *y; for (std::size_t i = 0; i < n; ++i) out[i] = f(x[i], c); }
        else for (std::size_t i = 0; i < n; ++i) out[i] = f(x[i * da], y[i * db]);
        out += n;
    });
}

Tensor as_reals(Tensor const& t) {
    auto out = make_reals(t.shape, t.size);
    for (std::size_t i = 0; i < t.size; ++i) out.reals[i] = static_cast<float>(t.integers[i]);
    return out;
}

// A mask of whole numbers may meet a constant that was widened to reals: then both are reals.
struct Pair { Tensor a, b; Shape shape; std::size_t size = 0; };
Result<Pair> pair(Call const& call, std::size_t first = 0) {
    auto a = *TRY(call.any(first)), b = *TRY(call.any(first + 1));
    if (a.real() != b.real()) (a.real() ? b : a) = as_reals(a.real() ? b : a);
    auto shape = TRY(broadcast(call, a.shape, b.shape));
    auto const size = TRY(count_of(shape, call.limit));
    return Pair{std::move(a), std::move(b), std::move(shape), size};
}

std::int64_t wrapped(std::uint64_t v) { return static_cast<std::int64_t>(v); }  // whole numbers wrap around, as everywhere in ONNX
struct Add { float operator()(float a, float b) const { return a + b; } std::int64_t operator()(std::int64_t a, std::int64_t b) const { return wrapped(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b)); } };
struct Sub { float operator()(float a, float b) const { return a - b; } std::int64_t operator()(std::int64_t a, std::int64_t b) const { return wrapped(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b)); } };
struct Mul { float operator()(float a, float b) const { return a * b; } std::int64_t operator()(std::int64_t a, std::int64_t b) const { return wrapped(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b)); } };
struct Div { float operator()(float a, float b) const { return a / b; } std::int64_t operator()(std::int64_t a, std::int64_t b) const { return b == 0 || b == -1 ? (b == 0 ? 0 : wrapped(0 - static_cast<std::uint64_t>(a))) : a / b; } };
struct Least { template <class T> T operator()(T a, T b) const { return std::min(a, b); } };
struct Most { template <class T> T operator()(T a, T b) const { return std::max(a, b); } };
struct Power {
    float operator()(float a, float b) const { return b == 2 ? a * a : b == 0.5f ? std::sqrt(a) : std::pow(a, b); }
    std::int64_t operator()(std::int64_t a, std::int64_t b) const {
        auto const r = std::pow(static_cast<double>(a), static_cast<double>(b));
        return r >= -9.2e18 && r <= 9.2e18 ? static_cast<std::int64_t>(r) : 0;
    }
};
struct Modulo {  // the sign of the divisor, as ONNX's default
    float operator()(float a, float b) const { return std::fmod(a, b); }
    std::int64_t operator()(std::int64_t a, std::int64_t b) const { return b == 0 || b == -1 ? 0 : (a % b != 0 && (a % b < 0) != (b < 0)) ? a % b + b : a % b; }
};

template <class F> Result<Tensors> arithmetic(Call const& call) {
    auto p = TRY(pair(call));
    if (p.a.real()) {
        auto out = make_reals(p.shape, p.size);
        combine(p.a.reals.get(), p.a.shape, p.b.reals.get(), p.b.shape, out.reals.get(), p.shape, [](float a, float b) { return F{}(a, b); });
        return one(std::move(out));
    }
    auto out = make_integers(p.shape, p.size);
    combine(p.a.integers.get(), p.a.shape, p.b.integers.get(), p.b.shape, out.integers.get(), p.shape, [](std::int64_t a, std::int64_t b) { return F{}(a, b); });
    return one(std::move(out));
}

// Min and Max take any number of tensors.
template <class F> Result<Tensors> folded(Call const& call) {
    auto out = one(*TRY(call.any(0)));
    for (std::size_t i = 1; i < call.inputs.size(); ++i) out = TRY(arithmetic<F>({call.node, call.version, {&out.front(), call.inputs[i]}, call.limit}));
    return out;
}

template <class F> Result<Tensors> comparison(Call const& call) {
    auto p = TRY(pair(call));
    auto out = make_integers(p.shape, p.size);
    if (p.a.real()) combine(p.a.reals.get(), p.a.shape, p.b.reals.get(), p.b.shape, out.integers.get(), p.shape, [](float a, float b) { return std::int64_t{F{}(a, b)}; });
    else combine(p.a.integers.get(), p.a.shape, p.b.integers.get(), p.b.shape, out.integers.get(), p.shape, [](std::int64_t a, std::int64_t b) { return std::int64_t{F{}(a, b)}; });
    return one(std::move(out));
}

template <class F> Result<Tensors> logical(Call const& call) {
    TRY(call.integers(0)), TRY(call.integers(1));
    return comparison<F>(call);
}
struct Both { template <class T> bool operator()(T a, T b) const { return a != 0 && b != 0; } };
struct Either { template <class T> bool operator()(T a, T b) const { return a != 0 || b != 0; } };

template <float (*f)(float)> Result<Tensors> mapped(Call const& call) {
    auto const* in = TRY(call.reals(0));
    auto out = make_reals(in->shape, in->size);
    for (std::size_t i = 0; i < in->size; ++i) out.reals[i] = f(in->reals[i]);
    return one(std::move(out));
}
template <void (*f)(float const*, float*, std::size_t)> Result<Tensors> mapped_rows(Call const& call) {
    auto const* in = TRY(call.reals(0));
    auto out = make_reals(in->shape, in->size);
    f(in->reals.get(), out.reals.get(), in->size);
    return one(std::move(out));
}

Result<Tensors> negative(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto out = in->real() ? make_reals(in->shape, in->size) : make_integers(in->shape, in->size);
    for (std::size_t i = 0; i < in->size; ++i)
        if (in->real()) out.reals[i] = -in->reals[i];
        else out.integers[i] = wrapped(0 - static_cast<std::uint64_t>(in->integers[i]));
    return one(std::move(out));
}

Result<Tensors> logical_not(Call const& call) {
    auto const* in = TRY(call.integers(0));
    auto out = make_integers(in->shape, in->size);
    for (std::size_t i = 0; i < in->size; ++i) out.integers[i] = in->integers[i] == 0;
    return one(std::move(out));
}

Result<Tensors> is_nan(Call const& call) {
    auto const* in = TRY(call.reals(0));
    auto out = make_integers(in->shape, in->size);
    for (std::size_t i = 0; i < in->size; ++i) out.integers[i] = std::isnan(in->reals[i]);
    return one(std::move(out));
}

Result<Tensors> clip(Call const& call) {
    auto const* in = TRY(call.reals(0));
    auto const bound = [&](std::size_t i, std::string_view name, float otherwise) -> Result<float> {
        if (!call.optional(i)) return call.node.real(name, otherwise);
        auto const* t = TRY(call.reals(i));
        return t->size == 1 ? Result<float>(t->reals[0]) : call.wrong("a bound must be one number");
    };
    auto const least = TRY(bound(1, "min", std::numeric_limits<float>::lowest())), most = TRY(bound(2, "max", std::numeric_limits<float>::max()));
    auto out = make_reals(in->shape, in->size);
    for (std::size_t i = 0; i < in->size; ++i) out.reals[i] = std::min(std::max(in->reals[i], least), most);
    return one(std::move(out));
}

Result<Tensors> where(Call const& call) {
    auto const* chosen = TRY(call.integers(0));
    auto p = TRY(pair(call, 1));
    auto const shape = TRY(broadcast(call, chosen->shape, p.shape));
    auto const size = TRY(count_of(shape, call.limit));
    // The two first stretched to the whole, then picked from.
    auto out = p.a.real() ? make_reals(shape, size) : make_integers(shape, size);
    auto const choose = [&]<class T>(T const* a, T const* b, T* to) {
        auto const other = std::make_unique_for_overwrite<T[]>(size);
        combine(a, p.a.shape, a, p.a.shape, to, shape, [](T x, T) { return x; });
        combine(b, p.b.shape, b, p.b.shape, other.get(), shape, [](T x, T) { return x; });
        auto const from = make_integers(shape, size);
        combine(chosen->integers.get(), chosen->shape, chosen->integers.get(), chosen->shape, from.integers.get(), shape, [](std::int64_t x, std::int64_t) { return x; });
        for (std::size_t i = 0; i < size; ++i) if (from.integers[i] == 0) to[i] = other[i];
    };
    if (p.a.real()) choose(p.a.reals.get(), p.b.reals.get(), out.reals.get());
    else choose(p.a.integers.get(), p.b.integers.get(), out.integers.get());
    return one(std::move(out));
}

Result<Tensors> cast(Call const& call) {
    auto const* in = TRY(call.any(0));
    auto const to = call.node.integer("to", 1);
    auto const to_reals = to == 1 || to == 10 || to == 11 || to == 16;
    if (!to_reals && to != 2 && to != 3 && to != 6 && to != 7 && to != 9) return call.wrong(fmt::format("type {} of ONNX is not known here", to));
    if (in->real() && to_reals) return one(*in);
    if (!in->real() && !to_reals && to != 9) return one(*in);
    if (to_reals) return one(as_reals(*in));
    auto out = make_integers(in->shape, in->size);
    for (std::size_t i = 0; i < in->size; ++i) {
        if (to == 9) out.integers[i] = in->real() ? in->reals[i] != 0 : in->integers[i] != 0;
        else out.integers[i] = std::abs(in->reals[i]) < 9.2e18f ? static_cast<std::int64_t>(in->reals[i]) : std::signbit(in->reals[i]) ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
    }
    return one(std::move(out));
}

float square_root(float x) { return std::sqrt(x); }
float reciprocal(float x) { return 1.0f / x; }
float absolute(float x) { return std::abs(x); }
float logarithm(float x) { return std::log(x); }
float hyperbolic(float x) { return std::tanh(x); }
float logistic(float x) { return 1.0f / (1.0f + std::exp(-x)); }
float positive(float x) { return x > 0 ? x : 0; }
float rounded(float x) { return std::nearbyint(x); }

}  // namespace

void add_elementwise(OperatorTable& t) {
    t["Add"] = arithmetic<Add>, t["Sub"] = arithmetic<Sub>, t["Mul"] = arithmetic<Mul>, t["Div"] = arithmetic<Div>, t["Pow"] = arithmetic<Power>, t["Mod"] = arithmetic<Modulo>;
    t["Min"] = folded<Least>, t["Max"] = folded<Most>;
    t["Equal"] = comparison<std::equal_to<>>, t["Less"] = comparison<std::less<>>, t["Greater"] = comparison<std::greater<>>, t["LessOrEqual"] = comparison<std::less_equal<>>, t["GreaterOrEqual"] = comparison<std::greater_equal<>>;
    t["And"] = logical<Both>, t["Or"] = logical<Either>, t["Not"] = logical_not, t["IsNaN"] = is_nan;
    t["Sqrt"] = mapped<square_root>, t["Reciprocal"] = mapped<reciprocal>, t["Abs"] = mapped<absolute>, t["Log"] = mapped<logarithm>, t["Tanh"] = mapped<hyperbolic>, t["Sigmoid"] = mapped<logistic>, t["Relu"] = mapped<positive>, t["Round"] = mapped<rounded>;
    t["Exp"] = mapped_rows<exponential>, t["Erf"] = mapped_rows<error_function>, t["kindling.Gelu"] = mapped_rows<gelu>;
    t["Neg"] = negative, t["Clip"] = clip, t["Where"] = where, t["Cast"] = cast;
}

}  // namespace kindling::encoder
