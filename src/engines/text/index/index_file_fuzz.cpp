// Any bytes as a segment: opened without checksums (which would stop nearly every input at the door), then searched.
#include <array>
#include <cstring>
#include <numeric>

#include "core/fuzz_seeds.h"
#include "engines/text/index/manifest.h"
#include "engines/text/index/segment.h"
#include "engines/text/index/postings.h"
#include "engines/text/index/test_language.h"

using namespace kindling::text;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size < 2) return 0;
    (void)decode_manifest({reinterpret_cast<const char*>(data), size});
    static auto const schema = kindling::text::testing::schema();
    static auto const language = kindling::text::testing::language();
    // A good segment with some of its bytes replaced: [offset (2), byte]*. Its table is signed again.
    static auto const good = [] {
        std::vector<Document> documents;
        for (int i = 0; i < 200; ++i) documents.push_back(kindling::text::testing::document("d" + std::to_string(i), "red shoes " + std::to_string(i % 9), "w" + std::to_string(i), "b" + std::to_string(i % 4), i));
        std::vector<const Document*> pointers;
        for (auto const& d : documents) pointers.push_back(&d);
        return build_segment(schema, language, pointers);
    }();
    auto bytes = good;
    for (std::size_t i = 0; i + 3 <= size; i += 3) bytes[(data[i] * 256u + data[i + 1]) * bytes.size() / 65536] = static_cast<char>(data[i + 2]);
    SegmentHeader header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    header.check = 0;
    if (auto const table = std::uint64_t{header.sections} * sizeof(SectionEntry); sizeof header + table <= bytes.size()) {
        auto const crc = crc32c({reinterpret_cast<const char*>(&header), sizeof header});
        header.check = crc32c(std::span<const char>(bytes).subspan(sizeof header, table), crc);
        std::memcpy(bytes.data(), &header, sizeof header);
    }
    auto const segment = Segment::open(own(std::move(bytes)), schema, Segment::Check::structure);
    if (!segment) return 0;
    std::vector<Occurrence> places;
    for (std::uint32_t t = 0; t < (*segment)->terms().count(); ++t) {
        places.clear();
        for (PostingCursor cursor(**segment, t); cursor.document() != no_document; cursor.next()) {
            if (cursor.document() >= (*segment)->documents()) std::abort();
            (void)cursor.code();
            if (places.size() < 10'000) cursor.positions(schema.texts.size(), places);
        }
        if ((*segment)->info(t).documents < 8 && t % 16 != 0) continue;  // most words are in one document: a few of them are enough
        // The same in blocks: whatever the bytes say, no document from outside and no access outside.
        std::vector<std::uint32_t> every((*segment)->documents()), found(every.size());
        std::iota(every.begin(), every.end(), 0u);
        PostingBlocks(**segment, t).find(every, found.data());
        PostingBlocks const reader(**segment, t);
        for (std::uint32_t d = 0; d < every.size(); ++d)
            if (found[d] != no_place) (void)reader.levels(found[d], d);
        std::vector<std::uint64_t> words(every.size() / 64 + 1);
        PostingBlocks(**segment, t).fill(0, words);
        if ((words.back() >> (every.size() % 64)) != 0) std::abort();
        PostingBlocks blocks(**segment, t);
        std::array<std::uint32_t, block_size> documents, at;
        while (auto const n = blocks.take_block(documents.data(), at.data()))
            for (std::uint32_t i = 0; i < n; ++i)
                if (documents[i] >= (*segment)->documents()) std::abort();
        PostingBlocks seek(**segment, t);
        for (std::uint32_t d = seek.first(0); d != no_document; d = seek.first(d + 1))
            if (d >= (*segment)->documents()) std::abort();
    }
    Bits const none;
    MergeInput const input{segment->get(), &none};
    (void)merge_segments(schema, language, std::span(&input, 1));
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\0\10\1\0\100\377\1\0\0"sv,
    "\20\0\377\40\0\377\100\0\377\200\0\377"sv,
    "\377\377\0\0\0\0"sv)
