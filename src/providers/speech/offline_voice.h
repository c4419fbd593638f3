// providers/speech/offline_voice.h -- espeak-ng as a voice for when nothing better is there: a program of its own behind pipes.
//
// It is GPL, so it is neither linked nor shipped: where the machine has it (Debian: espeak-ng) it is started once for each run of one language, given text on its
// standard input and read from its standard output (WAV, 22,050 Hz). In Chinese texts numbers, prices and per cents are written out in characters first, because
// espeak-ng 1.51 leaves out the point of 99.9, and runs of Latin letters go to the English voice. Version 1.51 reads Chinese with voice cmn-latn-pinyin (its cmn spells
// characters in English), from 1.52 on with cmn.
// Cost: about 10 ms a run and a thousandth of the sound's length.
#pragma once
#include "core/text.h"
#include "providers/speech/sound.h"
#include <stop_token>

namespace kindling::providers {

// Whether the program is there: a look into the folders of PATH. Any thread.
bool has_offline_voice();

struct OfflineVoiceLimits {
    std::chrono::milliseconds deadline{10'000};
    std::size_t most_samples = 22'050 * 240;  // four minutes
    std::stop_token stop = {};
};
// Fails with offline_voice_missing (failed_precondition), offline_voice_failed, deadline_exceeded or cancelled (unavailable). A text with nothing to say gives no samples.
Result<Pcm> say_offline(std::string_view text, Locale, OfflineVoiceLimits const& = {});

// The text as runs of one language each, ready to be read.
struct SpokenRun {
    Locale language;
    std::string text;
    bool operator==(SpokenRun const&) const = default;
};
std::vector<SpokenRun> spoken_runs(std::string_view text, Locale);
// 1234.5 -> 一千二百三十四点五; numbers of more than 12 digits, or that begin with 0 and go on, digit by digit. `number`: digits with at most one point.
std::string number_in_chinese(std::string_view number);

}  // namespace kindling::providers
