// engines/learning/classification/machines.h -- from counts to vectors, and the machines that part them. Internal to the engine.
#pragma once
#include <span>
#include <vector>

#include "core/progress.h"
#include "engines/learning/classification/bag.h"
#include "engines/learning/model_file/model_file.h"

namespace kindling::classification {

struct Vector {
    std::vector<std::uint32_t> index;  // ascending, unique
    std::vector<float> value;
};

// The features that training saw, with ln((1 + documents) / (1 + documents with it)) + 1.
class Vocabulary {
public:
    static Vocabulary of(std::span<const Bag* const>, std::uint32_t least_documents);
    void vector(const Bag&, Vector&) const;
    std::size_t size() const { return keys_.size(); }
    void write(model_file::Writer&) const;
    static Vocabulary read(model_file::Reader&);

private:
    std::vector<std::uint32_t> keys_;  // ascending
    std::vector<float> idf_;
};

struct MachinePlan {
    float cost = 1, balance = 0;
    std::uint64_t seed = 1;
    unsigned threads = 1;
};

// One weight for each feature and class, and an offset for each class.
class Machines {
public:
    // positive[c * vectors + i]: does example i belong to class c. nullopt-like: empty() when stopped.
    static Machines fit(std::span<const Vector>, std::span<const std::uint8_t> positive, std::size_t classes, std::size_t features, const MachinePlan&, const Progress&);
    void scores(const Vector&, std::vector<float>&) const;
    std::size_t classes() const { return offset_.size(); }
    bool empty() const { return offset_.empty(); }
    void write(model_file::Writer&) const;
    static Machines read(model_file::Reader&, std::size_t features);

private:
    std::vector<float> weight_;  // [feature][class]
    std::vector<float> offset_;
};

}  // namespace kindling::classification
