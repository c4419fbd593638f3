// shop/facts/appender.h -- the one writer of a fact table: rows are added, a commit makes them visible all at once, with the watermark.
//
// Small commits stay cheap to read: at a commit the last chunks are merged into the new one as long as they are less than twice as long (the
// logarithmic method of Bentley & Saxe, 1980), so that n rows lie in O(n / 262,144 + log n) chunks and each row is rewritten O(log n) times. What merging leaves
// behind is dropped by a compaction into the next generation of files once it outweighs what is alive.
#pragma once
#include "shop/facts/filter.h"
#include "shop/facts/manifest.h"
#include <memory>

namespace kindling::shop::facts {

enum class Start { existing, from_nothing };  // from_nothing: a rebuild; the old rows stay visible until the first commit

struct AppenderOptions {
    Durability durability = Durability::process;  // facts can be rebuilt, so a power cut may cost the last commits, never the table
    Start start = Start::existing;
};

// One thread at a time; one Appender for each table on the machine (a lock on the folder, freed also by kill -9).
class Appender {
public:
    // Makes the folder if needed. Errors: facts_bad_schema, facts_locked, facts_schema_changed (then rebuild), facts_corrupt, disk_full.
    static Result<std::unique_ptr<Appender>> open(std::filesystem::path const& folder, Schema, AppenderOptions = {});
    virtual ~Appender() = default;

    virtual std::string const& watermark() const = 0;  // of the last commit
    virtual std::int64_t rows() const = 0;             // committed

    // One value for each column, in any order, then end_row(). integer() also takes days and booleans (0 or 1).
    // A mistake of the caller (wrong kind, a missing value, a day out of range) is remembered, and the commit fails with it.
    virtual void integer(std::size_t column, std::int64_t) = 0;
    virtual void real(std::size_t column, double) = 0;
    virtual void text(std::size_t column, std::string_view) = 0;
    virtual void end_row() = 0;

    // Removes committed rows; seen from the next commit on. Only chunks with such rows are rewritten. Returns how many.
    // An order that changed is erased by its id and added again, in one commit: one erase first, then the rows; else facts_rows_pending.
    virtual Result<std::int64_t> erase(Filter const&) = 0;

    // All or nothing, with the source's new watermark. After an error the appender is back at its last commit. Cost: the new rows and the
    // chunks that are merged, plus one small file. Errors: facts_bad_row, disk_full, file_failed.
    virtual Result<void> commit(std::string watermark) = 0;
};

}  // namespace kindling::shop::facts
