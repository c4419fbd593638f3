// modules/dialogue/cues_leaning.cpp -- which way a wish leans and what words point at: orders, comparatives, superlatives, corrections, refinements. See cues.h.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

std::optional<Order> order(std::u32string_view t) {
    if (has(t, U"not_too_cheap not_cheap_looking not_look_cheap don't_look_cheap doesn't_look_cheap nothing_cheap not_a_cheap not_the_cheapest nothing_too_cheap don't_want_the_cheapest do_not_want_the_cheapest 不要最便宜 别要最便宜 不用最便宜 别选最便宜 不是最便宜 不想要最便宜 别太便宜 不要太便宜 不要便宜 不能太便宜")) return {};
    if (has(t, U"最便宜 价格从低到高 价格最低 便宜的 便宜 实惠 性价比 平价 cheapest costs_the_least costs_least costs_less lowest_price cheap inexpensive affordable value_for_money budget_friendly 不要太贵 别太贵 不太贵 not_too_expensive not_expensive")) return Order::price_up;
    if (has(t, U"最贵 价格从高到低 最高端 高端 顶级 most_expensive premium high_end luxury")) return Order::price_down;
    if (has(t, U"最新 新品 新款 what's_new whats_new newest latest new_arrivals")) return Order::newest;
    if (has(t, U"评分最高 评价最好 评价最高 评价好 评价高 好评 口碑 评分高 better_rated better_reviewed best_rated top_rated highest_rated best_reviewed best_reviews")) return Order::rating;
    if (has(t, U"卖得最好 卖得好 销量 热门 爆款 最火 热销 卖得最好 best_sellers bestsellers best_selling bestselling bestseller best_seller popular 人气")) return Order::popular;
    return {};
}

namespace {

// The first of the cues whose last character is not half of another word: the 太大 of 太大众, the 最高 of 最高级 speak of no size.
std::optional<Span> find_measured(std::u32string_view t, std::u32string_view list) {
    static constexpr std::u32string_view other_words = U"大众 大气 大牌 大方 大胆 大路 大意 大人 大城 小众 小气 小清 小孩 小资 小朋 小心 高级 高调 高端 高冷 高兴 高档 高大上 高贵 高科 低调 低俗 低端 低龄 低幼 低档 低廉 低头 重要 重口 重复 轻浮 轻佻 轻松 贵重 贵气 贵妇 短视 短缺 长久 长远 长辈 宽松 宽泛 亮眼 亮丽";
    for (std::size_t from = 0; auto const span = find(t, list, from); from = span->begin + 1) {
        auto const last = t.substr(span->end - 1, 3);
        if (!is_han(last.front()) || std::ranges::none_of(words_of(other_words), [&](std::u32string const& word) { return last.starts_with(word); })) return span;
    }
    return {};
}

}  // namespace

