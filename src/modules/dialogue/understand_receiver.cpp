// modules/dialogue/understand_receiver.cpp -- "my daughter turns five and adores horses", 给喜欢钓鱼的岳父挑份礼物: of somebody who is spoken of instead of goods, what is
// said of them is read clause by clause. See understand.h.
//
// A clause that tells what they like or do ("loves chess", 刚学吉他, "who drinks tea") names their interest, and that alone is looked for; the rest of it ("his
// birthday is soon", "who is leaving", 经常) is circumstance and no word for goods. Only where no goods are named outside these clauses: "a mug for dad, he
// fishes" is about mugs. An interest that the shop's titles do not know is said, and nothing else is taken for it.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view present_words = U"gift gifts present presents birthday christmas anniversary valentine's mother's_day father's_day 礼物 礼品 送礼 谢礼 贺礼 回礼 伴手礼 见面礼 生日 圣诞 纪念日 情人节 母亲节 父亲节 教师节 儿童节 春节 新年 中秋";
constexpr std::u32string_view seasons = U"冬天 夏天 春天 秋天 winter summer";
// What says nothing of the goods in a wish for a present.
constexpr std::u32string_view bland = U"something anything things thing stuff idea ideas nice good great cute cool special small little unique thoughtful personal lovely pretty perfect useful practical fun surprise present presents gift gifts give get buy help best surprise suggest recommend find show looking wants want next week month year soon today tomorrow tonight shop could would should what which for_a for_an old young teenage new yr yrs yo";
// Verbs with what is liked or done behind them.
constexpr std::u32string_view likes_en = U"likes like loves love adores adore enjoys enjoy collects collect plays play playing is_into are_into 's_into into is_crazy_about crazy_about is_mad_about mad_about mad_on nuts_about wild_about crazy_over big_on hooked_on used_to_play used_to_love obsessed_with a_fan_of a_big_fan_of fond_of keen_on interested_in passionate_about started_playing started_learning learning_to learning_the learning learns practises practices took_up has_taken_up taking_up does doing rides builds";
constexpr std::u32string_view likes_zh = U"喜欢 特别喜欢 很喜欢 最喜欢 热爱 爱好 酷爱 迷上 沉迷 痴迷 着迷 喜爱 正在学 在学 刚学 开始学 学习 收集 爱 学 玩 迷";
constexpr std::u32string_view ends_en = U"but so every a_lot all because when since too very this next in at on with who which";
constexpr std::u32string_view no_doing[] = {U"is", U"has", U"was", U"'s", U"his", U"hers", U"always", U"turns", U"needs", U"wants", U"gets", U"lives", U"moves", U"leaves", U"starts", U"deserves", U"says", U"as"};


// From `at` on, blanks left out.
std::size_t skip_blanks(std::u32string_view t, std::size_t at, std::size_t end) {
    while (at < end && t[at] == U' ') ++at;
    return at;
}

// The things that a list joins.
std::vector<Span> either_of(std::u32string_view t, Span all) {
    std::vector<Span> out;
    auto begin = all.begin;
    auto const close = [&](std::size_t end) {
        begin = skip_blanks(t, begin, end);
        while (end > begin && t[end - 1] == U' ') --end;
        if (begin < end) out.push_back({begin, end});
    };
    for (std::size_t i = all.begin; i < all.end; ++i)
        for (std::u32string_view joint : {U" and ", U" or ", U" & ", U"、", U"还有", U"以及", U"和", U"跟", U"或"})
            if (t.substr(i, std::min(joint.size(), all.end - i)) == joint) { close(i), begin = i + joint.size(), i = begin - 1; break; }
    close(all.end);
    return out;
}

std::vector<std::u32string_view> latin_words(std::u32string_view text) {
    std::vector<std::u32string_view> out;
    for (std::size_t i = 0; i < text.size();) {
        if (!cues::letter(text[i]) && text[i] != U'\'') { ++i; continue; }
        auto j = i;
        while (j < text.size() && (cues::letter(text[j]) || text[j] == U'\'')) ++j;
        out.push_back(text.substr(i, j - i)), i = j;
    }
    return out;
}

}  // namespace

