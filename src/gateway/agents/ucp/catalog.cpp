// search_catalog, lookup_catalog, get_product: dialogue.search finds, catalog.find_products tells, this file selects and writes.
#include "gateway/agents/fields.h"
#include "gateway/agents/ucp/products.h"
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

constexpr std::string_view search = "dev.ucp.shopping.catalog.search", lookup = "dev.ucp.shopping.catalog.lookup";
constexpr std::size_t most_ids = 50;

std::string lowered(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// What may narrow a search, a look-up and a product alike. Prices count when they are in the shop's own currency.
struct Filters {
    std::vector<std::string> categories;
    std::optional<std::int64_t> low, high;
    bool other_currency = false, given = false;
    bool holds(shop::Variant const& v) const { return (!low || v.price_minor >= *low) && (!high || v.price_minor <= *high); }
};

Filters filters_of(Fields& in) {
    Filters out;
    auto filters = in.object("filters");
    out.given = !filters.raw().empty();
    out.categories = filters.texts("categories", 50);
    auto price = filters.object("price");
    out.low = price.integer("min", 0, 1'000'000'000'000'000), out.high = price.integer("max", 0, 1'000'000'000'000'000);
    return out;
}

// Without context.currency the amounts are read as the shop's own; in another they cannot be converted here and are left out.
void settle_currency(Filters& filters, Fields& in, std::string const& currency, json::array& messages) {
    auto const wished = in.object("context").text("currency", 16);
    if (wished.empty() || wished == currency || (!filters.low && !filters.high)) return;
    filters.low.reset(), filters.high.reset(), filters.other_currency = true;
    messages.push_back(message("info", "filter_ignored", fmt::format("Prices are in {}; the price filter in {} was not applied.", currency, wished), "$.filters.price"));
}

// Ids of the categories meant; nothing when none of the names is one.
std::vector<std::string> known_categories(Names const& names, std::vector<std::string> const& wanted) {
    std::vector<std::string> out;
    for (auto const& w : wanted)
        if (auto const i = names.category_of_name.find(lowered(w)); i != names.category_of_name.end() && std::ranges::find(out, i->second) == out.end()) out.push_back(i->second);
    return out;
}

Answered<Names> names_in(Answered<json::value> categories, Answered<json::value> attributes, Locale locale) {
    if (!categories) return std::unexpected(categories.error());
    if (!attributes) return std::unexpected(attributes.error());
    Names out;
    std::map<std::string, shop::Category, std::less<>> all;
    auto const in = [&](std::string const& en, std::string const& zh) { return (locale == Locale::zh && !zh.empty()) || en.empty() ? zh : en; };
    for (auto const& c : categories->at("categories").as_array())
        if (auto row = read_json<shop::Category>(c)) {
            for (auto const& called : {row->category_id, row->name_en, row->name_zh})
                if (!called.empty()) out.category_of_name.emplace(lowered(called), row->category_id);
            all.emplace(row->category_id, std::move(*row));
        }
    for (auto const& [id, category] : all) {
        std::string path = in(category.name_en, category.name_zh);
        auto const* at = &category;
        for (int depth = 0; depth < 10 && !at->parent_id.empty(); ++depth) {
            auto const i = all.find(at->parent_id);
            if (i == all.end()) break;
            at = &i->second, path = in(at->name_en, at->name_zh) + " > " + path;
        }
        out.category_of_name.emplace(lowered(path), id);
        out.categories.emplace(id, path.empty() ? id : std::move(path));
    }
    for (auto const& a : attributes->at("attributes").as_array())
        if (auto const row = read_json<shop::AttributeKind>(a); row && !in(row->name_en, row->name_zh).empty()) out.attributes.emplace(row->name, in(row->name_en, row->name_zh));
    return out;
}

Answered<std::vector<Found>> found_in(json::value const& answer) {
    std::vector<Found> out;
    for (auto const& value : answer.at("products").as_array()) {
        auto product = read_json<shop::Product>(value.at("product"));
        if (!product || product->variants.empty()) continue;
        Found f{.product = std::move(*product), .reviews = value.at("reviews").as_int64(), .rating = {}, .asked = {}, .skus = {}};
        if (auto const* rating = value.as_object().if_contains("rating"); rating && rating->is_number()) f.rating = rating->to_number<double>();
        for (auto const& asked : value.at("asked").as_array()) f.asked.emplace_back(asked.as_string());
        for (auto const& sku : value.at("skus").as_array()) f.skus.emplace_back(sku.as_string());
        out.push_back(std::move(f));
    }
    return out;
}

shop::Variant const* featured(shop::Product const& p, Filters const& filters) {
    shop::Variant const* best = nullptr;
    for (auto const& v : p.variants)
        if (filters.holds(v) && (!best || (is_available(v) && !is_available(*best)))) best = &v;
    return best;
}

}  // namespace

