// modules/dialogue/goods_question.cpp -- the things that shoppers ask of goods, and which questions are of what is in view. See goods_question.h.
#include "modules/dialogue/goods_question.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

using Kind = AskedThing::Kind;

constexpr AskedThing things[] = {
    {U"好洗 难洗 洗吗 洗不 怎么洗 如何洗 可洗 能洗 可以洗 机洗 水洗 拆洗 清洗 好清理 好打理 洗衣机 wash washed washable washing laundry easy_to_clean clean_it clean_them cleaned",
     U"可拆洗 拆洗 机洗 水洗 手洗 可洗 洗涤 清洗 清洁 易清洁 擦洗 wash* hand_wash machine_wash* easy_to_clean wipe* dishwasher", U"清洗 洗涤 washing", "washing", "清洗"},
    {U"缩水 缩不缩 shrink shrinks shrinking shrinkage shrunk", U"缩水 预缩 preshrunk pre_shrunk shrunk shrink*", U"", "shrinking", "缩水"},
    {U"sweat sweatproof sweaty ip_rating ip_rated waterproof water_resistant water_proof rain rainproof splash shower swim 防水 防汗 出汗 汗水 淋雨 下雨 进水 淋湿 泡水 沾水 防泼",
     U"ipx* ip4* ip5* ip6* waterproof water_resistant water_repellent sweat* splash* rain* 防水 防汗 防泼 防雨 汗", U"防水 water_resistance water_protection", "water or sweat", "防水防汗"},
    {U"what_colours what_colors which_colours which_colors what_colour what_color other_colours other_colors more_colours more_colors 什么颜色 啥颜色 哪些颜色 哪几种颜色 几种颜色 几个颜色 哪几个颜色 别的颜色 其他颜色",
     U"black white red blue green yellow gold golden silver pink purple orange brown grey gray beige navy bronze chrome sunburst natural turquoise multicolor multicolour multicolored transparent 黑 白 红 蓝 绿 黄 金色 银色 粉 紫 橙 棕 灰 米色 透明", U"颜色 colour color", "colours", "颜色", Kind::colours, true},
    {U"bulb bulbs lightbulb 灯泡 光源 灯珠", U"bulb* light_source* 灯泡 光源 灯珠 e27 e14 g9 gu10", U"灯头 光源 socket bulb", "a bulb", "灯泡"},
    {U"series sequel prequel trilogy standalone stand_alone which_book_in first_book_in 系列 续集 前传 续作 第几部 单本", U"book_# #_book series trilogy saga sequel prequel standalone stand_alone first_installment second_installment installment instalment volume_# vol_# part_# 系列 三部曲 续集", U"系列 series", "a series", "系列", Kind::told, true},
    {U"who_wrote who_is_it_by who's_it_by who_is_the_author who's_the_author which_author the_author the_writer author writer written_by 作者 谁写 谁画 谁的书", U"author* written_by penned_by novelist 作者 著作", U"作者 author", "the author", "作者"},
    {U"how_many_pages number_of_pages page_count many_pages 多少页 几页 页数", U"#_pages #_page #页", U"页数", "the number of pages", "页数", Kind::told, true},
    {U"per_pair a_pair_or pair_or one_pair each_pair per_piece a_piece or_for_all for_all_of_them for_the_whole how_many_in_a how_many_in_the how_many_are_in how_many_do_you_get how_many_do_i_get how_many_pairs how_many_pieces how_many_come single_or set_or or_a_set 一双还是 一对还是 一只还是 单只 单个还是 几双 几只 几对 几个装 几片 几件套 几支 一盒多少 一包多少 一套多少 一套几 一盒几 一包几 多少片 多少只 多少支",
     U"#_pair #_pairs #_pack #_packs #_piece #_pieces #_pcs #_pc #_count #_set #_sets #_strings pair pairs set_of_# box_of_# pack_of_# dozen full_set single_string #双 #对 #只 #片 #件套 #支 #瓶 #个装 #枚", U"颗粒数 数量 quantity", "how many there are", "件数", Kind::told, true},
    {U"in_the_box in_the_set in_the_kit in_the_package comes_with_it come_with_it what_comes_with what_does_it_come_with what_do_you_get what_do_i_get what's_included what_is_included included_in_it what_does_it_include what_do_they_include what's_inside what_is_inside 里面有什么 里面有啥 里面都有 包含什么 包含哪些 包装里 盒子里 都有什么 有哪些东西 都有啥 配了什么 附赠什么 送什么配件",
     U"include* contain* comes_with come_with complete_with consists_of package* set_of with_# 包含 内含 附送 附赠 附带 配有 赠送 含有", U"配件 extras", "what is in the box", "包装内容"},
    {U"suitable_for old_enough year_old year_olds years_old yr_old what_age which_age what_ages how_old_should recommended_age age_range age_rating too_young too_old her_age his_age their_age that_age this_age 这个年纪 这个年龄 这年纪 这么大的孩子 几岁 多大的孩子 多大孩子 多大年龄 适合年龄 岁能 岁可以 岁适合 岁用 岁玩 岁吗 岁的孩子能",
     U"ages_# age_# aged_# #_year* #_yr* #_months #_mos #岁 #周岁 #个月 #月龄 toddler* preschool* infant* baby babies grown_ups all_ages adults 儿童 幼儿 婴儿", U"年龄", "an age", "适用年龄", Kind::told, true},
    {U"how_many_players how_many_people number_of_players people_play players_play with_two_people with_three_people with_four_people with_2_people with_3_people with_4_people with_5_people with_6_people 2_people 3_people 4_people 5_people 6_people four_people two_people three_people five_people six_people 2_players 3_players 4_players two_players three_players four_players 几个人 几人 多少人 两个人 三个人 四个人 五个人 六个人 2个人 3个人 4个人 5个人 6个人 单人",
     U"#_player #_players #_people #人 #个人 solo players", U"适用人数 人数 players household", "how many people it is for", "适合几个人", Kind::told, true},
    {U"how_long_does_the_battery battery batteries charge charged charging rechargeable corded cordless plug_in plugged mains usb 充一次 充满 充电 续航 电池 插电 供电 待机 用电 插线 没电",
     U"batter* recharge* charging mah usb mains_powered mains corded cordless power_bank hand_crank 续航 充电 电池 插电 供电 充电宝 待机 电源适配器", U"续航 供电 battery supply", "battery or power supply", "电池或供电"},
    {U"how_heavy weigh weighs weight too_heavy heavy_is 多重 重不重 重吗 沉不沉 沉吗 几斤 多少斤 多少克", U"weigh* weight_# #_g #_kg #_lb #_lbs #_oz #_pounds #_ounces lightweight #克 #公斤 #千克 #斤 约重", U"重量 weight", "the weight", "重量", Kind::weight},
    {U"多少毫升 几毫升 多少升 几升 净含量 容量 how_many_ml how_many_millilitres how_many_milliliters how_many_litres how_many_liters how_much_does_it_hold how_much_is_in_it how_much_is_in_a",
     U"#_ml #ml #_l #_fl #_oz #毫升 #升 #_litre* #_liter*", U"净含量 容量 capacity volume", "how much it holds", "容量"},
    {U"how_big how_large how_wide how_tall how_high how_deep how_long_is dimensions measurements diameter what_size_is size_of_it 多大 尺寸 多长 多宽 多高 多深 直径 睡得下 坐得下 躺得下 放得下 站得下 够大 够长 够宽",
     U"#_cm #_mm #_inch* #_in #_ft #_feet #_x_# #cm #mm #厘米 #毫米 #寸 measures dimensions diameter large_enough", U"", "the size", "尺寸", Kind::size},
    {U"beginner beginners novice starter newbie first_timer first_timers new_to learner learners starting_out just_starting 新手 初学 入门 小白 零基础 刚开始", U"beginner* novice* starter* learner* first_time* entry_level easy_to_learn easy_to_play 新手 初学 入门 小白 零基础", U"", "beginners", "新手"},
    {U"how_long_to_assemble assemble assembled assembly put_it_together put_together install installation 组装 安装 好装 难装 自己装 怎么装", U"assembl* install* put_together tool_free no_tools 组装 安装 免安装 免工具", U"安装 assembly", "assembly", "安装"},
    {U"什么味 哪种味 什么香 啥味 smell smells smelly odour odor stink stinks 味道大 异味 有味 味大 臭 气味 好闻", U"scent* fragrance* smell* odour* odor* unscented 香味 无香 异味 气味 无味 味道", U"香味 scent", "the smell", "气味"},
    {U"abridged unabridged full_text complete_text complete_edition 全本 完整版 删减 节选", U"abridged unabridged complete_edition full_text novella 全本 完整版 节选", U"", "whether the text is complete", "是否完整版"},
    {U"loud noisy quiet noise noisiness silent 吵不吵 吵吗 很吵 噪音 静音 声音大 响不响", U"quiet* noise* noisy silent* #_db #db whisper* 静音 噪音 分贝 安静", U"噪 noise", "noise", "噪音"},
    {U"warm_enough keep_me_warm keep_warm warm warmest warmer warmth thermal 保暖 暖和 暖不暖 冷不冷 御寒 够暖", U"warm* thermal fleece cosy cozy 保暖 暖 加绒 加厚 厚实 御寒", U"保暖 保温 适用季节 season warming keeps_warm", "warmth", "保暖"},
    {U"breathable breathe stuffy 透气 闷不闷 闷吗 闷脚 闷热 捂脚", U"breath* airy mesh ventilat* 透气 不闷 网面 网布 通风", U"", "breathability", "透气"},
    {U"see_through sheer transparent 透不透 透吗 走光 透肉", U"see_through sheer opaque lined 不透 防走光 防透 内衬", U"内里 lining", "whether it is see-through", "是否透"},
    {U"iron ironing wrinkle wrinkles crease creases 熨 起皱 皱吗 易皱 容易皱", U"iron* wrinkle* crease* 免烫 免熨 不皱 抗皱 防皱 不易皱 起皱", U"", "ironing or creases", "熨烫起皱"},
    {U"slip slippery grip non_slip 防滑 滑不滑 滑吗 打滑", U"slip* grip* anti_slip non_slip 防滑 抓地 止滑", U"", "grip", "防滑"},
    {U"fade fades colour_fast colourfast 掉色 褪色 染色", U"fade* colourfast colorfast 掉色 褪色 不掉色", U"", "fading", "掉色"},
    {U"where_is_it_made where_was_it_made where_are_they_made made_in country_of_origin 产地 哪里产 哪产的 国产 进口", U"made_in handmade_in imported 产地 产自 原产 进口 国产", U"产地 origin", "where it is made", "产地"},
    {U"shelf_life expire expires expiry best_before use_by 保质期 过期 有效期 能放多久", U"shelf_life expir* best_before 保质期 有效期", U"保质期 shelf_life", "shelf life", "保质期"},
    {U"ceiling headroom 碰头 撞头 层高 吊线 线长", U"adjust* cord hang* 吊线 线长 可调", U"线长 cord cable", "how low it hangs", "吊线长度"},
    {U"what_is_it_about what's_it_about whats_it_about about? plot synopsis storyline the_story summary blurb what_happens_in tell_me_about_the tell_me_more_about more_about_the 介绍一下 详细介绍 详细说说 讲什么 讲的什么 讲的是什么 讲啥 说的什么 说的是什么 什么内容 内容是什么 什么故事 写的什么 写什么 关于什么 主要讲 剧情 简介 内容简介", U"", U"", "what it is about", "内容", Kind::story},
};

