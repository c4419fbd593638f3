// modules/dialogue/cues.cpp -- tables of cues and how they are matched. See cues.h.
#include "modules/dialogue/cues.h"
#include "core/utf8.h"
#include <algorithm>
#include <unordered_map>

namespace kindling::dialogue::cues {

bool letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x250) || (c >= U'0' && c <= U'9'); }

std::vector<std::u32string> const& words_of(std::u32string_view list) {
    // Lists are literals: their address names them.
    static thread_local std::unordered_map<char32_t const*, std::vector<std::u32string>> known;
    auto& out = known[list.data()];
    if (!out.empty()) return out;
    for (std::size_t i = 0; i < list.size();) {
        auto const end = std::min(list.find(U' ', i), list.size());
        if (std::u32string word(list.substr(i, end - i)); !word.empty()) {
            std::replace(word.begin(), word.end(), U'_', U' ');
            out.push_back(std::move(word));
        }
        i = end + 1;
    }
    return out;
}

namespace {

bool stands(std::u32string_view t, std::size_t at, std::u32string_view word) {
    auto const after = at + word.size();
    if (letter(word.front()) && at > 0 && letter(t[at - 1])) return false;
    return !(letter(word.back()) && after < t.size() && letter(t[after]));
}

constexpr std::u32string_view injections = U"ignore_previous ignore_all ignore_your ignore_the_above ignore_prior disregard_previous disregard_all system_prompt your_instructions your_prompt jailbreak developer_mode you_are_now pretend_to_be act_as_an act_as_if admin_mode override reveal_your <script drop_table select_* 忽略之前 忽略以上 忽略上面 忽略你的 忽略所有 无视之前 无视以上 系统提示 提示词 你现在是 扮演 管理员模式 开发者模式 越狱 把价格改 价格改成 改成1元 改成0元 set_the_price set_price change_the_price make_it_free for_$0 for_free_now";
constexpr std::u32string_view order_cues = U"我的订单 订单状态 订单到哪 查订单 查一下订单 订单号 查物流 物流到哪 快递到哪 到哪了 到哪儿了 包裹 什么时候发货了吗 发货了吗 发货了没 where_is_my_order where's_my_order where_is_my_package order_status track_my_order track_order tracking_number my_order my_parcel my_package where_is_my_parcel has_it_shipped order_number order_#";
constexpr std::u32string_view person_cues = U"转人工 人工客服 人工 真人 找客服 客服电话 talk_to_a_human talk_to_a_person speak_to_a_person speak_to_someone real_person human_agent live_agent customer_service representative speak_to_a_human a_human 投诉 complaint";
constexpr std::u32string_view add_cues = U"全部加 全都加 都加入 都加购 全要了 都要了 整套加 一起加 add_all add_them add_everything take_them_all i'll_take_all 加入到购物车 加进购物车 加入购物车 加购物车 加到购物车 放进购物车 放购物车 加购 加车 下单第 我要买 就买 就要第 要第 买第 就要这 就这个 就它 就它了 来一件 来一双 来两 买这 买它 拿下 add_to_cart add_to_basket add_one add_two add_three add_four add_1 add_2 add_3 to_my_cart to_my_basket into_my_cart into_my_basket to_the_cart to_the_basket add_it add_the add_this add_that add_both add_to_my put_it_in put_the put_in_the_cart put_in_my i'll_take i_ll_take i_will_take i'll_buy buy_it buy_this buy_the_first buy_the_second buy_the_third i_want_to_buy_the i'll_get i'll_have take_the";
constexpr std::u32string_view remove_cues = U"从购物车 购物车里去掉 购物车里删 移出购物车 移除购物车 清空购物车 remove_from_cart remove_from_basket remove_it_from take_it_out empty_my_cart empty_the_cart empty_my_basket clear_my_cart remove_the_first remove_the_second remove_the_last";
constexpr std::u32string_view basket_cues = U"购物车 my_cart my_basket the_cart the_basket show_cart show_basket view_cart view_basket what's_in_my";
constexpr std::u32string_view checkout_cues = U"结账 结算 付款吧 去付款 买单 下单吧 我要下单 去下单 提交订单 check_out checkout place_the_order place_my_order pay_now ready_to_pay";
constexpr std::u32string_view compare_cues = U"比一下 比较 对比 比一比 有什么区别 有啥区别 什么不同 区别是 区别在 哪个好 哪个更好 哪一个好 哪款好 哪款更 哪个更 compare comparison difference versus vs which_is_better which_one_is_better which_is_best which_one_is differ";
constexpr std::u32string_view why_cues = U"为什么推荐 为啥推荐 为什么选 凭什么推荐 推荐理由 why_this why_did_you why_do_you why_these why_that why_recommend why_the";
constexpr std::u32string_view more_cues = U"show_me_more 换一批 还有吗 还有别的 还有其他 还有没有别的 再看看别的 更多 再来几个 再推荐 下一页 show_more more_options something_else anything_else what_else any_others other_options show_me_others more_please next_page see_more";
constexpr std::u32string_view reset_cues = U"重新开始 从头开始 重来 重新来 清空条件 全部清除 start_over start_again reset clear_all forget_everything from_scratch new_search";
constexpr std::u32string_view abuse_cues = U"傻逼 傻b 垃圾机器人 蠢货 去死 滚 废物 智障 白痴 他妈的 fuck fucking stupid_bot idiot shit asshole moron dumb_bot useless_bot you_suck";
constexpr std::u32string_view help_cues = U"你能做什么 你会什么 怎么用 帮助 what_can_you_do how_does_this_work help_me_use what_do_you_do";
constexpr std::u32string_view scope_cues = U"天气 笑话 股票 写首诗 写一首 写代码 作文 新闻 总统 世界杯 彩票 翻译 数学题 weather joke stock_market stock_price bitcoin write_a_poem write_code write_me_a python_script president news football_score world_cup lottery translate recipe_for capital_of homework essay meaning_of_life";

constexpr std::u32string_view return_cues = U"我要退货 我想退货 想退货 申请退货 办理退货 要退货 申请退款 我要退款 想退款 退掉 想退了 我要退 我想退 帮我退 return_my i_want_to_return i_want_to_send_back i'd_like_to_return i_need_to_return start_a_return return_this_order return_the_order return_an_order return_an_item refund_my want_a_refund want_my_money_back";
constexpr std::u32string_view exchange_cues = U"我要换货 我想换货 想换货 申请换货 办理换货 要换货 换个尺码 换个码 换一个尺码 换大一码 换小一码 换大一号 换小一号 exchange_my i_want_to_exchange i'd_like_to_exchange need_to_exchange exchange_the_order exchange_it_for swap_the_size";
constexpr std::u32string_view cancel_cues = U"取消订单 取消我的订单 取消这个订单 把订单取消 订单不要了 cancel_my_order cancel_the_order cancel_order cancel_this_order";
constexpr std::u32string_view recall_cues = U"你记得我什么 你还记得我 记得我的什么 记住了我什么 你知道我什么 保存了我什么 我的偏好 what_do_you_remember what_do_you_know_about_me what_have_you_stored my_saved_preferences my_preferences";
constexpr std::u32string_view forget_cues = U"忘记我 忘掉我 忘了我 别记着我 不要记住 不要再记 删除我的偏好 清除我的偏好 删掉你记得 forget_me forget_about_me forget_what_you forget_my_preferences delete_my_preferences delete_what_you_remember stop_remembering don't_remember_me";
constexpr std::u32string_view remember_cues = U"记住 记下来 记一下 帮我记 remember_that remember_my remember_i remember_me please_remember keep_in_mind_that save_my_preferences";
constexpr std::u32string_view unwatch_cues = U"取消提醒 取消关注 不用提醒 不用通知 取消通知 别提醒 别通知 stop_watching cancel_the_alert cancel_alert cancel_my_alert remove_the_alert no_more_alerts stop_notifying don't_notify";
constexpr std::u32string_view watches_cues = U"我的提醒 我的关注 提醒列表 有哪些提醒 我在等什么 my_alerts my_watches my_notifications what_am_i_watching which_alerts";
constexpr std::u32string_view watch_cues = U"到货通知 到货提醒 到货告诉 到货了告诉 到货了通知 有货通知 有货提醒 有货了告诉 有货时告诉 有货了通知 补货通知 补货了告诉 补货提醒 降价通知 降价提醒 降价了告诉 降价告诉 降价时提醒 降价时告诉 便宜了告诉 降到 跌到 notify_me let_me_know_when let_me_know_if_it tell_me_when alert_me watch_the_price watch_this watch_it price_drop back_in_stock drops_to drops_below falls_below falls_to";
constexpr std::u32string_view history_cues = U"价格走势 历史价格 历史最低 价格历史 之前多少钱 以前多少钱 原来多少钱 涨价了 降过价 现在买划算 是不是最低价 会不会降价 要不要等 再等等 price_history lowest_price_ever lowest_it_has been_cheaper was_it_cheaper price_trend good_price fair_price should_i_wait used_to_cost cost_before price_over_time lowest_ever";
constexpr std::u32string_view size_cues = U"脚长 foot_is feet_are foot_length 穿什么码 穿多大 穿几码 选什么码 选多大 选几码 买多大 买几码 尺码怎么选 什么尺码合适 哪个尺码合适 多大码 偏大还是 偏小吗 偏大吗 偏码 尺码准吗 尺码准不准 what_size_should what_size_do_i which_size_should which_size_do_i what_size_would true_to_size run_small runs_small run_large runs_large run_big runs_big size_chart how_does_it_fit how_do_they_fit";
constexpr std::u32string_view opinion_cues = U"评价怎么样 评价如何 评价好吗 评价好不好 评价咋样 评价怎样 口碑怎么样 口碑如何 口碑好吗 口碑咋样 大家怎么说 买家怎么说 别人怎么说 用户怎么说 顾客怎么说 买过的人怎么说 看看评价 看一下评价 看下评价 有评价吗 有什么评价 评论怎么样 评论如何 看看评论 有差评吗 差评多吗 好评多吗 好评率 靠谱吗 靠不靠谱 质量怎么样 质量好吗 质量如何 质量好不好 好用吗 好不好用 值得买吗 值不值得买 值得入手吗 这个怎么样 这款怎么样 这双怎么样 这件怎么样 它怎么样 what_do_people_say what_do_buyers_say what_do_customers_say what_do_others_say what_are_people_saying what_people_say is_it_good is_it_any_good are_they_any_good is_this_any_good is_this_good is_this_one_good are_they_good are_these_good is_it_worth worth_buying how_are_the_reviews what_are_the_reviews what_do_the_reviews_say how_are_its_reviews what_about_reviews show_me_the_reviews see_the_reviews read_the_reviews reviews_of_it reviews_of_this";
constexpr std::u32string_view advise_cues = U"帮我选 帮我挑 帮我决定 怎么选 选哪个 选哪款 选哪一 该选哪 该买哪 买哪个 买哪款 纠结 推荐哪 哪个最值 哪个更值 权衡 取舍 优缺点 which_should_i which_one_should help_me_choose help_me_decide help_me_pick trade_offs trade_off tradeoffs tradeoff best_value pros_and_cons can't_decide cannot_decide which_would_you which_do_you_recommend";

struct Topic { char const* name; std::u32string_view cues; };
constexpr Topic topics[] = {
    {"shipping", U"运费 包邮 邮费 几天到 多久到 多久能到 多久发货 什么时候到 什么时候发货 配送 送货 能送到 发什么快递 寄到 shipping deliver delivery how_long_to_ship ship_to postage"},
    {"returns", U"退货 退换 换货 退款 七天无理由 7天无理由 能退吗 可以退 不合适怎么办 不合适能 不合适可以 return_policy returns refund exchange return_it send_it_back can_i_return money_back"},
    {"warranty", U"保修 质保 三包 保固 warranty guarantee"},
    {"payment", U"支付 付款方式 花呗 分期 怎么付 货到付款 微信支付 支付宝 payment pay_with paypal credit_card alipay wechat_pay apple_pay installments cash_on_delivery"},
    {"invoice", U"发票 invoice vat_receipt"},
    {"coupon", U"怎么凑 凑满 差多少满减 还差多少 满多少减 什么优惠 优惠活动 促销活动 有促销 reach_the_threshold get_to_the_threshold how_much_more_to_save any_promotion what_promotions any_deals which_promotions 优惠券 折扣码 优惠码 满减 打折吗 有优惠吗 有活动吗 有折扣 凑单 coupon promo_code discount_code voucher any_discount any_deals"},
    {"authenticity", U"正品 假货 是不是真的 保真 authentic genuine_product counterfeit fake"},
    {"privacy", U"隐私 个人信息 privacy personal_data gdpr delete_my_data"},
};

}  // namespace

