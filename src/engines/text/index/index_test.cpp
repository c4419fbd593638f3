// What shoppers see: matching levels, typos, sounds, synonyms, phrases, exclusions, identifiers, sorting, boosts, visibility.
#include "engines/text/index/index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "engines/text/index/test_language.h"

namespace kindling::text {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Answer ask(const Index& index, Query query) {
    auto answer = index.snapshot().search(query);
    EXPECT_TRUE(answer.has_value()) << (answer ? "" : answer.error().message);
    return answer ? std::move(*answer) : Answer{};
}
Answer ask(const Index& index, std::string text) { return ask(index, Query{.text = std::move(text)}); }

std::unique_ptr<Index> shop(std::vector<Document> documents) {
    auto index = memory_index();
    EXPECT_TRUE(index->upsert(documents));
    EXPECT_TRUE(index->commit());
    return index;
}

TEST(Index, EmptyIndexAnswersEverythingWithNothing) {
    auto const index = memory_index();
    EXPECT_EQ(ask(*index, "shoes").total, 0u);
    EXPECT_EQ(ask(*index, "").total, 0u);
}

TEST(Index, UpdatesAreSeenAfterCommitAndOldSnapshotsDoNotChange) {
    auto const index = shop({document("a", "red shoes")});
    auto const before = index->snapshot();
    ASSERT_TRUE(index->upsert(std::vector{document("b", "red hat"), document("a", "blue shoes")}));
    EXPECT_EQ(ask(*index, "red").total, 1u) << "not committed yet";
    ASSERT_TRUE(index->commit());
    EXPECT_THAT(ids(ask(*index, "red")), ElementsAre("b"));
    EXPECT_THAT(ids(ask(*index, "blue")), ElementsAre("a"));
    EXPECT_THAT(ids(*before.search({.text = "red"})), ElementsAre("a"));
    index->erase("b");
    ASSERT_TRUE(index->commit());
    EXPECT_EQ(ask(*index, "hat").total, 0u);
    EXPECT_EQ(index->snapshot().document_count(), 1u);
}

TEST(Index, TheLastOfSeveralChangesBeforeOneCommitCounts) {
    auto const index = memory_index();
    ASSERT_TRUE(index->upsert(std::vector{document("a", "one"), document("a", "two")}));
    index->erase("a");
    ASSERT_TRUE(index->upsert(std::vector{document("a", "three")}));
    index->erase("never there");
    ASSERT_TRUE(index->commit());
    EXPECT_EQ(ask(*index, "").total, 1u);
    EXPECT_THAT(ids(ask(*index, "three")), ElementsAre("a"));
}

TEST(Index, ABadDocumentIsRefusedWithItsPathAndNothingIsTaken) {
    auto const index = memory_index();
    auto bad = document("b", "x");
    bad.keywords.pop_back();
    bad.id.clear();
    auto const result = index->upsert(std::vector{document("a", "x"), bad});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fields.at(0).path, "/1/id");
    EXPECT_EQ(result.error().fields.at(1).path, "/1/keywords");
    ASSERT_TRUE(index->commit());
    EXPECT_EQ(index->snapshot().document_count(), 0u);
}

TEST(Matching, AllWordsAloneWhenThereAreEnough) {
    auto const index = shop({document("all", "big red leather shoes"), document("three", "big red leather hat"), document("two", "green leather shoes"), document("none", "cup")});
    Query query{.text = "big red leather shoes", .enough = 1};
    auto answer = ask(*index, query);
    EXPECT_THAT(ids(answer), ElementsAre("all"));
    EXPECT_EQ(answer.matching, Matching::all);
    query.enough = 2;
    answer = ask(*index, query);
    EXPECT_THAT(ids(answer), ElementsAre("all", "three"));
    EXPECT_EQ(answer.matching, Matching::relaxed);
    EXPECT_TRUE(answer.hits[0].all_words);
    EXPECT_FALSE(answer.hits[1].all_words);
    query.enough = 3;
    EXPECT_THAT(ids(ask(*index, query)), ElementsAre("all", "three", "two"));
    query.matching = Matching::all;
    EXPECT_THAT(ids(ask(*index, query)), ElementsAre("all"));
}

