// modules/dialogue/wording.cpp -- the templates. No digit may stand in them (a test sees to it). See wording.h.
#include "modules/dialogue/wording.h"
#include <algorithm>
#include <array>

namespace kindling::dialogue {
namespace {

struct Row { Phrase phrase; std::array<std::string_view, 3> en, zh; };
using P = Phrase;
constexpr Row rows[] = {
    {P::hello, {"Hello! Tell me what you are looking for: what it is for, a budget, a size, anything you want to avoid.", "Hi! What can I find for you today? A few words about use, budget or size are enough."}, {"您好！想找什么？说说用途、预算、尺寸，或者不想要的都行。", "您好，我来帮您挑。告诉我想要什么样的、预算多少就可以。"}},
    {P::hello_again, {"Hello again! Shall we go on?"}, {"您好，我们继续看吗？"}},
    {P::thanks, {"You are welcome. Anything else?", "Gladly. Tell me if you want to see more."}, {"不客气，还需要看别的吗？", "不用谢，有需要随时说。"}},
    {P::bye, {"Goodbye, and come back any time."}, {"再见，欢迎随时再来。"}},
    {P::abuse, {"I am sorry this has been frustrating. Tell me what went wrong, or I can bring in a person."}, {"很抱歉让您不愉快。您可以告诉我哪里不对，也可以转人工处理。"}},
    {P::help, {"I find products by use, budget, size, material, colour or brand, compare them, put them into your basket and look up orders. Just say what you need."}, {"我可以按用途、预算、尺寸、材质、颜色、品牌帮您找商品，做对比，加入购物车，也能查订单。直接说需求就行。"}},
    {P::out_of_scope, {"That is outside what I can do here: I help with this shop's products and orders. These are popular right now."}, {"这个我帮不上，我只管这家店的商品和订单。先看看大家常买的吧。"}},
    {P::refuse_command, {"I can only help with the products and orders of this shop; prices and rules are not mine to change."}, {"我只能协助您选购和查询订单，价格和规则不是我能改的。"}},
    {P::empty_message, {"I did not get any text. What are you looking for?"}, {"没有收到文字，您想找什么？"}},
    {P::not_understood, {"I found nothing here for \u201c{echo}\u201d. This shop sells the following; these are popular."}, {"店里没有找到与“{echo}”有关的商品。下面是店里的类目和热门商品。"}},
    {P::found_many, {"{count} products fit: {needs}. My picks:", "For {needs} there are {count}. I would start with these:"}, {"符合“{needs}”的有{count}款，先推荐这几款：", "按“{needs}”找到{count}款，我会先看这几款："}},
    {P::found_few, {"These {count} fit: {needs}."}, {"符合“{needs}”的有这{count}款："}},
    {P::found_one, {"One product fits: {needs}."}, {"符合“{needs}”的正好有一款："}},
    {P::picture_found, {"These look most like your photo:"}, {"这几款和照片最像："}},
    {P::picture_found_within, {"Of what fits {needs}, these look most like your photo:"}, {"在符合“{needs}”的商品里，这几款和照片最像："}},
    {P::picture_far, {"Nothing here looks just like your photo; these come nearest:"}, {"没有和照片很像的商品，这几款最接近："}},
    {P::picture_unlike, {"Nothing in this shop looks like your photo."}, {"店里没有和照片相似的商品。"}},
    {P::picture_none_within, {"Nothing that fits {needs} looks like your photo. These fit, but look different:"}, {"符合“{needs}”的商品里没有和照片相似的。这几款符合条件，但样子不同："}},
    {P::picture_gone, {"Your photo is no longer held here. Please send it again."}, {"照片已不再保留，请重新发送。"}},
    {P::picture_unread, {"I cannot look for photos in this shop yet. Tell me in words what you see."}, {"这家店暂时还不能按照片查找，请用文字告诉我您看到的。"}},
    {P::all_goods, {"Here are popular choices to start with."}, {"先看看大家常买的："}},
    {P::sorted_cheapest, {"Cheapest first."}, {"已按价格从低到高排列。"}},
    {P::suggested, {"These may suit what you describe:"}, {"这几款可能适合您："}},
    {P::more, {"Some more that fit:", "A few others:"}, {"再看几款：", "换一批："}},
    {P::no_more, {"That was everything that fits: {needs}. To see more, loosen one of the conditions."}, {"符合“{needs}”的都在这里了。想看更多，可以放宽一个条件。"}},
    {P::corrected, {"I read \u201c{from}\u201d as \u201c{to}\u201d."}, {"把“{from}”理解为“{to}”。"}},
    {P::relaxed_nearest, {"Nothing has exactly {wanted}. The nearest is {nearest}, marked below."}, {"没有完全符合“{wanted}”的，最接近的是{nearest}，已在下面标明。"}},
    {P::relaxed_without, {"Nothing meets all of it. Without \u201c{wanted}\u201d these fit; what they miss is marked."}, {"没有同时满足全部条件的。放宽“{wanted}”后有下面这些，不符合之处已标明。"}},
    {P::relaxed_unknown, {"The product data here says nothing about \u201c{wanted}\u201d, so I cannot promise it. These fit everything else."}, {"店里的商品资料没有“{wanted}”这一项，我不能保证；下面这些符合其余条件。"}},
    {P::not_exact, {"They do not meet everything; see the marks."}, {"它们不完全符合，差异已标出。"}},
    {P::none_category, {"This shop has no {wanted} that fit; here is what comes nearest."}, {"店里没有符合的{wanted}，下面是最接近的。"}},
    {P::comparative_limit, {"Nothing goes further in that direction: {wanted}. Here is what comes nearest."}, {"没有比这更进一步的了（{wanted}），下面是最接近的。"}},
    {P::foreign_money, {"Prices here are in {currency}, so I have not applied \u201c{echo}\u201d. What is your limit in {currency}?"}, {"店里以{currency}标价，“{echo}”还没有作为限制。您的预算折合{currency}是多少？"}},
    {P::ask_category, {"What kind of thing do you have in mind?"}, {"想看哪一类？"}},
    {P::found_very_many, {"A great many products fit: {needs}. I would start with these:"}, {"符合“{needs}”的商品很多，先推荐这几款："}},
    {P::found_some_words, {"Nothing here has all of this: {needs}. These come nearest:"}, {"没有同时符合“{needs}”的，最接近的是："}},
    {P::found_few_words, {"{count} here fit all of this: {needs}. The others come nearest:"}, {"同时符合“{needs}”的有{count}款，其余是最接近的："}},
    {P::no_more_nearest, {"That was everything that has all of this: {needs}. These come nearest:"}, {"同时符合“{needs}”的都看过了，其余最接近的是："}},
    {P::refusal_unknown, {"No product here speaks of “{echo}”, so there is nothing to leave out for it."}, {"没有商品提到“{echo}”，因此没有可排除的。"}},
    {P::near_in_meaning, {"Nothing here says \u201c{echo}\u201d. These come nearest in meaning:"}, {"没有商品提到“{echo}”，这几款在意思上最接近："}},
    {P::ask_kind, {"Which sort do you have in mind?"}, {"想要哪一种？"}},
    {P::ask_price, {"What budget do you have in mind?"}, {"预算大概在哪个范围？"}},
    {P::ask_attribute, {"Any preference for {attribute}?", "Which {attribute} would you like?"}, {"对{attribute}有偏好吗？", "{attribute}想要哪种？"}},
    {P::ask_variant, {"Which {attribute} shall I put into the basket?"}, {"{attribute}选哪个？"}},
    {P::ask_which, {"Which one do you mean?"}, {"您说的是哪一个？"}},
    {P::ask_order_number, {"Please tell me the order number; it is in the confirmation message."}, {"请告诉我订单号，下单确认信息里有。"}},
    {P::ask_contact, {"To protect your data, please add the e-mail of the order or the last digits of its phone number (four)."}, {"为了保护您的信息，请再提供下单邮箱或手机号后四位。"}},
    {P::ask_reset_done, {"All conditions are cleared. What are you looking for?"}, {"条件已全部清空，想找什么？"}},
    {P::enough_questions, {"You can narrow it down further at any time."}, {"想进一步缩小范围，随时告诉我。"}},
    {P::compare_intro, {"Side by side, differences first:"}, {"对比如下，差异在前："}},
    {P::compare_cheaper, {"The cheaper one is \u201c{title}\u201d at {price}."}, {"更便宜的是“{title}”，{price}。"}},
    {P::compare_same_price, {"They cost the same: {price}."}, {"价格相同，都是{price}。"}},
    {P::compare_rating, {"Best rated: \u201c{title}\u201d ({rating})."}, {"评价更好的是“{title}”（{rating}分）。"}},
    {P::compare_need_two, {"Tell me which two, for example the first and the second."}, {"请说要比较哪两个，比如第一个和第二个。"}},
    {P::added, {"Done: {quantity} × \u201c{title}\u201d{variant} is in your basket.", "I put {quantity} × \u201c{title}\u201d{variant} into your basket."}, {"已加入购物车：“{title}”{variant} × {quantity}。"}},
    {P::not_in_stock, {"\u201c{title}\u201d{variant} cannot be bought in that quantity right now. These are similar and in stock."}, {"“{title}”{variant}目前没有足够库存。下面是有货的相近商品。"}},
    {P::basket_is, {"Your basket:"}, {"您的购物车："}},
    {P::basket_empty, {"Your basket is empty. These are popular right now."}, {"购物车还是空的，先看看热门商品。"}},
    {P::removed, {"Removed. Your basket now:"}, {"已移除，现在的购物车："}},
    {P::checkout, {"Here is your basket; the button leads to the checkout."}, {"这是您的购物车，点按钮去结算。"}},
    {P::checkout_empty, {"There is nothing in your basket yet. These are popular right now."}, {"购物车里还没有商品，先看看热门的。"}},
    {P::variant_gone, {"\u201c{title}\u201d does not come that way. It is available as:"}, {"“{title}”没有这个规格，可选："}},
    {P::fact_price, {"\u201c{title}\u201d costs {price}."}, {"“{title}”{price}。"}},
    {P::fact_price_range, {"\u201c{title}\u201d costs {price} to {price_to}, depending on the variant."}, {"“{title}”按规格{price}到{price_to}。"}},
    {P::fact_in_stock, {"\u201c{title}\u201d is {stock}."}, {"“{title}”{stock}。"}},
    {P::fact_out_of_stock, {"\u201c{title}\u201d is {stock}."}, {"“{title}”{stock}。"}},
    {P::fact_value, {"\u201c{title}\u201d – {attribute}: {value}."}, {"“{title}”的{attribute}：{value}。"}},
    {P::fact_values, {"\u201c{title}\u201d – {attribute}: {value}."}, {"“{title}”的{attribute}：{value}。"}},
    {P::fact_has, {"Yes: \u201c{title}\u201d – {attribute}: {value}."}, {"有的，“{title}”的{attribute}：{value}。"}},
    {P::fact_has_not, {"No, not according to the product data of \u201c{title}\u201d."}, {"没有，“{title}”的资料里不含这一项。"}},
    {P::fact_has_not_but, {"No: \u201c{title}\u201d – {attribute}: {value}."}, {"不是，“{title}”的{attribute}：{value}。"}},
    {P::fact_quote, {"The description of \u201c{title}\u201d says: \u201c{quote}\u201d"}, {"“{title}”的商品介绍写着：“{quote}”"}},
    {P::fact_unknown, {"The data of \u201c{title}\u201d does not say. I would rather not guess; a person from the shop can find out."}, {"“{title}”的资料没有提到这一点，我不乱猜，可以请店里的人确认。"}},
    {P::fact_which, {"About which product? Here is what we looked at."}, {"您问的是哪一款？刚才看的是这些。"}},
    {P::opinion_none, {"Nobody has reviewed \u201c{title}\u201d yet."}, {"“{title}”还没有评价。"}},
    {P::opinion_rated, {"\u201c{title}\u201d has {count} reviews, {rating} stars on average."}, {"“{title}”有{count}条评价，平均{rating}分。"}},
    {P::opinion_aspect, {"{aspect}: {count} speak of it, {praise} only well."}, {"{aspect}：{count}条谈到，其中{praise}条只有好评。"}},
    {P::opinion_said, {"One buyer wrote: \u201c{quote}\u201d"}, {"有买家说：“{quote}”"}},
    {P::opinion_said_too, {"Another: \u201c{quote}\u201d"}, {"也有人说：“{quote}”"}},
    {P::opinion_silent, {"In words, they judge nothing in particular."}, {"文字里没有谈到具体方面。"}},
    {P::opinion_basis, {"Counted by a word list from what they wrote; the quotes are their own words."}, {"以上按词表从评价文字中统计，引文为买家原话。"}},
    {P::policy_is, {"{policy}"}, {"{policy}"}},
    {P::policy_unknown, {"The shop has not written down its rules on that yet, and I will not make them up. A person can answer; meanwhile I can help you find something."}, {"店里还没有写明这方面的规则，我不会编。可以请人工答复，选购方面我可以继续帮您。"}},
    {P::person, {"I have noted that you would like to talk to a person; somebody from the shop will take over here."}, {"已记录您需要人工服务，店里的同事会在这里接手。"}},
    {P::order_found, {"Order {order}: {status}."}, {"订单{order}：{status}。"}},
    {P::order_none, {"I could not find an order that matches both the number and the contact. Please check them; a person can help as well."}, {"没有找到与订单号和联系方式都相符的订单，请核对一下，也可以转人工。"}},
    {P::order_mine_none, {"I see no orders on your account. If you ordered without signing in, tell me the order number."}, {"您的账户里没有订单。若是未登录下的单，请告诉我订单号。"}},
    {P::why_intro, {"Here is why, from the product data:"}, {"推荐理由都来自商品资料："}},
    {P::why_one, {"\u201c{title}\u201d: {reasons}."}, {"“{title}”：{reasons}。"}},
    {P::reset_done, {"All conditions are cleared. What are you looking for?"}, {"条件已全部清空，想找什么？"}},
    {P::words_unknown, {"The product data says nothing about \u201c{echo}\u201d, so I could not take it into account."}, {"商品资料里没有提到“{echo}”，这一点没有作为条件。"}},
    {P::preferred_first, {"Taken as a preference, not as a condition: {wanted}. {count} of them have it all and come first."}, {"“{wanted}”当作偏好，不当作硬条件：全部符合的有{count}款，排在前面。"}},
    {P::preferred_nearest, {"Taken as a preference, not as a condition: {wanted}. None has all of it; what comes nearest stands first."}, {"“{wanted}”当作偏好，不当作硬条件：没有全部符合的，最接近的排在前面。"}},
    {P::preferred_none, {"You would prefer \u201c{wanted}\u201d; nothing that fits has it according to the product data, so the order is by the rest."}, {"您希望“{wanted}”，但符合条件的商品资料里都没有，所以按其余方面排序。"}},
    {P::occasion_kinds, {"For \u201c{echo}\u201d, this is what the shop has, one of each kind:"}, {"“{echo}”用得上的，店里有这几类，每类先推荐一款："}},
    {P::occasion_kind, {"For \u201c{echo}\u201d, the shop has these:"}, {"“{echo}”用得上的，店里有这些："}},
    {P::occasion_none, {"Nothing here is made for \u201c{echo}\u201d; of what the shop has, these are liked:"}, {"店里没有专门适合“{echo}”的商品；现有商品中这些较受欢迎："}},
    {P::occasion_gift, {"I picked among what goes with \u201c{echo}\u201d:"}, {"从适合“{echo}”的商品里选："}},
    {P::currency_confirm, {"Prices here are in {currency}. Do you mean {amount} where you said \u201c{echo}\u201d? Until you say so it is no limit."}, {"店里以{currency}标价。您说的“{echo}”是指{amount}吗？您确认之前，先不作为限制。"}},
    {P::currency_unsaid, {"Then what is your limit in {currency}?"}, {"那您的预算折合{currency}是多少？"}},
    {P::not_sold, {"I see no {echo} in this shop."}, {"店里没有看到“{echo}”。"}},
    {P::not_sold_nearest, {"I see no {echo} in this shop. The nearest kind it has is {kind}:"}, {"店里没有看到“{echo}”，最接近的品类是{kind}："}},
    {P::size_converted, {"{from} is about {to} by the usual shoe tables; brands differ."}, {"{from}按通用鞋码表约为{to}；各品牌略有出入。"}},
    {P::superlative_unknown, {"The data does not say which is \u201c{echo}\u201d. What it does say of these:"}, {"商品资料里看不出哪个“{echo}”，能比较的是这些："}},
    {P::comparison_unknown, {"The data of these goods does not let me compare that (\u201c{echo}\u201d), so it is no condition."}, {"这类商品的资料里没有可比较的数据（“{echo}”），这一点没有作为条件。"}},
    {P::no_order_number, {"Without the number I cannot open an order here: signed in, you see your orders under your account; or somebody from the shop looks it up for you in this talk."}, {"没有订单号，这里无法打开订单：登录后可在“我的订单”里看到；也可以由店里的同事在这里帮您查。"}},
    {P::bundle_found, {"One of each, the best that go together for {total}:"}, {"每样一件，合计{total}："}},
    {P::bundle_within, {"One of each within {limit}: together {total}, {left} to spare."}, {"总预算{limit}内每样一件：合计{total}，还剩{left}。"}},
    {P::bundle_above, {"Even the cheapest set costs more than {limit}: together {total}, {over} above it. Raise the limit, or leave one thing out."}, {"最便宜的一套也超过{limit}：合计{total}，超出{over}。可以提高预算，或者去掉其中一样。"}},
    {P::trade_off_intro, {"Of the {count} that fit, these are the ones nothing beats; each gives up something for something else."}, {"符合的{count}款里，这几款各有所长，没有别的能全面胜过它们："}},
    {P::trade_off_one, {"Nothing that fits beats \u201c{title}\u201d in price, rating or sales: I would take it."}, {"符合条件的商品里，“{title}”在价格、评分、销量上都不输别的，我会选它。"}},
    {P::trade_off_cheapest, {"Cheapest: \u201c{title}\u201d at {price}."}, {"最便宜的是“{title}”，{price}。"}},
    {P::trade_off_rated, {"Best rated: \u201c{title}\u201d ({rating}), {extra} more."}, {"评分最高的是“{title}”（{rating}分），贵{extra}。"}},
    {P::trade_off_seller, {"Most bought: \u201c{title}\u201d, {extra} more than the cheapest."}, {"卖得最多的是“{title}”，比最便宜的贵{extra}。"}},
    {P::trade_off_balanced, {"A fair middle: \u201c{title}\u201d, {extra} more, rated {rating}."}, {"比较均衡的是“{title}”，贵{extra}，评分{rating}。"}},
    {P::basket_corrected, {"Corrected:"}, {"已更正："}},
    {P::this_one, {"You mean \u201c{title}\u201d:"}, {"您说的是“{title}”："}},
    {P::none_fits, {"None meets everything. What may give?"}, {"没有全部符合的。哪一条可以放宽？"}},
    {P::elsewhere, {"If none of it may give, this shop is not the right place for it; better look elsewhere than settle."}, {"如果都不能放宽，本店暂时没有合适的，建议去别处看看，不必将就。"}},
    {P::contradiction, {"\u201c{wanted}\u201d cannot hold together, so I left it out. Which of the two counts?"}, {"“{wanted}”不能同时成立，这个条件先没有用上。以哪个为准？"}},
    {P::errand_which, {"Which of these is it about?"}, {"是哪一件？"}},
    {P::errand_reason, {"What is the reason? It helps the shop to do better."}, {"原因是什么？这能帮店里改进。"}},
    {P::errand_confirm, {"Shall I send the request?"}, {"确认提交吗？"}},
    {P::errand_of, {"About \u201c{item}\u201d; reason: {reason}."}, {"商品：“{item}”；原因：{reason}。"}},
    {P::errand_again, {"I could not take that as an answer. Choose one of these, or say \u201cnever mind\u201d."}, {"这句没能当作回答。请选一个，或者说“不用了”。"}},
    {P::errand_stuck, {"We are not getting anywhere; somebody from the shop will settle it with you here. You can still choose below."}, {"这样说不清，店里的同事会在这里帮您处理；您也仍可在下面选择。"}},
    {P::exchange_same, {"You get the same one again."}, {"换同款同规格的一件新的。"}},
    {P::exchange_to, {"You get it in {variant}."}, {"换成：{variant}。"}},
    {P::exchange_not, {"It cannot be had in {wanted} right now."}, {"“{wanted}”目前没有可换的。"}},
    {P::exchange_none, {"Nothing that it could be exchanged for is in stock, so this would be a return."}, {"目前没有可换的库存，这里改为退货。"}},
    {P::errand_nothing, {"There is nothing left to return in order {order}."}, {"订单{order}里没有可以退换的商品了。"}},
    {P::errand_requested, {"Your return request {request} for \u201c{item}\u201d is with the shop. Its answer will appear in this talk; nothing is refunded before."}, {"“{item}”的退货申请{request}已提交给店家，结果会在这里告诉您，店家同意后才会退款。"}},
    {P::exchange_requested, {"Your exchange request {request} for \u201c{item}\u201d is with the shop. Its answer will appear in this talk."}, {"“{item}”的换货申请{request}已提交给店家，结果会在这里告诉您。"}},
    {P::exchange_which, {"What shall it be exchanged for?"}, {"想换成哪个规格？"}},
    {P::cancel_confirm, {"Order {order} has not been sent yet. Cancel it?"}, {"订单{order}还没有发货，确认取消吗？"}},
    {P::cancelled, {"Order {order} is cancelled; the goods are back on the shelf."}, {"订单{order}已取消，商品已退回库存。"}},
    {P::cannot_cancel, {"Order {order} is {status}, so it cannot be cancelled any more. You can return it instead."}, {"订单{order}{status}，已不能取消，可以改为退货。"}},
    {P::errand_refused, {"That did not work: a person from the shop will look at it."}, {"没有办成，店里的同事会来处理。"}},
    {P::errand_dropped, {"All right, nothing was sent."}, {"好的，没有提交任何申请。"}},
    {P::with_person, {"Somebody from the shop is answering here; I have passed your words on. Say \u201cback to the guide\u201d to go on with me."}, {"店里的同事正在这里为您服务，您的话已转达。说“回到导购”可以继续和我聊。"}},
    {P::back_to_guide, {"I am back. What are you looking for?"}, {"我回来了，想找什么？"}},
    {P::remember_sign_in, {"I only remember for people who are signed in, because it has to be yours to see and to delete. For this talk I keep it in mind."}, {"只有登录后我才能长期记住，这样您随时可以查看和删除。本次对话里我会记着。"}},
    {P::remember_nothing, {"I did not find anything in this that I could keep: say it with the goods, for example \u201cremember that I wear size M\u201d."}, {"这句话里没有能记的偏好，可以这样说：“记住我穿38码”。"}},
    {P::remember_consent, {"Shall I remember this for your next visits: {needs}? You can see it and delete it at any time."}, {"要我以后都记住吗：{needs}？您随时可以查看和删除。"}},
    {P::remembered, {"I will remember: {needs}. Say \u201cwhat do you remember about me\u201d to see it and \u201cforget me\u201d to delete it."}, {"已记住：{needs}。说“你记得我什么”可以查看，说“忘记我”可以删除。"}},
    {P::not_remembered, {"All right, I keep nothing beyond this talk."}, {"好的，这次对话之外我不会保留。"}},
    {P::recall, {"This is what I remember about you: {needs}. Nothing else of your talks is used for it."}, {"我记得您的偏好：{needs}。除此之外没有别的。"}},
    {P::recall_nothing, {"I remember nothing about you beyond this talk."}, {"除了这次对话，我没有保存您的任何偏好。"}},
    {P::recall_off, {"I remember nothing about you: you have not agreed to it, and guests are never remembered."}, {"我没有保存您的任何偏好：需要登录并经您同意才会记住。"}},
    {P::forgotten, {"Forgotten: what I remembered about you is deleted."}, {"已忘记，之前记住的偏好都删除了。"}},
    {P::from_memory, {"From what you asked me to remember: {needs}. Take it away at any time."}, {"按您让我记住的偏好加上了：{needs}，可以随时移除。"}},
    {P::watch_which, {"Which one shall I watch?"}, {"要关注哪一款？"}},
    {P::watching_price, {"I will tell you here when \u201c{title}\u201d costs {target} or less. Now it costs {price}."}, {"“{title}”降到{target}或更低时，我会在这里告诉您。现在是{price}。"}},
    {P::watching_stock, {"I will tell you here when \u201c{title}\u201d can be bought again."}, {"“{title}”到货时，我会在这里告诉您。"}},
    {P::watch_in_stock, {"\u201c{title}\u201d can be bought right now."}, {"“{title}”现在就有货。"}},
    {P::watch_no, {"I cannot keep alerts here right now; a person from the shop can note it."}, {"这里暂时不能设置提醒，可以请店里的同事记下。"}},
    {P::watch_list, {"You are waiting for:"}, {"您正在等："}},
    {P::watch_none, {"You are not waiting for anything."}, {"您没有设置提醒。"}},
    {P::watch_stopped, {"Stopped: no alert is left."}, {"已取消，没有提醒了。"}},
    {P::watch_price_came, {"Good news: \u201c{title}\u201d now costs {price}."}, {"好消息：“{title}”现在{price}了。"}},
    {P::watch_stock_came, {"Good news: \u201c{title}\u201d is in stock again."}, {"好消息：“{title}”到货了。"}},
    {P::history_now, {"\u201c{title}\u201d costs {price} today."}, {"“{title}”今天{price}。"}},
    {P::history_lowest, {"Its lowest price of the last {days} days was {low}."}, {"近{days}天最低{low}。"}},
    {P::history_is_lowest, {"That is its lowest price of the last {days} days."}, {"这是近{days}天的最低价。"}},
    {P::history_short, {"The shop's price records for it begin on {date}; I cannot say what it cost before."}, {"店里的价格记录从{date}开始，更早的价格我不清楚。"}},
    {P::history_none, {"The shop has no price records for it."}, {"店里没有它的价格记录。"}},
    {P::history_future, {"What it will cost later I do not know; I can tell you when it falls."}, {"以后会不会降我不知道，降价时可以通知您。"}},
    {P::size_from_foot, {"A foot of {foot} is size {size} by the usual shoe table; brands differ, so mind what buyers say."}, {"脚长{foot}，按通用鞋码表是{size}码；各品牌略有出入，可参考买家评价。"}},
    {P::size_no_such, {"\u201c{title}\u201d does not come in size {size}."}, {"“{title}”没有{size}码。"}},
    {P::size_available, {"Sizes of \u201c{title}\u201d that can be bought: {value}."}, {"“{title}”有货的尺码：{value}。"}},
    {P::size_from_body, {"By the shop\u2019s size table for these, {body} is {size}."}, {"按店里这类商品的尺码表，{body}对应{size}。"}},
    {P::size_by_each, {"The shop\u2019s size table for these says different sizes: {size}. The larger one sits looser."}, {"店里这类商品的尺码表给出的尺码不一致：{size}。选大一号会宽松些。"}},
    {P::size_beyond, {"The shop\u2019s size table for these does not reach {body}."}, {"店里这类商品的尺码表没有覆盖{body}。"}},
    {P::size_no_chart, {"The shop keeps no size table for these, so I cannot tell a size from a body\u2019s measures."}, {"这类商品店里没有尺码表，无法按身材推荐尺码。"}},
    {P::size_said, {"Of its size a buyer wrote: \u201c{quote}\u201d"}, {"关于尺码，有买家说：“{quote}”"}},
    {P::size_returns, {"Of {sold} sold, {back} came back because of the size."}, {"卖出{sold}件，其中{back}件因尺码退回。"}},
    {P::size_few, {"Too few were sold to say how the size turns out."}, {"卖出的还不多，尺码准不准暂时说不好。"}},
    {P::size_unknown, {"The product data holds no body measurements for these sizes, so I will not guess which one fits you."}, {"商品资料里没有对应的身材数据，哪个码合身我不乱猜。"}},
    {P::promotion_runs, {"Running now: {offer}."}, {"正在进行：{offer}。"}},
    {P::promotion_code, {"With the code {code}: {offer}."}, {"优惠码{code}：{offer}。"}},
    {P::promotion_now, {"Your basket gets {off} off; its goods come to {total}."}, {"购物车已优惠{off}，商品合计{total}。"}},
    {P::promotion_more, {"Add {missing} more and another {gain} comes off ({offer})."}, {"再买{missing}可再省{gain}（{offer}）。"}},
    {P::promotion_more_units, {"Add {missing} more for: {offer}."}, {"再买{missing}件即可享受：{offer}。"}},
    {P::promotion_add_on, {"With \u201c{title}\u201d the goods come to {total}: {extra} more than now."}, {"加上“{title}”，商品合计{total}，只比现在多{extra}。"}},
    {P::promotion_add_on_same, {"With \u201c{title}\u201d the goods come to {total}, just as now."}, {"加上“{title}”，商品合计{total}，与现在相同。"}},
    {P::promotion_add_on_less, {"With \u201c{title}\u201d the goods come to {total}: {extra} less than now."}, {"加上“{title}”，商品合计{total}，反而比现在少{extra}。"}},
    {P::gift_intro, {"For a present I would look at these, each of another kind:"}, {"送礼可以看看这几样，每样一个品类："}},
    {P::gift_for, {"For a present for {recipient} I would look at these, each of another kind:"}, {"送{recipient}的话，可以看看这几样，每样一个品类："}},
    {P::ask_recipient, {"Whom is it for?"}, {"送给谁？"}},
    {P::nothing_on_sale, {"This shop has nothing on sale yet."}, {"店里还没有上架商品。"}},
};

}  // namespace

void Spoken::say(Phrase phrase, Locale locale, std::int64_t turn, std::vector<Slot> const& slots) {
    for (auto const& row : rows) {
        if (row.phrase != phrase) continue;
        auto const& templates = locale == Locale::zh ? row.zh : row.en;
        auto const count = static_cast<std::int64_t>(std::count_if(templates.begin(), templates.end(), [](std::string_view t) { return !t.empty(); }));
        auto const pattern = templates[static_cast<std::size_t>((turn % count + count) % count)];
        if (!text.empty() && locale == Locale::en) text += ' ';
        for (std::size_t i = 0; i < pattern.size();) {
            if (pattern[i] != '{') { text += pattern[i++]; continue; }
            auto const end = pattern.find('}', i);
            auto const wanted = pattern.substr(i + 1, end - i - 1);
            for (auto const& slot : slots)
                if (slot.name == wanted) {
                    if (!slot.text.empty()) facts.push_back({slot.kind, static_cast<std::int64_t>(text.size()), static_cast<std::int64_t>(text.size() + slot.text.size()), slot.product_id, slot.sku, slot.attribute});
                    text += slot.text;
                    break;
                }
            i = end + 1;
        }
        return;
    }
}

std::string_view status_word(std::string_view status, Locale locale) {
    struct Word { std::string_view status; Text text; };
    static constexpr Word words[] = {{"placed", {"placed, waiting for payment", "已下单，待付款"}}, {"paid", {"paid, being prepared", "已付款，正在备货"}}, {"shipped", {"on its way", "已发货，运输中"}}, {"delivered", {"delivered", "已送达"}}, {"cancelled", {"cancelled", "已取消"}}, {"returned", {"returned", "已退货"}}};
    for (auto const& w : words)
        if (w.status == status) return w.text.in(locale);
    return status;
}

}  // namespace kindling::dialogue
