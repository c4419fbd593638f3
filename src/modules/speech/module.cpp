#include "core/base64.h"
#include "core/time.h"
#include "core/utf8.h"
#include "modules/speech/api.h"
#include "providers/language/budget.h"
#include "providers/speech/offline_voice.h"
#include "providers/speech/speech_endpoint.h"
#include "shop/people/people.h"
#include <fmt/format.h>

namespace kindling::speech {

namespace {

using providers::Pcm, providers::SoundKind;

constexpr std::size_t most_bytes = 1u << 20;
constexpr std::chrono::milliseconds longest{60'000}, shortest{200};
constexpr double quietest = .004;  // of full scale, in the loudest tenth of a second: rooms are below, whispering near a microphone is above
// A compressed sound does not say how long it is without being unpacked; speech codecs go down to about this.
constexpr std::int64_t fewest_bytes_per_second = 2'000;
// What is assumed against a budget until the owner sets prices; dearer than usual.
constexpr std::int64_t assumed_minor_per_hour = 200, assumed_minor_per_million_characters = 10'000;
constexpr std::int64_t hour_ms = 3'600'000, millionths = 1'000'000;

struct Settings {
    std::string hear_url = {}, hear_name = {}, hear_key = {}, say_url = {}, say_name = {}, say_key = {}, voice_en = {}, voice_zh = {};
    std::int64_t budget_minor = 0, minor_per_hour = 0, minor_per_million_characters = 0;
    bool operator==(Settings const&) const = default;
    bool hears() const { return !hear_url.empty() && !hear_name.empty(); }
    bool says() const { return !say_url.empty() && !say_name.empty(); }
};

Result<Settings> read_settings(shop::Services& services, std::int64_t shop_id) {
    auto const tx = TRY(services.store->read(shop_id));
    Settings s{.hear_url = TRY(shop::read_setting(*tx, "speech_to_text_url")), .hear_name = TRY(shop::read_setting(*tx, "speech_to_text_name")), .say_url = TRY(shop::read_setting(*tx, "text_to_speech_url")), .say_name = TRY(shop::read_setting(*tx, "text_to_speech_name"))};
    if (s.hears()) s.hear_key = TRY(shop::read_secret_setting(services, *tx, "speech_to_text_key"));
    if (s.says()) {
        s.say_key = TRY(shop::read_secret_setting(services, *tx, "text_to_speech_key"));
        s.voice_en = TRY(shop::read_setting(*tx, "text_to_speech_voice_en")), s.voice_zh = TRY(shop::read_setting(*tx, "text_to_speech_voice_zh"));
    }
    s.budget_minor = TRY(shop::read_number_setting(*tx, "speech_budget_minor_per_day"));
    s.minor_per_hour = TRY(shop::read_number_setting(*tx, "speech_to_text_price_minor_per_hour", s.budget_minor > 0 ? assumed_minor_per_hour : 0));
    s.minor_per_million_characters = TRY(shop::read_number_setting(*tx, "text_to_speech_price_minor_per_million_characters", s.budget_minor > 0 ? assumed_minor_per_million_characters : 0));
    return s;
}

std::int64_t cost_of(std::chrono::milliseconds length, Settings const& s) { return static_cast<std::int64_t>(static_cast<double>(length.count()) / hour_ms * static_cast<double>(s.minor_per_hour) * millionths); }

std::unexpected<Error> at(std::string path, Error error, std::string what_to_do) {
    error.fields = {{std::move(path), error.reason, std::move(what_to_do)}};
    return std::unexpected(std::move(error));
}
std::unexpected<Error> nothing_heard() { return fail(Errc::invalid_argument, "nothing_heard", "There are no words in this sound.", {{"/data", "nothing_heard", "speak nearer to the microphone, and a little longer"}}); }

// An endpoint's own words and addresses are for those who run the shop.
Error for_caller(Error error, Context const& context) {
    if (!context.caller.is_staff()) error.message = "Speech does not work just now; please write instead.";
    return error;
}

// A place in front of the endpoints, given back at the end.
class Place {
public:
    explicit Place(std::counting_semaphore<4>& places) : places_(places), held_(places.try_acquire_for(std::chrono::seconds(2))) {}
    Place(Place const&) = delete;
    Place& operator=(Place const&) = delete;
    ~Place() { if (held_) places_.release(); }
    bool held() const { return held_; }

private:
    std::counting_semaphore<4>& places_;
    bool held_;
};

Result<Locale> locale_in(std::string const& asked, Locale otherwise) {
    if (asked.empty()) return otherwise;
    if (asked == "zh" || asked == "en") return locale_of(asked);
    return fail(Errc::invalid_argument, "invalid_request", "The request has 1 wrong field.", {{"/locale", "unknown_value", "expected zh or en"}});
}

}  // namespace

// The endpoints as the settings stand; questions under way keep the ones they began with.
struct Module::Plugged {
    explicit Plugged(Settings s, providers::Budget& b)
        : settings(std::move(s)), budget(b), ears({.url = settings.hear_url, .key = settings.hear_key, .reach = providers::Reach::anywhere, .settings = "speech_to_text", .attempts = 2}, settings.hear_name),
          mouth({.url = settings.say_url, .key = settings.say_key, .reach = providers::Reach::anywhere, .settings = "text_to_speech", .attempts = 2}, settings.say_name) {}
    Settings settings;
    providers::Budget& budget;
    providers::SpeechToText ears;
    providers::TextToSpeech mouth;

