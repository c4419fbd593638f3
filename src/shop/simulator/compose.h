// shop/simulator/compose.h -- one product's words: picks attributes that can live together and writes the texts from them.
#pragma once
#include "core/random.h"
#include "shop/simulator/vocabulary.h"
#include "shop/simulator/world.h"

namespace kindling::shop::simulator {

struct Composition {
    Bilingual title, description;
    std::vector<Bilingual> points;
    std::vector<Attribute> attributes;
    double price_factor = 1;
    double size = 0.5;       // 0..1: how large it is among its kind
    int picture_style = 0;   // 1 + index of the value that shows most, plus 8 × (1 + that of the pattern); 0: not an attribute of this family
};

// Every number in the texts is the number of the attribute. Draws only from `random`.
Composition compose(Department const&, Family const&, Words const& brand, Random& random);

// The number as shown: "112cm" / "112 cm", "1.7升" / "1.7 l".
Bilingual show_measure(Measure const&, int number);

// "304-steel" -> "304 steel", "V-neck" stays: keys written with hyphens as English prints them.
std::string readable(std::string_view);
std::string title_case(std::string_view);

}  // namespace kindling::shop::simulator
