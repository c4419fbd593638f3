// modules/dialogue/value_model.h -- which values of attributes, and which brand, a query speaks for though it names none: learned from the catalogue's own
// fields beside its titles and descriptions, and from what was chosen for which words.
//
// Every product is a document of its values (engines/learning/classification/word_values.h), every query that was clicked a document of the
// values of what was chosen (dialogue.train_ranking). "Summer" is seen with linen here, "night run" with reflective, the name of a model with its brand.
// A value is foreseen when it is likelier than not, as often as such values were right of this shop's own goods, and clearly likelier than it is among all goods
// that have the attribute.
//
// A preference and no limit: nothing is left out for it. Goods found by words that have a foreseen value stand a little higher, under the guard of the lift of
// categories (category_guard.h); whoever searches can make a filter of it.
//
// Threads: any; readers wait for a change. Follows the catalogue product by product; what did not change is not read again. Cost: that of the engine.
#pragma once
#include "engines/learning/classification/word_values.h"
#include "modules/dialogue/category_model.h"
#include <shared_mutex>

namespace kindling::dialogue {

inline constexpr double least_sure = 0.5, least_gain = 0.2;   // of what is foreseen: its probability, and how much that is above the usual

struct PredictedValue {
    int attribute = -1;                // of the view's vocabulary; -1: the brand
    int value = -1;                    // of the attribute, or a brand
    double probability = 0, usual = 0; // given the words; among all goods that have the attribute
    std::string word;                  // that speaks for it most, as it was written
};

// A query from which people chose a product, and how often.
struct ClickedProduct {
    std::string query, product_id;
    double clicks = 0;
};

class ValueModel {
public:
    // Catches up with the view; `clicked` takes the place of the clicks before.
    void rebuild(CatalogueView const&, ProductIndex const&, std::span<ClickedProduct const> clicked);
    void apply(CatalogueView const&, ProductIndex const&, std::span<std::string const> changed, std::span<std::string const> gone);

    // Best first, at most `most`, one of an attribute. `kinds`: what means the same where titles do not know a word; null: nothing does.
    std::vector<PredictedValue> predict(CatalogueView const&, ProductIndex const&, CategoryModel const* kinds, std::string_view query, std::size_t most = 3) const;

private:
    void put(CatalogueView const&, ProductIndex const&, std::size_t product);
    std::vector<classification::WordValues::Value> values_of(CatalogueView const&, ProductIndex const&, std::size_t product);

    mutable std::shared_mutex changing_;
    classification::WordValues words_;
    // Groups and values as they are called: the numbers of a vocabulary are another catalogue's after a reading of everything.
    struct Group { std::string attribute; ByText<std::uint32_t> numbers; std::vector<std::string> values; };
    std::vector<Group> groups_;
    ByText<std::uint32_t> group_numbers_;
    ByText<std::uint64_t> marks_;                    // product -> what was read of it
    std::vector<std::string> clicked_;               // documents of clicks
    std::size_t calibrated_at_ = 0;                  // products then
};

inline constexpr double value_lift = 0.2;
// What product p of the view counts for, 0.8 .. 1: one with the values that were foreseen more.
double value_factor(CatalogueView const&, std::size_t p, std::span<PredictedValue const>);
bool has_value(CatalogueView const&, std::size_t p, PredictedValue const&);

}  // namespace kindling::dialogue
