// modules/forecast/due.h -- which past cuts of price are taken out of what a forecast learns from, and which stay because nothing would put them back.
//
// A cut that is taken out of the history comes back only as a promotion that is planned. So one is taken out where the good is cut at least half as deep (in logarithms of what it
// lifts) on a day ahead; around a feast that moves the shop (calendar.h) that day must be about a year later, within three weeks. What was known as a promotion is taken out away from
// feasts in any case: shops that keep promotions plan them. One that only order lines tell of is put back by more than what came off over the last four weeks too. Everything else is left to
// the models that follow feasts and the year before. Read once for all goods, in a second for 9,000.
#pragma once
#include "modules/forecast/planned.h"

namespace kindling::forecast {

class Due {
public:
    Due() = default;
    // `history`: as it was sold. horizon: days ahead that are looked at.
    static Result<Due> read(shop::Transaction&, Elasticities const&, History const&, std::size_t horizon);

    enum class Known { promotion, order_lines };
    // lift: of the past day, > 1; day counted from the first of the history.
    bool takes_out(std::size_t good, std::int32_t day, double lift, Known) const;

    // Of a good with something planned: logarithms of what promotions lift its days ahead, and the mean of the four weeks before.
    struct Ahead {
        std::vector<float> lift;
        double before = 0;
    };
    std::int32_t days = 0;                            // of the history
    std::vector<Ahead> ahead;                         // of each good; empty: nothing is planned
    std::vector<std::vector<bool>> feast;             // rows: the shop, then categories; days that a feast moved
    std::vector<std::size_t> row;                     // of each good; none: no feasts are known
};

}  // namespace kindling::forecast
