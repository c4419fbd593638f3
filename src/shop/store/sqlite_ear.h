// shop/store/sqlite_ear.h -- hears what other processes committed to the same file: the command line beside a running server.
//
// SQLite has no NOTIFY. Each commit that changed something leaves a row in kindling_news, in the same transaction; a thread asks
// `PRAGMA data_version` on a connection of its own a few times a second and reads the new rows when it moved. The question reads one
// word of shared memory (some microseconds), so a server at rest pays nothing to speak of; rows of one's own are dropped.
// The last few thousand rows are kept, and of a commit that forgets somebody nothing older; who was further behind than that counts everything as changed.
#pragma once
#include "shop/store/store.h"
#include <thread>

struct sqlite3;

namespace kindling::shop {

class SqliteEar {
public:
    using Tell = std::function<void(std::span<Change const>)>;
    static constexpr std::string_view table = "CREATE TABLE IF NOT EXISTS kindling_news (number INTEGER PRIMARY KEY, process TEXT NOT NULL, news TEXT NOT NULL)";
    static constexpr std::int64_t kept = 4096, at_once = 512;  // rows; trimmed so many at a time
    static constexpr std::size_t most_bytes = 20'000;           // of one commit's news; beyond, "many of this kind"

    // `heard`: the number of the last row that is older than whatever the listeners keep.
    SqliteEar(std::string path, std::string process, std::int64_t heard, Tell tell);

private:
    void live(std::stop_token stop);
    void listen_once(sqlite3* db);

    std::string path_, process_;
    std::int64_t heard_, version_ = -1;
    Tell tell_;
    std::jthread thread_;
};

}  // namespace kindling::shop
