// Any bytes as a model: read behind a checksum that is made to fit, then asked and taught.
#include <cstring>

#include "core/fuzz_seeds.h"
#include "core/stable_hash.h"
#include "engines/learning/recommend/model.h"

using namespace kindling::recommend;

namespace {

std::string small_model() {
    std::vector<History> histories;
    for (Item u = 0; u < 40; ++u) histories.push_back({{u % 7, 0, 0}, {(u + 1) % 7, 1, 1}, {(u + 2) % 7, 1, 1}, {(u + 3) % 7, 2, static_cast<float>(u % 5)}});
    Goods goods{8, {{0}, {0, 1}, {1}, {2}, {2, 3}, {3}, {}, {1, 2}}};
    return Model::create(histories, goods, {.threads = 1})->write();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    (void)Model::read({reinterpret_cast<const char*>(data), size});
    // A good model with some of its bytes replaced: [place (2), byte]*.
    static auto const good = small_model();
    auto bytes = good;
    for (std::size_t i = 0; i + 3 <= size; i += 3) bytes[16 + (data[i] * 256u + data[i + 1]) * (bytes.size() - 16) / 65536] = static_cast<char>(data[i + 2]);
    auto const sum = kindling::stable_hash(std::string_view(bytes).substr(16));
    std::memcpy(bytes.data() + 8, &sum, sizeof sum);
    auto model = Model::read(bytes);
    if (!model) return 0;
    Asking asking;
    auto const history = sequence(std::vector<Item>{0, 3});
    (void)model->recommend({.history = history, .view = std::vector<Item>{1}, .preferences = std::vector<Preference>{{2, 1}}}, asking);
    auto const number = model->open_history();
    if (!model->observe(number, std::vector<Item>{0}, 3)) return 0;
    (void)model->add_item({1});
    (void)model->recommend({.placement = Placement::basket, .history = model->tables().history(number), .self = number}, asking);
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\0\10\1\0\100\377\1\0\0"sv,
    "\20\0\377\40\0\377\100\0\377\200\0\377"sv,
    "KREC0002"sv)
