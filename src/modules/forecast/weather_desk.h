// modules/forecast/weather_desk.h -- the weather that a merchant takes in, by place and day: forecast.import_weather, record_weather, weather, forget_weather.
//
// Observed days and days of a forecast come in one shape: place, day, mean temperature in °C, precipitation in mm. A row that comes again replaces the one before, so observed days take the place of what was foretold of them.
// Rows are days: one with a time of day other than 00:00 refuses the whole (not_daily), for one of 24 hours would pass for its day.
// Nothing is fetched: a file or a call brings it, as often as the merchant likes.
#pragma once
#include "modules/forecast/kept.h"

namespace kindling::forecast {

struct WeatherDay {
    std::string place, day;
    double temperature = 0;
    std::optional<double> precipitation;
    static constexpr Field fields[] = {field("place", "Where: a place of the shop by its id, or any name; empty: the whole shop.", "地点：店铺地点编号或任意名称；空为全店。").defaulted().longest(64), field("day", "The day there, 2026-01-31.", "当地日期，如 2026-01-31。").longest(10),
                                       field("temperature", "Mean of the day, °C.", "日平均气温，℃。").range(-90, 60), field("precipitation", "Rain and melted snow, mm; left out: not known.", "降水量，毫米；不填为未知。").range(0, 2000)};
};
BOOST_DESCRIBE_STRUCT(WeatherDay, (), (place, day, temperature, precipitation))

struct RecordWeather {
    std::vector<WeatherDay> days;
    static constexpr Field fields[] = {field("days", "Observed days and days of a forecast alike; a day that is known is replaced.", "观测日与预报日均可；已有的日期将被替换。").longest(20000)};
};
BOOST_DESCRIBE_STRUCT(RecordWeather, (), (days))

struct ImportWeather {
    std::string file_id, place;
    static constexpr Field fields[] = {
        field("file_id", "Upload to read: CSV, TSV or JSON Lines with the columns date (2026-01-31) and temperature (mean of the day, °C; or temperature_min and temperature_max), and where they are there precipitation (mm) and place.", "要读取的上传文件（CSV、TSV 或 JSON Lines），须有 date 日期（如 2026-01-31）与 temperature 日平均气温（℃；或 temperature_min 与 temperature_max）列；precipitation 降水量（毫米）与 place 地点列有则读取。").longest(64),
        field("place", "Where rows without a place are from; empty: the whole shop.", "未注明地点的行所属地点；空为全店。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(ImportWeather, (), (file_id, place))

struct RefusedWeather {
    std::int64_t line = 0;
    std::string column, reason, message;
    static constexpr Field fields[] = {field("line", "Line of the file; of a call the number of the row, from 1.", "文件中的行号；接口调用则为第几行，从 1 起。"), field("column", "Column that cannot be read.", "无法读取的列。"), field("reason", "Why, for programs.", "原因（供程序使用）。"), field("message", "Why and what to do.", "原因与建议。")};
};
BOOST_DESCRIBE_STRUCT(RefusedWeather, (), (line, column, reason, message))

struct TakenWeather {
    std::int64_t read = 0, created = 0, updated = 0, unchanged = 0, refused = 0;
    std::vector<RefusedWeather> refused_lines;
    static constexpr Field fields[] = {field("read", "Rows read.", "读取的行数。"), field("created", "Days that are new.", "新增天数。"), field("updated", "Days with other weather than before.", "有变化的天数。"), field("unchanged", "Days that were known so, or came again in the file.", "无变化或文件内重复的天数。"), field("refused", "Rows that cannot be read; all others are kept.", "无法读取的行数；其余照常保存。"), field("refused_lines", "The first 100 of them.", "其中前 100 行。")};
};
BOOST_DESCRIBE_STRUCT(TakenWeather, (), (read, created, updated, unchanged, refused, refused_lines))

struct WeatherPlace {
    std::string place, first_day, last_day;
    std::int64_t days = 0, foretold = 0;
    static constexpr Field fields[] = {field("place", "Where; empty: the whole shop.", "地点；空为全店。"), field("first_day", "First day known.", "已知首日。"), field("last_day", "Last day known.", "已知末日。"), field("days", "Days known.", "已知天数。"), field("foretold", "Of these, days that were taken in before they were over: a forecast.", "其中在当日结束前录入的天数（预报）。")};
};
BOOST_DESCRIBE_STRUCT(WeatherPlace, (), (place, first_day, last_day, days, foretold))

struct WeatherKnown {
    std::vector<WeatherPlace> places;
    static constexpr Field fields[] = {field("places", "Places with weather; empty: the weather is unknown, and no forecast counts it.", "已有天气的地点；空为天气未知，预测不计天气。")};
};
BOOST_DESCRIBE_STRUCT(WeatherKnown, (), (places))

struct ForgetWeather {
    std::string place;
    static constexpr Field fields[] = {field("place", "Whose weather is forgotten; empty: that of the whole shop.", "要删除天气的地点；空为全店。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(ForgetWeather, (), (place))

struct ForgottenWeather {
    std::int64_t days = 0;
    static constexpr Field fields[] = {field("days", "Days that were deleted.", "删除的天数。")};
};
BOOST_DESCRIBE_STRUCT(ForgottenWeather, (), (days))

struct WhatIfWeather {
    Level level = Level::total;
    std::string id, first_day, last_day;
    double warmer = 5;
    static constexpr Field fields[] = {field("level", "total, category, product or variant.", "total、category、product 或 variant。").defaulted(), field("id", "Category, product or SKU; empty for the total.", "类目、商品或 SKU；全店留空。").defaulted().longest(128), field("first_day", "First day of the other weather, 2026-01-31.", "天气变化首日，如 2026-01-31。").longest(10), field("last_day", "Last day.", "末日。").longest(10), field("warmer", "Degrees (°C) warmer than is known or usual then; below 0: colder.", "比已知或同期均值高多少℃；负为更冷。").defaulted().range(-25, 25)};
};
BOOST_DESCRIBE_STRUCT(WhatIfWeather, (), (level, id, first_day, last_day, warmer))

struct WeatherThen {
    double units = 0, units_then = 0, temperature = 0;
    static constexpr Field fields[] = {field("units", "Expected of these days by the forecast.", "预测的数量。"), field("units_then", "Expected with the other weather.", "天气变化后的预期数量。"), field("temperature", "Mean of these days in the forecast, °C: as it is known, or as the season has it.", "预测所用的期间平均气温，℃。")};
};
BOOST_DESCRIBE_STRUCT(WeatherThen, (), (units, units_then, temperature))

// failed_precondition "weather_not_followed".
Result<WeatherThen> what_if_weather(Context&, WhatIfWeather const&);
Result<TakenWeather> import_weather(Context&, ImportWeather const&);
Result<TakenWeather> record_weather(Context&, RecordWeather const&);
Result<WeatherKnown> weather_known(Context&, Nothing const&);
Result<ForgottenWeather> forget_weather(Context&, ForgetWeather const&);

// For a history: the mean over places, those of the shop weighed by what left them, other names as their mean. Places are made comparable by the days that they share: one that begins later, or is known for days of a forecast
// alone, makes no step; one that shares none with the others is left out. today: the first day whose weather can only be foretold.
Result<DailyWeather> read_weather(shop::Transaction&, History const&, Day today);

}  // namespace kindling::forecast
