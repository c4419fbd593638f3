// modules/dialogue/module.cpp -- live state of each shop, kept up with the store, and the three operations.
//
// The store tells of changes on the committing thread; only ids are noted there. The next request that needs the shop applies
// them: touched products are read again with a transaction begun after the ids were taken, so nothing committed can be missed.
#include "core/id.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include "modules/dialogue/model_port.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/sql.h"
#include <algorithm>
#include <set>

namespace kindling::dialogue {

struct Module::Shop {
    std::mutex loading;                  // one thread catches up, others wait for it
    std::mutex noting;                   // guards the four below
    std::set<std::string> products;
    enum class Reload { no, yes } reload = Reload::yes;
    enum class Stock { fresh, stale } stock = Stock::fresh;
    enum class Standing { fresh, stale } standing = Standing::fresh;
    Milliseconds loaded_at = 0;
    Live live;
    std::shared_ptr<ProductIndex> index;
};

namespace {
constexpr std::size_t many_products = 500;                       // from here on a full reading is cheaper
constexpr Milliseconds standing_age = 10 * 60 * 1000;            // ratings and popularity may lag this much
}  // namespace

Module::Module(shop::Services& services) : services_(services) {
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
            else if (change.kind == "category" || change.kind == "attribute_kind" || change.kind == "setting" || change.kind == "import" || change.kind == "shop") shop->reload = Shop::Reload::yes;
            else if (change.kind == "stock") shop->stock = Shop::Stock::stale;
            else if (change.kind == "review" || change.kind == "order") shop->standing = Shop::Standing::stale;
            if (shop->products.size() > many_products) shop->reload = Shop::Reload::yes;
        }
    });
}

Module::~Module() {
    if (listener_) services_.store->forget(listener_);
}

