#include "shop/facts/window.h"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace kindling::shop::facts {
namespace {

std::unexpected<Error> overflow() { return fail(Errc::failed_precondition, "amount_overflow", "A running total does not fit into 64 bits. Narrow the question or correct the facts."); }

template <class F> void each_partition(std::size_t rows, Starts starts, F f) {
    for (std::size_t p = 0; p < starts.size(); ++p) f(std::size_t(starts[p]), p + 1 < starts.size() ? std::size_t(starts[p + 1]) : rows);
}

template <class T> std::vector<double> sorted_quantiles(std::span<T const> values, std::span<double const> p) {
    std::vector<T> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    std::vector<double> result;
    for (auto const q : p) {
        if (sorted.empty()) {
            result.push_back(0);
            continue;
        }
        auto const at = std::clamp(q, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
        auto const low = static_cast<std::size_t>(at);
        auto const a = static_cast<double>(sorted[low]), b = static_cast<double>(sorted[std::min(low + 1, sorted.size() - 1)]);
        auto const part = at - static_cast<double>(low);
        result.push_back(part == 0 ? a : a + (b - a) * part);
    }
    return result;
}

}  // namespace

std::vector<std::uint32_t> partition_starts(std::span<std::int64_t const> partition) {
    std::vector<std::uint32_t> starts;
    for (std::size_t i = 0; i < partition.size(); ++i)
        if (i == 0 || partition[i] != partition[i - 1]) starts.push_back(static_cast<std::uint32_t>(i));
    return starts;
}

std::vector<std::uint32_t> order_by_partition_and_day(std::span<std::int64_t const> partition, std::span<std::int64_t const> day) {
    std::vector<std::uint32_t> order(partition.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, [&](auto a, auto b) {
        return std::tie(partition[a], day[a], a) < std::tie(partition[b], day[b], b);
    });
    return order;
}

std::vector<std::int64_t> lag(std::span<std::int64_t const> values, Starts starts, std::uint32_t rows, std::int64_t missing) {
    std::vector<std::int64_t> result(values.size(), missing);
    each_partition(values.size(), starts, [&](std::size_t first, std::size_t last) {
        for (auto i = first + rows; i < last; ++i) result[i] = values[i - rows];
    });
    return result;
}

Result<std::vector<std::int64_t>> cumulative_sum(std::span<std::int64_t const> values, Starts starts) {
    std::vector<std::int64_t> result(values.size());
    bool overflowed = false;
    each_partition(values.size(), starts, [&](std::size_t first, std::size_t last) {
        std::int64_t total = 0;
        for (auto i = first; i < last; ++i) {
            overflowed |= __builtin_add_overflow(total, values[i], &total);
            result[i] = total;
        }
    });
    if (overflowed) return overflow();
    return result;
}

Result<std::vector<std::int64_t>> rolling_sum(std::span<std::int64_t const> values, std::span<std::int64_t const> day, Starts starts, std::int64_t days) {
    if (days < 1) return fail(Errc::invalid_argument, "facts_bad_query", "A rolling window has at least one day.");
    std::vector<std::int64_t> result(values.size());
    bool overflowed = false;
    each_partition(values.size(), starts, [&](std::size_t first, std::size_t last) {
        std::int64_t total = 0;
        auto oldest = first, next = first;
        for (auto i = first; i < last; ++i) {
            // Rows of the same day see each other, whatever their order.
            for (; next < last && day[next] == day[i]; ++next) overflowed |= __builtin_add_overflow(total, values[next], &total);
            for (; day[oldest] <= day[i] - days; ++oldest) overflowed |= __builtin_sub_overflow(total, values[oldest], &total);
            result[i] = total;
        }
    });
    if (overflowed) return overflow();
    return result;
}

Result<std::vector<double>> rolling_mean(std::span<std::int64_t const> values, std::span<std::int64_t const> day, Starts starts, std::int64_t days) {
    auto const sums = TRY(rolling_sum(values, day, starts, days));
    std::vector<double> means;
    means.reserve(sums.size());
    for (auto const s : sums) means.push_back(static_cast<double>(s) / static_cast<double>(days));
    return means;
}

std::vector<double> quantiles(std::span<std::int64_t const> values, std::span<double const> p) { return sorted_quantiles(values, p); }
std::vector<double> quantiles(std::span<double const> values, std::span<double const> p) { return sorted_quantiles(values, p); }

std::vector<std::uint32_t> top_k(std::span<std::int64_t const> values, std::size_t k) {
    std::vector<std::uint32_t> order(values.size());
    std::iota(order.begin(), order.end(), 0u);
    k = std::min(k, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k), order.end(), [&](auto a, auto b) { return values[a] != values[b] ? values[a] > values[b] : a < b; });
    order.resize(k);
    return order;
}

}  // namespace kindling::shop::facts