std::vector<Comparative> comparatives(std::u32string_view t, std::vector<Span>& used) {
    using W = Comparative::What;
    struct Row { W what; int direction; std::u32string_view cues; };
    static constexpr Row rows[] = {
        {W::price, -1, U"更便宜 便宜点 便宜一点 便宜些 再便宜 便宜一些 低一点的价 价格低一点 价格低点 太贵了 太贵 有点贵 不要那么贵 别那么贵 没那么贵 不那么贵 不要这么贵 没这么贵 cheaper less_expensive not_that_expensive not_so_expensive not_as_expensive lower_price too_expensive too_pricey more_affordable"},
        {W::price, +1, U"更贵 贵一点 贵点 高档一点 更高档 好一点的 more_expensive pricier higher_end more_premium"},
        {W::length, +1, U"长一点 更长 再长 长点 长一些 太短 有点短 longer too_short"}, {W::length, -1, U"短一点 更短 再短 短点 短一些 太长 有点长 shorter too_long"},
        {W::size, +1, U"大一点 更大 再大 大点的 大一些 太小 有点小 bigger larger too_small"}, {W::size, -1, U"小一点 更小 再小 小点的 小一些 太大 有点大 smaller more_compact too_big too_large too_bulky"},
        {W::weight, -1, U"轻一点 更轻 再轻 轻点 轻一些 太重 有点重 lighter too_heavy"}, {W::weight, +1, U"重一点 更重 heavier"},
        {W::height, +1, U"高一点 更高 再高 太矮 太低 taller higher too_low"}, {W::height, -1, U"矮一点 低一点 更矮 更低 太高 lower too_tall too_high"},
        {W::width, +1, U"宽一点 更宽 太窄 wider too_narrow"}, {W::width, -1, U"窄一点 更窄 太宽 narrower too_wide"},
        {W::capacity, +1, U"容量大一点 容量更大 装得多 more_capacity"}, {W::power, +1, U"功率大一点 更亮 亮一点 brighter more_powerful"}, {W::endurance, +1, U"续航长一点 续航更长 续航久一点 longer_battery"},
    };
    std::vector<Comparative> out;
    for (auto const& row : rows)
        if (auto const span = find_measured(t, row.cues)) {
            bool taken = false;
            for (auto const& u : used) taken = taken || (span->begin < u.end && u.begin < span->end);
            if (taken) continue;
            // "不要太短", "not too long": how it should be, compared with nothing
            auto const before = t.substr(0, span->begin);
            if (before.ends_with(U"不要") || before.ends_with(U"别") || before.ends_with(U"不能") || before.ends_with(U"不") || before.ends_with(U"not ")) continue;
            used.push_back(*span);
            out.push_back({row.what, row.direction});
        }
    return out;
}

