// shop/imports/undo_uses.h -- what an import made and changed, and which of it cannot be taken back any more, because somebody changed or used it.
#pragma once
#include "shop/imports/kept_rows.h"
#include <array>
#include <functional>
#include <map>
#include <unordered_set>

namespace kindling::shop::imports {

struct ImportChange {
    Thing thing;
    std::string key;
    bool made = false;        // else changed
    std::int64_t digest = 0;  // of how the import left it
};

class ImportChanges {
public:
    ImportChanges(Transaction& tx, std::string import_id) : tx_(tx), shop_(tx.shop_id()), import_id_(std::move(import_id)) {}

    Result<void> load();
    // `spread`: what a blocked thing points at is blocked, too.
    Result<void> find_blocked(bool spread);
    std::int64_t blocked() const { return static_cast<std::int64_t>(blocked_.size()); }
    std::unexpected<Error> refusal() const;  // import_depended_on, with what and how many
    Result<void> forget_blocked();           // they stay as they are
    std::vector<ImportChange> changed_things() const;
    Result<std::string> before(ImportChange const&);

private:
    struct Set { std::unordered_set<std::string> made, changed; };
    Set& of(Thing thing) { return sets_[static_cast<std::size_t>(thing)]; }
    bool is_blocked(Thing, std::string const& key) const;
    // Made by this import and going with it.
    bool goes(Thing thing, std::string const& key) { return of(thing).made.contains(key) && !is_blocked(thing, key); }
    void block(Thing, std::string const& key, std::string_view reason);
    Result<void> each(std::string_view sql, std::function<void(Row const&)> const& use);
    Result<void> find_later_imports();
    Result<void> find_changed();
    Result<void> find_uses_of_products();
    Result<void> find_other_uses();

    Transaction& tx_;
    std::int64_t shop_;
    std::string import_id_;
    std::vector<ImportChange> all_;
    std::array<Set, thing_count> sets_;
    std::unordered_map<std::string, std::int64_t> appended_from_;  // order -> its first line that is ours
    std::unordered_set<std::string> blocked_;
    std::map<std::pair<std::string_view, Thing>, std::int64_t> counts_;
};

}  // namespace kindling::shop::imports
