#include "shop/facts/grouping.h"
#include "core/random.h"
#include "core/time.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop::facts {
namespace {

constexpr std::uint64_t dense_limit = 1 << 20;   // 8 MB for each measure: still inside the caches where it matters
constexpr std::uint64_t days_limit = 1 << 23;    // 23,000 years

std::int64_t step_of(Step step, std::int64_t value) {
    auto const day = static_cast<Day>(value);
    auto const date = civil_from_day(day);
    switch (step) {
        case Step::none: return value;
        case Step::week: return value - (static_cast<std::int64_t>(weekday_of(day)) - 1);
        case Step::month: return value - (static_cast<std::int64_t>(static_cast<unsigned>(date.day())) - 1);
        case Step::year: return static_cast<int>(date.year());
        case Step::weekday: return weekday_of(day);
    }
    return value;
}

std::string default_name(Key const& key) {
    switch (key.step) {
        case Step::none: return key.column;
        case Step::week: return "week_of_" + key.column;
        case Step::month: return "month_of_" + key.column;
        case Step::year: return "year_of_" + key.column;
        case Step::weekday: return "weekday_of_" + key.column;
    }
    return key.column;
}

}  // namespace

Result<Grouping> Grouping::plan(std::vector<Key> const& keys, Table const& table) {
    if (keys.size() > 3) return fail(Errc::invalid_argument, "facts_bad_query", "Group by at most three keys.");
    Grouping grouping;
    for (auto const& key : keys) {
        auto const column = TRY(table.column(key.column));
        auto const wrong_step = key.step != Step::none && column.type() != ColumnType::day;
        if (column.type() == ColumnType::real || wrong_step)
            return fail(Errc::invalid_argument, "facts_type_mismatch", fmt::format("Column {} holds {}: it cannot be grouped {}.", key.column, name_of(column.type()), wrong_step ? "by calendar" : "by"));
        Plan plan{.column = column, .name = key.name.empty() ? default_name(key) : key.name, .type = column.type(), .smallest = column.smallest(),
                  .size = static_cast<std::uint64_t>(column.largest()) - static_cast<std::uint64_t>(column.smallest()) + 1};
        if (key.step != Step::none) {
            if (plan.size > days_limit) return fail(Errc::failed_precondition, "facts_bad_query", fmt::format("The days of column {} lie too far apart to be grouped by calendar.", key.column));
            if (key.step == Step::year || key.step == Step::weekday) plan.type = ColumnType::integer;
            for (std::uint64_t i = 0; i < plan.size; ++i) plan.values.push_back(step_of(key.step, plan.smallest + static_cast<std::int64_t>(i)));
            auto const of_day = plan.values;
            std::ranges::sort(plan.values);
            plan.values.erase(std::ranges::unique(plan.values).begin(), plan.values.end());
            for (auto v : of_day) plan.steps.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(plan.values, v) - plan.values.begin()));
            plan.size = plan.values.size();
        }
        grouping.keys_.push_back(std::move(plan));
    }
    if (table.rows() == 0) {
        grouping.dense_groups_ = keys.empty() ? 1 : 0;
        return grouping;
    }
    // The first key varies slowest, so that group numbers sort as the keys do.
    std::uint64_t product = 1;
    auto const most = std::min(dense_limit, std::max<std::uint64_t>(1 << 16, static_cast<std::uint64_t>(table.rows()) * 4));
    for (auto& plan : grouping.keys_) {
        if (plan.size == 0 || plan.size > most || product * plan.size > most) grouping.dense_ = false;
        else product *= plan.size;
    }
    if (grouping.dense_) {
        grouping.dense_groups_ = static_cast<std::size_t>(product);
        for (auto& plan : grouping.keys_) plan.stride = product /= plan.size;
    } else {
        grouping.slots_.assign(1 << 12, 0);
    }
    return grouping;
}

void Grouping::number(std::span<std::vector<std::int64_t>> values, std::span<std::uint32_t> numbers) {
    auto const n = numbers.size();
    for (std::size_t k = 0; k < keys_.size(); ++k) {
        auto const smallest = static_cast<std::uint64_t>(keys_[k].smallest);
        auto& v = values[k];
        if (auto const& steps = keys_[k].steps; !steps.empty())
            for (std::size_t i = 0; i < n; ++i) v[i] = steps[static_cast<std::size_t>(static_cast<std::uint64_t>(v[i]) - smallest)];
        else
            for (std::size_t i = 0; i < n; ++i) v[i] = static_cast<std::int64_t>(static_cast<std::uint64_t>(v[i]) - smallest);
    }
    if (!dense_) {
        Tuple tuple{};
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t k = 0; k < keys_.size(); ++k) tuple[k] = static_cast<std::uint64_t>(values[k][i]);
            numbers[i] = find_or_add(tuple);
        }
        return;
    }
    std::ranges::fill(numbers, 0u);
    for (std::size_t k = 0; k < keys_.size(); ++k) {
        auto const stride = static_cast<std::uint32_t>(keys_[k].stride);
        auto const* v = values[k].data();
        for (std::size_t i = 0; i < n; ++i) numbers[i] += static_cast<std::uint32_t>(v[i]) * stride;
    }
}

std::uint32_t Grouping::find_or_add(Tuple const& tuple) {
    auto const hash = [](Tuple const& t) {
        auto h = t[0] * 0x9E3779B97F4A7C15ull;
        h = (h ^ (h >> 32) ^ t[1]) * 0xD6E8FEB86659FD93ull;
        h = (h ^ (h >> 32) ^ t[2]) * 0xA0761D6478BD642Full;
        return h ^ (h >> 29);
    };
    if (seen_.size() * 2 >= slots_.size()) {
        std::vector<std::uint32_t> larger(slots_.size() * 2, 0);
        for (std::size_t g = 0; g < seen_.size(); ++g) {
            auto i = hash(seen_[g]) & (larger.size() - 1);
            while (larger[i]) i = (i + 1) & (larger.size() - 1);
            larger[i] = static_cast<std::uint32_t>(g + 1);
        }
        slots_ = std::move(larger);
    }
    auto i = hash(tuple) & (slots_.size() - 1);
    for (; slots_[i]; i = (i + 1) & (slots_.size() - 1))
        if (seen_[slots_[i] - 1] == tuple) return slots_[i] - 1;
    seen_.push_back(tuple);
    slots_[i] = static_cast<std::uint32_t>(seen_.size());
    return slots_[i] - 1;
}

std::int64_t Grouping::value(std::size_t key, std::size_t group) const {
    auto const& plan = keys_[key];
    auto const index = dense_ ? group / plan.stride % plan.size : seen_[group][key];
    return plan.values.empty() ? static_cast<std::int64_t>(index + static_cast<std::uint64_t>(plan.smallest)) : plan.values[static_cast<std::size_t>(index)];
}

}  // namespace kindling::shop::facts
