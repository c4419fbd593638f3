// shop/decisions/decisions.h -- what AI wants to change, and what that turned out to be worth.
//
// A decision is proposed with evidence and an expected value, approved by a person or by a policy that a person set, carried out
// by calling an operation, undone by another where the world allows it, and measured. States:
//   proposed -> approved -> executed -> measured      proposed -> rejected | expired      approved -> failed      executed -> undone
// The ledger books measured value only, each entry with its method; it never books a wish.
#pragma once
#include "shop/answers.h"
#include "shop/context.h"

namespace kindling::shop {

enum class DecisionState { proposed, approved, rejected, expired, executed, failed, undone, measured };
BOOST_DESCRIBE_ENUM(DecisionState, proposed, approved, rejected, expired, executed, failed, undone, measured)

struct Decision {
    std::string decision_id, scenario, kind, title_en, title_zh, reason_en, reason_zh;
    json::value evidence;
    std::optional<std::int64_t> expected_minor, expected_low_minor, expected_high_minor;
    std::string currency, operation;
    json::value request;
    std::string undo_operation;
    json::value undo_request;
    std::string measure;
    DecisionState state = DecisionState::proposed;
    std::string proposed_by, decided_by, note, outcome;
    std::optional<std::int64_t> measured_minor;
    std::int64_t created_at_ms = 0;
    std::optional<std::int64_t> expires_at_ms, decided_at_ms, executed_at_ms, measured_at_ms;
    static constexpr Field fields[] = {
        field("decision_id", "Decision; empty when proposing.", "决策编号；提出时留空。").defaulted().longest(64), field("scenario", "Scenario it belongs to, 1 to 30.", "所属场景，1 至 30。").longest(8), field("kind", "What sort of change: price, purchase, campaign …", "变更类别：price、purchase、campaign 等。").longest(64),
        field("title_en", "What is to be done, in English.", "英文：要做什么。").longest(300), field("title_zh", "What is to be done, in Chinese.", "中文：要做什么。").longest(300), field("reason_en", "Why, in English.", "英文：理由。").defaulted().longest(2000), field("reason_zh", "Why, in Chinese.", "中文：理由。").defaulted().longest(2000),
        field("evidence", "Facts it rests on: a list of {label, value, link}.", "依据：{label, value, link} 列表。").defaulted(), field("expected_minor", "Expected value, minor units.", "预期价值，最小货币单位。"), field("expected_low_minor", "Low end of it (10 %).", "预期下限（10%）。"), field("expected_high_minor", "High end of it (90 %).", "预期上限（90%）。"),
        field("currency", "ISO 4217 code; empty: the shop's.", "货币代码；留空为店铺货币。").defaulted().longest(3), field("operation", "Operation that carries it out; empty: a person does.", "执行用的操作；留空则由人执行。").defaulted().longest(100), field("request", "Its request.", "操作的请求。").defaulted(),
        field("undo_operation", "Operation that takes it back; empty: cannot be undone.", "撤销用的操作；留空则不可撤销。").defaulted().longest(100), field("undo_request", "Its request.", "撤销操作的请求。").defaulted(), field("measure", "How its worth will be measured.", "效果的衡量方法。").defaulted().longest(300),
        field("state", "Where it stands.", "状态。").defaulted(), field("proposed_by", "Who or what proposed it.", "提出者。").defaulted().longest(100), field("decided_by", "Who or which policy decided.", "决定者。").defaulted().longest(100), field("note", "What they wrote.", "备注。").defaulted().longest(2000), field("outcome", "What carrying it out answered.", "执行结果。").defaulted(),
        field("measured_minor", "Measured value, minor units.", "实测价值，最小货币单位。"), field("created_at_ms", "Proposed.", "提出时间。").defaulted(), field("expires_at_ms", "After this it is void.", "失效时间。"), field("decided_at_ms", "Decided.", "决定时间。"), field("executed_at_ms", "Carried out.", "执行时间。"), field("measured_at_ms", "Measured.", "衡量时间。")};
};
BOOST_DESCRIBE_STRUCT(Decision, (), (decision_id, scenario, kind, title_en, title_zh, reason_en, reason_zh, evidence, expected_minor, expected_low_minor, expected_high_minor, currency, operation, request, undo_operation, undo_request, measure, state, proposed_by, decided_by, note, outcome, measured_minor, created_at_ms, expires_at_ms, decided_at_ms, executed_at_ms, measured_at_ms))

// For modules: proposes within their transaction; a policy may approve and carry it out at once. Gives the id.
Result<std::string> propose_decision(Context&, Decision);
// What a newer plan replaces: open proposals of a scenario whose kind begins so expire. Gives how many.
Result<std::int64_t> withdraw_proposals(Context&, std::string_view scenario, std::string_view kind_begins);
// A proposal that is no longer so expires with a note. 1 when it was open, else 0.
Result<std::int64_t> withdraw_proposal(Context&, std::string const& decision_id, std::string_view note);
// The decision as it stands now (a proposal nobody decided in time is expired); not_found "decision_not_found".
Result<Decision> load_decision(Context&, std::string const& decision_id);
// A person changed what a proposal asks for: its texts, request, undo request and expected value are taken from `d`, by its id. Only while it is proposed
// (failed_precondition "wrong_decision_state"); a policy that approves its kind is not asked again.
Result<void> revise_proposal(Context&, Decision const& d);

struct LedgerEntry {
    std::string entry_id, scenario, value_kind;
    std::optional<std::int64_t> amount_minor;
    std::string currency;
    std::optional<double> hours;
    std::string role, method, evidence, decision_id;
    std::int64_t at_ms = 0;
    static constexpr Field fields[] = {
        field("entry_id", "Entry; empty when booking.", "条目编号；记账时留空。").defaulted().longest(64), field("scenario", "Scenario it belongs to, 1 to 30.", "所属场景，1 至 30。").longest(8), field("value_kind", "traffic, experience, efficiency or roles.", "traffic 流量、experience 体验、efficiency 降本增效提质、roles 职能替代。").longest(32),
        field("amount_minor", "Money, minor units; negative for a cost.", "金额，最小货币单位；成本为负。").range(-1e15, 1e15), field("currency", "ISO 4217 code; empty: the shop's.", "货币代码；留空为店铺货币。").defaulted().longest(3), field("hours", "Working hours saved.", "节省的工时。").range(-1e7, 1e7), field("role", "Whose hours.", "所属岗位。").defaulted().longest(64),
        field("method", "How it was measured: control group, backtest, time study …", "衡量方法：对照组、回测、工时研究等。").longest(200), field("evidence", "Where the figure can be checked.", "可核对的依据。").defaulted().longest(2000), field("decision_id", "Decision it comes from.", "来源决策。").defaulted().longest(64), field("at_ms", "When; 0 when booking: now.", "时间；记账时 0 为现在。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(LedgerEntry, (), (entry_id, scenario, value_kind, amount_minor, currency, hours, role, method, evidence, decision_id, at_ms))

// For modules: books a measured value within their transaction; its method must say how. Gives the entry's id.
Result<std::string> book_value(Context&, LedgerEntry);

std::vector<Operation> decision_operations();
std::vector<Operation> ledger_operations();

}  // namespace kindling::shop
