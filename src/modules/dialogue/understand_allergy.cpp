// modules/dialogue/understand_allergy.cpp -- "I am allergic to wool", 对坚果过敏, "lactose intolerant": what must not be in it. See understand.h.
//
// An allergen implies its family: whoever cannot wear wool is shown no cashmere and no mohair. What was named is taken out of the sentence, so that "sweater, wool
// allergy" wishes for no wool, and refused in every value and every title of this shop; "nut free" and 不含坚果 say the opposite. A word of no family is refused
// as itself, in both languages where the tables know it. The refusal stays when goods of another kind are asked for: it belongs to the person.
// So is a material refused without an allergy: "not plastic" means polypropylene too, of the goods that are spoken of.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

// `said`: how people name it; `found`: what stands for it in values and titles ('~': in values alone, for in titles it says too much);
// `scales`: attributes all of whose values name it, but for those of not having it. `of`: what is refused by it, an allergy, a plain "not plastic", or either.
enum class Refuses { allergy, plainly, either };
struct Family { std::u32string_view said, found, scales; Text label; Refuses of = Refuses::allergy; };
constexpr Family families[] = {
    {U"羊毛 羊绒 毛料 马海毛 羊驼毛 兔毛 驼绒 牦牛绒 动物毛 动物毛发 动物纤维 皮草 fur animal_hair wool woollen woolen cashmere mohair alpaca angora merino animal_fibres animal_fibre animal_fibers animal_fiber",
     U"羊毛 羊绒 马海毛 羊驼 牦牛 安哥拉 兔毛 驼绒 驼毛 wool woollen woolen cashmere mohair alpaca angora merino lambswool yak camel_hair pashmina fur 皮草", U"", {"wool and other animal fibres", "羊毛等动物纤维"}},
    {U"羽绒 羽毛 鹅绒 鸭绒 down_feathers feathers feather goose_down duck_down", U"羽绒 羽毛 鹅绒 鸭绒 goose_down duck_down down_filled feather feathers", U"", {"down and feathers", "羽绒羽毛"}},
    {U"花生 peanut peanuts", U"花生 peanut peanuts", U"", {"peanuts", "花生"}},
    {U"坚果 果仁 杏仁 榛子 腰果 核桃 开心果 nut nuts tree_nuts almond almonds hazelnut hazelnuts cashew cashews walnuts pistachio pistachios pecan pecans",
     U"坚果 果仁 杏仁 榛子 腰果 核桃仁 开心果 夏威夷果 碧根果 花生 nuts almond almonds hazelnut hazelnuts cashew cashews walnuts pistachio pistachios pecan pecans macadamia praline marzipan peanut peanuts", U"", {"nuts", "坚果"}, Refuses::either},
    {U"牛奶 乳糖 乳制品 奶制品 乳清 milk lactose dairy whey casein", U"牛奶 羊奶 奶粉 乳糖 乳清 奶酪 芝士 酸奶 酪蛋白 milk dairy lactose whey casein cheese yogurt yoghurt", U"", {"milk and lactose", "牛奶乳糖"}, Refuses::either},
    {U"麸质 小麦 面筋 gluten wheat", U"麸质 小麦 面筋 大麦 黑麦 gluten wheat barley rye", U"", {"gluten", "麸质"}, Refuses::either},
    {U"大豆 黄豆 soy soya soybeans", U"大豆 黄豆 豆粕 soy soya soybean soybeans", U"", {"soy", "大豆"}},
    {U"鸡蛋 蛋类 egg eggs", U"鸡蛋 蛋黄 蛋清 egg eggs", U"", {"eggs", "鸡蛋"}},
    {U"海鲜 海产 水产 seafood", U"海鲜 海产 虾 蟹 贝 磷虾 seafood shellfish shrimp shrimps prawn prawns crab lobster krill mussel mussels 鱼肉 鱼类 鱼油 鱼粉 三文鱼 鲑鱼 鳕鱼 金枪鱼 吞拿鱼 沙丁鱼 鲭鱼 鲱鱼 鳀鱼 海鱼 深海鱼 fish salmon tuna cod herring mackerel sardine sardines anchovy trout whitefish pollock", U"", {"fish and seafood", "海鲜与鱼类"}, Refuses::either},
    {U"虾 蟹 贝类 甲壳 shellfish shrimp shrimps prawns crab", U"海鲜 虾 蟹 贝 磷虾 seafood shellfish shrimp shrimps prawn prawns crab lobster krill mussel mussels", U"", {"shellfish", "海鲜"}, Refuses::either},
    {U"鱼 鱼肉 鱼类 鱼油 三文鱼 金枪鱼 fish salmon tuna", U"鱼肉 鱼类 鱼油 鱼粉 三文鱼 鲑鱼 鳕鱼 金枪鱼 吞拿鱼 沙丁鱼 鲭鱼 鲱鱼 鳀鱼 海鱼 深海鱼 fish salmon tuna cod herring mackerel sardine sardines anchovy trout whitefish pollock", U"", {"fish of any kind", "各类鱼"}, Refuses::either},
    {U"禽类 禽肉 家禽 poultry", U"禽肉 鸡肉 鸭肉 鹅肉 火鸡 鹌鹑 poultry chicken duck turkey goose quail", U"", {"poultry of any kind", "各类禽肉"}, Refuses::either},
    {U"皮革 真皮 牛皮 皮子 皮料 皮质 leather suede", U"皮革 真皮 牛皮 羊皮 猪皮 麂皮 绒面革 磨砂皮 翻毛皮 头层皮 leather suede nubuck", U"", {"leather of any kind", "各类皮革"}, Refuses::either},
    {U"塑料 塑胶 plastic plastics", U"塑料 塑胶 亚克力 树脂 密胺 软胶 搪胶 聚丙烯 聚乙烯 聚碳酸酯 plastic plastics tritan ppsu pp abs abs_pc pvc vinyl tpu polypropylene polyethylene polycarbonate polystyrene melamine acrylic acrylics resin ~nylon_base ~尼龙五爪", U"", {"plastics of any kind", "各类塑料"}, Refuses::either},
    {U"金属 铁的 铁制 metal metals", U"金属 不锈钢 碳钢 铝合金 铝镁合金 铸铁 ~铝 ~铁 ~铜 ~钛 ~钢 metal metallic steel aluminium aluminum stainless cast_iron brass titanium ~iron ~copper ~tin ~alloy ~zinc", U"", {"metals of any kind", "各类金属"}, Refuses::plainly},
    {U"陶瓷 陶器 瓷器 ceramic ceramics pottery", U"陶瓷 白瓷 骨瓷 粗陶 陶土 瓷 ceramic ceramics porcelain stoneware earthenware bone_china", U"", {"ceramics of any kind", "各类陶瓷"}, Refuses::plainly},
    {U"木头 木制 木质 实木 wood wooden", U"木制 木质 实木 橡木 榉木 松木 胡桃木 桦木 胶合板 弯曲木 wood wooden oak beech pine birch plywood mdf ~walnut ~maple ~cherry", U"", {"wood of any kind", "各类木材"}, Refuses::plainly},
    {U"化纤 合成纤维 人造纤维 synthetic synthetics synthetic_fibres synthetic_fibers man_made_fibres man_made_fibers", U"化纤 涤纶 聚酯 尼龙 锦纶 腈纶 氨纶 polyester nylon acrylic_blend spandex elastane microfibre microfiber synthetic", U"", {"synthetic fibres", "各类化纤"}, Refuses::plainly},
    {U"羊毛 毛料 wool woollen woolen", U"羊毛 羊羔毛 美丽诺 牦牛绒 wool woollen woolen merino lambswool shearling", U"", {"wool of any kind", "各类羊毛"}, Refuses::plainly},
    {U"动物毛 动物纤维 动物毛发 animal_hair animal_fibres animal_fibers", U"羊毛 羊绒 马海毛 羊驼 牦牛 安哥拉 兔毛 驼绒 驼毛 wool woollen woolen cashmere mohair alpaca angora merino lambswool yak camel_hair pashmina", U"", {"wool and other animal fibres", "羊毛等动物纤维"}, Refuses::plainly},
    {U"乳胶 橡胶 latex rubber natural_rubber", U"乳胶 橡胶 latex rubber", U"", {"latex and rubber", "乳胶橡胶"}},
    {U"镍 含镍 nickel", U"镀镍 含镍 白铜 镍合金 不锈钢 nickel cupronickel stainless stainless_steel surgical_steel 304 316", U"", {"nickel", "镍"}},
    {U"酒精 乙醇 alcohol", U"酒精 乙醇 alcohol", U"", {"alcohol", "酒精"}},
    {U"香精 香料 香味 香水 香氛 fragrance fragrances perfume perfumes scent scents", U"香精 香型 香水 香薰 香包 fragrance fragranced perfume perfumed scented", U"香味 scent fragrance", {"fragrance", "香精香味"}, Refuses::either},
};
constexpr std::u32string_view english_before = U"allergic_to allergy_to allergies_to intolerant_to intolerance_to react_to reacts_to";
constexpr std::u32string_view behind = U"过敏 不耐受 allergy allergies intolerant intolerance";
// What is no allergen: of skins and seasons, and whose it is.
constexpr std::u32string_view no_allergen = U"皮肤 肌肤 体质 容易 换季 季节 鼻炎 敏感 是不是 会不会 不会 防 抗 低 怕 skin season seasonal severe bad food slight strong";

