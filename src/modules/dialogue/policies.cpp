// modules/dialogue/policies.cpp -- the shop's own rules, quoted: the part of them that a question is about, each of several questions in one breath, and "who pays?" after
// returns or the warranty were told. What is not written down is said to be so, by its name, and a person is offered.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/sentences.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {
namespace {

// What shoppers call otherwise than rules do: "I am allergic to it" is of what was opened.
struct Kin { std::u32string_view asked, told; };
constexpr Kin kindred[] = {
    {U"过敏 开封 拆封 拆开 打开了 用过 用了一次 试用 试过 不适合皮肤 allergic allergy reaction opened unsealed used_it tried_it have_used already_used", U"开封 拆封 拆开 opened unsealed used"},
    {U"专票 专用发票 增值税 vat_invoice special_invoice", U"专票 专用发票 special_vat"},
};

// The heading and, of what stands under it, the sentences that have one of the words; all of it where none has.
std::string fitting_sentence(std::string const& part, std::u32string_view words) {
    auto const line = part.find('\n');
    if (line == part.npos) return part;
    if (cues::has(surface_of(std::string_view(part).substr(0, line)), words)) return part;   // the whole of it is about that
    std::string out;
    for (auto rest = std::string_view(part).substr(line + 1); !rest.empty();) {
        auto const end = std::min(sentence_end(rest), rest.size());
        if (cues::has(surface_of(rest.substr(0, end)), words)) out += rest.substr(0, end);
        rest.remove_prefix(end);
    }
    return out.empty() ? part : out;
}

// What is asked of the rule on returns by "who pays?", in the words of a rule.
constexpr std::string_view who_pays_returns = "退货运费谁承担 who pays for a return";

// What a topic is called where nothing is written on it. Of the sending what it costs is told otherwise, so that it is how long it takes, or where to.
std::string topic_called(std::string_view topic, std::u32string_view asked, bool zh) {
    struct Row { std::string_view topic; char const* en; char const* zh; };
    static constexpr Row rows[] = {{"returns", "returns", "退换货"}, {"warranty", "the warranty", "质保"}, {"payment", "ways to pay", "付款方式"}, {"invoice", "invoices", "发票"}, {"coupon", "discounts", "优惠"}, {"gift_wrap", "gift wrapping", "礼品包装"}, {"store", "a shop to visit", "实体门店"}, {"account", "accounts", "账号"}, {"hours", "opening hours", "营业时间"}, {"authenticity", "authenticity", "正品"}, {"privacy", "privacy", "隐私"}, {"installation", "installation or assembly", "上门安装"}, {"customising", "engraving or printing to order", "刻字、印字定制"}};
    if (topic == "shipping") {
        if (cues::asks_arrival(asked) || cues::delivery_time(asked) || cues::has(asked, U"when how_long how_soon how_fast arrive 几天 多久 什么时候 何时 之前能到 几号 哪天")) return zh ? "送达时间" : "how long delivery takes";
        return zh ? "配送范围" : "where it ships to and how";
    }
    for (auto const& row : rows)
        if (row.topic == topic) return zh ? row.zh : row.en;
    return {};
}

// A policy written as several paragraphs, a question and its answer each: the one or two that share most pairs of characters with what
// was asked. A policy of one or two paragraphs is quoted whole; so is any when nothing is shared.
std::string nearest_part(std::string const& policy, std::string_view question, std::string_view topic) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < policy.size();) {
        auto const end = std::min(policy.find("\n\n", i), policy.size());
        if (end > i) parts.push_back(policy.substr(i, end - i));
        i = end + 2;
    }
    if (parts.size() <= 2) return policy;
    auto const asked = surface_of(question);
    // How soon something comes is said by the part that counts days or hours; what it costs by another.
    bool const of_cost = topic == "shipping" && cues::asks_shipping_cost(asked);
    bool const of_time = topic == "shipping" && !cues::has(asked, U"运费 包邮 邮费 费用 多少钱 cost costs fee fees free price") && (cues::delivery_time(asked) || cues::has(asked, U"how_long how_soon how_fast how_quickly how_many_days when_will when_do_you when_does when_would when_can 几号 哪天 之前能到 前能到 多久 几天 什么时候 何时 多快 今天能 明天能"));
    auto const counts_days = [](std::u32string_view text) {
        for (auto const& unit : cues::find_all(text, U"天 小时 工作日 day days hour hours week weeks"))
            for (auto i = unit.begin; i > 0 && unit.begin - i < 12; --i)
                if (std::u32string_view(U"0123456789一二两三四五六七八九十几").find(text[i - 1]) != std::u32string_view::npos) return true;
        return cues::has(text, U"same_day next_day overnight one_day two_days three_days 当天 当日 次日 隔天");
    };
    Kin const* kin = nullptr;
    for (auto const& each : kindred)
        if (!kin && cues::has(asked, each.asked)) kin = &each;
    std::vector<std::pair<double, std::size_t>> scores;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        auto const text = surface_of(parts[p]);
        auto const heading = surface_of(std::string_view(parts[p]).substr(0, parts[p].find('\n')));
        double score = 0;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            auto const pair = std::u32string_view(asked).substr(i, 2);
            if (pair.size() == 2 && is_han(pair[0]) && is_han(pair[1])) {
                static constexpr std::u32string_view asking[] = {U"怎么", U"么办", U"什么", U"可以", U"不可", U"能不", U"多少"};
                if (std::ranges::find(asking, pair) != std::end(asking)) continue;
                if (heading.find(pair) != heading.npos) score += 3;
                if (text.find(pair) != text.npos) score += 1;
                continue;
            }
            // Latin words by their first four letters, so that "ship" is in "shipping".
            if (!cues::letter(asked[i]) || (i > 0 && cues::letter(asked[i - 1]))) continue;
            auto end = i;
            while (end < asked.size() && cues::letter(asked[end])) ++end;
            auto const word = std::u32string_view(asked).substr(i, end - i);
            static constexpr std::u32string_view dull[] = {U"the", U"and", U"you", U"your", U"can", U"what", U"does", U"when", U"for", U"are", U"with", U"how", U"doesn", U"have", U"this", U"that"};
            if (word.size() < 3 || std::ranges::find(dull, word) != std::end(dull)) continue;
            auto const stem = U" " + std::u32string(word.substr(0, 4));
            if ((U" " + heading).find(stem) != std::u32string::npos) score += 9;
            if (text.find(stem) != text.npos) score += 3;
        }
        if (of_time && counts_days(text)) score += 20;
        if (of_cost && cues::has(heading, U"运费 邮费 cost costs fee fees postage 多少钱")) score += 20;
        if (kin && cues::has(text, kin->told)) score += 20;
        scores.emplace_back(-score, p);
    }
    std::sort(scores.begin(), scores.end());
    // "Can I send it back?", and nothing else of it: what stands first.
    if (scores.front().first == 0) return topic == "returns" ? parts.front() : policy;
    auto out = parts[scores[0].second];
    if (kin && cues::has(surface_of(out), kin->told)) return fitting_sentence(out, kin->told);
    if (!of_cost && scores[1].first < 0.7 * scores[0].first) out += "\n\n" + parts[scores[1].second];
    return out;
}

}  // namespace

