#include "engines/learning/tagging/features.h"

#include <algorithm>

#include "engines/text/analysis/characters.h"

namespace kindling::tagging {

namespace {

using text::CharacterClass;

constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    auto x = (a ^ (b + 0x9E3779B97F4A7C15ull + (a << 6) + (a >> 2))) * 0xBF58476D1CE4E5B9ull;
    return x ^ x >> 31;
}

// Numbers its templates as they come, so every call at a position must be made at every position.
class Adder {
public:
    explicit Adder(Rows& rows) : rows_(rows) {}
    template <class... T> void operator()(T... parts) {
        std::uint64_t h = ++number_ * 0xD1342543DE82EF95ull;
        ((h = mix(h, static_cast<std::uint64_t>(parts))), ...);
        rows_.features.push_back(static_cast<std::uint32_t>(h >> 32));
    }

private:
    Rows& rows_;
    std::uint64_t number_ = 0;
};

std::uint64_t hash(std::u32string_view word) {
    std::uint64_t h = word.size();
    for (auto const c : word) h = mix(h, c);
    return h;
}

std::uint64_t kind(char32_t c) {
    constexpr std::u32string_view numerals = U"零〇一二三四五六七八九十百千万亿两";
    auto const of = text::class_of(c);
    if (of == CharacterClass::han) return numerals.find(c) != std::u32string_view::npos ? 5 : 1;
    if (of != CharacterClass::other) return of == CharacterClass::digit ? 2 : 3;
    return c <= U' ' || c == 0x3000 ? 4 : 0;
}

// The words of a text: the dictionary's, runs of letters and digits, single signs.
struct Words {
    std::vector<std::uint64_t> word;        // of each word
    std::vector<std::uint32_t> of;          // word of each position
    std::vector<std::uint8_t> place;        // 0 begin 1 inside 2 end 3 alone
    std::vector<std::uint8_t> begin, inside, end;  // the longest dictionary word that begins, covers, ends here
};

Words cut(std::u32string_view text, const text::Dictionary& dictionary) {
    auto const n = text.size();
    Words w{{}, std::vector<std::uint32_t>(n), std::vector<std::uint8_t>(n, 3), std::vector<std::uint8_t>(n), std::vector<std::uint8_t>(n), std::vector<std::uint8_t>(n)};
    text::Dictionary::Scratch scratch;
    std::vector<std::uint32_t> ends;
    for (std::size_t i = 0; i < n;) {
        auto to = i;
        while (to < n && text::class_of(text[to]) != CharacterClass::other) ++to;
        ends.clear();
        if (to > i) dictionary.cut(text.substr(i, to - i), ends, scratch);
        else to = i + 1, ends.push_back(1);
        for (std::size_t k = i; k < to && text::class_of(text[k]) != CharacterClass::other; ++k)
            dictionary.each_word(text.substr(0, to), k, [&](std::size_t length, bool) {
                auto const l = static_cast<std::uint8_t>(std::min<std::size_t>(length, 5));
                w.begin[k] = std::max(w.begin[k], l), w.end[k + length - 1] = std::max(w.end[k + length - 1], l);
                for (auto m = k + 1; m + 1 < k + length; ++m) w.inside[m] = std::max(w.inside[m], l);
            });
        for (std::size_t from = i; auto const e : ends) {
            auto const stop = i + e;
            for (auto k = from; k < stop; ++k) w.of[k] = static_cast<std::uint32_t>(w.word.size()), w.place[k] = stop - from == 1 ? 3 : k == from ? 0 : k + 1 == stop ? 2 : 1;
            w.word.push_back(hash(text.substr(from, stop - from)));
            from = stop;
        }
        i = to;
    }
    return w;
}

}  // namespace

std::u32string folded(std::u32string_view text) {
    std::u32string out(text);
    for (auto& c : out)
        if (auto const to = text::Characters::table().fold(c)) c = to;
    return out;
}

