// modules/dialogue/understand.cpp -- putting words, numbers and cues together into constraints. See understand.h.
#include "modules/dialogue/understand.h"
#include "core/money.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/cues.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {
namespace {

using cues::has;
using cues::Span;

// Which attributes and values exist within some categories: what a word can mean there.
struct Scope {
    std::vector<char> attributes;                 // by attribute id
    std::vector<std::vector<char>> values;        // by attribute and value id
    std::vector<std::pair<double, double>> range; // of numbers

    Scope(CatalogueView const& view, std::vector<int> const& categories) {
        auto const& words = view.words();
        attributes.assign(words.attributes.size(), 0);
        range.assign(words.attributes.size(), {infinity, -infinity});
        for (auto const& a : words.attributes) values.emplace_back(a.values.size(), 0);
        for (std::size_t p = 0; p < view.size(); ++p) {
            bool within = categories.empty();
            for (int c : categories) within = within || words.within(view[p].category, c);
            if (!within) continue;
            for (auto const& v : view[p].values) note(v);
            for (auto const& variant : view[p].variants)
                for (auto const& v : variant.values) note(v);
        }
    }
    void note(AttributeValue const& v) {
        auto const a = static_cast<std::size_t>(v.attribute);
        attributes[a] = 1;
        if (v.value >= 0) values[a][static_cast<std::size_t>(v.value)] = 1;
        if (!std::isnan(v.number)) range[a] = {std::min(range[a].first, v.number), std::max(range[a].second, v.number)};
    }
};

struct DimensionWord { std::u32string_view said, label; };
constexpr DimensionWord dimension_words[] = {
    {U"裙长 衣长 长度 长 long length", U"长 length"}, {U"宽 宽度 wide width", U"宽 width"}, {U"跟高 鞋跟 heel heels", U"跟高 heel"}, {U"高 高度 tall high height", U"高 height"}, {U"深 深度 deep depth", U"深 depth"},
    {U"直径 口径 diameter across", U"直径 口径 diameter"}, {U"重 重量 重量轻 weigh weighs weight heavy", U"重 weight"}, {U"容量 容积 装 capacity volume holds hold", U"容量 capacity volume"}, {U"功率 power", U"功率 power"},
    {U"续航 播放 电池 battery playtime play playback", U"续航 播放 电池 battery play"}, {U"厚 厚度 thick thickness", U"厚 thick"}, {U"色温 colour_temperature color_temperature", U"色温 temperature"}, {U"亮度 brightness bright", U"亮度 流明 bright lumin"},
};

bool label_has(AttributeInfo const& info, std::u32string_view stems) {
    auto const text = surface_of(info.label.en) + U" " + surface_of(info.label.zh) + U" " + surface_of(info.name);
    for (std::size_t i = 0; i < stems.size();) {
        auto const end = std::min(stems.find(U' ', i), stems.size());
        if (text.find(stems.substr(i, end - i)) != text.npos) return true;
        i = end + 1;
    }
    return false;
}

class Reader {
public:
    Reader(std::string_view text, CatalogueView const& view, Lexicon const& lexicon, Situation const& situation) : view_(view), words_(view.words()), situation_(situation) {
        auto const bounded = utf8_prefix(text, 6000);
        text::Normalised normalised;
        text::normalise(bounded, normalised);
        if (normalised.text.size() > 2000) normalised.text.resize(2000);
        numbers_ = quantities(normalised.text);
        t_ = surface_of(to_utf8(normalised.text));
        matches_ = lexicon.scan(t_);
        bool const han = std::any_of(t_.begin(), t_.end(), is_han), latin = std::any_of(t_.begin(), t_.end(), [](char32_t c) { return c >= U'a' && c <= U'z'; });
        out_.locale = han ? Locale::zh : latin ? Locale::en : situation.locale;
    }

    Reading read() {
        out_.suspicious = cues::suspicious(t_);
        out_.intent = cues::intent(t_, situation_);
        if (out_.intent == Intent::empty) return std::move(out_);
        if (out_.intent == Intent::ask_policy) out_.topic = cues::policy_topic(t_);
        drop_doubtful_matches();
        auto const refs = cues::references(t_, situation_.shown);
        out_.ordinals = refs.ordinals, out_.refers = refs.focus;
        for (auto const& s : refs.spans) used_.push_back(s);
        merge_words();
        categories();
        Scope const scope(view_, scope_);
        values(scope);
        brands();
        sizes(scope);
        amounts(scope);
        switches();
        for (auto const& n : numbers_) taken_.push_back({n.begin, n.end});
        out_.comparatives = cues::comparatives(t_, taken_);
        if (out_.comparatives.empty()) out_.order = cues::order(t_);
        no_preference();
        order_and_contact();
        question(scope);
        for (auto const& m : matches_) used_.push_back({m.begin, m.end});
        for (auto const& n : numbers_) used_.push_back({n.begin, n.end});
        for (auto const& s : taken_) used_.push_back(s);
        out_.free_text = cues::remainder(t_, used_);
        if (!hints_.empty()) out_.free_text += (out_.free_text.empty() ? "" : " ") + to_utf8(hints_.substr(1));
        for (auto& m : matches_)
            if (!m.corrected_from.empty()) out_.corrections.emplace_back(to_utf8(m.corrected_from), to_utf8(m.surface));
        social();
        for (auto& c : out_.constraints) write_labels(c, words_, view_.currency());
        return std::move(out_);
    }

private:
    std::u32string_view slice(std::size_t begin, std::size_t end) const { return std::u32string_view(t_).substr(begin, end - begin); }

