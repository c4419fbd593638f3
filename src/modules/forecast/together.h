// modules/forecast/together.h -- how far the sum of any chosen goods may be missed: dispersions that are kept for nodes alone, made one joint law of all goods.
//
// A sum that is no node needs what goods have in common. Units of a good over a window of days are taken as a count around
//   its mean x shared (the shop's) x shared (its category's) ... x shared (its product's) x its own,
// independent factors of mean 1, as nested random effects are (Goldstein 2011). A factor's mean square x_n follows from what was learned of the nodes: with K_n the product of
// those above n, D_n its own dispersion and w_c what share of its mean a child c is,
//   1 + D_n = K_n Q_n,   Q_n = x_n (1 + sum_c w_c^2 (Q_c - 1)),   so   x_n = ((1 + D_n) - sum_c w_c^2 (1 + D_c)) / (K_n (1 - sum_c w_c^2)),  at least 1;
// the dispersion of a choice is the same sum over what was chosen of each node. It adds up: samples of these factors add up at every node, and these are their second moments, without drawing
// them. A node that is chosen whole has the dispersion that its own page shows. O(goods) for the tree; a choice asks its nodes and their children.
#pragma once
#include "modules/forecast/paths.h"
#include <optional>

namespace kindling::forecast {

// Over the days [from, to) of the forecast, by the trusted model. Refers to `now`.
class Together {
public:
    Together(Current const& now, std::size_t from, std::size_t to);
    // Of the sum of these goods (ascending, each once); shares: of each what a place sends of it, empty for all.
    double dispersion(std::span<std::uint32_t const> chosen, std::span<double const> shares = {});
    // Levels to ask its distribution for: of one single day what follows what came, of a choice between nodes as its parts do, by units.
    Asked asked(std::span<std::uint32_t const> chosen, std::span<double const> shares = {}) const;

private:
    struct Branch {
        Level level = Level::total;
        std::string id;
        std::vector<std::uint32_t> members;
        std::size_t parent = 0;
        std::vector<std::size_t> children;
        double mean = 0;
        std::optional<double> own;  // its dispersion, once asked for
    };
    struct Chosen { std::vector<double> mass; std::vector<std::size_t> count; };  // of each branch: units of what was chosen under it, and how many goods
    Chosen chosen_of(std::span<std::uint32_t const> chosen, std::span<double const> shares) const;
    double own(std::size_t);
    double around(std::size_t branch, double above, std::span<double const> mass, std::span<std::size_t const> count);

    Current const& now_;
    std::size_t from_, to_;
    std::vector<Branch> tree_;            // the shop, categories, products, then each good
    std::vector<std::size_t> leaf_;       // of each good
};

}  // namespace kindling::forecast
