// modules/dialogue/requests_beside.cpp -- "guitar strings and also a capo", 吉他弦，另外还要一个变调夹: two wishes in one breath, where no set is meant. See requests.h.
//
// A word that puts something beside what was said ("also", 另外) and goods on both of its sides. "A mug with a lid and also a spoon" is one thing with two others.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/requests.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view joints = U"and_also_a and_also_an and_also_some and_also_one also_a also_an also_some also_need_a also_need_an also_need_some also_want_a also_want_an also_want_some i_also_need i_also_want plus_a plus_an plus_some as_well_as_a as_well_as_an as_well_as_some 另外还要 另外还想要 另外要 另外想要 另外再要 另外来 另外再来 另外看看 顺便看看 顺便再看看 顺便买 顺便再买 还想要一 还要一 还需要一";

bool names_goods(std::string const& piece, Reading const& r) {
    if (r.intent != Intent::find || r.refers || r.points || !r.ordinals.empty()) return false;
    if (!r.not_sold.empty()) return true;
    if (std::ranges::any_of(r.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; })) return true;
    return !everyday_goods().find(to_utf8(surface_of(piece))).empty() && !r.free_text.empty();
}

}  // namespace

std::optional<std::pair<std::string, std::string>> wishes_beside(std::u32string_view written, CatalogueView const& view, Lexicon const& lexicon, Situation const& situation) {
    auto const whole = to_utf8(std::u32string(written));
    auto const t = surface_of(whole);
    auto const joint = t.size() == written.size() && t.size() <= 200 ? cues::find(t, joints) : std::nullopt;
    if (!joint || joint->begin == 0 || cues::has(t.substr(0, joint->begin), U"with comes_with or not no without 带 配 送 或 不要")) return {};
    auto const front = to_utf8(std::u32string(written.substr(0, joint->begin))), back = to_utf8(std::u32string(written.substr(joint->begin)));
    if (!understand(whole, view, lexicon, situation).slots.empty()) return {};   // a set
    if (!names_goods(front, understand(front, view, lexicon, situation)) || !names_goods(back, understand(back, view, lexicon, situation))) return {};
    return std::pair(front, back);
}

}  // namespace kindling::dialogue