// "Nut free", 不含坚果, "no wool", 无香: not having it.
bool lacking(std::u32string_view value, std::u32string_view word) {
    auto const at = value.find(word);
    auto const before = value.substr(0, at), after = value.substr(at + word.size());
    return before.ends_with(U"无") || before.ends_with(U"不含") || before.ends_with(U"零") || before.ends_with(U"no ") || before.ends_with(U"non ") || before.ends_with(U"without ") || before.ends_with(U"faux ") || before.ends_with(U"vegan ") || before.ends_with(U"人造") || before.ends_with(U"仿") || after.starts_with(U" free") || after.starts_with(U" like") || after.starts_with(U"涂层") || after.starts_with(U" coat") || after.starts_with(U"-coat");
}
bool names_none(std::u32string_view value) { return value.starts_with(U"无") || value.starts_with(U"不") || value.starts_with(U"no ") || value.starts_with(U"un") || value.find(U"free") != value.npos || value.starts_with(U"none"); }

bool stands_in(std::u32string_view text, std::u32string_view word) { return is_han(word.front()) ? text.find(word) != text.npos : cues::has_word(text, word); }

}  // namespace

std::optional<Text> allergen_label(std::string_view said) {
    auto const found = std::ranges::find_if(families, [&](Family const& family) { return family.label.en == said || family.label.zh == said; });
    return found == std::end(families) ? std::nullopt : std::optional(found->label);
}

