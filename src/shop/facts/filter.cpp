#include "shop/facts/filter.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace kindling::shop::facts {

enum class Test { compare, between, one_of, starts_with, contains };

struct Filter::Node {
    enum class Kind { every, test, both, either, negation } kind = Kind::every;
    std::string column = {};
    Test test = Test::compare;
    Comparison comparison = Comparison::equal;
    std::vector<Value> values = {};
    std::shared_ptr<Node const> left = {}, right = {};
};

namespace {

using Node = Filter::Node;
constexpr auto lowest = std::numeric_limits<std::int64_t>::min(), highest = std::numeric_limits<std::int64_t>::max();
constexpr int deepest = 200;                      // a filter may come from a request
constexpr std::uint64_t largest_table = 1 << 24;  // bytes for a set of numbers; a wider one is searched by halves

Filter test_of(std::string column, Test test, Comparison comparison, std::vector<Value> values) {
    return Filter(std::make_shared<Node const>(Node{.kind = Node::Kind::test, .column = std::move(column), .test = test, .comparison = comparison, .values = std::move(values)}));
}

template <class T> bool holds(T const& a, Comparison comparison, T const& b) {
    switch (comparison) {
        case Comparison::equal: return a == b;
        case Comparison::not_equal: return a != b;
        case Comparison::less: return a < b;
        case Comparison::less_equal: return a <= b;
        case Comparison::greater: return a > b;
        case Comparison::greater_equal: return a >= b;
    }
    return false;
}

bool text_passes(Node const& n, std::string_view text) {
    auto const value = [&](std::size_t i) { return std::string_view(std::get<std::string>(n.values[i])); };
    switch (n.test) {
        case Test::compare: return holds(text, n.comparison, value(0));
        case Test::between: return value(0) <= text && text <= value(1);
        case Test::starts_with: return text.starts_with(value(0));
        case Test::contains: return text.find(value(0)) != text.npos;
        case Test::one_of: break;
    }
    return false;
}

// The closed range that a comparison means; empty as low > high. not_equal is handled by its caller.
template <class T> std::pair<T, T> range_of(Node const& n, T first, T last, T below_all, T above_all, auto const& before, auto const& after) {
    if (n.test == Test::between) return {first, last};
    switch (n.comparison) {
        case Comparison::less: return first == below_all ? std::pair(above_all, below_all) : std::pair(below_all, before(first));
        case Comparison::less_equal: return {below_all, first};
        case Comparison::greater: return first == above_all ? std::pair(above_all, below_all) : std::pair(after(first), above_all);
        case Comparison::greater_equal: return {first, above_all};
        default: return {first, first};
    }
}

}  // namespace

Filter::Filter() : node_(std::make_shared<Node const>()) {}
Filter operator&&(Filter const& a, Filter const& b) {
    if (a.node_->kind == Node::Kind::every) return b;
    if (b.node_->kind == Node::Kind::every) return a;
    return Filter(std::make_shared<Node const>(Node{.kind = Node::Kind::both, .left = a.node_, .right = b.node_}));
}
Filter operator||(Filter const& a, Filter const& b) { return Filter(std::make_shared<Node const>(Node{.kind = Node::Kind::either, .left = a.node_, .right = b.node_})); }
Filter operator!(Filter const& a) { return Filter(std::make_shared<Node const>(Node{.kind = Node::Kind::negation, .left = a.node_})); }

Filter compare(std::string column, Comparison comparison, Value value) { return test_of(std::move(column), Test::compare, comparison, {std::move(value)}); }
Filter equals(std::string column, Value value) { return compare(std::move(column), Comparison::equal, std::move(value)); }
Filter between(std::string column, Value low, Value high) { return test_of(std::move(column), Test::between, {}, {std::move(low), std::move(high)}); }
Filter one_of(std::string column, std::vector<Value> values) { return test_of(std::move(column), Test::one_of, {}, std::move(values)); }
Filter starts_with(std::string column, std::string text) { return test_of(std::move(column), Test::starts_with, {}, {std::move(text)}); }
Filter contains(std::string column, std::string text) { return test_of(std::move(column), Test::contains, {}, {std::move(text)}); }

