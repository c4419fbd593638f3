// modules/forecast/questions.h -- what the operations of reading and making forecasts take and give. Units are units of goods; days are the shop's.
#pragma once
#include "modules/forecast/signals.h"
#include "modules/forecast/store.h"

namespace kindling::forecast {

struct RunForecast {
    std::int64_t horizon_days = 91;
    std::string until;
    static constexpr Field fields[] = {
        field("horizon_days", "Days to forecast.", "预测天数。").defaulted().range(56, 182),
        field("until", "Look back: learn only from days before this one (2026-01-31) and forecast from it on, to be held against what came; empty: from the end of the shop's history.", "回看：只用此日之前的数据（如 2026-01-31）并从此日起预测，以便与实际对照；留空则从历史末尾起。").defaulted().longest(10)};
};
BOOST_DESCRIBE_STRUCT(RunForecast, (), (horizon_days, until))

struct LevelGain {
    Level level = Level::total;
    double error_share = 1;
    static constexpr Field fields[] = {field("level", "Level.", "层级。"), field("error_share", "Error at earlier origins, divided by that of forecasts summed up from the variants.", "回测误差与自下而上汇总的误差之比。")};
};
BOOST_DESCRIBE_STRUCT(LevelGain, (), (level, error_share))

struct LevelAdapted {
    Level level = Level::total;
    double loss_share = 1;
    bool used = false;
    double widened = 1;
    static constexpr Field fields[] = {field("level", "Level.", "层级。"), field("loss_share", "Pinball loss of a day's quantiles that follow what came, divided by that of those that do not, at the newest earlier origin.", "最近一次回测中，自适应分位数与原分位数的单日分位损失之比。"), field("used", "Whether they are published.", "是否采用。"), field("widened", "Dispersions of this level were multiplied by this, so that 80 % of the days of origins held back lie inside their 80 % band.", "该层级离散度的放大倍数：使留出起点的日子有 80% 落在 80% 区间内。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(LevelAdapted, (), (level, loss_share, used, widened))

struct PlaceMissed {
    std::string place_id;
    double wape = 0, wape_by_share = 0, wape_last_week = 0;
    static constexpr Field fields[] = {field("place_id", "Place.", "地点。"), field("wape", "Sum of |misses| of its days divided by what was wanted of it (what it sent, and estimates for empty shelves and for days whose place is not known), at the earlier origins.", "回测中该地点每日误差绝对值之和与其实际需求之比（需求为其发货量，缺货日及无出库地点的日子为估计）。"), field("wape_by_share", "The same, had each good been split by its shares of the half year before.", "若按此前半年份额拆分每个商品，同一指标。"), field("wape_last_week", "The same of the week before repeated.", "“重复上周”的同一指标。")};
};
BOOST_DESCRIBE_STRUCT(PlaceMissed, (), (place_id, wape, wape_by_share, wape_last_week))
struct WeatherHelp {
    std::string without = "unknown";
    double chance = 1, loss_share = 1, degree = 0, hot_degree = 0, cold_degree = 0, rain_10 = 0, hot_from = 0, cold_from = 0;
    std::int64_t days_known = 0, days_ahead = 0;
    static constexpr Field fields[] = {
        field("without", "Why no forecast counts the weather: unknown (none was taken in; forecast.import_weather), too_short (under 330 days of it, or half a year of sales, before the earliest origin, or too few days of both together), by_chance (weather of other days explains the sales as well) or no_better (earlier origins were missed far more with it, or, where fewer than seven days are known ahead, not clearly less, or all their days more than by another model); empty: it is followed by the model calendar and those that stand on it.", "预测不计天气的原因：unknown 未录入天气（见 forecast.import_weather）、too_short 最早起点之前天气不足 330 天或销售不足半年，或两者同时已知的日子太少、by_chance 换成其他日期的天气也能同样解释销量、no_better 回测误差明显变大（已知未来不足七天时为未明显减少），或全部日子的误差大于其他模型；空为已计入 calendar 及以其为基础的模型。"),
        field("chance", "Share of the series of other days' weather that explain the sales as well as their own does; at most 0.02 where the weather is followed.", "换成其他日期的天气后，同样能解释销量的比例；计入天气时不超过 0.02。").defaulted(),
        field("loss_share", "What was missed at the earlier origins on days whose weather is known ahead (four weeks, where fewer than seven are), with the weather, divided by what was missed without, everything else alike; three origins tell it to a tenth or so.", "回测中已知天气的日子（已知未来不足七天时为前四周），计入天气与不计天气的误差之比（其余条件相同）；只有三个起点，误差约一成。"),
        field("degree", "What a degree above the season's mean does to the shop's demand of a day: 0.02 is 2 % more.", "气温比同期均值每高 1℃，全店日需求的变化：0.02 即多 2%。"), field("hot_degree", "What each degree above hot_from does beside that.", "超过 hot_from 后每高 1℃ 的额外影响。"), field("cold_degree", "What each degree below cold_from does beside that.", "低于 cold_from 后每低 1℃ 的额外影响。"), field("rain_10", "What 10 mm of rain do, beside a dry day.", "10 毫米降水相比无雨日的影响。"),
        field("hot_from", "°C: a tenth of the days known were hotter.", "已知日子中有一成更热的气温，℃。"), field("cold_from", "°C: a tenth were colder.", "有一成更冷的气温，℃。"), field("days_known", "Days with weather before the end of the history.", "历史末尾之前已知天气的天数。"), field("days_ahead", "Days ahead with weather; beyond them the season's mean counts.", "未来已知天气的天数；其后按同期均值计。")};
};
BOOST_DESCRIBE_STRUCT(WeatherHelp, (), (without, chance, loss_share, degree, hot_degree, cold_degree, rain_10, hot_from, cold_from, days_known, days_ahead))

// What a run found out; kept with it.
struct RunFindings {
    std::int64_t history_days = 0, origins = 0;
    std::string reconciliation;
    double share = 0;
    std::vector<LevelGain> levels;
    double share_power = 0, yearly_power = 0, holiday_power = 0, season_power = 0, boosted_power = 0;
    std::string boosted_without;
    std::vector<std::string> holidays;
    std::vector<LevelAdapted> adapted;
    std::vector<SignalHelp> signals;
    double places_follow = 0, places_gain = 1;
    std::vector<PlaceMissed> places;
    WeatherHelp weather;
    std::string challenger, champion_reason;
    double challenger_loss = 0;
    bool took_over = false;
    static constexpr Field fields[] = {
        field("history_days", "Days of trade that were learned from.", "学习所用的天数。"), field("origins", "Earlier origins at which the methods were tried.", "回测的起点数。"), field("reconciliation", "How forecasts of all levels were made to add up: bottom_up, structural, variance or shrink.", "使各层级预测相加一致的方法：bottom_up、structural、variance 或 shrink。"),
        field("share", "Share of that method; the rest is bottom-up.", "该方法所占比例；其余为自下而上。"), field("levels", "What it gained at each level.", "各层级的改进。"), field("share_power", "How far variants follow their share of their product, 0 to 1.", "规格参照其在所属商品中份额的程度，0 至 1。").defaulted(), field("yearly_power", "How far the year before is followed, 0 to 1.", "参照去年同期的程度，0 至 1。"), field("holiday_power", "How far the model calendar follows holidays and the weather, 0 to 1; 0: neither told anything.", "calendar 模型参照节日与天气的程度，0 至 1；0 为两者均无显著影响。").defaulted(), field("season_power", "How far it follows the year before without its holidays.", "calendar 模型参照去年（剔除节日）的程度。").defaulted(), field("boosted_power", "How far the model boosted follows the boosted trees, 0 to 1; 0: there is no such model.", "boosted 模型参照提升树的程度，0 至 1；0 为没有该模型。").defaulted(), field("boosted_without", "Why there is no model boosted: too_short (under half a year before the earliest origin), too_few_rows, boosting_absent (the library XGBoost is not installed) or no_better (it missed no less at earlier origins); empty: there is one.", "没有 boosted 模型的原因：too_short 最早起点之前不足半年、too_few_rows 数据过少、boosting_absent 未安装 XGBoost 库、no_better 回测中未见改进；空为有该模型。").defaulted(), field("holidays", "Holidays that moved the shop's demand by more than chance.", "对需求有显著影响的节日。").defaulted(), field("adapted", "Whether quantiles of days follow what came.", "单日分位数是否自适应。").defaulted(),
        field("signals", "How much what visitors did lately tells of the next week; empty: too little was logged.", "访客近期行为对下周销量的提示作用；记录不足则为空。"),
        field("places_follow", "How far places follow their own days, 0 to 1; 0: goods are split over them by shares alone.", "各地点参照其自身每日发货的程度，0 至 1；0 为仅按份额拆分。").defaulted(), field("places_gain", "Squared misses of goods' weeks at places at the earlier origins, divided by those of the shares of the half year before.", "回测中各地点商品每周误差平方与按半年份额拆分之比。").defaulted(), field("places", "How far each place was missed; empty where sales are not known by place.", "各地点的误差；无分地点销售时为空。").defaulted(),
        field("weather", "Whether the weather is followed, and what it does.", "是否计入天气及其影响。").defaulted(),
        field("challenger", "The best of the models beside the champion (took_over: the champion before); empty: none could be compared.", "当前模型之外的最好者（took_over 时为此前的模型）；无法比较则为空。"), field("champion_reason", "Why the champion is what it is.", "当前模型的选定理由。"), field("challenger_loss", "Its loss divided by the champion's; below 1: better.", "其损失与当前模型之比；低于 1 为更优。"), field("took_over", "The champion took over in this run.", "本次运行更换了模型。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(RunFindings, (), (history_days, origins, reconciliation, share, levels, share_power, yearly_power, holiday_power, season_power, boosted_power, boosted_without, holidays, adapted, signals, places_follow, places_gain, places, weather, challenger, champion_reason, challenger_loss, took_over))

struct ForecastRun {
    std::string run_id, first_day, made_by;
    std::int64_t made_at_ms = 0, horizon_days = 0, goods = 0;
    bool looked_back = false;
    Model champion = Model::smoothing;
    double cpu_seconds = 0;
    std::optional<double> units_ahead_28;
    RunFindings findings;
    static constexpr Field fields[] = {
        field("run_id", "The forecast.", "预测编号。"), field("first_day", "First day that is forecast.", "预测首日。"), field("made_by", "Who asked for it.", "发起人。"), field("made_at_ms", "When it was made.", "生成时间。"), field("horizon_days", "Days that are forecast.", "预测天数。"), field("goods", "Variants.", "规格数。"),
        field("looked_back", "Made when later days were known already.", "生成时后续实际已知（回看）。"), field("champion", "The model that was trusted.", "采用的模型。"), field("cpu_seconds", "Processor time it took.", "所用处理器时间（秒）。"), field("units_ahead_28", "Units expected in the first 28 days; of a forecast just made, in lists absent: forecast.total tells them.", "前 28 天预计销量；仅见于刚生成的预测，列表中无（见 forecast.total）。"), field("findings", "What it found out.", "运行结论。")};
};
BOOST_DESCRIBE_STRUCT(ForecastRun, (), (run_id, first_day, made_by, made_at_ms, horizon_days, goods, looked_back, champion, cpu_seconds, units_ahead_28, findings))

struct ForecastStatus {
    bool forecast = false;
    std::optional<ForecastRun> newest;
    std::vector<ForecastRun> runs;
    Model champion = Model::smoothing;
    std::string previous_champion, champion_reason, champion_by, job_id;
    bool automatic = true;
    std::int64_t hour = 3;
    static constexpr Field fields[] = {
        field("forecast", "Whether there is a forecast.", "是否已有预测。"), field("newest", "The newest.", "最新预测。"), field("runs", "All that are kept, newest first.", "保留的全部预测，最新在前。"), field("champion", "The model that is trusted.", "当前采用的模型。"), field("previous_champion", "The one before; empty: never changed.", "此前的模型；未更换过则为空。"),
        field("champion_reason", "Why it was changed.", "更换理由。"), field("champion_by", "Who changed it.", "更换者。"), field("job_id", "The job that makes one now; empty: none.", "正在进行的任务；无则为空。"), field("automatic", "Whether a better model takes over by itself.", "更优模型是否自动接替。"), field("hour", "Hour of the night at which it is made; 24: never.", "每晚预测的钟点；24 为不自动。")};
};
BOOST_DESCRIBE_STRUCT(ForecastStatus, (), (forecast, newest, runs, champion, previous_champion, champion_reason, champion_by, job_id, automatic, hour))

enum class ForecastStep { day, week, month };
BOOST_DESCRIBE_ENUM(ForecastStep, day, week, month)

struct AskDemand {
    Level level = Level::total;
    std::string id, place_id;
    ForecastStep step = ForecastStep::day;
    std::int64_t history_days = 182;
    std::optional<Model> model;
    static constexpr Field fields[] = {
        field("level", "Which sort of thing: total, category, product or variant.", "层级：total 全店、category 类目、product 商品、variant 规格。").defaulted(), field("id", "Category, product or SKU; empty for the total.", "类目、商品或 SKU 编号；全店留空。").defaulted().longest(128), field("place_id", "Only what this place sends; empty: all.", "仅此地点；留空为全部。").defaulted().longest(64),
        field("step", "By day, week (from Monday) or month.", "按 day 日、week 周（周一起）或 month 月。").defaulted(), field("history_days", "Days of the past to show.", "展示的历史天数。").defaulted().range(0, 1100), field("model", "Another model than the trusted one, without edits.", "指定其他模型（不含人工调整）。")};
};
BOOST_DESCRIBE_STRUCT(AskDemand, (), (level, id, place_id, step, history_days, model))

struct PastUnits {
    std::string day;
    double sold = 0, wanted = 0;
    bool empty_shelf = false;
    static constexpr Field fields[] = {field("day", "First day of the step.", "该段首日。"), field("sold", "Units sold.", "售出数量。"), field("wanted", "Units asked for: what an empty shelf hid is estimated.", "需求量：含缺货期间的估计。"), field("empty_shelf", "Something of it could not be bought for a time.", "期间有规格缺货。")};
};
BOOST_DESCRIBE_STRUCT(PastUnits, (), (day, sold, wanted, empty_shelf))

struct AheadUnits {
    std::string day;
    std::int64_t days = 1;
    double mean = 0, without_edits = 0;
    std::vector<double> quantiles;
    double level = 0, trend = 0, week = 0, season = 0, weather = 0, holiday = 0, boosted = 0, signals = 0, price = 0, promotion = 0, edits = 0;
    static constexpr Field fields[] = {
        field("day", "First day of the step.", "该段首日。"), field("days", "Days in it that are forecast.", "其中预测的天数。"), field("mean", "Units expected, edits included.", "预期数量，含人工调整。"), field("without_edits", "Without them.", "不含人工调整。"), field("quantiles", "At the levels given beside.", "各分位数，水平见旁。"),
        field("level", "Of this: where sales stand.", "其中：当前水平。"), field("trend", "What drifts away from there.", "趋势部分。"), field("week", "What the day of the week does.", "星期效应。"), field("season", "What the time of the year does.", "年度季节效应。"), field("weather", "What the weather that is known of these days adds or takes away; 0 where it is not followed.", "已知天气的增减量；不计天气时为 0。").defaulted(), field("holiday", "What holidays add or take away.", "节日的增减量。"), field("boosted", "What the boosted model of all categories adds or takes away.", "各类目联合学习的提升树模型的增减量。").defaulted(), field("signals", "What visitors' signals add.", "访客信号的影响。"), field("price", "What a list price that changed adds or takes away.", "标价变动的增减量。"), field("promotion", "What planned promotions add, or take away once they are over.", "计划中促销的增量（结束后为减量）。"), field("edits", "What people changed. All of these add up to the mean.", "人工调整的增减量。以上各项之和即为预期数量。")};
};
BOOST_DESCRIBE_STRUCT(AheadUnits, (), (day, days, mean, without_edits, quantiles, level, trend, week, season, weather, holiday, boosted, signals, price, promotion, edits))

struct HolidayMove {
    std::string holiday, day;
    double factor = 1;
    static constexpr Field fields[] = {field("holiday", "Which: spring_festival, singles_day, christmas ...", "节日：spring_festival 春节、singles_day 双11、christmas 圣诞节等。"), field("day", "Its day.", "日期。"), field("factor", "What the shop's demand of that day is multiplied by.", "当日全店需求的倍数。")};
};
BOOST_DESCRIBE_STRUCT(HolidayMove, (), (holiday, day, factor))

struct ForecastEdit {
    std::string edit_id;
    Level level = Level::total;
    std::string id, first_day, last_day, kind;
    double amount = 0, units_before = 0, units_after = 0;
    std::string reason, made_by, made_by_name, run_id;
    std::int64_t made_at_ms = 0;
    std::optional<std::int64_t> undone_at_ms;
    std::optional<double> units_sold, helped_units;
    static constexpr Field fields[] = {
        field("edit_id", "The edit.", "调整编号。"), field("level", "What it changes.", "所改层级。"), field("id", "Category, product or SKU; empty: the total.", "类目、商品或 SKU；空为全店。"), field("first_day", "First day.", "首日。"), field("last_day", "Last day.", "末日。"), field("kind", "units: the sum of the span is set; percent: moved by so much.", "units 设定期间总量；percent 按百分比调整。"),
        field("amount", "Units or percent.", "数量或百分比。"), field("units_before", "What was forecast when it was made.", "调整前预测量。"), field("units_after", "What it made of that.", "调整后预测量。"), field("reason", "Why.", "理由。"), field("made_by", "By whom.", "调整人。"), field("made_by_name", "Their name, or the key's; empty: neither a member nor a key of this shop (the system).", "其姓名或密钥名称；既非成员也非密钥（系统）时为空。"), field("run_id", "The forecast it was made on.", "所针对的预测。"), field("made_at_ms", "When.", "时间。"), field("undone_at_ms", "Taken back.", "撤销时间。"),
        field("units_sold", "What came, once the span is over.", "期间实际销量（期满后）。"), field("helped_units", "How many units nearer to what came than without it; below 0: it did harm.", "比不调整更接近实际的数量；为负则有害。")};
};
BOOST_DESCRIBE_STRUCT(ForecastEdit, (), (edit_id, level, id, first_day, last_day, kind, amount, units_before, units_after, reason, made_by, made_by_name, run_id, made_at_ms, undone_at_ms, units_sold, helped_units))

struct Demand {
    std::string run_id, title_en, title_zh;
    Model model = Model::smoothing;
    std::vector<double> levels;
    std::vector<PastUnits> past;
    std::vector<AheadUnits> ahead;
    std::int64_t variants = 0;
    double returned_share = 0;
    std::vector<std::string> notes, places, promotion_ids;
    std::vector<HolidayMove> holidays;
    std::vector<ForecastEdit> edits;
    static constexpr Field fields[] = {
        field("run_id", "The forecast it is from.", "所属预测。"), field("title_en", "Name in English.", "英文名称。"), field("title_zh", "Name in Chinese.", "中文名称。"), field("model", "The model.", "模型。"), field("levels", "Levels of the quantiles.", "分位水平。"), field("past", "What was sold, oldest first.", "历史销量，由旧到新。"), field("ahead", "What is expected.", "预测。"), field("variants", "Variants in it.", "包含的规格数。"),
        field("returned_share", "Share of units that came back; forecasts count units before returns.", "退回比例；预测为退货前数量。"), field("notes", "What to know: no_history, short_history, empty_shelf, rare, not_on_sale, spikes (single days far above all others count for less), one_season (less than two years are known: what the time of the year does was seen once at most), part_of_year (its category sold seven tenths of the last year within 13 weeks), closed_days (the shop was shut on days of the last year, which are not learned from), promotions_out (learned as if past promotions that everybody got had not been), promotion_not_learned (a planned promotion is not counted for some of it: no elasticity is known, assortment.propose learns them), few_by_place (of a place: hardly any units of it left places lately, so it is split as its product and category are).", "说明：no_history 无历史、short_history 历史短、empty_shelf 近期缺货、rare 销售稀少、not_on_sale 未在售、spikes 个别异常大单已压低、one_season 历史不足两年，季节规律至多只见过一次、part_of_year 所属类目七成销量集中在 13 周内、closed_days 近一年有全店歇业日（不计入学习）、promotions_out 已剔除历史上人人可享的促销、promotion_not_learned 部分商品弹性未知，计划促销未计入（由 assortment.propose 学习）、few_by_place（按地点时）近期分地点出库极少，按所属商品与类目的份额拆分。"), field("places", "Places that can be asked for.", "可查询的地点。"), field("promotion_ids", "Promotions whose effect is in it.", "已计入影响的促销。"), field("holidays", "Holidays ahead that are in it; empty with a model that does not know them.", "已计入的未来节日；所用模型不含节日时为空。"), field("edits", "Edits that touch it.", "涉及的人工调整。")};
};
BOOST_DESCRIBE_STRUCT(Demand, (), (run_id, title_en, title_zh, model, levels, past, ahead, variants, returned_share, notes, places, promotion_ids, holidays, edits))

Result<ForecastRun> run_forecast(Context&, RunForecast const&);
Result<ForecastStatus> status(Context&, Nothing const&);
Result<Demand> demand(Context&, AskDemand const&);

// Quantiles of the sum of days [from, to) of a node, steps counted from tomorrow: sums of steps beyond the first week widen with their end.
double window_dispersion(Spread const&, std::size_t from, std::size_t to);
// Parses "2026-01-31" of a field; invalid_argument "invalid_request" naming it.
Result<Day> day_field(std::string_view text, std::string_view pointer);
// Edits with who made them and what became of them, as far as the history tells.
Result<std::vector<ForecastEdit>> told_edits(shop::Transaction&, std::vector<EditRow> const&, History const*);
// Units of a node's past by day; categories of the history itself.
std::vector<double> sold_of(History const&, Level, std::string_view id);
// Scores of a kept forecast against the days [from, until) that a history knows.
Scores score_run(Kept const&, History const&, Day from, Day until);

}  // namespace kindling::forecast
