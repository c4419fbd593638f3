#include "shop/facts/query.h"
#include "shop/facts/accumulator.h"
#include "shop/facts/grouping.h"
#include <algorithm>
#include <compare>
#include <fmt/format.h>
#include <functional>
#include <numeric>

namespace kindling::shop::facts {
namespace {

std::unexpected<Error> bad_query(std::string message) { return fail(Errc::invalid_argument, "facts_bad_query", std::move(message)); }

// Calls each(chunk, first, all, positions) for the batches with at least one kept row; positions.size() == all means every row.
template <class Each> Result<void> for_each_batch(Table const& table, BoundFilter& filter, std::stop_token const& stop, Each each) {
    std::vector<std::uint8_t> mask(batch_rows);
    std::vector<std::uint32_t> positions(batch_rows), every(batch_rows);
    std::iota(every.begin(), every.end(), 0u);
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
        if (stop.stop_requested()) return fail(Errc::unavailable, "stopped", "The question was stopped before it was answered.");
        if (!filter.possible(chunk)) continue;
        auto const rows = static_cast<std::size_t>(table.chunk_rows(chunk));
        for (std::size_t first = 0; first < rows; first += batch_rows) {
            auto const all = std::min(batch_rows, rows - first);
            std::span<std::uint32_t const> kept(every.data(), all);
            if (!filter.takes_every_row()) {
                filter.evaluate(chunk, first, Mask(mask).first(all));
                kept = {positions.data(), select(std::span<std::uint8_t const>(mask).first(all), positions)};
            }
            if (kept.empty()) continue;
            if (!TRY(each(chunk, first, all, kept))) return {};
        }
    }
    return {};
}

// Whether one row of the unsorted result comes before another when nothing else decides; empty: they already are in that order.
using Before = std::function<bool(std::uint32_t, std::uint32_t)>;

// Rows of the result as positions: sorted by the asked columns, ties by `otherwise`, cut to the limit.
struct SortColumn {
    ResultColumn const* values;
    Column const* texts;  // numbers are codes of its dictionary
    Order order;
};

std::vector<std::uint32_t> sorted(std::size_t rows, std::vector<SortColumn> const& by, std::int64_t limit, Before const& otherwise) {
    std::vector<std::uint32_t> rank(rows);
    std::iota(rank.begin(), rank.end(), 0u);
    auto const keep = limit < 0 ? rows : std::min(rows, static_cast<std::size_t>(limit));
    auto const before = [&](std::uint32_t a, std::uint32_t b) {
        for (auto const& column : by) {
            int sign = 0;
            auto const compare = [&](auto const& x, auto const& y) { sign = x < y ? -1 : y < x ? 1 : 0; };
            if (column.texts) compare(column.texts->text(column.values->numbers[a]), column.texts->text(column.values->numbers[b]));
            else if (column.values->type == ColumnType::real) {
                auto const order = std::weak_order(column.values->reals[a], column.values->reals[b]);  // NaN has a place, too: the sort needs one
                sign = order < 0 ? -1 : order > 0 ? 1 : 0;
            }
            else compare(column.values->numbers[a], column.values->numbers[b]);
            if (sign != 0) return (sign < 0) == (column.order == Order::ascending);
        }
        return otherwise ? otherwise(a, b) : a < b;
    };
    if (by.empty() && !otherwise) return rank.resize(keep), rank;  // in order already
    if (keep < rows / 8) std::partial_sort(rank.begin(), rank.begin() + static_cast<std::ptrdiff_t>(keep), rank.end(), before);  // a heap of the few
    else std::ranges::sort(rank, before);
    rank.resize(keep);
    return rank;
}

// Puts the columns into the final order; codes become texts only now, for the rows that stay.
Result<ResultTable> finish(std::vector<ResultColumn> columns, std::vector<std::optional<Column>> const& dictionaries, std::size_t rows, std::vector<std::pair<std::string, Order>> const& order, std::int64_t limit,
                           Before const& otherwise = {}) {
    std::vector<SortColumn> by;
    for (auto const& [name, direction] : order) {
        auto const found = std::ranges::find(columns, name, &ResultColumn::name);
        if (found == columns.end()) return bad_query(fmt::format("The result has no column {} to order by.", name));
        auto const& dictionary = dictionaries[static_cast<std::size_t>(found - columns.begin())];
        by.push_back({&*found, dictionary ? &*dictionary : nullptr, direction});
    }
    auto const rank = sorted(rows, by, limit, otherwise);
    ResultTable table{.rows = static_cast<std::int64_t>(rank.size()), .columns = {}};
    for (std::size_t c = 0; c < columns.size(); ++c) {
        auto const& from = columns[c];
        ResultColumn to{.name = from.name, .type = from.type};
        for (auto const r : rank) {
            if (dictionaries[c]) to.texts.emplace_back(dictionaries[c]->text(from.numbers[r]));
            else if (from.type == ColumnType::real) to.reals.push_back(from.reals[r]);
            else to.numbers.push_back(from.numbers[r]);
        }
        table.columns.push_back(std::move(to));
    }
    return table;
}

}  // namespace

