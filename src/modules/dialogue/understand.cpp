// modules/dialogue/understand.cpp -- which goods and brands an utterance wants or refuses, and the order in which it is read. See understand.h; values: understand_values.cpp.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

Reading Reader::read() {
    out_.suspicious = cues::suspicious(t_);
    out_.intent = cues::intent(t_, situation_, whole_);
    if (out_.intent == Intent::empty) return std::move(out_);
    if (out_.intent == Intent::ask_policy)
        if (out_.topics = cues::policy_topics(t_); !out_.topics.empty()) out_.topic = out_.topics.front();
    occasion_ = words_.occasions->in(t_), person_ = person_in(t_);
    out_.speaks = cues::speaks(t_) || trouble();
    drop_doubtful_matches();
    included();
    refused_children();
    ages_without_years();
    numbers_beside();
    height_and_weight();
    somebodys();
    commanded();
    allergies();
    auto const refs = cues::references(t_, situation_.shown);
    out_.ordinals = refs.ordinals, out_.refused = refs.refused, out_.refers = refs.focus;
    if (!refs.places.empty()) out_.counts = cues::counts_of_places(t_, situation_.shown);
    out_.points = cues::points(t_), out_.corrects = cues::corrects(t_, whole_), out_.other = cues::speaks_of_the_other(t_);
    for (auto const& s : refs.spans) used_.push_back(s);
    if (auto const by = cues::delivery_time(t_)) used_.push_back(*by);   // of the sending, and no word of the goods
    // "轻一点", "一样的": no number.
    std::erase_if(numbers_, [&](Quantity const& n) { return n.number_end < t_.size() && n.number_end - n.number_begin == 1 && t_[n.number_begin] == U'一' && std::u32string_view(U"点些下直样般起定旦会").find(t_[n.number_end]) != std::u32string_view::npos; });
    // The 二 of 二胡 counts nothing.
    std::erase_if(numbers_, [&](Quantity const& n) { return n.number_end <= t_.size() && is_han(t_[n.number_begin]) && cues::known_word(slice(n.number_begin, t_.size())) > n.number_end - n.number_begin; });
    ages_told();
    merge_words();
    remarks();
    small_talk();
    animals_told();
    lay_claims();
    self_told();
    of_somebody();
    places();
    receiver();
    small_parts();
    no_noise();
    circumstances();
    preferences();
    adjectives();
    accessories();
    heads_not_sold();
    machines_not_sold();
    goods_not_sold();
    things_of_animals();
    makers_not_sold();
    categories();
    reading_matter();
    leanings();
    Scope const scope = view_.scope(scope_);
    sizes_asked(scope);
    lay_words(scope);
    values(scope);
    goods_of_the_animal(scope);
    refuse_plainly();
    must_not_break();
    brands();
    sizes(scope);
    sizes_by_letters(scope);
    stages();
    ages();
    meant_for_children();
    body();
    amounts(scope);
    soften();
    switches();
    for (auto const& n : numbers_) taken_.push_back({n.begin, n.end});
    out_.comparatives = cues::comparatives(t_, taken_);
    if (out_.comparatives.empty()) out_.order = cues::order(t_);
    if (out_.order == Order::price_up)
        for (auto const& span : cues::find_all(t_, U"便宜 实惠 平价 性价比 cheap inexpensive affordable")) used_.push_back(span);
    for (auto const& span : cues::find_all(t_, U"somewhere_around somewhere_about somewhere_near somewhere_between somewhere_in")) used_.push_back({span.begin, span.begin + 9});
    if (!out_.order)
        for (auto const& span : cues::find_all(t_, U"not_the_cheapest_ones not_the_cheapest_one not_the_cheapest don't_want_the_cheapest 不要最便宜的 别要最便宜的 不用最便宜的 别选最便宜的 不是最便宜的 不想要最便宜的")) used_.push_back(span);
    if (out_.order == Order::rating)
        for (auto const& span : cues::find_all(t_, U"评分最高 评价最好 评价最高 评价好 评价高 评分高 口碑最好 口碑好 好评最多 better_rated better_reviewed best_rated top_rated highest_rated best_reviewed best_reviews")) used_.push_back(span);
    no_preference();
    order_and_contact();
    question(scope);
    for (auto const& m : matches_) used_.push_back({m.begin, m.end});
    for (auto const& n : numbers_)
        if (!of_a_name(n)) used_.push_back({n.begin, n.end});
    for (auto const& s : taken_)
        if (std::ranges::none_of(numbers_, [&](Quantity const& n) { return n.begin == s.begin && n.end == s.end && of_a_name(n); })) used_.push_back(s);
    // 宽度不超过1米: the word that the amount is of.
    if (std::ranges::any_of(out_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::number; }))
        for (auto const& span : cues::find_all(t_, U"宽度 长度 高度 深度 厚度 重量 容量 直径 尺寸")) used_.push_back(span);
    refused_words();
    refused_fields();
    settle_owned();
    for (auto const& span : cues::rude_words(t_)) out_.upset = true, used_.push_back(span);
    for (auto const& span : cues::courtesies(t_)) used_.push_back(span);
    if (out_.suspicious)
        for (auto const& span : cues::commands(t_)) used_.push_back(span), taken_.push_back(span);
    out_.free_text = cues::remainder(t_, used_, whole_);
    out_.thing = cues::thing_meant(t_, used_, whole_);
    finish_titles();
    asked_of_goods();
    out_.needs = needs();
    if (!hints_.empty()) {
        out_.free_text += (out_.free_text.empty() ? "" : " ") + to_utf8(hints_.substr(1));
        if (t_.find(U" for ") == t_.npos) out_.free_text = as_said(out_.free_text);   // what stands before a "for" is the thing itself, and comes last
    }
    any_of_what_is_liked();
    // 100片左右, "1000 pieces": which of what was looked for.
    bool const only_amounts = !out_.free_text.empty() && out_.free_text.find_first_not_of("0123456789 ") == std::string::npos;
    out_.refines = only_amounts || (!out_.free_text.empty() && cues::refines(t_));
    out_.names_anew = !out_.free_text.empty() && !out_.refines && names_anew();
    out_.of_their_own = of_their_own();
    for (auto& m : matches_)
        if (!m.corrected_from.empty()) out_.corrections.emplace_back(to_utf8(m.corrected_from), to_utf8(m.surface));
    tell_small_talk();
    if (!out_.small_talk) social();
    presents();
    several();
    impossible();
    for (auto& c : out_.constraints) write_labels(c, words_, view_.currency());
    for (auto& c : out_.unheld) write_labels(c, words_, view_.currency());
    return std::move(out_);
}

