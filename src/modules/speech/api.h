// modules/speech/api.h -- speech.status, speech.transcribe, speech.say: the guide spoken to and read aloud by what the owner plugged in.
//
// Two endpoints (settings speech_to_text_* and text_to_speech_*), each OpenAI-compatible and each optional, share one budget a day; without the second espeak-ng speaks
// where the machine has it. What is handed in is measured before anything is paid for: known by its first bytes, 1 MB, 60 s, loud enough to hold words. Nobody's voice or
// words are kept, in memory or elsewhere, once the answer is made, and none of them are logged. Asking is for everybody, so each caller has so many questions a minute,
// and no more than four wait for an endpoint at once.
// One Module lives as long as the process. Thread-safe. The Services must outlive it. Cost: the endpoint's time; reading settings is one read transaction.
#pragma once
#include "core/operation.h"
#include "shop/accounts/attempts.h"
#include "shop/context.h"
#include <map>
#include <memory>
#include <mutex>
#include <semaphore>

namespace kindling::speech {

enum class Voice { none, offline, endpoint };
BOOST_DESCRIBE_ENUM(Voice, none, offline, endpoint)

struct Abilities {
    bool hears = false;
    Voice voice = Voice::none;
    static constexpr Field fields[] = {field("hears", "Whether speech.transcribe can be asked (a speech-to-text endpoint is set).", "是否可用 speech.transcribe（已设置语音转文字接口）。"), field("voice", "What speech.say speaks with: none, offline (espeak-ng on this machine, robotic), endpoint.", "speech.say 的声音来源：none 无、offline 本机 espeak-ng（机械音）、endpoint 已接入的接口。")};
};
BOOST_DESCRIBE_STRUCT(Abilities, (), (hears, voice))

struct Transcribe {
    std::string data, locale;
    static constexpr Field fields[] = {
        field("data", "Sound as base64: WAV (16-bit PCM, best at 16 kHz), WebM, Ogg, MP4, MP3 or FLAC, told by its content; at most 1 MB before that and, where it is WAV, 60 seconds.", "声音的 base64：WAV（16 位 PCM，建议 16 kHz）、WebM、Ogg、MP4、MP3 或 FLAC，按内容识别；编码前至多 1 MB，WAV 至多 60 秒。").longest(1'400'000),
        field("locale", "Language that is spoken, zh or en; empty: as the endpoint finds.", "所说的语言 zh 或 en；留空由接口判断。").defaulted().longest(8)};
};
BOOST_DESCRIBE_STRUCT(Transcribe, (), (data, locale))

struct Transcribed {
    std::string text;
    static constexpr Field fields[] = {field("text", "What was said, one line; nothing of it is kept.", "识别出的文字，单行；不作保留。")};
};
BOOST_DESCRIBE_STRUCT(Transcribed, (), (text))

struct Say {
    std::string text, locale;
    static constexpr Field fields[] = {field("text", "What to read aloud, at most 600 bytes; longer texts a sentence at a time.", "要朗读的文字，至多 600 字节；较长内容请逐句发送。").longest(600), field("locale", "Its language, zh or en; empty: the caller's.", "文字的语言 zh 或 en；留空随调用者。").defaulted().longest(8)};
};
BOOST_DESCRIBE_STRUCT(Say, (), (text, locale))

struct Said {
    std::string data, media_type;
    Voice voice = Voice::none;
    static constexpr Field fields[] = {field("data", "The sound as base64; empty when there was nothing to say.", "声音的 base64；没有可读内容时为空。"), field("media_type", "Told from its content, such as audio/mpeg.", "按内容识别的类型，如 audio/mpeg。"), field("voice", "Who spoke.", "声音来源。")};
};
BOOST_DESCRIBE_STRUCT(Said, (), (data, media_type, voice))

class Module {
public:
    explicit Module(shop::Services&);
    ~Module();
    std::vector<Operation> operations();

private:
    struct Plugged;
    struct Shop;
    Result<Abilities> status(Context&, Nothing const&);
    Result<Transcribed> transcribe(Context&, Transcribe const&);
    Result<Said> say(Context&, Say const&);
    Result<std::shared_ptr<Plugged>> plugged(std::int64_t shop_id);
    Result<void> admit(Context const&, std::string_view what, int most_a_minute);

    shop::Services& services_;
    shop::Attempts asked_;
    std::counting_semaphore<4> waiting_{4};
    std::mutex mutex_;
    std::map<std::int64_t, std::unique_ptr<Shop>> shops_;
};

}  // namespace kindling::speech