TEST(Matching, OneWordOfTwoOnlyWhenNothingHasBoth) {
    auto const index = shop({document("both", "red shoes"), document("one", "red hat"), document("other", "green shoes")});
    EXPECT_THAT(ids(ask(*index, "red shoes")), ElementsAre("both"));
    EXPECT_THAT(ids(ask(*index, "green hat")), UnorderedElementsAre("one", "other"));
}

TEST(Matching, AWordThatNothingHasIsNamedAndDoesNotEmptyTheAnswer) {
    auto const index = shop({document("a", "red shoes")});
    auto const answer = ask(*index, "red zzzzzzzzzz");
    EXPECT_THAT(ids(answer), ElementsAre("a"));
    EXPECT_THAT(answer.ignored_words, ElementsAre("zzzzzzzzzz"));
    EXPECT_EQ(ask(*index, "zzzzzzzzzz").total, 0u);
}

TEST(Matching, AFilterNeverAddsDocuments) {
    auto const index = shop({document("a", "red shoes", "", "x"), document("b", "red hat", "", "y"), document("c", "blue shoes", "", "y")});
    Query query{.text = "red shoes", .enough = 1};
    EXPECT_EQ(ask(*index, query).total, 1u);
    query.filters = {{{{.field = "brand", .values = {"y"}}}}};
    EXPECT_EQ(ask(*index, query).total, 0u);
}

TEST(Typos, OneLetterWrongInShortWordsTwoInLong) {
    auto const index = shop({document("a", "earphones"), document("b", "watch"), document("c", "hat")});
    for (auto const* typed : {"earphnes", "earphonse", "aerphones", "earphoness", "wearphones", "eaphonezs"}) EXPECT_THAT(ids(ask(*index, typed)), ElementsAre("a")) << typed;
    for (auto const* typed : {"wacth", "watc", "match"}) EXPECT_THAT(ids(ask(*index, typed)), ElementsAre("b")) << typed;
    EXPECT_EQ(ask(*index, "hot").total, 0u) << "three letters are never corrected";
    EXPECT_EQ(ask(*index, "wotsh").total, 0u) << "two wrong letters of five";
    auto const answer = ask(*index, "wacth");
    EXPECT_EQ(answer.corrections.at(0).from, "wacth");
    EXPECT_EQ(answer.corrections.at(0).to, "watch");
    EXPECT_EQ(ask(*index, Query{.text = "wacth", .typos = Typos::off}).total, 0u);
}

TEST(Typos, OfAnAmountEveryDigitCounts) {
    auto const index = shop({document("a", "16inch globe"), document("b", "headphones wh1000xm4")});
    auto const answer = ask(*index, "156inch");
    EXPECT_EQ(answer.total, 0u);
    EXPECT_THAT(answer.corrections, IsEmpty());
    EXPECT_THAT(ids(ask(*index, "wh1000xm44")), ElementsAre("b")) << "a model number may have one letter too many";
}

TEST(Typos, AWordThatIsThereIsNotCorrectedAndNumbersAreNumbers) {
    auto const index = shop({document("a", "watch"), document("b", "match"), document("c", "1000")});
    EXPECT_THAT(ids(ask(*index, "watch")), ElementsAre("a"));
    EXPECT_EQ(ask(*index, "1001").total, 0u);
}

TEST(Typos, WordsJoinedAndApart) {
    auto const index = shop({document("joined", "earphones"), document("apart", "ear phones"), document("far", "ear hooks for phones")});
    EXPECT_THAT(ids(ask(*index, "ear phones")), Contains("joined"));
    auto const only_apart = shop({document("apart", "ear phones"), document("far", "ear hooks for phones")});
    EXPECT_THAT(ids(ask(*only_apart, "earphones")), ElementsAre("apart"));
}

