// modules/dialogue/understand_compounds.cpp -- "a kindle case", 耳机套, 椅子坐垫: a kind of goods with the name of what belongs to it behind is no wish for the kind.
//
// The last noun of a compound names the thing. Where it is the name of an accessory (a table), the kind before it only says for what. What titles here call so
// is looked for by its words; what no title does is said to be missing, instead of showing the chairs that somebody has already. An accessory that this
// catalogue has a word for (an attribute, a value, a kind) is left to that word. "A strap for my wife's Coach bag", 包的肩带 are the same said in full: whose bag it is,
// and by whom, says nothing of the strap.
//
// So are the things of animals: where this shop knows a dog as a value of its goods, 狗牌 and "a cat tree" are no goods for dogs and cats in general.
#include "modules/dialogue/reader.h"
#include "modules/dialogue/title_search.h"

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view accessories_en = U"case cases cover covers sleeve sleeves stand stands holder holders strap straps cushion cushions pad pads charger chargers cable cables cord cords adapter adapters battery batteries bulb bulbs filter filters refill refills cleaner cleaners rack racks hook hooks hanger hangers organizer organisers organizers protector protectors sticker stickers decal decals skin skins parts spare_parts replacement replacements mat mats laces insoles";
constexpr std::u32string_view accessories_zh = U"保护套 保护壳 保护膜 收纳盒 收纳包 收纳袋 防尘罩 防尘套 支架 坐垫 靠垫 桌垫 杯垫 椅垫 椅套 沙发套 肩带 背带 表带 挂绳 鞋垫 鞋带 鞋架 鞋油 鞋套 衣架 灯泡 灯罩 灯座 贴膜 充电线 充电器 数据线 电池 配件 零件 替换装 清洁剂 挂钩 贴纸 套子 垫子 罩子 壳 套 垫 膜";

// Parts that only the full form (杯子的盖子, "a lid for my mug") asks for: directly behind the kind they say what it has.
constexpr std::u32string_view parts_en = U"lid lids straw straws wheel wheels caster casters castor castors ear_tip ear_tips eartips ear_pad ear_pads earpads ear_cushions handle handles zip zips zipper zippers blade blades";
constexpr std::u32string_view parts_zh = U"盖子 杯盖 瓶盖 锅盖 轮子 脚轮 吸管 耳塞套 耳帽 耳棉 耳罩 滤芯 滤网 扣子 拉链 把手 手柄 桌腿 椅腿 扶手 刷头 刀片";

constexpr std::u32string_view animals_zh = U"宠物 猫咪 小猫 猫 狗狗 小狗 狗 犬 仓鼠 兔子 鹦鹉", animals_en = U"pet pets cat cats dog dogs puppy puppies kitten kittens hamster hamsters rabbit rabbits parrot parrots";

// Nothing more of a name follows.
bool name_ends(std::u32string_view after) {
    static constexpr std::u32string_view ends[] = {U",", U".", U"?", U"!", U"，", U"。", U"？", U"！", U"、", U"吗", U"的", U"有", U"呢", U"吧", U"卖", U"多少", U" for ", U" with ", U" in ", U" under ", U" below ", U" please", U" that ", U" which ", U" and "};
    return after.find_first_not_of(U' ') == after.npos || std::ranges::any_of(ends, [&](std::u32string_view end) { return after.starts_with(end); });
}

// Whether it is here is asked, and nothing of what it is like: 吗, 有卖吗.
bool asked_for(std::u32string_view after) {
    static constexpr std::u32string_view endings[] = {U"吗", U"呢", U"嘛", U"有吗", U"有么", U"有没有", U"卖吗", U"卖不卖", U"有卖吗", U"有卖的吗", U"有得卖吗"};
    while (!after.empty() && (after.back() == U' ' || after.back() == U'?' || after.back() == U'？')) after.remove_suffix(1);
    return after.empty() || std::ranges::find(endings, after) != std::end(endings);
}

