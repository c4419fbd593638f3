// shop/simulator/words_lighting.cpp -- desk lamps, floor lamps and pendants.
#include "shop/simulator/vocabulary.h"

namespace kindling::shop::simulator {
namespace {

Choice style() {
    return {"style", "风格", "Style", {{"北欧", "Nordic", "北欧线条简洁，跟什么家具都不打架。", "Nordic lines that get along with any furniture."}, {"中古", "mid-century", "中古味道，关了灯也是摆件。", "A mid-century shape, a sculpture even when off."}, {"侘寂", "wabi-sabi", "侘寂质感，表面留着手工痕迹。", "A wabi-sabi surface that keeps the marks of the hand."}, {"极简", "minimalist", "极简造型，没有一处多余。", "Minimalist, with nothing to spare."}, {"复古工业", "industrial", "复古工业风，金属件裸露。", "Industrial, with bare metal joints."}}};
}
Choice control() {
    return {"dimming", "调光", "Dimming", {{"三档调光", "three-step", "三档调光，一按就换。", "Three steps at a touch."}, {"无极调光", "stepless", "无极调光，长按就能停在喜欢的亮度。", "Stepless: hold until you like it.", "", "", 1.15}, {"APP智能调光", "smart-dimming", "手机或语音调光，支持定时。", "Dim by phone or voice, with timers.", "", "", 1.35}, {"按键开关", "on-off", "一个开关，不会坏的那种。", "One honest switch."}}};
}
Measure kelvin() { return {"colour_temperature_k", "色温", "Colour temperature", "K", "K", "K", 2700, 5000, 100, 1, "色温{colour_temperature_k}，", "The light has {colour_temperature_k}"}; }

}  // namespace

Department words_lighting() {
    Department d{.key = "lighting", .zh = "灯具", .en = "Lighting", .care = {"光源质保三年，清洁时用干布轻擦。", "The light source is guaranteed for three years; dust with a dry cloth."}};
    d.families.push_back({.key = "desk-lamps", .zh = "台灯", .en = "desk lamp", .shape = Shape::desk_lamp, .price_low = 89, .price_high = 599, .weight_low = 700, .weight_high = 2200, .share = 1.1,
        .choices = {{"use", "适用场景", "Made for", {{"儿童学习", "study", "国AA级照度，写作业桌面没有暗角。", "Class AA light without dark corners on the homework.", "eye", "", 1.3}, {"床头", "bedside", "床头夜读，光不刺眼也不吵醒旁边人。", "Bedside light that will not wake your partner."}, {"办公", "office work", "办公桌上不反光，屏幕看得清。", "No glare on the screen."}, {"阅读", "reading", "阅读灯光均匀，字字清楚。", "Even light on every line.", "eye"}}}, 
            {"style", "风格", "Style", {{"北欧", "Nordic", "北欧线条简洁，跟什么家具都不打架。", "Nordic lines that get along with any furniture."}, {"中古", "mid-century", "中古味道，关了灯也是摆件。", "A mid-century shape, a sculpture even when off.", "", "study"}, {"极简", "minimalist", "极简造型，没有一处多余。", "Minimalist, with nothing to spare."}, {"复古工业", "industrial", "复古工业风，金属件裸露。", "Industrial, with bare metal joints.", "", "study"}}}, control(),
            {"arm", "灯臂", "Arm", {{"可折叠", "folding", "三轴折叠，收起来像一本书。", "Three joints fold it flat."}, {"软管", "gooseneck", "软管灯臂，想照哪里弯哪里。", "A gooseneck that points anywhere."}, {"固定", "fixed", "固定灯臂，放稳就不动。", "A fixed arm that stays put."}, {"夹式", "clamp", "夹式底座，不占桌面。", "A clamp that frees the desk."}}},
            {"power", "供电", "Power", {{"充电", "rechargeable", "内置电池，停电也能亮。", "A battery for power cuts."}, {"插电", "mains", "插电使用，亮度稳定。", "Mains power for constant light."}, {"USB", "USB-powered", "USB供电，充电宝也能带。", "Runs from a USB power bank.", "", "study"}}}},
        .measures = {kelvin(), {"power_w", "功率", "Power", "W", "W", "W", 5, 18, 1, 1, "功率{power_w}，", "and uses {power_w},"}, {"height_mm", "高度", "Height", "mm", "cm", "cm", 340, 560, 10, 10, "展开高{height_mm}。", "the lamp reaches {height_mm} in height."}},
        .titles = {{"{brand} {use}台灯{dimming}{arm}{power}{style}护眼灯 {point}", "{brand} {style^} Desk Lamp for {use^}, {dimming^}, {arm^} Arm, {power^}"}, {"{brand} {model}{style}台灯{use}{power}{dimming}LED {arm}{point}", "{brand} {model} {use^} Lamp, {power_w}, {dimming^}, {style^}, {power^}"}},
        .intros = {{"灯光对了，人就坐得住，{brand} {model}为{use}而做。", "The right light keeps you at the desk: {brand} {model}."}, {"{brand}把桌上的那一片光做得干净、均匀。", "{brand} puts a clean, even pool of light on the desk."}},
        .uses = {{"书桌、床头、宿舍都适合。", "For desks, bedsides and dormitories."}, {"开学、乔迁送人都实用。", "A useful present for school or a new home."}}, .points = {{"无频闪", "Flicker free"}, {"护眼不刺眼", "Gentle on the eyes", "eye"}, {"充电便携", "Portable", "rechargeable"}, {"定时熄灯", "Sleep timer"}, {"不占桌面", "Saves desk space", "clamp"}, {"高显色Ra95", "Ra 95 colour rendering"}, {"触控开关", "Touch switch"}, {"防蓝光", "Low blue light"}},
        .colours = "white black sage cream rose lemon", .synonyms = {{"护眼灯", "eye-care lamp"}, {"学习灯", "study lamp"}, {"床头灯", "bedside lamp"}, {"小台灯", "table lamp"}}});
    d.families.push_back({.key = "floor-lamps", .zh = "落地灯", .en = "floor lamp", .shape = Shape::floor_lamp, .price_low = 169, .price_high = 1299, .weight_low = 3200, .weight_high = 8500, .share = 0.6,
        .choices = {style(), control(), {"shade", "灯罩", "Shade", {{"布艺", "fabric", "布艺灯罩把光揉软。", "A fabric shade softens the light."}, {"玻璃", "glass", "乳白玻璃灯罩，光像一轮月亮。", "Opal glass that glows like a moon.", "", "", 1.2}, {"金属", "metal", "金属灯罩聚光，适合看书。", "A metal shade focuses light for reading."}, {"和纸", "paper", "和纸灯罩轻，有纸的纹理。", "A light paper shade with visible fibre.", "", "industrial", 0.8}, {"藤编", "rattan", "手编藤罩，墙上会有影子。", "Hand-woven rattan throws patterns on the wall.", "", "industrial", 1.1}}},
            {"stand", "灯杆", "Stand", {{"直杆", "straight", "直杆占地小，放墙角。", "A straight stand for corners."}, {"三脚架", "tripod", "三脚架稳，猫蹭也不倒。", "A tripod that survives the cat."}, {"弧形", "arched", "弧形灯杆越过沙发，光落在手边。", "An arch over the sofa brings light to hand.", "", "paper", 1.3}, {"带置物架", "with-shelves", "灯杆带置物板，放手机和书。", "Shelves on the stand for phone and book.", "", "", 1.15}}},
            {"base", "底座", "Base", {{"大理石", "marble", "大理石底座压得住。", "A marble base that holds it down.", "", "tripod", 1.25}, {"铸铁", "cast-iron", "铸铁底座沉稳。", "A heavy cast-iron base.", "", "tripod"}, {"实木", "wooden", "实木底座有温度。", "A warm wooden base."}}}},
        .measures = {kelvin(), {"power_w", "功率", "Power", "W", "W", "W", 9, 36, 1, 1, "功率{power_w}，", "and uses {power_w},"}, {"height_mm", "高度", "Height", "mm", "cm", "cm", 1300, 1800, 50, 10, "整灯高{height_mm}。", "the lamp stands {height_mm} high."}},
        .titles = {{"{brand} {style}落地灯{shade}{stand}{dimming}客厅卧室立灯 {point}", "{brand} {style^} Floor Lamp, {shade^} Shade, {stand^} Stand, {dimming^}"}, {"{brand} {model}{stand}落地灯{style}{shade}{base}底座 {dimming}{point}", "{brand} {model} {stand^} Floor Lamp with {base^} Base, {shade^}, {height_mm}"}},
        .intros = {{"一盏落地灯，能让客厅慢下来，{brand} {model}就是这样的灯。", "A floor lamp can slow a living room down, and this one from {brand} does."}, {"关掉顶灯，打开{brand}，晚上才算开始。", "Switch off the ceiling, switch on {brand}, and the evening begins."}},
        .uses = {{"沙发旁、床边、阅读角都合适。", "Beside a sofa, a bed or a reading chair."}, {"租房也能用，不用打孔。", "No drilling, good for rented rooms."}}, .points = {{"免打孔", "No drilling"}, {"氛围感", "Mood light"}, {"底座稳", "Steady base"}, {"脚踏开关", "Foot switch"}, {"光源可换", "Replaceable bulb"}, {"遥控可选", "Remote control", "smart-dimming"}, {"安装十分钟", "Ten-minute assembly"}, {"光线柔和", "Soft light", "fabric"}},
        .colours = "black white brass cream forest", .synonyms = {{"立灯", "standing lamp"}, {"客厅灯", "living room lamp"}, {"氛围灯", "mood lamp"}}});
    d.families.push_back({.key = "pendants", .zh = "吊灯", .en = "pendant light", .shape = Shape::pendant, .price_low = 129, .price_high = 1099, .weight_low = 1100, .weight_high = 4200, .share = 0.5,
        .choices = {style(), {"shade", "灯罩", "Shade", {{"玻璃", "glass", "吹制玻璃，每只气泡都不同。", "Blown glass, no two alike.", "", "", 1.2}, {"金属", "metal", "金属灯罩内白外彩，桌面更亮。", "Metal, white inside so the table is brighter."}, {"藤编", "rattan", "藤编灯罩，光影落在墙上。", "Rattan that throws shadows on the wall.", "", "industrial"}, {"树脂", "resin", "仿洞石树脂，轻又不易碎。", "Resin that looks like travertine but weighs little."}, {"和纸", "paper", "和纸灯笼，月光一样。", "A paper lantern like moonlight.", "", "industrial", 0.7}}},
            {"room", "适用空间", "Room", {{"餐厅", "dining-room", "挂在餐桌上方，菜色更好看。", "Above the dining table it makes food look good."}, {"卧室", "bedroom", "卧室睡前光，不刺眼。", "A calm light before sleep."}, {"玄关", "hallway", "玄关一盏，进门就有家的感觉。", "In the hall it says welcome home."}, {"吧台", "counter", "吧台成排挂，很出效果。", "In a row above a counter."}}},
            {"socket", "灯头", "Socket", {{"E27", "E27", "E27标准灯头，灯泡随处可换。", "An E27 socket takes any bulb."}, {"一体LED", "integrated-LED", "一体LED，寿命三万小时。", "Integrated LED for 30,000 hours.", "", "", 1.1}, {"G9", "G9", "G9小灯头，灯体做得更小。", "A G9 socket keeps the body small."}}}, control()},
        .measures = {{"diameter_mm", "直径", "Diameter", "mm", "cm", "cm", 200, 600, 10, 10, "直径{diameter_mm}，", "The shade is {diameter_mm} across", "", 0.3}, {"cable_mm", "吊线长", "Cable", "mm", "米", "m", 1000, 2000, 100, 1000, "吊线{cable_mm}可剪短，", "and the {cable_mm} cable can be shortened;"}, {"power_w", "功率", "Power", "W", "W", "W", 6, 40, 1, 1, "最大功率{power_w}。", "it takes up to {power_w}."}},
        .titles = {{"{brand} {style}{shade}吊灯{room}{socket}直径{diameter_mm}{dimming} {point}", "{brand} {style^} {shade^} Pendant Light for {room^}, {diameter_mm}, {socket^}"}, {"{brand} {model}{room}吊灯{style}{shade}灯 {dimming}{point}", "{brand} {model} Pendant in {shade^}, {diameter_mm}, {room^}, {dimming^}"}},
        .intros = {{"抬头看到一盏好看的灯，心情会好一点，{brand}这样想。", "{brand} thinks a beautiful lamp overhead makes a better day."}, {"{brand}这盏{shade}吊灯，专为{room}的高度和光线设计。", "A {shade} pendant by {brand}, sized for the {room}."}},
        .uses = {{"新房、改造、咖啡馆都适合。", "For new homes, makeovers and cafés."}, {"可三盏成组挂。", "Hang three as a group."}}, .points = {{"吊线可调", "Adjustable cable"}, {"光源可换", "Replaceable bulb", "E27"}, {"安装简单", "Easy to fit"}, {"手工吹制", "Hand blown", "glass"}, {"不易碎", "Unbreakable", "resin"}, {"光线柔和", "Soft light"}, {"含光源", "Bulb included"}, {"易清洁", "Easy to dust", "metal"}},
        .colours = "white black brass sage burgundy cream", .synonyms = {{"餐厅灯", "dining lamp"}, {"餐吊灯", "hanging lamp"}, {"灯", "ceiling light"}}});
    d.aspects = {{"light", {{"光线柔和，孩子写作业眼睛不累。", "Soft light, no tired eyes over homework.", "desk-lamps"}, {"亮度够，没有频闪。", "Bright enough and without flicker."}}, {{"亮度不够，要再开一盏灯。", "Not bright enough, I need a second lamp."}, {"色温偏冷，希望有更暖的。", "Too cold a light, I wish for a warmer one."}}},
                 {"look", {{"比图片还好看，客人都问。", "Even nicer than the picture, guests ask about it."}, {"质感很好，放着就是装饰。", "Feels precious, a decoration in itself."}}, {{"塑料感有点重。", "It looks like plastic."}, {"颜色跟图片有差。", "The colour differs from the picture."}}},
                 {"quality", {{"底座稳，做工细。", "Steady base, fine work.", "desk-lamps floor-lamps"}, {"安装简单，十分钟搞定。", "Fitted in ten minutes."}}, {{"开关接触不良。", "The switch has a loose contact."}, {"少了一颗螺丝，客服补寄了。", "A screw was missing, it was sent later."}}}};
    d.brands = {{"小光", "Xiaoguang"}, {"萤火", "Yinghuo"}, {"Lumo", "Lumo"}, {"灯下白", "Dengxia"}};
    d.elasticity = -1.7, d.return_share = 0.05, d.yearly_peak = 9.3, d.yearly_swing = 0.2;
    return d;
}

}  // namespace kindling::shop::simulator
