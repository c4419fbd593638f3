// modules/forecast/total.h -- forecast.total: how many of some chosen goods will be asked for in some days, all together.
#pragma once
#include "modules/forecast/together.h"

namespace kindling::forecast {

struct AskTotal {
    std::vector<std::string> category_ids, product_ids, skus;
    std::string place_id, first_day, last_day, run_id;
    double chance = 0.95;
    std::optional<std::int64_t> units;
    static constexpr Field fields[] = {
        field("category_ids", "These categories with all that lies under them.", "这些类目及其下级的全部商品。").defaulted().longest(500), field("product_ids", "And these products with all their variants.", "以及这些商品的全部规格。").defaulted().longest(500), field("skus", "And these variants; what is chosen twice counts once. All three empty: the whole shop.", "以及这些规格；重复选中的只计一次。三者皆空为全店。").defaulted().longest(500),
        field("place_id", "Only what this place sends; empty: all.", "仅此地点；留空为全部。").defaulted().longest(64), field("first_day", "From this day on, 2026-01-31; empty: from the first that is forecast.", "自此日起，如 2026-01-31；空为预测首日。").defaulted().longest(10), field("last_day", "Until this day; empty: four weeks.", "至此日止；空为四周。").defaulted().longest(10),
        field("run_id", "An earlier forecast that is kept, to hold it against what came; empty: the newest.", "保留的某次以往预测，用于与实际对照；空为最新预测。").defaulted().longest(64), field("chance", "How sure it must be that needed units suffice.", "所需数量足够的把握程度。").defaulted().range(0.5, 0.999), field("units", "A number of units, to be told how likely it suffices.", "给定一个数量，返回其足够的可能性。").range(0, 1'000'000'000)};
};
BOOST_DESCRIBE_STRUCT(AskTotal, (), (category_ids, product_ids, skus, place_id, first_day, last_day, run_id, chance, units))

struct TotalPart {
    Level level = Level::product;
    std::string id, title_en, title_zh;
    std::int64_t variants = 0;
    double mean = 0, low = 0, high = 0;
    static constexpr Field fields[] = {field("level", "category, product or variant.", "category 类目、product 商品或 variant 规格。"), field("id", "Its id.", "编号。"), field("title_en", "Name in English.", "英文名称。"), field("title_zh", "Name in Chinese.", "中文名称。"), field("variants", "Variants in it.", "包含的规格数。"), field("mean", "Units expected of it.", "预期数量。"), field("low", "10 % quantile, of it alone.", "其自身的 10% 分位。"), field("high", "90 % quantile, of it alone.", "其自身的 90% 分位。")};
};
BOOST_DESCRIBE_STRUCT(TotalPart, (), (level, id, title_en, title_zh, variants, mean, low, high))

struct ForecastTotal {
    std::string run_id, first_day, last_day;
    Model model = Model::smoothing;
    std::int64_t days = 1, variants = 0;
    double mean = 0, without_edits = 0, low = 0, middle = 0, high = 0, chance = 0.95, needed = 0;
    std::optional<std::int64_t> units;
    std::optional<double> enough, sold_before, came;
    std::vector<double> levels, quantiles;
    std::vector<TotalPart> parts;
    std::vector<std::string> notes, places;
    static constexpr Field fields[] = {
        field("run_id", "The forecast it is from.", "所属预测。"), field("first_day", "First day.", "首日。"), field("last_day", "Last day.", "末日。"), field("model", "The model.", "模型。"), field("days", "How many days that is.", "天数。"), field("variants", "Variants that were chosen.", "所选规格数。"),
        field("mean", "Units expected of all of them together, edits included.", "合计预期数量，含人工调整。"), field("without_edits", "Without them.", "不含人工调整。"), field("low", "10 % quantile of the sum. Bands of the parts must not be added up: not all of them fall short at once.", "合计的 10% 分位。各部分的区间不可直接相加：它们不会同时偏低。"), field("middle", "Its median.", "中位数。"), field("high", "Its 90 % quantile.", "90% 分位。"),
        field("chance", "The chance that was asked for.", "所要求的把握程度。"), field("needed", "The fewest units that suffice with it.", "达到该把握所需的最少数量。"), field("units", "The number that was given.", "给定的数量。"), field("enough", "How likely the units that were given suffice.", "给定数量足够的可能性。"), field("sold_before", "What was sold of them in the last as many days before the forecast; absent: not so many are known, or of one place.", "预测之前同样天数内的销量；历史不足或仅看某地点时无。"), field("came", "What was sold in these days, where they are over.", "这些天的实际销量（已过去时）。"),
        field("levels", "Levels of the quantiles.", "分位水平。"), field("quantiles", "Quantiles of the sum.", "合计的分位数。"), field("parts", "What was chosen, one by one: categories, products, variants, each as asked.", "所选各项：依次为类目、商品、规格，各按请求顺序。"), field("notes", "What to know, as forecast.demand says it.", "说明，同 forecast.demand。"), field("places", "Places that can be asked for.", "可选的地点。")};
};
BOOST_DESCRIBE_STRUCT(ForecastTotal, (), (run_id, first_day, last_day, model, days, variants, mean, without_edits, low, middle, high, chance, needed, units, enough, sold_before, came, levels, quantiles, parts, notes, places))

Result<ForecastTotal> total(Context&, AskTotal const&);

}  // namespace kindling::forecast
