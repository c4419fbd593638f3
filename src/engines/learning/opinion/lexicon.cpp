#include "engines/learning/opinion/lexicon.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "core/utf8.h"
#include "engines/text/analysis/characters.h"
#include "engines/text/analysis/normalise.h"

namespace kindling::opinion {

namespace {

using text::CharacterClass;

struct Meaning {
    EntryKind kind = EntryKind::noun;
    Aspect aspect = Aspect::overall;
};

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::u32string_view s) const {
        std::uint64_t h = 0xCBF29CE484222325ull;
        for (auto const c : s) h = (h ^ c) * 0x100000001B3ull;
        return h;
    }
};

struct Table {
    std::unordered_map<std::u32string, Meaning, Hash, std::equal_to<>> words;
    std::unordered_map<char32_t, std::size_t> longest;  // entry that begins with this character

    Table() {
        for (auto const& e : entries())
            for (auto rest = e.words; !rest.empty();) {
                auto const word = rest.substr(0, rest.find('|'));
                rest.remove_prefix(std::min(rest.size(), word.size() + 1));
                auto const normal = to_utf32(text::normalise(word));
                // A verdict about one thing says more than one about anything: "好看" of the look is entered later than it could be of the whole.
                words.insert_or_assign(normal, Meaning{e.kind, e.aspect});
                auto& most = longest[normal[0]];
                most = std::max(most, normal.size());
            }
    }
    static const Table& instance() {
        static const Table table;
        return table;
    }
};

bool latin(char32_t c) {
    auto const is = text::class_of(c);
    return is == CharacterClass::letter || is == CharacterClass::digit;
}

struct Match {
    std::size_t begin, end;  // characters
    Meaning meaning;
};

// The longest entry that begins at i; Latin ones only as whole words.
std::size_t entry_at(std::u32string_view text, std::size_t i, Meaning& meaning) {
    auto const& table = Table::instance();
    if (latin(text[i]) && i > 0 && latin(text[i - 1])) return 0;
    auto const most = table.longest.find(text[i]);
    if (most == table.longest.end()) return 0;
    for (auto length = std::min(most->second, text.size() - i); length > 0; --length) {
        if (auto const end = i + length; end < text.size() && latin(text[end - 1]) && latin(text[end])) continue;
        if (auto const found = table.words.find(text.substr(i, length)); found != table.words.end()) {
            meaning = found->second;
            return length;
        }
    }
    // "isn't", "wasn't": the negation is the end of a word.
    if (auto const end = text.find(U' ', i); latin(text[i])) {
        auto const word = text.substr(i, std::min(end, text.size()) - i);
        if (word.size() > 3 && (word.ends_with(U"n't") || word.ends_with(U"n’t"))) {
            meaning = {EntryKind::negation, Aspect::overall};
            return word.size();
        }
    }
    return 0;
}

bool parts(std::u32string_view text, std::size_t i) {
    if (std::u32string_view(U",;!?~…:\n\r\t、。，！？；：()【】「」\"").find(text[i]) != std::u32string_view::npos) return true;
    // A point inside a number or an address parts nothing.
    return text[i] == U'.' && (i + 1 == text.size() || !latin(text[i + 1]));
}

struct Piece { std::size_t begin, end; };

std::vector<Piece> pieces(std::u32string_view text) {
    std::vector<Piece> out;
    std::size_t from = 0;
    auto const close = [&](std::size_t to) {
        auto a = from, b = to;
        while (a < b && text[a] <= U' ') ++a;
        while (b > a && text[b - 1] <= U' ') --b;
        if (b > a) out.push_back({a, b});
        from = to;
    };
    for (std::size_t i = 0; i < text.size();) {
        if (parts(text, i)) {
            close(i), from = ++i;
            continue;
        }
        Meaning meaning;
        auto const length = entry_at(text, i, meaning);
        if (length > 0 && meaning.kind == EntryKind::turn && i > from) close(i);
        i += std::max<std::size_t>(length, 1);
    }
    close(text.size());
    return out;
}

