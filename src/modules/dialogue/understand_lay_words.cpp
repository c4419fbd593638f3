// modules/dialogue/understand_lay_words.cpp -- everyday words for what goods are like: 不插电, 显瘦, "for the gym", "no ironing". See understand.h.
//
// A row says what people say, the values of this shop that bear it out, and the words of titles and descriptions (a shop's highlights stand there) that do. What
// any good in question bears out ranks; a row that is definite, and that some value here has by name, is a condition as every other value is. What no good bears
// out is said to be unknown once, and stands in the way of nothing. Goods that have nothing but texts are searched by their words as before.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

struct LayWords {
    std::u32string_view said, values, texts;
    bool definite = false;
    std::string_view zh = {}, en = {};   // how it is told where the words themselves tell a trouble ("falling out"); empty: as it was said
};

constexpr LayWords table[] = {
    // What it runs on and how it is handled
    {U"不要插线 不用插线 不插线 免插线 不要插电 不用插电 不插电 免插电 不需要插电 不要接线 不用接线 免接线 没有电线 不要电线 不带线的灯 cordless no_cord no_cords no_plug no_cable without_a_cord without_cord without_a_plug without_plugging_in doesn't_need_plugging_in battery_powered battery_operated runs_on_battery runs_on_batteries",
     U"充电 可充电 充电无线 电池 rechargeable cordless battery", U"充电便携 内置电池 可充电 rechargeable cordless", true, "不插电", "cordless"},
    {U"调暗 能调暗 可以调暗 调亮度 能调亮度 可调亮度 能调光 可以调光 亮度可调 亮度能调 dim dims dimmer can_be_dimmed turn_it_down adjustable_brightness brightness_control brightness_levels different_brightness", U"无极调光 三档调光 app智能调光 调光 dimmable dimming stepless three_step smart_dimming", U"调光 亮度可调 dimmable dimming", true, "可调光", "dimmable"},
    {U"光要柔和 光线柔和 柔光 柔和的光 柔和 不刺眼 不晃眼 soft_light soft_glow gentle_light not_glaring no_glare easy_on_the_eyes glare_free", U"", U"柔和 不刺眼 防眩 月光 soft gentle glare_free", false, "光线柔和", "soft light"},
    {U"暖光 暖黄光 暖色光 黄光 暖白光 warm_light warm_white warm_glow", U"3000k 2700k 暖光 暖白 warm_white", U"暖光 暖黄 warm_light warm_white", true, "暖光", "warm light"},
    {U"遥控 能遥控 带遥控 remote_control with_a_remote", U"遥控 remote", U"遥控 remote_control", false},
    {U"不同温度 多档温度 可以调温度 能调温度 能调温 可调温 控温 定温 调水温 diff_temps different_temps different_temperatures temperature_settings temp_settings temp_control temperature_control set_the_temperature choose_the_temperature variable_temperature temperature_selection", U"五档控温 精准1℃调温 调温 控温 five_temperature one_degree variable_temperature", U"控温 调温 temperature_control variable_temperature", true, "可调温", "temperature settings"},
    {U"保温 能保温 带保温 keep_warm keeps_warm stays_warm keep_it_warm", U"24小时保温 keep_warm", U"保温 keep_warm keeps_warm", false},
    {U"安静 静音 不吵 不要太吵 噪音小 声音小 没噪音 不出声 quiet silent noiseless not_noisy low_noise doesn't_make_noise won't_wake", U"静音 silent quiet silent_spinner", U"静音 安静 不吵 低噪 silent quiet", false, "安静", "quiet"},
    {U"一键 操作简单 简单好用 老人会用 傻瓜式 easy_to_use simple_to_use easy_to_operate foolproof one_button one_touch", U"一键煮沸 旋钮 按键开关 one_touch knob on_off", U"操作简单 一键 老人也会用 easy_to_use simple", false},
    // How it is cleaned and kept
    {U"不用熨 不用烫 免熨 不用熨烫 不需要熨 不要熨 不用熨的 不皱 不易皱 不起皱 抗皱 防皱 no_iron non_iron no_ironing don't_need_to_iron doesn't_need_ironing without_ironing no_need_to_iron wrinkle_free wrinkle_resistant doesn't_wrinkle doesn't_crease crease_free", U"免烫 长绒棉免烫 non_iron wrinkle", U"免烫 不用熨 no_ironing non_iron", true, "免烫", "no ironing"},
    {U"能拆洗 可以拆洗 可拆洗 拆下来洗 套子能拆 能拆下来 removable_cover cover_comes_off comes_off_to_wash take_the_cover_off", U"可拆洗 removable removable_cover", U"可拆洗 removable_cover", true, "可拆洗", "removable cover"},
    {U"能机洗 可以机洗 可机洗 能放洗衣机 能扔洗衣机 machine_wash machine_washable in_the_washing_machine", U"可机洗 整体机洗 机洗 machine_wash machine_washable", U"机洗 machine_wash machine_washable", true, "可机洗", "machine washable"},
    {U"好洗 好清洗 容易清洗 容易洗 好清理 容易清理 好打理 易清洁 easy_to_clean easy_to_wash easy_clean washable ", U"可拆洗 可机洗 机洗 removable_cover machine_washable washable", U"可拆洗 可机洗 机洗 易清洁 好清洗 易打理 washable easy_to_clean easy_care", false, "好清洗", "easy to wash"},
    {U"能放洗碗机 可进洗碗机 进洗碗机 dishwasher_safe dishwasher_proof goes_in_the_dishwasher", U"洗碗机 dishwasher", U"洗碗机 dishwasher", false},
    {U"能进微波炉 放微波炉 可微波 microwaveable microwave_safe goes_in_the_microwave", U"微波 microwave", U"微波 microwave", false},
    {U"不掉毛 不起球 不褪色 doesn't_pill no_pilling doesn't_fade colourfast colorfast won't_fade", U"", U"不起球 不易起球 不掉色 不褪色 洗不褪色 不掉毛 pilling colourfast fade", false},
    {U"不缩水 不会缩水 洗了不缩 won't_shrink doesn't_shrink no_shrinking pre_shrunk", U"", U"不缩水 预缩 pre_shrunk shrink", false},
    {U"耐脏 不显脏 耐磨 结实 耐用 耐摔 经穿 耐穿 hard_wearing hardwearing long_lasting stain_resistant doesn't_show_dirt", U"耐磨 耐摔", U"耐脏 耐磨 结实 耐用 耐穿 耐摔 durable hard_wearing tough", false},
    // How it wears
    {U"保暖 暖和 暖一点 暖和点 厚实 御寒 抗冻 抗寒 够暖 warm something_warm warm_enough nice_and_warm really_warm very_warm warm_one warm_ones warm_and_cosy warm_and_cozy cosy cozy keep_me_warm keeps_me_warm keep_him_warm keep_her_warm snug",
     U"羊毛 羊绒混纺 羊毛混纺 美丽诺羊毛 牦牛绒 法兰绒 灯芯绒 加绒 粗针 秋冬 wool merino cashmere_blend wool_blend yak_wool flannel fleece_lined wool_lined chunky_knit corduroy", U"保暖 暖 羊毛 加绒 warm wool fleece", false, "保暖", "warm"},
    {U"透气 透气一点 不闷 不闷热 不捂脚 不捂 不闷脚 不闷汗 通风 散热好 breathable well_ventilated doesn't_get_sweaty not_sweaty not_stuffy", U"网面 飞织 透气织物 透气网布 亚麻 mesh knit linen", U"透气 不闷 不捂 mesh breathable airy", false, "透气", "breathable"},
    {U"凉快 凉爽 清凉 不热 夏天穿不热 cool_in_summer keeps_cool keep_cool stays_cool light_and_airy", U"冰丝棉 凉感布 亚麻 天丝 夏季 cooling_cotton cooling_fabric linen lyocell summer", U"凉感 清凉 不闷 透气 cooling cool breathable", false},
    {U"显瘦 显得瘦 看着瘦 遮肉 藏肉 遮肚子 遮小肚子 遮胯 收腰 收腹 显腰 slimming flattering hides_my_tummy hide_my_tummy hides_the_belly makes_me_look_slimmer looks_slimmer waist_defining", U"收腰 系带 a字 tie_waist nipped_in a_line", U"显瘦 收腰 遮住 藏肉 nipped_in flatter slimming", false, "显瘦", "slimming"},
    {U"显高 显腿长 小个子 个子小 个子矮 个子不高 娇小 petite i'm_short i_am_short short_legs", U"小个子友好 petite", U"小个子 显高 不压身高 petite", false, "适合小个子", "petite"},
    {U"不勒 不紧绷 不绷 有弹性 弹力大 松紧腰 久坐不勒 stretchy elastic_waist elasticated doesn't_dig_in doesn't_pinch not_too_tight", U"松紧 弹力 微弹 stretch elastic", U"不勒 弹力 微弹 松紧 不夹 stretch elastic", false},
    {U"不扎 不扎人 不痒 亲肤 贴身舒服 不刺痒 not_itchy not_scratchy no_itch doesn't_itch gentle_on_the_skin soft_on_the_skin", U"", U"不扎人 不痒 亲肤 柔软 itch gentle soft", false},
    {U"不透 不透明 防走光 不会透 不透肉 not_see_through opaque", U"", U"不透 防走光 内衬 see_through lined", false},
    {U"素一点 素一些 素净 素点 素的 素色 太花 不要太花 别太花 不花哨 太花哨 简单点的图案 没有图案 不要图案 单色 净色 no_pattern no_patterns no_print no_prints without_a_pattern without_pattern unpatterned not_too_busy too_busy too_patterned", U"纯色 素面 plain solid", U"纯色 素面 plain solid", true, "素净", "plain"},
    {U"不磨脚 不磨 脚感软 软底 走路舒服 久走不累 走一天不累 站一天 舒服的鞋 comfortable_to_walk comfy_to_walk walk_all_day on_my_feet_all_day stand_all_day no_blisters won't_rub doesn't_rub cushioned", U"eva缓震 步行 软底 eva_cushioned walking", U"不磨脚 久走不累 软底 缓震 不累 cushion walking all_day blister", false},
    {U"不要高跟 不要带跟 不带跟 别带跟 没有跟 没跟 不要有跟 低跟 no_heels no_heel without_heels without_a_heel not_heels low_heel low_heels", U"平底 平跟 低跟 flat low_heel", U"平底 flat", true, "平底", "flat"},
    {U"好穿脱 容易穿脱 一脚蹬 不用系鞋带 免系带 不系鞋带 slip_on slip_ons easy_to_put_on easy_on_and_off no_laces without_laces", U"一脚蹬 侧拉链 slip_on side_zip", U"易穿脱 一脚蹬 好穿脱 slip_on", false},
    // In the ear, at sport, in the rain
    {U"健身房 健身 撸铁 运动时戴 运动用 锻炼 gym the_gym at_the_gym for_the_gym workout workouts working_out exercise exercising training_sessions", U"挂耳式 耳夹式 ipx5 ipx4 ipx7 跑步 防水防汗 ear_hook clip_on running gym", U"健身 运动 防汗 出汗 gym sport workout sweat running", false, "适合健身", "for the gym"},
    {U"防汗 出汗 不怕汗 抗汗 sweat sweaty sweatproof sweat_proof sweat_resistant survive_sweat", U"ipx4 ipx5 ipx7 防水防汗 water_resistant", U"防汗 不怕汗 sweat", false, "防汗", "sweatproof"},
    {U"甩不掉 不会掉下来 戴得稳 戴得牢 不容易掉 掉出来 fall_out falling_out falls_out stay_in stays_in stay_put stays_put don't_fall_out won't_fall_out secure_fit", U"挂耳式 耳夹式 ear_hook clip_on", U"甩不掉 不掉 戴得稳 ear_hook secure", false, "戴得稳", "stays in place"},
    {U"戴着不疼 不夹头 不压耳朵 戴久不疼 不夹耳朵 comfortable_to_wear comfy_to_wear doesn't_hurt_my_ears glasses_friendly wear_glasses", U"慢回弹海绵 透气织物 半入耳 耳夹式 memory_foam semi_open", U"不夹 不疼 戴眼镜 轻 comfortable glasses", false, "戴着舒服", "comfortable to wear"},
    {U"延迟低 低延迟 不延迟 没延迟 无延迟 low_latency no_lag no_delay lag_free", U"游戏 lc3 有线3 gaming wired", U"低延迟 零延迟 latency lag", false, "低延迟", "low latency"},
    {U"防雨 下雨能用 不怕雨 雨天能穿 雨天能背 rainproof rain_proof in_the_rain for_rain for_rainy_days keeps_the_rain_out", U"防水 防泼水 防水tpu 尼龙 waterproof tpu_coated nylon", U"防水 防泼水 雨 waterproof rain", false, "防雨", "for rain"},
    // On the way
    {U"能登机 可以登机 可登机 带上飞机 随身带上飞机 廉航 fits_ryanair fit_ryanair ryanair easyjet wizz_air spirit_airlines cabin_approved cabin_sized as_hand_luggage on_the_plane overhead_bin overhead_locker airline_approved", U"20寸登机 cabin carry_on", U"登机 cabin carry_on", true, "可登机", "cabin size"},
    {U"轮子安静 轮子静音 轮子不响 quiet_wheels silent_wheels smooth_wheels", U"静音万向轮 silent_spinner", U"静音 silent", false},
    {U"能套在箱子上 套拉杆 能挂行李箱 拉杆带 trolley_sleeve luggage_strap luggage_sleeve fits_on_a_suitcase slides_over", U"可插拉杆 trolley_sleeve", U"拉杆带 插拉杆 trolley luggage_sleeve", false},
    {U"不勒肩 背着不累 减负 护脊 good_for_my_back kind_to_my_back doesn't_hurt_my_shoulders back_support padded_back", U"蜂窝护脊 padded_back", U"护脊 不勒肩 减负 padded back", false},
    // On the skin
    {U"皮肤干 脸干 皮肤很干 脸很干 皮肤干燥 干燥 脸上干 皮肤偏干 脸起皮 起皮 my_skin_is_dry skin_is_dry skin_gets_dry face_is_dry dry_face flaky_skin", U"干皮 dry_skin", U"干皮 dry_skin", true, "适合干皮", "for dry skin"},
    {U"皮肤油 脸油 爱出油 容易出油 出油多 脸很油 皮肤很油 my_skin_is_oily skin_is_oily face_is_oily oily_face gets_oily shiny_face", U"油皮 oily_skin", U"油皮 oily_skin", true, "适合油皮", "for oily skin"},
    {U"容易过敏的皮肤 皮肤敏感 容易泛红 泛红 爱泛红 my_skin_is_sensitive skin_is_sensitive gets_red_easily redness", U"敏感肌 积雪草 sensitive_skin centella", U"泛红 敏感肌 sensitive_skin redness", false, "适合敏感肌", "for sensitive skin"},
    {U"不要香味重 香味淡 香味不要重 味道不要太大 味道淡 别太香 不要太香 香味别太重 not_too_scented light_scent not_strongly_scented no_strong_smell no_strong_scent subtle_scent", U"无香 淡茶香 unscented fragrance_free tea_scented", U"无香 淡香 unscented", false, "香味淡", "lightly scented"},
    {U"早c晚a 早晚c晚a", U"维生素c 视黄醇 a醇 vitamin_c retinol", U"维生素c 视黄醇 a醇 vitamin_c retinol", false, "维生素C/A醇", "vitamin C or retinol"},
    {U"不油腻 清爽 不黏 不粘腻 不搓泥 not_greasy non_greasy not_sticky lightweight_feel absorbs_fast absorbs_quickly", U"啫喱 水感 凝霜 清爽乳液 gel gel_cream light_lotion watery", U"清爽 不油 不黏 好吸收 不搓泥 greasy sticky light", false},
    {U"美白 提亮 淡斑 变白 去黄 暗沉 brightening brighten dull_skin dark_spots even_skin_tone", U"烟酰胺 维生素c niacinamide vitamin_c", U"提亮 透亮 美白 brighten", false},
    {U"抗老 抗皱 去皱纹 细纹 皱纹 紧致 anti_ageing anti_aging wrinkles fine_lines firming", U"视黄醇 胜肽 a醇 retinol peptide", U"紧致 细纹 抗老 firming wrinkle", false},
    // At table, for animals, in a small flat
    {U"不漏 不漏水 防漏 密封好 不会洒 leakproof leak_proof doesn't_leak won't_leak spill_proof", U"密封 防漏", U"不漏水 防漏 密封 leak spill", false},
    {U"不烫手 防烫 隔热 doesn't_get_hot cool_to_hold heatproof_handle", U"双层防烫 double_wall cool_touch", U"防烫 不烫手 cool double_wall", false},
    {U"小户型 房子小 屋子小 地方小 租的房子 出租屋 宿舍小 tiny_flat small_flat tiny_apartment small_apartment small_space tiny_space studio_flat studio_apartment cramped", U"小户型 small_flats", U"小户型 省空间 不占地 compact small_space", false, "适合小户型", "for a small flat"},
    {U"不晃 结实不晃 稳固 不摇晃 doesn't_wobble no_wobble sturdy stable", U"", U"稳 不晃 承重 sturdy steady stable", false},
    {U"冬天用 冬天睡 冷天用 for_cold_nights", U"法兰绒 灯芯绒 短毛绒 羊羔绒 加绒 秋冬 羊毛 plush corduroy fleece autumn_and_winter wool", U"保暖 绒 冬 warm plush fleece", false, "冬天用", "for cold nights"},
    {U"关节不好 护关节 腿脚不好 sore_joints bad_joints stiff_joints arthritis", U"记忆棉 老年 memory_foam senior", U"护关节 关节 joint", false, "护关节", "kind to joints"},
    {U"挑食 挑嘴 嘴刁 不爱吃 picky fussy_eater picky_eater fussy", U"冻干双拼 风干粮 金枪鱼 freeze_dried_mix air_dried", U"挑食 适口 picky fussy", false, "适合挑食的", "for picky eaters"},
    {U"肠胃不好 拉肚子 软便 肠胃敏感 sensitive_stomach upset_stomach sensitive_tummy", U"鸭肉 单一蛋白 duck single_protein", U"肠胃 益生菌 易消化 单一蛋白 digest stomach", false, "肠胃友好", "for a sensitive stomach"},
    {U"喜庆 喜庆点 过年穿 红火 festive", U"酒红 红色 burgundy red", U"喜庆 红 festive", false, "喜庆", "festive"},
};

