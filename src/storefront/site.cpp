#include "storefront/site.h"
#include "core/money.h"
#include "gateway/http/cookie.h"
#include "gateway/http/security.h"
#include "gateway/http/url.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

constexpr std::string_view basket_cookie = "kindling_basket";
constexpr auto kept_for = std::chrono::minutes(1);
// A busy shop changes a product with every order; its lists may lag that much behind, its product pages never do.
constexpr auto fresh_enough = std::chrono::seconds(2);
constexpr std::size_t most_kept = 5'000;

template <class T> std::vector<T> list_of(json::value const& answer, std::string_view name) {
    std::vector<T> out;
    if (auto const* list = answer.as_object().if_contains(name))
        for (auto const& item : list->as_array())
            if (auto read = read_json<T>(item)) out.push_back(std::move(*read));
    return out;
}

std::string text_of(json::object const& o, std::string_view name) {
    auto const* v = o.if_contains(name);
    return v && v->is_string() ? std::string(v->as_string()) : std::string();
}

}  // namespace

std::string const& in(Locale locale, std::string const& en, std::string const& zh) {
    return locale == Locale::zh ? (zh.empty() ? en : zh) : (en.empty() ? zh : en);
}

shop::Category const* Shop::category(std::string_view id) const {
    auto const i = std::ranges::find(categories, id, &shop::Category::category_id);
    return i == categories.end() ? nullptr : &*i;
}

std::vector<shop::Category const*> Shop::children(std::string_view parent) const {
    std::vector<shop::Category const*> out;
    for (auto const& c : categories)
        if (c.parent_id == parent && c.products > 0) out.push_back(&c);
    std::ranges::stable_sort(out, {}, [](auto const* c) { return c->position; });
    return out;
}

std::vector<shop::Category const*> Shop::path_to(std::string_view id) const {
    std::vector<shop::Category const*> out;
    // The depth is bounded, so that categories that name each other as parents cannot hold a page up.
    for (auto const* c = category(id); c && out.size() < 8; c = c->parent_id.empty() ? nullptr : category(c->parent_id)) out.insert(out.begin(), c);
    return out;
}

std::string Visit::money(std::int64_t minor) const { return format_money(minor, shop->currency, locale); }

json::array Visit::examples() const {
    json::array out;
    auto const take = [&](Example const& e) { out.emplace_back(locale == Locale::zh ? e.zh : e.en); };
    if (shop->gift_wish) take(*shop->gift_wish);
    if (!shop->wishes.empty()) take(shop->wishes.front());
    return out;
}

std::string_view Visit::field(std::string_view name) const {
    auto const value = gateway::find(form, name);
    return value ? gateway::trim(*value) : std::string_view();
}

void Visit::keep_session(std::string const& token, std::int64_t seconds) const {
    auto const secure = request.scheme == gateway::Scheme::https ? gateway::SecureOnly::yes : gateway::SecureOnly::no;
    if (auto text = gateway::to_text(gateway::Cookie{.name = std::string(gateway::account_cookie), .value = token, .max_age_s = token.empty() ? 0 : seconds, .secure = secure})) set_headers.emplace_back("Set-Cookie", *text);
}

