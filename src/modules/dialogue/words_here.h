// modules/dialogue/words_here.h -- which runs of a sentence are one word in this shop, so that no cue and no function word is read out of it.
//
// Chinese writes no blanks: 不对 stands in 不对称, 换 in 换气扇, 人工 in 人工草坪. The longest word wins: a name of the catalogue, a name of everyday goods, or a word of
// the language that a title here has. What is made of function words alone (还有, 都要) is none.
// Cost: for each Han character a look-up for each length; a look at the titles for words that only the dictionary knows. Nothing beyond 400 characters.
#pragma once
#include "modules/dialogue/cues.h"
#include "modules/dialogue/lexicon.h"

namespace kindling::dialogue {

// Every word of two to four characters that the system's word list has, wherever it stands; none without a list.
std::vector<cues::Span> listed_words(std::u32string_view surface);

std::vector<cues::Span> words_here(std::u32string_view surface, Lexicon const&, CatalogueView const&);

}  // namespace kindling::dialogue