std::shared_ptr<Names const> Ucp::names(Ask const& in, Refusal& why) {
    auto const key = std::pair(in.call.shop_id, in.call.locale);
    auto const now = std::chrono::steady_clock::now();
    {
        std::lock_guard const lock(names_mutex_);
        if (auto const i = names_.find(key); i != names_.end() && i->second.second > now) return i->second.first;
    }
    auto made = names_in(ask(in, "catalog.list_categories", {}), ask(in, "catalog.list_attributes", {}), in.call.locale);
    if (!made) return why = made.error(), nullptr;
    auto shared = std::make_shared<Names const>(std::move(*made));
    std::lock_guard const lock(names_mutex_);
    if (names_.size() > 200) names_.clear();
    names_[key] = {shared, now + std::chrono::seconds(10)};
    return shared;
}

Answered<Reply> Ucp::search_catalog(Ask& in) {
    Fields body(in.body);
    auto const query = body.text("query", 1000);
    auto filters = filters_of(body);
    auto pagination = body.object("pagination");
    auto const cursor = pagination.text("cursor", 2000);
    auto const limit = std::min<std::int64_t>(pagination.integer("limit", 1, 1'000'000).value_or(10), 100);
    (void)body.object("context").text("currency", 16), (void)body.object("signals"), (void)body.object("attribution");
    if (!body.ok()) return std::unexpected(body.refusal());
    if (query.empty() && !filters.given) return std::unexpected(Refusal{400, "invalid_request", "A search needs at least one of query and filters.", "$"});
    Refusal why;
    auto const names = this->names(in, why);
    if (!names) return std::unexpected(why);
    json::array messages;
    auto const shop = ask(in, "shop.storefront", {});
    if (!shop) return std::unexpected(shop.error());
    std::string const currency(shop->at("currency").as_string());
    settle_currency(filters, body, currency, messages);
    // An agent is told the goods and how many, and no facets.
    json::object request{{"query", query}, {"facets", json::array{"none"}}, {"page_size", limit}, {"page_token", cursor}, {"locale", name_of(in.call.locale)}};
    if (filters.low) request["price_min_minor"] = *filters.low;
    if (filters.high) request["price_max_minor"] = *filters.high;
    auto const answer = [&](json::array products, std::int64_t total, std::string_view next) -> Reply {
        json::object page{{"has_next_page", !next.empty()}, {"total_count", total}};
        if (!next.empty()) page["cursor"] = next;
        json::object out{{"ucp", envelope(in, search)}, {"products", std::move(products)}, {"pagination", std::move(page)}};
        if (!messages.empty()) out["messages"] = std::move(messages);
        return {std::move(out)};
    };
    if (!filters.categories.empty()) {
        auto const known = known_categories(*names, filters.categories);
        if (known.empty()) return answer({}, 0, "");
        json::array values;
        for (auto const& id : known) values.emplace_back(id);
        request["filters"] = json::array{json::object{{"name", "category"}, {"values", std::move(values)}}};
    }
    auto const found = ask(in, "dialogue.search", std::move(request));
    if (found && cursor.empty()) front_.note_search(in.call, "agents", query, *found);
    if (!found) return std::unexpected(found.error());
    for (auto const& name : found->at("missing").as_array()) messages.push_back(message("info", "not_sold", fmt::format("This shop does not sell “{}”; what is listed only comes near it.", std::string_view(name.as_string())), "$.query"));
    for (auto const& words : found->at("unanswered").as_array()) messages.push_back(message("info", "words_unanswered", fmt::format("Nothing here is made for “{}”{}.", std::string_view(words.as_string()), found->at("cards").as_array().empty() ? "" : "; what is well liked is listed instead"), "$.query"));
    json::array ids;
    for (auto const& card : found->at("cards").as_array()) ids.push_back(card.at("product_id"));
    auto const given_up = [&] {
        std::string limits;
        for (auto const& limit : found->at("given_up").as_array()) limits += (limits.empty() ? "“" : ", “") + std::string(limit.at(in.call.locale == Locale::zh ? "label_zh" : "label_en").as_string()) + "”";
        return limits;
    };
    if (auto const limits = given_up(); !ids.empty() && !limits.empty()) messages.push_back(message("info", "limits_not_met", fmt::format("{}: nothing listed meets it; it was left out.", limits), "$.query"));
    // Nothing fits: what comes nearest, and said to be that. What is only well liked is no answer to an agent, nor is what breaks a filter of its own: an agent buys by it.
    bool const bound = filters.low || filters.high || !filters.categories.empty();
    if (auto const by = found->at("nearest_by").as_string(); !bound && (by == "limits" || by == "words")) {
        auto const limits = given_up();
        messages.push_back(message("info", "nearest_listed", limits.empty() ? "Nothing has all of these words; what comes nearest is listed." : fmt::format("Nothing meets {}; what comes nearest without it is listed.", limits), "$.query"));
        for (auto const& card : found->at("nearest").as_array()) ids.push_back(card.at("product_id"));
    }
    json::array products;
    if (!ids.empty()) {
        auto const told = ask(in, "catalog.find_products", {{"ids", std::move(ids)}});
        if (!told) return std::unexpected(told.error());
        auto const all = found_in(*told);
        if (!all) return std::unexpected(all.error());
        ProductWriter const writer(in.base, in.call.locale, currency, *names);
        for (auto const& f : *all) {
            // What answers the filter stands first, and so is the one that is shown.
            std::vector<shop::Variant const*> order;
            for (auto const& v : f.product.variants) order.push_back(&v);
            std::ranges::stable_sort(order, {}, [&](auto const* v) { return std::pair(!filters.holds(*v), !is_available(*v)); });
            products.push_back(writer.product(f, order));
        }
    }
    auto const total = std::max(found->at("total").as_int64(), static_cast<std::int64_t>(products.size()));
    return answer(std::move(products), total, found->at("next_page_token").as_string());
}

