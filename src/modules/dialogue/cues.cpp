// modules/dialogue/cues.cpp -- tables of cues and how they are matched. See cues.h.
#include "modules/dialogue/cues.h"
#include "core/utf8.h"
#include "modules/dialogue/find_text.h"
#include "modules/dialogue/order_number.h"
#include <algorithm>
#include <bitset>
#include <unordered_map>

namespace kindling::dialogue::cues {

bool letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x250) || (c >= U'0' && c <= U'9'); }

namespace {

// A pair of letters as one of 256: the pairs of a text tell at once most of the words that it does not hold.
std::uint8_t pair_of(char32_t a, char32_t b) { return static_cast<std::uint8_t>((static_cast<std::uint32_t>(a) * 0x9E3779B1u ^ static_cast<std::uint32_t>(b) * 0x85EBCA77u) >> 24); }

class Pairs {
public:
    explicit Pairs(std::u32string_view t) {
        for (std::size_t i = 0; i + 1 < t.size(); ++i) bits_.set(pair_of(t[i], t[i + 1]));
    }
    bool contains(std::uint8_t pair) const { return bits_[pair]; }

private:
    std::bitset<256> bits_;
};

// The words of a list, and the first and the last pair of each that has one.
struct List {
    std::vector<std::u32string> words;
    std::vector<std::pair<std::uint8_t, std::uint8_t>> pairs;
};

List const& list_of(std::u32string_view list) {
    // Lists are literals: their address names them.
    static thread_local std::unordered_map<char32_t const*, List> known;
    auto& out = known[list.data()];
    if (!out.words.empty()) return out;
    for (std::size_t i = 0; i < list.size();) {
        auto const end = std::min(list.find(U' ', i), list.size());
        if (std::u32string word(list.substr(i, end - i)); !word.empty()) {
            std::replace(word.begin(), word.end(), U'_', U' ');
            auto const n = word.size();
            out.pairs.emplace_back(n < 2 ? 0 : pair_of(word[0], word[1]), n < 2 ? 0 : pair_of(word[n - 2], word[n - 1]));
            out.words.push_back(std::move(word));
        }
        i = end + 1;
    }
    return out;
}

}  // namespace

std::vector<std::u32string> const& words_of(std::u32string_view list) { return list_of(list).words; }

std::u32string_view trimmed(std::u32string_view t) {
    auto const nothing = [](char32_t c) { return std::u32string_view(U" ,，.。?？!！;；\n").find(c) != std::u32string_view::npos; };
    while (!t.empty() && nothing(t.front())) t.remove_prefix(1);
    while (!t.empty() && nothing(t.back())) t.remove_suffix(1);
    return t;
}

bool one_of(std::u32string_view word, std::u32string_view list) { return std::ranges::find(words_of(list), word) != words_of(list).end(); }

