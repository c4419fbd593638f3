// modules/dialogue/module.cpp -- live state of each shop, kept up with the store, and the operations. dialogue.ask is in answer.cpp.
//
// The store tells of changes on the committing thread; only ids are noted there. The next request that needs the shop applies
// them: touched products are read again with a transaction begun after the ids were taken, so nothing committed can be missed.
// What may lag is read by a thread beside the requests, which meanwhile answer from what stands.
#include "modules/dialogue/completions.h"
#include "modules/dialogue/model_port.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/model_trial.h"
#include "modules/dialogue/nudge.h"
#include "modules/dialogue/search_report.h"
#include "modules/dialogue/by_picture.h"
#include "modules/dialogue/care.h"
#include "modules/dialogue/category_guard.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/quality.h"
#include "modules/dialogue/ranking_desk.h"
#include "modules/dialogue/sql.h"
#include "modules/dialogue/synonym_desk.h"
#include "modules/dialogue/value_model.h"
#include <algorithm>
#include <set>
#include <thread>
#include <utility>

namespace kindling::dialogue {

struct Module::Shop {
    std::mutex loading;                  // one thread catches up, who must not lag waits for it
    std::mutex noting;                   // guards what comes until `live`
    std::set<std::string> products;
    enum class Reload { no, yes } reload = Reload::yes;
    enum class Stock { fresh, stale } stock = Stock::fresh;
    enum class Standing { fresh, stale, overdue } standing = Standing::fresh;
    enum class Boost { fresh, stale } boost = Boost::fresh;
    Milliseconds loaded_at = 0;
    bool catching_up = false;            // with what must not lag
    bool reading = false;                // beside the requests
    Live given;                          // live, as it was when it last stood
    Live live;                           // this and what follows: of who holds `loading`
    std::shared_ptr<ProductIndex> index;
    std::shared_ptr<Ranking> ranking;    // of live, to be changed
    std::shared_ptr<CategoryModel> categories = std::make_shared<CategoryModel>();
    std::shared_ptr<ValueModel> values = std::make_shared<ValueModel>();
    std::jthread reader;                 // the last: it uses all of the above
};

// What was noted and is to be applied.
struct Module::Pending {
    std::set<std::string> products;
    bool reload = false, stock = false, boost = false;
};

namespace {
constexpr std::size_t many_products = 500;                       // from here on a full reading is cheaper
constexpr Milliseconds standing_age = 10 * 60 * 1000;            // ratings and popularity may lag this much

// Of a setting's name; "": more of the shop changed than one setting. All others are read when they are asked for, and a reading of everything would make the next shopper wait for nothing.
bool is_read_here(std::string_view setting) { return setting.empty() || setting == "synonyms" || setting == "guide_occasions" || setting == "guide_model" || setting == "search_order" || setting.starts_with("embedding_model"); }
}  // namespace

Module::Module(shop::Services& services, pictures::Module* pictures, ModelMaker models)
    : services_(services), pictures_(pictures), make_model_(models ? std::move(models) : [](shop::Services& s, std::int64_t shop_id) { return model_for(s, shop_id); }), care_(std::make_unique<Care>(*this)), nudges_(std::make_unique<NudgeDesk>(*this)), quality_(std::make_unique<Quality>(*this)), ranking_desk_(std::make_unique<RankingDesk>(*this, services)), synonym_desk_(std::make_unique<SynonymDesk>(*this)), model_desk_(std::make_unique<ModelDesk>(*this, services)) {
    if (!services_.store) return;
    listener_ = services_.store->listen([this](std::span<shop::Change const> changes) {
        for (auto const& change : changes) {
            Shop* shop = nullptr;
            {
                std::lock_guard lock(mutex_);
                if (auto const found = shops_.find(change.shop_id); found != shops_.end()) shop = found->second.get();
            }
            if (!shop) continue;  // nobody has asked yet: the first question reads everything
            std::lock_guard lock(shop->noting);
            if (change.kind == "product") change.id.empty() ? void(shop->reload = Shop::Reload::yes) : void(shop->products.insert(change.id));
            else if (change.kind == "category" || change.kind == "attribute_kind" || (change.kind == "setting" && is_read_here(change.id)) || change.kind == "import" || change.kind == "shop") shop->reload = Shop::Reload::yes;
            else if (change.kind == "category_boost") shop->boost = Shop::Boost::stale;
            else if (change.kind == "stock") shop->stock = Shop::Stock::stale;
            else if (change.kind == "ranking") shop->standing = Shop::Standing::overdue;
            else if (change.kind == "review" || change.kind == "order") shop->standing = std::max(shop->standing, Shop::Standing::stale);
            if (shop->products.size() > many_products) shop->reload = Shop::Reload::yes;
        }
    });
}

Module::~Module() {
    if (listener_) services_.store->forget(listener_);
    shops_.clear();  // waits for readers, which use what is below it
}

Result<Live> Module::live(std::int64_t shop_id, Milliseconds now, Lag lag) {
    Shop* shop = nullptr;
    {
        std::lock_guard lock(mutex_);
        auto& slot = shops_[shop_id];
        if (!slot) slot = std::make_unique<Shop>();
        shop = slot.get();
    }
    if (lag == Lag::allowed) {
        std::lock_guard lock(shop->noting);
        // Counts of stock change with every order: they wait with a reading of everything, which brings them too.
        bool const must = shop->catching_up || shop->reload == Shop::Reload::yes || !shop->products.empty() || shop->boost == Shop::Boost::stale || (shop->stock == Shop::Stock::stale && !shop->reading);
        if (!must && shop->given.view) {
            if (shop->reading || shop->standing == Shop::Standing::fresh || (shop->standing == Shop::Standing::stale && now - shop->loaded_at <= standing_age)) return shop->given;
            shop->reading = true;
            shop->reader = std::jthread([this, shop_id, shop, now] {
                auto const read = catch_up(shop_id, *shop, now, Lag::none);
                std::lock_guard const ended(shop->noting);
                shop->reading = false;
                if (!read) shop->standing = Shop::Standing::stale, shop->loaded_at = now;  // the old stands for a while longer
            });
            return shop->given;
        }
    }
    return catch_up(shop_id, *shop, now, lag);
}

Result<Live> Module::catch_up(std::int64_t shop_id, Shop& shop, Milliseconds now, Lag lag) {
    std::lock_guard const loading(shop.loading);
    Pending pending;
    bool all = false;
    {
        std::lock_guard lock(shop.noting);
        bool const lags = shop.standing == Shop::Standing::overdue || (shop.standing == Shop::Standing::stale && now - shop.loaded_at > standing_age);
        all = shop.reload == Shop::Reload::yes;
        pending = {.products = std::exchange(shop.products, {}), .reload = all || (lags && lag == Lag::none), .stock = shop.stock == Shop::Stock::stale, .boost = shop.boost == Shop::Boost::stale};
        if (!pending.reload && !pending.stock && !pending.boost && pending.products.empty()) return shop.live;
        shop.catching_up = all || pending.boost || !pending.products.empty() || (pending.stock && !pending.reload);
        shop.reload = Shop::Reload::no, shop.stock = Shop::Stock::fresh, shop.boost = Shop::Boost::fresh;
        if (pending.reload) shop.standing = Shop::Standing::fresh, shop.loaded_at = now;
    }
    auto const noted = pending.products;
    auto done = apply(shop_id, shop, now, pending);
    std::lock_guard lock(shop.noting);
    shop.catching_up = false;
    if (!done) {
        // What was taken must be tried again by the next request.
        shop.products.insert(noted.begin(), noted.end());
        if (all || !shop.live.view) shop.reload = Shop::Reload::yes;
        else if (pending.reload) shop.standing = Shop::Standing::overdue;
        if (pending.stock) shop.stock = Shop::Stock::stale;
        if (pending.boost) shop.boost = Shop::Boost::stale;
        return std::unexpected(std::move(done).error());
    }
    return shop.given = shop.live;
}

Result<void> Module::apply(std::int64_t shop_id, Shop& of, Milliseconds now, Pending& pending) {
    auto* const shop = &of;
    auto& products = pending.products;
    auto const tx = TRY(services_.store->read(shop_id));
    if (pending.reload) {
        auto view = CatalogueView::build(TRY(sql::load_catalogue(*tx, now)));
        if (!shop->index) {
            auto const folder = services_.folder.empty() ? std::filesystem::path() : services_.folder / "index" / std::to_string(shop_id);
            shop->index = TRY(ProductIndex::open({.folder = folder}));
        }
        TRY(shop->index->rebuild(*view));
        auto lexicon = Lexicon::build(view->shared_words());
        auto const used = TRY(ranking_desk_->in_use(*tx));
        if (auto const& r = shop->ranking; r && &r->learned() == used.learned.get() && r->encoding() == used.encoding) r->follow(*view);
        else shop->ranking = used.learned ? TRY(Ranking::make(used.learned, *view, shop->index, used.encoding, ranking_desk_->vectors(shop_id, *used.learned))) : nullptr;
        shop->index->set_synonyms(view->words().synonyms);
        shop->categories->rebuild(*view, *shop->index, used.learned ? std::span<ClickedCategory const>(used.learned->clicked) : std::span<ClickedCategory const>());
        shop->values->rebuild(*view, *shop->index, used.learned ? std::span<ClickedProduct const>(used.learned->chosen) : std::span<ClickedProduct const>());
        auto completions = std::make_shared<Completions const>(*view, *lexicon);
        shop->live = {std::move(view), std::move(lexicon), shop->index, TRY(load_priors(*tx)), shop->ranking, used.order, shop->categories, TRY(category_boost(*tx)).in_use, std::move(completions), shop->values};
        return {};
    }
    if (pending.boost) shop->live.category_boost = TRY(category_boost(*tx)).in_use;
    if (pending.stock) {
        // Which products the counts changed for; their entries are then read like any changed product.
        auto const counts = TRY(sql::load_stock(*tx));
        auto const& view = *shop->live.view;
        for (std::size_t p = 0; p < view.size(); ++p)
            for (std::size_t v = 0; v < view[p].variants.size(); ++v) {
                auto const found = counts.find(view[p].data.variants[v].sku);
                auto const units = found == counts.end() ? VariantEntry::not_kept : found->second;
                if (units != view[p].variants[v].stock) { products.insert(view[p].data.product_id); break; }
            }
    }
    if (products.empty()) return {};
    std::vector<std::string> const ids(products.begin(), products.end());
    auto loaded = TRY(shop::load_products(*tx, ids));
    std::vector<std::string> gone;
    for (auto const& id : ids)
        if (std::none_of(loaded.begin(), loaded.end(), [&](shop::Product const& p) { return p.product_id == id; })) gone.push_back(id);
    auto view = shop->live.view->with(std::move(loaded), gone);
    TRY(shop->index->apply(*view, ids, gone));
    if (shop->ranking) shop->ranking->apply(*view, ids, gone);
    shop->categories->apply(*view, *shop->index, ids, gone), shop->values->apply(*view, *shop->index, ids, gone);
    auto const& before = shop->live.view->words();
    auto const& after = view->words();
    auto const words = [](Vocabulary const& v) { std::size_t n = v.attributes.size() + v.brands.size(); for (auto const& a : v.attributes) n += a.values.size(); return n; };
    auto lexicon = words(before) == words(after) ? shop->live.lexicon : Lexicon::build(view->shared_words());
    auto completions = lexicon == shop->live.lexicon ? shop->live.completions : std::make_shared<Completions const>(*view, *lexicon);
    shop->live = {std::move(view), std::move(lexicon), shop->index, shop->live.priors, shop->ranking, shop->live.order, shop->categories, shop->live.category_boost, std::move(completions), shop->values};
    return {};
}

namespace {

// The categories that a search is kept to, by its filters or by its words.
std::vector<int> kinds_named(Live const& live, Search const& in, Locale locale) {
    std::vector<std::string> ids;
    if (!in.category_id.empty()) ids.push_back(in.category_id);
    for (auto const& f : in.filters)
        if (f.name == "category") ids.insert(ids.end(), f.values.begin(), f.values.end());
    if (ids.empty() && !in.query.empty())
        for (auto const& c : understand(in.query, *live.view, *live.lexicon, {.locale = locale}).constraints)
            if (c.kind == ConstraintKind::category && c.polarity == Polarity::want)
                for (auto const& v : c.values) ids.push_back(v.attribute);
    std::vector<int> out;
    auto const& known = live.view->words().category_ids;
    for (auto const& id : ids)
        if (auto const found = known.find(id); found != known.end()) out.push_back(found->second);
    return out;
}

}  // namespace

Result<SearchAnswer> Module::search(Context& context, Search const& in) {
    if (in.explain && !context.caller.is_staff()) return fail(Errc::permission_denied, "staff_only", "Why results stand where they do is told to people of the shop only.", {{"/explain", "staff_only", "leave it out"}});
    if (!in.rule_drafts.empty() && !context.caller.may("merchandising.read")) return fail(Errc::permission_denied, "not_permitted", "Drafts of rules are for staff.", {{"/rule_drafts", "not_permitted", "is for staff"}});
    merchandising::Arrangement rules;
    if (in.rules != RuleUse::none)
        rules = TRY(merchandising::arrangement(context.tx(), {.place = in.query.empty() ? merchandising::Place::list : merchandising::Place::search, .query = in.query, .category_id = in.category_id, .session_id = context.caller.session_id, .now = context.now, .with_experiments = in.rules == RuleUse::all, .drafts = in.rule_drafts}));
    auto const now = TRY(live(context.shop_id, context.now));
    std::optional<AlikeGoods> alike;
    if (!in.picture_id.empty()) {
        if (!pictures_) return fail(Errc::failed_precondition, "pictures_not_indexed", "Pictures are not looked at here.");
        // Looks alone do not always tell what a thing is; who says so beside the photo is shown the nearest of that kind.
        auto const kinds = kinds_named(now, in, in.locale.empty() ? context.locale : locale_of(in.locale));
        auto const within = [&](std::string_view id) {
            auto const p = now.view->find(id);
            return p && std::ranges::any_of(kinds, [&](int kind) { return now.view->words().within(now.view->brief(*p).category, kind); });
        };
        alike = alike_goods(*now.view, TRY(pictures_->alike(context.tx(), in.picture_id, context.now, kinds.empty() ? pictures::Module::Within() : within)));
    }
    return search_catalogue(now, in, in.locale.empty() ? context.locale : locale_of(in.locale), &rules, alike ? &*alike : nullptr);
}

Result<SearchReport> Module::report(Context& context, AskSearchReport const& in) {
    auto out = TRY(search_report(context, in));
    foresee_queries(TRY(live(context.shop_id, context.now)), out);
    return out;
}

Result<Suggestions> Module::suggest(Context& context, Suggest const& in) {
    return suggest_from(TRY(live(context.shop_id, context.now)), in, in.locale.empty() ? context.locale : locale_of(in.locale));
}

std::vector<Operation> Module::operations() {
    std::vector<Operation> all{
        operation({.name = "dialogue.ask", .scenario = "25", .summary = {"Say one thing to the shopping guide and get its answer: picks, a comparison, a question, the basket, an order.", "对导购说一句话，得到推荐、对比、追问、购物车或订单状态。"}, .effect = Effect::act, .permission = "public", .length = Length::long_}, *this, &Module::ask),
        operation({.name = "dialogue.search", .scenario = "25", .summary = {"Search the catalogue with exact totals and facets; limits in the words are understood.", "搜索商品，总数与筛选计数精确，能理解搜索词中的限制。"}, .permission = "public", .reasons = {"staff_only", "picture_gone", "pictures_not_indexed"}}, *this, &Module::search),
        operation({.name = "dialogue.suggest", .scenario = "25", .summary = {"Completions, categories and products for what was typed so far.", "根据已输入内容给出补全、类目与商品。"}, .permission = "public"}, *this, &Module::suggest),
        operation({.name = "dialogue.search_report", .scenario = "25", .summary = {"What shoppers searched for, what they found and clicked, and which searches ended with nothing.", "顾客搜了什么、找到并点击了什么，以及哪些搜索没有结果。"}, .permission = "dialogue.read"}, *this, &Module::report),
    };
    for (auto& more : {care_->operations(), nudges_->operations(), quality_->operations(), ranking_desk_->operations(), synonym_desk_->operations(), model_desk_->operations()}) all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace kindling::dialogue
