// engines/series/hierarchy.h -- forecasts that add up: goods, categories, shops, regions and their crossings.
//
// A structure has bottom series and nodes, each the sum of some bottom series; several groupings may cross (Region x Purpose). Forecasts made node by
// node do not add up; reconciliation moves them as little as possible until they do, "little" measured by W, the covariance of their errors:
//   y~ = y^ - W C' (C W C')^-1 C y^,   C = [I -A]: every sum minus its parts (Wickramasuriya, Athanasopoulos & Hyndman 2019, MinT)
//   structural   W = number of bottom series under each node
//   variance     W = variance of each node's one-step errors
//   shrink       W = variance on the diagonal, covariances shrunk towards 0 (Schaefer & Strimmer 2005)
// Up to 1,500 sums C W C' is factored densely; above that it is solved by conjugate gradients without ever being formed (W is a diagonal plus errors
// times errors), so 42,840 nodes need megabytes. The answer is its bottom series, negative values cut to zero where demand cannot be
// negative (Di Fonzo & Girolimetto 2023), summed up again: coherent to rounding whatever the solver did.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"

namespace kindling::series {

struct Structure {
    std::size_t bottom = 0;
    std::vector<std::vector<std::uint32_t>> sums;  // of each sum its bottom series, ascending
    std::vector<std::uint32_t> level;              // of each sum; level of the bottom is level_names.size() - 1
    std::vector<std::string> level_names;
    std::size_t nodes() const { return sums.size() + bottom; }  // numbered: sums first, then the bottom series
    std::uint32_t level_of(std::size_t node) const { return node < sums.size() ? level[node] : static_cast<std::uint32_t>(level_names.size() - 1); }
};

// labels: of each bottom series one text per attribute; levels: which attributes each level groups by (none: the total). Levels that repeat the bottom or each
// other's sums are kept. invalid_argument "hierarchy_labels" when rows differ in length or a level names an attribute that is not there.
Result<Structure> make_structure(std::span<const std::vector<std::string>> labels, std::span<const std::vector<std::size_t>> levels, std::span<const std::string> level_names);

// invalid_argument "hierarchy_shape" for a structure put together by hand whose sums name bottom series that are not there, name one twice, or lack a level.
Result<void> check(const Structure&);

// Rows of a matrix: [node or bottom series][step], stored row by row.
struct Table {
    std::size_t rows = 0, columns = 0;
    std::vector<double> values;
    Table() = default;
    Table(std::size_t r, std::size_t c) : rows(r), columns(c), values(r * c) {}
    double& at(std::size_t r, std::size_t c) { return values[r * columns + c]; }
    double at(std::size_t r, std::size_t c) const { return values[r * columns + c]; }
    std::span<double> row(std::size_t r) { return std::span(values).subspan(r * columns, columns); }
    std::span<const double> row(std::size_t r) const { return std::span(values).subspan(r * columns, columns); }
};

// All nodes from the bottom rows.
Table sum_up(const Structure&, const Table& bottom);

enum class Reconcile : std::uint8_t { bottom_up, structural, variance, shrink };
std::string_view name(Reconcile);
enum class Sign : std::uint8_t { any, non_negative };

// base: forecasts of all nodes; errors: one-step errors of all nodes over the same steps (for variance and shrink; at least 2 columns). Coherent, all nodes.
// doubt: of each level, what the variance of its nodes' errors is multiplied by (> 0; none: 1). invalid_argument "hierarchy_shape" when rows or columns do not
// fit or check() fails, "hierarchy_value" for values that are not finite.
Result<Table> reconcile(const Structure&, const Table& base, const Table& errors, Reconcile, Sign = Sign::non_negative, std::span<const double> doubt = {});

// The shrinkage intensity of `shrink`, 0 .. 1.
double shrinkage(const Table& errors);

// Forecasts made at one earlier origin, as known then, and what came: base, errors and actual of all nodes; scale: what errors of a node are divided by (> 0).
struct BackTest {
    Table base, errors, actual;
    std::vector<double> scale;
};

struct Chosen {
    Reconcile method = Reconcile::bottom_up;
    double share = 0;  // of that method; the rest is bottom-up. Both add up, so the mixture does
    std::vector<double> doubt = {};  // of each level, as reconcile() takes it; none: levels are believed as their errors say
    std::vector<double> gain = {};  // of each level: error of the choice divided by that of bottom-up, mean over the back-tests
};
// Of all methods and shares 1/4 .. 1 the least mean error over levels and origins, among those that at no level of any origin erred more than `tolerance` above
// bottom-up; then, up to 400 sums and 5,000 nodes and with two levels of sums or more, level by level how far its forecasts are believed (doubt), step by step as long as
// that lowers the mean by .2 %. A level whose forecasts mislead is so left out where it would have forbidden the whole. One origin is one draw of what moves
// all nodes together: give three or more. invalid_argument as reconcile(), and "hierarchy_shape" for none.
Result<Chosen> choose_reconciliation(const Structure&, std::span<const BackTest>, double tolerance = 0.0, Sign = Sign::non_negative);
Result<Table> reconcile(const Structure&, const Table& base, const Table& errors, const Chosen&, Sign = Sign::non_negative);

// Mean over the nodes of each level of sqrt(mean squared error) / scale.
std::vector<double> level_errors(const Structure&, const Table& forecast, const Table& actual, std::span<const double> scale);

}  // namespace kindling::series