// Where the words stand that name what is not borne: before "allergy" and 过敏, behind "allergic to".
std::vector<Span> Reader::allergen_stretches(std::vector<Span>& cues_found) const {
    std::vector<Span> out;
    for (auto const& cue : cues::find_all(t_, english_before)) {
        auto end = cue.end;
        while (end < t_.size() && std::u32string_view(U".;?!。；？！").find(t_[end]) == std::u32string_view::npos) ++end;
        if (auto const next = cues::find(std::u32string_view(t_).substr(0, end), U"but so under below and_i and_want and_my and_size wear wears size show i he she please within", cue.end)) end = next->begin;
        out.push_back({cue.end, end}), cues_found.push_back({cue.begin, cue.end});
    }
    for (auto const& cue : cues::find_all(t_, behind)) {
        if (std::ranges::any_of(cues_found, [&](Span const& known) { return cue.begin < known.end && known.begin < cue.end; })) continue;
        auto begin = cue.begin;
        while (begin > 0 && !is_stop(t_[begin - 1]) && t_[begin - 1] != U'对') --begin;
        if (!is_han(t_[cue.begin]))  // "i have a nut", "with a wool": the name stands right before
            for (auto const& lead : cues::find_all(std::u32string_view(t_).substr(0, cue.begin), U"a an have has had with my our is am are severe i'm the he's she's")) begin = std::max(begin, lead.end);
        out.push_back({begin, cue.end}), cues_found.push_back(cue);
    }
    return out;
}

