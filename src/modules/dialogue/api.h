// modules/dialogue/api.h -- dialogue.ask, dialogue.search and dialogue.suggest, and the live state behind them.
//
// One Module lives as long as the process. It keeps a catalogue snapshot, a lexicon and a text index for each shop, made on first
// use and caught up with the store's changes before the next answer (a changed product is seen by the very next request).
// Thread-safe. The Services must outlive it.
#pragma once
#include "modules/dialogue/guide.h"
#include "modules/dialogue/ranking.h"
#include "modules/dialogue/search_intent.h"
#include "modules/merchandising/api.h"
#include "shop/accounts/attempts.h"
#include "shop/context.h"
#include <memory>

namespace kindling::dialogue {

struct Ask {
    std::string conversation_id, text, locale, basket_id, product_id, picture_id;
    std::vector<std::string> remove;
    static constexpr Field fields[] = {
        field("conversation_id", "Conversation to go on with; empty: a new one.", "要继续的对话；留空则新建。").defaulted().longest(128), field("text", "What the shopper says, Chinese or English.", "顾客所说，中文或英文。").defaulted().longest(6000),
        field("locale", "Language of the answer, zh or en; empty: that of the text.", "回答语言 zh 或 en；留空则随提问语言。").defaulted().longest(16), field("basket_id", "The shopper's basket, if there is one.", "顾客的购物车（如有）。").defaulted().longest(64),
        field("product_id", "Product page the shopper is on, if any.", "顾客所在的商品页（如有）。").defaulted().longest(128), field("picture_id", "A photo sent with it, from pictures.upload: what looks like it is looked for until it is removed (constraint_id picture).", "随消息发送的照片（pictures.upload 的凭证），移除前（constraint_id 为 picture）一直据此查找。").defaulted().longest(64),
        field("remove", "Constraints to take back, by constraint_id.", "要移除的条件（constraint_id）。").defaulted().longest(40)};
};
BOOST_DESCRIBE_STRUCT(Ask, (), (conversation_id, text, locale, basket_id, product_id, picture_id, remove))

struct Answer {
    std::string conversation_id, locale;
    std::vector<Block> messages;
    std::vector<Constraint> understood;
    std::string basket_id, topic;
    bool needs_person = false;
    static constexpr Field fields[] = {
        field("conversation_id", "Secret of this conversation; send it with the next turn.", "本对话的凭证，下一轮请带上。"), field("locale", "Language of the answer.", "回答语言。"), field("messages", "Parts of the answer, in order.", "回答内容，按顺序。"), field("understood", "Constraints in force; each can be removed.", "当前生效的条件，均可移除。"),
        field("basket_id", "Basket, if one is in use.", "正在使用的购物车。"), field("topic", "What the turn was about.", "本轮主题。"), field("needs_person", "Whether a person from the shop should step in.", "是否需要人工介入。")};
};
BOOST_DESCRIBE_STRUCT(Answer, (), (conversation_id, locale, messages, understood, basket_id, topic, needs_person))

struct SearchFilter {
    std::string name;
    std::vector<std::string> values;
    std::optional<double> min, max;
    static constexpr Field fields[] = {
        field("name", "Attribute identifier, brand, or category (values are category ids).", "属性标识、brand 或 category（取值为类目编号）。").longest(64), field("values", "Values in either language; any of them.", "取值（任一语言），满足其一。").defaulted().longest(100),
        field("min", "Smallest number, in the unit of the facet.", "最小值，单位同筛选项。"), field("max", "Largest number, same unit.", "最大值，单位同上。")};
};
BOOST_DESCRIBE_STRUCT(SearchFilter, (), (name, values, min, max))

enum class SearchSort { relevance, price_up, price_down, newest, popular, rating };
BOOST_DESCRIBE_ENUM(SearchSort, relevance, price_up, price_down, newest, popular, rating)

// Which rules of the owner count: all; those for everybody (for answers that many visitors share); none.
enum class RuleUse { all, shared, none };
BOOST_DESCRIBE_ENUM(RuleUse, all, shared, none)

struct Search {
    std::string query, category_id;
    std::vector<SearchFilter> filters;
    std::optional<std::int64_t> price_min_minor, price_max_minor;
    bool in_stock = false;
    SearchSort sort = SearchSort::relevance;
    std::vector<std::string> facets, ignore;
    std::int64_t page_size = 24;
    std::string page_token, locale, picture_id;
    bool explain = false;
    RuleUse rules = RuleUse::all;
    std::vector<merchandising::MerchandisingRule> rule_drafts;
    static constexpr Field fields[] = {
        field("query", "Words to look for; empty: everything.", "搜索词；留空为全部。").defaulted().longest(1000), field("category_id", "Only in this category and below.", "仅此类目及下级。").defaulted().longest(128), field("filters", "All must hold.", "须全部满足。").defaulted().longest(50),
        field("price_min_minor", "Lowest price, minor units.", "最低价，最小货币单位。").range(0, 1e15), field("price_max_minor", "Highest price, minor units.", "最高价，最小货币单位。").range(0, 1e15), field("in_stock", "Only what can be sent now.", "仅有货商品。").defaulted(),
        field("sort", "Order.", "排序。").defaulted(), field("facets", "Facets wanted by name; empty: the most telling ones; none: none are counted.", "需要的筛选项；留空则自动选择；none 为不统计。").defaulted().longest(50), field("ignore", "Constraints read from the words that shall not count, by constraint_id.", "不采用的自动识别条件（constraint_id）。").defaulted().longest(40),
        field("page_size", "Cards per page.", "每页数量。").defaulted().range(1, 100), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000), field("locale", "Language of the answer, zh or en; empty: the caller's.", "回答语言；留空随调用者。").defaulted().longest(16),
        field("picture_id", "Only what looks like this photo (pictures.upload), the likest first; words and filters count as ever.", "仅返回与该照片（pictures.upload）相似的商品，最像的在前；搜索词与筛选照常生效。").defaulted().longest(64),
        field("explain", "Say why each result stands where it does; for people of the shop.", "说明各结果的排序原因（仅限店铺人员）。").defaulted(),
        field("rules", "Which of the owner's rules of lists count: all, shared (for everybody) or none.", "生效的陈列规则：all 全部、shared 仅面向所有人的、none 不用。").defaulted(), field("rule_drafts", "Rules to count as if they ran; staff only.", "视为已生效的规则草案；仅员工可用。").defaulted().longest(5)};
};
BOOST_DESCRIBE_STRUCT(Search, (), (query, category_id, filters, price_min_minor, price_max_minor, in_stock, sort, facets, ignore, page_size, page_token, locale, picture_id, explain, rules, rule_drafts))