std::optional<Span> find(std::u32string_view t, std::u32string_view list, std::size_t from) {
    std::optional<Span> best;
    for (auto const& word : words_of(list))
        for (auto at = t.find(word, from); at != t.npos; at = t.find(word, at + 1))
            if (stands(t, at, word)) {
                if (!best || at < best->begin || (at == best->begin && at + word.size() > best->end)) best = Span{at, at + word.size()};
                break;
            }
    return best;
}

bool has_word(std::u32string_view t, std::u32string_view word) {
    if (word.empty()) return false;
    for (auto at = t.find(word); at != t.npos; at = t.find(word, at + 1))
        if (stands(t, at, word)) return true;
    return false;
}

std::vector<Span> find_all(std::u32string_view t, std::u32string_view list) {
    std::vector<Span> out;
    for (std::size_t at = 0; auto const span = find(t, list, at); at = span->end) out.push_back(*span);
    return out;
}

bool suspicious(std::u32string_view t) { return has(t, injections); }

std::string policy_topic(std::u32string_view t) {
    for (auto const& topic : topics)
        if (has(t, topic.cues)) return topic.name;
    return {};
}

bool is_question(std::u32string_view t) {
    return t.find(U'?') != t.npos || t.find(U'？') != t.npos || has(t, U"吗 么 多长 多高 多重 多宽 多大 多深 多少 什么 几个 几码 有没有 是不是 能不能 可不可以 怎么样 how what which is_it does_it is_this does_this can_it are_they do_they is_the does_the has_it 啥");
}