namespace {

bool stands(std::u32string_view t, std::size_t at, std::u32string_view word) {
    auto const after = at + word.size();
    if (letter(word.front()) && at > 0 && letter(t[at - 1])) return false;
    return !(letter(word.back()) && after < t.size() && letter(t[after]));
}

constexpr std::u32string_view injections = U"ignore_previous ignore_all ignore_your ignore_the_above ignore_prior disregard_previous disregard_all system_prompt your_instructions your_prompt jailbreak developer_mode you_are_now pretend_to_be act_as_an act_as_if admin_mode override reveal_your <script drop_table select_* 忽略之前 忽略以上 忽略上面 忽略你的 忽略所有 无视之前 无视以上 系统提示 提示词 你现在是 扮演 管理员模式 开发者模式 越狱 把价格改 价格改成 改成1元 改成0元 set_the_price set_price change_the_price make_it_free for_$0 for_free_now";
constexpr std::u32string_view order_cues = U"我的订单 订单状态 订单到哪 查订单 查一下订单 订单号 查物流 物流到哪 快递到哪 到哪了 到哪儿了 包裹 什么时候发货了吗 发货了吗 发货了没 where_is_my_order where's_my_order where_is_my_package order_status track_my_order status_of_order status_of_my_order status_of_the_order track_order tracking_number my_order my_parcel my_package where_is_my_parcel has_it_shipped order_number order_#";
constexpr std::u32string_view person_cues = U"经理 店长 负责人 a_manager the_manager your_manager supervisor 你们电话 你们的电话 店里电话 电话是多少 电话号码 打电话 phone_number call_you email_you message_you 转人工 人工客服 人工 真人 找客服 客服电话 a_person_please a_human_please get_me_a_person want_a_person need_a_person want_a_human need_a_human talk_to_a_human talk_to_a_person speak_to_a_person speak_to_someone real_person human_agent live_agent customer_service representative speak_to_a_human a_human 投诉 complaint contact_you contact_us contact_the_shop contact_someone reach_you get_in_touch your_phone_number your_email_address 怎么联系 如何联系 联系方式 联系你们 联系店家 联系客服";
constexpr std::u32string_view self_cues = U"你是机器人 你是不是机器人 是机器人吗 你是真人 你是不是真人 是真人吗 你是人吗 你是人工 你是谁 你是ai are_you_a_robot are_you_a_bot are_you_a_human are_you_human are_you_a_person are_you_a_real_person are_you_real are_you_an_ai are_you_ai is_this_a_bot am_i_talking_to_a who_are_you what_are_you";
constexpr std::u32string_view add_cues = U"both_in_the both_into_the both_to_the both_in_my both_to_my put_both add_them_both take_it take_this take_that take_both i_want_this_one i_want_that_one go_with_it go_with_this go_with_that go_for_it go_for_this go_for_that that_one_please this_one_please sold_on_it 就要它 就这款 就那个 就那款 就那双 就那件 就这双 就这件 就这条 就那条 就这台 我要了 这个我要 那个我要 它我要 选它 要它了 要这个了 买了吧 那就买 帮我下单 的来一个 的来一件 的来一双 的来一只 的来一条 的来一台 就第 order_one order_two order_three order_it order_this order_that i'll_order 全部加 全都加 都加入 都加购 全要了 都要了 整套加 一起加 add_all add_them add_everything add_the_whole add_the_set put_it_all put_them_all take_them_all take_it_all i'll_take_all buy_all buy_it_all buy_them_all buy_everything 全加 都加到 全部买 全都买 全买 加入到购物车 加进购物车 加入购物车 加购物车 加到购物车 放进购物车 放购物车 加购 加车 下单第 我要买 就买 就要第 要第 买第 就要这 就这个 就它 就它了 来一件 来一双 来两 买这 买它 拿下 add_to_cart add_to_basket add_one add_two add_three add_four add_1 add_2 add_3 to_my_cart to_my_basket into_my_cart into_my_basket to_the_cart to_the_basket add_it add_the add_this add_that add_both add_to_my put_it_in put_the put_in_the_cart put_in_my i'll_take i_ll_take i_will_take i'll_buy buy_it buy_this buy_the_first buy_the_second buy_the_third i_want_to_buy_the i'll_get i'll_have take_the";
constexpr std::u32string_view remove_cues = U"从购物车 购物车里去掉 购物车里删 移出购物车 移除购物车 清空购物车 remove_from_cart remove_from_basket remove_it_from take_it_out empty_my_cart empty_the_cart empty_my_basket clear_my_cart remove_the_first remove_the_second remove_the_last";
constexpr std::u32string_view basket_cues = U"购物车 一共多少钱 总共多少钱 合计多少 总价多少 my_total the_total_so_far what's_the_total whats_the_total whats_my_total how_much_is_it_all how_much_altogether my_cart my_basket the_cart the_basket show_cart show_basket view_cart view_basket what's_in_my";
constexpr std::u32string_view checkout_cues = U"结账 结算 付款吧 去付款 买单 下单吧 我要下单 去下单 提交订单 check_out checkout place_the_order place_my_order pay_now ready_to_pay";
constexpr std::u32string_view compare_cues = U"比一下 比较 对比 比一比 有什么区别 有啥区别 什么不同 区别是 区别在 哪个好 哪个更好 哪一个好 哪款好 哪款更 哪个更 compare comparison difference versus vs which_is_better which_one_is_better which_is_best which_one_is differ";
constexpr std::u32string_view why_cues = U"为什么推荐 为啥推荐 为什么选 凭什么推荐 推荐理由 why_this why_did_you why_do_you why_these why_that why_recommend why_the";
constexpr std::u32string_view more_cues = U"换点别的 换些别的 换别的 看点别的 看看别的 来点别的 都不喜欢 都不好看 都不满意 不喜欢这些 都不合适 都没看上 没看上 太普通 don't_like_any don't_like_these none_of_these not_what_i_want show_me_more 换一套 换一身 another_set another_outfit 换一批 还有吗 还有别的 还有其他 还有没有别的 再看看别的 更多 再来几个 再推荐 下一页 show_more more_options something_else anything_else what_else any_others other_options show_me_others more_please next_page see_more";
constexpr std::u32string_view reset_cues = U"重新开始 从头开始 重来 重新来 清空条件 全部清除 start_over start_again reset clear_all forget_everything from_scratch new_search";
constexpr std::u32string_view help_cues = U"你们卖什么 你们都卖什么 店里卖什么 都卖些什么 卖些什么 主要卖什么 有什么卖的 what_do_you_sell what_do_you_guys_sell what_do_you_guys_actually_sell what_do_you_actually_sell what_do_you_guys_have what_kind_of_things_do_you_sell what_sort_of_things_do_you_sell what_kind_of_stuff_do_you what_do_they_sell what_is_this_shop what's_this_shop what_can_i_buy_here what_can_i_get_here 你能做什么 你会什么 怎么用 帮助 what_can_you_do how_does_this_work help_me_use what_do_you_do";
constexpr std::u32string_view scope_cues = U"天气 笑话 股票 写首诗 写一首 写代码 作文 新闻 总统 世界杯 彩票 翻译 数学题 weather joke stock_market stock_price bitcoin write_a_poem write_code write_me_a python_script president news football_score world_cup lottery translate recipe_for capital_of my_homework do_homework_for with_homework essay meaning_of_life";

constexpr std::u32string_view return_cues = U"我要退货 我想退货 想退货 申请退货 办理退货 要退货 申请退款 我要退款 想退款 退掉 想退了 我要退 我想退 帮我退 return_my i_want_to_return i_want_to_send_back i'd_like_to_return i_need_to_return start_a_return return_this_order return_the_order return_an_order return_an_item refund_my want_a_refund want_my_money_back";
// What arrived is not as it should be: whose it is and what is wrong with it, in any order.
constexpr std::u32string_view faulty_cues = U"碎了 坏了 坏的 破了 裂了 漏水 漏了 开线了 开胶了 断了 碎的 裂的 坏掉 破掉 瑕疵 有划痕 掉了一块 不亮了 不转了 没声音 充不进电 用不了了 有问题 破损 少发 漏发 发错 少了一件 broken cracked damaged shattered torn leaking doesn't_work does_not_work isn't_working not_working stopped_working defective faulty came_off fell_off coming_off chipped scratched ripped won't_turn_on doesn't_turn_on won't_charge doesn't_charge wrong_item wrong_colour wrong_color fell_apart";
constexpr std::u32string_view owned_cues = U"下的单 已经下单 刚下单 刚刚下单 刚下的单 下了单 下完单 刚拍下 刚拍的 已经拍下 刚付款 刚付了 已经付款 付完款 just_ordered just_placed already_ordered i_placed i've_ordered i_have_ordered 买错 拍错 订错 买大了 买小了 ordered_the_wrong bought_the_wrong 我买的 上次买 之前买 前几天买 昨天买 刚买 买回来 收到 刚到 到手 寄来 发来 订的 下单的 i_bought i_ordered i_just_bought you_sent i_received arrived my_order bought_from_you bought_last ordered_last";
constexpr std::u32string_view exchange_cues = U"我要换货 我想换货 想换货 申请换货 办理换货 要换货 换个尺码 换个码 换一个尺码 换大一码 换小一码 换大一号 换小一号 exchange_my i_want_to_exchange i'd_like_to_exchange need_to_exchange exchange_the_order exchange_it_for swap_the_size";
constexpr std::u32string_view cancel_cues = U"取消订单 取消我的订单 取消这个订单 把订单取消 订单不要了 cancel_my_order cancel_the_order cancel_order cancel_this_order";
constexpr std::u32string_view unwatch_cues = U"不用盯 别盯 不用再盯 不用关注 不用再提醒 取消所有提醒 cancel_all_alerts cancel_the_watch stop_the_alerts stop_alerting turn_off_the_alert 取消提醒 取消关注 不用提醒 不用通知 取消通知 别提醒 别通知 stop_watching cancel_the_alert cancel_alert cancel_my_alert remove_the_alert no_more_alerts stop_notifying don't_notify";
constexpr std::u32string_view watches_cues = U"盯哪些 盯了哪些 盯了什么 盯着啥 我的提醒 我的关注 提醒列表 有哪些提醒 我在等什么 my_alerts my_watches my_notifications what_am_i_watching what_are_you_watching which_are_you_watching what_am_i_waiting_for what_are_you_waiting_for which_alerts what_alerts any_alerts my_price_alerts 关注了什么 关注了哪些 在关注什么 在关注哪些 盯着什么 盯着哪些 在盯什么 设了什么提醒 设了哪些提醒 设置了哪些提醒 有什么提醒";
constexpr std::u32string_view watch_cues = U"到货通知 到货提醒 到货告诉 到货了告诉 到货了通知 有货通知 有货提醒 有货了告诉 有货时告诉 有货了通知 补货通知 补货了告诉 补货提醒 降价通知 降价提醒 降价了告诉 降价告诉 降价时提醒 降价时告诉 便宜了告诉 降到 跌到 notify_me let_me_know_when let_me_know_once let_me_know_as_soon tell_me_once tell_me_as_soon let_me_know_if_it tell_me_when alert_me watch_the_price watch_this watch_it price_drop back_in_stock drops_to drops_below falls_below falls_to";
constexpr std::u32string_view history_cues = U"以前更便宜 之前更便宜 曾经更便宜 原来更便宜 便宜过 以前什么价 之前什么价 以前卖多少 之前卖多少 上个月多少钱 上个月什么价 上周多少钱 what_was_the_price what_did_it_cost price_last_month price_last_week price_before earlier_price price_a_month_ago price_been 价格走势 历史价格 历史最低 价格历史 之前多少钱 以前多少钱 原来多少钱 涨价了 降过价 现在买划算 是不是最低价 会不会降价 要不要等 再等等 price_history lowest_price_ever lowest_it_has been_cheaper was_it_cheaper price_trend good_price fair_price should_i_wait used_to_cost cost_before price_over_time lowest_ever at_its_lowest at_the_lowest its_lowest_price the_lowest_it all_time_low been_lower been_any_cheaper ever_cheaper is_it_the_lowest_price is_this_the_lowest_price is_that_the_lowest_price lowest_price_so_far lowest_price_in lowest_price_of get_cheaper going_to_get_cheaper will_it_drop will_the_price 最低价吗 历史低价 最低的时候 更便宜过 会降价吗 还会降吗";
constexpr std::u32string_view size_cues = U"穿啥码 穿啥尺码 选啥码 选啥尺码 买啥码 买啥尺码 拿啥码 要啥码 啥码合适 穿几号 穿多大号 选什么尺码 穿什么尺码 买什么尺码 拿什么尺码 要什么尺码 穿哪个码 穿哪个尺码 选哪个码 选哪个尺码 尺码建议 推荐尺码 推荐什么码 size_guide sizing_advice 我身高 我穿多大 多高穿 what_size_am_i what's_my_size which_size_am_i what_is_my_size 脚长 foot_is feet_are foot_length 穿什么码 穿多大 穿几码 选什么码 选多大 选几码 买多大 买几码 尺码怎么选 什么尺码合适 哪个尺码合适 多大码 偏大还是 偏小吗 偏大吗 偏码 尺码准吗 尺码准不准 what_size_should what_size_do_i which_size_should which_size_do_i what_size_would true_to_size run_small runs_small run_large runs_large run_big runs_big size_chart how_does_it_fit how_do_they_fit";
constexpr std::u32string_view opinion_cues = U"有人说 有人反映 有人反馈 有没有人说 有没有人觉得 有人觉得 does_anyone_say did_anyone_say anyone_say do_people_find do_buyers_find hate_about dislike_about complain_of bad_about_it bad_about_this 吐槽它 差评 吐槽 抱怨什么 有人抱怨 评价里 评论里 do_buyers_complain do_people_complain do_customers_complain buyers_complain people_complain complain_about_it complain_about_them complain_about_this complain_about_these complain_about_that complain_about_the_first complain_about_the_second complain_about_the_third anyone_complain complaints_about any_complaints bad_reviews negative_reviews poor_reviews 评价怎么样 评价如何 评价好吗 评价好不好 评价咋样 评价怎样 口碑怎么样 口碑如何 口碑好吗 口碑咋样 大家怎么说 买家怎么说 别人怎么说 用户怎么说 顾客怎么说 买过的人怎么说 看看评价 看一下评价 看下评价 有评价吗 有什么评价 评论怎么样 评论如何 看看评论 有差评吗 差评多吗 好评多吗 好评率 靠谱吗 靠不靠谱 质量怎么样 质量好吗 质量如何 质量好不好 好用吗 好不好用 值得买吗 值不值得买 值得入手吗 这个怎么样 这款怎么样 这双怎么样 这件怎么样 它怎么样 what_do_people_say what_do_buyers_say what_do_customers_say what_do_others_say what_are_people_saying what_people_say is_it_good is_it_any_good are_they_any_good is_this_any_good is_this_good is_this_one_good are_they_good are_these_good is_it_worth worth_buying how_are_the_reviews what_are_the_reviews what_do_the_reviews_say how_are_its_reviews what_about_reviews show_me_the_reviews see_the_reviews read_the_reviews reviews_of_it reviews_of_this";
constexpr std::u32string_view advise_cues = U"帮我选 帮我挑 帮我决定 怎么选 选哪个 选哪款 选哪一 该选哪 该买哪 买哪个 买哪款 纠结 推荐哪 哪个最值 哪个更值 权衡 取舍 优缺点 which_should_i which_one_should help_me_choose help_me_decide help_me_pick trade_offs trade_off tradeoffs tradeoff best_value pros_and_cons can't_decide cannot_decide which_would_you which_do_you_recommend";

struct Topic { char const* name; std::u32string_view cues; };
constexpr Topic topics[] = {
    {"shipping", U"改收货地址 改地址 修改地址 换个地址 换地址 改一下地址 运费 包邮 邮费 几天到 几天能到 今天能发 今天发货 当天发 能发货吗 什么时候能发 什么时候能到 送到国外 寄到国外 送海外 发海外 how_soon_can how_fast_can when_will_it_arrive when_would_it_arrive until_it_arrives till_it_arrives until_they_arrive till_they_arrive take_to_arrive takes_to_arrive when_can_i_have_it when_would_i_get_it when_does_it_arrive arrive_by get_here_by do_you_ship ship_abroad ship_internationally 多久到 多久能到 多久发货 什么时候到 什么时候发货 配送 送货 能送到 发什么快递 寄到 shipping deliver delivery how_long_to_ship ship_to postage"},
    {"returns", U"what_if_it_doesn't_fit if_it_doesn't_fit if_they_don't_fit if_it_does_not_fit if_i_don't_like_it 不合身怎么办 要是不合身 不喜欢能退 不喜欢可以退 小票丢了 没有小票 没小票 小票没了 lost_the_receipt lost_my_receipt without_a_receipt without_the_receipt no_receipt 退货 退换 换货 退款 七天无理由 7天无理由 能退吗 可以退 不合适怎么办 不合适能 不合适可以 return_policy returns refund exchange return_it send_it_back can_i_return money_back"},
    {"warranty", U"保修 质保 三包 保固 warranty guarantee"},
    {"payment", U"到付吗 能到付 信用卡 刷卡 pay_when pay_on_delivery pay_on_arrival pay_by_card pay_by_credit 支付 付款方式 花呗 分期 怎么付 货到付款 微信支付 支付宝 payment pay_with paypal credit_card alipay wechat_pay apple_pay installments cash_on_delivery"},
    {"invoice", U"发票 invoice vat_receipt"},
    {"coupon", U"首单 新人券 新客券 领券 领优惠 领个券 领张券 券怎么 券在哪 券哪里 有券 用券 券吗 发券 代金券 抵用券 抵扣券 满减券 折扣券 first_order_discount first_order_coupon welcome_discount welcome_coupon new_customer_discount new_customer_coupon first_purchase_discount 讲价 砍价 还价 学生优惠 新人优惠 会员优惠 老客优惠 better_on_the_price better_price_than haggle negotiate student_discount price_match price_matching discounts 打个折 给个优惠 能优惠 能便宜吗 便宜点卖 percent_off %_off a_discount 怎么凑 凑满 差多少满减 还差多少 满多少减 什么优惠 优惠活动 促销活动 有促销 reach_the_threshold get_to_the_threshold how_much_more_to_save any_promotion what_promotions any_deals which_promotions 优惠券 折扣码 优惠码 满减 打折吗 有优惠吗 有活动吗 什么活动 有啥活动 哪些活动 搞活动 做活动 有没有活动 coupons vouchers promo_codes discount_codes any_discounts any_offers any_promotions special_offers special_offer any_sales 有折扣 凑单 coupon promo_code discount_code voucher any_discount any_deals"},
    {"gift_wrap", U"做礼盒 做成礼盒 包成礼盒 礼盒吗 能包一下 包得好看 gift_box_it gift_boxed 礼品包装 礼物包装 礼盒包装 包装成礼物 能包装吗 可以包装 帮忙包装 贺卡 gift_wrap gift_wrapping gift_wrapped gift_box wrap_it wrap_them greeting_card"},
    {"store", U"实体店 门店 线下店 店在哪 店铺地址 店的地址 你们地址 你们在哪 physical_store physical_shop brick_and_mortar showroom visit_your visit_the_shop where_are_you_located where_are_you_based your_address store_location store_locations"},
    {"account", U"密码忘 忘记密码 忘了密码 改密码 重置密码 找回密码 登录不了 登不上 登录不上 注销账 注销帐 我的账号 我的账户 my_password forgot_password reset_password delete_my_account close_my_account my_account can't_log_in cannot_log_in can't_sign_in cannot_sign_in"},
    {"hours", U"营业时间 几点开门 几点关门 几点上班 几点下班 上班时间 opening_hours business_hours open_today when_do_you_open when_do_you_close are_you_open"},
    {"authenticity", U"正品 假货 是不是真的 保真 authentic genuine_product counterfeit fake"},
    {"returns", U"能退 可退 退不退 可不可以退 能不能退 包退 退得了 return_them send_them_back take_it_back_if not_happy_with_it if_i_change_my_mind"},
    {"invoice", U"专票 普票 专用发票 增值税 开票 vat_invoice tax_invoice"},
    {"shipping", U"之前能到 前能到 前到得了 能到吗 能不能到 能到不 送得到 到得了 几号能到 几号到 哪天能到 哪天到 几天收到 几天能收到 多久能收到 多久收到 什么时候能收到 when_would_it_get when_will_it_get when_does_it_get when_would_they_get when_will_they_get when_would_i_get when_will_i_get when_do_i_get till_it's_here until_it's_here till_its_here until_its_here till_it_gets_here until_it_gets_here how_long_till how_long_until 几时能到"},
    {"warranty", U"还保吗 还保不 能保吗 能保修 保不保修 还在保吗 还在保修 在保吗 过保了 under_warranty out_of_warranty still_covered"},
    {"coupon", U"any_code any_codes a_code have_codes promo_code_i codes_i_can_use code_i_can_use use_a_code welcome_code first_order_code new_customer_code new_customer_codes a_promo any_promo any_promos any_voucher 有什么券 有啥券 什么券可以 能用什么券 有没有券 有没有码 有优惠码"},
    {"privacy", U"隐私 个人信息 我的数据 数据安全 信息安全 我的信息 privacy personal_data gdpr delete_my_data my_data my_details_safe my_information"},
};

}  // namespace

