// engines/text/index/filters.h -- internal: a query's filters over one segment's columns.
#pragma once
#include <span>
#include <vector>

#include "engines/text/index/lookup.h"
#include "engines/text/index/plan.h"

namespace kindling::text {

class SegmentFilters {
public:
    SegmentFilters(const View&, const Query&, std::size_t segment);
    // failing[i]: bit g is set when group g of the filters fails for documents[i]. Filter after filter, so that each is one
    // loop over one column.
    void failing(std::span<const std::uint32_t> documents, std::uint64_t* failing) const;

private:
    struct Compiled {
        Filter::Kind kind;
        KeywordLookup column;
        std::vector<std::uint8_t> wanted;  // by ordinal
        NumberLookup numbers;
        double minimum = 0, maximum = 0;
    };
    // Sets bit `bit` of holding[i] when the filter holds for documents[i].
    static void add_holding(const Compiled&, std::span<const std::uint32_t> documents, std::uint64_t bit, std::uint64_t* holding);

    std::vector<std::vector<Compiled>> groups_;
};

// The groups that speak of this facet's field alone and are left out for it.
std::uint64_t own_groups(const Query&, const FacetRequest&);

}  // namespace kindling::text