    void drop_doubtful_matches() {
        std::erase_if(matches_, [&](Match const& m) {
            for (auto const& n : numbers_)  // "500ml" is an amount, not the value "ml"
                if (m.begin < n.end && n.begin < m.end && !(m.begin <= n.number_begin && n.number_end <= m.end && n.limit == Quantity::Limit::exact)) return true;
            // "140 cm wide": the word names the dimension of the number
            static constexpr std::u32string_view dimensions[] = {U"long", U"wide", U"high", U"tall", U"deep", U"thick", U"heavy", U"short", U"宽", U"长", U"高", U"深", U"厚", U"重"};
            for (auto const& n : numbers_)
                if (n.kind == Quantity::Kind::measure && ((m.begin >= n.end && m.begin <= n.end + 1) || (m.end <= n.begin && m.end + 1 >= n.begin)) && std::find(std::begin(dimensions), std::end(dimensions), slice(m.begin, m.end)) != std::end(dimensions)) return true;
            bool const latin = std::all_of(t_.begin() + static_cast<std::ptrdiff_t>(m.begin), t_.begin() + static_cast<std::ptrdiff_t>(m.end), [](char32_t c) { return c < 0x250; });
            if (latin && m.end - m.begin <= 2 && m.meanings.front().kind == Meaning::Kind::value) {
                // M, L, XL, S: only as a size; "it's" and "l am" are not
                auto const after = slice(m.end, std::min(t_.size(), m.end + 5)), before = slice(m.begin >= 6 ? m.begin - 6 : 0, m.begin);
                bool const size = after.starts_with(U"码") || after.starts_with(U"号") || after.starts_with(U" 码") || after.starts_with(U" size") || before.ends_with(U"size ") || before.ends_with(U"size: ") || before.ends_with(U"in ") || before.ends_with(U"in a ") || before.ends_with(U"尺码") || t_.size() <= 4 || before.ends_with(U",") || before.ends_with(U", ") || before.ends_with(U"要") || before.ends_with(U"穿");
                bool const apostrophe = m.begin > 0 && t_[m.begin - 1] == U'\'';
                return !size || apostrophe;
            }
            if (!latin && m.end - m.begin == 1 && (t_[m.begin] == U'男' || t_[m.begin] == U'女')) {
                auto const next = m.end < t_.size() ? t_[m.end] : U' ';
                return std::u32string_view(U"款士生的式鞋装包表 ,。,,!").find(next) == std::u32string_view::npos;
            }
            // 花 in 花呗, 皮 in 皮肤, 包 in 包邮, 灯 …: one character inside a longer word that is no catalogue word
            static constexpr std::u32string_view longer = U"皮肤 包邮 包裹 花呗 花钱 面包 包装 书包 顽皮 皮实 调皮 眼花 花多少 花了 别 金额 现金 押金 礼金 黑五 白天 明白 空白 白领 红包 网红 蓝牙 绿色通道 粉丝 奶粉 面粉 灰尘 麻烦 芝麻 银行 黄金 木有 锅铲";
            for (auto const& span : cues::find_all(t_, longer))
                if (m.end - m.begin == 1 && m.begin >= span.begin && m.end <= span.end) return true;
            return false;
        });
        // A number that the lexicon took as part of a name is no amount: "seven seas", "三星".
        std::erase_if(numbers_, [&](Quantity const& n) {
            if (n.limit != Quantity::Limit::exact) return false;
            return std::any_of(matches_.begin(), matches_.end(), [&](Match const& m) { return m.begin <= n.number_begin && n.number_end <= m.end; });
        });
        for (auto const& m : matches_) mentions_.push_back({m.begin, m.end});
    }

    bool refused(Match const& m) const { return cues::negated(t_, {m.begin, m.end}, mentions_); }