Intent intent(std::u32string_view t, Situation const& s) {
    auto const blank = t.find_first_not_of(U" \t\n\r.,!?。，！？~…") == t.npos;
    if (blank) return Intent::empty;
    if (has(t, person_cues)) return Intent::person;
    if (has(t, forget_cues)) return Intent::forget_me;
    if (has(t, recall_cues)) return Intent::recall_me;
    if (has(t, reset_cues)) return Intent::reset;
    if (has(t, remember_cues)) return Intent::remember_me;
    if (has(t, cancel_cues)) return Intent::cancel_order;
    if (has(t, exchange_cues)) return Intent::exchange_goods;
    if (has(t, return_cues)) return Intent::return_goods;
    // With the number of an order it is about that order and no question of policy.
    if (t.find(U"ord_") != t.npos && has(t, U"退货 退款 return refund")) return Intent::return_goods;
    if (t.find(U"ord_") != t.npos && has(t, U"换货 exchange")) return Intent::exchange_goods;
    if (has(t, unwatch_cues)) return Intent::stop_watching;
    if (has(t, watches_cues)) return Intent::list_watches;
    if (has(t, watch_cues)) return Intent::watch;
    if (has(t, history_cues)) return Intent::price_history;
    if (has(t, size_cues)) return Intent::size_help;
    if (has(t, opinion_cues)) return Intent::ask_opinion;
    if (has(t, order_cues) && !has(t, U"我要下单 checkout")) return Intent::order_status;
    if (has(t, remove_cues)) return Intent::remove_from_basket;
    if (has(t, compare_cues)) return Intent::compare;
    if (has(t, advise_cues)) return Intent::advise;
    if (has(t, why_cues)) return Intent::why;
    if (has(t, add_cues) && (s.shown > 0 || s.focus == Situation::Focus::product || has(t, basket_cues))) return Intent::add_to_basket;
    if (has(t, checkout_cues)) return Intent::checkout;
    if (has(t, basket_cues)) return Intent::show_basket;
    if (has(t, abuse_cues)) return Intent::abuse;
    if (!policy_topic(t).empty() && !has(t, U"我想买 想要 looking_for i_want_a")) return Intent::ask_policy;
    if (has(t, help_cues)) return Intent::help;
    if (has(t, scope_cues)) return Intent::out_of_scope;
    if (has(t, more_cues)) return Intent::more;
    return Intent::find;
}