// The clauses that say what somebody is or does; of the clause with the person in it what stands beside the person.
std::vector<Span> Reader::told_of(Span person) const {
    std::vector<Span> out;
    std::u32string_view const t(t_);
    for (auto const& c : cues::clauses_of(t)) {
        auto const said = slice(c.begin, c.end);
        bool const by_pronoun = person.begin == person.end;
        if (!by_pronoun && person.begin >= c.begin && person.end <= c.end) {
            auto const tail = slice(person.end, c.end);
            if (is_han(t[person.begin])) {
                // 给喝茶的爸爸, 送给喜欢画画的小女孩: what stands before the 的.
                auto from = c.begin;
                for (std::u32string_view verb : {U"送给", U"给", U"送", U"为", U"帮", U"替", U"我家", U"我"})
                    if (auto const at = slice(c.begin, person.begin).rfind(verb); at != tail.npos) from = std::max(from, c.begin + at + verb.size());
                auto before = slice(from, person.begin);
                while (!before.empty() && std::u32string_view(U"小老女男").find(before.back()) != std::u32string_view::npos) before.remove_suffix(1);
                if (before.size() > 2 && before.back() == U'的') out.push_back({from, from + before.size()});
                static constexpr std::u32string_view wish[] = {U"买", U"送", U"挑", U"选", U"准备", U"找", U"来", U"的", U"用", U"穿", U"戴", U"要", U"想", U"需要", U"缺", U"带", U"和", U"跟", U"、"};
                if (tail.empty() || std::ranges::any_of(wish, [&](std::u32string_view word) { return tail.starts_with(word); })) continue;
                auto end = tail.size();
                for (std::u32string_view verb : {U"送", U"买", U"想", U"有什么"}) end = std::min(end, std::min(tail.find(verb), tail.size()));
                if (end > 0) out.push_back({person.end, person.end + end});
            } else {
                static constexpr std::u32string_view of_subject = U"my our his her the best little old dear younger older elder big a an new";
                auto const head = latin_words(slice(c.begin, person.begin));
                bool const subject = !head.empty() && std::ranges::all_of(head, [&](std::u32string_view word) { return cues::one_of(word, of_subject); });
                auto const rest = skip_blanks(t, person.end, c.end);
                auto const said_of = slice(rest, c.end);
                if (said_of.starts_with(U"who ") || said_of.starts_with(U"that ") || said_of.starts_with(U"turning ") || (subject && !said_of.empty() && !said_of.starts_with(U"and ") && !said_of.starts_with(U"wants ") && !said_of.starts_with(U"needs "))) out.push_back({rest, c.end});
            }
            continue;
        }
        static constexpr std::u32string_view openings[] = {U"who ", U"she ", U"he ", U"they ", U"she's ", U"he's ", U"they're ", U"her ", U"his ", U"crazy about ", U"mad about ", U"obsessed with ", U"fond of ", U"into ", U"very into ", U"loves ", U"likes ", U"enjoys ", U"plays ", U"collects ", U"used to ", U"always ", U"also ", U"really ", U"a fan of ", U"喜欢", U"爱", U"热爱", U"平时", U"平常", U"最近", U"经常", U"总", U"天天", U"每天", U"特别", U"他", U"她", U"正在", U"在学", U"刚", U"迷", U"怕", U"一直", U"从小", U"今年", U"马上"};
        bool const wishes = cues::has(said, U"送 买 礼物 什么 推荐 想要 需要 wants needs wanted");
        if ((c.begin > person.begin || by_pronoun) && !wishes && std::ranges::any_of(openings, [&](std::u32string_view word) { return said.starts_with(word); })) out.push_back(c);
    }
    return out;
}

