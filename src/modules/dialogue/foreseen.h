// modules/dialogue/foreseen.h -- what a search makes of values that its words speak for and do not name (value_model.h): told, and goods that have them lifted.
//
// A value counts when a word speaks for it that nothing else was read from: of "summer dress" what "summer" says, and not what most dresses are made of.
// Pure over a Live; any thread. Cost: a prediction; a look at the values of the first thousand found.
#pragma once
#include "modules/dialogue/understand.h"
#include "modules/dialogue/value_model.h"

namespace kindling::dialogue {

struct Live;
struct ForeseenValue;

// `query`: as it was said; `reading`: of it. What it refuses speaks for nothing.
std::vector<PredictedValue> foresee(Live const&, std::string_view query, Reading const&);
// Those without a value come down to four fifths, so that the best stays 1; of what was found beyond the first thousand all do. `found`: best first.
void lift_foreseen(CatalogueView const&, std::span<PredictedValue const>, std::span<std::pair<std::size_t, double> const> found, TextScores&);
// Those that some of these goods have and some have not, in the shop's words; one that holds everything, or nothing, narrows nothing.
std::vector<ForeseenValue> told_of(CatalogueView const&, std::span<PredictedValue const>, std::span<std::uint32_t const> fitting);
// Why a good with one of them stands where it does; empty: it has none.
std::string why_foreseen(CatalogueView const&, std::size_t product, std::span<PredictedValue const>, Locale);

}  // namespace kindling::dialogue
