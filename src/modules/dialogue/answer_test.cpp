// A whole turn with a model plugged in: what is told and when, what stands when the model fails, what is kept. The endpoint is in this process.
#include "modules/dialogue/answer_test_support.h"

namespace kindling::dialogue {
namespace {

using namespace test;
using namespace providers::test;
using testing::Contains, testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not;

TEST_F(AnswerTest, WithoutAModelEveryBlockIsToldAsItIsMade) {
    auto const answer = ask({.text = "a red linen dress", .locale = "en"});
    ASSERT_TRUE(answer);
    EXPECT_THAT(told_, ElementsAre("understood", "block 0 text", "block 1 cards", "kept"));
    std::vector<Block> blocks;
    for (auto const& [name, data] : parts_)
        if (name == "block") blocks.push_back(*read_json<Block>(data.at("block")));
    EXPECT_EQ(to_text(write_json(blocks)), to_text(write_json(answer->messages))) << "the parts are the answer";
}

TEST_F(AnswerTest, ABasketIsToldWhenItIsCommitted) {
    auto const first = ask({.text = "a red linen dress", .locale = "en"});
    told_.clear();
    // Another connection sees the basket at the moment that the shopper does.
    on_part_ = [&](std::string_view name) {
        if (name != "kept") return;
        auto tx = std::move(*services_.store->read(1));
        EXPECT_EQ(tx->integer("SELECT COUNT(*) FROM basket_lines").value(), 1);
    };
    auto const added = ask({.conversation_id = first->conversation_id, .text = "add the first one to the basket", .locale = "en"});
    ASSERT_TRUE(added);
    EXPECT_FALSE(added->basket_id.empty());
    EXPECT_THAT(told_, ElementsAre("kept", "block 0 text", "block 1 basket"));
}

TEST_F(AnswerTest, TheCardsAreThereBeforeTheModelIsAskedAndItsWordsComeSentenceBySentence) {
    std::vector<std::string> before;
    std::promise<void> second;
    auto go_on = second.get_future();
    FakeEndpoint server([&](int, Asked const&, Connection& c) {
        before = told_;
        c.write(std::string(stream_head) + token("The Linen dress in red is ") + token("¥199.00. It is li"));
        go_on.wait();  // the second sentence is only written when the first was told
        c.write(token("nen, as you wish.") + finish() + usage(100, 50) + done());
    });
    plug_in(server);
    on_part_ = [&, first = true](std::string_view name) mutable {
        if (name == "words" && !parts_.back().second.at("text").as_string().empty() && std::exchange(first, false)) second.set_value();
    };
    auto const answer = ask({.text = "a red linen dress", .locale = "en"});
    ASSERT_TRUE(answer);
    EXPECT_THAT(before, ElementsAre("understood", "words 0 ", "block 1 cards", "kept"));
    EXPECT_THAT(told_, ElementsAre("understood", "words 0 ", "block 1 cards", "kept", "words 0 The Linen dress in red is ¥199.00.", "words 0  It is linen, as you wish."));
    EXPECT_EQ(text(*answer), "The Linen dress in red is ¥199.00. It is linen, as you wish.");
    EXPECT_THAT(logged(answer->conversation_id), HasSubstr("It is linen, as you wish.")) << "the log holds what was said";
}

TEST_F(AnswerTest, AnUntrueSentenceIsNeverTold) {
    for (std::string lie : {"It costs only ¥99.00. ", "It ships free, guaranteed. ", "Better is the Cotton one at ¥159.00. ", "Buy at https://evil.example/ now. ", "这件裙子很适合您，红色的款式也非常好看，推荐您试一试。", "<b>Buy</b> "}) {
        FakeEndpoint server(streaming({"The Linen dress is red. ", lie, "A third sentence. "}));
        plug_in(server);
        told_.clear(), parts_.clear();
        auto const answer = ask({.text = "a red linen dress", .locale = "en"});
        ASSERT_TRUE(answer);
        EXPECT_THAT(told_, ElementsAre("understood", "words 0 ", "block 1 cards", "kept", "words 0 The Linen dress is red.", "block 0 text")) << lie;
        for (auto const& [name, data] : parts_) EXPECT_EQ(to_text(data).find(lie), std::string::npos);
        EXPECT_THAT(text(*answer), Not(HasSubstr("Linen dress is red"))) << "the built-in words stand, whole";
        EXPECT_THAT(shown(*answer), ElementsAre("d1", "d3"));
    }
}

TEST_F(AnswerTest, AModelThatFailsLeavesTheBuiltInWords) {
    auto const plain = ask({.text = "a red linen dress", .locale = "en"});
    std::function<void(int, Asked const&, Connection&)> const failures[] = {
        [](int, Asked const&, Connection& c) { c.write(answer_of(500, "{}")); },
        [](int, Asked const&, Connection& c) { c.write(std::string(stream_head) + token("The Linen dress is red. It ")); },              // breaks off
        [](int, Asked const&, Connection& c) { c.write(std::string(stream_head) + event("][") + done()); },                             // nonsense
        [](int, Asked const&, Connection& c) { c.write(std::string(stream_head) + token("The Linen dress is") + finish("length") + done()); },
        [](int, Asked const&, Connection& c) { c.write(std::string(stream_head) + finish() + done()); },                                // silence
        [](int, Asked const&, Connection& c) { c.write("SSH-2.0-what\r\n"); },
    };
    for (auto const& failure : failures) {
        FakeEndpoint server(failure);
        plug_in(server);
        told_.clear();
        auto const answer = ask({.text = "a red linen dress", .locale = "en"});
        ASSERT_TRUE(answer);
        EXPECT_EQ(to_text(write_json(answer->messages)), to_text(write_json(plain->messages)));
        EXPECT_EQ(told_.back(), "block 0 text");
        EXPECT_THAT(log_.back(), HasSubstr("the built-in words stand"));
    }
}

TEST_F(AnswerTest, AModelLooksAroundAndPlansWithinTheLimits) {
    FakeEndpoint server([](int number, Asked const& asked, Connection& c) {
        c.write(std::string(stream_head));
        if (number == 1) c.write(token("Let me look. ") + calls("dialogue_search", {{"query", "dress"}, {"price_max_minor", 40000}}) + finish("tool_calls"));
        if (number == 2) c.write(calls("guide_show", {{"wish", "linen dress"}, {"skus", json::array{"d4-Navy"}}}) + finish("tool_calls"));      // wool: not linen
        if (number == 3) c.write(calls("guide_show", {{"wish", "linen dress under 100"}}) + finish("tool_calls"));                              // nobody said 100
        if (number == 4) c.write(calls("guide_show", {{"wish", "linen dress"}, {"skus", json::array{"d3-Burgundy", "d1-Black"}}}) + finish("tool_calls"));
        if (number == 5) {
            EXPECT_THAT(asked.body, HasSubstr("limit_missed"));
            EXPECT_THAT(asked.body, HasSubstr("number_not_said"));
            EXPECT_THAT(asked.body, HasSubstr("Long linen dress"));
            EXPECT_FALSE(parse_json(asked.body)->get_object().contains("tools")) << "the last round is for words";
            c.write(token("The Long linen dress at ¥299.00 comes first, then the Linen dress at ¥199.00. ") + finish());
        }
        c.write(usage(100, 50) + done());
    });
    plug_in(server);
    auto const answer = ask({.text = "something airy for a hot beach day", .locale = "en"});
    ASSERT_TRUE(answer);
    EXPECT_EQ(server.asked().size(), 5u);
    EXPECT_THAT(looked_, ElementsAre("dialogue.search"));
    EXPECT_THAT(shown(*answer), ElementsAre("d3", "d1"));
    EXPECT_EQ(text(*answer), "The Long linen dress at ¥299.00 comes first, then the Linen dress at ¥199.00.");
    EXPECT_EQ(answer->understood.size(), 2u);
    EXPECT_THAT(told_, Contains("again"));
    auto const again = std::find(told_.begin(), told_.end(), "again");
    EXPECT_THAT(std::vector(again, told_.end()), ElementsAre("again", "understood", "words 0 ", "block 1 cards", "words 0 !The Long linen dress at ¥299.00 comes first, then the Linen dress at ¥199.00."));
    auto const tools = parse_json(server.asked()[0].body)->at("tools").as_array();
    for (auto const& tool : tools) EXPECT_THAT((std::vector<std::string>{"dialogue_search", "catalog_get_product", "reviews_list", "basket_get", "guide_show"}), Contains(std::string(tool.at("function").at("name").as_string())));
    // "The second one" is the second that the model showed.
    auto const added = ask({.conversation_id = answer->conversation_id, .text = "add the second one to the basket", .locale = "en"});
    ASSERT_TRUE(added->messages.back().basket);
    EXPECT_EQ(added->messages.back().basket->lines.at(0).sku, "d1-Black");
}

TEST_F(AnswerTest, AnAcceptedPlanStandsInTheGuidesWordsWhenTheModelsAreUntrue) {
    FakeEndpoint server([](int number, Asked const&, Connection& c) {
        c.write(std::string(stream_head) + (number == 1 ? calls("guide_show", {{"wish", "linen dress"}}) + finish("tool_calls") : token("The Linen dress is down to ¥1.00! Hurry. ") + finish()) + done());
    });
    plug_in(server);
    auto const answer = ask({.text = "something airy for a hot beach day", .locale = "en"});
    ASSERT_TRUE(answer);
    EXPECT_THAT(shown(*answer), ElementsAre("d1", "d3"));
    EXPECT_THAT(text(*answer), HasSubstr("linen"));
    EXPECT_THAT(text(*answer), Not(HasSubstr("1.00")));
    EXPECT_THAT(logged(answer->conversation_id), HasSubstr("Long linen dress")) << "what was shown is kept";
}

TEST_F(AnswerTest, AModelCannotActNorLookWhereAShopperCannot) {
    FakeEndpoint server([](int number, Asked const& asked, Connection& c) {
        c.write(std::string(stream_head));
        if (number == 1) c.write(calls("basket_add", {{"basket_id", ""}, {"sku", "d1-Red"}}) + finish("tool_calls"));
        else if (number == 2) c.write(calls("settings_get", {}) + finish("tool_calls"));
        else {
            EXPECT_THAT(asked.body, HasSubstr("no_such_tool"));
            c.write(token("The Linen dress is red.") + finish());
        }
        c.write(done());
    });
    plug_in(server);
    auto const answer = ask({.text = "a red linen dress", .locale = "en"});
    ASSERT_TRUE(answer);
    EXPECT_EQ(text(*answer), "The Linen dress is red.");
    EXPECT_THAT(looked_, IsEmpty());
    EXPECT_TRUE(answer->basket_id.empty());
}

TEST_F(AnswerTest, AShopperWhoLeavesEndsTheModelsCall) {
    std::stop_source left;
    FakeEndpoint server([&](int, Asked const&, Connection& c) {
        c.write(std::string(stream_head) + token("The Linen dress "));
        left.request_stop();
        stall(c);  // ends when the other side hangs up
    });
    plug_in(server);
    auto const answer = ask({.text = "a red linen dress", .locale = "en"}, left.get_token());
    ASSERT_TRUE(answer);
    EXPECT_THAT(log_.back(), HasSubstr("not waited for"));
    EXPECT_THAT(logged(answer->conversation_id), HasSubstr("Linen dress")) << "the turn itself is kept";
}

TEST_F(AnswerTest, APlanForATalkThatWentOnIsRefused) {
    std::string conversation;
    FakeEndpoint server([&](int number, Asked const& asked, Connection& c) {
        c.write(std::string(stream_head));
        if (number == 1) {
            // Another tab says something in the same conversation while the model thinks.
            auto tx = std::move(*services_.store->write(1));
            Context other{.services = services_, .open = tx.get(), .caller = {.kind = Caller::Kind::shopper, .id = "s"}, .locale = Locale::en, .now = 1'700'000'000'001};
            EXPECT_TRUE(module_->ask(other, {.conversation_id = conversation, .text = "boots", .locale = "en"}));
            EXPECT_TRUE(tx->commit());
            c.write(calls("guide_show", {{"wish", "linen dress"}}) + finish("tool_calls") + done());
        } else {
            EXPECT_THAT(asked.body, HasSubstr("talk_went_on"));
            c.write(token("Have a look.") + finish() + done());
        }
    });
    plug_in(server);
    on_part_ = [&](std::string_view name) {
        if (name == "kept") conversation = parts_.back().second.at("conversation_id").as_string().c_str();
    };
    auto const answer = ask({.text = "something airy for a hot beach day", .locale = "en"});
    ASSERT_TRUE(answer);
    EXPECT_THAT(told_, Not(Contains("again")));
    EXPECT_EQ(text(*answer), "Have a look.");
    EXPECT_THAT(log_, Contains(HasSubstr("the log keeps the built-in words")));
}

TEST_F(AnswerTest, WritersOfTheShopDoNotWaitForTheModel) {
    FakeEndpoint server([&](int, Asked const&, Connection& c) {
        run("catalog.set_price", {{"sku", "b2-Black"}, {"price_minor", 24900}});  // would wait for ever behind an open turn
        c.write(std::string(stream_head) + token("The Linen dress is red.") + finish() + done());
    });
    plug_in(server);
    EXPECT_EQ(text(*ask({.text = "a red linen dress", .locale = "en"})), "The Linen dress is red.");
}

}  // namespace
}  // namespace kindling::dialogue
