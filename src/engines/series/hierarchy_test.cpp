// Reconciliation against its defining formula written with dense matrices, and against what must always hold.
#include "engines/series/hierarchy.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "core/random.h"

namespace kindling::series {
namespace {

struct Case {
    Structure structure;
    Table base, errors;
};

// Regions x purposes, crossed: total, region, purpose.
Case crossed(std::size_t regions, std::size_t purposes, std::size_t steps, std::uint64_t seed) {
    Random random(seed);
    std::vector<std::vector<std::string>> labels;
    for (std::size_t r = 0; r < regions; ++r)
        for (std::size_t p = 0; p < purposes; ++p) labels.push_back({"r" + std::to_string(r), "p" + std::to_string(p)});
    std::vector<std::vector<std::size_t>> const levels = {{}, {0}, {1}};
    std::vector<std::string> const names = {"total", "region", "purpose"};
    Case out{.structure = *make_structure(labels, levels, names)};
    out.base = Table(out.structure.nodes(), 3), out.errors = Table(out.structure.nodes(), steps);
    for (auto& v : out.base.values) v = random.uniform(5, 20);
    Table bottom(labels.size(), steps);
    for (std::size_t t = 0; t < steps; ++t) {
        double const common = random.normal();
        for (std::size_t b = 0; b < labels.size(); ++b) bottom.at(b, t) = random.normal() + 0.7 * common;
    }
    out.errors = sum_up(out.structure, bottom);
    for (auto& v : out.errors.values) v += 0.1 * random.normal();
    return out;
}

Eigen::MatrixXd summing(const Structure& s) {
    Eigen::MatrixXd m = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(s.nodes()), static_cast<Eigen::Index>(s.bottom));
    for (std::size_t i = 0; i < s.sums.size(); ++i)
        for (auto const b : s.sums[i]) m(static_cast<Eigen::Index>(i), b) = 1;
    m.bottomRows(static_cast<Eigen::Index>(s.bottom)).setIdentity();
    return m;
}

void expect_coherent(const Structure& s, const Table& t) {
    for (std::size_t i = 0; i < s.sums.size(); ++i)
        for (std::size_t h = 0; h < t.columns; ++h) {
            double sum = 0;
            for (auto const b : s.sums[i]) sum += t.at(s.sums.size() + b, h);
            ASSERT_NEAR(t.at(i, h), sum, 1e-9 * (1 + std::abs(sum)));
        }
}

TEST(Hierarchy, CountsItsNodes) {
    auto const c = crossed(4, 3, 10, 1);
    EXPECT_EQ(c.structure.nodes(), 1u + 4 + 3 + 12);
    EXPECT_EQ(c.structure.sums[0].size(), 12u);
    std::vector<std::vector<std::string>> const ragged = {{"a"}, {"a", "b"}};
    std::vector<std::vector<std::size_t>> const levels = {{}};
    std::vector<std::string> const names = {"total"};
    EXPECT_EQ(make_structure(ragged, levels, names).error().reason, "hierarchy_labels");
}

TEST(Hierarchy, IsThePaperFormula) {
    for (auto const how : {Reconcile::structural, Reconcile::variance, Reconcile::shrink}) {
        auto const c = crossed(4, 3, 30, 2);
        auto const n = static_cast<Eigen::Index>(c.structure.nodes());
        Eigen::MatrixXd const e = Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(c.errors.values.data(), n, 30), y = Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(c.base.values.data(), n, 3);
        Eigen::MatrixXd w = e * e.transpose() / 30;
        if (how == Reconcile::shrink) {
            double const lambda = shrinkage(c.errors);
            EXPECT_GT(lambda, 0);
            EXPECT_LT(lambda, 0.6);
            Eigen::MatrixXd const diagonal = w.diagonal().asDiagonal();
            w = (1 - lambda) * w + lambda * diagonal;
        } else w = Eigen::MatrixXd(w.diagonal().asDiagonal());
        if (how == Reconcile::structural) w = Eigen::MatrixXd((summing(c.structure) * Eigen::VectorXd::Ones(12)).asDiagonal());
        // S (S' W^-1 S)^-1 S' W^-1 y, the form of the paper.
        auto const s = summing(c.structure);
        Eigen::MatrixXd const inverse = w.inverse(), expected = s * (s.transpose() * inverse * s).inverse() * s.transpose() * inverse * y;
        auto const found = *reconcile(c.structure, c.base, c.errors, how, Sign::any);
        for (Eigen::Index i = 0; i < n; ++i)
            for (Eigen::Index h = 0; h < 3; ++h) ASSERT_NEAR(found.at(static_cast<std::size_t>(i), static_cast<std::size_t>(h)), expected(i, h), 1e-7) << name(how);
        expect_coherent(c.structure, found);
    }
}

TEST(Hierarchy, ShrinkageIsTheSumOverPairs) {
    auto const c = crossed(3, 2, 20, 5);
    double up = 0, down = 0;
    std::size_t const n = c.structure.nodes(), t = 20;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            if (i == j) continue;
            double ni = 0, nj = 0, r = 0, second = 0;
            for (std::size_t s = 0; s < t; ++s) ni += c.errors.at(i, s) * c.errors.at(i, s) / 20, nj += c.errors.at(j, s) * c.errors.at(j, s) / 20;
            for (std::size_t s = 0; s < t; ++s) { double const x = c.errors.at(i, s) * c.errors.at(j, s) / std::sqrt(ni * nj); r += x / 20, second += x * x / 20; }
            up += (second - r * r) / 19, down += r * r;
        }
    EXPECT_NEAR(shrinkage(c.errors), up / down, 1e-9);
}

