// shop/store/value.h -- what is bound to a statement and what a row holds: null, integer, number, text, bytes.
//
// A Value borrows its text: it lives as long as what it was made from, which is the duration of one call.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace kindling::shop {

// A value looks at its text. Clang warns where it would outlive what it looks at ("Value const v[] = {"a" + b};").
#if __has_cpp_attribute(clang::lifetimebound)
#define KINDLING_LOOKS_AT [[clang::lifetimebound]]
#else
#define KINDLING_LOOKS_AT
#endif

struct Bytes {  // a blob, told apart from text
    std::string_view data;
};

struct Value {
    enum class Kind { null, integer, number, text, bytes } kind = Kind::null;
    std::int64_t integer = 0;
    double number = 0;
    std::string_view text = {};

    Value() = default;
    template <class I> requires std::is_integral_v<I> Value(I i) : kind(Kind::integer), integer(static_cast<std::int64_t>(i)) {}
    Value(double n) : kind(Kind::number), number(n) {}
    Value(std::string_view s KINDLING_LOOKS_AT) : kind(Kind::text), text(s) {}
    Value(std::string const& s KINDLING_LOOKS_AT) : kind(Kind::text), text(s) {}
    Value(char const* s) : kind(Kind::text), text(s) {}
    Value(Bytes b) : kind(Kind::bytes), text(b.data) {}
    template <class T> Value(std::optional<T> const& v KINDLING_LOOKS_AT) { if (v) *this = Value(*v); }
};

// One row of an answer, valid during the callback that receives it.
class Row {
public:
    virtual ~Row() = default;
    virtual int columns() const = 0;
    virtual std::string_view column_name(int) const = 0;
    virtual bool is_null(int) const = 0;
    virtual std::int64_t integer(int) const = 0;
    virtual double number(int) const = 0;
    virtual std::string_view text(int) const = 0;  // of text and bytes
};

}  // namespace kindling::shop
