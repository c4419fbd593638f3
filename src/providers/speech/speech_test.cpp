#include "core/json_text.h"
#include "providers/language/fake_endpoint_for_test.h"
#include "providers/speech/offline_voice.h"
#include "providers/speech/speech_endpoint.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numbers>

namespace kindling::providers {
namespace {

using namespace test;
using namespace std::string_view_literals;
using testing::HasSubstr;
using testing::Not;

std::string tone(double hertz, double seconds, int rate = 16'000) {
    std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<std::int16_t>(12'000 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
    return write_wav(rate, samples);
}
EndpointOptions at(FakeEndpoint const& server) { return {.url = server.url(), .key = "sk-top-secret", .reach = Reach::anywhere, .settings = "speech_to_text", .attempts = 2, .first_pause = std::chrono::milliseconds(1)}; }
std::string reason(auto const& r) { return r ? "" : r.error().reason; }

TEST(Sound, IsToldByItsBytes) {
    std::pair<std::string_view, SoundKind> const known[] = {{"RIFF\4\0\0\0WAVE"sv, SoundKind::wav}, {"\x1A\x45\xDF\xA3"sv, SoundKind::webm}, {"OggS\0"sv, SoundKind::ogg}, {"\0\0\0\x1C" "ftypM4A "sv, SoundKind::mp4}, {"ID3\4"sv, SoundKind::mp3}, {"\xFF\xFB\x90\x64"sv, SoundKind::mp3}, {"fLaC"sv, SoundKind::flac}};
    for (auto const& [bytes, kind] : known) EXPECT_EQ(kind_of_sound(bytes).value(), kind);
    for (auto const bytes : {""sv, "RIFF\4\0\0\0WEBP"sv, "\xFF\xD8\xFF\xE0"sv, "GIF89a"sv, "\xFF\xF1\x50\x80"sv, "<html>"sv}) EXPECT_EQ(reason(kind_of_sound(bytes)), "sound_unknown") << bytes;
}

TEST(Sound, WavIsReadAndWritten) {
    auto const read = read_wav(tone(440, 1.5)).value();
    EXPECT_EQ(read.length(), std::chrono::milliseconds(1'500));
    EXPECT_NEAR(read.loudness(), 12'000 / std::numbers::sqrt2 / 32'768, .01);
    EXPECT_EQ(Pcm{}.loudness(), 0);
    // Two channels become their mean; a pipe's length that is too large ends with the bytes; other chunks are passed over.
    auto const two = read_wav("RIFF\x2C\0\0\0WAVELIST\1\0\0\0a\0fmt \x10\0\0\0\1\0\2\0\x44\xAC\0\0\x10\xB1\2\0\4\0\x10\0data\xFF\xFF\xFF\x7F\2\0\4\0\6\0"sv).value();
    EXPECT_EQ(two.samples, std::vector<std::int16_t>{3});
    EXPECT_EQ(two.rate, 44'100);
    auto const whole = tone(440, .01);
    for (auto const& bytes : {whole.substr(0, 11), "OggS" + whole}) EXPECT_EQ(reason(read_wav(bytes)), "sound_unknown");
    for (std::size_t cut : {12u, 30u, 39u}) EXPECT_EQ(reason(read_wav(whole.substr(0, cut))), "sound_damaged") << cut;
    auto eight_bits = whole;
    eight_bits[34] = 8;
    EXPECT_EQ(reason(read_wav(eight_bits)), "sound_unknown");
}

TEST(SpeechToText, SendsTheSoundAndReadsTheText) {
    FakeEndpoint server([](int n, Asked const&, Connection& c) { n == 1 ? c.write(answer_of(503, "")) : c.write(answer_of(200, R"({"text":" A red\nmug,  please.\u0007","usage":{"type":"duration","seconds":3}})")); });
    auto const sound = tone(440, .2);
    auto const heard = SpeechToText(at(server), "whisper-1").hear(sound, SoundKind::wav, "en");
    ASSERT_TRUE(heard) << heard.error().message;
    EXPECT_EQ(heard->text, "A red mug, please.");
    EXPECT_EQ(heard->billed, std::chrono::milliseconds(3'000));
    auto const asked = server.asked().back();
    EXPECT_THAT(asked.head, HasSubstr("POST /v1/audio/transcriptions"));
    EXPECT_THAT(asked.head, HasSubstr("Authorization: Bearer sk-top-secret"));
    auto const type = asked.head.find("multipart/form-data; boundary=");
    ASSERT_NE(type, asked.head.npos);
    auto const boundary = asked.head.substr(type + 30, asked.head.find("\r\n", type) - type - 30);
    EXPECT_TRUE(asked.body.ends_with("--" + boundary + "--\r\n"));
    EXPECT_THAT(asked.body, HasSubstr("name=\"model\"\r\n\r\nwhisper-1\r\n"));
    EXPECT_THAT(asked.body, HasSubstr("name=\"language\"\r\n\r\nen\r\n"));
    EXPECT_THAT(asked.body, HasSubstr("filename=\"speech.wav\"\r\nContent-Type: audio/wav\r\n\r\n" + sound + "\r\n"));
}

TEST(SpeechToText, RefusalsAndRubbish) {
    for (auto const* body : {"", "[]", "{}", R"({"text":5})", "RIFF"}) {
        FakeEndpoint server([&](int, Asked const&, Connection& c) { c.write(answer_of(200, body)); });
        EXPECT_EQ(reason(SpeechToText(at(server), "m").hear("x", SoundKind::ogg, "")), "model_answer_malformed") << body;
    }
    FakeEndpoint refuses([](int, Asked const&, Connection& c) { c.write(answer_of(401, R"({"error":{"message":"Incorrect API key provided: sk-top-secret"}})")); });
    auto const refused = SpeechToText(at(refuses), "m").hear("x", SoundKind::ogg, "");
    EXPECT_EQ(reason(refused), "model_key_refused");
    EXPECT_THAT(refused.error().message, HasSubstr("speech_to_text_key"));
    EXPECT_THAT(refused.error().message, Not(HasSubstr("sk-top-secret")));
    FakeEndpoint long_winded([](int, Asked const&, Connection& c) { c.write(answer_of(200, R"({"text":")" + std::string(50'000, 'a') + "\"}")); });
    EXPECT_EQ(SpeechToText(at(long_winded), "m").hear("x", SoundKind::ogg, "")->text.size(), 2'000u);
}

TEST(TextToSpeech, AsksForASoundAndTakesNothingElse) {
    FakeEndpoint server([](int n, Asked const&, Connection& c) { c.write(answer_of(200, n == 1 ? tone(300, .1) : R"({"error":"no"})")); });
    TextToSpeech voice(at(server), "tts-1");
    auto const said = voice.say("你好\xFF", "zf_xiaobei");
    ASSERT_TRUE(said) << said.error().message;
    EXPECT_EQ(said->kind, SoundKind::wav);
    EXPECT_EQ(said->bytes, tone(300, .1));
    auto const asked = parse_json(server.asked().back().body).value();
    EXPECT_EQ(asked, (boost::json::value{{"model", "tts-1"}, {"input", "你好\xEF\xBF\xBD"}, {"voice", "zf_xiaobei"}, {"response_format", "mp3"}}));
    EXPECT_EQ(reason(voice.say("x", "")), "model_answer_malformed");
}

TEST(SpokenText, NumbersInChinese) {
    std::pair<std::string_view, std::string_view> const known[] = {{"0", "零"}, {"10", "十"}, {"15", "十五"}, {"20", "二十"}, {"105", "一百零五"}, {"110", "一百一十"}, {"1005", "一千零五"}, {"1050", "一千零五十"}, {"10005", "一万零五"}, {"10500", "一万零五百"}, {"120000", "十二万"}, {"100000005", "一亿零五"}, {"100001234", "一亿零一千二百三十四"}, {"99.9", "九十九点九"}, {"0.05", "零点零五"}, {"007", "零零七"}, {"1234567890123", "一二三四五六七八九零一二三"}};
    for (auto const& [number, words] : known) EXPECT_EQ(number_in_chinese(number), words);
}

TEST(SpokenText, RunsOfOneLanguage) {
    using Runs = std::vector<SpokenRun>;
    EXPECT_EQ(spoken_runs("这款¥1,299.00，满$50减20%。", Locale::zh), (Runs{{Locale::zh, "这款一千二百九十九元，满五十美元减百分之二十。"}}));
    EXPECT_EQ(spoken_runs("Sony 耳机 ★4.7，USB-C接口", Locale::zh), (Runs{{Locale::en, "Sony"}, {Locale::zh, "耳机 四点七，"}, {Locale::en, "USB-C"}, {Locale::zh, "接口"}}));
    EXPECT_EQ(spoken_runs("The K380 costs CN¥59.00 (20% off): 清晨杯!", Locale::en), (Runs{{Locale::en, "The K380 costs 59 yuan 20 per cent off :"}, {Locale::zh, "清晨杯!"}}));
    EXPECT_EQ(spoken_runs("1,23 and 1,2345", Locale::en), (Runs{{Locale::en, "1,23 and 1,2345"}}));
    EXPECT_TRUE(spoken_runs("★🙂 …", Locale::en).empty());
}

// What espeak-ng says: sound, as long as such a sentence lasts, with syllables in it and not one note.
struct Shape {
    double seconds = 0, loudness = 0;
    int syllables = 0;  // times that the loudness of 20 ms rises over a third of the loudest
};
Shape shape_of(Pcm const& pcm) {
    Shape out{std::chrono::duration<double>(pcm.length()).count(), pcm.loudness(), 0};
    auto const window = static_cast<std::size_t>(pcm.rate / 50);
    std::vector<double> loud;
    for (std::size_t from = 0; from + window <= pcm.samples.size(); from += window) {
        double square = 0;
        for (auto i = from; i < from + window; ++i) square += static_cast<double>(pcm.samples[i]) * pcm.samples[i];
        loud.push_back(std::sqrt(square / static_cast<double>(window)));
    }
    auto const most = loud.empty() ? 0 : *std::ranges::max_element(loud);
    for (std::size_t i = 1; i < loud.size(); ++i) out.syllables += loud[i - 1] < most / 3 && loud[i] >= most / 3;
    return out;
}

TEST(OfflineVoice, SaysSentencesInBothLanguages) {
    if (!has_offline_voice()) GTEST_SKIP() << "espeak-ng is not installed";
    auto const zh = say_offline("您好，欢迎光临。这两款杯子都有现货，价格是五十九元。", Locale::zh);
    ASSERT_TRUE(zh) << zh.error().message;
    auto const en = say_offline("Hello and welcome. Both of these mugs are in stock, and they cost fifty nine yuan.", Locale::en);
    ASSERT_TRUE(en) << en.error().message;
    for (auto const& pcm : {*zh, *en}) {
        auto const shape = shape_of(pcm);
        EXPECT_GT(shape.seconds, 3) << shape.seconds;
        EXPECT_LT(shape.seconds, 12) << shape.seconds;
        EXPECT_GT(shape.loudness, .05);
        EXPECT_GE(shape.syllables, 8);
        EXPECT_LE(shape.syllables, 45);
        RecordProperty("seconds", std::to_string(shape.seconds));
    }
    auto const seconds = [](std::string_view text) { return shape_of(say_offline(text, Locale::zh).value()).seconds; };
    // Three syllables more, "point nine yuan" and not a hole.
    EXPECT_GT(seconds("价格是¥99.9"), seconds("价格是九十九") + .3);
    // Both languages in one sentence, each by its own voice.
    EXPECT_GT(seconds("这是 Bluetooth headphones 耳机"), seconds("这是耳机") + .8);
    EXPECT_TRUE(say_offline("★", Locale::zh)->samples.empty());
}

TEST(OfflineVoice, EndsWhenItShould) {
    if (!has_offline_voice()) GTEST_SKIP() << "espeak-ng is not installed";
    std::string text;
    for (int i = 0; i < 2'000; ++i) text += "one two three ";
    EXPECT_EQ(reason(say_offline(text, Locale::en, {.most_samples = 22'050})), "offline_voice_failed");
    EXPECT_EQ(reason(say_offline(text, Locale::en, {.deadline = std::chrono::milliseconds(0)})), "deadline_exceeded");
    std::stop_source stopped;
    stopped.request_stop();
    EXPECT_EQ(reason(say_offline(text, Locale::en, {.stop = stopped.get_token()})), "cancelled");
}

}  // namespace
}  // namespace kindling::providers
