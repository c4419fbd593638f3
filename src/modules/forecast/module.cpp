// modules/forecast/module.cpp -- the operations, declared.
#include "modules/forecast/api.h"
#include "modules/forecast/planner.h"
#include "modules/forecast/total.h"
#include "modules/forecast/understand.h"
#include "modules/forecast/weather_desk.h"

namespace kindling::forecast {

std::vector<Operation> operations() {
    std::vector<std::string_view> const file_reasons{"file_not_found", "file_unreadable", "path_not_allowed", "unsupported_file", "read_failed", "corrupt_archive", "truncated_archive", "archive_too_large", "empty_file", "too_many_columns", "date_column_missing", "temperature_column_missing", "unit_not_known", "too_many_rows"};
    return {
        operation({.name = "forecast.run", .scenario = "10", .summary = {"Forecast what will be asked for of every variant, product, category and of the shop, by day, with quantiles that add up; score what was forecast before.", "预测每个规格、商品、类目及全店每日的需求及其分位数（各层级相加一致），并对以往预测打分。"}, .effect = Effect::act, .permission = "forecast.run",
                   .reasons = {"nothing_sold"}, .length = Length::long_}, &run_forecast),
        operation({.name = "forecast.status", .scenario = "10", .summary = {"The forecasts that are kept, the model that is trusted and when the next is made.", "保留的预测、当前采用的模型及下次预测时间。"}, .permission = "forecast.read"}, &status),
        operation({.name = "forecast.demand", .scenario = "10", .summary = {"One variant, product, category or the shop: history, forecast with quantiles, what it is made of, edits.", "单个规格、商品、类目或全店：历史、预测及分位数、构成与人工调整。"}, .permission = "forecast.read",
                   .reasons = {"not_forecast", "not_in_forecast", "place_not_known", "model_not_kept", "forecast_damaged"}}, &demand),
        operation({.name = "forecast.total", .scenario = "10", .summary = {"How many of some chosen categories, products and variants will be asked for in some days, all together: mean, band, how many suffice and how likely a number does.", "所选类目、商品与规格在一段时间内合计会卖出多少：均值、区间、备多少够用、某数量足够的可能性。"}, .permission = "forecast.read",
                   .reasons = {"not_forecast", "run_not_found", "forecast_damaged"}}, &total),
        operation({.name = "forecast.list", .scenario = "10", .summary = {"Categories, products or variants with what is expected of the next 28 days, what changed since the forecast before and what it missed.", "类目、商品或规格的未来 28 天预期、较上次预测的变化与误差。"}, .permission = "forecast.read", .reasons = {"not_forecast", "forecast_damaged"}}, &list),
        operation({.name = "forecast.accuracy", .scenario = "10", .summary = {"How good the forecasts were: each model by level and horizon, beside the week before repeated; whether edits helped.", "预测准确度：各模型按层级与预测期、与“重复上周”相比；人工调整是否有益。"}, .permission = "forecast.read", .reasons = {"not_forecast", "run_not_found"}}, &accuracy),
        operation({.name = "forecast.edit", .scenario = "10", .summary = {"Change a span of the forecast, with a reason; kept over later forecasts, scored when the days are over.", "调整一段时间的预测并说明理由；后续预测沿用，到期评分。"}, .effect = Effect::act, .permission = "forecast.edit", .reasons = {"not_forecast", "run_not_found", "not_in_forecast", "forecast_damaged"}}, &edit),
        operation({.name = "forecast.undo_edit", .scenario = "10", .summary = {"Take an edit back.", "撤销一次人工调整。"}, .effect = Effect::act, .permission = "forecast.edit", .reasons = {"edit_not_found", "edit_undone"}}, &undo_edit),
        operation({.name = "forecast.list_edits", .scenario = "10", .summary = {"All edits, with what came of them.", "全部人工调整及其结果。"}, .permission = "forecast.read", .reasons = {"forecast_damaged"}}, &list_edits),
        operation({.name = "forecast.choose_model", .scenario = "10", .summary = {"Trust another model; choosing the one before undoes it.", "改用其他模型；选回此前模型即可撤销。"}, .effect = Effect::act, .permission = "forecast.edit", .reasons = {"not_forecast", "model_not_kept", "forecast_damaged"}}, &choose_model),
        operation({.name = "forecast.export", .scenario = "10", .summary = {"Write the newest forecast as CSV, JSON Lines or Parquet, by day, week or month, for staff to fetch.", "将最新预测导出为 CSV、JSON Lines 或 Parquet（按日、周或月），供员工下载。"}, .effect = Effect::act, .permission = "exports.write", .reasons = {"not_forecast", "forecast_damaged", "duckdb_not_installed", "duckdb_failed"}, .length = Length::long_}, &export_forecast),
        operation({.name = "forecast.supplied", .scenario = "10", .summary = {"What a supplier's goods will be asked for; for keys narrowed to forecast.supplied and forecast.supplier.ID.", "某供应商所供商品的预测；供限定为 forecast.supplied 与 forecast.supplier.编号 的密钥读取。"}, .permission = "forecast.supplied", .reasons = {"not_forecast", "supplier_not_found", "forecast_damaged"}}, &supplied),
        operation({.name = "forecast.export_supplied", .scenario = "10", .summary = {"The same as a file (CSV, JSON Lines or Parquet), to be fetched with the key that had it written.", "同样内容导出为文件（CSV、JSON Lines 或 Parquet），由写出它的密钥下载。"}, .effect = Effect::act, .permission = "forecast.supplied", .reasons = {"not_forecast", "supplier_not_found", "forecast_damaged", "duckdb_not_installed", "duckdb_failed"}, .length = Length::long_}, &export_supplied),
        operation({.name = "forecast.whatif", .scenario = "10", .summary = {"What another price or a promotion would do to a category, product or variant, by the elasticities that assortment.propose learned; changes nothing.", "调价或促销对类目、商品或规格的影响（按 assortment.propose 学到的弹性）；不做任何更改。"}, .permission = "forecast.read", .reasons = {"not_forecast", "not_in_forecast", "not_planned", "elasticity_not_known", "promotion_not_found", "promotion_takes_nothing_off", "nothing_changes", "forecast_damaged"}}, &what_if),
        operation({.name = "forecast.whatif_weather", .scenario = "10", .summary = {"What warmer or colder days would do to a category, product, variant or the shop, as far as forecasts follow the weather; changes nothing.", "更热或更冷的天气对全店、类目、商品或规格的影响（以预测所学为准）；不做任何更改。"}, .permission = "forecast.read", .reasons = {"not_forecast", "not_in_forecast", "weather_not_followed", "forecast_damaged"}}, &what_if_weather),
        operation({.name = "forecast.import_weather", .scenario = "10", .summary = {"Take in daily weather from a file: observed days and days of a forecast, in °C and mm. The next forecast follows it where that helps.", "从文件导入逐日天气（观测日与预报日均可，℃ 与毫米）；下次预测在有助于准确度时计入。"}, .effect = Effect::act, .permission = "forecast.edit", .reasons = file_reasons}, &import_weather),
        operation({.name = "forecast.record_weather", .scenario = "10", .summary = {"The same from a program, row by row.", "由程序逐行录入天气。"}, .effect = Effect::act, .permission = "forecast.edit"}, &record_weather),
        operation({.name = "forecast.weather", .scenario = "10", .summary = {"Which days of weather are known, by place; whether forecasts follow it is told by forecast.status.", "各地点已知天气的日期；预测是否计入见 forecast.status。"}, .permission = "forecast.read"}, &weather_known),
        operation({.name = "forecast.forget_weather", .scenario = "10", .summary = {"Delete the weather of a place.", "删除某地点的天气。"}, .effect = Effect::act, .permission = "forecast.edit"}, &forget_weather),
        operation({.name = "forecast.unmet_needs", .scenario = "10", .summary = {"What visitors searched or asked the guide for and did not find, gathered into needs with size and trend.", "访客搜索或向导购询问而未得到满足的需求，归并后给出规模与趋势。"}, .permission = "forecast.read", .length = Length::long_}, &unmet_needs),
        operation({.name = "forecast.hand_on_need", .scenario = "10", .summary = {"Hand an unmet need on to those who select and design, as a decision with its evidence.", "将未满足的需求连同依据作为决策交给选品与设计。"}, .effect = Effect::propose, .permission = "forecast.edit", .reasons = {"need_not_found", "handed_on_already"}}, &hand_on_need),
        operation({.name = "forecast.next_need", .scenario = "10", .summary = {"What a customer will need next and when, by their own purchases and how long others waited; only for people who agreed to personalisation.", "某位顾客的下一需求与时间（依据其购买与他人间隔）；仅限同意个性化者。"}, .permission = "customers.read", .reasons = {"customer_not_found", "no_consent"}, .length = Length::long_}, &next_need),
    };
}

}  // namespace kindling::forecast
