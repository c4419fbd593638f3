#include "shop/facts/appender.h"
#include "core/time.h"
#include "shop/facts/checksum.h"
#include "shop/facts/file.h"
#include "shop/facts/growing_dictionary.h"
#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <sys/file.h>

namespace kindling::shop::facts {
namespace {

constexpr std::int64_t waste_allowed = 4 << 20;  // bytes that no chunk uses before compaction is considered

// The rows being added, and what belongs to one column while the appender lives.
struct Pending {
    std::vector<std::int64_t> numbers;
    std::vector<double> reals;
    std::size_t size(ColumnType type) const { return type == ColumnType::real ? reals.size() : numbers.size(); }
    void clear() { numbers.clear(), reals.clear(); }
};

class FolderAppender final : public Appender {
public:
    FolderAppender(std::filesystem::path folder, File lock, Manifest manifest, Durability durability)
        : folder_(std::move(folder)), lock_(std::move(lock)), committed_(std::move(manifest)), next_(committed_), durability_(durability), pending_(next_.schema.size()), files_(next_.schema.size()) {}

    Result<void> load() {
        dictionaries_ = std::vector<GrowingDictionary>(next_.schema.size());
        for (std::size_t i = 0; i < next_.schema.size(); ++i)
            if (next_.schema[i].type == ColumnType::text) TRY(dictionaries_[i].load(folder_, next_, i));
        return {};
    }

    std::string const& watermark() const override { return committed_.watermark; }
    std::int64_t rows() const override { return committed_.rows(); }

    void integer(std::size_t column, std::int64_t value) override {
        if (!takes(column, ColumnType::text, ColumnType::real, false)) return;
        auto const type = next_.schema[column].type;
        if ((type == ColumnType::boolean && (value < 0 || value > 1)) || (type == ColumnType::day && (value < std::numeric_limits<Day>::min() || value > std::numeric_limits<Day>::max())))
            return mistake(fmt::format("{} is out of the range of column {}", value, next_.schema[column].name));
        pending_[column].numbers.push_back(value);
    }
    void real(std::size_t column, double value) override {
        if (takes(column, ColumnType::real, ColumnType::real, true)) pending_[column].reals.push_back(value);
    }
    void text(std::size_t column, std::string_view value) override {
        if (takes(column, ColumnType::text, ColumnType::text, true)) pending_[column].numbers.push_back(dictionaries_[column].code_of(value));
    }
    void end_row() override {
        ++pending_rows_;
        // Full chunks are written at once, so that a rebuild of any size needs the memory of one chunk.
        if (pending_rows_ == max_chunk_rows && mistake_.empty())
            if (auto flushed = flush(); !flushed) mistake_ = flushed.error().message, mistake_reason_ = flushed.error();
    }

    Result<std::int64_t> erase(Filter const& filter) override {
        auto erased = try_erase(filter);
        if (!erased) roll_back();
        return erased;
    }
    Result<void> commit(std::string watermark) override {
        auto done = try_commit(std::move(watermark));
        if (!done) roll_back();
        return done;
    }

private:
    bool takes(std::size_t column, ColumnType a, ColumnType b, bool wanted) {
        auto const type = column < next_.schema.size() ? next_.schema[column].type : ColumnType::integer;
        if (column < next_.schema.size() && (type == a || type == b) == wanted) return true;
        mistake(fmt::format("column {} does not take this kind of value", column));
        return false;
    }
    void mistake(std::string what) {
        if (mistake_.empty()) mistake_ = fmt::format("Row {}: {}.", pending_rows_ + 1, what);
    }
    // Codes given to new texts stay in memory and are written with the next commit: a dictionary may hold texts that no row uses.
    void roll_back() {
        next_ = committed_;
        for (auto& p : pending_) p.clear();
        pending_rows_ = 0;
        mistake_.clear();
        mistake_reason_.reset();
    }
    Result<std::int64_t> try_erase(Filter const& filter);
    Result<void> try_commit(std::string watermark);
    Result<void> flush();
    Result<void> append_chunk(std::vector<Pending> const& values, std::int64_t rows);
    Result<Pending> read_back(Chunk const& chunk, std::size_t column);
    Result<File*> file(std::size_t column);
    Result<void> compact();
    void remove_other_generations() const;
    friend Result<std::unique_ptr<Appender>> Appender::open(std::filesystem::path const&, Schema, AppenderOptions);

