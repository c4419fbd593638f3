// modules/assortment/reasons.cpp -- why, in one or two sentences of both languages, from the figures of the plan and nothing else.
#include "core/short_money.h"
#include "modules/assortment/model.h"
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace kindling::assortment_module {

namespace {

std::string percent(double share) { return fmt::format("{} %", std::lround(share * 100)); }
std::string percent_zh(double share) { return fmt::format("{}%", std::lround(share * 100)); }

class Teller {
public:
    Teller(Kept const& kept, Computed const& plan) : currency_(plan.outline.currency), days_(plan.outline.horizon_days), place_(plan.outline.limits[0].dual_price), money_(plan.outline.limits[1].dual_price) {
        for (int d = currency_decimals(currency_); d > 0; --d) hundred_ *= 10;
        for (auto const& set : kept.sets)
            for (auto const& g : set.goods) goods_.emplace(g.product_id, &g);
        for (auto const& set : kept.sets) names_.emplace(set.category_id, std::pair(set.name_en.empty() ? set.category_id : set.name_en, set.name_zh.empty() ? set.name_en.empty() ? set.category_id : set.name_en : set.name_zh));
    }

    void tell(PlanItem& item) const {
        auto& en = item.reason_en;
        auto& zh = item.reason_zh;
        auto const& good = *goods_.at(item.product_id);
        auto const [category, category_zh] = names_.at(item.category_id);
        switch (item.action) {
        case Action::list:
            en = fmt::format("Expected to sell {:.0f} in {} days and to earn {}.", item.units_planned, days_, money(item.profit_planned_minor));
            zh = fmt::format("预计 {} 天售出 {:.0f} 件，获利 {}。", days_, item.units_planned, money(item.profit_planned_minor));
            known(item, en, zh);
            if (place_ > 0) en += fmt::format(" A shelf place is worth {}.", money(std::llround(place_))), zh += fmt::format("一个货架位值 {}。", money(std::llround(place_)));
            short_of_money(en, zh);
            en += " It needs stock before it can sell.", zh += "上架前需先备货。";
            break;
        case Action::drop:
            en = fmt::format("Earns {} in {} days as it is", money(item.profit_now_minor), days_);
            zh = fmt::format("按现状 {} 天获利 {}", days_, money(item.profit_now_minor));
            if (place_ > 0) en += fmt::format("; its shelf place is worth {}", money(std::llround(place_))), zh += fmt::format("，而其货架位值 {}", money(std::llround(place_)));
            en += fmt::format(". Of its buyers {} take another of {}.", percent(item.taken_from_others), category);
            zh += fmt::format("。其买家约 {} 会转买{}中的其他商品。", percent_zh(item.taken_from_others), category_zh);
            short_of_money(en, zh);
            weaknesses(item, en, zh);
            break;
        case Action::push:
            en = fmt::format("Earns {} for each unit; of what a push adds, {} would be bought beside it anyway. In stock {} of the time.", money(each(good)), percent(item.taken_from_others), percent(item.in_stock));
            zh = fmt::format("每件获利 {}；主推带来的增量中约 {} 本会购买同类其他商品。有货时间占 {}。", money(each(good)), percent_zh(item.taken_from_others), percent_zh(item.in_stock));
            break;
        case Action::price: {
            auto const up = item.planned_price_minor > item.price_minor;
            en = fmt::format("Demand changes by {:.1f} % for 1 % of price (± {:.1f}), and the margin is {}: {} earns more.", item.elasticity, item.elasticity_deviation, percent(item.margin), up ? "a higher price" : "a lower price");
            zh = fmt::format("价格每变动 1%，需求变动 {:.1f}%（±{:.1f}），毛利率 {}：{}更赚。", item.elasticity, item.elasticity_deviation, percent_zh(item.margin), up ? "提价" : "降价");
            break;
        }
        case Action::keep:
            en = fmt::format("Earns {} in {} days and keeps its place.", money(item.profit_planned_minor), days_);
            zh = fmt::format("{} 天获利 {}，保留。", days_, money(item.profit_planned_minor));
            break;
        case Action::leave:
            en = "Would earn less than the places, the capital and the buyers that it would take from other goods.";
            zh = "上架所得不及其占用的货架、资金及从其他商品分走的买家。";
            short_of_money(en, zh);
            known(item, en, zh);
            break;
        }
        if (good.delivered) {
            en += fmt::format(" Of what its supplier had to deliver, {} came by the day it was due ({} {}).", percent(*good.delivered), good.deliveries, good.deliveries == 1 ? "order" : "orders");
            zh += fmt::format("其供应商按期到货 {}（{} 单）。", percent_zh(*good.delivered), good.deliveries);
        }
        if (!good.cost_known) en += " Its cost is not known; the shop's usual cost share is assumed.", zh += "成本未知，按店铺通常成本率估算。";
    }

private:
    std::string money(std::int64_t minor) const { return short_money(minor, currency_); }
    std::int64_t each(KeptGood const& g) const { return std::llround((1 - g.returned) * (g.price_minor - g.cost_minor) - g.returned * g.return_cost_minor); }

    // Where the money for stock binds: what a hundred more of it would earn, the dual price of the limit.
    void short_of_money(std::string& en, std::string& zh) const {
        auto const earns = std::llround(money_ * static_cast<double>(hundred_));
        if (earns < 1) return;
        en += fmt::format(" Money for stock is short: {} more of it would earn {} in {} days.", money(hundred_), money(earns), days_);
        zh += fmt::format("库存资金紧张：每多 {} 资金，{} 天可多获利 {}。", money(hundred_), days_, money(earns));
    }

    void known(PlanItem const& item, std::string& en, std::string& zh) const {
        if (item.units_seen >= 10) {
            en += fmt::format(" It sold {} in the year while it was on sale.", item.units_seen), zh += fmt::format("此前一年在售期间售出 {} 件。", item.units_seen);
            return;
        }
        if (item.alike.empty()) return;
        auto const& like = *goods_.at(item.alike[0]);
        en += fmt::format(" Little is known of it yet: it is scored by goods that are most alike, such as {}.", like.title_en.empty() ? like.title_zh : like.title_en);
        zh += fmt::format("自身数据尚少：按属性最相近的商品评分，如{}。", like.title_zh.empty() ? like.title_en : like.title_zh);
    }
    void weaknesses(PlanItem const& item, std::string& en, std::string& zh) const {
        if (item.returned >= 0.15) en += fmt::format(" {} come back.", percent(item.returned)), zh += fmt::format("退货率 {}。", percent_zh(item.returned));
        if (item.margin < 0.2) en += fmt::format(" The margin is {}.", percent(item.margin)), zh += fmt::format("毛利率仅 {}。", percent_zh(item.margin));
        if (item.trend_per_year < -0.2) en += " Its demand is falling.", zh += "需求在下降。";
        if (item.in_stock < 0.8) en += fmt::format(" It is in stock only {} of the time.", percent(item.in_stock)), zh += fmt::format("有货时间仅占 {}。", percent_zh(item.in_stock));
    }

    std::string currency_;
    std::int64_t days_;
    double place_, money_;
    std::int64_t hundred_ = 100;  // units of the currency, in minor units
    std::map<std::string, KeptGood const*> goods_;
    std::map<std::string, std::pair<std::string, std::string>> names_;
};

}  // namespace

void give_reasons(Kept const& kept, Computed& plan) {
    Teller const teller(kept, plan);
    for (auto& item : plan.items) teller.tell(item);
}

}  // namespace kindling::assortment_module
