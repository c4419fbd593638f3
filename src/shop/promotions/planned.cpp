// What the promotions of coming days take off one unit bought alone: what a forecast can know of prices ahead. Each day is asked at its noon; days with the same
// promotions share their answer.
#include "shop/promotions/period.h"
#include "shop/promotions/rows.h"
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <unordered_map>

namespace kindling::shop::promotions {

namespace {

bool for_everybody(Kept const& k) {
    auto const& p = k.promotion;
    return k.automatic && !p.first_order && p.customer_groups.empty() && p.most_uses_per_customer == 0 && p.kind != PromotionKind::free_shipping && !k.used_up();
}

bool runs_on(Kept const& k, Milliseconds noon, ShopClock const& clock) {
    if (k.starts_at_ms > noon || (k.ends_at_ms && noon >= *k.ends_at_ms) || (k.stopped_at_ms && noon >= *k.stopped_at_ms)) return false;
    return k.promotion.weekdays.empty() || std::ranges::find(k.promotion.weekdays, static_cast<std::int64_t>(clock.weekday(noon))) != k.promotion.weekdays.end();
}

}  // namespace

Result<OffByDay> off_by_day(Transaction& tx, OffQuestion const& in) {
    OffByDay out{.share = std::vector<std::vector<float>>(in.skus.size()), .promotion_ids = {}};
    auto all = TRY(all_promotions(tx));
    if (!in.with.empty() && std::ranges::none_of(all, [&](Kept const& k) { return k.promotion.promotion_id == in.with; })) return fail(Errc::not_found, "promotion_not_found", "There is no such promotion.", {{"/promotion_id", "promotion_not_found", "names no promotion"}});
    std::erase_if(all, [&](Kept const& k) { return k.promotion.promotion_id == in.without || (k.promotion.promotion_id != in.with && !for_everybody(k)); });
    if (all.empty() || in.skus.empty()) return out;
    auto const clock = TRY(ShopClock::of(tx));
    std::vector<std::vector<std::size_t>> running(in.days);
    bool any = false;
    for (std::size_t d = 0; d < in.days; ++d) {
        auto const noon = TRY(clock.moment(fmt::format("{}T12:00", format_date(in.first_day + static_cast<Day>(d))), false));
        for (std::size_t i = 0; i < all.size(); ++i) if (runs_on(all[i], noon, clock)) running[d].push_back(i), any = true;
    }
    if (!any) return out;
    std::unordered_map<std::string, Wanted> goods;
    Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT v.sku, v.product_id, p.category_id, p.brand, p.brand_zh, v.price_minor FROM variants v JOIN products p ON p.shop_id = v.shop_id AND p.product_id = v.product_id WHERE v.shop_id = ?", values, [&](Row const& row) -> Result<void> {
        goods.emplace(row.text(0), Wanted{.sku = std::string(row.text(0)), .product_id = std::string(row.text(1)), .category_id = std::string(row.text(2)), .brand = std::string(row.text(3)), .brand_zh = std::string(row.text(4)), .quantity = 1, .unit_price_minor = row.integer(5)});
        return {};
    }));
    auto const tree = TRY(Tree::of(tx));
    std::vector<char> counted(all.size());
    for (std::size_t g = 0; g < in.skus.size(); ++g) {
        auto const found = goods.find(std::string(in.skus[g]));
        if (found == goods.end() || found->second.unit_price_minor <= 0) continue;
        PricedLine const line[] = {{1, found->second.unit_price_minor}};
        std::map<std::vector<std::size_t>, float> known;
        for (std::size_t d = 0; d < in.days; ++d) {
            if (running[d].empty()) continue;
            auto const [answer, fresh] = known.try_emplace(running[d], 0.0F);
            if (fresh) {
                std::vector<Rule> rules;
                for (auto const i : running[d]) rules.push_back(resolved(all[i].promotion, std::span(&found->second, 1), tree));
                auto const priced = best(line, rules, 0);
                answer->second = static_cast<float>(static_cast<double>(priced.goods_off_minor) / static_cast<double>(found->second.unit_price_minor));
                for (auto const& a : priced.applied) counted[running[d][a.rule]] = 1;
            }
            if (answer->second <= 0) continue;
            out.share[g].resize(in.days);
            out.share[g][d] = answer->second;
        }
    }
    for (std::size_t i = 0; i < all.size(); ++i) if (counted[i]) out.promotion_ids.push_back(all[i].promotion.promotion_id);
    return out;
}

}  // namespace kindling::shop::promotions
