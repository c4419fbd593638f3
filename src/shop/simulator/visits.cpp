// shop/simulator/visits.cpp -- one visit: landing, search or list, looks, basket; and the visits behind orders.
//
// Clicks follow the position-based model without exception (see VisitTruth), so that a method which corrects for position finds the
// true bias again. Only days that the event log covers come here: about three events a visit, impressions for one visit of three.
#include "shop/simulator/simulation.h"
#include <algorithm>
#include <cmath>

namespace kindling::shop::simulator {

void Simulation::emit(Visit& visit, EventKind kind, int p, std::string query, int results, int position) {
    auto const day = day_of(visit.until, shop_zone);
    if (logged(day)) today_.events.push_back({std::clamp(visit.now, start_of(day, shop_zone), visit.until), kind, visit.session, visit.customer, p, std::move(query), results, position, visit.source});
    // What is on the screen is there at once.
    if (kind != EventKind::impression) visit.now += 6'000 + static_cast<Milliseconds>(visiting_.below(50'000));
}

bool Simulation::on_shelf(int p) const {
    for (int place : places_[static_cast<std::size_t>(p)])
        for (int v = product(p).first_variant; v < product(p).first_variant + product(p).variant_count; ++v)
            if (stock_[static_cast<std::size_t>(place) * world_.variants.size() + static_cast<std::size_t>(v)] > 0) return true;
    return false;
}

int Simulation::substitute(int p, Day day, Random& random) {
    auto const& group = group_[secret_.products[static_cast<std::size_t>(p)].substitution_group];
    auto const other = random.one_of(group);
    return other == p || !sold(other, day) ? -1 : other;
}

std::vector<int> Simulation::search(Visit& visit, Query const& query, int must) {
    auto const& list = ranking_[static_cast<std::size_t>(query.category)];
    struct Result { float score; int product; bool fits; };
    std::vector<Result> page;
    page.reserve(list.size());
    for (auto const& [score, p] : list) {
        auto const fits = answers(world_, query, product(p));
        page.push_back({score + (fits ? 0.9f : 0.0f), p, fits});
    }
    auto const shown = std::min<std::size_t>(shown_results, page.size());
    std::ranges::partial_sort(page, page.begin() + static_cast<std::ptrdiff_t>(shown), [](auto const& a, auto const& b) { return a.score != b.score ? a.score > b.score : a.product < b.product; });
    std::size_t rank_of_must = shown;
    for (std::size_t k = 0; k < shown; ++k) if (page[k].product == must) rank_of_must = k;
    if (must >= 0 && (rank_of_must == shown || !visiting_.chance(secret_.visits.examination[rank_of_must]))) return {};
    emit(visit, EventKind::search, -1, query.text, static_cast<int>(page.size()));
    if (visit.session % 3 == 0)
        for (std::size_t k = 0; k < shown; ++k) emit(visit, EventKind::impression, page[k].product, query.text, 0, static_cast<int>(k) + 1);
    std::vector<int> opened;
    for (std::size_t k = 0; k < shown; ++k) {
        auto const chance = secret_.visits.examination[k] * secret_.products[static_cast<std::size_t>(page[k].product)].appeal * (page[k].fits ? 1 : secret_.visits.mismatch);
        if (!visiting_.chance(chance) && k != rank_of_must) continue;
        emit(visit, EventKind::click, page[k].product, query.text, 0, static_cast<int>(k) + 1);
        opened.push_back(page[k].product);
    }
    return opened;
}

