// modules/dialogue/understand_children.cpp -- what is wished for children beside the goods: none for boys, no small parts, what does not break, drums for a child. See understand.h.
//
// What is refused for some children (男孩玩的不要) refuses the goods whose titles say that they are for them, and names nobody whom it is for. That there are no small parts is
// looked for in titles, and where none speaks of it that is said. Goods for a child of no age that is told are preferably such as say so; nothing is left out.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

struct Children { std::u32string_view said, titles; };
constexpr Children children[] = {
    {U"小男孩 男孩子 男孩 男童 男宝宝 boys boy", U"男孩 男童 boys boy boy's boys'"},
    {U"小女孩 女孩子 女孩 女童 女宝宝 girls girl", U"女孩 女童 girls girl girl's girls'"},
    {U"小朋友 小孩子 小孩 儿童 孩子 kids kid children", U"儿童 小孩 小朋友 kids kid kid's kids' children children's child's"},
};
constexpr std::u32string_view user = U"小朋友 小孩子 小孩 孩子 儿童 my_kid my_kids my_child my_children our_kids a_child a_kid kids children";
constexpr std::u32string_view for_children_titles = U"儿童 小孩 少儿 kids kid kid's kids' children children's child's junior toddler";
constexpr std::u32string_view no_small_parts = U"不能有小零件 不要有小零件 不要小零件 没有小零件 别有小零件 不带小零件 不含小零件 无小零件 不要有小部件 没有小部件 不能有小部件 不会误吞 防误吞 no_small_parts without_small_parts no_small_part no_tiny_parts without_tiny_parts no_small_pieces without_small_pieces no_tiny_pieces no_loose_parts no_choking_hazard no_choking_hazards without_choking_hazards nothing_with_small_parts nothing_with_tiny_parts nothing_with_little_parts nothing_with_small_pieces nothing_with_tiny_pieces nothing_with_little_pieces no_little_parts no_little_pieces no_tiny_bits no_small_bits nothing_with_small_bits nothing_with_tiny_bits";
constexpr std::u32string_view makes_no_noise = U"不要会响的 不要会响 不要响的 别会响 不会响的 不会响 不能响 不要有声音 不要有声音的 不要带声音 没有声音的 不发声 不要发声 不要吵 不吵人 太吵的不要 hates_noise hate_noise can't_stand_noise no_noise nothing_noisy not_noisy without_noise doesn't_make_noise doesn't_make_any_noise don't_make_noise makes_no_noise no_sound no_sounds without_sound nothing_loud nothing_that_makes_noise nothing_musical";
constexpr std::u32string_view titles_noisy = U"sound sounds musical music singing sings talking talks electronic drum drums whistle karaoke noise noisy loud 音乐 声音 发声 会唱 会说话 响";
constexpr std::u32string_view titles_without = U"无小零件 没有小零件 大颗粒 防误吞 no_small_parts no_small_pieces no_choking_hazard";
constexpr std::u32string_view unbreakable = U"摔不坏 摔不碎 摔不烂 摔不破 不怕摔 不怕摔打 耐摔 抗摔 防摔 打不碎 打不破 不易碎 不容易碎 不会碎 碎不了 unbreakable shatterproof shatter_proof break_proof breakproof drop_proof won't_break wont_break doesn't_break does_not_break can't_break cannot_break hard_to_break";
constexpr std::u32string_view breakable = U"玻璃 高硼硅 水晶 白瓷 骨瓷 粗陶 陶土 紫砂 瓷器 ~陶瓷 glass crystal ~ceramic bone_china porcelain stoneware earthenware";

void titled(Constraint& c, std::u32string_view list) {
    for (auto const& word : cues::words_of(list)) c.values.push_back({"", to_utf8(word), to_utf8(word)});
}

}  // namespace

// 男孩玩的不要, "nothing for girls".
void Reader::refused_children() {
    std::vector<Span> gone;
    for (auto const& row : children)
        for (auto const& span : cues::find_all(t_, row.said)) {
            bool const overlaps = std::ranges::any_of(gone, [&](Span const& g) { return g.begin < span.end && span.begin < g.end; });
            if (overlaps || !(cues::refused_behind(t_, span, mentions_) || (!has(t_, U"不是 isn't is_not") && cues::negated(t_, span, {})))) continue;
            auto const after = slice(span.end, t_.size());
            // Of goods: 不要男孩玩的, and not 不要孩子知道.
            if (is_han(t_[span.begin]) && !after.empty() && std::u32string_view(U"玩用穿戴的款吃喝看，,。 ").find(after.front()) == std::u32string_view::npos) continue;
            Constraint c{.polarity = Polarity::avoid, .said = to_utf8(slice(span.begin, span.end))};
            titled(c, row.titles);
            out_.constraints.push_back(std::move(c));
            gone.push_back(span), used_.push_back(span), refused_.push_back(span);
        }
    if (gone.empty()) return;
    auto const inside = [&](auto const& what) { return std::ranges::any_of(gone, [&](Span const& g) { return what.begin < g.end && g.begin < what.end; }); };
    std::erase_if(matches_, inside), std::erase_if(mentions_, inside);
    person_ = person_in(cues::without(t_, gone));
}

