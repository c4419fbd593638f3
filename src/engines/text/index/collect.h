// engines/text/index/collect.h -- internal: what happens to every document that matches the text.
//
// Filters come as a mask of the groups that fail (filters.h). Mask 0 is a hit. A facet that leaves out its own
// filter also counts documents whose only failing groups are its own ("drill sideways"); so one pass gives every count
// exactly, whatever is asked for.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engines/text/index/lookup.h"
#include "engines/text/index/plan.h"

namespace kindling::text {

struct Candidate {
    double keys[3] = {0, 0, 0};  // larger is better
    std::uint64_t group = 0;     // distinct_by
    float text = 0, boost = 1;
    std::uint32_t segment = 0, document = 0;
    std::uint8_t tier = 0;       // 2: identifier, 1: has all words and these come first
    bool all_words = false;
    std::uint64_t named = ~0ull;   // Hit::named
};
// Best first; equal ones in the order in which their documents came.
bool better(const Candidate&, const Candidate&);

Result<void> validate(const Schema&, const Query&);

class Collector {
public:
    // The query must have passed validate().
    Collector(const View&, const Query&, std::size_t keep);

    void begin_segment(std::size_t segment);
    // Live, not excluded documents of the current segment, each at most once, ascending within a call: lists of one length.
    struct Matches {
        std::span<const std::uint32_t> documents;
        std::span<const std::uint64_t> failing;      // what SegmentFilters says of it
        std::span<const float> text;
        std::span<const std::uint8_t> all_words;
        std::span<const std::uint64_t> named;        // Hit::named; none at all: all that there are
        std::span<const std::uint8_t> identified;    // whether the query is its identifier; none at all: no document's
    };
    void add(const Matches&);
    void end_segment();

    // The kept candidates, best first (with distinct_by: the best of every group); of Query::every all, the best `keep` in order and first.
    std::vector<Candidate> take();
    void set_keys(Candidate&) const;  // from text, boost and the sort
    std::uint64_t total() const;
    std::vector<Facet> facets();

private:
    struct FacetState {
        const FacetRequest* request;
        std::size_t field = 0;
        std::uint64_t own = 0;  // groups that only speak of this field and are left out for it
        KeywordLookup column;
        NumberLookup numbers;
        std::vector<std::uint32_t> counts;                        // of the current segment, by ordinal
        std::vector<std::pair<std::string_view, std::uint64_t>> merged;  // value, count of each finished segment
        std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs;  // distinct: (value or bucket, group)
        std::vector<std::string> names;                           // distinct: values by number
        std::unordered_map<std::string, std::uint64_t> numbers_of;
        std::vector<std::uint64_t> number_of_ordinal;             // distinct: of the current segment
        Facet result;
    };
    std::uint64_t group_of(std::uint32_t document);
    void count(FacetState&);
    void add_hit(const Matches&, std::size_t i);

    const View& view_;
    const Query& query_;
    std::size_t keep_;
    bool all_words_first_ = false, distinct_ = false, by_relevance_ = true;
    std::vector<FacetState> facets_;
    std::vector<std::optional<std::size_t>> sort_fields_;
    std::vector<NumberLookup> boosted_;         // of the current segment, as query_.number_boosts
    std::size_t distinct_field_ = 0;
    std::size_t segment_ = 0;
    std::vector<Candidate> heap_;
    std::unordered_map<std::uint64_t, Candidate> best_of_group_;
    std::unordered_map<std::string, std::uint64_t> group_numbers_;
    std::vector<std::uint64_t> group_of_ordinal_;
    std::uint64_t total_ = 0;
    bool plain_ = false;                        // hits are ranked by their text score alone
    double threshold_;                          // then: what a hit must exceed to be kept
    std::vector<std::uint32_t> chosen_, chosen_at_;  // documents that a facet counts, and which of the matches they are
    std::vector<std::uint64_t> groups_;         // distinct: of the matches
};

}  // namespace kindling::text
