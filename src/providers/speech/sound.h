// providers/speech/sound.h -- what a piece of sound is, told by its first bytes, and 16-bit PCM in WAV as the one format that is read here.
//
// A name or a media type that somebody gives is never believed. WAV (RIFF/WAVE, Microsoft 1991) is walked chunk by chunk; programs that write into a
// pipe cannot know the length beforehand and state one that is too large, so the data end where the bytes end. Pure; O(bytes).
#pragma once
#include "core/result.h"
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::providers {

enum class SoundKind { wav, webm, ogg, mp4, mp3, flac };
// Fails with sound_unknown (invalid_argument).
Result<SoundKind> kind_of_sound(std::string_view bytes);
std::string_view media_type_of(SoundKind);      // "audio/wav"
std::string_view file_extension_of(SoundKind);  // "wav": servers tell the format of an upload by its name

struct Pcm {
    int rate = 16'000;                   // samples a second, 8,000 to 96,000
    std::vector<std::int16_t> samples;   // one channel; of two, their mean
    std::chrono::milliseconds length() const;
    double loudness() const;             // root mean square of the loudest tenth of a second, 0..1 of full scale
};
// Fails with sound_unknown (not WAV, or not 16-bit PCM of one or two channels) or sound_damaged; both invalid_argument.
Result<Pcm> read_wav(std::string_view bytes);
std::string write_wav(int rate, std::span<std::int16_t const> samples);

}  // namespace kindling::providers
