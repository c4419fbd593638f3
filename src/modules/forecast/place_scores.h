// modules/forecast/place_scores.h -- what was wanted of places, held against what was forecast of each.
//
// Days of a place, all goods together: those of the trusted model as they were split (by_place.h), beside the place's week before repeated. Kept beside the scores of the tree, in sums that add up.
#pragma once
#include "modules/forecast/store.h"

namespace kindling::forecast {

using PlaceScores = std::map<std::pair<std::string, Model>, Sums>;  // by place and model: the one that was trusted, and seasonal_naive

// Wanted: as sent_of (by_place.h) says it of each good, so days with an empty shelf are estimates and days without moves go by the shares of that forecast.
// Of the days [from, until) of a kept forecast. Places that the history has nothing of any more are left out. Nothing of the model seasonal_naive, here and in scores_of.
PlaceScores score_places(Kept const&, Model, History const&, Day from, Day until);
// Of the earlier origins of a run.
PlaceScores scores_of(PlacesLearned const&, Model, std::span<std::string const> places);

Result<void> save_place_scores(shop::Transaction&, std::string_view run_id, std::string_view kind, PlaceScores const&);  // adds to what is there
// run_id empty: all runs. Models that were trusted are taken together, as smoothing; of a run and place both sides count or none.
Result<PlaceScores> load_place_scores(shop::Transaction&, std::string_view kind, std::string_view run_id);

}  // namespace kindling::forecast
