// modules/dialogue/goods_question.h -- what a question about goods in view asks of them, and where their titles, fields and descriptions tell it.
//
// A table of things that shoppers ask in words of their own ("survive sweat", 好洗吗, "part of a series") and of the words by which data tells them ("IPX4", 可拆洗,
// "Book 1"). What the table does not know is asked with its own words, all of which must stand in one sentence. Pure; any thread.
#pragma once
#include "modules/dialogue/cues.h"

namespace kindling::dialogue {

// `told`: words as in cues.h; a Latin one that ends in * is the beginning of a word, # is a number that stands right before or behind.
struct AskedThing {
    enum class Kind { told, story, colours, weight, size };
    std::u32string_view asked, told, fields = {};   // in a question; in titles and descriptions; in the label of a field
    char const* en;                                 // what it is called, where nothing tells it
    char const* zh;
    Kind kind = Kind::told;
    bool title_first = false;                       // a title tells it better than a description
};

struct GoodsQuestion {
    std::vector<AskedThing const*> things;
    std::vector<std::u32string> words;   // of what the table does not know
    bool empty() const { return things.empty() && words.empty(); }
};

// Both of a text as surface_of makes it.
GoodsQuestion question_of_goods(std::u32string_view text);
// A question of what is in view, and no wish for other goods. `pointed`: a place or a pronoun says of which.
bool asks_in_view(std::u32string_view text, bool pointed);
bool asks(std::u32string_view text);   // a question, also one that ends in 不, 没 or 么

// Out of a description the sentence, out of a title the part that tells it, as written there; empty: none.
std::string told_in_text(std::string const& description, AskedThing const&);
std::string told_in_text(std::string const& description, std::span<std::u32string const> words);
std::string told_in_title(std::string const& title, AskedThing const&);
bool title_tells(std::string const& title, std::span<std::u32string const> words);
std::string story_in(std::string const& description);   // its first sentences, without the heading

}  // namespace kindling::dialogue
