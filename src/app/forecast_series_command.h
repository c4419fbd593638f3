// app/forecast_series_command.h -- kindling forecast-series: a filter from lines of series to lines of forecasts, without a shop.
//
// One series a line on standard input, one JSON object a line on standard output, in the same order; so that a data pipeline (Spark's pipe, xargs, a cron
// job) can use the engine as it is. A line is a row  id,period,frequency,horizon,values...  (empty: missing; a first line with that header is passed over) or an object
// {"id", "values", "frequency", "period", "horizon"}. What a line leaves open is what the flags say. An id that came before is refused ("duplicate_id").
// Values are demand: below zero they are returns, taken as 0 and flagged (negative_as_zero), unless --negative says that the series may be negative.
// Memory: 512 lines at a time and the ids of all, whatever the input's length.
#pragma once
#include "gateway/cli/command.h"
#include <stop_token>

namespace kindling::app {

// 2 when a line was refused; without --keep-good the first one ends the run. Refused lines answer {"id", "line", "error": {"reason", "message", "field"?}}.
Result<int> run_forecast_series_command(gateway::CommandCall const&, gateway::Streams const&, std::stop_token);

}  // namespace kindling::app
