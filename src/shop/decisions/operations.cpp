#include "core/id.h"
#include "core/json_text.h"
#include "shop/catalogue/operations.h"
#include "shop/decisions/decisions.h"
#include "shop/page.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::shop {

namespace {

constexpr std::string_view columns = "decision_id, scenario, kind, title_en, title_zh, reason_en, reason_zh, expected_minor, expected_low_minor, expected_high_minor, currency, operation, undo_operation, measure, state, proposed_by, decided_by, note, outcome, measured_minor, created_at_ms, expires_at_ms, decided_at_ms, executed_at_ms, measured_at_ms";

struct ListDecisions {
    std::optional<DecisionState> state;
    std::string scenario;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("state", "Only in this state.", "仅此状态。"), field("scenario", "Only of this scenario.", "仅此场景。").defaulted().longest(8), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListDecisions, (), (state, scenario, page_size, page_token))

struct DecisionPage {
    std::vector<Decision> decisions;
    std::string next_page_token;
    static constexpr Field fields[] = {field("decisions", "By expected value, highest first, then newest.", "按预期价值从高到低，再按时间从新到旧。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(DecisionPage, (), (decisions, next_page_token))

struct Decide {
    std::string decision_id, note;
    static constexpr Field fields[] = {field("decision_id", "Which decision.", "哪个决策。").longest(64), field("note", "Why, for the record.", "备注。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(Decide, (), (decision_id, note))

struct Measure {
    std::string decision_id, method, evidence;
    std::int64_t measured_minor = 0;
    static constexpr Field fields[] = {field("decision_id", "Which decision.", "哪个决策。").longest(64), field("method", "How it was measured.", "衡量方法。").longest(200), field("evidence", "Where the figure can be checked.", "可核对的依据。").defaulted().longest(2000), field("measured_minor", "What it was worth, minor units.", "实测价值，最小货币单位。").range(-1e15, 1e15)};
};
BOOST_DESCRIBE_STRUCT(Measure, (), (decision_id, method, evidence, measured_minor))

struct Policy {
    std::string policy_id, kind;
    std::optional<std::int64_t> most_minor;
    bool enabled = true;
    std::string set_by;
    std::int64_t created_at_ms = 0;
    static constexpr Field fields[] = {field("policy_id", "Policy; empty: a new one.", "策略编号；留空新建。").defaulted().longest(64), field("kind", "Kind of decision it approves: price, purchase …", "自动批准的决策类别。").longest(64), field("most_minor", "Only when the money that may be lost (expected_low, below zero) stays within this.", "仅当可能损失（expected_low 为负时）不超过此金额。").range(0, 1e15), field("enabled", "In force.", "是否生效。").defaulted(), field("set_by", "Who set it.", "设定人。").defaulted(), field("created_at_ms", "Since.", "设定时间。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(Policy, (), (policy_id, kind, most_minor, enabled, set_by, created_at_ms))

struct PolicyList {
    std::vector<Policy> policies;
    static constexpr Field fields[] = {field("policies", "Who may approve without asking.", "自动批准策略。")};
};
BOOST_DESCRIBE_STRUCT(PolicyList, (), (policies))

Result<Decision> read_decision(Transaction& tx, std::string const& id) {
    auto d = TRY((tx.find<Decision>(fmt::format("SELECT {} FROM decisions WHERE shop_id = ? AND decision_id = ?", columns), tx.shop_id(), id)));
    if (!d) return fail(Errc::not_found, "decision_not_found", "There is no such decision.", {{"/decision_id", "decision_not_found", "is not a decision of this shop"}});
    Value const values[] = {tx.shop_id(), id};
    TRY(tx.run("SELECT evidence, request, undo_request FROM decisions WHERE shop_id = ? AND decision_id = ?", values, [&](Row const& row) -> Result<void> {
        for (auto& [column, out] : {std::pair{0, &d->evidence}, std::pair{1, &d->request}, std::pair{2, &d->undo_request}})
            if (!row.text(column).empty()) *out = TRY(parse_json(row.text(column)));
        return {};
    }));
    return std::move(*d);
}

// A proposal nobody decided in time is void from that moment, though its row still says proposed until somebody touches it.
Decision as_of(Decision d, Milliseconds now) {
    if (d.state == DecisionState::proposed && d.expires_at_ms && *d.expires_at_ms <= now) d.state = DecisionState::expired;
    return d;
}

Result<void> require(Decision const& d, std::initializer_list<DecisionState> allowed, std::string_view verb) {
    if (std::ranges::find(allowed, d.state) != allowed.end()) return {};
    return fail(Errc::failed_precondition, "wrong_decision_state", fmt::format("A decision that is {} cannot be {}.", name(d.state), verb));
}

// Runs the decision's operation inside this transaction, with the rights of whoever decides: approving cannot lend rights.
Result<std::string> carry_out(Context& context, std::string const& operation, json::value const& request) {
    if (operation.empty()) return std::string("left to a person");
    auto const* op = context.services.registry ? context.services.registry->find(operation) : nullptr;
    if (!op) return fail(Errc::failed_precondition, "unknown_operation", fmt::format("There is no operation {} any more.", operation));
    if (!context.caller.may(op->permission)) return fail(Errc::permission_denied, "not_permitted", fmt::format("Approving this needs the right to {}.", op->permission));
    json::value response;
    TRY(op->run(context, request, response));
    return to_text(response);
}

// What a decision may carry out: an operation that exists, takes this request, and fits into the transaction of the approval. A long
// one opens its own, and would wait for the very transaction that carries it out; a decision about decisions could approve itself.
Result<void> check_operation(Registry const& registry, std::string const& name, json::value const& request, std::string_view name_field, std::string_view request_field) {
    auto const wrong = [&](std::string_view reason, std::string_view what) { return fail(Errc::invalid_argument, "invalid_request", fmt::format("The decision cannot carry out {}.", name), {{std::string(name_field), std::string(reason), std::string(what)}}); };
    auto const* op = registry.find(name);
    if (!op) return wrong("unknown_operation", "is not an operation");
    if (op->length == Length::long_) return wrong("long_operation", "runs as a job and cannot be part of an approval");
    if (name.starts_with("decisions.")) return wrong("about_decisions", "must not be a decision itself");
    if (auto shape = op->check(request.is_null() ? json::value(json::object()) : request); !shape) {
        auto error = shape.error();
        for (auto& f : error.fields) f.path = std::string(request_field) + f.path;
        return std::unexpected(std::move(error));
    }
    return {};
}

Result<void> execute(Context& context, Decision const& d) {
    auto& tx = context.tx();
    TRY(tx.savepoint());
    auto done = carry_out(context, d.operation, d.request);
    // A failed action leaves nothing behind but its reason; the decision says "failed" and why.
    TRY(done ? tx.release_savepoint() : tx.rollback_to_savepoint());
    TRY(tx.execute("UPDATE decisions SET state = ?, outcome = ?, executed_at_ms = ? WHERE shop_id = ? AND decision_id = ?", done ? "executed" : "failed", done ? *done : done.error().message, context.now, tx.shop_id(), d.decision_id));
    return {};
}

Result<Decision> propose(Context& context, Decision const& in) {
    auto d = in;
    auto const id = TRY(propose_decision(context, std::move(d)));
    return read_decision(context.tx(), id);
}

Result<DecisionPage> list_decisions(Context& context, ListDecisions const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("decisions", in.page_token, 2));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (in.state == DecisionState::proposed) where += " AND state = 'proposed' AND (expires_at_ms IS NULL OR expires_at_ms > ?)", values.emplace_back(context.now);
    else if (in.state == DecisionState::expired) where += " AND (state = 'expired' OR (state = 'proposed' AND expires_at_ms <= ?))", values.emplace_back(context.now);
    else if (in.state) where += " AND state = ?", values.emplace_back(name(*in.state));
    if (!in.scenario.empty()) where += " AND scenario = ?", values.emplace_back(in.scenario);
    if (!keys.empty()) where += " AND (COALESCE(expected_minor, -1), decision_id) < (?, ?)", values.emplace_back(static_cast<std::int64_t>(std::atoll(keys[0].c_str()))), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    DecisionPage page;
    std::vector<std::string> ids;
    TRY(tx.run("SELECT decision_id FROM decisions WHERE " + where + " ORDER BY COALESCE(expected_minor, -1) DESC, decision_id DESC LIMIT ?", values, [&](Row const& row) -> Result<void> { ids.emplace_back(row.text(0)); return {}; }));
    bool const more = ids.size() > static_cast<std::size_t>(in.page_size);
    if (more) ids.pop_back();
    for (auto const& id : ids) page.decisions.push_back(as_of(TRY(read_decision(tx, id)), context.now));
    if (more) {
        std::string const last[] = {std::to_string(page.decisions.back().expected_minor.value_or(-1)), ids.back()};
        page.next_page_token = page_token("decisions", last);
    }
    return page;
}

Result<Decision> get_decision(Context& context, Decide const& in) { return as_of(TRY(read_decision(context.tx(), in.decision_id)), context.now); }

Result<Decision> approve(Context& context, Decide const& in) {
    auto& tx = context.tx();
    auto const d = TRY(read_decision(tx, in.decision_id));
    TRY(require(d, {DecisionState::proposed}, "approved"));
    if (d.expires_at_ms && *d.expires_at_ms < context.now) {
        TRY(tx.execute("UPDATE decisions SET state = 'expired' WHERE shop_id = ? AND decision_id = ?", tx.shop_id(), in.decision_id));
        return read_decision(tx, in.decision_id);
    }
    TRY(tx.execute("UPDATE decisions SET state = 'approved', decided_by = ?, note = ?, decided_at_ms = ? WHERE shop_id = ? AND decision_id = ?", context.caller.id, in.note, context.now, tx.shop_id(), in.decision_id));
    TRY(execute(context, d));
    tx.changed("decision", in.decision_id);
    return read_decision(tx, in.decision_id);
}

Result<Decision> reject(Context& context, Decide const& in) {
    auto& tx = context.tx();
    TRY(require(TRY(read_decision(tx, in.decision_id)), {DecisionState::proposed}, "rejected"));
    TRY(tx.execute("UPDATE decisions SET state = 'rejected', decided_by = ?, note = ?, decided_at_ms = ? WHERE shop_id = ? AND decision_id = ?", context.caller.id, in.note, context.now, tx.shop_id(), in.decision_id));
    tx.changed("decision", in.decision_id);
    return read_decision(tx, in.decision_id);
}

Result<Decision> undo(Context& context, Decide const& in) {
    auto& tx = context.tx();
    auto const d = TRY(read_decision(tx, in.decision_id));
    TRY(require(d, {DecisionState::executed}, "undone"));
    if (d.undo_operation.empty()) return fail(Errc::failed_precondition, "cannot_be_undone", "What this decision did cannot be taken back.");
    auto const done = carry_out(context, d.undo_operation, d.undo_request);
    if (!done && done.error().code == Errc::permission_denied) return std::unexpected(done.error());
    if (!done && done.error().code != Errc::unavailable && done.error().code != Errc::internal)
        return fail(Errc::failed_precondition, "cannot_be_undone", "It cannot be taken back as things are now: " + done.error().message, done.error().fields);
    auto const outcome = TRY(done);
    TRY(tx.execute("UPDATE decisions SET state = 'undone', note = ?, outcome = ? WHERE shop_id = ? AND decision_id = ?", in.note, outcome, tx.shop_id(), in.decision_id));
    tx.changed("decision", in.decision_id);
    return read_decision(tx, in.decision_id);
}

Result<Decision> measure(Context& context, Measure const& in) {
    auto& tx = context.tx();
    auto const d = TRY(read_decision(tx, in.decision_id));
    TRY(require(d, {DecisionState::executed}, "measured"));
    TRY(tx.execute("UPDATE decisions SET state = 'measured', measured_minor = ?, measured_at_ms = ? WHERE shop_id = ? AND decision_id = ?", in.measured_minor, context.now, tx.shop_id(), in.decision_id));
    TRY(tx.execute("INSERT INTO ledger (shop_id, entry_id, scenario, value_kind, amount_minor, currency, method, evidence, decision_id, at_ms) VALUES (?,?,?,'efficiency',?,?,?,?,?,?)", tx.shop_id(), new_id("led"), d.scenario, in.measured_minor, d.currency, in.method, in.evidence, in.decision_id, context.now));
    tx.changed("decision", in.decision_id);
    return read_decision(tx, in.decision_id);
}

Result<PolicyList> list_policies(Context& context, Nothing const&) {
    return PolicyList{TRY((context.tx().select<Policy>("SELECT policy_id, kind, most_minor, enabled, set_by, created_at_ms FROM approval_policies WHERE shop_id = ? ORDER BY kind, policy_id", context.tx().shop_id())))};
}

Result<PolicyList> set_policy(Context& context, Policy const& in) {
    auto& tx = context.tx();
    TRY(tx.execute("INSERT INTO approval_policies (shop_id, policy_id, kind, most_minor, enabled, set_by, created_at_ms) VALUES (?,?,?,?,?,?,?) ON CONFLICT (shop_id, policy_id) DO UPDATE SET kind = excluded.kind, most_minor = excluded.most_minor, enabled = excluded.enabled, set_by = excluded.set_by",
                   tx.shop_id(), in.policy_id.empty() ? new_id("pol") : in.policy_id, in.kind, in.most_minor, in.enabled, context.caller.id, context.now));
    return list_policies(context, {});
}

}  // namespace

Result<std::string> propose_decision(Context& context, Decision d) {
    auto& tx = context.tx();
    if (auto const* registry = context.services.registry) {
        if (!d.operation.empty()) TRY(check_operation(*registry, d.operation, d.request, "/operation", "/request"));
        if (!d.undo_operation.empty()) TRY(check_operation(*registry, d.undo_operation, d.undo_request, "/undo_operation", "/undo_request"));
    }
    auto const id = new_id("dec");
    auto const currency = d.currency.empty() ? TRY(shop_currency(tx)) : d.currency;
    auto const text = [](json::value const& v, std::string_view fallback) { return v.is_null() ? std::string(fallback) : to_text(v); };
    TRY(tx.execute("INSERT INTO decisions (shop_id, decision_id, scenario, kind, title_en, title_zh, reason_en, reason_zh, evidence, expected_minor, expected_low_minor, expected_high_minor, currency, operation, request, undo_operation, undo_request, measure, state, proposed_by, created_at_ms, expires_at_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'proposed',?,?,?)",
                   tx.shop_id(), id, d.scenario, d.kind, d.title_en, d.title_zh, d.reason_en, d.reason_zh, text(d.evidence, "[]"), d.expected_minor, d.expected_low_minor, d.expected_high_minor, currency, d.operation, text(d.request, "{}"), d.undo_operation, text(d.undo_request, ""), d.measure,
                   context.caller.id, context.now, d.expires_at_ms));
    tx.changed("decision", id);
    auto const loss = std::max<std::int64_t>(0, -d.expected_low_minor.value_or(0));
    auto const policy = TRY((tx.find<Policy>("SELECT policy_id, kind, most_minor, enabled, set_by, created_at_ms FROM approval_policies WHERE shop_id = ? AND kind = ? AND enabled = 1 AND (most_minor IS NULL OR most_minor >= ?) ORDER BY policy_id LIMIT 1", tx.shop_id(), d.kind, loss)));
    if (policy) {
        TRY(tx.execute("UPDATE decisions SET state = 'approved', policy_id = ?, decided_by = ?, decided_at_ms = ? WHERE shop_id = ? AND decision_id = ?", policy->policy_id, "policy:" + policy->policy_id, context.now, tx.shop_id(), id));
        d.decision_id = id;
        TRY(execute(context, d));
    }
    return id;
}

Result<std::int64_t> withdraw_proposals(Context& context, std::string_view scenario, std::string_view kind_begins) {
    auto& tx = context.tx();
    Value const values[] = {tx.shop_id(), scenario, static_cast<std::int64_t>(kind_begins.size()), kind_begins};
    std::vector<std::string> ids;
    TRY(tx.run("SELECT decision_id FROM decisions WHERE shop_id = ? AND state = 'proposed' AND scenario = ? AND SUBSTR(kind, 1, CAST(? AS INTEGER)) = ?", values, [&](Row const& row) -> Result<void> { ids.emplace_back(row.text(0)); return {}; }));
    for (auto const& id : ids) {
        TRY(tx.execute("UPDATE decisions SET state = 'expired', note = 'replaced by a newer plan', decided_at_ms = ? WHERE shop_id = ? AND decision_id = ?", context.now, tx.shop_id(), id));
        tx.changed("decision", id);
    }
    return static_cast<std::int64_t>(ids.size());
}

Result<std::int64_t> withdraw_proposal(Context& context, std::string const& decision_id, std::string_view note) {
    auto& tx = context.tx();
    if (TRY(tx.integer("SELECT COUNT(*) FROM decisions WHERE shop_id = ? AND decision_id = ? AND state = 'proposed'", tx.shop_id(), decision_id)) == 0) return 0;
    TRY(tx.execute("UPDATE decisions SET state = 'expired', note = ?, decided_at_ms = ? WHERE shop_id = ? AND decision_id = ?", note, context.now, tx.shop_id(), decision_id));
    tx.changed("decision", decision_id);
    return 1;
}

Result<Decision> load_decision(Context& context, std::string const& decision_id) { return as_of(TRY(read_decision(context.tx(), decision_id)), context.now); }

Result<void> revise_proposal(Context& context, Decision const& d) {
    auto& tx = context.tx();
    TRY(require(TRY(load_decision(context, d.decision_id)), {DecisionState::proposed}, "changed"));
    if (auto const* registry = context.services.registry) {
        if (!d.operation.empty()) TRY(check_operation(*registry, d.operation, d.request, "/operation", "/request"));
        if (!d.undo_operation.empty()) TRY(check_operation(*registry, d.undo_operation, d.undo_request, "/undo_operation", "/undo_request"));
    }
    TRY(tx.execute("UPDATE decisions SET title_en = ?, title_zh = ?, reason_en = ?, reason_zh = ?, evidence = ?, request = ?, undo_request = ?, expected_minor = ?, expected_low_minor = ?, expected_high_minor = ? WHERE shop_id = ? AND decision_id = ?", d.title_en, d.title_zh, d.reason_en, d.reason_zh, to_text(d.evidence), to_text(d.request), d.undo_request.is_null() ? std::string() : to_text(d.undo_request), d.expected_minor, d.expected_low_minor,
                   d.expected_high_minor, tx.shop_id(), d.decision_id));
    tx.changed("decision", d.decision_id);
    return {};
}

std::vector<Operation> decision_operations() {
    return {
        operation({.name = "decisions.propose", .scenario = "0", .summary = {"Propose a change with its evidence and expected value; a policy may approve it at once.", "提出一项变更及其依据与预期价值；可由策略自动批准。"}, .effect = Effect::propose, .permission = "decisions.propose"}, &propose),
        operation({.name = "decisions.list", .scenario = "0", .summary = {"Decisions by expected value.", "按预期价值排列的决策。"}, .permission = "decisions.read"}, &list_decisions),
        operation({.name = "decisions.get", .scenario = "0", .summary = {"One decision with its evidence and outcome.", "一项决策的依据与结果。"}, .permission = "decisions.read", .reasons = {"decision_not_found"}}, &get_decision),
        operation({.name = "decisions.approve", .scenario = "0", .summary = {"Approve a proposed decision and carry it out.", "批准并执行一项决策。"}, .effect = Effect::act, .permission = "decisions.decide", .reasons = {"decision_not_found", "wrong_decision_state"}}, &approve),
        operation({.name = "decisions.reject", .scenario = "0", .summary = {"Reject a proposed decision.", "驳回一项决策。"}, .effect = Effect::act, .permission = "decisions.decide", .reasons = {"decision_not_found", "wrong_decision_state"}}, &reject),
        operation({.name = "decisions.undo", .scenario = "0", .summary = {"Take back what a decision did, where the world allows it.", "撤销一项决策的效果（在可行时）。"}, .effect = Effect::act, .permission = "decisions.decide", .reasons = {"decision_not_found", "wrong_decision_state", "cannot_be_undone"}}, &undo),
        operation({.name = "decisions.measure", .scenario = "0", .summary = {"Write down what a decision was worth, and book it in the ledger.", "登记一项决策的实测价值并记入价值账本。"}, .effect = Effect::act, .permission = "decisions.decide", .reasons = {"decision_not_found", "wrong_decision_state"}}, &measure),
        operation({.name = "decisions.list_policies", .scenario = "0", .summary = {"Which decisions are approved without asking.", "自动批准策略列表。"}, .permission = "decisions.read"}, &list_policies),
        operation({.name = "decisions.set_policy", .scenario = "0", .summary = {"Let decisions of a kind be approved without asking, within a limit.", "设定某类决策在限额内自动批准。"}, .effect = Effect::act, .permission = "decisions.set_policy"}, &set_policy),
    };
}

}  // namespace kindling::shop
