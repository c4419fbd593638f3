// Words, alignment, candidates and rivals, held against plain loops.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engines/learning/matching/features.h"
#include "engines/learning/matching/test_listings.h"

namespace kindling::matching {
namespace {

using testing::analyse;

PairFeatures pair_of(const Record& a, const Record& b) {
    Pool const pool(std::span(&a, 1), std::span(&b, 1), analyse());
    Alignment scratch;
    return compare(pool, {0, 0}, scratch);
}

TEST(Align, OneWayOfWritingIsAnother) {
    for (auto const& [a, b] : {std::pair{"photo shop elements", "photoshop elements"}, {"speck nn4-ts-blk", "speck nn4tsblk"}, {"sony vgnaw110j/h", "sony vgn-aw110jh"}, {"mavis beacon v17", "mavis beacon 17"}, {"print shop 22.0", "print shop 22"},
                               {"final fantasy ii", "final fantasy 2"}, {"ＡＤＯＢＥ Illustrator", "adobe illustrator"}, {"running shoe", "running shoes"}})
        EXPECT_FLOAT_EQ(pair_of({.title = a}, {.title = b})[less_told], 1) << a << " | " << b;
}

TEST(Align, WhatLooksAlikeAndIsNot) {
    for (auto const& [a, b] : {std::pair{"office 2007", "office 2008"}, {"quicken 9", "quicken 19"}, {"lens 50mm", "lens 85mm"}})
        EXPECT_LT(pair_of({.title = a}, {.title = b})[less_told], 1) << a << " | " << b;
    Word const seven{.text = "2007", .digits = true, .number = 2007}, eight{.text = "2008", .digits = true, .number = 2008};
    EXPECT_EQ(alike(seven, eight), 0);
}

TEST(Align, IsSymmetricAndBounded) {
    Random random(5);
    auto const word = [&] {
        Word w;
        for (auto n = 1 + random.below(10); n > 0; --n) w.text += "abcde0123"[random.below(9)];
        for (char const c : w.text) (c <= '9' ? w.digits : w.letters) = true;
        return w;
    };
    for (int i = 0; i < 20'000; ++i) {
        auto const a = word(), b = word();
        auto const ab = alike(a, b);
        ASSERT_EQ(ab, alike(b, a)) << a.text << ' ' << b.text;
        ASSERT_TRUE(ab >= 0 && ab <= 1);
        ASSERT_EQ(alike(a, a), 1);
    }
}

TEST(Compare, PricesOfTwoCurrenciesSayNothing) {
    Record const yuan{.title = "lamp", .price_minor = 10'000, .currency = "CNY"}, dollar{.title = "lamp", .price_minor = 10'000, .currency = "USD"}, dear{.title = "lamp", .price_minor = 20'000, .currency = "CNY"};
    EXPECT_TRUE(std::isnan(pair_of(yuan, dollar)[price_gap]));
    EXPECT_NEAR(pair_of(yuan, dear)[price_gap], std::log(2.0), 1e-6);
    EXPECT_TRUE(std::isnan(pair_of(yuan, {.title = "lamp", .price_minor = 0, .currency = "CNY"})[price_gap]));
}

TEST(Compare, ModelNumbers) {
    auto const same = pair_of({.title = "Panasonic phone KX-TG9343T"}, {.title = "panasonic kxtg9343t cordless"});
    EXPECT_EQ(same[code_equal], 9);
    auto const other = pair_of({.title = "Panasonic phone KX-TG9343T"}, {.title = "panasonic kx-tg1032s cordless"});
    EXPECT_EQ(other[code_equal], 0);
    EXPECT_LT(other[code_prefix], 0.6f);
    EXPECT_TRUE(std::isnan(pair_of({.title = "phone 1080p 320gb"}, {.title = "phone KX-TG9343T"})[code_equal])) << "1080p and 320gb are no model numbers";
    EXPECT_EQ(pair_of({.title = "cable", .codes = {"6 901234-567892"}}, {.title = "lead 6901234567892"})[code_equal], 13);
}

TEST(Compare, ChineseAndEmptyListings) {
    auto const near = pair_of({.title = "小米手环8 NFC版 黑色"}, {.title = "小米 手环 8 NFC 黑色"}), far = pair_of({.title = "小米手环8 NFC版 黑色"}, {.title = "华为手表 GT4 46mm"});
    EXPECT_GT(plain_score(near), plain_score(far) + 0.2f);
    auto const nothing = pair_of({.title = ""}, {.title = "lamp"});
    EXPECT_TRUE(std::isnan(nothing[title_cosine]));
    EXPECT_EQ(plain_score(pair_of({.title = ""}, {.title = ""})), 0);
}

TEST(Candidates, EveryPairOfNeighboursIsAmongThem) {
    auto const records = testing::listings(300, 3);
    std::vector<Record> twins;
    for (std::size_t i = 0; i < records.size(); ++i) twins.push_back(retell(records[i], records, i));
    Pool const pool(records, twins, analyse());
    auto const found = candidates(pool);
    std::size_t twin_pairs = 0;
    for (std::uint32_t i = 0; i < records.size(); ++i) twin_pairs += std::ranges::binary_search(found, Pair{i, i});
    EXPECT_GT(twin_pairs, 290u);
    EXPECT_TRUE(std::ranges::is_sorted(found));
    EXPECT_EQ(std::ranges::adjacent_find(found), found.end());
    EXPECT_LE(found.size(), 2 * 8 * records.size());
}

TEST(Candidates, OneWordThatAllHaveDoesNotMakeItQuadratic) {
    std::vector<Record> records;
    for (int i = 0; i < 20'000; ++i) records.push_back({.title = fmt::format("cable number {}", 100'000 + i)});
    records.push_back({.title = "cable number 100007"});
    Pool const pool(records, {}, analyse());
    auto const found = candidates(pool);
    EXPECT_TRUE(std::ranges::binary_search(found, Pair{7, 20'000}));
    EXPECT_LE(found.size(), 8u * records.size());
    for (auto const& pair : found) ASSERT_LT(pair.left, pair.right);
}

TEST(Rivals, AsCountedByHand) {
    for (bool const one_list : {false, true}) {
        auto const records = testing::listings(40, 9);
        Pool const pool(records, one_list ? std::span<const Record>() : records, analyse());
        auto const pairs = candidates(pool, {.per_item = 4});
        Random random(1);
        std::vector<float> scores;
        for (std::size_t i = 0; i < pairs.size(); ++i) scores.push_back(static_cast<float>(random.below(5)) / 4);
        auto const got = rivals(pool, pairs, scores);
        for (std::size_t p = 0; p < pairs.size(); ++p) {
            float rank = 0, best = 0;
            for (std::size_t q = 0; q < pairs.size(); ++q) {
                bool const mine = pairs[q].left == pairs[p].left || (one_list && pairs[q].right == pairs[p].left);
                if (q == p || !mine) continue;
                rank += scores[q] > scores[p], best = std::max(best, scores[q]);
            }
            ASSERT_EQ(got[p][rival_rank_left], rank);
            ASSERT_FLOAT_EQ(got[p][rival_gap_left], scores[p] - best);
        }
    }
}

}  // namespace
}  // namespace kindling::matching
