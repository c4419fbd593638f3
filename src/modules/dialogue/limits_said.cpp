// modules/dialogue/limits_said.cpp -- see limits_said.h.
#include "modules/dialogue/limits_said.h"
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue {
namespace {

using Limit = Quantity::Limit;

// A comparative, and no limit that is whole by itself ("no more than", 不超过, "at most").
bool can_be_refused(std::u32string_view word) {
    static constexpr std::u32string_view whole[] = {U"over", U"above", U"under", U"below", U"beyond", U"exceed", U"exceeds", U"north of", U"in excess of", U"upwards of", U"超过", U"高于", U"大于", U"多于", U"长于", U"低于", U"少于", U"小于", U"短于", U"轻于"};
    if (std::ranges::find(whole, word) != std::end(whole)) return true;
    return word.ends_with(U" than") && !word.starts_with(U"no ") && !word.starts_with(U"not ");
}

Limit turned(Limit limit) {
    switch (limit) {
        case Limit::above: case Limit::at_least: return Limit::at_most;
        case Limit::below: case Limit::at_most: return Limit::at_least;
        default: return limit;
    }
}

bool ends_clause(char32_t c) { return std::u32string_view(U",.;!?:，。；！？：\n").find(c) != std::u32string_view::npos; }

constexpr std::u32string_view between_words =
    U"i we you me us it they he she want wants wanted wanna to spend spends spending spent pay pays paying paid go goes going be is are being cost costs costing priced price that which who anything much even a an the single cent penny dime nickel buck dollar "
    U"dollars bucks yuan euro pound looking look need needs needed like willing able prepared planning plan planned intend intending hoping have has budget my our get getting see seeing show buy buying do doing afford stretch gonna prefer please really anymore any ever one ones thing "
    U"things stuff item items gift gifts present presents of for on per each worth considering consider interested in at all too far way";

bool refuses(std::u32string_view word) {
    static constexpr std::u32string_view refusals[] = {U"no", U"not", U"nothing", U"none", U"never", U"without", U"cannot", U"cant", U"dont", U"wont", U"wouldnt", U"shouldnt", U"mustnt", U"nor", U"neither"};
    return word.ends_with(U"n't") || std::ranges::find(refusals, word) != std::end(refusals);
}

// Where the refusal begins that a comparative at `begin` is the object of; `begin`: there is none.
std::size_t english_refusal(std::u32string_view t, std::size_t begin) {
    auto at = begin;
    for (int words = 0; words < 9 && at > 0; ++words) {
        while (at > 0 && t[at - 1] == U' ') --at;
        if (at == 0 || ends_clause(t[at - 1])) break;
        auto from = at;
        while (from > 0 && (cues::letter(t[from - 1]) || t[from - 1] == U'\'')) --from;
        if (from == at) break;
        auto const word = t.substr(from, at - from);
        if (refuses(word)) {
            auto const before = t.substr(0, from);
            // "Why not go over 50?", "is there nothing over 50?": it is wished for.
            bool const asked = before.ends_with(U"why ") || (t.find(U'?') != t.npos && (word == U"nothing" || word == U"none") && cues::has(before, U"is there have do got you"));
            // "Don't you have anything under 30?", "can you not go under 30?": so is this.
            bool const wondered = (word.ends_with(U"n't") && t.substr(at).starts_with(U" you ")) || (word == U"not" && (before.ends_with(U"you ") || before.ends_with(U"there ")) && (t.starts_with(U"do ") || t.starts_with(U"can ") || t.starts_with(U"could ") || t.starts_with(U"have ") || t.starts_with(U"is ")));
            return asked || wondered ? begin : from;
        }
        if (!cues::one_of(word, between_words)) break;
        at = from;
    }
    return begin;
}

std::size_t chinese_refusal(std::u32string_view t, std::size_t begin) {
    static constexpr std::u32string_view between = U"想要能会可以愿意希望打算准备花付出得应该是用价格钱预算单总再让它都必须允许接受考虑买去太";
    auto at = begin;
    for (int chars = 0; chars < 8 && at > 0; ++chars, --at) {
        auto const c = t[at - 1];
        if (std::u32string_view(U"不别勿甭莫").find(c) != std::u32string_view::npos) {
            // 会不会超过, 能不能高于, 是不是: a question. 别的: others.
            bool const asks = at >= 2 && at < t.size() && t[at - 2] == t[at];
            return asks || (c == U'别' && at < t.size() && t[at] == U'的') || (at >= 2 && (t[at - 2] == U'差' || t[at - 2] == U'特' || t[at - 2] == U'要')) ? begin : at - 1;
        }
        if (c == U'没' && at < t.size() && std::u32string_view(U"想打准").find(t[at]) != std::u32string_view::npos) return at - 1;   // 没打算花超过; 有没有超过 asks
        if (between.find(c) == between.npos) break;
    }
    return begin;
}

}  // namespace

Limit refused_before(std::u32string_view t, std::u32string_view word, Limit limit, std::size_t& begin) {
    if (turned(limit) == limit || !can_be_refused(word)) return limit;
    auto const from = is_han(word.front()) ? chinese_refusal(t, begin) : english_refusal(t, begin);
    if (from == begin) return limit;
    begin = from;
    return turned(limit);
}

Limit refused_behind(std::u32string_view t, Limit limit, std::size_t& end) {
    if (limit != Limit::above && limit != Limit::at_least) return limit;
    auto at = end;
    auto const pass = [&](std::initializer_list<std::u32string_view> words) {
        for (auto const word : words)
            if (t.substr(at).starts_with(word)) { at += word.size(); return true; }
        return false;
    };
    if (at < t.size() && (t[at] == U'的' || is_han(t[at]))) {
        while (pass({U"的", U"我", U"就", U"都", U"一律", U"那", U"也", U"可"})) {}
        if (!pass({U"不要", U"免谈", U"不考虑", U"算了", U"不买", U"买不起", U"太贵", U"不行", U"不看", U"接受不了", U"不接受", U"就免了", U"免了", U"超预算", U"不在考虑"})) return limit;
        // 200以上的不要塑料的: what stands behind is refused.
        auto const said = t.substr(0, at);
        bool const takes_object = said.ends_with(U"不要") || said.ends_with(U"不考虑") || said.ends_with(U"不买") || said.ends_with(U"不看") || said.ends_with(U"不接受");
        if (takes_object && at < t.size() && is_han(t[at]) && std::u32string_view(U"的了啊吧呢哦呀嘛哈").find(t[at]) == std::u32string_view::npos) return limit;
        end = at;
        return turned(limit);
    }
    bool const copula = pass({U" would be", U" will be", U" is", U" are", U" gets"});
    if (!copula) return limit;
    while (pass({U" way", U" just", U" really", U" far", U" a bit", U" definitely"})) {}
    if (!pass({U" too much", U" too expensive", U" too dear", U" too pricey", U" too high", U" over budget", U" over my budget", U" out of budget", U" out of my budget", U" out of the question", U" out of my price range", U" off the table", U" a no go", U" not ok", U" not okay", U" not an option", U" not possible", U" no good", U" out", U" a no"})) return limit;
    if (at < t.size() && cues::letter(t[at])) return limit;   // "is outside", "is a notebook"
    end = at;
    return turned(limit);
}

}  // namespace kindling::dialogue