namespace {

constexpr std::u32string_view which_of_them = U"哪个 哪款 哪一个 哪一款 哪双 哪件 哪条 哪台 哪盏 哪把 哪张 哪只 哪瓶 哪套 哪本 哪种 谁";

// 哪个更轻, 哪款便宜一点: of several the extreme is meant. The same with 最 where it asks so.
std::u32string as_superlative(std::u32string_view t) {
    std::u32string out(t);
    auto const which = find(t, which_of_them);
    if (!which) return out;
    auto at = which->end;
    for (std::u32string_view more : {U"更", U"比较", U"要", U"会"})
        if (t.substr(at).starts_with(more)) at += more.size();
    auto const rest = t.substr(at);
    for (std::u32string_view quality : {U"好评多", U"评分高", U"评价好", U"评价高", U"口碑好", U"卖得好", U"销量高", U"便宜", U"划算", U"安静", U"保温", U"耐用", U"轻", U"重", U"大", U"小", U"长", U"短", U"宽", U"窄", U"高", U"矮", U"贵", U"亮", U"久"}) {
        if (!rest.starts_with(quality)) continue;
        auto tail = std::u32string(rest.substr(quality.size()));
        std::erase_if(tail, [](char32_t c) { return std::u32string_view(U"一点些的呢吗呀啊吧?？。.!！ ").find(c) != std::u32string_view::npos; });
        if (tail.empty()) return out.substr(0, which->end) + U"最" + std::u32string(quality);
    }
    return out;
}

// "The best battery", "best for battery life", 电池最好: the best of an amount is the most of it.
struct BestOf { Comparative::What what; Span span; };
std::optional<BestOf> best_of(std::u32string_view t) {
    using W = Comparative::What;
    struct Row { W what; std::u32string_view nouns; };
    static constexpr Row rows[] = {{W::endurance, U"battery_life battery endurance playtime play_time runtime 续航 电池 电量 待机"}, {W::warmth, U"insulation heat_retention 保温 保冷"}, {W::capacity, U"capacity 容量"}, {W::power, U"brightness 亮度"}};
    for (auto const& row : rows)
        for (auto const& noun : find_all(t, row.nouns)) {
            if (is_han(t[noun.begin])) {
                auto at = noun.end;
                for (std::u32string_view of : {U"效果", U"性能", U"能力", U"时间", U"时长", U"寿命", U"是"})
                    if (t.substr(at).starts_with(of)) at += of.size();
                for (std::u32string_view most : {U"最好", U"最强", U"最长", U"最久", U"最高", U"最大", U"最牛", U"最棒", U"最猛"})
                    if (t.substr(at).starts_with(most)) return BestOf{row.what, {noun.begin, at + most.size()}};
                continue;
            }
            auto const before = t.substr(0, noun.begin);
            for (std::u32string_view most : {U"best ", U"longest ", U"greatest ", U"strongest ", U"biggest ", U"highest ", U"largest ", U"best for ", U"best at "})
                if (before.ends_with(most) && (before.size() == most.size() || !letter(before[before.size() - most.size() - 1]))) return BestOf{row.what, {noun.begin - most.size(), noun.end}};
            for (std::u32string_view best : {U" is best", U" is the best"})
                if (t.substr(noun.end).starts_with(best)) return BestOf{row.what, {noun.begin, noun.end + best.size()}};
        }
    return {};
}

// "Which of those is the lightest", "the lightest of them", "what's the lightest one": the word that asks; empty: none does.
std::u32string english_superlative(std::u32string_view t) {
    auto const word_at = [&](std::size_t& at) {
        while (at < t.size() && !letter(t[at])) ++at;
        auto const begin = at;
        while (at < t.size() && letter(t[at])) ++at;
        return t.substr(begin, at - begin);
    };
    auto const extreme = [](std::u32string_view word) { return word.size() >= 5 && word.ends_with(U"est") && word != U"interest" && word != U"latest" && word != U"newest" && word != U"request" && word != U"forest" && word != U"honest" && word != U"suggest"; };
    std::u32string said;
    // "Longest battery life?" by itself, "which has the best battery".
    if (auto const best = best_of(t); best && !has(t, U"do_you have_you are_there show find need want looking a an any with")) {
        auto const rest = without(t, find_all(t, U"which what what's whats one of them these those is are has have the got comes who"));
        auto left = without(rest, {best->span});
        if (left.find_first_not_of(U" ,.?!") == left.npos) return std::u32string(t.substr(best->span.begin, best->span.end - best->span.begin));
    }
    // "Which is best for running"
    if (auto const best = find(t, U"best_for best_suited_to best_suited_for most_suitable_for"); best && has(t, U"which what what's whats") && !has(t.substr(best->end), U"me us you beginners everyone")) {
        auto end = best->end;
        while (end < t.size() && std::u32string_view(U"?.,!").find(t[end]) == std::u32string_view::npos) ++end;
        if (end > best->end + 1 && end - best->begin <= 40) return std::u32string(t.substr(best->begin, end - best->begin));
    }
    auto const read = [&](std::size_t from, int words) {
        for (int i = 0; i < words && from < t.size() && said.empty(); ++i) {
            auto const word = word_at(from);
            if (word == U"do" || word == U"should" || word == U"would" || word == U"can" || word == U"else") return;
            auto const begin = from - word.size();
            if (word == U"most" || word == U"least" || word == U"best") {
                auto const next = word_at(from);
                if (word != U"best" || next == U"rated" || next == U"reviewed") said = std::u32string(t.substr(begin, from - begin));
                return;
            }
            if (extreme(word)) said = std::u32string(word);
        }
    };
    if (auto const which = find(t, U"which")) read(which->end, 8);
    bool const of_those = has(t, U"of_those of_these of_them of_the_two of_the_three of_the_four among_them among_these among_those");
    if (auto const what = find(t, U"what's_the what_is_the whats_the"); said.empty() && what && (of_those || t.size() < what->end + 24)) read(what->end, 2);
    bool const bare = t.size() <= 24 && has(t, U"one ones") && !superlatives(t).empty() && !has(t, U"a an any do have show find add put take buy get") && !t.ends_with(U" please");   // "lightest one?"
    if (said.empty() && (of_those || bare)) read(0, 3);
    if (said.empty())
        if (auto const which = find(t, U"which")) {
            std::vector<Span> used;
            if (auto const is = find(t, U"is are weighs costs", which->end); is && is->begin < which->end + 24 && !has(t, U"do_you have_you is_there are_there") && comparatives(t.substr(is->begin), used).size() == 1) said = std::u32string(t.substr(is->begin + used.front().begin, used.front().end - used.front().begin));
        }
    return said;
}

}  // namespace

