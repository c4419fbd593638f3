// shop/analysis/shop_facts.h -- the fact tables of one shop, kept equal to its state.
//
// New rows are found by seq. What may change in a row already read (an order's status, a person who is forgotten, a product's category) is noted from the
// store's changes and done by erasing and adding those orders again. Notes live in memory: the first catch-up of a process therefore compares counts with
// the store, so that neither a crash between the store's commit and ours nor another process's work is ever missed.
//
// Each table commits by itself with its watermark; daily sales name the watermarks they were derived from, and are derived anew when those do not follow.
#pragma once
#include "shop/analysis/daily.h"
#include "shop/facts/query.h"
#include <atomic>
#include <filesystem>
#include <mutex>

namespace kindling::shop::analysis {

// How far a table was read: "1 Asia/Shanghai 241322 18601 7".
struct Watermark {
    int version = facts_version;
    std::string zone;
    std::int64_t rows = 0;     // seq of order lines, events or stock moves
    std::int64_t returns = 0;  // order_lines only
    std::int64_t changes = 0;  // grows with every commit, so that daily sales see also a change of status
    std::string text() const;
    static std::optional<Watermark> parse(std::string const&);
};

struct TableStatus {
    Table table;
    std::int64_t rows = 0, bytes = 0, behind = 0;  // behind: rows of the store that are not here yet
    std::string watermark, problem;                // problem: missing, outdated or damaged; empty: sound
};

enum class CaughtUp { yes, elsewhere };  // elsewhere: another process holds the tables and does it

// Thread-safe; work is done by one thread at a time.
class ShopFacts {
public:
    ShopFacts(Store&, std::filesystem::path folder, std::int64_t shop_id);

    void note(Change const&);  // quick; from the store's listener
    bool noted() const { return noted_; }
    std::int64_t commits() const { return commits_; }  // of this process
    std::string last_error() const;                    // of the last catch-up; empty: it went well

    // Brings all tables to what is committed now; makes or rebuilds those that are missing, damaged or of another version or time zone.
    // Errors: the store's, disk_full, file_failed, cancelled. After an error the next call does the work again.
    Result<CaughtUp> catch_up(Progress const& = {});
    // The same within so much time; false: others are at work still, take what is there.
    Result<bool> catch_up_within(std::chrono::milliseconds, Progress const& = {});
    // From nothing; daily sales follow whatever they are derived from. Old rows stay visible until the new stand. Errors: as catch_up, facts_locked.
    Result<void> rebuild(std::span<Table const>, Progress const&);

    // The same snapshot until something is committed, so that check sums are proved once.
    Result<facts::Table> open(Table) const;  // errors: facts_not_found, facts_corrupt
    Result<std::vector<TableStatus>> status();
    void rest();  // lets go of files and dictionaries until the next work

private:
    struct Notes {
        std::set<std::string> orders, products, forgotten;
        bool all_products = false;
        bool removed = false;  // rows that were read may be gone
    };
    struct Heads {
        std::string zone;
        std::int64_t lines = 0, returns = 0, events = 0, moves = 0;
    };
    struct Work;

    Result<Heads> heads(Transaction&) const;
    Result<CaughtUp> work(Progress const&, std::span<Table const> rebuild);
    Result<CaughtUp> work_or_heal(Progress const&);
    Result<void> read_table(Work&, Table, bool afresh);
    Result<void> derive(Work&, bool afresh);
    Result<void> compare_with_store(Work&);
    Result<void> find_moved_products(Work&);
    Result<void> find_forgotten(Work&);
    Result<facts::Appender*> appender(Table, facts::Start);
    std::string stored_watermark(Table) const;
    std::filesystem::path folder_of(Table t) const { return folder_ / name_of(t); }

    Store& store_;
    std::filesystem::path folder_;
    std::int64_t shop_id_;

    mutable std::timed_mutex work_mutex_;
    std::array<std::unique_ptr<facts::Appender>, table_count> appenders_;
    std::unordered_set<std::string> forgotten_;
    std::map<std::string, std::string> category_of_;   // of products in the facts, as the facts have it
    std::map<std::string, std::string> state_of_;      // orders added again by this process, to do it once
    std::optional<WallClock> days_;
    std::string zone_;
    bool compared_ = false;

    mutable std::mutex snapshots_mutex_;
    mutable std::array<std::optional<facts::Table>, table_count> snapshots_;
    std::atomic<std::int64_t> commits_ = 0;
    mutable std::mutex notes_mutex_;
    std::string last_error_;
    Notes notes_;
    std::atomic<bool> noted_ = false;
};

}  // namespace kindling::shop::analysis