    std::filesystem::path folder_;
    File lock_;
    Manifest committed_, next_;
    Durability durability_;
    std::vector<Pending> pending_;
    std::int64_t pending_rows_ = 0;
    std::vector<GrowingDictionary> dictionaries_;
    std::vector<File> files_;
    bool rebuilding_ = false;  // until the first commit the folder's manifest names an older generation
    std::string mistake_;
    std::optional<Error> mistake_reason_;
};

Result<File*> FolderAppender::file(std::size_t column) {
    if (!files_[column]) files_[column] = TRY(File::open(column_file(folder_, next_, column), File::Mode::write));
    return &files_[column];
}

// Writes rows behind everything written so far and names them in the next manifest.
Result<void> FolderAppender::append_chunk(std::vector<Pending> const& values, std::int64_t rows) {
    Chunk chunk{rows, {}};
    std::string bytes;
    for (std::size_t i = 0; i < values.size(); ++i) {
        bytes.clear();
        auto& used = next_.column_bytes[i];
        ChunkColumn c{.offset = used};
        if (next_.schema[i].type == ColumnType::real) {
            bytes.assign(reinterpret_cast<char const*>(values[i].reals.data()), values[i].reals.size() * sizeof(double));
            c.width = 8;
        } else {
            auto const packed = pack(values[i].numbers, bytes);
            c.base = packed.base, c.max = packed.max, c.width = packed.width;
        }
        c.crc = checksum(bytes.data(), bytes.size());
        if (!bytes.empty()) {
            bytes.resize((bytes.size() + 63) / 64 * 64);  // the next chunk begins on a cache line
            TRY((*TRY(file(i))).write_at(used, bytes));
            used += static_cast<std::int64_t>(bytes.size());
        }
        chunk.columns.push_back(c);
    }
    next_.chunks.push_back(std::move(chunk));
    return {};
}

Result<Pending> FolderAppender::read_back(Chunk const& chunk, std::size_t column) {
    auto const& c = chunk.columns[column];
    std::string bytes(static_cast<std::size_t>(chunk.rows * c.width), '\0');
    if (!bytes.empty()) TRY((*TRY(file(column))).read_at(c.offset, bytes.data(), bytes.size()));
    if (checksum(bytes.data(), bytes.size()) != c.crc) return fail(Errc::failed_precondition, "facts_corrupt", "The fact table is damaged. Rebuild the facts from the shop's state.");
    Pending values;
    if (next_.schema[column].type == ColumnType::real) {
        values.reals.resize(static_cast<std::size_t>(chunk.rows));
        std::memcpy(values.reals.data(), bytes.data(), bytes.size());
    } else {
        values.numbers.resize(static_cast<std::size_t>(chunk.rows));
        unpack({c.base, c.max, c.width, bytes.data()}, 0, values.numbers);
    }
    return values;
}

// Pending rows become a chunk, together with the last chunks that are less than twice as long.
Result<void> FolderAppender::flush() {
    for (std::size_t i = 0; i < pending_.size(); ++i)
        if (pending_[i].size(next_.schema[i].type) != static_cast<std::size_t>(pending_rows_))
            return fail(Errc::invalid_argument, "facts_bad_row", fmt::format("Column {} has {} values for {} rows.", next_.schema[i].name, pending_[i].size(next_.schema[i].type), pending_rows_));
    if (pending_rows_ == 0) return {};
    auto rows = pending_rows_;
    auto first = next_.chunks.size();
    while (first > 0 && next_.chunks[first - 1].rows < 2 * rows && next_.chunks[first - 1].rows + rows <= max_chunk_rows) rows += next_.chunks[--first].rows;
    if (first < next_.chunks.size()) {
        std::vector<Pending> merged(pending_.size());
        for (std::size_t i = 0; i < merged.size(); ++i) {
            for (auto k = first; k < next_.chunks.size(); ++k) {
                auto const part = TRY(read_back(next_.chunks[k], i));
                merged[i].numbers.insert(merged[i].numbers.end(), part.numbers.begin(), part.numbers.end());
                merged[i].reals.insert(merged[i].reals.end(), part.reals.begin(), part.reals.end());
            }
            merged[i].numbers.insert(merged[i].numbers.end(), pending_[i].numbers.begin(), pending_[i].numbers.end());
            merged[i].reals.insert(merged[i].reals.end(), pending_[i].reals.begin(), pending_[i].reals.end());
        }
        next_.chunks.resize(first);
        TRY(append_chunk(merged, rows));
    } else {
        TRY(append_chunk(pending_, rows));
    }
    for (auto& p : pending_) p.clear();
    pending_rows_ = 0;
    return {};
}

Result<void> FolderAppender::try_commit(std::string watermark) {
    if (mistake_reason_) return std::unexpected(*mistake_reason_);
    if (!mistake_.empty()) return fail(Errc::invalid_argument, "facts_bad_row", mistake_);
    TRY(flush());
    for (std::size_t i = 0; i < next_.schema.size(); ++i)
        if (next_.schema[i].type == ColumnType::text)
            next_.dictionaries[i] = TRY(dictionaries_[i].write(next_.dictionaries[i], texts_file(folder_, next_, i), ends_file(folder_, next_, i), durability_));
    if (durability_ == Durability::power)
        for (auto const& f : files_)
            if (f) TRY(f.wait_for_disk());
    next_.watermark = std::move(watermark);
    ++next_.commits;
    TRY(save_manifest(folder_, next_, durability_));
    committed_ = next_;
    if (std::exchange(rebuilding_, false)) remove_other_generations();
    std::int64_t used = 0;
    for (auto n : committed_.column_bytes) used += n;
    auto const live = committed_.live_bytes();
    // The commit stands; when the disk has no room to compact, waste is the smaller evil.
    if (used > 2 * live + waste_allowed)
        if (!compact()) next_ = committed_, files_ = std::vector<File>(files_.size());
    return {};
}

// Copies what is alive into the next generation's files; readers of the old keep their mappings.
Result<void> FolderAppender::compact() {
    auto const old = committed_;
    auto old_files = std::exchange(files_, std::vector<File>(files_.size()));
    ++next_.generation;
    std::error_code error;
    for (std::size_t i = 0; i < old.schema.size(); ++i) {
        next_.column_bytes[i] = 0;
        for (auto& chunk : next_.chunks) {
            auto& c = chunk.columns[i];
            auto const size = static_cast<std::size_t>(chunk.rows * c.width);
            std::string bytes((size + 63) / 64 * 64, '\0');
            if (size > 0 && !old_files[i]) old_files[i] = TRY(File::open(column_file(folder_, old, i), File::Mode::read));
            if (size > 0) TRY(old_files[i].read_at(c.offset, bytes.data(), size));
            c.offset = next_.column_bytes[i];
            if (size > 0) TRY((*TRY(file(i))).write_at(c.offset, bytes));
            next_.column_bytes[i] += static_cast<std::int64_t>(bytes.size());
        }
        if (old.dictionaries[i].entries == 0) continue;
        for (auto const& [from, to] : {std::pair(texts_file(folder_, old, i), texts_file(folder_, next_, i)), std::pair(ends_file(folder_, old, i), ends_file(folder_, next_, i))})
            if (!std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing, error)) return fail(Errc::unavailable, "file_failed", "The dictionaries cannot be copied: " + error.message() + ".");
    }
    if (durability_ == Durability::power)
        for (auto const& f : files_)
            if (f) TRY(f.wait_for_disk());
    TRY(save_manifest(folder_, next_, durability_));
    committed_ = next_;
    remove_other_generations();
    return {};
}

void FolderAppender::remove_other_generations() const {
    std::error_code ignored;
    for (auto const& entry : std::filesystem::directory_iterator(folder_, ignored)) {
        auto const name = entry.path().filename().string();
        auto const ours = name.ends_with(".column") || name.ends_with(".texts") || name.ends_with(".ends");
        if (ours && name.find(fmt::format(".{}.", committed_.generation)) == name.npos) std::filesystem::remove(entry.path(), ignored);
    }
}

Result<std::int64_t> FolderAppender::try_erase(Filter const& filter) {
    if (committed_.chunks.empty()) return 0;
    auto const table = TRY(Table::open(folder_));
    auto bound = TRY(BoundFilter::bind(filter, table));
    std::int64_t erased = 0;
    std::vector<Chunk> kept;
    auto const added = std::vector<Chunk>(next_.chunks.begin(), next_.chunks.end());
    // Chunks that pending rows have already been merged into are no longer those of the snapshot.
    for (std::size_t k = 0; k < table.chunks(); ++k)
        if (k >= added.size() || added[k].rows != committed_.chunks[k].rows || added[k].columns[0].offset != committed_.chunks[k].columns[0].offset)
            return fail(Errc::conflict, "facts_rows_pending", "Erase before adding rows, or commit in between.");
    next_.chunks.clear();
    for (std::size_t k = 0; k < table.chunks(); ++k) {
        auto const rows = static_cast<std::size_t>(table.chunk_rows(k));
        std::vector<std::uint8_t> gone(rows);
        if (bound.possible(k))
            for (std::size_t first = 0; first < rows; first += batch_rows) bound.evaluate(k, first, Mask(gone).subspan(first, std::min(batch_rows, rows - first)));
        auto const count = std::ranges::count(gone, 1);
        erased += count;
        if (count == 0) {
            next_.chunks.push_back(added[k]);
        } else if (count < static_cast<std::int64_t>(rows)) {
            std::vector<Pending> rest(pending_.size());
            for (std::size_t i = 0; i < rest.size(); ++i) {
                auto const all = TRY(read_back(added[k], i));
                for (std::size_t r = 0; r < rows; ++r) {
                    if (gone[r]) continue;
                    if (all.reals.empty()) rest[i].numbers.push_back(all.numbers[r]);
                    else rest[i].reals.push_back(all.reals[r]);
                }
            }
            TRY(append_chunk(rest, static_cast<std::int64_t>(rows) - count));
        }
    }
    next_.chunks.insert(next_.chunks.end(), added.begin() + static_cast<std::ptrdiff_t>(table.chunks()), added.end());
    return erased;
}

// By the names of the files: also when a damaged manifest does not say.
std::int64_t newest_generation(std::filesystem::path const& folder) {
    std::int64_t newest = 0;
    std::error_code ignored;
    for (auto const& entry : std::filesystem::directory_iterator(folder, ignored)) {
        auto const name = entry.path().stem().string();  // "sku.12" of "sku.12.column"
        auto const dot = name.rfind('.');
        if (dot == name.npos || name.size() - dot > 18) continue;
        std::int64_t number = 0;
        for (auto c : name.substr(dot + 1)) number = c >= '0' && c <= '9' && number >= 0 ? number * 10 + (c - '0') : -1;
        newest = std::max(newest, number);
    }
    return newest;
}

}  // namespace

