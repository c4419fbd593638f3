#include "engines/text/index/build.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "core/utf8.h"
#include "engines/text/index/postings.h"
#include "engines/text/index/segment_writer.h"

namespace kindling::text {

std::string identifier_term(std::string_view code) {
    std::string term(1, identifier_mark);
    for (std::size_t at = 0; at < code.size();) {
        auto point = next_code_point(code, at);
        if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFEE0;  // full-width letters and digits
        if (point < 0x80 && std::isalnum(static_cast<int>(point))) term.push_back(static_cast<char>(std::tolower(static_cast<int>(point))));
        else if (point >= 0x80 && (is_han(point) || point < 0x2000)) append_utf8(point, term);
    }
    if (term.size() == 1) term.clear();
    return term;
}

namespace {

// One term in one document.
struct Posting {
    std::uint32_t term, document, levels;
    std::uint64_t positions;  // where its positions begin in the arena; they end where the next one's begin
};
struct Word {
    std::uint32_t term, field, position;
    float weight;
};

// Terms to numbers in the order of their first coming. One probe into a table that stays near (8 bytes per entry) and one look
// at the term, where a node of std::unordered_map costs three waits for memory.
class TermNumbers {
public:
    std::uint32_t of(const std::string& term) {
        if ((terms_.size() + 1) * 2 > table_.size()) grow();
        auto const hash = static_cast<std::uint32_t>(std::hash<std::string>()(term));
        auto at = hash & mask_;
        for (; table_[at].number != none; at = (at + 1) & mask_)
            if (table_[at].hash == hash && terms_[table_[at].number] == term) return table_[at].number;
        table_[at] = {hash, static_cast<std::uint32_t>(terms_.size())};
        terms_.push_back(term);
        return table_[at].number;
    }
    std::size_t size() const { return terms_.size(); }
    const std::string& operator[](std::uint32_t number) const { return terms_[number]; }

private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    struct Entry {
        std::uint32_t hash = 0, number = none;
    };
    void grow() {
        auto const old = std::exchange(table_, std::vector<Entry>(std::max<std::size_t>(1024, table_.size() * 2)));
        mask_ = static_cast<std::uint32_t>(table_.size() - 1);
        for (auto const& entry : old) {
            if (entry.number == none) continue;
            auto at = entry.hash & mask_;
            while (table_[at].number != none) at = (at + 1) & mask_;
            table_[at] = entry;
        }
    }
    std::vector<Entry> table_;
    std::vector<std::string> terms_;
    std::uint32_t mask_ = 0;
};

constexpr std::uint32_t last_position = (1u << 24) - 1;

class Builder {
public:
    Builder(const Schema& schema, const Language& language) : schema_(schema), language_(language) {}

    std::string build(std::span<const Document* const> documents) {
        std::vector<std::vector<std::uint16_t>> lengths;
        for (std::uint32_t d = 0; d < documents.size(); ++d) lengths.push_back(add(*documents[d], d));
        postings_.push_back({0, 0, 0, arena_.size()});  // the end of the last one's positions

        SegmentWriter writer(schema_, language_.reading, frequencies_);
        for (std::size_t d = 0; d < documents.size(); ++d) {
            auto const& document = *documents[d];
            writer.add_document(document.id, lengths[d]);
            for (std::size_t f = 0; f < schema_.keywords.size(); ++f)
                for (auto const& value : document.keywords[f]) writer.add_keyword(f, value);
            for (std::size_t f = 0; f < schema_.numbers.size(); ++f) writer.set_number(f, document.numbers[f]);
        }
        write_terms(writer);
        return writer.finish();
    }

private:
    std::vector<std::uint16_t> add(const Document& document, std::uint32_t number) {
        std::vector<std::uint16_t> lengths;
        words_.clear();
        for (std::uint32_t f = 0; f < schema_.texts.size(); ++f) {
            tokens_.clear();
            if (!document.texts[f].empty()) language_.analyse(document.texts[f], Mode::index, tokens_);
            std::uint32_t length = 0, last = no_document;
            for (auto const& token : tokens_) {
                auto const position = std::min(token.position, last_position);
                if (position != last) ++length;
                last = position;
                if (!token.term.empty()) words_.push_back({terms_.of(token.term), f, position, token.weight});
            }
            lengths.push_back(static_cast<std::uint16_t>(std::min<std::uint32_t>(length, 0xFFFF)));
        }
        for (auto const& code : document.identifiers)
            if (auto const term = identifier_term(code); !term.empty()) words_.push_back({terms_.of(term), 0, 0, 1});
        std::ranges::sort(words_, [](const Word& a, const Word& b) { return std::tie(a.term, a.field, a.position, b.weight) < std::tie(b.term, b.field, b.position, a.weight); });
        for (std::size_t i = 0; i < words_.size();) i = add_term(i, number);
        return lengths;
    }

