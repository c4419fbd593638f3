// modules/dialogue/understand_elsewhere.cpp -- words that look like goods or their qualities and are part of something else: 泛红 is no red, "golden retriever" no gold, 桌上放的 no desk,
// "my ears hurt" no in-ear, "his water bowl" no bowl of an air fryer. See understand.h.
//
// A colour of one character counts by itself or before what it colours. Inside a longer word it belongs to that word, by the list of words where the system has one
// (words_here.h) and by a short table where it has none. A place is goods behind a verb of putting or before 上, 里 and what is done there; a part of a body is one that
// somebody has; the last word of a thing that somebody has is no part of a value.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view colours = U"红黑白蓝绿黄紫粉灰金银橙棕青";
// Before a colour they say which one: 纯白, 墨绿.
constexpr std::u32string_view shades = U"纯雪深浅墨米淡鲜亮暗嫩大正艳漆乌哑珍枣酒玫橘桃砖铁锈奶卡湖天海宝藏雾素全银藕杏姜柠草果军豆莓樱梅咖炭偏带有要是爱选买穿配";
constexpr std::u32string_view behind_a_colour = U"色系款点的底边花格条纹一些调";
// Where there is no list of words.
constexpr std::u32string_view other_meanings = U"泛红 发红 潮红 红肿 红血丝 红疹 红痘 脸红 红润 泛黄 发黄 暗黄 蜡黄 变黄 黄气 发黑 变黑 晒黑 晒红 晒伤 黑头 黑眼圈 美白 变白 发白 惨白 白头发 白发 发青 发紫 青春 青年 青少年 黑科技 黑板 黑客 白板 白纸 白酒 白菜 红枣 红豆 红糖 红薯 红绿灯 走红 紫薯 紫砂 紫菜 蓝莓 绿豆 绿植 绿萝 黄豆 黄瓜 金鱼 金毛 粉刺 粉尘 橙子 橙汁 灰心 偏黄 偏黑";
constexpr std::u32string_view names_in_english = U"golden_retriever golden_retrievers golden_gate golden_hour golden_age red_panda red_pandas red_wine white_wine black_tea green_tea red_tea white_noise pink_noise brown_noise black_hole black_holes blue_light blue_whale blue_jay black_friday red_cross red_carpet green_house white_board black_board green_screen green_lantern black_panther black_widow black_ops black_sabbath pink_floyd pink_panther red_bull red_hot_chili silver_surfer silver_spoon brown_rice brown_bear black_belt black_bear gold_fish gold_medal";

constexpr std::u32string_view body_en = U"ear ears foot feet back neck head hand hands knee knees waist shoulder shoulders eye eyes leg legs ankle ankles skin toe toes heel heels finger fingers nose wrist wrists hip hips stomach chest scalp lips";
constexpr std::u32string_view body_zh = U"耳朵 耳 脚 脚后跟 脚跟 腰 背 脖子 头 手 手腕 膝盖 肩 肩膀 眼睛 腿 脚趾 鼻子 胸";
constexpr std::u32string_view hurting_zh = U"疼 痛 酸 很疼 很痛 好疼 好痛 会疼 会痛 总疼 不舒服 难受 肿 发麻 磨破 受不了 出汗 发热";
constexpr std::u32string_view owners = U"my his her its their our your";


// The Latin word that ends right before `at`, a blank between; empty: none.
std::u32string_view word_before(std::u32string_view t, std::size_t at) {
    if (at < 2 || t[at - 1] != U' ') return {};
    auto begin = at - 1;
    while (begin > 0 && (cues::letter(t[begin - 1]) || t[begin - 1] == U'\'')) --begin;
    return t.substr(begin, at - 1 - begin);
}

}  // namespace

std::vector<Span> Reader::in_other_words() const {
    auto const english = cues::find_all(t_, names_in_english), others = cues::find_all(t_, other_meanings);   // once, and not for each match
    std::vector<Span> out;
    for (auto const& m : matches_)
        if (part_of_another_word(m, english, others)) out.push_back({m.begin, m.end});
    return out;
}

bool Reader::part_of_another_word(Match const& m, std::span<Span const> english, std::span<Span const> others) const {
    std::u32string_view const t(t_);
    if (!is_han(t[m.begin])) {
        auto const inside = [&](Span const& s) { return m.begin >= s.begin && m.end <= s.end && m.end - m.begin < s.end - s.begin; };
        return std::ranges::any_of(english, inside);
    }
    // 泛红的脸: the 红的 in it too.
    bool const with_particle = m.end - m.begin == 2 && t[m.begin + 1] == U'的';
    if ((m.end - m.begin != 1 && !with_particle) || colours.find(t[m.begin]) == colours.npos) return false;
    auto const colour_end = m.begin + 1;
    // 红裙子, 小白鞋, 黑皮: what it colours stands right behind.
    if (!with_particle && std::ranges::any_of(matches_, [&](Match const& other) { return other.begin == m.end; })) return false;
    for (auto const& span : others)
        if (span.begin <= m.begin && colour_end <= span.end) return true;
    auto const about = m.begin >= 3 ? m.begin - 3 : 0;
    for (auto const& w : listed_words(slice(about, std::min(t.size(), with_particle ? colour_end : m.end + 3)))) {
        Span const word{w.begin + about, w.end + about};
        if (m.begin < word.begin || colour_end > word.end) continue;
        auto const before = slice(word.begin, m.begin), after = slice(colour_end, word.end);
        auto const all = [](std::u32string_view text, std::u32string_view of) { return text.find_first_not_of(of) == text.npos; };
        if ((all(before, colours) || all(before, shades)) && (all(after, behind_a_colour) || all(after, colours))) continue;
        // Made of the end of the name of something.
        if (std::ranges::any_of(matches_, [&](Match const& other) { return other.end - other.begin > 1 && other.begin < word.begin && other.end > word.begin; })) continue;
        return true;
    }
    return false;
}

