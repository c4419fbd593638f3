// engines/text/index/manifest.h -- internal: the file that says which segments an index folder has.
//
//   "KTMAN\0\0\1", crc32c of the rest (u32), then: schema (u64), next file number (u64), bookmark (u32 length, bytes),
//   segments (u32), and per segment: file number (u64), words of its bitmap of deleted documents (u32), the words (u64 each)
//
// It is written beside, synced, and renamed over the old one: a crash leaves the old or the new index, never a mixture.
#pragma once
#include <string>
#include <vector>

#include "core/result.h"
#include "engines/text/index/build.h"

namespace kindling::text {

struct Manifest {
    struct Entry {
        std::uint64_t file = 0;
        Bits deleted;
    };
    std::uint64_t schema = 0, next_file = 1;
    std::string bookmark;
    std::vector<Entry> segments;
};

std::string encode(const Manifest&);
// invalid_argument "index_damaged".
Result<Manifest> decode_manifest(std::string_view bytes);

std::string segment_file(std::uint64_t number);  // "segment-7.kts"
// Writes and syncs; unavailable "file_unwritable" with the path and why.
Result<void> write_file(const std::string& path, std::string_view bytes);
Result<void> write_manifest(const std::string& folder, const Manifest&);
// Removes segment files that the manifest does not name. Snapshots that map them keep them until they go.
void remove_strays(const std::string& folder, const Manifest&);

}  // namespace kindling::text
