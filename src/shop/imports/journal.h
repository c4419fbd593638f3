// shop/imports/journal.h -- written while an import runs: what it made and what it changed, so that it can be taken back.
//
// One entry for each thing, with how it was before (nothing, if the import made it) and a digest of how it was left. Entries gather and are
// written two thousand, or four megabytes, at a time; the digests of a batch are read together. Of orders only what can change afterwards is
// hashed, so half a million order lines cost as little as their orders. One import, one thread.
#pragma once
#include "shop/imports/kept_rows.h"
#include <array>

namespace kindling::shop::imports {

class Journal {
public:
    Journal(Transaction& tx, std::string import_id) : tx_(tx), import_id_(std::move(import_id)) {}
    std::string const& import_id() const { return import_id_; }

    // How a thing is now, to be given to changed() if the write that follows changes it; nothing: it is not there.
    Result<std::optional<std::string>> now(Thing, std::string_view key);
    // After the write; the first entry of a thing counts.
    Result<void> made(Thing thing, std::string_view key) { return changed(thing, key, {}); }
    Result<void> changed(Thing, std::string_view key, std::string before);
    // Before lines are added to an order that was there; may be told again.
    Result<void> appending(std::string_view order_id);
    // Not made after all.
    Result<void> drop(Thing, std::string_view key);
    Result<void> finish();

private:
    struct Entry { std::string key, before; };
    Result<void> write(Thing);
    Transaction& tx_;
    std::string import_id_;
    std::array<std::vector<Entry>, thing_count> waiting_;
    std::unordered_map<std::string, std::string> appended_;  // order -> how it was; hashed at the end, when all its lines are there
    std::size_t bytes_ = 0, entries_ = 0;
};

}  // namespace kindling::shop::imports