namespace {

// here: the pairs of the text.
std::optional<Span> find(std::u32string_view t, Pairs const& here, std::u32string_view list, std::size_t from) {
    std::optional<Span> best;
    auto const& [words, pairs] = list_of(list);
    for (std::size_t w = 0; w < words.size(); ++w) {
        auto const& word = words[w];
        if (word.size() > 1 && !(here.contains(pairs[w].first) && here.contains(pairs[w].second))) continue;
        // What begins behind the best so far is not looked for: a text that repeats itself costs no look at all of it for each place.
        auto const before = best ? t.substr(0, best->begin + word.size()) : t;
        for (auto at = find_text(before, word, from); at != before.npos; at = find_text(before, word, at + 1))
            if (stands(t, at, word)) {
                if (!best || at < best->begin || (at == best->begin && at + word.size() > best->end)) best = Span{at, at + word.size()};
                break;
            }
    }
    return best;
}

}  // namespace

std::optional<Span> find(std::u32string_view t, std::u32string_view list, std::size_t from) { return find(t, Pairs(t), list, from); }

std::optional<Span> find_word(std::u32string_view t, std::u32string_view word, std::size_t from) {
    if (word.empty()) return {};
    for (auto at = find_text(t, word, from); at != t.npos; at = find_text(t, word, at + 1))
        if (stands(t, at, word)) return Span{at, at + word.size()};
    return {};
}

