#include "engines/text/index/filters.h"

#include <algorithm>

namespace kindling::text {

SegmentFilters::SegmentFilters(const View& view, const Query& query, std::size_t index) {
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

void SegmentFilters::add_holding(const Compiled& filter, std::span<const std::uint32_t> documents, std::uint64_t bit, std::uint64_t* holding) {
    if (filter.kind == Filter::Kind::range) {
        filter.numbers.each(documents, [&](std::size_t i, double x) { holding[i] |= ((x >= filter.minimum) & (x <= filter.maximum)) ? bit : 0; });  // NaN: neither
    } else if (filter.kind == Filter::Kind::any_of) {
        filter.column.each(documents, [&](std::size_t i, std::uint32_t ordinal) { holding[i] |= filter.wanted[ordinal] != 0 ? bit : 0; });
    } else {
        constexpr std::uint64_t found = 1ull << 63;  // validate() allows 63 groups
        filter.column.each(documents, [&](std::size_t i, std::uint32_t ordinal) { holding[i] |= filter.wanted[ordinal] != 0 ? found : 0; });
        for (std::size_t i = 0; i < documents.size(); ++i) holding[i] = (holding[i] | ((holding[i] & found) != 0 ? 0 : bit)) & ~found;
    }
}

void SegmentFilters::failing(std::span<const std::uint32_t> documents, std::uint64_t* failing) const {
    std::fill_n(failing, documents.size(), 0);
    for (std::size_t g = 0; g < groups_.size(); ++g)
        for (auto const& filter : groups_[g]) add_holding(filter, documents, 1ull << g, failing);
    auto const every = (1ull << groups_.size()) - 1;
    for (std::size_t i = 0; i < documents.size(); ++i) failing[i] ^= every;
}

std::uint64_t own_groups(const Query& query, const FacetRequest& facet) {
    std::uint64_t own = 0;
    if (facet.scope == FacetRequest::Scope::without_own_filter)
        for (std::size_t g = 0; g < query.filters.size(); ++g)
            if (std::ranges::all_of(query.filters[g].any, [&](auto const& filter) { return filter.field == facet.field; })) own |= 1ull << g;
    return own;
}

}  // namespace kindling::text