std::optional<Order> order(std::u32string_view t) {
    if (has(t, U"最便宜 价格从低到高 价格最低 便宜的 便宜 实惠 性价比 平价 cheapest lowest_price cheap inexpensive affordable value_for_money budget_friendly 不要太贵 别太贵 不太贵 not_too_expensive not_expensive")) return Order::price_up;
    if (has(t, U"最贵 价格从高到低 最高端 高端 顶级 most_expensive premium high_end luxury")) return Order::price_down;
    if (has(t, U"最新 新品 新款 newest latest new_arrivals")) return Order::newest;
    if (has(t, U"评分最高 评价最好 好评 口碑 评分高 best_rated top_rated highest_rated best_reviewed best_reviews")) return Order::rating;
    if (has(t, U"销量 热门 爆款 最火 热销 卖得最好 best_selling bestselling bestseller best_seller popular 人气")) return Order::popular;
    return {};
}

std::vector<Comparative> comparatives(std::u32string_view t, std::vector<Span>& used) {
    using W = Comparative::What;
    struct Row { W what; int direction; std::u32string_view cues; };
    static constexpr Row rows[] = {
        {W::price, -1, U"更便宜 便宜点 便宜一点 便宜些 再便宜 便宜一些 低一点的价 价格低一点 价格低点 太贵了 太贵 有点贵 cheaper less_expensive lower_price too_expensive too_pricey more_affordable"},
        {W::price, +1, U"更贵 贵一点 贵点 高档一点 更高档 好一点的 more_expensive pricier higher_end more_premium"},
        {W::length, +1, U"长一点 更长 再长 长点 长一些 longer"}, {W::length, -1, U"短一点 更短 再短 短点 短一些 shorter"},
        {W::size, +1, U"大一点 更大 再大 大点的 大一些 bigger larger"}, {W::size, -1, U"小一点 更小 再小 小点的 小一些 smaller more_compact"},
        {W::weight, -1, U"轻一点 更轻 再轻 轻点 轻一些 lighter"}, {W::weight, +1, U"重一点 更重 heavier"},
        {W::height, +1, U"高一点 更高 再高 taller higher"}, {W::height, -1, U"矮一点 低一点 更矮 更低 lower"},
        {W::width, +1, U"宽一点 更宽 wider"}, {W::width, -1, U"窄一点 更窄 narrower"},
        {W::capacity, +1, U"容量大一点 容量更大 装得多 more_capacity"}, {W::power, +1, U"功率大一点 更亮 亮一点 brighter more_powerful"}, {W::endurance, +1, U"续航长一点 续航更长 续航久一点 longer_battery"},
    };
    std::vector<Comparative> out;
    for (auto const& row : rows)
        if (auto const span = find(t, row.cues)) {
            bool taken = false;
            for (auto const& u : used) taken = taken || (span->begin < u.end && u.begin < span->end);
            if (taken) continue;
            used.push_back(*span);
            out.push_back({row.what, row.direction});
        }
    return out;
}

