// engines/text/analysis/trie.h -- words of 16-bit characters with a score each, in three flat arrays.
//
// Nodes are numbered level by level, brothers in the order of their label, so the children of node i are exactly
// [first_child[i], first_child[i + 1]): 14 bytes a node, no pointers, built in one pass over the sorted words. The first
// character is an array look-up, later ones a binary search among brothers (a handful, except under the commonest characters).
//
// Immutable after build; any thread.
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::text {

class Trie {
public:
    using Node = std::uint32_t;
    static constexpr Node none = 0;  // also the root, which is nobody's child
    static constexpr double no_word = -std::numeric_limits<double>::infinity();

    struct Entry {
        std::uint32_t offset = 0, length = 0;  // characters in the arena
        double score = 0;
    };

    Trie() = default;
    // Words are arena[offset, offset + length), any order; of equal words the greatest score counts; empty ones are left out.
    Trie(std::u16string_view arena, std::vector<Entry> entries);

    bool empty() const { return labels_.size() < 2; }
    Node first(char32_t c) const { return c < 0x10000 && !roots_.empty() ? roots_[c] : none; }
    Node child(Node parent, char32_t c) const {
        auto low = first_child_[parent];
        auto high = first_child_[parent + 1];
        while (high - low > 8) {
            auto const middle = (low + high) / 2;
            (labels_[middle] <= c ? low : high) = middle;
        }
        for (; low < high; ++low)
            if (labels_[low] == c) return low;
        return none;
    }
    // no_word unless a word ends here.
    double score(Node node) const { return scores_[node]; }
    double find(std::u32string_view word) const;

    std::size_t nodes() const { return labels_.size(); }
    std::size_t bytes() const { return labels_.capacity() * 2 + first_child_.capacity() * 4 + scores_.capacity() * 8 + roots_.capacity() * 4; }

private:
    std::vector<char16_t> labels_;
    std::vector<std::uint32_t> first_child_;
    std::vector<double> scores_;
    std::vector<Node> roots_;  // by character
};

}  // namespace kindling::text
