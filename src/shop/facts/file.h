// shop/facts/file.h -- the few things facts need from a file system, as Results.
#pragma once
#include "core/result.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace kindling::shop::facts {

enum class Sync { none, disk };  // disk: return only when it would survive a power cut

// Errors of all: file_not_found, disk_full, file_failed.
Result<std::string> read_whole_file(std::filesystem::path const&);
// Writes beside, then renames: readers see the old content or the new.
Result<void> replace_file(std::filesystem::path const&, std::string_view content, Sync);

// An open descriptor that closes itself.
class File {
public:
    enum class Mode { read, write };  // write: made if it does not exist, never cut
    static Result<File> open(std::filesystem::path const&, Mode);
    File() = default;
    File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    File& operator=(File&& other) noexcept { return std::swap(descriptor_, other.descriptor_), *this; }
    ~File();

    Result<void> write_at(std::int64_t offset, std::string_view bytes) const;
    Result<void> read_at(std::int64_t offset, char* into, std::size_t size) const;  // short: file_failed
    Result<void> wait_for_disk() const;
    Result<std::int64_t> size() const;
    int descriptor() const { return descriptor_; }
    explicit operator bool() const { return descriptor_ >= 0; }

private:
    int descriptor_ = -1;
};

// The first `bytes` of a file, mapped read-only for as long as this lives, even when the file is unlinked.
class Mapping {
public:
    static Result<Mapping> map(std::filesystem::path const&, std::int64_t bytes);  // 0 bytes: the file may be absent
    Mapping() = default;
    Mapping(Mapping&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    Mapping& operator=(Mapping&& other) noexcept { return std::swap(data_, other.data_), std::swap(size_, other.size_), *this; }
    ~Mapping();
    char const* data() const { return data_; }
    std::size_t size() const { return size_; }

private:
    char const* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace kindling::shop::facts
