// modules/dialogue/fitting.h -- which variants of which products meet constraints, made ready for a pass over many products.
//
// What all variants of a product meet alike is looked up by its category, or in one bit per title (need.h, titles_that_hold); of a product with one variant,
// prices and stock stand in its Brief. So most products of a pass are told without touching their entries.
//
// Pure; any thread. Cost: making one, up to 2 ms for 24,000 titles the first time some words in titles are asked for, then 1 us; a product 5 ns, or O(variants x conditions).
#pragma once
#include "modules/dialogue/relax.h"

namespace kindling::dialogue {

class Fitting {
public:
    // The first 63 of the constraints; preferences leave nothing out. `asked_about`: of how many products it will be asked, for few of them no bits are made.
    // View and constraints must outlive it.
    Fitting(CatalogueView const&, std::span<Constraint const>, std::size_t asked_about);
    Fitting(Fitting const&) = delete;

    // The variant of it that meets everything: the one that is liked best, then in stock, then the cheapest. Nothing when none does.
    std::optional<std::uint32_t> variant(std::size_t product) const;
    // Resolved, in the order of the constraints, and in parts (empty ones for preferences).
    std::vector<Condition> const& conditions() const { return conditions_; }
    std::vector<PartedCondition> const& parts() const { return parts_; }
    bool preferences() const { return preferences_; }
    // What it adds up to for the preferences, over all of them.
    double liked(std::size_t product, std::size_t variant) const;

private:
    struct OfProduct {
        Condition const* condition;
        std::vector<char> categories = {};           // by category id + 1: whether it holds
        TitleRow titles = {};                        // one of the words stands in its title
    };
    bool product_holds(std::size_t product, OfProduct const&) const;
    bool variant_holds(std::size_t product, std::size_t variant) const;

    CatalogueView const& view_;
    std::vector<Condition> conditions_;
    std::vector<PartedCondition> parts_;
    std::vector<OfProduct> of_products_;
    std::vector<Condition const*> of_variants_;
    bool preferences_ = false;
};

}  // namespace kindling::dialogue