TEST(Typos, ARareWordIsAlsoLookedForInTwoAndNeverOutscoresItself) {
    auto const index = shop({document("soaked", "rollercoaster tycoon soaked"), document("plain", "roller coaster tycoon three"), document("other", "coaster made of roller steel")});
    auto const answer = ask(*index, "rollercoaster tycoon three");
    ASSERT_FALSE(answer.hits.empty());
    EXPECT_EQ(answer.hits[0].id, "plain");
    EXPECT_TRUE(answer.hits[0].all_words);
    EXPECT_EQ(ids(ask(*index, "rollercoaster"))[0], "soaked") << "as it was typed comes first";
}

TEST(Typos, OneWordThatSaysTwoCountsForBoth) {
    auto const index = shop({document("joined", "webradio recorder"), document("half", "web page recorder"), document("other", "radio set"), document("more", "radio alarm"), document("page", "web page")});
    EXPECT_EQ(ids(ask(*index, "web radio recorder"))[0], "joined");
}

TEST(Models, SayMoreSurelyThanOtherWordsWhichProductIsMeant) {
    auto const index = shop({document("meant", "sony cable dsc120"), document("wordy", "sony cybershot camera"), document("third", "sony dsc120 case"), document("fourth", "camera dsc120 bag")});
    EXPECT_NE(ids(ask(*index, "sony camera dsc120"))[0], "wordy");
    auto const snapshot = index->snapshot();
    auto const why = snapshot.explain({.text = "cybershot dsc120"}, "meant");
    ASSERT_TRUE(why);
    ASSERT_EQ(why->terms.size(), 1u);
    EXPECT_NEAR(why->terms[0].score, why->terms[0].idf * why->terms[0].saturation * 1.5, 1e-6);
}

TEST(Chinese, OneCharacterAndSound) {
    auto const index = shop({document("a", "鲜花"), document("b", "肯德基")});
    EXPECT_THAT(ids(ask(*index, "花")), ElementsAre("a"));
    auto whole = language();
    whole.analyse = [](std::string_view text, Mode, std::vector<Token>& out) {  // 肯德基 is one word, anything else is characters
        if (text == "肯德基") out.push_back({"肯德基", 0, 9, 0, 1});
        else split(text, Mode::index, out);
    };
    auto const words = memory_index(schema(), whole);
    ASSERT_TRUE(words->upsert(std::vector{document("kfc", "肯德基"), document("b", "鸡"), document("c", "得")}));
    ASSERT_TRUE(words->commit());
    auto const answer = ask(*words, "肯得基");
    EXPECT_THAT(ids(answer), Contains("kfc"));
    EXPECT_EQ(answer.corrections.at(0).to, "肯德基");
}

TEST(Synonyms, WorkBothWaysAlsoForPhrases) {
    auto const index = shop({document("a", "trainers red"), document("b", "running shoe"), document("c", "running water"), document("d", "KFC bucket"), document("e", "肯 德 基 桶")});
    index->set_synonyms({{"trainers", "running shoe"}, {"KFC", "肯德基"}});
    EXPECT_THAT(ids(ask(*index, Query{.text = "trainers", .enough = 1})), UnorderedElementsAre("a", "b"));
    EXPECT_THAT(ids(ask(*index, Query{.text = "running shoe", .enough = 1})), UnorderedElementsAre("a", "b"));
    EXPECT_THAT(ids(ask(*index, Query{.text = "kfc", .enough = 1})), UnorderedElementsAre("d", "e"));
    EXPECT_THAT(ids(ask(*index, Query{.text = "肯德基", .enough = 1})), UnorderedElementsAre("d", "e"));
}