// 放桌上的, 桌上摆的, "something for his desk": where a thing will stand is not the thing.
void Reader::places() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift && out_.intent != Intent::no_preference) return;
    std::vector<Span> found;
    for (auto const& m : matches_) {
        if (!names_kind(m)) continue;
        auto const before = slice(0, m.begin), after = slice(m.end, t_.size());
        if (is_han(t_[m.begin])) {
            static constexpr std::u32string_view sides[] = {U"上面", U"里面", U"旁边", U"前面", U"下面", U"底下", U"边上", U"上", U"里", U"旁", U"边", U"下", U"前", U"角"};
            static constexpr std::u32string_view putting[] = {U"放在", U"摆在", U"挂在", U"贴在", U"搁在", U"铺在", U"装在", U"放", U"摆", U"挂", U"贴", U"搁", U"铺"};
            static constexpr std::u32string_view done_there[] = {U"放", U"摆", U"用", U"挂", U"贴", U"装", U"搁", U"铺", U"使用", U"装饰", U"能放", U"可以放", U"可放"};
            auto const side = std::ranges::find_if(sides, [&](std::u32string_view s) { return after.starts_with(s); });
            if (side == std::end(sides)) continue;
            auto verb = before;   // 放我的书桌上, 放在办公室的桌子上
            for (std::u32string_view whose : {U"我的", U"我", U"他的", U"她的", U"家里的", U"办公室的", U"公司的", U"客厅的", U"的"})
                if (verb.ends_with(whose)) { verb.remove_suffix(whose.size()); break; }
            bool const put = std::ranges::any_of(putting, [&](std::u32string_view p) { return verb.ends_with(p); });
            auto const rest = after.substr(side->size());
            bool const there = std::ranges::any_of(done_there, [&](std::u32string_view d) { return rest.starts_with(d); });
            if (!put && !there) continue;
            auto end = m.end + side->size();
            for (std::u32string_view d : done_there)
                if (rest.starts_with(d)) { end += d.size(); break; }
            if (end < t_.size() && t_[end] == U'的') ++end;
            auto begin = m.begin;
            if (put)
                for (std::u32string_view p : putting)
                    if (verb.ends_with(p)) { begin = verb.size() - p.size(); break; }
            found.push_back({begin, end});
            continue;
        }
        auto const determiner = word_before(t_, m.begin);
        if (!cues::one_of(determiner, U"my his her their our the a an your")) continue;
        auto const at = m.begin - determiner.size() - 1;
        auto const preposition = word_before(t_, at);
        if (!cues::one_of(preposition, U"on in under by beside near for onto into inside")) continue;
        auto const begin = at - preposition.size() - 1;
        auto const clause = slice(begin >= 40 ? begin - 40 : 0, begin);
        bool const put = preposition != U"for" && cues::one_of(word_before(t_, begin), U"put place stand stands sit sits keep keeps hang hangs display it them go goes");
        bool const unnamed = cues::one_of(word_before(t_, begin), U"something anything gift present decoration decorations decor ornament ornaments thing things stuff accessory accessories") && !clause.empty();
        auto const behind = after.empty() || is_stop(after.front()) || after.front() == U'.' || after.starts_with(U" at ") || after.starts_with(U" in ") || after.starts_with(U" under ") || after.starts_with(U" around ");
        if ((put || unnamed) && behind) found.push_back({begin, m.end});
    }
    for (auto const& span : found) {
        used_.push_back(span), circumstances_.push_back(span);
        auto const inside = [&](auto const& what) { return what.begin < span.end && span.begin < what.end; };
        std::erase_if(matches_, inside), std::erase_if(mentions_, inside);
    }
}

// "My ears hurt", 耳朵疼, "knocks over his water bowl": parts of somebody's body, and the last word of a thing that is somebody's where only a part of a value is called so.
void Reader::of_somebody() {
    auto const has_it = [&](Match const& m) {
        if (names_kind(m)) return false;
        if (is_han(t_[m.begin])) {
            auto const said = slice(m.begin, m.end), after = slice(m.end, t_.size());
            return cues::one_of(said, body_zh) && std::ranges::any_of(cues::words_of(hurting_zh), [&](std::u32string const& hurts) { return after.starts_with(hurts); });
        }
        auto const before = word_before(t_, m.begin);
        if (cues::one_of(slice(m.begin, m.end), body_en)) return cues::one_of(before, owners);
        if (before.empty() || cues::one_of(before, owners) || std::ranges::any_of(m.meanings, [](Meaning const& x) { return x.kind != Meaning::Kind::value || x.strength != Meaning::Strength::part; })) return false;
        auto const whose = word_before(t_, m.begin - before.size() - 1);
        auto const after = slice(m.end, t_.size());
        return cues::one_of(whose, owners) && std::ranges::all_of(before, cues::letter) && (after.empty() || is_stop(after.front()) || after.front() == U'.');
    };
    std::vector<Span> gone;
    std::erase_if(matches_, [&](Match const& m) {
        if (!has_it(m)) return false;
        gone.push_back({m.begin, m.end});
        return true;
    });
    std::erase_if(mentions_, [&](Span const& s) { return std::ranges::any_of(gone, [&](Span const& g) { return g.begin == s.begin && g.end == s.end; }); });
}

}  // namespace kindling::dialogue
