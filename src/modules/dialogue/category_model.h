// modules/dialogue/category_model.h -- which category a query means, though it does not name one: learned from the catalogue's titles and from clicks.
//
// Every product is a document of its category (engines/learning/classification/word_classes.h), every query that was clicked a document of the
// category of what was clicked (dialogue.train_ranking). A word that no title has is asked for by what means the same (the shop's synonyms and the
// built-in ones), so that 吉他 is understood by a catalogue in English. Search shows the prediction as a filter that can be chosen and lifts goods of
// likely categories; the guide asks for no category that is plain, and looks first for the words that name goods.
//
// Threads: any; readers wait for a change. Follows the catalogue product by product; what did not change is not read again.
#pragma once
#include "engines/learning/classification/word_classes.h"
#include "engines/text/analysis/synonyms.h"
#include "modules/dialogue/product_index.h"
#include <shared_mutex>
#include <unordered_set>

namespace kindling::dialogue {

struct PredictedCategory {
    int category = -1;         // of the view's vocabulary
    double probability = 0;    // 0..1
};

// A query that people clicked on, and how often goods of a category were chosen for it.
struct ClickedCategory {
    std::string query, category_id;
    double clicks = 0;
};

class CategoryModel {
public:
    // Catches up with the view; `clicked` takes the place of the clicks before.
    void rebuild(CatalogueView const&, ProductIndex const&, std::span<ClickedCategory const> clicked);
    void apply(CatalogueView const&, ProductIndex const&, std::span<std::string const> changed, std::span<std::string const> gone);

    // Best first, at most `most`, of at least a tenth each; empty when no word is known or the shop has fewer than two categories with goods.
    std::vector<PredictedCategory> predict(CatalogueView const&, ProductIndex const&, std::string_view query, std::size_t most = 3) const;
    // Whether a word names goods here: titles have it at least as readily as descriptions do.
    bool names_goods(ProductIndex const&, std::string_view word) const;
    // Whether no good here is this thing, though names speak of it: a word in five titles or more, of which none, or hardly one, ends a title's first phrase.
    bool never_the_thing(ProductIndex const&, std::string_view word) const;
    // How many goods are called so: the word, or what means the same where no title knows it, ends the first phrase of their title; and which of these are.
    std::uint32_t called(ProductIndex const&, std::string_view word) const;
    std::vector<std::size_t> called_by(CatalogueView const&, ProductIndex const&, std::string_view word, std::span<std::pair<std::size_t, double> const>) const;
    // The words of a text that do, in order, as they stand in the text. All of them when none stands out.
    std::string naming_words(ProductIndex const&, std::string_view text) const;
    // Of these products those that are something else than what a text names, though their titles hold its words: of "piano" the covers, stickers and
    // benches for one. The word that names a thing ends the first phrase of its title ("Piano Dust Cover for 88 Keys": cover); the word of the text that
    // most readily does so here is what is wished for. Empty when no word of the text does.
    std::unordered_set<std::size_t> named_otherwise(CatalogueView const&, ProductIndex const&, std::string_view text, std::span<std::pair<std::size_t, double> const>) const;

    // The words of a text, as they are indexed; one that no title has with what means the same behind it.
    std::vector<std::vector<std::string>> alternatives(ProductIndex const&, std::string_view text) const;

private:
    void put(CatalogueView const&, ProductIndex const&, std::size_t product);
    void leave_head(std::string const& product_id);
    std::uint32_t class_of(std::string const& category_id);
    bool names(ProductIndex const&, std::string_view word) const;   // changing_ is held
    std::vector<std::string> held_names(ProductIndex const&, std::string_view word) const;
    std::vector<std::vector<std::string>> held_alternatives(ProductIndex const&, std::string_view text) const;

    mutable std::shared_mutex changing_;
    classification::WordClasses words_;
    ByText<std::uint32_t> classes_;
    std::vector<std::string> category_ids_;
    ByText<std::uint64_t> marks_;                    // product -> what was read of it
    ByText<std::string> heads_;                      // product -> the word that names it, as it is indexed
    ByText<std::uint32_t> head_counts_;
    std::vector<std::string> clicked_;               // documents of clicks
    std::optional<text::SynonymTable> synonyms_;
    std::size_t calibrated_at_ = 0;                  // products then
};

// How much a product of this category counts for, 0.6 .. 1: likelier categories more.
double category_factor(Vocabulary const&, int category, std::span<PredictedCategory const>);

}  // namespace kindling::dialogue
