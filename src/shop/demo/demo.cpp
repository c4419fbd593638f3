#include "shop/demo/demo.h"
#include "shop/assets/assets.h"
#include "shop/demo/translate.h"
#include "shop/promotions/requests.h"
#include "shop/simulator/knowledge.h"
#include "shop/simulator/truth.h"
#include <fmt/format.h>
#include <fstream>

namespace kindling::shop {

namespace {

// One transaction at a time, with the context that operations expect.
class Writer {
public:
    Writer(Services& services) : services_(services) {}
    Result<Context*> open() {
        tx_ = TRY(services_.store->write(1));
        context_.emplace(Context{.services = services_, .open = tx_.get(), .shop_id = 1, .caller = {.kind = Caller::Kind::system, .id = "demo", .role = "system", .customer_id = {}, .session_id = {}, .permissions = {"*"}}, .locale = Locale::en, .now = now_ms(), .request_id = "demo", .effect = Effect::act});
        return &*context_;
    }
    Result<void> commit() {
        auto result = tx_->commit();
        tx_.reset();
        return result;
    }

private:
    Services& services_;
    std::unique_ptr<Transaction> tx_;
    std::optional<Context> context_;
};

// What the shop promises, as its settings: the guide and the storefront quote them.
Result<void> make_policies(Transaction& tx, Milliseconds now) {
    std::map<std::string, std::string> settings{{"shipping_fee_minor", "800"}, {"free_shipping_from_minor", "9900"}, {"test_payment", "1"},
        {"size_charts", "dresses S: height 150-160, weight 42-50, chest 78-84\ndresses M: height 158-166, weight 48-57, chest 82-88\ndresses L: height 163-172, weight 55-65, chest 87-94\ndresses XL: height 166-178, weight 63-75, chest 93-101\n"
                        "tops S: height 155-165, weight 45-55, chest 82-88\ntops M: height 162-172, weight 53-64, chest 87-94\ntops L: height 168-178, weight 62-73, chest 93-100\ntops XL: height 174-184, weight 71-82, chest 99-106\ntops XXL: height 180-192, weight 80-95, chest 105-114"}};
    for (auto const& a : simulator::service_knowledge().answers) {
        auto const topic = "policy_" + a.key.substr(0, a.key.find('-'));
        for (auto const& [language, question, answer] : {std::tuple{"_en", a.question.en, a.answer.en}, std::tuple{"_zh", a.question.zh, a.answer.zh}}) {
            auto& text = settings[topic + language];
            text += (text.empty() ? "" : "\n\n") + question + "\n" + answer;
        }
    }
    TRY(tx.run_many("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (?,?,?,?) ON CONFLICT (shop_id, name) DO NOTHING", settings.size(), [&, i = settings.begin()](std::size_t, std::vector<Value>& values) mutable {
        values = {tx.shop_id(), i->first, i->second, now};
        ++i;
    }));
    tx.changed("setting");
    return {};
}

Result<void> make_catalogue(Services& services, simulator::World const& w, Progress const& progress) {
    Writer writer(services);
    auto& c = *TRY(writer.open());
    TRY(save_categories(c, {categories_of(w)}));
    auto const names = number_names_of(w);
    TRY(save_attribute_kinds(c, {attribute_kinds_of(w, names)}));
    SavePlaces places;
    for (auto const& p : w.places) places.places.push_back({.place_id = p.key, .kind = p.kind == simulator::PlaceKind::plant ? "plant" : "warehouse", .name_en = p.name.en, .name_zh = p.name.zh, .country = "CN", .city = "", .latitude = p.latitude, .longitude = p.longitude});
    TRY(save_places(c, places));
    SaveSuppliers suppliers;
    for (auto const& s : w.suppliers) suppliers.suppliers.push_back({s.key, s.name.zh, "CN", s.lead_time_days, {}, s.minimum_order_minor});
    TRY(save_suppliers(c, suppliers));
    TRY(make_policies(c.tx(), c.now));
    for (std::size_t at = 0; at < w.products.size(); at += 200) {
        SaveProducts save;
        for (std::size_t i = at; i < std::min(at + 200, w.products.size()); ++i) {
            std::vector<std::string> assets;
            for (auto const& picture : w.products[i].pictures) assets.push_back(TRY(store_asset(c.tx(), services.folder, simulator::draw(picture), "image/svg+xml", c.now)));
            save.products.push_back(product_of(w, w.products[i], assets, names));
        }
        TRY(save_products(c, save));
        progress(static_cast<std::int64_t>(at), static_cast<std::int64_t>(w.products.size()), "products");
    }
    return writer.commit();
}

// Three that show what there is: a threshold each time, a percentage off one kind of goods, and a code for a first order. The simulated past knows none of
// them: they begin with the demo.
Result<void> make_promotions(Services& services, simulator::World const& w) {
    using namespace promotions;
    Writer writer(services);
    auto& c = *TRY(writer.open());
    std::vector<Promotion> all{
        {.promotion_id = "every-300", .title_en = "30 off for every 300", .title_zh = "每满300减30", .kind = PromotionKind::amount_off, .threshold_minor = 30'000, .off_minor = 3'000, .repeats = true, .most_times = 5, .priority = 20},
        {.promotion_id = "welcome", .title_en = "20 off a first order", .title_zh = "首单立减20", .kind = PromotionKind::amount_off, .threshold_minor = 10'000, .off_minor = 2'000, .codes = {"WELCOME20"}, .first_order = true, .priority = 30},
    };
    if (auto const categories = categories_of(w); !categories.empty()) {
        auto const leaf = std::ranges::find_if(categories, [](Category const& k) { return !k.parent_id.empty(); });
        auto const& one = leaf == categories.end() ? categories.front() : *leaf;
        all.push_back({.promotion_id = "category-12", .title_en = "12 % off " + one.name_en, .title_zh = one.name_zh + "8.8折", .kind = PromotionKind::percent_off, .goods = {.category_ids = {one.category_id}}, .percent_off_hundredths = 1'200, .priority = 10});
    }
    for (auto& p : all) TRY(save_promotion(c, {std::move(p)}));
    return writer.commit();
}

Result<void> make_customers(Services& services, simulator::World const& w, Progress const& progress) {
    for (std::size_t at = 0; at < w.customers.size(); at += 5000) {
        Writer writer(services);
        auto& c = *TRY(writer.open());
        SaveCustomers save;
        for (std::size_t i = at; i < std::min(at + 5000, w.customers.size()); ++i) save.customers.push_back(customer_of(w, w.customers[i]));
        TRY(save_customers(c, save));
        TRY(writer.commit());
        progress(static_cast<std::int64_t>(at), static_cast<std::int64_t>(w.customers.size()), "customers");
        if (progress.stopped()) return fail(Errc::unavailable, "cancelled", "Cancelled.");
    }
    return {};
}

// Gathers days and writes a fortnight, or 60,000 events, at a time: large enough to be fast, small enough to stay in little memory.
class Feeder final : public simulator::Sink {
public:
    Feeder(Services& services, simulator::World const& w, DemoMade& made) : services_(services), w_(w), made_(made) {}

    void day(simulator::DayBatch&& batch) override {
        if (!result) return;
        for (auto const& o : batch.orders) {
            orders_.orders.push_back(order_of(w_, o));
            if (w_.options.without_guide.is && batch.day >= w_.options.without_guide.from) visits_of_orders_.emplace_back(orders_.orders.back().order_id, demo_session_id(o.session));
            auto& variants = variants_of_[o.number];
            for (auto const& l : o.lines) variants.push_back({l.variant, l.quantity});
        }
        for (auto const& e : batch.events) events_.events.push_back(event_of(w_, e));
        for (auto const& m : batch.stock_moves) moves_.moves.push_back(move_of(w_, m));
        for (auto const& r : batch.reviews) reviews_.reviews.push_back(review_of(w_, r));
        for (auto const& p : batch.purchase_orders) purchases_.purchase_orders.push_back(purchase_order_of(w_, p));
        for (auto const& c : batch.conversations) conversations_.conversations.push_back(conversation_of(w_, c));
        for (auto const& r : batch.returns) {
            // A basket may hold a variant twice: units come back from the first line that has them left.
            auto& lines = variants_of_[r.order];
            for (std::size_t line = 0; line < lines.size(); ++line)
                if (lines[line].variant == r.variant && lines[line].left >= r.quantity) {
                    lines[line].left -= r.quantity;
                    returns_.returns.push_back(return_of(r, static_cast<std::int64_t>(line)));
                    returns_.returns.back().return_id += fmt::format("-{}", returned_++);
                    break;
                }
        }
        for (auto const& s : batch.spend) spend_[s.campaign].push_back({simulator::channel_key(s.channel), batch.day, s.spend_minor, s.impressions, s.clicks});
        if (++days_ % 14 == 0 || events_.events.size() > 60'000) result = flush();
    }

    Result<void> flush() {
        Writer writer(services_);
        auto& c = *TRY(writer.open());
        made_.orders += TRY(record_orders(c, orders_)).created;
        TRY(c.tx().run_many("UPDATE orders SET session_id = ? WHERE shop_id = ? AND order_id = ?", visits_of_orders_.size(), [&](std::size_t i, std::vector<Value>& values) { values = {visits_of_orders_[i].second, c.tx().shop_id(), visits_of_orders_[i].first}; }));
        for (auto const& o : orders_.orders) made_.order_lines += static_cast<std::int64_t>(o.lines.size());
        made_.events += TRY(record_events(c, events_)).created;
        TRY(record_moves(c, moves_));
        made_.reviews += TRY(save_reviews(c, reviews_)).created;
        TRY(save_purchase_orders(c, purchases_));
        made_.conversations += TRY(record_conversations(c, conversations_)).created;
        TRY(record_returns(c, returns_));
        TRY(writer.commit());
        orders_.orders.clear(), events_.events.clear(), moves_.moves.clear(), reviews_.reviews.clear(), purchases_.purchase_orders.clear(), conversations_.conversations.clear(), returns_.returns.clear(), visits_of_orders_.clear();
        return {};
    }

    Result<void> campaigns() {
        Writer writer(services_);
        auto& c = *TRY(writer.open());
        SaveCampaigns save;
        for (auto& [index, spend] : spend_) {
            Campaign campaign{.campaign_id = "always-on", .name_en = "Always on", .name_zh = "常态投放", .channel = {}, .kind = "always_on", .starts_at_ms = start_of(w_.first_day, simulator::shop_zone), .ends_at_ms = start_of(w_.options.last_day + 1, simulator::shop_zone), .budget_minor = {}, .status = "running", .spend = std::move(spend)};
            if (index >= 0) {
                auto const& known = w_.campaigns[static_cast<std::size_t>(index)];
                campaign.campaign_id = known.key, campaign.name_en = known.name.en, campaign.name_zh = known.name.zh, campaign.kind = "sale", campaign.budget_minor = known.budget_minor, campaign.status = "ended";
                campaign.starts_at_ms = start_of(known.first_day, simulator::shop_zone), campaign.ends_at_ms = start_of(known.last_day + 1, simulator::shop_zone);
            }
            save.campaigns.push_back(std::move(campaign));
        }
        TRY(save_campaigns(c, save));
        return writer.commit();
    }

    Result<void> result;

private:
    Services& services_;
    simulator::World const& w_;
    DemoMade& made_;
    RecordOrders orders_{{}, "demo"};
    std::vector<std::pair<std::string, std::string>> visits_of_orders_;   // as an experiment needs to know them
    RecordEvents events_;
    RecordMoves moves_;
    SaveReviews reviews_;
    SavePurchaseOrders purchases_;
    RecordConversations conversations_;
    RecordReturns returns_;
    std::map<int, std::vector<Spend>> spend_;
    struct Bought { int variant, left; };
    std::unordered_map<std::int64_t, std::vector<Bought>> variants_of_;
    std::int64_t returned_ = 0;
    int days_ = 0;
};

}  // namespace

Result<DemoMade> make_demo(Services& services, simulator::Options options, Progress const& progress, BeginHoldOut const& begin_hold_out) {
    {
        auto tx = TRY(services.store->write(1));
        if (TRY(tx->integer("SELECT COUNT(*) FROM products WHERE shop_id = 1")) || TRY(tx->integer("SELECT COUNT(*) FROM orders WHERE shop_id = 1")))
            return fail(Errc::conflict, "shop_not_empty", "The demo needs an empty shop, and this one has data; choose another folder with --data.");
        auto const w = simulator::generate_catalogue({.seed = options.seed, .products = 37, .customers = 1, .months = 1});
        TRY(tx->execute("INSERT INTO shops (shop_id, name, name_zh, currency, locale, time_zone, created_at_ms) VALUES (1,?,?,'CNY','zh','Asia/Shanghai',?) ON CONFLICT (shop_id) DO UPDATE SET name = excluded.name, name_zh = excluded.name_zh, currency = 'CNY'", w.shop_name.en, w.shop_name.zh, now_ms()));
        if (begin_hold_out) {
            auto hold_out = TRY(begin_hold_out(*tx));
            options.without_guide = {hold_out.from, [without = std::move(hold_out.without)](std::int64_t session) { return without(demo_session_id(session)); }};
        }
        TRY(tx->commit());
    }
    DemoMade made;
    auto const world = simulator::generate_catalogue(options);
    TRY(make_catalogue(services, world, progress));
    TRY(make_promotions(services, world));
    TRY(make_customers(services, world, progress));
    made.products = static_cast<std::int64_t>(world.products.size()), made.customers = static_cast<std::int64_t>(world.customers.size());
    Feeder feeder(services, world, made);
    auto const truth = simulator::simulate(world, feeder, progress);
    if (progress.stopped()) return fail(Errc::unavailable, "cancelled", "Cancelled; the shop holds what was made so far.");
    if (!feeder.result) return std::unexpected(feeder.result.error());
    TRY(feeder.flush());
    TRY(feeder.campaigns());
    std::error_code ignored;
    std::filesystem::create_directories(services.folder / "truth", ignored);
    for (auto const& file : simulator::truth_files(world, truth)) std::ofstream(services.folder / "truth" / file.name, std::ios::binary) << file.text;
    return made;
}

}  // namespace kindling::shop