struct FacetValue {
    std::string value, label_en, label_zh;
    std::int64_t count = 0;
    static constexpr Field fields[] = {field("value", "To be sent back in a filter.", "用于筛选的取值。"), field("label_en", "In English.", "英文。"), field("label_zh", "In Chinese.", "中文。"), field("count", "Products that have it, given all other filters; exact.", "满足其他条件且具有该值的商品数，精确。")};
};
BOOST_DESCRIBE_STRUCT(FacetValue, (), (value, label_en, label_zh, count))

struct Facet {
    std::string name, label_en, label_zh, unit;
    std::vector<FacetValue> values;
    std::optional<double> min, max;
    std::int64_t products = 0;
    static constexpr Field fields[] = {
        field("name", "Attribute identifier, category, brand or price.", "属性标识、category、brand 或 price。"), field("label_en", "In English.", "英文名。"), field("label_zh", "In Chinese.", "中文名。"), field("unit", "Unit of min and max.", "min 与 max 的单位。").defaulted(), field("values", "Values, most frequent first.", "取值，按数量降序。").defaulted(),
        field("min", "Smallest number.", "最小值。"), field("max", "Largest number.", "最大值。"), field("products", "Products counted.", "计入的商品数。")};
};
BOOST_DESCRIBE_STRUCT(Facet, (), (name, label_en, label_zh, unit, values, min, max, products))

struct Correction {
    std::string from, to;
    static constexpr Field fields[] = {field("from", "As typed.", "原输入。"), field("to", "As understood.", "理解为。")};
};
BOOST_DESCRIBE_STRUCT(Correction, (), (from, to))

