// modules/dialogue/comparing_named.cpp -- goods set side by side by what they are called ("D'Addario or Thomastik"), by one quality (和第一双比哪双更轻), by what buyers say
// ("which has fewer complaints"); and one that is called by a name that nothing in view bears ("does the Boss one …").
//
// What is named is looked for among the goods in view and then among those of their kind; which side is not here is said.
#include "core/utf8.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/trade_off.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

// What a comparison says beside the names of what it compares.
constexpr std::u32string_view around_names = U"is are was the a an one ones any good better best well really than compared compare comparing comparison to with and or vs versus against between which what whats what's who how does do it it's much more difference different differs should i would you my me for of from in ok okay so but hmm please pick choose go take get buy worth brand brands make "
                                             U"哪个 哪款 哪一个 哪一款 哪种 哪双 哪件 哪家 哪把 哪台 好 更 比较 相比 对比 比 一下 区别 不同 差别 有什么 有啥 什么 吗 呢 啊 和 跟 与 还是 或者 的 了 这个 那个 牌子 品牌 买 选 推荐 我 该";
constexpr std::u32string_view joints = U"and with to versus vs or than against 和 跟 与 同 还是 比 相比 对比 、 ,";

std::vector<std::u32string> names_in(std::u32string_view side) {
    auto const left = cues::without(side, cues::find_all(side, around_names));
    std::vector<std::u32string> out;
    for (std::size_t i = 0; i < left.size();) {
        auto const part = [&](std::size_t at) { return at < left.size() && (cues::letter(left[at]) || is_han(left[at]) || (left[at] == U'\'' && at > i)); };
        auto end = i;
        while (part(end)) ++end;
        if (end > i + 1) out.emplace_back(left.substr(i, end - i));
        i = std::max(end, i + 1);
    }
    return out;
}

bool bears(ProductEntry const& entry, std::span<std::u32string const> words) {
    auto const brand = surface_of(entry.data.brand) + U" " + surface_of(entry.data.brand_zh);
    return !words.empty() && std::ranges::all_of(words, [&](std::u32string const& word) { return cues::has_word(entry.title, word) || cues::has_word(brand, word); });
}

}  // namespace

// Of the goods in view, or of all of their kind: of these what speaks most of what is talked of, then the best liked that can be had.
std::optional<TurnMaker::Target> TurnMaker::called(std::span<std::u32string const> words, bool in_view) const {
    auto const& s = state();
    if (in_view) {
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku); t && bears(view_[t->product], words)) return t;
        return {};
    }
    std::vector<std::vector<std::u32string>> spoken_of;   // each word as titles may write it
    auto const wish = surface_of(s.free_text);
    for (std::size_t i = 0; i < wish.size();) {
        auto const end = std::min(wish.find(U' ', i), wish.size());
        if (end > i + 1) spoken_of.push_back(spellings(wish.substr(i, end - i)));
        i = end + 1;
    }
    int kind = -1;
    for (auto const& sku : s.shown)
        if (auto const t = target_of_sku(sku); t && kind < 0) kind = view_[t->product].category;
    std::optional<std::size_t> best;
    double most = 0;
    for (std::size_t p = 0; p < view_.size(); ++p) {
        auto const& entry = view_[p];
        if ((kind >= 0 && entry.category != kind) || !bears(entry, words)) continue;
        auto const said = std::ranges::count_if(spoken_of, [&](auto const& ways) { return std::ranges::any_of(ways, [&](std::u32string const& way) { return cues::has_word(entry.title, way); }); });
        if (2 * said < std::ssize(spoken_of) || (said == 1 && spoken_of.size() == 2)) continue;   // guitar strings are no violin strings
        auto const score = 1 + 100.0 * static_cast<double>(said) + view_.brief(p).score(entry.stock > 0);
        if (!best || score > most) best = p, most = score;
    }
    return best ? std::optional(Target{*best, view_.brief(*best).usual}) : std::nullopt;
}

