#include "shop/files/table_reader.h"
#include "shop/files/csv_reader.h"
#include "shop/files/jsonl_reader.h"
#include <algorithm>

namespace kindling::shop::files {
namespace {

Result<std::unique_ptr<TableReader>> open(std::unique_ptr<ByteSource> bytes, TableOptions options) {
    auto text = std::make_unique<DecodedSource>(std::move(bytes), options.encoding);
    auto const first = TRY(text->first_character());
    if (options.format == Format::detect) {
        if (first == '[')
            return fail(Errc::invalid_argument, "unsupported_file", "This is one JSON list. Write one object per line (JSON Lines), without commas between them and without brackets around them.");
        if (first == '<') return fail(Errc::invalid_argument, "unsupported_file", "This is HTML or XML, not a table in text form. Export it as CSV.");
        options.format = first == '{' ? Format::jsonl : Format::csv;
    }
    if (options.format == Format::jsonl) return TRY(JsonlReader::create(std::move(text), options));
    return TRY(CsvReader::create(std::move(text), options));
}

}  // namespace

std::string_view name_of(RowProblem problem) {
    switch (problem) {
        case RowProblem::none: return "none";
        case RowProblem::too_few_cells: return "too_few_cells";
        case RowProblem::too_many_cells: return "too_many_cells";
        case RowProblem::unclosed_quote: return "unclosed_quote";
        case RowProblem::text_after_quote: return "text_after_quote";
        case RowProblem::broken_text: return "broken_text";
        case RowProblem::record_too_long: return "record_too_long";
        case RowProblem::malformed_json: return "malformed_json";
        case RowProblem::not_an_object: return "not_an_object";
    }
    return "none";
}

Result<std::unique_ptr<TableReader>> open_table(std::filesystem::path const& path, TableOptions options) {
    return open(TRY(open_file(path, options.source)), options);
}

Result<std::unique_ptr<TableReader>> open_table_bytes(std::string bytes, TableOptions options) {
    return open(TRY(open_bytes(std::move(bytes), options.source)), options);
}

int column_index(TableReader const& table, std::string_view name) {
    auto const columns = table.columns();
    auto const found = std::ranges::find(columns, name);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

}  // namespace kindling::shop::files
