#include "engines/learning/matching/block.h"

#include <algorithm>
#include <cmath>

namespace kindling::matching {

namespace {

constexpr float beside_share = 0.3f;  // of a word in the description alone

class Words {
public:
    Words(const Pool& pool, std::span<const Item> items) : pool_(pool), holders_(pool.words()), score_(items.size()) {
        for (std::uint32_t i = 0; i < items.size(); ++i) {
            for (auto const id : items[i].everything) holders_[id].push_back({i, beside_share});
            for (auto const id : items[i].title)
                if (!holders_[id].empty() && holders_[id].back().item == i) holders_[id].back().share = 1;
            length_.push_back(1 / std::sqrt(1 + items[i].weight));
        }
    }
    // The best `most` items for what this item says.
    void best_for(const Item& item, BlockOptions options, std::uint32_t self, std::vector<std::uint32_t>& out) {
        auto const& words = item.title.empty() ? item.everything : item.title;
        order_.assign(words.begin(), words.end());
        for (auto const& code : item.everything)  // numbers in fields of their own
            if (pool_.word(code).digits && pool_.word(code).letters && std::ranges::find(order_, code) == order_.end() && !std::ranges::binary_search(item.beside, code)) order_.push_back(code);
        std::ranges::sort(order_, [&](auto a, auto b) { return holders_[a].size() != holders_[b].size() ? holders_[a].size() < holders_[b].size() : a < b; });
        touched_.clear();
        std::size_t read = 0;
        for (auto const id : order_) {
            if (read > 0 && read + holders_[id].size() > options.most_postings) break;
            if (holders_[id].size() > options.most_postings * 4) break;
            read += holders_[id].size();
            auto const idf = pool_.word(id).idf;
            for (auto const& h : holders_[id]) {
                if (h.item == self) continue;
                if (score_[h.item] == 0) touched_.push_back(h.item);
                score_[h.item] += idf * idf * h.share * length_[h.item];
            }
        }
        auto const n = std::min(options.per_item, touched_.size());
        std::ranges::partial_sort(touched_, touched_.begin() + static_cast<std::ptrdiff_t>(n), [&](auto a, auto b) { return score_[a] != score_[b] ? score_[a] > score_[b] : a < b; });
        out.assign(touched_.begin(), touched_.begin() + static_cast<std::ptrdiff_t>(n));
        for (auto const i : touched_) score_[i] = 0;
    }

private:
    struct Holder {
        std::uint32_t item;
        float share;
    };
    const Pool& pool_;
    std::vector<std::vector<Holder>> holders_;
    std::vector<float> score_, length_;
    std::vector<std::uint32_t> touched_;
    std::vector<WordId> order_;
};

}  // namespace

std::vector<Pair> candidates(const Pool& pool, BlockOptions options) {
    std::vector<Pair> pairs;
    std::vector<std::uint32_t> best;
    auto const left = pool.left(), right = pool.right();
    {
        Words words(pool, right);
        for (std::uint32_t i = 0; i < left.size(); ++i) {
            words.best_for(left[i], options, pool.one_list() ? i : 0xFFFFFFFFu, best);
            for (auto const j : best) pairs.push_back(pool.one_list() ? Pair{std::min(i, j), std::max(i, j)} : Pair{i, j});
        }
    }
    if (!pool.one_list()) {
        Words words(pool, left);
        for (std::uint32_t j = 0; j < right.size(); ++j) {
            words.best_for(right[j], options, 0xFFFFFFFFu, best);
            for (auto const i : best) pairs.push_back({i, j});
        }
    }
    std::ranges::sort(pairs);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

}  // namespace kindling::matching