void Reader::allergies() {
    std::vector<Span> cue_spans;
    auto const stretches = allergen_stretches(cue_spans);
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        auto const [begin, end] = stretches[i];
        auto const text = slice(begin, end);
        std::vector<Span> named;   // in t_
        auto const whole = named.size();
        for (auto const& family : families)
            if (family.of == Refuses::plainly) continue;
            else if (auto const said = cues::find(text, family.said)) refuse_family(family.found, family.scales, std::string(family.label.in(out_.locale))), named.push_back({begin + said->begin, begin + said->end});
        auto const covered = [&](Span span) { return std::ranges::any_of(named, [&](Span const& n) { return span.begin < n.end && n.begin < span.end; }); };
        for (auto const& m : matches_) {
            if (m.begin < begin || m.end > end || covered({m.begin, m.end}) || has(m.surface, no_allergen)) continue;
            if (slice(m.end, end).starts_with(U" free")) continue;  // "grain free": another wish
            if (std::ranges::none_of(m.meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::value && x.value >= 0; })) continue;
            if (std::ranges::any_of(m.meanings, [&](Meaning const& x) { return x.kind == Meaning::Kind::value && label_has(words_.attributes[static_cast<std::size_t>(x.id)], U"适用 造型 animal"); })) continue;  // whose it is: 我家狗
            auto const word = std::u32string(slice(m.begin, m.end));
            std::u32string words;
            for (auto const& each : spellings(word)) {
                auto joined = each;
                std::ranges::replace(joined, U' ', U'_');
                words += (words.empty() ? U"" : U" ") + joined;
            }
            refuse_family(words, U"", to_utf8(word)), named.push_back({m.begin, m.end});
        }
        if (named.size() == whole) refuse_unheard(begin, std::min(end, i < cue_spans.size() && cue_spans[i].begin >= begin ? cue_spans[i].begin : end), named);
        if (named.size() == whole) continue;
        Span const span{std::min(begin, cue_spans[i].begin), std::max(end, cue_spans[i].end)};
        auto const inside = [&](Span const& s) { return s.begin >= span.begin && s.end <= span.end && (covered(s) || (s.begin < cue_spans[i].end && cue_spans[i].begin < s.end)); };
        std::erase_if(matches_, [&](Match const& m) { return inside({m.begin, m.end}); });
        std::erase_if(mentions_, inside);
        for (auto const& n : named) used_.push_back(n), refused_.push_back(n);
        used_.push_back(cue_spans[i]), refused_.push_back(cue_spans[i]);
    }
}

// Values and titles with one of the words; of the attributes in `scales` every value but that of having none.
void Reader::refuse_family(std::u32string_view found, std::u32string_view scales, std::string said, bool of_the_person) {
    Constraint c{.kind = ConstraintKind::value, .polarity = Polarity::avoid, .attribute = of_the_person ? std::string(of_an_allergy) : std::string(), .said = std::move(said)};
    std::vector<std::u32string> words, in_titles;
    for (std::size_t i = 0; i < found.size();) {
        auto const end = std::min(found.find(U' ', i), found.size());
        bool const values_alone = found[i] == U'~';
        words.emplace_back(found.substr(i + values_alone, end - i - values_alone));
        std::ranges::replace(words.back(), U'_', U' ');
        if (!values_alone && words.back().size() >= 2) in_titles.push_back(words.back());
        i = end + 1;
    }
    for (auto const& info : words_.attributes) {
        if (info.numeric) continue;
        bool const scale = !scales.empty() && label_has(info, scales);
        for (auto const& value : info.values) {
            auto const en = surface_of(value.en), zh = surface_of(value.zh);
            auto const named = [&](std::u32string const& text) { return !text.empty() && std::ranges::any_of(words, [&](std::u32string const& w) { return stands_in(text, w) && !lacking(text, w); }); };
            if (named(en) || named(zh) || (scale && !names_none(en) && !names_none(zh))) c.values.push_back({info.name, value.en, value.zh});
        }
    }
    for (auto const& w : in_titles) c.values.push_back({"", to_utf8(w), to_utf8(w)});
    if (std::ranges::none_of(out_.constraints, [&](Constraint const& known) { return known.polarity == Polarity::avoid && known.said == c.said; })) out_.constraints.push_back(std::move(c));
}

