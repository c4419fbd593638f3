// modules/dialogue/cues_remainder.cpp -- what is left of a turn when all that was understood and all that only holds a sentence together is taken away. See cues.h.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/lexicon.h"
#include "core/utf8.h"
#include "engines/text/analysis/pinyin.h"
#include "engines/text/analysis/synonyms.h"
#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace kindling::dialogue::cues {

// Chinese words for goods and what they are like (engines/text/analysis/synonyms.h), of two characters at least.
std::size_t known_word(std::u32string_view text) {
    static auto const known = [] {
        std::unordered_set<std::u32string> out;
        for (auto const& group : text::commerce_synonyms())
            for (auto const& word : group)
                if (auto const s = surface_of(word); s.size() >= 2 && s.size() <= 8 && std::ranges::all_of(s, is_han)) out.insert(s);
        return out;
    }();
    // By first character, the longest first: a text is looked through at each of its characters.
    static auto const beginning = [] {
        std::unordered_map<char32_t, std::vector<std::u32string_view>> out;
        for (auto const& word : known) out[word.front()].push_back(word);
        for (auto& [first, words] : out) std::ranges::sort(words, std::greater{}, &std::u32string_view::size);
        return out;
    }();
    if (auto const words = text.empty() ? beginning.end() : beginning.find(text.front()); words != beginning.end())
        for (auto const& word : words->second)
            if (text.starts_with(word)) return word.size();
    return 0;
}

std::u32string without(std::u32string_view text, std::vector<Span> const& used) {
    std::u32string left(text);
    for (auto const& u : used)
        for (auto i = u.begin; i < std::min(u.end, left.size()); ++i) left[i] = U' ';
    return left;
}

namespace {

// What only holds a Chinese sentence together; and whom or what for, which says something when nothing else is said.
constexpr std::u32string_view function_words = U"买菜 跳广场舞 广场舞 逛街 一局 每局 半小时 半个小时 一个小时 断了 坏了 旧了 丢了 破了 没了 一点 一点儿 一些 搭配 搭一下 刚开始学 开始学 正在学 我家里 我家 我们家 我想要 我想买 我要买 我想找 我需要 有没有 能不能 可不可以 帮我找 帮我 给我 像这样 像那样 像这个 像那个 类似 相似 差不多 这样 那样 推荐 一下 一个 一款 一条 一双 一件 一些 几个 几款 想要 想买 需要 看看 看一下 找个 找一个 找 买 要 想 给 送 的 了 吗 呢 吧 啊 呀 哦 和 或者 或 跟 与 也 还 再 都 就 是 有 没 不 在 用 来 去 我 你 您 他 她 它 这 那 个 款 件 条 双 只 把 台 点 些 比较 左右 以内 以下 以上 之间 大概 大约 预算 价格 价位 单价 什么 哪 怎么 多少 可以 适合 合适 最好 但是 不过 而且 因为 所以 如果 换成 换 算了 还是 别 除了 以外 颜色 尺码 请 谢谢 你好 好看 好 好的 便宜 东西 商品 产品 穿 戴 用的 时候 上 下 里 能 会 很 太 更 最 人 对 从 到 让 被 把 误差 刚 喜欢 你们家 你们 质量 有点 平时 换个 一套 一身 帮忙 便宜 实惠 新品 打折 特价 促销 挑选 挑份 挑个 挑件 挑 份 随便 惊喜 卖得最好 卖得 顺便 另外 然后 接着 同时";
constexpr std::u32string_view people_and_places = U"生日 礼物 送给 送人 房间 家里 装修 侄子 侄女 外甥 外甥女 儿子 女儿 爷爷 奶奶 外公 外婆 闺蜜 哥哥 弟弟 姐姐 妹妹 我妈 我爸 妈妈 爸爸 老婆 女朋友 男朋友 老公 朋友 同事 老师 自己 男孩 女孩 男童 女童 小朋友 小孩 孩子 出差 上班 室友 舍友 同学 租的房子 房子 屋子";

// The length of the longest of the words that stands at the beginning of `text`; 0: none.
std::size_t leading(std::u32string_view text, std::u32string_view list) {
    // By first character: a text is looked through at each of its own. Lists are literals, as in words_of.
    static thread_local std::unordered_map<char32_t const*, std::unordered_map<char32_t, std::vector<std::u32string_view>>> known;
    auto& words = known[list.data()];
    if (words.empty())
        for (auto const& word : words_of(list)) words[word.front()].push_back(word);
    std::size_t longest = 0;
    if (auto const beginning = text.empty() ? words.end() : words.find(text.front()); beginning != words.end())
        for (auto const& word : beginning->second)
            if (word.size() > longest && text.starts_with(word)) longest = word.size();
    return longest;
}

}  // namespace

