#include "modules/experiments/reading.h"
#include "engines/experiment/always_valid.h"
#include "engines/experiment/off_policy.h"
#include <algorithm>
#include <numeric>

namespace kindling::experiments {

namespace {

struct Tally {
    experiment::Sums sums;
    std::int64_t with_event = 0;
    void add(double value) { sums.add(value), with_event += value != 0; }
};

}  // namespace

ExperimentReading reading_of(Running const& r, std::vector<Subject> const& subjects, std::string currency) {
    auto const& e = r.experiment;
    ExperimentReading out{.experiment = e, .state = r.state, .started_at_ms = r.started_at_ms, .visitors = static_cast<std::int64_t>(subjects.size()), .currency = std::move(currency)};
    // Of several comparisons each may be wrong only its part of the time.
    auto const alpha = e.error_rate / static_cast<double>(e.arms.size() - 1);
    std::vector<Tally> arms(e.arms.size());
    auto const step = std::max<std::size_t>(1, (subjects.size() + 39) / 40);
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        arms[subjects[i].arm].add(subjects[i].value);
        if ((i + 1) % step != 0 && i + 1 != subjects.size()) continue;
        auto const reading = experiment::compare(arms[0].sums, arms[1].sums, arms[0].with_event, arms[1].with_event, alpha, e.planned_visitors);
        CoursePoint point{.at_ms = subjects[i].first, .visitors = static_cast<std::int64_t>(i + 1), .difference = reading.difference, .low = {}, .high = {}};
        if (reading.looked) point.low = reading.interval.low, point.high = reading.interval.high;
        out.course.push_back(point);
    }
    auto const& shares = r.weights.back().shares;
    auto const whole = std::accumulate(shares.begin(), shares.end(), 0.0);
    std::vector<std::int64_t> counts;
    for (std::size_t a = 0; a < arms.size(); ++a) {
        auto const& t = arms[a];
        counts.push_back(t.sums.n);
        ArmReading row{.arm_id = e.arms[a].arm_id, .title = e.arms[a].title, .visitors = t.sums.n, .with_event = t.with_event, .share = shares[a] / whole, .mean = t.sums.mean(), .difference = {}, .low = {}, .high = {}, .p = {}};
        if (a > 0) {
            auto const reading = experiment::compare(arms[0].sums, t.sums, arms[0].with_event, t.with_event, alpha, e.planned_visitors);
            row.difference = reading.difference;
            if (reading.looked) row.low = reading.interval.low, row.high = reading.interval.high, row.p = reading.p;
        }
        out.arms.push_back(std::move(row));
    }
    if (e.kind == ExperimentKind::split && !subjects.empty()) out.sample_ratio_p = experiment::sample_ratio_p(counts, shares), out.broken = out.sample_ratio_p < .001;
    return out;
}

SwitchValue value_of_switch(Running const& r, std::vector<Subject> const& subjects, std::span<double const> shares) {
    constexpr int entries = 4, folds = 3;
    auto const arms = static_cast<std::int32_t>(r.experiment.arms.size());
    auto const whole = std::accumulate(shares.begin(), shares.end(), 0.0);
    SwitchValue out{.visitors = static_cast<std::int64_t>(subjects.size())};
    if (subjects.empty()) return out;
    std::vector<experiment::LoggedAction> log;
    for (auto const& s : subjects) log.push_back({static_cast<std::int32_t>(s.arm), s.entry, s.value}), out.now += s.value / static_cast<double>(subjects.size());
    experiment::CellModel const model(log, arms, entries, folds);
    std::vector<experiment::Moment> moments;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        auto const& s = subjects[i];
        auto const fold = experiment::CellModel::fold_of(i, folds);
        experiment::Moment m{.propensity = s.propensity, .target = shares[s.arm] / whole, .reward = s.value, .predicted = model.at(static_cast<std::int32_t>(s.arm), s.entry, fold)};
        for (std::int32_t a = 0; a < arms; ++a) m.expected += shares[static_cast<std::size_t>(a)] / whole * model.at(a, s.entry, fold);
        moments.push_back(m);
    }
    auto const e = experiment::evaluate(moments);
    out.value = e.readable ? e.dr.value : e.dr_shrunk.value, out.standard_error = e.dr.standard_error, out.ips = e.ips.value, out.snips = e.snips.value, out.effective_visitors = e.effective, out.readable = e.readable;
    return out;
}

}  // namespace kindling::experiments
