// modules/forecast/planner.h -- what planners, analysts and suppliers ask and change: lists, accuracy, edits, the trusted model, files.
#pragma once
#include "modules/forecast/paths.h"
#include "modules/forecast/tree.h"
#include "shop/imports/export.h"
#include <unordered_map>

namespace kindling::forecast {

enum class ListOrder { units, change, miss };
BOOST_DESCRIBE_ENUM(ListOrder, units, change, miss)

struct ListForecast {
    Level level = Level::product;
    std::string query, category_id;
    ListOrder order = ListOrder::units;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {
        field("level", "category, product or variant.", "category 类目、product 商品或 variant 规格。").defaulted(), field("query", "Only names or ids with this in them.", "名称或编号包含此文字。").defaulted().longest(200), field("category_id", "Only what lies under this category.", "仅此类目之下。").defaulted().longest(128),
        field("order", "units: most expected first; change: most changed since the forecast before; miss: most missed since then.", "units 按预期数量；change 按较上次预测的变化；miss 按上次以来的误差。").defaulted(), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListForecast, (), (level, query, category_id, order, page_size, page_token))

struct ForecastItem {
    std::string id, title_en, title_zh, category_id, parent_id;
    double sold_28 = 0, ahead_28 = 0, low_28 = 0, high_28 = 0;
    std::optional<double> before_28, expected, came;
    bool edited = false;
    std::vector<std::string> notes;
    static constexpr Field fields[] = {
        field("id", "Category, product or SKU.", "类目、商品或 SKU。"), field("title_en", "Name in English.", "英文名称。"), field("title_zh", "Name in Chinese.", "中文名称。"), field("category_id", "Its category.", "所属类目。"), field("parent_id", "Of a category the one above; of a variant its product.", "类目的上级；规格所属商品。"),
        field("sold_28", "Units sold in the last 28 days.", "近 28 天销量。"), field("ahead_28", "Units expected in the next 28 days.", "未来 28 天预计销量。"), field("low_28", "10 % quantile of that sum.", "该总量的 10% 分位。"), field("high_28", "90 % quantile.", "90% 分位。"), field("before_28", "What the forecast before expected of the same days.", "上次预测对同一时段的预期。"),
        field("expected", "What the forecast before expected of the days since then.", "上次预测对其后至今的预期。"), field("came", "What came of them.", "同期实际。"), field("edited", "A planner changed it.", "有人工调整。"), field("notes", "What to know.", "说明。")};
};
BOOST_DESCRIBE_STRUCT(ForecastItem, (), (id, title_en, title_zh, category_id, parent_id, sold_28, ahead_28, low_28, high_28, before_28, expected, came, edited, notes))

struct ForecastPage {
    std::vector<ForecastItem> items;
    std::int64_t total = 0;
    std::string next_page_token, before_run_id, before_first_day;
    static constexpr Field fields[] = {field("items", "Rows.", "条目。"), field("total", "How many there are in all.", "总数。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。"), field("before_run_id", "The forecast before, that changes and misses are counted from; empty: there is none.", "作为比较的上次预测；没有则为空。"), field("before_first_day", "Its first day.", "其首日。")};
};
BOOST_DESCRIBE_STRUCT(ForecastPage, (), (items, total, next_page_token, before_run_id, before_first_day))

enum class ScoreKind { backtest, kept, looked_back };
BOOST_DESCRIBE_ENUM(ScoreKind, backtest, kept, looked_back)

struct AskAccuracy {
    std::optional<ScoreKind> kind;
    std::string run_id;
    static constexpr Field fields[] = {
        field("kind", "kept: forecasts made before the days came, all runs together; looked_back: made for days known already; backtest: the newest run's own earlier origins. Left out: kept when there is any, else backtest.", "kept 事前所作的预测（全部运行合计）；looked_back 回看所作；backtest 最新一次运行的回测。不填：有 kept 用 kept，否则 backtest。"),
        field("run_id", "Only this forecast.", "仅此预测。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(AskAccuracy, (), (kind, run_id))

struct Accuracy {
    Model model = Model::smoothing;
    Level level = Level::total;
    std::int64_t from_day = 1;
    std::optional<std::int64_t> to_day;
    std::int64_t points = 0;
    double sold = 0, wape = 0, bias = 0;
    std::optional<double> mase;
    double pinball = 0, in_50 = 0, in_80 = 0, in_90 = 0;
    std::optional<double> beside_naive, wape_28, beside_naive_28, rmse_beside_naive;
    static constexpr Field fields[] = {
        field("model", "The model.", "模型。"), field("level", "Level.", "层级。"), field("from_day", "Of these days ahead, the first.", "预测期起（第几天）。"), field("to_day", "The last; left out: all that are forecast.", "预测期止；不填为全部。"), field("points", "Nodes times days.", "节点数×天数。"), field("sold", "Units that came.", "实际数量。"),
        field("wape", "Sum of |misses| divided by what came.", "误差绝对值之和与实际之比。"), field("bias", "Sum of (forecast - came) divided by what came.", "（预测−实际）之和与实际之比。"), field("mase", "Mean |miss| beside the mean change of a week.", "平均误差与周变化均值之比。"), field("pinball", "Mean quantile loss, doubled, divided by what came a node and day; reads like wape.", "分位损失（加倍）与实际之比，可与 wape 同样解读。"),
        field("in_50", "Share of days inside the middle half.", "落入 50% 区间的比例。"), field("in_80", "Inside 10 % to 90 %.", "落入 10%–90% 区间的比例。"), field("in_90", "Inside 5 % to 95 %.", "落入 5%–95% 区间的比例。"), field("beside_naive", "wape divided by that of the week before repeated; below 1: better. Of goods that sell on few days it says little: nothing at all, forecast for every day, has a wape of 1 and beats both.", "wape 与“重复上周”之比；低于 1 为更优。对很少售出的商品意义不大：每天都预测 0 的 wape 为 1，优于两者。"),
        field("wape_28", "Sum of |misses| of sums of 28 days divided by what came: what a reorder or a list of the next four weeks rests on; absent: no 28 days are over.", "以 28 天合计计算的误差绝对值之和与实际之比（补货与四周预期即以此为据）；不足 28 天则无。"), field("beside_naive_28", "wape_28 divided by that of the week before repeated.", "wape_28 与“重复上周”之比。"), field("rmse_beside_naive", "Root of the mean squared miss of a day, divided by that of the week before repeated; a mean is judged by it.", "单日均方根误差与“重复上周”之比；均值预测应以此评判。")};
};
BOOST_DESCRIBE_STRUCT(Accuracy, (), (model, level, from_day, to_day, points, sold, wape, bias, mase, pinball, in_50, in_80, in_90, beside_naive, wape_28, beside_naive_28, rmse_beside_naive))

struct PlaceAccuracy {
    std::string place_id;
    std::int64_t days = 0;
    double sold = 0, wape = 0, bias = 0;
    std::optional<double> beside_naive, wape_28;
    static constexpr Field fields[] = {field("place_id", "Place.", "地点。"), field("days", "Days that were forecast and came.", "已预测且已到的天数。"), field("sold", "Units wanted of it: what it sent, and estimates for empty shelves and for days whose place is not known.", "对该地点的需求：其发货量，缺货日及无出库地点的日子为估计。"), field("wape", "Sum of |misses| of its days divided by what was wanted of it.", "每日误差绝对值之和与实际需求之比。"), field("bias", "Sum of (forecast - wanted) divided by what was wanted.", "（预测−需求）之和与需求之比。"), field("beside_naive", "wape divided by that of the place's week before repeated; below 1: better.", "wape 与该地点“重复上周”之比；低于 1 为更优。"), field("wape_28", "The same of sums of 28 days; absent: no 28 days are over.", "以 28 天合计计算的同一指标；不足 28 天则无。")};
};
BOOST_DESCRIBE_STRUCT(PlaceAccuracy, (), (place_id, days, sold, wape, bias, beside_naive, wape_28))

struct ModelLoss {
    Model model = Model::smoothing;
    double loss = 0;
    static constexpr Field fields[] = {field("model", "The model.", "模型。"), field("loss", "Its loss divided by the champion's, mean over the levels.", "其损失与当前模型之比（各层级平均）。")};
};
BOOST_DESCRIBE_STRUCT(ModelLoss, (), (model, loss))

struct AccuracyReport {
    ScoreKind kind = ScoreKind::backtest;
    std::int64_t runs = 0;
    Model champion = Model::smoothing;
    std::vector<Accuracy> rows;
    std::vector<ModelLoss> models;
    std::vector<PlaceAccuracy> places;
    std::int64_t edits_scored = 0, edits_helped = 0;
    double edits_helped_units = 0;
    static constexpr Field fields[] = {
        field("kind", "What was scored.", "评分对象。"), field("runs", "Forecasts in it.", "预测数。"), field("champion", "The model that is trusted.", "当前采用的模型。"), field("rows", "By model, level and horizon.", "按模型、层级与预测期。"), field("models", "The models beside the champion.", "各模型与当前模型的比较。"),
        field("places", "Places, by the model that was trusted; empty where sales are not known by place.", "各地点（按当时采用的模型）；无分地点销售时为空。").defaulted(),
        field("edits_scored", "Edits whose days are over.", "已到期的人工调整数。"), field("edits_helped", "Those that came nearer.", "其中有益者。"), field("edits_helped_units", "Units nearer in all; below 0: they did harm.", "合计改进的数量；为负则有害。")};
};
BOOST_DESCRIBE_STRUCT(AccuracyReport, (), (kind, runs, champion, rows, models, places, edits_scored, edits_helped, edits_helped_units))

enum class EditKind { units, percent };
BOOST_DESCRIBE_ENUM(EditKind, units, percent)

struct MakeEdit {
    Level level = Level::product;
    std::string id, first_day, last_day;
    EditKind kind = EditKind::percent;
    double amount = 0;
    std::string reason, run_id;
    static constexpr Field fields[] = {
        field("level", "What to change: total, category, product or variant; what lies under it moves along.", "调整的层级：total、category、product 或 variant；其下各项随之变化。").defaulted(), field("id", "Category, product or SKU; empty for the total.", "类目、商品或 SKU；全店留空。").defaulted().longest(128), field("first_day", "First day, 2026-01-31.", "首日，如 2026-01-31。").longest(10), field("last_day", "Last day.", "末日。").longest(10),
        field("kind", "units: the sum of the span becomes amount; percent: it moves by amount.", "units 期间总量设为该数；percent 按该百分比变动。").defaulted(), field("amount", "Units, or percent from -100 to 1000.", "数量，或 −100 至 1000 的百分比。").range(-100, 1e12), field("reason", "Why: for whoever looks at it later.", "理由：供日后查看。").longest(500),
        field("run_id", "A forecast that looks back, to try on known days whether the edit helps; empty: the newest.", "针对某次回看的预测，用已知的日期检验调整是否有益；留空为最新预测。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(MakeEdit, (), (level, id, first_day, last_day, kind, amount, reason, run_id))

struct UndoEdit {
    std::string edit_id;
    static constexpr Field fields[] = {field("edit_id", "Which edit.", "哪次调整。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(UndoEdit, (), (edit_id))

struct EditList {
    std::vector<ForecastEdit> edits;
    static constexpr Field fields[] = {field("edits", "All, newest first; those taken back too.", "全部调整，最新在前，含已撤销。")};
};
BOOST_DESCRIBE_STRUCT(EditList, (), (edits))

struct ChooseModel {
    Model champion = Model::smoothing;
    bool automatic = false;
    static constexpr Field fields[] = {field("champion", "The model to trust from now on.", "改用的模型。"), field("automatic", "Whether a better one may take over by itself.", "是否允许更优者自动接替。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(ChooseModel, (), (champion, automatic))

struct ChosenModel {
    Model champion = Model::smoothing, previous = Model::smoothing;
    bool automatic = false;
    static constexpr Field fields[] = {field("champion", "Trusted now.", "当前模型。"), field("previous", "Trusted before: choose it again to undo.", "此前模型：再次选择即可撤销。"), field("automatic", "Whether a better one may take over.", "是否自动接替。")};
};
BOOST_DESCRIBE_STRUCT(ChosenModel, (), (champion, previous, automatic))

enum class ForecastPlaces { all, each };
BOOST_DESCRIBE_ENUM(ForecastPlaces, all, each)

struct ExportForecast {
    Level level = Level::variant;
    ForecastStep step = ForecastStep::day;
    ForecastPlaces places = ForecastPlaces::all;
    shop::imports::ExportFormat format = shop::imports::ExportFormat::csv;
    std::string query, category_id;
    static constexpr Field fields[] = {
        field("level", "One row for each of these and step.", "按此层级与时段各一行。").defaulted(), field("step", "By day, week or month.", "按 day 日、week 周或 month 月。").defaulted(), field("places", "all: places together; each: one row a place as well.", "all 各地点合计；each 逐地点。").defaulted(), field("format", "csv: every spreadsheet; jsonl: programs; parquet: analysis, needs DuckDB.", "csv 适用于表格软件；jsonl 适用于程序；parquet 适用于分析，需要 DuckDB。").defaulted(),
        field("query", "Only names or ids with this in them, as forecast.list.", "仅名称或编号包含此文字者，同 forecast.list。").defaulted().longest(200), field("category_id", "Only goods in this category and below.", "仅此类目及其下级的商品。").defaulted().longest(128)};
};
BOOST_DESCRIBE_STRUCT(ExportForecast, (), (level, step, places, format, query, category_id))

// What a supplier asks for, as an answer or as a file.
namespace supplied_fields {
inline constexpr Field supplier_id = field("supplier_id", "Whose goods: the key must hold forecast.supplier.ID beside forecast.supplied.", "供应商编号：密钥须同时具备 forecast.supplied 与 forecast.supplier.编号。").longest(64), step = field("step", "By day, week (from Monday) or month.", "按 day 日、week 周（周一起）或 month 月。").defaulted(),
                       goods = field("goods", "Only these SKUs or products; empty: all that come from it.", "仅这些 SKU 或商品；空为其供应的全部。").defaulted().longest(1000), place_id = field("place_id", "Only what this place sends; empty: all places together.", "仅此地点；空为各地点合计。").defaulted().longest(64),
                       first_day = field("first_day", "From this day on, 2026-01-31; empty: from the first that is forecast.", "自此日起，如 2026-01-31；空为预测首日。").defaulted().longest(10), last_day = field("last_day", "Until this day; empty: until the last that is forecast.", "至此日止；空为预测末日。").defaulted().longest(10);
}  // namespace supplied_fields

struct AskSupplied {
    std::string supplier_id;
    ForecastStep step = ForecastStep::week;
    std::vector<std::string> goods;
    std::string place_id, first_day, last_day;
    std::int64_t page_size = 100;
    std::string page_token;
    static constexpr Field fields[] = {supplied_fields::supplier_id, supplied_fields::step, supplied_fields::goods, supplied_fields::place_id, supplied_fields::first_day, supplied_fields::last_day, field("page_size", "Variants per page.", "每页规格数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(AskSupplied, (), (supplier_id, step, goods, place_id, first_day, last_day, page_size, page_token))

struct ExportSupplied {
    std::string supplier_id;
    ForecastStep step = ForecastStep::week;
    std::vector<std::string> goods;
    std::string place_id, first_day, last_day;
    shop::imports::ExportFormat format = shop::imports::ExportFormat::csv;
    static constexpr Field fields[] = {supplied_fields::supplier_id, supplied_fields::step, supplied_fields::goods, supplied_fields::place_id, supplied_fields::first_day, supplied_fields::last_day, field("format", "csv: every spreadsheet; jsonl: programs; parquet: analysis, needs DuckDB on the server.", "csv 适用于表格软件；jsonl 适用于程序；parquet 适用于分析，服务器需要 DuckDB。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(ExportSupplied, (), (supplier_id, step, goods, place_id, first_day, last_day, format))

struct SuppliedStep {
    std::string day, first_day, last_day;
    std::int64_t days = 1;
    double mean = 0, low = 0, high = 0;
    static constexpr Field fields[] = {field("day", "The day, the Monday of the week or the first of the month.", "当日、该周周一或该月首日。"), field("first_day", "First day of it that is counted: the first and the last week or month may be cut.", "其中计入的首日：首末两段可能不完整。"), field("last_day", "Last day of it that is counted.", "其中计入的末日。"), field("days", "How many days that is.", "计入的天数。"), field("mean", "Units expected.", "预期数量。"), field("low", "10 % quantile.", "10% 分位。"), field("high", "90 % quantile.", "90% 分位。")};
};
BOOST_DESCRIBE_STRUCT(SuppliedStep, (), (day, first_day, last_day, days, mean, low, high))

struct SuppliedGood {
    std::string sku, product_id, title_en, title_zh;
    std::vector<SuppliedStep> ahead;
    static constexpr Field fields[] = {field("sku", "SKU.", "SKU。"), field("product_id", "Product.", "商品。"), field("title_en", "Name in English.", "英文名称。"), field("title_zh", "Name in Chinese.", "中文名称。"), field("ahead", "What is expected.", "预测。")};
};
BOOST_DESCRIBE_STRUCT(SuppliedGood, (), (sku, product_id, title_en, title_zh, ahead))

struct Supplied {
    std::string first_day, last_day;
    std::int64_t made_at_ms = 0, total = 0;
    std::vector<std::string> places;
    std::vector<SuppliedGood> goods;
    std::string next_page_token;
    static constexpr Field fields[] = {field("first_day", "First day that is told.", "所列首日。"), field("last_day", "Last day that is told.", "所列末日。"), field("made_at_ms", "When the forecast was made.", "预测生成时间。"), field("total", "Variants of this supplier that were asked for.", "所查询的该供应商规格数。"), field("places", "Places that can be asked for.", "可查询的地点。"), field("goods", "By SKU.", "按 SKU。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(Supplied, (), (first_day, last_day, made_at_ms, total, places, goods, next_page_token))

// Which nodes of a level a reader wants: names or ids with `query` in them, goods in a category and below. Keeps the names.
class NodeFilter {
public:
    struct Names { std::string en, zh, category, parent; };
    static Result<NodeFilter> make(shop::Transaction&, Level, std::string_view query, std::string_view category_id, Kept const&);
    bool wants(std::string const& id, std::span<std::uint32_t const> members, Kept const&) const;
    Names names(std::string const& id) const { auto const found = names_.find(id); return found == names_.end() ? Names{} : found->second; }

private:
    std::unordered_map<std::string, Names> names_;
    std::string query_;
    std::optional<std::int32_t> under_;  // index of the category; -2: none such
};

Result<ForecastPage> list(Context&, ListForecast const&);
Result<AccuracyReport> accuracy(Context&, AskAccuracy const&);
Result<ForecastEdit> edit(Context&, MakeEdit const&);
Result<ForecastEdit> undo_edit(Context&, UndoEdit const&);
Result<EditList> list_edits(Context&, Nothing const&);
Result<ChosenModel> choose_model(Context&, ChooseModel const&);
Result<shop::imports::WrittenExport> export_forecast(Context&, ExportForecast const&);
Result<Supplied> supplied(Context&, AskSupplied const&);
Result<shop::imports::WrittenExport> export_supplied(Context&, ExportSupplied const&);

// A file to be fetched from GET /v1/exports/NAME: one row for each node and window, and one for each of these places.
struct ExportRows {
    std::vector<Node> nodes;
    std::vector<Window> windows;
    bool together = true;             // a row of all places
    std::vector<std::size_t> places;  // of Kept::places
    std::string reader;               // the caller who may fetch it without being staff; empty: none
};
Result<shop::imports::WrittenExport> write_rows(Context&, Current const&, ExportRows const&, shop::imports::ExportFormat);

}  // namespace kindling::forecast