std::vector<Comparative> superlatives(std::u32string_view t) {
    using W = Comparative::What;
    struct Row { W what; int direction; std::u32string_view cues; };
    static constexpr Row rows[] = {{W::length, +1, U"最长 longest"}, {W::length, -1, U"最短 shortest"}, {W::size, +1, U"最大 biggest largest"}, {W::size, -1, U"最小 smallest"}, {W::weight, -1, U"最轻 lightest"}, {W::weight, +1, U"最重 heaviest"}, {W::height, +1, U"最高的 tallest"}, {W::width, +1, U"最宽 widest"}, {W::width, -1, U"最窄 narrowest"}, {W::power, +1, U"最亮 brightest most_powerful"}, {W::endurance, +1, U"续航最长 longest_battery"}};
    std::vector<Comparative> out;
    for (auto const& row : rows)
        if (has(t, row.cues) && std::none_of(out.begin(), out.end(), [&](Comparative const& c) { return c.what == row.what; })) out.push_back({row.what, row.direction});
    return out;
}

bool points(std::u32string_view t) {
    if (has(t, U"的那个 的那款 的那件 的那条 的那双 的那只 的那台 的那把 的那盏 的那张 的那瓶 的那套 那个 那款 那件 那条 那双 那只 那台 那把 那盏 那张 那瓶 那套")) return true;
    // "the cheaper one", "the linen ones"; "a cheaper one" looks for another.
    for (auto const& one : find_all(t, U"one ones")) {
        auto const before = t.substr(one.begin >= 30 ? one.begin - 30 : 0, std::min<std::size_t>(one.begin, 30));
        if (auto const the = before.rfind(U"the "); the != before.npos && (the == 0 || before[the - 1] == U' ') && before.substr(the).find(U',') == before.npos) return true;
        if (auto const that = before.rfind(U"that "); that != before.npos && before.size() - that < 18) return true;
    }
    return false;
}

