// modules/dialogue/concepts.cpp -- everyday words of Chinese and English shoppers, and the stems by which they find their
// place in a catalogue that spells things its own way. A row without a hit in this shop means nothing in this shop.
//
// Blank-separated; '_' stands for a blank; '!' bars a value that would otherwise be hit (粉红 is not 红).
#include "modules/dialogue/lexicon.h"
#include <array>
#include <unordered_set>

namespace kindling::dialogue {
namespace {

constexpr Concept categories[] = {
    {"裙子 裙 连衣裙 长裙 短裙 连身裙 裙装 小裙子 dress dresses gown frock sundress", "连衣裙 dresses dress"},
    {"衬衣 衬衫 blouse shirt", "衬衫 衬衣 shirt"},
    {"t恤 tee t_shirt t_shirts tshirt 短袖t恤 体恤", "t恤 t_shirt tee"},
    {"上衣 上装 衣服 top tops", "上装 上衣 tops"},
    {"开衫 毛衣 针织衫 毛衫 cardigan sweater jumper knitwear", "开衫 毛衣 针织衫 cardigan sweater"},
    {"外套 jacket coat 大衣", "外套 大衣 jacket coat"},
    {"裤子 裤 pants trousers", "裤 pants trousers"},
    {"鞋 鞋子 shoe shoes footwear", "鞋靴 鞋 shoes"},
    {"运动鞋 跑鞋 跑步鞋 球鞋 休闲鞋 板鞋 sneaker sneakers trainers running_shoes tennis_shoes", "运动鞋 运动休闲鞋 跑鞋 sneakers trainers"},
    {"靴子 靴 短靴 boots boot booties", "短靴 长靴 马丁靴 雪地靴 靴子 boots"},
    {"皮鞋 小皮鞋 单鞋 乐福 乐福鞋 loafer loafers moccasins", "乐福鞋 loafers"},
    {"包 包包 皮包 手袋 bag bags handbag", "箱包 包袋 包 bags handbags"},
    {"双肩包 书包 背包 双肩背包 backpack rucksack daypack", "双肩包 背包 书包 backpack"},
    {"托特包 托特 购物袋 tote tote_bag", "托特 tote"},
    {"斜挎包 挎包 单肩包 crossbody shoulder_bag messenger", "斜挎 单肩 挎包 crossbody shoulder"},
    {"行李箱 拉杆箱 旅行箱 登机箱 suitcase luggage carry_on", "行李箱 拉杆箱 suitcase luggage"},
    {"耳机 headphone headphones earphone earphones headset", "耳机 headphones earphones earbuds !音响 !audio"},
    {"蓝牙耳机 无线耳机 真无线 耳塞 入耳式 earbud earbuds tws wireless_earbuds", "真无线 蓝牙耳机 入耳 earbuds"},
    {"头戴式 头戴耳机 头戴式耳机 over_ear over_ear_headphones", "头戴 over_ear"},
    {"音箱 音响 蓝牙音箱 喇叭 speaker speakers bluetooth_speaker", "音箱 音响 speaker !耳机 !headphones"},
    {"锅 锅具 pot pan cookware", "锅具 锅 cookware pan pot !炸锅 !fryer"},
    {"平底锅 煎锅 不粘锅 frying_pan skillet nonstick_pan", "煎锅 平底锅 frying_pan skillet"},
    {"炒锅 wok", "炒锅 wok"},
    {"刀 菜刀 厨刀 knife knives", "刀 knife"},
    {"厨具 厨房用品 kitchenware kitchen", "厨房 厨具 kitchen"},
    {"水壶 烧水壶 电水壶 kettle", "水壶 烧水壶 kettle"},
    {"咖啡机 咖啡壶 coffee_maker", "咖啡 coffee"},
    {"灯 灯具 灯饰 lamp lamps light lights lighting", "灯具 灯饰 照明 lighting lamps"},
    {"台灯 书桌灯 护眼灯 desk_lamp table_lamp reading_lamp", "台灯 desk_lamp table_lamp"},
    {"落地灯 floor_lamp", "落地灯 floor_lamp"},
    {"吊灯 pendant pendant_light chandelier", "吊灯 pendant chandelier"},
    {"小夜灯 夜灯 night_light bedside_lamp", "夜灯 night"},
    {"家具 furniture", "家具 furniture"},
    {"桌子 桌 书桌 办公桌 电脑桌 desk desks table", "书桌 桌 desk table"},
    {"椅子 椅 餐椅 办公椅 电脑椅 人体工学椅 chair chairs", "椅 chair"},
    {"沙发 sofa couch settee", "沙发 sofa"},
    {"书架 架子 置物架 书柜 shelf shelves bookcase bookshelf", "书架 置物架 书柜 shelf bookcase"},
    {"床头柜 bedside_table nightstand", "床头柜 bedside nightstand"},
    {"杯子 杯 水杯 喝水用 喝水的 喝咖啡用 cup cups drinkware something_to_drink something_to_drink_from", "杯具 水杯 杯 cups drinkware mugs"},
    {"马克杯 咖啡杯 mug mugs coffee_mug", "马克杯 mug"},
    {"保温杯 保温壶 keep_my_coffee_hot keep_coffee_hot keep_coffee_warm keep_my_coffee_warm keep_my_tea_hot keep_tea_hot keep_my_drink_hot keep_my_drinks_hot keep_drinks_hot keep_drinks_cold keep_my_water_cold keep_water_cold thermos flask vacuum_flask insulated_bottle tumbler", "保温杯 thermos flask vacuum insulated tumbler"},
    {"水瓶 运动水壶 水壶杯 water_bottle bottle", "水瓶 运动水壶 bottle 水杯"},
    {"儿童水杯 宝宝杯 宝宝水杯 儿童杯 婴儿水杯 kids_bottle kids_bottles kids'_bottle kid's_bottle kids_cup children's_bottle childrens_bottle child's_bottle baby_bottle sippy_cup toddler_cup", "儿童水杯 宝宝杯 children's_bottle kids_bottle"},
    {"茶具 茶壶 茶杯 teapot tea_set", "茶具 茶壶 tea"},
    {"护肤品 护肤 化妆品 skincare skin_care cosmetics", "护肤 美妆 skincare skin_care"},
    {"精华 精华液 serum", "精华 serum"},
    {"面霜 乳液 保湿霜 cream moisturiser moisturizer lotion", "面霜 cream moisturiser moisturizer"},
    {"防晒 防晒霜 sunscreen sunblock spf", "防晒 sunscreen"},
    {"洗面奶 洁面 cleanser face_wash", "洁面 洗面奶 cleanser"},
    {"面膜 mask face_mask", "面膜 mask"},
    {"玩具 toy toys", "玩具 toys"},
    {"积木 blocks building_blocks bricks", "积木 blocks"},
    {"拼图 puzzle jigsaw", "拼图 puzzle"},
    {"毛绒玩具 公仔 娃娃 玩偶 plush stuffed_animal soft_toy teddy", "毛绒 plush soft_toy"},
    {"宠物用品 宠物 pet pets pet_supplies", "宠物 pet"},
    {"猫粮 cat_food 狗粮 dog_food 宠物粮 pet_food kitten_food puppy_food kibble 猫吃的 狗吃的 猫咪吃的 狗狗吃的 幼猫粮 幼犬粮", "猫粮 狗粮 宠物粮 cat_food dog_food pet_food"},
    {"狗窝 猫窝 窝 宠物窝 宠物床 dog_bed cat_bed pet_bed", "窝 bed"},
    {"猫抓板 cat_scratcher scratching_post", "猫抓 scratch"},
    {"牵引绳 狗绳 leash lead", "牵引 leash lead"},
};

constexpr Concept values[] = {
    {"红 红色 大红 正红 红的 红色系 red", "红 red burgundy 酒红 枣红 砖红 wine crimson scarlet maroon !粉红 !pink"},
    {"酒红 酒红色 burgundy wine_red maroon", "酒红 burgundy wine maroon"},
    {"蓝 蓝色 蓝的 blue", "蓝 blue navy 藏青 indigo"},
    {"深蓝 深蓝色 藏蓝 藏青 藏青色 海军蓝 navy navy_blue dark_blue", "藏青 navy 深蓝 海军蓝"},
    {"浅蓝 浅蓝色 天蓝 天蓝色 light_blue sky_blue", "浅蓝 天蓝 雾蓝 雾霾蓝 sky light_blue"},
    {"绿 绿色 绿的 green", "绿 green sage olive mint"},
    {"黑 黑色 黑的 black", "黑 black"},
    {"白 白色 白的 white", "白 white !蛋白 !米白 !奶油 !off_white"},
    {"米白 米白色 奶油色 奶白 米色 米黄 杏色 cream off_white ivory beige", "米白 奶油 米色 杏色 cream ivory beige oat 燕麦"},
    {"湖蓝 湖蓝色 孔雀蓝 turquoise teal cyan", "湖蓝 孔雀蓝 turquoise teal cyan"},
    {"灰 灰色 灰的 grey gray", "灰 grey gray"},
    {"粉 粉色 粉红 粉红色 粉的 pink rose", "粉 pink rose 玫瑰"},
    {"紫 紫色 purple violet lilac lavender", "紫 purple lilac violet lavender !紫外 !香包 !filled"},
    {"黄 黄色 黄的 yellow", "黄 yellow mustard"},
    {"橙 橙色 橘色 橘 orange", "橙 橘 orange"},
    {"棕 棕色 咖啡色 咖色 褐色 brown", "棕 咖 褐 brown"},
    {"驼色 卡其 卡其色 camel khaki tan", "驼 卡其 camel khaki tan"},
    {"银 银色 silver", "银 silver"}, {"金 金色 gold golden", "金色 gold"},
    {"皮 皮的 皮质 真皮 皮革 牛皮 皮料 皮子 皮做的 皮制 leather real_leather genuine_leather", "皮 leather cowhide sheepskin calfskin nubuck suede !超纤 !人造 !仿皮 !microfibre !microfiber !faux !vegan"},
    {"棉 棉的 纯棉 全棉 棉质 cotton", "棉 cotton"},
    {"麻 亚麻 麻的 棉麻 linen", "亚麻 棉麻 linen"},
    {"羊毛 毛的 wool woollen woolen", "羊毛 wool"},
    {"羊绒 cashmere", "羊绒 cashmere"},
    {"真丝 丝绸 桑蚕丝 silk", "真丝 桑蚕丝 silk"},
    {"缎面 satin", "缎 satin"},
    {"涤纶 化纤 聚酯 聚酯纤维 polyester synthetic", "涤纶 聚酯 polyester"},
    {"尼龙 nylon", "尼龙 nylon"}, {"帆布 canvas", "帆布 canvas"}, {"塑料 塑料的 plastic", "塑料 plastic abs pp tritan"},
    {"不锈钢 不锈钢的 stainless stainless_steel steel", "不锈钢 stainless steel"},
    {"玻璃 玻璃的 glass", "玻璃 glass"}, {"陶瓷 瓷 瓷的 ceramic porcelain", "陶瓷 瓷 ceramic porcelain stoneware"},
    {"木 木头 木头的 木质 实木 实木的 wood wooden solid_wood", "木 wood oak walnut pine beech ash bamboo !竹"},
    {"橡木 oak", "橡木 oak"}, {"胡桃木 walnut", "胡桃 walnut"}, {"竹 竹子 bamboo", "竹 bamboo"},
    {"铸铁 cast_iron", "铸铁 cast iron"}, {"铝 铝合金 aluminium aluminum", "铝 aluminium aluminum"}, {"硅胶 silicone", "硅胶 silicone"},
    {"男 男士 男款 男生 男的 男式 男性 man men mens men's male guy guys gentleman", "男 men unisex 男女"},
    {"女 女士 女款 女生 女的 女式 女性 woman women womens women's ladies female lady", "女 women unisex 男女"},
    // Whom it is for: a wish where the goods say so, and no condition where they do not ("~").
    {"~老公 ~男朋友 ~男友 ~爸爸 ~父亲 ~爷爷 ~老爸 ~boyfriend ~husband ~dad ~father ~grandpa", "男 men unisex"},
    {"~老婆 ~女朋友 ~女友 ~妈妈 ~母亲 ~奶奶 ~老妈 ~婆婆 ~闺蜜 ~妻子 ~girlfriend ~wife ~mom ~mum ~mother ~grandma", "女 women unisex"},
    {"夏天 夏季 夏 夏天穿 夏装 summer", "夏 summer"},
    {"冬天 冬季 冬 winter", "冬 winter"},
    {"春天 春季 秋天 秋季 spring autumn fall", "春 秋 spring autumn"},
    {"短袖 short_sleeve short_sleeves short_sleeved", "短袖 short_sleeved short_sleeve"},
    {"长袖 long_sleeve long_sleeves long_sleeved", "长袖 long_sleeved long_sleeve"},
    {"无袖 sleeveless", "无袖 sleeveless"},
    {"膝盖以下 过膝 膝下 盖过膝盖 遮住膝盖 below_the_knee below_knee over_the_knee", "及膝 过膝 中长 长款 knee_length midi maxi"},
    {"登机 登机箱 带上飞机 上飞机 随身登机 carry_on cabin_size cabin_bag hand_luggage", "登机 cabin carry_on"},
    {"v领 v_neck", "v领 v_neck"}, {"圆领 crew_neck round_neck", "圆领 crew round_neck"}, {"方领 square_neck", "方领 square_neck"},
    {"条纹 striped stripes stripe", "条纹 stripe striped"}, {"格子 格纹 checked plaid check gingham", "格 check plaid gingham"}, {"碎花 花 印花 floral flowery", "碎花 花 floral"}, {"印花 有印花 图案 print prints printed", "印花 print printed"}, {"纯色 plain solid_colour solid_color", "纯色 plain solid"}, {"波点 polka_dot polka_dots", "波点 polka"},
    {"宽松 宽松的 loose relaxed oversized oversize baggy", "宽松 loose relaxed oversized"}, {"修身 紧身 slim fitted slim_fit tight", "修身 slim fitted"},
    {"跑步 慢跑 跑步鞋 跑鞋 running running_shoes jogging", "跑步 running"}, {"通勤 上班 上班穿 commuting commute office work_commute", "通勤 commut office"}, {"~at_work ~for_work", "办公 office"}, {"徒步 爬山 登山 hiking trekking", "徒步 登山 hiking"}, {"健身 gym workout fitness", "健身 gym training"}, {"旅行 旅游 出差 travel travelling traveling", "旅行 travel"},
    {"防滑 不滑 non_slip nonslip slip_resistant", "防滑 non_slip"},
    {"平底 平跟 flat flats flat_heel", "平底 平跟 flat"}, {"粗跟 block_heel", "粗跟 block"}, {"坡跟 wedge wedges", "坡跟 wedge"},
    {"加绒 绒里 fleece fleece_lined", "加绒 fleece"}, {"宽楦 脚宽 宽脚 wide_fit wide_feet", "宽楦 wide"}, {"窄楦 脚瘦 narrow_fit narrow_feet", "窄楦 narrow"},
    {"降噪 主动降噪 anc noise_cancelling noise_canceling noise_cancellation", "降噪 noise_cancel anc noise_cancelling"},
    {"防水 防泼水 waterproof water_resistant waterproofing", "防水 防泼水 waterproof water_resistant ipx ipx4 ipx5 ipx7"},
    {"无线 蓝牙 wireless bluetooth", "无线 蓝牙 wireless bluetooth"},
    {"有线 wired", "有线 wired"},
    {"干皮 干性皮肤 干性 dry_skin", "干性 干皮 dry"}, {"油皮 油性皮肤 油性 oily_skin", "油性 油皮 oily"}, {"敏感肌 敏感皮肤 敏感 sensitive_skin sensitive", "敏感 sensitive"},
    {"无香 无香料 无香精 fragrance_free unscented", "无香 fragrance_free unscented"}, {"无酒精 不含酒精 alcohol_free", "无酒精 alcohol_free"},
    {"猫 猫咪 喵 猫粮 幼猫粮 猫吃的 猫咪吃的 cat_food kitten_food cat cats kitten", "猫 cat !熊猫"}, {"狗 狗狗 犬 汪 狗粮 幼犬粮 狗吃的 狗狗吃的 dog_food puppy_food dog dogs puppy", "狗 犬 dog"},
    {"夹在 可夹 夹式 夹桌 夹子 clip_on clips_on clips_to clip_onto clamp clamp_on clamps_on clamps_to", "夹式 clamp"},
    {"~一个人用 ~一人食 ~一个人住 ~单人 ~独居 ~两个人用 ~两人 ~小两口 ~小家庭 ~三口之家 ~for_one ~for_two ~for_one_person ~for_two_people ~single_person ~small_household ~small_family", "小容量1 small_household"},
    {"~大家庭 ~一大家子 ~五口之家 ~六口之家 ~五个人 ~六个人 ~big_family ~large_family ~family_of_five ~family_of_six ~for_five ~for_six ~many_people ~large_household", "大容量4 large_household"},
    {"调光 可调光 dimmable", "调光 dimmable dimming"}, {"暖光 暖黄 warm_light", "暖 warm !保温 !keep_warm !keeps_warm"},
    {"可充电 充电 rechargeable usb_c", "充电 rechargeable"},
    {"电磁炉 induction", "电磁炉 induction"},
};

}  // namespace

std::span<Concept const> category_concepts() { return categories; }
std::span<Concept const> value_concepts() { return values; }

bool is_common_word(std::u32string_view word) {
    static std::unordered_set<std::u32string_view> const words{
        U"about", U"above", U"surprise", U"got", U"sellers", U"allergic", U"allergy", U"actually", U"after", U"again", U"all", U"also", U"always", U"and", U"another", U"any", U"anything", U"are", U"around", U"available", U"back", U"bad", U"basket", U"because", U"been", U"before", U"below", U"best", U"better", U"between", U"big", U"bigger", U"birthday", U"both", U"bring", U"brand", U"budget", U"but", U"buy", U"buying", U"call", U"can", U"cannot", U"cart", U"change", U"cheap", U"cheaper", U"cheapest", U"check", U"checkout", U"choose", U"christmas", U"cm", U"colour", U"color", U"colours", U"colors", U"compare", U"cost", U"could", U"day", U"days", U"deep", U"delivery", U"different", U"does", U"doesn", U"done", U"dont", U"each", U"else", U"even", U"every", U"everything", U"exactly", U"except", U"expensive", U"fast", U"find", U"fine", U"first", U"fit", U"for", U"forget", U"free", U"friend", U"from", U"gift", U"give", U"going", U"good", U"great", U"has", U"have", U"having", U"heavy", U"height", U"hello", U"help", U"her", U"here", U"high", U"him", U"his", U"home", U"house", U"how", U"ignore", U"inch", U"inches", U"instead", U"instructions", U"into", U"item", U"items", U"just", U"keep", U"know", U"large", U"larger", U"last", U"later", U"least", U"less", U"let", U"light", U"lighter", U"like", U"limit", U"little", U"long", U"longer", U"look", U"looking", U"love", U"made", U"make", U"many", U"matter", U"maximum", U"maybe", U"mean", U"mind", U"minimum", U"more", U"most", U"much", U"must", U"name", U"near", U"need", U"needs", U"never", U"new", U"next", U"nice", U"none", U"not", U"nothing", U"number", U"okay", U"old", U"once", U"one", U"only", U"open", U"order", U"orders", U"other", U"others", U"our", U"over", U"own", U"pair", U"pairs", U"paper", U"party", U"pay", U"people", U"person", U"piece", U"pieces", U"please", U"popular", U"present", U"previous", U"price", U"product", U"products", U"prompt", U"quite", U"range", U"rather", U"read", U"really", U"recommend", U"refund", U"remove", U"return", U"returns", U"right", U"same", U"say", U"second", U"see", U"send", U"set", U"ship", U"shipping", U"shop", U"should", U"show", U"size", U"small", U"smaller", U"some", U"someone", U"something", U"soon", U"spend", U"start", U"still", U"stock", U"store", U"such", U"suggest", U"sure", U"system", U"take", U"tall", U"tell", U"than", U"thank", U"thanks", U"that", U"thats", U"the", U"their", U"them", U"then", U"there", U"these", U"they", U"thing", U"things", U"think", U"third", U"this", U"those", U"through", U"time", U"today", U"together", U"tomorrow", U"too", U"track", U"try", U"two", U"under", U"until", U"use", U"used", U"using", U"very", U"wait", U"want", U"wants", U"was", U"way", U"wear", U"weather", U"week", U"weight", U"well", U"were", U"what", U"when", U"where", U"which", U"while", U"who", U"why", U"wide", U"width", U"will", U"wish", U"with", U"within", U"without", U"wonder", U"work", U"world", U"would", U"year", U"years", U"yes", U"yet", U"yuan", U"you", U"your", U"yours", U"length", U"short", U"shorter", U"hate", U"hates", U"prefer", U"rest", U"test", U"ones", U"fourth", U"fifth", U"third", U"wash", U"machine", U"mother", U"father", U"warm", U"cool", U"cold", U"cute", U"pretty", U"sale", U"deal", U"deals", U"discount", U"coupon", U"code", U"guide", U"assistant", U"model", U"human", U"agent", U"where's", U"don't", U"it's", U"i'm", U"that's", U"can't", U"dinner", U"lunch", U"wedding", U"holiday", U"kids", U"kid", U"child", U"children", U"baby", U"girl", U"boy", U"bucks", U"dollars", U"money", U"story", U"joke", U"write", U"python", U"news", U"stop", U"hold", U"play", U"listen", U"sleep", U"walk", U"walking", U"morning", U"evening", U"night", U"room", U"bedroom", U"living", U"desk", U"wall", U"door", U"water", U"rain", U"beach", U"part", U"parts", U"case", U"cases", U"real", U"full", U"half", U"easy", U"hard", U"soft", U"clean", U"dark", U"bright", U"low", U"lower", U"higher", U"mine", U"ever", U"does", U"being", U"come", U"comes", U"coming", U"gets", U"getting", U"goes", U"gone", U"feel", U"feels", U"turn", U"hand", U"hands", U"foot", U"feet", U"head", U"face", U"back", U"side", U"line", U"list", U"page", U"link", U"site", U"phone", U"email", U"mail", U"customer", U"service", U"manager", U"reveal", U"pretend", U"admin", U"mode", U"rules", U"rule", U"override", U"print", U"repeat", U"says", U"said", U"told", U"long", U"shown", U"picked", U"pick", U"picks", U"care", U"cares", U"idea", U"ideas", U"option", U"options", U"kind", U"kinds", U"type", U"types", U"outfit", U"definitely", U"niece", U"nephew", U"aunt", U"uncle", U"sister", U"brother", U"teacher", U"boss", U"weekend", U"daily", U"quality", U"bought", U"thought", U"vegan", U"asking", U"paris", U"leave", U"stuff", U"decent", U"sturdy", U"durable", U"stylish", U"modern", U"elegant", U"simple", U"fancy", U"casual", U"formal", U"share", U"spare", U"space", U"shall", U"place", U"point", U"heavy", U"round", U"sound", U"total", U"worth", U"wrong", U"whole", U"white", U"black", U"green", U"brown", U"best", U"worst", U"rated", U"rating", U"reviews", U"review", U"stars", U"star", U"score", U"loves", U"likes", U"enjoys", U"enjoy", U"adores", U"plays", U"playing", U"daughter", U"son", U"wife", U"husband", U"mum", U"mom", U"dad", U"grandma", U"grandpa", U"get", U"already", U"what's", U"who's", U"there's", U"whats", U"swap", U"sell", U"sells", U"ordered", U"arrived", U"arrives", U"aged", U"learn", U"doesn't", U"won't", U"isn't", U"grown", U"ups", U"i'd", U"i'll", U"you'd", U"we'd", U"ran", U"aren't", U"wasn't", U"didn't", U"haven't", U"hasn't", U"wouldn't", U"couldn't", U"shouldn't", U"i've", U"he's", U"she's", U"we're", U"they're", U"she", U"hers", U"himself", U"herself", U"myself", U"stays", U"asked", U"themed", U"theyre", U"turns", U"turned", U"similar", U"sets", U"packs", U"units", U"useful", U"hobby", U"lover", U"fan", U"colleague"};
    return words.contains(word);
}

}  // namespace kindling::dialogue
