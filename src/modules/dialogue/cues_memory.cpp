// modules/dialogue/cues_memory.cpp -- what is said of the guide's memory: keep this, what do you keep, erase it; and a yes or a no to its question. See cues.h.
//
// Erasing is a verb that removes beside what is kept ("delete what you remember", 清除你记住的信息): the 记住 in it asks for nothing to be kept. Not to forget is to keep
// ("don't forget that I am allergic", 别忘了我穿38码). A yes is a clause of nothing but agreement: 有没有好看的 has 好 in it and agrees to nothing.
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

namespace {

constexpr std::u32string_view forget_cues = U"forget_that_i forget_i 忘记我 忘掉我 忘了我 忘记关于我 忘掉关于我 忘记有关我 forget_everything_about_me forget_all_about_me 别记着我 不要记住 不要再记 别再记 forget_me forget_about_me forget_what_you forget_my_preferences stop_remembering don't_remember_me";
constexpr std::u32string_view recall_cues = U"你记得我什么 你还记得我 记得我的什么 记住了我什么 你知道我什么 保存了我什么 我的偏好 what_do_you_remember what_do_you_know_about_me what_have_you_stored what_have_you_remembered what_have_you_saved my_saved_preferences my_preferences do_you_still_remember did_you_remember have_you_remembered have_you_saved_it have_you_saved_that is_it_remembered is_that_remembered";
constexpr std::u32string_view remember_cues = U"记住 记下来 记一下 帮我记 remember_that remember_my remember_i remember_me please_remember keep_in_mind_that save_my_preferences don't_forget_that_i don't_forget_i don't_forget_my do_not_forget_that_i do_not_forget_my never_forget_that_i 别忘我 别忘了我 别忘记我 不要忘了我 不要忘记我 千万别忘 不能忘了我";
constexpr std::u32string_view removing = U"清除 清掉 清空 清理 删除 删掉 删了 删光 移除 去除 抹掉 抹去 抹除 擦掉 擦除 销毁 忘记 忘掉 忘了 忘光 别再保留 不要保留 delete deleting erase erasing wipe remove clear purge forget";
constexpr std::u32string_view what_is_kept = U"记住的 记住了的 记得的 记着的 记下的 记录的我 你记的 你保存的 你存的 你知道的我 保存的我 存的我 关于我的 有关我的 和我有关的 我的偏好 我的喜好 你的记忆 你对我的记忆 记住的我 记住我的 what_you_remember what_you_remembered what_you've_remembered what_you_have_remembered what_you_know what_you_saved what_you've_saved what_you_have_saved what_you_stored what_you_have_stored what_you_keep what_you've_kept you_remember_about you_know_about_me you_saved_about you_stored_about you_keep_about about_me my_preferences my_saved your_memory";
constexpr std::u32string_view not_doing = U"别 不要 不能 勿 千万别 不许 不会 没 don't do_not never not";

// Whether the word at `at` is told not to be done: 别忘记, "don't forget".
bool told_not_to(std::u32string_view t, std::size_t at) {
    auto before = t.substr(0, at);
    while (!before.empty() && before.back() == U' ') before.remove_suffix(1);
    return std::ranges::any_of(words_of(not_doing), [&](std::u32string const& word) { return before.ends_with(word) && !(letter(word.front()) && before.size() > word.size() && letter(before[before.size() - word.size() - 1])); });
}

// Nothing but words of two lists and marks, and, where `needed`, one of the first.
bool made_of(std::u32string_view clause, std::u32string_view list, std::u32string_view beside, bool needed) {
    auto said = find_all(clause, list);
    if (needed && said.empty()) return false;
    std::ranges::copy(find_all(clause, beside), std::back_inserter(said));
    return without(clause, said).find_first_not_of(U" ,，.。!！~～、;；") == std::u32string_view::npos;
}

constexpr std::u32string_view marks = U",，.。!！?？;；";

// Where the answer that `t` begins with ends: behind its first clause, or at the end where nothing else is said.
std::size_t answered(std::u32string_view t, std::u32string_view list, std::u32string_view beside) {
    auto const end = std::min(t.find_first_of(marks), t.size());
    if (!made_of(t.substr(0, end), list, beside, true)) return 0;
    auto const more = t.find_first_not_of(U" ,，.。!！;；", end);
    return more == t.npos || made_of(t.substr(more), list, beside, false) ? t.size() : end;
}

}  // namespace

