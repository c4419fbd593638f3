// modules/dialogue/occasions.cpp -- the table of occasions and pastimes. See occasions.h.
#include "modules/dialogue/occasions.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/lexicon.h"

namespace kindling::dialogue {

namespace {

// Blank-separated; '_' stands for a blank, as in concepts.cpp. Words with '&' between speak of it together.
struct Row {
    std::u32string_view said, kinds, qualities;
    bool worn = false;
};
constexpr Row table[] = {
    // To be worn
    {U"结婚 新婚 getting_married gets_married newlyweds newlywed wedding_gift wedding_present", U"电热水壶 马克杯 空气炸锅 落地灯 电饭煲", U"礼盒装 gift_boxed", false},
    {U"婚礼 喝喜酒 参加婚宴 wedding weddings wedding_guest", U"连衣裙 衬衫 乐福鞋 托特包", U"缎面 雪纺 中长款 及膝 长款 真丝 satin chiffon silk midi", true},
    {U"海边婚礼 沙滩婚礼 海岛婚礼 beach_wedding wedding_on_the_beach", U"连衣裙 衬衫 托特包 防晒", U"夏季 亚麻 雪纺 度假 summer linen chiffon holiday", true},
    {U"面试 应聘 求职 job_interview interview interviews", U"衬衫 裤子 乐福鞋 托特包 双肩包", U"免烫 牛津纺 纯色 修身 通勤 素面 白色 黑色 藏青 plain commuting formal", true},
    {U"约会 相亲 第一次约会 first_date date_night going_on_a_date", U"连衣裙 衬衫 乐福鞋 托特包", U"雪纺 缎面 碎花 修身 chiffon satin slim", true},
    {U"年会 晚宴 酒会 颁奖 gala cocktail_party evening_event black_tie formal_dinner", U"连衣裙 衬衫 乐福鞋 托特包", U"缎面 真丝 黑色 酒红 漆皮 satin silk", true},
    {U"毕业典礼 答辩 graduation_ceremony graduation", U"衬衫 连衣裙 乐福鞋 双肩包", U"纯色 白色 修身 plain", true},
    {U"海边 沙滩 海岛 度假 beach_holiday beach_vacation beach_trip seaside day_at_the_beach", U"连衣裙 防晒 托特包 蓝牙音箱", U"夏季 亚麻 雪纺 度假 防水防汗 草编 summer linen holiday water_resistant", true},
    {U"上班穿 通勤穿 第一天上班 入职 first_day_at_work new_job office_wear", U"衬衫 乐福鞋 托特包 保温杯", U"通勤 免烫 纯色 办公 commuting office plain", true},
    // Out of doors and on the way
    {U"徒步 爬山 登山 远足 hiking hike hikes trekking mountain_walk mountaineering", U"双肩包 运动鞋 保温杯 防晒 蓝牙音箱", U"徒步 户外 防滑 防水 防水防汗 hiking outdoor non_slip water_resistant", false},
    {U"露营 野营 camping camps campsite", U"双肩包 保温杯 蓝牙音箱 防晒", U"徒步 户外 充电 防水 户外便携 hiking outdoor rechargeable", false},
    {U"钓鱼 垂钓 fishing fishes angling angler fly_fishing", U"保温杯 双肩包 防晒 蓝牙音箱 运动鞋", U"户外 徒步 防水防汗 防水 防滑 outdoor hiking water_resistant", false},
    {U"骑行 骑车 骑自行车 cycling cycles cyclist biking bike_rides", U"双肩包 真无线耳机 蓝牙音箱 防晒 保温杯", U"户外 防水 防水防汗 挂耳式 outdoor water_resistant", false},
    {U"野餐 picnic picnics", U"托特包 保温杯 蓝牙音箱 防晒", U"户外 户外便携 度假 outdoor holiday", false},
    {U"出差 商务旅行 business_trip business_trips business_travel", U"行李箱 双肩包 头戴耳机 衬衫", U"20寸登机 差旅 主动降噪 免烫 cabin business_travel noise_cancelling", false},
    {U"旅行 旅游 出国玩 自由行 长途飞行 travelling traveling vacation long_flight city_trip road_trip travels", U"行李箱 双肩包 头戴耳机 防晒 保温杯", U"登机 差旅 主动降噪 车载 cabin travel noise_cancelling", false},
    {U"下雨天 雨天 梅雨 rainy_days rainy_season rainy_weather", U"双肩包 短靴 运动鞋", U"防水 防滑 waterproof non_slip", false},
    // Sport
    {U"马拉松 跑步 慢跑 晨跑 marathon jogging runs_marathons likes_running loves_running goes_running", U"运动鞋 真无线耳机 t恤 防晒", U"跑步 缓震 碳板 挂耳式 防水防汗 running ear_hook", false},
    {U"健身 撸铁 去健身房 the_gym gym_goer working_out works_out workouts yoga 瑜伽", U"真无线耳机 t恤 运动鞋 保温杯", U"防水 挂耳式 ipx5 ear_hook", false},
    // At home
    {U"搬家 新家 乔迁 新房 租房 暖房 housewarming new_home new_house new_flat new_apartment moving_house first_apartment", U"落地灯 置物架 电热水壶 马克杯 椅子", U"小户型 礼盒装 落地 small_flats gift_boxed freestanding", false},
    {U"居家办公 在家办公 远程办公 在家上班 home_office working_from_home work_from_home works_from_home remote_work", U"书桌 椅子 台灯 头戴耳机", U"家庭办公 人体工学椅 办公 办公会议 电动升降 home_office ergonomic office_work", false},
    {U"开学 宿舍 住校 上大学 大学新生 back_to_school dorm dorm_room college university student", U"双肩包 台灯 保温杯 置物架", U"学生 学习 充电 school study rechargeable", false},
    {U"打游戏 玩游戏 电竞 游戏迷 gaming gamer gamers video_games computer_games games_all_day games_a_lot", U"头戴耳机 椅子 书桌", U"游戏 电竞 人体工学椅 gaming ergonomic", false},
    {U"看书 读书 爱阅读 书虫 bookworm reads_a_lot loves_reading likes_reading loves_to_read likes_to_read reading_corner reading_nook", U"台灯 椅子 落地灯 马克杯", U"阅读 休闲椅 无极调光 reading lounge stepless", false},
    {U"做饭 下厨 爱做菜 厨艺 烘焙 cooking cooks loves_to_cook likes_to_cook baking bakes", U"空气炸锅 电饭煲 电热水壶", U"可视 蒸煮一体 windowed", false},
    {U"喝咖啡 手冲 爱咖啡 咖啡爱好者 coffee_lover loves_coffee drinks_coffee pour_over making_coffee", U"电热水壶 马克杯 保温杯", U"细口 五档控温 骨瓷 gooseneck five_temperature", false},
    {U"喝茶 泡茶 爱茶 品茶 tea_lover loves_tea drinks_tea makes_tea", U"电热水壶 保温杯 马克杯", U"茶水分离 五档控温 精准 infuser five_temperature", false},
    {U"听歌 听音乐 爱音乐 音乐迷 music_lover loves_music listens_to_music listening_to_music audiophile", U"头戴耳机 蓝牙音箱 真无线耳机", U"录音监听 ldac 立体声 studio stereo", false},
    {U"开派对 聚会 派对 party parties house_party birthday_party", U"蓝牙音箱 马克杯 连衣裙 空气炸锅", U"户外便携 立体声 outdoor stereo", false},
    {U"失眠 睡不好 睡不着 助眠 insomnia sleeps_badly sleep_better trouble_sleeping can't_sleep", U"台灯 真无线耳机 毛绒玩具", U"床头 薰衣草香包 主动降噪 bedside lavender", false},
    {U"养猫 猫奴 有只猫 家有猫 cat_lover cat_owner cat_person has_cats has&cats has&cat", U"宠物窝 宠物饮水机 宠物粮", U"猫 cats", false},
    {U"养狗 有条狗 家有狗 dog_lover dog_owner dog_person has_dogs has&dogs has&dog", U"宠物窝 宠物粮 宠物饮水机", U"犬 dogs", false},
    // Troubles and situations, told instead of goods
    {U"怕冷 脚冷 脚&冷 脚&凉 手冷 手&冷 手脚冰凉 手脚&凉 feet&cold feet&warm keep&feet 脚&暖 暖脚 toes&cold hands&cold fingers&cold cold_feet cold_hands always_cold always_freezing gets_cold_easily feels_the_cold", U"袜子 拖鞋 手套 热水袋 暖手宝 毛毯 围巾 短靴 针织开衫", U"加绒 羊毛 羊绒 羊毛混纺 美丽诺羊毛 羊绒混纺 fleece_lined wool cashmere", false},
    {U"腰疼 腰痛 腰酸 腰&疼 腰&不好 腰&坐 背疼 久坐 腰弯 驼背 坐姿 back&hurts back&hurt back&sore back&aches back_pain backache sitting_all_day posture slouches slouching", U"腰靠 靠垫 坐垫 椅子 书桌", U"人体工学椅 久坐舒服 电动升降 ergonomic electric", false},
    {U"脖子&疼 脖子&酸 脖子&僵 颈椎 落枕 neck&stiff neck&hurts neck&sore neck&aches neck_pain stiff_neck", U"颈枕 U型枕 枕头 按摩仪", U"", false},
    {U"眼睛&累 眼睛&酸 眼睛&疼 护眼 用眼 眼疲劳 eyes&tired eyes&hurt eyes&strain eye_strain eyes_get_tired", U"台灯 落地灯", U"阅读 儿童学习 无极调光 学习 reading study stepless", false},
    {U"房间&暗 卧室&暗 客厅&暗 走廊&暗 过道&暗 玄关&暗 光线&暗 房间&黑 room&dark hallway&dark corridor&dark kitchen&dark hall&dark stairs&dark", U"吊灯 落地灯 台灯 夜灯", U"", false},
    {U"光&睡 太亮&睡 亮&睡不着 bright&sleep light&can't_sleep", U"窗帘 遮光窗帘 眼罩 台灯", U"床头 bedside", false},
    {U"吵&睡 吵&学习 吵&看书 邻居&吵 宿舍&吵 室友&吵 环境&吵 房间&吵 办公室&吵 noisy&study noisy&room noisy&office noisy&street noisy&neighbours noisy&neighbors loud&neighbours loud&neighbors loud&roommate too_much_noise", U"耳塞 头戴耳机 真无线耳机", U"主动降噪 物理隔音 noise_cancelling active_noise_cancelling", false},
    {U"带饭 午饭&保温 饭&保温 饭菜&热 饭&凉 lunch&warm lunch&hot food&warm soup&hot soup&warm meal&warm packed_lunch", U"保温饭盒 焖烧杯 焖烧罐 饭盒 保温杯", U"办公 学生 office student", false},
    {U"开车&喝 车上&喝 车里&喝 drink&car drink&driving coffee&car", U"保温杯 水杯", U"车载 car", false},
    {U"冷天&喝热 水&保温 咖啡&保温 茶&保温 coffee&hot coffee&warm tea&hot tea&warm drink&warm drinks&hot", U"保温杯", U"", false},
    {U"狗&水碗 猫&水碗 狗&水盆 猫&水盆 狗&喝水 猫&喝水 dog&water_bowl cat&water_bowl puppy&water_bowl kitten&water_bowl dog&drink_water cat&drink_water", U"宠物饮水机", U"", false},
    {U"丢钥匙 钥匙&丢 钥匙&找不到 losing&keys lose&keys loses&keys misplace&keys", U"钥匙扣 防丢器 钥匙包", U"", false},
    {U"手机&充电 手机&没电 给手机充电 charge&phone phone&dies phone&battery", U"充电器 充电宝 移动电源 充电线", U"", false},
    {U"游泳&听歌 游泳&音乐 洗澡&听歌 洗澡&音乐 music&swimming music&swim songs&swimming music&shower music&bath songs&shower radio&shower podcasts&shower podcasts&swimming", U"真无线耳机 蓝牙音箱", U"ipx8 ipx7 浴室 防水 防水防汗 bathroom waterproof", false},
    {U"在床上看书 床上看书 睡前看书 read&bed reads&bed reading&bed", U"台灯 落地灯", U"床头 阅读 bedside reading", false},
    {U"写作业 做作业 做功课 孩子学习 doing_homework does_homework her_homework his_homework homework", U"书桌 台灯 椅子", U"儿童学习 study", false},
    {U"养&小狗 养了狗 养&狗 领养&狗 新来的小狗 got&puppy new_puppy adopted&dog adopted&puppy got&dog getting&puppy getting&dog have&puppy", U"宠物窝 宠物粮 宠物饮水机", U"犬 幼年 dogs young", false},
    {U"养&小猫 养了猫 养&猫 领养&猫 新来的小猫 got&kitten new_kitten adopted&cat adopted&kitten got&cat getting&kitten getting&cat have&kitten", U"宠物窝 宠物粮 宠物饮水机", U"猫 幼年 cats young", false},
    {U"乱糟糟 太乱 没地方放 堆满 cluttered nowhere_to_put a_mess", U"置物架 收纳盒 收纳箱", U"", false},
    {U"油烟 厨房&油 kitchen&greasy", U"油烟机 吸尘器 清洁剂 抹布", U"", false},
    // What people like to do, for which a shop may have goods by name and seldom a kind
    {U"园艺 养花 种花 种菜 养绿植 gardening gardener gardeners garden_lover loves_gardens plant_lover growing_plants", U"园艺工具 花盆 绿植", U"", false},
    {U"摄影 拍照 photography photographer photographers taking_photos takes_photos taking_pictures", U"相机 相机包 三脚架", U"", false},
    {U"画画 绘画 水彩 素描 油画 painting loves_to_paint likes_to_paint drawing loves_to_draw likes_to_draw sketching watercolour watercolor", U"画材 颜料 画笔", U"", false},
    {U"编织 织毛衣 钩针 钩织 knitting knits knitter crochet crocheting", U"毛线 编织工具", U"", false},
    {U"缝纫 做衣服 拼布 sewing sews quilting embroidery", U"缝纫机 布料", U"", false},
    {U"木工 做木工 woodworking woodworker carpentry", U"木工工具", U"", false},
    {U"下棋 象棋 国际象棋 围棋 chess plays_chess chess_player", U"棋类", U"", false},
    {U"桌游 board_games tabletop_games", U"桌游", U"", false},
    {U"跳舞 舞蹈 芭蕾 dancing dances dancer ballet", U"舞鞋 舞蹈服", U"", false},
    {U"唱歌 k歌 karaoke singing sings singer", U"麦克风 话筒", U"", false},
    {U"游泳 swimming swims swimmer", U"泳衣 泳镜", U"", false},
    {U"天文 观星 看星星 astronomy stargazing telescope", U"望远镜", U"", false},
    {U"书法 练字 毛笔字 calligraphy", U"文房四宝 毛笔", U"", false},
    {U"魔术 变魔术 magic_tricks magician", U"魔术道具", U"", false},
    {U"观鸟 birdwatching bird_watching birder", U"望远镜", U"", false},
    {U"踢足球 足球 soccer plays_football", U"足球", U"", false},
    {U"打篮球 篮球 basketball", U"篮球", U"", false},
    {U"高尔夫 golf golfing golfer", U"高尔夫球", U"", false},
    {U"滑雪 skiing skier snowboarding", U"滑雪板 滑雪服", U"", false},
    // People who begin something
    {U"新生儿 宝宝出生 满月 百日宴 baby_shower newborn new_baby new_parents", U"毛绒玩具 儿童水杯 积木", U"有机棉 软胶 1_3岁 organic_cotton soft_rubber", false},
    {U"六一 儿童节 children's_day", U"积木 拼图 毛绒玩具 儿童水杯", U"恐龙 太空 dinosaur space", false},
    {U"护肤入门 刚开始护肤 skincare_routine skin_care_routine", U"洁面 精华 面霜 防晒", U"氨基酸 玻尿酸 无香 amino hyaluronic unscented", false},
};

std::vector<std::u32string> surfaces(std::vector<std::string> const& words) {
    std::vector<std::u32string> out;
    for (auto const& word : words)
        if (auto surface = surface_of(word); !surface.empty()) out.push_back(std::move(surface));
    return out;
}

}  // namespace

Occasions::Occasions(std::span<shop::OccasionRow const> own) {
    for (auto const& row : table) {
        Occasion made{.said = {}, .kinds = cues::words_of(row.kinds), .qualities = cues::words_of(row.qualities), .together = {}, .worn = row.worn};
        for (auto const& words : cues::words_of(row.said)) {
            if (words.find(U'&') == words.npos) { made.said.push_back(words); continue; }
            auto& all = made.together.emplace_back();
            for (std::size_t i = 0; i < words.size();) {
                auto const end = std::min(words.find(U'&', i), words.size());
                all.push_back(words.substr(i, end - i));
                i = end + 1;
            }
        }
        rows_.push_back(std::move(made));
    }
    for (auto const& row : own) rows_.push_back({.said = surfaces(row.said), .kinds = surfaces(row.kinds), .qualities = surfaces(row.qualities), .together = {}, .worn = row.worn, .own = true});
}

std::shared_ptr<Occasions const> built_in_occasions() {
    static auto const made = std::make_shared<Occasions const>();
    return made;
}

std::optional<OccasionSaid> Occasions::in(std::u32string_view text) const {
    std::optional<OccasionSaid> best;
    std::size_t longest = 0;
    for (auto const& row : rows_) {
        for (auto const& word : row.said)
            // The owner's come last, and of equal length they count.
            if (auto const span = cues::find_word(text, word); span && (word.size() > longest || (row.own && word.size() == longest))) best = {&row, span->begin, span->end}, longest = word.size();
        for (auto const& words : row.together) {
            OccasionSaid said{&row, text.size(), 0};
            std::size_t letters = 0;
            for (auto const& word : words)
                if (auto const span = cues::find_word(text, word)) said.begin = std::min(said.begin, span->begin), said.end = std::max(said.end, span->end), letters += word.size();
                else { letters = 0; break; }
            if (letters > longest) best = said, longest = letters;
        }
    }
    return best;
}

}  // namespace kindling::dialogue
