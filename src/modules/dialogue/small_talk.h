// modules/dialogue/small_talk.h -- words of a conversation: what is said around a wish and can be no condition on goods, in either language.
//
// Three kinds. Words that qualify no goods whatever stands beside them: greetings, laughter, fillers, verbs of thinking, asking and breaking, words of time
// ("lol", "thinking of", "next week", 其实, 先试试). Circumstances: where and for what life happens ("at the gym", 宿舍), which may rank goods and leave nothing out.
// And clauses that tell of somebody ("my capo keeps buzzing", 室友睡得早), of which only the goods are a topic. Whether such a word is part of a name of
// something here ("hey jude", "lol surprise") is looked up by the reader (understand_small_talk.cpp). Pure; any thread.
#pragma once
#include "modules/dialogue/cues.h"

namespace kindling::dialogue::cues {

// "hes", "im", "dont", "u", "pls", "w/": as they are written in full; all else stays as it is.
std::string written_out(std::string_view text);

bool is_chat_word(std::u32string_view latin_word);
// Where words of conversation stand, each by itself, and phrases of them ("a pack of", "no idea") whole.
std::vector<Span> chat_words(std::u32string_view text);
// "What's up", "how are you", 好无聊: said for company.
bool opens_small_talk(std::u32string_view text);
// Of words for places, work, travel and seasons of life alone: "gym", "tiny flat", 宿舍.
bool only_circumstances(std::u32string_view words);

// What stands between stops, and from an "and he" on.
std::vector<Span> clauses_of(std::u32string_view text);
std::vector<Span> latin_words_in(std::u32string_view text, Span within);   // with their apostrophes
// Tells what somebody is, has happen or does, and wishes for nothing: "my cat is very picky", 室友睡得早.
bool tells_of_somebody(std::u32string_view text, Span clause);

}  // namespace kindling::dialogue::cues
