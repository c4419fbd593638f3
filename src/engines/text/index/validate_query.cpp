// Every problem of a query at once, with JSON Pointers into it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engines/text/index/collect.h"

namespace kindling::text {

Result<void> validate(const Schema& schema, const Query& query) {
    std::vector<FieldError> errors;
    auto const has = [](const std::vector<std::string>& names, const std::string& name) { return std::ranges::find(names, name) != names.end(); };
    auto const keyword = [&](const std::string& path, const std::string& name) {
        if (!has(schema.keywords, name)) errors.push_back({path, "unknown_field", fmt::format("There is no keyword field {}.", name)});
    };
    auto const number = [&](const std::string& path, const std::string& name) {
        if (!has(schema.numbers, name)) errors.push_back({path, "unknown_field", fmt::format("There is no number field {}.", name)});
    };
    auto const limit = [&](bool holds, std::string path, std::string message) {
        if (!holds) errors.push_back({std::move(path), "out_of_range", std::move(message)});
    };
    limit(query.text.size() <= 4096, "/text", "A query has at most 4,096 bytes.");
    limit(std::uint64_t{query.offset} + query.limit <= 10'000, "/limit", "Offset and limit together are at most 10,000.");
    limit(!query.every || query.offset == 0, "/offset", "Every document that matches is asked for from the first on.");
    limit(query.filters.size() <= 63, "/filters", "A query has at most 63 groups of filters.");
    limit(query.facets.size() <= 64, "/facets", "A query has at most 64 facets.");
    limit(query.sort.size() <= 3, "/sort", "A query sorts by at most 3 keys.");
    for (std::size_t g = 0; g < query.filters.size(); ++g) {
        limit(!query.filters[g].any.empty(), fmt::format("/filters/{}", g), "A group of filters has at least one filter.");
        for (std::size_t i = 0; i < query.filters[g].any.size(); ++i) {
            auto const& filter = query.filters[g].any[i];
            auto const path = fmt::format("/filters/{}/any/{}", g, i);
            if (filter.kind != Filter::Kind::range) {
                keyword(path + "/field", filter.field);
                continue;
            }
            number(path + "/field", filter.field);
            limit(!std::isnan(filter.minimum) && !std::isnan(filter.maximum), path + "/minimum", "The ends of a range are numbers.");
        }
    }
    for (std::size_t i = 0; i < query.facets.size(); ++i) {
        auto const& facet = query.facets[i];
        auto const path = fmt::format("/facets/{}", i);
        if (facet.kind == FacetRequest::Kind::counts) keyword(path + "/field", facet.field);
        else number(path + "/field", facet.field);
        if (facet.kind == FacetRequest::Kind::histogram)
            limit(!facet.bounds.empty() && facet.bounds.size() <= 1000 && std::ranges::none_of(facet.bounds, [](double x) { return std::isnan(x); }) &&
                      std::ranges::adjacent_find(facet.bounds, std::greater_equal<>()) == facet.bounds.end(),
                  path + "/bounds", "A histogram has 1 to 1,000 ascending bounds.");
    }
    for (std::size_t i = 0; i < query.sort.size(); ++i)
        if (!query.sort[i].field.empty()) number(fmt::format("/sort/{}/field", i), query.sort[i].field);
    if (!query.distinct_by.empty()) keyword("/distinct_by", query.distinct_by);
    for (std::size_t i = 0; i < query.number_boosts.size(); ++i) {
        auto const& boost = query.number_boosts[i];
        number(fmt::format("/number_boosts/{}/field", i), boost.field);
        limit(boost.pivot > 0 && std::isfinite(boost.pivot) && boost.weight >= 0 && std::isfinite(boost.weight), fmt::format("/number_boosts/{}", i), "A boost has a weight of 0 or more and a pivot above 0.");
    }
    for (std::size_t i = 0; i < query.term_boosts.size(); ++i)
        limit(query.term_boosts[i].factor > 0 && std::isfinite(query.term_boosts[i].factor), fmt::format("/term_boosts/{}/factor", i), "A factor is above 0.");
    if (errors.empty()) return {};
    return fail(Errc::invalid_argument, "query_invalid", "The search query is not usable.", std::move(errors));
}

}  // namespace kindling::text
