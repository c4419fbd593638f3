// modules/dialogue/not_sold.cpp -- wishes for goods that this shop does not have: said, instead of showing what shares a character with their name.
//
// A word counts as goods when it stands in the built-in list of them (engines/text/analysis/synonyms.h), and as not sold when no title here holds it
// or what means the same, and no category, brand or value is called so. What is only spoken of beside the wish does not count: "a bag for my
// camera", "the mattress is too hard". The nearest kind is the one that the last part of the name means here: of a 餐桌, the 桌.
// Cost: a pass over the titles for each such word.
#include "modules/dialogue/reader.h"
#include "modules/dialogue/turn.h"

namespace kindling::dialogue {

text::SynonymTable const& everyday_goods() {
    static text::SynonymTable const table(text::commerce_goods());
    return table;
}

namespace {

text::SynonymTable const& makers() {
    static text::SynonymTable const table(text::commerce_names());
    return table;
}

// What comes nearest to the goods of a maker that this shop does not have.
struct Known { std::u32string_view names, kind; };
constexpr Known known_for[] = {
    {U"lego 乐高", U"积木"}, {U"nike 耐克 adidas 阿迪达斯 阿迪 puma 彪马 new_balance 新百伦 converse 匡威 skechers 斯凯奇 under_armour 安德玛", U"运动鞋"}, {U"airpods 苹果耳机 sennheiser 森海塞尔 audio_technica 铁三角", U"耳机"},
    {U"bose 博士音响", U"音箱"}, {U"samsonite 新秀丽 rimowa 日默瓦", U"行李箱"}, {U"gucci 古驰 louis_vuitton lv 路易威登 prada 普拉达 coach_bag 蔻驰 hermes hermès 爱马仕", U"包"},
    {U"l'oréal loreal 欧莱雅 estée_lauder estee_lauder 雅诗兰黛 lancôme lancome 兰蔻 shiseido 资生堂 clinique 倩碧 kiehl's kiehls 科颜氏", U"护肤品"}, {U"uniqlo 优衣库", U"上衣"}, {U"ikea 宜家", U"家具"},
};

constexpr std::u32string_view animals_named = U"猫 狗 犬 宠物 仓鼠 兔 cat cats dog dogs puppy puppies kitten kittens hamster pet pets";

// "for my camera", "装相机", "床垫太硬": it has one, or it is to go with one.
bool beside_the_wish(std::u32string_view before, std::u32string_view after) {
    static constexpr std::u32string_view fronts[] = {U"for my ", U"for the ", U"for our ", U"for a ", U"for two ", U"for three ", U"for 2 ", U"for 3 ", U"for several ", U"on my ", U"on the ", U"in my ", U"in the ", U"with my ", U"with a ", U"of my ", U"fits a ", U"fit a ", U"fits my ", U"inch ", U"寸", U"holds a ", U"holds my ", U"my ", U"under the ", U"like a ", U"放", U"装", U"配", U"搭", U"给", U"用", U"我的", U"我家", U"家的", U"有个", U"有了", U"那种"};
    static constexpr std::u32string_view backs[] = {U"太", U"坏", U"旧", U"上", U"里", U"用", U" is ", U" are ", U" was "};
    for (auto const& front : fronts)
        if (before.ends_with(front)) return true;
    // 能放下两个显示器吗
    auto counted = before;
    while (!counted.empty() && std::u32string_view(U"一二两三四五六几0123456789个台只把张本件瓶 ").find(counted.back()) != std::u32string_view::npos) counted.remove_suffix(1);
    for (std::u32string_view takes : {U"放下", U"装下", U"塞下", U"放得下", U"装得下", U"能放", U"能装"})
        if (counted.ends_with(takes)) return true;
    for (auto const& back : backs)
        if (after.starts_with(back)) return true;
    return false;
}

// "A tv", "a tv under 500", "tv, please": nothing that belongs to it is asked for, as in "tv stand".
bool ends_the_wish(std::u32string_view after) {
    if (after.find_first_not_of(U" .?!") == after.npos) return true;
    static constexpr std::u32string_view ends[] = {U",", U" for ", U" with", U" under ", U" below ", U" up to ", U" that ", U" which ", U" in ", U" please", U" around ", U" less "};
    return std::ranges::any_of(ends, [&](std::u32string_view end) { return after.starts_with(end); });
}

// "a mug and a plate", "三个马克杯两个盘子": one more of what is asked for.
bool one_of_a_list(std::u32string_view before) {
    for (bool moved = true; moved && !before.empty();) {
        moved = false;
        for (std::u32string_view count : {U" two ", U" three ", U" four ", U" some "})
            if (before.ends_with(count)) return true;
        for (std::u32string_view article : {U" a ", U" an ", U" the "})
            if (before.ends_with(article)) before.remove_suffix(article.size() - 1), moved = true;
        if (std::u32string_view(U"一二三四五六两几0123456789").find(before.back()) != std::u32string_view::npos) return true;
        if (std::u32string_view(U"个只件套条把张双瓶 ").find(before.back()) != std::u32string_view::npos) before.remove_suffix(1), moved = true;
    }
    for (std::u32string_view joint : {U"and", U"plus", U",", U"，", U"、", U"和", U"跟", U"加", U"还有"})
        if (before.ends_with(joint)) return true;
    return false;
}

}  // namespace

// Of most of some hundred goods: a catalogue in English with a few Chinese titles is one in English.
bool Reader::has_title_in(Locale locale) const {
    std::size_t titles = 0, looked_at = 0;
    for (std::size_t p = 0; p < view_.size(); p += std::max<std::size_t>(1, view_.size() / 300), ++looked_at) titles += std::ranges::any_of(view_[p].title, [&](char32_t c) { return locale == Locale::zh ? is_han(c) : c >= U'a' && c <= U'z'; });
    return titles * 2 > looked_at;
}

// "Dinosaur toys": the last word is a kind of this shop, and each of the others a value, or a word of titles or of a field, of goods of that kind: what such goods are called elsewhere.
bool Reader::known_in_parts(Span name) const {
    auto const kind = std::ranges::find_if(matches_, [&](Match const& m) { return m.end == name.end && m.begin > name.begin && names_kind(m); });
    if (kind == matches_.end()) return false;
    std::vector<int> kinds;
    for (auto const& x : kind->meanings)
        if (x.kind == Meaning::Kind::category) kinds.push_back(x.id);
    auto const of_the_kind = [&](std::size_t p) { return std::ranges::any_of(kinds, [&](int k) { return words_.within(view_[p].category, k); }); };
    for (auto i = name.begin; i < kind->begin;) {
        if (t_[i] == U' ') { ++i; continue; }
        auto end = std::min(t_.find(U' ', i), kind->begin);
        if (auto const m = std::ranges::find_if(matches_, [&](Match const& each) { return each.begin <= i && i < each.end && each.end <= kind->begin; }); m != matches_.end() && std::ranges::any_of(m->meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::value || x.kind == Meaning::Kind::brand; })) { i = m->end; continue; }
        auto const ways = spellings(std::u32string(slice(i, end)));
        if (std::ranges::none_of(ways, [&](std::u32string const& way) { return any_title(view_, way, [&](std::size_t p) { return of_the_kind(p) && cues::has_word(view_[p].title, way); }); })) return false;
        i = end;
    }
    return true;
}

