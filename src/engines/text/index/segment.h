// engines/text/index/segment.h -- reading one immutable segment: dictionary, postings, columns, ids.
//
// A segment is a span of bytes (segment_format.h) and somebody who owns them: a mapped file or a string. Opening checks the
// structure in one pass over the offsets and copies only the short columns once more, as rows (rows.h).
// Threads: immutable after open; any thread.
#pragma once
#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "engines/text/index/rows.h"
#include "engines/text/index/schema.h"
#include "engines/text/index/segment_format.h"

namespace kindling::text {

struct Bytes {
    std::span<const char> view;
    std::shared_ptr<const void> owner;  // shared by the segments and snapshots that read the bytes
};
Bytes own(std::string);
// Read-only mapping of a whole file. unavailable "file_unreadable".
Result<Bytes> map_file(const std::string& path);

// Sorted distinct strings with random access: offsets into one blob.
struct StringTable {
    std::span<const std::uint32_t> offsets;  // count + 1, ascending
    std::span<const char> bytes;
    std::uint32_t count() const { return offsets.empty() ? 0 : static_cast<std::uint32_t>(offsets.size() - 1); }
    std::string_view operator[](std::uint32_t i) const { return {bytes.data() + offsets[i], offsets[i + 1] - offsets[i]}; }
    std::uint32_t lower_bound(std::string_view) const;
    std::optional<std::uint32_t> find(std::string_view) const;
};

struct KeywordColumn {
    StringTable values;
    std::span<const std::uint32_t> starts, ordinals;
    // The ordinals of a document; a single missing value is the empty span.
    std::span<const std::uint32_t> of(std::uint32_t document) const {
        if (!starts.empty()) return ordinals.subspan(starts[document], starts[document + 1] - starts[document]);
        return ordinals[document] == no_document ? std::span<const std::uint32_t>{} : ordinals.subspan(document, 1);
    }
};

class Segment {
public:
    enum class Check { checksums, structure };
    // invalid_argument "segment_damaged" with what is wrong, or failed_precondition "index_schema_changed".
    static Result<std::shared_ptr<const Segment>> open(Bytes, const Schema&, Check);

    std::uint32_t documents() const { return meta_.documents; }
    std::span<const char> bytes() const { return bytes_.view; }
    std::uint64_t total_length(std::size_t field) const { return total_lengths_[field]; }
    std::span<const std::uint16_t> lengths(std::uint32_t document) const { return {rows_.lengths(document), fields_}; }

    const StringTable& terms() const { return terms_; }
    const TermInfo& info(std::uint32_t term) const { return infos_[term]; }
    std::span<const Block> blocks(std::uint32_t term) const {
        auto const& info = infos_[term];
        return blocks_.subspan(info.first_block, (info.documents + block_size - 1) / block_size);
    }
    const char* posting_bytes(const Block& block) const { return postings_.data() + block.offset(); }
    std::size_t readable_bytes(const Block& block) const { return postings_.size() - block.offset(); }
    // The frequency levels of a block's posting, whose codes begin `codes` bytes into the block. `index` is below the block's count.
    std::uint32_t levels_at(const Block& block, std::size_t codes, std::uint32_t index) const {
        auto const at = std::size_t{index} * block.code_bits();
        std::uint64_t word;
        std::memcpy(&word, posting_bytes(block) + codes + (at >> 3), 8);
        auto const code = static_cast<std::size_t>(word >> (at & 7) & ((1ull << block.code_bits()) - 1));
        return frequencies_[std::min(code, frequencies_.size() - 1)].levels;
    }
    std::span<const char> position_bytes(const TermInfo& info, const Block& block) const {
        auto const from = std::min<std::uint64_t>(info.positions + block.positions, positions_.size());
        return positions_.subspan(from);
    }
    std::span<const FrequencyCode> frequencies() const { return frequencies_; }
    // Term numbers whose reading has this hash.
    std::vector<std::uint32_t> sounds_like(std::uint32_t reading_hash) const;

    std::string_view id(std::uint32_t document) const { return ids_[document]; }
    // The last document with the id, deleted or not; deleted ones are the caller's to know.
    std::vector<std::uint32_t> find_id(std::string_view id) const;

    const KeywordColumn& keywords(std::size_t field) const { return keywords_[field]; }
    std::span<const double> numbers(std::size_t field) const { return numbers_[field]; }
    const Rows& rows() const { return rows_; }

private:
    Bytes bytes_;
    SegmentMeta meta_{};
    std::size_t fields_ = 1;
    std::span<const std::uint64_t> total_lengths_;
    StringTable terms_, ids_;
    std::span<const TermInfo> infos_;
    std::span<const Block> blocks_;
    std::span<const char> postings_, positions_;
    std::span<const FrequencyCode> frequencies_;
    std::span<const IdEntry> id_table_, readings_;
    std::vector<KeywordColumn> keywords_;
    std::vector<std::span<const double>> numbers_;
    Rows rows_;
};

}  // namespace kindling::text
