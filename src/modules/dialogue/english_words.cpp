// is_chinese_word: Debian's python3-jieba (349,000 words, of which those of two to four characters are kept as hashes, 2.5 MB); is_english_word: Debian's wamerican-small (SCOWL, 51,000 words), read once and kept as hashes (0.4 MB). A word that is right as it stands is not mended
// into the name of something that the shop happens to sell. Without the list nothing is known, and only the dialogue's own common words are safe.
#include "core/utf8.h"
#include "modules/dialogue/lexicon.h"
#include <algorithm>
#include <fstream>
#include <vector>

namespace kindling::dialogue {

bool is_english_word(std::u32string_view word) {
    static auto const known = [] {
        std::vector<std::size_t> hashes;
        std::ifstream list("/usr/share/dict/american-english-small");
        // Names (capitals) and possessives are left out: both are as likely to be a slip as a word.
        for (std::string line; std::getline(list, line);)
            if (!line.empty() && std::ranges::all_of(line, [](char c) { return c >= 'a' && c <= 'z'; })) hashes.push_back(std::hash<std::string_view>()(line));
        std::ranges::sort(hashes);
        return hashes;
    }();
    return std::ranges::binary_search(known, std::hash<std::string_view>()(to_utf8(word)));
}

namespace {

std::vector<std::size_t> const& chinese_words() {
    static auto const known = [] {
        std::vector<std::size_t> hashes;
        std::ifstream list("/usr/lib/python3/dist-packages/jieba/dict.txt");
        for (std::string line; std::getline(list, line);) {
            auto const entry = std::string_view(line).substr(0, line.find(' '));
            if (entry.size() >= 6 && entry.size() <= 12 && entry.size() % 3 == 0 && static_cast<unsigned char>(entry.front()) >= 0xE0) hashes.push_back(std::hash<std::string_view>()(entry));
        }
        std::ranges::sort(hashes);
        return hashes;
    }();
    return known;
}

}  // namespace

bool is_listed_chinese_word(std::u32string_view word) { return std::ranges::binary_search(chinese_words(), std::hash<std::string_view>()(to_utf8(word))); }

bool is_chinese_word(std::u32string_view word) { return chinese_words().empty() || is_listed_chinese_word(word); }

}  // namespace kindling::dialogue