void Reader::goods_not_sold() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    auto const text = to_utf8(t_);
    for (auto const& found : everyday_goods().find(text)) {
        auto const begin = to_utf32(text.substr(0, found.begin)).size(), end = begin + to_utf32(text.substr(found.begin, found.end - found.begin)).size();
        // One character is too often a part of something else (the 书 of 书房), and a present is no kind of goods.
        static constexpr std::u32string_view no_kind[] = {U"礼物", U"礼品", U"gift", U"gifts", U"present", U"presents", U"露营", U"camping"};
        if (end > t_.size() || end - begin < 2 || (t_[begin] < 0x80 && end - begin < 4 && !ends_the_wish(slice(end, t_.size()))) || std::ranges::find(no_kind, slice(begin, end)) != std::end(no_kind)) continue;
        // What the lexicon knows as a kind, a brand or as these very words is here, or will be said to be missing as a value.
        // A kind that is only the first of its words names another thing: the vacuum flasks of "vacuum cleaner". So is a coffee table no desk.
        bool const latin = t_[begin] < 0x80;
        auto const known = [&](Match const& m) { return m.begin < end && begin < m.end && ((names_kind(m) && !latin) || (m.begin <= begin && end <= m.end)); };
        bool const other_goods = std::ranges::any_of(matches_, [&](Match const& m) { return names_kind(m) && (m.end <= begin || m.begin >= end); });
        if (std::ranges::any_of(interests_, [&](Span const& u) { return u.begin < end && begin < u.end; })) continue;
        if (std::ranges::any_of(used_, [&](Span const& u) { return u.begin < end && begin < u.end; })) continue;  // read already
        if (std::ranges::any_of(matches_, known) || cues::negated(t_, {begin, end}, mentions_)) continue;
        // "He hates zips" has no hat.
        if (latin && has(slice(begin, end), U"hates")) continue;
        // 他已经有键盘和鼠标了: nothing that is wished for, and nothing here to leave out for it.
        if (had_already({begin, end})) {
            auto const said = slice(begin, end);
            if (!in_a_title(spellings(std::u32string(said)))) out_.refused_unknown.push_back(to_utf8(said)), used_.push_back({begin, end}), refused_.push_back({begin, end});
            continue;
        }
        if (latin && known_in_parts({begin, end})) continue;
        auto const before = slice(0, begin);
        // 衬衫裤子鞋: between the names of two kinds it is one of a list, too.
        bool const among_kinds = !latin && std::ranges::any_of(matches_, [&](Match const& m) { return names_kind(m) && m.end == begin; }) && std::ranges::any_of(matches_, [&](Match const& m) { return names_kind(m) && m.begin == end; });
        if (!among_kinds && (beside_the_wish(before, slice(end, t_.size())) || (other_goods && !one_of_a_list(before)))) continue;
        std::vector<std::u32string> words{std::u32string(slice(begin, end))};
        // Of another language only where no title is in this one: the "plate" in a running shoe is no 盘子.
        bool const said_in_han = is_han(words.front().front());
        bool const spoken = said_in_han ? has_title_in(Locale::zh) : has_title_in(Locale::en);
        for (auto const& other : found.alternatives)
            if (auto s = surface_of(other); !s.empty() && (!spoken || is_han(s.front()) == said_in_han) && (s.size() >= words.front().size() || !cues::has_word(words.front(), s))) words.push_back(std::move(s));   // the "vacuum" of flasks is no vacuum cleaner
        for (std::size_t i = words.size(); i-- > 0;)
            if (auto const& w = words[i]; w.back() >= U'a' && w.back() <= U'z') words.push_back(w.back() == U's' ? w.substr(0, w.size() - 1) : w + U"s");
        if (in_a_title(words)) {
            // "Phone cases", "a water gun": goods by a name with a word in it that is too common to be looked for by itself.
            auto const has_common_word = [](std::u32string_view phrase) {
                for (std::size_t i = 0; i < phrase.size();) {
                    auto const stop = std::min(phrase.find(U' ', i), phrase.size());
                    if (is_common_word(phrase.substr(i, stop - i))) return true;
                    i = stop + 1;
                }
                return false;
            };
            if (!said_in_han && words.front().find(U' ') != std::u32string::npos && has_common_word(words.front()) && std::ranges::none_of(matches_, [&](Match const& m) { return m.begin < end && begin < m.end; })) hints_ += U" " + words.front(), used_.push_back({begin, end});
            continue;
        }
        std::erase_if(matches_, [&](Match const& m) { return m.begin < end && begin < m.end; });
        out_.not_sold.push_back(to_utf8(slice(begin, end)));
        used_.push_back({begin, end});
        if (out_.not_sold.size() == 3) return;
    }
}

