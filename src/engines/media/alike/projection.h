// engines/media/alike/projection.h -- which of a descriptor's numbers count, learned from a catalogue's own pictures and kinds.
//
// Principal components by the Gram matrix (fewer pictures than numbers), whitened; then the directions in which kinds differ most against how much one kind varies
// (linear discriminants, shrunk: Ledoit & Wolf style towards the identity), joined with the plain components so that likeness within a kind still counts. Cosines of
// projected vectors are the likeness. Without kinds, or with one only, the whitened components alone. Cost: pictures^2 x numbers, once.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/result.h"

namespace kindling::media {

class Projection {
public:
    struct Options {
        std::size_t components = 64;
        double of_kinds = 2, shrink = 0.3;   // weight of the discriminants beside the components
    };
    // kinds: a number per picture, -1 not known. invalid_argument "too_few_pictures": fewer than 8.
    static Result<Projection> learn(std::span<const std::vector<float>> descriptors, std::span<const int> kinds, const Options& options);
    std::vector<float> project(std::span<const float> descriptor) const;  // of length 1, or zeros
    std::size_t inputs() const { return mean_.size(); }
    std::size_t outputs() const { return mean_.empty() ? 0 : matrix_.size() / mean_.size(); }

    std::string write() const;
    static Result<Projection> read(std::string_view file);  // invalid_argument "model_invalid"

private:
    std::vector<float> mean_, matrix_;  // matrix: outputs x inputs
};

}  // namespace kindling::media