namespace {

std::unordered_map<std::string, std::u32string> by_sound(std::initializer_list<std::u32string_view> lists) {
    std::unordered_map<std::string, std::u32string> out;
    for (auto const list : lists)
        for (auto const& word : words_of(list)) out.try_emplace(text::pinyin(to_utf8(word)), word);
    return out;
}

std::u32string const* read_in(std::unordered_map<std::string, std::u32string> const& table, std::string_view pinyin) {
    auto const found = table.find(std::string(pinyin));
    return found == table.end() ? nullptr : &found->second;
}

}  // namespace

std::u32string const* small_word_read_as(std::string_view pinyin) {
    static constexpr std::u32string_view sums = U"元 块 块钱 以内的 以下的 以上的 不超过 不低于 不高于 低于 高于 少于 最多 至少 红包 最便宜的 更便宜的 便宜点的";
    static auto const table = by_sound({function_words, people_and_places, sums});
    return read_in(table, pinyin);
}

std::u32string const* limit_read_as(std::string_view pinyin) {
    static constexpr std::u32string_view limits = U"以下 以上 以内 之内 左右 上下 到 以下的 以上的 以内的 左右的";
    static auto const table = by_sound({limits});
    return read_in(table, pinyin);
}

bool holds_together(std::u32string_view han) {
    while (!han.empty()) {
        auto const n = leading(han, function_words);
        if (n == 0) return false;
        han.remove_prefix(n);
    }
    return true;
}

namespace {

// Words with one blank between; of a Han character that is left alone nothing can be said.
std::u32string tidied(std::u32string_view words) {
    std::u32string out;
    for (std::size_t i = 0; i < words.size();) {
        if (words[i] == U' ') { ++i; continue; }
        auto j = i;
        while (j < words.size() && words[j] != U' ') ++j;
        if (!(j - i == 1 && is_han(words[i]))) out += (out.empty() ? U"" : U" ") + std::u32string(words.substr(i, j - i));
        i = j;
    }
    return out;
}

// The longest of the words that begins at `at` and of which nothing was taken away.
std::size_t whole_word(std::u32string_view left, std::size_t at, std::span<Span const> whole) {
    std::size_t longest = 0;
    for (auto const& w : whole)
        if (w.begin == at && w.end <= left.size() && left.substr(at, w.end - at).find(U' ') == left.npos) longest = std::max(longest, w.end - at);
    return longest;
}

// 不掉色的: what it is not like is one word with what refuses it.
std::size_t what_it_is_not(std::u32string_view text) {
    if (text.front() != U'不') return 0;
    for (std::size_t n = 3; n <= 4; ++n)
        if (text.size() > n && text[n] == U'的' && is_listed_chinese_word(text.substr(1, n - 1)) && !holds_together(text.substr(1, n - 1)) && leading(text.substr(1), function_words) < n - 1) return n;
    return 0;
}

// One character that is a word for goods: the 弓 of 小提琴弓, the 熊 of "毛绒玩具 熊".
bool is_goods(char32_t c) {
    static auto const known = [] {
        std::unordered_set<char32_t> out;
        for (auto const& group : text::commerce_synonyms())
            for (auto const& word : group)
                if (auto const s = surface_of(word); s.size() == 1 && is_han(s.front())) out.insert(s.front());
        return out;
    }();
    return known.contains(c);
}

// The needs of a Chinese run at the beginning of `text` are put behind `out`; how much of it was read. `whole_here`: of it that is one word.
std::size_t read_han(std::u32string_view text, bool people_too, std::u32string& out, std::size_t whole_here) {
    // The 他 of 吉他 is nobody; a present is no kind of goods.
    // 便宜, 新品 are read as an order of the list.
    // 孩子对乳胶过敏, 给儿子买: whom it is for, where no goods follow in the same word.
    auto const whom = people_too ? 0 : leading(text, U"孩子 小孩 小朋友 宝宝 儿子 女儿 侄子 侄女 外甥");
    bool const stands_apart = whom > 0 && (whom == text.size() || std::u32string_view(U" 对想要会有很太也都是爱喜买过，,。").find(text[whom]) != std::u32string_view::npos);
    if (stands_apart) {
        out += U' ';
        return whom;
    }
    if (auto const whole = known_word(text); whole > 1 && whole > leading(text, U"便宜 实惠 好看 好用 新品 打折 特价 促销") && (people_too || !has(text.substr(0, whole), U"礼物 礼品"))) {
        // 小提琴的弦断了: what belongs to it is called by both.
        if (whole + 2 <= text.size() && text[whole] == U'的' && (is_goods(text[whole + 1]) || std::u32string_view(U"弦弓盖套壳架垫芯膜").find(text[whole + 1]) != std::u32string_view::npos) && known_word(text.substr(whole + 1)) <= 1) {
            out += U' ' + std::u32string(text.substr(0, whole)) + text[whole + 1] + U' ';
            return whole + 2;
        }
        out += U' ' + std::u32string(text.substr(0, whole)) + U' ';
        return whole;
    }
    auto const person = leading(text, people_and_places), held = leading(text, function_words);
    if (auto const word = std::max(whole_here, what_it_is_not(text)); word > std::max(person, held) && !has(text.substr(0, word), U"礼物 礼品")) {
        out += U' ' + std::u32string(text.substr(0, word)) + U' ';
        return word;
    }
    if (person > held && people_too) {
        out += U' ' + std::u32string(text.substr(0, person)) + U' ';
        return person;
    }
    if (auto const longest = std::max(person, held); longest > 0) {
        out += U' ';
        return longest;
    }
    out += text.front();
    return 1;
}

}  // namespace

