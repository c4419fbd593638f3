// modules/forecast/module.cpp -- the operations, declared.
#include "modules/forecast/api.h"
#include "modules/forecast/questions.h"

namespace kindling::forecast {

std::vector<Operation> operations() {
    return {
        operation({.name = "forecast.run", .scenario = "10", .summary = {"Forecast what will be asked for of every variant, product, category and of the shop, by day, with quantiles that add up; score what was forecast before.", "预测每个规格、商品、类目及全店每日的需求及其分位数（各层级相加一致），并对以往预测打分。"}, .effect = Effect::act, .permission = "forecast.run",
                   .reasons = {"nothing_sold"}, .length = Length::long_}, &run_forecast),
        operation({.name = "forecast.status", .scenario = "10", .summary = {"The forecasts that are kept, the model that is trusted and when the next is made.", "保留的预测、当前采用的模型及下次预测时间。"}, .permission = "forecast.read"}, &status),
        operation({.name = "forecast.demand", .scenario = "10", .summary = {"One variant, product, category or the shop: history, forecast with quantiles, what it is made of, edits.", "单个规格、商品、类目或全店：历史、预测及分位数、构成与人工调整。"}, .permission = "forecast.read",
                   .reasons = {"not_forecast", "not_in_forecast", "place_not_known", "model_not_kept", "forecast_damaged"}}, &demand),
    };
}

}  // namespace kindling::forecast
