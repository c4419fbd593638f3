#include "shop/imports/source.h"
#include "shop/imports/values.h"
#include <fmt/format.h>

namespace kindling::shop::imports {

namespace {

// new_id's form and nothing else: an identifier that could walk the folders is never made into a path.
bool is_file_id(std::string_view id) {
    return id.size() >= 8 && id.size() <= 64 && id.starts_with("fil_") && std::ranges::all_of(id.substr(4), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

files::Encoding encoding_of(TextEncoding e) {
    switch (e) {
    case TextEncoding::detect: return files::Encoding::detect;
    case TextEncoding::utf8: return files::Encoding::utf8;
    case TextEncoding::gb18030: return files::Encoding::gb18030;
    case TextEncoding::windows1252: return files::Encoding::windows1252;
    case TextEncoding::utf16le: return files::Encoding::utf16le;
    case TextEncoding::utf16be: return files::Encoding::utf16be;
    }
    return files::Encoding::detect;
}

}  // namespace

Result<Source> find_source(Context& context, std::string const& file_id, std::string const& path, TextEncoding encoding) {
    Source source;
    source.options.encoding = encoding_of(encoding);
    if (!path.empty()) {
        if (context.caller.kind != Caller::Kind::system) return fail(Errc::permission_denied, "path_not_allowed", "Files of the server's own disk are read on its command line only; upload the file and give its file_id.", {{"/path", "path_not_allowed", "must be left out"}});
        source.path = path;
        source.shown_name = source.path.filename().string();
        return source;
    }
    std::error_code failed;
    if (is_file_id(file_id)) source.path = context.services.folder / "uploads" / std::to_string(context.shop_id) / file_id;
    if (source.path.empty() || !std::filesystem::is_regular_file(source.path, failed))
        return fail(Errc::not_found, "file_not_found", "There is no such upload; upload the file again.", {{"/file_id", "file_not_found", "is not an upload of this shop"}});
    source.shown_name = file_id;
    return source;
}

Result<Look> look_at(Source const& source, std::size_t most) {
    auto const table = TRY(files::open_table(source.path, source.options));
    Look look;
    files::Row row;
    while (static_cast<std::size_t>(look.rows) < most) {
        if (!TRY(table->next(row))) { look.whole = true; break; }
        ++look.rows;
        if (look.samples.size() < row.cells.size()) look.samples.resize(row.cells.size());
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (auto& s = look.samples[i]; s.size() < 50) s.emplace_back(trimmed(row.cells[i]).substr(0, 400));
    }
    look.columns.assign(table->columns().begin(), table->columns().end());
    look.samples.resize(look.columns.size());
    look.info = table->info();
    return look;
}

Result<Preset const*> choose_preset(std::string const& wanted, std::optional<Rows> kind, std::span<std::string const> columns) {
    if (wanted == "none") return nullptr;
    auto const* found = recognise(columns, wanted);
    if (!wanted.empty() && !found) {
        bool known = false;
        std::string names;
        for (auto const& p : presets()) known = known || p.name == wanted || (p.name.starts_with(wanted) && p.name.substr(wanted.size()).starts_with('-')), names += (names.empty() ? "" : ", ") + std::string(p.name);
        if (!known) return fail(Errc::invalid_argument, "unknown_preset", fmt::format("There is no ready mapping \"{}\"; there are {}.", wanted, names), {{"/preset", "unknown_preset", "is no ready mapping"}});
        return fail(Errc::invalid_argument, "preset_does_not_fit", fmt::format("This file has not the columns of {}; its columns are: {}.", wanted, fmt::join(columns.first(std::min<std::size_t>(columns.size(), 30)), ", ")), {{"/preset", "preset_does_not_fit", "does not fit the columns"}});
    }
    if (found && kind && found->rows != *kind) return nullptr;
    return found;
}

Result<DatesSeen> dates_in(Source const& source, Rows rows, Columns const& columns, std::size_t most_rows) {
    std::vector<std::size_t> times;
    for (auto const& f : target_fields(rows))
        if (f.shape == Shape::time && columns.has(f.id)) times.push_back(static_cast<std::size_t>(columns.at[static_cast<std::size_t>(f.id)]));
    if (times.empty()) return DatesSeen::none;
    auto const table = TRY(files::open_table(source.path, source.options));
    DateWatch watch;
    files::Row row;
    for (std::size_t n = 0; n < most_rows; ++n) {
        if (!TRY(table->next(row))) break;
        for (auto t : times)
            if (t < row.cells.size()) watch.see(trimmed(row.cells[t]));
        // A hundred rows without such a date: this file does not write them so, and a stray one is refused by its line.
        if (n == 100 && watch.seen() == 0) break;
    }
    return watch.verdict();
}

}  // namespace kindling::shop::imports
