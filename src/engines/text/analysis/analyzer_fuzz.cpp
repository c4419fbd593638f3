// Any bytes: tokens are valid UTF-8, in range and in order, whatever the text; reused buffers give the same answer.
#include "core/fuzz_seeds.h"
#include "core/utf8.h"
#include "engines/text/analysis/analyzer.h"
#include "engines/text/analysis/normalise.h"
#include "engines/text/analysis/segment.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kindling::text;
    static auto const analyzer = *Analyzer::create({});
    static auto const dictionary = *Dictionary::parse("连衣裙 60 n\n衣裙 9 n\nT恤 9 n\n卡拉OK 3 n\n蓝牙 50 n\n耳机 60 n\n恤 2 n\n");
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    static std::vector<Token> tokens;
    for (auto const mode : {Mode::index, Mode::query}) {
        analyzer->analyze(text, mode, tokens);
        std::uint32_t position = 0;
        for (auto const& token : tokens) {
            if (token.term.empty() || token.term.size() > Analyzer::max_term_bytes || !kindling::is_utf8(token.term)) __builtin_trap();
            if (token.begin >= token.end || token.end > size || token.position < position) __builtin_trap();
            position = token.position;
        }
        if (analyzer->analyze(text, mode).size() != tokens.size()) __builtin_trap();
    }
    Normalised normal;
    normalise(text, normal);
    std::u32string again;
    for (auto const& word : dictionary->cut(normal.text)) again += word;
    if (again != normal.text) __builtin_trap();
    (void)Dictionary::parse(text);
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "蓝牙耳机 T恤 卡拉OK wi-fi 12.5cm don't"sv,
    "ＦＵＬＬ　ｗｉｄｔｈ ﬁ ½ é e\u0301 ☕"sv,
    "连衣裙 60 n\n衣裙 9 n\n"sv,
    "shoes => trainers, sneakers\nkfc, 肯德基\n# note\n"sv,
    "\xff\xfe\xe7\x81"sv)
