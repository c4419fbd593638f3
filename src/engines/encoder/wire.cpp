#include "engines/encoder/wire.h"

namespace kindling::encoder {

namespace {
std::unexpected<Error> cut_off() { return fail(Errc::failed_precondition, "encoder_file_invalid", "It is cut off or damaged."); }
}  // namespace

Result<std::uint64_t> Wire::varint() {
    std::uint64_t out = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (rest_.empty()) return cut_off();
        auto const byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        out |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
        if (byte < 0x80) return out;
    }
    return cut_off();
}

Result<std::uint64_t> Wire::fixed(std::size_t width) {
    if (rest_.size() < width) return cut_off();
    std::uint64_t out = 0;
    std::memcpy(&out, rest_.data(), width);  // little endian
    rest_.remove_prefix(width);
    return out;
}

Result<Field> Wire::field() {
    auto const key = TRY(varint());
    Field out{.number = static_cast<std::uint32_t>(key >> 3), .encoding = static_cast<Encoding>(key & 7), .value = 0, .bytes = {}};
    switch (out.encoding) {
    case Encoding::varint: out.value = TRY(varint()); return out;
    case Encoding::eight_bytes: out.value = TRY(fixed(8)); return out;
    case Encoding::four_bytes: out.value = TRY(fixed(4)); return out;
    case Encoding::length: {
        auto const length = TRY(varint());
        if (length > rest_.size()) return cut_off();
        out.bytes = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return out;
    }
    }
    return cut_off();
}

}  // namespace kindling::encoder
