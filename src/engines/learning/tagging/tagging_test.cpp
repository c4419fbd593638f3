// Sums against brute force over all label sequences, laws of spans, what a field must learn, files that are refused.
#include "engines/learning/tagging/tagger.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random.h"
#include "engines/learning/tagging/lattice.h"

namespace kindling::tagging {
namespace {

std::vector<MarkedText> titles() {
    std::vector<MarkedText> out;
    std::u32string_view const brands[] = {U"耐克", U"华为", U"Sony", U"小米"}, goods[] = {U"跑鞋", U"耳机", U"手机壳", U"背包"}, more[] = {U"包邮", U"新款", U"正品", U"2024"};
    for (auto const b : brands)
        for (auto const g : goods)
            for (auto const m : more) {
                MarkedText t;
                t.text = std::u32string(m) + std::u32string(b) + std::u32string(g);
                auto const at = static_cast<std::uint32_t>(m.size()), middle = static_cast<std::uint32_t>(m.size() + b.size()), end = static_cast<std::uint32_t>(t.text.size());
                t.spans = {{at, middle, 0}, {middle, end, 1}};
                out.push_back(t);
            }
    return out;
}

TEST(Spans, GoThereAndBack) {
    std::vector<Span> const spans{{0, 1, 1}, {1, 4, 0}, {5, 7, 1}};
    auto const labels = to_labels(spans, 8, 2);
    EXPECT_EQ(labels, (std::vector<Label>{8, 1, 2, 3, 0, 5, 7, 0}));
    EXPECT_EQ(to_spans(labels), spans);
}

TEST(Spans, PassOverWhatCannotBe) {
    EXPECT_EQ(to_spans(to_labels(std::vector<Span>{{2, 2, 0}, {3, 9, 0}, {0, 2, 5}, {1, 3, 0}, {2, 4, 1}}, 4, 2)), (std::vector<Span>{{1, 3, 0}})) << "empty, too long, unknown, overlapping";
    EXPECT_TRUE(to_spans(std::vector<Label>{1, 2, 0}).empty()) << "never closed";
    EXPECT_TRUE(to_spans(std::vector<Label>{3, 2}).empty()) << "never opened";
    EXPECT_TRUE(to_spans(std::vector<Label>{1, 7}).empty()) << "closed by another type";
}

TEST(Spans, EveryLegalPathIsSpans) {
    auto const shape = bioes_shape(3);
    Random random(3);
    for (int round = 0; round < 200; ++round) {
        std::vector<Label> path;
        for (std::size_t n = 1 + random.below(12); path.size() < n;) {
            auto const y = static_cast<Label>(random.below(shape.labels));
            if (path.empty() ? shape.starts[y] : shape.follows[path.back() * shape.labels + y]) path.push_back(y);
        }
        if (!shape.stops[path.back()]) continue;
        EXPECT_EQ(to_labels(to_spans(path), path.size(), 3), path);
    }
}

TEST(SpanScore, CountsExactSpansWithTheirType) {
    SpanScore s;
    s.add({{0, 2, 0}, {3, 5, 1}}, {{0, 2, 0}, {3, 5, 0}, {6, 7, 1}});
    EXPECT_DOUBLE_EQ(s.precision(), 1.0 / 3);
    EXPECT_DOUBLE_EQ(s.recall(), 0.5);
    EXPECT_DOUBLE_EQ(s.f1(), 0.4);
    EXPECT_DOUBLE_EQ(SpanScore{}.f1(), 0) << "nothing expected, nothing found: no praise for it";
}

// p(y_t = y) and the likeliest path by adding up every path there is.
TEST(Field, AgreesWithBruteForce) {
    auto const shape = bioes_shape(1);
    auto const L = shape.labels;
    Random random(11);
    for (int round = 0; round < 30; ++round) {
        std::size_t const n = 1 + random.below(5);
        std::vector<float> score(n * L), transition(L * L);
        for (auto& s : score) s = static_cast<float>(random.uniform(-3, 3));
        for (std::size_t i = 0; i < L * L; ++i) transition[i] = shape.follows[i] ? static_cast<float>(random.uniform(-2, 2)) : never;
        std::vector<double> expected(n * L, 0), pair(L * L, 0);
        double all = 0;
        std::vector<std::size_t> path(n, 0);
        for (std::size_t code = 0, end = static_cast<std::size_t>(std::pow(L, n)); code < end; ++code) {
            double sum = 0;
            bool legal = true;
            for (std::size_t t = 0, rest = code; t < n; ++t, rest /= L) path[t] = rest % L;
            legal = shape.starts[path[0]] && shape.stops[path[n - 1]];
            for (std::size_t t = 0; t < n; ++t) {
                sum += score[t * L + path[t]];
                if (t > 0) legal = legal && shape.follows[path[t - 1] * L + path[t]], sum += transition[path[t - 1] * L + path[t]];
            }
            if (!legal) continue;
            auto const weight = std::exp(sum);
            all += weight;
            for (std::size_t t = 0; t < n; ++t) expected[t * L + path[t]] += weight;
            if (n > 1) pair[path[0] * L + path[1]] += weight;
        }
        Lattice lattice(shape, transition);
        lattice.run(score, n);
        std::vector<float> p(L), sums(L * L), work;
        for (std::size_t t = 0; t < n; ++t) {
            lattice.marginal(t, p);
            for (std::size_t y = 0; y < L; ++y) EXPECT_NEAR(p[y], expected[t * L + y] / all, 1e-4);
        }
        if (n < 2) continue;
        lattice.pairs(1, work, sums);
        for (std::size_t i = 0; i < L * L; ++i) EXPECT_NEAR(sums[i], pair[i] / all, 1e-4);
    }
}

TEST(Tagger, LearnsWordsAndReadsNewCombinations) {
    auto all = titles();
    auto const held = all.back();
    all.pop_back();
    auto const tagger = Tagger::train(all, {"brand", "product"}, {.epochs = 10});
    ASSERT_TRUE(tagger) << tagger.error().message;
    Tagger::Scratch scratch;
    EXPECT_EQ(tagger->tag(held.text, scratch), held.spans);
    EXPECT_EQ(tagger->tag(U"ＳＯＮＹ背包", scratch), (std::vector<Span>{{0, 4, 0}, {4, 6, 1}})) << "full width and capitals are the same letters";
    EXPECT_TRUE(tagger->tag(U"", scratch).empty());
    std::vector<float> sure;
    auto const spans = tagger->tag(held.text, sure, scratch);
    ASSERT_EQ(sure.size(), spans.size());
    for (auto const p : sure) EXPECT_TRUE(p > 0.5f && p <= 1.0001f) << p;
    std::u32string const lengthy(9000, U'包');
    for (auto const& s : tagger->tag(lengthy, scratch)) EXPECT_LE(s.end, lengthy.size());
}

// The features carry it: shuffled labels teach nothing that holds.
TEST(Tagger, DoesNotLearnWhatIsNotThere) {
    auto all = titles();
    Random random(5);
    std::vector<std::vector<Span>> spans;
    for (std::size_t i = 0; i < all.size(); ++i) spans.push_back(random.chance(0.5) ? std::vector<Span>{{0, 1, 0}} : std::vector<Span>{{1, 2, 0}});
    for (std::size_t i = 0; i < all.size(); ++i) all[i].spans = spans[i];
    std::vector<MarkedText> const train(all.begin(), all.begin() + 48), test(all.begin() + 48, all.end());
    auto const tagger = Tagger::train(train, {"noise"}, {.epochs = 10});
    ASSERT_TRUE(tagger);
    Tagger::Scratch scratch;
    SpanScore score;
    for (auto const& t : test) score.add(t.spans, tagger->tag(t.text, scratch));
    EXPECT_LT(score.f1(), 0.8);
}

TEST(Tagger, IsTheSameForASeedWhateverTheThreads) {
    auto const one = Tagger::train(titles(), {"brand", "product"}, {.epochs = 3, .members = 3, .threads = 1});
    auto const three = Tagger::train(titles(), {"brand", "product"}, {.epochs = 3, .members = 3, .threads = 3});
    ASSERT_TRUE(one && three);
    EXPECT_EQ(one->write(), three->write());
    EXPECT_NE(one->write(), Tagger::train(titles(), {"brand", "product"}, {.epochs = 3, .members = 3, .seed = 2})->write());
}

TEST(Tagger, SavesAndRefusesWhatIsNotAModel) {
    auto const tagger = Tagger::train(titles(), {"brand", "product"}, {.epochs = 3});
    ASSERT_TRUE(tagger);
    auto const bytes = tagger->write();
    auto const again = Tagger::read(bytes);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->write(), bytes);
    EXPECT_EQ(again->types(), tagger->types());
    Tagger::Scratch scratch;
    for (auto const& t : titles()) EXPECT_EQ(again->tag(t.text, scratch), tagger->tag(t.text, scratch));
    EXPECT_EQ(Tagger::read("").error().reason, "model_invalid");
    EXPECT_EQ(Tagger::read(bytes.substr(0, bytes.size() - 1)).error().reason, "model_invalid");
    EXPECT_EQ(Tagger::read(bytes + "x").error().reason, "model_invalid");
    for (std::size_t at = 0; at < bytes.size(); at += 97) {
        auto broken = bytes;
        broken[at] = static_cast<char>(broken[at] ^ 1);
        EXPECT_FALSE(Tagger::read(broken)) << at;
    }
}

TEST(Tagger, SaysWhatIsWrongWithItsTask) {
    EXPECT_EQ(Tagger::train({}, {"a"}, {}).error().reason, "no_examples");
    EXPECT_EQ(Tagger::train(titles(), {}, {}).error().reason, "types_invalid");
    EXPECT_EQ(Tagger::train(titles(), std::vector<std::string>(16, "x"), {}).error().reason, "types_invalid");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(Tagger::train(titles(), {"a", "b"}, {}, nullptr, {.stop = stop.get_token()}).error().reason, "cancelled");
    Example bad;
    bad.rows.features = {1}, bad.rows.close(), bad.labels = {2};
    EXPECT_EQ(Crf::train(std::span(&bad, 1), bioes_shape(1), {}).error().reason, "labels_invalid") << "inside without a beginning";
}

TEST(Tagger, WantsItsDictionaryAgain) {
    auto const dictionary = *text::Dictionary::parse("耐克 9 n\n跑鞋 9 n\n手机壳 9 n\n背包 3 n\n");
    auto const tagger = Tagger::train(titles(), {"brand", "product"}, {.epochs = 3}, dictionary);
    ASSERT_TRUE(tagger);
    EXPECT_EQ(Tagger::read(tagger->write()).error().reason, "dictionary_missing");
    auto const again = Tagger::read(tagger->write(), dictionary);
    ASSERT_TRUE(again);
    Tagger::Scratch scratch;
    EXPECT_EQ(again->tag(titles()[0].text, scratch), tagger->tag(titles()[0].text, scratch));
}

TEST(WordRows, GiveEveryWordTheSameNumberOfFeatures) {
    Rows rows;
    std::vector<std::u32string_view> const words{U"the", U"food", U"!", U"a"};
    word_rows(words, rows);
    ASSERT_EQ(rows.size(), 4u);
    for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(rows.at(i).size(), rows.at(0).size());
    EXPECT_NE(rows.at(0)[2], rows.at(1)[2]);
}

}  // namespace
}  // namespace kindling::tagging