    void merge_words() {
        if (has(t_, U"另外 还要买 还要一 还想买 再看看 再买 还需要一 顺便 also_need another_thing separately i_also_need i_also_want besides")) out_.merge = Reading::Merge::fresh;
        else if (has(t_, U"也行 也可以 也要 都行 都可以 或者也 also_fine also_ok is_fine_too would_also_work also_work as_well 也能接受 too")) out_.merge = Reading::Merge::either;
        if (has(t_, U"换成 改成 算了 还是 instead actually change_to changed_my_mind switch_to make_that make_it")) out_.merge = Reading::Merge::replace;
    }

    void categories() {
        std::vector<Match const*> found;
        for (auto const& m : matches_)
            if (std::any_of(m.meanings.begin(), m.meanings.end(), [](Meaning const& x) { return x.kind == Meaning::Kind::category; })) found.push_back(&m);
        Constraint want{.kind = ConstraintKind::category}, avoid{.kind = ConstraintKind::category, .polarity = Polarity::avoid};
        std::vector<int> ids;
        for (std::size_t i = 0; i < found.size(); ++i) {
            auto const& m = *found[i];
            // "dress shoes", "咖啡杯": the last noun of a compound names the thing
            if (i + 1 < found.size() && found[i + 1]->begin - m.end <= 1 && (found[i + 1]->begin == m.end || t_[m.end] == U' ')) continue;
            // "桌子上的台灯", "a lamp for my desk": the place is not the thing
            if (i + 1 < found.size()) {
                auto const between = slice(m.end, found[i + 1]->begin);
                if (between.size() <= 4 && between.ends_with(U"的") && std::all_of(between.begin(), between.end(), [](char32_t c) { return std::u32string_view(U"上里用边旁放下面的").find(c) != std::u32string_view::npos; })) continue;
            }
            if (auto const at = slice(m.begin >= 8 ? m.begin - 8 : 0, m.begin); found.size() > 1 && (at.ends_with(U"for my ") || at.ends_with(U"for the ") || at.ends_with(U"on my ") || at.ends_with(U"in my ") || at.ends_with(U"on the ") || at.ends_with(U"in the "))) continue;
            // "搭裙子的鞋", "to go with a dress": what it should match is not what is wanted
            auto const before = slice(m.begin >= 10 ? m.begin - 10 : 0, m.begin);
            if (found.size() > 1 && (before.ends_with(U"搭") || before.ends_with(U"搭配") || before.ends_with(U"配") || before.ends_with(U"go with ") || before.ends_with(U"go with a ") || before.ends_with(U"with my ") || before.ends_with(U"match my "))) continue;
            // "不要黑色的双肩包": what is refused is the colour; only other kinds of goods may stand between
            std::vector<Span> kinds;
            for (auto const* other : found) kinds.push_back({other->begin, other->end});
            auto& into = cues::negated(t_, {m.begin, m.end}, kinds) ? avoid : want;
            for (auto const& meaning : m.meanings) {
                if (meaning.kind != Meaning::Kind::category) continue;
                auto const& c = words_.categories[static_cast<std::size_t>(meaning.id)];
                into.values.push_back({c.id, c.label.en, c.label.zh});
                if (&into == &want) ids.push_back(meaning.id);
            }
            into.said += (into.said.empty() ? "" : " ") + to_utf8(slice(m.begin, m.end));
        }
        // "连衣裙…针织裙": the narrower one is meant
        auto const narrower = [&](int id) { return std::any_of(ids.begin(), ids.end(), [&](int other) { return other != id && words_.within(other, id); }); };
        std::erase_if(want.values, [&](ValueName const& v) { return narrower(words_.category_ids.at(v.attribute)); });
        std::erase_if(ids, narrower);
        scope_ = ids.empty() ? situation_.categories : ids;
        if (!want.values.empty()) out_.constraints.push_back(std::move(want));
        if (!avoid.values.empty()) out_.constraints.push_back(std::move(avoid));
    }