Result<BoundFilter> BoundFilter::bind(Filter const& filter, Table const& table) {
    BoundFilter bound;
    (void)TRY(bound.add(filter.node(), table, 0));
    bound.scratch_.resize(bound.steps_.size());
    return bound;
}

Result<BoundFilter::Step> BoundFilter::test(Node const& n, Column column) {
    auto const type = column.type();
    auto const is_text = type == ColumnType::text, is_real = type == ColumnType::real;
    auto const fits = std::ranges::all_of(n.values, [&](Value const& v) { return is_text ? v.index() == 2 : is_real ? v.index() != 2 : v.index() == 0; });
    if (!fits || (!is_text && (n.test == Test::starts_with || n.test == Test::contains)))
        return fail(Errc::invalid_argument, "facts_type_mismatch", fmt::format("Column {} holds {}; compare it with values of that kind.", column.name(), name_of(type)));

    Step step{.column = column};
    if (is_text) {
        step.kind = Kind::members;
        if (n.test == Test::one_of || (n.test == Test::compare && n.comparison == Comparison::equal)) {
            step.member.assign(static_cast<std::size_t>(column.texts()), 0);
            std::vector<std::int64_t> codes;
            for (auto const& value : n.values)
                if (auto const code = column.code_of(std::get<std::string>(value))) step.member[static_cast<std::size_t>(*code)] = 1, codes.push_back(*code);
            if (codes.empty()) return Step{.kind = Kind::constant, .value = 0};
            if (codes.size() == 1) step.kind = Kind::range, step.low = step.high = codes[0], step.member.clear();
            return step;
        }
        step.member.resize(static_cast<std::size_t>(column.texts()));
        for (std::size_t code = 0; code < step.member.size(); ++code) step.member[code] = text_passes(n, column.text(static_cast<std::int64_t>(code)));
        return step;
    }
    if (is_real) {
        auto const number = [&](std::size_t i) { return n.values[i].index() == 1 ? std::get<double>(n.values[i]) : static_cast<double>(std::get<std::int64_t>(n.values[i])); };
        constexpr auto infinity = std::numeric_limits<double>::infinity();
        if (n.test == Test::one_of) {
            step.kind = Kind::listed_reals;
            for (std::size_t i = 0; i < n.values.size(); ++i)
                if (!std::isnan(number(i))) step.reals.push_back(number(i));
            std::ranges::sort(step.reals);
            return step;
        }
        step.kind = Kind::real_range;
        auto const [low, high] = range_of<double>(n, number(0), n.test == Test::between ? number(1) : 0, -infinity, infinity,
                                                  [&](double x) { return std::nextafter(x, -infinity); }, [&](double x) { return std::nextafter(x, infinity); });
        step.real_low = low, step.real_high = high;
        return step;
    }
    auto const number = [&](std::size_t i) { return std::get<std::int64_t>(n.values[i]); };
    if (n.test == Test::one_of && static_cast<std::uint64_t>(column.largest()) - static_cast<std::uint64_t>(column.smallest()) >= largest_table) {
        step.kind = Kind::listed;
        for (std::size_t i = 0; i < n.values.size(); ++i) step.numbers.push_back(number(i));
        std::ranges::sort(step.numbers);
        return step;
    }
    if (n.test == Test::one_of) {
        step.kind = Kind::members;
        step.low = column.smallest();
        step.member.assign(static_cast<std::size_t>(std::max<std::int64_t>(0, column.largest() - column.smallest() + 1)), 0);
        for (std::size_t i = 0; i < n.values.size(); ++i)
            if (number(i) >= column.smallest() && number(i) <= column.largest()) step.member[static_cast<std::size_t>(number(i) - column.smallest())] = 1;
        return step;
    }
    step.kind = Kind::range;
    auto const [low, high] = range_of<std::int64_t>(n, number(0), n.test == Test::between ? number(1) : 0, lowest, highest,
                                                    [](std::int64_t x) { return x - 1; }, [](std::int64_t x) { return x + 1; });
    step.low = low, step.high = high;
    return step;
}