namespace {

// "Lego 75192", 乐高10698: a number of four digits or more right behind a name, and no round sum or year, is the number of a model.
bool of_a_model(std::u32string_view text, Quantity const& n) {
    auto const digits = text.substr(n.number_begin, std::min(n.number_end, text.size()) - n.number_begin);
    if (n.kind != Quantity::Kind::plain || n.limit != Quantity::Limit::exact || n.begin != n.number_begin || n.end != n.number_end || digits.size() < 4 || digits.size() > 8 || digits.find_first_not_of(U"0123456789") != digits.npos) return false;
    if (digits.size() == 4 && (std::fmod(n.value, 100) == 0 || (n.value >= 1900 && n.value < 2100))) return false;
    auto at = n.begin;
    while (at > 0 && text[at - 1] == U' ') --at;
    if (at == 0 || !(is_han(text[at - 1]) || cues::letter(text[at - 1]))) return false;
    return !has(text.substr(at >= 12 ? at - 12 : 0, std::min<std::size_t>(at, 12)), U"预算 价 钱 元 花 budget price cost spend pay under for about order 订单 电话 手机号 phone code 邮编");
}

// "Strength 2.5", "12 string": a small bare number beside an English word is a part of what something is called, unless the words say that it counts, limits or dates.
bool of_a_name(std::u32string_view text, Quantity const& n) {
    if (of_a_model(text, n)) return true;
    if (n.kind != Quantity::Kind::plain || n.limit != Quantity::Limit::exact || n.value >= 100 || n.number_end > text.size() || n.begin != n.number_begin || n.end != n.number_end) return false;
    auto const word_before = [&] {
        auto const before = text.substr(0, n.begin);
        if (!before.ends_with(U' ') || before.size() < 2 || !cues::letter(before[before.size() - 2])) return std::u32string_view();
        auto const words = before.substr(0, before.size() - 1);
        return words.substr(words.rfind(U' ') + 1);
    }();
    auto const word_after = [&] {
        auto const after = text.substr(n.end);
        return after.size() > 1 && after.front() == U' ' && cues::letter(after[1]) ? after.substr(1, after.find_first_of(U" ,.?!", 1) - 1) : std::u32string_view();
    }();
    static constexpr std::u32string_view counting[] = {U"under", U"below", U"over", U"above", U"about", U"around", U"than", U"to", U"at", U"least", U"most", U"max", U"maximum", U"only", U"age", U"aged", U"number", U"option", U"the", U"first", U"and", U"or", U"between", U"from", U"is", U"of", U"want", U"need", U"take", U"buy", U"get", U"add", U"pay", U"spend", U"budget", U"price", U"my", U"for", U"size"};
    static constexpr std::u32string_view counted[] = {U"year", U"yr", U"old", U"month", U"or", U"and", U"to", U"yuan", U"usd", U"rmb", U"euro", U"bucks", U"more", U"of", U"for", U"in", U"is", U"please", U"dollar"};
    if (!word_before.empty() && std::ranges::find(counting, word_before) == std::end(counting) && word_after.empty()) return true;
    return !word_after.empty() && !word_after.ends_with(U's') && std::ranges::find(counted, word_after) == std::end(counted) && (word_before.empty() || std::ranges::find(counting, word_before) == std::end(counting) || word_before == U"for" || word_before == U"of");
}

}  // namespace