bool corrects(std::u32string_view t) {
    return has(t, U"不对 弄错 搞错 错了 我说的是 我要的是 我是说 应该是 改成 换成 改为 换为 不是这个 no_i_meant i_meant i_mean not_that wrong_one instead make_it make_that change_it change_that swap_it swap_that rather");
}

bool speaks_of_the_other(std::u32string_view t) { return has(t, U"另一个 另外一个 另一款 另一件 另一双 另一条 the_other_one the_other"); }

std::optional<Span> together(std::u32string_view t) {
    return find(t, U"总共 一共 总价 总预算 加起来 合计 合起来 全部加 凑一套 搭一套 配一套 买一套 来一套 成套 全套 搭配一套 整套 in_total total altogether all_together all_in combined outfit bundle for_everything for_all for_the_lot set_of budget_for_all");
}

References references(std::u32string_view t, std::size_t shown) {
    References out;
    auto const add = [&](int n, Span span) {
        if (std::find(out.ordinals.begin(), out.ordinals.end(), n) == out.ordinals.end()) out.ordinals.push_back(n);
        out.spans.push_back(span);
    };
    auto const digit = [](char32_t c) -> int {
        if (c >= U'1' && c <= U'9') return static_cast<int>(c - U'0');
        auto const at = std::u32string_view(U"一二三四五六七八九").find(c);
        return at == std::u32string_view::npos ? (c == U'两' ? 2 : 0) : static_cast<int>(at) + 1;
    };
    for (std::size_t i = 0; i + 1 < t.size(); ++i) {
        if ((t[i] == U'第' || t[i] == U'#') && digit(t[i + 1])) {
            auto end = i + 2;
            if (end < t.size() && std::u32string_view(U"个款件双条只把盏台张瓶套种位").find(t[end]) != std::u32string_view::npos) ++end;
            add(digit(t[i + 1]), {i, end});
        } else if (t[i] == U'前' && digit(t[i + 1]) && i + 2 < t.size() && std::u32string_view(U"个款件双条只把盏台张瓶").find(t[i + 2]) != std::u32string_view::npos) {
            for (int n = 1; n <= digit(t[i + 1]); ++n) add(n, {i, i + 3});
        } else if (digit(t[i]) && t[i + 1] == U'号' && (i == 0 || !letter(t[i - 1]))) add(digit(t[i]), {i, i + 2});
    }
    struct Row { std::u32string_view cues; int n; };
    static constexpr Row rows[] = {{U"the_first first_one 1st 1st_one number_1 number_one option_1 no._1", 1}, {U"the_second second_one 2nd 2nd_one number_2 number_two option_2 no._2", 2}, {U"the_third third_one 3rd 3rd_one number_3 number_three option_3 no._3", 3}, {U"the_fourth fourth_one 4th number_4 number_four option_4", 4}, {U"the_fifth fifth_one 5th number_5", 5}, {U"the_last last_one 最后一个 最后那个 最后一款 最后一件", -1}};
    for (auto const& row : rows)
        if (auto const span = find(t, row.cues)) {
            if (auto const two = find(t, U"the_first_two first_two first_2"); two && row.n == 1 && span->begin >= two->begin) continue;
            if (auto const two = find(t, U"the_last_two"); two && row.n == -1) continue;
            add(row.n, *span);
        }
    if (!out.ordinals.empty())  // "the first and third", "第一和第三"
        for (auto const& row : {Row{U"first", 1}, Row{U"second", 2}, Row{U"third", 3}, Row{U"fourth", 4}})
            for (auto const& joined : {U"and ", U"or ", U"with "})
                if (auto const at = t.find(joined); at != t.npos)
                    if (auto const span = find(t, row.cues, at); span && span->begin == at + std::u32string_view(joined).size()) add(row.n, *span);
    if (auto const span = find(t, U"这两个 这两款 这两件 这两条 这两双 两个都 两者 these_two both_of_them both those_two first_two the_first_two the_two 这俩 它们俩 前面两个 two_of_them"); span && out.ordinals.size() < 2) out.ordinals = {1, 2}, out.spans.push_back(*span);
    if (auto const span = find(t, U"这三个 这三款 these_three all_three first_three"); span && out.ordinals.empty()) out.ordinals = {1, 2, 3}, out.spans.push_back(*span);
    if (auto const span = find(t, U"全部加 全都加 都加入 都加购 全要了 都要了 整套加 一起加 add_all add_them_all add_everything take_them_all i'll_take_all all_of_them"); span && out.ordinals.empty() && shown > 1)
        for (int n = 1; n <= static_cast<int>(shown); ++n) add(n, *span);
    if (auto const span = find(t, U"这个 这款 这件 这条 这双 这只 这台 这把 这盏 这张 那个 那款 那条 那双 它 this_one that_one it this_dress these_shoes this_product this_item"); span) out.focus = true, out.spans.push_back(*span);
    for (auto& n : out.ordinals)
        if (n == -1 && shown > 0) n = static_cast<int>(shown);
    return out;
}

