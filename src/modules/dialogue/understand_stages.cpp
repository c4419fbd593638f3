// modules/dialogue/understand_stages.cpp -- "food for my kitten", 老年犬吃的, "my dog is 10 years old": an animal's stage of life, which keeps goods of another stage out. See understand.h.
//
// An attribute speaks of stages when its values name two of them; what is made for all of them, or says nothing, stays. Where no attribute does, titles that
// name another stage are left out. The age of an animal is told from a child's by the words: under a year it is young, from seven on old.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

// `said`: who is spoken of; `found`: what values call the stage.
struct Stage { std::u32string_view said, found; };
constexpr Stage stages_of_life[] = {
    {U"幼猫 小猫 小猫咪 小奶猫 奶猫 猫宝宝 幼犬 小狗 小狗狗 小奶狗 奶狗 幼宠 kitten kittens puppy puppies pup pups young_cat young_dog", U"幼年 幼猫 幼犬 幼宠 young junior kitten kittens puppy puppies growing"},
    {U"成猫 成年猫 成犬 成年犬 成年狗 adult_cat adult_cats adult_dog adult_dogs grown_cat grown_dog grown_up_dog grown_up_cat", U"成年 成猫 成犬 adult adults"},
    {U"老猫 老年猫 老猫咪 高龄猫 老狗 老狗狗 老年犬 老年狗 老犬 高龄犬 senior_cat senior_cats senior_dog senior_dogs old_cat old_cats old_dog old_dogs older_cat older_dog elderly_cat elderly_dog ageing_dog ageing_cat aging_dog aging_cat", U"老年 高龄 老猫 老犬 senior seniors mature ageing aging"},
};
constexpr std::u32string_view animals = U"猫 狗 犬 宠物 喵 汪 cat cats cat's dog dogs dog's kitten kittens puppy puppies pup pet";
constexpr double young_until_years = 1, old_from_years = 7;

}  // namespace

// Whose it is: the animal by its name, its young or its breed. What a breed is called may be something else (泰迪熊, a husky voice), so it counts where an animal or what animals have is spoken of.
struct Animal { std::u32string_view said, breeds, values, others; };
constexpr Animal kinds_of_animals[] = {
    {U"狗 狗狗 小狗 小狗狗 狗子 狗崽 幼犬 老狗 大狗 犬 毛孩子狗 dog dogs doggy doggo puppy puppies pup pups", U"泰迪 金毛 柯基 哈士奇 二哈 拉布拉多 边牧 边境牧羊犬 柴犬 博美 比熊 法斗 法国斗牛犬 萨摩耶 萨摩 阿拉斯加 贵宾 雪纳瑞 吉娃娃 德牧 田园犬 土狗 中华田园犬 巴哥 约克夏 马尔济斯 teddy_dog labrador lab golden_retriever corgi husky poodle beagle bulldog french_bulldog frenchie dachshund german_shepherd shiba chihuahua pomeranian border_collie cocker_spaniel spaniel terrier pug rottweiler greyhound schnauzer samoyed cockapoo labradoodle", U"狗 犬 dog dogs puppy", U"猫 猫咪 cat cats"},
    {U"猫 猫咪 猫猫 小猫 喵星人 幼猫 老猫 奶猫 猫主子 主子 cat cats kitty kitties kitten kittens", U"大橘 橘猫 橘座 小橘 布偶 布偶猫 英短 美短 蓝猫 暹罗 波斯猫 狸花 狸花猫 奶牛猫 三花 缅因 缅因猫 加菲 加菲猫 银渐层 金渐层 矮脚猫 无毛猫 田园猫 ragdoll british_shorthair siamese persian_cat maine_coon tabby bengal_cat sphynx_cat ginger_cat ginger_tom", U"猫 cat cats kitten", U"狗 犬 dog dogs"},
};
constexpr std::u32string_view of_animals = U"粮 窝 猫砂 牵引 项圈 喂 宠物 养 我家 掉毛 遛 food bed bowl leash collar kibble treats litter vet";

