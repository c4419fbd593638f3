// engines/text/index/index.h -- an inverted index of products: BM25F, exact facets, updates seen at once, reopened by mapping.
//
// An index is a list of immutable segments (segment.h) in the order in which documents came, each with a bitmap of its
// deleted documents. upsert() and erase() collect changes; commit() turns them into one more small segment in memory and
// makes them visible, in well under 10 ms for shop-sized changes; neighbouring small segments are merged on the way.
// save() writes what is only in memory to the folder. merge() rewrites segments into fewer; call it when idle.
//
// Threads: one writer at a time (upsert, erase, commit, save, set_*); merge() may run on a second thread beside it, one at a
// time, and does not hold the writer up. snapshot() and all of Snapshot may be called from any thread at any time; a snapshot
// never changes and keeps its segments, also deleted files, alive.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engines/text/index/query.h"
#include "engines/text/index/schema.h"

namespace kindling::text {

struct View;
struct Synonyms;

struct TermScore {
    std::string term;       // as the index spells it
    std::string why;        // "word", "typo", "sound", "synonym", "joined", "prefix", "phrase"
    double idf = 0, saturation = 0, factor = 1, score = 0;
};

struct Explanation {
    std::vector<TermScore> terms;                     // what the text earned, one per word of the query
    double text = 0, pairs = 0, coverage = 0, identifier = 0, boost = 1;
    double score = 0;                                 // (text + pairs + coverage + identifier) * boost
};

class Snapshot {
public:
    // invalid_argument "query_invalid" with every bad field: unknown field, wrong kind, limits passed.
    Result<Answer> search(const Query&) const;
    // Why the document scores what it does for this query; not_found "document_not_found". Pairs and coverage are part of
    // the ranking only within the best 64.
    Result<Explanation> explain(const Query&, std::string_view id) const;
    // Terms of the index that begin with the analysed prefix, the most frequent first.
    std::vector<std::string> complete(std::string_view prefix, std::size_t limit) const;
    std::uint64_t document_count() const;             // live documents
    std::size_t segment_count() const;
    std::uint64_t bytes() const;                      // of all segments, in memory or mapped
    bool contains(std::string_view id) const;
    // For columns of the caller's own beside the index: a segment never changes, so what was made of one holds as long as its handle is the same.
    std::shared_ptr<const void> segment(std::size_t) const;
    std::uint32_t documents(std::size_t segment) const;   // deleted ones too
    std::string_view id(std::size_t segment, std::uint32_t document) const;   // as long as this snapshot

private:
    friend class Index;
    explicit Snapshot(std::shared_ptr<const View> view) : view_(std::move(view)) {}
    std::shared_ptr<const View> view_;  // shared with the index until its next commit, and with other snapshots
};

// Words that mean the same, every one for every other: {"KFC", "肯德基"}. A phrase must occur as a phrase.
using SynonymSet = std::vector<std::string>;

struct IndexOptions {
    std::string folder = {};                          // empty: memory only, save() refuses
    Schema schema;
    Language language;
    // Checksums of every segment are read on open; `structure` skips them and still bounds-checks everything.
    enum class Verify { checksums, structure } verify = Verify::checksums;
};

class Index {
public:
    // Opens what the folder holds, or starts empty. failed_precondition "index_schema_changed": the folder was written under
    // another schema, delete it and index again; invalid_argument "index_damaged": names the file and what is wrong.
    static Result<std::unique_ptr<Index>> open(IndexOptions);
    ~Index();

    // All or nothing: on an error none of the documents is taken. Not visible before commit().
    Result<void> upsert(std::span<const Document>);
    void erase(std::string_view id);
    Result<void> commit();
    // commit(), then write: new files are synced before the manifest that names them is renamed into place.
    Result<void> save();
    // Neighbouring segments into one, without their deleted documents, as long as the result stays within the limit. Visible
    // at once, durable after save(). About 200,000 documents of 90 words per second.
    Result<void> merge(std::uint64_t largest_documents = std::numeric_limits<std::uint64_t>::max());
    // Does nothing up to `most_segments`; beyond, merges the small ones so that at most half as many remain, leaving large ones
    // alone as far as that allows. For the owner to call after commit(); the same threads as merge().
    Result<void> merge_if_needed(std::size_t most_segments = 16);

    // Both directions, all members equal. Used by snapshots taken afterwards.
    void set_synonyms(std::vector<SynonymSet>);
    // Free text kept with the saved index, for example the last change that is in it.
    void set_bookmark(std::string);
    const std::string& bookmark() const;

    Snapshot snapshot() const;

private:
    struct State;
    explicit Index(std::unique_ptr<State>);
    std::unique_ptr<State> state_;
};

}  // namespace kindling::text