std::vector<Span> find_all(std::u32string_view t, std::u32string_view list) {
    std::vector<Span> out;
    Pairs const here(t);
    for (std::size_t at = 0; auto const span = find(t, here, list, at); at = span->end) out.push_back(*span);
    return out;
}

std::optional<Span> find_apart(std::u32string_view t, std::u32string_view list, std::span<Span const> whole) {
    Pairs const here(t);
    for (std::size_t at = 0; auto const span = find(t, here, list, at); at = span->begin + 1)
        if (std::ranges::none_of(whole, [&](Span const& w) { return w.end - w.begin > span->end - span->begin ? w.begin <= span->begin && span->end <= w.end : w.begin > span->begin && w.begin < span->end && w.end > span->end; })) return span;
    return {};
}

bool suspicious(std::u32string_view t) {
    if (has(t, injections)) return true;
    // 忽略你之前的规则, "disregard whatever rules you were given"
    if (has(t, U"忽略 无视 忘掉 ignore disregard forget bypass") && has(t, U"规则 指令 提示词 设定 instruction instructions rules prompt guidelines restrictions")) return true;
    return has(t, U"所有商品打 全场打 全部打 把价格 everything_free all_free") && has(t, U"折 元 块 free");
}
bool asks_who(std::u32string_view t) {
    auto const span = find(t, self_cues);
    return span && t.substr(span->end).find_first_not_of(U" ?？!！。.吗呢啊呀么的or还是") == t.npos;
}
bool tells_a_fault(std::u32string_view t) { return has(t, faulty_cues); }
// 我上周买的: whenever it was.
bool has_bought(std::u32string_view t) {
    if (has(t, owned_cues)) return true;
    if (auto const size = size_step(t); size && size->told && has(t, U"came sent")) return true;   // "it came a size larger"
    for (auto at = t.find(U"买的"); at != t.npos; at = t.find(U"买的", at + 1))
        for (auto begin = at; begin > 0 && at - begin < 8 && is_han(t[begin - 1]); --begin)
            if (t[begin - 1] == U'我') return t[begin] != U'想' && t[begin] != U'要';
    return false;
}
bool wants_another(std::u32string_view t) { return has(t, U"想换 要换 能换 换一双 换一件 换一个 换一只 换一台 换个码 换个新 换新的 换个好的 换大 换小 换个大 换个小 换码 换号 重新发 补发 exchange_it exchange_them a_replacement replace_it replace_them send_me_another send_another send_a_new_one"); }
// Of an order that was placed: another colour, size or number than was ordered; where it goes is a question of the sending.
bool alters(std::u32string_view t) { return has(t, U"改成 改为 换成 换为 改一下 改个 想改 能改 要改 可以改 改颜色 改尺码 改数量 改规格 修改 change_it change_the change_my change_to change_that switch_it switch_to swap_it make_it have_it_in") && !has(t, U"地址 电话 收件 address phone"); }
bool just_ordered(std::u32string_view t) { return has(t, U"刚下单 刚刚下单 刚下的单 刚拍下 刚拍的 刚付款 刚付了 just_ordered just_placed"); }
bool gives_back(std::u32string_view t) { return has(t, U"退货 退款 退掉 退了 退回 想退 要退 能退 可以退 可退 退吗 退不退 return refund money_back send_it_back send_back"); }
bool asks_returned(std::u32string_view t) {
    if (has(t, return_cues) || asks_progress(t)) return false;
    // Of one's own return, of its sending and its money.
    if (has(t, U"我要退 我想退 我的 给我 快递 包裹 物流 多少钱 退款 my_return my_order my_refund my_parcel my_package shipping postage postal label")) return false;
    if (has(t, U"i'd_like i_would_like i_need_to i_want_to") && !has(t, U"know hear")) return false;
    if (has(t, U"退货率 退换率 退换货率 退回率 退货比例 退货情况 退货记录 退货多 退货的多 退货高 退的多 退得多 退货的人 退的人 退回来的 很多人退 好多人退 多少人退 有人退 有没有人退 没人退 人退货 别人退 大家退 大家为什么退 大家为啥退 为什么退的 经常退 经常被退 常被退 容易退货 被退 退了多少 退回多少 退过吗 因为尺码退 因尺码退 return_rate rate_of_return rate_of_returns returns_rate how_many_returns many_returns returned_a_lot often_returned returned_often frequently_returned commonly_returned usually_returned")) return true;
    bool const back = has(t, U"return returns returned returning sent_back send_it_back send_them_back send_this_back sends_it_back sending_it_back bring_it_back") || (has(t, U"send sends sent sending") && has(t, U"back"));
    return back && has(t, U"people buyers customers shoppers others everyone anyone anybody somebody often many rate percentage share frequently usually commonly mostly") && !has(t, U"many_thanks how_do i_return can_i may_i i_want my_order what_if policy the_rules how_long how_many_days");
}
bool asks_rules(std::u32string_view t) { return has(t, U"怎么 如何 流程 多久 几天 运费 谁出 规则 规定 政策 如果 要是 万一 policy policies rules how what who when if"); }
// "Where is my refund?", 退货进度: of what was asked for or sent back, not of the rules ("how long does a refund take", 退款多久到账) and no wish to begin it.
bool asks_progress(std::u32string_view t) {
    if (seeks(t) && !has(t, U"看看 看一下")) return false;
    if (!has(t, U"refund refunds refunded return returns returned exchange exchanged request money_back my_money 退款 退货 退换 换货 退的 换的 退钱 钱退 申请") && t.find(U"退") == t.npos) return false;
    bool const own = has(t, U"my our 我的 我那 我这 我申请 我退 我换 那笔 这笔 退给我 还给我 the_refund the_return the_exchange the_request the_money") || t.find(order_mark) != t.npos;
    if (has(t, U"进度 退到哪 换到哪 到账了吗 到账了没 到账没 到账了么 退了吗 退了没 退款了吗 退款了没 批了吗 批了没 同意了吗 同意了没 通过了吗 通过了没 处理了吗 处理了没 处理得怎么样 处理的怎么样 怎么样了 有消息 有结果 什么情况 refund_status return_status exchange_status any_news any_update any_word")) return true;
    if (!own || tells_a_fault(t) || tells_a_misfit(t) || !(is_question(t) || has(t, U"when where has_my is_my did_my check tell_me let_me_know haven't hasn't not never still yet 查 没 还"))) return false;
    if (has(t, U"how_do_i how_can_i how_to can_i could_i may_i i_want i'd_like i_would_like want_to need_to where_do_i where_should_i policy 怎么退 怎么换 如何 想退 想换 要退 要换 能退 能换 可以退 可以换 寄到 寄去 寄回哪")) return false;
    if (has(t, U"status progress news update heard accepted approved decided processed come_through gone_through been_paid been_refunded how_far 状态 到哪 到账 同意 通过 批准 消息 结果 查 了吗 了没")) return true;
    return has(t, U"my_refund the_refund my_return the_return my_exchange the_exchange my_request the_request my_money the_money 退款 退货 换货 退的 换的 退钱 退给我 还给我") && has(t, U"where when received arrived done yet still how_long 哪里 哪儿 哪去 什么时候 多久 何时 到了 好了 没到 没收到 还没");
}
bool not_arrived(std::u32string_view t) { return has(t, U"没收到 没有收到 未收到 还没到 一直没到 没见到货 没拿到 never_arrived hasn't_arrived hasnt_arrived has_not_arrived didn't_arrive did_not_arrive not_arrived not_received haven't_received have_not_received didn't_receive did_not_receive never_received didn't_get_my never_got never_came hasn't_come") && !asks_rules(t); }
// "I'll wait until it is cheaper than 40", 便宜到40块叫我: to be told, and not whether to wait.
bool waits_for_price(std::u32string_view t) {
    return has(t, U"wait_for wait_until wait_till i'll_wait i_will_wait ping_me message_me 等它 等第 等这 等那 等到 等降 等便宜 等价 叫我 喊我 提醒我") && has(t, U"cheaper drop drops goes_down comes_down falls below under less_than 降 便宜 跌 低于") && !is_question(t) && !has(t, U"should_i 要不要等");
}
bool seeks(std::u32string_view t) { return has(t, U"看看 看一下 想买 要买 再买 还要 想找 找 有没有 推荐 来一 show_me looking_for look_for do_you_have do_you_sell i_need i_also_need i_also_want recommend find_me find search_for what_about"); }