bool asks_to_forget(std::u32string_view t) {
    for (auto const& span : find_all(t, forget_cues))
        if (!told_not_to(t, span.begin) || t[span.begin] == U'别' || t[span.begin] == U'不') return true;
    // 关于我的订单，删掉第二件: of an order, and nothing of what is kept.
    if (!find(without(t, find_all(t, U"关于我的订单 有关我的订单 和我有关的订单")), what_is_kept) || has(t, U"怎么 怎样 如何 how")) return false;
    return std::ranges::any_of(find_all(t, removing), [&](Span const& verb) { return !told_not_to(t, verb.begin); });
}

// 记住了吗, 你都记下了什么, 怎么删除你记住的; "remember that?" of what was said.
bool asks_what_is_kept(std::u32string_view t) {
    if (has(t, recall_cues) || (has(t, removing) && has(t, what_is_kept))) return true;
    for (auto const& span : find_all(t, U"记住 记下 记得 记着 记了")) {
        if (std::ranges::any_of(std::initializer_list<std::u32string_view>{U"能", U"会", U"可以", U"帮我", U"不", U"没"}, [&](std::u32string_view may) { return t.substr(0, span.begin).ends_with(may); })) continue;
        auto after = t.substr(span.end);
        for (bool moved = true; moved;) {
            moved = false;
            for (std::u32string_view between : {U"来", U"了", U"我的", U"我", U"些", U"都"})
                if (after.starts_with(between)) after.remove_prefix(between.size()), moved = true;
        }
        static constexpr std::u32string_view asking[] = {U"什么", U"哪些", U"啥", U"吗", U"没", U"么", U"吧?", U"吧？"};
        if (std::ranges::any_of(asking, [&](std::u32string_view word) { return after.starts_with(word); })) return true;
    }
    return false;
}

bool asks_to_remember(std::u32string_view t) {
    if (has(t, U"记住密码 记住账号")) return false;
    return has(t, remember_cues) || t == U"remember" || t == U"remember it" || t.starts_with(U"remember:") || t.starts_with(U"remember,") || t.starts_with(U"remember no") || t.starts_with(U"remember never");
}

std::size_t agreed(std::u32string_view t) {
    // Thanks and "later" agree to nothing by themselves.
    static constexpr std::u32string_view yes = U"可以 好 好呀 好啊 好吧 好滴 是 是的 是啊 嗯 嗯嗯 对 行 成 同意 愿意 没问题 当然 要 记 记住 记下 记下来 yes yeah yep yup sure ok okay fine do do_that please_do remember remember_it remember_that go_ahead of_course absolutely definitely agreed i_agree";
    static constexpr std::u32string_view beside = U"的 了 吧 啊 呀 都 以后 麻烦 请 谢谢 please it that thanks thank_you";
    auto const end = std::min(t.find_first_of(marks), t.size());
    if (t.starts_with(U"对了") || (end < t.size() && (t[end] == U'?' || t[end] == U'？'))) return 0;   // by the way; a question
    return answered(t, yes, beside);
}

std::size_t declined(std::u32string_view t) {
    static constexpr std::u32string_view refusals = U"不 不用 不用了 不要 不要了 不必 不必了 不行 不可以 不同意 不想 不愿意 别 别记 先不 算了 no nope nah no_thanks no_thank_you don't do_not dont never_mind not_now rather_not i'd_rather_not";
    static constexpr std::u32string_view beside = U"记 记住 保存 的 了 吧 谢谢 还是 那 就 it that remember remember_it remember_that save please thanks thank_you";
    return answered(t, refusals, beside);
}

}  // namespace kindling::dialogue::cues