std::vector<Comparative> superlatives(std::u32string_view said) {
    auto const asked = as_superlative(said);
    std::u32string_view const t = asked;
    using W = Comparative::What;
    struct Row { W what; int direction; std::u32string_view cues; };
    static constexpr Row rows[] = {{W::length, +1, U"最长 longest"}, {W::length, -1, U"最短 shortest"}, {W::size, +1, U"最大 biggest largest"}, {W::size, -1, U"最小 smallest"}, {W::weight, -1, U"最轻 lightest weighs_the_least weighs_least weighs_less"}, {W::weight, +1, U"最重 heaviest weighs_the_most weighs_most"}, {W::height, +1, U"最高 tallest"}, {W::height, -1, U"最矮 最低 lowest"}, {W::noise, -1, U"最安静 最静音 噪音最小 噪音最低 quietest least_noisy"}, {W::warmth, +1, U"保温最久 保温最长 保温时间最长 最保温 warm_the_longest hot_the_longest warm_longest hot_longest"}, {W::width, +1, U"最宽 widest"}, {W::width, -1, U"最窄 narrowest"}, {W::power, +1, U"最亮 brightest most_powerful"}, {W::endurance, +1, U"续航最长 续航最久 待机最长 电池最耐用 longest_battery lasts_longest lasts_the_longest longest_lasting"}, {W::capacity, +1, U"容量最大 装得最多 holds_the_most holds_most"}};
    std::vector<Comparative> out;
    for (auto const& row : rows)
        if (find_measured(t, row.cues) && std::none_of(out.begin(), out.end(), [&](Comparative const& c) { return c.what == row.what; })) out.push_back({row.what, row.direction});
    if (auto const best = best_of(t); best && std::none_of(out.begin(), out.end(), [&](Comparative const& c) { return c.what == best->what; })) out.push_back({best->what, +1});
    // 续航最长 is of the battery, 评分最高 and "the lowest price" of neither height nor length.
    if (std::ranges::any_of(out, [](Comparative const& c) { return c.what == W::endurance || c.what == W::warmth; })) std::erase_if(out, [](Comparative const& c) { return c.what == W::length; });
    if (has(t, U"评分 价格 price rated rating 好评 性价比")) std::erase_if(out, [](Comparative const& c) { return c.what == W::height; });
    return out;
}

std::u32string superlative_said(std::u32string_view said) {
    auto const asked = as_superlative(said);
    std::u32string_view const t = asked;
    auto const word_end = [&](std::size_t from) {  // of at most four characters, before a particle
        auto end = from;
        while (end < t.size() && is_han(t[end]) && end < from + 4 && std::u32string_view(U"的了呢吗呀啊").find(t[end]) == std::u32string_view::npos) ++end;
        return end;
    };
    // 哪个最轻, 哪把坐高最低
    if (auto const span = find(t, which_of_them))
        if (auto const most = t.find(U'最', span->end); most != t.npos && most <= span->end + 4 && std::ranges::all_of(t.substr(span->end, most - span->end), is_han)) return word_end(most + 1) > most + 1 ? std::u32string(t.substr(span->end, word_end(most + 1) - span->end)) : std::u32string();
    if (auto const which = find(t, U"是哪个 是哪款 是哪一个 是哪一款 是哪双 是哪件"))  // 最轻的是哪个
        if (auto const most = t.rfind(U'最', which->begin); most != t.npos && which->begin - most <= 6) return std::u32string(t.substr(most, word_end(most + 1) - most));
    if (auto const best = best_of(t); best && is_han(t[best->span.begin])) {   // 续航最长的呢
        auto const rest = without(t, {best->span});
        if (rest.find_first_not_of(U" ,.?!，。？！的呢是那个款") == rest.npos) return std::u32string(t.substr(best->span.begin, best->span.end - best->span.begin));
    }
    return english_superlative(t);
}

