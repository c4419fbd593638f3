// shop/simulator/picture.h -- product pictures as SVG, drawn in one flat studio style: soft backdrop, floor shadow, shaded body.
//
// A picture is a few parameters; draw() turns them into 800 x 800 SVG of 3..8 KB: no script, no text, no external reference.
// Pure: the same parameters give the same bytes.
#pragma once
#include <cstdint>
#include <string>

namespace kindling::shop::simulator {

enum class Shape {
    dress, shirt, tee, cardigan, sneaker, loafer, boot, tote, backpack, suitcase, headphones, earbuds, speaker, kettle, air_fryer, rice_cooker,
    desk_lamp, floor_lamp, pendant, desk, chair, shelf, thermos, mug, kids_bottle, serum, cream, tube, sunscreen, blocks, plush, puzzle, pet_food, pet_bed, fountain
};

struct Picture {
    Shape shape = Shape::mug;
    std::uint32_t colour = 0x888888;   // of the variant, 0xRRGGBB
    std::uint32_t seed = 0;            // everything that tells two products of one shape and colour apart
    double size = 0.5;                 // 0 small .. 1 large: length of a dress, height of a bottle
    int style = 0;                     // form + 8 * pattern: which value of the shown attributes, from 1; 0: none (compose.cpp, picture_keys)
};

std::string draw(Picture const&);

}  // namespace kindling::shop::simulator
