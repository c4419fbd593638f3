// engines/vector/scan.h -- the nearest of many vectors, exactly, with any filter; one file, changed in place.
//
// Every row is looked at: 100,000 rows of 64 components take about half a millisecond, so nothing is approximated, a filter costs nothing that
// the caller's function does not, deleting frees a row and an update is seen by the next question. Graphs (HNSW) pay above a few 100,000 rows
// and bring no filter in the version that Debian has; see README.
//
// The file: a header, then blocks of 256 rows, each block its vectors (int8, padded to 32 components), scales, checksums and ids side by side,
// so that a scan reads vectors only. It is mapped and written in place; every row has its own checksum over id, scale and vector, so that a
// row torn by a crash is noticed when the file is opened (`damaged`) and left out. What is lost is derived from the catalogue: put it again.
// Little-endian. Only one process may hold a file (flock); a second one gets "vectors_in_use".
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
#include <string>
#include <vector>

#include "core/by_text.h"
#include "core/result.h"

namespace kindling::vector {

class Scan {
public:
    struct Options {
        std::uint32_t dimensions = 64;       // 1..1024
        std::filesystem::path file = {};     // empty: memory only
        std::uint64_t space = 0;             // whose vectors these are (Space::fingerprint); a file of another space is not opened
    };
    // Makes the file when there is none. invalid_argument "vectors_damaged" (header, size), failed_precondition "vectors_of_another_space"
    // (other dimensions or space), failed_precondition "vectors_in_use", unavailable "vectors_not_written".
    static Result<std::unique_ptr<Scan>> open(Options);
    ~Scan();

    static constexpr std::size_t longest_id = 127;  // bytes
    // Puts or replaces. invalid_argument "vector_invalid": an empty or long id, a NUL in it, another number of components, one that is not finite.
    // A vector of zeros is kept and is near to nothing (score 0).
    Result<void> put(std::string_view id, std::span<const float> vector);
    bool erase(std::string_view id);
    // What was written reaches the disk; without it, it does when the system sees fit.
    Result<void> save();

    struct Near {
        std::string id;
        float score = 0;
    };
    using Filter = std::function<bool(std::string_view id)>;
    // At most `limit`, best first, ties by id; `allowed` is asked of rows that would be among the best so far only.
    std::vector<Near> nearest(std::span<const float> query, std::size_t limit, const Filter& allowed = {}) const;
    // The cosine; nothing for an id that is not held.
    std::optional<float> similarity(std::span<const float> query, std::string_view id) const;
    // The same of many at once; 0 for what is not held.
    std::vector<float> similarities(std::span<const float> query, std::span<const std::string_view> ids) const;

    std::size_t size() const;
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
    std::string_view id_of(std::size_t row) const;
    std::uint32_t checksum(std::size_t row) const;
    Result<void> grow();
    Result<void> read();
    float score(const Query&, std::size_t row) const;

    mutable std::shared_mutex mutex_;
    std::uint32_t dimensions_ = 0, stride_ = 0;
    std::size_t blocks_ = 0, capacity_bytes_ = 0;
    char* data_ = nullptr;
    int file_ = -1;
    ByText<std::uint32_t> rows_;
    std::vector<std::uint32_t> free_;
    std::size_t used_ = 0, damaged_ = 0;  // rows handed out so far, free ones included
};

}  // namespace kindling::vector
