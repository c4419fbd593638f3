// modules/dialogue/cues.h -- the small words that turn mentions into meaning: intents, negation, ordinals, comparison, order.
//
// Tables in both languages over normalised text with '-' read as a blank. Han cues match anywhere, Latin cues whole words.
#pragma once
#include "modules/dialogue/understand.h"

namespace kindling::dialogue::cues {

struct Span { std::size_t begin = 0, end = 0; };

// The parts of a list of cues, made once: its address names it, so it must be a literal. One to a thread.
std::vector<std::u32string> const& words_of(std::u32string_view cues);
std::u32string_view trimmed(std::u32string_view text);              // of blanks and stops at both ends
bool one_of(std::u32string_view word, std::u32string_view cues);   // the word is one of them
bool letter(char32_t);  // Latin, or a digit

// The first place where one of the blank-separated cues ('_' a blank) stands; nothing when none does.
std::optional<Span> find(std::u32string_view text, std::u32string_view cues, std::size_t from = 0);
// A word that is no literal list: a label of the catalogue, a word of the owner's. Not empty.
std::optional<Span> find_word(std::u32string_view text, std::u32string_view word, std::size_t from = 0);
inline bool has_word(std::u32string_view text, std::u32string_view word) { return find_word(text, word).has_value(); }
inline bool has(std::u32string_view text, std::u32string_view list) { return find(text, list).has_value(); }
std::vector<Span> find_all(std::u32string_view text, std::u32string_view cues);
// The same, but not out of a longer word (words_here.h): 不对 is no cue in 不对称. `whole`: these words.
std::optional<Span> find_apart(std::u32string_view text, std::u32string_view cues, std::span<Span const> whole);

Intent intent(std::u32string_view text, Situation const&, std::span<Span const> whole = {});
std::string policy_topic(std::u32string_view text);              // the first of them
std::vector<std::string> policy_topics(std::u32string_view text);  // in the order of the words
bool asks_shipping_cost(std::u32string_view text);                 // of a text about shipping: what it costs, and not how long it takes or where to
std::optional<Span> asks_address(std::u32string_view text);        // to whom it is to be sent: "ship it to my sister's address", 寄到我妈家 (cues_delivery.cpp)
// By when something is to arrive or to leave: "that ships today", 周五前送到 (cues_delivery.cpp).
std::optional<Span> delivery_time(std::u32string_view text);
bool asks_delivery_alone(std::u32string_view text);   // and of nothing else
// Of what the shop does with goods and what was said before (cues_service.cpp).
std::vector<std::string> service_topics(std::u32string_view text);   // "installation", "customising": 包安装吗, "can I get it engraved"
bool asks_who_pays(std::u32string_view text);        // for the way back or a repair
bool tells_how_long_ago(std::u32string_view text);   // 买了十个月, "bought it a year ago"
bool asks_what_was_said(std::u32string_view text);   // by the shopper, in this talk
bool wants_money_back(std::u32string_view text);
bool suspicious(std::u32string_view text);
bool asks_who(std::u32string_view text);        // "are you a robot?"; "what are you watching?" asks for something else
bool tells_a_fault(std::u32string_view text);   // 碎了, "arrived broken"
bool tells_a_misfit(std::u32string_view text);  // 太小了, "do not fit": of what was bought a reason, of what is looked at a wish
bool has_bought(std::u32string_view text);      // 我买的, "you sent"
bool wants_another(std::u32string_view text);   // of what was bought: 想换一个, "replace it"
bool takes_some(std::u32string_view text, bool again);   // 加两个, "two sets please": how many of what is looked at, and nothing else; again: 再来个一样的 too, of one that is in view
std::u32string_view without_end(std::u32string_view text);   // without the marks, particles and courtesies that it ends in
bool same_again(std::u32string_view text);      // ends in 一样的, 同款, "the same": of what was taken
bool alters(std::u32string_view text);          // 想改成黑色, "change it to": of an order
bool just_ordered(std::u32string_view text);
bool gives_back(std::u32string_view text);      // 退货, "return it"
bool asks_returned(std::u32string_view text);   // 退货率高吗, "do people send it back?": of others and of goods, and not how it is done
bool asks_rules(std::u32string_view text);      // how, what, who: of a rule and not of one's own order
// A telephone number that somebody tells, its word included ("my phone number is 138 0013 8000"), and the digits of it; nothing where the last four are told.
struct Telephone { Span span; std::string digits; };
std::optional<Telephone> telephone(std::u32string_view text);
// 不知道订单号怎么办, "I can't find the number"; `asked`: the guide has just asked for one, so "I don't have it" says so, too.
bool has_no_order_number(std::u32string_view text, bool asked);
bool not_arrived(std::u32string_view text);     // 没收到, "never arrived"
bool waits_for_price(std::u32string_view text);
bool asks_progress(std::u32string_view text);   // how far one's own return, exchange or refund is
bool seeks(std::u32string_view text);           // 看看, "show me"
bool speaks(std::u32string_view text);          // to somebody, of oneself or of somebody else: no words typed into a search box
bool scolds(std::u32string_view text, std::span<Span const> whole = {});   // abuse, and 滚 by itself (cues_temper.cpp)
std::vector<Span> rude_words(std::u32string_view text);   // of somebody who scolds and asks for something all the same
std::vector<Span> courtesies(std::u32string_view text);   // thanks, greetings: no word to look for
std::vector<Span> commands(std::u32string_view text);   // of a suspicious text: what speaks to the machine and names no goods
bool for_grown_ups(std::u32string_view);               // "for adults", 成人款, and children are not spoken of
bool titled_for_children(std::u32string_view title);   // and not for grown-ups or everybody as well
bool asks_if_somebody_is_there(std::u32string_view);  // "is someone there?", 有人吗
bool asks_what_is_missing(std::u32string_view);       // to the next discount: "how much more do I need", 还差多少才减
bool is_question(std::u32string_view text);
std::optional<Order> order(std::u32string_view text);
std::vector<Comparative> comparatives(std::u32string_view text, std::vector<Span>& used);
// "the … one", "那个便宜的": the words point at one of those shown.
bool points(std::u32string_view text);
bool corrects(std::u32string_view text, std::span<Span const> whole = {});
// Where what is said in place of something begins, behind the words that take it back ("no, sorry, …", 不对，我说的是…); `from`: nothing is taken back.
std::size_t behind_what_takes_back(std::u32string_view text, std::size_t from);
// "Under 300, sorry, 500": what was said, and what is said in its place (cues_correction.cpp).
std::optional<std::pair<Span, Span>> corrects_itself(std::u32string_view text);
bool puts_back(std::u32string_view text);   // "undo that", 换回原来的: of the basket
// 换大一号, "one size down": where it is said, and in which direction the size that is wanted lies (cues_sizes.cpp). told: of what came ("it is a size too big");
// step 0: what was ordered, where another size was sent.
struct SizeStep { Span span; int step = 0; bool told = false; };
std::optional<SizeStep> size_step(std::u32string_view text);
bool speaks_of_the_other(std::u32string_view text);
// Of what the guide keeps of somebody (cues_memory.cpp). agreed, declined: how much of the text is a yes or a no, and nothing else; 0: none of it.
bool asks_to_forget(std::u32string_view text);
bool asks_what_is_kept(std::u32string_view text);
bool asks_to_remember(std::u32string_view text);
std::size_t agreed(std::u32string_view text);
std::size_t declined(std::u32string_view text);
// "in total", "一共", "搭一套": one budget, or one purchase, for several things.
std::optional<Span> together(std::u32string_view text);
// "Which is the hardest", 哪个最好清洗: the superlative that is asked for, as it was said; empty: none.
std::u32string superlative_said(std::u32string_view text);
// What is said narrows what was asked for before: "with a case", 带摄像头的; a new wish names its goods anew.
bool refines(std::u32string_view text);
// "The widest", 最轻的: of those shown.
std::vector<Comparative> superlatives(std::u32string_view text);
// "Is the cheapest one waterproof?", 最便宜的那款防水吗: the words that point at the most of something, and whether a word ends them ("one", 那款) (cues_asked.cpp).
struct PointedAt { Span span; bool ended = false; };
std::optional<PointedAt> pointed_at_extreme(std::u32string_view text);
bool asks_of_goods(std::u32string_view text);   // "can I assemble it myself", 跑步戴会掉吗: of the goods in view, and no wish for others
bool asks_arrival(std::u32string_view text);    // "when would the first one arrive", 哪个到得最快
struct PlaceSaid { int n = 0; Span span; };
struct References { std::vector<int> ordinals, refused; bool focus = false; std::vector<Span> spans; std::vector<PlaceSaid> places; };  // refused: "not the first one"; places: where each of the ordinals is said
References references(std::u32string_view text, std::size_t shown);
// "3 of the first one and 2 of the third": how many of each place, in the order in which they are said; empty: no number is said of a place (cues_places.cpp).
std::vector<PlaceCount> counts_of_places(std::u32string_view text, std::size_t shown);
bool takes_places(std::u32string_view text, std::size_t shown);   // nothing is said but places, how many of them, and that they are taken: 第一个要三个，第三个要两个
bool joins_places(std::u32string_view text, Span joint);          // the "and" of "the first and two of the third"
// Is the mention at [begin, end) refused? `mentions`: all mentions, so that "red or black" after "not" counts for both.
bool negated(std::u32string_view text, Span mention, std::span<Span const> mentions);
// What is said behind it refuses it: "black is a no-go", 黑色免谈, "Black? No thanks." (cues_refusal.cpp)
bool refused_behind(std::u32string_view text, Span mention, std::span<Span const> mentions);
// Said of goods of a kind it refuses them ("mugs are boring", 杯子太普通了).
inline constexpr std::u32string_view wearying = U"boring dull ugly naff tacky lame overdone overrated old_hat pointless meh nah yawn cliche cliché predictable unoriginal sorry ugh 没意思 无聊 普通 俗气 俗 太土 土气 腻 腻了 看腻了 不好玩 没新意 常见 没劲 老套 送过了 送过 送腻了 没创意";
// A word of refusal in the clause of the mention that no rule has read as the refusal of something: what is meant is not known, and it is no wish.
// `settled`: what is understood otherwise (amounts, other refusals, goods); a refusal that has one of these for its object is read.
bool doubtful(std::u32string_view text, Span mention, std::span<Span const> settled);
// How many characters of the beginning are a Chinese word that goods are spoken of with; 0: none of two or more.
std::size_t known_word(std::u32string_view text);
// Content words that are left after the spans are taken out and function words dropped.
std::u32string without(std::u32string_view text, std::vector<Span> const& used);   // blanks in their places
std::string remainder(std::u32string_view text, std::vector<Span> used, std::span<Span const> whole = {});
std::u32string const* small_word_read_as(std::string_view pinyin);   // 我要 of "woyao": of the words that hold a sentence together, people and presents; null: none
std::u32string const* limit_read_as(std::string_view pinyin);   // what stands behind an amount: 以下 of "yixia"
bool holds_together(std::u32string_view han);   // made of function words alone: 还有, 的话
// What is said beside a wish (cues_subject.cpp): of oneself (我个子小, "I have small hands"); what the goods must hold ("it must hold two monitors", 要放得下两个显示器), with the words
// that say so; that somebody has them ("he has loads of those"); whose work they are ("by the same author"); "the first in a saga", which is no place in a list.
std::vector<Span> remarks_of_oneself(std::u32string_view text);
std::vector<Span> must_hold(std::u32string_view text);
std::vector<Span> has_of_them(std::u32string_view text);
std::vector<Span> by_the_same_hand(std::u32string_view text);
std::vector<Span> first_of_a_series(std::u32string_view text);
// The word that stands for the goods that are talked about, behind the name of a thing: the "one" of "a cleaning kit for one", the 它 of 给它配个架子.
std::optional<Span> stands_for_the_goods(std::u32string_view text);
bool among_the_goods(std::u32string_view text);       // "the concert ones", "a wooden one"
bool needs_the_feature(std::u32string_view text);     // "I need the big plug", "if possible"
bool for_somebody_else_now(std::u32string_view text); // "and something wooden for the little one"
// "Back to the clip-on ones": the words that say so, and what it goes back to.
std::optional<std::pair<Span, Span>> goes_back(std::u32string_view text);
// Of "headphones for my digital piano" or "a bag that fits a keyboard" the thing itself, as remainder() has it; empty: nothing is said that it is for.
std::string thing_meant(std::u32string_view text, std::vector<Span> const& used, std::span<Span const> whole = {});
// What a search box was asked for, limits taken out: names, kinds and values stay, what only holds a sentence together goes ("我想买个…", "show me some").
// Text that speaks to nobody stays as it was typed. Whom it is for counts where nothing else is said. May be empty.
std::string needs(std::u32string_view text, std::vector<Span> const& limits, std::span<Span const> whole = {});

}  // namespace kindling::dialogue::cues
