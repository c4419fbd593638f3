// engines/text/analysis/synonyms.h -- words that mean the same goods: 手机壳 = phone case, KFC = 肯德基, trainers = sneakers.
//
// A group works both ways. Its members may have several words and mix the scripts. commerce_synonyms() is a built-in list of
// everyday goods, colours, materials and properties, Chinese and English, written for Kindling; a shop adds its own on top.
// Synonyms serve at query time: the index holds what the seller wrote, so that a changed list needs no indexing again.
//
// Matching is on normalised text (normalise.h): case, width and traditional characters do not matter. Latin members match whole
// words, also in the plural of a last word that takes -s or -es; Han members match anywhere, the longest first.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/result.h"

namespace kindling::text {

using SynonymGroup = std::vector<std::string>;

std::vector<SynonymGroup> commerce_synonyms();
// Of these, the groups that name goods: no colours, materials, uses or brands.
std::vector<SynonymGroup> commerce_goods();
// Of these, the names of makers and brands.
std::vector<SynonymGroup> commerce_names();
// Of these, machines and furniture: no theme of other goods, as dinosaurs and trains are.
std::vector<SynonymGroup> commerce_machines();

// One group a line, members parted by commas (, ，), # begins a comment. invalid_argument "synonyms_invalid" with the line:
// a group of one, an empty member, a member over 100 bytes, broken UTF-8, more than 100,000 groups.
Result<std::vector<SynonymGroup>> parse_synonyms(std::string_view);

// Immutable after construction; any thread. A word of two groups has the alternatives of both.
class SynonymTable {
public:
    explicit SynonymTable(std::vector<SynonymGroup> const& groups);

    struct Match {
        std::uint32_t begin = 0, end = 0;       // bytes of the text
        std::vector<std::string> alternatives;  // normalised, without the matched word itself; at least one
    };
    // From left to right, the longest at each place, without overlaps. Linear for bounded members.
    std::vector<Match> find(std::string_view text) const;
    // Of one word or phrase; empty if it has none.
    std::vector<std::string> alternatives(std::string_view phrase) const;

private:
    std::vector<std::string> of(std::u32string_view key) const;

    std::vector<std::vector<std::u32string>> groups_;
    std::unordered_map<std::u32string, std::vector<std::uint32_t>> groups_of_;
    std::unordered_map<char32_t, std::size_t> longest_;   // characters, of the members that begin with this one
};

}  // namespace kindling::text
