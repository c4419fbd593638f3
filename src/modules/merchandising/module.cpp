// merchandising.save, list, stop, preview.
#include "core/id.h"
#include "core/json_text.h"
#include "modules/experiments/api.h"
#include "modules/merchandising/api.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::merchandising {

namespace {

struct SaveRule {
    MerchandisingRule rule;
    static constexpr Field fields[] = {field("rule", "The rule, whole; one of a known rule_id is replaced.", "完整的规则；编号已存在则替换。")};
};
BOOST_DESCRIBE_STRUCT(SaveRule, (), (rule))

struct RuleId {
    std::string rule_id;
    static constexpr Field fields[] = {field("rule_id", "Which rule.", "哪条规则。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(RuleId, (), (rule_id))

enum class MerchandisingRuleState { planned, running, ended, stopped };
BOOST_DESCRIBE_ENUM(MerchandisingRuleState, planned, running, ended, stopped)

struct MerchandisingRuleLine {
    MerchandisingRule rule;
    MerchandisingRuleState state = MerchandisingRuleState::running;
    std::int64_t updated_at_ms = 0;
    static constexpr Field fields[] = {field("rule", "The rule.", "规则内容。"), field("state", "planned, running, ended or stopped.", "planned 未开始、running 生效中、ended 已结束、stopped 已停止。"), field("updated_at_ms", "Last change.", "最近变更。")};
};
BOOST_DESCRIBE_STRUCT(MerchandisingRuleLine, (), (rule, state, updated_at_ms))

struct MerchandisingRuleList {
    std::vector<MerchandisingRuleLine> rules;
    static constexpr Field fields[] = {field("rules", "In the order in which they were made.", "按创建顺序。")};
};
BOOST_DESCRIBE_STRUCT(MerchandisingRuleList, (), (rules))

struct PreviewRule {
    MerchandisingRule rule;
    std::string query, category_id;
    static constexpr Field fields[] = {field("rule", "The rule as it would be.", "拟定的规则。"), field("query", "Words to look at it with; empty: those of the rule.", "用于预览的搜索词；留空用规则中的。").defaulted().longest(200), field("category_id", "Category to look at it in; empty: that of the rule.", "用于预览的类目；留空用规则中的。").defaulted().longest(128)};
};
BOOST_DESCRIBE_STRUCT(PreviewRule, (), (rule, query, category_id))

struct PreviewLine {
    std::string product_id, title;
    std::optional<std::int64_t> before, after;
    static constexpr Field fields[] = {field("product_id", "Product.", "商品编号。"), field("title", "Title.", "标题。"), field("before", "Place without the rule, from 1; absent: not among the first 24.", "应用前名次，从 1 起；不在前 24 时缺省。"), field("after", "Place with it.", "应用后名次。")};
};
BOOST_DESCRIBE_STRUCT(PreviewLine, (), (product_id, title, before, after))

struct Preview {
    std::vector<PreviewLine> lines;
    std::string banner_en, banner_zh, redirect;
    static constexpr Field fields[] = {field("lines", "By the place with the rule; those that left the first 24 at the end.", "按应用后名次；移出前 24 的在末尾。"), field("banner_en", "Words above the list.", "横幅（英文）。"), field("banner_zh", "The same in Chinese.", "横幅（中文）。"), field("redirect", "Where the query would lead.", "搜索词将引导至何处。")};
};
BOOST_DESCRIBE_STRUCT(Preview, (), (lines, banner_en, banner_zh, redirect))

bool is_path(std::string const& p) { return p.empty() || (p.starts_with('/') && !p.starts_with("//") && p.find_first_of(" \t\r\n\"<>\\") == p.npos); }

Result<std::vector<FieldError>> wrong_fields(shop::Transaction& tx, MerchandisingRule const& r) {
    std::vector<FieldError> errors;
    if (r.title.empty()) errors.push_back({"/rule/title", "required", "say what it is for"});
    if (r.pin.empty() && r.move.empty() && r.hide.empty() && r.banner_en.empty() && r.banner_zh.empty() && r.redirect.empty()) errors.push_back({"/rule/pin", "required", "a rule does something: pin, move, hide, banner or redirect"});
    if (!r.redirect.empty() && r.query.empty()) errors.push_back({"/rule/redirect", "needs_query", "only a query can be led elsewhere"});
    if (!r.pin.empty() && r.query.empty() && r.category_id.empty()) errors.push_back({"/rule/pin", "needs_query", "pins need a query or a category; use move for every list"});
    if (!is_path(r.redirect)) errors.push_back({"/rule/redirect", "malformed_path", "must be a path of this shop, such as /c/dresses"});
    if (!is_path(r.banner_link)) errors.push_back({"/rule/banner_link", "malformed_path", "must be a path of this shop, such as /c/dresses"});
    if (r.starts_at_ms && r.ends_at_ms && *r.starts_at_ms >= *r.ends_at_ms) errors.push_back({"/rule/ends_at_ms", "out_of_range", "must be after its start"});
    for (std::size_t i = 0; i < r.move.size(); ++i)
        if (r.move[i].product_ids.empty() && r.move[i].brands.empty() && r.move[i].category_id.empty()) errors.push_back({fmt::format("/rule/move/{}/product_ids", i), "required", "say which goods"});
    for (auto const& [list, field] : {std::pair(&r.pin, "pin"), {&r.hide, "hide"}})
        for (std::size_t i = 0; i < list->size(); ++i)
            if (TRY(tx.integer("SELECT COUNT(*) FROM products WHERE shop_id = ? AND product_id = ?", tx.shop_id(), (*list)[i])) == 0) errors.push_back({fmt::format("/rule/{}/{}", field, i), "product_not_found", "is no product"});
    if (!r.category_id.empty() && TRY(tx.integer("SELECT COUNT(*) FROM categories WHERE shop_id = ? AND category_id = ?", tx.shop_id(), r.category_id)) == 0) errors.push_back({"/rule/category_id", "unknown_category", "is no category"});
    if (!r.experiment_id.empty() && !TRY(experiments::has_arm(tx, r.experiment_id, r.arm_id))) errors.push_back({"/rule/arm_id", "unknown_arm", "is no arm of this experiment"});
    if (r.experiment_id.empty() && !r.arm_id.empty()) errors.push_back({"/rule/experiment_id", "required", "an arm belongs to an experiment"});
    return errors;
}

Result<MerchandisingRuleLine> save(Context& context, SaveRule const& in) {
    auto& tx = context.tx();
    auto r = in.rule;
    if (auto errors = TRY(wrong_fields(tx, r)); !errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The rule was not saved.", std::move(errors));
    if (r.rule_id.empty()) r.rule_id = new_id("rule");
    TRY(tx.execute("INSERT INTO merchandising_rules (shop_id, rule_id, rule, starts_at_ms, ends_at_ms, experiment_id, created_at_ms, updated_at_ms) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, rule_id) DO UPDATE SET rule = excluded.rule, starts_at_ms = excluded.starts_at_ms, ends_at_ms = excluded.ends_at_ms, experiment_id = excluded.experiment_id, stopped_at_ms = NULL, updated_at_ms = excluded.updated_at_ms",
                   tx.shop_id(), r.rule_id, to_text(write_json(r)), r.starts_at_ms.value_or(context.now), r.ends_at_ms, r.experiment_id, context.now, context.now));
    tx.changed("merchandising", r.rule_id);
    auto const starts = r.starts_at_ms.value_or(context.now);
    return MerchandisingRuleLine{std::move(r), context.now < starts ? MerchandisingRuleState::planned : MerchandisingRuleState::running, context.now};
}

Result<MerchandisingRuleList> list(Context& context, Nothing const&) {
    MerchandisingRuleList out;
    shop::Value const values[] = {context.tx().shop_id()};
    TRY(context.tx().run("SELECT rule, starts_at_ms, ends_at_ms, stopped_at_ms, updated_at_ms FROM merchandising_rules WHERE shop_id = ? ORDER BY created_at_ms, rule_id", values, [&](shop::Row const& row) -> Result<void> {
        MerchandisingRuleLine line{.rule = TRY(read_json<MerchandisingRule>(TRY(parse_json(row.text(0))))), .updated_at_ms = row.integer(4)};
        line.state = !row.is_null(3) ? MerchandisingRuleState::stopped : !row.is_null(2) && row.integer(2) <= context.now ? MerchandisingRuleState::ended : row.integer(1) > context.now ? MerchandisingRuleState::planned : MerchandisingRuleState::running;
        out.rules.push_back(std::move(line));
        return {};
    }));
    return out;
}

Result<Nothing> stop(Context& context, RuleId const& in) {
    auto& tx = context.tx();
    if (TRY(tx.execute("UPDATE merchandising_rules SET stopped_at_ms = COALESCE(stopped_at_ms, ?), updated_at_ms = ? WHERE shop_id = ? AND rule_id = ?", context.now, context.now, tx.shop_id(), in.rule_id)) == 0)
        return fail(Errc::not_found, "rule_not_found", fmt::format("There is no rule \"{}\".", in.rule_id), {{"/rule_id", "rule_not_found", "is not a rule"}});
    tx.changed("merchandising", in.rule_id);
    return Nothing{};
}

// The first page without and with the rule, by the very search that shoppers use.
Result<Preview> preview(Context& context, PreviewRule const& in) {
    if (auto errors = TRY(wrong_fields(context.tx(), in.rule)); !errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The rule is not complete.", std::move(errors));
    auto const* search = context.services.registry ? context.services.registry->find("dialogue.search") : nullptr;
    if (!search) return fail(Errc::unavailable, "search_not_available", "This server has no search.");
    Preview out;
    json::object request{{"query", in.query.empty() ? in.rule.query : in.query}, {"category_id", in.category_id.empty() ? in.rule.category_id : in.category_id}, {"page_size", 24}, {"facets", json::array{"category"}}};
    std::vector<PreviewLine> before;
    for (bool const with : {false, true}) {
        if (with) request["rule_drafts"] = json::array{write_json(in.rule)};
        json::value answer;
        TRY(search->run(context, request, answer));
        std::int64_t place = 0;
        for (auto const& card : answer.at("cards").as_array()) {
            PreviewLine line{.product_id = std::string(card.at("product_id").as_string()), .title = std::string(card.at("title").as_string()), .before = {}, .after = {}};
            ++place;
            if (!with) {
                line.before = place;
                before.push_back(std::move(line));
                continue;
            }
            if (auto const was = std::ranges::find(before, line.product_id, &PreviewLine::product_id); was != before.end()) line.before = was->before;
            line.after = place;
            out.lines.push_back(std::move(line));
        }
        if (with) {
            auto const text = [&](std::string_view name) { auto const* v = answer.as_object().if_contains(name); return v && v->is_string() ? std::string(v->get_string()) : std::string(); };
            out.banner_en = text("banner_en"), out.banner_zh = text("banner_zh"), out.redirect = text("redirect");
        }
    }
    for (auto& line : before)
        if (std::ranges::find(out.lines, line.product_id, &PreviewLine::product_id) == out.lines.end()) out.lines.push_back(std::move(line));
    return out;
}

}  // namespace

std::vector<Operation> operations() {
    return {
        operation({.name = "merchandising.save", .scenario = "21", .summary = {"Say what a query, a category or every list shall show: pin, boost, bury, hide, banner, redirect; for a while, or for an arm of an experiment.", "设置搜索词、类目或全部列表的展示规则：置顶、提升、降低、隐藏、横幅、跳转；可限时或用于实验分组。"}, .effect = Effect::act, .permission = "merchandising.write"}, &save),
        operation({.name = "merchandising.list", .scenario = "21", .summary = {"Rules of lists with their state.", "列表规则及其状态。"}, .permission = "merchandising.read"}, &list),
        operation({.name = "merchandising.stop", .scenario = "21", .summary = {"Stop a rule; saving it again starts it.", "停止规则；再次保存即恢复。"}, .effect = Effect::act, .permission = "merchandising.write", .reasons = {"rule_not_found"}}, &stop),
        operation({.name = "merchandising.preview", .scenario = "21", .summary = {"The first page of a query or category before and after a rule, before it runs.", "在规则生效前，对比搜索词或类目首页的变化。"}, .permission = "merchandising.read", .reasons = {"search_not_available"}}, &preview),
    };
}

}  // namespace kindling::merchandising
