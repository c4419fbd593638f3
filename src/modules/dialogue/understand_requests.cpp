// modules/dialogue/understand_requests.cpp -- what the shopper wants done: questions, orders, no preference, courtesies. See understand.h.
#include "core/money.h"
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

void Reader::switches() {
    if (has(t_, U"有货的 现货 有库存 只看有货 in_stock available_now in_stock_only") && !cues::is_question(t_)) out_.constraints.push_back({.kind = ConstraintKind::stock, .said = "in stock"});
    if (has(t_, U"打折的 特价 促销的 on_sale discounted")) out_.constraints.push_back({.kind = ConstraintKind::sale, .said = "on sale"});
}

void Reader::no_preference() {
    static constexpr std::u32string_view cue = U"不限 都行 都可以 随便 无所谓 没要求 没有要求 不要求 不重要 不挑 没限制 不限制 去掉 取消 any no_limit doesn't_matter does_not_matter don't_care_about remove_the forget_the ignore_the drop_the without_the without_any without_a no_price_limit no_budget not_important regardless";
    struct Row { char const* what; std::u32string_view cues; };
    static constexpr Row rows[] = {{"price", U"预算 价格 价位 价钱 钱 多少钱都 budget price cost"}, {"brand", U"品牌 牌子 brand"}, {"category", U"类目 品类 category"}};
    if (!has(t_, cue)) return;
    for (auto const& row : rows)
        if (has(t_, row.cues) && std::none_of(out_.constraints.begin(), out_.constraints.end(), [&](Constraint const& c) { return name(c.kind) == row.what; })) out_.drop.push_back(row.what);
    for (auto const& m : matches_)
        for (auto const& x : m.meanings)
            if (x.kind == Meaning::Kind::attribute) out_.drop.push_back(words_.attributes[static_cast<std::size_t>(x.id)].name);
    if (has(t_, U"颜色 colour color")) for (auto const& a : words_.attributes) if (a.name == "colour" || a.name == "color") out_.drop.push_back(a.name);
    if (out_.drop.empty() && out_.constraints.empty() && !situation_.pending.empty() && out_.intent == Intent::find) out_.intent = Intent::no_preference;
    if (!out_.drop.empty()) std::erase_if(out_.constraints, [&](Constraint const& c) { return c.values.empty() && c.kind == ConstraintKind::value; });
}

