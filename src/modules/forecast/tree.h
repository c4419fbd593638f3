// modules/forecast/tree.h -- the nodes above the variants: the shop, every category with all that lies under it, every product.
#pragma once
#include "engines/series/hierarchy.h"
#include "modules/forecast/kept.h"

namespace kindling::forecast {

struct Node {
    Level level = Level::total;
    std::string id;                      // "" for the total
    std::vector<std::uint32_t> members;  // goods under it, ascending
};

// Total, then categories with at least one good, then products; each group by id.
template <class Tree> std::vector<Node> nodes_of(Tree const& tree) {
    std::vector<Node> out{{Level::total, "", {}}};
    std::map<std::string, std::vector<std::uint32_t>> products;
    std::vector<std::vector<std::uint32_t>> of(tree.categories.size());
    for (std::uint32_t g = 0; g < tree.goods.size(); ++g) {
        out[0].members.push_back(g), products[tree.goods[g].product_id].push_back(g);
        auto c = tree.goods[g].category;
        for (std::size_t steps = 0; c >= 0 && steps <= tree.categories.size(); ++steps, c = tree.categories[static_cast<std::size_t>(c)].parent)
            if (of[static_cast<std::size_t>(c)].empty() || of[static_cast<std::size_t>(c)].back() != g) of[static_cast<std::size_t>(c)].push_back(g);
    }
    for (std::size_t c = 0; c < of.size(); ++c) if (!of[c].empty()) out.push_back({Level::category, tree.categories[c].category_id, std::move(of[c])});
    for (auto& [id, members] : products) out.push_back({Level::product, id, std::move(members)});
    return out;
}

// For reconciliation: products of one variant are left out, for they are that variant. `nodes` are those of nodes_of; `numbers` gets which of them each sum is.
series::Structure structure_of(std::span<Node const> nodes, std::size_t goods, std::vector<std::size_t>& numbers);

}  // namespace kindling::forecast