Result<std::unique_ptr<Appender>> Appender::open(std::filesystem::path const& folder, Schema schema, AppenderOptions options) {
    TRY(check(schema));
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return fail(Errc::unavailable, "file_failed", fmt::format("The folder {} cannot be made: {}.", folder.string(), error.message()));
    auto lock = TRY(File::open(folder / "lock", File::Mode::write));
    if (::flock(lock.descriptor(), LOCK_EX | LOCK_NB) != 0) return fail(Errc::conflict, "facts_locked", fmt::format("Another process is writing the facts in {}.", folder.filename().string()));

    Manifest manifest;
    auto existing = load_manifest(folder);
    auto const rebuild = options.start == Start::from_nothing;
    if (!existing && existing.error().reason != "facts_not_found" && !rebuild) return std::unexpected(existing.error());
    if (existing && !rebuild && existing->schema != schema)
        return fail(Errc::failed_precondition, "facts_schema_changed", fmt::format("The facts in {} have other columns than this version writes. Rebuild them.", folder.filename().string()));
    if (existing && !rebuild) {
        manifest = std::move(*existing);
    } else {
        manifest.generation = newest_generation(folder) + 1;
        manifest.column_bytes.assign(schema.size(), 0);
        manifest.dictionaries.assign(schema.size(), {});
        manifest.commits = existing ? existing->commits : 0;
        manifest.schema = std::move(schema);
    }
    auto appender = std::make_unique<FolderAppender>(folder, std::move(lock), std::move(manifest), options.durability);
    appender->rebuilding_ = rebuild;
    if (!rebuild) appender->remove_other_generations();  // what an interrupted compaction or rebuild left
    TRY(appender->load());
    return appender;
}

}  // namespace kindling::shop::facts
