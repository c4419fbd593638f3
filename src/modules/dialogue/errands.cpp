// modules/dialogue/errands.cpp -- what the guide does for a shopper beside finding: orders, policies, a person. The basket: filling_basket.cpp.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {
namespace {

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
    bool const of_time = topic == "shipping" && !cues::has(asked, U"运费 包邮 邮费 费用 多少钱 cost costs fee fees free price") && (cues::delivery_time(asked) || cues::has(asked, U"how_long how_soon how_fast how_quickly how_many_days when_will when_do_you when_does 多久 几天 什么时候 何时 多快 今天能 明天能"));
    auto const counts_days = [](std::u32string_view text) {
        for (auto const& unit : cues::find_all(text, U"天 小时 工作日 day days hour hours week weeks"))
            for (auto i = unit.begin; i > 0 && unit.begin - i < 12; --i)
                if (std::u32string_view(U"0123456789一二两三四五六七八九十几").find(text[i - 1]) != std::u32string_view::npos) return true;
        return cues::has(text, U"same_day next_day overnight one_day two_days three_days 当天 当日 次日 隔天");
    };
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
        scores.emplace_back(-score, p);
    }
    std::sort(scores.begin(), scores.end());
    if (scores.front().first == 0) return policy;
    auto out = parts[scores[0].second];
    if (scores[1].first < 0.7 * scores[0].first) out += "\n\n" + parts[scores[1].second];
    return out;
}

}  // namespace

void TurnMaker::order_status() {
    auto& s = state();
    out_.topic = s.errand.empty() ? "order_status" : s.errand;
    // "The order number is …" answers what the errand had asked; "where is it?" asks for something else.
    bool const answers = (answering_ == "order" || answering_ == "contact") && !cues::has(surface_of(text_), U"到哪 哪了 哪儿 什么时候 多久 状态 物流 发货 where when status track tracking shipped how_long");
    if (reading_.intent == Intent::order_status && !answers) s.errand.clear(), out_.topic = "order_status";
    if (!s.errand.empty()) note_reason();
    else if (answering_ != "order" && answering_ != "contact") s.errand_said = utf8_prefix(text_, 400), s.errand_repeats = 0;
    auto const show = [&](OrderView const& order) {
        auto const status = std::string(status_word(order.status, locale_));
        out_.grounds.echoes.push_back(order.order_id), out_.grounds.echoes.push_back(status);
        if (std::find(s.proven.begin(), s.proven.end(), order.order_id) == s.proven.end()) s.proven.push_back(order.order_id);
        if (s.proven.size() > 8) s.proven.erase(s.proven.begin());
        say(Phrase::order_found, {{"order", order.order_id, FactKind::order}, {"status", status, FactKind::order}});
        send({.kind = BlockKind::order, .order = order});
        tell_aftersale(order);
        if (order.status == "delivered" && (cues::not_arrived(surface_of(text_)) || (s.errand.empty() && cues::not_arrived(surface_of(s.errand_said))))) out_.needs_person = true, say(Phrase::order_not_here);
        if (s.errand.empty()) s.errand_said.clear();
        s.pending = shows_order;
    };
    // What the errand was begun with ("the white mug arrived broken") says which line, and what else is wanted.
    auto const go_on = [&](OrderView const& order) {
        if (auto const begun = std::exchange(s.errand_said, ""); !begun.empty() && begun != text_) {
            auto const said = understand(begun, view_, lexicon_, {.locale = locale_});
            if (auto const step = cues::size_step(surface_of(begun))) size_step_ = step->step;
            reading_.constraints.insert(reading_.constraints.end(), said.constraints.begin(), said.constraints.end());
        }
        go_on_with_errand(order);
    };
    if (!reading_.order_number.empty()) s.order_number = reading_.order_number;
    if (!ports_.orders) { person(); return; }
    bool const has_none = reading_.order_number.empty() && (cues::has_no_order_number(surface_of(text_), answering_ == "order") || (answering_ == "order" && !reading_.contact_digits.empty()));
    // Asked of what went before in this talk: the order that it was about.
    if (s.order_number.empty() && s.errand.empty() && !s.proven.empty() && cues::asks_progress(surface_of(text_)))
        if (auto const order = ports_.orders->again(s.proven.back())) { s.pending.clear(), show(as_talked(*order)); return; }
    if (s.order_number.empty()) {
        auto const mine = ports_.orders->mine();
        if (mine && !mine->empty()) {
            if (!s.errand.empty()) {
                // Of several the shopper names one; the newest that the errand makes sense for is the likeliest.
                auto const just = cues::just_ordered(surface_of(s.errand_said));
                auto const fits = [&](OrderView const& o) { return s.errand == "cancel" || just ? o.status == "placed" || o.status == "paid" : o.status == "delivered" || o.status == "shipped"; };
                auto const likely = std::find_if(mine->begin(), mine->end(), fits);
                auto const order = as_talked(likely == mine->end() ? mine->front() : *likely);
                show(order);
                go_on(order);
                return;
            }
            for (auto const& order : *mine) show(as_talked(order));
            return;
        }
        if (has_none) {
            out_.needs_person = true;
            say(Phrase::no_order_number);
            return;
        }
        s.pending = "order";
        Spoken spoken;
        spoken.say(Phrase::ask_order_number, locale_, s.turn);
        send({.kind = BlockKind::question, .text = std::move(spoken.text), .asks = "order"});
        return;
    }
    // What was proven in this talk is proven.
    auto const known = std::ranges::find_if(s.proven, [&](std::string const& id) { return surface_of(id) == surface_of(s.order_number); });
    auto const found = [&]() -> Result<Orders::Found> {
        if (known == s.proven.end()) return ports_.orders->find(s.order_number, reading_.contact_digits);
        return Orders::Found{Orders::Access::granted, TRY(ports_.orders->again(*known))};
    }();
    if (found && found->access == Orders::Access::granted) {
        s.pending.clear(), s.order_number.clear();
        auto const order = as_talked(found->order);
        if (!s.errand.empty()) {
            if (std::find(s.proven.begin(), s.proven.end(), found->order.order_id) == s.proven.end()) s.proven.push_back(found->order.order_id);
            go_on(order);
        } else show(order);
        return;
    }
    // Whether such an order exists is told to nobody who cannot prove it: both ask for the same proof, both fail alike.
    if (reading_.contact_digits.empty()) {
        s.pending = "contact";
        Spoken spoken;
        spoken.say(Phrase::ask_contact, locale_, s.turn);
        send({.kind = BlockKind::question, .text = std::move(spoken.text), .asks = "contact"});
        return;
    }
    // Mistyped is soon mended: two more tries, then it is a person's.
    if (++s.errand_repeats <= 2) s.pending = "contact";
    else s.pending.clear(), s.order_number.clear(), s.errand.clear();
    out_.needs_person = true;
    say(Phrase::order_none);
}