namespace {

// "Space theme", "star themed": whatever stands there is what it is about, however common a word. "Small space" is a place.
bool names_a_theme(std::u32string_view left, std::size_t end, std::u32string_view word) {
    static constexpr std::u32string_view no_theme = U"the a an my our his her their your this that any some same what which one no of or and with other another nice good whole different main";
    auto const next = left.substr(end);
    bool const themed = std::ranges::any_of(std::initializer_list<std::u32string_view>{U" theme", U" themed", U" themes"}, [&](std::u32string_view tail) { return next.starts_with(tail) && (next.size() == tail.size() || !letter(next[tail.size()])); });
    return themed && !one_of(word, no_theme);
}
bool space_to_put_it(std::u32string_view left, std::size_t begin) {
    static constexpr std::u32string_view before = U"small tight limited little enough more less save saves saving the my our your much living storage any no desk office take takes taking up this that counter shelf cupboard extra";
    if (begin == 0) return false;
    auto const words = left.substr(0, begin - 1);
    auto const word = words.substr(words.find_last_of(U" ,.") + 1);
    return one_of(word, before);
}

// The C of 早C晚A is no word to look for; that of 维C and of C调 is.
bool between_han(std::u32string_view left, std::size_t begin, std::size_t end) {
    auto const before = begin > 0 ? left[begin - 1] : U' ', after = end < left.size() ? left[end] : U' ';
    if (!is_han(before)) return is_han(after) && std::u32string_view(U"调型款口大小罩杯字形").find(after) == std::u32string_view::npos;
    return std::u32string_view(U"维").find(before) == std::u32string_view::npos && std::u32string_view(U"调型款口字罩杯形").find(after) == std::u32string_view::npos;
}

// The words of a name, in order. `whole`: words of the text that begins `offset` before it.
std::u32string named_words(std::u32string_view left, std::span<Span const> whole = {}, std::size_t offset = 0) {
    std::vector<Span> here;
    for (auto const& w : whole)
        if (w.begin >= offset) here.push_back({w.begin - offset, w.end - offset});
    std::u32string out;
    bool named = false;      // the word before was one of the name
    std::u32string number;   // stands before the next
    for (std::size_t i = 0; i < left.size();) {
        if (is_han(left[i])) {
            i += read_han(left.substr(i), false, out, whole_word(left, i, here)), named = false, number.clear();
        } else if (letter(left[i])) {
            auto j = i;
            while (j < left.size() && (letter(left[j]) || left[j] == U'\'' || ((left[j] == U'.' || left[j] == U'/') && j + 1 < left.size() && letter(left[j + 1])))) ++j;
            std::u32string const word(left.substr(i, j - i));
            // "12 string", "strength 2.5", "size 3/4": a number that was not read as anything else belongs to the name beside it.
            bool const digits = word.find_first_not_of(U"0123456789./") == word.npos;
            if (digits && word.size() <= 8) {
                if (named || (word.size() >= 4 && !tidied(out).empty())) out += U' ' + word + U' ';
                else number = word;
                i = j;
                continue;
            }
            static constexpr std::u32string_view short_words = U"am an as at be by do eh go ha he hi hm if im in is it ll me my no of oh ok on or re so to uh um up us ve we ya ye yo";
            // "A yo-yo": a short word said twice is a name, unless it is a laugh or a sigh.
            auto const beside = [&](std::size_t at) { return at < left.size() && (left[at] == U' ' || left[at] == U'-'); };
            bool const twice = !one_of(word, U"ha he hm no oh so uh um") && ((beside(j) && left.substr(j + 1, j - i) == word && (j + 1 + word.size() == left.size() || !letter(left[j + 1 + word.size()]))) || (i > word.size() && beside(i - 1) && left.substr(i - 1 - word.size(), word.size()) == word && (i == 1 + word.size() || !letter(left[i - 2 - word.size()]))));
            bool const abbreviation = word.size() == 2 && (twice || !one_of(word, short_words));
            // "Key of C", C调, "vitamin c": one letter is a name where it is no word.
            bool const initial = word.size() == 1 && word != U"a" && word != U"i" && word != U"s" && word.front() >= U'a' && word.front() <= U'z' && !between_han(left, i, j);
            named = (word.size() >= 3 || abbreviation || initial) && (initial || !is_common_word(word) || names_a_theme(left, j, word)) && !digits && !(word == U"space" && space_to_put_it(left, i));
            if (named) out += U' ' + std::exchange(number, {}) + U' ' + word + U' ';
            else out += U' ', number.clear();
            i = j;
        } else {
            if (left[i] != U' ' && left[i] != U'-') named = false, number.clear();
            out += U' ', ++i;
        }
    }
    return tidied(out);
}

// The place of the first of these words behind something that is named; npos: none.
std::size_t behind_a_name(std::u32string_view text, std::u32string_view word) {
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1))
        if (!named_words(text.substr(0, at)).empty()) return at;
    return text.npos;
}

}  // namespace

