#include "shop/analysis/answer.h"
#include "core/time.h"
#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>

namespace kindling::shop::analysis {

namespace {

using facts::ColumnType;

std::unexpected<Error> mismatch(std::size_t i, std::string what) {
    return fail(Errc::invalid_argument, "facts_type_mismatch", "A condition's value does not fit its column.", {{fmt::format("/where/{}/value", i), "facts_type_mismatch", std::move(what)}});
}

Result<facts::Value> value_of(ColumnType type, json::value const& v, std::size_t i) {
    switch (type) {
    case ColumnType::text:
        if (v.is_string()) return facts::Value(std::string(v.get_string()));
        return mismatch(i, "must be a text");
    case ColumnType::boolean:
        if (v.is_bool()) return facts::Value(std::int64_t(v.get_bool()));
        return mismatch(i, "must be true or false");
    case ColumnType::day:
        if (v.is_string())
            if (auto const day = parse_date(v.get_string())) return facts::Value(std::int64_t(*day));
        return mismatch(i, "must be a day such as \"2026-01-31\"");
    case ColumnType::integer:
        if (v.is_int64()) return facts::Value(v.get_int64());
        if (v.is_double() && v.get_double() == std::floor(v.get_double()) && std::abs(v.get_double()) < 9e15) return facts::Value(static_cast<std::int64_t>(v.get_double()));
        return mismatch(i, "must be a whole number");
    case ColumnType::real:
        if (v.is_int64()) return facts::Value(static_cast<double>(v.get_int64()));
        if (v.is_double()) return facts::Value(v.get_double());
        return mismatch(i, "must be a number");
    }
    return mismatch(i, "has no type");
}

Result<facts::Filter> condition(facts::Table const& table, FactCondition const& c, std::size_t i) {
    auto const at = facts::column_index(table.schema(), c.column);
    if (at < 0) {
        std::string names;
        for (auto const& s : table.schema()) names += (names.empty() ? "" : ", ") + s.name;
        return fail(Errc::invalid_argument, "facts_no_such_column", "The table has no such column.", {{fmt::format("/where/{}/column", i), "facts_no_such_column", "is none of " + names}});
    }
    auto const type = table.schema()[static_cast<std::size_t>(at)].type;
    if (c.test == FactTest::one_of) {
        if (!c.value.is_array()) return mismatch(i, "must be a list");
        if (c.value.get_array().size() > 10'000) return mismatch(i, "must have at most 10,000 entries");
        std::vector<facts::Value> values;
        for (auto const& v : c.value.get_array()) values.push_back(TRY(value_of(type, v, i)));
        return facts::one_of(c.column, std::move(values));
    }
    auto value = TRY(value_of(type, c.value, i));
    if (c.test == FactTest::starts_with || c.test == FactTest::contains) {
        if (type != ColumnType::text) return mismatch(i, "is tested in a way that only texts can be");
        auto text = std::get<std::string>(value);
        return c.test == FactTest::contains ? facts::contains(c.column, std::move(text)) : facts::starts_with(c.column, std::move(text));
    }
    using enum facts::Comparison;
    constexpr facts::Comparison comparisons[] = {equal, not_equal, less, less_equal, greater, greater_equal};
    return facts::compare(c.column, comparisons[static_cast<int>(c.test)], std::move(value));
}

facts::Measure measure(FactMeasure const& m) {
    auto out = [&] {
        switch (m.kind) {
        case FactMeasureKind::count: return facts::count();
        case FactMeasureKind::sum: return m.times.empty() ? facts::sum(m.column) : facts::sum_product(m.column, m.times);
        case FactMeasureKind::minimum: return facts::minimum(m.column);
        case FactMeasureKind::maximum: return facts::maximum(m.column);
        case FactMeasureKind::average: return facts::average(m.column);
        case FactMeasureKind::distinct: return facts::count_distinct(m.column);
        }
        return facts::count();
    }();
    return m.name.empty() ? out : std::move(out).as(m.name);
}

}  // namespace

Result<Table> table_or_error(std::string const& name, std::string_view pointer) {
    if (auto const t = table_named(name)) return *t;
    return fail(Errc::not_found, "unknown_fact_table", "There is no such fact table.", {{std::string(pointer), "unknown_fact_table", "must be order_lines, events, stock_moves or daily_sales"}});
}

Result<FactsAnswer> ask(facts::Table const& table, FactsQuery const& in, std::stop_token stop) {
    facts::Query query(table);
    for (std::size_t i = 0; i < in.where.size(); ++i) query.where(TRY(condition(table, in.where[i], i)));
    if (in.columns.empty()) {
        constexpr facts::Step steps[] = {facts::Step::none, facts::Step::week, facts::Step::month, facts::Step::year, facts::Step::weekday};
        std::vector<facts::Key> keys;
        for (auto const& k : in.group_by) keys.emplace_back(k.column, steps[static_cast<int>(k.step)]);
        std::vector<facts::Measure> measures;
        for (auto const& m : in.measures) measures.push_back(measure(m));
        if (measures.empty()) measures.push_back(facts::count());
        query.group_by(std::move(keys)).measure(std::move(measures));
    } else {
        if (!in.group_by.empty() || !in.measures.empty())
            return fail(Errc::invalid_argument, "facts_bad_query", "Ask for groups or for rows, not both.", {{"/columns", "facts_bad_query", "must be empty when there are groups or measures"}});
        query.select(in.columns);
    }
    for (auto const& o : in.order) query.order_by(o.column, o.direction == FactDirection::ascending ? facts::Order::ascending : facts::Order::descending);
    query.limit(in.limit + 1);
    return answer_from(TRY(query.run(stop)), in.limit);
}

FactsAnswer answer_from(facts::ResultTable const& table, std::int64_t limit) {
    FactsAnswer answer;
    for (auto const& c : table.columns) answer.columns.push_back({c.name, std::string(name_of(c.type))});
    answer.more = table.rows > limit;
    auto const rows = static_cast<std::size_t>(std::min(limit, table.rows));
    answer.rows.reserve(rows);
    for (std::size_t r = 0; r < rows; ++r) {
        json::array row;
        row.reserve(table.columns.size());
        for (auto const& c : table.columns) switch (c.type) {
            case ColumnType::integer: row.emplace_back(c.numbers[r]); break;
            case ColumnType::day: row.emplace_back(format_date(static_cast<Day>(c.numbers[r]))); break;
            case ColumnType::boolean: row.emplace_back(c.numbers[r] != 0); break;
            case ColumnType::text: row.emplace_back(c.texts[r]); break;
            case ColumnType::real: std::isfinite(c.reals[r]) ? row.emplace_back(c.reals[r]) : row.emplace_back(nullptr); break;
            }
        answer.rows.emplace_back(std::move(row));
    }
    return answer;
}

}  // namespace kindling::shop::analysis
