// shop/facts/filter.h -- which rows: a small expression over columns, compiled against a table and evaluated 2,048 rows at a time.
//
//   between("day", first, last) && equals("status", "paid") && !one_of("channel", {"wholesale"})
//
// Conditions on texts are decided once for each entry of the dictionary, not for each row; conditions on numbers run on packed bytes. A chunk
// whose smallest and largest values exclude it is not read at all.
#pragma once
#include "shop/facts/kernels.h"
#include "shop/facts/table.h"
#include <variant>

namespace kindling::shop::facts {

// Integers for integer, day and boolean columns; doubles for real ones (integers are taken, too); texts for text.
using Value = std::variant<std::int64_t, double, std::string>;

enum class Comparison { equal, not_equal, less, less_equal, greater, greater_equal };

// An immutable value; any thread.
class Filter {
public:
    struct Node;
    Filter();  // every row
    explicit Filter(std::shared_ptr<Node const> node) : node_(std::move(node)) {}
    Node const& node() const { return *node_; }
    friend Filter operator&&(Filter const&, Filter const&);
    friend Filter operator||(Filter const&, Filter const&);
    friend Filter operator!(Filter const&);

private:
    std::shared_ptr<Node const> node_;  // parts are shared between the expressions built from them
};

Filter compare(std::string column, Comparison, Value);
Filter equals(std::string column, Value);
Filter between(std::string column, Value low, Value high);  // both ends included
Filter one_of(std::string column, std::vector<Value>);      // an empty list: no row
Filter starts_with(std::string column, std::string);
Filter contains(std::string column, std::string);           // byte by byte

constexpr std::size_t batch_rows = 2048;

// A filter bound to one table. Not for two threads at once: it owns its scratch space.
class BoundFilter {
public:
    // Errors: facts_no_such_column, facts_type_mismatch, facts_corrupt.
    static Result<BoundFilter> bind(Filter const&, Table const&);
    // False: certainly no row of this chunk. True: evaluate.
    bool possible(std::size_t chunk) const;
    // mask.size() <= batch_rows rows from `first` of the chunk.
    void evaluate(std::size_t chunk, std::size_t first, Mask mask);
    bool takes_every_row() const;

private:
    enum class Kind { constant, range, real_range, members, listed, listed_reals, both, either, negation };
    struct Step {
        Kind kind = Kind::constant;
        std::uint8_t value = 1;                       // constant
        std::optional<Column> column = {};
        std::int64_t low = 0, high = 0;               // range; members: its table begins at low
        double real_low = 0, real_high = 0;
        std::vector<std::uint8_t> member = {};
        std::vector<std::int64_t> numbers = {};       // listed, sorted
        std::vector<double> reals = {};               // listed_reals, sorted
        std::size_t left = 0, right = 0;              // steps before this one
    };
    Result<std::size_t> add(Filter::Node const&, Table const&, int depth);
    Result<Step> test(Filter::Node const&, Column);
    bool possible(std::size_t step, std::size_t chunk) const;
    void evaluate(std::size_t step, std::size_t chunk, std::size_t first, Mask mask);

    std::vector<Step> steps_;                             // the last is the whole
    std::vector<std::vector<std::uint8_t>> scratch_;      // one mask a step
};

}  // namespace kindling::shop::facts
