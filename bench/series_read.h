// bench/series_read.h -- files of series: two shapes told apart by the header, checked line by line.
//
//   one row a series    id,period,frequency,horizon,values...   values follow until the line ends, oldest first; an empty one (or NA, NaN) is missing, empty ones at the
//                       end do not count; the last `horizon` are held back. frequency: yearly quarterly monthly weekly daily hourly (or Y Q M W D H) or
//                       empty; period: values in one season, 1 none, 0 or empty what the frequency says (4, 12, 52, 7, 24)
//   one row a value     id,date,value[,regressor...]            in any order. Dates are ISO 8601: 2024-03-31, 2024-03, 2024, 2024-Q1, or times with or without
//                       a zone; the usual distance of neighbours tells the frequency (hours: by instant, so a clock that is set back repeats nothing; days: the
//                       date as written). Steps that are not there are missing values. The last rows of each id are held back: --horizon N, or the number in a
//                       file FILE.horizon beside it, or 28. Regressors are numbers or words; those of rows held back may be used, their values not.
//
// Refused with the line: a field that is no number or infinite, a date that does not exist or lies between two steps, a step or an id twice, a horizon
// outside 1 .. 10,000, too few fields. Left out with a note: series that are not longer than their horizon, or without a value before it.
#pragma once
#include <optional>

#include "core/time.h"
#include "series.h"

namespace kindling::bench {

struct SeriesFile {
    std::vector<TestSeries> series;
    std::vector<std::string> regressors;       // names, of series of the second shape
    std::vector<std::string> notes;            // what was left out, and why
    std::size_t missing = 0;                   // values, inside series
    Day first_day = 0;                         // second shape: of the step that `start` counts from
    std::size_t horizon = 0;                   // second shape: of all; 0: each has its own
};

// invalid_argument: "unknown_shape" (the header is neither), "unreadable", and the reasons above.
Result<SeriesFile> read_series_file(const std::string& path, std::optional<std::size_t> horizon = {});

}  // namespace kindling::bench
