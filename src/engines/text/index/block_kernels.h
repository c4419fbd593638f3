// engines/text/index/block_kernels.h -- the two loops that most of a search is spent in, over one block of 128 postings.
//
// unpack: bit-packed gaps to document numbers. Eight gaps of b bits are exactly b bytes, so with AVX2 one shuffle and one
// variable shift unpack eight of them whatever b is, and a prefix sum in registers adds them up (Lemire & Boytsov, Decoding
// billions of integers per second through vectorization, 2015, whose layout is another).
// find: where given documents stand in an unpacked block. The last document of each eight tells in which eight a document
// can be, one comparison with those eight where; no branch depends on the data, so searches overlap.
// Cost of a block with AVX2: unpack about 300 instructions; find about 20 per document. Plain: about 900; 35 per document.
//
// Which set runs is decided once, by the processor. Both give the same for every input, also for damaged ones (tested).
#pragma once
#include <cstddef>
#include <cstdint>

#include "engines/text/index/segment_format.h"

namespace kindling::text {

inline constexpr std::uint32_t no_place = 0xFFFFFFFF;

// What comes after the last document of a shorter block: above every document, also when compared as signed.
inline constexpr std::uint32_t after_documents = 0x7FFFFFFF;

struct UnpackedBlock {
    alignas(32) std::uint32_t documents[block_size];
    alignas(32) std::uint32_t last_of_eight[block_size / 8];
};

struct BlockKernels {
    const char* name;
    // `count` (1..128) gaps of `bits` (0..32) each, less one, from `packed`, of which `readable` bytes may be read, at least
    // packed_bytes(count, bits) + 8. The first is counted from `previous` (no_document before the first document of all).
    void (*unpack)(const char* packed, std::size_t readable, std::uint32_t count, unsigned bits, std::uint32_t previous, UnpackedBlock&);
    // places[i] = first_place + the index of wanted[i] in the block, or no_place.
    void (*find)(const UnpackedBlock&, const std::uint32_t* wanted, std::size_t count, std::uint32_t first_place, std::uint32_t* places);
};

const BlockKernels& plain_kernels();
// Null when this processor has no AVX2 (or is no x86).
const BlockKernels* avx2_kernels();
// The fastest of them here.
const BlockKernels& block_kernels();

}  // namespace kindling::text