void Visit::keep_basket(std::string const& id) const {
    if (signed_in() && !id.empty()) return;
    auto const secure = request.scheme == gateway::Scheme::https ? gateway::SecureOnly::yes : gateway::SecureOnly::no;
    if (auto text = gateway::to_text(gateway::Cookie{.name = std::string(basket_cookie), .value = id, .max_age_s = id.empty() ? 0 : 60 * 86'400, .secure = secure})) set_headers.emplace_back("Set-Cookie", *text);
}

Site::Site(gateway::Front& front) : executor_(front.executor()), identities_(front.identities()), events_(front.events()) {
    listener_ = executor_.services().store->listen([this](std::span<shop::Change const> changes) {
        for (auto const& c : changes) {
            if (c.kind == "category" || c.kind == "setting" || c.kind == "product" || c.kind == "review") ++generation_;
            if (c.kind == "category" || c.kind == "setting" || c.kind == "experiment") ++frame_generation_;
        }
    });
}

Site::~Site() { executor_.services().store->forget(listener_); }

std::shared_ptr<void const> Site::recall(std::string const& key) {
    std::lock_guard lock(mutex_);
    auto const i = kept_.find(key);
    if (i == kept_.end()) return {};
    auto const age = std::chrono::steady_clock::now() - i->second.made;
    if (age > kept_for || (i->second.generation != generation_ && age > fresh_enough)) return {};
    return i->second.value;
}

void Site::remember(std::string const& key, std::shared_ptr<void const> value) {
    std::lock_guard lock(mutex_);
    if (kept_.size() >= most_kept) kept_.clear();
    kept_[key] = {std::move(value), std::chrono::steady_clock::now(), generation_};
}

Result<std::shared_ptr<Shop const>> Site::shop_of(gateway::Call const& call) {
    // Names and policies are new with the next page after they were saved; only counts of products may lag.
    auto const key = fmt::format("frame {} {}", call.shop_id, frame_generation_.load());
    if (auto kept = recall(key)) return std::static_pointer_cast<Shop const>(kept);
    auto const facts = TRY(executor_.call("shop.storefront", json::object(), call));
    auto const& o = facts.as_object();
    auto shop = std::make_shared<Shop>();
    shop->shop_id = call.shop_id;
    shop->name = text_of(o, "name"), shop->name_zh = text_of(o, "name_zh"), shop->currency = text_of(o, "currency"), shop->locale = kindling::locale_of(text_of(o, "locale"));
    shop->shipping_fee_minor = o.at("shipping_fee_minor").as_int64(), shop->free_shipping_from_minor = o.at("free_shipping_from_minor").as_int64();
    for (auto const& p : o.at("payments").as_array()) shop->payments.emplace_back(p.as_string());
    for (auto const& site : o.at("embed_origins").as_array()) shop->embed_origins.emplace_back(site.as_string());
    for (auto const& p : o.at("policies").as_array()) shop->policies.push_back({text_of(p.as_object(), "topic"), text_of(p.as_object(), "text_en"), text_of(p.as_object(), "text_zh")});
    shop->categories = list_of<shop::Category>(TRY(executor_.call("catalog.list_categories", json::object(), call)), "categories");
    for (auto& kind : list_of<shop::AttributeKind>(TRY(executor_.call("catalog.list_attributes", json::object(), call)), "attributes")) {
        auto name = kind.name;
        shop->attributes.emplace(std::move(name), std::move(kind));
    }
    if (has("speech.status")) {
        auto const can = TRY(executor_.call("speech.status", json::object(), call));
        shop->hears = can.at("hears").as_bool(), shop->voice = can.at("voice").as_string();
    }
    if (has("experiments.held_out")) shop->guide_held_out = TRY(executor_.call("experiments.held_out", json::object{{"what", "guide"}}, call)).at("running").as_bool();
    // Of four of the top categories, spread over all: what could be asked, at what their best sellers cost.
    if (has("dialogue.search")) {
        std::vector<Wares> wares;
        auto const top = shop->children("");
        for (std::size_t i = 0; i < 4 && i < top.size(); ++i) {
            auto const* c = top[i * top.size() / std::min<std::size_t>(4, top.size())];
            Wares one{in(Locale::en, c->name_en, c->name_zh), in(Locale::zh, c->name_en, c->name_zh), {}};
            if (auto const found = executor_.call("dialogue.search", json::object{{"category_id", c->category_id}, {"sort", "popular"}, {"page_size", 60}, {"facets", json::array{"price"}}, {"rules", "shared"}}, call))
                for (auto const& card : found->at("cards").as_array()) one.prices_minor.push_back(card.at("price_minor").as_int64());
            wares.push_back(std::move(one));
        }
        shop->wishes = examples_of(wares, shop->currency), shop->gift_wish = gift_example(wares, shop->currency);
    }
    std::shared_ptr<Shop const> const made = shop;
    remember(key, made);
    return made;
}

Result<Visit> Site::begin(Request const& request, Locale locale, std::string session) {
    // By address, because a visitor's cookie is free to make.
    if (!executor_.limiter().allow(request.remote_address, 3'000)) return fail(Errc::unavailable, "rate_limited", "Too many pages in one minute; wait a moment.");
    Visit visit{.request = request, .locale = locale};
    std::int64_t shop_id = 1;
    if (auto const wish = request.headers.get("x-kindling-shop"); !wish.empty()) shop_id = std::atoll(std::string(wish.substr(0, 18)).c_str());
    visit.call = {.shop_id = shop_id, .caller = {.kind = Caller::Kind::shopper, .id = "address:" + request.remote_address, .role = "shopper", .customer_id = {}, .session_id = std::move(session), .permissions = {}}, .address = request.remote_address, .locale = locale, .request_id = request.request_id};
    visit.call.progress.stop = request.stop;
    visit.shop = TRY(shop_of(visit.call));
    visit.pictures = has("pictures.upload");
    if (visit.shop->guide_held_out)
        if (auto const asked = executor_.call("experiments.held_out", json::object{{"what", "guide"}}, visit.call)) visit.guide = !asked->at("without").as_bool();
    return visit;
}

void Site::see_basket(Visit& visit, std::string_view operation, json::object asked) {
    if (auto const found = executor_.call(operation, std::move(asked), visit.call)) visit.basket_id = found->at("basket_id").as_string(), visit.units = found->at("units").as_int64();
}

Result<Visit> Site::visit_of(Request const& request, Locale locale) {
    gateway::Pairs cookies;
    auto session = request.cookie(gateway::visit_cookie);
    if (session.size() > 100) session.clear();
    if (session.empty()) {
        Response carrier;
        session = gateway::visit_of(request, &carrier);
        cookies = std::move(carrier.headers);
    }
    auto visit = TRY(begin(request, locale, std::move(session)));
    visit.set_headers = std::move(cookies);
    if (auto const shopper = TRY(identities_.shopper_of(request.cookie(gateway::account_cookie))); shopper && shopper->shop_id == visit.call.shop_id)
        visit.call.caller.id = shopper->caller.id, visit.call.caller.customer_id = shopper->caller.customer_id, visit.csrf = shopper->csrf;
    if (visit.signed_in()) see_basket(visit, "basket.mine", {});
    else if (auto const id = request.cookie(basket_cookie); !id.empty() && id.size() <= 64) see_basket(visit, "basket.get", {{"basket_id", id}});
    if (request.method == gateway::Method::post) {
        if (!gateway::same_origin(request)) return fail(Errc::permission_denied, "cross_site_request", "This form did not come from our own pages; go back, reload and try again.");
        if (request.headers.get("content-type").starts_with("application/x-www-form-urlencoded")) visit.form = TRY(gateway::parse_form(request.body));
    }
    return visit;
}

Result<Visit> Site::embedded_visit_of(Request const& request, Locale locale, std::string_view visitor, std::string_view basket_id) {
    auto visit = TRY(begin(request, locale, std::string(visitor)));
    if (!basket_id.empty()) see_basket(visit, "basket.get", {{"basket_id", basket_id}});
    return visit;
}

Result<json::value> Site::call(Visit const& visit, std::string_view operation, json::object request) { return executor_.call(operation, std::move(request), visit.call); }

void Site::note(Visit const& visit, std::string_view kind, gateway::ShopEvent event) {
    // Machines that index the shop are not shoppers: their visits would drown the real ones.
    auto const agent = visit.request.headers.get("user-agent");
    for (std::string_view sign : {"bot", "Bot", "spider", "Spider", "crawl"})
        if (agent.find(sign) != agent.npos) return;
    events_.add(visit.call.shop_id, visit.call.caller.session_id, kind, event);
}

void Site::settle(Visit const& visit) { events_.settle(visit.call.shop_id, visit.call.caller.session_id); }

}  // namespace kindling::storefront
