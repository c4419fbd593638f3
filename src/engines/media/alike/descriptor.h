// engines/media/alike/descriptor.h -- a picture as numbers: colour, shape, texture.
//
// The thing is told from what lies behind it by how unlike the picture's rim a pixel is, and by how near it is to the middle: a weight for every pixel, no hard
// cut. Blocks, each with root-normalised length (Hellinger): colour (CIELAB histogram of 4 x 7 x 7, soft), shape (histograms of oriented gradients, Dalal & Triggs 2005,
// 8 x 8 cells of 9 directions on 64 x 64, blocks of 2 x 2; the weights themselves on 12 x 12), texture (uniform local binary patterns, Ojala et al. 2002, in 3 x 3 cells).
// Deterministic; any thread. About 3 ms a picture.
#pragma once
#include <vector>

#include "engines/media/alike/picture.h"

namespace kindling::media {

struct Descriptor {
    std::vector<float> colour, shape, texture;  // each of length 1, or all zeros
    std::vector<float> joined(float of_colour = 1, float of_shape = 1, float of_texture = 1) const;
};

Descriptor describe(const Picture&);
// The part of the picture that its thing takes, with a rim; the whole when nothing stands out. What was cut off a picture, or the room around a thing, matters less then.
Picture focused(const Picture&);
// Plain RGB histogram of 8 x 8 x 8 over the whole picture, root-normalised: what others start from.
std::vector<float> colour_histogram(const Picture&);

}  // namespace kindling::media