TEST(Hierarchy, LargeOnesAreSolvedWithoutTheMatrix) {
    // 1,700 sums take the way of conjugate gradients; pairs have a closed form.
    Random random(3);
    std::vector<std::vector<std::string>> labels;
    for (int g = 0; g < 1700; ++g)
        for (int i = 0; i < 2; ++i) labels.push_back({std::to_string(g)});
    std::vector<std::vector<std::size_t>> const levels = {{0}};
    std::vector<std::string> const names = {"pair"};
    auto const s = *make_structure(labels, levels, names);
    Table base(s.nodes(), 2), errors(s.nodes(), 6);
    for (auto& v : base.values) v = random.uniform(1, 9);
    for (auto& v : errors.values) v = random.normal();
    auto const found = *reconcile(s, base, errors, Reconcile::variance, Sign::any);
    expect_coherent(s, found);
    for (std::size_t i = 0; i < 1700; ++i) {
        // Three nodes: the gap is shared in proportion to the variances.
        auto const variance = [&](std::size_t node) { double v = 0; for (double const e : errors.row(node)) v += e * e / 6; return v; };
        std::size_t const a = 1700 + s.sums[i][0], b = 1700 + s.sums[i][1];
        double const gap = base.at(i, 0) - base.at(a, 0) - base.at(b, 0), total = variance(i) + variance(a) + variance(b);
        ASSERT_NEAR(found.at(i, 0), base.at(i, 0) - gap * variance(i) / total, 1e-5);
    }
}