// The longest word of a list that a text ends with; empty: none.
std::u32string_view ending_of(std::u32string_view text, std::u32string_view list) {
    std::u32string_view longest;
    for (auto const& word : cues::words_of(list))
        if (text.ends_with(word) && word.size() > longest.size()) longest = word;
    return longest;
}

// Only whose it is and what it is like stands between: "my wife's old coach".
bool describes(std::u32string_view gap) {
    std::size_t words = 0;
    for (auto const c : gap) {
        if (c == U' ') ++words;
        else if (!cues::letter(c) && c != U'\'') return false;
    }
    return words <= 4 && !cues::has(gap, U"and or for with in on at to of is are was the_other");
}

}  // namespace

// The kind of goods that what begins at `from` is meant for; null: none is named.
Match const* Reader::kind_behind(std::size_t from) const {
    auto const m = std::ranges::find_if(matches_, [&](Match const& each) { return each.begin >= from && names_kind(each); });
    return m != matches_.end() && describes(slice(from, m->begin)) ? &*m : nullptr;
}

void Reader::accessories() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    std::vector<Span> compounds, in_full;   // in_full: with a 的 between
    // "A strap for my wife's Coach bag".
    auto named = cues::find_all(t_, accessories_en);
    std::ranges::copy(cues::find_all(t_, parts_en), std::back_inserter(named));
    for (auto const& part : named) {
        static constexpr std::u32string_view beside[] = {U"with ", U"with a ", U"with an ", U"my ", U"the "};
        auto const before = slice(0, part.begin);
        if (!slice(part.end, t_.size()).starts_with(U" for ") || std::ranges::any_of(beside, [&](std::u32string_view front) { return before.ends_with(front); }) || cues::negated(t_, part, mentions_)) continue;
        auto const* kind = kind_behind(part.end + 5);
        if (!kind || std::ranges::any_of(matches_, [&](Match const& m) { return m.begin < part.end && part.begin < m.end && names_kind(m); })) continue;
        std::u32string const word(slice(part.begin, part.end)), thing(slice(kind->begin, kind->end));
        Span all{part.begin, kind->end};
        for (std::u32string_view front : {U"replacement ", U"spare "})
            if (before.ends_with(front)) all.begin -= front.size();
        auto const both = [&](std::u32string_view form) { return any_title(view_, form, [&](std::size_t p) { return cues::has_word(view_[p].title, form) && std::ranges::any_of(spellings(thing), [&](std::u32string const& way) { return cues::has_word(view_[p].title, way); }); }); };
        if (both(word) || (word.back() == U's' ? both(word.substr(0, word.size() - 1)) : both(word + U"s"))) hints_ += U" " + thing + U" " + word;
        else out_.not_sold.push_back(to_utf8((thing.size() > 3 && thing.ends_with(U's') && !thing.ends_with(U"ss") && !thing.ends_with(U"sses") ? thing.substr(0, thing.size() - 1) : thing) + U" " + word));   // sneaker laces
        std::erase_if(matches_, [&](Match const& m) { return m.begin < all.end && all.begin < m.end; });
        used_.push_back(all);
        return;
    }
    for (std::size_t i = 0; i < matches_.size(); ++i) {
        auto const& m = matches_[i];
        if (!names_kind(m)) continue;
        bool const han = is_han(t_[m.end - 1]);
        auto at = !han && m.end < t_.size() && t_[m.end] == U' ' ? m.end + 1 : m.end;
        bool parted = false;   // 包的肩带, 给包配个肩带
        for (std::u32string_view joint : {U"的", U"用的", U"上的", U"配个", U"配一个", U"配条", U"配一条", U"专用的"})
            if (han && slice(at, t_.size()).starts_with(joint)) { at += joint.size(), parted = true; break; }
        if (at >= t_.size()) continue;
        auto const rest = slice(at, t_.size()), kind = slice(m.begin, m.end);
        std::size_t length = 0;
        auto const of_these = cues::has(kind, U"lamp lamps light lights") ? U"shade shades" : cues::has(kind, U"dress dresses") ? U"form forms" : U"";
        auto words = cues::words_of(han ? accessories_zh : accessories_en);
        if (!han) std::ranges::copy(cues::words_of(of_these), std::back_inserter(words));
        if (parted) std::ranges::copy(cues::words_of(parts_zh), std::back_inserter(words));
        for (auto const& word : words)
            if (word.size() > length && rest.starts_with(word)) {
                auto const next = at + word.size();
                // One character is a word only where the next is none of it: the 套 of 套装, the 垫 of 垫高.
                bool const whole = parted ? word.size() > 1 && name_ends(rest.substr(word.size())) : han ? word.size() > 1 || next == t_.size() || !is_han(t_[next]) || std::u32string_view(U"的吗呢吧有卖").find(t_[next]) != std::u32string_view::npos : next == t_.size() || !cues::letter(t_[next]);
                if (whole) length = word.size();
            }
        if (length == 0) continue;
        Span const compound{m.begin, at + length};
        // Of these very goods it is a part or a quality: the stand of a lamp.
        std::vector<int> kinds;
        for (auto const& x : m.meanings)
            if (x.kind == Meaning::Kind::category) kinds.push_back(x.id);
        std::optional<Scope> scope;
        // "Lamp shade" and nothing else is a shade, though some of the lamps here are described by theirs.
        auto const front = slice(0, m.begin);
        bool const alone = !han && compound.end == t_.size() && (front.empty() || front == U"a " || front == U"an " || front == U"the ");
        // Before anything is shown 包的肩带 is no question of what a bag has.
        bool const by_itself = parted && nothing_shown() && asked_for(rest.substr(length));
        auto const theirs = [&](Meaning const& x) {
            if (x.kind == Meaning::Kind::category) return true;
            if (alone || (by_itself && x.value < 0)) return false;
            if (x.kind == Meaning::Kind::brand || x.id < 0) return false;
            if (!scope) scope = view_.scope(kinds);
            auto const a = static_cast<std::size_t>(x.id);
            return x.value >= 0 ? scope->values[a][static_cast<std::size_t>(x.value)] != 0 : scope->attributes[a] != 0;
        };
        if (std::ranges::any_of(matches_, [&](Match const& other) { return (parted ? other.begin <= at && compound.end <= other.end : other.begin < compound.end && at < other.end) && std::ranges::any_of(other.meanings, theirs); })) continue;
        // "With a case", "for my laptop case": it has one, or it goes with one.
        auto const before = slice(0, compound.begin);
        static constexpr std::u32string_view beside[] = {U"with ", U"with a ", U"with an ", U"with its ", U"and a ", U"for my ", U"for the ", U"for a ", U"in my ", U"fits my ", U"my ", U"带", U"含", U"送", U"配", U"我的"};
        if (!parted && std::ranges::any_of(beside, [&](std::u32string_view front) { return before.ends_with(front); })) continue;
        if (cues::negated(t_, compound, mentions_)) continue;
        (parted ? in_full : compounds).push_back(compound);
    }
    // "A kindle case", where no kind is called kindle: the last word is too common to be looked for by itself, and is what is wanted.
    for (auto const& span : cues::find_all(t_, accessories_en)) {
        if (span.begin < 2 || t_[span.begin - 1] != U' ' || !is_common_word(slice(span.begin, span.end))) continue;
        auto begin = span.begin - 1;
        while (begin > 0 && cues::letter(t_[begin - 1])) --begin;
        auto const word = slice(begin, span.begin - 1);
        Span const compound{begin, span.end};
        auto const overlaps = [&](auto const& u) { return u.begin < compound.end && begin < u.end; };
        if (word.size() < 3 || is_common_word(word) || std::ranges::any_of(matches_, overlaps) || std::ranges::any_of(compounds, overlaps) || std::ranges::any_of(numbers_, overlaps)) continue;
        auto const before = slice(0, begin);
        if (before.ends_with(U"with a ") || before.ends_with(U"in a ") || before.ends_with(U"my ") || cues::negated(t_, compound, mentions_)) continue;
        compounds.push_back(compound);
    }
    for (auto const& span : in_full) {
        auto const thing = slice(span.begin, span.end);
        auto const listed = ending_of(thing, accessories_zh), of_parts = ending_of(thing, parts_zh), part = listed.size() < of_parts.size() ? of_parts : listed;
        if (in_a_title({std::u32string(part)})) hints_ += U" " + std::u32string(part);
        else out_.not_sold.push_back(to_utf8(thing));
        std::erase_if(matches_, [&](Match const& m) { return m.begin < span.end && span.begin < m.end; });
        used_.push_back(span);
    }
    for (auto const& span : compounds) {
        std::u32string words(slice(span.begin, span.end));
        std::vector<std::u32string> said{words};
        if (words.back() == U's') said.push_back(words.substr(0, words.size() - 1));
        else if (words.back() < 0x80) said.push_back(words + U"s");
        // Of a catalogue in the other language each part is looked for by what means the same.
        auto const cut = ending_of(words, accessories_zh).size();
        auto const thing = words.substr(0, words.size() - cut), part = words.substr(words.size() - cut);
        if (in_a_title(said)) hints_ += U" " + words;
        else if (cut > 0 && !thing.empty() && !has_title_in(Locale::zh) && in_a_title(spellings(thing)) && in_a_title(spellings(part))) hints_ += U" " + thing + U" " + part;
        else out_.not_sold.push_back(to_utf8(words));
        std::erase_if(matches_, [&](Match const& m) { return m.begin < span.end && span.begin < m.end; });
        used_.push_back(span);
    }
    quality_alone();
}

