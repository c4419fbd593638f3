// shop/imports/source.h -- the file of a request, opened, and how its columns are read: shared by inspect and run.
#pragma once
#include "shop/files/table_reader.h"
#include "shop/imports/api.h"
#include "shop/imports/guess.h"

namespace kindling::shop::imports {

struct Source {
    std::filesystem::path path;
    std::string shown_name;
    files::TableOptions options;
};
// An upload by its identifier, or a path if the caller is this machine itself. Fails with file_not_found or path_not_allowed.
Result<Source> find_source(Context&, std::string const& file_id, std::string const& path, TextEncoding);

// The first rows, by column; at most `most` of them.
struct Look {
    std::vector<std::string> columns;
    Samples samples;
    std::int64_t rows = 0;
    bool whole = false;  // the file ended
    files::TableInfo info;
};
Result<Look> look_at(Source const&, std::size_t most);

// The ready mapping of a request: named, recognised, or none. Fails with unknown_preset or preset_does_not_fit.
Result<Preset const*> choose_preset(std::string const& wanted, std::optional<Rows> kind, std::span<std::string const> columns);

// Looks at the values of the time columns: the first rows, and the whole file when they leave it open.
Result<DatesSeen> dates_in(Source const&, Rows, Columns const&, std::size_t most_rows);

}  // namespace kindling::shop::imports
