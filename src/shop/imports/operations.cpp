#include "core/json_text.h"
#include "shop/imports/api.h"
#include "shop/imports/export.h"
#include "shop/imports/undo.h"
#include "shop/page.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace imports {

namespace {

struct ListImports {
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListImports, (), (page_size, page_token))

struct ImportEntry {
    std::string import_id, file_name, kind, preset, state, user_name;
    std::int64_t lines = 0, accepted = 0, unchanged = 0, skipped = 0, refused = 0, at_ms = 0;
    bool undoable = false;
    std::optional<std::int64_t> undone_at_ms;
    static constexpr Field fields[] = {
        field("import_id", "Import.", "导入编号。"), field("file_name", "File.", "文件名。"), field("kind", "What the rows were.", "数据类型。"), field("preset", "Ready mapping; empty: none.", "预设映射；没有则为空。"), field("state", "done, refused or undone.", "done 完成、refused 未导入或 undone 已撤销。"), field("user_name", "Who ran it.", "操作人。"),
        field("lines", "Rows read.", "读取行数。"), field("accepted", "Rows that brought something new.", "带来新内容的行数。"), field("unchanged", "Rows that were known already.", "未变化的行数。"), field("skipped", "Rows left out by a rule.", "按规则跳过的行数。"), field("refused", "Rows refused.", "被拒绝的行数。"), field("at_ms", "When, milliseconds since 1970 UTC.", "时间（UTC 毫秒）。"), field("undoable", "Whether imports.undo has something to take back: within 30 days.", "是否可用 imports.undo 撤销（30 天内）。"), field("undone_at_ms", "When it was taken back.", "撤销时间。")};
};
BOOST_DESCRIBE_STRUCT(ImportEntry, (), (import_id, file_name, kind, preset, state, user_name, lines, accepted, unchanged, skipped, refused, at_ms, undoable, undone_at_ms))

struct ImportPage {
    std::vector<ImportEntry> imports;
    std::string next_page_token;
    static constexpr Field fields[] = {field("imports", "Newest first.", "最新在前。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(ImportPage, (), (imports, next_page_token))

enum class LineOutcome { refused, skipped };
BOOST_DESCRIBE_ENUM(LineOutcome, refused, skipped)

struct GetImport {
    std::string import_id;
    LineOutcome lines = LineOutcome::refused;
    std::int64_t page_size = 100;
    std::string page_token;
    static constexpr Field fields[] = {field("import_id", "Which import.", "哪次导入。").longest(64), field("lines", "Which rows to show: refused, or skipped by a rule.", "查看被拒绝的行还是按规则跳过的行。").defaulted(), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(GetImport, (), (import_id, lines, page_size, page_token))

struct ImportDetail {
    ImportReport report;
    std::vector<ImportLine> lines;
    std::string next_page_token;
    static constexpr Field fields[] = {field("report", "The report, without its lines.", "导入报告（不含明细行）。"), field("lines", "The rows asked for, at most 10,000 of an import are kept.", "所查看的行；每次导入最多保留 10,000 行。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(ImportDetail, (), (report, lines, next_page_token))

// Inspecting reads files and not the store, but its permission is that of importing: uploads may hold anything.
Result<Inspection> inspect(Context& context, InspectImport const& in) { return inspect_import(context, in); }
Result<ImportReport> run(Context& context, RunImport const& in) { return run_import(context, in); }
Result<WrittenExport> write(Context& context, WriteExport const& in) { return write_export(context, in); }
Result<UndoneImport> undo(Context& context, UndoImport const& in) { return undo_import(context, in); }

Result<ImportPage> list(Context& context, ListImports const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("imports", in.page_token, 2));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (!keys.empty()) where += " AND (created_at_ms, import_id) < (?, ?)", values.emplace_back(static_cast<std::int64_t>(std::atoll(keys[0].c_str()))), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    values.insert(values.begin(), Value(context.now - undo_days * milliseconds_per_day));
    ImportPage page{TRY(tx.select_with<ImportEntry>(fmt::format("SELECT import_id, file_name, kind, mapping AS preset, state, caller AS user_name, lines, accepted, unchanged, skipped, refused, created_at_ms AS at_ms, undone_at_ms, CASE WHEN state = 'done' AND created_at_ms >= ? AND EXISTS (SELECT 1 FROM import_changes c WHERE c.shop_id = imports.shop_id AND c.import_id = imports.import_id) THEN 1 ELSE 0 END AS undoable FROM imports WHERE {} ORDER BY created_at_ms DESC, import_id DESC LIMIT ?", where), values)), {}};
    if (page.imports.size() > static_cast<std::size_t>(in.page_size)) {
        page.imports.pop_back();
        std::string const last[] = {std::to_string(page.imports.back().at_ms), page.imports.back().import_id};
        page.next_page_token = page_token("imports", last);
    }
    return page;
}

Result<ImportDetail> get(Context& context, GetImport const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("import_lines", in.page_token, 1));
    ImportDetail detail;
    bool found = false;
    Value const which[] = {tx.shop_id(), in.import_id};
    TRY(tx.run("SELECT report, state FROM imports WHERE shop_id = ? AND import_id = ?", which, [&](Row const& row) -> Result<void> {
        found = true;
        detail.report = TRY(read_json<ImportReport>(TRY(parse_json(row.text(0)))));
        if (row.text(1) == "undone") detail.report.state = ImportState::undone;
        return {};
    }));
    if (!found) return fail(Errc::not_found, "import_not_found", fmt::format("There is no import \"{}\".", in.import_id), {{"/import_id", "import_not_found", "is not an import of this shop"}});
    std::int64_t last = keys.empty() ? -1 : std::atoll(keys[0].c_str());
    Value const values[] = {tx.shop_id(), in.import_id, name(in.lines), last, in.page_size + 1};
    TRY(tx.run("SELECT position, line, column_name, reason, message, cell FROM import_lines WHERE shop_id = ? AND import_id = ? AND outcome = ? AND position > ? ORDER BY position LIMIT ?", values, [&](Row const& row) -> Result<void> {
        if (detail.lines.size() == static_cast<std::size_t>(in.page_size)) {
            auto const key = std::to_string(last);
            detail.next_page_token = page_token("import_lines", std::span(&key, 1));
            return {};
        }
        last = row.integer(0);
        detail.lines.push_back({row.integer(1), std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5))});
        return {};
    }));
    return detail;
}

}  // namespace

}  // namespace imports

std::vector<Operation> import_operations() {
    using namespace imports;
    std::vector<std::string_view> const file_reasons = {"file_not_found", "path_not_allowed", "file_unreadable", "unsupported_file", "empty_file", "too_many_columns", "read_failed", "corrupt_archive", "truncated_archive", "archive_too_large", "unknown_preset", "preset_does_not_fit"};
    auto run_reasons = file_reasons;
    for (auto r : {"kind_unsure", "mapping_incomplete", "ambiguous_dates", "currency_differs", "cannot_open_sealed", "sku_taken", "order_not_found"}) run_reasons.push_back(r);
    return {
        operation({.name = "imports.inspect", .scenario = "0", .summary = {"Look at an uploaded file: its columns, what they probably mean, and what is missing.", "查看上传的文件：有哪些列、可能的含义以及缺少什么。"}, .permission = "imports.write", .reasons = file_reasons}, &inspect),
        operation({.name = "imports.run", .scenario = "0", .summary = {"Bring products, orders, customers or reviews in from a file, with a report of every row that was refused.", "从文件导入商品、订单、顾客或评价，并报告每一条被拒绝的行。"}, .effect = Effect::act, .permission = "imports.write", .reasons = run_reasons, .length = Length::long_}, &run),
        operation({.name = "imports.list", .scenario = "0", .summary = {"Imports, newest first.", "导入记录，最新在前。"}, .permission = "imports.read"}, &list),
        operation({.name = "imports.get", .scenario = "0", .summary = {"One import with its refused or skipped rows.", "一次导入及其被拒绝或跳过的行。"}, .permission = "imports.read", .reasons = {"import_not_found"}}, &get),
        operation({.name = "exports.write", .scenario = "0", .summary = {"Write products, customers or orders to a CSV, JSON Lines or Parquet file that can be fetched.", "将商品、顾客或订单写成可下载的 CSV、JSON Lines 或 Parquet 文件。"}, .effect = Effect::act, .permission = "exports.write", .reasons = {"duckdb_not_installed", "duckdb_failed", "cannot_open_sealed"}, .length = Length::long_}, &write),
        operation({.name = "imports.undo", .scenario = "0", .summary = {"Take an import back within 30 days: what it made is removed, what it changed is restored; refused when something depends on it since.", "在 30 天内撤销一次导入：移除其新建内容，恢复其修改内容；若此后有数据依赖则拒绝。"}, .effect = Effect::act, .permission = "imports.write", .reasons = {"import_not_found", "nothing_to_undo", "undo_expired", "import_depended_on"}}, &undo),
    };
}

}  // namespace kindling::shop