// "Bread makers", "a sewing machine": a machine that no title is called after, whatever speaks of bread.
void Reader::machines_not_sold() {
    if ((out_.intent != Intent::find && out_.intent != Intent::gift) || !out_.not_sold.empty() || !has_title_in(Locale::en)) return;
    for (auto const& head : cues::find_all(t_, U"machine machines maker makers")) {
        if (head.begin < 4 || t_[head.begin - 1] != U' ' || !ends_the_wish(slice(head.end, t_.size()))) continue;
        auto begin = head.begin - 1;
        while (begin > 0 && cues::letter(t_[begin - 1])) --begin;
        auto const what = slice(begin, head.begin - 1);
        if (what.size() < 3 || is_common_word(what)) continue;
        auto const overlaps = [&](auto const& one) { return one.begin < head.end && begin < one.end; };
        if (std::ranges::any_of(used_, overlaps) || std::ranges::any_of(matches_, overlaps) || beside_the_wish(slice(0, begin), slice(head.end, t_.size())) || cues::negated(t_, {begin, head.end}, mentions_)) continue;
        std::u32string const one = std::u32string(what) + (slice(head.begin, head.end).starts_with(U"machine") ? U" machine" : U" maker");
        if (in_a_title({one, one + U"s"}) || !everyday_goods().alternatives(to_utf8(one)).empty() || !everyday_goods().alternatives(to_utf8(one + U"s")).empty()) continue;   // by its other names, too
        out_.not_sold.push_back(to_utf8(slice(begin, head.end)));
        used_.push_back({begin, head.end});
        return;
    }
}

