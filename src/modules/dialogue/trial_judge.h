// modules/dialogue/trial_judge.h -- when a plugged model is better than the built-in guide: the rule, pure.
//
// Both take the same talks. A talk is judged by what the quality page goes by: resolved (goods were shown that meet, by the catalogue, every limit that its shopper
// ends with, or an errand was done without a person), limits kept (after each turn exactly those in force that were understood when the talk was kept), empty ends,
// turns until goods that fit were shown, questions asked back, a person needed; and the page's score of it, of which 80 can be reached without an order.
// A model is refused
//   talk_lost       when any talk is worse in any of these;
//   words_unusable  when fewer than four fifths of the turns that it may word end in its words: untrue, unfit and late ones cost a shopper the wait for nothing;
//   tells_less      when over all of these turns its words tell fewer things about the goods shown (titles, prices, brands, values, each once a turn) than the built-in;
//   not_better      when nothing is better: no talk, and not more is told.
// So it must be better in something that was counted, and worse in nothing. Whether its words are kinder is not judged.
#pragma once
#include "modules/dialogue/guide.h"
#include "modules/dialogue/quality.h"
#include <set>

namespace kindling::dialogue {

struct TalkOutcome {
    bool resolved = false, limits_kept = true, person = false;
    std::int64_t empty_ends = 0, turns_to_fit = 0, questions = 0, score = 0;
    static constexpr Field fields[] = {
        field("resolved", "Goods were shown that meet every limit, or the errand was done without a person.", "展示了符合全部条件的商品，或无人工完成事务。"), field("limits_kept", "After each turn the limits in force were those that should be.", "每轮之后生效的条件均正确。"), field("person", "A person was needed.", "需要人工。"),
        field("empty_ends", "Turns that ended with nothing.", "空手而归的轮数。"), field("turns_to_fit", "Turn in which goods that meet every limit were first shown, from 1; 0: in none.", "首次展示完全符合商品的轮次，从 1 起；0 为没有。"), field("questions", "Questions asked back.", "追问数。"), field("score", "By the quality page; 80 at most without an order.", "按质量页计算的得分；未下单最高 80。")};
};
BOOST_DESCRIBE_STRUCT(TalkOutcome, (), (resolved, limits_kept, person, empty_ends, turns_to_fit, questions, score))

enum class TalkVerdict { same, better, worse };
BOOST_DESCRIBE_ENUM(TalkVerdict, same, better, worse)

struct TriedTalk {
    std::string name;
    bool kept_by_people = false;
    std::int64_t turns = 0;
    TalkOutcome guide, model;
    TalkVerdict verdict = TalkVerdict::same;
    std::vector<std::string> worse_in, better_in;
    static constexpr Field fields[] = {
        field("name", "Of the kept talk; what was looked for, of one made of the catalogue.", "用例名称；由商品库生成的对话为所找的商品。"), field("kept_by_people", "Kept by people of the shop, not made of the catalogue.", "由店铺人员保留，而非由商品库生成。"), field("turns", "Turns.", "轮数。"), field("guide", "How it went with the built-in guide.", "内置导购的表现。"), field("model", "How it went with the model.", "接入模型后的表现。"),
        field("verdict", "Of the model: worse when it is worse in anything.", "对模型的判定：任一方面更差即为 worse。"), field("worse_in", "In what: resolved, limits_kept, empty_ends, turns_to_fit, questions, person.", "更差的方面。"), field("better_in", "In what.", "更好的方面。")};
};
BOOST_DESCRIBE_STRUCT(TriedTalk, (), (name, kept_by_people, turns, guide, model, verdict, worse_in, better_in))

struct RefusedWords {
    std::string reason;
    std::int64_t turns = 0;
    std::string example;
    static constexpr Field fields[] = {field("reason", "Why: model_answer_untrue, model_answer_unfit, model_timeout, or what the endpoint failed with.", "原因：model_answer_untrue 不实、model_answer_unfit 不合格式、model_timeout 超时，或接口返回的错误。"), field("turns", "In how many turns.", "轮数。"), field("example", "The last of them.", "最近一例。")};
};
BOOST_DESCRIBE_STRUCT(RefusedWords, (), (reason, turns, example))

struct TrialFault {
    std::string reason, text;
    static constexpr Field fields[] = {field("reason", "talk_lost, words_unusable, tells_less or not_better.", "talk_lost 丢失对话、words_unusable 措辞不可用、tells_less 说得更少、not_better 没有更好。"), field("text", "In words.", "说明。")};
};
BOOST_DESCRIBE_STRUCT(TrialFault, (), (reason, text))

struct ModelTrial {
    std::string trial_id, model;
    std::int64_t tried_at_ms = 0;
    bool passed = false, in_use = false;
    std::int64_t talks = 0, better = 0, worse = 0, worded = 0, words_used = 0, told_by_guide = 0, told_by_model = 0, proposals_adopted = 0, slowest_ms = 0;
    double score_guide = 0, score_model = 0;
    std::vector<RefusedWords> refused;
    std::vector<TrialFault> faults;
    std::vector<TriedTalk> rows;
    static constexpr Field fields[] = {
        field("trial_id", "Trial; empty when the model was switched off.", "试用编号；关闭模型时为空。"), field("model", "Model that was tried.", "试用的模型。"), field("tried_at_ms", "When.", "时间。"), field("passed", "Whether it beat the built-in guide.", "是否优于内置导购。"), field("in_use", "Whether it speaks for the guide now.", "当前是否用于导购。"), field("talks", "Talks that were finished with both.", "双方均完成的对话数。"), field("better", "Talks that went better with the model.", "模型更好的对话数。"), field("worse", "Talks that went worse with it.", "模型更差的对话数。"),
        field("worded", "Turns that a model may word.", "允许模型措辞的轮数。"), field("words_used", "Of these, ended in its words.", "其中采用模型措辞的轮数。"), field("told_by_guide", "Things that the built-in words tell about the goods shown in these turns.", "内置话术在这些轮次中说出的商品信息数。"), field("told_by_model", "The same of what would be said with the model, every one verified.", "接入模型后说出的商品信息数，均经核对。"), field("proposals_adopted", "Proposals of other products that met every limit.", "通过校验的商品提议数。"), field("slowest_ms", "Longest turn, milliseconds.", "最慢一轮（毫秒）。"),
        field("score_guide", "Mean score of the talks with the built-in guide.", "内置导购的平均得分。"), field("score_model", "Mean score with the model.", "接入模型后的平均得分。"), field("refused", "Words that could not be used, by reason.", "不可用的措辞，按原因统计。"), field("faults", "Why it was refused; empty when it passed.", "未通过的原因；通过时为空。"), field("rows", "Talk by talk.", "逐对话结果。")};
};
BOOST_DESCRIBE_STRUCT(ModelTrial, (), (trial_id, model, tried_at_ms, passed, in_use, talks, better, worse, worded, words_used, told_by_guide, told_by_model, proposals_adopted, slowest_ms, score_guide, score_model, refused, faults, rows))

// Identifiers of the limits in force after a turn, sorted.
std::vector<std::string> limits_of(Turn const&);

// One talk as one of the two took it. `expected`: per turn what should be in force; `goal`: what its shopper ends with.
TalkOutcome judge_talk(CatalogueView const&, std::span<Turn const> turns, std::span<CaseTurn const> expected, std::span<Constraint const> goal);

// Fills verdict, worse_in and better_in.
void compare(TriedTalk&);

// What a text tells about the goods that the turn shows: their titles, prices, brands, variants and values, each once.
std::set<std::string> told(CatalogueView const&, Turn const&, std::string_view text);

// Sets the sums, the faults and `passed` from rows, refused and the counts.
inline constexpr double least_used = 0.8;
void decide(ModelTrial&);

}  // namespace kindling::dialogue
