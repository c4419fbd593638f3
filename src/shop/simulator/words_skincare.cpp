// shop/simulator/words_skincare.cpp -- serums, creams, cleansers and sunscreens; no medical claims.
#include "shop/simulator/vocabulary.h"

namespace kindling::shop::simulator {
namespace {

Choice skin() {
    return {"skin_type", "适合肤质", "Skin type", {{"干皮", "dry-skin", "干皮用完两颊不起皮。", "Keeps dry cheeks from flaking.", "dry"}, {"油皮", "oily-skin", "油皮用着清爽，不闷痘。", "Light enough for oily skin.", "oily"}, {"敏感肌", "sensitive-skin", "无香精无酒精，敏感肌可先在耳后试用。", "Free of perfume and alcohol for sensitive skin.", "gentle"}, {"混合肌", "combination-skin", "混合肌T区不油、两颊不干。", "Balances an oily T-zone and dry cheeks.", ""}}};
}
Choice active() {
    return {"active", "主要成分", "Key ingredient", {{"玻尿酸", "hyaluronic-acid", "大小分子玻尿酸，表里都补水。", "Large and small hyaluronic acid hold water in and on the skin."}, {"烟酰胺", "niacinamide", "4%烟酰胺，肤色更透亮。", "4% niacinamide for a clearer tone.", "", "gentle"}, {"神经酰胺", "ceramide", "三重神经酰胺，帮助维持皮肤屏障。", "Three ceramides help keep the skin barrier.", "", "", 1.2}, {"积雪草", "centella", "积雪草提取物，换季泛红时更安心。", "Centella extract soothes in changing seasons."}, {"角鲨烷", "squalane", "橄榄角鲨烷，润而不腻。", "Olive squalane, rich but not greasy.", "", "oily", 1.15}, {"维生素C", "vitamin-C", "稳定型维C，早上用也不怕光。", "A stable vitamin C that you can wear by day.", "", "gentle", 1.25}, {"绿茶", "green-tea", "绿茶提取物，清爽控油。", "Green tea extract for a fresh finish.", "", "dry"}}};
}
Choice scent() {
    return {"scent", "香味", "Scent", {{"无香", "unscented", "不加香精，闻到的是原料本味。", "No perfume added."}, {"淡茶香", "tea-scented", "淡淡茶香，几分钟就散。", "A faint tea scent that soon fades.", "", "gentle"}, {"柑橘香", "citrus-scented", "清新柑橘香，早上提神。", "Fresh citrus for the morning.", "", "gentle"}}};
}

}  // namespace

Department words_skincare() {
    Department d{.key = "skincare", .zh = "护肤", .en = "Skin Care", .care = {"开封后请在12个月内用完，置于阴凉处。", "Use within 12 months of opening and store in a cool place."}};
    d.families.push_back({.key = "serums", .zh = "精华", .en = "serum", .shape = Shape::serum, .price_low = 89, .price_high = 499, .weight_low = 120, .weight_high = 190, .share = 0.9,
        .choices = {skin(), active(), {"texture", "质地", "Texture", {{"水感", "watery", "水感质地，三秒吸收。", "Watery and gone in three seconds."}, {"啫喱", "gel", "啫喱质地，推开像薄纱。", "A gel that spreads like gauze."}, {"精华油", "oil", "轻盈油状，秋冬加一滴。", "A light oil for a drop in winter.", "", "oily"}, {"乳液状", "milky", "乳液质地，不搓泥。", "A milky texture that does not pill."}}}, scent()},
        .measures = {{"volume_ml", "净含量", "Volume", "ml", "ml", "ml", 15, 50, 5, 1, "净含量{volume_ml}，每天两次约用一个多月。", "The {volume_ml} bottle lasts more than a month at two uses a day.", "", 0.7}},
        .titles = {{"{brand} {active}精华液{skin_type}{texture}{scent}{volume_ml}保湿修护 {point}", "{brand} {active^} Serum {volume_ml} for {skin_type^}, {texture^}, {scent^}"}, {"{brand} {skin_type}{active}面部精华{volume_ml}{texture} {scent}{point}", "{brand} {texture^} Serum with {active^}, {volume_ml}, {skin_type^}"}},
        .intros = {{"{brand}这支精华只做一件事：把{active}给够。", "This {brand} serum does one thing: enough {active}."}, {"换季脸干，先从{brand}的{active}精华开始。", "When seasons change, start with {active} by {brand}."}},
        .uses = {{"洁面后取两到三滴，按压至吸收，早晚可用。", "Press two or three drops into clean skin, morning and evening."}, {"搭配同系列面霜更好。", "Works well under the cream of the same line."}}, .points = {{"不黏腻", "Not sticky"}, {"快速吸收", "Absorbs fast", "watery"}, {"滴管取量", "Measured by dropper"}, {"避光瓶", "Light-proof bottle"}, {"无酒精", "Alcohol free"}, {"温和配方", "Gentle formula", "gentle"}, {"孕期请咨询医生", "Ask your doctor when pregnant", "vitamin-C"}, {"不搓泥", "No pilling"}, {"上妆服帖", "Sits well under make-up"}},
        .colours = "amber", .sizes = {{"单支", "single"}, {"两支装", "pack of two"}}, .synonyms = {{"精华液", "face serum"}, {"补水精华", "hydrating serum"}, {"肌底液", "essence"}}});
    d.families.push_back({.key = "creams", .zh = "面霜", .en = "face cream", .shape = Shape::cream, .price_low = 79, .price_high = 599, .weight_low = 160, .weight_high = 280, .share = 1.0,
        .choices = {skin(), active(), {"texture", "质地", "Texture", {{"霜状", "rich", "霜质饱满，体温一化就开。", "A rich cream that melts at body warmth.", "", "oily"}, {"凝霜", "gel-cream", "凝霜轻薄，夏天也能用。", "A light gel-cream, even for summer."}, {"乳霜", "milk-cream", "乳霜折中，四季合适。", "A balance for all seasons."}}}, scent(), {"time", "使用时间", "Time", {{"日霜", "day", "日霜清爽，后续好上妆。", "A fresh day cream under make-up."}, {"晚霜", "night", "晚霜滋润，睡一觉不紧绷。", "A nourishing night cream.", "", "gel-cream"}, {"日夜两用", "day-and-night", "早晚一瓶，不用分。", "One jar for day and night."}}}},
        .measures = {{"volume_ml", "净含量", "Volume", "ml", "ml", "ml", 30, 80, 5, 1, "净含量{volume_ml}，", "The jar holds {volume_ml},", "", 0.6}, {"shelf_life_months", "保质期", "Shelf life", "months", "个月", "months", 24, 36, 12, 1, "未开封保质期{shelf_life_months}。", "good for {shelf_life_months} unopened."}},
        .titles = {{"{brand} {active}面霜{skin_type}{texture}{time}{volume_ml}保湿霜 {point}", "{brand} {active^} Face Cream {volume_ml} for {skin_type^}, {texture^}, {time^}"}, {"{brand} {skin_type}{time}{texture}{active}滋润乳霜{volume_ml} {scent}{point}", "{brand} {time^} Cream with {active^}, {volume_ml}, {skin_type^}, {scent^}"}},
        .intros = {{"脸上的水分要有人看门，{brand}的{active}面霜就是。", "Something must keep the water in: this {active} cream by {brand}."}, {"{brand}这罐{texture}面霜，一粒黄豆大小就够全脸。", "A pea of this {texture} cream by {brand} does the whole face."}},
        .uses = {{"精华后取黄豆大小，由内向外抹开。", "After serum, spread a pea-sized amount outwards."}, {"干燥处可以叠加一层。", "Add a second layer where it is dry."}}, .points = {{"保湿24小时", "24-hour moisture"}, {"不闷痘", "Does not clog"}, {"无矿油", "No mineral oil"}, {"附挖勺", "With spatula"}, {"好推开", "Spreads easily"}, {"温和配方", "Gentle formula", "gentle"}, {"清爽不油", "No shine", "gel-cream"}, {"秋冬必备", "For the cold months", "rich"}},
        .colours = "white", .sizes = {{"单罐", "single"}, {"两罐装", "pack of two"}}, .synonyms = {{"保湿霜", "moisturiser"}, {"乳霜", "cream"}, {"敏感肌面霜", "sensitive skin cream"}}});
    d.families.push_back({.key = "cleansers", .zh = "洁面", .en = "cleanser", .shape = Shape::tube, .price_low = 39, .price_high = 199, .weight_low = 130, .weight_high = 240, .share = 0.9,
        .choices = {skin(), {"type", "类型", "Type", {{"氨基酸洁面乳", "amino-acid", "氨基酸表活，洗完不拔干。", "Amino-acid surfactants that do not strip."}, {"洁面慕斯", "mousse", "按出来就是泡，省去搓揉。", "Comes out as foam."}, {"卸妆洁面二合一", "two-in-one", "卸妆洁面一步完成，淡妆适用。", "Removes light make-up in one step.", "", "gentle", 1.15}, {"洁面啫喱", "gel", "啫喱清透，晨洁刚好。", "A clear gel for mornings."}}},
            {"active", "主要成分", "Key ingredient", {{"积雪草", "centella", "添加积雪草，洗后不泛红。", "With centella against redness."}, {"绿茶", "green-tea", "绿茶控油，T区清爽。", "Green tea for a fresh T-zone.", "", "dry"}, {"甘油", "glycerin", "高含量甘油，洗后仍润。", "Plenty of glycerin keeps skin supple."}, {"水杨酸", "salicylic-acid", "0.5%水杨酸，油皮每周用三次。", "0.5% salicylic acid, three times a week for oily skin.", "", "dry gentle"}, {"燕麦", "oat", "燕麦提取物，洗感像牛奶。", "Oat extract that feels like milk."}}}, scent()},
        .measures = {{"volume_ml", "净含量", "Volume", "ml", "ml", "ml", 80, 200, 10, 1, "净含量{volume_ml}，", "The tube holds {volume_ml}", "", 0.6}, {"acidity_tenths", "pH值", "pH", "pH", "", "", 52, 65, 1, 10, "pH约{acidity_tenths}，接近皮肤本身。", "and its pH is about {acidity_tenths}, close to the skin's own."}},
        .titles = {{"{brand} {active}{type}{skin_type}洗面奶{volume_ml}{scent} {point}", "{brand} {type^} Cleanser with {active^} for {skin_type^}, {volume_ml}, {scent^}"}, {"{brand} {skin_type}{type}{active}温和清洁{volume_ml} {point}", "{brand} {skin_type^} {type^} Face Wash, {active^}, {volume_ml}"}},
        .intros = {{"洗脸不用那么用力，{brand}用{active}温柔地洗干净。", "No need to scrub: {brand} cleans gently with {active}."}, {"早晚两次的小事，{brand}做得很舒服。", "Twice a day, and {brand} makes it pleasant."}},
        .uses = {{"取适量加水揉搓起泡，30秒后冲净。", "Lather with water, rinse after 30 seconds."}, {"男生女生、学生都可以用。", "For men, women and students."}}, .points = {{"不紧绷", "No tight feeling"}, {"泡沫绵密", "Dense foam", "mousse"}, {"弱酸性", "Mildly acidic"}, {"温和不刺激", "Gentle", "gentle"}, {"好冲洗", "Rinses clean"}, {"控油清爽", "Controls shine", "oily"}, {"软管卫生", "Hygienic tube"}, {"男女通用", "For everyone"}},
        .colours = "white", .sizes = {{"单支", "single"}, {"两支装", "pack of two"}}, .synonyms = {{"洗面奶", "face wash"}, {"洁面乳", "facial cleanser"}, {"氨基酸洗面奶", "amino acid cleanser"}}});
    d.families.push_back({.key = "sunscreens", .zh = "防晒", .en = "sunscreen", .shape = Shape::sunscreen, .price_low = 59, .price_high = 259, .weight_low = 80, .weight_high = 150, .share = 0.9,
        .choices = {skin(), {"filter", "防晒类型", "Filter", {{"纯物理", "mineral", "纯物理防晒，出门前涂即可。", "Mineral filters, no waiting time.", "", "", 1.15}, {"化学", "chemical", "化学防晒轻薄，不假白。", "Chemical filters, thin and never white.", "", "gentle"}, {"物化结合", "hybrid", "物化结合，清爽与防护兼顾。", "A hybrid of light feel and protection."}}},
            {"spf", "防晒指数", "Protection", {{"SPF30 PA+++", "SPF30", "SPF30，室内通勤够用。", "SPF 30 is enough for office days.", "", "", 0.85}, {"SPF50 PA++++", "SPF50", "SPF50，海边爬山也安心。", "SPF 50 for beach and mountains."}}},
            {"texture", "质地", "Texture", {{"水感乳液", "light-lotion", "水感乳液，抹开像没涂。", "A lotion you forget."}, {"喷雾", "spray", "喷雾补涂方便，后背也够得到。", "A spray for easy top-ups.", "", "mineral"}, {"霜状", "cream", "霜状滋润，干皮不卡粉。", "A cream for dry skin.", "", "oily"}, {"防晒棒", "stick", "防晒棒，妆后也能补。", "A stick over make-up.", "", "", 1.1}}},
            {"water_resistance", "防水", "Water resistance", {{"防水防汗", "water-resistant", "防水防汗，游泳80分钟内有效。", "Water resistant for 80 minutes of swimming.", "", "", 1.1}, {"日常", "everyday", "日常款，洁面乳就能洗净。", "Everyday formula, off with a cleanser."}}}},
        .measures = {{"volume_ml", "净含量", "Volume", "ml", "ml", "ml", 30, 90, 5, 1, "净含量{volume_ml}，每次取一元硬币大小。", "With {volume_ml}, use a coin-sized amount each time.", "", 0.6}},
        .titles = {{"{brand} {spf}防晒霜{skin_type}{filter}{texture}{water_resistance}{volume_ml} {point}", "{brand} Sunscreen {spf^} {volume_ml}, {filter^}, {texture^} for {skin_type^}, {water_resistance^}"}, {"{brand} {skin_type}{texture}防晒{spf}{filter}{volume_ml} {water_resistance}{point}", "{brand} {texture^} Sunscreen, {spf^}, {skin_type^}, {water_resistance^}, {volume_ml}"}},
        .intros = {{"防晒涂够量才有用，{brand}把它做得好涂。", "Sunscreen works when you use enough, so {brand} makes it easy to spread."}, {"夏天出门前的最后一步，交给{brand}。", "The last step before you go out, by {brand}."}},
        .uses = {{"出门前15分钟涂抹，户外每两小时补一次。", "Apply 15 minutes before going out, again every two hours outdoors."}, {"军训、海边、通勤都需要。", "For sports, the beach and the commute."}}, .points = {{"不假白", "No white cast", "chemical"}, {"不搓泥", "No pilling"}, {"清爽不油", "No shine", "light-lotion"}, {"防水防汗", "Water resistant", "water-resistant"}, {"温和", "Gentle", "mineral"}, {"补涂方便", "Easy to top up", "spray"}, {"妆前可用", "Under make-up"}, {"随身便携", "Pocket size"}},
        .colours = "lemon", .sizes = {{"单支", "single"}, {"两支装", "pack of two"}}, .synonyms = {{"防晒霜", "sun cream"}, {"防晒乳", "sun lotion"}, {"防晒喷雾", "sun spray"}}});
    d.aspects = {{"effect", {{"用了两周，脸不干了。", "Two weeks and no more dryness."}, {"补水效果明显，上妆也服帖。", "Clearly moister, and make-up sits well."}}, {{"没什么感觉，还是干。", "No difference, still dry."}, {"用了有点闷痘。", "It gave me spots."}}},
                 {"gentle", {{"敏感肌用着不泛红。", "No redness on my sensitive skin."}, {"味道很淡，不刺激。", "Faint scent, no sting."}}, {{"上脸有点刺痛。", "It stings a little."}, {"香味太重，希望出无香版。", "Too much scent, please make an unscented one."}}},
                 {"texture", {{"质地好推开，不黏。", "Spreads well, not sticky."}, {"很清爽，吸收快。", "Fresh and quickly absorbed."}}, {{"有点油，夏天用不了。", "Too oily for summer."}, {"会搓泥。", "It pills."}}}};
    d.brands = {{"素本", "Suben"}, {"白芷", "Baizhi"}, {"Dermora", "Dermora"}, {"山茶序", "Camellia Prelude"}};
    d.elasticity = -2.3, d.return_share = 0.03, d.yearly_peak = 6.5, d.yearly_swing = 0.2, d.repurchase_days = 55;
    return d;
}

}  // namespace kindling::shop::simulator
