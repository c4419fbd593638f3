// shop/analysis/work.h -- what one catch-up knows and finds out; inside this folder only.
#pragma once
#include "shop/analysis/shop_facts.h"

namespace kindling::shop::analysis {

struct ShopFacts::Work {
    Transaction& tx;
    Heads heads;
    Reader reader;
    Notes notes;
    TouchedDays touched = {};
    std::set<std::string> changed_orders = {};
    std::array<bool, table_count> afresh = {};
    std::array<std::string, table_count> marks = {};    // of each table, read before the store: never ahead of it
    std::string lines_before = {}, moves_before = {};  // what daily sales must name to be continued
    std::string& mark(Table t) { return marks[static_cast<std::size_t>(t)]; }
    bool elsewhere = false;
    bool& fresh(Table t) { return afresh[static_cast<std::size_t>(t)]; }
};

}  // namespace kindling::shop::analysis
