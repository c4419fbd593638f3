#include "modules/forecast/planned.h"
#include "modules/forecast/due.h"
#include "shop/promotions/api.h"
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

namespace kindling::forecast {

Result<Elasticities> elasticities(Context& context) {
    Elasticities out;
    auto const* op = context.services.registry ? context.services.registry->find("assortment.plan") : nullptr;
    auto const none = [] { return fail(Errc::failed_precondition, "not_planned", "Elasticities are not learned yet: assortment.propose learns them (with most_decisions 0 it proposes nothing)."); };
    if (!op) return none();
    for (std::string token;;) {
        json::value answer;
        TRY(op->run(context, json::object{{"page_size", 500}, {"page_token", token}}, answer));
        auto const& page = answer.as_object();
        if (!page.at("planned").as_bool()) return none();
        for (auto const& item : page.at("items").as_array()) {
            auto const& o = item.as_object();
            auto const* spread = o.if_contains("elasticity_spread");
            out[std::string(o.at("product_id").as_string())] = {.elasticity = o.at("elasticity").to_number<double>(), .deviation = o.at("elasticity_deviation").to_number<double>(), .price = o.at("price_minor").to_number<double>(), .margin = o.at("margin").to_number<double>(), .spread = spread ? spread->to_number<double>() : 0};
        }
        token = std::string(page.at("next_page_token").as_string());
        if (token.empty()) return out;
    }
}

double usual_price(double usual, double price, Day days) {
    if (!(usual > 0)) return price;
    auto const share = std::clamp(static_cast<double>(days) / static_cast<double>(days_before), 0.0, 1.0);
    return usual + share * (price - usual);
}

double price_factor(double off, double off_before, double elasticity) {
    // A price of a hundredth is as far as an elasticity says anything.
    double const ratio = std::max(0.01, 1 - off) / std::max(0.01, 1 - off_before);
    return std::clamp(std::pow(ratio, std::min(0.0, elasticity)), 0.05, 20.0);
}

namespace {

// Half as dear or twice as dear is as far as a change of the list price is believed.
Result<void> prices_now(shop::Transaction& tx, Kept const& kept, Plans& out) {
    std::unordered_map<std::string_view, std::size_t> number;
    for (std::size_t g = 0; g < kept.goods.size(); ++g)
        if (kept.goods[g].elasticity != 0 && kept.goods[g].price > 0) number.emplace(kept.goods[g].sku, g);
    if (number.empty()) return {};
    shop::Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT sku, price_minor FROM variants WHERE shop_id = ?", values, [&](shop::Row const& row) -> Result<void> {
        auto const found = number.find(row.text(0));
        if (found == number.end() || row.integer(1) <= 0) return {};
        auto const& good = kept.goods[found->second];
        auto const ratio = std::clamp(static_cast<double>(row.integer(1)) / static_cast<double>(good.price), 0.5, 2.0);
        if (std::abs(ratio - 1) < 0.002) return {};
        out.price.resize(kept.goods.size(), 1.0F);
        out.price[found->second] = static_cast<float>(std::pow(ratio, std::min(0.0, static_cast<double>(good.elasticity))));
        return {};
    }));
    return {};
}

}  // namespace

Result<void> take_out_promotions(shop::Transaction& tx, Elasticities const& learned, Due const& due, History& history) {
    shop::promotions::OffQuestion question{.skus = {}, .first_day = history.first, .days = history.days()};
    std::vector<std::pair<std::size_t, double>> asked;  // good, elasticity
    for (std::size_t g = 0; g < history.goods.size(); ++g)
        if (auto const found = learned.find(history.goods[g].product_id); found != learned.end() && found->second.elasticity < 0 && !history.goods[g].sold.empty()) question.skus.push_back(history.goods[g].sku), asked.emplace_back(g, found->second.elasticity);
    auto const off = TRY(shop::promotions::off_by_day(tx, question));
    for (std::size_t i = 0; i < asked.size(); ++i)
        for (std::size_t t = 0; t < off.share[i].size(); ++t) {
            if (!(off.share[i][t] > 0)) continue;
            auto const day = static_cast<std::int32_t>(t);
            auto const lift = price_factor(static_cast<double>(off.share[i][t]), 0, asked[i].second);
            auto& good = history.goods[asked[i].first];
            if (due.takes_out(asked[i].first, day, lift, Due::Known::promotion)) good.lifted.emplace_back(day, static_cast<float>(lift));
            else good.stays.emplace_back(day, static_cast<float>(lift)), good.cut_stays = good.cut_stays || t + days_before >= off.share[i].size();
        }
    return {};
}

