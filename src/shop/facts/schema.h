// shop/facts/schema.h -- the columns of a fact table.
#pragma once
#include "core/result.h"
#include <string>
#include <string_view>
#include <vector>

namespace kindling::shop::facts {

// integer: counts, money in minor units, milliseconds. day: core/time.h's Day. real: what is truly not exact, such as a score.
// text: dictionary-coded, best where values repeat. boolean: 0 or 1. There is no null: facts use 0 or "" and say so where they are made.
enum class ColumnType { integer, day, real, text, boolean };
std::string_view name_of(ColumnType);

struct ColumnSpec {
    std::string name;  // a-z 0-9 _, at most 64: it is also a file's name
    ColumnType type = ColumnType::integer;
    bool operator==(ColumnSpec const&) const = default;
};

using Schema = std::vector<ColumnSpec>;

// Errors: facts_bad_schema, for no columns, more than 256, a bad or repeated name.
Result<void> check(Schema const&);

// -1 if there is no such column.
int column_index(Schema const&, std::string_view name);

}  // namespace kindling::shop::facts
