// engines/text/analysis/data/tables.h -- the embedded tables, as text; whoever needs one builds his own look-up from it once.
#pragma once
#include <string_view>

namespace kindling::text::data {

// "萬万與与...": traditional, simplified, traditional, simplified.
std::string_view traditional_pairs();

// Lines "ba 八巴扒...\n": a toneless syllable and the characters whose commonest reading it is (U+4E00 to U+9FFF).
std::string_view reading_groups();

// Groups of synonyms, one a line, as parse_synonyms() reads them.
std::string_view commerce_synonym_text();

}  // namespace kindling::text::data
