// Phrases: documents that have all words, and in one field at the right distances.
#include <algorithm>

#include "engines/text/index/alternative_places.h"
#include "engines/text/index/postings.h"

namespace kindling::text {

std::vector<std::pair<std::uint32_t, std::uint32_t>> find_phrase(const View& view, std::size_t segment_index, const Alternative& phrase) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
    auto const& segment = *view.segments[segment_index].segment;
    auto const fields = view.norms.size();
    std::vector<PostingCursor> cursors;
    cursors.reserve(phrase.terms.size());
    for (auto const& term : phrase.terms) {
        if (term.numbers[segment_index] == no_document) return found;
        cursors.emplace_back(segment, term.numbers[segment_index]);
    }
    auto const lead = static_cast<std::size_t>(std::ranges::min_element(cursors, {}, &PostingCursor::document_frequency) - cursors.begin());

    std::vector<Occurrence> first, other, kept;
    for (; cursors[lead].document() != no_document; cursors[lead].next()) {
        auto const document = cursors[lead].document();
        bool all = true;
        for (auto& cursor : cursors) {
            cursor.advance(document);
            if (cursor.document() != document) {
                all = false;
                break;
            }
        }
        if (!all) continue;
        first.clear();
        cursors[0].positions(fields, first);
        for (std::size_t k = 1; k < cursors.size() && !first.empty(); ++k) {
            other.clear();
            cursors[k].positions(fields, other);
            kept.clear();
            for (auto const& at : first)
                if (std::ranges::any_of(other, [&](auto const& o) { return o.field == at.field && o.position == at.position + phrase.terms[k].offset; })) kept.push_back(at);
            first.swap(kept);
        }
        if (first.empty()) continue;
        std::uint32_t levels = 0;
        for (std::uint32_t f = 0; f < fields; ++f) {
            auto const count = std::ranges::count(first, f, &Occurrence::field);
            levels |= frequency_level(static_cast<float>(count)) << (4 * f);
        }
        found.emplace_back(document, levels);
    }
    return found;
}

}  // namespace kindling::text
