#include "shop/demo/translate.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace sim = simulator;

std::string demo_session_id(std::int64_t session) { return fmt::format("s{}", session); }
std::string demo_order_id(std::int64_t number) { return fmt::format("KG{:07}", number); }

namespace {

// A number's key less its unit ("length_mm" -> "length"), unless a choice of some product is called so ("sleeve", "sleeve_mm").
std::string name_of_number(sim::World const& w, std::string const& key) {
    auto const stem = key.substr(0, key.rfind('_'));
    for (auto const& p : w.products)
        for (auto const& a : p.attributes)
            if (a.key == stem) return key;
    return stem;
}

// Lengths are stored by the simulator in mm and spoken of in cm.
Attribute attribute_of(sim::Attribute const& a, NumberNames const& names) {
    Attribute out{a.key, a.value.en, a.value.zh, {}, ""};
    if (a.kind == sim::AttributeKind::choice) return out;
    out.name = names.at(a.key);
    out.number = a.number, out.unit = a.unit;
    if (a.unit == "mm" && a.number >= 100) out.number = a.number / 10, out.unit = "cm";
    return out;
}

std::string sentences(std::vector<sim::Bilingual> const& points, std::string const& description, bool zh) {
    std::string out;
    for (auto const& p : points) out += (zh ? "· " + p.zh : "· " + p.en) + "\n";
    return out + (out.empty() ? "" : "\n") + description;
}

std::string_view topic_name(sim::Topic t) {
    switch (t) {
    case sim::Topic::where_is_order: return "where_is_order";
    case sim::Topic::size_advice: return "size_advice";
    case sim::Topic::refund: return "refund";
    case sim::Topic::invoice: return "invoice";
    case sim::Topic::complaint: return "complaint";
    case sim::Topic::guide: return "guide";
    case sim::Topic::unmet_need: return "unmet_need";
    }
    return "other";
}

}  // namespace

Product product_of(sim::World const& w, sim::Product const& p, std::vector<std::string> const& assets, NumberNames const& names) {
    auto const& brand = w.brands[static_cast<std::size_t>(p.brand)];
    Product out{.product_id = p.key, .title_en = p.title.en, .title_zh = p.title.zh, .description_en = sentences(p.selling_points, p.description.en, false), .description_zh = sentences(p.selling_points, p.description.zh, true),
                .category_id = w.categories[static_cast<std::size_t>(p.category)].key, .brand = brand.name.en, .brand_zh = brand.name.zh, .status = p.ended ? ProductStatus::archived : ProductStatus::active, .created_at_ms = start_of(p.launched, sim::shop_zone)};
    for (auto const& a : p.attributes) out.attributes.push_back(attribute_of(a, names));
    for (int i = p.first_variant; i < p.first_variant + p.variant_count; ++i) {
        auto const& v = w.variants[static_cast<std::size_t>(i)];
        auto const joined = [](std::string const& a, std::string const& b) { return a.empty() ? b : b.empty() ? a : a + " / " + b; };
        Variant variant{.sku = v.sku, .title_en = joined(v.colour.en, v.size.en), .title_zh = joined(v.colour.zh, v.size.zh), .barcode = v.ean13, .price_minor = v.price_minor, .cost_minor = v.cost_minor, .weight_g = v.weight_g};
        if (v.compare_at_minor > v.price_minor) variant.compare_at_minor = v.compare_at_minor;
        if (!v.colour.en.empty()) variant.attributes.push_back({"colour", v.colour.en, v.colour.zh, {}, ""});
        if (!v.size.en.empty()) variant.attributes.push_back({"size", v.size.en, v.size.zh, {}, ""});
        out.variants.push_back(std::move(variant));
    }
    for (std::size_t i = 0; i < assets.size(); ++i) out.pictures.push_back({assets[i], "", p.title.en, p.title.zh});
    return out;
}

