// catalog.set_pictures: the pictures of one product by hand, in the order they are shown, with what they show in both languages.
//
// A whole list takes the place of the list before. Two people who edit at once would undo each other's work unseen, so whoever says which pictures it began with
// is refused when there are others now. A stored picture must be one that this shop has stored: an address of somebody else's file would show a hole.
#include "shop/catalogue/operations.h"
#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace kindling::shop {

namespace {

std::string_view place_of(Picture const& p) {
    std::string_view const at = p.asset.empty() ? p.url : p.asset;
    return at.starts_with("/assets/") ? at.substr(8) : at;
}

}  // namespace

Result<PicturesSet> set_pictures(Context& context, SetPictures const& in) {
    auto& tx = context.tx();
    std::string const asked[] = {in.product_id};
    auto before = TRY(load_products(tx, asked));
    if (before.empty()) return fail(Errc::not_found, "product_not_found", "There is no such product.", {{"/product_id", "product_not_found", "is not a product of this shop"}});
    if (in.before) {
        auto const& had = before[0].pictures;
        bool const same = had.size() == in.before->size() && std::ranges::equal(had, *in.before, [](Picture const& p, std::string const& place) { return place_of(p) == place; });
        if (!same) return fail(Errc::conflict, "pictures_changed", "Somebody else has changed these pictures meanwhile; read them again.", {{"/before", "pictures_changed", "is not what the product has now"}});
    }
    std::vector<FieldError> errors;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < in.pictures.size(); ++i) {
        auto const& p = in.pictures[i];
        auto const place = place_of(p);
        auto const here = fmt::format("/pictures/{}/{}", i, p.asset.empty() ? "url" : "asset");
        if (place.empty()) errors.push_back({here, "required", "give an asset of pictures.store or an https address"});
        else if (!seen.insert(place).second) errors.push_back({here, "duplicate", "names a picture twice"});
        else if (!place.starts_with("https://") && !TRY(tx.integer("SELECT COUNT(*) FROM assets WHERE shop_id = ? AND asset = ?", tx.shop_id(), place))) errors.push_back({here, "asset_not_found", "is no stored picture of this shop; store it with pictures.store"});
    }
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The pictures have invalid fields; nothing was changed.", std::move(errors));
    TRY(tx.execute("DELETE FROM media WHERE shop_id = ? AND product_id = ? AND kind = 'image'", tx.shop_id(), in.product_id));
    auto const first = TRY(tx.integer("SELECT COALESCE(MAX(position) + 1, 0) FROM media WHERE shop_id = ? AND product_id = ?", tx.shop_id(), in.product_id));  // behind what is no picture
    TRY(tx.run_many("INSERT INTO media (shop_id, product_id, position, asset, kind, alt_en, alt_zh) VALUES (?,?,?,?,'image',?,?)", in.pictures.size(), [&](std::size_t i, std::vector<Value>& values) {
        auto const& p = in.pictures[i];
        values = {tx.shop_id(), in.product_id, first + static_cast<std::int64_t>(i), place_of(p), p.alt_en, p.alt_zh};
    }));
    TRY(tx.execute("UPDATE products SET updated_at_ms = ? WHERE shop_id = ? AND product_id = ?", context.now, tx.shop_id(), in.product_id));
    tx.changed("product", in.product_id);
    auto after = TRY(load_products(tx, asked));
    return PicturesSet{.before = std::move(before[0].pictures), .pictures = std::move(after.at(0).pictures)};
}

}  // namespace kindling::shop
