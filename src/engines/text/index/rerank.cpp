#include "engines/text/index/rerank.h"

#include <algorithm>
#include <bit>

#include "engines/text/index/postings.h"

namespace kindling::text {

namespace {

// Where each slot's words stand in the titles of one segment's documents, asked in ascending order.
class Titles {
public:
    Titles(const View& view, const Plan& plan, std::size_t segment) : plan_(plan), segment_(*view.segments[segment].segment), fields_(view.norms.size()), cursors_(plan.slots.size()) {
        for (std::size_t s = 0; s < plan.slots.size(); ++s) {
            cursors_[s].reserve(plan.slots[s].alternatives.size());
            for (auto const& a : plan.slots[s].alternatives)
                if (a.terms.size() == 1 && a.terms[0].numbers[segment] != no_document) cursors_[s].emplace_back(segment_, a.terms[0].numbers[segment]);
        }
        places_.resize(plan.slots.size());
    }

    Closeness of(std::uint32_t document) {
        covered_.clear();
        for (std::size_t s = 0; s < cursors_.size(); ++s) {
            places_[s].clear();
            for (auto& cursor : cursors_[s]) {
                cursor.advance(document);
                if (cursor.document() != document) continue;
                if ((segment_.frequencies()[cursor.code()].levels & 15) == 0) continue;  // not in the title
                occurrences_.clear();
                cursor.positions(fields_, occurrences_);
                for (auto const& o : occurrences_)
                    if (o.field == 0) places_[s].push_back(o.position);
            }
            covered_.insert(covered_.end(), places_[s].begin(), places_[s].end());
        }
        Closeness c;
        for (std::size_t s = 0; s + 1 < places_.size(); ++s) {
            if (plan_.slots[s + 1].position != plan_.slots[s].position + 1) continue;
            bool const pair = std::ranges::any_of(places_[s], [&](auto p) { return std::ranges::find(places_[s + 1], p + 1) != places_[s + 1].end(); });
            if (pair) c.pairs += pair_share * std::min(plan_.slots[s].weight, plan_.slots[s + 1].weight);
        }
        std::ranges::sort(covered_);
        auto const distinct = std::unique(covered_.begin(), covered_.end()) - covered_.begin();
        auto const length = segment_.lengths(document)[0];
        if (length > 0) c.coverage = coverage_share * plan_.weight * std::min(1.0f, static_cast<float>(distinct) / static_cast<float>(length));
        return c;
    }

private:
    const Plan& plan_;
    const Segment& segment_;
    std::size_t fields_;
    std::vector<std::vector<PostingCursor>> cursors_;
    std::vector<std::vector<std::uint32_t>> places_;
    std::vector<Occurrence> occurrences_;
    std::vector<std::uint32_t> covered_;
};

}  // namespace

Closeness closeness(const View& view, const Plan& plan, std::size_t segment, std::uint32_t document) { return Titles(view, plan, segment).of(document); }

void rerank(const View& view, const Plan& plan, const Collector& collector, std::vector<Candidate>& candidates) {
    auto const depth = std::min(candidates.size(), rerank_depth);
    std::vector<std::size_t> order(depth);
    for (std::size_t i = 0; i < depth; ++i) order[i] = i;
    std::ranges::sort(order, [&](auto a, auto b) {
        auto const &x = candidates[a], &y = candidates[b];
        return x.segment != y.segment ? x.segment < y.segment : x.document < y.document;
    });
    for (std::size_t i = 0; i < depth;) {
        auto const segment = candidates[order[i]].segment;
        Titles titles(view, plan, segment);
        for (; i < depth && candidates[order[i]].segment == segment; ++i) {
            auto& c = candidates[order[i]];
            auto const close = titles.of(c.document);
            c.text += close.pairs + close.coverage;
            collector.set_keys(c);
        }
    }
    std::ranges::sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(depth), better);
}

}  // namespace kindling::text