struct LikelyCategory {
    std::string category_id, label_en, label_zh;
    double probability = 0;
    std::int64_t products = 0;
    static constexpr Field fields[] = {field("category_id", "Category, to be sent back as category_id.", "类目，可作为 category_id 传回。"), field("label_en", "In English.", "英文名。"), field("label_zh", "In Chinese.", "中文名。"), field("probability", "How likely it is meant, 0..1, by the words of titles and by what was clicked.", "指该类目的可能性，0..1，依据标题用词与点击。"), field("products", "Results in it, exact.", "结果中属于该类目的商品数，精确。")};
};
BOOST_DESCRIBE_STRUCT(LikelyCategory, (), (category_id, label_en, label_zh, probability, products))

struct ForeseenValue {
    std::string attribute, attribute_en, attribute_zh, value, value_en, value_zh;
    double probability = 0;
    std::string word;
    static constexpr Field fields[] = {field("attribute", "Attribute, to be sent back as the name of a filter; brand: the brand.", "属性，可作为筛选名传回；brand 为品牌。"), field("attribute_en", "Its name in English.", "属性英文名。"), field("attribute_zh", "In Chinese.", "属性中文名。"), field("value", "Value, to be sent back in that filter.", "取值，可在该筛选中传回。"), field("value_en", "In English.", "英文取值。"), field("value_zh", "In Chinese.", "中文取值。"), field("probability", "How likely it is wanted, 0..1, by the goods that the words are said of and by what was clicked.", "想要该值的可能性，0..1，依据使用这些词的商品与点击。"), field("word", "The word that speaks for it most.", "最能说明它的词。")};
};
BOOST_DESCRIBE_STRUCT(ForeseenValue, (), (attribute, attribute_en, attribute_zh, value, value_en, value_zh, probability, word))

struct LikePhoto {
    std::string product_id;
    double likeness = 0;
    std::vector<pictures::Aspect> in;
    static constexpr Field fields[] = {field("product_id", "Product.", "商品。"), field("likeness", "How like the photo its likest picture is: mean of two cosines, 1 the same; 0.6 and above is much alike.", "与照片的相似度（两个余弦的均值），1 为相同，0.6 以上为很像。"), field("in", "In what it is nearer than 19 of 20 of this shop's pictures: colour, shape, texture.", "比本店 95% 的图片更接近的方面：颜色、形状、纹理。")};
};
BOOST_DESCRIBE_STRUCT(LikePhoto, (), (product_id, likeness, in))

enum class NearestBy { none, limits, words, popular };
BOOST_DESCRIBE_ENUM(NearestBy, none, limits, words, popular)

