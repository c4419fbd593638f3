// modules/dialogue/understand_asked.cpp -- "will they fall off when I run?", 延迟多少毫秒, 这个会不会误吞: a question of the goods in view. See understand.h.
//
// Whatever no field and no word of the data answers is still no wish for other goods: it is answered as a question, with what the description says of it or with
// that the data does not say. A wish asks too (有没有防水的, "do you have red ones", "can I see others"), so what seeks, names goods or sets a limit is left as it is.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

void Reader::asked_of_goods() {
    if (out_.intent != Intent::find || !(situation_.shown > 0 || situation_.focus == Situation::Focus::product) || !cues::asks_of_goods(t_)) return;
    if (out_.gift || out_.for_somebody || !out_.recipient.empty() || !out_.comparatives.empty() || out_.order || !out_.not_sold.empty() || !out_.drop.empty() || !out_.refused.empty()) return;
    if (std::ranges::any_of(out_.constraints, [](Constraint const& c) { return c.kind != ConstraintKind::value || c.polarity != Polarity::want; })) return;
    // 跑步戴会掉吗: a value says when, and what is asked stands behind 会.
    if (out_.free_text.empty()) {
        auto const will = t_.find(U'会');
        auto end = will;
        while (end < t_.size() && !is_stop(t_[end]) && t_[end] != U'吗' && t_[end] != U'？') ++end;
        if (will == t_.npos || end < will + 2 || std::ranges::any_of(matches_, [&](Match const& m) { return m.end > will; })) return;
        out_.asked_words.push_back(to_utf8(slice(will, end)));
        out_.constraints.clear(), out_.intent = Intent::ask_fact;
        return;
    }
    // Its words as they may stand in a description: of longer ones what all their forms begin with.
    auto const left = to_utf32(out_.free_text);
    for (std::size_t i = 0; i < left.size();) {
        auto const end = std::min(left.find(U' ', i), left.size());
        auto word = std::u32string(left.substr(i, end - i));
        i = end + 1;
        if (word.empty()) continue;
        if (!is_han(word.front())) {
            if (word.size() < 6) continue;
            word.resize(word.size() - 2);
        } else if (word.size() < 2) continue;
        out_.asked_words.push_back(to_utf8(word));
    }
    if (out_.asked_words.empty()) out_.asked_words.push_back(out_.free_text);
    out_.constraints.clear(), out_.leanings.clear();
    out_.intent = Intent::ask_fact;
}

}  // namespace kindling::dialogue
