// engines/text/index/suggest.h -- what a shopper may be about to type: popular queries and titles by prefix.
//
// An entry is found by the beginning of any word of any of its keys: the text itself, and whatever spellings the caller adds
// (pinyin "lanyaerji", initials "lyej"). The best are those with the most weight; a match in the middle counts half.
// All word beginnings lie in one sorted list with the best weight of every 64 beside it, so that a prefix with half the list
// in its range costs a look at the best blocks only.
// Built once, constant after that, any thread. Memory: the keys, and 16 bytes per word of them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::text {

struct Suggestion {
    std::string text;
    double weight = 0;
};

class Suggester {
public:
    struct Entry {
        std::string text;               // as it is shown
        double weight = 1;              // for example how often it was searched or sold; negative counts as 0
        std::vector<std::string> keys;  // normalised; words parted by single spaces
    };
    // The same text again adds its weight and its keys.
    explicit Suggester(std::vector<Entry> entries);

    // `prefix`: normalised as the keys are. Best first, ties by text; nothing for an empty prefix.
    std::vector<Suggestion> complete(std::string_view prefix, std::size_t limit) const;
    std::size_t size() const { return entries_.size(); }

private:
    struct Start {
        std::uint32_t key, offset;
        float weight;
        std::uint32_t entry;
    };
    std::string_view at(const Start& s) const { return std::string_view(keys_[s.key]).substr(s.offset); }

    std::vector<Suggestion> entries_;
    std::vector<std::string> keys_;
    std::vector<Start> starts_;       // sorted by the text from there on
    std::vector<float> best_;         // per block of 64 starts
};

}  // namespace kindling::text
