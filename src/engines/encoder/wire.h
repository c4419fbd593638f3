// engines/encoder/wire.h -- protobuf's wire format: a message is fields, each a number, one of four encodings, and its content.
//
// Source: protobuf.dev/programming-guides/encoding. Groups (encodings 3 and 4), which proto3 does not write, are refused.
#pragma once
#include "core/result.h"
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace kindling::encoder {

enum class Encoding { varint = 0, eight_bytes = 1, length = 2, four_bytes = 5 };

struct Field {
    std::uint32_t number = 0;
    Encoding encoding = Encoding::varint;
    std::uint64_t value = 0;     // varint, eight_bytes, four_bytes
    std::string_view bytes;      // length; empty otherwise

    std::int64_t integer() const { return static_cast<std::int64_t>(value); }
    float real() const { return std::bit_cast<float>(static_cast<std::uint32_t>(value)); }
};

class Wire {
public:
    explicit Wire(std::string_view bytes) : rest_(bytes) {}
    bool done() const { return rest_.empty(); }
    Result<std::uint64_t> varint();
    Result<std::uint64_t> fixed(std::size_t width);
    Result<Field> field();

private:
    std::string_view rest_;
};

template <class Each> Result<void> each_field(std::string_view message, Each&& each) {
    for (Wire wire(message); !wire.done();) TRY(each(TRY(wire.field())));
    return {};
}

// Lists of numbers are packed into one field or written one by one; both are read.
template <class Each> Result<void> each_integer(Field const& f, Each&& each) {
    if (f.encoding != Encoding::length) return each(f.integer()), Result<void>{};
    for (Wire wire(f.bytes); !wire.done();) each(static_cast<std::int64_t>(TRY(wire.varint())));
    return {};
}
template <class Each> Result<void> each_real(Field const& f, Each&& each) {
    if (f.encoding != Encoding::length) return each(f.real()), Result<void>{};
    for (Wire wire(f.bytes); !wire.done();) each(std::bit_cast<float>(static_cast<std::uint32_t>(TRY(wire.fixed(4)))));
    return {};
}
template <class Each> Result<void> each_double(Field const& f, Each&& each) {
    if (f.encoding != Encoding::length) return each(std::bit_cast<double>(f.value)), Result<void>{};
    for (Wire wire(f.bytes); !wire.done();) each(std::bit_cast<double>(TRY(wire.fixed(8))));
    return {};
}

}  // namespace kindling::encoder