TEST(Hierarchy, NeverNegativeAndNeverWorseInTheBackTest) {
    auto c = crossed(5, 4, 40, 9);
    for (auto& v : c.base.values) v -= 12;
    auto const cut = *reconcile(c.structure, c.base, c.errors, Reconcile::shrink);
    expect_coherent(c.structure, cut);
    for (double const v : cut.values) EXPECT_GE(v, 0);
    // What came equals the bottom forecasts: nothing may be moved.
    Table bottom(c.structure.bottom, 3);
    for (std::size_t b = 0; b < bottom.rows; ++b)
        for (std::size_t h = 0; h < 3; ++h) bottom.at(b, h) = 5 + static_cast<double>(b);
    auto const actual = sum_up(c.structure, bottom);
    for (std::size_t b = 0; b < bottom.rows; ++b)
        for (std::size_t h = 0; h < 3; ++h) c.base.at(c.structure.sums.size() + b, h) = bottom.at(b, h) + 0.01;
    std::vector<double> const scale(c.structure.nodes(), 1.0);
    auto const chosen = *choose_reconciliation(c.structure, std::vector<BackTest>{{c.base, c.errors, actual, scale}});
    auto const kept = *reconcile(c.structure, c.base, c.errors, chosen);
    for (std::size_t b = 0; b < bottom.rows; ++b)
        for (std::size_t h = 0; h < 3; ++h) EXPECT_NEAR(kept.at(c.structure.sums.size() + b, h), bottom.at(b, h), 0.02) << name(chosen.method);
    // And when the sums are right and the bottom is not, they are listened to.
    for (std::size_t i = 0; i < c.structure.sums.size(); ++i)
        for (std::size_t h = 0; h < 3; ++h) c.base.at(i, h) = actual.at(i, h);
    for (std::size_t b = 0; b < bottom.rows; ++b)
        for (std::size_t h = 0; h < 3; ++h) c.base.at(c.structure.sums.size() + b, h) = bottom.at(b, h) + 3;
    auto const good = c;
    auto const better = *choose_reconciliation(c.structure, std::vector<BackTest>{{c.base, c.errors, actual, scale}});
    EXPECT_NE(better.method, Reconcile::bottom_up);
    for (double const gain : better.gain) EXPECT_LE(gain, 1.0);
    // One origin at which the sums misled is enough to leave them.
    for (std::size_t b = 0; b < bottom.rows; ++b)
        for (std::size_t h = 0; h < 3; ++h) c.base.at(c.structure.sums.size() + b, h) = bottom.at(b, h);
    for (std::size_t i = 0; i < c.structure.sums.size(); ++i)
        for (std::size_t h = 0; h < 3; ++h) c.base.at(i, h) = 2 * actual.at(i, h);
    EXPECT_EQ(choose_reconciliation(c.structure, std::vector<BackTest>{{good.base, c.errors, actual, scale}, {c.base, c.errors, actual, scale}})->method, Reconcile::bottom_up);
    EXPECT_EQ(choose_reconciliation(c.structure, {}).error().reason, "hierarchy_shape");
}

TEST(Hierarchy, LeavesOutTheLevelThatMisleads) {
    // Regions are foreseen exactly, purposes at twice what comes, goods with errors of their own: no single method keeps every level, doubting purposes does.
    Random random(12);
    std::vector<BackTest> tests;
    Structure structure;
    for (int origin = 0; origin < 3; ++origin) {
        auto c = crossed(6, 5, 40, 20 + static_cast<std::uint64_t>(origin));
        Table bottom(c.structure.bottom, 3);
        for (auto& v : bottom.values) v = random.uniform(8, 12);
        auto const actual = sum_up(c.structure, bottom);
        for (std::size_t i = 0; i < c.structure.nodes(); ++i)
            for (std::size_t h = 0; h < 3; ++h) {
                auto const level = c.structure.level_names[c.structure.level_of(i)];
                c.base.at(i, h) = actual.at(i, h) * (level == "purpose" ? 2 : 1) + (level == "bottom" ? 2 * random.normal() : 0);
            }
        std::vector<double> const scale(c.structure.nodes(), 1.0);
        tests.push_back({c.base, c.errors, actual, scale}), structure = c.structure;
    }
    auto const chosen = *choose_reconciliation(structure, tests);
    ASSERT_NE(chosen.method, Reconcile::bottom_up);
    ASSERT_EQ(chosen.doubt.size(), 4u);
    EXPECT_GT(chosen.doubt[2], chosen.doubt[1]);
    for (double const gain : chosen.gain) EXPECT_LE(gain, 1);
    EXPECT_LT(chosen.gain[1], 0.7);
    expect_coherent(structure, *reconcile(structure, tests[0].base, tests[0].errors, chosen));
    // A doubt without bound is as if the level were not there.
    std::vector<double> const doubt = {1, 1, 1e6, 1};
    auto const without = *reconcile(structure, tests[0].base, tests[0].errors, Reconcile::variance, Sign::any, doubt);
    auto pruned = structure;
    Table base(pruned.nodes() - 5, 3), errors(pruned.nodes() - 5, 40);
    for (std::size_t i = 0, to = 0; i < structure.nodes(); ++i)
        if (structure.level_of(i) != 2) { std::ranges::copy(tests[0].base.row(i), base.row(to).begin()), std::ranges::copy(tests[0].errors.row(i), errors.row(to).begin()), ++to; }
    pruned.sums.resize(7), pruned.level.resize(7);
    auto const never_there = *reconcile(pruned, base, errors, Reconcile::variance, Sign::any);
    for (std::size_t h = 0; h < 3; ++h) EXPECT_NEAR(without.at(0, h), never_there.at(0, h), 1e-3);
}

