// modules/dialogue/cues_small_talk.cpp -- the tables of small_talk.h.
#include "modules/dialogue/small_talk.h"
#include "modules/dialogue/lexicon.h"
#include "core/utf8.h"
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace kindling::dialogue::cues {

namespace {

// Only words that are no others: "well", "hell", "id" and "shed" are.
std::unordered_map<std::string_view, std::string_view> const& full_forms() {
    static std::unordered_map<std::string_view, std::string_view> const table{
        {"hes", "he's"}, {"shes", "she's"}, {"im", "i'm"}, {"ive", "i've"}, {"youre", "you're"}, {"theyre", "they're"}, {"weve", "we've"}, {"theyve", "they've"}, {"youve", "you've"}, {"theres", "there's"}, {"heres", "here's"}, {"wheres", "where's"},
        {"whos", "who's"}, {"hows", "how's"}, {"whats", "what's"}, {"thats", "that's"}, {"itll", "it'll"}, {"youll", "you'll"}, {"theyll", "they'll"}, {"dont", "don't"}, {"doesnt", "doesn't"}, {"didnt", "didn't"}, {"cant", "can't"}, {"couldnt", "couldn't"},
        {"wouldnt", "wouldn't"}, {"shouldnt", "shouldn't"}, {"isnt", "isn't"}, {"arent", "aren't"}, {"wasnt", "wasn't"}, {"werent", "weren't"}, {"hasnt", "hasn't"}, {"havent", "haven't"}, {"hadnt", "hadn't"}, {"wont", "won't"},
        {"ur", "your"}, {"pls", "please"}, {"plz", "please"}, {"plss", "please"}, {"thx", "thanks"}, {"tks", "thanks"}, {"wanna", "want to"}, {"gonna", "going to"}, {"gotta", "have to"}, {"lemme", "let me"}, {"gimme", "give me"}, {"cuz", "because"},
        {"coz", "because"}, {"smth", "something"}, {"sth", "something"}, {"abt", "about"}, {"tho", "though"}, {"lookin", "looking"}, {"bday", "birthday"}, {"ppl", "people"}, {"y'all", "you"}};
    return table;
}

bool latin_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The word that begins at `at` behind blanks, in small letters.
std::string word_at(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] == ' ') ++at;
    std::string out;
    for (; at < text.size() && (latin_letter(text[at]) || text[at] == '\''); ++at) out += text[at] >= 'A' && text[at] <= 'Z' ? static_cast<char>(text[at] + 32) : text[at];
    return out;
}

template <class... Words> bool is_any(std::string const& word, Words... words) { return ((word == words) || ...); }

// A single letter that stands for a word, by what stands beside it: no "U shape", no "5 w".
std::string_view letter_said(std::string_view text, std::size_t begin, std::string const& before) {
    auto const next = word_at(text, begin + 1);
    bool const blank = begin + 1 < text.size() && text[begin + 1] == ' ';
    if (text[begin] == 'u') return is_any(next, "shape", "shaped", "bolt", "lock", "neck", "type", "turn", "bend", "clip", "pillow") || (begin + 1 < text.size() && text[begin + 1] == '-') ? "" : "you";
    if (text[begin] == 'r') return is_any(next, "u", "you", "these", "they", "there", "those") || is_any(before, "u", "you", "these", "they", "those", "how", "what", "where") ? "are" : "";
    bool const counted = begin >= 2 && text[begin - 1] == ' ' && text[begin - 2] >= '0' && text[begin - 2] <= '9';
    return text[begin] == 'w' && blank && !next.empty() && !counted && begin > 0 ? "with" : "";
}

}  // namespace

