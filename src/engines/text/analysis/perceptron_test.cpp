#include "engines/text/analysis/perceptron.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/random.h"
#include "core/utf8.h"
#include "engines/text/analysis/analyzer.h"

namespace kindling::text {
namespace {

std::string join(std::u32string_view text, std::vector<std::uint32_t> const& ends) {
    std::string out;
    for (std::uint32_t from = 0; auto const to : ends) out += (from ? "/" : "") + to_utf8(text.substr(from, to - from)), from = to;
    return out;
}

class PerceptronTest : public testing::Test {
protected:
    std::string cut(std::string_view text) { return cut(text, *dictionary); }
    std::string cut(std::string_view text, Dictionary const& words) {
        auto const wide = to_utf32(text);
        std::vector<std::uint32_t> ends;
        Perceptron::Scratch scratch;
        model->cut(wide, words, ends, scratch);
        return join(wide, ends);
    }
    std::shared_ptr<const Dictionary> dictionary = *Dictionary::parse("研究 9 n\n研究生 9 n\n生命 9 n\n命 5 n\n起源 9 n\n的 99 n\n");
    std::vector<std::vector<std::u32string>> corpus = {{U"研究", U"生命", U"的", U"起源"}, {U"研究生", U"的", U"生命"}, {U"研究", U"起源"}, {U"珀莱雅", U"的", U"起源"}, {U"珀莱雅", U"研究"}};
    std::shared_ptr<const Perceptron> model = train_perceptron(corpus, *dictionary, {.log_rows = 12, .epochs = 20});
};

TEST_F(PerceptronTest, LearnsItsCorpus) {
    EXPECT_EQ(cut("研究生命的起源"), "研究/生命/的/起源");
    EXPECT_EQ(cut("研究生的生命"), "研究生/的/生命");
    EXPECT_EQ(cut("珀莱雅的生命"), "珀莱雅/的/生命") << "a word that the dictionary does not have";
    EXPECT_EQ(cut("的"), "的");
    EXPECT_EQ(cut(""), "");
}

TEST_F(PerceptronTest, CutsOutUserWords) {
    auto const more = dictionary->with(std::vector<UserWord>{{"命的起"}, {"生"}});
    EXPECT_EQ(cut("研究生命的起源", *more), "研究/生/命的起/源");
}

TEST_F(PerceptronTest, SavesAndRefusesWhatIsNotAModel) {
    auto const bytes = model->save();
    auto const again = Perceptron::parse(bytes);
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->save(), bytes);
    EXPECT_EQ(Perceptron::parse("").error().reason, "model_invalid");
    EXPECT_FALSE(Perceptron::parse(bytes.substr(0, bytes.size() - 1)));
    EXPECT_FALSE(Perceptron::parse(bytes + "x"));
    auto broken = bytes;
    broken[8] = 60;  // 2^60 rows
    EXPECT_FALSE(Perceptron::parse(broken));
    EXPECT_EQ(Perceptron::load("/nowhere/model").error().reason, "model_not_found");
    auto const same = train_perceptron(corpus, *dictionary, {.log_rows = 12, .epochs = 20});
    EXPECT_EQ(same->save(), bytes) << "the same seed gives the same model";
}

TEST_F(PerceptronTest, ServesTheAnalyzer) {
    auto const folder = std::filesystem::path(testing::TempDir());
    auto const words = (folder / "kindling_perceptron_words.txt").string(), file = (folder / "kindling_perceptron_model").string();
    std::ofstream(words) << "研究 9 n\n研究生 9 n\n生命 9 n\n命 5 n\n起源 9 n\n的 99 n\n";
    auto const bytes = model->save();
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    auto const learned = Analyzer::create({words, file});
    ASSERT_TRUE(learned);
    EXPECT_EQ((*learned)->analyze("珀莱雅的生命", Mode::query).size(), 3u);
    EXPECT_EQ((*Analyzer::create({words}))->analyze("珀莱雅的生命", Mode::query).size(), 5u);
    EXPECT_EQ(Analyzer::create({words, "/nowhere/model"}).error().reason, "model_not_found");
}

TEST_F(PerceptronTest, CoversAnyText) {
    Random random(9);
    std::u32string const alphabet = U"研究生命的起源珀z9";
    std::vector<std::uint32_t> ends;
    Perceptron::Scratch scratch;
    for (int round = 0; round < 500; ++round) {
        std::u32string text;
        for (std::size_t n = 1 + random.below(round == 0 ? 9000 : 30); n-- > 0;) text += alphabet[random.below(alphabet.size())];
        model->cut(text, *dictionary, ends, scratch);
        ASSERT_FALSE(ends.empty());
        ASSERT_EQ(ends.back(), text.size());
        for (std::size_t i = 1; i < ends.size(); ++i) ASSERT_LT(ends[i - 1], ends[i]);
    }
}

}  // namespace
}  // namespace kindling::text