// What is liked or done in such a clause; empty: it tells nothing of the kind.
Span Reader::interest_in(Span clause) const {
    auto const said = slice(clause.begin, clause.end);
    bool const han = std::ranges::any_of(said, is_han);
    auto const occasion = words_.occasions->in(said);
    auto verb = cues::find(said, han ? likes_zh : likes_en);
    // One character is a verb only by itself: not in 上小学, 可爱, 玩具.
    while (verb && han && verb->end - verb->begin == 1) {
        auto const before = verb->begin > 0 ? said[verb->begin - 1] : U' ', after = verb->end < said.size() ? said[verb->end] : U' ';
        if (std::u32string_view(U"小大中上开同数文放留科可恋好").find(before) == std::u32string_view::npos && std::u32string_view(U"具偶人心校生期年").find(after) == std::u32string_view::npos) break;
        verb = cues::find(said, likes_zh, verb->end);
    }
    if (verb) {
        auto begin = clause.begin + verb->end, end = clause.end;
        if (occasion && clause.begin + occasion->begin <= begin && clause.begin + occasion->end > begin) return {clause.begin + occasion->begin, clause.begin + occasion->end};
        if (!han) {
            begin = skip_blanks(t_, begin, end);
            if (auto const stop = cues::find(slice(begin, end), ends_en); stop && stop->begin > 0) end = begin + stop->begin - 1;
            // "… and is always cold": another predicate; "horses and drawing" are two things that are liked.
            for (auto const& joint : cues::find_all(slice(begin, end), U"and"))
                if (joint.begin > 0 && has(slice(begin + joint.end, end), U"is has was his hers her he she they it needs wants gets lives moves leaves starts deserves says always never just also will would can i we my always")) { end = begin + joint.begin - 1; break; }
        }
        while (end > begin && (t_[end - 1] == U'的' || t_[end - 1] == U'了' || t_[end - 1] == U' ')) --end;
        if (end > begin) return {begin, end};
    }
    if (occasion) return {clause.begin + occasion->begin, clause.begin + occasion->end};
    if (!han) {
        // "Who paints", "he surfs".
        auto const words = latin_words(said);
        auto const first = std::ranges::find_if(words, [](std::u32string_view word) { return !cues::one_of(word, U"who that she he they also just really"); });
        if (first != words.end() && first->size() > 3 && first->ends_with(U's') && !first->ends_with(U"ss") && !is_common_word(*first) && std::ranges::find(no_doing, *first) == std::end(no_doing) && words.end() - first <= 3) {
            auto const begin = clause.begin + static_cast<std::size_t>(first->data() - said.data());
            return {begin, begin + first->size()};
        }
    }
    return {};
}

// Whether no title here has any of the words, in any spelling of the language that the titles are in.
bool Reader::unborne(std::string const& words) const {
    bool const zh_shop = has_title_in(Locale::zh), en_shop = has_title_in(Locale::en);
    for (std::size_t i = 0; i < words.size();) {
        auto const stop = std::min(words.find(' ', i), words.size());
        auto const word = surface_of(words.substr(i, stop - i));
        i = stop + 1;
        if (word.empty()) continue;
        auto forms = spellings(word);
        for (auto const& other : everyday_goods().alternatives(to_utf8(word)))
            if (auto s = surface_of(other); s.size() > 1) forms.push_back(std::move(s));
        if (word.size() > 4 && word.ends_with(U"s")) forms.push_back(word.substr(0, word.size() - 1) + U"ing");   // paints, painting
        // Runs, swims, jogs: a short vowel doubles what follows it.
        auto const vowel = [](char32_t c) { return std::u32string_view(U"aeiou").find(c) != std::u32string_view::npos; };
        if (word.size() >= 4 && word.ends_with(U"s") && !vowel(word[word.size() - 2]) && vowel(word[word.size() - 3]) && !vowel(word[word.size() - 4])) forms.push_back(word.substr(0, word.size() - 1) + word[word.size() - 2] + U"ing");
        std::erase_if(forms, [&](std::u32string const& form) { return is_han(form.front()) ? !zh_shop : !en_shop; });
        if (forms.empty() || in_a_title(forms)) return false;
    }
    return true;
}

