// modules/dialogue/catalogue_index.cpp -- what a CatalogueView keeps beside its entries, made anew for each: where a product is, and what a pass over all of
// them reads. See catalogue_view.h. Title signatures lie bit by bit (bit-sliced signature files; Goodwin et al. 2017, BitFunnel): a word is looked for in 24,000
// titles by a handful of ANDs over 3 KB each.
#include "modules/dialogue/catalogue_view.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

namespace kindling::dialogue {
namespace {

std::uint32_t mark_of(std::string_view sku) { return static_cast<std::uint32_t>(std::hash<std::string_view>{}(sku)); }

// Bit i of word k becomes bit k of word i (Warren, Hacker's Delight, 7-3).
void transpose(std::array<std::uint64_t, 64>& a) {
    auto mask = 0x00000000FFFFFFFFull;
    for (std::size_t j = 32; j != 0; j >>= 1, mask ^= mask << j)
        for (std::size_t k = 0; k < 64; k = ((k | j) + 1) & ~j) {
            auto const t = ((a[k] >> j) ^ a[k | j]) & mask;
            a[k] ^= t << j, a[k | j] ^= t;
        }
}

}  // namespace

double cautious_rating(Standing const& s) { return (s.rating * static_cast<double>(s.reviews) + 4.2 * 5) / (static_cast<double>(s.reviews) + 5); }

void CatalogueView::index() {
    title_bases_.clear();
    for (auto const& e : entries_)
        for (auto const& a : e->amounts)
            if (!titles_tell(a.base)) title_bases_.push_back(a.base);
    auto const id = [](auto const& e) -> std::string const& { return e->data.product_id; };
    if (!std::ranges::is_sorted(entries_, {}, id)) std::ranges::sort(entries_, {}, id);
    by_id_.reserve(entries_.size()), skus_.reserve(entries_.size()), title_pairs_.reserve(entries_.size());
    std::vector<double> popularity;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        auto const& e = *entries_[i];
        by_id_.emplace(e.data.product_id, i);
        for (auto const& variant : e.data.variants) skus_.push_back({mark_of(variant.sku), static_cast<std::uint32_t>(i)});
        title_pairs_.push_back(e.title_pairs);
        popularity.push_back(e.standing.popularity);
    }
    title_heads_.assign(std::bit_ceil(2 * entries_.size() + 1), 0), title_next_.assign(2 * entries_.size(), 0);
    for (std::size_t i = entries_.size(); i-- > 0;)   // chains begin with the first
        for (std::uint32_t k = 0; k < 2; ++k)
            if (auto const mark = entries_[i]->title_marks[k]; mark != 0 && (k == 0 || mark != entries_[i]->title_marks[0])) {
                auto& head = title_heads_[mark & (title_heads_.size() - 1)];
                auto const here = static_cast<std::uint32_t>(2 * i + k);
                title_next_[here] = std::exchange(head, here + 1);
            }
    auto const words = (entries_.size() + 63) / 64;
    title_rows_.assign(words * PairFilter::size, 0);
    for (std::size_t w = 0; w < words; ++w)
        for (std::size_t part = 0; part < PairFilter::size / 64; ++part) {
            std::array<std::uint64_t, 64> block{};
            for (std::size_t i = w * 64; i < std::min(w * 64 + 64, entries_.size()); ++i) block[i % 64] = title_pairs_[i].word(part);
            transpose(block);
            for (std::size_t bit = 0; bit < 64; ++bit) title_rows_[(part * 64 + bit) * words + w] = block[bit];
        }
    if (popularity.empty()) return;
    most_popular_ = std::ranges::max(popularity);
    auto const by_sales = 0.4 / std::log1p(std::max(1.0, most_popular_));
    briefs_.reserve(entries_.size());
    for (auto const& e : entries_) {
        auto const& s = e->standing;
        Brief b{.category = e->category, .brand = e->brand, .price_from = e->price_from, .price_to = e->price_to, .merit = 0.5 * (cautious_rating(s) - 3) / 2 + (s.popularity == 0 ? 0 : by_sales * std::log1p(s.popularity)), .variants = static_cast<std::uint32_t>(e->variants.size())};
        for (std::size_t v = 0; v < e->variants.size(); ++v) {
            auto const& now = e->variants[v];
            bool const in_stock = now.stock > 0;
            if (v > 0 && (in_stock != b.usual_in_stock ? !in_stock : now.price_minor >= b.usual_price)) continue;
            b.usual = static_cast<std::uint32_t>(v), b.usual_in_stock = in_stock, b.usual_price = now.price_minor;
        }
        briefs_.push_back(b);
    }
    best_first_.resize(entries_.size());
    std::iota(best_first_.begin(), best_first_.end(), 0u);
    auto const score = [&](std::uint32_t p) { return briefs_[p].score(briefs_[p].usual_in_stock); };
    if (!std::ranges::is_sorted(best_first_, std::greater{}, score))   // nothing is rated or sold yet: they stand so
        std::ranges::sort(best_first_, [&](std::uint32_t a, std::uint32_t b) { return score(a) != score(b) ? score(a) > score(b) : a < b; });
    if (popularity.size() < 20) return;
    auto const at = popularity.begin() + static_cast<std::ptrdiff_t>(popularity.size() * 95 / 100);
    std::nth_element(popularity.begin(), at, popularity.end());
    best_seller_ = std::max(*at, 1.0);
}

std::vector<std::uint64_t> CatalogueView::titles_that_may_hold(PairFilter const& word) const {
    auto const words = (entries_.size() + 63) / 64;
    std::vector<std::uint64_t> out(words, ~0ull);
    if (entries_.size() % 64 != 0) out.back() = (1ull << entries_.size() % 64) - 1;
    for (std::size_t bit = 0; bit < PairFilter::size; ++bit)
        if ((word.word(bit / 64) >> (bit % 64) & 1) != 0)
            for (std::size_t w = 0; w < words; ++w) out[w] &= title_rows_[bit * words + w];
    return out;
}

std::optional<std::size_t> CatalogueView::find(std::string_view product_id) const {
    auto const found = by_id_.find(product_id);
    return found == by_id_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::pair<std::size_t, std::size_t>> CatalogueView::find_sku(std::string_view sku) const {
    for (auto const wanted = mark_of(sku); auto const& mark : skus_) {
        if (mark.sku != wanted) continue;
        auto const& variants = entries_[mark.product]->data.variants;
        if (auto const v = std::ranges::find(variants, sku, &shop::Variant::sku); v != variants.end()) return std::pair{std::size_t{mark.product}, static_cast<std::size_t>(v - variants.begin())};
    }
    return {};
}

}  // namespace kindling::dialogue
