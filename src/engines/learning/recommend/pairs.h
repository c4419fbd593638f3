// engines/learning/recommend/pairs.h -- how often one item follows, precedes or accompanies another.
//
// Rows of a sparse item x item matrix with four values a cell. Adding is cheap and deferred: a row takes what comes at its end and is
// put in order (sorted by item, equal items summed) when it has doubled, or by settle(). So building n contributions costs O(n log n)
// and never more than twice the memory of the result, and one event later touches only the rows of its history.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/learning/recommend/history.h"

namespace kindling::recommend {

struct Pair {
    Item item = 0;
    float next = 0;      // taken one step later
    float forward = 0;   // taken later, less for each step between
    float backward = 0;  // taken earlier, less for each step between
    float together = 0;  // taken in the same step
    friend bool operator==(const Pair&, const Pair&) = default;
};

// Any number of readers, or one writer. row() wants the row settled.
class Pairs {
public:
    explicit Pairs(std::size_t items = 0) : rows_(items) {}
    std::size_t items() const { return rows_.size(); }
    std::span<const Pair> row(Item item) const { return rows_[item].pairs; }
    void add(Item from, const Pair&);
    void settle(Item from);
    void settle_all();
    // Keeps the `limit` strongest pairs of each row (sum of forward, backward and together). Settled rows only.
    void prune(std::size_t limit);
    void grow(std::size_t items) { if (items > rows_.size()) rows_.resize(items); }
    // For the file reader: pairs sorted by item, without repeats.
    void set_row(Item from, std::vector<Pair> pairs);

private:
    struct Row {
        std::vector<Pair> pairs;
        std::size_t settled = 0;  // this many are in order
    };
    std::vector<Row> rows_;
};

}  // namespace kindling::recommend
