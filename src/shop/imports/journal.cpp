#include "shop/imports/journal.h"
#include <fmt/format.h>

namespace kindling::shop::imports {

namespace {
constexpr std::size_t most_entries = 2'000, most_bytes = 4'000'000;
}

Result<std::optional<std::string>> Journal::now(Thing thing, std::string_view key) {
    std::string const one(key);
    auto rows = TRY(read_rows(tx_, thing, std::span(&one, 1)));
    auto const found = rows.find(one);
    if (found == rows.end()) return std::optional<std::string>();
    return std::optional(std::move(found->second));
}

Result<void> Journal::changed(Thing thing, std::string_view key, std::string before) {
    if (entries_ >= most_entries || bytes_ >= most_bytes)
        for (std::size_t i = 0; i < thing_count; ++i) TRY(write(static_cast<Thing>(i)));
    bytes_ += before.size(), ++entries_;
    waiting_[static_cast<std::size_t>(thing)].push_back({std::string(key), std::move(before)});
    return {};
}

Result<void> Journal::appending(std::string_view order_id) {
    std::string id(order_id);
    if (appended_.contains(id)) return {};
    auto before = TRY(now(Thing::appended, id));
    if (!before) return {};
    auto const lines = TRY(tx_.integer("SELECT COALESCE(MAX(line) + 1, 0) FROM order_lines WHERE shop_id = ? AND order_id = ?", tx_.shop_id(), id));
    appended_.emplace(std::move(id), fmt::format("{} {}", lines, *before));
    return {};
}

Result<void> Journal::drop(Thing thing, std::string_view key) {
    TRY(write(thing));
    TRY(tx_.execute("DELETE FROM import_changes WHERE shop_id = ? AND import_id = ? AND kind = ? AND key = ?", tx_.shop_id(), import_id_, name_of(thing), key));
    return {};
}

Result<void> Journal::write(Thing thing) {
    auto& entries = waiting_[static_cast<std::size_t>(thing)];
    if (entries.empty()) return {};
    std::vector<std::string> keys;
    for (auto const& e : entries) keys.push_back(e.key);
    auto const left = TRY(read_rows(tx_, thing, keys));
    TRY(tx_.run_many("INSERT INTO import_changes (shop_id, import_id, kind, key, before, digest) VALUES (?,?,?,?,?,?) ON CONFLICT (shop_id, import_id, kind, key) DO UPDATE SET digest = excluded.digest", entries.size(), [&](std::size_t i, std::vector<Value>& values) {
        auto const found = left.find(entries[i].key);
        values = {tx_.shop_id(), import_id_, name_of(thing), entries[i].key, entries[i].before, found == left.end() ? std::int64_t{0} : digest_of(found->second)};
    }));
    for (auto const& e : entries) bytes_ -= e.before.size();
    entries_ -= entries.size();
    entries.clear();
    return {};
}

Result<void> Journal::finish() {
    for (auto& [id, before] : appended_) waiting_[static_cast<std::size_t>(Thing::appended)].push_back({id, std::move(before)}), ++entries_, bytes_ += waiting_[static_cast<std::size_t>(Thing::appended)].back().before.size();
    appended_.clear();
    for (std::size_t i = 0; i < thing_count; ++i) TRY(write(static_cast<Thing>(i)));
    return {};
}

}  // namespace kindling::shop::imports
