// shop/catalogue/size_chart.h -- the shop's size tables: for which bodies each size of a kind of goods is made, as the owner wrote them (setting size_charts).
//
// One size a line: the category, the size as its variants call it, and measures with their range, in cm or kg:
//     dresses M: height 160-165, weight 50-56, chest 84-88
// A category's table holds for those below it that have none of their own. Nothing here guesses: a size is told only where a table says it.
// Pure; any thread.
#pragma once
#include "core/result.h"
#include "core/type.h"
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::shop {

enum class BodyMeasure { height, weight, chest, waist, hip, foot };  // cm; weight in kg
BOOST_DESCRIBE_ENUM(BodyMeasure, height, weight, chest, waist, hip, foot)
struct SizeRange { double from = 0, to = 0; };
struct SizeRow {
    std::string category_id, size;
    std::map<BodyMeasure, SizeRange> made_for;
};

// invalid_argument "size_chart_invalid" with the line: no size, no measure, an unknown one, a range that is none, more than 2,000 lines.
Result<std::vector<SizeRow>> parse_size_charts(std::string_view text);

// What a table says of somebody: `size`, when one size takes all measures that both know; else what each measure alone says, in the table's order.
struct BodySize {
    std::string size;
    std::vector<std::pair<BodyMeasure, std::string>> by_measure;  // measures that lie within some size
    std::vector<BodyMeasure> beyond;                               // measures that lie outside the whole table
};
BodySize size_for(std::vector<SizeRow> const& table, std::map<BodyMeasure, double> const& body);

}  // namespace kindling::shop