Answered<Reply> Ucp::lookup_catalog(Ask& in) {
    Fields body(in.body);
    if (auto const* ids = in.body.if_contains("ids"); ids && ids->is_array() && ids->get_array().size() > most_ids) return std::unexpected(Refusal{400, "request_too_large", fmt::format("At most {} ids at once.", most_ids), "$.ids"});
    auto const ids = body.texts("ids", most_ids, 128);
    auto filters = filters_of(body);
    if (ids.empty() && body.ok()) body.wrong("ids", "must be a list of at least one id");
    if (!body.ok()) return std::unexpected(body.refusal());
    Refusal why;
    auto const names = this->names(in, why);
    if (!names) return std::unexpected(why);
    json::array wanted;
    for (auto const& id : ids) wanted.emplace_back(id);
    auto const told = ask(in, "catalog.find_products", {{"ids", std::move(wanted)}});
    if (!told) return std::unexpected(told.error());
    auto const all = found_in(*told);
    if (!all) return std::unexpected(all.error());
    json::array messages, products;
    std::string const currency(told->at("currency").as_string());
    settle_currency(filters, body, currency, messages);
    auto const categories = known_categories(*names, filters.categories);
    ProductWriter const writer(in.base, in.call.locale, currency, *names);
    std::set<std::string> led;
    for (auto const& f : *all) {
        led.insert(f.asked.begin(), f.asked.end());
        if (!filters.categories.empty() && std::ranges::find(categories, f.product.category_id) == categories.end()) continue;
        std::vector<shop::Variant const*> shown;
        std::map<shop::Variant const*, json::array> inputs;
        for (std::size_t i = 0; i < f.asked.size(); ++i) {
            auto const exact = std::ranges::find(f.product.variants, f.skus[i], &shop::Variant::sku);
            auto const* v = exact != f.product.variants.end() ? &*exact : featured(f.product, filters);
            if (!v || !filters.holds(*v)) continue;
            if (std::ranges::find(shown, v) == shown.end()) shown.push_back(v);
            inputs[v].push_back(json::object{{"id", f.asked[i]}, {"match", exact != f.product.variants.end() ? "exact" : "featured"}});
        }
        if (shown.empty()) continue;
        auto product = writer.product(f, shown);
        auto& variants = product["variants"].as_array();
        for (std::size_t i = 0; i < shown.size(); ++i) variants[i].as_object()["inputs"] = std::move(inputs[shown[i]]);
        products.push_back(std::move(product));
    }
    std::set<std::string> said;
    for (auto const& id : ids)
        if (!led.contains(id) && said.insert(id).second) messages.push_back(message("info", "not_found", id));
    json::object out{{"ucp", envelope(in, lookup)}, {"products", std::move(products)}};
    if (!messages.empty()) out["messages"] = std::move(messages);
    return Reply{std::move(out)};
}

