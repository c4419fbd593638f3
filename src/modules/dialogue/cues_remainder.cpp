// modules/dialogue/cues_remainder.cpp -- what is left of a turn when all that was understood and all that only holds a sentence together is taken away. See cues.h.
#include "modules/dialogue/cues.h"
#include "core/utf8.h"
#include "engines/text/analysis/synonyms.h"
#include <algorithm>
#include <unordered_set>

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
    for (auto n = std::min<std::size_t>(8, text.size()); n >= 2; --n)
        if (known.contains(std::u32string(text.substr(0, n)))) return n;
    return 0;
}

std::string remainder(std::u32string_view text, std::vector<Span> used) {
    static constexpr std::u32string_view function_words = U"我想要 我想买 我要买 我想找 我需要 有没有 能不能 可不可以 帮我找 帮我 给我 推荐 一下 一个 一款 一条 一双 一件 一些 几个 几款 想要 想买 需要 看看 看一下 找个 找一个 找 买 要 想 给 送 的 了 吗 呢 吧 啊 呀 哦 和 或者 或 跟 与 也 还 再 都 就 是 有 没 不 在 用 来 去 我 你 您 他 她 它 这 那 个 款 件 条 双 只 把 台 点 些 比较 左右 以内 以下 以上 之间 大概 大约 预算 价格 价位 什么 哪 怎么 多少 可以 适合 合适 最好 但是 不过 而且 因为 所以 如果 换成 换 算了 还是 别 除了 以外 颜色 尺码 请 谢谢 你好 好看 好 好的 便宜 东西 商品 产品 穿 戴 用的 时候 上 下 里 能 会 很 太 更 最 人 对 从 到 让 被 把 生日 礼物 送给 送人 误差 房间 家里 装修 刚 妈妈 爸爸 老婆 女朋友 男朋友 老公 朋友 同事 老师 自己 喜欢 男孩 女孩 男童 女童 小朋友 小孩 孩子 你们家 你们 质量 有点 平时 换个 一套 一身 帮忙 出差 上班";
    std::u32string left;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool covered = false;
        for (auto const& u : used) covered = covered || (i >= u.begin && i < u.end);
        left += covered ? U' ' : text[i];
    }
    auto const& words = words_of(function_words);
    std::u32string out;
    for (std::size_t i = 0; i < left.size();) {
        if (is_han(left[i])) {
            // The 他 of 吉他 is nobody; a present is no kind of goods.
            if (auto const whole = known_word(std::u32string_view(left).substr(i)); whole > 1 && !has(std::u32string_view(left).substr(i, whole), U"礼物 礼品")) {
                out += U' ' + left.substr(i, whole) + U' ', i += whole;
                continue;
            }
            std::size_t longest = 0;
            for (auto const& word : words)
                if (word.size() > longest && std::u32string_view(left).substr(i, word.size()) == word) longest = word.size();
            if (longest) { out += U' ', i += longest; continue; }
            out += left[i++];
        } else if (letter(left[i])) {
            auto j = i;
            while (j < left.size() && (letter(left[j]) || left[j] == U'\'')) ++j;
            auto const word = left.substr(i, j - i);
            bool const digits = word.find_first_not_of(U"0123456789") == word.npos;
            static constexpr std::u32string_view short_words = U"am an as at be by do eh go ha he hi hm if im in is it ll me my no of oh ok on or re so to uh um up us ve we ya ye yo";
            bool const abbreviation = word.size() == 2 && std::ranges::find(words_of(short_words), word) == words_of(short_words).end();
            if ((word.size() >= 3 || abbreviation) && !is_common_word(word) && !digits) out += U' ' + word + U' ';
            else out += U' ';
            i = j;
        } else out += U' ', ++i;
    }
    std::u32string tidy;
    for (std::size_t i = 0; i < out.size();) {
        if (out[i] == U' ') { ++i; continue; }
        auto j = i;
        while (j < out.size() && out[j] != U' ') ++j;
        // one left-over Han character says nothing
        if (!(j - i == 1 && is_han(out[i]))) tidy += (tidy.empty() ? U"" : U" ") + out.substr(i, j - i);
        i = j;
    }
    if (tidy.size() > 80) tidy.resize(80);
    return to_utf8(tidy);
}

}  // namespace kindling::dialogue::cues
