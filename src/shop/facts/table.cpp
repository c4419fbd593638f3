#include "shop/facts/table.h"
#include "shop/facts/checksum.h"
#include "shop/facts/dictionary.h"
#include "shop/facts/file.h"
#include <algorithm>
#include <atomic>
#include <cstring>
#include <fmt/format.h>
#include <mutex>

namespace kindling::shop::facts {

namespace {
constexpr int scans_before_index = 8;
}

struct Column::State {
    ColumnSpec spec;
    std::vector<Packed> packed;
    std::vector<std::pair<std::int64_t, std::uint32_t>> rows_and_crc;  // of each chunk, for the proof
    DictionaryState dictionary;
    Mapping values, texts, ends;
    std::int64_t smallest = 0, largest = -1;

    mutable std::once_flag proved, indexed;
    mutable std::string damage;  // what the proof found
    mutable TextIndex index;
    mutable std::atomic<int> scans = 0;  // lookups answered without the index

    std::string_view text(std::int64_t code) const {
        auto const end_of = [&](std::int64_t i) {
            std::uint64_t end;
            std::memcpy(&end, ends.data() + i * 8, 8);
            return end;
        };
        auto const begin = code == 0 ? 0 : end_of(code - 1);
        return {texts.data() + begin, static_cast<std::size_t>(end_of(code) - begin)};
    }

    std::string find_damage() const {
        for (std::size_t i = 0; i < packed.size(); ++i) {
            auto const bytes = static_cast<std::size_t>(rows_and_crc[i].first * packed[i].width);
            if (checksum(packed[i].data, bytes) != rows_and_crc[i].second) return fmt::format("chunk {} of {}", i, spec.name);
        }
        if (checksum(texts.data(), texts.size()) != dictionary.texts_crc || checksum(ends.data(), ends.size()) != dictionary.ends_crc) return fmt::format("the dictionary of {}", spec.name);
        std::uint64_t last = 0;
        for (std::int64_t i = 0; i < dictionary.entries; ++i) {
            std::uint64_t end;
            std::memcpy(&end, ends.data() + i * 8, 8);
            if (end < last || end > texts.size()) return fmt::format("the dictionary of {}", spec.name);
            last = end;
        }
        return "";
    }
};

struct Table::State {
    Manifest manifest;
    std::vector<std::unique_ptr<Column::State>> columns;
};

std::string const& Column::name() const { return state_->spec.name; }
ColumnType Column::type() const { return state_->spec.type; }
std::size_t Column::chunks() const { return state_->packed.size(); }
Packed const& Column::packed(std::size_t chunk) const { return state_->packed[chunk]; }
std::int64_t Column::smallest() const { return state_->smallest; }
std::int64_t Column::largest() const { return state_->largest; }
std::int64_t Column::texts() const { return state_->dictionary.entries; }

void Column::read(std::size_t chunk, std::size_t first, std::span<double> out) const { std::memcpy(out.data(), packed(chunk).data + first * sizeof(double), out.size_bytes()); }

std::string_view Column::text(std::int64_t code) const {
    if (code < 0 || code >= state_->dictionary.entries) return {};
    return state_->text(code);
}

std::optional<std::int64_t> Column::code_of(std::string_view text) const {
    auto const text_of = [this](std::int64_t code) { return state_->text(code); };
    // A snapshot that is asked for a few texts only is read through faster than indexed.
    if (state_->scans.fetch_add(1, std::memory_order_relaxed) < scans_before_index) {
        for (std::int64_t code = 0; code < state_->dictionary.entries; ++code)
            if (state_->text(code) == text) return code;
        return std::nullopt;
    }
    std::call_once(state_->indexed, [&] {
        state_->index.reserve(state_->dictionary.entries + 1);
        for (std::int64_t code = 0; code < state_->dictionary.entries; ++code) state_->index.add(state_->text(code), text_of);
    });
    auto const code = state_->index.find(text, text_of);
    return code < 0 ? std::nullopt : std::optional(code);
}

namespace {

Result<std::unique_ptr<Column::State>> map_column(std::filesystem::path const& folder, Manifest const& m, std::size_t i) {
    auto state = std::make_unique<Column::State>();
    state->spec = m.schema[i];
    state->dictionary = m.dictionaries[i];
    state->values = TRY(Mapping::map(column_file(folder, m, i), m.column_bytes[i]));
    state->texts = TRY(Mapping::map(texts_file(folder, m, i), m.dictionaries[i].bytes));
    state->ends = TRY(Mapping::map(ends_file(folder, m, i), m.dictionaries[i].entries * 8));
    for (auto const& chunk : m.chunks) {
        auto const& c = chunk.columns[i];
        if (state->packed.empty()) state->smallest = c.base, state->largest = c.max;
        state->smallest = std::min(state->smallest, c.base), state->largest = std::max(state->largest, c.max);
        state->packed.push_back({c.base, c.max, c.width, c.width ? state->values.data() + c.offset : nullptr});
        state->rows_and_crc.emplace_back(chunk.rows, c.crc);
    }
    return state;
}

}  // namespace

Result<Table> Table::open(std::filesystem::path const& folder) {
    // A compaction may unlink the files of the manifest just read; then there is a newer manifest.
    for (int attempt = 0;; ++attempt) {
        auto state = std::make_shared<State>();
        state->manifest = TRY(load_manifest(folder));
        Result<void> mapped{};
        for (std::size_t i = 0; i < state->manifest.schema.size() && mapped; ++i) {
            auto column = map_column(folder, state->manifest, i);
            if (column) state->columns.push_back(std::move(*column));
            else mapped = std::unexpected(std::move(column).error());
        }
        if (mapped) return Table(std::move(state));
        auto const now = load_manifest(folder);
        if (attempt == 10 || !now || now->generation == state->manifest.generation)
            return fail(Errc::failed_precondition, "facts_corrupt", mapped.error().message + " Rebuild the facts from the shop's state.");
    }
}

std::int64_t Table::rows() const { return state_->manifest.rows(); }
std::size_t Table::chunks() const { return state_->manifest.chunks.size(); }
std::int64_t Table::chunk_rows(std::size_t chunk) const { return state_->manifest.chunks[chunk].rows; }
Schema const& Table::schema() const { return state_->manifest.schema; }
std::string const& Table::watermark() const { return state_->manifest.watermark; }
std::int64_t Table::commits() const { return state_->manifest.commits; }

Result<Column> Table::column(std::string_view name) const {
    auto const i = column_index(schema(), name);
    if (i < 0) {
        std::string names;
        for (auto const& spec : schema()) names += (names.empty() ? "" : ", ") + spec.name;
        return fail(Errc::invalid_argument, "facts_no_such_column", fmt::format("There is no column {}. There are: {}.", name, names));
    }
    auto const& column = *state_->columns[static_cast<std::size_t>(i)];
    std::call_once(column.proved, [&] { column.damage = column.find_damage(); });
    if (!column.damage.empty())
        return fail(Errc::failed_precondition, "facts_corrupt", fmt::format("The fact table is damaged: the check sum of {} is wrong. Rebuild the facts from the shop's state.", column.damage));
    return Column(column);
}

}  // namespace kindling::shop::facts