std::string written_out(std::string_view text) {
    std::string out, before;
    for (std::size_t i = 0; i < text.size();) {
        if (!latin_letter(text[i])) { out += text[i++]; continue; }
        auto j = i;
        while (j < text.size() && (latin_letter(text[j]) || text[j] == '\'')) ++j;
        bool const joined = (i > 0 && (text[i - 1] == '-' || text[i - 1] == '.' || text[i - 1] == '&' || text[i - 1] == '@' || (text[i - 1] >= '0' && text[i - 1] <= '9'))) || (j < text.size() && (text[j] == '&' || text[j] == '@' || (text[j] >= '0' && text[j] <= '9')));
        auto const of_another_script = [&](std::size_t at) { return at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80; };   // u型枕
        auto const word = word_at(text, i);
        std::string_view full;
        if (!joined) {
            if (auto const found = full_forms().find(word); found != full_forms().end()) full = found->second;
            else if (word == "its" && is_any(word_at(text, j), "a", "an", "the", "been", "for", "not", "too", "so", "very", "my", "our", "his", "her", "just", "only", "really", "going", "gonna")) full = "it's";
            else if (j - i == 1 && text.substr(i).starts_with("w/o") && !(i + 3 < text.size() && latin_letter(text[i + 3]))) full = "without", j = i + 3;
            else if (j - i == 1 && text.substr(i).starts_with("w/") && i + 2 < text.size() && (text[i + 2] == ' ' || latin_letter(text[i + 2]))) full = text[i + 2] == ' ' ? "with" : "with ", j = i + 2;
            else if (j - i == 1 && !of_another_script(j) && !(i > 0 && of_another_script(i - 1))) full = letter_said(text, i, before);
        }
        if (full.empty()) out.append(text.substr(i, j - i));
        else out.append(full);
        before = word, i = j;
    }
    return out;
}

namespace {

constexpr std::u32string_view interjections = U"hey heya hiya howdy lol lmao rofl omg omfg wtf tbh imo imho fyi btw idk dunno nah nope yep yeah yup ya yea ok okay alright aight wow whoa oops ouch meh ugh argh phew yay hmm um umm uh er erm ah aha oh ooh aw aww cheers ta sup wassup dude bro bruh mate guys folks buddy xd jk";
constexpr std::u32string_view adverbs = U"actually basically literally honestly seriously really truly totally absolutely definitely probably possibly maybe perhaps apparently obviously hopefully unfortunately luckily sadly finally eventually recently lately currently nowadays soon already anymore anyway anyways sometimes often usually always never ever occasionally constantly kinda sorta somewhat awfully terribly incredibly extremely insanely ridiculously super mad crazy insane exactly roughly approximately simply though although however otherwise besides whatsoever again yet still instead altogether whenever wherever";
constexpr std::u32string_view times = U"today tomorrow tonight yesterday week weeks month months weekend weekends ago monday tuesday wednesday thursday friday saturday sunday afternoon";
constexpr std::u32string_view vague = U"loads lots tons heaps bunch couple several plenty various dozens complete sort sorts someone somebody anyone anybody nobody everybody everyone whoever whatever whichever etc thingy thingies stuff awesome amazing brilliant fantastic wonderful excellent superb terrific fab called";
constexpr std::u32string_view verbs = U"think thinking thought guess guessing suppose wonder wondering wondered hope hoping hoped plan planning planned believe reckon decide deciding decided consider considering considered convince convinced persuade suggest suggesting suggestion recommend recommending mean meant know knows knew understand heard remember remembered forgot forgotten mention mentioned told tell telling ask asking asked saying talk talking chat chatting explain showing browsing searching trying tried tries choosing chose picking buying bought purchase purchasing shopping ordering getting grab grabbing fancied needed needing wanted wanting wishing liked loved helped helps happen happened happening happens seem seems seemed looks looked sounds felt works worked gets gotten goes went comes came gives gave given giving takes took taken makes lets keeps kept keeping starts started stops stopped died broke broken breaks breaking lost loses ruined ripped snapped stolen wore finished exist exists deserve deserves bored boring boredom win wins struggling annoying annoyed bothers bother worry worried worries afraid excited glad tired upset silly stupid dumb damn damned bloody freaking hell picky fussy stuck fell fallen tired sleepy freezing boiling raining snowing flatmate roommate housemate landlord struggle depends hates dislikes existing";
constexpr std::u32string_view phrases = U"no_idea not_sure what's_up what_is_up thinking_of thinking_about picking_up a_pack_of a_bunch_of a_couple_of loads_of lots_of tons_of mad_about crazy_about nuts_about getting_into got_into sounds_good sounds_great looks_good looks_nice next_week next_month next_year last_week last_month this_week this_month this_weekend next_weekend the_other_day at_the_moment right_now good_morning good_evening good_afternoon how_are_you how's_it_going how_is_it_going nothing_fancy a_copy_of fell_apart falling_apart fell_off came_off gave_up ran_out what's_good whats_good help_me_out asking_for_a_friend";

constexpr std::u32string_view chat_zh = U"其实 记错了 记错 搞错了 搞错 说错了 先试试 试试看 试一试 试试 试一下 尝尝 单价 总价 抽奖 听说 据说 最近 今天 明天 昨天 后天 下周 下个月 下星期 下个星期 上周 上个月 这周 这个月 马上 已经 一直 突然 终于 原来 反正 毕竟 居然 竟然 应该 可能 也许 估计 好像 貌似 似乎 怎么办 咋办 哈哈哈 哈哈 嘿嘿 嘻嘻 呵呵 嗯嗯 嗯 额 呃 唉 哎呀 哎 诶 哇 哟 亲 老板 店家 掌柜 麻烦 拜托 求推荐 跪求 同学推荐 朋友推荐 同事推荐 无聊 纠结 骂我 会骂 说实话 老实说 讲真 真的 话说 对了 那个啥 怎么说呢 随便看看 逛逛 逛一逛 看着买 有啥 啥的 什么的 之类的 一类的 弄个 弄一个 整一个 搞个 搞一个 来个 来一个 问问 想问问 问一下 请问 咨询 推荐的牌子 打碎了 摔碎了 打破了 摔坏了 弄坏了 用坏了 坏了 坏掉 断了 丢了 弄丢了 不见了 用完了 吃完了 打碎 公司年会 年会 天气好冷 天气好热 天气冷了 天气热了 天气变冷 天气转凉 好冷 好热 不太懂 不懂 说不上来";

std::unordered_set<std::u32string_view> const& chat_set() {
    static auto const all = [] {
        std::unordered_set<std::u32string_view> out;
        for (auto const list : {interjections, adverbs, times, vague, verbs})
            for (auto const& word : words_of(list)) out.insert(word);
        return out;
    }();
    return all;
}

// "Hahaha", "hehe", "hmmm", "sooo", "ahhh", "loool": however long it is drawn.
bool drawn_out(std::u32string_view word) {
    // "Heyyy", "pleaseee": three of a letter stand for one.
    std::u32string plain;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (i < 2 || word[i] != word[i - 1] || word[i] != word[i - 2]) plain += word[i];
    if (plain.size() < word.size()) {
        while (plain.size() > 1 && plain.back() == plain[plain.size() - 2]) plain.pop_back();
        if (chat_set().contains(plain) || is_common_word(plain)) return true;
    }
    auto const of = [&](std::u32string_view letters) { return word.find_first_not_of(letters) == word.npos; };
    if (word.size() >= 4 && (of(U"ha") || of(U"he") || of(U"hi")) && word.find(U'h', 1) != word.npos) return true;
    if (word.size() >= 3 && (of(U"hm") || of(U"um") || of(U"ah") || of(U"uh") || of(U"oh") || of(U"aw"))) return true;
    return word.size() >= 4 && (of(U"lo") || of(U"so") || of(U"ugh") || of(U"no") || of(U"yes")) && word.size() > 3 && std::ranges::adjacent_find(word) != word.end();
}

}  // namespace

