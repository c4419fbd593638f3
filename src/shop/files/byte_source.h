// shop/files/byte_source.h -- the bytes of a file as a stream, unpacked if they are gzip, in bounded memory.
//
// The content decides, never the name: the first two bytes 1F 8B mean gzip (RFC 1952, several members allowed). A small packed
// file can unpack to terabytes, so the output is bounded twice: in bytes, and in bytes out per byte in once the output is large
// enough to matter (deflate reaches 1032; tables that people export stay below 100).
#pragma once
#include "core/result.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace kindling::shop::files {

struct SourceOptions {
    std::int64_t max_bytes = std::int64_t(16) << 30;           // of unpacked output
    double max_ratio = 400;                                    // unpacked bytes per packed byte ...
    std::int64_t ratio_free_bytes = std::int64_t(64) << 20;    // ... looked at only beyond this much output
};

// One reader at a time; may move between threads.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    // Reads at least one byte unless the end is reached, then 0. `into` must hold at least 64 bytes.
    // Errors: read_failed, corrupt_archive, truncated_archive, archive_too_large. After an error the source is at its end.
    virtual Result<std::size_t> read(std::span<char> into) = 0;
    // For progress: bytes of the file taken so far, and its size (0: unknown).
    virtual std::int64_t consumed() const = 0;
    virtual std::int64_t total() const = 0;
};

// Errors: file_not_found, file_unreadable, and unsupported_file for what is certainly no table (Excel, zip, PDF, Parquet).
Result<std::unique_ptr<ByteSource>> open_file(std::filesystem::path const&, SourceOptions = {});

// The same over bytes already in memory, such as an uploaded body.
Result<std::unique_ptr<ByteSource>> open_bytes(std::string bytes, SourceOptions = {});

}  // namespace kindling::shop::files
