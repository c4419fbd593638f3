// modules/dialogue/opinions.cpp -- "is it good, what do people say", "and the sound?": the digest of its reviews (modules/reviews), told.
//
// Stars and counts come from the digest, because the snapshot's may be ten minutes old; each quote is held against the whole review that it is taken from (verify.cpp)
// and is never reworded. At most three aspects: those that were asked for, by the nouns and verdicts of the review reader's own word list, else the most spoken of; praise and blame of
// the first, so that neither side is hidden. An aspect that no review speaks of is said to be so. Right after buyers were quoted "and the sound?" and "what about the second
// one?" ask for more of the same.
#include "engines/learning/opinion/lexicon.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/memory.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <functional>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_aspects = 3, most_quotes = 3;

std::string key_of(opinion::Aspect aspect) { return std::string(opinion::name_of(aspect).key); }

bool asks_blame(std::u32string_view t) { return cues::has(t, U"complain complaint complaints complained dislike dislikes hate hates negative bad poor criticise criticize wrong_with downsides drawbacks 差评 吐槽 抱怨 缺点 不好的 不满 槽点 投诉 哪里不好"); }
bool asks_people(std::u32string_view t) { return cues::has(t, U"people buyers customers others reviewers they say they think anyone 大家 买家 顾客 用户 别人 他们 评价里 评论里 有人"); }

// The aspects that a request names, each once. A judging word ("comfortable", 防水) asks for what people say only where people are spoken of; else it asks for a fact.
std::vector<std::string> aspects_asked(std::string_view text, bool of_people) {
    std::vector<std::string> out;
    for (auto const& named : opinion::aspects_named(text))
        if (auto key = key_of(named.aspect); (named.by_noun || of_people) && out.size() < most_aspects && std::ranges::find(out, key) == out.end()) out.push_back(std::move(key));
    return out;
}

// Nothing is said but what is asked of: "and the sound, is it good?", 那音质呢.
bool only_asks_of(std::u32string_view t, std::vector<cues::Span> used) {
    auto const text = to_utf8(t);
    for (auto const& named : opinion::aspects_named(text)) {
        auto const begin = to_utf32(text.substr(0, named.begin)).size();
        used.push_back({begin, begin + to_utf32(text.substr(named.begin, named.end - named.begin)).size()});
    }
    for (auto const& span : cues::find_all(t, U"and or but so ok okay then what how about of on with the a its it it's is are was does do they them that this one people buyers customers others anyone say said think find like any good bad well 那么 那个 这个 那 还有 和 以及 或者 呢 怎么样 怎样 如何 咋样 好吗 好不好 好么 行吗 行不行 吗 么 啊 呀 的 方面 大家 买家 别人 觉得 说 它 又 也")) used.push_back(span);
    return cues::without(t, used).find_first_not_of(U" ,.?!，。？！、") == t.npos;
}

}  // namespace

void TurnMaker::opinions() {
    auto& s = state();
    std::vector<Target> about;
    if (reading_.points && reading_.ordinals.empty()) about = described();
    if (about.empty()) about = targets(2);
    // The focus is cleared by every new list: one of this list has been spoken of.
    or_in_focus(about);
    s.heard = aspects_asked(text_, asks_people(surface_of(text_)));
    if (about.empty() && !reading_.constraints.empty()) {
        out_.topic = "reviews";
        // A product is described, none was shown: find it first.
        remember(s, reading_, view_);
        find();
        if (!s.shown.empty())
            if (auto const t = target_of_sku(s.shown.front())) about.push_back(*t);
        if (about.empty()) return;
    }
    if (about.empty()) {
        out_.topic = "reviews";
        if (s.shown.empty()) { say(Phrase::ask_which); popular(Phrase::all_goods); return; }
        if (auto const t = target_of_sku(s.shown.front())) about.push_back(*t);
    }
    tell_opinions(about, false);
}

void TurnMaker::tell_opinions(std::vector<Target> const& about, bool goes_on) {
    auto& s = state();
    out_.topic = "reviews";
    for (auto const& t : about) heard_of(t, goes_on);
    if (about.size() == 1) s.focus = view_[about.front().product].data.product_id;
    s.heard_turn = s.turn;
}

bool TurnMaker::opinions_go_on() {
    auto& s = state();
    static constexpr Intent intents[] = {Intent::find, Intent::ask_fact, Intent::ask_policy, Intent::more};
    if (s.turn - s.heard_turn > 1 || std::ranges::find(intents, reading_.intent) == std::end(intents)) return false;
    auto const t = surface_of(text_);
    bool const of_people = asks_people(t);
    auto asked = aspects_asked(text_, of_people);
    auto const price = key_of(opinion::Aspect::price);
    if (!of_people && asked == std::vector{price} && t.size() <= 60 && only_asks_of(t, {}) && !s.focus.empty()) {   // "and the price?" is a fact of the one that was spoken of
        reading_.topic = "price", reading_.refers = true, out_.topic = "fact";
        answer_fact();
        return true;
    }
    if (!of_people) std::erase(asked, price);
    bool const another = asked.empty() && !reading_.ordinals.empty() && (t.starts_with(U"and ") || t.starts_with(U"what about") || t.starts_with(U"how about") || t.starts_with(U"那") || t.ends_with(U"呢") || t.ends_with(U"呢?"));
    if (t.size() > 60 || (asked.empty() && !another) || !only_asks_of(t, cues::references(t, s.shown.size()).spans)) return false;
    auto about = targets(2);
    or_in_focus(about);
    if (about.empty() && !s.shown.empty())
        if (auto const first = target_of_sku(s.shown.front())) about.push_back(*first);
    if (about.empty()) return false;
    if (!another) s.heard = std::move(asked);
    tell_opinions(about, !another);
    return true;
}

