#include "core/utf8.h"
#include "shop/simulator/demand.h"
#include "shop/simulator/calendar.h"
#include <cmath>
#include <ctime>
#include <gmock/gmock.h>
#include <iostream>
#include <map>

namespace kindling::shop::simulator {
namespace {

// Keeps sums of everything and checks the conservation laws as the days come in.
struct Audit : Sink {
    World const& world;
    std::map<std::pair<int, int>, long> on_hand;  // (place, variant)
    std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> paid;  // order -> total without shipping, refunded
    std::map<int, long> sold;
    std::int64_t orders = 0, lines = 0, events = 0, reviews = 0, returns = 0, purchases = 0, talks = 0, moves = 0, messages = 0, empty_searches = 0, order_number = 0, bytes = 0;
    Day next;
    std::uint64_t digest = 1469598103934665603ull;
    explicit Audit(World const& w) : world(w), next(w.first_day) {}

    void mix(std::uint64_t x) { digest = (digest ^ x) * 1099511628211ull; }
    void mix(std::string_view s) { for (unsigned char c : s) mix(std::uint64_t{c}); }
    void day(DayBatch&& b) override {
        ASSERT_EQ(b.day, next++);
        ASSERT_EQ(b.spend.size(), static_cast<std::size_t>(channel_count));
        for (auto const& m : b.stock_moves) {
            auto& n = on_hand[{m.place, m.variant}];
            n += m.quantity;
            ASSERT_GE(n, 0) << format_date(b.day) << " variant " << m.variant;
            mix(static_cast<std::uint64_t>(m.quantity) + static_cast<std::uint64_t>(m.variant));
        }
        std::int64_t moved = 0, ordered = 0;
        for (auto const& m : b.stock_moves) if (m.reason == MoveReason::sale) moved -= m.quantity;
        for (auto const& o : b.orders) {
            ASSERT_EQ(o.number, ++order_number);
            std::int64_t goods = 0;
            for (auto const& l : o.lines) {
                goods += l.unit_price_minor * l.quantity, ordered += l.quantity, sold[l.variant] += l.quantity;
                ASSERT_LE(l.unit_price_minor, l.list_price_minor);
                ASSERT_LT(l.place, 4);
            }
            ASSERT_EQ(o.total_minor, goods + o.shipping_minor);
            ASSERT_EQ(day_of(o.at_ms, shop_zone), b.day);
            auto const& c = world.customers[static_cast<std::size_t>(o.customer)];
            ASSERT_LE(c.joined, b.day);
            paid[o.number] = {goods, 0};
            mix(static_cast<std::uint64_t>(o.total_minor));
            lines += static_cast<std::int64_t>(o.lines.size());
        }
        ASSERT_EQ(moved, ordered);
        for (auto const& r : b.returns) {
            auto const order = paid.find(r.order);
            ASSERT_NE(order, paid.end());
            order->second.second += r.refund_minor;
            ASSERT_LE(order->second.second, order->second.first);
        }
        for (auto const& r : b.reviews) {
            ASSERT_TRUE(is_utf8(r.text) && !r.text.empty());
            ASSERT_TRUE(r.stars >= 1 && r.stars <= 5);
            mix(r.text);
        }
        for (auto const& e : b.events) {
            ASSERT_TRUE(is_utf8(e.query));
            ASSERT_LE(day_of(e.at_ms, shop_zone), b.day);
            if (e.kind == EventKind::search) { ASSERT_FALSE(e.query.empty()); empty_searches += e.results == 0; }
            bytes += static_cast<std::int64_t>(e.query.size());
            mix(static_cast<std::uint64_t>(e.at_ms));
        }
        for (auto const& c : b.conversations) {
            ASSERT_GE(c.messages.size(), 3u);
            for (auto const& m : c.messages) ASSERT_TRUE(is_utf8(m.text) && !m.text.empty());
            messages += static_cast<std::int64_t>(c.messages.size());
        }
        orders += static_cast<std::int64_t>(b.orders.size()), events += static_cast<std::int64_t>(b.events.size()), reviews += static_cast<std::int64_t>(b.reviews.size());
        returns += static_cast<std::int64_t>(b.returns.size()), purchases += static_cast<std::int64_t>(b.purchase_orders.size()), talks += static_cast<std::int64_t>(b.conversations.size()), moves += static_cast<std::int64_t>(b.stock_moves.size());
    }
};

// Processor time; under a sanitizer everything takes several times as long.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#ifdef SANITIZED
constexpr double most_seconds = 90;
#else
constexpr double most_seconds = 16;
#endif

TEST(TimeLine, KeepsItsConservationLawsOverTwoYears) {
    auto const start = std::clock();  // of the processor: other programs on the machine do not count
    auto const world = generate_catalogue({});
    Audit audit(world);
    auto const truth = simulate(world, audit);
    auto const seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    std::int64_t units = 0, lost = 0, substituted = 0;
    for (auto const& d : truth.demand) units += d.units, lost += d.lost, substituted += d.substituted;
    std::cout << seconds << " s; orders " << audit.orders << ", lines " << audit.lines << ", events " << audit.events << ", reviews " << audit.reviews << ", returns " << audit.returns << ", purchase orders " << audit.purchases << ", conversations "
              << audit.talks << " (" << audit.messages << " messages), stock moves " << audit.moves << ", searches without result " << audit.empty_searches << "; wanted " << units << ", lost " << lost << ", substituted " << substituted << '\n';
    EXPECT_EQ(audit.next, world.options.last_day + 1);
    EXPECT_GT(audit.orders, 100'000);
    EXPECT_LT(audit.orders, 150'000);
    EXPECT_GT(audit.lines, 200'000);
    EXPECT_GT(audit.events, 1'500'000);
    EXPECT_LT(audit.events, 2'300'000);
    EXPECT_GT(audit.reviews, 20'000);
    EXPECT_GT(audit.talks, 5'000);
    EXPECT_GT(audit.empty_searches, 2'500);
    EXPECT_GT(lost, units / 100);
    EXPECT_LT(lost, units / 5);
    std::int64_t total_sold = 0;
    for (auto const& [variant, n] : audit.sold) total_sold += n;
    EXPECT_EQ(total_sold, units - lost);
    EXPECT_LT(seconds, most_seconds);
}

TEST(TimeLine, IsAFunctionOfItsSeed) {
    auto const digest = [](std::uint64_t seed) {
        auto const world = generate_catalogue({.seed = seed, .products = 120, .customers = 400, .months = 2, .scale = 0.1});
        Audit audit(world);
        simulate(world, audit);
        return audit.digest;
    };
    EXPECT_EQ(digest(3), digest(3));
    EXPECT_NE(digest(3), digest(4));
}

TEST(TimeLine, StopsWhenAsked) {
    auto const world = generate_catalogue({.products = 40, .customers = 100, .scale = 0.02});
    Audit audit(world);
    std::stop_source stop;
    Progress progress{stop.get_token(), [&](std::int64_t done, std::int64_t, std::string_view) { if (done == 10) stop.request_stop(); }};
    simulate(world, audit, progress);
    EXPECT_EQ(audit.next, world.first_day + 10);
}

// With the true baseline as offset, log(demand in cuts / expected without cut) / log(price) is the elasticity (Poisson maximum likelihood
// with one cut depth at a time), so the demand before censoring must give it back.
TEST(TimeLine, ElasticityCanBeFoundAgain) {
    auto const world = generate_catalogue({.customers = 3000});
    Audit audit(world);
    auto const truth = simulate(world, audit);
    DemandModel const model(world);
    std::map<int, std::pair<double, double>> by_depth;  // percent -> wanted, expected at full price × mean log price ratio weight
    std::map<int, double> expected, weighted;
    std::map<std::pair<int, Day>, int> wanted;
    for (auto const& d : truth.demand) wanted[{world.variants[static_cast<std::size_t>(d.variant)].product, d.day}] += d.units;
    double top = 0, bottom = 0, true_sum = 0;
    for (auto const& promotion : world.promotions) {
        double units = 0, base = 0;
        for (Day day = promotion.first_day; day <= promotion.last_day; ++day) {
            base += model.baseline(promotion.product, day) * model.media_factor(day);
            auto const found = wanted.find({promotion.product, day});
            units += found == wanted.end() ? 0 : found->second;
        }
        expected[promotion.percent_off] += base, by_depth[promotion.percent_off].first += units;
        weighted[promotion.percent_off] += base * world.secret->products[static_cast<std::size_t>(promotion.product)].elasticity;
    }
    for (auto const& [percent, sums] : by_depth) {
        auto const found = std::log(sums.first / expected[percent]) / std::log(1 - percent / 100.0), real = weighted[percent] / expected[percent];
        std::cout << percent << " % off: elasticity " << found << ", true mean " << real << '\n';
        top += found * expected[percent], bottom += expected[percent], true_sum += weighted[percent];
    }
    EXPECT_NEAR(top / bottom, true_sum / bottom, 0.15);
}

TEST(Calendar, KnowsTheMovableFeasts) {
    EXPECT_EQ(format_date(lunar_new_year(2026)), "2026-02-17");
    EXPECT_EQ(format_date(black_friday(2026)), "2026-11-27");
    EXPECT_EQ(format_date(black_friday(2024)), "2024-11-29");
    EXPECT_GT(calendar_lift(day_from_civil(2026, 11, 11)), 2.5);
    EXPECT_LT(calendar_lift(day_from_civil(2026, 2, 17)), 0.6);
    double sum = 0;
    for (int h = 0; h < 24; ++h) sum += hour_share(h);
    EXPECT_NEAR(sum, 1, 1e-12);
    auto const campaigns = plan_campaigns(day_from_civil(2024, 11, 23), day_from_civil(2026, 11, 22));
    EXPECT_EQ(campaigns.size(), 18u);
}

}  // namespace
}  // namespace kindling::shop::simulator
