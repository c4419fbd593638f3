#include "modules/forecast/together.h"
#include "modules/forecast/tree.h"
#include <algorithm>
#include <unordered_map>

namespace kindling::forecast {

Together::Together(Current const& now, std::size_t from, std::size_t to) : now_(now), from_(from), to_(to) {
    auto const& kept = now.kept;
    std::unordered_map<std::string_view, std::size_t> category, product;
    auto nodes = nodes_of(kept);
    tree_.reserve(nodes.size() + kept.goods.size());  // the maps look into it
    for (auto& node : nodes) tree_.push_back({.level = node.level, .id = std::move(node.id), .members = std::move(node.members), .children = {}, .own = {}});
    for (std::size_t n = 0; n < tree_.size(); ++n)
        if (tree_[n].level == Level::category) category[tree_[n].id] = n;
        else if (tree_[n].level == Level::product) product[tree_[n].id] = n;
    // Of a category number its branch: the shop where it is none, or where its parents go round in a circle.
    auto const branch_of = [&](std::int32_t c) {
        auto up = c;
        for (std::size_t steps = 0; up >= 0; up = kept.categories[static_cast<std::size_t>(up)].parent) if (++steps > kept.categories.size()) return std::size_t{0};
        if (c < 0) return std::size_t{0};
        auto const found = category.find(kept.categories[static_cast<std::size_t>(c)].category_id);
        return found == category.end() ? std::size_t{0} : found->second;
    };
    for (auto const& c : kept.categories)
        if (auto const found = category.find(c.category_id); found != category.end()) tree_[found->second].parent = branch_of(c.parent);
    for (auto const& [_, n] : product) tree_[n].parent = branch_of(kept.goods[tree_[n].members[0]].category);
    for (std::uint32_t g = 0; g < kept.goods.size(); ++g) {
        leaf_.push_back(tree_.size());
        tree_.push_back({.level = Level::variant, .id = kept.goods[g].sku, .members = {g}, .parent = product.at(kept.goods[g].product_id), .children = {}, .own = {}});
    }
    for (std::size_t n = 1; n < tree_.size(); ++n) tree_[tree_[n].parent].children.push_back(n);
    for (std::uint32_t g = 0; g < kept.goods.size(); ++g) {
        double units = 0;
        for (auto h = from_; h < to_; ++h) units += static_cast<double>(now.means.row(g)[h]);
        for (auto n = leaf_[g];; n = tree_[n].parent) {
            tree_[n].mean += units;
            if (n == 0) break;
        }
    }
}

double Together::own(std::size_t n) {
    auto& b = tree_[n];
    if (!b.own) b.own = Width(now_, b.level, b.id, b.members).at(from_, to_);
    return *b.own;
}

// Mean square of the chosen part of a branch beside its squared mean, without what the branches above it share.
double Together::around(std::size_t n, double above, std::span<double const> mass, std::span<std::size_t const> count) {
    auto const whole = (1 + own(n)) / above;
    if (count[n] == tree_[n].members.size()) return whole;
    double squares = 0, below = 0;  // of shares; of shares times what the children say
    if (tree_[n].mean > 0)
        for (auto const c : tree_[n].children) {
            auto const w = tree_[c].mean / tree_[n].mean;
            if (w > 0) squares += w * w, below += w * w * (1 + own(c)) / above;
        }
    // One child that is all of its parent says nothing of what children share.
    auto const shared = squares < 1 - 1e-6 ? std::max(1.0, (whole - below) / (1 - squares)) : 1.0;
    double out = 1;
    for (auto const c : tree_[n].children)
        if (mass[c] > 0) {
            auto const w = mass[c] / mass[n];
            out += w * w * (std::max(1.0, around(c, above * shared, mass, count)) - 1);
        }
    return shared * out;
}

Together::Chosen Together::chosen_of(std::span<std::uint32_t const> chosen, std::span<double const> shares) const {
    Chosen out{std::vector<double>(tree_.size()), std::vector<std::size_t>(tree_.size())};
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        auto const units = tree_[leaf_[chosen[i]]].mean * (shares.empty() ? 1 : shares[i]);
        for (auto n = leaf_[chosen[i]];; n = tree_[n].parent) {
            out.mass[n] += units, ++out.count[n];
            if (n == 0) break;
        }
    }
    return out;
}

Asked Together::asked(std::span<std::uint32_t const> chosen, std::span<double const> shares) const {
    if (to_ - from_ != 1) return quantile_levels;
    auto const [mass, count] = chosen_of(chosen, shares);
    Asked out{};
    double units = 0;
    std::vector<std::size_t> open{0};
    while (!open.empty()) {
        auto const n = open.back();
        open.pop_back();
        if (mass[n] <= 0) continue;
        if (count[n] < tree_[n].members.size()) { open.insert(open.end(), tree_[n].children.begin(), tree_[n].children.end()); continue; }
        auto const& own = now_.kept.asked_of(now_.champion, tree_[n].level);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] += mass[n] * own[i];
        units += mass[n];
    }
    if (units <= 0) return quantile_levels;
    for (auto& v : out) v /= units;
    return out;
}

double Together::dispersion(std::span<std::uint32_t const> chosen, std::span<double const> shares) {
    auto const [mass, count] = chosen_of(chosen, shares);
    if (chosen.size() == 1) return own(leaf_[chosen[0]]);
    // The lowest branch that is chosen whole and alone is asked as its own page asks it.
    for (auto n = chosen.empty() ? 0 : leaf_[chosen[0]];; n = tree_[n].parent) {
        if (count[n] == chosen.size() && tree_[n].members.size() == chosen.size()) return own(n);
        if (n == 0) break;
    }
    return mass[0] > 0 ? std::max(0.0, around(0, 1, mass, count) - 1) : own(0);
}

}  // namespace kindling::forecast
