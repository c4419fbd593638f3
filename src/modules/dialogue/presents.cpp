// modules/dialogue/presents.cpp -- "a present for my mother": nothing is wanted in particular, so one well-liked thing of each kind is shown.
//
// What is liked is what `select` ranks by: ratings, and how often it was bought; of a shop that has neither reviews nor attributes the purchases alone.
// Left out: what is made for somebody else, toys for grown-ups, what is sold out. The cheapest third of what fits comes last.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/relax.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <map>
#include <set>

namespace kindling::dialogue {

// Whom it is for, of what was said now.
void TurnMaker::note_receiver() {
    auto& s = state();
    if (!reading_.recipient.empty()) s.recipient = reading_.recipient;
    static constexpr std::string_view whoms[] = {"", "woman", "man", "child"};
    if (reading_.whom != Reading::Whom::unknown) s.whom = whoms[static_cast<int>(reading_.whom)];
}

// Nothing is wanted in particular: one well-liked thing of each kind within the limits, and none that is made for somebody else.
TurnMaker::Chosen TurnMaker::choose_present() {
    auto& s = state();
    Chosen out{.for_occasion = meet_occasion()};
    auto& found = out.found;
    found = selection();
    // "For dad, he travels a lot": the goods for travelling say of nobody that they are for men; that nothing here is made for women is seen to below.
    if ((found.full.empty() || out.for_occasion) && !s.whom.empty()) {
        auto fewer = s.constraints;
        std::erase_if(fewer, [&](Constraint const& c) {
            auto const a = view_.words().attribute_ids.find(c.attribute);
            return c.kind == ConstraintKind::value && c.polarity == Polarity::want && a != view_.words().attribute_ids.end() && label_of_audience(a->second);
        });
        if (fewer.size() < s.constraints.size() && anything_fits(view_, fewer)) s.constraints = std::move(fewer), understood(), found = selection();
    }
    // "… who plays the guitar": what else was said looks for what it names; words that nothing here has are let go.
    if (!s.free_text.empty()) {
        auto const named = [&](Pick const& pick) { return scores_.contains(pick.product) && !near_in_meaning_ && view_[pick.product].variants[pick.variant].stock > 0 && (!pastime_ || fits_pastime(pick.product, *pastime_)); };
        if (scorer_ && std::any_of(found.full.begin(), found.full.end(), named)) std::erase_if(found.full, std::not_fn(named));
        else {
            bool const interest = cues::has(surface_of(text_), U"喜欢 爱 热爱 迷 love loves likes like enjoys into lover fan hobby");
            if (pastime_ || !reading_.interest.empty()) out.nothing_for = pastime_ ? pastime_said_ : reading_.interest;
            else if (interest) out.unknown = s.free_text;
            s.free_text.clear(), found = selection();
        }
    } else if (!out.for_occasion && (pastime_ || reading_.interest_unheard)) out.nothing_for = pastime_ ? pastime_said_ : reading_.interest;
    // Grown-ups are given no toys, unless it was toys that were spoken of.
    std::map<int, bool> toys;   // by category: of a large catalogue there are few
    auto const toy = [&](Pick const& pick) {
        auto const [kind, fresh] = toys.try_emplace(view_[pick.product].category, false);
        if (fresh) kind->second = is_toy(pick.product);
        return kind->second;
    };
    if (grown_up() && ((pastime_ && !is_game(*pastime_)) || (s.free_text.empty() && !std::ranges::all_of(found.full, toy)))) std::erase_if(found.full, toy);
    out.fits = !found.full.empty();
    if (!out.fits) return out;
    if (s.order.empty() && s.free_text.empty()) seldom_the_cheapest(found.full);
    // Of a child who plays the guitar the guitars, of one who loves dinosaurs the toys.
    bool const has_toys = s.whom == "child" && (s.free_text.empty() ? std::ranges::any_of(found.full, toy) : toy(found.full.front()));
    std::erase_if(found.full, [&](Pick const& pick) {
        if (view_[pick.product].variants[pick.variant].stock <= 0 || std::ranges::find(excluded_, view_[pick.product].data.product_id) != excluded_.end()) return true;
        if (made_for_another(pick.product)) return true;
        return has_toys && !toy(pick);
    });
    std::set<int> kinds;   // of other presents other kinds, as long as there are some
    for (auto const& id : excluded_)
        if (auto const p = view_.find(id); p && std::ranges::any_of(found.full, [&](Pick const& pick) { return view_[pick.product].category != view_[*p].category; })) kinds.insert(view_[*p].category);
    // What was named is told by its words, whatever kinds have it.
    if (!s.free_text.empty() && excluded_.empty()) out.page = page_of(found.full), out.one_of_each = false;
    for (auto const& pick : found.full)
        if (out.page.size() < options_.picks && std::ranges::find(out.page, pick.product, &Pick::product) == out.page.end() && kinds.insert(view_[pick.product].category).second) out.page.push_back(pick);
    // Of something that was named, of some occasions and in a shop of few kinds there is more of one kind: what is unlike the rest first.
    auto const fill = [&](std::vector<Pick> const& from) {
        for (auto const& pick : from)
            if (out.page.size() < options_.picks && std::ranges::none_of(out.page, [&](Pick const& p) { return p.product == pick.product; })) out.page.push_back(pick), out.one_of_each = false;
    };
    if (excluded_.empty() && out.page.size() < 2) fill(page_of(found.full));
    if (!s.free_text.empty() || occasion_kinds_.size() == 1) fill(found.full);
    return out;
}

void TurnMaker::gift() {
    auto& s = state();
    out_.topic = "gift";
    note_receiver();
    remember(s, reading_, view_);
    if (tell_not_sold()) return;
    understood();
    tell_allergies(reading_.constraints);
    ask_for_currency(), reading_.foreign_money.clear();
    auto const chosen = choose_present();
    if (!chosen.unknown.empty()) say(Phrase::words_unknown, {echo("echo", chosen.unknown)});
    if (!chosen.fits) { explain_relaxation(chosen.found); return; }
    if (chosen.page.empty()) { find(); return; }
    if (s.recipient.empty()) say(chosen.one_of_each ? Phrase::gift_intro : Phrase::gift_intro_some);
    else say(chosen.one_of_each ? Phrase::gift_for : Phrase::gift_for_some, {echo("recipient", s.recipient)});
    if (chosen.for_occasion) say(Phrase::occasion_gift, {echo("echo", occasion_said_)});
    else if (!chosen.nothing_for.empty()) say(Phrase::occasion_none, {echo("echo", chosen.nothing_for)});
    s.seen.clear();
    cards(chosen.page);
    if (s.pending == "currency") return;
    if (s.whom.empty() && !chosen.for_occasion && last_request_ && s.questions < options_.most_questions && std::find(s.asked.begin(), s.asked.end(), "recipient") == s.asked.end()) {
        Spoken spoken;
        spoken.say(Phrase::ask_recipient, locale_, s.turn);
        auto chips = locale_ == Locale::zh ? std::vector<Chip>{{"妈妈", "送妈妈的礼物"}, {"爸爸", "送爸爸的礼物"}, {"女朋友", "送女朋友的礼物"}, {"男朋友", "送男朋友的礼物"}, {"孩子", "送孩子的礼物"}} : std::vector<Chip>{{"Mother", "a gift for my mother"}, {"Father", "a gift for my father"}, {"Girlfriend", "a gift for my girlfriend"}, {"Boyfriend", "a gift for my boyfriend"}, {"A child", "a gift for a child"}};
        s.asked.emplace_back("recipient"), s.pending = "recipient", ++s.questions;
        send({.kind = BlockKind::question, .text = std::move(spoken.text), .chips = std::move(chips), .asks = "recipient"});
    } else offer_question(chosen.found.full);
}

// What is given is seldom the cheapest there is, a roll of tape where presents stand on the shelf: the cheapest third comes after the rest, in its order.
void TurnMaker::seldom_the_cheapest(std::vector<Pick>& picks) const {
    auto const price = [&](Pick const& pick) { return view_[pick.product].variants[pick.variant].price_minor; };
    std::vector<std::int64_t> prices;
    for (auto const& pick : picks) prices.push_back(price(pick));
    if (prices.size() < 3) return;
    auto const third = prices.begin() + static_cast<std::ptrdiff_t>(prices.size() / 3);
    std::nth_element(prices.begin(), third, prices.end());
    std::ranges::stable_partition(picks, [&](Pick const& pick) { return price(pick) >= *third; });
}

bool TurnMaker::is_toy(std::size_t p) const {
    for (int c = view_[p].category; c >= 0; c = view_.words().categories[static_cast<std::size_t>(c)].parent_index) {
        auto const en = surface_of(view_.words().categories[static_cast<std::size_t>(c)].label.en), zh = surface_of(view_.words().categories[static_cast<std::size_t>(c)].label.zh);
        if (en.find(U"toy") != en.npos || en.find(U"kid") != en.npos || en.find(U"child") != en.npos || en.find(U"puzzle") != en.npos || zh.find(U"玩具") != zh.npos || zh.find(U"儿童") != zh.npos || zh.find(U"拼图") != zh.npos) return true;
    }
    return false;
}

// By its kind, or because its data or its title says so: 儿童, "for kids", 学生, an age that ends before a grown-up's.
bool TurnMaker::made_for_children(std::size_t p) const {
    static constexpr std::u32string_view young = U"儿童 宝宝 婴儿 幼儿 学生 小学生 kids kid's children children's child toddler toddlers baby school student students";
    if (is_toy(p) || cues::has(view_[p].title, young)) return true;
    return std::ranges::any_of(view_[p].values, [&](AttributeValue const& v) {
        if (v.value < 0) return false;
        auto const& label = view_.words().attributes[static_cast<std::size_t>(v.attribute)].values[static_cast<std::size_t>(v.value)];
        return cues::has(surface_of(label.en), young) || cues::has(surface_of(label.zh), young);
    });
}

bool TurnMaker::made_for_another(std::size_t p) const {
    auto const& whom = state().whom;
    if (whom != "woman" && whom != "man") return false;
    for (auto const& v : view_[p].values) {
        if (v.value < 0 || !label_of_audience(v.attribute)) continue;
        auto const& label = view_.words().attributes[static_cast<std::size_t>(v.attribute)].values[static_cast<std::size_t>(v.value)];
        auto const en = surface_of(label.en), zh = surface_of(label.zh);
        return whom == "woman" ? en == U"men" || zh == U"男" : en == U"women" || zh == U"女";
    }
    // Where no data says it, the title may: 短靴女, "for women".
    auto const& title = view_[p].title;
    static PairFilter const in_english(U"men");
    bool const latin = view_.title_pairs(p).may_hold(in_english);
    bool const women = title.find(U'女') != title.npos || (latin && cues::has(title, U"women women's")), men = title.find(U'男') != title.npos || (latin && cues::has(title, U"men men's"));
    return women != men && (whom == "woman" ? men : women);
}

bool TurnMaker::label_of_audience(int attribute) const {
    auto const& info = view_.words().attributes[static_cast<std::size_t>(attribute)];
    return info.name == "audience" || info.name == "gender" || info.label.zh == "适用人群" || info.label.zh == "性别" || info.label.en == "Gender";
}

}  // namespace kindling::dialogue