    void values(Scope const& scope) {
        for (auto const& m : matches_) {
            bool const category_too = std::any_of(m.meanings.begin(), m.meanings.end(), [](Meaning const& x) { return x.kind == Meaning::Kind::category; });
            Constraint c{.said = to_utf8(slice(m.begin, m.end))};
            auto weakest = Meaning::Strength::exact;
            bool in_scope = false, unknown = false;
            std::vector<Meaning> here, elsewhere;
            for (auto const& x : m.meanings)
                if (x.kind == Meaning::Kind::value && x.value < 0) unknown = true;
                else if (x.kind == Meaning::Kind::value) (scope.values[static_cast<std::size_t>(x.id)][static_cast<std::size_t>(x.value)] ? here : elsewhere).push_back(x);
            in_scope = !here.empty();
            bool const refusal = refused(m);
            if (category_too && (refusal || !in_scope || !scope_.empty())) {
                bool const strong = std::any_of(here.begin(), here.end(), [](Meaning const& x) { return x.strength != Meaning::Strength::part; });
                bool const exactly = std::any_of(m.meanings.begin(), m.meanings.end(), [](Meaning const& x) { return x.kind == Meaning::Kind::category && x.strength == Meaning::Strength::exact; });
                if (!in_scope || !strong || exactly) continue;  // "办公椅" is a chair and an office chair; "mugs" are mugs
            }
            // A refusal holds wherever the word can occur; a wish only where this kind of goods has it.
            if (unknown && here.empty() && elsewhere.empty()) {
                c.polarity = refusal ? Polarity::avoid : Polarity::want;
                c.values.push_back({"", c.said, c.said});
                out_.constraints.push_back(std::move(c));
                continue;
            }
            // An exact name settles which attribute is meant; kindred values of the same one stay ("red" and burgundy).
            if (auto const exact = std::find_if(here.begin(), here.end(), [](Meaning const& x) { return x.strength == Meaning::Strength::exact; }); exact != here.end() && !refusal) {
                std::vector<int> named;
                for (auto const& x : here)
                    if (x.strength == Meaning::Strength::exact) named.push_back(x.id);
                std::erase_if(here, [&](Meaning const& x) { return std::find(named.begin(), named.end(), x.id) == named.end(); });
            }
            auto const& list = in_scope ? here : elsewhere;
            if (list.empty()) continue;
            if (!in_scope && !refusal && only_a_hint(m, elsewhere)) {
                hints_ += U" " + std::u32string(slice(m.begin, m.end));
                continue;
            }
            for (auto const& x : list) weakest = std::max(weakest, x.strength);
            if (weakest == Meaning::Strength::part && !in_scope) continue;
            if (category_too && !refusal && scope_.empty()) continue;
            auto all = list;
            if (refusal) all = here, all.insert(all.end(), elsewhere.begin(), elsewhere.end());
            for (auto const& x : all) {
                auto const& info = words_.attributes[static_cast<std::size_t>(x.id)];
                auto const& label = info.values[static_cast<std::size_t>(x.value)];
                c.values.push_back({info.name, label.en, label.zh});
            }
            c.polarity = refusal ? Polarity::avoid : Polarity::want;
            if (!refusal) c.attribute = words_.attributes[static_cast<std::size_t>(list.front().id)].name;
            // "红色或者蓝色", "red or blue": alternatives of one attribute within one utterance
            bool joined = false;
            for (auto& other : out_.constraints)
                if (other.kind == ConstraintKind::value && other.polarity == Polarity::want && !refusal && other.attribute == c.attribute) {
                    for (auto const& v : c.values)
                        if (std::find(other.values.begin(), other.values.end(), v) == other.values.end()) other.values.push_back(v);
                    if (other.said != c.said) other.said += "/" + c.said;
                    joined = true;
                    break;
                }
            if (!joined) out_.constraints.push_back(std::move(c));
        }
    }

    // Whom it is for or where it will stand counts as a condition only where this kind of goods says such things, or where the
    // words tie it to the goods: "床头用的落地灯" does, "客厅想放一盏落地灯" does not.
    bool only_a_hint(Match const& m, std::vector<Meaning> const& elsewhere) const {
        if (std::all_of(elsewhere.begin(), elsewhere.end(), [](Meaning const& x) { return x.force == Meaning::Force::hint; })) return true;
        // "给10公斤的狗买个窝", "a bed for my dog": whom it is for
        auto const lead = slice(m.begin >= 10 ? m.begin - 10 : 0, m.begin);
        auto const given = lead.rfind(U'给');
        if (lead.ends_with(U"for my ") || lead.ends_with(U"for our ") || lead.ends_with(U"for a ") || (given != lead.npos && std::none_of(lead.begin() + static_cast<std::ptrdiff_t>(given), lead.end(), is_stop))) return true;
        if (std::any_of(elsewhere.begin(), elsewhere.end(), [&](Meaning const& x) { return !label_has(words_.attributes[static_cast<std::size_t>(x.id)], U"适用 场景 空间 用途 made room use occasion"); })) return false;
        auto const after = slice(m.end, std::min(t_.size(), m.end + 4)), before = slice(m.begin >= 8 ? m.begin - 8 : 0, m.begin);
        return !(after.starts_with(U"用") || after.starts_with(U"的") || after.starts_with(U"穿") || before.ends_with(U"for ") || before.ends_with(U"for the ") || before.ends_with(U"for a "));
    }

    void brands() {
        Constraint want{.kind = ConstraintKind::brand}, avoid{.kind = ConstraintKind::brand, .polarity = Polarity::avoid};
        for (auto const& m : matches_) {
            bool const other_meaning = std::any_of(m.meanings.begin(), m.meanings.end(), [](Meaning const& x) { return x.kind != Meaning::Kind::brand && x.strength != Meaning::Strength::part; });
            if (other_meaning) continue;
            for (auto const& x : m.meanings)
                if (x.kind == Meaning::Kind::brand) {
                    auto const& label = words_.brands[static_cast<std::size_t>(x.id)].label;
                    auto& into = refused(m) ? avoid : want;
                    into.values.push_back({label.en.empty() ? label.zh : label.en, label.en, label.zh});
                    into.said += (into.said.empty() ? "" : " ") + to_utf8(slice(m.begin, m.end));
                }
        }
        if (!want.values.empty()) out_.constraints.push_back(std::move(want));
        if (!avoid.values.empty()) out_.constraints.push_back(std::move(avoid));
    }

