// What follows from the goods themselves: rarity of attributes, which goods are alike, the best known of each attribute.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/parallel.h"
#include "engines/learning/recommend/tables.h"

namespace kindling::recommend {

void Tables::derive_popular() {
    popular_.resize(count_.size());
    std::iota(popular_.begin(), popular_.end(), 0u);
    auto const before = [this](Item a, Item b) { return recent_[a] != recent_[b] ? recent_[a] > recent_[b] : count_[a] != count_[b] ? count_[a] > count_[b] : scramble(a) < scramble(b); };
    auto const keep = std::min(popular_limit, popular_.size());
    std::ranges::partial_sort(popular_, popular_.begin() + static_cast<std::ptrdiff_t>(keep), before);
    popular_.resize(keep);
}

void Tables::derive_attributes() {
    length_.assign(count_.size(), 0), alike_.assign(count_.size(), {});
    rarity_.clear(), with_attribute_.clear(), popular_with_.clear();
    for (Item i = 0; i < goods_.attributes.size(); ++i)
        for (auto const a : goods_.attributes[i]) {
            if (a >= with_attribute_.size()) with_attribute_.resize(a + 1);
            if (auto& with = with_attribute_[a]; with.empty() || with.back() != i) with.push_back(i);
        }
    auto const n = static_cast<float>(count_.size());
    for (auto const& with : with_attribute_) rarity_.push_back(with.empty() ? 0.0f : std::log(n / static_cast<float>(with.size())));
    for (Item i = 0; i < goods_.attributes.size(); ++i) {
        for (auto const a : goods_.attributes[i]) length_[i] += rarity_[a] * rarity_[a];
        length_[i] = std::sqrt(length_[i]);
    }
    popular_with_.resize(with_attribute_.size());
    for (std::size_t a = 0; a < with_attribute_.size(); ++a) {
        auto& best = popular_with_[a];
        best = with_attribute_[a];
        auto const keep = std::min(popular_with_limit, best.size());
        std::ranges::partial_sort(best, best.begin() + static_cast<std::ptrdiff_t>(keep), [this](Item x, Item y) { return recent_[x] != recent_[y] ? recent_[x] > recent_[y] : scramble(x) < scramble(y); });
        best.resize(keep);
    }
    if (goods_.attributes.empty()) return;
    constexpr std::size_t block = 512;
    parallel_for((count_.size() + block - 1) / block, [&](std::size_t b) {
        std::vector<float> scratch(count_.size());
        std::vector<Item> touched;
        for (auto i = b * block; i < std::min(count_.size(), (b + 1) * block); ++i) find_alike(static_cast<Item>(i), scratch, touched);
    });
}

// scratch: zero for every item, before and after.
void Tables::find_alike(Item item, std::vector<float>& scratch, std::vector<Item>& touched) {
    auto& row = alike_[item];
    row.clear(), touched.clear();
    if (length_[item] <= 0) return;
    for (auto const a : goods_.attributes[item]) {
        // What a tenth of all goods share says little and costs most.
        if (with_attribute_[a].size() * 10 > count_.size() && with_attribute_[a].size() > 50) continue;
        for (auto const other : with_attribute_[a]) {
            if (scratch[other] == 0) touched.push_back(other);
            scratch[other] += rarity_[a] * rarity_[a];
        }
    }
    for (auto const other : touched) {
        if (other != item && length_[other] > 0) row.push_back({other, scratch[other] / length_[other]});
        scratch[other] = 0;
    }
    // Among equally alike the better known first: those have been looked at.
    auto const keep = std::min(alike_limit, row.size());
    std::ranges::partial_sort(row, row.begin() + static_cast<std::ptrdiff_t>(keep), [this](const Alike& a, const Alike& b) {
        if (a.likeness != b.likeness) return a.likeness > b.likeness;
        return recent_[a.item] != recent_[b.item] ? recent_[a.item] > recent_[b.item] : scramble(a.item) < scramble(b.item);
    });
    row.resize(keep);
    row.shrink_to_fit();
    for (auto& [other, likeness] : row) likeness = this->likeness(item, other);  // with what was left out
}

float Tables::likeness(Item a, Item b) const {
    if (length_[a] <= 0 || length_[b] <= 0) return 0;
    float shared = 0;
    for (auto const x : goods_.attributes[a])
        for (auto const y : goods_.attributes[b]) shared += x == y ? rarity_[x] * rarity_[x] : 0;
    return std::min(1.0f, shared / (length_[a] * length_[b]));
}

}  // namespace kindling::recommend