std::vector<Span> commands(std::u32string_view t) {
    auto out = find_all(t, injections);
    for (auto const& span : find_all(t, U"指令 命令 规则 instruction instructions rule rules prompt")) out.push_back(span);
    return out;
}

std::vector<std::string> policy_topics(std::u32string_view t) {
    std::vector<std::pair<std::size_t, std::string>> found;
    for (auto const& topic : topics)
        if (auto const span = find(t, topic.cues); span && std::ranges::find(found, topic.name, &std::pair<std::size_t, std::string>::second) == found.end()) found.emplace_back(span->begin, topic.name);
    for (auto& service : service_topics(t)) found.emplace_back(t.size(), std::move(service));
    // "Ship it to my sister's address": where it goes is said at the checkout; what sending costs or how long it takes may be asked beside it.
    if (auto const address = asks_address(t)) {
        if (!asks_shipping_cost(t) && !delivery_time(t) && !has(t, U"how_long when 多久 几天 什么时候")) std::erase_if(found, [](auto const& each) { return each.second == "shipping"; });
        found.emplace_back(address->begin, "address");
    }
    if (found.empty() && (asks_delivery_alone(t) || asks_arrival(t))) found.emplace_back(0, "shipping");
    // "How much more for free shipping?": of the basket, and no question of the rules.
    if (asks_what_is_missing(t)) found = {{0, "coupon"}};
    std::ranges::stable_sort(found, {}, &std::pair<std::size_t, std::string>::first);
    // 退货运费, 退款多久到: of the sending back, unless both are asked for.
    if (std::ranges::find(found, "returns", &std::pair<std::size_t, std::string>::second) != found.end() && !has(t, U"和 以及 还有 and also , ，"))
        std::erase_if(found, [](auto const& each) { return each.second == "shipping"; });
    // 退货运费谁出, 没有发票能保吗: of the sending back, of the warranty.
    auto const asked = [&](char const* topic) { return std::ranges::find(found, topic, &std::pair<std::size_t, std::string>::second) != found.end(); };
    if (asks_who_pays(t) && (asked("returns") || asked("warranty"))) std::erase_if(found, [](auto const& each) { return each.second == "shipping"; });
    if ((asked("warranty") || asked("returns")) && has(t, U"没有发票 没发票 发票丢 无发票 without_an_invoice without_the_invoice without_invoice no_invoice lost_the_invoice lost_my_invoice")) std::erase_if(found, [](auto const& each) { return each.second == "invoice"; });
    if (has(t, U"pay_on_delivery cash_on_delivery 货到付款")) std::erase_if(found, [](auto const& each) { return each.second == "shipping"; });
    std::vector<std::string> out;
    for (auto& [at, name] : found) out.push_back(std::move(name));
    return out;
}

