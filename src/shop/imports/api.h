// shop/imports/api.h -- products, orders, customers and reviews out of files: look at a file, correct its mapping, try it, run it.
//
// A file is one transaction: it is taken as a whole or leaves nothing, unless keep_good is asked for. Rows that cannot be read are refused
// with line, reason and cell; rows that a documented rule leaves out (stock adjustments in a sales list) are skipped and listed apart.
// What is known already stays as it is, so the same file twice changes nothing. Semantics in README.md.
#pragma once
#include "shop/context.h"
#include "shop/files/encoding.h"
#include "shop/imports/mapping.h"

namespace kindling::shop::imports {

enum class TextEncoding { detect, utf8, gb18030, windows1252, utf16le, utf16be };
BOOST_DESCRIBE_ENUM(TextEncoding, detect, utf8, gb18030, windows1252, utf16le, utf16be)
enum class DateStyle { detect, year_first, month_first, day_first };
BOOST_DESCRIBE_ENUM(DateStyle, detect, year_first, month_first, day_first)
enum class OnRefused { write_nothing, keep_good };
BOOST_DESCRIBE_ENUM(OnRefused, write_nothing, keep_good)

struct InspectImport {
    std::string file_id, path;
    std::optional<Rows> kind;
    std::string preset;
    std::vector<ColumnField> mapping;
    TextEncoding encoding = TextEncoding::detect;
    static constexpr Field fields[] = {
        field("file_id", "Uploaded file, from POST /v1/files.", "已上传的文件编号（来自 POST /v1/files）。").defaulted().longest(64),
        field("path", "File on the server's own disk; only on the command line.", "服务器本机上的文件；仅限命令行。").defaulted().longest(4000),
        field("kind", "What the rows are; left out: guessed.", "每行表示什么；不填则自动识别。"),
        field("preset", "Ready mapping, such as online-retail or shopify-products; empty: recognised; none: no ready mapping.", "预设映射，如 online-retail、shopify-products；留空自动识别；none 表示不使用。").defaulted().longest(64),
        field("mapping", "Columns whose meaning is known already; they replace the guesses.", "已确定含义的列，将替代自动识别结果。").defaulted().longest(4096),
        field("encoding", "Encoding of the text.", "文本编码。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(InspectImport, (), (file_id, path, kind, preset, mapping, encoding))

struct InspectedColumn {
    std::string name;
    std::vector<std::string> samples;
    std::string field;
    double confidence = 0;
    std::string why;
    static constexpr Field fields[] = {
        kindling::field("name", "Name of the column.", "列名。"), kindling::field("samples", "Some of its values.", "示例值。"), kindling::field("field", "Field it fills; empty: not imported.", "对应字段；留空表示不导入。"),
        kindling::field("confidence", "How sure that is, 0 to 1.", "把握程度，0 到 1。"), kindling::field("why", "What it was concluded from.", "判断依据。")};
};
BOOST_DESCRIBE_STRUCT(InspectedColumn, (), (name, samples, field, confidence, why))

struct ImportField {
    std::string name, label_en, label_zh;
    bool required = false;
    static constexpr Field fields[] = {field("name", "Name in a mapping.", "映射中使用的名称。"), field("label_en", "Label in English.", "英文标签。"), field("label_zh", "Label in Chinese.", "中文标签。"), field("required", "Whether rows of this kind need it.", "该类数据是否必须有。")};
};
BOOST_DESCRIBE_STRUCT(ImportField, (), (name, label_en, label_zh, required))

struct Inspection {
    std::string file_id, format, encoding, delimiter;
    bool header = true;
    std::string preset;
    Rows kind = Rows::products;
    std::vector<Rows> kinds;
    std::int64_t lines_estimate = 0, bytes = 0;
    std::vector<InspectedColumn> columns;
    std::vector<ImportField> available;
    std::vector<std::string> unmapped, missing, notes;
    DateStyle date_order = DateStyle::detect;
    static constexpr Field fields[] = {
        field("file_id", "The file.", "文件编号。"), field("format", "csv or jsonl.", "csv 或 jsonl。"), field("encoding", "Encoding found.", "识别出的编码。"), field("delimiter", "Sign between cells; empty for JSON Lines.", "分隔符；JSON Lines 为空。"), field("header", "Whether the first line names the columns.", "首行是否为列名。"),
        field("preset", "Ready mapping that fits; empty: none.", "适用的预设映射；没有则为空。"), field("kind", "What the rows are.", "每行表示什么。"), field("kinds", "What they could be.", "可选的类型。"), field("lines_estimate", "Rows, about.", "大约行数。"), field("bytes", "Size of the file as stored.", "文件大小（字节）。"),
        field("columns", "Columns with what they would fill.", "各列及其对应字段。"), field("available", "Fields that columns can fill.", "可对应的字段。"), field("unmapped", "Columns that would not be imported.", "不会导入的列。"), field("missing", "Fields that are needed and that no column fills.", "必需但没有对应列的字段。"), field("notes", "What to know before importing.", "导入前需要了解的事项。"),
        field("date_order", "How dates without a leading year are written; detect: none were seen or both are possible.", "不以年份开头的日期写法；detect 表示未出现或无法确定。")};
};
BOOST_DESCRIBE_STRUCT(Inspection, (), (file_id, format, encoding, delimiter, header, preset, kind, kinds, lines_estimate, bytes, columns, available, unmapped, missing, notes, date_order))

struct RunImport {
    std::string file_id, path, file_name;
    std::optional<Rows> kind;
    std::string preset;
    std::vector<ColumnField> mapping;
    std::string currency, time_zone, shop_locale;
    DateStyle date_order = DateStyle::detect;
    DecimalSign decimal = DecimalSign::point;
    TextEncoding encoding = TextEncoding::detect;
    OnRefused on_refused = OnRefused::write_nothing;
    static constexpr Field fields[] = {
        field("file_id", "Uploaded file, from POST /v1/files.", "已上传的文件编号（来自 POST /v1/files）。").defaulted().longest(64),
        field("path", "File on the server's own disk; only on the command line.", "服务器本机上的文件；仅限命令行。").defaulted().longest(4000),
        field("file_name", "What the file is called in the list of imports.", "在导入记录中显示的文件名。").defaulted().longest(300),
        field("kind", "What the rows are; left out: guessed, and refused when unsure.", "每行表示什么；不填则自动识别，无法确定时拒绝。"),
        field("preset", "Ready mapping, such as online-retail or shopify-products; empty: recognised; none: no ready mapping.", "预设映射，如 online-retail、shopify-products；留空自动识别；none 表示不使用。").defaulted().longest(64),
        field("mapping", "Every column that is imported, with its field; empty: the ready or guessed mapping.", "要导入的全部列及其字段；留空使用预设或自动识别的映射。").defaulted().longest(4096),
        field("currency", "ISO 4217 code of the amounts; empty: the ready mapping's, or the shop's.", "金额的货币代码；留空使用预设映射或店铺的货币。").defaulted().longest(3),
        field("time_zone", "IANA time zone of times that name no offset; empty: the shop's.", "不带时差的时间所属的 IANA 时区；留空使用店铺的时区。").defaulted().longest(64),
        field("shop_locale", "Usual language, en or zh, that a shop without goods and orders takes; empty: the ready mapping's, or it stays.", "尚无商品与订单的店铺将采用的默认语言：en 或 zh；留空使用预设映射的语言或保持不变。").defaulted().longest(8),
        field("date_order", "How dates without a leading year are written; detect: concluded from the whole file, and refused when both are possible.", "不以年份开头的日期写法；detect 由整份文件判断，无法确定时拒绝。").defaulted(),
        field("decimal", "Decimal sign of amounts.", "金额的小数点符号。").defaulted(), field("encoding", "Encoding of the text.", "文本编码。").defaulted(),
        field("on_refused", "write_nothing: one bad row and the file changes nothing; keep_good: bad rows are left out, with the order or product they belong to.", "write_nothing：有错误行则整份文件不导入；keep_good：跳过错误行及其所属订单或商品。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(RunImport, (), (file_id, path, file_name, kind, preset, mapping, currency, time_zone, shop_locale, date_order, decimal, encoding, on_refused))

struct ImportLine {
    std::int64_t line = 0;
    std::string column, reason, message, text;
    static constexpr Field fields[] = {field("line", "Line of the file, from 1.", "文件行号，从 1 起。"), field("column", "Column at fault, if one is.", "出错的列（如有）。"), field("reason", "Stable identifier of the reason.", "原因的固定标识。"), field("message", "What is wrong, in English.", "英文说明。"), field("text", "The cell.", "单元格内容。")};
};
BOOST_DESCRIBE_STRUCT(ImportLine, (), (line, column, reason, message, text))

struct ReasonCount {
    std::string reason;
    std::int64_t lines = 0;
    static constexpr Field fields[] = {field("reason", "Reason.", "原因。"), field("lines", "Rows that have it.", "行数。")};
};
BOOST_DESCRIBE_STRUCT(ReasonCount, (), (reason, lines))

struct ImportCounts {
    std::int64_t products = 0, customers = 0, orders = 0, order_lines = 0, reviews = 0, payments = 0, categories = 0;
    static constexpr Field fields[] = {field("products", "Products that are new or changed.", "新建或变更的商品。"), field("customers", "Customers that are new or changed.", "新建或变更的顾客。"), field("orders", "New orders.", "新增订单。"), field("order_lines", "New order lines.", "新增订单明细。"), field("reviews", "New reviews.", "新增评价。"), field("payments", "New payments.", "新增付款。"), field("categories", "New categories.", "新增类目。")};
};
BOOST_DESCRIBE_STRUCT(ImportCounts, (), (products, customers, orders, order_lines, reviews, payments, categories))

enum class ImportState { done, refused, dry_run, undone };
BOOST_DESCRIBE_ENUM(ImportState, done, refused, dry_run, undone)

struct ImportReport {
    std::string import_id, file_name, preset;
    Rows kind = Rows::products;
    ImportState state = ImportState::done;
    std::int64_t read = 0, accepted = 0, unchanged = 0, skipped = 0, refused = 0;
    ImportCounts created;
    std::vector<ReasonCount> reasons, skipped_reasons;
    std::vector<ImportLine> refused_lines, skipped_lines;
    std::vector<std::string> notes;
    std::int64_t duration_ms = 0;
    static constexpr Field fields[] = {
        field("import_id", "Import, for imports.get; empty for a dry run.", "导入编号，用于 imports.get；试运行为空。"), field("file_name", "File.", "文件名。"), field("preset", "Ready mapping that was used; empty: none.", "使用的预设映射；没有则为空。"), field("kind", "What the rows were.", "数据类型。"),
        field("state", "done; refused: nothing was kept because of refused rows; dry_run: nothing was to be kept; undone: taken back.", "done 完成；refused 因有错误行而未导入；dry_run 试运行；undone 已撤销。"),
        field("read", "Rows read.", "读取行数。"), field("accepted", "Rows that brought something new; before a refusal or in a dry run: that would have.", "带来新内容的行数；被拒绝或试运行时为本应导入的行数。"), field("unchanged", "Rows that were known already.", "已存在且未变化的行数。"), field("skipped", "Rows left out by a rule.", "按规则跳过的行数。"), field("refused", "Rows refused.", "被拒绝的行数。"),
        field("created", "What was made or changed.", "新建或变更的数量。"), field("reasons", "Refused rows by reason.", "按原因统计的被拒绝行数。"), field("skipped_reasons", "Skipped rows by rule.", "按规则统计的跳过行数。"), field("refused_lines", "The first 500; all that were kept are in imports.get.", "前 500 条；更多见 imports.get。"), field("skipped_lines", "The first 50.", "前 50 条。"),
        field("notes", "What was decided on the way.", "处理过程中的说明。"), field("duration_ms", "Time it took, milliseconds.", "耗时（毫秒）。")};
};
BOOST_DESCRIBE_STRUCT(ImportReport, (), (import_id, file_name, preset, kind, state, read, accepted, unchanged, skipped, refused, created, reasons, skipped_reasons, refused_lines, skipped_lines, notes, duration_ms))

// Reads the first rows of the file; changes nothing.
Result<Inspection> inspect_import(Context&, InspectImport const&);
// Opens its own transaction: the context's `open` stays null. Progress in bytes of the file.
Result<ImportReport> run_import(Context&, RunImport const&);

}  // namespace kindling::shop::imports

namespace kindling::shop {

// imports.inspect, imports.run, imports.list, imports.get, imports.undo.
std::vector<Operation> import_operations();

}  // namespace kindling::shop
