// engines/vector/scan.h -- the nearest of many vectors, with any filter; one file, changed in place.
//
// Every row is looked at: 100,000 rows of 64 components take about half a millisecond, so nothing is approximated, a filter costs nothing that
// the caller's function does not, deleting frees a row and an update is seen by the next question. Where that would take too long (`linked_from`; README has
// the figures) link() lays a graph over the rows (graph.h): a question then looks at four times as many as are wanted, scores them exactly and asks the filter. A filter
// that leaves less than a fifth of the rows, and a graph that brings too few, are answered by looking at every row as before.
//
// The file: a header, then blocks of 256 rows, each block its vectors (int8, padded to 32 components), scales, checksums and ids side by side,
// so that a scan reads vectors only. It is mapped and written in place; every row has its own checksum over id, scale and vector, so that a
// row torn by a crash is noticed when the file is opened (`damaged`) and left out. What is lost is derived from the catalogue: put it again.
// Little-endian. Only one process may hold a file (flock); a second one gets "vectors_in_use". A row may carry a mark, eight bytes at the end of its id: of what it
// was made, so that who opens the file again knows which rows still hold.
//
// Scores are cosines, -1..1; rounding to int8 moves them by about 0.005 at 64 components.
// Threads: any; a write waits for running scans and the other way round.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/by_text.h"
#include "core/result.h"

namespace kindling::vector {

class Graph;

class Scan {
public:
    struct Options {
        std::uint32_t dimensions = 64;       // 1..4096
        std::filesystem::path file = {};     // empty: memory only
        std::uint64_t space = 0;             // whose vectors these are (Space::fingerprint); a file of another space is not opened
        std::uint64_t linked_from = 32'000'000;  // bytes of vectors from which on link() lays a graph: looking at all takes about five milliseconds then
    };
    // Makes the file when there is none. invalid_argument "vectors_damaged" (header, size), failed_precondition "vectors_of_another_space"
    // (other dimensions or space), failed_precondition "vectors_in_use", unavailable "vectors_not_written".
    static Result<std::unique_ptr<Scan>> open(Options);
    ~Scan();

    static constexpr std::size_t longest_id = 119;  // bytes
    // Puts or replaces. invalid_argument "vector_invalid": an empty or long id, a NUL in it, another number of components, one that is not finite.
    // A vector of zeros is kept and is near to nothing (score 0).
    Result<void> put(std::string_view id, std::span<const float> vector, std::uint64_t mark = 0);
    bool erase(std::string_view id);
    // What was written reaches the disk; without it, it does when the system sees fit. A graph is written beside, as "<file>.graph".
    Result<void> save();
    // Lays the graph where there are rows enough for it and it is not there yet: about a tenth of a millisecond a row. Questions and writes go on meanwhile.
    // False when there are too few rows, or it was stopped.
    bool link(std::stop_token = {});
    bool linked() const;
    bool wants_graph() const;           // there are rows enough, and it is not there
    std::uint64_t graph_bytes() const;  // 0: not linked

    struct Near {
        std::string id;
        float score = 0;
    };
    using Filter = std::function<bool(std::string_view id)>;
    // At most `limit`, best first, ties by id; `allowed` is asked of rows that would be among the best so far only. Exact, unless linked.
    std::vector<Near> nearest(std::span<const float> query, std::size_t limit, const Filter& allowed = {}) const;
    // The cosine; nothing for an id that is not held.
    std::optional<float> similarity(std::span<const float> query, std::string_view id) const;
    // The same of many at once; 0 for what is not held.
    std::vector<float> similarities(std::span<const float> query, std::span<const std::string_view> ids) const;

    // What the row was put with; nothing for an id that is not held.
    std::optional<std::uint64_t> mark_of(std::string_view id) const;
    // The vector as it is kept, of unit length (zeros: of length 0); nothing for an id that is not held.
    std::optional<std::vector<float>> vector_of(std::string_view id) const;

    std::size_t size() const;
    std::uint32_t dimensions() const { return dimensions_; }
    std::size_t damaged() const { return damaged_; }  // rows dropped when the file was opened
    std::uint64_t bytes() const;
    std::vector<std::string> ids() const;

private:
    Scan() = default;
    struct Block;
    struct Query;
    Query prepare(std::span<const float>) const;
    std::size_t block_bytes() const;
    std::int8_t* vector(std::size_t row) const;
    float& scale(std::size_t row) const;
    std::uint32_t& check(std::size_t row) const;
    char* id(std::size_t row) const;
    std::uint64_t mark(std::size_t row) const;
    std::string_view id_of(std::size_t row) const;
    std::uint32_t checksum(std::size_t row) const;
    Result<void> grow();
    Result<void> read();
    float score(const Query&, std::size_t row) const;
    struct Distances;
    std::optional<std::vector<Near>> by_graph(const Query&, std::size_t limit, const Filter& allowed) const;
    void note(std::uint32_t row);
    void read_graph();
    Result<void> write_graph() const;
    float length_of(std::size_t row) const;

    mutable std::shared_mutex mutex_;
    std::uint32_t dimensions_ = 0, stride_ = 0;
    std::size_t blocks_ = 0, capacity_bytes_ = 0;
    char* data_ = nullptr;
    int file_ = -1;
    ByText<std::uint32_t> rows_;
    std::vector<std::uint32_t> free_;
    std::size_t used_ = 0, damaged_ = 0;  // rows handed out so far, free ones included
    std::filesystem::path graph_file_;    // empty: memory only
    std::uint64_t linked_from_ = 0;
    std::unique_ptr<Distances> distances_;
    std::unique_ptr<Graph> graph_;
    enum class Linking { no, yes } linking_ = Linking::no;
    std::vector<std::uint32_t> changed_;  // rows, while a graph is being laid
};

}  // namespace kindling::vector