TEST(Hierarchy, ManySumsAreNotTriedLevelByLevel) {
    // As above, but with more sums than can be factored some hundred times.
    for (std::size_t const regions : {40u, 396u}) {
        Random random(12);
        std::vector<BackTest> tests;
        Structure structure;
        for (int origin = 0; origin < 3; ++origin) {
            auto c = crossed(regions, 5, 12, 20 + static_cast<std::uint64_t>(origin));
            Table bottom(c.structure.bottom, 3);
            for (auto& v : bottom.values) v = random.uniform(8, 12);
            auto const actual = sum_up(c.structure, bottom);
            for (std::size_t i = 0; i < c.structure.nodes(); ++i)
                for (std::size_t h = 0; h < 3; ++h) c.base.at(i, h) = actual.at(i, h) * (c.structure.level_of(i) == 2 ? 2 : 1) + (c.structure.level_of(i) == 3 ? 2 * random.normal() : 0);
            tests.push_back({c.base, c.errors, actual, std::vector<double>(c.structure.nodes(), 1.0)}), structure = c.structure;
        }
        EXPECT_EQ(choose_reconciliation(structure, tests)->doubt.empty(), structure.sums.size() > 400) << structure.sums.size();
    }
}

TEST(Hierarchy, SaysWhatIsWrong) {
    auto c = crossed(2, 2, 5, 1);
    EXPECT_EQ(reconcile(c.structure, Table(3, 2), c.errors, Reconcile::bottom_up).error().reason, "hierarchy_shape");
    EXPECT_EQ(reconcile(c.structure, c.base, Table(), Reconcile::shrink).error().reason, "hierarchy_shape");
    std::vector<double> const few = {1}, none = {0, 1, 1, 1};
    EXPECT_EQ(reconcile(c.structure, c.base, c.errors, Reconcile::shrink, Sign::any, few).error().reason, "hierarchy_shape");
    EXPECT_EQ(reconcile(c.structure, c.base, c.errors, Reconcile::shrink, Sign::any, none).error().reason, "hierarchy_shape");
    // Structures put together by hand: a bottom series that is not there, one twice, a level without a name, a sum without a level.
    auto const refused = [&](auto change) { auto s = c.structure; change(s); EXPECT_EQ(reconcile(s, c.base, c.errors, Reconcile::bottom_up).error().reason, "hierarchy_shape"); };
    refused([](Structure& s) { s.sums[1].back() = 4; });
    refused([](Structure& s) { s.sums[1] = {1, 1}; });
    refused([](Structure& s) { s.level[0] = 3; });
    refused([](Structure& s) { s.level.pop_back(); });
    c.base.values[2] = NAN;
    EXPECT_EQ(reconcile(c.structure, c.base, c.errors, Reconcile::bottom_up).error().reason, "hierarchy_value");
}

}  // namespace
}  // namespace kindling::series
