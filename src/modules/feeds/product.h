// modules/feeds/product.h -- one product in the words of ACP's feed.
#pragma once
#include "modules/feeds/api.h"
#include "shop/catalogue/api.h"
#include <map>

namespace kindling::feeds {

// What all products of a feed share; read once. Texts are those of `locale`, or of the other language where the shop gave none.
class Writer {
public:
    static Result<Writer> read(shop::Transaction&, std::string shop_url, Locale);
    // Variants that are not sold are left out by the catalogue; `sold` false says of all that they are discontinued.
    FeedProduct write(shop::Product const&, bool sold = true) const;

private:
    std::string const& in(std::string const& en, std::string const& zh) const { return (locale_ == Locale::zh ? !zh.empty() : en.empty()) ? zh : en; }
    std::string page(std::string_view path) const;
    std::string path_to(std::string_view category_id) const;

    std::string shop_url_, currency_;
    Locale locale_ = Locale::en;
    FeedSeller seller_;
    std::map<std::string, shop::Category, std::less<>> categories_;
    std::map<std::string, std::string, std::less<>> attributes_;
};

// "https://shop.example" without a slash at its end; false: not an address that pages can begin with.
bool is_shop_url(std::string_view);

}  // namespace kindling::feeds
