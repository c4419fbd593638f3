// modules/dialogue/rescue.h -- what a search says when it has nothing, or not what was asked for: a word that is no misspelling, goods that are not
// sold here, and, where limits leave nothing, the nearest with the limits that it misses.
//
// A correction has to arrive somewhere: "drss" is a dress because dresses are sold here; "iphone" is no "phone" that lamps are controlled by. A word
// that the shop's own vocabulary knows is never corrected, though no title has it: "pink" where the goods are called dusty rose.
//
// Pure over a Live; any thread. Cost: another search of the index where a correction is refused; one pass over the variants where nothing fits.
#pragma once
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/select.h"

namespace kindling::dialogue {

struct Live;
struct SearchAnswer;

struct LookedUp {
    ProductIndex::Found found;
    std::vector<std::string> unheard;   // words of no goods here, and of nothing like them
};
// ProductIndex::search over all products, without corrections that arrive nowhere.
Result<LookedUp> look_up(Live const&, std::string_view words, ProductIndex::NamesGoods const&);

// The words without those of whoever it is for ("violin for my grandson"), which decide among the goods and name none; all of them when nothing else is left.
struct Reading;
std::string without_receiver(std::string_view words, std::string_view query, Reading const&);

// The words, or the last of them ("bamboo sofa"), when they are one name of a machine or piece of furniture that titles speak of and no title here is of
// such a thing; else empty. `query`: as it was said, which tells what something is only for ("a stand for a tv").
std::string no_such_thing(Live const&, std::string_view words, std::string_view query);

// Of what was found, what has one of these names, by any of its synonyms, in its title; `beside`: what has only some of the words of a name of several.
struct SpokenOf { std::vector<std::pair<std::size_t, double>> products, beside; };
SpokenOf speaks_of(CatalogueView const&, std::span<std::string const> names, std::span<std::pair<std::size_t, double> const> found);

// Every way to say what a constraint names: as it was said, in either number and both languages.
std::vector<std::u32string> ways_to_say(Constraint const&);
// Of what was said, the wishes that none of the products `shown` (places in the view) meets beside what was `kept`, nor names in its title: "pink chairs" where no chair is.
std::vector<Constraint> not_to_be_had(CatalogueView const&, std::span<Constraint const> kept, std::span<Constraint const> said, std::span<std::uint32_t const> shown);

inline constexpr double named_share = 0.6;   // of the best score: what has the words, and not one of them

// Fills nearest and given_up: of what meets all `wanted` when only the words stand in the way, otherwise of what misses least of it. Where goods are named
// by words alone (`text`), it is the limits that give, and what the words found is shown, the cheapest first when it was too dear.
void rescue(Live const&, std::span<Constraint const> wanted, TextScores const&, Locale, std::int64_t most, SearchAnswer&);

}  // namespace kindling::dialogue