std::vector<Category> categories_of(sim::World const& w) {
    std::vector<Category> out;
    for (std::size_t i = 0; i < w.categories.size(); ++i) {
        auto const& c = w.categories[i];
        out.push_back({c.key, c.parent < 0 ? "" : w.categories[static_cast<std::size_t>(c.parent)].key, c.name.en, c.name.zh, static_cast<std::int64_t>(i), 0});
    }
    return out;
}

NumberNames number_names_of(sim::World const& w) {
    NumberNames out;
    for (auto const& p : w.products)
        for (auto const& a : p.attributes)
            if (a.kind == sim::AttributeKind::number && !out.contains(a.key)) out.emplace(a.key, name_of_number(w, a.key));
    return out;
}

std::vector<AttributeKind> attribute_kinds_of(sim::World const& w, NumberNames const& names) {
    std::map<std::string, AttributeKind> kinds;
    for (auto const& p : w.products)
        for (auto const& a : p.attributes) {
            auto const made = attribute_of(a, names);
            kinds.try_emplace(made.name, AttributeKind{made.name, a.name.en, a.name.zh, made.unit, true});
        }
    kinds.try_emplace("colour", AttributeKind{"colour", "Colour", "颜色", "", true});
    kinds.try_emplace("size", AttributeKind{"size", "Size", "尺码", "", true});
    std::vector<AttributeKind> out;
    for (auto& [name, kind] : kinds) out.push_back(std::move(kind));
    return out;
}

Customer customer_of(sim::World const& w, sim::Customer const& c) {
    auto const& city = w.cities[static_cast<std::size_t>(c.city)];
    bool const zh = c.language == Locale::zh;
    auto const since = start_of(c.joined, sim::shop_zone);
    Customer out{.customer_id = c.key, .name = c.name, .email = c.email, .phone = c.phone, .locale = std::string(name_of(c.language)), .country = city.country, .region = zh ? city.province.zh : city.province.en, .city = zh ? city.name.zh : city.name.en, .created_at_ms = since, .consents = {}};
    using Consent = sim::Customer::Consent;
    if (c.consent != Consent::none) out.consents.push_back({"email_marketing", true, since, "sign-up"});
    if (c.consent == Consent::all) out.consents.push_back({"personalisation", true, since, "sign-up"});
    return out;
}

Order order_of(sim::World const& w, sim::Order const& o) {
    auto const& customer = w.customers[static_cast<std::size_t>(o.customer)];
    auto const& city = w.cities[static_cast<std::size_t>(customer.city)];
    bool const zh = customer.language == Locale::zh;
    Order out{.order_id = demo_order_id(o.number), .customer_id = customer.key, .placed_at_ms = o.at_ms, .currency = "CNY", .shipping_minor = o.shipping_minor, .total_minor = o.total_minor, .channel = "web", .country = city.country};
    out.status = o.status == sim::OrderStatus::paid ? OrderStatus::paid : o.status == sim::OrderStatus::shipped ? OrderStatus::shipped : OrderStatus::delivered;
    if (o.shipped_at_ms) out.shipped_at_ms = o.shipped_at_ms, out.tracking = o.carrier + " " + o.tracking;
    if (o.delivered_at_ms) out.delivered_at_ms = o.delivered_at_ms;
    for (auto const& l : o.lines) {
        auto const& v = w.variants[static_cast<std::size_t>(l.variant)];
        auto const& p = w.products[static_cast<std::size_t>(v.product)];
        out.lines.push_back({v.sku, p.key, zh ? p.title.zh : p.title.en, l.quantity, l.list_price_minor, (l.list_price_minor - l.unit_price_minor) * l.quantity});
    }
    out.contact = Contact{.name = customer.name, .email = customer.email, .phone = customer.phone, .address = customer.address_line, .city = zh ? city.name.zh : city.name.en, .region = zh ? city.province.zh : city.province.en, .postcode = customer.postcode, .country = city.country};
    return out;
}