    template <class Ask, class Cost> auto within_budget(std::int64_t worst, Ask&& ask, Cost&& cost) {
        using providers::Charge;
        return providers::within_budget(budget, {.cost_minor_per_day = settings.budget_minor, .settings = "speech"}, day_of(now_ms()), Charge{0, worst}, Charge{0, worst}, ask, [&](auto const& answer) { return Charge{0, cost(answer)}; });
    }
};

struct Module::Shop {
    explicit Shop(std::filesystem::path file) : spending(std::move(file)) {}
    providers::KeptBudget spending;
    std::shared_ptr<Plugged> plugged;
};

Module::Module(shop::Services& services) : services_(services) {}
Module::~Module() = default;

Result<std::shared_ptr<Module::Plugged>> Module::plugged(std::int64_t shop_id) {
    auto settings = TRY(read_settings(services_, shop_id));
    std::lock_guard const lock(mutex_);
    auto& shop = shops_[shop_id];
    if (!shop) shop = std::make_unique<Shop>(services_.folder / "speech" / fmt::format("spent-{}.json", shop_id));
    if (!shop->plugged || shop->plugged->settings != settings) shop->plugged = std::make_shared<Plugged>(std::move(settings), shop->spending.budget);
    return shop->plugged;
}

// Visitors are counted by address (their caller's id), because a cookie is free to make; a key may speak for many.
Result<void> Module::admit(Context const& context, std::string_view what, int most_a_minute) {
    auto const most = context.caller.is_staff() ? most_a_minute * 20 : most_a_minute;
    if (!asked_.take(fmt::format("{} {} {}", what, context.shop_id, context.caller.id), {most, 60'000}, context.now)) return fail(Errc::unavailable, "rate_limited", "Too much speech in one minute; wait a moment, or write.");
    return {};
}

Result<Abilities> Module::status(Context& context, Nothing const&) {
    auto const s = TRY(read_settings(services_, context.shop_id));
    return Abilities{.hears = s.hears(), .voice = s.says() ? Voice::endpoint : providers::has_offline_voice() ? Voice::offline : Voice::none};
}

Result<Transcribed> Module::transcribe(Context& context, Transcribe const& in) {
    TRY(admit(context, "transcribe", 20));
    if (!in.locale.empty()) TRY(locale_in(in.locale, Locale::en));
    auto const bytes = from_base64(in.data);
    if (!bytes) return fail(Errc::invalid_argument, "invalid_request", "The request has 1 wrong field.", {{"/data", "wrong_format", "must be base64 with padding, without a data: prefix"}});
    if (bytes->size() > most_bytes) return fail(Errc::invalid_argument, "sound_too_large", "A sound may have 1 MB at most.", {{"/data", "sound_too_large", "say less, or send it at 16 kHz"}});
    auto const kind = providers::kind_of_sound(*bytes);
    if (!kind) return at("/data", kind.error(), "send another kind of sound");
    auto length = std::chrono::milliseconds(static_cast<std::int64_t>(bytes->size()) * 1000 / fewest_bytes_per_second);
    if (*kind == SoundKind::wav) {
        auto const pcm = providers::read_wav(*bytes);
        if (!pcm) return at("/data", pcm.error(), "send 16-bit PCM");
        length = pcm->length();
        if (length > longest) return fail(Errc::invalid_argument, "sound_too_long", "A sound may last 60 seconds at most.", {{"/data", "sound_too_long", "say it in parts"}});
        // Models that are given silence invent words for it.
        if (length < shortest || pcm->loudness() < quietest) return nothing_heard();
    }
    auto const plugged = TRY(this->plugged(context.shop_id));
    if (!plugged->settings.hears()) return fail(Errc::failed_precondition, "speech_not_set_up", "This shop cannot listen: no speech-to-text endpoint is set (speech_to_text_url and speech_to_text_name).");
    if (context.dry()) return Transcribed{};
    Place const place(waiting_);
    if (!place.held()) return fail(Errc::unavailable, "speech_busy", "Many people are speaking; try again in a moment.");
    using Heard = providers::SpeechToText::Heard;
    auto const heard = plugged->within_budget(cost_of(length, plugged->settings), [&] { return plugged->ears.hear(*bytes, *kind, in.locale, {.stop = context.progress.stop}); }, [&](Heard const& h) { return cost_of(h.billed.value_or(length), plugged->settings); });
    if (!heard) return std::unexpected(for_caller(heard.error(), context));
    if (heard->text.empty()) return nothing_heard();
    return Transcribed{heard->text};
}

Result<Said> Module::say(Context& context, Say const& in) {
    TRY(admit(context, "say", 60));
    auto const locale = TRY(locale_in(in.locale, context.locale));
    auto const plugged = TRY(this->plugged(context.shop_id));
    bool const by_endpoint = plugged->settings.says();
    if (!by_endpoint && !providers::has_offline_voice()) return fail(Errc::failed_precondition, "speech_not_set_up", "This shop has no voice: no text-to-speech endpoint is set (text_to_speech_url and text_to_speech_name), and espeak-ng is not installed.");
    // Nothing to say costs nothing.
    if (context.dry() || providers::spoken_runs(in.text, locale).empty()) return Said{{}, {}, by_endpoint ? Voice::endpoint : Voice::offline};
    Place const place(waiting_);
    if (!place.held()) return fail(Errc::unavailable, "speech_busy", "Many people are being read to; try again in a moment.");
    auto const sound = [&]() -> Result<providers::TextToSpeech::Sound> {
        if (!by_endpoint) {
            auto const pcm = TRY(providers::say_offline(in.text, locale, {.stop = context.progress.stop}));
            return providers::TextToSpeech::Sound{providers::write_wav(pcm.rate, pcm.samples), SoundKind::wav};
        }
        auto const& s = plugged->settings;
        auto const cost = static_cast<std::int64_t>(count_code_points(in.text)) * s.minor_per_million_characters;
        return plugged->within_budget(cost, [&] { return plugged->mouth.say(in.text, locale == Locale::zh ? s.voice_zh : s.voice_en, {.stop = context.progress.stop}); }, [&](auto const&) { return cost; });
    }();
    if (!sound) return std::unexpected(for_caller(sound.error(), context));
    return Said{to_base64(sound->bytes), std::string(providers::media_type_of(sound->kind)), by_endpoint ? Voice::endpoint : Voice::offline};
}

std::vector<Operation> Module::operations() {
    // Of an endpoint, as providers/language/language_model.h names them.
    std::vector<std::string_view> const endpoint{"speech_not_set_up", "speech_busy", "model_not_configured", "model_key_refused", "model_not_found", "model_request_refused", "model_rate_limited", "model_unavailable", "model_timeout", "model_answer_malformed", "model_paused", "model_budget_spent"};
    auto hearing = endpoint, speaking = endpoint;
    for (std::string_view reason : {"sound_unknown", "sound_damaged", "sound_too_large", "sound_too_long", "nothing_heard"}) hearing.push_back(reason);
    for (std::string_view reason : {"offline_voice_missing", "offline_voice_failed"}) speaking.push_back(reason);
    return {
        operation({.name = "speech.status", .scenario = "25", .summary = {"Whether the guide can be spoken to and can read its answers aloud here.", "导购此处能否听懂语音、朗读回答。"}, .permission = "public"}, *this, &Module::status),
        operation({.name = "speech.transcribe", .scenario = "25", .summary = {"What was said in a short sound, by the shop's speech-to-text endpoint; neither is kept.", "用店铺接入的语音转文字接口识别一段语音；语音与文字均不保留。"}, .permission = "public", .reasons = hearing, .length = Length::long_}, *this, &Module::transcribe),
        operation({.name = "speech.say", .scenario = "25", .summary = {"A text read aloud, by the shop's text-to-speech endpoint or, where there is none, by espeak-ng.", "朗读一段文字：使用店铺接入的文字转语音接口，未接入时用本机 espeak-ng。"}, .permission = "public", .reasons = speaking, .length = Length::long_}, *this, &Module::say),
    };
}

}  // namespace kindling::speech
