// modules/dialogue/understand_compounds.cpp -- "a kindle case", 耳机套, 椅子坐垫: a kind of goods with the name of what belongs to it behind is no wish for the kind.
//
// The last noun of a compound names the thing. Where it is the name of an accessory (a table), the kind before it only says for what. What titles here call so
// is looked for by its words; what no title does is said to be missing, instead of showing the chairs that somebody has already. An accessory that this
// catalogue has a word for (an attribute, a value, a kind) is left to that word.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view accessories_en = U"case cases cover covers sleeve sleeves stand stands holder holders strap straps cushion cushions pad pads charger chargers cable cables cord cords adapter adapters battery batteries bulb bulbs filter filters refill refills cleaner cleaners rack racks hook hooks hanger hangers organizer organisers organizers protector protectors sticker stickers decal decals skin skins parts spare_parts replacement replacements mat mats laces insoles";
constexpr std::u32string_view accessories_zh = U"保护套 保护壳 保护膜 收纳盒 收纳包 收纳袋 防尘罩 防尘套 支架 坐垫 靠垫 桌垫 杯垫 椅垫 椅套 沙发套 鞋垫 鞋带 鞋架 鞋油 鞋套 衣架 灯泡 灯罩 灯座 贴膜 充电线 充电器 数据线 电池 配件 零件 替换装 清洁剂 挂钩 贴纸 套子 垫子 罩子 壳 套 垫 膜";

}  // namespace

void Reader::accessories() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    std::vector<Span> compounds;
    for (std::size_t i = 0; i < matches_.size(); ++i) {
        auto const& m = matches_[i];
        if (!names_kind(m)) continue;
        bool const han = is_han(t_[m.end - 1]);
        auto const at = !han && m.end < t_.size() && t_[m.end] == U' ' ? m.end + 1 : m.end;
        if (at >= t_.size()) continue;
        auto const rest = slice(at, t_.size()), kind = slice(m.begin, m.end);
        std::size_t length = 0;
        auto const of_these = cues::has(kind, U"lamp lamps light lights") ? U"shade shades" : cues::has(kind, U"dress dresses") ? U"form forms" : U"";
        auto words = cues::words_of(han ? accessories_zh : accessories_en);
        if (!han) std::ranges::copy(cues::words_of(of_these), std::back_inserter(words));
        for (auto const& word : words)
            if (word.size() > length && rest.starts_with(word)) {
                auto const next = at + word.size();
                // One character is a word only where the next is none of it: the 套 of 套装, the 垫 of 垫高.
                bool const whole = han ? word.size() > 1 || next == t_.size() || !is_han(t_[next]) || std::u32string_view(U"的吗呢吧有卖").find(t_[next]) != std::u32string_view::npos : next == t_.size() || !cues::letter(t_[next]);
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
        auto const theirs = [&](Meaning const& x) {
            if (x.kind == Meaning::Kind::category) return true;
            if (alone) return false;
            if (x.kind == Meaning::Kind::brand || x.id < 0) return false;
            if (!scope) scope = view_.scope(kinds);
            auto const a = static_cast<std::size_t>(x.id);
            return x.value >= 0 ? scope->values[a][static_cast<std::size_t>(x.value)] != 0 : scope->attributes[a] != 0;
        };
        if (std::ranges::any_of(matches_, [&](Match const& other) { return other.begin < compound.end && at < other.end && std::ranges::any_of(other.meanings, theirs); })) continue;
        // "With a case", "for my laptop case": it has one, or it goes with one.
        auto const before = slice(0, compound.begin);
        static constexpr std::u32string_view beside[] = {U"with ", U"with a ", U"with an ", U"with its ", U"and a ", U"for my ", U"for the ", U"for a ", U"in my ", U"fits my ", U"my ", U"带", U"含", U"送", U"配", U"我的"};
        if (std::ranges::any_of(beside, [&](std::u32string_view front) { return before.ends_with(front); })) continue;
        if (cues::negated(t_, compound, mentions_)) continue;
        compounds.push_back(compound);
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
    for (auto const& span : compounds) {
        std::u32string words(slice(span.begin, span.end));
        std::vector<std::u32string> said{words};
        if (words.back() == U's') said.push_back(words.substr(0, words.size() - 1));
        else if (words.back() < 0x80) said.push_back(words + U"s");
        // Of a catalogue in the other language each part is looked for by what means the same.
        std::size_t cut = 0;
        for (auto const& accessory : cues::words_of(accessories_zh))
            if (words.ends_with(accessory)) cut = std::max(cut, accessory.size());
        auto const thing = words.substr(0, words.size() - cut), part = words.substr(words.size() - cut);
        if (in_a_title(said)) hints_ += U" " + words;
        else if (cut > 0 && !thing.empty() && !has_title_in(Locale::zh) && in_a_title(spellings(thing)) && in_a_title(spellings(part))) hints_ += U" " + thing + U" " + part;
        else out_.not_sold.push_back(to_utf8(words));
        std::erase_if(matches_, [&](Match const& m) { return m.begin < span.end && span.begin < m.end; });
        used_.push_back(span);
    }
}

}  // namespace kindling::dialogue