Event event_of(sim::World const& w, sim::Event const& e) {
    static constexpr std::string_view kinds[] = {"visit", "list", "search", "impression", "click", "view", "cart", "dialogue", "purchase"};
    Event out{.kind = std::string(kinds[static_cast<std::size_t>(e.kind)]), .at_ms = e.at_ms, .session_id = demo_session_id(e.session), .customer_id = {}, .product_id = {}, .query = e.query, .channel = sim::source_key(e.source), .results = {}, .position = {}};
    if (e.customer >= 0) out.customer_id = w.customers[static_cast<std::size_t>(e.customer)].key;
    if (e.product >= 0) out.product_id = w.products[static_cast<std::size_t>(e.product)].key;
    if (e.kind == sim::EventKind::search) out.results = e.results;
    if (e.position > 0) out.position = e.position;
    return out;
}

StockMove move_of(sim::World const& w, sim::StockMove const& m) {
    static constexpr std::string_view kinds[] = {"received", "sold", "received", "returned", "lost"};
    return {w.variants[static_cast<std::size_t>(m.variant)].sku, w.places[static_cast<std::size_t>(m.place)].key, m.quantity, std::string(kinds[static_cast<std::size_t>(m.reason)]),
            m.reason == sim::MoveReason::opening ? "opening" : m.reason == sim::MoveReason::purchase ? fmt::format("PO{:05}", m.reference) : demo_order_id(m.reference), m.at_ms};
}

Review review_of(sim::World const& w, sim::Review const& r) {
    auto const& customer = w.customers[static_cast<std::size_t>(r.customer)];
    // Shown as shops do: the family name, or the first letter.
    auto const first = std::string(customer.name.substr(0, static_cast<unsigned char>(customer.name[0]) < 0x80 ? 1 : 3));
    return {fmt::format("r{}-{}", r.order, r.variant), w.products[static_cast<std::size_t>(r.product)].key, customer.key, r.stars, "", r.text, std::string(name_of(r.language)), first + (r.language == Locale::zh ? "**" : "."), r.at_ms};
}

PurchaseOrder purchase_order_of(sim::World const& w, sim::PurchaseOrder const& p) {
    PurchaseOrder out{.purchase_order_id = fmt::format("PO{:05}", p.number), .supplier_id = w.suppliers[static_cast<std::size_t>(p.supplier)].key, .place_id = w.places[static_cast<std::size_t>(p.place)].key, .status = p.received ? PurchaseStatus::received : PurchaseStatus::ordered, .ordered_at_ms = start_of(p.ordered, sim::shop_zone), .expected_day = p.promised};
    if (p.received) out.received_at_ms = start_of(p.received, sim::shop_zone);
    for (auto const& l : p.lines) out.lines.push_back({w.variants[static_cast<std::size_t>(l.variant)].sku, l.ordered, l.received, l.cost_minor});
    return out;
}

Conversation conversation_of(sim::World const& w, sim::Conversation const& c) {
    bool const guide = c.topic == sim::Topic::guide || c.topic == sim::Topic::unmet_need;
    Conversation out{.conversation_id = fmt::format("con{:06}", c.number), .kind = guide ? "guide" : "service", .customer_id = c.customer < 0 ? "" : w.customers[static_cast<std::size_t>(c.customer)].key, .channel = "web", .locale = std::string(name_of(c.language)), .topic = std::string(topic_name(c.topic)), .status = c.solved ? "resolved" : "open"};
    for (auto const& m : c.messages) out.messages.push_back({m.from_customer ? "shopper" : guide ? "guide" : "agent", m.text, nullptr, m.at_ms});
    return out;
}

ReturnLine return_of(sim::Return const& r, std::int64_t line) {
    static constexpr std::string_view reasons[] = {"size", "quality", "changed_mind", "damaged", "other"};
    return {fmt::format("ret{}-{}", r.order, line), demo_order_id(r.order), line, r.quantity, r.refund_minor, r.at_ms, std::string(reasons[static_cast<std::size_t>(r.reason)]), r.comment.zh.empty() ? r.comment.en : r.comment.zh};
}

}  // namespace kindling::shop
