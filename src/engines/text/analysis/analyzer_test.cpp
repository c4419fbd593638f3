#include "engines/text/analysis/analyzer.h"

#include <gmock/gmock.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/random.h"
#include "core/utf8.h"

namespace kindling::text {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::Not;

std::shared_ptr<Analyzer> small() {
    auto const path = std::filesystem::path(testing::TempDir()) / "kindling_small_dictionary.txt";
    std::ofstream(path) << "尼康 50 n\n连衣裙 60 n\n衣裙 9 n\n鲜花 30 n\n蓝牙 50 n\n耳机 60 n\nT恤 9 n\n纯棉 20 n\n女 90 n\n花 20 n\n毫升 20 n\n洗衣液 20 n\n洗衣 9 n\n电动自行车 9 n\n自行车 30 n\n电动 20 n\n自行 9 n\n";
    return *Analyzer::create({path.string()});
}

std::vector<std::string> terms(Analyzer const& analyzer, std::string_view text, Mode mode) {
    std::vector<std::string> out;
    for (auto const& token : analyzer.analyze(text, mode)) out.push_back(token.term);
    return out;
}

class AnalyzerTest : public testing::Test {
protected:
    std::shared_ptr<Analyzer> analyzer = small();
    std::vector<std::string> index(std::string_view text) { return terms(*analyzer, text, Mode::index); }
    std::vector<std::string> query(std::string_view text) { return terms(*analyzer, text, Mode::query); }
    // Every word the query needs is in the document.
    bool finds(std::string_view q, std::string_view document) {
        auto const in_document = index(document);
        std::map<std::uint32_t, bool> found;
        for (auto const& token : analyzer->analyze(q, Mode::query)) {
            bool const here = std::ranges::find(in_document, token.term) != in_document.end();
            if (token.weight == 1) found[token.position] |= here;
            else if (found.contains(token.position)) found[token.position] |= here;
        }
        return !found.empty() && std::ranges::all_of(found, [](auto const& f) { return f.second; });
    }
};

TEST_F(AnalyzerTest, ReleasesAreWrittenInSeveralWays) {
    for (auto const& [q, document] : {std::pair{"immersion 2.0", "immersion 2"}, {"immersion 2", "immersion 2.0"}, {"maker 17", "maker v17"}, {"maker 17", "maker v 17.0"}}) EXPECT_TRUE(finds(q, document)) << q << " | " << document;
    for (auto const& [q, document] : {std::pair{"usb 2.0", "usb 2.5"}, {"lens 1.50", "lens 1"}, {"v2.5", "v2"}}) EXPECT_FALSE(finds(q, document)) << q << " | " << document;
    EXPECT_THAT(terms(*analyzer, "v17", Mode::query), ElementsAre("v17", "17"));
    EXPECT_THAT(terms(*analyzer, "1,000.00", Mode::query), Contains("1000"));
}

TEST_F(AnalyzerTest, AnEndingThatBelongsToTheWordStays) {
    for (auto const& [q, document] : {std::pair{"experiments", "science experiment kit"}, {"experiment", "experimental physics"}, {"condiments", "condiment set"}, {"documents", "document camera"}, {"instrument", "musical instruments"}, {"payments", "payment"}, {"shipping", "shipped"}, {"accessory", "accessories"}})
        EXPECT_TRUE(finds(q, document)) << q << " | " << document;
    for (auto const& [q, document] : {std::pair{"experiments", "a new experience"}, {"experiment", "experienced"}}) EXPECT_FALSE(finds(q, document)) << q << " | " << document;
}

TEST_F(AnalyzerTest, IndexGivesWordsPartsAndCharacters) {
    EXPECT_THAT(index("连衣裙"), ElementsAre("连衣裙", "衣裙", "连", "衣", "裙"));
    EXPECT_THAT(index("电动自行车"), ElementsAre("电动自行车", "电动", "自行", "自行车", "电", "动", "自", "行", "车"));
    auto const tokens = analyzer->analyze("连衣裙", Mode::index);
    EXPECT_EQ(tokens[0].weight, 1);
    EXPECT_EQ(tokens[1].weight, Analyzer::part_weight);
    EXPECT_EQ(tokens[2].weight, Analyzer::character_weight);
    EXPECT_EQ(tokens[1].begin, 3u);
    EXPECT_EQ(tokens[1].end, 9u);
}

TEST_F(AnalyzerTest, QueryGivesWordsOnly) {
    EXPECT_THAT(query("连衣裙"), ElementsAre("连衣裙"));
    EXPECT_THAT(query("女连衣裙"), ElementsAre("女", "连衣裙"));
    EXPECT_THAT(query("花"), ElementsAre("花"));
    EXPECT_THAT(query(""), ElementsAre());
    EXPECT_THAT(query(" ，!"), ElementsAre());
}

TEST_F(AnalyzerTest, TheComplaintsOfOtherEnginesFindTheirGoods) {
    struct Case { std::string_view query, document; };
    for (auto const& [q, document] : std::initializer_list<Case>{
             {"花", "鲜花"}, {"裙", "连衣裙"}, {"z62", "尼康z62"}, {"尼康", "尼康z62"}, {"尼康 Z62", "尼康z62"}, {"尼康z62", "尼康 Z62 微单"},
             {"wh-1000xm4", "Sony WH1000XM4"}, {"wh1000xm4", "Sony WH-1000XM4"}, {"wh 1000xm4", "Sony WH-1000XM4"}, {"WH-1000XM4", "sony wh 1000xm4"},
             {"wh1000xm4", "sony wh 1000xm4"}, {"wh 1000xm4", "sony wh1000xm4"}, {"1000xm4", "wh1000xm4"}, {"iphone15", "iPhone 15 Pro"}, {"iphone 15", "iphone15pro"},
             {"iphone15pro", "Apple iPhone 15 Pro"}, {"iphone 15 pro", "iphone15pro"}, {"t-shirt", "Cotton T Shirt"}, {"tshirts", "a T-shirt"}, {"t恤", "纯棉T恤"},
             {"T恤", "2021T恤"}, {"women's shoes", "womens shoe"}, {"womens", "Women's"}, {"running", "runs fast"}, {"headphone", "Headphones"}, {"noise cancelling", "noise-cancelling"},
             {"noise-cancelling", "noise cancelling"}, {"500ml", "洗衣液500毫升"}, {"500毫升", "500ml 洗衣液"}, {"500 ml", "500ml"}, {"500ml", "500 ml"}, {"1.5l", "1.5 L bottle"}, {"1000", "1,000 pcs"},
             {"H&M", "h&m dress"}, {"藍牙耳機", "蓝牙耳机"}, {"ＩＰＨＯＮＥ", "iphone"}, {"cafe", "Café"}})
        EXPECT_TRUE(finds(q, document)) << q << " in " << document << ": " << testing::PrintToString(query(q)) << " / " << testing::PrintToString(index(document));
    EXPECT_FALSE(finds("z63", "尼康z62"));
    EXPECT_FALSE(finds("1.5l", "15l"));
    EXPECT_FALSE(finds("80-90", "8090"));
}

TEST_F(AnalyzerTest, PutsAlternativesAtOnePosition) {
    auto const tokens = analyzer->analyze("running shoes", Mode::query);
    ASSERT_EQ(tokens.size(), 4u);
    EXPECT_EQ(tokens[0].term, "running");
    EXPECT_EQ(tokens[1].term, "run");
    EXPECT_EQ(tokens[0].position, tokens[1].position);
    EXPECT_EQ(tokens[2].position, 1u);
}

TEST_F(AnalyzerTest, OffsetsPointIntoTheOriginal) {
    std::string_view const text = "ＮＩＫＯＮ 藍牙-Z62Ⅱ";
    auto const tokens = analyzer->analyze(text, Mode::query);
    ASSERT_GE(tokens.size(), 3u);
    EXPECT_EQ(text.substr(tokens[0].begin, tokens[0].end - tokens[0].begin), "ＮＩＫＯＮ");
    EXPECT_EQ(text.substr(tokens[1].begin, tokens[1].end - tokens[1].begin), "藍牙");
    EXPECT_EQ(tokens[2].term, "z62ii");
    EXPECT_EQ(text.substr(tokens[2].begin, tokens[2].end - tokens[2].begin), "Z62Ⅱ");
}

TEST_F(AnalyzerTest, UserWordsAreLive) {
    EXPECT_THAT(query("珀莱雅"), ElementsAre("珀", "莱", "雅"));
    analyzer->set_user_words({{"珀莱雅"}});
    EXPECT_THAT(query("珀莱雅"), ElementsAre("珀莱雅"));
    analyzer->set_user_words({});
    EXPECT_THAT(query("珀莱雅"), ElementsAre("珀", "莱", "雅"));
}

TEST_F(AnalyzerTest, ReadersGoOnWhileWordsChange) {
    std::atomic<bool> stop = false;
    std::atomic<int> wrong = 0;
    std::jthread reader([&] {
        std::vector<Token> tokens;
        while (!stop) {
            analyzer->analyze("珀莱雅", Mode::query, tokens);
            if (tokens.size() != 1 && tokens.size() != 3) ++wrong;
        }
    });
    for (int i = 0; i < 200; ++i) analyzer->set_user_words(i % 2 ? std::vector<UserWord>{} : std::vector<UserWord>{{"珀莱雅"}});
    stop = true;
    reader.join();
    EXPECT_EQ(wrong, 0);
}

TEST(AnalyzerWithoutDictionary, PairsCharacters) {
    auto const analyzer = *Analyzer::create({});
    EXPECT_THAT(terms(*analyzer, "连衣裙", Mode::query), ElementsAre("连衣", "衣裙"));
    EXPECT_THAT(terms(*analyzer, "连衣裙", Mode::index), ElementsAre("连衣", "连", "衣裙", "衣", "裙"));
    EXPECT_THAT(terms(*analyzer, "花", Mode::query), ElementsAre("花"));
    EXPECT_THAT(terms(*analyzer, "ワイヤ", Mode::query), ElementsAre("ワイ", "イヤ"));
    analyzer->set_user_words({{"连衣裙"}});
    EXPECT_THAT(terms(*analyzer, "连衣裙z62", Mode::query), ElementsAre("连衣", "衣裙", "z62"));
}

TEST(AnalyzerOptions, NamesAMissingFile) {
    EXPECT_EQ(Analyzer::create({"/nowhere/dict.txt"}).error().reason, "dictionary_not_found");
}

TEST_F(AnalyzerTest, SurvivesAnything) {
    Random random(3);
    std::vector<Token> tokens;
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::size_t n = random.below(60); n-- > 0;) {
            static constexpr std::string_view seeds[] = {"连衣裙", "T恤", "wh-1000", "1.5", ",", "'", "-", ".", "&", "\xFF", "\xE4\xBD", "\u0301", " ", "z", "9", "ﬁ", "ガ", "毫升"};
            text += seeds[random.below(std::size(seeds))];
        }
        for (auto const mode : {Mode::index, Mode::query}) {
            analyzer->analyze(text, mode, tokens);
            EXPECT_EQ(tokens.size(), analyzer->analyze(text, mode).size());
            std::uint32_t position = 0;
            for (auto const& token : tokens) {
                ASSERT_FALSE(token.term.empty());
                ASSERT_LE(token.term.size(), Analyzer::max_term_bytes);
                ASSERT_TRUE(is_utf8(token.term));
                ASSERT_LT(token.begin, token.end);
                ASSERT_LE(token.end, text.size());
                ASSERT_GE(token.position, position);
                position = token.position;
            }
        }
    }
    analyzer->analyze(std::string(100'000, 'a') + std::string(100'000, '1'), Mode::index, tokens);
    EXPECT_LT(tokens.size(), 10u);
    std::string alternating;
    for (int i = 0; i < 50'000; ++i) alternating += i % 2 ? "a" : "1";
    analyzer->analyze(alternating, Mode::index, tokens);
    EXPECT_LE(tokens.size(), 50'010u);
}

}  // namespace
}  // namespace kindling::text
