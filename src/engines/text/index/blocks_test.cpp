// Blocks of postings beside what they mean: the kernels against plain loops, many documents at a time against one at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/random.h"
#include "engines/text/index/build.h"
#include "engines/text/index/postings.h"
#include "engines/text/index/test_language.h"

namespace kindling::text {
namespace {

std::vector<const BlockKernels*> all_kernels() {
    std::vector<const BlockKernels*> all{&plain_kernels()};
    if (avx2_kernels() != nullptr) all.push_back(avx2_kernels());
    return all;
}

TEST(Kernels, UnpackAddsUpGapsOfEveryWidth) {
    Random random(1);
    for (auto const* kernels : all_kernels())
        for (unsigned bits = 0; bits <= 32; ++bits)
            for (std::uint32_t const count : {1u, 7u, 8u, 9u, 64u, 127u, 128u})
                for (std::size_t const spare : {8u, 64u}) {  // at the end of the postings wide loads would reach outside
                    std::vector<std::uint32_t> gaps(count), expected(block_size, after_documents);
                    for (auto& gap : gaps) gap = bits == 0 ? 0 : static_cast<std::uint32_t>(random.bits() >> (64 - bits));
                    auto const previous = random.chance(0.3) ? no_document : static_cast<std::uint32_t>(random.below(1000));
                    auto document = previous;
                    for (std::uint32_t i = 0; i < count; ++i) expected[i] = document += gaps[i] + 1;
                    std::string text;
                    pack(gaps, bits, text);
                    text.append(spare, '\xFF');
                    std::vector<char> const packed(text.begin(), text.end());  // exactly as large, so that the address sanitizer sees its end
                    UnpackedBlock block;
                    kernels->unpack(packed.data(), packed.size(), count, bits, previous, block);
                    ASSERT_THAT(block.documents, ::testing::ElementsAreArray(expected)) << kernels->name << ", " << bits << " bits, " << count;
                    for (std::uint32_t eight = 0; eight < block_size / 8; ++eight) ASSERT_EQ(block.last_of_eight[eight], expected[eight * 8 + 7]) << kernels->name << ", " << bits << " bits";
                }
}

TEST(Kernels, FindGivesThePlaceOrNone) {
    Random random(2);
    for (auto const* kernels : all_kernels())
        for (int round = 0; round < 400; ++round) {
            auto const count = static_cast<std::uint32_t>(1 + random.below(block_size));
            auto const spread = 1 + random.below(40);
            std::vector<std::uint32_t> gaps(count);
            for (auto& gap : gaps) gap = static_cast<std::uint32_t>(random.below(spread));
            std::string packed;
            pack(gaps, 6, packed);
            packed.append(8, '\0');
            UnpackedBlock block;
            kernels->unpack(packed.data(), packed.size(), count, 6, no_document, block);
            std::vector<std::uint32_t> wanted;
            for (std::uint32_t d = 0; d <= block.documents[count - 1]; ++d)
                if (random.chance(0.3)) wanted.push_back(d);
            std::vector<std::uint32_t> places(wanted.size(), 77);
            kernels->find(block, wanted.data(), wanted.size(), 1280, places.data());
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                auto const* const at = std::find(block.documents, block.documents + count, wanted[i]);
                ASSERT_EQ(places[i], at == block.documents + count ? no_place : 1280 + static_cast<std::uint32_t>(at - block.documents)) << kernels->name;
            }
        }
}

TEST(Kernels, DamagedBlocksAreTheSameForAll) {
    Random random(3);
    for (int round = 0; round < 500; ++round) {
        std::array<char, 1200> bytes;
        for (auto& byte : bytes) byte = static_cast<char>(random.bits());
        auto const bits = static_cast<unsigned>(random.below(33));
        auto const count = static_cast<std::uint32_t>(1 + random.below(block_size));
        std::vector<std::uint32_t> wanted(50), first, second(50);
        for (auto& w : wanted) w = static_cast<std::uint32_t>(random.bits() >> 34);
        for (auto const* kernels : all_kernels()) {
            UnpackedBlock block;
            kernels->unpack(bytes.data(), bytes.size(), count, bits, 5, block);
            kernels->find(block, wanted.data(), wanted.size(), 0, second.data());
            if (first.empty()) first = second;
            ASSERT_EQ(first, second) << kernels->name;
        }
    }
}

// A segment of words that are everywhere, nearly everywhere, often, seldom and once, and what is in it.
struct Words {
    static constexpr std::uint32_t documents = 6000;
    std::map<std::string, std::map<std::uint32_t, int>> of;  // word -> document -> how often in the title
    std::vector<std::string> titles;
    std::shared_ptr<const Segment> segment;

