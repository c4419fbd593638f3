// selection.save_rules, selection.list_rules: margin, freshness, frequency, variety, and what is never shown, by placement and by arm of an experiment.
#include "modules/selection/rules.h"
#include "core/json_text.h"
#include "modules/experiments/api.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::selection {

namespace {

constexpr Milliseconds lately = milliseconds_per_day;
constexpr std::size_t most_visits = 5'000;

Result<std::vector<RecommendationRules>> all_rules(shop::Transaction& tx) {
    std::vector<RecommendationRules> out;
    shop::Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT rules FROM recommendation_rules WHERE shop_id = ? ORDER BY placement", values, [&](shop::Row const& row) -> Result<void> { out.push_back(TRY(read_json<RecommendationRules>(TRY(parse_json(row.text(0)))))); return {}; }));
    return out;
}

Result<RuleSet> save_rules(Context& context, RuleSet const& in) {
    auto& tx = context.tx();
    std::vector<FieldError> errors;
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < in.rules.size(); ++i) {
        auto const& r = in.rules[i];
        auto const at = fmt::format("/rules/{}", i);
        if (r.experiment_id.empty() != r.arm_id.empty()) errors.push_back({at + "/arm_id", "required", "an experiment and its arm go together"});
        else if (!r.experiment_id.empty() && !TRY(experiments::has_arm(tx, r.experiment_id, r.arm_id))) errors.push_back({at + "/arm_id", "unknown_arm", "is no arm of this experiment"});
        keys.push_back(fmt::format("{}/{}/{}", r.placement ? name(*r.placement) : "", r.experiment_id, r.arm_id));
        if (std::ranges::count(keys, keys.back()) > 1) errors.push_back({at + "/placement", "taken", "stands here twice"});
    }
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The rules were not saved.", std::move(errors));
    TRY(tx.execute("DELETE FROM recommendation_rules WHERE shop_id = ?", tx.shop_id()));
    for (std::size_t i = 0; i < in.rules.size(); ++i) TRY(tx.execute("INSERT INTO recommendation_rules (shop_id, placement, rules, updated_at_ms) VALUES (?,?,?,?)", tx.shop_id(), keys[i], to_text(write_json(in.rules[i])), context.now));
    tx.changed("merchandising");
    return RuleSet{TRY(all_rules(tx))};
}

Result<RuleSet> list_rules(Context& context, Nothing const&) { return RuleSet{TRY(all_rules(context.tx()))}; }

}  // namespace

Result<RecommendationRules> rules_for(shop::Transaction& tx, Placement placement, std::string const& session, Milliseconds now) {
    RecommendationRules out;
    int best = -1;
    for (auto& r : TRY(all_rules(tx))) {
        if (r.placement && *r.placement != placement) continue;
        int const standing = (r.experiment_id.empty() ? 0 : 2) + (r.placement ? 1 : 0);
        if (standing <= best) continue;
        if (!r.experiment_id.empty() && TRY(experiments::arm_of_visitor(tx, r.experiment_id, session, now)) != r.arm_id) continue;
        best = standing, out = std::move(r);
    }
    // Visitors of a hold-out see what sells, whatever else the rules favour.
    if (TRY(experiments::does_without(tx, experiments::HeldOut::recommendations, session, now))) out.best_sellers_only = true;
    if (out.best_sellers_only) out.explore_share = 0;  // a control shows what sells, and chance has no part in it
    return out;
}

std::uint32_t ShownLately::count(std::string const& session, std::string const& product, Milliseconds now) {
    std::lock_guard const lock(mutex_);
    auto const visit = visits_.find(session);
    if (visit == visits_.end() || now - visit->second.since > lately) return 0;
    auto const found = visit->second.products.find(product);
    return found == visit->second.products.end() ? 0 : found->second;
}

void ShownLately::note(std::string const& session, std::span<std::string const> products, Milliseconds now) {
    if (session.empty()) return;
    std::lock_guard const lock(mutex_);
    if (visits_.size() >= most_visits && !visits_.contains(session)) visits_.erase(std::ranges::min_element(visits_, {}, [](auto const& v) { return v.second.last; }));
    auto& visit = visits_[session];
    if (now - visit.since > lately) visit.since = now, visit.products.clear();
    visit.last = now;
    for (auto const& p : products)
        if (visit.products.size() < 500 || visit.products.contains(p)) ++visit.products[p];
}

std::vector<Operation> rule_operations() {
    return {
        operation({.name = "selection.save_rules", .scenario = "6", .summary = {"Say what rows of recommendations shall favour and avoid: margin, new goods, what was shown too often, one category; for a placement, or an arm of an experiment.", "设置推荐位的偏好与限制：毛利、新品、曝光频率、类目多样性；可按位置或实验分组。"}, .effect = Effect::act, .permission = "selection.write"}, &save_rules),
        operation({.name = "selection.list_rules", .scenario = "6", .summary = {"What rows of recommendations favour and avoid.", "推荐位的偏好与限制。"}, .permission = "selection.read"}, &list_rules),
    };
}

}  // namespace kindling::selection
