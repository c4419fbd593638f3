// shop/simulator/words_dresses.cpp -- dresses: length in centimetres is what shoppers ask for.
#include "shop/simulator/vocabulary.h"

namespace kindling::shop::simulator {
namespace {

Choice season() {
    return {"season", "适用季节", "Season",
            {{"春秋", "spring and autumn", "春秋单穿刚好，早晚搭一件外套也合适。", "Right on its own in spring and autumn, and easy under a coat.", "mild"},
             {"夏季", "summer", "夏天穿着不闷，出汗也不贴身。", "Stays cool and away from the skin on hot days.", "warm"},
             {"秋冬", "autumn and winter", "面料有厚度，秋冬配大衣保暖又不臃肿。", "Thick enough for autumn and winter without adding bulk under a coat.", "cold"}}};
}
Choice material() {
    return {"material", "材质", "Material",
            {{"亚麻", "linen", "55%亚麻混纺，自带自然褶感，越洗越软。", "A 55% linen blend with a natural crease that softens with every wash.", "airy", "cold", 1.15},
             {"纯棉", "cotton", "采用精梳纯棉，亲肤吸汗，不易起球。", "Combed cotton sits softly on the skin and resists pilling.", "airy", "cold"},
             {"醋酸缎面", "satin", "醋酸缎面垂坠顺滑，有低调的光泽。", "Acetate satin drapes smoothly with a quiet sheen.", "smooth", "cold", 1.25},
             {"雪纺", "chiffon", "双层雪纺不透不闷，走动时轻盈飘逸。", "Two layers of chiffon move lightly and are never see-through.", "airy smooth", "cold", 0.95},
             {"灯芯绒", "corduroy", "细条灯芯绒触感厚实，颜色越洗越有味道。", "Fine-wale corduroy feels substantial and ages beautifully.", "heavy", "warm", 1.1},
             {"羊毛混纺", "wool-blend", "含30%羊毛，保暖但不扎人。", "With 30% wool it keeps you warm and never itches.", "heavy", "warm", 1.45},
             {"天丝", "lyocell", "天丝面料凉感顺滑，洗后不用熨烫。", "Lyocell is cool to the touch and needs no ironing.", "smooth", "cold", 1.2}}};
}
Choice neckline() {
    return {"neckline", "领型", "Neckline",
            {{"V领", "V-neck", "V领拉长颈部线条，显得脸小。", "The V-neck lengthens the line of the neck."},
             {"方领", "square-neck", "方领露出锁骨，拍照很上镜。", "A square neck frames the collarbones."},
             {"圆领", "round-neck", "圆领简洁百搭，戴项链也好看。", "The plain round neck leaves room for a necklace."},
             {"小立领", "mandarin-collar", "小立领带一点新中式的味道。", "A small mandarin collar adds a hint of modern Chinese style."}}};
}
Choice sleeve() {
    return {"sleeve", "袖长", "Sleeve",
            {{"短袖", "short-sleeved", "短袖袖口微阔，遮住手臂最容易显胖的位置。", "Slightly flared short sleeves flatter the upper arm.", "", "cold"},
             {"泡泡袖", "puff-sleeved", "泡泡袖蓬度适中，减龄不夸张。", "Puff sleeves with just enough volume.", "", "cold"},
             {"七分袖", "three-quarter-sleeved", "七分袖露出手腕，显得利落。", "Three-quarter sleeves show the wrist and look neat.", "", "heavy"},
             {"长袖", "long-sleeved", "长袖袖口可以翻折，冷热都能调节。", "Long sleeves with cuffs you can turn back.", "", "warm"}}};
}
std::vector<Measure> lengths() {
    char const* const zh = "以M码为准，裙长{length_mm}。";
    char const* const en = "It measures {length_mm} from shoulder to hem in size M.";
    return {{"length_mm", "裙长", "Length", "mm", "cm", "cm", 780, 890, 10, 10, zh, en, "mini"},
            {"length_mm", "裙长", "Length", "mm", "cm", "cm", 900, 1090, 10, 10, zh, en, "knee-length"},
            {"length_mm", "裙长", "Length", "mm", "cm", "cm", 1100, 1240, 10, 10, zh, en, "midi"},
            {"length_mm", "裙长", "Length", "mm", "cm", "cm", 1250, 1380, 10, 10, zh, en, "maxi"}};
}
Choice cut() {
    return {"cut", "裙长款式", "Length type",
            {{"短款", "mini", "短款比例好，小个子穿也不压身高。", "The mini length flatters petite figures."},
             {"及膝", "knee-length", "长度到膝盖上下，上班约会都得体。", "Ends around the knee, right for work or dinner."},
             {"中长款", "midi", "中长款遮住小腿最粗处，走路不绊脚。", "The midi hem skims the calf and never trips you up."},
             {"长款", "maxi", "长款及踝，适合身高165cm以上。", "The maxi hem reaches the ankle and suits heights above 165 cm.", "", "", 1.1}}};
}
std::vector<Words> const sizes{{"S", "S"}, {"M", "M"}, {"L", "L"}, {"XL", "XL"}};
std::vector<Words> const uses{{"上班通勤、周末约会、海边度假都能穿。", "Wear it to work, to a weekend date or by the sea."},
                              {"搭小白鞋日常，换一双高跟鞋就能去赴宴。", "Casual with white sneakers, ready for dinner with heels."},
                              {"见家长、拍照、旅行，一条就够。", "One dress for family lunches, photos and travel."}};
std::vector<Point> const points{{"收腰显瘦", "Nipped-in waist"}, {"侧边隐形口袋", "Hidden side pockets"}, {"内衬防走光", "Fully lined"}, {"微弹腰头，久坐不勒", "Stretch waist for long days"},
                                {"小个子友好", "Petite friendly", "mini"}, {"免烫易打理", "No ironing needed", "lyocell"}, {"透气不闷汗", "Breathable", "airy"}, {"垂感好，不起静电", "Drapes well, static free", "smooth"},
                                {"可机洗", "Machine washable", "cotton"}, {"保暖不臃肿", "Warm without bulk", "heavy"}, {"腰带可拆", "Removable belt"}};

}  // namespace

Department words_dresses() {
    Department d{.key = "dresses", .zh = "连衣裙", .en = "Dresses", .care = {"建议装洗衣袋冷水轻柔洗，悬挂晾干。", "Wash cold on a gentle cycle in a laundry bag and hang to dry."}};
    d.families.push_back({.key = "tea-dress", .zh = "法式连衣裙", .en = "tea dress", .shape = Shape::dress, .price_low = 139, .price_high = 469, .weight_low = 240, .weight_high = 480, .share = 1.5,
        .choices = {season(), material(), neckline(), sleeve(), cut(),
            {"pattern", "图案", "Pattern", {{"碎花", "floral", "小碎花是设计师手绘的，近看有水彩的层次。", "The small floral print was painted by hand and keeps its watercolour depth."}, {"纯色", "plain", "纯色更耐看，配什么外套都行。", "A plain colour that goes with every jacket."}, {"波点", "polka-dot", "波点大小不一，复古又俏皮。", "Polka dots in mixed sizes give it a playful vintage air."}}}},
        .measures = lengths(),
        .titles = {{"{brand} 法式{pattern}{neckline}连衣裙女{season}{material}{sleeve}{cut}裙子 {point}", "{brand} {pattern^} {material^} Tea Dress, {neckline^}, {sleeve^}, {cut^}"}, {"{brand} {season}新款{material}{pattern}{sleeve}法式{cut}连衣裙 {neckline}{point}", "{brand} {cut^} Tea Dress in {material^}, {sleeve^}, {pattern^}"}},
        .intros = {{"{brand}这条{material}{cut}连衣裙，把法式的松弛感做进了日常。", "This {cut} tea dress from {brand} brings an easy French mood to every day."}, {"一条{season}反复穿的{pattern}法式裙，来自{brand}。", "A {pattern} dress you will reach for all {season}, from {brand}."}},
        .uses = uses, .points = points, .colours = "cream navy rose sage black sky burgundy apricot", .sizes = sizes, .synonyms = {{"法式裙", "french dress"}, {"碎花裙", "floral dress"}, {"裙子", "dress"}, {"长裙", "long dress"}}});
    d.families.push_back({.key = "shirt-dress", .zh = "衬衫裙", .en = "shirt dress", .shape = Shape::dress, .price_low = 159, .price_high = 499, .weight_low = 280, .weight_high = 520, .share = 1.0,
        .choices = {season(), material(), sleeve(), cut(),
            {"closure", "门襟", "Closure", {{"全开扣", "button-through", "前襟全开扣，也可以当薄外套敞着穿。", "Buttons all the way down, so it doubles as a light coat."}, {"暗扣", "concealed-placket", "暗门襟藏起扣子，线条更干净。", "A concealed placket keeps the front clean."}, {"系带", "tie-waist", "腰间系带可前可后，松紧自己定。", "Tie the waist in front or behind, as tight as you like."}}}},
        .measures = lengths(),
        .titles = {{"{brand} {material}{closure}衬衫裙女{season}{sleeve}{cut}通勤连衣裙 {point}", "{brand} {material^} Shirt Dress, {closure^}, {sleeve^}, {cut^}"}, {"{brand} {season}{cut}衬衫连衣裙 {material}{sleeve}{closure} {point}", "{brand} {cut^} Shirt Dress in {material^} with {closure^} Front, {sleeve^}"}},
        .intros = {{"{brand}把男友衬衫的利落改成了一条{cut}裙。", "{brand} turns the ease of a borrowed shirt into a {cut} dress."}, {"早上不用想怎么搭：一条{material}衬衫裙就能出门。", "No outfit to plan: one {material} shirt dress and you are out of the door."}},
        .uses = uses, .points = points, .colours = "white sky khaki navy black sage apricot", .sizes = sizes, .synonyms = {{"衬衣裙", "button dress"}, {"通勤连衣裙", "work dress"}, {"裙子", "dress"}}});
    d.families.push_back({.key = "knit-dress", .zh = "针织裙", .en = "knit dress", .shape = Shape::dress, .price_low = 179, .price_high = 599, .weight_low = 380, .weight_high = 680, .share = 0.8,
        .choices = {{"season", "适用季节", "Season", {{"春秋", "spring and autumn", "春秋单穿刚好，怕冷可以叠一件风衣。", "Just right alone in spring and autumn.", "mild"}, {"秋冬", "autumn and winter", "秋冬打底或单穿都暖和。", "Warm enough alone or as a layer in winter.", "cold"}}},
            {"material", "材质", "Material", {{"羊绒混纺", "cashmere-blend", "5%羊绒加羊毛，摸起来像云。", "5% cashmere with wool, soft as a cloud.", "heavy", "mild", 1.6}, {"美丽诺羊毛", "merino", "美丽诺细羊毛贴身不痒，自带温控。", "Fine merino is gentle next to the skin and regulates warmth.", "heavy", "", 1.4}, {"棉线", "spun-cotton", "精纺棉线不起静电，宝妈也能放心穿。", "Spun cotton yarn without static.", "airy", "cold"}, {"包芯纱", "core-spun", "包芯纱回弹好，穿一季也不变形。", "Core-spun yarn springs back and keeps its shape.", "smooth"}, {"马海毛", "mohair", "马海毛带一圈绒光，显得气色好。", "Mohair has a soft halo that flatters the complexion.", "heavy", "mild", 1.5}}},
            {"neckline", "领型", "Neckline", {{"半高领", "mock-neck", "半高领护住脖子又不显短。", "A mock neck keeps you warm without shortening the neck."}, {"V领", "V-neck", "V领可以叠穿衬衫。", "The V-neck layers well over a shirt."}, {"圆领", "crew-neck", "圆领干净，配丝巾好看。", "A clean crew neck that loves a scarf."}}},
            {"knit", "织法", "Knit", {{"坑条", "ribbed", "坑条织法修身不紧绷。", "Ribbing follows the body without clinging."}, {"麻花", "cable-knit", "立体麻花纹，厚实有手工感。", "Raised cables look hand-made."}, {"平针", "plain-knit", "平针细密，显得利落。", "A fine plain knit looks sharp."}}}, cut()},
        .measures = lengths(),
        .titles = {{"{brand} {season}{material}{neckline}{knit}针织连衣裙女{cut}打底裙 {point}", "{brand} {knit^} {material^} Knit Dress, {neckline^}, {cut^}"}, {"{brand} {knit}针织裙女{season}{cut} {material}{neckline} {point}", "{brand} {cut^} Knit Dress in {material^}, {knit^}, {neckline^}"}},
        .intros = {{"{brand}用{material}织出的这条{cut}裙，天一凉就想穿。", "Knitted by {brand} in {material} for the first cool day."}, {"一体编织，侧缝平整，这条{knit}针织裙穿一整天都舒服。", "Flat seams and a {knit} texture make this {brand} dress comfortable all day."}},
        .uses = uses, .points = {{"修身不勒肉", "Close but never tight"}, {"不起球", "Resists pilling"}, {"保暖不臃肿", "Warm without bulk", "heavy"}, {"袖口加长", "Extra-long cuffs"}, {"不掉毛", "No shedding"}, {"开衩好走路", "Walking slit"}, {"机洗不缩水", "Machine washable", "spun-cotton"}, {"腰带可拆", "Removable belt"}, {"回弹不变形", "Keeps its shape"}},
        .colours = "oat black camel burgundy grey forest cream", .sizes = sizes, .synonyms = {{"毛衣裙", "sweater dress"}, {"打底裙", "jumper dress"}, {"针织连衣裙", "knitted dress"}}});
    d.aspects = {{"quality", {{"面料摸起来很舒服，走线也整齐。", "The fabric feels lovely and the seams are neat."}, {"洗了两次没有变形也没掉色。", "Washed twice, no shrinking and no fading."}}, {{"洗了一次就起球了。", "It pilled after one wash."}, {"线头有点多，面料偏薄。", "Loose threads and thinner than I expected."}}},
                 {"fit", {{"尺码很准，腰身显瘦。", "True to size and flattering at the waist."}, {"裙长和详情页写的一样，很合适。", "The length is exactly as described."}}, {{"尺码偏小，胸口有点紧。", "Runs small, tight at the bust."}, {"我160穿有点长，要是有加短款就好了。", "Too long for my 160 cm, I wish there were a petite cut."}}},
                 {"look", {{"颜色跟图片一样，同事都问链接。", "Colour just like the pictures, my colleagues asked for the link."}, {"版型好看，拍照很出片。", "Great cut, looks good in photos."}}, {{"颜色比图片暗。", "The colour is duller than in the pictures."}, {"有点透，要穿打底。", "Slightly see-through, you need a slip."}}}};
    d.brands = {{"小满日常", "Xiaoman Daily"}, {"沐棠", "Mutang"}, {"南屿", "Nanyu"}, {"缇兰", "Tilan Atelier"}};
    d.elasticity = -2.2, d.return_share = 0.16, d.yearly_peak = 5.5, d.yearly_swing = 0.45;
    return d;
}

}  // namespace kindling::shop::simulator
