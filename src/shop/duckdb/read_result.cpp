#include "shop/duckdb/state.h"
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <limits>

namespace kindling::shop::duckdb {
namespace {

using facts::ColumnType;

struct Source {
    c::Type type;            // how the values lie in memory
    c::Type declared;
    double scale = 1;        // decimal: 10^digits
};

ColumnType type_of(c::Type type) {
    switch (type) {
        case c::boolean: return ColumnType::boolean;
        case c::date: return ColumnType::day;
        case c::text: return ColumnType::text;
        case c::real32: case c::real64: case c::decimal: case c::huge: case c::uint64: return ColumnType::real;
        default: return ColumnType::integer;
    }
}

bool readable(c::Type type) {
    switch (type) {
        case c::boolean: case c::int8: case c::int16: case c::int32: case c::int64: case c::uint8: case c::uint16: case c::uint32: case c::uint64: case c::real32: case c::real64:
        case c::timestamp: case c::date: case c::huge: case c::text: case c::decimal: case c::timestamp_s: case c::timestamp_ms: case c::timestamp_ns: case c::timestamp_zone: return true;
        default: return false;
    }
}

template <class T> T at(void const* data, std::size_t row) {
    T value;
    std::memcpy(&value, static_cast<char const*>(data) + row * sizeof(T), sizeof(T));
    return value;
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }

std::int64_t whole(c::Type type, void const* data, std::size_t row) {
    switch (type) {
        case c::boolean: return at<std::uint8_t>(data, row) != 0;
        case c::int8: return at<std::int8_t>(data, row);
        case c::int16: return at<std::int16_t>(data, row);
        case c::int32: case c::date: return at<std::int32_t>(data, row);
        case c::uint8: return at<std::uint8_t>(data, row);
        case c::uint16: return at<std::uint16_t>(data, row);
        case c::uint32: return at<std::uint32_t>(data, row);
        case c::timestamp: case c::timestamp_zone: return floor_divide(at<std::int64_t>(data, row), 1000);
        case c::timestamp_ns: return floor_divide(at<std::int64_t>(data, row), 1'000'000);
        case c::timestamp_s: return at<std::int64_t>(data, row) > std::numeric_limits<std::int64_t>::max() / 1000 ? 0 : at<std::int64_t>(data, row) * 1000;
        default: return at<std::int64_t>(data, row);
    }
}

double real(c::Type type, void const* data, std::size_t row) {
    switch (type) {
        case c::real32: return static_cast<double>(at<float>(data, row));
        case c::real64: return at<double>(data, row);
        case c::uint64: return static_cast<double>(at<std::uint64_t>(data, row));
        case c::huge: {
            auto const value = at<c::HugeInteger>(data, row);
            // A small negative number is -2^64 plus a large lower half: summing the doubles would lose it.
            if (value.upper == 0) return static_cast<double>(value.lower);
            if (value.upper == -1) return value.lower == 0 ? -18446744073709551616.0 : -static_cast<double>(~value.lower + 1);
            return static_cast<double>(value.upper) * 18446744073709551616.0 + static_cast<double>(value.lower);
        }
        default: return static_cast<double>(whole(type, data, row));
    }
}

// sum() of whole numbers has 128 bits; nearly always it fits into 64 and stays exact.
bool fits(c::HugeInteger v) { return (v.upper == 0 && v.lower <= 0x7FFF'FFFF'FFFF'FFFF) || (v.upper == -1 && v.lower >= 0x8000'0000'0000'0000); }

void to_reals(facts::ResultColumn& column) {
    column.type = ColumnType::real;
    column.reals.assign(column.numbers.begin(), column.numbers.end());
    column.numbers.clear();
}

}  // namespace

Result<facts::ResultTable> read_result(c::Functions const& f, c::ResultHandle& result, Limits const& limits) {
    facts::ResultTable table;
    std::vector<Source> sources;
    std::size_t text_bytes = 0;
    for (c::Index i = 0; i < f.column_count(&result); ++i) {
        auto const declared = f.column_type(&result, i);
        std::string const name = f.column_name(&result, i);
        if (!readable(declared)) return fail(Errc::invalid_argument, "facts_type_mismatch", fmt::format("Column {} has a type that cannot be shown. Cast it: CAST({} AS VARCHAR).", name, name));
        Source source{declared, declared};
        if (declared == c::decimal) {
            auto type = f.column_logical_type(&result, i);
            source.scale = std::pow(10.0, f.decimal_scale(type));
            source.type = f.decimal_internal_type(type);
            f.destroy_logical_type(&type);
        }
        sources.push_back(source);
        table.columns.push_back({.name = name, .type = declared == c::huge ? ColumnType::integer : type_of(declared)});
    }
    for (;;) {
        auto chunk = f.fetch_chunk(result);
        if (!chunk) break;
        auto const rows = f.data_chunk_get_size(chunk);
        if (rows == 0) {
            f.destroy_data_chunk(&chunk);
            break;
        }
        for (std::size_t i = 0; i < sources.size(); ++i) {
            auto const vector = f.data_chunk_get_vector(chunk, i);
            auto const* const data = f.vector_get_data(vector);
            auto const* const validity = f.vector_get_validity(vector);
            auto& column = table.columns[i];
            for (std::size_t row = 0; row < rows; ++row) {
                auto const valid = !validity || (validity[row / 64] >> row % 64 & 1);
                if (sources[i].declared == c::huge && column.type == ColumnType::integer && valid && !fits(at<c::HugeInteger>(data, row))) to_reals(column);
                if (column.type == ColumnType::text) {
                    auto& text = column.texts.emplace_back();
                    if (!valid) continue;
                    auto const s = at<c::String>(data, row);
                    if ((text_bytes += s.length) > limits.max_text_bytes) {
                        f.destroy_data_chunk(&chunk);
                        return fail(Errc::failed_precondition, "result_too_large", fmt::format("The texts of the answer are longer than {} MiB together. Shorten them or add a LIMIT.", limits.max_text_bytes >> 20));
                    }
                    text.assign(s.length <= sizeof s.inside ? s.inside : at<char const*>(s.inside + 4, 0), s.length);
                } else if (column.type == ColumnType::real) {
                    column.reals.push_back(valid ? real(sources[i].type, data, row) / sources[i].scale : std::nan(""));
                } else if (sources[i].declared == c::huge) {
                    column.numbers.push_back(valid ? static_cast<std::int64_t>(at<c::HugeInteger>(data, row).lower) : 0);
                } else {
                    column.numbers.push_back(valid ? whole(sources[i].type, data, row) : 0);
                }
            }
        }
        f.destroy_data_chunk(&chunk);
        table.rows += static_cast<std::int64_t>(rows);
        if (table.rows > limits.max_rows) return fail(Errc::failed_precondition, "result_too_large", fmt::format("The answer has more than {} rows. Add a LIMIT or a condition.", limits.max_rows));
    }
    if (auto const* error = f.result_error(&result); error && *error) return fail(Errc::invalid_argument, "sql_invalid", error);
    return table;
}

}  // namespace kindling::shop::duckdb
