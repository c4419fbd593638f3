#include "engines/learning/recommend/factors.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random.h"

namespace kindling::recommend {
namespace {

constexpr Item items = 30;

// Two tastes: people of the one take goods below 15, of the other the rest; some of both have more events than there are dimensions.
std::vector<History> tastes() {
    Random random(3);
    std::vector<History> out(200);
    for (std::size_t u = 0; u < out.size(); ++u)
        for (std::uint32_t step = 0, n = u % 10 == 0 ? 20 : 5; step < n; ++step) out[u].push_back({static_cast<Item>(random.below(items / 2) + u % 2 * (items / 2)), step});
    return out;
}

// The loss as it stands in the header, people being solved for by fold_in.
double loss(const Factors& factors, std::span<const History> histories) {
    auto const& o = factors.options();
    auto const square = [](std::span<const float> v) {
        double sum = 0;
        for (auto const x : v) sum += static_cast<double>(x) * static_cast<double>(x);
        return sum;
    };
    double sum = 0;
    std::vector<double> takers(items);
    Factors::Person person;
    for (auto const& h : histories) {
        auto const taken = distinct(h, 100);
        std::vector<Weighted> events;
        for (auto const item : taken) events.push_back({item, 1}), takers[item] += 1;
        factors.fold_in(events, person);
        for (Item i = 0; i < items; ++i) {
            auto const score = static_cast<double>(factors.score(person, i));
            sum += static_cast<double>(o.unobserved) * score * score + (std::ranges::find(taken, i) != taken.end() ? (1 - score) * (1 - score) : 0.0);
        }
        sum += static_cast<double>(o.stiffness) * (static_cast<double>(taken.size()) + static_cast<double>(o.unobserved) * items) * square(person.vector);
    }
    for (Item i = 0; i < items; ++i)
        if (takers[i] > 0) sum += static_cast<double>(o.stiffness) * (takers[i] + static_cast<double>(o.unobserved) * static_cast<double>(histories.size())) * square(factors.of(i));
    return sum;
}

TEST(Factors, LoseLessWithEverySweep) {
    auto const histories = tastes();
    double before = 1e30;
    for (int sweeps = 1; sweeps <= 6; ++sweeps) {
        auto const now = loss(*Factors::fit(histories, items, {.dims = 8, .unobserved = 0.2f, .stiffness = 0.05f, .sweeps = sweeps}), histories);
        EXPECT_LT(now, before * (1 + 1e-5)) << "sweep " << sweeps;
        before = now;
    }
}

// One person against the normal equations, solved by a general method; with fewer events than dimensions, and with more.
TEST(Factors, FoldAPersonInAsADirectSolveDoes) {
    auto const factors = *Factors::fit(tastes(), items, {.dims = 8, .unobserved = 0.2f, .stiffness = 0.05f});
    for (auto const& taken : {std::vector<Weighted>{{3, 1}, {20, 0.5f}}, std::vector<Weighted>{{1, 1}, {2, 0.9f}, {3, 0.8f}, {4, 0.7f}, {5, 0.6f}, {6, 0.5f}, {7, 0.4f}, {8, 0.3f}, {25, 0.2f}}}) {
        double a[8][9] = {};  // the last column is the right-hand side
        auto const add = [&](Item item, double weight, double wanted) {
            auto const f = factors.of(item);
            for (std::size_t i = 0; i < 8; ++i) {
                for (std::size_t j = 0; j < 8; ++j) a[i][j] += weight * static_cast<double>(f[i]) * static_cast<double>(f[j]);
                a[i][8] += weight * wanted * static_cast<double>(f[i]);
            }
        };
        double events = 0;
        for (Item i = 0; i < items; ++i) add(i, 0.2, 0);
        for (auto const& [item, weight] : taken) add(item, static_cast<double>(weight), 1), events += static_cast<double>(weight);
        for (std::size_t i = 0; i < 8; ++i) a[i][i] += 0.05 * (events + 0.2 * items);
        for (std::size_t k = 0; k < 8; ++k)  // Gauss and Jordan; positive definite, so no pivoting
            for (std::size_t i = 0; i < 8; ++i)
                if (auto const by = a[i][k] / a[k][k]; i != k)
                    for (std::size_t c = k; c < 9; ++c) a[i][c] -= by * a[k][c];
        Factors::Person person;
        factors.fold_in(taken, person);
        for (std::size_t k = 0; k < 8; ++k) EXPECT_NEAR(person.vector[k], a[k][8] / a[k][k], 2e-4);
    }
}

TEST(Factors, TellTastesApart) {
    auto const factors = *Factors::fit(tastes(), items, {.dims = 8, .unobserved = 0.2f, .stiffness = 0.05f});
    Factors::Person person;
    factors.fold_in(std::vector<Weighted>{{2, 1}, {9, 1}, {12345, 1}}, person);
    for (Item i = 0; i < items / 2; ++i) EXPECT_GT(factors.score(person, i), 2 * std::abs(factors.score(person, i + items / 2)));
    EXPECT_EQ(factors.score(person, 12345), 0);
    factors.fold_in({}, person);
    EXPECT_EQ(factors.score(person, 2), 0) << "nobody is nobody";
}

TEST(Factors, AreTheSameForASeedAndStop) {
    auto const one = *Factors::fit(tastes(), items, {.dims = 8, .threads = 1}), three = *Factors::fit(tastes(), items, {.dims = 8, .threads = 3});
    EXPECT_TRUE(std::ranges::equal(one.values(), three.values()));
    Factors const again(std::vector<float>(one.values().begin(), one.values().end()), one.options());
    Factors::Person a, b;
    one.fold_in(std::vector<Weighted>{{2, 1}}, a), again.fold_in(std::vector<Weighted>{{2, 1}}, b);
    EXPECT_EQ(a.vector, b.vector);
    EXPECT_EQ(Factors::fit({}, 0, {})->items(), 0u);
    EXPECT_EQ(Factors().score(a, 0), 0);
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(Factors::fit(tastes(), items, {}, {.stop = source.get_token()}).error().reason, "cancelled");
}

}  // namespace
}  // namespace kindling::recommend
