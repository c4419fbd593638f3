// modules/assortment/module.cpp -- the operations: make a plan and its decisions, look at it, ask it again under other limits, play a changed list.
#include "modules/assortment/decide.h"
#include "modules/assortment/model.h"
#include "modules/assortment/needs.h"
#include "modules/assortment/simulate.h"
#include "shop/page.h"
#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace kindling::assortment_module {

namespace {

std::unexpected<Error> no_plan() { return fail(Errc::failed_precondition, "not_planned", "There is no plan yet: assortment.propose makes one."); }

// Facts are read in one short reading transaction; what takes seconds runs outside of any.
Result<Outline> propose(Context& context, Propose const& request) {
    auto& services = context.services;
    auto in = request;
    if (in.as_before)
        if (auto before = TRY(load(file_of(services, context.shop_id)))) in = std::move(before->asked);
    in.as_before = false;
    auto const& progress = context.progress;
    ShopFacts facts;
    std::vector<std::string> pushed;
    {
        auto tx = TRY(services.store->read(context.shop_id));
        facts = TRY(read_facts(*tx, context.now, in.return_cost_share, progress));
        pushed = TRY(pushed_now(*tx, context.now));
    }
    std::vector<assortment::ChoiceData> data;
    for (auto& set : facts.sets) data.push_back(set.data);
    Progress const learning{.stop = progress.stop, .report = [&](std::int64_t done, std::int64_t total, std::string_view what) { progress(36 + 20 * done / std::max<std::int64_t>(1, total), 100, what); }};
    // Prices of days without a sale are not known, so that single elasticities are noisier than their likelihood says: they may stray little.
    auto const fits = TRY(assortment::estimate(data, {.elasticity_spread = 0.2}, learning, context.threads()));
    auto kept = keep(facts, fits);
    kept.made_at_ms = context.now, kept.asked = in;
    for (auto& set : kept.sets) for (auto& g : set.goods) g.pushed_now = std::ranges::find(pushed, g.product_id) != pushed.end();
    Progress const weighing{.stop = progress.stop, .report = [&](std::int64_t done, std::int64_t total, std::string_view what) { progress(56 + 20 * done / std::max<std::int64_t>(1, total), 100, what); }};
    auto computed = TRY(compute(kept, in, weighing));
    Progress const drawing{.stop = progress.stop, .report = [&](std::int64_t, std::int64_t, std::string_view) { progress(80, 100, "weighing other shelf sizes"); }};
    auto points = TRY(curve(kept, in, std::llround(computed.outline.limits[0].most), drawing));
    progress(95, 100, "proposing decisions");
    {
        auto tx = TRY(services.store->write(context.shop_id));
        context.open = tx.get();
        auto const decided = decide(context, in, computed);
        context.open = nullptr;
        TRY(decided);
        if (!context.dry()) TRY(tx->commit());
    }
    auto outline = computed.outline;
    kept.plan = {.planned = true, .outline = outline, .items = std::move(computed.items), .total = 0, .next_page_token = {}, .sets = std::move(computed.sets), .curve = std::move(points)};
    kept.plan.total = static_cast<std::int64_t>(kept.plan.items.size());
    if (auto const file = file_of(services, context.shop_id); !context.dry() && !file.empty()) TRY(save(kept, file));
    return outline;
}

Result<PlanPage> plan(Context& context, AskPlan const& in) {
    auto const keys = TRY(shop::read_page_token("assortment", in.page_token, 1));
    auto kept = TRY(load(file_of(context.services, context.shop_id)));
    auto needed = keys.empty() ? TRY(needed_goods(context.tx(), context.now)) : std::vector<NeededGood>{};
    if (!kept) {
        PlanPage none;
        none.needed = std::move(needed);
        return none;
    }
    auto& page = kept->plan;
    page.needed = std::move(needed);
    std::erase_if(page.items, [&](PlanItem const& i) { return (in.action && i.action != *in.action) || (!in.category_id.empty() && i.category_id != in.category_id); });
    page.total = static_cast<std::int64_t>(page.items.size());
    auto const first = keys.empty() ? 0 : std::clamp<std::int64_t>(std::atoll(keys[0].c_str()), 0, page.total), last = std::min(page.total, first + in.page_size);
    page.items.erase(page.items.begin() + last, page.items.end());
    page.items.erase(page.items.begin(), page.items.begin() + first);
    if (first > 0) page.sets.clear(), page.curve.clear();
    if (last < page.total) {
        std::string const next[] = {std::to_string(last)};
        page.next_page_token = shop::page_token("assortment", next);
    }
    return std::move(page);
}

Result<Imagined> what_if(Context& context, WhatIf const& in) {
    auto const kept = TRY(load(file_of(context.services, context.shop_id)));
    if (!kept) return no_plan();
    auto asked = kept->asked;
    if (in.shelf_places) asked.shelf_places = in.shelf_places;
    if (in.capital_minor) asked.capital_minor = in.capital_minor;
    if (in.push_places) asked.push_places = *in.push_places;
    if (in.most_price_change_percent) asked.most_price_change_percent = *in.most_price_change_percent;
    if (in.listing_cost_minor) asked.listing_cost_minor = *in.listing_cost_minor;
    if (!in.keep.empty()) asked.keep = in.keep;
    if (!in.leave_out.empty()) asked.leave_out = in.leave_out;
    auto computed = TRY(compute(*kept, asked, context.progress));
    std::map<std::string_view, PlanItem const*> before;
    for (auto const& item : kept->plan.items) before.emplace(item.product_id, &item);
    Imagined out{.outline = computed.outline, .differences = {}};
    for (auto& item : computed.items) {
        auto const was = before.find(item.product_id);
        if (was != before.end() && was->second->action == item.action && was->second->planned_price_minor == item.planned_price_minor) continue;
        out.differences.push_back(std::move(item));
        if (out.differences.size() == 100) break;
    }
    return out;
}

Result<Simulated> simulate_lists(Context& context, Simulate const& in) {
    auto const kept = TRY(load(file_of(context.services, context.shop_id)));
    if (!kept) return no_plan();
    return simulate(*kept, in, context.progress, context.threads());
}

}  // namespace

