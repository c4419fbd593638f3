// engines/learning/model_file/model_file.h -- a trained model as one file: kind, checksum, numbers; and a reader that trusts nothing.
//
// Little-endian: eight letters that name the kind and version ("KTAG0001"), u64 FNV-1a of all that follows, the body. A list is a u32
// length and its elements. The reader holds every length against the bytes that are left; after the first thing that is wrong everything
// reads as zero and good() stays false, so a loader checks once, at the end. Floating-point values must be finite.
// Threads: none shared.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/result.h"

namespace kindling::model_file {

static_assert(std::endian::native == std::endian::little);

class Writer {
public:
    template <class T> void put(T value) {
        static_assert(std::is_arithmetic_v<T>);
        body.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    template <class T> void list(std::span<const T> values) {
        put(static_cast<std::uint32_t>(values.size()));
        body.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    }
    void text(std::string_view value) { list(std::span<const char>(value)); }
    std::string body;
};

class Reader {
public:
    explicit Reader(std::string_view body) : rest_(body) {}
    bool good() const { return good_; }
    bool at_end() const { return good_ && rest_.empty(); }
    void need(bool condition) { good_ = good_ && condition; }
    template <class T> T get() {
        static_assert(std::is_arithmetic_v<T>);
        T value{};
        need(rest_.size() >= sizeof value);
        if (!good_) return T{};
        rest_.copy(reinterpret_cast<char*>(&value), sizeof value);
        rest_.remove_prefix(sizeof value);
        if constexpr (std::is_floating_point_v<T>) need(std::isfinite(value));
        return good_ ? value : T{};
    }
    // The length of a list whose elements take `size` bytes at least.
    std::size_t length(std::size_t size) {
        std::size_t const n = get<std::uint32_t>();
        need(n <= rest_.size() / size);
        return good_ ? n : 0;
    }
    template <class T> std::vector<T> list() {
        static_assert(std::is_arithmetic_v<T>);
        std::vector<T> out(length(sizeof(T)));
        if (!out.empty()) rest_.copy(reinterpret_cast<char*>(out.data()), out.size() * sizeof(T));
        rest_.remove_prefix(out.size() * sizeof(T));
        if constexpr (std::is_floating_point_v<T>) for (auto const v : out) need(std::isfinite(v));
        return out;
    }
    std::string text(std::size_t longest = 256) {
        auto const letters = list<char>();
        need(letters.size() <= longest);
        return good_ ? std::string(letters.begin(), letters.end()) : std::string();
    }

private:
    std::string_view rest_;
    bool good_ = true;
};

// `kind`: eight letters.
std::string seal(std::string_view kind, std::string_view body);
// The body. invalid_argument "model_invalid": another kind, cut short, or changed by one bit.
Result<std::string_view> open(std::string_view kind, std::string_view file);

// not_found "model_not_found", unavailable "model_unreadable".
Result<std::string> load(const std::string& path);
// By a new file and a rename, so that a reader sees the old model or the new one. unavailable "model_not_written".
Result<void> save(const std::string& path, std::string_view file);

}  // namespace kindling::model_file
