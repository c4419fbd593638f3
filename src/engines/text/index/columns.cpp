// Which columns a query's documents are looked up in: the rows, and what of filters, facets, boosts and sorts is not in them.
#include <algorithm>

#include "engines/text/index/match.h"

namespace kindling::text {

Columns::Columns(const View& view, const Query& query, std::size_t index) {
    auto const& schema = view.setup->schema;
    auto const& segment = *view.segments[index].segment;
    auto const add = [&](const auto* base, std::size_t count) {
        std::pair<const char*, std::size_t> const column{reinterpret_cast<const char*>(base), sizeof *base * count};
        if (std::ranges::find(columns_, column) == columns_.end()) columns_.push_back(column);
    };
    auto const field = [&](const std::string& name) {
        if (auto const at = std::ranges::find(schema.keywords, name); at != schema.keywords.end()) {
            auto const keyword = static_cast<std::size_t>(at - schema.keywords.begin());
            auto const& column = segment.keywords(keyword);
            if (segment.rows().keyword(keyword).width == 0) add(column.starts.empty() ? column.ordinals.data() : column.starts.data(), 1);
        } else if (auto const number = std::ranges::find(schema.numbers, name); number != schema.numbers.end()) {
            auto const n = static_cast<std::size_t>(number - schema.numbers.begin());
            if (segment.rows().number(n).width == 0) add(segment.numbers(n).data(), 1);
        }
    };
    if (segment.documents() == 0) return;
    add(segment.rows().row(0), segment.rows().stride());
    for (auto const& group : query.filters)
        for (auto const& filter : group.any) field(filter.field);
    for (auto const& facet : query.facets) field(facet.field);
    for (auto const& boost : query.number_boosts) field(boost.field);
    for (auto const& sort : query.sort) field(sort.field);
}

}  // namespace kindling::text