void TurnMaker::policy() {
    auto& s = state();
    auto const t = surface_of(text_);
    // Which of them comes first is told by no data: so it is said, and then the rule.
    if (cues::asks_arrival(t) && cues::has(t, U"which 哪个 哪款 哪一个 哪一款 哪件 哪双 谁") && !reading_.topics.empty() && reading_.topics.front() == "shipping" && !s.shown.empty()) say(Phrase::arrival_alike);
    // Each question of a breath with its own words: "how much is shipping and when would it get here?"
    struct Asked { std::string topic, words; };
    std::vector<Asked> asked;
    std::vector<std::size_t> cuts{0};
    for (auto const& joint : cues::find_all(t, U"and also plus 和 还有 以及 , ， 。 ? ？ ; ；")) cuts.push_back(joint.begin), cuts.push_back(joint.end);
    cuts.push_back(t.size());
    for (std::size_t i = 0; i + 1 < cuts.size(); i += 2) {
        auto const clause = std::u32string_view(t).substr(cuts[i], cuts[i + 1] - cuts[i]);
        auto topics = cues::policy_topics(clause);
        auto const before = asked.empty() ? std::string() : asked.back().topic;
        if (cues::asks_who_pays(clause) && (before == "returns" || before == "warranty")) topics = {before};
        for (auto const& topic : topics) asked.push_back({topic, to_utf8(std::u32string(clause)) + (cues::asks_who_pays(clause) ? topic == "returns" ? " " + std::string(who_pays_returns) : topic == "warranty" ? std::string(" 来回运费 pay both ways") : std::string() : std::string())});
    }
    // One question, or one that is cut apart ("ship to Austria and Germany"): as it was said.
    if (asked.size() < 2) {
        auto topics = reading_.topics;
        if (topics.empty()) topics.push_back(reading_.topic);
        asked.clear();
        // "I want to send it back, who pays?": of the goods that go back.
        if ((s.errand == "return" || s.errand == "exchange") && cues::asks_who_pays(t)) topics.clear(), asked.push_back({"returns", std::string(who_pays_returns)});
        for (auto const& topic : topics) asked.push_back({topic, text_});
    }
    std::vector<std::string> said;
    std::string unwritten;
    bool unnamed = false;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, asked.size()); ++i) {
        if (policy_on(asked[i].topic, asked[i].words, said)) continue;
        auto const name = topic_called(asked[i].topic, surface_of(asked[i].words), locale_ == Locale::zh);
        unnamed = unnamed || name.empty();
        if (!name.empty() && unwritten.find(name) == unwritten.npos) unwritten += (unwritten.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + name;
    }
    if (!unwritten.empty()) out_.needs_person = true, say(Phrase::policy_unknown_on, {name_slot("topic", unwritten)});
    else if (unnamed) out_.needs_person = true, say(Phrase::policy_unknown);
    if (asked.size() > 1) out_.topic = reading_.topic;
    for (auto const& each : asked)
        if (each.topic == "returns" || each.topic == "warranty") s.talk.rule = each.topic, s.talk.rule_turn = s.turn;
}

