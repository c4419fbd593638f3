// modules/dialogue/kept_vectors.h -- vectors of the catalogue in a file that can be made again: <data folder>/models/<name>.<components>, a graph beside it.
//
// Mapped, changed in place, held by one process (engines/vector/scan.h, opened by engines/vector/encoded.h). What is damaged is said in the log and begun anew: a row by whoever
// put it, all of them when the header is. A name belongs to one space: vectors of another are another file, which takes over with the model that it belongs to.
//
// KeptVectors writes what changed, and lays the graph where there are rows enough for one, in the background; questions and changes go on. Threads: any.
#pragma once
#include "engines/vector/scan.h"
#include <mutex>
#include <thread>

namespace kindling::dialogue {

class KeptVectors {
public:
    static constexpr std::size_t many = 2'000;  // rows that may change before they, and the graph, are written again
    explicit KeptVectors(std::shared_ptr<vector::Scan> scan) : scan_(std::move(scan)) {}
    vector::Scan& scan() const { return *scan_; }
    // Rows were put or erased. The file has them; a power cut is survived once they are written: when `enough` have changed.
    void changed(std::size_t rows, std::size_t enough = many);

private:
    std::shared_ptr<vector::Scan> scan_;
    std::mutex mutex_;
    std::size_t unsaved_ = 0;
    enum class Saving { no, yes } saving_ = Saving::no;
    std::jthread saver_;  // last: ends ahead of the rest
};

}  // namespace kindling::dialogue
