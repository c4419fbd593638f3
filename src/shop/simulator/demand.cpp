#include "shop/simulator/demand.h"
#include "core/random.h"
#include "shop/simulator/calendar.h"
#include "shop/simulator/vocabulary.h"
#include <algorithm>
#include <cmath>

namespace kindling::shop::simulator {

DemandModel::DemandModel(World const& world) : world_(world) {
    auto const days = static_cast<std::size_t>(world.options.last_day - world.first_day + 1);
    for (std::size_t i = 0; i < days; ++i) calendar_.push_back(static_cast<float>(simulator::calendar_lift(world.first_day + static_cast<Day>(i))));
    for (auto const& d : departments())
        for (std::size_t i = 0; i < days; ++i) season_.push_back(static_cast<float>(yearly_season(world.first_day + static_cast<Day>(i), d.yearly_peak, d.yearly_swing)));
    std::vector<int> top(world.categories.size());
    int tops = -1;
    for (std::size_t i = 0; i < world.categories.size(); ++i) top[i] = world.categories[i].parent < 0 ? ++tops : tops;
    for (auto const& p : world.products) department_of_.push_back(top[static_cast<std::size_t>(p.category)]);
    promotions_.resize(world.products.size());
    for (std::size_t i = 0; i < world.promotions.size(); ++i) promotions_[static_cast<std::size_t>(world.promotions[i].product)].push_back(static_cast<int>(i));
    plan_media();

    // About 235,000 units a year-pair at scale 1 and 24 months; lines become 250,000 when some are bought twice.
    double total = 0;
    for (std::size_t p = 0; p < world.products.size(); ++p)
        for (std::size_t i = 0; i < days; ++i) {
            auto const day = world.first_day + static_cast<Day>(i);
            auto const r = relative(static_cast<int>(p), day);
            if (r > 0) total += r * price_factor(static_cast<int>(p), cut(static_cast<int>(p), day).percent) * media_factor(day);
        }
    base_scale_ = total > 0 ? 262'000.0 * static_cast<double>(days) / 730.0 * world.options.scale / total : 0;
}

double DemandModel::relative(int product, Day day) const {
    auto const& p = world_.products[static_cast<std::size_t>(product)];
    if (day < p.launched || (p.ended != 0 && day >= p.ended)) return 0;
    auto const& t = world_.secret->products[static_cast<std::size_t>(product)];
    auto const days = calendar_.size(), i = static_cast<std::size_t>(day - world_.first_day);
    auto const age = static_cast<double>(day - p.launched);
    // A launch is noticed over about three weeks; the last two months fade.
    auto life = 1 - 0.85 * std::exp(-age / 21.0);
    if (p.ended != 0) life *= std::min(1.0, 0.25 + static_cast<double>(p.ended - day) / 60.0);
    return t.popularity * life * std::exp(t.trend_per_year * static_cast<double>(i) / 365.0) * calendar_[i] * season_[static_cast<std::size_t>(department_of_[static_cast<std::size_t>(product)]) * days + i];
}

double DemandModel::baseline(int product, Day day) const { return base_scale_ * relative(product, day); }
double DemandModel::price_factor(int product, int percent) const { return percent == 0 ? 1 : std::pow(1 - percent / 100.0, world_.secret->products[static_cast<std::size_t>(product)].elasticity); }

double DemandModel::media_factor(Day day) const {
    double lift = 0;
    for (int c = 0; c < channel_count; ++c) lift += lift_[static_cast<std::size_t>((day - world_.first_day) * channel_count + c)];
    return 1 + lift;
}

DemandModel::Cut DemandModel::cut(int product, Day day) const {
    for (auto index : promotions_[static_cast<std::size_t>(product)]) {
        auto const& p = world_.promotions[static_cast<std::size_t>(index)];
        if (p.first_day > day) break;
        if (day <= p.last_day) return {p.percent_off, index};
    }
    return {};
}

void DemandModel::plan_media() {
    auto draw = Random(world_.options.seed).stream("media");
    static constexpr double daily[] = {3600, 2500, 3200, 1300, 1400, 160}, cost_per_thousand[] = {38, 52, 70, 45, 60, 4}, click_rate[] = {0.005, 0.0063, 0.017, 0.0072, 0.0117, 0.0135};
    double stock[channel_count] = {};
    for (Day day = world_.first_day; day <= world_.options.last_day; ++day) {
        int campaign = -1;
        for (std::size_t c = 0; c < world_.campaigns.size(); ++c)
            if (world_.campaigns[c].first_day <= day && day <= world_.campaigns[c].last_day) campaign = static_cast<int>(c);
        auto& today = spend_.emplace_back();
        for (int c = 0; c < channel_count; ++c) {
            // Weeks on and off, so that the response can be identified; campaigns spend on top.
            auto const week = static_cast<std::uint64_t>((day - world_.first_day) / 7);
            auto const flight = Random(world_.options.seed).stream("flight", week * 16 + static_cast<std::uint64_t>(c)).uniform();
            auto spend = daily[c] * 100 * (flight < 0.2 ? 0.1 : 0.4 + 1.6 * flight) * world_.options.scale * draw.uniform(0.9, 1.1);
            if (campaign >= 0) {
                auto const& k = world_.campaigns[static_cast<std::size_t>(campaign)];
                spend += static_cast<double>(k.budget_minor) / (k.last_day - k.first_day + 1) * daily[c] / 12160 * world_.options.scale * draw.uniform(0.7, 1.3);
            }
            auto const impressions = spend / 100 / cost_per_thousand[c] * 1000 * draw.uniform(0.85, 1.15);
            today.push_back({static_cast<Channel>(c), campaign, std::llround(spend), std::llround(impressions), std::llround(impressions * click_rate[c] * draw.uniform(0.85, 1.15))});
            auto const& t = world_.secret->channels[c];
            stock[c] = static_cast<double>(today.back().spend_minor) / world_.options.scale + t.decay * stock[c];
            auto const a = std::pow(stock[c], t.shape), h = std::pow(t.half_saturation_minor, t.shape);
            lift_.push_back(static_cast<float>(t.maximum_lift * a / (a + h)));
        }
    }
}

}  // namespace kindling::shop::simulator