// How far a verdict stands behind a negation: characters of Han, words of Latin text.
std::size_t distance(std::u32string_view between) {
    std::size_t n = 0;
    for (std::size_t i = 0; i < between.size(); ++i) {
        if (between[i] <= U' ') continue;
        if (!latin(between[i]) || i == 0 || !latin(between[i - 1])) ++n;
    }
    return n;
}

void judge(std::u32string_view text, Piece piece, const text::Normalised& normal, std::vector<Remark>& out) {
    std::vector<Match> matches;
    for (auto i = piece.begin; i < piece.end;) {
        Meaning meaning;
        auto const length = entry_at(text.substr(0, piece.end), i, meaning);
        if (length == 0) { ++i; continue; }
        if (meaning.kind == EntryKind::wish) return;
        matches.push_back({i, i + length, meaning});
        i += length;
    }
    std::array<int, aspect_count> sum{};
    std::array<bool, aspect_count> said{};
    for (std::size_t k = 0; k < matches.size(); ++k) {
        auto const& m = matches[k];
        if (m.meaning.kind != EntryKind::praise && m.meaning.kind != EntryKind::blame) continue;
        int sign = m.meaning.kind == EntryKind::praise ? 1 : -1;
        // "没有毛边没有味道", "no dust and no smell": a verdict that is a negation itself is turned only by one right before it.
        Meaning first;
        bool const negative = m.end - m.begin > 1 && entry_at(text.substr(0, m.end - 1), m.begin, first) > 0 && first.kind == EntryKind::negation;
        std::size_t const reach = negative ? 0 : 3;
        if (k > 0 && matches[k - 1].meaning.kind == EntryKind::negation && distance(text.substr(matches[k - 1].end, m.begin - matches[k - 1].end)) <= reach) sign = -sign;
        auto aspect = m.meaning.aspect;
        auto const noun = [&](std::size_t at) { return matches[at].meaning.kind == EntryKind::noun && matches[at].meaning.aspect != Aspect::overall; };
        bool named = false;
        for (auto j = k; j-- > 0 && !named;)
            if (noun(j)) aspect = matches[j].meaning.aspect, named = true;
        // A noun behind the verdict ("great sound") counts when the verdict belongs to nothing else.
        for (auto j = k + 1; j < matches.size() && !named && aspect == Aspect::overall; ++j)
            if (noun(j)) aspect = matches[j].meaning.aspect, named = true;
        auto const at = static_cast<std::size_t>(aspect);
        sum[at] += sign, said[at] = true;
    }
    bool const special = std::any_of(said.begin(), said.end() - 1, [](bool b) { return b; });
    for (std::size_t a = 0; a < aspect_count; ++a) {
        if (!said[a] || sum[a] == 0) continue;
        if (special && a == static_cast<std::size_t>(Aspect::overall)) continue;  // "很好闻，好": one thing was meant
        out.push_back({normal.begin[piece.begin], normal.end[piece.end - 1], static_cast<Aspect>(a), sum[a] > 0});
    }
}

}  // namespace

std::vector<Clause> clauses(std::string_view body) {
    text::Normalised normal;
    text::normalise(body, normal);
    std::vector<Clause> out;
    for (auto const& p : pieces(normal.text)) out.push_back({normal.begin[p.begin], normal.end[p.end - 1]});
    return out;
}

std::vector<Remark> remarks(std::string_view body) {
    text::Normalised normal;
    text::normalise(body, normal);
    std::vector<Remark> out;
    for (auto const& p : pieces(normal.text)) judge(normal.text, p, normal, out);
    return out;
}

std::vector<Named> aspects_named(std::string_view text) {
    text::Normalised normal;
    text::normalise(text, normal);
    std::vector<Named> out;
    for (std::size_t i = 0; i < normal.text.size();) {
        Meaning meaning;
        auto const length = entry_at(normal.text, i, meaning);
        bool const judges = meaning.kind == EntryKind::praise || meaning.kind == EntryKind::blame;
        // One Han character is too often a part of another word: the 价 of 评价.
        if (length > 1 && meaning.aspect != Aspect::overall && (meaning.kind == EntryKind::noun || judges)) out.push_back({normal.begin[i], normal.end[i + length - 1], meaning.aspect, !judges});
        i += std::max<std::size_t>(length, 1);
    }
    return out;
}

}  // namespace kindling::opinion
