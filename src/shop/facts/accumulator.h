// shop/facts/accumulator.h -- one measure over the groups of a query; used by query.cpp alone.
#pragma once
#include "shop/facts/grouping.h"

namespace kindling::shop::facts {

class Accumulator {
public:
    // Errors: facts_no_such_column, facts_type_mismatch.
    static Result<Accumulator> plan(Measure const&, Table const&, Grouping const&);

    // Rows first .. first + all of a chunk; `positions` are those kept (empty span with kept == all: every one). Error: amount_overflow.
    Result<void> add(std::size_t chunk, std::size_t first, std::size_t all, std::span<std::uint32_t const> positions, std::span<std::uint32_t const> groups, std::size_t group_count);

    // Name and type; the values of `groups` in that order. `counts`: rows of each group.
    ResultColumn result(std::span<std::uint32_t const> groups, std::span<std::int64_t const> counts) const;

private:
    // Pairs of group and value seen so far.
    class Pairs {
    public:
        bool insert(std::uint32_t group, std::uint64_t value);  // true: new
    private:
        struct Slot {
            std::uint64_t value = 0;
            std::uint32_t group_plus_one = 0;
        };
        void grow();
        std::vector<Slot> slots_;
        std::size_t size_ = 0;
    };
    bool real() const;
    Measure measure_;
    std::optional<Column> column_, second_;
    bool sums_fit_ = false;  // proved from the columns' extremes
    std::vector<std::int64_t> numbers_, other_, totals_;
    std::vector<double> reals_, real_totals_;
    Pairs pairs_;
    std::uint64_t bitmap_values_ = 0;     // count_distinct with few groups and values: one bit for each pair instead of Pairs
    std::vector<std::uint64_t> bitmap_;
};

}  // namespace kindling::shop::facts
