#include "shop/facts/schema.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop::facts {

std::string_view name_of(ColumnType type) {
    switch (type) {
        case ColumnType::integer: return "integer";
        case ColumnType::day: return "day";
        case ColumnType::real: return "real";
        case ColumnType::text: return "text";
        case ColumnType::boolean: return "boolean";
    }
    return "integer";
}

Result<void> check(Schema const& schema) {
    if (schema.empty() || schema.size() > 256) return fail(Errc::invalid_argument, "facts_bad_schema", "A fact table has 1 to 256 columns.");
    for (std::size_t i = 0; i < schema.size(); ++i) {
        auto const& name = schema[i].name;
        auto const plain = std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
        if (name.empty() || name.size() > 64 || !plain || column_index(schema, name) != static_cast<int>(i))
            return fail(Errc::invalid_argument, "facts_bad_schema", fmt::format("Column {} needs a name of its own, of a-z, 0-9 and _, at most 64 long.", i));
    }
    return {};
}

int column_index(Schema const& schema, std::string_view name) {
    auto const found = std::ranges::find(schema, name, &ColumnSpec::name);
    return found == schema.end() ? -1 : static_cast<int>(found - schema.begin());
}

}  // namespace kindling::shop::facts