ResultColumn const* ResultTable::find(std::string_view name) const {
    auto const found = std::ranges::find(columns, name, &ResultColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

Result<ResultTable> Query::run(std::stop_token stop) const {
    if (selected_.empty()) {
        if (measures_.empty() && keys_.empty()) return bad_query("Ask for measures, groups or columns.");
        return run_groups(stop);
    }
    if (!keys_.empty() || !measures_.empty()) return bad_query("Ask either for columns or for groups and measures.");
    return run_rows(stop);
}

Result<ResultTable> Query::run_groups(std::stop_token stop) const {
    auto filter = TRY(BoundFilter::bind(filter_, table_));
    auto grouping = TRY(Grouping::plan(keys_, table_));
    std::vector<Accumulator> accumulators;
    for (auto const& measure : measures_) accumulators.push_back(TRY(Accumulator::plan(measure, table_, grouping)));

    std::vector<std::int64_t> counts(grouping.groups());
    std::vector<std::vector<std::int64_t>> keys(grouping.keys(), std::vector<std::int64_t>(batch_rows));
    std::vector<std::uint32_t> numbers(batch_rows);
    TRY(for_each_batch(table_, filter, stop, [&](std::size_t chunk, std::size_t first, std::size_t all, std::span<std::uint32_t const> kept) -> Result<bool> {
        for (std::size_t k = 0; k < keys.size(); ++k) {
            grouping.column(k).read(chunk, first, std::span(keys[k]).first(all));
            if (kept.size() < all) gather(std::span(keys[k]), kept);
        }
        auto const groups = std::span(numbers).first(kept.size());
        grouping.number(keys, groups);
        if (counts.size() < grouping.groups()) counts.resize(std::max(grouping.groups(), counts.size() * 2));
        count_groups(groups, counts);
        for (auto& accumulator : accumulators) TRY(accumulator.add(chunk, first, all, kept, groups, counts.size()));
        return true;
    }));

    std::vector<std::uint32_t> used;
    for (std::size_t g = 0; g < grouping.groups(); ++g)
        if (counts[g] > 0 || keys_.empty()) used.push_back(static_cast<std::uint32_t>(g));
    // Hashed groups come in the order they were met. They are only brought into that of their keys as far as the answer shows it.
    Before by_keys;
    if (!grouping.dense()) by_keys = [&](std::uint32_t a, std::uint32_t b) { return grouping.before(used[a], used[b]); };

    std::vector<ResultColumn> columns;
    std::vector<std::optional<Column>> dictionaries;
    for (std::size_t k = 0; k < grouping.keys(); ++k) {
        ResultColumn column{.name = grouping.name(k), .type = grouping.type(k)};
        for (auto const g : used) column.numbers.push_back(grouping.value(k, g));
        dictionaries.push_back(column.type == ColumnType::text ? std::optional(grouping.column(k)) : std::nullopt);
        columns.push_back(std::move(column));
    }
    for (auto const& accumulator : accumulators) columns.push_back(accumulator.result(used, counts)), dictionaries.emplace_back();
    return finish(std::move(columns), dictionaries, used.size(), order_, limit_, by_keys);
}

Result<ResultTable> Query::run_rows(std::stop_token stop) const {
    auto filter = TRY(BoundFilter::bind(filter_, table_));
    std::vector<Column> sources;
    std::vector<ResultColumn> columns;
    std::vector<std::optional<Column>> dictionaries;
    for (auto const& name : selected_) {
        sources.push_back(TRY(table_.column(name)));
        columns.push_back({.name = name, .type = sources.back().type()});
        dictionaries.push_back(sources.back().type() == ColumnType::text ? std::optional(sources.back()) : std::nullopt);
    }
    std::size_t rows = 0;
    std::vector<std::int64_t> numbers(batch_rows);
    std::vector<double> reals(batch_rows);
    TRY(for_each_batch(table_, filter, stop, [&](std::size_t chunk, std::size_t first, std::size_t all, std::span<std::uint32_t const> kept) -> Result<bool> {
        for (std::size_t c = 0; c < sources.size(); ++c) {
            auto const take = [&](auto& values, auto& into) {
                sources[c].read(chunk, first, std::span(values).first(all));
                for (auto const p : kept) into.push_back(values[p]);
            };
            if (sources[c].type() == ColumnType::real) take(reals, columns[c].reals);
            else take(numbers, columns[c].numbers);
        }
        rows += kept.size();
        return !order_.empty() || limit_ < 0 || rows < static_cast<std::size_t>(limit_);  // without an order the first rows are the answer
    }));
    return finish(std::move(columns), dictionaries, rows, order_, limit_);
}

}  // namespace kindling::shop::facts