// 乐高75192, "nike sneakers": a maker that no title and no brand here is called after, said before anything that shares letters with the name is shown.
void Reader::makers_not_sold() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    auto const text = to_utf8(t_);
    for (auto const& found : makers().find(text)) {
        auto const begin = to_utf32(text.substr(0, found.begin)).size(), end = begin + to_utf32(text.substr(found.begin, found.end - found.begin)).size();
        if (end > t_.size() || end - begin < 2 || (t_[begin] < 0x80 && end - begin < 4 && !ends_the_wish(slice(end, t_.size())))) continue;
        auto const overlaps = [&](auto const& u) { return u.begin < end && begin < u.end; };
        if (std::ranges::any_of(used_, overlaps) || std::ranges::any_of(matches_, [&](Match const& m) { return overlaps(m) && m.begin <= begin && end <= m.end && m.meanings.front().strength != Meaning::Strength::part; })) continue;
        if (std::ranges::any_of(interests_, overlaps) || beside_the_wish(slice(0, begin), slice(end, t_.size())) || cues::negated(t_, {begin, end}, mentions_)) continue;
        std::vector<std::u32string> words{std::u32string(slice(begin, end))};
        for (auto const& other : found.alternatives)
            if (auto s = surface_of(other); s.size() > 1) words.push_back(std::move(s));
        if (in_a_title(words)) continue;
        std::erase_if(matches_, overlaps);
        used_.push_back({begin, end});
        if (out_.not_sold.empty()) out_.not_sold.push_back(to_utf8(slice(begin, end)));
    }
}

int TurnMaker::nearest_kind(std::string const& name) const {
    auto const called = surface_of(name);
    for (auto const& known : known_for)
        if (std::ranges::find(cues::words_of(known.names), called) != cues::words_of(known.names).end()) return kind_called(known.kind);
    auto spellings = everyday_goods().alternatives(name);
    spellings.insert(spellings.begin(), name);
    for (auto const& spelling : spellings) {
        auto const s = surface_of(spelling);
        auto const blank = s.rfind(U' ');
        auto const head = is_han(s.back()) ? s.substr(s.size() - 1) : blank == s.npos ? std::u32string() : s.substr(blank + 1);
        if (head.empty()) continue;
        for (auto const& m : lexicon_.scan(head))
            for (auto const& meaning : m.meanings)
                if (meaning.kind == Meaning::Kind::category) return meaning.id;
    }
    // What is for an animal comes near whatever else is.
    if (std::ranges::any_of(spellings, [](std::string const& spelling) { return cues::has(surface_of(spelling), U"猫 狗 犬 仓鼠 cat dog puppy kitten hamster"); }))
        for (auto const& m : lexicon_.scan(U"宠物"))
            for (auto const& meaning : m.meanings)
                if (meaning.kind == Meaning::Kind::category) return meaning.id;
    return -1;
}

