// speech.* against endpoints of this test's own: what is asked, what is refused before anybody is paid, what a day may cost, who hears why it fails.
#include "core/base64.h"
#include "modules/speech/api.h"
#include "providers/language/fake_endpoint_for_test.h"
#include "providers/speech/offline_voice.h"
#include "shop/people/people.h"
#include "shop/shop_for_test.h"
#include <cmath>
#include <gmock/gmock.h>

namespace kindling::speech {
namespace {

using namespace providers::test;
using testing::HasSubstr, testing::Not;

std::string tone(double seconds, double loudness = .3, int rate = 8'000) {
    std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<std::int16_t>(loudness * 32'767 * std::sin(static_cast<double>(i) / 3));
    return providers::write_wav(rate, samples);
}

class SpeechTest : public testing::Test {
protected:
    Result<json::value> run(std::string_view name, json::object const& request, Milliseconds now = 1'700'000'000'000) {
        auto all = module_.operations();
        for (auto& o : shop::administration_operations()) all.push_back(std::move(o));
        return shop_.run(all, name, request, now);
    }
    void set(std::initializer_list<std::pair<std::string_view, std::string>> settings) {
        json::array changes;
        for (auto const& [name, value] : settings) changes.push_back(json::object{{"name", name}, {"value", value}});
        auto const done = run("settings.update", {{"changes", changes}});
        ASSERT_TRUE(done) << done.error().message;
    }
    void plug(FakeEndpoint const& server) { set({{"speech_to_text_url", server.url()}, {"speech_to_text_name", "whisper-1"}, {"speech_to_text_key", "sk-ears"}, {"text_to_speech_url", server.url()}, {"text_to_speech_name", "tts-1"}, {"text_to_speech_voice_zh", "zf"}}); }
    std::string hear(std::string_view sound, std::string_view locale = "en") {
        auto const heard = run("speech.transcribe", {{"data", to_base64(sound)}, {"locale", locale}});
        return heard ? "heard " + std::string(heard->at("text").as_string()) : heard.error().reason;
    }

    shop::test::ShopOnDisk shop_{"speech"};
    Module module_{shop_.services};
};

void answers(int, Asked const& asked, Connection& c) { asked.head.starts_with("POST /v1/audio/speech ") ? c.write(answer_of(200, tone(.5))) : c.write(answer_of(200, R"({"text":"a red mug"})")); }

TEST_F(SpeechTest, SaysWhatItCanDo) {
    auto const offline = providers::has_offline_voice() ? "offline" : "none";
    EXPECT_EQ(*run("speech.status", {}), (json::value{{"hears", false}, {"voice", offline}}));
    EXPECT_EQ(hear(tone(1)), "speech_not_set_up");
    FakeEndpoint server(answers);
    plug(server);
    EXPECT_EQ(*run("speech.status", {}), (json::value{{"hears", true}, {"voice", "endpoint"}}));
    EXPECT_EQ(hear(tone(1)), "heard a red mug");
    auto const said = run("speech.say", {{"text", "你好"}, {"locale", "zh"}});
    ASSERT_TRUE(said) << said.error().message;
    EXPECT_EQ(*said, (json::value{{"data", to_base64(tone(.5))}, {"media_type", "audio/wav"}, {"voice", "endpoint"}}));
    EXPECT_THAT(server.asked().back().body, HasSubstr(R"("voice":"zf")"));
    // Nothing to say asks nobody.
    auto const before = server.asked().size();
    EXPECT_EQ(run("speech.say", {{"text", "★ …"}})->at("data").as_string(), "");
    EXPECT_EQ(server.asked().size(), before);
    set({{"speech_to_text_url", ""}});
    EXPECT_EQ(hear(tone(1)), "speech_not_set_up");
}

TEST_F(SpeechTest, RefusesBeforeAnybodyIsPaid) {
    FakeEndpoint server(answers);
    plug(server);
    std::pair<std::string, std::string> const wrong[] = {{"GIF89a", "sound_unknown"}, {"", "sound_unknown"}, {tone(1).substr(0, 40), "sound_damaged"}, {tone(61), "sound_too_long"}, {tone(1) + std::string((1 << 20) - 16'000, '\0'), "sound_too_large"}, {tone(2, 0), "nothing_heard"}, {tone(2, .001), "nothing_heard"}, {tone(.1), "nothing_heard"}};
    for (auto const& [sound, reason] : wrong) EXPECT_EQ(hear(sound), reason) << sound.size();
    auto const refused = run("speech.transcribe", {{"data", "data:audio/wav;base64,AAAA"}});
    EXPECT_EQ(refused.error().fields.at(0).path, "/data");
    EXPECT_EQ(hear(tone(1), "fr"), "invalid_request");
    EXPECT_EQ(run("speech.say", {{"text", "x"}, {"locale", "fr"}}).error().fields.at(0).path, "/locale");
    EXPECT_EQ(run("speech.say", {{"text", std::string(601, 'a')}}).error().reason, "invalid_request");
    EXPECT_TRUE(server.asked().empty());
}

TEST_F(SpeechTest, EachCallerHasSoManyAMinute) {
    FakeEndpoint server(answers);
    plug(server);
    auto const ask = [&](std::string const& address, Milliseconds now) {
        auto const all = module_.operations();
        Context context{.services = shop_.services, .caller = {.kind = Caller::Kind::shopper, .id = "address:" + address, .role = "shopper", .customer_id = {}, .session_id = {}, .permissions = {}}, .now = now};
        json::value answer;
        auto const done = std::ranges::find(all, "speech.transcribe", &Operation::name)->run(context, json::object{{"data", to_base64(tone(.3))}}, answer);
        return done ? "" : done.error().reason;
    };
    for (int i = 0; i < 20; ++i) ASSERT_EQ(ask("10.0.0.1", 1'000), "");
    EXPECT_EQ(ask("10.0.0.1", 2'000), "rate_limited");
    EXPECT_EQ(ask("10.0.0.2", 2'000), "");
    EXPECT_EQ(ask("10.0.0.1", 61'001), "");
    EXPECT_EQ(server.asked().size(), 22u);
}

TEST_F(SpeechTest, KeepsToTheBudgetOfADay) {
    FakeEndpoint server(answers);
    plug(server);
    // A second costs a minor unit here, a character too.
    set({{"speech_budget_minor_per_day", "5"}, {"speech_to_text_price_minor_per_hour", "3600"}, {"text_to_speech_price_minor_per_million_characters", "1000000"}});
    EXPECT_EQ(hear(tone(3)), "heard a red mug");
    EXPECT_EQ(hear(tone(3)), "model_budget_spent");
    EXPECT_TRUE(run("speech.say", {{"text", "你好"}}));
    auto const spent = run("speech.say", {{"text", "!a"}});
    EXPECT_EQ(spent.error().reason, "model_budget_spent");
    EXPECT_THAT(spent.error().message, HasSubstr("speech_budget_minor_per_day"));
    EXPECT_EQ(server.asked().size(), 2u);
    // Another process of the shop finds what was spent.
    Module again(shop_.services);
    auto const all = again.operations();
    EXPECT_EQ(shop_.run(all, "speech.say", {{"text", "a"}}, 0).error().reason, "model_budget_spent");
}

TEST_F(SpeechTest, WhatFailsIsToldToThoseWhoRunTheShop) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { c.write(answer_of(401, R"({"error":{"message":"wrong key sk-ears for org acme"}})")); });
    plug(server);
    auto const staff = run("speech.transcribe", {{"data", to_base64(tone(1))}});
    EXPECT_EQ(staff.error().reason, "model_key_refused");
    EXPECT_THAT(staff.error().message, HasSubstr("speech_to_text_key"));
    auto const all = module_.operations();
    Context context{.services = shop_.services, .caller = {.kind = Caller::Kind::anonymous, .id = "address:10.0.0.1", .role = "shopper", .customer_id = {}, .session_id = {}, .permissions = {}}, .now = 1};
    json::value answer;
    auto const shopper = std::ranges::find(all, "speech.say", &Operation::name)->run(context, json::object{{"text", "a"}}, answer);
    EXPECT_EQ(shopper.error().reason, "model_key_refused");
    EXPECT_THAT(shopper.error().message, Not(HasSubstr("key")));
}

TEST_F(SpeechTest, SpeaksOfflineWhereThereIsNoEndpoint) {
    if (!providers::has_offline_voice()) GTEST_SKIP() << "espeak-ng is not installed";
    auto const said = run("speech.say", {{"text", "这款杯子五十九元。"}, {"locale", "zh"}});
    ASSERT_TRUE(said) << said.error().message;
    EXPECT_EQ(said->at("voice").as_string(), "offline");
    auto const pcm = providers::read_wav(from_base64(said->at("data").as_string()).value());
    ASSERT_TRUE(pcm);
    EXPECT_GT(pcm->length(), std::chrono::milliseconds(1'200));
    EXPECT_GT(pcm->loudness(), .05);
}

}  // namespace
}  // namespace kindling::speech