TEST(Syntax, PhrasesAreRequiredAndExcludedWordsExclude) {
    auto const index = shop({document("a", "red running shoes"), document("b", "shoes running red"), document("c", "blue running shoes")});
    EXPECT_THAT(ids(ask(*index, "\"running shoes\"")), UnorderedElementsAre("a", "c"));
    EXPECT_THAT(ids(ask(*index, "\"running shoes\" red")), ElementsAre("a"));
    EXPECT_THAT(ids(ask(*index, Query{.text = "\"running shoes\" red", .matching = Matching::any})), UnorderedElementsAre("a", "c")) << "words are relaxed, the phrase is not";
    EXPECT_THAT(ids(ask(*index, "running -red")), ElementsAre("c"));
    EXPECT_THAT(ids(ask(*index, "shoes -\"running shoes\"")), ElementsAre("b"));
    EXPECT_THAT(ids(ask(*index, "-red")), ElementsAre("c"));
    EXPECT_EQ(ask(*index, "\"shoes blue\"").total, 0u);
    EXPECT_EQ(ask(*index, "running \"").total, 3u) << "an open quote is text";
}

TEST(Prefix, TheLastWordMayBeUnfinished) {
    auto const index = shop({document("a", "iphone case"), document("b", "ipad case"), document("c", "iron")});
    EXPECT_THAT(ids(ask(*index, Query{.text = "case ip", .enough = 1, .prefix = Prefix::last_word})), UnorderedElementsAre("a", "b"));
    EXPECT_THAT(ids(ask(*index, Query{.text = "case iph", .enough = 1, .prefix = Prefix::last_word})), ElementsAre("a"));
    EXPECT_THAT(index->snapshot().complete("ip", 5), ElementsAre("ipad", "iphone"));
}

TEST(Identifiers, AnExactCodeComesFirstHoweverItIsWritten) {
    auto sku = document("sku", "cable");
    sku.identifiers = {"WH-1000 XM4/B"};
    auto const index = shop({document("loud", "wh 1000 xm4 b wh 1000 xm4 b", "wh 1000 xm4 b"), sku, document("other", "cable wh")});
    for (auto const* typed : {"WH-1000 XM4/B", "wh1000xm4b", "Wh 1000-Xm4 b", "ＷＨ1000xm4b"}) {
        auto const answer = ask(*index, typed);
        ASSERT_FALSE(answer.hits.empty()) << typed;
        EXPECT_EQ(answer.hits[0].id, "sku") << typed;
        EXPECT_TRUE(answer.hits[0].identifier) << typed;
    }
    EXPECT_EQ(ask(*index, "cable wh1000xm4b").hits.at(0).id, "sku");
}

TEST(Order, SortsByFieldWithMissingLastAndKeepsTies) {
    auto const index = shop({document("none", "hat"), document("b", "hat", "", "", 20), document("a", "hat", "", "", 10), document("c", "hat", "", "", 20)});
    EXPECT_THAT(ids(ask(*index, Query{.text = "hat", .sort = {{"price", Sort::Direction::ascending}}})), ElementsAre("a", "b", "c", "none"));
    EXPECT_THAT(ids(ask(*index, Query{.text = "hat", .sort = {{"price"}}})), ElementsAre("b", "c", "a", "none"));
    EXPECT_THAT(ids(ask(*index, Query{.text = "hat", .sort = {{"price"}}, .offset = 1, .limit = 2})), ElementsAre("c", "a"));
}

TEST(Order, BoostsLiftWhatSells) {
    auto sold = document("sold", "red hat");
    sold.numbers[1] = 1000;
    auto const index = shop({document("plain", "red hat"), sold});
    Query query{.text = "red hat", .enough = 1};
    EXPECT_EQ(ask(*index, query).hits.at(0).id, "plain");
    query.number_boosts = {{.field = "sales"}};
    EXPECT_EQ(ask(*index, query).hits.at(0).id, "sold");
    auto const two = shop({document("blue", "blue"), document("green", "green")});
    EXPECT_EQ(ask(*two, Query{.text = "blue green"}).hits.at(0).id, "blue");
    EXPECT_EQ(ask(*two, Query{.text = "blue green", .term_boosts = {{"green", 2}}}).hits.at(0).id, "green");
}