// What begins with its own refusal, or is refused by nothing.
bool meant(std::u32string_view t, Span span, std::span<Span const> mentions) {
    auto const said = t.substr(span.begin, span.end - span.begin);
    for (std::u32string_view own : {U"不", U"免", U"别", U"没", U"太", U"no ", U"not ", U"non ", U"without ", U"don't ", U"doesn't ", U"won't ", U"too ", U"fall"})
        if (said.starts_with(own)) return true;
    return !cues::negated(t, span, mentions);
}

}  // namespace

// Before goods are looked for: where such words stand, so that they are no goods, no refusals of something and no words to look for.
void Reader::lay_claims() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    if (std::ranges::none_of(words_.attributes, [](AttributeInfo const& info) { return !info.numeric && info.facet && info.values.size() > 1; })) return;   // goods of texts alone
    // Who asks whether those shown are so wants to be told, and no other list (understand_asked.cpp).
    if (situation_.shown > 0 && cues::is_question(t_) && !has(t_, U"有没有 有吗 do_you_have have_you_got any got")) return;
    // Of the kinds that are named, or else of those that were spoken of before.
    std::vector<int> kinds;
    for (auto const& m : matches_)
        for (auto const& x : m.meanings)
            if (x.kind == Meaning::Kind::category && !cues::negated(t_, {m.begin, m.end}, mentions_)) kinds.push_back(x.id);
    Scope const scope = view_.scope(kinds.empty() ? situation_.categories : kinds);
    bool const loudness_told = [&] {
        for (std::size_t a = 0; a < words_.attributes.size(); ++a)
            if (words_.attributes[a].numeric && scope.attributes[a] && label_has(words_.attributes[a], U"噪 noise")) return true;
        return false;
    }();
    std::vector<Span> names;   // a washing machine and an exercise bike are goods
    auto const text = to_utf8(t_);
    for (auto const& found : everyday_goods().find(text)) {
        auto const begin = to_utf32(text.substr(0, found.begin)).size();
        names.push_back({begin, begin + to_utf32(text.substr(found.begin, found.end - found.begin)).size()});
    }
    for (std::size_t i = 0; i < std::size(table); ++i) {
        for (auto span : cues::find_all(t_, table[i].said)) {
            auto const overlaps = [&](auto const& other) { return other.begin < span.end && span.begin < other.end; };
            if (std::ranges::any_of(used_, overlaps) || std::ranges::any_of(taken_, overlaps) || std::ranges::any_of(lay_, [&](auto const& other) { return overlaps(other.span); }) || !meant(t_, span, mentions_)) continue;
            if (std::ranges::any_of(names, [&](Span const& name) { return overlaps(name) && name.end - name.begin > span.end - span.begin; }) || (loudness_told && has(table[i].said, U"噪音小"))) continue;
            // A value of this shop that is called so by name, or a longer word, says it better.
            bool const better = std::ranges::any_of(matches_, [&](Match const& m) {
                if (!overlaps(m)) return false;
                bool const longer = m.begin <= span.begin && span.end <= m.end;
                return longer && std::ranges::any_of(m.meanings, [&](Meaning const& x) { return x.kind != Meaning::Kind::attribute && x.strength != Meaning::Strength::part && (x.kind != Meaning::Kind::value || (x.value >= 0 && scope.values[static_cast<std::size_t>(x.id)][static_cast<std::size_t>(x.value)])); });
            });
            if (better) continue;
            lay_.push_back({span, i});
        }
    }
    for (auto const& claim : lay_) {
        auto const overlaps = [&](auto const& other) { return other.begin < claim.span.end && claim.span.begin < other.end; };
        std::erase_if(matches_, overlaps), std::erase_if(mentions_, overlaps);
        auto span = claim.span;
        while (span.end < t_.size() && std::u32string_view(U"一点些的吗么").find(t_[span.end]) != std::u32string_view::npos) ++span.end;
        used_.push_back(span);
        if (has(slice(span.begin, span.end), U"不 免 别 没 no not without don't doesn't won't")) refused_.push_back(span);
    }
}

