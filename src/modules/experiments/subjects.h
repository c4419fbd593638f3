// modules/experiments/subjects.h -- internal: an experiment out of the store, and its subjects with what they did.
#pragma once
#include "modules/experiments/api.h"

namespace kindling::experiments {

struct Weights {
    Milliseconds from = 0;
    std::vector<double> shares;  // of the arms, in order
};

struct Running {
    Experiment experiment;
    std::string salt;
    ExperimentState state = ExperimentState::running;
    Milliseconds started_at_ms = 0;
    std::optional<std::int64_t> stopped_at_ms;
    std::string outcome;
    std::vector<Weights> weights;  // by time; never empty

    std::vector<double> const& shares_at(Milliseconds at) const;
    std::size_t arm_at(std::string_view session, Milliseconds at) const;
};

struct Subject {
    std::string session;
    Milliseconds first = 0;     // exposure
    std::size_t arm = 0;
    double propensity = 1;      // of its arm when it came
    std::int32_t entry = 0;     // kind of its first event: 0 view, 1 search, 2 impression, 3 other
    double value = 0;           // of the metric
};

std::unexpected<Error> experiment_not_found(std::string_view id);
Result<Running> find_experiment(shop::Transaction&, std::string_view experiment_id);
Result<std::vector<Running>> all_experiments(shop::Transaction&);
// The one that holds this out from its first arm now.
Result<std::optional<Running>> running_hold_out(shop::Transaction&, HeldOut);
bool is_without(Running const&, std::string_view session_id, Milliseconds now);
// By first exposure. One pass over the events since the start; orders by visit.
Result<std::vector<Subject>> subjects_of(shop::Transaction&, Running const&, Milliseconds now);
// Shares of a bandit anew, kept from `now` on. False when it is none or does not run.
Result<bool> adapt(shop::Transaction&, Running const&, Milliseconds now);

}  // namespace kindling::experiments