void character_rows(std::u32string_view text, const text::Dictionary* dictionary, Rows& rows) {
    rows.clear();
    auto const n = static_cast<std::ptrdiff_t>(text.size());
    auto const c = [&](std::ptrdiff_t i) -> std::uint64_t { return i < 0 ? 1 : i >= n ? 2 : text[static_cast<std::size_t>(i)]; };
    auto const k = [&](std::ptrdiff_t i) -> std::uint64_t { return i < 0 || i >= n ? 9 : kind(text[static_cast<std::size_t>(i)]); };
    Words words;
    if (dictionary) words = cut(text, *dictionary);
    auto const word = [&](std::ptrdiff_t i) -> std::uint64_t { return i < 0 ? 1 : i >= static_cast<std::ptrdiff_t>(words.word.size()) ? 2 : words.word[static_cast<std::size_t>(i)]; };
    for (std::ptrdiff_t i = 0; i < n; ++i) {
        Adder add(rows);
        for (std::ptrdiff_t d = -3; d <= 3; ++d) add(c(i + d));
        for (std::ptrdiff_t d = -2; d <= 1; ++d) add(c(i + d), c(i + d + 1));
        add(c(i - 1), c(i + 1));
        for (std::ptrdiff_t d = -2; d <= 0; ++d) add(c(i + d), c(i + d + 1), c(i + d + 2));
        add(k(i - 1), k(i), k(i + 1)), add(k(i - 2), k(i - 1), k(i), k(i + 1), k(i + 2));
        add(0);  // how frequent a label is
        if (dictionary) {
            auto const at = static_cast<std::size_t>(i);
            auto const w = static_cast<std::ptrdiff_t>(words.of[at]);
            auto const p = words.place[at];
            add(word(w), p), add(word(w - 1), p), add(word(w + 1), p), add(word(w - 1), word(w), p), add(word(w), word(w + 1), p);
            add(word(w - 2), word(w - 1), p), add(word(w + 1), word(w + 2), p);
            add(words.begin[at], words.inside[at], words.end[at]), add(words.begin[at], words.inside[at], words.end[at], c(i));
            add(p, i > 0 ? words.place[at - 1] : 9, i + 1 < n ? words.place[at + 1] : 9);
        }
        rows.close();
    }
}

void word_rows(std::span<const std::u32string_view> words, Rows& rows) {
    rows.clear();
    auto const n = static_cast<std::ptrdiff_t>(words.size());
    std::vector<std::uint64_t> hashes;
    for (auto const w : words) hashes.push_back(hash(w));
    auto const w = [&](std::ptrdiff_t i) -> std::uint64_t { return i < 0 ? 1 : i >= n ? 2 : hashes[static_cast<std::size_t>(i)]; };
    auto const shape = [&](std::ptrdiff_t i) -> std::uint64_t {
        if (i < 0 || i >= n) return 9;
        std::uint64_t out = 0, last = 9;
        for (auto const c : words[static_cast<std::size_t>(i)])
            if (auto const is = kind(c); is != last) out = out * 7 + is + 1, last = is;
        return out;
    };
    for (std::ptrdiff_t i = 0; i < n; ++i) {
        Adder add(rows);
        auto const text = words[static_cast<std::size_t>(i)];
        for (std::ptrdiff_t d = -2; d <= 2; ++d) add(w(i + d));
        for (std::ptrdiff_t d = -2; d <= 1; ++d) add(w(i + d), w(i + d + 1));
        add(w(i - 1), w(i + 1)), add(w(i - 1), w(i), w(i + 1));
        for (std::size_t length = 1; length <= 4; ++length) add(hash(text.substr(0, length))), add(hash(text.substr(text.size() - std::min(length, text.size()))));
        add(shape(i)), add(shape(i - 1), shape(i), shape(i + 1)), add(0);
        rows.close();
    }
}

}  // namespace kindling::tagging