    std::size_t add_term(std::size_t i, std::uint32_t document) {
        auto const term = words_[i].term;
        auto const begin = arena_.size();
        std::uint32_t levels = 0;
        auto const fields = schema_.texts.size();
        while (i < words_.size() && words_[i].term == term) {
            auto const field = words_[i].field;
            float frequency = 0;
            std::uint32_t previous = 0, last = no_document;
            for (; i < words_.size() && words_[i].term == term && words_[i].field == field; ++i) {
                if (words_[i].position == last) continue;  // the heavier one of two at one place came first
                last = words_[i].position;
                frequency += words_[i].weight;
                auto j = i + 1;
                while (j < words_.size() && words_[j].term == term && words_[j].field == field && words_[j].position == last) ++j;
                bool const more = j < words_.size() && words_[j].term == term;
                append_varint((std::uint64_t{last - previous} * fields + field) * 2 + (more ? 1 : 0), arena_);
                previous = last;
            }
            levels |= frequency_level(frequency) << (4 * field);
        }
        ++frequencies_[levels];
        postings_.push_back({term, document, levels, begin});
        return i;
    }

    void write_terms(SegmentWriter& writer) {
        std::vector<std::uint32_t> order(terms_.size()), place(terms_.size());
        std::iota(order.begin(), order.end(), 0u);
        std::ranges::sort(order, [&](auto a, auto b) { return terms_[a] < terms_[b]; });
        for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
        // Counting sort by term keeps the documents in order.
        std::vector<std::uint32_t> starts(terms_.size() + 1), sorted(postings_.size() - 1);
        for (std::size_t i = 0; i + 1 < postings_.size(); ++i) ++starts[place[postings_[i].term] + 1];
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        auto next = starts;
        for (std::uint32_t i = 0; i + 1 < postings_.size(); ++i) sorted[next[place[postings_[i].term]]++] = i;
        for (std::uint32_t t = 0; t < order.size(); ++t) {
            writer.begin_term(terms_[order[t]]);
            for (auto i = starts[t]; i < starts[t + 1]; ++i) {
                // The postings of a term are as far apart as its documents: asked for ahead, they do not have to be waited for.
                if (i + 16 < sorted.size()) __builtin_prefetch(&postings_[sorted[i + 16]]);
                if (i + 8 < sorted.size()) __builtin_prefetch(arena_.data() + postings_[sorted[i + 8]].positions);
                auto const& posting = postings_[sorted[i]];
                writer.add_posting(posting.document, posting.levels, std::span(arena_).subspan(posting.positions, postings_[sorted[i] + 1].positions - posting.positions));
            }
            writer.end_term();
        }
    }

    const Schema& schema_;
    const Language& language_;
    TermNumbers terms_;
    std::vector<Posting> postings_;
    std::string arena_;
    std::unordered_map<std::uint32_t, std::uint64_t> frequencies_;
    std::vector<Word> words_;
    std::vector<Token> tokens_;
};

}  // namespace

std::string build_segment(const Schema& schema, const Language& language, std::span<const Document* const> documents) { return Builder(schema, language).build(documents); }

std::string merge_segments(const Schema& schema, const Language& language, std::span<const MergeInput> inputs) {
    std::unordered_map<std::uint32_t, std::uint64_t> frequencies;
    for (auto const& input : inputs)
        for (auto const& code : input.segment->frequencies()) frequencies[code.levels] += code.count;

    SegmentWriter writer(schema, language.reading, frequencies);
    std::vector<std::vector<std::uint32_t>> moved;  // old document number -> new one
    std::uint32_t documents = 0;
    for (auto const& [segment, deleted] : inputs) {
        auto& map = moved.emplace_back(segment->documents(), no_document);
        for (std::uint32_t d = 0; d < segment->documents(); ++d) {
            if (test(*deleted, d)) continue;
            map[d] = documents++;
            writer.add_document(segment->id(d), segment->lengths(d));
            for (std::size_t f = 0; f < schema.keywords.size(); ++f)
                for (auto const ordinal : segment->keywords(f).of(d)) writer.add_keyword(f, segment->keywords(f).values[ordinal]);
            for (std::size_t f = 0; f < schema.numbers.size(); ++f) writer.set_number(f, segment->numbers(f)[d]);
        }
    }

    std::vector<std::uint32_t> at(inputs.size(), 0);
    for (;;) {
        std::string_view term;
        bool found = false;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            auto const& terms = inputs[i].segment->terms();
            if (at[i] < terms.count() && (!found || terms[at[i]] < term)) term = terms[at[i]], found = true;
        }
        if (!found) break;
        bool begun = false;  // a term whose documents are all deleted is left out
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            auto const& segment = *inputs[i].segment;
            if (at[i] >= segment.terms().count() || segment.terms()[at[i]] != term) continue;
            for (PostingCursor cursor(segment, at[i]); cursor.document() != no_document; cursor.next()) {
                auto const document = moved[i][cursor.document()];
                if (document == no_document) continue;
                if (!begun) writer.begin_term(term);
                begun = true;
                writer.add_posting(document, segment.frequencies()[cursor.code()].levels, cursor.position_bytes());
            }
            ++at[i];
        }
        if (begun) writer.end_term();
    }
    return writer.finish();
}

}  // namespace kindling::text