void Reader::small_parts() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    auto const span = cues::find(t_, no_small_parts);
    if (!span) return;
    auto const overlaps = [&](auto const& what) { return what.begin < span->end && span->begin < what.end; };
    if (std::ranges::any_of(matches_, [&](Match const& m) { return m.begin <= span->begin && m.end >= span->end; })) return;   // a value of this shop
    std::erase_if(matches_, overlaps), std::erase_if(mentions_, overlaps);
    used_.push_back(*span), refused_.push_back(*span);
    auto const said = to_utf8(slice(span->begin, span->end));
    auto const& known = cues::words_of(titles_without);
    if (!in_a_title(known)) { out_.unheard.push_back(said); return; }
    Constraint c{.said = said, .soft = true};
    titled(c, titles_without);
    out_.constraints.push_back(std::move(c));
}

// 不要会响的, "her mum hates noise": of toys those that titles call noisy stay out; of the others nothing is promised.
void Reader::no_noise() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    auto const span = cues::find(t_, makes_no_noise);
    // A fan for mum is to be quiet, too: not of toys.
    bool const of_toys_or_nothing = std::ranges::all_of(situation_.categories, [&](int id) { auto const& label = words_.categories[static_cast<std::size_t>(id)].label; return label.zh.find("玩具") != std::string::npos || has(surface_of(label.en), U"toy toys"); });
    bool const toys = span && ((person_ && person_->whom == Reading::Whom::child) || out_.whom == Reading::Whom::child || !ages_.empty() || (situation_.receiver && of_toys_or_nothing) || has(t_, U"玩具 toy toys"));
    if (!toys) return;
    auto const overlaps = [&](auto const& what) { return what.begin < span->end && span->begin < what.end; };
    std::erase_if(matches_, overlaps), std::erase_if(mentions_, overlaps);
    std::erase_if(out_.constraints, [](Constraint const& c) { return c.polarity == Polarity::avoid && (c.said == "noise" || c.said == "noisy"); });
    used_.push_back(*span), refused_.push_back(*span);
    Constraint c{.polarity = Polarity::avoid, .said = out_.locale == Locale::zh ? "会响的" : "noisy toys"};
    titled(c, titles_noisy);
    out_.constraints.push_back(std::move(c));
}

// 摔不坏的杯子: nothing of glass or china, unless that is asked for.
void Reader::must_not_break() {
    auto const span = cues::find(t_, unbreakable);
    if (!span || (out_.intent != Intent::find && out_.intent != Intent::gift) || has(t_, breakable)) return;
    refuse_family(breakable, U"", std::string(out_.locale == Locale::zh ? "易碎材质" : "breakable materials"), false);
    used_.push_back(*span);
}

void Reader::meant_for_children() {
    if (out_.intent != Intent::find || !situation_.pending.empty() || out_.gift) return;
    auto const span = cues::find(t_, user);
    if (!span || !person_ || person_->whom != Reading::Whom::child || person_->of.end > person_->of.begin || std::ranges::any_of(refused_, [&](Span const& r) { return r.begin < span->end && span->begin < r.end; })) return;
    auto const after = slice(span->end, t_.size()), before = slice(0, span->begin);
    bool const used_by = is_han(t_[span->begin]) ? after.starts_with(U"用的") || after.starts_with(U"玩的") || after.starts_with(U"穿的") || after.starts_with(U"戴的") || after.starts_with(U"喝水") || after.starts_with(U"学") || before.ends_with(U"给") || before.ends_with(U"适合")
                                                 : before.ends_with(U"for ") || before.ends_with(U"for the ");
    bool const goods = !scope_.empty() || std::ranges::any_of(out_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; }) || !cues::remainder(t_, used_, whole_).empty();
    if (!used_by || !goods || interests_.size() > 0 || !in_a_title(cues::words_of(for_children_titles))) return;
    // Goods that are a child's by their kind, or that are told by an age already, need not say so.
    bool const childrens = std::ranges::any_of(scope_, [&](int id) {
        auto const& label = words_.categories[static_cast<std::size_t>(id)].label;
        return has(surface_of(label.en + " " + label.zh), U"儿童 玩具 积木 拼图 毛绒 children children's kids toy toys blocks puzzle puzzles");
    });
    bool const told = std::ranges::any_of(out_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value && std::ranges::any_of(c.values, [](ValueName const& v) { return has(surface_of(v.en + " " + v.zh), U"kids children children's child toddler toddlers 儿童 岁 years"); }); });
    if (childrens || told) return;
    Constraint c{.said = out_.locale == Locale::zh ? "儿童款" : "made for kids", .soft = true};
    titled(c, for_children_titles);
    out_.constraints.push_back(std::move(c));
    used_.push_back(*span);
}

}  // namespace kindling::dialogue
