#include "engines/text/index/filters.h"

#include <algorithm>

namespace kindling::text {

SegmentFilters::SegmentFilters(const View& view, const Query& query, std::size_t index, Report report) : report_(report) {
    auto const place = [](const std::vector<std::string>& names, const std::string& name) { return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin()); };
    auto const& schema = view.setup->schema;
    auto const& segment = *view.segments[index].segment;
    for (auto const& group : query.filters) {
        auto& compiled = groups_.emplace_back();
        for (auto const& filter : group.any) {
            Compiled c{filter.kind};
            if (filter.kind == Filter::Kind::range) {
                c.numbers = NumberLookup(segment, place(schema.numbers, filter.field));
                c.minimum = filter.minimum, c.maximum = filter.maximum;
            } else {
                c.column = KeywordLookup(segment, place(schema.keywords, filter.field));
                c.wanted.assign(c.column.values().count(), 0);
                for (auto const& value : filter.values)
                    if (auto const ordinal = c.column.values().find(value)) c.wanted[*ordinal] = 1;
            }
            compiled.push_back(std::move(c));
        }
    }
}

std::uint64_t own_groups(const Query& query, const FacetRequest& facet) {
    std::uint64_t own = 0;
    if (facet.scope == FacetRequest::Scope::without_own_filter)
        for (std::size_t g = 0; g < query.filters.size(); ++g)
            if (std::ranges::all_of(query.filters[g].any, [&](auto const& filter) { return filter.field == facet.field; })) own |= 1ull << g;
    return own;
}

SegmentFilters::Report needed_report(const Query& query) {
    return std::ranges::any_of(query.facets, [&](auto const& facet) { return own_groups(query, facet) != 0; }) ? SegmentFilters::Report::every : SegmentFilters::Report::first;
}

}  // namespace kindling::text
