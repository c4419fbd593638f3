// shop/simulator/traffic.cpp -- how many people come, from where, and what they hope to find.
//
// Clicks on advertisements that arrive are visits; visits that come by themselves are as many as explain the orders that the advertised
// ones do not: orders expected = Σ source visits × conversion. Promotions and empty shelves then move the day's conversion, as in life.
#include "shop/simulator/simulation.h"
#include "shop/simulator/vocabulary.h"
#include <algorithm>
#include <cmath>

namespace kindling::shop::simulator {

void Simulation::expect_visits(Day day, double units) {
    auto const expected = units * orders_for_each_unit_;
    auto const& truth = secret_.visits.sources;
    double advertised = 0;
    auto const& spend = model_.spend(day);
    for (int c = 0; c < channel_count; ++c) {
        auto const mean = static_cast<double>(spend[static_cast<std::size_t>(c)].clicks) * truth[c].arrival;
        coming_[c] = visiting_.poisson(mean), advertised += mean * truth[c].conversion;
    }
    coming_[direct_source] = visiting_.poisson(std::max(expected - advertised, 0.15 * expected) / truth[direct_source].conversion);
    std::ranges::fill(ordered_, 0), std::ranges::fill(written_, 0);

    // The shop's own order of the day's lists: what sold lately, and the whims of the day, which is what lets one product be seen at many ranks.
    for (auto& list : ranking_) list.clear();
    if (!logged(day)) return;
    for (std::size_t p = 0; p < world_.products.size(); ++p)
        if (sold(static_cast<int>(p), day)) ranking_[static_cast<std::size_t>(product(static_cast<int>(p)).category)].push_back({static_cast<float>(0.5 * std::log(recent_[p] + 0.02) + visiting_.normal(0, 0.6)), static_cast<int>(p)});
    for (auto& list : ranking_) std::ranges::sort(list, std::greater());
}

std::int64_t Simulation::next_session(Day day, Comes comes) {
    auto const& without = world_.options.without_guide;
    if (!without.is || day < without.from) return ++session_;
    auto const take = [&](std::deque<std::int64_t>& numbers) { auto const number = numbers.front(); numbers.pop_front(); return number; };
    if (comes == Comes::to_look) {
        for (auto& numbers : passed_over_)
            if (!numbers.empty()) return take(numbers);
        return ++session_;
    }
    // Half of all visits do without: an order is from one of them with chance 1 / (2 + lift).
    bool const alone = comes == Comes::to_order && guiding_.chance(1 / (2 + secret_.visits.guide_lift));
    if (auto& numbers = passed_over_[alone]; !numbers.empty()) return take(numbers);
    while (without.is(++session_) != alone && passed_over_[!alone].size() < 1000) passed_over_[!alone].push_back(session_);
    return session_;
}

int Simulation::source_of_order() {
    double weights[source_count];
    for (int s = 0; s < source_count; ++s) weights[s] = static_cast<double>(coming_[s]) * secret_.visits.sources[s].conversion;
    weights[direct_source] += 1e-9;
    return static_cast<int>(visiting_.pick(weights));
}

void Simulation::visits(Day day) {
    dialogues(day);
    wishes(day);
    for (int s = 0; s < source_count; ++s) {
        coming_[s] = std::max(coming_[s], written_[s]);
        truth_.visits.push_back({day, s, coming_[s], ordered_[s]});
        if (!logged(day)) continue;
        for (auto left = coming_[s] - written_[s]; left > 0; --left) {
            auto const at = clock(day, visiting_);
            Visit visit{.session = next_session(day, Comes::to_look), .source = s, .language = visiting_.chance(0.1) ? Locale::en : Locale::zh, .now = at, .until = start_of(day + 1, shop_zone) - 1};
            look_around(day, visit);
        }
    }
}

void Simulation::dialogues(Day day) {
    for (auto n = random_.poisson(0.026 * static_cast<double>(today_.orders.size()) + 0.08); n > 0; --n) {
        auto const wanted = std::lower_bound(interest_.begin(), interest_.end(), random_.uniform() * interest_.back()) - interest_.begin();
        auto const p = std::min(static_cast<int>(wanted), static_cast<int>(world_.products.size()) - 1);
        int who = random_.chance(0.45) ? static_cast<int>(random_.below(world_.customers.size())) : -1;
        if (who >= 0 && !alive(who, day)) who = -1;
        auto const language = who >= 0 ? customer(who).language : random_.chance(0.1) ? Locale::en : Locale::zh;
        auto const about_size = random_.chance(0.35) && departments()[static_cast<std::size_t>(department_[static_cast<std::size_t>(p)])].return_share > 0.1;
        Visit visit{.session = next_session(day, Comes::to_ask), .customer = who, .language = language, .now = clock(day, random_), .until = start_of(day + 1, shop_zone) - 1};
        emit(visit, EventKind::visit, -1);
        emit(visit, EventKind::view, p);
        talk(day, {about_size ? Topic::size_advice : Topic::guide, language, &product(p), &world_.variants[static_cast<std::size_t>(product(p).first_variant)], nullptr, nullptr, visit.now}, who, visit.session);
        ++written_[direct_source];
    }
}

void Simulation::wishes(Day day) {
    for (std::size_t i = 0; i < secret_.unmet_needs.size(); ++i)
        for (auto n = random_.poisson(secret_.unmet_needs[i].requests_per_month / 30.4 * world_.options.scale); n > 0; --n) {
            auto const& need = secret_.unmet_needs[i];
            ++truth_.requests[i], ++written_[direct_source];
            auto const language = random_.chance(0.12) ? Locale::en : Locale::zh;
            auto who = random_.chance(0.4) ? static_cast<int>(random_.below(world_.customers.size())) : -1;
            if (who >= 0 && !alive(who, day)) who = -1;
            Visit visit{.session = next_session(day, Comes::to_ask), .customer = who, .language = language, .now = clock(day, random_), .until = start_of(day + 1, shop_zone) - 1};
            emit(visit, EventKind::search, -1, language == Locale::zh ? need.query.zh : need.query.en, 0);
            auto const at = visit.now;
            // A third asks for less and looks at what there is.
            if (auto const& list = ranking_[static_cast<std::size_t>(need.category)]; !list.empty() && visiting_.chance(0.35)) {
                auto query = search_query(world_, product(list.front().second), language, visiting_);
                for (auto const p : search(visit, query, -1)) emit(visit, EventKind::view, p);
            }
            if (random_.chance(0.05)) {
                auto const& p = product(static_cast<int>(random_.below(world_.products.size())));
                talk(day, {Topic::unmet_need, language, &p, &world_.variants[static_cast<std::size_t>(p.first_variant)], nullptr, &need, at}, who, visit.session);
            }
        }
}

}  // namespace kindling::shop::simulator