std::string policy_topic(std::u32string_view t) {
    auto const all = policy_topics(t);
    return all.empty() ? std::string() : all.front();
}

namespace {
constexpr std::u32string_view grown = U"adult adults adult's grown_up grown_ups grownups 成人 成年人 大人用 大人玩 大人款 大人的";
constexpr std::u32string_view young = U"儿童 宝宝 婴儿 幼儿 小孩 小朋友 男童 女童 学生 小学生 kids kid kid's kids' children children's child toddler toddlers baby boys girls preschool preschooler preschoolers";
}  // namespace

bool for_grown_ups(std::u32string_view t) { return has(t, grown) && !has(t, young); }
bool titled_for_children(std::u32string_view title) { return has(title, young) && !has(title, grown) && !has(title, U"all_ages family 全年龄 亲子"); }

bool asks_if_somebody_is_there(std::u32string_view t) {
    auto const span = find(t, U"is_someone_there is_somebody_there is_anyone_there is_anybody_there is_there_someone is_there_somebody is_there_anyone is_there_anybody anyone_there anybody_there someone_there somebody_there are_you_there are_you_still_there is_anyone_here is_anybody_here is_someone_coming is_somebody_coming is_anyone_coming still_waiting_for_a_person still_waiting_for_someone still_waiting_for_somebody where_is_the_person when_will_someone when_will_somebody when_will_a_person how_long_until_someone how_long_until_somebody 有人吗 有人在吗 有没有人在 有没有人啊 有人没 还在吗 人呢 人在吗 有人来吗 有人接吗 客服呢 人工呢 怎么没人 怎么还没人 还没人来 没人理 多久有人 什么时候有人 什么时候来人");
    if (!span) return false;
    // "Is there someone who can tell me ...", 有人吗，想买鞋: something is asked for beside it.
    auto const rest = std::u32string(t.substr(0, span->begin)) + U" " + std::u32string(t.substr(span->end));
    auto const beside = find_all(rest, U"hello hi hey so and but well yet now please sorry um there here answer answering come reply 你好 您好 喂 请问 现在 那里 那边 这边 那 的 了 吗 呢 啊 呀 吧 在 来 接手 回复 理我 我 到底");
    return without(rest, beside).find_first_not_of(U" ,.?!，。？！~…") == rest.npos;
}