std::vector<Operation> assortment_operations() {
    return {
        operation({.name = "assortment.propose", .scenario = "5", .summary = {"Learn how shoppers choose, plan what to list, keep, drop, push and price within shelf, capital and push places, and propose the most valuable changes as decisions.", "学习顾客如何选择，在货架、资金与主推位限制内规划上架、保留、下架、主推与调价，并将最有价值的变更提为决策。"}, .effect = Effect::propose, .permission = "assortment.propose",
                   .reasons = {"nothing_sold", "too_little_history", "no_goods", "limits_too_tight", "product_not_found", "solver_failed", "plan_not_kept", "bad_choice_data"}, .length = Length::long_}, &propose),
        operation({.name = "assortment.plan", .scenario = "5", .summary = {"The plan that was made last: each good with its score, value and reason; limits with their dual prices.", "最近一次的选品方案：各商品的评分、价值与理由，各限制及其影子价格。"}, .permission = "assortment.read"}, &plan),
        operation({.name = "assortment.whatif", .scenario = "5", .summary = {"What the best plan would be under other limits, by the model that was learned last; changes nothing.", "按最近学到的模型，换一组限制时的最优方案；不做任何更改。"}, .permission = "assortment.read", .reasons = {"not_planned", "limits_too_tight", "product_not_found", "solver_failed"}, .length = Length::long_}, &what_if),
        operation({.name = "assortment.simulate", .scenario = "5", .summary = {"Play a changed list on simulated shoppers, learned from the shop's own history, beside today's: profit, sales, returns, lost sales and who takes over, each with its interval; changes nothing.", "用学自本店历史的模拟顾客，对比变更后的商品列表与当前列表：利润、销量、退货、流失与需求承接，均附区间；不做任何更改。"}, .permission = "assortment.read", .reasons = {"not_planned", "product_not_found", "conflicting_changes", "too_many_shoppers", "bad_play"}, .length = Length::long_}, &simulate_lists),
    };
}

}  // namespace kindling::assortment_module