void Reader::order_and_contact() {
    bool const of_an_order = out_.intent == Intent::order_status || out_.intent == Intent::return_goods || out_.intent == Intent::exchange_goods || out_.intent == Intent::cancel_order;
    if (!of_an_order && situation_.pending != "order" && situation_.pending != "contact") return;
    auto const of_a_telephone = [&](std::size_t at) { return has(slice(at > 16 ? at - 16 : 0, at), U"phone telephone mobile tel cell 手机 电话"); };
    auto const telephone = cues::telephone(t_);
    if (telephone) out_.contact_digits = telephone->digits;
    for (std::size_t i = 0; i < t_.size();) {
        if (telephone && i >= telephone->span.begin && i < telephone->span.end) { i = telephone->span.end; continue; }
        auto const word_char = [](char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || c == U'_' || c == U'@' || c == U'.'; };
        if (!word_char(t_[i])) { ++i; continue; }
        auto j = i;
        while (j < t_.size() && word_char(t_[j])) ++j;
        auto const token = std::u32string(slice(i, j));
        auto const digits = std::count_if(token.begin(), token.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
        bool const all_digits = digits == static_cast<std::ptrdiff_t>(token.size());
        if (token.find(U'@') != token.npos) out_.contact_digits = to_utf8(token);
        else if (all_digits && (digits == 4 || (digits >= 7 && ((situation_.pending == "contact" && out_.order_number.empty()) || of_a_telephone(i))))) out_.contact_digits = to_utf8(token);
        else if (digits >= 4 && token.size() <= 40 && out_.order_number.empty()) out_.order_number = to_utf8(token);
        i = j;
    }
}

void Reader::question(Scope const& scope) {
    if (out_.intent != Intent::find || !cues::is_question(t_)) return;
    bool const about_shown = out_.refers || !out_.ordinals.empty() || situation_.focus == Situation::Focus::product || situation_.shown > 0;
    bool const names_goods = std::any_of(out_.constraints.begin(), out_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::category || c.kind == ConstraintKind::price; });
    if (!about_shown) return;
    if (asks_what_it_has()) return;
    if (fits_or_suits(scope) || names_goods) return;
    for (auto const& m : matches_)
        for (auto const& x : m.meanings)
            if (x.kind == Meaning::Kind::attribute) out_.asked_attributes.push_back(words_.attributes[static_cast<std::size_t>(x.id)].name);
    struct Row { std::u32string_view cues, label; };
    static constexpr std::u32string_view how_big = U"多大 how_big", capacity = U"容量 多少升 多少毫升 how_much_does_it_hold how_many_litres how_many_liters capacity";
    static constexpr Row rows[] = {{U"多长 how_long_is how_long_are length what_length", U"长 length"}, {U"多高 how_tall how_high", U"高 height"}, {U"多宽 how_wide", U"宽 width"}, {U"多重 重吗 重不重 沉吗 沉不沉 how_heavy is_it_heavy one_heavy they_heavy that_heavy this_heavy how_much_does_it_weigh weigh", U"重 weight"}, {U"多深 how_deep", U"深 depth"}, {capacity, U"容量 capacity"}, {how_big, U"容量 长 宽 高 capacity length width height"}, {U"什么材质 什么材料 什么面料 材质 面料 什么做的 made_of what_material which_material material fabric", U"材质 面料 材料 鞋面 material upper fabric"}, {U"什么颜色 哪些颜色 几个颜色 有哪几种颜色 what_colours what_colors which_colours which_colors colour color", U"colour color 颜色"}, {U"什么尺码 哪些尺码 有哪些码 what_sizes which_sizes sizes", U"size 尺码"}, {U"续航 电池 待机 电量 battery how_long_does_it_last", U"续航 battery"}, {U"功率 多少瓦 how_many_watts power", U"功率 power"}};
    for (auto const& row : rows)
        if (has(t_, row.cues) && !(row.cues == how_big && has(t_, capacity)))  // 多大容量 is one question
            for (std::size_t a = 0; a < words_.attributes.size(); ++a)
                if (scope.attributes[a] && label_has(words_.attributes[a], row.label)) out_.asked_attributes.push_back(words_.attributes[a].name);
    if (out_.asked_attributes.empty() && (out_.refers || !out_.ordinals.empty()))   // asked, and no field of these goods tells it
        for (auto const& row : rows)
            if (auto const span = cues::find(t_, row.cues); span && out_.asked_words.empty()) out_.asked_words.push_back(to_utf8(slice(span->begin, span->end)));
    // "多长" asks for the number where there is one, not for 短款 or 长袖.
    auto const numeric = [&](std::string const& name) { return words_.attributes[static_cast<std::size_t>(words_.attribute_ids.at(name))].numeric; };
    if (has(t_, U"多长 多高 多宽 多重 多深 多大 how_long how_tall how_high how_wide how_heavy how_deep how_big") && std::any_of(out_.asked_attributes.begin(), out_.asked_attributes.end(), numeric))
        std::erase_if(out_.asked_attributes, [&](std::string const& name) { return !numeric(name); });
    if (has(t_, U"toddler toddlers baby babies infant year_old choke choking swallow swallowed 误吞 误食 吞下 吞进 噎 几岁 岁 婴儿 safe_for_kids safe_for_children 适合孩子 适合小孩") && (out_.refers || !out_.ordinals.empty() || situation_.focus == Situation::Focus::product))
        for (std::size_t a = 0; a < words_.attributes.size(); ++a)
            if (label_has(words_.attributes[a], U"年龄")) out_.asked_attributes.push_back(words_.attributes[a].name);
    if (has(t_, U"几岁 多大年龄 多大的孩子 what_age which_age how_old recommended_age") && out_.asked_attributes.empty()) out_.asked_words.emplace_back(out_.locale == Locale::zh ? "岁" : "ages");
    if (has(t_, U"多少钱 什么价 价格是 how_much_is how_much_does_it_cost how_much_are what's_the_price what_is_the_price how_much")) out_.topic = "price";
    else if (has(t_, U"有货吗 有现货吗 还有货 有库存 卖完了吗 sold_out in_stock available")) out_.topic = "stock";
    static constexpr std::u32string_view fact_words = U"缩水 变形 掉毛 勾丝 shrink shrinks shrinking fade fades pilling 防汗 leakproof spillproof sweatproof 防水 防滑 可机洗 机洗 水洗 起球 掉色 褪色 透气 弹力 有弹性 口袋 带口袋 显瘦 透吗 过敏 有毒 环保 洗碗机 微波炉 烤箱 漏水 折叠 安装 组装 电池 充电 降噪 静音 保温 bpa 香精 酒精 孕妇 敏感 waterproof machine_washable washable pockets breathable stretchy stretch see_through dishwasher dishwasher_safe microwave oven_safe leak foldable assembly battery rechargeable noise bpa fragrance alcohol pregnant sensitive lined";
    if (has(t_, U"怎么洗 如何洗 怎么清洗 如何清洗 怎么保养 how_do_i_wash how_do_you_wash how_should_i_wash how_to_wash how_do_i_clean how_to_clean washing_instructions care_instructions")) out_.asked_words.emplace_back(out_.locale == Locale::zh ? "洗" : "wash");
    for (auto const& span : cues::find_all(t_, fact_words)) out_.asked_words.push_back(to_utf8(slice(span.begin, span.end)));
    bool const value_question = std::any_of(out_.constraints.begin(), out_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want; });
    bool const pointed = out_.refers || !out_.ordinals.empty() || situation_.focus == Situation::Focus::product;
    // "有没有显瘦的" looks for others; "有没有口袋" asks about those shown.
    bool const looks_for_more = has(t_, U"有别的 还有 其他 do_you_have any are_there got_any show_me") || (has(t_, U"有没有") && (value_question || t_.find(U'的', t_.find(U"有没有")) != t_.npos));
    if (!out_.topic.empty() || !out_.asked_attributes.empty() || (!out_.asked_words.empty() && (pointed || !looks_for_more)) || (value_question && pointed && has(t_, U"吗 ? ？ is_it does_it is_this does_this do_they are_they come_in")))
        out_.intent = Intent::ask_fact;
}