bool asks_what_is_missing(std::u32string_view t) {
    return has(t, U"how_much_more how_many_more how_much_do_i_need how_much_is_missing how_much_is_left how_far_am_i how_far_from how_close_am_i what_is_missing what's_missing what_do_i_need_to_spend 还差多少 差多少 再买多少 还要买多少 还需要买多少 还要多少 再花多少 还要花多少 还得买多少 再凑多少 还差几") &&
           has(t, U"discount discounts offer offers deal deals coupon coupons voucher saving savings save threshold promotion promotions money_off free_shipping free_delivery 优惠 满减 折扣 打折 减 券 下一档 一档 活动 包邮 门槛");
}

bool is_question(std::u32string_view t) {
    return t.find(U'?') != t.npos || t.find(U'？') != t.npos || has(t, U"吗 么 几岁 多长 多高 多重 多宽 多大 多深 多少 什么 几个 几码 多久 有没有 是不是 能不能 可不可以 怎么样 how what which is_it does_it is_this does_this can_it are_they do_they is_the does_the has_it 啥");
}

// "Does the first one fit?", 我穿合身吗: of a body. What fits a bag, a phone or a room is a question of its measures.
bool asks_fit(std::u32string_view t) {
    if (has(t, U"合身吗 合身不 合不合身 穿得下 穿得上 穿得了 我能穿 我穿合适 我穿能 适合我的身材 我的身材能")) return is_question(t) || has(t, U"合不合身 穿得");
    if (!has(t, U"does do will would is are can") || has(t, U"doesn't don't won't does_not do_not if_it if_they bag")) return false;
    for (auto const& span : find_all(t, U"fit fits fitting")) {
        auto rest = t.substr(span.end);
        while (!rest.empty() && rest.front() == U' ') rest.remove_prefix(1);
        if (rest.empty() || rest.front() == U'?' || rest.front() == U'.' || has(rest.substr(0, 8), U"me him her them us") || rest.starts_with(U"my size") || rest.starts_with(U"someone") || rest.starts_with(U"somebody") || rest.starts_with(U"if i")) return true;
    }
    return false;
}

// 要个不一样的, "something different", and nothing that they should be.
static bool asks_for_others(std::u32string_view t) {
    static constexpr std::u32string_view whole[] = {U"要个不一样", U"来个不一样", U"换个不一样", U"看看不一样", U"有没有不一样", U"有不一样", U"something different", U"anything different", U"show me something different"};
    return std::ranges::find(whole, without_end(t)) != std::end(whole);
}

// 这个太大众了, "too common": other ones are wished for. 不太大众的 says what they should be like.
static bool finds_common(std::u32string_view t) {
    for (auto const& span : find_all(t, U"太大众 太常见 太普遍 烂大街 满大街都是 大路货 容易撞款 会撞款 会撞衫 太俗气 没有新意 没新意 too_common too_ordinary too_mainstream too_generic too_basic nothing_special everybody_has everyone_has")) {
        auto const before = t.substr(0, span.begin);
        if (!before.ends_with(U"不") && !before.ends_with(U"别") && !before.ends_with(U"不要") && !before.ends_with(U"not ") && !before.ends_with(U"nothing ")) return true;
    }
    return false;
}

