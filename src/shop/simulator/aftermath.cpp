// shop/simulator/aftermath.cpp -- what follows from orders: returns, reviews, repeat needs, conversations; and visits that buy nothing.
#include "shop/simulator/simulation.h"
#include "shop/simulator/vocabulary.h"
#include <algorithm>
#include <cmath>

namespace kindling::shop::simulator {

void Simulation::plan_aftermath(Day day, Order const& order) {
    auto const last = world_.options.last_day;
    for (auto const& line : order.lines) {
        auto const p = world_.variants[static_cast<std::size_t>(line.variant)].product;
        auto const& truth = secret_.products[static_cast<std::size_t>(p)];
        auto const& d = departments()[static_cast<std::size_t>(department_[static_cast<std::size_t>(p)])];
        if (d.repurchase_days > 0 && random_.chance(0.5)) {
            auto const due = day + static_cast<Day>(std::max(10.0, random_.normal(d.repurchase_days, d.repurchase_days * 0.2)));
            auto& list = due_[static_cast<std::size_t>(p)];
            list.insert(std::upper_bound(list.begin(), list.end(), due, [](Day a, auto const& b) { return a < b.due; }), {due, order.customer});
        }
        if (order.delivered_at_ms == 0) continue;
        auto const arrived = day_of(order.delivered_at_ms, shop_zone);
        auto const chance = d.return_share * (1.7 - 0.9 * truth.quality) * (d.return_share > 0.1 ? 1.6 - 0.75 * truth.true_to_size : 1);
        if (random_.chance(std::min(0.6, chance))) {
            double const weights[] = {d.return_share > 0.1 ? 2.2 * (1.4 - truth.true_to_size) : 0.2, 1.6 * (1 - truth.quality), 0.8, 0.15, 0.3};
            Return back{order.number, line.variant, line.quantity > 1 && random_.chance(0.4) ? 1 : line.quantity, line.place, 0, static_cast<ReturnReason>(random_.pick(weights)), {}, 0};
            back.refund_minor = line.unit_price_minor * back.quantity;
            auto const language = customer(order.customer).language;
            (language == Locale::zh ? back.comment.zh : back.comment.en) = return_comment(back.reason, language, random_);
            auto const when = arrived + static_cast<Day>(random_.between(1, 9));
            back.at_ms = start_of(when, shop_zone) + random_.between(9, 20) * hour;
            if (when <= last) {
                if (when + 2 <= last && back.reason != ReturnReason::damaged && back.reason != ReturnReason::poor_quality) restock_[later(when + 2)].push_back(back);
                if (random_.chance(0.3)) talks_[later(when)].push_back({Topic::refund, order, line.variant});
                returns_[later(when)].push_back(std::move(back));
            }
        }
        if (random_.chance(0.17)) {
            auto const mood = truth.quality * 4.6 + 1.15 + random_.normal(0, 0.95) - (order.delivered_at_ms - order.at_ms > 6 * milliseconds_per_day ? 0.4 : 0);
            auto const when = arrived + static_cast<Day>(random_.between(1, 16));
            if (when <= last) reviews_[later(when)].push_back({order.number, order.customer, p, line.variant, static_cast<int>(std::clamp(std::lround(mood), 1l, 5l)), start_of(when, shop_zone) + random_.between(8, 22) * hour + static_cast<Milliseconds>(random_.below(hour)), customer(order.customer).language, {}});
        }
        if (truth.quality < 0.6 && random_.chance(0.02)) talk_later(arrived + static_cast<Day>(random_.between(0, 6)), Topic::complaint, order, line.variant);
    }
    auto const slow = order.delivered_at_ms == 0 || order.delivered_at_ms - order.at_ms > 4 * milliseconds_per_day;
    if (random_.chance(slow ? 0.12 : 0.02)) talk_later(day + static_cast<Day>(random_.between(1, 3)), Topic::where_is_order, order, order.lines[0].variant);
    if (random_.chance(0.012)) talk_later(day + static_cast<Day>(random_.between(0, 5)), Topic::invoice, order, order.lines[0].variant);
}

void Simulation::browse(Day day) {
    // Visits that buy nothing; fewer than in life, where they are twenty times the orders, to keep the import short.
    auto const visits = random_.poisson(1.3 * static_cast<double>(today_.orders.size()) + 4);
    for (std::int64_t i = 0; i < visits; ++i) {
        auto const at = clock(day);
        auto const session = ++session_;
        int who = -1;
        if (random_.chance(0.45)) { who = static_cast<int>(random_.below(world_.customers.size())); if (!alive(who, day)) who = -1; }
        auto const language = who >= 0 ? customer(who).language : random_.chance(0.1) ? Locale::en : Locale::zh;
        auto const direct = random_.chance(0.35);
        auto const channel = static_cast<Channel>(random_.below(channel_count));
        auto p = static_cast<int>(random_.below(world_.products.size()));
        for (int attempt = 0; attempt < 6 && (!sold(p, day) || random_.uniform() > secret_.products[static_cast<std::size_t>(p)].popularity / 3); ++attempt) p = static_cast<int>(random_.below(world_.products.size()));
        auto when = at;
        auto const emit = [&](EventKind kind, int item, std::string query = {}, int results = 0) { today_.events.push_back({std::min(when, start_of(day + 1, shop_zone) - 1), kind, session, who, item, std::move(query), results, channel, direct}), when += 8'000 + static_cast<Milliseconds>(random_.below(60'000)); };
        if (random_.chance(0.4)) emit(EventKind::search, -1, search_query(world_, product(p), language, random_), 8 + static_cast<int>(random_.below(70))), emit(EventKind::click, p);
        for (auto looks = random_.below(3); sold(p, day); --looks) {
            emit(EventKind::view, p);
            if (looks == 0) break;
            auto const& group = group_[secret_.products[static_cast<std::size_t>(p)].substitution_group];
            p = random_.one_of(group);
        }
        if (sold(p, day) && random_.chance(0.08)) emit(EventKind::cart, p);
        if (random_.chance(0.02)) talk(day, {random_.chance(0.35) && departments()[static_cast<std::size_t>(department_[static_cast<std::size_t>(p)])].return_share > 0.1 ? Topic::size_advice : Topic::guide, language, &product(p), &world_.variants[static_cast<std::size_t>(product(p).first_variant)], nullptr, nullptr, when}, who, session);
    }
    for (auto const& need : secret_.unmet_needs)
        for (auto n = random_.poisson(need.requests_per_month / 30.4 * world_.options.scale); n > 0; --n) {
            auto const language = random_.chance(0.12) ? Locale::en : Locale::zh;
            auto const session = ++session_;
            auto const at = clock(day);
            auto who = random_.chance(0.4) ? static_cast<int>(random_.below(world_.customers.size())) : -1;
            if (who >= 0 && !alive(who, day)) who = -1;
            today_.events.push_back({at, EventKind::search, session, who, -1, language == Locale::zh ? need.query.zh : need.query.en, 0, Channel::search_ads, true});
            if (random_.chance(0.05)) {
                auto const& p = product(static_cast<int>(random_.below(world_.products.size())));
                talk(day, {Topic::unmet_need, language, &p, &world_.variants[static_cast<std::size_t>(p.first_variant)], nullptr, &need, at + 40'000}, who, session);
            }
        }
}

void Simulation::talk(Day day, TalkAbout const& about, int who, std::int64_t session) {
    auto conversation = converse(world_, about, random_);
    conversation.number = ++conversation_number_, conversation.customer = who, conversation.order = about.order != nullptr ? about.order->number : 0;
    if (session != 0) today_.events.push_back({std::min(about.at_ms, start_of(day + 1, shop_zone) - 1), EventKind::dialogue, session, who, -1, conversation.messages[0].text, 0, Channel::search_ads, true});
    today_.conversations.push_back(std::move(conversation));
}

void Simulation::follow_up(Day day) {
    for (auto& review : reviews_[later(day)]) {
        UnmetNeed const* wish = nullptr;
        if (random_.chance(0.05))
            for (auto const& need : secret_.unmet_needs) if (need.category == product(review.product).category) wish = &need;
        review.text = review_text(world_, product(review.product), review.language, review.stars, wish, random_);
        today_.reviews.push_back(std::move(review));
    }
    today_.returns = std::move(returns_[later(day)]);
    for (auto const& [topic, order, variant] : talks_[later(day)]) {
        auto const& p = product(world_.variants[static_cast<std::size_t>(variant)].product);
        talk(day, {topic, customer(order.customer).language, &p, &world_.variants[static_cast<std::size_t>(variant)], &order, nullptr, clock(day)}, order.customer, 0);
    }
    auto const by_time = [](auto const& a, auto const& b) { return a.at_ms < b.at_ms; };
    std::stable_sort(today_.reviews.begin(), today_.reviews.end(), by_time);
    std::stable_sort(today_.returns.begin(), today_.returns.end(), by_time);
    // Free what belongs to the past: memory stays bounded by a month of open matters.
    reviews_[later(day)] = {}, talks_[later(day)] = {}, arriving_[later(day)] = {}, restock_[later(day)] = {};
}

}  // namespace kindling::shop::simulator