bool Reader::nothing_shown() const { return situation_.shown == 0 && situation_.focus == Situation::Focus::none; }

// 有灯罩吗, "do you have straps?", of no goods that were spoken of: what is only a quality of goods here is not sold by itself.
void Reader::quality_alone() {
    if (!nothing_shown() || !situation_.categories.empty() || !situation_.pending.empty() || !out_.not_sold.empty() || matches_.size() != 1) return;
    auto const& m = matches_.front();
    auto const word = slice(m.begin, m.end), before = slice(0, m.begin);
    auto const listed = [&](std::u32string_view list) { return cues::one_of(word, list); };
    if (!listed(accessories_zh) && !listed(parts_zh) && !listed(accessories_en) && !listed(parts_en)) return;
    if (std::ranges::any_of(m.meanings, [](Meaning const& x) { return x.kind != Meaning::Kind::attribute && x.kind != Meaning::Kind::attribute_word; }) || before.ends_with(U"with ") || before.ends_with(U"带") || before.ends_with(U"含") || cues::negated(t_, {m.begin, m.end}, mentions_)) return;
    if (!(is_han(word.front()) ? asked_for(slice(m.end, t_.size())) : slice(m.end, t_.size()).find_first_not_of(U" ?.!") == std::u32string_view::npos)) return;
    out_.not_sold.push_back(to_utf8(word));
    used_.push_back({m.begin, m.end}), matches_.clear();
}