// 不要酒精香精: what is refused as one word names two families. False: none.
bool Reader::refuse_families_in(std::u32string_view word) {
    bool any = false;
    for (auto const& family : families)
        if (family.of != Refuses::plainly && cues::find(word, family.said)) refuse_family(family.found, family.scales, std::string(family.label.in(out_.locale)), false), any = true;
    return any;
}

// "Not plastic", "no fish", 不要塑料的: of a family the refusal means all of it, called as it was said.
void Reader::refuse_plainly() {
    for (auto const& family : families) {
        if (family.of == Refuses::allergy) continue;
        for (auto const& span : cues::find_all(t_, family.said)) {
            // "Fragrance free" may be the name of a value, and 毛料 a part of another word.
            if (std::ranges::any_of(matches_, [&](Match const& m) { return m.begin <= span.begin && span.end <= m.end && m.end - m.begin > span.end - span.begin + (is_han(t_[span.begin]) ? 1 : 0); })) continue;
            if (std::ranges::any_of(refused_, [&](Span const& known) { return known.begin < span.end && span.begin < known.end; }) || !cues::negated(t_, span, mentions_)) continue;
            if (is_han(t_[span.begin]) && cues::known_word(slice(span.begin, t_.size())) > span.end - span.begin) continue;   // 鱼缸
            auto const said = to_utf8(slice(span.begin, span.end));
            std::vector<ValueName> known;   // what the word alone refuses
            std::erase_if(out_.constraints, [&](Constraint const& c) {
                if (c.polarity != Polarity::avoid || c.kind != ConstraintKind::value || (c.said != said && c.said != said + "的")) return false;
                known = c.values;
                return true;
            });
            refuse_family(family.found, family.scales, said, false);
            for (auto& all = out_.constraints.back().values; auto const& v : known)
                if (std::ranges::find(all, v) == all.end()) all.push_back(v);
            used_.push_back(span), refused_.push_back(span);
        }
    }
}

// 对猕猴桃过敏, "allergic to kiwi": of no family and no value here.
void Reader::refuse_unheard(std::size_t begin, std::size_t end, std::vector<Span>& named) {
    while (begin < end && std::u32string_view(U" 我他她它有是会").find(t_[begin]) != std::u32string_view::npos) ++begin;
    while (end > begin && std::u32string_view(U" 会有很").find(t_[end - 1]) != std::u32string_view::npos) --end;
    if (end <= begin || has(slice(begin, end), no_allergen)) return;
    auto const take = [&](std::size_t from, std::size_t to) {
        auto const words = spellings(std::u32string(slice(from, to)));
        std::u32string joined;
        for (auto const& w : words) joined += (joined.empty() ? U"" : U" ") + w;
        refuse_family(joined, U"", to_utf8(slice(from, to))), named.push_back({from, to});
    };
    if (is_han(t_[begin])) {
        bool const of_something = begin > 0 && t_[begin - 1] == U'对';
        if (of_something && end - begin <= 6 && std::ranges::all_of(slice(begin, end), is_han)) take(begin, end);
        return;
    }
    for (auto i = begin; i < end;) {
        if (!cues::letter(t_[i])) { ++i; continue; }
        auto j = i;
        while (j < end && cues::letter(t_[j])) ++j;
        if (j - i >= 3 && !is_common_word(slice(i, j))) { take(i, j); return; }
        i = j;
    }
}

}  // namespace kindling::dialogue
