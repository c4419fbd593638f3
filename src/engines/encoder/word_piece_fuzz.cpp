// Any bytes as a vocabulary and any bytes as a text: numbers are of the vocabulary, no more than asked for, between the first and the last.
#include "core/fuzz_seeds.h"
#include "engines/encoder/word_piece.h"
#include <cstdlib>
#include <string>

using namespace kindling::encoder;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size < 2) return 0;
    std::string_view const bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
    auto const cut = bytes.size() * data[0] / 255;
    auto const any = WordPiece::read(bytes.substr(0, cut), {});
    if (!any && any.error().message.empty()) std::abort();
    WordPieceOptions const options{.lower_case = (data[1] & 1) != 0, .strip_accents = (data[1] & 2) != 0, .separate_han = (data[1] & 4) != 0};
    auto const words = WordPiece::read("[PAD]\n[UNK]\n[CLS]\n[SEP]\n" + std::string(bytes.substr(0, cut)), options);
    if (!words) return words.error().message.empty() ? std::abort(), 0 : 0;
    std::size_t const most = 2 + data[1] / 8;
    auto const numbers = words->numbers(bytes.substr(cut), most);
    if (numbers.size() < 2 || numbers.size() > most) std::abort();
    for (auto const n : numbers)
        if (n < 0 || n >= static_cast<std::int64_t>(words->size())) std::abort();
    return 0;
}

KINDLING_FUZZ_SEEDS("\x40\xff" "a\nb\n##c\nabc ab cab caf\xc3\xa9"sv, "\x10\x87\xe7\xba\xa2\n\xe7\xba\xa2\xe8\x89\xb2 e\xcc\x81"sv, "\0\0"sv)
