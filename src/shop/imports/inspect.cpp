// imports.inspect: everything that is to be known before a file is taken, from its first 20,000 rows.
#include "core/utf8.h"
#include "shop/imports/source.h"
#include "shop/imports/values.h"
#include <fmt/format.h>

namespace kindling::shop::imports {

Result<Inspection> inspect_import(Context& context, InspectImport const& in) {
    auto const source = TRY(find_source(context, in.file_id, in.path, in.encoding));
    auto const look = TRY(look_at(source, 20'000));
    auto const* const preset = TRY(choose_preset(in.preset, in.kind, look.columns));
    auto const guessed = guess_kind(look.columns, look.samples);
    Inspection out{.file_id = in.file_id, .format = look.info.format == files::Format::csv ? "csv" : "jsonl", .encoding = std::string(files::name_of(look.info.encoding)), .header = look.info.header, .preset = preset ? std::string(preset->name) : ""};
    if (look.info.format == files::Format::csv) out.delimiter = std::string(1, look.info.delimiter);
    out.kind = preset ? preset->rows : in.kind.value_or(guessed.rows);
    out.kinds = {Rows::products, Rows::orders, Rows::customers, Rows::reviews};
    if (std::ranges::find(out.kinds, out.kind) == out.kinds.end()) out.kinds.push_back(out.kind);
    std::error_code failed;
    out.bytes = static_cast<std::int64_t>(std::filesystem::file_size(source.path, failed));
    out.lines_estimate = look.rows;
    if (!look.whole && look.info.consumed_bytes > 0) out.lines_estimate = std::max(look.rows, out.bytes * look.rows / look.info.consumed_bytes);

    auto const guesses = guess_columns(out.kind, look.columns, look.samples);
    auto const pairs = preset ? pairs_of(*preset, look.columns) : std::vector<ColumnField>();
    std::vector<ColumnField> mapping;
    for (std::size_t i = 0; i < look.columns.size(); ++i) {
        InspectedColumn column{.name = look.columns[i]};
        for (auto const& s : look.samples[i])
            if (!s.empty() && column.samples.size() < 5 && std::ranges::find(column.samples, s) == column.samples.end()) column.samples.push_back(repair_utf8(utf8_prefix(s, 200)));
        auto const mine = std::ranges::find(in.mapping, column.name, &ColumnField::column);
        auto const ready = std::ranges::find(pairs, column.name, &ColumnField::column);
        if (mine != in.mapping.end()) column.field = mine->field, column.confidence = 1, column.why = "you said so";
        else if (ready != pairs.end()) column.field = ready->field, column.confidence = 1, column.why = fmt::format("the ready mapping {} says so", preset->name);
        else if (!preset && guesses[i].field) column.field = guesses[i].field->name, column.confidence = guesses[i].confidence, column.why = guesses[i].why;
        // A field that a person gave to another column is free no longer.
        if (mine == in.mapping.end() && std::ranges::any_of(in.mapping, [&](auto const& m) { return m.field == column.field && m.column != column.name; })) column.field.clear(), column.confidence = 0, column.why.clear();
        if (column.field.empty()) out.unmapped.push_back(column.name);
        else mapping.push_back({column.name, column.field});
        out.columns.push_back(std::move(column));
    }
    for (auto const& f : target_fields(out.kind)) out.available.push_back({std::string(f.name), std::string(f.label.en), std::string(f.label.zh), f.need == TargetField::Need::required});

    Columns columns;
    for (auto const& m : mapping)
        if (auto const* f = find_target(out.kind, m.field))
            if (auto const at = std::ranges::find(look.columns, m.column); at != look.columns.end()) columns.at[static_cast<std::size_t>(f->id)] = static_cast<int>(at - look.columns.begin());
    out.missing = missing_fields(out.kind, preset ? preset->style : Style::plain, columns);
    if (!preset && !in.kind && guessed.sure == KindGuess::Sure::no) out.notes.push_back("What the rows are could not be concluded with certainty; choose it.");
    if (!look.info.header) out.notes.push_back("The first line does not name the columns; they are called column_1, column_2 and so on.");
    if (look.info.text_errors) out.notes.push_back(fmt::format("{} places are no text in {}; their rows will be refused unless the encoding is another one.", look.info.text_errors, files::name_of(look.info.encoding)));
    switch (TRY(dates_in(source, out.kind, columns, 20'000))) {
    case DatesSeen::none: break;
    case DatesSeen::month_first: out.date_order = DateStyle::month_first; break;
    case DatesSeen::day_first: out.date_order = DateStyle::day_first; break;
    case DatesSeen::both_possible: out.notes.push_back("Dates may begin with the month or with the day; the whole file is looked at when it is run, and date_order settles it."); break;
    case DatesSeen::contradictory: out.notes.push_back("Some dates can only begin with the month and some only with the day: the column mixes both."); break;
    }
    return out;
}

}  // namespace kindling::shop::imports
