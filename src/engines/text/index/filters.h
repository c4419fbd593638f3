// engines/text/index/filters.h -- internal: a query's filters over one segment's columns.
#pragma once
#include <vector>

#include "engines/text/index/lookup.h"
#include "engines/text/index/plan.h"

namespace kindling::text {

// Bit g is set when group g of the filters fails for the document. Without `every`, one failing group is enough to know.
class SegmentFilters {
public:
    enum class Report { first, every };
    SegmentFilters(const View&, const Query&, std::size_t segment, Report);
    std::uint64_t failing(std::uint32_t document) const {
        std::uint64_t mask = 0;
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            bool holds = false;
            for (auto const& filter : groups_[g]) holds = holds || filter.holds(document);
            if (holds) continue;
            mask |= 1ull << g;
            if (report_ == Report::first) return mask;
        }
        return mask;
    }

private:
    struct Compiled {
        Filter::Kind kind;
        KeywordLookup column;
        std::vector<std::uint8_t> wanted;  // by ordinal
        NumberLookup numbers;
        double minimum = 0, maximum = 0;
        bool holds(std::uint32_t document) const {
            if (kind == Filter::Kind::range) {
                auto const x = numbers[document];
                return (x >= minimum) & (x <= maximum);  // NaN: neither
            }
            bool any = false;
            column.each(document, [&](std::uint32_t ordinal) { any |= wanted[ordinal] != 0; });
            return any == (kind == Filter::Kind::any_of);
        }
    };
    std::vector<std::vector<Compiled>> groups_;
    Report report_;
};

// Whether some facet leaves out a group of filters, so that every group's result is needed.
SegmentFilters::Report needed_report(const Query&);
// The groups that speak of this facet's field alone and are left out for it.
std::uint64_t own_groups(const Query&, const FacetRequest&);

}  // namespace kindling::text
