#include "engines/text/index/posting_blocks.h"

namespace kindling::text {

void PostingBlocks::unpack() {
    if (unpacked_block_ == block_) return;
    unpacked_block_ = block_;
    count_ = unpack_block(*segment_, blocks_, block_, count_of(block_), unpacked_);
}

void PostingBlocks::find(std::span<const std::uint32_t> wanted, std::uint32_t* places) {
    for (std::size_t i = 0; i < wanted.size();) {
        skip_to(wanted[i]);
        if (block_ >= blocks_.size()) {
            std::fill(places + i, places + wanted.size(), no_place);
            return;
        }
        auto const& block = blocks_[block_];
        auto const place = static_cast<std::uint32_t>(block_ * block_size);
        auto end = wanted.size();
        if (wanted.back() > block.last_document) {
            end = i + 1;
            while (wanted[end] <= block.last_document) ++end;
        }
        if (block.is_bitmap()) {
            auto const base = begin_of(block_);
            auto const* const bits = segment_->posting_bytes(block);
            for (; i < end; ++i) {
                auto const bit = wanted[i] - base;
                places[i] = (bits[bit / 8] >> (bit % 8) & 1) != 0 ? place : no_place;
            }
            continue;
        }
        unpack();
        auto const* const documents = unpacked_.documents;
        if (count_ < block_size) {
            // The last block of a term may hold a few documents far apart: then they are looked for in the list.
            auto const from = std::lower_bound(documents, documents + count_, wanted[i]), to = std::upper_bound(from, documents + count_, wanted[end - 1]);
            if (static_cast<std::size_t>(to - from) * 4 < end - i) {
                std::fill(places + i, places + end, no_place);
                for (auto at = from; at < to; ++at) {
                    auto const found = std::lower_bound(wanted.begin() + static_cast<std::ptrdiff_t>(i), wanted.begin() + static_cast<std::ptrdiff_t>(end), *at) - wanted.begin();
                    if (wanted[static_cast<std::size_t>(found)] == *at) places[found] = place + static_cast<std::uint32_t>(at - documents);
                }
                i = end;
                continue;
            }
        }
        block_kernels().find(unpacked_, wanted.data() + i, end - i, place, places + i);
        i = end;
    }
}

std::uint32_t PostingBlocks::first(std::uint32_t target) {
    for (;; target = blocks_[block_ - 1].last_document + 1) {
        skip_to(target);
        if (block_ >= blocks_.size()) return no_document;
        auto const& block = blocks_[block_];
        if (block.is_bitmap()) {
            auto const base = begin_of(block_), last = block.last_document - base;
            for (auto bit = target > base ? target - base : 0; bit <= last; bit = bit / 64 * 64 + 64) {
                auto const left = word(block, bit / 64) & ~0ull << (bit % 64);
                if (auto const at = bit / 64 * 64 + static_cast<std::uint32_t>(std::countr_zero(left)); left != 0 && at <= last) return base + at;
            }
        } else {
            unpack();
            auto const* const at = std::lower_bound(unpacked_.documents, unpacked_.documents + count_, target);
            if (at != unpacked_.documents + count_) return *at;
        }
        ++block_;  // only in a damaged file
    }
}

void PostingBlocks::fill(std::uint32_t base, std::span<std::uint64_t> words) {
    auto const end = base + static_cast<std::uint32_t>(words.size() * 64);  // documents are below 2^30
    skip_to(base);
    auto const first_block = block_;
    for (; block_ < blocks_.size(); ++block_) {
        auto const& block = blocks_[block_];
        auto const begin = begin_of(block_);
        if (begin >= end) break;
        if (block.is_bitmap()) {
            auto const last = block.last_document - begin;
            for (std::uint32_t w = 0; w <= last / 64; ++w) {
                auto bits = word(block, w);
                if (w == last / 64) bits &= (2ull << (last % 64)) - 1;
                // Bit 0 of them is document `begin + 64 w`: a part of one or two words of the window, or outside.
                auto const at = std::int64_t{begin} + 64 * std::int64_t{w} - std::int64_t{base};
                if (at <= -64 || at >= static_cast<std::int64_t>(words.size() * 64)) continue;
                auto const low = static_cast<std::size_t>((at + 64) / 64), shift = static_cast<std::size_t>((at + 64) % 64);  // words counted from one before the window
                if (low > 0) words[low - 1] |= bits << shift;
                if (shift > 0 && low < words.size()) words[low] |= bits >> (64 - shift);
            }
        } else {
            unpack();
            for (auto const* at = std::lower_bound(unpacked_.documents, unpacked_.documents + count_, base); at < unpacked_.documents + count_ && *at < end; ++at)
                words[(*at - base) / 64] |= 1ull << ((*at - base) % 64);
        }
        if (block.last_document >= end) break;
    }
    block_ = first_block;
}

std::uint32_t PostingBlocks::take_block(std::uint32_t* to, std::uint32_t* places) {
    if (block_ >= blocks_.size()) return 0;
    auto const& block = blocks_[block_];
    auto const place = static_cast<std::uint32_t>(block_ * block_size);
    std::uint32_t n = 0;
    if (block.is_bitmap()) {
        auto const base = begin_of(block_), last = block.last_document - base;
        for (std::uint32_t w = 0; w <= last / 64; ++w) {
            auto bits = word(block, w);
            if (w == last / 64) bits &= (2ull << (last % 64)) - 1;
            for (; bits != 0 && n < block_size; bits &= bits - 1) to[n++] = base + w * 64 + static_cast<std::uint32_t>(std::countr_zero(bits));
        }
        if (n == 0) to[n++] = block.last_document;  // only in a damaged file
        std::fill(places, places + n, place);
    } else {
        unpack();
        n = count_;
        std::copy(unpacked_.documents, unpacked_.documents + n, to);
        for (std::uint32_t i = 0; i < n; ++i) places[i] = place + i;
    }
    ++block_;
    return n;
}

std::uint32_t PostingBlocks::levels(std::uint32_t place, std::uint32_t document) const {
    auto const number = place / block_size;
    auto const& block = blocks_[number];
    auto const count = count_of(number);
    std::uint32_t index = place % block_size;
    std::size_t codes;
    if (block.is_bitmap()) {
        auto const base = begin_of(number), bit = document - base;
        index = static_cast<std::uint32_t>(std::popcount(word(block, bit / 64) & ((1ull << (bit % 64)) - 1)));
        for (std::uint32_t w = 0; w < bit / 64; ++w) index += static_cast<std::uint32_t>(std::popcount(word(block, w)));
        index = std::min(index, count - 1);
        codes = (block.last_document - base) / 8 + 1;
    } else codes = packed_bytes(count, block.gap_bits());
    return segment_->levels_at(block, codes, index);
}

}  // namespace kindling::text