// What is said of whoever the receiver belongs to (my son's, 我八岁儿子的) says nothing of the goods.
void Reader::somebodys() {
    if (!person_) return;
    for (auto const& of : {person_->of, person_->works}) {
        if (of.begin == of.end) continue;
        auto const inside = [&](auto const& what) { return what.begin < of.end && of.begin < what.end; };
        std::erase_if(matches_, inside), std::erase_if(mentions_, inside);
        std::erase_if(numbers_, [&](Quantity const& n) { return n.begin >= of.begin && n.end <= of.end; });
        used_.push_back(of), circumstances_.push_back(of);
    }
}

// Of several things that are liked any one will do: values and kinds of this shop as one condition, words as alternatives (read()).
void Reader::liked() {
    auto const of_an_interest_here = [&](Match const& m) { return std::ranges::any_of(interests_, [&](Span const& s) { return m.begin < s.end && s.begin < m.end; }); };
    Constraint c{.attribute = std::string(of_an_interest)};
    std::vector<Span> known;
    for (auto const& m : matches_) {
        if (!of_an_interest_here(m)) continue;
        for (auto const& x : m.meanings)
            if (x.kind == Meaning::Kind::value && x.value >= 0 && x.strength != Meaning::Strength::part) {
                auto const& info = words_.attributes[static_cast<std::size_t>(x.id)];
                auto const& label = info.values[static_cast<std::size_t>(x.value)];
                c.values.push_back({info.name, label.en, label.zh}), known.push_back({m.begin, m.end});
            } else if (x.kind == Meaning::Kind::category) {
                auto const& label = words_.categories[static_cast<std::size_t>(x.id)].label;
                for (auto const* name : {&label.en, &label.zh})
                    if (!name->empty()) c.values.insert(c.values.begin(), {std::string(in_texts), *name, *name}), known.push_back({m.begin, m.end});
            }
    }
    if (c.values.empty()) return;
    for (auto const& interest : interests_) c.said += (c.said.empty() ? "" : out_.locale == Locale::zh ? "、" : " / ") + to_utf8(slice(interest.begin, interest.end));
    used_.insert(used_.end(), known.begin(), known.end());
    std::erase_if(matches_, of_an_interest_here);
    out_.constraints.push_back(std::move(c));
}

