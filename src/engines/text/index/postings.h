// engines/text/index/postings.h -- walking the documents of one term in one segment.
//
// Postings come in blocks of 128 with the last document of each block beside them, so that advance() skips blocks without
// touching them. A block is two runs of bit-packed numbers: gaps between documents less one (or a bitmap, where documents
// are dense), and frequency codes (indices into the segment's table of frequencies, most frequent first, so most need 0 to
// 3 bits), which are read one by one, since most documents of a frequent word are never scored.
//
// Positions of one posting: for each occurrence, ascending by (field, position), the varint
//   ((position - previous position in this field) * text fields + field) * 2 + (1 if another follows)
// Cost: about 0.1 us to decode a block; advance() is logarithmic in the blocks it skips.
#pragma once
#include <algorithm>
#include <array>
#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "engines/text/index/posting_blocks.h"

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
        if (bitmap_) return find(current_ + 1);
        if (++at_ < count_) current_ = unpacked_.documents[at_];
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
        if (bitmap_) return find(target);
        std::uint32_t step = 1, low = at_ + 1;
        while (low + step < count_ && unpacked_.documents[low + step] < target) low += step, step *= 2;
        auto const end = std::min(low + step + 1, count_);
        at_ = static_cast<std::uint32_t>(std::lower_bound(unpacked_.documents + std::min(low, count_), unpacked_.documents + end, target) - unpacked_.documents);
        if (at_ < count_) current_ = unpacked_.documents[at_];
        else load(block_ + 1);
    }
    // The frequency code of the current document: an index into Segment::frequencies().
    std::uint32_t code() const {
        auto const& block = blocks_[block_];
        auto const at = std::size_t{index()} * block.code_bits();
        std::uint64_t word;
        std::memcpy(&word, segment_->posting_bytes(block) + gap_bytes_ + (at >> 3), 8);
        auto const code = static_cast<std::uint32_t>(word >> (at & 7) & ((1ull << block.code_bits()) - 1));
        return std::min<std::uint32_t>(code, static_cast<std::uint32_t>(segment_->frequencies().size() - 1));
    }
    // The bytes of the current document's positions, as they can be copied into another segment.
    std::span<const char> position_bytes() {
        seek_positions();
        auto const* from = positions_at_;
        skip_positions(1);
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
        bitmap_ = false;
        positions_index_ = no_document;
        if (block >= blocks_.size()) {
            count_ = 0;
            current_ = no_document;
            return;
        }
        auto const& b = blocks_[block];
        count_ = block + 1 < blocks_.size() ? block_size : (info_->documents - 1) % block_size + 1;
        if (b.is_bitmap()) return load_bitmap(b);
        gap_bytes_ = packed_bytes(count_, b.gap_bits());
        count_ = unpack_block(*segment_, blocks_, block, count_, unpacked_);
        current_ = unpacked_.documents[0];
    }
    void load_bitmap(const Block& b) {
        bitmap_ = true;
        base_ = block_ == 0 ? 0 : blocks_[block_ - 1].last_document + 1;
        auto const last = b.last_document - base_;  // its bit; below longest_bitmap, as Segment::open has seen
        gap_bytes_ = last / 8 + 1;
        std::memcpy(words_.data(), segment_->posting_bytes(b), std::min(sizeof words_, segment_->readable_bytes(b)));
        // Whatever the file says, nothing is beyond the last document and the last one is there.
        std::fill(words_.begin() + last / 64 + 1, words_.end(), 0);
        words_[last / 64] = (words_[last / 64] & ((2ull << (last % 64)) - 1)) | 1ull << (last % 64);
        find(base_);
    }
    // The first document >= target of a bitmap; the next block when there is none.
    void find(std::uint32_t target) {
        auto const bit = target - base_;
        auto w = bit / 64;
        if (w < words_.size())
            for (auto word = words_[w] & ~0ull << (bit % 64);; word = words_[w]) {
                if (word != 0) {
                    current_ = base_ + w * 64 + static_cast<std::uint32_t>(std::countr_zero(word));
                    return;
                }
                if (++w == words_.size()) break;
            }
        load(block_ + 1);
    }
    // Which of the block's postings the current document is.
    std::uint32_t index() const {
        if (!bitmap_) return at_;
        auto const bit = current_ - base_;
        auto rank = std::popcount(words_[bit / 64] & ((1ull << (bit % 64)) - 1));
        for (std::uint32_t w = 0; w < bit / 64; ++w) rank += std::popcount(words_[w]);
        return std::min(static_cast<std::uint32_t>(rank), count_ - 1);
    }
    void seek_positions() {
        auto const wanted = index();
        if (positions_index_ == no_document || positions_index_ > wanted) {
            auto const bytes = segment_->position_bytes(*info_, blocks_[block_]);
            positions_at_ = bytes.data(), positions_end_ = bytes.data() + bytes.size();
            positions_index_ = 0;
        }
        skip_positions(wanted - positions_index_);
    }
    // An occurrence's first byte says by its lowest bit whether another follows in the same posting, so of 16 bytes two masks
    // tell how many postings end among them.
    void skip_positions(std::uint32_t postings) {
        positions_index_ += postings;
#if defined(__SSE2__)
        unsigned inside = 0;  // 1: the next byte goes on with a number
        while (postings > 4 && positions_end_ - positions_at_ >= 16) {
            auto const bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(positions_at_));
            auto const goes_on = static_cast<unsigned>(_mm_movemask_epi8(bytes)), followed = static_cast<unsigned>(_mm_movemask_epi8(_mm_slli_epi16(bytes, 7)));
            auto const last = ~(goes_on << 1 | inside) & ~followed & 0xFFFF;
            auto const ended = static_cast<std::uint32_t>(std::popcount(last));
            if (ended >= postings) break;
            postings -= ended;
            positions_at_ += 16;
            inside = goes_on >> 15;
        }
        if (inside != 0) (void)read_varint(positions_at_, positions_end_);
#endif
        for (; postings > 0; --postings)
            while (positions_at_ < positions_end_ && (read_varint(positions_at_, positions_end_) & 1) != 0) {}
    }

    const Segment* segment_ = nullptr;
    const TermInfo* info_ = nullptr;
    std::span<const Block> blocks_;
    std::size_t block_ = 0;
    std::uint32_t at_ = 0, count_ = 0, current_ = no_document, positions_index_ = no_document;
    const char *positions_at_ = nullptr, *positions_end_ = nullptr;
    bool bitmap_ = false;
    std::uint32_t base_ = 0;                // the bitmap's first document
    std::size_t gap_bytes_ = 0;             // the codes come after them
    UnpackedBlock unpacked_;
    std::array<std::uint64_t, Block::longest_bitmap / 64> words_;
};

}  // namespace kindling::text
