#include "shop/facts/accumulator.h"
#include "core/random.h"
#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <limits>

namespace kindling::shop::facts {
namespace {

using Kind = Measure::Kind;
constexpr std::uint64_t bitmap_limit = std::uint64_t(1) << 28;  // bits: 32 MiB
__extension__ using SignedWide = __int128;

// Whether `rows` values of at most this size certainly have a sum within 64 bits.
bool fits(SignedWide largest, std::int64_t rows) {
    constexpr SignedWide most = std::numeric_limits<std::int64_t>::max();
    return largest <= most && (rows == 0 || largest <= most / rows);
}

SignedWide magnitude(Column const& column) {
    auto const low = static_cast<SignedWide>(column.smallest()), high = static_cast<SignedWide>(column.largest());
    return std::max(low < 0 ? -low : low, high < 0 ? -high : high);
}

}  // namespace

Measure count() { return {.kind = Kind::count, .name = "count"}; }
Measure sum(std::string column) { return {.kind = Kind::sum, .column = column, .name = "sum_" + column}; }
Measure sum_product(std::string column, std::string second) { return {.kind = Kind::sum_product, .column = column, .second = second, .name = "sum_" + column + "_" + second}; }
Measure minimum(std::string column) { return {.kind = Kind::minimum, .column = column, .name = "min_" + column}; }
Measure maximum(std::string column) { return {.kind = Kind::maximum, .column = column, .name = "max_" + column}; }
Measure average(std::string column) { return {.kind = Kind::average, .column = column, .name = "avg_" + column}; }
Measure count_distinct(std::string column) { return {.kind = Kind::count_distinct, .column = column, .name = "distinct_" + column}; }

Result<Accumulator> Accumulator::plan(Measure const& measure, Table const& table, Grouping const& grouping) {
    Accumulator a;
    a.measure_ = measure;
    if (measure.kind == Kind::count) return a;
    a.column_ = TRY(table.column(measure.column));
    auto const type = a.column_->type();
    if (measure.kind == Kind::sum_product) a.second_ = TRY(table.column(measure.second));
    auto const wrong = [&] {
        switch (measure.kind) {
            case Kind::sum:
            case Kind::average: return type == ColumnType::text || type == ColumnType::day;
            case Kind::sum_product: return type != ColumnType::integer || a.second_->type() != ColumnType::integer;
            case Kind::minimum:
            case Kind::maximum: return type == ColumnType::text;
            default: return false;
        }
    }();
    if (wrong) return fail(Errc::invalid_argument, "facts_type_mismatch", fmt::format("The measure {} cannot be taken of column {}, which holds {}.", measure.name, measure.column, name_of(type)));
    if (type != ColumnType::real) {
        auto const largest = magnitude(*a.column_);
        // Two magnitudes of at most 2^63 multiply to at most 2^126: no overflow here.
        a.sums_fit_ = fits(a.second_ ? largest * magnitude(*a.second_) : largest, table.rows());
        auto const values = static_cast<std::uint64_t>(a.column_->largest()) - static_cast<std::uint64_t>(a.column_->smallest()) + 1;
        if (measure.kind == Kind::count_distinct && grouping.dense() && values > 0 && values <= bitmap_limit && grouping.groups() * values <= bitmap_limit) {
            a.bitmap_values_ = values;
            a.bitmap_.resize((grouping.groups() * values + 63) / 64);
        }
    }
    return a;
}

bool Accumulator::real() const { return column_ && column_->type() == ColumnType::real; }

Result<void> Accumulator::add(std::size_t chunk, std::size_t first, std::size_t all, std::span<std::uint32_t const> positions, std::span<std::uint32_t const> groups, std::size_t group_count) {
    if (measure_.kind == Kind::count) return {};
    auto const kind = measure_.kind;
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    if (real() && real_totals_.size() < group_count) real_totals_.resize(group_count, kind == Kind::minimum ? infinity : kind == Kind::maximum ? -infinity : 0);
    if (totals_.size() < group_count)
        totals_.resize(group_count, kind == Kind::minimum ? std::numeric_limits<std::int64_t>::max() : kind == Kind::maximum ? std::numeric_limits<std::int64_t>::min() : 0);

    if (real()) {
        reals_.resize(batch_rows);
        column_->read(chunk, first, std::span(reals_).first(all));
        if (positions.size() < all) gather(std::span(reals_), positions);
        std::span<double const> const values(reals_.data(), groups.size());
        if (kind == Kind::sum || kind == Kind::average) sum_groups(groups, values, real_totals_);
        else if (kind == Kind::minimum) min_groups(groups, values, real_totals_);
        else if (kind == Kind::maximum) max_groups(groups, values, real_totals_);
        else
            for (std::size_t i = 0; i < groups.size(); ++i) totals_[groups[i]] += pairs_.insert(groups[i], std::bit_cast<std::uint64_t>(values[i] == 0 ? 0.0 : values[i]));
        return {};
    }
    numbers_.resize(batch_rows);
    column_->read(chunk, first, std::span(numbers_).first(all));
    if (positions.size() < all) gather(std::span(numbers_), positions);
    std::span<std::int64_t const> const values(numbers_.data(), groups.size());
    bool good = true;
    switch (kind) {
        case Kind::sum:
        case Kind::average:
            if (sums_fit_) sum_groups(groups, values, totals_);
            else good = checked_sum_groups(groups, values, totals_);
            break;
        case Kind::sum_product: {
            other_.resize(batch_rows);
            second_->read(chunk, first, std::span(other_).first(all));
            if (positions.size() < all) gather(std::span(other_), positions);
            if (sums_fit_) {
                for (std::size_t i = 0; i < groups.size(); ++i) numbers_[i] *= other_[i];
                sum_groups(groups, values, totals_);
            } else {
                good = checked_multiply(values, std::span<std::int64_t const>(other_).first(groups.size()), std::span(numbers_).first(groups.size()));
                good = good && checked_sum_groups(groups, values, totals_);
            }
            break;
        }
        case Kind::minimum: min_groups(groups, values, totals_); break;
        case Kind::maximum: max_groups(groups, values, totals_); break;
        case Kind::count_distinct:
            if (bitmap_values_ > 0) {
                auto const smallest = static_cast<std::uint64_t>(column_->smallest());
                for (std::size_t i = 0; i < groups.size(); ++i) {
                    auto const bit = groups[i] * bitmap_values_ + (static_cast<std::uint64_t>(values[i]) - smallest);
                    auto const one = std::uint64_t(1) << (bit & 63);
                    totals_[groups[i]] += (bitmap_[bit >> 6] & one) == 0;
                    bitmap_[bit >> 6] |= one;
                }
                break;
            }
            for (std::size_t i = 0; i < groups.size(); ++i) totals_[groups[i]] += pairs_.insert(groups[i], static_cast<std::uint64_t>(values[i]));
            break;
        case Kind::count: break;
    }
    if (!good) return fail(Errc::failed_precondition, "amount_overflow", fmt::format("{} does not fit into 64 bits. Narrow the question or correct the facts.", measure_.name));
    return {};
}

ResultColumn Accumulator::result(std::span<std::uint32_t const> groups, std::span<std::int64_t const> counts) const {
    auto const kind = measure_.kind;
    ResultColumn column{.name = measure_.name};
    auto const real_result = kind == Kind::average || (real() && kind != Kind::count_distinct);
    if (real_result) column.type = ColumnType::real;
    else if ((kind == Kind::minimum || kind == Kind::maximum) && column_->type() != ColumnType::boolean) column.type = column_->type();
    for (auto const g : groups) {
        auto const empty = counts[g] == 0;
        if (!real_result) {
            column.numbers.push_back(kind == Kind::count ? counts[g] : empty ? 0 : totals_[g]);
            continue;
        }
        auto const total = empty ? 0 : real() ? real_totals_[g] : static_cast<double>(totals_[g]);
        column.reals.push_back(kind == Kind::average && !empty ? total / static_cast<double>(counts[g]) : total);
    }
    return column;
}

bool Accumulator::Pairs::insert(std::uint32_t group, std::uint64_t value) {
    if (size_ * 2 >= slots_.size()) grow();
    auto const product = static_cast<Wide>(value ^ (std::uint64_t(group) << 40 | group)) * 0x9E3779B97F4A7C15ull;
    auto const mask = slots_.size() - 1;
    for (auto i = (static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64)) >> 7 & mask;; i = (i + 1) & mask) {
        auto& slot = slots_[i];
        if (slot.group_plus_one == 0) return slot = {value, group + 1}, ++size_, true;
        if (slot.value == value && slot.group_plus_one == group + 1) return false;
    }
}

void Accumulator::Pairs::grow() {
    auto const old = std::exchange(slots_, std::vector<Slot>(slots_.empty() ? 1024 : slots_.size() * 2));
    size_ = 0;
    for (auto const& slot : old)
        if (slot.group_plus_one) insert(slot.group_plus_one - 1, slot.value);
}

}  // namespace kindling::shop::facts