// Each side of a comparison names one by a word of its title; fewer than two: nothing is compared by name.
std::vector<TurnMaker::Target> TurnMaker::named_apart(std::vector<std::string>& missing) const {
    auto const t = surface_of(text_);
    std::vector<std::size_t> cuts{0};
    for (auto const& joint : cues::find_all(t, joints)) cuts.push_back(joint.begin), cuts.push_back(joint.end);
    cuts.push_back(t.size());
    std::vector<Target> out;
    std::vector<std::vector<std::u32string>> sides;
    for (std::size_t i = 0; i + 1 < cuts.size(); i += 2)
        if (auto words = names_in(std::u32string_view(t).substr(cuts[i], cuts[i + 1] - cuts[i])); !words.empty() && words.size() <= 3) sides.push_back(std::move(words));
    if (sides.size() < 2) return out;
    for (auto const& words : sides) {
        auto one = called(words, true);
        if (!one) one = called(words, false);
        if (one && std::ranges::none_of(out, [&](Target const& other) { return other.product == one->product; })) out.push_back(*one);
        else if (!one) {
            std::u32string name;
            for (auto const& word : words) name += (name.empty() ? U"" : U" ") + word;
            missing.push_back(to_utf8(name));
        }
    }
    // A word that nothing here bears is the name of something only beside one that is here.
    if (out.empty() || sides.size() > 3) return {};
    return out;
}

// The quality that is asked for, of each of them and which has most of it; else what they say of it.
void TurnMaker::tell_which(std::span<Target const> about) {
    auto const& s = state();
    auto const t = surface_of(text_);
    auto wishes = reading_.comparatives;
    for (auto const& wish : cues::superlatives(t)) wishes.push_back(wish);
    Spoken spoken;
    for (auto const& wish : wishes) {
        if (wish.what == Comparative::What::price) continue;
        if (auto const a = attribute_of(wish.what, about); a >= 0) {
            auto const number = [&](Target const& each) { return view_.value_of(each.product, each.variant, a)->number; };
            auto best = about.front();
            for (auto const& each : about)
                if (wish.direction < 0 ? number(each) < number(best) : number(each) > number(best)) best = each;
            auto const& info = view_.words().attributes[static_cast<std::size_t>(a)];
            auto const value = [&](Target const& each) { return Slot{"value", distinct_values(each.product, a), FactKind::attribute, view_[each.product].data.product_id, "", info.name}; };
            bool const tied = std::ranges::all_of(about, [&](Target const& each) { return number(each) == number(best); });
            if (!tied) spoken.say(Phrase::which_is_more, locale_, s.turn, {name_slot("attribute", info.label.in(locale_)), title_slot(best.product), value(best)});
            for (auto const& each : about)
                if (tied || each.product != best.product) spoken.say(Phrase::fact_value, locale_, s.turn, {title_slot(each.product), name_slot("attribute", info.label.in(locale_)), value(each)});
            break;
        }
        bool told = false;
        if (wish.what == Comparative::What::weight)
            for (auto const& thing : question_of_goods(U"weight").things)
                for (auto const& each : about) told = tell_thing(each, *thing, spoken) || told;
        if (!told) spoken.say(Phrase::facts_unknown, locale_, s.turn, {count(about.size())});
        break;
    }
    if (wishes.empty())
        for (auto const* thing : question_of_goods(t).things) {
            std::size_t told = 0;
            for (auto const& each : about) told += tell_thing(each, *thing, spoken);
            if (told == 0) say_silent({}, about.size(), {.things = {thing}, .words = {}}, spoken);
        }
    if (!spoken.text.empty()) text(std::move(spoken));
}

// No field tells them apart: how the description of each begins.
void TurnMaker::tell_apart(std::span<Target const> about) {
    auto const description = [&](Target const& t) -> std::string const& {
        auto const& data = view_[t.product].data;
        return locale_ == Locale::zh && !data.description_zh.empty() ? data.description_zh : data.description_en.empty() ? data.description_zh : data.description_en;
    };
    Spoken spoken;
    for (auto const& t : about) {
        auto const quote = story_in(description(t));
        if (!quote.empty()) spoken.say(Phrase::fact_quote, locale_, state().turn, {title_slot(t.product), {"quote", quote, FactKind::quote, view_[t.product].data.product_id}});
    }
    if (!spoken.text.empty()) text(std::move(spoken));
}