bool Reader::of_a_name(Quantity const& n) const { return dialogue::of_a_name(t_, n); }

void Reader::drop_doubtful_matches() {
    // A "string winder", where titles have one, is no slip of "winter".
    std::erase_if(matches_, [&](Match const& m) { return !m.corrected_from.empty() && in_a_title({m.corrected_from}); });
    // 花灯会, where it is an occasion of the owner's: no pattern of flowers.
    if (occasion_ && occasion_->occasion->own)
        std::erase_if(matches_, [&](Match const& m) { return m.begin >= occasion_->begin && m.end <= occasion_->end && m.end - m.begin < occasion_->end - occasion_->begin; });
    // 花 in 花呗, 皮 in 皮肤, 包 in 包邮, 灯 …: one character inside a longer word that is no catalogue word
    static constexpr std::u32string_view longer = U"扁平足 平足 皮肤 金属 黑胶 白噪 红外 红茶 绿茶 黑茶 白酒 红酒 黄油 蓝光 紫外 银耳 棉花糖 皮带 皮筋 灯笼 包子 花园 花盆 花瓶 包邮 包裹 花呗 花钱 面包 包装 书包 顽皮 皮实 调皮 眼花 花多少 花了 别 金额 现金 押金 礼金 黑五 白天 明白 空白 白领 红包 网红 蓝牙 绿色通道 粉丝 奶粉 面粉 闪粉 亮粉 蛋白粉 花粉 洗衣粉 散粉 蜜粉 粉底 粉饼 粉扑 粉笔 粉末 灰尘 麻烦 芝麻 银行 黄金 木有 锅铲";
    auto const in_others = in_other_words();
    auto const longer_words = cues::find_all(t_, longer);   // once, and not for each character of a text of nothing else
    std::erase_if(matches_, [&](Match const& m) {
        for (auto const& n : numbers_)  // "500ml" is an amount, not the value "ml"
            if (m.begin < n.end && n.begin < m.end && !(m.begin <= n.number_begin && n.number_end <= m.end && n.limit == Quantity::Limit::exact)) return true;
        // "140 cm wide": the word names the dimension of the number
        static constexpr std::u32string_view dimensions[] = {U"long", U"wide", U"high", U"tall", U"deep", U"thick", U"heavy", U"short", U"宽", U"长", U"高", U"深", U"厚", U"重"};
        for (auto const& n : numbers_)
            if (n.kind == Quantity::Kind::measure && ((m.begin >= n.end && m.begin <= n.end + 1) || (m.end <= n.begin && m.end + 1 >= n.begin)) && std::find(std::begin(dimensions), std::end(dimensions), slice(m.begin, m.end)) != std::end(dimensions)) return true;
        // "The desk is too wide": of its own width, whatever else is called wide here
        if (std::ranges::find(dimensions, slice(m.begin, m.end)) != std::end(dimensions) && (slice(0, m.begin).ends_with(U"too ") || slice(0, m.begin).ends_with(U"太"))) return true;
        bool const latin = std::all_of(t_.begin() + static_cast<std::ptrdiff_t>(m.begin), t_.begin() + static_cast<std::ptrdiff_t>(m.end), [](char32_t c) { return c < 0x250; });
        if (latin && m.end - m.begin <= 2 && m.meanings.front().kind == Meaning::Kind::value) {
            // M, L, XL, S: only as a size; "it's" and "l am" are not
            auto const after = slice(m.end, std::min(t_.size(), m.end + 5)), before = slice(m.begin >= 6 ? m.begin - 6 : 0, m.begin);
            bool const size = after.starts_with(U"码") || after.starts_with(U"号") || after.starts_with(U" 码") || after.starts_with(U" size") || before.ends_with(U"size ") || before.ends_with(U"wear ") || before.ends_with(U"wears ") || before.ends_with(U"size: ") || before.ends_with(U"in ") || before.ends_with(U"in a ") || before.ends_with(U"尺码") || t_.size() <= 4 || before.ends_with(U",") || before.ends_with(U", ") || before.ends_with(U"要") || before.ends_with(U"穿");
            bool const apostrophe = m.begin > 0 && t_[m.begin - 1] == U'\'';
            return !size || apostrophe;
        }
        if (!latin && m.end - m.begin == 1 && (t_[m.begin] == U'男' || t_[m.begin] == U'女')) {
            auto const next = m.end < t_.size() ? t_[m.end] : U' ';
            return std::u32string_view(U"款士生的式鞋装包表 ,。,,!").find(next) == std::u32string_view::npos;
        }
        if (slice(m.begin, m.end) == U"flat" && (slice(m.end, t_.size()).starts_with(U" feet") || slice(m.end, t_.size()).starts_with(U" foot") || slice(m.end, t_.size()).starts_with(U" arches"))) return true;   // of whoever wears it
        if (slice(m.begin, m.end) == U"day" && (slice(0, m.begin).ends_with(U"all ") || slice(0, m.begin).ends_with(U"every ") || slice(0, m.begin).ends_with(U"per ") || slice(0, m.begin).ends_with(U"a "))) return true;
        return (m.end - m.begin == 1 && std::ranges::any_of(longer_words, [&](Span const& span) { return m.begin >= span.begin && m.end <= span.end; })) || std::ranges::any_of(in_others, [&](Span const& span) { return m.begin == span.begin && m.end == span.end; });
    });
    // Nobody means more than so many words of a catalogue; a text that repeats itself is not worth the time.
    if (matches_.size() > 60) matches_.erase(matches_.begin() + 60, matches_.end());
    // A number that the lexicon took as part of a name is no amount: "seven seas", "三星".
    std::erase_if(numbers_, [&](Quantity const& n) {
        if (n.limit != Quantity::Limit::exact) return false;
        return std::any_of(matches_.begin(), matches_.end(), [&](Match const& m) { return m.begin <= n.number_begin && n.number_end <= m.end; });
    });
    for (auto const& m : matches_)
        if (std::any_of(m.meanings.begin(), m.meanings.end(), [](Meaning const& x) { return x.kind != Meaning::Kind::attribute; })) mentions_.push_back({m.begin, m.end});
}