bool speaks(std::u32string_view text) {
    return has(text, U"i i'm i'd i'll i've we we're my me our us you she he they who she's he's something anything what need want please recommend suggest 我 你 他 她 咱 谁 什么 啥 有没有 送 给 想 要 推荐 刚 时候");
}

namespace {

// Things whose names are too common to be looked for by themselves, and are what is meant before a "for".
constexpr std::u32string_view commonly_named = U"case cases cover covers stand stands kit kits mat mats strap straps cable cables rack racks hook hooks part parts";
// What the thing is meant for stands behind these.
constexpr std::u32string_view meant_for[] = {U" for ", U" that fits ", U" which fits ", U" that will fit ", U" that would fit ", U" to fit ", U" fits ", U" that goes with ", U" to go with ", U" that works with ", U" compatible with ", U" works with "};

struct Use { std::u32string_view thing, of; std::size_t of_at = 0; std::u32string_view common; };   // common: the thing, where only a common word names it

std::optional<Use> use_in(std::u32string_view text) {
    std::optional<Use> first;
    for (auto const sep : meant_for) {
        auto at = behind_a_name(text, sep);
        std::u32string_view common;
        if (auto const early = text.find(sep); early != text.npos && early < at) {
            auto const before = text.substr(0, early);
            auto const word = before.substr(before.rfind(U' ') + 1);
            if (one_of(word, commonly_named) && !before.ends_with(U"in case")) at = early, common = word;
        }
        if (at == text.npos || (first && first->thing.size() <= at)) continue;
        first = Use{text.substr(0, at), text.substr(at + sep.size()), at + sep.size(), common};
    }
    return first;
}

}  // namespace