void Reader::receiver() {
    if ((out_.intent != Intent::find && out_.intent != Intent::no_preference) || !situation_.categories.empty()) return;
    // "She's mad about horses", after a present for her was spoken of.
    bool pronoun = false;
    if (!person_ && situation_.receiver)
        for (std::u32string_view word : {U"she", U"he", U"they", U"她", U"他"}) pronoun = pronoun || t_.starts_with(word);
    if (!person_ && !pronoun) return;
    auto const told = told_of(pronoun ? Span{0, 0} : person_->span);
    if (pronoun && told.empty()) return;
    auto const inside = [](auto const& what, std::vector<Span> const& spans) { return std::ranges::any_of(spans, [&](Span const& s) { return what.begin >= s.begin && what.end <= s.end; }); };
    bool const presents = has(t_, present_words);
    // Goods that are named outside of what is told of the person.
    bool const open = presents || has(t_, U"what_do_i_bring what_should_i_bring what_to_bring what_can_i_bring what_do_i_get what_should_i_get what_to_get what_can_i_get what_do_i_give what_to_give what_should_i_buy 送什么 送点什么 送啥 送点啥 送她什么 送他什么 送她啥 送他啥 送她点 送他点 什么好 买点什么 买什么 买啥 买点啥 有什么 东西");
    for (auto const& m : matches_)
        if (!inside(m, told) && names_kind(m)) return;
    if (!open || pronoun || !is_han(t_[person_->span.begin])) {
        auto left = used_;
        left.insert(left.end(), told.begin(), told.end());
        if (person_) left.push_back(person_->span);
        for (auto const& m : matches_) left.push_back({m.begin, m.end});
        for (auto const& n : numbers_) left.push_back({n.begin, n.end});
        if (occasion_) left.push_back({occasion_->begin, occasion_->end});
        for (auto const list : {bland, present_words})
            for (auto const& span : cues::find_all(t_, list)) left.push_back(span);
        if (auto const named = cues::remainder(t_, left); !named.empty()) return;
    }
    std::vector<std::pair<Span, Span>> read;   // a clause, and what of it is the interest
    for (auto const& clause : told) {
        // Horses and drawing, 喝茶和钓鱼: either will do, and each is told with what stands before it.
        auto const parts = either_of(t_, interest_in(clause));
        if (parts.size() < 2) { read.emplace_back(clause, parts.empty() ? Span{clause.begin, clause.begin} : parts.front()); continue; }
        for (std::size_t i = 0; i < parts.size(); ++i) read.emplace_back(Span{i == 0 ? clause.begin : parts[i - 1].end, i + 1 == parts.size() ? clause.end : parts[i].end}, parts[i]);
    }
    std::size_t unheard = 0;   // that no title here knows
    bool const found = std::ranges::any_of(read, [](auto const& r) { return r.second.end > r.second.begin; });
    for (auto const& [clause, interest] : read) {
        if (interest.end > interest.begin) {
            auto const words = cues::remainder(slice(interest.begin, interest.end), {});
            if (out_.interest.empty()) out_.interest = to_utf8(slice(interest.begin, interest.end));
            auto const pastime = words_.occasions->in(slice(interest.begin, interest.end));   // known by other names as well
            if (!pastime && !words.empty() && unborne(words)) used_.push_back(interest), ++unheard;
            interests_.push_back(interest);
            out_.interest_unheard = unheard == interests_.size();
        } else if (!open && !found && !has(t_, U"something anything 什么 东西 for_my for_a for_our give get buy surprise")) continue;
        // The rest of it is circumstance.
        std::vector<Span> rest;
        if (interest.end > interest.begin) rest = {{clause.begin, interest.begin}, {interest.end, clause.end}};
        else rest = {clause};
        for (auto const& span : rest) {
            if (span.begin >= span.end) continue;
            used_.push_back(span), circumstances_.push_back(span);
            std::erase_if(matches_, [&](Match const& m) { return m.begin < span.end && span.begin < m.end && !inside(m, interests_); });
        }
    }
    out_.for_somebody = true;
    if (interests_.size() > 1) liked();
    // The 花 of 养花, the flat of a new flat: of the occasion, and no quality of the goods.
    if (occasion_) std::erase_if(matches_, [&](Match const& m) { return m.begin >= occasion_->begin && m.end <= occasion_->end && !names_kind(m); });
    // "For a man, under 600" says whom another wish is for.
    if (pronoun) { out_.gift = found; return; }
    bool const given = has(t_, U"give get buy bring surprise 给 送") || (has(t_, U"for_my for_our for_a for_his for_her") && (!told.empty() || has(t_, U"something anything")));
    out_.gift = presents || found || given;
    if (!out_.gift) return;
    // What only says that it is a present, and who gets it where the goods have data for that.
    if (!is_han(t_[person_->span.begin]) || has_age_values() || person_->whom != Reading::Whom::child) used_.push_back(person_->span), circumstances_.push_back(person_->span);
    for (auto const list : {present_words, seasons})
        for (auto const& span : cues::find_all(t_, list)) {
            if (list == seasons) std::erase_if(matches_, [&](Match const& m) { return m.begin < span.end && span.begin < m.end; });
            if (std::ranges::none_of(matches_, [&](Match const& m) { return m.begin < span.end && span.begin < m.end; })) used_.push_back(span);
        }
}

}  // namespace kindling::dialogue
