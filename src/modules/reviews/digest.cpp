#include "modules/reviews/api.h"
#include "modules/reviews/kept_digests.h"
#include "modules/reviews/learned.h"
#include "shop/store/store.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::reviews {

namespace {

constexpr std::int64_t most_reviews = 1000;

struct Row {
    std::string review_id, body;
    std::int64_t rating = 0, created_at_ms = 0;
};

}  // namespace

Result<ReviewDigest> digest_reviews(Context& context, DigestReviews const& in) {
    auto& tx = context.tx();
    auto const locale = in.locale == "zh" ? Locale::zh : in.locale == "en" ? Locale::en : context.locale;
    shop::Value const of_product[] = {tx.shop_id(), in.product_id};
    bool known = false;
    TRY(tx.run("SELECT 1 FROM products WHERE shop_id = ? AND product_id = ?", of_product, [&](shop::Row const&) -> Result<void> { known = true; return {}; }));
    if (!known) return fail(Errc::not_found, "product_not_found", fmt::format("There is no product {}.", in.product_id));
    ReviewDigest out;
    TRY(tx.run("SELECT COUNT(*), AVG(1.0 * rating) FROM reviews WHERE shop_id = ? AND product_id = ? AND status = 'published'", of_product, [&](shop::Row const& row) -> Result<void> {
        out.reviews = row.integer(0);
        if (out.reviews > 0) out.rating = row.number(1);
        return {};
    }));
    std::vector<Row> rows;
    shop::Value const newest[] = {tx.shop_id(), in.product_id, most_reviews};
    TRY(tx.run("SELECT review_id, body, rating, created_at_ms FROM reviews WHERE shop_id = ? AND product_id = ? AND status = 'published' ORDER BY created_at_ms DESC, review_id DESC LIMIT ?", newest, [&](shop::Row const& row) -> Result<void> {
        rows.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2), row.integer(3)});
        return {};
    }));
    out.reviews_read = static_cast<std::int64_t>(rows.size());
    std::vector<opinion::ReviewText> texts;
    for (auto const& r : rows) texts.push_back({r.body, in_chinese(r.body) == (locale == Locale::zh)});
    ReadBy by;
    if (auto const taught = learned_reader(context.services.folder, context.shop_id)) {
        out.basis = Basis::learned;
        by.name = fmt::format("{} {}", context.shop_id, taught->state().taught_at_ms);
        by.read = [taught](std::string_view body) { return in_chinese(body) == taught->state().chinese ? taught->remarks(body) : opinion::remarks(body); };
    }
    auto const digest = kept_digest(texts, {.quotes_a_side = static_cast<std::uint32_t>(in.quotes)}, by);
    out.reviews_with_remarks = digest->reviews_with_remarks;
    for (auto const& a : digest->aspects) {
        auto const name = opinion::name_of(a.aspect);
        AspectLine line{.aspect = std::string(name.key), .label = std::string(locale == Locale::zh ? name.zh : name.en), .count = a.count(), .praise = a.praise, .blame = a.blame, .both = a.both, .praise_share = a.share(), .quotes = {}};
        for (auto const& q : a.quotes) {
            auto const& r = rows[q.review];
            line.quotes.push_back({r.review_id, r.body.substr(q.begin, q.end - q.begin), q.praise, r.rating, r.created_at_ms});
        }
        out.aspects.push_back(std::move(line));
    }
    return out;
}

std::vector<Operation> operations() {
    auto all = reader_operations();
    all.push_back(operation({.name = "reviews.digest", .scenario = "25", .summary = {"What buyers of a product say, by aspect: share of praise, count, quotes exactly as written.", "买家怎么说：按维度汇总商品评价，给出好评占比、条数与原文引用。"}, .permission = "public", .reasons = {"product_not_found"}}, &digest_reviews));
    return all;
}

}  // namespace kindling::reviews
