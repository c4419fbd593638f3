// engines/vector/graph.h -- which rows of a scan are worth looking at, when there are too many to look at all: a navigable small-world graph.
//
// HNSW (Malkov and Yashunin 2018) by hnswlib 0.6.2. Its nodes hold row numbers and nothing else: the vectors stay where they are, in the scan's file, and distances are asked
// of it. What it names is near with a chance of .99 and more, not with certainty; the scan scores it exactly and asks its filter.
//
// A row is put again when its vector changes (its links are mended) and marked when it is freed. Written and read again with checks of every number: a
// damaged file is refused. Shapes: 4 bytes a row and 4 a link, about 170 bytes a row. Cost: a put about `construction` x 20 distances, a question about `width` x 20.
// Threads: nearest from any, together; put and erase by one and not beside others.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"

namespace kindling::vector {

// Distances, the smaller the nearer; any thread.
class RowDistances {
public:
    virtual ~RowDistances() = default;
    virtual float between(std::uint32_t one, std::uint32_t other) const = 0;
    virtual float from(const void* query, std::uint32_t row) const = 0;
};

class Graph {
public:
    explicit Graph(const RowDistances&);
    ~Graph();

    static constexpr std::size_t links = 16, construction = 100;
    void put(std::uint32_t row);
    void erase(std::uint32_t row);
    // At most `width` rows, nearest first; a wider search misses less.
    std::vector<std::uint32_t> nearest(const void* query, std::size_t width) const;
    std::size_t size() const;   // rows put and not erased
    std::uint64_t bytes() const;

    std::string write() const;
    // invalid_argument "model_invalid". No row is `rows` or more.
    static Result<std::unique_ptr<Graph>> read(std::string_view file, const RowDistances&, std::size_t rows);

private:
    struct Space;
    struct Nodes;
    std::unique_ptr<Space> space_;
    std::unique_ptr<Nodes> nodes_;
};

}  // namespace kindling::vector
