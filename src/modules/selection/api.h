// modules/selection/api.h -- selection.recommend, selection.train, selection.status, and the live models behind them.
//
// One Module lives as long as the process. Of each shop it keeps what was learned from visits and from purchases (learned.h), made or read on
// a thread of its own after start(), renewed once a day, and caught up with what was committed before each answer: an event counts in the
// next request. A shop that has learned nothing yet is shown what sells.
// Thread-safe. The Services must outlive it.
#pragma once
#include "core/operation.h"
#include "shop/context.h"
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace kindling::selection {

enum class Placement { home, product, basket, after_purchase, return_visit, email };
BOOST_DESCRIBE_ENUM(Placement, home, product, basket, after_purchase, return_visit, email)

struct Recommend {
    Placement placement = Placement::home;
    std::vector<std::string> product_ids;
    std::string customer_id, session_id, category_id;
    std::int64_t count = 12;
    std::string locale;
    static constexpr Field fields[] = {
        field("placement", "Where the goods will stand.", "展示位置：home 首页、product 商品页、basket 购物车、after_purchase 购后、return_visit 回访、email 邮件。").defaulted(),
        field("product_ids", "What is looked at, in the basket or just bought; these are never recommended themselves.", "正在浏览、购物车内或刚购买的商品；不会被推荐。").defaulted().longest(200),
        field("customer_id", "Whose purchases count; staff only, a shopper's own account counts by itself.", "依据哪位顾客的购买记录；仅员工可填，顾客本人登录后自动生效。").defaulted().longest(128),
        field("session_id", "Visit whose views count; staff only, a shopper's own visit counts by itself.", "依据哪次访问的浏览记录；仅员工可填，顾客本次访问自动生效。").defaulted().longest(128),
        field("category_id", "Only goods of this category and below.", "仅此类目及下级的商品。").defaulted().longest(128),
        field("count", "How many at most.", "最多几件。").defaulted().range(1, 50),
        field("locale", "Language of titles and reasons, zh or en; empty: the caller's.", "标题与理由的语言 zh 或 en；留空则随调用者。").defaulted().longest(16),
    };
};
BOOST_DESCRIBE_STRUCT(Recommend, (), (placement, product_ids, customer_id, session_id, category_id, count, locale))

enum class ReasonKind { popular, alike, viewed_after, viewed_by_people_alike, bought_with, bought_by_people_alike, again, pushed, liked, fresh, on_shelf };
BOOST_DESCRIBE_ENUM(ReasonKind, popular, alike, viewed_after, viewed_by_people_alike, bought_with, bought_by_people_alike, again, pushed, liked, fresh, on_shelf)
enum class Availability { in_stock, low, out };
BOOST_DESCRIBE_ENUM(Availability, in_stock, low, out)

struct Recommended {
    std::string product_id, title, brand, picture;
    std::int64_t price_from_minor = 0, price_to_minor = 0;
    std::optional<std::int64_t> compare_at_minor;
    Availability stock = Availability::in_stock;
    std::optional<double> rating;
    std::int64_t reviews = 0;
    ReasonKind reason_kind = ReasonKind::popular;
    std::string because_product_id, reason;
    std::optional<double> score;
    static constexpr Field fields[] = {
        field("product_id", "Product.", "商品。"), field("title", "Title.", "标题。"), field("brand", "Brand.", "品牌。"), field("picture", "Address of the first picture, or empty.", "首图地址，可能为空。"),
        field("price_from_minor", "Lowest price of its variants, minor units.", "各规格最低价，最小货币单位。"), field("price_to_minor", "Highest price, minor units.", "最高价，最小货币单位。"), field("compare_at_minor", "Former price of the cheapest variant, if it was higher.", "最低价规格的原价（如更高）。"),
        field("stock", "in_stock, low (five or fewer) or out.", "in_stock 有货、low 不足 5 件、out 无货。"), field("rating", "Mean of its reviews, 1 to 5.", "评价均分，1 到 5。"), field("reviews", "How many reviews.", "评价数。"),
        field("reason_kind", "Why it is here, for programs.", "推荐原因（供程序使用）。"), field("because_product_id", "The product that led to it, if one did.", "由哪件商品引出（如有）。"), field("reason", "Why it is here, one sentence.", "推荐理由，一句话。"),
        field("score", "Log-odds up to a constant of this answer: 0.7 more is twice as likely; absent without a model.", "对数几率（本次回答内可比）：高 0.7 即可能性加倍；无模型时为空。"),
    };
};
BOOST_DESCRIBE_STRUCT(Recommended, (), (product_id, title, brand, picture, price_from_minor, price_to_minor, compare_at_minor, stock, rating, reviews, reason_kind, because_product_id, reason, score))

// visits: learned from views; purchases: learned from orders; popularity: what sells, because nothing was learned or it was no better.
enum class Basis { popularity, visits, purchases };
BOOST_DESCRIBE_ENUM(Basis, popularity, visits, purchases)

// Whose weights of the signals an order rests on: those of a place, fitted to the moments of the past that stand for it (its own, or the nearest place's that has enough of them);
// shared: fitted to all moments; plain: a shop of too few; none: best sellers.
enum class Blend { none, plain, shared, home, product, basket, after_purchase, return_visit, email };
BOOST_DESCRIBE_ENUM(Blend, none, plain, shared, home, product, basket, after_purchase, return_visit, email)

struct Recommendations {
    std::vector<Recommended> items;
    Basis basis = Basis::popularity;
    Blend blend = Blend::none;
    static constexpr Field fields[] = {field("items", "The best first; only goods on sale and in stock.", "由优到次；仅含在售有货商品。"), field("basis", "What the order rests on.", "排序依据。"),
                                       field("blend", "Whose weights it rests on: those of a place (its own, or the nearest with enough moments), shared by all places, plain where there is too little to fit, none for best sellers.", "所用权重：某展示位置的权重（该位置本身，或数据足够的最近位置）；shared 为各位置共用；plain 为数据太少的默认权重；none 为畅销榜。")};
};
BOOST_DESCRIBE_STRUCT(Recommendations, (), (items, basis, blend))

// One learned model, measured on what was held back from it.
struct ModelReport {
    Basis basis = Basis::visits;
    std::int64_t histories = 0, events = 0, questions = 0;
    std::optional<double> hit_rate, popular_hit_rate;
    bool in_use = false;
    std::vector<Placement> blends;
    static constexpr Field fields[] = {
        field("basis", "What it was learned from.", "学习来源。"), field("histories", "Visits or customers.", "访问数或顾客数。"), field("events", "Views or purchases counted.", "计入的浏览或购买次数。"),
        field("questions", "Moments held back to measure it.", "留作检验的时刻数。"), field("hit_rate", "Share of them whose next product was among its first ten, 0..1.", "下一件商品出现在前十的比例，0..1。"), field("popular_hit_rate", "The same for the ten best sellers.", "畅销前十的同一比例。"),
        field("in_use", "Whether it is used: only when it beats the best sellers.", "是否启用：仅当优于畅销榜。"),
        field("blends", "Places that have weights of their own: enough moments of the past stand for them, and these weights foretell them better than the nearest do.", "拥有独立权重的展示位置：历史时刻足够，且独立权重的预测更准。"),
    };
};
BOOST_DESCRIBE_STRUCT(ModelReport, (), (basis, histories, events, questions, hit_rate, popular_hit_rate, in_use, blends))

struct SlotValue {
    double value = 0, low = 0, high = 0, snips = 0, effective = 0;
    bool readable = false;
    static constexpr Field fields[] = {
        field("value", "Share of such places whose goods would be taken, doubly robust, 0..1.", "此类位置的商品被点选的比例（双重稳健估计），0..1。"), field("low", "95 % interval from.", "95% 区间下限。"), field("high", "To.", "95% 区间上限。"), field("snips", "The same by self-normalised weights.", "自归一化加权估计。"), field("effective", "How many kept places speak of it.", "有效样本数。"),
        field("readable", "Whether these are enough (100) for the interval to mean what it says.", "有效样本是否足够（100）。")};
};
BOOST_DESCRIBE_STRUCT(SlotValue, (), (value, low, high, snips, effective, readable))

// Before what was learned anew came into use: what it and what was in use would each have had in places that were left to chance (switch.h).
struct SwitchEstimate {
    std::int64_t places = 0;
    double taken = 0;
    SlotValue in_use, newer;
    static constexpr Field fields[] = {field("places", "Places that were left to chance and say what their row rested on, the newest 10,000 of 90 days.", "随机填充且记录了依据的位置数（90 天内最新 10,000 个）。"), field("taken", "Share of them that was taken as it was filled.", "其中实际被点选的比例。"), field("in_use", "What the model in use would have had there.", "当时在用模型的估计值。"), field("newer", "What was learned anew would have had there.", "新学模型的估计值。")};
};
BOOST_DESCRIBE_STRUCT(SwitchEstimate, (), (places, taken, in_use, newer))

struct Status {
    bool learned = false;
    std::optional<std::int64_t> trained_at_ms;
    std::int64_t products = 0, caught_up_events = 0;
    std::vector<ModelReport> models;
    std::optional<SwitchEstimate> switch_estimate;
    bool kept_older = false;
    static constexpr Field fields[] = {field("learned", "Whether there is a model.", "是否已有模型。"), field("trained_at_ms", "When it was learned.", "学习时间。"), field("products", "Products it knows.", "模型包含的商品数。"),
                                       field("caught_up_events", "Views and purchases taken in since then.", "此后实时计入的浏览与购买数。"), field("models", "What was learned, with how well it did.", "各模型及其检验结果。"),
                                       field("switch_estimate", "What was learned last beside what was in use then, estimated before the switch. Absent: no places tell, or nothing was learned anew since the start.", "最近一次学习的模型与当时在用模型在切换前的估计对比；没有可用位置或启动后尚未重新学习时为空。"),
                                       field("kept_older", "Whether the older stays in use because what was learned last would have done worse there for certain; it is compared anew at each learning, and no model older than 14 days is kept so.", "是否因新学模型确定更差而继续使用旧模型；每次学习都重新比较，超过 14 天的模型不会因此保留。")};
};
BOOST_DESCRIBE_STRUCT(Status, (), (learned, trained_at_ms, products, caught_up_events, models, switch_estimate, kept_older))

// Goods that the shop puts forward for a while: they stand among the candidates of their row and count as about twice as likely.
struct Pushed {
    std::string product_id;
    std::int64_t until_ms = 0;
    static constexpr Field fields[] = {field("product_id", "Product.", "商品。"), field("until_ms", "Until when, milliseconds since 1970 UTC.", "截止时间（UTC 毫秒）。")};
};
BOOST_DESCRIBE_STRUCT(Pushed, (), (product_id, until_ms))

struct PushedList {
    std::vector<Pushed> pushed;
    static constexpr Field fields[] = {field("pushed", "What is pushed now, by product.", "当前主推的商品。")};
};
BOOST_DESCRIBE_STRUCT(PushedList, (), (pushed))

// Without a rule of the owner, or where a rule leaves explore_share out, this share of rows leaves a place to chance (rules saved when the usual was 0 hold a 0), so that a switch can be estimated in any shop: of 240 goods in rows of 12 one was drawn.
constexpr double usual_explore_share = 0.05;

// What the owner wants of rows. Weights are log-odds: 0.7 is as if twice as likely to be taken, so no wish hides what a person clearly wants.
struct RecommendationRules {
    std::optional<Placement> placement;
    std::string experiment_id, arm_id;
    bool best_sellers_only = false;
    double margin_weight = 0, fresh_weight = 0, fresh_half_life_days = 14, shown_weight = 0;
    std::int64_t shown_limit = 0, most_of_category = 0;
    double explore_share = usual_explore_share;
    std::vector<std::string> never;
    static constexpr Field fields[] = {
        field("placement", "Where; left out: everywhere that has no rules of its own.", "展示位置；不填为没有单独规则的所有位置。"), field("experiment_id", "Only for an arm of this experiment; empty: everybody.", "仅对此实验某组的访客；留空为所有人。").defaulted().longest(64), field("arm_id", "Which arm.", "哪一组。").defaulted().longest(32), field("best_sellers_only", "Show what sells instead of what was learned: a control for an experiment.", "只展示畅销品而不用学习模型：可作实验对照。").defaulted(),
        field("margin_weight", "Log-odds for a margin of 100 % of the price; 0: margin does not count.", "毛利率 100% 对应的对数几率；0 为不考虑。").defaulted().range(-5, 5), field("fresh_weight", "Log-odds for a product listed today.", "当日上新对应的对数几率。").defaulted().range(-5, 5), field("fresh_half_life_days", "After so many days half of that is left.", "新品加成的半衰期（天）。").defaulted().range(0.1, 3650), field("shown_weight", "Log-odds taken off for what was shown within a day: times ln(1 + times shown).", "一天内已曝光的扣减：乘以 ln(1+次数)。").defaulted().range(0, 5),
        field("shown_limit", "Not shown again to a visitor after so many times a day; 0: no limit.", "同一访客一天内最多曝光次数；0 为不限。").defaulted().range(0, 1000), field("most_of_category", "At most so many of a category in a row; 0: the usual.", "一行中同类目最多几件；0 为默认。").defaulted().range(0, 50), field("explore_share", "In this share of rows one place, never the first, is left to chance among the next best, with known odds: what selection.estimate learns from, and what a newly learned model is compared by. 0: none. Left out, and of rows without any rule: 0.05; rules that were saved before that was so keep their 0. Rows that show best sellers only, those of a hold-out too, have none.", "在此比例的推荐位中，有一个位置（非首位）从次优商品中按已知概率随机选取，供 selection.estimate 与新旧模型切换前的比较使用；0 为不使用；未填写或没有任何规则时为 0.05，此前保存的规则仍为 0；只展示畅销品的推荐位（含对照留出访客）不使用。").defaulted().range(0, 0.5), field("never", "Products that are never recommended here.", "此处不推荐的商品。").defaulted().longest(500)};
};
BOOST_DESCRIBE_STRUCT(RecommendationRules, (), (placement, experiment_id, arm_id, best_sellers_only, margin_weight, fresh_weight, fresh_half_life_days, shown_weight, shown_limit, most_of_category, explore_share, never))

struct RuleSet {
    std::vector<RecommendationRules> rules;
    static constexpr Field fields[] = {field("rules", "All rules there are from now on; those left out are no more.", "全部规则；未列出的即被移除。").longest(50)};
};
BOOST_DESCRIBE_STRUCT(RuleSet, (), (rules))

// Functions for other parts: what is pushed at `now`, within the given transaction.
Result<std::vector<Pushed>> load_pushed(shop::Transaction&, Milliseconds now);
std::vector<Operation> push_operations();
std::vector<Operation> rule_operations();

struct Learned;
class Module {
public:
    explicit Module(shop::Services&);
    ~Module();
    void start();  // in processes that stay: learns and renews in the background
    void stop();
    std::vector<Operation> operations();
    // Writes down the places left to chance whose half hour is over (slots.h); by itself once a minute in processes that stay.
    Result<std::int64_t> write_slots(Milliseconds now);

private:
    struct Shop;
    Shop& of(std::int64_t shop_id);
    Result<Recommendations> recommend(Context&, Recommend const&);
    Result<Status> train(Context&, Nothing const&);
    Result<Status> status(Context&, Nothing const&);
    Result<void> learn(Shop&, unsigned threads, Progress const&);
    Result<std::optional<SwitchEstimate>> foresee(Shop&, Learned const& newer, Progress const&);
    Result<void> catch_up(Shop&);
    void run(std::stop_token const&);

    shop::Services& services_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::map<std::int64_t, std::unique_ptr<Shop>> shops_;
    std::size_t listener_ = 0;
    std::jthread thread_;
};

}  // namespace kindling::selection
