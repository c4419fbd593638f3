// modules/supply/sql.h -- what the module keeps: the plan with a row a good and place, its proposals, changes to them, settings, terms, booked back-tests.
#pragma once
#include "modules/supply/compute.h"
#include <map>

namespace kindling::supply_module {

// The days around a plan, of one good at one place: 60 behind, 60 ahead. What was not known is -1.
struct ItemDays {
    std::vector<double> stock, sold, mean, variance;  // variance: of the sum from the first day on
    std::vector<ComingStock> coming;
    static constexpr Field fields[] = {field("stock"), field("sold"), field("mean"), field("variance"), field("coming")};
};
BOOST_DESCRIBE_STRUCT(ItemDays, (), (stock, sold, mean, variance, coming))

// Places as people call them; one without a name in a language goes by the other's, and then by its id.
struct PlaceNames {
    std::map<std::string, std::pair<std::string, std::string>> known;  // English, Chinese
    std::string en(std::string const& place_id) const { return name(place_id, true); }
    std::string zh(std::string const& place_id) const { return name(place_id, false); }

private:
    std::string name(std::string const& place_id, bool english) const {
        auto const found = known.find(place_id);
        if (found == known.end()) return place_id;
        auto const& [en, zh] = found->second;
        auto const& own = english == !en.empty() || zh.empty() ? en : zh;
        return own.empty() ? place_id : own;
    }
};
Result<PlaceNames> place_names(shop::Transaction&);

// Replaces the plan of the shop, within context.open. days: of items, each in turn.
Result<void> keep_plan(Context&, StockOutline const&, std::vector<StockItem> const&, std::vector<ItemDays> const& days);
Result<ItemDays> kept_days(shop::Transaction&, std::string const& sku, std::string const& place_id);
Result<std::optional<StockOutline>> kept_outline(shop::Transaction&);
// What became of the orders of a plan until now: which are left to decide, which were approved.
Result<void> count_decided(shop::Transaction&, StockOutline&, Milliseconds now);
Result<PositionPage> kept_items(shop::Transaction&, AskPosition const&);  // without outline
Result<std::vector<StockItem>> all_kept_items(shop::Transaction&);
Result<std::vector<StockItem>> kept_items_of(shop::Transaction&, std::string const& sku);

Result<void> keep_proposal(Context&, PurchaseProposal const&);
Result<std::optional<PurchaseProposal>> kept_proposal(shop::Transaction&, std::string const& decision_id);
// With the state of their decisions; ordered by plan, newest first, then by what they save. `now` decides what has expired.
Result<ProposalPage> kept_proposals(shop::Transaction&, AskProposals const&, Milliseconds now);

Result<void> keep_settings(Context&, SupplySettings const&);
Result<void> keep_terms(Context&, std::vector<SupplyTerm> const&);
Result<SupplyTermPage> kept_terms(shop::Transaction&, ListSupplyTerms const&);

}  // namespace kindling::supply_module
