// Any text through the lexicon and the digest: stretches lie in the text, between code points; any bytes as a model of opinions.
#include "core/fuzz_seeds.h"
#include "core/utf8.h"
#include "engines/learning/opinion/digest.h"
#include "engines/learning/opinion/extractor.h"

using namespace kindling;
using namespace kindling::opinion;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<const char*>(data), size);
    for (auto const& r : remarks(text))
        if (r.begin >= r.end || r.end > text.size()) __builtin_trap();
    auto const half = text.substr(0, size / 2);
    bool const clean = is_utf8(text);
    std::vector<ReviewText> const reviews{{text}, {half}};
    for (auto const& a : digest(reviews).aspects)
        for (auto const& q : a.quotes) {
            auto const body = reviews[q.review].body;
            if (q.begin >= q.end || q.end > body.size()) __builtin_trap();
            if (clean && q.review == 0 && !is_utf8(body.substr(q.begin, q.end - q.begin))) __builtin_trap();
        }
    (void)Extractor::read_file(text);
    (void)Extractor::read_file(model_file::seal("KOPI0001", text));
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "音质好，但是续航没有宣传的那么久。希望更便宜"sv,
    "Great sound, but it isn't comfortable. The box was damaged!"sv,
    "KOPI0001"sv)
