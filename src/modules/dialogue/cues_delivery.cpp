// modules/dialogue/cues_delivery.cpp -- by when something is to arrive or to leave: "delivered by Friday", "that ships today", 周五前送到, 今天发货的. See cues.h.
//
// No property of goods but a question of how fast the shop sends: a verb of sending or arriving beside a time that lies ahead. What has come already ("arrived
// broken yesterday", 今天收到的) is spoken of elsewhere.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

namespace {

constexpr std::u32string_view english_verbs = U"deliver delivered delivers delivery arrive arrives arriving ship ships shipped dispatched get_here have_it get_it get_them have_them";
constexpr std::u32string_view at_once = U"today tonight tomorrow overnight same_day next_day in_time this_week next_week this_weekend the_same_day the_next_day the_day_after straight_away right_away";
constexpr std::u32string_view until = U"by before within in on in_time_for on_time_for";
constexpr std::u32string_view days = U"monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december tomorrow tonight weekend noon christmas xmas easter "
                                     U"valentine's thanksgiving halloween new_year birthday wedding party anniversary trip holiday holidays mother's_day father's_day";
constexpr std::u32string_view units = U"day days hour hours week weeks";
constexpr std::u32string_view tail = U"morning afternoon evening night noon eve day party today tomorrow latest";
constexpr std::u32string_view between = U"my his her their our your the this next end of a an one two three four five six seven eight nine ten few couple latest and";
constexpr std::u32string_view before_it = U"that which who can could will would must should has have needs need to be is are it they i we still get and please";
constexpr std::u32string_view chinese_times = U"今天 今晚 今日 明天 明早 明晚 明日 后天 大后天 当天 当日 次日 隔天 隔日 第二天 周一 周二 周三 周四 周五 周六 周日 周末 周天 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 下周 这周 本周 月底 天内 日内 天之内 天以内 小时内 小时之内 周内 "
                                              U"前 之前";
constexpr std::u32string_view chinese_verbs = U"发货 发出 能发 送到 送达 送货 能到 前到 内到 寄到 寄出 到得了 能收到 可以收到 收得到 能拿到";
// What may stand between the day and the verb, and all that may follow where the verb alone may mean another thing (能到膝盖).
constexpr std::u32string_view modal = U"能可以就要会前之内必须一定给我得都还", after_to_come = U"吗么的呢吧家手货不，。,.!?！？ ";
constexpr std::size_t longest = 600;   // a letter is read otherwise

std::u32string_view word_at(std::u32string_view t, std::size_t at) {
    auto end = at;
    while (end < t.size() && (letter(t[end]) || t[end] == U'\'' || t[end] == U'’')) ++end;
    return t.substr(at, end - at);
}
std::size_t past_blanks(std::u32string_view t, std::size_t at) {
    while (at < t.size() && t[at] == U' ') ++at;
    return at;
}
bool number(std::u32string_view word) { return !word.empty() && word.front() >= U'0' && word.front() <= U'9'; }

// How far a time goes on behind its first word: "december 24", "tomorrow morning", "today or tomorrow".
std::size_t goes_on(std::u32string_view t, std::size_t end, bool month) {
    for (;;) {
        auto at = past_blanks(t, end);
        auto word = word_at(t, at);
        if (word == U"or" || word == U"and") at = past_blanks(t, at + word.size()), word = word_at(t, at);
        if (word.empty() || at == end || !(one_of(word, tail) || one_of(word, days) || (month && number(word) && word.size() <= 4))) return end;
        end = at + word.size();
    }
}

// Where the time that begins at `at` ends; 0: none begins there. "today", "by friday", "before my sister's wedding", "within 3 days".
std::size_t time_ends(std::u32string_view t, std::size_t at) {
    if (auto const now = find(t.substr(0, std::min(t.size(), at + 20)), at_once, at); now && now->begin == at) return goes_on(t, now->end, false);
    auto const limit = find(t.substr(0, std::min(t.size(), at + 14)), until, at);
    if (!limit || limit->begin != at) return 0;
    auto const said = t.substr(at, limit->end - at);
    bool const counted = said == U"in" || said == U"within";
    auto i = past_blanks(t, limit->end);
    for (int words = 0; words < 6 && i < t.size(); ++words) {
        auto const word = word_at(t, i);
        if (word.empty()) return 0;
        bool const ordinal = number(word) && (word.ends_with(U"th") || word.ends_with(U"st") || word.ends_with(U"nd") || word.ends_with(U"rd"));
        if (counted ? one_of(word, units) : one_of(word, days) || ordinal) return counted ? i + word.size() : goes_on(t, i + word.size(), true);
        if (!number(word) && !one_of(word, between) && !word.ends_with(U"'s") && !word.ends_with(U"’s")) return 0;
        i = past_blanks(t, i + word.size());
    }
    return 0;
}

// "A cruise ship", "the ship": no verb.
bool is_a_thing(std::u32string_view t, Span verb) {
    if (t.substr(verb.begin, verb.end - verb.begin) != U"ship") return false;
    auto last = verb.begin;
    while (last > 0 && t[last - 1] == U' ') --last;
    auto first = last;
    while (first > 0 && letter(t[first - 1])) --first;
    return one_of(t.substr(first, last - first), U"a the my this cruise pirate model toy rocket space battle sailing wooden lego");
}

std::optional<Span> in_english(std::u32string_view t) {
    for (auto const& verb : find_all(t, english_verbs)) {
        if (is_a_thing(t, verb)) continue;
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
    auto const one_of_these = [](std::u32string_view characters, char32_t c) { return characters.find(c) != characters.npos; };
    for (auto const& time : find_all(t, chinese_times)) {
        auto const last = t[time.end - 1];
        bool const before = last == U'前', within = last == U'内';
        auto const in_front = time.begin > 0 ? t[time.begin - 1] : U' ', behind = time.end < t.size() ? t[time.end] : U' ';
        // 以前, 提前, 前天, 前面: long ago, early, or a place, and no day that things are counted from. 冬天内搭: no number of days.
        if (before && (time.begin == 0 || one_of_these(U"以从目提面先眼当史空", in_front) || one_of_these(U"天面排置台后往", behind))) continue;
        if (within && !one_of_these(U"0123456789一二两三四五六七八九十几", in_front)) continue;
        auto const near = t.substr(time.begin, time.end - time.begin + 8);
        for (auto verb : find_all(near, chinese_verbs)) {
            verb.begin += time.begin, verb.end += time.begin;
            auto const from = std::min(time.end, verb.begin);
            if (verb.begin > time.end + 4 || !std::ranges::all_of(t.substr(from, verb.begin - from), [&](char32_t c) { return one_of_these(modal, c); })) continue;
            auto const said = t.substr(verb.begin, verb.end - verb.begin);
            if ((said == U"能到" || said == U"前到" || said == U"内到") && verb.end < t.size() && !one_of_these(after_to_come, t[verb.end])) continue;
            auto begin = time.begin;
            // 开学前, 三天内, 妈妈生日之前: what the time is counted from, up to a mark or a verb of wishing.
            for (int k = 0; (before || within) && k < 6 && begin > 0 && (is_han(t[begin - 1]) || letter(t[begin - 1])) && !one_of_these(U"找要买个双件款想的", t[begin - 1]); ++k) --begin;
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
    }
    return {};
}

}  // namespace

std::optional<Span> delivery_time(std::u32string_view t) {
    if (t.size() > longest) return {};
    // 收到 is said of what has come; 能收到 is not.
    if (auto const come = without(t, find_all(t, U"能收到 可以收到 要收到 收得到 能拿到")); has_bought(come) || tells_a_fault(come) || not_arrived(come)) return {};
    auto const english = in_english(t);
    return english ? english : in_chinese(t);
}

bool asks_delivery_alone(std::u32string_view t) {
    auto const by = delivery_time(t);
    if (!by || !remainder(t, {*by}).empty()) return false;
    // A present is asked for without a word that names goods.
    return !has(without(t, {*by}), U"gift gifts present presents birthday wedding anniversary 礼物 礼品 生日 送 礼盒 纪念日");
}

std::optional<Span> asks_address(std::u32string_view t) {
    if (t.size() > longest) return {};
    if (auto const other = find(t, U"another_address a_different_address different_shipping_address different_delivery_address someone_else's_address somebody_else's_address 别的地址 另一个地址 别人的地址 寄给别人 送到别处")) return other;
    for (auto const& verb : find_all(t, U"ship send deliver post mail have_it_sent have_it_delivered have_it_shipped shipped delivered sent")) {
        auto const rest = t.substr(verb.end, 48);
        auto const to = find(rest, U"to");
        if (!to || !has(rest.substr(0, to->begin), U"it that this them these those one straight directly") || to->begin > 24) continue;
        auto const whom = find(rest, U"my his her their our a_friend a_friend's somebody someone mum mom dad the_office work her_place his_place their_place", to->end);
        if (whom && whom->begin == to->end + 1) return Span{verb.begin, verb.end + whom->end};
    }
    for (auto const& cue : find_all(t, U"寄到 寄给 送到 发到 发给 寄去 直接寄 直接送 直接发"))
        if (auto const whom = find(t, U"我妈 我爸 我姐 我哥 我妹 我弟 我朋友 我女朋友 我男朋友 我公司 公司 她家 他家 朋友家 我家 我姐姐 我妹妹 我奶奶 我爷爷 她那 他那 对方 老家 学校 我同事", cue.end); whom && whom->begin <= cue.end + 1 && !has(t, U"退 换货")) return Span{cue.begin, whom->end};
    return {};
}

bool asks_shipping_cost(std::u32string_view t) {
    return has(without(t, find_all(t, U"how_much_time how_much_longer 多少天 多少时间")), U"运费 邮费 包邮 免邮 快递费 配送费 送货费 费用 多少钱 收费 收钱 要钱 另收 免费 how_much cost costs charge charges charged fee fees free price postage pay_for_shipping pay_for_delivery pay_shipping pay_extra");
}

}  // namespace kindling::dialogue::cues
