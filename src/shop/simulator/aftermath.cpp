// shop/simulator/aftermath.cpp -- what follows from orders: returns, reviews, repeat needs, conversations, customers lost.
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
            if (back.reason != ReturnReason::changed_mind && back.reason != ReturnReason::wrong_size) disappoint(order.customer, when);
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
    if (order.delivered_at_ms - order.at_ms > 6 * milliseconds_per_day) disappoint(order.customer, day_of(order.delivered_at_ms, shop_zone));
    auto const slow = order.delivered_at_ms == 0 || order.delivered_at_ms - order.at_ms > 4 * milliseconds_per_day;
    if (random_.chance(slow ? 0.12 : 0.02)) talk_later(day + static_cast<Day>(random_.between(1, 3)), Topic::where_is_order, order, order.lines[0].variant);
    if (random_.chance(0.012)) talk_later(day + static_cast<Day>(random_.between(0, 5)), Topic::invoice, order, order.lines[0].variant);
}

void Simulation::disappoint(int who, Day day) {
    auto& left = truth_.left[static_cast<std::size_t>(who)];
    if ((left != 0 && left <= day) || !random_.chance(secret_.visits.disappointed_leave)) return;
    left = day, truth_.disappointed[static_cast<std::size_t>(who)] = 1;
}

void Simulation::talk(Day day, TalkAbout const& about, int who, std::int64_t session) {
    auto conversation = converse(world_, about, random_);
    conversation.number = ++conversation_number_, conversation.customer = who, conversation.order = about.order != nullptr ? about.order->number : 0;
    if (session != 0 && logged(day)) today_.events.push_back({std::min(about.at_ms, start_of(day + 1, shop_zone) - 1), EventKind::dialogue, session, who, -1, conversation.messages[0].text});
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
        talk(day, {topic, customer(order.customer).language, &p, &world_.variants[static_cast<std::size_t>(variant)], &order, nullptr, clock(day, random_)}, order.customer, 0);
    }
    auto const by_time = [](auto const& a, auto const& b) { return a.at_ms < b.at_ms; };
    std::stable_sort(today_.reviews.begin(), today_.reviews.end(), by_time);
    std::stable_sort(today_.returns.begin(), today_.returns.end(), by_time);
    // Free what belongs to the past: memory stays bounded by a month of open matters.
    reviews_[later(day)] = {}, talks_[later(day)] = {}, arriving_[later(day)] = {}, restock_[later(day)] = {};
}

}  // namespace kindling::shop::simulator
