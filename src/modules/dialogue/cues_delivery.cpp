// modules/dialogue/cues_delivery.cpp -- by when something is to arrive or to leave: "delivered by Friday", "that ships today", 周五前送到, 今天发货的. See cues.h.
//
// No property of goods but a question of how fast the shop sends: a verb of sending or arriving beside a time that lies ahead. What has come already ("arrived
// broken yesterday", 今天收到的) is spoken of elsewhere.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

namespace {

constexpr std::u32string_view english_verbs = U"deliver delivered delivers delivery arrive arrives arriving ship ships shipped dispatched be_here get_here have_it get_it get_them have_them";
constexpr std::u32string_view at_once = U"today tonight tomorrow overnight same_day next_day in_time this_week next_week this_weekend by_now the_same_day the_next_day the_day_after straight_away right_away";
constexpr std::u32string_view until = U"by before within in on until in_time_for on_time_for";
constexpr std::u32string_view days = U"monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december tomorrow tonight weekend noon christmas xmas easter valentine's "
                                     U"thanksgiving halloween new_year birthday wedding party anniversary trip holiday holidays mother's_day father's_day day days hours hour week weeks month 24 48 72";
constexpr std::u32string_view between = U"my his her their our your the this next end of a an one two three four five six seven eight nine ten few couple latest and";
constexpr std::u32string_view before_it = U"that which who can could will would must should has have needs need to be is are it they i we still get and please";
constexpr std::u32string_view chinese_times = U"今天 今晚 今日 明天 明早 明晚 明日 后天 大后天 当天 当日 次日 隔天 隔日 第二天 周一 周二 周三 周四 周五 周六 周日 周末 周天 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 下周 这周 本周 月底 天内 日内 天之内 天以内 小时内 小时之内 周内 "
                                              U"前 之前";
constexpr std::u32string_view chinese_verbs = U"发货 发出 能发 送到 送达 送货 能到 可到 就到 会到 到货 寄到 寄出 到手 到得了 能收到 可以收到 收得到 要收到 内到 前到 收到货 能拿到 拿到手 要到";

std::u32string_view word_at(std::u32string_view t, std::size_t at) {
    auto end = at;
    while (end < t.size() && (letter(t[end]) || t[end] == U'\'' || t[end] == U'’')) ++end;
    return t.substr(at, end - at);
}
std::size_t past_blanks(std::u32string_view t, std::size_t at) {
    while (at < t.size() && t[at] == U' ') ++at;
    return at;
}
bool one_of(std::u32string_view word, std::u32string_view list) { return std::ranges::find(words_of(list), word) != words_of(list).end(); }
bool number(std::u32string_view word) { return !word.empty() && word.front() >= U'0' && word.front() <= U'9'; }

// Where the time that begins at `at` ends; 0: none begins there. "today", "by friday", "before my sister's wedding", "within 3 days".
std::size_t time_ends(std::u32string_view t, std::size_t at) {
    if (auto const now = find(t.substr(0, std::min(t.size(), at + 20)), at_once, at); now && now->begin == at) return now->end;
    auto const limit = find(t.substr(0, std::min(t.size(), at + 14)), until, at);
    if (!limit || limit->begin != at) return 0;
    auto i = past_blanks(t, limit->end);
    for (int words = 0; words < 6 && i < t.size(); ++words) {
        auto const word = word_at(t, i);
        if (word.empty()) return 0;
        if (one_of(word, days) || (number(word) && (word.ends_with(U"th") || word.ends_with(U"st") || word.ends_with(U"nd") || word.ends_with(U"rd")))) return i + word.size();
        if (!number(word) && !one_of(word, between) && !word.ends_with(U"'s") && !word.ends_with(U"’s")) return 0;
        i = past_blanks(t, i + word.size());
    }
    return 0;
}

std::optional<Span> in_english(std::u32string_view t) {
    for (auto const& verb : find_all(t, english_verbs)) {
        auto at = past_blanks(t, verb.end);
        for (int between_words = 0; between_words < 4 && at < t.size(); ++between_words) {
            if (auto const end = time_ends(t, at)) {
                auto begin = verb.begin;
                for (;;) {   // "which can be", "that"
                    auto last = begin;
                    while (last > 0 && t[last - 1] == U' ') --last;
                    auto first = last;
                    while (first > 0 && letter(t[first - 1])) --first;
                    if (first == last || !one_of(t.substr(first, last - first), before_it)) break;
                    begin = first;
                }
                return Span{begin, end};
            }
            auto const word = word_at(t, at);
            if (word.empty() || one_of(word, U"to and or but not with from")) break;
            at = past_blanks(t, at + word.size());
        }
    }
    return {};
}

std::optional<Span> in_chinese(std::u32string_view t) {
    for (auto const& time : find_all(t, chinese_times))
        for (auto const& verb : find_all(t.substr(0, std::min(t.size(), time.end + 8)), chinese_verbs)) {
            if (verb.end <= time.begin) continue;
            // 以前, 从前, 提前: long ago, or early, and no day that things are counted from.
            bool const before = t[time.end - 1] == U'前';
            if (before && (time.begin == 0 || std::u32string_view(U"以从目提面先眼").find(t[time.begin - 1]) != std::u32string_view::npos)) continue;
            if (verb.begin > time.end + 4 || !std::ranges::all_of(t.substr(std::min(time.end, verb.begin), verb.begin - std::min(time.end, verb.begin)), is_han)) continue;
            auto begin = time.begin;
            // 开学前, 三天内, 妈妈生日之前: what the time is counted from, up to a mark or a verb of wishing.
            bool const counted = before || t[time.end - 1] == U'内';
            for (int k = 0; counted && k < 6 && begin > 0 && (is_han(t[begin - 1]) || letter(t[begin - 1])) && std::u32string_view(U"找要买个双件款想的").find(t[begin - 1]) == std::u32string_view::npos; ++k) --begin;
            if (before && begin == time.begin) continue;
            for (bool more = true; more;) {
                more = false;
                for (std::u32string_view front : {U"要", U"能", U"可以", U"必须", U"希望", U"最好", U"在", U"想"})
                    if (begin >= front.size() && t.substr(begin - front.size(), front.size()) == front) begin -= front.size(), more = true;
            }
            auto end = verb.end;
            for (std::u32string_view back : {U"的", U"吗", U"么"})
                if (t.substr(end).starts_with(back)) end += back.size();
            return Span{begin, end};
        }
    return {};
}

}  // namespace

std::optional<Span> delivery_time(std::u32string_view t) {
    if (has_bought(t) || tells_a_fault(t) || not_arrived(t)) return {};
    auto const english = in_english(t);
    return english ? english : in_chinese(t);
}

}  // namespace kindling::dialogue::cues