bool points(std::u32string_view t) {
    if (has(t, U"的那个 的那款 的那件 的那条 的那双 的那只 的那台 的那把 的那盏 的那张 的那瓶 的那套 那个 那款 那件 那条 那双 那只 那台 那把 那盏 那张 那瓶 那套")) return true;
    // "The cheaper of those", "cheapest of the first three", 前两个里便宜的, 其中最轻的.
    for (auto const& of : find_all(t, U"of_the of_those of_these of_them of_both")) {
        auto const before = t.substr(0, of.begin);
        if (before.ends_with(U"er ") || before.ends_with(U"est ") || before.ends_with(U"rated ")) return true;
    }
    if (has(t, U"其中 里面 这几个里 这几款里 这些里 个里 款里 件里 双里 个中 款中") && t.find(U'的') != t.npos && !is_question(t) && (order(t) || !superlatives(t).empty())) return true;
    // "the cheaper one", "the linen ones"; "a cheaper one" looks for another.
    for (auto const& one : find_all(t, U"one ones")) {
        auto const before = t.substr(one.begin >= 30 ? one.begin - 30 : 0, std::min<std::size_t>(one.begin, 30));
        if (auto const the = before.rfind(U"the "); the != before.npos && (the == 0 || before[the - 1] == U' ') && before.substr(the).find(U',') == before.npos) return true;
        if (auto const that = before.rfind(U"that "); that != before.npos && before.size() - that < 18) return true;
    }
    return false;
}

bool refines(std::u32string_view t) {
    while (!t.empty() && std::u32string_view(U" ?？。.!！,，").find(t.back()) != std::u32string_view::npos) t.remove_suffix(1);
    while (!t.empty() && t.front() == U' ') t.remove_prefix(1);
    if (t.empty() || has(t, U"我想要 我想买 想买 我要买 还要买 再买 想找 有没有卖 卖不卖 i_need i_want i'd_like looking_for do_you_have do_you_sell got_any what_about how_about show_me also_a and_a")) return false;
    if (is_han(t.back()) || is_han(t.front())) return t.ends_with(U"的") || t.ends_with(U"点") || t.ends_with(U"一些") || t.ends_with(U"的吧") || t.ends_with(U"的话") || t.starts_with(U"带") || t.starts_with(U"要") || t.starts_with(U"不要") || t.starts_with(U"最好") || t.starts_with(U"适合");
    static constexpr std::u32string_view fronts[] = {U"with ", U"without ", U"for ", U"in ", U"no ", U"not ", U"but ", U"only ", U"the one", U"ones ", U"one with", U"one that", U"preferably ", U"ideally ", U"something with", U"it should", U"it must", U"must ", U"should ", U"that ", U"made of"};
    for (auto const& front : fronts)
        if (t.starts_with(front)) return true;
    return t.ends_with(U" please") || t.ends_with(U" one") || t.ends_with(U" ones");
}

bool corrects(std::u32string_view t, std::span<Span const> whole) {
    return find_apart(t, U"不对 弄错 搞错 错了 我说的是 我要的是 我是说 应该是 改成 换成 改为 换为 不是这个 no_i_meant i_meant i_mean not_that wrong_one instead make_it make_that change_it change_that swap_it swap_that rather", whole).has_value();
}

bool speaks_of_the_other(std::u32string_view t) { return has(t, U"另一个 另外一个 另一款 另一件 另一双 另一条 the_other_one the_other"); }

std::optional<Span> together(std::u32string_view t) {
    return find(t, U"总共 一共 总价 总预算 加起来 合计 合起来 全部加 凑一套 搭一套 配一套 买一套 来一套 成套 全套 搭配一套 整套 in_total total altogether all_together all_in combined outfit bundle for_everything for_all for_the_lot set_of budget_for_all");
}

}  // namespace kindling::dialogue::cues
