// modules/dialogue/cues_service.cpp -- what the shop is asked to do with goods (install, engrave, print), who pays for a way back, how long ago something was bought, and what
// was said earlier in the talk. See cues.h.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

// A service is asked for, and no goods that have it done already (能印名字的杯子, "engraved mugs").
std::vector<std::string> service_topics(std::u32string_view t) {
    if (has(t, U"有没有 有吗 想买 想找 推荐 do_you_have do_you_sell show_me looking_for i_want_a find_me any")) return {};
    bool const offered = is_question(t) || has(t, U"能 可以 可不可以 包 帮 管 负责 送 给 can could do_you will_you would_you is_it_possible get_it please") || without_end(t).ends_with(U"不") || without_end(t).ends_with(U"没");
    std::vector<std::string> out;
    if (!offered) return out;
    if (has(t, U"包安装 上门安装 上门组装 上门装 安装服务 组装服务 安装费 帮忙安装 帮我安装 帮安装 帮忙装 帮我装 帮装 送货安装 送装 负责安装 给安装 管安装 管不管安装 包不包安装 提供安装 派人安装 派人来装 派师傅 师傅上门 有人来装 有人安装 有人上门 assembly_service installation_service install_service do_you_assemble do_you_install can_you_assemble can_you_install could_you_assemble could_you_install will_you_assemble will_you_install someone_to_assemble someone_to_install someone_to_put somebody_to_assemble somebody_to_install install_it_for_me install_them_for_me assemble_it_for_me assemble_them_for_me put_it_together_for set_it_up_for_me come_and_install come_and_assemble include_installation includes_installation is_installation_included is_assembly_included offer_installation offer_assembly provide_installation send_someone send_somebody")) out.push_back("installation");
    bool const made = has(t, U"刻字 刻名 刻上 刻个 雕刻 印字 印名 印上 印个 印logo 能印 可以印 帮印 帮我印 logo印 绣字 绣名 绣上 定制 定做 engrave engraved engraving personalise personalize personalised personalized monogram monogrammed embroider embroidered custom_print custom_printing print_our print_my print_a print_on_it printed_on put_our_logo put_my_name put_a_name put_a_logo our_logo_on my_logo_on a_logo_on the_logo_on") && !has(t, U"印花 印度 印象 复印 打印 印刷 脚印 手印 水印 定制酒 刻度 刻录");
    // 能印字的杯子: goods are meant.
    auto const place = t.find(U"的");
    if (made && (place == t.npos || place + 2 >= t.size() || has(t.substr(place), U"吗 不"))) out.push_back("customising");
    return out;
}

bool asks_who_pays(std::u32string_view t) {
    if (has(t, U"谁出 谁承担 谁付 谁来出 谁来付 谁负担 谁掏 自己出 自己付 自己承担 我出吗 我付吗 要我出 要我付 我来出 运费谁 邮费谁 who_pays who_covers who_bears do_i_pay_for_that do_i_pay_the_return do_i_have_to_pay_for_that do_i_have_to_pay_the do_i_cover at_my_cost at_my_own_cost at_my_expense paid_by_me")) return true;
    return has(t, U"运费 邮费 快递费 postage return_shipping shipping_back") && has(t, U"自己 谁 承担 要我 我出 我付 who pay");
}

// 买了十个月, "I bought it ten months ago", "had it for a year".
bool tells_how_long_ago(std::u32string_view t) {
    bool const span = has(t, U"个月 年 天 周 星期 半年 month months year years week weeks day days");
    return span && (has(t, U"买了 买的 用了 用过 入手 到手 bought had_it have_had purchased ago ordered owned") || t.starts_with(U"大概") || t.starts_with(U"差不多") || t.starts_with(U"about ") || t.starts_with(U"around "));
}

// "What was the budget I gave you?", 刚才说我家是什么狗来着: of this talk. 刚才说的那个 points at goods.
bool asks_what_was_said(std::u32string_view t) {
    if (t.size() > 100) return false;
    bool const zh = has(t, U"刚才说 刚刚说 之前说 前面说 我说过 我说的 我刚才 我之前 我前面 我给的 我提的 我告诉 还记得我 跟你说 和你说 说我 说过我") && has(t, U"来着 是什么 是多少 是几 是啥 什么 多少 几 哪 吗") && has(t, U"说 给 提 告诉 记得");
    if (zh && (has(t, U"来着 还记得") || (has(t, U"我") && !has(t, U"那个 那款 那双 那件 第一 第二 第三 第四")))) return true;
    return has(t, U"did_i_say did_i_tell did_i_give did_i_mention did_i_ask i_gave_you i_told_you i_mentioned i_said_earlier i_said_before i_said_my i_set remember_what_i do_you_remember_my") && has(t, U"what which how who remind remember when where");
}

bool wants_money_back(std::u32string_view t) {
    return has(t, U"my_money_back money_back_now refund_now refund_me i_want_a_refund i_demand_a_refund want_my_refund give_me_a_refund give_me_my_money 退钱 把钱退 马上退 立刻退 赶紧退 快退款 给我退款 退我钱 还我钱");
}

}  // namespace kindling::dialogue::cues
