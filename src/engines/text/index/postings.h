// engines/text/index/postings.h -- walking the documents of one term in one segment.
//
// Postings come in blocks of 128 with the last document of each block beside them, so that advance() skips blocks without
// touching them. A block is two runs of bit-packed numbers: gaps between documents less one, and frequency codes (indices
// into the segment's table of frequencies, most frequent first, so most need 0 to 3 bits).
//
// Positions of one posting: for each occurrence, ascending by (field, position), the varint
//   ((position - previous position in this field) * text fields + field) * 2 + (1 if another follows)
// Cost: about 0.25 us to decode a block; advance() is logarithmic in the blocks it skips.
#pragma once
#include <algorithm>

#include "engines/text/index/segment.h"

namespace kindling::text {

struct Occurrence {
    std::uint32_t field, position;
};

class PostingCursor {
public:
    PostingCursor() = default;  // at the end
    PostingCursor(const Segment& segment, std::uint32_t term) : segment_(&segment), info_(&segment.info(term)), blocks_(segment.blocks(term)) { load(0); }

    std::uint32_t document() const { return current_; }  // no_document at the end
    std::uint32_t document_frequency() const { return info_ ? info_->documents : 0; }

    void next() {
        if (++at_ < count_) current_ = documents_[at_];
        else load(block_ + 1);
    }
    // To the first document >= target; never back.
    void advance(std::uint32_t target) {
        if (current_ >= target) return;
        if (blocks_[block_].last_document < target) {
            auto low = block_ + 1, step = std::size_t{1};
            while (low + step < blocks_.size() && blocks_[low + step].last_document < target) low += step, step *= 2;
            auto const end = std::min(low + step + 1, blocks_.size());
            auto const found = std::partition_point(blocks_.begin() + static_cast<std::ptrdiff_t>(std::min(low, blocks_.size())), blocks_.begin() + static_cast<std::ptrdiff_t>(end),
                                                    [target](const Block& block) { return block.last_document < target; });
            load(static_cast<std::size_t>(found - blocks_.begin()));
            if (current_ >= target) return;
        }
        // The target is within this block: its last document is not below it.
        std::uint32_t step = 1, low = at_ + 1;
        while (low + step < count_ && documents_[low + step] < target) low += step, step *= 2;
        auto const end = std::min(low + step + 1, count_);
        at_ = static_cast<std::uint32_t>(std::lower_bound(documents_ + std::min(low, count_), documents_ + end, target) - documents_);
        if (at_ < count_) current_ = documents_[at_];
        else load(block_ + 1);
    }
    // The frequency code of the current document: an index into Segment::frequencies().
    std::uint32_t code() {
        if (!codes_ready_) {
            auto const& block = blocks_[block_];
            unpack(segment_->posting_bytes(block) + packed_bytes(count_, block.gap_bits()), count_, block.code_bits(), codes_);
            codes_ready_ = true;
        }
        return std::min<std::uint32_t>(codes_[at_], static_cast<std::uint32_t>(segment_->frequencies().size() - 1));
    }
    // The bytes of the current document's positions, as they can be copied into another segment.
    std::span<const char> position_bytes() {
        seek_positions();
        auto const* from = positions_at_;
        skip_positions();
        auto const* to = positions_at_;
        return {from, static_cast<std::size_t>(to - from)};
    }
    // Appends where the term stands in the current document.
    void positions(std::size_t fields, std::vector<Occurrence>& out) {
        auto const bytes = position_bytes();
        auto const* at = bytes.data();
        auto const* end = at + bytes.size();
        std::uint32_t field = no_document, position = 0;
        while (at < end) {
            auto const value = read_varint(at, end) >> 1;
            auto const f = static_cast<std::uint32_t>(value % fields);
            if (f != field) position = 0;
            field = f;
            position += static_cast<std::uint32_t>(value / fields);
            out.push_back({field, position});
        }
    }

private:
    void load(std::size_t block) {
        block_ = block;
        at_ = 0;
        codes_ready_ = false;
        positions_index_ = no_document;
        if (block >= blocks_.size()) {
            count_ = 0;
            current_ = no_document;
            return;
        }
        auto const& b = blocks_[block];
        count_ = block + 1 < blocks_.size() ? block_size : (info_->documents - 1) % block_size + 1;
        unpack(segment_->posting_bytes(b), count_, b.gap_bits(), documents_);
        auto document = block == 0 ? no_document : blocks_[block - 1].last_document;
        for (std::uint32_t i = 0; i < count_; ++i) documents_[i] = document += documents_[i] + 1;
        // Only a wrong file gets here with another last document; then the block is read as that one document.
        bool ascending = documents_[count_ - 1] == b.last_document;
        if (b.gap_bits() > 24)
            for (std::uint32_t i = 1; i < count_; ++i) ascending &= documents_[i - 1] < documents_[i];
        if (!ascending) documents_[0] = b.last_document, count_ = 1;
        current_ = documents_[0];
    }
    void seek_positions() {
        if (positions_index_ == no_document || positions_index_ > at_) {
            auto const bytes = segment_->position_bytes(*info_, blocks_[block_]);
            positions_at_ = bytes.data(), positions_end_ = bytes.data() + bytes.size();
            positions_index_ = 0;
        }
        while (positions_index_ < at_) skip_positions();
    }
    void skip_positions() {
        while (positions_at_ < positions_end_ && (read_varint(positions_at_, positions_end_) & 1) != 0) {}
        ++positions_index_;
    }

    const Segment* segment_ = nullptr;
    const TermInfo* info_ = nullptr;
    std::span<const Block> blocks_;
    std::size_t block_ = 0;
    std::uint32_t at_ = 0, count_ = 0, current_ = no_document, positions_index_ = no_document;
    const char *positions_at_ = nullptr, *positions_end_ = nullptr;
    bool codes_ready_ = false;
    std::uint32_t documents_[block_size];
    std::uint32_t codes_[block_size];
};

}  // namespace kindling::text
