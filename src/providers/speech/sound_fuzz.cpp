// Any bytes as a sound; what was read as WAV is written and read again as the same.
#include "core/fuzz_seeds.h"
#include "providers/speech/sound.h"
#include <cstdlib>

using namespace kindling::providers;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    std::string_view const bytes(reinterpret_cast<const char*>(data), size);
    (void)kind_of_sound(bytes);
    if (auto const pcm = read_wav(bytes)) {
        if (pcm->loudness() < 0 || pcm->loudness() > 1) std::abort();
        auto const again = read_wav(write_wav(pcm->rate, pcm->samples));
        if (!again || again->samples != pcm->samples || again->length() != pcm->length()) std::abort();
    }
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "RIFF\x28\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3E\0\0\0\x7D\0\0\2\0\x10\0data\4\0\0\0\0\x40\0\xC0"sv,
    "RIFF\x2C\0\0\0WAVELIST\1\0\0\0a\0fmt \x10\0\0\0\1\0\2\0\x44\xAC\0\0\x10\xB1\2\0\4\0\x10\0data\xFF\xFF\xFF\x7F\1\2\3\4"sv,
    "\x1A\x45\xDF\xA3\x01"sv, "OggS\0\2"sv, "\0\0\0\x1C" "ftypM4A \0\0\0\0"sv, "ID3\4\0"sv, "\xFF\xFB\x90\x64"sv, "fLaC\0"sv)
