// shop/imports/outcome.h -- what became of each row, counted in full and kept in part: memory stays bounded however bad a file is.
#pragma once
#include "shop/imports/api.h"
#include "shop/imports/journal.h"
#include "shop/imports/values.h"
#include <map>
#include <unordered_map>

namespace kindling::shop::imports {

constexpr std::size_t most_kept_lines = 10'000;  // refused lines that can be looked at afterwards

class Outcome {
public:
    void refuse(std::int64_t line, Refusal refusal) {
        ++refused, ++reasons[refusal.reason];
        if (refused_lines.size() < most_kept_lines) refused_lines.push_back({line, std::move(refusal.column), std::move(refusal.reason), std::move(refusal.message), std::move(refusal.cell)});
    }
    void skip(std::int64_t line, std::string_view rule, std::string_view message, std::string_view cell) {
        ++skipped, ++skipped_reasons[std::string(rule)];
        if (skipped_lines.size() < most_kept_lines) skipped_lines.push_back({line, "", std::string(rule), std::string(message), std::string(cell)});
    }
    void note_once(std::string_view note, std::int64_t count = 1) { notes[std::string(note)] += count; }

    std::int64_t read = 0, accepted = 0, unchanged = 0, skipped = 0, refused = 0;
    ImportCounts created;
    std::map<std::string, std::int64_t> reasons, skipped_reasons, notes;
    std::vector<ImportLine> refused_lines, skipped_lines;
};

// Keys that this file has given, by 64-bit hash: sixteen bytes of content and line for each, so a million keys cost about 50 MB.
class SeenKeys {
public:
    enum class Verdict { fresh, same, contradicts };
    Verdict see(std::string_view key, std::uint64_t content, std::int64_t line, std::int64_t& first_line) {
        auto const [at, fresh] = seen_.try_emplace(std::hash<std::string_view>{}(key), content, line);
        first_line = at->second.second;
        return fresh ? Verdict::fresh : at->second.first == content ? Verdict::same : Verdict::contradicts;
    }

private:
    std::unordered_map<std::uint64_t, std::pair<std::uint64_t, std::int64_t>> seen_;
};

std::uint64_t content_of(files::Row const&);  // of all cells

// What every kind of rows needs to be carried in.
struct Work {
    Context& context;  // with the file's transaction open
    Cells& cells;
    Outcome& outcome;
    Journal& journal;
    Preset const* preset;  // null: none
    Style style;
    OnRefused on_refused;
    std::string currency;

    std::int64_t line() const { return cells.row().line; }
};

// Rows of one kind; `row` answers by the outcome, and fails only for what ends the import.
class Sink {
public:
    virtual ~Sink() = default;
    virtual Result<void> row() = 0;
    virtual Result<void> finish() = 0;
};
std::unique_ptr<Sink> product_sink(Work&);
std::unique_ptr<Sink> order_sink(Work&);
std::unique_ptr<Sink> customer_sink(Work&);
std::unique_ptr<Sink> review_sink(Work&);
std::unique_ptr<Sink> item_sink(Work&);
std::unique_ptr<Sink> payment_sink(Work&);
std::unique_ptr<Sink> category_sink(Work&);

// "Home & Garden" -> "home-garden"; other scripts stay; at most 100 bytes.
std::string slug(std::string_view);
bool has_han(std::string_view);
// Makes the categories of a path ("A > B") that are not there and gives the last one's id; existing ones keep their names.
class CategoryPaths {
public:
    Result<std::string> find_or_make(Work&, std::string_view path, std::string_view name_zh = {});

private:
    std::unordered_map<std::string, std::string> known_;
};
// The error of a save that refuses one thing by its fields, as a refusal; nothing for errors that end the import.
std::optional<Refusal> refusal_of(Error const&);

}  // namespace kindling::shop::imports