// Once it is known which goods are spoken of.
void Reader::lay_words(Scope const& scope) {
    std::vector<std::size_t> said;   // 太花了，要素一点的: once
    for (auto const& [span, row] : lay_) {
        if (std::ranges::find(said, row) != said.end()) continue;
        said.push_back(row);
        auto const& lay = table[row];
        auto const told = out_.locale == Locale::zh ? lay.zh : lay.en;
        Constraint c{.said = told.empty() ? to_utf8(slice(span.begin, span.end)) : std::string(told), .soft = true};
        for (auto const& word : cues::words_of(lay.texts)) c.values.push_back({std::string(in_texts), to_utf8(word), to_utf8(word)});
        auto const texts = c.values.size();
        for (std::size_t a = 0; a < words_.attributes.size() && c.values.size() < 40; ++a)
            for (std::size_t v = 0; v < words_.attributes[a].values.size(); ++v) {
                auto const& info = words_.attributes[a];
                if (!info.numeric && scope.values[a][v] && (names_one(surface_of(info.values[v].zh), lay.values) || names_one(surface_of(info.values[v].en), lay.values))) c.values.push_back({info.name, info.values[v].en, info.values[v].zh});
            }
        auto const borne = [&] {
            auto condition = resolve(c, words_);
            condition.row = titles_that_hold(view_, condition);
            for (std::size_t p = 0; p < view_.size(); ++p) {
                if (!scope_.empty() && std::ranges::none_of(scope_, [&](int id) { return words_.within(view_[p].category, id); })) continue;
                for (std::size_t v = 0; v < std::max<std::size_t>(1, view_[p].variants.size()); ++v)
                    if (holds(view_, p, v, condition)) return true;
            }
            return false;
        };
        if (!borne()) { out_.unheard.push_back(to_utf8(slice(span.begin, span.end))); continue; }
        if (lay.definite && c.values.size() > texts && !scope_.empty()) {
            // Goods that have a value for it are as the value says: a cream for oily skin is none for dry skin because its text says that it moisturises.
            c.soft = false, c.values.erase(c.values.begin(), c.values.begin() + static_cast<std::ptrdiff_t>(texts));
            c.attribute = c.values.front().attribute;
        }
        out_.constraints.push_back(std::move(c));
    }
}

}  // namespace kindling::dialogue
