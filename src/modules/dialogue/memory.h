// modules/dialogue/memory.h -- what a conversation remembers between turns, and how a new utterance changes it.
#pragma once
#include "modules/dialogue/understand.h"

namespace kindling::dialogue {

struct PutIn {
    std::string sku;
    std::int64_t quantity = 1;
    static constexpr Field fields[] = {field("sku", "Variant.", "规格。"), field("quantity", "How many.", "数量。")};
};
BOOST_DESCRIBE_STRUCT(PutIn, (), (sku, quantity))

// What somebody said of their body, in cm or kg.
struct ToldMeasure {
    shop::BodyMeasure what = shop::BodyMeasure::height;
    double value = 0;
    static constexpr Field fields[] = {field("what", "Which measure.", "哪项尺寸。"), field("value", "In cm; weight in kg.", "单位为厘米，体重为公斤。")};
};
BOOST_DESCRIBE_STRUCT(ToldMeasure, (), (what, value))

// A wish that another one took the place of: "back to the clip-on ones".
struct EarlierWish {
    std::vector<Constraint> constraints;
    std::string words, thing;
    static constexpr Field fields[] = {field("constraints", "What was understood.", "当时理解的条件。").defaulted(), field("words", "Words that were looked for.", "当时所找的文字。").defaulted(), field("thing", "The thing among those words.", "其中所指的物品。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(EarlierWish, (), (constraints, words, thing))

struct Subject {
    std::string thing;                  // of GuideState::free_text what it is that is wanted: the headphones "for my digital piano"; empty: not told apart
    std::vector<EarlierWish> earlier;   // the last few
    static constexpr Field fields[] = {field("thing", "Of the words that are looked for the thing itself.", "所找文字中所指的物品本身。").defaulted(), field("earlier", "Wishes that others took the place of.", "被新需求取代的旧需求。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(Subject, (), (thing, earlier))

// More of a talk; a described struct has room for 52 members, and GuideState is full.
struct TalkSoFar {
    std::vector<std::string> words;   // what was said in it, the last of it; no proofs of orders
    std::string rule;                 // returns or warranty, when that was told last
    std::int64_t rule_turn = -10;
    Subject subject;                  // what it is about, beside GuideState::free_text
    static constexpr Field fields[] = {field("words", "What was said, the last of it.", "最近说过的话。").defaulted(), field("rule", "Rule told last: returns or warranty.", "最近说明的规则：returns 或 warranty。").defaulted(), field("rule_turn", "In which turn.", "在第几轮。").defaulted(), field("subject", "What the talk is about, beside the words that are looked for.", "所谈商品的补充信息。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(TalkSoFar, (), (words, rule, rule_turn, subject))

struct GuideState {
    std::vector<Constraint> constraints;
    std::string free_text, order, pending, focus;
    std::vector<std::string> shown, seen, asked, refused, compared;   // refused: products of this search that were not wanted; compared: SKUs of the last comparison, until another list is shown
    std::int64_t questions = 0, turn = 0, quantity = 1;
    std::string order_number;
    std::string locale;
    std::string added;                       // SKU put into the basket last
    std::int64_t added_quantity = 0, added_turn = -10;
    std::vector<PutIn> taken_out;            // of the basket, by the last change of it
    std::string put_instead, replaces;       // SKU that went in for it; SKU that goes out when the variant is chosen
    std::string said;                        // the last request, while "no, the second" can be about it
    std::vector<Constraint> asked_variant;   // "does it come in 43?": for the basket
    std::vector<std::string> slots;          // of a bundle, as they were said; what was said of one later on a line of its own
    std::optional<std::int64_t> bundle_limit_minor;
    std::string outfit;                      // the words that an outfit was asked for with
    std::string errand_said;                 // the words that the errand was begun with, until its order is known
    std::string errand, errand_order, errand_reason;   // return, exchange or cancel, while it is being settled
    std::int64_t errand_line = -1, errand_repeats = 0;   // how often the same was asked again without an answer
    std::vector<std::string> to_add;         // SKUs of a set that wait for their sizes
    std::vector<std::int64_t> to_add_counts; // how many of each of them; none: `quantity`
    std::vector<Constraint> waiting_for;     // a wish that nothing meets yet, and its words where no category names the goods
    std::string waiting_words;
    std::vector<std::string> proven;         // orders that this talk may speak of
    std::vector<Constraint> to_remember;     // waiting for the shopper's consent
    std::string remembered_for;              // the categories for which remembered wishes were put in
    std::string recipient, whom;             // of a present
    std::vector<std::string> offered;        // promotions told without being asked
    std::int64_t offered_turn = -10;
    std::string picture_id;                  // of the shopper's photo (modules/pictures)
    bool of_their_own = false;               // free_text names something that the shopper has ("my violin")
    std::vector<std::string> heard;          // aspects of reviews that were told last; empty: the whole
    std::int64_t heard_turn = -10, person_turn = -1;   // when reviews were told, and when a person was sent for last; -1: never
    TalkSoFar talk;
    std::int64_t slot_spoken = -1;           // of a set: the thing that was spoken of by itself last; -1: none
    std::vector<ToldMeasure> body;           // for "does the first one fit?", a turn or ten later
    std::vector<Constraint> unconfirmed;     // a limit in the shop's currency, waiting for a yes (currency_talk.cpp)
    static constexpr Field fields[] = {
        field("constraints", "What was understood; each can be removed.", "已理解的条件，均可移除。").defaulted(), field("free_text", "Words used for ranking only.", "仅用于排序的文字。").defaulted(), field("order", "Order of the picks.", "排序方式。").defaulted(), field("pending", "What was asked last.", "上一轮所问。").defaulted(),
        field("focus", "Product being talked about.", "正在谈论的商品。").defaulted(), field("shown", "SKUs of the last list, in order.", "上次列表的 SKU，按顺序。").defaulted(), field("seen", "Products shown so far.", "已展示过的商品。").defaulted(), field("asked", "What was asked or declined.", "问过或不限的内容。").defaulted(),
        field("questions", "Questions asked so far; three at most.", "已提问数，最多三个。").defaulted(), field("turn", "Turns so far.", "轮数。").defaulted(), field("quantity", "Units wanted while a variant is being chosen.", "选择规格期间记下的数量。").defaulted(),
        field("order_number", "Order asked about while proof is awaited.", "等待验证期间记下的订单号。").defaulted(), field("locale", "Language of the conversation.", "对话语言。").defaulted(),
        field("added", "SKU put into the basket last.", "最近加购的 SKU。").defaulted(), field("added_quantity", "How many of it.", "其数量。").defaulted(), field("added_turn", "In which turn.", "在第几轮。").defaulted(),
        field("taken_out", "What the last change took out of the basket.", "上次更改从购物车取出的商品。").defaulted(), field("put_instead", "SKU that went in for it.", "替换进去的 SKU。").defaulted(), field("replaces", "SKU that goes out when the variant is chosen.", "选好规格后移出的 SKU。").defaulted(), field("said", "Last request, as long as it can be corrected.", "可被更正的上一句请求。").defaulted(),
        field("asked_variant", "Values of the product in focus that were asked about last.", "最近问到的规格取值。").defaulted(), field("slots", "Kinds of things of a bundle, as they were said.", "套装的各项需求原话。").defaulted(), field("bundle_limit_minor", "Most that the bundle may cost, minor units.", "套装总预算，最小货币单位。"),
        field("outfit", "Words that an outfit was asked for with.", "所要穿搭的原话。").defaulted(), field("errand", "return, exchange or cancel, while it is being settled.", "正在办理的 return、exchange 或 cancel。").defaulted(), field("errand_order", "Of which order.", "所属订单。").defaulted(), field("errand_reason", "Why.", "原因。").defaulted(), field("errand_line", "Which line; -1: not known yet.", "哪一行；-1 为未定。").defaulted(), field("errand_said", "Words that it was begun with.", "发起时的原话。").defaulted(), field("compared", "SKUs compared last.", "最近对比的 SKU。").defaulted(), field("refused", "Products that were not wanted.", "顾客不要的商品。").defaulted(), field("to_add", "SKUs that wait for a size before they go into the basket.", "等待选尺码后加购的 SKU。").defaulted(), field("to_add_counts", "How many of each of them.", "其各自的数量。").defaulted(), field("waiting_words", "Words of that wish.", "该需求中的文字。").defaulted(), field("waiting_for", "A wish that nothing meets yet; told when something does.", "暂无商品满足、到货后告知的需求。").defaulted(), field("errand_repeats", "How often the same was asked again.", "同一问题重复的次数。").defaulted(),
        field("proven", "Orders that this talk may speak of.", "本对话已验证的订单。").defaulted(), field("to_remember", "Wishes waiting for consent to be kept.", "等待同意保存的偏好。").defaulted(), field("remembered_for", "Where remembered wishes were put in.", "已应用偏好的类目。").defaulted(), field("recipient", "Whom a present is for, as said.", "收礼人原话。").defaulted(), field("whom", "woman, man, adult or child.", "woman、man、adult 或 child。").defaulted(),
        field("offered", "Promotions told without being asked.", "未经询问已提示过的优惠。").defaulted(), field("offered_turn", "In which turn the last one was.", "最近一次提示的轮次。").defaulted(), field("picture_id", "Photo that is looked for.", "用于找相似的照片。").defaulted(), field("of_their_own", "Whether those words name what the shopper has.", "这些词是否指顾客自己已有的东西。").defaulted(), field("heard", "Aspects of reviews told last.", "最近谈到的评价维度。").defaulted(), field("heard_turn", "In which turn.", "在第几轮。").defaulted(), field("person_turn", "Turn in which a person was sent for last; -1: never.", "最近一次转人工的轮次；-1 为没有。").defaulted(), field("talk", "What was said in this talk, and which rule was told last.", "本次对话说过的话与最近说明的规则。").defaulted(), field("slot_spoken", "Thing of a set spoken of last; -1: none.", "套装中最近单独谈到的一项；-1 为没有。").defaulted(),
        field("unconfirmed", "Limit that waits for a yes.", "等待确认的限制。").defaulted(), field("body", "Measures of the body, told in this talk.", "本次对话中说过的身材尺寸。").defaulted(),
    };
};
BOOST_DESCRIBE_STRUCT(GuideState, (), (constraints, free_text, order, pending, focus, shown, seen, asked, questions, turn, quantity, order_number, locale, added, added_quantity, added_turn, taken_out, put_instead, replaces, said, asked_variant, slots, bundle_limit_minor, outfit, errand, errand_order, errand_reason, errand_line, errand_said, compared, refused, to_add, to_add_counts, waiting_words, waiting_for, errand_repeats, proven, to_remember, remembered_for, recipient, whom, offered, offered_turn, picture_id, of_their_own, heard, heard_turn, person_turn, talk, slot_spoken, unconfirmed, body))

// Merges a reading into the state: new values of one attribute replace the old, "also" joins them, a refusal takes back a wish and
// the other way round, another category takes the constraints that make no sense there with it. A limit takes the place of a preference of the same
// attribute, a preference only that of another preference. Pure.
void remember(GuideState&, Reading const&, CatalogueView const&);

// The constraints, and the photo as one of them: what is shown and can be taken back.
std::vector<Constraint> in_force(GuideState const&);

// What is looked for is kept as an earlier wish; nothing is, where nothing is looked for.
void note_earlier(GuideState&, std::vector<Constraint> const&, std::string const& words, std::string const& thing);

// Measures that a reading told join those of the talk.
void remember_body(GuideState&, Reading const&);

// The kinds of goods that are wished for, or refused.
std::vector<int> kinds_of(std::span<Constraint const>, Polarity, Vocabulary const&);
std::vector<int> categories_in_force(GuideState const&, Vocabulary const&);

}  // namespace kindling::dialogue