    // "38码", "size 38", "eu 38": a number that is the name of a variant.
    void sizes(Scope const& scope) {
        std::erase_if(numbers_, [&](Quantity const& n) {
            if (n.kind != Quantity::Kind::plain || n.number_end > t_.size()) return false;
            auto const after = slice(n.number_end, std::min(t_.size(), n.number_end + 2)), before = slice(n.number_begin >= 8 ? n.number_begin - 8 : 0, n.number_begin);
            bool const said = after.starts_with(U"码") || (after.starts_with(U"号") && n.value >= 20) || after.starts_with(U" 码") || before.ends_with(U"size ") || before.ends_with(U"size is ") || before.ends_with(U"eu ") || before.ends_with(U"码数") || before.ends_with(U"尺码") || before.ends_with(U"size eu ") || before.ends_with(U"穿");
            if (!said) return false;
            auto const digits = plain_number(n.value);
            Constraint c{.said = digits};
            for (std::size_t a = 0; a < words_.attributes.size(); ++a) {
                auto const& info = words_.attributes[a];
                for (std::size_t v = 0; v < info.values.size(); ++v)
                    if (scope.values[a][v] && (info.values[v].zh == digits || info.values[v].en == digits || info.values[v].en == "EU " + digits || info.values[v].zh == digits + "码")) c.values.push_back({info.name, info.values[v].en, info.values[v].zh}), c.attribute = info.name;
            }
            if (c.values.empty()) c.values.push_back({"size", "EU " + digits, digits}), c.attribute = "size";  // asked for, and not to be had: must be said
            c.said = to_utf8(slice(n.number_begin, std::min(t_.size(), n.number_end + (after.starts_with(U"码") ? 1 : 0))));
            out_.constraints.push_back(std::move(c));
            used_.push_back({n.begin, n.end});
            return true;
        });
    }

    // The attribute that a measure is about: named beside it, else the most natural one of its dimension.
    std::string attribute_of(Quantity const& n, Scope const& scope) const {
        auto const clause_start = [&] { auto at = n.begin; while (at > 0 && !is_stop(t_[at - 1]) && n.begin - at < 14) --at; return at; }();
        auto const clause_end = [&] { auto at = n.end; while (at < t_.size() && !is_stop(t_[at]) && at - n.end < 14) ++at; return at; }();
        auto const near = std::u32string(slice(clause_start, n.begin)) + U" | " + std::u32string(slice(n.begin, clause_end));
        int best = -1;
        double best_score = -1;
        for (std::size_t a = 0; a < words_.attributes.size(); ++a) {
            auto const& info = words_.attributes[a];
            if (!info.numeric || info.measure.base != n.base || !scope.attributes[a]) continue;
            double score = 0;
            for (auto const* name : {&info.label.en, &info.label.zh})
                if (auto const s = surface_of(*name); !s.empty() && cues::find(near, s)) score += 20;
            for (auto const& d : dimension_words)
                if (label_has(info, d.label) && has(near, d.said)) score += 10;
            // An outright size is what somebody means who names no dimension.
            if (label_has(info, U"长 length 宽 width 容量 capacity 功率 power 续航 battery")) score += 2;
            if (label_has(info, U"长 length 容量 capacity")) score += 1;
            if (n.value >= scope.range[a].first * 0.8 && n.value <= scope.range[a].second * 1.25) score += 4;
            if (score > best_score) best_score = score, best = static_cast<int>(a);
        }
        return best < 0 ? std::string() : words_.attributes[static_cast<std::size_t>(best)].name;
    }
    static bool is_stop(char32_t c) { return c == U',' || c == U'，' || c == U'。' || c == U';' || c == U'；' || c == U'!' || c == U'?'; }