// "Is the second lighter than the first?", "is the Kyser any good compared with the Shubb".
bool TurnMaker::compare_in_words() {
    auto const& s = state();
    static constexpr Intent of_it[] = {Intent::find, Intent::ask_fact, Intent::advise, Intent::ask_opinion, Intent::no_preference};   // the "any" of "any good" is an answer to no question
    if (s.shown.empty() || std::ranges::find(of_it, reading_.intent) == std::end(of_it)) return false;
    auto const t = surface_of(text_);
    if (!asks(t) && !cues::has(t, U"compared_with compared_to compare_with compare_to 相比 比起来")) return false;
    bool const of_places = !reading_.ordinals.empty() && (reading_.ordinals.size() > 1 || (!s.focus.empty() && cues::has(t, U"than compared 和 跟 与 比"))) && (!reading_.comparatives.empty() || !cues::superlatives(t).empty() || cues::has(t, U"哪 which compared difference 区别"));
    std::vector<std::string> missing;
    bool const of_names = reading_.ordinals.empty() && cues::has(t, U"compared_with compared_to compare_with compare_to better_than worse_than as_good_as 相比 比起来 好还是") && !named_apart(missing).empty();
    if (!of_places && !of_names) return false;
    out_.topic = "compare";
    compare();
    return true;
}

// "Which has fewer complaints", 哪个差评少, "which has the best reviews": of those in view, by the stars that buyers gave or by what they sent back.
bool TurnMaker::compare_by_buyers() {
    auto& s = state();
    auto const t = surface_of(text_);
    if (s.shown.size() < 2 || reading_.ordinals.size() == 1 || t.size() > 100) return false;
    static constexpr std::u32string_view alone[] = {U"reviews", U"any reviews", U"reviews please", U"评价", U"评价呢", U"有评价", U"有评论", U"评论"};
    bool const bare = std::ranges::find(alone, cues::without_end(t)) != std::end(alone);
    bool const which = cues::has(t, U"which 哪 谁 one_with the_one 那个 那款");
    bool const blame = which && cues::has(t, U"fewer fewest less least more most 少 多 低 高") && cues::has(t, U"complaints complaint complain complains complained criticised bad_reviews sent_back returned returns 差评 吐槽 投诉 抱怨 退货 退的");
    bool const praise = which && (reading_.order == Order::rating || cues::has(t, U"best_reviews best_reviewed better_reviews better_reviewed 评价好 评价最好 评价更好 评分高 口碑好")) && !cues::seeks(t);
    std::vector<Target> about;
    for (auto const& sku : s.compared.size() > 1 && !bare ? s.compared : s.shown)
        if (auto const one = target_of_sku(sku)) about.push_back(*one);
    bool const none = std::ranges::none_of(about, [&](Target const& each) { return view_[each.product].standing.reviews > 0; });
    if (about.size() < 2 || !(blame || ((praise || bare) && none))) return false;
    out_.topic = "reviews";
    auto const standing = [&](Target const& each) -> Standing const& { return view_[each.product].standing; };
    // "Which is sent back less": by the share of units that came back, where enough of each were sold to tell.
    bool const of_returns = cues::has(t, U"sent_back returned returns 退货 退的") && std::ranges::all_of(about, [&](Target const& each) { return !returned_text(standing(each), locale_).empty(); });
    auto const share = [&](Target const& each) { return static_cast<double>(standing(each).returned) / static_cast<double>(standing(each).sold); };
    auto best = about.front();
    for (auto const& each : about)
        if (of_returns ? share(each) < share(best) : standing(each).reviews > 0 && (standing(best).reviews == 0 || cautious_rating(standing(each)) > cautious_rating(standing(best)))) best = each;
    if (of_returns) say(Phrase::by_returns, {title_slot(best.product), echo("returned", returned_text(standing(best), locale_))});
    else if (none) say(Phrase::unrated);
    else say(Phrase::by_buyers, {title_slot(best.product), echo("rating", plain_number(standing(best).rating)), count(static_cast<std::size_t>(standing(best).reviews))});
    if (of_returns || !none) s.focus = view_[best.product].data.product_id;
    Block block{.kind = none ? BlockKind::cards : BlockKind::comparison};
    std::vector<std::string> ratings, returned;
    for (auto const& each : about) {
        block.cards.push_back(make_card(view_, {each.product, each.variant}, locale_, {.constraints = s.constraints}));
        auto const& of = standing(each);
        ratings.push_back(of.reviews > 0 ? plain_number(of.rating) : ""), returned.push_back(returned_text(of, locale_));
    }
    auto const row = [&](std::string label, std::string attribute, std::vector<std::string> values) {
        if (std::ranges::any_of(values, [](std::string const& value) { return !value.empty(); })) block.rows.push_back({std::move(label), std::move(values), std::move(attribute), true});
    };
    bool const zh = locale_ == Locale::zh;
    if (!none) row(zh ? "评分" : "Rating", "rating", std::move(ratings)), row(zh ? "退回" : "Sent back", "returns", std::move(returned));
    auto const shown = s.shown;
    send(std::move(block));
    s.shown = shown;
    return true;
}