// True: that was the answer. False: there is more in the words to look for.
bool TurnMaker::tell_not_sold() {
    if (reading_.not_sold.empty()) return false;
    auto& s = state();
    tell_allergies(reading_.constraints);
    std::string names;
    for (auto const& name : reading_.not_sold) names += (names.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + name;
    if (std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; })) {
        say(Phrase::not_sold, {echo("echo", names)});
        std::erase_if(reading_.constraints, [](Constraint const& c) { return c.attribute == of_an_allergy; });   // told
        return false;
    }
    // Another thing is wanted than before, with the limits that came with it.
    s.free_text.clear(), s.order.clear(), s.seen.clear();
    auto const said_now = [&](Constraint const& c) { return std::ranges::any_of(reading_.constraints, [&](Constraint const& now) { return now.kind == c.kind && now.polarity == c.polarity && (c.kind == ConstraintKind::price || now.said == c.said); }); };
    std::vector<Constraint> wishes;   // a green gaming chair is, where the nearest are chairs, a green one
    std::ranges::copy_if(s.constraints, std::back_inserter(wishes), [&](Constraint const& c) { return c.polarity == Polarity::want && !c.soft && (c.kind == ConstraintKind::value || c.kind == ConstraintKind::number) && said_now(c); });
    // Where and by how many the missing thing would be used says nothing of the nearest.
    std::erase_if(wishes, [&](Constraint const& c) {
        auto const found = view_.words().attribute_ids.find(c.attribute);
        return found != view_.words().attribute_ids.end() && label_has(view_.words().attributes[static_cast<std::size_t>(found->second)], U"适用 场景 空间 用途 人数 made room use occasion household people");
    });
    std::erase_if(s.constraints, [&](Constraint const& c) { return c.attribute != of_an_allergy && !((c.kind == ConstraintKind::price || c.polarity == Polarity::avoid) && said_now(c)); });
    auto const kind = nearest_kind(reading_.not_sold.front());
    if (kind < 0) {
        // Without kinds, the last word of a name says what comes near: of a laptop bag, bags.
        auto names_in_use = everyday_goods().alternatives(reading_.not_sold.front());
        names_in_use.insert(names_in_use.begin(), reading_.not_sold.front());
        for (auto const& called : names_in_use) {
            auto const blank = called.rfind(' ');
            if (blank == called.npos || !scorer_) continue;
            // A coffee machine is no kind of machine: what any thing can be called says nothing of the nearest.
            static constexpr std::u32string_view any_thing = U"machine machines maker makers device devices tool tools kit kits set sets system systems unit units equipment supplies accessory accessories holder holders stand stands cover covers case cases part parts thing things";
            auto const word = surface_of(called.substr(blank + 1));
            if (cues::one_of(word, any_thing)) continue;
            s.free_text = to_utf8(word);
            // Of a cat's scratching post only what is for an animal comes near, and no post of a guitar.
            bool const animals = std::ranges::any_of(names_in_use, [](std::string const& name) { return cues::has(surface_of(name), animals_named); });
            auto const titled = [&](Selection const& found) { return std::ranges::count_if(std::span(found.full).first(std::min<std::size_t>(found.full.size(), 10)), [&](Pick const& pick) { return view_[pick.product].values.empty() && (!animals || cues::has(view_[pick.product].title, animals_named)) && (cues::has_word(view_[pick.product].title, word) || cues::has_word(view_[pick.product].title, word + U"s")); }); };
            if (auto const found = selection(); by_words_ && whole_ && titled(found) >= 3) {
                understood();
                say(Phrase::not_sold_nearest, {echo("echo", names), name_slot("kind", s.free_text)});
                show(found);
                return true;
            }
            s.free_text.clear();
        }
        popular(Phrase::not_sold_popular, {echo("echo", names)});
        return true;
    }
    auto const& info = view_.words().categories[static_cast<std::size_t>(kind)];
    Constraint near{.kind = ConstraintKind::category, .values = {{info.id, info.label.en, info.label.zh}}};
    write_labels(near, view_.words(), view_.currency());
    s.constraints.push_back(std::move(near));
    s.constraints.insert(s.constraints.end(), wishes.begin(), wishes.end());
    understood();
    say(Phrase::not_sold_nearest, {echo("echo", names), name_slot("kind", info.label.in(locale_))});
    auto found = selection();
    if (found.full.empty() && soften_circumstances()) found = selection(), tell_preferences(found.full);
    if (found.full.empty()) explain_relaxation(found);
    else show(found), offer_question(found.full);
    return true;
}

}  // namespace kindling::dialogue
