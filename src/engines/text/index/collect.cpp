#include "engines/text/index/collect.h"

#include "engines/text/index/filters.h"

#include <algorithm>
#include <limits>

namespace kindling::text {

namespace {

constexpr std::uint64_t unknown = ~0ull;
constexpr double infinity = std::numeric_limits<double>::infinity();

std::size_t place(const std::vector<std::string>& names, const std::string& name) { return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin()); }

}  // namespace

bool better(const Candidate& a, const Candidate& b) {
    if (a.tier != b.tier) return a.tier > b.tier;
    for (int k = 0; k < 3; ++k)
        if (a.keys[k] != b.keys[k]) return a.keys[k] > b.keys[k];
    return a.segment != b.segment ? a.segment < b.segment : a.document < b.document;
}

Collector::Collector(const View& view, const Query& query, std::size_t keep) : view_(view), query_(query), keep_(keep), threshold_(-infinity) {
    auto const& schema = view.setup->schema;
    for (auto const& sort : query.sort) {
        sort_fields_.push_back(sort.field.empty() ? std::nullopt : std::optional(place(schema.numbers, sort.field)));
        by_relevance_ &= sort.field.empty();
    }
    all_words_first_ = query.grouping == Grouping::all_words_first || (query.grouping == Grouping::automatic && !by_relevance_);
    distinct_ = !query.distinct_by.empty();
    plain_ = query.sort.empty() && query.number_boosts.empty() && !distinct_ && !all_words_first_;
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
    boosted_.clear();
    for (auto const& boost : query_.number_boosts) boosted_.emplace_back(segment, place(view_.setup->schema.numbers, boost.field));
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

// Counts chosen_.
void Collector::count(FacetState& facet) {
    if (facet.request->kind == FacetRequest::Kind::counts) {
        if (!distinct_) return facet.column.each(chosen_, [&](std::size_t, std::uint32_t ordinal) { ++facet.counts[ordinal]; });
        facet.column.each(chosen_, [&](std::size_t i, std::uint32_t ordinal) {
            auto& number = facet.number_of_ordinal[ordinal];
            if (number == unknown) {
                auto const [at, added] = facet.numbers_of.try_emplace(std::string(facet.column.values()[ordinal]), facet.names.size());
                if (added) facet.names.push_back(at->first);
                number = at->second;
            }
            facet.pairs.emplace_back(number, groups_[chosen_at_[i]]);
        });
        return;
    }
    auto& r = facet.result;
    bool const histogram = facet.request->kind == FacetRequest::Kind::histogram;
    auto const& bounds = facet.request->bounds;
    auto minimum = std::isnan(r.minimum) ? infinity : r.minimum, maximum = std::isnan(r.maximum) ? -infinity : r.maximum;
    facet.numbers.each(chosen_, [&](std::size_t i, double x) {
        if (std::isnan(x)) return;
        minimum = std::min(minimum, x), maximum = std::max(maximum, x);
        std::size_t bucket = 0;
        if (histogram && bounds.size() <= 16)
            for (auto const bound : bounds) bucket += x >= bound ? 1 : 0;
        else if (histogram) bucket = static_cast<std::size_t>(std::ranges::upper_bound(bounds, x) - bounds.begin());
        if (distinct_) return void(facet.pairs.emplace_back(bucket, groups_[chosen_at_[i]]));
        ++r.documents;
        if (histogram) ++r.buckets[bucket];
    });
    if (minimum <= maximum) r.minimum = minimum, r.maximum = maximum;
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

void Collector::add(const Matches& matches) {
    auto const n = matches.documents.size();
    if (distinct_) {
        groups_.clear();
        for (auto const document : matches.documents) groups_.push_back(group_of(document));
    }
    auto const choose = [&](std::uint64_t left_out) {
        chosen_.resize(n), chosen_at_.resize(n);
        std::size_t chosen = 0;
        for (std::size_t i = 0; i < n; ++i) {
            chosen_[chosen] = matches.documents[i], chosen_at_[chosen] = static_cast<std::uint32_t>(i);
            chosen += (matches.failing[i] & ~left_out) == 0 ? 1 : 0;
        }
        chosen_.resize(chosen), chosen_at_.resize(chosen);
    };
    for (auto& facet : facets_)
        if (facet.own != 0) choose(facet.own), count(facet);
    choose(0);
    for (auto& facet : facets_)
        if (facet.own == 0) count(facet);
    total_ += chosen_.size();
    for (auto const i : chosen_at_)
        // Most hits of a long list fall short of those that are kept already.
        if (!plain_ || matches.text[i] > threshold_ || !matches.identified.empty()) add_hit(matches, i);
}

void Collector::add_hit(const Matches& matches, std::size_t i) {
    Candidate c;
    c.segment = static_cast<std::uint32_t>(segment_), c.document = matches.documents[i], c.text = matches.text[i], c.all_words = matches.all_words[i] != 0;
    if (!matches.named.empty()) c.named = matches.named[i];
    c.group = distinct_ ? groups_[i] : 0;
    c.tier = !matches.identified.empty() && matches.identified[i] != 0 ? 2 : c.all_words && all_words_first_ ? 1 : 0;
    for (std::size_t b = 0; b < boosted_.size(); ++b)
        if (auto const x = boosted_[b][c.document]; x > 0) c.boost *= static_cast<float>(1 + query_.number_boosts[b].weight * x / (x + query_.number_boosts[b].pivot));
    set_keys(c);
    if (distinct_) {
        auto const [at, added] = best_of_group_.try_emplace(c.group, c);
        if (!added && better(c, at->second)) at->second = c;
        return;
    }
    if (query_.every) return heap_.push_back(c);
    if (keep_ == 0) return;
    if (heap_.size() < keep_) {
        heap_.push_back(c);
        std::ranges::push_heap(heap_, better);  // the worst kept one on top
    } else if (better(c, heap_.front())) {
        std::ranges::pop_heap(heap_, better);
        heap_.back() = c;
        std::ranges::push_heap(heap_, better);
    }
    // Later documents lose against equal ones, so that only a greater score is worth a look. Identifiers rank above all.
    if (heap_.size() == keep_ && heap_.front().tier == 0) threshold_ = heap_.front().keys[0];
}

// Values come ascending, with the counts that are not 0.
void Collector::end_segment() {
    if (distinct_) return;
    for (auto& facet : facets_)
        for (std::uint32_t ordinal = 0; ordinal < facet.counts.size(); ++ordinal)
            if (facet.counts[ordinal] != 0) facet.merged.emplace_back(facet.column.values()[ordinal], facet.counts[ordinal]);
}

std::vector<Candidate> Collector::take() {
    if (distinct_)
        for (auto const& [group, candidate] : best_of_group_) heap_.push_back(candidate);
    auto const kept = heap_.begin() + static_cast<std::ptrdiff_t>(std::min(keep_, heap_.size()));
    std::ranges::nth_element(heap_, kept, better);
    std::sort(heap_.begin(), kept, better);
    if (!query_.every) heap_.erase(kept, heap_.end());
    return std::move(heap_);
}

std::uint64_t Collector::total() const { return distinct_ ? best_of_group_.size() : total_; }

std::vector<Facet> Collector::facets() {
    std::vector<Facet> out;
    for (auto& facet : facets_) {
        auto& result = facet.result;
        auto& merged = facet.merged;
        if (distinct_) {
            std::ranges::sort(facet.pairs);
            facet.pairs.erase(std::unique(facet.pairs.begin(), facet.pairs.end()), facet.pairs.end());
            std::unordered_set<std::uint64_t> groups;
            for (auto const& [number, group] : facet.pairs) {
                if (facet.request->kind == FacetRequest::Kind::counts) {
                    if (merged.empty() || merged.back().first.data() != facet.names[number].data()) merged.emplace_back(facet.names[number], 0);
                    ++merged.back().second;
                } else {
                    groups.insert(group);
                    if (!result.buckets.empty()) ++result.buckets[number];
                }
            }
            if (facet.request->kind != FacetRequest::Kind::counts) result.documents = groups.size();
        } else if (view_.segments.size() > 1) {
            std::ranges::sort(merged);
            std::size_t distinct = 0;
            for (auto const& [value, count] : merged)
                if (distinct > 0 && merged[distinct - 1].first == value) merged[distinct - 1].second += count;
                else merged[distinct++] = {value, count};
            merged.resize(distinct);
        }
        result.value_count = merged.size();
        auto const by_count = facet.request->order == FacetRequest::Order::by_count;
        auto const limit = std::min<std::size_t>(facet.request->limit, merged.size());
        std::ranges::partial_sort(merged, merged.begin() + static_cast<std::ptrdiff_t>(limit), [by_count](auto const& a, auto const& b) {
            return by_count && a.second != b.second ? a.second > b.second : a.first < b.first;
        });
        for (std::size_t i = 0; i < limit; ++i) result.values.push_back({std::string(merged[i].first), merged[i].second});
        out.push_back(std::move(result));
    }
    return out;
}

}  // namespace kindling::text
