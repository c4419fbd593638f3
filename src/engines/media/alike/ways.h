// engines/media/alike/ways.h -- which way of comparing a catalogue's pictures finds its kinds best: the own descriptors, a plugged model's vectors, or both.
//
// Judged on the shop's own pictures and categories, each left out in turn: the pictures fall into three parts by their product, each part is asked of the other two, from which the
// own way learns what counts (projection.h) as it does in the shop, so it has never seen what it is asked. precision@5: the share of the five nearest that are of the
// question's category. "Both" adds the reciprocal places of the two orders, 1 / (60 + place) (Cormack, Clarke & Buettcher 2009), which needs no common scale. A model is used only where it, or both, are
// better than the own way; of equals the own way, which costs nothing.
//
// Pure and deterministic. Cost: pictures^2 / 3 comparisons and three learnings; 600 pictures take about two seconds.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/type.h"
#include "engines/media/alike/look.h"

namespace kindling::media {

enum class Way { own, model, both };
BOOST_DESCRIBE_ENUM(Way, own, model, both)

struct Judged {
    const Look* look = nullptr;
    std::vector<float> model;    // of length 1
    int kind = 0;
    std::uint64_t product = 0;   // pictures of one product are never asked of each other
};

struct WaysCompared {
    Way best = Way::own;
    double own = 0, model = 0, both = 0;   // precision@5, 0..1
    std::int64_t pictures = 0, kinds = 0;
    // How the model's cosines read here: of pairs of different kinds 19 of 20 stay below this one. What is nearer is much alike in the model's eyes.
    double usual = 0;
    // -1..1 as the own way says it: 0.5 at `usual`, 1 for the same.
    double likeness(double cosine) const { return usual < 1 ? 0.5 + 0.5 * (cosine - usual) / (1 - usual) : cosine; }
};

inline constexpr std::size_t fewest_judged = 30;
// failed_precondition "too_few_pictures": fewer than 30, or of one kind only.
Result<WaysCompared> compare_ways(std::span<const Judged>);

// Adds up reciprocal places: what stands well in either list comes first.
inline double reciprocal_place(std::size_t place) { return 1.0 / (60.0 + static_cast<double>(place)); }

}  // namespace kindling::media