Answered<Reply> Ucp::get_product(Ask& in) {
    Fields body(in.body);
    auto const id = body.needed("id", 128);
    auto filters = filters_of(body);
    std::vector<Selected> selected;
    for (auto& s : body.objects("selected", 50)) {
        Selected one{s.needed("name", 200), s.needed("label", 500)};
        if (std::ranges::find(selected, one.name, &Selected::name) != selected.end()) body.wrong("selected", "names the option \"" + one.name + "\" twice");
        selected.push_back(std::move(one));
    }
    auto const preferences = body.texts("preferences", 50);
    if (!body.ok()) return std::unexpected(body.refusal());
    Refusal why;
    auto const names = this->names(in, why);
    if (!names) return std::unexpected(why);
    auto const told = ask(in, "catalog.find_products", {{"ids", json::array{json::value(id)}}});
    if (!told) return std::unexpected(told.error());
    auto const all = found_in(*told);
    if (!all) return std::unexpected(all.error());
    if (all->empty()) return failed(in, lookup, "not_found", "Product not found: " + id);
    auto const& f = all->front();
    json::array messages;
    std::string const currency(told->at("currency").as_string());
    settle_currency(filters, body, currency, messages);
    ProductWriter const writer(in.base, in.call.locale, currency, *names);
    auto const matches = [&](shop::Variant const& v, std::vector<Selected> const& wanted) {
        auto const has = writer.options(f.product, v);
        return std::ranges::all_of(wanted, [&](Selected const& w) { return std::ranges::any_of(has, [&](Selected const& h) { return h.name == w.name && h.label == w.label; }); });
    };
    auto const any = [&](std::vector<Selected> const& wanted) { return std::ranges::any_of(f.product.variants, [&](auto const& v) { return filters.holds(v) && matches(v, wanted); }); };

    // A variant's id settles all options; otherwise options that fit nothing together are given up, the least preferred first.
    auto const named = std::ranges::find(f.product.variants, f.skus.empty() ? std::string() : f.skus.front(), &shop::Variant::sku);
    shop::Variant const* first = named != f.product.variants.end() && f.product.product_id != id ? &*named : nullptr;
    if (first) selected = writer.options(f.product, *first);
    else {
        auto const rank = [&](Selected const& s) { return std::ranges::find(preferences, s.name) - preferences.begin(); };
        while (!selected.empty() && !any(selected)) selected.erase(std::ranges::max_element(selected, [&](auto const& a, auto const& b) { return rank(a) <= rank(b); }));
        for (auto const& v : f.product.variants)
            if (filters.holds(v) && matches(v, selected) && (!first || (is_available(v) && !is_available(*first)))) first = &v;
        if (!first) return failed(in, lookup, "not_found", "No variant of this product is within the filters.");
        if (!body.has("selected")) selected = writer.options(f.product, *first);
    }
    std::vector<shop::Variant const*> shown{first};
    for (auto const& v : f.product.variants)
        if (&v != first && filters.holds(v) && matches(v, selected)) shown.push_back(&v);
    auto product = writer.product(f, shown);
    json::array effective, options;
    for (auto const& s : selected) effective.push_back(json::object{{"name", s.name}, {"label", s.label}});
    for (auto const& [name, labels] : writer.choices(f.product)) {
        json::array values;
        for (auto const& label : labels) {
            auto would = selected;
            std::erase_if(would, [&](Selected const& s) { return s.name == name; });
            would.push_back({name, label});
            bool exists = false, available = false;
            for (auto const& v : f.product.variants)
                if (matches(v, would)) exists = true, available = available || is_available(v);
            values.push_back(json::object{{"label", label}, {"available", available}, {"exists", exists}});
        }
        options.push_back(json::object{{"name", name}, {"values", std::move(values)}});
    }
    if (!options.empty()) product["options"] = std::move(options), product["selected"] = std::move(effective);
    json::object out{{"ucp", envelope(in, lookup)}, {"product", std::move(product)}};
    if (!messages.empty()) out["messages"] = std::move(messages);
    return Reply{std::move(out)};
}

}  // namespace kindling::gateway::agents
