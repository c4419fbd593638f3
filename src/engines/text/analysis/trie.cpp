#include "engines/text/analysis/trie.h"

#include <algorithm>

namespace kindling::text {

namespace {

// The first four characters as one number: nearly every comparison of a Chinese dictionary ends there.
std::uint64_t head(std::u16string_view word) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < 4; ++i) key = key << 16 | (i < word.size() ? word[i] : 0);
    return key;
}

}  // namespace

Trie::Trie(std::u16string_view arena, std::vector<Entry> entries) {
    struct Keyed {
        std::uint64_t head;
        std::uint32_t entry;
    };
    std::erase_if(entries, [](Entry const& e) { return e.length == 0; });
    auto const word = [&](Entry const& e) { return arena.substr(e.offset, e.length); };
    std::vector<Keyed> order(entries.size());
    for (std::uint32_t i = 0; i < entries.size(); ++i) order[i] = {head(word(entries[i])), i};
    auto const before = [&](Keyed const& a, Keyed const& b) {
        if (a.head != b.head) return a.head < b.head;
        auto const &x = entries[a.entry], &y = entries[b.entry];
        if (x.length <= 4 && y.length <= 4) return x.length < y.length;
        return word(x) < word(y);
    };
    if (!std::is_sorted(order.begin(), order.end(), before)) std::sort(order.begin(), order.end(), before);

    // Level by level: each range of words shares its first `depth` characters and belongs to one node.
    struct Range {
        std::uint32_t from, to;
    };
    std::vector<Range> level = {{0, static_cast<std::uint32_t>(order.size())}}, next;
    labels_.push_back(0), scores_.push_back(no_word), roots_.assign(entries.empty() ? 0 : 0x10000, none);
    for (std::size_t depth = 0; !level.empty(); ++depth, level.swap(next)) {
        next.clear();
        for (auto range : level) {
            first_child_.push_back(static_cast<std::uint32_t>(labels_.size()));
            while (range.from < range.to && entries[order[range.from].entry].length == depth) ++range.from;  // the node's own word
            while (range.from < range.to) {
                auto const label = word(entries[order[range.from].entry])[depth];
                auto to = range.from;
                auto score = no_word;
                for (; to < range.to && word(entries[order[to].entry])[depth] == label; ++to)
                    if (auto const& e = entries[order[to].entry]; e.length == depth + 1) score = std::max(score, e.score);
                if (depth == 0) roots_[label] = static_cast<Node>(labels_.size());
                labels_.push_back(label), scores_.push_back(score), next.push_back({range.from, to});
                range.from = to;
            }
        }
    }
    first_child_.push_back(static_cast<std::uint32_t>(labels_.size()));
    labels_.shrink_to_fit(), scores_.shrink_to_fit(), first_child_.shrink_to_fit();
}

double Trie::find(std::u32string_view text) const {
    if (text.empty()) return no_word;
    auto node = first(text[0]);
    for (std::size_t i = 1; node != none && i < text.size(); ++i) node = child(node, text[i]);
    return node == none ? no_word : score(node);
}

}  // namespace kindling::text
