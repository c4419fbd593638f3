// shop/simulator/words_tops.cpp -- shirts, T-shirts and cardigans.
#include "shop/simulator/vocabulary.h"

namespace kindling::shop::simulator {
namespace {

Choice gender() {
    return {"audience", "适用人群", "For", {{"男", "men", "男款版型，肩线更挺。", "Cut for men with a straighter shoulder."}, {"女", "women", "女款版型，腰线略收。", "Cut for women with a slight waist."}, {"男女同款", "men and women", "男女同款，情侣可以一起穿。", "A unisex cut to share."}}};
}
Choice fit() {
    return {"fit", "版型", "Fit", {{"宽松", "relaxed", "宽松版型不挑身材，叠穿也不紧。", "A relaxed fit that leaves room for layers."}, {"修身", "slim", "修身剪裁，手臂活动不受限。", "A slim cut that still lets the arms move."}, {"标准", "regular", "标准版型，按平时尺码买就好。", "A regular fit: order your usual size."}}};
}
std::vector<Measure> measures() {
    return {{"length_mm", "衣长", "Length", "mm", "cm", "cm", 620, 760, 10, 10, "M码衣长{length_mm}，", "The body is {length_mm} long in size M,"},
            {"fabric_weight_gsm", "克重", "Fabric weight", "g/m²", "g/m²", "g/m²", 120, 180, 10, 1, "面料克重{fabric_weight_gsm}，轻薄但不透。", "and the {fabric_weight_gsm} fabric is light but opaque.", "light"},
            {"fabric_weight_gsm", "克重", "Fabric weight", "g/m²", "g/m²", "g/m²", 190, 260, 10, 1, "面料克重{fabric_weight_gsm}，挺括有型。", "and the {fabric_weight_gsm} fabric holds its shape.", "medium", 0.4},
            {"fabric_weight_gsm", "克重", "Fabric weight", "g/m²", "g/m²", "g/m²", 280, 420, 20, 1, "面料克重{fabric_weight_gsm}，厚实保暖。", "and the {fabric_weight_gsm} fabric is thick and warm.", "thick", 0.4}};
}
std::vector<Words> const sizes{{"S", "S"}, {"M", "M"}, {"L", "L"}, {"XL", "XL"}, {"XXL", "XXL"}};

}  // namespace

Department words_tops() {
    Department d{.key = "tops", .zh = "上装", .en = "Tops", .care = {"30℃以下机洗，不可漂白，反面低温熨烫。", "Machine wash below 30 °C, do not bleach, iron inside out on low."}};
    d.families.push_back({.key = "shirt", .zh = "衬衫", .en = "shirt", .shape = Shape::shirt, .price_low = 99, .price_high = 399, .weight_low = 180, .weight_high = 340, .share = 1.2,
        .choices = {gender(), {"material", "材质", "Material", {{"牛津纺", "oxford-cotton", "牛津纺纹理清晰，挺括又透气。", "Oxford cotton has a clear weave, crisp yet breathable.", "medium"}, {"亚麻", "linen", "法国亚麻，夏天穿像自带风。", "French linen that feels like a breeze in summer.", "light", "", 1.3}, {"长绒棉免烫", "non-iron-cotton", "长绒棉经免烫处理，洗完挂起就平整。", "Long-staple cotton treated to dry smooth on the hanger.", "medium", "", 1.25}, {"灯芯绒", "corduroy", "细条灯芯绒，秋冬当外套也可以。", "Fine corduroy that works as an overshirt.", "thick", "", 1.15}, {"天丝", "lyocell", "天丝垂顺，不容易起皱。", "Lyocell drapes and hardly creases.", "light", "", 1.2}, {"法兰绒", "flannel", "双面磨毛法兰绒，贴身穿也暖。", "Brushed on both sides, warm against the skin.", "thick", "", 1.1}}},
            {"collar", "领型", "Collar", {{"方领", "point-collar", "方领可打领带，也可以敞一粒扣。", "The point collar takes a tie or an open button."}, {"立领", "band-collar", "立领简洁，不系领带也精神。", "A band collar looks sharp without a tie."}, {"古巴领", "camp-collar", "古巴领松弛，度假感十足。", "A camp collar with a holiday mood.", "", "thick"}, {"扣角领", "button-down-collar", "扣角领久穿不翘。", "A button-down collar that never curls."}}}, fit(),
            {"pattern", "图案", "Pattern", {{"纯色", "plain", "纯色衬衫是衣橱里的地基。", "The plain shirt every wardrobe is built on."}, {"条纹", "striped", "细条纹色织，洗不褪色。", "Yarn-dyed stripes that do not fade."}, {"格纹", "checked", "格纹对花工整，侧缝也对齐。", "Checks matched carefully across the seams."}}}},
        .measures = measures(),
        .titles = {{"{brand} {material}{pattern}衬衫{audience}{collar}{fit}长袖衬衣 {point}", "{brand} {pattern^} {material^} Shirt for {audience^}, {collar^}, {fit^} Fit"}, {"{brand} {audience}{fit}{collar}{material}衬衫 {pattern}{point}", "{brand} {fit^} {collar^} Shirt in {material^}, {pattern^}, {audience^}"}},
        .intros = {{"{brand}的这件{material}衬衫，为每周要穿三次的人而做。", "A {material} shirt by {brand} for people who wear one three times a week."}, {"好衬衫不用多，{brand}把领子、肩线和扣子都做对了。", "{brand} gets the collar, the shoulder and the buttons of this {pattern} shirt right."}},
        .uses = {{"上班、面试、周末外穿都合适。", "For the office, an interview or the weekend."}, {"单穿、内搭西装、敞开当外套都行。", "Wear it alone, under a blazer or open over a T-shirt."}}, .points = {{"贝壳扣", "Shell buttons"}, {"免烫抗皱", "Wrinkle resistant", "non-iron-cotton"}, {"后背活褶好活动", "Back pleat for movement"}, {"领口不变形", "Collar keeps its shape"}, {"透气清凉", "Cool and breathable", "light"}, {"磨毛保暖", "Brushed for warmth", "flannel"}, {"可当外套", "Doubles as an overshirt", "thick"}, {"不透肤", "Not see-through"}, {"加密锁边", "Reinforced seams"}, {"百搭通勤", "Easy to match"}},
        .colours = "white sky navy black khaki rose", .sizes = sizes, .synonyms = {{"衬衣", "blouse"}, {"通勤衬衫", "work shirt"}, {"免烫衬衫", "non iron shirt"}, {"白衬衫", "white shirt"}}});
    d.families.push_back({.key = "t-shirt", .zh = "T恤", .en = "T-shirt", .shape = Shape::tee, .price_low = 49, .price_high = 199, .weight_low = 140, .weight_high = 300, .share = 1.5,
        .choices = {gender(), {"material", "材质", "Material", {{"新疆长绒棉", "long-staple-cotton", "长绒棉纤维长，手感糯，不易起球。", "Long fibres make it soft and keep it from pilling.", "medium", "", 1.1}, {"重磅棉", "heavyweight-cotton", "重磅棉厚实挺括，不透不软塌。", "Heavyweight cotton that stands up on its own.", "medium", "", 1.2}, {"冰丝棉", "cooling-cotton", "冰丝棉接触凉感，夏天跑外勤也清爽。", "Cooling cotton feels fresh even on errands in July.", "light"}, {"莫代尔", "modal", "莫代尔细滑，睡觉穿也舒服。", "Modal is smooth enough to sleep in.", "light"}, {"华夫格", "waffle-cotton", "华夫格立体透气，单穿有质感。", "Waffle texture breathes and looks good alone.", "medium", "", 1.1}}},
            {"neckline", "领型", "Neckline", {{"圆领", "crew-neck", "三针罗纹圆领，穿一年不松垮。", "A triple-stitched crew neck that does not go slack."}, {"V领", "V-neck", "小V领显脖子长。", "A small V lengthens the neck."}, {"亨利领", "henley", "亨利领有三粒扣，比圆领多一点味道。", "Three henley buttons add a little character."}}}, fit(),
            {"graphic", "图案", "Design", {{"纯色", "plain", "纯色打底，四季都用得上。", "Plain, for all four seasons."}, {"小刺绣", "embroidered", "胸前小刺绣，低调好认。", "A small embroidery on the chest."}, {"条纹", "striped", "海魂条纹，复古清爽。", "Breton stripes, fresh and classic."}, {"印花", "printed", "水性胶浆印花，不裂不硬。", "Water-based print that neither cracks nor stiffens."}}}},
        .measures = {measures()[0], measures()[1], measures()[2]},
        .titles = {{"{brand} {material}短袖T恤{audience}{fit}{neckline}{graphic}打底衫 {point}", "{brand} {material^} T-Shirt for {audience^}, {neckline^}, {fit^}, {graphic^}"}, {"{brand} {graphic}T恤{audience} {neckline}{material}{fit}半袖 {point}", "{brand} {graphic^} {neckline^} Tee in {material^}, {fit^} Fit, {audience^}"}},
        .intros = {{"一件T恤好不好，洗十次就知道，{brand}替你洗过了。", "You know a T-shirt after ten washes; {brand} did them for you."}, {"{brand}的{material}T恤，简单，但每一处都讲究。", "{brand} keeps this {material} T-shirt simple and gets every detail right."}},
        .uses = {{"单穿、打底、居家、运动都能穿。", "Alone, as a layer, at home or for a walk."}, {"夏天一周七天，备三件刚好。", "Buy three and the summer week is done."}}, .points = {{"领口不变形", "Neck keeps its shape"}, {"不透不闷", "Opaque and airy"}, {"机洗不缩水", "Pre-shrunk"}, {"凉感面料", "Cool to the touch", "cooling-cotton"}, {"双线锁边", "Double-stitched hems"}, {"A类婴幼儿标准", "Class A skin-safe fabric"}, {"挺括有型", "Holds its shape", "heavyweight-cotton"}, {"无侧标不扎", "Tag-free comfort"}, {"不易起球", "Resists pilling"}},
        .colours = "white black grey navy sage khaki rose lemon", .sizes = sizes, .synonyms = {{"短袖", "tee"}, {"半袖", "short sleeve top"}, {"打底衫", "basic top"}, {"体恤", "tshirt"}}});
    d.families.push_back({.key = "cardigan", .zh = "针织开衫", .en = "cardigan", .shape = Shape::cardigan, .price_low = 129, .price_high = 529, .weight_low = 280, .weight_high = 620, .share = 0.8,
        .choices = {{"audience", "适用人群", "For", {{"女", "women", "女款短肩，显得精神。", "A neat shoulder cut for women."}, {"男", "men", "男款肩宽放量，叠穿衬衫不紧。", "Room in the shoulder for a shirt beneath."}}}, {"material", "材质", "Material", {{"羊毛", "wool", "全羊毛纱线，暖而不重。", "All-wool yarn, warm without weight.", "thick", "", 1.4}, {"羊绒混纺", "cashmere-blend", "含10%羊绒，贴脸也软。", "With 10% cashmere, soft against the cheek.", "thick", "", 1.7}, {"棉线", "cotton", "棉线四季可穿，空调房里必备。", "Cotton for every season and every air-conditioned room.", "medium"}, {"腈纶混纺", "acrylic-blend", "混纺纱不缩水，好打理。", "A blended yarn that does not shrink.", "medium", "", 0.8}, {"牦牛绒", "yak-wool", "高原牦牛绒，比羊毛更暖。", "Highland yak wool is warmer than sheep's wool.", "thick", "", 1.9}}},
            {"neckline", "领型", "Neckline", {{"V领", "V-neck", "V领露出内搭，层次分明。", "The V shows what you layer beneath."}, {"圆领", "crew-neck", "圆领扣起来就是一件毛衣。", "Buttoned up, it is a sweater."}, {"翻领", "shawl-collar", "翻领像薄外套，出门不用再加衣。", "The shawl collar wears like a light jacket."}}}, fit(),
            {"knit", "织法", "Knit", {{"麻花", "cable-knit", "立体麻花，有厚度有手感。", "Raised cables with a hand-made feel."}, {"细针", "fine-knit", "细针织法平整，不臃肿。", "A fine gauge lies flat."}, {"粗针", "chunky-knit", "粗针蓬松，温柔又抗风。", "Chunky and soft against the wind.", "", "medium"}}}},
        .measures = {measures()[0], measures()[2], measures()[3]},
        .titles = {{"{brand} {material}{knit}针织开衫{audience}{neckline}{fit}毛衣外套 {point}", "{brand} {knit^} {material^} Cardigan for {audience^}, {neckline^}, {fit^}"}, {"{brand} {audience}{neckline}{material}开衫 {fit}{knit} {point}", "{brand} {neckline^} Cardigan in {material^}, {knit^}, {fit^} Fit, {audience^}"}},
        .intros = {{"办公室空调太冷的时候，{brand}这件{material}开衫就在椅背上。", "Keep this {material} cardigan from {brand} on the back of your chair."}, {"{brand}的{knit}开衫，春秋当外套，冬天做内搭。", "A {knit} cardigan by {brand}: jacket in spring, layer in winter."}},
        .uses = {{"空调房、早晚温差、旅行飞机上都用得到。", "For cold offices, cool evenings and long flights."}, {"里面配T恤或衬衫都好看。", "Good over a T-shirt or a shirt."}}, .points = {{"不扎皮肤", "No itch"}, {"不起球", "Resists pilling"}, {"下摆不卷边", "Hem lies flat"}, {"木质扣", "Wooden buttons"}, {"有口袋", "With pockets"}, {"保暖轻盈", "Warm and light", "thick"}, {"机洗不变形", "Machine washable", "acrylic-blend"}, {"肩部无缝", "Seamless shoulders"}},
        .colours = "oat camel grey black burgundy sage sky", .sizes = {{"S", "S"}, {"M", "M"}, {"L", "L"}, {"XL", "XL"}}, .synonyms = {{"毛衣外套", "knit jacket"}, {"针织衫", "knitwear"}, {"毛衫", "sweater"}}});
    d.aspects = {{"quality", {{"面料厚实有质感，做工好。", "Solid fabric and good workmanship."}, {"洗了三次领口没松。", "The neck is still firm after three washes."}}, {{"洗了以后缩水了。", "It shrank in the wash."}, {"面料薄，线头多。", "Thin fabric and loose threads."}}},
                 {"fit", {{"尺码标准，肩线刚好。", "True to size, the shoulder sits right."}, {"版型显瘦，袖子长度合适。", "Flattering cut and the right sleeve length."}}, {{"偏大一码。", "Runs a size large."}, {"袖子太短了，高个子不友好，希望有加长款。", "Sleeves too short for tall people, please make a long version."}}},
                 {"comfort", {{"贴身穿很舒服，不闷。", "Comfortable next to the skin, not stuffy."}, {"很透气，上班一天不皱。", "Breathes well and stays smooth all day."}}, {{"有点扎皮肤。", "A bit itchy."}, {"不怎么透气，出汗贴身。", "Does not breathe much."}}}};
    d.brands = {{"素白工坊", "Subai Works"}, {"青衿", "Qingjin"}, {"Norrby", "Norrby"}, {"衡山路", "Hengshan Lu"}};
    d.elasticity = -2.0, d.return_share = 0.11, d.yearly_peak = 9.5, d.yearly_swing = 0.25;
    return d;
}

}  // namespace kindling::shop::simulator
