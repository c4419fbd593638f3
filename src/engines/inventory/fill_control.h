// engines/inventory/fill_control.h -- how much may be missed next, so that a promised fill rate is kept over an account (a year, a quarter): no more stock than that.
//
// What is decided now is seen a lead time later. Before each decision the account says what may still be missed in it: the promise over its periods so far, less what was missed in
// them, less what orders under way are expected to miss, spread over all its periods that can still be changed (service-level agreements over a finite horizon, Thomas 2005). What an
// account ends with is not carried into the next. Models expect too little (the world drifts away from them): what was missed beside what was expected, over about half an account,
// corrects them. A decision then takes the level whose corrected expectation misses just so much, with the stock as it is: what lies too high already is counted as it lies. Values; one thread.
#pragma once
#include <cstddef>
#include <deque>

namespace kindling::inventory {

class FillControl {
public:
    // target: fill rate, above 0 and below 1. All else in periods: lead 0 or more, account above lead; `gone` of the first account are over, unseen.
    FillControl(double target, std::size_t lead, std::size_t account, std::size_t gone = 0) : target_(target), lead_(lead), account_(account), gone_(gone) {}
    // Units that the model may expect to miss in the period a lead time from now, of `demand` that it expects to be asked for in it.
    double may_miss(double demand) const;
    void decided(double expected_missed) { expected_.push_back(expected_missed); }  // by the model, for that period
    void seen(double asked, double missed);                                          // of the period that is over
    double correction() const;                                                       // missed / expected, lately

private:
    double target_;
    std::size_t lead_, account_, gone_;
    std::deque<double> asked_, missed_;  // of the newest periods, at most an account's
    std::deque<double> expected_;        // of decisions whose period is not over, oldest first
    std::size_t periods_ = 0;
    double missed_lately_ = 0, expected_lately_ = 0;
};

}  // namespace kindling::inventory
