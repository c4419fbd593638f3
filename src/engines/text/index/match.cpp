#include "engines/text/index/match.h"

#include <algorithm>
#include <array>
#include <bit>

namespace kindling::text {

namespace {

bool hidden(const Where& where, std::uint32_t document) {
    return where.view.segments[where.segment].is_deleted(document) || (!where.excluded.empty() && std::ranges::binary_search(where.excluded, document));
}

}  // namespace

Columns::Columns(const View& view, const Query& query, std::size_t index) : documents_(view.segments[index].segment->documents()) {
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
    if (documents_ == 0) return;
    add(segment.rows().row(0), segment.rows().stride());
    for (auto const& group : query.filters)
        for (auto const& filter : group.any) field(filter.field);
    for (auto const& facet : query.facets) field(facet.field);
    for (auto const& boost : query.number_boosts) field(boost.field);
    for (auto const& sort : query.sort) field(sort.field);
}

void match_all_words(const Where& where, const Plan& plan, std::vector<Matched>& out) {
    std::vector<SlotCursor> slots;
    slots.reserve(plan.slots.size());
    for (auto const& slot : plan.slots) {
        slots.emplace_back(where.view, where.segment, slot);
        if (slots.back().document() == no_document) return;
    }
    if (slots.empty()) return;
    std::vector<SlotCursor*> order;
    for (auto& slot : slots) order.push_back(&slot);
    std::ranges::sort(order, {}, &SlotCursor::cost);
    out.reserve(order[0]->cost());

    for (std::uint32_t document = 0;;) {
        document = order[0]->advance_sufficient(document);
        if (document == no_document) return;
        where.columns.prefetch(order[0]->soon());
        auto reached = document;
        for (std::size_t i = 1; i < order.size() && reached == document; ++i) reached = order[i]->advance_sufficient(document);
        if (reached == no_document) return;
        if (reached != document) {
            document = reached;
            continue;
        }
        if (!hidden(where, document)) {
            auto const failing = where.filters.failing(document);
            float score = 0;
            for (std::size_t i = 0; failing == 0 && i < slots.size(); ++i) score += slots[i].match(document, SlotCursor::Scores::wanted).score;
            out.push_back({failing, document, score, true});
        }
        ++document;
    }
}

void match_share(const Where& where, const Plan& plan, float share, std::vector<Matched>& out) {
    constexpr std::uint32_t window = 2048;
    constexpr std::uint64_t gone = ~0ull;  // not among 64 groups of filters: validate() allows 63
    std::vector<SlotCursor> slots;
    slots.reserve(plan.slots.size());
    std::size_t required = 0;
    for (auto const& slot : plan.slots) {
        slots.emplace_back(where.view, where.segment, slot);
        if (slot.required && slots.back().document() == no_document) return;
        required += slot.required ? 1 : 0;
    }
    // A little below, so that rounding never loses a document that has exactly the share.
    auto const wanted = share * plan.weight * 0.9999f;
    std::vector<SlotCursor*> order;
    for (auto& slot : slots)
        if (slot.document() != no_document) order.push_back(&slot);
    std::ranges::sort(order, [](auto* a, auto* b) { return a->cost() > b->cost(); });
    float without = 0;
    std::size_t optional = 0;
    while (optional < order.size() && without + order[optional]->slot().weight < wanted) without += order[optional++]->slot().weight;

    auto const words = plan.slots.size();
    std::array<float, window> scores, masses;
    std::array<std::uint8_t, window> sufficient, needed;
    std::array<std::uint64_t, window> failing;
    std::array<std::uint64_t, window / 64> touched{};
    for (;;) {
        auto first = no_document;
        for (auto i = optional; i < order.size(); ++i) first = std::min(first, order[i]->document());
        if (first == no_document) return;
        auto const base = first / window * window, end = base + window;
        auto const take = [&](SlotCursor& slot, std::uint32_t document) {
            auto const at = document - base;
            auto& word = touched[at / 64];
            auto const bit = 1ull << (at % 64);
            if ((word & bit) == 0) {
                word |= bit;
                scores[at] = masses[at] = 0;
                sufficient[at] = needed[at] = 0;
                failing[at] = hidden(where, document) ? gone : where.filters.failing(document);
            }
            if (failing[at] == gone) return;
            auto const m = slot.match(document, failing[at] == 0 ? SlotCursor::Scores::wanted : SlotCursor::Scores::skip);
            scores[at] += m.score;
            masses[at] += m.mass;
            sufficient[at] = static_cast<std::uint8_t>(sufficient[at] + (m.sufficient ? 1 : 0));
            needed[at] = static_cast<std::uint8_t>(needed[at] + (slot.slot().required ? 1 : 0));
        };
        for (auto i = optional; i < order.size(); ++i)
            for (; order[i]->document() < end; order[i]->next()) {
                where.columns.prefetch(order[i]->soon());
                take(*order[i], order[i]->document());
            }
        for (std::size_t i = 0; i < touched.size(); ++i) {
            for (auto bits = touched[i]; bits != 0; bits &= bits - 1) {
                auto const at = static_cast<std::uint32_t>(i * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
                auto const document = base + at;
                if (failing[at] == gone) continue;
                auto left = without;
                for (std::size_t k = 0; k < optional && masses[at] + left >= wanted; ++k) {
                    if (order[k]->advance(document) == document) take(*order[k], document);
                    left -= order[k]->slot().weight;
                }
                if (masses[at] >= wanted && needed[at] == required) out.push_back({failing[at], document, scores[at], sufficient[at] == words});
            }
            touched[i] = 0;
        }
    }
}

}  // namespace kindling::text
