#include "engines/text/analysis/constraint_words.h"

#include <algorithm>
#include <array>

namespace kindling::text {

namespace {

using enum Bound;

constexpr BoundWord before[] = {
    {U"最多", at_most}, {U"最高", at_most}, {U"最大", at_most}, {U"最贵", at_most}, {U"最长", at_most}, {U"最重", at_most}, {U"最宽", at_most}, {U"至多", at_most}, {U"顶多", at_most}, {U"上限", at_most}, {U"≤", at_most}, {U"<=", at_most}, {U"封顶", at_most}, {U"控制在", at_most}, {U"不满", below},
    {U"小于", below}, {U"低于", below}, {U"少于", below}, {U"短于", below}, {U"轻于", below}, {U"不到", below}, {U"不足", below}, {U"未满", below}, {U"<", below}, {U"小于等于", at_most}, {U"低于等于", at_most},
    {U"至少", at_least}, {U"最少", at_least}, {U"最低", at_least}, {U"最小", at_least}, {U"起码", at_least}, {U"下限", at_least}, {U"≥", at_least}, {U">=", at_least}, {U"大于等于", at_least}, {U"高于等于", at_least}, {U"满", at_least}, {U"达到", at_least}, {U"不差于", at_least},
    {U"大于", above}, {U"高于", above}, {U"超过", above}, {U"超出", above}, {U"超", above}, {U"多于", above}, {U"长于", above}, {U"重于", above}, {U">", above}, {U"贵于", above}, {U"长过", above}, {U"高过", above}, {U"高出", above},
    {U"大约", about}, {U"大概", about}, {U"约", about}, {U"差不多", about}, {U"接近", about}, {U"将近", about}, {U"≈", about}, {U"~", about}, {U"左右", about},
    {U"正好", exactly}, {U"刚好", exactly}, {U"就要", exactly}, {U"exactly", exactly}, {U"precisely", exactly}, {U"=", exactly}, {U"等于", exactly},
    {U"at most", at_most}, {U"up to", at_most}, {U"max", at_most}, {U"max.", at_most}, {U"maximum", at_most}, {U"maximum of", at_most}, {U"a maximum of", at_most}, {U"within", at_most}, {U"limit", at_most}, {U"as much as", at_most}, {U"upto", at_most}, {U"capped at", at_most},
    {U"under", below}, {U"below", below}, {U"less than", below}, {U"lower than", below}, {U"cheaper than", below}, {U"smaller than", below}, {U"shorter than", below}, {U"lighter than", below}, {U"narrower than", below}, {U"thinner than", below}, {U"younger than", below}, {U"fewer than", below}, {U"quieter than", below},
    {U"at least", at_least}, {U"min", at_least}, {U"min.", at_least}, {U"minimum", at_least}, {U"minimum of", at_least}, {U"a minimum of", at_least}, {U"from", at_least}, {U"starting at", at_least}, {U"starting from", at_least},
    {U"over", above}, {U"above", above}, {U"more than", above}, {U"greater than", above}, {U"larger than", above}, {U"bigger than", above}, {U"longer than", above}, {U"wider than", above}, {U"taller than", above}, {U"higher than", above}, {U"heavier than", above}, {U"older than", above},
    {U"thicker than", above}, {U"deeper than", above}, {U"exceed", above}, {U"exceeds", above}, {U"exceeding", above}, {U"beyond", above}, {U"louder than", above}, {U"more expensive than", above}, {U"pricier than", above}, {U"dearer than", above}, {U"go over", above}, {U"going over", above},
    {U"about", about}, {U"around", about}, {U"approximately", about}, {U"approx", about}, {U"approx.", about}, {U"roughly", about}, {U"circa", about}, {U"nearly", about}, {U"close to", about}, {U"something like", about}, {U"near", about},
};

constexpr BoundWord after[] = {
    {U"以内", at_most}, {U"之内", at_most}, {U"以下", at_most}, {U"之下", at_most}, {U"及以下", at_most}, {U"或以下", at_most}, {U"内", at_most}, {U"封顶", at_most}, {U"往下", at_most}, {U"或更少", at_most}, {U"或更低", at_most}, {U"为上限", at_most}, {U"的预算", at_most}, {U"预算", at_most}, {U"顶天", at_most}, {U"不到", below},
    {U"以上", at_least}, {U"之上", at_least}, {U"及以上", at_least}, {U"或以上", at_least}, {U"起步", at_least}, {U"起", at_least}, {U"往上", at_least}, {U"打底", at_least}, {U"朝上", at_least}, {U"或更多", at_least}, {U"或更高", at_least}, {U"开外", above},
    {U"左右", about}, {U"上下", about}, {U"前后", about}, {U"附近", about}, {U"出头", about}, {U"样子", about}, {U"的样子", about},
    {U"or less", at_most}, {U"or under", at_most}, {U"or below", at_most}, {U"or fewer", at_most}, {U"or smaller", at_most}, {U"or shorter", at_most}, {U"or lighter", at_most}, {U"or cheaper", at_most}, {U"or lower", at_most}, {U"or younger", at_most}, {U"max", at_most}, {U"max.", at_most}, {U"maximum", at_most}, {U"tops", at_most}, {U"at most", at_most},
    {U"and under", at_most}, {U"and below", at_most}, {U"limit", at_most}, {U"budget", at_most}, {U"at the most", at_most}, {U"tops.", at_most},
    {U"or more", at_least}, {U"or over", at_least}, {U"or above", at_least}, {U"or larger", at_least}, {U"or bigger", at_least}, {U"or longer", at_least}, {U"or higher", at_least}, {U"or taller", at_least}, {U"or wider", at_least}, {U"or heavier", at_least}, {U"or older", at_least}, {U"and up", at_least}, {U"& up", at_least}, {U"up", at_least}, {U"and above", at_least},
    {U"and over", at_least}, {U"and older", at_least}, {U"plus", at_least}, {U"+", at_least}, {U"min", at_least}, {U"min.", at_least}, {U"minimum", at_least}, {U"upwards", at_least}, {U"at least", at_least}, {U"or so", about}, {U"ish", about}, {U"-ish", about}, {U"more or less", about}, {U"give or take", about},
};

constexpr AspectWord aspect_before[] = {
    {U"长度", Aspect::length}, {U"长", Aspect::length}, {U"宽度", Aspect::width}, {U"宽", Aspect::width}, {U"高度", Aspect::height}, {U"高", Aspect::height}, {U"深度", Aspect::depth}, {U"深", Aspect::depth}, {U"厚度", Aspect::thickness}, {U"厚", Aspect::thickness}, {U"直径", Aspect::diameter}, {U"口径", Aspect::diameter},
    {U"重量", Aspect::weight}, {U"净重", Aspect::weight}, {U"毛重", Aspect::weight}, {U"重", Aspect::weight}, {U"容量", Aspect::capacity}, {U"容积", Aspect::capacity}, {U"价格", Aspect::price}, {U"价位", Aspect::price}, {U"价钱", Aspect::price}, {U"预算", Aspect::price}, {U"单价", Aspect::price}, {U"售价", Aspect::price}, {U"总价", Aspect::price},
    {U"屏幕", Aspect::screen}, {U"屏幕尺寸", Aspect::screen}, {U"电池", Aspect::battery}, {U"电池容量", Aspect::battery}, {U"续航", Aspect::battery}, {U"功率", Aspect::power}, {U"腰围", Aspect::waist}, {U"胸围", Aspect::chest}, {U"臀围", Aspect::hip}, {U"肩宽", Aspect::shoulder}, {U"身高", Aspect::body_height}, {U"体重", Aspect::body_weight},
    {U"内存", Aspect::memory}, {U"运存", Aspect::memory}, {U"运行内存", Aspect::memory}, {U"存储", Aspect::storage}, {U"硬盘", Aspect::storage}, {U"质保", Aspect::warranty}, {U"保修", Aspect::warranty},
    {U"length", Aspect::length}, {U"width", Aspect::width}, {U"height", Aspect::height}, {U"depth", Aspect::depth}, {U"thickness", Aspect::thickness}, {U"diameter", Aspect::diameter}, {U"weight", Aspect::weight}, {U"weighing", Aspect::weight}, {U"weighs", Aspect::weight}, {U"capacity", Aspect::capacity}, {U"price", Aspect::price}, {U"priced", Aspect::price},
    {U"cost", Aspect::price}, {U"costs", Aspect::price}, {U"costing", Aspect::price}, {U"budget", Aspect::price}, {U"spend", Aspect::price}, {U"pay", Aspect::price}, {U"screen", Aspect::screen}, {U"display", Aspect::screen}, {U"battery", Aspect::battery}, {U"power", Aspect::power}, {U"waist", Aspect::waist}, {U"chest", Aspect::chest}, {U"bust", Aspect::chest}, {U"hip", Aspect::hip}, {U"hips", Aspect::hip},
    {U"my height", Aspect::body_height}, {U"my weight", Aspect::body_weight}, {U"i weigh", Aspect::body_weight}, {U"ram", Aspect::memory}, {U"memory", Aspect::memory}, {U"storage", Aspect::storage}, {U"warranty", Aspect::warranty},
};

constexpr AspectWord aspect_after[] = {
    {U"长", Aspect::length, U"袖裙裤款发方靴条"}, {U"宽", Aspect::width, U"松腿檐"}, {U"高", Aspect::height, U"跟腰清级端领帮筒的跟"}, {U"深", Aspect::depth, U"色蓝灰红绿咖"}, {U"厚", Aspect::thickness, U"底"}, {U"直径", Aspect::diameter}, {U"重", Aspect::weight, U"磅"}, {U"屏", Aspect::screen}, {U"屏幕", Aspect::screen}, {U"内存", Aspect::memory}, {U"运存", Aspect::memory},
    {U"存储", Aspect::storage}, {U"硬盘", Aspect::storage}, {U"固态", Aspect::storage}, {U"电池", Aspect::battery}, {U"续航", Aspect::battery}, {U"功率", Aspect::power}, {U"质保", Aspect::warranty}, {U"保修", Aspect::warranty}, {U"腰围", Aspect::waist}, {U"胸围", Aspect::chest}, {U"预算", Aspect::price},
    {U"long", Aspect::length}, {U"in length", Aspect::length}, {U"wide", Aspect::width}, {U"in width", Aspect::width}, {U"tall", Aspect::height}, {U"high", Aspect::height}, {U"in height", Aspect::height}, {U"deep", Aspect::depth}, {U"thick", Aspect::thickness}, {U"in diameter", Aspect::diameter}, {U"diameter", Aspect::diameter}, {U"screen", Aspect::screen}, {U"display", Aspect::screen},
    {U"ram", Aspect::memory}, {U"memory", Aspect::memory}, {U"storage", Aspect::storage}, {U"ssd", Aspect::storage}, {U"battery", Aspect::battery}, {U"of battery", Aspect::battery}, {U"of battery life", Aspect::battery}, {U"battery life", Aspect::battery}, {U"warranty", Aspect::warranty}, {U"waist", Aspect::waist}, {U"budget", Aspect::price}, {U"capacity", Aspect::capacity},
};

constexpr std::u32string_view negation[] = {U"不", U"不要", U"不想要", U"不需要", U"不用", U"不是", U"别", U"不能", U"不可以", U"不可", U"不得", U"不会", U"不应", U"不必", U"非", U"别给我", U"除了", U"不要给我", U"没有", U"没", U"not", U"no", U"never", U"don't", U"dont", U"don't want", U"do not want", U"do not", U"without", U"except", U"except for",
                                             U"other than", U"isn't", U"is not", U"not be", U"shouldn't", U"should not", U"must not", U"mustn't", U"can't", U"cannot", U"can not", U"won't", U"nothing", U"none", U"not a", U"anything but", U"doesn't", U"does not", U"don't want anything", U"do not want anything", U"not want anything", U"not any", U"not going", U"don't go", U"aren't"};
constexpr std::u32string_view filler[] = {U"在", U"是", U"为", U"有", U"得", U"要", U"到", U"就", U"价格", U"大约", U"大概", U"约", U":", U",", U"的", U"of", U"is", U"to", U"be", U"the", U"a", U"an", U"it", U"at", U"about", U"around", U"by", U"我", U"能", U"do", U"for", U"than", U"are", U"should be", U"must be", U"roughly", U"only", U"just", U"只有", U"只", U"可以", U"了"};
constexpr std::u32string_view tolerance[] = {U"±", U"+/-", U"+-", U"正负", U"误差", U"误差在", U"误差不超过", U"误差不能超过", U"误差最多", U"允许误差", U",误差", U",误差不超过", U"上下浮动", U"上下", U"浮动", U"plus or minus", U"plus/minus", U"give or take", U"tolerance", U"with a tolerance of", U"+/−", U"∓", U"上下差", U"的误差在"};

template <class Word, std::size_t n> auto longest_first(Word const (&table)[n]) {
    std::array<Word, n> sorted;
    std::copy(table, table + n, sorted.begin());
    auto const text = [](Word const& w) -> std::u32string_view {
        if constexpr (requires { w.text; }) return w.text;
        else return w;
    };
    std::sort(sorted.begin(), sorted.end(), [&](auto const& a, auto const& b) { return text(a).size() != text(b).size() ? text(a).size() > text(b).size() : text(a) < text(b); });
    return sorted;
}

}  // namespace

std::span<const BoundWord> bounds_before() { static auto const table = longest_first(before); return table; }
std::span<const BoundWord> bounds_after() { static auto const table = longest_first(after); return table; }
std::span<const AspectWord> aspects_before() { static auto const table = longest_first(aspect_before); return table; }
std::span<const AspectWord> aspects_after() { static auto const table = longest_first(aspect_after); return table; }
std::span<const std::u32string_view> negations() { static auto const table = longest_first(negation); return table; }
std::span<const std::u32string_view> fillers() { static auto const table = longest_first(filler); return table; }
std::span<const std::u32string_view> tolerances() { static auto const table = longest_first(tolerance); return table; }

std::string_view name_of(Aspect aspect) {
    static constexpr std::string_view names[] = {"none", "length", "width", "height", "depth", "thickness", "diameter", "weight", "capacity", "price", "screen", "battery", "power",
                                                 "waist", "chest", "hip", "shoulder", "body_height", "body_weight", "memory", "storage", "warranty"};
    static_assert(std::size(names) == static_cast<std::size_t>(Aspect::warranty) + 1);
    return names[static_cast<std::size_t>(aspect)];
}

}  // namespace kindling::text