    void amounts(Scope const& scope) {
        for (auto const& n : numbers_) {
            auto const before = slice(n.begin >= 34 ? n.begin - 34 : 0, n.begin);
            auto const near = slice(n.begin >= 14 ? n.begin - 14 : 0, n.begin);
            auto const after = slice(n.end, std::min(t_.size(), n.end + 8));
            auto const said = to_utf8(slice(n.begin, std::min(n.end, t_.size())));
            bool const price_word = has(near, U"预算 价位 价格 价钱 价 budget price priced cost costs spend spending pay") || has(after, U"预算 价位 budget");
            bool const limited = n.limit != Quantity::Limit::exact;
            if (has(before, U"you_said you_told 你说 你刚说 你说过 说好")) continue;  // a claim about the past is no wish
            bool const asked = situation_.pending == "price" && matches_.empty() && n.kind == Quantity::Kind::plain;
            if (n.kind == Quantity::Kind::money || (n.kind == Quantity::Kind::plain && (price_word || asked || (limited && n.value >= 5 && !near.ends_with(U"rating "))))) {
                if (has(near, U"评分 rating rated stars 星级") || has(after, U"星 stars star 分以上")) { rating(n, said); continue; }
                auto const& shop = view_.currency();
                if (!n.currency.empty() && n.currency != shop) { out_.foreign_money = said; continue; }
                price(n, said, price_word || asked);
            } else if (n.kind == Quantity::Kind::plain && (has(after, U"星 stars star") || has(near, U"评分 rating rated"))) {
                rating(n, said);
            } else if (n.kind == Quantity::Kind::measure) {
                if (has(near, U"身高 体重 我 i'm i_am") && (n.base == "g" || n.base == "mm") && !has(near, U"我要 我想")) continue;  // of the person, not of the goods
                if (n.base == "%" || (n.base == "min" && !cues::policy_topic(t_).empty())) continue;
                auto const attribute = attribute_of(n, scope);
                if (attribute.empty() && (n.base == "min" || n.base == "year" || n.base == "°C" || n.base == "month")) continue;  // "in two days", "for a 5 year old"
                auto limits = interval(n);
                // What a thing can bear is enough when it is more: "给10公斤的狗".
                if (auto const found = words_.attribute_ids.find(attribute); n.limit == Quantity::Limit::exact && n.tolerance == 0 && found != words_.attribute_ids.end() && label_has(words_.attributes[static_cast<std::size_t>(found->second)], U"承重 适合体重 load bear")) limits = {n.value * (1 - 1e-9), infinity};
                Constraint c{.kind = ConstraintKind::number, .attribute = attribute, .said = said};
                if (std::isfinite(limits.low)) c.min = limits.low;
                if (std::isfinite(limits.high)) c.max = limits.high;
                if (n.limit == Quantity::Limit::exact || n.limit == Quantity::Limit::about) c.target = n.value;
                bool merged = false;
                for (auto& other : out_.constraints)  // "at least 80 cm but under 100 cm"
                    if (other.kind == ConstraintKind::number && other.attribute == c.attribute && !attribute.empty() && !(other.min && c.min) && !(other.max && c.max)) {
                        if (c.min) other.min = c.min;
                        if (c.max) other.max = c.max;
                        merged = true;
                    }
                if (!merged) out_.constraints.push_back(std::move(c));
            } else if (out_.intent == Intent::add_to_basket && n.kind == Quantity::Kind::plain && n.limit == Quantity::Limit::exact && n.value >= 1 && n.value <= 99) {
                out_.quantity = static_cast<std::int64_t>(n.value), out_.quantity_said = true;
            } else if (n.kind == Quantity::Kind::count && n.limit == Quantity::Limit::exact && n.value >= 1 && n.value <= 999) {
                out_.quantity = static_cast<std::int64_t>(n.value), out_.quantity_said = true;
            }
        }
    }

    void price(Quantity const& n, std::string const& said, bool budget) {
        double scale = 1;
        for (int i = 0; i < currency_decimals(view_.currency()); ++i) scale *= 10;
        auto limits = interval(n);
        if (n.limit == Quantity::Limit::exact) limits = budget ? Interval{-infinity, n.value} : Interval{n.value * 0.8, n.value * 1.2};
        if (n.limit == Quantity::Limit::about && budget) limits = {-infinity, n.value * 1.1};  // a budget is a ceiling; about leaves a little
        Constraint c{.kind = ConstraintKind::price, .said = said};
        if (std::isfinite(limits.low)) c.min = std::ceil(limits.low * scale - 1e-6);
        if (std::isfinite(limits.high)) c.max = std::floor(limits.high * scale + 1e-6);
        if (n.limit == Quantity::Limit::below) c.max = std::ceil(n.value * scale - 1e-6) - 1;
        if (n.limit == Quantity::Limit::above) c.min = std::floor(n.value * scale + 1e-6) + 1;
        if (n.limit == Quantity::Limit::about || n.limit == Quantity::Limit::exact) c.target = n.value * scale;
        for (auto& other : out_.constraints)
            if (other.kind == ConstraintKind::price && !(other.min && c.min) && !(other.max && c.max)) {
                if (c.min) other.min = c.min;
                if (c.max) other.max = c.max;
                return;
            }
        std::erase_if(out_.constraints, [](Constraint const& other) { return other.kind == ConstraintKind::price; });
        out_.constraints.push_back(std::move(c));
    }