// False: nothing is written on it.
bool TurnMaker::policy_on(std::string const& topic, std::string const& asked, std::vector<std::string>& said) {
    if (topic == "coupon" && tell_promotions()) return true;
    out_.topic = topic.empty() ? "policy" : topic;
    if (topic == "address") {
        say(Phrase::address_later);
        return true;
    }
    bool const summed = topic == "shipping" && tell_shipping_of_amount();
    std::optional<std::string> words;
    if (ports_.knowledge) words = ports_.knowledge->policy(out_.topic, locale_);
    // Nothing was written about shipping; what it costs stands in the settings, and every page shows it.
    if (ports_.knowledge && topic == "shipping" && (!words || words->empty()) && cues::asks_shipping_cost(surface_of(asked))) words = ports_.knowledge->shipping_cost(locale_);
    if (summed && (!words || words->empty())) return true;
    if (words && !words->empty()) {
        *words = nearest_part(*words, summed ? locale_ == Locale::zh ? "运费怎么算" : "what does shipping cost" : asked, out_.topic);
        if (summed) *words = words->substr(0, words->find("\n\n"));   // the rule that the sum is by
        if (std::ranges::any_of(said, [&](std::string const& before) { return before.find(*words) != before.npos; })) return true;
        said.push_back(*words);
        out_.grounds.echoes.push_back(*words);
        say(Phrase::policy_is, {{"policy", *words, FactKind::policy}});
        return true;
    }
    if (topic == "coupon" && ports_.promotions && ports_.promotions->running(out_.basket_id)) { say(Phrase::promotion_none); return true; }
    return false;
}

// After returns or the warranty were told: who pays, how it is done, without an invoice, bought so long ago. What the talk waits for it goes on waiting for.
bool TurnMaker::rule_goes_on() {
    auto& s = state();
    auto const t = surface_of(text_);
    if (s.talk.rule.empty() || s.turn - s.talk.rule_turn > 2 || t.size() > 80 || cues::seeks(t) || !reading_.order_number.empty() || !reading_.contact_digits.empty()) return false;
    bool const warranty = s.talk.rule == "warranty";
    std::string asked;
    if (cues::asks_who_pays(t)) asked = warranty ? "来回运费 pay both ways" : std::string(who_pays_returns);
    else if (cues::has(t, U"发票 小票 收据 凭证 receipt invoice proof_of_purchase") && cues::has(t, U"没 丢 无 不见 no without lost don't haven't")) asked = warranty ? "订单号 怎么报修 claim the warranty order number" : "可以退货吗 can I return";
    else if (warranty && cues::tells_how_long_ago(t)) asked = "保修多久 一年 how long is the warranty year";
    else if (cues::has(t, U"怎么弄 怎么办理 怎么操作 怎么申请 怎么修 怎么寄 怎么报 如何办理 什么流程 how_do_i_claim how_do_i_do_that how_do_i_do_it how_does_that_work how_does_it_work what_do_i_do what_do_i_need_to_do")) asked = warranty ? "怎么报修 claim the warranty" : text_;
    else return false;
    std::vector<std::string> said;
    if (!policy_on(s.talk.rule, asked, said)) return false;
    s.talk.rule_turn = s.turn;
    if (!answering_.empty()) s.pending = answering_;
    return true;
}

}  // namespace kindling::dialogue
