// modules/dialogue/talk_memory.cpp -- "what was the budget I gave you?", 刚才说我家是什么狗来着: answered with the shopper's own words of this talk, or that they were not said.
//
// Of what was said the line that shares most characters and words with the question is quoted; of a budget the last that names one. Lines that answered a question for the
// proof of an order are not kept.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_lines = 16, longest_line = 240;

// What a question about the talk says beside what it asks for.
constexpr std::u32string_view around = U"刚才 刚刚 之前 前面 来着 我家 我们 我的 你 您 我 说 过 给 提 告诉 记得 还 是 什么 多少 几 哪 个 的 了 吗 呢 啊 啥 那 跟 和 what which how who was were is are did do does i my me you your the a an again said say told tell gave give mentioned mention set remember remind of for it that to earlier before much many";

std::size_t shared(std::u32string_view question, std::u32string_view line) {
    auto const left = cues::without(question, cues::find_all(question, around));
    std::size_t out = 0;
    for (std::size_t i = 0; i < left.size();) {
        if (is_han(left[i])) { out += line.find(left[i]) != line.npos; ++i; continue; }
        auto end = i;
        while (end < left.size() && cues::letter(left[end])) ++end;
        if (end > i + 2) out += 2 * (line.find(left.substr(i, std::min<std::size_t>(end - i, 5))) != line.npos);
        i = std::max(end, i + 1);
    }
    return out;
}

// Six digits and more: of an order or a telephone, which prove something and are kept in no talk.
bool long_number(std::string_view text) {
    std::size_t digits = 0;
    for (char const c : text) {
        if (c >= '0' && c <= '9') ++digits;
        else if (c != ' ' && c != '-') digits = 0;
        if (digits >= 6) return true;
    }
    return false;
}

}  // namespace

void TurnMaker::note_words(std::string const& pending_before) {
    auto& words = state().talk.words;
    bool const proof = pending_before == "order" || pending_before == "contact" || state().pending == "contact" || input_.text.find('@') != std::string::npos || long_number(input_.text);
    if (proof || input_.text.empty()) return;
    words.emplace_back(utf8_prefix(input_.text, longest_line));
    if (words.size() > most_lines) words.erase(words.begin());
}

bool TurnMaker::answer_from_talk() {
    auto& s = state();
    auto const t = surface_of(text_);
    if (reading_.intent == Intent::recall_me || !cues::asks_what_was_said(t)) return false;
    out_.topic = "memory";
    bool const of_money = cues::has(t, U"预算 价位 多少钱 budget price limit spend");
    std::string const* best = nullptr;
    std::size_t most = 0;
    for (auto const& line : s.talk.words) {
        auto const said = surface_of(line);
        if (cues::asks_what_was_said(said)) continue;
        auto score = shared(t, said);
        if (of_money && std::ranges::any_of(understand(line, view_, lexicon_, {.locale = locale_}).constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price; })) score += 20;
        if (score > 0 && score >= most && (!of_money || score >= 20)) most = score, best = &line;   // of equals what was said last
    }
    if (best) say(Phrase::you_said, {echo("echo", *best)});
    else say(Phrase::you_said_not);
    return true;
}

}  // namespace kindling::dialogue
