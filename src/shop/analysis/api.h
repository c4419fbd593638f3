// shop/analysis/api.h -- what the facts.* operations take and give.
#pragma once
#include "core/type.h"

namespace kindling::shop {

struct FactColumn {
    std::string name, type, meaning;
    static constexpr Field fields[] = {field("name", "Name.", "列名。"), field("type", "integer, real, day, text or boolean.", "integer 整数、real 实数、day 日期、text 文本、boolean 布尔。"), field("meaning", "What it holds.", "含义。")};
};
BOOST_DESCRIBE_STRUCT(FactColumn, (), (name, type, meaning))

struct FactTableStatus {
    std::string table, state;
    std::int64_t rows = 0, bytes = 0, behind = 0;
    std::string watermark;
    std::vector<FactColumn> columns;
    static constexpr Field fields[] = {field("table", "Name.", "表名。"), field("state", "ready, behind, missing, outdated or damaged; all but the first two are mended at the next catch-up.", "ready 就绪、behind 追赶中、missing 缺失、outdated 过期、damaged 损坏；后三者在下次追赶时自动修复。"),
                                       field("rows", "Rows.", "行数。"), field("bytes", "On disk.", "磁盘占用字节数。"), field("behind", "Rows of the shop's state that are not in it yet.", "尚未读入的行数。"), field("watermark", "How far the shop's state was read.", "已读取到的位置。"), field("columns", "Its columns.", "各列。")};
};
BOOST_DESCRIBE_STRUCT(FactTableStatus, (), (table, state, rows, bytes, behind, watermark, columns))

struct FactsStatus {
    std::vector<FactTableStatus> tables;
    std::string problem;
    static constexpr Field fields[] = {field("tables", "The fact tables.", "各事实表。"), field("problem", "What kept the last catch-up from succeeding; empty: nothing.", "上次追赶失败的原因；无则为空。")};
};
BOOST_DESCRIBE_STRUCT(FactsStatus, (), (tables, problem))

enum class FactTest { is, is_not, less, at_most, greater, at_least, one_of, starts_with, contains };
BOOST_DESCRIBE_ENUM(FactTest, is, is_not, less, at_most, greater, at_least, one_of, starts_with, contains)

struct FactCondition {
    std::string column;
    FactTest test = FactTest::is;
    json::value value;
    static constexpr Field fields[] = {field("column", "Which column.", "列名。").longest(64), field("test", "How it compares; starts_with and contains are for texts.", "比较方式；starts_with 与 contains 仅用于文本。").defaulted(),
                                       field("value", "A number, a text, true or false, a day as \"2026-01-31\"; for one_of a list of them.", "数字、文本、真假或日期（如 \"2026-01-31\"）；one_of 时为列表。")};
};
BOOST_DESCRIBE_STRUCT(FactCondition, (), (column, test, value))

enum class FactStep { value, week, month, year, weekday };
BOOST_DESCRIBE_ENUM(FactStep, value, week, month, year, weekday)

struct FactKey {
    std::string column;
    FactStep step = FactStep::value;
    static constexpr Field fields[] = {field("column", "Which column.", "列名。").longest(64), field("step", "Of a day: week (its Monday), month (its first), year, or weekday from 1, Monday, to 7.", "日期粒度：week 周（周一）、month 月（首日）、year 年、weekday 星期几（1 为周一）。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(FactKey, (), (column, step))

enum class FactMeasureKind { count, sum, minimum, maximum, average, distinct };
BOOST_DESCRIBE_ENUM(FactMeasureKind, count, sum, minimum, maximum, average, distinct)

struct FactMeasure {
    FactMeasureKind kind = FactMeasureKind::count;
    std::string column, times, name;
    static constexpr Field fields[] = {field("kind", "What to compute.", "计算方式。").defaulted(), field("column", "Of which column; count needs none.", "针对哪一列；count 无需填写。").defaulted().longest(64),
                                       field("times", "For a sum: multiplied by this column, row by row (quantity x unit_price_minor).", "求和时逐行乘以此列（如 数量×单价）。").defaulted().longest(64), field("name", "Name in the answer; empty: made from kind and column.", "结果中的列名；空则自动生成。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(FactMeasure, (), (kind, column, times, name))

enum class FactDirection { ascending, descending };
BOOST_DESCRIBE_ENUM(FactDirection, ascending, descending)

struct FactOrder {
    std::string column;
    FactDirection direction = FactDirection::ascending;
    static constexpr Field fields[] = {field("column", "A column of the answer.", "结果中的列。").longest(140), field("direction", "Direction.", "方向。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(FactOrder, (), (column, direction))

struct FactsQuery {
    std::string table;
    std::vector<FactCondition> where;
    std::vector<FactKey> group_by;
    std::vector<FactMeasure> measures;
    std::vector<std::string> columns;
    std::vector<FactOrder> order;
    std::int64_t limit = 1000;
    static constexpr Field fields[] = {field("table", "order_lines, events, stock_moves or daily_sales.", "order_lines 订单行、events 事件、stock_moves 库存变动、daily_sales 每日销售。").longest(64), field("where", "Conditions, all of which must hold.", "条件，须全部满足。").defaulted().longest(50),
                                       field("group_by", "One row for each combination of these, at most three.", "分组列，最多三个。").defaulted().longest(3), field("measures", "What to compute of each group; without groups, of all rows.", "各组（或全部行）的度量。").defaulted().longest(20),
                                       field("columns", "Instead of groups and measures: rows as they are, with these columns.", "不分组时返回原始行的这些列。").defaulted().longest(50), field("order", "Order of the answer.", "排序。").defaulted().longest(5), field("limit", "Most rows.", "最多行数。").defaulted().range(1, 100'000)};
};
BOOST_DESCRIBE_STRUCT(FactsQuery, (), (table, where, group_by, measures, columns, order, limit))

struct AnswerColumn {
    std::string name, type;
    static constexpr Field fields[] = {field("name", "Name.", "列名。"), field("type", "integer, real, day, text or boolean.", "integer 整数、real 实数、day 日期、text 文本、boolean 布尔。")};
};
BOOST_DESCRIBE_STRUCT(AnswerColumn, (), (name, type))

struct FactsAnswer {
    std::vector<AnswerColumn> columns;
    std::vector<json::value> rows;
    bool more = false, current = true;
    static constexpr Field fields[] = {field("columns", "Columns.", "列。"), field("rows", "Each a list with a value for each column; days as texts.", "每行为各列值的列表；日期为文本。"), field("more", "Whether the limit left rows out.", "是否因上限省略了部分行。"), field("current", "Whether everything recorded before the question counts.", "是否已计入提问前登记的全部数据。")};
};
BOOST_DESCRIBE_STRUCT(FactsAnswer, (), (columns, rows, more, current))

struct FactsSql {
    std::string sql;
    std::int64_t max_rows = 10'000, timeout_ms = 30'000;
    static constexpr Field fields[] = {field("sql", "One SELECT in DuckDB's SQL over order_lines, events, stock_moves and daily_sales.", "一条 DuckDB 语法的 SELECT，可用表：order_lines、events、stock_moves、daily_sales。").longest(20'000),
                                       field("max_rows", "An answer with more rows is refused.", "超过此行数则拒绝返回。").defaulted().range(1, 100'000), field("timeout_ms", "Longest time for the statement.", "语句最长执行毫秒数。").defaulted().range(1, 120'000)};
};
BOOST_DESCRIBE_STRUCT(FactsSql, (), (sql, max_rows, timeout_ms))

enum class FactsFormat { parquet, csv };
BOOST_DESCRIBE_ENUM(FactsFormat, parquet, csv)

struct ExportFacts {
    std::string table;
    FactsFormat format = FactsFormat::csv;
    static constexpr Field fields[] = {field("table", "Which table.", "哪张表。").longest(64), field("format", "csv: read by every spreadsheet; parquet: for analysis, needs DuckDB.", "csv 适用于所有表格软件；parquet 适用于分析，需要 DuckDB。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(ExportFacts, (), (table, format))

struct ExportedFacts {
    std::string file_name;
    std::int64_t rows = 0, bytes = 0;
    static constexpr Field fields[] = {field("file_name", "In the folder exports of the data folder.", "位于数据目录的 exports 文件夹。"), field("rows", "Rows written.", "行数。"), field("bytes", "Size.", "字节数。")};
};
BOOST_DESCRIBE_STRUCT(ExportedFacts, (), (file_name, rows, bytes))

struct RebuildFacts {
    std::vector<std::string> tables;
    static constexpr Field fields[] = {field("tables", "Which tables; empty: all.", "哪些表；空为全部。").defaulted().longest(4)};
};
BOOST_DESCRIBE_STRUCT(RebuildFacts, (), (tables))

struct RebuiltTable {
    std::string table;
    std::int64_t rows = 0;
    static constexpr Field fields[] = {field("table", "Name.", "表名。"), field("rows", "Rows now.", "当前行数。")};
};
BOOST_DESCRIBE_STRUCT(RebuiltTable, (), (table, rows))

struct RebuiltFacts {
    std::vector<RebuiltTable> tables;
    static constexpr Field fields[] = {field("tables", "All tables.", "全部表。")};
};
BOOST_DESCRIBE_STRUCT(RebuiltFacts, (), (tables))

}  // namespace kindling::shop
