// modules/dialogue/need.h -- what a shopper asked for, as constraints that can be shown, removed, kept and checked exactly.
//
// A Constraint is written with the catalogue's own names, so it survives a restart and a new snapshot; a Condition is the same
// resolved against one vocabulary, for testing variants quickly. A constraint whose attribute or value this shop does not have
// resolves to a condition that nothing satisfies: it is reported as such and never silently dropped.
#pragma once
#include "modules/dialogue/catalogue_view.h"

namespace kindling::dialogue {

enum class ConstraintKind { category, brand, value, number, price, stock, rating, sale, picture };
BOOST_DESCRIBE_ENUM(ConstraintKind, category, brand, value, number, price, stock, rating, sale, picture)
enum class Polarity { want, avoid };
BOOST_DESCRIBE_ENUM(Polarity, want, avoid)

struct ValueName {
    std::string attribute, en, zh;
    static constexpr Field fields[] = {
        field("attribute", "Attribute identifier; for categories and brands their identifier or English name.", "属性标识；类目和品牌则为其标识或英文名。").defaulted().longest(200),
        field("en", "Value in English.", "英文取值。").defaulted().longest(500),
        field("zh", "Value in Chinese.", "中文取值。").defaulted().longest(500),
    };
    bool operator==(ValueName const&) const = default;
};
BOOST_DESCRIBE_STRUCT(ValueName, (), (attribute, en, zh))

struct Constraint {
    std::string constraint_id;
    ConstraintKind kind = ConstraintKind::value;
    Polarity polarity = Polarity::want;
    std::vector<ValueName> values;
    std::string attribute;
    std::optional<double> min, max, target;
    std::string said;
    std::string label_en, label_zh;
    bool soft = false;
    static constexpr Field fields[] = {
        field("constraint_id", "Names the constraint within its conversation, for removing it.", "约束在本对话中的标识，用于移除。").defaulted().longest(64),
        field("kind", "What it limits.", "约束的对象。").defaulted(),
        field("polarity", "want: one of the values must hold; avoid: none may.", "want 须满足其一；avoid 均不可出现。").defaulted(),
        field("values", "Values, categories or brands meant; any one of them.", "所指的取值、类目或品牌，满足其一即可。").defaulted().longest(500),
        field("attribute", "Attribute of a numeric limit.", "数值限制所指的属性。").defaulted().longest(64),
        field("min", "Smallest value allowed, in the attribute's base unit (mm, g, ml) or minor money units.", "允许的最小值，单位为基本单位（mm、g、ml）或货币最小单位。"),
        field("max", "Largest value allowed, same unit.", "允许的最大值，单位同上。"),
        field("target", "The value that was said, same unit; nearer is better.", "所说的数值，单位同上；越接近越好。"),
        field("said", "The shopper's own words.", "顾客原话。").defaulted().longest(400),
        field("label_en", "How it is shown, in English.", "英文显示。").defaulted().longest(400),
        field("label_zh", "How it is shown, in Chinese.", "中文显示。").defaulted().longest(400),
        field("soft", "true: a preference; what meets it comes first, and nothing is left out for it.", "true 表示偏好：符合的排在前面，不因此排除商品。").defaulted(),
    };
    std::string const& label(Locale locale) const { return locale == Locale::zh ? label_zh : label_en; }
};
BOOST_DESCRIBE_STRUCT(Constraint, (), (constraint_id, kind, polarity, values, attribute, min, max, target, said, label_en, label_zh, soft))

// The `attribute` of what a person must not touch or eat: it stays whatever else is asked for.
inline constexpr std::string_view of_an_allergy = "_allergy";
// And of a number that no attribute here tells and titles do: the base unit follows ("_title_mm").
inline constexpr std::string_view of_a_title = "_title_";
// Of a value: words of titles and descriptions that bear a wish out (understand_lay_words.cpp).
inline constexpr std::string_view in_texts = "_text";
// What somebody likes: a condition while anything meets it, and from then on a preference.
inline constexpr std::string_view of_an_interest = "_liked";
// What a family of allergens is called, by either of its names (understand_allergy.cpp); nothing of a word of no family.
std::optional<Text> allergen_label(std::string_view said);

struct Condition {
    ConstraintKind kind = ConstraintKind::value;
    Polarity polarity = Polarity::want;
    bool soft = false;                                // a preference: liking(), never a reason to leave out
    std::vector<int> ids;                             // categories or brands
    std::vector<std::pair<int, int>> pairs;           // attribute, value
    int attribute = -1;
    std::string title_base;                           // of a number that titles tell: "mm", "g"
    double low = -infinity, high = infinity, target = std::numeric_limits<double>::quiet_NaN();
    // Of an avoided value: may not stand in a title either. Of a wish that no attribute here speaks of ("red" where goods have no colour field): one of them
    // in the title is what bears it out. `bars`: within one of these the word does not count, the 红色 of 粉红色.
    struct Word { std::u32string text; PairFilter pairs; std::span<std::u32string const> bars = {}; };
    std::vector<Word> words;
    bool texts = false;                               // descriptions of goods with data are looked through for the words as well
    TitleRow row;                                     // of such words, where many goods are asked about: fitting.cpp
};

Condition resolve(Constraint const&, Vocabulary const&);
// title_amounts.cpp: of the amounts in a title the one that such a limit is held against; whether it keeps the limit.
std::optional<double> amount_that_counts(std::span<TitleAmount const>, Condition const&);
bool title_amount_holds(std::span<TitleAmount const>, Condition const&);
// A wish that only titles can bear out.
inline bool by_title(Condition const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want && c.pairs.empty() && !c.words.empty(); }
// A bit per product: whether one of the condition's words stands in its title. Kept by the view (title_rows.h).
TitleRow titles_that_hold(CatalogueView const&, Condition const&);
bool holds(CatalogueView const&, std::size_t product, std::size_t variant, Condition const&);
// How far off, 0 when it holds, up to 1: relative distance of numbers and prices, 1 for everything that is simply not so.
double violation(CatalogueView const&, std::size_t product, std::size_t variant, Condition const&);
// How well a variant meets a preference, 0..1: 1 when it holds; of values of several attributes the share that it has, two being enough; a near miss of an
// amount up to a half.
double liking(CatalogueView const&, std::size_t product, std::size_t variant, Condition const&);

// "Age 7" of a refusal of what does not suit it, which reads as what is wished for; empty: of another refusal.
std::string suited(std::string_view said);
// "红色", "not leather", "≤ ¥200", "裙长 84–86cm", "ideally linen": written into label_en and label_zh, and the id from them.
void write_labels(Constraint&, Vocabulary const&, std::string_view currency);

}  // namespace kindling::dialogue
