// experiments.*: start, stop, list, read, adapt, switch_value, assign; and the thread that adapts bandits.
#include "core/id.h"
#include "core/json_text.h"
#include "engines/experiment/always_valid.h"
#include "modules/experiments/reading.h"
#include "modules/experiments/subjects.h"
#include "shop/catalogue/operations.h"
#include "shop/decisions/decisions.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace kindling::experiments {

namespace {

struct StartExperiment {
    Experiment experiment;
    static constexpr Field fields[] = {field("experiment", "The experiment, whole. Once started its arms and shares stay; start another one to try something else.", "完整的实验。启动后分组与份额不再改变；要试别的请另起实验。")};
};
BOOST_DESCRIBE_STRUCT(StartExperiment, (), (experiment))

struct ExperimentId {
    std::string experiment_id;
    static constexpr Field fields[] = {field("experiment_id", "Which experiment.", "哪个实验。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(ExperimentId, (), (experiment_id))

struct StopExperiment {
    std::string experiment_id, note;
    bool book = true;
    static constexpr Field fields[] = {field("experiment_id", "Which experiment.", "哪个实验。").longest(64), field("note", "What was concluded.", "结论。").defaulted().longest(1000), field("book", "Book what the best arm earned above the control while it ran, when the metric is money and the difference is certain.", "指标为金额且差异确定时，将最优组相对对照多带来的金额记入价值账本。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(StopExperiment, (), (experiment_id, note, book))

struct StoppedExperiment {
    std::string experiment_id, ledger_entry_id;
    std::optional<std::int64_t> booked_minor;
    static constexpr Field fields[] = {field("experiment_id", "Experiment.", "实验编号。"), field("ledger_entry_id", "Entry in the ledger; empty: nothing was booked.", "价值账本条目；留空表示未入账。"), field("booked_minor", "What was booked, minor units.", "入账金额，最小货币单位。")};
};
BOOST_DESCRIBE_STRUCT(StoppedExperiment, (), (experiment_id, ledger_entry_id, booked_minor))

struct ExperimentLine {
    Experiment experiment;
    ExperimentState state = ExperimentState::running;
    std::int64_t started_at_ms = 0;
    std::optional<std::int64_t> stopped_at_ms;
    std::string note;
    static constexpr Field fields[] = {field("experiment", "The experiment.", "实验内容。"), field("state", "running or stopped.", "running 进行中、stopped 已停止。"), field("started_at_ms", "Since.", "开始时间。"), field("stopped_at_ms", "Until.", "停止时间。"), field("note", "What was concluded.", "结论。")};
};
BOOST_DESCRIBE_STRUCT(ExperimentLine, (), (experiment, state, started_at_ms, stopped_at_ms, note))

struct ExperimentList {
    std::vector<ExperimentLine> experiments;
    static constexpr Field fields[] = {field("experiments", "Newest first.", "最新在前。")};
};
BOOST_DESCRIBE_STRUCT(ExperimentList, (), (experiments))

struct AssignVisitor {
    std::string experiment_id, session_id;
    static constexpr Field fields[] = {field("experiment_id", "Which experiment.", "哪个实验。").longest(64), field("session_id", "Which visitor; a shopper's own visit counts by itself.", "哪位访客；购物者本次访问自动生效。").defaulted().longest(128)};
};
BOOST_DESCRIBE_STRUCT(AssignVisitor, (), (experiment_id, session_id))

struct AskHeldOut {
    HeldOut what = HeldOut::guide;
    std::string session_id;
    static constexpr Field fields[] = {field("what", "guide or recommendations.", "guide 导购或 recommendations 推荐。"), field("session_id", "Which visitor; a shopper's own visit counts by itself.", "哪位访客；购物者本次访问自动生效。").defaulted().longest(128)};
};
BOOST_DESCRIBE_STRUCT(AskHeldOut, (), (what, session_id))

struct HeldOutAnswer {
    bool running = false, without = false;
    static constexpr Field fields[] = {field("running", "Whether an experiment holds it out from some visitors.", "是否有实验对部分访客停用该功能。"), field("without", "Whether from this one.", "是否对此访客停用。")};
};
BOOST_DESCRIBE_STRUCT(HeldOutAnswer, (), (running, without))

struct AssignedArm {
    std::string arm_id;
    static constexpr Field fields[] = {field("arm_id", "The visitor's arm; empty: the experiment does not run, or the visitor is not known.", "访客所在分组；实验未进行或访客未知时为空。")};
};
BOOST_DESCRIBE_STRUCT(AssignedArm, (), (arm_id))

Result<ExperimentLine> start(Context& context, StartExperiment const& in) {
    auto& tx = context.tx();
    auto e = in.experiment;
    std::vector<FieldError> errors;
    if (e.title_en.empty() && e.title_zh.empty()) errors.push_back({"/experiment/title_en", "required", "a name is needed in one language"});
    if (e.arms.size() < 2) errors.push_back({"/experiment/arms", "required", "two arms at least; the first is the control"});
    for (std::size_t i = 0; i < e.arms.size(); ++i) {
        auto const& id = e.arms[i].arm_id;
        auto const at = fmt::format("/experiment/arms/{}/arm_id", i);
        if (id.empty() || !std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; })) errors.push_back({at, "malformed_arm", "must be letters, digits, - or _"});
        if (std::ranges::count(e.arms, id, &ExperimentArm::arm_id) > 1) errors.push_back({at, "taken", "stands here twice"});
    }
    if (e.kind == ExperimentKind::bandit && (e.metric == Metric::revenue || e.metric == Metric::margin)) errors.push_back({"/experiment/metric", "not_with_kind", "a bandit learns from shares: conversion, basket or click"});
    if (!e.query.empty() && e.exposure != Exposure::search && e.exposure != Exposure::impression) errors.push_back({"/experiment/query", "not_with_exposure", "needs exposure search or impression"});
    // The control of a hold-out is a whole visit: it begins before anything of what is held out could be seen.
    if (e.holds_out != HeldOut::nothing && e.exposure != Exposure::visit) errors.push_back({"/experiment/exposure", "not_with_hold_out", "must be visit for a hold-out"});
    if (e.holds_out != HeldOut::nothing && TRY(running_hold_out(tx, e.holds_out))) errors.push_back({"/experiment/holds_out", "taken", "is held out by a running experiment already"});
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The experiment was not started.", std::move(errors));
    if (e.experiment_id.empty()) e.experiment_id = new_id("exp");
    if (TRY(tx.integer("SELECT COUNT(*) FROM experiments WHERE shop_id = ? AND experiment_id = ?", tx.shop_id(), e.experiment_id)) > 0) return fail(Errc::conflict, "experiment_exists", fmt::format("There is an experiment \"{}\" already; its arms stay as they are. Give this one another name.", e.experiment_id), {{"/experiment/experiment_id", "experiment_exists", "is taken"}});
    TRY(tx.execute("INSERT INTO experiments (shop_id, experiment_id, spec, salt, state, started_at_ms, created_at_ms) VALUES (?,?,?,?,'running',?,?)", tx.shop_id(), e.experiment_id, to_text(write_json(e)), new_secret(12), context.now, context.now));
    tx.changed("experiment", e.experiment_id);
    return ExperimentLine{.experiment = std::move(e), .state = ExperimentState::running, .started_at_ms = context.now, .stopped_at_ms = {}, .note = {}};
}

Result<ExperimentReading> read(Context& context, ExperimentId const& in) {
    auto const found = TRY(find_experiment(context.tx(), in.experiment_id));
    return reading_of(found, TRY(subjects_of(context.tx(), found, context.now)), TRY(shop::shop_currency(context.tx())));
}

// `method`: how the ledger says that it was measured.
Result<StoppedExperiment> stop_by(Context& context, StopExperiment const& in, std::string_view method) {
    auto& tx = context.tx();
    auto const found = TRY(find_experiment(tx, in.experiment_id));
    if (found.state != ExperimentState::running) return fail(Errc::failed_precondition, "experiment_stopped", "This experiment was stopped already.", {{"/experiment_id", "experiment_stopped", "does not run"}});
    StoppedExperiment out{.experiment_id = in.experiment_id, .ledger_entry_id = {}, .booked_minor = {}};
    auto const& e = found.experiment;
    if (in.book && (e.metric == Metric::revenue || e.metric == Metric::margin)) {
        auto const reading = reading_of(found, TRY(subjects_of(tx, found, context.now)), TRY(shop::shop_currency(tx)));
        // Only what is certain: the arm whose difference is above nothing for sure, times the visitors that saw it, against the control group.
        ArmReading const* best = nullptr;
        for (auto const& a : reading.arms)
            if (a.low && *a.low > 0 && !reading.broken && (!best || *a.difference > *best->difference)) best = &a;
        if (best) {
            shop::LedgerEntry entry{.entry_id = new_id("led"), .scenario = e.holds_out == HeldOut::guide ? "25" : e.holds_out == HeldOut::recommendations ? "6" : "23", .value_kind = "traffic", .amount_minor = static_cast<std::int64_t>(*best->difference * static_cast<double>(best->visitors)), .currency = reading.currency, .hours = {}, .role = {}, .method = std::string(method), .evidence = "experiments.read " + in.experiment_id, .decision_id = {}, .at_ms = context.now};
            TRY(tx.execute("INSERT INTO ledger (shop_id, entry_id, scenario, value_kind, amount_minor, currency, role, method, evidence, decision_id, at_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), entry.entry_id, entry.scenario, entry.value_kind, entry.amount_minor, entry.currency, entry.role, entry.method, entry.evidence, entry.decision_id, entry.at_ms));
            tx.changed("ledger", entry.entry_id);
            out.ledger_entry_id = entry.entry_id, out.booked_minor = entry.amount_minor;
        }
    }
    TRY(tx.execute("UPDATE experiments SET state = 'stopped', stopped_at_ms = ?, outcome = ? WHERE shop_id = ? AND experiment_id = ?", context.now, in.note, tx.shop_id(), in.experiment_id));
    tx.changed("experiment", in.experiment_id);
    return out;
}

Result<StoppedExperiment> stop_experiment(Context& context, StopExperiment const& in) { return stop_by(context, in, "control_group"); }

Result<ExperimentList> list(Context& context, Nothing const&) {
    ExperimentList out;
    for (auto& r : TRY(all_experiments(context.tx()))) out.experiments.push_back({std::move(r.experiment), r.state, r.started_at_ms, r.stopped_at_ms, r.outcome});
    return out;
}

Result<AssignedArm> assign(Context& context, AssignVisitor const& in) {
    if (!in.session_id.empty() && in.session_id != context.caller.session_id && !context.caller.is_staff()) return fail(Errc::permission_denied, "customer_not_yours", "Only staff may ask for another visitor.", {{"/session_id", "customer_not_yours", "is not the one who asks"}});
    TRY(find_experiment(context.tx(), in.experiment_id));
    return AssignedArm{TRY(arm_of_visitor(context.tx(), in.experiment_id, in.session_id.empty() ? context.caller.session_id : in.session_id, context.now))};
}

Result<HeldOutAnswer> held_out(Context& context, AskHeldOut const& in) {
    if (!in.session_id.empty() && in.session_id != context.caller.session_id && !context.caller.is_staff()) return fail(Errc::permission_denied, "customer_not_yours", "Only staff may ask for another visitor.", {{"/session_id", "customer_not_yours", "is not the one who asks"}});
    auto const found = TRY(running_hold_out(context.tx(), in.what));
    return HeldOutAnswer{.running = found.has_value(), .without = found && is_without(*found, in.session_id.empty() ? context.caller.session_id : in.session_id, context.now)};
}

Result<BanditShares> adapt_now(Context& context, ExperimentId const& in) {
    auto const before = TRY(find_experiment(context.tx(), in.experiment_id));
    if (!TRY(adapt(context.tx(), before, context.now))) return fail(Errc::failed_precondition, "not_a_running_bandit", "Only the shares of a running bandit move.", {{"/experiment_id", "not_a_running_bandit", "is none"}});
    auto const after = TRY(find_experiment(context.tx(), in.experiment_id));
    return BanditShares{after.weights.back().shares};
}

Result<SwitchValue> switch_value(Context& context, AskSwitch const& in) {
    auto const found = TRY(find_experiment(context.tx(), in.experiment_id));
    if (in.shares.size() != found.experiment.arms.size()) return fail(Errc::invalid_argument, "invalid_request", "One share is needed for each arm.", {{"/shares", "wrong_length", fmt::format("must have {} values", found.experiment.arms.size())}});
    double sum = 0;
    for (auto s : in.shares) sum += s;
    if (sum <= 0) return fail(Errc::invalid_argument, "invalid_request", "Some arm must be shown.", {{"/shares", "out_of_range", "must not all be 0"}});
    return value_of_switch(found, TRY(subjects_of(context.tx(), found, context.now)), in.shares);
}

}  // namespace

Result<std::function<bool(std::string_view)>> begin_in_past(shop::Transaction& tx, Experiment const& e, std::string const& salt, Milliseconds from) {
    TRY(tx.execute("INSERT INTO experiments (shop_id, experiment_id, spec, salt, state, started_at_ms, created_at_ms) VALUES (?,?,?,?,'running',?,?)", tx.shop_id(), e.experiment_id, to_text(write_json(e)), salt, from, from));
    tx.changed("experiment", e.experiment_id);
    auto begun = TRY(find_experiment(tx, e.experiment_id));
    return [begun = std::move(begun), from](std::string_view session_id) { return is_without(begun, session_id, from); };
}

Result<void> end_in_past(Context& context, std::string const& experiment_id, std::string note) {
    TRY(stop_by(context, {.experiment_id = experiment_id, .note = std::move(note)}, "simulated_control_group"));
    return {};
}

Module::Module(shop::Services& services) : services_(services) {}
Module::~Module() { stop(); }

void Module::start() {
    if (!thread_.joinable()) thread_ = std::jthread([this](std::stop_token const& stop) { run(stop); });
}

void Module::stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
}

void Module::run(std::stop_token const& stop) {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, std::chrono::hours(1), [] { return false; });
        }
        if (stop.stop_requested()) return;
        auto const once = [&]() -> Result<void> {
            std::vector<std::int64_t> shops;
            {
                auto const tx = TRY(services_.store->read(0));
                TRY(tx->run("SELECT DISTINCT shop_id FROM experiments WHERE state = 'running' ORDER BY shop_id", {}, [&](shop::Row const& row) -> Result<void> { shops.push_back(row.integer(0)); return {}; }));
            }
            for (auto id : shops) {
                auto const tx = TRY(services_.store->write(id));
                for (auto const& r : TRY(all_experiments(*tx))) TRY(adapt(*tx, r, now_ms()));
                TRY(tx->commit());
            }
            return {};
        };
        if (auto const done = once(); !done) spdlog::warn("shares of bandits could not be set: {}", done.error().message);
    }
}

std::vector<Operation> Module::operations() {
    return {
        operation({.name = "experiments.start", .scenario = "23", .summary = {"Start an A/B test or a bandit: visitors fall into arms by a salted hash, and stay there.", "启动 A/B 实验或 bandit：访客按加盐哈希固定分组。"}, .effect = Effect::act, .permission = "experiments.write", .reasons = {"experiment_exists"}}, &experiments::start),
        operation({.name = "experiments.stop", .scenario = "23", .summary = {"Stop an experiment, and book what is certain against its control group.", "停止实验，并将相对对照组确定的价值记账。"}, .effect = Effect::act, .permission = "experiments.write", .reasons = {"experiment_not_found", "experiment_stopped"}}, &stop_experiment),
        operation({.name = "experiments.list", .scenario = "23", .summary = {"Experiments, newest first.", "实验列表，最新在前。"}, .permission = "experiments.read"}, &list),
        operation({.name = "experiments.read", .scenario = "23", .summary = {"What came of an experiment so far, with intervals that may be looked at as often as one likes, and whether visitors fall into its arms as they should.", "实验至今的结果：可随时查看的有效区间，以及分组比例是否正常。"}, .permission = "experiments.read", .reasons = {"experiment_not_found"}}, &read),
        operation({.name = "experiments.adapt", .scenario = "23", .summary = {"Set the shares of a running bandit by what is known now; done every hour by itself.", "按当前数据调整 bandit 份额；系统每小时自动执行。"}, .effect = Effect::act, .permission = "experiments.write", .reasons = {"experiment_not_found", "not_a_running_bandit"}}, &adapt_now),
        operation({.name = "experiments.switch_value", .scenario = "23", .summary = {"Before switching: what other shares of the arms would have been worth, estimated from what was logged.", "切换前评估：若采用其他份额会有多大价值，由日志离策略估计。"}, .permission = "experiments.read", .reasons = {"experiment_not_found"}}, &switch_value),
        operation({.name = "experiments.assign", .scenario = "23", .summary = {"The arm of a visitor, for pages and programs that act on it themselves.", "访客所在分组，供页面与程序自行使用。"}, .permission = "public", .reasons = {"experiment_not_found", "customer_not_yours"}}, &assign),
        operation({.name = "experiments.held_out", .scenario = "23", .summary = {"Whether a visitor does without the guide or recommendations, so that what they are worth can be read.", "访客是否处于停用导购或推荐的对照组，用于衡量其价值。"}, .permission = "public", .reasons = {"customer_not_yours"}}, &held_out),
    };
}

}  // namespace kindling::experiments