void Simulation::look_around(Day day, Visit& visit) {
    auto& random = visiting_;
    auto const& source = secret_.visits.sources[visit.source];
    auto const wanted = std::lower_bound(interest_.begin(), interest_.end(), random.uniform() * interest_.back()) - interest_.begin();
    auto p = std::min(static_cast<int>(wanted), static_cast<int>(world_.products.size()) - 1);
    if (!sold(p, day)) return emit(visit, EventKind::visit, -1);
    if (random.chance(0.35)) {
        auto const& sums = cumulative_[static_cast<std::size_t>(department_[static_cast<std::size_t>(p)])];
        auto const who = std::min(static_cast<int>(std::lower_bound(sums.begin(), sums.end(), random.uniform() * sums.back()) - sums.begin()), static_cast<int>(sums.size()) - 1);
        if (alive(who, day)) visit.customer = who, visit.language = customer(who).language;
    }
    // Feeds lead to a product, search advertisements to a product or a list, the rest comes through the front door.
    auto const channel = static_cast<Channel>(visit.source);
    auto const feed = visit.source != direct_source && (channel == Channel::douyin || channel == Channel::xiaohongshu), advertised = visit.source != direct_source && (channel == Channel::search_ads || channel == Channel::google);
    auto const on_product = feed || (advertised && random.chance(0.5));
    auto const& category = world_.categories[static_cast<std::size_t>(product(p).category)].key;
    if (on_product) emit(visit, EventKind::view, p);
    else if (advertised) emit(visit, EventKind::list, -1, category);
    else emit(visit, EventKind::visit, -1);
    if (random.chance(source.bounce)) return;

    int last = on_product ? p : -1;
    if (random.chance(0.45)) {
        auto query = search_query(world_, product(p), visit.language, random);
        auto opened = search(visit, query, -1);
        if (opened.empty() && random.chance(0.4)) opened = search(visit, search_query(world_, product(p), visit.language, random), -1);
        for (auto const x : opened) emit(visit, EventKind::view, x), last = x;
    } else {
        auto const& list = ranking_[static_cast<std::size_t>(product(p).category)];
        if (!advertised || on_product) emit(visit, EventKind::list, -1, category);
        for (auto looks = 1 + random.poisson(0.6); looks > 0; --looks) {
            // Down a list one gets as far as the square of luck.
            auto const depth = random.uniform();
            last = list[static_cast<std::size_t>(depth * depth * static_cast<double>(list.size()))].second;
            emit(visit, EventKind::view, last);
        }
    }
    if (last < 0) return;
    if (!on_shelf(last)) {
        auto const other = random.chance(secret_.visits.substitution) ? substitute(last, day, random) : -1;
        if (other < 0 || !on_shelf(other)) return;
        emit(visit, EventKind::view, last = other);
    }
    // Of all visits with a basket, `abandonment` do not order: so many of those that will not order fill one. Nine of ten that stay get here.
    auto const baskets = source.conversion * source.abandonment / (1 - source.abandonment) / (1 - source.conversion);
    if (!random.chance(baskets / (1 - source.bounce) / 0.9)) return;
    emit(visit, EventKind::cart, last);
    if (visit.customer >= 0) left_baskets_[static_cast<std::size_t>(last)].push_back({day, visit.customer});
}

void Simulation::order_events(Day day, Order const& order, std::vector<Step> const& steps) {
    auto& random = visiting_;
    auto const begun = std::max(order.at_ms - (4 + static_cast<Milliseconds>(random.below(16))) * 60'000, start_of(day, shop_zone));
    Visit visit{.session = order.session, .source = order.source, .customer = order.customer, .language = customer(order.customer).language, .now = begun, .until = std::max(order.at_ms - 1, start_of(day, shop_zone))};
    emit(visit, EventKind::visit, -1);
    for (auto const& [wanted, bought] : steps) {
        bool searched = false;
        if (random.chance(0.6)) {
            auto const opened = search(visit, search_query(world_, product(wanted), visit.language, random), wanted);
            searched = !opened.empty();
            for (auto const p : opened) if (p != wanted) emit(visit, EventKind::view, p);
        }
        if (!searched && random.chance(0.5)) emit(visit, EventKind::list, -1, world_.categories[static_cast<std::size_t>(product(wanted).category)].key);
        emit(visit, EventKind::view, wanted);
        if (bought >= 0 && bought != wanted) emit(visit, EventKind::view, bought);
        if (bought >= 0) emit(visit, EventKind::cart, bought);
    }
    visit.until = order.at_ms, visit.now = order.at_ms;
    for (auto const& line : order.lines) emit(visit, EventKind::purchase, world_.variants[static_cast<std::size_t>(line.variant)].product), visit.now = order.at_ms;
}

}  // namespace kindling::shop::simulator
