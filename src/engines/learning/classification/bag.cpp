#include "engines/learning/classification/bag.h"

#include <string>

#include "core/utf8.h"
#include "engines/text/analysis/characters.h"
#include "engines/text/analysis/normalise.h"

namespace kindling::classification {

namespace {

using text::CharacterClass;

constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    auto const x = (a ^ (b + 0x9E3779B97F4A7C15ull + (a << 6) + (a >> 2))) * 0xBF58476D1CE4E5B9ull;
    return x ^ x >> 31;
}
constexpr std::uint32_t folded(std::uint64_t h) { return static_cast<std::uint32_t>(h >> 32); }

std::vector<std::u32string> words_of(std::string_view text) {
    auto const normal = to_utf32(text::normalise(text));
    std::vector<std::u32string> out;
    bool open = false;
    for (auto const c : normal) {
        auto const is = text::class_of(c);
        bool const joins = is == CharacterClass::letter || is == CharacterClass::digit || (c == U'\'' && open);
        if (is == CharacterClass::other && (c <= U' ' || c == 0x3000)) { open = false; continue; }
        if (joins && open) out.back() += c;
        else out.emplace_back(1, c);
        open = joins;
    }
    return out;
}

}  // namespace

void add_words(std::string_view text, std::uint32_t space, int longest, Bag& bag) {
    std::vector<std::uint64_t> words{1};
    for (auto const& w : words_of(text)) {
        std::uint64_t h = 7;
        for (auto const c : w) h = mix(h, c);
        words.push_back(h);
    }
    words.push_back(2);
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto h = mix(space * 2 + 1, 3);
        for (std::size_t n = 0; n < static_cast<std::size_t>(longest) && i + n < words.size(); ++n) {
            h = mix(h, words[i + n]);
            if (n > 0 || words[i] > 2) bag.add(folded(mix(h, n)));  // the borders alone say nothing
        }
    }
}

void add_characters(std::string_view text, std::uint32_t space, int shortest, int longest, Bag& bag) {
    // One blank between words of letters, none between Han characters: there an n-gram crosses freely.
    std::u32string line = U" ";
    for (auto const& w : words_of(text)) {
        bool const letters = text::class_of(w[0]) == CharacterClass::letter || text::class_of(w[0]) == CharacterClass::digit;
        if (letters && line.back() != U' ') line += U' ';
        line += w;
        if (letters) line += U' ';
    }
    if (line.back() != U' ') line += U' ';
    for (std::size_t i = 0; i < line.size(); ++i) {
        auto h = mix(space * 2 + 2, 5);
        for (std::size_t n = 0; n < static_cast<std::size_t>(longest) && i + n < line.size(); ++n) {
            if (n > 0 && line[i + n - 1] == U' ' && n > 1) break;  // past the end of a word
            h = mix(h, line[i + n]);
            if (n + 1 >= static_cast<std::size_t>(shortest)) bag.add(folded(mix(h, n)));
        }
    }
}

void add_fact(std::string_view name, std::uint64_t value, Bag& bag) {
    std::uint64_t h = 11;
    for (unsigned char const c : name) h = mix(h, c);
    bag.add(folded(mix(h, value)));
}

Bag text_bag(std::string_view text) {
    Bag bag;
    add_words(text, 0, 2, bag), bag.close(1);
    add_characters(text, 0, 2, 5, bag), bag.close(1);
    return bag;
}

}  // namespace kindling::classification
