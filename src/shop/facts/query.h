// shop/facts/query.h -- questions to a fact table: where, group by, measure, order, limit.
//
//   auto top = TRY(Query(lines).where(between("day", from, to)).group_by({"sku"}).measure({sum("quantity"), count()}).order_by("sum_quantity", Order::descending).limit(10).run());
//
// Batches of 2,048 rows go through filter, group numbers and one plain loop for each measure (vectorised execution after Boncz, Zukowski & Nes, "MonetDB/X100",
// CIDR 2005). Keys with few combinations (up to about a million) number their groups by arithmetic, others by a hash table. Whole numbers
// are summed exactly: either the columns' extremes prove that nothing can overflow, or every addition is checked. One thread; figures in README.md.
#pragma once
#include "shop/facts/filter.h"
#include <initializer_list>
#include <stop_token>

namespace kindling::shop::facts {

// Of a day column. week: the day of its Monday; month: the day of its first; year: 2026; weekday: 1 Monday .. 7 Sunday.
enum class Step { none, week, month, year, weekday };

struct Key {
    std::string column;
    Step step = Step::none;
    std::string name = {};  // in the result; empty: column, or month_of_day
    Key(char const* c) : column(c) {}
    Key(std::string c, Step s = Step::none, std::string n = {}) : column(std::move(c)), step(s), name(std::move(n)) {}
};

struct Measure {
    enum class Kind { count, sum, sum_product, minimum, maximum, average, count_distinct } kind = Kind::count;
    std::string column = {}, second = {};
    std::string name = {};  // in the result: "count", "sum_quantity", "distinct_customer" unless as() says otherwise
    Measure as(std::string n) && { return name = std::move(n), std::move(*this); }
};
Measure count();
Measure sum(std::string column);                              // integer or real
Measure sum_product(std::string column, std::string second);  // both integer: quantity × unit_price_minor
Measure minimum(std::string column);                          // integer, day, boolean or real
Measure maximum(std::string column);
Measure average(std::string column);                          // a real
Measure count_distinct(std::string column);                   // exact; any kind

struct ResultColumn {
    std::string name;
    ColumnType type = ColumnType::integer;
    std::vector<std::int64_t> numbers;  // integer, day, boolean
    std::vector<double> reals;
    std::vector<std::string> texts;
};

struct ResultTable {
    std::int64_t rows = 0;
    std::vector<ResultColumn> columns;
    ResultColumn const* find(std::string_view name) const;  // null: none
};

enum class Order { ascending, descending };

class Query {
public:
    explicit Query(Table table) : table_(std::move(table)) {}
    Query& where(Filter filter) { return filter_ = filter_ && filter, *this; }  // several: all of them
    Query& group_by(std::vector<Key> keys) { return keys_ = std::move(keys), *this; }            // 1 to 3; not real columns
    Query& measure(std::vector<Measure> measures) { return measures_ = std::move(measures), *this; }
    Query& select(std::vector<std::string> columns) { return selected_ = std::move(columns), *this; }  // rows as they are, instead of groups
    Query& order_by(std::string result_column, Order order = Order::ascending) { return order_.emplace_back(std::move(result_column), order), *this; }
    Query& limit(std::int64_t rows) { return limit_ = rows, *this; }

    // Groups come in the order of their keys (texts: of first appearance), rows in the table's; ties of order_by keep that order. Measures
    // without keys give one row, zeros if nothing matches. Errors: facts_no_such_column, facts_type_mismatch, facts_bad_query, amount_overflow, facts_corrupt, stopped.
    Result<ResultTable> run(std::stop_token = {}) const;

private:
    Result<ResultTable> run_groups(std::stop_token) const;
    Result<ResultTable> run_rows(std::stop_token) const;
    Table table_;
    Filter filter_;
    std::vector<Key> keys_;
    std::vector<Measure> measures_;
    std::vector<std::string> selected_;
    std::vector<std::pair<std::string, Order>> order_;
    std::int64_t limit_ = -1;
};

}  // namespace kindling::shop::facts
