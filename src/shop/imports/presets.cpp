// Ready mappings: the column layouts that UCI, Shopify, WooCommerce, Olist and the Amazon product set are exported in.
#include "core/utf8.h"
#include "shop/imports/mapping.h"
#include <fmt/format.h>
#include <set>

namespace kindling::shop::imports {

namespace {

constexpr Preset all[] = {
    {"online-retail", Rows::orders, {"UCI Online Retail", "UCI Online Retail"}, Style::online_retail, "stockcode invoicedate description quantity country",
     "invoiceno:order_id invoice:order_id stockcode:sku description:title quantity:quantity invoicedate:placed_at unitprice:unit_price price:unit_price customerid:customer_id country:country", "GBP", DateOrder::month_first, 0, "en"},
    {"shopify-products", Rows::products, {"Shopify products", "Shopify 商品"}, Style::shopify, "handle title bodyhtml vendor variantprice",
     "handle:product_id title:title bodyhtml:description vendor:brand productcategory:category type:row_type published:published option1name:option1_name option1value:option1_value option2name:option2_name option2value:option2_value "
     "option3name:option3_name option3value:option3_value variantsku:sku variantgrams:weight_g variantinventoryqty:stock variantprice:price variantcompareatprice:compare_at variantbarcode:barcode imagesrc:picture imagealttext:picture_alt "
     "variantimage:variant_picture costperitem:cost status:status", ""},
    {"shopify-orders", Rows::orders, {"Shopify orders", "Shopify 订单"}, Style::shopify, "name financialstatus lineitemquantity lineitemname lineitemprice",
     "name:order_id email:email financialstatus:payment_status fulfillmentstatus:fulfilment fulfilledat:shipped_at currency:currency shipping:shipping total:total discountamount:discount createdat:placed_at lineitemquantity:quantity lineitemname:title "
     "lineitemprice:unit_price lineitemsku:sku lineitemdiscount:line_discount shippingname:customer_name shippingstreet:address shippingcity:city shippingzip:postcode shippingprovince:region shippingcountry:country shippingphone:phone "
     "cancelledat:cancelled_at source:channel", ""},
    {"woocommerce", Rows::products, {"WooCommerce products", "WooCommerce 商品"}, Style::woocommerce, "id type sku name published regularprice",
     "id:product_id type:row_type sku:sku gtinupceanorisbn:barcode name:title published:published shortdescription:description description:description stock:stock weightkg:weight_kg weightlbs:weight_lb regularprice:price saleprice:sale_price "
     "categories:category images:picture parent:parent brands:brand attribute1name:option1_name attribute1values:option1_value attribute2name:option2_name attribute2values:option2_value attribute3name:option3_name attribute3values:option3_value", ""},
    {"olist-categories", Rows::category_names, {"Olist category names", "Olist 类目名"}, Style::olist, "productcategoryname productcategorynameenglish", "productcategoryname:category productcategorynameenglish:title", "BRL", DateOrder::year_first, 1},
    {"olist-customers", Rows::customers, {"Olist customers", "Olist 顾客"}, Style::olist, "customerid customeruniqueid customercity customerstate", "customerid:customer_id customeruniqueid:person_id customercity:city customerstate:region", "BRL", DateOrder::year_first, 2},
    {"olist-products", Rows::products, {"Olist products", "Olist 商品"}, Style::olist, "productid productcategoryname productweightg",
     "productid:product_id productcategoryname:category productweightg:weight_g productlengthcm:length_cm productheightcm:height_cm productwidthcm:width_cm", "BRL", DateOrder::year_first, 3},
    {"olist-orders", Rows::orders, {"Olist orders", "Olist 订单"}, Style::olist, "orderid customerid orderstatus orderpurchasetimestamp",
     "orderid:order_id customerid:customer_id orderstatus:status orderpurchasetimestamp:placed_at orderdeliveredcarrierdate:shipped_at orderdeliveredcustomerdate:delivered_at orderestimateddeliverydate:promised_at", "BRL", DateOrder::year_first, 4},
    {"olist-items", Rows::order_items, {"Olist order items", "Olist 订单明细"}, Style::olist, "orderid orderitemid productid price freightvalue", "orderid:order_id orderitemid:item_number productid:product_id price:unit_price freightvalue:shipping", "BRL", DateOrder::year_first, 5},
    {"olist-payments", Rows::order_payments, {"Olist payments", "Olist 付款"}, Style::olist, "orderid paymentsequential paymenttype paymentvalue", "orderid:order_id paymentsequential:item_number paymenttype:payment paymentvalue:amount", "BRL", DateOrder::year_first, 6},
    {"olist-reviews", Rows::reviews, {"Olist reviews", "Olist 评价"}, Style::olist, "reviewid orderid reviewscore reviewcreationdate",
     "reviewid:review_id orderid:order_id reviewscore:rating reviewcommenttitle:title reviewcommentmessage:body reviewcreationdate:created_at", "BRL", DateOrder::year_first, 7},
    {"amazon-products", Rows::products, {"Amazon products (JSON Lines)", "Amazon 商品（JSON Lines）"}, Style::amazon, "fieldsid fieldstitle fieldscategory fieldsprice",
     "fieldsid:product_id fieldstitle:title fieldscategory:category fieldsdescription:description fieldsprice:price_minor fieldsquantity:stock", "USD", DateOrder::year_first, 0, "en"},
};

template <class Each> void words(std::string_view list, Each const& each) {
    while (!list.empty()) {
        auto const end = std::min(list.find(' '), list.size());
        if (end) each(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

}  // namespace

std::span<Preset const> presets() { return all; }

Preset const* find_preset(std::string_view name) {
    for (auto const& p : all)
        if (p.name == name) return &p;
    return nullptr;
}

std::string normal_name(std::string_view column) {
    std::string out;
    for (std::size_t i = 0; i < column.size();) {
        auto const begin = i;
        auto const c = next_code_point(column, i);
        if (c >= 'A' && c <= 'Z') out += static_cast<char>(c + 32);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += static_cast<char>(c);
        else if (c > 127 && c != 0xFEFF && c != 0xFFFD && !(c >= 0x2000 && c <= 0x206F) && !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFF20)) out.append(column.substr(begin, i - begin));
    }
    return out;
}

Preset const* recognise(std::span<std::string const> columns, std::string_view family) {
    std::set<std::string, std::less<>> names;
    for (auto const& c : columns) names.insert(normal_name(c));
    for (auto const& p : all) {
        if (!family.empty() && p.name != family && !(p.name.starts_with(family) && p.name.size() > family.size() && p.name[family.size()] == '-')) continue;
        bool here = true;
        words(p.must, [&](std::string_view word) { here = here && names.contains(word); });
        if (here) return &p;
    }
    return nullptr;
}

std::vector<ColumnField> pairs_of(Preset const& preset, std::span<std::string const> columns) {
    std::vector<ColumnField> out;
    std::set<std::string_view> taken;
    std::vector<std::string> names;
    for (auto const& c : columns) names.push_back(normal_name(c));
    words(preset.columns, [&](std::string_view pair) {
        auto const colon = pair.find(':');
        auto const target = pair.substr(colon + 1);
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i] == pair.substr(0, colon) && !taken.contains(target)) {
                out.push_back({columns[i], std::string(target)});
                taken.insert(target);
                return;
            }
    });
    return out;
}

std::vector<std::string> missing_fields(Rows rows, Style style, Columns const& columns) {
    std::vector<std::string> out;
    auto const one_of = [&](std::initializer_list<F> wanted) {
        if (std::ranges::any_of(wanted, [&](F f) { return columns.has(f); })) return;
        std::string names;
        for (auto f : wanted) names += (names.empty() ? "" : " or ") + std::string(find_target(rows, f)->name);
        out.push_back(std::move(names));
    };
    // Olist spreads one thing over several files: a product has its category here and its price there.
    if (style != Style::olist) {
        if (rows == Rows::products) one_of({F::title, F::title_zh}), one_of({F::product_id, F::sku}), one_of({F::price, F::price_minor});
        if (rows == Rows::orders) one_of({F::sku, F::product_id, F::title}), one_of({F::quantity}), one_of({F::unit_price});
    } else if (rows == Rows::products) one_of({F::product_id});
    if (rows == Rows::reviews) one_of({F::product_id, F::order_id});
    for (auto const& f : target_fields(rows))
        if (f.need == TargetField::Need::required) one_of({f.id});
    return out;
}

Result<Columns> resolve(Rows rows, Style style, std::span<ColumnField const> mapping, std::span<std::string const> columns) {
    Columns out;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < mapping.size(); ++i) {
        auto const& m = mapping[i];
        auto column = std::ranges::find(columns, m.column);
        if (column == columns.end()) column = std::ranges::find_if(columns, [&](auto const& c) { return normal_name(c) == normal_name(m.column) && !normal_name(c).empty(); });
        if (column == columns.end()) { errors.push_back({fmt::format("/mapping/{}/column", i), "unknown_column", fmt::format("the file has no column \"{}\"", m.column)}); continue; }
        auto const at = static_cast<int>(column - columns.begin());
        if (m.field.starts_with("attribute:") && m.field.size() > 10 && m.field.size() <= 74 && rows == Rows::products) {
            out.attributes.emplace_back(m.field.substr(10), at);
            continue;
        }
        auto const* target = find_target(rows, m.field);
        if (!target) { errors.push_back({fmt::format("/mapping/{}/field", i), "unknown_field", fmt::format("{} have no field \"{}\"", name(rows), m.field)}); continue; }
        auto& slot = out.at[static_cast<std::size_t>(target->id)];
        if (slot >= 0) { errors.push_back({fmt::format("/mapping/{}/field", i), "field_mapped_twice", fmt::format("{} is filled by {} already", m.field, columns[static_cast<std::size_t>(slot)])}); continue; }
        slot = at;
    }
    for (auto const& missing : missing_fields(rows, style, out)) errors.push_back({"/mapping", "field_not_mapped", fmt::format("no column fills {}, which {} need", missing, name(rows))});
    if (errors.empty()) return out;
    auto message = fmt::format("The columns cannot be read as {}: {}. Look at them with imports.inspect and give a mapping.", name(rows), errors.front().message);
    return fail(Errc::invalid_argument, "mapping_incomplete", std::move(message), std::move(errors));
}

}  // namespace kindling::shop::imports
