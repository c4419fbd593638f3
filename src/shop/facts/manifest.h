// shop/facts/manifest.h -- what a fact table consists of at one moment; the only file that is ever replaced.
//
// Column files only grow. A commit writes new bytes behind the ones the manifest knows, then renames a new manifest over the old: a reader
// or a crash sees the table before or after, never between. Bytes that no manifest names are waste of an interrupted commit and
// are written over by the next. The text is JSON, a line end, and its CRC-32C in hexadecimal.
#pragma once
#include "shop/facts/schema.h"
#include <cstdint>
#include <filesystem>

namespace kindling::shop::facts {

constexpr std::int64_t max_chunk_rows = 1 << 18;

// Where one column's part of a chunk lies. real: width 8, base and max 0, raw doubles.
struct ChunkColumn {
    std::int64_t offset = 0, base = 0, max = 0;
    int width = 0;
    std::uint32_t crc = 0;
};

struct Chunk {
    std::int64_t rows = 0;
    std::vector<ChunkColumn> columns;  // as many as the schema has
};

// Texts in order of their codes: NAME.G.texts holds them end to end, NAME.G.ends the end of each as 8 bytes.
struct DictionaryState {
    std::int64_t entries = 0, bytes = 0;
    std::uint32_t texts_crc = 0, ends_crc = 0;
};

struct Manifest {
    std::int64_t generation = 1;  // G in the file names; a rebuild or compaction starts the next
    std::int64_t commits = 0;
    std::string watermark;        // how far the source was read, in the source's own words
    Schema schema;
    std::vector<Chunk> chunks;
    std::vector<std::int64_t> column_bytes;      // used length of each column file
    std::vector<DictionaryState> dictionaries;   // one for each column; empty unless text

    std::int64_t rows() const;
    std::int64_t live_bytes() const;  // of column files: what chunks use, without what is written over
};

std::filesystem::path column_file(std::filesystem::path const& folder, Manifest const&, std::size_t column);
std::filesystem::path texts_file(std::filesystem::path const& folder, Manifest const&, std::size_t column);
std::filesystem::path ends_file(std::filesystem::path const& folder, Manifest const&, std::size_t column);

std::string format_manifest(Manifest const&);
// Checks everything that later code relies on: every chunk within its file, codes within the dictionary. Error: facts_corrupt.
Result<Manifest> parse_manifest(std::string_view text);

// Errors: facts_not_found (nothing was ever committed here), facts_corrupt.
Result<Manifest> load_manifest(std::filesystem::path const& folder);

// process: survives kill -9. power: waits for the disk, survives a power cut.
enum class Durability { process, power };
Result<void> save_manifest(std::filesystem::path const& folder, Manifest const&, Durability);

}  // namespace kindling::shop::facts
