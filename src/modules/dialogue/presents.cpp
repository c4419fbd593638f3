// modules/dialogue/presents.cpp -- "a present for my mother": nothing is wanted in particular, so one well-liked thing of each kind is shown.
//
// What is liked is what `select` ranks by: ratings, and how often it was bought; of a shop that has neither reviews nor attributes the purchases alone.
// Left out: what is made for somebody else, toys for grown-ups, what is sold out; and, as long as nothing of the kind was spoken of, what nobody is given unasked: things for
// animals, what is used up in the house, spare parts, furniture. Clothes in sizes come last for people whose size one does not know. The cheapest third of what fits comes last.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/relax.h"
#include "modules/dialogue/turn.h"
#include "modules/dialogue/words_here.h"
#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace kindling::dialogue {

namespace {
constexpr std::size_t most_weighed = 6000, most_looked_at = 3000;   // of which the cheapest third comes last; of which is chosen
constexpr std::u32string_view pets_named = U"pet pets dog dogs cat cats puppy kitten 宠物 狗 猫";
}

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
        auto const named = [&](Pick const& pick) { return scores_.contains(pick.product) && !near_in_meaning_ && view_.in_stock(pick.product, pick.variant) && (!pastime_ || fits_pastime(pick.product, *pastime_)); };
        if (scorer_ && std::any_of(found.full.begin(), found.full.end(), named)) std::erase_if(found.full, std::not_fn(named));
        else {
            bool const interest = cues::has(surface_of(text_), U"喜欢 爱 热爱 迷 love loves likes like enjoys into lover fan hobby");
            if (pastime_ || !reading_.interest.empty()) out.nothing_for = pastime_ ? pastime_said_ : reading_.interest;
            else if (interest) out.unknown = s.free_text;
            s.free_text.clear(), found = selection();
        }
    } else if (!out.for_occasion && (pastime_ || reading_.interest_unheard)) out.nothing_for = pastime_ ? pastime_said_ : reading_.interest;
    // Grown-ups are given no toys, unless it was toys that were spoken of.
    auto const toy = [&](Pick const& pick) { return is_toy(pick.product); };
    if (grown_up() && ((pastime_ && !is_game(*pastime_)) || (s.free_text.empty() && !std::ranges::all_of(found.full, toy)))) std::erase_if(found.full, toy);
    out.fits = !found.full.empty();
    if (!out.fits) return out;
    bool const unasked = !out.for_occasion && !pastime_ && s.free_text.empty() && categories_in_force(s, view_.words()).empty() && !cues::has(surface_of(text_), pets_named);
    if (unasked) keep_fit_to_give(found.full);
    if (s.order.empty() && s.free_text.empty()) seldom_the_cheapest(found.full);
    // Of a large catalogue the best some thousand: what is shown and asked lies among them.
    if (found.full.size() > most_looked_at) found.full.resize(most_looked_at);
    if (unasked && !s.recipient.empty() && s.whom.empty()) keep_fit_for_acquaintances(found.full);
    if (unasked && !first_what_is_said_for(found.full) && out.nothing_for.empty()) out.nothing_for = s.recipient;
    // Of a child who plays the guitar the guitars, of one who loves dinosaurs the toys.
    bool const has_toys = s.whom == "child" && (s.free_text.empty() ? std::ranges::any_of(found.full, toy) : toy(found.full.front()));
    std::erase_if(found.full, [&](Pick const& pick) {
        if (!view_.in_stock(pick.product, pick.variant) || std::ranges::find(excluded_, view_[pick.product].data.product_id) != excluded_.end()) return true;
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

namespace {

// "Your daughter", "a teacher", "kids": as whoever answers would say it.
std::string with_determiner(std::string const& recipient, std::u32string const& text) {
    auto const who = surface_of(recipient);
    for (auto const& [said, answered] : {std::pair(std::u32string_view(U"my"), "your"), {U"our", "your"}, {U"your", "your"}, {U"his", "his"}, {U"her", "her"}, {U"their", "their"}, {U"a", "a"}, {U"an", "an"}, {U"the", "the"}})
        if (cues::has_word(text, std::u32string(said) + U" " + who)) return std::string(answered) + " " + recipient;
    return who.empty() || who.back() == U's' || is_han(who.front()) || who.find(U'\'') != who.npos ? recipient : "your " + recipient;
}

}  // namespace

void TurnMaker::gift() {
    auto& s = state();
    out_.topic = "gift";
    note_receiver();
    remember(s, reading_, view_);
    if (tell_not_sold()) return;
    understood();
    for (auto const& name : reading_.unheard) say(Phrase::words_unknown, {echo("echo", name)});
    tell_allergies(reading_.constraints);
    ask_for_currency(), reading_.foreign_money.clear();
    most_ = most_weighed;   // of a large catalogue the best; all of it where none of these will do
    auto chosen = choose_present();
    most_ = SIZE_MAX;
    if (chosen.page.empty()) {
        auto again = choose_present();
        // What was said and is not here is known only the first time.
        if (again.unknown.empty()) again.unknown = std::move(chosen.unknown);
        if (again.nothing_for.empty() && !again.for_occasion) again.nothing_for = std::move(chosen.nothing_for);
        chosen = std::move(again);
    }
    // One of several things that are liked is here: nothing is missing.
    if (std::ranges::any_of(s.constraints, [](Constraint const& c) { return c.attribute == of_an_interest && !c.soft; })) chosen.nothing_for.clear();
    if (!chosen.unknown.empty()) say(Phrase::words_unknown, {echo("echo", chosen.unknown)});
    if (!chosen.fits) { explain_relaxation(chosen.found); return; }
    if (chosen.page.empty()) { find(); return; }
    if (s.recipient.empty()) say(chosen.one_of_each ? Phrase::gift_intro : Phrase::gift_intro_some);
    else say(chosen.one_of_each ? Phrase::gift_for : Phrase::gift_for_some, {echo("recipient", locale_ == Locale::zh ? s.recipient : with_determiner(s.recipient, surface_of(text_)))});
    if (chosen.for_occasion) say(Phrase::occasion_gift, {echo("echo", occasion_said_)});
    else if (!chosen.nothing_for.empty()) say(Phrase::occasion_none, {echo("echo", chosen.nothing_for)});
    s.seen.clear();
    cards(chosen.page);
    if (s.pending == "currency") return;
    if (s.whom.empty() && s.recipient.empty() && !chosen.for_occasion && !cues::has(surface_of(text_), pets_named) && last_request_ && s.questions < options_.most_questions && std::find(s.asked.begin(), s.asked.end(), "recipient") == s.asked.end()) {
        Spoken spoken;
        spoken.say(Phrase::ask_recipient, locale_, s.turn);
        auto chips = locale_ == Locale::zh ? std::vector<Chip>{{"妈妈", "送妈妈的礼物"}, {"爸爸", "送爸爸的礼物"}, {"女朋友", "送女朋友的礼物"}, {"男朋友", "送男朋友的礼物"}, {"孩子", "送孩子的礼物"}} : std::vector<Chip>{{"Mother", "a gift for my mother"}, {"Father", "a gift for my father"}, {"Girlfriend", "a gift for my girlfriend"}, {"Boyfriend", "a gift for my boyfriend"}, {"A child", "a gift for a child"}};
        s.asked.emplace_back("recipient"), s.pending = "recipient", ++s.questions;
        send({.kind = BlockKind::question, .text = std::move(spoken.text), .chips = std::move(chips), .asks = "recipient"});
    } else offer_question(chosen.found.full);
}

namespace {

// A kind of goods by its names, the kinds above it included: the last word of an English name says what it is ("desk lamp" is a lamp), any word whom it is for.
bool seldom_given(Vocabulary const& words, int category) {
    // Of a panda (熊猫), an owl (猫头鹰) and a hot dog (热狗) the longer word is meant, where the system has a list of words.
    static constexpr std::u32string_view animals = U"猫 猫猫 猫咪 小猫 幼猫 奶猫 成猫 狗 狗狗 小狗 小狗狗 幼犬 成犬 犬 大型犬 小型犬";
    static constexpr std::u32string_view whose = U"pet pets dog dogs cat cats puppy kitten aquarium fish bird livestock 宠物 水族 diaper diapers nappies 纸尿裤 尿不湿 cleaning laundry detergent household_supplies cleaners toilet janitorial 清洁用品 清洁剂 清洁工具 家居清洁 家庭清洁 厨房清洁 洗衣 纸巾 垃圾袋 日用耗材 replacement spare parts refill refills 手机配件 电脑配件 数码配件 汽车配件 相机配件 零件 滤芯 替换 耗材 墨盒 underwear lingerie bras 内裤 文胸 medical medicine medications 药品";
    static constexpr std::u32string_view thing = U"desk desks chair chairs sofa sofas couch couches bed beds mattress mattresses wardrobe wardrobes table tables shelf shelves shelving bookcase bookcases rack racks cabinet cabinets dresser dressers furniture cable cables charger chargers adapter adapters battery batteries filter filters bulb bulbs tape hardware";
    static constexpr std::u32string_view things_zh[] = {U"书桌", U"餐桌", U"办公桌", U"电脑桌", U"茶几", U"椅子", U"椅", U"沙发", U"床", U"床垫", U"床架", U"衣柜", U"柜子", U"置物架", U"鞋柜", U"书架", U"家具", U"数据线", U"充电线", U"充电器", U"电池", U"灯泡", U"胶带", U"五金"};
    for (int c = category; c >= 0; c = words.categories[static_cast<std::size_t>(c)].parent_index) {
        auto const& label = words.categories[static_cast<std::size_t>(c)].label;
        auto const en = surface_of(label.en), zh = surface_of(label.zh);
        bool const next_to_skin = zh.ends_with(U"内衣") && !zh.ends_with(U"保暖内衣");
        if (cues::has(en, whose) || cues::has(zh, whose) || cues::find_apart(zh, animals, listed_words(zh)) || next_to_skin) return true;
        auto const last = en.substr(en.rfind(U' ') == en.npos ? 0 : en.rfind(U' ') + 1);
        if (!last.empty() && cues::has(last, thing)) return true;
        if (std::ranges::any_of(things_zh, [&](std::u32string_view word) { return zh.ends_with(word); })) return true;
    }
    return false;
}

}  // namespace

// Of what fits what one gives without being asked for it; all of it where there is nothing else.
void TurnMaker::keep_fit_to_give(std::vector<Pick>& picks) const {
    std::map<int, bool> kinds;   // told once
    auto const given = [&](Pick const& pick) {
        auto const [kind, fresh] = kinds.try_emplace(view_.brief(pick.product).category, true);
        if (fresh) kind->second = !seldom_given(view_.words(), kind->first);
        return kind->second;
    };
    if (std::ranges::any_of(picks, given)) std::erase_if(picks, std::not_fn(given));
}

// A teacher, a client: grown-ups, whose size is not known to whoever gives.
void TurnMaker::keep_fit_for_acquaintances(std::vector<Pick>& picks) const {
    std::map<int, bool> in_sizes;   // of a category, told once
    auto const childish = [&](Pick const& pick) { return is_toy(pick.product) || cues::titled_for_children(view_[pick.product].title); };
    if (std::ranges::any_of(picks, std::not_fn(childish))) std::erase_if(picks, childish);
    auto const sized = [&](Pick const& pick) {
        auto const [kind, fresh] = in_sizes.try_emplace(view_[pick.product].category, false);
        if (fresh) kind->second = std::ranges::any_of(view_[pick.product].variants.front().values, [&](AttributeValue const& v) { return is_size(v.attribute); });
        return kind->second;
    };
    std::ranges::stable_partition(picks, std::not_fn(sized));
}

// What is given is seldom the cheapest there is, a roll of tape where presents stand on the shelf: the cheapest third comes after the rest, in its order.
void TurnMaker::seldom_the_cheapest(std::vector<Pick>& picks) const {
    auto const price = [&](Pick const& pick) { return view_.price(pick.product, pick.variant); };
    std::vector<std::int64_t> prices;
    for (auto const& pick : picks) prices.push_back(price(pick));
    if (prices.size() < 3) return;
    auto const third = prices.begin() + static_cast<std::ptrdiff_t>(prices.size() / 3);
    std::nth_element(prices.begin(), third, prices.end());
    std::ranges::stable_partition(picks, [&](Pick const& pick) { return price(pick) >= *third; });
}

// By its category, of which a large catalogue has few: told once.
bool TurnMaker::is_toy(std::size_t p) const {
    auto const category = view_.brief(p).category;
    auto const [kind, fresh] = of_toys_.try_emplace(category, false);
    if (fresh) kind->second = of_toys(category);
    return kind->second;
}

// Told by some hundred goods of them all.
bool TurnMaker::mostly_toys() const {
    std::size_t toys = 0, looked_at = 0;
    for (std::size_t p = 0; p < view_.size(); p += std::max<std::size_t>(1, view_.size() / 300), ++looked_at) toys += is_toy(p);
    return 2 * toys > looked_at;
}

bool TurnMaker::of_toys(int category) const {
    for (int c = category; c >= 0; c = view_.words().categories[static_cast<std::size_t>(c)].parent_index) {
        auto const en = surface_of(view_.words().categories[static_cast<std::size_t>(c)].label.en), zh = surface_of(view_.words().categories[static_cast<std::size_t>(c)].label.zh);
        if (en.find(U"toy") != en.npos || en.find(U"kid") != en.npos || en.find(U"child") != en.npos || en.find(U"puzzle") != en.npos || zh.find(U"玩具") != zh.npos || zh.find(U"儿童") != zh.npos || zh.find(U"拼图") != zh.npos) return true;
    }
    return false;
}

// By its kind, or because its data or its title says so: 儿童, "for kids", 学生, an age that ends before a grown-up's.
bool TurnMaker::made_for_children(std::size_t p) const {
    static constexpr std::u32string_view young = U"儿童 宝宝 婴儿 幼儿 学生 小学生 kids kid's children children's child toddler toddlers baby school student students";
    if (is_toy(p)) return true;
    if (!for_children_) for_children_.emplace(view_, young);
    if (for_children_->contains(p)) return true;
    return std::ranges::any_of(view_[p].values, [&](AttributeValue const& v) {
        if (v.value < 0) return false;
        auto const& label = view_.words().attributes[static_cast<std::size_t>(v.attribute)].values[static_cast<std::size_t>(v.value)];
        return cues::has(surface_of(label.en), young) || cues::has(surface_of(label.zh), young);
    });
}

// Whether a girl or a boy is to get it; nothing: that is not known.
std::optional<bool> TurnMaker::for_a_girl() const {
    auto const said = surface_of(state().recipient);
    bool const girl = cues::has(said, U"daughter niece granddaughter goddaughter stepdaughter girl 女儿 侄女 外甥女 孙女 外孙女 女孩 女童 小女孩"), boy = !girl && cues::has(said, U"son nephew grandson godson stepson boy 儿子 侄子 外甥 孙子 外孙 男孩 男童 小男孩");
    return girl == boy ? std::nullopt : std::optional(girl);
}

// For a daughter nothing that its title calls a boy's alone, and the other way round.
bool TurnMaker::made_for_other_children(std::size_t p, bool girl) const {
    if (!for_girls_) for_girls_.emplace(view_, U"girl girls girl's girls' 女孩 女童 kids children"), for_boys_.emplace(view_, U"boy boys boy's boys' 男孩 男童");
    bool const girls = for_girls_->contains(p), boys = for_boys_->contains(p);
    if (girl) return boys && !girls;
    return girls && !boys && cues::has(view_[p].title, U"girl girls girl's girls' 女孩 女童") && !cues::has(view_[p].title, U"kids children");
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
    if (!for_women_) for_women_.emplace(view_, U"女 women women's"), for_men_.emplace(view_, U"男 men men's");
    bool const women = for_women_->contains(p), men = for_men_->contains(p);
    return women != men && (whom == "woman" ? men : women);
}

bool TurnMaker::label_of_audience(int attribute) const {
    auto const& info = view_.words().attributes[static_cast<std::size_t>(attribute)];
    return info.name == "audience" || info.name == "gender" || info.label.zh == "适用人群" || info.label.zh == "性别" || info.label.en == "Gender";
}

}  // namespace kindling::dialogue
