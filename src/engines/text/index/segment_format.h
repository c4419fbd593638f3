// engines/text/index/segment_format.h -- the bytes of a segment, little-endian, the same in memory and in a file.
//
//   header   "KTSEG\0\0\2", section count (u32), check (u32), length of everything (u64)
//   table    one 24-byte entry per section: id (u32), crc32c of its bytes (u32), offset (u64), length (u64)
//   sections each begins at a multiple of 8
//
// The check is the crc32c of header and table with the check itself as zero. Every integer that is used as an offset, an
// ordinal or a document number is checked when the segment is opened or when it is read: a file with right checksums and
// wrong contents gives wrong answers, never a wrong access.
#pragma once
#include "core/stable_hash.h"
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

namespace kindling::text {

static_assert(std::endian::native == std::endian::little, "Segments are mapped as they are; a big-endian machine would need to swap.");

inline constexpr char segment_magic[8] = {'K', 'T', 'S', 'E', 'G', 0, 0, 2};
inline constexpr std::uint32_t no_document = 0xFFFFFFFF;
inline constexpr std::uint32_t block_size = 128;

enum class Section : std::uint32_t {
    meta = 1,              // SegmentMeta, then u64 total length per text field
    term_offsets,          // u32[terms + 1]
    term_bytes,            // sorted, ascending as bytes
    term_infos,            // TermInfo[terms]
    blocks,                // Block[]
    postings,              // packed gaps and codes, 8 bytes of padding at the end
    positions,             // see postings.h
    frequencies,           // FrequencyCode[], the most frequent first
    lengths,               // u16[documents * text fields]: words per field
    id_offsets,            // u32[documents + 1]
    id_bytes,
    id_table,              // IdEntry[documents], sorted by hash
    readings,              // IdEntry[]: hash of a reading -> term number, sorted by hash
    keyword_offsets = 0x1000,  // + field: u32[values + 1]
    keyword_bytes = 0x2000,    // + field: sorted values
    keyword_starts = 0x3000,   // + field: u32[documents + 1], or empty when no document has two values
    keyword_ordinals = 0x4000, // + field: u32[]; without starts one per document, no_document for none
    numbers = 0x5000,          // + field: double[documents]
};

struct SegmentHeader {
    char magic[8];
    std::uint32_t sections;
    std::uint32_t check;
    std::uint64_t length;
};
struct SectionEntry {
    std::uint32_t id, crc;
    std::uint64_t offset, length;
};
struct SegmentMeta {
    std::uint64_t schema;
    std::uint32_t documents, terms, text_fields, keyword_fields, number_fields, reserved;
};
struct TermInfo {
    std::uint32_t documents;    // document frequency, at least 1
    std::uint32_t first_block;
    std::uint64_t positions;    // where this term's positions begin
};
// All but a term's last block have 128 postings.
struct Block {
    std::uint32_t last_document;
    std::uint32_t positions;    // from TermInfo::positions
    std::uint64_t packed;       // offset in `postings` << 16 | bits per gap << 8 | bits per code
    std::uint64_t offset() const { return packed >> 16; }
    unsigned gap_bits() const { return static_cast<unsigned>(packed >> 8 & 0xFF); }
    unsigned code_bits() const { return static_cast<unsigned>(packed & 0xFF); }
    // A block whose documents lie close together is a bitmap instead: bit i is the document i + 1 after the previous block.
    // A word that nearly every product has is then skipped through without unpacking.
    bool is_bitmap() const { return gap_bits() == bitmap_mark; }
    static constexpr unsigned bitmap_mark = 64;
    static constexpr std::uint32_t longest_bitmap = 512;
};
// How often a term is in each text field of a document: 4 bits per field, an index into frequency_levels.
struct FrequencyCode {
    std::uint32_t levels, count;
};
struct IdEntry {
    std::uint32_t hash, value;
};

inline constexpr float frequency_levels[16] = {0, 0.3f, 0.6f, 0.9f, 1, 1.3f, 1.6f, 2, 2.5f, 3, 4, 5, 7, 10, 15, 25};
// The nearest level; 1 at least for anything above 0.
inline unsigned frequency_level(float frequency) {
    unsigned best = 0;
    if (frequency <= 0) return 0;
    if (frequency >= frequency_levels[15]) return 15;
    for (unsigned i = 1; i < 16; ++i)
        if (best == 0 || std::abs(frequency_levels[i] - frequency) < std::abs(frequency_levels[best] - frequency)) best = i;
    return best;
}

std::uint32_t crc32c(std::span<const char>, std::uint32_t seed = 0);

inline std::uint32_t hash_text(std::string_view text) {
    auto const h = stable_hash(text);
    return static_cast<std::uint32_t>(h ^ h >> 32);
}

// `count` numbers of `bits` (0..32) each. unpack reads up to 8 bytes past the packed bytes.
inline std::size_t packed_bytes(std::size_t count, unsigned bits) { return (count * bits + 7) / 8; }
void pack(std::span<const std::uint32_t> values, unsigned bits, std::string& out);
void unpack(const char* from, std::size_t count, unsigned bits, std::uint32_t* to);
inline unsigned bits_for(std::uint32_t largest) { return static_cast<unsigned>(std::bit_width(largest)); }

inline void append_varint(std::uint64_t value, std::string& out) {
    for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
    out.push_back(static_cast<char>(value));
}
// Moves `at` on; at the end of the bytes it gives 0.
inline std::uint64_t read_varint(const char*& at, const char* end) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; at < end && shift < 64; shift += 7) {
        auto const byte = static_cast<unsigned char>(*at++);
        value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
        if (byte < 0x80) return value;
    }
    return value;
}

}  // namespace kindling::text
