#include "shop/facts/dictionary.h"
#include "core/random.h"
#include <cstring>

namespace kindling::shop::facts {

std::uint64_t text_hash(std::string_view text) {
    auto const fold = [](std::uint64_t a, std::uint64_t b) {
        auto const product = static_cast<Wide>(a) * b;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    };
    std::uint64_t h = 0x9E3779B97F4A7C15ull ^ text.size();
    while (text.size() >= 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data(), 8);
        h = fold(h ^ word, 0xD6E8FEB86659FD93ull);
        text.remove_prefix(8);
    }
    std::uint64_t rest = 0;
    if (!text.empty()) std::memcpy(&rest, text.data(), text.size());  // an empty view may point nowhere
    h = fold(h ^ rest, 0xA0761D6478BD642Full);
    return fold(h, 0xE7037ED1A0B428DBull);
}

}  // namespace kindling::shop::facts
