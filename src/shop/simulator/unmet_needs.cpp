#include "shop/simulator/unmet_needs.h"

namespace kindling::shop::simulator {

std::vector<UnmetNeed> unmet_needs(World const& world) {
    struct Row {
        char const* category;
        char const* query_zh;
        char const* query_en;
        char const* wish_zh;
        char const* wish_en;
        double requests;
    };
    static constexpr Row rows[] = {
        {"tea-dress", "孕妇连衣裙", "maternity dress", "怀孕六个月，想要能穿到生的连衣裙", "a dress I can wear to the ninth month", 210},
        {"tea-dress", "哺乳裙", "nursing dress", "方便喂奶的裙子", "a dress that opens for nursing", 90},
        {"shirt", "加长袖衬衫 190cm", "extra long sleeve shirt", "身高190，袖子总是短", "I am 190 cm and sleeves are always short", 120},
        {"sneakers", "46码运动鞋", "sneakers size 46", "脚大，46码哪里有", "size EU 46 please", 160},
        {"sneakers", "老人防滑健步鞋 魔术贴", "velcro walking shoes for elderly", "给爸爸买，弯不下腰，要魔术贴的", "velcro, because my father cannot bend", 140},
        {"ankle-boots", "大筒围短靴", "wide calf ankle boots", "小腿粗，拉链拉不上", "wide enough for my calves", 60},
        {"backpacks", "相机双肩包", "camera backpack", "能放单反和两个镜头的包", "room for a camera and two lenses", 130},
        {"suitcases", "儿童可坐骑行李箱", "ride-on suitcase for kids", "孩子能骑着走的箱子", "a case that my child can ride", 110},
        {"headphones", "儿童头戴耳机 限音量", "kids headphones volume limited", "给孩子上网课用，要限制音量", "volume-limited for school", 190},
        {"earbuds", "骨传导耳机 游泳", "bone conduction swimming earphones", "游泳能戴的骨传导", "bone conduction for swimming", 230},
        {"kettles", "旅行折叠烧水壶", "foldable travel kettle", "出差带的折叠烧水壶", "a foldable kettle for travel", 240},
        {"kettles", "双电压电热水壶 110v", "dual voltage kettle 110v", "去日本美国也能用的", "one that works on 110 V", 95},
        {"air-fryers", "2升迷你空气炸锅", "2l mini air fryer", "一个人住，3.5升还是太大", "3.5 litres is too large for one", 105},
        {"rice-cookers", "1升迷你电饭煲 一人", "1 litre rice cooker", "一个人吃，想要1升的", "one litre for one person", 100},
        {"desk-lamps", "屏幕挂灯", "monitor light bar", "挂在显示器上的灯", "a lamp that hangs on my monitor", 260},
        {"floor-lamps", "无线充电落地灯", "cordless floor lamp", "不用插线的落地灯", "a floor lamp without a cable", 85},
        {"desks", "80cm小书桌", "desk 80cm wide", "房间小，只放得下80厘米", "only 80 cm of room", 200},
        {"chairs", "小个子人体工学椅 150cm", "ergonomic chair for petite", "我150，坐着脚不着地", "I am 150 cm and my feet hang", 150},
        {"thermos", "1.5升保温壶", "1.5 litre thermos", "一家人出门用，1升不够", "one litre is not enough for a family", 135},
        {"mugs", "左撇子马克杯", "left handed mug", "左手用的杯子，图案朝我", "a mug for left-handers", 35},
        {"sunscreens", "婴儿防晒", "baby sunscreen", "一岁宝宝能用的防晒", "safe for a one-year-old", 170},
        {"creams", "孕妇面霜", "pregnancy safe face cream", "孕期能用的面霜", "safe in pregnancy", 150},
        {"building-blocks", "盲文积木", "braille blocks", "给看不见的孩子学盲文", "for a blind child to learn braille", 25},
        {"pet-food", "肾脏处方猫粮", "renal cat food", "猫肾不好，要低磷的", "low phosphorus for a cat with kidney trouble", 180},
        {"pet-food", "兔粮", "rabbit food", "有没有兔子吃的", "anything for rabbits", 70},
        {"pet-beds", "大型犬窝 金毛", "large dog bed golden retriever", "金毛三十五公斤睡得下的", "for a retriever of 35 kg", 145}};
    std::vector<UnmetNeed> out;
    for (auto const& row : rows)
        for (std::size_t i = 0; i < world.categories.size(); ++i)
            if (world.categories[i].key == row.category) out.push_back({static_cast<int>(i), {row.query_zh, row.query_en}, {row.wish_zh, row.wish_en}, row.requests * 0.5});
    return out;
}

}  // namespace kindling::shop::simulator
