#include "providers/speech/speech_endpoint.h"
#include "core/id.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::providers {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_text = 2'000, largest_sound = 8u << 20;

std::unexpected<Failure> malformed(std::string why) { return std::unexpected(Failure{.error = {Errc::unavailable, "model_answer_malformed", std::move(why)}}); }

// What a server wrote, as a person would have typed it: one line, no control characters.
std::string one_line(std::string_view text) {
    std::string out;
    auto const whole = repair_utf8(text);
    for (char const c : utf8_prefix(whole, longest_text))
        if (static_cast<unsigned char>(c) > ' ' && c != '\x7F') out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

std::optional<std::chrono::milliseconds> seconds_in(json::object const& o, std::string_view name) {
    auto const* v = o.if_contains(name);
    double const n = !v ? 0 : v->is_double() ? v->get_double() : v->is_int64() ? static_cast<double>(v->get_int64()) : 0;
    if (!(n > 0) || n > 86'400) return {};
    return std::chrono::milliseconds(static_cast<std::int64_t>(n * 1000));
}

}  // namespace

Result<SpeechToText::Heard> SpeechToText::hear(std::string_view sound, SoundKind kind, std::string_view language, SpeechOptions const& options) {
    // The boundary is a secret of this request, so no sound can hold it.
    auto const boundary = "kindling-" + new_secret(18);
    std::string body;
    auto const part = [&](std::string_view head, std::string_view value) { body += fmt::format("--{}\r\nContent-Disposition: form-data; {}\r\n\r\n{}\r\n", boundary, head, value); };
    part("name=\"model\"", model_);
    part("name=\"response_format\"", "json");
    if (!language.empty()) part("name=\"language\"", language);
    part(fmt::format("name=\"file\"; filename=\"speech.{}\"\r\nContent-Type: {}", file_extension_of(kind), media_type_of(kind)), sound);
    body += fmt::format("--{}--\r\n", boundary);
    Heard out;
    TRY(endpoint_.attempt({options.deadline, options.stop}, [&](int, std::chrono::milliseconds left) -> std::expected<void, Failure> {
        auto const response = endpoint_.post({.path = "/audio/transcriptions", .body = body, .left = left, .stop = options.stop, .content_type = "multipart/form-data; boundary=" + boundary});
        if (!response) return std::unexpected(response.error());
        auto const parsed = parse_json(response->body);
        auto const* const o = parsed ? parsed->if_object() : nullptr;
        auto const* const text = o ? o->if_contains("text") : nullptr;
        if (!text || !text->is_string()) return malformed("The answer of the speech server has no text.");
        out.text = one_line(text->get_string());
        out.billed = seconds_in(*o, "duration");
        if (auto const* usage = o->if_contains("usage"); usage && usage->is_object())
            if (auto const s = seconds_in(usage->get_object(), "seconds")) out.billed = s;
        return {};
    }));
    return out;
}

Result<TextToSpeech::Sound> TextToSpeech::say(std::string_view text, std::string_view voice, SpeechOptions const& options) {
    auto const body = to_text(json::object{{"model", model_}, {"input", repair_utf8(text)}, {"voice", voice.empty() ? "alloy" : voice}, {"response_format", "mp3"}});
    Sound out;
    TRY(endpoint_.attempt({options.deadline, options.stop}, [&](int, std::chrono::milliseconds left) -> std::expected<void, Failure> {
        auto response = endpoint_.post({.path = "/audio/speech", .body = body, .left = left, .stop = options.stop, .accept = "audio/mpeg, audio/wav, audio/*"});
        if (!response) return std::unexpected(response.error());
        auto const kind = kind_of_sound(response->body);
        if (!kind) return malformed("The answer of the speech server is no sound.");
        if (response->body.size() > largest_sound) return malformed("The answer of the speech server is larger than 8 MB.");
        out = {std::move(response->body), *kind};
        return {};
    }));
    return out;
}

}  // namespace kindling::providers