// The thing itself comes last, as in an English name: "strings for a 12 string guitar" are 12 string guitar strings. What it is to come with stands behind a comma.
std::string remainder(std::u32string_view text, std::vector<Span> used, std::span<Span const> whole) {
    auto const left = without(text, used);
    std::u32string_view thing(left);
    std::u32string whose, with, common;
    if (auto const at = behind_a_name(thing, U" with "); at != thing.npos && !thing.substr(0, at).ends_with(U" go") && !thing.substr(0, at).ends_with(U" goes") && !thing.substr(0, at).ends_with(U" works") && !thing.substr(0, at).ends_with(U" compatible")) with = named_words(thing.substr(at + 6), whole, at + 6), thing = thing.substr(0, at);
    if (auto const use = use_in(thing)) whose = named_words(use->of, whole, use->of_at), thing = use->thing, common = use->common;
    auto tidy = named_words(thing, whole);
    if (!common.empty() && !whose.empty() && !has_word(tidy, common)) tidy += (tidy.empty() ? U"" : U" ") + common;
    if (!whose.empty()) tidy = whose + (tidy.empty() ? U"" : U" ") + tidy;
    if (!with.empty()) tidy += (tidy.empty() ? U"" : U", ") + with;
    if (tidy.size() > 80) tidy.resize(80);
    return to_utf8(tidy);
}

std::string thing_meant(std::u32string_view text, std::vector<Span> const& used, std::span<Span const> whole) {
    // Of gifts and gear nothing is called so.
    static constexpr std::u32string_view no_name = U"accessories accessory stuff things thing gear equipment supplies ideas gift gifts present presents music suggestions options";
    auto const left = without(text, used);
    for (auto const& joint : find_all(left, U"专用的 使用的 适用的 能用的 用的"))   // 电钢琴用的耳机
        if (joint.begin > 0 && !named_words(left.substr(0, joint.begin), whole).empty())
            if (auto thing = named_words(std::u32string_view(left).substr(joint.end)); thing.size() >= 2 && known_word(thing) == thing.size()) return to_utf8(thing);
    auto const use = use_in(left);
    if (!use || named_words(use->of, whole, use->of_at).empty()) return {};
    auto thing = named_words(use->thing, whole);
    if (thing.empty()) thing = use->common;
    auto const last = thing.substr(thing.rfind(U' ') + 1);
    return std::ranges::any_of(thing, is_han) || one_of(last, no_name) ? std::string() : to_utf8(thing);
}

namespace {

constexpr char32_t kept_apart = 0xF0000;   // lifts a character out of the Han ones for a while, so that it is not tidied away

}  // namespace

std::string needs(std::u32string_view text, std::vector<Span> const& limits, std::span<Span const> whole) {
    // Only what speaks to somebody loses its articles and prepositions: "cover for iphone 8" is looked for as it stands.
    static constexpr std::u32string_view speaking = U"i i'm i'd i'll i've we we're my me our us you your need needs want wants wanted looking searching search show find give get buy please can could would should something anything some any do does have has got help recommend suggest hi hello";
    static constexpr std::u32string_view holding = U"a an the for to with of in on at by from and or but is are am be it its that this these those too very really so just as who what which where how not no there here will let like thanks thank under over below above than about around between least most more less up";
    auto const left = without(text, limits);
    bool const sentence = !limits.empty() || has(left, speaking);
    auto const read = [&](bool people_too) {
        std::u32string out;
        for (std::size_t i = 0; i < left.size();) {
            if (is_han(left[i])) {
                // Alone, or the last behind a word: what a compound is. It stands by itself, and is no rest of one.
                auto const behind = i > 0 && is_han(left[i - 1]) && out.ends_with(U' '), apart = i == 0 || left[i - 1] == U' ';
                bool const last = i + 1 == left.size() || left[i + 1] == U' ';
                auto const from = out.size();
                auto const n = read_han(std::u32string_view(left).substr(i), people_too, out, whole_word(left, i, whole));
                if (n == 1 && last && (behind || apart) && out.size() == from + 1 && out.back() == left[i] && is_goods(left[i])) out.back() += kept_apart;
                i += n;
                continue;
            }
            if (!letter(left[i])) { out += left[i] == U'.' || left[i] == U'%' ? left[i] : U' ', ++i; continue; }
            auto j = i;
            while (j < left.size() && (letter(left[j]) || left[j] == U'\'' || ((left[j] == U'.' || left[j] == U'/') && j + 1 < left.size() && letter(left[j + 1])))) ++j;
            auto const word = left.substr(i, j - i);
            out += sentence && (one_of(word, speaking) || one_of(word, holding)) ? U" " : word;
            i = j;
        }
        return tidied(out);
    };
    auto out = read(false);
    if (out.empty()) out = read(true);
    for (auto& c : out)
        if (c >= kept_apart) c -= kept_apart;
    return to_utf8(out);
}

}  // namespace kindling::dialogue::cues
