// engines/text/index/query.h -- what can be asked of an index, and what comes back.
//
// Query text: words; "quoted phrases" (required); -word or -"phrase" (excluded). Everything else is text and cannot break.
//
// Which documents match is decided by the text alone, never by filters, paging or facets, so adding a filter can only take
// documents away: the words are first all required; when fewer than `enough` live documents have them all, documents that
// have 60 % of the words' weight (rare words weigh more) match too, then 30 % (with two or three words only when nothing has
// 60 %); when nothing has that, any word will do.
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace kindling::text {

struct Filter {
    enum class Kind { any_of, none_of, range };
    std::string field;
    Kind kind = Kind::any_of;
    std::vector<std::string> values = {};  // any_of, none_of: a keyword field
    // range: a number field, both ends included; a document without the number fails.
    double minimum = -std::numeric_limits<double>::infinity();
    double maximum = std::numeric_limits<double>::infinity();
};

struct FilterGroup {
    std::vector<Filter> any;  // at least one must hold; a query's groups must all hold
};

struct FacetRequest {
    enum class Kind { counts, range, histogram };
    // A shop counts the other brands although one is ticked: `without_own_filter` leaves out the groups that only speak of
    // this field.
    enum class Scope { without_own_filter, with_all_filters };
    enum class Order { by_count, by_value };
    std::string field;
    Kind kind = Kind::counts;           // counts: keyword field; range (min, max) and histogram: number field
    Scope scope = Scope::without_own_filter;
    Order order = Order::by_count;      // ties by value
    std::uint32_t limit = 20;           // values returned; the counts do not depend on it
    std::vector<double> bounds = {};    // histogram: ascending; buckets (-inf, b0), [b0, b1), ..., [bn, inf)
};

struct Sort {
    enum class Direction { ascending, descending };
    std::string field = {};             // a number field; empty: relevance
    Direction direction = Direction::descending;
};

// score *= 1 + weight * x / (x + pivot), for x > 0: popularity that helps and saturates.
struct NumberBoost {
    std::string field;
    double weight = 0.3;
    double pivot = 100;                 // the value that earns half of the weight; > 0
};

struct TermBoost {
    std::string text;                   // one word, or several of which each is boosted
    float factor = 1;                   // > 0
};

enum class Typos { automatic, off };
enum class Prefix { none, last_word };  // last_word: search as you type
enum class Matching { all, relaxed, any };
enum class Grouping { automatic, by_score, all_words_first };  // automatic: all_words_first when sorted by a field

struct Query {
    std::string text = {};              // at most 64 words are read; empty matches every document
    std::vector<FilterGroup> filters = {};
    std::vector<FacetRequest> facets = {};
    std::vector<Sort> sort = {};        // at most 3; then the order in which documents came
    std::uint32_t offset = 0, limit = 10;  // offset + limit <= 10,000
    bool every = false;                 // hits are all documents that match: the best `limit` in order, then the others in none; without ids (Snapshot::id); offset is 0
    std::string distinct_by = {};       // a keyword field: one hit per value (its best); totals and facets count values
    Matching matching = Matching::relaxed;
    std::uint32_t enough = 10;
    Grouping grouping = Grouping::automatic;
    Typos typos = Typos::automatic;
    Prefix prefix = Prefix::none;
    std::vector<NumberBoost> number_boosts = {};
    std::vector<TermBoost> term_boosts = {};
};

struct Hit {
    std::string id;
    double score = 0;
    bool all_words = false;             // has every word of the query
    bool identifier = false;            // the query is this document's SKU, GTIN or model number
    std::uint64_t named = 0;            // bit i: word i of Answer::words stands in a field that names (TextField::names); all bits for an identifier
    std::uint32_t segment = 0, document = 0;  // where this snapshot has it
};

struct FacetValue {
    std::string value;
    std::uint64_t count = 0;
};

struct Facet {
    std::string field;
    std::vector<FacetValue> values = {};        // counts
    std::uint64_t value_count = 0;              // counts: how many values there are in all
    std::uint64_t documents = 0;                // range, histogram: documents (or distinct groups) that have the number
    double minimum = std::numeric_limits<double>::quiet_NaN();
    double maximum = std::numeric_limits<double>::quiet_NaN();
    std::vector<std::uint64_t> buckets = {};    // histogram: bounds + 1
};

struct Correction {
    std::string from, to;               // a word that no document has, and the word that was looked for instead
};

struct Answer {
    std::vector<Hit> hits;
    std::uint64_t total = 0;            // exact
    std::vector<Facet> facets;          // in the order of the requests; exact
    std::vector<Correction> corrections;
    std::vector<std::string> ignored_words;  // nothing like them is in the index
    Matching matching = Matching::all;  // the level that answered
    std::vector<std::string> words;     // what was looked for, word by word; at most 64
    std::vector<std::string> terms;     // every term looked for: for highlight()
};

}  // namespace kindling::text
