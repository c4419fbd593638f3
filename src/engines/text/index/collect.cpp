#include "engines/text/index/collect.h"

#include "engines/text/index/filters.h"

#include <algorithm>
#include <limits>

namespace kindling::text {

namespace {

constexpr std::uint64_t unknown = ~0ull;

std::size_t place(const std::vector<std::string>& names, const std::string& name) { return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin()); }

}  // namespace

bool better(const Candidate& a, const Candidate& b) {
    if (a.tier != b.tier) return a.tier > b.tier;
    for (int k = 0; k < 3; ++k)
        if (a.keys[k] != b.keys[k]) return a.keys[k] > b.keys[k];
    return a.segment != b.segment ? a.segment < b.segment : a.document < b.document;
}

Collector::Collector(const View& view, const Query& query, std::size_t keep) : view_(view), query_(query), keep_(keep) {
    auto const& schema = view.setup->schema;
    for (auto const& sort : query.sort) {
        sort_fields_.push_back(sort.field.empty() ? std::nullopt : std::optional(place(schema.numbers, sort.field)));
        by_relevance_ &= sort.field.empty();
    }
    all_words_first_ = query.grouping == Grouping::all_words_first || (query.grouping == Grouping::automatic && !by_relevance_);
    distinct_ = !query.distinct_by.empty();
    if (distinct_) distinct_field_ = place(schema.keywords, query.distinct_by);
    for (auto const& request : query.facets) {
        FacetState state{&request};
        state.field = place(request.kind == FacetRequest::Kind::counts ? schema.keywords : schema.numbers, request.field);
        state.result.field = request.field;
        if (request.kind == FacetRequest::Kind::histogram) state.result.buckets.assign(request.bounds.size() + 1, 0);
        state.own = own_groups(query, request);
        facets_.push_back(std::move(state));
    }
}

void Collector::begin_segment(std::size_t index) {
    segment_ = index;
    auto const& segment = *view_.segments[index].segment;
    for (auto& facet : facets_) {
        if (facet.request->kind == FacetRequest::Kind::counts) {
            facet.column = KeywordLookup(segment, facet.field);
            if (distinct_) facet.number_of_ordinal.assign(facet.column.values().count(), unknown);
            else facet.counts.assign(facet.column.values().count(), 0);
        } else facet.numbers = NumberLookup(segment, facet.field);
    }
    if (distinct_) group_of_ordinal_.assign(segment.keywords(distinct_field_).values.count(), unknown);
}

// Groups are numbered over all segments by their value; a document without one is its own group.
std::uint64_t Collector::group_of(std::uint32_t document) {
    auto const& column = view_.segments[segment_].segment->keywords(distinct_field_);
    auto const ordinals = column.of(document);
    if (ordinals.empty()) return 1ull << 63 | std::uint64_t{segment_} << 32 | document;
    auto& number = group_of_ordinal_[ordinals[0]];
    if (number == unknown) number = group_numbers_.try_emplace(std::string(column.values[ordinals[0]]), group_numbers_.size()).first->second;
    return number;
}

void Collector::count(FacetState& facet, std::uint32_t document, std::uint64_t group) {
    if (facet.request->kind == FacetRequest::Kind::counts) {
        facet.column.each(document, [&](std::uint32_t ordinal) {
            if (!distinct_) {
                if (facet.counts[ordinal]++ == 0) facet.touched.push_back(ordinal);
                return;
            }
            auto& number = facet.number_of_ordinal[ordinal];
            if (number == unknown) {
                auto const [at, added] = facet.numbers_of.try_emplace(std::string(facet.column.values()[ordinal]), facet.names.size());
                if (added) facet.names.push_back(at->first);
                number = at->second;
            }
            facet.pairs.emplace_back(number, group);
        });
        return;
    }
    auto const x = facet.numbers[document];
    if (std::isnan(x)) return;
    auto& r = facet.result;
    r.minimum = std::isnan(r.minimum) ? x : std::min(r.minimum, x);
    r.maximum = std::isnan(r.maximum) ? x : std::max(r.maximum, x);
    std::uint64_t bucket = 0;
    if (facet.request->kind == FacetRequest::Kind::histogram) bucket = static_cast<std::uint64_t>(std::ranges::upper_bound(facet.request->bounds, x) - facet.request->bounds.begin());
    if (distinct_) {
        facet.pairs.emplace_back(bucket, group);
        return;
    }
    ++r.documents;
    if (!r.buckets.empty()) ++r.buckets[bucket];
}