struct SearchAnswer {
    std::vector<Card> cards;
    std::int64_t total = 0;
    std::vector<Facet> facets;
    std::vector<Constraint> understood;
    std::vector<Correction> corrections;
    std::string next_page_token;
    ResultOrder order = ResultOrder::words;
    bool near_in_meaning = false;
    std::vector<WhyRank> why;
    std::vector<LikePhoto> alike;
    std::string banner_en, banner_zh, banner_link, redirect;
    std::vector<LikelyCategory> likely_categories;
    std::vector<ForeseenValue> foreseen;
    std::vector<Card> nearest;
    NearestBy nearest_by = NearestBy::none;
    std::vector<Constraint> given_up;
    std::vector<std::string> missing, unanswered;
    SearchIntent intent = SearchIntent::buy;
    static constexpr Field fields[] = {field("cards", "Products, best first.", "商品，最佳在前。"), field("total", "How many fit; exact.", "符合总数，精确。"), field("facets", "Exact counts.", "精确计数的筛选项。"), field("understood", "Limits read from the words; can be ignored.", "从搜索词识别出的条件，可忽略。"), field("corrections", "Words that were read otherwise.", "纠正的词。"), field("next_page_token", "Empty at the end.", "末页为空。"),
        field("order", "How they are ordered.", "排序方式。").defaulted(), field("near_in_meaning", "No product has the words; these are nearest in meaning.", "没有商品含有这些词；以下为语义最接近的商品。").defaulted(), field("why", "Why each card stands where it does, when asked for.", "各结果的排序原因（按需返回）。").defaulted(),
                                       field("alike", "With a photo: how like it each card is.", "按照片查找时各商品的相似度。").defaulted(), field("banner_en", "Words above the list, set by the owner.", "列表上方横幅（英文），由店主设置。"), field("banner_zh", "The same in Chinese.", "横幅（中文）。"), field("banner_link", "Path of the shop that the banner leads to.", "横幅链接的店内路径。"), field("redirect", "Path of the shop that the owner leads this query to.", "店主将此搜索词引导至的店内路径。"), field("likely_categories", "Which categories the words may mean though they name none, likeliest first; goods of them stand higher.", "搜索词未指明类目时可能所指的类目，最可能者在前；其商品排序靠前。").defaulted(), field("foreseen", "Values that the words speak for though they name none, likeliest first: a preference, no limit; goods that have them stand a little higher.", "搜索词未指明但很可能想要的属性值，最可能者在前：仅为偏好而非限制，具有该值的商品略微靠前。").defaulted(),
        field("nearest", "When nothing fits: the nearest that there is.", "没有符合的商品时，最接近的商品。").defaulted(), field("nearest_by", "How `nearest` was come by: limits (those of given_up were left out), words (it has only some of them), popular (nothing here answers the words: what is well liked), none (there is none).", "nearest 的来由：limits 放宽了 given_up 中的条件，words 只含部分词，popular 没有与这些词相关的商品、改为受欢迎的商品，none 无。").defaulted(), field("given_up", "Limits that were read from the words and that the cards, or `nearest`, do not meet: because nothing does, or, of kind `number` without an attribute, because nothing here can be held against them (another currency, an amount that no goods have).", "从搜索词识别、但 cards 或 nearest 均不满足的条件：没有商品满足；若 kind 为 number 且无 attribute，则是本店无法按其筛选（其他货币，或商品没有的数量）。").defaulted(), field("missing", "Goods that were asked for and that this shop does not have, as they were written.", "搜索中提到而本店没有的商品（原词）。").defaulted(), field("unanswered", "What was said of a person or of a trouble and nothing here is made for; for a present, what is liked is shown.", "提到的人的喜好或困扰，而本店没有对应的商品；送礼时所示为受欢迎的商品。").defaulted(),
        field("intent", "What the words want: buy (goods), compare, support (an order, a return, a rule of the shop, a person) or chat; what is no search for goods is for the guide.", "搜索词的意图：buy 找商品，compare 对比，support 订单、退换、店铺规则或人工，chat 闲聊；非找商品的可交给导购。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(SearchAnswer, (), (cards, total, facets, understood, corrections, next_page_token, order, near_in_meaning, why, alike, banner_en, banner_zh, banner_link, redirect, likely_categories, foreseen, nearest, nearest_by, given_up, missing, unanswered, intent))

struct Suggest {
    std::string text, locale;
    std::int64_t limit = 6;
    static constexpr Field fields[] = {field("text", "What was typed so far.", "已输入的文字。").longest(200), field("locale", "zh or en; empty: the caller's.", "zh 或 en；留空随调用者。").defaulted().longest(16), field("limit", "Most of each kind.", "每类最多数量。").defaulted().range(1, 20)};
};
BOOST_DESCRIBE_STRUCT(Suggest, (), (text, locale, limit))

struct SuggestedCategory {
    std::string category_id, label_en, label_zh;
    static constexpr Field fields[] = {field("category_id", "Category.", "类目。"), field("label_en", "In English.", "英文名。"), field("label_zh", "In Chinese.", "中文名。")};
};
BOOST_DESCRIBE_STRUCT(SuggestedCategory, (), (category_id, label_en, label_zh))

struct Suggestions {
    std::vector<std::string> completions;
    std::vector<SuggestedCategory> categories;
    std::vector<Card> products;
    static constexpr Field fields[] = {field("completions", "Words and phrases of this shop.", "本店的词语补全。"), field("categories", "Categories that fit.", "相符类目。"), field("products", "Products that fit.", "相符商品。")};
};
BOOST_DESCRIBE_STRUCT(Suggestions, (), (completions, categories, products))

struct AlikeGoods;
class Completions;
class ValueModel;
struct AskSearchReport;
struct SearchReport;
class Telling;
class Care;
class NudgeDesk;
class Quality;
class RankingDesk;
class SynonymDesk;
class ModelDesk;

// What answers of one shop are made from, at one moment.
struct Live {
    std::shared_ptr<CatalogueView const> view;
    std::shared_ptr<Lexicon const> lexicon;
    std::shared_ptr<ProductIndex const> index;
    std::shared_ptr<Priors const> priors = nullptr;   // what this shop's searches and orders have taught; none before dialogue.learn
    std::shared_ptr<Ranking const> ranking = nullptr; // none before dialogue.train_ranking
    ResultOrder order = ResultOrder::words;
    std::shared_ptr<CategoryModel const> categories = nullptr;   // which category words mean
    bool category_boost = true;                       // whether goods of likely categories stand higher (category_guard.h)
    std::shared_ptr<Completions const> completions = nullptr;    // none: only products and categories are suggested
    std::shared_ptr<ValueModel const> values = nullptr;          // which values of attributes words speak for; under the same guard
};

// The search itself, pure over a Live: for the storefront, the agents' protocols and tests.
// `rules`: what the owner wants of this list; null: nothing.
// `alike`: what looks like the shopper's photo; null: there is none.
Result<SearchAnswer> search_catalogue(Live const&, Search const&, Locale, merchandising::Arrangement const* rules = nullptr, AlikeGoods const* alike = nullptr);
// The place of each product in what a search shows, from 0; of the first `most` and the rest of their page.
std::map<std::string, std::size_t, std::less<>> places_in_search(Live const&, std::string const& query, std::size_t most);
Suggestions suggest_from(Live const&, Suggest const&, Locale);

class Module {
public:
    using ModelMaker = std::function<std::unique_ptr<LanguageModel>(shop::Services&, std::int64_t shop_id)>;
    // Without `pictures`, photos are not looked for; without `models`, a shop's model is the one of model_port.h.
    explicit Module(shop::Services&, pictures::Module* pictures = nullptr, ModelMaker models = {});
    ~Module();

    // Tells each part through Context::tell as soon as it is verified (telling.h).
    Result<Answer> ask(Context&, Ask const&);
    Result<SearchAnswer> search(Context&, Search const&);
    Result<Suggestions> suggest(Context&, Suggest const&);
    Result<SearchReport> report(Context&, AskSearchReport const&);
    // Caught up with everything that was committed before the call, but for what may lag (ratings, the order of results that was learned): that is
    // caught up beside the requests, unless asked for. Reading all again takes seconds, in which nobody waits but who asked or saw goods change.
    enum class Lag { allowed, none };
    Result<Live> live(std::int64_t shop_id, Milliseconds now, Lag lag = Lag::allowed);
    // One turn over `live` with nothing of the store behind it: for the regression set.
    static Turn rehearse(Live const&, GuideState const&, TurnInput const&);

    // The shop's plugged model, whether or not it is in use (model_trial.h); never null, lives as long as the module.
    LanguageModel* model(std::int64_t shop_id);

    std::vector<Operation> operations();

private:
    struct Shop;
    struct Pending;
    Result<Live> catch_up(std::int64_t shop_id, Shop&, Milliseconds now, Lag);
    Result<void> apply(std::int64_t shop_id, Shop&, Milliseconds now, Pending&);
    struct Taken {
        Answer answer;
        Turn turn;
        std::string state;  // as it was kept
    };
    Result<Taken> take(Context&, Ask const&, Telling&, Live const&);
    void word(Context&, Ask const&, LanguageModel&, Taken&, Telling&, Live const&);
    shop::Services& services_;
    pictures::Module* pictures_;
    ModelMaker make_model_;
    std::mutex mutex_;
    std::map<std::int64_t, std::unique_ptr<Shop>> shops_;
    std::map<std::int64_t, std::unique_ptr<LanguageModel>> models_;
    std::size_t listener_ = 0;
    shop::Attempts guesses_;  // of proofs that open an order
    std::unique_ptr<Care> care_;
    std::unique_ptr<NudgeDesk> nudges_;
    std::unique_ptr<Quality> quality_;
    std::unique_ptr<RankingDesk> ranking_desk_;
    std::unique_ptr<SynonymDesk> synonym_desk_;
    std::unique_ptr<ModelDesk> model_desk_;
};

}  // namespace kindling::dialogue