// "Food for my kitten", 给狗买吃的, where the shop has a kind for it; of a bowl for food it is not spoken.
std::optional<int> Reader::what_animals_eat() {
    if (out_.intent != Intent::find || (animal_ < 0 && !has(t_, animals))) return {};
    auto const food = cues::find(t_, U"吃的 口粮 吃什么 吃啥 喂什么 粮 food feed kibble");
    if (!food || cues::negated(t_, *food, mentions_)) return {};
    auto after = slice(food->end, t_.size());
    while (!after.empty() && after.front() == U' ') after.remove_prefix(1);
    static constexpr std::u32string_view things[] = {U"bowl", U"container", U"storage", U"bin", U"dispenser", U"mat", U"box", U"scoop", U"processor", U"桶", U"碗", U"盆", U"机", U"器", U"盒"};
    if (std::ranges::any_of(things, [&](std::u32string_view thing) { return after.starts_with(thing); })) return {};
    for (std::size_t c = 0; c < words_.categories.size(); ++c) {
        auto const en = surface_of(words_.categories[c].label.en), zh = surface_of(words_.categories[c].label.zh);
        if (!has(en, U"pet_food cat_food dog_food pet_foods") && !has(zh, U"宠物粮 宠物食品 猫粮 狗粮")) continue;
        used_.push_back(*food);
        return static_cast<int>(c);
    }
    return {};
}

// A breed is no goods and no scent, and a puppy no shape of a toy, where something for it is asked for.
void Reader::animals_told() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    bool const toy = has(t_, U"玩具 公仔 玩偶 毛绒 泰迪熊 plush toy toys teddy_bear teddy_bears book books mug shirt costume");
    if (toy) return;
    for (std::size_t i = 0; i < std::size(kinds_of_animals); ++i) {
        auto const& animal = kinds_of_animals[i];
        if (!has(t_, animal.said) && !(has(t_, animal.breeds) && has(t_, of_animals))) continue;
        animal_ = static_cast<int>(i);
        for (auto const& span : cues::find_all(t_, animal.breeds)) {
            auto const inside = [&](auto const& what) { return what.begin < span.end && span.begin < what.end; };
            std::erase_if(matches_, inside), std::erase_if(mentions_, inside);
            // 16斤的大橘, 三个月大: how heavy it is says for whom the bed must do, and is left to the number.
            used_.push_back(span), circumstances_.push_back(span);
        }
        return;
    }
}

// Food and beds for a dog are the dog's: of kinds whose goods say for which animal they are, what is for another stays out.
void Reader::goods_of_the_animal(Scope const& scope) {
    if (animal_ < 0 || scope_.empty()) return;
    auto const& animal = kinds_of_animals[static_cast<std::size_t>(animal_)];
    for (std::size_t a = 0; a < words_.attributes.size(); ++a) {
        auto const& info = words_.attributes[a];
        if (info.numeric || !scope.attributes[a]) continue;
        Constraint c{.attribute = info.name, .said = out_.locale == Locale::zh ? (animal_ == 0 ? "狗" : "猫") : animal_ == 0 ? "dog" : "cat"};
        bool others = false;
        for (std::size_t v = 0; v < info.values.size(); ++v) {
            if (!scope.values[a][v]) continue;
            auto const en = surface_of(info.values[v].en), zh = surface_of(info.values[v].zh);
            bool const mine = names_one(en, animal.values) || names_one(zh, animal.values), another = names_one(en, animal.others) || names_one(zh, animal.others);
            if (mine) c.values.push_back({info.name, info.values[v].en, info.values[v].zh});
            others = others || (another && !mine);
        }
        if (c.values.empty() || !others) continue;
        // 小狗 as the shape of a toy, read out of the same word.
        auto const same_word = [&](Constraint const& known) { return known.kind == ConstraintKind::value && known.polarity == Polarity::want && std::ranges::none_of(known.values, [&](ValueName const& v) { return std::ranges::find(c.values, v) != c.values.end(); }) && (cues::find(surface_of(known.said), animal.said) || cues::find(surface_of(known.said), animal.breeds)); };
        std::erase_if(out_.constraints, same_word);
        if (std::ranges::none_of(out_.constraints, [&](Constraint const& known) { return known.kind == ConstraintKind::value && known.attribute == info.name; })) out_.constraints.push_back(std::move(c));
        for (auto const& span : cues::find_all(t_, animal.said)) used_.push_back(span);
        return;
    }
}

