// Laws of bags and probabilities, an optimum checked against its own conditions, groups kept apart, files that are refused.
#include "engines/learning/classification/classifier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/random.h"

namespace kindling::classification {
namespace {

std::set<std::uint32_t> hashes(const Bag& bag) {
    std::set<std::uint32_t> out;
    for (auto const& e : bag.entries) out.insert(e.hash);
    return out;
}
std::set<std::uint32_t> words(std::string_view text, std::uint32_t space = 0) {
    Bag bag;
    add_words(text, space, 2, bag);
    return hashes(bag);
}

std::vector<Document> shop_questions() {
    std::vector<Document> out;
    std::string_view const texts[][6] = {
        {"where is my order", "when will it arrive", "订单到哪了", "什么时候发货", "track my parcel", "快递几天到"},
        {"I want my money back", "how do I return this", "怎么退货", "退款多久到账", "send it back please", "不想要了可以退吗"},
        {"is it waterproof", "what size fits me", "这个防水吗", "我穿多大码", "how heavy is it", "有黑色的吗"}};
    for (std::uint32_t label = 0; label < 3; ++label)
        for (auto const text : texts[label]) out.push_back({text_bag(text), {label}, static_cast<std::uint32_t>(out.size())});
    return out;
}
std::vector<std::string> const names{"delivery", "return", "product"};

TEST(Bag, TreatsWidthCaseAndSpacesAlike) {
    EXPECT_EQ(words("Hello  World?"), words("ｈｅｌｌｏ world ？"));
    EXPECT_NE(words("good"), words("not good"));
    EXPECT_NE(words("good", 0), words("good", 1)) << "what was said before is another space";
    EXPECT_NE(words("好吗"), words("好")) << "a question is another text";
    EXPECT_TRUE(words("").size() <= 1);
}

TEST(Bag, CutsCharactersInsideWordsOnly) {
    Bag one, two;
    add_characters("ab cd", 0, 2, 3, one), add_characters("cd ab", 0, 2, 3, two);
    EXPECT_EQ(hashes(one), hashes(two)) << "no n-gram crosses a blank between Latin words";
    Bag here, there;
    add_characters("物流快", 0, 2, 3, here), add_characters("快物流", 0, 2, 3, there);
    EXPECT_NE(hashes(here), hashes(there)) << "Han characters have no blanks to stop at";
}

TEST(Classifier, ToldQuestionsApart) {
    auto const model = Classifier::train(shop_questions(), names, {});
    ASSERT_TRUE(model) << model.error().message;
    EXPECT_EQ(model->labels(text_bag("我要退货"))[0], 1u);
    EXPECT_EQ(model->labels(text_bag("when does my parcel arrive"))[0], 0u);
    EXPECT_EQ(model->labels(text_bag("size?"))[0], 2u);
    for (auto const text : {"", "zzz", "退货", "\xff\xfe"}) {
        auto const p = model->probabilities(text_bag(text));
        float sum = 0;
        for (auto const v : p) {
            EXPECT_TRUE(v >= 0 && v <= 1) << v;
            sum += v;
        }
        EXPECT_NEAR(sum, 1, 1e-4) << text;
    }
}

// At the optimum of the squared hinge the weights are sum of 2 C y x max(0, 1 - y w.x): checked without knowing how it was reached.
TEST(Machines, ReachTheOptimum) {
    Random random(4);
    std::size_t const n = 60, features = 8;
    std::vector<Vector> vectors(n);
    std::vector<std::uint8_t> positive(n);
    for (std::size_t i = 0; i < n; ++i) {
        positive[i] = random.chance(0.4);
        for (std::uint32_t f = 0; f < features; ++f) vectors[i].index.push_back(f), vectors[i].value.push_back(static_cast<float>(random.normal(positive[i] && f < 2 ? 0.7 : 0, 1)));
    }
    float const cost = 0.05f;
    auto const machines = Machines::fit(vectors, positive, 1, features, {.cost = cost}, {});
    std::vector<double> expected(features + 1, 0);
    std::vector<float> z;
    for (std::size_t i = 0; i < n; ++i) {
        machines.scores(vectors[i], z);
        auto const y = positive[i] ? 1.0 : -1.0, slack = std::max(0.0, 1 - y * z[0]);
        for (std::size_t f = 0; f < features; ++f) expected[f] += 2 * cost * y * slack * vectors[i].value[f];
        expected[features] += 2 * cost * y * slack;
    }
    Vector none;
    machines.scores(none, z);
    auto const offset = z[0];
    EXPECT_NEAR(offset, expected[features], 0.05);
    for (std::uint32_t f = 0; f < features; ++f) {
        machines.scores({{f}, {1}}, z);
        EXPECT_NEAR(z[0] - offset, expected[f], 0.05) << f;
    }
}

TEST(Classifier, FindsSeveralLabelsAndNone) {
    std::vector<Document> documents;
    std::string_view const halves[] = {"hello there", "how much is it", "I do not like it"};
    for (std::uint32_t round = 0; round < 12; ++round)
        for (std::uint32_t a = 0; a < 3; ++a) {
            auto const b = (a + 1) % 3;
            documents.push_back({text_bag(halves[a]), {a}, round});
            documents.push_back({text_bag(std::string(halves[a]) + " " + std::string(halves[b])), {a, b}, round});
            documents.push_back({text_bag("the weather in March"), {}, round});
        }
    auto const model = Classifier::train(documents, {"greeting", "price", "dislike"}, {.labels = Labels::several});
    ASSERT_TRUE(model);
    auto both = model->labels(text_bag("hello there how much is it"));
    std::ranges::sort(both);
    EXPECT_EQ(both, (std::vector<std::uint32_t>{0, 1}));
    EXPECT_TRUE(model->labels(text_bag("the weather in March")).empty());
}

// Twenty texts that are each said twice, by the same person, with labels by chance: who keeps groups apart in calibration learns that nothing can be known.
TEST(Classifier, CalibratesOnGroupsItHasNotSeen) {
    Random random(8);
    std::vector<Document> documents;
    for (std::uint32_t person = 0; person < 40; ++person) {
        std::uint32_t const label = random.chance(0.5);
        for (int twice = 0; twice < 2; ++twice) documents.push_back({text_bag("word" + std::to_string(person)), {label}, person});
    }
    auto const apart = Classifier::train(documents, {"a", "b"}, {});
    for (std::uint32_t i = 0; i < documents.size(); ++i) documents[i].group = i;
    auto const mixed = Classifier::train(documents, {"a", "b"}, {});
    ASSERT_TRUE(apart && mixed);
    auto const sureness = [&](const Classifier& c) { float sum = 0; for (auto const& d : documents) sum += std::ranges::max(c.probabilities(d.bag)); return sum / static_cast<float>(documents.size()); };
    EXPECT_LT(sureness(*apart), 0.75f);
    EXPECT_GT(sureness(*mixed), sureness(*apart));
}

TEST(Classifier, IsTheSameForASeedWhateverTheThreads) {
    auto const one = Classifier::train(shop_questions(), names, {.threads = 1}), four = Classifier::train(shop_questions(), names, {.threads = 4});
    ASSERT_TRUE(one && four);
    EXPECT_EQ(one->write(), four->write());
}

TEST(Classifier, SavesAndRefusesWhatIsNotAModel) {
    auto const model = Classifier::train(shop_questions(), names, {});
    ASSERT_TRUE(model);
    auto const bytes = model->write();
    auto const again = Classifier::read(bytes);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->write(), bytes);
    EXPECT_EQ(again->probabilities(text_bag("怎么退货")), model->probabilities(text_bag("怎么退货")));
    EXPECT_EQ(Classifier::read("").error().reason, "model_invalid");
    EXPECT_EQ(Classifier::read(bytes.substr(0, bytes.size() / 2)).error().reason, "model_invalid");
    for (std::size_t at = 0; at < bytes.size(); at += 101) {
        auto broken = bytes;
        broken[at] = static_cast<char>(broken[at] ^ 4);
        EXPECT_FALSE(Classifier::read(broken)) << at;
    }
}

TEST(Classifier, SaysWhatIsWrongWithItsTask) {
    EXPECT_EQ(Classifier::train({}, names, {}).error().reason, "no_documents");
    EXPECT_EQ(Classifier::train(shop_questions(), {"only"}, {}).error().reason, "labels_invalid");
    EXPECT_EQ(Classifier::train(shop_questions(), {"a", "b"}, {}).error().reason, "labels_invalid") << "a label out of range";
    auto two = shop_questions();
    two[0].labels = {0, 1};
    EXPECT_EQ(Classifier::train(two, names, {}).error().reason, "labels_invalid") << "two labels where one is asked";
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(Classifier::train(shop_questions(), names, {}, {.stop = stop.get_token()}).error().reason, "cancelled");
}

}  // namespace
}  // namespace kindling::classification
