// Any bytes as a model of the classifier, also behind a checksum that is made to fit; a model that is taken must judge any text.
#include "core/fuzz_seeds.h"
#include "engines/learning/classification/classifier.h"

using namespace kindling;
using namespace kindling::classification;

namespace {

std::string small_model() {
    std::vector<Document> documents;
    for (std::uint32_t i = 0; i < 8; ++i) documents.push_back({text_bag(i % 2 ? "退货 return" : "尺码 size"), {i % 2}, i});
    return Classifier::train(documents, {"a", "b"}, {})->write();
}

void use(std::string_view file, std::string_view text) {
    auto const model = Classifier::read(file);
    if (!model) return;
    if (model->probabilities(text_bag(text)).size() != model->classes().size()) __builtin_trap();
    for (auto const l : model->labels(text_bag(text)))
        if (l >= model->classes().size()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    std::string_view const bytes(reinterpret_cast<const char*>(data), size);
    use(bytes, "退货");
    use(model_file::seal("KCLA0001", bytes), "退货");
    // A good model with some of its bytes replaced: [place (2), byte]*; what is left of the input is the text.
    static auto const good = small_model();
    std::string body(good.substr(16));
    std::size_t at = 0;
    for (; at + 3 <= size && at < 24; at += 3) body[(data[at] * 256u + data[at + 1]) * body.size() / 65536] = static_cast<char>(data[at + 2]);
    use(model_file::seal("KCLA0001", body), bytes.substr(at));
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "KCLA0001"sv,
    "\0\0\1\0\2\3\377\0\0\0\1\1\0\3\1\0\4\1\0\5\1\0\6\1return"sv,
    "\377\377\1\200\0\377\100\0\377\20\0\377\0\0\1\0\1\2\0\2\2\0\3\2size"sv)
