#include "engines/text/index/suggest.h"

#include <algorithm>
#include <unordered_map>

namespace kindling::text {

namespace {

constexpr std::size_t block = 64;

}  // namespace

Suggester::Suggester(std::vector<Entry> entries) {
    std::unordered_map<std::string, std::uint32_t> places;
    std::vector<std::vector<std::string>> keys;
    for (auto& entry : entries) {
        auto const [at, added] = places.try_emplace(entry.text, static_cast<std::uint32_t>(entries_.size()));
        if (added) entries_.push_back({entry.text, 0}), keys.emplace_back();
        entries_[at->second].weight += std::max(0.0, entry.weight);
        for (auto& key : entry.keys)
            if (std::ranges::find(keys[at->second], key) == keys[at->second].end()) keys[at->second].push_back(std::move(key));
    }
    for (std::uint32_t e = 0; e < entries_.size(); ++e)
        for (auto& key : keys[e]) {
            auto const number = static_cast<std::uint32_t>(keys_.size());
            for (std::size_t i = 0; i < key.size(); ++i)
                if (key[i] != ' ' && (i == 0 || key[i - 1] == ' ')) starts_.push_back({number, static_cast<std::uint32_t>(i), static_cast<float>(entries_[e].weight * (i == 0 ? 1 : 0.5)), e});
            keys_.push_back(std::move(key));
        }
    std::ranges::sort(starts_, [this](const Start& a, const Start& b) { return this->at(a) < this->at(b); });
    for (std::size_t i = 0; i < starts_.size(); ++i) {
        if (i % block == 0) best_.push_back(starts_[i].weight);
        best_.back() = std::max(best_.back(), starts_[i].weight);
    }
}

std::vector<Suggestion> Suggester::complete(std::string_view prefix, std::size_t limit) const {
    std::vector<Suggestion> out;
    if (prefix.empty() || limit == 0) return out;
    auto const low = static_cast<std::size_t>(std::ranges::partition_point(starts_, [&](const Start& s) { return at(s) < prefix; }) - starts_.begin());
    auto const high = static_cast<std::size_t>(std::partition_point(starts_.begin() + static_cast<std::ptrdiff_t>(low), starts_.end(), [&](const Start& s) { return at(s).starts_with(prefix); }) - starts_.begin());

    // Blocks by their best weight; a block that cannot beat the last one kept ends the search.
    std::vector<std::size_t> blocks;
    for (auto b = low / block; b * block < high; ++b) blocks.push_back(b);
    std::ranges::sort(blocks, [&](auto a, auto b) { return best_[a] != best_[b] ? best_[a] > best_[b] : a < b; });
    std::unordered_map<std::uint32_t, float> found;  // entry -> its best match
    std::vector<float> weights;
    for (auto const b : blocks) {
        if (found.size() >= limit) {
            weights.clear();
            for (auto const& [entry, weight] : found) weights.push_back(weight);
            std::ranges::nth_element(weights, weights.begin() + static_cast<std::ptrdiff_t>(limit - 1), std::greater<>());
            if (best_[b] < weights[limit - 1]) break;
        }
        for (auto i = std::max(low, b * block); i < std::min(high, (b + 1) * block); ++i) {
            auto& weight = found.try_emplace(starts_[i].entry, -1.0f).first->second;
            weight = std::max(weight, starts_[i].weight);
        }
    }
    std::vector<std::pair<float, std::uint32_t>> best;
    for (auto const& [entry, weight] : found) best.emplace_back(weight, entry);
    std::ranges::sort(best, [&](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : entries_[a.second].text < entries_[b.second].text; });
    for (std::size_t i = 0; i < std::min(limit, best.size()); ++i) out.push_back({entries_[best[i].second].text, best[i].first});
    return out;
}

}  // namespace kindling::text
