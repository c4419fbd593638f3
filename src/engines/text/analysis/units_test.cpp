#include "engines/text/analysis/units.h"

#include <gtest/gtest.h>

#include <cmath>

#include <fmt/format.h>

#include "core/random.h"
#include "core/utf8.h"

namespace kindling::text {
namespace {

// "length 850mm": dimension, canonical values, whatever else is not usual.
std::string show(Quantity const& q) { return fmt::format("{} {:.15g}", name_of(q.dimension), std::round(q.canonical * 1e4) / 1e4); }

std::string show(Constraint const& c) {
    std::string out;
    if (c.negated) out += "not ";
    if (c.aspect != Aspect::none) out += fmt::format("{} ", name_of(c.aspect));
    auto const number = [](double v) { return fmt::format("{:.15g}", std::round(v * 1e4) / 1e4); };
    out += fmt::format("{} {}{},{}{}", name_of(c.dimension), c.min_exclusive ? '(' : '[', number(c.min), number(c.max), c.max_exclusive ? ')' : ']');
    if (c.approximate) out += " about";
    if (c.axis) out += fmt::format(" axis{}", c.axis);
    return out;
}

template <class List> std::string show_all(List const& list) {
    std::string out;
    for (auto const& item : list) out += (out.empty() ? "" : "; ") + show(item);
    return out;
}

struct Case {
    std::string_view text, expected;
};

TEST(Quantities, InBothLanguages) {
    for (auto const& [text, expected] : std::initializer_list<Case>{
             // length
             {"85cm", "length 850"}, {"85 厘米", "length 850"}, {"85公分", "length 850"}, {"1.2 m", "length 1200"}, {"3米", "length 3000"}, {"1米8", "length 1800"}, {"1米75", "length 1750"}, {"一米八", "length 1800"},
             {"两米五", "length 2500"}, {"二十寸", "length 508"}, {"15.6英寸", "length 396.24"}, {"15.6-inch laptop", "length 396.24"}, {"27\" monitor", "length 685.8"}, {"3/4 inch", "length 19.05"}, {"1 1/2 in", "length 38.1"},
             {"5 ft 10 in", "length 1778"}, {"17½in.", "length 444.5"}, {"½ inch", "length 12.7"}, {"6\"x8\"", "length 152.4; length 203.2"}, {"12/18 months", "time 46656000"}, {"6 feet", "length 1828.8"}, {"10mm", "length 10"}, {"㎝ 80㎝", "length 800"}, {"８５ｃｍ", "length 850"}, {"半米", "length 500"}, {"1米75厘米", "length 1750"},
             {"120x60x75cm", "length 1200; length 600; length 750"}, {"120*60厘米", "length 1200; length 600"}, {"60cm x 80", "length 600; length 800"}, {"20 × 30 cm", "length 200; length 300"},
             // mass and volume
             {"1.5 kg", "mass 1500"}, {"三斤", "mass 1500"}, {"两斤半", "mass 1250"}, {"半斤", "mass 250"}, {"3两", "mass 150"}, {"500g", "mass 500"}, {"2 lbs", "mass 907.1847"}, {"8 oz", "mass 226.7962"}, {"10公斤", "mass 10000"},
             {"三斤二两", "mass 1600"}, {"500ml", "volume 500"}, {"500毫升", "volume 500"}, {"1.5升", "volume 1500"}, {"2L", "volume 2000"}, {"12 fl oz", "volume 354.8824"}, {"one gallon", "volume 3785.4118"}, {"500ml*2", "volume 500"},
             // electricity, data, time
             {"65W", "power 65"}, {"2千瓦", "power 2000"}, {"220V", "voltage 220"}, {"5000mAh", "charge 5000"}, {"一万毫安", "charge 10000"}, {"144Hz", "frequency 144"}, {"2A 充电", "current 2"}, {"99.9Wh", "energy 99.9"},
             {"256G内存", "data 274877906944"}, {"8GB RAM", "data 8589934592"}, {"1TB", "data 1099511627776"}, {"16G", "data 17179869184"}, {"24小时", "time 86400"}, {"1小时30分钟", "time 5400"}, {"30 days", "time 2592000"}, {"2年质保", "time 63072000"},
             // money
             {"200块", "money 200"}, {"三块五", "money 3.5"}, {"3块5毛", "money 3.5"}, {"$50", "money 50"}, {"US$1,299.99", "money 1299.99"}, {"￥199", "money 199"}, {"50 bucks", "money 50"}, {"两百五十元", "money 250"}, {"一千二百块", "money 1200"},
             {"1.5万元", "money 15000"}, {"1万2块", "money 12000"}, {"$10k", "money 10000"}, {"100美元", "money 100"}, {"€20", "money 20"}, {"rmb 300", "money 300"}, {"fifty dollars", "money 50"}, {"two hundred and fifty dollars", "money 250"},
             {"两三百块", "money 200; money 300"}, {"200多块", "money 200; money 300"}, {"一百二十块钱", "money 120"}, {"6元3个", "money 6; count 3"},
             // pieces, people, age, sizes, the rest
             {"3件", "count 3"}, {"a pack of 12 pieces", "count 12"}, {"10-pack", "count 10"}, {"两双袜子", "count 2"}, {"4人份", "people 4"}, {"双人被", "people 2"}, {"2-person tent", "people 2"}, {"3岁", "age 3"}, {"5 years old", "age 5"}, {"3-year-old", "age 3"},
             {"XL", "clothing_size 5"}, {"2XL", "clothing_size 6"}, {"XXL码", "clothing_size 6"}, {"M码", "clothing_size 3"}, {"size S", "clothing_size 2"}, {"3xl码", "clothing_size 7"}, {"42码", "numbered_size 42"}, {"size 8", "numbered_size 8"},
             {"-18℃", "temperature -18"}, {"零下18摄氏度", "temperature -18"}, {"50%", "percent 50"}, {"98°F", "temperature 36.6667"}, {"800流明", "brightness 800"}, {"48MP", "pixels 48000000"}, {"100平米", "area 100000000"}, {"5m²", "area 5000000"}})
        EXPECT_EQ(show_all(find_quantities(text)), expected) << text;
}

TEST(Quantities, AreNotSeenWhereThereAreNone) {
    for (auto const text : {"", "z62", "wh-1000xm4", "iphone 15", "尼康z62", "第二个", "2023年", "一下", "三只松鼠", "七匹狼", "99包邮", "2双肩包", "5G手机", "2 in 1", "3 in stock", "it's", "a t-shirt", "L'Oreal", "H&M", "双11", "一次性", "mate40", "百度", "5w30", "千", "M3 max", "don't", "485转dp", "三部曲", "二年级", "01A", "30000 6T"})
        EXPECT_EQ(show_all(find_quantities(text)), "") << text;
}

TEST(Quantities, SpansAreBytesOfTheOriginal) {
    std::string_view const text = "桌子宽８５㎝的";
    auto const found = find_quantities(text);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(text.substr(found[0].begin, found[0].end - found[0].begin), "８５㎝");
}

TEST(Constraints, InBothLanguages) {
    for (auto const& [text, expected] : std::initializer_list<Case>{
             // exact and tolerance
             {"85cm的桌子", "length [850,850]"}, {"85±1 cm", "length [840,860]"}, {"85cm±1cm", "length [840,860]"}, {"85 +/- 2 mm", "length [83,87]"}, {"85厘米误差不超过1厘米", "length [840,860]"}, {"85厘米，误差1厘米", "length [840,860]"}, {"220V±10%", "voltage [198,242]"},
             {"85 cm plus or minus 1", "length [840,860]"}, {"85 cm give or take 2 cm", "length [830,870]"}, {"85厘米上下浮动1厘米", "length [840,860]"},
             {"200左右", "number [180,220] about"}, {"200块左右", "money [180,220] about"}, {"大约200元", "money [180,220] about"}, {"around $50", "money [45,55] about"}, {"about 2 kg", "mass [1800,2200] about"}, {"100块上下", "money [90,110] about"},
             {"85厘米宽的桌子，误差不超过1厘米，预算500以内", "width length [840,860]; price money [-inf,500]"}, {"exactly 85 cm wide, plus or minus 1 cm, under $200", "width length [840,860]; money [-inf,200)"},
             {"宽85cm，误差1cm以内的", "width length [840,860]"}, {"85厘米的桌子，1厘米厚", "length [850,850]; thickness length [10,10]"}, {"200块的，上下5件", "money [200,200]; count [5,5]"},
             // ranges
             {"几十块的", "money [20,90]"}, {"几百元", "money [200,900]"},
             {"80到90厘米", "length [800,900]"}, {"80-90cm", "length [800,900]"}, {"80cm~90cm", "length [800,900]"}, {"between 80 and 90 cm", "length [800,900]"}, {"from 80 to 90 cm", "length [800,900]"}, {"80 to 90 cm", "length [800,900]"},
             {"介于80和90厘米之间", "length [800,900]"}, {"价格在100到200之间", "price money [100,200]"}, {"100-200元", "money [100,200]"}, {"$50-$100", "money [50,100]"}, {"$50 - 100", "money [50,100]"}, {"两三百块", "money [200,300]"}, {"2-3人", "people [2,3]"},
             {"3到5万元", "money [30000,50000]"}, {"两到三百块", "money [200,300]"}, {"3-6岁", "age [3,6]"}, {"一到两米", "length [1000,2000]"}, {"between $20 and $40", "money [20,40]"}, {"五十到一百块钱", "money [50,100]"}, {"100到200的", "number [100,200]"},
             {"for 2 to 3 people", "people [2,3]"}, {"七八十块", "money [70,80]"}, {"1.5-2米", "length [1500,2000]"}, {"ages 3-6 years", "age [3,6]"}, {"Ages 3+", "age [3,inf]"}, {"aged 8 and up", "age [8,inf]"}, {"3.5寸硬盘", "length [88.9,88.9]"},
             // at most
             {"200块以内", "money [-inf,200]"}, {"不超过200元", "money [-inf,200]"}, {"under $50", "money [-inf,50)"}, {"200以下", "number [-inf,200]"}, {"预算500", "price money [-inf,500]"}, {"预算不超过500", "price money [-inf,500]"}, {"budget of $300", "price money [-inf,300]"},
             {"at most 3 kg", "mass [-inf,3000]"}, {"up to 1.5 m", "length [-inf,1500]"}, {"no more than 80 cm", "length [-inf,800]"}, {"not more than 80cm", "length [-inf,800]"}, {"less than 2 lbs", "mass [-inf,907.1847)"}, {"最多3个", "count [-inf,3]"}, {"低于100元", "money [-inf,100)"},
             {"不到100块", "money [-inf,100)"}, {"不高于1000元", "money [-inf,1000]"}, {"宽度不大于80cm", "width length [-inf,800]"}, {"<= 50W", "power [-inf,50]"}, {"不要超过200", "number [-inf,200]"}, {"别超过两百块", "money [-inf,200]"}, {"don't exceed $100", "money [-inf,100]"},
             {"cheaper than 50 euros", "money [-inf,50)"}, {"$50 or less", "money [-inf,50]"}, {"$50 max", "money [-inf,50]"}, {"nothing over $50", "money [-inf,50]"}, {"I don't want anything over $50", "money [-inf,50]"}, {"within 200 yuan", "money [-inf,200]"}, {"控制在300以内", "number [-inf,300]"},
             {"一百块以内的", "money [-inf,100]"}, {"两千元以下", "money [-inf,2000]"}, {"三百块钱以内", "money [-inf,300]"}, {"must not be over 2 kg", "mass [-inf,2000]"}, {"不能超过1米5", "length [-inf,1500]"}, {"under fifty dollars", "money [-inf,50)"}, {"价格不要超过五百", "price money [-inf,500]"},
             {"my budget is 200 dollars", "price money [-inf,200]"}, {"200元的预算", "money [-inf,200]"}, {"1千以内", "number [-inf,1000]"}, {"不要200以上的", "number [-inf,200)"}, {"1.5万以内", "number [-inf,15000]"}, {"200块钱以内", "money [-inf,200]"},
             // at least
             {"至少3米", "length [3000,inf]"}, {"200以上", "number [200,inf]"}, {"at least 10000 mAh", "charge [10000,inf]"}, {"不少于500ml", "volume [500,inf]"}, {"over 2 m", "length (2000,inf]"}, {"more than 16GB of ram", "data (17179869184,inf]"}, {"5000毫安以上", "charge [5000,inf]"},
             {"100+元", "number [100,inf]"}, {"65W起", "power [65,inf]"}, {"no less than 1 litre", "volume [1000,inf]"}, {"超过100元", "money (100,inf]"}, {"大于27寸", "length (685.8,inf]"}, {"2 kg or more", "mass [2000,inf]"}, {"not under $20", "money [20,inf]"}, {"≥8G内存", "memory data [8589934592,inf]"},
             {"功率不低于1000瓦", "power power [1000,inf]"}, {"from $20", "money [20,inf]"}, {"最低2000元", "money [2000,inf]"}, {"ten pieces or more", "count [10,inf]"}, {"不能少于2斤", "mass [1000,inf]"},
             {"超过5公斤就不要了", "mass [-inf,5000]"}, {"200以上的不要", "number [-inf,200)"}, {"10 hours of battery or more", "battery time [36000,inf]"}, {"长120宽60", "length number [120,120]; width number [60,60]"},
             // both halves
             {"200以上500以下", "number [200,500]"}, {"大于3米小于5米", "length (3000,5000)"}, {"over $100 but under $200", "money (100,200)"}, {"至少2米，最多3米", "length [2000,3000]"}, {"more than 10 but no more than 20 kg", "number (10,inf]; mass [-inf,20000]"},
             // negation, aspects, several
             {"不要85cm的", "not length [850,850]"}, {"not 85 cm", "not length [850,850]"}, {"不要XL码", "not clothing_size [5,5]"}, {"除了42码", "not numbered_size [42,42]"}, {"特别200块的", "money [200,200]"},
             {"宽80cm高不超过1米", "width length [800,800]; height length [-inf,1000]"}, {"80 cm wide and at most 1 m tall", "width length [800,800]; height length [-inf,1000]"}, {"80cm宽的", "width length [800,800]"}, {"80cm高跟鞋", "length [800,800]"},
             {"15寸屏幕", "screen length [381,381]"}, {"身高175体重120斤", "body_height length [1750,1750]; body_weight mass [60000,60000]"}, {"腰围80", "waist length [800,800]"}, {"120x60x75 cm", "length [1200,1200] axis1; length [600,600] axis2; length [750,750] axis3"},
             {"2米长的线，200元以内", "length length [2000,2000]; money [-inf,200]"}, {"a desk 85 cm wide under $200", "width length [850,850]; money [-inf,200)"}, {"要两件M码的，100块左右", "count [2,2]; clothing_size [3,3]; money [90,110] about"},
             {"电池5000mAh以上", "battery charge [5000,inf]"}, {"我要 a 2 m cable 不超过50块", "length [2000,2000]; money [-inf,50]"}})
        EXPECT_EQ(show_all(find_constraints(text)), expected) << text;
}

TEST(Constraints, AreNotSeenWhereThereAreNone) {
    for (auto const text : {"", "iphone 15", "给我推荐一个", "买一件", "第二个怎么样", "wh-1000xm4", "尼康z62", "2023年", "不错", "no thanks", "from china", "M3", "1-2-3"})
        EXPECT_EQ(show_all(find_constraints(text)), "") << text;
}

TEST(Constraints, DecideAtTheirBounds) {
    auto const one = [](std::string_view text) { return find_constraints(text).at(0); };
    auto const within = one("85±1 cm");
    EXPECT_FALSE(within.allows(839.9));
    EXPECT_TRUE(within.allows(840));
    EXPECT_TRUE(within.allows(860));
    EXPECT_FALSE(within.allows(860.1));
    EXPECT_EQ(within.target, 850);
    EXPECT_TRUE(one("200元以内").allows(200));
    EXPECT_FALSE(one("under $200").allows(200));
    EXPECT_TRUE(one("under $200").allows(199.99));
    EXPECT_FALSE(one("超过100元").allows(100));
    EXPECT_TRUE(one("不要85cm的").allows(840));
    EXPECT_FALSE(one("不要85cm的").allows(850));
}

TEST(Constraints, SpanTheirWords) {
    std::string_view const text = "我想要不超过２００元的裙子";
    auto const found = find_constraints(text);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(text.substr(found[0].begin, found[0].end - found[0].begin), "不超过２００元");
}

TEST(Units, GoThereAndBack) {
    for (int u = 1; u <= static_cast<int>(Unit::lux); ++u) EXPECT_NEAR(from_canonical(to_canonical(12.5, static_cast<Unit>(u)), static_cast<Unit>(u)), 12.5, 1e-9) << u;
    EXPECT_EQ(clothing_size_name(3), "M");
    EXPECT_EQ(clothing_size_name(7), "3XL");
    EXPECT_EQ(clothing_size_name(-1), "");
    EXPECT_EQ(clothing_size_name(2.5), "");
}

TEST(Units, SurviveAnything) {
    Random random(5);
    static constexpr std::string_view seeds[] = {"85", "cm", "-", "到", "不超过", "两", "百", "万", "半", "$", "k", "x", "±", "%", "1,000", "1/2", "以内", "over", " ", "XL", "\xFF", "米", "8", "fifty", "and", "宽", ".", "G", "零下", "多"};
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::size_t n = random.below(12); n-- > 0;) text += seeds[random.below(std::size(seeds))];
        for (auto const& c : find_constraints(text)) {
            ASSERT_LT(c.begin, c.end) << text;
            ASSERT_LE(c.end, text.size()) << text;
            ASSERT_FALSE(std::isnan(c.min) || std::isnan(c.max)) << text;
            ASSERT_LE(c.min, c.max) << text;
        }
    }
    std::string many;
    for (int i = 0; i < 20'000; ++i) many += "1小时30分钟x";
    EXPECT_EQ(find_quantities(many).size(), 20'000u);
    EXPECT_LE(find_quantities(std::string(300'000, '9')).size(), 1u);
    EXPECT_LE(find_quantities(std::string(300'000, 'x')).size(), 1u);
}

}  // namespace
}  // namespace kindling::text
