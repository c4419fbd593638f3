// engines/vector/scan_parts.h -- what the scan of every row (scan.cpp) and its graph (scan_graph.cpp) share; for these two alone.
#pragma once
#include "engines/vector/graph.h"
#include "engines/vector/kernels.h"
#include "engines/vector/scan.h"

namespace kindling::vector {

struct Scan::Query {
    alignas(32) std::int16_t values[most_dimensions] = {};
    float scale = 0;  // cosine = product * scale * scale of the row
};

// Freed rows stay in the graph as stepping stones: their vectors are still there, their lengths are kept here. Asked for under the scan's lock.
struct Scan::Distances final : RowDistances {
    explicit Distances(const Scan& s) : scan(s) {}
    float between(std::uint32_t one, std::uint32_t other) const override { return 1 - static_cast<float>(row_product()(scan.vector(one), scan.vector(other), scan.stride_)) * lengths[one] * lengths[other]; }
    float from(const void* query, std::uint32_t row) const override {
        auto const& q = *static_cast<const Query*>(query);
        return 1 - static_cast<float>(inner_product()(scan.vector(row), q.values, scan.stride_)) * q.scale * lengths[row];
    }
    const Scan& scan;
    std::vector<float> lengths;  // one over each
};

struct Held {
    float score;
    std::string_view id;
    bool operator<(const Held& other) const { return score != other.score ? score > other.score : id < other.id; }  // the worst is the largest
};

}  // namespace kindling::vector