// Words that ask or hold a question together, and what a question does with goods: none of them is what is asked about.
constexpr std::u32string_view asking = U"ok okay much many but and so or hmm hm well also then now please just really actually anyway still too as_well either ever maybe like is are was were does do did will would can could should has have had be been being it its it's they them their theirs this that these those there the a an any some of for with on in at to from by i me my we us our you your one ones first second third fourth last both all what what's which who how why when where if work works working run runs use used using need needs come comes include includes including included contain contains fit fits get gets go goes got make made say says look looks support supports handle handles take takes possible able enough good bad nice "
                                         U"第一 第二 第三 第四 个 款 双 件 本 条 只 台 这个 那个 这款 那款 这些 它 它们 请问 问一下 一下 吗 么 呢 啊 吧 呀 没有 有没有 有 没 不 会不会 会 能不能 能 可以 可不可以 是不是 是 的 了 也 还 都 要 用 带 含 配 多少 几 什么 怎么样 怎么 如何 哪里 容易 好不好";

// English words that end a question begun for others, and Chinese ones.
constexpr std::u32string_view seeks_others = U"有没有别 推荐 想买 想要 想找 要个 来个 换个 换一 换成 别的 其他 其它 还有 哪些 哪款 哪个 哪种 哪双 哪件 有什么 有啥 给我 帮我 找 看看 看一下 你们 店里 适合什么 适合啥 搭配 配什么 搭什么 送什么 买什么 anything something show_me show find recommend suggest do_you_have have_you got_any do_you_sell do_you_do are_there_any is_there_anything is_there_one any_others other_ones another instead cheaper what_about how_about match matches go_with goes_with looking_for i_need i_want i'd_like how_much_is_shipping";