namespace {

// "Navy too", and not "too pricey".
bool ends_with_too(std::u32string_view t) {
    return std::ranges::any_of(cues::find_all(t, U"too"), [&](Span const& too) { return too.end >= t.size() || std::u32string_view(U",.;!?，。").find(t[too.end]) != std::u32string_view::npos || t.substr(too.end).starts_with(U" please"); });
}

}  // namespace

void Reader::merge_words() {
    if (has(t_, U"另外 还要买 还要一 还想买 再看看 再买 还需要一 顺便 also_need another_thing separately i_also_need i_also_want besides")) out_.merge = Reading::Merge::fresh;
    else if (has(t_, U"也行 也可以 也要 都行 都可以 或者也 also_fine also_ok is_fine_too would_also_work also_work as_well 也能接受") || ends_with_too(t_)) out_.merge = Reading::Merge::either;
    if (cues::find_apart(t_, U"换成 改成 算了 还是 instead actually change_to changed_my_mind switch_to make_that make_it", whole_)) out_.merge = Reading::Merge::replace, out_.instead = true;
}

void Reader::categories() {
    std::vector<Match const*> found;
    for (auto const& m : matches_)
        if (names_kind(m)) found.push_back(&m);
    Constraint want{.kind = ConstraintKind::category}, avoid{.kind = ConstraintKind::category, .polarity = Polarity::avoid};
    std::vector<int> ids;
    for (std::size_t i = 0; i < found.size(); ++i) {
        auto const& m = *found[i];
        // "walnut top" beside "desk": the name of a part
        if (found.size() > 1 && std::any_of(m.meanings.begin(), m.meanings.end(), [](Meaning const& x) { return x.kind == Meaning::Kind::attribute; })) continue;
        if (slice(0, m.begin).ends_with(U"off the ")) continue;   // "white is off the table"
        // "dress shoes", "咖啡杯": the last noun of a compound names the thing
        if (i + 1 < found.size() && found[i + 1]->begin - m.end <= 1 && (found[i + 1]->begin == m.end || t_[m.end] == U' ')) continue;
        // "桌子上的台灯", "a lamp for my desk": the place is not the thing
        if (i + 1 < found.size()) {
            auto const between = slice(m.end, found[i + 1]->begin);
            if (between.size() <= 4 && between.ends_with(U"的") && std::all_of(between.begin(), between.end(), [](char32_t c) { return std::u32string_view(U"上里用边旁放下面的").find(c) != std::u32string_view::npos; })) continue;
        }
        if (auto const at = slice(m.begin >= 8 ? m.begin - 8 : 0, m.begin); found.size() > 1 && (at.ends_with(U"for my ") || at.ends_with(U"for the ") || at.ends_with(U"at my ") || at.ends_with(U"at the ") || at.ends_with(U"on my ") || at.ends_with(U"in my ") || at.ends_with(U"on the ") || at.ends_with(U"in the "))) continue;
        // "搭裙子的鞋", "to go with a dress": what it should match is not what is wanted
        auto const before = slice(m.begin >= 10 ? m.begin - 10 : 0, m.begin);
        if (found.size() > 1 && (before.ends_with(U"搭") || before.ends_with(U"搭配") || before.ends_with(U"配") || before.ends_with(U"with my ") || before.ends_with(U"match my ") || to_be_matched(i == 0 ? 0 : found[i - 1]->end, m))) continue;
        // "不要黑色的双肩包": what is refused is the colour; only other kinds of goods may stand between
        std::vector<Span> kinds;
        for (auto const* other : found) kinds.push_back({other->begin, other->end});
        // "Black backpacks are out", 黑色的包免谈: it is the black ones.
        bool const quality = std::ranges::any_of(matches_, [&](Match const& q) {
            auto const gap = q.end <= m.begin ? slice(q.end, m.begin) : std::u32string_view(U"x");
            return (gap.empty() || gap == U" " || gap == U"的") && !names_kind(q) && cues::refused_behind(t_, {q.begin, q.end}, mentions_);
        });
        // 女孩玩的玩具不要: those of them.
        bool const for_some = std::ranges::any_of(refused_, [&](Span const& r) { return r.end <= m.begin && m.begin - r.end <= 3 && (slice(r.end, m.begin).ends_with(U"的") || slice(r.end, m.begin) == U" "); });
        auto& into = (!quality && !for_some && cues::negated(t_, {m.begin, m.end}, kinds)) || had_already({m.begin, m.end}) ? avoid : want;
        for (auto const& meaning : m.meanings) {
            if (meaning.kind != Meaning::Kind::category) continue;
            auto const& c = words_.categories[static_cast<std::size_t>(meaning.id)];
            into.values.push_back({c.id, c.label.en, c.label.zh});
            if (&into == &want) ids.push_back(meaning.id);
        }
        if (&into == &want) kinds_.push_back({m.begin, m.end});
        into.said += (into.said.empty() ? "" : " ") + to_utf8(slice(m.begin, m.end));
    }
    if (want.values.empty() && avoid.values.empty())
        if (auto const food = what_animals_eat()) {
            auto const& c = words_.categories[static_cast<std::size_t>(*food)];
            want.values.push_back({c.id, c.label.en, c.label.zh}), ids.push_back(*food), want.said = c.label.in(out_.locale);
        }
    // "连衣裙…针织裙": the narrower one is meant
    auto const narrower = [&](int id) { return std::any_of(ids.begin(), ids.end(), [&](int other) { return other != id && words_.within(other, id); }); };
    std::erase_if(want.values, [&](ValueName const& v) { return narrower(words_.category_ids.at(v.attribute)); });
    std::erase_if(ids, narrower);
    scope_ = ids.empty() ? situation_.categories : ids;
    if (!want.values.empty()) out_.constraints.push_back(std::move(want));
    if (!avoid.values.empty()) out_.constraints.push_back(std::move(avoid));
}