Result<std::size_t> BoundFilter::add(Node const& n, Table const& table, int depth) {
    if (depth > deepest) return fail(Errc::invalid_argument, "facts_filter_too_deep", fmt::format("The filter is nested deeper than {}.", deepest));
    auto const put = [&](Step step) { return steps_.push_back(std::move(step)), steps_.size() - 1; };
    switch (n.kind) {
        case Node::Kind::every: return put({});
        case Node::Kind::negation: {
            auto const left = TRY(add(*n.left, table, depth + 1));
            return put({.kind = Kind::negation, .left = left});
        }
        case Node::Kind::both:
        case Node::Kind::either: {
            auto const left = TRY(add(*n.left, table, depth + 1));
            auto const right = TRY(add(*n.right, table, depth + 1));
            return put({.kind = n.kind == Node::Kind::both ? Kind::both : Kind::either, .left = left, .right = right});
        }
        case Node::Kind::test: break;
    }
    auto const column = TRY(table.column(n.column));
    auto const numeric = column.type() != ColumnType::text;
    auto const not_equal = numeric && n.test == Test::compare && n.comparison == Comparison::not_equal;
    auto const at = put(TRY(test(n, column)));
    return not_equal ? put({.kind = Kind::negation, .left = at}) : at;
}

bool BoundFilter::takes_every_row() const { return steps_.back().kind == Kind::constant && steps_.back().value == 1; }
bool BoundFilter::possible(std::size_t chunk) const { return possible(steps_.size() - 1, chunk); }

bool BoundFilter::possible(std::size_t at, std::size_t chunk) const {
    auto const& step = steps_[at];
    switch (step.kind) {
        case Kind::constant: return step.value;
        case Kind::range: return step.column->packed(chunk).base <= step.high && step.column->packed(chunk).max >= step.low && step.low <= step.high;
        case Kind::both: return possible(step.left, chunk) && possible(step.right, chunk);
        case Kind::either: return possible(step.left, chunk) || possible(step.right, chunk);
        default: return true;
    }
}

void BoundFilter::evaluate(std::size_t chunk, std::size_t first, Mask mask) { evaluate(steps_.size() - 1, chunk, first, mask); }

void BoundFilter::evaluate(std::size_t at, std::size_t chunk, std::size_t first, Mask mask) {
    auto const& step = steps_[at];
    switch (step.kind) {
        case Kind::constant: std::ranges::fill(mask, step.value); return;
        case Kind::range: mask_range(step.column->packed(chunk), first, step.low, step.high, mask); return;
        case Kind::real_range: {
            double values[batch_rows];
            step.column->read(chunk, first, std::span(values, mask.size()));
            mask_range(std::span<double const>(values, mask.size()), step.real_low, step.real_high, mask);
            return;
        }
        case Kind::members: {
            std::int64_t values[batch_rows];
            step.column->read(chunk, first, std::span(values, mask.size()));
            mask_members(std::span<std::int64_t const>(values, mask.size()), step.low, step.member, mask);
            return;
        }
        case Kind::listed: {
            std::int64_t values[batch_rows];
            step.column->read(chunk, first, std::span(values, mask.size()));
            for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = std::ranges::binary_search(step.numbers, values[i]);
            return;
        }
        case Kind::listed_reals: {
            double values[batch_rows];
            step.column->read(chunk, first, std::span(values, mask.size()));
            for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = std::ranges::binary_search(step.reals, values[i]);
            return;
        }
        case Kind::negation: evaluate(step.left, chunk, first, mask); mask_not(mask); return;
        case Kind::both:
        case Kind::either: {
            evaluate(step.left, chunk, first, mask);
            auto& other = scratch_[at];
            other.resize(batch_rows);
            auto const right = Mask(other).first(mask.size());
            evaluate(step.right, chunk, first, right);
            step.kind == Kind::both ? mask_and(mask, right) : mask_or(mask, right);
            return;
        }
    }
}

}  // namespace kindling::shop::facts
