// engines/text/analysis/pinyin.h -- how Han characters are read, without tones: for typing errors, full pinyin and initials.
//
// Shoppers type 洗澡叶 for 洗澡液, "xizaoye" or "xzy". Readings come from ICU's Han-Latin table (data/readings.cpp, 20,900
// characters) plus a list of characters with more than one common reading (data in pinyin.cpp); words whose reading differs from their
// characters' commonest ones (重庆 chong, 银行 hang, 音乐 yue, 长款) are looked up first.
// ü is written v. Sounds that people mix up (z/zh, c/ch, s/sh, n/l, f/h, in/ing, en/eng, an/ang) fold to one by fuzzy().
//
// Built once on first use (measured: 2 ms, 1.8 MB); constant after that; any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kindling::text {

// The readings of one character, the commonest first; empty if it has none here. Views live for ever.
std::vector<std::string_view> readings(char32_t han);

// "蓝牙耳机2" -> {"lan", "ya", "er", "ji", "2"}: a syllable per Han character, other letters and digits run by run, folded. Traditional
// characters are read as their simplified forms.
std::vector<std::string> pinyin_syllables(std::string_view text);

// All syllables in a row: "lanyaerji2". The key under which a word meets what sounds like it.
std::string pinyin(std::string_view text);

// First letters: "蓝牙耳机" -> "lyej".
std::string pinyin_initials(std::string_view text);

// One spelling for syllables that sound alike to many speakers: zhong -> zong, ling -> nin. For one syllable.
std::string fuzzy_syllable(std::string_view syllable);
std::string fuzzy_pinyin(std::string_view text);

// Cuts Latin input into pinyin syllables, longest first with backtracking: "xizaoye" -> {"xi", "zao", "ye"}; empty if it is not pinyin
// all through. At most 64 letters. An apostrophe parts syllables (xi'an).
std::vector<std::string> cut_pinyin(std::string_view latin);

}  // namespace kindling::text
