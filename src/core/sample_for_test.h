// core/sample_for_test.h -- a described struct with one member of every kind, for the tests of reader, schema and fuzzer.
#pragma once
#include "core/json_codec.h"

namespace kindling {

enum class Size { small, large };
BOOST_DESCRIBE_ENUM(Size, small, large)

struct SampleLine {
    std::string sku;
    std::int64_t quantity = 1;
    static constexpr Field fields[] = {field("sku", "SKU.", "SKU。").longest(8), field("quantity", "Units.", "数量。").defaulted().range(1, 9)};
};
BOOST_DESCRIBE_STRUCT(SampleLine, (), (sku, quantity))

struct Sample {
    std::string name;
    Size size = Size::small;
    double weight = 0;
    bool gift = false;
    std::optional<std::string> note;
    std::vector<SampleLine> lines;
    json::value data;
    static constexpr Field fields[] = {field("name", "Name.", "名称。"), field("size", "Size.", "尺码。").defaulted(), field("weight", "Kilograms.", "千克。").defaulted().at_least(0), field("gift", "A gift.", "礼物。").defaulted(),
                                       field("note", "Note.", "备注。"), field("lines", "Lines.", "明细。").defaulted().longest(3), field("data", "Anything.", "任意数据。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(Sample, (), (name, size, weight, gift, note, lines, data))

}  // namespace kindling
