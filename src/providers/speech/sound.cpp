#include "providers/speech/sound.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace kindling::providers {

namespace {

// Little-endian, as everything in RIFF.
template <class T> T number_at(std::string_view bytes, std::size_t at) {
    T out;
    std::memcpy(&out, bytes.data() + at, sizeof out);
    return out;
}
template <class T> void append(std::string& out, T number) { out.append(reinterpret_cast<char const*>(&number), sizeof number); }

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> names{{{"audio/wav", "wav"}, {"audio/webm", "webm"}, {"audio/ogg", "ogg"}, {"audio/mp4", "m4a"}, {"audio/mpeg", "mp3"}, {"audio/flac", "flac"}}};

}  // namespace

Result<SoundKind> kind_of_sound(std::string_view b) {
    if (b.size() >= 12 && b.starts_with("RIFF") && b.substr(8, 4) == "WAVE") return SoundKind::wav;
    if (b.starts_with("\x1A\x45\xDF\xA3")) return SoundKind::webm;
    if (b.starts_with("OggS")) return SoundKind::ogg;
    if (b.size() >= 12 && b.substr(4, 4) == "ftyp") return SoundKind::mp4;
    if (b.starts_with("fLaC")) return SoundKind::flac;
    // A tag before the frames, or a frame's eleven set bits with a layer that exists (AAC's frames have none).
    if (b.starts_with("ID3") || (b.size() >= 4 && b[0] == '\xFF' && (b[1] & 0xE0) == 0xE0 && (b[1] & 0x06) != 0)) return SoundKind::mp3;
    return fail(Errc::invalid_argument, "sound_unknown", "This is no WAV, WebM, Ogg, MP4, MP3 or FLAC sound.");
}

std::string_view media_type_of(SoundKind kind) { return names[static_cast<std::size_t>(kind)].first; }
std::string_view file_extension_of(SoundKind kind) { return names[static_cast<std::size_t>(kind)].second; }

std::chrono::milliseconds Pcm::length() const { return std::chrono::milliseconds(static_cast<std::int64_t>(samples.size()) * 1000 / rate); }

double Pcm::loudness() const {
    auto const window = static_cast<std::size_t>(rate / 10);
    double loudest = 0;
    for (std::size_t from = 0; from < samples.size(); from += window) {
        auto const end = std::min(samples.size(), from + window);
        double square = 0;
        for (auto i = from; i < end; ++i) square += static_cast<double>(samples[i]) * samples[i];
        loudest = std::max(loudest, square / static_cast<double>(end - from));
    }
    return std::sqrt(loudest) / 32'768;
}

Result<Pcm> read_wav(std::string_view b) {
    auto const unknown = [] { return fail(Errc::invalid_argument, "sound_unknown", "This is no WAV of 16-bit PCM with one or two channels."); };
    auto const damaged = [] { return fail(Errc::invalid_argument, "sound_damaged", "This WAV is damaged or not complete."); };
    if (b.size() < 12 || !b.starts_with("RIFF") || b.substr(8, 4) != "WAVE") return unknown();
    std::uint16_t channels = 0;
    Pcm out;
    for (std::size_t at = 12; at + 8 <= b.size();) {
        auto const name = b.substr(at, 4);
        std::size_t const size = number_at<std::uint32_t>(b, at + 4);
        at += 8;
        if (name == "fmt ") {
            if (size < 16 || at + 16 > b.size()) return damaged();
            auto const format = number_at<std::uint16_t>(b, at), bits = number_at<std::uint16_t>(b, at + 14);
            auto const rate = number_at<std::uint32_t>(b, at + 4);
            channels = number_at<std::uint16_t>(b, at + 2);
            if ((format != 1 && format != 0xFFFE) || bits != 16 || channels < 1 || channels > 2) return unknown();
            if (rate < 8'000 || rate > 96'000) return damaged();
            out.rate = static_cast<int>(rate);
        } else if (name == "data") {
            if (channels == 0) return damaged();
            auto const frames = std::min(size, b.size() - at) / (2u * channels);
            out.samples.resize(frames);
            for (std::size_t i = 0; i < frames; ++i) {
                int sum = 0;
                for (std::size_t c = 0; c < channels; ++c) sum += number_at<std::int16_t>(b, at + (i * channels + c) * 2);
                out.samples[i] = static_cast<std::int16_t>(sum / channels);
            }
            return out;
        }
        at += size + size % 2;
    }
    return damaged();
}

std::string write_wav(int rate, std::span<std::int16_t const> samples) {
    auto const bytes = static_cast<std::uint32_t>(samples.size_bytes());
    std::string out = "RIFF";
    append(out, bytes + 36);
    out += "WAVEfmt ";
    append(out, std::uint32_t{16}), append(out, std::uint16_t{1}), append(out, std::uint16_t{1});
    append(out, static_cast<std::uint32_t>(rate)), append(out, static_cast<std::uint32_t>(rate) * 2), append(out, std::uint16_t{2}), append(out, std::uint16_t{16});
    out += "data";
    append(out, bytes);
    out.append(reinterpret_cast<char const*>(samples.data()), samples.size_bytes());
    return out;
}

}  // namespace kindling::providers
