// gateway/agents/ucp/products.h -- products in UCP's words: a product with its purchasable variants, their prices and options.
#pragma once
#include "gateway/agents/ucp/ucp.h"
#include "shop/catalogue/api.h"

namespace kindling::gateway::agents {

// A product as catalog.find_products tells of it.
struct Found {
    shop::Product product;
    std::int64_t reviews = 0;
    std::optional<double> rating;
    std::vector<std::string> asked, skus;
};

// Names that products are written with: categories and labels of attributes, in one language. Immutable.
struct Names {
    std::map<std::string, std::string, std::less<>> categories;  // by id: "Footwear > Running"
    std::map<std::string, std::string, std::less<>> category_of_name;  // id by id, by name in either language, lower case of ASCII
    std::map<std::string, std::string, std::less<>> attributes;
};

struct Selected {
    std::string name, label;
};

class ProductWriter {
public:
    ProductWriter(std::string base, Locale locale, std::string currency, Names const& names) : base_(std::move(base)), locale_(locale), currency_(std::move(currency)), names_(names) {}

    // `variants`: which of the product's, in this order; empty: all of them.
    json::object product(Found const&, std::vector<shop::Variant const*> const& variants = {}) const;
    json::object variant(shop::Product const&, shop::Variant const&) const;
    // The options that tell a variant from its siblings; empty when there is nothing to choose.
    std::vector<Selected> options(shop::Product const&, shop::Variant const&) const;
    // Names of these options over the product, in the order of the variants, each with its labels.
    std::vector<std::pair<std::string, std::vector<std::string>>> choices(shop::Product const&) const;

private:
    json::object price(std::int64_t minor) const { return {{"amount", minor}, {"currency", currency_}}; }
    std::string const& in(std::string const& en, std::string const& zh) const { return (locale_ == Locale::zh && !zh.empty()) || en.empty() ? zh : en; }
    std::string absolute(std::string const& url) const { return url.starts_with('/') ? base_ + url : url; }
    std::string base_;
    Locale locale_;
    std::string currency_;
    Names const& names_;
};

bool is_available(shop::Variant const&);

}  // namespace kindling::gateway::agents