    void rating(Quantity const& n, std::string const& said) {
        if (n.value < 1 || n.value > 5) return;
        out_.constraints.push_back({.kind = ConstraintKind::rating, .min = n.value, .said = said});
    }

    void switches() {
        if (has(t_, U"有货的 现货 有库存 只看有货 in_stock available_now in_stock_only") && !cues::is_question(t_)) out_.constraints.push_back({.kind = ConstraintKind::stock, .said = "in stock"});
        if (has(t_, U"打折的 特价 促销的 on_sale discounted")) out_.constraints.push_back({.kind = ConstraintKind::sale, .said = "on sale"});
    }

    void no_preference() {
        static constexpr std::u32string_view cue = U"不限 都行 都可以 随便 无所谓 没要求 没有要求 不要求 不重要 不挑 没限制 不限制 去掉 取消 any no_limit doesn't_matter does_not_matter don't_care_about remove_the forget_the ignore_the not_important regardless";
        struct Row { char const* what; std::u32string_view cues; };
        static constexpr Row rows[] = {{"price", U"预算 价格 价位 价钱 钱 多少钱都 budget price cost"}, {"brand", U"品牌 牌子 brand"}, {"category", U"类目 品类 category"}};
        if (!has(t_, cue)) return;
        for (auto const& row : rows)
            if (has(t_, row.cues) && std::none_of(out_.constraints.begin(), out_.constraints.end(), [&](Constraint const& c) { return name(c.kind) == row.what; })) out_.drop.push_back(row.what);
        for (auto const& m : matches_)
            for (auto const& x : m.meanings)
                if (x.kind == Meaning::Kind::attribute) out_.drop.push_back(words_.attributes[static_cast<std::size_t>(x.id)].name);
        if (has(t_, U"颜色 colour color")) for (auto const& a : words_.attributes) if (a.name == "colour" || a.name == "color") out_.drop.push_back(a.name);
        if (out_.drop.empty() && out_.constraints.empty() && !situation_.pending.empty() && out_.intent == Intent::find) out_.intent = Intent::no_preference;
        if (!out_.drop.empty()) std::erase_if(out_.constraints, [&](Constraint const& c) { return c.values.empty() && c.kind == ConstraintKind::value; });
    }

