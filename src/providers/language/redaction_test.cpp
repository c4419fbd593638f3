#include "providers/language/redaction.h"
#include "providers/language/fake_model.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kindling::providers {
namespace {

std::string hidden(std::string_view text) { return Redactor().hide(text); }

TEST(Redactor, HidesPersonalDataByItsShape) {
    EXPECT_EQ(hidden("write to Li.Na+shop@mail.example.com."), "write to [EMAIL_1].");
    EXPECT_EQ(hidden("邮箱是a@b.cn谢谢"), "邮箱是[EMAIL_1]谢谢");
    EXPECT_EQ(hidden("电话13812345678，或138 1234 5679"), "电话[PHONE_1]，或[PHONE_2]");
    EXPECT_EQ(hidden("call +44 20 7946 0958 or (415) 555-0100"), "call [PHONE_1] or [PHONE_2]");
    EXPECT_EQ(hidden("+86 138-1234-5678, 010-12345678, 020 7946 0958"), "[PHONE_1], [PHONE_2], [PHONE_3]");
    EXPECT_EQ(hidden("order ord_01JDCX3Q8M4T5V6W7X8Y9ZABCD please"), "order [ID_1] please");
    EXPECT_EQ(hidden("card 4111 1111 1111 1111, id 11010519491231002X"), "card [NUMBER_1], id [NUMBER_2]");
    EXPECT_EQ(hidden("42 13812345678"), "42 [PHONE_1]") << "a size before a number stays";
}

TEST(Redactor, LeavesWhatAShopTalksAbout) {
    for (std::string_view text : {"¥1,299.00", "1299-1599 元", "2026-11-23 10:00", "0.75 L, 10 x 20 x 30 cm", "MB-201 A4 1080p", "5000mAh 20W", "a@b", "@home", "3.14159265358979", "[EMAIL]", "100% cotton", "iPhone 15 128GB", "x_y ord_short", "尺码 42、43", "1 2 3 4 5 6 7 8 9 10 11 12"})
        EXPECT_EQ(hidden(text), text);
}

TEST(Redactor, OneValueHasOnePlaceholderAndComesBack) {
    Redactor r;
    EXPECT_EQ(r.hide("a@b.cn c@d.cn a@b.cn"), "[EMAIL_1] [EMAIL_2] [EMAIL_1]");
    EXPECT_EQ(r.restore("To [EMAIL_2], not [EMAIL_1] nor [EMAIL_3]."), "To c@d.cn, not a@b.cn nor [EMAIL_3].");
}

TEST(Redactor, PlaceholderThatTheTextSpellsIsNotUsed) {
    Redactor r;
    r.avoid("say [EMAIL_1]");
    EXPECT_EQ(r.hide("a@b.cn"), "[EMAIL_2]");
    EXPECT_EQ(r.restore("[EMAIL_1]"), "[EMAIL_1]");
}

TEST(Redactor, StreamIsRestoredWhereverItIsCut) {
    Redactor r;
    r.hide("a@b.cn and 13812345678");
    std::string const text = "Mail [EMAIL_1] or [call] [PHONE_1][ [EMAIL_9 [X_";
    for (std::size_t step = 1; step <= text.size(); ++step) {
        StreamRestorer stream(r);
        std::string out;
        for (std::size_t i = 0; i < text.size(); i += step) out += stream.feed(std::string_view(text).substr(i, step));
        EXPECT_EQ(out + stream.end(), r.restore(text)) << step;
    }
}

TEST(Redactor, HostileTextsTakeLinearTimeAndLoseNothing) {
    for (std::string_view unit : {"a", "1", "1 ", "(", "[A_1]", "a.", "+1", "@", "ord_"}) {
        std::string text;
        while (text.size() < 100'000) text += unit;
        Redactor r;
        EXPECT_EQ(r.restore(r.hide(text)), text) << unit;
    }
}

TEST(RedactingModel, ModelSeesPlaceholdersTheCallerTheValues) {
    FakeModel fake({FakeModel::calls({{"c1", "orders_find", R"({"contact":"[EMAIL_1]"})"}}), FakeModel::says("Sent to [EMAIL_1].")});
    RedactingModel model(fake);
    ChatRequest request{.messages = {{Speaker::user, "Where is my order? a@b.cn"}}};
    auto const called = model.chat(request);
    EXPECT_EQ(fake.asked()[0].messages[0].text, "Where is my order? [EMAIL_1]");
    EXPECT_EQ(called->tool_calls.at(0).arguments, R"({"contact":"a@b.cn"})");
    request.messages.push_back({.speaker = Speaker::assistant, .tool_calls = called->tool_calls});
    request.messages.push_back({.speaker = Speaker::tool, .text = "{\"phone\":\"13812345678\"}", .tool_call_id = "c1"});
    std::string streamed;
    auto const said = model.chat(request, {.on_text = [&](std::string_view t) { streamed += t; return Flow::go_on; }});
    EXPECT_EQ(said->text, "Sent to a@b.cn.");
    EXPECT_EQ(streamed, said->text);
    EXPECT_EQ(fake.asked()[1].messages[1].tool_calls[0].arguments, R"({"contact":"[EMAIL_1]"})");
    EXPECT_EQ(fake.asked()[1].messages[2].text, "{\"phone\":\"[PHONE_1]\"}");
}

}  // namespace
}  // namespace kindling::providers
