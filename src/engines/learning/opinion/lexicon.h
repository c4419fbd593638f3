// engines/learning/opinion/lexicon.h -- opinions of a review without any training: a small lexicon of both languages and rules.
//
// A review is cut into clauses (signs, and words that turn: 但, 就是, but). Within a clause the longest entry wins at each place; an entry is a noun of an
// aspect (物流, delivery), a word that judges (好, great), one that judges an aspect by itself (划算: price, praise; pilled: quality, blame), a negation, a wish
// (希望, I wish), or an idiom that means nothing here (好几天, not only). A negation turns a verdict that follows within three characters or words. A clause with a
// verdict is a remark about the aspect whose noun stands before it, else the one that its verdict implies, else the whole. A clause that wishes or
// has no verdict says nothing: stars are never read into words.
//
// Sources: the method of Hu & Liu 2004 (features and opinion words); Taboada et al. 2011 (negation, wishes are no verdicts). The entries are our own, written for a general
// shop; no data set was copied. Linear in the text; tables are built on first use (constant afterwards). Any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace kindling::opinion {

enum class Aspect : std::uint8_t { quality, look, size, comfort, use, effect, sound, battery, smell, taste, noise, price, delivery, packaging, service, description, overall };
inline constexpr std::size_t aspect_count = 17;

struct AspectName {
    std::string_view key, en, zh;
};
AspectName name_of(Aspect);
std::optional<Aspect> aspect_called(std::string_view key);

struct Remark {
    std::uint32_t begin = 0, end = 0;  // bytes of the clause in the text, without blanks and signs at its ends
    Aspect aspect = Aspect::overall;
    bool praise = true;
};

// In order; at most one remark for each aspect of a clause. Texts of 4 GB and more are cut off there.
std::vector<Remark> remarks(std::string_view text);

// Which aspects the words of a question name ("and the sound?", 电池呢), in order, each as often as it is named: by a noun, or by a word that judges
// that one aspect (comfortable). The whole is no aspect.
struct Named {
    std::uint32_t begin = 0, end = 0;  // bytes of the text
    Aspect aspect = Aspect::overall;
    bool by_noun = true;
};
std::vector<Named> aspects_named(std::string_view text);

// The clauses of a text as [begin, end) bytes, trimmed, none empty: what can be quoted.
struct Clause { std::uint32_t begin = 0, end = 0; };
std::vector<Clause> clauses(std::string_view text);

// Internal: an entry of the lexicon.
enum class EntryKind : std::uint8_t { noun, praise, blame, negation, wish, idiom, turn };
struct Entry {
    std::string_view words;  // separated by '|'; all lower case, simplified
    EntryKind kind = EntryKind::noun;
    Aspect aspect = Aspect::overall;
};
std::span<const Entry> entries();

}  // namespace kindling::opinion