bool is_chat_word(std::u32string_view word) { return chat_set().contains(word) || drawn_out(word); }

std::vector<Span> chat_words(std::u32string_view t) {
    auto out = find_all(t, phrases);
    for (auto const& span : find_all(t, chat_zh)) out.push_back(span);
    for (auto const& word : latin_words_in(t, {0, t.size()}))
        if (is_chat_word(t.substr(word.begin, word.end - word.begin))) out.push_back(word);
    std::ranges::sort(out, {}, &Span::begin);
    return out;
}

bool opens_small_talk(std::u32string_view t) {
    return has(t, U"what's_up what_is_up wassup how_are_you how's_it_going how_is_it_going how's_your_day how_is_your_day bored i'm_tired long_day what_a_day nice_to_meet_you you're_funny you_are_funny just_saying just_looking just_browsing just_chatting nothing_much good_morning good_evening good_afternoon lovely_weather nice_weather it's_raining miss_me 无聊 闲逛 随便看看 随便逛逛 逛逛 吃了吗 忙吗 天气真好 下雨了 心情不好 好累 累死了 聊聊天 聊会天 陪我聊 你真逗 你好可爱 你真可爱 哈哈哈");
}

bool only_circumstances(std::u32string_view words) {
    static constexpr std::u32string_view all = U"gym workout work office school dorm dormitory uni university college campus class classroom flat flats apartment apartments studio home house room rooms tiny small little big van commute commuting commuter train plane bus travel travelling traveling trip trips holiday holidays vacation camping outdoors outdoor beach pool garden balcony kitchen everyday daily weekend weekends business meeting meetings living the for my at in a an of on 宿舍 寝室 办公室 公司 单位 办公 学校 教室 健身房 健身 出租屋 出租房 租房 租的房子 小户型 小房间 房子 屋子 通勤 上班 上学 上课 出差 旅行 旅游 日常 平时 家里 户外 露营";
    auto const found = find_all(words, all);
    return !found.empty() && without(words, {found.begin(), found.end()}).find_first_not_of(U" ,、，的用里穿") == std::u32string::npos;
}

