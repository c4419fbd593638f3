// Snapshot: one search from text to answer. Plan, decide the level on the text alone, collect, rerank, write out.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engines/text/index/alternative_places.h"
#include "engines/text/index/collect.h"
#include "engines/text/index/match.h"
#include "engines/text/index/postings.h"
#include "engines/text/index/rerank.h"

namespace kindling::text {

namespace {

// Documents of a segment that have one of these terms, ascending.
std::vector<std::uint32_t> documents_with(const View& view, std::size_t segment, std::span<const std::string> terms) {
    std::vector<std::uint32_t> found;
    auto const& s = *view.segments[segment].segment;
    for (auto const& term : terms)
        if (auto const number = term.empty() ? std::nullopt : s.terms().find(term))
            for (PostingCursor cursor(s, *number); cursor.document() != no_document; cursor.next()) found.push_back(cursor.document());
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

bool has(const std::vector<std::uint32_t>& sorted, std::uint32_t document) { return !sorted.empty() && std::ranges::binary_search(sorted, document); }

// What the query finds in one segment beside its words.
struct Aside {
    std::vector<std::uint32_t> identified, coded, excluded;
};

class Search {
public:
    Search(const View& view, const Query& query) : view_(view), query_(query), plan_(make_plan(view, query)) {
        std::string const whole[] = {plan_.identifier};
        for (std::size_t s = 0; s < view.segments.size(); ++s) {
            filters_.emplace_back(view, query, s);
            columns_.emplace_back(view, query, s);
            Aside aside{documents_with(view, s, whole), documents_with(view, s, plan_.codes), {}};
            for (auto const& slot : plan_.excluded)
                for (auto const& alternative : slot.alternatives) add_all(s, alternative, aside.excluded);
            std::ranges::sort(aside.excluded);
            asides_.push_back(std::move(aside));
        }
    }

    Answer run() {
        Answer answer;
        answer.corrections = plan_.corrections;
        answer.ignored_words = plan_.ignored;
        for (auto const& slot : plan_.slots) answer.words.push_back(slot.word);
        for (auto const& slot : plan_.slots)
            for (auto const& a : slot.alternatives)
                for (auto const& term : a.terms) answer.terms.push_back(term.term);
        answer.matching = decide();
        if (answer.matching == Matching::all && !plan_.ignored.empty()) answer.matching = Matching::relaxed;

        auto const wanted = std::size_t{query_.offset} + query_.limit;
        bool const by_relevance = std::ranges::all_of(query_.sort, [](auto const& sort) { return sort.field.empty() && sort.direction == Sort::Direction::descending; });
        bool const rerank_them = by_relevance && !plan_.slots.empty();
        Collector collector(view_, query_, rerank_them ? std::max(wanted, rerank_depth) : wanted);
        for (std::size_t s = 0; s < view_.segments.size(); ++s) collect(s, collector);
        auto candidates = collector.take();
        if (rerank_them) rerank(view_, plan_, collector, candidates);
        answer.total = collector.total();
        answer.facets = collector.facets();
        auto const end = query_.every ? candidates.size() : std::min(wanted, candidates.size());
        answer.hits.reserve(end - std::min<std::size_t>(query_.offset, end));
        for (std::size_t i = query_.offset; i < end; ++i) {
            auto const& c = candidates[i];
            answer.hits.push_back({{}, double{c.text} * c.boost, c.all_words, c.tier == 2, c.named, c.segment, c.document});
            if (!query_.every) answer.hits.back().id = view_.segments[c.segment].segment->id(c.document);
        }
        return answer;
    }

    const Plan& plan() const { return plan_; }

private:
    void add_all(std::size_t s, const Alternative& alternative, std::vector<std::uint32_t>& to) const {
        std::array<std::uint32_t, block_size> documents, places;
        AlternativePlaces all(view_, s, alternative);
        while (auto const n = all.take_block(documents.data(), places.data())) to.insert(to.end(), documents.begin(), documents.begin() + n);
    }

    // Fills matched_ with the documents of the first level that has enough live ones.
    Matching decide() {
        if (!plan_.has_words) return Matching::all;  // browse: everything, see collect()
        matched_.resize(view_.segments.size());
        if (query_.matching == Matching::all && !plan_.ignored.empty()) return Matching::all;  // a word that nothing has
        auto const level = [&](float share) {
            std::uint64_t live = 0;
            for (std::size_t s = 0; s < view_.segments.size(); ++s) {
                Where const where{view_, s, filters_[s], columns_[s], asides_[s].excluded};
                matched_[s] = share >= 1 ? match_all_words(where, plan_) : match_share(where, plan_, share);
                live += matched_[s].documents.size();
            }
            return live;
        };
        if (query_.matching != Matching::any) {
            auto const found = level(1);
            if (query_.matching == Matching::all || found >= query_.enough) return Matching::all;
            // With one word there is nothing to relax but its weaker alternatives.
            auto const most = level(0.6f);
            // In two or three words 30 % is a single one: better than nothing, but not than a few good documents.
            if (most >= query_.enough || (most > 0 && plan_.slots.size() <= 3) || level(0.3f) > 0) return Matching::relaxed;
        }
        level(0);
        return Matching::any;
    }

    void collect(std::size_t s, Collector& collector) {
        collector.begin_segment(s);
        if (!plan_.has_words) browse(s, collector);
        else collect_matched(s, collector);
        collector.end_segment();
    }

    // In pieces whose columns stay near while one facet after the other counts them.
    static constexpr std::size_t piece = 512;

    bool is_live(std::size_t s, std::uint32_t document) const { return !view_.segments[s].is_deleted(document) && !has(asides_[s].excluded, document); }

    // Without words every document scores 1, so that boosts alone decide.
    void browse(std::size_t s, Collector& collector) {
        auto const documents = view_.segments[s].segment->documents();
        std::vector<std::uint32_t> all;
        std::vector<std::uint64_t> failing(piece);
        std::vector<float> const text(piece, 1);
        std::vector<std::uint8_t> const yes(piece, 1);
        for (std::uint32_t d = 0; d < documents;) {
            for (all.clear(); d < documents && all.size() < piece; ++d)
                if (is_live(s, d)) all.push_back(d);
            filters_[s].failing(all, failing.data());
            collector.add({all, {failing.data(), all.size()}, {text.data(), all.size()}, {yes.data(), all.size()}, {}, {}});
        }
    }

    void collect_matched(std::size_t s, Collector& collector) {
        auto& m = matched_[s];
        auto const& aside = asides_[s];
        // Identified documents score as much as all words and more, and match even when none of their words does.
        std::vector<std::uint8_t> identified;
        if (!aside.identified.empty() || !aside.coded.empty()) {
            identified.resize(m.documents.size());
            for (std::size_t i = 0; i < m.documents.size(); ++i) if (raise(aside, m.documents[i], m.scores[i], m.all_words[i], identified[i]); identified[i] != 0) m.named[i] = ~0ull;
        }
        for (std::size_t at = 0; at < m.documents.size(); at += piece) {
            auto const n = std::min(piece, m.documents.size() - at);
            auto const part = [&]<class T>(const std::vector<T>& list) { return std::span(list).subspan(at, n); };
            collector.add({part(m.documents), part(m.failing), part(m.scores), part(m.all_words), part(m.named), identified.empty() ? std::span<const std::uint8_t>() : part(identified)});
        }
        std::vector<std::uint32_t> both, extra;
        std::ranges::set_union(aside.identified, aside.coded, std::back_inserter(both));
        for (auto const d : both)
            if (!has(m.documents, d) && is_live(s, d)) extra.push_back(d);
        if (extra.empty()) return;
        std::vector<std::uint64_t> failing(extra.size());
        std::vector<float> text(extra.size());
        std::vector<std::uint8_t> all_words(extra.size());
        identified.assign(extra.size(), 0);
        filters_[s].failing(extra, failing.data());
        for (std::size_t i = 0; i < extra.size(); ++i) raise(aside, extra[i], text[i], all_words[i], identified[i]);
        collector.add({extra, failing, text, all_words, {}, identified});
    }
    void raise(const Aside& aside, std::uint32_t document, float& text, std::uint8_t& all_words, std::uint8_t& identified) const {
        identified = has(aside.identified, document) ? 1 : 0;
        if (identified != 0) text += plan_.weight, all_words = 1;
        else if (has(aside.coded, document)) text += 0.5f * plan_.weight;
    }

    const View& view_;
    const Query& query_;
    Plan plan_;
    std::vector<Aside> asides_;                   // per segment, as the next three
    std::vector<SegmentFilters> filters_;
    std::vector<Columns> columns_;
    std::vector<Matched> matched_;
};

}  // namespace

Result<Answer> Snapshot::search(const Query& query) const {
    TRY(validate(view_->setup->schema, query));
    return Search(*view_, query).run();
}

Result<Explanation> Snapshot::explain(const Query& query, std::string_view id) const {
    TRY(validate(view_->setup->schema, query));
    auto const plan = make_plan(*view_, query);
    for (std::size_t s = 0; s < view_->segments.size(); ++s) {
        auto const& segment = view_->segments[s];
        for (auto const document : segment.segment->find_id(id)) {
            if (segment.is_deleted(document)) continue;
            Explanation e;
            float norms[View::most_texts];
            view_->norms_of(segment.segment->lengths(document), norms);
            for (auto const& slot : plan.slots) {
                TermScore best;
                for (auto const& a : slot.alternatives) {
                    AlternativePlaces places(*view_, s, a);
                    auto place = no_place;
                    places.find(std::span(&document, 1), &place);
                    if (place == no_place) continue;
                    auto const saturation = view_->saturation(places.levels(place, document), norms);
                    auto const score = double{a.weight()} * saturation * slot.boost;
                    if (best.term.empty() || score > best.score) {
                        best = {{}, a.why, a.idf, saturation, double{a.factor} * slot.boost, score};
                        for (auto const& term : a.terms) best.term += (best.term.empty() ? "" : " ") + term.term;
                    }
                }
                if (best.term.empty()) continue;
                e.text += best.score;
                e.terms.push_back(std::move(best));
            }
            auto const close = closeness(*view_, plan, s, document);
            e.pairs = close.pairs, e.coverage = close.coverage;
            std::string const whole[] = {plan.identifier};
            if (has(documents_with(*view_, s, whole), document)) e.identifier = plan.weight;
            else if (has(documents_with(*view_, s, plan.codes), document)) e.identifier = 0.5 * plan.weight;
            auto const& numbers = view_->setup->schema.numbers;
            for (auto const& boost : query.number_boosts) {
                auto const field = static_cast<std::size_t>(std::ranges::find(numbers, boost.field) - numbers.begin());
                auto const x = segment.segment->numbers(field)[document];
                if (x > 0) e.boost *= 1 + boost.weight * x / (x + boost.pivot);
            }
            e.score = (e.text + e.pairs + e.coverage + e.identifier) * e.boost;
            return e;
        }
    }
    return fail(Errc::not_found, "document_not_found", fmt::format("There is no document {} in the index.", id));
}

std::vector<std::string> Snapshot::complete(std::string_view prefix, std::size_t limit) const {
    std::vector<Token> tokens;
    if (!prefix.empty()) view_->setup->language.analyse(prefix, Mode::query, tokens);
    if (tokens.empty()) return {};
    auto const& start = tokens.back().term;
    std::unordered_map<std::string_view, std::uint64_t> counts;
    for (auto const& s : view_->segments) {
        auto const& terms = s.segment->terms();
        for (auto at = terms.lower_bound(start); at < terms.count() && terms[at].starts_with(start); ++at) counts[terms[at]] += s.segment->info(at).documents;
    }
    std::vector<std::pair<std::string_view, std::uint64_t>> best(counts.begin(), counts.end());
    auto const n = std::min(limit, best.size());
    std::ranges::partial_sort(best, best.begin() + static_cast<std::ptrdiff_t>(n), [](auto const& a, auto const& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
    std::vector<std::string> out;
    for (std::size_t i = 0; i < n; ++i) out.emplace_back(best[i].first);
    return out;
}

std::uint64_t Snapshot::document_count() const { return view_->live; }
std::size_t Snapshot::segment_count() const { return view_->segments.size(); }
std::uint64_t Snapshot::bytes() const {
    std::uint64_t total = 0;
    for (auto const& s : view_->segments) total += s.segment->bytes().size();
    return total;
}
std::shared_ptr<const void> Snapshot::segment(std::size_t s) const { return view_->segments[s].segment; }
std::uint32_t Snapshot::documents(std::size_t s) const { return view_->segments[s].segment->documents(); }
std::string_view Snapshot::id(std::size_t s, std::uint32_t document) const { return view_->segments[s].segment->id(document); }
bool Snapshot::contains(std::string_view id) const {
    for (auto const& s : view_->segments)
        for (auto const document : s.segment->find_id(id))
            if (!s.is_deleted(document)) return true;
    return false;
}

}  // namespace kindling::text