Result<Live> Module::live(std::int64_t shop_id, Milliseconds now) {
    Shop* shop = nullptr;
    {
        std::lock_guard lock(mutex_);
        auto& slot = shops_[shop_id];
        if (!slot) slot = std::make_unique<Shop>();
        shop = slot.get();
    }
    std::lock_guard loading(shop->loading);
    std::set<std::string> products;
    bool reload = false, stock = false;
    {
        std::lock_guard lock(shop->noting);
        products.swap(shop->products);
        reload = shop->reload == Shop::Reload::yes || (shop->standing == Shop::Standing::stale && now - shop->loaded_at > standing_age);
        stock = shop->stock == Shop::Stock::stale;
        if (!reload && !stock && products.empty()) return shop->live;
        shop->reload = Shop::Reload::no, shop->stock = Shop::Stock::fresh;
        if (reload) shop->standing = Shop::Standing::fresh, shop->loaded_at = now;
    }
    auto const catch_up = [&]() -> Result<void> {
        auto const tx = TRY(services_.store->read(shop_id));
        if (reload) {
            auto view = CatalogueView::build(TRY(sql::load_catalogue(*tx, now)));
            if (!shop->index) {
                auto const folder = services_.folder.empty() ? std::filesystem::path() : services_.folder / "index" / std::to_string(shop_id);
                shop->index = TRY(ProductIndex::open({.folder = folder}));
            }
            TRY(shop->index->rebuild(*view));
            auto lexicon = Lexicon::build(view->shared_words());
            shop->live = {std::move(view), std::move(lexicon), shop->index};
            return {};
        }
        if (stock) {
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
        auto const& before = shop->live.view->words();
        auto const& after = view->words();
        auto const words = [](Vocabulary const& v) { std::size_t n = v.attributes.size() + v.brands.size(); for (auto const& a : v.attributes) n += a.values.size(); return n; };
        auto lexicon = words(before) == words(after) ? shop->live.lexicon : Lexicon::build(view->shared_words());
        shop->live = {std::move(view), std::move(lexicon), shop->index};
        return {};
    };
    auto done = catch_up();
    if (!done) {
        // What was taken must be tried again by the next request.
        std::lock_guard lock(shop->noting);
        shop->products.insert(products.begin(), products.end());
        if (reload || !shop->live.view) shop->reload = Shop::Reload::yes;
        if (stock) shop->stock = Shop::Stock::stale;
        return std::unexpected(std::move(done).error());
    }
    return shop->live;
}

namespace {

// The model's words take the place of the built-in sentences; cards, tables and chips stay as they are.
void say_instead(std::vector<Block> const& shown, std::string const& words, std::vector<Block>& messages) {
    messages.clear();
    bool said = false;
    for (auto const& block : shown) {
        if (block.kind != BlockKind::text) { messages.push_back(block); continue; }
        if (std::exchange(said, true)) continue;
        auto spoken = block;
        spoken.text = words, spoken.facts.clear();
        messages.push_back(std::move(spoken));
    }
}

}  // namespace

Result<Answer> Module::ask(Context& context, Ask const& in) { return answer(context, in, {}); }

Result<Answer> Module::answer(Context& context, Ask const& in, Emit const& emit) {
    auto const now = TRY(live(context.shop_id, context.now));
    // A turn has a transaction of its own, closed before a model is asked: a model takes seconds, and other writers of the shop must not wait for it.
    auto const own = context.open ? nullptr : TRY(services_.store->write(context.shop_id));
    auto const outer = context.open;
    if (own) context.open = own.get();
    auto turn = take(context, in, emit, now);
    if (own) {
        context.open = outer;
        if (turn && !context.dry()) TRY(own->commit());
        own->rollback();
    }
    if (!turn) return std::unexpected(turn.error());
    auto const shown = turn->turn.blocks;
    auto out = std::move(turn->answer);
    if (own) {
        // The built-in words stand unless the model's are better dressed and just as true.
        if (auto words = reworded(*model(context.shop_id), *now.view, *now.lexicon, turn->turn, in.text)) say_instead(shown, *words, out.messages);
        else if (words.error().reason != "model_not_configured" && words.error().reason != "nothing_to_reword") context.note("the built-in words stand: " + words.error().message);
    }
    return out;
}

LanguageModel* Module::model(std::int64_t shop_id) {
    std::lock_guard lock(mutex_);
    auto& model = models_[shop_id];
    if (!model) model = model_for(services_, shop_id);
    return model.get();
}

Result<Module::Taken> Module::take(Context& context, Ask const& in, Emit const& emit, Live const& now) {
    auto const store = sql::conversations(context);
    auto const basket = sql::basket(context);
    auto const orders = sql::orders(context);
    auto const knowledge = sql::knowledge(context);
    Answer out{.conversation_id = in.conversation_id};
    GuideState state;
    TurnInput input{.text = in.text, .product_id = in.product_id, .basket_id = in.basket_id, .remove = in.remove};
    if (!in.locale.empty()) input.locale = locale_of(in.locale);
    auto const stored = TRY(store->load(in.conversation_id));
    if (stored) {
        if (!stored->state.empty())
            if (auto const parsed = parse_json(stored->state))
                if (auto remembered = read_json<GuideState>(*parsed)) state = std::move(*remembered);  // of an older version: start afresh
        if (input.basket_id.empty()) input.basket_id = stored->basket_id;
    } else out.conversation_id = "con_" + new_secret(18);
    TextScorer const scorer = [&](std::string_view words) { return now.index->scores(*now.view, words); };
    auto turn = take_turn(now.view, *now.lexicon, scorer, {.basket = basket.get(), .orders = orders.get(), .knowledge = knowledge.get()}, state, input, emit);
    std::string said;
    for (auto const& block : turn.blocks) {
        if (!block.text.empty()) said += (said.empty() ? "" : "\n") + block.text;
        for (auto const& card : block.cards) said += "\n- " + card.title + " " + card.price_text;
    }
    for (auto const& breach : turn.withheld) context.note("withheld: " + breach);
    if (!context.dry())
        TRY(store->save({.conversation_id = out.conversation_id, .shopper_text = std::string(utf8_prefix(repair_utf8(in.text), 6000)), .guide_text = std::string(utf8_prefix(said, 18000)), .state = to_text(write_json(turn.state)), .basket_id = turn.basket_id, .topic = turn.topic, .locale = turn.locale, .needs_person = turn.needs_person}));
    out.locale = name_of(turn.locale), out.messages = turn.blocks, out.understood = turn.state.constraints, out.basket_id = turn.basket_id, out.topic = turn.topic, out.needs_person = turn.needs_person;
    return Taken{std::move(out), std::move(turn)};
}

Result<SearchAnswer> Module::search(Context& context, Search const& in) {
    return search_catalogue(TRY(live(context.shop_id, context.now)), in, in.locale.empty() ? context.locale : locale_of(in.locale));
}

Result<Suggestions> Module::suggest(Context& context, Suggest const& in) {
    return suggest_from(TRY(live(context.shop_id, context.now)), in, in.locale.empty() ? context.locale : locale_of(in.locale));
}

std::vector<Operation> Module::operations() {
    return {
        operation({.name = "dialogue.ask", .scenario = "25", .summary = {"Say one thing to the shopping guide and get its answer: picks, a comparison, a question, the basket, an order.", "对导购说一句话，得到推荐、对比、追问、购物车或订单状态。"}, .effect = Effect::act, .permission = "public", .length = Length::long_}, *this, &Module::ask),
        operation({.name = "dialogue.search", .scenario = "25", .summary = {"Search the catalogue with exact totals and facets; limits in the words are understood.", "搜索商品，总数与筛选计数精确，能理解搜索词中的限制。"}, .permission = "public"}, *this, &Module::search),
        operation({.name = "dialogue.suggest", .scenario = "25", .summary = {"Completions, categories and products for what was typed so far.", "根据已输入内容给出补全、类目与商品。"}, .permission = "public"}, *this, &Module::suggest),
    };
}

}  // namespace kindling::dialogue