// "Is it ok for a 3 year old?", 三岁能玩吗, 能装16寸电脑吗, "does my 16 inch laptop fit?": of what is being looked at, answered from what its data says of ages or of
// what it takes in; a wish for others is said with 有没有 or "do you have".
bool Reader::fits_or_suits(Scope const& scope) {
    if (has(t_, U"有没有 有没 哪些 哪款 do_you_have are_there any show_me which") || !out_.comparatives.empty()) return false;
    auto const ages = std::ranges::find_if(out_.constraints, [](Constraint const& c) { return c.polarity == Polarity::avoid && !c.attribute.empty() && (c.said.starts_with("不适合") || c.said.starts_with("what does not suit")); });
    if (ages != out_.constraints.end() && has(t_, U"能玩 能用 能吃 能穿 能不能 可以玩 可以用 可以吃 适合 合适 suitable_for suits suit ok_for okay_for safe_for appropriate_for good_for right_for ok_with fine_for can_a is_it is_this")) {
        auto const kept = *ages;
        out_.constraints = {kept};
        out_.intent = Intent::ask_fact;
        return true;
    }
    auto const takes = cues::find(t_, U"能装 装得下 装不装得下 放下 装下 放得下 塞得下 能放 能塞 放不放得下 does_it_fit do_they_fit will_it_fit would_it_fit fits fit fit_in hold holds take_a");
    bool const measured = std::ranges::any_of(numbers_, [](Quantity const& n) { return n.kind == Quantity::Kind::measure; });
    // 能放下两个显示器吗: of goods that are named as what it takes in.
    auto const text = to_utf8(t_);
    bool const of_a_thing = takes && situation_.shown > 0 && cues::is_question(t_) && is_han(t_[takes->begin]) && std::ranges::any_of(everyday_goods().find(text), [&](auto const& found) { return to_utf32(text.substr(0, found.begin)).size() >= takes->end; });
    if (!takes || !(measured || of_a_thing)) return false;
    out_.asked_attributes.clear(), out_.constraints.clear(), out_.not_sold.clear();
    bool const laptop = has(t_, U"电脑 笔记本 平板 laptop notebook macbook tablet ipad");
    for (std::size_t a = 0; a < words_.attributes.size(); ++a)
        if (scope.attributes[a] && label_has(words_.attributes[a], laptop ? std::u32string_view(U"laptop 电脑 平板 tablet") : std::u32string_view(U"fits 适配 兼容 内径 inner_width"))) out_.asked_attributes.push_back(words_.attributes[a].name);
    if (out_.asked_attributes.empty()) out_.asked_words = {to_utf8(slice(takes->begin, takes->end))};
    out_.intent = Intent::ask_fact;
    return true;
}

