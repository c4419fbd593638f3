// modules/dialogue/select.h -- which products meet the constraints, in what order, and what to give up when none does.
//
// Exact by construction: every variant of every product is tested against every condition (a bit mask per variant), so a pick
// either meets all of them or is marked with those it misses. The smallest relaxation is the best mask that occurs: a set of
// constraints can be dropped with success exactly when some variant misses no other, so one pass over the variants searches the
// whole lattice of subsets. Its cost counts the constraints dropped, weighted (a budget weighs more than a colour) and, for
// numbers and prices, scaled by how far off the variant is, which gives "no 85 cm; the nearest is 87 cm".
//
// Preferences (Constraint::soft) leave nothing out: what meets more of them comes first, and the rest of the order decides among equals.
//
// By relevance, whatever the words do not name is met in the order in which the view has it (CatalogueView::best_first), so nothing is sorted, and who needs a few
// and no count is done when they are found.
//
// Cost: O(variants x conditions), 0.2 ms for 2,000 products with 16,000 variants. Deterministic; ties by product id.
#pragma once
#include "modules/dialogue/understand.h"
#include <boost/unordered/unordered_flat_map.hpp>
#include <map>

namespace kindling::dialogue {

// Relevance of products to free text, best 1.0; empty when nothing fits. The index behind it is a matter of the caller.
using TextScores = boost::unordered_flat_map<std::size_t, double>;

struct Pick {
    std::size_t product = 0, variant = 0;  // the variant that fits best: all conditions, in stock, cheapest
    double score = 0;
    double words = 0;                      // relevance to the text, 0: none
    double liking = 0;                     // of the preferences, the sum over them (need.h); relevance goes by it first
    std::vector<std::size_t> missed;       // indexes of constraints; empty for a full match
    double off = 0;                        // total relative distance of a relaxed pick
};

struct Selection {
    std::vector<Pick> full;                // best first, SelectOptions::most of them
    std::vector<std::uint32_t> fitting;    // all products that fit, in no order beyond those; see SelectOptions::all
    std::vector<Pick> relaxed;             // best first, only when `full` is empty: those with the smallest relaxation
    std::vector<std::size_t> dropped;      // constraints that the smallest relaxation gives up or loosens
};

struct SelectOptions {
    Order order = Order::relevance;
    TextScores const* text = nullptr;
    enum class Text { ranks, restricts, only } use = Text::ranks;   // restricts: of what fits, only what `text` holds, if it holds any of it; only: never anything else, and by relevance the best score first
    std::size_t relaxed_limit = 12;          // 0: what misses something is not looked for
    std::size_t most = SIZE_MAX;             // of `full`
    bool all = true;                         // false: of what fits `full` is enough, and the pass may end with it
};

Selection select(CatalogueView const&, std::span<Constraint const>, SelectOptions const&);
// Whether select() would find anything in full: ends at the first that fits.
bool anything_fits(CatalogueView const&, std::span<Constraint const>);

// A question worth asking: the attribute, price or category whose answer would tell most about what remains.
struct Question {
    std::string about;                     // "category", "price" or an attribute identifier
    double information = 0;                // bits, weighted by how many candidates it is known of
    struct Option { Label label; double share = 0; std::string category_id; double low = 0, high = 0; };
    std::vector<Option> options;           // most popular first, 2 .. 6
};
// What a shop's own searches say: how often people who look for something speak of an attribute. What they end with is the view's popularity.
struct Priors {
    std::map<std::string, double, std::less<>> answerable;   // attribute, "price" or "category" -> share of needs that speak of it, 0 .. 1
    std::int64_t needs = 0;                                  // from how many searches and talks
};
// `asked`: what was asked or declined before. Nothing when no question is expected to tell at least 0.6 bits (0.3 with priors).
std::optional<Question> best_question(CatalogueView const&, std::span<Pick const>, std::span<std::string const> asked, std::span<Constraint const> known, Priors const* = nullptr);

}  // namespace kindling::dialogue