bool negated(std::u32string_view t, Span m, std::span<Span const> mentions) {
    static constexpr std::u32string_view before = U"不要 不想要 不需要 不喜欢 不爱 别要 不能是 不能有 不含 不带 讨厌 除了 除去 除开 拒绝 排除 避免 不是 不买 不考虑 别给我 别推荐 别 没有 无 非 不想 不穿 不用 受不了 避开 去掉 not no without except other_than anything_but but_not avoid hate hates don't_want don't_like doesn't_want doesn't_like do_not_want do_not_like dont_want dont_like never non nothing_in exclude excluding rather_than instead_of allergic_to allergy_to can't_stand can't_wear sick_of isn't skip nor neither minus less_of";
    static constexpr std::u32string_view harmless = U"有没有 是不是 要不要 不要紧 能不能 无线 无所谓 no_problem 没有别的 不是吗 不是不要 不是不喜欢 why_not not_only 别的 特别 非常 no_more_than not_more_than 不错 分别 not_sure 类别 性别 无法 区别 级别 级别 no_longer";
    static constexpr std::u32string_view after = U"不要 不行 不喜欢 除外 就算了 不考虑 的不要 色不要 的不行 的不喜欢 色的不要 的除外 都不要 都不行 也不要 过敏 以外 之外 is_out are_out is_not_ok excluded free not_ok";
    auto const inside_mentions = [&](std::size_t at) {
        for (auto const& other : mentions)
            if (at >= other.begin && at < other.end) return &other;
        return static_cast<Span const*>(nullptr);
    };
    // Behind: "红色不要", "对羊毛过敏", "leather free".
    for (auto at = m.end; at <= m.end + 2 && at < t.size(); ++at) {
        if (at > m.end && t[at - 1] != U' ' && t[at - 1] != U'的' && t[at - 1] != U'色' && t[at - 1] != U'都' && t[at - 1] != U'就') break;
        for (auto const& word : words_of(after))
            if (t.substr(at, word.size()) == word && stands(t, at, word)) {
                // "红色不要紧"; "leather free shipping"
                if (t.substr(at, 3) == U"不要紧" || t.substr(at + word.size()).starts_with(U" ship") || t.substr(at + word.size()).starts_with(U" deliver")) continue;
                if (word == U"不要" && at + 2 < t.size() && (t[at + 2] == U'太' || t[at + 2] == U'超')) continue;
                // "蓝色,不要红色" has a comma; "蓝色不要红色": the refusal is for what follows it
                bool follows = false;
                for (auto const& other : mentions) follows = follows || (other.begin >= at + word.size() && other.begin <= at + word.size() + 1);
                if (!follows) return true;
            }
    }
    // Before: walk left over whatever may stand between a refusal and its object.
    std::size_t at = m.begin;
    int steps = 0;
    bool joined = false;  // an "or" was passed: what follows is the last of a list
    while (at > 0 && steps++ < 48) {
        for (auto const& word : words_of(before))
            if (at >= word.size() && t.substr(at - word.size(), word.size()) == word && stands(t, at - word.size(), word)) {
                auto const begin = at - word.size();
                bool spoilt = false;
                for (auto const& other : words_of(harmless))
                    for (auto from = begin >= 4 ? begin - 4 : 0; from <= begin; ++from)
                        if (t.substr(from, other.size()) == other && from + other.size() >= at && stands(t, from, other)) spoilt = true;
                // 非常, 特别, 无线 …; and "不是…吗" asks
                if (word == U"不是" && t.find(U'吗', m.end) != t.npos && (begin == 0 || t[begin - 1] != U'有')) spoilt = true;
                if (!spoilt) return true;
            }
        if (auto const* other = inside_mentions(at - 1)) { at = other->begin; continue; }
        auto const c = t[at - 1];
        if (c == U' ' || c == U'的' || c == U'色' || c == U'、' || c == U'/' || c == U'和' || c == U'或' || c == U'跟' || c == U'与' || c == U'对' || c == U'太' || c == U'者' || c == U'及' || c == U'是' || c == U'用' || c == U'那' || c == U'种' || c == U'有' || c == U'任' || c == U'何' || c == U'我' || c == U'买' || c == U'带' || c == U'含' || c == U'要' || c == U'穿' || c == U'送' || c == U'给' || c == U'选' || c == U'做') {
            // "不要红色,要蓝色" stops at the comma; "不要…要…" without one must stop at the second 要
            if (c == U'要' && (at < 2 || (t[at - 2] != U'不' && t[at - 2] != U'想' && t[at - 2] != U'别'))) return false;
            if (c == U'是' && at >= 2 && t[at - 2] != U'不' && t[at - 2] != U'能') return false;
            joined = joined || c == U'和' || c == U'或' || c == U'、';
            --at;
            continue;
        }
        if (c == U',' || c == U'，') {
            // A list goes on over a comma when only values stand between: "no red, black or pink"; 中文 "不要红色,黑色".
            std::size_t left = at - 1;
            while (left > 0 && (t[left - 1] == U' ' || t[left - 1] == U'的')) --left;
            if (left == 0 || !inside_mentions(left - 1)) return false;
            bool list = joined, bare = true;
            std::size_t right = m.end;
            while (right < t.size() && t[right] != U'.' && t[right] != U'。' && t[right] != U'!' && t[right] != U';' && t[right] != U'；') {
                if (auto const* other = inside_mentions(right)) { right = other->end; continue; }
                auto const rest = t.substr(right);
                if (rest.starts_with(U"or ") || rest.starts_with(U"and ") || rest.starts_with(U"nor ")) list = true, right += 3;
                else if (t[right] == U'和' || t[right] == U'或' || t[right] == U'、') list = true, ++right;
                else if (t[right] == U' ' || t[right] == U'的' || t[right] == U'色' || t[right] == U',' || t[right] == U'，') ++right;
                else { bare = list; break; }
            }
            if (!bare || (!list && !is_han(t[m.begin]))) return false;
            at = left;
            continue;
        }
        if (letter(c)) {
            auto begin = at;
            while (begin > 0 && (letter(t[begin - 1]) || t[begin - 1] == U'\'')) --begin;
            auto const word = t.substr(begin, at - begin);
            static constexpr std::u32string_view bridges[] = {U"or", U"and", U"the", U"a", U"an", U"any", U"in", U"made", U"of", U"from", U"with", U"with", U"real", U"too", U"colour", U"color", U"coloured", U"to", U"wear", U"have", U"has", U"be", U"it", U"one", U"ones", U"more", U"anything", U"is", U"s", U"t", U"contain", U"contains", U"containing", U"that", U"like", U"pure", U"buy", U"really", U"for", U"suitable"};
            if (std::find(std::begin(bridges), std::end(bridges), word) == std::end(bridges)) return false;
            joined = joined || word == U"or" || word == U"and";
            at = begin;
            continue;
        }
        return false;
    }
    return false;
}

}  // namespace kindling::dialogue::cues
