#include "shop/facts/manifest.h"
#include "core/json_text.h"
#include "core/time.h"
#include "shop/facts/checksum.h"
#include "shop/facts/file.h"
#include "shop/facts/packing.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <limits>

namespace kindling::shop::facts {
namespace {

constexpr std::string_view manifest_name = "manifest.json";

std::unexpected<Error> corrupt(std::string const& what) {
    return fail(Errc::failed_precondition, "facts_corrupt", fmt::format("The fact table's manifest is damaged ({}). Rebuild the facts from the shop's state.", what));
}

// Reads fixed shapes; any surprise makes the whole manifest corrupt, so one flag is enough.
struct Reader {
    bool good = true;
    std::int64_t number(json::value const* v, std::int64_t low, std::int64_t high) {
        if (!v || !v->is_int64() || v->get_int64() < low || v->get_int64() > high) return good = false, low;
        return v->get_int64();
    }
    std::string text(json::value const* v) {
        if (!v || !v->is_string()) return good = false, std::string();
        return std::string(v->get_string());
    }
    json::array const& list(json::value const* v) {
        static json::array const nothing;
        if (!v || !v->is_array()) return good = false, nothing;
        return v->get_array();
    }
    json::value const* at(json::array const& list, std::size_t i) { return i < list.size() ? &list[i] : nullptr; }
};

constexpr auto lowest = std::numeric_limits<std::int64_t>::min(), highest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t size_limit = std::int64_t(1) << 46;

bool sound(ChunkColumn const& c, std::int64_t rows, ColumnType type, std::int64_t file_bytes, DictionaryState const& dictionary) {
    if (c.offset % 8 != 0 || c.offset > file_bytes || rows * c.width > file_bytes - c.offset) return false;
    switch (type) {
        case ColumnType::real: return c.width == 8;
        case ColumnType::text: if (c.base < 0 || c.max >= dictionary.entries) return false; break;
        case ColumnType::boolean: if (c.base < 0 || c.max > 1) return false; break;
        case ColumnType::day: if (c.base < std::numeric_limits<Day>::min() || c.max > std::numeric_limits<Day>::max()) return false; break;
        case ColumnType::integer: break;
    }
    return c.base <= c.max && c.width == width_for(c.base, c.max);
}

}  // namespace

std::int64_t Manifest::rows() const {
    std::int64_t n = 0;
    for (auto const& chunk : chunks) n += chunk.rows;
    return n;
}

std::int64_t Manifest::live_bytes() const {
    std::int64_t n = 0;
    for (auto const& chunk : chunks)
        for (auto const& column : chunk.columns) n += (chunk.rows * column.width + 63) / 64 * 64;
    return n;
}

std::filesystem::path column_file(std::filesystem::path const& folder, Manifest const& m, std::size_t column) { return folder / fmt::format("{}.{}.column", m.schema[column].name, m.generation); }
std::filesystem::path texts_file(std::filesystem::path const& folder, Manifest const& m, std::size_t column) { return folder / fmt::format("{}.{}.texts", m.schema[column].name, m.generation); }
std::filesystem::path ends_file(std::filesystem::path const& folder, Manifest const& m, std::size_t column) { return folder / fmt::format("{}.{}.ends", m.schema[column].name, m.generation); }

std::string format_manifest(Manifest const& m) {
    json::array schema, bytes, dictionaries, chunks;
    for (auto const& column : m.schema) schema.push_back(json::array{column.name, name_of(column.type)});
    for (auto n : m.column_bytes) bytes.push_back(n);
    for (auto const& d : m.dictionaries) dictionaries.push_back(json::array{d.entries, d.bytes, std::int64_t(d.texts_crc), std::int64_t(d.ends_crc)});
    for (auto const& chunk : m.chunks) {
        json::array line{chunk.rows};
        for (auto const& c : chunk.columns) line.push_back(json::array{c.offset, c.base, c.max, std::int64_t(c.width), std::int64_t(c.crc)});
        chunks.push_back(std::move(line));
    }
    auto text = to_text(json::object{{"format", 1}, {"generation", m.generation}, {"commits", m.commits}, {"watermark", m.watermark}, {"schema", std::move(schema)},
                                     {"column_bytes", std::move(bytes)}, {"dictionaries", std::move(dictionaries)}, {"chunks", std::move(chunks)}});
    return fmt::format("{}\n{:08x}\n", text, checksum(text.data(), text.size()));
}

Result<Manifest> parse_manifest(std::string_view text) {
    auto const end = text.find('\n');
    if (end == text.npos || text.size() != end + 10) return corrupt("it is cut off");
    auto const body = text.substr(0, end);
    if (text.substr(end + 1, 8) != fmt::format("{:08x}", checksum(body.data(), body.size()))) return corrupt("its check sum is wrong");
    auto const parsed = parse_json(body);
    if (!parsed || !parsed->is_object()) return corrupt("it is not JSON");
    auto const& o = parsed->get_object();
    Reader in;
    if (in.number(o.if_contains("format"), 1, highest) != 1) return corrupt("it was written by a newer version");
    Manifest m;
    m.generation = in.number(o.if_contains("generation"), 1, highest);
    m.commits = in.number(o.if_contains("commits"), 0, highest);
    m.watermark = in.text(o.if_contains("watermark"));
    for (auto const& column : in.list(o.if_contains("schema"))) {
        auto const& pair = in.list(&column);
        auto const type = in.text(in.at(pair, 1));
        ColumnSpec spec{in.text(in.at(pair, 0)), ColumnType::integer};
        bool known = false;
        for (auto t : {ColumnType::integer, ColumnType::day, ColumnType::real, ColumnType::text, ColumnType::boolean})
            if (name_of(t) == type) spec.type = t, known = true;
        in.good = in.good && known;
        m.schema.push_back(std::move(spec));
    }
    if (!in.good || !check(m.schema)) return corrupt("its columns are not understood");
    for (auto const& n : in.list(o.if_contains("column_bytes"))) m.column_bytes.push_back(in.number(&n, 0, size_limit));
    for (auto const& d : in.list(o.if_contains("dictionaries"))) {
        auto const& part = in.list(&d);
        m.dictionaries.push_back({in.number(in.at(part, 0), 0, std::numeric_limits<std::uint32_t>::max()), in.number(in.at(part, 1), 0, size_limit),
                                  static_cast<std::uint32_t>(in.number(in.at(part, 2), 0, 0xFFFF'FFFF)), static_cast<std::uint32_t>(in.number(in.at(part, 3), 0, 0xFFFF'FFFF))});
    }
    if (!in.good || m.column_bytes.size() != m.schema.size() || m.dictionaries.size() != m.schema.size()) return corrupt("its lists have different lengths");
    for (auto const& line : in.list(o.if_contains("chunks"))) {
        auto const& part = in.list(&line);
        Chunk chunk{in.number(in.at(part, 0), 1, max_chunk_rows), {}};
        for (std::size_t i = 1; i < part.size() && in.good; ++i) {
            auto const& c = in.list(&part[i]);
            chunk.columns.push_back({in.number(in.at(c, 0), 0, size_limit), in.number(in.at(c, 1), lowest, highest), in.number(in.at(c, 2), lowest, highest),
                                     static_cast<int>(in.number(in.at(c, 3), 0, 8)), static_cast<std::uint32_t>(in.number(in.at(c, 4), 0, 0xFFFF'FFFF))});
        }
        if (!in.good || chunk.columns.size() != m.schema.size()) return corrupt("a chunk is not understood");
        for (std::size_t i = 0; i < m.schema.size(); ++i)
            if (!sound(chunk.columns[i], chunk.rows, m.schema[i].type, m.column_bytes[i], m.dictionaries[i])) return corrupt("a chunk lies outside its file");
        m.chunks.push_back(std::move(chunk));
    }
    if (!in.good) return corrupt("a part is missing");
    return m;
}

Result<Manifest> load_manifest(std::filesystem::path const& folder) {
    auto const text = read_whole_file(folder / manifest_name);
    if (!text && text.error().reason == "file_not_found")
        return fail(Errc::not_found, "facts_not_found", fmt::format("There is no fact table in {} yet. Catch the facts up first.", folder.filename().string()));
    if (!text) return std::unexpected(text.error());
    return parse_manifest(*text);
}

Result<void> save_manifest(std::filesystem::path const& folder, Manifest const& manifest, Durability durability) {
    return replace_file(folder / manifest_name, format_manifest(manifest), durability == Durability::power ? Sync::disk : Sync::none);
}

}  // namespace kindling::shop::facts