TEST(Explain, AddsUpToTheScoreOfTheHit) {
    auto sold = document("sold", "red running shoes", "for running");
    sold.numbers[1] = 50;
    auto const index = shop({sold, document("b", "shoes", "red"), document("c", "hat")});
    Query const query{.text = "red running shoos", .number_boosts = {{.field = "sales"}}};
    for (auto const& hit : ask(*index, query).hits) {
        auto const why = index->snapshot().explain(query, hit.id);
        ASSERT_TRUE(why);
        EXPECT_NEAR(why->score, hit.score, 1e-4 * hit.score) << hit.id;
        EXPECT_FALSE(why->terms.empty());
    }
    EXPECT_EQ(index->snapshot().explain(query, "nobody").error().reason, "document_not_found");
}

TEST(Query, EveryDocumentThatMatchesComesAndTheBestInOrder) {
    std::vector<Document> documents;
    for (int i = 0; i < 400; ++i) documents.push_back(document("d" + std::to_string(i), i % 3 == 0 ? "red shoes" : "red " + std::string(static_cast<std::size_t>(i % 7), 'x') + " hat", "", "", i));
    auto const index = shop(documents);
    Query query{.text = "red", .limit = 100};
    auto const some = ask(*index, query);
    query.every = true;
    auto const all = ask(*index, query);
    auto const snapshot = index->snapshot();
    ASSERT_EQ(all.hits.size(), 400u);
    EXPECT_EQ(all.total, some.total);
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < all.hits.size(); ++i) {
        auto const id = snapshot.id(all.hits[i].segment, all.hits[i].document);
        ids.insert(id);
        if (i < 100) EXPECT_EQ(id, some.hits[i].id);
        else EXPECT_LE(all.hits[i].score, all.hits[99].score);
    }
    EXPECT_EQ(ids.size(), 400u);
    query.offset = 1;
    EXPECT_FALSE(index->snapshot().search(query));
}

TEST(Query, AHitSaysWhichWordsNameItAndWhichItOnlyMentions) {
    auto with_mentions = schema();
    with_mentions.texts[1].names = false;
    auto const index = memory_index(with_mentions);
    ASSERT_TRUE(index->upsert(std::vector{document("a", "wireless mouse", "small"), document("b", "wireless keyboard", "goes with any mouse"), document("c", "mouses", "wireless"), document("m1", "cup")}));
    ASSERT_TRUE(index->commit());
    index->set_synonyms({{"cordless", "wireless"}});
    for (auto const* words : {"wireless mouse", "cordless mouse"}) {
        auto const answer = ask(*index, words);
        std::map<std::string, std::uint64_t> named;
        for (auto const& hit : answer.hits) named[hit.id] = hit.named;
        EXPECT_EQ(answer.words.size(), 2u);
        EXPECT_THAT(named, ElementsAre(std::pair{"a", 3u}, std::pair{"b", 1u}, std::pair{"c", 2u})) << words;
    }
    EXPECT_EQ(ask(*index, "\"wireless keyboard\"").hits.at(0).named, 1u);
}

TEST(Query, EveryBadFieldIsNamed) {
    auto const index = shop({document("a", "x")});
    Query query{.filters = {{{{.field = "nothing", .values = {"x"}}}}, {}}, .facets = {{.field = "price"}}, .sort = {{"brand"}}, .limit = 10'001, .distinct_by = "price"};
    auto const answer = index->snapshot().search(query);
    ASSERT_FALSE(answer);
    std::vector<std::string> paths;
    for (auto const& field : answer.error().fields) paths.push_back(field.path);
    EXPECT_THAT(paths, UnorderedElementsAre("/limit", "/filters/0/any/0/field", "/filters/1", "/facets/0/field", "/sort/0/field", "/distinct_by"));
}

TEST(Query, HostileTextsAreOnlyText) {
    auto const index = shop({document("a", "red shoes")});
    for (auto const& text : std::vector<std::string>{"\"\"", "-", "--", "-\"", "\"-\"", "\xFF\xFE", "'; drop table--", "<script>", "-red -shoes", "\x02" "a", "((((", std::string("a\0b", 3)}) {
        auto const answer = index->snapshot().search({.text = text});
        EXPECT_TRUE(answer) << text;
    }
}

}  // namespace
}  // namespace kindling::text