std::vector<Span> clauses_of(std::u32string_view t) {
    std::vector<Span> out;
    std::size_t begin = 0;
    auto const close = [&](std::size_t end, std::size_t next) {
        while (begin < end && t[begin] == U' ') ++begin;
        if (begin < end) out.push_back({begin, end});
        begin = next;
    };
    for (std::size_t i = 0; i < t.size(); ++i) {
        bool const number = t[i] == U'.' && i + 1 < t.size() && t[i + 1] >= U'0' && t[i + 1] <= U'9';
        if (std::u32string_view(U",，。.;；!！?？").find(t[i]) != std::u32string_view::npos && !number) close(i, i + 1);
        else if (auto const rest = t.substr(i); t[i] == U' ' && (rest.starts_with(U" and she ") || rest.starts_with(U" and he ") || rest.starts_with(U" and they ") || rest.starts_with(U" and i ") || rest.starts_with(U" and we ") || rest.starts_with(U" and loves ") || rest.starts_with(U" and likes ") || rest.starts_with(U" and plays ") || rest.starts_with(U" and enjoys ") || rest.starts_with(U" and collects "))) close(i, i + 5);
    }
    close(t.size(), t.size());
    return out;
}

std::vector<Span> latin_words_in(std::u32string_view t, Span within) {
    std::vector<Span> out;
    for (auto i = within.begin; i < within.end;) {
        if (!letter(t[i]) && t[i] != U'\'') { ++i; continue; }
        auto j = i;
        while (j < within.end && (letter(t[j]) || t[j] == U'\'')) ++j;
        out.push_back({i, j}), i = j;
    }
    return out;
}

bool tells_of_somebody(std::u32string_view t, Span clause) {
    auto const said = t.substr(clause.begin, clause.end - clause.begin);
    if (std::ranges::any_of(said, is_han)) {
        static constexpr std::u32string_view people[] = {U"我", U"他", U"她", U"它", U"咱", U"室友", U"舍友", U"同学", U"同事", U"领导", U"邻居", U"老公", U"老婆", U"孩子", U"宝宝", U"儿子", U"女儿", U"男朋友", U"女朋友", U"闺蜜", U"对象", U"朋友", U"爸", U"妈", U"婆婆", U"奶奶", U"爷爷"};
        if (std::ranges::none_of(people, [&](std::u32string_view who) { return said.starts_with(who); }) || said.ends_with(U"的")) return false;
        // What somebody wants, likes, has or is decides much of what is looked for.
        return !has(said, U"想 要 需要 找 买 送 喜欢 爱 推荐 求 适合 用 穿 戴 吃 喝 玩 学 弹 看 听 有 是 能 可以 皮 肤 过敏 怕 不 没 属于 岁 码 大 给 选 挑 做 养 吗 呢 么 什么");
    }
    auto words = latin_words_in(t, clause);
    auto const word = [&](std::size_t i) { return t.substr(words[i].begin, words[i].end - words[i].begin); };
    while (!words.empty() && (one_of(word(0), U"and but so because since cos well that's why ok") || is_chat_word(word(0)))) words.erase(words.begin());
    if (words.size() < 3) return false;
    // A wish, a liking, a possession or what is done with a thing speaks of goods.
    if (has(said, U"need needs want wants like likes love loves prefer prefers fancy look looking search after seek would i'd we'd wish enjoy enjoys collect collects play plays playing into about have has i've got buy get find show for with without allergic can could should will must suggest recommend learning practise practice use uses wear wears hate hates dislike")) return false;
    auto const first = word(0);
    if (one_of(first, U"i we he she they i'm we're he's she's they're mine ours")) return true;
    if (!one_of(first, U"my our his her their")) return false;
    // "My capo keeps", "our old heater died": a verb that is bound to a person or a thing, behind a word or two.
    for (std::size_t i = 2; i < std::min<std::size_t>(words.size(), 5); ++i)
        if (one_of(word(i), U"is are was were isn't aren't wasn't keeps keep kept just died broke breaks fell falls got gets went goes stopped started makes made lost") || (word(i).size() > 4 && word(i).ends_with(U"ed"))) return true;
    return false;
}

}  // namespace kindling::dialogue::cues