void Collector::set_keys(Candidate& c) const {
    auto const relevance = double{c.text} * c.boost;
    c.keys[0] = relevance;
    auto const& segment = *view_.segments[c.segment].segment;
    for (std::size_t k = 0; k < query_.sort.size(); ++k) {
        auto x = sort_fields_[k] ? NumberLookup(segment, *sort_fields_[k])[c.document] : relevance;
        // Documents without the number come last in either direction.
        if (std::isnan(x)) x = -std::numeric_limits<double>::infinity();
        else if (query_.sort[k].direction == Sort::Direction::ascending) x = -x;
        c.keys[k] = x;
    }
}

void Collector::add(const Match& match) {
    auto const document = match.document;
    auto const group = distinct_ ? group_of(document) : 0;
    for (auto& facet : facets_)
        if ((match.failing & ~facet.own) == 0) count(facet, document, group);
    if (match.failing != 0) return;
    ++total_;

    Candidate c;
    c.segment = static_cast<std::uint32_t>(segment_), c.document = document, c.text = match.text, c.all_words = match.all_words, c.group = group;
    c.tier = match.identifier ? 2 : match.all_words && all_words_first_ ? 1 : 0;
    auto const& schema = view_.setup->schema;
    for (auto const& boost : query_.number_boosts) {
        auto const x = NumberLookup(*view_.segments[segment_].segment, place(schema.numbers, boost.field))[document];
        if (x > 0) c.boost *= static_cast<float>(1 + boost.weight * x / (x + boost.pivot));
    }
    set_keys(c);
    if (distinct_) {
        auto const [at, added] = best_of_group_.try_emplace(group, c);
        if (!added && better(c, at->second)) at->second = c;
        return;
    }
    if (keep_ == 0) return;
    if (heap_.size() < keep_) {
        heap_.push_back(c);
        std::ranges::push_heap(heap_, better);  // the worst kept one on top
    } else if (better(c, heap_.front())) {
        std::ranges::pop_heap(heap_, better);
        heap_.back() = c;
        std::ranges::push_heap(heap_, better);
    }
}

void Collector::end_segment() {
    if (distinct_) return;
    for (auto& facet : facets_) {
        for (auto const ordinal : facet.touched) facet.merged[std::string(facet.column.values()[ordinal])] += facet.counts[ordinal];
        facet.touched.clear();
    }
}

std::vector<Candidate> Collector::take() {
    if (distinct_)
        for (auto const& [group, candidate] : best_of_group_) heap_.push_back(candidate);
    std::ranges::sort(heap_, better);
    if (heap_.size() > keep_) heap_.resize(keep_);
    return std::move(heap_);
}

std::uint64_t Collector::total() const { return distinct_ ? best_of_group_.size() : total_; }

std::vector<Facet> Collector::facets() {
    std::vector<Facet> out;
    for (auto& facet : facets_) {
        auto& result = facet.result;
        if (distinct_) {
            std::ranges::sort(facet.pairs);
            facet.pairs.erase(std::unique(facet.pairs.begin(), facet.pairs.end()), facet.pairs.end());
            std::unordered_set<std::uint64_t> groups;
            for (auto const& [number, group] : facet.pairs) {
                if (facet.request->kind == FacetRequest::Kind::counts) ++facet.merged[facet.names[number]];
                else {
                    groups.insert(group);
                    if (!result.buckets.empty()) ++result.buckets[number];
                }
            }
            if (facet.request->kind != FacetRequest::Kind::counts) result.documents = groups.size();
        }
        for (auto const& [value, count] : facet.merged) result.values.push_back({value, count});
        result.value_count = result.values.size();
        auto const by_count = facet.request->order == FacetRequest::Order::by_count;
        auto const limit = std::min<std::size_t>(facet.request->limit, result.values.size());
        std::ranges::partial_sort(result.values, result.values.begin() + static_cast<std::ptrdiff_t>(limit), [by_count](auto const& a, auto const& b) {
            return by_count && a.count != b.count ? a.count > b.count : a.value < b.value;
        });
        result.values.resize(limit);
        out.push_back(std::move(result));
    }
    return out;
}

}  // namespace kindling::text