void Reader::things_of_animals() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    auto const overlaps = [](auto const& one, Span const& other) { return one.begin < other.end && other.begin < one.end; };
    for (auto const list : {animals_zh, animals_en})
        for (auto const& animal : cues::find_all(t_, list)) {
            bool const han = is_han(t_[animal.begin]);
            if (std::ranges::any_of(used_, [&](Span const& u) { return overlaps(u, animal); }) || std::ranges::any_of(matches_, [&](Match const& m) { return overlaps(m, animal) && (m.begin < animal.begin || m.end > animal.end); })) continue;
            auto const known = std::ranges::find_if(matches_, [&](Match const& m) { return m.begin == animal.begin && m.end == animal.end; });
            if (known == matches_.end() || names_kind(*known)) continue;
            auto at = animal.end, end = at;
            if (han) {
                for (std::u32string_view joint : {U"用的", U"穿的", U"戴的", U"睡的"})
                    if (slice(at, t_.size()).starts_with(joint)) { at += joint.size(); break; }
                // What an animal does, is or has is no thing: 猫吃的, 狗很喜欢.
                static constexpr std::u32string_view no_thing = U"用吃喝穿戴睡玩咬抓喜爱怕会能要想有没是的和跟与或都也很太不在上家咪狗猫主奴粉迷控款粮年";
                for (end = at; end < t_.size() && end < at + 4 && is_han(t_[end]) && !(end > at && name_ends(slice(end, t_.size()))); ++end) {}
                if (end == at || !name_ends(slice(end, t_.size())) || no_thing.find(t_[at]) != no_thing.npos || std::u32string_view(U"吃喝穿玩").find(t_[end - 1]) != std::u32string_view::npos) continue;
                auto begin = animal.begin;
                while (begin > 0 && is_han(t_[begin - 1])) --begin;
                if (begin < animal.begin && !cues::holds_together(slice(begin, animal.begin))) continue;   // 热狗
            } else {
                for (int words = 0; words < 2 && end < t_.size() && t_[end] == U' ' && !(words > 0 && name_ends(slice(end, t_.size()))); ++words) {
                    auto to = end + 1;
                    while (to < t_.size() && t_[to] >= U'a' && t_[to] <= U'z') ++to;
                    if (to == end + 1) break;
                    end = to;
                }
                if (at = animal.end + 1; end <= at || !name_ends(slice(end, t_.size()))) continue;
                auto const head = slice(at, end), last = head.substr(head.rfind(U' ') + 1);
                static constexpr std::u32string_view no_thing = U"lover lovers owner owners mom mum dad parent parents person people fan fans walker sitter food treats pattern print theme themed shaped size friendly stuff things";
                if (cues::one_of(last, no_thing) || !is_english_word(last) || (is_common_word(last) && everyday_goods().alternatives(to_utf8(last)).empty()) || ends_a_name(last)) continue;
                static constexpr std::u32string_view fronts[] = {U"a ", U"an ", U"any ", U"some ", U"sell ", U"need ", U"want ", U"for a ", U"buy ", U"and "};
                auto const before = slice(0, animal.begin);
                if (!before.empty() && std::ranges::none_of(fronts, [&](std::u32string_view front) { return before.ends_with(front); })) continue;
            }
            Span const thing{animal.begin, end}, head{at, end};
            if (std::ranges::any_of(used_, [&](Span const& u) { return overlaps(u, thing); }) || cues::negated(t_, thing, mentions_)) continue;
            // A kind that has such goods for animals is theirs, and a quality of theirs is no thing; an attribute of other goods (the collar of shirts) is a word like any other.
            bool const here = std::ranges::any_of(matches_, [&](Match const& m) {
                if (!overlaps(m, head)) return false;
                if (!names_kind(m)) return std::ranges::any_of(m.meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::value || x.kind == Meaning::Kind::brand; });
                std::vector<int> kinds;
                for (auto const& x : m.meanings)
                    if (x.kind == Meaning::Kind::category) kinds.push_back(x.id);
                auto const for_pets = [&](int kind) { auto const& label = words_.categories[static_cast<std::size_t>(kind)].label; return has(surface_of(label.zh), animals_zh) || has(surface_of(label.en), animals_en); };
                if (std::ranges::any_of(kinds, for_pets)) return true;
                auto const scope = view_.scope(kinds);
                return std::ranges::any_of(known->meanings, [&](Meaning const& x) { return x.kind == Meaning::Kind::value && x.value >= 0 && scope.values[static_cast<std::size_t>(x.id)][static_cast<std::size_t>(x.value)] != 0; });
            });
            std::u32string const words(slice(thing.begin, thing.end));
            if (here || in_a_title({words, words + U"s"}) || (han && head.end - head.begin > 1 && in_a_title({std::u32string(slice(head.begin, head.end))}))) continue;
            out_.not_sold.push_back(to_utf8(words));
            used_.push_back(thing);
            std::erase_if(matches_, [&](Match const& m) { return overlaps(m, thing); });
            return;
        }
}

}  // namespace kindling::dialogue
