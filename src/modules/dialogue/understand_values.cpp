// modules/dialogue/understand_values.cpp -- which values of attributes an utterance wants, prefers or refuses, and which it only mentions. See understand.h.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

void Reader::values(Scope const& scope) {
    std::optional<std::pair<std::size_t, std::size_t>> titled;   // the last wish that titles bear out: its constraint, and where it ends
    for (auto const& m : matches_) {
        bool const category_too = names_kind(m);
        Constraint c{.said = to_utf8(slice(m.begin, m.end)), .soft = soft(m.begin)};
        auto weakest = Meaning::Strength::exact;
        bool in_scope = false, unknown = false;
        // "不要扶手": a part that is refused, where the goods have a value for not having it
        if (std::all_of(m.meanings.begin(), m.meanings.end(), [](Meaning const& x) { return x.kind == Meaning::Kind::attribute; }) && refused(m)) {
            for (auto const& x : m.meanings) {
                auto const& info = words_.attributes[static_cast<std::size_t>(x.id)];
                for (std::size_t v = 0; v < info.values.size(); ++v) {
                    auto const zh = surface_of(info.values[v].zh), en = surface_of(info.values[v].en);
                    if (scope.values[static_cast<std::size_t>(x.id)][v] && (zh.starts_with(U"无" + m.surface) || zh.starts_with(U"不带" + m.surface) || en.starts_with(U"no " + m.surface))) c.values.push_back({info.name, info.values[v].en, info.values[v].zh}), c.attribute = info.name;
                }
            }
            if (!c.values.empty()) out_.constraints.push_back(std::move(c));
            continue;
        }
        // "带扶手的椅子", "one with armrests": any value but the one for not having it
        if (std::all_of(m.meanings.begin(), m.meanings.end(), [](Meaning const& x) { return x.kind == Meaning::Kind::attribute; }) && wants_to_have(m)) {
            for (auto const& x : m.meanings) {
                auto const& info = words_.attributes[static_cast<std::size_t>(x.id)];
                std::vector<ValueName> others;
                bool lacking = false;
                for (std::size_t v = 0; v < info.values.size(); ++v) {
                    if (!scope.values[static_cast<std::size_t>(x.id)][v]) continue;
                    auto const zh = surface_of(info.values[v].zh), en = surface_of(info.values[v].en);
                    if (zh.starts_with(U"无") || zh.starts_with(U"不带") || en.starts_with(U"no ")) lacking = true;
                    else others.push_back({info.name, info.values[v].en, info.values[v].zh});
                }
                if (!lacking) {
                    auto const name = surface_of(info.label.zh);
                    auto with = others;
                    std::erase_if(with, [&](ValueName const& v) { return name.size() < 2 || surface_of(v.zh).find(name) == std::u32string::npos; });
                    lacking = !with.empty() && with.size() < others.size();
                    if (lacking) others = std::move(with);
                }
                if (lacking && !others.empty()) c.values = std::move(others), c.attribute = info.name;
            }
            if (!c.values.empty()) out_.constraints.push_back(std::move(c));
            continue;
        }
        std::vector<Meaning> here, elsewhere;
        for (auto const& x : m.meanings)
            if (x.kind == Meaning::Kind::value && x.value < 0) unknown = true;
            else if (x.kind == Meaning::Kind::value) (scope.values[static_cast<std::size_t>(x.id)][static_cast<std::size_t>(x.value)] ? here : elsewhere).push_back(x);
        in_scope = !here.empty();
        // "不要扶手的餐椅": of goods, only what is refused directly
        // "Grain free dog food", where the shop has a value of that name.
        bool const named_free = slice(m.end, t_.size()).starts_with(U" free") && std::ranges::any_of(m.meanings, [&](Meaning const& x) {
            return x.kind == Meaning::Kind::value && x.value >= 0 && surface_of(words_.attributes[static_cast<std::size_t>(x.id)].values[static_cast<std::size_t>(x.value)].en).find(std::u32string(slice(m.begin, m.end)) + U" free") != std::u32string::npos;
        });
        bool const refusal = !named_free && (category_too ? cues::negated(t_, {m.begin, m.end}, {}) : refused(m));
        if (category_too && (refusal || !in_scope || !scope_.empty())) {
            bool const strong = std::any_of(here.begin(), here.end(), [](Meaning const& x) { return x.strength != Meaning::Strength::part; });
            bool const exactly = std::any_of(m.meanings.begin(), m.meanings.end(), [](Meaning const& x) { return x.kind == Meaning::Kind::category && x.strength == Meaning::Strength::exact; });
            if (!in_scope || !strong || exactly) continue;  // "办公椅" is a chair and an office chair; "mugs" are mugs
        }
        // A refusal holds wherever the word can occur; a wish only where this kind of goods has it.
        if (unknown && here.empty() && elsewhere.empty()) {
            // "A present for dad, who loves running", "a bed for my dog": whom it is for is a word to look for.
            if (!refusal && (of_a_person(m, {}) || for_somebody(m))) {
                hints_ += U" " + std::u32string(slice(m.begin, m.end));
                continue;
            }
            // Goods with nothing but texts say "wooden" in their titles: there it counts (need.h), and where no title does, that is said.
            if (!refusal && doubted(m)) continue;
            c.polarity = refusal ? Polarity::avoid : Polarity::want;
            c.values.push_back({"", c.said, c.said});
            auto const between = titled ? slice(titled->second, m.begin) : std::u32string_view();
            if (titled && !refusal && between.size() <= 4 && has(between, U"or 或 或者 还是 / 、")) {
                auto& other = out_.constraints[titled->first];
                other.values.push_back(c.values.front()), other.said += "/" + c.said, titled->second = m.end;
                continue;
            }
            if (!refusal) titled.emplace(out_.constraints.size(), m.end);
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
        // "walnut top": the attribute is named right behind its value
        for (auto const& next : matches_)
            if (next.begin >= m.end && next.begin <= m.end + 1)
                for (auto const& x : next.meanings)
                    if (x.kind == Meaning::Kind::attribute && std::any_of(here.begin(), here.end(), [&](Meaning const& y) { return y.id == x.id; })) std::erase_if(here, [&](Meaning const& y) { return y.id != x.id; });
        auto const& list = in_scope ? here : elsewhere;
        if (list.empty()) continue;
        // "A fountain for cats", where they are called cat fountains: each of them is.
        if (!in_scope && !refusal && kind_says(m)) continue;
        if (!refusal && of_a_person(m, list)) {
            hints_ += U" " + std::u32string(slice(m.begin, m.end));
            continue;
        }
        if (!in_scope && !refusal && only_a_hint(m, elsewhere)) {
            // "A flask for my father": of named goods the words are not "father".
            bool const a_person = !scope_.empty() && std::ranges::all_of(elsewhere, [](Meaning const& x) { return x.force == Meaning::Force::hint; });
            if (!a_person) hints_ += U" " + std::u32string(slice(m.begin, m.end));
            continue;
        }
        for (auto const& x : list) weakest = std::max(weakest, x.strength);
        if (weakest == Meaning::Strength::part && !in_scope) {
            // "A lavender kettle", where toys are filled with it: a colour that no kettle has is no less a wish.
            if (!refusal && !category_too && !scope_.empty() && property_words(m.surface)) c.values.push_back({"", c.said, c.said}), out_.constraints.push_back(std::move(c));
            continue;
        }
        if (category_too && !refusal && scope_.empty()) continue;
        if (!refusal && !category_too && doubted(m)) continue;
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
            if (other.kind == ConstraintKind::value && other.soft == c.soft && other.polarity == Polarity::want && !refusal && other.attribute == c.attribute) {
                for (auto const& v : c.values)
                    if (std::find(other.values.begin(), other.values.end(), v) == other.values.end()) other.values.push_back(v);
                if (other.said != c.said) other.said += "/" + c.said;
                joined = true;
                break;
            }
        if (!joined) out_.constraints.push_back(std::move(c));
    }
}

bool Reader::doubted(Match const& m) {
    if (!cues::doubtful(t_, {m.begin, m.end}, {})) return false;   // whatever else is refused; that is asked of each of the others only where it matters
    std::vector<Span> settled = taken_;
    for (auto const& n : numbers_) settled.push_back({n.begin, n.end});
    for (auto const& other : matches_)
        if (&other != &m && (refused(other) || names_kind(other))) settled.push_back({other.begin, other.end});
    if (cues::corrects(t_, whole_) || had_already({m.begin, m.end}) || !cues::doubtful(t_, {m.begin, m.end}, settled)) return false;
    out_.doubted.push_back(to_utf8(slice(m.begin, m.end))), refused_.push_back({m.begin, m.end});
    return true;
}

bool Reader::wants_to_have(Match const& m) const {
    auto const before = slice(m.begin >= 6 ? m.begin - 6 : 0, m.begin);
    for (std::u32string_view lead : {U"with ", U"have ", U"has ", U"带", U"有", U"要", U"能", U"可以", U"可"})
        if (before.ends_with(lead)) return !cues::is_question(t_) && !cues::negated(t_, {m.begin, m.end}, mentions_);
    return false;
}

bool Reader::kind_says(Match const& m) const {
    std::u32string word(slice(m.begin, m.end));
    if (word.size() > 3 && word.back() == U's' && cues::letter(word.front())) word.pop_back();
    return !scope_.empty() && std::ranges::all_of(scope_, [&](int id) {
        auto const& label = words_.categories[static_cast<std::size_t>(id)].label;
        return cues::has_word(surface_of(label.en), word) || cues::has_word(surface_of(label.zh), word);
    });
}

// "A present for dad, he travels a lot": what he does, and no limit of what he is given.
bool Reader::of_a_person(Match const& m, std::vector<Meaning> const& meanings) const {
    if (!scope_.empty() || !has(t_, U"礼物 送礼 送给 送人 生日 gift gifts present presents birthday anniversary") || !std::all_of(meanings.begin(), meanings.end(), [&](Meaning const& x) { return x.id >= 0 && label_has(words_.attributes[static_cast<std::size_t>(x.id)], U"用途 场景 空间 使用 use occasion room"); })) return false;
    auto begin = m.begin;
    while (begin > 0 && !is_stop(t_[begin - 1])) --begin;
    return has(slice(begin, m.begin), U"he she they who 他 她 他们 平时 经常 喜欢");
}

// "给10公斤的狗买个窝", "a bed for my dog": whom it is for; but not "给妈妈买红色的", "looking for a red one".
bool Reader::for_somebody(Match const& m) const {
    auto const lead = slice(m.begin >= 12 ? m.begin - 12 : 0, m.begin);
    auto const given = lead.rfind(U'给');
    auto const ends = [](char32_t c) { return is_stop(c) || std::u32string_view(U"买找选挑要").find(c) != std::u32string_view::npos; };
    return lead.ends_with(U"for my ") || lead.ends_with(U"for our ") || (lead.ends_with(U"for a ") && !lead.ends_with(U"look for a ") && !lead.ends_with(U"ing for a ")) || (given != lead.npos && std::none_of(lead.begin() + static_cast<std::ptrdiff_t>(given), lead.end(), ends));
}

bool Reader::only_a_hint(Match const& m, std::vector<Meaning> const& elsewhere) const {
    if (std::all_of(elsewhere.begin(), elsewhere.end(), [](Meaning const& x) { return x.force == Meaning::Force::hint; })) return true;
    if (for_somebody(m)) return true;
    if (std::any_of(elsewhere.begin(), elsewhere.end(), [&](Meaning const& x) { return !label_has(words_.attributes[static_cast<std::size_t>(x.id)], U"适用 场景 空间 用途 made room use occasion"); })) return false;
    auto const after = slice(m.end, std::min(t_.size(), m.end + 4)), before = slice(m.begin >= 8 ? m.begin - 8 : 0, m.begin);
    return !(after.starts_with(U"用") || after.starts_with(U"的") || after.starts_with(U"穿") || before.ends_with(U"for ") || before.ends_with(U"for the ") || before.ends_with(U"for a "));
}

}  // namespace kindling::dialogue
