// Listings for tests: goods of a made-up shop whose neighbours differ by a version, a size or a colour.
#pragma once
#include <fmt/format.h>

#include "core/random.h"
#include "engines/learning/matching/simulate.h"

namespace kindling::matching::testing {

inline Analyse analyse() {
    static auto const analyzer = *text::Analyzer::create({});
    return [](std::string_view t, text::Mode mode, std::vector<text::Token>& out) { analyzer->analyze(t, mode, out); };
}

inline std::vector<Record> listings(std::size_t n, std::uint64_t seed) {
    static constexpr std::string_view brands[] = {"Sonora", "Kestrel", "Nordlys", "Bluepeak", "Ama", "Tervo", "Quill"};
    static constexpr std::string_view things[] = {"wireless headphones", "espresso machine", "trail running shoes", "desk lamp", "rice cooker", "travel backpack", "robot vacuum", "mechanical keyboard", "water bottle", "yoga mat", "tax software", "photo editor"};
    static constexpr std::string_view kinds[] = {"standard", "professional", "upgrade", "deluxe", "student edition", "mini", "for kids", "limited", "travel set", "refill"};
    static constexpr std::string_view colours[] = {"black", "white", "silver", "navy", "red", "olive"};
    Random random(seed);
    std::vector<Record> out;
    for (std::size_t i = 0; i < n; ++i) {
        auto const brand = random.one_of(brands);
        auto const code = fmt::format("{}{}-{}{}", static_cast<char>('A' + random.below(26)), static_cast<char>('A' + random.below(26)), random.between(100, 9999), static_cast<char>('A' + random.below(26)));
        Record r{.title = fmt::format("{} {} {} {} {}", brand, random.one_of(things), random.one_of(kinds), random.one_of(colours), random.chance(0.5) ? code : fmt::format("{}", random.between(1, 12))), .brand = std::string(brand)};
        r.description = fmt::format("{} with {} parts, {} months of warranty", random.one_of(things), random.between(2, 30), random.one_of(std::array{6, 12, 24, 36}));
        r.price_minor = random.between(500, 90'000), r.currency = "CNY";
        out.push_back(std::move(r));
    }
    return out;
}

struct F1 {
    double said = 0, right = 0, all = 0;
    double value() const { return said + all > 0 ? 2 * right / (said + all) : 0; }
};

}  // namespace kindling::matching::testing