    // An order number is a run of letters and digits with at least five of the latter, or what is asked for right now.
    void order_and_contact() {
        if (out_.intent != Intent::order_status && situation_.pending != "order" && situation_.pending != "contact") return;
        std::u32string raw;
        for (std::size_t i = 0; i < t_.size();) {
            auto const word_char = [](char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || c == U'_' || c == U'@' || c == U'.'; };
            if (!word_char(t_[i])) { ++i; continue; }
            auto j = i;
            while (j < t_.size() && word_char(t_[j])) ++j;
            auto const token = std::u32string(slice(i, j));
            auto const digits = std::count_if(token.begin(), token.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
            bool const all_digits = digits == static_cast<std::ptrdiff_t>(token.size());
            if (token.find(U'@') != token.npos) out_.contact_digits = to_utf8(token);
            else if (all_digits && (digits == 4 || (digits >= 7 && situation_.pending == "contact" && out_.order_number.empty()))) out_.contact_digits = to_utf8(token);
            else if (digits >= 4 && out_.order_number.empty()) out_.order_number = to_utf8(token);
            i = j;
        }
    }

    void question(Scope const& scope) {
        if (out_.intent != Intent::find || !cues::is_question(t_)) return;
        bool const about_shown = out_.refers || !out_.ordinals.empty() || situation_.focus == Situation::Focus::product || situation_.shown > 0;
        bool const names_goods = std::any_of(out_.constraints.begin(), out_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::category || c.kind == ConstraintKind::price; });
        if (!about_shown || names_goods) return;
        for (auto const& m : matches_)
            for (auto const& x : m.meanings)
                if (x.kind == Meaning::Kind::attribute) out_.asked_attributes.push_back(words_.attributes[static_cast<std::size_t>(x.id)].name);
        struct Row { std::u32string_view cues, label; };
        static constexpr Row rows[] = {{U"多长 how_long_is how_long_are length what_length", U"长 length"}, {U"多高 how_tall how_high", U"高 height"}, {U"多宽 how_wide", U"宽 width"}, {U"多重 how_heavy how_much_does_it_weigh weigh", U"重 weight"}, {U"多深 how_deep", U"深 depth"}, {U"多大 容量 how_big how_much_does_it_hold capacity", U"容量 长 宽 高 capacity length width height"}, {U"什么材质 什么材料 什么面料 材质 面料 什么做的 made_of what_material which_material material fabric", U"材质 面料 材料 鞋面 material upper fabric"}, {U"什么颜色 哪些颜色 几个颜色 有哪几种颜色 what_colours what_colors which_colours which_colors colour color", U"colour color 颜色"}, {U"什么尺码 哪些尺码 有哪些码 what_sizes which_sizes sizes", U"size 尺码"}, {U"续航 battery how_long_does_it_last", U"续航 battery"}, {U"功率 多少瓦 how_many_watts power", U"功率 power"}};
        for (auto const& row : rows)
            if (has(t_, row.cues))
                for (std::size_t a = 0; a < words_.attributes.size(); ++a)
                    if (scope.attributes[a] && label_has(words_.attributes[a], row.label)) out_.asked_attributes.push_back(words_.attributes[a].name);
        // "多长" asks for the number where there is one, not for 短款 or 长袖.
        auto const numeric = [&](std::string const& name) { return words_.attributes[static_cast<std::size_t>(words_.attribute_ids.at(name))].numeric; };
        if (has(t_, U"多长 多高 多宽 多重 多深 多大 how_long how_tall how_high how_wide how_heavy how_deep how_big") && std::any_of(out_.asked_attributes.begin(), out_.asked_attributes.end(), numeric))
            std::erase_if(out_.asked_attributes, [&](std::string const& name) { return !numeric(name); });
        if (has(t_, U"多少钱 什么价 价格是 how_much_is how_much_does_it_cost how_much_are what's_the_price what_is_the_price how_much")) out_.topic = "price";
        else if (has(t_, U"有货吗 有现货吗 还有货 有库存 in_stock available")) out_.topic = "stock";
        static constexpr std::u32string_view fact_words = U"防水 防滑 可机洗 机洗 水洗 起球 掉色 褪色 透气 弹力 有弹性 口袋 带口袋 显瘦 透吗 过敏 有毒 环保 洗碗机 微波炉 烤箱 漏水 折叠 安装 组装 电池 充电 降噪 静音 保温 bpa 香精 酒精 孕妇 敏感 waterproof machine_washable washable pockets breathable stretchy stretch see_through dishwasher dishwasher_safe microwave oven_safe leak foldable assembly battery rechargeable noise bpa fragrance alcohol pregnant sensitive lined";
        for (auto const& span : cues::find_all(t_, fact_words)) out_.asked_words.push_back(to_utf8(slice(span.begin, span.end)));
        bool const value_question = std::any_of(out_.constraints.begin(), out_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want; });
        bool const pointed = out_.refers || !out_.ordinals.empty() || situation_.focus == Situation::Focus::product;
        bool const looks_for_more = has(t_, U"有没有 有别的 还有 其他 do_you_have any are_there got_any show_me");
        if (!out_.topic.empty() || !out_.asked_attributes.empty() || (!out_.asked_words.empty() && (pointed || !value_question || !looks_for_more)) || (value_question && pointed && has(t_, U"吗 ? ？ is_it does_it is_this does_this do_they are_they come_in")))
            out_.intent = Intent::ask_fact;
    }

    void social() {
        if (out_.intent != Intent::find) return;
        bool const content = !out_.constraints.empty() || !out_.free_text.empty() || !out_.drop.empty() || !out_.comparatives.empty() || out_.order || !out_.ordinals.empty() || out_.refers || !out_.foreign_money.empty();
        if (!content) {
            static constexpr std::u32string_view thanks = U"谢谢 多谢 感谢 谢了 thanks thank_you thx cheers", bye = U"再见 拜拜 bye goodbye see_you", greet = U"你好 您好 hi hello hey 哈喽 嗨 在吗 早上好 晚上好 good_morning good_evening good_afternoon";
            if (has(t_, bye)) out_.intent = Intent::bye;
            else if (has(t_, thanks)) out_.intent = Intent::thanks;
            else if (has(t_, greet)) out_.intent = Intent::greet;
            else if (has(t_, U"都行 都可以 随便 无所谓 不限 没要求 没有要求 不挑 看着办 any any_is_fine no_preference don't_care don't_mind doesn't_matter whatever anything_is_fine no_idea not_sure 不知道 不清楚 不确定 你定 you_choose you_decide up_to_you") && !situation_.pending.empty()) out_.intent = Intent::no_preference;
        }
        if (!out_.ordinals.empty() && out_.constraints.empty() && out_.comparatives.empty() && situation_.shown > 0) out_.intent = out_.ordinals.size() > 1 ? Intent::compare : Intent::ask_fact;
    }

    CatalogueView const& view_;
    Vocabulary const& words_;
    Situation const& situation_;
    std::u32string t_;
    std::vector<Quantity> numbers_;
    std::vector<Match> matches_;
    std::vector<Span> mentions_, used_, taken_;
    std::vector<int> scope_;
    std::u32string hints_;
    Reading out_;
};

}  // namespace

Reading understand(std::string_view text, CatalogueView const& view, Lexicon const& lexicon, Situation const& situation) { return Reader(text, view, lexicon, situation).read(); }

}  // namespace kindling::dialogue