bool han(std::u32string_view t) { return std::ranges::any_of(t, is_han); }

}  // namespace

bool asks(std::u32string_view t) {
    if (cues::is_question(t) || cues::has(t, U"哪个 哪款 哪双 哪件 哪条 哪只 哪台 哪本 哪把 哪张 哪种 哪一")) return true;
    for (std::size_t i = 1; i + 1 < t.size(); ++i)   // 会不会, 重不重
        if (t[i] == U'不' && t[i - 1] == t[i + 1] && is_han(t[i - 1])) return true;
    auto const body = cues::without_end(t);
    for (std::u32string_view tail : {U"不", U"没", U"没有", U"么", U"不呢", U"来着"})
        if (body.size() > tail.size() + 1 && body.ends_with(tail) && han(body)) return true;
    static constexpr std::u32string_view front = U"does do is are will would can could has have who what how which when where";
    auto const first = cues::find(t, front);
    return first && (first->begin == 0 || cues::has(t.substr(0, first->begin), U"and but so ok okay hmm well also")) && first->begin <= 12;
}

GoodsQuestion question_of_goods(std::u32string_view t) {
    GoodsQuestion out;
    for (auto const& thing : things)
        if (out.things.size() < 3 && cues::has(t, thing.asked)) out.things.push_back(&thing);
    // "What is the second one about?": behind whatever is meant.
    bool const story = cues::has(t, U"what what's") && (cues::without_end(t).ends_with(U" about") || cues::has(t, U"about_exactly"));
    if (story && std::ranges::none_of(out.things, [](AskedThing const* thing) { return thing->kind == Kind::story; }))
        for (auto const& thing : things)
            if (thing.kind == Kind::story) out.things = {&thing};
    // "Shrink in the wash", 洗了会掉色吗: not how it is washed.
    if (out.things.size() > 1 && out.things.front() == &things[0]) out.things.erase(out.things.begin());
    // "How long is its battery?" asks for no length.
    if (out.things.size() > 1 && !cues::has(t, U"多大 尺寸 how_big how_large dimensions measurements what_size_is")) std::erase_if(out.things, [](AskedThing const* thing) { return thing->kind == Kind::size; });
    if (!out.things.empty()) return out;
    auto const left = cues::without(t, cues::find_all(t, asking));
    for (std::size_t i = 0; i < left.size();) {
        auto const word = [&](std::size_t at) { return at < left.size() && (cues::letter(left[at]) || is_han(left[at]) || (left[at] == U'\'' && at > i)); };
        auto end = i;
        while (end < left.size() && word(end) && is_han(left[end]) == is_han(left[i])) ++end;
        if (end > i + 1) out.words.emplace_back(left.substr(i, end - i));
        i = std::max(end, i + 1);
    }
    return out;
}

