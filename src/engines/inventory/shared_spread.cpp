#include "engines/inventory/shared_spread.h"

#include <algorithm>
#include <cmath>

#include "engines/inventory/checks.h"
#include "engines/inventory/simulate.h"

namespace kindling::inventory {

namespace {

constexpr std::size_t first_level = 20;  // periods before the first level of a replay
constexpr double widest = 20;
// What an account may still miss is spread over its periods that can still be changed. Stock bought for a debt stays when the debt is paid: it is paid slowly. What was
// missed too seldom saves stock at once.
constexpr double least_share = 0.8, most_share = 2.5;

}  // namespace

void SpreadTrack::see(double demand, const SpreadOptions& o) {
    auto const error = demand - mean_;
    if (++periods_ > 1) square_ += std::max(o.square_weight, 1.0 / (periods_ - 1)) * (error * error - square_);
    mean_ += std::max(o.mean_weight, 1.0 / periods_) * error;
}

SpreadLaw::SpreadLaw(std::span<const SpreadTrack> goods, const SpreadOptions& o) : o_(o) {
    std::uint32_t longest = 0;
    for (auto const& g : goods) longest = std::max(longest, g.periods());
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (auto const& g : goods) {
        if (g.periods() < std::min(30U, (longest + 1) / 2) || g.mean() <= 0 || g.square() <= 0) continue;
        auto const mean = std::log(g.mean()), square = std::log(g.square());
        n += 1, x += mean, y += square, xx += mean * mean, xy += mean * square;
    }
    auto const spread = n > 0 ? xx - x * x / n : 0;
    known_ = n >= 10 && spread > 1e-9 * n;
    if (known_) b_ = (xy - x * y / n) / spread, log_a_ = (y - b_ * x) / n;
}

double SpreadLaw::level(const SpreadTrack& good, double protection, double factor) const {
    if (good.mean() <= 0) return 0;
    auto log_square = std::log(good.square() + 1e-9);
    if (known_) {
        auto const own = static_cast<double>(good.periods()), weight = o_.law_periods / (o_.law_periods + own);
        log_square = weight * (log_a_ + b_ * std::log(good.mean())) + (1 - weight) * log_square;
    }
    return std::round(std::max(0.0, good.mean() * protection + factor * std::sqrt(std::exp(log_square) * protection)));
}

Result<double> factor_that_kept(std::span<const std::vector<double>> histories, const FactorQuestion& q, const SpreadOptions& o) {
    Checks checks;
    checks.share("target", q.target).require(q.lead >= 1 && q.lead <= 10'000, "lead", static_cast<double>(q.lead), "from 1 to 10,000 periods").require(q.periods >= 1, "periods", static_cast<double>(q.periods), "at least 1");
    checks.require(o.mean_weight > 0 && o.mean_weight <= 1, "mean_weight", o.mean_weight, "above 0 and at most 1").require(o.square_weight > 0 && o.square_weight <= 1, "square_weight", o.square_weight, "above 0 and at most 1");
    checks.at_least_zero("law_periods", o.law_periods);
    checks.histories(histories);
    for (auto const& h : histories) checks.require(h.size() == histories[0].size(), "histories", static_cast<double>(h.size()), "as long as the first");
    TRY(checks.result());
    auto const end = histories.empty() ? 0 : histories[0].size();
    if (end < first_level + q.lead) return fail(Errc::failed_precondition, "history_too_short", fmt::format("The factor is found by a replay of at least {} periods; there are {}.", first_level + q.lead, end));
    auto const begin = std::max(first_level, end - std::min(end, q.periods + q.warm_up)), counted = std::min(begin + q.warm_up, end - q.lead);
    std::vector<SpreadTrack> tracks(histories.size());
    std::vector<std::vector<SpreadTrack>> known;  // [period from begin][good]
    std::vector<SpreadLaw> laws;
    for (std::size_t t = 0; t < end; ++t) {
        if (t >= begin) known.push_back(tracks), laws.emplace_back(tracks, o);
        for (std::size_t i = 0; i < tracks.size(); ++i)
            if (!std::isnan(histories[i][t])) tracks[i].see(histories[i][t], o);
    }
    auto const kept = [&](double factor) {
        double asked = 0, served = 0;
        for (std::size_t i = 0; i < histories.size(); ++i) {
            Shelf shelf(static_cast<int>(q.lead), false, laws[0].level(known[0][i], static_cast<double>(q.lead + 1), factor));
            for (auto t = begin; t < end; ++t) {
                auto const up_to = laws[t - begin].level(known[t - begin][i], static_cast<double>(q.lead + 1), factor);
                auto const demand = std::isnan(histories[i][t]) ? 0 : histories[i][t];
                shelf.order(up_to - 1, up_to);
                auto const at_once = shelf.serve(demand);
                if (t >= counted) asked += demand, served += at_once;
            }
        }
        return served >= q.target * asked;
    };
    double low = 0, high = widest;
    for (int i = 0; i < 10; ++i) {
        auto const middle = (low + high) / 2;
        (kept(middle) ? high : low) = middle;
    }
    return high;
}

double SafetyFactor::now() const {
    double share = 1;  // of what is usually allowed to be missed
    if (usual_ > 0) {
        auto const left = static_cast<double>(std::max(account_ - std::min(account_, over_ + lead_), answer_.least_left));
        share = std::clamp(1 + unused_ / ((1 - target_) * usual_ * left), least_share, most_share);
    }
    return std::max(0.0, factor_ - answer_.sensitivity * std::log(share));
}

void SafetyFactor::seen(double asked, double missed) {
    usual_ += (usual_ > 0 ? answer_.usual_weight : 1) * (asked - usual_);
    auto const too_many = missed - (1 - target_) * asked;
    if (usual_ > 0) factor_ += answer_.step * too_many / std::max(usual_, 1.0);
    unused_ -= too_many;
    if (++over_ == account_) over_ = 0, unused_ = 0;
}

}  // namespace kindling::inventory