// "Over 500 and under 200": said, not guessed at.
void Reader::impossible() {
    std::erase_if(out_.constraints, [&](Constraint& c) {
        if (!c.min || !c.max || *c.min <= *c.max) return false;
        Constraint low = c, high = c;
        low.max.reset(), high.min.reset(), low.target.reset(), high.target.reset();
        write_labels(low, words_, view_.currency()), write_labels(high, words_, view_.currency());
        out_.contradictions.push_back(low.label(out_.locale) + (out_.locale == Locale::zh ? "，" : ", ") + high.label(out_.locale));
        out_.unheld.push_back({.kind = ConstraintKind::number, .said = out_.contradictions.back()});
        return true;
    });
}

void Reader::brands() {
    Constraint want{.kind = ConstraintKind::brand}, avoid{.kind = ConstraintKind::brand, .polarity = Polarity::avoid}, liked{.kind = ConstraintKind::brand, .soft = true};
    for (auto const& m : matches_) {
        bool const other_meaning = std::any_of(m.meanings.begin(), m.meanings.end(), [](Meaning const& x) { return x.kind != Meaning::Kind::brand && x.strength != Meaning::Strength::part; });
        if (other_meaning) continue;
        for (auto const& x : m.meanings)
            if (x.kind == Meaning::Kind::brand) {
                auto const& label = words_.brands[static_cast<std::size_t>(x.id)].label;
                if (!refused(m) && doubted(m)) break;
                auto& into = refused(m) ? avoid : soft(m.begin) ? liked : want;
                into.values.push_back({label.en.empty() ? label.zh : label.en, label.en, label.zh});
                into.said += (into.said.empty() ? "" : " ") + to_utf8(slice(m.begin, m.end));
            }
    }
    for (auto* each : {&want, &avoid, &liked})
        if (!each->values.empty()) out_.constraints.push_back(std::move(*each));
}

Reading understand(std::string_view text, CatalogueView const& view, Lexicon const& lexicon, Situation const& situation) { return Reader(text, view, lexicon, situation).read(); }

}  // namespace kindling::dialogue
