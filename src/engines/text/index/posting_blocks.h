// engines/text/index/posting_blocks.h -- internal: the documents of one term in one segment, many at a time.
//
// Where postings.h walks from document to document, this answers for a list of documents which of them have the term: block
// by block, unpacked at most once, with the kernels of block_kernels.h; blocks without any of them are skipped by their last
// document. A bitmap is read where it lies.
// A place says where a posting is: its number within the term (block * 128 + index); in a bitmap only the block, because
// the index is counted when a score is wanted, which is rare. no_place: the document does not have the term.
// Everything asked for must ascend over the calls of one object. Threads: one.
#pragma once
#include <algorithm>
#include <bit>

#include "engines/text/index/block_kernels.h"
#include "engines/text/index/segment.h"

namespace kindling::text {

// The documents of block `number` of a term, which is no bitmap and has `count`; how many there are: 1 where a damaged file
// has gaps that do not lead to the block's last document.
inline std::uint32_t unpack_block(const Segment& segment, std::span<const Block> blocks, std::size_t number, std::uint32_t count, UnpackedBlock& to) {
    auto const& block = blocks[number];
    block_kernels().unpack(segment.posting_bytes(block), segment.readable_bytes(block), count, block.gap_bits(), number == 0 ? no_document : blocks[number - 1].last_document, to);
    bool good = to.documents[count - 1] == block.last_document;
    if (block.gap_bits() > 24)  // narrower gaps cannot go once round
        for (std::uint32_t i = 1; i < count; ++i) good &= to.documents[i - 1] < to.documents[i];
    if (good) return count;
    to.documents[0] = block.last_document;
    std::fill(to.documents + 1, to.documents + block_size, after_documents);
    std::ranges::fill(to.last_of_eight, after_documents);
    return 1;
}

class PostingBlocks {
public:
    PostingBlocks(const Segment& segment, std::uint32_t term) : segment_(&segment), blocks_(segment.blocks(term)), documents_(segment.info(term).documents) {}

    std::uint32_t documents() const { return documents_; }
    std::uint32_t last_document() const { return blocks_.back().last_document; }

    // places[i] for wanted[i], which ascend.
    void find(std::span<const std::uint32_t> wanted, std::uint32_t* places);
    // The first document >= target with the term; no_document when there is none.
    std::uint32_t first(std::uint32_t target);
    // Sets bit d - base for every document d of [base, base + 64 * words.size()). These may be asked for once more.
    void fill(std::uint32_t base, std::span<std::uint64_t> words);
    // All documents of the next block, with their places; `to` and `places` have room for 128. 0 at the end.
    std::uint32_t take_block(std::uint32_t* to, std::uint32_t* places);
    // The frequency levels (FrequencyCode) of the document at this place.
    std::uint32_t levels(std::uint32_t place, std::uint32_t document) const;

private:
    static constexpr std::size_t none = ~std::size_t{0};
    std::uint32_t begin_of(std::size_t block) const { return block == 0 ? 0 : blocks_[block - 1].last_document + 1; }
    std::uint32_t count_of(std::size_t block) const { return block + 1 < blocks_.size() ? block_size : (documents_ - 1) % block_size + 1; }
    // To the first block whose last document is not below the target.
    void skip_to(std::uint32_t target) {
        if (block_ >= blocks_.size() || blocks_[block_].last_document >= target) return;
        auto low = block_ + 1, step = std::size_t{1};
        while (low + step < blocks_.size() && blocks_[low + step].last_document < target) low += step, step *= 2;
        auto const end = blocks_.begin() + static_cast<std::ptrdiff_t>(std::min(low + step + 1, blocks_.size()));
        block_ = static_cast<std::size_t>(std::partition_point(blocks_.begin() + static_cast<std::ptrdiff_t>(std::min(low, blocks_.size())), end,
                                                               [target](const Block& block) { return block.last_document < target; }) - blocks_.begin());
    }
    // The current block, which is no bitmap, into unpacked_.
    void unpack();
    std::uint64_t word(const Block& block, std::uint32_t at) const {  // 64 bits of a bitmap from bit 64 * at on; what is beyond its end is not defined
        std::uint64_t w;
        std::memcpy(&w, segment_->posting_bytes(block) + std::size_t{at} * 8, 8);
        return w;
    }

    const Segment* segment_;
    std::span<const Block> blocks_;
    std::uint32_t documents_, count_ = 0;
    std::size_t block_ = 0, unpacked_block_ = none;
    UnpackedBlock unpacked_;
};

}  // namespace kindling::text
