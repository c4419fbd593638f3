// shop/facts/grouping.h -- numbers the groups of up to three keys; used by query.cpp alone.
#pragma once
#include "shop/facts/query.h"
#include <array>

namespace kindling::shop::facts {

// Values of a batch, already reduced to the rows that the filter keeps.
using Batch = std::span<std::int64_t const>;

class Grouping {
public:
    // Errors: facts_bad_query, facts_type_mismatch.
    static Result<Grouping> plan(std::vector<Key> const&, Table const&);

    std::size_t keys() const { return keys_.size(); }
    Column const& column(std::size_t key) const { return keys_[key].column; }
    std::string const& name(std::size_t key) const { return keys_[key].name; }
    ColumnType type(std::size_t key) const { return keys_[key].type; }
    // Group numbers are below this; it may grow with each batch.
    std::size_t groups() const { return dense_ ? dense_groups_ : seen_.size(); }
    bool dense() const { return dense_; }
    // numbers[i]: the group of row i. values[k]: key k of the rows; may be changed.
    void number(std::span<std::vector<std::int64_t>> values, std::span<std::uint32_t> numbers);
    // The value of key k of a group, as it appears in the result: a number, a day or a text's code.
    std::int64_t value(std::size_t key, std::size_t group) const;
    // Groups in the order of their keys.
    bool before(std::size_t group, std::size_t other) const { return dense_ ? group < other : seen_[group] < seen_[other]; }

private:
    using Tuple = std::array<std::uint64_t, 3>;
    struct Plan {
        Column column;
        std::string name;
        ColumnType type;
        std::int64_t smallest = 0;
        std::uint64_t size = 0;                 // different values at most; 0: 2^64
        std::uint64_t stride = 1;
        std::vector<std::uint32_t> steps = {};  // day - smallest -> index into values
        std::vector<std::int64_t> values = {};  // of the steps, ascending
    };
    std::uint32_t find_or_add(Tuple const&);
    std::vector<Plan> keys_;
    bool dense_ = true;
    std::size_t dense_groups_ = 1;
    std::vector<Tuple> seen_;
    std::vector<std::uint32_t> slots_;  // group + 1; 0 empty
};

}  // namespace kindling::shop::facts
