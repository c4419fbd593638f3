// engines/series/global/check.h -- what a panel must be before anything is learned from it.
#pragma once
#include "engines/series/global/global.h"

namespace kindling::series {

// The errors that GlobalModel::fit() names.
Result<void> check_panel(const Panel&, const GlobalOptions&);
Result<void> check_series(const Panel&, const PanelSeries&, std::size_t at);

}  // namespace kindling::series
