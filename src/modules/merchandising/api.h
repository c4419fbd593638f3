// modules/merchandising/api.h -- merchandising.*: what the owner wants of lists, search and the guide's candidates.
//
// A rule speaks of a query, a category or both (neither: every list), in lists, in search and to the guide, for a while, perhaps only to one arm of an
// experiment. It may pin products on top, boost or bury goods, hide products, show a banner, or lead a query elsewhere. What a shopper demands always
// wins: rules rearrange what fits the demands and never add what does not, and an order that the shopper chose (by price, newest) is left as it is, less
// what is hidden. Rules are read in the transaction of each answer, so a change counts in the next one.
#pragma once
#include "shop/answers.h"
#include "shop/context.h"

namespace kindling::merchandising {

enum class Place { list, search, guide };
BOOST_DESCRIBE_ENUM(Place, list, search, guide)

struct Strength {
    std::vector<std::string> product_ids, brands;
    std::string category_id;
    double strength = 2;
    static constexpr Field fields[] = {field("product_ids", "Products.", "商品。").defaulted().longest(200), field("brands", "Brands.", "品牌。").defaulted().longest(50), field("category_id", "A category and those below it.", "类目（含下级）。").defaulted().longest(128), field("strength", "As if the place in the list were this many times smaller: 2 boosts, 0.5 buries.", "相当于把名次除以该值：2 为提升，0.5 为降低。").range(0.01, 100)};
};
BOOST_DESCRIBE_STRUCT(Strength, (), (product_ids, brands, category_id, strength))

struct MerchandisingRule {
    std::string rule_id, title, query, category_id;
    std::vector<Place> places;
    std::vector<std::string> pin;
    std::vector<Strength> move;
    std::vector<std::string> hide;
    std::string banner_en, banner_zh, banner_link, redirect;
    std::optional<std::int64_t> starts_at_ms, ends_at_ms;
    std::string experiment_id, arm_id;
    static constexpr Field fields[] = {
        field("rule_id", "The shop's identifier of it; empty: a new one.", "规则编号；留空自动生成。").defaulted().longest(64), field("title", "What it is for, for staff.", "规则用途（供员工查看）。").longest(200), field("query", "Only when shoppers search for these words; empty: any words, and lists without any.", "仅当搜索词为此；留空为任意搜索词及列表。").defaulted().longest(200), field("category_id", "Only in lists of this category and below; empty: any.", "仅在此类目及下级；留空为任意。").defaulted().longest(128),
        field("places", "list, search or guide; empty: all three.", "list 类目列表、search 搜索、guide 导购；留空为全部。").defaulted().longest(3), field("pin", "Products on top, in this order, as far as they fit what the shopper demands.", "置顶商品，按此顺序（须符合顾客条件）。").defaulted().longest(20), field("move", "Goods to boost or to bury.", "提升或降低的商品。").defaulted().longest(20), field("hide", "Products that are not shown here.", "此处不展示的商品。").defaulted().longest(500),
        field("banner_en", "Words above the list, in English.", "列表上方横幅（英文）。").defaulted().longest(300), field("banner_zh", "Words above the list, in Chinese.", "列表上方横幅（中文）。").defaulted().longest(300), field("banner_link", "Where the banner leads: a path of the shop, such as /c/dresses.", "横幅链接：店内路径，如 /c/dresses。").defaulted().longest(300), field("redirect", "Where this query leads instead: a path of the shop.", "将此搜索词引导至店内路径。").defaulted().longest(300),
        field("starts_at_ms", "From when, milliseconds; left out: now.", "开始时间（毫秒）；不填为立即。").range(0, 1e15), field("ends_at_ms", "Until when; left out: for good.", "结束时间；不填为长期。").range(0, 1e15), field("experiment_id", "Only for visitors in an arm of this experiment; empty: everybody.", "仅对此实验某组的访客生效；留空为所有人。").defaulted().longest(64), field("arm_id", "Which arm.", "哪一组。").defaulted().longest(32)};
};
BOOST_DESCRIBE_STRUCT(MerchandisingRule, (), (rule_id, title, query, category_id, places, pin, move, hide, banner_en, banner_zh, banner_link, redirect, starts_at_ms, ends_at_ms, experiment_id, arm_id))

// For whom a list is arranged.
struct Situation {
    Place place = Place::list;
    std::string query, category_id, session_id;
    Milliseconds now = 0;
    std::vector<std::string> said = {};        // to the guide: the words of each wish in force; a rule of a query speaks when all its words are among them
    bool with_experiments = true;              // false: rules of experiments are left out, for answers that many visitors share
    std::vector<MerchandisingRule> drafts = {};  // counted as if they ran; one of a known id stands for it
};

// The rules that speak here, ready to be asked about products. Empty when none does: then nothing needs to be done.
class Arrangement {
public:
    bool empty() const { return rules_.empty(); }
    // Pinned products in order, those of rules of a query or a category; they may be shown though they were not found, when they fit the demands.
    std::vector<std::string> const& pins() const { return pins_; }
    // The new order of a ranked list: places of the old one. `by_rank` false: only what is hidden goes, for an order that the shopper chose.
    struct Good { std::string_view product_id, brand, brand_zh, category_id; };
    std::vector<std::size_t> order(std::span<Good const>, bool by_rank) const;
    struct Banner { std::string en, zh, link; };
    std::optional<Banner> const& banner() const { return banner_; }
    std::string const& redirect() const { return redirect_; }

private:
    friend Result<Arrangement> arrangement(shop::Transaction&, Situation const&);
    std::vector<MerchandisingRule> rules_;
    std::vector<std::pair<std::string, std::string>> parents_;  // of categories, sorted; only when a rule needs them
    std::vector<std::string> pins_;
    std::optional<Banner> banner_;
    std::string redirect_;
};
Result<Arrangement> arrangement(shop::Transaction&, Situation const&);

std::vector<Operation> operations();

}  // namespace kindling::merchandising