bool asks_in_view(std::u32string_view t, bool pointed) {
    if (t.size() > 140 || !asks(t)) return false;
    auto const question = question_of_goods(t);
    bool const known = !question.things.empty();
    // 作者还写过别的吗: of the author, whom no list tells.
    if (cues::has(t, seeks_others) && !(known && cues::has(t, U"作者 the_author"))) return false;
    if (han(t)) {
        // 有防水的吗, 木头的有吗, 有没有灰的: for others, unless a place is pointed at.
        bool const of_a_kind = t.find(U"的吗") != t.npos || t.find(U"的么") != t.npos || t.find(U"的有") != t.npos || t.find(U"有没有") != t.npos || t.starts_with(U"有");
        return pointed ? !question.empty() : known && !of_a_kind;
    }
    // Of these, in a question that begins as one, and of what the table knows also without ("how many pages").
    bool const of_these = pointed || cues::has(t, U"it they them these those this that its it's");
    static constexpr std::u32string_view front[] = {U"is", U"are", U"does", U"do", U"will", U"would", U"can", U"could", U"has", U"have", U"was", U"how", U"who", U"what", U"what's", U"whats", U"where", U"when"};
    auto said = t;
    for (bool again = true; again;) {
        again = false;
        for (std::u32string_view filler : {U"and ", U"but ", U"so ", U"ok ", U"okay ", U"hmm ", U"hm ", U"well ", U"also ", U"oh ", U"ok, ", U"okay, ", U"hmm, ", U"well, ", U", ", U"wait ", U"wait, "})
            if (said.starts_with(filler)) said.remove_prefix(filler.size()), again = true;
    }
    // "Does the strap come off?": a part of what is in view.
    static constexpr std::u32string_view of_a_part[] = {U"is the ", U"are the ", U"does the ", U"do the ", U"will the ", U"can the ", U"has the ", U"would the "};
    bool const part = std::ranges::any_of(of_a_part, [&](std::u32string_view front_of) { return said.starts_with(front_of); });
    bool const begins = std::ranges::any_of(front, [&](std::u32string_view word) { return said.starts_with(word) && said.size() > word.size() && said[word.size()] == U' '; });
    bool const of_yes_or_no = begins && !cues::has(said.substr(0, 6), U"who what what's whats where when");
    if (known) return (of_these || begins) && !cues::has(t, U"any ones");
    return (of_these || part) && of_yes_or_no && !question.words.empty() && question.words.size() <= 6 && !cues::has(t, U"any ones you your i_get order delivery");
}

}  // namespace kindling::dialogue