Intent intent(std::u32string_view t, Situation const& s, std::span<Span const> whole) {
    auto const says = [&](std::u32string_view list) { return find_apart(t, list, whole).has_value(); };   // 翻译机 asks for no translation, 人工草坪 for no person
    auto const blank = t.find_first_not_of(U" \t\n\r.,!?。，！？~…") == t.npos;
    if (blank) return Intent::empty;
    if (asks_who(t)) return Intent::help;
    if (asks_if_somebody_is_there(t)) return Intent::person;
    // Whose number it is tells the digits: "my phone number is 138 0013 8000" calls nobody.
    auto const told = telephone(t);
    if (says(person_cues) && !has(t, U"complaints_about any_complaints") && !(told && !has(without(t, {told->span}), person_cues))) return Intent::person;
    if (asks_to_forget(t)) return Intent::forget_me;
    if (asks_what_is_kept(t)) return Intent::recall_me;
    if (says(reset_cues)) return Intent::reset;
    if (asks_to_remember(t)) return Intent::remember_me;
    if ((s.shown > 0 || s.focus == Situation::Focus::product) && asks_returned(t)) return Intent::ask_returned;
    if (asks_progress(t)) return Intent::order_status;
    if (says(cancel_cues)) return Intent::cancel_order;
    if (says(exchange_cues)) return Intent::exchange_goods;
    if (says(return_cues)) return Intent::return_goods;
    // With the number of an order it is about that order and no question of policy.
    bool const numbered = t.find(order_mark) != t.npos;
    // So it is right after an order was shown, unless goods or rules are asked for: "then send it back".
    bool const of_an_order = numbered || (s.order_shown && !seeks(t) && !is_question(t)), bought = of_an_order || has_bought(t);
    if (of_an_order && has(t, U"取消 不要了 cancel")) return Intent::cancel_order;
    if (bought && (wants_another(t) || (alters(t) && !seeks(t)))) return Intent::exchange_goods;
    if (of_an_order && has(t, U"换货 换成 换 exchange swap")) return Intent::exchange_goods;
    if (bought && (tells_a_fault(t) || (tells_a_misfit(t) && !seeks(t) && (!is_question(t) || has(t, U"怎么办 what_do_i_do what_can_i_do what_should_i_do")) && !has(t, U"如果 要是 万一 if")))) return Intent::return_goods;
    if (of_an_order && gives_back(t)) return Intent::return_goods;
    // "Can I send it back?" of the order that was just shown or is named; how and when are questions of the rules.
    if ((numbered || s.order_shown) && !seeks(t) && !asks_rules(t)) {
        if (wants_another(t)) return Intent::exchange_goods;
        if (gives_back(t)) return Intent::return_goods;
    }
    // 碎了，想换一个: nothing else was said, so it is of something that came from here; "my old one is broken" may be a wish for a new one.
    if (t.size() <= 24 && tells_a_fault(t) && wants_another(t) && !seeks(t) && !has(t, U"我的 我家 旧 老 用了 my our old mine")) return Intent::exchange_goods;
    if ((not_arrived(t) || (bought && has(t, U"没发货 没有发货 还没发 未发货 haven't_shipped hasn't_shipped not_shipped not_been_shipped hasn't_been_sent haven't_been_sent not_been_sent"))) && !seeks(t)) return Intent::order_status;
    if (has(t, unwatch_cues)) return Intent::stop_watching;
    if (has(t, watches_cues)) return Intent::list_watches;
    if (has(t, watch_cues) || ((s.shown > 0 || s.focus == Situation::Focus::product) && waits_for_price(t))) return Intent::watch;
    bool const of_the_past = has(t, U"last_month last_week last_year yesterday before earlier recently ever in_the_past a_week_ago a_month_ago 上个月 上周 上星期 去年 昨天 前几天 之前 以前 曾经") && !has(t, U"比之前 比以前 比刚才 有比") && has(t, U"was were has_it have_they did been 便宜 贵 价") && has(t, U"cheaper dearer lower higher less_expensive more_expensive price 便宜 贵 价");
    if (has(t, history_cues) || (of_the_past && (s.shown > 0 || s.focus == Situation::Focus::product) && is_question(t) && !seeks(t))) return Intent::price_history;
    if ((has(t, size_cues) && !has(t, U"feet_are_cold feet_are_always feet_are_freezing feet_are_tired feet_are_sore")) || (has(t, U"what_size which_size") && has(t, U"should_i do_i would_i i_am i'm for_me")) || ((s.shown > 0 || s.focus == Situation::Focus::product) && !bought && asks_fit(t))) return Intent::size_help;
    if (has(t, opinion_cues)) return Intent::ask_opinion;
    if ((says(order_cues) || (numbered && (policy_topic(t).empty() || policy_topic(t) == "shipping" || policy_topic(t) == "returns"))) && !has(t, U"我要下单 checkout")) return Intent::order_status;
    if (has(t, remove_cues)) return Intent::remove_from_basket;
    if (s.shown > 0 && !s.pending.starts_with("errand") && takes_places(t, s.shown)) return Intent::add_to_basket;
    if (s.shown > 1 && !superlative_said(t).empty() && !asks_arrival(t)) return Intent::advise;
    if (says(compare_cues)) return Intent::compare;
    if (says(advise_cues)) return Intent::advise;
    if (has(t, why_cues)) return Intent::why;
    if (s.shown > 0 && !asks_arrival(t) && !has(t, U"can_the could_the will_the would_the does_the do_the") && has(t, U"get_me give_me get i'd_like i_want i'll_go_with go_with 我要 给我 来") && !has(t, U"show see 看 compare") && !references(t, s.shown).ordinals.empty() && references(t, s.shown).ordinals.size() == 1) return Intent::add_to_basket;
    // 第二双吧; 要便宜的那个, "the better rated one please": the choice is made.
    if (s.shown > 0 && t.size() <= 10 && (t.ends_with(U"吧") || t.ends_with(U"吧。")) && references(t, s.shown).ordinals.size() == 1) return Intent::add_to_basket;
    if (s.shown > 0 && points(t) && order(t) && !seeks(t) && (t.starts_with(U"要") || t.starts_with(U"就要") || t.starts_with(U"我要") || t.starts_with(U"那就要") || t.ends_with(U" please") || t.ends_with(U" please."))) return Intent::add_to_basket;
    if (has(t, add_cues) && !has(t, U"take_it_back take_this_back take_that_back take_them_back to_go_with_it to_go_with_this to_go_with_that to_go_with_them 不就要 不要它") && (s.shown > 0 || s.focus == Situation::Focus::product || says(basket_cues))) return Intent::add_to_basket;
    if (s.pending.empty() && (s.shown > 0 || s.focus == Situation::Focus::product) && takes_some(t, s.focus == Situation::Focus::product)) return Intent::add_to_basket;
    if (says(checkout_cues)) return Intent::checkout;
    if (says(basket_cues) || t == U"total" || t == U"total?" || t == U"合计") return Intent::show_basket;
    if (scolds(t, whole)) return Intent::abuse;
    // "A gift-boxed mug under 80", 礼盒装的杯子: what it is like; "can you gift box it" asks.
    auto const topic = policy_topic(t);
    bool const boxed_goods = topic == "gift_wrap" && !is_question(t) && has(t, U"gift_boxed 礼盒装") && !has(t, U"wrap it_gift them_gift 包装 包一下 帮 please");
    if (boxed_goods) return Intent::find;
    if (!topic.empty() && !has(t, U"我想买 想要 looking_for i_want_a")) return Intent::ask_policy;
    if (says(help_cues)) return Intent::help;
    if (says(scope_cues)) return Intent::out_of_scope;
    if (says(more_cues) || asks_for_others(t) || (s.shown > 0 && finds_common(t))) return Intent::more;
    return Intent::find;
}

}  // namespace kindling::dialogue::cues