void TurnMaker::heard_of(Target t, bool goes_on) {
    auto const& entry = view_[t.product];
    auto const& id = entry.data.product_id;
    auto const turn = state().turn;
    auto const& asked = state().heard;
    Reviews::Heard heard;
    if (ports_.reviews)
        if (auto found = ports_.reviews->of(id, locale_)) heard = std::move(*found);
    if (heard.reviews == 0 && entry.standing.reviews == 0) return say(Phrase::opinion_none, {title_slot(t.product)});
    if (heard.reviews == 0) heard.reviews = entry.standing.reviews, heard.rating = entry.standing.rating;  // nobody to ask: the stars alone
    auto const number = [&](std::string_view name, std::int64_t n) {
        out_.grounds.counts.push_back(n);
        return Slot{name, std::to_string(n), FactKind::count};
    };
    if (!goes_on) {
        Spoken spoken;
        spoken.say(Phrase::opinion_rated, locale_, turn, {title_slot(t.product), number("count", heard.reviews), echo("rating", plain_number(heard.rating))});
        if (heard.aspects.empty() && asked.empty()) spoken.say(Phrase::opinion_silent, locale_, turn);
        text(std::move(spoken));
    }
    std::vector<Reviews::Aspect const*> told;
    std::string silent;
    for (auto const& key : asked)
        if (auto const found = std::ranges::find(heard.aspects, key, &Reviews::Aspect::aspect); found != heard.aspects.end()) told.push_back(&*found);
        else if (auto const aspect = opinion::aspect_called(key)) {
            auto const name = opinion::name_of(*aspect);
            silent += (silent.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + (locale_ == Locale::zh ? std::string(name.zh) : small_first(std::string(name.en)));
        }
    // "What do people complain about?": what they found fault with, most of it first, and in the words of those who did.
    auto const t_asked = surface_of(text_);
    bool const blame = !goes_on && asks_blame(t_asked) && !cues::has(t_asked, U"like likes love loves praise good positive pros best 好评 优点 夸 好的");
    if (asked.empty()) {
        std::vector<Reviews::Aspect const*> all;
        for (auto const& a : heard.aspects)
            if (!blame || a.count > a.praise) all.push_back(&a);
        if (blame) std::ranges::stable_sort(all, std::greater{}, [](auto const* a) { return a->count - a->praise; });
        told.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), most_aspects)));
        if (blame && told.empty() && !heard.aspects.empty() && heard.rating >= 4) say(Phrase::opinion_no_blame);
    }
    if (!silent.empty()) {
        Spoken none;
        none.say(Phrase::opinion_aspect_none, locale_, turn, {number("count", heard.reviews), title_slot(t.product), name_slot("aspect", silent)});
        std::string others;
        for (std::size_t i = 0; i < heard.aspects.size() && i < most_aspects; ++i) others += (others.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + (locale_ == Locale::zh ? heard.aspects[i].label : small_first(heard.aspects[i].label));
        if (told.empty() && !others.empty()) none.say(Phrase::opinion_others, locale_, turn, {echo("echo", others)});
        text(std::move(none));
    }
    std::size_t quoted = 0;
    for (auto const* a : told) {
        Spoken line;
        if (goes_on) line.say(Phrase::opinion_aspect_of, locale_, turn, {title_slot(t.product), name_slot("aspect", locale_ == Locale::zh ? a->label : small_first(a->label)), number("count", a->count), number("praise", a->praise)});
        else if (blame) line.say(Phrase::opinion_blame, locale_, turn, {name_slot("aspect", a->label), number("count", a->count), number("blame", a->count - a->praise)});
        else line.say(Phrase::opinion_aspect, locale_, turn, {name_slot("aspect", a->label), number("count", a->count), number("praise", a->praise)});
        std::size_t of_it = 0;
        for (auto const& said : a->said) {
            if (of_it == (a == told.front() ? 2u : 1u) || quoted == most_quotes) break;
            if (blame && said.praise) continue;
            out_.grounds.reviews.push_back({id, said.body});
            line.say(of_it == 0 ? Phrase::opinion_said : Phrase::opinion_said_too, locale_, turn, {{"quote", said.text, FactKind::review, id}});
            ++of_it, ++quoted;
        }
        text(std::move(line));
    }
    if (!told.empty()) say(Phrase::opinion_basis);
}

}  // namespace kindling::dialogue