void Reader::stages() {
    std::size_t stage = std::size(stages_of_life);
    std::string said;
    if (animal_years_ > 0) {
        stage = animal_years_ < young_until_years ? 0 : animal_years_ < old_from_years ? 1 : 2;
        said = plain_number(animal_years_) + (out_.locale == Locale::zh ? "岁" : " years");
    }
    if (has(t_, animals)) {
        // "Two months old", 三个月大, "a 10 year old cat": years of age, or months that nothing else is kept for.
        bool const other_time = has(t_, U"保质期 质保 保修 shelf warranty guarantee lasts supply");
        std::erase_if(numbers_, [&](Quantity const& n) {
            if (n.kind != Quantity::Kind::measure || n.limit != Quantity::Limit::exact || (n.base != "year" && n.base != "month") || (n.base == "month" && other_time)) return false;
            auto const years = n.base == "month" ? n.value / 12 : n.value;
            if (years > 25) return false;
            stage = years < young_until_years ? 0 : years < old_from_years ? 1 : 2, said = to_utf8(slice(n.number_begin, n.number_end));
            used_.push_back({n.begin, n.end}), taken_.push_back({n.begin, n.end});
            return true;
        });
    }
    for (std::size_t i = 0; i < std::size(stages_of_life) && said.empty(); ++i)
        for (auto const& span : cues::find_all(t_, stages_of_life[i].said)) {
            auto const before = slice(0, span.begin);
            if (cues::negated(t_, span, mentions_) || before.ends_with(U"year ") || before.ends_with(U"years ") || before.ends_with(U"month ") || before.ends_with(U"months ")) continue;
            stage = i, said = to_utf8(slice(span.begin, span.end));
            break;
        }
    if (said.empty()) return;
    bool const zh = out_.locale == Locale::zh;
    Constraint c{.polarity = Polarity::avoid, .said = zh ? "不适合" + said + "的" : "what does not suit " + said};
    bool here = false, speaks = false;
    for (std::size_t a = 0; a < words_.attributes.size(); ++a) {
        auto const& info = words_.attributes[a];
        if (info.numeric || !label_has(info, U"阶段 年龄 stage age life")) continue;
        std::vector<ValueName> others;
        std::array<bool, std::size(stages_of_life)> named{};
        for (auto const& value : info.values) {
            auto const en = surface_of(value.en), zh_text = surface_of(value.zh);
            bool mine = false, another = false;
            for (std::size_t i = 0; i < std::size(stages_of_life); ++i)
                if (names_one(en, stages_of_life[i].found) || names_one(zh_text, stages_of_life[i].found)) named[i] = true, (i == stage ? mine : another) = true;
            if (another && !mine) others.push_back({info.name, value.en, value.zh});
        }
        if (std::ranges::count(named, true) < 2) continue;
        speaks = true;
        bool const asked_for = std::ranges::any_of(out_.constraints, [&](Constraint const& known) { return known.polarity == Polarity::want && !known.soft && known.attribute == info.name; });
        if (asked_for || (!scope_.empty() && !view_.scope(scope_).attributes[a])) continue;
        here = true, c.attribute = info.name;
        c.values.insert(c.values.end(), others.begin(), others.end());
    }
    if (!speaks && !has_title_in(out_.locale)) return;
    if (!speaks)
        for (std::size_t i = 1; i < std::size(stages_of_life); ++i)
            if (i != stage)
                for (auto const& w : cues::words_of(stages_of_life[i].said)) c.values.push_back({"", to_utf8(w), to_utf8(w)});
    if ((here || !speaks) && !c.values.empty()) out_.constraints.push_back(std::move(c));
}

}  // namespace kindling::dialogue