void TurnMaker::policy() {
    auto topics = reading_.topics;
    if (topics.empty()) topics.push_back(reading_.topic);
    std::vector<std::string> said;
    // Which of them comes first is told by no data: so it is said, and then the rule.
    if (cues::asks_arrival(surface_of(text_)) && cues::has(surface_of(text_), U"which 哪个 哪款 哪一个 哪一款 哪件 哪双 谁") && topics.front() == "shipping" && !state().shown.empty()) say(Phrase::arrival_alike);
    for (std::size_t i = 0; i < std::min<std::size_t>(3, topics.size()); ++i) policy_on(topics[i], said);
    if (topics.size() > 1) out_.topic = reading_.topic;
}

void TurnMaker::policy_on(std::string const& topic, std::vector<std::string>& said) {
    if (topic == "coupon" && tell_promotions()) return;
    out_.topic = topic.empty() ? "policy" : topic;
    std::optional<std::string> words;
    if (ports_.knowledge) words = ports_.knowledge->policy(out_.topic, locale_);
    // Nothing was written about shipping; what it costs stands in the settings, and every page shows it.
    if (ports_.knowledge && topic == "shipping" && (!words || words->empty()) && cues::asks_shipping_cost(surface_of(text_))) words = ports_.knowledge->shipping_cost(locale_);
    if (words && !words->empty()) {
        *words = nearest_part(*words, text_, out_.topic);
        if (std::ranges::find(said, *words) != said.end()) return;
        said.push_back(*words);
        out_.grounds.echoes.push_back(*words);
        say(Phrase::policy_is, {{"policy", *words, FactKind::policy}});
        return;
    }
    if (topic == "coupon" && ports_.promotions && ports_.promotions->running(out_.basket_id)) { say(Phrase::promotion_none); return; }
    out_.needs_person = true;
    say(Phrase::policy_unknown);
}

void TurnMaker::person() {
    auto& s = state();
    if (out_.topic.empty()) out_.topic = "person";
    // "Is someone there?": whoever was sent for has not come yet, else this talk would be theirs; nobody is sent for by the question alone.
    if (cues::asks_if_somebody_is_there(surface_of(text_))) {
        say(s.person_turn < 0 ? Phrase::person_not_asked : Phrase::person_waits);
        return;
    }
    out_.needs_person = true, s.person_turn = s.turn;
    say(Phrase::person);
}

}  // namespace kindling::dialogue