// "Does the Boss one run on 9 V?" where nothing in view is a Boss: said, and the one that the shop has of its kind is shown.
bool TurnMaker::none_called_so() {
    auto& s = state();
    auto const t = surface_of(text_);
    if (reading_.intent != Intent::find && reading_.intent != Intent::ask_fact && reading_.intent != Intent::no_preference) return false;
    if (s.shown.empty() || !reading_.ordinals.empty() || !asks(t) || t.size() > 120 || !reading_.comparatives.empty() || reading_.order) return false;
    std::u32string name;
    for (auto const& the : cues::find_all(t, U"the")) {
        auto const one = t.find(U" one", the.end);
        if (one == t.npos || one <= the.end || (one + 4 < t.size() && cues::letter(t[one + 4]))) continue;
        auto const between = std::u32string_view(t).substr(the.end + 1, one - the.end - 1);
        if (between.find(U' ') == between.npos && between.size() > 2) name = between;
    }
    if (name.empty()) {
        auto const at = cues::find(t, U"的那个 的那款 的这个 的那双 的那件 的那把");
        if (!at) return false;
        auto begin = at->begin;
        while (begin > 0 && (is_han(t[begin - 1]) || cues::letter(t[begin - 1]) || t[begin - 1] == U'\'')) --begin;
        name = t.substr(begin, at->begin - begin);
    }
    if (cues::has(name, U"other same last next only right wrong cheap cheaper cheapest dear expensive best better good big bigger biggest small smaller smallest large larger nice new old first second third whole 便宜 贵 大 小 好 上面 下面 刚才 前面 后面 最")) return false;
    std::u32string const words[] = {name};
    for (std::size_t i = 0; i < s.shown.size(); ++i)
        if (auto const one = target_of_sku(s.shown[i]); one && bears(view_[one->product], words)) { reading_.ordinals = {static_cast<int>(i) + 1}; return false; }
    if (!lexicon_.scan(name).empty()) return false;
    auto const found = called(words, false);
    if (!found) return false;
    out_.topic = "fact";
    say(Phrase::none_called, {echo("echo", to_utf8(name))});
    s.focus = view_[found->product].data.product_id;
    Spoken spoken;
    bool unknown = false;
    reading_.constraints.clear(), reading_.asked_words.clear();
    auto const at = t.find(name);
    text_ = to_utf8(t.substr(0, at) + t.substr(at + name.size()));   // which one is meant is settled
    fact_about(*found, spoken, unknown);
    text(std::move(spoken));
    auto const shown = s.shown;
    send({.kind = BlockKind::cards, .cards = {make_card(view_, {found->product, found->variant}, locale_, {.constraints = s.constraints})}});
    s.shown = shown;
    return true;
}

}  // namespace kindling::dialogue