    explicit Words(std::uint64_t seed) {
        Random random(seed);
        std::map<std::string, double> const shares{{"every", 1}, {"most", 0.9}, {"half", 0.5}, {"third", 0.3}, {"fifth", 0.2}, {"some", 0.03}, {"few", 0.004}, {"once", 0.0002}};
        std::vector<Document> all;
        for (std::uint32_t d = 0; d < documents; ++d) {
            std::string title = d == 17 ? "once" : "";
            for (auto n = random.chance(0.2) ? random.below(60) : 0; n > 0; --n) title += " filler";  // so that some positions take two bytes
            if (d == 17) of["once"][d] = 1;
            for (auto const& [word, share] : shares)
                // A stretch where everything is dense and one where nothing is, so that the kinds of blocks change.
                if (word != "once" && random.chance(d / 500 % 4 == 1 ? std::min(1.0, share * 3) : d / 500 % 4 == 3 ? share / 4 : share)) {
                    auto const times = 1 + static_cast<int>(random.below(3));
                    for (int i = 0; i < times; ++i) title += " " + word;
                    of[word][d] = times;
                }
            titles.push_back(title);
            all.push_back(testing::document("d" + std::to_string(d), title));
        }
        std::vector<const Document*> pointers;
        for (auto const& d : all) pointers.push_back(&d);
        segment = *Segment::open(own(build_segment(testing::schema(), testing::language(), pointers)), testing::schema(), Segment::Check::checksums);
    }
};

TEST(PostingBlocks, AnswerForManyDocumentsWhatIsInEach) {
    Words const words(4);
    Random random(5);
    for (auto const& [word, in] : words.of) {
        auto const term = *words.segment->terms().find(word);
        std::set<bool> kinds;
        for (auto const& block : words.segment->blocks(term)) kinds.insert(block.is_bitmap());
        if (word == "third" || word == "fifth") { ASSERT_EQ(kinds.size(), 2u) << "the test must meet blocks of both kinds"; }
        for (double const share : {1.0, 0.4, 0.03, 0.001}) {
            PostingBlocks blocks(*words.segment, term);
            PostingBlocks const reader(*words.segment, term);
            std::vector<std::uint32_t> wanted;
            for (std::uint32_t d = 0; d < Words::documents; ++d)
                if (random.chance(share)) wanted.push_back(d);
            for (std::size_t at = 0; at < wanted.size();) {  // in lists of different lengths
                auto const n = std::min<std::size_t>(wanted.size() - at, 1 + random.below(300));
                std::vector<std::uint32_t> places(n, 77);
                blocks.find(std::span(wanted).subspan(at, n), places.data());
                for (std::size_t i = 0; i < n; ++i) {
                    auto const document = wanted[at + i];
                    auto const found = in.find(document);
                    ASSERT_EQ(places[i] != no_place, found != in.end()) << word << " " << document;
                    if (found != in.end()) { ASSERT_EQ(reader.levels(places[i], document), frequency_level(static_cast<float>(found->second))) << word << " " << document; }
                }
                at += n;
            }
        }
    }
}

TEST(PostingCursor, PositionsAreThoseOfTheTextWhateverIsSkipped) {
    Words const words(8);
    Random random(9);
    for (auto const& [word, in] : words.of)
        for (double const share : {1.0, 0.2, 0.02}) {
            PostingCursor cursor(*words.segment, *words.segment->terms().find(word));
            for (auto const& [document, times] : in) {
                if (!random.chance(share)) continue;
                cursor.advance(document);
                ASSERT_EQ(cursor.document(), document);
                std::vector<Token> tokens;
                testing::split(words.titles[document], Mode::index, tokens);
                std::vector<std::uint32_t> expected, given;
                for (auto const& token : tokens)
                    if (token.term == word) expected.push_back(token.position);
                std::vector<Occurrence> occurrences;
                cursor.positions(2, occurrences);
                for (auto const& o : occurrences) given.push_back(o.position);
                ASSERT_EQ(given, expected) << word << " in " << document;
            }
        }
}

TEST(PostingBlocks, TakeFillAndFirstGiveEveryDocument) {
    Words const words(6);
    Random random(7);
    for (auto const& [word, in] : words.of) {
        auto const term = *words.segment->terms().find(word);
        std::vector<std::uint32_t> expected, taken, sought;
        for (auto const& [document, times] : in) expected.push_back(document);

        PostingBlocks blocks(*words.segment, term);
        PostingBlocks const reader(*words.segment, term);
        EXPECT_EQ(blocks.documents(), expected.size());
        EXPECT_EQ(blocks.last_document(), expected.back());
        std::array<std::uint32_t, block_size> documents, places;
        while (auto const n = blocks.take_block(documents.data(), places.data()))
            for (std::uint32_t i = 0; i < n; ++i) {
                taken.push_back(documents[i]);
                ASSERT_EQ(reader.levels(places[i], documents[i]), frequency_level(static_cast<float>(in.at(documents[i])))) << word;
            }
        EXPECT_EQ(taken, expected) << word;

        PostingBlocks seeking(*words.segment, term);
        for (auto d = seeking.first(0); d != no_document; d = seeking.first(d + 1)) sought.push_back(d);
        EXPECT_EQ(sought, expected) << word;

        for (std::size_t const size : {1u, 3u, 64u}) {
            PostingBlocks filling(*words.segment, term);
            for (std::uint32_t base = static_cast<std::uint32_t>(random.below(100)); base < Words::documents + 100; base += static_cast<std::uint32_t>(size * 64 + random.below(2) * 70)) {
                std::vector<std::uint64_t> bits(size);
                filling.fill(base, bits);
                std::vector<std::uint32_t> wanted(size * 64), found(size * 64);
                for (std::uint32_t i = 0; i < wanted.size(); ++i) {
                    wanted[i] = base + i;
                    ASSERT_EQ((bits[i / 64] >> (i % 64) & 1) != 0, in.contains(base + i)) << word << " " << base + i;
                }
                filling.find(wanted, found.data());  // they may be asked for once more
                for (std::uint32_t i = 0; i < wanted.size(); ++i) ASSERT_EQ(found[i] != no_place, in.contains(base + i)) << word << " " << base + i;
            }
        }
    }
}

}  // namespace
}  // namespace kindling::text
