// Any bytes as a model of the tagger, also behind a checksum that is made to fit; a model that is taken must tag any text.
#include "core/fuzz_seeds.h"
#include "core/utf8.h"
#include "engines/learning/tagging/tagger.h"

using namespace kindling;
using namespace kindling::tagging;

namespace {

std::string small_model() {
    std::vector<MarkedText> texts;
    for (int i = 0; i < 8; ++i) texts.push_back({i % 2 ? U"红色 Nike 鞋" : U"鞋 Nike", {i % 2 ? Span{3, 7, 0} : Span{2, 6, 0}}});
    return Tagger::train(texts, {"brand", "product"}, {.epochs = 2, .members = 1})->write();
}

void use(std::string_view file, std::u32string_view text) {
    auto const tagger = Tagger::read(file);
    if (!tagger) return;
    Tagger::Scratch scratch;
    std::vector<float> sure;
    for (auto const& s : tagger->tag(text, sure, scratch))
        if (s.begin >= s.end || s.end > text.size() || s.type >= tagger->types().size()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    std::string_view const bytes(reinterpret_cast<const char*>(data), size);
    use(bytes, U"鞋");
    use(model_file::seal("KTAG0001", bytes), U"鞋");
    // A good model with some of its bytes replaced: [place (2), byte]*; what is left of the input is the text.
    static auto const good = small_model();
    std::string body(good.substr(16));
    std::size_t at = 0;
    for (; at + 3 <= size && at < 24; at += 3) body[(data[at] * 256u + data[at + 1]) * body.size() / 65536] = static_cast<char>(data[at + 2]);
    use(model_file::seal("KTAG0001", body), to_utf32(bytes.substr(at)));
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "KTAG0001"sv,
    "\0\0\1\0\2\11\377\0\0\0\1\1\0\3\1\0\4\1\0\5\1\0\6\1red Nike \xe9\x9e\x8b"sv,
    "\377\377\1\200\0\377\100\0\377\20\0\377\0\0\1\0\1\2\0\2\2\0\3\2Nike"sv)
