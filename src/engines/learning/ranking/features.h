// engines/learning/ranking/features.h -- what a candidate of a search looks like to the ranker: words by field, vectors, what the shop knows.
//
// FieldMatch holds which words each product has in each field (numbers, not texts): 4 bytes a word. Weights of words are idf over its own products, so that
// the share of a query that a title covers means the same whatever index gave the candidates. Numbers that a shop does not know are NaN, which the trees treat
// as missing. All features are of one candidate within its pool: scores relative to the best, price relative to the median.
//
// Threads: put and erase by one writer and not beside others; everything else from any thread. Cost of a pool: candidates x words of the query x fields.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/by_text.h"

namespace kindling::ranking {

inline constexpr std::size_t field_count = 4;  // title, kind (category, brand), facts (attributes), description

// What a row holds and what people would say: a place as 1 / place, a count as log(1 + count), a price as the logarithm of what it is to the median.
enum class Reading { as_it_is, place, count, ratio };
struct FeatureName {
    std::string_view name, en, zh;
    Reading reading = Reading::as_it_is;
};
// In the order of the rows.
std::span<const FeatureName> feature_names();
// The value as people would say it; NaN: not known.
double as_said(const FeatureName&, float value);

class FieldMatch {
public:
    // Words as the analyser cuts documents, in reading order, by field.
    void put(std::string_view id, std::span<const std::vector<std::string>, field_count> fields);
    void erase(std::string_view id);
    bool holds(std::string_view id) const { return documents_.contains(id); }
    std::size_t size() const { return documents_.size(); }

private:
    friend class PoolReader;
    struct Document {
        std::array<std::vector<std::uint32_t>, field_count> sorted;  // each word once
        std::vector<std::uint32_t> title;                            // in reading order
    };
    double weight(std::uint32_t word) const;
    std::uint32_t number(std::string_view word);
    void forget(const Document&);

    ByText<std::uint32_t> words_;
    std::vector<std::uint32_t> document_counts_;   // by word
    ByText<Document> documents_;
};

struct PoolItem {
    std::string_view id;
    float text = 0;                 // score of the text index; 0: the words do not find it
    float cosine = 0;               // with the query
    float sales = 0, rating = 0, reviews = 0, price = 0;  // NaN: not known
    std::int32_t category = -1;
};

// feature_names().size() values for each item, one after the other. `query`: the words of the query, in order; the order of `pool` does not matter.
std::vector<float> pool_features(const FieldMatch&, std::span<const std::string> query, double known_share, std::span<const PoolItem> pool);

}  // namespace kindling::ranking
