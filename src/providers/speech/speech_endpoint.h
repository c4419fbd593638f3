// providers/speech/speech_endpoint.h -- speech to text and text to speech by OpenAI-compatible servers: POST {base}/audio/transcriptions and {base}/audio/speech.
//
// The same protocol is spoken by OpenAI and other clouds, and on one's own machine by speaches, whisper.cpp's server, LocalAI, Kokoro-FastAPI and others. The way to a
// server is providers/language/endpoint.h: key, time limits, tries, circuit breaker. What comes back is checked before anybody hears or reads it: a text is UTF-8 on one
// line and short, a sound is one by its first bytes. Nothing is kept and nothing of what was said is logged.
// Source: OpenAI API reference, audio. Cost: the server's; here O(bytes).
#pragma once
#include "providers/language/endpoint.h"
#include "providers/speech/sound.h"

namespace kindling::providers {

struct SpeechOptions {
    std::chrono::milliseconds deadline{20'000};  // for everything, retries included
    std::stop_token stop = {};
};

// Any thread, also at once. Fails with the reasons of providers::LanguageModel.
class SpeechToText {
public:
    SpeechToText(EndpointOptions endpoint, std::string model) : endpoint_(std::move(endpoint)), model_(std::move(model)) {}
    struct Heard {
        std::string text;                                       // one line, "" when nothing was understood; at most 2,000 bytes
        std::optional<std::chrono::milliseconds> billed = {};   // length of the sound as the server counts it, where it says so
    };
    // `language`: ISO 639-1, "" when not known.
    Result<Heard> hear(std::string_view sound, SoundKind, std::string_view language, SpeechOptions const& = {});

private:
    Endpoint endpoint_;
    std::string model_;
};

class TextToSpeech {
public:
    TextToSpeech(EndpointOptions endpoint, std::string model) : endpoint_(std::move(endpoint)), model_(std::move(model)) {}
    struct Sound { std::string bytes; SoundKind kind = SoundKind::mp3; };
    // `voice`: as the server names it, "" for "alloy", which the protocol wants one of. The answer has at most 8 MB.
    Result<Sound> say(std::string_view text, std::string_view voice, SpeechOptions const& = {});

private:
    Endpoint endpoint_;
    std::string model_;
};

}  // namespace kindling::providers