namespace {

void lift(Plans const& plans, Kept const& kept, Model model, Means& means) {
    for (std::size_t g = 0; g < plans.factor.size(); ++g)
        for (std::size_t h = 0; h < plans.factor[g].size(); ++h) means.row(g)[h] *= plans.factor[g][h];
    auto const rows = plans.held.find(kept.under(model));
    if (rows == plans.held.end()) return;
    for (std::size_t g = 0; g < kept.goods.size(); ++g) {
        auto const& held = rows->second[kept.feast_row(g)];
        for (std::size_t h = 0; h < held.size(); ++h) means.row(g)[h] /= held[h];
    }
}

}  // namespace

void hold_already(Plans& plans, Kept const& kept) {
    plans.held.clear();
    for (auto const model : {Model::calendar, Model::yearly}) {
        auto const& moves = kept.held_in(model);
        auto const found = kept.models.find(model);
        if (moves.empty() || found == kept.models.end()) continue;
        std::vector<std::vector<double>> units(moves.size()), lifted(units);
        for (std::size_t g = 0; g < kept.goods.size(); ++g) {
            auto& n = units[kept.feast_row(g)];
            auto& l = lifted[kept.feast_row(g)];
            n.resize(kept.horizon), l.resize(kept.horizon);
            auto const row = found->second.row(g);
            for (std::size_t h = 0; h < kept.horizon; ++h)
                n[h] += static_cast<double>(row[h]), l[h] += static_cast<double>(row[h]) * (plans.factor[g].empty() ? 1.0 : static_cast<double>(plans.factor[g][h]));
        }
        auto& out = plans.held[model];
        out.resize(units.size());
        for (std::size_t row = 0; row < units.size(); ++row)
            for (std::size_t h = 0; h < units[row].size(); ++h) {
                auto const planned = units[row][h] > 0 ? std::log(std::max(1.0, lifted[row][h] / units[row][h])) : 0, both = std::min(planned, static_cast<double>(moves[row][h]));
                if (!(both > 1e-4)) continue;
                out[row].resize(kept.horizon, 1.0F);
                out[row][h] = static_cast<float>(std::exp(both));
            }
    }
}

Result<Plans> promotions_ahead(shop::Transaction& tx, Kept const& kept, OtherPlan const& other) {
    Plans out{.factor = std::vector<std::vector<float>>(kept.goods.size()), .promotion_ids = {}, .unlearned = {}};
    shop::promotions::OffQuestion question{.skus = {}, .first_day = kept.origin - static_cast<Day>(days_before), .days = days_before + kept.horizon};
    for (auto const& g : kept.goods) question.skus.push_back(g.sku);
    auto off = TRY(shop::promotions::off_by_day(tx, question));
    if (!other.with.empty() || !other.without.empty()) {  // the days before were as they were
        question.first_day = kept.origin, question.days = kept.horizon, question.with = other.with, question.without = other.without;
        auto changed = TRY(shop::promotions::off_by_day(tx, question));
        for (std::size_t g = 0; g < kept.goods.size(); ++g) {
            if (off.share[g].empty() && changed.share[g].empty()) continue;
            off.share[g].resize(days_before + kept.horizon), changed.share[g].resize(kept.horizon);
            std::ranges::copy(changed.share[g], off.share[g].begin() + days_before);
        }
        off.promotion_ids = std::move(changed.promotion_ids);
    }
    out.promotion_ids = std::move(off.promotion_ids);
    for (std::uint32_t g = 0; g < kept.goods.size(); ++g) {
        auto const& share = off.share[g];
        if (share.empty()) continue;
        double before = 0;
        if (!(kept.goods[g].notes & static_cast<std::uint16_t>(Note::promotions_out))) for (std::size_t d = 0; d < days_before; ++d) before += static_cast<double>(share[d]) / days_before;
        auto const elasticity = static_cast<double>(kept.goods[g].elasticity);
        if (elasticity == 0) { out.unlearned.push_back(g); continue; }
        for (std::size_t h = 0; h < kept.horizon; ++h) out.factor[g].push_back(static_cast<float>(price_factor(static_cast<double>(share[days_before + h]), before, elasticity)));
    }
    hold_already(out, kept);
    return out;
}

Result<Plans> plans_ahead(shop::Transaction& tx, Kept const& kept) {
    auto out = TRY(promotions_ahead(tx, kept));
    TRY(prices_now(tx, kept, out));
    return out;
}

void apply(Plans const& plans, Kept const& kept, Model model, Means& means) {
    for (std::size_t g = 0; g < plans.price.size(); ++g)
        if (plans.price[g] != 1) for (auto& v : means.row(g)) v *= plans.price[g];
    lift(plans, kept, model, means);
}

void apply_promotions(Plans const& plans, Kept& kept) {
    if (!plans.any()) return;
    for (auto& [model, means] : kept.models)
        if (model != Model::seasonal_naive) lift(plans, kept, model, means);
}

}  // namespace kindling::forecast