// "Does it come with a case?", 这个带充电头吗: about what is being looked at, also when the thing asked for is goods of its own.
bool Reader::asks_what_it_has() {
    auto span = cues::find(t_, U"which_one_comes_with which_comes_with which_of_them_comes_with which_of_these_comes_with which_one_has which_of_them_has which_of_these_has which_ones_have which_one_includes 哪个带 哪款带 哪个送 哪款送 哪个含 哪个配 does_it_have does_it_come_with do_they_have do_they_come_with does_this_have does_this_come_with does_that_have does_that_come_with does_it_include is_it_with it_come_with 它有 它带 它送 它含 这个有 这个带 这个送 这个含 这款有 这款带 这款送 这款含 里面有 里面带 带不带 送不送 含不含 配不配");
    // "Does the first one have small parts?", 第一个有小零件吗: what stands behind the place.
    if (!span && !out_.ordinals.empty() && cues::is_question(t_))
        if (auto const has_it = cues::find(t_, out_.locale == Locale::zh ? std::u32string_view(U"有没有 有 带 含 送 配") : std::u32string_view(U"have has come_with comes_with include includes contain contains")); has_it && has_it->begin > 0) span = has_it;
    if (!span || !out_.comparatives.empty() || out_.order || has(t_, U"有没有别的 other another")) return false;
    auto end = span->end;
    while (end < t_.size() && !is_stop(t_[end]) && t_[end] != U'？') ++end;
    auto part = std::u32string(slice(span->end, end));
    for (std::u32string_view tail : {U"吗", U"么", U"呢", U"的", U" included", U" with it", U" too", U"没有", U" "})
        if (part.size() > tail.size() && part.ends_with(tail)) part.resize(part.size() - tail.size());
    for (std::u32string_view front : {U" ", U"a ", U"an ", U"any ", U"the ", U"built in "})
        if (part.starts_with(front)) part.erase(0, front.size());
    if (part.size() < 2 || part.size() > 40 || part.starts_with(U"多") || part.starts_with(U"几") || part.starts_with(U"什么") || part.starts_with(U"哪") || has(part, U"货 库存 stock one ones")) return false;
    for (auto const& m : matches_)
        if (m.begin >= span->end && std::ranges::any_of(m.meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::attribute; })) return false;
    // A value that these goods have by name is answered as such.
    if (std::any_of(out_.constraints.begin(), out_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::value && !c.attribute.empty(); })) return false;
    std::erase_if(out_.constraints, [](Constraint const& c) { return c.kind != ConstraintKind::price; });
    out_.not_sold.clear();
    out_.asked_words = {to_utf8(part)};
    out_.intent = Intent::ask_fact;
    return true;
}

void Reader::social() {
    if (out_.intent != Intent::find) return;
    bool const content = !out_.constraints.empty() || !out_.free_text.empty() || !out_.drop.empty() || !out_.comparatives.empty() || out_.order || !out_.ordinals.empty() || out_.refers || !out_.foreign_money.empty();
    if (!content) {
        static constexpr std::u32string_view thanks = U"谢谢 多谢 感谢 谢了 thanks thank_you thx cheers", bye = U"再见 拜拜 bye goodbye see_you", greet = U"你好 您好 hi hello hey 哈喽 嗨 在吗 早上好 晚上好 good_morning good_evening good_afternoon";
        if (has(t_, bye)) out_.intent = Intent::bye;
        else if (has(t_, thanks)) out_.intent = Intent::thanks;
        else if (has(t_, greet)) out_.intent = Intent::greet;
        else if (has(t_, U"都行 都可以 随便 无所谓 不限 没要求 没有要求 不挑 看着办 any any_is_fine no_preference don't_care don't_mind doesn't_matter whatever anything_is_fine no_idea not_sure 不知道 不清楚 不确定 你定 you_choose you_decide up_to_you") && !situation_.pending.empty()) out_.intent = Intent::no_preference;
    }
    bool const extreme_of_places = out_.ordinals.size() > 1 && out_.order && !cues::is_question(t_);   // "cheapest of the first three"
    if (!out_.ordinals.empty() && out_.constraints.empty() && out_.comparatives.empty() && situation_.shown > 0 && !extreme_of_places) out_.intent = out_.ordinals.size() > 1 ? Intent::compare : Intent::ask_fact;
}

}  // namespace kindling::dialogue
